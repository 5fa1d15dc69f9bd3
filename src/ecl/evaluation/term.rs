//! Terms against search terms: `match:` and `wild:`.

use crate::ecl::syntax::SearchTerm;
use crate::search::fold::Folder;
use crate::search::unmarked;

/// A search term, made ready.
#[derive(Clone, Debug)]
pub(super) enum TermTest {
    /// Every word begins a word of the term.
    Match(Words),
    /// The whole term, but for what stands in the place of each `*`.
    Wild(Pattern),
}

/// The words of a `match:` term.
#[derive(Clone, Debug)]
pub(super) struct Words {
    /// As written, in lower case.
    written: Vec<Vec<char>>,
    /// As the index has them, one space between them; empty where a word is punctuation alone.
    folded: String,
    /// Those of which folding drops something that is asked for: a mark, or punctuation inside.
    exact: Vec<Vec<char>>,
}

/// A `wild:` term: the pieces between its stars, in lower case.
#[derive(Clone, Debug)]
pub(super) struct Pattern(Vec<String>);

/// Buffers for testing many terms.
#[derive(Debug, Default)]
pub(super) struct TermBuffers {
    folder: Folder,
    lower: String,
}

impl TermTest {
    pub(super) fn new(written: &SearchTerm) -> TermTest {
        match written {
            SearchTerm::Match(words) => TermTest::Match(Words::new(words)),
            SearchTerm::Wild(text) => TermTest::Wild(Pattern::new(text)),
        }
    }

    /// Whether a term in a language matches.
    pub(super) fn matches(&self, term: &str, language: &str, buffers: &mut TermBuffers) -> bool {
        match self {
            TermTest::Match(words) => words.matches(term, language, buffers),
            TermTest::Wild(pattern) => pattern.matches(term, buffers),
        }
    }
}

impl Words {
    fn new(words: &[String]) -> Words {
        let lower = |word: &String| word.chars().flat_map(char::to_lowercase).collect();
        let written: Vec<Vec<char>> = words.iter().map(lower).collect();
        let mut folder = Folder::default();
        let mut folded = String::new();
        let mut nothing = false;
        for word in words {
            let before = folded.len();
            for part in folder.fold(word) {
                if !folded.is_empty() {
                    folded.push(' ');
                }
                folded.push_str(part);
            }
            nothing |= folded.len() == before;
        }
        if nothing {
            folded.clear();
        }
        let plain = |word: &&Vec<char>| word.iter().all(char::is_ascii_alphanumeric);
        let exact = written.iter().filter(|word| !plain(word)).cloned().collect();
        Words { written, folded, exact }
    }

    /// What to ask the index for: terms that match are among those it gives. `None` where it
    /// cannot be asked.
    pub(super) fn query(&self) -> Option<&str> {
        let words = self.folded.split(' ').count();
        let asked = !self.folded.is_empty()
            && words <= crate::search::QUERY_WORDS
            && self.folded.len() <= crate::search::QUERY_CHARACTERS;
        asked.then_some(self.folded.as_str())
    }

    /// Whether a term that the index gave for [`Words::query`] matches.
    pub(super) fn confirms(&self, term: &str, language: &str) -> bool {
        let distinct = distinct_letters(language, term);
        let words = if distinct.is_empty() { &self.exact } else { &self.written };
        words.iter().all(|word| begins_a_word(word, term, distinct))
    }

    /// Whether what the index gives needs no confirmation where the language is no special one.
    pub(super) fn is_plain(&self) -> bool {
        self.exact.is_empty()
    }

    fn matches(&self, term: &str, language: &str, buffers: &mut TermBuffers) -> bool {
        if self.folded.is_empty() {
            let distinct = distinct_letters(language, term);
            return self.written.iter().all(|word| begins_a_word(word, term, distinct));
        }
        let mut missing: Vec<&str> = self.folded.split(' ').collect();
        for word in buffers.folder.fold(term) {
            missing.retain(|wanted| !word.starts_with(wanted));
        }
        if !missing.is_empty() {
            buffers.folder.joined(|word| missing.retain(|wanted| !word.starts_with(wanted)));
        }
        missing.is_empty() && self.confirms(term, language)
    }
}

/// The letters that a language has beside those they look like, where a term has any of them: there,
/// to type the plain letter is to ask for another word
/// ([CLDR collation](https://cldr.unicode.org/)).
fn distinct_letters(language: &str, term: &str) -> &'static str {
    let letters = match language {
        "sv" | "fi" => "åäö",
        "da" | "nb" | "nn" | "no" => "æøå",
        "es" => "ñ",
        _ => return "",
    };
    let has = !term.is_ascii()
        && term.chars().flat_map(char::to_lowercase).any(|letter| letters.contains(letter));
    if has { letters } else { "" }
}

