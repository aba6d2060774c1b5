//! The ten steps: the rail of steps, and what there is to work through in one of them.

use super::{advisor, conflicts, editing, paint};
use crate::design::State;
use crate::expression::Expression;
use crate::knowledge::{FactId, Pick};
use crate::reasoning::{DecisionState, Origin};
use crate::report::words;
use crate::tui::command;
use crate::tui::edit;
use crate::tui::editor::Editor;
use crate::tui::layout;
use crate::tui::model::{Model, Process, Screen};
use crate::tui::rows::{self, Row};
use crate::tui::text;
use crate::tui::theme::Theme;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use std::borrow::Cow;

pub(super) fn draw(model: &Model, frame: &mut Frame<'_>, body: Rect, process: &Process) {
    let (rail_area, step_area) = layout::process(body);
    if let Some(area) = rail_area {
        rail(model, frame, area, process);
    }
    let theme = model.theme;
    let Some(entry) = model.base.steps.get(process.step) else {
        return;
    };
    // The last column is for the marks of the list.
    let width = usize::from(step_area.width).saturating_sub(1);
    let title = format!("{}  {}", entry.number, entry.name);
    let remark = done(
        model,
        process.step,
        width.saturating_sub(text::width(&title) + 2),
    );
    paint::line(
        frame,
        Rect {
            x: step_area.x + 1,
            ..step_area
        },
        0,
        paint::heading(theme, &title, &remark, width),
    );
    let list = Rect {
        y: step_area.y + 1,
        height: step_area.height.saturating_sub(1),
        ..step_area
    };
    let rows = rows::rows(model, process.step);
    let guidance = rows::guidance(model, process.step);
    let at = process.at.get(process.step).copied().unwrap_or(0);
    let editor = model.editor.as_ref().filter(|editor| editor.is_inline());
    let below = below(
        model,
        &rows,
        at,
        editor,
        (process.step, process.shown),
        width.saturating_sub(4),
    );
    paint::list(
        frame,
        list,
        rows.len(),
        at,
        1 + below.height(),
        |frame, area, index, selected| {
            let Some(row) = rows.get(index) else { return };
            paint::line(
                frame,
                area,
                0,
                row_line(model, row, process.step, &guidance, usize::from(area.width)),
            );
            if selected {
                paint::select(frame, area, theme, !process.rail && editor.is_none());
                let inner = Rect {
                    x: area.x + 3,
                    y: area.y + 1,
                    width: area.width.saturating_sub(4),
                    height: area.height.saturating_sub(1),
                };
                below.draw(model, frame, inner);
            }
        },
    );
}

/// How much of a step is done, of each kind of what there is to do where there is room for that.
fn done(model: &Model, step: usize, room: usize) -> String {
    let tasks = model.tasks(step);
    let parts = tasks
        .iter()
        .map(|(kind, done, all)| format!("{kind}s {done}/{all}"));
    let parts: Vec<String> = parts.collect();
    let told = parts.join(", ");
    if text::width(&told) <= room {
        return told;
    }
    let (done, all) = model.progress(step);
    format!("{done} of {all} done")
}

/// What is shown below the selected row.
enum Below<'a> {
    Nothing,
    Editor(&'a Editor, usize),
    Lines(Vec<Line<'static>>),
}

impl Below<'_> {
    fn height(&self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::Editor(_, height) => *height,
            Self::Lines(lines) => lines.len(),
        }
    }

    fn draw(&self, model: &Model, frame: &mut Frame<'_>, area: Rect) {
        for y in 0..area.height.min(self.height() as u16) {
            let edge = Rect {
                x: area.x.saturating_sub(2),
                y: area.y + y,
                width: 1,
                height: 1,
            };
            paint::line(
                frame,
                edge,
                0,
                Line::styled(model.theme.glyphs.bar, model.theme.accent()),
            );
        }
        match self {
            Self::Nothing => {}
            Self::Editor(editor, _) => editing::draw(model, frame, area, editor),
            Self::Lines(lines) => paint::lines(frame, area, lines.clone(), 0),
        }
    }
}

