//! Cases with the outcome of each.

use crate::id::{
    ClassificationCodeError, DaggerAsterisk, Icd10CmCode, Icd10Code, MarkedIcd10Code, Opcs4Code,
};
use std::fmt::Display;
use std::path::Path;

/// What came of a text, in a line.
fn outcome(result: Result<impl Display, ClassificationCodeError>) -> String {
    use ClassificationCodeError::{
        Character, Empty, Filler, Incomplete, LetterForDigit, Marked, NonAsciiDigit, NotText,
        Point, Special, TooLong, UnpaddedMark,
    };
    match result {
        Ok(code) => code.to_string(),
        Err(Empty { index }) => format!("Empty {index}"),
        Err(Special { index }) => format!("Special {index}"),
        Err(NotText { index }) => format!("NotText {index}"),
        Err(Point { index }) => format!("Point {index}"),
        Err(LetterForDigit { index, found, digit }) => {
            format!("LetterForDigit {index} {found:?} {digit}")
        }
        Err(NonAsciiDigit { index, found }) => format!("NonAsciiDigit {index} {found:?}"),
        Err(Filler { index, found }) => format!("Filler {index} {found:?}"),
        Err(UnpaddedMark { index, found }) => format!("UnpaddedMark {index} {found:?}"),
        Err(Character { index, found, expected }) => {
            format!("Character {index} {found:?} {expected:?}")
        }
        Err(Incomplete { index, expected }) => format!("Incomplete {index} {expected:?}"),
        Err(TooLong { index, found }) => format!("TooLong {index} {found:?}"),
        Err(Marked { index, mark }) => format!("Marked {index} {mark:?}"),
    }
}

/// The characters that would not be seen in a file.
const STAND_INS: [(&str, &str); 6] = [
    ("⟨SP⟩", " "),
    ("⟨TAB⟩", "\t"),
    ("⟨CR⟩", "\r"),
    ("⟨LF⟩", "\n"),
    ("⟨NBSP⟩", "\u{a0}"),
    ("⟨BOM⟩", "\u{feff}"),
];

#[test]
fn the_cases_have_their_outcomes() {
    use ClassificationCodeError::Marked;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/identifiers/icd10.tsv");
    let text = std::fs::read_to_string(path).expect("testdata is beside the crate");
    let whole = |text: &str| {
        STAND_INS.iter().fold(text.to_owned(), |text, (name, is)| text.replace(name, is))
    };
    let (mut codes, mut refused, mut wrong) = (0, 0, Vec::new());
    for line in text.lines().filter(|line| !line.starts_with('#') || line.starts_with("#N")) {
        let mut columns = line.split('\t');
        let (Some(input), Some(expected)) = (columns.next(), columns.next()) else {
            panic!("two columns at least: {line}");
        };
        let input = whole(input);
        let read = MarkedIcd10Code::parse(&input);
        let found = outcome(read);
        if found != whole(expected) {
            wrong.push(format!("{line}: {found}"));
        }
        assert_eq!(MarkedIcd10Code::from_bytes(input.as_bytes()), read, "{line}");
        let code = Icd10Code::parse(&input);
        match read.map(|read| (read.code(), read.mark())) {
            Ok((expected, None)) => assert_eq!(code, Ok(expected), "{line}"),
            Ok((_, Some(expected))) => {
                assert!(matches!(code, Err(Marked { mark, .. }) if mark == expected), "{line}");
            }
            Err(error) => assert_eq!(code, Err(error), "{line}"),
        }
        *if read.is_ok() { &mut codes } else { &mut refused } += 1;
    }
    assert!(wrong.is_empty(), "found instead:\n{}", wrong.join("\n"));
    assert!(codes > 50 && refused > 70, "only {codes} codes and {refused} refused");
}

#[test]
fn bytes_that_are_not_text_are_named() {
    for (text, index) in [
        (&b"\xff"[..], 0),
        (b"E\xff", 1),
        (b"E11\xe2\x80", 3),
        (b"E11.9\xa0", 5),
        (b"E119D\x80", 5),
    ] {
        let expected = ClassificationCodeError::NotText { index };
        assert_eq!(MarkedIcd10Code::from_bytes(text), Err(expected), "{text:?}");
    }
    let error = ClassificationCodeError::NotText { index: 2 };
    assert_eq!(Opcs4Code::from_bytes(b"X3\x80"), Err(error));
    assert_eq!(Icd10CmCode::from_bytes(b"X3\x80"), Err(error));
}

