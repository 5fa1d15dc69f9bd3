//! Why a build failed.

use std::path::PathBuf;

use farr::index::OpenError;

use crate::problem::{Notes, Problem};

/// Why a build failed. Whatever it is, the output was not touched.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// The operating system refused.
    #[error("{}: {source}", file.display())]
    Io {
        /// The file.
        file: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// A zip file cannot be read, or is beyond bounds.
    #[error("{file}: {what}")]
    Archive {
        /// The zip file.
        file: String,
        /// What is wrong with it.
        what: String,
    },
    /// No RF2 concept file was found there.
    #[error("{}: no RF2 concept file (sct2_Concept_…Snapshot…txt) in it", path.display())]
    NoRelease {
        /// The folder or zip file.
        path: PathBuf,
    },
    /// A package has a Delta and neither Snapshot nor Full.
    #[error(
        "{package}: a Delta alone is no release, it holds changes only; give it as a delta over \
         the release it changes"
    )]
    DeltaAlone {
        /// The package.
        package: String,
    },
    /// No Delta was found where one was named.
    #[error("{}: no RF2 Delta file in it", path.display())]
    NoDelta {
        /// The folder or zip file.
        path: PathBuf,
    },
    /// A Delta starts after the release it is applied to: what changed in between is missing.
    #[error("{package}: this Delta starts from {from}, and {}", reaches(*base))]
    DeltaGap {
        /// The package of the Delta.
        package: String,
        /// The release it starts from, `YYYYMMDD`.
        from: u32,
        /// The newest effective time of the Delta's modules in the release below it; `None` where
        /// that has no row of them.
        base: Option<u32>,
    },
    /// The day whose state is asked for is no date.
    #[error("{date} is no date: expected YYYYMMDD")]
    NoDate {
        /// What was given.
        date: u32,
    },
    /// The release has no row as old as the day whose state is asked for.
    #[error("the release has no concept as old as {date}")]
    NothingYet {
        /// The day, `YYYYMMDD`.
        date: u32,
    },
    /// Nothing was given to build from.
    #[error("nothing to build from: give a release of SNOMED CT, of dm+d, of ICD-10 or of OPCS-4")]
    NothingGiven,
    /// No dm+d file was found there.
    #[error("{}: no dm+d file (f_vtm2_…xml and the like) in it", path.display())]
    NoDmd {
        /// The folder, zip file or file.
        path: PathBuf,
    },
    /// Two dm+d files hold the same: two releases given at once, say.
    #[error("{first} and {second} both hold {root}: give one release of dm+d at a time")]
    DmdTwice {
        /// The element that is the root of both.
        root: String,
        /// The first file.
        first: String,
        /// The second.
        second: String,
    },
    /// No file of a classification was found there.
    #[error("{}: no file of {what} in it", path.display())]
    NoClassification {
        /// The folder, zip file or file.
        path: PathBuf,
        /// What was looked for.
        what: &'static str,
    },
    /// Two files are of two editions of one classification.
    #[error(
        "{first} and {second} are two editions of {system}: an index holds one, so give one of them"
    )]
    TwoEditions {
        /// The classification.
        system: farr::classification::CodeSystem,
        /// The first file.
        first: String,
        /// The second.
        second: String,
    },
    /// No history table was found there.
    #[error(
        "{}: no history table (xres2_HistorySubstitutionTable_Concepts_…txt, \
         xres2_SNOMEDQueryTable_…txt) in it",
        path.display()
    )]
    NoHistoryTable {
        /// The folder, zip file or file.
        path: PathBuf,
    },
    /// Rows that cannot be read: the first ones.
    #[error("{}", list(problems, *more))]
    Rows {
        /// At most [`crate::MOST_NAMED`].
        problems: Vec<Problem>,
        /// How many more there are.
        more: u64,
    },
    /// The release has no active root concept 138875005.
    #[error(
        "the release has no active root concept 138875005; an extension needs its edition beside it"
    )]
    NoRoot,
    /// The is-a rows go in a circle.
    #[error("is-a goes in a circle: {}", circle(concepts))]
    Cycle {
        /// The concepts of the circle, each a child of the next, the last one of the first.
        concepts: Vec<u64>,
    },
    /// The release has things that `--strict` refuses.
    #[error("refused under --strict:{}", strict(notes))]
    Strict {
        /// What they are.
        notes: Notes,
    },
    /// The release is larger than the format holds.
    #[error("the release has too many {what} for the index format")]
    TooLarge {
        /// What there is too much of.
        what: &'static str,
    },
    /// The finished index did not pass its own verification.
    #[error("the finished index did not verify, and was not published: {0}")]
    Verify(#[from] OpenError),
}

fn reaches(base: Option<u32>) -> String {
    match base {
        Some(date) => {
            format!("the release below it ends at {date}: changes in between are missing")
        }
        None => "the release below it has no row of its modules".to_owned(),
    }
}

fn list(problems: &[Problem], more: u64) -> String {
    let mut lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
    if more > 0 {
        lines.push(format!("and {more} more"));
    }
    lines.join("\n")
}

fn circle(concepts: &[u64]) -> String {
    let names: Vec<String> = concepts.iter().chain(concepts.first()).map(u64::to_string).collect();
    names.join(" is a ")
}

fn strict(notes: &Notes) -> String {
    let mut text = String::new();
    for (kind, note) in notes.iter().filter(|(kind, _)| kind.refused_when_strict()) {
        text.push_str(&format!("\n{} × {}: ", note.count, kind.phrase()));
        text.push_str(&note.examples.join("; "));
        if note.count > note.examples.len() as u64 {
            text.push_str("; …");
        }
    }
    text
}
