//! `release_package_information.json`.

use crate::error::BuildError;
use crate::problem::{NoteKind, Notes};
use crate::release::Entry;

/// The file is a page or two; one of many megabytes is something else.
const LONGEST: usize = 4 << 20;

/// The licence statement of a package. Copies of this file have at times been invalid JSON, so what
/// cannot be read is told, and never fails a build.
pub(crate) fn licence(entry: &Entry, notes: &mut Notes) -> Result<Option<String>, BuildError> {
    let Some(bytes) = entry.read_whole(LONGEST)? else {
        notes.add(NoteKind::PackageInformation, || entry.name.clone());
        return Ok(None);
    };
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    match serde_json::from_slice::<serde_json::Value>(bytes) {
        Ok(value) => Ok(value
            .get("licenceStatement")
            .and_then(|text| text.as_str())
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)),
        Err(_) => {
            notes.add(NoteKind::PackageInformation, || entry.name.clone());
            Ok(None)
        }
    }
}