fn below<'a>(
    model: &Model,
    rows: &[Row],
    at: usize,
    editor: Option<&'a Editor>,
    (step, shown): (usize, Option<FactId>),
    width: usize,
) -> Below<'a> {
    if let Some(editor) = editor {
        return Below::Editor(editor, editing::height(model, editor, width));
    }
    match rows.get(at) {
        Some(Row::Estimate(fact)) if shown == Some(*fact) => {
            Below::Lines(derivation(model, *fact, width))
        }
        // What the row had to cut is shown in full while it is selected.
        Some(row) => match cut_text(model, row, step, width + 4) {
            Some(text) => Below::Lines(paint::wrapped(&text, width, "", model.theme.muted())),
            None => Below::Nothing,
        },
        None => Below::Nothing,
    }
}

/// The whole text of a row of this width, when the row has to cut it.
fn cut_text(model: &Model, row: &Row, step: usize, width: usize) -> Option<String> {
    let columns = |name: &str, value: &str, word: &str| {
        let (name_width, value_width, _) = column_widths(width, name, value, word);
        let cut = text::width(name) > name_width || text::width(value) > value_width;
        // `=` and `~` say already that a value follows.
        let colon = if value.starts_with(['=', '~']) {
            ""
        } else {
            ":"
        };
        cut.then(|| format!("{name}{colon} {value}"))
    };
    let text = match row {
        Row::Context => return columns("What it is for", &model.design.context, ""),
        Row::Notes => return columns("Notes", &model.design.notes, ""),
        Row::Input(fact) | Row::Estimate(fact) => {
            let (shown, word) = value(model, *fact);
            return columns(model.base.fact(*fact).1, &shown, word);
        }
        Row::Decision(id) => {
            let name = format!(
                "{} {}",
                model.theme.glyphs.open,
                model.base.decision(*id).name
            );
            let (what, word) = decided(model, *id);
            return columns(&name, &what, word)
                .map(|_| format!("{} {what}", model.base.decision(*id).question));
        }
        Row::Function(index) => model.design.functions.get(*index)?.clone(),
        Row::Interface(_) | Row::Entity(_) => {
            let (name, detail, word) = recorded(model, row)?;
            let (name_width, value_width, word_width) = column_widths(width, &name, &detail, &word);
            let cut = text::width(&name) > name_width
                || text::width(&detail) > value_width
                || text::width(&word) >= word_width;
            let parts = [detail, word];
            let parts: Vec<&str> = (parts.iter().map(String::as_str))
                .filter(|part| !part.is_empty())
                .collect();
            return (cut && !parts.is_empty()).then(|| format!("{name}: {}", parts.join("; ")));
        }
        // What it is comes before the question whether to adopt it.
        Row::Practice(pattern) => return Some(model.base.pattern(*pattern).what.to_string()),
        Row::Denied(fact) => denied(model, *fact)?,
        Row::Hazard(index) => closed(model, *index)?,
        Row::Conflict(id) => model
            .advice()
            .conflicts
            .iter()
            .find(|conflict| conflict.id == *id)?
            .message
            .clone(),
        Row::Mistake(index) => model.base.remarks.get(*index)?.what.to_string(),
        Row::Check(index) => model
            .base
            .steps
            .get(step)?
            .checklist
            .get(*index)?
            .text
            .to_string(),
        Row::Pack(index) => {
            let pack = model.packs().get(*index)?;
            format!("{}: {}", pack.name, pack.title)
        }
        _ => return None,
    };
    (text::width(&text) + 16 > width).then_some(text)
}

