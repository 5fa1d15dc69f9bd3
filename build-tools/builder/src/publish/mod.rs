//! Publishing: indexes into a folder that readers switch releases from without a stop.
//!
//! `docs/publishing.md` describes the folder, and what holds when a publisher is killed at any moment.

/// The examples of the manual, which run as tests.
#[cfg(doctest)]
#[doc = include_str!("../../../../docs/publishing.md")]
struct Manual;

mod disk;
mod error;
mod going_back;
mod history;
mod prune;
mod report;
mod stage;

use std::fmt;
#[cfg(unix)]
use std::fs::Metadata;
use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use farr::index::Verification;
use farr::published::{HeldSet, PublicKey, SetDescription};

pub use error::PublishError;
pub use report::{Change, InUse, ListedSet, Published};

use crate::file::map_ours;
use crate::progress::Progress;
use disk::{Alone, Disk, LOCK};
use going_back::{older_releases, undated_releases};
use history::{History, pointer};
use stage::{Copied, Put, check_together, copy, sum_of};

/// How many sets are kept before the current one, unless said otherwise.
const KEEP: usize = 2;

/// Signs a text, and gives the text of a `.minisig` file.
type Signer = Arc<dyn Fn(&str) -> io::Result<String> + Send + Sync>;

/// Publishes indexes in a folder.
///
/// ```no_run
/// use farr_build::{Publish, Silent};
///
/// let published = Publish::new("/srv/farr")
///     .index("uk-snomed.farr")
///     .index("dmd.farr")
///     .keep(3)
///     .run(&Silent)?;
/// println!("set {} is current", published.set.number());
/// # Ok::<(), farr_build::PublishError>(())
/// ```
#[derive(Clone)]
pub struct Publish {
    folder: PathBuf,
    indexes: Vec<PathBuf>,
    keep: usize,
    signer: Option<Signer>,
    key: Option<PublicKey>,
    no_older: bool,
    disk: Disk,
}

impl Publish {
    /// Publishing in this folder, which is made where it is not there.
    pub fn new(folder: impl Into<PathBuf>) -> Publish {
        Publish {
            folder: folder.into(),
            indexes: Vec::new(),
            keep: KEEP,
            signer: None,
            key: None,
            no_older: false,
            disk: Disk::default(),
        }
    }

    /// Adds an index to the set.
    #[must_use]
    pub fn index(mut self, path: impl Into<PathBuf>) -> Publish {
        self.indexes.push(path.into());
        self
    }

    /// How many sets to keep before the current one: 2 unless said otherwise. Older ones are removed,
    /// but for those that a reader has open.
    #[must_use]
    pub fn keep(mut self, sets: usize) -> Publish {
        self.keep = sets;
        self
    }

    /// Signs the set: the function is given [`SetDescription::signed_part`], and gives the text of a
    /// `.minisig` file, as `minisign -S` writes it.
    #[must_use]
    pub fn sign(
        mut self,
        signer: impl Fn(&str) -> io::Result<String> + Send + Sync + 'static,
    ) -> Publish {
        self.signer = Some(Arc::new(signer));
        self
    }

    /// Publishes nothing whose signature does not hold against this key, and moves the pointer to no
    /// set whose signature does not.
    #[must_use]
    pub fn public_key(mut self, key: PublicKey) -> Publish {
        self.key = Some(key);
        self
    }

    /// Publishes nothing that goes back behind the current set: no release that is older, or of which that
    /// cannot be told, no set without a code system that the current one has, none without a signature
    /// where the current one has one. Without this it is published, and told in
    /// [`Published::notes`].
    ///
    /// Says nothing of [`Publish::rollback`] and [`Publish::switch_to`], which are for going back.
    #[must_use]
    pub fn no_older(mut self) -> Publish {
        self.no_older = true;
        self
    }

