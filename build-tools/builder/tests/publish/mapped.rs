//! The one place of these tests where files are mapped.
#![allow(unsafe_code)]

use std::path::Path;

use farr::Terminology;
use farr::index::OpenError;
use farr::published::{Handle, SetError, SetOptions};

/// A folder that only the publisher writes into.
pub(crate) fn handle(folder: &Path) -> Result<Handle, SetError> {
    // SAFETY: the publisher never changes a file that it has published.
    unsafe { Handle::map(folder, SetOptions::new()) }
}

/// What is no file: it is refused, and never mapped.
pub(crate) fn pipe(path: &Path) -> Result<Terminology, OpenError> {
    // SAFETY: it is never mapped.
    unsafe { Terminology::map([path]) }
}
