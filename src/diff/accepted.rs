//! What a binding accepts in each of two releases.

use std::collections::BTreeMap;

use super::change::Change;
use super::comparison::{Comparison, SYSTEMS, has};
use super::kind::ChangeKind;
use super::yielded::unanswered;
use crate::classification::{Classification, RubricCode};
use crate::coding::{Binding, BindingError, FindingCode, Outcome, Severity, System, Validator};
use crate::id::Sctid;
use crate::snomed::Dialect;
use crate::terminology::Systems;

impl Comparison<'_> {
    /// The codes of which a binding says otherwise now; by themselves: without a text, a day or a
    /// patient beside them.
    ///
    /// Every code that either set has, of every system that the binding may be of, is judged by both as
    /// a code that states its system, in the form that the binding asks for, and told where what is found
    /// with it differs: [`ChangeKind::Included`] where it was rejected and is not now,
    /// [`ChangeKind::Excluded`] where it is rejected now and was not, and [`ChangeKind::VerdictChanged`]
    /// where it is let through or rejected as before, with another outcome or other findings. `before` and
    /// `after` are `accept`, `warn` or `reject` with all that was found, the weightiest first
    /// (`reject: inactive`); `component` is `name`. Systems come in the order of the binding, codes ascending. That no text stands beside
    /// a code, and how old a release is, is no finding here.
    ///
    /// What cannot be asked is told as [`ChangeKind::CannotTell`], never passed over:
    ///
    /// - a system of the binding that one of the sets lacks, or both;
    /// - a binding that cannot be joined with one of the sets, with the reasons;
    /// - what its constraint asks for and a release has nothing to answer with, or no longer knows the
    ///   place of: the codes are told beside it;
    /// - GTINs and codes of CTV3, which are judged by what a release has and cannot all be listed.
    ///
    /// NHS numbers and codes of Read version 2 are judged by themselves, whatever the release, so that
    /// nothing changes about them. Some microseconds a code.
    ///
    /// # Example
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let (old, new) = (farr::Terminology::open([golden])?, farr::Terminology::open([golden])?);
    /// use farr::Ecl;
    /// use farr::coding::{Binding, System};
    /// use farr::diff::{ChangeKind, Comparison};
    ///
    /// let comparison = Comparison::new(old.systems()?, new.systems()?);
    /// let squeak = Binding::new("squeak").system(System::Snomed).constraint(Ecl::parse("<< 401004")?);
    /// let mut changes = Vec::new();
    /// comparison.changes_of_binding("squeak", &squeak, &mut |change| changes.push(change));
    /// assert!(changes.is_empty());
    ///
    /// // Of a system that neither set has nothing is known, and that is said.
    /// let diagnosis = Binding::new("diagnosis").system(System::Icd10);
    /// comparison.changes_of_binding("diagnosis", &diagnosis, &mut |change| changes.push(change));
    /// assert_eq!(changes[0].kind, ChangeKind::CannotTell);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn changes_of_binding(&self, name: &str, binding: &Binding, emit: &mut impl FnMut(Change)) {
        let (old, new) = (self.old(), self.newer());
        let systems = self.systems_of(binding);
        let cannot_tell = |system, before: Option<String>, after: Option<String>| {
            Change::new(ChangeKind::CannotTell, system, "", "").of(name).from_to(before, after)
        };
        let mut asked = Vec::new();
        for system in systems.iter().copied() {
            match can_ask(self, system) {
                Ok(()) => asked.push(system),
                Err((before, after)) => emit(cannot_tell(system, before, after)),
            }
        }
        if asked.is_empty() {
            return;
        }
        let first = systems.first().copied().unwrap_or(System::Snomed);
        let (before, after) = match (Validator::of(old, binding), Validator::of(new, binding)) {
            (Ok(before), Ok(after)) => (before, after),
            (before, after) => {
                let reason = |error: BindingError| error.to_string();
                return emit(cannot_tell(first, before.err().map(reason), after.err().map(reason)));
            }
        };
        let open = [&before, &after].map(|validator| of_constraint(validator, binding));
        if let [before, after] = open
            && (before.is_some() || after.is_some())
        {
            emit(cannot_tell(System::Snomed, before, after));
        }
        let mut judge = |system, code: String, display: &dyn Fn() -> Option<String>| {
            let found = |validator: &Validator<'_>| judged(validator, binding, system, &code);
            let (then, now) = (found(&before), found(&after));
            if then != now {
                let display = display().unwrap_or_default();
                emit(told(binding, name, Change::new(KIND, system, code, display), &then, &now));
            }
        };
        for system in asked {
            match system {
                System::Snomed | System::Dmd => {
                    for id in ids(self, system, binding) {
                        judge(system, id.to_string(), &|| {
                            let dialect = binding.asked_dialect();
                            display(new, id, dialect).or_else(|| display(old, id, dialect))
                        });
                    }
                }
                _ => {
                    for (code, title) in rubrics(self, system) {
                        judge(system, code, &|| Some(title.clone()));
                    }
                }
            }
        }
    }

    /// The systems that a binding takes, each once; of one that takes all, those of either set.
    fn systems_of(&self, binding: &Binding) -> Vec<System> {
        let mut systems = Vec::new();
        let every = SYSTEMS.iter().filter(|_| binding.systems().is_empty());
        let every = every.filter(|system| has(self.old(), **system) || has(self.newer(), **system));
        for system in binding.systems().iter().chain(every) {
            if !systems.contains(system) {
                systems.push(*system);
            }
        }
        systems
    }
}

