//! What one character folds to.

use super::latin::{LATIN, LATIN_ADDITIONAL};

/// What becomes of a character that is not ASCII.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Letter {
    /// It is written as this.
    As(&'static str),
    /// It is a number of its own, as ½ is: digits, with a separator on either side.
    Number(&'static str),
    /// A hyphen.
    Hyphen,
    /// An apostrophe.
    Apostrophe,
    /// A small mu, which stands for "micro" before a letter.
    Mu,
    /// It is not seen: it neither is part of a word nor ends one.
    Invisible,
    /// None of these: a word character in lower case if alphanumeric, otherwise the end of a word.
    Other,
}

/// What becomes of a character that is not ASCII.
pub(super) fn letter(c: char) -> Letter {
    use Letter::{Apostrophe, As, Hyphen, Invisible, Mu, Number, Other};
    let code = c as u32;
    let latin = |table: &[&'static str], first: u32| {
        let offset = code.saturating_sub(first) as usize;
        match table.get(offset) {
            Some(&"") | None => Other,
            Some(letters) => As(letters),
        }
    };
    match c {
        '\u{B5}' | '\u{3BC}' => Mu,
        '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' => Invisible,
        '¼'..='¾' | '⅐'..='⅞' => fraction(c).map_or(Other, Number),
        '\u{A0}'..='\u{24F}' => latin(&LATIN, 0xA0),
        '\u{1E00}'..='\u{1EFF}' => latin(&LATIN_ADDITIONAL, 0x1E00),
        // The modifier apostrophe, and the quotation marks and accents typed in its place.
        '\u{2BC}' | '‘' | '’' | '\u{FF07}' => Apostrophe,
        '\u{300}'..='\u{36F}' => Invisible,
        '\u{2010}'..='\u{2013}' | '−' => Hyphen,
        '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => greek(code).map_or(Other, As),
        'ⁱ' => As("i"),
        'ⁿ' => As("n"),
        '⁰'..='⁹' => digit(code, 0x2070),
        '₀'..='₉' => digit(code, 0x2080),
        '０'..='９' => digit(code, 0xFF10),
        'Ａ'..='Ｚ' => small(code, 0xFF21),
        'ａ'..='ｚ' => small(code, 0xFF41),
        // The signs of ohm, kelvin and ångström, which look like the letters.
        '\u{2126}' => As("omega"),
        '\u{212A}' => As("k"),
        '\u{212B}' => As("a"),
        'Ⅰ'..='ⅿ' => roman(code),
        'ﬀ'..='ﬆ' => ligature(code),
        _ => Other,
    }
}

/// The plain letters that a marked one stands for, in lower case; `None` where it has none.
pub(crate) fn unmarked(c: char) -> Option<&'static str> {
    match letter(c) {
        Letter::As(letters) => Some(letters),
        _ => None,
    }
}

fn nth(list: &'static [&'static str], code: u32, first: u32) -> Letter {
    let letters = list.get(code.saturating_sub(first) as usize);
    letters.map_or(Letter::Other, |letters| Letter::As(letters))
}

fn digit(code: u32, zero: u32) -> Letter {
    const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    nth(&DIGITS, code, zero)
}

fn small(code: u32, a: u32) -> Letter {
    const LETTERS: [&str; 26] = [
        "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r",
        "s", "t", "u", "v", "w", "x", "y", "z",
    ];
    nth(&LETTERS, code, a)
}

/// Roman numerals, of which the small ones follow the capitals.
fn roman(code: u32) -> Letter {
    const NUMERALS: [&str; 16] = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "l", "c", "d",
        "m",
    ];
    let capital = if code < 0x2170 { 0x2160 } else { 0x2170 };
    nth(&NUMERALS, code, capital)
}

fn ligature(code: u32) -> Letter {
    const LIGATURES: [&str; 7] = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];
    nth(&LIGATURES, code, 0xFB00)
}

fn fraction(c: char) -> Option<&'static str> {
    Some(match c {
        '¼' => "1 4",
        '½' => "1 2",
        '¾' => "3 4",
        '⅐' => "1 7",
        '⅑' => "1 9",
        '⅒' => "1 10",
        '⅓' => "1 3",
        '⅔' => "2 3",
        '⅕' => "1 5",
        '⅖' => "2 5",
        '⅗' => "3 5",
        '⅘' => "4 5",
        '⅙' => "1 6",
        '⅚' => "5 6",
        '⅛' => "1 8",
        '⅜' => "3 8",
        '⅝' => "5 8",
        '⅞' => "7 8",
        _ => return None,
    })
}

