//! What a build did.

use std::fmt;

use farr::index::Meta;
use farr::index::format::Tag;

use crate::problem::Notes;

/// What a build did: counts, notes, and the bytes of each section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What the index says of itself: edition, sources, counts, files set aside.
    pub meta: Meta,
    /// What was told and read on.
    pub notes: Notes,
    /// The sections, in the order of the file: name, items, bytes.
    pub sections: Vec<(Tag, u64, u64)>,
    /// Length of the index.
    pub bytes: u64,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.meta.release_types.is_empty() {
            writeln!(f, "edition      {}", self.meta.version.as_deref().unwrap_or("unknown"))?;
        }
        if let Some(date) = self.meta.dmd_date {
            writeln!(f, "dm+d         {date}")?;
        }
        for (name, count) in &self.meta.counts {
            writeln!(f, "{count:>12}  {name}")?;
        }
        if !self.meta.set_aside.is_empty() {
            let rows: u64 = self.meta.set_aside.iter().map(|file| file.rows).sum();
            let files = self.meta.set_aside.len();
            writeln!(f, "{rows:>12}  rows of {files} other files, counted and not in this index")?;
        }
        for (kind, note) in self.notes.iter() {
            writeln!(
                f,
                "note: {} × {}: {}{}",
                note.count,
                kind.phrase(),
                note.examples.join("; "),
                if note.count > note.examples.len() as u64 { "; …" } else { "" }
            )?;
        }
        writeln!(f, "section       items         bytes")?;
        for (tag, items, bytes) in &self.sections {
            writeln!(f, "{tag}    {items:>13} {bytes:>13}")?;
        }
        write!(f, "index         {:>23}", self.bytes)
    }
}
