//! The reader in Python against farr: the history tables of the UK, which no golden file has.

use farr::snomed::constants::{POSSIBLY_EQUIVALENT_TO, SAME_AS};
use farr::{Sctid, Terminology};
use farr_build::Build;
use farr_exercise::sections;
use serde_json::{Map, Value, json};

use super::python::{answer, has_python};
use crate::support::run;
use crate::support::small::{Small, concept};

const SUBSTITUTIONS: &str = "OLDCID\tOLDSTATUS\tNEWCID\tNEWSTATUS\tPATH\tAMBIGUOUS\tITERATIONS\t\
                             OLDFSN\tOLDTAGS\tNEWFSN\tNEWTAGS\tTLH\tTAGLESS\tTAG";

/// A small release with both tables.
fn built() -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let mut small = Small::new();
    small.active(1, &[]).active(2, &[1]).active(3, &[1]).inactive(10..=12);
    small.leads(SAME_AS, 10, 1).leads(POSSIBLY_EQUIVALENT_TO, 12, 1);
    small.leads(POSSIBLY_EQUIVALENT_TO, 12, 2);
    let release = small.write(folder.path());
    let row = |old, new, path: &str, ambiguous, iterations, flags: &str| {
        let (old, new) = (concept(old), concept(new));
        format!("{old}\t1\t{new}\t0\t{path}\t{ambiguous}\t{iterations}\tOld\t1\tNew\t1\t{flags}")
    };
    let substitutions = [
        SUBSTITUTIONS.to_owned(),
        row(12, 2, "second path", 1, 3, "1\t0\t1"),
        row(12, 1, "first path", 1, 1, "0\t1\t0"),
        row(10, 1, "first path", 0, 2, "1\t1\t0"),
    ];
    let pair = |above, below, provenance| format!("{above}\t{below}\t{provenance}");
    let pairs = [
        "SUPER\tSUB\tPROVENANCE".to_owned(),
        pair(concept(1), concept(10), 1),
        pair(concept(2), concept(10), 2),
        pair(concept(1), concept(2), 0),
        pair(concept(3), concept(12), 3),
    ];
    let write = |name: &str, lines: &[String]| {
        let path = folder.path().join(name);
        let text: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
        std::fs::write(&path, text).expect("the table can be written");
        path
    };
    let history = "xres2_HistorySubstitutionTable_Concepts_GB1000000_20260101.txt";
    let history = write(history, &substitutions);
    let query = write("xres2_SNOMEDQueryTable_CORE-UK_20260101.txt", &pairs);
    run(Build::new().snomed(release).history(history).history(query)).bytes
}

#[test]
fn the_history_tables_read_the_same() {
    if !has_python() {
        return;
    }
    let index = built();
    let there: Vec<String> = sections(&index).map(|(tag, _)| tag.to_string()).collect();
    assert!(["HSUB", "HSTX", "QTAB"].iter().all(|tag| there.iter().any(|found| found == tag)));
    let opened = Terminology::from_bytes(index.clone()).expect("the builder verified it");
    let snomed = opened.snomed().expect("the builder verified it");
    let mut substitutions = Vec::new();
    let mut supertypes = Map::new();
    let mut ids: Vec<Sctid> = snomed.concepts().map(|concept| concept.id()).collect();
    ids.sort();
    for id in ids {
        for row in snomed.substitutions(id) {
            substitutions.push(json!([
                row.old_id().to_string(),
                row.concept().id().map(|new| new.to_string()),
                row.path(),
                row.iterations(),
                row.is_ambiguous(),
                row.is_same_top_level(),
                row.is_same_name_without_tag(),
                row.is_same_tag(),
            ]));
        }
        let concept = snomed.concept(id).expect("it is in the release");
        let above: Vec<Value> = concept
            .query_table_supertypes()
            .map(|one| json!([one.concept.id().to_string(), one.provenance]))
            .collect();
        if !above.is_empty() {
            supertypes.insert(id.to_string(), above.into());
        }
    }
    assert_eq!((substitutions.len(), supertypes.len()), (3, 2));
    let read = answer(&index, "history", &[]);
    assert_eq!(read["substitutions"], json!(substitutions));
    assert_eq!(read["supertypes"], json!(supertypes));
}
