//! What a list of codes or an expression constraint comes to in each of two releases.

use std::collections::BTreeMap;

use super::change::Change;
use super::comparison::Comparison;
use super::kind::ChangeKind;
use crate::coding::System;
use crate::ecl::{Ecl, EvaluationError, Finding, Report};
use crate::id::Sctid;
use crate::snomed::{ConceptSet, Dialect, Snomed};
use crate::terminology::Systems;

/// A code that a list or a constraint comes to in one release.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Yielded {
    /// Its system.
    pub system: System,
    /// The code, in the one spelling of its system.
    pub code: String,
    /// Its term there; empty where the release has none.
    pub term: String,
}

/// What a list or a constraint comes to in the older and in the newer release, and whether that is all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Yields {
    /// In the older release, ascending by code.
    pub before: Vec<Yielded>,
    /// In the newer release.
    pub after: Vec<Yielded>,
    /// Whether both are known to be the whole of it. Where not, [`ChangeKind::CannotTell`] was told, and
    /// these are the codes that are known to be touched by it: to be asked of one by one, and no list.
    pub is_whole: bool,
}

impl Comparison<'_> {
    /// The codes that an expression constraint yields in one release and not in the other.
    ///
    /// First those that it lost ([`ChangeKind::Excluded`]), then those that it gained
    /// ([`ChangeKind::Included`]), each sorted by code as text. `component` is `name`. Where the
    /// release that does not yield a code can say why, `after` of a lost one and `before` of a gained
    /// one has it: `inactive`, `not in the release`, or `active, and not in the list`.
    ///
    /// A constraint that cannot be evaluated in one of the releases, because it names a concept which
    /// that does not have say, gives one [`ChangeKind::CannotTell`] with the message of either: what
    /// the other one yields is no change. So does one that can be evaluated and asks for what a release has
    /// nothing to answer with: a reference set without rows, what is below a concept that is inactive. What
    /// it gained and lost is told beside that.
    ///
    /// Returns all that it yields in the older and in the newer release, to be asked of with
    /// [`Comparison::changes_of`]; where a release cannot evaluate it, what it yields there without the
    /// concepts that are not known. It costs two evaluations.
    ///
    /// # Example
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let (old, new) = (farr::Terminology::open([golden])?, farr::Terminology::open([golden])?);
    /// use farr::diff::{ChangeKind, Comparison};
    /// use farr::{Dialect, Ecl};
    ///
    /// let comparison = Comparison::new(old.systems()?, new.systems()?);
    /// let (mut changes, dialect) = (Vec::new(), Dialect::NHS_CLINICAL);
    /// let squeaks = Ecl::parse("<< 301000")?;
    /// let yields =
    ///     comparison.changes_of_constraint("squeaks", &squeaks, dialect, &mut |change| {
    ///         changes.push(change);
    ///     });
    /// assert!(yields.is_whole && !yields.before.is_empty() && yields.before == yields.after);
    /// assert!(changes.is_empty());
    ///
    /// let unknown = Ecl::parse("<< 24700007")?;
    /// comparison.changes_of_constraint("ms", &unknown, dialect, &mut |change| changes.push(change));
    /// assert_eq!(changes[0].kind, ChangeKind::CannotTell);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn changes_of_constraint(
        &self,
        name: &str,
        constraint: &Ecl,
        dialect: Dialect,
        emit: &mut impl FnMut(Change),
    ) -> Yields {
        let before = yielded(self.old(), constraint, dialect);
        let after = yielded(self.newer(), constraint, dialect);
        if before.is_evaluated && after.is_evaluated {
            self.changes_of_yield(name, &before.codes, &after.codes, emit);
        }
        let is_whole = before.open.is_none() && after.open.is_none();
        if !is_whole {
            emit(
                Change::new(ChangeKind::CannotTell, System::Snomed, "", "")
                    .of(name)
                    .from_to(before.open, after.open),
            );
        }
        Yields { before: before.codes, after: after.codes, is_whole }
    }

    /// The codes of `before` that `after` does not have, and the reverse: for whoever knows what a list
    /// comes to in either release. As [`Comparison::changes_of_constraint`], which calls it.
    ///
    /// # Example
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let (old, new) = (farr::Terminology::open([golden])?, farr::Terminology::open([golden])?);
    /// use farr::coding::System;
    /// use farr::diff::{ChangeKind, Comparison, Yielded};
    ///
    /// let comparison = Comparison::new(old.systems()?, new.systems()?);
    /// let code = Yielded {
    ///     system: System::Snomed,
    ///     code: "24700007".to_owned(),
    ///     term: "Multiple sclerosis".to_owned(),
    /// };
    /// let mut changes = Vec::new();
    /// comparison.changes_of_yield("ours", &[code], &[], &mut |change| changes.push(change));
    /// assert_eq!(changes[0].kind, ChangeKind::Excluded);
    /// assert_eq!(changes[0].after.as_deref(), Some("not in the release"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn changes_of_yield(
        &self,
        name: &str,
        before: &[Yielded],
        after: &[Yielded],
        emit: &mut impl FnMut(Change),
    ) {
        let (before, after) = (by_code(before), by_code(after));
        let told = |kind, (system, code): Code<'_>, term: &str| {
            Change::new(kind, system, code, term).of(name)
        };
        for (code, term) in before.iter().filter(|(code, _)| !after.contains_key(*code)) {
            let why = standing(self.newer(), *code).map(str::to_owned);
            emit(told(ChangeKind::Excluded, *code, term).from_to(None, why));
        }
        for (code, term) in after.iter().filter(|(code, _)| !before.contains_key(*code)) {
            let why = standing(self.old(), *code).map(str::to_owned);
            emit(told(ChangeKind::Included, *code, term).from_to(why, None));
        }
    }
}

