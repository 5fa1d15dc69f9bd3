//! Descriptions: the names of each concept, and how each dialect takes them.

use super::concepts::Concept;
use super::content::Content;
use super::module::Module;
use super::terms::Spelling;
use super::versions::{Earlier, Since, Version, first_date};
use crate::random::Random;
use crate::rows::Rows;
use crate::sctid::Component;

pub(crate) const FULLY_SPECIFIED_NAME: u64 = 900_000_000_000_003_001;
pub(crate) const SYNONYM: u64 = 900_000_000_000_013_009;
const DEFINITION: u64 = 900_000_000_000_550_004;
const CASE_INSENSITIVE: u64 = 900_000_000_000_448_009;
const CASE_SENSITIVE: u64 = 900_000_000_000_017_005;
const INITIAL_INSENSITIVE: u64 = 900_000_000_000_020_002;

/// The columns of both description files.
pub(crate) const HEADER: &str =
    "id effectiveTime active moduleId conceptId languageCode typeId term caseSignificanceId";

/// The row number of a text definition among the descriptions of its concept.
const DEFINITION_ROW: usize = 15;

/// How a dialect takes a description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Acceptability {
    Preferred,
    Acceptable,
}

/// What the term of a description is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wording {
    FullName,
    FormerFullName,
    Stem(Spelling),
    Synonym(u8),
}

/// A description but for its term.
#[derive(Debug, Clone)]
pub(crate) struct Description {
    pub(crate) row: usize,
    pub(crate) active: bool,
    pub(crate) module: Module,
    pub(crate) effective: u32,
    pub(crate) wording: Wording,
    /// In Great Britain English (and the realms that follow it) and in United States English.
    pub(crate) british: Option<Acceptability>,
    pub(crate) american: Option<Acceptability>,
}

impl Description {
    pub(crate) fn kind(&self) -> u64 {
        match self.wording {
            Wording::FullName | Wording::FormerFullName => FULLY_SPECIFIED_NAME,
            _ => SYNONYM,
        }
    }
}

impl Content {
    /// The descriptions of a concept; its fully specified name first.
    pub(crate) fn descriptions(&self, concept: Concept) -> Vec<Description> {
        use Acceptability::{Acceptable, Preferred};
        let mut random = self.random("descriptions", concept);
        let mut list = Vec::with_capacity(4);
        let active = self.concepts.is_active(concept);
        self.describe(
            &mut list,
            &mut random,
            concept,
            Wording::FullName,
            Some(Preferred),
            Some(Preferred),
        );
        let own_preferred = !self.concepts.is_fixed(concept) && random.chance(120);
        let second = (!own_preferred).then_some(Preferred).or(Some(Acceptable));
        if self.terms.has_spellings(&self.concepts, concept) {
            let other = random.chance(200).then_some(Acceptable);
            let american = Wording::Stem(Spelling::American);
            let british = Wording::Stem(Spelling::British);
            self.describe(&mut list, &mut random, concept, american, other, second);
            self.describe(&mut list, &mut random, concept, british, second, None);
        } else {
            let stem = Wording::Stem(Spelling::American);
            self.describe(&mut list, &mut random, concept, stem, second, second);
        }
        let further = match (self.concepts.is_fixed(concept), active) {
            (true, _) => 0,
            (false, true) => random.weighted(&[440, 320, 140, 70, 30]),
            (false, false) => random.weighted(&[760, 190, 50]),
        };
        for number in 0..further.max(usize::from(own_preferred)) as u8 {
            let taken = if own_preferred && number == 0 { Preferred } else { Acceptable };
            // Some synonyms are of one side of the Atlantic only.
            let american = (taken == Preferred || !random.chance(100)).then_some(taken);
            let wording = Wording::Synonym(number);
            self.describe(&mut list, &mut random, concept, wording, Some(taken), american);
        }
        if !self.concepts.is_fixed(concept) && random.chance(70) {
            self.describe(&mut list, &mut random, concept, Wording::FormerFullName, None, None);
        }
        if !self.concepts.is_fixed(concept) && random.chance(100) {
            self.describe(&mut list, &mut random, concept, Wording::Synonym(14), None, None);
            if let Some(retired) = list.last_mut() {
                retired.active = false;
            }
        }
        // The name took the place of the former one on the day that one was retired.
        let former = list.iter().find(|text| text.wording == Wording::FormerFullName);
        if let Some(day) = former.map(|former| former.effective) {
            list[0].effective = day;
        }
        list
    }

    /// How long a description has been there. What every concept must have, it had from the first.
    fn description_since(&self, concept: Concept, description: &Description) -> Since {
        let born = self.birth(concept).max(self.dates.first(description.module));
        let preferred = [description.british, description.american];
        match description.wording {
            Wording::FullName => {
                // The former name, where there is one, stands last but for a retired synonym.
                let list = self.descriptions(concept);
                let renamed = list.iter().any(|text| text.wording == Wording::FormerFullName);
                if renamed { Since::New } else { Since::Always(born) }
            }
            Wording::FormerFullName | Wording::Stem(_) => Since::Always(born),
            _ if preferred.contains(&Some(Acceptability::Preferred)) => Since::Always(born),
            Wording::Synonym(_) => Since::Perhaps(born),
        }
    }

