//! Text of YAML files to a checked knowledge base, with everything that is wrong on the way.

use super::answer::OUT_OF_RANGE;
use super::broken::{Begin, Broken, inside, words};
use super::compile::{At, Entries, Entry, compile};
use super::overlay;
use super::raw::{RawOverlay, RawPattern};
use super::{KnowledgeBase, raw};
use crate::problem::{Place, Problem, Severity, shortened};
use crate::yaml::{self, Document, Limits, Node, Value};
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};

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
    /// The base as far as it could be read, where there are errors.
    partial: Option<KnowledgeBase>,
    /// Where these are.
    pub(super) broken: Broken,
    /// What was read, for finding places.
    pub(super) documents: Vec<Document>,
    /// Where each entry stands, by `kind/id`: the place of its document, and of its mapping in it.
    entries: BTreeMap<String, (usize, usize)>,
}

impl Loaded {
    /// Returns the base, or where there are errors as much of it as could be read: to look for more that is wrong.
    pub fn readable(&self) -> Option<&KnowledgeBase> {
        self.base.as_ref().or(self.partial.as_ref())
    }

    /// Returns where an entry stands, by `kind/id` such as `pattern/saga-orchestration`, or the part of it at a path of
    /// keys and places of lists; as much of the path as there is.
    pub fn place(&self, entry: &str, path: &[&str]) -> Option<Place> {
        let (document, node) = self.part(entry, path)?;
        Some(document.place(node.span))
    }

    /// Returns where an item of a list of names in an entry stands, or else the list.
    pub(super) fn place_of_item(&self, entry: &str, list: &[&str], item: &str) -> Option<Place> {
        let (document, node) = self.part(entry, list)?;
        self.item(entry, list, item)
            .or_else(|| Some(document.place(node.span)))
    }

    /// Returns where a list of names in an entry has an item, if its file names it: an overlay may have added it.
    pub fn item(&self, entry: &str, list: &[&str], item: &str) -> Option<Place> {
        let (document, list) = self.part(entry, list)?;
        let found = list.items().iter().find(|node| node.str() == Some(item))?;
        Some(document.place(found.span))
    }

    fn part(&self, entry: &str, path: &[&str]) -> Option<(&Document, &Node)> {
        let (document, start) = *self.entries.get(entry)?;
        let document = self.documents.get(document)?;
        let lists = document.root.entries().iter();
        let mut node = lists
            .flat_map(|(_, list)| list.items())
            .find(|node| node.span.start == start)
            .unwrap_or(&document.root);
        for step in path {
            match node.get(step).or_else(|| node.index(step.parse().ok()?)) {
                Some(part) => node = part,
                None => break,
            }
        }
        Some((document, node))
    }

    /// Returns whether any problem is an error.
    pub fn has_errors(&self) -> bool {
        self.problems
            .iter()
            .any(|problem| problem.severity == Severity::Error)
    }
}

/// Loads a base and the overlays over it.
///
/// An overlay's entry replaces the entry of the same kind and id; its `overlay.yaml` may disable patterns and rules, set single
/// values and add options. A layer that has a `kb.yaml` is a whole base and replaces all before it.
pub fn load(layers: &[Layer]) -> Loaded {
    let mut problems = Vec::new();
    let mut unreadable = Unreadable::default();
    let mut documents: Vec<(usize, Document)> = Vec::new();
    for (layer, files) in layers.iter().enumerate() {
        let mut files: Vec<&SourceFile> = files.files.iter().collect();
        files.sort_by(|left, right| left.path.cmp(&right.path));
        for file in files {
            let (document, found) = yaml::parse_bytes(&file.path, &file.bytes, &Limits::default());
            if document.is_none() {
                unreadable.add(&file.bytes, &found);
            }
            problems.extend(found);
            documents.extend(document.map(|document| (layer, document)));
        }
    }
    let whole_base = documents
        .iter()
        .filter(|(_, document)| document.root.get("format").is_some())
        .map(|(layer, _)| *layer)
        .max();
    problems.extend(both_base_and_overlay(&documents));
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
    let begins: Vec<Begin<'_>> = (entries.places().into_iter())
        .map(|(entry, at)| Begin {
            entry,
            document: at.document,
            node: at.node,
            place: at.place(),
        })
        .collect();
    let places: BTreeMap<String, (usize, usize)> = entries
        .places()
        .into_iter()
        .filter_map(|(entry, at)| {
            let document = documents
                .iter()
                .position(|(_, document)| std::ptr::eq(document, at.document))?;
            Some((entry, (document, at.node.span.start)))
        })
        .collect();
    let mut base = compile(&entries, names, &mut problems);
    if let Some(base) = &mut base {
        overlay::unsource(base);
    }
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
    let all: Vec<&Document> = documents.iter().map(|(_, document)| document).collect();
    let broken = Broken::new(&problems, &begins, &all, &unreadable.words);
    unreadable.withhold(&mut problems);
    merge_missing(&mut problems);
    merge_refused(&mut problems, &begins);
    let failed = problems
        .iter()
        .any(|problem| problem.severity == Severity::Error);
    let base = base.map(KnowledgeBase::connected);
    let (base, partial) = if failed { (None, base) } else { (base, None) };
    Loaded {
        base,
        partial,
        broken,
        problems,
        documents: documents
            .into_iter()
            .map(|(_, document)| document)
            .collect(),
        entries: places,
    }
}

