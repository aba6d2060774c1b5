//! Standard output: one locked, buffered writer that wraps styled text to the width of the terminal.

use super::json;
use super::style::{Role, Style};
use crate::problem::printable;
use std::io::{self, BufWriter, IsTerminal as _, StdoutLock, Write};
use unicode_width::UnicodeWidthStr as _;

/// Width where there is no terminal to ask.
const DEFAULT_WIDTH: usize = 80;
/// Lines longer than this are hard to read, however wide the terminal.
const WIDEST: usize = 100;
/// Below this, wrapping to the width would leave a word a line.
const NARROWEST: usize = 30;

/// Text made of pieces, each with a role. Everything that is put in is made safe to print.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Text {
    text: String,
    /// The role of each piece, and where it ends.
    pieces: Vec<(Role, usize)>,
}

impl Text {
    /// Returns text of one piece.
    pub(super) fn new(role: Role, text: impl AsRef<str>) -> Self {
        let text = text.as_ref();
        // Most texts get some pieces more.
        let room = Self {
            text: String::with_capacity(text.len() + 100),
            pieces: Vec::with_capacity(4),
        };
        room.and(role, text)
    }

    /// Returns plain text.
    pub(super) fn plain(text: impl AsRef<str>) -> Self {
        Self::new(Role::Plain, text)
    }

    /// Returns the text with a piece added. Line breaks in it become spaces.
    #[must_use]
    pub(super) fn and(mut self, role: Role, text: impl AsRef<str>) -> Self {
        let text = text.as_ref();
        let is_break = |byte: u8| matches!(byte, b'\n' | b'\t' | b'\r');
        if text.bytes().any(is_break) {
            let text = text.replace(['\n', '\t', '\r'], " ");
            self.text.push_str(&printable(&text));
        } else {
            self.text.push_str(&printable(text));
        }
        self.pieces.push((role, self.text.len()));
        self
    }

    /// Returns the text with a plain piece added.
    #[must_use]
    pub(super) fn then(self, text: impl AsRef<str>) -> Self {
        self.and(Role::Plain, text)
    }

    /// Returns the text with another added at its end.
    #[must_use]
    pub(super) fn with(mut self, other: Self) -> Self {
        let start = self.text.len();
        self.text.push_str(&other.text);
        let pieces = other.pieces.into_iter();
        self.pieces
            .extend(pieces.map(|(role, end)| (role, start + end)));
        self
    }

    /// Returns the width in terminal cells.
    pub(super) fn width(&self) -> usize {
        self.text.width()
    }
}

impl<T: AsRef<str>> From<T> for Text {
    fn from(text: T) -> Self {
        Self::plain(text)
    }
}

/// Where a command writes what was asked for.
#[derive(Debug)]
pub(super) struct Output<W: Write> {
    sink: W,
    style: Style,
    width: usize,
}

impl Output<BufWriter<StdoutLock<'static>>> {
    /// Locks standard output.
    pub(super) fn stdout(style: Style) -> Self {
        let stdout = io::stdout();
        let width = if stdout.is_terminal() {
            crossterm::terminal::size().map_or(DEFAULT_WIDTH, |(columns, _)| usize::from(columns))
        } else {
            DEFAULT_WIDTH
        };
        Self::new(
            BufWriter::with_capacity(1 << 15, stdout.lock()),
            style,
            width,
        )
    }
}

impl<W: Write> Output<W> {
    /// Writes to any writer, wrapping at a width in cells.
    pub(super) fn new(sink: W, style: Style, width: usize) -> Self {
        Self {
            sink,
            style,
            width: width.clamp(NARROWEST, WIDEST),
        }
    }

    /// Writes an empty line.
    pub(super) fn blank(&mut self) -> io::Result<()> {
        writeln!(self.sink)
    }

    /// Writes text as it is, which must be safe to print.
    pub(super) fn raw(&mut self, text: &str) -> io::Result<()> {
        self.sink.write_all(text.as_bytes())
    }

    /// Writes one line, not wrapped.
    pub(super) fn line(&mut self, text: &Text) -> io::Result<()> {
        self.part(text, 0, text.text.len())?;
        self.end_line()
    }

    /// Writes a title with a blank line after it.
    pub(super) fn title(&mut self, text: &str) -> io::Result<()> {
        self.wrap(&Text::new(Role::Title, text), 0, 0)?;
        self.blank()
    }

    /// Writes a heading with a blank line before it.
    pub(super) fn heading(&mut self, text: &str) -> io::Result<()> {
        self.blank()?;
        self.wrap(&Text::new(Role::Heading, text), 0, 0)
    }

