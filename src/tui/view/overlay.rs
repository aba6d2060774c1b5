//! What lies over the screen: the help, and dialogs.

use super::{advisor, paint};
use crate::design::{self, Design};
use crate::knowledge::Axis;
use crate::reasoning::verdict::AxisLabel;
use crate::report::words;
use crate::tui::command::{self, BINDINGS, Binding, Command, ENTER};
use crate::tui::editor::Input;
use crate::tui::model::{Dialog, Model};
use crate::tui::text;
use crate::tui::theme::Theme;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Padding};

pub(super) fn panel(
    model: &Model,
    frame: &mut Frame<'_>,
    (title, foot): (&str, &str),
    width: u16,
    height: u16,
) -> Rect {
    let all = frame.area();
    let area = Rect {
        x: all.width.saturating_sub(width) / 2,
        y: all.height.saturating_sub(height) / 2,
        width: width.min(all.width),
        height: height.min(all.height),
    };
    frame.render_widget(Clear, area);
    let theme = model.theme;
    let set = if *theme.glyphs == crate::tui::theme::ASCII {
        ratatui::symbols::border::Set {
            top_left: "+",
            top_right: "+",
            bottom_left: "+",
            bottom_right: "+",
            vertical_left: "|",
            vertical_right: "|",
            horizontal_top: "-",
            horizontal_bottom: "-",
        }
    } else {
        ratatui::symbols::border::ROUNDED
    };
    let block = Block::bordered()
        .border_set(set)
        .border_style(theme.muted())
        .title(Line::styled(format!(" {title} "), theme.title()))
        .title_bottom(Line::styled(foot.to_owned(), theme.accent()).right_aligned())
        .padding(Padding::horizontal(1));
    let inner = block.inner(area);
    frame.render_widget(block, area);
    inner
}

/// What a design may do to a quality, best first.
const LABELS: [AxisLabel; 6] = [
    AxisLabel::Made,
    AxisLabel::Helped,
    AxisLabel::Contested,
    AxisLabel::Untouched,
    AxisLabel::Hurt,
    AxisLabel::Broken,
];

fn help_size(model: &Model) -> (u16, u16) {
    (
        model.size.0.saturating_sub(4).min(76),
        model.size.1.saturating_sub(2),
    )
}

/// Draws the keys.
pub(super) fn help(model: &Model, frame: &mut Frame<'_>, scroll: usize, here: &[usize]) {
    let (width, height) = help_size(model);
    let (all, room) = help_extent(model, here);
    let hidden = all.saturating_sub(room);
    let foot = paint::scroll_hint("j k scroll", hidden, scroll);
    let inner = panel(model, frame, ("Keys", &foot), width, height);
    paint::lines(
        frame,
        inner,
        help_lines(model, here, inner.width.into()),
        scroll,
    );
}

/// Returns the number of lines of the help, and how many there is room for.
pub(super) fn help_extent(model: &Model, here: &[usize]) -> (usize, usize) {
    let (width, height) = help_size(model);
    (
        help_lines(model, here, width.saturating_sub(4).into()).len(),
        height.saturating_sub(2).into(),
    )
}

