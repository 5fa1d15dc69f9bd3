//! The term to show for a concept.

use super::concept::Concept;
use super::description::{Acceptability, Description};
use super::language::Dialect;
use crate::id::Sctid;

/// The term to show for a concept, and where it was found.
///
/// Looked for in this order, and the first found is taken:
/// 1. an active synonym that a refset of the dialect prefers, in the order of its refsets;
/// 2. one that en-GB prefers, then one that en-US prefers;
/// 3. the fully specified name without its semantic tag;
/// 4. any active synonym;
/// 5. an inactive fully specified name, its tag left on, or an inactive synonym.
#[derive(Clone, Copy, Debug)]
pub struct PreferredTerm<'t> {
    text: &'t str,
    description: Description<'t>,
    dialect: Dialect,
    /// Where it was found, if not in the dialect itself.
    otherwise: Option<TermSource>,
}

/// Where a term to show was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermSource {
    /// A language refset of the dialect prefers it.
    Dialect(Sctid),
    /// No refset of the dialect prefers any; en-GB or en-US prefers this one.
    OtherDialect(Sctid),
    /// No refset prefers any: the fully specified name, its semantic tag left off.
    FullySpecifiedName,
    /// There is no active fully specified name: an active synonym.
    Synonym,
    /// There is no active description: an inactive one.
    Inactive,
}

impl<'t> PreferredTerm<'t> {
    /// The text to show.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The description it is from.
    pub fn description(&self) -> Description<'t> {
        self.description
    }

    /// Where it was found.
    pub fn source(&self) -> TermSource {
        let found = || self.description.preferred_in(self.dialect).map(TermSource::Dialect);
        self.otherwise.or_else(found).unwrap_or(TermSource::Synonym)
    }

    #[inline]
    pub(super) fn of(concept: Concept<'t>, dialect: Dialect) -> Option<PreferredTerm<'t>> {
        let stored = dialect.stored().and_then(|dialect| concept.record()?.preferred_row(dialect));
        let stored = stored.and_then(|row| Description::of_row(concept.snomed, row));
        match stored {
            Some(description) => {
                let text = description.term();
                Some(PreferredTerm { text, description, dialect, otherwise: None })
            }
            None => PreferredTerm::among(concept, dialect),
        }
    }

    /// Looks among the descriptions.
    #[inline(never)]
    fn among(concept: Concept<'t>, dialect: Dialect) -> Option<PreferredTerm<'t>> {
        let mut best: Option<(usize, Description<'t>)> = None;
        for description in concept.synonyms() {
            let places = description
                .acceptabilities()
                .filter(|(_, acceptability)| *acceptability == Acceptability::Preferred)
                .filter_map(|(refset, _)| dialect.place(refset));
            if let Some(place) = places.min()
                && best.is_none_or(|(other, _)| place < other)
            {
                best = Some((place, description));
            }
        }
        match best {
            Some((_, description)) => {
                let text = description.term();
                Some(PreferredTerm { text, description, dialect, otherwise: None })
            }
            None => PreferredTerm::otherwise(concept, dialect),
        }
    }

    #[cold]
    fn otherwise(concept: Concept<'t>, dialect: Dialect) -> Option<PreferredTerm<'t>> {
        let found = |text, description, source| {
            Some(PreferredTerm { text, description, dialect, otherwise: Some(source) })
        };
        for other in [Dialect::GB, Dialect::US] {
            let asked = other.refsets().all(|refset| dialect.place(refset).is_some());
            let preferred = (!asked && dialect != other)
                .then(|| concept.synonyms().find_map(|d| Some((d, d.preferred_in(other)?))))
                .flatten();
            if let Some((description, refset)) = preferred {
                return found(description.term(), description, TermSource::OtherDialect(refset));
            }
        }
        let name = concept.fully_specified_name();
        if let Some(description) = name.filter(|name| name.is_active()) {
            let text = without_tag(description.term());
            return found(text, description, TermSource::FullySpecifiedName);
        }
        if let Some(description) = concept.synonyms().next() {
            return found(description.term(), description, TermSource::Synonym);
        }
        let description = name.or_else(|| concept.descriptions().next())?;
        found(description.term(), description, TermSource::Inactive)
    }
}

impl std::fmt::Display for PreferredTerm<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.text)
    }
}

/// A fully specified name without the text in its last brackets.
fn without_tag(name: &str) -> &str {
    let open = name.trim_end().strip_suffix(')').and_then(|inside| inside.rfind('('));
    match open.and_then(|open| name.get(..open)).map(str::trim_end) {
        Some(before) if !before.is_empty() => before,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_brackets_are_left_off() {
        for (name, shown) in [
            ("Fracture (disorder)", "Fracture"),
            ("Fracture (closed) (disorder)", "Fracture (closed)"),
            ("Fracture", "Fracture"),
            ("(disorder)", "(disorder)"),
            ("Grade II) odd", "Grade II) odd"),
        ] {
            assert_eq!(without_tag(name), shown);
        }
    }
}
