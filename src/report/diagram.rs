//! The component diagram of a design, as a Mermaid flowchart.

use super::escape;
use super::roles::{COMPONENTS, JOINS, REQUEST_PATH, Shape};
use crate::knowledge::{Component, KnowledgeBase, PatternId};
use crate::reasoning::{Advice, DecisionState};
use std::collections::BTreeMap;

/// What each component consists of.
type Parts<'a> = BTreeMap<Component, Vec<&'a str>>;

/// Returns the Mermaid text of the diagram, without a fence. Every design has clients and an application.
pub(super) fn mermaid(base: &KnowledgeBase, advice: &Advice) -> String {
    let parts = parts(base, advice);
    let mut lines = vec!["flowchart LR".to_owned()];
    let place = parts.get(&Component::Place).map(|names| names.join(", "));
    for (component, id, label, shape, _) in COMPONENTS.iter().filter(|(.., inside)| !inside) {
        lines.extend(node(&parts, *component, id, label, *shape).map(|node| format!("  {node}")));
    }
    let title = place.unwrap_or_else(|| "System".to_owned());
    lines.push(format!("  subgraph place[\"{}\"]", escape::mermaid(&title)));
    for (component, id, label, shape, _) in COMPONENTS.iter().filter(|(.., inside)| *inside) {
        lines.extend(node(&parts, *component, id, label, *shape).map(|node| format!("    {node}")));
    }
    lines.push("  end".to_owned());
    let present: Vec<Component> = REQUEST_PATH
        .iter()
        .copied()
        .filter(|component| parts.contains_key(component))
        .collect();
    for pair in present.windows(2) {
        if let [from, to] = pair {
            lines.push(format!("  {} --> {}", name(*from), name(*to)));
        }
    }
    for (from, to, passes, later) in JOINS {
        if parts.contains_key(from) && parts.contains_key(to) {
            let arrow = if *later { "-.->" } else { "-->" };
            let passes = if passes.is_empty() {
                String::new()
            } else {
                format!("|{passes}|")
            };
            lines.push(format!("  {} {arrow}{passes} {}", name(*from), name(*to)));
        }
    }
    lines.join("\n")
}

fn parts<'a>(base: &'a KnowledgeBase, advice: &Advice) -> Parts<'a> {
    let mut parts: Parts<'a> = BTreeMap::new();
    for component in [Component::Clients, Component::App] {
        parts.insert(component, Vec::new());
    }
    let mut add = |otherwise: Component, pattern: PatternId| {
        let pattern = base.pattern(pattern);
        let component = pattern.component.unwrap_or(otherwise);
        if component == Component::NotDrawn {
            return;
        }
        let names = parts.entry(component).or_default();
        let name = pattern.name.as_str();
        if !names.contains(&name) {
            names.push(name);
        }
    };
    for entry in
        (advice.decisions.iter()).filter(|entry| entry.state != DecisionState::NotApplicable)
    {
        for pattern in entry.taken() {
            add(base.decision(entry.id).component, *pattern);
        }
    }
    // A practice has no decision that could say it for all.
    for practice in &advice.practices {
        add(Component::NotDrawn, practice.advice.pattern);
    }
    if parts.contains_key(&Component::Queue) {
        parts.entry(Component::Workers).or_default();
    }
    parts
}

fn name(component: Component) -> &'static str {
    COMPONENTS
        .iter()
        .find(|(known, ..)| *known == component)
        .map_or("place", |(_, id, ..)| id)
}

fn node(
    parts: &Parts<'_>,
    component: Component,
    id: &str,
    label: &str,
    shape: Shape,
) -> Option<String> {
    let names = parts.get(&component)?;
    let mut text = format!("<b>{label}</b>");
    for name in names {
        text.push_str("<br/>");
        text.push_str(&escape::mermaid(name));
    }
    let (open, close) = match shape {
        Shape::Box => ("[", "]"),
        Shape::Round => ("([", "])"),
        Shape::Cylinder => ("[(", ")]"),
        Shape::Queue => ("[[", "]]"),
    };
    Some(format!("{id}{open}\"{text}\"{close}"))
}
