//! Finding a set in a published folder, and holding it against removal.

use std::fs::{File, TryLockError};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::description::{LONGEST, SetDescription};
use super::error::SetError;
use crate::index::{IndexFile, plain_file};
use crate::terminology::Terminology;

/// The name of the pointer file in a published folder.
pub const POINTER: &str = "current.set";

/// How often a publisher may move the pointer on and remove what it pointed to while one reader is
/// looking. Each time a whole set was published, so that more than one is rare.
const TRIES: usize = 16;

/// A set of a published folder, held: `farr publish` removes no file of it while this is alive.
///
/// [`Handle`](super::Handle) and [`OpenSet`](super::OpenSet) do all of this by themselves. It is here
/// for programs that open the files of a set in a way of their own, together with others say.
///
/// What holds a set is a shared lock on its description in `sets/`, which the system drops when the
/// process ends, however it ends. Where a file system has no locks, nothing is held:
/// [`HeldSet::is_locked`].
#[derive(Debug)]
pub struct HeldSet {
    folder: PathBuf,
    /// Where the description was read.
    source: PathBuf,
    described: SetDescription,
    lock: Option<Lock>,
}

/// A shared lock on the description of a set. It is given back and not merely closed: a process that
/// is being started at that moment has a copy of the file until it runs.
#[derive(Debug)]
struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

/// What became of holding a set.
enum Hold {
    /// By a lock, where the file system has locks.
    Held(Option<Lock>),
    /// Its files are there, and its description in `sets/`, which it would be held by, is not.
    Undescribed,
    /// It is being removed, or is removed, or was never whole: why it cannot be opened.
    Gone(SetError),
}

impl HeldSet {
    /// Whether a path is a published folder: a folder with a pointer file.
    pub fn is_published(path: &Path) -> bool {
        path.join(POINTER).is_file()
    }

    /// Finds the current set of a folder and holds it.
    ///
    /// Reads one small file, locks another, and looks at the length of each index.
    ///
    /// # Errors
    ///
    /// [`SetError`], but for what only opening the files shows.
    pub fn current(folder: &Path) -> Result<HeldSet, SetError> {
        let source = folder.join(POINTER);
        let mut described = read(&source)?;
        for _ in 0..TRIES {
            let held = hold(folder, &described)?;
            let (lock, error) = match held {
                Hold::Held(lock) => (Some(lock), None),
                Hold::Undescribed => (None, None),
                Hold::Gone(error) => (None, Some(error)),
            };
            if let Some(lock) = lock {
                return Ok(HeldSet { folder: folder.to_owned(), source, described, lock });
            }
            // Where the pointer has moved on meanwhile, what it points to now is there.
            let now = read(&source)?;
            if now != described {
                described = now;
                continue;
            }
            return match error {
                Some(error) => Err(error),
                // Somebody took the description away; nobody removes a set that is current.
                None => Ok(HeldSet { folder: folder.to_owned(), source, described, lock: None }),
            };
        }
        Err(SetError::Io {
            file: source,
            source: io::Error::other("sets are published faster than one can be opened"),
        })
    }

    /// Finds a set by its number and holds it.
    ///
    /// # Errors
    ///
    /// As [`HeldSet::current`].
    pub fn numbered(folder: &Path, set: u32) -> Result<HeldSet, SetError> {
        let source = folder.join(SetDescription::path_of(set));
        let described = read(&source)?;
        match hold(folder, &described)? {
            Hold::Held(lock) => Ok(HeldSet { folder: folder.to_owned(), source, described, lock }),
            Hold::Undescribed => Err(SetError::Absent { file: source }),
            Hold::Gone(error) => Err(error),
        }
    }

    /// The description of the current set, without holding it.
    ///
    /// # Errors
    ///
    /// [`SetError::Absent`], [`SetError::Description`], [`SetError::Io`].
    pub fn peek(folder: &Path) -> Result<SetDescription, SetError> {
        read(&folder.join(POINTER))
    }

    /// What the set is.
    pub fn description(&self) -> &SetDescription {
        &self.described
    }

    /// Where the description was read: the pointer file, or a file in `sets/`.
    pub fn source(&self) -> &Path {
        &self.source
    }

    /// The index files, in the order of the description.
    pub fn paths(&self) -> Vec<PathBuf> {
        self.described.files().iter().map(|file| self.folder.join(&file.name)).collect()
    }

    /// Whether the set is held by a lock; `false` where the file system has none, or the description
    /// of the set in `sets/` was taken away.
    pub fn is_locked(&self) -> bool {
        self.lock.is_some()
    }

    /// Holds files that were opened against what the set says of them: those of other folders are
    /// passed over.
    ///
    /// # Errors
    ///
    /// [`SetError::Differs`] names the file.
    pub fn check(&self, terminology: &Terminology) -> Result<(), SetError> {
        terminology.files().iter().try_for_each(|file| self.check_file(file))
    }

