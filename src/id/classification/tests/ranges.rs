//! Ranges, beside the list of the codes in them.

use super::round_trips::marked;
use crate::id::{
    ClassificationCodeError, CodeCharacter, CodeRangeError, DaggerAsterisk, Icd10Code, Icd10Range,
    Opcs4Code, Opcs4Range,
};
use proptest::prelude::*;

#[test]
fn every_way_to_write_a_range_is_read() {
    for (text, expected) in [
        ("E10-E14", "E10-E14"),
        ("E10–E14", "E10-E14"),
        (" e10 – e14 ", "E10-E14"),
        ("E10.0-E10.9", "E10.0-E10.9"),
        ("E100-E109", "E10.0-E10.9"),
        ("E10.-–E14.-", "E10-E14"),
        ("E10.--E14.-", "E10-E14"),
        ("I10X--I15X-", "I10-I15"),
        ("I10X- - I15X-", "I10-I15"),
        ("A00-A00", "A00"),
        ("E10-E10.4", "E10-E10.4"),
        ("I10", "I10"),
        ("I10X-", "I10"),
        ("E11.-", "E11"),
        ("M45.X0-M45.X9", "M45.X0-M45.X9"),
        ("H00-L99", "H00-L99"),
    ] {
        let range = Icd10Range::parse(text).map(|range| range.to_string());
        assert_eq!(range.as_deref(), Ok(expected), "{text}");
    }
    assert_eq!("X70-X74.9".parse::<Opcs4Range>().unwrap().to_string(), "X70-X74.9");
}

#[test]
fn what_is_wrong_is_said_with_its_place_in_the_whole_text() {
    use ClassificationCodeError::{
        Character, Empty, Filler, Incomplete, Marked, NonAsciiDigit, Special, TooLong,
    };
    let digit = CodeCharacter::Digit;
    let letter = CodeCharacter::Letter;
    let dagger = DaggerAsterisk::Dagger;
    for (text, expected) in [
        ("", CodeRangeError::Code(Empty { index: 0 })),
        ("E14-E10", CodeRangeError::Reversed { index: 4 }),
        ("E14 –  E10", CodeRangeError::Reversed { index: 9 }),
        ("E10.9-E10", CodeRangeError::Reversed { index: 6 }),
        ("E10-E1", Incomplete { index: 6, expected: digit }.into()),
        ("E1-E14", Incomplete { index: 2, expected: digit }.into()),
        ("E10-14", Character { index: 4, found: '1', expected: letter }.into()),
        ("-E10", Empty { index: 0 }.into()),
        ("E10-", Filler { index: 3, found: '-' }.into()),
        ("E10-E14-", Filler { index: 7, found: '-' }.into()),
        ("E10-E12-E14", Filler { index: 3, found: '-' }.into()),
        ("E119-D", Marked { index: 5, mark: dagger }.into()),
        ("E11.9†", Marked { index: 5, mark: dagger }.into()),
        ("E10.0-E11.9D", Marked { index: 11, mark: dagger }.into()),
        ("E10—E14", Character { index: 3, found: '—', expected: CodeCharacter::DigitOrX }.into()),
        ("E100 to E109", TooLong { index: 4, found: ' ' }.into()),
        ("#NC", Special { index: 0 }.into()),
        ("E10-E1４", NonAsciiDigit { index: 6, found: '４' }.into()),
    ] {
        assert_eq!(Icd10Range::parse(text), Err(expected), "{text}");
        assert!(expected.index() <= text.len());
    }
    let error = Icd10Range::parse("E14-E10").unwrap_err();
    assert!(error.to_string().contains("at character 5 stands before"), "{error}");
}

#[test]
fn a_list_is_read_range_by_range() {
    let read = |text| -> Vec<_> {
        Icd10Range::list(text).map(|range| range.map(|range| range.to_string())).collect()
    };
    let range = |text: &str| Ok::<_, CodeRangeError>(text.to_owned());
    assert_eq!(read("A00-A09, B20"), [range("A00-A09"), range("B20")]);
    assert_eq!(read("A00–A09;B20.0 ,\nC00"), [range("A00-A09"), range("B20.0"), range("C00")]);
    let empty = |index| Err(ClassificationCodeError::Empty { index }.into());
    assert_eq!(read(""), [empty(0)]);
    assert_eq!(read("I10,"), [range("I10"), empty(4)]);
    assert_eq!(read("I10,,I11"), [range("I10"), empty(4), range("I11")]);
    let error = Err(CodeRangeError::Reversed { index: 9 });
    assert_eq!(read("I10, E14-E10, J00"), [range("I10"), error, range("J00")]);
    let codes: Result<Vec<_>, _> = Opcs4Range::list("X70-X74; Y90").collect();
    let codes = codes.unwrap();
    assert!(codes.iter().any(|range| range.contains(Opcs4Code::parse("X721").unwrap())));
}

