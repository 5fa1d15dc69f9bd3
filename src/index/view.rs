//! Checked reads of a file's bytes.

use super::guard::Guard;
use super::header::SectionEntry;

/// The bytes of a file, and the guard that checks its blocks on first use; none once the file has
/// been verified in full.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'t> {
    file: &'t [u8],
    guard: Option<&'t Guard>,
}

impl<'t> Source<'t> {
    pub(crate) fn new(file: &'t [u8], guard: Option<&'t Guard>) -> Source<'t> {
        Source { file, guard }
    }

    /// Views one section. The table has been checked, so a section lies inside its file; where it
    /// does not, the view is empty.
    #[inline]
    pub(crate) fn view(self, section: Section) -> View<'t> {
        let end = section.start.saturating_add(section.length);
        let bytes = self.file.get(section.start..end).unwrap_or_default();
        View { bytes, source: self, start: section.start }
    }
}

/// Where a section lies: the table entry in the machine's own sizes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Section {
    pub(crate) start: usize,
    pub(crate) length: usize,
    pub(crate) items: usize,
}

impl From<&SectionEntry> for Section {
    fn from(entry: &SectionEntry) -> Section {
        let size = |n: u64| usize::try_from(n).unwrap_or(0);
        Section { start: size(entry.start), length: size(entry.length), items: size(entry.items) }
    }
}

/// Typed, checked, unaligned little-endian reads of one section.
///
/// Each read returns `None` outside the section, and, where the file is verified on first use, in
/// a damaged block: the guard then remembers the damage, and whoever asked is told.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View<'t> {
    bytes: &'t [u8],
    source: Source<'t>,
    start: usize,
}

impl<'t> View<'t> {
    pub(crate) fn len(self) -> usize {
        self.bytes.len()
    }

    /// Whether the file was verified in full, so that reading much of it costs no more than reading
    /// what is needed.
    #[inline]
    pub(crate) fn is_verified(self) -> bool {
        self.source.guard.is_none()
    }

    #[inline]
    fn sound(self, at: usize, length: usize) -> bool {
        match self.source.guard {
            None => true,
            Some(guard) => guard.covers(self.source.file, self.start.saturating_add(at), length),
        }
    }

    /// Whether damage was met already, so that no answer will be given whatever is read now.
    pub(crate) fn is_damaged(self) -> bool {
        self.source.guard.is_some_and(|guard| guard.damage().is_some())
    }

    /// Notes that what was read here contradicts the layout.
    #[cold]
    pub(crate) fn report(self, at: usize, what: &'static str) {
        if let Some(guard) = self.source.guard {
            guard.report(self.start.saturating_add(at), what);
        }
    }

    /// The bytes `start .. end` of the section.
    #[inline]
    pub(crate) fn slice(self, start: usize, end: usize) -> Option<&'t [u8]> {
        let bytes = self.bytes.get(start..end)?;
        self.sound(start, bytes.len()).then_some(bytes)
    }

    /// All bytes of the section.
    pub(crate) fn all(self) -> Option<&'t [u8]> {
        self.slice(0, self.bytes.len())
    }

    /// The `N` bytes at `at`.
    #[inline]
    pub(crate) fn array<const N: usize>(self, at: usize) -> Option<&'t [u8; N]> {
        let bytes = self.bytes.get(at..)?.first_chunk()?;
        self.sound(at, N).then_some(bytes)
    }

    /// Record `index` of a section of records of `N` bytes.
    #[inline]
    pub(crate) fn record<const N: usize>(self, index: usize) -> Option<&'t [u8; N]> {
        self.array(index.checked_mul(N)?)
    }

    /// Records `start .. end`.
    #[inline]
    pub(crate) fn records<const N: usize>(self, start: usize, end: usize) -> Option<&'t [[u8; N]]> {
        Some(self.slice(start.checked_mul(N)?, end.checked_mul(N)?)?.as_chunks().0)
    }

    /// The `u32` at index `index`.
    #[inline]
    pub(crate) fn u32(self, index: usize) -> Option<u32> {
        Some(u32::from_le_bytes(*self.record(index)?))
    }

    /// The `u64` at index `index`.
    #[inline]
    pub(crate) fn u64(self, index: usize) -> Option<u64> {
        Some(u64::from_le_bytes(*self.record(index)?))
    }

    /// The UTF-8 bytes `start .. start + length`.
    #[inline]
    pub(crate) fn text(self, start: usize, length: usize) -> Option<&'t str> {
        let bytes = self.slice(start, start.checked_add(length)?)?;
        match std::str::from_utf8(bytes) {
            Ok(text) => Some(text),
            Err(_) => {
                self.report(start, "text that is not UTF-8");
                None
            }
        }
    }

    /// Text `index` of a section of [short texts](super::format::TEXTS_LAYOUT) with `items` texts.
    pub(crate) fn short_text(self, items: usize, index: usize) -> Option<&'t str> {
        if index >= items {
            return None;
        }
        let base = items.checked_add(1)?.checked_mul(4)?;
        let start = base.checked_add(self.u32(index)? as usize)?;
        let end = base.checked_add(self.u32(index.checked_add(1)?)? as usize)?;
        self.text(start, end.checked_sub(start)?)
    }
}
