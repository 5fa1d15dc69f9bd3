//! Maps written row by row: that of the United States, and simple maps.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::support::small::{Small, concept};
use farr::classification::CodeSystem;
use farr::id::Icd10CmCode;
use farr::index::{OpenOptions, Verification};
use farr::map::{Age, Patient, PublishedMap, RuleMap, Selection, Sex, constants};
use farr::{Concept, Sctid, Snomed, Terminology};
use farr_build::{Build, BuildError, NoteKind, Silent};

const NEWBORN: &str =
    "IFA 445518008 | Age at onset of clinical finding (observable entity) | < 28.0 days";
const FEMALE: &str = "IFA 248152002 | Female (finding) |";
const MALE: &str = "IFA 248153007 | Male (finding) |";
const OTHERWISE: &str = "OTHERWISE TRUE";
const CM: Sctid = constants::ICD_10_CM;

fn at(snomed: Snomed<'_>, item: u64) -> Concept<'_> {
    let id = Sctid::as_published(concept(item)).expect("an SCTID");
    snomed.concept(id).expect("the release has it")
}

fn icd_10_cm(snomed: Snomed<'_>) -> RuleMap<'_> {
    match snomed.published_map(CM) {
        Some(PublishedMap::Rules(map)) => map,
        other => panic!("{other:?}"),
    }
}

/// The rows of a map to ICD-10-CM beside one row of the International map, for concepts 1 to 9.
/// Codes are those of `testdata/icd10/cm`.
fn united_states() -> Small {
    let mut small = Small::new();
    for item in 1..=9 {
        small.active(item, &[]);
    }
    // A kind of 8.
    small.active(10, &[8]);
    let coexisting = format!("IFA {} | Sweet water (disorder) |", concept(8));
    let both = format!("{NEWBORN} AND {FEMALE}");
    for (item, place, rule, target) in [
        // Always.
        (1, (1, 1), "TRUE", "A00.0"),
        // By sex, and else.
        (2, (1, 1), FEMALE, "E11.9"),
        (2, (1, 2), MALE, "C7A.0"),
        (2, (1, 3), OTHERWISE, ""),
        // Two groups: a code whose seventh character the map leaves open, and an external cause.
        (3, (1, 1), "TRUE", "S52.521?"),
        (3, (2, 1), "TRUE", "W03.XXX?"),
        // By age and sex at once, its rows in another order than they are tried.
        (4, (1, 2), OTHERWISE, "A00.9"),
        (4, (1, 1), &both, "A00.0"),
        // By what comes with it.
        (5, (1, 1), &coexisting, "E11.36"),
        (5, (1, 2), OTHERWISE, "E11.9"),
        // The first group is sure, the second has no code.
        (6, (1, 1), "TRUE", "A00.0"),
        (6, (2, 1), "TRUE", ""),
        // A code that ICD-10-CM has and ICD-10 has no place for.
        (7, (1, 1), "TRUE", "W03.XXXA"),
    ] {
        small.rule_row(CM, concept(item), place, rule, target);
    }
    small.rule_row(constants::INTERNATIONAL_ICD_10, concept(1), (1, 1), "TRUE", "A00.1");
    small
}

#[test]
fn the_map_to_icd_10_cm_is_known_by_its_id_and_chosen_from_by_its_rules() {
    let terminology = united_states().open();
    let snomed = terminology.snomed().expect("it holds SNOMED CT");
    let map = icd_10_cm(snomed);
    let published = snomed.published_map(CM).expect("the release has it");
    assert_eq!(published.target_system(), Some(CodeSystem::Icd10Cm));
    let selected = |item, patient: Patient| match map.select(at(snomed, item), &patient).unwrap() {
        Selection::Targets(rows) => {
            let codes: Vec<&str> = rows.iter().filter_map(|row| row.code()).collect();
            codes.join(" ")
        }
        Selection::NeedsContext { missing, .. } => {
            let missing: Vec<&str> = missing.iter().map(|missing| missing.code()).collect();
            format!("asks {}", missing.join(" "))
        }
        Selection::NotClassifiable { groups, .. } => format!("no code for {}", groups[0].group),
        _ => "no map".to_owned(),
    };
    let nobody = Patient::new;
    let newborn = || nobody().age_at_onset("5d".parse::<Age>().unwrap());
    let finding = |item| Sctid::as_published(concept(item)).unwrap();
    for (item, patient, expected) in [
        (1, nobody(), "A00.0"),
        (2, nobody(), "asks sex"),
        (2, nobody().sex(Sex::Female), "E11.9"),
        (2, nobody().sex(Sex::Male), "C7A.0"),
        (3, nobody(), "S52.521? W03.XXX?"),
        (4, nobody(), "asks age-at-onset sex"),
        (4, newborn(), "asks sex"),
        (4, newborn().sex(Sex::Female), "A00.0"),
        (4, newborn().sex(Sex::Male), "A00.9"),
        (4, nobody().sex(Sex::Male), "A00.9"),
        (5, nobody(), "asks finding"),
        (5, nobody().has(finding(10)), "E11.36"),
        (5, nobody().lacks(finding(8)), "E11.9"),
        (5, nobody().has(finding(9)), "asks finding"),
        (5, nobody().has(finding(9)).complete(), "E11.9"),
        (6, nobody(), "no code for 2"),
        (7, nobody(), "W03.XXXA"),
        (8, nobody(), "no map"),
        // Nothing is inherited, from concepts above or from another map.
        (10, nobody(), "no map"),
    ] {
        assert_eq!(selected(item, patient), expected, "{item}");
    }
    let international = snomed.published_map(constants::INTERNATIONAL_ICD_10).expect("it is there");
    assert!(international.has(at(snomed, 1)) && !international.has(at(snomed, 2)));
}

#[test]
fn codes_of_icd_10_cm_lead_back_however_they_are_spelled() {
    let terminology = united_states().open();
    let snomed = terminology.snomed().expect("it holds SNOMED CT");
    let map = snomed.published_map(CM).expect("the release has it");
    let rows = |code: &str| -> Vec<(u64, u32, bool)> {
        let rows = map.rows_with_code(code).expect("a code of ICD-10-CM");
        rows.iter().map(|row| (row.concept.id().value(), row.group, row.conditional)).collect()
    };
    assert_eq!(rows("w03xxxa"), [(concept(7), 1, false)]);
    assert_eq!(rows("W03.XXXA"), rows("W03XXXA"));
    assert_eq!(rows("E119"), [(concept(2), 1, true), (concept(5), 1, true)]);
    // Of the International map.
    assert_eq!(rows("A00.1"), []);
    // A code whose last character is open is none, and found as published.
    assert!(map.rows_with_code("S52.521?").is_err());
    assert_eq!(rows("S52.521"), []);
    let open: Vec<u64> =
        map.concepts_with_target("S52.521?").iter().map(|c| c.id().value()).collect();
    assert_eq!(open, [concept(3)]);
}

/// Asks a release, verified in full and on first use.
fn ask(small: &Small, question: impl Fn(Snomed<'_>)) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let bytes = crate::support::build(&[&small.write(folder.path())]).bytes;
    for verification in [Verification::Full, Verification::FirstUse] {
        let options = OpenOptions::new().verification(verification);
        let terminology = Terminology::from_bytes_with(bytes.clone(), options);
        terminology.expect("the builder verified it").ask(&question).expect("nothing is damaged");
    }
}

/// Whether maps may publish a code of ICD-10 as this text: padded or not, with its point or without,
/// a mark as a letter behind the padded code or as a sign behind the dotted one.
fn spells(target: &str, category: &str, digits: &str, mark: Option<char>) -> bool {
    let plain = format!("{category}{digits}");
    let padded = if digits.is_empty() { format!("{category}X") } else { plain.clone() };
    let dotted = if digits.is_empty() { plain.clone() } else { format!("{category}.{digits}") };
    let marked = |letter: &str, sign: &str| {
        target == format!("{padded}{letter}") || target == format!("{dotted}{sign}")
    };
    match mark {
        None => [plain, padded, dotted].iter().any(|text| text == target),
        Some('D') => marked("D", "†"),
        Some(_) => marked("A", "*"),
    }
}

#[test]
fn a_code_in_any_spelling_finds_the_rows_that_a_scan_finds() {
    let map_id = constants::INTERNATIONAL_ICD_10;
    let mut small = Small::new();
    for item in 1..=40 {
        small.active(item, &[]);
    }
    let codes =
        [("G35", ""), ("G35", "9"), ("G35", "91"), ("A17", "0"), ("A17", "01"), ("M45", "X0")];
    let mut targets = Vec::new();
    for (category, digits) in codes {
        for point in ["", "."] {
            for padding in ["", "X", "-"] {
                for mark in ["", "D", "A", "†", "*", "+"] {
                    targets.push(format!("{category}{point}{digits}{padding}{mark}"));
                }
            }
        }
    }
    targets.extend(["", "#NC", "g35", "G35x", "G", "G3", "G355555555", "é"].map(str::to_owned));
    // Several rows of one concept and one target, and several concepts of one.
    for (at, target) in (0_u32..).zip(targets.iter().chain(&targets)) {
        let item = u64::from(at * 7 % 40) + 1;
        small.rule_row(map_id, concept(item), (1, at % 90 + 1), "TRUE", target);
    }
    ask(&small, |snomed| {
        let map = snomed.published_map(map_id).expect("the release has it");
        let mut rows: Vec<(Sctid, String)> = Vec::new();
        for member in map.refset().members() {
            let target = member.field("mapTarget").expect("it has the field").to_string();
            rows.push((member.referenced_component().id().expect("a concept"), target));
        }
        assert_eq!(rows.len(), 2 * targets.len());
        let mut met = BTreeSet::new();
        for (category, digits) in codes {
            let plain = format!("{category}{digits}");
            for mark in [None, Some('D'), Some('A')] {
                let mut asked = vec![mark.map_or(plain.clone(), |mark| match digits {
                    "" => format!("{category}X{mark}"),
                    _ => format!("{plain}{mark}"),
                })];
                asked.push(asked[0].to_lowercase());
                asked.push(format!(" {} ", asked[0]));
                let is_it = |target: &str| match mark {
                    Some(_) => spells(target, category, digits, mark),
                    None => [None, Some('D'), Some('A')]
                        .iter()
                        .any(|mark| spells(target, category, digits, *mark)),
                };
                let mut expected: Vec<(Sctid, String)> =
                    rows.iter().filter(|(_, target)| is_it(target)).cloned().collect();
                expected.sort_unstable();
                let concepts: BTreeSet<Sctid> = expected.iter().map(|(id, _)| *id).collect();
                for code in asked {
                    let found = map.rows_with_code(&code).expect("it is a code");
                    let mut found: Vec<(Sctid, String)> = found
                        .iter()
                        .map(|row| (row.concept.id(), row.target.to_string()))
                        .collect();
                    found.sort_unstable();
                    assert_eq!(found, expected, "{code}");
                    let found = map.concepts_with_code(&code).expect("it is a code");
                    let ids: BTreeSet<Sctid> = found.iter().map(|concept| concept.id()).collect();
                    assert_eq!((found.len(), &ids), (concepts.len(), &concepts), "{code}");
                }
                met.extend(expected.into_iter().map(|(_, target)| target));
            }
        }
        // Six spellings of each. Other texts of the list are found only as they are.
        assert_eq!(met.len(), 6 * codes.len(), "{met:?}");
        for target in &targets {
            let expected: BTreeSet<Sctid> =
                rows.iter().filter(|(_, other)| other == target).map(|(id, _)| *id).collect();
            let found = map.concepts_with_target(target);
            let ids: BTreeSet<Sctid> = found.iter().map(|concept| concept.id()).collect();
            assert_eq!((found.len(), &ids), (expected.len(), &expected), "{target}");
        }
    });
}

#[test]
fn numbers_that_no_map_has_change_no_answer() {
    for priority in [2, 255, 256, 65_535, 65_536, 2_000_000_000] {
        for group in [1, 255, 256, 2_000_000_000] {
            let mut small = Small::new();
            for item in 1..=3 {
                small.active(item, &[]);
            }
            small.rule_row(CM, concept(2), (group, priority), "TRUE", "A00.1");
            small.rule_row(CM, concept(2), (group, 1), FEMALE, "A00.0");
            small.rule_row(CM, concept(3), (1, 1), "TRUE", "A00.9");
            ask(&small, |snomed| {
                let map = icd_10_cm(snomed);
                let rows = map.rows(at(snomed, 2));
                let places: Vec<_> = rows.iter().map(|row| (row.group, row.priority)).collect();
                assert_eq!(places, [(group, 1), (group, priority)]);
                let patient = Patient::new().sex(Sex::Male);
                let selection =
                    map.select(at(snomed, 2), &patient).expect("it can be gone through");
                assert_eq!(selection.codes(), Some(vec!["A00.1"]));
                assert!(map.has(at(snomed, 3)) && !map.has(at(snomed, 1)));
                let published = snomed.published_map(CM).expect("the release has it");
                let rows = published.rows_with_code("A001").expect("it is a code");
                let found: Vec<_> = rows.iter().map(|row| (row.group, row.priority)).collect();
                assert_eq!((found, rows[0].conditional), (vec![(group, priority)], true));
            });
        }
    }
}

#[test]
fn targets_are_looked_for_in_icd_10_cm_and_not_in_icd_10() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let mut small = united_states();
    // Well formed, and not in the edition; a category that it does not have, left open.
    small.rule_row(CM, concept(9), (1, 1), "TRUE", "A00.5");
    small.rule_row(CM, concept(9), (2, 1), "TRUE", "S99.999?");
    let build = Build::new().snomed(small.write(folder.path()));
    let built = crate::support::run(build.icd10(crate::support::testdata("icd10/cm")));
    let note = built.report.notes.of(NoteKind::MapTarget).expect("it is told");
    let (map, of) = (CM, concept(9));
    let told = [format!("map {map}: A00.5, of {of}"), format!("map {map}: S99.999?, of {of}")];
    assert_eq!(note.examples, told);
    let terminology = built.terminology();
    let snomed = terminology.snomed().expect("it holds SNOMED CT");
    let Selection::Targets(rows) =
        icd_10_cm(snomed).select(at(snomed, 7), &Patient::new()).expect("nothing contradicts")
    else {
        panic!("it has a code")
    };
    let code: Icd10CmCode = rows[0].code().expect("a code").parse().expect("a code of ICD-10-CM");
    let rubric = terminology.icd10_cm().expect("it is there").rubric(code).expect("it has it");
    assert!(rubric.title().to_string().contains("first encounter"), "{}", rubric.title());
}

#[test]
fn rows_about_what_is_no_concept_of_the_release_are_told_of_and_refused_when_strict() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let mut small = united_states();
    let described = crate::support::small::description(1);
    small.description(1, 1, true).inactive([11]);
    small.rule_row(CM, concept(77), (1, 1), "TRUE", "A00.0");
    small.rule_row(CM, described, (1, 1), "TRUE", "A00.0");
    small.simple_map_row(constants::CTV3, concept(78), "F20..", true);
    // Not told of: a row that no longer holds, and one of an inactive concept.
    small.simple_map_row(constants::CTV3, concept(79), "F20..", false);
    small.simple_map_row(constants::CTV3, concept(11), "F20..", true);
    let build = Build::new().snomed(small.write(folder.path()));
    let report = crate::support::run(build.clone()).report;
    let note = report.notes.of(NoteKind::MapComponent).expect("it is told");
    let mut told: Vec<(&str, String)> = Vec::new();
    for example in &note.examples {
        let (map, row) = example.strip_prefix("map ").unwrap().split_once(": row ").unwrap();
        let (member, of) = row.split_once(" of ").expect("it names the row and what it is of");
        assert!(member.starts_with("00000000-0000-4000-8000-"), "{example}");
        told.push((map, of.to_owned()));
    }
    let (cm, ctv3) = (CM.to_string(), constants::CTV3.to_string());
    told.sort_unstable();
    let mut expected = [
        (ctv3.as_str(), concept(78).to_string()),
        (cm.as_str(), concept(77).to_string()),
        (cm.as_str(), described.to_string()),
    ];
    expected.sort_unstable();
    assert_eq!((note.count, told.as_slice()), (3, expected.as_slice()));
    assert!(NoteKind::MapComponent.refused_when_strict());
}

#[test]
fn what_is_seen_of_refsets_at_the_end_is_refused_when_strict_and_nothing_is_left() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    // A whole release, so that nothing else is told of.
    let whole =
        crate::support::testdata("map/worked/SnomedCT_WorkedRF2_PRODUCTION_20260801T120000Z");
    let release = folder.path().join("release");
    crate::support::copy_folder(&whole, &release);
    let output = folder.path().join("index.farr");
    let build = Build::new().snomed(&release).strict(true);
    build.run(&output, &Silent).expect("the release has nothing to refuse");
    let map =
        release.join("Snapshot/Refset/Map/der2_iisssccRefset_ExtendedMapSnapshot_XX_20260801.txt");
    let text = std::fs::read_to_string(&map).expect("the map can be read");
    let changed = text.replacen("\t701003\t", &format!("\t{}\t", concept(77)), 1);
    assert_ne!(changed, text);
    std::fs::write(&map, changed).expect("the map can be written");
    let before = std::fs::read(&output).expect("it was built");
    match build.run(&output, &Silent) {
        Err(BuildError::Strict { notes }) => {
            assert_eq!(notes.of(NoteKind::MapComponent).map(|note| note.count), Some(1));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(std::fs::read(&output).expect("it stands there still"), before);
    build.strict(false).run(&output, &Silent).expect("it is read on with");
}

#[test]
fn a_simple_map_gives_all_rows_of_a_concept_and_chooses_none() {
    let ctv3 = constants::CTV3;
    let mut small = Small::new();
    for item in 1..=4 {
        small.active(item, &[]);
    }
    small.inactive([5]);
    for (item, target, active) in [
        (1, "XE0Uc", true),
        (1, "F20..", true),
        (1, "F2011", true),
        // Said twice.
        (1, "F20..", true),
        // No longer so.
        (1, "F21..", false),
        (2, "F20..", true),
        (3, "F21..", false),
        // An inactive concept keeps its rows.
        (5, "G30..", true),
        (5, "F20..", true),
    ] {
        small.simple_map_row(ctv3, concept(item), target, active);
    }
    small.simple_map_row(constants::ICD_O, concept(1), "8000/3", true);
    let terminology = small.open();
    let snomed = terminology.snomed().expect("it holds SNOMED CT");
    let map = snomed.simple_map(ctv3).expect("a simple map");
    let targets = |item| -> Vec<Cow<'_, str>> { map.targets(at(snomed, item)) };
    assert_eq!(targets(1), ["F20..", "F2011", "XE0Uc"]);
    assert_eq!(targets(2), ["F20.."]);
    assert!(targets(3).is_empty() && targets(4).is_empty());
    assert_eq!(targets(5), ["F20..", "G30.."]);
    let mut back: Vec<u64> =
        map.concepts_with_target("F20..").iter().map(|concept| concept.id().value()).collect();
    back.sort_unstable();
    assert_eq!(back, [1, 2, 5].map(concept));
    for absent in ["F21..", "f20..", "F20", "8000/3", ""] {
        assert!(map.concepts_with_target(absent).is_empty(), "{absent}");
    }
    // Neither map is the other, and neither chooses by rules.
    let icd_o = snomed.simple_map(constants::ICD_O).expect("another simple map");
    assert_eq!(icd_o.targets(at(snomed, 1)), ["8000/3"]);
    assert!(icd_o.targets(at(snomed, 2)).is_empty());
    assert!(snomed.published_maps().next().is_none());
}
