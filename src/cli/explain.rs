//! `archadvisor explain`: why an option of a decision, or a practice, is where it is, in numbers that add up.

use super::arguments::ExplainArguments;
use super::input::{self, Missing};
use super::knowledge::Shelf;
use super::output::{Output, Text};
use super::patterns::signed_points;
use super::recommend::verdict_role;
use super::show::{precedent, sources};
use super::style::Role;
use super::{Stdout, clock, names};
use crate::design::holds_now;
use crate::failure::{Failure, Outcome};
use crate::knowledge::{Decision, DecisionId, FactId, KnowledgeBase, PatternId, Pick, SourceId};
use crate::reasoning::{
    Advice, DecisionAdvice, DecisionState, OptionAdvice, Origin, Reason, ReasonKind, Verdict,
};
use crate::report::{advice as advice_report, explain as report, words};
use std::io::{self, Write};
use std::path::Path;

/// Whether a word names a design wherever it stands.
fn is_design(word: &str) -> bool {
    let extension = Path::new(word).extension();
    word == "-" || extension.is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// Takes a design file off the words, when one leads them: neither a decision nor an option is called so.
fn split(words: &[String]) -> (Option<&Path>, &[String]) {
    match words.split_first() {
        Some((first, rest)) if is_design(first) => (Some(Path::new(first)), rest),
        _ => (None, words),
    }
}

/// What would fix words of which one behind the decision is a file: how its design is named.
fn design_hint(words: &[String]) -> Option<String> {
    let is_file = |word: &&String| is_design(word) || Path::new(word.as_str()).is_file();
    let file = words.iter().skip(1).find(is_file)?;
    let rest = words.iter().filter(|word| *word != file);
    let rest = rest.map(String::as_str).collect::<Vec<_>>().join(" ");
    Some(if is_design(file) {
        format!("the design goes first: `archadvisor explain {file} {rest}`")
    } else {
        format!("the design is named with `archadvisor explain {rest} --design {file}`")
    })
}

/// Finds an option; what is none but names a file is told where the design goes.
fn option_called(
    base: &KnowledgeBase,
    decision: &Decision,
    name: &str,
    hint: Option<String>,
) -> Result<PatternId, Failure> {
    names::option(base, decision, name).map_err(|failure| match hint {
        Some(help) => {
            let message = format!("there is no option of `{}` called `{name}`", decision.id);
            Failure::with_help(&message, &help)
        }
        None => failure,
    })
}

/// Explains.
pub(super) fn run(
    shelf: Shelf<'_>,
    arguments: &ExplainArguments,
    output: &mut Stdout,
) -> anyhow::Result<Outcome> {
    let (named, words) = split(&arguments.words);
    let has_design = named.is_some() || arguments.design.is_some();
    let hint = (!has_design).then(|| design_hint(words)).flatten();
    let (Some(decision), option, None) = (words.first(), words.get(1), words.get(2)) else {
        let usage = "archadvisor explain [DESIGN] <DECISION|PRACTICE> [OPTION]; a design file ends in `.yaml`";
        let help = hint.as_deref().unwrap_or(usage);
        return Err(Failure::with_help("one decision is explained at a time", help).into());
    };
    if named.is_some() && arguments.design.is_some() {
        let help = "name it before the decision, or with `--design`";
        return Err(Failure::with_help("the design is named twice", help).into());
    }
    let input = input::read(
        shelf,
        named.or(arguments.design.as_deref()),
        &arguments.set.set,
        Missing::Blank,
        &clock::today(),
    )?;
    let base = &input.base;
    if let (Some(practice), None) = (names::practice(base, decision), option) {
        let advice = input.advice();
        let explained = report::practice(base, &input.situation, &advice, practice);
        if arguments.json.json {
            output.json(&report::practice_json(base, &explained))?;
        } else {
            super::recommend::header(&input, output)?;
            practice_page(base, &advice, &explained, output)?;
        }
        return Ok(Outcome::Fine);
    }
    let (id, wanted) = match (names::sole_option(base, decision), option) {
        (Some((home, option)), None) => (home, Some(option)),
        (_, name) => {
            let known = names::sole_option(base, decision).is_some()
                || names::practice(base, decision).is_some();
            let id = names::decision(base, decision).map_err(|failure| match &hint {
                Some(help) if known => {
                    let message = format!("a design stands behind `{decision}`");
                    Failure::with_help(&message, help)
                }
                _ => failure,
            })?;
            let wanted = name.map(|name| option_called(base, base.decision(id), name, hint));
            (id, wanted.transpose()?)
        }
    };
    let advice = input.advice();
    let focus = report::focus(base, &advice, id, wanted);
    if arguments.json.json {
        output.json(&report::json(base, &advice, id, &focus))?;
        return Ok(Outcome::Fine);
    }
    super::recommend::header(&input, output)?;
    page(base, &advice, id, &focus, output)?;
    Ok(Outcome::Fine)
}

fn page<W: Write>(
    base: &KnowledgeBase,
    advice: &Advice,
    id: DecisionId,
    focus: &report::Focus<'_>,
    output: &mut Output<W>,
) -> io::Result<()> {
    let (decision, entry) = (base.decision(id), advice.decision(id));
    output.wrap(
        &Text::new(Role::Title, &decision.name)
            .and(Role::Dim, format!("  decision {}", decision.id)),
        0,
        0,
    )?;
    output.wrap(&Text::plain(&decision.question), 0, 0)?;
    output.blank()?;
    if !entry.arises {
        moot(base, advice, entry, output)?;
        if entry.state == DecisionState::NotApplicable {
            return Ok(());
        }
        output.blank()?;
    }
    let mut cited = Vec::new();
    if focus.options.is_empty() {
        output.wrap(&Text::plain("Nothing is recommended."), 0, 0)?;
    }
    for (index, option) in focus.options.iter().enumerate() {
        if index > 0 {
            output.blank()?;
        }
        verdict(base, advice, entry, option, output)?;
        points(base, advice, option, &mut cited, output)?;
    }
    if let (Some(rival), [option]) = (focus.rival, focus.options.as_slice()) {
        contrast(base, entry, option, rival, output)?;
    }
    others(base, advice, entry, focus, &mut cited, output)?;
    next_rungs(base, advice, entry, focus, output)?;
    assumptions(base, advice, entry, focus, output)?;
    background(base, advice, id, output)?;
    sources(base, cited, output)
}

/// Says that the question of a decision does not arise, when it would, and how those facts stand.
pub(super) fn moot<W: Write>(
    base: &KnowledgeBase,
    advice: &Advice,
    entry: &DecisionAdvice,
    output: &mut Output<W>,
) -> io::Result<()> {
    let told = match entry.state {
        DecisionState::Chosen => {
            "It does not arise here, though something is chosen; the options are compared all the same."
        }
        _ => "It does not arise here.",
    };
    output.wrap(&Text::plain(told), 0, 0)?;
    let Some(when) = &base.decision(entry.id).when else {
        return Ok(());
    };
    output.wrap(
        &Text::plain("It arises when ")
            .and(Role::Id, &when.text)
            .then("."),
        0,
        0,
    )?;
    let mut reads = when.expression.facts();
    reads.sort_unstable();
    reads.dedup();
    if !reads.is_empty() {
        output.heading("As things stand")?;
    }
    for fact in reads {
        output.item(2, "-", &standing(base, advice, fact))?;
    }
    Ok(())
}

/// Why a practice is advised, or not.
fn practice_page<W: Write>(
    base: &KnowledgeBase,
    advice: &Advice,
    explained: &report::Practice<'_>,
    output: &mut Output<W>,
) -> io::Result<()> {
    let option = explained.advice.as_ref();
    let pattern = base.pattern(option.pattern);
    let (role, word) = match explained.standing {
        report::Standing::Adopted => (Role::Good, "adopted"),
        report::Standing::Recommended => (Role::Good, "recommended"),
        report::Standing::NotTaken => (Role::Warn, "not recommended"),
    };
    let title = Text::new(Role::Title, &pattern.name)
        .and(Role::Dim, format!("  practice {}: ", pattern.id))
        .and(role, word)
        .with(citation(base, &pattern.sources));
    output.wrap(&title, 0, 2)?;
    output.wrap(&Text::plain(&pattern.what), 0, 0)?;
    output.blank()?;
    reasons(base, advice, option, output)?;
    for hazard in &explained.closes {
        let text = Text::plain("protects: closes the hazard ")
            .then(format!("“{}”", base.hazard(*hazard).name));
        output.wrap(&text, 2, 4)?;
    }
    let mut cited = Vec::new();
    points(base, advice, option, &mut cited, output)?;
    sources(base, cited, output)
}

fn reasons<W: Write>(
    base: &KnowledgeBase,
    advice: &Advice,
    option: &OptionAdvice,
    output: &mut Output<W>,
) -> io::Result<()> {
    let said = (option.reasons.iter()).filter(|reason| !reason.because.is_empty());
    for reason in said {
        output.wrap(&labelled(base, advice, option.pattern, reason), 2, 4)?;
    }
    Ok(())
}

fn verdict<W: Write>(
    base: &KnowledgeBase,
    advice: &Advice,
    entry: &DecisionAdvice,
    option: &OptionAdvice,
    output: &mut Output<W>,
) -> io::Result<()> {
    let pattern = base.pattern(option.pattern);
    let mut text = Text::new(Role::Strong, &pattern.name)
        .then(" ")
        .and(Role::Id, &pattern.id)
        .then(": ")
        .and(verdict_role(option.verdict), words::verdict(option.verdict));
    if entry.chosen.contains(&option.pattern) {
        text = text.then(", chosen");
    }
    let decision = base.decision(entry.id);
    if decision.pick == Pick::One && option.verdict == Verdict::Recommended {
        text = text.then(format!(", {}", words::sureness(base, entry)));
        if entry.share.1 > 1 {
            text = text.and(Role::Dim, format!(" ({})", words::share(entry.share)));
        }
    }
    output.wrap(&text.with(citation(base, &pattern.sources)), 0, 2)?;
    reasons(base, advice, option, output)
}

/// A reason with what it does, unless its sentence says that already.
fn labelled(base: &KnowledgeBase, advice: &Advice, pattern: PatternId, reason: &Reason) -> Text {
    let label = match reason.kind {
        ReasonKind::NoDriver => Text::default(),
        kind => Text::plain(label(kind)).then(": "),
    };
    label.with(reason_text(base, advice, pattern, reason))
}

/// What a reason does, in words.
fn label(kind: ReasonKind) -> &'static str {
    match kind {
        ReasonKind::Limit => "ruled out",
        ReasonKind::AtRisk => "at risk",
        ReasonKind::Norm => "discouraged",
        ReasonKind::NoDriver => "not called for",
        ReasonKind::Driver => "called for",
        ReasonKind::Floor => "below a floor",
        ReasonKind::Requires => "prerequisite",
        ReasonKind::Excludes => "excluded",
        ReasonKind::LookAhead => "looking ahead",
        ReasonKind::LeavesHazard => "leaves a hazard",
        ReasonKind::Applies => "applies",
        ReasonKind::MayApply => "may apply",
        ReasonKind::DoesNotApply => "does not apply",
        ReasonKind::RequiredBy => "needed",
        ReasonKind::ClosesHazard => "protects",
        ReasonKind::Outweighed => "outweighed",
    }
}

