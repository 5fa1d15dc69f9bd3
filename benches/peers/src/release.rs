//! What the contenders other than farr need of the release, read from its files by other code than
//! farr's, so that equal answers mean something.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

const IS_A: &str = "116680003";
const INFERRED: &str = "900000000000011006";

/// The active concepts in the order of their ids, and the active inferred is-a rows among them.
pub struct Release {
    pub active: Vec<u64>,
    /// Child and parent.
    pub is_a: Vec<(u64, u64)>,
}

impl Release {
    /// Reads the folder of an unpacked release.
    pub fn read(folder: &Path) -> Result<Release> {
        let mut active = Vec::new();
        rows(&find(folder, "sct2_Concept_")?, |columns| {
            if let [id, _, "1", ..] = columns {
                active.push(id.parse()?);
            }
            Ok(())
        })?;
        active.sort_unstable();
        let mut is_a = Vec::new();
        rows(&find(folder, "sct2_Relationship_")?, |columns| {
            if let [_, _, "1", _, source, target, _, IS_A, INFERRED, ..] = columns {
                is_a.push((source.parse()?, target.parse()?));
            }
            Ok(())
        })?;
        Ok(Release { active, is_a })
    }
}

fn find(folder: &Path, start: &str) -> Result<PathBuf> {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .file_name()
                .and_then(|name| name.to_str())
                .is_some_and(|name| name.starts_with(start) && name.ends_with(".txt"))
            {
                return Ok(path);
            }
        }
    }
    bail!("no {start} file under {}", folder.display())
}

fn rows(path: &Path, mut row: impl FnMut(&[&str]) -> Result<()>) -> Result<()> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut columns = Vec::new();
    for line in text.lines().skip(1) {
        columns.clear();
        columns.extend(line.split('\t'));
        row(&columns)?;
    }
    Ok(())
}

/// The lines of a workload file.
pub fn workload(folder: &Path, name: &str) -> Result<String> {
    let path = folder.join(name);
    fs::read_to_string(&path).with_context(|| path.display().to_string())
}
