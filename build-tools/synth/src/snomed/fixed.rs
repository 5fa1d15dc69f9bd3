//! The concepts every release holds: the top of each hierarchy and the metadata that files refer to.

use super::module::Module;
use crate::sctid::{Component, compose};

/// A concept with a fixed identifier and name.
#[derive(Debug)]
pub(crate) struct FixedConcept {
    pub(crate) id: u64,
    pub(crate) parents: Vec<u64>,
    pub(crate) module: Module,
    /// The semantic tag; empty only for the root.
    pub(crate) tag: String,
    pub(crate) name: String,
}

/// The fixed concepts, parents before children.
pub(crate) fn fixed_concepts() -> Vec<FixedConcept> {
    include_str!("fixed.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let fields: Vec<&str> = line.split('|').collect();
            let [id, parents, module, tag, name] = fields[..] else {
                panic!("a fixed concept has five fields: {line}");
            };
            FixedConcept {
                id: identifier(id),
                parents: parents.split_whitespace().map(identifier).collect(),
                module: match module {
                    "model" => Module::ModelComponent,
                    "core" => Module::Core,
                    "clinical" => Module::Clinical,
                    "drug" => Module::Drug,
                    _ => Module::Edition,
                },
                tag: tag.to_owned(),
                name: name.to_owned(),
            }
        })
        .collect()
}

fn identifier(text: &str) -> u64 {
    let number = |text: &str| text.parse().expect("a fixed identifier is a number");
    match text.split_once(':') {
        None => number(text),
        Some((namespace, item)) => {
            compose(number(item), Some(number(namespace)), Component::Concept)
        }
    }
}
