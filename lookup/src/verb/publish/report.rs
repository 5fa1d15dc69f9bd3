//! What was published, and what is.

use std::path::Path;

use farr::published::{PublicKey, SetDescription, SetFile, SetRelease};
use farr_build::{Change, ListedSet, Published};
use serde_json::{Value, json};

use crate::card::draw::Sheet;
use crate::output::number::{bytes, counted};
use crate::output::palette::Palette;
use crate::output::table::{Look, Table};

/// A release in words: `SNOMED CT http://snomed.info/sct/…`.
fn words(release: &SetRelease) -> String {
    let name = release.system.name();
    match (&release.version, release.date) {
        (Some(version), _) => format!("{name} {version}"),
        (None, Some(date)) => format!("{name} of {date}"),
        (None, None) => format!("{name} of unknown version"),
    }
}

/// The report for reading.
pub(super) fn text(
    folder: &Path,
    published: &Published,
    palette: Palette,
    width: Option<usize>,
) -> String {
    let mut sheet = Sheet::new(palette, width);
    let plain = str::to_owned;
    sheet.line(&palette.heading(&folder.display().to_string()));
    let set = &published.set;
    let change = match (published.change, published.before) {
        (Change::Unchanged, _) => format!("{}, as before", set.number()),
        (Change::Moved, Some(before)) => format!("{}, in the place of {before}", set.number()),
        (_, Some(before)) => format!("{}, before it {before}", set.number()),
        (_, None) => set.number().to_string(),
    };
    sheet.labelled("Current set", &change, plain);
    if let (Change::Moved, Some(before)) = (published.change, set.before()) {
        sheet.labelled("Published after", &before.to_string(), plain);
    }
    if set.signature().is_some() {
        sheet.labelled("Signed", "yes", plain);
    }
    for release in set.releases() {
        sheet.labelled("Release", &words(release), plain);
    }
    for SetFile { name, bytes: length, .. } in set.files() {
        sheet.labelled("File", &format!("{name} ({})", bytes(*length)), plain);
    }
    if !published.removed_sets.is_empty() || !published.removed_files.is_empty() {
        let sets = counted(published.removed_sets.len(), "set", "sets");
        let files = counted(published.removed_files.len(), "file", "files");
        sheet.labelled("Removed", &format!("{sets}, {files}"), plain);
    }
    sheet.into_text()
}

/// The parts of a set that both outputs for programs have.
fn described(set: &SetDescription) -> (Value, Value) {
    let files = set.files().iter().map(|file| {
        json!({
            "name": file.name,
            "bytes": file.bytes,
            "sha256": file.sha256.to_string(),
            "build_id": format!("{:016x}", file.build_id),
        })
    });
    let releases = set.releases().iter().map(|release| {
        json!({
            "file": release.file,
            "system": release.system.word(),
            "version": release.version,
            "date": release.date.map(|date| date.to_string()),
        })
    });
    (files.collect(), releases.collect())
}

/// The report for programs.
pub(super) fn json(folder: &Path, published: &Published) -> Value {
    let (files, releases) = described(&published.set);
    let in_use: Vec<Value> =
        published.in_use.iter().map(|left| json!({ "set": left.set, "why": left.why })).collect();
    json!({
        "folder": folder.display().to_string(),
        "change": published.change.word(),
        "set": published.set.number(),
        "before": published.before,
        "signed": published.set.signature().is_some(),
        "files": files,
        "releases": releases,
        "written": published.written,
        "removed_sets": published.removed_sets,
        "removed_files": published.removed_files,
        "in_use": in_use,
        "notes": published.notes,
    })
}

/// Whether the signature of a set holds against a key, and what is amiss where it does not.
fn held(set: &SetDescription, key: &PublicKey) -> Result<(), &'static str> {
    let signature = set.signature().ok_or("not signed")?;
    key.verify_text(set.signed_part(), signature)
}

/// A set of the list, for programs.
pub(super) fn list_json(set: &ListedSet, key: Option<&PublicKey>) -> Value {
    let (files, releases) = match &set.description {
        Ok(description) => described(description),
        Err(_) => (json!([]), json!([])),
    };
    let description = set.description.as_ref().ok();
    json!({
        "set": set.number,
        "current": set.current,
        "before": description.and_then(SetDescription::before),
        "signed": description.map(|set| set.signature().is_some()),
        "signature_holds": description.zip(key).map(|(set, key)| held(set, key).is_ok()),
        "error": set.description.as_ref().err().map(ToString::to_string),
        "missing": set.missing,
        "files": files,
        "releases": releases,
    })
}

/// The list for reading.
pub(super) fn list(
    sets: &[ListedSet],
    key: Option<&PublicKey>,
    palette: Palette,
    width: Option<usize>,
) -> String {
    let mut table = Table::new(&[
        ("set", Look::Number),
        ("", Look::Short),
        ("releases", Look::Term),
        ("size", Look::Short),
        ("", Look::Short),
    ]);
    for set in sets {
        let current = if set.current { "current" } else { "" };
        let (releases, size, state) = match &set.description {
            Err(error) => (format!("cannot be read: {error}"), String::new(), String::new()),
            Ok(described) => {
                let releases: Vec<String> = described.releases().iter().map(words).collect();
                let length = described.files().iter().map(|file| file.bytes).sum();
                let signed = match (key.map(|key| held(described, key)), described.signature()) {
                    (Some(Ok(())), _) => "signature holds".to_owned(),
                    (Some(Err(what)), Some(_)) => format!("signature does not hold: {what}"),
                    (Some(Err(what)), None) => what.to_owned(),
                    (None, Some(_)) => "signed".to_owned(),
                    (None, None) => String::new(),
                };
                let state = match (set.missing.len(), signed.as_str()) {
                    (0, _) => signed,
                    (missing, "") => counted(missing, "file missing", "files missing"),
                    (missing, _) => {
                        format!("{}, {signed}", counted(missing, "file missing", "files missing"))
                    }
                };
                (releases.join(", "), bytes(length), state)
            }
        };
        table.row([set.number.to_string(), current.to_owned(), releases, size, state]);
    }
    table.draw(palette, width)
}
