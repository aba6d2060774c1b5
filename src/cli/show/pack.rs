//! Sector packs: what each is for, how to use it, and the patterns that it adds.

use crate::builtin;
use crate::cli::Stdout;
use crate::cli::output::Text;
use crate::cli::style::Role;
use crate::knowledge::Layer;
use serde_json::{Value as Json, json};

/// The pack that a name means: `health`, `pack:health`, `pack/health`.
pub(super) fn named(name: &str) -> Option<&'static str> {
    let name = (name.strip_prefix("pack:").or(name.strip_prefix("pack/"))).unwrap_or(name);
    builtin::packs().into_iter().find(|pack| *pack == name)
}

/// Writes one pack.
pub(super) fn page(name: &str, as_json: bool, output: &mut Stdout) -> anyhow::Result<()> {
    let patterns = builtin::pack(name).map(|pack| patterns(&pack));
    let patterns = patterns.unwrap_or_default();
    if as_json {
        let pack = json!({"id": name, "title": builtin::pack_title(name), "patterns": patterns});
        output.json(&json!({"schema": "archadvisor/show/1", "kind": "pack", "pack": pack}))?;
        return Ok(());
    }
    output.wrap(
        &Text::new(Role::Title, name).and(Role::Dim, "  sector pack"),
        0,
        0,
    )?;
    output.blank()?;
    output.wrap(&Text::plain(builtin::pack_title(name)), 0, 0)?;
    output.heading("Patterns that it adds")?;
    output.wrap(&Text::new(Role::Id, patterns.join(", ")), 2, 2)?;
    output.heading("To use it")?;
    let ways = [
        ("in a design file", format!("packs: [{name}]")),
        (
            "for one command",
            format!("archadvisor recommend --kb pack:{name}"),
        ),
        (
            "to read in it",
            match patterns.first() {
                Some(first) => format!("archadvisor show {first} --kb pack:{name}"),
                None => format!("archadvisor patterns --kb pack:{name}"),
            },
        ),
    ];
    for (label, way) in ways {
        output.field(2, label, 20, &Text::new(Role::Id, way))?;
    }
    Ok(())
}

/// Writes all packs.
pub(super) fn list(as_json: bool, output: &mut Stdout) -> anyhow::Result<()> {
    let packs = (builtin::packs().into_iter()).map(|name| (name, builtin::pack_title(name)));
    if as_json {
        let list: Vec<Json> = packs
            .map(|(name, title)| json!({"id": name, "name": name, "what": title}))
            .collect();
        output.json(
            &json!({"schema": "archadvisor/show/1", "kind": "list", "of": "pack", "list": list}),
        )?;
        return Ok(());
    }
    for (name, title) in packs {
        let text = Text::new(Role::Id, name).and(Role::Dim, format!("  {title}"));
        output.wrap(&text, 0, 4)?;
    }
    output.blank()?;
    output.wrap(
        &Text::new(Role::Dim, "One of them: archadvisor show pack/ID."),
        0,
        0,
    )?;
    Ok(())
}

/// The ids of the patterns of a pack: a pattern lies in a file of its name, in a folder `patterns`.
fn patterns(pack: &Layer) -> Vec<String> {
    let mut ids: Vec<String> = (pack.files.iter())
        .filter(|file| file.path.contains("/patterns/"))
        .filter_map(|file| file.path.rsplit('/').next()?.strip_suffix(".yaml"))
        .map(str::to_owned)
        .collect();
    ids.sort();
    ids
}
