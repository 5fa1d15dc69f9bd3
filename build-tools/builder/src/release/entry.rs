//! The bytes of one release file, in chunks of whole lines.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use farr::index::SourceFile;

use crate::error::BuildError;

/// Bytes a chunk, before it is drawn out to the end of a line.
const CHUNK: u64 = 8 << 20;
/// No row of a release comes near this (32 KiB is the longest text); a longer line is no text file.
const LONGEST_LINE: usize = 4 << 20;
/// Files of releases deflate to a tenth or a thirtieth. What unpacks to more than this many times its
/// size is made to exhaust a machine, not to be read: deflate can do a thousandfold.
const MOST_INFLATED: u64 = 200;
/// A file of no more bytes than this is read however well it deflates.
const ALWAYS_UNPACKED: u64 = 64 << 20;

/// How many bytes an entry of so many compressed ones may unpack to.
pub(super) fn most_unpacked(compressed: u64) -> u64 {
    compressed.saturating_mul(MOST_INFLATED).max(ALWAYS_UNPACKED)
}

/// Where a file's bytes are.
#[derive(Clone, Debug)]
enum Origin {
    Folder(PathBuf),
    Zip { archive: Arc<Archive>, index: usize },
}

/// An opened zip file: on disk, or unpacked from another into an unnamed temporary file.
#[derive(Debug)]
pub(super) struct Archive {
    pub(super) name: String,
    pub(super) file: Mutex<File>,
}

impl Archive {
    /// A reader of its own, so that several entries can be read at once.
    pub(super) fn open(&self) -> Result<ZipArchive<SharedFile<'_>>, BuildError> {
        ZipArchive::new(SharedFile { file: &self.file, position: 0 }).map_err(|e| self.error(e))
    }

    pub(super) fn error(&self, what: impl std::fmt::Display) -> BuildError {
        BuildError::Archive { file: self.name.clone(), what: what.to_string() }
    }
}

/// Reads of one file at a position of its own.
#[derive(Debug)]
pub(super) struct SharedFile<'a> {
    file: &'a Mutex<File>,
    position: u64,
}

impl Read for SharedFile<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let mut file = self.file.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        file.seek(SeekFrom::Start(self.position))?;
        let read = file.read(buffer)?;
        self.position += read as u64;
        Ok(read)
    }
}

impl Seek for SharedFile<'_> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        let base = match to {
            SeekFrom::Start(position) => {
                self.position = position;
                return Ok(position);
            }
            SeekFrom::Current(by) => (self.position, by),
            SeekFrom::End(by) => {
                let file = self.file.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
                (file.metadata()?.len(), by)
            }
        };
        let position = base.0.checked_add_signed(base.1);
        self.position = position
            .ok_or_else(|| std::io::Error::new(std::io::ErrorKind::InvalidInput, "seek"))?;
        Ok(self.position)
    }
}

/// What unpacks, as long as it is within measure.
pub(super) struct Inflated<R> {
    entry: R,
    left: u64,
}

impl<R> Inflated<R> {
    pub(super) fn new(entry: R, bound: u64) -> Inflated<R> {
        Inflated { entry, left: bound }
    }
}

impl<R: Read> Read for Inflated<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.entry.read(buffer)?;
        match self.left.checked_sub(read as u64) {
            Some(left) => self.left = left,
            None => return Err(std::io::Error::other("unpacks beyond all measure")),
        }
        Ok(read)
    }
}

/// A run of whole lines of a file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chunk<'a> {
    pub(crate) bytes: &'a [u8],
    /// Whether it holds the header line.
    pub(crate) first: bool,
}

/// One file of a release.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Its path within what was given, with `/` between the parts.
    pub(crate) name: String,
    /// Its length, unpacked.
    pub(crate) bytes: u64,
    origin: Origin,
}

impl Entry {
    pub(super) fn in_folder(name: String, path: PathBuf, bytes: u64) -> Entry {
        Entry { name, bytes, origin: Origin::Folder(path) }
    }

    pub(super) fn in_zip(name: String, archive: Arc<Archive>, index: usize, bytes: u64) -> Entry {
        Entry { name, bytes, origin: Origin::Zip { archive, index } }
    }

    /// The last part of its path.
    pub(crate) fn file_name(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or(&self.name)
    }

