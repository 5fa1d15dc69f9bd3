//! SNOMED CT identifiers: the partition digits and the Verhoeff check digit.

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

/// Multiplication in the dihedral group of the pentagon.
const PRODUCT: [[u8; 10]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
    [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
    [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
    [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
    [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
    [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
    [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
    [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
    [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
];
const PERMUTATION: [[u8; 10]; 8] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
    [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
    [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
    [9, 4, 5, 3, 1, 2, 6, 8, 7, 0],
    [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
    [2, 7, 9, 3, 8, 0, 6, 4, 1, 5],
    [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
];
const INVERSE: [u8; 10] = [0, 4, 3, 2, 1, 5, 6, 7, 8, 9];

/// The identifier of an item: in the long form when there is a namespace.
pub(crate) const fn compose(item: u64, namespace: Option<u64>, component: Component) -> u64 {
    let body = match namespace {
        None => item * 100 + component as u64,
        Some(namespace) => (item * 10_000_000 + namespace) * 100 + 10 + component as u64,
    };
    body * 10 + check_digit(body)
}

const fn check_digit(body: u64) -> u64 {
    let mut check = 0;
    let mut rest = body;
    let mut position = 1;
    while rest > 0 {
        let permuted = PERMUTATION[position % 8][(rest % 10) as usize];
        check = PRODUCT[check][permuted as usize] as usize;
        rest /= 10;
        position += 1;
    }
    INVERSE[check] as u64
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
