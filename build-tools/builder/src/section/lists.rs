//! Lists of entries by concept: read by `farr::snomed::lists`.

use farr::index::format::{LIST_BLOCK, LIST_BLOCK_LENGTH};

/// The blocks of a section of lists, by where the entries of each concept start, and one past the
/// end.
pub(super) fn blocks(starts: &[u32]) -> Vec<u8> {
    let concepts = starts.len().saturating_sub(1);
    let of_block = |first: usize| &starts[first..=(first + LIST_BLOCK).min(concepts)];
    let firsts = || (0..concepts).step_by(LIST_BLOCK).map(of_block);
    let entries = |starts: &[u32]| starts[starts.len() - 1] - starts[0];
    let wide = firsts().any(|starts| entries(starts) > u32::from(u16::MAX));
    let mut bytes = Vec::with_capacity(concepts.div_ceil(LIST_BLOCK) * LIST_BLOCK_LENGTH);
    for starts in firsts() {
        let base = starts[0];
        bytes.extend_from_slice(&base.to_le_bytes());
        for at in 1..=LIST_BLOCK {
            // Places beyond the last concept end where it ends.
            let end = starts[at.min(starts.len() - 1)] - base;
            match wide {
                true => bytes.extend_from_slice(&end.to_le_bytes()),
                false => bytes.extend_from_slice(&(end as u16).to_le_bytes()),
            }
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use farr::index::format::LIST_WIDE_BLOCK_LENGTH;

    use super::*;

    #[test]
    fn a_block_with_more_entries_than_two_bytes_count_makes_all_of_them_wide() {
        let mut starts = vec![0; 40];
        starts.extend([65_535, 65_535]);
        let narrow = blocks(&starts);
        assert_eq!(narrow.len(), 2 * LIST_BLOCK_LENGTH);
        assert!(
            narrow.ends_with(&[0xFF; 2]) && narrow[..LIST_BLOCK_LENGTH].iter().all(|b| *b == 0)
        );
        starts.push(65_536);
        let wide = blocks(&starts);
        assert_eq!(wide.len(), 2 * LIST_WIDE_BLOCK_LENGTH);
        assert!(wide.ends_with(&[0, 0, 1, 0]));
        assert!(blocks(&[0]).is_empty());
    }
}
