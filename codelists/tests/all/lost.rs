//! What a file may lose on its way, or a release take away: told, and never passed over.

use farr_codelists::{Codelist, FindingKind, Format, ReadError, ReadErrorKind, ReadOptions, read};

use crate::files::{
    SNOMED, codes, expanded, filtered, note_codes, notes, of_compose, of_snomed, part,
};

fn list(text: &str) -> Result<Codelist, ReadError> {
    read(text.as_bytes(), &of_snomed())
}

/// The errors among the findings, each with its place.
fn errors(list: &Codelist) -> Vec<(String, FindingKind)> {
    list.errors().map(|finding| (finding.place.to_string(), finding.kind)).collect()
}

#[test]
fn values_of_an_in_clause_may_have_blanks_around_them_and_may_not_be_empty() {
    for text in ["'301000',' 401004','402006'", "'301000 ','401004 ','402006'"] {
        assert_eq!(codes(&list(text).unwrap()), ["301000", "401004", "402006"], "{text}");
    }
    for (text, place) in [
        ("'301000','','402006'", "1:10"),
        ("('301000','','402006')", "1:11"),
        ("'301000',\n'401004',402006", "2:10"),
        ("'301000','401004',\"402006\"", "1:19"),
    ] {
        let error = list(text).unwrap_err();
        let found = error.place.unwrap().to_string();
        assert_eq!((error.kind, found.as_str()), (ReadErrorKind::Syntax, place), "{text}");
    }
}

#[test]
fn codes_in_one_line_are_no_code_and_its_term() {
    let codes = ReadOptions { format: Some(Format::Codes), ..of_snomed() };
    for (text, options, place, kind) in [
        ("301000,401004,402006", &codes, "1:15", FindingKind::Cells),
        ("\"301000\",\"401004\",\"402006\"", &of_snomed(), "1:19", FindingKind::Cells),
        ("'301000';'401004';'402006'", &of_snomed(), "1:19", FindingKind::Cells),
        ("'301000',401004,402006", &of_snomed(), "1:17", FindingKind::Cells),
        ("301000,401004", &codes, "1:8", FindingKind::Columns),
        ("301000;'401004'", &of_snomed(), "1:8", FindingKind::Columns),
        ("402006\n301000,4.01E+05", &of_snomed(), "2:8", FindingKind::Columns),
    ] {
        let list = read(text.as_bytes(), options).unwrap();
        assert_eq!(errors(&list), [(place.to_owned(), kind)], "{text}");
        assert!(expanded(&list).is_err());
    }
    // A term may be a number that is no id, and stand in marks; cells behind it may be empty.
    for text in ["301000,Quibble", "301000,12,,", "'301000','5 mg tablets'"] {
        assert_eq!(errors(&list(text).unwrap()), [], "{text}");
    }
}

#[test]
fn a_definition_over_an_inactive_concept_says_so() {
    let definition = |rows: &str| list(&format!("code,term,is_included\n{rows}")).unwrap();
    for rows in ["601008,,+\n401004,,-\n", "401004,,+\n601008,,-\n"] {
        let told = notes(&definition(rows));
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0].0, "inactive");
        assert!(told[0].1.starts_with("601008 is inactive"), "{told:?}");
    }
    // One that stands for nothing but itself takes nothing away.
    assert_eq!(note_codes(&definition("401004,,+\n601008,,(-)\n")), ["not-used"]);
}

#[test]
fn a_list_that_comes_to_nothing_says_so_whatever_it_is() {
    let squeak = part(SNOMED, &["401004"]);
    let none = ["comes-to-nothing"];
    assert_eq!(note_codes(&of_compose(&squeak, &squeak).unwrap()), none);
    let expansion = r#"{"resourceType":"ValueSet","expansion":{}}"#;
    assert_eq!(note_codes(&list(expansion).unwrap()), none);
    let inactive = format!(
        r#"{{"resourceType":"ValueSet","compose":{{"inactive":false,"include":[{}]}}}}"#,
        filtered("concept", "is-a", "601008")
    );
    assert!(note_codes(&list(&inactive).unwrap()).contains(&none[0].to_owned()));
    let rows = "code,term,is_included\n401004,,(+)\n";
    assert!(note_codes(&list(rows).unwrap()).contains(&none[0].to_owned()));
    assert_eq!(note_codes(&list("code,term\n").unwrap()), none);
    assert_eq!(note_codes(&of_compose(&squeak, "").unwrap()), Vec::<String>::new());
}

