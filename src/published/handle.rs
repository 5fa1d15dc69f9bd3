//! The set that is current, switched under reading threads.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use super::error::SetError;
use super::held::HeldSet;
use super::open_set::OpenSet;
use super::options::SetOptions;
use crate::date::Date;
use crate::index::Promise;

/// The current set of a published folder, to read from while it is switched.
///
/// Threads clone the handle and ask [`Handle::current`] for the set at the beginning of a piece of
/// work; they finish it on that set, whatever is switched meanwhile. Somebody calls
/// [`Handle::reload`] when it suits: after a signal, on a timer, before a batch. farr starts no thread
/// and watches nothing.
///
/// ```no_run
/// use farr::published::{Handle, Reload, SetOptions};
///
/// let handle = Handle::open("/srv/farr", SetOptions::new())?;
/// let worker = std::thread::spawn({
///     let handle = handle.clone();
///     move || {
///         let set = handle.current();
///         // Everything here is asked of one set.
///         let snomed = set.terminology().snomed()?;
///         println!("{} concepts in {:?}", snomed.concept_count(), set.releases());
///         Ok::<(), farr::index::OpenError>(())
///     }
/// });
/// match handle.reload() {
///     Ok(Reload::Unchanged { set }) => println!("set {set} is still current"),
///     Ok(Reload::Switched { from, to }) => println!("from set {from} to set {to}"),
///     Err(error) => eprintln!("answering from the set before: {error}"),
/// }
/// # worker.join().ok();
/// # Ok::<(), farr::published::SetError>(())
/// ```
#[derive(Clone)]
pub struct Handle {
    shared: Arc<Shared>,
}

struct Shared {
    folder: PathBuf,
    options: SetOptions,
    /// Present where files are mapped.
    promise: Option<Promise>,
    current: RwLock<Arc<OpenSet>>,
    /// Held by the one who reloads: two at once would open a set twice.
    reloading: Mutex<()>,
}

/// What became of a reload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reload {
    /// The pointer points to the set that is open, or the handle is pinned.
    Unchanged {
        /// Its number.
        set: u32,
    },
    /// Another set is current now.
    Switched {
        /// The number of the set before; threads that began with it still have it.
        from: u32,
        /// The number of the set that [`Handle::current`] gives from now on. It is lower after a
        /// rollback.
        to: u32,
    },
}

impl Handle {
    /// Opens the current set of a published folder, or the [pinned](SetOptions::pinned) one, and reads
    /// it into memory.
    ///
    /// Costs what [`Terminology::open`](crate::Terminology::open) costs; a reload has the old and the
    /// new set in memory at once. To share pages with other processes see [`Handle::map`].
    ///
    /// # Errors
    ///
    /// [`SetError`]: there is no pointer, it is damaged, a file that it names is missing, differs or is
    /// damaged, or the options refuse the set.
    pub fn open(folder: impl Into<PathBuf>, options: SetOptions) -> Result<Handle, SetError> {
        Handle::of(folder.into(), options, None)
    }

    pub(crate) fn of(
        folder: PathBuf,
        options: SetOptions,
        promise: Option<Promise>,
    ) -> Result<Handle, SetError> {
        let current = RwLock::new(Arc::new(OpenSet::of(&folder, &options, promise.as_ref())?));
        let reloading = Mutex::new(());
        Ok(Handle { shared: Arc::new(Shared { folder, options, promise, current, reloading }) })
    }

    /// The set that is current now. Ask once for each piece of work: all answers are then of one set,
    /// which stays open as long as somebody has it.
    ///
    /// Costs two atomic operations, and never waits for a reload.
    pub fn current(&self) -> Arc<OpenSet> {
        // Nothing panics while the lock is held, so that what stands there is whole in any case.
        Arc::clone(&self.shared.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The published folder.
    pub fn folder(&self) -> &Path {
        &self.shared.folder
    }

    /// Reads the pointer, and where it points to another set, opens that, verifies it and switches
    /// to it in one step.
    ///
    /// Where nothing has changed it costs the reading of a small file; the bytes of the current set
    /// are not verified anew. The opening happens in the calling thread, beside the set that others
    /// read from. Calls at the same time wait for each other.
    ///
    /// # Errors
    ///
    /// [`SetError`], as [`Handle::open`]; the set that was current stays current. With
    /// [`SetOptions::most_age_days`] it is [`SetError::AgeUnknown`] as soon as a set holds a system whose
    /// age is limited: use [`Handle::reload_on`].
    pub fn reload(&self) -> Result<Reload, SetError> {
        self.reload_on(None)
    }

    /// [`Handle::reload`], saying which day it is: by it [`SetOptions::most_age_days`] is judged, of
    /// another set before it is switched to, and of the set that is open where there is no other or the
    /// handle is pinned. So a service that calls this every day hears that nobody publishes any more.
    ///
    /// # Errors
    ///
    /// As [`Handle::reload`]. [`SetError::Stale`] has the number of the set that is too old: where that
    /// is the one of [`Handle::current`], it was fresh when it was opened, and is answered from still.
    pub fn reload_on(&self, today: impl Into<Option<Date>>) -> Result<Reload, SetError> {
        let shared = &self.shared;
        let _reloading = shared.reloading.lock().unwrap_or_else(PoisonError::into_inner);
        let current = self.current();
        let set = current.number();
        let today = today.into();
        let is_pinned = shared.options.set.is_some();
        if is_pinned || HeldSet::peek(&shared.folder)? == *current.description() {
            // It has grown older since it was opened.
            current.check_age(&shared.options, today)?;
            return Ok(Reload::Unchanged { set });
        }
        let options = shared.options.clone().today(today);
        let opened = Arc::new(OpenSet::of(&shared.folder, &options, shared.promise.as_ref())?);
        let to = opened.number();
        let before = {
            let mut slot = shared.current.write().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *slot, opened)
        };
        // Not under the lock: to give back a large index takes a while.
        drop((before, current));
        Ok(Reload::Switched { from: set, to })
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handle")
            .field("folder", &self.shared.folder)
            .field("set", &self.current().number())
            .finish_non_exhaustive()
    }
}
