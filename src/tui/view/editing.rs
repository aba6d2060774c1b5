//! An editor: the question, what helps to answer it, the field or list, and what is to be said of what was typed.

use super::paint;
use crate::tui::editor::{Check, Choice, Editor, Input};
use crate::tui::model::Model;
use crate::tui::text;
use crate::tui::theme::Theme;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// How many lines a field for prose has.
const PROSE: usize = 3;

/// How wide a field for anything else is at most.
const WIDEST: u16 = 60;

/// How many lines are left free below an editor that has a screen to itself.
const BELOW: u16 = 4;

fn question(editor: &Editor, width: usize) -> Vec<String> {
    if editor.label.is_empty() {
        Vec::new()
    } else {
        text::wrap(&editor.label, width)
    }
}

/// The first lines of a text that is wrapped; that something is left out is shown.
pub(super) fn cut(mut lines: Vec<String>, most: usize, width: usize, theme: Theme) -> Vec<String> {
    if lines.len() > most {
        let rest = lines.split_off(most);
        if let (Some(last), Some(next)) = (lines.last_mut(), rest.first()) {
            *last = text::fit_words(&format!("{last} {next}"), width, theme.glyphs.ellipsis);
        }
    }
    lines
}

/// What helps to answer, in so many lines at most; that something is left out is shown.
fn help(model: &Model, editor: &Editor, width: usize, most: usize) -> Vec<String> {
    let mut lines = text::wrap(&editor.help, width);
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            // The keys that are shown then begin with the whole of it.
            let more = format!("{} f1 reads on", model.theme.glyphs.ellipsis);
            let room = width.saturating_sub(text::width(&more) + 1);
            *last = format!("{} {more}", text::fit(last, room, ""));
        }
    }
    lines
}

/// The lines that the field or list takes in this width, if there is room for all of it.
fn input_height(editor: &Editor, width: usize) -> usize {
    match &editor.input {
        Input::Text(field) if field.is_prose() => PROSE,
        Input::Text(_) => 1,
        Input::Choice { options, .. } => {
            let label = label_width(options);
            let means = |option: &Choice| means(option, label, width).len();
            options.iter().map(means).sum()
        }
    }
}

fn label_width(options: &[Choice]) -> usize {
    let widths = options.iter().map(|option| text::width(&option.label));
    widths.max().unwrap_or(0).min(24)
}

/// What an option means, in the lines beside its label; one at least.
fn means(option: &Choice, label: usize, width: usize) -> Vec<String> {
    let lines = text::wrap(&option.means, width.saturating_sub(label + 5));
    if lines.is_empty() {
        vec![String::new()]
    } else {
        lines
    }
}

/// What is to be said of what was typed.
fn message(model: &Model, editor: &Editor, width: usize) -> Vec<Line<'static>> {
    let theme = model.theme;
    match editor.check(model) {
        Check::Good(text) if text.is_empty() => vec![Line::default()],
        Check::Good(text) => paint::wrapped(&text, width, "", theme.muted()),
        Check::Bad(wrong, right) if text::width(&wrong) + 2 + text::width(&right) <= width => {
            vec![Line::from(vec![
                Span::styled(wrong, theme.error()),
                Span::styled(format!("  {right}"), theme.text()),
            ])]
        }
        Check::Bad(wrong, right) => {
            let mut lines = paint::wrapped(&wrong, width, "", theme.error());
            lines.extend(paint::wrapped(&right, width, "", theme.text()));
            lines
        }
    }
}

/// Draws an editor that has a screen to itself: with empty lines between its parts. Returns the lines it takes.
pub(super) fn draw_airy(model: &Model, frame: &mut Frame<'_>, area: Rect, editor: &Editor) -> u16 {
    let theme = model.theme;
    let width = usize::from(area.width);
    let mut y = 0;
    for line in question(editor, width) {
        paint::line(frame, area, y, Line::styled(line, theme.title()));
        y += 1;
    }
    let asked = Editor {
        label: String::new(),
        help: String::new(),
        ..editor.clone()
    };
    let needed = height(model, &asked, width) as u16;
    // The list or field, and a few lines for what stands below the editor.
    let room = usize::from(area.height.saturating_sub(y + needed + BELOW));
    let help = help(model, editor, width, room);
    let calm = u16::from(help.len() + 2 <= room);
    y += calm;
    for line in help {
        paint::line(frame, area, y, Line::styled(line, theme.muted()));
        y += 1;
    }
    y += calm;
    let rest = Rect {
        y: area.y + y,
        height: needed.min(area.height.saturating_sub(y)),
        ..area
    };
    draw(model, frame, rest, &asked);
    y + needed
}

