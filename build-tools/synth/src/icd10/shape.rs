//! How a category is divided: into subcategories, by modifiers, or not at all.

use super::chapters::{Category, category, text};
use super::modifiers::{self, KINDS};
use crate::random::Random;

/// A modifier on a class, with the digits that are valid for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Modified {
    pub(crate) modifier: usize,
    pub(crate) digits: Vec<u8>,
}

impl Modified {
    fn by(modifier: usize, digits: &str) -> Self {
        let digits = if digits == "*" { KINDS[modifier].digits } else { digits };
        Self { modifier, digits: digits.bytes().collect() }
    }

    /// Whether not all digits of the modifier are valid.
    pub(crate) fn is_partial(&self) -> bool {
        self.digits.len() < KINDS[self.modifier].digits.len()
    }
}

/// How a category is divided.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shape {
    pub(crate) subcategories: Vec<u8>,
    pub(crate) modified: Option<Modified>,
    /// The subcategory that the modifier of the category does not hold of.
    pub(crate) excluded: Option<u8>,
    /// A subcategory with a modifier of its own.
    pub(crate) own: Option<(u8, Modified)>,
}

/// Categories that are of manifestations as wholes.
const ASTERISKS: &str = "D63 D77 E35 E90 F00 F02 G01 G02 G05 G07 G13 G22 G26 G32 G46 G53 G55 G59 \
     G63 G73 G94 G99 H03 H06 H13 H19 H22 H28 H32 H36 H42 H45 H48 H58 H62 H67 H75 H82 H94 I32 I39 \
     I41 I43 I52 I68 I79 I98 J17 J91 J99 K23 K67 K77 K87 K93 L14 L45 L54 L62 L86 L99 M01 M03 M07 \
     M09 M14 M36 M49 M63 M68 M73 M82 M90 N08 N16 N22 N29 N33 N37 N51 N74 N77 P75";

pub(crate) fn is_asterisk(at: Category) -> bool {
    let code = text(at);
    ASTERISKS.split(' ').any(|other| other == code)
}

/// The categories that every plan has.
pub(crate) fn features() -> Vec<(Category, Shape)> {
    let lines = include_str!("features.txt").lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let fields: Vec<&str> = line.split(' ').collect();
            let [code, subcategories, modified, excluded, own] = fields[..] else {
                panic!("a feature has five fields: {line}");
            };
            let given = |text: &'static str| (text != "-").then_some(text);
            let shape = Shape {
                subcategories: given(subcategories).map_or_else(Vec::new, |text| text.into()),
                modified: given(modified)
                    .and_then(|text| text.split_once(':'))
                    .map(|(modifier, digits)| Modified::by(modifiers::find(modifier), digits)),
                excluded: given(excluded).and_then(|text| text.bytes().next()),
                own: given(own).and_then(|text| text.split_once('=')).map(|(digit, modifier)| {
                    (digit.as_bytes()[0], Modified::by(modifiers::find(modifier), "*"))
                }),
            };
            (category(code), shape)
        })
        .collect()
}

impl Shape {
    /// The shape of a category that is no feature.
    pub(crate) fn new(seed: u64, at: Category) -> Self {
        let mut random = Random::keyed(seed, "ICD-10 category", at.into());
        let asterisk = is_asterisk(at);
        let place = modifiers::of_place(at).filter(|_| !asterisk);
        // A modifier of the fourth character stands in the place of subcategories, but for one.
        let instead =
            place.is_some_and(|at| KINDS[at].code.ends_with("_4") && KINDS[at].code != "S05F31_4");
        let undivided = instead || random.chance(if asterisk { 400 } else { 110 });
        let mut shape = Self::default();
        if !undivided {
            let named = random.between(1, 7) as u8;
            shape.subcategories = (b'0'..b'0' + named).chain([b'8', b'9']).collect();
        }
        let Some(modifier) = place else { return shape };
        let digits = KINDS[modifier].digits;
        if KINDS[modifier].code.starts_with("S13") && !undivided && random.chance(200) {
            let own = shape.subcategories[random.below(shape.subcategories.len())];
            shape.own = Some((own, Modified::by(modifiers::find("S13M23_5"), "*")));
            return shape;
        }
        let mut modified = Modified::by(modifier, digits);
        if digits.len() > 2 && random.chance(150) {
            modified.digits.retain(|&digit| digit == b'9' || digit == b'0' || random.chance(600));
        }
        shape.modified = Some(modified);
        if !undivided && random.chance(150) {
            shape.excluded = Some(shape.subcategories[random.below(shape.subcategories.len())]);
        }
        shape
    }

    /// How many codes the category and its subdivisions are.
    pub(crate) fn codes(&self) -> usize {
        let by = |modified: &Option<Modified>| modified.as_ref().map_or(0, |by| by.digits.len());
        let bases = match self.subcategories.len() {
            0 => 1,
            count => count - usize::from(self.excluded.is_some()),
        };
        let own = self.own.as_ref().map_or(0, |(_, modified)| modified.digits.len());
        1 + self.subcategories.len() + bases * by(&self.modified) + own
    }
}
