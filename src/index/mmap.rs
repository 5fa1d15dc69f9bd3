//! Memory mapping: the only module of this package where `unsafe` stands.

use std::fs::File;
use std::io;

use memmap2::Mmap;

/// Maps a whole file for reading.
///
/// # Safety
///
/// The file must be neither changed nor truncated while the map is alive. Published indexes are
/// written beside and renamed, never edited in place, so a rename over the path is safe: the map
/// keeps the old file.
pub(super) unsafe fn map(file: &File) -> io::Result<Mmap> {
    // SAFETY: forwarded to the caller, see above; the bytes are only ever read as `&[u8]`.
    unsafe { Mmap::map(file) }
}
