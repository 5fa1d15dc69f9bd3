//! What an SCTID says of itself in its partition.

use std::fmt;

/// The partition of an SCTID: which kind of component it names, and whether it carries a namespace.
///
/// It is the two digits before the check digit ([release file specification][rfs], section 6).
///
/// # Example
/// ```
/// use farr::id::{Component, Sctid};
///
/// let concept = Sctid::parse("999000041000000102")?;
/// let partition = concept.partition().ok_or("not a partition of the standard")?;
/// assert_eq!(partition.component(), Component::Concept);
/// assert!(partition.is_long());
/// assert_eq!(partition.to_string(), "10");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [rfs]: https://github.com/SNOMED-Documents/snomed-release-file-specification
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Partition {
    component: Component,
    long: bool,
}

impl Partition {
    /// Returns the kind of component.
    ///
    /// # Example
    /// ```
    /// use farr::id::{Component, Sctid};
    ///
    /// let description = Sctid::parse("41398015")?;
    /// assert_eq!(description.partition().map(|p| p.component()), Some(Component::Description));
    /// # Ok::<(), farr::id::SctidError>(())
    /// ```
    #[must_use]
    pub const fn component(self) -> Component {
        self.component
    }

    /// Returns whether the identifier is of the long form, which carries the namespace of its
    /// issuer.
    ///
    /// # Example
    /// ```
    /// use farr::id::Sctid;
    ///
    /// let international = Sctid::parse("24700007")?;
    /// assert_eq!(international.partition().map(|p| p.is_long()), Some(false));
    /// # Ok::<(), farr::id::SctidError>(())
    /// ```
    #[must_use]
    pub const fn is_long(self) -> bool {
        self.long
    }

    /// Returns the partition of two digits read as a number; `None` if SNOMED CT defines no such
    /// partition.
    pub(super) const fn from_code(code: u8) -> Option<Partition> {
        let component = match code % 10 {
            0 => Component::Concept,
            1 => Component::Description,
            2 => Component::Relationship,
            3 => Component::LegacySubset,
            4 => Component::LegacyMapSet,
            5 => Component::LegacyMapTarget,
            6 if code == 16 => Component::Expression,
            _ => return None,
        };
        match code / 10 {
            0 => Some(Partition { component, long: false }),
            1 => Some(Partition { component, long: true }),
            _ => None,
        }
    }
}

/// The two digits of the partition.
impl fmt::Display for Partition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", u8::from(self.long), self.component.code())
    }
}

/// The kinds of component that an SCTID can name.
///
/// The three legacy kinds belong to Release Format 1; releases of today carry reference sets
/// instead ([release file specification][rfs], section 6).
///
/// # Example
/// ```
/// use farr::id::{Component, Sctid};
///
/// let is_a = Sctid::parse("116680003")?;
/// assert_eq!(is_a.component(), Some(Component::Concept));
/// # Ok::<(), farr::id::SctidError>(())
/// ```
///
/// [rfs]: https://github.com/SNOMED-Documents/snomed-release-file-specification
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Component {
    /// A concept: partitions 00 and 10.
    Concept,
    /// A description: partitions 01 and 11.
    Description,
    /// A relationship: partitions 02 and 12.
    Relationship,
    /// A subset of Release Format 1: partitions 03 and 13.
    LegacySubset,
    /// A map set of Release Format 1: partitions 04 and 14.
    LegacyMapSet,
    /// A map target of Release Format 1: partitions 05 and 15.
    LegacyMapTarget,
    /// A postcoordinated expression: partition 16, in the long form only.
    Expression,
}

impl Component {
    /// The second digit of the partition.
    pub(super) const fn code(self) -> u8 {
        match self {
            Component::Concept => 0,
            Component::Description => 1,
            Component::Relationship => 2,
            Component::LegacySubset => 3,
            Component::LegacyMapSet => 4,
            Component::LegacyMapTarget => 5,
            Component::Expression => 6,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Partition;

    #[test]
    fn thirteen_codes_are_legal_and_print_as_they_were_read() {
        let legal: Vec<u8> =
            (0..=99).filter(|&code| Partition::from_code(code).is_some()).collect();
        assert_eq!(legal, [0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16]);
        for code in legal {
            let partition = Partition::from_code(code).expect("legal");
            assert_eq!(partition.to_string(), format!("{code:02}"));
            assert_eq!(partition.is_long(), code >= 10);
        }
    }
}
