//! A reader in Python, written from `docs/format.md` alone, gives the answers that farr gives.

use std::collections::{BTreeMap, BTreeSet};

use farr::index::format::{MAJOR, MUST_UNDERSTAND};
use farr::search::fold::Folder;
use farr::snomed::{
    Acceptability, AttributeValue, CaseSignificance, Concept, DefinitionStatus, Description,
    DescriptionType, FieldValue, Member,
};
use farr::{Dialect, Sctid, Terminology};
use serde_json::{Value, json};

use super::crafted_versions::{UNKNOWN, of_version, with_section};
use super::python::{answer, has_python, reader};
use crate::support::{synthetic_index, tiny_index};

fn id(id: Option<Sctid>) -> Value {
    id.map_or(Value::Null, |id| id.to_string().into())
}

fn ids<'t>(concepts: impl Iterator<Item = Concept<'t>>) -> Value {
    concepts.map(|concept| concept.id().to_string()).collect()
}

const DEFINED: &str = "900000000000073002";
const PRIMITIVE: &str = "900000000000074008";

fn description(description: Description<'_>) -> Value {
    let of_type = match description.description_type() {
        DescriptionType::FullySpecifiedName => "900000000000003001".to_owned(),
        DescriptionType::Synonym => "900000000000013009".to_owned(),
        DescriptionType::TextDefinition => "900000000000550004".to_owned(),
        DescriptionType::Other(other) => other.to_string(),
    };
    let case = match description.case_significance() {
        CaseSignificance::EntireTermCaseSensitive => "900000000000017005".to_owned(),
        CaseSignificance::EntireTermCaseInsensitive => "900000000000448009".to_owned(),
        CaseSignificance::InitialCharacterCaseInsensitive => "900000000000020002".to_owned(),
        CaseSignificance::Other(other) => other.to_string(),
    };
    let acceptability = |(refset, said): (Sctid, Acceptability)| {
        let word = if said == Acceptability::Preferred { "preferred" } else { "acceptable" };
        (refset.to_string(), Value::from(word))
    };
    json!({
        "id": description.id().to_string(),
        "active": description.is_active(),
        "term": description.term(),
        "module": id(description.module()),
        "type": of_type,
        "case_significance": case,
        "language": description.language(),
        "effective_time": description.effective_time(),
        "acceptability": description.acceptabilities().map(acceptability)
            .collect::<serde_json::Map<String, Value>>(),
    })
}

fn sort(ids: &mut Value) {
    if let Value::Array(ids) = ids {
        ids.sort_by_key(Value::to_string);
    }
}

/// Everything that the reader says of a concept, as farr says it.
fn concept(concept: Concept<'_>) -> Value {
    let definition_status = match concept.definition_status() {
        Some(DefinitionStatus::Defined) => DEFINED.to_owned(),
        Some(DefinitionStatus::Primitive) => PRIMITIVE.to_owned(),
        Some(DefinitionStatus::Other(other)) => other.to_string(),
        None => panic!("{} has no definition status", concept.id()),
    };
    // What the record of the concept has, before any description is looked for.
    let preferred = |dialect: Dialect| -> Value {
        let rows = concept.descriptions().filter(|row| row.is_active());
        let synonyms = rows.filter(|row| row.description_type() == DescriptionType::Synonym);
        let place = |row: &Description<'_>| {
            let preferring = row.acceptabilities().filter(|(_, a)| *a == Acceptability::Preferred);
            preferring.filter_map(|(refset, _)| dialect.place(refset)).min()
        };
        let found = synonyms.filter(|row| place(row).is_some()).min_by_key(|row| place(row));
        found.map_or(Value::Null, |row| row.id().to_string().into())
    };
    let attribute = |attribute: farr::snomed::Attribute<'_>| {
        let value = match attribute.value {
            AttributeValue::Concept(concept) => concept.id().to_string(),
            AttributeValue::Missing(missing) => missing.to_string(),
            AttributeValue::Concrete(value) => value.to_string(),
        };
        json!({
            "type": attribute.attribute_type.to_string(),
            "group": attribute.group,
            "value": value,
        })
    };
    let mut descendants: Value = concept.descendants().ids().map(|id| id.to_string()).collect();
    sort(&mut descendants);
    json!({
        "id": concept.id().to_string(),
        "active": concept.is_active(),
        "module": id(concept.module()),
        "definition_status": definition_status,
        "effective_time": concept.effective_time(),
        "semantic_tag": concept.semantic_tag(),
        "descriptions": concept.descriptions().map(description).collect::<Value>(),
        "preferred": Dialect::STORED.map(preferred).to_vec(),
        "parents": ids(concept.parents()),
        "children": ids(concept.children()),
        "ancestors": ids(concept.ancestors()),
        "descendants": descendants,
        "has_active_child": concept.is_active() && concept.children().any(Concept::is_active),
        "attributes": concept.attributes().map(attribute).collect::<Value>(),
        "refsets": concept.refsets().map(|refset| refset.id().to_string()).collect::<Value>(),
        "associations": associations(concept),
    })
}

