//! How text becomes words, for the index and for a query alike.
//!
//! | rule | example | reason |
//! |---|---|---|
//! | lower case | `Asthma` → `asthma` | case carries no meaning to whoever types |
//! | accents dropped, special letters spelled out | `Ménière`, `Sjögren`, `œdema` → `meniere`, `sjogren`, `oedema` | keyboards lack them |
//! | Greek letters to their names | `β-lactam` → `beta lactam` | the release spells them either way |
//! | µ before a letter to `u`, alone to `mu` | `5 µg` → `5 ug` | as units are typed, and as the letter is named |
//! | superscript, subscript and full-width digits to digits | `m²` → `m2` | keyboards lack them |
//! | vulgar fractions to their numbers | `1½` → `1 1 2` | as `1 1/2` gives |
//! | ligatures, Roman numerals to letters | `ﬁbrosis`, `Ⅳ` → `fibrosis`, `iv` | pasted from documents |
//! | other scripts to lower case only | | nothing else is known to be wanted |
//! | an apostrophe between letters dropped | `Crohn's` → `crohns` | so `crohn` and `crohns` both begin it |
//! | a thousands comma dropped | `1,000` → `1000` | one number, typed either way |
//! | invisible characters dropped | soft hyphens, combining accents | the eye sees one word |
//! | a word is a run of letters and digits | `and/or` → `and or` | the rest is punctuation |
//! | split where letters follow leading digits | `500mg` → `500 mg` | the number and the unit are typed apart as often; `B12`, `HbA1c` stay whole |
//! | a hyphenated compound is its parts | `X-ray` → `x ray` | |
//! | ... and in the index also their joined form | `xray` | so `xray` finds it; not in a query, which would then ask for both; not where digits lead, as a query would split it again |
//!
//! A word is cut at [`WORD_LIMIT`] characters, in the index and in a query.

use super::letters::{self, Letter};

/// Characters of a word beyond which it is cut.
pub const WORD_LIMIT: usize = 100;

/// Folds text: its words, one space between them.
///
/// Takes time linear in the text. [`Folder`] does the same without allocating each time.
///
/// ```
/// use farr::search::fold::fold;
/// assert_eq!(fold("Crohn's disease (disorder)"), "crohns disease disorder");
/// assert_eq!(fold("α-fetoprotein 500µg/mL"), "alpha fetoprotein 500 ug ml");
/// ```
pub fn fold(text: &str) -> String {
    let mut folder = Folder::default();
    let mut folded = String::with_capacity(text.len());
    for word in folder.fold(text) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// Folds many texts with the same buffers.
///
/// ```
/// use farr::search::fold::Folder;
/// let mut folder = Folder::default();
/// let words: Vec<&str> = folder.fold("Chest X-ray").collect();
/// assert_eq!(words, ["chest", "x", "ray"]);
/// let mut joined = Vec::new();
/// folder.joined(|word| joined.push(word.to_owned()));
/// assert_eq!(joined, ["xray"]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// Word characters, hyphens, and spaces for everything else.
    text: String,
    hyphens: bool,
    joined: String,
}

impl Folder {
    /// The words of a text, in its order.
    pub fn fold(&mut self, text: &str) -> Words<'_> {
        self.hyphens = false;
        if self.fold_plain(text) {
            return Words { rest: self.text.as_str(), unit: None };
        }
        let mut rest = text;
        while let Some(&byte) = rest.as_bytes().first() {
            if byte.is_ascii() {
                // One byte is one character, so this is a boundary.
                rest = rest.get(1..).unwrap_or_default();
                self.ascii(byte, rest);
            } else {
                let mut chars = rest.chars();
                let c = chars.next().unwrap_or_default();
                rest = chars.as_str();
                self.other(c, rest);
            }
        }
        Words { rest: self.text.as_str(), unit: None }
    }

    /// Folds a text whose characters each fold alone, as those of nearly all terms do: one pass that
    /// is compiled to vector instructions. Tells whether it was such a text.
    fn fold_plain(&mut self, text: &str) -> bool {
        let mut folded = std::mem::take(&mut self.text).into_bytes();
        folded.clear();
        let plain =
            text.bytes().fold(true, |plain, byte| plain & !matches!(byte, b'\'' | b',' | 0x80..));
        if plain {
            folded.extend(text.bytes().map(|byte| match byte {
                b'A'..=b'Z' => byte | 0x20,
                b'a'..=b'z' | b'0'..=b'9' | b'-' => byte,
                _ => b' ',
            }));
            self.hyphens = folded.contains(&b'-');
        }
        // All of them are ASCII, so this is text.
        self.text = String::from_utf8(folded).unwrap_or_default();
        plain
    }

    /// The joined forms of the hyphenated compounds in the text that was last folded.
    pub fn joined(&mut self, mut each: impl FnMut(&str)) {
        if !self.hyphens {
            return;
        }
        for compound in self.text.split(' ') {
            let compound = compound.trim_matches('-');
            let led_by_digit = compound.starts_with(|c: char| c.is_ascii_digit());
            if led_by_digit || !compound.contains('-') || compound.contains("--") {
                continue;
            }
            self.joined.clear();
            compound.split('-').for_each(|part| self.joined.push_str(part));
            each(cut(&self.joined));
        }
    }

    #[inline]
    fn ascii(&mut self, byte: u8, rest: &str) {
        let c = match byte {
            b'a'..=b'z' | b'0'..=b'9' => byte,
            b'A'..=b'Z' => byte.to_ascii_lowercase(),
            b'-' => {
                self.hyphens = true;
                byte
            }
            b'\'' => return self.apostrophe(rest),
            b',' if self.in_thousands(rest) => return,
            _ => b' ',
        };
        self.text.push(char::from(c));
    }

    fn other(&mut self, c: char, rest: &str) {
        match letters::letter(c) {
            Letter::As(letters) => self.text.push_str(letters),
            Letter::Number(number) => {
                self.text.push(' ');
                self.text.push_str(number);
                self.text.push(' ');
            }
            Letter::Hyphen => {
                self.hyphens = true;
                self.text.push('-');
            }
            Letter::Apostrophe => self.apostrophe(rest),
            Letter::Mu if rest.starts_with(char::is_alphabetic) => self.text.push('u'),
            Letter::Mu => self.text.push_str("mu"),
            Letter::Invisible => {}
            Letter::Other if c.is_alphanumeric() => {
                // Lower case may add a combining mark, which is no word character.
                let lower = c.to_lowercase().filter(|c| c.is_alphanumeric());
                self.text.extend(lower);
            }
            Letter::Other => self.text.push(' '),
        }
    }

    fn apostrophe(&mut self, rest: &str) {
        let between =
            self.text.ends_with(char::is_alphabetic) && rest.starts_with(char::is_alphabetic);
        if !between {
            self.text.push(' ');
        }
    }

    /// Whether a comma here stands between a digit and three digits that end a number.
    fn in_thousands(&self, rest: &str) -> bool {
        let digits = rest.bytes().take(4).take_while(u8::is_ascii_digit).count();
        digits == 3 && self.text.ends_with(|c: char| c.is_ascii_digit())
    }
}

