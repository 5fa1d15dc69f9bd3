//! Codes of classifications, read and written in every form.

use std::fmt::Display;
use std::str::FromStr;

use farr::id::{
    ClassificationCode, ClassificationCodeError, CodeRange, CodeText, Icd10CmCode, MarkedIcd10Code,
};
use farr::{Icd10Code, Opcs4Code};

/// Bytes as a code of each classification, and as a list of ranges.
///
/// # Panics
///
/// Where a code that was read is not read again from what is written of it, a mark is lost, or an
/// error names a place that the text does not have.
pub fn icd10(input: &[u8]) {
    use ClassificationCodeError::Marked;
    let read = MarkedIcd10Code::from_bytes(input);
    let alone = Icd10Code::from_bytes(input);
    match read {
        Ok(recorded) => {
            recorded_reads_back(recorded);
            match recorded.mark() {
                None => assert_eq!(alone, Ok(recorded.code())),
                Some(expected) => assert!(
                    matches!(alone, Err(Marked { mark, .. }) if mark == expected),
                    "a mark was lost: {recorded}"
                ),
            }
        }
        Err(error) => assert_eq!(alone, Err(error)),
    }
    placed(&read, input);
    placed(&alone, input);
    let procedure = Opcs4Code::from_bytes(input);
    placed(&procedure, input);
    if let Ok(code) = procedure {
        reads_back(code, &[code.dotted(), code.undotted()]);
        assert_eq!(Opcs4Code::from_sort_key(code.sort_key()), Some(code));
        assert!(code.parent().is_none_or(|parent| parent < code && code.is_within(parent)));
    }
    let american = Icd10CmCode::from_bytes(input);
    placed(&american, input);
    if let Ok(code) = american {
        reads_back(code, &[code.dotted(), code.undotted()]);
        assert!(code.is_within(code.category()) && code.category().is_category());
    }
    if let Ok(text) = std::str::from_utf8(input) {
        assert_eq!(MarkedIcd10Code::parse(text), read);
        ranges::<Icd10Code>(text);
        ranges::<Opcs4Code>(text);
    }
}

/// A position is one that the text has, and everything before it is text.
fn placed<C>(read: &Result<C, ClassificationCodeError>, input: &[u8]) {
    if let Err(error) = read {
        assert!(error.index() <= input.len(), "{error}");
        assert!(!error.to_string().is_empty());
    }
}

fn recorded_reads_back(recorded: MarkedIcd10Code) {
    reads_back(recorded, &[recorded.dotted(), recorded.padded(), recorded.data_set()]);
    let code = recorded.code();
    reads_back(code, &[code.dotted(), code.undotted(), code.padded(), code.data_set()]);
    assert_eq!(Icd10Code::from_sort_key(code.sort_key()), Some(code));
    assert!(code.is_within(code.category()) && code.category().is_category());
    assert!(code.parent().is_none_or(|parent| parent < code && code.is_within(parent)));
    let chapter = code.chapter();
    assert!(chapter.is_none_or(|chapter| chapter.range().contains(code)), "{code}");
}

fn reads_back<C: FromStr<Err: PartialEq + std::fmt::Debug> + PartialEq + std::fmt::Debug>(
    code: C,
    forms: &[CodeText],
) {
    for form in forms {
        assert_eq!(form.parse::<C>().as_ref(), Ok(&code), "{form}");
    }
}

fn ranges<C: ClassificationCode + Display>(text: &str) {
    for range in CodeRange::<C>::list(text) {
        match range {
            Ok(range) => {
                assert_eq!(CodeRange::parse(&range.to_string()), Ok(range));
                assert!(range.first() <= range.last(), "{range}");
                assert!(range.contains(range.last()) && range.overlaps(range.first()), "{range}");
            }
            Err(error) => assert!(text.is_char_boundary(error.index()), "{error}"),
        }
    }
}
