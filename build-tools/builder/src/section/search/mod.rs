//! The sections of term search; read by `farr::search`.
//!
//! Each term is folded to words; the terms are ranked best first; each word gets the set of the
//! ranks of its terms, and each beginning of many words the union of theirs.

mod invert;
mod prefixes;
mod sets;
mod vocabulary;

#[cfg(test)]
mod tests;

use invert::Inverted;
use vocabulary::Tokens;

/// A term to be found.
#[derive(Clone, Copy, Debug)]
pub struct SearchTerm<'a> {
    /// Its description row.
    pub row: u32,
    /// The ordinal of its concept.
    pub ordinal: u32,
    /// 0 for an active description of an active concept, 1 for one of an inactive concept, 2 for
    /// an inactive description, 3 for a text definition and any other that is no name.
    pub zone: u8,
    /// 0 for a preferred synonym, 1 for another synonym, 2 for a fully specified name, 3 for
    /// anything else.
    pub class: u8,
    /// The term.
    pub text: &'a str,
}

/// The bytes of the sections, and what they hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchSections {
    /// [`RANKS`](farr::index::format::RANKS), an item a term.
    pub ranks: Vec<u8>,
    /// [`RANK_ZONES`](farr::index::format::RANK_ZONES), four items.
    pub zones: Vec<u8>,
    /// [`WORDS`](farr::index::format::WORDS), an item a word.
    pub words: Vec<u8>,
    /// [`WORD_POSTINGS`](farr::index::format::WORD_POSTINGS), an item a word.
    pub word_postings: Vec<u8>,
    /// [`PREFIX_POSTINGS`](farr::index::format::PREFIX_POSTINGS), an item a merged prefix.
    pub prefix_postings: Vec<u8>,
    /// [`POSTINGS`](farr::index::format::POSTINGS), an item a set.
    pub postings: Vec<u8>,
    /// Terms.
    pub term_count: u64,
    /// Distinct words.
    pub word_count: u64,
    /// Merged prefixes.
    pub prefix_count: u64,
    /// Pairs of a term and one of its words.
    pub pair_count: u64,
}

impl SearchSections {
    /// The sections in the order of their tags in the format, each with its number of items.
    pub fn sections(&self) -> [(&[u8], u64); 6] {
        [
            (&self.ranks, self.term_count),
            (&self.zones, 4),
            (&self.words, self.word_count),
            (&self.word_postings, self.word_count),
            (&self.prefix_postings, self.prefix_count),
            (&self.postings, self.word_count + self.prefix_count),
        ]
    }
}

/// Why the sections cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SearchError {
    /// The format counts terms, pairs and bytes of postings in 32 bits.
    #[error("too many {what} for one index")]
    TooMany {
        /// What there are too many of.
        what: &'static str,
    },
    /// The terms are not in ascending order of their rows.
    #[error("term of description row {row} is out of order")]
    Order {
        /// The row of the first that is not.
        row: u32,
    },
}

/// Makes the sections of term search.
///
/// Takes about a microsecond of processor time a term, on all cores, and some 150 bytes of memory a
/// term at its peak. The same terms give the same bytes.
///
/// # Errors
///
/// [`SearchError::Order`] where rows do not ascend; [`SearchError::TooMany`] beyond the format.
///
/// ```
/// use farr_build::section::search::{SearchTerm, search_sections};
/// let text = "Asthma";
/// let terms = [SearchTerm { row: 0, ordinal: 0, zone: 0, class: 0, text }];
/// let sections = search_sections(&terms)?;
/// assert_eq!((sections.word_count, sections.ranks.len()), (1, 8));
/// # Ok::<(), farr_build::section::search::SearchError>(())
/// ```
pub fn search_sections(terms: &[SearchTerm<'_>]) -> Result<SearchSections, SearchError> {
    if terms.len() > i32::MAX as usize {
        return Err(SearchError::TooMany { what: "terms" });
    }
    if let Some(pair) = terms.windows(2).find(|pair| pair[0].row >= pair[1].row) {
        return Err(SearchError::Order { row: pair[1].row });
    }
    let tokens = Tokens::read(terms);
    let order = invert::best_first(terms, &tokens);
    let (ranks, zones) = invert::rank_sections(terms, &order);
    let inverted = Inverted::new(&tokens, &order)?;
    drop(order);
    let words = tokens.into_words();
    let (vocabulary, postings) = rayon::join(
        || vocabulary::vocabulary_section(&words),
        || sets::write(&inverted, &prefixes::merged(&words, &inverted)),
    );
    let postings = postings?;
    Ok(SearchSections {
        ranks,
        zones,
        words: vocabulary,
        word_postings: postings.word_starts,
        prefix_postings: postings.prefixes,
        postings: postings.bytes,
        term_count: terms.len() as u64,
        word_count: words.len() as u64,
        prefix_count: postings.prefix_count as u64,
        pair_count: inverted.pairs() as u64,
    })
}
