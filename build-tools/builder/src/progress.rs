//! What a build says while it works.

/// Told what a build is doing; called from several threads.
///
/// The builder draws nothing itself: the `farr` command shows a bar on a terminal and plain lines
/// in a log, a program that embeds the builder may show what it likes.
pub trait Progress: Sync {
    /// A phase begins; `bytes` is how much there is to read in it, where that is known.
    fn phase(&self, name: &str, bytes: Option<u64>);
    /// So many more bytes of the phase are done.
    fn advance(&self, bytes: u64);
}

/// Says nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn phase(&self, _name: &str, _bytes: Option<u64>) {}
    fn advance(&self, _bytes: u64) {}
}