fn rail(model: &Model, frame: &mut Frame<'_>, area: Rect, process: &Process) {
    let theme = model.theme;
    paint::edge(
        frame,
        Rect {
            x: area.right() + 1,
            ..area
        },
        theme,
    );
    for (index, step) in model.base.steps.iter().enumerate() {
        let (glyph, style) = state_glyph(theme, model.state(index));
        let row = Rect {
            y: area.y + index as u16,
            height: 1,
            ..area
        };
        if row.y >= area.bottom() {
            break;
        }
        let line = Line::from(vec![
            Span::raw(format!(" {:>2} ", step.number)),
            Span::styled(glyph, style),
            Span::raw(" "),
            Span::raw(text::pad(
                &text::title_of(&step.id),
                14,
                theme.glyphs.ellipsis,
            )),
        ]);
        paint::line(frame, row, 0, line);
        if index == process.step {
            paint::select(frame, row, theme, process.rail);
        }
    }
    let keys = model.base.steps.len() as u16 + 1;
    if area.height > keys + 1 {
        paint::line(
            frame,
            area,
            keys,
            Line::styled(keys_to_steps(model), theme.muted()),
        );
    }
}

/// The keys that go to another step from here: where digits are typed, they do not.
fn keys_to_steps(model: &Model) -> &'static str {
    if model.editor.is_some() {
        ""
    } else if command::is_on_number(model) {
        "  n, N to a step"
    } else {
        "  1-9, 0 to a step"
    }
}

/// A line with a box that is ticked or not.
fn box_line(theme: Theme, width: usize, ticked: bool, text: &str) -> Line<'static> {
    let sign = if ticked {
        Span::styled(format!("[{}]", theme.glyphs.done), theme.accent())
    } else {
        Span::raw("[ ]")
    };
    let text = text::fit_words(text, width.saturating_sub(7), theme.glyphs.ellipsis);
    Line::from(vec![Span::raw("  "), sign, Span::raw(" "), Span::raw(text)])
}

/// Returns the sign of a step's state.
pub(super) fn state_glyph(theme: Theme, state: State) -> (&'static str, Style) {
    match state {
        State::Open => (theme.glyphs.open, theme.muted()),
        State::InProgress => (theme.glyphs.begun, theme.accent()),
        State::Done => (theme.glyphs.done, theme.accent()),
        State::Skipped => (theme.glyphs.skipped, theme.muted()),
    }
}

/// Returns the word for a step's state.
pub(super) fn state_word(state: State) -> &'static str {
    match state {
        State::Open => "open",
        State::InProgress => "in progress",
        State::Done => "done",
        State::Skipped => "skipped",
    }
}

/// Returns a value as it is shown, with the word for where it comes from.
pub(super) fn value(model: &Model, fact: FactId) -> (String, &'static str) {
    let shown = words::figure(&model.base, &model.advice().facts, fact);
    from(model, fact, shown)
}

fn from(model: &Model, fact: FactId, shown: String) -> (String, &'static str) {
    match model.advice().facts.state(fact).origin {
        Origin::Given => (shown, "given"),
        Origin::Inferred => (shown, "inferred"),
        Origin::Assumed => (format!("{} {shown}", model.theme.glyphs.about), "assumed"),
        Origin::Derived => (format!("= {shown}"), "derived"),
        Origin::Unknown => ("?".to_owned(), "unknown"),
    }
}

/// Returns the widths of the columns of a row: name, value, word. They stand below each other unless that would cut a
/// name or a value though both have room.
///
/// Of the word at the end only as much room is kept as it needs where a name would be cut, and none at all where the value
/// has the sign that says the same.
fn column_widths(width: usize, name: &str, value: &str, last: &str) -> (usize, usize, usize) {
    let (wanted, needed) = (text::width(name), text::width(value));
    let with = |word: usize| {
        let inner = width.saturating_sub(2 + word + 2);
        // A number with its unit is not cut before a name is: the selected row shows the name in full.
        let usual = (inner * 3 / 5).min(inner.saturating_sub(17)).clamp(8, 42);
        let name = if wanted + needed <= inner {
            usual.clamp(wanted, inner - needed)
        } else {
            // Both do not fit: the value has what the name leaves, which is no more than it needs.
            usual.max(inner.saturating_sub(needed)).min(wanted.max(8))
        };
        (name, inner.saturating_sub(name), word)
    };
    if width < 44 {
        return with(0);
    }
    let own = (text::width(last) + 1).min(12);
    let least = if value.starts_with(['=', '~', '?']) && !last.contains(' ') {
        0
    } else {
        own
    };
    let both = |(name, value, _): &(usize, usize, usize)| *name >= wanted && *value >= needed;
    let [usual, narrow] = [12, own].map(with);
    [usual, narrow]
        .into_iter()
        .find(both)
        .or_else(|| Some(narrow).filter(|(name, ..)| *name >= wanted))
        .unwrap_or_else(|| with(least))
}

