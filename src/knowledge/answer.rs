//! Reading an answer to a requirement, and writing it for people.

use super::{FactKind, Requirement};
use crate::expression::{Dimension, Interval, Truth, Unit, Value, format_number, parse_number};
use crate::problem::{nearest, shortened};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// How every message ends that refuses a number.
pub(super) const OUT_OF_RANGE: &str = " is out of range";

/// The unit of how many times more.
const MULTIPLE: &str = "x";

/// A typed answer to a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// A number in base units.
    Number(f64),
    /// Yes or no.
    Bool(bool),
    /// A choice, by its place.
    Choice(u8),
}

impl Answer {
    /// Returns the answer as a known value of a fact.
    pub fn value(self) -> Value {
        match self {
            Self::Number(number) => Value::Number(Interval::point(number)),
            Self::Bool(value) => Value::Bool(Truth::from_bool(value)),
            Self::Choice(choice) => Value::Choice(1 << choice),
        }
    }
}

/// Why a text is no answer to a requirement.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct AnswerError {
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub help: Option<String>,
}

impl Requirement {
    /// Reads an answer: a number with or without a unit (`12k`, `200 ms`), yes or no, or one of the choices.
    ///
    /// # Errors
    /// Says what is wrong with the text and what would be right.
    pub fn parse(&self, text: &str) -> Result<Answer, AnswerError> {
        let error = |message: String, help: Option<String>| AnswerError { message, help };
        let text = text.trim();
        let shown = shortened(text);
        match &self.kind {
            FactKind::Bool => match text.to_lowercase().as_str() {
                "true" | "yes" | "y" | "on" => Ok(Answer::Bool(true)),
                "false" | "no" | "n" | "off" => Ok(Answer::Bool(false)),
                _ => Err(error(
                    format!("`{}` takes yes or no, not `{shown}`", self.id),
                    Some("write `true` or `false`".into()),
                )),
            },
            FactKind::Choice { values, .. } => {
                let folded = super::fold(text);
                values
                    .iter()
                    .position(|choice| super::fold(&choice.value) == folded)
                    .map(|index| Answer::Choice(index as u8))
                    .ok_or_else(|| {
                        let names = || values.iter().map(|choice| choice.value.as_str());
                        let help = nearest(text, names()).map_or_else(
                            || format!("one of: {}", names().collect::<Vec<_>>().join(", ")),
                            |near| {
                                format!(
                                    "did you mean `{near}`? One of: {}",
                                    names().collect::<Vec<_>>().join(", ")
                                )
                            },
                        );
                        error(
                            format!("`{shown}` is not a value of `{}`", self.id),
                            Some(help),
                        )
                    })
            }
            FactKind::Number { unit, min, max } => {
                let example = || Some(format!("write a number such as {}", self.example()));
                let number = parse_number(text, unit).map_err(|fault| {
                    error(
                        format!("`{}`: {}", self.id, fault.message),
                        fault.help.or_else(example),
                    )
                })?;
                if let Some(given) = &number.unit
                    && given.dimension != unit.dimension
                    // A bare multiple such as `x` or a count label fits a plain number only.
                    && !(given.dimension == Dimension::NONE && unit.dimension == Dimension::NONE)
                {
                    return Err(error(
                        format!(
                            "`{}` is {}, `{shown}` is {}",
                            self.id,
                            unit.dimension.describe(),
                            given.dimension.describe()
                        ),
                        example(),
                    ));
                }
                // A multiple is no number of people or regions.
                if let Some(given) = &number.unit
                    && given.symbol() == MULTIPLE
                    && unit.symbol() != MULTIPLE
                {
                    return Err(error(
                        format!(
                            "`{}` is in {}, `{shown}` is a multiple",
                            self.id,
                            unit.symbol()
                        ),
                        example(),
                    ));
                }
                // Forty per cent of a load, or forty per cent more of it.
                if let Some(given) = &number.unit
                    && given.symbol() == "%"
                    && unit.symbol() == MULTIPLE
                {
                    let plain = |number: f64| format_number(number, 6);
                    return Err(error(
                        format!("`{}` is a multiple, `{shown}` a share", self.id),
                        Some(format!(
                            "write `{}` for {shown} more, `{}` for {shown} of it",
                            plain(1.0 + number.value),
                            plain(number.value)
                        )),
                    ));
                }
                if unit.is_count() && number.value.is_finite() && number.value.fract() != 0.0 {
                    let (below, above) = (number.value.floor(), number.value.ceil());
                    let near: Vec<String> = [below, above]
                        .into_iter()
                        .filter(|near| (*min..=*max).contains(near))
                        .map(|near| format!("`{}`", format_number(near, 15)))
                        .collect();
                    return Err(error(
                        format!(
                            "`{}` counts {}: {shown} is no whole number",
                            self.id,
                            unit.symbol()
                        ),
                        Some(format!("write {}", near.join(" or "))),
                    ));
                }
                // A share is easily written as a fraction where percents are asked for.
                let as_fraction = number.value * 100.0;
                if unit.symbol() == "%"
                    && number.unit.is_none()
                    && number.value < *min
                    && (*min..=*max).contains(&as_fraction)
                {
                    return Err(error(
                        format!("`{}` is in percent: {shown} would be {shown} %", self.id),
                        Some(format!("write `{}`", self.display_number(as_fraction))),
                    ));
                }
                if !number.value.is_finite() || number.value < *min || number.value > *max {
                    let mut help = format!(
                        "from {} to {}",
                        self.display_number(*min),
                        self.display_number(*max)
                    );
                    // And percents where a fraction is asked for.
                    let is_share = (*min, *max) == (0.0, 1.0) && number.unit.is_none();
                    if is_share && (2.0..=100.0).contains(&number.value) {
                        help = format!("did you mean `{shown} %`? {help}");
                    }
                    return Err(error(
                        format!("`{}`: {shown}{OUT_OF_RANGE}", self.id),
                        Some(help),
                    ));
                }
                Ok(Answer::Number(number.value))
            }
        }
    }

