//! What a text is that is no code: what a spreadsheet left of one, several in one, or a Read code.

use farr::coding::{Binding, Coding, Facts, FindingCode, System, Validator};
use farr::{Dialect, Systems};

/// Says what became of a code, and which it was where that can be told; `None` where nothing of the
/// kind is seen.
pub(crate) fn damage(systems: Systems<'_>, text: &str, dialect: Dialect) -> Option<String> {
    let binding = Binding::new("lookup").system(System::Snomed).dialect(dialect);
    let validator = Validator::of(systems, &binding).ok()?;
    let verdict = validator.check(&Coding::unstated(text), &Facts::new());
    let told = verdict.findings().iter().find(|finding| {
        matches!(
            finding.code(),
            FindingCode::WrittenAsNumber
                | FindingCode::RoundedBySpreadsheet
                | FindingCode::Truncated
                | FindingCode::SeveralCodes
                | FindingCode::ReadCode
        )
    });
    told.map(|finding| finding.message())
}
