//! Lines and columns of a text.

/// Byte offsets for lines and columns of a text, found without walking the text each time.
///
/// A line ends with `\n`, `\r\n` or `\r`, as in YAML.
pub(super) struct Positions<'a> {
    text: &'a str,
    /// Of each line the offset of its start in bytes and in characters.
    lines: Vec<(usize, usize)>,
    /// The byte offset of every `STRIDE`th character.
    strides: Vec<usize>,
}

const STRIDE: usize = 64;

impl<'a> Positions<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut lines = vec![(0, 0)];
        let mut strides = Vec::with_capacity(text.len() / STRIDE + 1);
        let bytes = text.as_bytes();
        for (count, (offset, character)) in text.char_indices().enumerate() {
            if count % STRIDE == 0 {
                strides.push(offset);
            }
            let ends_line = character == '\n'
                || (character == '\r' && bytes.get(offset + 1).is_none_or(|next| *next != b'\n'));
            if ends_line {
                lines.push((offset + 1, count + 1));
            }
        }
        Self {
            text,
            lines,
            strides,
        }
    }

    /// The byte offset of a line (from 1) and column (from 0), cut to the end of the text.
    pub(super) fn offset(&self, line: usize, column: usize) -> usize {
        let Some((_, characters)) = self.lines.get(line.saturating_sub(1)) else {
            return self.text.len();
        };
        let wanted = characters + column;
        let Some(start) = self.strides.get(wanted / STRIDE) else {
            // The text ends inside the last stride.
            return self.text.len();
        };
        let rest = self.text.get(*start..).unwrap_or_default();
        rest.char_indices()
            .nth(wanted % STRIDE)
            .map_or(self.text.len(), |(offset, _)| start + offset)
    }

    /// The line and column (both from 1, in characters) of a byte offset.
    pub(super) fn line_column(&self, offset: usize) -> (u32, u32) {
        let line = self.lines.partition_point(|(start, _)| *start <= offset);
        let (_, line_characters) = self
            .lines
            .get(line.saturating_sub(1))
            .copied()
            .unwrap_or((0, 0));
        let stride = self
            .strides
            .partition_point(|start| *start <= offset)
            .saturating_sub(1);
        let start = self.strides.get(stride).copied().unwrap_or(0);
        let within = self
            .text
            .get(start..offset)
            .map_or(0, |part| part.chars().count());
        let column = (stride * STRIDE + within).saturating_sub(line_characters) + 1;
        (
            u32::try_from(line).unwrap_or(u32::MAX),
            u32::try_from(column).unwrap_or(u32::MAX),
        )
    }
}

/// The line that a byte offset is on, without its line end.
pub(super) fn line_around(text: &str, offset: usize) -> &str {
    let offset = offset.min(text.len());
    let bytes = text.as_bytes();
    let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let start = bytes
        .get(..offset)
        .and_then(|before| before.iter().rposition(is_end))
        .map_or(0, |end| end + 1);
    let end = bytes
        .get(offset..)
        .and_then(|after| after.iter().position(is_end))
        .map_or(text.len(), |length| offset + length);
    text.get(start..end).unwrap_or_default()
}
