//! ICD-10, ICD-10-CM and OPCS-4: from their files to an index.

#![allow(dead_code, unused_imports, reason = "the sections come next")]

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
mod read;
#[cfg(test)]
mod tests;
mod uk;
mod uk_text;
mod uk_xml;

pub(crate) use edition::{Class, ClassKind, ClassText, Edition, Reference};
pub(crate) use read::read;

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
