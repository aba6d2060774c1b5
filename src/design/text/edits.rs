//! Lines of a text, and changes to be made to it.

use std::cmp::Reverse;
use std::ops::Range;

/// Offsets of lines in a text. A line ends with `\n`, `\r\n` or `\r`.
#[derive(Clone, Copy)]
pub(super) struct Lines<'a> {
    text: &'a str,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text }
    }

    /// The part of the text in a range.
    pub(super) fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    /// Where the line of an offset begins.
    pub(super) fn start(&self, offset: usize) -> usize {
        self.slice(0..offset)
            .rfind(['\n', '\r'])
            .map_or(0, |end| end + 1)
    }

    /// Where the line of an offset ends, before its line end.
    pub(super) fn end(&self, offset: usize) -> usize {
        self.slice(offset..self.text.len())
            .find(['\n', '\r'])
            .map_or(self.text.len(), |length| offset + length)
    }

    /// Where the line after that of an offset begins.
    pub(super) fn next(&self, offset: usize) -> usize {
        let end = self.end(offset);
        let rest = self.slice(end..self.text.len());
        if rest.starts_with("\r\n") {
            end + 2
        } else {
            end + rest.len().min(1)
        }
    }

    /// The number of columns before an offset in its line.
    pub(super) fn column(&self, offset: usize) -> usize {
        self.slice(self.start(offset)..offset).chars().count()
    }

    /// The line that begins at an offset.
    pub(super) fn line(&self, start: usize) -> &'a str {
        self.slice(start..self.end(start))
    }

    /// Whether nothing but spaces stands before an offset in its line.
    pub(super) fn is_first(&self, offset: usize) -> bool {
        self.slice(self.start(offset)..offset)
            .bytes()
            .all(|byte| byte == b' ')
    }

    /// Whether a blank line begins at an offset.
    pub(super) fn is_blank(&self, start: usize) -> bool {
        start < self.text.len() && self.line(start).trim().is_empty()
    }

    /// The indentation of the comment on the line that begins at an offset, when the line holds
    /// nothing else.
    pub(super) fn comment(&self, start: usize) -> Option<usize> {
        let line = self.line(start);
        let content = line.trim_start_matches([' ', '\t']);
        content
            .starts_with('#')
            .then_some(line.len() - content.len())
    }

    /// Where the lines of something end that began at column `column` and whose last character is
    /// before `end`: comment lines after it that are indented deeper belong to it.
    pub(super) fn after(&self, end: usize, column: usize) -> usize {
        let mut after = if end > 0 && self.start(end) == end {
            end
        } else {
            self.next(end)
        };
        let mut line = after;
        while line < self.text.len() {
            let next = self.next(line);
            match self.comment(line) {
                Some(indent) if indent > column => after = next,
                None if self.is_blank(line) => {}
                _ => break,
            }
            line = next;
        }
        after
    }

    /// Whether a line in a range, which begins with a line, holds a comment and nothing else.
    pub(super) fn has_comment_line(&self, range: Range<usize>) -> bool {
        let mut line = range.start;
        while line < range.end {
            if self.comment(line).is_some() {
                return true;
            }
            line = self.next(line);
        }
        false
    }
}

/// Changes to a text, made all at once.
#[derive(Default)]
pub(super) struct Edits {
    edits: Vec<Edit>,
}

struct Edit {
    range: Range<usize>,
    depth: usize,
    text: String,
}

impl Edits {
    /// Puts `text` in the place of a range.
    pub(super) fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        let text = text.into();
        self.edits.push(Edit {
            range,
            depth: 0,
            text,
        });
    }

    /// Puts `text` before an offset. Of several texts the deepest comes first, since it belongs to
    /// what stands above; equally deep ones keep the order in which they were put there.
    pub(super) fn insert(&mut self, offset: usize, depth: usize, text: impl Into<String>) {
        let text = text.into();
        self.edits.push(Edit {
            range: offset..offset,
            depth,
            text,
        });
    }

    /// Takes a range out.
    pub(super) fn remove(&mut self, range: Range<usize>) {
        self.replace(range, "");
    }

    /// The number of changes so far.
    pub(super) fn len(&self) -> usize {
        self.edits.len()
    }

    /// The part of `text` in a range with the changes made in it since there were `since` of them,
    /// which are forgotten.
    pub(super) fn cut(&mut self, text: &str, range: &Range<usize>, since: usize) -> String {
        let recent = self.edits.split_off(since.min(self.edits.len()));
        let (inside, beyond): (Vec<Edit>, Vec<Edit>) = recent
            .into_iter()
            .partition(|edit| edit.range.end <= range.end);
        self.edits.extend(beyond);
        let shift = |offset: usize| offset.saturating_sub(range.start);
        let shifted = inside
            .into_iter()
            .map(|edit| Edit {
                range: shift(edit.range.start)..shift(edit.range.end),
                ..edit
            })
            .collect();
        Self { edits: shifted }.apply(text.get(range.clone()).unwrap_or_default())
    }

    /// The text with all changes made.
    pub(super) fn apply(mut self, text: &str) -> String {
        self.edits
            .sort_by_key(|edit| (edit.range.start, edit.range.end, Reverse(edit.depth)));
        let mut changed = String::with_capacity(text.len() + 256);
        let mut done = 0;
        for Edit {
            range, text: new, ..
        } in self.edits
        {
            // An insertion into a part that is taken out comes where that part was.
            changed.push_str(text.get(done..range.start).unwrap_or_default());
            changed.push_str(&new);
            done = done.max(range.end);
        }
        changed.push_str(text.get(done..).unwrap_or_default());
        changed
    }
}
