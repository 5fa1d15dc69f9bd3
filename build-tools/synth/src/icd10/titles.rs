//! The wording of titles, made of the words of the release.

use crate::random::Random;
use crate::snomed::vocabulary::Vocabulary;
use std::collections::HashSet;

const JOINTS: &[&str] = &["of", "of", "with", "in", "and", "due to", "without"];

/// Makes titles, no two the same.
#[derive(Debug)]
pub(crate) struct Titles<'a> {
    seed: u64,
    vocabulary: &'a Vocabulary,
    seen: HashSet<String>,
}

impl<'a> Titles<'a> {
    pub(crate) fn new(seed: u64, vocabulary: &'a Vocabulary) -> Self {
        Self { seed, vocabulary, seen: HashSet::new() }
    }

    /// A title that no other of these has, for the thing of a name.
    pub(crate) fn fresh(&mut self, purpose: &str, name: &str) -> String {
        let mut random = Random::keyed(self.seed, purpose, key(name));
        loop {
            let title = self.phrase(&mut random);
            if self.seen.insert(title.to_lowercase()) {
                return title;
            }
        }
    }

    fn phrase(&self, random: &mut Random) -> String {
        let mut words = vec![self.word(random)];
        for _ in 0..random.weighted(&[300, 600, 100]) {
            words.push(self.word(random));
        }
        if random.chance(300) {
            words.push(random.pick(JOINTS));
            words.push(self.word(random));
        }
        words.dedup();
        capitalised(&words.join(" "))
    }

    fn word(&self, random: &mut Random) -> &str {
        self.vocabulary.word(random.zipf(self.vocabulary.len()))
    }
}

/// A number for a name, which is short.
pub(crate) fn key(name: &str) -> u64 {
    name.bytes().fold(0, |key: u64, byte| key.wrapping_mul(257).wrapping_add(u64::from(byte)))
}

fn capitalised(word: &str) -> String {
    let mut characters = word.chars();
    let initial = characters.next().map_or_else(String::new, |c| c.to_uppercase().to_string());
    initial + characters.as_str()
}

/// A title within a longer one: without its capital.
pub(crate) fn within(title: &str) -> String {
    let mut characters = title.chars();
    let initial = characters.next().map_or_else(String::new, |c| c.to_lowercase().to_string());
    initial + characters.as_str()
}

/// A text in ASCII, for files of fixed width.
pub(crate) fn unaccented(text: &str) -> String {
    let plain = |character| match character {
        'é' | 'É' => 'e',
        'ö' | 'Ö' => 'o',
        'ü' | 'Ü' => 'u',
        'ñ' | 'Ñ' => 'n',
        other if other.is_ascii() => other,
        _ => '-',
    };
    text.chars().map(plain).collect()
}
