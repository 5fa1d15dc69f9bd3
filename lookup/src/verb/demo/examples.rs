//! What the demonstration shows, chosen from the index: releases differ in what they hold.

use farr::ecl::Ecl;
use farr::id::NhsNumber;
use farr::snomed::AttributeValue;
use farr::{Concept, Dialect, Snomed, Subsumption};

/// Concepts looked at to find good examples.
const LOOKED_AT: usize = 20_000;

/// What to show.
#[derive(Debug)]
pub(super) struct Examples {
    /// A concept with much to show.
    pub(super) concept: String,
    /// The beginnings of words of its term.
    pub(super) query: Option<String>,
    /// A word of its term, mistyped.
    pub(super) typo: Option<String>,
    /// A concept above it.
    pub(super) above: Option<String>,
    /// A concept neither above nor below it.
    pub(super) beside: Option<String>,
    /// An expression constraint that it satisfies.
    pub(super) expression: Option<String>,
    /// An inactive concept.
    pub(super) inactive: Option<String>,
    /// A number that is nobody's.
    pub(super) nhs_number: String,
}

/// Chooses.
pub(super) fn choose(snomed: Snomed<'_>, dialect: Dialect) -> Examples {
    let placed = || snomed.concepts().take(LOOKED_AT).filter(|concept| concept.placed().is_some());
    let concept = placed().max_by_key(|concept| interest(*concept)).or_else(|| snomed.root());
    let term = concept.and_then(|concept| concept.preferred_term(dialect));
    let term = term.map(|term| term.text().to_owned()).unwrap_or_default();
    let relation = |other: Concept<'_>| {
        concept.and_then(|concept| snomed.subsumes(other.id(), concept.id()).ok())
    };
    let above = concept.and_then(|concept| {
        concept.ancestors().find(|above| above.id() != farr::snomed::constants::ROOT)
    });
    let beside = placed()
        .filter(|other| interest(*other) > 0)
        .find(|other| relation(*other) == Some(Subsumption::NotSubsumed));
    let expression =
        concept.zip(above).and_then(|(concept, above)| constraint(snomed, concept, above));
    // Inactive concepts stand behind the active ones.
    let mut inactive = snomed
        .concepts()
        .skip(snomed.active_concept_count())
        .filter(|concept| !concept.is_active());
    Examples {
        concept: concept.map(|concept| concept.id().to_string()).unwrap_or_default(),
        query: beginnings(&term).filter(|query| finds(snomed, query) == Some(false)),
        typo: mistyped(&term).into_iter().find(|typo| finds(snomed, typo) == Some(true)),
        above: above.map(|above| above.id().to_string()),
        beside: beside.map(|beside| beside.id().to_string()),
        expression,
        inactive: inactive.next().map(|concept| concept.id().to_string()),
        nhs_number: NhsNumber::test_numbers(0)
            .next()
            .map_or_else(|| "999 000 0018".to_owned(), |number| number.to_string()),
    }
}

/// An expression constraint that a concept satisfies, by an attribute that defines it.
fn constraint(snomed: Snomed<'_>, concept: Concept<'_>, above: Concept<'_>) -> Option<String> {
    concept.attributes().find_map(|attribute| {
        let AttributeValue::Concept(value) = attribute.value else { return None };
        let (above, kind) = (above.id(), attribute.attribute_type);
        let text = format!("<< {above} : {kind} = << {}", value.id());
        let satisfied = snomed.evaluate(&Ecl::parse(&text).ok()?).ok()?;
        satisfied.contains(concept).then_some(text)
    })
}

/// How much there is to show of a concept: a disorder with synonyms, attributes, parents.
fn interest(concept: Concept<'_>) -> usize {
    let disorder = concept.semantic_tag() == Some("disorder");
    let attributes = concept.attributes().len().min(6);
    let synonyms = concept.synonyms().count().min(4);
    let parents = concept.parents().len().min(2);
    let below = usize::from(!concept.descendants().is_empty());
    let defined = usize::from(concept.text_definitions().next().is_some());
    match disorder {
        true => 1 + attributes + 2 * synonyms + parents + below + 2 * defined,
        false => 0,
    }
}

/// Whether a search finds something, and whether by correction; `None` where it finds nothing.
fn finds(snomed: Snomed<'_>, query: &str) -> Option<bool> {
    let results = snomed.search(query).limit(1).run();
    (!results.hits().is_empty()).then(|| results.is_corrected())
}

/// The beginnings of the first two longer words of a term.
fn beginnings(term: &str) -> Option<String> {
    let words: Vec<String> = long_words(term)
        .take(2)
        .map(|word| word.chars().take(4).collect::<String>().to_lowercase())
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// The longer words of a term with two letters exchanged, at one place or another.
fn mistyped(term: &str) -> Vec<String> {
    let words = long_words(term).map(|word| word.chars().collect::<Vec<char>>());
    words
        .flat_map(|word| {
            (2..word.len().saturating_sub(1)).map(move |place| {
                let mut typo = word.clone();
                typo.swap(place, place - 1);
                typo.into_iter().collect::<String>().to_lowercase()
            })
        })
        .collect()
}

fn long_words(term: &str) -> impl Iterator<Item = &str> {
    term.split_whitespace().filter(|word| {
        word.chars().count() >= 5 && word.chars().all(|letter| letter.is_ascii_alphabetic())
    })
}
