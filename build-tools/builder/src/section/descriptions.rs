//! Descriptions and their terms: read by `farr::snomed::description`.

use farr::index::format::{self, SAMPLE};
use rayon::prelude::*;

use super::Section;
use super::bytes::{u32s, u64s};
use super::languages::Acceptabilities;
use crate::error::BuildError;
use crate::snomed::{FULLY_SPECIFIED_NAME, Numbering, Release, SYNONYM, TEXT_DEFINITION};

/// The descriptions in the order of the index, and their sections.
pub(crate) struct Descriptions {
    /// DESC, then the small ones.
    pub(crate) sections: Vec<Section>,
    /// All terms.
    pub(crate) text: Vec<u8>,
    /// Where each concept's rows begin, the missing concepts included.
    pub(crate) starts: Vec<u32>,
    pub(crate) rows: Vec<Row>,
    pub(crate) active: u64,
    pub(crate) definitions: u64,
}

/// What later sections need to know of a row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub(crate) text_start: u32,
    pub(crate) text_length: u16,
    pub(crate) active: bool,
    pub(crate) preferred: bool,
    pub(crate) order: TypeOrder,
    /// How much its being preferred counts in each stored dialect.
    pub(crate) places: [u8; 4],
}

/// Types in the order in which a concept's descriptions stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TypeOrder {
    FullySpecifiedName,
    Synonym,
    TextDefinition,
    Other,
}

impl TypeOrder {
    fn of(type_id: u64) -> TypeOrder {
        match type_id {
            FULLY_SPECIFIED_NAME => TypeOrder::FullySpecifiedName,
            SYNONYM => TypeOrder::Synonym,
            TEXT_DEFINITION => TypeOrder::TextDefinition,
            _ => TypeOrder::Other,
        }
    }
}

const ROW_BITS: u32 = 28;

