//! The knowledge base that is built into the program.

use crate::knowledge::{KnowledgeBase, Layer, SourceFile, decode, embedded};

static COMPILED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/knowledge.bin"));
static FILES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/files.bin"));
static PACKS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/packs.bin"));
static TITLES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/titles.bin"));

/// Texts by their names, as the build wrote them.
type Texts = Vec<(&'static str, &'static str)>;

/// Returns the built-in base, checked and compiled when the program was built.
///
/// # Panics
/// Never in a program that was built whole: the bytes were written by the same build.
pub fn knowledge() -> KnowledgeBase {
    embedded(COMPILED)
}

/// Returns the YAML files of the built-in base, for loading together with overlays.
pub fn layer() -> Layer {
    let files = (decode::<Texts>(FILES).into_iter())
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
    let titles: Texts = decode(TITLES);
    titles.into_iter().map(|(name, _)| name).collect()
}

/// Returns what a bundled sector pack is for, in its own words.
pub fn pack_title(name: &str) -> &'static str {
    let titles: Texts = decode(TITLES);
    let mut titles = titles.into_iter();
    titles
        .find(|(pack, _)| *pack == name)
        .map_or("", |(_, title)| title)
}

/// Returns a bundled sector pack, if there is one of this name.
pub fn pack(name: &str) -> Option<Layer> {
    let files: Vec<SourceFile> = (decode::<Texts>(PACKS).into_iter())
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
