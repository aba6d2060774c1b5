//! What is wrong with an input, where, and what would fix it.
//!
//! Every reader of files returns a list of [`Problem`]s beside its value, so one run reports all
//! faults. Text that came from a file is made harmless by [`printable`] before it is shown.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// How bad a [`Problem`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The input, or the part of it that is pointed at, cannot be used.
    Error,
    /// The input can be used, but probably does not say what was meant.
    Warning,
}

/// A place in a text file, with the line it is on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    /// The file as the person named it.
    pub file: String,
    /// Line number, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// The source line, safe to print, one character for each character of the source; of a long
    /// line a part around the column, with an ellipsis where it is cut.
    pub excerpt: String,
    /// The column at which the excerpt begins, in characters, from 1.
    pub from: u32,
}

/// One thing wrong with an input.
///
/// Its [`Display`](fmt::Display) form is the one compilers use: message, place, line, caret, help.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, without a full stop, safe to print.
    pub message: String,
    /// Where it is wrong; `None` when it concerns the whole input.
    pub place: Option<Place>,
    /// What would fix it.
    pub help: Option<String>,
}

impl Problem {
    /// A problem that makes the input, or a part of it, unusable.
    pub fn error(message: impl Into<String>) -> Self {
        Self::new(Severity::Error, message)
    }

    /// A problem that leaves the input usable.
    pub fn warning(message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, message)
    }

    fn new(severity: Severity, message: impl Into<String>) -> Self {
        Self {
            severity,
            message: message.into(),
            place: None,
            help: None,
        }
    }

    /// Whether the input, or a part of it, is unusable.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The same problem, at a place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same problem, with what would fix it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same problem about an unknown name among few: with the known name that was probably meant, or else with all.
    #[must_use]
    pub(crate) fn one_of<'a>(
        self,
        name: &str,
        known: impl Iterator<Item = &'a str> + Clone,
    ) -> Self {
        let help = match nearest(name, known.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("one of: {}", known.collect::<Vec<_>>().join(", ")),
        };
        self.help(help)
    }

    /// The same problem about an unknown name, with the known name that was probably meant or,
    /// when none is near, the known names.
    #[must_use]
    pub fn suggest(self, name: &str, known: &[&str]) -> Self {
        const MOST: usize = 24;
        if let Some(likely) = nearest(name, known.iter().copied()) {
            return self.help(format!("did you mean `{likely}`?"));
        }
        let mut list = known
            .iter()
            .take(MOST)
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(", ");
        if known.len() > MOST {
            list.push_str(", …");
        }
        match known.len() {
            0 => self,
            1 => self.help(format!("expected {list}")),
            _ => self.help(format!("expected one of {list}")),
        }
    }
}

/// Puts problems in the order of their places; those without one come first.
pub fn sort(problems: &mut [Problem]) {
    problems.sort_by_key(|problem| {
        let place = problem.place.as_ref();
        place.map(|place| (place.line, place.column))
    });
}

/// Problems gathered on the way, of each kind only as many as a person reads.
///
/// A file with one slip on every line would otherwise cost more in messages than in data. The last
/// one told of a kind says how many more there are like it, so that none goes by in silence.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    told: Vec<Problem>,
    /// Of each kind how many there were, and which one was told last.
    kinds: BTreeMap<(&'static str, Severity), (usize, usize)>,
}

impl Gathered {
    /// Problems of one kind that are told.
    pub(crate) const MOST: usize = 50;

    /// Adds a problem; it is not even made when enough of its kind and severity have been told.
    pub(crate) fn add(
        &mut self,
        kind: &'static str,
        severity: Severity,
        make: impl FnOnce() -> Problem,
    ) {
        let (count, last) = self.kinds.entry((kind, severity)).or_default();
        *count += 1;
        if *count <= Self::MOST {
            let mut problem = make();
            problem.severity = severity;
            *last = self.told.len();
            self.told.push(problem);
        }
    }

    /// The problems, in the order in which they were added.
    pub(crate) fn finish(mut self) -> Vec<Problem> {
        for (count, last) in self.kinds.into_values() {
            let more = count.saturating_sub(Self::MOST);
            if more > 0
                && let Some(problem) = self.told.get_mut(last)
            {
                problem.message =
                    format!("{}; and {} more like this", problem.message, grouped(more));
            }
        }
        self.told
    }
}

