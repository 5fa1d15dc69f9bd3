//! Rows of the files of a release.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The text of every file whose name begins so.
pub fn texts(folder: &Path, start: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    files(folder, &mut found)?;
    found.sort();
    let named = found.iter().filter(|path| {
        let name = path.file_name().and_then(|name| name.to_str());
        name.is_some_and(|name| name.starts_with(start) && name.ends_with(".txt"))
    });
    named.map(|path| fs::read_to_string(path).with_context(|| path.display().to_string())).collect()
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            files(&path, found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}

/// The rows behind the header, cut into columns.
pub fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().skip(1).map(|line| line.split('\t').collect())
}