    /// Holds the signature of the set against a key: before any of its files is looked at. For
    /// programs that open the files in a way of their own, beside [`HeldSet::check_sums`];
    /// [`SetOptions::signed_by`](super::SetOptions::signed_by) does both.
    ///
    /// # Errors
    ///
    /// [`SetError::Unsigned`], [`SetError::Signature`].
    ///
    /// ```
    /// use farr::published::{HeldSet, PublicKey, SetError};
    ///
    /// let key: PublicKey = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3".parse()?;
    /// let open = |folder: &std::path::Path| -> Result<HeldSet, SetError> {
    ///     let held = HeldSet::current(folder)?;
    ///     held.verify_signature(&key)?;
    ///     Ok(held)
    /// };
    /// assert!(open(std::path::Path::new("/no/such/folder")).is_err());
    /// # Ok::<(), farr::published::PublicKeyError>(())
    /// ```
    #[cfg(feature = "signed")]
    pub fn verify_signature(&self, key: &super::PublicKey) -> Result<(), SetError> {
        key.verify(self)
    }

    /// Holds the bytes of files that were opened against the SHA-256 that the set, and so its signature,
    /// says of them: of what is answered from, and not of a second reading. Files of other folders are
    /// passed over. Reads all bytes: about a second for a GiB.
    ///
    /// # Errors
    ///
    /// [`SetError::Differs`] names the file.
    #[cfg(feature = "signed")]
    pub fn check_sums(&self, terminology: &Terminology) -> Result<(), SetError> {
        super::signature::check_sums(self, terminology.files())
    }

    pub(super) fn check_file(&self, file: &IndexFile) -> Result<(), SetError> {
        let named = self
            .described
            .files()
            .iter()
            .find(|named| file.path() == self.folder.join(&named.name));
        let Some(named) = named else { return Ok(()) };
        let header = file.header();
        let what = match (header.file_length == named.bytes, header.build_id == named.build_id) {
            (true, true) => return Ok(()),
            (false, _) => "another length",
            (true, false) => "another build id",
        };
        Err(self.differs(file.path(), what))
    }

    pub(super) fn differs(&self, file: &Path, what: &'static str) -> SetError {
        SetError::Differs { file: file.to_owned(), set: self.described.number(), what }
    }

    /// Lets the set go: its files may be removed from now on.
    pub(super) fn release(&mut self) {
        self.lock = None;
    }
}

impl SetDescription {
    /// Reads a description from a file: the pointer of a folder, or one in `sets/`. Reads no more of it
    /// than a description may have.
    ///
    /// # Errors
    ///
    /// [`SetError::Absent`], [`SetError::Description`], [`SetError::Io`].
    pub fn read(path: &Path) -> Result<SetDescription, SetError> {
        read(path)
    }
}

/// Reads a description.
fn read(path: &Path) -> Result<SetDescription, SetError> {
    let io = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound => SetError::Absent { file: path.to_owned() },
        _ => SetError::Io { file: path.to_owned(), source },
    };
    let mut bytes = Vec::new();
    let file = plain_file::open(path).map_err(io)?;
    // One byte more than there may be, so that what is longer is seen to be.
    file.take((LONGEST as u64).saturating_add(1)).read_to_end(&mut bytes).map_err(io)?;
    SetDescription::parse(&bytes)
        .map_err(|error| SetError::Description { file: path.to_owned(), error })
}

/// Locks a set, and looks whether its files are there.
fn hold(folder: &Path, described: &SetDescription) -> Result<Hold, SetError> {
    let path = folder.join(SetDescription::path_of(described.number()));
    let mut described_there = true;
    let lock = match plain_file::open(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            described_there = false;
            None
        }
        Err(source) => return Err(SetError::Io { file: path, source }),
        Ok(file) => match file.try_lock_shared() {
            Ok(()) => Some(Lock(file)),
            // A publisher has it for itself: it is removing the set.
            Err(TryLockError::WouldBlock) => {
                return Ok(Hold::Gone(SetError::Absent { file: path }));
            }
            Err(TryLockError::Error(_)) => None,
        },
    };
    // Removed between the opening and the locking: the lock is on a file that nobody sees any more.
    // Numbers are not used twice, so that what is there now is what was locked.
    if lock.is_some() && !path.exists() {
        return Ok(Hold::Gone(SetError::Absent { file: path }));
    }
    for named in described.files() {
        let (file, set) = (folder.join(&named.name), described.number());
        match std::fs::metadata(&file) {
            Ok(found) if found.len() == named.bytes => {}
            Ok(_) => return Err(SetError::Differs { file, set, what: "another length" }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Hold::Gone(SetError::Missing { file, set }));
            }
            Err(source) => return Err(SetError::Io { file, source }),
        }
    }
    Ok(if described_there { Hold::Held(lock) } else { Hold::Undescribed })
}