type Code<'y> = (System, &'y str);

fn by_code(yielded: &[Yielded]) -> BTreeMap<Code<'_>, &str> {
    yielded.iter().map(|one| ((one.system, one.code.as_str()), one.term.as_str())).collect()
}

/// What a constraint yields in one release.
struct Evaluated {
    /// By ascending ids; without what is not known, where it cannot be evaluated.
    codes: Vec<Yielded>,
    is_evaluated: bool,
    /// Why that is not known to be all.
    open: Option<String>,
}

fn yielded(systems: Systems<'_>, constraint: &Ecl, dialect: Dialect) -> Evaluated {
    let Some(snomed) = systems.snomed() else {
        let open = Some(format!("no opened index holds {}", System::Snomed.name()));
        return Evaluated { codes: Vec::new(), is_evaluated: false, open };
    };
    let each = |concepts: ConceptSet<'_>| -> Vec<Yielded> {
        let ids = concepts.sorted_ids().into_iter();
        ids.map(|id| {
            let concept = snomed.concept(id);
            let term = concept.and_then(|concept| {
                let preferred = concept.preferred_term(dialect).map(|term| term.text());
                preferred.or_else(|| concept.fully_specified_name().map(|name| name.term()))
            });
            let term = term.unwrap_or_default().to_owned();
            Yielded { system: System::Snomed, code: id.to_string(), term }
        })
        .collect()
    };
    match snomed.evaluation().run(constraint) {
        Ok(found) => {
            let open = of_warnings(snomed, constraint, &found.warnings);
            Evaluated { codes: each(found.concepts), is_evaluated: true, open }
        }
        Err(error) => {
            let known = snomed.evaluation().unknown_concepts(Report::Warning).run(constraint);
            let codes = known.map(|found| each(found.concepts)).unwrap_or_default();
            Evaluated { codes, is_evaluated: false, open: Some(in_a_line(&error)) }
        }
    }
}

/// What a constraint that can be evaluated asks for and the release has nothing to answer with.
pub(super) fn unanswered(snomed: Snomed<'_>, constraint: &Ecl) -> Option<String> {
    let found = snomed.evaluation().run(constraint).ok()?;
    of_warnings(snomed, constraint, &found.warnings)
}

