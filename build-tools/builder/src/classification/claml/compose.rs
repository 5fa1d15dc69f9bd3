//! The codes that modifiers make.

use farr::id::Icd10Code;

use super::model::{ModifiedBy, ModifierClass};

/// The place that the characters of a modifier take in a code of ICD-10.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Fourth,
    Fifth,
}

/// Whether a code is one of ICD-10 as the WHO writes it.
pub(super) fn is_icd10(code: &str) -> bool {
    Icd10Code::parse(code).is_ok_and(|parsed| *parsed.dotted() == *code)
}

/// The place of a modifier: what the end of its name says (`S04E10_4`); where that says nothing, a
/// class of it that begins with a point or has a position says it.
pub(super) fn place(modified_by: &ModifiedBy, classes: &[&ModifierClass]) -> Place {
    if modified_by.modifier.ends_with("_4") {
        return Place::Fourth;
    }
    if modified_by.modifier.ends_with("_5") {
        return Place::Fifth;
    }
    let has_point = classes.iter().any(|class| class.code.starts_with('.'));
    match modified_by.position {
        Some(5) if !has_point => Place::Fifth,
        _ => Place::Fourth,
    }
}

/// The code of a class with the characters of a modifier; `None` where it is of ICD-10 and has no place
/// for them.
///
/// | | modifier | class | code |
/// |---|---|---|---|
/// | A | of the fourth character | a category without subdivisions | `E10` and `.0`: `E10.0` |
/// | B | of the fourth character | a subdivision of a category | `I70.2` and `0`: `I70.20` |
/// | C | of the fifth character | a category without subdivisions | `M45` and `0`: `M45.X0` |
/// | D, E | of the fifth character | a subdivision | `M00.0` and `1`: `M00.01` |
///
/// Of other codes, those of the class and of the modifier stand one behind the other.
pub(super) fn compose(code: &str, place: Place, characters: &str) -> Option<String> {
    if !is_icd10(code) {
        return Some(format!("{code}{characters}"));
    }
    let characters = characters.trim_start_matches('.');
    let composed = match (code.contains('.'), place) {
        (true, _) => format!("{code}{characters}"),
        (false, Place::Fourth) => format!("{code}.{characters}"),
        (false, Place::Fifth) => format!("{code}.X{characters}"),
    };
    is_icd10(&composed).then_some(composed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_made_by_the_five_patterns() {
        for (code, place, characters, expected) in [
            ("E10", Place::Fourth, ".0", Some("E10.0")),
            ("W00", Place::Fourth, "0", Some("W00.0")),
            ("I70.2", Place::Fourth, "0", Some("I70.20")),
            ("M45", Place::Fifth, "0", Some("M45.X0")),
            ("M45", Place::Fifth, ".0", Some("M45.X0")),
            ("M00.0", Place::Fifth, "1", Some("M00.01")),
            ("T14.2", Place::Fifth, "0", Some("T14.20")),
            ("V01.00", Place::Fifth, "0", None),
            ("M45.X0", Place::Fifth, "0", None),
            ("E10", Place::Fourth, ".a", None),
            ("A00-A09", Place::Fourth, ".0", Some("A00-A09.0")),
            ("B", Place::Fourth, "M1", Some("BM1")),
        ] {
            assert_eq!(
                compose(code, place, characters).as_deref(),
                expected,
                "{code} {characters}"
            );
        }
    }

    #[test]
    fn the_place_is_what_the_name_says_and_else_the_codes_say() {
        let class = |code: &str| ModifierClass { code: code.into(), ..ModifierClass::default() };
        let (pointed, bare) = (class(".0"), class("0"));
        for (name, position, class, expected) in [
            ("S04E10_4", None, &bare, Place::Fourth),
            ("S13M00_5", None, &bare, Place::Fifth),
            ("S13M00_5", None, &pointed, Place::Fifth),
            ("ST", Some(5), &bare, Place::Fifth),
            ("ST", Some(5), &pointed, Place::Fourth),
            ("ST", None, &bare, Place::Fourth),
        ] {
            let by = ModifiedBy { modifier: name.into(), position, valid: None };
            assert_eq!(place(&by, &[class]), expected, "{name} {position:?} {}", class.code);
        }
    }
}
