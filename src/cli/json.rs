//! JSON that cannot act on whoever looks at it.
//!
//! Text of a design may hold control characters, direction overrides and characters without width. JSON lets all but the
//! first thirty-two stand as they are; here they are written as escapes, which mean the same to every reader.

use crate::problem::is_dangerous;
use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{Formatter, PrettyFormatter};
use std::io::{self, Write};

/// Writes a value as indented JSON.
///
/// # Errors
/// The sink does not take it, or the value has no JSON.
pub(super) fn write<W: Write, T: Serialize>(sink: W, value: &T) -> serde_json::Result<()> {
    let mut serializer = Serializer::with_formatter(sink, Careful(PrettyFormatter::new()));
    value.serialize(&mut serializer)
}

/// Returns a value as indented JSON.
///
/// # Errors
/// The value has no JSON.
pub(super) fn text<T: Serialize>(value: &T) -> serde_json::Result<String> {
    let mut bytes = Vec::new();
    write(&mut bytes, value)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Methods that do as the usual layout does.
macro_rules! as_usual {
    ($($method:ident($($first:ident)?)),+ $(,)?) => {
        $(fn $method<W: Write + ?Sized>(
            &mut self,
            writer: &mut W,
            $($first: bool,)?
        ) -> io::Result<()> {
            self.0.$method(writer $(, $first)?)
        })+
    };
}

/// The usual layout, with escapes for what should not be seen raw.
struct Careful(PrettyFormatter<'static>);

impl Formatter for Careful {
    fn write_string_fragment<W: Write + ?Sized>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        if fragment.is_ascii() && !fragment.contains('\u{7f}') {
            return writer.write_all(fragment.as_bytes());
        }
        for character in fragment.chars() {
            let mut units = [0; 2];
            if is_dangerous(character) {
                for unit in character.encode_utf16(&mut units) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            } else {
                write!(writer, "{character}")?;
            }
        }
        Ok(())
    }

    as_usual! {
        begin_array(), end_array(), begin_array_value(first), end_array_value(),
        begin_object(), end_object(), begin_object_key(first), begin_object_value(), end_object_value(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn nothing_acts_and_everything_comes_back() {
        let value = json!({"a\u{9b}": ["x\u{202e}y\u{200b}", "é 日本 \u{7f}", "tag \u{e0041}", "\u{1b}[31m\n"]});
        let text = text(&value).unwrap();
        assert!(
            !text.chars().any(|c| c != '\n' && is_dangerous(c)),
            "{text}"
        );
        assert!(
            text.contains("\\u009b")
                && text.contains("x\\u202ey\\u200b")
                && text.contains("é 日本")
        );
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
        assert_eq!(
            self::text(&json!({"a": [1, {}]})).unwrap(),
            serde_json::to_string_pretty(&json!({"a": [1, {}]})).unwrap()
        );
    }
}
