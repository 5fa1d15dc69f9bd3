//! ICD-10, ICD-10-CM and OPCS-4: from their files to an index.

mod claml;
mod cm;
mod cm_order;
mod cm_tabular;
mod edition;
mod find;
#[doc(hidden)]
pub mod fuzzed;
mod lines;
mod log;
mod mark;
mod name;
mod opcs4;
mod order;
mod read;
mod sex;
#[cfg(test)]
mod tests;
mod uk;
mod uk_text;
mod uk_xml;

pub(crate) use edition::{Class, ClassKind, Edition};
#[cfg(test)]
pub(crate) use edition::{ClassText, Reference};
pub(crate) use order::{Ordered, OrderedRubric, order};
pub(crate) use read::read;
pub(crate) use sex::Meanings;

/// Classifications whose files are given together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    /// ICD-10 of the WHO or of the NHS, and ICD-10-CM.
    Icd10,
    /// OPCS-4.
    Opcs4,
}

impl Family {
    /// The files that are looked for.
    fn files(self) -> &'static str {
        match self {
            Family::Icd10 => {
                "ICD-10 (CodesAndTitlesAndMetadata of the NHS, ClaML, or the order file or tabular \
                 list of ICD-10-CM)"
            }
            Family::Opcs4 => "OPCS-4 (CodesAndTitles, Metadata)",
        }
    }

    fn phase(self) -> &'static str {
        match self {
            Family::Icd10 => "reading ICD-10",
            Family::Opcs4 => "reading OPCS-4",
        }
    }
}
