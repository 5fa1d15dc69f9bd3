//! A value set: what it includes without what it excludes.

use std::collections::HashSet;

use farr::Sctid;
use farr::ecl::Ecl;

use super::known::{Known, Standing};
use super::{Chosen, ExpandError, ExpandErrorKind};
use crate::finding::{Finding, FindingKind};
use crate::list::{Compose, Filter, Part, Selection, ValueSet};
use crate::place::Place;
use crate::system::{ListSystem, System};

pub(super) fn expand(
    set: &ValueSet,
    known: Known<'_>,
    notes: &mut Vec<Finding>,
) -> Result<Vec<Chosen>, ExpandError> {
    match (&set.compose, &set.expansion) {
        (Some(compose), stored) => {
            if let Some(first) = stored.as_ref().and_then(|stored| stored.first()) {
                notes.push(Finding {
                    kind: FindingKind::NotUsed,
                    place: first.place,
                    message: "the stored expansion is not used: the definition is expanded anew"
                        .to_owned(),
                });
            }
            of_compose(compose, known, notes)
        }
        (None, stored) => Ok(stored.iter().flatten().map(Chosen::of).collect()),
    }
}

fn of_compose(
    compose: &Compose,
    known: Known<'_>,
    notes: &mut Vec<Finding>,
) -> Result<Vec<Chosen>, ExpandError> {
    let mut excluded: HashSet<(ListSystem, String)> = HashSet::new();
    let mut exclusions: Vec<(Place, Vec<Chosen>)> = Vec::new();
    for part in &compose.exclude {
        let codes = of_part(part, known, notes)?;
        excluded.extend(codes.iter().map(|code| (code.system.clone(), code.code.clone())));
        exclusions.push((part.place, codes));
    }
    let mut taken_out: HashSet<(ListSystem, String)> = HashSet::new();
    let mut seen: HashSet<(ListSystem, String)> = HashSet::new();
    let mut chosen = Vec::new();
    for part in &compose.include {
        let codes = of_part(part, known, notes)?;
        if codes.is_empty() {
            notes.push(Finding {
                kind: FindingKind::Empty,
                place: part.place,
                message: format!("the include comes to no code of {}", part.system),
            });
        }
        for code in codes {
            let key = (code.system.clone(), code.code.clone());
            if excluded.contains(&key) {
                taken_out.insert(key);
            } else if seen.insert(key) {
                chosen.push(code);
            }
        }
    }
    for (place, codes) in exclusions {
        tell_futile(place, &codes, &taken_out, notes);
    }
    if compose.inactive == Some(false) {
        let mut active = Vec::new();
        for code in chosen {
            let standing = known.member(code.clone())?.standing;
            match (standing, code.place) {
                (Standing::Inactive, Some(place)) => notes.push(Finding {
                    kind: FindingKind::LeftOut,
                    place,
                    message: format!(
                        "{} is inactive, and left out as the value set asks",
                        code.code
                    ),
                }),
                (Standing::Inactive, None) => {}
                _ => active.push(code),
            }
        }
        chosen = active;
    }
    Ok(chosen)
}

/// Tells which codes that are excluded one by one are not among what is included, and which other
/// exclusions have nothing of it: a code may be mistyped, or be of another system.
fn tell_futile(
    place: Place,
    codes: &[Chosen],
    taken_out: &HashSet<(ListSystem, String)>,
    notes: &mut Vec<Finding>,
) {
    let takes_out = |code: &Chosen| taken_out.contains(&(code.system.clone(), code.code.clone()));
    let mut tell = |place, message| {
        notes.push(Finding { kind: FindingKind::ExcludesNothing, place, message });
    };
    for code in codes.iter().filter(|code| !takes_out(code)) {
        if let Some(place) = code.place {
            let message = format!(
                "{} of {} is excluded, and not among what is included: it takes nothing out",
                code.code, code.system
            );
            tell(place, message);
        }
    }
    let is_named = |code: &Chosen| code.place.is_some();
    if !codes.iter().any(|code| is_named(code) || takes_out(code)) {
        tell(
            place,
            "the exclusion has nothing of what is included: it takes nothing out".to_owned(),
        );
    }
}

