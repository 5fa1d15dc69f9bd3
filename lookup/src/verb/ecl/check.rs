//! Reading an expression constraint without asking an index.

use std::io::Write as _;

use farr::ecl::Ecl;

use crate::exit;
use crate::failure::Failure;
use crate::output::text::shown;
use crate::streams::Streams;

/// Reads an expression constraint and writes it back; warns of malformed identifiers.
pub(super) fn check(
    expression: &str,
    long: bool,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    let ecl = parsed(expression)?;
    let form = match long {
        true => ecl.long().to_string(),
        false => ecl.brief().to_string(),
    };
    writeln!(streams.out, "{}", shown(&form))?;
    warn_of_malformed_ids(&ecl, streams);
    Ok(exit::ANSWERED)
}

/// Reads an expression constraint; what is wrong with it is wrong usage.
pub(crate) fn parsed(expression: &str) -> Result<Ecl, Failure> {
    Ecl::parse(expression).map_err(|error| Failure::Usage(error.render(expression)))
}

/// Warns of identifiers whose check digit or partition is wrong.
fn warn_of_malformed_ids(ecl: &Ecl, streams: &mut Streams<'_>) {
    for (found, error) in ecl.malformed_ids() {
        let before = ecl.source().get(..found.span.start).unwrap_or_default();
        let column = before.chars().count() + 1;
        streams.warn(&format!("{}, at character {column}: {error}", found.id));
    }
}
