//! What a newer release changes for lists of codes, value sets and rule packs.
//!
//! Over [`farr::diff`], which compares whole releases: [`changes`] keeps to what touches the codes that
//! are yours, and tells which codes a list or a binding gained and lost.

/// The example of the manual, which runs as a test.
#[cfg(doctest)]
#[doc = include_str!("../../docs/diff.md")]
struct Manual;

use std::collections::{BTreeSet, HashSet};

use farr::coding::System;
use farr::diff::{Change, ChangeKind, Comparison, Yielded, Yields};
use farr::{Dialect, Systems};

use crate::expand::{
    ExpandError, ExpandErrorKind, ExpandOptions, Expansion, Member, Standing, expand, other_terms,
};
use crate::finding::{Finding, FindingKind};
use crate::list::{Codelist, Content, Entry, Part, Status};
use crate::rules::NamedBinding;

/// What is asked about: all of it together.
#[derive(Clone, Copy, Debug)]
pub struct Touching<'a> {
    /// Lists, value sets and constraints, each with what it is called.
    pub lists: &'a [(String, Codelist)],
    /// What rule packs require.
    pub bindings: &'a [NamedBinding],
    /// Codes, as records have them.
    pub codes: &'a [(System, String)],
    /// Whose terms the codes of lists are told with.
    pub dialect: Dialect,
}

/// A list that cannot be expanded whatever the release: it is damaged, say.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name}: {error}")]
pub struct ListError {
    /// Its place among the lists that were asked about.
    pub place: usize,
    /// What it is called.
    pub name: String,
    /// What is wrong with it.
    #[source]
    pub error: ExpandError,
}

/// What touches some codes, lists and rules, and how much was asked about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// Every change, and whatever cannot be told as [`ChangeKind::CannotTell`].
    pub changes: Vec<Change>,
    /// How many codes were asked about one by one: those that were named, and all of lists. What bindings
    /// judge is not among them. Where there are none, that nothing changed says nothing.
    pub codes: usize,
    /// What [`expand`] tells of the lists, where a change does not tell it already.
    pub notes: Vec<ListNote>,
}

/// What is to be told of a list beside its changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListNote {
    /// The place of the list among those that were asked about.
    pub place: usize,
    /// Whether it is so in the older release.
    pub is_older: bool,
    /// Whether it is so in the newer release.
    pub is_newer: bool,
    /// What it is.
    pub finding: Finding,
}

/// Every change that touches some codes, lists and rules.
///
/// - Of a list, first the codes that it lost ([`ChangeKind::Excluded`]), then those that it gained
///   ([`ChangeKind::Included`]), as [`Comparison::changes_of_constraint`] tells them. Codes of systems
///   that farr has no releases of, a list that one of the releases cannot be asked about, and one that
///   comes to no code in either, are told as [`ChangeKind::CannotTell`].
/// - Of a binding, the codes whose verdict is another, as [`Comparison::changes_of_binding`].
/// - Then what changed about each code: of those that are named, and of all that the lists come to in
///   either release. A code of several lists is told of once, and so is what cannot be told of several
///   codes for the same reason: a file of dm+d that one release lacks, say.
///
/// The same comparison gives the same changes in the same order. Lists are expanded in both releases;
/// a code is asked about in microseconds.
///
/// # Errors
/// [`ListError`]: a list that would have no expansion in any release. Nothing is told then.
///
/// # Example
/// ```
/// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/golden/1.0-tiny.farr");
/// # let (old, new) = (farr::Terminology::open([golden])?, farr::Terminology::open([golden])?);
/// use farr::Dialect;
/// use farr::diff::{ChangeKind, Comparison};
/// use farr_codelists::diff::{Touching, changes};
/// use farr_codelists::{ReadOptions, System, read};
///
/// let options = ReadOptions { system: Some(System::Snomed), ..ReadOptions::default() };
/// let list = read(b"code,term\n301000,squeak\n24700007,Multiple sclerosis\n", &options)?;
/// let comparison = Comparison::new(old.systems()?, new.systems()?);
/// let touching = Touching {
///     lists: &[("squeaks.csv".to_owned(), list)],
///     bindings: &[],
///     codes: &[],
///     dialect: Dialect::NHS_CLINICAL,
/// };
/// let told = changes(&comparison, &touching)?;
/// // 301000 changed in nothing; of 24700007 neither release knows.
/// assert_eq!((told.codes, told.changes.len()), (2, 1));
/// let open = &told.changes[0];
/// assert_eq!((open.kind, open.code.as_str()), (ChangeKind::CannotTell, "24700007"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn changes(comparison: &Comparison<'_>, touching: &Touching<'_>) -> Result<Touched, ListError> {
    let (mut told, mut notes) = (Vec::new(), Vec::new());
    let mut codes: BTreeSet<(System, String)> = touching.codes.iter().cloned().collect();
    for (place, (name, list)) in touching.lists.iter().enumerate() {
        let emit = &mut |change| told.push(change);
        let of_list = expanded(comparison, list, touching.dialect).map_err(|error| ListError {
            place,
            name: name.clone(),
            error,
        })?;
        notes.extend(match (&of_list, &list.content) {
            (Some((before, after)), _) => notes_of(place, &before.notes, &after.notes),
            (None, Content::Ecl(ecl)) => {
                let terms = |systems| other_terms(ecl, systems, touching.dialect);
                notes_of(place, &terms(comparison.old()), &terms(comparison.newer()))
            }
            (None, _) => Vec::new(),
        });
        let yields = match of_list {
            Some((before, after)) => changes_between(comparison, name, list, before, after, emit),
            None => of_constraint(comparison, name, list, touching.dialect, emit),
        };
        if yields.is_whole && yields.before.is_empty() && yields.after.is_empty() {
            let reason = "it comes to no code in either release".to_owned();
            let change = Change::new(ChangeKind::CannotTell, system_of(list), "", "").of(name);
            told.push(change.from_to(None, Some(reason)));
        }
        let each = yields.before.into_iter().chain(yields.after);
        codes.extend(each.map(|one| (one.system, one.code)));
    }
    for binding in touching.bindings {
        changes_of_rules(comparison, binding, &mut |change| told.push(change));
    }
    // What one of the releases was built without is the same for every code that it concerns.
    let mut absent: Vec<Change> = Vec::new();
    for (system, code) in &codes {
        comparison.changes_of(*system, code, &mut |change| match change.code.is_empty() {
            true if absent.contains(&change) => {}
            true => {
                absent.push(change.clone());
                told.push(change);
            }
            false => told.push(change),
        });
    }
    Ok(Touched { changes: told, codes: codes.len(), notes })
}