fn reason_text(base: &KnowledgeBase, advice: &Advice, pattern: PatternId, reason: &Reason) -> Text {
    let here = words::grounds(base, advice, reason);
    let leads = reason.alternatives && !here.is_empty();
    let mut text = if leads {
        Text::new(Role::Strong, &here).then(format!(", one of: {}", reason.because))
    } else {
        Text::plain(&reason.because)
    };
    let decides = (reason.kind == ReasonKind::DoesNotApply)
        .then(|| words::failing(base, advice, pattern))
        .flatten();
    // A practice without a condition applies always; `true` says nothing to a reader.
    if let Some(condition) = reason.condition.as_ref().filter(|text| *text != "true") {
        let word = match reason.kind {
            ReasonKind::Norm => " unless ".to_owned(),
            // Here the condition fails: it is not why nothing calls for it, but what would.
            ReasonKind::DoesNotApply => {
                let decides = decides
                    .as_ref()
                    .map_or(String::new(), |facts| format!(" ({facts})"));
                format!("{decides}; it would apply when ")
            }
            _ => " when ".to_owned(),
        };
        text = text.and(Role::Dim, word).and(Role::Id, condition);
    }
    if !here.is_empty() && !leads {
        text = text.and(Role::Strong, format!(" (here: {here})"));
    }
    if !reason.rests_on.is_empty() && decides.is_none() {
        let names: Vec<&str> = reason.rests_on.iter().map(|id| base.fact(*id).0).collect();
        text = text.and(Role::Warn, format!(" (rests on {})", names.join(", ")));
    }
    text.with(citation(base, &reason.sources))
}

