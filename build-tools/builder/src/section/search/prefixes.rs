//! Which beginnings of words have a merged set.

use farr::search::postings::{UNITED_POSTINGS, UNITED_WORDS};

use super::invert::Inverted;

/// First word and word after the last of each beginning that has a merged set, ascending, each
/// range once.
pub(super) fn merged(words: &[String], inverted: &Inverted) -> Vec<(u32, u32)> {
    let mut found = Vec::new();
    // Ranges whose words share their first bytes, and how many bytes.
    let mut left = vec![(0, words.len(), 0)];
    while let Some((first, end, shared)) = left.pop() {
        let postings = inverted.of_words(first as u32, end as u32).len();
        let many = end - first > UNITED_WORDS || end - first > 1 && postings > UNITED_POSTINGS;
        if !many {
            continue;
        }
        // The empty beginning is asked of nobody.
        if shared > 0 {
            found.push((first as u32, end as u32));
        }
        let byte = |word: &String| word.as_bytes().get(shared).copied();
        let mut start = first;
        while start < end {
            let here = byte(&words[start]);
            let next = start + words[start..end].partition_point(|word| byte(word) <= here);
            if here.is_some() {
                left.push((start, next, shared + 1));
            }
            start = next;
        }
    }
    found.sort_unstable();
    // A beginning that all words of a shorter one go on with has the same words.
    found.dedup();
    found
}
