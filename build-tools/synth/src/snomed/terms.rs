//! The wording of terms: a stem for each concept, from which its descriptions are made.

use super::concepts::{Concept, Concepts};
use super::kind::Naming;
use super::vocabulary::Vocabulary;
use crate::random::Random;

const MODIFIERS: &[&str] = &[
    "Acute",
    "Chronic",
    "Recurrent",
    "Congenital",
    "Acquired",
    "Secondary",
    "Primary",
    "Severe",
    "Mild",
    "Suspected",
    "Traumatic",
    "Progressive",
    "Subacute",
    "Relapsing",
    "Bilateral",
];
const SIDES: &[&str] = &["left", "right", "upper", "lower", "anterior", "posterior"];
const TAILS: &[&str] = &["due to", "with", "without", "in", "caused by", "following", "not due to"];
const ACTIONS: &[&str] = &[
    "excision",
    "repair",
    "biopsy",
    "drainage",
    "imaging",
    "incision",
    "insertion",
    "removal",
    "replacement",
    "examination",
    "injection",
    "reconstruction",
    "monitoring",
    "assessment",
];
const ANATOMY: &[&str] = &["Structure of", "Entire", "Part of", "Region of", "Surface of"];
const FORMS: &[&str] = &[
    "oral tablet",
    "oral capsules",
    "oral suspension",
    "cream",
    "eye drops",
    "inhaler",
    "powder",
    "solution for injection vials",
    "modified-release tablets",
    "patches",
    "suppositories",
];
const STRENGTHS: &[&str] = &[
    "500 mg",
    "2.5 mL",
    "10 mg",
    "5 mg/mL",
    "250 micrograms",
    "1%",
    "0.05%",
    "100 units/mL",
    "20 mg/5 mL",
    "1 g",
    "75 mg/h",
    "0.9% w/v",
    "1.2 mg",
    "4 mg",
    "62.5 micrograms/dose",
];
const GREEK: &[&str] = &["α", "β", "μ", "γ", "δ"];
const OBJECTS: &[&str] = &["6\" nail", "3/8\" screw", "12\" catheter", "5' splint", "10\" drain"];

/// Which national spelling a term is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spelling {
    American,
    British,
}

/// The words of terms of one release.
#[derive(Debug)]
pub(crate) struct Terms {
    seed: u64,
    pub(crate) vocabulary: Vocabulary,
    /// How often the stem of each concept was drawn again because another concept had it.
    redraws: Vec<u8>,
}

impl Terms {
    pub(crate) fn new(seed: u64, vocabulary: Vocabulary, redraws: Vec<u8>) -> Self {
        Self { seed, vocabulary, redraws }
    }

    pub(crate) fn redraw(&mut self, concept: Concept) {
        self.redraws[concept as usize] += 1;
    }

    /// Whether the terms of a concept differ between national spellings.
    pub(crate) fn has_spellings(&self, concepts: &Concepts, concept: Concept) -> bool {
        let spelled = Random::keyed(self.seed, "spelling", concept.into()).chance(60);
        spelled
            && concepts.kind(concept).is_some_and(|kind| {
                matches!(kind.get().naming, Naming::Condition | Naming::Procedure | Naming::Plain)
            })
    }

    pub(crate) fn fully_specified_name(&self, concepts: &Concepts, concept: Concept) -> String {
        let mut term = self.stem(concepts, concept, Spelling::American);
        let tag = match concepts.kind(concept) {
            Some(kind) => kind.get().tag,
            None => &concepts.fixed[concept as usize].tag,
        };
        if !tag.is_empty() {
            term.push_str(" (");
            term.push_str(tag);
            term.push(')');
        }
        term
    }

    /// The name of a concept without its semantic tag.
    pub(crate) fn stem(&self, concepts: &Concepts, concept: Concept, spelling: Spelling) -> String {
        let Some(kind) = concepts.kind(concept) else {
            return concepts.fixed[concept as usize].name.clone();
        };
        let redraws = u64::from(self.redraws[concept as usize]);
        let key = u64::from(concept) | redraws << 40;
        let mut random = Random::keyed(self.seed, "stem", key);
        let mut phrase = Phrase::default();
        let mut spellings = Random::keyed(self.seed, "spelled word", concept.into());
        if self.has_spellings(concepts, concept) {
            let (american, british) = self.vocabulary.spelling(&mut spellings);
            phrase.push(if spelling == Spelling::British { british } else { american });
        }
        let parent = concepts.parents.of(concept)[0];
        self.compose(kind.get().naming, concept, parent, &mut random, &mut phrase);
        if redraws > 2 {
            // A short name can stay taken for long; the number ends that.
            phrase.push(&format!("{concept}"));
        }
        phrase.finish()
    }

