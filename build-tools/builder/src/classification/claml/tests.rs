//! Whole files of ClaML.

use std::path::{Path, PathBuf};

use farr::id::DaggerAsterisk;

use super::expand::Expanded;
use super::{convert, expand, read};
use crate::classification::edition::{Class, ClassKind};
use crate::classification::log::Log;
use crate::problem::{NoteKind, Notes};
use crate::rf2::Problems;

fn expanded(text: &str) -> (Vec<Expanded>, Problems, Notes) {
    let mut log = Log::new("file");
    let claml = read(&mut text.as_bytes(), &mut log).unwrap();
    let classes = expand(claml, &mut log);
    let (mut problems, mut notes) = (Problems::default(), Notes::default());
    log.tell(&mut problems, &mut notes);
    (classes, problems, notes)
}

/// Classes, and modifiers with the characters 0 and 1, from what stands within the root.
fn file(within: &str) -> String {
    format!("<ClaML version='2.0.0'>{within}</ClaML>")
}

fn modifier(name: &str) -> String {
    let class = |code: &str| {
        format!(
            "<ModifierClass code='{code}' modifier='{name}'><Rubric kind='preferred'>\
             <Label>{name} {code}</Label></Rubric></ModifierClass>"
        )
    };
    class("0") + &class("1")
}

fn class(code: &str, within: &str) -> String {
    format!(
        "<Class code='{code}' kind='category'>{within}<Rubric kind='preferred'><Label>{code}\
         </Label></Rubric></Class>"
    )
}

fn codes(classes: &[Expanded]) -> Vec<&str> {
    classes.iter().map(|class| class.code.as_str()).collect()
}

/// A sample of other authors, which is not a part of this repository; or nothing and a word about it.
fn sample(name: &str) -> Option<String> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let data = std::env::var_os("FARR_SHARED_DATA").map_or(beside, PathBuf::from);
    let path = data.join("icd10/claml-synthetic").join(name);
    if let Ok(text) = std::fs::read_to_string(&path) {
        return Some(text);
    }
    // Not through `eprintln!`, which the test harness swallows where a test passes.
    let skipped = format!("SKIPPED: {} is not there: not tested\n", path.display());
    let _ = std::io::Write::write_all(&mut std::io::stderr(), skipped.as_bytes());
    None
}

#[test]
fn modifiers_of_other_authors_make_the_codes_that_they_state() {
    let Some(text) = sample("modifiers-test.xml") else { return };
    let (classes, problems, _) = expanded(&text);
    assert!(problems.named.is_empty(), "{problems:?}");
    let mut codes = codes(&classes);
    codes.sort_unstable();
    let stated = "A A.1 A.2 A.3 B BM1 BM2 C CM1 D DM1 DM1N1 DM2 DM2N1 DM2N2";
    assert_eq!(codes.join(" "), stated);
    let class = classes.iter().find(|class| class.code == "DM2N1").unwrap();
    assert_eq!(class.title(), "chapter D : Modification 2 : Nodification 1");
    assert_eq!(class.parent.as_deref(), Some("DM2"));
    let above = classes.iter().find(|class| class.code == "DM2").unwrap();
    assert_eq!((above.parent.as_deref(), above.is_modified), (Some("D"), true));
}

#[test]
fn simple_files_of_other_authors_are_read() {
    let Some(text) = sample("simple-claml.xml") else { return };
    let (classes, problems, _) = expanded(&text);
    assert!(problems.named.is_empty(), "{problems:?}");
    assert_eq!(codes(&classes), ["A", "B", "C", "A.1", "A.2", "A.3"]);
    assert_eq!(classes[3].parent.as_deref(), Some("A"));

    let Some(text) = sample("python-claml-test.xml") else { return };
    let (classes, problems, notes) = expanded(&text);
    assert!(problems.named.is_empty(), "{problems:?}");
    let expected = ["A", "DEMO", "AGE", "GEN", "ID", "PSEUDO", "B", "BODY", "HEIGHT"];
    assert_eq!(codes(&classes), expected);
    // B has the class too, and another that the file does not have.
    let id = classes.iter().find(|class| class.code == "ID").unwrap();
    assert_eq!(id.parent.as_deref(), Some("A"));
    assert_eq!(notes.of(NoteKind::SeveralParents).unwrap().count, 1);
    let body = classes.iter().find(|class| class.code == "BODY").unwrap();
    assert_eq!(body.parent.as_deref(), Some("B"));
}

/// A rubric as a line of the file that is compared with.
fn line(class: &Class) -> String {
    let kind = match class.kind {
        ClassKind::Chapter => "chapter",
        ClassKind::Block => "block",
        ClassKind::Code => "code",
    };
    let usage = match class.usage {
        Some(DaggerAsterisk::Dagger) => "dagger",
        Some(DaggerAsterisk::Asterisk) => "asterisk",
        None => "",
    };
    let modified = if class.is_modified { "modified" } else { "" };
    let parent = class.parent.as_deref().unwrap_or_default();
    [&class.code, parent, kind, usage, modified, &class.texts[0].text].join("\t")
}

