//! `docs/dmd.md` against the code: its tables say what the schema, the methods, the rules and the
//! notes are.

use std::collections::{BTreeMap, BTreeSet};

use super::methods::{HISTORY, HISTORY_TABLES};
use crate::support::dmd::dmd_terminology;
use crate::support::document::{self, Row};
use crate::support::repository;
use farr::dmd::schema::{Column, Kind, TABLES, Table, TableId};
use farr::dmd::{PrescribingReason, Setting, Verdict};
use farr_build::NoteKind;

/// The rows of all tables of the document that have these columns.
fn rows(columns: &[&str]) -> Vec<Row> {
    document::rows("dmd.md", columns)
}

/// The code that a cell or heading is.
fn code(text: &str) -> &str {
    let code = text.strip_prefix('`').and_then(|text| text.strip_suffix('`'));
    code.unwrap_or_else(|| panic!("{text} is no code"))
}

const ELEMENTS: [&str; 5] = ["record", "element", "demanded", "stored as", "method"];

/// Where an element stands in the document: file, record, element.
fn place(table: &Table, column: &Column) -> [String; 3] {
    let record = table.path[1..].join(" / ");
    [table.file.to_owned(), record, column.element.to_owned()]
}

/// How an element is stored, in the words of the document.
fn stored(kind: Kind) -> String {
    match kind {
        Kind::Id => "id".to_owned(),
        Kind::Reference(table) => {
            format!("reference: {}", table.table().path.last().expect("it has a record"))
        }
        Kind::Sctid => "SCTID".to_owned(),
        Kind::Code(list) => format!("code: {}", list.element()),
        Kind::Number => "number".to_owned(),
        Kind::Text => "text".to_owned(),
        Kind::Decimal => "decimal".to_owned(),
        Kind::Date => "date".to_owned(),
        Kind::Integer => "integer".to_owned(),
        Kind::Flag => "flag".to_owned(),
        Kind::Gtin => "GTIN".to_owned(),
    }
}

/// The rows of the elements: where they stand, and the other cells.
fn elements() -> Vec<([String; 3], Vec<String>)> {
    let row = |(heading, cells): Row| {
        let place = [code(&heading), code(&cells[0]), code(&cells[1])].map(str::to_owned);
        (place, cells[2..].to_vec())
    };
    rows(&ELEMENTS).into_iter().map(row).collect()
}

#[test]
fn every_element_of_the_schema_has_one_row_and_no_row_is_of_anything_else() {
    let mut expected = Vec::new();
    for table in TABLES {
        for column in table.columns {
            let demanded = if column.required { "yes" } else { "" };
            let cells = [demanded.to_owned(), stored(column.kind)];
            expected.push((place(table, column), cells.to_vec()));
        }
    }
    let mut found: Vec<_> =
        elements().into_iter().map(|(place, cells)| (place, cells[..2].to_vec())).collect();
    expected.sort();
    found.sort();
    for row in &found {
        assert!(expected.contains(row), "the schema does not have {row:?}");
    }
    for row in &expected {
        assert!(found.contains(row), "the document lacks {row:?}");
    }
    assert_eq!(found, expected, "a row stands twice");
}

#[test]
fn widths_are_those_of_an_index() {
    let kinds = TABLES.into_iter().flat_map(|table| table.columns).map(|column| column.kind);
    let word = |kind| stored(kind).split(':').next().unwrap_or_default().to_owned();
    let expected: BTreeMap<String, String> =
        kinds.map(|kind| (word(kind), kind.width().to_string())).collect();
    let row = |(_, cells): Row| (cells[0].trim_end_matches(": …").to_owned(), cells[2].clone());
    let rows = rows(&["stored as", "what that is", "bytes"]);
    assert_eq!(rows.len(), expected.len());
    assert_eq!(rows.into_iter().map(row).collect::<BTreeMap<_, _>>(), expected);
}

/// The methods that the document names, by where their element stands.
fn named() -> BTreeMap<[String; 3], BTreeSet<String>> {
    let mut named = BTreeMap::<_, BTreeSet<String>>::new();
    for (place, cells) in elements() {
        let methods = cells[2].split(", ").map(|method| code(method).to_owned());
        named.entry(place).or_default().extend(methods);
    }
    named
}

#[test]
fn every_method_that_is_named_gives_its_element() {
    let terminology = dmd_terminology();
    let dmd = terminology.dmd().expect("it holds dm+d");
    let mut expected = BTreeMap::<_, BTreeSet<String>>::new();
    let mut add = |table: TableId, element: &str, path: &str| {
        let table = table.table();
        let column = &table.columns[table.column(element)];
        expected.entry(place(table, column)).or_default().insert(path.to_owned());
    };
    for method in super::methods::methods() {
        add(method.table, method.element, method.path);
        assert!(method.hold_to_element(dmd) > 0, "{} is never there", method.path);
    }
    for (table, _) in HISTORY_TABLES {
        HISTORY.iter().for_each(|(element, path)| add(table, element, path));
    }
    super::methods::hold_history_to_elements(dmd);
    let named = named();
    for (place, methods) in &expected {
        assert_eq!(named.get(place), Some(methods), "{place:?}");
    }
    assert_eq!(named.len(), expected.len());
}