    /// Writes text wrapped at the width, the first line indented by `first` cells and the others by `rest`.
    pub(super) fn wrap(&mut self, text: &Text, first: usize, rest: usize) -> io::Result<()> {
        self.write_indent(first)?;
        let (mut column, mut is_empty, mut written) = (first, true, 0);
        for word in words(&text.text) {
            // Nothing in here acts on the terminal, so that each character of ASCII takes a cell.
            let width = if word.text.is_ascii() {
                word.text.len()
            } else {
                word.text.width()
            };
            let gap = word.start - word.before;
            if !is_empty && gap > 0 && column + gap + width > self.width {
                self.part(text, written, word.before)?;
                self.end_line()?;
                self.write_indent(rest)?;
                written = word.start;
                column = rest + width;
            } else {
                column += gap + width;
            }
            is_empty = is_empty && width == 0;
        }
        self.part(text, written, text.text.len())?;
        self.end_line()
    }

    /// Writes what lies between two places of a text.
    fn part(&mut self, text: &Text, mut from: usize, to: usize) -> io::Result<()> {
        if !self.style.is_coloured() {
            return self.raw(text.text.get(from..to).unwrap_or_default());
        }
        for (role, end) in &text.pieces {
            let end = to.min(*end);
            if let Some(piece) = text.text.get(from..end) {
                write!(self.sink, "{}", self.style.paint(*role, piece))?;
                from = end;
            }
        }
        Ok(())
    }

    fn end_line(&mut self) -> io::Result<()> {
        self.raw("\n")
    }

    /// Writes each line of a longer text as a paragraph, wrapped.
    pub(super) fn paragraphs(&mut self, text: &str, indent: usize) -> io::Result<()> {
        for line in text.lines() {
            self.wrap(&Text::plain(line), indent, indent)?;
        }
        Ok(())
    }

    /// Writes an item of a list: a marker and text that hangs beside it.
    pub(super) fn item(&mut self, indent: usize, marker: &str, text: &Text) -> io::Result<()> {
        let hang = indent + marker.width() + 1;
        self.wrap(
            &Text::plain(marker).then(" ").with(text.clone()),
            indent,
            hang,
        )
    }

    /// Writes a label and text that hangs in the column after it.
    pub(super) fn field(
        &mut self,
        indent: usize,
        label: &str,
        column: usize,
        text: &Text,
    ) -> io::Result<()> {
        let gap = column.saturating_sub(indent + label.width()).max(1);
        let start = Text::new(Role::Dim, label).then(" ".repeat(gap));
        self.wrap(&start.with(text.clone()), indent, column)
    }

    /// Writes a value as JSON with a line break after it.
    pub(super) fn json<T: serde::Serialize>(&mut self, value: &T) -> anyhow::Result<()> {
        json::write(&mut self.sink, value).map_err(|error| match error.io_error_kind() {
            Some(kind) => anyhow::Error::new(io::Error::from(kind)),
            None => anyhow::Error::new(error),
        })?;
        self.blank()?;
        Ok(())
    }

    /// Writes what is buffered.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }

    /// Returns the writer.
    #[cfg(test)]
    fn into_inner(self) -> W {
        self.sink
    }

    fn write_indent(&mut self, cells: usize) -> io::Result<()> {
        (0..cells).try_for_each(|_| self.raw(" "))
    }
}

/// What must stay on one line.
struct Word<'a> {
    text: &'a str,
    /// Where the word before it ends.
    before: usize,
    /// Where it starts.
    start: usize,
}

/// The words of a text. One space or several part them; what follows the last is no word.
fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut before = 0;
    std::iter::from_fn(move || {
        let rest = text.get(before..)?;
        let word = rest.trim_start_matches(' ');
        let start = before + rest.len() - word.len();
        let word = word.split(' ').next().filter(|word| !word.is_empty())?;
        let found = Word {
            text: word,
            before,
            start,
        };
        before = start + word.len();
        Some(found)
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use super::*;

    fn wrapped(text: &Text, first: usize, rest: usize, width: usize) -> String {
        let mut output = Output::new(Vec::new(), Style::PLAIN, width);
        output.wrap(text, first, rest).unwrap();
        String::from_utf8(output.into_inner()).unwrap()
    }

    #[test]
    fn text_is_wrapped_between_words_and_hangs() {
        let text = Text::plain("one two three four five six seven eight nine");
        assert_eq!(
            wrapped(&text, 2, 4, 30),
            "  one two three four five six\n    seven eight nine\n"
        );
    }

    #[test]
    fn pieces_without_a_space_between_them_stay_together() {
        let text = Text::plain("aaaaaaaaaaaaaaaaaaaaaaaaa ")
            .and(Role::Strong, "bbb")
            .then(",")
            .then(" c");
        assert_eq!(
            wrapped(&text, 0, 2, 30),
            "aaaaaaaaaaaaaaaaaaaaaaaaa bbb,\n  c\n"
        );
    }

    #[test]
    fn wide_characters_count_twice() {
        let text = Text::plain("日本語日本語日本語 日本語日本語日本語");
        assert_eq!(
            wrapped(&text, 0, 0, 30),
            "日本語日本語日本語\n日本語日本語日本語\n"
        );
    }

    #[test]
    fn data_cannot_act_on_the_terminal() {
        assert_eq!(
            wrapped(&Text::plain("a\u{1b}[31mb\nc"), 0, 0, 40),
            "a\\u{1b}[31mb c\n"
        );
    }
}
