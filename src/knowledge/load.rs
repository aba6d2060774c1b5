//! Text of YAML files to a checked knowledge base, with everything that is wrong on the way.

use super::compile::{At, Entries, Entry, compile};
use super::overlay;
use super::raw::{RawOverlay, RawPattern};
use super::{KnowledgeBase, raw};
use crate::problem::{Place, Problem, Severity};
use crate::yaml::{self, Document, Limits, Node, Value};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// One file of a knowledge base or an overlay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Path as shown in messages.
    pub path: String,
    /// Its bytes; anything but UTF-8 YAML is reported.
    pub bytes: Vec<u8>,
}

/// A set of files: the base, or an overlay laid over what came before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layer {
    /// Name for people: `builtin`, or the folder.
    pub name: String,
    /// The files, in any order.
    pub files: Vec<SourceFile>,
}

/// The outcome of loading.
#[derive(Debug)]
pub struct Loaded {
    /// The base; absent when there are errors.
    pub base: Option<KnowledgeBase>,
    /// All errors and warnings, by file, line and column.
    pub problems: Vec<Problem>,
    /// Where each entry stands, by `kind/id` such as `pattern/saga-orchestration`.
    pub places: BTreeMap<String, Place>,
}

impl Loaded {
    /// Returns whether any problem is an error.
    pub fn has_errors(&self) -> bool {
        self.problems
            .iter()
            .any(|problem| problem.severity == Severity::Error)
    }
}

/// Loads a base and the overlays over it.
///
/// An overlay's entry replaces the entry of the same kind and id; its `overlay.yaml` may disable patterns, set single
/// values and add options. A layer that has a `kb.yaml` is a whole base and replaces all before it.
pub fn load(layers: &[Layer]) -> Loaded {
    let mut problems = Vec::new();
    let mut documents: Vec<(usize, Document)> = Vec::new();
    for (layer, files) in layers.iter().enumerate() {
        let mut files: Vec<&SourceFile> = files.files.iter().collect();
        files.sort_by(|left, right| left.path.cmp(&right.path));
        for file in files {
            let (document, found) = yaml::parse_bytes(&file.path, &file.bytes, &Limits::default());
            problems.extend(found);
            documents.extend(document.map(|document| (layer, document)));
        }
    }
    let whole_base = documents
        .iter()
        .filter(|(_, document)| document.root.get("format").is_some())
        .map(|(layer, _)| *layer)
        .max();
    let mut entries = Entries::default();
    let mut overlays: Vec<(usize, Entry<'_, RawOverlay>)> = Vec::new();
    for (layer, document) in &documents {
        if whole_base.is_some_and(|base| *layer < base) {
            continue;
        }
        collect(*layer, document, &mut entries, &mut overlays, &mut problems);
    }
    let mut names = Vec::new();
    for (layer, name) in layers
        .iter()
        .enumerate()
        .map(|(index, layer)| (index, &layer.name))
    {
        if whole_base.is_some_and(|base| layer <= base) {
            continue;
        }
        let manifest = overlays
            .iter()
            .find(|(of, _)| *of == layer)
            .map(|(_, entry)| entry);
        names.push(
            manifest
                .and_then(|entry| entry.raw.overlay.clone())
                .unwrap_or_else(|| name.clone()),
        );
        if let Some(manifest) = manifest {
            overlay::apply(manifest, &mut entries, &mut problems);
        }
    }
    let places = entries.places();
    let base = compile(&entries, names, &mut problems);
    problems.sort_by(|left, right| {
        let key = |problem: &Problem| {
            problem
                .place
                .as_ref()
                .map(|place| (place.file.clone(), place.line, place.column))
        };
        key(left)
            .cmp(&key(right))
            .then_with(|| left.message.cmp(&right.message))
    });
    problems.dedup_by(|left, right| left.message == right.message && left.place == right.place);
    let failed = problems
        .iter()
        .any(|problem| problem.severity == Severity::Error);
    Loaded {
        base: base.filter(|_| !failed).map(KnowledgeBase::connected),
        problems,
        places,
    }
}

/// Sorts a file's entries by kind; the kind is told by its keys, so folders are free.
fn collect<'d>(
    layer: usize,
    document: &'d Document,
    entries: &mut Entries<'d>,
    overlays: &mut Vec<(usize, Entry<'d, RawOverlay>)>,
    problems: &mut Vec<Problem>,
) {
    let root = &document.root;
    let at = At {
        document,
        node: root,
    };
    if !matches!(root.value, Value::Mapping(_)) {
        problems
            .push(Problem::error("a knowledge file is a mapping of keys to values").at(at.place()));
        return;
    }
    let has = |key: &str| root.get(key).is_some();
    if has("pattern") {
        entries
            .patterns
            .extend(single::<RawPattern>(document, layer, problems));
    } else if has("decision") {
        entries.decisions.extend(single(document, layer, problems));
    } else if has("case") {
        entries.cases.extend(single(document, layer, problems));
    } else if has("step") {
        entries.steps.extend(single(document, layer, problems));
    } else if has("overlay") {
        overlays.extend(single(document, layer, problems).map(|entry| (layer, entry)));
    } else if has("format") {
        entries.kb.extend(single(document, layer, problems));
    } else {
        let known = LISTS.iter().map(|(key, _)| *key);
        let Value::Mapping(pairs) = &root.value else {
            return;
        };
        let mut recognised = false;
        for (key, list) in pairs {
            let name = key.str().unwrap_or_default();
            if LISTS.iter().any(|(known, _)| *known == name) {
                recognised = true;
                collect_list(layer, document, name, list, entries, problems);
            } else if recognised || pairs.len() > 1 {
                unknown_key(document, key, name, known.clone(), problems);
            }
        }
        if !recognised && pairs.len() <= 1 {
            let help = "a knowledge file starts with one of `pattern`, `decision`, `step`, `case`, `overlay`, `format`, ";
            let lists: Vec<String> = LISTS.iter().map(|(key, _)| format!("`{key}`")).collect();
            problems.push(
                Problem::error("this file holds no kind of knowledge")
                    .at(at.place())
                    .help(format!("{help}{}", lists.join(", "))),
            );
        }
    }
}

fn unknown_key<'a>(
    document: &Document,
    key: &Node,
    name: &str,
    known: impl Iterator<Item = &'a str>,
    problems: &mut Vec<Problem>,
) {
    let mut problem = Problem::error(format!("unknown key `{name}`")).at(document.place(key.span));
    if let Some(near) = crate::problem::nearest(name, known) {
        problem = problem.help(format!("did you mean `{near}`?"));
    }
    problems.push(problem);
}