/// A row of columns: name, value, word.
fn columns(
    theme: Theme,
    width: usize,
    name: &str,
    value: Span<'static>,
    word: &str,
) -> Line<'static> {
    let ellipsis = theme.glyphs.ellipsis;
    let (name_width, value_width, word_width) = column_widths(width, name, &value.content, word);
    let style = value.style;
    Line::from(vec![
        Span::raw("  "),
        Span::raw(text::pad(name, name_width, ellipsis)),
        Span::raw("  "),
        Span::styled(text::pad(&value.content, value_width, ellipsis), style),
        Span::styled(
            text::pad_left(
                &format!(
                    " {}",
                    text::fit(word, word_width.saturating_sub(1), ellipsis)
                ),
                word_width,
                "",
            ),
            theme.muted(),
        ),
    ])
}

/// Returns the widths of the text and of the word at the end of a row with a sign.
fn signed_widths(width: usize, word: &str) -> (usize, usize) {
    let word_width = if word.is_empty() {
        0
    } else {
        text::width(word) + 2
    };
    (width.saturating_sub(5 + word_width + 1), word_width)
}

/// A row of a sign, a text and a word at the end.
fn signed_row(
    theme: Theme,
    width: usize,
    sign: Span<'static>,
    content: &str,
    word: &str,
) -> Line<'static> {
    let (room, word_width) = signed_widths(width, word);
    let sign_width = text::width(&sign.content);
    let content = text::fit_words(content, room, theme.glyphs.ellipsis);
    Line::from(vec![
        Span::raw("  "),
        sign,
        Span::raw(" ".repeat(3_usize.saturating_sub(sign_width))),
        Span::raw(text::pad(&content, room, "")),
        Span::styled(text::pad_left(word, word_width, ""), theme.muted()),
    ])
}

