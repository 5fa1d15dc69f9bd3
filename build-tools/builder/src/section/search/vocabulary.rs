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
        // Several parts a thread even out their work; each has a vocabulary of its own to merge.
        let wanted = rayon::current_num_threads() * 4;
        let part_length = terms.len().div_ceil(wanted).max(1);
        let (mut parts, vocabularies): (Vec<Part>, Vec<Vec<String>>) =
            terms.par_chunks(part_length).map(read_part).unzip();
        let mut words: Vec<&String> = vocabularies.iter().flatten().collect();
        words.par_sort_unstable();
        words.dedup();
        parts.par_iter_mut().zip(&vocabularies).for_each(|(part, vocabulary)| {
            let numbers: Vec<u32> = vocabulary
                .iter()
                .map(|word| words.partition_point(|other| *other < word) as u32)
                .collect();
            for number in &mut part.numbers {
                *number = numbers[*number as usize];
            }
        });
        Tokens { words: words.into_iter().cloned().collect(), parts, part_length }
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

    /// The FST from word to number.
    pub(super) fn vocabulary_section(&self) -> Vec<u8> {
        let mut builder = fst::raw::Builder::memory();
        for (number, word) in self.words.iter().enumerate() {
            builder
                .insert(word, number as u64)
                .expect("words are distinct and ascending, and memory takes all bytes");
        }
        builder.into_inner().expect("memory takes all bytes")
    }
}

fn read_part(terms: &[SearchTerm<'_>]) -> (Part, Vec<String>) {
    let mut vocabulary: FxHashMap<String, u32> = FxHashMap::default();
    let mut folder = Folder::default();
    let mut part = Part {
        numbers: Vec::with_capacity(terms.len() * 7),
        ends: Vec::with_capacity(terms.len()),
        lengths: Vec::with_capacity(terms.len()),
    };
    for term in terms {
        let start = part.numbers.len();
        let mut add = |word: &str| {
            let number = match vocabulary.get(word) {
                Some(number) => *number,
                None => {
                    let number = vocabulary.len() as u32;
                    vocabulary.insert(word.to_owned(), number);
                    number
                }
            };
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
    let mut words = vec![String::new(); vocabulary.len()];
    for (word, number) in vocabulary {
        words[number as usize] = word;
    }
    (part, words)
}
