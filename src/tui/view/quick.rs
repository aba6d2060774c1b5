//! The quick start: one question at a time, and the first recommendation beside it.

use super::{advisor, editing, paint};
use crate::knowledge::{FactId, Pick};
use crate::reasoning::Certainty;
use crate::report::words;
use crate::tui::diff::Shift;
use crate::tui::editor::{Editor, Target};
use crate::tui::model::Model;
use crate::tui::rows::{self, ResultRow};
use crate::tui::text;
use crate::tui::theme::Theme;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

pub(super) fn draw(model: &Model, frame: &mut Frame<'_>, body: Rect, at: usize) {
    let questions = model.quick_questions();
    if at >= questions.len() || model.editor.is_none() {
        result(model, frame, body, at);
        return;
    }
    let theme = model.theme;
    let side = body.width >= 76;
    let left_width = if side {
        body.width * 11 / 20
    } else {
        body.width
    };
    let left = Rect {
        x: body.x + 3,
        width: left_width.saturating_sub(6),
        ..body
    };
    let width = usize::from(left.width);
    let mut y = u16::from(body.height >= 16);
    let is_name = matches!(&model.editor, Some(editor) if editor.target == Target::Title);
    let place = if is_name {
        "Before the questions  ".to_owned()
    } else {
        format!("Question {} of {}  ", at + 1, questions.len())
    };
    let mut spans = vec![Span::styled(place, theme.muted())];
    spans.extend(paint::gauge(theme, at, questions.len(), 12.min(width / 3)));
    paint::line(frame, left, y, Line::from(spans));
    y += 2;
    if let Some(editor) = &model.editor {
        let area = Rect {
            y: left.y + y,
            height: left.height.saturating_sub(y),
            ..left
        };
        y += editing::draw_airy(model, frame, area, editor) + 1;
    }
    let hint = if is_name {
        "Enter goes on. A name is not needed now; t gives one any time."
    } else if model.editor.as_ref().is_some_and(Editor::is_text) {
        "Enter answers, tab skips. What is skipped is assumed or unknown until you answer it: / finds every input."
    } else {
        "Up, down or a letter choose, enter answers, tab skips. What is skipped is assumed or unknown until you answer \
         it: / finds every input."
    };
    let room = usize::from(left.height.saturating_sub(y));
    for line in editing::cut(text::wrap(hint, width), room, width, theme) {
        paint::line(frame, left, y, Line::styled(line, theme.muted()));
        y += 1;
    }
    if !side {
        let below = Rect {
            y: left.y + y + 1,
            height: left.height.saturating_sub(y + 1),
            ..left
        };
        if below.height >= 3 {
            let mut lines = vec![paint::heading(theme, "First recommendation", "", width)];
            lines.extend(advisor::recommendations(
                model,
                width,
                usize::from(below.height) - 1,
            ));
            paint::lines(frame, below, lines, 0);
        }
        return;
    }
    let right = Rect {
        x: body.x + left_width + 1,
        y: body.y + u16::from(body.height >= 16),
        width: body.width.saturating_sub(left_width + 3),
        height: body.height.saturating_sub(1),
    };
    paint::edge(
        frame,
        Rect {
            x: body.x + left_width,
            ..body
        },
        theme,
    );
    paint::lines(
        frame,
        right,
        advice(model, right.width.into(), right.height.into()),
        0,
    );
}

fn advice(model: &Model, width: usize, height: usize) -> Vec<Line<'static>> {
    let theme = model.theme;
    let mut lines = vec![paint::heading(theme, "First recommendation", "", width)];
    let changed: Vec<String> = model
        .shifts
        .iter()
        .map(|shift| advisor::sentence(model, shift))
        .collect();
    let room = height.saturating_sub(6).min(14);
    for line in two_line_recommendations(model, width, room) {
        lines.push(line);
    }
    lines.push(Line::default());
    lines.push(paint::heading(
        theme,
        "Changed by the last answer",
        "",
        width,
    ));
    if changed.is_empty() {
        let nothing = match model.last {
            None => "nothing yet",
            Some(_) => "nothing",
        };
        lines.push(Line::styled(nothing, theme.muted()));
    }
    let room = height.saturating_sub(lines.len());
    let told = whole_items(&changed, room, width, theme);
    lines.extend(
        told.into_iter()
            .map(|line| Line::styled(line, theme.text())),
    );
    lines.truncate(height);
    lines
}

/// As many of the items, wrapped, as there is room for with the number of the others; only a first one that is too long by
/// itself is cut.
fn whole_items(items: &[String], room: usize, width: usize, theme: Theme) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut told = 0;
    for item in items {
        let wrapped = text::wrap(item, width);
        let others = usize::from(told + 1 < items.len());
        let left = room.saturating_sub(lines.len() + others);
        if wrapped.len() > left && told > 0 {
            break;
        }
        lines.extend(editing::cut(wrapped, left, width, theme));
        told += 1;
    }
    if told < items.len() {
        lines.push(format!("+{} more", items.len() - told));
    }
    lines
}