fn row_line(
    model: &Model,
    row: &Row,
    step: usize,
    guidance: &[String],
    width: usize,
) -> Line<'static> {
    let theme = model.theme;
    let base = &model.base;
    let design = &model.design;
    let ellipsis = theme.glyphs.ellipsis;
    let muted = |content: String| {
        Line::styled(
            text::fit(&content, width, ellipsis).into_owned(),
            theme.muted(),
        )
    };
    let plain = |content: &str| Span::raw(content.to_owned());
    let entry = &base.steps[step];
    let stored = design.steps.get(entry.id.as_str());
    match row {
        Row::Gap => Line::default(),
        Row::Guidance(index) | Row::Reading(index) => muted(format!(
            " {}",
            guidance.get(*index).map_or("", String::as_str)
        )),
        Row::Heading(title, remark) => {
            let mut line = paint::heading(theme, title, remark, width.saturating_sub(1));
            line.spans.insert(0, Span::raw(" "));
            line
        }
        Row::Group(group) => Line::styled(format!(" {}", text::title_of(group)), theme.accent()),
        Row::Title => columns(
            theme,
            width,
            "Title",
            said(theme, &design.title, "not named yet"),
            "",
        ),
        Row::Context => columns(
            theme,
            width,
            "What it is for",
            said(theme, &design.context, "not said"),
            "",
        ),
        Row::Notes => columns(
            theme,
            width,
            "Notes",
            said(theme, &design.notes, "none"),
            "",
        ),
        Row::Function(index) => {
            let content = design.functions.get(*index).map_or("", String::as_str);
            signed_row(theme, width, plain(theme.glyphs.dot), content, "")
        }
        Row::AddFunction => add(theme, "add what the system must do"),
        Row::AddInterface => add(theme, "add an interface"),
        Row::AddEntity => add(theme, "add an entity"),
        Row::Priority(axis) => {
            let priority = &model.advice().priorities[axis.index()];
            let level = base.level_name(priority.level).to_owned();
            let (shown, word) = if priority.given {
                (Span::raw(level), "given")
            } else {
                (
                    Span::styled(format!("{} {level}", theme.glyphs.about), theme.muted()),
                    "assumed",
                )
            };
            let floor = design.floors.get(base.axis(*axis).id.as_str());
            let word = match floor {
                Some(0) => "no harm",
                Some(_) => "floor -1",
                None => word,
            };
            columns(theme, width, &base.axis(*axis).name, shown, word)
        }
        Row::Input(fact) => {
            let (shown, word) = value(model, *fact);
            let style = if word == "given" {
                theme.text()
            } else {
                theme.muted()
            };
            let name = distinct(model, *fact, &shown, word, width);
            columns(theme, width, &name, Span::styled(shown, style), word)
        }
        Row::Interface(_) | Row::Entity(_) => {
            let Some((name, detail, word)) = recorded(model, row) else {
                return Line::default();
            };
            columns(theme, width, &name, Span::raw(detail), &word)
        }
        Row::Decision(id) => decision_row(model, *id, width),
        Row::Practice(pattern) => {
            let adopted = edit::is_chosen(design, base, *pattern);
            let sign = if adopted {
                Span::styled(theme.glyphs.done, theme.accent())
            } else {
                plain(theme.glyphs.open)
            };
            signed_row(
                theme,
                width,
                sign,
                &base.pattern(*pattern).name,
                if adopted { "adopted" } else { "recommended" },
            )
        }
        Row::Estimate(fact) => {
            let (shown, _) = value(model, *fact);
            let rests = !model.advice().facts.state(*fact).rests_on.is_empty();
            let word = if rests {
                format!("derived {}", theme.glyphs.about)
            } else {
                "derived".to_owned()
            };
            let name = distinct(model, *fact, &shown, &word, width);
            columns(theme, width, &name, Span::raw(shown), &word)
        }
        Row::Conflict(id) => {
            let Some(conflict) = model
                .advice()
                .conflicts
                .iter()
                .find(|conflict| conflict.id == *id)
            else {
                return Line::default();
            };
            let word = if conflict.waived.is_some() {
                "accepted"
            } else {
                conflict.severity.word()
            };
            let style = advisor::severity_style(theme, conflict.severity);
            let sign = Span::styled(advisor::severity_sign(conflict.severity), style);
            let (room, _) = signed_widths(width, word);
            let content = conflicts::headline(model, conflict, room);
            signed_row(theme, width, sign, &content, word)
        }
        Row::Closed(all) => {
            let shown = matches!(model.screen(), Screen::Process(process) if process.closed);
            let content = format!(
                "{} closed: enter {} them",
                text::count(*all, "hazard"),
                if shown { "hides" } else { "shows" }
            );
            let sign = Span::styled(theme.glyphs.done, theme.accent());
            signed_row(theme, width, sign, &content, "")
        }
        Row::Hazard(index) => {
            let Some(content) = closed(model, *index) else {
                return Line::default();
            };
            signed_row(
                theme,
                width,
                Span::styled(theme.glyphs.done, theme.accent()),
                &content,
                "closed",
            )
        }
        Row::Denied(fact) => {
            let what = denied(model, *fact).unwrap_or_default();
            signed_row(
                theme,
                width,
                Span::styled("!", theme.bad()),
                &what,
                "contradiction",
            )
        }
        Row::Mistake(index) => {
            let what = base
                .remarks
                .get(*index)
                .map_or("", |remark| remark.what.as_str());
            signed_row(
                theme,
                width,
                Span::styled("!", theme.bad()),
                what,
                "mistake",
            )
        }
        Row::Clear => muted("  nothing found".to_owned()),
        Row::Check(index) => {
            let Some(item) = entry.checklist.get(*index) else {
                return Line::default();
            };
            let ticked = stored
                .is_some_and(|stored| stored.checked.iter().any(|checked| *checked == *item.id));
            box_line(theme, width, ticked, &item.text)
        }
        Row::Pack(index) => {
            let Some(pack) = model.packs().get(*index) else {
                return Line::default();
            };
            let text = format!("{}: {}", pack.name, pack.title);
            box_line(theme, width, model.design.packs.contains(&pack.name), &text)
        }
        Row::State => {
            let state = model.state(step);
            let (glyph, _) = state_glyph(theme, state);
            let because = stored.map_or("", |stored| stored.because.as_str());
            let shown = format!("{glyph} {}", state_word(state));
            let shown = if because.is_empty() {
                shown
            } else {
                format!("{shown}: {because}")
            };
            columns(theme, width, "State", Span::raw(shown), "")
        }
        Row::Next => match base.steps.get(step + 1) {
            Some(next) => add_with(
                theme,
                theme.glyphs.arrow,
                &format!("step {}: {}", next.number, next.name),
            ),
            None => add_with(theme, theme.glyphs.arrow, "export the summary"),
        },
    }
}

