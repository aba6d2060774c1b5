//! Numbers with units: exact decimal input, dimensions, and the way back to a unit for display.

use super::Fault;
use serde::{Deserialize, Serialize};

/// The physical dimension of a number: powers of time, data, length and money.
///
/// Counts (users, requests, teams…) have no dimension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Dimension {
    /// Power of time (base unit: second).
    pub time: i8,
    /// Power of data (base unit: byte).
    pub data: i8,
    /// Power of length (base unit: metre).
    pub length: i8,
    /// Power of money (no particular currency).
    pub money: i8,
}

impl Dimension {
    /// No dimension: a count, a factor or a share.
    pub const NONE: Self = Self {
        time: 0,
        data: 0,
        length: 0,
        money: 0,
    };

    /// Returns the dimension of a product (`sign` 1) or a quotient (`sign` −1).
    #[must_use]
    pub fn combine(self, other: Self, sign: i8) -> Self {
        Self {
            time: self.time.saturating_add(sign.saturating_mul(other.time)),
            data: self.data.saturating_add(sign.saturating_mul(other.data)),
            length: self
                .length
                .saturating_add(sign.saturating_mul(other.length)),
            money: self.money.saturating_add(sign.saturating_mul(other.money)),
        }
    }

    /// Describes the dimension for a message: `time`, `data/time`, `plain number`.
    pub fn describe(self) -> String {
        let parts = [
            (self.data, "data"),
            (self.length, "length"),
            (self.money, "money"),
            (self.time, "time"),
        ];
        let side = |wanted: i8| {
            parts
                .iter()
                .filter(|(power, _)| power.signum() == wanted)
                .map(|(power, name)| {
                    if power.abs() == 1 {
                        (*name).to_owned()
                    } else {
                        format!("{name}^{}", power.abs())
                    }
                })
                .collect::<Vec<_>>()
                .join("·")
        };
        match (side(1), side(-1)) {
            (above, below) if above.is_empty() && below.is_empty() => "a plain number".to_owned(),
            (above, below) if below.is_empty() => above,
            (above, below) if above.is_empty() => format!("1/{below}"),
            (above, below) => format!("{above}/{below}"),
        }
    }
}

/// A unit as written, with its dimension and its size in base units: `numerator · 10^power / denominator`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    symbol: String,
    /// The dimension of a number in this unit.
    pub dimension: Dimension,
    numerator: u64,
    denominator: u64,
    power: i32,
}

const TIME: Dimension = Dimension {
    time: 1,
    data: 0,
    length: 0,
    money: 0,
};
const DATA: Dimension = Dimension {
    time: 0,
    data: 1,
    length: 0,
    money: 0,
};
const LENGTH: Dimension = Dimension {
    time: 0,
    data: 0,
    length: 1,
    money: 0,
};
const MONEY: Dimension = Dimension {
    time: 0,
    data: 0,
    length: 0,
    money: 1,
};

/// Name, dimension, numerator, power of ten.
const SIMPLE: &[(&str, Dimension, u64, i32)] = &[
    ("us", TIME, 1, -6),
    ("ms", TIME, 1, -3),
    ("s", TIME, 1, 0),
    ("sec", TIME, 1, 0),
    ("min", TIME, 60, 0),
    ("h", TIME, 3600, 0),
    ("hour", TIME, 3600, 0),
    ("hours", TIME, 3600, 0),
    ("d", TIME, 86_400, 0),
    ("day", TIME, 86_400, 0),
    ("days", TIME, 86_400, 0),
    ("w", TIME, 604_800, 0),
    ("week", TIME, 604_800, 0),
    ("weeks", TIME, 604_800, 0),
    ("mo", TIME, 2_629_800, 0),
    ("month", TIME, 2_629_800, 0),
    ("months", TIME, 2_629_800, 0),
    ("y", TIME, 31_557_600, 0),
    ("yr", TIME, 31_557_600, 0),
    ("year", TIME, 31_557_600, 0),
    ("years", TIME, 31_557_600, 0),
    ("bit", DATA, 125, -3),
    ("kbit", DATA, 125, 0),
    ("Mbit", DATA, 125, 3),
    ("Gbit", DATA, 125, 6),
    ("B", DATA, 1, 0),
    ("kB", DATA, 1, 3),
    ("KB", DATA, 1, 3),
    ("MB", DATA, 1, 6),
    ("GB", DATA, 1, 9),
    ("TB", DATA, 1, 12),
    ("PB", DATA, 1, 15),
    ("KiB", DATA, 1 << 10, 0),
    ("MiB", DATA, 1 << 20, 0),
    ("GiB", DATA, 1 << 30, 0),
    ("TiB", DATA, 1 << 40, 0),
    ("m", LENGTH, 1, 0),
    ("km", LENGTH, 1, 3),
    ("money", MONEY, 1, 0),
    ("%", Dimension::NONE, 1, -2),
    ("x", Dimension::NONE, 1, 0),
    ("fraction", Dimension::NONE, 1, 0),
    ("1", Dimension::NONE, 1, 0),
];

