//! Concepts and the table from their ids: read by `farr::snomed::concept`.

use std::collections::BTreeMap;

use farr::index::bucket::Filling;
use farr::index::format;

use super::Section;
use super::buckets::buckets;
use super::bytes::{texts, u32s, u64s};
use super::descriptions::{Descriptions, TypeOrder};
use crate::error::BuildError;
use crate::problem::{NoteKind, Notes};
use crate::rf2::UNPUBLISHED;
use crate::snomed::{Numbering, Release};

/// The distinct effective times of concepts and descriptions, ascending, the blank one last.
pub(crate) fn dates(release: &Release) -> Result<Vec<u32>, BuildError> {
    let concepts = release.concepts.iter().map(|row| row.effective_time);
    let descriptions = release.descriptions.iter().map(|row| row.effective_time);
    let mut dates: Vec<u32> = Vec::new();
    let mut last = None;
    for date in concepts.chain(descriptions) {
        if last != Some(date)
            && let Err(at) = dates.binary_search(&date)
        {
            dates.insert(at, date);
        }
        last = Some(date);
    }
    match dates.len() > usize::from(u16::MAX) {
        true => Err(BuildError::TooLarge { what: "effective times" }),
        false => Ok(dates),
    }
}

/// The text in the last brackets of a fully specified name.
fn semantic_tag(name: &str) -> Option<&str> {
    let inside = name.trim_end().strip_suffix(')')?;
    let open = inside.rfind('(')?;
    let tag = &inside[open + 1..];
    (!tag.is_empty() && !tag.contains(')')).then_some(tag)
}

/// The sections of the concepts.
pub(crate) fn sections(
    release: &Release,
    numbering: &Numbering,
    dates: &[u32],
    descriptions: &Descriptions,
    text: &[u8],
    attribute_starts: &[u32],
    notes: &mut Notes,
) -> Result<Vec<Section>, BuildError> {
    let total = numbering.ids.len() as u32;
    let concepts = numbering.concepts();
    if release.statuses.len() > usize::from(u16::MAX) {
        return Err(BuildError::TooLarge { what: "concept statuses" });
    }

    let mut tags: Vec<Option<&str>> = Vec::with_capacity(total as usize);
    let mut numbers: BTreeMap<&str, u16> = BTreeMap::new();
    for concept in 0..total as usize {
        let rows = descriptions.starts[concept] as usize..descriptions.starts[concept + 1] as usize;
        // Fully specified names come first among the active rows, and first again among the rest.
        let is_name = |row: &&super::descriptions::Row| row.order == TypeOrder::FullySpecifiedName;
        let name = descriptions.rows[rows.clone()].iter().find(is_name);
        if (concept as u32) < numbering.active && !name.is_some_and(|name| name.active) {
            notes.add(NoteKind::NoFullySpecifiedName, || numbering.ids[concept].to_string());
        }
        let tag = name.and_then(|name| {
            let start = name.text_start as usize;
            let text = &text[start..start + usize::from(name.text_length)];
            semantic_tag(std::str::from_utf8(text).ok()?)
        });
        if let Some(tag) = tag {
            numbers.insert(tag, 0);
        }
        tags.push(tag);
    }
    if numbers.len() >= usize::from(format::NONE_U16) {
        return Err(BuildError::TooLarge { what: "semantic tags" });
    }
    numbers.values_mut().zip(0..).for_each(|(number, at)| *number = at);

    let mut records = Vec::with_capacity((total as usize + 1) * format::CONCEPT_RECORD_LENGTH);
    let published = &numbering.published;
    let ancestors = &numbering.ancestors.starts;
    for ordinal in 0..=total as usize {
        let starts = [
            descriptions.starts[ordinal],
            published.parents.starts[ordinal],
            published.children.starts[ordinal],
            // Inactive concepts have no ancestors: their rows are empty.
            ancestors[ordinal.min(numbering.active as usize)],
            attribute_starts[ordinal],
        ];
        records.extend_from_slice(&u32s(&starts));
        let row = numbering.concept_rows.get(ordinal).map(|row| &release.concepts[*row as usize]);
        let status = row.map_or(0, |row| row.status as u16);
        let date =
            row.map_or(0, |row| dates.partition_point(|date| *date < row.effective_time) as u16);
        let tag = tags.get(ordinal).copied().flatten().and_then(|tag| numbers.get(tag));
        let tag = tag.copied().unwrap_or(format::NONE_U16);
        for column in [status, date, tag] {
            records.extend_from_slice(&column.to_le_bytes());
        }
        records.extend_from_slice(&preferred_terms(descriptions, ordinal));
        records.extend_from_slice(&[0; 2]);
    }
    let statuses =
        u64s(release.statuses.iter().flat_map(|status| {
            [status.module, status.definition_status, u64::from(status.active)]
        }));
    let written: Vec<u32> =
        dates.iter().map(|date| if *date == UNPUBLISHED { 0 } else { *date }).collect();
    Ok(vec![
        Section::new(format::CONCEPT_IDS, total as usize, u64s(numbering.ids.iter().copied())),
        buckets(
            format::CONCEPT_BUCKETS,
            numbering.ids[..concepts as usize].iter().copied().zip(0..),
            Filling::Light,
        ),
        Section::new(format::CONCEPTS, concepts as usize, records),
        Section::new(format::CONCEPT_STATUSES, release.statuses.len(), statuses),
        Section::new(format::DATES, written.len(), u32s(&written)),
        texts(format::SEMANTIC_TAGS, numbers.keys().copied()),
    ])
}

/// Which description is the concept's preferred term in each stored dialect.
fn preferred_terms(descriptions: &Descriptions, ordinal: usize) -> [u8; 4] {
    let Some([start, end]) = descriptions.starts.get(ordinal..ordinal + 2) else {
        return [format::NONE_U8; 4];
    };
    let mut chosen = [format::NONE_U8; 4];
    let mut best = [format::NONE_U8; 4];
    let rows = &descriptions.rows[*start as usize..*end as usize];
    if rows.len() > usize::from(format::NONE_U8) {
        // What the byte cannot count to is found among the descriptions.
        return chosen;
    }
    for (row, offset) in rows.iter().zip(0..format::NONE_U8) {
        if !row.active || row.order != TypeOrder::Synonym {
            continue;
        }
        for dialect in 0..chosen.len() {
            if row.places[dialect] < best[dialect] {
                best[dialect] = row.places[dialect];
                chosen[dialect] = offset;
            }
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_semantic_tag_is_what_stands_in_the_last_brackets() {
        for (name, tag) in [
            ("Fracture (disorder)", Some("disorder")),
            ("Thing (old) (regime/therapy)", Some("regime/therapy")),
            ("No tag", None),
            ("Empty ()", None),
            ("Open (disorder", None),
            ("Tag (a) then more", None),
        ] {
            assert_eq!(semantic_tag(name), tag, "{name}");
        }
    }
}