/// Writes the descriptions of a merged release; its terms are used up.
pub(crate) fn descriptions(
    release: &mut Release,
    numbering: &Numbering,
    dates: &[u32],
    acceptabilities: &Acceptabilities,
) -> Result<Descriptions, BuildError> {
    if release.descriptions.len() >= 1 << ROW_BITS {
        return Err(BuildError::TooLarge { what: "descriptions" });
    }
    if release.description_kinds.len() > usize::from(u16::MAX) {
        return Err(BuildError::TooLarge { what: "kinds of description" });
    }
    let kinds = &release.description_kinds;
    let prefers = |at: usize| acceptabilities.prefers[usize::from(acceptabilities.patterns[at])];
    let mut keys: Vec<u64> = release
        .descriptions
        .par_iter()
        .zip(&numbering.description_concepts)
        .enumerate()
        .map(|(at, (description, concept))| {
            let kind = &kinds[description.kind as usize];
            let order = u64::from(!kind.active) << 3
                | (TypeOrder::of(kind.type_id) as u64) << 1
                | u64::from(!prefers(at));
            u64::from(*concept) << 32 | order << ROW_BITS | at as u64
        })
        .collect();
    keys.par_sort_unstable();
    let concept_of = |key: &u64| (key >> 32) as u32;
    let at = |key: &u64| (key & ((1 << ROW_BITS) - 1)) as usize;

    let mut starts = vec![0_u32; numbering.ids.len() + 1];
    for key in &keys {
        starts[concept_of(key) as usize + 1] += 1;
    }
    for concept in 0..numbering.ids.len() {
        starts[concept + 1] += starts[concept];
    }

    // Some thousands of concepts at a time, on all cores; their texts are then put in a row.
    let mut pieces: Vec<&[u64]> = Vec::new();
    let mut rest = &keys[..];
    while !rest.is_empty() {
        let mut end = rest.len().min(1 << 15);
        while end < rest.len() && concept_of(&rest[end]) == concept_of(&rest[end - 1]) {
            end += 1;
        }
        pieces.push(&rest[..end]);
        rest = &rest[end..];
    }
    let written: Vec<(Vec<Row>, String)> = pieces
        .par_iter()
        .map(|piece| {
            let mut rows = Vec::with_capacity(piece.len());
            let mut text = String::with_capacity(piece.len() * 40);
            // Fully specified names of the concept at hand: start and term.
            let mut names: Vec<(u32, &str)> = Vec::new();
            let mut concept = None;
            for key in *piece {
                let description = &release.descriptions[at(key)];
                let kind = &kinds[description.kind as usize];
                let order = TypeOrder::of(kind.type_id);
                if concept.replace(concept_of(key)) != Some(concept_of(key)) {
                    names.clear();
                }
                let term = release.term(description);
                let shared = names.iter().find(|(_, name)| name.starts_with(term));
                let text_start = match shared {
                    Some((start, _)) => *start,
                    None => {
                        text.push_str(term);
                        (text.len() - term.len()) as u32
                    }
                };
                if order == TypeOrder::FullySpecifiedName {
                    names.push((text_start, term));
                }
                let text_length = description.text_length;
                let preferred = prefers(at(key));
                let pattern = acceptabilities.patterns[at(key)];
                let places = acceptabilities.places[usize::from(pattern)];
                rows.push(Row {
                    text_start,
                    text_length,
                    active: kind.active,
                    preferred,
                    order,
                    places,
                });
            }
            (rows, text)
        })
        .collect();

    let mut rows: Vec<Row> = Vec::with_capacity(keys.len());
    let mut text: Vec<u8> = Vec::with_capacity(written.iter().map(|(_, text)| text.len()).sum());
    for (piece, piece_text) in written {
        let base = u32::try_from(text.len() + piece_text.len())
            .map_err(|_| BuildError::TooLarge { what: "text" })?
            - piece_text.len() as u32;
        rows.extend(piece.into_iter().map(|row| Row { text_start: row.text_start + base, ..row }));
        text.extend_from_slice(piece_text.as_bytes());
    }
    release.arenas = Vec::new();

    let mut row_of = vec![0_u32; keys.len()];
    let mut bytes = Vec::with_capacity(keys.len() * format::DESCRIPTION_RECORD_LENGTH);
    for (row, (key, written)) in keys.iter().zip(&rows).enumerate() {
        let description = &release.descriptions[at(key)];
        let date = dates.partition_point(|date| *date < description.effective_time) as u16;
        row_of[at(key)] = row as u32;
        bytes.extend_from_slice(&description.id.to_le_bytes());
        bytes.extend_from_slice(&written.text_start.to_le_bytes());
        bytes.extend_from_slice(&written.text_length.to_le_bytes());
        bytes.extend_from_slice(&(description.kind as u16).to_le_bytes());
        bytes.extend_from_slice(&date.to_le_bytes());
        bytes.extend_from_slice(&acceptabilities.patterns[at(key)].to_le_bytes());
    }
    let mut kind_bytes = Vec::with_capacity(kinds.len() * 40);
    for kind in kinds {
        kind_bytes.extend_from_slice(&u64s([
            kind.module,
            kind.type_id,
            kind.case_significance,
            u64::from(kind.active),
        ]));
        kind_bytes.extend_from_slice(&kind.language);
    }
    // `Release::descriptions` ascends by id.
    let sample = release.descriptions.iter().step_by(SAMPLE).map(|description| description.id);
    let samples = release.descriptions.len().div_ceil(SAMPLE);
    let sections = vec![
        Section::new(format::DESCRIPTIONS, keys.len(), bytes),
        Section::new(format::DESCRIPTION_KINDS, kinds.len(), kind_bytes),
        Section::new(format::DESCRIPTION_ORDER, row_of.len(), u32s(&row_of)),
        Section::new(format::DESCRIPTION_SAMPLE, samples, u64s(sample)),
    ];
    let active = rows.iter().filter(|row| row.active).count() as u64;
    let definition = |row: &&Row| row.order == TypeOrder::TextDefinition;
    let definitions = rows.iter().filter(definition).count() as u64;
    Ok(Descriptions { sections, text, starts, rows, active, definitions })
}
