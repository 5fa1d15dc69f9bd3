//! Output that is there whole or not at all.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::failure::Failure;

/// Bytes gathered before they are handed to the system.
const BUFFER: usize = 1 << 16;

/// A file under way, beside where it is to stand: if it is dropped, nothing is left of it.
#[derive(Debug)]
pub(crate) struct Unpublished {
    file: BufWriter<NamedTempFile>,
    path: PathBuf,
}

impl Unpublished {
    /// Begins a file that is to stand at `path`.
    pub(crate) fn create(path: &Path) -> Result<Unpublished, Failure> {
        let told = |error: io::Error| Failure::Output(named(path, &error));
        if path.is_dir() {
            return Err(Failure::Usage(format!("{} is a folder", path.display())));
        }
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let mut builder = tempfile::Builder::new();
        builder.prefix(".farr-").suffix(".unfinished");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            // As any new file: what the umask leaves of it.
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        let file = builder.tempfile_in(folder).map_err(told)?;
        Ok(Unpublished { file: BufWriter::with_capacity(BUFFER, file), path: path.to_owned() })
    }

    /// Puts the file in its place, in the stead of one that stands there.
    pub(crate) fn publish(self) -> Result<(), Failure> {
        let Unpublished { file, path } = self;
        let told = |error: io::Error| Failure::Output(named(&path, &error));
        let file = file.into_inner().map_err(|error| told(error.into_error()))?;
        file.as_file().sync_all().map_err(told)?;
        file.persist(&path).map_err(|error| told(error.error))?;
        Ok(())
    }
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

impl Write for Unpublished {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Whether a path is that of an open file, by another name or not.
pub(crate) fn is_same(file: &File, path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let (Ok(one), Ok(other)) = (file.metadata(), path.metadata()) else { return false };
        one.is_file() && (one.dev(), one.ino()) == (other.dev(), other.ino())
    }
    #[cfg(not(unix))]
    {
        let _ = (file, path);
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_file_is_there_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.csv");
        fs::write(&path, "before").unwrap();
        let mut file = Unpublished::create(&path).unwrap();
        file.write_all(b"half").unwrap();
        drop(file);
        assert_eq!(fs::read_to_string(&path).unwrap(), "before");
        let mut file = Unpublished::create(&path).unwrap();
        file.write_all(b"whole").unwrap();
        file.publish().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "whole");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_is_no_place_for_it() {
        let folder = tempfile::tempdir().unwrap();
        let told = Unpublished::create(folder.path()).unwrap_err();
        assert!(matches!(told, Failure::Usage(_)));
        let told = Unpublished::create(&folder.path().join("absent/out.csv")).unwrap_err();
        assert!(matches!(told, Failure::Output(_)));
    }
}
