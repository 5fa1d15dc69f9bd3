//! The spellings of a code as a list of patterns, tried one after the other.

use crate::id::{DaggerAsterisk, Icd10CmCode, Icd10Code, MarkedIcd10Code, Opcs4Code};
use proptest::prelude::*;

/// What may stand before a mark. L is a letter, 9 a digit, and every other character is itself.
const FILLED: [&str; 12] = [
    "L99X", "L99.X", "L99X-", "L99.X-", "L999", "L99.9", "L999-", "L99.9-", "L99X9", "L99.X9",
    "L9999", "L99.99",
];
/// What may stand before a symbol of the WHO, or nothing, besides.
const UNFILLED: [&str; 2] = ["L99", "L99.-"];

fn fits(text: &str, pattern: &str) -> bool {
    text.chars().count() == pattern.chars().count()
        && text.chars().zip(pattern.chars()).all(|(character, place)| match place {
            'L' => character.is_ascii_uppercase(),
            '9' => character.is_ascii_digit(),
            _ => character == place,
        })
}

/// A code as printed by the WHO, and its mark; nothing for what is not a code.
fn icd_10(text: &str) -> Option<(String, Option<DaggerAsterisk>)> {
    let text = text.trim_matches([' ', '\t', '\n', '\r', '\x0c']).to_ascii_uppercase();
    let marks = [
        ("", None),
        ("*", Some(DaggerAsterisk::Asterisk)),
        ("+", Some(DaggerAsterisk::Dagger)),
        ("†", Some(DaggerAsterisk::Dagger)),
        ("A", Some(DaggerAsterisk::Asterisk)),
        ("D", Some(DaggerAsterisk::Dagger)),
    ];
    let (code, mark) = marks.iter().find_map(|(symbol, mark)| {
        let code = text.strip_suffix(symbol)?;
        let filled = FILLED.iter().any(|pattern| fits(code, pattern));
        let unfilled = UNFILLED.iter().any(|pattern| fits(code, pattern));
        (filled || unfilled && !symbol.chars().any(char::is_alphabetic)).then_some((code, *mark))
    })?;
    let characters = code.replace(['.', '-'], "");
    let characters = match characters.len() {
        4 => characters.trim_end_matches('X'),
        _ => &characters,
    };
    let (category, rest) = characters.split_at(3);
    let point = if rest.is_empty() { "" } else { "." };
    Some((format!("{category}{point}{rest}"), mark))
}

fn opcs_4(text: &str) -> Option<String> {
    let text = text.trim_matches([' ', '\t', '\n', '\r', '\x0c']).to_ascii_uppercase();
    let text = if fits(&text, "L999") { format!("{}.{}", &text[..3], &text[3..]) } else { text };
    (fits(&text, "L99") || fits(&text, "L99.9")).then_some(text)
}

fn icd_10_cm(text: &str) -> Option<String> {
    let text = text.trim_matches([' ', '\t', '\n', '\r', '\x0c']).to_ascii_uppercase();
    let (category, rest) = match text.split_once('.') {
        Some((_, "")) => return None,
        Some((category, rest)) => (category.to_owned(), rest.to_owned()),
        None => (text.chars().take(3).collect(), text.chars().skip(3).collect()),
    };
    let whole = category.len() == 3
        && category.starts_with(|first: char| first.is_ascii_alphabetic())
        && category[1..].starts_with(|second: char| second.is_ascii_digit())
        && category.chars().chain(rest.chars()).all(|character| character.is_ascii_alphanumeric())
        && rest.len() <= 4;
    let point = if rest.is_empty() { "" } else { "." };
    whole.then(|| format!("{category}{point}{rest}"))
}

fn agrees(text: &str) {
    let read = MarkedIcd10Code::parse(text).ok();
    assert_eq!(read.map(|read| (read.code().to_string(), read.mark())), icd_10(text), "{text:?}");
    let code = Icd10Code::parse(text).ok().map(|code| code.to_string());
    let unmarked = icd_10(text).filter(|(_, mark)| mark.is_none()).map(|(code, _)| code);
    assert_eq!(code, unmarked, "{text:?}");
    assert_eq!(Opcs4Code::parse(text).ok().map(|code| code.to_string()), opcs_4(text), "{text:?}");
    assert_eq!(
        Icd10CmCode::parse(text).ok().map(|code| code.to_string()),
        icd_10_cm(text),
        "{text:?}"
    );
}

/// Every way to end a text that begins as a category does.
#[test]
fn every_ending_of_four_characters_is_read_as_the_patterns_say() {
    let alphabet = ["", "0", "9", "X", "x", ".", "-", "A", "d", "*", "+", "†", "B", "O", " ", "#"];
    for category in ["E11", "E1O"] {
        for first in alphabet {
            for second in alphabet {
                for third in alphabet {
                    for fourth in alphabet {
                        agrees(&format!("{category}{first}{second}{third}{fourth}"));
                    }
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_read_as_the_patterns_say(
        text in prop_oneof![
            "\\PC{0,12}",
            "[ \\t]?[A-Za-z#][0-9OIl]{2}[.Xx0-9-]{0,3}[AaDd*+†]?[ \\t]?",
            "[ADEX019.*+†-]{0,8}",
        ],
    ) {
        agrees(&text);
    }

    #[test]
    fn any_bytes_are_answered_with_a_place_in_them(
        text in prop::collection::vec(any::<u8>(), 0..16),
    ) {
        let errors = [
            MarkedIcd10Code::from_bytes(&text).err(),
            Icd10CmCode::from_bytes(&text).err(),
            Opcs4Code::from_bytes(&text).err(),
        ];
        for error in errors.into_iter().flatten() {
            prop_assert!(error.index() <= text.len(), "{error}");
            prop_assert!(text[..error.index()].is_ascii() || error.to_string().contains('#'));
        }
    }
}
