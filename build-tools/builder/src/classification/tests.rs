//! Folders and files of every form.

use std::path::{Path, PathBuf};

use farr::classification::{CodeSystem, TextKind};
use farr::id::DaggerAsterisk;

use super::{Class, ClassKind, Edition, Family, read};
use crate::error::BuildError;
use crate::problem::{NoteKind, Notes};
use crate::progress::Silent;

const TEXT: &str = "uk/ICD10_Edition5_20990401/Content/\
    ICD10_Edition5_CodesAndTitlesAndMetadata_GB_20990401.txt";
const XML: &str = "uk/ICD10_Edition5_XML_20990401/Content/\
    ICD10_Edition5_CodesAndTitlesAndMetadata_GB_20990401.xml";
const HEADER: &str = "CODE\tALT_CODE\tUSAGE\tUSAGE_UK\tDESCRIPTION\tMODIFIER_4\tMODIFIER_5\tQUALIFIERS\
    \tGENDER_MASK\tMIN_AGE\tMAX_AGE\tTREE_DESCRIPTION\r\n";

fn testdata(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/icd10").join(name)
}

fn editions(paths: &[PathBuf], family: Family) -> Result<(Vec<Edition>, Notes), BuildError> {
    let mut notes = Notes::default();
    read(paths, family, &Silent, &mut notes).map(|editions| (editions, notes))
}

fn one(paths: &[PathBuf], family: Family) -> (Edition, Notes) {
    let (mut editions, notes) = editions(paths, family).unwrap();
    assert_eq!(editions.len(), 1);
    (editions.remove(0), notes)
}

fn quiet(notes: &Notes) {
    assert_eq!(notes.iter().collect::<Vec<_>>(), []);
}

/// The edition of a text with these rows behind its header.
fn of_rows(rows: &str) -> Result<(Edition, Notes), BuildError> {
    of_file("icd10.txt", format!("{HEADER}{rows}"))
}

fn of_file(name: &str, content: impl AsRef<[u8]>) -> Result<(Edition, Notes), BuildError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    editions(&[path], Family::Icd10).map(|(mut editions, notes)| (editions.remove(0), notes))
}

fn class<'e>(edition: &'e Edition, code: &str) -> &'e Class {
    edition.classes.iter().find(|class| class.code == code).expect("it is there")
}

fn text(class: &Class, kind: TextKind) -> &str {
    class.texts.iter().find(|text| text.kind == kind).map_or("", |text| &text.text)
}

fn examples(notes: &Notes, kind: NoteKind) -> Vec<String> {
    notes.of(kind).map(|note| note.examples.clone()).unwrap_or_default()
}

#[test]
fn a_release_of_the_nhs_is_one_edition_and_its_files_agree() {
    let (edition, notes) = one(&[testdata("uk")], Family::Icd10);
    quiet(&notes);
    assert_eq!(edition.system, CodeSystem::Icd10);
    assert_eq!((edition.version.as_deref(), edition.date), (Some("5"), Some(20_990_401)));
    assert_eq!(edition.classes.len(), 46);
    assert_eq!(edition.sources.len(), 2);
    let aside: Vec<u64> = edition.set_aside.iter().map(|file| file.rows).collect();
    assert_eq!(aside, [46, 2]);
}

