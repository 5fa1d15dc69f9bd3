//! What is told of refsets once their rows are together.

use std::collections::BTreeMap;

use farr::Terminology;
use farr::index::OpenError;
use farr::map::PublishedMap;
use farr::snomed::FieldValue;

use super::present;
use crate::problem::{NoteKind, Notes};

/// The categories of the maps of SNOMED International.
const CATEGORIES: [u64; 8] = [
    447_635_003,
    447_636_002,
    447_637_006,
    447_638_001,
    447_639_009,
    447_640_006,
    447_641_005,
    447_642_003,
];

/// Tells of refsets whose id has a wrong check digit, of rows of maps about what is no concept, and of
/// categories of maps that are none.
pub(super) fn check(terminology: &Terminology, notes: &mut Notes) -> Result<(), OpenError> {
    let Some(snomed) = present(terminology.snomed())? else { return Ok(()) };
    for refset in snomed.refsets() {
        let id = refset.id();
        // Where it has a concept, the row of that was told of.
        if id.check().is_err() && snomed.concept(id).is_none() {
            notes.add(NoteKind::CheckDigit, || format!("refset {id}"));
        }
        if refset.fields().any(|field| field.name().eq_ignore_ascii_case("mapTarget")) {
            for member in refset.members() {
                let component = member.referenced_component();
                if component.concept().is_none() {
                    notes.add(NoteKind::MapComponent, || {
                        format!("map {id}: row {} of {component}", member.id())
                    });
                }
            }
        }
    }
    for map in snomed.published_maps() {
        let refset = map.refset().id();
        for (category, component) in unknown_categories(&map) {
            notes.add(NoteKind::MapCategory, || {
                format!("map {refset}: mapCategoryId \"{category}\", of {component}")
            });
        }
    }
    Ok(())
}

/// What stands in the place of the category and is none, each with the first component that has it.
fn unknown_categories(map: &PublishedMap<'_>) -> BTreeMap<String, String> {
    let mut unknown = BTreeMap::new();
    if !matches!(map, PublishedMap::Rules(_)) {
        return unknown;
    }
    for member in map.refset().members() {
        let Some(category) = member.field("mapCategoryId") else { continue };
        let is_known = match category {
            FieldValue::Component(component) => {
                component.id().is_some_and(|id| CATEGORIES.contains(&id.value()))
            }
            _ => false,
        };
        if !is_known {
            let component = || member.referenced_component().to_string();
            unknown.entry(category.to_string()).or_insert_with(component);
        }
    }
    unknown
}
