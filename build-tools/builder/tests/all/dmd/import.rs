//! What the import of dm+d refuses, and what it tells of and reads on, each at its place in its file.

use crate::support::dmd::said;
use crate::support::dmd_index;
use crate::support::edited_dmd::Edited;
use farr::dmd::Product;
use farr::dmd::schema::List;
use farr_build::{BuildError, NoteKind};

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"utf-8\" ?>";

/// What the release says as it stands.
fn good() -> std::collections::BTreeMap<crate::support::dmd::Said, usize> {
    said(&dmd_index())
}

/// How an error writes what was found.
fn found(edited: &Edited) -> String {
    edited.problem().found
}

#[test]
fn a_document_type_definition_is_refused_whatever_it_defines() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">\
                <!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\">]>";
    let outside = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>";
    for definition in [bomb, outside, "<!DOCTYPE x>"] {
        let edited =
            Edited::new().change("f_vtm2", DECLARATION, &format!("{DECLARATION}{definition}"));
        let byte = "byte of the line";
        edited.refused("f_vtm2", "<!DOCTYPE", byte, "no document type definition");
        // Without a declaration too, and used.
        let edited =
            edited.change("f_vtm2", DECLARATION, "").change("f_vtm2", "<NM>Farrolol", "<NM>&d;");
        edited.refused("f_vtm2", "<!DOCTYPE", byte, "no document type definition");
    }
}

#[test]
fn an_entity_that_xml_does_not_know_of_itself_is_refused() {
    let expected = "one of the five entities of XML, or a character";
    for entity in ["&lol;", "&nbsp;", "&#0;", "&#x1F;", "&#xD800;", "&#x110000;"] {
        let edited = Edited::new().change("f_vmp2", "oral solution", &format!("{entity} solution"));
        edited.refused("f_vmp2", entity, "NM", expected);
        assert_eq!(found(&edited), format!("\"{entity}\""));
    }
}

#[test]
fn another_encoding_is_refused() {
    let other = DECLARATION.replace("utf-8", "iso-8859-1");
    let edited = Edited::new().change("f_vmp2", DECLARATION, &other);
    edited.refused("f_vmp2", "<?xml", "byte of the line", "the encoding utf-8");
    assert_eq!(found(&edited), "\"iso-8859-1\"");
    // Latin-1 without a word about it is no UTF-8.
    let text = Edited::new().text("f_vtm2").replace(['α', 'µ'], "\u{e9}");
    let latin: Vec<u8> = text.chars().map(|character| character as u8).collect();
    let problem = Edited::new().write("f_vtm2", &latin).problem();
    assert!(problem.file.starts_with("f_vtm2"), "{problem}");
    // UTF-16, with its mark and without.
    for mark in [&[0xFE_u8, 0xFF][..], &[]] {
        let text = Edited::new().text("f_vtm2");
        let wide = text.encode_utf16().flat_map(u16::to_be_bytes);
        let wide: Vec<u8> = mark.iter().copied().chain(wide).collect();
        let problem = Edited::new().write("f_vtm2", &wide).problem();
        assert!(problem.file.starts_with("f_vtm2") && problem.line == 1, "{problem}");
    }
}

