//! Texts as they stand in a knowledge file: plain where YAML allows it, folded where they are too long for the line.

use super::format::WIDTH;
use crate::yaml::{self, Node, Span, Style, Value};

/// What stands after the key or dash, and the lines below it.
pub(super) struct Written {
    /// What stands on the first line.
    pub(super) head: String,
    /// The lines below it, each with its line end.
    pub(super) lines: String,
}

impl Written {
    fn on_the_line(head: String) -> Self {
        Self {
            head,
            lines: String::new(),
        }
    }
}

/// Writes a scalar of which `source` is the present form. Its lines begin `indent` columns in, and its first line has
/// `used` columns already. An expression is broken only between its terms.
pub(super) fn written(
    text: &str,
    style: Style,
    source: &str,
    indent: usize,
    used: usize,
    is_expression: bool,
) -> Written {
    if style == Style::Plain && !is_text(text) {
        return Written::on_the_line(source.to_owned());
    }
    let on_the_line = quoted(text, false);
    let breaks = text.contains('\n');
    if !breaks && used + 1 + width(&on_the_line) <= WIDTH {
        return Written::on_the_line(on_the_line);
    }
    let body = text.strip_suffix('\n').unwrap_or(text);
    let has_end = body.len() < text.len();
    // Paragraphs stay folded where they were; any other lines stay lines.
    let as_folded = || {
        folded(body, indent, is_expression).map(|lines| (if has_end { ">" } else { ">-" }, lines))
    };
    let as_lines = || literal(body, indent).map(|lines| (if has_end { "|" } else { "|-" }, lines));
    let block = if !breaks {
        as_folded()
    } else if source.starts_with('>') {
        as_folded().or_else(as_lines)
    } else {
        as_lines()
    };
    match block {
        Some((header, lines)) => Written {
            head: header.to_owned(),
            lines,
        },
        None => Written::on_the_line(on_the_line),
    }
}

/// The columns of a text.
pub(super) fn width(text: &str) -> usize {
    text.chars().count()
}

/// Whether a plain scalar is a text and no number, truth value or null.
fn is_text(text: &str) -> bool {
    let span = Span {
        start: 0,
        end: 0,
        line: 1,
        column: 1,
    };
    let value = Value::Scalar {
        text: text.to_owned(),
        style: Style::Plain,
    };
    Node { span, value }.to_serde().is_string()
}

/// A text on one line, with quotes where YAML needs them; within brackets it needs them more often.
pub(super) fn quoted(text: &str, in_brackets: bool) -> String {
    if is_plain(text) && !(in_brackets && text.contains([',', '[', ']', '{', '}'])) {
        text.to_owned()
    } else if text.contains(['"', '\\']) && !text.chars().any(char::is_control) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        yaml::double_quoted(text)
    }
}

/// Whether a text can stand without quotes, for readers of YAML 1.1 too.
fn is_plain(text: &str) -> bool {
    const INDICATORS: &str = "!&*?|>%@`\"'#,[]{}";
    let first = text.chars().next();
    !text.is_empty()
        && text.trim() == text
        && is_text(text)
        && first.is_none_or(|first| !INDICATORS.contains(first))
        && !(text.starts_with(['-', ':']) && text.chars().nth(1).is_none_or(|second| second == ' '))
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
        && crate::problem::printable(text) == text
        && !means_more_in_older_yaml(text)
}

/// Whether YAML 1.1 reads a text as something else: a truth value, a number, a time.
fn means_more_in_older_yaml(text: &str) -> bool {
    const TRUTHS: [&str; 6] = ["yes", "no", "on", "off", "y", "n"];
    let numeric =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit() || c == '_');
    let date: Vec<&str> = text.splitn(3, '-').collect();
    let is_date = date.len() == 3
        && date.iter().take(2).all(|part| numeric(part))
        && date[2].starts_with(|c: char| c.is_ascii_digit());
    TRUTHS.contains(&text.to_ascii_lowercase().as_str())
        || matches!(text, "=" | "<<")
        || is_date
        || numeric(text)
        || text.contains(':') && text.split([':', '.']).all(numeric)
}

/// The lines of a text as they are. A text that such a block cannot hold has none.
fn literal(body: &str, indent: usize) -> Option<String> {
    let odd = body.starts_with([' ', '\n'])
        || body.ends_with('\n')
        || body.is_empty()
        || body
            .split('\n')
            .any(|line| (!line.is_empty() && line.trim().is_empty()) || is_odd(line));
    (!odd).then(|| body.split('\n').map(|line| padded(line, indent)).collect())
}

/// A text broken between its words. A text that such a block cannot hold has none.
fn folded(body: &str, indent: usize, is_expression: bool) -> Option<String> {
    let odd = body.is_empty()
        || (body.split('\n')).any(|part| part.is_empty() || part.trim() != part || is_odd(part));
    if odd {
        return None;
    }
    let mut lines = String::new();
    for (index, part) in body.split('\n').enumerate() {
        if index > 0 {
            lines.push('\n');
        }
        let mut line = String::new();
        let words = if is_expression {
            terms(part, WIDTH.saturating_sub(indent))
        } else {
            words(part)
        };
        for word in words {
            if !line.is_empty() && indent + width(&line) + 1 + width(word) > WIDTH {
                lines.push_str(&padded(&line, indent));
                line.clear();
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push_str(&padded(&line, indent));
    }
    Some(lines)
}

/// The parts of a line between single spaces: more than one space stays within a part, for a break would lose them.
fn words(line: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    for (offset, _) in line.match_indices(' ') {
        let alone = |text: Option<&str>, at_end: bool| {
            text.is_some_and(|text| {
                !if at_end {
                    text.ends_with(' ')
                } else {
                    text.starts_with(' ')
                }
            })
        };
        if alone(line.get(..offset), true) && alone(line.get(offset + 1..), false) {
            words.extend(line.get(start..offset));
            start = offset + 1;
        }
    }
    words.extend(line.get(start..));
    words
}

/// The terms of an expression with the words between them: a comparison with its unit stays on one line. A term that
/// fills more than `most` columns is broken between its words.
fn terms(line: &str, most: usize) -> Vec<&str> {
    let is_joint = |word: &str| matches!(word, "and" | "or");
    let mut terms: Vec<&str> = Vec::new();
    let (mut begin, mut end) = (0, 0);
    let words = words(line);
    for (index, word) in words.iter().enumerate() {
        end += word.len();
        let ends = is_joint(word)
            || word.ends_with(',')
            || words.get(index + 1).is_none_or(|next| is_joint(next));
        if ends {
            let term = line.get(begin..end).unwrap_or_default();
            if width(term) > most {
                terms.extend(self::words(term));
            } else {
                terms.push(term);
            }
            begin = end + 1;
        }
        // The space behind it.
        end += 1;
    }
    terms
}

/// Whether a line holds what can only be written as an escape.
fn is_odd(line: &str) -> bool {
    line.contains(['\t', '\r']) || crate::problem::printable(line) != line
}

fn padded(line: &str, indent: usize) -> String {
    if line.is_empty() {
        "\n".to_owned()
    } else {
        format!("{:indent$}{line}\n", "")
    }
}
