//! The small things that every view draws with.

use crate::tui::field::Field;
use crate::tui::text;
use crate::tui::theme::Theme;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

/// Draws a line at row `y` of an area; rows outside are left out.
pub(super) fn line<'a>(frame: &mut Frame<'_>, area: Rect, y: u16, line: impl Into<Line<'a>>) {
    if y < area.height && area.width > 0 {
        let row = Rect {
            y: area.y + y,
            height: 1,
            ..area
        };
        let row = row.intersection(frame.area());
        frame.render_widget(clipped(line.into(), row.width.into()), row);
    }
}

/// Returns the line in at most `width` cells: no text ends without a mark where it is cut.
fn clipped(mut line: Line<'_>, width: usize) -> Line<'_> {
    const MARK: &str = "…";
    let text: String = line.spans.iter().map(|span| &*span.content).collect();
    if text::width(text.trim_end()) <= width {
        return line;
    }
    let mut room = width.saturating_sub(text::width(MARK));
    let mut kept = Vec::new();
    for span in std::mem::take(&mut line.spans) {
        let size = text::width(&span.content);
        if size > room {
            let head = text::fit(&span.content, room, "").into_owned();
            kept.push(Span::styled(format!("{head}{MARK}"), span.style));
            break;
        }
        room -= size;
        kept.push(span);
    }
    line.spans = kept;
    line
}

/// Draws lines from the top of an area, from the line `scroll` on.
pub(super) fn lines(frame: &mut Frame<'_>, area: Rect, content: Vec<Line<'_>>, scroll: usize) {
    let last = content.len().saturating_sub(usize::from(area.height));
    let shown: Vec<Line<'_>> = content
        .into_iter()
        .skip(scroll.min(last))
        .take(usize::from(area.height))
        .map(|line| clipped(line, area.width.into()))
        .collect();
    frame.render_widget(Paragraph::new(shown), area);
}

/// Draws a field to type in, at most `widest` cells wide, between a mark and a remark, of which the latter may be empty.
pub(super) fn field(
    frame: &mut Frame<'_>,
    area: Rect,
    theme: Theme,
    (mark, field, remark): (&'static str, &Field, &str),
    widest: u16,
) {
    line(
        frame,
        area,
        0,
        Line::styled(mark, theme.accent().patch(theme.title())),
    );
    let beside = match text::width(remark) as u16 {
        0 => 0,
        width => width + 1,
    };
    let input = Rect {
        x: area.x + 2.min(area.width),
        width: area.width.saturating_sub(2 + beside).min(widest),
        ..area
    };
    frame
        .buffer_mut()
        .set_style(input.intersection(area), theme.field());
    field.draw(frame, input, theme);
    let place = Rect {
        x: input.right() + 1,
        width: beside.saturating_sub(1),
        height: 1,
        ..area
    };
    let remark = Line::styled(remark, theme.muted());
    line(frame, place.intersection(area), 0, remark);
}

/// Returns what to press to see the rest of a text of which `hidden` lines do not fit; empty when all do.
pub(super) fn scroll_hint(keys: &str, hidden: usize, scroll: usize) -> String {
    match hidden.saturating_sub(scroll) {
        _ if hidden == 0 => String::new(),
        0 => " the end: k goes back up ".to_owned(),
        below => format!(" {keys}: {} ", text::count(below, "more line")),
    }
}

/// Marks in the last column that a list goes on above or below.
fn scroll_marks(frame: &mut Frame<'_>, area: Rect, above: bool, below: bool) {
    let x = area.right().saturating_sub(1);
    let marks = [
        (above, area.y, "▴"),
        (below, area.bottom().saturating_sub(1), "▾"),
    ];
    for (wanted, y, mark) in marks {
        if wanted && let Some(cell) = frame.buffer_mut().cell_mut((x, y)) {
            cell.set_symbol(mark);
        }
    }
}

/// Draws blocks of lines below one another, with the selected one in sight and marked, if there is one.
pub(super) fn blocks(
    frame: &mut Frame<'_>,
    area: Rect,
    blocks: Vec<Vec<Line<'static>>>,
    selected: Option<usize>,
    theme: Theme,
    focused: bool,
) {
    let (all, height) = (blocks.iter().map(Vec::len).sum(), usize::from(area.height));
    if height == 0 {
        return;
    }
    let before = |index: usize| blocks.iter().take(index).map(Vec::len).sum::<usize>();
    let at = selected.unwrap_or(0);
    let from = before(at);
    let first = crate::tui::layout::offset(from, before(at + 1), all, height);
    let rows = Rect {
        width: area.width.saturating_sub(1),
        ..area
    };
    let shown = blocks.into_iter().flatten().skip(first).take(height);
    for (y, content) in shown.enumerate() {
        line(frame, rows, y as u16, content);
    }
    if selected.is_some() && from >= first {
        let row = Rect {
            y: area.y + (from - first) as u16,
            height: 1,
            ..rows
        };
        select(frame, row, theme, focused);
    }
    scroll_marks(frame, area, first > 0, first + height < all);
}

/// Draws a list: `selected` stays in sight, each row is drawn by `draw(frame, area, index, is selected)`, and the
/// selected one may be higher than one line. The last column is left to the marks that say that there is more.
pub(super) fn list(
    frame: &mut Frame<'_>,
    area: Rect,
    rows: usize,
    selected: usize,
    selected_height: usize,
    mut draw: impl FnMut(&mut Frame<'_>, Rect, usize, bool),
) {
    let height = usize::from(area.height);
    if height == 0 || rows == 0 {
        return;
    }
    let selected = selected.min(rows - 1);
    let selected_height = selected_height.max(1);
    let all = rows - 1 + selected_height;
    let first = crate::tui::layout::offset(selected, selected + selected_height, all, height);
    let mut top = 0;
    for index in 0..rows {
        let rows_high = if index == selected {
            selected_height
        } else {
            1
        };
        if top >= first + height {
            break;
        }
        if top >= first {
            let y = (top - first) as u16;
            let high = (rows_high as u16).min(area.height - y);
            draw(
                frame,
                Rect {
                    y: area.y + y,
                    height: high,
                    width: area.width.saturating_sub(1),
                    ..area
                },
                index,
                index == selected,
            );
        }
        top += rows_high;
    }
    scroll_marks(frame, area, first > 0, first + height < all);
}

/// Marks a row as selected: with the focus, or without.
pub(super) fn select(frame: &mut Frame<'_>, row: Rect, theme: Theme, focused: bool) {
    let row = Rect { height: 1, ..row }.intersection(frame.area());
    if row.is_empty() {
        return;
    }
    let style = if focused {
        theme.selected()
    } else {
        theme.selected_elsewhere()
    };
    let buffer = frame.buffer_mut();
    buffer.set_style(row, style);
    if let Some(cell) = buffer.cell_mut((row.x, row.y)) {
        cell.set_symbol(if focused {
            theme.glyphs.marker
        } else {
            theme.glyphs.marker_elsewhere
        });
    }
}

/// A vertical rule left of an area.
pub(super) fn edge(frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    for y in 0..area.height {
        let place = Rect {
            x: area.x.saturating_sub(1),
            y: area.y + y,
            width: 1,
            height: 1,
        };
        line(
            frame,
            place,
            0,
            Line::styled(theme.glyphs.bar, theme.muted()),
        );
    }
}

/// A horizontal rule.
pub(super) fn rule(theme: Theme, width: u16) -> Line<'static> {
    Line::styled(theme.glyphs.rule.repeat(usize::from(width)), theme.muted())
}

/// A heading, with a remark at the right of it.
pub(super) fn heading(theme: Theme, title: &str, remark: &str, width: usize) -> Line<'static> {
    let title = text::fit(title, width, theme.glyphs.ellipsis).into_owned();
    let room = width.saturating_sub(text::width(&title) + 2);
    let remark = text::fit(remark, room, theme.glyphs.ellipsis).into_owned();
    Line::from(vec![
        Span::styled(title, theme.title()),
        Span::raw("  "),
        Span::styled(remark, theme.muted()),
    ])
}

/// A heading of a text that is scrolled: the remark stands below where there is no room beside the title.
pub(super) fn headings(
    theme: Theme,
    title: &str,
    remark: &str,
    width: usize,
) -> Vec<Line<'static>> {
    if text::width(title) + 2 + text::width(remark) <= width {
        return vec![heading(theme, title, remark, width)];
    }
    let mut lines = wrapped(title, width, "", theme.title());
    if !remark.is_empty() {
        lines.extend(wrapped(remark, width, "  ", theme.muted()));
    }
    lines
}

