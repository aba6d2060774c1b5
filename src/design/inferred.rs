//! What the interfaces and entities of a design say that answers a requirement.
//!
//! Which requirement they answer, and how, is told by the knowledge (`inferred_from`). Where nobody answered it, what
//! they say stands in; where somebody did and they deny it, that is a warning. Nothing follows from an answer here, so
//! there is no circle, and nothing is written to the file.

use super::{By, Design, Kind, Timing, share};
use crate::expression::{Unit, parse_number};
use crate::knowledge::{
    Answer, Choice, FactId, FactKind, Inference, KnowledgeBase, Requirement, Text, fold,
};
use crate::problem::shortened;
use crate::reasoning::Situation;

/// All requests, in millionths: sums of shares are exact.
const ALL: u64 = 1_000_000;
/// How far a share that is written in whole percents may be from what is meant, in millionths.
const ROUNDING: u64 = 5_000;
/// How often one request is believed to access one entity: a peak lower than the accesses by more than this denies them.
const TOUCHED: f64 = 10.0;
/// The hops that who follows relations takes at least, and is taken to take where nobody says how many.
const HOPS: (f64, f64) = (1.0, 2.0);

/// What is said of a requirement.
#[derive(Debug, PartialEq)]
pub(super) struct Inferred {
    /// The answer that follows; none where it only bounds the answer.
    pub(super) answer: Option<Answer>,
    /// The least and the greatest answer that it leaves, as [`measure`] counts.
    pub(super) within: (f64, f64),
    /// What is said, as a clause.
    pub(super) said: String,
    /// Where: the section, the place in it, and the key of the entry.
    pub(super) place: (&'static str, usize, &'static str),
}

impl Inferred {
    /// Whether an answer is not among those that are left.
    pub(super) fn denies(&self, answer: Answer) -> bool {
        let (least, most) = self.within;
        !(least..=most).contains(&measure(answer))
    }
}

/// An answer that the interfaces or entities deny.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denial {
    /// The requirement.
    pub requirement: FactId,
    /// The answer, as the design file says it.
    pub answer: String,
    /// What the section says instead, as a clause.
    pub said: String,
    /// The section of the design that denies it: `interfaces` or `entities`.
    pub section: &'static str,
}

/// Returns the answers that the interfaces and entities of the design deny, in the order of the knowledge.
pub fn denials(base: &KnowledgeBase, design: &Design, situation: &Situation) -> Vec<Denial> {
    let denied = |(id, requirement): (FactId, &Requirement)| {
        let answer = *situation.answers.get(&id)?;
        let inferred = inferred(design, requirement).filter(|it| it.denies(answer))?;
        Some(Denial {
            requirement: id,
            answer: requirement.write(answer),
            said: inferred.said,
            section: inferred.place.0,
        })
    };
    base.requirement_ids().filter_map(denied).collect()
}

/// An answer as a number: that of a choice is its place, that of yes is 1.
fn measure(answer: Answer) -> f64 {
    match answer {
        Answer::Number(number) => number,
        Answer::Bool(value) => f64::from(u8::from(value)),
        Answer::Choice(place) => f64::from(place),
    }
}

/// Returns what the design says of a requirement elsewhere than in its answer.
pub(super) fn inferred(design: &Design, requirement: &Requirement) -> Option<Inferred> {
    match requirement.inferred_from? {
        Inference::ShareOfReads => share_of_reads(design),
        Inference::LatencyOfReads => latency(design, requirement, Kind::Read),
        Inference::LatencyOfWrites => latency(design, requirement, Kind::Write),
        Inference::Callers => callers(design, requirement),
        Inference::AccessByText => access_by_text(design),
        Inference::AccessByKey => access_by_key(design),
        Inference::AccessByHops => access_by_hops(design),
        Inference::AccessRates => access_rates(design, requirement),
    }
}

