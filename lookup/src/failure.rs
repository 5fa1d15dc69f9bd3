//! Why a verb could not do its work, and what the process then ends with.

use std::fmt;
use std::io;

use farr::index::OpenError;
use farr::published::{POINTER, SetError};
use farr_build::{BuildError, PublishError};

use crate::exit;

/// Why a verb gave no answer. "Not found" is an answer, and not here.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Wrong usage; the text says what to do instead.
    Usage(String),
    /// The question names something that the release does not have.
    NotFound(String),
    /// An index that cannot be opened or read.
    Index(OpenError),
    /// A published folder whose current set cannot be opened.
    Set(SetError),
    /// A build that failed.
    Build(BuildError),
    /// Nothing was published.
    Publish(PublishError),
    /// The pointer of a published folder was not moved.
    Pointer(PublishError),
    /// Input that cannot be read, or data that is not there.
    Input(String),
    /// The output cannot be written.
    Output(io::Error),
    /// Whoever read the output has gone away, as `head` does: nobody is left to tell.
    ClosedPipe,
}

impl Failure {
    /// What the process ends with.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Failure::ClosedPipe => exit::ANSWERED,
            Failure::NotFound(_) => exit::NOT_FOUND,
            Failure::Usage(_) => exit::USAGE,
            Failure::Index(_)
            | Failure::Set(_)
            | Failure::Build(_)
            | Failure::Publish(_)
            | Failure::Pointer(_)
            | Failure::Input(_)
            | Failure::Output(_) => exit::BAD_DATA,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Usage(text) | Failure::NotFound(text) | Failure::Input(text) => {
                f.write_str(text)
            }
            Failure::Index(error) => write!(f, "{error}{}", advice(error)),
            Failure::Set(error) => write!(f, "{error}{}", advice_of_set(error)),
            Failure::Pointer(PublishError::Set(error)) => {
                write!(f, "{error}{}", advice_of_set(error))
            }
            Failure::Pointer(error) => write!(f, "{error}\nthe pointer is as it was"),
            Failure::Publish(error) => {
                write!(
                    f,
                    "{error}\nnothing was published; what was current before is current still"
                )
            }
            Failure::Build(error @ BuildError::Rows { problems, more }) => {
                let count = problems.len() as u64 + more;
                let rows = if count == 1 { "row" } else { "rows" };
                write!(f, "{count} {rows} cannot be read; no index was written\n{error}")
            }
            Failure::Build(error) => write!(f, "{error}\nno index was written"),
            Failure::Output(error) => write!(f, "cannot write the output: {error}"),
            Failure::ClosedPipe => f.write_str("the output was closed"),
        }
    }
}

/// What to do about an index that does not open.
fn advice(error: &OpenError) -> &'static str {
    match error {
        OpenError::Corrupt { .. } => {
            "\nno answer is given from a damaged index: restore the file, or build it again"
        }
        OpenError::NotAnIndex { .. } => {
            "\nan index is made by: farr build -o OUT.farr --snomed PATH"
        }
        OpenError::Absent { what: "dm+d" } => {
            "\nan index with it is made by: farr build -o OUT.farr --dmd PATH"
        }
        OpenError::Twice { .. } => "\ngive one of them at a time",
        _ => "",
    }
}

/// What to do about a published folder whose set does not open.
fn advice_of_set(error: &SetError) -> &'static str {
    let is_pointer = |file: &std::path::Path| file.file_name().is_some_and(|name| name == POINTER);
    match error {
        SetError::Absent { file } if is_pointer(file) && has_sets(file) => {
            "\nthe sets that are there: farr publish FOLDER --list; to go to one: --to SET"
        }
        SetError::Absent { file } if is_pointer(file) => {
            "\na folder is published in by: farr publish FOLDER INDEX.farr"
        }
        // Not by publishing anew, which writes over what somebody may want to look at.
        SetError::Description { file, .. } if is_pointer(file) => {
            "\nthe sets that are there: farr publish FOLDER --list; to go to one: --to SET"
        }
        SetError::Unsigned { .. } | SetError::Signature { .. } => {
            "\nno answer is given from a set that is not signed with the key that was asked for"
        }
        _ => "",
    }
}

/// Whether sets are published beside a pointer that is gone.
fn has_sets(pointer: &std::path::Path) -> bool {
    let sets = pointer.with_file_name("sets");
    std::fs::read_dir(sets).is_ok_and(|mut entries| {
        entries
            .any(|entry| entry.is_ok_and(|entry| entry.path().extension() == Some("set".as_ref())))
    })
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Failure {
        Failure::Index(error)
    }
}

impl From<SetError> for Failure {
    fn from(error: SetError) -> Failure {
        Failure::Set(error)
    }
}

impl From<BuildError> for Failure {
    fn from(error: BuildError) -> Failure {
        Failure::Build(error)
    }
}

/// What a write of the output says.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::ClosedPipe,
            _ => Failure::Output(error),
        }
    }
}
