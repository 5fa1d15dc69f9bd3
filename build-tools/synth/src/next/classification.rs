//! Writes the next edition of ICD-10, as text and as XML, and of OPCS-4: rubrics with another title,
//! new ones, some that are no more, and some of which a column says otherwise.

use super::NextRelease;
use super::expected::Expected;
use super::record::{get, with};
use super::rubric_column::{Column, in_column, in_width};
use crate::random::keyed_hash;
use crate::snomed::WrittenFile;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Where the columns of the metadata of OPCS-4 stand.
const METADATA_CODE: std::ops::Range<usize> = 12..16;
const METADATA_TITLE: std::ops::Range<usize> = 84..144;

/// What becomes of a rubric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Retitled,
    /// Another is made after it, with this last digit.
    Copied(char),
    Removed,
    /// A column says something else.
    Says(Column),
}

/// How the lines of a file hold rubrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// The United Kingdom edition of ICD-10 as text.
    Columns,
    /// The same as XML.
    Elements,
    /// The titles of OPCS-4.
    Titles,
    /// The metadata of OPCS-4.
    Widths,
}

/// The form of a file, by its name.
fn form(name: &str) -> Option<Form> {
    let starts = |start: &str| name.starts_with(start);
    match name.rsplit_once('.') {
        Some((_, "txt")) if starts("ICD10_") => Some(Form::Columns),
        Some((_, "xml")) if starts("ICD10_") => Some(Form::Elements),
        Some((_, "txt")) if starts("OPCS") && name.contains("_CodesAndTitles_") => {
            Some(Form::Titles)
        }
        Some((_, "txt")) if starts("OPCS") && name.contains("_Metadata_") => Some(Form::Widths),
        _ => None,
    }
}

/// Whether a folder is an edition that another can be written after.
pub(super) fn is_edition(name: &str) -> bool {
    name.starts_with("ICD10_Edition") || name.starts_with("OPCS4")
}

impl Form {
    fn system(self) -> &'static str {
        match self {
            Form::Columns | Form::Elements => "icd10",
            Form::Titles | Form::Widths => "opcs4",
        }
    }

    /// The code of a line, with its point; nothing where the line is of no rubric.
    fn code(self, line: &str) -> Option<String> {
        let code = match self {
            Form::Columns | Form::Titles => line.split('\t').next()?.to_owned(),
            Form::Elements => get(line, "CODE")?.to_owned(),
            Form::Widths => {
                let code = line.get(METADATA_CODE)?.trim();
                format!("{}.{}", code.get(..3)?, code.get(3..)?)
            }
        };
        let begin: Vec<char> = code.chars().take(3).collect();
        let is_code =
            begin.len() == 3 && begin[0].is_ascii_uppercase() && begin[1].is_ascii_digit();
        is_code.then_some(code)
    }

    fn title(self, line: &str) -> &str {
        match self {
            Form::Columns => line.split('\t').nth(4).unwrap_or_default(),
            Form::Titles => line.split('\t').nth(1).unwrap_or_default(),
            Form::Elements => get(line, "DESCRIPTION").unwrap_or_default(),
            Form::Widths => line.get(METADATA_TITLE).unwrap_or_default().trim(),
        }
    }

    fn retitled(self, line: &str, title: &str) -> String {
        match self {
            Form::Columns => in_column(line, 4, title),
            Form::Titles => in_column(line, 1, title),
            Form::Elements => with(line, "DESCRIPTION", title),
            Form::Widths => in_width(line, METADATA_TITLE, title),
        }
    }

    /// The line of a rubric with another code, which stands wherever the old one does.
    fn recoded(self, line: &str, old: &str, new: &str) -> String {
        let bare = |code: &str| code.replace('.', "");
        match self {
            Form::Titles => line.replacen(old, new, 1),
            Form::Widths => line.replacen(&bare(old), &bare(new), 1),
            Form::Columns | Form::Elements => {
                line.replacen(old, new, 1).replacen(&bare(old), &bare(new), 1)
            }
        }
    }
}