/// The share of reads lies between what is told to read and what is not told to write; it is known when both together are
/// told of all requests. Interfaces without a share have none of them then.
fn share_of_reads(design: &Design) -> Option<Inferred> {
    let (mut reads, mut writes, mut count, mut first) = (0, 0, 0, None);
    for (index, interface) in design.interfaces.iter().enumerate() {
        let (Some(kind), Some(Ok(share))) = (interface.kind, share(&interface.share)) else {
            continue;
        };
        let share = (share * ALL as f64).round() as u64;
        match kind {
            Kind::Read => reads += share,
            Kind::Write => writes += share,
        }
        count += 1;
        first.get_or_insert(index);
    }
    let (rounding, total) = (ROUNDING * count, reads + writes);
    // More than everything is wrong by itself and is told as that.
    if total > ALL + rounding {
        return None;
    }
    let is_all = total + rounding >= ALL;
    let part = |share: u64, of: u64| share as f64 / of as f64;
    let least = reads.saturating_sub(rounding);
    let most = (ALL + rounding).saturating_sub(writes);
    let percent = |share: u64| format!("{}", (share as f64 / 1_000.0).round() / 10.0);
    Some(Inferred {
        answer: is_all.then(|| Answer::Number(part(reads, total))),
        within: (part(least, ALL), part(most, ALL)),
        said: format!(
            "of all requests, the interfaces give {} % to reads and {} % to writes",
            percent(reads),
            percent(writes)
        ),
        place: ("interfaces", first?, "share"),
    })
}

/// The target must do for the interface that may take the least; what nobody waits for has none.
fn latency(design: &Design, requirement: &Requirement, kind: Kind) -> Option<Inferred> {
    let told = design
        .interfaces
        .iter()
        .enumerate()
        .filter(|(_, interface)| {
            interface.kind == Some(kind) && interface.style != Some(Timing::Async)
        });
    let (index, tightest) = told
        .filter_map(
            |(index, interface)| match requirement.parse(&interface.latency) {
                Ok(Answer::Number(number)) => Some((index, number)),
                _ => None,
            },
        )
        .min_by(|(_, left), (_, right)| left.total_cmp(right))?;
    let interface = design.interfaces.get(index)?;
    Some(Inferred {
        answer: Some(Answer::Number(tightest)),
        // The same time in two units may differ in the last bit.
        within: (f64::NEG_INFINITY, tightest * (1.0 + 1e-9)),
        said: format!(
            "the interface `{}` may take {}",
            shortened(&interface.name),
            requirement.write(Answer::Number(tightest))
        ),
        place: ("interfaces", index, "latency"),
    })
}

/// The values of the requirement go from the least to the most demanding caller. A caller who is not understood says
/// nothing.
fn callers(design: &Design, requirement: &Requirement) -> Option<Inferred> {
    let FactKind::Choice { values, .. } = &requirement.kind else {
        return None;
    };
    let named = design
        .interfaces
        .iter()
        .enumerate()
        .filter_map(|(index, interface)| {
            let place = called(&interface.caller, values, &requirement.unless_called)?;
            Some((u8::try_from(place).ok()?, index))
        });
    // Of several with the same caller, the first is named.
    let (place, index) = named.max_by_key(|(place, index)| (*place, std::cmp::Reverse(*index)))?;
    let interface = design.interfaces.get(index)?;
    Some(Inferred {
        answer: Some(Answer::Choice(place)),
        within: (f64::from(place), f64::INFINITY),
        said: format!(
            "the interface `{}` is called by `{}`",
            shortened(&interface.name),
            shortened(&interface.caller)
        ),
        place: ("interfaces", index, "caller"),
    })
}

/// The place of the most demanding value that a caller is named like: as a whole, or by whole words in it, in the singular
/// or plural.
fn called(caller: &str, values: &[Choice], unless: &[Text]) -> Option<usize> {
    let stem = |text: &str| text.trim_end_matches('s').to_owned();
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|letter: char| !letter.is_alphanumeric());
        let words = words.map(str::to_lowercase).map(|word| stem(&word));
        words.filter(|word| !word.is_empty()).collect()
    };
    let given = words(caller);
    let whole = stem(&fold(caller));
    let is_denied = |word: &String| unless.iter().any(|other| other.as_str() == word);
    let has = |name: &str| {
        let named = words(name);
        let is_other = |word: &String| is_denied(word) && !named.contains(word);
        named.iter().all(|word| given.contains(word)) && !given.iter().any(is_other)
    };
    values.iter().rposition(|one| {
        let also = one.called.iter().map(Text::as_str);
        stem(&fold(&one.value)) == whole || has(&one.value) || also.clone().any(has)
    })
}

/// The first entity that is found in one of some ways, with the way.
fn found_by(design: &Design, ways: impl Fn(By) -> bool) -> Option<(usize, By)> {
    let mut entities = design.entities.iter().enumerate();
    entities.find_map(|(index, entity)| {
        let access = entity.access.iter().find(|access| ways(access.by))?;
        Some((index, access.by))
    })
}