#[test]
fn a_row_of_the_uk_text_is_read_column_by_column() {
    let (edition, _) = one(&[testdata(TEXT)], Family::Icd10);
    let kidney = class(&edition, "E10.2");
    assert_eq!(kidney.kind, ClassKind::Code);
    assert_eq!(kidney.texts[0].text, "Sweet water of the first kind With kidney trouble");
    assert_eq!(kidney.usage, Some(DaggerAsterisk::Dagger));
    assert_eq!(text(kidney, TextKind::AltCode), "E102");
    assert_eq!(text(kidney, TextKind::Modifier4), "With kidney trouble");
    assert_eq!((&*kidney.file, kidney.line), (TEXT.rsplit('/').next().unwrap(), 15));
    let eye = class(&edition, "E10.3");
    let qualifiers = eye.texts.iter().find(|text| text.kind == TextKind::Qualifiers).unwrap();
    assert_eq!(qualifiers.text, "H28.0*^H36.0*");
    let references: Vec<(&str, Option<DaggerAsterisk>, bool)> = qualifiers
        .references
        .iter()
        .map(|one| (one.code.as_str(), one.usage, one.is_partner))
        .collect();
    let asterisk = Some(DaggerAsterisk::Asterisk);
    assert_eq!(references, [("H28.0", asterisk, true), ("H36.0", asterisk, true)]);
    let walnut = class(&edition, "C61");
    let limits = (walnut.gender_mask, walnut.minimum_age, walnut.maximum_age);
    assert_eq!(limits, (Some(1), Some(15), Some(124)));
    assert_eq!(class(&edition, "G01").usage, asterisk);
    assert_eq!(class(&edition, "A01").usage, None);
    assert_eq!(class(&edition, "M45.X0").texts[0].text, "Bamboo back Many places");
    assert_eq!(class(&edition, "A01.1").texts[0].text, "Grey fever, \"mild\"");
    assert_eq!(class(&edition, "J46").minimum_age, None);
}

#[test]
fn the_xml_says_what_the_text_says() {
    let (from_text, _) = one(&[testdata(TEXT)], Family::Icd10);
    let (from_xml, notes) = one(&[testdata(XML)], Family::Icd10);
    quiet(&notes);
    let same = |class: &Class| Class { file: "".into(), line: 0, ..class.clone() };
    let (text, xml): (Vec<Class>, Vec<Class>) =
        (from_text.classes.iter().map(same).collect(), from_xml.classes.iter().map(same).collect());
    assert!(text.iter().zip(&xml).all(|(one, other)| one == other) && text.len() == xml.len());
}

#[test]
fn attributes_make_rows_of_xml_too() {
    let row = "<a><b><row CODE='A01' ALT_CODE='A01' USAGE='Default' USAGE_UK='3' DESCRIPTION='One'/>\
        </b><b><row CODE='A01.0' ALT_CODE='A010' USAGE='dagger' DESCRIPTION='Two' ODD='1'/></b></a>";
    let (edition, notes) = of_file("any.xml", row).unwrap();
    assert_eq!(edition.classes.len(), 2);
    assert_eq!(edition.classes[1].usage, Some(DaggerAsterisk::Dagger));
    assert_eq!(notes.of(NoteKind::UnknownColumn).unwrap().count, 1);
}

#[test]
fn a_difference_between_the_twins_is_named_by_file_line_code_and_column() {
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(testdata(TEXT)).unwrap();
    let xml = std::fs::read_to_string(testdata(XML)).unwrap();
    let xml = xml.replace(
        "<GENDER_MASK>1</GENDER_MASK><MIN_AGE>15<",
        "<GENDER_MASK>1</GENDER_MASK><MIN_AGE>16<",
    );
    let xml = xml.replace("<CODE>J46</CODE><ALT_CODE>J46X<", "<CODE>J47</CODE><ALT_CODE>J47X<");
    std::fs::write(folder.path().join("one.txt"), text).unwrap();
    std::fs::write(folder.path().join("two.xml"), xml).unwrap();
    let (edition, notes) = one(&[folder.path().to_owned()], Family::Icd10);
    assert_eq!(class(&edition, "C61").minimum_age, Some(15));
    let told = examples(&notes, NoteKind::TwinDiffers);
    let expected = [
        "two.xml, line 14: MIN_AGE of C61 is \"16\", and \"15\" in one.txt, line 13",
        "two.xml, line 28: J47 is not in one.txt",
        "two.xml, line 1: J46 of one.txt, line 27, is not here",
    ];
    assert_eq!(told, expected);
}

#[test]
fn columns_may_stand_in_any_order_and_all_must_be_there() {
    let file = "TREE_DESCRIPTION\tMAX_AGE\tMIN_AGE\tGENDER_MASK\tQUALIFIERS\tMODIFIER_5\tMODIFIER_4\t\
        DESCRIPTION\tUSAGE_UK\tUSAGE\tALT_CODE\tCODE\tODD\nt\t9\t\t\t\t\t\tOne\t3\tDEFAULT\tA01\tA01.-\t?\n";
    let (edition, notes) = of_file("icd10.txt", format!("\u{feff}{file}")).unwrap();
    let class = &edition.classes[0];
    assert_eq!((class.code.as_str(), class.maximum_age), ("A01", Some(9)));
    assert_eq!(examples(&notes, NoteKind::UnknownColumn), ["icd10.txt, line 1: \"ODD\""]);

    let missing = file.replace("\tODD", "").replace("MIN_AGE\t", "");
    let error = of_file("icd10.txt", missing).unwrap_err().to_string();
    assert!(
        error.contains("icd10.txt, line 1: expected a header with the column MIN_AGE"),
        "{error}"
    );
}

