//! The summary, as it will be exported.

use super::{paint, table};
use crate::tui::model::Model;
use crate::tui::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

fn inner(body: Rect) -> Rect {
    Rect {
        x: body.x + 2,
        y: body.y + 1,
        width: body.width.saturating_sub(4),
        height: body.height.saturating_sub(1),
    }
}

pub(super) fn draw(model: &Model, frame: &mut Frame<'_>, body: Rect, scroll: usize) {
    let theme = model.theme;
    let area = inner(body);
    let content = lines(model, area.width.into());
    let last = content.len().saturating_sub(usize::from(area.height));
    // Lines rather than a share: a page further must be seen in a long document too.
    let from = scroll.min(last);
    let to = (from + usize::from(area.height)).min(content.len());
    let remark = format!(
        "{}as it will be exported; lines {} to {to} of {}",
        if model.is_brief { "in brief, " } else { "" },
        from + 1,
        content.len()
    );
    let head = Rect { y: body.y, ..area };
    paint::line(
        frame,
        head,
        0,
        paint::heading(theme, "Summary", &remark, area.width.into()),
    );
    paint::lines(frame, area, content, scroll);
}

/// Returns the number of lines, and how many there is room for.
pub(super) fn extent(model: &Model, body: Rect) -> (usize, usize) {
    let area = inner(body);
    (lines(model, area.width.into()).len(), area.height.into())
}

fn lines(model: &Model, width: usize) -> Vec<Line<'static>> {
    let theme = model.theme;
    let text = model.document();
    let mut lines = Vec::new();
    let mut sources = text.lines().peekable();
    while let Some(source) = sources.next() {
        if source.starts_with('#') {
            let title = table::plain(source.trim_start_matches(['#', ' ']));
            lines.extend(
                text::wrap(&title, width)
                    .into_iter()
                    .map(|line| Line::styled(line, theme.title())),
            );
            continue;
        }
        // A remark to programs that read the file.
        if source.starts_with("<!--") {
            continue;
        }
        // Indented text keeps its columns.
        if source.starts_with("    ") {
            lines.push(Line::raw(
                text::fit(source, width, theme.glyphs.ellipsis).into_owned(),
            ));
            continue;
        }
        if source.starts_with('|') {
            let mut rows = vec![source];
            while let Some(row) = sources.next_if(|row| row.starts_with('|')) {
                rows.push(row);
            }
            lines.extend(table::lines(&rows, width, theme));
            continue;
        }
        let body = source.trim_start_matches([' ', '-', '*', '>']);
        let margin = source.len() - body.len();
        let (mark, body) = source
            .split_at_checked(margin.min(8))
            .unwrap_or(("", source));
        for (index, line) in text::wrap(&table::plain(body), width.saturating_sub(margin))
            .into_iter()
            .enumerate()
        {
            let margin = if index == 0 {
                mark.to_owned()
            } else {
                " ".repeat(text::width(mark))
            };
            lines.push(Line::from(vec![Span::raw(margin), Span::raw(line)]));
        }
    }
    lines
}
