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
    let design = match &arguments.sample {
        Some(name) => sample(base, name)?,
        None => Design {
            title: "Untitled".to_owned(),
            ..Design::default()
        },
    };
    let text =
        text::update(None, &design, &key_order(base)).context("the sample cannot be written")?;
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

/// Samples are the golden cases of the knowledge base, so that what they show is tested.
fn sample(base: &KnowledgeBase, name: &str) -> Result<Design, Failure> {
    let ids = base.cases.iter().map(|case| case.id.as_str());
    let case = base
        .cases
        .iter()
        .find(|case| case.id == name)
        .ok_or_else(|| names::unknown("sample", name, ids, true))?;
    let pairs = |list: &[(crate::knowledge::Text, crate::knowledge::Text)]| {
        list.iter()
            .map(|(key, value)| (key.to_string(), value.to_string()))
            .collect()
    };
    Ok(Design {
        title: case.name.to_string(),
        requirements: pairs(&case.requirements),
        priorities: pairs(&case.priorities),
        ..Design::default()
    })
}