/// The codes that a list lost and gained, and what it comes to in the older and the newer release; as
/// [`changes`] tells them first.
///
/// Codes that a release does not have are taken as they stand in the list. Where a release cannot be asked
/// about the list that is told, and the codes that are known to be of it are given all the same: those that
/// it includes one by one, and what it comes to in the other release.
///
/// # Errors
/// The list has no expansion, whatever the release: a code of it is damaged, a filter is not known.
pub fn changes_of_list(
    comparison: &Comparison<'_>,
    name: &str,
    list: &Codelist,
    dialect: Dialect,
    emit: &mut impl FnMut(Change),
) -> Result<Yields, ExpandError> {
    Ok(match expanded(comparison, list, dialect)? {
        Some((before, after)) => changes_between(comparison, name, list, before, after, emit),
        None => of_constraint(comparison, name, list, dialect, emit),
    })
}

/// What a list comes to in either release; `None` of a constraint, which the comparison evaluates.
fn expanded(
    comparison: &Comparison<'_>,
    list: &Codelist,
    dialect: Dialect,
) -> Result<Option<(Expanded, Expanded)>, ExpandError> {
    if matches!(list.content, Content::Ecl(_)) && list.errors().next().is_none() {
        return Ok(None);
    }
    let options = ExpandOptions { dialect, keep_unknown: true };
    let before = Expanded::of(list, comparison.old(), &options)?;
    Ok(Some((before, Expanded::of(list, comparison.newer(), &options)?)))
}

fn of_constraint(
    comparison: &Comparison<'_>,
    name: &str,
    list: &Codelist,
    dialect: Dialect,
    emit: &mut impl FnMut(Change),
) -> Yields {
    match &list.content {
        Content::Ecl(ecl) => comparison.changes_of_constraint(name, ecl, dialect, emit),
        _ => Yields::default(),
    }
}

fn changes_between(
    comparison: &Comparison<'_>,
    name: &str,
    list: &Codelist,
    before: Expanded,
    after: Expanded,
    emit: &mut impl FnMut(Change),
) -> Yields {
    let cannot_tell = |before: Option<String>, after: Option<String>| {
        let change = Change::new(ChangeKind::CannotTell, system_of(list), "", "").of(name);
        change.from_to(before, after)
    };
    let members = || before.members.iter().chain(&after.members);
    let others: BTreeSet<&str> = members()
        .filter(|member| member.system.known().is_none())
        .map(|member| member.system.word())
        .collect();
    for uri in &others {
        let reason = format!("codes of {uri} are not compared: farr has no releases of it");
        emit(cannot_tell(None, Some(reason)));
    }
    let (lost, gained) = (yielded(&before.members), yielded(&after.members));
    if before.is_expanded && after.is_expanded {
        comparison.changes_of_yield(name, &lost, &gained, emit);
    }
    let is_whole = others.is_empty() && before.open.is_none() && after.open.is_none();
    if before.open.is_some() || after.open.is_some() {
        emit(cannot_tell(before.open, after.open));
    }
    Yields { before: lost, after: gained, is_whole }
}

