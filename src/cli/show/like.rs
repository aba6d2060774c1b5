//! What a text is a part of: names, other names, and technologies that are examples.

use crate::cli::Stdout;
use crate::cli::output::Text;
use crate::cli::style::Role;
use crate::failure::Outcome;
use crate::knowledge::{KnowledgeBase, PatternId, fold};
use crate::problem::printable;
use serde_json::json;

/// Lists the patterns that a text may mean, each with what of it matched: its name, an alias, or an example.
pub(super) fn list(
    base: &KnowledgeBase,
    name: &str,
    json: bool,
    named: &[(PatternId, &str)],
    homes: &[PatternId],
    output: &mut Stdout,
) -> anyhow::Result<Outcome> {
    let mut matches: Vec<(PatternId, &str, &str)> = Vec::new();
    for (id, text) in named {
        let is_own = base.pattern(*id).name == *text;
        matches.push((*id, if is_own { "name" } else { "alias" }, text));
    }
    let wanted = fold(name);
    for id in homes {
        if named.iter().any(|(other, _)| other == id) {
            continue;
        }
        let mut examples = base.pattern(*id).examples.iter();
        if let Some(example) = examples.find(|example| fold(&example.name).contains(&wanted)) {
            matches.push((*id, "example", &example.name));
        }
    }
    if json {
        let matches: Vec<_> = (matches.iter())
            .map(|(id, by, text)| json!({"pattern": base.pattern(*id).id, "by": by, "text": text}))
            .collect();
        output.json(&json!({
            "schema": "archadvisor/show/1", "kind": "matches",
            "matches": {"text": name, "patterns": matches},
        }))?;
        return Ok(Outcome::Fine);
    }
    let name = printable(name);
    for (kind, title) in [
        ("name", format!("{name} is part of the name of")),
        ("alias", format!("{name} is part of another name of")),
        ("example", format!("{name} is part of an example of")),
    ] {
        let mut some = (matches.iter()).filter(|(_, by, _)| *by == kind).peekable();
        if some.peek().is_none() {
            continue;
        }
        output.heading(&title)?;
        for (id, by, text) in some {
            let pattern = base.pattern(*id);
            let mut line = Text::new(Role::Id, &pattern.id);
            if *by != "name" {
                line = line.and(Role::Dim, format!(" ({text})"));
            }
            output.wrap(&line.then("  ").then(&pattern.what), 2, 4)?;
        }
    }
    Ok(Outcome::Fine)
}
