//! Tables of Markdown as columns that fit the width, or one cell below the other where columns would be too narrow.

use crate::tui::text;
use crate::tui::theme::Theme;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Between two columns.
const GAP: usize = 2;
/// A column is not made narrower than this for the sake of others.
const NARROW: usize = 8;

/// Draws the rows of a table, the first of which is its heading.
pub(super) fn lines(rows: &[&str], width: usize, theme: Theme) -> Vec<Line<'static>> {
    let rows: Vec<Vec<String>> = (rows.iter())
        .map(|row| cells(row))
        .filter(|cells| !is_ruler(cells))
        .collect();
    let Some((head, body)) = rows.split_first() else {
        return Vec::new();
    };
    match widths(&rows, width) {
        Some(widths) => {
            let mut lines = columns(head, &widths, theme.muted());
            lines.extend((body.iter()).flat_map(|row| columns(row, &widths, theme.text())));
            lines
        }
        None => cards(head, body, width, theme),
    }
}

/// The cells of a row; a bar after a backslash is none between cells.
fn cells(row: &str) -> Vec<String> {
    let row = row.trim().trim_start_matches('|');
    let row = row.strip_suffix('|').unwrap_or(row);
    let row = row.replace("\\|", "\u{0}");
    let cells = row
        .split('|')
        .map(|cell| plain(&cell.trim().replace('\u{0}', "|")));
    cells.collect()
}

/// A text of Markdown without its marks: of a link its words, of a footnote its name, no stars and backticks; what was
/// escaped is itself.
pub(super) fn plain(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '`', '*', '[', '&']) {
        let (before, from) = rest.split_at(at);
        shown.push_str(before);
        rest = match unmarked(from) {
            Some((words, after)) => {
                shown.push_str(&words);
                after
            }
            None => {
                let mut characters = from.chars();
                shown.extend(characters.next());
                characters.as_str()
            }
        };
    }
    shown.push_str(rest);
    shown
}

/// What a mark at the start of a text shows, and the text behind it; none where it is no mark.
fn unmarked(text: &str) -> Option<(String, &str)> {
    if let Some(escaped) = text.strip_prefix('\\') {
        let next = escaped.chars().next().filter(char::is_ascii_punctuation)?;
        return Some((next.to_string(), escaped.get(1..)?));
    }
    if let Some(rest) = text.strip_prefix("**") {
        return Some((String::new(), rest));
    }
    if let Some(entity) = text.strip_prefix("&#") {
        let (number, rest) = entity.split_once(';')?;
        let character = char::from_u32(number.parse().ok()?)?;
        return Some((character.to_string(), rest));
    }
    if let Some(words) = text.strip_prefix('[') {
        if let Some(name) = words.strip_prefix('^') {
            return Some(("[".to_owned(), name));
        }
        let (words, behind) = words.split_once("](")?;
        let (_, rest) = behind.split_once(')')?;
        return (!words.contains(['[', ']'])).then(|| (plain(words), rest));
    }
    // Code is itself up to as many backticks as began it.
    let ticks = text.len() - text.trim_start_matches('`').len();
    let (fence, rest) = text.split_at_checked(ticks).filter(|_| ticks > 0)?;
    let (code, rest) = rest.split_once(fence)?;
    let padded = code.strip_prefix(' ').and_then(|it| it.strip_suffix(' '));
    Some((padded.unwrap_or(code).to_owned(), rest))
}

/// Whether it is the row of dashes below the heading.
fn is_ruler(cells: &[String]) -> bool {
    let dashes = |cell: &String| cell.contains('-') && cell.chars().all(|c| c == '-' || c == ':');
    cells.iter().all(dashes)
}

/// How wide each column is: as wide as its longest cell, and the widest ones narrower until all fit. None when that would
/// leave too little.
fn widths(rows: &[Vec<String>], width: usize) -> Option<Vec<usize>> {
    let count = rows.iter().map(Vec::len).max()?;
    let longest = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| text::width(cell)).max().unwrap_or(0)
    };
    let mut widths: Vec<usize> = (0..count).map(longest).collect();
    let room = width.saturating_sub(GAP * count.saturating_sub(1));
    while widths.iter().sum::<usize>() > room {
        let widest = widths.iter_mut().max()?;
        if *widest <= NARROW {
            return None;
        }
        *widest -= 1;
    }
    // A column of many lines with few words each is worse to read than a card.
    let least = widths.iter().min_by_key(|width| **width)?;
    (room >= 40 || *least >= NARROW).then_some(widths)
}

fn columns(row: &[String], widths: &[usize], style: Style) -> Vec<Line<'static>> {
    let wrapped: Vec<Vec<String>> = (row.iter().zip(widths))
        .map(|(cell, width)| text::wrap(cell, (*width).max(1)))
        .collect();
    let high = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    (0..high)
        .map(|y| {
            let parts = wrapped.iter().zip(widths).map(|(cell, width)| {
                let part = cell.get(y).map_or("", String::as_str);
                text::pad(part, width + GAP, "")
            });
            Line::styled(parts.collect::<String>().trim_end().to_owned(), style)
        })
        .collect()
}

/// Each row as its first cell, with the others below it, each after its heading.
fn cards(head: &[String], body: &[Vec<String>], width: usize, theme: Theme) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for row in body {
        for (index, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let label = match head.get(index) {
                Some(label) if index > 0 && !label.is_empty() => format!("{label}: "),
                _ => String::new(),
            };
            let (margin, style) = if index == 0 {
                ("", theme.title())
            } else {
                ("  ", theme.text())
            };
            let told = text::wrap(&format!("{label}{cell}"), width.saturating_sub(2));
            lines.extend(
                told.into_iter()
                    .map(|line| Line::from(vec![Span::raw(margin), Span::styled(line, style)])),
            );
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(width: usize) -> Vec<String> {
        let rows = [
            "| Fact | Value |",
            "|---|---:|",
            "| [Peak requests](#peak) per **second** | 12,000/s |",
            "| a \\| b | |",
        ];
        let lines = lines(&rows, width, Theme::new(false, false));
        lines.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_table_is_shown_in_columns_that_fit() {
        assert_eq!(
            shown(60),
            [
                "Fact                      Value",
                "Peak requests per second  12,000/s",
                "a | b",
            ]
        );
        let narrow = shown(24);
        assert_eq!(narrow[1], "Peak requests   12,000/s");
        assert_eq!(narrow[2], "per second");
    }

    #[test]
    fn marks_are_left_out() {
        let text = "[a](#b) **c** `d`[^e] [f] [g";
        assert_eq!(plain(text), "a c d[e] [f] [g");
        let escaped = r"Shop \| \`x\` \<b\> \*a\* \\ c:\x Ltd&#46; `a\*b` ``c`d`` & `";
        let shown = r"Shop | `x` <b> *a* \ c:\x Ltd. a\*b c`d & `";
        assert_eq!(plain(escaped), shown);
    }

    #[test]
    fn a_table_without_room_for_columns_is_shown_as_cards() {
        assert_eq!(
            shown(14),
            [
                "Peak",
                "requests per",
                "second",
                "  Value:",
                "  12,000/s",
                "a | b"
            ]
        );
    }
}
