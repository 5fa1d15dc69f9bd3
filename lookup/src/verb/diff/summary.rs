//! What a comparison ends with, for another program.

use farr::Dialect;
use farr::diff::ChangeKind;
use serde_json::{Value, json};

use super::compared::Compared;
use super::compared_file::ComparedFile;
use super::told::Overview;
use crate::failure::Failure;

/// The name of a dialect, as `--dialect` takes it.
pub(super) fn dialect_name(dialect: Dialect) -> String {
    let named = [
        (Dialect::NHS_CLINICAL, "nhs-clinical"),
        (Dialect::NHS_PHARMACY, "nhs-pharmacy"),
        (Dialect::GB, "en-gb"),
        (Dialect::US, "en-us"),
    ];
    match named.iter().find(|(known, _)| *known == dialect) {
        Some((_, name)) => (*name).to_owned(),
        None => dialect.refsets().map(|id| id.to_string()).collect::<Vec<_>>().join(","),
    }
}

/// The summary, on one line. Its keys are an interface.
pub(super) fn json(overview: &Overview<'_>) -> Result<String, Failure> {
    let [left_out, left_out_that_matter] = overview.left_out;
    let kinds: Vec<Value> = overview
        .kinds
        .iter()
        .map(|((system, kind), of_kind)| {
            json!({
                "system": system.word(),
                "change": kind.code(),
                "matters": kind.matters(),
                "changes": of_kind.count,
            })
        })
        .collect();
    let count = |takes: &dyn Fn(ChangeKind) -> bool| -> u64 {
        let of_kind = overview.kinds.iter().filter(|((_, kind), _)| takes(*kind));
        of_kind.map(|(_, of_kind)| of_kind.count).sum()
    };
    let asked: Vec<Value> = overview
        .about
        .iter()
        .map(|(label, text)| json!({ "about": label.to_lowercase(), "asked": text }))
        .collect();
    let set = |releases: &[Compared], files: Option<&Vec<ComparedFile>>| {
        let files: Vec<Value> = files.into_iter().flatten().map(of_file).collect();
        let releases: Vec<Value> = releases.iter().map(of_release).collect();
        json!({ "files": files, "releases": releases })
    };
    let summary = json!({
        "older": set(overview.old, overview.files.first()),
        "newer": set(overview.new, overview.files.get(1)),
        "dialect": dialect_name(overview.dialect),
        "about": asked,
        "codes": overview.codes,
        "changes": count(&|_| true),
        "changes_that_matter": count(&ChangeKind::matters),
        "cannot_tell": count(&|kind| kind == ChangeKind::CannotTell),
        "kinds": kinds,
        "choice": overview.choice,
        "left_out": left_out,
        "left_out_that_matter": left_out_that_matter,
        "warnings": overview.warnings,
        "command": overview.command,
    });
    serde_json::to_string(&summary).map_err(|error| Failure::Output(error.into()))
}

fn of_file(file: &ComparedFile) -> Value {
    json!({
        "file": file.file,
        "bytes": file.bytes,
        "build_id": file.build_id,
        "sha256": file.sha256.map(|sum| sum.to_string()),
    })
}

fn of_release(compared: &Compared) -> Value {
    let Compared { release, edition } = compared;
    json!({
        "system": release.system().word(),
        "edition": edition,
        "version": release.version(),
        "date": release.date().map(|date| date.to_string()),
    })
}
