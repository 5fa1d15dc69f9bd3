//! Every change that publishing makes to the disk, one operation at a time.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::file::Unfinished;

/// Asked before each operation, with its name and the file it is about; an error takes the place of
/// the operation.
pub(super) type Hook = Arc<dyn Fn(&'static str, &Path) -> io::Result<()> + Send + Sync>;

/// What stands behind the name of a file that is being written.
pub(super) const UNFINISHED: &str = ".publishing";

/// The name of the file that a publisher locks.
pub(super) const LOCK: &str = "publish.lock";

/// The disk, as publishing changes it. What only reads does not come by here.
#[derive(Clone, Default)]
pub(super) struct Disk {
    pub(super) hook: Option<Hook>,
    /// The files that were made by this run, as they are named now, each noted until it has its name.
    made: Arc<Mutex<BTreeMap<PathBuf, Option<Unfinished>>>>,
}

impl Disk {
    /// The same disk, for a run that has made nothing yet.
    pub(super) fn anew(&self) -> Disk {
        Disk { hook: self.hook.clone(), made: Arc::default() }
    }

    /// The files that this run made and did not remove, as they are named now.
    pub(super) fn made(&self) -> Vec<PathBuf> {
        self.notes().keys().cloned().collect()
    }

    fn notes(&self) -> MutexGuard<'_, BTreeMap<PathBuf, Option<Unfinished>>> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn before(&self, what: &'static str, path: &Path) -> io::Result<()> {
        match &self.hook {
            Some(hook) => hook(what, path),
            None => Ok(()),
        }
    }

    /// Makes a folder, and those above it; that it is there already is no error.
    pub(super) fn make_folder(&self, path: &Path) -> io::Result<()> {
        if path.is_dir() {
            return Ok(());
        }
        self.before("make folder", path)?;
        let new = path.ancestors().take_while(|folder| !folder.as_os_str().is_empty());
        let new: Vec<PathBuf> =
            new.take_while(|folder| !folder.exists()).map(Path::to_owned).collect();
        std::fs::create_dir_all(path)?;
        self.notes().extend(new.into_iter().map(|folder| (folder, None)));
        Ok(())
    }

    /// Removes a folder where nothing is in it.
    pub(super) fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.before("remove folder", path)?;
        std::fs::remove_dir(path)?;
        self.notes().remove(path);
        Ok(())
    }

    /// Makes the file that publishers lock, or opens it.
    pub(super) fn lock_file(&self, path: &Path) -> io::Result<File> {
        self.before("create", path)?;
        let mut options = OpenOptions::new();
        options.read(true).write(true).truncate(false);
        match options.clone().create_new(true).open(path) {
            Ok(file) => {
                self.notes().insert(path.to_owned(), None);
                Ok(file)
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                options.create(true).open(path)
            }
            Err(error) => Err(error),
        }
    }

    pub(super) fn create(&self, path: &Path) -> io::Result<File> {
        self.before("create", path)?;
        let (unfinished, file) = Unfinished::make(|| {
            let mut options = OpenOptions::new();
            let file = options.read(true).write(true).create(true).truncate(true).open(path);
            file.map(|file| (path.to_owned(), file))
        })?;
        self.notes().insert(path.to_owned(), Some(unfinished));
        Ok(file)
    }

    /// Writes in two halves, so that what comes between them can be seen.
    pub(super) fn write(&self, file: &mut File, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let (first, second) = bytes.split_at(bytes.len() / 2);
        self.before("write", path)?;
        file.write_all(first)?;
        self.before("write", path)?;
        file.write_all(second)
    }

    pub(super) fn sync(&self, file: &File, path: &Path) -> io::Result<()> {
        self.before("sync", path)?;
        file.sync_all()
    }

    pub(super) fn make_read_only(&self, path: &Path) -> io::Result<()> {
        self.before("make read-only", path)?;
        let mut permissions = std::fs::metadata(path)?.permissions();
        permissions.set_readonly(true);
        std::fs::set_permissions(path, permissions)
    }

    pub(super) fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.before("rename", to)?;
        let mut made = self.notes();
        match made.get(from) {
            Some(Some(unfinished)) => unfinished.finish(|| std::fs::rename(from, to))?,
            _ => std::fs::rename(from, to)?,
        }
        made.remove(from);
        made.insert(to.to_owned(), None);
        Ok(())
    }

    /// A rename reaches the disk with its folder; where a system cannot sync folders, it does so in
    /// its own time.
    pub(super) fn sync_folder(&self, folder: &Path) {
        // What was renamed is renamed: there is nothing to take back.
        let _ = self.before("sync folder", folder).and_then(|()| File::open(folder)?.sync_all());
    }

    /// Removes a file; that it is gone already is no error.
    pub(super) fn remove(&self, path: &Path) -> io::Result<()> {
        self.before("remove", path)?;
        #[cfg(windows)]
        allow_removal(path);
        match std::fs::remove_file(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            outcome => outcome?,
        }
        self.notes().remove(path);
        Ok(())
    }

    /// Puts a small file in the place of another in one step: written beside, synced, renamed, and the
    /// folder synced.
    pub(super) fn replace(&self, path: &Path, text: &str) -> io::Result<()> {
        let beside = unfinished(path);
        let mut file = self.create(&beside)?;
        self.write(&mut file, &beside, text.as_bytes())?;
        self.sync(&file, &beside)?;
        // Closed first: not every system renames a file that is open.
        drop(file);
        self.rename(&beside, path)?;
        self.sync_folder(path.parent().unwrap_or(Path::new(".")));
        Ok(())
    }
}

/// The name of a file while it is being written.
pub(super) fn unfinished(path: &Path) -> PathBuf {
    let mut name = path.file_name().map(ToOwned::to_owned).unwrap_or_default();
    name.push(UNFINISHED);
    path.with_file_name(name)
}

/// Windows removes no file that is read-only.
#[cfg(windows)]
#[allow(clippy::permissions_set_readonly_false)]
fn allow_removal(path: &Path) {
    if let Ok(found) = std::fs::metadata(path) {
        let mut permissions = found.permissions();
        permissions.set_readonly(false);
        let _ = std::fs::set_permissions(path, permissions);
    }
}

/// A lock that a publisher has for itself alone. It is given back and not merely closed: a process that
/// is being started at that moment has a copy of the file until it runs.
#[derive(Debug)]
pub(super) struct Alone(pub(super) File);

impl Drop for Alone {
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}
