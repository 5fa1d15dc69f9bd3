//! What is written is read again as it was.

use crate::id::{ClassificationCodeError, DaggerAsterisk, Icd10CmCode, Icd10Code};
use crate::id::{MarkedIcd10Code, Opcs4Code};
use proptest::prelude::*;

/// Every code of a letter as printed by the WHO, in the order in which it is published.
fn published(letter: char) -> Vec<String> {
    let mut codes = Vec::new();
    for number in 0..100 {
        let category = format!("{letter}{number:02}");
        codes.push(category.clone());
        codes.extend((0..10).map(|fifth| format!("{category}.X{fifth}")));
        for fourth in 0..10 {
            codes.push(format!("{category}.{fourth}"));
            codes.extend((0..10).map(|fifth| format!("{category}.{fourth}{fifth}")));
        }
    }
    codes
}

#[test]
fn every_code_is_written_in_every_form_and_read_again_and_is_in_its_place() {
    let (mut last_key, mut count) = (0, 0);
    for text in ('A'..='Z').flat_map(published) {
        let code = Icd10Code::parse(&text).unwrap();
        assert_eq!(code.dotted(), *text);
        for form in [code.dotted(), code.undotted(), code.padded(), code.data_set()] {
            assert_eq!(Icd10Code::parse(&form), Ok(code), "{form}");
        }
        assert_eq!(code.undotted(), *text.replace('.', ""));
        assert!(code.padded().len() >= 4 && code.data_set().len() == 6, "{code}");
        assert!(code.sort_key() > last_key, "{code}");
        last_key = code.sort_key();
        assert_eq!(Icd10Code::from_sort_key(last_key), Some(code));
        count += 1;
    }
    assert_eq!(count, 26 * 100 * 121);
}

#[test]
fn no_other_integer_is_a_key() {
    let codes = (0..27_u32 << 16).filter(|key| Icd10Code::from_sort_key(*key).is_some()).count();
    assert_eq!(codes, 26 * 100 * 121);
    assert!((27 << 16..1 << 21).all(|key| Icd10Code::from_sort_key(key).is_none()));
    assert_eq!(Icd10Code::from_sort_key(u32::MAX), None);
    assert_eq!(Icd10Code::from_sort_key(1 << 21 | 1 << 16), None);
    let codes = (0..1 << 18).filter(|key| Opcs4Code::from_sort_key(*key).is_some()).count();
    assert_eq!(codes, 26 * 100 * 11);
    assert_eq!(Opcs4Code::from_sort_key(u32::MAX), None);
}

#[test]
fn the_parent_of_a_code_is_the_code_without_its_last_character() {
    for text in published('M') {
        let code = Icd10Code::parse(&text).unwrap();
        let shorter = text[..text.len() - 1].trim_end_matches('X').trim_end_matches('.');
        let parent = (shorter.len() >= 3).then(|| Icd10Code::parse(shorter).unwrap());
        assert_eq!(code.parent(), parent, "{code}");
        assert_eq!(code.is_category(), parent.is_none(), "{code}");
        assert_eq!(code.category().to_string(), text[..3]);
        let digit = |place: usize| text.chars().nth(place).and_then(|digit| digit.to_digit(10));
        assert_eq!(code.fourth_digit().map(u32::from), digit(4), "{code}");
        assert_eq!(code.fifth_digit().map(u32::from), digit(5), "{code}");
    }
}

#[test]
fn every_code_of_opcs_4_is_written_in_both_forms_and_read_again_and_is_in_its_place() {
    let mut last = None;
    for letter in 'A'..='Z' {
        for number in 0..100 {
            for fourth in -1..10 {
                let category = format!("{letter}{number:02}");
                let text =
                    if fourth < 0 { category.clone() } else { format!("{category}.{fourth}") };
                let code = Opcs4Code::parse(&text).unwrap();
                assert_eq!(code.dotted(), *text);
                assert_eq!(Opcs4Code::parse(&code.undotted()), Ok(code));
                assert_eq!(code.undotted(), *text.replace('.', ""));
                assert!(last < Some(code));
                assert_eq!(Opcs4Code::from_sort_key(code.sort_key()), Some(code));
                assert_eq!(code.category().to_string(), category);
                assert_eq!(code.parent(), (fourth >= 0).then(|| code.category()));
                assert_eq!(code.fourth_digit().map(i32::from), (fourth >= 0).then_some(fourth));
                last = Some(code);
            }
        }
    }
}

/// A code with a mark or without.
pub(super) fn marked() -> impl Strategy<Value = MarkedIcd10Code> {
    let mark = prop_oneof![
        Just(None),
        Just(Some(DaggerAsterisk::Dagger)),
        Just(Some(DaggerAsterisk::Asterisk)),
    ];
    ("[A-Z][0-9]{2}(\\.([0-9]|[0-9X][0-9]))?", mark)
        .prop_map(|(code, mark)| MarkedIcd10Code::new(Icd10Code::parse(&code).unwrap(), mark))
}

proptest! {
    #[test]
    fn a_mark_is_read_again_from_every_form(
        recorded in marked(),
        before in "[ \\t]{0,2}",
        behind in "[ \\r\\n]{0,2}",
        small: bool,
    ) {
        for form in [recorded.dotted(), recorded.padded(), recorded.data_set()] {
            let form = format!("{before}{form}{behind}");
            let form = if small { form.to_ascii_lowercase() } else { form };
            prop_assert_eq!(MarkedIcd10Code::parse(&form), Ok(recorded), "{:?}", form);
            let code = Icd10Code::parse(&form);
            match recorded.mark() {
                None => prop_assert_eq!(code, Ok(recorded.code())),
                Some(expected) => {
                    let Err(ClassificationCodeError::Marked { index, mark }) = code else {
                        return Err(TestCaseError::fail(form));
                    };
                    prop_assert_eq!(mark, expected);
                    let found = form[index..].chars().next().map(|mark| mark.to_ascii_uppercase());
                    prop_assert!(found == Some(mark.symbol()) || found == Some(mark.letter()));
                }
            }
        }
        prop_assert_eq!(recorded.data_set().len(), 6);
        let plain = MarkedIcd10Code::from(recorded.code());
        prop_assert_eq!(plain == recorded, recorded.mark().is_none());
    }

    #[test]
    fn a_code_of_icd_10_cm_is_read_again_from_both_forms(
        text in "[A-Z][0-9][0-9A-Z](\\.[0-9A-Z]{1,4})?",
        general in "[A-Z][0-9][0-9A-Z](\\.[0-9A-Z]{1,4})?",
        length in 3..8_usize,
    ) {
        let code = Icd10CmCode::parse(&text).unwrap();
        prop_assert_eq!(code.to_string(), text.clone());
        prop_assert_eq!(Icd10CmCode::parse(&code.undotted()), Ok(code));
        prop_assert_eq!(Icd10CmCode::parse(&text.to_ascii_lowercase()), Ok(code));
        prop_assert_eq!(code.is_category(), text.len() == 3);
        prop_assert_eq!(code.category().to_string(), &text[..3]);
        let seventh = code.undotted().chars().nth(6);
        prop_assert_eq!(code.seventh_character(), seventh);
        let general = Icd10CmCode::parse(&general).unwrap();
        prop_assert_eq!(code.is_within(general), text.starts_with(general.dotted().as_str()));
        prop_assert_eq!(code.cmp(&general), code.undotted().as_str().cmp(&general.undotted()));
        let undotted = code.undotted();
        let beginning = undotted.get(..length).unwrap_or(&undotted);
        prop_assert!(code.is_within(Icd10CmCode::parse(beginning).unwrap()));
    }
}
