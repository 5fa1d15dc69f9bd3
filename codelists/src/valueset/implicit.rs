//! Implicit value sets of SNOMED CT: those that a URL says whole
//! ([R4](https://hl7.org/fhir/R4/snomedct.html#implicit)).

use farr::Sctid;
use farr::ecl::Ecl;

use crate::finding::{ReadError, ReadErrorKind};
use crate::format::Format;
use crate::list::{Codelist, Compose, Content, Filter, Part, Selection, ValueSet};
use crate::place::Place;
use crate::system::System;

/// What the URL of an implicit value set says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Implicit {
    /// The edition or version that it is of, as SNOMED CT has it for a URI.
    pub(super) version: Option<String>,
    /// Which concepts; `None` is all of them.
    pub(super) filter: Option<Filter>,
}

/// What separates the code system from what is asked of it.
const ASKED: &str = "?fhir_vs";

/// Reads a URL; `None` where it is not that of an implicit value set of SNOMED CT.
pub(super) fn read(url: &str) -> Option<Result<Implicit, String>> {
    let (base, asked) = url.trim().split_once(ASKED)?;
    base.contains("snomed.info/").then(|| of_parts(base, asked))
}

fn of_parts(base: &str, asked: &str) -> Result<Implicit, String> {
    let system = System::Snomed.uri();
    let version = match base.strip_prefix(system) {
        Some("") => None,
        Some(edition) if is_edition(edition) => Some(base.to_owned()),
        _ => {
            return Err(format!(
                "{base:?} is no URI of SNOMED CT, of an edition or of a version of it: {system}, \
                 {system}/EDITION and {system}/EDITION/version/YYYYMMDD are"
            ));
        }
    };
    let filter = match asked.strip_prefix('=') {
        None if asked.is_empty() => None,
        Some("refset") => {
            return Err("the reference sets themselves are not listed: give the constraint \
                        < 900000000000455006 in its place"
                .to_owned());
        }
        Some(asked) => Some(filter(asked)?),
        None => return Err(unread(asked)),
    };
    Ok(Implicit { version, filter })
}

fn filter(asked: &str) -> Result<Filter, String> {
    let (word, value) = asked.split_once('/').ok_or_else(|| unread(asked))?;
    let value = decoded(value)?;
    // A release may have published it with a wrong check digit.
    let id = || Sctid::parse_as_published(&value).map_err(|error| format!("{value:?}: {error}"));
    match word {
        "isa" => id().map(Filter::IsA),
        "refset" => id().map(Filter::In),
        "ecl" => match Ecl::parse(&value) {
            Ok(ecl) => Ok(Filter::Constraint(Box::new(ecl))),
            Err(error) => Err(error.render(&value)),
        },
        _ => Err(unread(asked)),
    }
}

fn unread(asked: &str) -> String {
    format!(
        "{asked:?} is no implicit value set of SNOMED CT: ?fhir_vs, ?fhir_vs=isa/ID, \
         ?fhir_vs=refset/ID and ?fhir_vs=ecl/EXPRESSION are"
    )
}

/// `/EDITION` or `/EDITION/version/YYYYMMDD`.
fn is_edition(path: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match path.split('/').collect::<Vec<_>>().as_slice() {
        ["", edition] => is_number(edition),
        ["", edition, "version", day] => is_number(edition) && is_number(day),
        _ => false,
    }
}

/// Text of which a URL has some bytes as `%20`. A plus sign stands for itself.
fn decoded(text: &str) -> Result<String, String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, behind)) = rest.split_first() {
        if *byte != b'%' {
            bytes.push(*byte);
            rest = behind;
            continue;
        }
        let digit = |at: usize| char::from(*behind.get(at)?).to_digit(16);
        let byte = digit(0)
            .zip(digit(1))
            .and_then(|(high, low)| u8::try_from(high.checked_mul(16)?.checked_add(low)?).ok());
        let Some(byte) = byte else {
            return Err(format!("{text:?}: two hexadecimal digits have to stand behind a %"));
        };
        bytes.push(byte);
        rest = behind.get(2..).unwrap_or_default();
    }
    String::from_utf8(bytes).map_err(|_| format!("{text:?}: what it has as % is not UTF-8"))
}

