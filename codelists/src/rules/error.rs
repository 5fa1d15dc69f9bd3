//! What is wrong with a pack, or with the name of one.

use std::fmt;

use crate::place::Place;

/// Why there is no pack or no binding: everything that is wrong, not the first of it.
///
/// Displayed as one line a problem, `FILE:LINE:COLUMN: message` where it stands at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulesError {
    /// The file, or the name of the shipped pack.
    pub file: String,
    /// What is wrong, in the order of the file: at least one.
    pub problems: Vec<Problem>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where; `None` where the file cannot be read, or is not found.
    pub place: Option<Place>,
    /// A sentence: what stands there, and what was expected.
    pub message: String,
}

impl RulesError {
    pub(super) fn one(file: impl Into<String>, message: impl Into<String>) -> RulesError {
        let problem = Problem { place: None, message: message.into() };
        RulesError { file: file.into(), problems: vec![problem] }
    }

    /// Whether the pack was not read at all: absent, not readable, or no such name. Otherwise it was,
    /// and what stands in it is wrong.
    pub fn is_unread(&self) -> bool {
        self.problems.iter().all(|problem| problem.place.is_none())
    }
}

impl fmt::Display for RulesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, problem) in self.problems.iter().enumerate() {
            if number > 0 {
                f.write_str("\n")?;
            }
            match problem.place {
                Some(place) => write!(f, "{}:{place}: {}", self.file, problem.message)?,
                None => write!(f, "{}: {}", self.file, problem.message)?,
            }
        }
        Ok(())
    }
}

impl std::error::Error for RulesError {}
