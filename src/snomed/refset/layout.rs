//! Where the sections of the refsets lie in a file, checked against each other once.

use std::sync::OnceLock;

use super::map_memory::{ByPart, MapMemory};
use crate::index::format::{self, Tag};
use crate::index::{Corrupt, IndexFile, OpenError, Section};
use crate::snomed::lists::Lists;

/// The sections of the refsets.
#[derive(Debug)]
pub(crate) struct RefsetLayout {
    pub(crate) refsets: Section,
    pub(crate) parts: Section,
    pub(crate) concepts: Section,
    pub(crate) concept_refsets: Lists,
    pub(crate) tables: Section,
    pub(crate) columns: Section,
    pub(crate) column_names: Section,
    pub(crate) column_values: Section,
    pub(crate) dictionaries: Section,
    pub(crate) value_order: Section,
    pub(crate) parameter_starts: Section,
    pub(crate) parameters: Section,
    pub(crate) texts: Section,
    pub(crate) member_ids: Section,
    pub(crate) unusual_members: Section,
    pub(crate) unusual_member_ids: Section,
    pub(crate) referenced_components: Section,
    pub(crate) member_status: Section,
    pub(crate) member_statuses: Section,
    pub(crate) other_components: Section,
    pub(crate) associations: Lists,
    pub(crate) inverse_associations: Lists,
    pub(crate) alternate_identifiers: Section,
    pub(crate) alternate_identifier_order: Section,
    /// Maps in memory.
    pub(crate) maps: ByPart<MapMemory>,
}

impl RefsetLayout {
    /// The layout of the refsets in a file with so many concepts.
    pub(crate) fn of(file: &IndexFile, concept_count: usize) -> Result<RefsetLayout, OpenError> {
        let corrupt = |tag: Tag, what| {
            let at = file.section(tag).map_or(0, |section| section.start);
            file.corrupt(Corrupt { section: Some(tag), what, at: at as u64 })
        };
        let any = |tag| file.section(tag).ok_or_else(|| corrupt(tag, "the section is missing"));
        let is = |tag, length: Option<usize>| {
            let section = any(tag)?;
            match length == Some(section.length) && section.items <= 1 << 30 {
                true => Ok(section),
                false => Err(corrupt(tag, "the section is not as long as its items")),
            }
        };
        // Records, with some past the end.
        let records = |tag, length: usize, further: usize| {
            let items = any(tag)?.items.checked_add(further);
            is(tag, items.and_then(|items| items.checked_mul(length)))
        };
        // A section that begins with starts has at least those, of its items and of their end.
        let texts = |tag| {
            let section = any(tag)?;
            let starts = section.items.checked_add(1).and_then(|n| n.checked_mul(4));
            match starts.is_some_and(|starts| starts <= section.length) && section.items <= 1 << 30
            {
                true => Ok(section),
                false => Err(corrupt(tag, "the section is not as long as its items")),
            }
        };
        // Entries of a length by concept.
        let lists = |tag, length: usize| {
            let section = any(tag)?;
            Lists::of(section, concept_count, length)
                .filter(|_| section.items <= 1 << 30)
                .ok_or_else(|| corrupt(tag, "the section is not as long as its items"))
        };
        let member_ids = records(format::MEMBER_IDS, 16, 0)?;
        let of_each_member = |tag, length| {
            let section = records(tag, length, 0)?;
            match section.items == member_ids.items {
                true => Ok(section),
                false => Err(corrupt(tag, "not as many as member ids")),
            }
        };
        let unusual_members = records(format::UNUSUAL_MEMBERS, 4, 0)?;
        let unusual_member_ids = texts(format::UNUSUAL_MEMBER_IDS)?;
        if unusual_members.items != unusual_member_ids.items {
            return Err(corrupt(format::UNUSUAL_MEMBER_IDS, "not as many as their rows"));
        }
        let alternate_identifiers = records(format::ALTERNATE_IDENTIFIERS, 16, 0)?;
        let alternate_identifier_order = records(format::ALTERNATE_IDENTIFIER_ORDER, 4, 0)?;
        if alternate_identifiers.items != alternate_identifier_order.items {
            let what = "not as many as alternate identifiers";
            return Err(corrupt(format::ALTERNATE_IDENTIFIER_ORDER, what));
        }
        let refsets = records(format::REFSETS, format::REFSET_RECORD_LENGTH, 1)?;
        let tables = records(format::REFSET_TABLES, 8, 1)?;
        if refsets.items > usize::from(u16::MAX) || tables.items > usize::from(u16::MAX) {
            return Err(corrupt(format::REFSETS, "more refsets or tables than can be numbered"));
        }
        let column_values = any(format::COLUMN_VALUES)?;
        Ok(RefsetLayout {
            refsets,
            parts: records(format::REFSET_PARTS, 16, 0)?,
            concepts: records(format::REFSET_CONCEPTS, 4, 0)?,
            concept_refsets: lists(format::CONCEPT_REFSETS, 2)?,
            tables,
            columns: records(format::REFSET_COLUMNS, format::REFSET_COLUMN_LENGTH, 0)?,
            column_names: texts(format::COLUMN_NAMES)?,
            column_values,
            dictionaries: records(format::COLUMN_DICTIONARIES, 4, 0)?,
            value_order: records(format::VALUE_ORDER, 4, 0)?,
            parameter_starts: records(format::PARAMETER_STARTS, 4, 0)?,
            parameters: records(format::PARAMETERS, 4, 0)?,
            texts: texts(format::MEMBER_TEXTS)?,
            member_ids,
            unusual_members,
            unusual_member_ids,
            referenced_components: of_each_member(format::REFERENCED_COMPONENTS, 4)?,
            member_status: of_each_member(format::MEMBER_STATUS, 2)?,
            member_statuses: records(format::MEMBER_STATUSES, 12, 0)?,
            other_components: records(format::OTHER_COMPONENTS, 8, 0)?,
            associations: lists(format::ASSOCIATIONS, format::ASSOCIATION_LENGTH)?,
            inverse_associations: lists(format::INVERSE_ASSOCIATIONS, format::ASSOCIATION_LENGTH)?,
            alternate_identifiers,
            alternate_identifier_order,
            maps: OnceLock::new(),
        })
    }
}
