use std::collections::BTreeSet;

use proptest::prelude::*;

use super::super::words::vocabulary_of;
use super::*;

/// The optimal string alignment distance, from its definition.
fn distance(from: &[char], to: &[char]) -> usize {
    let mut table = vec![vec![0; to.len() + 1]; from.len() + 1];
    for i in 0..=from.len() {
        for j in 0..=to.len() {
            table[i][j] = match (i, j) {
                (0, _) => j,
                (_, 0) => i,
                _ => {
                    let differs = usize::from(from[i - 1] != to[j - 1]);
                    let mut least = (table[i - 1][j] + 1)
                        .min(table[i][j - 1] + 1)
                        .min(table[i - 1][j - 1] + differs);
                    let swapped =
                        i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
                    if swapped {
                        least = least.min(table[i - 2][j - 2] + 1);
                    }
                    least
                }
            };
        }
    }
    table[from.len()][to.len()]
}

proptest! {
    #[test]
    fn spellings_agree_with_the_distance(
        words in prop::collection::btree_set("[a-cя]{1,8}", 1..80),
        typed in "[a-cя]{4,9}",
        edits in 1_u8..=2,
    ) {
        let bytes = vocabulary_of(&words);
        let vocabulary = Vocabulary::new(&bytes).unwrap();
        let found = spellings(vocabulary, &typed, edits).unwrap();
        let typed: Vec<char> = typed.chars().collect();
        let near = |letters: &[char]| distance(&typed, letters) <= usize::from(edits);
        let mut begun = BTreeSet::new();
        let mut whole = BTreeSet::new();
        for (number, word) in words.iter().enumerate() {
            let letters: Vec<char> = word.chars().collect();
            if (1..=letters.len()).any(|length| near(&letters[..length])) {
                begun.insert(number as u32);
            }
            if near(&letters) {
                whole.insert(number as u32);
            }
        }
        let numbers = |kind: bool| -> BTreeSet<u32> {
            found
                .iter()
                .filter(|spelling| spelling.whole == kind)
                .flat_map(|spelling| spelling.words.0..spelling.words.1)
                .collect()
        };
        prop_assert_eq!(numbers(false), begun);
        prop_assert_eq!(numbers(true), whole);
        for spelling in &found {
            let letters: Vec<char> = spelling.text.chars().collect();
            prop_assert_eq!(usize::from(spelling.distance), distance(&typed, &letters));
        }
    }
}

#[test]
fn short_words_are_taken_as_typed() {
    assert_eq!(edits("abc", 2), 0);
    assert_eq!(edits("abcd", 2), 1);
    assert_eq!(edits("abcdefgh", 2), 2);
    assert_eq!(edits("abcdefgh", 1), 1);
    assert_eq!(edits(&"a".repeat(60), 2), 0);
}
