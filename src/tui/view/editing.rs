//! An editor: the question, what helps to answer it, the field or list, and what is to be said of what was typed.

use super::paint;
use crate::tui::editor::{Check, Editor, Input};
use crate::tui::model::Model;
use crate::tui::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// How many lines a field for prose has.
const PROSE: usize = 3;

/// How many lines of help are shown at most.
const HELP: usize = 4;

fn question(editor: &Editor, width: usize) -> Vec<String> {
    if editor.label.is_empty() {
        Vec::new()
    } else {
        text::wrap(&editor.label, width)
    }
}

fn help(editor: &Editor, width: usize) -> Vec<String> {
    if editor.help.is_empty() {
        return Vec::new();
    }
    let mut lines = text::wrap(&editor.help, width);
    lines.truncate(HELP);
    lines
}

fn input_height(editor: &Editor) -> usize {
    match &editor.input {
        Input::Text(field) if field.is_prose() => PROSE,
        Input::Text(_) => 1,
        Input::Choice { options, .. } => options.len(),
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
    let needed = height(&asked, width) as u16;
    let calm = u16::from(area.height >= y + help(editor, width).len() as u16 + needed + 2);
    y += calm;
    for line in help(editor, width) {
        if y + needed < area.height {
            paint::line(frame, area, y, Line::styled(line, theme.muted()));
            y += 1;
        }
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
pub(super) fn height(editor: &Editor, width: usize) -> usize {
    let message = usize::from(editor.is_text());
    question(editor, width).len() + help(editor, width).len() + input_height(editor) + message
}

/// Draws the editor. When there is too little room, the help goes first.
pub(super) fn draw(model: &Model, frame: &mut Frame<'_>, area: Rect, editor: &Editor) {
    let theme = model.theme;
    let width = usize::from(area.width);
    let room = usize::from(area.height);
    let needed = input_height(editor) + usize::from(editor.is_text());
    let mut above: Vec<Line<'_>> = question(editor, width)
        .into_iter()
        .map(|line| Line::styled(line, theme.title()))
        .collect();
    above.extend(
        help(editor, width)
            .into_iter()
            .map(|line| Line::styled(line, theme.muted())),
    );
    above.truncate(room.saturating_sub(needed));
    let mut y = 0;
    for line in above {
        paint::line(frame, area, y, line);
        y += 1;
    }
    match &editor.input {
        Input::Text(field) => {
            let rows = (input_height(editor) as u16).min(area.height.saturating_sub(y));
            let row = Rect {
                y: area.y + y,
                height: rows,
                ..area
            };
            paint::line(
                frame,
                row,
                0,
                Line::styled(">", theme.accent().patch(theme.title())),
            );
            let unit = unit(model, editor);
            let taken = if unit.is_empty() {
                0
            } else {
                text::width(&unit) as u16 + 1
            };
            let width = if field.is_prose() {
                row.width.saturating_sub(2)
            } else {
                row.width.saturating_sub(2 + taken).min(60)
            };
            let input = Rect {
                x: row.x + 2.min(row.width),
                width,
                ..row
            };
            frame
                .buffer_mut()
                .set_style(input.intersection(row), theme.field());
            field.draw(frame, input, theme);
            if !unit.is_empty() {
                let place = Rect {
                    x: input.right() + 1,
                    width: taken.saturating_sub(1),
                    height: 1,
                    ..row
                };
                paint::line(
                    frame,
                    place.intersection(row),
                    0,
                    Line::styled(unit, theme.muted()),
                );
            }
            y += rows;
            let message = match editor.check(model) {
                Check::Good(text) => Line::styled(text, theme.muted()),
                Check::Bad(wrong, right) => {
                    let wrong = text::fit(&wrong, width.into(), theme.glyphs.ellipsis).into_owned();
                    Line::from(vec![
                        Span::styled(wrong, theme.error()),
                        Span::styled(format!("  {right}"), theme.text()),
                    ])
                }
            };
            paint::line(frame, area, y, message);
        }
        Input::Choice { options, at } => {
            let label = options
                .iter()
                .map(|option| text::width(&option.label))
                .max()
                .unwrap_or(0)
                .min(24);
            let list = Rect {
                y: area.y + y,
                height: area.height.saturating_sub(y),
                ..area
            };
            paint::list(
                frame,
                list,
                options.len(),
                *at,
                1,
                |frame, row, index, selected| {
                    let Some(option) = options.get(index) else {
                        return;
                    };
                    let room = width.saturating_sub(label + 4);
                    let line = Line::from(vec![
                        Span::raw("  "),
                        Span::raw(text::pad(&option.label, label, theme.glyphs.ellipsis)),
                        Span::raw("  "),
                        Span::styled(
                            text::fit(&option.means, room, theme.glyphs.ellipsis).into_owned(),
                            theme.muted(),
                        ),
                    ]);
                    paint::line(frame, row, 0, line);
                    if selected {
                        paint::select(frame, row, theme, true);
                    }
                },
            );
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
