//! Uses the advisor as a library: a few answers in, recommendations with their points out.
//!
//! `cargo run --example advise`

use archadvisor::builtin;
use archadvisor::knowledge::{KnowledgeBase, Pick};
use archadvisor::reasoning::{Advice, DecisionState, Situation, advise};
use std::error::Error;
use std::io::{self, Write};

fn main() -> Result<(), Box<dyn Error>> {
    let base = builtin::knowledge();

    // What is not answered stays unknown: it rules nothing out, and shows up among the questions.
    let mut situation = Situation::default();
    for (requirement, answer) in [
        ("peak_rps", "12k/s"),
        ("read_share", "95 %"),
        ("money_like", "true"),
        ("avail_target", "99.95 %"),
        ("engineers", "25"),
    ] {
        situation
            .answer(&base, requirement, answer)
            .map_err(|error| error.message)?;
    }
    situation
        .prioritise(&base, "consistency", "critical")
        .map_err(|error| error.message)?;

    let advice = advise(&base, &situation);
    print(&base, &advice, &mut io::stdout().lock())?;
    Ok(())
}

/// Prints the recommendation of every open core decision that takes one option, and what to find out next.
fn print(base: &KnowledgeBase, advice: &Advice, out: &mut impl Write) -> io::Result<()> {
    for decision in &advice.decisions {
        let entry = base.decision(decision.id);
        let Some(best) = decision.options.first().filter(|_| {
            entry.core && entry.pick == Pick::One && decision.state == DecisionState::Open
        }) else {
            continue;
        };
        let name = &base.pattern(best.pattern).name;
        writeln!(
            out,
            "{}: {name}, {:+} ({})",
            entry.name,
            best.score,
            decision.certainty.word()
        )?;
        // The points of a contribution are priority times effect, and they add up to the score.
        for part in best
            .contributions
            .iter()
            .filter(|part| part.effect != 0 && part.priority != 0)
        {
            let because = part
                .claim
                .and_then(|claim| base.claim(claim))
                .map_or("", |claim| &claim.support.because);
            let points = part.priority * i32::from(part.effect);
            writeln!(
                out,
                "  {points:+4}  {}: {because}",
                base.axis(part.axis).name
            )?;
        }
    }
    writeln!(out, "\nWorth finding out next:")?;
    for question in advice.questions.iter().take(3) {
        if let Some(requirement) = base.requirement(question.requirement) {
            writeln!(out, "  {} ({})", requirement.question, requirement.id)?;
        }
    }
    Ok(())
}