#[test]
fn a_mark_is_never_lost() {
    let mark = DaggerAsterisk::Asterisk;
    for (text, index) in [("H360A", 4), ("H36.0*", 5), ("  M45X0a ", 7), ("G01X-A", 5)] {
        let error = Icd10Code::parse(text).unwrap_err();
        assert_eq!(error, ClassificationCodeError::Marked { index, mark }, "{text}");
        assert!(error.to_string().contains("an asterisk at character"), "{error}");
    }
}

#[test]
fn codes_of_opcs_4() {
    for (text, expected) in [
        ("X38.4", "X38.4"),
        ("X384", "X38.4"),
        (" x384\r\n", "X38.4"),
        ("X38", "X38"),
        ("Y98.1", "Y98.1"),
        ("Z943", "Z94.3"),
        ("", "Empty 0"),
        ("#NC", "Special 0"),
        ("X", "Incomplete 1 Digit"),
        ("X38.", "Incomplete 4 Digit"),
        ("X38.X", "Character 4 'X' Digit"),
        ("X38-", "Character 3 '-' Digit"),
        ("&", "Character 0 '&' Letter"),
        ("X3O4", "LetterForDigit 2 'O' 0"),
        ("X38.4D", "TooLong 5 'D'"),
        ("X38.45", "TooLong 5 '5'"),
        ("X384-", "TooLong 4 '-'"),
        ("X.384", "Point 1"),
        ("X384.", "Point 4"),
        ("X38４", "NonAsciiDigit 3 '４'"),
        ("MERGER", "Character 1 'E' Digit"),
    ] {
        assert_eq!(outcome(Opcs4Code::parse(text)), expected, "{text:?}");
    }
}

#[test]
fn codes_of_icd_10_cm() {
    for (text, expected) in [
        ("S52.521A", "S52.521A"),
        ("s52521a ", "S52.521A"),
        ("C7A.00", "C7A.00"),
        ("C7A00", "C7A.00"),
        ("O9A.1", "O9A.1"),
        ("O9A", "O9A"),
        ("F32A", "F32.A"),
        ("F32.A", "F32.A"),
        ("W03.XXXA", "W03.XXXA"),
        ("T36.0X1A", "T36.0X1A"),
        ("U07.1", "U07.1"),
        ("E11.9", "E11.9"),
        ("", "Empty 0"),
        ("#NC", "Special 0"),
        ("E1", "Incomplete 2 DigitOrLetter"),
        ("E11.", "Incomplete 4 DigitOrLetter"),
        ("EA1", "Character 1 'A' Digit"),
        ("EO1", "LetterForDigit 1 'O' 0"),
        ("E11.9-", "Character 5 '-' DigitOrLetter"),
        ("E11.9†", "Character 5 '†' DigitOrLetter"),
        ("S52.52.1", "Point 6"),
        ("S5.2", "Point 2"),
        ("S52.521AB", "TooLong 8 'B'"),
        ("S52.521A.", "Point 8"),
        ("E11.９", "NonAsciiDigit 4 '９'"),
        ("MERGER", "Character 1 'E' Digit"),
    ] {
        assert_eq!(outcome(Icd10CmCode::parse(text)), expected, "{text:?}");
    }
}

#[test]
fn the_messages_say_what_to_do() {
    for (text, part) in [
        ("#NC", "in place of a code"),
        ("E1O", "looks like 0"),
        ("F32A", "fill that place with X first"),
        ("E11XX", "and - the fifth"),
        ("E119D", "keep the mark beside it"),
        ("E1B", "'B') stands where a digit is expected"),
        ("E11.", "before character 5, where a digit, or X for none, is expected"),
    ] {
        let message = Icd10Code::parse(text).err().map_or(String::new(), |e| e.to_string());
        assert!(message.contains(part), "{text}: {message}");
    }
}

#[test]
fn values_and_errors_are_small() {
    assert_eq!(size_of::<Option<Icd10Code>>(), 4);
    assert_eq!(size_of::<Option<Opcs4Code>>(), 4);
    assert_eq!(size_of::<Icd10CmCode>(), 7);
    assert!(size_of::<Option<MarkedIcd10Code>>() <= 8);
    assert!(size_of::<ClassificationCodeError>() <= 16);
}
