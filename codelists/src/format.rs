//! The file formats, and telling them apart.

use std::fmt;

/// A file format of lists of codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// CSV with a header that names a column of codes: `code,term` of OpenCodelists and its like.
    OpenCodelists,
    /// CSV `code,term,is_included` of OpenCodelists: what is included and excluded, with what is
    /// below it.
    Definition,
    /// CSV of the primary care domain reference sets of the NHS: several clusters in one file.
    Cluster,
    /// Codes, one a line; terms may stand in a second column. Without a header, or a column that is
    /// named when it is read. Or codes in single quotation marks with commas between, in brackets or
    /// not, as an IN clause of SQL has them.
    Codes,
    /// A ValueSet of FHIR, in JSON or XML; written as JSON.
    ValueSet,
    /// An expression constraint of SNOMED CT.
    Ecl,
}

impl Format {
    /// All of them.
    pub const ALL: [Format; 6] = [
        Format::OpenCodelists,
        Format::Definition,
        Format::Cluster,
        Format::Codes,
        Format::ValueSet,
        Format::Ecl,
    ];

    /// The word for it that stays.
    pub const fn word(self) -> &'static str {
        match self {
            Format::OpenCodelists => "opencodelists",
            Format::Definition => "definition",
            Format::Cluster => "cluster",
            Format::Codes => "codes",
            Format::ValueSet => "fhir",
            Format::Ecl => "ecl",
        }
    }

    /// The format of a word, in any case.
    ///
    /// ```
    /// use farr_codelists::Format;
    /// assert_eq!(Format::named("fhir"), Some(Format::ValueSet));
    /// assert_eq!(Format::named("xlsx"), None);
    /// ```
    pub fn named(word: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.word().eq_ignore_ascii_case(word))
    }
}

/// What it is, for reading.
impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Format::OpenCodelists => "an OpenCodelists CSV",
            Format::Definition => "an OpenCodelists definition CSV",
            Format::Cluster => "a primary care domain cluster CSV",
            Format::Codes => "codes, one a line",
            Format::ValueSet => "a FHIR ValueSet",
            Format::Ecl => "an expression constraint",
        })
    }
}
