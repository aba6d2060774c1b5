//! The search for an input or a decision: the field, what was found, and the whole question of what is selected.

use super::{editing, overlay, paint, process};
use crate::reasoning::DecisionState;
use crate::tui::field::Field;
use crate::tui::find::{self, Place};
use crate::tui::model::Model;
use crate::tui::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Lines for the question of what is selected: a rule, and two of text.
const PREVIEW: u16 = 3;

/// What is said where nothing was found, and what may find it.
const NOTHING: [&str; 3] = [
    "No input and no decision has these words.",
    "Try one word, or only its first letters. With nothing typed all are listed.",
    "Patterns and products are searched on the screen of the patterns (b).",
];

/// Below this height the list needs every line.
const LOW: u16 = 12;

fn size(model: &Model) -> (u16, u16) {
    let (width, height) = model.size;
    (
        width.saturating_sub(4).min(96),
        height.saturating_sub(4).min(36),
    )
}

/// Returns how many rows there is room for.
pub(in crate::tui) fn page(model: &Model) -> usize {
    let (_, height) = size(model);
    usize::from(height.saturating_sub(3 + preview(height))).max(1)
}

fn preview(height: u16) -> u16 {
    if height >= LOW { PREVIEW } else { 0 }
}

pub(super) fn draw(model: &Model, frame: &mut Frame<'_>, field: &Field, at: usize) {
    let theme = model.theme;
    let (width, height) = size(model);
    let inner = overlay::panel(
        model,
        frame,
        ("Find an input or a decision", ""),
        width,
        height,
    );
    let found = find::found(model, &field.text());
    let count = format!("{} found", found.len());
    let top = Rect { height: 1, ..inner };
    paint::field(frame, top, theme, ("/", field, &count), u16::MAX);
    let preview = preview(height);
    let list = Rect {
        y: inner.y + 1,
        height: inner.height.saturating_sub(1 + preview),
        ..inner
    };
    if found.is_empty() {
        let lines = NOTHING
            .iter()
            .flat_map(|text| paint::wrapped(text, list.width.into(), "", theme.muted()));
        paint::lines(frame, list, lines.collect(), 0);
        return;
    }
    paint::list(
        frame,
        list,
        found.len(),
        at,
        1,
        |frame, area, index, selected| {
            let Some(place) = found.get(index) else {
                return;
            };
            paint::line(frame, area, 0, row(model, *place, area.width.into()));
            if selected {
                paint::select(frame, area, theme, true);
            }
        },
    );
    if preview > 0
        && let Some(place) = found.get(at)
    {
        let area = Rect {
            y: list.bottom(),
            height: preview,
            ..inner
        };
        let [_, id, question] = place.texts(model);
        let width = usize::from(area.width);
        let mut told = text::wrap(&format!("{question} ({id})"), width);
        if let Some(reason) = find::reason(model, *place, &field.text()) {
            // Why it was found is worth more than the end of a long question.
            told = editing::cut(told, 1, width, theme);
            told.extend(editing::cut(text::wrap(&reason, width), 1, width, theme));
        }
        paint::line(frame, area, 0, paint::rule(theme, area.width));
        for (y, line) in told.into_iter().take(2).enumerate() {
            paint::line(frame, area, y as u16 + 1, Line::raw(line));
        }
    }
}

/// A name with what holds now and the step.
fn row(model: &Model, place: Place, width: usize) -> Line<'static> {
    let theme = model.theme;
    let ellipsis = theme.glyphs.ellipsis;
    let [name, ..] = place.texts(model);
    let now = match place {
        Place::Input(fact) => process::value(model, fact).0,
        Place::Decision(id) => match process::decided(model, id) {
            _ if model.advice().decision(id).state == DecisionState::NotApplicable => {
                "does not arise".to_owned()
            }
            (what, "") => what,
            (what, word) => format!("{word}: {what}"),
        },
    };
    let step = (place.step(model)).map_or(String::new(), |step| format!("step {}", step + 1));
    // The step has its eight cells; a name is not cut for the sake of a value.
    let inner = width.saturating_sub(2 + 8 + 1);
    let name_width = (inner * 3 / 5).max(text::width(name)).min(inner);
    let room = inner.saturating_sub(name_width + 1);
    Line::from(vec![
        Span::raw("  "),
        Span::raw(text::pad(name, name_width, ellipsis)),
        Span::raw(" "),
        Span::styled(text::pad(&now, room, ellipsis), theme.muted()),
        Span::styled(text::pad_left(&step, 8, ""), theme.muted()),
    ])
}
