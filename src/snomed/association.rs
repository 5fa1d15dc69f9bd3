//! Historical associations: what became of a concept, and what it came from.

use super::concept::Concept;
use super::edition::Snomed;
use super::lists::Lists;
use super::refset::{Component, Refset};
use crate::index::format::ASSOCIATION_LENGTH;

/// One active row of a historical association refset, read from a concept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Association<'t> {
    /// The refset: which kind of association it is.
    pub refset: Refset<'t>,
    /// Where it leads; of an inverse one, the concept it starts from.
    pub target: Component<'t>,
}

/// Associations of one concept.
#[derive(Clone, Copy, Debug)]
pub struct Associations<'t> {
    snomed: Snomed<'t>,
    entries: &'t [[u8; ASSOCIATION_LENGTH]],
}

impl<'t> Snomed<'t> {
    /// Entries of a run of concepts in one of the two sections of associations: a component code and a
    /// refset number each, see [`raw_association`].
    pub(super) fn association_entries(
        self,
        lists: Lists,
        first: u32,
        beyond: u32,
    ) -> Option<&'t [[u8; ASSOCIATION_LENGTH]]> {
        lists.entries(self.view(lists.section()), first, beyond)
    }

    /// The associations of a concept as they are stored.
    pub(crate) fn raw_associations(self, ordinal: u32) -> &'t [[u8; ASSOCIATION_LENGTH]] {
        let lists = self.layout.refsets.associations;
        self.association_entries(lists, ordinal, ordinal.saturating_add(1)).unwrap_or_default()
    }

    /// The inverse associations of a concept as they are stored.
    pub(crate) fn raw_inverse_associations(self, ordinal: u32) -> &'t [[u8; ASSOCIATION_LENGTH]] {
        let lists = self.layout.refsets.inverse_associations;
        self.association_entries(lists, ordinal, ordinal.saturating_add(1)).unwrap_or_default()
    }
}

/// The component code and the refset number of an entry.
pub(crate) fn raw_association(entry: [u8; ASSOCIATION_LENGTH]) -> (u32, u16) {
    let [a, b, c, d, e, f] = entry;
    (u32::from_le_bytes([a, b, c, d]), u16::from_le_bytes([e, f]))
}

impl<'t> Iterator for Associations<'t> {
    type Item = Association<'t>;

    fn next(&mut self) -> Option<Association<'t>> {
        let (first, rest) = self.entries.split_first()?;
        self.entries = rest;
        let (code, number) = raw_association(*first);
        let refset = self.snomed.refset_of_number(number)?;
        let target = self.snomed.component_of_code(code)?;
        Some(Association { refset, target })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.entries.len(), Some(self.entries.len()))
    }
}

impl ExactSizeIterator for Associations<'_> {}

impl<'t> Concept<'t> {
    /// Its historical associations: the active rows that reference it in the refsets at or below
    /// 900000000000522004, by refset and target.
    ///
    /// Where the release does not have that concept, the rows of every refset whose one field is
    /// `targetComponentId` count.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// # let snomed = terminology.snomed()?;
    /// for concept in snomed.concepts() {
    ///     for association in concept.associations() {
    ///         let Some(target) = association.target.concept() else { continue };
    ///         assert!(target.inverse_associations().any(|back| back.target == concept.into()));
    ///     }
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn associations(self) -> Associations<'t> {
        let entries = self.snomed.raw_associations(self.ordinal);
        Associations { snomed: self.snomed, entries }
    }

    /// The historical associations of other concepts whose target it is, by refset and concept;
    /// [`Association::target`] is the concept that the association starts from.
    pub fn inverse_associations(self) -> Associations<'t> {
        let entries = self.snomed.raw_inverse_associations(self.ordinal);
        Associations { snomed: self.snomed, entries }
    }
}
