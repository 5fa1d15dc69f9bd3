//! SNOMED CT as opened: the entry to everything else.

use std::cmp::Ordering;

use super::concept::Concept;
use super::description::Description;
use super::hierarchy::Concepts;
use super::layout::Layout;
use super::search::Search;
use super::subsumption::{Subsumption, UnknownConcept};
use crate::id::Sctid;
use crate::index::bucket::Buckets;
use crate::index::format::SAMPLE;
use crate::index::{Meta, Source, View};

/// SNOMED CT, as one index holds it.
///
/// A handle: `Copy`, and free to pass around. Given by [`Terminology::snomed`](crate::Terminology::snomed).
#[derive(Clone, Copy, Debug)]
pub struct Snomed<'t> {
    pub(crate) source: Source<'t>,
    pub(crate) layout: &'t Layout,
}

impl<'t> Snomed<'t> {
    pub(crate) const NAME: &'static str = "SNOMED CT";

    pub(crate) fn new(source: Source<'t>, layout: &'t Layout) -> Snomed<'t> {
        Snomed { source, layout }
    }

    #[inline]
    pub(crate) fn view(self, section: crate::index::Section) -> View<'t> {
        self.source.view(section)
    }

    /// Whether two handles are of one terminology: ordinals mean something only within one.
    #[inline]
    pub(crate) fn is_same(self, other: Snomed<'_>) -> bool {
        std::ptr::eq(
            std::ptr::from_ref(self.layout).cast::<()>(),
            std::ptr::from_ref(other.layout).cast::<()>(),
        )
    }

    /// What the index says of itself: edition, versions, sources, licence. Allocates.
    pub fn meta(self) -> Meta {
        let view = self.view(self.layout.meta);
        view.text(0, view.len()).map(Meta::from_text).unwrap_or_default()
    }

    /// How many concepts the release has, inactive ones included.
    pub fn concept_count(self) -> usize {
        self.layout.concept_count as usize
    }

    /// How many concepts are active.
    pub fn active_concept_count(self) -> usize {
        self.layout.active as usize
    }

    /// All concepts: the active ones from the root down, then the inactive ones.
    pub fn concepts(self) -> Concepts<'t> {
        Concepts::range(self, 0, self.layout.concept_count)
    }

    /// The concept with this id, active or inactive; `None` where the release does not have it.
    ///
    /// Reads one cache line of the index.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// # let snomed = terminology.snomed()?;
    /// let squeak = snomed.concept("401004".parse()?).ok_or("not in this release")?;
    /// assert!(squeak.is_active());
    /// assert!(snomed.concept("24700007".parse()?).is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[inline]
    pub fn concept(self, id: Sctid) -> Option<Concept<'t>> {
        Some(Concept { snomed: self, ordinal: self.ordinal(id)? })
    }

    #[inline]
    pub(crate) fn ordinal(self, id: Sctid) -> Option<u32> {
        let buckets = Buckets::new(self.view(self.layout.concept_buckets));
        buckets.find(id.value(), self.layout.concept_count)
    }

    /// The id of an ordinal, also of the concepts that rows name and the release does not have.
    #[inline]
    pub(crate) fn id(self, ordinal: u32) -> Option<Sctid> {
        Sctid::as_published(self.view(self.layout.concept_ids).u64(ordinal as usize)?)
    }

    /// The description with this id; `None` where the release does not have it.
    ///
    /// Costs a search among the description ids, about a microsecond.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// # let snomed = terminology.snomed()?;
    /// let found = snomed.description("139017".parse()?).ok_or("not in this release")?;
    /// assert_eq!(found.term(), "Squeak");
    /// assert_eq!(found.concept_id(), Some("401004".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn description(self, id: Sctid) -> Option<Description<'t>> {
        let sample = self.view(self.layout.description_sample);
        let order = self.view(self.layout.description_order);
        let rows = self.layout.description_order.items;
        let id = id.value();
        let first_beyond = partition_point(0, self.layout.description_sample.items, |at| {
            sample.u64(at).is_some_and(|found| found <= id)
        });
        let start = first_beyond.checked_sub(1)?.saturating_mul(SAMPLE);
        let end = start.saturating_add(SAMPLE).min(rows);
        let row_at = |at| order.u32(at).and_then(|row| Description::of_row(self, row));
        let id_at = |at| row_at(at).map(|found| found.id().value());
        let at = partition_point(start, end, |at| id_at(at).is_some_and(|found| found < id));
        row_at(at).filter(|found| at < end && found.id().value() == id)
    }

    /// The root, 138875005. An index always has it.
    pub fn root(self) -> Option<Concept<'t>> {
        self.concept(super::constants::ROOT)
    }

    /// Whether one concept is another, or above it, or below it: five answers, see [`Subsumption`].
    ///
    /// Costs two look-ups and one comparison or a short search.
    ///
    /// # Errors
    ///
    /// [`UnknownConcept`] names the id that the release does not have.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// # let snomed = terminology.snomed()?;
    /// use farr::Subsumption;
    /// let (quibble, squeak) = ("301000".parse()?, "401004".parse()?);
    /// assert_eq!(snomed.subsumes(quibble, squeak)?, Subsumption::Subsumes);
    /// assert_eq!(snomed.subsumes(squeak, quibble)?, Subsumption::SubsumedBy);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn subsumes(self, general: Sctid, specific: Sctid) -> Result<Subsumption, UnknownConcept> {
        // Both look-ups before either is looked at: their cache misses overlap.
        let (found_general, found_specific) = (self.ordinal(general), self.ordinal(specific));
        let general = found_general.ok_or(UnknownConcept { id: general })?;
        let specific = found_specific.ok_or(UnknownConcept { id: specific })?;
        Ok(self.subsumption(general, specific))
    }

    /// [`Snomed::subsumes`] for many pairs of (general, specific), in their order.
    ///
    /// Several times faster than one by one: the look-ups of a block of pairs overlap.
    pub fn subsumes_many(
        self,
        pairs: &[(Sctid, Sctid)],
    ) -> Vec<Result<Subsumption, UnknownConcept>> {
        const BLOCK: usize = 32;
        let mut answers = Vec::with_capacity(pairs.len());
        let mut ordinals = [(None, None); BLOCK];
        for block in pairs.chunks(BLOCK) {
            for (found, (general, specific)) in ordinals.iter_mut().zip(block) {
                *found = (self.ordinal(*general), self.ordinal(*specific));
            }
            answers.extend(ordinals.iter().zip(block).map(|(found, ids)| {
                let general = found.0.ok_or(UnknownConcept { id: ids.0 })?;
                let specific = found.1.ok_or(UnknownConcept { id: ids.1 })?;
                Ok(self.subsumption(general, specific))
            }));
        }
        answers
    }

    /// A search for terms whose words begin with the words of `query`; see [`Search`].
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// # let snomed = terminology.snomed()?;
    /// let results = snomed.search("hin low").run();
    /// assert_eq!(results.hits()[0].term(), "Lower hinge");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn search(self, query: &str) -> Search<'t, '_> {
        Search::new(self, query)
    }
}

/// The first of `start .. end` for which `before` is false, where all it is true for come first.
pub(crate) fn partition_point(
    mut start: usize,
    mut end: usize,
    before: impl Fn(usize) -> bool,
) -> usize {
    while start < end {
        let middle = start + (end - start) / 2;
        match before(middle).cmp(&true) {
            Ordering::Equal => start = middle + 1,
            _ => end = middle,
        }
    }
    start
}
