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

pub(crate) fn of_snomed() -> ReadOptions {
    ReadOptions { system: Some(System::Snomed), ..ReadOptions::default() }
}

fn list(name: &str, options: &ReadOptions) -> Codelist {
    read(&file(name), options).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn refused(name: &str, options: &ReadOptions) -> ReadError {
    read(&file(name), options).unwrap_err()
}

pub(crate) fn tiny() -> Terminology {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/golden/1.0-tiny.farr");
    Terminology::open([path]).unwrap()
}

pub(crate) fn expanded(list: &Codelist) -> Result<Expansion, ExpandError> {
    let options = ExpandOptions::default();
    tiny().ask_systems(|systems| expand(list, systems, &options)).unwrap()
}

pub(crate) fn codes(list: &Codelist) -> Vec<String> {
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
    assert_eq!(error.kind, ExpandErrorKind::Conflict);
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
fn clusters_that_differ_in_case_are_told_apart() {
    let read = |wanted: &str| {
        let file = b"Cluster_ID,Cluster_Desc,ConceptId,ConceptId_Description\n\
            Ab,x,401004,Squeak\nab,x,402006,Creak\nC,x,403001,Squeak of hinge\n";
        let clusters = vec![wanted.to_owned()];
        read(file, &ReadOptions { clusters, ..ReadOptions::default() })
    };
    assert_eq!(codes(&read("Ab").unwrap()), ["401004"]);
    assert_eq!(codes(&read("ab").unwrap()), ["402006"]);
    assert_eq!(codes(&read("c").unwrap()), ["403001"]);
    let error = read("AB").unwrap_err();
    assert_eq!(error.kind, ReadErrorKind::Cluster);
    assert!(error.message.contains("Ab and ab differ in case only"), "{error}");
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

/// The error of an expansion, `beside` being what stands beside its one code; "" where it is read.
fn of_expansion(beside: &str) -> String {
    let contained = r#"{"system":"http://snomed.info/sct","code":"401004"}"#;
    let text = format!(
        r#"{{"resourceType":"ValueSet","expansion":{{"contains":[{contained}]{beside}}}}}"#
    );
    match read(text.as_bytes(), &ReadOptions::default()) {
        Ok(list) => {
            assert_eq!(codes(&list), ["401004"]);
            String::new()
        }
        Err(error) => {
            assert_eq!(error.kind, ReadErrorKind::Unsupported, "{error}");
            error.message
        }
    }
}

#[test]
fn a_part_of_an_expansion_is_never_the_whole() {
    let extension = |name: &str, value: &str| {
        let url = format!("http://hl7.org/fhir/StructureDefinition/{name}");
        of_expansion(&format!(r#","extension":[{{"url":"{url}","valueBoolean":{value}}}]"#))
    };
    let parameter = |name: &str, member: &str| {
        of_expansion(&format!(r#","parameter":[{{"name":"{name}",{member}}}]"#))
    };
    for told in [
        extension("valueset-toocostly", "true"),
        extension("valueset-unclosed", "true"),
        of_expansion(r#","total":2"#),
        of_expansion(r#","offset":100"#),
        of_expansion(r#","total":1,"offset":100"#),
        parameter("count", r#""valueInteger":10"#),
        parameter("offset", r#""valueInteger":10"#),
        parameter("limitedExpansion", r#""valueBoolean":true"#),
        parameter("filter", r#""valueString":"squ""#),
    ] {
        assert!(told.contains("a part of the value set, and not the whole"), "{told:?}");
    }
    for told in [
        parameter("exclude-system", r#""valueUri":"http://snomed.info/sct""#),
        of_expansion(r#","next":"https://example.org/2""#),
        of_expansion(r#","modifierExtension":[{"url":"https://example.org"}]"#),
    ] {
        assert!(told.contains("not understood"), "{told:?}");
    }
    for told in [
        String::new(),
        extension("valueset-toocostly", "false"),
        extension("valueset-expansionSource", "true"),
        of_expansion(r#","total":1,"offset":0"#),
        of_expansion(r#","total":1,"parameter":[{"name":"count","valueInteger":10}]"#),
        parameter("displayLanguage", r#""valueCode":"en""#),
        parameter("used-codesystem", r#""valueUri":"http://snomed.info/sct""#),
        parameter("limitedExpansion", r#""valueBoolean":false"#),
    ] {
        assert_eq!(told, "");
    }
    // What it leaves out is told, and XML has the URL of an extension elsewhere.
    let text = r#"{"resourceType":"ValueSet","expansion":{
        "parameter":[{"name":"activeOnly","valueBoolean":true}],
        "contains":[{"system":"http://snomed.info/sct","code":"401004"}]}}"#;
    let list = read(text.as_bytes(), &ReadOptions::default()).unwrap();
    assert_eq!(list.findings[0].kind, FindingKind::LeftOut);
    let text = r#"<ValueSet xmlns="http://hl7.org/fhir"><expansion>
        <extension url="http://hl7.org/fhir/StructureDefinition/valueset-toocostly">
        <valueBoolean value="true"/></extension><contains><system value="http://snomed.info/sct"/>
        <code value="401004"/></contains></expansion></ValueSet>"#;
    assert!(read(text.as_bytes(), &ReadOptions::default()).unwrap_err().message.contains("costly"));
    // Beside a definition it is not used.
    let text = r#"{"resourceType":"ValueSet","compose":{"include":[{
        "system":"http://snomed.info/sct","concept":[{"code":"401004"}]}]},
        "expansion":{"total":2,"contains":[{"system":"http://snomed.info/sct","code":"402006"}]}}"#;
    assert_eq!(codes(&read(text.as_bytes(), &ReadOptions::default()).unwrap()), ["401004"]);
}

/// A value set with these includes and excludes.
pub(crate) fn of_compose(include: &str, exclude: &str) -> Result<Codelist, ReadError> {
    let text = format!(
        r#"{{"resourceType":"ValueSet","compose":{{"include":[{include}],"exclude":[{exclude}]}}}}"#
    );
    read(text.as_bytes(), &ReadOptions::default())
}

/// An include or an exclude of codes.
pub(crate) fn part(system: &str, codes: &[&str]) -> String {
    let codes: Vec<String> = codes.iter().map(|code| format!(r#"{{"code":"{code}"}}"#)).collect();
    format!(r#"{{"system":"{system}","concept":[{}]}}"#, codes.join(","))
}

/// An include of SNOMED CT with a filter.
pub(crate) fn filtered(property: &str, op: &str, value: &str) -> String {
    format!(
        r#"{{"system":"{SNOMED}","filter":[
        {{"property":"{property}","op":"{op}","value":"{value}"}}]}}"#
    )
}

pub(crate) const SNOMED: &str = "http://snomed.info/sct";

/// The notes of an expansion, by their codes.
pub(crate) fn notes(list: &Codelist) -> Vec<(String, String)> {
    let expansion = expanded(list).unwrap_or_else(|error| panic!("{error}"));
    let notes = expansion.notes.into_iter();
    notes.map(|note| (note.kind.code().to_owned(), note.message)).collect()
}

pub(crate) fn note_codes(list: &Codelist) -> Vec<String> {
    notes(list).into_iter().map(|(code, _)| code).collect()
}

#[test]
fn a_list_over_an_inactive_concept_or_another_term_says_so() {
    let ecl = |text: &str| read(text.as_bytes(), &of_snomed()).unwrap();
    let dead = ecl("<< 601008");
    assert_eq!(note_codes(&dead), ["inactive"]);
    assert_eq!(dead.named_concepts()[0].code.text(), "601008");
    // By itself it stands for itself; in a set that is described, it is told as well.
    assert_eq!(note_codes(&ecl("401004 OR 601008")), Vec::<String>::new());
    let described = ecl("<< (301000 {{ C active = true }}) OR << (* {{ C active = false }})");
    assert_eq!(note_codes(&described), ["expression"]);
    let swapped = ecl("401004 |Creaking œdema| OR 402006 |Creaking œdema|");
    let told = notes(&swapped);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].0, "other-term");
    assert_eq!(note_codes(&ecl("< 4061999999102")), ["comes-to-nothing"]);
    assert_eq!(note_codes(&ecl("<< 401004 |Squeak|")), Vec::<String>::new());
    for (property, op) in [("concept", "is-a"), ("constraint", "=")] {
        let value = if op == "=" { "<< 601008" } else { "601008" };
        let set = of_compose(&filtered(property, op, value), "").unwrap();
        assert_eq!(note_codes(&set), ["inactive"], "{op}");
        assert_eq!(set.named_concepts().len(), 1);
    }
    // What an expression names and the release lacks cannot be kept as it stands.
    let unknown = expanded(&ecl("<< 24700007")).unwrap_err();
    assert_eq!(unknown.kind, ExpandErrorKind::Named);
}

#[test]
fn an_include_that_comes_to_nothing_is_told() {
    let nothing = filtered("concept", "descendent-of", "4061999999102");
    let set = of_compose(&format!("{nothing},{}", part(SNOMED, &["401004"])), "").unwrap();
    assert_eq!(note_codes(&set), ["comes-to-nothing"]);
    assert_eq!(codes(&set), ["401004"]);
    // Nothing in dm+d is of two kinds, which one include asks for.
    let parent = |value: &str| format!(r#"{{"property":"parent","op":"=","value":"{value}"}}"#);
    let dmd = |filters: &str| format!(r#"{{"system":"https://dmd.nhs.uk","filter":[{filters}]}}"#);
    let kinds: Vec<String> = ["VTM", "VMP", "AMP", "INGREDIENT"].map(parent).into();
    let error = of_compose(&dmd(&kinds.join(",")), "").unwrap_err();
    assert_eq!(error.kind, ReadErrorKind::Unsupported);
    assert!(error.message.contains("an include of its own"), "{error}");
    let apart: Vec<String> = kinds.iter().map(|kind| dmd(kind)).collect();
    assert!(of_compose(&apart.join(","), "").is_ok());
    assert!(of_compose(&dmd(&[parent("VTM"), parent("VTM")].join(",")), "").is_ok());
}

#[test]
fn an_exclusion_that_takes_nothing_out_is_told() {
    let include = part(SNOMED, &["401004", "402006"]);
    let excluded = |exclude: &str| of_compose(&include, exclude).unwrap();
    assert_eq!(note_codes(&excluded(&part(SNOMED, &["402006"]))), Vec::<String>::new());
    let futile = excluded(&part(SNOMED, &["402006", "24700007"]));
    assert_eq!(
        (codes(&futile), note_codes(&futile)),
        (vec!["401004".into()], vec!["excludes-nothing".into()])
    );
    let elsewhere = excluded(&part("https://dmd.nhs.uk", &["402006"]));
    let told = notes(&elsewhere);
    assert_eq!(told.len(), 1);
    assert!(told[0].1.contains("402006 of dm+d is excluded"), "{told:?}");
    assert_eq!(note_codes(&excluded(&filtered("concept", "is-a", "306005"))), ["excludes-nothing"]);
    assert_eq!(note_codes(&excluded(&filtered("concept", "is-a", "402006"))), Vec::<String>::new());
}

#[test]
fn a_misspelt_system_is_refused_and_a_foreign_one_is_told() {
    for uri in [
        "https://snomed.info/sct",
        "http://snomed.info/sct/",
        "http://snomed.info/sct/83821000000107",
    ] {
        let error = of_compose(&part(uri, &["MERGER"]), "").unwrap_err();
        assert!(error.message.contains("SNOMED CT is http://snomed.info/sct"), "{error}");
        let expansion = format!(
            r#"{{"resourceType":"ValueSet","expansion":{{"contains":[
            {{"system":"{uri}","code":"401004"}}]}}}}"#
        );
        assert!(read(expansion.as_bytes(), &ReadOptions::default()).is_err());
    }
    let oid = of_compose(&part("urn:oid:2.16.840.1.113883.6.96", &["401004"]), "").unwrap();
    assert!(oid.entries().iter().all(|entry| entry.system == System::Snomed));
    let foreign = of_compose(&part("https://example.org/codes", &["MERGER", "OTHER"]), "").unwrap();
    assert_eq!((codes(&foreign).len(), note_codes(&foreign)), (2, vec!["not-asked".to_owned()]));
}

#[test]
fn an_implicit_value_set_of_snomed_ct_is_evaluated() {
    let of = |rest: &str| of_compose(&format!("{{{rest}}}"), "");
    let url = |asked: &str| format!(r#""valueSet":["{SNOMED}?fhir_vs{asked}"]"#);
    let isa = of(&url("=isa/404007")).unwrap();
    assert_eq!(codes(&isa), ["404007", "4061999999102"]);
    let ecl = of(&url("=ecl/%3C%20404007")).unwrap();
    assert_eq!(codes(&ecl), ["4061999999102"]);
    let refset = of(&url("=refset/999000011000000103")).unwrap();
    assert_eq!(codes(&refset), codes(&read(b"^ 999000011000000103", &of_snomed()).unwrap()));
    let all = codes(&of(&url("")).unwrap());
    assert!(all.contains(&"601008".to_owned()) && all.len() > 10);
    // Beside filters of SNOMED CT all have to hold; other systems have nothing of it.
    let both = format!(
        r#""system":"{SNOMED}","filter":[{{"property":"concept","op":"descendent-of",
        "value":"404007"}}],{}"#,
        url("=isa/404007")
    );
    assert_eq!(codes(&of(&both).unwrap()), ["4061999999102"]);
    assert!(of(&format!(r#""system":"https://dmd.nhs.uk",{}"#, url(""))).is_err());
    let with_codes = format!(r#""system":"{SNOMED}","concept":[{{"code":"404007"}}],{}"#, url(""));
    assert!(of(&with_codes).unwrap_err().message.contains("not looked up"));
    // The edition of the URL is held to that of the release.
    let other = format!(r#""valueSet":["{SNOMED}/11000146104?fhir_vs=isa/404007"]"#);
    let compose = of(&other).unwrap();
    let Content::ValueSet(set) = &compose.content else { panic!() };
    let part = &set.compose.as_ref().unwrap().include[0];
    assert_eq!(part.version.as_deref(), Some("http://snomed.info/sct/11000146104"));
    assert!(of(&url("=isa/x")).unwrap_err().message.contains("?fhir_vs=isa/x"));
    let named = Codelist::of_implicit(&format!("{SNOMED}?fhir_vs=isa/404007")).unwrap().unwrap();
    assert_eq!(codes(&named), codes(&isa));
}

#[test]
fn what_modifies_a_value_set_is_not_passed_over() {
    for (root, contained) in [
        (r#""modifierExtension":[{"url":"https://example.org"}],"#, ""),
        (r#""implicitRules":"https://example.org","#, ""),
        ("", r#","modifierExtension":[{"url":"https://example.org"}]"#),
    ] {
        let text = format!(
            r#"{{"resourceType":"ValueSet",{root}"expansion":{{"contains":[
            {{"system":"http://snomed.info/sct","code":"401004"{contained}}}]}}}}"#
        );
        let error = read(text.as_bytes(), &ReadOptions::default()).unwrap_err();
        assert_eq!(error.kind, ReadErrorKind::Unsupported, "{text}");
        assert!(error.message.contains("not understood"), "{error}");
    }
}

#[test]
fn a_list_with_marks_is_read_where_it_is_said_to_be_of_icd_10() {
    let file = "code\nA17.0†\nG01XA\nE11.9\n".as_bytes();
    let stated = ReadOptions { system: Some(System::Icd10), ..ReadOptions::default() };
    let list = read(file, &stated).unwrap();
    let texts: Vec<&str> = list.entries().iter().map(|entry| entry.code.text()).collect();
    assert_eq!(texts, ["A17.0", "G01", "E11.9"]);
    let kinds: Vec<FindingKind> = list.findings.iter().map(|finding| finding.kind).collect();
    assert_eq!(kinds, [FindingKind::Marked, FindingKind::Marked]);
    assert!(list.findings[0].message.contains("dagger"), "{}", list.findings[0]);
    // They may be characters of ICD-10-CM, so that the marks say no system.
    assert_eq!(read(file, &ReadOptions::default()).unwrap_err().kind, ReadErrorKind::System);
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
    assert!(message(b"<< 401004 AND\n").starts_with("2:1: expected"));
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
