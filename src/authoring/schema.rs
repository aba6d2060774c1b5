//! JSON Schema for knowledge files and designs, by which editors complete and check them.
//!
//! What a file may hold comes from its reader's types, the ids that exist from the base at hand. The schema refuses what a
//! look at one file can tell; conditions, units and whatever concerns several files remain for `kb lint`.

use crate::design;
use crate::knowledge::shape::{Field, FileKind, Names, Shape};
use crate::knowledge::{FactKind, KnowledgeBase, Requirement, file_kinds};
use serde_json::{Map, Value as Json, json};
use std::iter;

/// The draft of JSON Schema that is written.
pub(crate) const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";
/// The name under which the schema of any knowledge file is asked for.
pub const KNOWLEDGE: &str = "knowledge";
/// The name under which the schema of designs is asked for.
pub const DESIGN: &str = "design";

/// Returns the names of all schemas: of any knowledge file, of designs, and of each kind of knowledge file.
pub fn names() -> Vec<&'static str> {
    let kinds = file_kinds();
    let kinds = kinds.iter().map(|kind| kind.name);
    [KNOWLEDGE, DESIGN].into_iter().chain(kinds).collect()
}

/// Returns the schema of a name, with the ids of a base; none when there is no such schema.
pub fn of(name: &str, base: &KnowledgeBase) -> Option<Json> {
    let (title, body) = match name {
        KNOWLEDGE => ("A knowledge file of archadvisor", any_knowledge()),
        DESIGN => (
            "A design file of archadvisor",
            Writer { nulls: true }.value(&design::shape::shape()),
        ),
        _ => {
            let kinds = file_kinds();
            let kind = kinds.iter().find(|kind| kind.name == name)?;
            let body = if kind.is_list {
                lists(&[kind])
            } else {
                single(kind)
            };
            (kind.about, body)
        }
    };
    let mut schema = Map::new();
    schema.insert("$schema".into(), DRAFT.into());
    schema.insert("title".into(), title.into());
    if let Json::Object(body) = body {
        schema.extend(body);
    }
    schema.insert("$defs".into(), definitions(base));
    Some(Json::Object(schema))
}

fn single(kind: &FileKind) -> Json {
    Writer { nulls: false }.value(&kind.shape)
}

/// A file with one or more lists of entries.
fn lists(kinds: &[&FileKind]) -> Json {
    let properties: Map<String, Json> = (kinds.iter())
        .map(|kind| {
            let list = described(single(kind), kind.about);
            (kind.name.to_owned(), list)
        })
        .collect();
    json!({"type": "object", "properties": properties, "additionalProperties": false, "minProperties": 1})
}

/// Any knowledge file: its kind is told by its keys, as when it is loaded.
fn any_knowledge() -> Json {
    let kinds = file_kinds();
    let lists_of: Vec<&FileKind> = kinds.iter().filter(|kind| kind.is_list).collect();
    (kinds.iter().filter(|kind| !kind.is_list)).rev().fold(lists(&lists_of), |rest, kind| {
        json!({"type": "object", "if": {"required": [kind.name]}, "then": single(kind), "else": rest})
    })
}

/// Writes shapes as schemas.
#[derive(Clone, Copy)]
struct Writer {
    /// Whether a key may be left empty, as in designs.
    nulls: bool,
}

impl Writer {
    fn value(self, shape: &Shape) -> Json {
        match shape {
            Shape::Text => json!({"type": "string"}),
            Shape::NewId => json!({"type": "string", "pattern": "^[a-z0-9_-]+$"}),
            Shape::Condition | Shape::Formula => json!({"type": "string", "minLength": 1}),
            Shape::Id(names) => json!({"$ref": format!("#/$defs/{}", definition(*names))}),
            Shape::Scalar => json!({"type": ["string", "number", "boolean"]}),
            Shape::Level => json!({"$ref": "#/$defs/level"}),
            Shape::Whole { least, most } => {
                json!({"type": "integer", "minimum": least, "maximum": most})
            }
            Shape::Number => json!({"type": "number"}),
            Shape::Truth => json!({"type": "boolean"}),
            Shape::Words(words) => json!({"enum": words}),
            Shape::List { item, least, .. } => {
                let mut list = json!({"type": "array", "items": self.value(item)});
                if *least > 0 {
                    list["minItems"] = (*least).into();
                }
                list
            }
            Shape::Map {
                keys: Some(Names::Requirements),
                ..
            } => json!({"$ref": "#/$defs/answers"}),
            Shape::Map {
                keys: Some(names),
                value,
            } => json!({
                "type": "object",
                "propertyNames": {"$ref": format!("#/$defs/{}", definition(*names))},
                "additionalProperties": self.possibly_null(self.value(value)),
            }),
            Shape::Map { keys: None, value } => {
                json!({"type": "object", "additionalProperties": self.value(value)})
            }
            Shape::Fields { fields, .. } => self.fields(fields),
            Shape::Either(left, right) => json!({"anyOf": [self.value(left), self.value(right)]}),
        }
    }