#[test]
fn rows_that_cannot_be_read_are_problems_and_odd_ones_are_notes() {
    let error = of_rows(
        "A0\tA0\tDEFAULT\t3\tOne\t\t\t\t\t\t\t\r\nA01\tA01\tDEFAULT\t3\tTwo\r\nA02\tA02\tDEFAULT\t3\t\t\t\t\t\
         \t\t\t\r\n",
    );
    let error = error.unwrap_err().to_string();
    let lines: Vec<&str> = error.lines().collect();
    assert_eq!(lines.len(), 3, "{error}");
    assert!(lines[0].starts_with("icd10.txt, line 3: expected 12 columns, found \"5 columns\""));
    assert!(lines[1].starts_with("icd10.txt, line 2, column 1 (CODE): expected a code of ICD-10"));
    assert!(lines[2].starts_with("icd10.txt, line 4, column 5 (DESCRIPTION): expected a title"));

    let (edition, notes) = of_rows(
        "A01\tA02\tDEFAULT\t3\tOne\t\t\tG01^what\t\t\t\tt\r\nA01\tA01X\tDEFAULT\t3\tTwo\t\t\t\t\t\t\tt\r\n\
         A03\tA03\tM\tN\tThree\t\t\t\tx\t-1\t70000\tt\r\n",
    )
    .unwrap();
    assert_eq!(edition.classes.len(), 2);
    assert_eq!(edition.classes[0].texts[0].text, "One");
    let counts = |kind| notes.of(kind).map_or(0, |note| note.count);
    assert_eq!(counts(NoteKind::AlternativeCode), 1);
    assert_eq!(counts(NoteKind::UnreadReference), 1);
    assert_eq!(counts(NoteKind::ClassRepeated), 1);
    assert_eq!(counts(NoteKind::UnknownUsage), 1);
    assert_eq!(counts(NoteKind::UnreadLimit), 3);
    assert_eq!(text(&edition.classes[1], TextKind::GenderMask), "x");
    let told = examples(&notes, NoteKind::ClassRepeated);
    assert_eq!(told, ["icd10.txt, line 3: A01, which stands on line 2"]);
}

#[test]
fn windows_1252_is_read_with_a_note() {
    let mut file = HEADER.as_bytes().to_vec();
    file.extend_from_slice(b"H81.0\tH810\tDEFAULT\t0\tSome M\xe9ni\xe8re\t\t\t\t\t\t\tt\r\n");
    let (edition, notes) = of_file("icd10.txt", file).unwrap();
    assert_eq!(edition.classes[0].texts[0].text, "Some Ménière");
    assert!(notes.of(NoteKind::OtherEncoding).is_some() && !notes.refused_when_strict());
}

#[test]
fn two_editions_of_one_classification_are_refused_and_both_are_named() {
    let text = std::fs::read(testdata(TEXT)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("GB_20900401.txt"), &text).unwrap();
    for paths in [
        vec![testdata("claml"), testdata("uk")],
        vec![testdata(TEXT), folder.path().to_owned()],
        vec![testdata(XML), folder.path().to_owned()],
        vec![testdata("claml"), testdata("claml/invented.xml")],
    ] {
        let error = editions(&paths, Family::Icd10).unwrap_err();
        let BuildError::TwoEditions { system, first, second } = &error else { panic!("{error}") };
        assert_eq!(*system, CodeSystem::Icd10);
        assert!(
            error.to_string().contains(first.as_str())
                && error.to_string().contains(second.as_str())
        );
    }
    let (both, _) = editions(&[testdata("uk"), testdata("cm")], Family::Icd10).unwrap();
    let systems: Vec<CodeSystem> = both.iter().map(|edition| edition.system).collect();
    assert_eq!(systems, [CodeSystem::Icd10, CodeSystem::Icd10Cm]);
}