    /// The versions of a description before its newest.
    fn earlier_descriptions(&self, concept: Concept, description: &Description) -> Earlier {
        let since = self.description_since(concept, description);
        let newest = Version::newest(description.effective, description.active);
        let id = self.description_id(concept, description);
        self.earlier("description", id, description.module, since, newest)
    }

    /// When a description was first published.
    pub(crate) fn description_birth(&self, concept: Concept, description: &Description) -> u32 {
        let newest = Version::newest(description.effective, description.active);
        first_date(self.earlier_descriptions(concept, description), newest)
    }

    fn describe(
        &self,
        list: &mut Vec<Description>,
        random: &mut Random,
        concept: Concept,
        wording: Wording,
        british: Option<Acceptability>,
        american: Option<Acceptability>,
    ) {
        let since = if self.concepts.is_active(concept) {
            self.concepts.effective[concept as usize]
        } else {
            0
        };
        // A national release adds synonyms of its own to international concepts.
        let own = self.concepts.module(concept);
        let further = matches!(wording, Wording::Synonym(_));
        let adopted = further && own == Module::Core && random.chance(120);
        let module = if adopted { Module::Clinical } else { own };
        list.push(Description {
            row: list.len(),
            active: wording != Wording::FormerFullName,
            module,
            effective: self.dates.pick_since(module, since, random),
            wording,
            british,
            american: american.filter(|_| !adopted),
        });
    }

    pub(crate) fn term(&self, concept: Concept, wording: Wording) -> String {
        let concepts = &self.concepts;
        match wording {
            Wording::FullName => self.terms.fully_specified_name(concepts, concept),
            Wording::Stem(spelling) => self.terms.stem(concepts, concept, spelling),
            Wording::Synonym(number) => self.terms.synonym(concepts, concept, number),
            Wording::FormerFullName => {
                let name = self.terms.fully_specified_name(concepts, concept);
                match name.rsplit_once(" (") {
                    Some((stem, tag)) => format!("{stem}, NOS ({tag}"),
                    None => name,
                }
            }
        }
    }

    pub(crate) fn description_id(&self, concept: Concept, description: &Description) -> u64 {
        let (module, row) = (description.module, description.row);
        self.concepts.component_id(concept, module, Component::Description, row)
    }

    pub(crate) fn description_rows(&self, concept: Concept, rows: &mut Rows) {
        for description in self.descriptions(concept) {
            let term = self.term(concept, description.wording);
            let case = match self.random("case", concept).below(100) {
                0..=14 => INITIAL_INSENSITIVE,
                15..=22 => CASE_SENSITIVE,
                _ if term.chars().skip(1).any(char::is_uppercase) => CASE_SENSITIVE,
                _ => CASE_INSENSITIVE,
            };
            let id = self.description_id(concept, &description);
            let newest = Version::newest(description.effective, description.active);
            let earlier = || self.earlier_descriptions(concept, &description);
            for version in rows.selection.of(newest, earlier) {
                let changed = version.former.then(|| formerly(&term, case, id));
                let (term, case) = changed.as_ref().map_or((&*term, case), |(t, case)| (t, *case));
                rows.number(id)
                    .number(version.effective.into())
                    .flag(version.active)
                    .number(description.module.id())
                    .number(self.concepts.id(concept))
                    .text("en")
                    .number(description.kind())
                    .text(term)
                    .number(case)
                    .end();
            }
        }
    }

    /// A definition in prose, which about one concept in eighty has.
    pub(crate) fn definition_rows(&self, concept: Concept, rows: &mut Rows) {
        let Some(effective) = self.definition_date(concept) else {
            return;
        };
        let module = self.concepts.module(concept);
        let newest = Version::newest(effective, true);
        for version in rows.selection.of(newest, || [None; 2]) {
            rows.number(self.definition_id(concept))
                .number(version.effective.into())
                .flag(version.active)
                .number(module.id())
                .number(self.concepts.id(concept))
                .text("en")
                .number(DEFINITION)
                .text(&self.terms.definition(&self.concepts, concept))
                .number(CASE_INSENSITIVE)
                .end();
        }
    }

    /// When the definition of a concept was published, if it has one.
    pub(crate) fn definition_date(&self, concept: Concept) -> Option<u32> {
        let mut random = self.random("definition", concept);
        let defined = !self.concepts.is_fixed(concept)
            && self.concepts.is_active(concept)
            && random.chance(12);
        let since = self.concepts.effective[concept as usize];
        defined.then(|| self.dates.pick_since(self.concepts.module(concept), since, &mut random))
    }

    pub(crate) fn definition_id(&self, concept: Concept) -> u64 {
        let module = self.concepts.module(concept);
        self.concepts.component_id(concept, module, Component::Description, DEFINITION_ROW)
    }
}

/// A term and its case significance before they were corrected: one of both was otherwise.
fn formerly(term: &str, case: u64, id: u64) -> (String, u64) {
    // The semantic tag is not what was corrected.
    let words = term.rsplit_once(" (").map_or(term, |(words, _)| words);
    match words.find(' ').filter(|_| id.is_multiple_of(3)) {
        Some(space) => {
            let mut former = term.to_owned();
            former.replace_range(space..=space, "-");
            (former, case)
        }
        None if case == CASE_INSENSITIVE => (term.to_owned(), INITIAL_INSENSITIVE),
        None => (term.to_owned(), CASE_INSENSITIVE),
    }
}
