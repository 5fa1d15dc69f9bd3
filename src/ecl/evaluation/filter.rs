//! Filters of concepts and of descriptions.

use crate::ecl::syntax::{Equality, Order, Time};
use crate::id::Sctid;
use crate::search::Reach;
use crate::snomed::{Concept, Description, OrdinalSet, Snomed};

use super::budget::Budget;
use super::hierarchy::Answer;
use super::term::{TermBuffers, TermTest};

/// Descriptions of a concept, about.
const DESCRIPTIONS_EACH: usize = 40;

impl Equality {
    /// Whether a value that is (or is not) among those named passes.
    #[inline]
    pub(super) fn holds(self, among: bool) -> bool {
        among == (self == Equality::Equal)
    }
}

impl Order {
    pub(super) fn holds(self, ordering: std::cmp::Ordering) -> bool {
        match self {
            Order::Equal => ordering.is_eq(),
            Order::NotEqual => ordering.is_ne(),
            Order::Less => ordering.is_lt(),
            Order::LessOrEqual => ordering.is_le(),
            Order::Greater => ordering.is_gt(),
            Order::GreaterOrEqual => ordering.is_ge(),
        }
    }

    /// Whether an effective time passes: against several, any of them, but with `!=` each of them.
    /// One that is not published is neither before nor after another.
    pub(super) fn holds_time(self, time: Option<u32>, named: &[Time]) -> bool {
        let one = |named: &Time| match (self, time, named.0) {
            (Order::Equal, one, other) => one == other,
            (Order::NotEqual, one, other) => one != other,
            (_, Some(one), Some(other)) => self.holds(one.cmp(&other)),
            _ => false,
        };
        match self {
            Order::NotEqual => named.iter().all(one),
            _ => named.iter().any(one),
        }
    }
}

/// The criteria of a `{{ C … }}`, asked of the distinct columns that concepts have.
#[derive(Clone, Debug)]
pub(super) struct ConceptTest<'t> {
    pub(super) snomed: Snomed<'t>,
    /// Which combinations of module, definition status and active pass.
    pub(super) statuses: Vec<bool>,
    /// Which effective times pass; `None` where none was asked about.
    pub(super) dates: Option<Vec<bool>>,
}

fn passes(table: &[bool], number: usize) -> bool {
    table.get(number).copied().unwrap_or(false)
}

impl<'t> ConceptTest<'t> {
    pub(super) fn accepts(&self, concept: Concept<'_>) -> bool {
        let Some((status, date)) = concept.status_and_date() else { return false };
        passes(&self.statuses, status)
            && self.dates.as_ref().is_none_or(|dates| passes(dates, date))
    }

    /// Whether it asks for all active concepts and no other (`true`), or the other way round.
    fn asks_for_activity(&self) -> Option<bool> {
        let snomed = self.snomed;
        let all = |wanted: bool| {
            self.statuses.iter().enumerate().all(|(number, passes)| {
                snomed
                    .concept_status(number)
                    .is_some_and(|(.., active)| *passes == (active == wanted))
            })
        };
        match self.dates.is_none() {
            true if all(true) => Some(true),
            true if all(false) => Some(false),
            _ => None,
        }
    }

    pub(super) fn run(&self, inner: &OrdinalSet<'t>, budget: &mut Budget<'_>) -> Answer<'t> {
        let snomed = self.snomed;
        // Active concepts are the first ordinals, so to ask for them is to ask for a range.
        if let Some(active) = self.asks_for_activity() {
            let first = OrdinalSet::range(0, snomed.active_count());
            return Ok(match active {
                true => inner.intersection(&first),
                false => inner.difference(&first),
            });
        }
        budget.spend(inner.len().saturating_mul(4))?;
        Ok(inner.retained(|ordinal| self.accepts(Concept { snomed, ordinal })))
    }
}

/// The criteria of a `{{ D … }}`.
#[derive(Clone, Debug)]
pub(super) struct DescriptionTest<'t> {
    pub(super) snomed: Snomed<'t>,
    /// Which combinations of module, type, language and active pass.
    pub(super) kinds: Vec<bool>,
    /// Which effective times pass.
    pub(super) dates: Option<Vec<bool>>,
    /// Which patterns of acceptability pass.
    pub(super) acceptabilities: Option<Vec<bool>>,
    /// Which ids pass.
    pub(super) ids: Vec<(Equality, Vec<Sctid>)>,
    /// Which terms pass.
    pub(super) terms: Vec<(Equality, Vec<TermTest>)>,
    /// Which descriptions the index of words is to give.
    pub(super) reach: Reach,
    /// Whether a language has letters of its own, so that what the index gives is looked at again.
    pub(super) look_again: bool,
}