/// Returns how many lines an editor takes in this width.
pub(super) fn height(model: &Model, editor: &Editor, width: usize) -> usize {
    let message = if editor.is_text() {
        message(model, editor, width).len()
    } else {
        0
    };
    question(editor, width).len()
        + help(model, editor, width, usize::MAX).len()
        + input_height(editor, width)
        + message
}

/// Draws the editor. When there is too little room, the help goes first.
pub(super) fn draw(model: &Model, frame: &mut Frame<'_>, area: Rect, editor: &Editor) {
    let theme = model.theme;
    let width = usize::from(area.width);
    let room = usize::from(area.height);
    let message = if editor.is_text() {
        message(model, editor, width)
    } else {
        Vec::new()
    };
    let needed = input_height(editor, width) + message.len();
    // A list that does not fit with all that its options mean needs a line for each, and the rest for the selected one.
    let least = match &editor.input {
        Input::Choice { options, .. } if needed > room => options.len() + 2,
        _ => needed,
    };
    let free = room.saturating_sub(least.min(needed));
    // A list scrolls; what it answers stays in sight.
    let free = free.max(usize::from(!editor.is_text() && room > 2));
    let mut above: Vec<Line<'_>> = cut(question(editor, width), free, width, theme)
        .into_iter()
        .map(|line| Line::styled(line, theme.title()))
        .collect();
    above.extend(
        help(model, editor, width, free - above.len())
            .into_iter()
            .map(|line| Line::styled(line, theme.muted())),
    );
    let mut y = 0;
    for line in above {
        paint::line(frame, area, y, line);
        y += 1;
    }
    match &editor.input {
        Input::Text(field) => {
            let rows = (input_height(editor, width) as u16).min(area.height.saturating_sub(y));
            let row = Rect {
                y: area.y + y,
                height: rows,
                ..area
            };
            let widest = if field.is_prose() { u16::MAX } else { WIDEST };
            let unit = unit(model, editor);
            paint::field(frame, row, theme, (">", field, &unit), widest);
            y += rows;
            for line in message {
                paint::line(frame, area, y, line);
                y += 1;
            }
        }
        Input::Choice { options, at } => {
            let list = Rect {
                y: area.y + y,
                height: area.height.saturating_sub(y),
                ..area
            };
            let label = label_width(options);
            let whole = input_height(editor, width) <= usize::from(list.height);
            let block = |index: usize, option: &Choice| -> Vec<Line<'static>> {
                let line = |name: &str, means: &str| {
                    Line::from(vec![
                        Span::raw("  "),
                        Span::raw(text::pad(name, label, theme.glyphs.ellipsis)),
                        Span::raw("  "),
                        Span::styled(means.to_owned(), theme.muted()),
                    ])
                };
                if !whole && index != *at {
                    let room = width.saturating_sub(label + 5);
                    return vec![line(
                        &option.label,
                        &text::fit(&option.means, room, theme.glyphs.ellipsis),
                    )];
                }
                let lines = means(option, label, width).into_iter().enumerate();
                lines
                    .map(|(place, means)| line(if place == 0 { &option.label } else { "" }, &means))
                    .collect()
            };
            let blocks = options
                .iter()
                .enumerate()
                .map(|(index, option)| block(index, option))
                .collect();
            paint::blocks(frame, list, blocks, Some(*at), theme, true);
        }
    }
}

/// The unit that a number without one is taken in.
fn unit(model: &Model, editor: &Editor) -> String {
    use crate::tui::editor::Target;
    match &editor.target {
        Target::Requirement(fact) => match model.base.fact(*fact).2.unit() {
            "" | "fraction" | "bool" => String::new(),
            unit => unit.to_owned(),
        },
        _ => String::new(),
    }
}