/// Returns the name of a fact for a row of this width: cut in the middle where the beginning would not tell it from
/// another.
fn distinct<'a>(
    model: &'a Model,
    fact: FactId,
    value: &str,
    word: &str,
    width: usize,
) -> Cow<'a, str> {
    let base = &model.base;
    let name = base.fact(fact).1;
    let (name_width, ..) = column_widths(width, name, value, word);
    if text::width(name) <= name_width {
        return Cow::Borrowed(name);
    }
    let cut = text::fit(name, name_width.saturating_sub(1), "");
    let requirements = base.requirements.iter().map(|entry| &entry.name);
    let mut all = requirements.chain(base.quantities.iter().map(|entry| &entry.name));
    if all.any(|other| **other != *name && other.starts_with(&*cut)) {
        text::fit_middle(name, name_width, model.theme.glyphs.ellipsis)
    } else {
        Cow::Borrowed(name)
    }
}

fn said(theme: Theme, said: &str, nothing: &str) -> Span<'static> {
    if said.is_empty() {
        Span::styled(nothing.to_owned(), theme.muted())
    } else {
        Span::raw(said.lines().collect::<Vec<_>>().join(" "))
    }
}

fn add(theme: Theme, what: &str) -> Line<'static> {
    add_with(theme, "+", what)
}

fn add_with(theme: Theme, sign: &'static str, what: &str) -> Line<'static> {
    Line::from(vec![
        Span::raw("  "),
        Span::styled(text::pad(sign, 3, ""), theme.accent()),
        Span::styled(what.to_owned(), theme.accent()),
    ])
}

fn decision_row(model: &Model, id: crate::knowledge::DecisionId, width: usize) -> Line<'static> {
    let theme = model.theme;
    let advice = model.advice().decision(id);
    let entry = model.base.decision(id);
    let chosen = advice.state == DecisionState::Chosen;
    let mark = if chosen {
        theme.glyphs.done
    } else {
        theme.glyphs.open
    };
    let (what, word) = decided(model, id);
    let mut line = columns(
        theme,
        width,
        &format!("{mark} {}", entry.name),
        Span::raw(what),
        word,
    );
    if chosen && let Some(name) = line.spans.get_mut(1) {
        name.style = theme.title();
    }
    line
}

