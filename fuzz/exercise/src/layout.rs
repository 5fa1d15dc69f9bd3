//! Where the sections of an index lie, read by hand: a damaged index is to be read here too.

use std::ops::Range;

use farr::index::format::{DATA_START, HEADER_LENGTH, SECTION_ENTRY_LENGTH, Tag};

/// The bytes of each section, by its name; those that do not lie inside are left out.
pub fn sections(bytes: &[u8]) -> impl Iterator<Item = (Tag, Range<usize>)> {
    let table = bytes.get(HEADER_LENGTH..DATA_START).unwrap_or_default();
    let length = bytes.len();
    table.chunks_exact(SECTION_ENTRY_LENGTH).filter_map(move |entry| {
        let tag = Tag(*entry.first_chunk()?);
        let start = usize::try_from(u64::from_le_bytes(*entry.get(8..)?.first_chunk()?)).ok()?;
        let bytes = usize::try_from(u64::from_le_bytes(*entry.get(16..)?.first_chunk()?)).ok()?;
        let end = start.checked_add(bytes).filter(|end| *end <= length)?;
        (start > 0).then_some((tag, start..end))
    })
}

/// The bytes of one section.
pub fn section(bytes: &[u8], tag: Tag) -> Option<Range<usize>> {
    sections(bytes).find(|(found, _)| *found == tag).map(|(_, range)| range)
}

/// The entry of one section in the section table.
pub fn section_entry(bytes: &[u8], tag: Tag) -> Option<Range<usize>> {
    let table = bytes.get(HEADER_LENGTH..DATA_START)?;
    let place = table.chunks_exact(SECTION_ENTRY_LENGTH).position(|e| e.starts_with(&tag.0))?;
    let start = HEADER_LENGTH + place * SECTION_ENTRY_LENGTH;
    Some(start..start + SECTION_ENTRY_LENGTH)
}
