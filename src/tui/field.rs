//! A text field: one line, or several.

use super::key::Key;
use super::theme::Theme;
use crossterm::event::KeyCode;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui_textarea::{CursorMove, TextArea, WrapMode};

/// Text being typed.
#[derive(Debug, Clone)]
pub struct Field {
    area: TextArea<'static>,
    prose: bool,
}

/// Two fields are the same when they hold the same text, wherever the cursor is.
impl PartialEq for Field {
    fn eq(&self, other: &Self) -> bool {
        self.prose == other.prose && self.area.lines() == other.area.lines()
    }
}

impl Field {
    /// A field of one line that holds `text`, with the cursor at its end.
    pub fn line(text: &str) -> Self {
        Self::new(vec![one_line(text)], false)
    }

    /// A field of one line that holds `text`, all of it selected: what is typed first takes its place, and any key that
    /// moves the cursor keeps it.
    pub fn replaceable(text: &str) -> Self {
        let mut field = Self::line(text);
        if !field.text().is_empty() {
            field.area.select_all();
        }
        field
    }

    /// A field for prose that holds `text`, with the cursor at its end.
    pub fn prose(text: &str) -> Self {
        Self::new(text.trim_end().lines().map(clean).collect(), true)
    }

    fn new(lines: Vec<String>, prose: bool) -> Self {
        let mut area = TextArea::new(if lines.is_empty() {
            vec![String::new()]
        } else {
            lines
        });
        area.set_wrap_mode(if prose {
            WrapMode::WordOrGlyph
        } else {
            WrapMode::None
        });
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self { area, prose }
    }

    /// Returns the text.
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Returns whether there is nothing to be kept: no text, or all of it selected to be replaced.
    pub fn is_fresh(&self) -> bool {
        let [line] = self.area.lines() else {
            return false;
        };
        let all = ((0, 0), (0, line.chars().count()));
        line.is_empty() || self.area.selection_range() == Some(all)
    }

    /// Returns whether the field takes several lines.
    pub fn is_prose(&self) -> bool {
        self.prose
    }

    /// Handles a key that edits or moves; Alt-Enter breaks the line in prose.
    pub fn input(&mut self, key: Key) {
        match key.code {
            KeyCode::Enter if self.prose => self.area.insert_newline(),
            KeyCode::Enter | KeyCode::Tab | KeyCode::BackTab => {}
            KeyCode::Char('m' | 'j') if key.ctrl => {
                if self.prose {
                    self.area.insert_newline();
                }
            }
            // As in a shell; the widget would undo one edit.
            KeyCode::Char('u') if key.ctrl => {
                self.area.delete_line_by_head();
            }
            // As in a spreadsheet: on with what is there.
            KeyCode::F(2) => self.area.cancel_selection(),
            // At the end of the text there is nowhere to move to, and the widget would keep the selection.
            KeyCode::Right => {
                self.area.cancel_selection();
                self.area.input(key.event());
            }
            _ => {
                self.area.input(key.event());
            }
        }
    }

    /// Inserts pasted text, without control characters; in a field of one line, line breaks become spaces.
    pub fn paste(&mut self, text: &str) {
        let text = if self.prose {
            text.replace("\r\n", "\n")
                .replace('\r', "\n")
                .lines()
                .map(clean)
                .collect::<Vec<_>>()
                .join("\n")
        } else {
            one_line(text)
        };
        self.area.insert_str(text);
    }

    /// Draws the field and puts the terminal's cursor where the text goes.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        let mut shown = self.area.clone();
        shown.set_style(theme.text());
        shown.set_cursor_line_style(theme.text());
        shown.set_cursor_style(theme.cursor());
        shown.set_selection_style(theme.selected());
        frame.render_widget(&shown, area);
        let (top, left) = shown.scroll_offset();
        let cursor = shown.screen_cursor();
        let place = Position {
            x: area
                .x
                .saturating_add((cursor.col as u16).saturating_sub(left)),
            y: area
                .y
                .saturating_add((cursor.row as u16).saturating_sub(top)),
        };
        if area.contains(place) {
            frame.set_cursor_position(place);
        }
    }
}

/// Returns the text on one line, without control characters.
fn one_line(text: &str) -> String {
    clean(
        &text
            .lines()
            .map(str::trim_end)
            .collect::<Vec<_>>()
            .join(" "),
    )
}

fn clean(text: &str) -> String {
    text.chars()
        .map(|character| if character == '\t' { ' ' } else { character })
        .filter(|c| !c.is_control())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pasted_text_is_made_harmless() {
        let mut field = Field::line("a");
        field.paste("b\r\nc\u{1b}[31m\td");
        assert_eq!(field.text(), "ab c[31m d");
        let mut prose = Field::prose("x");
        prose.paste("1\r\n2\u{7}");
        assert_eq!(prose.text(), "x1\n2");
    }

    #[test]
    fn what_is_typed_first_replaces_a_value_unless_the_cursor_was_moved() {
        let typed = |keys: &[Key]| {
            let mut field = Field::replaceable("10");
            for key in keys {
                field.input(*key);
            }
            field.text()
        };
        assert_eq!(typed(&[]), "10");
        assert_eq!(typed(&[Key::char('2'), Key::char('5')]), "25");
        for key in [KeyCode::F(2), KeyCode::End, KeyCode::Right] {
            assert_eq!(typed(&[Key::plain(key), Key::char('k')]), "10k", "{key}");
        }
        let mut field = Field::replaceable("10");
        field.paste("2k");
        assert_eq!(field.text(), "2k");
    }

    #[test]
    fn control_u_clears_up_to_the_cursor() {
        let mut field = Field::line("90%");
        field.input(Key::ctrl('u'));
        field.input(Key::char('9'));
        assert_eq!(field.text(), "9");
    }

    #[test]
    fn a_line_stays_a_line() {
        let mut field = Field::line("12k");
        field.input(Key::plain(KeyCode::Enter));
        field.input(Key::ctrl('m'));
        field.input(Key::char('s'));
        assert_eq!(field.text(), "12ks");
    }
}
