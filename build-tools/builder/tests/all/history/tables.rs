//! The history tables of the UK: written by hand over a small release, read back, and held against
//! it.

use std::path::{Path, PathBuf};

use crate::support::model::ROOT;
use crate::support::small::{Small, concept};
use farr::index::format;
use farr::snomed::constants::{POSSIBLY_EQUIVALENT_TO, SAME_AS};
use farr::snomed::{Component, Substitution};
use farr::{Sctid, Terminology};
use farr_build::{Build, BuildError, NoteKind, Report, Silent};
use farr_exercise::{Limits, repair, section, section_entry, target};

const SUBSTITUTIONS: &str = "xres2_HistorySubstitutionTable_Concepts_GB1000000_20260101.txt";
const QUERY_TABLE: &str = "xres2_SNOMEDQueryTable_CORE-UK_20260101.txt";
const HEADER: &str = "OLDCID\tOLDSTATUS\tNEWCID\tNEWSTATUS\tPATH\tAMBIGUOUS\tITERATIONS\tOLDFSN\t\
                      OLDTAGS\tNEWFSN\tNEWTAGS\tTLH\tTAGLESS\tTAG";

fn small() -> Small {
    let mut small = Small::new();
    small.active(1, &[]).active(2, &[1]).active(3, &[1]).active(4, &[2]).active(5, &[]);
    small.inactive(10..=17);
    small.leads(SAME_AS, 10, 1).leads(SAME_AS, 11, 3).leads(SAME_AS, 14, 1).leads(SAME_AS, 15, 1);
    small.leads(POSSIBLY_EQUIVALENT_TO, 12, 1).leads(POSSIBLY_EQUIVALENT_TO, 12, 2);
    small
}

fn substitution(old: u64, new: u64, path: &str, ambiguous: u8, flags: &str) -> String {
    let flags = flags.replace('-', "\t");
    format!("{old}\t1\t{new}\t0\t{path}\t{ambiguous}\t2\tOld\t1\tNew\t1\t{flags}")
}

fn table(header: &str, rows: &[String], end: &str) -> String {
    let lines = std::iter::once(header.to_owned()).chain(rows.iter().cloned());
    lines.map(|line| line + end).collect()
}

fn substitutions() -> Vec<String> {
    let (of, by) = (concept, concept);
    vec![
        substitution(of(12), by(2), "b", 1, "1-1-1"),
        substitution(of(12), by(1), "a", 1, "0-1-0"),
        substitution(of(10), by(1), "SAME AS", 0, "1-0-1"),
        substitution(of(10), by(1), "SAME AS", 0, "1-0-1"),
        substitution(of(11), by(2), "a", 0, "1-1-1"),
        substitution(of(13), by(1), "a", 0, "1-1-1"),
        substitution(of(15), by(1), "a", 1, "1-1-1"),
        substitution(of(5), by(1), "a", 0, "1-1-1"),
        substitution(of(16), by(990), "a", 0, "1-1-1"),
        substitution(of(991), by(1), "a", 0, "1-1-1"),
        substitution(of(17), by(1), "a", 0, "1-1-1").replace(&concept(1).to_string(), ""),
    ]
}

fn query_rows() -> Vec<String> {
    let pair = |above: u64, below: u64, provenance: u8| format!("{above}\t{below}\t{provenance}");
    let (one, two, three, four) = (concept(1), concept(2), concept(3), concept(4));
    let mut rows: Vec<String> = [two, three, four, concept(5)]
        .iter()
        .map(|below| pair(ROOT, *below, 0))
        .chain([two, three, four].iter().map(|below| pair(one, *below, 0)))
        .collect();
    rows.extend([
        pair(two, four, 0),
        pair(two, two, 0),
        // Not so in the hierarchy.
        pair(two, three, 0),
        pair(two, concept(10), 0),
        pair(one, concept(10), 1),
        pair(ROOT, concept(10), 1),
        pair(ROOT, concept(10), 1),
        pair(three, concept(11), 2),
        pair(one, concept(990), 1),
    ]);
    rows
}

/// Writes both tables as they might lie in a release.
fn write(folder: &Path, end: &str) -> PathBuf {
    let tables = folder.join("tables");
    let (hst, qt) =
        (tables.join("Resources/HistorySubstitutionTable"), tables.join("Resources/QueryTable"));
    for folder in [&hst, &qt] {
        std::fs::create_dir_all(folder).expect("a folder can be made");
    }
    let file = |path: PathBuf, text: String| {
        std::fs::write(path, text).expect("the file can be written");
    };
    file(hst.join(SUBSTITUTIONS), table(HEADER, &substitutions(), end));
    file(qt.join(QUERY_TABLE), table("SUPER\tSUB\tPROVENANCE", &query_rows(), end));
    tables
}

fn built(release: &Path, history: &[&Path], output: &Path) -> Result<Report, BuildError> {
    let build = Build::new().snomed(release);
    history.iter().fold(build, |build, path| build.history(path)).run(output, &Silent)
}

