//! Numbers as data: without the noise of binary fractions.

use crate::expression::{Unit, Value};
use crate::knowledge::{Answer, FactKind};
use serde_json::{Number, Value as Json};

/// Significant digits that a number keeps; what comes after them is noise of binary arithmetic.
const DIGITS: usize = 12;

/// Returns the number as JSON, whole numbers without a fraction; null when it is not finite.
pub fn json(value: f64) -> Json {
    let text = format!("{value:.*e}", DIGITS - 1);
    let cleaned: f64 = text.parse().unwrap_or(value);
    // Up to 2^53 whole numbers are exact.
    if cleaned.fract() == 0.0 && cleaned.abs() < 9_007_199_254_740_992.0 {
        return Json::Number(Number::from(cleaned as i64));
    }
    Number::from_f64(cleaned).map_or(Json::Null, Json::Number)
}

/// Returns what is known of a fact in its own unit: a number, a truth value, the word of a choice, `{min, max}` for a
/// range and a list for several possible choices; null when nothing is known.
pub fn fact(kind: &FactKind, value: Value) -> Json {
    match (kind, value) {
        (FactKind::Number { unit, .. }, Value::Number(interval)) => match interval.known() {
            Some(number) => in_unit(unit, number),
            None if interval.low.is_finite() || interval.high.is_finite() => {
                serde_json::json!({"min": in_unit(unit, interval.low), "max": in_unit(unit, interval.high)})
            }
            None => Json::Null,
        },
        (FactKind::Bool, Value::Bool(truth)) => match truth {
            crate::expression::Truth::True => Json::Bool(true),
            crate::expression::Truth::False => Json::Bool(false),
            crate::expression::Truth::Unknown => Json::Null,
        },
        (FactKind::Choice { values, .. }, Value::Choice(mask)) => {
            let possible: Vec<Json> = values
                .iter()
                .enumerate()
                .filter(|(index, _)| mask & (1 << index) != 0)
                .map(|(_, choice)| Json::from(choice.value.as_str()))
                .collect();
            match possible.len() {
                1 => possible.into_iter().next().unwrap_or(Json::Null),
                all if all == values.len() => Json::Null,
                _ => Json::Array(possible),
            }
        }
        _ => Json::Null,
    }
}

/// Returns an answer in the unit of its requirement.
pub fn answer(kind: &FactKind, answer: Answer) -> Json {
    fact(kind, answer.value())
}

fn in_unit(unit: &Unit, base_value: f64) -> Json {
    json(unit.value_of(base_value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_clean() {
        assert_eq!(json(0.1 + 0.2).to_string(), "0.3");
        assert_eq!(json(12_000.0).to_string(), "12000");
        assert_eq!(json(99.95).to_string(), "99.95");
        assert_eq!(json(-0.0).to_string(), "0");
        assert_eq!(json(f64::INFINITY), Json::Null);
        assert_eq!(json(1e300).to_string(), "1e+300");
    }
}
