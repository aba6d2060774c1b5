//! `archadvisor kb stats`: how much the knowledge holds, and on what it rests.

use super::environment::Environment;
use super::output::Text;
use super::style::Role;
use super::{Stdout, knowledge as base_in_use};
use crate::builtin;
use crate::failure::Outcome;
use crate::knowledge::{Basis, Claim, Confidence, KnowledgeBase, never_wins};
use crate::reasoning::witness::{self, Standing};
use serde_json::{Value as Json, json};
use std::path::PathBuf;

/// Counts.
pub(super) fn run(
    folders: &[PathBuf],
    environment: &Environment,
    json: bool,
    output: &mut Stdout,
) -> anyhow::Result<Outcome> {
    let base = base_in_use::base(folders, environment)?;
    let claims = || {
        base.patterns
            .iter()
            .flat_map(|pattern| &pattern.effects)
            .flat_map(|effect| &effect.cases)
    };
    let relations: usize = base
        .patterns
        .iter()
        .map(|pattern| {
            pattern.requires.iter().map(Vec::len).sum::<usize>()
                + pattern.excludes.len()
                + pattern.complements.len()
                + pattern.alternatives.len()
                + pattern.specialises.len()
                + pattern.migrates_to.len()
        })
        .sum();
    let graph = base.graph();
    let counts: [(&str, usize); 21] = [
        ("axes", base.axes.len()),
        ("steps", base.steps.len()),
        ("requirements", base.requirements.len()),
        ("quantities", base.quantities.len()),
        ("decisions", base.decisions.len()),
        (
            "core_decisions",
            base.decisions
                .iter()
                .filter(|decision| decision.core)
                .count(),
        ),
        ("patterns", base.patterns.len()),
        ("effects", claims().filter(|claim| claim.value != 0).count()),
        (
            "conditional_effects",
            claims().filter(|claim| claim.when.is_some()).count(),
        ),
        (
            "limits",
            base.patterns
                .iter()
                .map(|pattern| pattern.limits.len())
                .sum(),
        ),
        (
            "drivers",
            base.patterns
                .iter()
                .filter(|pattern| pattern.driver.is_some())
                .count(),
        ),
        (
            "norms",
            base.patterns
                .iter()
                .filter(|pattern| pattern.norm.is_some())
                .count(),
        ),
        ("relations", relations),
        ("hazards", base.hazards.len()),
        ("rules", base.rules.len()),
        ("tradeoffs", base.tradeoffs.len()),
        ("precedents", base.precedents.len()),
        ("sources", base.sources.len()),
        ("cases", base.cases.len()),
        ("graph_nodes", graph.node_count()),
        ("graph_edges", graph.edge_count()),
    ];
    let grounds = Grounds::of(base);
    let witnesses = Witnesses::of(base);
    let (stood_for, items) = guides(base);
    let packs: Vec<(&str, &str)> = (builtin::packs().into_iter())
        .map(|name| (name, builtin::pack_title(name)))
        .collect();
    if json {
        let counts: serde_json::Map<String, Json> = counts
            .into_iter()
            .map(|(name, number)| (name.to_owned(), number.into()))
            .collect();
        output.json(&json!({
            "schema": "archadvisor/kb-stats/1",
            "knowledge": {"title": base.title, "version": base.version, "overlays": base.overlays},
            "counts": counts,
            "claims": {
                "total": grounds.total,
                "own_source": grounds.own,
                "external_source": grounds.external,
                "basis": numbers(&grounds.basis),
                "confidence": numbers(&grounds.confidence),
            },
            "witnesses": {"options": witnesses.options, "shown": witnesses.shown, "never": witnesses.never},
            "guide_items": {"total": items, "stood_for": stood_for},
            "packs": packs.iter().map(|(name, title)| json!({"name": name, "title": title})).collect::<Vec<_>>(),
        }))?;
        return Ok(Outcome::Fine);
    }
    output.title(&format!("{} {}", base.title, base.version))?;
    if let Some(text) = base_in_use::replaced(folders, environment) {
        output.wrap(&Text::new(Role::Dim, text), 0, 0)?;
    }
    for overlay in &base.overlays {
        output.field(0, "overlay", 12, &Text::plain(overlay))?;
    }
    for (name, number) in counts {
        output.line(&Text::plain(format!(
            "{number:>6}  {}",
            name.replace('_', " ")
        )))?;
    }
    output.heading("What the claims rest on")?;
    let mut row =
        |name: &str, number: usize| output.line(&Text::plain(format!("{number:>6}  {name}")));
    row("claims: effects that are not 0", grounds.total)?;
    row(
        "with sources of their own, beside those of the pattern",
        grounds.own,
    )?;
    row(
        "with a source beside the guides, own or the pattern's",
        grounds.external,
    )?;
    for (name, number) in grounds.basis {
        row(&format!("basis {name}"), number)?;
    }
    for (name, number) in grounds.confidence {
        row(&format!("confidence {name}"), number)?;
    }
    output.heading("What is shown")?;
    let mut share = |part: usize, whole: usize, what: &str| {
        output.line(&Text::plain(format!(
            "{:>9}  {what}",
            format!("{part}/{whole}")
        )))
    };
    share(
        witnesses.shown,
        witnesses.options,
        "options have a witness that makes them win",
    )?;
    share(
        witnesses.never,
        witnesses.options,
        "options are proved never to win",
    )?;
    share(
        stood_for,
        items,
        "items of the guides have something that stands for them",
    )?;
    output.heading("Sector packs, laid over it with --kb pack:NAME")?;
    for (name, title) in packs {
        output.field(2, name, 16, &Text::plain(title))?;
    }
    Ok(Outcome::Fine)
}

