//! The knowledge base that is built into the program.

use crate::knowledge::{self, KnowledgeBase, Layer, SourceFile};

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