/// Whether a word, in lower case, stands at the beginning of a word of a term: a plain letter for
/// the same with any mark, a marked one for itself alone.
fn begins_a_word(word: &[char], term: &str, distinct: &str) -> bool {
    let mut before = ' ';
    for (at, first) in term.char_indices() {
        let starts = match first.is_alphanumeric() {
            true => !before.is_alphanumeric(),
            false => before.is_whitespace(),
        };
        before = first;
        if starts && term.get(at..).is_some_and(|rest| begins(word, rest, distinct)) {
            return true;
        }
    }
    false
}

fn begins(word: &[char], text: &str, distinct: &str) -> bool {
    let mut left = word;
    for letter in text.chars() {
        let Some((wanted, rest)) = left.split_first() else { return true };
        let mut lower = letter.to_lowercase();
        if lower.len() == 1 && lower.next() == Some(*wanted) {
            left = rest;
            continue;
        }
        // A combining mark belongs to the letter before it, which was asked for without.
        if ('\u{300}'..='\u{36F}').contains(&letter) {
            continue;
        }
        let is_distinct = letter.to_lowercase().any(|lower| distinct.contains(lower));
        let Some(plain) = unmarked(letter).filter(|_| !is_distinct) else { return false };
        for letter in plain.chars() {
            match left.split_first() {
                Some((wanted, rest)) if *wanted == letter => left = rest,
                // The word ends amidst the letters that one stands for.
                None => return true,
                _ => return false,
            }
        }
    }
    left.is_empty()
}

fn push_lower(text: &str, lower: &mut String) {
    if text.is_ascii() {
        lower.push_str(text);
        lower.make_ascii_lowercase();
    } else {
        lower.extend(text.chars().flat_map(char::to_lowercase));
    }
}

impl Pattern {
    fn new(text: &str) -> Pattern {
        let mut pieces = Vec::new();
        let mut piece = String::new();
        let mut chars = text.chars();
        while let Some(letter) = chars.next() {
            match letter {
                '*' => pieces.push(std::mem::take(&mut piece)),
                '\\' => piece.extend(chars.next().into_iter().flat_map(char::to_lowercase)),
                other => piece.extend(other.to_lowercase()),
            }
        }
        pieces.push(piece);
        Pattern(pieces)
    }

    fn matches(&self, term: &str, buffers: &mut TermBuffers) -> bool {
        buffers.lower.clear();
        push_lower(term, &mut buffers.lower);
        let text = buffers.lower.as_str();
        let (first, rest) = match self.0.as_slice() {
            [] => return false,
            [only] => return text == only,
            [first, rest @ ..] => (first, rest),
        };
        let Some((last, middle)) = rest.split_last() else { return false };
        let Some(mut left) = text.strip_prefix(first.as_str()) else { return false };
        for piece in middle {
            match left.find(piece.as_str()) {
                Some(at) => left = left.get(at + piece.len()..).unwrap_or_default(),
                None => return false,
            }
        }
        left.ends_with(last.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matched(words: &str, term: &str, language: &str) -> bool {
        let words = words.split(' ').map(str::to_owned).collect();
        let test = TermTest::new(&SearchTerm::Match(words));
        test.matches(term, language, &mut TermBuffers::default())
    }

    fn wild(pattern: &str, term: &str) -> bool {
        let test = TermTest::new(&SearchTerm::Wild(pattern.to_owned()));
        test.matches(term, "en", &mut TermBuffers::default())
    }

    #[test]
    fn each_word_begins_a_word_in_any_order() {
        assert!(matched("hin low", "Lower hinge", "en"));
        assert!(!matched("inge", "Lower hinge", "en"));
        assert!(matched("x-ray", "Chest X-ray", "en"));
        assert!(!matched("x-ray", "X, then ray", "en"));
        assert!(matched("J45.9", "J45.9", "en") && matched("J45", "J45.9", "en"));
        assert!(!matched("J45.9", "J45.1 (9)", "en"));
        assert!(matched("(disorder)", "Squeak (disorder)", "en"));
    }

    #[test]
    fn a_plain_letter_matches_marked_ones_and_a_marked_one_itself() {
        assert!(matched("meniere", "Ménière disease", "en"));
        assert!(matched("ménière", "Ménière disease", "en"));
        assert!(!matched("ménière", "Meniere disease", "en"));
        assert!(matched("menie", "Me\u{301}nie\u{300}re", "en"));
        assert!(!matched("hjart", "Hjärtsvikt", "sv"));
        assert!(matched("hjärt", "Hjärtsvikt", "sv") && matched("hjart", "Hjärtsvikt", "en"));
    }

    #[test]
    fn stars_stand_for_anything_and_case_for_nothing() {
        assert!(wild("cardi*opathy", "Cardiac channelopathy"));
        assert!(!wild("cardi*opathy", "Atrial cardiopathy"));
        assert!(wild("*itis", "TONSILLITIS") && wild("*", "") && wild("a**b", "ab"));
        assert!(wild("5\\*", "5*") && !wild("5\\*", "55"));
        assert!(!wild("ab*ba", "aba"));
    }
}
