//! Search for terms.

use super::concept::Concept;
use super::concept_set::ConceptSet;
use super::constants;
use super::description::Description;
use super::edition::Snomed;
use crate::search::{Reach, Results, SearchIndex};

/// A search: what is looked for, and where; made by [`Snomed::search`].
///
/// A term matches where each word of the query begins a word of it, in any order, both folded: see
/// [`crate::search::fold`]. Hits come shortest matching term first, so that the exact term is the
/// first; at one length preferred synonyms come before other synonyms and those before fully
/// specified names. A concept is hit once, by its best term. Active descriptions of active concepts
/// are searched unless more is asked for.
///
/// ```
/// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
/// # let terminology = farr::Terminology::open([golden])?;
/// # let snomed = terminology.snomed()?;
/// let results = snomed.search("squ").limit(5).run();
/// assert_eq!(results.hits()[0].term(), "Squeak");
/// for hit in results.hits() {
///     println!("{} {}", hit.concept().id(), hit.term());
/// }
/// # Ok::<(), farr::index::OpenError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Search<'t, 'q> {
    snomed: Snomed<'t>,
    query: &'q str,
    limit: usize,
    reach: Reach,
    typos: bool,
    medicine_typos: bool,
    semantic_tag: Option<&'q str>,
    within: Option<&'q ConceptSet<'t>>,
}

impl<'t> Snomed<'t> {
    /// The index of words.
    pub(crate) fn search_index(self) -> SearchIndex<'t> {
        SearchIndex::new(self.source, &self.layout.search)
    }
}

impl<'t, 'q> Search<'t, 'q> {
    pub(super) fn new(snomed: Snomed<'t>, query: &'q str) -> Search<'t, 'q> {
        Search {
            snomed,
            query,
            limit: 10,
            reach: Reach::Active,
            typos: true,
            medicine_typos: false,
            semantic_tag: None,
            within: None,
        }
    }

    /// How many hits at most; 10 unless said.
    #[must_use]
    pub fn limit(mut self, limit: usize) -> Search<'t, 'q> {
        self.limit = limit;
        self
    }

    /// Inactive concepts too, behind all active ones.
    #[must_use]
    pub fn include_inactive_concepts(mut self) -> Search<'t, 'q> {
        if self.reach == Reach::Active {
            self.reach = Reach::WithInactiveConcepts;
        }
        self
    }

    /// Inactive concepts and inactive descriptions too, behind all others.
    #[must_use]
    pub fn include_inactive(mut self) -> Search<'t, 'q> {
        self.reach = Reach::All;
        self
    }

    /// Whether to look for words one or two typing errors away where nothing matches as typed; so
    /// unless said otherwise. What was corrected is told in [`SearchResults::corrections`]. Medicines and
    /// substances are not found so: see [`medicine_typos`](Self::medicine_typos).
    #[must_use]
    pub fn typos(mut self, typos: bool) -> Search<'t, 'q> {
        self.typos = typos;
        self
    }

    /// Whether corrected words find medicines and substances too; not unless it is asked for, because
    /// many of their names are as near to each other as a typing error, and the one that is near may be
    /// another drug. They are what is below 373873005 "Pharmaceutical / biologic product" and 105590001
    /// "Substance"; an inactive concept, which is below nothing, is taken for one where its semantic tag
    /// does not say otherwise.
    #[must_use]
    pub fn medicine_typos(mut self, typos: bool) -> Search<'t, 'q> {
        self.medicine_typos = typos;
        self
    }

    /// Only concepts with this semantic tag, `disorder` say.
    #[must_use]
    pub fn semantic_tag(mut self, tag: &'q str) -> Search<'t, 'q> {
        self.semantic_tag = Some(tag);
        self
    }

    /// Only concepts of a set: those below an ancestor, say.
    #[must_use]
    pub fn within(mut self, set: &'q ConceptSet<'t>) -> Search<'t, 'q> {
        self.within = Some(set);
        self
    }

