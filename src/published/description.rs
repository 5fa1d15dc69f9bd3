//! The description of a set: the text of the pointer file, and of every file in `sets/`.

use std::fmt::Write as _;

use super::sha256::Sha256Sum;
use crate::coding::{Release, System};
use crate::date::Date;

/// The first line of a description: what it is, and the version of its format.
const FIRST: &str = "farr-set\t1";

/// A description is no longer than this, in bytes.
pub(super) const LONGEST: usize = 1 << 16;

/// The first line of any version is no longer than this, its end included: `farr-set`, a tab, and ten
/// digits.
const FIRST_LINE: usize = 20;

/// The longest name of a file, in bytes: what file systems take everywhere.
const LONGEST_NAME: usize = 200;

/// What a set is: which files, of which bytes, holding which releases.
///
/// A text of lines, each with its fields separated by tabs; `docs/publishing.md` has the format. The
/// pointer file `current.set` of a published folder is one, and so is every file in `sets/`.
///
/// ```
/// use farr::published::{SetDescription, SetFile, Sha256Sum};
///
/// let file = SetFile {
///     name: "snomed-20260801-0123456789abcdef.farr".into(),
///     bytes: 4096,
///     sha256: Sha256Sum([0x5a; 32]),
///     build_id: 0x0123_4567_89ab_cdef,
/// };
/// let described = SetDescription::new(7, Some(6), vec![file], Vec::new())?;
/// let read = SetDescription::parse(described.text().as_bytes())?;
/// assert_eq!(read, described);
/// assert_eq!((read.number(), read.files()[0].bytes), (7, 4096));
/// # Ok::<(), farr::published::DescriptionError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetDescription {
    number: u32,
    before: Option<u32>,
    files: Vec<SetFile>,
    releases: Vec<SetRelease>,
    text: String,
    /// How much of the text a signature is of: all that is not signature or checksum.
    unsigned: usize,
    signature: Option<String>,
}

/// A file of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetFile {
    /// Its name in the folder: letters and digits of ASCII, `-`, `_` and `.`.
    pub name: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// The SHA-256 of all its bytes.
    pub sha256: Sha256Sum,
    /// The [build id](crate::index::Header::build_id) in its header, which follows from its content.
    pub build_id: u64,
}

/// A release that a file of a set holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetRelease {
    /// The name of the file.
    pub file: String,
    /// The code system.
    pub system: System,
    /// Its version, as the release states it: the URI of the version for SNOMED CT.
    pub version: Option<String>,
    /// Its day.
    pub date: Option<Date>,
}

impl SetRelease {
    /// The release that a file holds.
    pub fn new(file: &str, release: &Release) -> SetRelease {
        SetRelease {
            file: file.to_owned(),
            system: release.system(),
            version: release.version().map(str::to_owned),
            date: release.date(),
        }
    }
}

/// Why a text is no description of a set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DescriptionError {
    /// It does not begin as one does.
    #[error("not a description of a set: it does not begin with \"farr-set\"")]
    NotOne,
    /// It is in a later version of the format.
    #[error("a description of version {found}, and this farr reads version 1: update farr")]
    Version {
        /// The version that it states.
        found: String,
    },
    /// It was cut short or changed.
    #[error("damaged: {what}")]
    Damaged {
        /// What does not hold.
        what: &'static str,
    },
    /// A line that cannot be read.
    #[error("line {line}: {what}")]
    Line {
        /// Which line, from 1.
        line: usize,
        /// What is amiss.
        what: &'static str,
    },
}

/// A field may hold neither tabs nor line ends, so they become spaces.
fn field(text: &str) -> String {
    text.replace(|c: char| c.is_control(), " ")
}

/// Whether this may be the name of an index file: of a file in the folder itself, on any system.
fn is_file_name(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    name.len() <= LONGEST_NAME
        && name.ends_with(".farr")
        && !name.starts_with('.')
        && name.bytes().all(plain)
}

/// A decimal number as it is written here: no sign, no leading zeros.
fn number<N: std::str::FromStr + ToString>(text: &str) -> Option<N> {
    text.parse().ok().filter(|number: &N| number.to_string() == text)
}

