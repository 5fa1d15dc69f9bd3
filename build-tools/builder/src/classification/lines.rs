//! A text file, line by line.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use super::log::Log;
use crate::problem::NoteKind;

/// Bytes of the longest line: no line of a classification has a hundredth.
const LONGEST: u64 = 1 << 20;
const MARK: &[u8] = "\u{feff}".as_bytes();

/// Gives each line to `take` with its number, counted from 1; empty lines are left out. `take` says
/// whether to read on.
///
/// Lines end in LF or CR LF. A line that is not UTF-8 is read as Windows-1252, which is noted.
///
/// # Errors
///
/// The file cannot be read, or does not unpack.
pub(super) fn each(
    reader: &mut dyn BufRead,
    log: &mut Log,
    mut take: impl FnMut(&str, u64, &mut Log) -> bool,
) -> io::Result<()> {
    let mut line = Vec::new();
    let mut number = 0;
    let mut is_noted = false;
    loop {
        line.clear();
        if (&mut *reader).take(LONGEST).read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        number += 1;
        let mut bytes = line.as_slice();
        match bytes.strip_suffix(b"\n") {
            Some(before) => bytes = before,
            None if line.len() as u64 == LONGEST => {
                log.problem(number, None, "a line of up to 1 MiB", "more");
                return Ok(());
            }
            None => {}
        }
        bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
        if number == 1 {
            bytes = bytes.strip_prefix(MARK).unwrap_or(bytes);
        }
        let Some((text, is_utf8)) = decoded(bytes) else {
            let found = String::from_utf8_lossy(bytes);
            log.problem(number, None, "text in UTF-8 or Windows-1252", &found);
            continue;
        };
        if !is_utf8 && !is_noted {
            is_noted = true;
            log.note(NoteKind::OtherEncoding, number, || "the first such line".to_owned());
        }
        if text.trim().is_empty() {
            log.note(NoteKind::EmptyLine, number, || "nothing".to_owned());
            continue;
        }
        if let Some(control) = text.chars().find(|c| c.is_control() && *c != '\t') {
            let found = control.to_string();
            log.problem(number, None, "text without control characters", &found);
            continue;
        }
        if !take(&text, number, log) {
            return Ok(());
        }
    }
}

/// The characters of Windows-1252 from 0x80 to 0x9F; the others are those of Unicode. Five have none.
const HIGH: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘',
    '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// The text of a line, and whether it is UTF-8; `None` where it is not Windows-1252 either.
fn decoded(bytes: &[u8]) -> Option<(Cow<'_, str>, bool)> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some((Cow::Borrowed(text), true));
    }
    let character = |byte: &u8| match byte {
        0x80..=0x9f => Some(HIGH[usize::from(byte - 0x80)]).filter(|character| *character != '\0'),
        _ => Some(char::from(*byte)),
    };
    let text: Option<String> = bytes.iter().map(character).collect();
    Some((Cow::Owned(text?), false))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Notes;
    use crate::rf2::Problems;

    fn read(mut bytes: &[u8]) -> (Vec<(u64, String)>, Problems, Notes) {
        let mut log = Log::new("file");
        let mut lines = Vec::new();
        let take = |line: &str, number, _: &mut Log| {
            lines.push((number, line.to_owned()));
            true
        };
        each(&mut bytes, &mut log, take).unwrap();
        let (mut problems, mut notes) = (Problems::default(), Notes::default());
        log.tell(&mut problems, &mut notes);
        (lines, problems, notes)
    }

    #[test]
    fn lines_end_in_both_ways_and_a_mark_may_stand_before_them() {
        let (lines, problems, notes) = read("\u{feff}a\r\nb\n\nc".as_bytes());
        assert_eq!(lines, [(1, "a".into()), (2, "b".into()), (4, "c".into())]);
        assert!(problems.named.is_empty());
        assert!(notes.of(NoteKind::OtherEncoding).is_none());
    }

    #[test]
    fn windows_1252_is_read_and_noted_once() {
        let (lines, problems, notes) = read(b"M\xe9ni\xe8re\x92s\n\xb5g\n");
        assert_eq!(lines[0].1, "Ménière’s");
        assert_eq!(lines[1].1, "µg");
        assert!(problems.named.is_empty());
        assert_eq!(notes.of(NoteKind::OtherEncoding).unwrap().count, 1);
    }

    #[test]
    fn control_characters_and_what_is_no_text_are_problems() {
        let (lines, problems, _) = read(b"a\x81\nb\x07\nc\n");
        assert_eq!(lines, [(3, "c".into())]);
        assert_eq!(problems.named.iter().map(|problem| problem.line).collect::<Vec<_>>(), [1, 2]);
        let (lines, problems, _) = read(&vec![b'a'; 2 << 20]);
        assert!(lines.is_empty());
        assert_eq!(problems.named[0].line, 1);
    }
}
