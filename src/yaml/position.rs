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
        let mut count = 0;
        let mut after_return = false;
        for (offset, byte) in text.bytes().enumerate() {
            if after_return && byte != b'\n' {
                lines.push((offset, count));
            }
            after_return = byte == b'\r';
            // Only the first byte of a character counts.
            if byte & 0xc0 != 0x80 {
                if count % STRIDE == 0 {
                    strides.push(offset);
                }
                count += 1;
            }
            if byte == b'\n' {
                lines.push((offset + 1, count));
            }
        }
        if after_return {
            lines.push((text.len(), count));
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
