//! From bytes to a list.

use farr::ecl::Ecl;

use crate::ecl_file;
use crate::finding::{ReadError, ReadErrorKind};
use crate::format::Format;
use crate::list::{Codelist, Content};
use crate::place::Lines;
use crate::system::{ListSystem, System};
use crate::table;
use crate::valueset;

/// What is known of a file beside its bytes.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Its format; found out from the content where it is `None`.
    pub format: Option<Format>,
    /// The code system of its codes; `None` where the file says it.
    pub system: Option<System>,
    /// The column of codes, by its name.
    pub column: Option<String>,
    /// The clusters to read, by their ids; in any case, where no two differ in case only.
    pub clusters: Vec<String>,
}

/// Reads a list.
///
/// A byte order mark and any line ends are accepted. What is amiss with single codes stands among
/// the [findings](Codelist::findings), and the codes are there all the same.
///
/// # Errors
/// The file is not a list of a known format, or does not say what [`ReadOptions`] could: the column,
/// the code system, the cluster.
///
/// ```
/// use farr_codelists::{Content, ReadOptions, System, read};
///
/// let file = b"code,term\r\n24700007,Multiple sclerosis\r\n1.23457E+17,?\r\n";
/// let options = ReadOptions { system: Some(System::Snomed), ..ReadOptions::default() };
/// let list = read(file, &options)?;
/// let Content::Codes(codes) = &list.content else { return Ok(()) };
/// assert_eq!(codes.entries.len(), 2);
/// assert_eq!(
///     list.findings[0].to_string(),
///     "3:1: 1.23457E+17 is no code: a spreadsheet has rounded it, so its last digits are lost"
/// );
/// # Ok::<(), farr_codelists::ReadError>(())
/// ```
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Codelist, ReadError> {
    let text = text(bytes)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(ReadError::new(ReadErrorKind::Format, None, "it is empty"));
    }
    if let Some(stated) = options.system.filter(|system| !ListSystem::READ.contains(system)) {
        let message = format!("codes of {} are not read from lists", stated.name());
        return Err(ReadError::new(ReadErrorKind::System, None, message));
    }
    let markup = text.trim_start();
    let found = match options.format {
        Some(format) => Some(format),
        None if markup.starts_with(['{', '[']) || is_xml(markup) => Some(Format::ValueSet),
        None => None,
    };
    match found {
        Some(Format::ValueSet) => valueset::read(text, options),
        Some(Format::Ecl) => ecl_file::read(text, options),
        Some(_) => table::read(text, options),
        None if table::is_sql_in(text) => table::read(text, options),
        None if is_expression(text) => ecl_file::read(text, options),
        None => table::read(text, options),
    }
}

/// The bytes as text.
fn text(bytes: &[u8]) -> Result<&str, ReadError> {
    let not_text = |place, message| ReadError::new(ReadErrorKind::NotText, place, message);
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(not_text(None, "it is in UTF-16: save it as UTF-8"));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        let message = "it is a zip archive or a workbook of a spreadsheet: save it as CSV in UTF-8";
        return Err(not_text(None, message));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let before = std::str::from_utf8(before).unwrap_or_default();
        let place = Lines::of(before).place(before.len());
        not_text(Some(place), "a character is not in UTF-8: save the file as CSV in UTF-8")
    })
}

/// Whether it begins as XML does; an expression constraint may begin with `<` too.
fn is_xml(text: &str) -> bool {
    let begins = ["<?xml", "<!--", "<!DOCTYPE", "<ValueSet"];
    let element = |rest: &str| rest.starts_with(|letter: char| letter.is_ascii_alphabetic());
    begins.iter().any(|begin| text.starts_with(begin))
        || text.strip_prefix('<').is_some_and(element) && text.contains(" xmlns=")
}

/// Whether it is an expression constraint, and not a single code.
fn is_expression(text: &str) -> bool {
    let start = text.trim_start();
    if start.starts_with(['<', '>', '^', '(', '!']) || start.starts_with("/*") {
        return true;
    }
    if start.starts_with('*') && !start.contains(',') {
        return true;
    }
    let bare = start.trim_end();
    let is_code = !bare.contains(|letter: char| !letter.is_ascii_digit());
    // Words may be the names of columns, but those hold no expression.
    !is_code && Ecl::parse(text).is_ok()
}

impl Codelist {
    /// A list of an expression constraint alone.
    pub fn of_ecl(ecl: Ecl) -> Codelist {
        Codelist { format: Format::Ecl, content: Content::Ecl(ecl), findings: Vec::new() }
    }
}
