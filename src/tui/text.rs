//! Text in cells: widths, ellipsis, padding, wrapping.
//!
//! Everything that reaches the screen goes through here, so that a wide character never shifts a column and a control
//! character never reaches the terminal.

use crate::problem::printable;
use crate::reasoning::conflicts::capitalised;
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Returns the number of cells that a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// Returns the text in at most `cells` cells; what does not fit is replaced by `ellipsis`.
pub fn fit<'a>(text: &'a str, cells: usize, ellipsis: &str) -> Cow<'a, str> {
    fit_printable(printable(text), cells, ellipsis)
}

fn fit_printable<'a>(text: Cow<'a, str>, cells: usize, ellipsis: &str) -> Cow<'a, str> {
    if width(&text) <= cells {
        return text;
    }
    let room = cells.saturating_sub(width(ellipsis));
    let mut kept = take(&text, room).trim_end().to_owned();
    kept.push_str(&take(ellipsis, cells));
    Cow::Owned(kept)
}

/// Returns a sentence in at most `cells` cells, cut after a whole word where that leaves more than half of it.
pub fn fit_words(text: &str, cells: usize, ellipsis: &str) -> String {
    let text = printable(text);
    if width(&text) <= cells {
        return text.into_owned();
    }
    let room = cells.saturating_sub(width(ellipsis));
    let head = take(&text, room);
    let ends = text
        .get(head.len()..)
        .is_none_or(|rest| rest.starts_with(' '));
    let whole = match head.rsplit_once(' ') {
        Some((whole, _)) if !ends && width(whole) * 2 > room => whole,
        _ => &head,
    };
    let whole = whole.trim_end_matches([' ', '.', ',', ';', ':', '(']);
    format!("{whole}{}", take(ellipsis, cells))
}

/// Returns the text in at most `cells` cells; what does not fit goes from the middle, so that names that begin alike
/// stay apart.
pub fn fit_middle<'a>(text: &'a str, cells: usize, ellipsis: &str) -> Cow<'a, str> {
    let text = printable(text);
    if width(&text) <= cells || cells < 16 {
        return fit_printable(text, cells, ellipsis);
    }
    let room = cells.saturating_sub(width(ellipsis));
    let mut tail = String::new();
    for grapheme in text.graphemes(true).rev() {
        if width(&tail) + width(grapheme) > room / 2 {
            break;
        }
        tail.insert_str(0, grapheme);
    }
    // The end begins with a whole word where it can.
    if let Some((_, whole)) = tail.split_once(' ')
        && !whole.is_empty()
    {
        tail = whole.to_owned();
    }
    let head = take(&text, room - width(&tail));
    Cow::Owned(format!("{}{ellipsis}{tail}", head.trim_end()))
}

/// Returns the text in exactly `cells` cells: cut with `ellipsis`, or filled with spaces on the right.
pub fn pad(text: &str, cells: usize, ellipsis: &str) -> String {
    let mut shown = fit(text, cells, ellipsis).into_owned();
    let missing = cells.saturating_sub(width(&shown));
    shown.extend(std::iter::repeat_n(' ', missing));
    shown
}

/// Returns the text in exactly `cells` cells, filled with spaces on the left.
pub fn pad_left(text: &str, cells: usize, ellipsis: &str) -> String {
    let shown = fit(text, cells, ellipsis);
    let mut padded = " ".repeat(cells.saturating_sub(width(&shown)));
    padded.push_str(&shown);
    padded
}

/// Breaks a text into lines of at most `cells` cells, at spaces where possible. Line breaks of the text are kept.
pub fn wrap(text: &str, cells: usize) -> Vec<String> {
    let cells = cells.max(1);
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let paragraph = printable(paragraph);
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            let mut word = Cow::Borrowed(word);
            let gap = usize::from(!line.is_empty());
            if width(&line) + gap + width(&word) > cells && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            while width(&word) > cells {
                let mut head = take(&word, cells);
                if head.is_empty() {
                    // A wide character in one cell: it has to overflow, or the loop would not end.
                    word.graphemes(true)
                        .next()
                        .unwrap_or_default()
                        .clone_into(&mut head);
                }
                word = Cow::Owned(word.get(head.len()..).unwrap_or_default().to_owned());
                lines.push(head);
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&word);
        }
        lines.push(line);
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

/// Returns the beginning of a text that fits into `cells` cells.
fn take(text: &str, cells: usize) -> String {
    let mut used = 0;
    text.graphemes(true)
        .take_while(|grapheme| {
            used += width(grapheme);
            used <= cells
        })
        .collect()
}

/// Returns an id as a short title: `data-model` becomes `Data model`, `api` becomes `API`.
pub fn title_of(id: &str) -> String {
    if id.len() <= 3 {
        return id.to_uppercase();
    }
    capitalised(&id.replace(['-', '_'], " "))
}

/// Returns a count with its noun: `1 conflict`, `2 conflicts`, `no conflicts`.
pub fn count(number: usize, noun: &str) -> String {
    let many = || match noun.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None => format!("{noun}s"),
    };
    match number {
        0 => format!("no {}", many()),
        1 => format!("1 {noun}"),
        _ => format!("{number} {}", many()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cutting_counts_cells_and_not_characters() {
        assert_eq!(fit("plain", 5, "…"), "plain");
        assert_eq!(fit("plain text", 6, "…"), "plain…");
        assert_eq!(fit("日本語", 5, "…"), "日本…");
        assert_eq!(fit("日本語", 4, "…"), "日…");
        assert_eq!(fit("abc", 0, "…"), "");
        assert_eq!(fit("abcdef", 2, "..."), "..");
        assert_eq!(pad("日", 4, "…"), "日  ");
        assert_eq!(pad_left("+2", 4, "…"), "  +2");
        assert_eq!(fit("a\u{1b}[31m", 20, "…"), "a\\u{1b}[31m");
        let long = |what: &str| format!("{what} per second at peak in 12 months");
        assert_eq!(
            fit_middle(&long("Reads"), 24, "…"),
            "Reads per seco…12 months"
        );
        assert_eq!(
            fit_middle(&long("Writes"), 24, "…"),
            "Writes per sec…12 months"
        );
        assert_eq!(fit_middle("short", 24, "…"), "short");
        let sentence = "It helps consistency (+1: readers see it)";
        assert_eq!(fit_words(sentence, 24, "…"), "It helps consistency…");
        assert_eq!(fit_words(sentence, 21, "…"), "It helps consistency…");
        assert_eq!(fit_words(sentence, 30, "…"), "It helps consistency (+1…");
        assert_eq!(fit_words("It incomprehensibly", 12, "…"), "It incompre…");
        assert_eq!(fit_words("a b", 0, "…"), "");
        assert_eq!(fit_words(sentence, 41, "…"), sentence);
    }

    #[test]
    fn wrapping_keeps_every_word_and_every_width() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(wrap("日本語", 3), ["日", "本", "語"]);
        assert_eq!(wrap("日", 1), ["日", ""]);
        assert_eq!(wrap("a\n\nb", 3), ["a", "", "b"]);
        assert_eq!(wrap("", 3), [""]);
    }

    #[test]
    fn ids_become_titles() {
        assert_eq!(title_of("data-model"), "Data model");
        assert_eq!(title_of("api"), "API");
        assert_eq!(count(2, "conflict"), "2 conflicts");
        assert_eq!(count(0, "entity"), "no entities");
    }
}