fn count(report: &Report, kind: NoteKind) -> (u64, String) {
    let note = report.notes.of(kind).unwrap_or_else(|| panic!("no {kind:?}: {report}"));
    (note.count, note.examples.join("; "))
}

#[test]
fn tables_are_read_back_and_differences_told() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let release = small().write(folder.path());
    let output = folder.path().join("index.farr");
    let mut bytes = Vec::new();
    for end in ["\r\n", "\n"] {
        let tables = write(folder.path(), end);
        let report = built(&release, &[&tables], &output).unwrap_or_else(|e| panic!("{e}"));
        let index = std::fs::read(&output).expect("the index was published");
        told(&report);
        answers(index.clone());
        bytes.push(index.len());
        // In another order, and as two files, the sections are the same.
        let mut rows = substitutions();
        rows.reverse();
        let one = folder.path().join(SUBSTITUTIONS);
        std::fs::write(&one, table(HEADER, &rows, end)).expect("the file can be written");
        let two = tables.join("Resources/QueryTable").join(QUERY_TABLE);
        built(&release, &[&one, &two], &output).unwrap_or_else(|error| panic!("{error}"));
        answers(std::fs::read(&output).expect("the index was published"));
        assert!(report.meta.sources.iter().any(|source| source.name == QUERY_TABLE));
    }
    assert!(bytes.iter().all(|length| *length > 0));
}

fn told(report: &Report) {
    let of = |item| concept(item).to_string();
    for (kind, expected, examples) in [
        (NoteKind::SubstitutionRepeated, 1, vec![of(10)]),
        (NoteKind::SubstitutionWithoutConcept, 1, vec![of(17)]),
        (NoteKind::SubstitutionEnds, 3, vec![of(5), of(990), of(991)]),
        (NoteKind::SubstitutionWithoutAssociation, 2, vec![of(13), of(16)]),
        (NoteKind::AssociationWithoutSubstitution, 1, vec![of(14)]),
        (NoteKind::SubstitutionDiffers, 1, vec![of(11), of(2), of(3)]),
        (NoteKind::SubstitutionAmbiguity, 1, vec![of(15)]),
        (NoteKind::QueryTableUnknownConcept, 1, vec![of(990)]),
        (NoteKind::QueryTableBeyondHierarchy, 2, vec![of(3), of(10)]),
        (NoteKind::HierarchyBeyondQueryTable, 1, vec![of(1), ROOT.to_string()]),
    ] {
        let (count, text) = count(report, kind);
        assert_eq!(count, expected, "{kind:?}: {text}");
        assert!(examples.iter().all(|one| text.contains(one)), "{kind:?}: {text}");
        assert!(!kind.refused_when_strict() && !kind.phrase().is_empty());
    }
    assert_eq!(report.meta.count("substitutions"), Some(9));
    assert_eq!(report.meta.count("query table pairs"), Some(3));
    assert_eq!(report.meta.count("query table pairs of the hierarchy"), Some(8));
}

fn answers(index: Vec<u8>) {
    let opened = Terminology::from_bytes(index).expect("the builder verified it");
    let snomed = opened.snomed().expect("the builder verified it");
    assert!(snomed.has_substitution_table() && snomed.has_query_table());
    let id = |item| Sctid::as_published(concept(item)).expect("an SCTID");
    let at = |item| snomed.concept(id(item)).expect("it is in the release");
    let rows: Vec<Substitution<'_>> = at(12).substitutions().collect();
    let said: Vec<(String, bool, &str, bool, bool, bool)> = rows
        .iter()
        .map(|row| {
            (
                row.concept().to_string(),
                row.is_ambiguous(),
                row.path(),
                row.is_same_top_level(),
                row.is_same_name_without_tag(),
                row.is_same_tag(),
            )
        })
        .collect();
    let expected = [
        (id(1).to_string(), true, "a", false, true, false),
        (id(2).to_string(), true, "b", true, true, true),
    ];
    assert_eq!(said, expected);
    let same = at(10).substitutions().next().expect("it has one");
    assert_eq!((same.iterations(), same.path(), same.is_ambiguous()), (2, "SAME AS", false));
    assert_eq!(same.old_id(), id(10));
    assert_eq!(at(10).substitutions().len(), 1);
    assert_eq!(at(14).substitutions().len(), 0);
    // Of concepts that the release does not have, too.
    let absent = at(16).substitutions().next().expect("it has one").concept();
    assert!(matches!(absent, Component::Other(other) if other == id(990)));
    assert_eq!(snomed.substitutions(id(991)).len(), 1);
    assert_eq!(snomed.substitutions(id(992)).len(), 0);
    let above = |item| {
        at(item)
            .query_table_supertypes()
            .map(|one| (one.concept.id().value(), one.provenance))
            .collect::<Vec<_>>()
    };
    assert_eq!(above(10), [(ROOT, 1), (concept(1), 1)]);
    assert_eq!(above(11), [(concept(3), 2)]);
    assert_eq!(above(2), []);
}