#[test]
fn a_place_without_such_a_file_is_refused() {
    for (path, family) in [
        (testdata("opcs4"), Family::Icd10),
        (testdata("cm"), Family::Opcs4),
        (testdata("README.md"), Family::Icd10),
        (testdata("cm/icd10cm_codes_2099.txt"), Family::Icd10),
    ] {
        let error = editions(std::slice::from_ref(&path), family).unwrap_err();
        assert!(matches!(error, BuildError::NoClassification { .. }), "{error}");
        assert!(error.to_string().contains("no file of"), "{error}");
    }
}

#[test]
fn a_zip_in_a_zip_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let zipped = |name: &str, content: &[u8]| {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut writer, content).unwrap();
        writer.finish().unwrap().into_inner()
    };
    let inner = zipped(TEXT, &std::fs::read(testdata(TEXT)).unwrap());
    let path = folder.path().join("icd_df_10.5.0_20990401000001.zip");
    std::fs::write(&path, zipped("inner.zip", &inner)).unwrap();
    let (edition, notes) = one(&[path], Family::Icd10);
    quiet(&notes);
    assert_eq!((edition.classes.len(), edition.date), (46, Some(20_990_401)));
    assert_eq!(edition.sources[0].name, "icd_df_10.5.0_20990401000001.zip");
}

#[test]
fn a_file_of_claml_is_an_edition() {
    let (edition, _) = one(&[testdata("claml")], Family::Icd10);
    assert_eq!(edition.title.as_deref(), Some("An invented classification of diseases"));
    assert_eq!((edition.version.as_deref(), edition.date), (Some("2099"), Some(20_990_401)));
    let eye = class(&edition, "E10.3");
    assert_eq!(text(eye, TextKind::Inclusion), "Sweet: cloud† (H28.0*)");
    let reference = &eye.texts[1].references[0];
    assert_eq!((reference.code.as_str(), reference.is_partner), ("H28.0", true));
    let sweet = class(&edition, "E10");
    assert_eq!(text(sweet, TextKind::CodingHint), "One. Two, as in one.");
    assert!(text(sweet, TextKind::Text).starts_with("The fourth characters"));
    let long = text(class(&edition, "E13"), TextKind::LongTitle);
    assert_eq!(long, "Sweet water of other kinds that are said");
}

/// A rubric as a line of the file that is compared with.
fn line(class: &Class) -> String {
    let valid = match class.is_valid {
        Some(true) => "valid",
        Some(false) => "header",
        None => "",
    };
    let texts: Vec<String> =
        class.texts.iter().map(|text| format!("{}={}", text.kind, text.text)).collect();
    let parent = class.parent.as_deref().unwrap_or_default();
    let kind = format!("{:?}", class.kind).to_lowercase();
    [&class.code, parent, &kind, valid, &texts.join(" | ")].join("\t")
}

#[test]
fn both_files_of_icd_10_cm_are_one_edition() {
    let (edition, notes) = one(&[testdata("cm")], Family::Icd10);
    quiet(&notes);
    assert_eq!((edition.system, edition.version.as_deref()), (CodeSystem::Icd10Cm, Some("2099")));
    assert_eq!(edition.set_aside[0].name, "icd10cm_codes_2099.txt");
    let expected = std::fs::read_to_string(testdata("cm-read.tsv")).unwrap();
    let found: Vec<String> = edition.classes.iter().map(line).collect();
    assert_eq!(found, expected.lines().skip(1).collect::<Vec<_>>());
}

#[test]
fn each_file_of_icd_10_cm_is_read_alone() {
    let (order, notes) = one(&[testdata("cm/icd10cm_order_2099.txt")], Family::Icd10);
    quiet(&notes);
    assert_eq!(order.classes.len(), 20);
    assert_eq!(order.classes[13].code, "S52.521A");
    assert_eq!(order.classes[13].parent, None);
    let (tabular, notes) = one(&[testdata("cm/icd10cm_tabular_2099.xml")], Family::Icd10);
    quiet(&notes);
    let count = |kind| tabular.classes.iter().filter(|class| class.kind == kind).count();
    assert_eq!(
        (count(ClassKind::Chapter), count(ClassKind::Block), count(ClassKind::Code)),
        (6, 6, 16)
    );
    assert!(tabular.classes.iter().all(|class| class.is_valid.is_none()));
}

