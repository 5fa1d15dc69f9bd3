//! A copy of the dm+d release in `testdata` that is not as it should be.

use std::path::{Path, PathBuf};

use farr_build::{Build, BuildError, NoteKind, Problem, Report};

use super::dmd::dmd_folders;
use super::{Built, copy_folder, try_run};

/// The copy, in a folder that goes away with it.
#[derive(Debug)]
pub(crate) struct Edited {
    folder: tempfile::TempDir,
}

impl Edited {
    /// The release as it is.
    pub(crate) fn new() -> Edited {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        for release in dmd_folders() {
            copy_folder(&release, &folder.path().join(release.file_name().unwrap_or_default()));
        }
        Edited { folder }
    }

    /// The folder around both releases.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The path of the file whose name begins so.
    pub(crate) fn file(&self, begins: &str) -> PathBuf {
        let files = super::naive_dmd::files(self.path());
        let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_owned();
        let found = files.into_iter().find(|path| name(path).to_string_lossy().starts_with(begins));
        found.unwrap_or_else(|| panic!("{begins}: no such file"))
    }

    /// The text of a file.
    pub(crate) fn text(&self, begins: &str) -> String {
        std::fs::read_to_string(self.file(begins)).expect("the file can be read")
    }

    /// Writes a file anew.
    pub(crate) fn write(self, begins: &str, content: impl AsRef<[u8]>) -> Edited {
        std::fs::write(self.file(begins), content).expect("the file can be written");
        self
    }

    /// Replaces the first of what is in a file by something else.
    pub(crate) fn change(self, begins: &str, from: &str, to: &str) -> Edited {
        let text = self.text(begins);
        assert!(text.contains(from), "{begins} has no {from}");
        let changed = text.replacen(from, to, 1);
        self.write(begins, changed)
    }

    /// Removes a file.
    pub(crate) fn without(self, begins: &str) -> Edited {
        std::fs::remove_file(self.file(begins)).expect("the file can be removed");
        self
    }

    /// Line and byte of the line of a text in a file, of so many that are the same the first, both
    /// counted from 1.
    fn place(&self, begins: &str, mark: &str) -> (u64, usize) {
        let text = self.text(begins);
        let at = text.find(mark).unwrap_or_else(|| panic!("{begins} has no {mark}"));
        let line = text[..at].matches('\n').count() as u64 + 1;
        (line, at - text[..at].rfind('\n').map_or(0, |end| end + 1) + 1)
    }

    /// Builds an index of both releases.
    pub(crate) fn build(&self) -> Result<Built, BuildError> {
        try_run(Build::new().dmd(self.path()))
    }

    /// Builds an index that must be good, without a word about it.
    pub(crate) fn silent(&self) -> Built {
        let built = try_run(Build::new().dmd(self.path()).strict(true));
        let built = built.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(built.report.notes.iter().count(), 0, "{}", built.report);
        built
    }

    /// Builds it, and gives the first problem.
    pub(crate) fn problem(&self) -> Problem {
        match self.build() {
            Err(BuildError::Rows { problems, .. }) => problems[0].clone(),
            Err(error) => panic!("refused for something else: {error}"),
            Ok(built) => panic!("it was built: {}", built.report),
        }
    }

    /// It is refused for this element, at the place of this text.
    pub(crate) fn refused(&self, begins: &str, mark: &str, element: &str, expected: &str) {
        let problem = self.problem();
        let (line, byte) = self.place(begins, mark);
        let column = problem.column.as_ref().map(|(byte, name)| (*byte, &**name));
        assert!(problem.file.starts_with(begins), "{problem}");
        assert_eq!((problem.line, column), (line, Some((byte, element))), "{problem}");
        assert_eq!(problem.expected, expected, "{problem}");
    }

    /// It is built with this note alone, at the place of this text, and refused under `--strict`
    /// where notes of that kind are.
    pub(crate) fn noted(&self, kind: NoteKind, begins: &str, mark: &str, what: &str) -> Built {
        let built = self.build().unwrap_or_else(|error| panic!("{error}"));
        self.told(&built.report, kind, begins, mark, what);
        let others = built.report.notes.iter().filter(|(other, _)| *other != kind);
        assert_eq!(others.count(), 0, "{}", built.report);
        match try_run(Build::new().dmd(self.path()).strict(true)) {
            Ok(_) => assert!(!kind.refused_when_strict()),
            Err(BuildError::Strict { notes }) => {
                assert!(kind.refused_when_strict());
                assert_eq!(notes.of(kind), built.report.notes.of(kind));
            }
            Err(error) => panic!("{error}"),
        }
        built
    }

    /// A report has this note, once, at the place of this text.
    pub(crate) fn told(
        &self,
        report: &Report,
        kind: NoteKind,
        begins: &str,
        mark: &str,
        what: &str,
    ) {
        let note =
            report.notes.of(kind).unwrap_or_else(|| panic!("{kind:?} is not told: {report}"));
        let (line, byte) = self.place(begins, mark);
        let file = self.file(begins);
        let file = file.file_name().unwrap_or_default().to_string_lossy();
        let expected = format!("{file}, line {line}, byte {byte}: {what}");
        assert_eq!((note.count, note.examples.as_slice()), (1, &[expected][..]), "{kind:?}");
    }
}
