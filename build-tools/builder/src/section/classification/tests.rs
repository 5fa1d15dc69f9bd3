use std::collections::{BTreeMap, BTreeSet};

use farr::classification::{
    Classification, CodeSystem, FurtherCharacter, RubricCode, RubricKind, SexLimit, TextKind,
};
use farr::id::{DaggerAsterisk, Icd10CmCode, Icd10Range};
use farr::index::{Meta, OpenOptions, Verification, format};
use farr::map::Sex;
use farr::{Icd10Code, Opcs4Code, Terminology};
use proptest::prelude::*;

use super::sections;
use crate::classification::{Class, ClassKind, ClassText, Edition, Reference};
use crate::file::IndexWriter;
use crate::problem::Notes;
use crate::section::Section;

fn class(kind: ClassKind, code: &str, parent: Option<&str>, title: &str) -> Class {
    Class { texts: vec![text(TextKind::Title, title)], ..Class::bare(kind, code, parent) }
}

fn text(kind: TextKind, text: &str) -> ClassText {
    ClassText { kind, text: text.to_owned(), references: Vec::new() }
}

fn edition(system: CodeSystem, classes: Vec<Class>) -> Edition {
    Edition {
        system,
        title: Some("Invented".into()),
        version: Some("5".into()),
        date: Some(20_260_401),
        classes,
        sources: Vec::new(),
        set_aside: Vec::new(),
    }
}

/// An index in memory of one edition.
fn index<C: RubricCode>(edition: Edition) -> Terminology {
    let mut made: Vec<Section> = Vec::new();
    let mut meta = Meta::default();
    let mut notes = Notes::default();
    sections::<C>(edition, &mut meta, &mut notes, |section| made.push(section)).unwrap();
    made.push(Section::new(format::META, 1, meta.to_text().into_bytes()));
    let mut file = tempfile::tempfile().unwrap();
    let mut writer = IndexWriter::new(&mut file).unwrap();
    made.iter().for_each(|section| writer.section(section).unwrap());
    writer.finish().unwrap();
    let mut bytes = Vec::new();
    use std::io::{Read as _, Seek as _};
    file.rewind().unwrap();
    file.read_to_end(&mut bytes).unwrap();
    let full = OpenOptions::new().verification(Verification::Full);
    Terminology::from_bytes_with(bytes, full).unwrap()
}

fn icd10(code: &str) -> Icd10Code {
    code.parse().unwrap()
}

/// A small edition with something of everything.
fn small() -> Edition {
    use ClassKind::{Block, Chapter, Code};
    let mut sclerosis = class(Code, "G35", Some("G35-G37"), "Scattered hardening");
    sclerosis.usage = Some(DaggerAsterisk::Dagger);
    let mut inclusion = text(TextKind::Inclusion, "Hardening of the cord (G99.2*)");
    inclusion.references.push(Reference {
        code: "G99.2".into(),
        usage: Some(DaggerAsterisk::Asterisk),
        is_partner: true,
    });
    sclerosis.texts.push(inclusion);
    let mut arthritis = class(Code, "M45.X0", None, "Stiff back : many sites");
    arthritis.is_modified = true;
    let mut birth = class(Code, "O80", None, "Birth");
    (birth.gender_mask, birth.minimum_age, birth.maximum_age) = (Some(2), Some(10), Some(60));
    birth.texts.push(text(TextKind::GenderMask, "2"));
    let mut classes = vec![
        class(Chapter, "VI", None, "Nerves"),
        class(Block, "G35-G37", Some("VI"), "Hardening"),
        sclerosis,
        class(Code, "M45", None, "Stiff back"),
        arthritis,
        birth,
        class(Code, "N40", None, "Large gland"),
        class(Code, "E11.9", None, "Sweet, plain"),
        class(Code, "E11", None, "Sweet"),
        class(Code, "E11.0", None, "Sweet, asleep"),
        class(Code, "X60", None, "Harm"),
        class(Code, "X60.0", None, "Harm at home"),
    ];
    classes[6].gender_mask = Some(1);
    for class in &mut classes {
        if class.kind == Code && class.gender_mask.is_none() {
            class.gender_mask = Some(3);
        }
    }
    edition(CodeSystem::Icd10, classes)
}

