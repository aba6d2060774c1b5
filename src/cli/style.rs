//! Whether output is coloured, decided once, and the few roles that colour has.
//!
//! Colour never carries meaning alone: every role is also told by a word, a sign or its place.

use std::ffi::OsString;
use std::fmt;

/// What the person asked for with `--color`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(super) enum ColorChoice {
    /// Colour on a terminal that can show it.
    #[default]
    Auto,
    /// Colour always.
    Always,
    /// No colour.
    Never,
}

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Ordinary text.
    Plain,
    /// A title of a screen.
    Title,
    /// A heading of a part.
    Heading,
    /// A name to look at first.
    Strong,
    /// An id that can be typed.
    Id,
    /// Something that helps.
    Good,
    /// Something that hurts, or an error.
    Bad,
    /// Something to look into.
    Warn,
    /// What is there for those who want to know more.
    Dim,
}

/// Decides how text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    coloured: bool,
}

impl Style {
    /// Text without any escape sequence.
    #[cfg(test)]
    pub(super) const PLAIN: Self = Self { coloured: false };

    /// Decides: the flag, else `NO_COLOR`, else `CLICOLOR_FORCE`, else `TERM=dumb`, else whether it goes to a terminal.
    pub(super) fn decide(
        choice: ColorChoice,
        variable: impl Fn(&str) -> Option<OsString>,
        terminal: bool,
    ) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let coloured = match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto if set("NO_COLOR").is_some() => false,
            ColorChoice::Auto if set("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
            ColorChoice::Auto => terminal && set("TERM").is_some_and(|value| value != "dumb"),
        };
        Self { coloured }
    }

    /// Returns whether escape sequences are written.
    pub(super) fn is_coloured(self) -> bool {
        self.coloured
    }

    /// Returns the text with the look of its role.
    pub(super) fn paint(self, role: Role, text: &str) -> Painted<'_> {
        Painted {
            code: if self.coloured { code(role) } else { "" },
            text,
        }
    }
}

/// The sequence that starts a role. Only the sixteen colours that follow the user's scheme are used.
fn code(role: Role) -> &'static str {
    match role {
        Role::Plain => "",
        Role::Title => "\x1b[1;4m",
        Role::Heading | Role::Strong => "\x1b[1m",
        Role::Id => "\x1b[36m",
        Role::Good => "\x1b[32m",
        Role::Bad => "\x1b[31m",
        Role::Warn => "\x1b[33m",
        Role::Dim => "\x1b[2m",
    }
}

/// Text with a look.
#[derive(Debug, Clone, Copy)]
pub(super) struct Painted<'a> {
    code: &'static str,
    text: &'a str,
}

impl fmt::Display for Painted<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.code.is_empty() || self.text.is_empty() {
            return formatter.write_str(self.text);
        }
        write!(formatter, "{}{}\x1b[0m", self.code, self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flag_wins_then_the_environment_then_the_terminal() {
        let decide = |choice, variables: &[(&str, &str)], terminal| {
            let lookup = |name: &str| {
                variables
                    .iter()
                    .find(|(key, _)| *key == name)
                    .map(|(_, value)| OsString::from(value))
            };
            Style::decide(choice, lookup, terminal).is_coloured()
        };
        let term = ("TERM", "xterm");
        assert!(decide(ColorChoice::Auto, &[term], true));
        assert!(!decide(ColorChoice::Auto, &[term], false));
        assert!(!decide(ColorChoice::Auto, &[], true));
        assert!(!decide(ColorChoice::Auto, &[("TERM", "dumb")], true));
        assert!(!decide(
            ColorChoice::Auto,
            &[term, ("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")],
            true
        ));
        assert!(decide(ColorChoice::Auto, &[term, ("NO_COLOR", "")], true));
        assert!(decide(ColorChoice::Auto, &[("CLICOLOR_FORCE", "1")], false));
        assert!(!decide(
            ColorChoice::Auto,
            &[("CLICOLOR_FORCE", "0")],
            false
        ));
        assert!(decide(ColorChoice::Always, &[("NO_COLOR", "1")], false));
        assert!(!decide(
            ColorChoice::Never,
            &[("CLICOLOR_FORCE", "1")],
            true
        ));
    }

    #[test]
    fn plain_text_has_no_escapes() {
        assert_eq!(Style::PLAIN.paint(Role::Bad, "x").to_string(), "x");
        let style = Style { coloured: true };
        assert_eq!(style.paint(Role::Bad, "x").to_string(), "\x1b[31mx\x1b[0m");
    }
}