#[test]
fn all_patterns_make_the_codes_that_are_written_down() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/icd10");
    let text = std::fs::read_to_string(folder.join("claml/invented.xml")).unwrap();
    let expected = std::fs::read_to_string(folder.join("claml-expanded.tsv")).unwrap();
    let mut log = Log::new("invented.xml");
    let claml = read(&mut text.as_bytes(), &mut log).unwrap();
    assert_eq!((claml.date, claml.version.as_deref()), (Some(20_990_401), Some("2099")));
    let classes = expand(claml, &mut log);
    let classes = convert(classes, &mut log);
    let (mut problems, mut notes) = (Problems::default(), Notes::default());
    log.tell(&mut problems, &mut notes);
    assert!(problems.named.is_empty(), "{problems:?}");
    let found: Vec<String> = classes.iter().map(line).collect();
    let expected: Vec<&str> = expected.lines().skip(1).collect();
    assert_eq!(found, expected);
    let noted: Vec<(NoteKind, u64)> = notes.iter().map(|(kind, note)| (kind, note.count)).collect();
    assert_eq!(noted, [(NoteKind::ModifierWithoutPlace, 1), (NoteKind::ModifierByLink, 1)]);
}

#[test]
fn a_modifier_of_a_block_ends_where_it_is_excluded() {
    let text = file(
        &(modifier("X_4")
            + &class("A00-A09", "<ModifiedBy code='X_4'/>")
            + &class("A00", "<SuperClass code='A00-A09'/>")
            + &class("A01", "<SuperClass code='A00-A09'/><ExcludeModifier code='X_4'/>")
            + &class("A01.0", "<SuperClass code='A01'/>")
            + &class("A01.1", "<SuperClass code='A01'/><ModifiedBy code='X_4'/>")),
    );
    let (classes, problems, _) = expanded(&text);
    assert!(problems.named.is_empty(), "{problems:?}");
    let expected = "A00-A09 A00 A00.0 A00.1 A01 A01.0 A01.1 A01.10 A01.11";
    assert_eq!(codes(&classes).join(" "), expected);
}

#[test]
fn what_the_file_has_itself_is_not_made() {
    let text = file(
        &(modifier("X_4")
            + &class("A00", "<ModifiedBy code='X_4'/>")
            + &class("A00.0", "<ModifiedBy code='Y'/>")),
    );
    let (classes, _, notes) = expanded(&text);
    assert_eq!(codes(&classes), ["A00", "A00.1", "A00.0"]);
    assert_eq!(notes.of(NoteKind::ClassRepeated).unwrap().count, 1);
    assert_eq!(notes.of(NoteKind::UnknownModifier).unwrap().count, 1);
}

#[test]
fn circles_repetitions_and_missing_classes_are_told() {
    let (_, problems, _) = expanded(&file(
        &(class("A00", "<SuperClass code='A01'/>") + &class("A01", "<SuperClass code='A00'/>")),
    ));
    assert_eq!(problems.named.len(), 1, "{problems:?}");

    let (classes, problems, notes) = expanded(&file(
        &(class("A00", "<SuperClass code='A00-A09'/>") + &class("A00", "") + &class("A01", "")),
    ));
    assert!(problems.named.is_empty(), "{problems:?}");
    assert_eq!(codes(&classes), ["A00", "A01"]);
    assert!(notes.of(NoteKind::MissingClass).is_some());
    assert!(notes.of(NoteKind::ClassRepeated).is_some());
}

#[test]
fn what_is_no_code_of_icd_10_is_a_problem_with_its_line() {
    let text = "<ClaML>\n<Class code='A.1' kind='category'><Rubric kind='preferred'><Label>one</Label>\
        </Rubric></Class>\n<Class code='XXIII' kind='chapter'><Rubric kind='preferred'><Label>two\
        </Label></Rubric></Class>\n<Class code='A00' kind='category'/></ClaML>";
    let mut log = Log::new("file");
    let claml = read(&mut text.as_bytes(), &mut log).unwrap();
    let classes = expand(claml, &mut log);
    assert!(convert(classes, &mut log).is_empty());
    let (mut problems, mut notes) = (Problems::default(), Notes::default());
    log.tell(&mut problems, &mut notes);
    let lines: Vec<u64> = problems.named.iter().map(|problem| problem.line).collect();
    assert_eq!(lines, [4, 2, 3], "{problems:?}");
}

#[test]
fn a_hostile_product_of_modifiers_ends_with_an_error() {
    let classes = |name: &str| -> String {
        (0..100)
            .map(|number| {
                format!(
                    "<ModifierClass code='{number:02}' modifier='{name}'><Rubric \
                     kind='preferred'><Label>x</Label></Rubric></ModifierClass>"
                )
            })
            .collect()
    };
    let names = ["M", "N", "O", "P", "Q", "R"];
    let modifiers: String = names.map(classes).concat();
    let by: String = names.map(|name| format!("<ModifiedBy code='{name}'/>")).concat();
    let (_, problems, _) = expanded(&file(&(modifiers + &class("a", &by))));
    assert_eq!(problems.named.len(), 1);
    assert!(problems.named[0].expected.contains("no more codes"), "{problems:?}");

    let many: String = (0..40).map(|number| format!("<ModifiedBy code='M{number}'/>")).collect();
    let (_, problems, _) = expanded(&file(&class("a", &many)));
    assert!(problems.named[0].expected.contains("up to 16 modifiers"), "{problems:?}");
}
