//! Conditions that never hold, that always hold, and cases that an earlier one takes.

use super::Findings;
use super::logic::{Demand, Logic};
use crate::expression::Node;
use crate::knowledge::{Condition, DefaultAnswer, KnowledgeBase};
use crate::problem::{Problem, shortened};

/// A condition and where it stands.
pub(super) struct Placed<'b> {
    pub(super) entry: String,
    path: Vec<String>,
    pub(super) condition: &'b Condition,
}

pub(super) fn check(base: &KnowledgeBase, logic: &Logic, found: &mut Findings<'_>) {
    let unsure = logic.without(found.doubtful.facts());
    for placed in conditions(base) {
        // `true` and `false` alone are meant.
        if let [Node::Bool(_)] = placed.condition.expression.nodes() {
            continue;
        }
        // What its entry says otherwise does not matter, only what the condition itself reads; and of a fact in doubt
        // only what holds whatever it is.
        if found.doubtful.taints_patterns(&placed.condition.expression) {
            continue;
        }
        let is_unsure = found.doubtful.taints(&placed.condition.expression);
        let logic = if is_unsure { &unsure } else { logic };
        let text = shortened(&placed.condition.text);
        let path: Vec<&str> = placed.path.iter().map(String::as_str).collect();
        if !holds(logic, placed.condition, true) {
            let problem = Problem::warning(format!("this condition can never hold: `{text}`"))
                .help("no answers and choices meet all of it at once: say what was meant");
            found.tell(&placed.entry, &path, problem);
        } else if let Some(facts) = logic.dead_alternative(&placed.condition.expression) {
            let names: Vec<String> = (facts.iter())
                .map(|fact| format!("`{}`", base.fact(*fact).0))
                .collect();
            let problem = Problem::warning(format!(
                "an alternative about {} can never hold: `{text}`",
                names.join(", ")
            ))
            .help("no answer that is taken meets it: say what was meant, or take it out");
            found.tell(&placed.entry, &path, problem);
        } else if !holds(logic, placed.condition, false) {
            let problem = Problem::warning(format!("this condition always holds: `{text}`"))
                .help("no answers and choices fail it: leave it out, or say what was meant");
            found.tell(&placed.entry, &path, problem);
        }
    }
    dead_cases(base, logic, found);
    dead_parts(base, logic, found);
}

/// Conditions inside formulas that never hold.
fn dead_parts(base: &KnowledgeBase, logic: &Logic, found: &mut Findings<'_>) {
    let quantities =
        (base.quantity_ids()).map(|(_, it)| (format!("quantity/{}", it.id), &it.formula));
    let defaults = base.requirements.iter().filter_map(|it| match &it.default {
        DefaultAnswer::Formula(formula) => Some((format!("requirement/{}", it.id), formula)),
        _ => None,
    });
    for (entry, formula) in quantities.chain(defaults) {
        if found.doubtful.taints(formula) || found.doubtful.taints_patterns(formula) {
            continue;
        }
        let Some(facts) = logic.dead_part(formula) else {
            continue;
        };
        let names: Vec<String> = (facts.iter())
            .map(|fact| format!("`{}`", base.fact(*fact).0))
            .collect();
        let problem = Problem::warning(format!(
            "a condition in this formula can never hold: the one about {}",
            names.join(", ")
        ))
        .help("no answers meet all of it at once: say what was meant, or take it out");
        found.tell(&entry, &["formula"], problem);
    }
}

fn holds(logic: &Logic, condition: &Condition, wanted: bool) -> bool {
    logic.possible(&[(&condition.expression, wanted)])
}

/// Cases of effects that hold only where an earlier one holds, which counts then.
fn dead_cases(base: &KnowledgeBase, logic: &Logic, found: &mut Findings<'_>) {
    for pattern in &base.patterns {
        for effect in &pattern.effects {
            let mut before: Vec<&Condition> = Vec::new();
            for (index, case) in effect.cases.iter().enumerate() {
                let Some(when) = &case.when else { continue };
                let demands: Vec<Demand<'_>> = std::iter::once((&when.expression, true))
                    .chain(before.iter().map(|earlier| (&earlier.expression, false)))
                    .collect();
                let is_sound =
                    |condition: &&Condition| !found.doubtful.taints(&condition.expression);
                if !before.is_empty()
                    && before.iter().chain([&when]).all(is_sound)
                    && holds(logic, when, true)
                    && !logic.possible(&demands)
                {
                    let implied = before.iter().find(|earlier| {
                        !logic.possible(&[(&when.expression, true), (&earlier.expression, false)])
                    });
                    let why = match implied {
                        Some(earlier) => format!(
                            "whatever meets it meets `{}` before it: put the narrower case first",
                            shortened(&earlier.text)
                        ),
                        None => "the cases before it together take all of it".to_owned(),
                    };
                    let axis = base.axis(effect.axis).id.as_str();
                    let text = shortened(&when.text);
                    found.tell(
                        &format!("pattern/{}", pattern.id),
                        &["effects", axis, &index.to_string(), "when"],
                        Problem::warning(format!("this case can never be reached: `{text}`"))
                            .help(why),
                    );
                }
                before.push(when);
            }
        }
    }
}

pub(super) fn conditions<'b>(base: &'b KnowledgeBase) -> Vec<Placed<'b>> {
    let mut all: Vec<Placed<'b>> = Vec::new();
    let mut add = |entry: String, path: &[&str], condition: Option<&'b Condition>| {
        all.extend(condition.map(|condition| Placed {
            entry,
            path: path.iter().map(|step| (*step).to_owned()).collect(),
            condition,
        }));
    };
    for decision in &base.decisions {
        let entry = || format!("decision/{}", decision.id);
        add(entry(), &["when"], decision.when.as_ref());
        add(entry(), &["called_for"], decision.called_for.as_ref());
    }
    for pattern in &base.patterns {
        let entry = || format!("pattern/{}", pattern.id);
        add(entry(), &["use"], pattern.applies.as_deref());
        add(
            entry(),
            &["driver"],
            pattern.driver.as_ref().map(|driver| &driver.when),
        );
        add(
            entry(),
            &["norm", "unless"],
            pattern.norm.as_ref().map(|norm| &norm.unless),
        );
        for (hazard, condition) in &pattern.closes_when {
            let hazard = base.hazard(*hazard).id.as_str();
            add(entry(), &["closes_when", hazard], Some(condition));
        }
        for (index, limit) in pattern.limits.iter().enumerate() {
            let index = index.to_string();
            add(entry(), &["limits", &index, "when"], Some(&limit.when));
        }
        for effect in &pattern.effects {
            let axis = base.axis(effect.axis).id.as_str();
            for (index, case) in effect.cases.iter().enumerate() {
                let index = index.to_string();
                add(
                    entry(),
                    &["effects", axis, &index, "when"],
                    case.when.as_ref(),
                );
            }
        }
    }
    for hazard in &base.hazards {
        let entry = || format!("hazard/{}", hazard.id);
        add(entry(), &["matters"], hazard.matters.as_ref());
        add(entry(), &["arises"], hazard.arises.as_ref());
    }
    for rule in &base.rules {
        add(format!("rule/{}", rule.id), &["when"], Some(&rule.when));
    }
    for implied in &base.implied {
        add(
            format!("implied/{}", implied.id),
            &["when"],
            Some(&implied.when),
        );
    }
    for remark in &base.remarks {
        add(
            format!("{}/{}", remark.kind, remark.id),
            &["check"],
            remark.check.as_ref(),
        );
    }
    all
}