impl<'t> DescriptionTest<'t> {
    /// Whether a description satisfies all criteria but those of its term.
    fn columns_pass(&self, description: Description<'t>) -> bool {
        let (kind, date, acceptability) = description.numbers();
        passes(&self.kinds, kind)
            && self.dates.as_ref().is_none_or(|table| passes(table, date))
            && self.acceptabilities.as_ref().is_none_or(|table| passes(table, acceptability))
            && self
                .ids
                .iter()
                .all(|(equality, ids)| equality.holds(ids.contains(&description.id())))
    }

    fn terms_pass(
        &self,
        description: Description<'t>,
        but: Option<usize>,
        buffers: &mut TermBuffers,
    ) -> bool {
        self.terms.iter().enumerate().all(|(at, (equality, tests))| {
            let mut matched = || {
                let (term, language) = (description.term(), description.language());
                tests.iter().any(|test| test.matches(term, language, buffers))
            };
            but == Some(at) || equality.holds(matched())
        })
    }

    /// Whether a concept has a description that satisfies all criteria.
    pub(super) fn accepts(&self, concept: Concept<'t>) -> bool {
        let mut buffers = TermBuffers::default();
        self.accepts_with(concept, &mut buffers)
    }

    fn accepts_with(&self, concept: Concept<'t>, buffers: &mut TermBuffers) -> bool {
        concept.descriptions().any(|description| {
            self.columns_pass(description) && self.terms_pass(description, None, buffers)
        })
    }

    pub(super) fn run(&self, inner: &OrdinalSet<'t>, budget: &mut Budget<'_>) -> Answer<'t> {
        let snomed = self.snomed;
        let mut buffers = TermBuffers::default();
        if inner.len() > 16
            && let Some((driver, queries)) = self.indexed()
        {
            return self.run_by_words(inner, driver, &queries, budget);
        }
        if inner.len() > 16
            && let Some((_, ids)) =
                self.ids.iter().find(|(equality, _)| *equality == Equality::Equal)
        {
            let described = ids.iter().filter_map(|id| snomed.description(*id)?.concept());
            let named = OrdinalSet::from_unsorted(described.map(|c| c.ordinal).collect());
            return self.run(&inner.intersection(&named), budget);
        }
        let tests: usize = self.terms.iter().map(|(_, tests)| tests.len()).sum();
        let each = tests.saturating_add(1).saturating_mul(DESCRIPTIONS_EACH);
        budget.spend(inner.len().saturating_mul(each))?;
        Ok(inner.retained(|ordinal| self.accepts_with(Concept { snomed, ordinal }, &mut buffers)))
    }

    /// The first criterion of terms that the index of words can be asked for, and the words.
    fn indexed(&self) -> Option<(usize, Vec<&super::term::Words>)> {
        self.terms.iter().enumerate().find_map(|(at, (equality, tests))| {
            let words = tests.iter().map(|test| match test {
                TermTest::Match(words) if words.query().is_some() => Some(words),
                _ => None,
            });
            let words: Option<Vec<_>> = words.collect();
            (*equality == Equality::Equal).then_some(at).zip(words)
        })
    }

    fn run_by_words(
        &self,
        inner: &OrdinalSet<'t>,
        driver: usize,
        queries: &[&super::term::Words],
        budget: &mut Budget<'_>,
    ) -> Answer<'t> {
        let snomed = self.snomed;
        let index = snomed.search_index();
        let others = self.terms.len() > 1;
        let mut buffers = TermBuffers::default();
        let mut found: Vec<u32> = Vec::new();
        let allowed = budget.left();
        let mut spent = 0_usize;
        for words in queries {
            budget.spend(0)?;
            let confirm = self.look_again || !words.is_plain();
            let query = words.query().unwrap_or_default();
            let mut visit = |row: u32, ordinal: u32| {
                spent = spent.saturating_add(16);
                if spent > allowed {
                    return true;
                }
                if !inner.contains(ordinal) {
                    return false;
                }
                let Some(description) = Description::of_row(snomed, row) else { return false };
                let passes = self.columns_pass(description)
                    && (!confirm || words.confirms(description.term(), description.language()))
                    && (!others || self.terms_pass(description, Some(driver), &mut buffers));
                if passes {
                    found.push(ordinal);
                }
                // Never taken, so that each further term of a concept is asked about as well.
                false
            };
            // With a limit of none, one that is taken ends the search.
            index.search(query, self.reach, 0, false, &mut visit);
        }
        budget.spend(spent)?;
        let count = found.len();
        Ok(OrdinalSet::from_many(found.into_iter(), count, snomed.ordinal_count()))
    }
}