    /// Writes an answer so that [`Self::parse`] reads the same: as for people where that is exact.
    pub fn write(&self, answer: Answer) -> String {
        let shown = match answer {
            Answer::Bool(value) => value.to_string(),
            Answer::Number(_) | Answer::Choice(_) => self.kind.display(answer.value()),
        };
        match (&self.kind, answer) {
            (FactKind::Number { unit, .. }, Answer::Number(number))
                if self.parse(&shown) != Ok(answer) =>
            {
                let bare = format_number(unit.value_of(number), 15);
                let whole = format!("{bare} {}", unit.symbol());
                // A level is written before its number, which is no unit behind one.
                if unit.symbol() != "level" && self.parse(&whole) == Ok(answer) {
                    whole
                } else {
                    bare
                }
            }
            _ => shown,
        }
    }

    /// Returns an answer as an example of how to write one.
    pub fn example(&self) -> String {
        match (&self.kind, self.uncertain) {
            (FactKind::Number { .. }, Some((low, _))) => format!("`{}`", self.display_number(low)),
            (FactKind::Number { min, max, unit }, None) => {
                let least = if *min > 0.0 {
                    *min
                } else {
                    unit.to_base(1.0).min(*max)
                };
                format!("`{}`", self.display_number(least))
            }
            (FactKind::Bool, _) => "`true`".to_owned(),
            (FactKind::Choice { values, .. }, _) => values
                .first()
                .map(|choice| format!("`{}`", choice.value))
                .unwrap_or_default(),
        }
    }

    fn display_number(&self, value: f64) -> String {
        self.kind.display(Value::Number(Interval::point(value)))
    }
}

impl FactKind {
    /// Writes what is known of a fact for people, with its unit: `1.5 TB`, `yes`, `session`, `from 3 to 15`.
    pub fn display(&self, value: Value) -> String {
        match (self, value) {
            (Self::Number { unit, .. }, Value::Number(interval)) => match interval.known() {
                Some(number) => display_number(number, unit),
                None if interval.high.is_infinite() => {
                    format!("{} or more", display_number(interval.low, unit))
                }
                None => format!(
                    "{} to {}",
                    display_number(interval.low, unit),
                    display_number(interval.high, unit)
                ),
            },
            (Self::Bool, Value::Bool(truth)) => match truth {
                Truth::True => "yes".to_owned(),
                Truth::False => "no".to_owned(),
                Truth::Unknown => "unknown".to_owned(),
            },
            (Self::Choice { values, .. }, Value::Choice(mask)) => {
                let possible: Vec<&str> = values
                    .iter()
                    .enumerate()
                    .filter(|(index, _)| mask & (1 << index) != 0)
                    .map(|(_, choice)| choice.value.as_str())
                    .collect();
                if possible.len() == values.len() {
                    "unknown".to_owned()
                } else {
                    possible.join(" or ")
                }
            }
            _ => "unknown".to_owned(),
        }
    }

    /// Returns the unit's symbol; empty for anything but a number with a unit.
    pub fn unit(&self) -> &str {
        if let Self::Number { unit, .. } = self {
            unit.symbol()
        } else {
            ""
        }
    }
}

/// Ladders of units: for each family the units in which a person would write a number of it, largest first.
const LADDERS: &[&[&str]] = &[
    &["PB", "TB", "GB", "MB", "kB", "B"],
    &["PB/day", "TB/day", "GB/day", "MB/day", "kB/day", "B/day"],
    &["Gbit/s", "Mbit/s", "kbit/s", "bit/s"],
    &["year", "day", "h", "min", "s", "ms"],
];

