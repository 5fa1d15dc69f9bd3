//! Indexes that nobody's accident makes: checksums right, sections at odds with each other.

use farr::index::format::{self, CONCEPT_RECORD_LENGTH, Tag};
use farr_exercise::{craft, repair, section, section_entry};

/// A name and the bytes of an index that was made to do harm.
pub(crate) type Crafted = (&'static str, Vec<u8>);

/// All of them, made from the index of the tiny release.
pub(crate) fn crafted(index: &[u8]) -> Vec<Crafted> {
    vec![
        ("rows that end beyond their sections", endless_rows(index)),
        ("descendants beyond all concepts", endless_descendants(index)),
        ("intervals that cover everything again and again", endless_intervals(index)),
        ("parents that go round in circles", circles(index)),
        ("patterns of acceptability beyond counting", endless_patterns(index)),
        ("words beyond counting", endless_words(index)),
        ("ranks beyond the last", endless_ranks(index)),
        ("associations that every other concept has all of", endless_associations(index)),
    ]
}

fn put(bytes: &mut [u8], tag: Tag, at: usize, value: &[u8]) {
    let start = section(bytes, tag).expect("the section is there").start + at;
    bytes[start..start + value.len()].copy_from_slice(value);
}

/// Every second concept has all associations, and each leads to all concepts.
fn endless_associations(index: &[u8]) -> Vec<u8> {
    let many = 50_000_u32;
    let concepts = section(index, format::CONCEPTS).expect("there are concepts").len();
    let concepts = section(index, format::CONCEPT_IDS)
        .map_or(0, |ids| ids.len() / 8)
        .min(concepts / CONCEPT_RECORD_LENGTH) as u32;
    let starts = section(index, format::ASSOCIATIONS).expect("there are associations").len() / 4;
    let mut bytes: Vec<u8> = (0..starts as u32)
        .flat_map(|at| if at % 2 == 0 { 0_u32.to_le_bytes() } else { many.to_le_bytes() })
        .collect();
    for at in 0..many {
        bytes.extend_from_slice(&(at % concepts).to_le_bytes());
        bytes.extend_from_slice(&[0, 0]);
    }
    // The first refset is SAME AS, so that they are followed.
    let mut refsets = index[section(index, format::REFSETS).expect("there are refsets")].to_vec();
    refsets[..8].copy_from_slice(&900_000_000_000_527_005_u64.to_le_bytes());
    let refset_count = (refsets.len() / format::REFSET_RECORD_LENGTH - 1) as u64;
    let both = [format::ASSOCIATIONS, format::INVERSE_ASSOCIATIONS];
    let mut replaced = vec![(format::REFSETS, refsets, refset_count)];
    replaced.extend(both.map(|tag| (tag, bytes.clone(), u64::from(many))));
    craft(index, &replaced)
}

/// Every second concept's rows of every list end where a `u32` does.
fn endless_rows(index: &[u8]) -> Vec<u8> {
    let mut bytes = index.to_vec();
    let length = section(index, format::CONCEPTS).expect("there are concepts").len();
    for record in (1..length / CONCEPT_RECORD_LENGTH).step_by(2) {
        for list in 0..5 {
            let at = record * CONCEPT_RECORD_LENGTH + list * 4;
            put(&mut bytes, format::CONCEPTS, at, &u32::MAX.to_le_bytes());
        }
    }
    repair(&mut bytes);
    bytes
}

/// The root's own interval and count end where a `u32` does.
fn endless_descendants(index: &[u8]) -> Vec<u8> {
    let mut bytes = index.to_vec();
    put(&mut bytes, format::DESCENDANTS, 4, &u32::MAX.to_le_bytes());
    put(&mut bytes, format::DESCENDANTS, 12, &u32::MAX.to_le_bytes());
    repair(&mut bytes);
    bytes
}

/// The root has all further intervals, thousands that are each as wide as can be.
fn endless_intervals(index: &[u8]) -> Vec<u8> {
    let many = 4000_u32;
    let intervals = [0_u32, u32::MAX].map(u32::to_le_bytes).concat().repeat(many as usize);
    let mut descendants = section(index, format::DESCENDANTS).map(|range| index[range].to_vec());
    let descendants = descendants.as_mut().expect("there are descendants");
    descendants[12..16].copy_from_slice(&u32::MAX.to_le_bytes());
    descendants[24..28].copy_from_slice(&many.to_le_bytes());
    let items = descendants.len() as u64 / 16 - 1;
    craft(
        index,
        &[
            (format::INTERVALS, intervals, many.into()),
            (format::DESCENDANTS, descendants.clone(), items),
        ],
    )
}

/// Every concept of the first thirty has all others of them as parents: there is no root to come
/// to, and more ways to look for it than there are atoms.
fn circles(index: &[u8]) -> Vec<u8> {
    const RING: u32 = 30;
    let parents: Vec<u8> = (0..RING)
        .flat_map(|concept| (0..RING).filter(move |other| *other != concept))
        .flat_map(u32::to_le_bytes)
        .collect();
    let mut concepts = section(index, format::CONCEPTS).map(|range| index[range].to_vec());
    let concepts = concepts.as_mut().expect("there are concepts");
    for (ordinal, record) in concepts.chunks_exact_mut(CONCEPT_RECORD_LENGTH).enumerate() {
        let start = (ordinal as u32).min(RING) * (RING - 1);
        record[4..8].copy_from_slice(&start.to_le_bytes());
    }
    let entry = section_entry(index, format::CONCEPTS).expect("there are concepts");
    let items = index[entry][24..].first_chunk().map_or(0, |items| u64::from_le_bytes(*items));
    let rows = parents.len() as u64 / 4;
    craft(index, &[(format::PARENTS, parents, rows), (format::CONCEPTS, concepts.clone(), items)])
}

/// The section of acceptabilities says that it has as many patterns as a `u64` can.
fn endless_patterns(index: &[u8]) -> Vec<u8> {
    let patterns = section(index, format::ACCEPTABILITIES).expect("there are patterns");
    craft(index, &[(format::ACCEPTABILITIES, index[patterns].to_vec(), u64::MAX)])
}

fn endless_words(index: &[u8]) -> Vec<u8> {
    craft(index, &[(format::WORDS, endless_vocabulary(), 1)])
}

/// A vocabulary of a few kilobytes whose words are more than can be counted, none long enough to
/// be near a word of forty letters.
pub(crate) fn endless_vocabulary() -> Vec<u8> {
    const LEVELS: usize = 37;
    let mut words = 3_u64.to_le_bytes().to_vec();
    words.extend_from_slice(&[0; 8]);
    for level in 0..LEVELS {
        // The letters' second bytes all lead to the level before; the first of all to the end.
        let next = u8::from(level > 0);
        let continued: Vec<u8> = (0x80..0xA0).collect();
        node(&mut words, &vec![next; continued.len()], &continued);
        // An "a" leads past the node of second bytes, everything else leads to it.
        let length = 2 * continued.len() + 2;
        let past = if level > 0 { length as u8 + 1 } else { 0 };
        let firsts: Vec<u8> = [b'a'].into_iter().chain(0xC3..0xE0).collect();
        let deltas: Vec<u8> = (0..firsts.len()).map(|at| if at == 0 { past } else { 1 }).collect();
        node(&mut words, &deltas, &firsts);
    }
    let root = words.len() as u64 - 1;
    words.extend_from_slice(&1_u64.to_le_bytes());
    words.extend_from_slice(&root.to_le_bytes());
    words.extend_from_slice(&[0; 4]);
    words
}

/// A node of the vocabulary with transitions of these bytes, at most 32 of them, which lead so many
/// bytes back from where it begins.
fn node(bytes: &mut Vec<u8>, deltas: &[u8], inputs: &[u8]) {
    bytes.extend(deltas.iter().rev());
    bytes.extend(inputs.iter().rev());
    // One byte a delta and none an output; the number of transitions; not final.
    bytes.extend_from_slice(&[0x10, inputs.len() as u8]);
}

/// The zones of ranks end where a `u32` does.
fn endless_ranks(index: &[u8]) -> Vec<u8> {
    let mut bytes = index.to_vec();
    for zone in 0..3 {
        put(&mut bytes, format::RANK_ZONES, zone * 4, &u32::MAX.to_le_bytes());
    }
    repair(&mut bytes);
    bytes
}
