//! `archadvisor new`: a design file to start from.

use super::arguments::NewArguments;
use super::key_order::key_order;
use super::output::Text;
use super::{Stdout, names};
use crate::design::{Design, text};
use crate::failure::{Failure, Outcome};
use crate::knowledge::KnowledgeBase;
use anyhow::Context as _;
use std::fs::File;
use std::io::{self, Write as _};

/// Creates a design file.
pub(super) fn run(
    base: &KnowledgeBase,
    arguments: &NewArguments,
    output: &mut Stdout,
) -> anyhow::Result<Outcome> {
    let text = match &arguments.sample {
        Some(name) => sample(name)?.to_owned(),
        None => {
            let design = Design {
                title: "Untitled".to_owned(),
                ..Design::default()
            };
            text::update(None, &design, &key_order(base)).context("the design cannot be written")?
        }
    };
    if arguments.file.as_os_str() == "-" {
        output.raw(&text)?;
        return Ok(Outcome::Fine);
    }
    let shown = arguments.file.to_string_lossy();
    // Never over an existing file: `create_new` leaves no moment between looking and writing.
    let mut file = File::create_new(&arguments.file).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::with_help(
            &format!("`{shown}` is there already"),
            "name another file, or open it: archadvisor FILE",
        )
        .into(),
        _ => anyhow::Error::new(error).context(format!("cannot create `{shown}`")),
    })?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        .with_context(|| format!("cannot write `{shown}`"))?;
    output.wrap(
        &Text::plain(format!("Created {shown}. Next: archadvisor {shown}")),
        0,
        0,
    )?;
    Ok(Outcome::Fine)
}

/// Whole designs that are worth reading, each an example of the repository too.
const SAMPLES: &[(&str, &str)] = &[
    (
        "ticket-flash-sale",
        include_str!("../../examples/ticket-flash-sale.yaml"),
    ),
    (
        "telemetry-fleet",
        include_str!("../../examples/telemetry-fleet.yaml"),
    ),
    (
        "internal-crud-tool",
        include_str!("../../examples/internal-crud-tool.yaml"),
    ),
    (
        "hospital-records",
        include_str!("../../examples/hospital-records.yaml"),
    ),
];

fn sample(name: &str) -> Result<&'static str, Failure> {
    let found = SAMPLES.iter().find(|(id, _)| *id == name);
    let ids = SAMPLES.iter().map(|(id, _)| *id);
    found
        .map(|(_, text)| *text)
        .ok_or_else(|| names::unknown("sample", name, ids, true))
}
