//! Reads a release into the structures of the peer.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use concept_graph::attributes::{Attributes, Edge, Value};
use concept_graph::closure::Closure;
use concept_graph::csr::Csr;
use concept_graph::identifiers::Identifiers;
use concept_graph::ordinal::Ordinal;
use concept_graph::refsets::{FieldKind, FieldValue, MemberRow, RefsetMembers};
use roaring::RoaringBitmap;

use super::descriptions::Descriptions;
use super::model::{Edition, Row};
use super::rows::{rows, texts};
use crate::peer_graph::Table;

const IS_A: u64 = 116_680_003;
const DEFINED: &str = "900000000000073002";
const REFSETS: &[&str] =
    &["der2_Refset_", "der2_cRefset_Association", "der2_cRefset_AttributeValue"];
const FURTHER_REFSETS: &[&str] = &["der2_iisssccRefset_", "der2_iisssciRefset_", "sct2_sRefset_"];
const METADATA_REFSETS: &[&str] = &["der2_ssRefset_", "der2_cciRefset_"];

/// The folder of an unpacked release.
pub fn edition(folder: &Path) -> Result<Edition> {
    let (ids, rows) = concepts(folder)?;
    let nodes = u32::try_from(ids.len())?;
    let mut ordinals = Table::default();
    ordinals.extend(ids.iter().zip(0..).map(|(id, at)| (*id, Ordinal::new(at))));
    let (is_a, attributes) = relationships(folder, nodes, &ordinals)?;
    let above = Csr::build(nodes, is_a.iter().copied())?;
    let below = above.transpose()?;
    let without = |graph: &Csr| -> RoaringBitmap {
        (0..nodes).filter(|at| graph.neighbours(Ordinal::new(*at)).is_empty()).collect()
    };
    let (roots, leaves) = (without(&above), without(&below));
    Ok(Edition {
        all: (0..nodes).collect(),
        roots,
        leaves,
        closure: Closure::compute(&above).context("the peer's closure")?,
        above,
        below,
        attributes,
        members: members(folder, &ordinals)?,
        identifiers: Identifiers::new(Vec::new()),
        descriptions: Descriptions::read(folder, &ordinals)?,
        rows,
        ids,
        ordinals,
    })
}

fn concepts(folder: &Path) -> Result<(Vec<u64>, Vec<Row>)> {
    let mut all: Vec<(u64, Row)> = Vec::new();
    for text in texts(folder, "sct2_Concept_")? {
        for columns in rows(&text) {
            let [id, time, active, module, status] = columns[..] else { bail!("a concept row") };
            let row = Row {
                active: active == "1",
                defined: status == DEFINED,
                module: module.parse()?,
                effective_time: time.parse()?,
            };
            all.push((id.parse()?, row));
        }
    }
    all.sort_by_key(|(id, _)| *id);
    Ok(all.into_iter().unzip())
}

type Pair = (Ordinal, Ordinal);

/// The active rows: is-a, and attributes of any characteristic type.
fn relationships(folder: &Path, nodes: u32, ordinals: &Table) -> Result<(Vec<Pair>, Attributes)> {
    let mut is_a = Vec::new();
    let mut edges = Vec::new();
    let mut types: BTreeMap<u64, u32> = BTreeMap::new();
    for start in ["sct2_Relationship_", "sct2_RelationshipConcreteValues_"] {
        for text in texts(folder, start)? {
            for columns in rows(&text) {
                let [_, _, active, _, source, target, group, kind, ..] = columns[..] else {
                    bail!("a relationship row");
                };
                if active != "1" {
                    continue;
                }
                let find = |id: &str| -> Result<Ordinal> {
                    ordinals.get(&id.parse()?).copied().context("a relationship of no concept")
                };
                let (source, kind) = (find(source)?, kind.parse::<u64>()?);
                if kind == IS_A {
                    is_a.push((source, find(target)?));
                    continue;
                }
                let next = u32::try_from(types.len())?;
                let kind = *types.entry(kind).or_insert(next);
                let value = match target.chars().next() {
                    Some('#') => Value::Number(target[1..].to_owned()),
                    Some('"') => Value::String(unquoted(target)),
                    Some('0'..='9') => Value::Concept(find(target)?),
                    _ => Value::String(target.to_owned()),
                };
                edges.push(Edge { source, group: group.parse()?, kind, value });
            }
        }
    }
    let mut list = vec![0; types.len()];
    types.iter().for_each(|(id, at)| list[*at as usize] = *id);
    Ok((is_a, Attributes::build(nodes, list, edges)?))
}

fn unquoted(text: &str) -> String {
    text[1..text.len() - 1].replace("\\\"", "\"").replace("\\\\", "\\")
}

/// The active rows of concepts, of all reference sets but those of languages.
fn members(folder: &Path, ordinals: &Table) -> Result<RefsetMembers> {
    let mut members = RefsetMembers::new();
    for start in REFSETS.iter().chain(FURTHER_REFSETS).chain(METADATA_REFSETS) {
        for text in texts(folder, start)? {
            let pattern = start.split('_').nth(1).unwrap_or_default().replace("Refset", "");
            let names = text.lines().next().unwrap_or_default().split('\t').skip(6);
            let fields: Vec<(String, FieldKind)> = names
                .zip(pattern.chars())
                .map(|(name, kind)| (name.to_owned(), field_kind(kind)))
                .collect();
            let mut tables: BTreeMap<u64, Vec<MemberRow>> = BTreeMap::new();
            for columns in rows(&text) {
                let [_, time, active, module, refset, component, values @ ..] = &columns[..] else {
                    bail!("a row of a reference set");
                };
                let Some(concept) = ordinals.get(&component.parse()?) else { continue };
                if *active != "1" {
                    continue;
                }
                let values = values
                    .iter()
                    .zip(&fields)
                    .map(|(text, (_, kind))| value(text, *kind, ordinals));
                tables.entry(refset.parse()?).or_default().push(MemberRow {
                    concept: *concept,
                    effective_time: time.parse()?,
                    module: module.parse()?,
                    values: values.collect::<Result<_>>()?,
                });
            }
            for (refset, rows) in tables {
                members.insert(refset, &fields, rows)?;
            }
        }
    }
    Ok(members)
}

fn field_kind(letter: char) -> FieldKind {
    match letter {
        'c' => FieldKind::Component,
        'i' => FieldKind::Integer,
        _ => FieldKind::String,
    }
}

fn value(text: &str, kind: FieldKind, ordinals: &Table) -> Result<FieldValue> {
    Ok(match kind {
        FieldKind::Component => {
            let id = text.parse()?;
            ordinals.get(&id).map_or(FieldValue::Component(id), |at| FieldValue::Concept(*at))
        }
        FieldKind::Integer => FieldValue::Integer(text.parse()?),
        FieldKind::String => FieldValue::String(text.to_owned()),
    })
}
