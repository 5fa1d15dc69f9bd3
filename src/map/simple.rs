//! Simple maps: a target a row, and nothing else.

use std::borrow::Cow;

use super::reverse::distinct;
use crate::id::Sctid;
use crate::snomed::{Concept, FieldType, Refset, Snomed};

/// A simple map of a release
/// ([simple map reference set](https://docs.snomed.org/snomed-ct-specifications/snomed-ct-release-file-specification)):
/// a refset whose only field is `mapTarget`.
///
/// A concept may have several rows, and nothing says which to take: all are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SimpleMap<'t> {
    refset: Refset<'t>,
}

impl<'t> SimpleMap<'t> {
    fn of(refset: Refset<'t>) -> Option<SimpleMap<'t>> {
        let mut fields = refset.fields();
        let only = fields.next().filter(|_| fields.next().is_none())?;
        let is_target = only.name().eq_ignore_ascii_case("mapTarget");
        let is_target = is_target && only.field_type() == FieldType::String;
        is_target.then_some(SimpleMap { refset })
    }

    /// The refset whose rows it is.
    pub fn refset(self) -> Refset<'t> {
        self.refset
    }

    /// The targets of the active rows of a concept, as published, each once and in the order of
    /// their bytes; none where it has no row.
    ///
    /// ```no_run
    /// # let terminology = farr::Terminology::open(["uk-snomed.farr"])?;
    /// # let snomed = terminology.snomed()?;
    /// use farr::map::constants;
    /// let map = snomed.simple_map(constants::CTV3).ok_or("no such map")?;
    /// let concept = snomed.concept("24700007".parse()?).ok_or("not in this release")?;
    /// println!("{:?}", map.targets(concept));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn targets(self, concept: Concept<'_>) -> Vec<Cow<'t, str>> {
        let rows = self.refset.members_of(concept.into());
        let mut targets: Vec<Cow<'t, str>> =
            rows.filter_map(|row| Some(row.field("mapTarget")?.text()?.to_cow())).collect();
        targets.sort_unstable();
        targets.dedup();
        targets
    }

    /// The concepts with an active row whose target is exactly this text: case and points count.
    /// Each concept once, in the order of the release's hierarchy.
    ///
    /// Costs two searches, and little a row.
    pub fn concepts_with_target(self, target: &str) -> Vec<Concept<'t>> {
        let rows = self.refset.members_with_text("mapTarget", target);
        let concepts = rows.into_iter().flatten();
        distinct(concepts.filter_map(|row| row.referenced_component().concept()).collect())
    }
}

impl<'t> Snomed<'t> {
    /// The simple map whose rows are in this refset; `None` where the release does not have it, or it
    /// has other fields.
    pub fn simple_map(self, refset: Sctid) -> Option<SimpleMap<'t>> {
        SimpleMap::of(self.refset(refset)?)
    }

    /// All simple maps of the release, by the id of their refsets.
    pub fn simple_maps(self) -> impl Iterator<Item = SimpleMap<'t>> {
        self.refsets().filter_map(SimpleMap::of)
    }
}
