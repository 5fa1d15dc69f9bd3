//! Terms matched with search terms.

use farr::ecl::syntax::SearchTerm;

/// Letters with marks, and the letter and mark of each. Marks are numbered; what counts is which
/// are the same.
const MARKED: &[(&str, &str, u8)] = &[
    ("áéíóúýćńśźĺŕ", "aeiouycnszlr", 1),
    ("àèìòù", "aeiou", 2),
    ("âêîôûŵŷĉĝĥĵŝ", "aeiouwycghjs", 3),
    ("äëïöüÿ", "aeiouy", 4),
    ("ãñõĩũ", "anoiu", 5),
    ("åů", "au", 6),
    ("çşţģķļņŗ", "cstgklnr", 7),
    ("čěňřšžďť", "cenrszdt", 8),
    ("øłđħŧ", "oldht", 9),
    ("āēīōū", "aeiou", 10),
    ("őű", "ou", 11),
    ("ąęįų", "aeiu", 12),
    ("ăĕğĭŏŭ", "aegiou", 13),
    ("ċėġż", "cegz", 14),
];
/// The same marks as characters of their own behind their letter.
const MARKS: &[(char, u8)] = &[
    ('\u{301}', 1),
    ('\u{300}', 2),
    ('\u{302}', 3),
    ('\u{308}', 4),
    ('\u{303}', 5),
    ('\u{30a}', 6),
    ('\u{327}', 7),
    ('\u{30c}', 8),
    ('\u{338}', 9),
    ('\u{304}', 10),
    ('\u{30b}', 11),
    ('\u{328}', 12),
    ('\u{306}', 13),
    ('\u{307}', 14),
];

/// A letter, lower case, and the marks on it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Letter {
    base: char,
    marks: Vec<u8>,
}

fn letters(text: &str) -> Vec<Letter> {
    let mut list: Vec<Letter> = Vec::new();
    for character in text.chars().flat_map(char::to_lowercase) {
        let mark = MARKS.iter().find(|(mark, _)| *mark == character);
        if let (Some((_, mark)), Some(last)) = (mark, list.last_mut()) {
            last.marks.push(*mark);
            continue;
        }
        let marked = MARKED.iter().find_map(|(marked, bases, mark)| {
            let at = marked.chars().position(|one| one == character)?;
            Some(Letter { base: bases.chars().nth(at)?, marks: vec![*mark] })
        });
        list.push(marked.unwrap_or(Letter { base: character, marks: Vec::new() }));
    }
    list
}

/// A letter that is asked for without a mark is found with any; one with a mark only as it is.
fn is_found(asked: &Letter, letter: &Letter) -> bool {
    asked.base == letter.base && (asked.marks.is_empty() || asked.marks == letter.marks)
}

fn begins(text: &[Letter], asked: &[Letter]) -> bool {
    text.len() >= asked.len() && asked.iter().zip(text).all(|(asked, own)| is_found(asked, own))
}

/// Whether a term is what one of these asks for.
pub(super) fn matches_any(asked: &[SearchTerm], term: &str) -> bool {
    asked.iter().any(|asked| match asked {
        SearchTerm::Match(words) => words.iter().all(|word| has_word(term, word)),
        SearchTerm::Wild(pattern) => is_like(&letters(term), &parts(pattern)),
    })
}

/// Whether some word of a term begins so. Signs within what is asked for stand within the term
/// too: `J45.9` is there where the word `J45` is followed by them.
fn has_word(term: &str, word: &str) -> bool {
    let (term, word) = (letters(term), letters(word));
    let starts = |at: &usize| {
        let is_of_word = |letter: &Letter| letter.base.is_alphanumeric();
        is_of_word(&term[*at]) && (*at == 0 || !is_of_word(&term[*at - 1]))
    };
    (0..term.len()).filter(starts).any(|at| begins(&term[at..], &word))
}

/// A pattern: texts between asterisks, their escapes resolved.
fn parts(pattern: &str) -> Vec<Vec<Letter>> {
    let mut parts = vec![String::new()];
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        match character {
            '*' => parts.push(String::new()),
            '\\' => parts.last_mut().expect("one part").extend(characters.next()),
            other => parts.last_mut().expect("one part").push(other),
        }
    }
    parts.iter().map(|part| letters(part)).collect()
}

/// Whether a whole text is the parts with anything between them.
fn is_like(text: &[Letter], parts: &[Vec<Letter>]) -> bool {
    match parts {
        [] => false,
        [only] => text.len() == only.len() && begins(text, only),
        [first, rest @ ..] => {
            begins(text, first) && (first.len()..=text.len()).any(|at| is_like(&text[at..], rest))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> SearchTerm {
        SearchTerm::Match(text.split_whitespace().map(str::to_owned).collect())
    }

    #[test]
    fn words_begin_words_in_any_order() {
        let matches = |asked: &str, term| matches_any(&[words(asked)], term);
        assert!(matches("att heart", "Heart attack") && !matches("tack", "Heart attack"));
        assert!(matches("j45", "J45.9") && matches("J45.9", "J45.9") && !matches("J45.8", "J45.9"));
        assert!(matches("sjogren", "Sjögren syndrome") && matches("sjogren", "Sjøgren"));
        assert!(matches("sjögren", "Sjo\u{308}gren") && !matches("sjögren", "Sjogren"));
        assert!(!matches("sjögren", "Sjøgren"));
    }

    #[test]
    fn a_pattern_is_of_the_whole_term() {
        let wild = |pattern: &str, term| matches_any(&[SearchTerm::Wild(pattern.to_owned())], term);
        assert!(wild("cardi*opathy", "Cardiopathy") && wild("cardi*opathy", "cardiomyopathy"));
        assert!(!wild("cardi*opathy", "atrial cardiopathy") && !wild("cardiopathy", "Cardio"));
        assert!(
            wild("a\\*b", "a*b") && !wild("a\\*b", "axb") && wild("*", "") && wild("*b*", "abc")
        );
    }
}