/// A count with a comma after each three digits.
fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, "{severity}: {}", self.message)?;
        let mut margin = 0;
        if let Some(place) = &self.place {
            let number = place.line.to_string();
            margin = number.len();
            let file = printable(&place.file);
            write!(
                f,
                "\n{:margin$}--> {file}:{}:{}",
                "", place.line, place.column
            )?;
            if !place.excerpt.is_empty() {
                let caret: usize = place
                    .excerpt
                    .chars()
                    .take(place.column.saturating_sub(place.from) as usize)
                    .map(cells)
                    .sum();
                write!(f, "\n{:margin$} |", "")?;
                write!(f, "\n{number} | {}", place.excerpt)?;
                write!(f, "\n{:margin$} | {:caret$}^", "", "")?;
            }
        }
        if let Some(help) = &self.help {
            write!(f, "\n{:margin$} = help: {}", "", wrapped(help, margin))?;
        }
        Ok(())
    }
}

/// Breaks a long help into lines, the further ones under the first: a message is not wrapped where it is shown.
fn wrapped(help: &str, margin: usize) -> String {
    const WIDTH: usize = 66;
    const LONG: usize = 160;
    let under = format!("\n{:1$}", "", margin + " = help: ".len());
    let mut lines = Vec::new();
    for part in help.lines() {
        if part.len() <= LONG {
            lines.push(part.to_owned());
            continue;
        }
        let mut line = String::new();
        for word in part.split(' ') {
            if line.is_empty() {
                word.clone_into(&mut line);
            } else if line.len() + 1 + word.len() > WIDTH {
                lines.push(std::mem::replace(&mut line, word.to_owned()));
            } else {
                line.push(' ');
                line.push_str(word);
            }
        }
        lines.push(line);
    }
    lines.join(&under)
}

/// Terminal cells taken by a character, near enough to put a caret under a source line.
fn cells(character: char) -> usize {
    match u32::from(character) {
        0x300..=0x36f | 0xfe00..=0xfe0f => 0,
        0x1100..=0x115f
        | 0x2e80..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1faff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

/// The text on one line and without characters that act on a terminal or hide in it.
///
/// Newlines and tabs become `\n` and `\t`. Other control characters, direction overrides and
/// isolates, and characters without width become escapes like `\u{1b}`, but for joiners where writing needs them.
pub fn printable(text: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~');
    if text.bytes().all(is_plain) || !text.chars().any(is_dangerous) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    let mut before = None;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\n' => safe.push_str("\\n"),
            '\t' => safe.push_str("\\t"),
            '\r' => safe.push_str("\\r"),
            other if joins(before, other, characters.peek().copied()) => safe.push(other),
            other if is_dangerous(other) => safe.extend(other.escape_unicode()),
            other => safe.push(other),
        }
        before = Some(character);
    }
    Cow::Owned(safe)
}

/// A name from a file as a message shows it: safe to print, and cut where no name is that long.
pub(crate) fn shortened(name: &str) -> String {
    const LONGEST: usize = 80;
    let mut characters = name.chars();
    let mut shown: String = characters.by_ref().take(LONGEST).collect();
    if characters.next().is_some() {
        shown.push('…');
    }
    printable(&shown).into_owned()
}

/// Characters of a source line that are shown.
const LONGEST_EXCERPT: usize = 160;

/// Characters shown before the column of a line that is too long to be shown from its start.
const LEAD: usize = 60;

/// The line around a byte offset as an excerpt, and the column at which that begins: dangerous characters are replaced one
/// for one, so that columns still count. What is not shown of a long line is not walked either, so a file of one long line
/// costs no more than others.
pub(crate) fn excerpt(text: &str, offset: usize, column: usize) -> (String, u32) {
    let before = text.get(..offset.min(text.len())).unwrap_or_default();
    let is_end = |character: char| matches!(character, '\n' | '\r');
    let is_cut = column > LONGEST_EXCERPT;
    let most = if is_cut { LEAD } else { column };
    let lead = before.chars().rev().take(most);
    let (lead, bytes) = lead
        .take_while(|character| !is_end(*character))
        .fold((0, 0), |(count, bytes), character| {
            (count + 1, bytes + character.len_utf8())
        });
    let line = text.get(before.len() - bytes..).unwrap_or_default();
    let mut characters = line.chars().take_while(|character| !is_end(*character));
    let mut shown = String::new();
    let mut from = 1;
    if is_cut {
        // The ellipsis stands for the character before.
        shown.push('…');
        from = column.saturating_sub(lead + 1).max(1);
    }
    shown.extend(
        characters
            .by_ref()
            .take(LONGEST_EXCERPT)
            .map(|character| match character {
                '\t' => ' ',
                other if is_dangerous(other) => '\u{fffd}',
                other => other,
            }),
    );
    if characters.next().is_some() {
        shown.push('…');
    }
    (shown, u32::try_from(from).unwrap_or(u32::MAX))
}

