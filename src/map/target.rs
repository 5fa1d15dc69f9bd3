//! What stands in `mapTarget` of UK maps.

use crate::id::{ClassificationCodeError, MarkedIcd10Code, Opcs4Code};

/// A target of a UK map, read.
///
/// A code without its point; of ICD-10 a category is padded with X, and D or A behind a code marks
/// the dagger and the asterisk. A text with `#` is no code, but says why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UkTarget<'t> {
    /// A code of ICD-10, with its mark.
    Icd10(MarkedIcd10Code),
    /// A code of OPCS-4.
    Opcs4(Opcs4Code),
    /// A word instead of a code, `#NC` say, as published.
    Special(&'t str),
    /// Nothing.
    Blank,
    /// What cannot be read as a code, and why.
    Unreadable {
        /// As published.
        text: &'t str,
        /// Why it is no code.
        error: ClassificationCodeError,
    },
}

impl<'t> UkTarget<'t> {
    /// Reads a target of a map to ICD-10.
    ///
    /// ```
    /// use farr::id::DaggerAsterisk;
    /// use farr::map::UkTarget;
    /// let UkTarget::Icd10(code) = UkTarget::icd10("G35XD") else { return Err("no code") };
    /// assert_eq!((code.code().to_string().as_str(), code.mark()), ("G35", Some(DaggerAsterisk::Dagger)));
    /// assert_eq!(UkTarget::icd10("#NC"), UkTarget::Special("#NC"));
    /// assert!(matches!(UkTarget::icd10("MERGER"), UkTarget::Unreadable { .. }));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn icd10(text: &'t str) -> UkTarget<'t> {
        UkTarget::read(text, |code| MarkedIcd10Code::parse(code).map(UkTarget::Icd10))
    }

    /// Reads a target of a map to OPCS-4.
    ///
    /// ```
    /// use farr::map::UkTarget;
    /// let UkTarget::Opcs4(code) = UkTarget::opcs4("X384") else { return Err("no code") };
    /// assert_eq!(code.to_string(), "X38.4");
    /// # Ok::<(), &str>(())
    /// ```
    pub fn opcs4(text: &'t str) -> UkTarget<'t> {
        UkTarget::read(text, |code| Opcs4Code::parse(code).map(UkTarget::Opcs4))
    }

    fn read(
        text: &'t str,
        parse: impl Fn(&str) -> Result<UkTarget<'t>, ClassificationCodeError>,
    ) -> UkTarget<'t> {
        let trimmed = text.trim();
        match parse(trimmed) {
            _ if trimmed.is_empty() => UkTarget::Blank,
            _ if trimmed.contains('#') => UkTarget::Special(trimmed),
            Ok(target) => target,
            Err(error) => UkTarget::Unreadable { text: trimmed, error },
        }
    }
}
