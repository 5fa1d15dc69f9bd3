//! What a newer release changes for lists that one of the releases cannot answer, or answers otherwise.

use farr::diff::{Change, ChangeKind, Comparison};
use farr::{Dialect, Terminology};
use farr_codelists::diff::{ListError, Touched, Touching, changes};
use farr_codelists::{Codelist, ExpandErrorKind, FindingKind, read};

use crate::files::{filtered, of_compose, of_snomed, part};

const TINY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/golden/1.0-tiny.farr");
/// A release without most concepts of the other.
const PUBLISHED: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/golden/1.0-published.farr");

fn list(text: &str) -> Codelist {
    read(text.as_bytes(), &of_snomed()).unwrap()
}

fn told(old: &str, new: &str, lists: Vec<Codelist>) -> Result<Touched, ListError> {
    let (old, new) = (Terminology::open([old]).unwrap(), Terminology::open([new]).unwrap());
    let comparison = Comparison::new(old.systems().unwrap(), new.systems().unwrap());
    let lists: Vec<(String, Codelist)> = lists
        .into_iter()
        .enumerate()
        .map(|(number, list)| (format!("list-{number}"), list))
        .collect();
    let dialect = Dialect::NHS_CLINICAL;
    let touching = Touching { lists: &lists, bindings: &[], codes: &[], dialect };
    changes(&comparison, &touching)
}

/// The only thing that cannot be told of a list: what was, and what is.
fn open(touched: &Touched) -> (Option<&str>, Option<&str>) {
    let of_list =
        |change: &&Change| change.kind == ChangeKind::CannotTell && change.code.is_empty();
    let open: Vec<&Change> = touched.changes.iter().filter(of_list).collect();
    assert_eq!(open.len(), 1, "{:?}", touched.changes);
    (open[0].before.as_deref(), open[0].after.as_deref())
}

#[test]
fn a_definition_over_an_inactive_concept_is_not_a_list_in_which_nothing_changed() {
    let rows = "code,term,is_included\n601008,,+\n401004,,-\n";
    let touched = told(TINY, TINY, vec![list(rows)]).unwrap();
    let reason = "601008 is inactive: what was above or below it is no longer said";
    assert_eq!(open(&touched), (Some(reason), Some(reason)));
}

#[test]
fn why_a_release_cannot_be_asked_is_told_whole_and_on_one_line() {
    let set = of_compose(&filtered("concept", "is-a", "24700007"), "").unwrap();
    let touched = told(TINY, TINY, vec![set]).unwrap();
    let (before, after) = open(&touched);
    let reason = before.unwrap();
    assert!(reason.contains("24700007") && !reason.contains('\n'), "{reason:?}");
    assert_eq!(before, after);

    let set = of_compose(&filtered("concept", "in", "401004"), "").unwrap();
    let touched = told(TINY, TINY, vec![set]).unwrap();
    let reason = "this release has no rows of a refset 401004";
    assert_eq!(open(&touched), (Some(reason), Some(reason)));
}

#[test]
fn a_conflict_that_a_release_makes_is_told_and_hides_no_other_list() {
    let rows = "code,term,is_included\n403001,,+\n402006,,-\n";
    let touched = told(TINY, TINY, vec![list(rows), list("code\n24700007\n")]).unwrap();
    let (before, after) = open(&touched);
    assert!(before.unwrap().starts_with("404007 |Knee squeak| is below"), "{before:?}");
    assert_eq!(before, after);
    assert!(touched.changes.iter().any(|change| change.code == "24700007"));
    // What the file itself leaves open no release decides.
    let rows = "code,term,is_included\n403001,,?\n";
    let refused = told(TINY, TINY, vec![list(rows)]).unwrap_err();
    assert_eq!(refused.error.kind, ExpandErrorKind::Undecided);
}

#[test]
fn what_a_list_excludes_is_not_of_it() {
    let exclude = part("http://snomed.info/sct", &["401004", "402006"]);
    let include = part("http://snomed.info/sct", &["402006", "301000"]);
    let filter = filtered("concept", "is-a", "24700007");
    let set = of_compose(&format!("{filter},{include}"), &exclude).unwrap();
    let rows = "code,term,is_included\n24700007,,+\n301000,,(+)\n401004,,-\n";
    for (list, codes) in [(set, 1), (list(rows), 2)] {
        let touched = told(PUBLISHED, TINY, vec![list]).unwrap();
        assert_eq!(touched.codes, codes);
        assert!(touched.changes.iter().all(|change| change.code != "401004"));
        assert!(touched.changes.iter().any(|change| change.code == "301000"));
    }
}

#[test]
fn what_expanding_tells_of_a_list_is_told_beside_the_changes() {
    let squeak = part("http://snomed.info/sct", &["401004"]);
    let other = r#"{"valueSet":["http://snomed.info/sct/999?fhir_vs=isa/404007"]}"#;
    let set = of_compose(&format!("{squeak},{other}"), "").unwrap();
    let touched = told(TINY, TINY, vec![list("code\n301000\n"), set]).unwrap();
    let notes: Vec<_> = touched
        .notes
        .iter()
        .map(|note| (note.place, note.is_older, note.is_newer, note.finding.kind))
        .collect();
    assert_eq!(notes, [(1, true, true, FindingKind::OtherVersion)]);
    // What a constraint has in pipes, of a release that has the concept.
    let touched = told(PUBLISHED, TINY, vec![list("401004 |Creaking œdema|")]).unwrap();
    let notes: Vec<_> = touched
        .notes
        .iter()
        .map(|note| (note.is_older, note.is_newer, note.finding.kind))
        .collect();
    assert_eq!(notes, [(false, true, FindingKind::OtherTerm)]);
}
