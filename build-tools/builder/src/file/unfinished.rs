//! What is not whole yet, and must not outlive a process that is asked to end.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What this process has not finished. Whoever makes, finishes or removes holds it meanwhile.
static REGISTER: Mutex<Register> = Mutex::new(Register { next: 0, paths: BTreeMap::new() });

struct Register {
    next: u64,
    paths: BTreeMap<u64, PathBuf>,
}

fn register() -> MutexGuard<'static, Register> {
    REGISTER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file or folder that is not whole yet, which [`remove_unfinished`] removes.
///
/// Dropping it only forgets: what stands there then is for whoever made it to remove.
///
/// ```
/// use farr_build::Unfinished;
///
/// let folder = tempfile::tempdir()?;
/// let [beside, path] = ["codes.beside", "codes.csv"].map(|name| folder.path().join(name));
/// let (unfinished, ()) =
///     Unfinished::make(|| std::fs::write(&beside, "code\n").map(|()| (beside.clone(), ())))?;
/// unfinished.finish(|| std::fs::rename(&beside, &path))?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Unfinished {
    number: u64,
}

impl Unfinished {
    /// Makes something and notes its path, with nothing in between: [`remove_unfinished`] comes before
    /// both or after both.
    ///
    /// # Errors
    ///
    /// That of `make`; nothing is noted then.
    pub fn make<T, E>(
        make: impl FnOnce() -> Result<(PathBuf, T), E>,
    ) -> Result<(Unfinished, T), E> {
        let mut register = register();
        let (path, made) = make()?;
        let number = register.next;
        register.next += 1;
        register.paths.insert(number, path);
        Ok((Unfinished { number }, made))
    }

    /// Gives it its name, or removes it, and forgets it, with nothing in between.
    ///
    /// # Errors
    ///
    /// That of `finish`; it is unfinished still.
    pub fn finish<T, E>(&self, finish: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let mut register = register();
        let finished = finish()?;
        register.paths.remove(&self.number);
        Ok(finished)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        register().paths.remove(&self.number);
    }
}

/// Removes what this process has not finished: builds, copies that are being published, and what else
/// was noted as [`Unfinished`]. For a program that is asked to end, by a signal say, and does not come back.
///
/// Nothing is finished any more: a thread that makes or finishes something afterwards waits for the process
/// to end. On a system where an open file cannot be removed, such files stay.
pub fn remove_unfinished() {
    let mut register = register();
    for path in std::mem::take(&mut register.paths).into_values() {
        let _ = match path.is_dir() {
            true => std::fs::remove_dir_all(path),
            false => std::fs::remove_file(path),
        };
    }
    std::mem::forget(register);
}
