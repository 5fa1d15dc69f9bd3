//! How to open an index.

/// When the bytes of an index are held against their checksums.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verification {
    /// All of them, and the structure of every section, before opening returns.
    #[default]
    Full,
    /// Each block of 64 KiB when it is first read, and each number before it is used: for a process
    /// that asks one question and ends. Ask through `Terminology::ask`, which gives no answer that
    /// touched a damaged block; `Terminology::snomed` verifies the rest in full first.
    FirstUse,
}

/// How to open index files; made with [`OpenOptions::new`], used by `Terminology::open_with` and
/// `Terminology::map_with`.
///
/// ```
/// use farr::index::{OpenOptions, Verification};
/// let options = OpenOptions::new().verification(Verification::FirstUse);
/// assert_eq!(options, OpenOptions::new().verification(Verification::FirstUse));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OpenOptions {
    pub(crate) verification: Verification,
}

impl OpenOptions {
    /// The defaults: full verification.
    pub fn new() -> OpenOptions {
        OpenOptions::default()
    }

    /// When bytes are held against their checksums.
    #[must_use]
    pub fn verification(mut self, verification: Verification) -> OpenOptions {
        self.verification = verification;
        self
    }
}