    fn fields(self, fields: &[Field]) -> Json {
        let properties: Map<String, Json> = (fields.iter())
            .flat_map(|field| {
                let value = described(self.possibly_null(self.value(&field.shape)), &field.about);
                let names = field.aliases.iter().chain([&field.name]);
                names.map(move |name| ((*name).to_owned(), value.clone()))
            })
            .collect();
        let mut object =
            json!({"type": "object", "properties": properties, "additionalProperties": false});
        let needed: Vec<&str> = fields
            .iter()
            .filter(|field| field.needed)
            .map(|field| field.name)
            .collect();
        if !needed.is_empty() {
            object["required"] = needed.into();
        }
        object
    }

    fn possibly_null(self, mut schema: Json) -> Json {
        if !self.nulls {
            return schema;
        }
        if let Some(words) = schema.get_mut("enum").and_then(Json::as_array_mut) {
            words.push(Json::Null);
        } else if let Some(kind) = schema.get_mut("type") {
            let mut kinds = kind
                .as_array()
                .cloned()
                .unwrap_or_else(|| vec![kind.clone()]);
            kinds.push("null".into());
            *kind = kinds.into();
        } else {
            return json!({"anyOf": [schema, {"type": "null"}]});
        }
        schema
    }
}

/// A schema with what an editor tells about it.
fn described(mut schema: Json, about: &str) -> Json {
    if let Json::Object(schema) = &mut schema {
        schema.insert("description".into(), about.into());
    }
    schema
}

/// The name under which the ids of a kind are listed.
fn definition(names: Names) -> &'static str {
    match names {
        Names::Axes => "axis",
        Names::Requirements => "requirement",
        Names::Facts => "fact",
        Names::Groups => "group",
        Names::Patterns => "pattern",
        Names::Decisions => "decision",
        Names::Decided => "decided",
        Names::Hazards => "hazard",
        Names::Sources => "source",
        Names::Steps => "step",
        Names::Rules => "rule",
        Names::Tradeoffs => "tradeoff",
    }
}

/// What a base brings to the schemas: its ids, its levels of priority, and which answers its requirements take.
fn definitions(base: &KnowledgeBase) -> Json {
    let mut definitions = Map::new();
    let mut list = |names: Names, ids: Vec<String>| {
        definitions.insert(definition(names).to_owned(), json!({"enum": ids}));
    };
    macro_rules! ids {
        ($entries:expr) => {
            $entries
                .iter()
                .map(|entry| entry.id.to_string())
                .collect::<Vec<String>>()
        };
    }
    let requirements = ids!(base.requirements);
    list(Names::Axes, ids!(base.axes));
    list(
        Names::Facts,
        requirements
            .iter()
            .cloned()
            .chain(ids!(base.quantities))
            .collect(),
    );
    list(Names::Requirements, requirements);
    list(
        Names::Groups,
        base.steps
            .iter()
            .flat_map(|step| {
                step.groups
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
            })
            .collect(),
    );
    list(Names::Patterns, ids!(base.patterns));
    let decisions = ids!(base.decisions);
    let practices = || design::PRACTICES.to_owned();
    list(
        Names::Decided,
        decisions
            .iter()
            .cloned()
            .chain(iter::once(practices()))
            .collect(),
    );
    list(Names::Decisions, decisions);
    list(Names::Hazards, ids!(base.hazards));
    list(Names::Sources, ids!(base.sources));
    list(Names::Steps, ids!(base.steps));
    list(Names::Rules, ids!(base.rules));
    list(Names::Tradeoffs, ids!(base.tradeoffs));
    let levels: Vec<&str> = base.priorities.iter().map(|level| &*level.name).collect();
    definitions.insert(
        "level".into(),
        json!({"anyOf": [{"enum": levels}, {"type": "integer", "minimum": 0, "maximum": 100}]}),
    );
    let answers: Map<String, Json> = (base.requirements.iter())
        .map(|entry| (entry.id.to_string(), answer(entry)))
        .collect();
    definitions.insert(
        "answers".into(),
        json!({"type": "object", "properties": answers, "additionalProperties": false}),
    );
    Json::Object(definitions)
}

/// Which answers a requirement takes. Spellings that only a person would think of are left to the reader.
fn answer(requirement: &Requirement) -> Json {
    let (schema, hint) = match &requirement.kind {
        FactKind::Number { unit, .. } => {
            let unit = match unit.symbol() {
                "" => String::new(),
                symbol => format!(" In {symbol}, unless another unit is written."),
            };
            (json!({"type": ["number", "string"]}), unit)
        }
        FactKind::Bool => (json!({"enum": [true, false, "yes", "no"]}), String::new()),
        FactKind::Choice { values, .. } => {
            let words: Vec<&str> = values.iter().map(|choice| &*choice.value).collect();
            let meanings: Vec<String> = values
                .iter()
                .map(|choice| format!("{}: {}", choice.value, choice.means))
                .collect();
            (json!({"enum": words}), format!(" {}.", meanings.join("; ")))
        }
    };
    described(schema, &format!("{}{hint}", requirement.question))
}