#[test]
fn an_include_that_lost_its_codes_is_not_every_code() {
    for lost in [
        r#""concept":[]"#,
        r#""concept":null"#,
        r#""filter":[]"#,
        r#""valueSet":[null]"#,
        r#""_valueSet":[{"extension":[{"url":"https://example.org"}]}]"#,
        r#""concept":[{"code":"401004"},null]"#,
    ] {
        let error = of_compose(&format!(r#"{{"system":"{SNOMED}",{lost}}}"#), "").unwrap_err();
        assert_eq!(error.kind, ReadErrorKind::Unsupported, "{lost}");
        assert!(error.message.contains("says nothing, or not all"), "{error}");
    }
    assert!(of_compose(&format!(r#"{{"system":"{SNOMED}"}}"#), "").is_ok());
    let squeak = part(SNOMED, &["401004"]);
    for (include, exclude) in [(format!("{squeak},null"), ""), (squeak.clone(), "null,{}")] {
        let error = of_compose(&include, exclude).unwrap_err();
        assert!(error.message.contains("it was lost"), "{error}");
    }
    let expansion = r#"{"resourceType":"ValueSet","expansion":{"contains":[null,
        {"system":"http://snomed.info/sct","code":"401004"}]}}"#;
    assert!(list(expansion).unwrap_err().message.contains("a part of the value set"));
}

/// The error of an expansion; "" where it is read.
fn of_expansion(beside: &str) -> String {
    let contained = r#"{"system":"http://snomed.info/sct","code":"401004"}"#;
    let text = format!(
        r#"{{"resourceType":"ValueSet","expansion":{{"contains":[{contained}],{beside}}}}}"#
    );
    list(&text).map_or_else(|error| error.message, |_| String::new())
}

#[test]
fn parameters_that_are_not_known_to_leave_nothing_out_are_refused() {
    let parameter = |name: &str| {
        of_expansion(&format!(r#""parameter":[{{"name":"{name}","valueString":"x"}}]"#))
    };
    // In STU3 a profile may say that inactive codes are left out.
    for name in ["profile", "warning-incomplete", "used-filter", "version-limited"] {
        assert!(parameter(name).contains("not understood"), "{name}");
    }
    for name in ["used-codesystem", "used-valueset", "warning-draft", "warning-withdrawn"] {
        assert_eq!(parameter(name), "", "{name}");
    }
    let url = "http://hl7.org/fhir/5.0/StructureDefinition/extension-ValueSet.expansion.next";
    let told = of_expansion(&format!(r#""extension":[{{"url":"{url}","valueUri":"x"}}]"#));
    assert!(told.contains("there is a next page"), "{told:?}");
}

#[test]
fn an_expansion_that_is_not_used_may_be_as_it_likes() {
    for contained in [
        r#"{"system":"https://snomed.info/sct","code":"402006"}"#,
        r#"{"code":"402006"}"#,
        r#"{"system":"http://snomed.info/sct","code":"4.02E+05"}"#,
    ] {
        let text = format!(
            r#"{{"resourceType":"ValueSet","compose":{{"include":[{}]}},
            "expansion":{{"contains":[{contained}]}}}}"#,
            part(SNOMED, &["401004"])
        );
        let list = list(&text).unwrap();
        assert_eq!(codes(&list), ["401004"]);
        let kinds: Vec<FindingKind> = list.findings.iter().map(|one| one.kind).collect();
        assert_eq!(kinds, [FindingKind::NotUsed]);
    }
}

#[test]
fn an_edition_is_not_another_whose_id_it_begins() {
    // The release is of 11999999107.
    let of = |version: &str| {
        let url = format!("{SNOMED}/{version}?fhir_vs=isa/404007");
        note_codes(&of_compose(&format!(r#"{{"valueSet":["{url}"]}}"#), "").unwrap())
    };
    assert_eq!(of("11999999107"), Vec::<String>::new());
    for other in ["1", "1199999910", "999"] {
        assert_eq!(of(other), ["other-version"], "{other}");
    }
}

#[test]
fn what_stands_behind_a_resource_is_not_passed_over() {
    let set = |code: &str| {
        format!(
            r#"<ValueSet xmlns="http://hl7.org/fhir"><compose><include><system value="{SNOMED}"/>
            <concept><code value="{code}"/></concept></include></compose></ValueSet>"#
        )
    };
    let one = format!("<?xml version=\"1.0\"?>\n{}\n<!-- the end -->\n<?end?>\n", set("401004"));
    assert_eq!(codes(&list(&one).unwrap()), ["401004"]);
    for behind in [set("402006"), "402006".to_owned(), "<ValueSet/>".to_owned()] {
        let error = list(&format!("{}\n{behind}", set("401004"))).unwrap_err();
        assert_eq!(error.kind, ReadErrorKind::Syntax, "{behind}");
    }
}

#[test]
fn a_note_of_an_expression_has_its_place_and_a_sentence() {
    let expansion = expanded(&list("<< 401004\nMINUS ^ 401004").unwrap()).unwrap();
    let note = &expansion.notes[0];
    assert_eq!(note.place.to_string(), "2:9");
    assert_eq!(note.sentence(), "this release has no rows of a refset 401004");
    let error = expanded(&list("<< 401004 OR\n< 24700007").unwrap()).unwrap_err();
    let told: Vec<_> = error.sentences().collect();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].0.unwrap().to_string(), "2:3");
    assert!(told[0].1.contains("24700007") && !told[0].1.contains('\n'), "{told:?}");
}
