//! Scalars: what plain ones mean, and where their characters stand in the source.

use super::Style;
use crate::problem::printable;
use serde_yaml::Value;
use std::fmt::Write as _;

/// The value of a plain scalar by the core schema of YAML 1.2.
pub(super) fn resolve(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => return f64::INFINITY.into(),
        "-.inf" | "-.Inf" | "-.INF" => return f64::NEG_INFINITY.into(),
        ".nan" | ".NaN" | ".NAN" => return f64::NAN.into(),
        _ => {}
    }
    // Texts vastly outnumber numbers, so they are recognised by their first character.
    if !text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '-' | '.')) {
        return Value::String(text.to_owned());
    }
    if let Some(octal) = text.strip_prefix("0o")
        && is_all(octal, |digit| (b'0'..=b'7').contains(&digit))
        && let Ok(number) = u64::from_str_radix(octal, 8)
    {
        return number.into();
    }
    if let Some(hex) = text.strip_prefix("0x")
        && is_all(hex, |digit| digit.is_ascii_hexdigit())
        && let Ok(number) = u64::from_str_radix(hex, 16)
    {
        return number.into();
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if is_all(unsigned, |digit| digit.is_ascii_digit()) {
        if let Ok(number) = text.parse::<i64>() {
            return number.into();
        }
        if let Ok(number) = text.parse::<u64>() {
            return number.into();
        }
    }
    if is_float(unsigned)
        && let Ok(number) = text.parse::<f64>()
    {
        return number.into();
    }
    Value::String(text.to_owned())
}

fn is_all(text: &str, allowed: impl Fn(u8) -> bool) -> bool {
    !text.is_empty() && text.bytes().all(allowed)
}

/// Whether a text without its sign has the form of a float of the core schema.
fn is_float(unsigned: &str) -> bool {
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let exponent_fits = exponent.is_none_or(|exponent| {
        let unsigned = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        is_all(unsigned, |digit| digit.is_ascii_digit())
    });
    digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty()) && exponent_fits
}

/// The length in bytes of a quoted scalar, its quotes included, at the start of `source`.
pub(super) fn quoted_length(source: &str) -> usize {
    let mut characters = source.char_indices();
    let Some((_, quote)) = characters.next() else {
        return 0;
    };
    while let Some((offset, character)) = characters.next() {
        if character == '\\' && quote == '"' {
            characters.next();
        } else if character == quote {
            let doubled = quote == '\''
                && source
                    .get(offset + 1..)
                    .is_some_and(|rest| rest.starts_with('\''));
            if doubled {
                characters.next();
            } else {
                return offset + 1;
            }
        }
    }
    source.len()
}

/// How many characters after the start of `source` the character number `offset` of the scalar's
/// text stands, for a scalar written on one line.
pub(super) fn source_offset(source: &str, text: &str, style: Style, offset: usize) -> usize {
    let offset = offset.min(text.chars().count());
    if style != Style::Quoted {
        return offset;
    }
    let mut characters = source.chars();
    let quote = characters.next();
    let mut position = 1;
    for _ in 0..offset {
        let length = match characters.next() {
            Some('\\') if quote == Some('"') => {
                let digits = match characters.next() {
                    Some('x') => 2,
                    Some('u') => 4,
                    Some('U') => 8,
                    _ => 0,
                };
                for _ in 0..digits {
                    characters.next();
                }
                2 + digits
            }
            Some('\'') if quote == Some('\'') => {
                characters.next();
                2
            }
            Some(_) => 1,
            None => 0,
        };
        position += length;
    }
    position
}

/// How many bytes after the start of `source` the character number `offset` of the scalar's text stands, for a scalar
/// written on several lines. Folding moves white space about, so that what can be seen is counted. `None` where that
/// does not tell, as behind an escape.
pub(super) fn offset_on_lines(
    source: &str,
    text: &str,
    style: Style,
    offset: usize,
) -> Option<usize> {
    let start = match style {
        Style::Plain => 0,
        // What is behind the `>` or `|` on its line is no text.
        Style::Block => source.find('\n')? + 1,
        Style::Quoted if source.contains('\\') || text.contains('\'') => return None,
        Style::Quoted => 1,
    };
    let before = text.chars().take(offset);
    let seen = before
        .filter(|character| !character.is_whitespace())
        .count();
    let written = source.get(start..)?;
    let mut written = (written.char_indices())
        .filter(|(_, character)| !character.is_whitespace())
        .skip(seen.saturating_sub(1));
    let (place, character) = if seen == 0 {
        let (place, _) = written.next()?;
        return Some(start + place);
    } else {
        written.next()?
    };
    // White space, and the end of the text, stand right behind what comes before them.
    let is_gap = text.chars().nth(offset).is_none_or(char::is_whitespace);
    let next = written.next().map(|(next, _)| next);
    let behind = place + character.len_utf8();
    Some(start + next.filter(|_| !is_gap).unwrap_or(behind))
}

/// A text in double quotes, with everything escaped that cannot be seen.
pub fn double_quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        let mut buffer = [0; 4];
        let seen = &*character.encode_utf8(&mut buffer);
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            other if printable(seen) != seen => {
                let code = u32::from(other);
                let _ = if code <= 0xffff {
                    write!(quoted, "\\u{code:04x}")
                } else {
                    write!(quoted, "\\U{code:08x}")
                };
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
