//! Filters of a value set: which codes of a system. One that is not understood is an error, as a
//! list without it would be another list.

use farr::Sctid;
use farr::dmd::Level;
use farr::ecl::Ecl;

use crate::list::Filter;
use crate::system::{ListSystem, System};

/// Reads a filter; the error says why it is not understood.
pub(super) fn read(
    system: &ListSystem,
    property: &str,
    op: &str,
    value: &str,
) -> Result<Filter, String> {
    let value = value.trim();
    match (system.known(), property, op) {
        (Some(System::Snomed), "concept", "is-a") => Ok(Filter::IsA(sctid(value)?)),
        // R4 spells it so; the other spelling is found too.
        (Some(System::Snomed), "concept", "descendent-of" | "descendant-of") => {
            Ok(Filter::DescendentOf(sctid(value)?))
        }
        (Some(System::Snomed), "concept", "in") => {
            // Some write the reference set as an expression has it.
            let refset = value.strip_prefix('^').unwrap_or(value);
            let refset = refset.split('|').next().unwrap_or_default().trim();
            Ok(Filter::In(sctid(refset)?))
        }
        (Some(System::Snomed), "constraint" | "expression", "=") => match Ecl::parse(value) {
            Ok(ecl) => Ok(Filter::Constraint(Box::new(ecl))),
            Err(error) => Err(error.render(value)),
        },
        (Some(System::Dmd), "parent", "=") => match (Level::named(value), value) {
            (Some(level), _) => Ok(Filter::Products(level)),
            (None, value) if value.eq_ignore_ascii_case("INGREDIENT") => Ok(Filter::Ingredients),
            _ => Err("parent is VTM, VMP, AMP, VMPP, AMPP or INGREDIENT".to_owned()),
        },
        (Some(System::Snomed), ..) => Err(
            "of SNOMED CT, concept is-a, concept descendent-of, concept in and constraint = are \
             understood"
                .to_owned(),
        ),
        (Some(System::Dmd), ..) => Err("of dm+d, parent = is understood".to_owned()),
        _ => Err("filters of this system are not understood".to_owned()),
    }
}

/// The first filter that no code can satisfy beside one before it.
pub(super) fn contrary(filters: &[Filter]) -> Option<usize> {
    let of_kind = |filter: &&Filter| matches!(filter, Filter::Products(_) | Filter::Ingredients);
    let first = filters.iter().find(of_kind)?;
    filters.iter().position(|filter| of_kind(&filter) && filter != first)
}

fn sctid(text: &str) -> Result<Sctid, String> {
    // A release may have published it with a wrong check digit.
    Sctid::parse_as_published(text).map_err(|error| error.to_string())
}
