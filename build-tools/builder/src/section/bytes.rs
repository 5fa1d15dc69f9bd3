//! Numbers and texts to bytes, as `farr::index::format` lays them out.

use farr::index::format::Tag;

use super::Section;

/// Numbers, little-endian.
pub(super) fn u32s(values: &[u32]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(values.len() * 4);
    values.iter().for_each(|value| bytes.extend_from_slice(&value.to_le_bytes()));
    bytes
}

/// Numbers, little-endian.
pub(super) fn u64s(values: impl IntoIterator<Item = u64>) -> Vec<u8> {
    values.into_iter().flat_map(u64::to_le_bytes).collect()
}

/// A section of short texts.
pub(super) fn texts<'a>(tag: Tag, texts: impl IntoIterator<Item = &'a str>) -> Section {
    let mut ends = vec![0_u32];
    let mut pool = Vec::new();
    for text in texts {
        pool.extend_from_slice(text.as_bytes());
        ends.push(pool.len() as u32);
    }
    let mut bytes = u32s(&ends);
    bytes.extend_from_slice(&pool);
    Section::new(tag, ends.len() - 1, bytes)
}
