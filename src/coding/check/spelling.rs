//! When two texts are spellings of one term.

use crate::search::fold::fold;

/// A text without case, accents and punctuation, but with the signs that carry meaning, each at its place:
/// the search folds those away too, and finds more than it should for one who compares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spelling(String);

impl Spelling {
    pub(super) fn of(text: &str) -> Spelling {
        let mut spelled = String::with_capacity(text.len());
        let mut between = 0;
        for (at, c) in text.char_indices() {
            let end = at.saturating_add(c.len_utf8());
            let (before, after) = (text.get(..at), text.get(end..));
            if let Some(sign) = sign(before.unwrap_or_default(), c, after.unwrap_or_default()) {
                spelled.push_str(&fold(text.get(between..at).unwrap_or_default()));
                spelled.push(sign);
                between = end;
            }
        }
        spelled.push_str(&fold(text.get(between..).unwrap_or_default()));
        Spelling(spelled)
    }
}

/// The sign that a character between two texts is; `None` where it is a letter, or punctuation that may
/// be left out.
fn sign(before: &str, c: char, after: &str) -> Option<char> {
    let (left, right) = (before.chars().next_back(), after.chars().next());
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    match c {
        '+' | '<' | '>' | '=' | '%' | '?' | '!' | '#' | '~' | '\u{b0}' | '\u{b1}' | '\u{d7}' => {
            Some(c)
        }
        // Arrows, and the signs of mathematics but for the minus.
        '\u{2190}'..='\u{21ff}' | '\u{2200}'..='\u{2211}' | '\u{2213}'..='\u{22ff}' => Some(c),
        '-' | '\u{2010}'..='\u{2014}' | '\u{2212}' => {
            let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let is_space = |c: Option<char>| c.is_some_and(char::is_whitespace);
            let is_in_text = !before.trim().is_empty() && !after.trim().is_empty();
            // "X-ray" and "a - b", and not "1-2", "T- cells", "-5", "(-)" nor a dash at an end.
            let is_hyphen = is_word(left) && is_word(right) && !(is_digit(left) && is_digit(right));
            let is_dash = is_space(left) && is_space(right) && is_in_text;
            (!is_hyphen && !is_dash).then_some('-')
        }
        // ".5" is no 5.
        '.' if is_digit(right) => Some(c),
        '/' | ':' if is_digit(left) && is_digit(right) => Some(c),
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
            ("CD4 + and CD8", "CD4+ and CD8"),
            ("Ankle - left", "ankle, left"),
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
            ("10mg tablets", ".10mg tablets"),
            ("Give 25 mg", "Give .25 mg"),
            ("Asthma", "?Asthma"),
            ("Asthma", "asthma ?"),
            ("Asthma", "!Asthma"),
            ("Potassium", "\u{2193} potassium"),
            ("Potassium", "\u{2260} potassium"),
            ("Rh", "Rh (-)"),
            ("Rh", "Rh -"),
            ("Rh", "Rh -ve"),
            ("Femur", "# femur"),
            ("38\u{b0} fever", "38 fever"),
            ("<1 to 2 hours", "1 to <2 hours"),
            ("CD4+ and CD8", "CD4 and CD8+"),
        ];
        for (one, other) in different {
            assert_ne!(Spelling::of(one), Spelling::of(other), "{one} / {other}");
        }
    }
}
