//! What a binding accepts in each of two releases.

use std::collections::BTreeMap;

use super::change::Change;
use super::comparison::Comparison;
use super::kind::ChangeKind;
use crate::classification::{Classification, RubricCode};
use crate::coding::{Binding, Coding, Facts, FindingCode, Outcome, Severity, System, Validator};
use crate::id::Sctid;
use crate::snomed::Dialect;
use crate::terminology::Systems;

impl Comparison<'_> {
    /// The codes of a system that a binding accepts now and did not, or warns of, and the reverse; by
    /// themselves: without a text, a day or a patient beside them.
    ///
    /// Every code that either set has is judged by both, and told where what becomes of it differs:
    /// [`ChangeKind::Included`] where it fares better now, [`ChangeKind::Excluded`] where it fares worse.
    /// `before` and `after` are `accept`, `warn` or `reject` with the finding that weighs most behind it
    /// (`reject: inactive`), `component` is `name`. Codes come in ascending order.
    ///
    /// A binding that cannot be joined with one of the sets gives one [`ChangeKind::CannotTell`] with the
    /// reasons. Of a system without releases, NHS numbers say, nothing is told: its codes are judged by
    /// themselves. Some microseconds a code.
    ///
    /// # Example
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let (old, new) = (farr::Terminology::open([golden])?, farr::Terminology::open([golden])?);
    /// use farr::Ecl;
    /// use farr::coding::{Binding, System};
    /// use farr::diff::Comparison;
    ///
    /// let comparison = Comparison::new(old.systems()?, new.systems()?);
    /// let squeak = Binding::new("squeak").system(System::Snomed).constraint(Ecl::parse("<< 401004")?);
    /// let mut changes = Vec::new();
    /// comparison.changes_of_binding("squeak", &squeak, System::Snomed, &mut |change| {
    ///     changes.push(change);
    /// });
    /// assert!(changes.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn changes_of_binding(
        &self,
        name: &str,
        binding: &Binding,
        system: System,
        emit: &mut impl FnMut(Change),
    ) {
        let (old, new) = (self.old(), self.newer());
        let judges = (Validator::of(old, binding), Validator::of(new, binding));
        let (before, after) = match judges {
            (Ok(before), Ok(after)) => (before, after),
            (before, after) => {
                let reason = |error: crate::coding::BindingError| error.to_string();
                return emit(
                    Change::new(ChangeKind::CannotTell, system, "", "")
                        .of(name)
                        .from_to(before.err().map(reason), after.err().map(reason)),
                );
            }
        };
        match system {
            System::Snomed | System::Dmd => {
                let ids = ids(self, system);
                let numbers: Vec<i64> = ids.iter().map(|id| id.value().cast_signed()).collect();
                let (mut then, mut now) = (vec![0; ids.len()], vec![0; ids.len()]);
                before.check_ids(&numbers, &mut then);
                after.check_ids(&numbers, &mut now);
                for ((id, then), now) in ids.iter().zip(then).zip(now) {
                    let (then, now) = (judged(binding, then), judged(binding, now));
                    if then.0 != now.0 {
                        let display = display(new, *id).or_else(|| display(old, *id));
                        let code = id.to_string();
                        emit(told(system, code, display.unwrap_or_default(), name, then, now));
                    }
                }
            }
            System::Icd10 | System::Icd10Cm | System::Opcs4 => {
                for (code, title) in rubrics(self, system) {
                    let coding = Coding::new(system, &code);
                    let (then, now) = (checked(&before, &coding), checked(&after, &coding));
                    if then.0 != now.0 {
                        emit(told(system, code.clone(), title, name, then, now));
                    }
                }
            }
            // Numbers are judged by themselves, whatever the release.
            _ => {}
        }
    }
}

/// What becomes of a code, and the finding that weighs most.
type Judged = (Outcome, Option<&'static str>);

fn judged(binding: &Binding, number: u8) -> Judged {
    let Some(code) = FindingCode::from_number(number) else { return (Outcome::Accept, None) };
    let outcome = match binding.severity_of(code) {
        Severity::Ignore | Severity::Note => Outcome::Accept,
        Severity::Warn => Outcome::Warn,
        Severity::Reject => Outcome::Reject,
    };
    (outcome, Some(code.code()))
}

fn checked(validator: &Validator<'_>, coding: &Coding<'_>) -> Judged {
    let verdict = validator.check(coding, &Facts::new());
    (verdict.outcome(), verdict.worst().map(|finding| finding.code().code()))
}

fn told(
    system: System,
    code: String,
    display: String,
    name: &str,
    then: Judged,
    now: Judged,
) -> Change {
    // Of accepted, warned of and rejected the first is the least.
    let kind = if now.0 < then.0 { ChangeKind::Included } else { ChangeKind::Excluded };
    let found = |(outcome, found): Judged| match found {
        Some(found) => Some(format!("{}: {found}", outcome.word())),
        None => Some(outcome.word().to_owned()),
    };
    Change::new(kind, system, code, display).of(name).from_to(found(then), found(now))
}

/// All ids of either set, ascending.
fn ids(comparison: &Comparison<'_>, system: System) -> Vec<Sctid> {
    let mut ids = Vec::new();
    for systems in [comparison.old(), comparison.newer()] {
        match system {
            System::Snomed => {
                ids.extend(systems.snomed().into_iter().flat_map(|snomed| snomed.concepts().ids()));
            }
            _ => {
                let products = systems.dmd().into_iter().flat_map(|dmd| dmd.products());
                ids.extend(products.map(|product| product.id()));
            }
        }
    }
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn display(systems: Systems<'_>, id: Sctid) -> Option<String> {
    let concept = systems.snomed().and_then(|snomed| snomed.concept(id));
    let term = concept.and_then(|concept| concept.preferred_term(Dialect::NHS_CLINICAL));
    let product = || Some(systems.dmd()?.product(id)?.name().to_owned());
    term.map(|term| term.text().to_owned()).or_else(product)
}

/// All codes of either set with their titles, by their codes.
fn rubrics(comparison: &Comparison<'_>, system: System) -> BTreeMap<String, String> {
    let mut rubrics = BTreeMap::new();
    for systems in [comparison.old(), comparison.newer()] {
        match system {
            System::Icd10 => add(systems.icd10(), &mut rubrics),
            System::Icd10Cm => add(systems.icd10_cm(), &mut rubrics),
            _ => add(systems.opcs4(), &mut rubrics),
        }
    }
    rubrics
}

fn add<C: RubricCode>(
    classification: Option<Classification<'_, C>>,
    rubrics: &mut BTreeMap<String, String>,
) {
    for rubric in classification.into_iter().flat_map(|one| one.codes()) {
        rubrics.insert(rubric.code_text().to_owned(), rubric.title().to_owned());
    }
}
