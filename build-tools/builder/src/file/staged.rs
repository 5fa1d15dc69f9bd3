//! Publishing: written beside, synced, opened again, verified, renamed.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use farr::Terminology;
use farr::index::{OpenError, Verification};

use super::unfinished::Unfinished;
use crate::error::BuildError;

/// Maps files that are ours: the one place of this crate where that is promised of files.
///
/// They are written by this process under a lock that it holds, or lie in a published folder that it
/// has locked, and are not written to while the map is alive.
#[allow(unsafe_code)]
pub(crate) fn map_ours<P: AsRef<Path>>(
    files: &[P],
    verification: Verification,
) -> Result<Terminology, OpenError> {
    let options = farr::index::OpenOptions::new().verification(verification);
    // SAFETY: as said above; nobody but the holder of the lock writes to these files.
    unsafe { Terminology::map_with(files.iter().map(AsRef::as_ref), options) }
}

/// A file beside the one it will replace.
///
/// It has the output's name with `.building` behind it, and is locked while it is written: what a
/// killed build left there the next one writes over, and of two builds at once one is refused.
#[derive(Debug)]
pub(crate) struct Staged {
    output: PathBuf,
    path: PathBuf,
    file: File,
    unfinished: Unfinished,
    published: bool,
}

impl Staged {
    pub(crate) fn create_beside(output: &Path) -> Result<Staged, BuildError> {
        let mut name = output.file_name().map(ToOwned::to_owned).unwrap_or_default();
        name.push(".building");
        let path = output.with_file_name(name);
        let io = |source| BuildError::Io { file: path.clone(), source };
        if output.is_dir() {
            let source = io::Error::new(io::ErrorKind::IsADirectory, "the output is a folder");
            return Err(BuildError::Io { file: output.to_owned(), source });
        }
        let (unfinished, file) =
            Unfinished::make(|| locked(&path).map(|file| (path.clone(), file))).map_err(io)?;
        file.set_len(0).map_err(io)?;
        Ok(Staged { output: output.to_owned(), path, file, unfinished, published: false })
    }

    pub(crate) fn file(&mut self) -> &mut File {
        &mut self.file
    }

    /// Where it is being written.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    fn error(&self, source: io::Error) -> BuildError {
        BuildError::Io { file: self.path.clone(), source }
    }

    /// Puts the file on the disk, verifies it in full from there, lets `look` at what it holds, and
    /// renames it unless that refuses it.
    pub(crate) fn publish(
        mut self,
        look: impl FnOnce(&Terminology) -> Result<(), BuildError>,
    ) -> Result<(), BuildError> {
        self.file.sync_all().map_err(|e| self.error(e))?;
        self.verify(look)?;
        let renamed = self.unfinished.finish(|| std::fs::rename(&self.path, &self.output));
        renamed.map_err(|e| self.error(e))?;
        self.published = true;
        self.sync_folder();
        Ok(())
    }

    fn verify(
        &self,
        look: impl FnOnce(&Terminology) -> Result<(), BuildError>,
    ) -> Result<(), BuildError> {
        let opened = map_ours(&[&self.path], Verification::Full)?;
        look(&opened)
    }

    /// The rename itself reaches the disk with the folder; where a system cannot sync folders, it
    /// does so in its own time.
    fn sync_folder(&self) {
        let folder = self.output.parent().filter(|parent| !parent.as_os_str().is_empty());
        if let Ok(folder) = File::open(folder.unwrap_or(Path::new("."))) {
            let _ = folder.sync_all();
        }
    }
}

/// Makes the file or opens it, and takes it for this build alone. It is truncated only then.
fn locked(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            let what = "another build is writing this index";
            Err(io::Error::new(io::ErrorKind::ResourceBusy, what))
        }
        Err(TryLockError::Error(source)) => Err(source),
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if !self.published {
            let _ = self.unfinished.finish(|| std::fs::remove_file(&self.path));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_builds_of_one_index_at_once_one_is_refused() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let output = folder.path().join("index.farr");
        let first = Staged::create_beside(&output).expect("nobody else is there");
        let second = Staged::create_beside(&output).expect_err("the first one has the lock");
        assert!(second.to_string().contains("another build is writing"), "{second}");
        // Being refused, the second left what is the first one's alone.
        assert!(first.path().exists());
        assert!(Staged::create_beside(&folder.path().join("other.farr")).is_ok());
        drop(first);
        assert!(Staged::create_beside(&output).is_ok());
    }
}