/// Whether a character is a joiner where writing needs one: in Persian words, in Indic conjuncts, in emoji made of several.
/// Between letters of ASCII, or at an end, it only hides.
fn joins(before: Option<char>, character: char, after: Option<char>) -> bool {
    let is_written = |beside: Option<char>| {
        beside.is_some_and(|beside| !beside.is_ascii() && !is_dangerous(beside))
    };
    matches!(character, '\u{200c}' | '\u{200d}') && is_written(before) && is_written(after)
}

/// Whether a character acts on a terminal, reorders the text around it, or cannot be seen.
pub(crate) fn is_dangerous(character: char) -> bool {
    character.is_control()
        || matches!(
            u32::from(character),
            0x00ad                  // soft hyphen
            | 0x061c                // Arabic letter mark
            | 0x115f | 0x1160       // Hangul fillers
            | 0x180e                // Mongolian vowel separator
            | 0x200b..=0x200f       // zero-width characters and direction marks
            | 0x2028..=0x202e       // line separators, embeddings and overrides
            | 0x2060..=0x206f       // word joiner, invisible operators, isolates
            | 0xfeff                // byte order mark
            | 0xfff9..=0xfffb       // interlinear annotation
            | 0xe0000..=0xe007f     // tags
        )
}

/// The candidate that a person most likely meant by `name`, if any is close enough.
///
/// Case, `-`, `_` and spaces do not count. Ties go to the earlier candidate.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Names are short; anything longer is no misspelling of one and would only cost time.
    const LONGEST: usize = 64;
    let folded = fold(name);
    let length = folded.chars().count();
    if length == 0 || length > LONGEST {
        return None;
    }
    let mut best: Option<(usize, &'a str)> = None;
    for candidate in candidates {
        let other = fold(candidate);
        let mut distance = strsim::osa_distance(&folded, &other) * 2;
        // Half a name is a likelier slip than its distance says, but less likely than one letter.
        if length >= 3 && other.starts_with(&folded) {
            distance = distance.min(3);
        }
        let allowed = if length < 3 {
            0
        } else {
            (length * 2 / 3).max(3)
        };
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// As [`nearest`], or else the first candidate that begins with what is only a slip away from `name`: `normalized` for
/// `normalised-model`.
pub(crate) fn nearest_begun<'a>(
    name: &str,
    candidates: impl Iterator<Item = &'a str> + Clone,
) -> Option<&'a str> {
    let folded = fold(name);
    let length = folded.chars().count();
    let begins = |candidate: &&str| {
        let begin: String = fold(candidate).chars().take(length).collect();
        slip(&folded, &begin).is_some()
    };
    nearest(name, candidates.clone()).or_else(|| candidates.clone().find(begins))
}

/// How many letters a slip of a name differs from it by; none where that is too many for a slip.
pub(crate) fn slip(name: &str, other: &str) -> Option<usize> {
    let allowed = match name.chars().count() {
        // Three letters are near to too many.
        0..4 => 0,
        4..6 => 1,
        _ => 2,
    };
    let distance = strsim::osa_distance(name, other);
    (distance <= allowed).then_some(distance)
}