/// The methods of elements, as the runtime declares them: type, method, element.
fn declared() -> Vec<(String, String, String)> {
    let mut declared = Vec::new();
    let folder = std::fs::read_dir(repository().join("src/dmd")).expect("it can be read");
    for entry in folder {
        let path = entry.expect("it can be read").path();
        if path.extension().is_none_or(|end| end != "rs") {
            continue;
        }
        let text = std::fs::read_to_string(path).expect("it can be read");
        for block in text.split("\nrecord! {\n").skip(1) {
            let lines = block.lines().take_while(|line| *line != "}").map(str::trim);
            let mut lines = lines.filter(|line| !line.starts_with("///"));
            let head = lines.next().expect("a record has a name");
            let (of, _) = head.split_once(':').expect("a record has a name");
            for line in lines {
                let (method, rest) = line.split_once(" = ").expect("a method has an element");
                let element = rest.split('"').nth(1).expect("a method has an element");
                declared.push((of.to_owned(), method.to_owned(), element.to_owned()));
            }
        }
    }
    declared
}

#[test]
fn every_method_of_an_element_is_named() {
    let named: BTreeSet<(String, String)> = named()
        .into_iter()
        .flat_map(|([_, _, element], paths)| {
            paths.into_iter().map(move |path| (path, element.clone()))
        })
        .collect();
    let declared = declared();
    assert!(declared.len() > 150, "{} methods", declared.len());
    for (of, method, element) in declared {
        let path = format!("{of}::{method}");
        assert!(named.contains(&(path.clone(), element.clone())), "{path} of {element}");
    }
}

#[test]
fn every_reason_has_one_row_with_its_verdicts() {
    let row = |reason: PrescribingReason| {
        let verdict = |setting| format!("`{}`", reason.verdict(setting).code());
        let [primary, dose] = [Setting::PrimaryCare, Setting::DoseBased].map(verdict);
        [format!("`{}`", reason.code()), primary, dose]
    };
    let expected: Vec<_> = PrescribingReason::ALL.into_iter().map(row).collect();
    let found = rows(&["reason", "rule", "primary care", "dose-based", "from"]);
    let found: Vec<_> = found
        .into_iter()
        .map(|(_, cells)| [cells[0].clone(), cells[2].clone(), cells[3].clone()])
        .collect();
    // In their order, which is that of the code.
    assert_eq!(found, expected);
    let order = [
        Verdict::Prescribable,
        Verdict::WithCaution,
        Verdict::NotRecommended,
        Verdict::Unknown,
        Verdict::NotPrescribable,
    ];
    assert!(order.is_sorted());
    let line = order.map(|verdict| format!("`{}`", verdict.code())).join(" < ");
    let text = document::text("dmd.md");
    assert!(text.lines().any(|found| found == line), "{line}");
}

#[test]
fn every_note_of_dmd_has_one_row() {
    let notes = [
        NoteKind::UnknownElement,
        NoteKind::MissingElement,
        NoteKind::CheckDigit,
        NoteKind::GtinCheckDigit,
        NoteKind::DanglingId,
        NoteKind::UnknownCode,
        NoteKind::RecordRepeated,
        NoteKind::RecordConflict,
        NoteKind::IdAtTwoLevels,
        NoteKind::PackDisagrees,
        NoteKind::DifferentDays,
        NoteKind::EmptyGtin,
        NoteKind::SupplementaryAlone,
    ];
    // Those that the reading of dm+d names, wherever it does.
    let mut used = BTreeSet::new();
    let folder = repository().join("build-tools/builder/src/dmd");
    for entry in std::fs::read_dir(folder).expect("it can be read") {
        let path = entry.expect("it can be read").path();
        let text = std::fs::read_to_string(path).expect("it can be read");
        used.extend(text.split("NoteKind::").skip(1).map(|behind| {
            behind.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned()
        }));
    }
    assert_eq!(used, notes.iter().map(|kind| format!("{kind:?}")).collect());
    let strict = |kind: &NoteKind| if kind.refused_when_strict() { "refuses" } else { "allows" };
    let mut expected: Vec<_> =
        notes.iter().map(|kind| (format!("`{}`", kind.code()), strict(kind).to_owned())).collect();
    let found = rows(&["note", "what is done", "`--strict`"]);
    let mut found: Vec<_> =
        found.into_iter().map(|(_, cells)| (cells[0].clone(), cells[2].clone())).collect();
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
}