/// A bar for a share of a whole.
pub(super) fn gauge(theme: Theme, done: usize, all: usize, width: usize) -> Vec<Span<'static>> {
    let filled = if all == 0 {
        0
    } else {
        (done * width).div_ceil(all).min(width)
    };
    // A full bar means that all is done, an empty one that nothing is.
    let filled = if done < all {
        filled.min(width.saturating_sub(1))
    } else {
        filled
    };
    vec![
        Span::styled(theme.glyphs.full.repeat(filled), theme.accent()),
        Span::styled(theme.glyphs.empty.repeat(width - filled), theme.muted()),
    ]
}

/// A bar of a value against a maximum, in eighths of a cell where the glyphs allow.
pub(super) fn bar(theme: Theme, value: f64, most: f64, width: usize) -> String {
    if most <= 0.0 || value <= 0.0 {
        return " ".repeat(width);
    }
    let eighths = ((value / most).min(1.0) * width as f64 * 8.0).round() as usize;
    let (mut full, rest) = (eighths / 8, eighths % 8);
    let part = theme
        .glyphs
        .eighths
        .get(rest.wrapping_sub(1))
        .copied()
        .unwrap_or("");
    if part.is_empty() && (rest >= 4 || full == 0) {
        full += 1;
    }
    let drawn = format!("{}{part}", theme.glyphs.full.repeat(full.min(width)));
    text::pad(&drawn, width, "")
}

