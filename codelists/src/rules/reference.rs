//! From the name of a pack or a binding to what it names.

use std::cell::RefCell;
use std::io;
use std::path::Path;

use super::error::RulesError;
use super::nearest::nearest;
use super::pack::{self, NamedBinding, RulePack};
use super::shipped::shipped;

/// Reads a pack from a file, TOML or JSON; the files of codes that it names are read beside it.
///
/// # Errors
/// [`RulesError`]: the file cannot be read, or is no pack; all that is wrong, with its place.
pub fn read(path: impl AsRef<Path>) -> Result<RulePack, RulesError> {
    let path = path.as_ref();
    let file = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|error| RulesError::one(&file, error.to_string()))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let files = RefCell::new(vec![path.to_owned()]);
    let pack = pack::of_bytes(&file, &bytes, &|below| {
        files.borrow_mut().push(folder.join(below));
        read_below(folder, below)
    })?;
    Ok(pack.of_files(files.into_inner()))
}

/// A file of codes is smaller by far: the largest lists have under a million codes.
const LARGEST: u64 = 64 << 20;

/// The bytes of a file that stands below a folder, links followed. A pack may come from elsewhere: it
/// reads what came with it and nothing else, and waits for nothing.
fn read_below(folder: &Path, below: &Path) -> io::Result<Vec<u8>> {
    let refused = |why: &str| Err(io::Error::new(io::ErrorKind::InvalidInput, why.to_owned()));
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let file = folder.join(below).canonicalize()?;
    if !file.starts_with(folder.canonicalize()?) {
        return refused("it is a link that leads out of the folder of the pack");
    }
    // Asked before it is opened: a pipe that is opened waits for who writes to it.
    let about = std::fs::metadata(&file)?;
    if about.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if !about.is_file() {
        return refused("it is no regular file");
    }
    if about.len() > LARGEST {
        return refused("it has more than 64 MiB");
    }
    std::fs::read(file)
}

/// Reads a pack from its bytes; `file` is what errors call it, and `files` gives the files of codes
/// that it names, by their paths relative to it.
///
/// # Errors
/// As [`read`].
///
/// ```
/// use farr_codelists::rules;
///
/// let text = "name = \"mine\"\nversion = \"1\"\ndescription = \"…\"\n[[binding]]\nname = \"x\"\n";
/// let none = |_: &std::path::Path| Err(std::io::ErrorKind::NotFound.into());
/// let error = rules::of_bytes("mine.toml", text.as_bytes(), &none).unwrap_err();
/// let first = &error.problems[0];
/// assert_eq!(first.place.map(|place| place.line), Some(4));
/// assert_eq!(first.message, "the binding has no source, which it has to have");
/// ```
pub fn of_bytes(
    file: &str,
    bytes: &[u8],
    files: &dyn Fn(&Path) -> std::io::Result<Vec<u8>>,
) -> Result<RulePack, RulesError> {
    pack::of_bytes(file, bytes, files)
}

/// The pack of a name: a shipped one, or a file.
///
/// # Errors
/// [`RulesError`]: there is neither, or the file is no pack.
///
/// ```
/// let pack = farr_codelists::rules::named("nhs-cds")?;
/// assert!(pack.binding("diagnosis").is_some());
/// # Ok::<(), farr_codelists::rules::RulesError>(())
/// ```
pub fn named(name: &str) -> Result<RulePack, RulesError> {
    if let Some(pack) = shipped().iter().find(|pack| pack.name() == name) {
        return Ok(pack.clone());
    }
    if !Path::new(name).exists() {
        let names: Vec<&str> = shipped().iter().map(RulePack::name).collect();
        let what = match nearest(name, &names) {
            Some(near) => format!("did you mean {near:?}?"),
            None => format!("the packs that come with farr are {}", names.join(", ")),
        };
        let message = format!("there is no pack of this name, and no such file; {what}");
        return Err(RulesError::one(name, message));
    }
    read(name)
}

/// The binding of a reference: `PACK#BINDING`, or `PACK` where the pack has but one. PACK is the name
/// of a shipped pack, or a file.
///
/// # Errors
/// [`RulesError`]: as [`named`]; the pack has no such binding, or has several and none is chosen.
///
/// ```
/// use farr_codelists::rules;
///
/// let diagnosis = rules::binding("nhs-cds#diagnosis")?;
/// assert_eq!(diagnosis.binding().name(), "nhs-cds#diagnosis");
/// let number = rules::binding("nhs-number")?;
/// assert_eq!(number.source().sure.word(), "published");
/// assert!(rules::binding("nhs-cds#diagnoses").unwrap_err().to_string().contains("diagnosis"));
/// # Ok::<(), rules::RulesError>(())
/// ```
pub fn binding(reference: &str) -> Result<NamedBinding, RulesError> {
    let (name, chosen) = match reference.rsplit_once('#') {
        Some((name, chosen)) => (name, Some(chosen)),
        None => (reference, None),
    };
    let pack = named(name)?;
    let names = || pack.bindings().iter().map(NamedBinding::name).collect::<Vec<_>>();
    let refused = |message: String| Err(RulesError::one(name, message));
    match (chosen, pack.bindings()) {
        (Some(chosen), _) => match pack.binding(chosen) {
            Some(binding) => Ok(binding.clone()),
            None => {
                let names = names();
                let what = match nearest(chosen, &names) {
                    Some(near) => format!("did you mean {near:?}?"),
                    None => format!("it has {}", names.join(", ")),
                };
                refused(format!("the pack has no binding {chosen:?}; {what}"))
            }
        },
        (None, [only]) => Ok(only.clone()),
        (None, _) => {
            let names = names().join(", ");
            refused(format!("the pack has several bindings: say {name}#BINDING, one of {names}"))
        }
    }
}