/// Writes the editions after those in these folders.
pub(super) fn write(
    editions: &[PathBuf],
    folder: &Path,
    (seed, changes): (u64, usize),
    next: &mut NextRelease,
) -> io::Result<()> {
    let mut files: Vec<(PathBuf, PathBuf, Form, String)> = Vec::new();
    for edition in editions {
        let mut folders = vec![edition.clone()];
        while let Some(at) = folders.pop() {
            for entry in fs::read_dir(&at)? {
                let path = entry?.path();
                let name = super::name_of(&path);
                if path.is_dir() {
                    folders.push(path);
                } else if let Some(form) = form(name) {
                    let root = edition.parent().unwrap_or(edition);
                    let to = path.strip_prefix(root).unwrap_or(&path).to_string_lossy();
                    let to = PathBuf::from(year_after(&to));
                    files.push((path.clone(), to, form, fs::read_to_string(&path)?));
                }
            }
        }
    }
    files.sort();
    let mut fates: BTreeMap<&'static str, BTreeMap<String, Fate>> = BTreeMap::new();
    // One file of each system decides: the one whose titles are whole.
    for (.., form, text) in &files {
        if !fates.contains_key(form.system()) && *form != Form::Widths {
            let mut beside = files.iter().filter(|(.., other, _)| other.system() == form.system());
            let metadata = match form {
                Form::Titles => beside.find(|(.., other, _)| *other == Form::Widths),
                _ => beside.find(|(.., other, _)| other == form),
            };
            let metadata = metadata.map(|(.., form, text)| (*form, text.as_str()));
            let given = (*form, text.as_str(), metadata);
            let decided = decide(given, (seed, changes), &mut next.changes);
            fates.insert(form.system(), decided);
        }
    }
    for (_, path, form, text) in files {
        let none = BTreeMap::new();
        let fates = fates.get(form.system()).unwrap_or(&none);
        let mut rows = 0;
        let mut now = String::with_capacity(text.len());
        for line in text.split_inclusive('\n') {
            let code = form.code(line);
            rows += u64::from(code.is_some());
            let Some((code, fate)) = code
                .and_then(|code| Some((fates.get(&code)?, code)))
                .map(|(fate, code)| (code, *fate))
            else {
                now.push_str(line);
                continue;
            };
            let (text, end) = line.split_at(line.trim_end_matches(['\r', '\n']).len());
            match fate {
                Fate::Removed => rows -= 1,
                Fate::Retitled => {
                    now.push_str(&form.retitled(text, &new_title(form.title(text))));
                    now.push_str(end);
                }
                Fate::Says(column) => {
                    let said = column.value(form, text).and_then(|value| column.next(&value));
                    let line = said.map(|value| column.put(form, text, &value));
                    now.push_str(line.as_deref().unwrap_or(text));
                    now.push_str(end);
                }
                Fate::Copied(digit) => {
                    rows += 1;
                    let new = with_last(&code, digit);
                    let copied = form.recoded(text, &code, &new);
                    let copied = form.retitled(&copied, &added_title(form.title(text)));
                    now.push_str(line);
                    now.push_str(&format!("{copied}{end}"));
                }
            }
        }
        let to = folder.join(&path);
        fs::create_dir_all(to.parent().unwrap_or(folder))?;
        fs::write(to, now)?;
        next.files.push(WrittenFile { path, rows: Some(rows) });
    }
    Ok(())
}