    fn io(&self, source: std::io::Error) -> BuildError {
        BuildError::Io { file: PathBuf::from(&self.name), source }
    }

    /// Reads the file in chunks of whole lines and gives each to `read`; what that returned, in the
    /// order of the file. A file in a folder is read on all cores at once, a zip entry as it
    /// unpacks. `advance` is told of the bytes done.
    pub(crate) fn chunks<T: Send>(
        &self,
        advance: &(dyn Fn(u64) + Sync),
        read: impl Fn(Chunk<'_>) -> T + Sync,
    ) -> Result<Vec<T>, BuildError> {
        match &self.origin {
            Origin::Folder(path) => {
                let segments = self.bytes.div_ceil(CHUNK).max(1);
                (0..segments)
                    .into_par_iter()
                    .map_init(Vec::new, |buffer, segment| {
                        // One buffer a thread and file: fresh pages cost as much as the reading.
                        let bytes = self.segment(path, segment, buffer)?;
                        let result = read(Chunk { bytes, first: segment == 0 });
                        advance(bytes.len() as u64);
                        Ok(result)
                    })
                    .collect()
            }
            Origin::Zip { archive, index } => self.unpack(archive, *index, advance, read),
        }
    }

    /// The lines that begin in one segment of the file.
    fn segment<'b>(
        &self,
        path: &Path,
        segment: u64,
        bytes: &'b mut Vec<u8>,
    ) -> Result<&'b [u8], BuildError> {
        let start = segment * CHUNK;
        let end = (start + CHUNK).min(self.bytes);
        let mut file = File::open(path).map_err(|e| self.io(e))?;
        // One byte before, to see whether a line begins at the start.
        let before = start.min(1);
        file.seek(SeekFrom::Start(start - before)).map_err(|e| self.io(e))?;
        bytes.clear();
        let mut reader = file.take(end - start + before);
        reader.read_to_end(bytes).map_err(|e| self.io(e))?;
        // Draw out to the end of the line that reaches over the segment's end.
        let mut file = reader.into_inner();
        while end < self.bytes && bytes.last() != Some(&b'\n') {
            let mut piece = [0; 4 << 10];
            let read = file.read(&mut piece).map_err(|e| self.io(e))?;
            if read == 0 {
                break;
            }
            let line_end = memchr::memchr(b'\n', &piece[..read]).map_or(read, |at| at + 1);
            bytes.extend_from_slice(&piece[..line_end]);
            if bytes.len() as u64 > CHUNK + LONGEST_LINE as u64 {
                return Err(self.too_long());
            }
        }
        // A line that began in an earlier segment belongs to that one.
        let begin = match before {
            0 => 0,
            _ => memchr::memchr(b'\n', bytes).map_or(bytes.len(), |at| at + 1),
        };
        Ok(&bytes[begin..])
    }

    fn too_long(&self) -> BuildError {
        BuildError::Archive {
            file: self.name.clone(),
            what: format!("a line of more than {} MiB: this is no RF2 file", LONGEST_LINE >> 20),
        }
    }

    fn unpack<T>(
        &self,
        archive: &Archive,
        index: usize,
        advance: &(dyn Fn(u64) + Sync),
        read: impl Fn(Chunk<'_>) -> T,
    ) -> Result<Vec<T>, BuildError> {
        let mut opened = archive.open()?;
        let mut entry = opened.by_index(index).map_err(|e| archive.error(e))?;
        let bound = most_unpacked(entry.compressed_size());
        let mut results = Vec::new();
        let mut bytes: Vec<u8> = Vec::new();
        let mut total = 0_u64;
        loop {
            let carried = bytes.len();
            let read_now = (&mut entry)
                .take(CHUNK)
                .read_to_end(&mut bytes)
                .map_err(|e| archive.error(format!("{}: {e}", self.name)))?;
            total += read_now as u64;
            if total > bound {
                return Err(archive.error(format!("{}: unpacks beyond all measure", self.name)));
            }
            let last = (read_now as u64) < CHUNK;
            let end = match last {
                true => bytes.len(),
                false => memchr::memrchr(b'\n', &bytes[carried..]).map_or(0, |at| carried + at + 1),
            };
            if end > 0 || last {
                results.push(read(Chunk { bytes: &bytes[..end], first: results.is_empty() }));
                advance(end as u64);
                bytes.drain(..end);
            }
            if bytes.len() > LONGEST_LINE {
                return Err(self.too_long());
            }
            if last {
                return Ok(results);
            }
        }
    }

    /// Reads the file as it comes, from its beginning. What unpacks beyond all measure is an error of
    /// the reader.
    pub(crate) fn stream<T>(
        &self,
        read: impl FnOnce(&mut dyn BufRead) -> T,
    ) -> Result<T, BuildError> {
        const BUFFER: usize = 256 << 10;
        match &self.origin {
            Origin::Folder(path) => {
                let file = File::open(path).map_err(|e| self.io(e))?;
                Ok(read(&mut BufReader::with_capacity(BUFFER, file)))
            }
            Origin::Zip { archive, index } => {
                let mut opened = archive.open()?;
                let entry = opened.by_index(*index).map_err(|e| archive.error(e))?;
                let bound = most_unpacked(entry.compressed_size());
                Ok(read(&mut BufReader::with_capacity(BUFFER, Inflated::new(entry, bound))))
            }
        }
    }

    /// The first line, without its line end; cut where it is longer than any header.
    pub(crate) fn first_line(&self) -> Result<Vec<u8>, BuildError> {
        const LONGEST_HEADER: u64 = 64 << 10;
        let mut bytes = Vec::new();
        match &self.origin {
            Origin::Folder(path) => {
                let file = File::open(path).map_err(|e| self.io(e))?;
                file.take(LONGEST_HEADER).read_to_end(&mut bytes).map_err(|e| self.io(e))?;
            }
            Origin::Zip { archive, index } => {
                let mut opened = archive.open()?;
                let entry = opened.by_index(*index).map_err(|e| archive.error(e))?;
                entry
                    .take(LONGEST_HEADER)
                    .read_to_end(&mut bytes)
                    .map_err(|e| archive.error(format!("{}: {e}", self.name)))?;
            }
        }
        bytes.truncate(memchr::memchr(b'\n', &bytes).unwrap_or(bytes.len()));
        if bytes.ends_with(b"\r") {
            bytes.pop();
        }
        Ok(bytes)
    }

    /// The whole file, where it is no longer than `most` bytes.
    pub(crate) fn read_whole(&self, most: usize) -> Result<Option<Vec<u8>>, BuildError> {
        if self.bytes > most as u64 {
            return Ok(None);
        }
        let parts = self.chunks(&|_| {}, |chunk| chunk.bytes.to_vec())?;
        let whole = parts.concat();
        Ok((whole.len() <= most).then_some(whole))
    }

    /// SHA-256 of the file, in hexadecimal.
    pub(crate) fn sha256(&self) -> Result<String, BuildError> {
        let mut hasher = Sha256::new();
        let mut buffer = vec![0; 1 << 20];
        let mut feed = |reader: &mut dyn Read| -> std::io::Result<()> {
            loop {
                match reader.read(&mut buffer)? {
                    0 => return Ok(()),
                    read => hasher.update(&buffer[..read]),
                }
            }
        };
        match &self.origin {
            Origin::Folder(path) => {
                let mut file = File::open(path).map_err(|e| self.io(e))?;
                feed(&mut file).map_err(|e| self.io(e))?;
            }
            Origin::Zip { archive, index } => {
                let mut opened = archive.open()?;
                let mut entry = opened.by_index(*index).map_err(|e| archive.error(e))?;
                feed(&mut entry).map_err(|e| archive.error(e))?;
            }
        }
        Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// Whether it lies in a zip file: hashing it would mean unpacking it twice.
    pub(crate) fn archive_of(&self) -> Option<&str> {
        match &self.origin {
            Origin::Folder(_) => None,
            Origin::Zip { archive, .. } => Some(&archive.name),
        }
    }
}

/// Name, length and SHA-256 of a file on disk.
pub(crate) fn hash_file(path: &std::path::Path) -> Result<SourceFile, BuildError> {
    let io = |source| BuildError::Io { file: path.to_owned(), source };
    let bytes = std::fs::metadata(path).map_err(io)?.len();
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    let sha256 = Entry::in_folder(name.clone(), path.to_owned(), bytes).sha256()?;
    Ok(SourceFile { name, bytes, sha256 })
}
