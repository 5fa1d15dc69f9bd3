//! Search for terms.

use super::concept::Concept;
use super::concept_set::ConceptSet;
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
    /// unless said otherwise. What was corrected is told in [`SearchResults::corrections`].
    #[must_use]
    pub fn typos(mut self, typos: bool) -> Search<'t, 'q> {
        self.typos = typos;
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
        let mut accept = |_row: u32, ordinal: u32| {
            let concept = Concept { snomed, ordinal };
            within.is_none_or(|set| set.holds(ordinal))
                && semantic_tag.is_none_or(|tag| concept.semantic_tag() == Some(tag))
        };
        let index = snomed.search_index();
        let found = index.search(self.query, self.reach, self.limit, self.typos, &mut accept);
        Results::of(found, |hit| {
            let description = Description::of_row(snomed, hit.row)?;
            let concept = Concept { snomed, ordinal: hit.ordinal };
            Some(Hit { concept, description })
        })
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
