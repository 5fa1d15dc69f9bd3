//! The header and the section table.

use super::error::Corrupt;
use super::format::{
    ALIGNMENT, BLOCK, DATA_START, HEADER_LENGTH, MAGIC, MAJOR, SECTION_CAPACITY,
    SECTION_ENTRY_LENGTH, Tag,
};

/// The first 64 bytes of an index.
///
/// | bytes | what |
/// |---|---|
/// | 0 .. 8 | [`MAGIC`] |
/// | 8 .. 10, 10 .. 12 | major and minor version, `u16` |
/// | 12 .. 16 | length of the header, `u32` |
/// | 16 .. 24 | length of the file, `u64` |
/// | 24 .. 28 | sections in use, `u32` |
/// | 28 .. 32 | bytes a checksum block, `u32` |
/// | 32 .. 40 | where the checksum table begins, `u64` |
/// | 40 .. 48 | build id, `u64`: follows from the content alone |
/// | 48 .. 56 | zero |
/// | 56 .. 60 | CRC-32 of the section table and the checksum table |
/// | 60 .. 64 | CRC-32 of the 60 bytes before it |
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Major and minor version.
    pub version: (u16, u16),
    /// Length of the whole file.
    pub file_length: u64,
    /// Sections in use.
    pub sections: u32,
    /// Where the checksum table begins.
    pub checksums_start: u64,
    /// Follows from the content: equal sources give equal ids.
    pub build_id: u64,
    /// CRC-32 of the section table and the checksum table.
    pub tables_checksum: u32,
}

/// Why a header is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HeaderError {
    NotAnIndex,
    Version { found: (u16, u16) },
    Corrupt(Corrupt),
}

fn array<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    bytes.get(at..).and_then(<[u8]>::first_chunk).copied().unwrap_or([0; N])
}

fn corrupt(what: &'static str, at: usize) -> Corrupt {
    Corrupt { section: None, what, at: at as u64 }
}

impl Header {
    /// The bytes of this header, checksum included.
    pub fn to_bytes(&self) -> [u8; HEADER_LENGTH] {
        let mut bytes = [0; HEADER_LENGTH];
        let mut put = |at: usize, field: &[u8]| {
            for (to, from) in bytes.iter_mut().skip(at).zip(field) {
                *to = *from;
            }
        };
        put(0, &MAGIC);
        put(8, &self.version.0.to_le_bytes());
        put(10, &self.version.1.to_le_bytes());
        put(12, &(HEADER_LENGTH as u32).to_le_bytes());
        put(16, &self.file_length.to_le_bytes());
        put(24, &self.sections.to_le_bytes());
        put(28, &(BLOCK as u32).to_le_bytes());
        put(32, &self.checksums_start.to_le_bytes());
        put(40, &self.build_id.to_le_bytes());
        put(56, &self.tables_checksum.to_le_bytes());
        let checksum = crc32fast::hash(&array::<60>(&bytes, 0));
        for (to, from) in bytes.iter_mut().skip(60).zip(checksum.to_le_bytes()) {
            *to = from;
        }
        bytes
    }

    /// Reads and checks the header of the file whose bytes these are.
    pub(super) fn read(file: &[u8]) -> Result<Header, HeaderError> {
        if file.get(..MAGIC.len()) != Some(MAGIC.as_slice()) {
            return Err(HeaderError::NotAnIndex);
        }
        if file.len() < HEADER_LENGTH {
            return Err(HeaderError::Corrupt(corrupt("the file ends in its header", file.len())));
        }
        let bytes: [u8; HEADER_LENGTH] = array(file, 0);
        let version = (u16::from_le_bytes(array(&bytes, 8)), u16::from_le_bytes(array(&bytes, 10)));
        // The checksum first: a damaged version number is damage, not another version. Every major
        // version keeps the magic, the version and this checksum in their places, and nothing else.
        let sound =
            crc32fast::hash(&array::<60>(&bytes, 0)) == u32::from_le_bytes(array(&bytes, 60));
        if !sound {
            return Err(HeaderError::Corrupt(corrupt("the header does not match its checksum", 0)));
        }
        if version.0 != MAJOR {
            return Err(HeaderError::Version { found: version });
        }
        if file.len() < DATA_START {
            return Err(HeaderError::Corrupt(corrupt("the file ends in its header", file.len())));
        }
        let header = Header {
            version,
            file_length: u64::from_le_bytes(array(&bytes, 16)),
            sections: u32::from_le_bytes(array(&bytes, 24)),
            checksums_start: u64::from_le_bytes(array(&bytes, 32)),
            build_id: u64::from_le_bytes(array(&bytes, 40)),
            tables_checksum: u32::from_le_bytes(array(&bytes, 56)),
        };
        let expect = |holds: bool, what, at| {
            if holds { Ok(()) } else { Err(HeaderError::Corrupt(corrupt(what, at))) }
        };
        expect(
            u32::from_le_bytes(array(&bytes, 12)) as usize == HEADER_LENGTH,
            "header length",
            12,
        )?;
        expect(
            header.file_length == file.len() as u64,
            "the file is not as long as it says: cut short, or added to",
            16,
        )?;
        expect(header.sections as usize <= SECTION_CAPACITY, "number of sections", 24)?;
        expect(u32::from_le_bytes(array(&bytes, 28)) as usize == BLOCK, "block size", 28)?;
        expect(array::<8>(&bytes, 48) == [0; 8], "bytes that must be zero", 48)?;
        let blocks = header.checksums_start.div_ceil(BLOCK as u64);
        let checksums_end =
            blocks.checked_mul(4).and_then(|length| length.checked_add(header.checksums_start));
        expect(
            header.checksums_start >= DATA_START as u64
                && checksums_end == Some(header.file_length),
            "where the checksum table begins",
            32,
        )?;
        Ok(header)
    }

