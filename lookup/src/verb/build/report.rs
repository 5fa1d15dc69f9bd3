//! The closing report of a build.

use std::path::Path;

use farr_build::Report;
use serde_json::{Value, json};

use crate::card::draw::Sheet;
use crate::card::release::{dmd_release, edition_of_meta};
use crate::output::number::{bytes, counted, date, grouped};
use crate::output::palette::Palette;
use crate::output::table::{Look, Table};
use crate::verb::info::release_types;

/// Examples that a note shows for reading; JSON has all that were kept.
const EXAMPLES: usize = 3;

/// The report for reading.
pub(super) fn text(
    output: &Path,
    report: &Report,
    palette: Palette,
    width: Option<usize>,
) -> String {
    let mut sheet = Sheet::new(palette, width);
    let plain = str::to_owned;
    sheet.line(&palette.heading(&output.display().to_string()));
    if !report.meta.release_types.is_empty() {
        let version = report.meta.version.as_deref();
        let version = version.unwrap_or("the release does not name its edition");
        sheet.labelled("Version", version, plain);
        if let Some(day) = report.meta.as_of {
            sheet.labelled("As of", &date(day), plain);
        }
        sheet.labelled("Read from", &release_types(&report.meta.release_types), plain);
    }
    if report.meta.count("VTMs").is_some() {
        sheet.labelled("dm+d", &dmd_release(&report.meta), plain);
    }
    for edition in &report.meta.classifications {
        sheet.labelled("Edition", &edition_of_meta(edition), plain);
    }
    sheet.labelled("Size", &bytes(report.bytes), plain);
    if let Some(licence) = &report.meta.licence {
        sheet.labelled("Licence", licence, plain);
    }
    if !report.meta.set_aside.is_empty() {
        let rows: u64 = report.meta.set_aside.iter().map(|file| file.rows).sum();
        let files = counted(report.meta.set_aside.len(), "other file", "other files");
        let aside = format!("{} rows of {files} are not in the index", grouped(rows));
        sheet.labelled("Set aside", &aside, plain);
    }
    for (number, (kind, note)) in report.notes.iter().enumerate() {
        let mut text = format!("{} × {}", grouped(note.count), kind.phrase());
        let shown = &note.examples[..note.examples.len().min(EXAMPLES)];
        if !shown.is_empty() {
            text.push_str(": ");
            text.push_str(&shown.join("; "));
            text.push_str(if note.count > shown.len() as u64 { "; …" } else { "" });
        }
        let label = if number == 0 { "Notes" } else { "" };
        sheet.labelled(label, &text, |text| match kind.refused_when_strict() {
            true => palette.warning(text),
            false => text.to_owned(),
        });
    }
    let mut text = sheet.into_text();

    let mut counts = Table::new(&[("rows", Look::Number), ("of", Look::Term)]);
    for (name, count) in &report.meta.counts {
        counts.row([grouped(*count), name.clone()]);
    }
    let mut sections =
        Table::new(&[("section", Look::Short), ("items", Look::Number), ("bytes", Look::Number)]);
    for (tag, items, bytes) in &report.sections {
        sections.row([tag.to_string(), grouped(*items), grouped(*bytes)]);
    }
    for (title, table) in [("Counts", counts), ("Sections", sections)] {
        text.push('\n');
        text.push_str(&palette.heading(title));
        text.push('\n');
        text.push_str(&table.draw(palette, width));
    }
    text
}

/// The report for programs.
pub(super) fn json(output: &Path, report: &Report) -> Value {
    let meta = &report.meta;
    let counts: serde_json::Map<String, Value> =
        meta.counts.iter().map(|(name, count)| (name.clone(), json!(count))).collect();
    let notes = report.notes.iter().map(|(kind, note)| {
        json!({
            "kind": kind.code(),
            "meaning": kind.phrase(),
            "count": note.count,
            "refused_when_strict": kind.refused_when_strict(),
            "examples": note.examples,
        })
    });
    let sections = report.sections.iter().map(
        |(tag, items, bytes)| json!({ "tag": tag.to_string(), "items": items, "bytes": bytes }),
    );
    let set_aside =
        meta.set_aside.iter().map(|file| json!({ "name": file.name, "rows": file.rows }));
    json!({
        "file": output.display().to_string(),
        "bytes": report.bytes,
        "edition": meta.edition,
        "version": meta.version,
        "as_of": meta.as_of.map(date),
        "dmd_version": meta.dmd_version,
        "dmd_date": meta.dmd_date.map(date),
        "classifications": meta
            .classifications
            .iter()
            .map(|edition| {
                json!({
                    "system": edition.system,
                    "version": edition.version,
                    "date": edition.date.map(date),
                    "title": edition.title,
                })
            })
            .collect::<Vec<_>>(),
        "release_types": meta
            .release_types
            .iter()
            .map(|(name, packages)| (name.clone(), json!(packages)))
            .collect::<serde_json::Map<String, Value>>(),
        "licence": meta.licence,
        "counts": counts,
        "notes": notes.collect::<Vec<_>>(),
        "set_aside": set_aside.collect::<Vec<_>>(),
        "sections": sections.collect::<Vec<_>>(),
    })
}
