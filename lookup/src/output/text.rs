//! Text of a release on a screen: escaped, measured, wrapped.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr as _;

/// Text as it may be shown: control characters, and those that turn the direction of text, stand
/// escaped, so that a term can neither command the terminal nor disguise itself.
pub(crate) fn shown(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match is_escaped(character) {
            true => shown.extend(character.escape_default()),
            false => shown.push(character),
        }
    }
    Cow::Owned(shown)
}

fn is_escaped(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
        )
}

/// How many columns text takes on a screen.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// Breaks text into lines of at most so many columns, between words; a word that is longer stands
/// on a line of its own.
pub(crate) fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut taken = 0;
    for word in text.split(' ') {
        let length = width(word);
        if !line.is_empty() && taken + 1 + length > columns {
            lines.push(std::mem::take(&mut line));
            taken = 0;
        }
        if !line.is_empty() {
            line.push(' ');
            taken += 1;
        }
        line.push_str(word);
        taken += length;
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_cannot_command_the_terminal() {
        assert_eq!(shown("plain ö (disorder)"), "plain ö (disorder)");
        assert_eq!(shown("a\u{1b}[31mb\tc\u{202e}d\u{9b}"), "a\\u{1b}[31mb\\tc\\u{202e}d\\u{9b}");
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("extraordinarily long", 4), ["extraordinarily", "long"]);
        assert_eq!(wrapped("", 4), [""]);
        assert_eq!(wrapped("漢字 漢字", 4), ["漢字", "漢字"]);
    }
}
