//! Maps to classifications. The targets are codes of the classifications of the release, at the
//! finest level, and say nothing about the concepts. A few are in no classification, so that there is
//! something to report.

mod international;
mod procedures;
mod united_kingdom;

pub(crate) use international::HEADER as INTERNATIONAL;
pub(crate) use procedures::REFSET as PROCEDURES;
pub(crate) use united_kingdom::HEADER as UNITED_KINGDOM;

use super::concepts::Concept;
use super::content::Content;
use super::kind::KindIndex;
use crate::icd10::codes::{dotted, padded};
use crate::icd10::plan::Usage;
use crate::random::Random;

const NOT_SPECIFIED: u64 = 447_561_005;

/// So many concepts in a thousand have a target that is in no classification, which makes two in a
/// thousand targets.
const STRAYS: usize = 3;

/// Which concepts a map is of: `per_thousand` of those of its kinds.
struct Scope {
    purpose: &'static str,
    /// The kind with the most concepts first.
    kinds: &'static [KindIndex],
    per_thousand: usize,
}

/// The kinds of concept that are mapped to ICD-10.
const CONDITIONS: &[KindIndex] =
    &[KindIndex::DISORDER, KindIndex::FINDING, KindIndex::EVENT, KindIndex::SITUATION];

impl Content {
    fn is_mapped(&self, scope: &Scope, concept: Concept) -> bool {
        let in_scope = self.concepts.kind(concept).is_some_and(|kind| scope.kinds.contains(&kind));
        in_scope
            && self.concepts.is_active(concept)
            && self.random(scope.purpose, concept).chance(scope.per_thousand)
    }

    /// Whether the first target of a concept is in no classification: one concept of every release
    /// has such a target, and more have in a large one.
    fn is_astray(&self, scope: &Scope, concept: Concept) -> bool {
        let mut all = self.concepts.range(scope.kinds[0]).active();
        all.find(|&other| self.is_mapped(scope, other)) == Some(concept)
            || self.random("astray", concept).chance(STRAYS)
    }
}

/// Draws the targets in ICD-10 of one concept.
struct Targets<'a> {
    content: &'a Content,
    /// Whether codes may have a fifth character.
    fifth: bool,
    /// Whether the next target is in no classification.
    astray: bool,
}

impl Targets<'_> {
    /// A code without a point that is no asterisk, and not of the other sex where one is given.
    fn next(&mut self, sex: Option<u8>, random: &mut Random) -> String {
        let plan = &self.content.icd10;
        match std::mem::take(&mut self.astray) {
            true => plan.stray(random),
            false => plan.target(self.fifth, sex, random).code.clone(),
        }
    }

    /// A dagger and an asterisk.
    fn pair(&self, random: &mut Random) -> [String; 2] {
        let (dagger, asterisk) = self.content.icd10.pair(random);
        debug_assert!(dagger.usage == Usage::Dagger && asterisk.usage == Usage::Asterisk);
        [dagger.code.clone(), asterisk.code.clone()]
    }
}
