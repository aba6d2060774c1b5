//! What is left to do: conflicts, hazards, open questions; and what the document rests on.

use super::super::escape::{blocks, code, inline, line};
use super::super::words::{self, Idle};
use super::{NAMED, Page, footnote};
use crate::reasoning::conflicts::{self, capitalised};
use crate::reasoning::{Conflict, ConflictKind, Severity};

/// Open questions listed; the rest are counted.
const QUESTIONS: usize = 10;
/// Stale waivers listed; the rest are counted.
const STALE: usize = 20;

impl Page<'_> {
    /// How what was recorded stands: what to look at again, what was replaced, and which waivers are stale.
    pub(super) fn record(&mut self) {
        let base = self.base;
        let again: Vec<String> = (self.standing.due.iter())
            .map(|due| format!("- {}", line(&words::review_due(base, due))))
            .collect();
        let superseded: Vec<String> = (self.standing.superseded.iter())
            .map(|entry| {
                let names = |name: &String| match base.find_pattern(name) {
                    Some(id) => self.pattern(id),
                    None => inline(name),
                };
                let old: Vec<String> = entry.chosen.iter().map(names).collect();
                let old = if old.is_empty() {
                    "what had been chosen".to_owned()
                } else {
                    old.join(", ")
                };
                let by = if entry.by.is_empty() {
                    "nothing else".to_owned()
                } else {
                    format!("**{}**", self.patterns(&entry.by))
                };
                let decision = self.decision_link(entry.decision);
                format!("- {decision}: {old}, superseded by {by}")
            })
            .collect();
        let stale: Vec<String> = (self.standing.stale_waivers.iter())
            .take(STALE)
            .map(|id| {
                let why = match words::idle(self.base, self.advice, id) {
                    Idle::Stale => "stale waiver, there is no such conflict any longer".to_owned(),
                    Idle::Unknown(Some(near)) => {
                        format!(
                            "there is no such conflict, perhaps {} is meant",
                            code(&near)
                        )
                    }
                    Idle::Unknown(None) => "there is no such conflict".to_owned(),
                };
                format!("- {}: {why}", code(id))
            })
            .collect();
        let more = self.standing.stale_waivers.len().saturating_sub(STALE);
        let sections = [
            ("Decisions to review", again),
            ("Superseded decisions", superseded),
            ("Stale waivers", stale),
        ];
        for (title, mut items) in sections {
            if items.is_empty() {
                continue;
            }
            if title == "Stale waivers" && more > 0 {
                items.push(format!("- and {more} more"));
            }
            self.section(2, title);
            self.paragraph(&items.join("\n"));
        }
    }

    pub(super) fn conflicts(&mut self) {
        let advice = self.advice;
        self.heading(2, "Conflicts", "Conflicts");
        let open: Vec<&Conflict> = advice.open_conflicts().collect();
        if open.is_empty() {
            self.paragraph("No conflict stands.");
        }
        // Low ones are to be known; only what must be settled is followed by its ways out.
        let (low, pressing): (Vec<&Conflict>, Vec<&Conflict>) = open
            .into_iter()
            .partition(|conflict| conflict.severity == Severity::Low);
        for (title, conflicts) in [("To settle", pressing), ("To know", low)] {
            if conflicts.is_empty() {
                continue;
            }
            self.section(3, title);
            let (mild, told): (Vec<&Conflict>, Vec<&Conflict>) =
                (conflicts.into_iter()).partition(|conflict| {
                    conflict.severity == Severity::Low && conflict.kind == ConflictKind::Axes
                });
            let mut items = self.between_axes(&mild);
            items.extend(told.into_iter().map(|conflict| self.conflict(conflict)));
            self.paragraph(&items.join("\n"));
        }
        let waived: Vec<String> = (advice.conflicts.iter())
            .filter_map(|conflict| self.accepted(conflict))
            .collect();
        self.list("Accepted", &waived);
        let ran_out: Vec<String> = (advice.conflicts.iter())
            .filter_map(|conflict| self.ran_out(conflict))
            .collect();
        self.list("Accepted until a day that is past", &ran_out);
        let mistakes: Vec<String> = advice
            .mistakes
            .iter()
            .filter_map(|index| self.base.remarks.get(*index))
            .map(|remark| format!("- {}", line(&remark.what)))
            .collect();
        self.list("Common mistakes it makes", &mistakes);
    }

    /// A section of items, if there are any.
    fn list(&mut self, title: &str, items: &[String]) {
        if !items.is_empty() {
            self.section(3, title);
            self.paragraph(&items.join("\n"));
        }
    }

    /// A conflict that was accepted: what it says, who accepted it until when, and why.
    fn accepted(&self, conflict: &Conflict) -> Option<String> {
        let reason = conflict.waived.as_ref()?;
        let mut waivers = self.design.waivers.iter();
        let waiver = waivers.find(|waiver| waiver.conflict == conflict.id);
        let part = |lead: &str, text: Option<&String>| match text {
            Some(text) if !text.trim().is_empty() => format!(" {lead} {}", inline(text)),
            _ => String::new(),
        };
        Some(format!(
            "- {} ({}). Accepted{}{}: {}",
            inline(conflict.message.trim_end_matches('.')),
            code(&conflict.id),
            part("by", waiver.map(|waiver| &waiver.by)),
            part("until", waiver.map(|waiver| &waiver.until)),
            inline(reason)
        ))
    }

    /// A conflict that stands again, since it was accepted until a day only: until when, and why.
    fn ran_out(&self, conflict: &Conflict) -> Option<String> {
        let mut waivers = self.design.waivers.iter();
        let waiver = waivers.find(|waiver| waiver.conflict == conflict.id)?;
        let counts = conflict.waived.is_some() || waiver.until.is_empty();
        (!counts && !waiver.because.trim().is_empty()).then(|| {
            let (until, reason) = (inline(&waiver.until), inline(&waiver.because));
            format!("- {}, until {until}: {reason}", code(&conflict.id))
        })
    }

    /// Mild conflicts between axes: a line for each pair, with the tradeoff that it is an instance of.
    fn between_axes(&self, mild: &[&Conflict]) -> Vec<String> {
        let told = |group: Vec<&Conflict>| {
            let tradeoff = (group.first()).and_then(|first| conflicts::tension(self.base, first));
            let tradeoff = tradeoff.map_or_else(String::new, |tradeoff| {
                format!(" (tradeoff {})", code(&tradeoff.id))
            });
            format!("- {}{tradeoff}", line(&words::group(self.base, &group)))
        };
        words::by_axes(mild).into_iter().map(told).collect()
    }

    pub(super) fn conflict(&mut self, conflict: &Conflict) -> String {
        let pressing = conflict.severity > Severity::Low;
        let lead = if pressing {
            format!("**{}**: ", capitalised(conflict.severity.word()))
        } else {
            String::new()
        };
        let marks = self.cite(&conflict.sources);
        let tradeoff = conflicts::tension(self.base, conflict);
        let tradeoff = tradeoff.map_or_else(String::new, |tradeoff| {
            format!(", tradeoff {}", code(&tradeoff.id))
        });
        let mut text = format!(
            "- {lead}{}{marks} ({}{tradeoff})",
            inline(&conflict.message),
            code(&conflict.id)
        );
        for way in conflict.ways_out.iter().filter(|_| pressing) {
            let effect = if way.effect.is_empty() {
                String::new()
            } else {
                format!(": {}", inline(&way.effect))
            };
            text.push_str(&format_args!("\n  - {}{effect}", line(&way.action)).to_string());
        }
        for way in conflict.middle.iter().filter(|_| pressing) {
            let (action, because) = (line(&way.action), inline(&way.effect));
            text.push_str(&format_args!("\n  - Middle way: {action}: {because}").to_string());
        }
        text
    }

    pub(super) fn hazards(&mut self) {
        let mut states: Vec<_> = self.advice.hazards.iter().collect();
        states.sort_by_key(|state| !state.is_open());
        let rows: Vec<Vec<String>> = states
            .into_iter()
            .map(|state| {
                let hazard = self.base.hazard(state.id);
                let mut openers = self.some(&state.opened_by);
                if state.arises {
                    let situation = "the situation";
                    openers = if openers.is_empty() {
                        situation.to_owned()
                    } else {
                        format!("{situation}, {openers}")
                    };
                }
                let closed = if state.is_open() {
                    "**nothing yet**".to_owned()
                } else {
                    self.some(&state.closed_by)
                };
                vec![
                    inline(&hazard.name),
                    inline(&self.base.axis(hazard.axis).name),
                    openers,
                    closed,
                ]
            })
            .collect();
        if rows.is_empty() {
            return;
        }
        self.section(2, "Hazards");
        self.table(
            &["Hazard", "Threatens", "Brought in by", "Taken away by"],
            &rows,
        );
    }

    pub(super) fn questions(&mut self) {
        if self.advice.questions.is_empty() {
            return;
        }
        self.section(2, "Open questions");
        self.paragraph("Answering these would settle most, in this order:");
        let items: Vec<String> = self
            .advice
            .questions
            .iter()
            .take(QUESTIONS)
            .enumerate()
            .filter_map(|(index, question)| {
                let requirement = self.base.requirement(question.requirement)?;
                let now = words::value(self.base, self.advice, question.requirement);
                let decisions = question.decisions.iter();
                let decisions = decisions.map(|id| self.decision_link(*id));
                let practices = question.practices.iter();
                let practices = practices.map(|id| inline(&self.base.pattern(*id).name));
                Some(format!(
                    "{}. {} ({}, now {}; bears on {})",
                    index + 1,
                    inline(&requirement.question),
                    code(&requirement.id),
                    inline(&now),
                    words::few(decisions.chain(practices), NAMED)
                ))
            })
            .collect();
        self.paragraph(&items.join("\n"));
        let more = self.advice.questions.len().saturating_sub(QUESTIONS);
        if more > 0 {
            self.paragraph(&format!("{more} more bear on less."));
        }
    }

    pub(super) fn notes(&mut self) {
        let notes = blocks(&self.design.notes);
        if notes.is_empty() {
            return;
        }
        self.section(2, "Notes");
        for block in notes {
            self.paragraph(&block);
        }
    }

    pub(super) fn sources(&mut self) {
        self.section(2, "Sources");
        let mut text = format!(
            "Recorded with archadvisor, knowledge {}",
            inline(&self.base.version)
        );
        if !self.base.overlays.is_empty() {
            let names: Vec<String> = self.base.overlays.iter().map(|name| inline(name)).collect();
            text.push_str(&format_args!(" with {}", names.join(", ")).to_string());
        }
        text.push_str(". Points are priority times effect; fit comes before points.");
        self.paragraph(&text);
        self.cited.sort_unstable();
        let mut notes = Vec::new();
        for id in std::mem::take(&mut self.cited) {
            let mut note = format!(
                "[^{}]: {}",
                footnote(&self.base.source(id).id),
                line(&words::reference(self.base, id))
            );
            if let Some(url) = self
                .base
                .source(id)
                .url
                .as_deref()
                .filter(|url| is_plain_address(url))
            {
                note.push_str(&format_args!(" <{url}>").to_string());
            }
            notes.push(note);
        }
        if !notes.is_empty() {
            self.paragraph(&notes.join("\n"));
        }
        self.paragraph("<!-- markdownlint-disable-file MD013 -->");
    }
}

/// Returns whether an address can stand between angle brackets as it is.
fn is_plain_address(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://"))
        && url.chars().all(|character| {
            character.is_ascii_graphic() && !matches!(character, '<' | '>' | '\\' | '`' | '|')
        })
}
