//! `release_package_information.json`.

use crate::error::BuildError;
use crate::problem::{NoteKind, Notes};
use crate::release::Entry;

/// The file is a page or two; one of many megabytes is something else.
const LONGEST: usize = 4 << 20;

/// What a package says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PackageInformation {
    pub(crate) licence: Option<String>,
    /// The release that the package's Delta starts from.
    pub(crate) delta_from: Option<u32>,
}

/// Reads what a package says of itself. Copies of this file have at times been invalid JSON, so
/// what cannot be read is told, and never fails a build.
pub(crate) fn package_information(
    entry: &Entry,
    notes: &mut Notes,
) -> Result<PackageInformation, BuildError> {
    let read = entry.read_whole(LONGEST)?.and_then(|bytes| {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
        serde_json::from_slice::<serde_json::Value>(bytes).ok()
    });
    let Some(value) = read else {
        notes.add(NoteKind::PackageInformation, || entry.name.clone());
        return Ok(PackageInformation::default());
    };
    let text = |key: &str| {
        let text = value.get(key).and_then(|text| text.as_str()).map(str::trim);
        text.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    // Dates have been written with and without dashes.
    let date = |key| text(key).and_then(|date| date.replace('-', "").get(..8)?.parse().ok());
    Ok(PackageInformation { licence: text("licenceStatement"), delta_from: date("deltaFromDate") })
}
