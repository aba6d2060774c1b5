//! Every decision with its outcome, the options considered and the consequences.

use super::super::escape::{blocks, code, inline, line};
use super::super::words;
use super::Page;
use crate::design::Status;
use crate::knowledge::{Pick, Reversal, SourceId};
use crate::reasoning::{DecisionAdvice, DecisionState, OptionAdvice, ReasonKind, Verdict};

/// Answers named that could change a recommendation; the rest are counted.
const HINGES: usize = 3;

impl Page<'_> {
    pub(super) fn decisions(&mut self) {
        self.section(2, "Decisions");
        let (base, advice) = (self.base, self.advice);
        for (step, here) in advice.by_step(base) {
            self.section(3, &format!("Step {}: {}", step.number, step.name));
            let idle: Vec<String> = here
                .iter()
                .filter(|entry| entry.state == DecisionState::NotApplicable)
                .map(|entry| inline(&base.decision(entry.id).name))
                .collect();
            for entry in here
                .into_iter()
                .filter(|entry| entry.state != DecisionState::NotApplicable)
            {
                self.decision(entry);
            }
            if !idle.is_empty() {
                self.paragraph(&format!(
                    "Does not arise here: {}.",
                    idle.join(", ").to_lowercase()
                ));
            }
        }
    }

    pub(super) fn decision(&mut self, entry: &DecisionAdvice) {
        let decision = self.base.decision(entry.id);
        self.heading(4, &decision.name, "Decision");
        self.paragraph(&line(&decision.question));
        self.outcome(entry);
        if decision.pick == Pick::One {
            self.considered(entry);
            let taken: Option<&OptionAdvice> =
                entry.taken().first().and_then(|id| entry.option(*id));
            if let Some(option) = taken {
                self.consequences(option);
            }
        } else {
            self.included(entry);
        }
        if let Some(recorded) = self.recorded(entry.id) {
            let review = [
                ("when ", &recorded.review.when),
                ("on ", &recorded.review.on),
            ];
            let parts: Vec<String> = review
                .into_iter()
                .filter(|(_, text)| !text.trim().is_empty())
                .map(|(word, text)| {
                    format!(
                        "{word}{}",
                        if word == "when " {
                            code(text)
                        } else {
                            inline(text)
                        }
                    )
                })
                .collect();
            if !parts.is_empty() {
                self.paragraph(&format!("To be reviewed {}.", parts.join(", or ")));
            }
        }
    }

    /// One sentence on what was decided or is recommended, how firm it is, and why.
    pub(super) fn outcome(&mut self, entry: &DecisionAdvice) {
        let decision = self.base.decision(entry.id);
        let taken = entry.taken();
        let mut text = if taken.is_empty() {
            match entry.state {
                DecisionState::Chosen => "**Nothing** was chosen.".to_owned(),
                _ if decision.pick == Pick::Many => "Nothing is called for.".to_owned(),
                _ => "Nothing can be recommended: every option is ruled out.".to_owned(),
            }
        } else if entry.state == DecisionState::Chosen {
            let status = self
                .recorded(entry.id)
                .and_then(|decision| decision.status)
                .map_or("chosen", Status::word);
            format!(
                "**{}**{} ({status}).",
                self.patterns(taken),
                self.cite_pattern(decision.pick, taken)
            )
        } else {
            let verb = if taken.len() == 1 { "is" } else { "are" };
            format!(
                "**{}**{} {verb} recommended.",
                self.patterns(taken),
                self.cite_pattern(decision.pick, taken)
            )
        };
        if !entry.arises {
            text.push_str(" The question does not arise in this design.");
        }
        if let Some(recorded) = self
            .recorded(entry.id)
            .filter(|_| entry.state == DecisionState::Chosen)
        {
            if !recorded.decided.trim().is_empty() {
                text.push_str(
                    &format_args!(" Decided on {}.", inline(&recorded.decided)).to_string(),
                );
            }
            if let Some(confidence) = recorded.confidence {
                text.push_str(&format_args!(" Confidence: {}.", confidence.word()).to_string());
            }
            if let Some(reversibility) = recorded.reversibility {
                text.push_str(
                    &format_args!(" Reversibility: {}.", reversibility.word()).to_string(),
                );
            }
            let because = blocks(&recorded.because);
            self.paragraph(&text);
            for block in because {
                self.paragraph(&block);
            }
            text = String::new();
            if decision.pick == Pick::One && !entry.recommended.is_empty() {
                let certainty = certainty(entry);
                text = if entry.recommended == entry.chosen {
                    format!("archadvisor recommends it too: {certainty}.")
                } else {
                    let other = self.patterns(&entry.recommended);
                    format!("archadvisor recommends {other} instead: {certainty}.")
                };
            }
        } else if decision.pick == Pick::One && !taken.is_empty() {
            let option = taken.first().and_then(|id| entry.option(*id));
            let call = option.and_then(words::call);
            let why = match (call, self.why(entry)) {
                (Some(reason), _) => {
                    let told = words::told(self.base, self.advice, reason);
                    format!(" What calls for it: {}.", inline(&told))
                }
                (None, why) if why.is_empty() => String::new(),
                (None, why) => format!(" Because: {why}."),
            };
            text.push_str(&format_args!("{why} Confidence: {}.", certainty(entry)).to_string());
        }
        let of_one = entry.state == DecisionState::Open || decision.pick == Pick::One;
        if of_one && !entry.hinges_on.is_empty() {
            let mut names: Vec<String> = (entry.hinges_on.iter().take(HINGES))
                .map(|id| code(self.base.fact(*id).0))
                .collect();
            let more = entry.hinges_on.len().saturating_sub(HINGES);
            if more > 0 {
                names.push(format!("{more} more"));
            }
            let names = names.join(", ");
            text.push_str(&format_args!(" One answer could change it: {names}.").to_string());
        }
        if decision.reversal == Reversal::High {
            text.push_str(" Changing it later takes months.");
        }
        if !text.trim().is_empty() {
            self.paragraph(text.trim());
        }
    }

    pub(super) fn considered(&mut self, entry: &DecisionAdvice) {
        let (base, taken) = (self.base, entry.taken().to_vec());
        let rows: Vec<Vec<String>> = entry
            .options
            .iter()
            .map(|option| {
                let is_taken = taken.contains(&option.pattern);
                let name = self.pattern(option.pattern);
                let why = if option.verdict == Verdict::Recommended {
                    words::headline(base, self.advice, option)
                } else {
                    self.objection(entry, option)
                };
                let limits: Vec<SourceId> = option
                    .reasons
                    .iter()
                    .filter(|reason| matches!(reason.kind, ReasonKind::Limit | ReasonKind::Norm))
                    .flat_map(|reason| reason.sources.iter().copied())
                    .collect();
                let marks = self.cite(&limits);
                vec![
                    if is_taken {
                        format!("**{name}**")
                    } else {
                        name
                    },
                    words::verdict(option.verdict).to_owned(),
                    option.score.to_string(),
                    format!("{}{marks}", inline(&why)),
                ]
            })
            .collect();
        self.table(&["Option", "Verdict", "Points", "Why"], &rows);
    }

    /// What the option taken does to each axis it touches, most weighty first.
    pub(super) fn consequences(&mut self, option: &OptionAdvice) {
        let mut items = Vec::new();
        for contribution in words::strongest(option) {
            let Some(claim) = contribution.claim.and_then(|claim| self.base.claim(claim)) else {
                continue;
            };
            let side = if contribution.effect > 0 {
                "Good"
            } else {
                "Bad"
            };
            let axis = inline(&self.base.axis(contribution.axis).name).to_lowercase();
            // What the whole pattern rests on is cited once, with its name.
            let own = claim.support.sources != self.base.pattern(option.pattern).sources;
            let marks = if own {
                self.cite(&claim.support.sources)
            } else {
                String::new()
            };
            items.push(format!(
                "- {side} for {axis} ({:+}): {}{marks}",
                contribution.points(),
                inline(&claim.support.because)
            ));
        }
        if !items.is_empty() {
            self.paragraph(&items.join("\n"));
        }
    }

    /// Why an option is not taken, with what makes it so here.
    fn objection(&self, entry: &DecisionAdvice, option: &OptionAdvice) -> String {
        match words::objecting(option) {
            // What does not apply lacks all of its condition; parts of it say little.
            Some(reason) if reason.kind != ReasonKind::DoesNotApply => {
                words::told(self.base, self.advice, reason)
            }
            _ => words::objection(self.base, entry, option),
        }
    }

    /// What is taken of several: each with its reason, what holds here, and what it does to the axes.
    pub(super) fn included(&mut self, entry: &DecisionAdvice) {
        let mut items = Vec::new();
        for option in entry.taken().iter().filter_map(|id| entry.option(*id)) {
            let pattern = self.base.pattern(option.pattern);
            let marks = self.cite(&pattern.sources);
            let why = words::headline(self.base, self.advice, option);
            let holds = words::call(option).is_none().then(|| self.holds(option));
            items.push(format!(
                "- **{}**{marks}: {}{}",
                inline(&pattern.name),
                inline(&format!("{why}{}.", holds.unwrap_or_default())),
                self.effects(option)
            ));
        }
        let mut left: Vec<(String, Vec<String>)> = Vec::new();
        for option in &entry.options {
            if entry.taken().contains(&option.pattern) {
                continue;
            }
            let why = match words::objecting(option) {
                Some(_) => self.objection(entry, option),
                None if option.verdict == Verdict::Recommended => {
                    "recommended, but not chosen".to_owned()
                }
                None => match option
                    .reasons
                    .iter()
                    .find(|reason| !reason.because.is_empty())
                {
                    Some(reason) => reason.because.clone(),
                    None => "not called for".to_owned(),
                },
            };
            let name = self.pattern(option.pattern);
            match left.iter_mut().find(|(known, _)| *known == why) {
                Some((_, names)) => names.push(name),
                None => left.push((why, vec![name])),
            }
        }
        let left = left
            .into_iter()
            .map(|(why, names)| format!("- Not taken: {} ({})", names.join(", "), inline(&why)));
        items.extend(left);
        if !items.is_empty() {
            self.paragraph(&items.join("\n"));
        }
    }

    /// The facts that make a practice apply: ` (here: ...)`; empty when it applies always.
    fn holds(&self, option: &OptionAdvice) -> String {
        let applies = option
            .reasons
            .iter()
            .find(|reason| reason.kind == ReasonKind::Applies);
        let grounds = applies.map(|reason| words::grounds(self.base, self.advice, reason));
        match grounds.filter(|grounds| !grounds.is_empty()) {
            Some(grounds) => format!(" (here: {grounds})"),
            None => String::new(),
        }
    }

    /// What an option does to each axis it touches, in one sentence; of what is paid, with the mechanism.
    fn effects(&self, option: &OptionAdvice) -> String {
        let mut sides = [Vec::new(), Vec::new()];
        for contribution in words::strongest(option) {
            let axis = self.base.axis(contribution.axis).name.to_lowercase();
            let points = contribution.points();
            if contribution.effect > 0 {
                sides[0].push(format!("{axis} ({points:+})"));
            } else {
                let because = words::because(self.base, contribution);
                let because = because.map(|because| format!(": {because}"));
                sides[1].push(format!(
                    "{axis} ({points:+}{})",
                    because.unwrap_or_default()
                ));
            }
        }
        let [good, bad] = sides.map(|side| inline(&side.join(", ")));
        match (good.is_empty(), bad.is_empty()) {
            (true, true) => String::new(),
            (false, true) => format!(" Good for {good}."),
            (true, false) => format!(" Bad for {bad}."),
            (false, false) => format!(" Good for {good}; bad for {bad}."),
        }
    }

    pub(super) fn practices(&mut self) {
        if self.advice.practices.is_empty() {
            return;
        }
        self.section(2, "Practices");
        let (base, advice) = (self.base, self.advice);
        let mut items = Vec::new();
        for practice in &advice.practices {
            let pattern = base.pattern(practice.advice.pattern);
            let marks = self.cite(&pattern.sources);
            let pulled = practice.advice.reasons.iter().find(|reason| {
                matches!(
                    reason.kind,
                    ReasonKind::RequiredBy | ReasonKind::ClosesHazard
                )
            });
            let why = match pulled {
                Some(reason) => format!("{}.", words::told(base, advice, reason)),
                None => {
                    let what = pattern.what.trim_end_matches('.');
                    format!("{what}{}.", self.holds(&practice.advice))
                }
            };
            items.push(format!(
                "- **{}**{marks}: {}{}",
                inline(&pattern.name),
                inline(&why),
                self.effects(&practice.advice)
            ));
        }
        self.paragraph(&items.join("\n"));
    }
}

/// How sure the advice on a decision is, and how much of the nearby priorities gives it.
fn certainty(entry: &DecisionAdvice) -> String {
    let word = words::certainty(entry.certainty);
    if entry.share.1 > 1 {
        format!("{word} ({})", words::share(entry.share))
    } else {
        word.to_owned()
    }
}