fn citation(base: &KnowledgeBase, sources: &[SourceId]) -> Text {
    if sources.is_empty() {
        return Text::default();
    }
    let ids: Vec<&str> = sources
        .iter()
        .map(|id| base.source(*id).id.as_str())
        .collect();
    Text::new(Role::Dim, format!(" [{}]", ids.join(", ")))
}

/// The contributions, largest first, and their sum.
fn points<W: Write>(
    base: &KnowledgeBase,
    advice: &Advice,
    option: &OptionAdvice,
    cited: &mut Vec<SourceId>,
    output: &mut Output<W>,
) -> io::Result<()> {
    // What adds nothing as things stand, but could, is accounted for as well.
    let nothing = option.contributions.iter().filter(|contribution| {
        contribution.effect == 0 && !words::unsaid(base, advice, contribution).is_empty()
    });
    for contribution in words::strongest(option).into_iter().chain(nothing) {
        let axis = base.axis(contribution.axis);
        let level = base.level_name(u8::try_from(contribution.priority).unwrap_or_default());
        let effect = signed_points(i32::from(contribution.effect));
        let factors = format!("  ({level} {} x {effect})", contribution.priority);
        let mut text = Text::new(
            super::patterns::role(contribution.effect),
            format!("{:>4}", signed_points(contribution.points())),
        )
        .then("  ")
        .and(Role::Strong, &axis.name)
        .and(Role::Dim, factors);
        if let Some(claim) = contribution.claim.and_then(|claim| base.claim(claim)) {
            if !claim.support.because.is_empty() {
                text = text.then(" ").then(&claim.support.because);
            } else if contribution.effect == 0 {
                text = text.then(" nothing, as things stand");
            }
            if let Some(condition) = &claim.when {
                text = text.and(Role::Dim, ", as ").and(Role::Id, &condition.text);
            }
            // What the whole pattern rests on is cited once, with its name.
            if claim.support.sources != base.pattern(option.pattern).sources {
                text = text.with(citation(base, &claim.support.sources));
            }
            cited.extend(&claim.support.sources);
        }
        if contribution.low != contribution.high {
            text = text.and(
                Role::Warn,
                format!(
                    " ({:+} to {:+}, depending on what is unknown)",
                    contribution.low, contribution.high
                ),
            );
        }
        output.wrap(&text, 0, 6)?;
    }
    output.line(&Text::new(Role::Dim, "----"))?;
    output.line(
        &Text::new(Role::Strong, format!("{:>4}", signed_points(option.score))).then("  in all"),
    )
}

