//! Whether the targets of maps are in the classifications of the same build.

use std::collections::BTreeMap;

use farr::classification::{Classification, CodeSystem, RubricCode};
use farr::index::OpenError;
use farr::map::{BlockMap, PublishedMap, UkTarget};
use farr::{Sctid, Snomed, Terminology};

use super::present;
use crate::problem::{NoteKind, Notes};

/// Tells of each target that the classification does not have, once a map, with the first concept that
/// has it.
pub(super) fn check(terminology: &Terminology, notes: &mut Notes) -> Result<(), OpenError> {
    let Some(snomed) = present(terminology.snomed())? else { return Ok(()) };
    let icd10 = present(terminology.icd10())?;
    let icd10_cm = present(terminology.icd10_cm())?;
    let opcs4 = present(terminology.opcs4())?;
    for map in snomed.published_maps() {
        let refset = map.refset().id();
        let missing = match map.target_system() {
            Some(CodeSystem::Icd10) => icd10.map(|icd10| missing(snomed, &map, icd10)),
            Some(CodeSystem::Icd10Cm) => icd10_cm.map(|cm| missing(snomed, &map, cm)),
            Some(CodeSystem::Opcs4) => opcs4.map(|opcs4| missing(snomed, &map, opcs4)),
            _ => None,
        };
        for (target, concept) in missing.unwrap_or_default() {
            notes.add(NoteKind::MapTarget, || format!("map {refset}: {target}, of {concept}"));
        }
    }
    Ok(())
}

/// The targets of a map that a classification does not have, each with the first of its concepts.
fn missing<C: RubricCode>(
    snomed: Snomed<'_>,
    map: &PublishedMap<'_>,
    classification: Classification<'_, C>,
) -> BTreeMap<String, Sctid> {
    let mut missing = BTreeMap::new();
    let mut look = |target: &str, concept: Sctid| {
        let known = C::read(looked_for::<C>(target))
            .is_ok_and(|code| classification.rubric(code).is_some());
        if !known && !missing.contains_key(target) {
            missing.insert(target.to_owned(), concept);
        }
    };
    for concept in snomed.concepts().filter(|concept| map.has(*concept)) {
        match map {
            PublishedMap::Rules(map) => {
                for row in map.rows(concept) {
                    row.code().into_iter().for_each(|code| look(code, concept.id()));
                }
            }
            PublishedMap::Blocks(map) => {
                block_targets(map, concept, |target| look(target, concept.id()));
            }
        }
    }
    missing
}

/// The code that a classification is to have for a target.
///
/// Maps to ICD-10-CM leave the seventh character open: `S52.521?` stands for a code below S52.521, and
/// `W03.XXX?` for one below W03, whose places up to the sixth are filled with X.
fn looked_for<C: RubricCode>(target: &str) -> &str {
    match target.trim().strip_suffix('?') {
        Some(open) if C::SYSTEM == CodeSystem::Icd10Cm => {
            open.trim_end_matches(['X', 'x']).trim_end_matches('.')
        }
        _ => target,
    }
}

/// The codes of a concept in a map by blocks, without their marks; what is no code, as published.
fn block_targets(map: &BlockMap<'_>, concept: farr::Concept<'_>, mut tell: impl FnMut(&str)) {
    for row in map.rows(concept) {
        let target = match map.target_system() {
            Some(CodeSystem::Opcs4) => row.opcs4(),
            _ => row.icd10(),
        };
        match target {
            UkTarget::Icd10(code) => tell(&code.code().to_string()),
            UkTarget::Opcs4(code) => tell(&code.to_string()),
            UkTarget::Blank | UkTarget::Special(_) => {}
            _ => tell(&row.target),
        }
    }
}