/// Returns what is taken in a decision, with what is advised against it or nearly as good, and how it stands.
pub(super) fn decided(model: &Model, id: crate::knowledge::DecisionId) -> (String, &'static str) {
    let advice = model.advice().decision(id);
    let entry = model.base.decision(id);
    let chosen = advice.state == DecisionState::Chosen;
    let (mut what, word) = match entry.pick {
        Pick::One => (model.taken(id), advisor::standing(advice)),
        Pick::Many => {
            let word = if chosen { "chosen" } else { "advised" };
            (
                format!("{}: {}", advice.taken().len(), model.names(advice.taken())),
                word,
            )
        }
    };
    let against = chosen && entry.pick == Pick::One && advice.chosen != advice.recommended;
    if against && !advice.recommended.is_empty() {
        what = format!("{what} (advised: {})", model.names(&advice.recommended));
    } else if !chosen && entry.pick == Pick::One && word == "close call" {
        let runner_up = advice
            .options
            .iter()
            .find(|option| !advice.recommended.contains(&option.pattern));
        if let Some(option) = runner_up {
            what = format!("{what}, or {}", model.base.pattern(option.pattern).name);
        }
    }
    (what, word)
}

/// Returns which hazard something closes, and what does.
fn closed(model: &Model, index: usize) -> Option<String> {
    let hazard = model.advice().hazards.get(index)?;
    let name = &model.base.hazard(hazard.id).name;
    Some(format!(
        "{name}: closed by {}",
        model.names(&hazard.closed_by)
    ))
}

/// Returns what the interfaces or entities say against an answer.
fn denied(model: &Model, fact: FactId) -> Option<String> {
    let denials = model.denials();
    let denial = denials.iter().find(|denial| denial.requirement == fact)?;
    let (_, name, _) = model.base.fact(fact);
    Some(format!("{name} is {}, but {}", denial.answer, denial.said))
}

/// Returns an interface or an entity as its row says it: name, details, and the word at the end.
fn recorded(model: &Model, row: &Row) -> Option<(String, String, String)> {
    match row {
        Row::Interface(index) => {
            let entry = model.design.interfaces.get(*index)?;
            let latency = entry.latency_told();
            let parts = [
                entry.kind.map_or("", crate::design::Kind::word),
                entry.style.map_or("", crate::design::Timing::word),
                &entry.share,
                &latency,
            ];
            let detail: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            Some((entry.name.clone(), detail.join(", "), entry.caller.clone()))
        }
        Row::Entity(index) => {
            let entry = model.design.entities.get(*index)?;
            let access: Vec<String> = (entry.access.iter())
                .map(|access| {
                    let said = format!("{} {}", access.by.word(), access.rate);
                    said.trim().to_owned()
                })
                .collect();
            let relations = if entry.relations.is_empty() {
                String::new()
            } else {
                text::count(entry.relations.len(), "relation")
            };
            Some((entry.name.clone(), access.join(", "), relations))
        }
        _ => None,
    }
}

/// Returns how a quantity is computed: formula, inputs with their values, what it says, source.
fn derivation(model: &Model, fact: FactId, width: usize) -> Vec<Line<'static>> {
    let theme = model.theme;
    let Some(quantity) = model.base.quantity(fact) else {
        return Vec::new();
    };
    let mut lines = paint::wrapped(
        &format!("{} = {}", quantity.id, quantity.text),
        width,
        "",
        theme.text(),
    );
    for input in inputs(&quantity.formula) {
        let (id, _, kind) = model.base.fact(input);
        // Who computes it again needs the exact number.
        let exact = kind.display(model.advice().facts.state(input).value);
        let (shown, word) = from(model, input, exact);
        lines.push(Line::from(vec![
            Span::styled(
                format!("  {}  ", text::pad(id, 20, theme.glyphs.ellipsis)),
                theme.muted(),
            ),
            Span::raw(
                text::fit(&shown, width.saturating_sub(36), theme.glyphs.ellipsis).into_owned(),
            ),
            Span::styled(format!("  {word}"), theme.muted()),
        ]));
    }
    lines.extend(paint::wrapped(&quantity.because, width, "", theme.muted()));
    let sources: Vec<&str> = quantity
        .sources
        .iter()
        .map(|id| model.base.source(*id).title.as_str())
        .collect();
    if !sources.is_empty() {
        lines.extend(paint::wrapped(
            &format!("Source: {}", sources.join("; ")),
            width,
            "",
            theme.muted(),
        ));
    }
    lines
}

fn inputs(formula: &Expression) -> Vec<FactId> {
    formula.facts()
}
