//! Maps of an index against its member rows, however it is verified.

use std::collections::BTreeSet;
use std::path::Path;

use crate::classification::CodeSystem;
use crate::index::{OpenOptions, Verification};
use crate::map::{Defaults, Patient, PublishedMap, Selection, constants};
use crate::{Sctid, Snomed, Terminology};

/// Asks the synthetic index, verified in full and on first use.
fn ask(question: impl Fn(Snomed<'_>)) {
    let index = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/golden/1.0-synthetic.farr");
    for verification in [Verification::Full, Verification::FirstUse] {
        let options = OpenOptions::new().verification(verification);
        let terminology = Terminology::open_with([&index], options).unwrap();
        terminology.ask(&question).unwrap();
    }
}

#[test]
fn rows_of_a_concept_are_its_members() {
    ask(|snomed| {
        let mut mapped = 0;
        for map in snomed.published_maps() {
            for concept in snomed.concepts() {
                let members = map.refset().members_of(concept.into());
                let mut targets: Vec<String> =
                    members.map(|member| member.field("mapTarget").unwrap().to_string()).collect();
                targets.sort_unstable();
                let mut found: Vec<String> = match &map {
                    PublishedMap::Rules(map) => {
                        let rows = map.rows(concept);
                        assert!(rows.is_sorted_by_key(|row| (row.group, row.priority)));
                        rows.iter().map(|row| row.target.to_string()).collect()
                    }
                    PublishedMap::Blocks(map) => {
                        let rows = map.rows(concept);
                        rows.iter().map(|row| row.target.to_string()).collect()
                    }
                };
                found.sort_unstable();
                assert_eq!(found, targets);
                assert_eq!(map.has(concept), !targets.is_empty());
                mapped += usize::from(!targets.is_empty());
                match &map {
                    PublishedMap::Rules(map) => {
                        let selection = map.select(concept, &Patient::new()).unwrap();
                        assert_eq!(selection == Selection::NoMap, targets.is_empty());
                        let explained = map.explain(concept, &Patient::new()).unwrap();
                        assert_eq!(explained.selection, selection);
                    }
                    PublishedMap::Blocks(map) => {
                        assert_eq!(map.defaults(concept) == Defaults::NoMap, targets.is_empty());
                    }
                }
            }
        }
        assert!(mapped > 20, "{mapped}");
    });
}

#[test]
fn what_a_row_says_is_read_where_it_is_asked_for() {
    ask(|snomed| {
        for map in snomed.published_maps() {
            for member in map.refset().members() {
                let concept = member.referenced_component().concept().unwrap();
                let field = |name| member.field(name).unwrap().to_string();
                let place = (field("mapGroup"), field("mapPriority"));
                let is_it = |group: u32, priority: u32, target: &str| {
                    place == (group.to_string(), priority.to_string())
                        && target == field("mapTarget")
                };
                let (advice, correlation) = match &map {
                    PublishedMap::Rules(map) => {
                        let rows = map.rows(concept);
                        let row =
                            rows.iter().find(|row| is_it(row.group, row.priority, &row.target));
                        let row = row.unwrap();
                        assert_eq!(row.rule.text(), field("mapRule"));
                        let category = row.category().map(|id| id.to_string());
                        assert_eq!(category, Some(field("mapCategoryId")));
                        (row.advice(), row.correlation())
                    }
                    PublishedMap::Blocks(map) => {
                        let rows = map.rows(concept);
                        let row =
                            rows.iter().find(|row| is_it(row.group, row.priority, &row.target));
                        (row.unwrap().advice(), row.unwrap().correlation())
                    }
                };
                assert_eq!(advice, field("mapAdvice"));
                assert_eq!(correlation.map(|id| id.to_string()), Some(field("correlationId")));
            }
        }
    });
}

#[test]
fn a_target_leads_back_to_all_concepts_that_have_it() {
    ask(|snomed| {
        for map in snomed.published_maps() {
            let rows: Vec<(Sctid, String)> = map
                .refset()
                .members()
                .map(|member| {
                    let concept = member.referenced_component().id().unwrap();
                    (concept, member.field("mapTarget").unwrap().to_string())
                })
                .collect();
            let targets: BTreeSet<&str> = rows.iter().map(|(_, target)| target.as_str()).collect();
            assert!(targets.len() > 10);
            for target in targets {
                let expected: BTreeSet<Sctid> = rows
                    .iter()
                    .filter(|(_, other)| other == target)
                    .map(|(concept, _)| *concept)
                    .collect();
                let found = map.concepts_with_target(target);
                let ids: BTreeSet<Sctid> = found.iter().map(|concept| concept.id()).collect();
                assert_eq!((found.len(), &ids), (expected.len(), &expected), "{target}");
                if let Ok(found) = map.concepts_with_code(target) {
                    let ids: BTreeSet<Sctid> = found.iter().map(|concept| concept.id()).collect();
                    assert!(ids.is_superset(&expected), "{target}");
                }
            }
            for absent in ["", "Q", "ZZZZZZZZZZZZ", "A", "\u{10ffff}"] {
                let has = rows.iter().any(|(_, target)| target == absent);
                assert_eq!(map.concepts_with_target(absent).is_empty(), !has);
            }
        }
    });
}

#[test]
fn the_systems_of_maps_are_known_by_their_ids() {
    ask(|snomed| {
        for id in [constants::INTERNATIONAL_ICD_10, constants::UK_ICD_10] {
            let map = snomed.published_map(id).unwrap();
            assert_eq!(map.target_system(), Some(CodeSystem::Icd10));
        }
        let simple: Vec<Sctid> = snomed.simple_maps().map(|map| map.refset().id()).collect();
        assert!(simple.contains(&constants::CTV3), "{simple:?}");
        assert!(simple.iter().all(|id| snomed.published_map(*id).is_none()));
    });
}
