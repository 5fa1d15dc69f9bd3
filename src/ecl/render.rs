//! A place in a text, shown: the line, and carets under it.

use std::fmt::Write as _;

use super::syntax::Span;

/// Columns of a line that are shown at most; more are cut on both sides of the place.
const COLUMNS: usize = 100;
/// Columns that are kept before the place.
const BEFORE: usize = 40;

/// Appends the line of the place, its number, and carets.
pub(crate) fn place(rendered: &mut String, source: &str, span: Span) {
    let start = floor(source, span.start);
    let before = source.get(..start).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let number = before.matches('\n').count() + 1;
    let rest = source.get(line_start..).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default().trim_end_matches('\r');
    let column = source.get(line_start..start).unwrap_or_default().chars().count() + 1;
    let end = floor(source, span.end).saturating_sub(line_start);
    let start = start - line_start;

    // Each character, where it begins, and how wide it is shown.
    let mut shown: Vec<(usize, char, usize)> = Vec::new();
    // What is far from the place is not even looked at.
    let from = floor(line, start.saturating_sub(COLUMNS * 4));
    for (at, character) in line.get(from..).unwrap_or_default().char_indices() {
        let character = visible(character);
        shown.push((from + at, character, width(character)));
        if from + at > start + COLUMNS * 4 {
            break;
        }
    }
    let place = shown.iter().position(|(at, _, _)| *at >= start).unwrap_or(shown.len());
    let first = cut(&shown, place);
    let (mut text, mut carets) = (String::new(), String::new());
    if first > 0 || from > 0 {
        text.push('…');
        carets.push(' ');
    }
    let (mut columns, mut marked, mut last) = (0, 0, true);
    for (at, character, width) in shown.iter().skip(first) {
        if columns + width > COLUMNS {
            text.push('…');
            last = false;
            break;
        }
        columns += width;
        text.push(*character);
        if *at < start {
            (0..*width).for_each(|_| carets.push(' '));
        } else if *at < end {
            (0..*width).for_each(|_| carets.push('^'));
            marked += width;
        }
    }
    if marked == 0 && last {
        carets.push('^');
    }
    let gutter = number.to_string().len();
    let _ =
        write!(rendered, "\n{:gutter$}--> line {number}, column {column}\n{:gutter$} |", "", "");
    let _ = write!(rendered, "\n{}", format!("{number} | {text}").trim_end());
    let _ = write!(rendered, "\n{:gutter$} | {}", "", carets.trim_end());
}

/// The first character that is shown: all of the line where it is short.
fn cut(shown: &[(usize, char, usize)], place: usize) -> usize {
    let all: usize = shown.iter().map(|(_, _, width)| width).sum();
    if all <= COLUMNS {
        return 0;
    }
    let mut columns = 0;
    for (number, (_, _, width)) in shown.iter().enumerate().take(place).rev() {
        columns += width;
        if columns > BEFORE {
            return number + 1;
        }
    }
    0
}

/// The nearest character boundary that is not behind `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A text without the characters that a terminal would obey.
pub(crate) fn control_free(text: &str) -> String {
    text.chars().map(visible).collect()
}

/// What is shown for a character: a tab is a space, and whatever would move the cursor or turn the
/// direction of the text is the replacement character.
fn visible(character: char) -> char {
    match character {
        '\t' => ' ',
        '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}' => '\u{fffd}',
        _ if character.is_control() => '\u{fffd}',
        _ => character,
    }
}

/// Columns that a character takes on a screen: none for marks that are drawn on the character
/// before, two for East Asian scripts and pictures.
fn width(character: char) -> usize {
    match u32::from(character) {
        0x300..=0x36f | 0x200b..=0x200d | 0x20d0..=0x20ff | 0xfe00..=0xfe0f => 0,
        0x1100..=0x115f
        | 0x2e80..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1faff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str, start: usize, end: usize) -> String {
        let mut rendered = String::new();
        place(&mut rendered, source, Span { start, end });
        rendered
    }

    #[test]
    fn carets_stand_under_the_place_whatever_is_before_it() {
        assert_eq!(shown("ab cd", 3, 5), "\n --> line 1, column 4\n  |\n1 | ab cd\n  |    ^^");
        assert_eq!(shown("\tö\tx", 4, 5), "\n --> line 1, column 4\n  |\n1 |  ö x\n  |    ^");
        assert_eq!(shown("漢 x", 4, 5), "\n --> line 1, column 3\n  |\n1 | 漢 x\n  |    ^");
        assert_eq!(
            shown("a\u{301} x", 4, 5),
            "\n --> line 1, column 4\n  |\n1 | a\u{301} x\n  |   ^"
        );
    }

    #[test]
    fn the_end_and_later_lines_have_a_place_too() {
        assert_eq!(shown("", 0, 0), "\n --> line 1, column 1\n  |\n1 |\n  | ^");
        assert_eq!(shown("a\r\nbc\n", 3, 6), "\n --> line 2, column 1\n  |\n2 | bc\n  | ^^");
        assert_eq!(shown("a\n", 2, 2), "\n --> line 2, column 1\n  |\n2 |\n  | ^");
        assert_eq!(shown("é", 1, 900), "\n --> line 1, column 1\n  |\n1 | é\n  | ^");
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let line = format!("{}here{}", "a".repeat(5_000), "b".repeat(5_000));
        let rendered = shown(&line, 5_000, 5_004);
        let lines: Vec<&str> = rendered.lines().collect();
        assert!(lines[3].starts_with("1 | …aaa") && lines[3].ends_with("bb…"), "{rendered}");
        assert!(lines[3].chars().count() < COLUMNS + 10);
        let at = lines[3].chars().position(|c| c == 'h').unwrap();
        assert_eq!(lines[4].find("^^^^"), Some(at));
        assert!(shown(&line, 0, 10_004).lines().all(|line| line.chars().count() < COLUMNS + 10));
    }

    #[test]
    fn nothing_that_commands_a_terminal_is_shown() {
        let rendered = shown("a\u{1b}[31m\u{202e}b", 1, 2);
        assert!(!rendered.contains(['\u{1b}', '\u{202e}']), "{rendered}");
    }
}
