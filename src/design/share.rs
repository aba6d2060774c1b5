//! Shares of requests: what an interface says of how many of all requests it takes.

use crate::expression::{Unit, parse_number};
use crate::problem::shortened;

/// Reads the share of all requests that an interface takes, as a part of 1.
///
/// `None` when the text is no number: it may say what is not counted, such as `most`.
///
/// # Errors
/// Says what is wrong with a number that can be no share.
pub fn share(text: &str) -> Option<Result<f64, String>> {
    let unit = Unit::parse("%").ok()?;
    let number = parse_number(text, &unit).ok()?;
    let shown = shortened(text.trim());
    let other = (number.unit).is_some_and(|given| given.dimension != unit.dimension);
    Some(if other {
        Err(format!("`{shown}` is no share of all requests"))
    } else if (0.0..=1.0).contains(&number.value) {
        Ok(number.value)
    } else {
        Err(format!("the share `{shown}` is not from 0 % to 100 %"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_a_part_of_the_whole() {
        assert_eq!(share("20 %"), Some(Ok(0.2)));
        assert_eq!(share("100"), Some(Ok(1.0)));
        assert_eq!(share("most"), None);
        for wrong in ["900 %", "-1 %", "100.1 %", "20 GB"] {
            assert!(matches!(share(wrong), Some(Err(_))), "{wrong}");
        }
    }
}
