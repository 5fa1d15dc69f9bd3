//! What only superseded rows had: left out, so that an index says nothing of earlier versions, and
//! a Full gives what its Snapshot gives.

use super::read::Release;
use crate::rf2::Target;

/// Leaves of the columns that rows name by number those that a row has.
pub(super) fn leave_used(release: &mut Release) {
    let concepts = &mut release.concepts;
    let used = concepts.iter().map(|row| row.status as usize);
    if let Some(numbers) = keep(&mut release.statuses, used) {
        concepts.iter_mut().for_each(|row| row.status = numbers[row.status as usize]);
    }

    let descriptions = &mut release.descriptions;
    let used = descriptions.iter().map(|row| row.kind as usize);
    if let Some(numbers) = keep(&mut release.description_kinds, used) {
        descriptions.iter_mut().for_each(|row| row.kind = numbers[row.kind as usize]);
    }

    let relationships = &mut release.relationships;
    let used = relationships.iter().map(|row| usize::from(row.kind));
    if let Some(numbers) = keep(&mut release.relationship_kinds, used) {
        // They were counted in 16 bits, and are fewer now.
        relationships.iter_mut().for_each(|row| row.kind = numbers[usize::from(row.kind)] as u16);
    }
    let used = relationships.iter().filter_map(|row| match row.target {
        Target::Value(value) => Some(value as usize),
        Target::Concept(_) => None,
    });
    if let Some(numbers) = keep(&mut release.values, used) {
        for row in relationships {
            if let Target::Value(value) = &mut row.target {
                *value = numbers[*value as usize];
            }
        }
    }

    let language_rows = &mut release.language_rows;
    let used = language_rows.iter().map(|row| row.membership as usize);
    if let Some(numbers) = keep(&mut release.memberships, used) {
        language_rows.iter_mut().for_each(|row| row.membership = numbers[row.membership as usize]);
    }
}

/// Leaves those that are used, in their order; gives the new numbers where any was left out.
fn keep<K>(all: &mut Vec<K>, used: impl Iterator<Item = usize>) -> Option<Vec<u32>> {
    let mut is_used = vec![false; all.len()];
    used.for_each(|number| is_used[number] = true);
    if is_used.iter().all(|used| *used) {
        return None;
    }
    let mut next = 0;
    let numbers = is_used.iter().map(|used| {
        let number = next;
        next += u32::from(*used);
        number
    });
    let numbers = numbers.collect();
    let mut each = is_used.iter();
    all.retain(|_| each.next().is_some_and(|used| *used));
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_keeps_its_order_and_is_numbered_anew() {
        let mut all = vec!["a", "b", "c", "d"];
        assert_eq!(keep(&mut all, [1, 3, 1].into_iter()), Some(vec![0, 0, 1, 1]));
        assert_eq!(all, ["b", "d"]);
        assert_eq!(keep(&mut all, [1, 0].into_iter()), None);
    }
}
