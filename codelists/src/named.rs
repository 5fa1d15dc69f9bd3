//! The concepts that the expressions and filters of a list name.

use std::collections::HashSet;

use farr::Sctid;
use farr::ecl::Ecl;
use farr::ecl::visit::Place as Role;

use crate::code::Code;
use crate::list::{Codelist, Content, Entry, Filter, Part, Selection};
use crate::place::{Lines, Place};
use crate::system::System;

impl Codelist {
    /// The concepts that expressions and filters name, with the terms beside them, in the order of
    /// the file; one that stands there twice with the same term once. They define the list, and need
    /// not be in it. What a filter names has the place of its include.
    ///
    /// ```
    /// use farr_codelists::Codelist;
    /// let list = Codelist::of_ecl(farr::Ecl::parse("<< 401004 |Squeak| OR < 402006")?);
    /// let named = list.named_concepts();
    /// assert_eq!((named[0].code.text(), named[0].term.as_deref()), ("401004", Some("Squeak")));
    /// assert_eq!((named[1].place.column, named[1].term.as_deref()), (25, None));
    /// # Ok::<(), farr::ecl::EclError>(())
    /// ```
    pub fn named_concepts(&self) -> Vec<Entry> {
        match &self.content {
            Content::Codes(_) | Content::Definition(_) => Vec::new(),
            Content::Ecl(ecl) => of_ecl(ecl, None),
            Content::ValueSet(set) => {
                let compose = set.compose.iter();
                let parts =
                    compose.flat_map(|compose| compose.include.iter().chain(&compose.exclude));
                once(parts.flat_map(of_part).collect())
            }
        }
    }
}

fn of_part(part: &Part) -> Vec<Entry> {
    let Selection::Filters(filters) = &part.selection else { return Vec::new() };
    let of_filter = |filter: &Filter| match filter {
        Filter::IsA(id) | Filter::DescendentOf(id) | Filter::In(id) => {
            vec![entry(*id, None, part.place)]
        }
        Filter::Constraint(ecl) => of_ecl(ecl, Some(part.place)),
        Filter::Products(_) | Filter::Ingredients => Vec::new(),
    };
    filters.iter().flat_map(of_filter).collect()
}

/// The concepts that an expression names; `place` is that of all, where it is a filter.
pub(crate) fn of_ecl(ecl: &Ecl, place: Option<Place>) -> Vec<Entry> {
    let source = ecl.source();
    let lines = Lines::of(source);
    let named = ecl.identifiers().into_iter().filter(|found| found.place != Role::Description);
    let entries = named.map(|found| {
        let behind = source.get(found.span.end..).unwrap_or_default();
        let place = place.unwrap_or_else(|| lines.place(found.span.start));
        entry(found.id, term(behind), place)
    });
    once(entries.collect())
}

fn entry(id: Sctid, term: Option<&str>, place: Place) -> Entry {
    Entry {
        system: System::Snomed.into(),
        code: Code::read(System::Snomed, &id.to_string()),
        term: term.map(str::to_owned),
        place,
    }
}

/// The term in pipes that begins a text, behind white space and comments.
fn term(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    while let Some(comment) = rest.strip_prefix("/*") {
        rest = comment.split_once("*/")?.1.trim_start();
    }
    let (term, _) = rest.strip_prefix('|')?.split_once('|')?;
    Some(term.trim()).filter(|term| !term.is_empty())
}

fn once(entries: Vec<Entry>) -> Vec<Entry> {
    let mut seen = HashSet::new();
    let is_new = |entry: &Entry| seen.insert((entry.code.text().to_owned(), entry.term.clone()));
    entries.into_iter().filter(is_new).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_stand_behind_their_ids() {
        assert_eq!(term(" /* so */ | Squeak | OR"), Some("Squeak"));
        assert_eq!(term(" OR 402006 |Squeal|"), None);
        assert_eq!(term("||"), None);
        let text = "<< 401004 |Squeak| MINUS\n (401004 |Squeak| OR 401004 |Squeal| OR 402006)";
        let named = of_ecl(&Ecl::parse(text).unwrap(), None);
        let named: Vec<(&str, Option<&str>, String)> = named
            .iter()
            .map(|one| (one.code.text(), one.term.as_deref(), one.place.to_string()))
            .collect();
        assert_eq!(
            named,
            [
                ("401004", Some("Squeak"), "1:4".to_owned()),
                ("401004", Some("Squeal"), "2:22".to_owned()),
                ("402006", None, "2:41".to_owned()),
            ]
        );
    }
}