/// Draws rubrics of four characters, and says what follows: of the file that has the titles, and of that which
/// has the other columns.
fn decide(
    (form, text, metadata): (Form, &str, Option<(Form, &str)>),
    (seed, changes): (u64, usize),
    expected: &mut Vec<Expected>,
) -> BTreeMap<String, Fate> {
    let lines: BTreeMap<String, &str> =
        text.lines().filter_map(|line| Some((form.code(line)?, line))).collect();
    let codes: BTreeSet<&String> = lines.keys().collect();
    let partners: BTreeSet<&str> = text
        .lines()
        .filter(|_| form == Form::Columns)
        .filter_map(|line| line.split('\t').nth(7))
        .flat_map(|partners| partners.split('^'))
        .collect();
    // What is not told apart by more characters, and is no dagger or asterisk of another.
    let suited = |code: &&String| {
        let alone = code.len() == 5
            && codes
                .range(code.to_string()..)
                .nth(1)
                .is_none_or(|next| !next.starts_with(code.as_str()));
        let marked = lines[*code].contains("DAGGER") || lines[*code].contains("ASTERISK");
        let modified = form == Form::Columns
            && lines[*code].split('\t').skip(5).take(3).any(|column| !column.is_empty());
        alone
            && !marked
            && !modified
            && !partners.contains(code.as_str())
            && lines[*code].is_ascii()
    };
    let mut drawn: Vec<&String> = lines.keys().filter(suited).collect();
    drawn.sort_by_cached_key(|code| {
        let number = code.bytes().fold(0_u64, |sum, byte| sum << 8 | u64::from(byte));
        keyed_hash(seed, "next edition", number)
    });
    let mut fates = BTreeMap::new();
    // One change below each category.
    let mut categories: BTreeSet<&str> = BTreeSet::new();
    let system = form.system();
    let mut told = |kind, component, code: &str, before: &str, after: &str| {
        expected.push(Expected::new(kind, system, code).of(component).said(before, after));
    };
    let columns = match (form, &metadata) {
        (Form::Titles, Some(_)) => &[Column::Selection, Column::Status][..],
        (Form::Titles, None) => &[],
        _ => &[Column::Usage, Column::Age],
    };
    let of_columns: BTreeMap<String, (Form, &str)> = metadata
        .into_iter()
        .flat_map(|(form, text)| text.lines().map(move |line| (form, line)))
        .filter_map(|(form, line)| Some((form.code(line)?, (form, line))))
        .collect();
    let mut counts = vec![0; 3 + columns.len()];
    for code in drawn {
        let category = &code[..3];
        let which = (0..counts.len()).min_by_key(|&which| counts[which]).unwrap_or(0);
        if counts[which] >= changes {
            break;
        }
        if !categories.insert(category) {
            continue;
        }
        let title = form.title(lines[code]);
        let fate = match which {
            0 => {
                told("rubric-retitled", "title", code, title, &new_title(title));
                Fate::Retitled
            }
            1 => {
                let free = |digit: &char| !codes.contains(&with_last(code, *digit));
                let Some(digit) = ('0'..='9').find(free) else { continue };
                told(
                    "rubric-added",
                    "subcategory",
                    &with_last(code, digit),
                    "",
                    &added_title(title),
                );
                Fate::Copied(digit)
            }
            2 => {
                let below = codes.iter().filter(|other| other.starts_with(category)).count();
                if below < 4 {
                    continue;
                }
                told("rubric-removed", "subcategory", code, title, "");
                Fate::Removed
            }
            other => {
                let Some(&column) = columns.get(other - 3) else { continue };
                let said = of_columns.get(code).and_then(|(form, line)| column.value(*form, line));
                let Some(before) = said else { continue };
                let Some(after) = column.next(&before) else { continue };
                told(column.kind(), column.component(), code, &before, &after);
                Fate::Says(column)
            }
        };
        counts[which] += 1;
        fates.insert(code.clone(), fate);
    }
    fates
}

/// Short enough for the columns of the metadata of OPCS-4, or cut as those are.
fn new_title(title: &str) -> String {
    format!("Renamed {title}")
}

fn added_title(title: &str) -> String {
    format!("New form of {title}")
}

fn with_last(code: &str, digit: char) -> String {
    format!("{}{digit}", &code[..code.len() - 1])
}

/// A path with the year after: editions are of one day of a year.
fn year_after(path: &str) -> String {
    let Some(date) = super::date_of(path) else { return path.to_owned() };
    let after = date.parse::<u32>().unwrap_or(0) + 10_000;
    path.replace(&date, &after.to_string())
}
