//! The words of all terms.

use farr::search::fold::Folder;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::SearchTerm;

/// The words of each term, as numbers in a sorted vocabulary.
pub(super) struct Tokens {
    /// The distinct words, ascending.
    words: Vec<String>,
    parts: Vec<Part>,
    /// Terms of each part but the last.
    part_length: usize,
}

/// The words of some terms one after the other.
struct Part {
    numbers: Vec<u32>,
    /// Where the words of each term end.
    ends: Vec<u32>,
    /// Characters of each folded term.
    lengths: Vec<u16>,
}

impl Tokens {
    /// Folds all terms, in parts side by side.
    pub(super) fn read(terms: &[SearchTerm<'_>]) -> Tokens {
        // One part a thread, as each has a vocabulary of its own to merge with the others.
        let part_length = terms.len().div_ceil(rayon::current_num_threads()).max(1);
        let (mut parts, vocabularies): (Vec<Part>, Vec<Vec<String>>) =
            terms.par_chunks(part_length).map(read_part).unzip();
        let (words, numbers) = merge(&vocabularies);
        parts.par_iter_mut().zip(&numbers).for_each(|(part, numbers)| {
            for number in &mut part.numbers {
                *number = numbers[*number as usize];
            }
        });
        Tokens { words, parts, part_length }
    }

    /// The distinct words, ascending by their bytes.
    pub(super) fn words(&self) -> &[String] {
        &self.words
    }

    /// The numbers of the words of a term, each once.
    pub(super) fn of_term(&self, term: usize) -> &[u32] {
        let part = &self.parts[term / self.part_length];
        let place = term % self.part_length;
        let start = place.checked_sub(1).map_or(0, |before| part.ends[before]);
        &part.numbers[start as usize..part.ends[place] as usize]
    }

    /// The words of all terms, in no order of use to anyone but a count.
    pub(super) fn all_numbers(&self) -> impl Iterator<Item = u32> {
        self.parts.iter().flat_map(|part| part.numbers.iter().copied())
    }

    /// How many characters a folded term has: its words, and one space between them.
    pub(super) fn length(&self, term: usize) -> u16 {
        self.parts[term / self.part_length].lengths[term % self.part_length]
    }

    /// The distinct words alone: the words of each term are most of the memory.
    pub(super) fn into_words(self) -> Vec<String> {
        self.words
    }
}

/// The FST from word to number.
pub(super) fn vocabulary_section(words: &[String]) -> Vec<u8> {
    let mut builder = fst::raw::Builder::memory();
    for (number, word) in words.iter().enumerate() {
        builder
            .insert(word, number as u64)
            .expect("words are distinct and ascending, and memory takes all bytes");
    }
    builder.into_inner().expect("memory takes all bytes")
}

/// The words of several vocabularies, ascending, and the number there of each word of each.
fn merge(vocabularies: &[Vec<String>]) -> (Vec<String>, Vec<Vec<u32>>) {
    // Most words differ in their first eight bytes, which compare as one number.
    let mut all: Vec<(u64, &str, u32, u32)> = Vec::new();
    for (part, vocabulary) in (0..).zip(vocabularies) {
        for (place, word) in (0..).zip(vocabulary) {
            let mut head = [0; 8];
            let length = word.len().min(8);
            head[..length].copy_from_slice(&word.as_bytes()[..length]);
            all.push((u64::from_le_bytes(head).swap_bytes(), word, part, place));
        }
    }
    all.par_sort_unstable();
    let mut words: Vec<String> = Vec::new();
    let mut numbers: Vec<Vec<u32>> = vocabularies.iter().map(|v| vec![0; v.len()]).collect();
    for (_, word, part, place) in all {
        if words.last().is_none_or(|last| last != word) {
            words.push(word.to_owned());
        }
        numbers[part as usize][place as usize] = words.len() as u32 - 1;
    }
    (words, numbers)
}

/// The words of a part, in the order in which they came.
#[derive(Default)]
struct Vocabulary {
    words: Vec<String>,
    short: FxHashMap<[u64; 3], u32>,
    long: FxHashMap<String, u32>,
}

impl Vocabulary {
    /// The number of a word.
    fn number(&mut self, word: &str) -> u32 {
        let next = self.words.len() as u32;
        let number = match short(word) {
            Some(key) => *self.short.entry(key).or_insert(next),
            None => match self.long.get(word) {
                Some(number) => *number,
                None => *self.long.entry(word.to_owned()).or_insert(next),
            },
        };
        if number == next {
            self.words.push(word.to_owned());
        }
        number
    }
}

/// A word of at most 24 bytes, as nearly all have. As the key itself it spares the table a second
/// read from memory to compare words, which is most of what a lookup costs.
fn short(word: &str) -> Option<[u64; 3]> {
    let mut bytes = [0; 24];
    // Folded words hold no zero byte, so different words have different keys.
    bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    let mut key = [0; 3];
    for (part, bytes) in key.iter_mut().zip(bytes.as_chunks::<8>().0) {
        *part = u64::from_le_bytes(*bytes);
    }
    Some(key)
}

fn read_part(terms: &[SearchTerm<'_>]) -> (Part, Vec<String>) {
    let mut vocabulary = Vocabulary::default();
    let mut folder = Folder::default();
    let mut part = Part {
        numbers: Vec::with_capacity(terms.len() * 7),
        ends: Vec::with_capacity(terms.len()),
        lengths: Vec::with_capacity(terms.len()),
    };
    for term in terms {
        let start = part.numbers.len();
        let mut add = |word: &str| {
            let number = vocabulary.number(word);
            if !part.numbers[start..].contains(&number) {
                part.numbers.push(number);
            }
        };
        let mut length = 0;
        for word in folder.fold(term.text) {
            length += word.chars().count() + usize::from(length > 0);
            add(word);
        }
        folder.joined(add);
        part.ends.push(part.numbers.len() as u32);
        part.lengths.push(u16::try_from(length).unwrap_or(u16::MAX));
    }
    (part, vocabulary.words)
}
