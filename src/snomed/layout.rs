//! Where the sections of SNOMED CT lie in a file, checked against each other once.

use super::history::HistoryLayout;
use super::refset::RefsetLayout;
use crate::index::format;
use crate::index::{IndexFile, OpenError, Section};
use crate::search::SearchLayout;

/// The sections of SNOMED CT.
#[derive(Debug)]
pub(crate) struct Layout {
    pub(crate) meta: Section,
    pub(crate) concept_ids: Section,
    pub(crate) concept_buckets: Section,
    pub(crate) concepts: Section,
    pub(crate) concept_statuses: Section,
    pub(crate) dates: Section,
    pub(crate) semantic_tags: Section,
    pub(crate) descendants: Section,
    pub(crate) intervals: Section,
    pub(crate) parents: Section,
    pub(crate) children: Section,
    pub(crate) non_leaves: Section,
    pub(crate) ancestors: Section,
    pub(crate) attributes: Section,
    pub(crate) attribute_kinds: Section,
    pub(crate) concrete_values: Section,
    pub(crate) kind_index: Section,
    pub(crate) attribute_values: Section,
    pub(crate) attribute_postings: Section,
    pub(crate) kind_sources: Section,
    pub(crate) descriptions: Section,
    pub(crate) description_kinds: Section,
    pub(crate) language_refsets: Section,
    pub(crate) acceptabilities: Section,
    pub(crate) text: Section,
    pub(crate) description_order: Section,
    pub(crate) description_sample: Section,
    pub(crate) search: SearchLayout,
    pub(crate) refsets: RefsetLayout,
    pub(crate) history: HistoryLayout,
    /// Ordinals below this are placed: active, and connected to the root by all their parents.
    pub(crate) placed: u32,
    /// Ordinals below this are active.
    pub(crate) active: u32,
    /// Ordinals below this are concepts of the release.
    pub(crate) concept_count: u32,
    /// Ordinals below this have an id.
    pub(crate) total: u32,
}

impl Layout {
    /// The layout of SNOMED CT in a file, or `None` where it has none.
    pub(crate) fn of(file: &IndexFile) -> Result<Option<Layout>, OpenError> {
        if file.section(format::CONCEPTS).is_none() {
            return Ok(None);
        }
        let corrupt = |tag, what| file.corrupt_section(tag, what);
        let any = |tag| file.needed(tag);
        // Ordinals have 32 bits, and more records than this are of no release.
        let records = |tag, length, further| {
            let section = file.records(tag, length, further)?;
            match section.items <= 1 << 30 {
                true => Ok(section),
                false => Err(corrupt(tag, "the section has more items than any release")),
            }
        };
        // A section that begins with starts: it has at least those, of its items and of their end.
        let starts = |tag| {
            let section = any(tag)?;
            let starts = section.items.checked_add(1).and_then(|n| n.checked_mul(4));
            match starts.is_some_and(|starts| starts <= section.length) {
                true => Ok(section),
                false => Err(corrupt(tag, "the section is not as long as its items")),
            }
        };
        let descendants = records(format::DESCENDANTS, format::DESCENDANTS_RECORD_LENGTH, 1)?;
        let concept_ids = records(format::CONCEPT_IDS, 8, 0)?;
        let concepts = any(format::CONCEPTS)?;
        // Missing concepts have records too: as many as there are ids, and one past the end.
        if Some(concepts.length)
            != concept_ids
                .items
                .checked_add(1)
                .and_then(|n| n.checked_mul(format::CONCEPT_RECORD_LENGTH))
        {
            return Err(corrupt(format::CONCEPTS, "the section is not as long as its items"));
        }
        let past = file.source().view(descendants).u32(descendants.items.saturating_mul(4));
        let placed = past.ok_or_else(|| match file.damage() {
            Some(damage) => file.corrupt(damage),
            None => corrupt(format::DESCENDANTS, "the section has no end"),
        })?;
        let layout = Layout {
            meta: any(format::META)?,
            concept_ids,
            concept_buckets: any(format::CONCEPT_BUCKETS)?,
            concepts,
            concept_statuses: records(format::CONCEPT_STATUSES, 24, 0)?,
            dates: records(format::DATES, 4, 0)?,
            semantic_tags: starts(format::SEMANTIC_TAGS)?,
            descendants,
            intervals: records(format::INTERVALS, 8, 0)?,
            parents: records(format::PARENTS, 4, 0)?,
            children: records(format::CHILDREN, 4, 0)?,
            non_leaves: records(format::NON_LEAVES, 8, 0)?,
            ancestors: records(format::ANCESTORS, 4, 0)?,
            attributes: records(format::ATTRIBUTES, 8, 0)?,
            attribute_kinds: records(format::ATTRIBUTE_KINDS, 16, 0)?,
            concrete_values: starts(format::CONCRETE_VALUES)?,
            kind_index: records(format::KIND_INDEX, format::KIND_INDEX_RECORD_LENGTH, 1)?,
            attribute_values: records(format::ATTRIBUTE_VALUES, 8, 1)?,
            attribute_postings: records(format::ATTRIBUTE_POSTINGS, 8, 0)?,
            kind_sources: records(format::KIND_SOURCES, 4, 0)?,
            descriptions: records(format::DESCRIPTIONS, format::DESCRIPTION_RECORD_LENGTH, 0)?,
            description_kinds: records(format::DESCRIPTION_KINDS, 40, 0)?,
            language_refsets: records(format::LANGUAGE_REFSETS, 8, 0)?,
            acceptabilities: starts(format::ACCEPTABILITIES)?,
            text: any(format::TEXT)?,
            description_order: records(format::DESCRIPTION_ORDER, 4, 0)?,
            description_sample: records(format::DESCRIPTION_SAMPLE, 8, 0)?,
            search: SearchLayout {
                ranks: any(format::RANKS)?,
                zones: any(format::RANK_ZONES)?,
                words: any(format::WORDS)?,
                word_postings: any(format::WORD_POSTINGS)?,
                prefix_postings: any(format::PREFIX_POSTINGS)?,
                postings: any(format::POSTINGS)?,
            },
            refsets: RefsetLayout::of(file, concepts.items)?,
            history: HistoryLayout::of(file, concepts.items)?,
            placed,
            active: descendants.items as u32,
            concept_count: concepts.items as u32,
            total: concept_ids.items as u32,
        };
        let ascending = layout.placed <= layout.active
            && descendants.items <= concepts.items
            && concepts.items <= concept_ids.items;
        match ascending {
            true => Ok(Some(layout)),
            false => Err(corrupt(format::CONCEPTS, "more placed than active than all concepts")),
        }
    }
}