/// Labels of things that are counted; a number of them has no dimension.
const COUNTED: &[&str] = &[
    "calls",
    "connections",
    "engineers",
    "events",
    "hops",
    "instances",
    "kinds",
    "level",
    "levels",
    "messages",
    "objects",
    "people",
    "records",
    "regions",
    "releases",
    "requests",
    "req",
    "shards",
    "systems",
    "teams",
    "tenants",
    "tries",
    "users",
    "attempts",
    "partitions",
    "servers",
    "keys",
    "items",
    "jobs",
    "stores",
    "copies",
    "zones",
    "bool",
];

impl Unit {
    /// The unit of a plain number.
    pub fn plain() -> Self {
        Self {
            symbol: String::new(),
            dimension: Dimension::NONE,
            numerator: 1,
            denominator: 1,
            power: 0,
        }
    }

    /// Reads a unit such as `ms`, `GB/day`, `1/s`, `/s`, `users` or `money/month`.
    ///
    /// # Errors
    /// Returns the part that is not a unit.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let (above, below) = match text.split_once('/') {
            Some((above, below)) => (above.trim(), Some(below.trim())),
            None => (text, None),
        };
        let (dimension, numerator, power) = if above.is_empty() {
            (Dimension::NONE, 1, 0)
        } else {
            Self::simple(above)?
        };
        let mut unit = Self {
            symbol: text.to_owned(),
            dimension,
            numerator,
            denominator: 1,
            power,
        };
        if let Some(below) = below {
            // `min/30d` is a budget of minutes in a window: a time, not a rate.
            if below == "30d" {
                return Ok(unit);
            }
            let (dimension, numerator, power) = Self::simple(below)?;
            unit.dimension = unit.dimension.combine(dimension, -1);
            unit.denominator = numerator;
            unit.power -= power;
        }
        Ok(unit)
    }

    fn simple(text: &str) -> Result<(Dimension, u64, i32), String> {
        if let Some((_, dimension, numerator, power)) = SIMPLE.iter().find(|row| row.0 == text) {
            return Ok((*dimension, *numerator, *power));
        }
        // One of them is written in the singular: `1 region`, `1 person`.
        let is_one_of = |things: &str| match things.strip_suffix("ies") {
            _ if things == "people" => text == "person",
            Some(stem) => text.strip_suffix('y') == Some(stem),
            None => things.strip_suffix('s') == Some(text),
        };
        if (COUNTED.iter()).any(|things| *things == text || is_one_of(things)) {
            return Ok((Dimension::NONE, 1, 0));
        }
        Err(text.to_owned())
    }

    /// Returns every spelling of a simple unit, for suggestions.
    pub fn names() -> impl Iterator<Item = &'static str> {
        SIMPLE.iter().map(|row| row.0)
    }

    /// Returns the unit as written; empty for a plain number.
    pub fn symbol(&self) -> &str {
        &self.symbol
    }

    /// Returns whether this counts things that come whole, such as people or regions.
    pub fn is_count(&self) -> bool {
        const WHOLE: &[&str] = &[
            "people",
            "engineers",
            "teams",
            "regions",
            "zones",
            "systems",
            "tenants",
            "kinds",
            "level",
            "levels",
            "instances",
            "servers",
            "stores",
            "copies",
            "shards",
            "partitions",
        ];
        WHOLE.contains(&self.symbol.as_str())
    }

    /// Returns whether this is a label of things, of which there may be a fraction on average, such as connections in use.
    pub fn is_of_things(&self) -> bool {
        let symbol = self.symbol.as_str();
        COUNTED.contains(&symbol) && !["bool", "level", "levels"].contains(&symbol)
    }

    /// Converts a value in base units to this unit.
    pub fn value_of(&self, value: f64) -> f64 {
        let scaled = value * self.denominator as f64 / self.numerator as f64;
        // Powers of ten up to 22 are exact in a double, so one rounding happens here.
        if self.power >= 0 {
            scaled / 10_f64.powi(self.power)
        } else {
            scaled * 10_f64.powi(-self.power)
        }
    }

    /// Converts a value in this unit to base units.
    pub fn to_base(&self, value: f64) -> f64 {
        let scaled = value * self.numerator as f64 / self.denominator as f64;
        if self.power >= 0 {
            scaled * 10_f64.powi(self.power)
        } else {
            scaled / 10_f64.powi(-self.power)
        }
    }

    /// Converts an exact decimal `mantissa · 10^exponent` of this unit to base units, rounding once.
    fn decimal_to_base(&self, mantissa: i128, exponent: i32) -> f64 {
        match mantissa.checked_mul(i128::from(self.numerator)) {
            Some(product) => {
                let value: f64 = format!("{product}e{}", exponent + self.power)
                    .parse()
                    .unwrap_or(f64::NAN);
                value / self.denominator as f64
            }
            None => self.to_base(mantissa as f64 * 10_f64.powi(exponent)),
        }
    }
}

