//! Reading an answer to a requirement, and writing it for people.

use super::{FactKind, Requirement};
use crate::expression::{Dimension, Interval, Truth, Unit, Value, format_number, parse_number};
use crate::problem::{nearest, shortened};

/// A typed answer to a requirement.
#[derive(Debug, Clone, Copy, PartialEq)]
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
                if !number.value.is_finite() || number.value < *min || number.value > *max {
                    let help = format!(
                        "from {} to {}",
                        self.display_number(*min),
                        self.display_number(*max)
                    );
                    return Err(error(
                        format!("`{}`: {shown} is out of range", self.id),
                        Some(help),
                    ));
                }
                Ok(Answer::Number(number.value))
            }
        }
    }

    /// Returns an answer as an example of how to write one.
    pub fn example(&self) -> String {
        match (&self.kind, self.uncertain) {
            (FactKind::Number { .. }, Some((low, _))) => format!("`{}`", self.display_number(low)),
            (FactKind::Number { min, max, .. }, None) => {
                format!(
                    "`{}`",
                    self.display_number(if *min > 0.0 { *min } else { (*max).min(1.0) })
                )
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
    let digits = if unit.symbol() == "%" { 7 } else { 3 };
    let shown = unit.value_of(value);
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
        symbol => format!("{number} {symbol}"),
    }
}