/// The differences to the rival, which sum up to the difference of the scores.
fn contrast<W: Write>(
    base: &KnowledgeBase,
    entry: &DecisionAdvice,
    option: &OptionAdvice,
    rival: &OptionAdvice,
    output: &mut Output<W>,
) -> io::Result<()> {
    let (ours, theirs) = (base.pattern(option.pattern), base.pattern(rival.pattern));
    let chosen = if entry.chosen.contains(&rival.pattern) {
        ", chosen"
    } else {
        ""
    };
    output.heading(&format!(
        "Against {} ({}{chosen})",
        theirs.name,
        words::verdict(rival.verdict)
    ))?;
    let header = format!("{:>6} {:>6} {:>6}", "this", "other", "differ");
    output.line(&Text::new(Role::Dim, header))?;
    for difference in words::differences(option, rival) {
        let numbers = format!(
            "{:>6} {:>6} {:>6}",
            signed_points(difference.ours.points()),
            signed_points(difference.theirs.points()),
            signed_points(difference.points)
        );
        let text = Text::plain(numbers)
            .then("  ")
            .then(&base.axis(difference.axis).name);
        output.wrap(&text, 0, 22)?;
        let told = if difference.points > 0 {
            &difference.theirs
        } else {
            &difference.ours
        };
        let (told, name) = if told.effect == 0 {
            if difference.points > 0 {
                (&difference.ours, &ours.name)
            } else {
                (&difference.theirs, &theirs.name)
            }
        } else if difference.points > 0 {
            (told, &theirs.name)
        } else {
            (told, &ours.name)
        };
        if let Some(because) = words::because(base, told) {
            output.wrap(&Text::new(Role::Dim, format!("{name}: {because}")), 22, 22)?;
        }
    }
    let sums = format!(
        "{:>6} {:>6} {:>6}",
        signed_points(option.score),
        signed_points(rival.score),
        signed_points(option.score - rival.score)
    );
    output.line(&Text::new(Role::Strong, sums).then("  in all"))?;
    if option.tier != rival.tier {
        let (first, second) = if option.tier < rival.tier {
            (ours, theirs)
        } else {
            (theirs, ours)
        };
        let text = format!(
            "Fit comes before points: {} fits, {} is {}.",
            first.name,
            second.name,
            words::verdict(if option.tier < rival.tier {
                rival.verdict
            } else {
                option.verdict
            })
        );
        output.wrap(&Text::plain(text), 0, 0)?;
    } else if option.score == rival.score {
        output.wrap(
            &Text::plain("Equal points: the simpler option comes first, then catalogue order."),
            0,
            0,
        )?;
    }
    Ok(())
}

