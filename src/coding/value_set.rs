//! A list of codes that a binding may ask for.

use std::collections::HashSet;

use super::system::System;
use crate::id::{Icd10CmCode, Icd10Code, Opcs4Code, Sctid};

/// A list of codes by name: the codes of a file, already expanded.
///
/// # Example
/// ```
/// use farr::coding::{System, ValueSet};
///
/// let codes = ["24700007", "73211009"];
/// let set = ValueSet::new("long-term conditions", System::Snomed, codes)?;
/// assert_eq!(set.len(), 2);
/// assert!(ValueSet::new("misread", System::Snomed, ["MERGER"]).is_err());
/// # Ok::<(), farr::coding::BindingError>(())
/// ```
#[derive(Clone, Debug)]
pub struct ValueSet {
    name: String,
    system: System,
    pub(super) ids: HashSet<u64>,
}

impl ValueSet {
    /// A value set of these codes. Codes of a classification are read in any spelling.
    ///
    /// # Errors
    /// [`BindingError::ValueSet`](super::BindingError::ValueSet): a code is none of the system.
    pub fn new<'c>(
        name: impl Into<String>,
        system: System,
        codes: impl IntoIterator<Item = &'c str>,
    ) -> Result<ValueSet, super::BindingError> {
        let name = name.into();
        let mut ids = HashSet::new();
        for code in codes {
            let Some(key) = key_of(system, code) else {
                let code = code.to_owned();
                return Err(super::BindingError::ValueSet { name, code, system });
            };
            ids.insert(key);
        }
        Ok(ValueSet { name, system, ids })
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The system of its codes.
    pub fn system(&self) -> System {
        self.system
    }

    /// How many codes it has.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }
}

/// The number that stands for a code among those of its system.
fn key_of(system: System, code: &str) -> Option<u64> {
    use crate::classification::RubricCode;
    match system {
        // As published: a list may have an id that a release published with a wrong check digit.
        System::Snomed | System::Dmd => Sctid::parse_as_published(code).ok().map(Sctid::value),
        System::Icd10 => Icd10Code::parse(code).ok().map(RubricCode::key),
        System::Icd10Cm => Icd10CmCode::parse(code).ok().map(RubricCode::key),
        System::Opcs4 => Opcs4Code::parse(code).ok().map(RubricCode::key),
        System::NhsNumber | System::Gtin | System::ReadV2 | System::Ctv3 => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_code_are_one_code() {
        let set = ValueSet::new("set", System::Icd10, ["I10", "I10X", "i10.x", "E11.9"]).unwrap();
        assert_eq!(set.len(), 2);
        let refused = ValueSet::new("set", System::Gtin, ["5012345678900"]).unwrap_err();
        assert!(refused.to_string().contains("GTIN"), "{refused}");
    }
}
