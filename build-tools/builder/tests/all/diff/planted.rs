//! Every kind of change planted once, alone: it is told, and nothing else is.

use std::collections::BTreeSet;

use farr::diff::ChangeKind;

use super::edited::Edited;
use super::{changes, line};
use crate::support::{small, testdata};

const CONCEPT: &str = "sct2_Concept_";
const DESCRIPTION: &str = "sct2_Description_";
const RELATIONSHIP: &str = "sct2_Relationship_";
const DEFINITION: &str = "sct2_TextDefinition_";
const IDENTIFIER: &str = "sct2_Identifier_";
const LANGUAGE: &str = "cRefset_Language";
const SIMPLE: &str = "der2_Refset_Simple";
const VALUES: &str = "cRefset_AttributeValue";
const ASSOCIATION: &str = "cRefset_Association";
const MAP: &str = "iisssccRefset_ExtendedMap";
const SIMPLE_MAP: &str = "sRefset_OtherMap";
const BLOCK_MAP: &str = "iisssciRefset_BlockMap";
const INT: &str = "900000000000207008";
const GB: &str = "900000000000508004";

/// A member id.
fn member(number: u32) -> String {
    format!("5eed0000-0000-5000-8000-{number:012x}")
}

fn old() -> Edited {
    let mut old = Edited::read(&testdata("tiny"));
    let (simple, _) = old
        .0
        .iter()
        .find(|(path, _)| path.to_string_lossy().contains(SIMPLE))
        .expect("it is there");
    let folder = simple.parent().expect("it is in a folder").to_owned();
    let base = "id|effectiveTime|active|moduleId|refsetId|referencedComponentId";
    let rows = |header: &str, rows: &[&str]| {
        let of = |row: &str| row.split('|').map(str::to_owned).collect::<Vec<_>>();
        let rows = rows.iter().zip(1..).map(|(row, number)| {
            let code = header.bytes().fold(0, |sum, byte| sum + u32::from(byte));
            of(&format!("{}|20260801|1|{INT}|{row}", member(code * 100 + number)))
        });
        std::iter::once(of(&format!("{base}|{header}"))).chain(rows).collect::<Vec<_>>()
    };
    old.0.insert(
        folder.join("der2_cRefset_AttributeValueSnapshot_XX_20260801.txt"),
        rows("valueId", &["900000000000489007|601008|900000000000482003", "201002|402006|301000"]),
    );
    old.0.insert(
        folder.join("der2_sRefset_OtherMapSnapshot_XX_20260801.txt"),
        rows("mapTarget", &["205006|401004|XA", "205006|402006|XB"]),
    );
    old.0.insert(
        folder.join("der2_iisssciRefset_BlockMapSnapshot_XX_20260801.txt"),
        rows(
            "mapGroup|mapPriority|mapRule|mapAdvice|mapTarget|correlationId|mapBlock",
            &[
                "206007|401004|1|1||ALWAYS S59.7|S597|447561005|1",
                "206007|401004|1|2||ALWAYS S59.8|S598|447561005|1",
                "206007|401004|2|1||ALWAYS X59|X59X|447561005|1",
                "206007|401004|1|1||ALWAYS S59.9|S599|447561005|2",
            ],
        ),
    );
    old
}

fn row_of(edited: &mut Edited, file: &str, component: &str) -> String {
    let found = edited.file(file).iter().find(|row| row[5] == component);
    found.expect("the component has a row")[0].clone()
}

/// An edit, and the lines of what it does.
type Case = (fn(&mut Edited), &'static [&'static str]);

