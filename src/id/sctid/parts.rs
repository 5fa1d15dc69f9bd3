//! Making an SCTID of its parts, for a builder, a generator or an author of an extension.

use super::{Component, Sctid, SctidPartsError};
use crate::id::verhoeff;
use std::num::NonZeroU64;

impl Sctid {
    /// Returns the identifier made of an item, a namespace and a kind of component, with its check
    /// digit computed.
    ///
    /// With a namespace the long form is made, without one the short form, which only SNOMED
    /// International issues. Costs a few nanoseconds.
    ///
    /// # Errors
    /// - [`SctidPartsError::NamespaceRequired`]: an expression without a namespace.
    /// - [`SctidPartsError::Namespace`]: a namespace above 9999999.
    /// - [`SctidPartsError::Item`]: an item outside 100 to 10^15 - 1 (short form), or 1 to 10^8 - 1
    ///   (long form).
    ///
    /// # Example
    /// ```
    /// use farr::id::{Component, Sctid};
    ///
    /// let concept = Sctid::from_parts(24_700, None, Component::Concept)?;
    /// assert_eq!(concept, "24700007".parse()?);
    ///
    /// let description = Sctid::from_parts(129, Some(989_121), Component::Description)?;
    /// assert_eq!(description.namespace(), Some(989_121));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// The layout is that of the [release file specification][rfs], section 6.
    ///
    /// [rfs]: https://github.com/SNOMED-Documents/snomed-release-file-specification
    pub const fn from_parts(
        item: u64,
        namespace: Option<u32>,
        component: Component,
    ) -> Result<Sctid, SctidPartsError> {
        let (prefix, partition) = match namespace {
            Some(namespace) => {
                if namespace > LARGEST_NAMESPACE {
                    return Err(SctidPartsError::Namespace);
                }
                if item < 1 || item > LARGEST_LONG_ITEM {
                    return Err(SctidPartsError::Item { smallest: 1, largest: LARGEST_LONG_ITEM });
                }
                (item * 10_000_000 + namespace as u64, 10 + component.code() as u64)
            }
            None => {
                if matches!(component, Component::Expression) {
                    return Err(SctidPartsError::NamespaceRequired);
                }
                if item < SMALLEST_SHORT_ITEM || item > LARGEST_SHORT_ITEM {
                    return Err(SctidPartsError::Item {
                        smallest: SMALLEST_SHORT_ITEM,
                        largest: LARGEST_SHORT_ITEM,
                    });
                }
                (item, component.code() as u64)
            }
        };
        let stem = prefix * 100 + partition;
        match NonZeroU64::new(stem * 10 + verhoeff::check_digit(stem) as u64) {
            Some(value) => Ok(Sctid(value)),
            // The item is at least one, so the number is not zero.
            None => Err(SctidPartsError::Item { smallest: 1, largest: LARGEST_LONG_ITEM }),
        }
    }
}

/// Three digits, so that the whole identifier has six.
const SMALLEST_SHORT_ITEM: u64 = 100;
/// Fifteen digits, so that the whole identifier has eighteen.
const LARGEST_SHORT_ITEM: u64 = 999_999_999_999_999;
/// Eight digits, so that the whole identifier has eighteen.
const LARGEST_LONG_ITEM: u64 = 99_999_999;
const LARGEST_NAMESPACE: u32 = 9_999_999;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const COMPONENTS: [Component; 7] = [
        Component::Concept,
        Component::Description,
        Component::Relationship,
        Component::LegacySubset,
        Component::LegacyMapSet,
        Component::LegacyMapTarget,
        Component::Expression,
    ];

    #[test]
    fn the_edges_of_each_form_are_accepted_and_what_lies_beyond_is_not() {
        let short = |item| Sctid::from_parts(item, None, Component::Concept);
        let long = |item| Sctid::from_parts(item, Some(1_000_000), Component::Concept);
        for (edge, beyond) in [(100, 99), (LARGEST_SHORT_ITEM, LARGEST_SHORT_ITEM + 1)] {
            assert_eq!(short(edge).map(Sctid::item), Ok(edge));
            assert!(matches!(short(beyond), Err(SctidPartsError::Item { .. })));
        }
        for (edge, beyond) in [(1, 0), (LARGEST_LONG_ITEM, LARGEST_LONG_ITEM + 1)] {
            assert_eq!(long(edge).map(Sctid::item), Ok(edge));
            assert!(matches!(long(beyond), Err(SctidPartsError::Item { .. })));
        }
        assert!(matches!(short(u64::MAX), Err(SctidPartsError::Item { .. })));
        assert_eq!(
            Sctid::from_parts(1, Some(10_000_000), Component::Concept),
            Err(SctidPartsError::Namespace)
        );
        assert_eq!(
            Sctid::from_parts(100, None, Component::Expression),
            Err(SctidPartsError::NamespaceRequired)
        );
    }

    proptest! {
        #[test]
        fn parts_come_back_as_they_were_given(
            short_item in SMALLEST_SHORT_ITEM..=LARGEST_SHORT_ITEM,
            long_item in 1..=LARGEST_LONG_ITEM,
            namespace in 0..=LARGEST_NAMESPACE,
            kind in 0..7_usize,
            long: bool,
        ) {
            let component = COMPONENTS[kind];
            let long = long || component == Component::Expression;
            let namespace = long.then_some(namespace);
            let item = if long { long_item } else { short_item };
            let sctid = Sctid::from_parts(item, namespace, component).unwrap();
            prop_assert_eq!(sctid.check(), Ok(()));
            prop_assert_eq!(Sctid::parse(&sctid.to_string()), Ok(sctid));
            prop_assert_eq!(sctid.item(), item);
            prop_assert_eq!(sctid.namespace(), namespace);
            prop_assert_eq!(sctid.component(), Some(component));
        }
    }
}