/// Whoever finds an entity by words in its text needs search; that nobody is told to says nothing.
fn access_by_text(design: &Design) -> Option<Inferred> {
    let (index, _) = found_by(design, |by| by == By::Text)?;
    Some(access(design, index, By::Text, true, (1.0, 1.0)))
}

/// One other way denies that keys are all. That no other is told proves nothing: entities may be missing from the list.
fn access_by_key(design: &Design) -> Option<Inferred> {
    let (index, by) = found_by(design, |by| by != By::Key)?;
    Some(access(design, index, by, false, (0.0, 0.0)))
}

/// Who follows relations takes some hops; how many is not told.
fn access_by_hops(design: &Design) -> Option<Inferred> {
    let (index, by) = found_by(design, |by| by == By::Hops)?;
    let (least, likely) = HOPS;
    let said = access(design, index, by, true, (least, f64::INFINITY));
    Some(Inferred {
        answer: Some(Answer::Number(likely)),
        ..said
    })
}

/// The peak is about what the entity accessed most is told to be read and written at: what touches several entities is
/// counted once. A request may access one several times, so that only a much lower answer is denied.
fn access_rates(design: &Design, requirement: &Requirement) -> Option<Inferred> {
    let FactKind::Number { max, .. } = &requirement.kind else {
        return None;
    };
    let sums = design.entities.iter().enumerate().map(|(index, entity)| {
        let rates = entity.access.iter().filter_map(|access| rate(&access.rate));
        (index, rates.sum::<f64>())
    });
    let (index, most) = sums.max_by(|left, right| left.1.total_cmp(&right.1))?;
    if most <= 0.0 {
        return None;
    }
    let answer = Answer::Number(most.min(*max));
    let name = (design.entities.get(index)).map_or("", |entity| entity.name.as_str());
    Some(Inferred {
        answer: Some(answer),
        within: (most.min(*max) / TOUCHED, f64::INFINITY),
        said: format!(
            "the entity `{}` is accessed {} altogether",
            shortened(name),
            requirement.write(answer)
        ),
        place: ("entities", index, "access"),
    })
}

/// How often, per second; none where the text is no rate.
fn rate(text: &str) -> Option<f64> {
    let unit = Unit::parse("1/s").ok()?;
    let number = parse_number(text, &unit).ok()?;
    let is_rate = (number.unit).is_none_or(|given| given.dimension == unit.dimension);
    (is_rate && number.value > 0.0).then_some(number.value)
}

fn access(design: &Design, index: usize, by: By, answer: bool, within: (f64, f64)) -> Inferred {
    let name = (design.entities.get(index)).map_or("", |entity| entity.name.as_str());
    Inferred {
        answer: Some(Answer::Bool(answer)),
        within,
        said: format!("the entity `{}` is found by {}", shortened(name), by.word()),
        place: ("entities", index, "access"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caller_is_known_by_whole_words() {
        let base = crate::builtin::knowledge();
        let callers = base.requirement(base.find_fact("api_consumers").unwrap());
        let callers = callers.unwrap();
        let FactKind::Choice { values, .. } = &callers.kind else {
            panic!("callers are chosen from a list");
        };
        for (caller, value) in [
            ("partner", Some("partners")),
            ("Partner systems", Some("partners")),
            ("systems of our suppliers", Some("partners")),
            ("third-party software", Some("partners")),
            ("customers' systems", Some("partners")),
            ("the public", Some("public")),
            ("partners and public API clients", Some("public")),
            ("own UI", Some("own_ui")),
            ("other services", Some("internal_services")),
            ("publican", None),
            ("partnership team", None),
            ("public website", None),
            ("partner portal", None),
            ("non-public tools", None),
            ("staff", None),
            ("customers", None),
            ("", None),
        ] {
            let found = called(caller, values, &callers.unless_called);
            let found = found.map(|place| values[place].value.as_str());
            assert_eq!(found, value, "{caller}");
        }
    }

    #[test]
    fn a_rate_is_told_per_time() {
        assert_eq!(rate("8000/s"), Some(8000.0));
        assert_eq!(rate("12k/s"), Some(12_000.0));
        assert_eq!(rate("120/min"), Some(2.0));
        for other in ["often", "5 GB", "-3/s", ""] {
            assert_eq!(rate(other), None, "{other}");
        }
    }
}
