//! A release in memory, row by row, to be changed and built.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use farr::Terminology;
use farr_build::{Build, BuildError};

use crate::support::{model::Model, try_run};

type Row = Vec<String>;

/// The text files of a release by their paths within it; the first row of each is its header.
#[derive(Clone, Debug)]
pub(crate) struct Edited(pub(crate) BTreeMap<PathBuf, Vec<Row>>);

impl Edited {
    pub(crate) fn read(folder: &Path) -> Edited {
        fn walk(root: &Path, folder: &Path, files: &mut BTreeMap<PathBuf, Vec<Row>>) {
            for entry in std::fs::read_dir(folder).expect("the folder can be read") {
                let path = entry.expect("the folder can be read").path();
                if path.is_dir() {
                    walk(root, &path, files);
                } else if path.extension().is_some_and(|extension| extension == "txt") {
                    let text = std::fs::read_to_string(&path).expect("the file can be read");
                    let rows = text.lines().filter(|row| !row.is_empty());
                    let rows = rows.map(|row| row.split('\t').map(str::to_owned).collect());
                    let within = path.strip_prefix(root).expect("the file is within");
                    files.insert(within.to_owned(), rows.collect());
                }
            }
        }
        let mut files = BTreeMap::new();
        walk(folder, folder, &mut files);
        Edited(files)
    }

    /// The rows of the one file whose name has this in it.
    pub(crate) fn file(&mut self, part: &str) -> &mut Vec<Row> {
        let mut found = self.0.iter_mut().filter(|(path, _)| {
            path.file_name().is_some_and(|name| name.to_string_lossy().contains(part))
        });
        let (_, rows) = found.next().unwrap_or_else(|| panic!("no file is {part}"));
        assert!(found.next().is_none(), "two files are {part}");
        rows
    }

    /// The row of a file with this id.
    pub(crate) fn row(&mut self, part: &str, id: &str) -> &mut Row {
        let found = self.file(part).iter_mut().find(|row| row[0] == id);
        found.unwrap_or_else(|| panic!("{part} has no row {id}"))
    }

    /// Puts other values into columns of a row, and a later date.
    pub(crate) fn set(&mut self, part: &str, id: &str, values: &[(usize, &str)]) {
        let row = self.row(part, id);
        row[1] = "20260901".to_owned();
        for (column, value) in values {
            row[*column] = (*value).to_owned();
        }
    }

    /// Adds a row, columns between bars.
    pub(crate) fn add(&mut self, part: &str, row: &str) {
        let row: Row = row.split('|').map(str::to_owned).collect();
        let file = self.file(part);
        assert_eq!(row.len(), file[0].len());
        file.push(row);
    }

    pub(crate) fn remove(&mut self, part: &str, id: &str) {
        let file = self.file(part);
        let before = file.len();
        file.retain(|row| row[0] != id);
        assert_eq!(file.len() + 1, before, "{part} has one row {id}");
    }

    fn write(&self, folder: &Path) {
        for (path, rows) in &self.0 {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().unwrap_or(folder)).expect("a folder");
            let text: String = rows.iter().map(|row| row.join("\t") + "\r\n").collect();
            std::fs::write(path, text).expect("the file can be written");
        }
    }

    /// Builds and opens it, and reads it as the model does.
    pub(crate) fn open(&self) -> Result<(Terminology, Model), BuildError> {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        self.write(folder.path());
        let built = try_run(Build::new().snomed(folder.path()))?;
        let opened = built.terminology();
        Ok((opened, Model::read(&[folder.path()])))
    }
}
