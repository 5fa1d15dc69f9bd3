//! Search for rubrics by the words of their titles and of the terms they include.

use super::code::RubricCode;
use super::edition::Classification;
use super::rubric::Rubric;
use super::text::RubricText;
use crate::search::{Reach, Results, SearchIndex};

/// A search for rubrics: what is looked for, and where; made by [`Classification::search`].
///
/// A title or included term matches where each word of the query begins a word of it, in any order,
/// both folded: see [`crate::search::fold`]. Hits come shortest matching text first; a rubric is hit
/// once, by its best text. Chapters and blocks are found too.
///
/// ```no_run
/// # let terminology = farr::Terminology::open(["icd10.farr"])?;
/// let icd10 = terminology.icd10()?;
/// for hit in icd10.search("mult scl").limit(5).run().hits() {
///     println!("{} {}", hit.rubric().code_text(), hit.text().text());
/// }
/// # Ok::<(), farr::index::OpenError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct RubricSearch<'t, 'q, C: RubricCode> {
    classification: Classification<'t, C>,
    query: &'q str,
    limit: usize,
    within: Option<Rubric<'t, C>>,
    codes: bool,
    typos: bool,
}

impl<'t, C: RubricCode> Classification<'t, C> {
    /// The index of words.
    pub(super) fn search_index(self) -> SearchIndex<'t> {
        SearchIndex::new(self.source, &self.layout.search)
    }

    /// A search for rubrics by the beginnings of words; see [`RubricSearch`].
    pub fn search(self, query: &str) -> RubricSearch<'t, '_, C> {
        RubricSearch {
            classification: self,
            query,
            limit: 10,
            within: None,
            codes: false,
            typos: true,
        }
    }
}

impl<'t, C: RubricCode> RubricSearch<'t, '_, C> {
    /// How many hits at most; 10 unless said.
    #[must_use]
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    /// Only this rubric and those below it.
    #[must_use]
    pub fn within(mut self, rubric: Rubric<'t, C>) -> Self {
        self.within = Some(rubric);
        self
    }

    /// Only codes: neither chapters nor blocks.
    #[must_use]
    pub fn codes(mut self) -> Self {
        self.codes = true;
        self
    }

    /// Whether to look for words one or two typing errors away where nothing matches as typed; so
    /// unless said otherwise. What was corrected is told in [`RubricResults::corrections`].
    #[must_use]
    pub fn typos(mut self, typos: bool) -> Self {
        self.typos = typos;
        self
    }

    /// Searches. Costs microseconds.
    pub fn run(self) -> RubricResults<'t, C> {
        let classification = self.classification;
        let mut accept = |_text: u32, number: u32| {
            Rubric::of_number(classification, number).is_some_and(|rubric| {
                let within = self.within.is_none_or(|general| rubric.is_within(general));
                within && (!self.codes || rubric.code().is_some())
            })
        };
        let index = classification.search_index();
        let found = index.search(self.query, Reach::Active, self.limit, self.typos, &mut accept);
        Results::of(found, |hit| {
            let text = RubricText::of_number(classification, hit.row)?;
            Some(RubricHit { rubric: Rubric::of_number(classification, hit.ordinal)?, text })
        })
    }
}

/// A rubric that was found, and the text it was found by.
#[derive(Clone, Copy, Debug)]
pub struct RubricHit<'t, C: RubricCode> {
    rubric: Rubric<'t, C>,
    text: RubricText<'t, C>,
}

impl<'t, C: RubricCode> RubricHit<'t, C> {
    /// The rubric.
    pub fn rubric(&self) -> Rubric<'t, C> {
        self.rubric
    }

    /// The text that matched.
    pub fn text(&self) -> RubricText<'t, C> {
        self.text
    }
}

/// What a search for rubrics found.
pub type RubricResults<'t, C> = Results<RubricHit<'t, C>>;