#[test]
fn what_is_written_reads_back() {
    let terminology = index::<Icd10Code>(small());
    let icd = terminology.icd10().unwrap();
    let sclerosis = icd.rubric(icd10("G35X")).unwrap();
    assert_eq!((sclerosis.code_text(), sclerosis.title()), ("G35", "Scattered hardening"));
    assert_eq!(sclerosis.kind(), RubricKind::Category);
    assert_eq!(sclerosis.usage(), Some(DaggerAsterisk::Dagger));
    assert_eq!(sclerosis.chapter().unwrap().code_text(), "VI");
    let above: Vec<_> = sclerosis.ancestors().map(|rubric| rubric.code_text()).collect();
    assert_eq!(above, ["G35-G37", "VI"]);
    let partner = sclerosis.partners().next().unwrap();
    assert_eq!((partner.text(), partner.usage()), ("G99.2", Some(DaggerAsterisk::Asterisk)));
    assert_eq!((partner.code(), partner.rubric()), (Some(icd10("G99.2")), None));
    assert_eq!(sclerosis.further_character(), FurtherCharacter::None);

    let arthritis = icd.rubric(icd10("M45X0")).unwrap();
    assert!(arthritis.is_modified());
    let back = arthritis.parent().unwrap();
    assert_eq!((back.code_text(), back.further_character()), ("M45", FurtherCharacter::Fifth));
    let sweet = icd.rubric(icd10("E11")).unwrap();
    assert_eq!(sweet.further_character(), FurtherCharacter::Fourth);
    // The letter of a category is no filler.
    let harm = icd.rubric(icd10("X60")).unwrap();
    assert_eq!(harm.further_character(), FurtherCharacter::Fourth);
    let below: Vec<_> = sweet.children().map(|rubric| rubric.code_text()).collect();
    assert_eq!(below, ["E11.0", "E11.9"]);

    let birth = icd.rubric(icd10("O80")).unwrap();
    assert_eq!(birth.sex(), SexLimit::Only(Sex::Female));
    assert_eq!((birth.ages().minimum, birth.ages().maximum), (Some(10), Some(60)));
    assert_eq!(birth.column(TextKind::GenderMask), Some("2"));
    assert_eq!(icd.rubric(icd10("N40")).unwrap().sex(), SexLimit::Only(Sex::Male));
    assert_eq!(sweet.sex(), SexLimit::Any);

    assert_eq!(icd.rubric(icd10("E12")), None);
    assert_eq!(icd.nearest(icd10("E11.91")).unwrap().code_text(), "E11.9");
    assert_eq!(icd.nearest(icd10("E11.5")).unwrap().code_text(), "E11");
    assert_eq!(icd.nearest(icd10("E10.5")), None);
    assert_eq!(icd.group("g35-g37").unwrap().title(), "Hardening");
    let range: Icd10Range = "E11.0-G35".parse().unwrap();
    let found: Vec<_> = icd.in_range(range).map(|rubric| rubric.code_text()).collect();
    assert_eq!(found, ["E11.0", "E11.9", "G35"]);

    let hits = icd.search("cord harden").run();
    assert_eq!(hits.hits()[0].rubric(), sclerosis);
    assert_eq!(hits.hits()[0].text().kind(), TextKind::Inclusion);
    assert!(icd.search("hardening").within(sweet).run().hits().is_empty());
    assert_eq!(icd.search("hardening").codes().run().hits().len(), 1);

    let said = icd.edition();
    assert_eq!((said.title.as_deref(), said.date), (Some("Invented"), Some(20_260_401)));
    assert_eq!(icd.meta().count("ICD-10 codes"), Some(10));
    assert!(terminology.opcs4().is_err());
}

