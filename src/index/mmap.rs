//! Memory mapping: the only module of this package where `unsafe` stands.

use std::path::{Path, PathBuf};

use memmap2::MmapOptions;

use super::file::{Bytes, IndexFile};
use super::{OpenError, OpenOptions, Verification, plain_file};
use crate::published::{Handle, OpenSet, SetError, SetOptions};
use crate::terminology::Terminology;

impl Terminology {
    /// Maps index files into memory, and verifies them in full.
    ///
    /// Processes that map one file share its pages; nothing is copied.
    ///
    /// # Safety
    ///
    /// No file may be changed in place or truncated while the result is alive: mapped bytes would
    /// change under it, or the process would be ended by the system. Replacing a file by renaming
    /// another over it is safe, and is how the builder publishes.
    ///
    /// # Errors
    ///
    /// As [`Terminology::open`].
    pub unsafe fn map<P: AsRef<Path>>(
        files: impl IntoIterator<Item = P>,
    ) -> Result<Terminology, OpenError> {
        // SAFETY: forwarded to the caller.
        unsafe { Terminology::map_with(files, OpenOptions::new()) }
    }

    /// [`Terminology::map`] with options; with verification on first use opening reads the header
    /// and the checksums only.
    ///
    /// # Safety
    ///
    /// As [`Terminology::map`].
    ///
    /// # Errors
    ///
    /// As [`Terminology::open`].
    pub unsafe fn map_with<P: AsRef<Path>>(
        files: impl IntoIterator<Item = P>,
        options: OpenOptions,
    ) -> Result<Terminology, OpenError> {
        let mut mapped = Vec::new();
        for path in files {
            // SAFETY: forwarded to the caller.
            mapped.push(unsafe { map(path.as_ref(), options) }?);
        }
        Terminology::of(mapped, options)
    }
}

/// The promise that no file of a published folder is changed while it is mapped: whoever holds one
/// was given it by [`Handle::map`] or [`OpenSet::map`], whose caller made it.
#[derive(Clone, Debug)]
pub(crate) struct Promise(());

impl Promise {
    /// Maps a file that the promise is about.
    pub(crate) fn map(&self, path: &Path, options: OpenOptions) -> Result<IndexFile, OpenError> {
        // SAFETY: the promise is made by the callers of the two functions below, and by nobody else.
        unsafe { map(path, options) }
    }
}

impl Handle {
    /// [`Handle::open`], with the files mapped and not read: processes share their pages, and a set
    /// that is switched to costs no memory beyond the page cache.
    ///
    /// While a set is mapped, its description in `sets/` is locked against removal, so that
    /// `farr publish` leaves its files alone.
    ///
    /// # Safety
    ///
    /// No index file of the folder may be changed in place or truncated while the handle, a clone of
    /// it or a set that it gave is alive. `farr publish` never does either; whoever else writes into
    /// the folder must not.
    ///
    /// # Errors
    ///
    /// As [`Handle::open`].
    pub unsafe fn map(folder: impl Into<PathBuf>, options: SetOptions) -> Result<Handle, SetError> {
        Handle::of(folder.into(), options, Some(Promise(())))
    }
}

impl OpenSet {
    /// [`OpenSet::open`], with the files mapped and not read.
    ///
    /// # Safety
    ///
    /// As [`Handle::map`].
    ///
    /// # Errors
    ///
    /// As [`Handle::open`].
    pub unsafe fn map(folder: &Path, options: &SetOptions) -> Result<OpenSet, SetError> {
        OpenSet::of(folder, options, Some(&Promise(())))
    }
}

/// Maps one file.
///
/// # Safety
///
/// As [`Terminology::map`].
unsafe fn map(path: &Path, options: OpenOptions) -> Result<IndexFile, OpenError> {
    let io = |source| OpenError::Io { file: path.to_owned(), source };
    let file = plain_file::open(path).map_err(io)?;
    // An empty file cannot be mapped everywhere, and is no index anywhere.
    if file.metadata().map_err(io)?.len() == 0 {
        return Err(OpenError::NotAnIndex { file: path.to_owned() });
    }
    let mut mapping = MmapOptions::new();
    if options.verification == Verification::Full {
        // All of it is about to be read: one call for all pages, and not a fault for each few.
        mapping.populate();
    }
    // SAFETY: forwarded to the caller; the bytes are only ever read as `&[u8]`.
    let map = unsafe { mapping.map(&file) }.map_err(io)?;
    IndexFile::new(path.to_owned(), Bytes::Mapped(map), options)
}