fn others<W: Write>(
    base: &KnowledgeBase,
    advice: &Advice,
    entry: &DecisionAdvice,
    focus: &report::Focus<'_>,
    cited: &mut Vec<SourceId>,
    output: &mut Output<W>,
) -> io::Result<()> {
    let shown = |option: &&OptionAdvice| {
        !focus
            .options
            .iter()
            .any(|focused| focused.pattern == option.pattern)
            && focus
                .rival
                .is_none_or(|rival| rival.pattern != option.pattern || !option.reasons.is_empty())
    };
    let rest: Vec<&OptionAdvice> = entry.options.iter().filter(shown).collect();
    if rest.is_empty() {
        return Ok(());
    }
    output.heading("The other options")?;
    for option in rest {
        let pattern = base.pattern(option.pattern);
        let text = Text::plain(format!("{:>4}  ", signed_points(option.score)))
            .and(Role::Id, &pattern.id)
            .then("  ")
            .and(verdict_role(option.verdict), words::verdict(option.verdict));
        output.wrap(&text, 0, 6)?;
        let mut told = false;
        for reason in option
            .reasons
            .iter()
            .filter(|reason| !reason.because.is_empty())
        {
            cited.extend(&reason.sources);
            output.wrap(&labelled(base, advice, option.pattern, reason), 6, 8)?;
            told = true;
        }
        if !told {
            let why = words::objection(base, entry, option);
            if !why.is_empty() {
                output.wrap(&Text::new(Role::Dim, why), 6, 6)?;
            }
        }
    }
    Ok(())
}

/// Where one goes when the option does not do any longer, and what would call for it.
fn next_rungs<W: Write>(
    base: &KnowledgeBase,
    advice: &Advice,
    entry: &DecisionAdvice,
    focus: &report::Focus<'_>,
    output: &mut Output<W>,
) -> io::Result<()> {
    let [option] = focus.options.as_slice() else {
        return Ok(());
    };
    let rungs = report::next_rungs(base, entry.id, option.pattern);
    if rungs.is_empty() {
        return Ok(());
    }
    output.heading("When this no longer does")?;
    for rung in rungs {
        let pattern = base.pattern(rung);
        let mut text = Text::new(Role::Id, &pattern.id);
        if let Some(driver) = &pattern.driver {
            text = text
                .then(match called_for(base, advice, entry, rung) {
                    Some(already) => format!(": {already}; it is for "),
                    None => ": called for by ".to_owned(),
                })
                .then(&driver.because)
                .and(Role::Dim, " when ")
                .and(Role::Id, &driver.when.text);
        }
        output.item(2, "-", &text)?;
    }
    Ok(())
}

