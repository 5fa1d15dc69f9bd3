//! Value sets as they are published, where they are at hand.

use std::path::{Path, PathBuf};

use farr_codelists::{Content, Filter, ReadErrorKind, ReadOptions, Selection, System, read};

/// A folder of the shared data; `None`, said loudly, where it is not there.
fn shared(name: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    let data = std::env::var_os("FARR_SHARED_DATA").map_or(beside, PathBuf::from);
    let path = data.join(name);
    if path.exists() {
        return Some(path);
    }
    // Not through `eprintln!`, which the test harness swallows where a test passes.
    let skipped = format!("SKIPPED: {} is not there: not tested\n", path.display());
    let _ = std::io::Write::write_all(&mut std::io::stderr(), skipped.as_bytes());
    None
}

/// Every value set of UK Core is read, but for those that take codes from other value sets, or by
/// filters of systems that farr does not have: these are refused.
#[test]
fn value_sets_of_uk_core_are_read() {
    let Some(folder) = shared("fhir/uk-core") else { return };
    let (mut sets, mut expressions, mut levels, mut refused) = (0, 0, 0, 0);
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let list = match read(&std::fs::read(&path).unwrap(), &ReadOptions::default()) {
            Ok(list) => list,
            Err(error)
                if error.kind == ReadErrorKind::Unsupported
                    && (error.message.contains("another value set")
                        || error.message.contains("filters of this system")) =>
            {
                refused += 1;
                continue;
            }
            Err(error) => panic!("{}: {error}", path.display()),
        };
        let Content::ValueSet(set) = &list.content else { panic!("{}", path.display()) };
        sets += 1;
        let compose = set.compose.iter();
        for part in compose.flat_map(|compose| compose.include.iter().chain(&compose.exclude)) {
            let Selection::Filters(filters) = &part.selection else { continue };
            for filter in filters {
                match (filter, part.system.known()) {
                    (Filter::Products(_) | Filter::Ingredients, Some(System::Dmd)) => levels += 1,
                    (_, Some(System::Snomed)) => expressions += 1,
                    other => panic!("{}: {other:?}", path.display()),
                }
            }
        }
    }
    let told = format!(
        "{sets} value sets, {expressions} of SNOMED CT, {levels} of dm+d, {refused} refused\n"
    );
    let _ = std::io::Write::write_all(&mut std::io::stderr(), told.as_bytes());
    assert!(sets >= 100 && expressions >= 80, "{told}");
}

/// A long enumeration.
#[test]
fn the_global_patient_set_is_read() {
    let Some(file) = shared("snomed/gps/ValueSet-snomed-intl-gps.json") else { return };
    let list = read(&std::fs::read(file).unwrap(), &ReadOptions::default()).unwrap();
    assert_eq!(list.entries().len(), 26_158);
    assert_eq!(list.errors().count(), 0, "{:?}", list.errors().next());
}