fn of_warnings(snomed: Snomed<'_>, constraint: &Ecl, warnings: &[Finding]) -> Option<String> {
    let mut reasons: Vec<String> = warnings.iter().map(ToString::to_string).collect();
    // An expression that was evaluated a moment ago can be evaluated.
    for gap in snomed.evaluation().gaps(constraint).into_iter().flatten() {
        let reason = gap.finding.to_string();
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    (!reasons.is_empty()).then(|| reasons.join("; "))
}

/// Why a constraint cannot be evaluated, without the place in its text.
fn in_a_line(error: &EvaluationError) -> String {
    match error {
        EvaluationError::Findings(findings) => {
            let each: Vec<String> = findings.iter().map(ToString::to_string).collect();
            each.join("; ")
        }
        other => other.to_string(),
    }
}

/// How a concept that a list does not have stands in a release.
fn standing(systems: Systems<'_>, (system, code): Code<'_>) -> Option<&'static str> {
    let id = Sctid::parse_as_published(code).ok().filter(|_| system == System::Snomed)?;
    Some(match systems.snomed()?.concept(id).map(|concept| concept.is_active()) {
        Some(true) => "active, and not in the list",
        Some(false) => "inactive",
        None => "not in the release",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Terminology;

    fn one(code: &str) -> Yielded {
        Yielded { system: System::Snomed, code: code.to_owned(), term: String::new() }
    }

    #[test]
    fn what_is_lost_stands_before_what_is_gained_and_each_is_told_once() {
        let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
        let (old, new) =
            (Terminology::open([golden]).unwrap(), Terminology::open([golden]).unwrap());
        let comparison = Comparison::new(old.systems().unwrap(), new.systems().unwrap());
        let mut told = Vec::new();
        // 24700007 is in no release of the file; 301000 is active in it.
        let before = [one("401004"), one("301000"), one("24700007"), one("24700007")];
        let after = [one("401004"), one("402006")];
        comparison.changes_of_yield("list", &before, &after, &mut |change| {
            told.push((change.kind, change.code, change.before, change.after));
        });
        let text = |text: &str| Some(text.to_owned());
        let here = text("active, and not in the list");
        assert_eq!(
            told,
            [
                (ChangeKind::Excluded, "24700007".to_owned(), None, text("not in the release")),
                (ChangeKind::Excluded, "301000".to_owned(), None, here.clone()),
                (ChangeKind::Included, "402006".to_owned(), here, None),
            ]
        );
    }

    #[test]
    fn a_set_without_snomed_ct_cannot_tell() {
        let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
        let dmd = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-dmd.farr");
        let (old, new) = (Terminology::open([golden]).unwrap(), Terminology::open([dmd]).unwrap());
        let comparison = Comparison::new(old.systems().unwrap(), new.systems().unwrap());
        let mut told = Vec::new();
        let constraint = Ecl::parse("<< 301000").unwrap();
        let yields = comparison.changes_of_constraint(
            "squeaks",
            &constraint,
            Dialect::NHS_CLINICAL,
            &mut |change| told.push(change),
        );
        assert!(!yields.is_whole);
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].kind, ChangeKind::CannotTell);
        assert_eq!(told[0].before, None);
        assert_eq!(told[0].after.as_deref(), Some("no opened index holds SNOMED CT"));
    }

    #[test]
    fn what_cannot_be_answered_is_told_and_the_codes_that_are_known_are_given() {
        let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
        let (old, new) =
            (Terminology::open([golden]).unwrap(), Terminology::open([golden]).unwrap());
        let comparison = Comparison::new(old.systems().unwrap(), new.systems().unwrap());
        let of = |text: &str| {
            let mut told = Vec::new();
            let constraint = Ecl::parse(text).unwrap();
            let dialect = Dialect::NHS_CLINICAL;
            let emit = &mut |change: Change| told.push((change.kind, change.after));
            let yields = comparison.changes_of_constraint("list", &constraint, dialect, emit);
            (yields, told)
        };
        let whole = of("<< 301000").0;
        assert!(whole.is_whole);
        let (partly, told) = of("<< 301000 OR 24700007");
        assert_eq!((partly.before, partly.is_whole), (whole.before, false));
        let reason = "24700007 is not a concept of this release".to_owned();
        assert_eq!(told, [(ChangeKind::CannotTell, Some(reason))]);
        let (none, told) = of("^ 999002271000000101");
        assert!(none.before.is_empty() && !none.is_whole);
        assert_eq!(told[0].0, ChangeKind::CannotTell);
    }
}
