//! The release after another one, with changes that are known.

mod candidates;
mod concepts;
mod descriptions;
mod expected;
mod files;
mod members;
mod plan;
mod rewrite;
mod row;
mod snomed;
mod survey;

pub use expected::Expected;

use crate::snomed::WrittenFile;
use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::Path;

/// What is planted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plants {
    /// The date of the new release, as in `20260901`; a month after the old one where none is given.
    pub date: Option<u32>,
    /// How many changes of each kind; there are fewer where the release has too few places.
    pub changes: usize,
    /// Which places are drawn.
    pub seed: u64,
}

/// A release that was written after another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextRelease {
    /// The files, within the folder that was written to.
    pub files: Vec<WrittenFile>,
    /// Every change that a comparison of both must tell, in order; and no other.
    pub changes: Vec<Expected>,
}

/// Writes the release that comes after the one in `old` to `folder`, which is made if need be, and
/// beside it the list of the changes, `planted.csv`.
///
/// Of SNOMED CT the Snapshot is written, with the names of its folder and files moved to the new
/// date; Full, Delta and `Resources` are not. Each file is read three times at most, and never held
/// whole; what is held is the hierarchy, a few bytes for each concept, and what is planted.
///
/// # Errors
///
/// `old` is no release folder, or a file cannot be read or written.
pub fn write_next(old: &Path, folder: &Path, plants: Plants) -> io::Result<NextRelease> {
    let mut next = NextRelease { files: Vec::new(), changes: Vec::new() };
    if old.join("Snapshot").is_dir() {
        write_snomed(old, folder, plants, &mut next)?;
    } else {
        let what = format!("{} has no Snapshot", old.display());
        return Err(io::Error::new(io::ErrorKind::InvalidInput, what));
    }
    next.changes.sort();
    fs::write(folder.join("planted.csv"), next.csv())?;
    Ok(next)
}

fn write_snomed(
    old: &Path,
    folder: &Path,
    plants: Plants,
    next: &mut NextRelease,
) -> io::Result<()> {
    let name = old.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let before = date_of(name).ok_or_else(|| {
        let what = format!("the name of {} has no date", old.display());
        io::Error::new(io::ErrorKind::InvalidInput, what)
    })?;
    let now = plants.date.map_or_else(|| month_after(&before), |date| date.to_string());
    let moved = |name: &str| name.replace(&before, &now);
    let tables = files::tables(old)?;
    let (mut survey, mut found) = (survey::Survey::default(), HashMap::new());
    let plan = snomed::plan(old, &tables, (plants, &now), &mut survey, &mut found)?;
    let root = Path::new(&moved(name)).to_owned();
    for (table, edits) in tables.iter().zip(&plan.edits) {
        let path = root.join(moved(&table.path.to_string_lossy()));
        let rows = rewrite::table(&old.join(&table.path), &folder.join(&path), edits)?;
        next.files.push(WrittenFile { path, rows: Some(rows) });
    }
    for entry in fs::read_dir(old)? {
        let path = entry?.path();
        if path.is_file() {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let text = fs::read_to_string(&path)?;
            let text = match name.ends_with(".json") {
                true => text.replace(&format!("\"{before}\""), &format!("\"{now}\"")),
                false => text,
            };
            let path = root.join(moved(name));
            fs::write(folder.join(&path), text)?;
            next.files.push(WrittenFile { path, rows: None });
        }
    }
    next.changes.extend(plan.expected);
    Ok(())
}

/// The first of the month after a date.
fn month_after(date: &str) -> String {
    let months = date.parse::<u32>().unwrap_or(0) / 100;
    let after = if months % 100 < 12 { months + 1 } else { months + 89 };
    format!("{after}01")
}

/// The last eight digits in a row in a name.
fn date_of(name: &str) -> Option<String> {
    let digits = name.split(|at: char| !at.is_ascii_digit()).filter(|digits| digits.len() == 8);
    digits.last().map(str::to_owned)
}
