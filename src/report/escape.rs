//! Text of people and of the knowledge, made safe inside Markdown and Mermaid.
//!
//! Whatever comes in stays on its line, stays text, and shows as it was written.

use crate::problem::printable;
use std::borrow::Cow;

/// Puts text on one line without control characters and without spaces at its ends.
fn one_line(text: &str) -> String {
    let spaced: Cow<'_, str> = if text.contains(['\n', '\r', '\t']) {
        Cow::Owned(text.replace(['\n', '\r', '\t'], " "))
    } else {
        text.into()
    };
    printable(spaced.trim()).into_owned()
}

/// Escapes text for the middle of a line: paragraphs, list items, headings, table cells.
pub fn inline(text: &str) -> String {
    let text = one_line(text);
    let characters: Vec<char> = text.chars().collect();
    let mut safe = String::with_capacity(text.len() + 8);
    for (index, character) in characters.iter().copied().enumerate() {
        let before = index
            .checked_sub(1)
            .and_then(|index| characters.get(index))
            .copied();
        let rest = characters.get(index + 1..).unwrap_or_default();
        if is_active(character, before, rest) {
            safe.push('\\');
        }
        safe.push(character);
    }
    safe
}

/// Returns whether a character could be more than itself here.
fn is_active(character: char, before: Option<char>, rest: &[char]) -> bool {
    let after = rest.first().copied();
    let word = |neighbour: Option<char>| neighbour.is_some_and(char::is_alphanumeric);
    match character {
        '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' | '$' => true,
        // Inside a word an underscore is itself.
        '_' => !(word(before) && word(after)),
        // Entities: a name or number that ends with a semicolon.
        '&' => {
            let is_name = |c: &&char| c.is_ascii_alphanumeric() || **c == '#';
            let name = rest.iter().take_while(is_name).count();
            name > 0 && rest.get(name) == Some(&';')
        }
        // Addresses and e-mail addresses would become links.
        ':' => after == Some('/'),
        '@' => word(before),
        '.' => before.is_some_and(|before| before.eq_ignore_ascii_case(&'w')) && word(after),
        '!' => after == Some('['),
        _ => false,
    }
}

/// Escapes a line that starts a paragraph or an item: it starts no heading, list, quote or rule.
pub fn line(text: &str) -> String {
    let safe = inline(text);
    let mut rest = safe.trim_start_matches(|character: char| character.is_ascii_digit());
    if rest.len() < safe.len() {
        let digits = safe.len() - rest.len();
        if rest.starts_with(['.', ')']) {
            rest = safe.get(..digits).unwrap_or_default();
            return format!("{rest}\\{}", safe.get(digits..).unwrap_or_default());
        }
        return safe;
    }
    if safe.starts_with(['#', '+', '-', '=', ':']) {
        format!("\\{safe}")
    } else {
        safe
    }
}

/// Escapes text for a heading, which must not be empty.
pub fn heading(text: &str, otherwise: &str) -> String {
    let mut safe = line(text);
    if safe.is_empty() {
        otherwise.clone_into(&mut safe);
    }
    // A closing run of # would be dropped, and a heading is no sentence: as an entity the last sign is itself.
    match safe.chars().last() {
        Some(last @ ('#' | '.' | ',' | ';' | ':' | '!')) => {
            safe.pop();
            if safe.ends_with('\\') {
                safe.pop();
            }
            format!("{safe}&#{};", u32::from(last))
        }
        _ => safe,
    }
}

/// Paragraphs and bullet lists of a longer text, each line escaped. Blank lines separate paragraphs.
pub fn blocks(text: &str) -> Vec<String> {
    let mut blocks: Vec<(bool, Vec<String>)> = Vec::new();
    let mut fresh = true;
    for raw in text.lines() {
        let trimmed = raw.trim();
        if trimmed.is_empty() {
            fresh = true;
            continue;
        }
        let item = trimmed
            .strip_prefix("- ")
            .or_else(|| trimmed.strip_prefix("* "));
        let shown = match item {
            Some(item) => format!("- {}", line(item)),
            None => line(trimmed),
        };
        let is_list = item.is_some();
        match blocks.last_mut() {
            Some((list, lines)) if !fresh && *list == is_list => lines.push(shown),
            _ => blocks.push((is_list, vec![shown])),
        }
        fresh = false;
    }
    blocks
        .into_iter()
        .map(|(_, lines)| lines.join("\n"))
        .collect()
}

/// Writes text as code, in a fence of backticks longer than any inside.
pub fn code(text: &str) -> String {
    let text = one_line(text);
    if text.is_empty() {
        return String::new();
    }
    let longest = text
        .split(|character| character != '`')
        .map(str::len)
        .max()
        .unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Writes code for a table cell, in which a bar ends the cell even inside code.
///
/// A backslash right before a bar cannot be written as code there; such a text stays text.
pub fn code_cell(text: &str) -> String {
    if text.contains("\\|") {
        return inline(text);
    }
    code(text).replace('|', "\\|")
}

/// Escapes the text of a quoted Mermaid label.
pub fn mermaid(text: &str) -> String {
    let mut safe = String::new();
    for character in one_line(text).chars() {
        match character {
            '"' => safe.push_str("#quot;"),
            '#' => safe.push_str("#35;"),
            '&' => safe.push_str("#amp;"),
            '<' => safe.push_str("#lt;"),
            '>' => safe.push_str("#gt;"),
            '`' => safe.push_str("#96;"),
            '\\' => safe.push_str("#92;"),
            // Markdown inside labels.
            '*' => safe.push_str("#42;"),
            '_' => safe.push_str("#95;"),
            other => safe.push(other),
        }
    }
    safe
}

/// The anchor that GitHub gives a heading.
pub fn slug(heading: &str) -> String {
    heading
        .trim()
        .chars()
        .flat_map(char::to_lowercase)
        .filter_map(|character| match character {
            ' ' => Some('-'),
            '-' | '_' => Some(character),
            other => other.is_alphanumeric().then_some(other),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_of_people_stays_text() {
        assert_eq!(inline("a | b"), "a \\| b");
        assert_eq!(inline("<script>`x`"), "\\<script\\>\\`x\\`");
        assert_eq!(inline("peak_rps _x_"), "peak_rps \\_x\\_");
        assert_eq!(inline("R&D Q&A; &amp; &#65;"), "R&D Q\\&A; \\&amp; \\&#65;");
        assert_eq!(inline("see https://a.example"), "see https\\://a.example");
        assert_eq!(inline("a\nb\u{1b}"), "a b\\\\u{1b}");
        assert_eq!(line("# x"), "\\# x");
        assert_eq!(line("12. x"), "12\\. x");
        assert_eq!(line("12 x"), "12 x");
        assert_eq!(line("- x"), "\\- x");
        assert_eq!(heading("Ship it!", "Untitled"), "Ship it&#33;");
        assert_eq!(heading(" ", "Untitled"), "Untitled");
    }

    #[test]
    fn code_is_fenced_by_more_backticks_than_it_has() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a``b`"), "``` a``b` ```");
        assert_eq!(code_cell("a|b"), "`a\\|b`");
    }

    #[test]
    fn paragraphs_and_lists_are_kept() {
        assert_eq!(
            blocks("one\ntwo\n\n# three\n- a\n- b|c"),
            ["one\ntwo", "\\# three", "- a\n- b\\|c"]
        );
    }

    #[test]
    fn slugs_are_those_of_github() {
        assert_eq!(
            slug("Step 5: Waiting or handing over"),
            "step-5-waiting-or-handing-over"
        );
        assert_eq!(slug("A/B_c – d"), "ab_c--d");
    }
}
