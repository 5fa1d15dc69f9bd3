//! Files of other versions, made from a golden file.

use farr::index::format::{
    ALIGNMENT, DATA_START, HEADER_LENGTH, SECTION_CAPACITY, SECTION_ENTRY_LENGTH, Tag,
};
use farr::index::{Header, SectionEntry};
use farr_exercise::{repair, section_entry};

/// A section that this farr does not know.
pub(crate) const UNKNOWN: Tag = Tag(*b"XYZZ");

/// A file of this format version.
pub(crate) fn of_version(index: &[u8], major: u16, minor: u16) -> Vec<u8> {
    let mut bytes = index.to_vec();
    bytes[8..10].copy_from_slice(&major.to_le_bytes());
    bytes[10..12].copy_from_slice(&minor.to_le_bytes());
    repair(&mut bytes);
    bytes
}

/// A file with one section more, behind the others.
pub(crate) fn with_section(index: &[u8], tag: Tag, layout: u16, flags: u16) -> Vec<u8> {
    let number = |at: usize| u64::from_le_bytes(std::array::from_fn(|byte| index[at + byte]));
    let used = number(24) as u32;
    assert!((used as usize) < SECTION_CAPACITY, "there is room for one more");
    let mut bytes = index[..number(32) as usize].to_vec();
    bytes.resize(bytes.len().next_multiple_of(ALIGNMENT), 0);
    let contents = b"what a later farr knows to read";
    let (start, length) = (bytes.len() as u64, contents.len() as u64);
    bytes.extend_from_slice(contents);
    let entry = SectionEntry { tag, version: layout, flags, start, length, items: 1 };
    let place = HEADER_LENGTH + used as usize * SECTION_ENTRY_LENGTH;
    bytes[place..place + SECTION_ENTRY_LENGTH].copy_from_slice(&entry.to_bytes());
    let checksums_start = bytes.len();
    bytes.resize(checksums_start + checksums_start.div_ceil(1 << 16) * 4, 0);
    let header = Header {
        version: (index[8].into(), index[10].into()),
        file_length: bytes.len() as u64,
        sections: used + 1,
        checksums_start: checksums_start as u64,
        build_id: 0,
        tables_checksum: 0,
    };
    assert!(place + SECTION_ENTRY_LENGTH <= DATA_START);
    bytes[..HEADER_LENGTH].copy_from_slice(&header.to_bytes());
    repair(&mut bytes);
    bytes
}

/// A file in which a section has another layout and other flags.
pub(crate) fn with_layout(index: &[u8], tag: Tag, layout: u16, flags: u16) -> Vec<u8> {
    let mut bytes = index.to_vec();
    let entry = section_entry(&bytes, tag).expect("the section is there").start;
    bytes[entry + 4..entry + 6].copy_from_slice(&layout.to_le_bytes());
    bytes[entry + 6..entry + 8].copy_from_slice(&flags.to_le_bytes());
    repair(&mut bytes);
    bytes
}