/// A number as written by a person: its value in base units and the dimension of its unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// The value in base units (seconds, bytes, metres, money; shares as fractions).
    pub value: f64,
    /// The unit, when one was written.
    pub unit: Option<Unit>,
}

/// Reads the decimal number at the start of `text`: digits, `_` or `,` between groups of three, a fraction, an
/// exponent, a suffix `k`, `M` or `G`. Returns mantissa, exponent and the length read in bytes.
pub(super) fn scan_decimal(text: &str) -> Option<(i128, i32, usize)> {
    let bytes = text.as_bytes();
    let (mut at, mut mantissa, mut exponent, mut digits) = (0, 0_i128, 0_i32, 0);
    let negative = bytes.first() == Some(&b'-');
    if negative {
        at += 1;
    }
    let mut fraction = false;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'0'..=b'9' => {
                // Past 30 digits nothing can change the double that results.
                if digits < 30 {
                    mantissa = mantissa * 10 + i128::from(byte - b'0');
                    digits += 1;
                    if fraction {
                        exponent -= 1;
                    }
                } else if !fraction {
                    exponent += 1;
                }
            }
            b'_' if digits > 0 && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => {}
            b',' if digits > 0 && !fraction && group_of_three(bytes, at) => {}
            b'.' if !fraction && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => {
                fraction = true;
            }
            _ => break,
        }
        at += 1;
    }
    if digits == 0 {
        return None;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let mut end = at + 1;
        if matches!(bytes.get(end), Some(b'+' | b'-')) {
            end += 1;
        }
        let start = end;
        while bytes.get(end).is_some_and(u8::is_ascii_digit) {
            end += 1;
        }
        if end > start
            && let Some(power) = text
                .get(at + 1..end)
                .and_then(|power| power.parse::<i32>().ok())
        {
            exponent = exponent.saturating_add(power.clamp(-400, 400));
            at = end;
        }
    }
    Some((if negative { -mantissa } else { mantissa }, exponent, at))
}

fn group_of_three(bytes: &[u8], comma: usize) -> bool {
    (1..=3).all(|offset| bytes.get(comma + offset).is_some_and(u8::is_ascii_digit))
        && !bytes.get(comma + 4).is_some_and(u8::is_ascii_digit)
}

/// Reads a number with an optional multiplier (`k`, `M`, `G`) and unit: `12k`, `200 ms`, `1.5 TB`, `99.95 %`, `50k/s`.
///
/// A number without a unit is taken in `default`. The result is in base units, rounded once from the decimal text, so
/// `1.5 TB` and `1500 GB` are the same number.
///
/// # Errors
/// Says what is not a number or not a unit, with its offset.
pub fn parse_number(text: &str, default: &Unit) -> Result<Number, Fault> {
    let trimmed = text.trim_start();
    let lead = text.len() - trimmed.len();
    let trimmed = trimmed.trim_end();
    let Some((mantissa, mut exponent, length)) = scan_decimal(trimmed) else {
        return Err(Fault {
            offset: lead,
            message: format!("`{}` is not a number", crate::problem::shortened(trimmed)),
            help: None,
        });
    };
    let rest = trimmed.get(length..).unwrap_or_default();
    // A person may write `12 k` too; `12 kB` stays a unit.
    let (suffix, rest) = scan_multiplier(rest.trim_start());
    exponent += suffix;
    let rest_trimmed = rest.trim();
    if rest_trimmed.is_empty() {
        return Ok(Number {
            value: default.decimal_to_base(mantissa, exponent),
            unit: None,
        });
    }
    let unit = Unit::parse(rest_trimmed).map_err(|part| Fault {
        offset: trimmed
            .get(..trimmed.len() - rest.len())
            .unwrap_or_default()
            .chars()
            .count()
            + lead,
        message: format!("`{}` is not a unit", crate::problem::shortened(&part)),
        help: crate::problem::nearest(&part, Unit::names())
            .map(|name| format!("did you mean `{name}`?")),
    })?;
    Ok(Number {
        value: unit.decimal_to_base(mantissa, exponent),
        unit: Some(unit),
    })
}