#[test]
fn the_other_classifications_travel_the_same_road() {
    use ClassKind::{Chapter, Code};
    let mut injury = class(Code, "W03.XXXA", None, "Tackle, initial encounter");
    injury.is_valid = Some(true);
    let mut category = class(Code, "W03", None, "Tackle");
    category.is_valid = Some(false);
    let classes = vec![class(Chapter, "20", None, "Causes"), category, injury];
    let terminology = index::<Icd10CmCode>(edition(CodeSystem::Icd10Cm, classes));
    let cm = terminology.icd10_cm().unwrap();
    let tackle = cm.rubric("W03".parse().unwrap()).unwrap();
    assert_eq!(
        (tackle.is_valid(), tackle.further_character()),
        (Some(false), FurtherCharacter::Further)
    );
    let injury = cm.rubric("W03XXXA".parse().unwrap()).unwrap();
    assert_eq!((injury.parent(), injury.is_valid()), (Some(tackle), Some(true)));

    let classes = ["X38", "X38.4", "A01.1"].map(|code| class(Code, code, None, "Something"));
    let terminology = index::<Opcs4Code>(edition(CodeSystem::Opcs4, classes.into()));
    let opcs = terminology.opcs4().unwrap();
    let codes: Vec<_> = opcs.codes().map(|rubric| rubric.code_text()).collect();
    assert_eq!(codes, ["A01.1", "X38", "X38.4"]);
}

/// Codes of few categories, so that many are below each other.
fn code() -> impl Strategy<Value = String> {
    let category = (prop::sample::select(vec!["A", "M", "U"]), 0..12_u8)
        .prop_map(|(letter, number)| format!("{letter}{number:02}"));
    let division = prop_oneof![
        Just(String::new()),
        (0..3_u8).prop_map(|fourth| format!(".{fourth}")),
        (0..3_u8).prop_map(|fifth| format!(".X{fifth}")),
        (0..3_u8, 0..2_u8).prop_map(|(fourth, fifth)| format!(".{fourth}{fifth}")),
    ];
    (category, division).prop_map(|(category, division)| category + &division)
}

/// What the tree must be, by looking at every other code.
fn model(codes: &BTreeSet<String>) -> BTreeMap<&str, Option<&str>> {
    let above = |code: &str| {
        let general = codes
            .iter()
            .filter(|other| other.as_str() != code && icd10(code).is_within(icd10(other)));
        general.max_by_key(|general| general.len()).map(String::as_str)
    };
    codes.iter().map(|code| (code.as_str(), above(code))).collect()
}

fn tree<C: RubricCode>(icd: Classification<'_, C>) -> BTreeMap<&str, Option<&str>> {
    icd.rubrics()
        .map(|rubric| (rubric.code_text(), rubric.parent().map(|above| above.code_text())))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_codes_make_the_tree_of_the_model(
        codes in prop::collection::btree_set(code(), 0..60),
        asked in prop::collection::vec((code(), code()), 12),
    ) {
        let class = |code: &String| class(ClassKind::Code, code, None, code);
        let classes = codes.iter().rev().map(class).collect();
        let terminology = index::<Icd10Code>(edition(CodeSystem::Icd10, classes));
        let icd = terminology.icd10().unwrap();
        prop_assert_eq!(tree(icd), model(&codes));
        for rubric in icd.rubrics() {
            let below: BTreeSet<&str> = rubric.descendants().map(|below| below.code_text()).collect();
            let own = rubric.code().unwrap();
            let expected = codes.iter().map(String::as_str).filter(|code| {
                *code != rubric.code_text() && icd10(code).is_within(own)
            });
            prop_assert_eq!(below, expected.collect::<BTreeSet<_>>());
        }
        let ordered: Vec<_> = icd.codes().filter_map(|rubric| rubric.code()).collect();
        prop_assert!(ordered.is_sorted() && ordered.len() == codes.len());
        for (one, other) in &asked {
            let found = icd.rubric(icd10(one)).map(|rubric| rubric.code_text());
            prop_assert_eq!(found, codes.get(one).map(String::as_str));
            let nearest = codes.iter().filter(|code| icd10(one).is_within(icd10(code)));
            let nearest = nearest.max_by_key(|code| code.len()).map(String::as_str);
            prop_assert_eq!(icd.nearest(icd10(one)).map(|rubric| rubric.code_text()), nearest);
            if let Some(range) = Icd10Range::new(icd10(one), icd10(other)) {
                let found: BTreeSet<_> = icd.in_range(range).map(|rubric| rubric.code_text()).collect();
                let expected = codes.iter().filter(|code| range.contains(icd10(code)));
                prop_assert_eq!(found, expected.map(String::as_str).collect::<BTreeSet<_>>());
            }
        }
    }
}
