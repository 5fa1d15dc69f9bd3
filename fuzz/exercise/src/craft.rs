//! Making an index whose sections are not those that the builder wrote.

use farr::index::format::{
    ALIGNMENT, BLOCK, DATA_START, HEADER_LENGTH, MAJOR, MINOR, SECTION_ENTRY_LENGTH, Tag,
};
use farr::index::{Header, SectionEntry};

use crate::checksums::repair;
use crate::layout::{section_entry, sections};

/// An index with some sections replaced: bytes and items. Its checksums are right.
pub fn craft(index: &[u8], replaced: &[(Tag, Vec<u8>, u64)]) -> Vec<u8> {
    let mut table = Vec::new();
    let mut data = Vec::new();
    for (tag, range) in sections(index) {
        let items = section_entry(index, tag)
            .and_then(|entry| index.get(entry)?.get(24..)?.first_chunk())
            .map_or(0, |items| u64::from_le_bytes(*items));
        let other = replaced.iter().find(|(replaced, _, _)| *replaced == tag);
        let (bytes, items) = match other {
            Some((_, bytes, items)) => (bytes.as_slice(), *items),
            None => (&index[range], items),
        };
        data.resize(data.len().next_multiple_of(ALIGNMENT), 0);
        let (start, length) = ((DATA_START + data.len()) as u64, bytes.len() as u64);
        let entry = SectionEntry { tag, version: 1, flags: 0, start, length, items };
        table.extend_from_slice(&entry.to_bytes());
        data.extend_from_slice(bytes);
    }
    let checksums_start = DATA_START + data.len();
    let file_length = checksums_start + checksums_start.div_ceil(BLOCK) * 4;
    let header = Header {
        version: (MAJOR, MINOR),
        file_length: file_length as u64,
        sections: (table.len() / SECTION_ENTRY_LENGTH) as u32,
        checksums_start: checksums_start as u64,
        build_id: 0,
        tables_checksum: 0,
    };
    let mut bytes = vec![0; file_length];
    bytes[..HEADER_LENGTH].copy_from_slice(&header.to_bytes());
    bytes[HEADER_LENGTH..HEADER_LENGTH + table.len()].copy_from_slice(&table);
    bytes[DATA_START..checksums_start].copy_from_slice(&data);
    repair(&mut bytes);
    bytes
}
