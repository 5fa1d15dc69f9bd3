//! What a binding of a rule pack accepts, then and now.

use farr::coding::{Binding, Coding, Facts, FindingCode, Outcome, Severity, System, Validator};
use farr::diff::{Change, ChangeKind, Comparison};
use farr::{Dialect, Sctid, Systems};
use farr_codelists::rules::NamedBinding;

/// The codes that a binding accepts now and did not, and the reverse, by themselves: without a text,
/// a day or a patient beside them.
///
/// Every code that either set of releases has is judged by both, and told where what becomes of it
/// differs: accepted, warned of or rejected.
pub(super) fn changes(
    comparison: &Comparison<'_>,
    named: &NamedBinding,
    changes: &mut Vec<Change>,
) {
    let binding = named.binding();
    let name = named.reference();
    let (old, new) = (comparison.old(), comparison.newer());
    let judges = (Validator::of(old, binding), Validator::of(new, binding));
    let (before, after) = match judges {
        (Ok(before), Ok(after)) => (before, after),
        (before, after) => {
            let system = named.systems().first().copied().unwrap_or(System::Snomed);
            let mut change = Change::new(ChangeKind::CannotTell, system, "", "").of(name);
            change.before = before.err().map(|error| error.to_string());
            change.after = after.err().map(|error| error.to_string());
            changes.push(change);
            return;
        }
    };
    // The system of a code of which nothing says what it is of.
    let system = named.systems().first().copied().unwrap_or(System::Snomed);
    match system {
        System::Snomed | System::Dmd => {
            let ids = ids(comparison, system);
            let numbers: Vec<i64> = ids.iter().map(|id| id.value().cast_signed()).collect();
            let (mut then, mut now) = (vec![0; ids.len()], vec![0; ids.len()]);
            before.check_ids(&numbers, &mut then);
            after.check_ids(&numbers, &mut now);
            for ((id, then), now) in ids.iter().zip(then).zip(now) {
                let (then, now) = (judged(binding, then), judged(binding, now));
                if then.0 != now.0 {
                    let display = display(new, *id).or_else(|| display(old, *id));
                    let code = id.to_string();
                    changes.push(told(system, code, display, &name, then, now));
                }
            }
        }
        System::Icd10 | System::Icd10Cm | System::Opcs4 => {
            for (code, title) in rubrics(comparison, system) {
                let coding = Coding::new(system, &code);
                let (then, now) = (checked(&before, &coding), checked(&after, &coding));
                if then.0 != now.0 {
                    changes.push(told(system, code.clone(), Some(title), &name, then, now));
                }
            }
        }
        // Numbers are judged by themselves, whatever the release.
        _ => {}
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
    display: Option<String>,
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
    Change::new(kind, system, code, display.unwrap_or_default())
        .of(name)
        .from_to(found(then), found(now))
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
fn rubrics(comparison: &Comparison<'_>, system: System) -> Vec<(String, String)> {
    let mut rubrics = std::collections::BTreeMap::new();
    for systems in [comparison.old(), comparison.newer()] {
        match system {
            System::Icd10 => add(systems.icd10(), &mut rubrics),
            System::Icd10Cm => add(systems.icd10_cm(), &mut rubrics),
            _ => add(systems.opcs4(), &mut rubrics),
        }
    }
    rubrics.into_iter().collect()
}

fn add<C: farr::classification::RubricCode>(
    classification: Option<farr::classification::Classification<'_, C>>,
    rubrics: &mut std::collections::BTreeMap<String, String>,
) {
    for rubric in classification.into_iter().flat_map(|one| one.codes()) {
        rubrics.insert(rubric.code_text().to_owned(), rubric.title().to_owned());
    }
}
