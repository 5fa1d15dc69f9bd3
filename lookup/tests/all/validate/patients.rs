//! Numbers of patients in the wrong place: they are in the row as it came, and nowhere else.

use crate::common::*;

/// An invented number, and how it may stand in a column.
const SPELLED: [&str; 13] = [
    "9434765919",
    "943 476 5919",
    "NHS-9434765919",
    "9434765919-",
    "9434765919-1",
    "943.476.5919",
    "943_476_5919",
    "943 476 5919 12",
    "1 943 476 5919",
    "9.434765919E9",
    "9434765919.0",
    "09434765919",
    "401004 9434765919",
];

/// The summary of a table in both forms, and its report; the rows are as they came.
fn told_of(input: &str, options: &[&str]) -> [String; 3] {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report.html");
    let asked = ["validate", "--column", "code", "--report", report.to_str().unwrap()];
    let [text, json] = ["text", "json"].map(|form| {
        let printed = pipe(input, &[&asked[..], options, &["--summary", form]].concat());
        let rows = input.lines().skip(1);
        let kept = rows.zip(printed.out.lines().skip(1)).all(|(row, out)| out.starts_with(row));
        assert!(kept && printed.code < 2, "{} {}", printed.out, printed.err);
        printed.err
    });
    [text, json, std::fs::read_to_string(&report).unwrap()]
}

/// Whether the digits of the number are in a text, whatever stands between them.
fn has_number(text: &str) -> bool {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.contains("9434765919")
}

#[test]
fn however_it_is_written_it_is_withheld() {
    for number in SPELLED {
        for systems in [&["--system", "snomed"][..], &["--system", "icd10", "--index"], &[]] {
            let classes =
                concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/golden/1.0-classifications.farr");
            let index: &[&str] = if systems.len() == 3 { &[classes] } else { &[] };
            for text in told_of(&format!("code\n{number}\n"), &[systems, index].concat()) {
                assert!(!has_number(&text), "{number} {systems:?}: {text}");
            }
        }
    }
}

#[test]
fn what_is_ignored_of_it_shows_it_no_more() {
    let input = "code,day\n9434765919,x\n";
    let ignored = ["wrong-check-digit", "not-in-release", "malformed"];
    let ignored = ignored.map(|finding| format!("{finding}=ignore"));
    let [a, b, c] = ignored.each_ref().map(|one| ["--severity", one.as_str()]);
    let asked = ["--system", "snomed", "--date-column", "day"];
    for text in told_of(input, &[&asked[..], &a, &b, &c].concat()) {
        assert!(text.contains("unreadable-date") || text.contains("the date"), "{text}");
        assert!(!has_number(&text), "{text}");
    }
}

#[test]
fn a_cell_that_cannot_be_read_is_in_its_own_row_alone() {
    let plume = plume();
    for (option, finding) in [
        ("--date-column", "unreadable-date"),
        ("--sex-column", "unreadable-sex"),
        ("--age-column", "unreadable-age"),
        ("--alongside-column", "unreadable-alongside"),
    ] {
        for cell in ["9434765919", "Ann Example of 1980-01-01"] {
            let input = format!("code,nhs\n{plume},{cell}\n");
            // Its own row says what it cannot read.
            let asked = ["validate", "--column", "code", option, "nhs"];
            let printed = pipe(&input, &asked);
            let own = printed.out.lines().nth(1).unwrap();
            assert!(own.contains(finding) && own.matches(cell).count() == 2, "{own}");
            for text in told_of(&input, &[option, "nhs"]) {
                assert!(text.contains(finding) || text.contains("cannot be read"), "{text}");
                assert!(!text.contains(cell) && !has_number(&text), "{option}: {text}");
            }
        }
    }
}

#[test]
fn a_code_that_a_release_has_is_shown_though_it_could_be_one() {
    // An id that is also well formed as an NHS number.
    let both = (1_u64..1_000)
        .map(|item| concept(1_234_500 + item))
        .find(|id| id.len() == 10 && farr::id::NhsNumber::parse(id).is_ok());
    let both = both.unwrap();
    let folder = tempfile::tempdir().unwrap();
    write_release(folder.path());
    let concepts = folder.path().join(CONCEPTS);
    let mut text = std::fs::read_to_string(&concepts).unwrap();
    text.push_str(&format!("{both}\t20020131\t0\t{CORE}\t900000000000074008\r\n"));
    std::fs::write(&concepts, text).unwrap();
    let index = folder.path().join("both.farr");
    farr_build::Build::new().snomed(folder.path()).run(&index, &farr_build::Silent).unwrap();
    let index = index.to_str().unwrap().to_owned();
    let input = format!("code\n{both}\n");
    let shown = |index: &str| {
        let told = told_of(&input, &["--system", "snomed", "--index", index]);
        told.map(|text| text.contains(&both))
    };
    assert_eq!(shown(&index), [true; 3]);
    assert_eq!(shown(self::index().to_str().unwrap()), [false; 3]);
}

const CONCEPTS: &str = "Snapshot/Terminology/sct2_Concept_Snapshot_INT_20260101.txt";
