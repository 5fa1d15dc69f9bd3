//! Work in parts, which whoever has threads for it can do at once.

use std::sync::OnceLock;

/// Has parts done at once: it is given how many there are, and what does one of them by its number.
/// What it leaves undone is done by [`in_parts`].
pub(crate) type AtOnce<'a> = &'a dyn Fn(usize, &(dyn Fn(usize) + Sync));

/// Nobody has threads for it: all parts are done one behind the other.
pub(crate) fn one_by_one(_parts: usize, _part: &(dyn Fn(usize) + Sync)) {}

/// Does so many parts; the error of the first of them that has one, in their order, whichever was done
/// first. One by one, no part behind that is done.
pub(crate) fn in_parts<E: Copy + Send + Sync>(
    parts: usize,
    at_once: AtOnce<'_>,
    part: impl Fn(usize) -> Result<(), E> + Sync,
) -> Result<(), E> {
    let outcomes: Vec<OnceLock<Result<(), E>>> = (0..parts).map(|_| OnceLock::new()).collect();
    at_once(parts, &|number| {
        if let Some(outcome) = outcomes.get(number) {
            outcome.get_or_init(|| part(number));
        }
    });
    let mut outcomes = outcomes.iter().enumerate();
    outcomes.try_for_each(|(number, outcome)| *outcome.get_or_init(|| part(number)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_error_is_that_of_the_first_part_whichever_is_done_first(
            broken in prop::collection::vec(prop::bool::weighted(0.2), 0..20),
            order in prop::collection::vec(0..25_usize, 0..40),
        ) {
            let part = |number: usize| match broken.get(number) {
                Some(true) => Err(number),
                _ => Ok(()),
            };
            let expected = broken.iter().position(|broken| *broken).map_or(Ok(()), Err);
            prop_assert_eq!(in_parts(broken.len(), &one_by_one, part), expected);
            let in_order = |_: usize, part: &(dyn Fn(usize) + Sync)| {
                order.iter().for_each(|number| part(*number));
            };
            prop_assert_eq!(in_parts(broken.len(), &in_order, part), expected);
        }
    }
}
