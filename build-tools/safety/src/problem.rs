//! What is wrong with the pack.

use std::fmt;

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, from the root of the repository.
    pub file: String,
    /// What is wrong with it, in words.
    pub what: String,
}

impl Problem {
    /// A problem of a file.
    pub fn new(file: impl Into<String>, what: impl Into<String>) -> Problem {
        Problem { file: file.into(), what: what.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.what)
    }
}