/// Writes a number in base units in the unit of its family that gives it the most readable size.
fn display_number(value: f64, unit: &Unit) -> String {
    let ladder = LADDERS
        .iter()
        .find(|ladder| ladder.contains(&unit.symbol()));
    let best = ladder
        .filter(|_| value != 0.0 && value.is_finite())
        .and_then(|ladder| {
            ladder
                .iter()
                .filter_map(|symbol| Unit::parse(symbol).ok())
                .find(|unit| unit.value_of(value).abs() >= 0.999_999)
        });
    let unit = best.as_ref().unwrap_or(unit);
    let shown = years(value, unit).unwrap_or_else(|| unit.value_of(value));
    // Near the whole every nine counts.
    let digits = if unit.symbol() == "%" && (99.0..100.0).contains(&shown) {
        7
    } else {
        3
    };
    let digits = if shown.fract() == 0.0 && shown.abs() < 1e6 {
        6
    } else {
        digits
    };
    let number = format_number(shown, digits);
    match unit.symbol() {
        "" | "fraction" | "bool" => number,
        symbol if symbol.starts_with("1/") => {
            format!("{number}/{}", symbol.trim_start_matches("1/"))
        }
        symbol if symbol.starts_with('/') => format!("{number}{symbol}"),
        "level" => format!("level {number}"),
        symbol => format!("{number} {}", counted(symbol, &number)),
    }
}

/// The years in a time that was said as so many times 365 days: nobody who writes 3650 days means 9.99 years.
fn years(value: f64, unit: &Unit) -> Option<f64> {
    let years = Unit::parse("day").ok()?.value_of(value) / 365.0;
    (unit.symbol() == "year" && years.fract() == 0.0).then_some(years)
}

/// A unit in the singular or the plural, as the number before it asks for: `1 region`, `5 years`.
///
/// Symbols such as `ms` and `GB` have no plural; of `users/day` only what is counted has one.
fn counted<'a>(symbol: &'a str, number: &str) -> Cow<'a, str> {
    const PLURALS: &[(&str, &str)] = &[
        ("person", "people"),
        ("hour", "hours"),
        ("day", "days"),
        ("week", "weeks"),
        ("month", "months"),
        ("year", "years"),
    ];
    // Labels of things counted are words in the plural; these are not.
    const FIXED: &[&str] = &["s", "ms", "us", "req", "level", "levels", "money"];
    let (thing, rest) = match symbol.find('/') {
        Some(slash) => symbol.split_at(slash),
        None => (symbol, ""),
    };
    let one = number.trim_start_matches(['-', '−']) == "1";
    let known = PLURALS
        .iter()
        .find(|(singular, plural)| [*singular, *plural].contains(&thing));
    let word = match known {
        Some((singular, _)) if one => *singular,
        Some((_, plural)) => *plural,
        None if one && !FIXED.contains(&thing) && thing.len() > 3 => {
            match thing.strip_suffix("ies") {
                Some(stem) => return Cow::Owned(format!("{stem}y{rest}")),
                None => thing.strip_suffix('s').unwrap_or(thing),
            }
        }
        None => thing,
    };
    if word == thing {
        Cow::Borrowed(symbol)
    } else {
        Cow::Owned(format!("{word}{rest}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_agree_with_their_numbers() {
        for (unit, value, shown) in [
            ("regions", 1.0, "1 region"),
            ("regions", 2.0, "2 regions"),
            ("people", 1.0, "1 person"),
            ("people", 6.0, "6 people"),
            ("year", 5.0 * 31_557_600.0, "5 years"),
            ("year", 31_557_600.0, "1 year"),
            ("day", 2.0 * 86_400.0, "2 days"),
            ("day", 365.0 * 86_400.0, "365 days"),
            ("day", 3_650.0 * 86_400.0, "10 years"),
            ("day", 36_500.0 * 86_400.0, "100 years"),
            ("day", 1_000.0 * 86_400.0, "2.74 years"),
            ("week", 604_800.0, "1 week"),
            ("week", 2.0 * 604_800.0, "2 weeks"),
            ("users/day", 1.0 / 86_400.0, "1 user/day"),
            ("users/day", 3.0 / 86_400.0, "3 users/day"),
            ("tries", 1.0, "1 try"),
            ("calls", 0.0, "0 calls"),
            ("calls", 1.5, "1.5 calls"),
            ("ms", 0.001, "1 ms"),
            ("s", 1.0, "1 s"),
            ("kB", 1_000.0, "1 kB"),
            ("%", 0.01, "1 %"),
            ("%", 5.0 / 6.0, "83.3 %"),
            ("%", 0.99995, "99.995 %"),
            ("level", 1.0, "level 1"),
            ("1/s", 1.0, "1/s"),
        ] {
            let unit = Unit::parse(unit).expect("a unit");
            assert_eq!(display_number(value, &unit), shown);
        }
    }
}
