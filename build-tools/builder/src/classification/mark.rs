//! Codes with the marks of the dagger and asterisk system, as published.

use farr::id::{DaggerAsterisk, MarkedIcd10Code};

use super::edition::Reference;

/// A code as published, in two parts: the code, and the mark behind it. A symbol behind what is no
/// code is a mark too.
pub(super) fn split(text: &str) -> (&str, Option<DaggerAsterisk>) {
    let text = text.trim();
    let (code, symbol) = match text.char_indices().next_back() {
        Some((at, '*')) => (text[..at].trim_end(), Some(DaggerAsterisk::Asterisk)),
        Some((at, '†' | '+')) => (text[..at].trim_end(), Some(DaggerAsterisk::Dagger)),
        _ => (text, None),
    };
    if symbol.is_some() {
        return (code, symbol);
    }
    match MarkedIcd10Code::parse(text).ok().and_then(MarkedIcd10Code::mark) {
        // A letter, which is one byte.
        Some(mark) => (&text[..text.len() - 1], Some(mark)),
        None => (text, None),
    }
}

/// A reference, from its text.
pub(super) fn reference(text: &str, is_partner: bool) -> Reference {
    let (code, usage) = split(text);
    Reference { code: code.to_owned(), usage, is_partner }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_off_and_codes_stay_as_published() {
        let dagger = Some(DaggerAsterisk::Dagger);
        let asterisk = Some(DaggerAsterisk::Asterisk);
        for (text, expected) in [
            ("G63.2*", ("G63.2", asterisk)),
            ("G30.-†", ("G30.-", dagger)),
            ("G30.-+", ("G30.-", dagger)),
            ("G01XA", ("G01X", asterisk)),
            ("A170D", ("A170", dagger)),
            (" A00-A09 ", ("A00-A09", None)),
            ("M01.-*", ("M01.-", asterisk)),
            ("E14", ("E14", None)),
            ("†", ("", dagger)),
            ("", ("", None)),
        ] {
            assert_eq!(split(text), expected, "{text}");
        }
    }
}