fn of_part(
    part: &Part,
    known: Known<'_>,
    notes: &mut Vec<Finding>,
) -> Result<Vec<Chosen>, ExpandError> {
    tell_version(part, known, notes);
    match &part.selection {
        Selection::Codes(entries) => Ok(entries.iter().map(Chosen::of).collect()),
        Selection::All => all(part, known),
        Selection::Filters(filters) => {
            let mut common: Option<Vec<Sctid>> = None;
            for filter in filters {
                let found = of_filter(filter, part.place, known, notes)?;
                common = Some(match common {
                    None => found,
                    Some(before) => {
                        let found: HashSet<Sctid> = found.into_iter().collect();
                        before.into_iter().filter(|id| found.contains(id)).collect()
                    }
                });
            }
            let ids = common.unwrap_or_default();
            Ok(ids.into_iter().map(|id| Chosen::id(part.system.clone(), id)).collect())
        }
    }
}

/// Every code of a system; of SNOMED CT the inactive ones too, as FHIR has it.
fn all(part: &Part, known: Known<'_>) -> Result<Vec<Chosen>, ExpandError> {
    let plain = |code: String| Chosen {
        system: part.system.clone(),
        code,
        sctid: None,
        stated: None,
        place: None,
    };
    match part.system.known() {
        Some(System::Snomed) => {
            let mut ids: Vec<Sctid> =
                known.snomed()?.concepts().map(|concept| concept.id()).collect();
            ids.sort_unstable();
            Ok(ids.into_iter().map(|id| Chosen::id(System::Snomed.into(), id)).collect())
        }
        Some(System::Icd10) => {
            let codes = known.icd10()?.codes().filter_map(|rubric| rubric.code());
            Ok(codes.map(|code| plain(code.to_string())).collect())
        }
        Some(System::Opcs4) => {
            let codes = known.opcs4()?.codes().filter_map(|rubric| rubric.code());
            Ok(codes.map(|code| plain(code.to_string())).collect())
        }
        _ => Err(ExpandError::one(
            ExpandErrorKind::Unsupported,
            part.place,
            format!("it includes every code of {}, and what these are is not known", part.system),
        )),
    }
}

fn of_filter(
    filter: &Filter,
    place: Place,
    known: Known<'_>,
    notes: &mut Vec<Finding>,
) -> Result<Vec<Sctid>, ExpandError> {
    let expression = |text: String| {
        Ecl::parse(&text).map_err(|error| {
            ExpandError::one(ExpandErrorKind::Expression, place, error.render(&text))
        })
    };
    let ecl = match filter {
        Filter::Constraint(ecl) => return known.evaluate(ecl, Some(place), notes),
        Filter::IsA(id) => expression(format!("<< {id}"))?,
        Filter::DescendentOf(id) => expression(format!("< {id}"))?,
        Filter::In(id) => expression(format!("^ {id}"))?,
        Filter::Products(level) => {
            let products = known.dmd()?.products().filter(|product| product.level() == *level);
            let mut ids: Vec<Sctid> = products.map(|product| product.id()).collect();
            ids.sort_unstable();
            return Ok(ids);
        }
        Filter::Ingredients => {
            let mut ids: Vec<Sctid> = known.dmd()?.ingredients().map(|one| one.id()).collect();
            ids.sort_unstable();
            return Ok(ids);
        }
    };
    known.evaluate(&ecl, Some(place), notes)
}

/// Tells where a value set is of another version than the release.
fn tell_version(part: &Part, known: Known<'_>, notes: &mut Vec<Finding>) {
    let (Some(System::Snomed), Some(stated)) = (part.system.known(), &part.version) else { return };
    let opened = known.systems.snomed().and_then(|snomed| snomed.meta().version);
    // An edition without a version is any version of it.
    let is_of = |opened: &String| {
        opened
            .strip_prefix(stated.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    if opened.as_ref().is_some_and(|opened| !is_of(opened)) {
        notes.push(Finding {
            kind: FindingKind::OtherVersion,
            place: part.place,
            message: format!(
                "it is of the version {stated}, and answered by {}",
                opened.unwrap_or_default()
            ),
        });
    }
}
