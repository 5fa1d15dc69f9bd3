//! Which word was meant.

/// The nearest of some words to a misspelt one, if any is near: a third of its letters may differ.
pub(super) fn nearest<'w>(word: &str, words: &[&'w str]) -> Option<&'w str> {
    // Long nonsense is near to nothing, and costs no time.
    if word.len() > 64 {
        return None;
    }
    let most = word.chars().count().div_ceil(3);
    let word = word.to_lowercase();
    let near = words.iter().map(|other| (distance(&word, &other.to_lowercase()), *other));
    let (distance, other) = near.min()?;
    (distance <= most).then_some(other)
}

/// Letters to add, remove or change.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (place, letter) in one.chars().enumerate() {
        let mut above = place;
        let mut left = place.saturating_add(1);
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (cell, found) in row.iter_mut().skip(1).zip(&other) {
            let changed = above.saturating_add(usize::from(letter != *found));
            above = *cell;
            left = changed.min(above.saturating_add(1)).min(left.saturating_add(1));
            *cell = left;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_near_and_another_word_is_not() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", ""), 3);
        let words = ["inactive", "inactive-since", "snomed"];
        assert_eq!(nearest("inactve", &words), Some("inactive"));
        assert_eq!(nearest("SNOMED", &words), Some("snomed"));
        assert_eq!(nearest("loinc", &words), None);
        assert_eq!(nearest("x", &[]), None);
    }
}
