//! Removing what nobody needs any more: sets beyond those to keep, and what killed publishers left.

use std::collections::HashSet;
use std::fs::{OpenOptions, TryLockError};
use std::path::Path;

use farr::published::SetDescription;

use super::disk::{Alone, Disk, LOCK};
use super::error::PublishError;
use super::history::{History, names};
use super::report::{InUse, Published};
use super::stage::{is_content_name, is_unfinished};

/// Removes the sets before the current one, but for the newest `keep` of them and those in use, and
/// then every index that no set names. Asked only where sets were published before: in a folder that
/// is new to publishing, an index that no set names is somebody's.
///
/// What cannot be removed is left and told: the new set is published, and that is what counts.
pub(super) fn prune(
    disk: &Disk,
    folder: &Path,
    keep: usize,
    report: &mut Published,
) -> Result<(), PublishError> {
    let history = History::read(folder)?;
    let mut readable: Vec<&SetDescription> = Vec::new();
    for (number, described) in &history.sets {
        match described {
            Ok(described) => readable.push(described),
            Err(error) => {
                let path = SetDescription::path_of(*number);
                report.notes.push(format!(
                    "{path} cannot be read ({error}): no file is removed, because it may name it"
                ));
                return Ok(());
            }
        }
    }
    let current = report.set.number();
    let (mut kept, earlier): (Vec<_>, Vec<_>) =
        readable.into_iter().partition(|set| set.number() >= current);
    // The newest ones, and those that a rollback goes back to, which are others where one was gone
    // back from.
    let mut to_keep: Vec<u32> = history.before_current().into_iter().take(keep).collect();
    to_keep.extend(earlier.iter().rev().take(keep).map(|set| set.number()));
    let (young, old): (Vec<_>, Vec<_>) =
        earlier.into_iter().partition(|set| to_keep.contains(&set.number()));
    kept.extend(young);

    let mut doomed = Vec::new();
    for set in old {
        match lock(folder, set.number()) {
            Ok(lock) => doomed.push((set, lock)),
            Err(why) => {
                kept.push(set);
                report.in_use.push(InUse { set: set.number(), why });
            }
        }
    }
    let mut named: HashSet<String> =
        report.set.files().iter().map(|file| file.name.clone()).collect();
    named.extend(kept.iter().flat_map(|set| set.files()).map(|file| file.name.clone()));
    for (set, lock) in doomed {
        remove_set(disk, folder, set, &mut named, report);
        // Held until now, so that no reader takes hold of a set that is half gone.
        drop(lock);
    }
    sweep(disk, folder, &named, &mut report.removed_files)
}

/// Takes a set for removal: nobody has it open, and nobody can open it until the lock is dropped.
fn lock(folder: &Path, set: u32) -> Result<Alone, String> {
    let path = folder.join(SetDescription::path_of(set));
    let file = OpenOptions::new().read(true).write(true).open(path);
    let file = file.map_err(|error| format!("it cannot be locked: {error}"))?;
    match file.try_lock() {
        Ok(()) => Ok(Alone(file)),
        Err(TryLockError::WouldBlock) => Err("a reader has it open".to_owned()),
        Err(TryLockError::Error(error)) => Err(format!("it cannot be locked: {error}")),
    }
}

/// Removes the files that only this set names, and then its description.
fn remove_set(
    disk: &Disk,
    folder: &Path,
    set: &SetDescription,
    named: &mut HashSet<String>,
    report: &mut Published,
) {
    for file in set.files().iter().filter(|file| !named.contains(&file.name)) {
        let path = folder.join(&file.name);
        let there = path.exists();
        if let Err(error) = disk.remove(&path) {
            // Its description stays, so that the next publishing tries again.
            let why = format!("{} cannot be removed: {error}", file.name);
            report.in_use.push(InUse { set: set.number(), why });
            named.extend(set.files().iter().map(|file| file.name.clone()));
            return;
        }
        if there {
            report.removed_files.push(file.name.clone());
        }
    }
    match disk.remove(&folder.join(SetDescription::path_of(set.number()))) {
        Ok(()) => report.removed_sets.push(set.number()),
        Err(error) => {
            let why = format!("its description cannot be removed: {error}");
            report.in_use.push(InUse { set: set.number(), why });
        }
    }
}

/// Removes indexes that no set names, and unfinished files: what killed publishers left.
fn sweep(
    disk: &Disk,
    folder: &Path,
    named: &HashSet<String>,
    removed: &mut Vec<String>,
) -> Result<(), PublishError> {
    remove_unfinished(disk, folder)?;
    for name in names(folder)? {
        // What cannot be removed today can be tomorrow.
        if is_content_name(&name)
            && !named.contains(&name)
            && disk.remove(&folder.join(&name)).is_ok()
        {
            removed.push(name);
        }
    }
    Ok(())
}

/// Removes what was being written when a publisher was killed. Only the holder of the folder's lock
/// writes here, so nobody needs it.
pub(super) fn remove_unfinished(disk: &Disk, folder: &Path) -> Result<(), PublishError> {
    for (folder, in_sets) in [(folder.to_owned(), false), (folder.join("sets"), true)] {
        for name in names(&folder)?.iter().filter(|name| is_unfinished(name, in_sets)) {
            let _ = disk.remove(&folder.join(name));
        }
    }
    Ok(())
}

/// After a failure: removes what this run wrote, as far as no set names it, and nothing else.
pub(super) fn undo(disk: &Disk, folder: &Path) {
    let made = disk.made();
    let of = |path: &Path, folder: &Path| {
        let name = path.file_name().and_then(|name| name.to_str()).map(str::to_owned);
        name.filter(|_| path.parent() == Some(folder))
    };
    let sets = folder.join("sets");
    for path in &made {
        let at_top = of(path, folder).is_some_and(|name| is_unfinished(&name, false));
        if at_top || of(path, &sets).is_some_and(|name| is_unfinished(&name, true)) {
            let _ = disk.remove(path);
        }
    }
    let Ok(history) = History::read(folder) else { return };
    if history.broken.is_some() || history.sets.iter().any(|(_, described)| described.is_err()) {
        return;
    }
    let sets = history.sets.iter().filter_map(|(_, described)| described.as_ref().ok());
    let named = sets.chain(&history.current).flat_map(SetDescription::files);
    let named: HashSet<&str> = named.map(|file| file.name.as_str()).collect();
    for path in &made {
        let index = of(path, folder).filter(|name| is_content_name(name));
        if index.is_some_and(|name| !named.contains(name.as_str())) {
            let _ = disk.remove(path);
        }
    }
    if !history.is_any() {
        undo_folders(disk, folder);
    }
}

/// After a failure in a folder in which nothing is published: removes the folders that this run made, and
/// the file that it locks. What somebody else put there stays, and so do the folders that it is in.
fn undo_folders(disk: &Disk, folder: &Path) {
    let lock = folder.join(LOCK);
    // What is in a folder comes before it.
    for path in disk.made().iter().rev() {
        let _ = match path.is_dir() {
            true => disk.remove_folder(path),
            false if *path == lock => disk.remove(path),
            false => Ok(()),
        };
    }
}
