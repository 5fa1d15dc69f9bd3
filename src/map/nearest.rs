//! The nearest concepts above one without a map that have one.

use super::published::PublishedMap;
use crate::snomed::Concept;

/// The nearest ancestors of a concept that a map has rows of, for a person to look at: what the map
/// says of a more general concept it does not say of this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearestMapped<'t> {
    /// The concept that was asked about.
    pub concept: Concept<'t>,
    /// Its ancestors with rows that are above no other of its ancestors with rows, in the order of
    /// the hierarchy; empty where there are none, and for an inactive concept, which has no place in
    /// it.
    pub ancestors: Vec<Concept<'t>>,
}

impl<'t> PublishedMap<'t> {
    /// The nearest ancestors of a concept that have rows, whether it has some itself or not.
    ///
    /// Costs a search among the rows for each of its ancestors.
    ///
    /// ```no_run
    /// # let terminology = farr::Terminology::open(["uk-snomed.farr"])?;
    /// # let snomed = terminology.snomed()?;
    /// use farr::map::constants;
    /// let map = snomed.published_map(constants::UK_ICD_10).ok_or("no such map")?;
    /// let concept = snomed.concept("24700007".parse()?).ok_or("not in this release")?;
    /// for ancestor in map.nearest_mapped(concept).ancestors {
    ///     println!("{} has a map, and is more general", ancestor.id());
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn nearest_mapped(&self, concept: Concept<'t>) -> NearestMapped<'t> {
        let mapped: Vec<Concept<'t>> =
            concept.ancestors().filter(|ancestor| self.has(*ancestor)).collect();
        let is_above_another = |general: &Concept<'t>| {
            mapped.iter().any(|other| other != general && other.is_a(*general) == Some(true))
        };
        let nearest = mapped.iter().filter(|ancestor| !is_above_another(ancestor)).copied();
        NearestMapped { concept, ancestors: nearest.collect() }
    }
}