/// A small bar around a middle: harm to the left, help to the right, two cells each.
pub(super) fn balance(theme: Theme, hurt: i8, help: i8) -> Vec<Span<'static>> {
    let glyph = theme.glyphs.full;
    let left = usize::from(hurt.unsigned_abs().min(2));
    let right = usize::from(help.unsigned_abs().min(2));
    vec![
        Span::raw(" ".repeat(2 - left)),
        Span::styled(glyph.repeat(left), theme.bad()),
        Span::styled(theme.glyphs.bar, theme.muted()),
        Span::styled(glyph.repeat(right), theme.good()),
        Span::raw(" ".repeat(2 - right)),
    ]
}

/// A signed number as it is shown: `+2`, `−1`, `0`.
pub(super) fn signed(theme: Theme, value: i32) -> String {
    match value {
        0 => "0".to_owned(),
        1.. => format!("+{value}"),
        _ => format!("{}{}", theme.glyphs.minus, value.unsigned_abs()),
    }
}

/// The style of a signed value.
pub(super) fn sign_style(theme: Theme, value: i32) -> Style {
    match value {
        0 => theme.muted(),
        1.. => theme.good(),
        _ => theme.bad(),
    }
}

/// Wrapped text in one style, each line after a margin.
pub(super) fn wrapped(
    content: &str,
    width: usize,
    margin: &str,
    style: Style,
) -> Vec<Line<'static>> {
    let room = width.saturating_sub(text::width(margin)).max(1);
    text::wrap(content, room)
        .into_iter()
        .map(|line| {
            Line::from(vec![
                Span::raw(margin.to_owned()),
                Span::styled(line, style),
            ])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_without_room_beside_its_title_stands_below_it_whole() {
        let told = |width| -> Vec<String> {
            let lines = headings(Theme::default(), "A title", "a longer remark", width);
            lines.iter().map(ToString::to_string).collect()
        };
        assert_eq!(told(24), ["A title  a longer remark"]);
        assert_eq!(told(20), ["A title", "  a longer remark"]);
        assert_eq!(told(10), ["A title", "  a longer", "  remark"]);
    }
}
