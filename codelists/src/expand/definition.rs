//! A definition: what takes part by the included and excluded codes nearest above it.

use std::collections::{BTreeSet, HashMap, HashSet};

use farr::classification::{Classification, Rubric, RubricCode};
use farr::snomed::{Concept, ConceptSet};
use farr::{Icd10Code, Opcs4Code, Sctid, Snomed};

use super::known::Known;
use super::{Chosen, ExpandError, ExpandErrorKind};
use crate::code::Code;
use crate::finding::{Finding, FindingKind};
use crate::list::{Definition, DefinitionRow, Entry, Status};
use crate::place::Place;
use crate::system::System;

/// How many codes a message names.
const SHOWN: usize = 10;

pub(super) fn expand(
    definition: &Definition,
    known: Known<'_>,
    notes: &mut Vec<Finding>,
) -> Result<Vec<Chosen>, ExpandError> {
    let open = |row: &&DefinitionRow| matches!(row.status, Status::Conflict | Status::Undecided);
    let problems: Vec<(Option<Place>, String)> = definition
        .rows
        .iter()
        .filter(open)
        .map(|row| {
            let message = format!(
                "{} has the status {}: whether it is included is not decided",
                row.entry.code.text(),
                row.status.symbol()
            );
            (Some(row.entry.place), message)
        })
        .collect();
    if !problems.is_empty() {
        return Err(ExpandError { kind: ExpandErrorKind::Undecided, problems });
    }
    let Some(first) = definition.rows.first() else { return Ok(Vec::new()) };
    match first.entry.system.known() {
        Some(System::Snomed) => concepts(definition, known.snomed()?, known, notes),
        Some(System::Icd10) => {
            rubrics(definition, known.icd10()?, |text| Icd10Code::parse(text).ok())
        }
        Some(System::Opcs4) => {
            rubrics(definition, known.opcs4()?, |text| Opcs4Code::parse(text).ok())
        }
        _ => {
            notes.push(Finding {
                kind: FindingKind::NotUsed,
                place: first.entry.place,
                message: format!(
                    "{} has no hierarchy here: codes are included as the file says, and nothing \
                         below them",
                    first.entry.system
                ),
            });
            let included = |row: &&DefinitionRow| {
                matches!(row.status, Status::Included | Status::IncludedByAncestor)
            };
            Ok(definition.rows.iter().filter(included).map(|row| Chosen::of(&row.entry)).collect())
        }
    }
}

fn unknown(row: &DefinitionRow) -> (Option<Place>, String) {
    let entry = &row.entry;
    (Some(entry.place), format!("{} is not in this release of {}", entry.code.text(), entry.system))
}

/// Over many parents: of the rules above a concept, those count that no other rule stands below.
fn concepts<'q>(
    definition: &Definition,
    snomed: Snomed<'q>,
    known: Known<'q>,
    notes: &mut Vec<Finding>,
) -> Result<Vec<Chosen>, ExpandError> {
    let is_rule = |row: &&DefinitionRow| matches!(row.status, Status::Included | Status::Excluded);
    let mut rules: Vec<(Concept<'q>, bool)> = Vec::new();
    let mut problems = Vec::new();
    for row in definition.rows.iter().filter(is_rule) {
        let concept = row.entry.code.sctid().and_then(|id| snomed.concept(id));
        let Some(concept) = concept else {
            problems.push(unknown(row));
            continue;
        };
        rules.push((concept, row.status == Status::Included));
        if !concept.is_active() {
            let message = format!(
                "{} is inactive: what was above or below it is no longer said",
                concept.id()
            );
            notes.push(Finding { kind: FindingKind::Inactive, place: row.entry.place, message });
        }
    }
    if !problems.is_empty() {
        return Err(ExpandError { kind: ExpandErrorKind::Named, problems });
    }
    let all = ConceptSet::of(snomed, rules.iter().map(|(concept, _)| *concept));
    let mut included = ConceptSet::of(snomed, []);
    let mut excluded = included.clone();
    // Sets of one terminology always meet.
    let met = |set: Option<ConceptSet<'q>>| set.unwrap_or_else(|| ConceptSet::of(snomed, []));
    for (concept, include) in &rules {
        let mut reach = concept.descendants_or_self();
        for below in &met(concept.descendants().intersection(&all)) {
            reach = met(reach.difference(&below.descendants_or_self()));
        }
        let side = if *include { &mut included } else { &mut excluded };
        *side = met(side.union(&reach));
    }
    let conflicts = met(included.intersection(&excluded));
    if !conflicts.is_empty() {
        let problems = conflicts.iter().take(SHOWN).map(|concept| {
            let term = concept.preferred_term(known.dialect);
            let term = term.map_or_else(String::new, |term| format!(" |{}|", term.text()));
            let message = format!(
                "{}{term} is below a code that is included and one that is excluded, neither above \
                 the other",
                concept.id()
            );
            (None, message)
        });
        let mut problems: Vec<(Option<Place>, String)> = problems.collect();
        if let Some(more) = conflicts.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            problems.push((None, format!("and {more} more")));
        }
        return Err(ExpandError { kind: ExpandErrorKind::Conflict, problems });
    }
    tell_changes(definition, snomed, &included, notes);
    let ids = included.sorted_ids();
    Ok(ids.into_iter().map(|id| Chosen::id(System::Snomed.into(), id)).collect())
}

