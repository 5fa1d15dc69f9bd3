//! Asking for terms.

use farr::snomed::SearchResults;
use farr::{Concept, Snomed};

use crate::answers::Limits;
use crate::digest::Digest;

/// What is searched for in every index, beside the terms it holds itself.
const QUERIES: &[&str] = &[
    "",
    "!?",
    "a",
    "s",
    "squ",
    "squeak hinge",
    "hinge squeak lower",
    "sqeuak",
    "squek hinegs",
    "contrapptions",
    "creaking oedema",
    "crohns",
    "2 5 mg",
    "heart att",
    "disroder",
    "ménière",
    "квазар",
    "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
    "q w e r t y u i o p a s d f g h j k l z x c v b n m 1 2 3 4 5 6 7 8 9 10",
];

/// Searches as typed, mistyped, filtered, and for the terms of the index itself.
pub(crate) fn ask(snomed: Snomed<'_>, limits: Limits, digest: &mut Digest) {
    for query in QUERIES {
        results(&snomed.search(query).limit(limits.rows).run(), digest);
    }
    let within = snomed.root().map(Concept::descendants);
    let step = snomed.concept_count().div_ceil(limits.searches.max(1)).max(1);
    for concept in snomed.concepts().step_by(step).take(limits.searches) {
        let Some(name) = concept.fully_specified_name() else { continue };
        let term = name.term();
        results(&snomed.search(term).limit(5).run(), digest);
        results(&snomed.search(term).include_inactive_concepts().typos(false).run(), digest);
        results(&snomed.search(&mistyped(term)).include_inactive().run(), digest);
        if let Some(tag) = concept.semantic_tag() {
            let beginning: String = term.chars().take(3).collect();
            let mut search = snomed.search(&beginning).semantic_tag(tag).limit(usize::MAX);
            if let Some(within) = &within {
                search = search.within(within);
            }
            results(&search.run(), digest);
        }
    }
}

/// Two neighbours swapped in the longest word.
fn mistyped(term: &str) -> String {
    let longest = term.split(' ').max_by_key(|word| word.len()).unwrap_or_default();
    let mut letters: Vec<char> = longest.chars().collect();
    if letters.len() > 3 {
        letters.swap(1, 2);
    }
    letters.into_iter().collect()
}

fn results(results: &SearchResults<'_>, digest: &mut Digest) {
    for hit in results.hits() {
        digest.add((hit.concept().id(), hit.term(), hit.description().id()));
    }
    digest.add((results.has_more(), results.is_corrected()));
    digest.add((results.had_no_words(), results.was_too_long()));
    for correction in results.corrections() {
        digest.add((&correction.typed, &correction.found));
    }
}