/// What the claims of a base rest on.
struct Grounds {
    total: usize,
    own: usize,
    external: usize,
    basis: [(&'static str, usize); 4],
    confidence: [(&'static str, usize); 3],
}

impl Grounds {
    fn of(base: &KnowledgeBase) -> Self {
        let claims: Vec<&Claim> = (base.patterns.iter())
            .flat_map(|pattern| &pattern.effects)
            .flat_map(|effect| &effect.cases)
            .filter(|claim| claim.value != 0)
            .collect();
        // A claim that names none has the sources of its pattern.
        let own = base.patterns.iter().flat_map(|pattern| {
            (pattern.effects.iter())
                .flat_map(|effect| &effect.cases)
                .filter(|claim| claim.value != 0 && claim.support.sources != pattern.sources)
        });
        // The guides that the knowledge takes up are where it comes from, not what shows that it is right.
        let external = |claim: &Claim| {
            (claim.support.sources.iter()).any(|id| {
                let source = base.source(*id);
                !matches!(source.kind.as_str(), "guide" | "internal")
            })
        };
        let basis = |basis: Basis| claims.iter().filter(|claim| claim.basis == basis).count();
        let confidence = |confidence: Confidence| {
            (claims.iter())
                .filter(|claim| claim.confidence == confidence)
                .count()
        };
        Self {
            total: claims.len(),
            own: own.count(),
            external: claims.iter().filter(|claim| external(claim)).count(),
            basis: [
                ("measured", basis(Basis::Measured)),
                ("vendor", basis(Basis::Vendor)),
                ("literature", basis(Basis::Literature)),
                ("judgement", basis(Basis::Judgement)),
            ],
            confidence: [
                ("high", confidence(Confidence::High)),
                ("medium", confidence(Confidence::Medium)),
                ("low", confidence(Confidence::Low)),
            ],
        }
    }
}

/// How many options are shown to win, or never to.
struct Witnesses {
    options: usize,
    shown: usize,
    never: usize,
}

impl Witnesses {
    fn of(base: &KnowledgeBase) -> Self {
        let replays = witness::replay(base);
        let (shown, others): (Vec<witness::Replay>, Vec<witness::Replay>) =
            (replays.iter().copied()).partition(|replay| replay.standing == Standing::Wins);
        let never = (others.iter())
            .filter(|replay| never_wins(base, replay.decision, replay.option).is_some())
            .count();
        Self {
            options: replays.len(),
            shown: shown.len(),
            never,
        }
    }
}

/// Returns how many items of the guides something stands for, and how many there are.
fn guides(base: &KnowledgeBase) -> (usize, usize) {
    let homes = base.homes();
    let items =
        || (base.guides.iter()).flat_map(|guide| guide.item_ids().map(move |item| (guide, item)));
    let stood_for = items()
        .filter(|(guide, item)| {
            homes.contains_key(item.as_str()) || guide.of_the_program(item).is_some()
        })
        .count();
    (stood_for, items().count())
}

fn numbers(rows: &[(&str, usize)]) -> serde_json::Map<String, Json> {
    (rows.iter())
        .map(|(name, number)| ((*name).to_owned(), (*number).into()))
        .collect()
}