/// Whatever stands there before it is known.
const KIND: ChangeKind = ChangeKind::VerdictChanged;

/// Why the older and the newer set cannot be asked about a system.
type Unasked = (Option<String>, Option<String>);

/// Whether all codes of a system can be asked about. Of one whose codes are judged by themselves there
/// are none.
fn can_ask(comparison: &Comparison<'_>, system: System) -> Result<(), Unasked> {
    let both = |reason: String| Err((Some(reason.clone()), Some(reason)));
    match system {
        System::NhsNumber | System::ReadV2 => Ok(()),
        System::Gtin | System::Ctv3 => both(format!(
            "what is said of a {} hangs on the release, and these are not gone through",
            match system {
                System::Gtin => "GTIN",
                _ => "code of CTV3",
            }
        )),
        _ => {
            let absent = |systems| {
                let reason = || format!("no opened index holds {}", system.name());
                (!has(systems, system)).then(reason)
            };
            match (absent(comparison.old()), absent(comparison.newer())) {
                (None, None) => Ok(()),
                unasked => Err(unasked),
            }
        }
    }
}

/// What the constraint of a binding asks for and the release cannot answer.
fn of_constraint(validator: &Validator<'_>, binding: &Binding) -> Option<String> {
    unanswered(validator.snomed()?, binding.asked_constraint()?)
}

/// All that is found with a code, the weightiest first.
fn judged(
    validator: &Validator<'_>,
    binding: &Binding,
    system: System,
    code: &str,
) -> Vec<FindingCode> {
    let written = validator.written(system, code);
    let mut found = validator.codes_found(system, &written);
    // The comparison gives no text and no day: what that comes to is no change of the release.
    found.retain(|code| {
        !matches!(
            code,
            FindingCode::DisplayMissing
                | FindingCode::StaleRelease
                | FindingCode::ReleaseAgeUnknown
        )
    });
    found.sort_unstable_by_key(|code| (std::cmp::Reverse(binding.severity_of(*code)), *code));
    found.dedup();
    found
}

fn told(
    binding: &Binding,
    name: &str,
    change: Change,
    then: &[FindingCode],
    now: &[FindingCode],
) -> Change {
    let mut change = change.of(name);
    let is_rejected = |found| outcome(binding, found) == Outcome::Reject;
    change.kind = match (is_rejected(then), is_rejected(now)) {
        (true, false) => ChangeKind::Included,
        (false, true) => ChangeKind::Excluded,
        _ => ChangeKind::VerdictChanged,
    };
    let words = |found: &[FindingCode]| {
        let codes: Vec<&str> = found.iter().map(|code| code.code()).collect();
        let separator = if codes.is_empty() { "" } else { ": " };
        Some(format!("{}{separator}{}", outcome(binding, found).word(), codes.join(", ")))
    };
    change.from_to(words(then), words(now))
}

/// What becomes of a code with which this was found, the weightiest first.
fn outcome(binding: &Binding, found: &[FindingCode]) -> Outcome {
    match found.first().map(|code| binding.severity_of(*code)) {
        None | Some(Severity::Ignore | Severity::Note) => Outcome::Accept,
        Some(Severity::Warn) => Outcome::Warn,
        Some(Severity::Reject) => Outcome::Reject,
    }
}

