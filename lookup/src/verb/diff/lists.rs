//! What a list, a value set or a constraint comes to, then and now.

use std::collections::{BTreeMap, BTreeSet};

use farr::coding::System;
use farr::diff::{Change, ChangeKind, Comparison};
use farr::{Sctid, Systems};
use farr_codelists::{ExpandErrorKind, ExpandOptions, Member, expand};

use crate::cli::Common;
use crate::failure::Failure;
use crate::verb::codelist::source::Source;

/// The codes that a list gained and lost; all that it comes to in either are added to `codes`.
pub(super) fn changes(
    comparison: &Comparison<'_>,
    name: &str,
    source: &Source,
    common: &Common,
    codes: &mut BTreeSet<(System, String)>,
    changes: &mut Vec<Change>,
) -> Result<(), Failure> {
    let options = ExpandOptions { dialect: common.dialect, keep_unknown: true };
    let members = |systems: Systems<'_>| -> Result<Result<Vec<Member>, String>, Failure> {
        match expand(&source.list, systems, &options) {
            Ok(expansion) => Ok(Ok(expansion.members)),
            // A release that lacks what the list names is what is asked about.
            Err(error) if is_of_release(error.kind) => Ok(Err(error.to_string())),
            Err(error) => Err(source.failure(&error)),
        }
    };
    let (before, after) = (members(comparison.old())?, members(comparison.newer())?);
    let (before, after) = match (before, after) {
        (Ok(before), Ok(after)) => (before, after),
        (before, after) => {
            let mut change = Change::new(ChangeKind::CannotTell, System::Snomed, "", "").of(name);
            change.before = before.err();
            change.after = after.err();
            changes.push(change);
            return Ok(());
        }
    };
    let others: BTreeSet<&str> = before
        .iter()
        .chain(&after)
        .filter(|member| member.system.known().is_none())
        .map(|member| member.system.word())
        .collect();
    for uri in others {
        let change = Change::new(ChangeKind::CannotTell, System::Snomed, "", "").of(name);
        let reason = format!("codes of {uri} are not compared: farr has no releases of it");
        changes.push(change.from_to(None, Some(reason)));
    }
    let by_code = |members: &[Member]| -> BTreeMap<(System, String), Member> {
        let each = members.iter().filter_map(|member| {
            Some(((member.system.known()?, member.code.clone()), member.clone()))
        });
        each.collect()
    };
    let (before, after) = (by_code(&before), by_code(&after));
    let told = |kind, (system, code): &(System, String), member: &Member| {
        let display = member.term.clone().or_else(|| member.stated.clone()).unwrap_or_default();
        Change::new(kind, *system, code.clone(), display).of(name)
    };
    for (key, member) in before.iter().filter(|(key, _)| !after.contains_key(*key)) {
        let why = standing(comparison.newer(), key).map(str::to_owned);
        changes.push(told(ChangeKind::Excluded, key, member).from_to(None, why));
    }
    for (key, member) in after.iter().filter(|(key, _)| !before.contains_key(*key)) {
        let why = standing(comparison.old(), key).map(str::to_owned);
        changes.push(told(ChangeKind::Included, key, member).from_to(why, None));
    }
    codes.extend(before.into_keys().chain(after.into_keys()));
    Ok(())
}

/// Whether the release, and not the list, is why there is no expansion.
fn is_of_release(kind: ExpandErrorKind) -> bool {
    matches!(
        kind,
        ExpandErrorKind::Absent
            | ExpandErrorKind::Unknown
            | ExpandErrorKind::Named
            | ExpandErrorKind::Expression
    )
}

/// How a concept that a list does not have stands in a release.
fn standing(systems: Systems<'_>, (system, code): &(System, String)) -> Option<&'static str> {
    let id = Sctid::parse_as_published(code).ok().filter(|_| *system == System::Snomed)?;
    Some(match systems.snomed()?.concept(id).map(|concept| concept.is_active()) {
        Some(true) => "active, and not in the list",
        Some(false) => "inactive",
        None => "not in the release",
    })
}
