//! Modifiers: digits with a meaning of their own, which many categories have in common.

use super::chapters::{Category, category};
use super::titles::Titles;

/// A modifier as it is declared.
#[derive(Debug)]
pub(crate) struct Kind {
    /// The code: its chapter, where it is described, and which character it gives.
    pub(crate) code: &'static str,
    pub(crate) digits: &'static str,
    /// Whether its classes are called `.0` and not `0`. Releases have both.
    pub(crate) dotted: bool,
    /// The digit that makes a dagger of what it is added to.
    pub(crate) dagger: Option<u8>,
}

const fn kind(code: &'static str, digits: &'static str, dotted: bool) -> Kind {
    Kind { code, digits, dotted, dagger: None }
}

/// Every modifier.
pub(crate) const KINDS: [Kind; 10] = [
    Kind { dagger: Some(b'2'), ..kind("S04E10_4", "0123456789", true) },
    kind("S05F10_4", "0123456789", true),
    kind("S05F31_4", "01", false),
    kind("S11K25_4", "012345679", true),
    kind("S13M00_5", "0123456789", false),
    kind("S13M23_5", "012", false),
    kind("S13M40_5", "0123456789", false),
    kind("S19S02_5", "01", false),
    kind("S20V01_4", "0123456789", true),
    kind("S20W00_4", "0123456789", false),
];

/// The place of a modifier among [`KINDS`].
pub(crate) fn find(code: &str) -> usize {
    KINDS.iter().position(|kind| kind.code == code).expect("the modifier is declared")
}

/// The modifier that categories of a place have which they share with their neighbours.
pub(crate) fn of_place(at: Category) -> Option<usize> {
    const PLACES: &[(&str, &str, &str)] = &[
        ("E10", "E14", "S04E10_4"),
        ("F10", "F19", "S05F10_4"),
        ("F31", "F33", "S05F31_4"),
        ("K25", "K28", "S11K25_4"),
        ("M00", "M25", "S13M00_5"),
        ("M40", "M54", "S13M40_5"),
        ("M60", "M94", "S13M00_5"),
        ("V01", "V79", "S20V01_4"),
        ("W00", "Y34", "S20W00_4"),
    ];
    const FRACTURES: &[&str] = &[
        "S02", "S12", "S22", "S32", "S42", "S52", "S62", "S72", "S82", "S92", "T02", "T08", "T10",
        "T12",
    ];
    // Two categories of the place of occurrence have subcategories instead.
    if at == category("Y06") || at == category("Y07") {
        return None;
    }
    if FRACTURES.iter().any(|code| category(code) == at) {
        return Some(find("S19S02_5"));
    }
    let (_, _, code) =
        PLACES.iter().find(|(first, last, _)| (category(first)..=category(last)).contains(&at))?;
    Some(find(code))
}

/// A modifier with its texts.
#[derive(Debug)]
pub(crate) struct Modifier {
    pub(crate) kind: &'static Kind,
    pub(crate) title: String,
    /// The digits and what they mean.
    pub(crate) classes: Vec<(u8, String)>,
}

impl Modifier {
    /// The texts of all modifiers.
    pub(crate) fn all(titles: &mut Titles<'_>) -> Vec<Self> {
        KINDS
            .iter()
            .map(|kind| {
                let fractures = kind.code == "S19S02_5";
                let classes = kind.digits.bytes().map(|digit| {
                    let text = match digit {
                        b'0' if fractures => "closed".to_owned(),
                        b'1' if fractures => "open".to_owned(),
                        b'9' => "Unspecified part".to_owned(),
                        _ => titles.fresh("modifier", &format!("{}{digit}", kind.code)),
                    };
                    (digit, text)
                });
                let classes = classes.collect();
                Self { kind, title: titles.fresh("modifier", kind.code), classes }
            })
            .collect()
    }

    /// Whether the modifier gives the fifth character even where there is no fourth.
    pub(crate) fn is_fifth(&self) -> bool {
        self.kind.code.ends_with("_5")
    }

    pub(crate) fn text(&self, digit: u8) -> &str {
        self.classes.iter().find(|(other, _)| *other == digit).map_or("", |(_, text)| text)
    }
}
