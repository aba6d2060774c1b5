//! A design as one Markdown document that a team would commit.
//!
//! Clean under `markdownlint` but for the length of lines, which it is told; rendered by GitHub, where footnotes and
//! Mermaid are. The first screen has the key decisions; everything behind them follows.

mod decisions;
mod facts;
mod findings;
mod opening;

use super::escape::{heading, inline, slug};
use crate::design::{self, Decision, Design, Standing};
use crate::knowledge::{DecisionId, KnowledgeBase, PatternId, Pick, SourceId};
use crate::reasoning::{Advice, DecisionState};
use std::collections::BTreeMap;

/// Patterns named for each side of an axis and of a hazard.
const NAMED: usize = 4;

/// Returns the document. The same design and knowledge give the same text, to the byte.
pub fn document(base: &KnowledgeBase, design: &Design, advice: &Advice) -> String {
    written(Page::new(base, design, advice, true))
}

/// Returns the document without what lies behind each decision: what was decided, what stands against it, and what is
/// open.
pub fn brief(base: &KnowledgeBase, design: &Design, advice: &Advice) -> String {
    written(Page::new(base, design, advice, false))
}

fn written(mut page: Page<'_>) -> String {
    if page.is_whole {
        page.anchors();
    }
    page.opening();
    page.key_decisions();
    page.components();
    page.what_it_does();
    page.requirements();
    if page.is_whole {
        page.estimates();
        page.priorities();
        page.decisions();
        page.practices();
    }
    page.record();
    page.conflicts();
    page.hazards();
    page.questions();
    page.notes();
    page.sources();
    page.text
}

struct Page<'a> {
    base: &'a KnowledgeBase,
    design: &'a Design,
    advice: &'a Advice,
    standing: Standing,
    /// Whether each decision has a section of its own, which can be linked to.
    is_whole: bool,
    text: String,
    /// How often each heading was used: a repeated one gets a number, so that all differ.
    headings: BTreeMap<String, usize>,
    cited: Vec<SourceId>,
}

impl<'a> Page<'a> {
    fn new(
        base: &'a KnowledgeBase,
        design: &'a Design,
        advice: &'a Advice,
        is_whole: bool,
    ) -> Self {
        Self {
            base,
            design,
            advice,
            standing: design::standing(base, design, advice),
            is_whole,
            text: String::new(),
            headings: BTreeMap::new(),
            cited: Vec::new(),
        }
    }
}

impl Page<'_> {
    /// Reserves the headings of decisions, which are linked to, so that no other heading takes their anchors.
    fn anchors(&mut self) {
        for decision in &self.base.decisions {
            self.headings.insert(slug(&decision.name), 0);
        }
    }

    fn paragraph(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn heading(&mut self, level: usize, text: &str, otherwise: &str) {
        let key = slug(text);
        let used = self.headings.entry(key).or_insert(0);
        *used += 1;
        let mut shown = heading(text, otherwise);
        if *used > 1 {
            shown = format!("{shown} ({used})");
        }
        self.paragraph(&format!("{} {shown}", "#".repeat(level)));
    }

    /// Writes a heading that nothing links to; its words never take the anchor of a decision.
    fn section(&mut self, level: usize, text: &str) {
        let reserved = self.headings.get(&slug(text)) == Some(&0);
        let text = if reserved {
            format!("{text} in this design")
        } else {
            text.to_owned()
        };
        self.heading(level, &text, "Section");
    }

    /// Writes a table; cells are safe already.
    fn table(&mut self, header: &[&str], rows: &[Vec<String>]) {
        if rows.is_empty() {
            return;
        }
        let mut text = format!(
            "| {} |\n|{}",
            header.join(" | "),
            " --- |".repeat(header.len())
        );
        for row in rows {
            text.push_str("\n| ");
            let cells: Vec<&str> = row
                .iter()
                .map(|cell| {
                    if cell.is_empty() {
                        "–"
                    } else {
                        cell.as_str()
                    }
                })
                .collect();
            text.push_str(&cells.join(" | "));
            text.push_str(" |");
        }
        self.paragraph(&text);
    }

    fn cite(&mut self, sources: &[SourceId]) -> String {
        let mut marks = String::new();
        for (index, id) in sources.iter().enumerate() {
            if sources.iter().take(index).any(|earlier| earlier == id) {
                continue;
            }
            marks.push_str(&format_args!("[^{}]", footnote(&self.base.source(*id).id)).to_string());
            if !self.cited.contains(id) {
                self.cited.push(*id);
            }
        }
        marks
    }

    /// The sources of the pattern taken in a decision between options.
    fn cite_pattern(&mut self, pick: Pick, taken: &[PatternId]) -> String {
        let base = self.base;
        match (pick, taken) {
            (Pick::One, [one]) => self.cite(&base.pattern(*one).sources),
            _ => String::new(),
        }
    }

    fn pattern(&self, id: PatternId) -> String {
        inline(&self.base.pattern(id).name)
    }

    fn patterns(&self, ids: &[PatternId]) -> String {
        ids.iter()
            .map(|id| self.pattern(*id))
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// The first few patterns, and how many more there are.
    fn some(&self, ids: &[PatternId]) -> String {
        let shown = self.patterns(ids.get(..NAMED).unwrap_or(ids));
        let more = ids.len().saturating_sub(NAMED);
        if more > 0 {
            format!("{shown}, {more} more")
        } else {
            shown
        }
    }

    fn decision_link(&self, id: DecisionId) -> String {
        let name = &self.base.decision(id).name;
        let arises = self.advice.decision(id).state != DecisionState::NotApplicable;
        if arises && self.is_whole {
            format!("[{}](#{})", inline(name), slug(name))
        } else {
            inline(name)
        }
    }

    fn recorded(&self, id: DecisionId) -> Option<&Decision> {
        self.design
            .decisions
            .get(self.base.decision(id).id.as_str())
    }
}

/// The label of a footnote: the id of the source without anything that could end a label.
fn footnote(id: &str) -> String {
    id.chars()
        .map(|character| {
            if character.is_alphanumeric() || character == '-' {
                character
            } else {
                '-'
            }
        })
        .collect()
}
