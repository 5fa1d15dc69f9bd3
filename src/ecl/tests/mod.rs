//! Tests of the language as a whole.

mod cases;
mod examples;
mod hostile;
mod random;
mod trees;

use super::Ecl;

/// Parses, prints in both forms, parses those, and wants the same tree each time.
#[track_caller]
pub(super) fn there_and_back(text: &str) -> Ecl {
    let ecl = Ecl::parse(text).unwrap_or_else(|error| panic!("{}", error.render(text)));
    for form in [ecl.brief().to_string(), ecl.long().to_string()] {
        let again = Ecl::parse(&form).unwrap_or_else(|error| panic!("{}", error.render(&form)));
        assert_eq!(again, ecl, "{form}");
        assert_eq!(again.brief().to_string(), ecl.brief().to_string());
    }
    ecl
}