impl Codelist {
    /// The list of an implicit value set of SNOMED CT, by its URL: all concepts (`?fhir_vs`), a
    /// concept and what is below it (`?fhir_vs=isa/ID`), the members of a reference set
    /// (`?fhir_vs=refset/ID`), or those of an expression constraint (`?fhir_vs=ecl/EXPRESSION`,
    /// [percent-encoded](https://www.rfc-editor.org/rfc/rfc3986#section-2.1)). `None` where it is the
    /// URL of something else.
    ///
    /// # Errors
    /// It begins as such a URL does, and is none.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// use farr_codelists::{Codelist, ExpandOptions, expand};
    /// let list = Codelist::of_implicit("http://snomed.info/sct?fhir_vs=ecl/%3C%3C%20404007");
    /// let list = list.ok_or("another URL")??;
    /// let options = ExpandOptions::default();
    /// let answer = terminology.ask_systems(|systems| expand(&list, systems, &options))??;
    /// assert_eq!(answer.members.len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of_implicit(url: &str) -> Option<Result<Codelist, ReadError>> {
        Some(match read(url)? {
            Ok(implicit) => {
                let include = Part {
                    system: System::Snomed.into(),
                    version: implicit.version,
                    selection: match implicit.filter {
                        Some(filter) => Selection::Filters(vec![filter]),
                        None => Selection::All,
                    },
                    place: Place { line: 1, column: 1 },
                };
                let set = ValueSet {
                    url: Some(url.trim().to_owned()),
                    compose: Some(Compose { include: vec![include], ..Compose::default() }),
                    ..ValueSet::default()
                };
                Ok(Codelist {
                    format: Format::ValueSet,
                    content: Content::ValueSet(set),
                    findings: Vec::new(),
                })
            }
            Err(message) => Err(ReadError::new(ReadErrorKind::Unsupported, None, message)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_says_the_whole_value_set() {
        let version = "http://snomed.info/sct/83821000000107/version/20240101";
        let read = |url: &str| super::read(url).unwrap().unwrap();
        let all = read("http://snomed.info/sct?fhir_vs");
        assert_eq!(all, Implicit { version: None, filter: None });
        let below = read(&format!("{version}?fhir_vs=isa/24700007"));
        assert_eq!(below.version.as_deref(), Some(version));
        assert_eq!(below.filter, Some(Filter::IsA(Sctid::parse("24700007").unwrap())));
        let members =
            read("http://snomed.info/sct/83821000000107?fhir_vs=refset/999000011000000103");
        assert!(matches!(members.filter, Some(Filter::In(_))));
        let ecl = read(
            "http://snomed.info/sct?fhir_vs=ecl/%5E700043003%20OR%20<%3c73211009%20%7CA%C3%A9%7c",
        );
        assert_eq!(decoded("a+b"), Ok("a+b".to_owned()));
        let Some(Filter::Constraint(ecl)) = ecl.filter else { panic!() };
        assert_eq!(ecl.source(), "^700043003 OR <<73211009 |Aé|");
    }

    #[test]
    fn what_is_no_such_url_is_refused_or_another() {
        for other in ["https://example.org/ValueSet/x", "https://example.org?fhir_vs=isa/24700007"]
        {
            assert_eq!(read(other), None, "{other}");
        }
        for wrong in [
            "https://snomed.info/sct?fhir_vs",
            "http://snomed.info/sct/?fhir_vs",
            "http://snomed.info/sct/uk?fhir_vs",
            "http://snomed.info/sct?fhir_vs=",
            "http://snomed.info/sct?fhir_vs=refset",
            "http://snomed.info/sct?fhir_vs=isa",
            "http://snomed.info/sct?fhir_vs=isa/x",
            "http://snomed.info/sct?fhir_vs=isa/24700007&x=1",
            "http://snomed.info/sct?fhir_vs=ecl/%3C%3",
            "http://snomed.info/sct?fhir_vs=ecl/%ff",
            "http://snomed.info/sct?fhir_vs=ecl/%3C%3C",
        ] {
            assert!(matches!(read(wrong), Some(Err(_))), "{wrong}");
        }
    }
}