/// All ids of either set, ascending. Where dm+d is asked, it has some before SNOMED CT.
fn ids(comparison: &Comparison<'_>, system: System, binding: &Binding) -> Vec<Sctid> {
    let mut ids = Vec::new();
    for systems in [comparison.old(), comparison.newer()] {
        if system == System::Snomed {
            ids.extend(systems.snomed().into_iter().flat_map(|snomed| snomed.concepts().ids()));
        }
        let dmd = systems.dmd().filter(|_| system == System::Dmd || binding.asks_dmd());
        ids.extend(dmd.into_iter().flat_map(|dmd| dmd.products()).map(|product| product.id()));
        let dmd = dmd.filter(|_| binding.asks_ingredients());
        ids.extend(dmd.into_iter().flat_map(|dmd| dmd.ingredients()).map(|one| one.id()));
    }
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn display(systems: Systems<'_>, id: Sctid, dialect: Dialect) -> Option<String> {
    let concept = systems.snomed().and_then(|snomed| snomed.concept(id));
    let term = concept.and_then(|concept| concept.preferred_term(dialect));
    let in_dmd = || {
        let dmd = systems.dmd()?;
        let product = dmd.product(id).map(|product| product.name());
        Some(product.or_else(|| Some(dmd.ingredient(id)?.name()))?.to_owned())
    };
    term.map(|term| term.text().to_owned()).or_else(in_dmd)
}

/// All codes of either set with their titles, by their codes.
fn rubrics(comparison: &Comparison<'_>, system: System) -> BTreeMap<String, String> {
    let mut rubrics = BTreeMap::new();
    for systems in [comparison.old(), comparison.newer()] {
        match system {
            System::Icd10 => add(systems.icd10(), &mut rubrics),
            System::Icd10Cm => add(systems.icd10_cm(), &mut rubrics),
            System::Opcs4 => add(systems.opcs4(), &mut rubrics),
            // Judged by themselves, whatever the release.
            _ => {}
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Terminology;
    use crate::coding::Form;

    #[test]
    fn codes_are_judged_in_the_form_that_a_binding_asks_for() {
        let golden =
            concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-classifications.farr");
        let set = Terminology::open([golden]).unwrap();
        let systems = set.systems().unwrap();
        let comparison = Comparison::new(systems, systems);
        let mut accepted = 0;
        for form in [Form::Dotted, Form::Undotted, Form::Padded, Form::DataSet] {
            for system in [System::Icd10, System::Icd10Cm, System::Opcs4] {
                let binding = Binding::new("form").system(system).form(form);
                let validator = Validator::of(systems, &binding).unwrap();
                for code in rubrics(&comparison, system).into_keys() {
                    let found = judged(&validator, &binding, system, &code);
                    assert!(!found.contains(&FindingCode::WrongForm), "{code} as {}", form.word());
                    accepted += u32::from(found.is_empty());
                }
            }
        }
        assert!(accepted > 0);
    }

    #[test]
    fn ingredients_are_gone_through_where_a_binding_takes_them() {
        let set = Terminology::open([concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/testdata/golden/1.0-dmd.farr"
        )])
        .unwrap();
        let systems = set.systems().unwrap();
        let comparison = Comparison::new(systems, systems);
        let ingredient = systems.dmd().unwrap().ingredients().next().unwrap();
        let products = Binding::new("products").system(System::Dmd);
        assert!(!ids(&comparison, System::Dmd, &products).contains(&ingredient.id()));
        let either = products.ingredients(true);
        assert!(ids(&comparison, System::Dmd, &either).contains(&ingredient.id()));
        let shown = display(systems, ingredient.id(), Dialect::NHS_CLINICAL);
        assert_eq!(shown.as_deref(), Some(ingredient.name()));
    }

    #[test]
    fn a_code_is_excluded_where_it_is_rejected_now_and_any_other_verdict_is_told_apart() {
        let binding = Binding::new("ours").severity(FindingCode::Inactive, Severity::Warn);
        let change = |then: &[FindingCode], now: &[FindingCode]| {
            let change = Change::new(KIND, System::Snomed, "401004", "");
            let told = told(&binding, "ours", change, then, now);
            (told.kind, told.before.unwrap(), told.after.unwrap())
        };
        use FindingCode::{DisplayDiffers, Inactive, NotInRelease, NotPrescribable, PreviousId};
        let of = |then: &[FindingCode], now: &[FindingCode]| {
            let (kind, before, after) = change(then, now);
            (kind, format!("{before} -> {after}"))
        };
        use ChangeKind::{Excluded, Included, VerdictChanged};
        let told = |kind, text: &str| (kind, text.to_owned());
        assert_eq!(of(&[NotInRelease], &[]), told(Included, "reject: not-in-release -> accept"));
        assert_eq!(
            of(&[NotInRelease], &[Inactive]),
            told(Included, "reject: not-in-release -> warn: inactive")
        );
        assert_eq!(of(&[], &[NotInRelease]), told(Excluded, "accept -> reject: not-in-release"));
        assert_eq!(
            of(&[Inactive], &[NotInRelease]),
            told(Excluded, "warn: inactive -> reject: not-in-release")
        );
        // Let through as before, or rejected as before, and for another reason: neither is passed over.
        assert_eq!(
            of(&[PreviousId], &[Inactive, PreviousId]),
            told(VerdictChanged, "warn: previous-id -> warn: inactive, previous-id")
        );
        assert_eq!(of(&[Inactive], &[]), told(VerdictChanged, "warn: inactive -> accept"));
        assert_eq!(
            of(&[], &[DisplayDiffers]),
            told(VerdictChanged, "accept -> accept: display-differs")
        );
        assert_eq!(
            of(&[NotInRelease], &[NotInRelease, NotPrescribable]),
            told(
                VerdictChanged,
                "reject: not-in-release -> reject: not-in-release, not-prescribable"
            )
        );
        assert!(VerdictChanged.matters());
    }
}