/// What became of an option whose time has come already, if it has.
fn called_for(
    base: &KnowledgeBase,
    advice: &Advice,
    entry: &DecisionAdvice,
    rung: PatternId,
) -> Option<String> {
    let option = entry.option(rung)?;
    let has = |kind: ReasonKind| option.reasons.iter().any(|reason| reason.kind == kind);
    let driver = base.pattern(rung).driver.as_ref()?;
    if !has(ReasonKind::Driver) && !holds_now(advice, &driver.when.expression) {
        return None;
    }
    if entry.recommended.contains(&rung) {
        return Some("called for already, and recommended".to_owned());
    }
    if has(ReasonKind::NoDriver) {
        return Some("called for already by what is assumed, which here must be stated".to_owned());
    }
    let winner = entry.recommended.first()?;
    let winner = &base.pattern(*winner).name;
    let why = words::objection(base, entry, option);
    let why = if why.is_empty() {
        why
    } else {
        format!(" ({why})")
    };
    Some(format!("called for already, outvoted by {winner}{why}"))
}

fn assumptions<W: Write>(
    base: &KnowledgeBase,
    advice: &Advice,
    entry: &DecisionAdvice,
    focus: &report::Focus<'_>,
    output: &mut Output<W>,
) -> io::Result<()> {
    let mut used: Vec<_> = focus
        .options
        .iter()
        .flat_map(|option| words::assumptions(base, advice, option))
        .collect();
    used.extend(&entry.hinges_on);
    used.sort_unstable();
    used.dedup();
    if used.is_empty() {
        return Ok(());
    }
    output.heading("What it rests on that you have not said")?;
    for fact in used {
        let mut text = standing(base, advice, fact);
        if entry.hinges_on.contains(&fact) {
            text = text.and(Role::Warn, "  could overturn it");
        }
        output.item(2, "-", &text)?;
    }
    Ok(())
}

/// What is known of a fact, and from where.
fn standing(base: &KnowledgeBase, advice: &Advice, fact: FactId) -> Text {
    let (id, name, _) = base.fact(fact);
    let state = advice.facts.state(fact);
    let value = match state.origin {
        Origin::Unknown => "unknown".to_owned(),
        _ => format!(
            "{} {}",
            state.origin.word(),
            words::value(base, advice, fact)
        ),
    };
    Text::new(Role::Id, id)
        .then(format!("  {value}"))
        .and(Role::Dim, format!("  {name}"))
}

/// Who chose what in a situation like this, and of which tradeoffs the decision is an instance.
pub(super) fn background<W: Write>(
    base: &KnowledgeBase,
    advice: &Advice,
    id: DecisionId,
    output: &mut Output<W>,
) -> io::Result<()> {
    precedent::list(base, &advice_report::precedents(base, advice, id), output)?;
    let tradeoffs = advice_report::tradeoffs(base, id);
    if tradeoffs.is_empty() {
        return Ok(());
    }
    output.heading("Tradeoffs in it")?;
    for tradeoff in tradeoffs {
        let text = Text::new(Role::Id, &tradeoff.id)
            .then("  ")
            .then(&tradeoff.name);
        output.item(2, "-", &text)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_design_behind_the_decision_is_told_where_it_goes() {
        let hint = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            design_hint(&words)
        };
        let before = "the design goes first: `archadvisor explain shop.yaml store`";
        assert_eq!(hint(&["store", "shop.yaml"]).as_deref(), Some(before));
        let both = hint(&["store", "sql", "shop.yml"]).unwrap();
        assert!(both.ends_with("explain shop.yml store sql`"), "{both}");
        // A file of any other name, when there is one.
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/LICENSE");
        let named = hint(&["store", file]).unwrap();
        assert!(
            named.ends_with(&format!("store --design {file}`")),
            "{named}"
        );
        assert_eq!(hint(&["store", "sql"]), None);
        assert_eq!(hint(&["store"]), None);
        let base = crate::builtin::knowledge();
        let store = base.decision(base.find_decision("store").unwrap());
        let told = |name: &str| {
            let found = option_called(&base, store, name, hint(&["store", name]));
            found.map_err(|failure| failure.to_string())
        };
        let failure = told("shop.yaml").unwrap_err();
        assert!(failure.contains("there is no option of `store` called `shop.yaml`"));
        assert!(failure.contains(before), "{failure}");
        assert!(told("shop").unwrap_err().contains("one of: "));
        let option = store.options[0];
        assert_eq!(told(&base.pattern(option).id), Ok(option));
    }
}