    /// Where the checksum table begins, as an index into the file's bytes.
    pub(super) fn checksums_at(&self) -> usize {
        usize::try_from(self.checksums_start).unwrap_or(usize::MAX)
    }

    /// Reads the section table: ascending, apart, aligned, inside the data.
    pub(super) fn read_sections(&self, file: &[u8]) -> Result<Vec<SectionEntry>, Corrupt> {
        let table = file.get(HEADER_LENGTH..DATA_START).unwrap_or_default();
        let checksums = file.get(self.checksums_at()..).unwrap_or_default();
        let mut hasher = crc32fast::Hasher::new();
        hasher.update(table);
        hasher.update(checksums);
        if hasher.finalize() != self.tables_checksum {
            return Err(corrupt(
                "the section table or the checksum table does not match its checksum",
                HEADER_LENGTH,
            ));
        }
        let mut sections: Vec<SectionEntry> = Vec::with_capacity(SECTION_CAPACITY);
        let (entries, _) = table.as_chunks::<SECTION_ENTRY_LENGTH>();
        let mut end = DATA_START as u64;
        for (number, bytes) in entries.iter().enumerate() {
            let at = HEADER_LENGTH.saturating_add(number.saturating_mul(SECTION_ENTRY_LENGTH));
            if number >= self.sections as usize {
                if bytes.iter().any(|byte| *byte != 0) {
                    return Err(corrupt("an unused section entry is not zero", at));
                }
                continue;
            }
            let section = SectionEntry::from_bytes(bytes);
            let section_end = section.start.checked_add(section.length);
            let inside = section_end.is_some_and(|end| end <= self.checksums_start);
            if !inside || section.start < end || !section.start.is_multiple_of(ALIGNMENT as u64) {
                return Err(corrupt("a section lies outside its place", at));
            }
            if sections.iter().any(|earlier| earlier.tag == section.tag) {
                return Err(corrupt("a section stands twice", at));
            }
            end = section_end.unwrap_or(u64::MAX);
            sections.push(section);
        }
        Ok(sections)
    }
}

/// One entry of the section table, 32 bytes: 4 tag, `u16` version, `u16` flags, `u64` start, `u64`
/// length, `u64` items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SectionEntry {
    /// Its name.
    pub tag: Tag,
    /// Version of its layout.
    pub version: u16,
    /// [`super::format::MUST_UNDERSTAND`], or 0.
    pub flags: u16,
    /// The byte of the file at which it begins.
    pub start: u64,
    /// Its length in bytes.
    pub length: u64,
    /// How many records it holds.
    pub items: u64,
}

impl SectionEntry {
    /// The bytes of this entry.
    pub fn to_bytes(&self) -> [u8; SECTION_ENTRY_LENGTH] {
        let fields = self
            .tag
            .0
            .into_iter()
            .chain(self.version.to_le_bytes())
            .chain(self.flags.to_le_bytes())
            .chain(self.start.to_le_bytes())
            .chain(self.length.to_le_bytes())
            .chain(self.items.to_le_bytes());
        let mut bytes = [0; SECTION_ENTRY_LENGTH];
        for (to, from) in bytes.iter_mut().zip(fields) {
            *to = from;
        }
        bytes
    }

    fn from_bytes(bytes: &[u8; SECTION_ENTRY_LENGTH]) -> SectionEntry {
        SectionEntry {
            tag: Tag(array(bytes, 0)),
            version: u16::from_le_bytes(array(bytes, 4)),
            flags: u16::from_le_bytes(array(bytes, 6)),
            start: u64::from_le_bytes(array(bytes, 8)),
            length: u64::from_le_bytes(array(bytes, 16)),
            items: u64::from_le_bytes(array(bytes, 24)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_entry_reads_back() {
        let entry = SectionEntry {
            tag: super::super::format::TEXT,
            version: 3,
            flags: 1,
            start: DATA_START as u64,
            length: 77,
            items: 9,
        };
        assert_eq!(SectionEntry::from_bytes(&entry.to_bytes()), entry);
    }

    #[test]
    fn too_short_a_file_is_damage_and_a_stranger_is_no_index() {
        assert_eq!(Header::read(b"hello"), Err(HeaderError::NotAnIndex));
        assert!(matches!(Header::read(&MAGIC), Err(HeaderError::Corrupt(_))));
    }
}