/// The keys that mean something here first, then all others, each once.
fn help_lines(model: &Model, here: &[usize], width: usize) -> Vec<Line<'static>> {
    let theme = model.theme;
    let mut valid: Vec<&Binding> = Vec::new();
    for (index, binding) in BINDINGS.iter().enumerate() {
        if here.contains(&index) && !valid.iter().any(|known| known.title == binding.title) {
            valid.push(binding);
        }
    }
    // What the selected row is for comes first, then the way out of here, which must not need scrolling.
    valid.sort_by_key(|binding| match binding.command {
        Command::Quit | Command::Help | Command::Back | Command::Suspend => 1,
        _ if binding.keys.contains(&ENTER) => 0,
        _ => 2,
    });
    let known: Vec<&str> = valid.iter().map(|binding| binding.title).collect();
    // What can be done elsewhere, by the screen where it can; what goes everywhere is said above already.
    let elsewhere = |group: &str| {
        let mut list: Vec<&'static Binding> = Vec::new();
        for (index, binding) in BINDINGS.iter().enumerate() {
            let told = list.iter().any(|other| other.title == binding.title)
                || here.contains(&index)
                || group == command::EVERYWHERE && known.contains(&binding.title);
            if binding.group() == group && !told {
                list.push(binding);
            }
        }
        list
    };
    // What belongs together is one line: ten keys for ten steps, a key and the one that goes back.
    let fold = |list: Vec<&'static Binding>| -> Vec<(String, String)> {
        let arrows = format!("{}, h j k l", theme.glyphs.up_down);
        list.into_iter()
            .filter_map(|binding| {
                let line = |keys: &str, title: &str| Some((keys.to_owned(), title.to_owned()));
                match binding.command {
                    Command::Step(0) => line(
                        "1-9, 0",
                        "to a step, but not from the row of a number; 0 is the tenth",
                    ),
                    Command::Digit => line("0-9", binding.title),
                    Command::Down => line(&arrows, "move"),
                    Command::PageDown => line("pgup, pgdn", "a page up or down"),
                    Command::First => line("g, G", "to the first, to the last"),
                    Command::FocusNext => line("tab, shift-tab", "other pane"),
                    Command::NextSection => line("], [", "next section, previous section"),
                    Command::NextStep => line("n, N", "next step, previous step"),
                    Command::Left | Command::Right if matches!(binding.title, "left" | "right") => {
                        None
                    }
                    Command::Step(_)
                    | Command::Up
                    | Command::PageUp
                    | Command::Last
                    | Command::FocusPrevious
                    | Command::PreviousStep => None,
                    Command::PreviousSection if binding.title == "previous section" => None,
                    _ => {
                        let keys: Vec<String> =
                            binding.keys.iter().map(ToString::to_string).collect();
                        Some((keys.join(", "), binding.title.to_owned()))
                    }
                }
            })
            .collect()
    };
    let mut lines = asked(model, width);
    lines.push(Line::styled("Here", theme.title()));
    let push = |lines: &mut Vec<Line<'static>>, list: Vec<(String, String)>| {
        for (keys, title) in list {
            lines.extend(beside(theme, &keys, &title, width));
        }
    };
    push(&mut lines, fold(valid));
    lines.push(Line::default());
    // What stands on the screen is explained before the keys of other screens.
    lines.extend(legend(model, width));
    for group in command::groups() {
        let list = fold(elsewhere(group));
        if !list.is_empty() {
            lines.push(Line::styled(group, theme.title()));
            push(&mut lines, list);
            lines.push(Line::default());
        }
    }
    lines.push(Line::styled(
        "Numbers take k, M and units: 12k, 200 ms, 1.5 TB, 99.95 %",
        theme.muted(),
    ));
    lines.push(Line::styled(
        "Everything is saved as you go.",
        theme.muted(),
    ));
    lines
}

/// The signs and the short names that the screens are written with.
fn legend(model: &Model, width: usize) -> Vec<Line<'static>> {
    let theme = model.theme;
    let glyphs = theme.glyphs;
    let mut lines = vec![Line::styled("Signs", theme.title())];
    let mut add = |sign: &str, meaning: &str| lines.extend(beside(theme, sign, meaning, width));
    let mut names = model.base.axes.iter().map(Axis::short);
    if let (Some(first), Some(second)) = (names.next(), names.next()) {
        let minus = glyphs.minus;
        add(
            &format!("{first}+ {second}{minus}"),
            "in a conflict: the choice helps the one and hurts the other",
        );
        add(
            &format!("{first}+{minus} {second}{minus}"),
            "below a step: each quality, with what the whole design does to it:",
        );
    }
    for label in LABELS {
        let sign = format!("   {}", advisor::verdict_sign(theme, label));
        add(&sign, words::axis(label));
    }
    for axis in &model.base.axes {
        add(axis.short(), &axis.name);
    }
    add(
        &format!("{} 12", glyphs.about),
        "assumed: a default stands in until you answer",
    );
    add("= 12", "derived: a formula gives it");
    add(
        &format!("derived {}", glyphs.about),
        "in part from what is assumed",
    );
    add("?", "unknown");
    add("!!  !  ~", "severity of a conflict: high, medium, low");
    add(
        &format!("+2 {} {}2", glyphs.arrow, glyphs.minus),
        "effect on a quality, from strong help to strong harm",
    );
    lines.push(Line::default());
    lines
}

/// A key or sign with what it means beside it, in as many lines as that takes.
fn beside(theme: Theme, sign: &str, meaning: &str, width: usize) -> Vec<Line<'static>> {
    let told = text::wrap(meaning, width.saturating_sub(26)).into_iter();
    told.enumerate()
        .map(|(place, line)| {
            let sign = if place == 0 { sign } else { "" };
            let sign = text::pad(sign, 22, theme.glyphs.ellipsis);
            Line::from(vec![
                Span::styled(format!("  {sign}"), theme.accent()),
                Span::raw(line),
            ])
        })
        .collect()
}

