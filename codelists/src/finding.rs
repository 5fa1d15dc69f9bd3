//! What is told of a file beside what it holds.

use std::fmt;

use crate::place::Place;

/// Something about a file that whoever uses it should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub kind: FindingKind,
    /// Where it stands.
    pub place: Place,
    /// The whole sentence.
    pub message: String,
}

impl Finding {
    /// The message on one line, for a cell of a table: without the drawing of a place in an expression.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// use farr_codelists::{Codelist, ExpandOptions, expand};
    ///
    /// let list = Codelist::of_ecl(farr::Ecl::parse("<< 401004 MINUS ^ 401004")?);
    /// let options = ExpandOptions::default();
    /// let answer = terminology.ask_systems(|systems| expand(&list, systems, &options))??;
    /// assert_eq!(answer.notes[0].sentence(), "this release has no rows of a refset 401004");
    /// assert!(answer.notes[0].message.contains("<< 401004 MINUS ^ 401004"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn sentence(&self) -> String {
        sentences(&self.message)
    }
}

/// What a message says, without the places that are drawn below its lines; several with `; ` between.
pub(crate) fn sentences(message: &str) -> String {
    let mut said = Vec::new();
    let mut lines = message.lines();
    while let Some(line) = lines.next() {
        let indented = line.strip_prefix(' ').unwrap_or_default().trim_start();
        if indented.starts_with("--> line ") {
            // The margin, the line of the expression, and the carets below it.
            lines.nth(2);
        } else if !line.is_empty() && !indented.starts_with("= ") {
            said.push(line);
        }
    }
    said.join("; ")
}

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FindingKind {
    /// A spreadsheet rounded a code, or made a decimal of it: what stands there is no code.
    Rounded,
    /// It cannot be a code of the system.
    Malformed,
    /// An SCTID whose check digit is wrong.
    WrongCheckDigit,
    /// The id of a description, a relationship or the like, where concepts are listed.
    NotAConcept,
    /// A row has something in it, and no code.
    NoCode,
    /// A row has more or fewer cells than the header.
    Cells,
    /// A status of inclusion that is none.
    Status,
    /// A code has two statuses that differ.
    Conflict,
    /// Several columns could hold the codes, and differ here.
    Columns,
    /// A code that stood in the file before.
    Duplicate,
    /// Something around the code that kept a spreadsheet from rounding it, or that cannot be seen.
    Wrapped,
    /// A row that the file itself says is no longer in the list.
    LeftOut,
    /// A product that was added because its id changes from week to week.
    OtherId,
    /// An id within an expression constraint that no release that keeps the rules has.
    Identifier,
    /// Something that the file says and that does not enter here.
    NotUsed,
    /// The release is not of the edition or the version that a value set is of.
    OtherVersion,
    /// A concept that an expression or a filter names, or a definition includes or excludes, with what is
    /// above or below it is inactive in the release.
    Inactive,
    /// The term in pipes is not a term of the concept.
    OtherTerm,
    /// Something else that the release tells of an expression.
    Expression,
    /// An expression or an include that comes to no code in the release.
    Empty,
    /// An exclusion that takes nothing out.
    ExcludesNothing,
    /// The encoding of the file was guessed.
    Encoding,
    /// The mark of a dagger or an asterisk stands behind a code.
    Marked,
    /// Codes of a system that farr does not have: nobody was asked.
    NotAsked,
}

impl FindingKind {
    /// Whether the list cannot be used whole because of it. The others are notes.
    pub fn is_error(self) -> bool {
        !matches!(
            self,
            FindingKind::Duplicate
                | FindingKind::Wrapped
                | FindingKind::LeftOut
                | FindingKind::OtherId
                | FindingKind::Identifier
                | FindingKind::NotUsed
                | FindingKind::OtherVersion
                | FindingKind::Inactive
                | FindingKind::OtherTerm
                | FindingKind::Expression
                | FindingKind::Empty
                | FindingKind::ExcludesNothing
                | FindingKind::Encoding
                | FindingKind::Marked
                | FindingKind::NotAsked
        )
    }

    /// A word for it that stays, `rounded` say.
    pub fn code(self) -> &'static str {
        match self {
            FindingKind::Rounded => "rounded",
            FindingKind::Malformed => "malformed",
            FindingKind::WrongCheckDigit => "wrong-check-digit",
            FindingKind::NotAConcept => "not-a-concept",
            FindingKind::NoCode => "no-code",
            FindingKind::Cells => "cells",
            FindingKind::Status => "status",
            FindingKind::Conflict => "conflict",
            FindingKind::Columns => "columns",
            FindingKind::Duplicate => "duplicate",
            FindingKind::Wrapped => "wrapped",
            FindingKind::LeftOut => "left-out",
            FindingKind::OtherId => "other-id",
            FindingKind::Identifier => "identifier",
            FindingKind::NotUsed => "not-used",
            FindingKind::OtherVersion => "other-version",
            FindingKind::Inactive => "inactive",
            FindingKind::OtherTerm => "other-term",
            FindingKind::Expression => "expression",
            FindingKind::Empty => "comes-to-nothing",
            FindingKind::ExcludesNothing => "excludes-nothing",
            FindingKind::Encoding => "encoding",
            FindingKind::Marked => "marked",
            FindingKind::NotAsked => "not-asked",
        }
    }
}

/// `LINE:COLUMN: message`; the name of the file goes before it.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

/// Why a file cannot be read as a list at all.
///
/// Displayed as `LINE:COLUMN: message` where it stands at one place; the name of the file goes
/// before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// Where, if at one place.
    pub place: Option<Place>,
    /// What is wrong.
    pub kind: ReadErrorKind,
    /// The whole sentence, and what to do instead.
    pub message: String,
}

/// What kind of thing is wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ReadErrorKind {
    /// It is not text in UTF-8.
    NotText,
    /// It is not delimited text, JSON, XML or ECL, where it has to be.
    Syntax,
    /// What it holds is none of the formats, or not the one that was stated.
    Format,
    /// It does not say which column to read.
    Column,
    /// It does not say which code system its codes are of, or another one than was stated.
    System,
    /// It holds several clusters and none was chosen, or not the chosen one.
    Cluster,
    /// A value set says something that is not understood, so that its content cannot be known.
    Unsupported,
}

impl ReadError {
    pub(crate) fn new(
        kind: ReadErrorKind,
        place: Option<Place>,
        message: impl Into<String>,
    ) -> ReadError {
        ReadError { place, kind, message: message.into() }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Some(place) => write!(f, "{place}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for ReadError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_may_begin_with_an_id_and_a_drawing_with_a_number() {
        let drawn = "24700007 is not in this release\n  --> line 12, column 4\n   |\n\
                     12 | << 24700007\n   |    ^^^^^^^^\n   = a hint\n401004 |Squeak| is inactive";
        let said = "24700007 is not in this release; 401004 |Squeak| is inactive";
        assert_eq!(sentences(drawn), said);
        assert_eq!(sentences("- is no status"), "- is no status");
    }
}
