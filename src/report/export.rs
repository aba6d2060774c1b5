//! A design with the advice on it, as data: the shape of `export --format json`.

use super::{advice as shapes, diagram, estimate};
use crate::design::{self, Design, Kind, Level, Status, Timing};
use crate::knowledge::KnowledgeBase;
use crate::problem::Problem;
use crate::reasoning::Advice;
use serde_json::{Map, Value as Json, json};

/// Returns the document, with what was odd about the design.
pub fn json(base: &KnowledgeBase, design: &Design, advice: &Advice, odd: &[Problem]) -> Json {
    let mut document = Map::new();
    document.insert("schema".into(), "archadvisor/export/1".into());
    document.insert("knowledge".into(), shapes::knowledge(base));
    document.insert("design".into(), design_json(design));
    document.insert("estimates".into(), estimate::json(base, &advice.facts));
    document.extend(shapes::parts(base, advice, &[]));
    document.extend(shapes::standing(
        base,
        &design::standing(base, design, advice),
    ));
    document.insert("problems".into(), odd.iter().map(shapes::problem).collect());
    document.insert(
        "diagram".into(),
        json!({"mermaid": diagram::mermaid(base, advice)}),
    );
    Json::Object(document)
}

/// What people wrote, beside answers and priorities, which the other parts have.
fn design_json(design: &Design) -> Json {
    let interfaces = design.interfaces.iter().map(|interface| {
        json!({
            "name": interface.name, "caller": interface.caller, "kind": interface.kind.map(Kind::word),
            "style": interface.style.map(Timing::word), "share": interface.share, "latency": interface.latency,
            "idempotent": interface.idempotent,
        })
    });
    let entities = design.entities.iter().map(|entity| {
        let access = entity.access.iter().map(|access| json!({"by": access.by.word(), "rate": access.rate}));
        json!({"name": entity.name, "relations": entity.relations, "access": access.collect::<Vec<_>>(), "notes": entity.notes})
    });
    let decisions: Map<String, Json> = design
        .decisions
        .iter()
        .map(|(id, decision)| {
            let entry = json!({
                "chosen": decision.chosen, "status": decision.status.map(Status::word),
                "because": decision.because, "confidence": decision.confidence.map(Level::word),
                "reversibility": decision.reversibility.map(Level::word), "decided": decision.decided,
                "review": {"when": decision.review.when, "on": decision.review.on},
            });
            (id.clone(), entry)
        })
        .collect();
    let waivers = design.waivers.iter().map(|waiver| {
        json!({"conflict": waiver.conflict, "because": waiver.because, "by": waiver.by, "until": waiver.until})
    });
    json!({
        "title": design.title, "context": design.context, "functions": design.functions,
        "interfaces": interfaces.collect::<Vec<_>>(), "entities": entities.collect::<Vec<_>>(),
        "decisions": decisions, "waivers": waivers.collect::<Vec<_>>(), "notes": design.notes,
    })
}
