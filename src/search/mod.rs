//! Term search: how text is folded to words, and how words find terms.
//!
//! [`fold`] is the one description of what a word is, [`postings`] that of the sets of terms by
//! word; the index and the builder share both.
//!
//! A query matches a term where each of its words begins a word of the term, in any order. The
//! terms are numbered best first by the builder: active descriptions of active concepts before
//! the rest, short before long, preferred before other synonyms before fully specified names. So
//! the sets of terms by word, which ascend, give the best matches first, and the search ends as
//! soon as it has enough.
//!
//! Everything here that reads an index reads one that may be damaged or crafted: no input causes a
//! panic, an endless loop or an unbounded allocation.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

mod candidates;
mod correcting;
pub mod fold;
mod latin;
mod letters;
mod matching;
pub mod postings;
mod query;
#[doc(hidden)]
pub mod raw;
mod results;
mod sections;
mod spelling;
mod verify;
mod words;

// What the public search is made of.
#[allow(unused_imports)]
pub(crate) use letters::unmarked;
pub(crate) use query::{QUERY_CHARACTERS, QUERY_WORDS, Reach};
pub use results::{Correction, Results};
#[allow(unused_imports)]
pub(crate) use sections::{SearchIndex, SearchLayout};
