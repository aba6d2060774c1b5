//! Reviews that are due.

use crate::knowledge::Loaded;
use crate::problem::{Problem, printable};
use crate::yaml::{Document, Node, Value};

/// After how many months an entry is to be looked at again.
const MONTHS: i32 = 18;

/// No figure of the knowledge can be older than this year: an earlier one is a slip.
const EARLIEST: i32 = 1990;

/// Returns what is due for a review on a day (`2026-11-22` or `2026-11`): entries last `reviewed` more than 18 months
/// before, and figures that are older than that (`as_of`) where nobody has reviewed their entry since; and what is dated
/// after the day, or as a figure after the newest review. A date that is none, or before 1990, is an error. The day comes
/// from the caller, since the knowledge has no clock.
pub fn stale(loaded: &Loaded, today: &str) -> Vec<Problem> {
    let Some(today) = month(today) else {
        let problem = Problem::error(format!("`{}` is no day", printable(today)));
        return vec![problem.help("write it as `2026-11-22`")];
    };
    let mut found = Vec::new();
    // The date of the base stands for every entry of it that has none.
    let of_base = (loaded.documents.iter().rev())
        .find(|document| document.root.get("format").is_some())
        .and_then(|document| month(document.root.get("reviewed")?.str()?));
    let newest = (loaded.documents.iter())
        .filter_map(|document| month(document.root.get("reviewed")?.str()?))
        .max();
    for document in &loaded.documents {
        let own = document.root.get("reviewed");
        let reviewed = own.and_then(|node| month(node.str()?)).or(of_base);
        let mut search = Search {
            document,
            today,
            reviewed,
            newest,
            found: &mut found,
        };
        search.node(&document.root);
    }
    found
}

struct Search<'a> {
    document: &'a Document,
    today: i32,
    reviewed: Option<i32>,
    /// The newest review of all: no figure was looked up after it.
    newest: Option<i32>,
    found: &'a mut Vec<Problem>,
}

impl Search<'_> {
    fn node(&mut self, node: &Node) {
        match &node.value {
            Value::Mapping(entries) => {
                for (key, value) in entries {
                    match key.str() {
                        Some("reviewed") => self.date(value, None, None),
                        Some("as_of") => self.date(value, self.reviewed, self.newest),
                        _ => self.node(value),
                    }
                }
            }
            Value::Sequence(items) => {
                for item in items {
                    self.node(item);
                }
            }
            Value::Null | Value::Scalar { .. } => {}
        }
    }

    /// Judges a date: what has been checked since, and the latest that it can be.
    fn date(&mut self, node: &Node, since: Option<i32>, latest: Option<i32>) {
        let text = node.str().unwrap_or_default();
        let problem = match month(text) {
            None => Problem::error(format!("`{}` is no month", printable(text))).help(
                likely(text).map_or_else(
                    || "write it as `2026-11`".to_owned(),
                    |month| format!("did you mean `{month}`?"),
                ),
            ),
            Some(date) if date < EARLIEST * 12 => {
                Problem::error(format!("{text} is before {EARLIEST}")).help("did the year slip?")
            }
            Some(date) if date > self.today => {
                Problem::warning(format!("{text} is yet to come")).help("did the year slip?")
            }
            Some(date) if latest.is_some_and(|latest| date > latest) => {
                Problem::warning(format!("{text} is after anything here was reviewed"))
                    .help("did the year slip? If not, set `reviewed`")
            }
            Some(date) if self.today - since.map_or(date, |since| since.max(date)) > MONTHS => {
                let (what, fix) = if since.is_some() {
                    (
                        "this figure is of",
                        "compare it with its source, and set `as_of`",
                    )
                } else {
                    ("last reviewed in", "read it again, and set `reviewed`")
                };
                Problem::warning(format!("{what} {text}, {} months ago", self.today - date))
                    .help(fix)
            }
            Some(_) => return,
        };
        let place = self.document.place(node.span);
        self.found.push(problem.at(place));
    }
}

/// Returns the month that was probably meant by a year and a month written otherwise: `2026-1`, `11/2026`, `2026.11`.
fn likely(text: &str) -> Option<String> {
    let numbers: Vec<&str> = text
        .split(|character: char| !character.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let (year, of_year) = match numbers.as_slice() {
        [year, month, ..] if year.len() == 4 => (year, month),
        [month, year] if year.len() == 4 => (year, month),
        _ => return None,
    };
    let likely = format!("{year}-{of_year:0>2}");
    month(&likely).map(|_| likely)
}

/// Returns the number of a month, of a text such as `2026-11` or `2026-11-22`.
fn month(text: &str) -> Option<i32> {
    let mut parts = text.trim().split('-');
    let year: i32 = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month: i32 = parts
        .next()
        .filter(|month| month.len() == 2)?
        .parse()
        .ok()?;
    let day = parts.next().map_or(Some(1), |day| day.parse().ok())?;
    let valid = (1..=12).contains(&month) && (1..=31).contains(&day) && parts.next().is_none();
    valid.then_some(year * 12 + month)
}
