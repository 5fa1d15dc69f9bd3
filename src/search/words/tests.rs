use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

/// The FST of these words, numbered in their order.
pub(in crate::search) fn vocabulary(words: &BTreeSet<String>) -> Vec<u8> {
    let mut builder = fst::raw::Builder::memory();
    for (number, word) in words.iter().enumerate() {
        builder.insert(word, number as u64).unwrap();
    }
    builder.into_inner().unwrap()
}

/// What the words below a prefix are, by looking at all of them.
fn below(words: &BTreeSet<String>, prefix: &str) -> Option<(u32, u32)> {
    let begins: Vec<usize> = words
        .iter()
        .enumerate()
        .filter(|(_, word)| word.starts_with(prefix))
        .map(|(number, _)| number)
        .collect();
    Some((*begins.first()? as u32, *begins.last()? as u32 + 1))
}

fn exercise(bytes: &[u8], words: usize, prefixes: &[&str]) {
    let Some(vocabulary) = Vocabulary::new(bytes) else {
        return;
    };
    for prefix in prefixes {
        let _ = vocabulary.prefix(prefix);
    }
    if vocabulary.verify(words).is_ok() {
        // What we accept must not make the crate panic.
        let _ = fst::raw::Fst::new(bytes).map(|fst| fst.verify());
        let _ = vocabulary.branches(1, |_| Ok(()));
    }
}

proptest! {
    #[test]
    fn prefixes_agree_with_a_list(
        words in prop::collection::btree_set("[a-c0-9éя東]{1,6}", 1..60),
        prefixes in prop::collection::vec("[a-c0-9éя東]{0,3}", 1..20),
    ) {
        let bytes = vocabulary(&words);
        let read = Vocabulary::new(&bytes).unwrap();
        prop_assert_eq!(read.verify(words.len()), Ok(()));
        for prefix in prefixes.iter().chain(&words) {
            prop_assert_eq!(read.prefix(prefix), Some(below(&words, prefix)));
        }
    }

    #[test]
    fn damage_neither_panics_nor_hangs(
        words in prop::collection::btree_set("[a-e]{1,8}", 1..40),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let mut bytes = vocabulary(&words);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        exercise(&bytes, words.len(), &["", "a", "abc", "ede"]);
    }

    #[test]
    fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut bytes = bytes;
        if let Some(version) = bytes.get_mut(..8) {
            version.copy_from_slice(&3_u64.to_le_bytes());
        }
        let root = (bytes.len() as u64).saturating_sub(21);
        let end = bytes.len().saturating_sub(4);
        if bytes.len() > 20 {
            bytes[end - 8..end].copy_from_slice(&root.to_le_bytes());
        }
        exercise(&bytes, 3, &["", "a", "te", "x"]);
    }
}

#[test]
fn wide_nodes_and_all_common_bytes_are_read() {
    // Two letters each: the root has more than 32 transitions, so a table; each byte that the
    // format names by number occurs in a node of its own.
    let mut words = BTreeSet::new();
    for first in '!'..='~' {
        words.insert(format!("{first}"));
        for second in ["te", "!x", "zz"] {
            words.insert(format!("{first}{second}"));
            words.insert(format!("A{first}{second}{first}"));
        }
    }
    let bytes = vocabulary(&words);
    let read = Vocabulary::new(&bytes).unwrap();
    assert_eq!(read.verify(words.len()), Ok(()));
    for word in &words {
        assert_eq!(read.prefix(word), Some(below(&words, word)), "{word}");
        for length in 0..word.len() {
            assert_eq!(read.prefix(&word[..length]), Some(below(&words, &word[..length])));
        }
    }
    let beginnings: BTreeSet<(u32, u32)> = words
        .iter()
        .flat_map(|word| (1..=word.len()).filter_map(|length| below(&words, &word[..length])))
        .filter(|(first, end)| end - first > 4)
        .collect();
    let mut branches = BTreeSet::new();
    let each = |range| {
        branches.insert(range);
        Ok(())
    };
    assert_eq!(read.branches(4, each), Ok(()));
    assert_eq!(branches, beginnings);
}

#[test]
fn an_empty_vocabulary_has_no_words() {
    let bytes = vocabulary(&BTreeSet::new());
    let read = Vocabulary::new(&bytes).unwrap();
    assert_eq!(read.verify(0), Ok(()));
    assert_eq!(read.prefix("a"), Some(None));
    assert!(read.verify(1).is_err());
}

#[test]
fn words_out_of_order_are_refused() {
    let mut builder = fst::raw::Builder::memory();
    for (word, number) in [("a", 1), ("b", 0), ("ba", 2)] {
        builder.insert(word, number).unwrap();
    }
    let bytes = builder.into_inner().unwrap();
    assert!(Vocabulary::new(&bytes).unwrap().verify(3).is_err());
}