    /// Asked before each change to the disk; an error takes the place of the change.
    #[doc(hidden)]
    #[must_use]
    pub fn before_change(
        mut self,
        hook: impl Fn(&'static str, &Path) -> io::Result<()> + Send + Sync + 'static,
    ) -> Publish {
        self.disk.hook = Some(Arc::new(hook));
        self
    }

    /// Publishes the indexes as a new set, and points the pointer to it.
    ///
    /// Each index is copied into the folder, synced, verified in full from there, and renamed to a
    /// name that follows from its content. Then the set is described, signed where that is asked for,
    /// and the pointer is replaced in one step; whoever reads it sees the old set or the new one. Last,
    /// old sets are removed. Where the current set has the same files already, nothing is published.
    ///
    /// # Errors
    ///
    /// [`PublishError`]; the pointer is then as it was. A process that is killed, or a disk that fills,
    /// leaves the old set or the new one, whole, and files that the next publishing removes.
    pub fn run(&self, progress: &dyn Progress) -> Result<Published, PublishError> {
        if self.indexes.is_empty() {
            return Err(PublishError::NothingGiven);
        }
        let run = Publish { disk: self.disk.anew(), ..self.clone() };
        run.make_folders()?;
        let _lock = run.lock()?;
        let history = History::read(&run.folder)?;
        // In a folder in which nothing was published, nothing is a leftover of publishing.
        if history.is_any() {
            prune::remove_unfinished(&run.disk, &run.folder)?;
        }
        match run.publish(&history, progress) {
            Ok(mut report) if history.is_any() => {
                progress.phase("removing old sets", None);
                if let Err(error) = prune::prune(&run.disk, &run.folder, run.keep, &mut report) {
                    report.notes.push(format!("old sets were not removed: {error}"));
                }
                Ok(report)
            }
            Ok(report) => Ok(report),
            Err(error) => {
                prune::undo(&run.disk, &run.folder);
                Err(error)
            }
        }
    }

    fn publish(
        &self,
        history: &History,
        progress: &dyn Progress,
    ) -> Result<Published, PublishError> {
        let copies = self.copies(progress)?;
        progress.phase("publishing", None);
        let (mut written, mut mended) = (Vec::new(), Vec::new());
        for copied in &copies {
            let name = &copied.file.name;
            match copied.put(&self.disk, &self.folder)? {
                Put::There => continue,
                Put::Mended => mended.push(format!("{name} was damaged and is written anew")),
                Put::New if history.names_file(name) => {
                    mended.push(format!("{name} was not there, and is written anew"));
                }
                Put::New => {}
            }
            written.push(name.clone());
        }
        self.disk.sync_folder(&self.folder);

        let before = history.current.as_ref().map(SetDescription::number);
        let is_same = |current: &&SetDescription| {
            same_files(current, &copies) && self.is_signed_as_asked(current)
        };
        if let Some(current) = history.current.as_ref().filter(is_same) {
            self.keep_description(history, current)?;
            let mut report = Published::new(Change::Unchanged, current.clone(), before);
            report.written = written;
            report.notes = mended;
            return Ok(report);
        }
        let next = history.next();
        let next = next.ok_or_else(|| PublishError::NoNumber { folder: self.folder.clone() })?;
        if let Some(current) = &history.current {
            self.keep_description(history, current)?;
        }
        let files = copies.iter().map(|copied| copied.file.clone()).collect();
        let releases = copies.iter().flat_map(|copied| copied.releases.clone()).collect();
        let set = SetDescription::new(next, before, files, releases)?;
        self.check_older(history, &set)?;
        let set = self.signed(set)?;
        let described = self.folder.join(SetDescription::path_of(set.number()));
        self.replace(&described, set.text())?;
        if let Err(error) = self.replace(&pointer(&self.folder), set.text()) {
            // It was never current.
            let _ = self.disk.remove(&described);
            return Err(error);
        }

        let mut report = Published::new(Change::Published, set, before);
        report.written = written;
        report.notes = mended;
        if let Some(error) = &history.broken {
            report.notes.push(format!("the pointer before could not be read: {error}"));
        }
        if let Some(current) = &history.current {
            report.notes.extend(older_releases(current, &report.set));
            if current.signature().is_some() && report.set.signature().is_none() {
                report.notes.push(UNSIGNED.to_owned());
            }
        }
        Ok(report)
    }

    /// Refuses a set that goes back, where that was asked for.
    fn check_older(&self, history: &History, set: &SetDescription) -> Result<(), PublishError> {
        if !self.no_older {
            return Ok(());
        }
        // What the pointer pointed to is not known, so neither is whether this goes back behind it.
        if let Some(error) = &history.broken {
            let what = format!("the pointer before could not be read: {error}");
            return Err(PublishError::Older { what: vec![what] });
        }
        // Where the pointer is gone, the newest set is what may have been current.
        let current = match (&history.current, history.sets.last()) {
            (Some(current), _) | (None, Some((_, Ok(current)))) => current,
            (None, None) => return Ok(()),
            (None, Some((number, Err(error)))) => {
                let what = format!("{} cannot be read: {error}", SetDescription::path_of(*number));
                return Err(PublishError::Older { what: vec![what] });
            }
        };
        let mut what = older_releases(current, set);
        what.extend(undated_releases(current, set));
        if current.signature().is_some() && self.signer.is_none() {
            what.push(UNSIGNED.to_owned());
        }
        if what.is_empty() { Ok(()) } else { Err(PublishError::Older { what }) }
    }

    fn copies(&self, progress: &dyn Progress) -> Result<Vec<Copied>, PublishError> {
        progress.phase("copying and verifying", None);
        let mut copies: Vec<Copied> = Vec::new();
        for (number, index) in self.indexes.iter().enumerate() {
            copies.push(copy(&self.disk, &self.folder, number + 1, index)?);
        }
        check_together(&copies, &self.indexes)?;
        Ok(copies)
    }

    /// Puts back the description of the current set, by which readers hold it, where somebody took it
    /// away.
    fn keep_description(
        &self,
        history: &History,
        current: &SetDescription,
    ) -> Result<(), PublishError> {
        let number = current.number();
        if history.sets.iter().any(|(listed, _)| *listed == number) {
            return Ok(());
        }
        self.replace(&self.folder.join(SetDescription::path_of(number)), current.text())
    }

    fn signed(&self, set: SetDescription) -> Result<SetDescription, PublishError> {
        let set = match &self.signer {
            None => set,
            Some(sign) => {
                let signature =
                    sign(set.signed_part()).map_err(|source| PublishError::Sign { source })?;
                set.with_signature(&signature)?
            }
        };
        self.check_signature(&set)?;
        Ok(set)
    }

    fn check_signature(&self, set: &SetDescription) -> Result<(), PublishError> {
        let Some(key) = &self.key else { return Ok(()) };
        let signature = set.signature();
        let signature = signature.ok_or(PublishError::Signature { what: "there is none" })?;
        key.verify_text(set.signed_part(), signature)
            .map_err(|what| PublishError::Signature { what })
    }

    fn is_signed_as_asked(&self, current: &SetDescription) -> bool {
        let signed = self.signer.is_none() || current.signature().is_some();
        signed && self.check_signature(current).is_ok()
    }

    /// Points the pointer to the set that was current when the current one was published.
    ///
    /// # Errors
    ///
    /// As [`Publish::switch_to`]; [`PublishError::NoEarlier`]; [`PublishError::Set`] where the pointer is
    /// missing or damaged, so that nobody knows what was current.
    pub fn rollback(&self) -> Result<Published, PublishError> {
        let _lock = self.lock_published()?;
        let history = History::read(&self.folder)?;
        if history.current.is_none() {
            return Err(history.pointer_error(&self.folder).into());
        }
        match history.before_current().first() {
            Some(set) => self.point_to(*set, &history),
            None => Err(PublishError::NoEarlier { folder: self.folder.clone() }),
        }
    }

    /// Points the pointer to a set that was published before, after it is verified in full: every
    /// SHA-256, every checksum, and the structure. Nothing is removed.
    ///
    /// # Errors
    ///
    /// [`PublishError`]; the pointer is then as it was.
    pub fn switch_to(&self, set: u32) -> Result<Published, PublishError> {
        let _lock = self.lock_published()?;
        self.point_to(set, &History::read(&self.folder)?)
    }

    fn point_to(&self, set: u32, history: &History) -> Result<Published, PublishError> {
        let held = HeldSet::numbered(&self.folder, set)?;
        let described = held.description().clone();
        for (file, path) in described.files().iter().zip(held.paths()) {
            if sum_of(&path)? != file.sha256 {
                let what = "another SHA-256";
                let error = farr::published::SetError::Differs { file: path, set, what };
                return Err(error.into());
            }
        }
        map_ours(&held.paths(), Verification::Full).map_err(PublishError::Index)?;
        self.check_signature(&described)?;
        let before = history.current.as_ref().map(SetDescription::number);
        if history.current.as_ref() == Some(&described) {
            return Ok(Published::new(Change::Unchanged, described, before));
        }
        self.replace(&pointer(&self.folder), described.text())?;
        let mut report = Published::new(Change::Moved, described, before);
        if let Some(current) = &history.current {
            report.notes.extend(older_releases(current, &report.set));
        }
        Ok(report)
    }

    /// The sets of the folder, oldest first. Changes nothing, and waits for nobody.
    ///
    /// Where the pointer is missing or damaged, no set is the current one; [`HeldSet::peek`] says what is
    /// amiss with it. The sets are there all the same, and [`Publish::switch_to`] goes to one of them.
    ///
    /// # Errors
    ///
    /// [`PublishError::Set`] where nothing is published there.
    pub fn sets(&self) -> Result<Vec<ListedSet>, PublishError> {
        let history = History::read(&self.folder)?;
        if history.current.is_none() && history.sets.is_empty() {
            return Err(history.pointer_error(&self.folder).into());
        }
        Ok(history.listed(&self.folder))
    }

    /// As [`Publish::lock`], of a folder in which something is published; in another, nothing is made.
    fn lock_published(&self) -> Result<Alone, PublishError> {
        let history = History::read(&self.folder)?;
        if !history.is_any() {
            return Err(history.pointer_error(&self.folder).into());
        }
        self.lock()
    }

    /// Makes the folder where it is not there.
    fn make_folders(&self) -> Result<(), PublishError> {
        for folder in [self.folder.clone(), self.folder.join("sets")] {
            self.disk.make_folder(&folder).map_err(|source| self.io(&folder, source))?;
        }
        Ok(())
    }

    /// Takes the folder for this process alone; the system gives it back when the process ends,
    /// however it ends.
    fn lock(&self) -> Result<Alone, PublishError> {
        let path = self.folder.join(LOCK);
        let file = self.disk.lock_file(&path).map_err(|source| self.io(&path, source))?;
        match file.try_lock() {
            Ok(()) if is_there(&file, &path) => Ok(Alone(file)),
            // Another publisher failed meanwhile, and removed what it had made: the file that is locked here
            // is nobody's any more.
            Ok(()) | Err(TryLockError::WouldBlock) => {
                Err(PublishError::Busy { folder: self.folder.clone() })
            }
            Err(TryLockError::Error(source)) => Err(self.io(&path, source)),
        }
    }

    fn replace(&self, path: &Path, text: &str) -> Result<(), PublishError> {
        self.disk.replace(path, text).map_err(|source| self.io(path, source))
    }

    fn io(&self, file: &Path, source: io::Error) -> PublishError {
        PublishError::Io { file: file.to_owned(), source }
    }
}

impl fmt::Debug for Publish {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Publish")
            .field("folder", &self.folder)
            .field("indexes", &self.indexes)
            .field("keep", &self.keep)
            .field("signed", &self.signer.is_some())
            .finish_non_exhaustive()
    }
}

/// Whether a file that is open is the one that stands at a path.
#[cfg(unix)]
fn is_there(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let id = |found: Metadata| (found.dev(), found.ino());
    match (file.metadata(), std::fs::metadata(path)) {
        (Ok(open), Ok(there)) => id(open) == id(there),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_there(_file: &File, path: &Path) -> bool {
    path.exists()
}

/// Whether a set has these very files, in whatever order.
fn same_files(set: &SetDescription, copies: &[Copied]) -> bool {
    let sorted = |mut sums: Vec<[u8; 32]>| {
        sums.sort_unstable();
        sums
    };
    let of_set = set.files().iter().map(|file| file.sha256.0).collect();
    let of_copies = copies.iter().map(|copied| copied.file.sha256.0).collect();
    sorted(of_set) == sorted(of_copies)
}

/// What is told of a set that is not signed, after one that is.
const UNSIGNED: &str = "the set before is signed, and this one is not";
