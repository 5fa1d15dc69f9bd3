//! Output that is there whole or not at all.

use std::fs::{self, File, Metadata};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use farr::published::POINTER;
use farr_build::Unfinished;
use tempfile::NamedTempFile;

use crate::failure::Failure;
use crate::signal;

/// Bytes gathered before they are handed to the system.
const BUFFER: usize = 1 << 16;
/// Symbolic links that are followed from one to the next.
const MOST_LINKS: usize = 40;

/// A file under way, beside where it is to stand: if it is dropped, nothing is left of it. A device or
/// a pipe takes what is written at once, and is never replaced by a file.
#[derive(Debug)]
pub(crate) struct Unpublished {
    sink: Sink,
    path: PathBuf,
}

#[derive(Debug)]
enum Sink {
    Beside(BufWriter<NamedTempFile>, Unfinished),
    Through(BufWriter<File>),
}

impl Unpublished {
    /// Begins a file that is to stand at `path`; where that is a symbolic link, where it leads to.
    pub(crate) fn create(path: &Path) -> Result<Unpublished, Failure> {
        let told = |error: io::Error| Failure::Output(named(path, &error));
        let known = match fs::metadata(path) {
            Ok(known) => Some(known),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(told(error)),
        };
        if known.as_ref().is_some_and(Metadata::is_dir) {
            return Err(Failure::Usage(format!("{} is a folder", path.display())));
        }
        if known.as_ref().is_some_and(|known| !known.is_file()) {
            let file = File::options().write(true).open(path).map_err(told)?;
            let sink = Sink::Through(BufWriter::with_capacity(BUFFER, file));
            return Ok(Unpublished { sink, path: path.to_owned() });
        }
        check_stream(path)?;
        let path = resolved(path).map_err(told)?;
        if is_of_a_published_folder(&path) {
            let what = "is of a folder that farr publish keeps: nothing else writes in it";
            return Err(Failure::Usage(format!("{} {what}", path.display())));
        }
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let mut builder = tempfile::Builder::new();
        builder.prefix(".farr-").suffix(".unfinished");
        #[cfg(unix)]
        if known.is_none() {
            use std::os::unix::fs::PermissionsExt as _;
            // As any new file: what the umask leaves of it. One that replaces another is nobody else's
            // until it is as that one is.
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        signal::watch();
        let (unfinished, file) = Unfinished::make(|| {
            builder.tempfile_in(folder).map(|file| (file.path().to_owned(), file))
        })
        .map_err(told)?;
        if let Some(known) = &known {
            be_like(file.as_file(), known).map_err(told)?;
        }
        let sink = Sink::Beside(BufWriter::with_capacity(BUFFER, file), unfinished);
        Ok(Unpublished { sink, path })
    }

    /// Puts the file in its place, in the stead of one that stands there.
    pub(crate) fn publish(self) -> Result<(), Failure> {
        let Unpublished { sink, path } = self;
        let told = |error: io::Error| Failure::Output(named(&path, &error));
        match sink {
            Sink::Beside(file, unfinished) => {
                let file = file.into_inner().map_err(|error| told(error.into_error()))?;
                file.as_file().sync_all().map_err(told)?;
                let stands = unfinished.finish(|| file.persist(&path));
                stands.map_err(|error| told(error.error))?;
            }
            Sink::Through(mut file) => file.flush().map_err(told)?,
        }
        Ok(())
    }
}

/// Gives a file the permissions of the one that it is to replace, and its owner where that is allowed.
#[cfg(unix)]
fn be_like(file: &File, known: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
    let own = file.metadata()?;
    let mut mode = known.mode();
    if own.uid() != known.uid() {
        // Only the superuser gives a file away.
        let _ = fchown(file, Some(known.uid()), None);
    }
    if own.gid() != known.gid() && fchown(file, None, Some(known.gid())).is_err() {
        // What the old group was allowed is not for another.
        mode &= !0o070;
    }
    file.set_permissions(fs::Permissions::from_mode(mode & 0o777))
}

#[cfg(not(unix))]
fn be_like(_file: &File, _known: &Metadata) -> io::Result<()> {
    Ok(())
}

/// Refuses a file that a stream of this process writes to, under whatever name: put in its place, another
/// would have neither what stood there nor what is written behind it.
fn check_stream(path: &Path) -> Result<(), Failure> {
    let streams = ["/dev/stdout", "/dev/stderr"].map(Path::new);
    let is_stream = streams.iter().any(|stream| is_same(path, stream));
    // What is open by a number has no other name to be replaced by.
    let is_numbered = hops(path).any(|hop| hop.starts_with("/dev/fd") || hop.starts_with("/proc"));
    if !is_stream && !is_numbered {
        return Ok(());
    }
    Err(Failure::Usage(format!(
        "{} is a file that is written to already, and would be replaced: name another one, or leave the \
         option away for standard output",
        path.display()
    )))
}

/// Where a path leads to, its symbolic links followed, whether anything stands there or not.
fn resolved(path: &Path) -> io::Result<PathBuf> {
    match hops(path).last() {
        Some(last) if !is_link(&last) => Ok(last),
        _ => Err(io::Error::other("too many symbolic links")),
    }
}

/// A path, and what its symbolic links lead to, one after the other.
fn hops(path: &Path) -> impl Iterator<Item = PathBuf> {
    let next = |path: &PathBuf| {
        let next = is_link(path).then(|| fs::read_link(path).ok()).flatten()?;
        Some(path.parent().unwrap_or(Path::new("")).join(next))
    };
    std::iter::successors(Some(path.to_owned()), next).take(MOST_LINKS)
}

fn is_link(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|known| known.is_symlink())
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

impl Write for Unpublished {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.sink {
            Sink::Beside(file, _) => file.write(bytes),
            Sink::Through(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.sink {
            Sink::Beside(file, _) => file.flush(),
            Sink::Through(file) => file.flush(),
        }
    }
}

/// Refuses to write where something stands that is still needed; each with what it is.
pub(crate) fn keep<'k>(
    written: &Path,
    needed: impl IntoIterator<Item = (&'k Path, &'k str)>,
) -> Result<(), Failure> {
    match needed.into_iter().find(|(path, _)| is_same(written, path)) {
        None => Ok(()),
        Some((_, what)) => Err(Failure::Usage(format!("{} is {what}", written.display()))),
    }
}

/// Whether a file is the pointer of a published folder, an index beside that, or the description of a set.
fn is_of_a_published_folder(path: &Path) -> bool {
    let Some(folder) = path.parent() else { return false };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let has_pointer = |folder: &Path| folder.join(POINTER).is_file();
    let is_index = path.extension().is_some_and(|extension| extension == "farr");
    let is_pointer = path.file_name().is_some_and(|name| name == POINTER);
    match folder.file_name() {
        Some(name) if name == "sets" => folder.parent().is_some_and(has_pointer),
        _ => (is_pointer || is_index) && has_pointer(folder),
    }
}

/// Whether two paths are of one file, by another name or not; a device or a pipe is no such file.
fn is_same(one: &Path, other: &Path) -> bool {
    match (fs::metadata(one), fs::metadata(other)) {
        (Ok(known), Ok(others)) => {
            known.is_file() && others.is_file() && is_one(one, &known, other, &others)
        }
        // Nothing stands there yet: the same name in the same folder.
        (Err(_), Err(_)) => match (place(one), place(other)) {
            (Some(one), Some(other)) => one == other,
            _ => false,
        },
        _ => false,
    }
}

#[cfg(unix)]
fn is_one(_: &Path, one: &Metadata, _: &Path, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(not(unix))]
fn is_one(one: &Path, _: &Metadata, other: &Path, _: &Metadata) -> bool {
    fs::canonicalize(one).is_ok_and(|one| fs::canonicalize(other).is_ok_and(|other| one == other))
}

/// Where a file would stand that is not there yet.
fn place(path: &Path) -> Option<PathBuf> {
    let path = resolved(path).ok()?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    Some(fs::canonicalize(folder.unwrap_or(Path::new("."))).ok()?.join(path.file_name()?))
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn what_is_still_needed_is_kept_by_any_name() {
        let folder = tempfile::tempdir().unwrap();
        let [input, other, absent] =
            ["in.csv", "other.csv", "absent.csv"].map(|name| folder.path().join(name));
        fs::write(&input, "code\n").unwrap();
        fs::write(&other, "code\n").unwrap();
        let round = folder.path().join(".").join("absent.csv");
        assert!(keep(&other, [(input.as_path(), "read"), (&absent, "read")]).is_ok());
        for (written, needed) in [(&input, &input), (&absent, &round)] {
            let told = keep(written, [(needed.as_path(), "the table that is read")]).unwrap_err();
            assert!(told.to_string().ends_with("csv is the table that is read"), "{told}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_is_replaced_stays_what_it_was() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let [real, link, dangling, new] = ["real.csv", "latest.csv", "dangling.csv", "new.csv"]
            .map(|name| folder.path().join(name));
        fs::write(&real, "before").unwrap();
        symlink("real.csv", &link).unwrap();
        symlink("new.csv", &dangling).unwrap();
        assert!(keep(&link, [(real.as_path(), "it")]).is_err());
        assert!(keep(&dangling, [(new.as_path(), "it")]).is_err());
        for mode in [0o600, 0o640, 0o444] {
            fs::set_permissions(&real, fs::Permissions::from_mode(mode)).unwrap();
            let mut file = Unpublished::create(&link).unwrap();
            write!(file, "{mode}").unwrap();
            file.publish().unwrap();
            assert!(link.symlink_metadata().unwrap().is_symlink());
            assert_eq!(fs::read_to_string(&real).unwrap(), mode.to_string());
            assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, mode);
        }
        Unpublished::create(&dangling).unwrap().publish().unwrap();
        assert!(dangling.symlink_metadata().unwrap().is_symlink() && new.is_file());
        let [ring, back] = ["ring", "back"].map(|name| folder.path().join(name));
        symlink(&back, &ring).unwrap();
        symlink(&ring, &back).unwrap();
        assert!(Unpublished::create(&ring).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_written_to_and_never_replaced() {
        use std::os::unix::fs::FileTypeExt as _;
        let folder = tempfile::tempdir().unwrap();
        let [pipe, link] = ["pipe", "link"].map(|name| folder.path().join(name));
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        std::os::unix::fs::symlink(&pipe, &link).unwrap();
        for path in [&pipe, &link] {
            let reader = std::thread::spawn({
                let pipe = pipe.clone();
                move || fs::read_to_string(pipe).unwrap()
            });
            let mut file = Unpublished::create(path).unwrap();
            file.write_all(b"rows").unwrap();
            file.publish().unwrap();
            assert_eq!(reader.join().unwrap(), "rows");
            assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