/// What either release tells of a list, once where both do.
fn notes_of(place: usize, before: &[Finding], after: &[Finding]) -> Vec<ListNote> {
    let note = |finding: &Finding, is_older: bool, is_newer: bool| ListNote {
        place,
        is_older,
        is_newer,
        finding: finding.clone(),
    };
    let of_older = before.iter().map(|finding| note(finding, true, after.contains(finding)));
    let only_newer = after.iter().filter(|finding| !before.contains(finding));
    of_older.chain(only_newer.map(|finding| note(finding, false, true))).collect()
}

/// The codes of which a binding of a rule pack says otherwise, as [`Comparison::changes_of_binding`] tells
/// them of every system that it takes, under its [reference](NamedBinding::reference), `PACK#BINDING`.
pub fn changes_of_rules(
    comparison: &Comparison<'_>,
    named: &NamedBinding,
    emit: &mut impl FnMut(Change),
) {
    comparison.changes_of_binding(&named.reference(), named.binding(), emit);
}

/// What a list comes to in one release.
struct Expanded {
    /// Where it has no expansion, the codes that it includes one by one.
    members: Vec<Member>,
    is_expanded: bool,
    /// Why that is not known to be all.
    open: Option<String>,
    /// What else is told of it.
    notes: Vec<Finding>,
}

impl Expanded {
    /// An error of the list itself is one.
    fn of(
        list: &Codelist,
        systems: Systems<'_>,
        options: &ExpandOptions,
    ) -> Result<Expanded, ExpandError> {
        match expand(list, systems, options) {
            Ok(Expansion { members, notes }) => {
                let is_open =
                    |kind| matches!(kind, FindingKind::Expression | FindingKind::Inactive);
                let (open, mut notes): (Vec<Finding>, Vec<Finding>) =
                    notes.into_iter().partition(|note| is_open(note.kind));
                let open: Vec<String> = open.iter().map(Finding::sentence).collect();
                let open = (!open.is_empty()).then(|| open.join("; "));
                // Of systems that farr does not have a change tells.
                notes.retain(|note| note.kind != FindingKind::NotAsked);
                Ok(Expanded { members, is_expanded: true, open, notes })
            }
            // A release that lacks what the list names is what is asked about.
            Err(error) if is_of_release(error.kind) => {
                let problems = error.sentences().map(|(_, sentence)| sentence);
                let open = Some(problems.collect::<Vec<_>>().join("; "));
                let members = included(list);
                Ok(Expanded { members, is_expanded: false, open, notes: Vec::new() })
            }
            Err(error) => Err(error),
        }
    }
}

/// The codes that a list includes one by one; those that it excludes are not of it.
fn included(list: &Codelist) -> Vec<Member> {
    let entries: Vec<&Entry> = match &list.content {
        Content::Codes(_) | Content::Ecl(_) => list.entries(),
        Content::Definition(definition) => {
            let is_in = |status| matches!(status, Status::Included | Status::IncludedByAncestor);
            let rows = definition.rows.iter().filter(|row| is_in(row.status));
            rows.map(|row| &row.entry).collect()
        }
        Content::ValueSet(set) => match &set.compose {
            None => list.entries(),
            Some(compose) => {
                let key = |entry: &Entry| (entry.system.clone(), entry.code.text().to_owned());
                let excluded = compose.exclude.iter().flat_map(Part::entries);
                let excluded: HashSet<_> = excluded.map(key).collect();
                let included = compose.include.iter().flat_map(Part::entries);
                included.filter(|entry| !excluded.contains(&key(entry))).collect()
            }
        },
    };
    entries
        .into_iter()
        .map(|entry| Member {
            system: entry.system.clone(),
            code: entry.code.text().to_owned(),
            term: None,
            stated: entry.display().map(str::to_owned),
            standing: Standing::NotAsked,
            place: Some(entry.place),
        })
        .collect()
}

/// The system that is told of a list as a whole: that of its first code, or part.
fn system_of(list: &Codelist) -> System {
    let first = list.entries().into_iter().find_map(|entry| entry.system.known());
    let part = || match &list.content {
        Content::ValueSet(set) => {
            let parts = set.compose.iter().flat_map(|compose| &compose.include);
            parts.into_iter().find_map(|part| part.system.known())
        }
        _ => None,
    };
    first.or_else(part).unwrap_or(System::Snomed)
}

/// Whether the release, and not the list, is why there is no expansion.
fn is_of_release(kind: ExpandErrorKind) -> bool {
    matches!(
        kind,
        ExpandErrorKind::Absent
            | ExpandErrorKind::Unknown
            | ExpandErrorKind::Named
            | ExpandErrorKind::Conflict
            | ExpandErrorKind::Expression
    )
}