impl SetDescription {
    /// Describes a set, published in the place of the set `before`.
    ///
    /// # Errors
    ///
    /// [`DescriptionError`] where the set cannot be described: it has no files, two of one name, or a
    /// name that not every file system takes.
    pub fn new(
        number: u32,
        before: Option<u32>,
        files: Vec<SetFile>,
        releases: Vec<SetRelease>,
    ) -> Result<SetDescription, DescriptionError> {
        let mut text = format!("{FIRST}\nset\t{number}\n");
        // Writing to a String cannot fail.
        let mut line = |line: std::fmt::Arguments<'_>| {
            let _ = text.write_fmt(line);
        };
        if let Some(before) = before {
            line(format_args!("before\t{before}\n"));
        }
        for SetFile { name, bytes, sha256, build_id } in &files {
            line(format_args!("file\t{name}\t{bytes}\t{sha256}\t{build_id:016x}\n"));
        }
        for SetRelease { file, system, version, date } in &releases {
            let version = version.as_deref().map(field).unwrap_or_default();
            let date = date.map(|date| date.to_string()).unwrap_or_default();
            line(format_args!("release\t{file}\t{}\t{version}\t{date}\n", system.word()));
        }
        SetDescription::of_body(&text)
    }

    /// The description with a signature of [`SetDescription::signed_part`]: the text of a `.minisig`
    /// file, four lines.
    ///
    /// Nothing is verified here.
    ///
    /// # Errors
    ///
    /// [`DescriptionError`] where the signature is no text of four lines.
    pub fn with_signature(&self, signature: &str) -> Result<SetDescription, DescriptionError> {
        let lines: Vec<&str> = signature.lines().map(str::trim_end).collect();
        let plain = |line: &&str| !line.is_empty() && !line.contains(['\r', '\0']);
        if lines.len() != 4 || !lines.iter().all(plain) {
            return Err(DescriptionError::Damaged { what: "a signature has four lines" });
        }
        let mut text = self.signed_part().to_owned();
        for line in lines {
            let _ = writeln!(text, "signature\t{line}");
        }
        SetDescription::of_body(&text)
    }

    /// Puts the checksum behind everything else, and reads the result: what is written is what is
    /// read.
    fn of_body(body: &str) -> Result<SetDescription, DescriptionError> {
        let checksum = crc32fast::hash(body.as_bytes());
        SetDescription::parse(format!("{body}checksum\t{checksum:08x}\n").as_bytes())
    }

    /// Reads a description. Lines of kinds that this version does not know are passed over.
    ///
    /// # Errors
    ///
    /// [`DescriptionError`] says what is amiss; a text that is cut short or changed by accident is
    /// always found to be so.
    pub fn parse(bytes: &[u8]) -> Result<SetDescription, DescriptionError> {
        let damaged = |what| DescriptionError::Damaged { what };
        // Of the first line no more than the longest version takes: the rest may be of any length.
        let first = bytes.get(..FIRST_LINE).unwrap_or(bytes);
        let first = first.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let first = std::str::from_utf8(first).map_err(|_| DescriptionError::NotOne)?;
        let first = first.strip_suffix('\r').unwrap_or(first);
        match first.strip_prefix("farr-set\t") {
            Some("1") => {}
            Some(version) if number::<u32>(version).is_some() => {
                return Err(DescriptionError::Version { found: version.to_owned() });
            }
            _ => return Err(DescriptionError::NotOne),
        }
        if bytes.len() > LONGEST {
            return Err(damaged("it is too long"));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| damaged("it is not UTF-8"))?;
        let (body, checksum) = text
            .strip_suffix('\n')
            .and_then(|text| text.rsplit_once('\n'))
            .and_then(|(body, last)| Some((body, last.strip_prefix("checksum\t")?)))
            .ok_or(damaged("it does not end with its checksum"))?;
        // With the line end that stands before the checksum.
        let body = text.get(..body.len().saturating_add(1)).unwrap_or(body);
        if checksum != format!("{:08x}", crc32fast::hash(body.as_bytes())) {
            return Err(damaged("it does not match its checksum"));
        }
        if body.contains('\r') {
            return Err(damaged("its line ends are not those it was written with"));
        }
        let mut lines = Lines::default();
        let mut at = 0_usize;
        for (number, line) in body.lines().enumerate().skip(1) {
            if lines.signature.is_empty() {
                lines.unsigned = first.len().saturating_add(1).saturating_add(at);
            }
            at = at.saturating_add(line.len()).saturating_add(1);
            let line_number = number.saturating_add(1);
            lines.read(line).map_err(|what| DescriptionError::Line { line: line_number, what })?;
        }
        let unsigned = match lines.signature.is_empty() {
            true => body.len(),
            false => lines.unsigned,
        };
        lines.check()?;
        Ok(SetDescription {
            number: lines.number.unwrap_or_default(),
            before: lines.before,
            files: lines.files,
            releases: lines.releases,
            text: text.to_owned(),
            unsigned,
            signature: (!lines.signature.is_empty()).then(|| lines.signature.join("\n")),
        })
    }

    /// The number of the set: later sets of a folder have higher ones, and none is used twice.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The set that was current when this one was published, which a rollback goes back to; `None`
    /// where there was none.
    pub fn before(&self) -> Option<u32> {
        self.before
    }

    /// Its files, at least one.
    pub fn files(&self) -> &[SetFile] {
        &self.files
    }

    /// The releases that the files hold, as they were when the set was published.
    pub fn releases(&self) -> &[SetRelease] {
        &self.releases
    }

    /// All of the text, as it stands in the file.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The part of the text that a signature is of: what stands before the signature, or for want of
    /// one before the checksum.
    pub fn signed_part(&self) -> &str {
        self.text.get(..self.unsigned).unwrap_or(&self.text)
    }

    /// The signature, as the text of a `.minisig` file; `None` where the set is not signed. Nothing
    /// is said of whether it is right.
    pub fn signature(&self) -> Option<&str> {
        self.signature.as_deref()
    }

    /// Where the description lies in a published folder: `sets/000007.set`.
    pub fn path_of(number: u32) -> String {
        format!("sets/{number:06}.set")
    }
}

