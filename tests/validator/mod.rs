//! A validator of JSON Schema that knows the few keywords that are used here, and no more.
//!
//! `.ci/run` shows the same with a validator of others.

use serde_json::Value as Json;

/// Where a value breaks a schema, the outermost first.
pub(crate) fn faults(schema: &Json, value: &Json) -> Vec<String> {
    faults_at(schema, schema, value, "$")
}

/// The same of a part of a schema, whose `$ref` are looked up in the whole.
pub(crate) fn faults_at(schema: &Json, root: &Json, value: &Json, path: &str) -> Vec<String> {
    let here = || vec![path.to_owned()];
    let fits = |schema: &Json| faults_at(schema, root, value, path).is_empty();
    let mut found = Vec::new();
    for (keyword, rule) in schema.as_object().unwrap() {
        found.extend(match (keyword.as_str(), value) {
            ("$schema" | "$defs" | "title" | "description" | "then" | "else", _) => vec![],
            ("$ref", _) => {
                let pointer = rule.as_str().unwrap().strip_prefix('#').unwrap();
                faults_at(root.pointer(pointer).unwrap(), root, value, path)
            }
            ("type", _) => {
                let is = |name: &str| match name {
                    "string" => value.is_string(),
                    "integer" => value.is_i64() || value.is_u64(),
                    "number" => value.is_number(),
                    "boolean" => value.is_boolean(),
                    "array" => value.is_array(),
                    "object" => value.is_object(),
                    "null" => value.is_null(),
                    other => panic!("unknown type {other}"),
                };
                let fits = match rule {
                    Json::Array(names) => names.iter().any(|name| is(name.as_str().unwrap())),
                    name => is(name.as_str().unwrap()),
                };
                if fits { vec![] } else { here() }
            }
            ("const", _) if value == rule => vec![],
            ("const", _) => here(),
            ("enum", _) if rule.as_array().unwrap().contains(value) => vec![],
            ("enum", _) => here(),
            ("anyOf", _) if rule.as_array().unwrap().iter().any(fits) => vec![],
            ("anyOf", _) => here(),
            ("if", _) => {
                let branch = if fits(rule) { "then" } else { "else" };
                faults_at(&schema[branch], root, value, path)
            }
            ("minimum", Json::Number(number)) if number.as_f64() < rule.as_f64() => here(),
            ("maximum", Json::Number(number)) if number.as_f64() > rule.as_f64() => here(),
            ("minLength", Json::String(text)) if (text.len() as u64) < rule.as_u64().unwrap() => {
                here()
            }
            ("minItems", Json::Array(items)) if (items.len() as u64) < rule.as_u64().unwrap() => {
                here()
            }
            ("minProperties", Json::Object(keys))
                if (keys.len() as u64) < rule.as_u64().unwrap() =>
            {
                here()
            }
            ("pattern", Json::String(text)) => {
                assert_eq!(rule, "^[a-z0-9_-]+$");
                let is_id =
                    |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
                if !text.is_empty() && text.chars().all(is_id) {
                    vec![]
                } else {
                    here()
                }
            }
            ("items", Json::Array(items)) => (items.iter().enumerate())
                .flat_map(|(index, item)| faults_at(rule, root, item, &format!("{path}[{index}]")))
                .collect(),
            ("required", Json::Object(keys)) => {
                let names = rule.as_array().unwrap().iter();
                let missing = names.filter(|name| !keys.contains_key(name.as_str().unwrap()));
                missing.flat_map(|_| here()).collect()
            }
            ("propertyNames", Json::Object(keys)) => (keys.keys())
                .flat_map(|key| faults_at(rule, root, &key.as_str().into(), path))
                .collect(),
            ("properties", Json::Object(keys)) => (keys.iter())
                .filter_map(|(key, value)| Some((key, value, rule.get(key)?)))
                .flat_map(|(key, value, rule)| {
                    faults_at(rule, root, value, &format!("{path}.{key}"))
                })
                .collect(),
            ("additionalProperties", Json::Object(keys)) => {
                let others = keys
                    .iter()
                    .filter(|(key, _)| schema["properties"].get(key).is_none());
                others
                    .flat_map(|(key, value)| match rule {
                        Json::Bool(allowed) => {
                            if *allowed {
                                vec![]
                            } else {
                                here()
                            }
                        }
                        rule => faults_at(rule, root, value, &format!("{path}.{key}")),
                    })
                    .collect()
            }
            (
                "minimum"
                | "maximum"
                | "minLength"
                | "minItems"
                | "minProperties"
                | "pattern"
                | "items"
                | "required"
                | "propertyNames"
                | "properties"
                | "additionalProperties",
                _,
            ) => vec![],
            (other, _) => panic!("this validator does not know `{other}`"),
        });
    }
    found
}