#[test]
fn a_code_that_only_one_file_has_is_noted() {
    let folder = tempfile::tempdir().unwrap();
    let order = std::fs::read_to_string(testdata("cm/icd10cm_order_2099.txt")).unwrap();
    let order = order.replace("A009    1", "A001    1").replace("S52521D", "S52521Q");
    std::fs::write(folder.path().join("order.txt"), order).unwrap();
    let tabular = testdata("cm/icd10cm_tabular_2099.xml");
    std::fs::copy(tabular, folder.path().join("tabular.xml")).unwrap();
    let (edition, notes) = one(&[folder.path().to_owned()], Family::Icd10);
    let expected = [
        "order.txt, line 3: A00.1 is not in tabular.xml",
        "order.txt, line 15: S52.521Q is not in tabular.xml",
        "tabular.xml, line 26: A00.9 is not in order.txt",
    ];
    assert_eq!(examples(&notes, NoteKind::CodeInOneFile), expected);
    assert_eq!(class(&edition, "A00.1").parent.as_deref(), Some("A00"));
}

#[test]
fn both_files_of_opcs_4_are_one_edition_and_each_is_one_alone() {
    let titles = testdata("opcs4/OPCS411_CodesAndTitles_20990401.txt");
    let metadata = testdata("opcs4/OPCS411_Metadata_20990401.txt");
    let (edition, notes) = one(&[testdata("opcs4")], Family::Opcs4);
    quiet(&notes);
    assert_eq!((edition.version.as_deref(), edition.date), (Some("4.11"), Some(20_990_401)));
    assert_eq!(edition.classes.len(), 10);
    let birth = class(&edition, "R17.1");
    assert_eq!(birth.texts[0].text, "Planned birth by the upper window");
    assert_eq!(text(birth, TextKind::CategoryName), "Planned birth by the window");
    assert_eq!(text(birth, TextKind::SexAbsolute), "2");
    assert_eq!(text(birth, TextKind::Status), "3");
    assert_eq!(text(birth, TextKind::MethodOfDelivery), "7");
    assert_eq!(text(class(&edition, "A01.1"), TextKind::Selection), "1");
    assert_eq!(text(class(&edition, "A01.9"), TextKind::SexScrutiny), "3");
    assert_eq!(class(&edition, "A01").texts.len(), 1);

    let (alone, notes) = one(&[titles], Family::Opcs4);
    quiet(&notes);
    assert_eq!(alone.classes.len(), 10);
    let (alone, notes) = one(&[metadata], Family::Opcs4);
    quiet(&notes);
    let titles = |edition: &Edition| -> Vec<(String, String)> {
        let title = |class: &Class| (class.code.clone(), class.texts[0].text.clone());
        edition.classes.iter().map(title).collect()
    };
    assert_eq!(titles(&alone), titles(&edition));
}

#[test]
fn the_dummy_of_another_reader_is_read() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let data = std::env::var_os("FARR_SHARED_DATA").map_or(beside, PathBuf::from);
    let folder = data.join("icd10/uk-format");
    if !folder.is_dir() {
        // Not through `eprintln!`, which the test harness swallows where a test passes.
        let skipped = format!("SKIPPED: {} is not there: not tested\n", folder.display());
        let _ = std::io::Write::write_all(&mut std::io::stderr(), skipped.as_bytes());
        return;
    }
    let (edition, notes) = one(&[folder], Family::Icd10);
    let codes: Vec<&str> = edition.classes.iter().map(|class| class.code.as_str()).collect();
    assert_eq!(codes, ["E10", "E11.3", "E12.0"]);
    assert_eq!(
        edition.classes[1].texts[0].text,
        "Type 2 diabetes mellitus With renal complications"
    );
    // Its usages are made up.
    assert_eq!(notes.of(NoteKind::UnknownUsage).unwrap().count, 3);
    assert_eq!(notes.iter().count(), 1);
}
