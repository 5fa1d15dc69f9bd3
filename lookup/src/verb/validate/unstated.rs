//! Codes of which nothing says what system they are of.

use farr::coding::{Knowledge, System, inspect};
use farr::{Sctid, Systems};

/// The system that a code is to be judged by: the one among those open that knows it, or, where none
/// does, the only one that has codes of its form. `None` where several may be meant: none is chosen.
pub(super) fn system_of(systems: Systems<'_>, text: &str) -> Option<System> {
    let text = text.trim();
    let found = inspect(systems, text);
    let known = found.iter().filter(|one| matches!(one.known, Knowledge::Known(_)));
    // Of CTV3 a map is known, and no code: who has such codes says so.
    let known = known.filter(|one| one.system != System::Ctv3);
    let mut known: Vec<System> = known.map(|one| one.system).collect();
    // What dm+d and SNOMED CT have by the same id is the same thing.
    if known.contains(&System::Snomed) {
        known.retain(|system| *system != System::Dmd);
    }
    match known.as_slice() {
        [only] => return Some(*only),
        [] => {}
        _ => return None,
    }
    let dmd = systems.dmd();
    if let (Some(dmd), Ok(id)) = (dmd, Sctid::parse(text))
        && !dmd.current(id).ids().is_empty()
    {
        return Some(System::Dmd);
    }
    let of_ids = match systems.snomed() {
        Some(_) => Some(System::Snomed),
        None => dmd.map(|_| System::Dmd),
    };
    let classifications = [
        systems.icd10().map(|_| System::Icd10),
        systems.icd10_cm().map(|_| System::Icd10Cm),
        systems.opcs4().map(|_| System::Opcs4),
    ];
    let open = [of_ids, dmd.map(|_| System::Gtin)].into_iter().chain(classifications).flatten();
    let has_form = |system: &System| {
        let is_of =
            |other: System| other == *system || other == System::Snomed && of_ids == Some(*system);
        found.iter().any(|one| is_of(one.system))
    };
    let by_form: Vec<System> = open.filter(has_form).collect();
    match by_form.as_slice() {
        [only] => return Some(*only),
        [] => {}
        _ => return None,
    }
    // No code of a classification begins with a digit. A spreadsheet may put ' before a number.
    if text.trim_start_matches('\'').starts_with(|first: char| first.is_ascii_digit()) {
        return of_ids;
    }
    let mut all = [of_ids].into_iter().chain(classifications).flatten();
    all.next().filter(|_| all.next().is_none())
}
