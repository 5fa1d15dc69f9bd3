//! Attributes by role group: read by `farr::snomed::attributes`.

use farr::index::format;
use rayon::prelude::*;

use super::bytes::{texts, u64s};
use super::{Section, attribute_index};
use crate::problem::{NoteKind, Notes};
use crate::rf2::Target;
use crate::snomed::{IS_A, Numbering, Release};

/// The attribute sections, and where each concept's attributes begin.
pub(crate) struct Attributes {
    pub(crate) sections: Vec<Section>,
    pub(crate) starts: Vec<u32>,
    pub(crate) attribute_rows: u64,
    pub(crate) concrete_rows: u64,
}

/// Writes the active attributes of a release.
pub(crate) fn attributes(
    release: &Release,
    numbering: &Numbering,
    notes: &mut Notes,
) -> Attributes {
    // The kinds that stand in attributes, by type and characteristic type.
    let mut kinds: Vec<(u64, u64)> = release
        .relationship_kinds
        .iter()
        .filter(|kind| kind.active && kind.type_id != IS_A)
        .map(|kind| (kind.type_id, kind.characteristic_type))
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    let number_of: Vec<Option<u16>> = release
        .relationship_kinds
        .iter()
        .map(|kind| {
            let key = (kind.type_id, kind.characteristic_type);
            let number = kinds.binary_search(&key).ok().map(|number| number as u16);
            number.filter(|_| kind.active && kind.type_id != IS_A)
        })
        .collect();

    let mut rows: Vec<(u32, u16, u16, u32)> = release
        .relationships
        .par_iter()
        .zip(&numbering.relationship_ends)
        .filter_map(|(row, (source, target))| {
            let kind = number_of[usize::from(row.kind)]?;
            let value = match row.target {
                Target::Concept(_) => *target,
                Target::Value(value) => value | format::CONCRETE,
            };
            Some((*source, row.group, kind, value))
        })
        .collect();
    rows.par_sort_unstable();
    rows.dedup();

    let total = numbering.ids.len();
    let mut starts = vec![0_u32; total + 1];
    let mut bytes = Vec::with_capacity(rows.len() * 8);
    let mut concrete_rows = 0;
    let kind_count = kinds.len();
    let mut type_ordinals: Vec<Option<u32>> = vec![None; kind_count];
    for (id, ordinal) in numbering.ids.iter().zip(0..numbering.concepts()) {
        let first = kinds.partition_point(|(type_id, _)| type_id < id);
        let of_type = kinds.iter().zip(&mut type_ordinals).skip(first);
        of_type.take_while(|((type_id, _), _)| type_id == id).for_each(|(_, at)| {
            *at = Some(ordinal);
        });
    }
    let index = attribute_index::sections(&rows, &type_ordinals);
    for (source, group, kind, value) in &rows {
        starts[*source as usize + 1] += 1;
        bytes.extend_from_slice(&value.to_le_bytes());
        bytes.extend_from_slice(&kind.to_le_bytes());
        bytes.extend_from_slice(&group.to_le_bytes());
        let concrete = value & format::CONCRETE != 0;
        concrete_rows += u64::from(concrete);
        if *source >= numbering.active {
            notes.add(NoteKind::MissingSource, || numbering.ids[*source as usize].to_string());
        }
        if !concrete && *value >= numbering.concepts() {
            notes.add(NoteKind::MissingTarget, || {
                let (source, value) = (numbering.ids[*source as usize], *value as usize);
                format!("{source} has {}", numbering.ids[value])
            });
        }
    }
    for concept in 0..total {
        starts[concept + 1] += starts[concept];
    }
    for (type_id, _) in &kinds {
        if release.concepts.binary_search_by_key(type_id, |concept| concept.id).is_err() {
            notes.add(NoteKind::MissingTarget, || format!("type {type_id}"));
        }
    }
    let not_inferred = release
        .relationships
        .iter()
        .filter(|row| {
            let kind = &release.relationship_kinds[usize::from(row.kind)];
            kind.active && kind.type_id == IS_A && !numbering.is_a_kinds[usize::from(row.kind)]
        })
        .map(|row| row.id);
    not_inferred.for_each(|id| notes.add(NoteKind::NotInferred, || id.to_string()));

    let kind_bytes =
        u64s(kinds.iter().flat_map(|(type_id, characteristic)| [*type_id, *characteristic]));
    let mut sections = vec![
        Section::new(format::ATTRIBUTES, rows.len(), bytes),
        Section::new(format::ATTRIBUTE_KINDS, kinds.len(), kind_bytes),
        texts(format::CONCRETE_VALUES, release.values.iter().map(String::as_str)),
    ];
    sections.extend(index);
    Attributes {
        sections,
        starts,
        attribute_rows: rows.len() as u64 - concrete_rows,
        concrete_rows,
    }
}
