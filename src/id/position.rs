//! Positions in messages for people.

/// The place of a character or a byte for people, who count from 1; in errors it counts from 0.
pub(super) const fn place(index: &usize) -> usize {
    index.saturating_add(1)
}
