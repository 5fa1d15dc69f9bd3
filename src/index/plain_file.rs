//! Opening what has to be a plain file.

use std::fs::File;
use std::io;
use std::path::Path;

/// Opens a file for reading; what is none, a pipe say, is an error and not waited for.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    let plain = |found: io::Result<std::fs::Metadata>| match found?.is_file() {
        true => Ok(()),
        false => Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a plain file")),
    };
    // Before it is opened, because to open a pipe is to wait for whoever writes into it; and then
    // again, of what was opened.
    plain(std::fs::metadata(path))?;
    let file = File::open(path)?;
    plain(file.metadata())?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_file_is_refused_and_not_waited_for() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let refused = |path: &Path| open(path).err().map(|error| error.kind());
        assert_eq!(refused(&here.join("Cargo.toml")), None);
        assert_eq!(refused(&here.join("src")), Some(io::ErrorKind::InvalidInput));
        assert_eq!(refused(&here.join("absent")), Some(io::ErrorKind::NotFound));
        #[cfg(unix)]
        assert_eq!(refused(Path::new("/dev/zero")), Some(io::ErrorKind::InvalidInput));
    }
}
