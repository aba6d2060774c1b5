//! An interface or entity, field by field.

use super::{editing, paint};
use crate::tui::editor::{record_part, record_value};
use crate::tui::model::{Model, Record};
use crate::tui::rows::{self, RecordRow};
use crate::tui::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

pub(super) fn draw(model: &Model, frame: &mut Frame<'_>, body: Rect, of: Record, at: usize) {
    let theme = model.theme;
    let area = Rect {
        x: body.x + 1,
        width: body.width.saturating_sub(2),
        ..body
    };
    let name = record_value(&model.design, of, RecordRow::Name);
    let kind = if matches!(of, Record::Interface(_)) {
        "an interface"
    } else {
        "an entity"
    };
    paint::line(
        frame,
        area,
        0,
        paint::heading(theme, &name, kind, area.width.into()),
    );
    let rows = rows::record(model, of);
    let list = Rect {
        y: body.y + 2,
        height: body.height.saturating_sub(2),
        ..body
    };
    let editor = model.editor.as_ref().filter(|editor| editor.is_inline());
    let inner_width = usize::from(list.width.saturating_sub(4));
    let below = editor.map_or(0, |editor| editing::height(model, editor, inner_width));
    paint::list(
        frame,
        list,
        rows.len(),
        at,
        1 + below,
        |frame, area, index, selected| {
            let Some(row) = rows.get(index) else { return };
            let width = usize::from(area.width);
            let line = if *row == RecordRow::AddRelation {
                Line::from(vec![Span::styled("  + add a relation", theme.accent())])
            } else {
                let value = record_value(&model.design, of, *row);
                let value = value.lines().collect::<Vec<_>>().join(" ");
                let shown = if value.is_empty() {
                    Span::styled("?", theme.muted())
                } else {
                    Span::raw(value)
                };
                let style = shown.style;
                Line::from(vec![
                    Span::raw("  "),
                    Span::raw(text::pad(&record_part(*row), 22, theme.glyphs.ellipsis)),
                    Span::styled(
                        text::fit(
                            &shown.content,
                            width.saturating_sub(25),
                            theme.glyphs.ellipsis,
                        )
                        .into_owned(),
                        style,
                    ),
                ])
            };
            paint::line(frame, area, 0, line);
            if selected {
                paint::select(frame, area, theme, editor.is_none());
                if let Some(editor) = editor {
                    let inner = Rect {
                        x: area.x + 3,
                        y: area.y + 1,
                        width: area.width.saturating_sub(4),
                        height: area.height.saturating_sub(1),
                    };
                    editing::draw(model, frame, inner, editor);
                }
            }
        },
    );
}