fn yielded(members: &[Member]) -> Vec<Yielded> {
    let each = members.iter().filter_map(|member| {
        let system = member.system.known()?;
        let term = member.term.as_ref().or(member.stated.as_ref()).cloned().unwrap_or_default();
        Some(Yielded { system, code: member.code.clone(), term })
    });
    each.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{ReadOptions, read};
    use farr::Terminology;

    const TINY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/golden/1.0-tiny.farr");
    const DMD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/golden/1.0-dmd.farr");

    fn list(text: &str) -> (String, Codelist) {
        let options = ReadOptions { system: Some(System::Snomed), ..ReadOptions::default() };
        ("list".to_owned(), read(text.as_bytes(), &options).unwrap())
    }

    fn told(old: &str, new: &str, lists: &[(String, Codelist)]) -> Result<Vec<Change>, ListError> {
        let (old, new) = (Terminology::open([old]).unwrap(), Terminology::open([new]).unwrap());
        let comparison = Comparison::new(old.systems().unwrap(), new.systems().unwrap());
        let dialect = Dialect::NHS_CLINICAL;
        let touching = Touching { lists, bindings: &[], codes: &[], dialect };
        changes(&comparison, &touching).map(|touched| touched.changes)
    }

    #[test]
    fn a_code_of_several_lists_is_told_of_once() {
        let lists = [list("code\n24700007\n"), list("code\n24700007\n301000\n")];
        let told = told(TINY, TINY, &lists).unwrap();
        let codes: Vec<_> = told.iter().map(|change| change.code.as_str()).collect();
        assert_eq!(codes, ["24700007"]);
    }

    #[test]
    fn a_release_without_the_system_cannot_be_asked_about_a_list() {
        let told = told(TINY, DMD, &[list("code\n301000\n")]).unwrap();
        assert_eq!(told[0].kind, ChangeKind::CannotTell);
        assert_eq!(told[0].component.as_deref(), Some("list"));
        assert_eq!(told[0].after.as_deref(), Some("no opened index holds SNOMED CT"));
    }

    #[test]
    fn a_list_of_a_system_that_is_not_there_is_told_under_that_system() {
        let options = ReadOptions { system: Some(System::Opcs4), ..ReadOptions::default() };
        let list = ("list".to_owned(), read(b"code\nA01.1\n", &options).unwrap());
        let told = told(TINY, TINY, &[list]).unwrap();
        assert!(!told.is_empty());
        assert!(told.iter().all(|change| change.kind == ChangeKind::CannotTell));
        assert!(told.iter().all(|change| change.system == System::Opcs4));
    }

    #[test]
    fn a_list_without_codes_is_no_list_in_which_nothing_changed() {
        let empty =
            ("list".to_owned(), Codelist::of_ecl(farr::Ecl::parse("301000 MINUS 301000").unwrap()));
        let told = told(TINY, TINY, &[empty]).unwrap();
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].after.as_deref(), Some("it comes to no code in either release"));
    }

    #[test]
    fn a_binding_of_several_systems_is_asked_about_each() {
        const PACK: &str = "name = \"mine\"\nversion = \"1\"\ndescription = \"Ours\"\n\n[[binding]]\n\
            name = \"any\"\ntitle = \"Any\"\nsystems = [\"opcs4\", \"snomed\", \"nhs-number\"]\n\
            source = { title = \"Ours\", sure = \"ours\" }\n";
        let pack = crate::rules::of_bytes("pack.toml", PACK.as_bytes(), &|_| {
            Err(std::io::ErrorKind::NotFound.into())
        })
        .unwrap();
        let (old, new) = (Terminology::open([TINY]).unwrap(), Terminology::open([TINY]).unwrap());
        let comparison = Comparison::new(old.systems().unwrap(), new.systems().unwrap());
        let mut told = Vec::new();
        for binding in pack.bindings() {
            changes_of_rules(&comparison, binding, &mut |change| told.push(change));
        }
        // OPCS-4 is in neither set; of SNOMED CT nothing changed; an NHS number is judged by itself.
        assert_eq!(told.len(), 1);
        assert_eq!((told[0].kind, told[0].system), (ChangeKind::CannotTell, System::Opcs4));
        assert!(told[0].before.is_some() && told[0].before == told[0].after);
    }

    #[test]
    fn a_damaged_list_is_refused_by_its_place_and_nothing_is_told() {
        let refused = told(TINY, TINY, &[list("code\n301000\n"), list("code\n1.2E+17\n")]);
        let refused = refused.unwrap_err();
        assert_eq!((refused.place, refused.error.kind), (1, ExpandErrorKind::Damaged));
    }
}
