//! The release after another one, with changes that are known.

mod candidates;
mod classification;
mod concepts;
mod descriptions;
mod dmd;
mod dmd_plan;
mod dmd_survey;
mod expected;
mod files;
mod members;
mod past;
mod plan;
mod record;
mod rewrite;
mod row;
mod rubric_column;
mod snomed;
mod survey;

pub use expected::Expected;

use crate::snomed::WrittenFile;
use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

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
/// `old` is the folder of a package, or one that holds packages of SNOMED CT, of dm+d, of
/// ICD-10 (text and XML of the United Kingdom) and of OPCS-4. Of SNOMED CT the Snapshot is written, with the names of its folder and files moved to the new
/// date, and Full and Delta where the old release has them: Full with the new versions of rows behind the
/// old ones, Delta with what is new since the old release. `Resources` is not. Each file is read three times at most, and never held
/// whole; what is held is the hierarchy, a few bytes for each concept, and what is planted.
///
/// # Errors
///
/// `old` is no release folder, or a file cannot be read or written.
pub fn write_next(old: &Path, folder: &Path, plants: Plants) -> io::Result<NextRelease> {
    let mut next = NextRelease { files: Vec::new(), changes: Vec::new() };
    let mut packages = vec![old.to_owned()];
    if !is_package(old) {
        packages = fs::read_dir(old)?
            .map(|entry| Ok(entry?.path()))
            .filter(|path| path.as_ref().map_or(true, |path| is_package(path)))
            .collect::<io::Result<Vec<PathBuf>>>()?;
        packages.sort();
    }
    if packages.is_empty() {
        let what = format!("{} has no release", old.display());
        return Err(io::Error::new(io::ErrorKind::InvalidInput, what));
    }
    fs::create_dir_all(folder)?;
    let (dmd, others): (Vec<_>, Vec<_>) =
        packages.into_iter().partition(|path| name_of(path).starts_with("nhsbsa_dmd"));
    let (editions, others): (Vec<_>, Vec<_>) =
        others.into_iter().partition(|path| classification::is_edition(name_of(path)));
    classification::write(&editions, folder, (plants.seed, plants.changes), &mut next)?;
    for package in others {
        write_snomed(&package, folder, plants, &mut next)?;
    }
    if let Some(package) = dmd.first() {
        let dates = dates(package, plants)?;
        let [before, now] = dates.map(|date| date.parse().unwrap_or(0));
        dmd::write(&dmd, folder, (plants, before, now), &mut next)?;
    }
    next.changes.sort();
    fs::write(folder.join("planted.csv"), next.csv())?;
    Ok(next)
}

fn name_of(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

/// Whether a folder is a package that a release can be written after.
fn is_package(path: &Path) -> bool {
    let named = |name: &str| name.starts_with("nhsbsa_dmd") || classification::is_edition(name);
    path.join("Snapshot").is_dir() || named(name_of(path)) && path.is_dir()
}

/// The date of a package and that of the one after it.
fn dates(package: &Path, plants: Plants) -> io::Result<[String; 2]> {
    let before = date_of(name_of(package)).ok_or_else(|| {
        let what = format!("the name of {} has no date", package.display());
        io::Error::new(io::ErrorKind::InvalidInput, what)
    })?;
    let now = plants.date.map_or_else(|| month_after(&before), |date| date.to_string());
    Ok([before, now])
}

fn write_snomed(
    old: &Path,
    folder: &Path,
    plants: Plants,
    next: &mut NextRelease,
) -> io::Result<()> {
    let name = name_of(old);
    let [before, now] = dates(old, plants)?;
    let moved = |name: &str| name.replace(&before, &now);
    let tables = files::tables(old)?;
    let (mut survey, mut found) = (survey::Survey::default(), HashMap::new());
    let plan = snomed::plan(old, &tables, (plants, &now), &mut survey, &mut found)?;
    let root = Path::new(&moved(name)).to_owned();
    for (table, edits) in tables.iter().zip(&plan.edits) {
        let path = root.join(moved(&table.path.to_string_lossy()));
        let rows = rewrite::table(&old.join(&table.path), &folder.join(&path), edits)?;
        next.files.push(WrittenFile { path, rows: Some(rows) });
        for (release_type, keeps) in [("Full", true), ("Delta", false)] {
            let within = table.path.to_string_lossy().replace("Snapshot", release_type);
            if old.join(&within).is_file() {
                let path = root.join(moved(&within));
                let rows =
                    rewrite::versions(&old.join(&within), &folder.join(&path), edits, keeps)?;
                next.files.push(WrittenFile { path, rows: Some(rows) });
            }
        }
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

/// The date in a name: the last digits that begin with a year of this century.
fn date_of(name: &str) -> Option<String> {
    let digits = name.split(|at: char| !at.is_ascii_digit());
    let mut dates = digits.filter(|digits| digits.len() >= 8 && digits.starts_with("20"));
    let date = dates.next_back()?;
    date.get(..8).map(str::to_owned)
}