#[test]
fn utf_8_in_any_case_and_without_a_declaration_is_read() {
    for declaration in
        ["", "<?xml version='1.0'?>", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n"]
    {
        let edited = Edited::new().change("f_vmp2", DECLARATION, declaration);
        assert!(said(&edited.silent().bytes) == good(), "{declaration}");
    }
    // A byte order mark counts as bytes of its line, and as nothing else.
    let marked = format!("\u{feff}{}", Edited::new().text("f_vmp2"));
    assert!(said(&Edited::new().write("f_vmp2", &marked).silent().bytes) == good());
    let marked = format!("\u{feff}{}", Edited::new().text("f_vtm2"));
    let edited = Edited::new().write("f_vtm2", marked).change("f_vtm2", "<NM>Farrolol", "<NM>&x;");
    let expected = "one of the five entities of XML, or a character";
    edited.refused("f_vtm2", "&x;", "NM", expected);
}

#[test]
fn a_file_cut_short_anywhere_is_refused() {
    let text = Edited::new().text("f_vtm2");
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("f_vtm2_3010826.xml");
    let output = folder.path().join("index.farr");
    for length in 0..text.len() {
        std::fs::write(&path, &text.as_bytes()[..length]).expect("the file can be written");
        let built = farr_build::Build::new().dmd(&path).run(&output, &farr_build::Silent);
        let Err(BuildError::Rows { problems, .. }) = built else {
            panic!("{length} bytes: {built:?}");
        };
        assert!(problems[0].line == 1, "{length} bytes: {}", problems[0]);
        let byte = problems[0].column.as_ref().map_or(0, |(byte, _)| *byte);
        assert!(byte <= length + 1, "{length} bytes: {}", problems[0]);
        assert!(!output.exists(), "{length} bytes");
    }
    std::fs::write(&path, &text).expect("the file can be written");
    farr_build::Build::new().dmd(&path).run(&output, &farr_build::Silent).expect("it is whole");
}

#[test]
fn what_is_no_tree_of_elements_is_refused() {
    for (from, to) in [
        ("</VTM>", "</VMP>"),
        ("</VTM>", ""),
        ("<NM>Farrolol</NM>", "<NM>Farrolol"),
        ("<NM>Farrolol</NM>", "<NM Farrolol</NM>"),
        ("</VIRTUAL_THERAPEUTIC_MOIETIES>", "</VIRTUAL_THERAPEUTIC_MOIETIES></X>"),
        ("</VIRTUAL_THERAPEUTIC_MOIETIES>", "</VIRTUAL_THERAPEUTIC_MOIETIES><X/>"),
        ("</VIRTUAL_THERAPEUTIC_MOIETIES>", "</VIRTUAL_THERAPEUTIC_MOIETIES>x"),
        ("<VTM><VTMID>990100021", "x<VTM><VTMID>990100021"),
        ("<VTMID>990100021", "x<VTMID>990100021"),
        ("<NM>Farrolol</NM>", "<NM><B>Farrolol</B></NM>"),
        ("<NM>Farrolol</NM>", "<NM>Farrolol<!-- </NM>"),
        ("<NM>Farrolol</NM>", "<NM>Farr]]>olol<![CDATA[</NM>"),
    ] {
        let problem = Edited::new().change("f_vtm2", from, to).problem();
        assert!(problem.file.starts_with("f_vtm2") && problem.line == 1, "{to}: {problem}");
    }
}

#[test]
fn elements_within_elements_end_somewhere() {
    let nested = |depth: usize| "<X>".repeat(depth) + &"</X>".repeat(depth);
    let place = "<NM>Farrolol";
    let edited = Edited::new().change("f_vtm2", place, &format!("{}{place}", nested(14)));
    edited.noted(NoteKind::UnknownElement, "f_vtm2", "<X>", "X");
    let edited = Edited::new().change("f_vtm2", place, &format!("{}{place}", nested(15)));
    let problem = edited.problem();
    assert_eq!(problem.expected, "fewer elements within each other");
    let edited =
        Edited::new().change("f_vtm2", place, &format!("{}{place}", "<X>".repeat(500_000)));
    assert_eq!(edited.problem(), problem);
}

#[test]
fn texts_may_be_written_in_every_way_that_xml_has() {
    for written in [
        "<NM><![CDATA[Farrolol]]></NM>",
        "<NM>Farr<!-- Rolol -->olol</NM>",
        "<NM>Far<![CDATA[ro]]>lol</NM>",
        "<NM>&#70;arrolo&#x6C;</NM>",
        "<NM >Farrolol</NM >",
        "<NM>Farr<?any thing?>olol</NM>",
    ] {
        let edited = Edited::new().change("f_vtm2", "<NM>Farrolol</NM>", written);
        assert!(said(&edited.silent().bytes) == good(), "{written}");
    }
    // What would be a tag or an entity elsewhere is text within CDATA.
    let edited =
        Edited::new().change("f_vtm2", "<NM>Farrolol</NM>", "<NM><![CDATA[<b>&amp;]]></NM>");
    let terminology = edited.silent().terminology();
    let names: Vec<_> = terminology.dmd().expect("dm+d").vtms().map(|vtm| vtm.name()).collect();
    assert!(names.contains(&"<b>&amp;"), "{names:?}");
}

const ALL: [&str; 12] = [
    "f_vtm2",
    "f_vmp2",
    "f_amp2",
    "f_vmpp2",
    "f_ampp2",
    "f_ingredient2",
    "f_lookup2",
    "f_gtin2",
    "f_bnf1",
    "f_history1",
    "f_vtm_ing1",
    "f_tradefamily1",
];

#[test]
fn lines_may_end_as_they_like_or_not_at_all() {
    let layouts: [fn(&str) -> String; 4] = [
        |text| text.replace('\n', "\r\n"),
        |text| text.lines().map(str::trim_start).collect(),
        |text| text.replace("><", ">\n\t <"),
        |text| text.replace('\n', " <!-- a comment --> \n"),
    ];
    for layout in layouts {
        let edited = ALL.into_iter().fold(Edited::new(), |edited, file| {
            let text = layout(&edited.text(file));
            // Between the tags of an empty element there is no room: there are none in the release.
            edited.write(file, text)
        });
        assert!(said(&edited.silent().bytes) == good());
    }
}

/// A line with the elements of its record the other way around.
fn reversed(line: &str) -> String {
    let trimmed = line.trim();
    let Some((tag, _)) = trimmed.strip_prefix('<').and_then(|rest| rest.split_once('>')) else {
        return line.to_owned();
    };
    let (begin, end) = (format!("<{tag}>"), format!("</{tag}>"));
    let inner = trimmed.strip_prefix(begin.as_str()).and_then(|rest| rest.strip_suffix(&*end));
    let Some(mut inner) = inner else { return line.to_owned() };
    let mut elements = Vec::new();
    while let Some((name, _)) = inner.strip_prefix('<').and_then(|rest| rest.split_once('>')) {
        let end = format!("</{name}>");
        let length = inner.find(&end).expect("it ends") + end.len();
        elements.push(&inner[..length]);
        inner = &inner[length..];
    }
    elements.reverse();
    format!("{begin}{}{end}", elements.concat())
}

#[test]
fn elements_of_a_record_come_in_any_order() {
    // Those of the GTIN file alone have an order.
    let files = ALL.into_iter().filter(|file| *file != "f_gtin2");
    let edited = files.fold(Edited::new(), |edited, file| {
        let text = edited.text(file).replace("</VTM><VTM>", "</VTM>\n<VTM>");
        let lines: Vec<String> = text.lines().map(reversed).collect();
        edited.write(file, lines.join("\n"))
    });
    assert!(edited.text("f_vmp2").contains("</DF_INDCD><PRES_STATCD>"));
    assert!(said(&edited.silent().bytes) == good());
}

#[test]
fn what_the_schema_does_not_have_is_told_and_passed_over() {
    let unknown = "<NEWCD><VPID>1</VPID><B><C at=\"x\"/></B>text</NEWCD>";
    let cases = [
        ("f_vmp2", "<BASISCD>", format!("{unknown}<BASISCD>"), "<NEWCD>", "NEWCD"),
        ("f_vmp2", "  </VMPS>", format!("{unknown}  </VMPS>"), "<NEWCD>", "NEWCD"),
        ("f_vmp2", "  <VMPS>", format!("{unknown}  <VMPS>"), "<NEWCD>", "NEWCD"),
        ("f_lookup2", "<CD>0002</CD>", format!("{unknown}<CD>0002</CD>"), "<NEWCD>", "NEWCD"),
        ("f_gtin2", "<STARTDT>2012", format!("{unknown}<STARTDT>2012"), "<NEWCD>", "NEWCD"),
        (
            "f_lookup2",
            "  <FORM>",
            "<WEATHER><INFO/></WEATHER><FORM>".into(),
            "<WEATHER>",
            "WEATHER",
        ),
        ("f_vmp2", "<VMP>", "<VMP lang=\"en\">".into(), "<VMP lang", "lang=\"en\""),
        ("f_vmp2", "<NM>Farr", "<NM a='1' b='2'>Farr".into(), "<NM a", "a='1' b='2'"),
        ("f_vmp2", "<VMPS>", "<VMPS x=\"\">".into(), "<VMPS x", "x=\"\""),
    ];
    for (file, from, to, mark, what) in cases {
        let edited = Edited::new().change(file, from, &to);
        let built = edited.noted(NoteKind::UnknownElement, file, mark, what);
        assert!(said(&built.bytes) == good(), "{to}");
    }
}

#[test]
fn a_record_without_what_is_demanded_is_told_and_one_without_its_id_refused() {
    let cases = [
        ("f_vmp2", "<BASISCD>0001</BASISCD>", "<VMP><VPID>990200011", "BASISCD"),
        ("f_vmp2", "<NM>Farrolol 10mg tablets</NM>", "<VMP><VPID>990200011", "NM"),
        ("f_ampp2", "<LEGAL_CATCD>0003</LEGAL_CATCD>", "<AMPP><APPID>990500011", "LEGAL_CATCD"),
        ("f_lookup2", "<DESC>Combination pack</DESC>", "<INFO><CD>0001", "DESC"),
        ("f_history1", "<STARTDT>1948-01-01</STARTDT>", "<VTM>", "STARTDT"),
        ("f_gtin2", "<STARTDT>2016-01-01</STARTDT>", "<GTINDATA>", "STARTDT"),
    ];
    for (file, from, mark, element) in cases {
        let edited = Edited::new().change(file, from, "");
        edited.noted(NoteKind::MissingElement, file, mark, element);
    }
    let edited = Edited::new().change("f_gtin2", "<GTIN>2000000000015</GTIN>", "<GTIN></GTIN>");
    edited.noted(NoteKind::EmptyGtin, "f_gtin2", "<GTINDATA>", "");
    let expected = "the identifier of the record";
    let edited = Edited::new().change("f_vmp2", "<VPID>990200011000001108</VPID>", "");
    edited.refused("f_vmp2", "<VMP>", "VPID", expected);
    let edited = Edited::new().change("f_vmp2", "<VPID>990200011000001108</VPID>", "<VPID/>");
    edited.refused("f_vmp2", "<VMP>", "VPID", expected);
    let edited = Edited::new().change("f_lookup2", "<CD>0001</CD>", "<CD> </CD>");
    edited.refused("f_lookup2", "<INFO>", "CD", expected);
}

#[test]
fn an_element_that_a_record_has_twice_is_refused() {
    let twice = "<NM>Farrolol</NM><NM>Farrolol</NM>";
    let edited = Edited::new().change("f_vtm2", "<NM>Farrolol</NM>", twice);
    let problem = edited.problem();
    assert_eq!(problem.expected, "one such element in a record");
    let edited = Edited::new().change(
        "f_vmp2",
        "<BASISCD>0001</BASISCD>",
        "<BASISCD>0001</BASISCD><BASISCD >0002</BASISCD>",
    );
    edited.refused("f_vmp2", "<BASISCD >", "BASISCD", "one such element in a record");
}

#[test]
fn values_that_are_not_what_they_should_be_are_refused() {
    let cases = [
        ("f_vmp2", "<NMDT>2020-03-02", "<NMDT>2020-02-30", "NMDT", "a date as in 2026-08-01"),
        ("f_vmp2", "<NMDT>2020-03-02", "<NMDT>20200302", "NMDT", "a date as in 2026-08-01"),
        ("f_vmp2", "<NMDT>2020-03-02", "<NMDT>02/03/2020", "NMDT", "a date as in 2026-08-01"),
        ("f_vmp2", "<NMDT>2020-03-02", "<NMDT>2020-3-2", "NMDT", "a date as in 2026-08-01"),
        ("f_vmpp2", "<PRICE>85", "<PRICE>-85", "PRICE", "a whole number below 4294967295"),
        ("f_vmpp2", "<PRICE>85", "<PRICE>0.85", "PRICE", "a whole number below 4294967295"),
        ("f_vmpp2", "<PRICE>85", "<PRICE>4294967295", "PRICE", "a whole number below 4294967295"),
        (
            "f_vmpp2",
            "<PRICE>85",
            "<PRICE>99999999999999999999",
            "PRICE",
            "a whole number below 4294967295",
        ),
        ("f_vmp2", "<SUG_F>0001", "<SUG_F>0002", "SUG_F", "0 or 1"),
        ("f_vmp2", "<SUG_F>0001", "<SUG_F>Y", "SUG_F", "0 or 1"),
        ("f_vmp2", "<UDFS>5.000", "<UDFS>5,000", "UDFS", "a decimal number"),
        ("f_vmp2", "<UDFS>5.000", "<UDFS>NaN", "UDFS", "a decimal number"),
        ("f_vmp2", "<BASISCD>0001", "<BASISCD>one", "BASISCD", "a code of up to 18 digits"),
        ("f_vmp2", "<VPIDPREV>99", "<VPIDPREV>x99", "VPIDPREV", "an identifier of up to 18 digits"),
        ("f_vmp2", "<VPIDPREV>99", "<VPIDPREV>-99", "VPIDPREV", "an identifier of up to 18 digits"),
        (
            "f_vmp2",
            "<VPID>9902000110000011",
            "<VPID>12345678909902000110000011",
            "VPID",
            "an identifier of up to 18 digits",
        ),
        ("f_gtin2", "<GTIN>2000000000015<", "<GTIN>20000000000<", "GTIN", "8, 12, 13 or 14 digits"),
        (
            "f_gtin2",
            "<GTIN>2000000000015",
            "<GTIN>20000000000156X",
            "GTIN",
            "8, 12, 13 or 14 digits",
        ),
        ("f_gtin2", "<GTIN>2000000000015", "<GTIN>0000000000000", "GTIN", "8, 12, 13 or 14 digits"),
    ];
    for (file, from, to, element, expected) in cases {
        Edited::new().change(file, from, to).refused(file, to, element, expected);
    }
}

#[test]
fn wrong_check_digits_are_told_and_kept() {
    let edited = Edited::new().change("f_vtm2", "9970001002<", "9970001003<");
    let what = "VTMIDPREV 9970001003";
    let built = edited.noted(NoteKind::CheckDigit, "f_vtm2", "<VTMIDPREV>", what);
    let terminology = built.terminology();
    let mut vtms = terminology.dmd().expect("dm+d").vtms().filter_map(|vtm| vtm.previous_id());
    assert_eq!(vtms.next().map(|id| id.value()), Some(9_970_001_003));
    let edited = Edited::new().change("f_gtin2", "2000000000022", "2000000000023");
    let built =
        edited.noted(NoteKind::GtinCheckDigit, "f_gtin2", "<GTIN>2000000000023", "2000000000023");
    assert!(said(&built.bytes).keys().any(|(_, _, elements)| {
        elements.iter().any(|(name, value)| name == "GTIN" && value == "2000000000023")
    }));
}

#[test]
fn a_reference_to_what_is_not_there_is_told_and_its_id_kept() {
    let lacking = "24700007";
    let row = format!("<DROUTE><VPID>{lacking}</VPID>");
    let edited = Edited::new().change("f_vmp2", "<DROUTE><VPID>990200081000001103</VPID>", &row);
    let built = edited.noted(NoteKind::DanglingId, "f_vmp2", &row, &format!("VPID {lacking}"));
    let terminology = built.terminology();
    let dmd = terminology.dmd().expect("dm+d");
    let routes = dmd.records::<farr::dmd::DrugRoute<'_>>();
    assert_eq!(routes.filter(|route| route.vmp().is_none()).count(), 1);
    let ids = routes.filter_map(|route| route.record().elements().next());
    assert!(ids.into_iter().any(|element| element.value.to_string() == lacking));

    let vtm = "<VTMID>990100011000001106</VTMID><NM>Farrolol 10mg tablets</NM>";
    let other = vtm.replace("990100011000001106", lacking);
    let edited = Edited::new().change("f_vmp2", vtm, &other);
    let place = "<VMP><VPID>990200011";
    let built = edited.noted(NoteKind::DanglingId, "f_vmp2", place, &format!("VTMID {lacking}"));
    let terminology = built.terminology();
    let dmd = terminology.dmd().expect("dm+d");
    let vmp = dmd.vmps().find(|vmp| vmp.id().value() == 990_200_011_000_001_108);
    let vmp = vmp.expect("the VMP is there");
    assert_eq!((vmp.vtm(), vmp.vtm_id().map(|id| id.value())), (None, Some(24_700_007)));
    assert!(dmd.vtms().all(|vtm| vtm.vmps().all(|other| other != vmp)));
}

#[test]
fn a_code_that_its_list_lacks_is_told_and_kept() {
    let edited = Edited::new().change("f_amp2", "<COLOURCD>0031", "<COLOURCD>0099");
    let place = "<AP_INFO><APID>990300081";
    let built = edited.noted(NoteKind::UnknownCode, "f_amp2", place, "COLOURCD 99");
    let terminology = built.terminology();
    let dmd = terminology.dmd().expect("dm+d");
    let entry = dmd.lookup(List::Colour, 99).expect("it is an entry");
    assert_eq!((entry.is_known(), entry.description(), entry.code()), (false, None, 99));
    assert_eq!((entry.code_text(), entry.to_string()), ("0099".to_owned(), "0099".to_owned()));
    let mut found = dmd.records::<farr::dmd::ProductInformation<'_>>();
    assert!(found.any(|row| row.colour() == Some(entry)));
}

#[test]
fn a_record_that_stands_twice_is_kept_once() {
    let brackenamol = "<VTM><VTMID>990100021000001102</VTMID><NM>Brackenamol</NM></VTM>";
    let id = "990100021000001102";
    // The second has a blank, so that it can be told from the first.
    let again = brackenamol.replace("<VTM>", "<VTM >");
    let edited = Edited::new().change("f_vtm2", brackenamol, &format!("{brackenamol}{again}"));
    let built = edited.noted(NoteKind::RecordRepeated, "f_vtm2", "<VTM >", id);
    assert!(said(&built.bytes) == good());

    let other = again.replace("Brackenamol", "Something else");
    let edited = Edited::new().change("f_vtm2", brackenamol, &format!("{brackenamol}{other}"));
    let built = edited.noted(NoteKind::RecordConflict, "f_vtm2", "<VTM >", id);
    assert!(said(&built.bytes) == good());

    let entry = "<INFO><CD>0002</CD><DESC>Devices</DESC></INFO>";
    let again = entry.replace("<INFO>", "<INFO >");
    let edited = Edited::new().change("f_lookup2", entry, &format!("{entry}{again}"));
    let what = "LICENSING_AUTHORITY 2";
    let built = edited.noted(NoteKind::RecordRepeated, "f_lookup2", "<INFO >", what);
    assert!(said(&built.bytes) == good());
    let other = again.replace("Devices", "Other");
    let edited = Edited::new().change("f_lookup2", entry, &format!("{entry}{other}"));
    let built = edited.noted(NoteKind::RecordConflict, "f_lookup2", "<INFO >", what);
    assert!(said(&built.bytes) == good());
}

#[test]
fn an_id_of_two_levels_is_told_and_found_at_the_first() {
    let vtm = "<VTM><VTMID>990200011000001108</VTMID><NM>Also a VMP</NM></VTM>";
    let end = "</VIRTUAL_THERAPEUTIC_MOIETIES>";
    let edited = Edited::new().change("f_vtm2", end, &format!("{vtm}{end}"));
    let id = "990200011000001108";
    let place = "<VMP><VPID>990200011";
    let terminology = edited.noted(NoteKind::IdAtTwoLevels, "f_vmp2", place, id).terminology();
    let dmd = terminology.dmd().expect("dm+d");
    let id = id.parse().expect("an id");
    assert!(matches!(dmd.product(id), Some(Product::Vtm(_))));
    assert!(dmd.vmps().any(|vmp| vmp.id() == id));
    assert_eq!(dmd.products().filter(|product| product.id() == id).count(), 2);
}

#[test]
fn a_pack_whose_vmpp_and_amp_disagree_is_told() {
    // An AMPP of tablets with the AMP of a dressing.
    let edited = Edited::new().change(
        "f_ampp2",
        "<APID>990300011000001104</APID>",
        "<APID>990300081000001109</APID>",
    );
    let place = "<AMPP><APPID>990500011";
    let terminology =
        edited.noted(NoteKind::PackDisagrees, "f_ampp2", place, "990500011000001102").terminology();
    let dmd = terminology.dmd().expect("dm+d");
    let pack = dmd.product("990500011000001102".parse().expect("an id")).expect("it is there");
    // That of its AMP, as is said.
    assert_eq!(pack.vmp().map(|vmp| vmp.id().value()), Some(990_200_071_000_001_100));
}
