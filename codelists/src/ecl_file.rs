//! Files of an expression constraint.

use farr::ecl::Ecl;

use crate::finding::{Finding, FindingKind, ReadError, ReadErrorKind};
use crate::format::Format;
use crate::list::{Codelist, Content};
use crate::place::Lines;
use crate::read::ReadOptions;
use crate::system::System;

/// Reads an expression constraint; comments are part of the language.
pub(crate) fn read(text: &str, options: &ReadOptions) -> Result<Codelist, ReadError> {
    match options.system {
        None | Some(System::Snomed | System::Dmd) => {}
        Some(system) => {
            let message =
                format!("an expression constraint is of SNOMED CT, and not of {}", system.name());
            return Err(ReadError::new(ReadErrorKind::System, None, message));
        }
    }
    let lines = Lines::of(text);
    let ecl = Ecl::parse(text).map_err(|error| {
        let message = match error.hint() {
            Some(hint) => format!("{error}: {hint}"),
            None => error.to_string(),
        };
        let place = Some(lines.place(error.span().start));
        ReadError::new(ReadErrorKind::Syntax, place, message)
    })?;
    let malformed = ecl.malformed_ids().into_iter();
    // A release may have published such ids: whether it has them is found out by evaluating.
    let findings = malformed.map(|(found, why)| Finding {
        kind: FindingKind::Identifier,
        place: lines.place(found.span.start),
        message: format!("{}: {why}", found.id),
    });
    let findings = findings.collect();
    Ok(Codelist { format: Format::Ecl, content: Content::Ecl(ecl), findings })
}
