//! Whether what was typed is a number, a share, a condition or a date.

use super::Check;
use crate::design;
use crate::reasoning::conflicts::capitalised;
use crate::tui::model::Model;

/// Checks a share, latency or rate: anything that reads as a number with a unit of the right kind.
pub(super) fn measured(value: &str, unit: &str, example: &str) -> Check {
    use crate::expression::{Unit, parse_number};
    if value.is_empty() {
        return Check::Good("left empty: unknown".to_owned());
    }
    let Ok(unit) = Unit::parse(unit) else {
        return Check::Good(String::new());
    };
    match parse_number(value, &unit) {
        Ok(number)
            if number
                .unit
                .as_ref()
                .is_none_or(|given| given.dimension == unit.dimension) =>
        {
            Check::Good(String::new())
        }
        Ok(_) => Check::Bad(
            format!("`{value}` is in another kind of unit"),
            format!("write it like `{example}`"),
        ),
        Err(fault) => Check::Bad(
            fault.message,
            fault
                .help
                .unwrap_or_else(|| format!("write it like `{example}`")),
        ),
    }
}

/// Checks a share of all requests.
pub(super) fn share(value: &str) -> Check {
    match design::share(value) {
        Some(Err(message)) => Check::Bad(capitalised(&message), "write it like `20 %`".to_owned()),
        Some(Ok(_)) => Check::Good(String::new()),
        None => measured(value, "%", "20 %"),
    }
}

/// A condition that the file could not be read with must not get into it.
pub(super) fn check_condition(model: &Model, value: &str) -> Check {
    if value.is_empty() {
        return Check::Good(String::new());
    }
    match model.base.condition(value) {
        Ok(_) => Check::Good(String::new()),
        Err(faults) => {
            let fault = faults.into_iter().next();
            let (message, help) =
                fault.map_or((String::new(), None), |fault| (fault.message, fault.help));
            let example = || "write it like `peak_rps > 5000/s and teams >= 3`".to_owned();
            Check::Bad(message, help.unwrap_or_else(example))
        }
    }
}

pub(super) fn check_date(value: &str) -> Check {
    if value.is_empty() || design::is_day(value) {
        Check::Good(String::new())
    } else {
        Check::Bad(
            format!("`{value}` is not a date"),
            "write year, month and day like `2027-03-31`".to_owned(),
        )
    }
}