/// New ids stand in the lines as `C1` and `D1`.
const CASES: &[Case] = &[
    (|_| {}, &[]),
    // A concept, with all that comes with it.
    (
        |new| {
            let (concept, name) = (small::concept(1), small::description(1));
            new.add(CONCEPT, &format!("{concept}|20260901|1|{INT}|900000000000074008"));
            new.add(
                DESCRIPTION,
                &format!("{name}|20260901|1|{INT}|{concept}|en|900000000000003001|New (disorder)|900000000000448009"),
            );
            new.add(
                LANGUAGE,
                &format!("{}|20260901|1|{INT}|{GB}|{name}|900000000000548007", member(1)),
            );
            new.add(
                RELATIONSHIP,
                &format!("146023|20260901|1|{INT}|{concept}|402006|0|116680003|900000000000011006|900000000000451002"),
            );
            new.add(
                SIMPLE,
                &format!("{}|20260901|1|{INT}|999000011000000103|{concept}", member(2)),
            );
        },
        &[
            "concept-added|C1|-|-|active|parent-gained:402006",
            "member-added|C1|999000011000000103|-|-|",
        ],
    ),
    // The reverse is how the removal of one is planted: see the test.
    // Inactive, with a reason and one successor; what it was goes without saying.
    (
        |new| {
            let id = "4061999999102";
            new.set(CONCEPT, id, &[(2, "0")]);
            for row in new.file(RELATIONSHIP).iter_mut().filter(|row| row[4] == id) {
                row[1] = "20260901".to_owned();
                row[2] = "0".to_owned();
            }
            new.add(
                ASSOCIATION,
                &format!("{}|20260901|1|{INT}|900000000000526001|{id}|404007", member(1)),
            );
            new.add(
                VALUES,
                &format!(
                    "{}|20260901|1|{INT}|900000000000489007|{id}|900000000000483008",
                    member(2)
                ),
            );
        },
        &["concept-inactivated|4061999999102|-|active|outdated|successor:404007"],
    ),
    (
        |new| new.set(CONCEPT, "601008", &[(2, "1")]),
        &[
            "concept-reactivated|601008|-|duplicate|active|",
            // It is a parent of the first, which has no other.
            "ancestors-changed|702005|-|-|-|ancestor-gained:601008",
            "ancestors-changed|704006|-|-|-|ancestor-gained:601008",
        ],
    ),
    // 4051999999104 has 4061999999102 below it.
    (
        |new| new.set(RELATIONSHIP, "122026", &[(5, "304008")]),
        &[
            "concept-moved|4051999999104|-|-|-|ancestor-gained:302007 ancestor-gained:306005 \
             ancestor-lost:301000 ancestor-lost:401004 parent-gained:304008 parent-lost:403001",
            "ancestors-changed|4061999999102|-|-|-|ancestor-gained:302007 ancestor-gained:304008 \
             ancestor-gained:306005",
        ],
    ),
    // Another parent that it was below before.
    (
        |new| new.set(RELATIONSHIP, "1191999999123", &[(5, "301000")]),
        &[
            "concept-moved|403001|-|-|-|parent-gained:301000 parent-lost:401004",
            "ancestors-changed|404007|-|-|-|ancestor-lost:401004",
            "ancestors-changed|4051999999104|-|-|-|ancestor-lost:401004",
            "ancestors-changed|4061999999102|-|-|-|ancestor-lost:401004",
        ],
    ),
    (
        |new| new.set(RELATIONSHIP, "134023", &[(5, "305009")]),
        &[
            "concept-redefined|404007|-|{ 201002 |Sits at| = 304008 |Knee-like hinge| }|{ 201002 |Sits at| = 305009 |Upper hinge| }|",
        ],
    ),
    // The same groups by other numbers are the same.
    (
        |new| {
            new.set(RELATIONSHIP, "136020", &[(6, "2")]);
            new.set(RELATIONSHIP, "137027", &[(6, "2")]);
            new.set(RELATIONSHIP, "138021", &[(6, "1")]);
        },
        &[],
    ),
    (|new| new.set("ConcreteValues", "142024", &[(5, "#3")]), &["concept-redefined|501001|-|?|?|"]),
    (
        |new| new.set(CONCEPT, "403001", &[(4, "900000000000074008")]),
        &["definition-status-changed|403001|-|defined|primitive|"],
    ),
    (
        |new| {
            let row = row_of(new, ASSOCIATION, "6021999999104");
            new.set(ASSOCIATION, &row, &[(6, "403001")]);
        },
        &["successors-changed|6021999999104|-|?|?|possible-successor:403001"],
    ),
    (
        |new| {
            let row = row_of(new, VALUES, "601008");
            new.set(VALUES, &row, &[(6, "900000000000484002")]);
        },
        &["reason-changed|601008|-|duplicate|ambiguous|"],
    ),
    // The old name goes, a new one comes.
    (
        |new| {
            new.set(DESCRIPTION, "138013", &[(2, "0")]);
            let name = small::description(1);
            new.add(
                DESCRIPTION,
                &format!("{name}|20260901|1|{INT}|401004|en|900000000000003001|Loud squeak (disorder)|900000000000448009"),
            );
        },
        &[
            "fsn-changed|401004|D1|Squeak (disorder)|Loud squeak (disorder)|",
            "description-retired|401004|138013|Squeak (disorder)|inactive|",
            "description-added|401004|D1|-|Loud squeak (disorder)|",
        ],
    ),
    // Two terms change places in one dialect.
    (
        |new| {
            for (term, said) in [("142011", "900000000000549004"), ("143018", "900000000000548007")]
            {
                let rows = new.file(LANGUAGE).iter().filter(|row| row[5] == term && row[4] == GB);
                match rows.map(|row| row[0].clone()).next() {
                    Some(row) => new.set(LANGUAGE, &row, &[(6, said)]),
                    None => new.add(
                        LANGUAGE,
                        &format!("{}|20260901|1|{INT}|{GB}|{term}|{said}", member(1)),
                    ),
                }
            }
        },
        &["preferred-term-changed|402006|900000000000508004|Creaking œdema|Creaking edema|"],
    ),
    (
        |new| {
            let name = small::description(1);
            new.add(
                DESCRIPTION,
                &format!(
                    "{name}|20260901|1|{INT}|401004|en|900000000000013009|Noise|900000000000448009"
                ),
            );
            new.add(
                LANGUAGE,
                &format!("{}|20260901|1|{INT}|{GB}|{name}|900000000000549004", member(1)),
            );
        },
        &["description-added|401004|D1|-|Noise|"],
    ),
    // With its reason, which is not told again.
    (
        |new| {
            new.set(DESCRIPTION, "147017", &[(2, "0")]);
            new.add(
                VALUES,
                &format!(
                    "{}|20260901|1|{INT}|900000000000490003|147017|900000000000494007",
                    member(2)
                ),
            );
        },
        &[
            "description-retired|403001|147017|Hinge squeak|inappropriate|",
            "refset-added|900000000000490003|900000000000490003|rows=0|rows=1|",
        ],
    ),
    (
        |new| new.set(DESCRIPTION, "144012", &[(2, "1")]),
        &["description-reactivated|402006|144012|inactive|Creeking œdema|"],
    ),
    (
        |new| new.set(DESCRIPTION, "147017", &[(8, "900000000000017005"), (7, "hinge squeak")]),
        &[
            "description-changed|403001|147017|term=Hinge squeak, caseSignificanceId=900000000000020002|\
           term=hinge squeak, caseSignificanceId=900000000000017005|",
        ],
    ),
    (
        |new| {
            new.add(
                LANGUAGE,
                &format!("{}|20260901|1|{INT}|{GB}|143018|900000000000549004", member(1)),
            )
        },
        &["acceptability-changed|402006|143018|-|900000000000508004=acceptable|"],
    ),
    (
        |new| new.add(SIMPLE, &format!("{}|20260901|1|{INT}|302007|138013", member(1))),
        &[
            "member-added|401004|302007|-|referencedComponentId=138013|",
            "refset-added|302007|302007|rows=0|rows=1|",
        ],
    ),
    (
        |new| new.remove(SIMPLE, "c36f3e2f-ee3a-52f5-b8da-a3b689c3eb6f"),
        &[
            "member-retired|2010003020|999000021000000109|-|-|",
            "refset-removed|999000021000000109|999000021000000109|rows=1|rows=0|",
        ],
    ),
    (
        |new| new.set(SIMPLE, "77464b1c-792e-5e92-b641-74928e4dc9f1", &[(2, "0")]),
        &["member-retired|403001|999000011000000103|-|-|"],
    ),
    (
        |new| new.set(SIMPLE, "64d424de-5171-5842-b01e-d0f3495714ab", &[(2, "1")]),
        &["member-added|404007|999000011000000103|-|-|"],
    ),
    (
        |new| {
            let row = row_of(new, VALUES, "402006");
            new.set(VALUES, &row, &[(6, "302007")]);
        },
        &["member-changed|402006|201002|valueId=301000|valueId=302007|"],
    ),
    // The same row by another id.
    (
        |new| {
            let row = row_of(new, VALUES, "402006");
            new.row(VALUES, &row)[0] = member(1);
        },
        &[
            "republished|402006|201002|id=5eed0000-0000-5000-8000-0000000116ea|id=5eed0000-0000-5000-8000-000000000001|",
        ],
    ),
    (
        |new| {
            let row = row_of(new, SIMPLE_MAP, "401004");
            new.set(SIMPLE_MAP, &row, &[(6, "XC")]);
        },
        &[
            "map-row-changed|401004|205006|mapTarget=XA|mapTarget=XC|",
            "map-answer-changed|401004|205006|XA|XC|",
        ],
    ),
    (
        |new| {
            let row = row_of(new, SIMPLE_MAP, "401004");
            new.set(SIMPLE_MAP, &row, &[(2, "0")]);
        },
        &[
            "map-row-retired|401004|205006|mapTarget=XA|-|",
            "map-answer-changed|401004|205006|XA|-|",
        ],
    ),
    (
        |new| new.add(SIMPLE_MAP, &format!("{}|20260901|1|{INT}|205006|403001|XD", member(1))),
        &["map-row-added|403001|205006|-|mapTarget=XD|", "map-answer-changed|403001|205006|-|XD|"],
    ),
    (
        |new| new.set(MAP, "17625e31-e5c1-57b3-89b5-65235569f54e", &[(10, "Q01.8")]),
        &[
            "map-row-changed|402006|447562003|?|?|",
            "map-answer-changed|402006|447562003|Q01.9|Q01.8|",
        ],
    ),
    // The answer without facts is the same, and may be another for a patient.
    (
        |new| {
            new.set(
                MAP,
                "8adb0c2c-8bf9-57c6-bcb4-e32d8e611728",
                &[(8, "IFA 404007 | Sound (disorder) |")],
            )
        },
        &[
            "map-row-changed|401004|447562003|?|?|",
            "map-answer-changed|401004|447562003|needs finding: Q01.1, Q01.9|needs finding: Q01.1, Q01.9 \
             (for some patients another: rules or targets differ)|",
        ],
    ),
    // Advice is for people.
    (
        |new| {
            new.set(
                MAP,
                "8adb0c2c-8bf9-57c6-bcb4-e32d8e611728",
                &[(9, "IF SQUAWKING CHOOSE Q01.1")],
            )
        },
        &["map-row-changed|401004|447562003|?|?|"],
    ),
    (
        |new| {
            let row = row_of(new, BLOCK_MAP, "401004");
            new.set(BLOCK_MAP, &row, &[(10, "S590")]);
        },
        &[
            "map-row-changed|401004|206007|?|?|",
            "map-answer-changed|401004|206007|S597 + X59X; or S598; block 2: S599|\
             S590 + X59X; or S598; block 2: S599|",
        ],
    ),
    // Later versions that say the same.
    (
        |new| new.set(CONCEPT, "402006", &[]),
        &["republished|402006|-|effectiveTime=20260701|effectiveTime=20260901|"],
    ),
    // Another module is told whatever else differs.
    (
        |new| new.set(CONCEPT, "402006", &[(3, "11999999107")]),
        &["concept-module-changed|402006|-|900000000000207008|11999999107|"],
    ),
    (
        |new| new.set(CONCEPT, "403001", &[(3, "11999999107"), (4, "900000000000074008")]),
        &[
            "definition-status-changed|403001|-|defined|primitive|",
            "concept-module-changed|403001|-|900000000000207008|11999999107|",
        ],
    ),
    // What a concept means, in other words.
    (
        |new| new.set(DEFINITION, "1401999999114", &[(7, "A sound of hinges.")]),
        &[
            "text-definition-changed|401004|-|A sound that hinges make; colour does not matter.|\
             A sound of hinges.|",
            "description-changed|401004|1401999999114|\
             term=A sound that hinges make; colour does not matter.|term=A sound of hinges.|",
        ],
    ),
    // What another scheme calls it: 12-3 before and 12-4 now; a row that was inactive says nothing.
    (
        |new| new.file(IDENTIFIER)[1][1] = "12-4".to_owned(),
        &[
            "alternate-identifier-retired|401004|705114005|12-3|-|",
            "alternate-identifier-added|401004|705114005|-|12-4|",
        ],
    ),
    (|new| new.file(IDENTIFIER)[3][1] = "99-8".to_owned(), &[]),
    (
        |new| new.file(IDENTIFIER)[1][5] = small::concept(1).to_string(),
        &[
            "alternate-identifier-retired|401004|705114005|12-3|-|",
            "alternate-identifier-added|C1|705114005|-|12-3|",
        ],
    ),
    (
        |new| new.set(DESCRIPTION, "139017", &[]),
        &["republished|401004|139017|effectiveTime=20260701|effectiveTime=20260901|"],
    ),
    (
        |new| new.set(SIMPLE, "12345", &[]),
        &["republished|402006|999000011000000103|effectiveTime=20260801|effectiveTime=20260901|"],
    ),
    // Rows in another order.
    (|new| new.0.values_mut().for_each(|rows| rows[1..].reverse()), &[]),
    // Rows of what the release does not have: an index keeps them, and they are told one by one.
    (
        |new| {
            let (concept, name) = (small::concept(1), small::description(1));
            new.add(
                DESCRIPTION,
                &format!("{name}|20260901|1|{INT}|{concept}|en|900000000000013009|Stray|900000000000448009"),
            );
            new.add(
                RELATIONSHIP,
                &format!("146023|20260901|1|{INT}|{concept}|402006|0|116680003|900000000000011006|900000000000451002"),
            );
            new.add(
                RELATIONSHIP,
                &format!("147029|20260901|1|{INT}|{concept}|402006|2|302007|900000000000227009|900000000000451002"),
            );
            new.add(
                SIMPLE,
                &format!("{}|20260901|1|{INT}|999000011000000103|{concept}", member(2)),
            );
        },
        &[
            "description-added|C1|D1|-|Stray|",
            "relationship-added|C1|116680003|-|402006|",
            "relationship-added|C1|302007|-|402006 (group 2) [900000000000227009]|",
            "member-added|C1|999000011000000103|-|-|",
        ],
    ),
    // An inactive concept has no place and no definition, whatever relationships say.
    (
        |new| {
            new.add(
                RELATIONSHIP,
                &format!("146023|20260901|1|{INT}|601008|402006|0|116680003|900000000000011006|900000000000451002"),
            );
        },
        &["relationship-added|601008|116680003|-|402006|"],
    ),
    // What never was says nothing.
    (
        |new| {
            new.add(SIMPLE, &format!("{}|20260901|0|{INT}|999000011000000103|404007", member(1)));
            new.add(
                RELATIONSHIP,
                &format!("147029|20260901|0|{INT}|401004|402006|0|116680003|900000000000011006|900000000000451002"),
            );
        },
        &[],
    ),
];

