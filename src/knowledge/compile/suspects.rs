//! Quantities that are declared to be what their formula does not give: what else then does not fit follows from that.

use super::{Entry, Names};
use crate::expression::{Expression, Fault, Scope, compile_formula, formula_type};
use crate::knowledge::broken::words;
use crate::knowledge::raw::RawQuantity;
use crate::problem::Problem;
use std::collections::BTreeMap;

/// The quantities in doubt, and what rests on them.
pub(super) struct Suspects {
    /// All names, with these quantities as their formulas give them; none where no quantity is in doubt.
    names: Option<Names>,
    /// Of each its error among all problems, and how many others are none once it is mended.
    counts: BTreeMap<String, (Option<usize>, usize)>,
}

impl Suspects {
    pub(super) fn new(names: &Names, quantities: &[&Entry<'_, RawQuantity>]) -> Self {
        let mut counts = BTreeMap::new();
        let mut mended = names.clone();
        let formula = |entry: &&&Entry<'_, RawQuantity>| {
            let id = entry.raw.quantity.clone()?;
            Some((id, entry.raw.formula.clone()?))
        };
        // One that reads another of them may be right once that one is mended.
        loop {
            let faulty: Vec<(String, String)> =
                (quantities.iter().filter_map(|entry| formula(&entry)))
                    .filter(|(id, text)| {
                        let declared = mended.fact(id).map(|(_, declared)| declared);
                        declared.is_some_and(|kind| compile_formula(text, &mended, &kind).is_err())
                    })
                    .collect();
            let reads_faulty = |(id, text): &&(String, String)| {
                let is_other =
                    |word: &String| word != id && faulty.iter().any(|(id, _)| id == word);
                words(text).any(|word| is_other(&word))
            };
            let roots = faulty.iter().filter(|quantity| !reads_faulty(quantity));
            let mut is_mended = false;
            for (id, text) in roots {
                let given = formula_type(text, &mended);
                let fact = mended.facts.iter_mut().find(|(name, _)| name == id);
                if let (Some(given), Some(fact)) = (given, fact)
                    && given != fact.1
                {
                    fact.1 = given;
                    counts.insert(id.clone(), (None, 0));
                    is_mended = true;
                }
            }
            if !is_mended {
                break;
            }
        }
        Self {
            names: (!counts.is_empty()).then_some(mended),
            counts,
        }
    }

    /// Notes which problem tells of a quantity, if it is one of these.
    pub(super) fn told(&mut self, id: &str, problem: usize) {
        if let Some((place, _)) = self.counts.get_mut(id) {
            place.get_or_insert(problem);
        }
    }

    /// Returns what a faulty text means once these quantities are mended, and counts it; none where it stays faulty.
    pub(super) fn meant(
        &mut self,
        text: &str,
        faults: usize,
        compile: impl Fn(&Names) -> Result<Expression, Vec<Fault>>,
    ) -> Option<Expression> {
        let expression = compile(self.names.as_ref()?).ok()?;
        let cause = words(text).find(|word| self.counts.contains_key(word))?;
        self.counts.get_mut(&cause)?.1 += faults;
        Some(expression)
    }

    /// Says at each cause how much follows from it.
    pub(super) fn tell(&self, problems: &mut [Problem]) {
        for (place, count) in self.counts.values() {
            let problem = place.and_then(|index| problems.get_mut(index));
            if let Some(problem) = problem.filter(|_| *count > 0) {
                let verb = if *count == 1 { "follows" } else { "follow" };
                problem.help = Some(format!(
                    "correct the unit or the formula; {count} more {verb} from it"
                ));
            }
        }
    }
}
