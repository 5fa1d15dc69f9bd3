//! A row of a release file, held as its columns.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

/// The columns that every component and member begins with.
pub(super) const ID: usize = 0;
pub(super) const EFFECTIVE: usize = 1;
pub(super) const ACTIVE: usize = 2;
pub(super) const MODULE: usize = 3;

/// A row and the file it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// The place of its file among those of the release.
    pub(super) file: usize,
    columns: Vec<String>,
}

impl Row {
    /// A row that no release has yet.
    pub(super) fn new<T: Into<String>>(file: usize, columns: impl IntoIterator<Item = T>) -> Self {
        Self { file, columns: columns.into_iter().map(Into::into).collect() }
    }

    pub(super) fn read(file: usize, line: &str) -> Self {
        Self::new(file, line.split('\t'))
    }

    /// A column; nothing where the row has no such column.
    pub(super) fn get(&self, column: usize) -> &str {
        self.columns.get(column).map_or("", String::as_str)
    }

    pub(super) fn number(&self, column: usize) -> u64 {
        self.get(column).parse().unwrap_or(0)
    }

    pub(super) fn is_active(&self) -> bool {
        self.get(ACTIVE) == "1"
    }

    /// The same row with another column.
    pub(super) fn with(mut self, column: usize, value: impl Into<String>) -> Self {
        if let Some(held) = self.columns.get_mut(column) {
            *held = value.into();
        }
        self
    }

    /// The row as its file has it, without the line end.
    pub(super) fn line(&self) -> String {
        self.columns.join("\t")
    }
}

/// Gives each line of a file but the header, without its end.
pub(super) fn each_line(path: &Path, mut each: impl FnMut(&str)) -> io::Result<()> {
    let mut from = BufReader::with_capacity(1 << 20, File::open(path)?);
    let mut line = String::new();
    let mut header = true;
    loop {
        line.clear();
        if from.read_line(&mut line)? == 0 {
            return Ok(());
        }
        if !std::mem::take(&mut header) {
            each(line.trim_end_matches(['\r', '\n']));
        }
    }
}
