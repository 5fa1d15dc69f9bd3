//! Checking the whole of the search sections, once.

use super::postings::{UNITED_WORDS, verify_set};
use super::sections::SearchIndex;
use crate::index::{Section, View};

/// What does not hold, and the byte of the file at which it does not.
type Damage = (usize, &'static str);

impl SearchIndex<'_> {
    /// Checks everything that a search relies on: every rank, zone, word and set. What it cannot
    /// check is that each set holds the right terms; for that the checksums stand.
    ///
    /// # Errors
    ///
    /// The byte of the file where something does not hold, or where its section begins, and what.
    pub(crate) fn verify(self, description_rows: u32, concepts: u32) -> Result<(), Damage> {
        let layout = self.layout;
        self.verify_ranks(description_rows, concepts).map_err(|what| (layout.ranks.start, what))?;
        let terms = self.verify_zones().map_err(|what| (layout.zones.start, what))?;
        self.verify_words().map_err(|what| (layout.words.start, what))?;
        self.verify_sets(terms)
    }

    fn verify_ranks(self, description_rows: u32, concepts: u32) -> Result<(), &'static str> {
        let bytes = exactly(self.ranks, self.layout.ranks, 8, 0)?;
        let (records, _) = bytes.as_chunks::<8>();
        // No early exit: a loop without one is compiled to vector instructions.
        let mut largest = (0, 0);
        for [a, b, c, d, e, f, g, h] in records {
            largest.0 = u32::from_le_bytes([*a, *b, *c, *d]).max(largest.0);
            largest.1 = u32::from_le_bytes([*e, *f, *g, *h]).max(largest.1);
        }
        match largest {
            _ if records.is_empty() => Ok(()),
            (row, _) if row >= description_rows => Err("a rank leads to no description"),
            (_, ordinal) if ordinal >= concepts => Err("a rank leads to no concept"),
            _ => Ok(()),
        }
    }

    /// The zones; returns the number of terms.
    fn verify_zones(self) -> Result<u32, &'static str> {
        exactly(self.zones, self.layout.zones, 4, 0)?;
        let ends = self.zones.array::<16>(0).map(|bytes| bytes.as_chunks::<4>().0);
        match (ends, self.zones.len()) {
            (Some([a, b, c, d]), 16) => {
                let ends = [a, b, c, d].map(|end| u32::from_le_bytes(*end));
                let terms = self.layout.ranks.items;
                let [.., last] = ends;
                if !ends.is_sorted() || last as usize != terms {
                    return Err("the zones of ranks are not ascending, or not all of them");
                }
                Ok(last)
            }
            _ => Err("there are not four zones of ranks"),
        }
    }

    fn verify_words(self) -> Result<(), &'static str> {
        const DAMAGED: &str = "the vocabulary is damaged";
        // Our own walk comes first, and refuses whatever would make the crate panic.
        let vocabulary = self.vocabulary().ok_or(DAMAGED)?;
        vocabulary.verify(self.layout.words.items)?;
        let bytes = self.words.all().ok_or(DAMAGED)?;
        let fst = fst::raw::Fst::new(bytes).map_err(|_| DAMAGED)?;
        fst.verify().map_err(|_| "the vocabulary does not match its own checksum")
    }

    /// The sets of all words, then those of the merged prefixes, one behind the other.
    fn verify_sets(self, terms: u32) -> Result<(), Damage> {
        let layout = self.layout;
        let words = layout.words.items;
        let starts = exactly(self.word_postings, layout.word_postings, 4, 1)
            .map_err(|what| (layout.word_postings.start, what))?;
        if layout.word_postings.items != words {
            let what = "there are not as many sets of postings as words";
            return Err((layout.word_postings.start, what));
        }
        let (starts, _) = starts.as_chunks::<4>();
        let starts = starts.iter().map(|start| u32::from_le_bytes(*start));
        let prefixes = exactly(self.prefix_postings, layout.prefix_postings, 12, 0)
            .map_err(|what| (layout.prefix_postings.start, what))?;
        let prefixes = prefixes.as_chunks::<12>().0;
        let mut at: usize = 0;
        let beyond = (layout.postings.start, "a set of postings begins elsewhere");
        let mut follow = |start: u32| {
            if start as usize != at {
                return Err(beyond);
            }
            at = verify_set(self.postings, at, terms)
                .map_err(|what| (layout.postings.start.saturating_add(at), what))?;
            Ok(())
        };
        let mut end_of_words = None;
        for (place, start) in starts.enumerate() {
            match place < words {
                true => follow(start)?,
                false => end_of_words = Some(start),
            }
        }
        let mut before = None;
        for place in 0..prefixes.len() {
            let here = layout.prefix_postings.start;
            let ((first, end), start) = self.merged(place).ok_or((here, "a prefix is damaged"))?;
            let ascending = before < Some((first, end)) && first < end;
            if !ascending || end as usize > words {
                return Err((here, "the merged prefixes are not ascending"));
            }
            if before.is_none() && end_of_words != Some(start) {
                return Err(beyond);
            }
            before = Some((first, end));
            follow(start)?;
        }
        let end_matches = before.is_some() || end_of_words.is_some_and(|end| end as usize == at);
        if at != self.postings.len() || !end_matches {
            let what = "the postings do not end with the last set";
            return Err((layout.postings.start, what));
        }
        self.verify_prefixes().map_err(|what| (layout.prefix_postings.start, what))
    }

    /// Every prefix of many words must have its merged set.
    fn verify_prefixes(self) -> Result<(), &'static str> {
        let vocabulary = self.vocabulary().ok_or("the vocabulary is damaged")?;
        vocabulary.branches(UNITED_WORDS, |words| match self.find_merged(words) {
            Some(Some(_)) => Ok(()),
            _ => Err("a prefix of many words has no merged postings"),
        })
    }
}

/// All bytes of a section whose length is that of its stated items, and so many more.
fn exactly<'t>(
    view: View<'t>,
    section: Section,
    size: usize,
    more: usize,
) -> Result<&'t [u8], &'static str> {
    let items = section.items.checked_add(more);
    match items.and_then(|items| items.checked_mul(size)) {
        Some(length) if length == view.len() => view.all().ok_or("the section is damaged"),
        _ => Err("the section has another length than its records"),
    }
}