/// Reports layers that call themselves a whole base and an overlay: the one replaces what is below, the other changes it.
fn both_base_and_overlay(documents: &[(usize, Document)]) -> Vec<Problem> {
    let of = |layer: usize, key: &str| {
        (documents.iter())
            .filter(|(of, _)| *of == layer)
            .find_map(|(_, document)| Some((document, document.root.get(key)?)))
    };
    let layers: BTreeSet<usize> = documents.iter().map(|(layer, _)| *layer).collect();
    layers
        .into_iter()
        .filter_map(|layer| {
            let (base, _) = of(layer, "format")?;
            let (manifest, name) = of(layer, "overlay")?;
            let message = format!(
                "this is an overlay, but `{}` beside it makes the folder a whole base, which replaces all below it",
                shortened(base.file.rsplit(['/', '\\']).next().unwrap_or_default())
            );
            let problem = Problem::error(message).at(manifest.place(name.span));
            Some(problem.help("remove that file to lay the folder over the base, or this one to replace the base"))
        })
        .collect()
}

/// How every message begins that names something which is not defined.
pub(super) const MISSING: &str = "there is no ";

/// Files that could not be read: what they would have defined is missed elsewhere, which is no fault there.
#[derive(Default)]
struct Unreadable {
    /// Every word of them, as an id would be written.
    words: BTreeSet<String>,
    /// What is wrong with them.
    problems: Vec<Problem>,
}

impl Unreadable {
    fn add(&mut self, bytes: &[u8], problems: &[Problem]) {
        let text = String::from_utf8_lossy(bytes);
        self.words.extend(words(&text));
        self.problems.extend(problems.iter().cloned());
    }

    /// Takes out what follows from the files that could not be read alone, and puts these first.
    fn withhold(&self, problems: &mut Vec<Problem>) {
        if self.problems.is_empty() {
            return;
        }
        let before = problems.len();
        problems.retain(|problem| !self.explains(problem));
        let withheld = before - problems.len();
        problems.sort_by_key(|problem| !self.problems.contains(problem));
        if withheld > 0
            && let Some(first) = problems.first_mut()
        {
            tell_withheld(first, withheld);
        }
    }

    /// Whether a problem is that something is not there which one of the files may define.
    fn explains(&self, problem: &Problem) -> bool {
        if self.problems.contains(problem) {
            return false;
        }
        let named = || problem.message.split('`').skip(1).step_by(2);
        let is_known = |name: &str| {
            self.words.contains(name) || name.split(' ').all(|word| self.words.contains(word))
        };
        let refers = [MISSING, "no step asks the group "]
            .iter()
            .any(|start| problem.message.starts_with(start))
            || problem.message.ends_with(" is no priority");
        // What has no place is missed by the base as a whole, and which decision is earlier depends on all of it.
        problem.place.is_none()
            || problem
                .message
                .ends_with(" is not an option of an earlier decision")
            || refers && named().any(is_known)
    }
}

/// Tells once, at its first place, what many places miss.
fn merge_missing(problems: &mut Vec<Problem>) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    problems.retain(|problem| {
        if !problem.message.starts_with(MISSING) {
            return true;
        }
        let count = counts.entry(problem.message.clone()).or_default();
        *count += 1;
        *count == 1
    });
    for problem in problems {
        if let Some(count) = counts.get(&problem.message).filter(|count| **count > 1)
            && let Some(what) = problem.message.strip_prefix(MISSING)
        {
            let verb = if what.starts_with("source ") {
                "cite"
            } else {
                "name"
            };
            problem.message = format!("{count} places {verb} the {what}, which does not exist");
        }
    }
}

