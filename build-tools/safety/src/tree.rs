//! The files of the repository that the checks read.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use crate::cases;

/// Files by their paths from the root, with `/` between their parts.
///
/// Everything is in memory, so that a test can cut a link in a copy and see that it is found.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    files: BTreeMap<String, String>,
}

impl Tree {
    /// Reads manifests, Rust sources, the change log, the safety pack and tables of cases below a root.
    ///
    /// # Errors
    ///
    /// A folder or a file cannot be read, or is not UTF-8.
    pub fn read(root: &Path) -> io::Result<Tree> {
        let mut tree = Tree::default();
        tree.read_folder(root, "")?;
        Ok(tree)
    }

    fn read_folder(&mut self, folder: &Path, prefix: &str) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{prefix}{name}");
            if entry.file_type()?.is_dir() {
                let elsewhere = name.starts_with('.') || matches!(&*name, "target" | "testdata");
                let folder_of_cases = format!("{path}/");
                let has_cases =
                    cases::TABLES.iter().any(|table| table.file.starts_with(&folder_of_cases));
                if !elsewhere || (has_cases && !name.starts_with('.')) {
                    self.read_folder(&entry.path(), &format!("{path}/"))?;
                }
            } else if is_read(&path, &name) {
                self.files.insert(path, fs::read_to_string(entry.path())?);
            }
        }
        Ok(())
    }

    /// The text of a file, or `None` where it is not there.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Puts a file there, or another text in its place.
    pub fn set(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.files.insert(path.into(), text.into());
    }

    /// Takes a file away; whether it was there.
    pub fn remove(&mut self, path: &str) -> bool {
        self.files.remove(path).is_some()
    }

    /// The paths that lie in a folder or deeper, in the order of their bytes. `folder` ends with `/`.
    pub fn below<'t>(&'t self, folder: &'t str) -> impl Iterator<Item = &'t str> {
        self.files.keys().map(String::as_str).filter(move |path| path.starts_with(folder))
    }
}

fn is_read(path: &str, name: &str) -> bool {
    name.ends_with(".rs")
        || name == "Cargo.toml"
        || path == "CHANGELOG.md"
        || (path.starts_with("docs/safety/") && name.ends_with(".md"))
        || cases::TABLES.iter().any(|table| table.file == path)
}