    fn compose(
        &self,
        naming: Naming,
        concept: Concept,
        parent: Concept,
        random: &mut Random,
        phrase: &mut Phrase,
    ) {
        match naming {
            Naming::Condition => {
                if random.chance(450) {
                    phrase.push(random.pick(MODIFIERS));
                }
                self.own(concept, random, phrase);
                phrase.push(self.inherited(parent));
                if random.chance(600) {
                    phrase.push("of");
                    self.site(random, phrase);
                }
                if random.chance(300) {
                    phrase.push(random.pick(TAILS));
                    self.words(random.between(1, 2), random, phrase);
                }
            }
            Naming::Procedure => {
                if random.chance(250) {
                    phrase.push(random.pick(&["Endoscopic", "Open", "Percutaneous", "Emergency"]));
                }
                self.own(concept, random, phrase);
                phrase.push(random.pick(ACTIONS));
                phrase.push("of");
                phrase.push(self.inherited(parent));
                self.site(random, phrase);
                if random.chance(350) {
                    phrase.push(random.pick(&["using", "with", "by", "under guidance of"]));
                    self.words(random.between(1, 2), random, phrase);
                }
            }
            Naming::Anatomy => {
                phrase.push(random.pick(ANATOMY));
                if random.chance(350) {
                    phrase.push(random.pick(SIDES));
                }
                self.own(concept, random, phrase);
                if random.chance(600) {
                    phrase.push("of");
                    phrase.push(self.inherited(parent));
                }
            }
            Naming::Organism => {
                phrase.push(self.inherited(parent));
                self.own(concept, random, phrase);
                if random.chance(250) {
                    phrase.push(random.pick(&["subspecies", "serotype", "biovar", "group"]));
                    self.words(1, random, phrase);
                }
            }
            Naming::Substance => {
                if random.chance(30) {
                    let word = format!("{}-{}", random.pick(GREEK), self.inherited(parent));
                    phrase.push(&word);
                }
                self.own(concept, random, phrase);
                if random.chance(500) {
                    phrase.push(random.pick(&["and", "only", "containing", "of"]));
                    self.words(random.between(1, 2), random, phrase);
                }
            }
            Naming::Product => {
                self.own(concept, random, phrase);
                if random.chance(400) {
                    phrase.push(self.inherited(parent));
                }
                phrase.push(random.pick(STRENGTHS));
                phrase.push(random.pick(FORMS));
                if random.chance(300) {
                    let count = random.pick(&["28", "30", "56", "100", "5 x 10"]);
                    phrase.push(&format!("[{count}]"));
                }
                if random.chance(250) {
                    self.words(1, random, phrase);
                    phrase.push("Ltd");
                }
            }
            Naming::Plain => {
                self.own(concept, random, phrase);
                phrase.push(self.inherited(parent));
                if random.chance(500) {
                    phrase.push(random.pick(&["of", "for", "in", "by", "to"]));
                    self.words(random.between(1, 3), random, phrase);
                }
                if random.chance(25) {
                    phrase.push("with");
                    phrase.push(random.pick(OBJECTS));
                }
            }
        }
    }

    /// The words that are a concept's own.
    fn own(&self, concept: Concept, random: &mut Random, phrase: &mut Phrase) {
        phrase.push(self.inherited(concept));
        self.words(random.between(0, 2), random, phrase);
    }

    /// The word that a concept gives its children to be named by.
    fn inherited(&self, concept: Concept) -> &str {
        let mut random = Random::keyed(self.seed, "inherited word", concept.into());
        self.any_word(&mut random)
    }

    fn site(&self, random: &mut Random, phrase: &mut Phrase) {
        if random.chance(350) {
            phrase.push(random.pick(SIDES));
        }
        self.words(random.between(1, 2), random, phrase);
    }

    fn words(&self, count: usize, random: &mut Random, phrase: &mut Phrase) {
        for _ in 0..count {
            phrase.push(self.any_word(random));
        }
    }

    fn any_word(&self, random: &mut Random) -> &str {
        self.vocabulary.word(random.zipf(self.vocabulary.len()))
    }

    /// A further synonym: the stem said otherwise.
    pub(crate) fn synonym(&self, concepts: &Concepts, concept: Concept, number: u8) -> String {
        let key = u64::from(concept) << 4 | u64::from(number);
        let mut random = Random::keyed(self.seed, "synonym", key);
        let stem = self.stem(concepts, concept, Spelling::American);
        let mut words: Vec<&str> = stem.split(' ').collect();
        match random.below(10) {
            0 => {
                let count = random.between(2, 5);
                (0..count).map(|_| char::from(b'A' + random.below(26) as u8)).collect()
            }
            1 => format!("{stem} ({})", self.any_word(&mut random)),
            2 => format!("[D]{stem}"),
            3 => format!("{stem} \"{}\" type", self.any_word(&mut random)),
            4 | 5 => {
                words.rotate_left(1);
                let mut phrase = Phrase::default();
                words.iter().for_each(|word| phrase.push(word));
                phrase.finish()
            }
            6 => format!("{stem} NOS"),
            _ => {
                let mut phrase = Phrase::default();
                phrase.push(self.inherited(concept));
                self.words(random.between(1, 4), &mut random, &mut phrase);
                phrase.push(words[words.len() - 1]);
                phrase.finish()
            }
        }
    }

    /// A definition of a concept in prose.
    pub(crate) fn definition(&self, concepts: &Concepts, concept: Concept) -> String {
        let mut random = Random::keyed(self.seed, "definition", concept.into());
        let mut text = self.stem(concepts, concept, Spelling::American);
        text.push_str(" is a");
        for _ in 0..random.between(8, 40) {
            if random.chance(250) {
                let joints = [" of the", ", or", "; it is a", " and", " with", " in which the"];
                text.push_str(random.pick(&joints));
            }
            text.push(' ');
            text.push_str(self.any_word(&mut random));
        }
        text.push('.');
        text
    }
}

/// Words joined by spaces, with a capital at the start.
#[derive(Debug, Default)]
struct Phrase {
    text: String,
}

impl Phrase {
    fn push(&mut self, word: &str) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(word);
    }

    fn finish(self) -> String {
        match self.text.chars().next() {
            // A Greek letter is a symbol and keeps its case; an accented one is a letter.
            Some(first) if first.is_lowercase() && !GREEK.contains(&first.to_string().as_str()) => {
                let mut text: String = first.to_uppercase().collect();
                text.push_str(&self.text[first.len_utf8()..]);
                text
            }
            _ => self.text,
        }
    }
}
