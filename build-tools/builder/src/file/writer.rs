//! Sections to a file: read by `farr::index`.

use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};

use farr::index::format::{
    ALIGNMENT, BLOCK, DATA_START, HEADER_LENGTH, MAJOR, MINOR, MUST_UNDERSTAND, SECTION_CAPACITY,
    SECTION_VERSION,
};
use farr::index::{Header, SectionEntry};

use crate::section::Section;

/// Writes sections one behind the other, and the checksums of their blocks.
///
/// Header and section table are written last: a file cut short by a crash begins with zeros and is
/// no index.
#[derive(Debug)]
pub(crate) struct IndexWriter<'f> {
    file: &'f mut File,
    position: u64,
    block: crc32fast::Hasher,
    checksums: Vec<u8>,
    entries: Vec<SectionEntry>,
}

impl<'f> IndexWriter<'f> {
    pub(crate) fn new(file: &'f mut File) -> io::Result<IndexWriter<'f>> {
        file.seek(SeekFrom::Start(0))?;
        file.write_all(&[0; DATA_START])?;
        Ok(IndexWriter {
            file,
            position: DATA_START as u64,
            block: crc32fast::Hasher::new(),
            checksums: Vec::new(),
            entries: Vec::new(),
        })
    }

    fn put(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        while !bytes.is_empty() {
            let left = BLOCK - (self.position % BLOCK as u64) as usize;
            let (now, later) = bytes.split_at(left.min(bytes.len()));
            self.block.update(now);
            self.position += now.len() as u64;
            if now.len() == left {
                self.close_block();
            }
            bytes = later;
        }
        Ok(())
    }

    fn close_block(&mut self) {
        let block = std::mem::take(&mut self.block);
        self.checksums.extend_from_slice(&block.finalize().to_le_bytes());
    }

    /// Writes one section.
    pub(crate) fn section(&mut self, section: &Section) -> io::Result<()> {
        if self.entries.len() == SECTION_CAPACITY {
            return Err(io::Error::other("too many sections for the section table"));
        }
        let padding = self.position.next_multiple_of(ALIGNMENT as u64) - self.position;
        self.put(&[0; ALIGNMENT][..padding as usize])?;
        self.entries.push(SectionEntry {
            tag: section.tag,
            version: SECTION_VERSION,
            flags: MUST_UNDERSTAND,
            start: self.position,
            length: section.bytes.len() as u64,
            items: section.items,
        });
        self.put(&section.bytes)
    }

    /// Hands what is written so far to the disk, so that the end has less to wait for.
    pub(crate) fn flush(&self) -> io::Result<()> {
        self.file.sync_data()
    }

    /// Writes checksums, section table and header; gives the length of the file.
    pub(crate) fn finish(mut self) -> io::Result<u64> {
        let checksums_start = self.position;
        if !self.position.is_multiple_of(BLOCK as u64) {
            self.close_block();
        }
        self.file.write_all(&self.checksums)?;
        let mut table: Vec<u8> = self.entries.iter().flat_map(SectionEntry::to_bytes).collect();
        table.resize(DATA_START - HEADER_LENGTH, 0);
        let mut tables = crc32fast::Hasher::new();
        tables.update(&table);
        tables.update(&self.checksums);
        let tables_checksum = tables.finalize();
        // Equal content, equal id: two checksums of all checksums, in two orders.
        let mut turned = crc32fast::Hasher::new();
        turned.update(&self.checksums);
        turned.update(&table);
        let build_id = u64::from(turned.finalize()) << 32 | u64::from(tables_checksum);
        let header = Header {
            version: (MAJOR, MINOR),
            file_length: checksums_start + self.checksums.len() as u64,
            sections: self.entries.len() as u32,
            checksums_start,
            build_id,
            tables_checksum,
        };
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(&header.to_bytes())?;
        self.file.write_all(&table)?;
        Ok(header.file_length)
    }
}