    /// Searches.
    ///
    /// Costs microseconds for any prefixes; a filter that refuses nearly everything costs the time
    /// to refuse it.
    pub fn run(self) -> SearchResults<'t> {
        let snomed = self.snomed;
        let Search { within, semantic_tag, .. } = self;
        let accepts = |ordinal: u32| {
            let concept = Concept { snomed, ordinal };
            within.is_none_or(|set| set.holds(ordinal))
                && semantic_tag.is_none_or(|tag| concept.semantic_tag() == Some(tag))
        };
        let index = snomed.search_index();
        let search = |typos: bool, accept: &mut dyn FnMut(u32, u32) -> bool| {
            index.search(self.query, self.reach, self.limit, typos, accept)
        };
        let mut found = search(self.typos && self.medicine_typos, &mut |_, one| accepts(one));
        if self.typos && !self.medicine_typos && found.hits.is_empty() {
            let medicines = Medicines::of(snomed);
            let corrected = search(true, &mut |_, one| accepts(one) && !medicines.has(one));
            // Of a correction that finds medicines alone nothing is to be seen.
            if !corrected.hits.is_empty() {
                found = corrected;
            }
        }
        Results::of(found, |hit| {
            let description = Description::of_row(snomed, hit.row)?;
            let concept = Concept { snomed, ordinal: hit.ordinal };
            Some(Hit { concept, description })
        })
    }
}

/// What is a medicine or a substance.
#[derive(Clone, Copy, Debug)]
struct Medicines<'t> {
    snomed: Snomed<'t>,
    above: [Option<Concept<'t>>; 2],
}

impl<'t> Medicines<'t> {
    fn of(snomed: Snomed<'t>) -> Medicines<'t> {
        let above = [constants::PHARMACEUTICAL_PRODUCT, constants::SUBSTANCE];
        Medicines { snomed, above: above.map(|id| snomed.concept(id)) }
    }

    /// Whether a concept is one, or may be.
    fn has(self, ordinal: u32) -> bool {
        let concept = Concept { snomed: self.snomed, ordinal };
        if concept.is_active()
            && let [Some(product), Some(substance)] = self.above
        {
            // What is not known to be none may be one.
            return [product, substance]
                .into_iter()
                .any(|above| concept.is_a(above) != Some(false));
        }
        // What is said of no medicine.
        let other = ["disorder", "finding", "procedure", "situation", "observable entity", "event"];
        !concept.semantic_tag().is_some_and(|tag| other.contains(&tag))
    }
}

/// A concept that was found, and the term it was found by.
#[derive(Clone, Copy, Debug)]
pub struct Hit<'t> {
    concept: Concept<'t>,
    description: Description<'t>,
}

impl<'t> Hit<'t> {
    /// The concept.
    pub fn concept(&self) -> Concept<'t> {
        self.concept
    }

    /// The description whose term matched.
    pub fn description(&self) -> Description<'t> {
        self.description
    }

    /// The term that matched.
    pub fn term(&self) -> &'t str {
        self.description.term()
    }
}

/// What a search found.
pub type SearchResults<'t> = Results<Hit<'t>>;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Terminology;

    #[test]
    fn medicines_are_not_found_by_corrected_words_unless_that_is_asked_for() {
        let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-synthetic.farr");
        let terminology = Terminology::open([golden]).unwrap();
        let snomed = terminology.snomed().unwrap();
        let medicines = [constants::PHARMACEUTICAL_PRODUCT, constants::SUBSTANCE]
            .map(|id| snomed.concept(id).unwrap().descendants_or_self());
        let is_medicine = |hit: &Hit<'_>| medicines.iter().any(|set| set.contains(hit.concept()));
        let (mut withheld, mut corrected) = (0, 0);
        for concept in snomed.concepts().filter(|concept| concept.is_active()) {
            let name = concept.fully_specified_name().map(Description::term).unwrap_or_default();
            let Some(word) = name.split(' ').find(|word| word.len() > 8 && word.is_ascii()) else {
                continue;
            };
            let mistyped = format!("{}qq{}", &word[..5], &word[5..]);
            let search = snomed.search(&mistyped).limit(100);
            let found = search.run();
            if found.is_corrected() {
                corrected += 1;
                assert!(!found.hits().iter().any(is_medicine), "{mistyped}");
            }
            assert!(search.typos(false).medicine_typos(true).run().hits().is_empty());
            let asked = search.medicine_typos(true).run();
            withheld += asked.hits().iter().filter(|hit| is_medicine(hit)).count();
            // What is typed rightly is found, medicine or not.
            assert!(!snomed.search(word).run().hits().is_empty());
        }
        assert!(withheld > 10 && corrected > 10, "{withheld} withheld, {corrected} corrected");
    }
}
