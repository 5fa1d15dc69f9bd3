//! Search for terms.

use super::concept::Concept;
use super::concept_set::ConceptSet;
use super::description::Description;
use super::edition::Snomed;
use crate::search::{Outcome, Reach, SearchIndex};

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
        let hits = found.hits.iter().filter_map(|hit| {
            let description = Description::of_row(snomed, hit.row)?;
            let concept = Concept { snomed, ordinal: hit.ordinal };
            Some(Hit { concept, description })
        });
        SearchResults {
            hits: hits.collect(),
            more: found.more,
            outcome: found.outcome,
            corrections: found
                .corrections
                .into_iter()
                .map(|(typed, found)| Correction { typed, found })
                .collect(),
        }
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

/// A word that nothing began with, and the one that was looked for instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The word as typed, folded.
    pub typed: String,
    /// The word of the release that the best hit was found by.
    pub found: String,
}

/// What a search found.
#[derive(Clone, Debug)]
pub struct SearchResults<'t> {
    hits: Vec<Hit<'t>>,
    more: bool,
    outcome: Outcome,
    corrections: Vec<Correction>,
}

impl<'t> SearchResults<'t> {
    /// The hits, best first.
    pub fn hits(&self) -> &[Hit<'t>] {
        &self.hits
    }

    /// Whether more concepts match than were asked for.
    pub fn has_more(&self) -> bool {
        self.more
    }

    /// Whether the hits were found by corrected words, because nothing matched as typed.
    pub fn is_corrected(&self) -> bool {
        self.outcome == Outcome::Corrected
    }

    /// The corrections by which the first hits were found.
    pub fn corrections(&self) -> &[Correction] {
        &self.corrections
    }

    /// Whether the query had no word to look for.
    pub fn had_no_words(&self) -> bool {
        self.outcome == Outcome::NoWords
    }

    /// Whether the query was refused for its length: more than 1,000 characters or 32 words.
    pub fn was_too_long(&self) -> bool {
        self.outcome == Outcome::TooLong
    }
}