/// Reads a multiplier `k`, `M` or `G` that is not the start of a unit; returns its power of ten and what follows.
pub(super) fn scan_multiplier(rest: &str) -> (i32, &str) {
    for (suffix, power) in [("k", 3), ("K", 3), ("M", 6), ("G", 9)] {
        if let Some(after) = rest.strip_prefix(suffix)
            && !after.chars().next().is_some_and(char::is_alphabetic)
        {
            return (power, after);
        }
    }
    (0, rest)
}

/// Writes a number for people: at most `digits` significant digits, groups of three separated by commas, no exponent
/// between 0.0001 and 10¹⁵.
pub fn format_number(value: f64, digits: usize) -> String {
    if !value.is_finite() {
        return if value.is_nan() {
            "not a number".into()
        } else if value > 0.0 {
            "unbounded".into()
        } else {
            "-unbounded".into()
        };
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    let digits = digits.max(1);
    let magnitude = libm::log10(value.abs()).floor() as i32;
    if !(-5..15).contains(&magnitude) {
        return format!("{value:.*e}", digits - 1);
    }
    let decimals = (digits as i32 - 1 - magnitude).max(0) as usize;
    let text = if magnitude + 1 > digits as i32 {
        let step = 10_f64.powi(magnitude + 1 - digits as i32);
        format!("{:.0}", (value / step).round() * step)
    } else {
        format!("{value:.decimals$}")
    };
    let text = if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        &text
    };
    let (whole, fraction) = text
        .split_once('.')
        .map_or((text, None), |(whole, part)| (whole, Some(part)));
    let (sign, whole) = whole
        .strip_prefix('-')
        .map_or(("", whole), |rest| ("-", rest));
    let mut grouped = String::with_capacity(text.len() + 4);
    grouped.push_str(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) && whole.len() > 4 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if let Some(fraction) = fraction {
        grouped.push('.');
        grouped.push_str(fraction);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(text: &str) -> f64 {
        parse_number(text, &Unit::plain()).unwrap().value
    }

    #[test]
    #[allow(
        clippy::float_cmp,
        reason = "the point is that the same amount is the same double"
    )]
    fn one_amount_has_one_value_whatever_its_unit() {
        for (left, right) in [
            ("1.5 TB", "1500 GB"),
            ("2.3s", "2300 ms"),
            ("0.29 s", "290ms"),
            ("1 week", "7 days"),
            ("6w", "42 d"),
            ("6 mo", "6 months"),
            ("30y", "30 years"),
            ("60/min", "1/s"),
            ("99.95%", "0.9995"),
            ("12k", "12,000"),
            ("1.5M", "1_500_000"),
            ("8 Mbit/s", "1 MB/s"),
            ("50k/s", "50000 1/s"),
        ] {
            assert_eq!(base(left), base(right), "{left} and {right}");
        }
    }

    #[test]
    fn a_wrong_unit_is_named_with_a_suggestion() {
        let fault = parse_number("12 Tb", &Unit::plain()).unwrap_err();
        assert_eq!(
            (fault.offset, fault.message.as_str()),
            (3, "`Tb` is not a unit")
        );
        assert!(parse_number("fast", &Unit::plain()).is_err());
        assert!(parse_number("", &Unit::plain()).is_err());
        assert!(parse_number("12 3", &Unit::plain()).is_err());
    }

    #[test]
    fn numbers_read_like_numbers() {
        for (value, text) in [
            (1234.5, "1234.5"),
            (12345.0, "12,345"),
            (0.0123, "0.0123"),
            (1e6, "1,000,000"),
            (-2.0, "-2"),
            (0.1 + 0.2, "0.3"),
        ] {
            assert_eq!(format_number(value, 6), text);
        }
        assert_eq!(format_number(694.444, 2), "690");
        assert_eq!(format_number(3e20, 2), "3.0e20");
    }

    #[test]
    fn base_and_unit_are_inverse() {
        for symbol in [
            "ms",
            "GB/day",
            "1/s",
            "Mbit/s",
            "money/month",
            "%",
            "week",
            "1/week",
        ] {
            let unit = Unit::parse(symbol).unwrap();
            assert!(
                (unit.value_of(unit.to_base(12.5)) - 12.5).abs() < 1e-9,
                "{symbol}"
            );
        }
    }
}
