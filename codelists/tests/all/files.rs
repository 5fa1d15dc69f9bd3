//! The files of `testdata/codelist`, and what they come to in the tiny release.

use std::path::PathBuf;

use farr::Terminology;
use farr_codelists::{
    Codelist, Content, ExpandError, ExpandErrorKind, ExpandOptions, Expansion, FindingKind, Format,
    ReadError, ReadErrorKind, ReadOptions, System, expand, read, write,
};

fn file(name: &str) -> Vec<u8> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/codelist"));
    std::fs::read(path.join(name)).unwrap()
}

fn of_snomed() -> ReadOptions {
    ReadOptions { system: Some(System::Snomed), ..ReadOptions::default() }
}

fn list(name: &str, options: &ReadOptions) -> Codelist {
    read(&file(name), options).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn refused(name: &str, options: &ReadOptions) -> ReadError {
    read(&file(name), options).unwrap_err()
}

fn tiny() -> Terminology {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/golden/1.0-tiny.farr");
    Terminology::open([path]).unwrap()
}

fn expanded(list: &Codelist) -> Result<Expansion, ExpandError> {
    let options = ExpandOptions::default();
    tiny().ask_systems(|systems| expand(list, systems, &options)).unwrap()
}

fn codes(list: &Codelist) -> Vec<String> {
    let expansion = expanded(list).unwrap_or_else(|error| panic!("{error}"));
    expansion.members.into_iter().map(|member| member.code).collect()
}

#[test]
fn each_format_is_told_from_the_others() {
    for (name, format) in [
        ("opencodelists.csv", Format::OpenCodelists),
        ("definition.csv", Format::Definition),
        ("codes.txt", Format::Codes),
        ("expression.ecl", Format::Ecl),
        ("valueset.json", Format::ValueSet),
        ("valueset.xml", Format::ValueSet),
        ("dmd.csv", Format::OpenCodelists),
        ("damaged.csv", Format::OpenCodelists),
    ] {
        let options = if name == "dmd.csv" { ReadOptions::default() } else { of_snomed() };
        let found = read(&file(name), &options).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(found.format, format, "{name}");
        // Stated, it is read the same.
        let stated = ReadOptions { format: Some(format), ..options };
        assert_eq!(list(name, &stated), found, "{name}");
    }
    let options = ReadOptions { clusters: vec!["HINGE_COD".into()], ..ReadOptions::default() };
    assert_eq!(list("clusters.csv", &options).format, Format::Cluster);
}

#[test]
fn a_system_is_never_guessed() {
    let error = refused("opencodelists.csv", &ReadOptions::default());
    assert_eq!(error.kind, ReadErrorKind::System);
    assert!(error.message.contains("SNOMED CT or dm+d"), "{error}");
    // A header says it, and an expression is of one system.
    let dmd = list("dmd.csv", &ReadOptions::default());
    assert!(dmd.entries().iter().all(|entry| entry.system == System::Dmd));
    assert!(read(&file("expression.ecl"), &ReadOptions::default()).is_ok());
    // A011 may be of ICD-10 or OPCS-4.
    assert_eq!(refused("opcs4.csv", &ReadOptions::default()).kind, ReadErrorKind::System);
    let opcs4 = ReadOptions { system: Some(System::Opcs4), ..ReadOptions::default() };
    let opcs4 = list("opcs4.csv", &opcs4);
    let codes: Vec<&str> = opcs4.entries().iter().map(|entry| entry.code.text()).collect();
    assert_eq!(codes, ["A01.1", "M61.1"]);
    // Five characters with a fifth that OPCS-4 has not.
    assert!(read(b"M45.X0\nE11.91\n", &ReadOptions::default()).is_ok());
    let wrong = ReadOptions { system: Some(System::Icd10), ..ReadOptions::default() };
    assert_eq!(refused("valueset.json", &wrong).kind, ReadErrorKind::System);
    // Known to farr, and its codes are not read.
    let unread = ReadOptions { system: Some(System::NhsNumber), ..ReadOptions::default() };
    assert_eq!(refused("opcs4.csv", &unread).kind, ReadErrorKind::System);
}

#[test]
fn nothing_that_is_amiss_is_dropped() {
    let list = list("damaged.csv", &of_snomed());
    let found: Vec<(String, FindingKind)> =
        list.findings.iter().map(|one| (one.place.to_string(), one.kind)).collect();
    let expected = [
        ("2:1", FindingKind::Rounded),
        ("3:1", FindingKind::WrongCheckDigit),
        ("5:1", FindingKind::Duplicate),
        ("6:1", FindingKind::Wrapped),
        ("7:1", FindingKind::NoCode),
    ];
    let expected: Vec<(String, FindingKind)> =
        expected.into_iter().map(|(place, kind)| (place.to_owned(), kind)).collect();
    assert_eq!(found, expected);
    assert_eq!(list.entries().len(), 5);
    let error = expanded(&list).unwrap_err();
    assert_eq!(error.kind, ExpandErrorKind::Damaged);
    assert_eq!(error.problems.len(), 3, "{error}");
    let Content::Codes(codes) = &list.content else { panic!() };
    assert!(write(&list.content, Format::OpenCodelists).is_err());
    assert_eq!(codes.entries[0].code.text(), "4.052E+12");
}

#[test]
fn a_list_comes_to_its_codes() {
    assert_eq!(codes(&list("opencodelists.csv", &of_snomed())), ["401004", "403001", "402006"]);
    assert_eq!(codes(&list("codes.txt", &of_snomed())), ["401004", "403001"]);
    let column = ReadOptions { column: Some("problem".into()), ..of_snomed() };
    assert_eq!(codes(&list("columns.tsv", &column)), ["401004", "403001"]);
    assert_eq!(refused("columns.tsv", &of_snomed()).kind, ReadErrorKind::Column);
    assert_eq!(codes(&list("expression.ecl", &of_snomed())), ["401004", "704006"]);
    assert_eq!(
        codes(&list("valueset.json", &of_snomed())),
        ["304008", "305009", "401004", "403001", "704006", "501001", "402006"]
    );
    assert_eq!(codes(&list("valueset.xml", &of_snomed())), ["401004", "402006", "403001"]);
}

#[test]
fn a_definition_goes_by_what_is_nearest_above() {
    let list = list("definition.csv", &of_snomed());
    assert_eq!(codes(&list), ["301000", "401004", "402006", "701003", "704006"]);
    assert_eq!(expanded(&list).unwrap().notes, []);
    let error = expanded(&self::list("undecided.csv", &of_snomed())).unwrap_err();
    assert_eq!((error.kind, error.problems.len()), (ExpandErrorKind::Undecided, 2));
}

#[test]
fn a_conflict_of_two_parents_is_no_answer() {
    let text = b"code,term,is_included\n403001,,+\n402006,,-\n";
    let error = expanded(&read(text, &of_snomed()).unwrap()).unwrap_err();
    assert_eq!(error.kind, ExpandErrorKind::Undecided);
    assert!(error.to_string().contains("404007"), "{error}");
    // A rule below both decides.
    let text = b"code,term,is_included\n403001,,+\n402006,,-\n404007,,+\n4061999999102,,-\n";
    assert_eq!(codes(&read(text, &of_snomed()).unwrap()), ["403001", "404007", "4051999999104"]);
}

#[test]
fn one_cluster_is_read_of_several() {
    let error = refused("clusters.csv", &ReadOptions::default());
    assert_eq!(error.kind, ReadErrorKind::Cluster);
    assert!(error.message.contains("SQUEAK_COD, HINGE_COD"), "{error}");
    let options = |ids: &[&str]| ReadOptions {
        clusters: ids.iter().map(|id| (*id).to_owned()).collect(),
        ..ReadOptions::default()
    };
    assert_eq!(refused("clusters.csv", &options(&["NONE"])).kind, ReadErrorKind::Cluster);
    let squeaks = list("clusters.csv", &options(&["squeak_cod"]));
    assert_eq!(codes(&squeaks), ["401004", "403001"]);
    let kinds: Vec<FindingKind> = squeaks.findings.iter().map(|finding| finding.kind).collect();
    assert_eq!(kinds, [FindingKind::LeftOut]);
    let both = list("clusters.csv", &options(&["HINGE_COD", "SQUEAK_COD"]));
    assert_eq!(codes(&both), ["306005", "401004", "403001"]);
    let Content::Codes(read) = &squeaks.content else { panic!() };
    assert_eq!(read.clusters[0].refset, "999000011000000103");
}

#[test]
fn a_filter_that_is_not_understood_is_an_error() {
    let error = refused("unknown-filter.json", &ReadOptions::default());
    assert_eq!(error.kind, ReadErrorKind::Unsupported);
    assert!(error.to_string().starts_with("7:"), "{error}");
    assert!(error.message.contains("moduleId"), "{error}");
    let read = |text: &str| read(text.as_bytes(), &ReadOptions::default()).unwrap_err().message;
    let set = |include: &str| {
        format!("{{\"resourceType\":\"ValueSet\",\"compose\":{{\"include\":[{include}]}}}}")
    };
    let sct = "\"system\":\"http://snomed.info/sct\"";
    assert!(read(&set("{\"valueSet\":[\"https://example.org\"]}")).contains("another value set"));
    assert!(read(&set("{\"concept\":[{\"code\":\"401004\"}]}")).contains("code system"));
    assert!(read(&set(&format!("{{{sct},\"modifier\":1}}"))).contains("modifier"));
    let ecl = "\"filter\":[{\"property\":\"constraint\",\"op\":\"=\",\"value\":\"<<\"}]";
    assert!(read(&set(&format!("{{{sct},{ecl}}}"))).contains("expected"));
    assert!(read("{\"resourceType\":\"Bundle\"}").contains("Bundle"));
    assert!(read("{\"resourceType\":\"ValueSet\"}").contains("no content"));
}

#[test]
fn what_is_no_list_is_refused_with_its_place() {
    let message = |bytes: &[u8]| read(bytes, &of_snomed()).unwrap_err().to_string();
    assert_eq!(
        message(b"code,term\n401004,caf\xe9\n"),
        "2:11: a character is not in UTF-8: save the file as CSV in UTF-8"
    );
    assert!(message(b"\xff\xfec\0o\0").contains("UTF-16"));
    assert!(message(b"PK\x03\x04").contains("CSV"));
    assert!(message(b"\xef\xbb\xbf \r\n").contains("empty"));
    assert!(message(b"code,term\n401004,\"Squeak\n").starts_with("2:8: "));
    assert!(
        message(b"<< 401004 AND\n").starts_with("2:1: ")
            || message(b"<< 401004 AND\n").starts_with("1:")
    );
    assert!(message(b"ctv3code,term\nXE0,Thing\n").contains("system that is not read"));
    // A row that is ragged is told, and its code is there.
    let ragged = read(b"code,term\n401004\n", &of_snomed()).unwrap();
    assert_eq!(ragged.findings[0].kind, FindingKind::Cells);
    assert_eq!(ragged.entries().len(), 1);
}

#[test]
fn another_id_of_a_product_is_no_name_of_it() {
    let list = list("dmd.csv", &ReadOptions::default());
    assert_eq!(list.findings[0].kind, FindingKind::OtherId);
    let displays: Vec<Option<&str>> = list.entries().iter().map(|one| one.display()).collect();
    assert_eq!(displays, [Some("Farrolol 10mg tablets"), None]);
}

#[test]
fn an_in_clause_is_read_whole_or_not_at_all() {
    let read = |text: &str| read(text.as_bytes(), &of_snomed());
    for text in ["'301000','401004','402006'\n", "('301000',\n '401004',\n '402006')"] {
        let list = read(text).unwrap();
        assert_eq!(list.format, Format::Codes);
        assert_eq!(list.findings, [], "{text}");
        assert_eq!(codes(&list), ["301000", "401004", "402006"], "{text}");
    }
    let cut = read("'301000','401004','40").unwrap_err();
    assert_eq!((cut.kind, cut.place.unwrap().column), (ReadErrorKind::Syntax, 19));
}
