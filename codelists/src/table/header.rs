//! Which column holds what.

use crate::code::{Code, Flaw};
use crate::delimited::Row;
use crate::finding::{ReadError, ReadErrorKind};
use crate::format::Format;
use crate::read::ReadOptions;
use crate::system::{ListSystem, System};

/// What the columns of a table hold.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) format: Format,
    /// Whether the first row is one.
    pub(super) is_there: bool,
    /// How many cells a row has; `None` where no header says so.
    pub(super) width: Option<usize>,
    pub(super) code: usize,
    /// Columns that could hold the codes as well, with their names.
    pub(super) others: Vec<(usize, String)>,
    pub(super) term: Option<usize>,
    pub(super) status: Option<usize>,
    pub(super) cluster: Option<usize>,
    pub(super) cluster_term: Option<usize>,
    pub(super) refset: Option<usize>,
    pub(super) active: Option<usize>,
    /// The system that the names of the columns say.
    pub(super) system: Option<System>,
}

/// What a column is called, without capitals, spaces and underscores.
fn plain(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Columns of codes, and the system that a name says; the name of a column of SNOMED CT may stand
/// over ids of dm+d too.
const CODES: [(&str, Option<System>); 19] = [
    ("code", None),
    ("id", None),
    ("snomedcode", Some(System::Snomed)),
    ("snomedctcode", Some(System::Snomed)),
    ("conceptid", Some(System::Snomed)),
    ("snomedid", None),
    ("dmdid", Some(System::Dmd)),
    ("dmdcode", Some(System::Dmd)),
    ("dmd", Some(System::Dmd)),
    ("icdcode", Some(System::Icd10)),
    ("icd10code", Some(System::Icd10)),
    ("icd10", Some(System::Icd10)),
    ("icd", Some(System::Icd10)),
    ("opcs4code", Some(System::Opcs4)),
    ("opcscode", Some(System::Opcs4)),
    ("opcs4", Some(System::Opcs4)),
    ("opcs", Some(System::Opcs4)),
    ("codes", None),
    ("snomedctid", Some(System::Snomed)),
];

/// Columns of terms, the likeliest first.
const TERMS: [&str; 14] = [
    "term",
    "preferredterm",
    "conceptiddescription",
    "name",
    "nm",
    "dmdname",
    "snomedterm",
    "icd10term",
    "codedescription",
    "description",
    "desc",
    "display",
    "label",
    "title",
];

/// Columns of codes that are not read.
const FOREIGN: [&str; 8] =
    ["ctv3code", "ctv3id", "ctv3", "readcode", "read2code", "readv2code", "bnfcode", "emiscode"];

impl Header {
    pub(super) fn of(rows: &[Row], options: &ReadOptions) -> Result<Header, ReadError> {
        let first = rows.first().map(Vec::as_slice).unwrap_or_default();
        let titles: Vec<&str> = first.iter().map(|cell| cell.text.trim()).collect();
        let names: Vec<String> = titles.iter().map(|title| plain(title)).collect();
        let place_of = |wanted: &str| names.iter().position(|name| name == wanted);
        let terms = || TERMS.into_iter().find_map(place_of);
        let mut header = Header {
            format: Format::OpenCodelists,
            is_there: true,
            width: Some(names.len()),
            code: 0,
            others: Vec::new(),
            term: terms(),
            status: place_of("isincluded"),
            cluster: place_of("clusterid"),
            cluster_term: place_of("clusterdesc"),
            refset: names.iter().position(|name| name.contains("refset") && !is_active(name)),
            active: names.iter().position(|name| is_active(name)),
            system: None,
        };
        if let Some(column) = &options.column {
            header.format = options.format.unwrap_or(Format::Codes);
            header.code = named_column(&titles, column)?;
            header.term = header.term.filter(|term| *term != header.code);
            let known = CODES.iter().find(|(name, _)| *name == plain(column));
            header.system = known.and_then(|(_, system)| *system);
            return header.fitting(&titles);
        }
        let is_headless = names.iter().all(|name| {
            let known = CODES.iter().any(|(code, _)| code == name);
            !known && !FOREIGN.contains(&name.as_str())
        });
        if header.cluster.is_some() && place_of("conceptid").is_some() {
            header.format = Format::Cluster;
            header.code = place_of("conceptid").unwrap_or_default();
            header.term = place_of("conceptiddescription").or(header.term);
            header.system = Some(System::Snomed);
        } else if is_headless && may_be_code(&titles) {
            header = Header::headless(header, options);
        } else {
            header.find_codes(&titles, &names)?;
            if header.status.is_some() {
                header.format = Format::Definition;
            }
        }
        if let Some(stated) = options.format {
            header = header.stated(stated, &titles)?;
        }
        header.fitting(&titles)
    }

    /// A table without a header: the codes stand first, terms may stand second.
    fn headless(header: Header, options: &ReadOptions) -> Header {
        Header {
            format: options.format.unwrap_or(Format::Codes),
            is_there: false,
            width: None,
            code: 0,
            term: Some(1),
            status: None,
            cluster: None,
            cluster_term: None,
            refset: None,
            active: None,
            ..header
        }
    }

    /// Finds the column of codes by its name.
    fn find_codes(&mut self, titles: &[&str], names: &[String]) -> Result<(), ReadError> {
        let mut found: Vec<(usize, usize, Option<System>)> = Vec::new();
        for (rank, (known, system)) in CODES.iter().enumerate() {
            for (place, name) in names.iter().enumerate() {
                if name == known {
                    found.push((rank, place, *system));
                }
            }
        }
        let Some((_, place, _)) = found.first() else {
            let message = match names.iter().find(|name| FOREIGN.contains(&name.as_str())) {
                Some(name) => format!(
                    "the codes of the column {name:?} are of a system that is not read: \
                     SNOMED CT, dm+d, ICD-10 and OPCS-4 are"
                ),
                None if matches!(titles, [only] if only.bytes().all(|b| b.is_ascii_digit())) => {
                    let first = titles.first().copied().unwrap_or_default();
                    format!(
                        "{first:?} stands first, and is neither a code nor known to be the name of a \
                         column of codes: say the column with --column"
                    )
                }
                None => format!(
                    "no column is known to hold codes; there are {}: say which with --column, or \
                     the format with --from",
                    titles.iter().map(|title| format!("{title:?}")).collect::<Vec<_>>().join(", ")
                ),
            };
            return Err(ReadError::new(ReadErrorKind::Column, None, message));
        };
        self.code = *place;
        // Each of them may say the system; where they say several, none does.
        let mut systems: Vec<System> = found.iter().filter_map(|(_, _, system)| *system).collect();
        systems.dedup();
        let dmd = names.iter().any(|name| name == "dmdtype");
        self.system = match systems.as_slice() {
            _ if dmd => Some(System::Dmd),
            [system] => Some(*system),
            _ => None,
        };
        let titled = |place: usize| titles.get(place).copied().unwrap_or_default().to_owned();
        self.others = found.iter().skip(1).map(|(_, place, _)| (*place, titled(*place))).collect();
        Ok(())
    }

    /// Holds what was found against what was stated.
    fn stated(mut self, format: Format, titles: &[&str]) -> Result<Header, ReadError> {
        let missing = |what: &str| {
            let titles = titles.iter().map(|title| format!("{title:?}")).collect::<Vec<_>>();
            let message =
                format!("{format} has a column {what}; the columns here are {}", titles.join(", "));
            Err(ReadError::new(ReadErrorKind::Format, None, message))
        };
        match format {
            Format::Definition if self.status.is_none() => return missing("is_included"),
            Format::Cluster if self.cluster.is_none() => return missing("Cluster_ID"),
            Format::Cluster if self.format != Format::Cluster => return missing("ConceptId"),
            Format::OpenCodelists if !self.is_there => return missing("code"),
            _ => {}
        }
        self.format = format;
        Ok(self)
    }

    /// No name may stand for two columns that are read.
    fn fitting(self, titles: &[&str]) -> Result<Header, ReadError> {
        if !self.is_there {
            return Ok(self);
        }
        let read = [Some(self.code), self.term, self.status, self.cluster];
        for place in read.into_iter().flatten() {
            let title = plain(titles.get(place).copied().unwrap_or_default());
            if titles.iter().filter(|other| plain(other) == title).count() > 1 {
                let title = titles.get(place).copied().unwrap_or_default();
                let message = format!("several columns are called {title:?}");
                return Err(ReadError::new(ReadErrorKind::Column, None, message));
            }
        }
        Ok(self)
    }
}

fn is_active(name: &str) -> bool {
    matches!(name, "activeinrefset" | "activeinrefsets" | "activeinrefsetflag")
}

/// The place of a column that was named: as it is written or, where none is, but for capitals.
fn named_column(titles: &[&str], wanted: &str) -> Result<usize, ReadError> {
    let wanted = wanted.trim();
    let exact: Vec<usize> = places(titles, |title| title == wanted);
    let loose = || places(titles, |title| title.eq_ignore_ascii_case(wanted));
    let found = if exact.is_empty() { loose() } else { exact };
    match found.as_slice() {
        [place] => Ok(*place),
        [] => {
            let titles = titles.iter().map(|title| format!("{title:?}")).collect::<Vec<_>>();
            let message = format!("there is no column {wanted:?}; there are {}", titles.join(", "));
            Err(ReadError::new(ReadErrorKind::Column, None, message))
        }
        _ => {
            let message = format!("several columns are called {wanted:?}");
            Err(ReadError::new(ReadErrorKind::Column, None, message))
        }
    }
}

fn places(titles: &[&str], is_it: impl Fn(&str) -> bool) -> Vec<usize> {
    titles.iter().enumerate().filter(|(_, title)| is_it(title)).map(|(place, _)| place).collect()
}

/// Whether the first cell of a file reads as a code of some system, also a damaged one.
fn may_be_code(titles: &[&str]) -> bool {
    let Some(first) = titles.first() else { return false };
    ListSystem::READ
        .into_iter()
        .any(|system| !matches!(Code::read(system, first).flaw(), Some(Flaw::Malformed(_))))
}
