//! What a person types into a search box, and the description it was meant to find.

use super::Workload;
use crate::random::Random;
use crate::snomed::concepts::Concept;
use crate::snomed::descriptions::FULLY_SPECIFIED_NAME;
use std::fmt::Write as _;

impl Workload<'_> {
    /// Lines of kind, query, concept and term.
    pub(super) fn search(&self) -> String {
        let parameters = &self.content.parameters;
        let prefixes = parameters.rooted(2_000, 150);
        let others = parameters.rooted(200, 30);
        let mut random = self.random("search");
        let random = &mut random;
        let mut text = String::new();
        for number in 0..prefixes {
            let words = 1 + number % 3;
            self.query(&mut text, random, &format!("prefix{words}"), |term, random| {
                prefixed(term, words, random)
            });
        }
        for _ in 0..others {
            self.query(&mut text, random, "exact", |term, _| Some(term.to_owned()));
        }
        for _ in 0..others {
            self.query(&mut text, random, "typo1", misspelled);
        }
        text
    }

    /// Writes one query made from the term of some concept; other concepts are tried until one has
    /// a term that serves.
    fn query(
        &self,
        text: &mut String,
        random: &mut Random,
        kind: &str,
        make: impl Fn(&str, &mut Random) -> Option<String>,
    ) {
        loop {
            let concept: Concept = self.any_active(random);
            let mut descriptions = self.content.descriptions(concept);
            descriptions.retain(|description| description.active);
            let description = &descriptions[random.below(descriptions.len())];
            let term = self.content.term(concept, description.wording);
            let source = match term.rsplit_once(" (") {
                // A person does not type the semantic tag.
                Some((stem, _))
                    if description.kind() == FULLY_SPECIFIED_NAME && kind != "exact" =>
                {
                    stem
                }
                _ => &term,
            };
            if let Some(query) = make(source, random) {
                let _ = writeln!(text, "{kind}\t{query}\t{}\t{term}", self.id(concept));
                return;
            }
        }
    }
}

/// The words of a term as they are typed, without the signs around them; an apostrophe belongs to
/// its word, and nobody types the `s` behind one alone.
pub(super) fn typed_words(term: &str) -> Vec<String> {
    term.split(|character: char| !character.is_alphanumeric() && character != '\'')
        .map(|word| word.trim_matches('\''))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Some words of a term in no certain order.
fn choose(term: &str, count: usize, random: &mut Random) -> Option<Vec<String>> {
    let mut words = typed_words(term);
    if words.len() < count {
        return None;
    }
    let shuffled = random.chance(300);
    if shuffled {
        for at in (1..words.len()).rev() {
            words.swap(at, random.below(at + 1));
        }
        words.truncate(count);
    } else {
        let first = random.below(words.len() - count + 1);
        words = words[first..first + count].to_vec();
    }
    Some(words)
}

fn prefixed(term: &str, count: usize, random: &mut Random) -> Option<String> {
    let words = choose(term, count, random)?;
    let cut: Vec<String> = words
        .iter()
        .map(|word| {
            let length = match random.below(10) {
                0 => 1,
                1 => 2,
                2..=5 => random.between(3, 5),
                6 | 7 => random.between(4, 7),
                _ => usize::MAX,
            };
            word.chars().take(length).collect()
        })
        .collect();
    let query = cut.join(" ");
    Some(if random.chance(60) { query.to_uppercase() } else { query })
}

fn misspelled(term: &str, random: &mut Random) -> Option<String> {
    let count = random.between(2, 3);
    let mut words = choose(term, count, random)?;
    let at = (0..words.len())
        .find(|&at| words[at].chars().count() >= 5 && words[at].chars().all(char::is_alphabetic))?;
    let mut letters: Vec<char> = words[at].chars().collect();
    let first = if random.chance(80) { 0 } else { 1 };
    let place = random.between(first, letters.len() - 2);
    let other = char::from(b'a' + random.below(26) as u8);
    match random.below(4) {
        0 => letters[place] = other,
        1 => {
            letters.remove(place);
        }
        2 => letters.insert(place, other),
        _ => letters.swap(place, place + 1),
    }
    let wrong: String = letters.into_iter().collect();
    if wrong == words[at] {
        return None;
    }
    words[at] = wrong;
    Some(words.join(" "))
}
