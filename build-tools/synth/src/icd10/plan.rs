//! The classification as a whole: which categories there are, and what each is called.

use super::chapters::{Category, Chapters, text};
use super::codes::Code;
use super::modifiers::Modifier;
use super::pairs;
use super::shape::{Modified, Shape, features, is_asterisk};
use super::titles::{Titles, within};
use crate::parameters::Parameters;
use crate::random::{Random, keyed_hash};
use crate::snomed::vocabulary::Vocabulary;
use std::collections::{BTreeMap, HashSet};

/// The part a code has in a pair of cause and manifestation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Usage {
    Default,
    Dagger,
    Asterisk,
}

/// A category or subcategory that is no work of a modifier.
#[derive(Debug)]
pub(crate) struct Class {
    /// Without a point: `A00`, `A000`.
    pub(crate) code: String,
    pub(crate) title: String,
    pub(crate) usage: Usage,
    /// The other codes of its pairs, without a point.
    pub(crate) partners: Vec<String>,
    pub(crate) modified: Option<Modified>,
    /// Whether the modifier of its category does not hold of it.
    pub(crate) excluded: bool,
    pub(crate) block: usize,
    /// Subcategories that follow it.
    pub(crate) subcategories: usize,
}

/// All that the classification says.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    pub(crate) chapters: Chapters,
    pub(crate) chapter_titles: Vec<String>,
    pub(crate) block_titles: Vec<String>,
    pub(crate) modifiers: Vec<Modifier>,
    /// In the order of their codes, which puts subcategories behind their category.
    pub(crate) classes: Vec<Class>,
    /// Every code, those that modifiers make among them, in order.
    pub(crate) codes: Vec<Code>,
    /// Codes that are not subdivided and no asterisks, by whether they may have a fifth character.
    pub(crate) targets: [Vec<usize>; 2],
    /// Daggers and asterisks that belong together.
    pub(crate) pairs: Vec<(usize, usize)>,
    /// Categories and codes of four characters.
    known: HashSet<String>,
}

impl Plan {
    pub(crate) fn new(parameters: &Parameters, vocabulary: &Vocabulary) -> Self {
        let seed = parameters.seed;
        let mut titles = Titles::new(seed, vocabulary);
        let chapters = Chapters::new();
        let mut name = |purpose: &str, codes: Vec<String>| -> Vec<String> {
            codes.iter().map(|code| titles.fresh(purpose, code)).collect()
        };
        let numbers = chapters.chapters.iter().map(|chapter| chapter.number.clone()).collect();
        let chapter_titles = name("ICD-10 chapter", numbers);
        let ranges = chapters.blocks.iter().map(|block| block.range.code()).collect();
        let block_titles = name("ICD-10 block", ranges);
        let modifiers = Modifier::all(&mut titles);
        // Less than the root of a small scale, so that what is committed is small.
        let codes = parameters.rooted(18_000, 340) - 100;
        let shapes = shapes(seed, &chapters, codes);
        let mut plan = Self {
            seed,
            chapter_titles,
            block_titles,
            modifiers,
            classes: Vec::new(),
            codes: Vec::new(),
            targets: [Vec::new(), Vec::new()],
            pairs: Vec::new(),
            known: HashSet::new(),
            chapters,
        };
        for (at, shape) in shapes {
            plan.category(at, shape, &mut titles);
        }
        pairs::pair(&mut plan);
        plan.codes = plan.expanded();
        plan.known = plan.codes.iter().map(|code| code.code.clone()).collect();
        plan.find_targets();
        plan
    }

    /// The classes of a category.
    fn category(&mut self, at: Category, shape: Shape, titles: &mut Titles<'_>) {
        let code = text(at);
        let title = titles.fresh("ICD-10 title", &code);
        let usage = if is_asterisk(at) { Usage::Asterisk } else { Usage::Default };
        let block = self.chapters.block(at).unwrap_or_default();
        let class = |code: String, title: String| Class {
            code,
            title,
            usage,
            partners: Vec::new(),
            modified: None,
            excluded: false,
            block,
            subcategories: 0,
        };
        let subcategories = shape.subcategories.len();
        let whole = class(code.clone(), title.clone());
        self.classes.push(Class { modified: shape.modified, subcategories, ..whole });
        for digit in shape.subcategories {
            let code = format!("{code}{}", char::from(digit));
            let title = match digit {
                b'8' => format!("Other specified {}", within(&title)),
                b'9' => format!("{title}, unspecified"),
                _ => titles.fresh("ICD-10 title", &code),
            };
            let own = shape.own.clone().filter(|(other, _)| *other == digit);
            let modified = own.map(|(_, modified)| modified);
            let excluded = shape.excluded == Some(digit);
            self.classes.push(Class { modified, excluded, ..class(code, title) });
        }
    }

    fn find_targets(&mut self) {
        for (at, code) in self.codes.iter().enumerate() {
            if !code.subdivided && code.usage != Usage::Asterisk {
                self.targets[1].push(at);
                if code.code.len() < 5 {
                    self.targets[0].push(at);
                }
            }
        }
        let places: BTreeMap<&str, usize> =
            self.codes.iter().enumerate().map(|(at, code)| (&*code.code, at)).collect();
        for (asterisk, code) in self.codes.iter().enumerate() {
            if code.usage == Usage::Asterisk {
                let daggers = code.partners.iter().filter_map(|dagger| places.get(&**dagger));
                self.pairs.extend(daggers.map(|&dagger| (dagger, asterisk)));
            }
        }
    }

    /// A code that is not subdivided and no asterisk; it has a fifth character only where it may,
    /// and is not of the other sex, where one is given.
    pub(crate) fn target(&self, fifth: bool, sex: Option<u8>, random: &mut Random) -> &Code {
        let targets = &self.targets[usize::from(fifth)];
        loop {
            let code = &self.codes[targets[random.below(targets.len())]];
            if sex.is_none_or(|sex| code.sex == 0 || code.sex == sex) {
                return code;
            }
        }
    }

    /// A dagger and an asterisk that belong together.
    pub(crate) fn pair(&self, random: &mut Random) -> (&Code, &Code) {
        let (dagger, asterisk) = self.pairs[random.below(self.pairs.len())];
        (&self.codes[dagger], &self.codes[asterisk])
    }

    /// What has the form of a code and is none.
    pub(crate) fn stray(&self, random: &mut Random) -> String {
        loop {
            let letter = char::from(b'A' + random.below(26) as u8);
            let code = format!("{letter}{:03}", random.below(1000));
            if !self.known.contains(&code) {
                return code;
            }
        }
    }
}

/// The categories of a plan of so many codes at most.
fn shapes(seed: u64, chapters: &Chapters, most: usize) -> BTreeMap<Category, Shape> {
    let mut shapes: BTreeMap<Category, Shape> = features().into_iter().collect();
    let mut left = most - shapes.values().map(Shape::codes).sum::<usize>();
    // Of chapter XXII few categories are in use.
    let in_use = |at: Category| at / 100 != 20 || matches!(at % 100, 4..=9 | 82..=85);
    let mut others: Vec<Category> = (0..2600)
        .filter(|&at| in_use(at) && chapters.block(at).is_some() && !shapes.contains_key(&at))
        .collect();
    others.sort_by_key(|&at| keyed_hash(seed, "ICD-10 categories", at.into()));
    for at in others {
        let shape = Shape::new(seed, at);
        // In a small plan no category takes the room of many.
        if shape.codes() <= left.min(most / 40) {
            left -= shape.codes();
            shapes.insert(at, shape);
        }
    }
    shapes
}
