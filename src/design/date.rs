//! Days as they stand in files.

/// Returns whether a text is a day of the calendar, such as `2027-03-31`. Two such days compare as texts do.
pub fn is_day(text: &str) -> bool {
    let digits = |part: &str, length: usize| {
        let all = part.bytes().all(|byte| byte.is_ascii_digit());
        if part.len() == length && all {
            part.parse::<u32>().ok()
        } else {
            None
        }
    };
    let parts: Vec<&str> = text.split('-').collect();
    let &[year, month, day] = parts.as_slice() else {
        return false;
    };
    let (Some(year), Some(month), Some(day)) = (digits(year, 4), digits(month, 2), digits(day, 2))
    else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let most = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=most).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::is_day;

    #[test]
    fn days_are_those_of_the_calendar() {
        for day in ["2026-01-31", "2028-02-29", "2000-02-29", "2026-12-01"] {
            assert!(is_day(day), "{day}");
        }
        for other in [
            "",
            "soon",
            "2026-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-04-31",
            "2026-1-1",
            "26-01-01",
            "2026-01-00",
            "2026-01-01 ",
            "2026-01",
            "2026-01-01-01",
        ] {
            assert!(!is_day(other), "{other}");
        }
    }
}