/// The decisions that shape a system most, each with what is recommended below its name; what the last answer changed
/// is marked.
fn two_line_recommendations(model: &Model, width: usize, room: usize) -> Vec<Line<'static>> {
    let theme = model.theme;
    let mut lines = Vec::new();
    let top = model.top_decisions();
    for id in top
        .into_iter()
        .filter(|id| model.base.decision(*id).pick == Pick::One)
        .take(room / 2)
    {
        let changed = model.shifts.iter().any(|shift| match shift {
            Shift::Taken { decision, .. } | Shift::Arose(decision) => *decision == id,
            _ => false,
        });
        let name =
            text::fit(&model.base.decision(id).name, width, theme.glyphs.ellipsis).into_owned();
        lines.push(Line::styled(name, theme.muted()));
        let mark = if changed { theme.glyphs.arrow } else { "" };
        let taken = text::fit(
            &model.taken(id),
            width.saturating_sub(3),
            theme.glyphs.ellipsis,
        )
        .into_owned();
        let style = if changed { theme.title() } else { theme.text() };
        lines.push(Line::from(vec![
            Span::styled(text::pad(mark, 3, ""), theme.accent()),
            Span::styled(taken, style),
        ]));
    }
    lines
}

fn result(model: &Model, frame: &mut Frame<'_>, body: Rect, at: usize) {
    let theme = model.theme;
    let area = Rect {
        x: body.x + 3,
        y: body.y + 1,
        width: body.width.saturating_sub(6),
        height: body.height.saturating_sub(1),
    };
    let width = usize::from(area.width);
    let given = model
        .quick_questions()
        .iter()
        .filter(|fact| model.is_given(**fact))
        .count();
    let all = model.quick_questions().len();
    let remark = if given == all {
        format!("all {all} questions are answered; Q goes through them again")
    } else {
        format!("from {given} of {all} answers")
    };
    let mut lines = vec![
        paint::heading(theme, "A first recommendation", &remark, width),
        Line::default(),
    ];
    let rows = rows::result(model);
    let below: Vec<Line<'static>> = (rows.iter())
        .map(|row| match row {
            ResultRow::Answer(fact) => worth(model, *fact, width),
            ResultRow::GoOn => Line::raw("  Go on to the ten steps, where the rest is asked"),
        })
        .collect();
    let top = model.top_decisions().into_iter();
    let mut standing = top
        .filter(|id| model.base.decision(*id).pick == Pick::One)
        .map(|id| advisor::standing(model.advice().decision(id)));
    let open = standing.any(|word| word == words::certainty(Certainty::Open));
    let told = if open {
        let means = "open: an answer that is still missing could change it";
        vec![Line::styled(
            text::fit(means, width, theme.glyphs.ellipsis).into_owned(),
            theme.muted(),
        )]
    } else {
        Vec::new()
    };
    let room = usize::from(area.height)
        .saturating_sub(below.len() + 6 + told.len())
        .max(3);
    lines.extend(advisor::recommendations(model, width, room));
    lines.extend(told);
    lines.push(Line::default());
    let mut conflicts = vec![Span::styled("Conflicts  ", theme.title())];
    conflicts.extend(advisor::severity_spans(model));
    lines.push(Line::from(conflicts));
    lines.push(Line::default());
    let title = if below.len() > 1 {
        "Worth answering next"
    } else {
        "Next"
    };
    lines.push(paint::heading(
        theme,
        title,
        "most rests on the first",
        width,
    ));
    let selected = rows::selected_result(model, at).map_or(0, |(place, _)| lines.len() + place);
    lines.extend(below);
    paint::lines(frame, area, lines, 0);
    let row = Rect {
        x: body.x,
        y: area.y + selected as u16,
        width: body.width,
        height: 1,
    };
    if row.y < body.bottom() {
        paint::select(frame, row, theme, true);
    }
}

/// An input that is worth answering next, with what it bears on: as much of it as there is room for.
fn worth(model: &Model, fact: FactId, width: usize) -> Line<'static> {
    let mut questions = model.advice().questions.iter();
    let question = questions.find(|question| question.requirement == fact);
    let names: Vec<String> = question.map_or_else(Vec::new, |question| {
        let decisions = question.decisions.iter();
        let decisions = decisions.map(|id| model.base.decision(*id).name.to_string());
        let practices = question.practices.iter();
        let practices = practices.map(|id| model.base.pattern(*id).name.to_string());
        decisions.chain(practices).collect()
    });
    let line = |named: usize| {
        let bears_on = words::few(names.iter().cloned(), named);
        format!("  {}: bears on {bears_on}", model.base.fact(fact).1)
    };
    let whole = (1..=3)
        .rev()
        .map(line)
        .find(|line| text::width(line) <= width);
    let line = whole.unwrap_or_else(|| line(1));
    Line::raw(text::fit(&line, width, model.theme.glyphs.ellipsis).into_owned())
}