/// What is asked, with all that helps to answer: beside the answers there may be no room for it.
fn asked(model: &Model, width: usize) -> Vec<Line<'static>> {
    let theme = model.theme;
    let Some(editor) = (model.editor.as_ref()).filter(|editor| !editor.help.is_empty()) else {
        return Vec::new();
    };
    let mut lines = paint::wrapped(&editor.label, width, "", theme.title());
    lines.extend(paint::wrapped(&editor.help, width, "  ", theme.text()));
    if let Input::Choice { options, .. } = &editor.input {
        for option in options.iter().filter(|option| !option.means.is_empty()) {
            let text = format!("{}: {}", option.label, option.means);
            lines.extend(paint::wrapped(&text, width, "  ", theme.text()));
        }
        let letters =
            "A letter goes to the first answer that begins so, and once more to the next.";
        lines.extend(paint::wrapped(letters, width, "", theme.muted()));
    }
    lines.push(Line::default());
    lines
}

/// Returns the answers that a dialog offers; the first is the safe one.
pub(in crate::tui) fn answers(about: &Dialog) -> Vec<&'static str> {
    match about {
        Dialog::Overwrite { .. } => vec!["Choose another name", "Replace the file"],
        Dialog::Unsaved { .. } => vec!["Stay here", "Try to save again", "Leave"],
        Dialog::Changed {
            theirs: Some(_), ..
        } => {
            vec![
                "Show what differs",
                "Keep mine: u brings theirs back",
                "Take theirs: u brings mine back",
                "Decide later",
            ]
        }
        Dialog::Changed { theirs: None, .. } => vec!["Decide later", "Keep mine: replace the file"],
    }
}

/// Draws a dialog.
pub(super) fn dialog(model: &Model, frame: &mut Frame<'_>, about: &Dialog, at: usize) {
    let theme = model.theme;
    let width = model.size.0.saturating_sub(4).min(70);
    let room = usize::from(width.saturating_sub(4));
    let (title, mut lines) = match about {
        Dialog::Overwrite { path } => (
            "Replace the file?",
            paint::wrapped(
                &format!("There is a file at {path} already."),
                room,
                "",
                theme.text(),
            ),
        ),
        Dialog::Unsaved { reason } => (
            "Leave without saving?",
            paint::wrapped(
                &format!("The last changes are not in {}: {reason}.", model.file),
                room,
                "",
                theme.text(),
            ),
        ),
        Dialog::Changed { theirs, both } => {
            let text = format!(
                "Another program changed {} since it was read. Nothing is lost yet.",
                model.file
            );
            let mut lines = paint::wrapped(&text, room, "", theme.text());
            match theirs {
                Some(theirs) if *both => lines.extend(differences(model, theirs, room)),
                Some(_) => {}
                None => lines.extend(paint::wrapped(
                    "It cannot be read as a design any more.",
                    room,
                    "",
                    theme.bad(),
                )),
            }
            ("The file changed", lines)
        }
    };
    let answers = answers(about);
    let most = usize::from(model.size.1).saturating_sub(answers.len() + 4);
    let more = lines.len().saturating_sub(most);
    if more > 0 {
        lines.truncate(most.saturating_sub(1));
        let told = format!("  and {} more", text::count(more + 1, "line"));
        lines.push(Line::styled(told, theme.muted()));
    }
    let height = (lines.len() + answers.len() + 3) as u16;
    let inner = panel(model, frame, (title, ""), width, height);
    let top = lines.len() as u16 + 1;
    paint::lines(frame, inner, lines, 0);
    for (index, answer) in answers.into_iter().enumerate() {
        let row = Rect {
            y: inner.y + top + index as u16,
            height: 1,
            ..inner
        };
        if row.y < inner.bottom() {
            paint::line(frame, row, 0, Line::raw(format!("  {answer}")));
            if index == at {
                paint::select(frame, row, theme, true);
            }
        }
    }
}

/// Names what differs between the two versions, with both texts.
fn differences(model: &Model, theirs: &Design, width: usize) -> Vec<Line<'static>> {
    let found = design::differences(&model.design, theirs);
    let mut lines = vec![Line::default()];
    if found.is_empty() {
        let told = "only comments, layout or keys that this program does not know";
        lines.extend(paint::wrapped(told, width, "  ", model.theme.muted()));
    }
    let shown = |side: Option<String>| match side {
        Some(text) => format!("“{text}”"),
        None => "nothing".to_owned(),
    };
    for difference in found {
        let (mine, theirs) = (shown(difference.left), shown(difference.right));
        let told = format!("{}: {mine} mine, {theirs} theirs", difference.place);
        lines.extend(paint::wrapped(&told, width, "  ", model.theme.muted()));
    }
    lines
}
