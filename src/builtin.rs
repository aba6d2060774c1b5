//! The knowledge base that is built into the program.

use crate::knowledge::{self, KnowledgeBase, Layer, SourceFile};
use crate::yaml;

static COMPILED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/knowledge.bin"));

include!(concat!(env!("OUT_DIR"), "/knowledge_files.rs"));

/// Returns the built-in base, checked and compiled when the program was built.
///
/// # Panics
/// Never in a program that was built whole: the bytes were written by the same build.
pub fn knowledge() -> KnowledgeBase {
    knowledge::decode(COMPILED)
}

/// Returns the YAML files of the built-in base, for loading together with overlays.
pub fn layer() -> Layer {
    let files = FILES
        .iter()
        .map(|(path, text)| SourceFile {
            path: format!("knowledge/{path}"),
            bytes: text.as_bytes().to_vec(),
        })
        .collect();
    Layer {
        name: "builtin".to_owned(),
        files,
    }
}

/// Returns the names of the sector packs that are bundled: overlays for one line of business each.
pub fn packs() -> Vec<&'static str> {
    let mut names: Vec<&str> = PACKS
        .iter()
        .filter_map(|(path, _)| path.split('/').next())
        .collect();
    names.dedup();
    names
}

/// Returns what a bundled sector pack is for, in its own words.
pub fn pack_title(name: &str) -> String {
    let manifest = format!("{name}/overlay.yaml");
    let text = PACKS
        .iter()
        .find(|(path, _)| *path == manifest)
        .map_or("", |(_, text)| text);
    let (document, _) = yaml::parse(&manifest, text.to_owned(), &yaml::Limits::default());
    document
        .and_then(|document| Some(document.root.get("title")?.str()?.to_owned()))
        .unwrap_or_default()
}

/// Returns a bundled sector pack, if there is one of this name.
pub fn pack(name: &str) -> Option<Layer> {
    let files: Vec<SourceFile> = PACKS
        .iter()
        .filter(|(path, _)| path.split('/').next() == Some(name))
        .map(|(path, text)| SourceFile {
            path: format!("packs/{path}"),
            bytes: text.as_bytes().to_vec(),
        })
        .collect();
    (!files.is_empty()).then(|| Layer {
        name: format!("pack:{name}"),
        files,
    })
}
