//! The JSON Schema of what the commands print with `--json`, by which editors, builds and generators of code read it.
//!
//! Keys are only ever added, so what is not described here is allowed. Ids are plain texts: which there are depends on the
//! knowledge at hand, and the schema of an output does not.

mod advice;
mod commands;
mod design;
mod kb;
mod patterns;
mod show;
mod words;

use crate::authoring::schema::DRAFT;
use serde_json::{Map, Value as Json, json};

/// The name under which the schema is asked for.
pub(super) const OUTPUT: &str = "output";

/// The outputs that say in `schema` what they are: the name there, and the command.
const DOCUMENTS: [(&str, &str); 9] = [
    ("recommend", "`recommend --json`"),
    ("explain", "`explain --json` of a decision"),
    ("explain-practice", "`explain --json` of a practice"),
    ("check", "`check --json`"),
    ("export", "`export --format json`"),
    ("show", "`show --json`"),
    ("kb-lint", "`kb lint --json`"),
    ("kb-test", "`kb test --json`"),
    ("kb-stats", "`kb stats --json`"),
];

/// Returns the schema of all outputs, each of them also by itself under `$defs`.
pub(super) fn schema() -> Json {
    let documents = DOCUMENTS.iter().map(|(name, _)| versioned(name));
    let unknown = json!({
        "type": "object", "required": ["schema"],
        "properties": {"schema": {"enum": documents.collect::<Vec<_>>()}},
    });
    let told_by_schema = DOCUMENTS.iter().rev().fold(unknown, |rest, (name, _)| {
        let is =
            json!({"required": ["schema"], "properties": {"schema": {"const": versioned(name)}}});
        json!({"if": is, "then": of(name), "else": rest})
    });
    let mut definitions = Map::new();
    for part in [
        advice::definitions(),
        commands::definitions(),
        design::definitions(),
        kb::definitions(),
        patterns::definitions(),
        show::definitions(),
    ] {
        definitions.extend(part);
    }
    json!({
        "$schema": DRAFT,
        "title": "The JSON that archadvisor prints",
        "description": "What an output is, its `schema` tells; `estimate` and `patterns` print lists. Each is also by itself \
            under `$defs`. Keys are only ever added: let pass those that are not known.",
        "if": {"type": "array"},
        "then": {"if": {"items": {"required": ["formula"]}}, "then": of("estimate"), "else": of("patterns")},
        "else": told_by_schema,
        "$defs": definitions,
    })
}

fn versioned(name: &str) -> String {
    format!("archadvisor/{name}/1")
}

/// A key of an object: its name, with a question mark where the key may be missing; what it holds; what that means.
type Key<'a> = (&'a str, Json, &'a str);

/// An object with known keys.
fn object<'a>(keys: impl IntoIterator<Item = Key<'a>>) -> Json {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for (name, schema, about) in keys {
        let certain = name.strip_suffix('?');
        if certain.is_none() {
            required.push(name);
        }
        properties.insert(certain.unwrap_or(name).to_owned(), described(schema, about));
    }
    json!({"type": "object", "required": required, "properties": properties})
}

/// The whole output of a command, which says in `schema` what it is.
fn document<'a>(name: &str, keys: impl IntoIterator<Item = Key<'a>>) -> (String, Json) {
    let about = (DOCUMENTS.iter().find(|(other, _)| *other == name)).map_or("", |(_, about)| about);
    let tells = (
        "schema",
        json!({"const": versioned(name)}),
        "What the output is, and its version.",
    );
    let keys = [tells].into_iter().chain(keys);
    (name.to_owned(), described(object(keys), about))
}

/// A part that has a name of its own.
fn part<'a>(name: &str, about: &str, keys: impl IntoIterator<Item = Key<'a>>) -> (String, Json) {
    (name.to_owned(), described(object(keys), about))
}

fn described(mut schema: Json, about: &str) -> Json {
    schema["description"] = about.into();
    schema
}

/// What is described under a name.
fn of(name: &str) -> Json {
    json!({"$ref": format!("#/$defs/{name}")})
}

fn list(item: Json) -> Json {
    json!({"type": "array", "items": item})
}

/// Any keys, all with the same kind of value.
fn map(value: Json) -> Json {
    json!({"type": "object", "additionalProperties": value})
}

fn text() -> Json {
    json!({"type": "string"})
}

fn texts() -> Json {
    list(text())
}

fn truth() -> Json {
    json!({"type": "boolean"})
}

fn whole() -> Json {
    json!({"type": "integer"})
}

fn at_least(least: i32) -> Json {
    json!({"type": "integer", "minimum": least})
}

fn within(least: i32, most: i32) -> Json {
    json!({"type": "integer", "minimum": least, "maximum": most})
}

/// One of a closed list of words.
fn word<S: Into<Json>>(words: impl IntoIterator<Item = S>) -> Json {
    let words: Vec<Json> = words.into_iter().map(Into::into).collect();
    json!({"type": "string", "enum": words})
}

/// The same, or null.
fn or_null(mut schema: Json) -> Json {
    if schema.get("$ref").is_some() {
        return json!({"anyOf": [schema, {"type": "null"}]});
    }
    schema["type"] = json!([schema["type"], "null"]);
    if let Some(words) = schema.get_mut("enum").and_then(Json::as_array_mut) {
        words.push(Json::Null);
    }
    schema
}
