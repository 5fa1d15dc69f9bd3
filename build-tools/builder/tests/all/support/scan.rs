//! Search by reading every term, to hold the index against.

use std::collections::{BTreeMap, BTreeSet};

use farr::Snomed;
use farr::search::fold::{Folder, fold};

use super::model::{Model, number};

/// Which descriptions are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    Active,
    InactiveConcepts,
    All,
}

/// A searchable term: its concept, its words, and where it is found.
struct Term {
    concept: u64,
    words: Vec<String>,
    reach: Reach,
}

/// All searchable terms of a release.
pub(crate) struct Scan {
    terms: Vec<Term>,
}

impl Scan {
    pub(crate) fn new(model: &Model) -> Scan {
        let mut folder = Folder::default();
        let searchable = model.descriptions.values().filter(|row| {
            let known = model.concepts.contains_key(&number(&row[4]));
            known && matches!(row[6].as_str(), "900000000000003001" | "900000000000013009")
        });
        let terms = searchable.map(|row| {
            let mut words: Vec<String> = folder.fold(&row[7]).map(str::to_owned).collect();
            folder.joined(|word| words.push(word.to_owned()));
            let concept = number(&row[4]);
            let reach = match (row[2] == "1", model.is_active(concept)) {
                (true, true) => Reach::Active,
                (true, false) => Reach::InactiveConcepts,
                (false, _) => Reach::All,
            };
            Term { concept, words, reach }
        });
        Scan { terms: terms.collect() }
    }

    /// The concepts that have a term with words that begin so.
    pub(crate) fn find(&self, query: &str, reach: Reach) -> BTreeSet<u64> {
        let folded = fold(query);
        let asked: Vec<&str> = folded.split_whitespace().collect();
        let within = |term: &&Term| match reach {
            Reach::Active => term.reach == Reach::Active,
            Reach::InactiveConcepts => term.reach != Reach::All,
            Reach::All => true,
        };
        self.terms
            .iter()
            .filter(within)
            .filter(|term| {
                asked.iter().all(|asked| term.words.iter().any(|word| word.starts_with(asked)))
            })
            .map(|term| term.concept)
            .collect()
    }
}

/// Holds a query against the scan: the same concepts, each once, and the first few of them the
/// same as when only a few are asked for.
pub(crate) fn compare(snomed: Snomed<'_>, scan: &Scan, query: &str) -> BTreeSet<u64> {
    if fold(query).is_empty() {
        assert!(snomed.search(query).run().had_no_words(), "{query:?}");
        return BTreeSet::new();
    }
    let mut active = BTreeSet::new();
    for reach in [Reach::Active, Reach::InactiveConcepts, Reach::All] {
        let search = snomed.search(query).typos(false).limit(usize::MAX);
        let search = match reach {
            Reach::Active => search,
            Reach::InactiveConcepts => search.include_inactive_concepts(),
            Reach::All => search.include_inactive(),
        };
        let results = search.run();
        let hits: Vec<u64> = results.hits().iter().map(|hit| hit.concept().id().value()).collect();
        let found: BTreeSet<u64> = hits.iter().copied().collect();
        assert_eq!(hits.len(), found.len(), "{query:?}: a concept is hit twice");
        assert_eq!(found, scan.find(query, reach), "{query:?}, {reach:?}");
        assert!(!results.has_more() && !results.is_corrected(), "{query:?}");
        let few = search.limit(5).run();
        let first: Vec<u64> = few.hits().iter().map(|hit| hit.concept().id().value()).collect();
        assert_eq!(first[..], hits[..hits.len().min(5)], "{query:?}");
        assert_eq!(few.has_more(), hits.len() > 5, "{query:?}");
        if reach == Reach::Active {
            shortest_first(&results, query);
            active = found;
        }
    }
    active
}

/// Hits come shortest term first; a concept's own hit is by the shortest of its terms that match.
fn shortest_first(results: &farr::snomed::SearchResults<'_>, query: &str) {
    let lengths: Vec<usize> =
        results.hits().iter().map(|hit| fold(hit.term()).chars().count()).collect();
    assert!(lengths.is_sorted(), "{query:?}: {lengths:?}");
}

/// The queries of a workload file by kind: query and the concept it was made for.
pub(crate) fn workload(text: &str) -> BTreeMap<String, Vec<(String, u64)>> {
    let mut queries: BTreeMap<String, Vec<(String, u64)>> = BTreeMap::new();
    for line in text.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let query = (columns[1].to_owned(), number(columns[2]));
        queries.entry(columns[0].to_owned()).or_default().push(query);
    }
    queries
}
