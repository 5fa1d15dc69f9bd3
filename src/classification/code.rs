//! What an index must know of the codes of a classification.

use std::fmt;

use super::system::CodeSystem;
use crate::id::{ClassificationCodeError, Icd10CmCode, Icd10Code, Opcs4Code};
use crate::index::format::ClassificationTags;

/// A code of a classification that an index can hold: [`Icd10Code`], [`Icd10CmCode`] and
/// [`Opcs4Code`], and nothing outside of this crate.
///
/// ```
/// use farr::Icd10Code;
/// use farr::classification::RubricCode;
///
/// let code = Icd10Code::read("g35x")?;
/// assert_eq!(Icd10Code::from_key(code.key()), Some(code));
/// # Ok::<(), farr::id::ClassificationCodeError>(())
/// ```
pub trait RubricCode:
    sealed::Sealed + Copy + Ord + fmt::Debug + fmt::Display + Send + Sync + 'static
{
    /// The classification whose codes these are.
    const SYSTEM: CodeSystem;
    /// The sections that hold it in an index.
    const TAGS: ClassificationTags;

    /// Reads any spelling of a code; marks of daggers and asterisks are refused, as they are no part
    /// of it.
    ///
    /// # Errors
    /// [`ClassificationCodeError`].
    fn read(text: &str) -> Result<Self, ClassificationCodeError>;

    /// An integer that is never 0 and orders codes as the classification does; what indexes have.
    fn key(self) -> u64;

    /// The code of a key; `None` where it is the key of none.
    fn from_key(key: u64) -> Option<Self>;

    /// Whether this code is `general` or a subdivision of it, by its characters.
    fn is_within(self, general: Self) -> bool;

    /// How many characters it has that subdivide its category.
    fn subdivisions(self) -> usize;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Icd10Code {}
    impl Sealed for super::Icd10CmCode {}
    impl Sealed for super::Opcs4Code {}
}

impl RubricCode for Icd10Code {
    const SYSTEM: CodeSystem = CodeSystem::Icd10;
    const TAGS: ClassificationTags = ClassificationTags::ICD_10;

    fn read(text: &str) -> Result<Icd10Code, ClassificationCodeError> {
        Icd10Code::parse(text)
    }

    #[inline]
    fn key(self) -> u64 {
        u64::from(self.sort_key())
    }

    fn from_key(key: u64) -> Option<Icd10Code> {
        Icd10Code::from_sort_key(u32::try_from(key).ok()?)
    }

    fn is_within(self, general: Icd10Code) -> bool {
        Icd10Code::is_within(self, general)
    }

    fn subdivisions(self) -> usize {
        usize::from(self.fourth_digit().is_some()).saturating_add(self.fifth_digit().iter().count())
    }
}

impl RubricCode for Icd10CmCode {
    const SYSTEM: CodeSystem = CodeSystem::Icd10Cm;
    const TAGS: ClassificationTags = ClassificationTags::ICD_10_CM;

    fn read(text: &str) -> Result<Icd10CmCode, ClassificationCodeError> {
        Icd10CmCode::parse(text)
    }

    #[inline]
    // Eight characters, the first the highest, zeros behind the last.
    fn key(self) -> u64 {
        let text = self.undotted();
        let characters = text.bytes().chain(std::iter::repeat(0)).take(8);
        characters.fold(0, |key, character| key << 8 | u64::from(character))
    }

    fn from_key(key: u64) -> Option<Icd10CmCode> {
        let bytes = [56, 48, 40, 32, 24, 16, 8, 0].map(|shift| (key >> shift) as u8);
        let length = bytes.iter().position(|byte| *byte == 0)?;
        let code = Icd10CmCode::from_bytes(bytes.get(..length)?).ok()?;
        (code.key() == key).then_some(code)
    }

    fn is_within(self, general: Icd10CmCode) -> bool {
        Icd10CmCode::is_within(self, general)
    }

    fn subdivisions(self) -> usize {
        self.undotted().len().saturating_sub(3)
    }
}

impl RubricCode for Opcs4Code {
    const SYSTEM: CodeSystem = CodeSystem::Opcs4;
    const TAGS: ClassificationTags = ClassificationTags::OPCS_4;

    fn read(text: &str) -> Result<Opcs4Code, ClassificationCodeError> {
        Opcs4Code::parse(text)
    }

    #[inline]
    fn key(self) -> u64 {
        u64::from(self.sort_key())
    }

    fn from_key(key: u64) -> Option<Opcs4Code> {
        Opcs4Code::from_sort_key(u32::try_from(key).ok()?)
    }

    fn is_within(self, general: Opcs4Code) -> bool {
        Opcs4Code::is_within(self, general)
    }

    fn subdivisions(self) -> usize {
        usize::from(!self.is_category())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_lead_back_and_order_codes_as_published() {
        let mut last = 0;
        for text in ["E11", "E11.0", "E11.9", "E12", "M45", "M45.X0", "Z99"] {
            let code = Icd10Code::read(text).unwrap();
            assert_eq!(Icd10Code::from_key(code.key()), Some(code));
            assert!(code.key() > last, "{text}");
            last = code.key();
        }
        let mut last = 0;
        for text in ["C7A", "C7A.00", "O9A.1", "S52", "S52.5", "S52.521A", "S52.521D"] {
            let code = Icd10CmCode::read(text).unwrap();
            assert_eq!(Icd10CmCode::from_key(code.key()), Some(code));
            assert!(code.key() > last, "{text}");
            last = code.key();
        }
        let x38 = Opcs4Code::read("X38").unwrap();
        assert_eq!(Opcs4Code::from_key(x38.key()), Some(x38));
        assert_eq!(Icd10CmCode::from_key(u64::MAX), None);
        assert_eq!(Icd10CmCode::from_key(1), None);
    }

    #[test]
    fn subdivisions_are_counted_without_fillers() {
        let of = |text| Icd10Code::read(text).unwrap().subdivisions();
        assert_eq!([of("I10X"), of("E119"), of("M8199"), of("M45X0")], [0, 1, 2, 1]);
        assert_eq!(Icd10CmCode::read("W03.XXXA").unwrap().subdivisions(), 4);
        assert_eq!(Opcs4Code::read("X384").unwrap().subdivisions(), 1);
    }
}