/// The words of a folded text; made by [`Folder::fold`].
#[derive(Clone, Debug)]
pub struct Words<'a> {
    rest: &'a str,
    /// What follows the leading digits of the word that was given last.
    unit: Option<&'a str>,
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    #[inline]
    fn next(&mut self) -> Option<&'a str> {
        if let Some(unit) = self.unit.take() {
            return Some(cut(unit));
        }
        let separator = |byte: &u8| matches!(byte, b' ' | b'-');
        let bytes = self.rest.as_bytes();
        let start = bytes.iter().position(|byte| !separator(byte))?;
        let word = self.rest.get(start..)?;
        let end = word.as_bytes().iter().position(separator);
        // Both separators are ASCII, so the cuts lie between characters.
        let (word, rest) = word.split_at_checked(end.unwrap_or(word.len()))?;
        self.rest = rest;
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            let digits = word.bytes().take_while(u8::is_ascii_digit).count();
            let (number, unit) = word.split_at_checked(digits)?;
            self.unit = Some(unit).filter(|unit| !unit.is_empty());
            return Some(cut(number));
        }
        Some(cut(word))
    }
}

/// A word up to [`WORD_LIMIT`].
#[inline]
fn cut(word: &str) -> &str {
    if word.len() <= WORD_LIMIT {
        return word;
    }
    match word.char_indices().nth(WORD_LIMIT) {
        Some((end, _)) => word.get(..end).unwrap_or(word),
        None => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(text: &str) -> Vec<String> {
        let mut folder = Folder::default();
        folder.fold(text);
        let mut found = Vec::new();
        folder.joined(|word| found.push(word.to_owned()));
        found
    }

    #[test]
    fn each_rule_holds() {
        for (text, folded) in [
            ("Asthma", "asthma"),
            ("Ménière's disease", "menieres disease"),
            ("Me\u{301}nie\u{300}re", "meniere"),
            ("Sjögren ŒDEMA Ångström Strauß", "sjogren oedema angstrom strauss"),
            ("β-lactam and Δ9", "beta lactam and delta9"),
            ("5 µg, 5μg, μ-opioid, µ", "5 ug 5 ug mu opioid mu"),
            ("m² H₂O １２", "m2 h2o 12"),
            ("1½ tablets", "1 1 2 tablets"),
            ("ﬁbrosis stage Ⅳ", "fibrosis stage iv"),
            ("Crohn's Crohn’s O'Brien 5' 'x'", "crohns crohns obrien 5 x"),
            ("1,000 1,000,000 1,2,3 1,0000", "1000 1000000 1 2 3 1 0000"),
            ("hae\u{AD}mo\u{200B}globin", "haemoglobin"),
            ("500mg B12 HbA1c 5HT3", "500 mg b12 hba1c 5 ht3"),
            ("X-ray X‑ray X–ray", "x ray x ray x ray"),
            ("and/or (disorder)", "and or disorder"),
            ("Москва 東京", "москва 東京"),
            ("İstanbul ı", "istanbul i"),
            ("", ""),
            (" - ' ,", ""),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn compounds_are_also_joined() {
        assert_eq!(joined("Chest X-ray of non-ST-elevation"), ["xray", "nonstelevation"]);
        assert_eq!(joined("α-fetoprotein"), ["alphafetoprotein"]);
        assert_eq!(joined("5-fluorouracil a--b c - d -e f-"), [""; 0]);
    }

    #[test]
    fn long_words_are_cut_between_characters() {
        for letter in ["a", "я", "東"] {
            let text = letter.repeat(300);
            assert_eq!(fold(&text).chars().count(), WORD_LIMIT);
        }
    }

    #[test]
    fn folding_what_is_folded_changes_nothing() {
        for text in ["Ménière's 500mg α-B12", "1,000½ x-ray", "ŉ Ǆ ﬃ"] {
            assert_eq!(fold(&fold(text)), fold(text));
        }
    }
}
