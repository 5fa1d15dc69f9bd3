use std::collections::BTreeSet;

use farr::search::fold::{Folder, fold};
use farr::search::raw::RawSearch;
use proptest::prelude::*;

use super::{SearchError, SearchTerm, search_sections};

/// Ordinal, zone, class and text of a term.
type Term = (u32, u8, u8, String);

/// The terms, with rows that have gaps.
fn terms(all: &[Term]) -> Vec<SearchTerm<'_>> {
    (0..)
        .step_by(2)
        .zip(all)
        .map(|(row, (ordinal, zone, class, text))| SearchTerm {
            row,
            ordinal: *ordinal,
            zone: *zone,
            class: *class,
            text,
        })
        .collect()
}

fn index(all: &[Term]) -> RawSearch {
    let sections = search_sections(&terms(all)).unwrap();
    let search = RawSearch::new(sections.sections());
    let concepts = all.iter().map(|term| term.0 + 1).max().unwrap_or(0);
    assert_eq!(search.verify(all.len() as u32 * 2, concepts), Ok(()));
    search
}

/// Search as the documentation has it, by looking at every term.
struct Model {
    /// Best first: row, ordinal, zone, words.
    terms: Vec<(u32, u32, u8, BTreeSet<String>)>,
}

impl Model {
    fn new(all: &[Term]) -> Model {
        let mut folder = Folder::default();
        let mut terms = terms(all);
        terms.sort_by_key(|term| {
            let length = fold(term.text).chars().count();
            (term.zone, length, term.class, term.row)
        });
        let mut words = |text: &str| {
            let mut words: BTreeSet<String> = folder.fold(text).map(str::to_owned).collect();
            folder.joined(|word| {
                words.insert(word.to_owned());
            });
            words
        };
        let term = |term: &SearchTerm<'_>| (term.row, term.ordinal, term.zone, words(term.text));
        Model { terms: terms.iter().map(term).collect() }
    }

    fn search(
        &self,
        query: &str,
        last_zone: u8,
        limit: usize,
        accept: impl Fn(u32, u32) -> bool,
    ) -> (Vec<(u32, u32)>, bool) {
        let query = fold(query);
        let mut hits: Vec<(u32, u32)> = Vec::new();
        for (row, ordinal, zone, words) in &self.terms {
            let begins = |typed: &str| words.iter().any(|word| word.starts_with(typed));
            let matches = !query.is_empty() && query.split(' ').all(begins);
            let new = hits.iter().all(|hit| hit.1 != *ordinal);
            if *zone <= last_zone && matches && new && accept(*row, *ordinal) {
                if hits.len() == limit {
                    return (hits, true);
                }
                hits.push((*row, *ordinal));
            }
        }
        (hits, false)
    }
}

fn agree(search: &RawSearch, model: &Model, query: &str, last_zone: u8, limit: usize, sieve: u32) {
    let accept = |row: u32, ordinal: u32| !(row / 2 + ordinal).is_multiple_of(sieve);
    let found = search.search(query, last_zone, limit, false, accept);
    let hits: Vec<(u32, u32)> = found.hits.iter().map(|hit| (hit.0, hit.1)).collect();
    let expected = model.search(query, last_zone, limit, accept);
    assert_eq!((hits, found.more), expected, "{query}");
}

const TEXT: &str = "(ab|Abc|b|ba|béa|a-b|B12|12|1,000mg|x-ray|α|cab|\\(c\\)|a's)( (ab|abc|b|éa|b-a|c|12mg|ac-b)){0,4}";

fn any_terms() -> impl Strategy<Value = Vec<Term>> {
    prop::collection::vec((0..30_u32, 0..3_u8, 0..3_u8, TEXT), 0..80)
}

