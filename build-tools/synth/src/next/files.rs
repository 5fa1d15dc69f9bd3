//! The files of a Snapshot, told by their names.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Concepts,
    Descriptions,
    Relationships,
    ConcreteValues,
    Identifiers,
    Axioms,
    Language,
    ModuleDependency,
    Simple,
    SimpleMap,
    /// The International map to ICD-10, with a category at the end of each row.
    RuleMap,
    /// The maps of the United Kingdom, with a block at the end of each row.
    BlockMap,
    OrderedAssociation,
    Association,
    AttributeValue,
    /// Members of another pattern.
    Members,
}

/// One file of the Snapshot.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// Within the release folder.
    pub(super) path: PathBuf,
    pub(super) holds: Holds,
}

/// The files of the Snapshot of a release folder, in the order of their paths.
pub(super) fn tables(release: &Path) -> io::Result<Vec<Table>> {
    let mut found = Vec::new();
    let mut folders = vec![release.join("Snapshot")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "txt") {
                let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
                let holds = holds(name);
                let path = path.strip_prefix(release).unwrap_or(&path).to_owned();
                found.push(Table { path, holds });
            }
        }
    }
    found.sort_by(|left, right| left.path.cmp(&right.path));
    Ok(found)
}

fn holds(name: &str) -> Holds {
    let known = [
        ("sct2_Concept_", Holds::Concepts),
        ("sct2_Description_", Holds::Descriptions),
        ("sct2_TextDefinition_", Holds::Descriptions),
        ("sct2_RelationshipConcreteValues_", Holds::ConcreteValues),
        ("sct2_Relationship_", Holds::Relationships),
        ("sct2_Identifier_", Holds::Identifiers),
        ("sct2_sRefset_OWLExpression", Holds::Axioms),
        ("der2_cRefset_Language", Holds::Language),
        ("der2_ssRefset_ModuleDependency", Holds::ModuleDependency),
        ("der2_Refset_Simple", Holds::Simple),
        ("der2_sRefset_SimpleMap", Holds::SimpleMap),
        ("der2_iisssccRefset_ExtendedMap", Holds::RuleMap),
        ("der2_iisssciRefset_ExtendedMap", Holds::BlockMap),
        ("der2_ciRefset_OrderedAssociation", Holds::OrderedAssociation),
        ("der2_cRefset_Association", Holds::Association),
        ("der2_cRefset_AttributeValue", Holds::AttributeValue),
    ];
    let of = known.iter().find(|(start, _)| name.starts_with(start));
    of.map_or(Holds::Members, |(_, holds)| *holds)
}