/// Tells where the hierarchy has changed since the file was written.
fn tell_changes(
    definition: &Definition,
    snomed: Snomed<'_>,
    included: &ConceptSet<'_>,
    notes: &mut Vec<Finding>,
) {
    let mut listed = 0_usize;
    for row in &definition.rows {
        let concept = row.entry.code.sctid().and_then(|id| snomed.concept(id));
        let is_in = concept.is_some_and(|concept| included.contains(concept));
        listed = listed.saturating_add(usize::from(is_in));
        let message = match (row.status, is_in, concept) {
            (Status::IncludedByAncestor, false, None) => "is not in this release, and left out",
            (Status::IncludedByAncestor, false, Some(concept)) if !concept.is_active() => {
                "is inactive now, so that no included code is above it any more, and left out"
            }
            (Status::IncludedByAncestor, false, Some(_)) => {
                "is below no included code in this release, and left out"
            }
            (Status::ExcludedByAncestor, true, _) => {
                "was below an excluded code, is below an included one in this release, and is included"
            }
            _ => continue,
        };
        notes.push(Finding {
            kind: FindingKind::LeftOut,
            place: row.entry.place,
            message: format!("{} {message}", row.entry.code.text()),
        });
    }
    let new = included.len().saturating_sub(listed);
    let lists_all = definition
        .rows
        .iter()
        .any(|row| matches!(row.status, Status::IncludedByAncestor | Status::ExcludedByAncestor));
    if let Some(row) = definition.rows.first()
        && new > 0
        && lists_all
    {
        let noun = if new == 1 { "code is" } else { "codes are" };
        notes.push(Finding {
            kind: FindingKind::NotUsed,
            place: row.entry.place,
            message: format!("{new} {noun} included by ancestors that the file does not list"),
        });
    }
}

/// Over one parent: the nearest rule at or above a rubric counts.
fn rubrics<'q, C: RubricCode>(
    definition: &Definition,
    classification: Classification<'q, C>,
    read: impl Fn(&str) -> Option<C>,
) -> Result<Vec<Chosen>, ExpandError> {
    let mut rules: HashMap<u64, bool> = HashMap::new();
    let mut tops: Vec<Rubric<'q, C>> = Vec::new();
    let mut problems = Vec::new();
    for row in &definition.rows {
        let include = match row.status {
            Status::Included => true,
            Status::Excluded => false,
            _ => continue,
        };
        let rubric = read(row.entry.code.text()).and_then(|code| classification.rubric(code));
        let (Some(rubric), Some(code)) = (rubric, rubric.and_then(Rubric::code)) else {
            problems.push(unknown(row));
            continue;
        };
        rules.insert(code.key(), include);
        if include {
            tops.push(rubric);
        }
    }
    if !problems.is_empty() {
        return Err(ExpandError { kind: ExpandErrorKind::Named, problems });
    }
    let mut found: BTreeSet<u64> = BTreeSet::new();
    for top in tops {
        for rubric in std::iter::once(top).chain(top.descendants()) {
            let above = std::iter::successors(Some(rubric), |rubric| rubric.parent());
            let mut nearest = above.filter_map(|rubric| rules.get(&rubric.code()?.key()));
            if nearest.next() == Some(&true)
                && let Some(code) = rubric.code()
            {
                found.insert(code.key());
            }
        }
    }
    let system = definition.rows.first().map(|row| row.entry.system.clone());
    let codes = found.into_iter().filter_map(|key| {
        Some(Chosen {
            system: system.clone()?,
            code: C::from_key(key)?.to_string(),
            sctid: None,
            stated: None,
            place: None,
        })
    });
    Ok(codes.collect())
}

/// The definition of a set of concepts: by the nearest included and excluded concepts above them,
/// with everything below those, as OpenCodelists lists it. Expanded, it is the set again.
///
/// Costs a look at every concept below those of the set.
pub fn definition_of(snomed: Snomed<'_>, ids: &[Sctid], dialect: farr::Dialect) -> Definition {
    let wanted: HashSet<Sctid> = ids.iter().copied().collect();
    let mut universe: BTreeSet<Sctid> = BTreeSet::new();
    for id in ids {
        let below = snomed.concept(*id).map(Concept::descendants_or_self);
        universe.extend(below.iter().flat_map(|below| below.ids()));
    }
    let mut rows = Vec::new();
    for (number, id) in universe.iter().enumerate() {
        let Some(concept) = snomed.concept(*id) else { continue };
        let is_in = wanted.contains(id);
        let mut above =
            concept.parents().map(Concept::id).filter(|id| universe.contains(id)).peekable();
        let alike = above.peek().is_some() && above.all(|parent| wanted.contains(&parent) == is_in);
        let status = match (is_in, alike) {
            (true, false) => Status::Included,
            (true, true) => Status::IncludedByAncestor,
            (false, false) => Status::Excluded,
            (false, true) => Status::ExcludedByAncestor,
        };
        let entry = Entry {
            system: System::Snomed.into(),
            code: Code::read(System::Snomed, &id.to_string()),
            term: concept.preferred_term(dialect).map(|term| term.text().to_owned()),
            place: Place { line: (number as u64).saturating_add(2), column: 1 },
        };
        rows.push(DefinitionRow { entry, status });
    }
    Definition { rows }
}