#[test]
fn what_a_range_holds_of_a_category_and_its_subdivisions() {
    let code = |text| Icd10Code::parse(text).unwrap();
    for (range, contained, overlapped, outside) in [
        ("E10-E14", "E10 E10.0 E10.99 E12 E14 E14.9 E14.99 E14.X9", "", "E09 E09.99 E15 D10 F10"),
        ("E11", "E11 E11.0 E11.99 E11.X0", "", "E10.99 E12"),
        ("E11.9", "E11.9 E11.90 E11.99", "E11", "E11.8 E11.89 E11.X9 E12"),
        ("E10.0-E10.9", "E10.0 E10.45 E10.99", "E10", "E10.X0 E09 E11 E11.0"),
        ("E10-E14.3", "E10 E13.9 E14.0 E14.3 E14.39", "E14", "E14.4 E15"),
        ("E10-E14.9", "E10 E14 E14.9 E14.99", "", "E15"),
        ("E10.5-E14", "E10.5 E11 E14.9", "E10", "E10.4 E10.49 E15"),
        ("M45.X0-M45.X4", "M45.X0 M45.X4", "M45", "M45.X5 M45.0"),
    ] {
        let range = Icd10Range::parse(range).unwrap();
        for text in contained.split(' ') {
            assert!(range.contains(code(text)) && range.overlaps(code(text)), "{range} {text}");
        }
        for text in overlapped.split_terminator(' ') {
            assert!(!range.contains(code(text)) && range.overlaps(code(text)), "{range} {text}");
        }
        for text in outside.split(' ') {
            assert!(!range.contains(code(text)) && !range.overlaps(code(text)), "{range} {text}");
        }
    }
}

/// The code with all that could be a subdivision of it, as their longest forms, with `:` for a
/// place that has nothing in it, which no character of a code stands behind.
fn leaves(code: Icd10Code) -> Vec<String> {
    let text = code.undotted();
    let fourths: Vec<char> = match text.chars().nth(3) {
        Some(fourth) => vec![fourth],
        // X is published before the digits, and stands behind them in ASCII.
        None => "!0123456789".chars().collect(),
    };
    let fifths: Vec<char> = match text.chars().nth(4) {
        Some(fifth) => vec![fifth],
        None => "0123456789".chars().collect(),
    };
    let category = &text[..3];
    let place = |fourth: &char| if *fourth == 'X' { '!' } else { *fourth };
    let pairs = fourths.iter().flat_map(|fourth| fifths.iter().map(move |fifth| (fourth, fifth)));
    pairs.map(|(fourth, fifth)| format!("{category}{}{fifth}", place(fourth))).collect()
}

proptest! {
    #[test]
    fn a_range_holds_what_the_list_of_its_codes_holds(
        one in marked(),
        other in marked(),
        near in "[0-9]|[0-9X][0-9]|",
        between in marked(),
    ) {
        let (first, last) = (one.code().min(other.code()), one.code().max(other.code()));
        // A code near an end of the range, where it matters.
        let stem = last.category();
        let near = Icd10Code::parse(&format!("{stem}{near}")).unwrap();
        let range = Icd10Range::new(first, last).unwrap();
        prop_assert_eq!(Icd10Range::new(last, first).is_some(), first == last);
        prop_assert_eq!(Icd10Range::parse(&range.to_string()), Ok(range));
        let (begin, end) = (leaves(first)[0].clone(), leaves(last).last().cloned().unwrap());
        for code in [near, between.code(), first, last, first.category()] {
            let within = |leaf: &String| begin <= *leaf && *leaf <= end;
            let overlapped = leaves(code).iter().any(within);
            prop_assert_eq!(range.overlaps(code), overlapped, "{} {}", range, code);
            // A category that is published before the first code is not in the range.
            let contained = leaves(code).iter().all(within) && first <= code;
            prop_assert_eq!(range.contains(code), contained, "{} {}", range, code);
        }
    }

    #[test]
    fn any_text_is_answered_with_a_place_in_it(text in "\\PC{0,16}|[A-E0-3. ,;–-]{0,24}") {
        let mut count = 0;
        for range in Icd10Range::list(&text) {
            match range {
                Ok(range) => prop_assert!(range.first() <= range.last()),
                Err(error) => prop_assert!(text.is_char_boundary(error.index()), "{error}"),
            }
            count += 1;
        }
        prop_assert_eq!(count, text.split([',', ';']).count());
    }
}
