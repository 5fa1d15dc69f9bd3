//! Maps to ICD-10. The codes have the form of ICD-10 codes and say nothing about the concepts.

mod international;
mod united_kingdom;

pub(crate) use international::HEADER as INTERNATIONAL;
pub(crate) use united_kingdom::HEADER as UNITED_KINGDOM;

use super::concepts::Concept;
use super::content::Content;
use super::kind::KindIndex;
use crate::random::Random;

const NOT_SPECIFIED: u64 = 447_561_005;

/// A code of ICD-10 form, undotted: a category, and mostly a fourth character.
fn code(random: &mut Random) -> String {
    // U is kept for special purposes, so that no code is of that chapter.
    let chapters = b"ABCDEFGHIJKLMNOPQRSTVWXYZ";
    let chapter = char::from(chapters[random.below(chapters.len())]);
    let category = random.below(100);
    match random.chance(850) {
        true => format!("{chapter}{category:02}{}", random.below(10)),
        false => format!("{chapter}{category:02}"),
    }
}

fn dotted(code: &str) -> String {
    match code.split_at(3) {
        (category, "") => category.to_owned(),
        (category, rest) => format!("{category}.{rest}"),
    }
}

impl Content {
    /// Whether a concept is in the scope of a map, `per_thousand` of those of its kind.
    fn is_mapped(&self, purpose: &str, concept: Concept, per_thousand: usize) -> bool {
        let in_scope = self.concepts.kind(concept).is_some_and(|kind| {
            matches!(
                kind,
                KindIndex::FINDING | KindIndex::DISORDER | KindIndex::EVENT | KindIndex::SITUATION
            )
        });
        in_scope
            && self.concepts.is_active(concept)
            && self.random(purpose, concept).chance(per_thousand)
    }
}
