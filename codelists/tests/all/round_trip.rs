//! What was written is read as it was, and what was compressed comes to the same again.

use std::collections::BTreeSet;

use farr::{Dialect, Sctid, Terminology};
use farr_codelists::{
    Cluster, Code, Codelist, Codes, Content, Definition, DefinitionRow, Entry, ExpandOptions,
    Format, Place, ReadOptions, Status, System, compress_concepts, definition_of, expand, read,
    write,
};
use proptest::prelude::*;

const PLACE: Place = Place { line: 1, column: 1 };

fn ids() -> impl Strategy<Value = Vec<Sctid>> {
    let id = (1_u64..10_000_000).prop_map(|item| {
        Sctid::from_parts(item + 999, None, farr::id::Component::Concept).unwrap()
    });
    prop::collection::btree_set(id, 1..12).prop_map(|ids| ids.into_iter().collect())
}

fn entry(id: Sctid, term: &str) -> Entry {
    Entry {
        system: System::Snomed.into(),
        code: Code::read(System::Snomed, &id.to_string()),
        term: Some(term.trim().to_owned()).filter(|term| !term.is_empty()),
        place: PLACE,
    }
}

/// Without places, which writing changes.
fn plain(content: &Content) -> Vec<(String, Option<String>, Option<Status>)> {
    match content {
        Content::Definition(definition) => definition
            .rows
            .iter()
            .map(|row| (row.entry.code.text().to_owned(), row.entry.term.clone(), Some(row.status)))
            .collect(),
        content => {
            let list =
                Codelist { format: Format::Codes, content: content.clone(), findings: Vec::new() };
            let entries = list.entries().into_iter();
            entries.map(|one| (one.code.text().to_owned(), one.term.clone(), None)).collect()
        }
    }
}

proptest! {
    #[test]
    fn what_was_written_is_read(
        ids in ids(),
        terms in prop::collection::vec("[a-z,\"é;\t\n |']{0,10}", 12),
    ) {
        let entries: Vec<Entry> =
            ids.iter().zip(&terms).map(|(id, term)| entry(*id, term)).collect();
        let cluster = Cluster { id: "A_COD".into(), description: "a, b".into(), refset: "1".into() };
        let codes = Content::Codes(Codes { entries: entries.clone(), clusters: vec![cluster] });
        let options = ReadOptions { system: Some(System::Snomed), ..ReadOptions::default() };
        for format in [Format::OpenCodelists, Format::Cluster, Format::ValueSet] {
            let text = write(&codes, format).unwrap();
            let back = read(text.as_bytes(), &options).unwrap();
            prop_assert_eq!(back.format, format);
            prop_assert_eq!(plain(&back.content), plain(&codes), "{}", text);
        }
        let text = write(&codes, Format::Codes).unwrap();
        let back = read(text.as_bytes(), &options).unwrap();
        let found: Vec<String> = plain(&back.content).into_iter().map(|(code, ..)| code).collect();
        prop_assert_eq!(found, ids.iter().map(ToString::to_string).collect::<Vec<_>>());
        // The expression names the same ids.
        let text = write(&codes, Format::Ecl).unwrap();
        let ecl = farr::Ecl::parse(&text).unwrap();
        let named: Vec<Sctid> = ecl.identifiers().into_iter().map(|found| found.id).collect();
        prop_assert_eq!(named, ids.clone());

        let rows = entries.into_iter().enumerate().map(|(number, entry)| DefinitionRow {
            entry,
            status: Status::ALL[number % Status::ALL.len()],
        });
        let definition = Content::Definition(Definition { rows: rows.collect() });
        let text = write(&definition, Format::Definition).unwrap();
        let back = read(text.as_bytes(), &options).unwrap();
        prop_assert_eq!(back.format, Format::Definition);
        prop_assert_eq!(plain(&back.content), plain(&definition));
    }

    /// Any bytes are read or refused, and what is read has its codes at places of the file.
    #[test]
    fn any_text_is_read_or_refused(text in "[\\PC\r\n\t]{0,80}") {
        if let Ok(list) = read(text.as_bytes(), &ReadOptions::default()) {
            let lines = text.split(['\n', '\r']).count() as u64;
            for entry in list.entries() {
                prop_assert!(entry.place.line <= lines);
            }
        }
    }
}

fn synthetic() -> Terminology {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/golden/1.0-synthetic.farr");
    Terminology::open([path]).unwrap()
}

/// Lists as people make them: some branches, without some branches, with some codes.
fn lists(count: usize) -> Vec<Vec<Sctid>> {
    let terminology = synthetic();
    let snomed = terminology.snomed().unwrap();
    let all: Vec<_> = snomed.concepts().collect();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below.max(1) as u64) as usize
    };
    let mut lists = Vec::new();
    while lists.len() < count {
        let mut set: BTreeSet<Sctid> = BTreeSet::new();
        for _ in 0..1 + next(3) {
            let below = all[next(all.len())].descendants_or_self();
            if below.len() < 500 {
                set.extend(below.ids());
            }
        }
        let members: Vec<Sctid> = set.iter().copied().collect();
        for _ in 0..next(4) {
            if !members.is_empty() {
                let cut = snomed.concept(members[next(members.len())]).unwrap();
                cut.descendants_or_self().ids().for_each(|id| {
                    set.remove(&id);
                });
            }
        }
        for _ in 0..next(5) {
            set.insert(all[next(all.len())].id());
        }
        if !set.is_empty() {
            lists.push(set.into_iter().collect());
        }
    }
    lists
}

#[test]
fn a_list_is_compressed_to_what_evaluates_to_it_again() {
    let terminology = synthetic();
    let snomed = terminology.snomed().unwrap();
    let (mut codes, mut blocks) = (0, 0);
    for list in lists(300) {
        for dialect in [None, Some(Dialect::NHS_CLINICAL)] {
            let compressed = compress_concepts(snomed, &list, dialect).unwrap();
            assert_eq!(snomed.evaluate(&compressed.ecl).unwrap().sorted_ids(), list);
            assert!(compressed.shape.len() <= list.len());
            blocks += compressed.shape.len();
        }
        codes += list.len() * 2;
    }
    assert!(blocks * 2 < codes, "{blocks} blocks for {codes} codes");
}

#[test]
fn a_list_is_defined_by_what_expands_to_it_again() {
    let terminology = synthetic();
    let options = ExpandOptions::default();
    for list in lists(100) {
        let snomed = terminology.snomed().unwrap();
        let definition = definition_of(snomed, &list, Dialect::NHS_CLINICAL);
        let list_of = Codelist {
            format: Format::Definition,
            content: Content::Definition(definition),
            findings: Vec::new(),
        };
        let found = terminology
            .ask_systems(|systems| expand(&list_of, systems, &options))
            .unwrap()
            .unwrap_or_else(|error| panic!("{error}"));
        let found: Vec<String> = found.members.into_iter().map(|member| member.code).collect();
        assert_eq!(found, list.iter().map(ToString::to_string).collect::<Vec<_>>());
    }
}
