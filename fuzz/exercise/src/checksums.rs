//! Making the checksums of a damaged index right again.

use farr::index::format::{BLOCK, DATA_START, HEADER_LENGTH};

/// Where the tables checksum and the header checksum stand in the header.
const TABLES_CHECKSUM: usize = 56;
const HEADER_CHECKSUM: usize = 60;
const CHECKSUMS_START: usize = 32;

fn put(bytes: &mut [u8], at: usize, checksum: u32) {
    if let Some(place) = bytes.get_mut(at..at + 4) {
        place.copy_from_slice(&checksum.to_le_bytes());
    }
}

/// Writes the checksums that the bytes as they are now should have: of each block, of both tables,
/// of the header. What they then guard against is found out by the structure alone.
///
/// Where the header does not say where the checksum table is, only the header's is written.
pub fn repair(bytes: &mut [u8]) {
    let stated = bytes.get(CHECKSUMS_START..CHECKSUMS_START + 8).and_then(<[u8]>::first_chunk);
    let stated = stated.map_or(0, |start| u64::from_le_bytes(*start));
    let data_end = usize::try_from(stated).unwrap_or(usize::MAX);
    if (DATA_START..=bytes.len()).contains(&data_end) {
        for block in 0..data_end.div_ceil(BLOCK) {
            let (start, end) = (block * BLOCK, ((block + 1) * BLOCK).min(data_end));
            let checksum = crc32fast::hash(&bytes[start.max(DATA_START)..end]);
            put(bytes, data_end + block * 4, checksum);
        }
        let mut tables = crc32fast::Hasher::new();
        tables.update(&bytes[HEADER_LENGTH..DATA_START]);
        tables.update(&bytes[data_end..]);
        put(bytes, TABLES_CHECKSUM, tables.finalize());
    }
    if bytes.len() >= HEADER_LENGTH {
        let checksum = crc32fast::hash(&bytes[..HEADER_CHECKSUM]);
        put(bytes, HEADER_CHECKSUM, checksum);
    }
}
