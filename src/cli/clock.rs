//! What day it is.

use crate::design::is_day;
use std::time::{SystemTime, UNIX_EPOCH};

/// Returns the date in UTC as `2026-01-31`.
pub(super) fn today() -> String {
    date(SystemTime::now())
}

/// Reads a day such as `2026-01-31`.
pub(super) fn day(text: &str) -> Result<String, String> {
    if is_day(text) {
        Ok(text.to_owned())
    } else {
        Err("write it as `2026-01-31`".to_owned())
    }
}

/// The date of a moment in UTC as `2026-01-31`. Before 1970 there is no today.
fn date(now: SystemTime) -> String {
    let days = now
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs() / 86_400);
    // Days are counted from 1 March of year 0, so that the leap day is the last of its year (Hinnant's civil calendar).
    let days = days + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn dates_are_those_of_the_calendar() {
        let day = |number: u64| date(UNIX_EPOCH + Duration::from_secs(number * 86_400));
        assert_eq!(day(0), "1970-01-01");
        assert_eq!(day(11_016), "2000-02-29");
        assert_eq!(day(11_017), "2000-03-01");
        assert_eq!(day(20_453), "2025-12-31");
        assert_eq!(day(20_779), "2026-11-22");
    }
}