proptest! {
    #[test]
    fn searches_agree_with_the_model(
        all in any_terms(),
        queries in prop::collection::vec("(a|ab|abc|b|ba|ca|x|xr|1|12|bea|é)( (a|b|ab|c|be|acb)){0,2}", 1..10),
        last_zone in 0..4_u8,
        limit in 0..12_usize,
        sieve in 2..9_u32,
    ) {
        let (search, model) = (index(&all), Model::new(&all));
        for query in &queries {
            agree(&search, &model, query, last_zone, limit, sieve);
            agree(&search, &model, query, last_zone, usize::MAX, u32::MAX);
        }
    }
}

/// A number that looks random, from another.
fn mixed(number: u64) -> u64 {
    let number = (number ^ number >> 31).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (number ^ number >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 20
}

/// Terms enough for several chunks, of words some of which are in most and most in few.
fn many(count: u64) -> Vec<Term> {
    let term = |place: u64| {
        let words = (0..2 + mixed(place) % 5).map(|word| {
            let roll = mixed(place * 16 + word);
            let spread = [5, 50, 500, 5000][(roll % 4) as usize];
            let number = mixed(roll) % spread;
            let letter = |n: u64| char::from(b'a' + (n % 26) as u8);
            format!("{}{}{number}", letter(number * 7), letter(number / 26))
        });
        let words: Vec<String> = words.collect();
        let zone = if mixed(place * 3).is_multiple_of(8) { 2 } else { 0 };
        ((place / 2) as u32, zone, (place % 3) as u8, words.join(" "))
    };
    (0..count).map(term).collect()
}

#[test]
fn large_sets_agree_with_the_model() {
    let all = many(150_000);
    let (search, model) = (index(&all), Model::new(&all));
    for query in [
        "a",
        "h",
        "ha",
        "aa0",
        "ha1 a",
        "a h",
        "a h o",
        "va3 o",
        "ca h va",
        "zb",
        "oa2 ha1 aa0",
        "o c v",
        "ad9 h",
        "c ac102 a",
        "hb",
        "aa0 ha1",
        "jb217 a",
        "a jb",
        "q x y z",
        "a b c d e f",
    ] {
        agree(&search, &model, query, 0, 10, u32::MAX);
        agree(&search, &model, query, 2, 100, 3);
        let accept = |_, ordinal: u32| ordinal.is_multiple_of(997);
        let found = search.search(query, 1, 1000, false, accept);
        let hits: Vec<(u32, u32)> = found.hits.iter().map(|hit| (hit.0, hit.1)).collect();
        assert_eq!((hits, found.more), model.search(query, 1, 1000, accept), "{query}");
    }
}

fn clinical() -> Vec<Term> {
    let texts = [
        "Asthma",
        "Severe asthma",
        "Heart attack",
        "Attack of heart failure",
        "Crohn's disease",
        "Chest X-ray",
        "α-fetoprotein",
        "Paracetamol 500mg tablet",
        "Diabetes mellitus",
        "Diabetic retinopathy",
        "Hypertension",
        "Hypotension",
        "Appendicectomy",
        "Old asthma",
    ];
    let term = |(place, text): (u32, &&str)| {
        (place, u8::from(*text == "Old asthma"), 0, (*text).to_owned())
    };
    (0..).zip(&texts).map(term).collect()
}

fn texts_of(search: &RawSearch, query: &str) -> Vec<String> {
    let all = clinical();
    let found = search.search(query, 0, 10, true, |_, _| true);
    let text = |hit: &(u32, u32, u32)| all[hit.1 as usize].3.clone();
    found.hits.iter().map(text).collect()
}

#[test]
fn one_typing_error_is_forgiven() {
    let search = index(&clinical());
    for (typed, first) in [
        ("asthma", "Asthma"),
        ("astma", "Asthma"),
        ("asthmaa", "Asthma"),
        ("ashtma", "Asthma"),
        ("asthna", "Asthma"),
        ("hart attack", "Heart attack"),
        ("heart atack", "Heart attack"),
        ("haert atack", "Heart attack"),
        ("diabetse mel", "Diabetes mellitus"),
        ("appendisectmy", "Appendicectomy"),
        ("xray chst", "Chest X-ray"),
    ] {
        assert_eq!(texts_of(&search, typed).first().map(String::as_str), Some(first), "{typed}");
    }
    let found = search.search("heart atack", 0, 10, true, |_, _| true);
    assert_eq!(found.corrections, [("atack".to_owned(), "attack".to_owned())]);
    assert!(search.search("heart atack", 0, 10, false, |_, _| true).hits.is_empty());
}

#[test]
fn what_matches_as_typed_is_not_corrected() {
    let search = index(&clinical());
    let refused = search.search("asthma", 0, 10, true, |_, _| false);
    assert!(refused.hits.is_empty() && refused.corrections.is_empty());
    // Out of reach is not a match.
    let found = search.search("old asthma", 0, 10, true, |_, _| true);
    assert!(found.hits.is_empty());
    assert_eq!(search.search("old asthma", 1, 10, true, |_, _| true).hits.len(), 1);
}

#[test]
fn queries_without_words_and_too_long_ones_are_told_apart_from_those_without_hits() {
    let search = index(&clinical());
    for query in ["", " - ", &"a ".repeat(501), &"ab".repeat(501)] {
        assert!(!search.search(query, 2, 10, true, |_, _| true).answered);
    }
    let words: Vec<String> = (0..33).map(|n| format!("a{n}")).collect();
    assert!(!search.search(&words.join(" "), 2, 10, true, |_, _| true).answered);
    assert!(search.search(&words[1..].join(" "), 2, 10, true, |_, _| true).answered);
    assert!(search.search("nothing", 2, 10, true, |_, _| true).answered);
}

#[test]
fn damaged_bytes_neither_panic_nor_hang() {
    let all = [clinical(), many(60)].concat();
    let whole = index(&all);
    let mut search = index(&all);
    let length = search.bytes_mut().len();
    for at in 0..length {
        let before = search.bytes_mut()[at];
        for byte in [0, 1, 0x7F, 0x80, 0xFF, before ^ 0x10, before.wrapping_add(1)] {
            search.bytes_mut()[at] = byte;
            let _ = search.verify(all.len() as u32 * 2, 100);
            for query in ["a", "asthma", "h a", "astmha h"] {
                let _ = search.search(query, 2, 5, true, |_, _| true);
            }
        }
        search.bytes_mut()[at] = before;
    }
    assert_eq!(
        search.search("a", 2, 5, true, |_, _| true),
        whole.search("a", 2, 5, true, |_, _| true)
    );
}

#[test]
fn damaged_large_sets_neither_panic_nor_hang() {
    let all = many(80_000);
    let mut search = index(&all);
    let length = search.bytes_mut().len() as u64;
    for round in 0..300 {
        let at = (mixed(round) % length) as usize;
        let before = search.bytes_mut()[at];
        search.bytes_mut()[at] = !before;
        for query in ["a h", "o", "va3 o a", "ca h va"] {
            let _ = search.search(query, 2, 5, false, |_, _| true);
        }
        search.bytes_mut()[at] = before;
    }
}

#[test]
fn the_same_terms_give_the_same_bytes() {
    let all = many(5000);
    let once = search_sections(&terms(&all));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(3).build().unwrap();
    assert_eq!(once, pool.install(|| search_sections(&terms(&all))));
}

#[test]
fn no_terms_and_terms_without_words_can_be_searched() {
    for all in [vec![], vec![(0, 0, 0, "---".to_owned())]] {
        let search = index(&all);
        assert!(search.search("a", 2, 10, true, |_, _| true).hits.is_empty());
    }
}

#[test]
fn rows_out_of_order_are_refused() {
    let term = |row| SearchTerm { row, ordinal: 0, zone: 0, class: 0, text: "a" };
    let result = search_sections(&[term(1), term(1)]);
    assert_eq!(result, Err(SearchError::Order { row: 1 }));
}
