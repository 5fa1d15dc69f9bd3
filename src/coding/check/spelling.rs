//! When two texts are spellings of one term.

use crate::search::fold::fold;

/// A text without case, accents and punctuation, but with the signs that carry meaning: the search folds
/// those away too, and finds more than it should for one who compares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spelling {
    folded: String,
    signs: String,
}

impl Spelling {
    pub(super) fn of(text: &str) -> Spelling {
        let mut signs = String::new();
        let mut before = None;
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let after = chars.peek().copied();
            signs.extend(sign(before, c, after));
            before = Some(c);
        }
        Spelling { folded: fold(text), signs }
    }
}

/// The sign that a character between two others is; `None` where it is a letter, or punctuation that may
/// be left out.
fn sign(before: Option<char>, c: char, after: Option<char>) -> Option<char> {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '+' | '<' | '>' | '=' | '%' | '\u{b1}' | '\u{2264}' | '\u{2265}' => Some(c),
        '-' | '\u{2010}'..='\u{2013}' | '\u{2212}' => {
            let between_numbers = is_digit(before) && is_digit(after);
            // "T- cells" and "-5", and not "X-ray" nor "a - b".
            let stands_off = is_word(before) != is_word(after);
            let is_minus = stands_off && (is_word(before) || is_digit(after));
            (between_numbers || is_minus).then_some('-')
        }
        '.' | '/' | ':' if is_digit(before) && is_digit(after) => Some(c),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_carry_meaning_count_and_others_do_not() {
        let same = [
            ("Crohn's disease", "crohns disease"),
            ("X-ray", "X ray"),
            ("Asthma (disorder)", "asthma - disorder"),
            ("M\u{e9}ni\u{e8}re", "meniere"),
            ("1,000 units", "1000 units"),
            ("Grade 1\u{2013}2", "grade 1-2"),
            ("and/or", "and or"),
        ];
        for (one, other) in same {
            assert_eq!(Spelling::of(one), Spelling::of(other), "{one} / {other}");
        }
        let different = [
            ("low T- and B-cell numbers", "low T+ and B+cell numbers"),
            ("Gestation > 24 weeks", "Gestation < 24 weeks"),
            ("1.5 mg", "1-5 mg"),
            ("1.5 mg", "1/5 mg"),
            ("Rh+", "Rh-"),
            ("Rh-", "Rh"),
            ("Temperature -5", "Temperature 5"),
            ("50% solution", "50 solution"),
        ];
        for (one, other) in different {
            assert_ne!(Spelling::of(one), Spelling::of(other), "{one} / {other}");
        }
    }
}