fn fold(name: &str) -> String {
    name.chars()
        .filter(|character| !matches!(character, '-' | '_' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_reads_like_a_compiler_message() {
        let place = Place {
            file: "a\u{1b}.yaml".to_owned(),
            line: 12,
            column: 6,
            excerpt: "日本: x".to_owned(),
            from: 1,
        };
        let problem = Problem::error("no such key").at(place).help("try again");
        assert_eq!(
            problem.to_string(),
            "error: no such key\n  --> a\\u{1b}.yaml:12:6\n   |\n12 | 日本: x\n   |        ^\n   = help: try again"
        );
        assert_eq!(Problem::warning("odd").to_string(), "warning: odd");
    }

    #[test]
    fn of_each_kind_the_first_are_told_and_the_rest_counted() {
        let mut gathered = Gathered::default();
        let mut made = 0;
        for number in 0..200_000 {
            gathered.add("odd", Severity::Warning, || {
                made += 1;
                Problem::warning(format!("odd {number}"))
            });
        }
        gathered.add("odd", Severity::Error, || Problem::error("bad"));
        let told: Vec<String> = gathered.finish().iter().map(ToString::to_string).collect();
        assert_eq!((made, told.len()), (Gathered::MOST, Gathered::MOST + 1));
        assert_eq!(told.first().map(String::as_str), Some("warning: odd 0"));
        assert_eq!(
            told.get(Gathered::MOST - 1).map(String::as_str),
            Some("warning: odd 49; and 199,950 more like this")
        );
        assert_eq!(told.last().map(String::as_str), Some("error: bad"));
    }

    #[test]
    fn nothing_dangerous_is_printed() {
        assert_eq!(printable("plain é 日本"), "plain é 日本");
        assert_eq!(
            printable("a\u{1b}[31m\u{202e}\u{200b}\u{9b}"),
            "a\\u{1b}[31m\\u{202e}\\u{200b}\\u{9b}"
        );
        assert_eq!(printable("a\r\n\tb"), "a\\r\\n\\tb");
        let joined = "می\u{200c}خواهم क्\u{200d}ष 👨\u{200d}👩\u{200d}👧";
        assert_eq!(printable(joined), joined);
        assert_eq!(
            printable("a\u{200d}b é\u{200c} \u{200d}é"),
            "a\\u{200d}b é\\u{200c} \\u{200d}é"
        );
        assert_eq!(
            excerpt("x\r\n\ta\u{202e}b\ny", 4, 2),
            (" a\u{fffd}b".to_owned(), 1)
        );
        assert_eq!(
            excerpt(&"x".repeat(161), 0, 1),
            (format!("{}…", "x".repeat(160)), 1)
        );
    }

    #[test]
    fn of_a_long_line_the_part_around_the_column_is_shown() {
        let line = format!("a: 1\n{}HERE{}\nb: 2", "é".repeat(499), "x".repeat(499));
        let offset = line.find("HERE").unwrap();
        let (excerpt, from) = excerpt(&line, offset, 500);
        let place = Place {
            file: "a.yaml".to_owned(),
            line: 2,
            column: 500,
            excerpt,
            from,
        };
        let shown = Problem::error("bad").at(place).to_string();
        let lines: Vec<&str> = shown.lines().collect();
        let column = |text: &str, part: char| text.chars().position(|other| other == part);
        assert_eq!(column(lines[3], 'H'), column(lines[4], '^'), "{shown}");
        assert!(
            lines[3].starts_with("2 | …é") && lines[3].ends_with("x…"),
            "{shown}"
        );
        assert_eq!(lines[3].chars().count(), 4 + 1 + 160 + 1, "{shown}");
        // At the very end of the line there is nothing after it.
        let end = "y".repeat(300);
        let (excerpt, from) = super::excerpt(&end, 300, 301);
        assert_eq!((excerpt, from), (format!("…{}", "y".repeat(60)), 240));
    }

    #[test]
    fn a_slip_is_a_letter_or_two() {
        assert_eq!(slip("balancr", "balancer"), Some(1));
        assert_eq!(slip("timeotus", "timeouts"), Some(1));
        assert_eq!(slip("saga", "sags"), Some(1));
        assert_eq!(slip("reliability", "linearizability"), None);
        assert_eq!(slip("rgb", "rag"), None);
    }

    #[test]
    fn the_nearest_name_is_the_one_meant() {
        let names = ["peak_rps", "avg_rps", "read_share", "store"];
        assert_eq!(nearest("peak-rps", names), Some("peak_rps"));
        assert_eq!(nearest("PEAK_RSP", names), Some("peak_rps"));
        assert_eq!(nearest("peak", names), Some("peak_rps"));
        assert_eq!(nearest("stroe", names), Some("store"));
        assert_eq!(nearest("latency", names), None);
        assert_eq!(nearest("x", names), None);
        assert_eq!(nearest("", names), None);
    }
}