/// How errors begin that tell of a default.
pub(super) const DEFAULT: &str = "the default ";

/// How many answers that a requirement does not take are told of it.
const REFUSED: usize = 3;

/// Withholds what follows from a requirement with errors of its own: answers that it does not take, and, where
/// its type or unit is wrong, conditions that read it. Of answers that any other does not take the first are told, and how many more
/// there are.
fn merge_refused(problems: &mut Vec<Problem>, begins: &[Begin<'_>]) {
    let mut causes: BTreeMap<String, usize> = BTreeMap::new();
    for (index, problem) in problems.iter().enumerate() {
        // A default says nothing about which answers are taken.
        let is_cause = problem.is_error() && !problem.message.starts_with(DEFAULT);
        let place = problem.place.as_ref().filter(|_| is_cause);
        let id = place
            .and_then(|place| inside(begins, place))
            .and_then(|begin| begin.entry.strip_prefix("requirement/"));
        if let Some(id) = id {
            causes.entry(id.to_owned()).or_insert(index);
        }
    }
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut is_told = vec![true; problems.len()];
    for (index, problem) in problems.iter().enumerate() {
        let misread = || {
            let is_mistyped = |at: &usize| {
                let message = &problems[*at].message;
                *at != index
                    && ["`type`", "unit", "`values`"]
                        .iter()
                        .any(|of| message.contains(of))
            };
            let id = no_value_of(&problem.message).or_else(|| misreads(problem));
            id.filter(|id| causes.get(*id).is_some_and(is_mistyped))
        };
        let Some(id) = refuses(&problem.message).or_else(misread) else {
            continue;
        };
        let (count, last) = counts.entry(id.to_owned()).or_default();
        *count += 1;
        if !causes.contains_key(id) && *count <= REFUSED {
            *last = index;
        } else {
            is_told[index] = false;
        }
    }
    for (id, (count, last)) in counts {
        if let Some(cause) = causes.get(&id) {
            tell_withheld(&mut problems[*cause], count);
        } else if count > REFUSED {
            let message = &mut problems[last].message;
            *message = format!("{message}; and {} more like this", count - REFUSED);
        }
    }
    let mut told = is_told.into_iter();
    problems.retain(|_| told.next().unwrap_or(true));
}

/// Says of a problem how many that follow from it are not told.
fn tell_withheld(problem: &mut Problem, count: usize) {
    let more = match count {
        1 => "1 problem that follows from this is not shown".to_owned(),
        _ => format!("{count} problems that follow from this are not shown"),
    };
    problem.help = Some(match problem.help.take() {
        Some(help) => format!("{help}; {more}"),
        None => more,
    });
}

/// The requirement that a condition or formula reads where a problem points at, other than in its own entry.
fn misreads(problem: &Problem) -> Option<&str> {
    let place = problem.place.as_ref()?;
    let before = place.column.checked_sub(place.from)? as usize;
    let (start, _) = place.excerpt.char_indices().nth(before)?;
    let rest = place.excerpt.get(start..)?;
    let is_end = |character: char| !(character.is_ascii_alphanumeric() || character == '_');
    let word = rest.split(is_end).next()?;
    (!word.is_empty()).then_some(word)
}

/// The requirement of which a message says that something is no value of it.
fn no_value_of(message: &str) -> Option<&str> {
    let (_, rest) = message.split_once(" is not a value of `")?;
    rest.strip_suffix('`')
}

/// The requirement whose range a message says an answer to be out of.
fn refuses(message: &str) -> Option<&str> {
    let rest = message.strip_suffix(OUT_OF_RANGE)?.strip_prefix('`')?;
    rest.split_once("`: ").map(|(id, _)| id)
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
    } else if has("tradeoff") {
        entries.tradeoffs.extend(single(document, layer, problems));
    } else if has("precedent") {
        entries.precedents.extend(single(document, layer, problems));
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
            let help = "a knowledge file starts with one of `pattern`, `decision`, `step`, `tradeoff`, `precedent`, `case`, `overlay`, `format`, ";
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
    ("principles", "principle"),
    ("fallacies", "fallacy"),
    ("mistakes", "mistake"),
    ("figures", "figure"),
    ("reading", "reading"),
    ("witnesses", "witness"),
    ("guides", "guide"),
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
            "witnesses" => entries
                .witnesses
                .extend(decode(document, node, layer, problems)),
            "guides" => entries
                .guides
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