/// The lines of a description, as they are read.
#[derive(Default)]
struct Lines {
    number: Option<u32>,
    before: Option<u32>,
    files: Vec<SetFile>,
    releases: Vec<SetRelease>,
    signature: Vec<String>,
    unsigned: usize,
}

impl Lines {
    fn read(&mut self, line: &str) -> Result<(), &'static str> {
        let (kind, rest) = line.split_once('\t').unwrap_or((line, ""));
        if kind == "signature" {
            if self.signature.len() == 4 {
                return Err("a signature has four lines");
            }
            self.signature.push(rest.to_owned());
            return Ok(());
        }
        if !self.signature.is_empty() {
            return Err("behind the signature nothing stands but the checksum");
        }
        let fields: Vec<&str> = rest.split('\t').collect();
        match (kind, fields.as_slice()) {
            ("set", [of, ..]) => {
                let of = number(of).filter(|of| *of > 0).ok_or("the number of the set")?;
                if self.number.replace(of).is_some() {
                    return Err("a second number of the set");
                }
            }
            ("before", [before, ..]) => {
                let before = number(before).filter(|before| Some(*before) < self.number);
                let before = before.ok_or("the number of the set before, a lower one")?;
                if self.before.replace(before).is_some() {
                    return Err("a second set before");
                }
            }
            ("file", [name, bytes, sha256, build_id, ..]) => {
                if !is_file_name(name) {
                    return Err("a name that is none of an index in the folder");
                }
                if self.files.iter().any(|file| file.name.eq_ignore_ascii_case(name)) {
                    return Err("a second file of this name");
                }
                let build_id = u64::from_str_radix(build_id, 16)
                    .ok()
                    .filter(|id| format!("{id:016x}") == *build_id);
                self.files.push(SetFile {
                    name: (*name).to_owned(),
                    bytes: number(bytes).ok_or("the length of the file")?,
                    sha256: sha256.parse().map_err(|()| "the SHA-256 of the file")?,
                    build_id: build_id.ok_or("the build id of the file")?,
                });
            }
            ("release", [file, system, version, date, ..]) => {
                if !self.files.iter().any(|known| known.name == *file) {
                    return Err("a release of a file that is not in the set");
                }
                let date = match *date {
                    "" => None,
                    date => Some(date.parse().map_err(|_| "the date of the release")?),
                };
                // A system of a later farr: the files say whether this one can open them.
                if let Some(system) = System::named(system) {
                    self.releases.push(SetRelease {
                        file: (*file).to_owned(),
                        system,
                        version: Some((*version).to_owned()).filter(|version| !version.is_empty()),
                        date,
                    });
                }
            }
            ("set" | "before" | "file" | "release", _) => return Err("too few fields"),
            _ => {}
        }
        Ok(())
    }

    fn check(&self) -> Result<(), DescriptionError> {
        let damaged = |what| DescriptionError::Damaged { what };
        if self.number.is_none() {
            return Err(damaged("it has no number"));
        }
        if self.files.is_empty() {
            return Err(damaged("it names no file"));
        }
        match self.signature.len() {
            0 | 4 => Ok(()),
            _ => Err(damaged("a signature has four lines")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn described() -> SetDescription {
        let file = |name: &str, bytes| SetFile {
            name: name.into(),
            bytes,
            sha256: Sha256Sum([7; 32]),
            build_id: bytes,
        };
        let files = vec![file("snomed-20260801-00.farr", 10), file("dmd-00.farr", 20)];
        let releases = vec![SetRelease {
            file: "snomed-20260801-00.farr".into(),
            system: System::Snomed,
            version: Some("http://snomed.info/sct/83821000000107/version/20260801".into()),
            date: Date::new(2026, 8, 1),
        }];
        SetDescription::new(12, Some(9), files, releases).unwrap()
    }

    const SIGNATURE: &str = "untrusted comment: a\nb\ntrusted comment: c\nd\n";

    fn summed(body: &str) -> String {
        format!("{body}checksum\t{:08x}\n", crc32fast::hash(body.as_bytes()))
    }

    #[test]
    fn what_is_written_is_read() {
        let plain = described();
        assert_eq!(SetDescription::parse(plain.text().as_bytes()), Ok(plain.clone()));
        assert_eq!((plain.number(), plain.before()), (12, Some(9)));
        assert_eq!((plain.files().len(), plain.releases().len()), (2, 1));
        assert_eq!(plain.signature(), None);
        let signed = plain.with_signature(SIGNATURE).unwrap();
        assert_eq!(SetDescription::parse(signed.text().as_bytes()), Ok(signed.clone()));
        assert_eq!(signed.signed_part(), plain.signed_part());
        assert_eq!(signed.signature(), Some(SIGNATURE.trim_end()));
        // Signed anew: the old signature is gone.
        assert_eq!(signed.with_signature(SIGNATURE), Ok(signed));
    }

    #[test]
    fn every_change_of_a_byte_and_every_cut_is_found() {
        let signed = described().with_signature(SIGNATURE).unwrap();
        let text = signed.text().as_bytes();
        for at in 0..text.len() {
            assert!(SetDescription::parse(&text[..at]).is_err(), "cut at {at}");
            for bit in 0..8 {
                let mut changed = text.to_vec();
                changed[at] ^= 1 << bit;
                assert!(SetDescription::parse(&changed).is_err(), "byte {at}, bit {bit}");
            }
        }
        for added in ["x", "\n", "checksum\t00000000\n"] {
            let longer = [text, added.as_bytes()].concat();
            assert!(SetDescription::parse(&longer).is_err(), "{added:?}");
        }
    }

    #[test]
    fn names_lead_nowhere_out_of_the_folder() {
        let name = |name: &str| SetFile {
            name: name.into(),
            bytes: 1,
            sha256: Sha256Sum([0; 32]),
            build_id: 0,
        };
        for bad in ["../a.farr", "/a.farr", "a/b.farr", "C:a.farr", "a\\b.farr", ".farr", "a", ""] {
            assert!(SetDescription::new(1, None, vec![name(bad)], Vec::new()).is_err(), "{bad}");
        }
        let twice = vec![name("a.farr"), name("A.farr")];
        assert!(SetDescription::new(1, None, twice, Vec::new()).is_err());
        assert!(SetDescription::new(1, None, Vec::new(), Vec::new()).is_err());
        assert!(SetDescription::new(0, None, vec![name("a.farr")], Vec::new()).is_err());
        assert!(SetDescription::new(2, Some(2), vec![name("a.farr")], Vec::new()).is_err());
        assert!(SetDescription::new(2, Some(1), vec![name("a.farr")], Vec::new()).is_ok());
    }

    #[test]
    fn a_later_version_is_told_and_lines_of_later_kinds_are_passed_over() {
        let later = summed("farr-set\t2\n");
        let error = SetDescription::parse(later.as_bytes()).unwrap_err();
        assert_eq!(error, DescriptionError::Version { found: "2".into() });
        let body = described().signed_part().to_owned() + "weather\tfine\n";
        let read = SetDescription::parse(summed(&body).as_bytes()).unwrap();
        assert_eq!((read.files(), read.signed_part()), (described().files(), body.as_str()));
        let behind = format!("{body}{}weather\tfine\n", "signature\tx\n".repeat(4));
        assert!(SetDescription::parse(summed(&behind).as_bytes()).is_err());
        assert_eq!(SetDescription::parse(b"farr"), Err(DescriptionError::NotOne));
        // Of any length, and whatever stands behind the first line.
        let long = |first: &str| [first.as_bytes(), &[0xff; LONGEST][..]].concat();
        let error = SetDescription::parse(&long("farr-set\t2\n")).unwrap_err();
        assert_eq!(error, DescriptionError::Version { found: "2".into() });
        let too_long = Err(DescriptionError::Damaged { what: "it is too long" });
        assert_eq!(SetDescription::parse(&long("farr-set\t1\n")), too_long);
        assert_eq!(SetDescription::parse(&long("")), Err(DescriptionError::NotOne));
        assert_eq!(SetDescription::parse(&long("farr-set\t1")), Err(DescriptionError::NotOne));
    }
}