#[test]
fn an_index_without_tables_says_that_it_has_none() {
    let opened = small().open();
    let snomed = opened.snomed().expect("the builder verified it");
    assert!(!snomed.has_substitution_table() && !snomed.has_query_table());
    for concept in snomed.concepts() {
        assert_eq!(concept.substitutions().len(), 0);
        assert_eq!(concept.query_table_supertypes().count(), 0);
    }
}

#[test]
fn broken_tables_are_refused_by_file_line_and_column() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let release = small().write(folder.path());
    let output = folder.path().join("index.farr");
    let first = substitutions().remove(0);
    let cases = [
        (SUBSTITUTIONS, table(HEADER, &[first.clone(), "x".to_owned()], "\r\n"), 3, None),
        (
            SUBSTITUTIONS,
            table(HEADER, &[first.replacen("\t1\t2\t", "\t7\t2\t", 1)], "\n"),
            2,
            Some(6),
        ),
        (SUBSTITUTIONS, table(&first, &[], "\r\n"), 1, Some(1)),
        (SUBSTITUTIONS, table("a\tb", &[], "\r\n"), 1, None),
        (QUERY_TABLE, table("a\tb\tc", &["1\t2\t256".to_owned()], "\r\n"), 2, Some(3)),
        (QUERY_TABLE, table("a\tb\tc", &["1\tx\t0".to_owned()], "\r\n"), 2, Some(2)),
    ];
    for (name, text, line, column) in cases {
        let path = folder.path().join(name);
        std::fs::write(&path, &text).expect("the file can be written");
        let error = built(&release, &[&path], &output).expect_err("it is broken");
        let BuildError::Rows { problems, .. } = &error else { panic!("{error}") };
        assert_eq!((problems[0].file.as_str(), problems[0].line), (name, line), "{error}");
        assert_eq!(problems[0].column.as_ref().map(|column| column.0), column, "{error}");
        assert!(!output.exists());
    }
    let nothing = built(&release, &[&release], &output).expect_err("no table is there");
    assert!(matches!(nothing, BuildError::NoHistoryTable { .. }), "{nothing}");
    let absent = built(&release, &[Path::new("/no/such/place")], &output);
    assert!(matches!(absent, Err(BuildError::Io { .. })));
}

/// What verification refuses when a section says something that cannot be.
#[test]
fn tables_that_contradict_the_index_are_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let release = small().write(folder.path());
    let output = folder.path().join("index.farr");
    let tables = write(folder.path(), "\r\n");
    built(&release, &[&tables], &output).unwrap_or_else(|error| panic!("{error}"));
    let index = std::fs::read(&output).expect("the index was published");
    let good = target::open(index.clone(), Limits::SMALL);
    assert!(good.full.is_some());
    let opened = Terminology::from_bytes(index.clone()).expect("it is good");
    let concepts = opened.snomed().expect("it is good").concept_count();
    let entries = (concepts + 1) * 4;
    for (tag, at, value) in [
        (format::SUBSTITUTIONS, 0, &[0; 8][..]),
        (format::SUBSTITUTIONS, 8, &[0xFF; 8]),
        (format::SUBSTITUTIONS, 16, &[0xFF; 4]),
        (format::SUBSTITUTIONS, 22, &[0xFF; 2]),
        (format::SUBSTITUTION_PATHS, 0, &[1, 0, 0, 0]),
        (format::QUERY_TABLE, 0, &[1, 0, 0, 0]),
        (format::QUERY_TABLE, entries - 4, &[9, 0, 0, 0]),
        (format::QUERY_TABLE, entries, &[0xFF; 4]),
        (format::QUERY_TABLE, entries + 4, &[0]),
    ] {
        let mut damaged = index.clone();
        let start = section(&index, tag).expect("the section is there").start + at;
        damaged[start..start + value.len()].copy_from_slice(value);
        repair(&mut damaged);
        let error = Terminology::from_bytes(damaged.clone()).expect_err("it contradicts itself");
        let corrupt = error.corrupt().unwrap_or_else(|| panic!("{tag} {at}: {error}"));
        assert_eq!(corrupt.section, Some(tag), "{at}: {error}");
        // Read without verification it may answer what it likes, and does no harm.
        target::open(damaged, Limits::SMALL);
    }
    for missing in [format::SUBSTITUTIONS, format::SUBSTITUTION_PATHS] {
        let at = section_entry(&index, missing).expect("the section is there").start;
        let mut damaged = index.clone();
        damaged[at..at + 4].copy_from_slice(b"ZZZZ");
        // A section that a reader need not know.
        damaged[at + 6..at + 8].copy_from_slice(&[0; 2]);
        repair(&mut damaged);
        assert!(Terminology::from_bytes(damaged).is_err(), "{missing}");
    }
}
