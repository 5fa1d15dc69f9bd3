//! SNOMED CT identifiers: the partition digits and the Verhoeff check digit.

use farr::id::verhoeff;

/// The namespace of UK clinical content.
pub(crate) const UNITED_KINGDOM: u64 = 1_000_000;
/// The namespace of UK drug content.
pub(crate) const UNITED_KINGDOM_DRUG: u64 = 1_000_001;

/// What an identifier names; the last digit of the partition.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Component {
    Concept = 0,
    Description = 1,
    Relationship = 2,
}

/// The identifier of an item: in the long form when there is a namespace.
pub(crate) const fn compose(item: u64, namespace: Option<u64>, component: Component) -> u64 {
    let body = match namespace {
        None => item * 100 + component as u64,
        Some(namespace) => (item * 10_000_000 + namespace) * 100 + 10 + component as u64,
    };
    body * 10 + verhoeff::check_digit(body) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_specification_examples_come_out() {
        assert_eq!(compose(138_875, None, Component::Concept), 138_875_005);
        assert_eq!(compose(101_291, None, Component::Concept) / 10, 10_129_100);
        assert_eq!(compose(100, None, Component::Description), 100_014);
        assert_eq!(compose(100, None, Component::Relationship), 100_022);
        assert_eq!(
            compose(99_900_126, Some(UNITED_KINGDOM), Component::Concept),
            999_001_261_000_000_100
        );
        assert_eq!(
            compose(99_900_069, Some(UNITED_KINGDOM_DRUG), Component::Concept),
            999_000_691_000_001_104
        );
    }
}