/// The English name of a Greek letter, whatever its case and accents.
fn greek(code: u32) -> Option<&'static str> {
    Some(match code {
        0x386
        | 0x391
        | 0x3AC
        | 0x3B1
        | 0x1F00..=0x1F0F
        | 0x1F70..=0x1F71
        | 0x1F80..=0x1F8F
        | 0x1FB0..=0x1FB4
        | 0x1FB6..=0x1FBC => "alpha",
        0x392 | 0x3B2 | 0x3D0 => "beta",
        0x393 | 0x3B3 => "gamma",
        0x394 | 0x3B4 => "delta",
        0x388
        | 0x395
        | 0x3AD
        | 0x3B5
        | 0x3F5
        | 0x1F10..=0x1F15
        | 0x1F18..=0x1F1D
        | 0x1F72..=0x1F73
        | 0x1FC8..=0x1FC9 => "epsilon",
        0x396 | 0x3B6 => "zeta",
        0x389
        | 0x397
        | 0x3AE
        | 0x3B7
        | 0x1F20..=0x1F2F
        | 0x1F74..=0x1F75
        | 0x1F90..=0x1F9F
        | 0x1FC2..=0x1FC4
        | 0x1FC6..=0x1FC7
        | 0x1FCA..=0x1FCC => "eta",
        0x398 | 0x3B8 | 0x3D1 | 0x3F4 => "theta",
        0x38A
        | 0x390
        | 0x399
        | 0x3AA
        | 0x3AF
        | 0x3B9
        | 0x3CA
        | 0x1F30..=0x1F3F
        | 0x1F76..=0x1F77
        | 0x1FBE
        | 0x1FD0..=0x1FD3
        | 0x1FD6..=0x1FDB => "iota",
        0x39A | 0x3BA | 0x3F0 => "kappa",
        0x39B | 0x3BB => "lambda",
        0x39C => "mu",
        0x39D | 0x3BD => "nu",
        0x39E | 0x3BE => "xi",
        0x38C
        | 0x39F
        | 0x3BF
        | 0x3CC
        | 0x1F40..=0x1F45
        | 0x1F48..=0x1F4D
        | 0x1F78..=0x1F79
        | 0x1FF8..=0x1FF9 => "omicron",
        0x3A0 | 0x3C0 | 0x3D6 => "pi",
        0x3A1 | 0x3C1 | 0x3F1 | 0x1FE4..=0x1FE5 | 0x1FEC => "rho",
        0x3A3 | 0x3C2..=0x3C3 | 0x3F2 | 0x3F9 => "sigma",
        0x3A4 | 0x3C4 => "tau",
        0x38E
        | 0x3A5
        | 0x3AB
        | 0x3B0
        | 0x3C5
        | 0x3CB
        | 0x3CD
        | 0x3D2..=0x3D4
        | 0x1F50..=0x1F57
        | 0x1F59
        | 0x1F5B
        | 0x1F5D
        | 0x1F5F
        | 0x1F7A..=0x1F7B
        | 0x1FE0..=0x1FE3
        | 0x1FE6..=0x1FEB => "upsilon",
        0x3A6 | 0x3C6 | 0x3D5 => "phi",
        0x3A7 | 0x3C7 => "chi",
        0x3A8 | 0x3C8 => "psi",
        0x38F
        | 0x3A9
        | 0x3C9
        | 0x3CE
        | 0x1F60..=0x1F6F
        | 0x1F7C..=0x1F7D
        | 0x1FA0..=0x1FAF
        | 0x1FF2..=0x1FF4
        | 0x1FF6..=0x1FF7
        | 0x1FFA..=0x1FFC => "omega",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    /// The ASCII letters and digits of a character's compatibility decomposition, where nothing
    /// but accents stands beside them.
    fn decomposed(c: char) -> Option<String> {
        let lower: String = c.nfkd().flat_map(char::to_lowercase).collect();
        let base: String = lower.nfd().filter(|d| !matches!(d, '\u{300}'..='\u{36F}')).collect();
        let plain = !base.is_empty() && base.bytes().all(|b| b.is_ascii_alphanumeric());
        plain.then_some(base)
    }

    #[test]
    fn latin_letters_agree_with_their_decompositions() {
        let mut tested = 0;
        for c in ('\u{A0}'..='\u{24F}').chain('\u{1E00}'..='\u{1EFF}') {
            if let Some(base) = decomposed(c) {
                assert_eq!(letter(c), Letter::As(base.clone().leak()), "{c:?}");
                tested += 1;
            }
        }
        assert!(tested > 500, "{tested}");
    }

    #[test]
    fn digits_letters_and_numerals_agree_with_their_decompositions() {
        for c in ('⁰'..='₉').chain('Ⅰ'..='ⅿ').chain('０'..='ｚ').chain('ﬀ'..='ﬆ') {
            if let (Some(base), Letter::As(letters)) = (decomposed(c), letter(c)) {
                assert_eq!(letters, base, "{c:?}");
            }
        }
        assert_eq!(letter('０'), Letter::As("0"));
        assert_eq!(letter('²'), Letter::As("2"));
    }

    #[test]
    fn greek_letters_have_the_name_of_their_base() {
        for c in ('\u{370}'..='\u{3FF}').chain('\u{1F00}'..='\u{1FFF}') {
            let base = c.nfkd().flat_map(char::to_lowercase).next().unwrap();
            if c.is_alphabetic() && base.is_alphabetic() && letter(base) != Letter::Mu {
                assert_eq!(letter(c), letter(base), "{c:?} and {base:?}");
            }
        }
        assert_eq!(letter('β'), Letter::As("beta"));
    }
}