/// Leaves texts out of a line where the expected one has `?` for them.
fn is_as_expected(line: &str, expected: &str) -> bool {
    let parts = |line: &str| line.split('|').map(str::to_owned).collect::<Vec<String>>();
    let (line_parts, expected_parts) = (parts(line), parts(expected));
    line == expected
        || expected_parts[3..5] == ["?", "?"]
            && line_parts[..3] == expected_parts[..3]
            && line_parts.last() == expected_parts.last()
}

#[test]
fn what_is_planted_is_told_and_nothing_else() {
    let old = old();
    let (before, _) = old.open().expect("it can be built");
    let mut kinds: BTreeSet<&str> = BTreeSet::new();
    let mut wrong = Vec::new();
    for (number, (edit, expected)) in CASES.iter().enumerate() {
        let mut new = old.clone();
        edit(&mut new);
        let (after, _) = new.open().expect("it can be built");
        let found = changes(&before, &after);
        kinds.extend(found.iter().map(|change| change.kind.code()));
        let found: Vec<String> = found.iter().map(line).collect();
        let named = |line: &&str| {
            line.replace("C1", &small::concept(1).to_string())
                .replace("D1", &small::description(1).to_string())
        };
        let expected: Vec<String> = expected.iter().map(named).collect();
        let is_told = |expected: &String| found.iter().any(|line| is_as_expected(line, expected));
        if found.len() != expected.len() || !expected.iter().all(is_told) {
            wrong.push(format!("case {number}: found {found:#?}, expected {expected:#?}"));
        }
        // The reverse: what came goes.
        let back = changes(&after, &before);
        kinds.extend(back.iter().map(|change| change.kind.code()));
        assert_eq!(back.is_empty(), found.is_empty(), "case {number}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let republished = ChangeKind::Republished as usize;
    // The history substitution table has a test of its own.
    let all = ChangeKind::all().take(republished + 1);
    let all: BTreeSet<&str> = all
        .filter(|kind| *kind != ChangeKind::SubstitutionsChanged)
        .map(ChangeKind::code)
        .collect();
    assert_eq!(kinds, all);
}

#[test]
fn a_release_with_a_part_and_one_without_it_can_be_compared() {
    let whole = old();
    let mut parts: Vec<Edited> = Vec::new();
    for path in whole.0.keys() {
        let mut part = whole.clone();
        part.0.remove(path);
        parts.push(part);
    }
    let (whole, _) = whole.open().expect("it can be built");
    let mut compared = 0;
    for part in parts {
        // Not all parts can be left out.
        let Ok((part, _)) = part.open() else { continue };
        let (gone, come) = (changes(&whole, &part), changes(&part, &whole));
        assert_eq!(gone.is_empty(), come.is_empty());
        compared += 1;
    }
    assert!(compared > 8, "{compared} parts");
}

#[test]
fn a_concept_removed_and_a_name_are_told_with_what_is_known() {
    let old = old();
    let mut new = old.clone();
    new.file(CONCEPT).retain(|row| row[0] != "5021999999105");
    new.file(DESCRIPTION).retain(|row| row[4] != "5021999999105");
    let (before, _) = old.open().expect("it can be built");
    let (after, _) = new.open().expect("it can be built");
    let found = changes(&before, &after);
    let removed = found.iter().find(|change| change.kind == ChangeKind::ConceptRemoved);
    let removed = removed.expect("it is told");
    assert_eq!(
        (removed.code.as_str(), removed.display.as_str()),
        ("5021999999105", "Grease 1,000 units")
    );
    assert_eq!((removed.before.as_deref(), removed.after.as_deref()), (Some("active"), None));
}

/// The tiny release with a history substitution table, or without.
fn with_table(rows: Option<&[&str]>) -> farr::Terminology {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let mut build = farr_build::Build::new().snomed(testdata("tiny"));
    if let Some(rows) = rows {
        let header = "OLDCID|OLDCIDSTATUS|NEWCID|NEWCIDSTATUS|PATH|ISAMBIGUOUS|ITERATIONS|OLDFSN|\
                      OLDFSN_TAGCOUNT|NEWFSN|NEWFSN_TAGCOUNT|TLH_IDENTICALFLAG|\
                      FSN_TAGLESSIDENTICALFLAG|FSN_TAGIDENTICALFLAG";
        let rows = std::iter::once(header).chain(rows.iter().copied());
        let text: String = rows.map(|row| row.replace('|', "\t") + "\r\n").collect();
        let name = "xres2_HistorySubstitutionTable_Concepts_GB1000000_20260801.txt";
        std::fs::write(folder.path().join(name), text).expect("it can be written");
        build = build.history(folder.path());
    }
    crate::support::run(build).terminology()
}

#[test]
fn what_the_history_table_puts_in_the_place_of_a_concept_is_compared() {
    let row = |new: &str, ambiguous: &str| {
        format!("601008|2|{new}|0|SAME AS|{ambiguous}|1|A|1|B|1|1|1|1")
    };
    let (one, other) = (row("402006", "0"), row("403001", "0"));
    let several = [row("402006", "1"), row("403001", "1")];
    let several = [several[0].as_str(), several[1].as_str()];
    let tell = |old: Option<&[&str]>, new: Option<&[&str]>| {
        let changes = changes(&with_table(old), &with_table(new));
        changes.iter().map(line).collect::<Vec<_>>()
    };
    assert!(tell(Some(&[&one]), Some(&[&one])).is_empty());
    assert_eq!(
        tell(Some(&[&one]), Some(&[&other])),
        ["substitutions-changed|601008|-|402006|403001|successor:403001"]
    );
    assert_eq!(
        tell(Some(&[&one]), Some(&several)),
        ["substitutions-changed|601008|-|402006|402006 (ambiguous), 403001 (ambiguous)|\
          possible-successor:402006 possible-successor:403001"]
    );
    // That one release has no table does not say that it puts nothing in anything's place.
    assert_eq!(
        tell(Some(&[&one]), None),
        ["cannot-tell||history substitution table|-|built without it|"]
    );
}
