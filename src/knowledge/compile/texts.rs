//! The head of the base, axes, steps, sources and what else is told.

use super::{Compiler, Entries, Entry};
use crate::knowledge::raw::{RawAxis, RawGuide, RawRemark, RawSource, RawStep, SOURCE_KINDS};
use crate::knowledge::{
    Axis, CheckItem, Guide, KnowledgeBase, PriorityLevel, Remark, Source, SourceId, Step, Text,
};
use crate::problem::Problem;

impl Compiler<'_> {
    pub(super) fn kb(&mut self, entries: &Entries<'_>, base: &mut KnowledgeBase) {
        let Some(entry) = entries.kb.last() else {
            self.problems
                .push(Problem::error("the knowledge base has no `kb.yaml`"));
            return;
        };
        if entry.raw.format != Some(1) {
            self.error_help(
                entry.at.key("format"),
                "this format of knowledge is not supported",
                Some("this program reads format 1".into()),
            );
        }
        base.title = self.needed(entry.at, "title", entry.raw.title.as_ref());
        base.version = self.needed(entry.at, "version", entry.raw.version.as_ref());
        base.priorities = entry
            .raw
            .priorities
            .iter()
            .filter_map(|level| {
                Some(PriorityLevel {
                    level: level.level?,
                    name: Text::from(level.name.clone()?),
                })
            })
            .collect();
        base.priorities.sort_by_key(|level| level.level);
        if base.priorities.is_empty() {
            self.error(entry.at, "`priorities` is missing");
        }
    }

    pub(super) fn axis(&mut self, entry: &Entry<'_, RawAxis>) -> Axis {
        let (raw, at) = (&entry.raw, entry.at);
        let mut anchors: Vec<(i8, Text)> = Vec::new();
        for (value, text) in &raw.anchors {
            match value.trim_start_matches('+').parse::<i8>() {
                Ok(number) if (-2..=2).contains(&number) && number != 0 => {
                    anchors.push((number, Text::from(text.clone())));
                }
                _ => self.error(
                    at.key("anchors").key(value),
                    format!("`{value}` is no anchor: use +2, +1, -1 and -2"),
                ),
            }
        }
        anchors.sort_by_key(|(value, _)| -value);
        Axis {
            id: Text::from(raw.axis.clone().unwrap_or_default()),
            name: self.needed(at, "name", raw.name.as_ref()),
            what: self.needed(at, "what", raw.what.as_ref()),
            question: self.needed(at, "question", raw.question.as_ref()),
            measures: Self::texts(&raw.measures),
            anchors,
            seed: Self::texts(&raw.seed),
        }
    }

    pub(super) fn step(&mut self, entry: &Entry<'_, RawStep>) -> Step {
        let (raw, at) = (&entry.raw, entry.at);
        if raw.number.is_none() {
            self.error(at, "`number` is missing");
        }
        let mut checklist = Vec::new();
        for (index, item) in raw.checklist.iter().enumerate() {
            let at = at.key("checklist").index(index);
            let id = self.needed(at, "id", item.id.as_ref());
            checklist.push(CheckItem {
                id,
                text: self.needed(at, "text", item.text.as_ref()),
            });
        }
        Step {
            id: Text::from(raw.step.clone().unwrap_or_default()),
            number: raw.number.unwrap_or(0),
            name: self.needed(at, "name", raw.name.as_ref()),
            guidance: self.needed(at, "guidance", raw.guidance.as_ref()),
            groups: Self::texts(&raw.groups),
            outcomes: Self::texts(&raw.outcomes),
            checks: Self::texts(&raw.checks),
            checklist,
            seed: Self::texts(&raw.seed),
        }
    }

    pub(super) fn source(&mut self, entry: &Entry<'_, RawSource>) -> Source {
        let (raw, at) = (&entry.raw, entry.at);
        let kind = self.needed(at, "kind", raw.kind.as_ref());
        self.word(at.key("kind"), "kind of source", &kind, SOURCE_KINDS);
        let is_link = |url: &String| {
            let rest = (url.strip_prefix("https://")).or_else(|| url.strip_prefix("http://"));
            rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
        };
        let url = Self::optional(raw.url.as_ref());
        if url.is_some() && !raw.url.as_ref().is_some_and(is_link) {
            let help =
                "begin it with `https://`, or tell under `where` in words where the text is found";
            self.error_help(
                at.key("url"),
                "this is no address of the web",
                Some(help.into()),
            );
        }
        Source {
            id: Text::from(raw.source.clone().unwrap_or_default()),
            title: self.needed(at, "title", raw.title.as_ref()),
            authors: Self::texts(&raw.authors),
            year: self.year(at, raw.year),
            kind,
            place: Self::optional(raw.place.as_ref()),
            url,
            note: Self::optional(raw.note.as_ref()),
        }
    }

    pub(super) fn remark(&mut self, kind: &str, entry: &Entry<'_, RawRemark>) -> Remark {
        let (raw, at) = (&entry.raw, entry.at);
        // A fallacy states a belief and the truth, a figure what the guide says and the exact value.
        let what = raw.what.as_ref().or(raw.guide_says.as_ref());
        let mut sources = self.sources(at.key("sources"), &raw.sources);
        if let Some(id) = &raw.source {
            sources.extend(self.sources(at.key("source"), std::slice::from_ref(id)));
        }
        Remark {
            id: self.needed(at, kind, raw.id.as_ref()),
            kind: Text::from(kind.to_owned()),
            what: self.needed(at, "what", what),
            detail: Self::optional(raw.exact.as_ref()),
            check: self.condition(at, "check", raw.check.as_ref()),
            verdict: Self::optional(raw.verdict.as_ref()),
            patterns: self.patterns(at.key("answered_by"), &raw.answered_by),
            sources,
            seed: Self::texts(&raw.seed),
        }
    }

    pub(super) fn guide(&mut self, entry: &Entry<'_, RawGuide>) -> Guide {
        let (raw, at) = (&entry.raw, entry.at);
        if raw.items.is_none() {
            self.error(at, "`items` is missing: how many items the guide has");
        }
        let source = raw
            .source
            .as_ref()
            .and_then(|id| self.resolve(at.key("source"), "source", id, |names| &names.sources));
        Guide {
            id: Text::from(raw.guide.clone().unwrap_or_default()),
            source: source.map(|index| SourceId(index as u16)),
            items: raw.items.unwrap_or(0),
            of_the_program: (raw.of_the_program.iter())
                .map(|(item, what)| (Text::from(item.clone()), Text::from(what.clone())))
                .collect(),
        }
    }
}
