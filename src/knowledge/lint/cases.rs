//! Golden cases that can be met by nothing, or by everything.

use super::Findings;
use crate::knowledge::{DecisionId, KnowledgeBase, PatternId};
use crate::problem::{Problem, nearest};

/// Options of decisions, as a case names them.
type Named<'b> = &'b [(DecisionId, Vec<PatternId>)];

pub(super) fn check(base: &KnowledgeBase, found: &mut Findings<'_>) {
    for case in &base.cases {
        let lists: [(&str, Named<'_>); 4] = [
            ("expect", &case.expect),
            ("forbid", &case.forbid),
            ("include", &case.include),
            ("decisions", &case.decisions),
        ];
        let entry = format!("case/{}", case.id);
        for (key, list) in lists {
            for (decision, options) in list {
                let decision = base.decision(*decision);
                let offered = |option: &PatternId| decision.options.contains(option);
                // Where an option is named wrongly, it is that one which is missed here.
                if found
                    .loaded
                    .broken
                    .has(&format!("decision/{}", decision.id))
                {
                    continue;
                }
                for option in options.iter().filter(|option| !offered(option)) {
                    let id = base.pattern(*option).id.as_str();
                    let known = decision.options.iter();
                    let known: Vec<&str> = known.map(|id| base.pattern(*id).id.as_str()).collect();
                    let help = match nearest(id, known.iter().copied()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("one of: {}", known.join(", ")),
                    };
                    let message = format!("`{id}` is no option of `{}`", decision.id);
                    let problem = Problem::error(message).help(help);
                    found.tell_item(&entry, &[key, &decision.id], id, problem);
                }
            }
        }
        for (decision, expected) in case.expect.iter().chain(&case.include) {
            let forbidden = (case.forbid.iter()).filter(|(other, _)| other == decision);
            let decision = base.decision(*decision);
            for option in forbidden.flat_map(|(_, options)| options) {
                if expected.contains(option) {
                    let id = base.pattern(*option).id.as_str();
                    let message =
                        format!("`{id}` is both wanted and forbidden of `{}`", decision.id);
                    let problem = Problem::error(message).help("take it out of one of the two");
                    found.tell_item(&entry, &["forbid", &decision.id], id, problem);
                }
            }
        }
    }
}
