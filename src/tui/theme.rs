//! How things look: roles to styles, and the glyphs they are drawn with.
//!
//! Two themes. The default uses only the sixteen named colours and leaves foreground and background alone, so it
//! follows the palette of the terminal, dark or light. The plain one has no colours at all, only bold, reverse and
//! underline. Nothing is said by colour alone: every sign and word is the same in both.

use ratatui::style::{Color, Modifier, Style};

/// Roles and glyphs, decided once at start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    colour: bool,
    /// The characters to draw with.
    pub glyphs: &'static Glyphs,
}

/// The characters that are not text.
#[derive(Debug, PartialEq, Eq)]
pub struct Glyphs {
    /// Replaces what does not fit.
    pub ellipsis: &'static str,
    /// Marks the selected row of the list that has the focus.
    pub marker: &'static str,
    /// Marks the selected row of another list.
    pub marker_elsewhere: &'static str,
    /// Marks a step or item that is finished.
    pub done: &'static str,
    /// Marks a step that was begun.
    pub begun: &'static str,
    /// Marks a step or item that is not begun.
    pub open: &'static str,
    /// Marks a step that was left out.
    pub skipped: &'static str,
    /// A full cell of a bar.
    pub full: &'static str,
    /// An empty cell of a bar.
    pub empty: &'static str,
    /// Parts of a cell from one eighth to seven eighths; empty where there are none.
    pub eighths: &'static [&'static str],
    /// A horizontal rule.
    pub rule: &'static str,
    /// A vertical rule.
    pub bar: &'static str,
    /// Separates short texts on a line.
    pub dot: &'static str,
    /// Leads from what was to what is.
    pub arrow: &'static str,
    /// Multiplication.
    pub times: &'static str,
    /// A minus sign.
    pub minus: &'static str,
    /// Marks a value that is assumed.
    pub about: &'static str,
    /// Up and down keys in hints.
    pub up_down: &'static str,
    /// The Enter key in hints.
    pub enter: &'static str,
}

/// Box drawing and blocks.
pub static UNICODE: Glyphs = Glyphs {
    ellipsis: "…",
    marker: "▌",
    marker_elsewhere: "▏",
    done: "✓",
    begun: "◐",
    open: "·",
    skipped: "–",
    full: "█",
    empty: "░",
    eighths: &["▏", "▎", "▍", "▌", "▋", "▊", "▉"],
    rule: "─",
    bar: "│",
    dot: "·",
    arrow: "→",
    times: "×",
    minus: "−",
    about: "~",
    up_down: "↑↓",
    enter: "↵",
};

/// Nothing beyond ASCII.
pub static ASCII: Glyphs = Glyphs {
    ellipsis: "...",
    marker: ">",
    marker_elsewhere: "|",
    done: "x",
    begun: "+",
    open: ".",
    skipped: "-",
    full: "#",
    empty: ".",
    eighths: &[],
    rule: "-",
    bar: "|",
    dot: "-",
    arrow: "->",
    times: "x",
    minus: "-",
    about: "~",
    up_down: "up/down",
    enter: "enter",
};

impl Default for Theme {
    fn default() -> Self {
        Self::new(true, true)
    }
}

impl Theme {
    /// Returns the theme with or without colours, with or without characters beyond ASCII.
    pub fn new(colour: bool, unicode: bool) -> Self {
        Self {
            colour,
            glyphs: if unicode { &UNICODE } else { &ASCII },
        }
    }

    fn coloured(self, colour: Color) -> Style {
        if self.colour {
            Style::new().fg(colour)
        } else {
            Style::new()
        }
    }

    /// Running text.
    pub fn text(self) -> Style {
        Style::new()
    }

    /// A title.
    pub fn title(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// What is secondary.
    pub fn muted(self) -> Style {
        if self.colour {
            Style::new().add_modifier(Modifier::DIM)
        } else {
            Style::new()
        }
    }

    /// The one accent: keys, links, where the focus is.
    pub fn accent(self) -> Style {
        self.coloured(Color::Cyan)
    }

    /// The selected row of the list that has the focus.
    pub fn selected(self) -> Style {
        if self.colour {
            Style::new()
                .fg(Color::Cyan)
                .add_modifier(Modifier::BOLD)
                .remove_modifier(Modifier::DIM)
        } else {
            Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD)
        }
    }

    /// The selected row of a list that does not have the focus.
    pub fn selected_elsewhere(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// What helps; always beside a sign or a word.
    pub fn good(self) -> Style {
        self.coloured(Color::Cyan)
    }

    /// What hurts; always beside a sign or a word.
    pub fn bad(self) -> Style {
        self.coloured(Color::Yellow)
    }

    /// What is wrong.
    pub fn error(self) -> Style {
        self.coloured(Color::Red).add_modifier(Modifier::BOLD)
    }

    /// A text field being typed into.
    pub fn field(self) -> Style {
        Style::new().add_modifier(Modifier::UNDERLINED)
    }

    /// The cursor of a text field.
    pub fn cursor(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }
}
