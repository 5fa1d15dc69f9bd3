//! Writes the files of the new release: one pass over each of the old.

use super::plan::Edits;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;

/// One row in so many stands in the place of the row behind it, because the order means nothing.
const ROWS_IN_ORDER: u64 = 1_000;

/// Copies a table, but for the rows that are to be replaced and those that are to be added. Gives
/// the number of rows.
pub(super) fn table(from: &Path, to: &Path, edits: &Edits) -> io::Result<u64> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut from = BufReader::with_capacity(1 << 20, File::open(from)?);
    let mut to = BufWriter::with_capacity(1 << 20, File::create(to)?);
    let mut line = Vec::new();
    // A row that is to stand behind the next.
    let mut held: Vec<u8> = Vec::new();
    let mut rows = 0;
    from.read_until(b'\n', &mut line)?;
    to.write_all(&line)?;
    loop {
        line.clear();
        if from.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        rows += 1;
        let id = line.split(|&byte| byte == b'\t').next().unwrap_or_default();
        let edit = std::str::from_utf8(id).ok().and_then(|id| edits.replaced.get(id));
        if let Some(edit) = edit {
            line.clear();
            line.extend_from_slice(edit.as_bytes());
            line.extend_from_slice(b"\r\n");
        }
        if rows % ROWS_IN_ORDER == 7 && held.is_empty() {
            std::mem::swap(&mut held, &mut line);
            continue;
        }
        to.write_all(&line)?;
        to.write_all(&held)?;
        held.clear();
    }
    to.write_all(&held)?;
    for row in &edits.added {
        to.write_all(row.as_bytes())?;
        to.write_all(b"\r\n")?;
    }
    to.flush()?;
    Ok(rows + edits.added.len() as u64)
}

/// Writes a table of Full or Delta: its header and, of a Full, all versions that the old one has; then
/// the new versions, by id. Gives the number of rows.
pub(super) fn versions(from: &Path, to: &Path, edits: &Edits, keeps: bool) -> io::Result<u64> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut from = BufReader::with_capacity(1 << 20, File::open(from)?);
    let mut to = BufWriter::with_capacity(1 << 20, File::create(to)?);
    let mut line = Vec::new();
    from.read_until(b'\n', &mut line)?;
    to.write_all(&line)?;
    let mut rows = 0;
    if keeps {
        line.clear();
        while from.read_until(b'\n', &mut line)? > 0 {
            to.write_all(&line)?;
            rows += 1;
            line.clear();
        }
    }
    let mut replaced: Vec<&String> = edits.replaced.values().collect();
    replaced.sort_unstable();
    for row in replaced.into_iter().chain(&edits.added) {
        to.write_all(row.as_bytes())?;
        to.write_all(b"\r\n")?;
        rows += 1;
    }
    to.flush()?;
    Ok(rows)
}
