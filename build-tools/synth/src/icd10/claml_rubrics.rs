//! What ClaML says of a class beside its place: titles with their references, inclusion terms,
//! exclusion notes and further notes.

use super::codes::dotted;
use super::plan::{Plan, Usage};
use super::titles::within;
use crate::random::Random;
use crate::xml;
use std::fmt::Write as _;

pub(crate) fn escaped(text: &str) -> String {
    xml::escaped(text).into_owned()
}

pub(crate) fn rubric(text: &mut String, kind: &str, label: &str) {
    let _ =
        writeln!(text, "<Rubric kind=\"{kind}\"><Label xml:lang=\"en\">{label}</Label></Rubric>");
}

/// A title, and references to the codes of its pairs, which have this usage.
pub(crate) fn label(title: &str, usage: &str, partners: &[String]) -> String {
    let mut label = escaped(title);
    for partner in partners {
        let code = dotted(partner);
        let _ =
            write!(label, "<Reference class=\"in brackets\" usage=\"{usage}\">{code}</Reference>");
    }
    label
}

impl Plan {
    /// A reference to some other class. What is subdivided is printed with a dash, and the code is
    /// then an attribute.
    fn reference(&self, random: &mut Random) -> String {
        let at = random.below(self.classes.len());
        let class = &self.classes[at];
        let code = dotted(&class.code);
        if class.subcategories > 0 || self.modifier_of(at).is_some() {
            let dash = if class.code.len() == 3 { ".-" } else { "-" };
            return format!(
                "<Reference class=\"in brackets\" code=\"{code}\">{code}{dash}</Reference>"
            );
        }
        format!("<Reference class=\"in brackets\">{code}</Reference>")
    }

    /// The titles of other classes serve as terms.
    fn term(&self, random: &mut Random) -> String {
        escaped(&within(&self.classes[random.below(self.classes.len())].title))
    }

    fn exclusion(&self, text: &mut String, random: &mut Random) {
        let label = format!("{} {}", self.term(random), self.reference(random));
        rubric(text, "exclusion", &label);
    }

    pub(crate) fn chapter_note(&self, text: &mut String, chapter: usize) {
        let mut random = Random::keyed(self.seed, "ICD-10 chapter note", chapter as u64);
        if chapter % 3 == 1 {
            let range = self.chapters.chapters[chapter].range.code();
            let (term, reference) = (self.term(&mut random), self.reference(&mut random));
            let note = format!("<Para>In {range}, of {term} see {reference}.</Para>");
            rubric(text, "note", &note);
        }
    }

    pub(crate) fn block_exclusions(&self, text: &mut String, block: usize) {
        let mut random = Random::keyed(self.seed, "ICD-10 block exclusion", block as u64);
        if random.chance(200) {
            self.exclusion(text, &mut random);
        }
    }

    pub(crate) fn class_rubrics(&self, text: &mut String, at: usize) {
        let class = &self.classes[at];
        let mut random =
            Random::keyed(self.seed, "ICD-10 rubrics", super::titles::key(&class.code));
        for _ in 0..random.weighted(&[800, 150, 50]) {
            match random.below(12) {
                0 => {
                    let (head, item) = (self.term(&mut random), self.term(&mut random));
                    let parts = format!(
                        "<Fragment type=\"list\">{head}:</Fragment>\
                         <Fragment type=\"list\">{item}</Fragment>"
                    );
                    rubric(text, "inclusion", &parts);
                }
                1 => rubric(text, "inclusion", &format!("{} NOS", self.term(&mut random))),
                _ => rubric(text, "inclusion", &self.term(&mut random)),
            }
        }
        // A term of a class that is no dagger can be one.
        if class.usage == Usage::Default && class.code.len() == 4 && random.chance(20) {
            let (_, asterisk) = self.pair(&mut random);
            let _ = writeln!(
                text,
                "<Rubric kind=\"inclusion\" usage=\"dagger\"><Label xml:lang=\"en\">{}</Label></Rubric>",
                label(&class.title, "aster", std::slice::from_ref(&asterisk.code))
            );
        }
        if random.chance(if class.code.len() == 3 { 250 } else { 50 }) {
            for _ in 0..random.between(1, 2) {
                self.exclusion(text, &mut random);
            }
        }
        if class.code.len() == 3 && random.chance(60) {
            rubric(
                text,
                "note",
                &format!("{} {}", escaped(&class.title), self.reference(&mut random)),
            );
        }
        if class.code.len() == 3 && random.chance(60) {
            let hint = format!("Use additional code {}, if desired.", self.reference(&mut random));
            rubric(text, "coding-hint", &hint);
        }
        if let Some(modified) = class.modified.as_ref().filter(|_| class.code.starts_with('M')) {
            let name = self.modifiers[modified.modifier].kind.code;
            let link =
                format!("<Reference class=\"in brackets\" code=\"{name}\">see {name}</Reference>");
            rubric(text, "modifierlink", &link);
        }
    }
}
