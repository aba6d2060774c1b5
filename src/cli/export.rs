//! `archadvisor export`: a design as a document.

use super::Stdout;
use super::arguments::{ExportArguments, ExportFormat};
use super::input::{self, Missing};
use super::interactive::store_failure;
use super::json;
use super::knowledge::Shelf;
use crate::failure::{Failure, Outcome};
use crate::report::{export, markdown};
use crate::store;
use std::path::Path;

/// Exports.
pub(super) fn run(
    shelf: Shelf<'_>,
    arguments: &ExportArguments,
    output: &mut Stdout,
) -> anyhow::Result<Outcome> {
    if arguments.brief && arguments.format != ExportFormat::Markdown {
        let help = "leave out `--brief`, or `--format`";
        return Err(Failure::with_help("only Markdown can be brief", help).into());
    }
    let design = &arguments.design;
    let missing = if design.set.set.is_empty() {
        Missing::Fail
    } else {
        Missing::Blank
    };
    let input = input::of(shelf, design, missing)?;
    let base = &input.base;
    let advice = input.advice();
    super::warn(&input.warnings);
    let text = match arguments.format {
        ExportFormat::Markdown if arguments.brief => markdown::brief(base, &input.design, &advice),
        ExportFormat::Markdown => markdown::document(base, &input.design, &advice),
        ExportFormat::Json => {
            let document = export::json(base, &input.design, &advice, &input.warnings);
            let mut text = json::text(&document)?;
            text.push('\n');
            text
        }
    };
    match arguments
        .output
        .as_deref()
        .filter(|path| path.as_os_str() != "-")
    {
        None => output.raw(&text)?,
        Some(path)
            if input
                .name
                .as_deref()
                .is_some_and(|name| store::is_same_file(name.as_ref(), path)) =>
        {
            let help = "give the document a name of its own, such as one that ends in `.md`";
            return Err(Failure::with_help("this would replace the design itself", help).into());
        }
        Some(path) if is_design(path) => {
            let help = "name another file, or remove that one first";
            return Err(Failure::with_help("this would replace another design", help).into());
        }
        Some(path) => store::write(path, text.as_bytes()).map_err(|error| store_failure(&error))?,
    }
    Ok(Outcome::Fine)
}

/// Whether a file is a design, by the key that every design has: a slip of the name must not cost one.
fn is_design(path: &Path) -> bool {
    let bytes = store::read(path).unwrap_or_default();
    let mut lines = bytes.split(|byte| *byte == b'\n');
    lines.any(|line| line.starts_with(b"archadvisor:"))
}