/// Keys of list files, and the key that names an entry.
const LISTS: &[(&str, &str)] = &[
    ("axes", "axis"),
    ("requirements", "requirement"),
    ("quantities", "quantity"),
    ("hazards", "hazard"),
    ("sources", "source"),
    ("rules", "rule"),
    ("implied", "implied"),
    ("tradeoffs", "tradeoff"),
    ("principles", "principle"),
    ("fallacies", "fallacy"),
    ("mistakes", "mistake"),
    ("figures", "figure"),
    ("reading", "reading"),
];

fn collect_list<'d>(
    layer: usize,
    document: &'d Document,
    key: &str,
    list: &'d Node,
    entries: &mut Entries<'d>,
    problems: &mut Vec<Problem>,
) {
    let Value::Sequence(items) = &list.value else {
        problems.push(Problem::error(format!("`{key}` is a list")).at(document.place(list.span)));
        return;
    };
    for node in items {
        match key {
            "axes" => entries.axes.extend(decode(document, node, layer, problems)),
            "requirements" => entries
                .requirements
                .extend(decode(document, node, layer, problems)),
            "quantities" => entries
                .quantities
                .extend(decode(document, node, layer, problems)),
            "hazards" => entries
                .hazards
                .extend(decode(document, node, layer, problems)),
            "sources" => entries
                .sources
                .extend(decode(document, node, layer, problems)),
            "rules" => entries
                .rules
                .extend(decode(document, node, layer, problems)),
            "implied" => entries
                .implied
                .extend(decode(document, node, layer, problems)),
            "tradeoffs" => entries
                .tradeoffs
                .extend(decode(document, node, layer, problems)),
            _ => {
                let kind = LISTS
                    .iter()
                    .find(|(list, _)| *list == key)
                    .map_or(key, |(_, kind)| kind);
                let entry = decode::<raw::RawRemark>(document, node, layer, problems);
                entries
                    .remarks
                    .extend(entry.map(|entry| (kind.to_owned(), entry)));
            }
        }
    }
}

fn single<'d, R: DeserializeOwned>(
    document: &'d Document,
    layer: usize,
    problems: &mut Vec<Problem>,
) -> Option<Entry<'d, R>> {
    decode(document, &document.root, layer, problems)
}

fn decode<'d, R: DeserializeOwned>(
    document: &'d Document,
    node: &'d Node,
    layer: usize,
    problems: &mut Vec<Problem>,
) -> Option<Entry<'d, R>> {
    let raw = yaml::decode(document, node, problems)?;
    Some(Entry {
        raw,
        at: At { document, node },
        layer,
    })
}