/// The active historical associations of a concept: refset and target.
fn associations(concept: Concept<'_>) -> Value {
    let one = |association: farr::snomed::Association<'_>| {
        json!([association.refset.id().to_string(), id(association.target.id())])
    };
    concept.associations().map(one).collect()
}

fn value(name: &str, letter: char, value: FieldValue<'_>) -> Value {
    match value {
        FieldValue::Component(component) => json!([name, letter.to_string(), id(component.id())]),
        FieldValue::Integer(integer) => json!([name, letter.to_string(), integer]),
        FieldValue::Text(text) => json!([name, letter.to_string(), text.to_string()]),
    }
}

fn member(member: Member<'_>) -> Value {
    let letter = |name: &str| {
        let mut fields = member.refset().fields().filter(|field| field.name() == name);
        fields.next().map_or('?', |field| field.field_type().letter())
    };
    json!({
        "id": member.id().to_string(),
        "active": member.is_active(),
        "module": id(member.module()),
        "effective_time": member.effective_time(),
        "referenced_component": id(member.referenced_component().id()),
        "columns": member.fields().map(|(name, found)| value(name, letter(name), found))
            .collect::<Value>(),
    })
}

fn goldens() -> [(&'static str, Vec<u8>); 2] {
    [("tiny", tiny_index()), ("synthetic", synthetic_index())]
}

#[test]
fn every_concept_reads_the_same() {
    if !has_python() {
        return;
    }
    for (name, index) in goldens() {
        let opened = Terminology::from_bytes(index.clone()).expect("the golden file opens");
        let snomed = opened.snomed().expect("the golden file has SNOMED CT");
        let Value::Array(read) = answer(&index, "concepts", &[]) else { panic!("{name}") };
        assert_eq!(read.len(), snomed.concepts().count(), "{name}");
        for (expected, mut read) in snomed.concepts().zip(read) {
            // A set, whose order is nobody's matter.
            sort(&mut read["descendants"]);
            assert_eq!(read, concept(expected), "{name} {}", expected.id());
        }
    }
}

#[test]
fn every_refset_reads_the_same() {
    if !has_python() {
        return;
    }
    for (name, index) in goldens() {
        let opened = Terminology::from_bytes(index.clone()).expect("the golden file opens");
        let snomed = opened.snomed().expect("the golden file has SNOMED CT");
        let Value::Array(all) = answer(&index, "refsets", &[]) else { panic!("{name}") };
        let last = all.last().expect("there are refsets");
        assert_eq!(answer(&index, "refset", &[last["id"].as_str().unwrap_or("")]), *last);
        assert_eq!(all.len(), snomed.refsets().count(), "{name}");
        for (refset, read) in snomed.refsets().zip(all) {
            assert_eq!(read["id"], refset.id().to_string(), "{name}");
            let rows = |active: bool| {
                let mut all: Vec<Value> = match active {
                    true => refset.members().map(member).collect(),
                    false => refset.inactive_members().map(member).collect(),
                };
                all.sort_by_key(Value::to_string);
                all
            };
            // A refset may stand in several tables, each with its active and its inactive rows.
            let Value::Array(members) = &read["members"] else { panic!("{name} {}", refset.id()) };
            for active in [true, false] {
                let of = members.iter().filter(|row| row["active"] == active);
                let mut found: Vec<Value> = of.cloned().collect();
                found.sort_by_key(Value::to_string);
                assert_eq!(found, rows(active), "{name} {}", refset.id());
            }
            assert_eq!(read["concepts"], ids(refset.concepts()), "{name} {}", refset.id());
        }
    }
}

/// The vocabulary and its postings: each word of each term leads to its description, and no other.
#[test]
fn every_word_reads_the_same() {
    if !has_python() {
        return;
    }
    for (name, index) in goldens() {
        let opened = Terminology::from_bytes(index.clone()).expect("the golden file opens");
        let snomed = opened.snomed().expect("the golden file has SNOMED CT");
        let mut expected: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut folder = Folder::default();
        for row in snomed.concepts().flat_map(Concept::descriptions) {
            let mut words: Vec<String> = folder.fold(row.term()).map(str::to_owned).collect();
            folder.joined(|word| words.push(word.to_owned()));
            for word in words {
                expected.entry(word).or_default().insert(row.id().to_string());
            }
        }
        let read = answer(&index, "words", &[]);
        let read: BTreeMap<String, BTreeSet<String>> =
            serde_json::from_value(read).expect("words and descriptions");
        assert!(read == expected, "{name}: {} words and {}", read.len(), expected.len());
    }
}

/// Sections that repeat others in another order: the reader makes them anew, as the document says.
#[test]
fn sections_that_lead_back_are_what_the_document_says() {
    if !has_python() {
        return;
    }
    for (name, index) in goldens() {
        let Value::Object(held) = answer(&index, "inverse", &[]) else { panic!("{name}") };
        assert_eq!(held.len(), 7, "{name}");
        for (part, entries) in held {
            assert!(entries.as_u64() > Some(0), "{name}: {part} held nothing");
        }
    }
}

#[test]
fn what_a_file_says_of_itself_reads_the_same() {
    if !has_python() {
        return;
    }
    for (name, index) in super::golden_files() {
        let opened = Terminology::from_bytes(index.clone()).expect("the golden file opens");
        let file = &opened.files()[0];
        let read = answer(&index, "meta", &[]);
        let meta = file.meta().expect("the golden file has META");
        let lines: Value = meta
            .to_text()
            .lines()
            .map(|line| json!(line.split('\t').collect::<Vec<_>>()))
            .collect();
        assert_eq!(read["lines"], lines, "{name}");
        let tags: Value = file.sections().map(|section| section.tag.to_string()).collect();
        assert_eq!(read["sections"], tags, "{name}");
        assert_eq!(read["build_id"], file.header().build_id.to_string(), "{name}");
        assert_eq!(read["build_id_follows"], true, "{name}");
    }
}

/// What the reader says where it refuses.
fn refused(index: &[u8]) -> String {
    let run = reader(index, "meta", &[]);
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(run.status.code(), Some(1), "{said}");
    assert!(said.starts_with("refused: "), "{said}");
    said
}

#[test]
fn the_reader_refuses_what_the_document_says_is_refused() {
    if !has_python() {
        return;
    }
    let index = tiny_index();
    // In the magic, the header, the section table, a section, and the checksum table.
    let end = index.len() - 1;
    for (at, why) in [
        (1, "not an index"),
        (40, "checksum of the header"),
        (100, "checksum of the tables"),
        (9000, "checksum of block 0"),
        (end, "checksum of the tables"),
    ] {
        let mut damaged = index.clone();
        damaged[at] ^= 4;
        assert!(refused(&damaged).contains(why), "byte {at}");
    }
    assert!(refused(&index[..end]).contains("not as long as it says"));
    let unknown = with_section(&index, UNKNOWN, 1, MUST_UNDERSTAND);
    assert!(refused(&unknown).contains("XYZZ must be understood"));
    assert!(refused(&of_version(&index, MAJOR + 1, 0)).contains("format 2.0"));
    let optional = with_section(&of_version(&index, MAJOR, 1), UNKNOWN, 1, 0);
    let meta = |index: &[u8]| answer(index, "meta", &[])["lines"].clone();
    assert_eq!(meta(&optional), meta(&index));
}
