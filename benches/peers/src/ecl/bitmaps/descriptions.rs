//! Descriptions for the filters of the peer, which brings none: terms as they are, and which
//! descriptions have which words. Matching itself is the peer's own.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use anyhow::{Result, bail};
use concept_graph::ordinal::Ordinal;
use roaring::RoaringBitmap;
use sct_ecl::ast::{Acceptability, Equality, TypedSearchTerm};
use sct_ecl::eval::{DescriptionPredicate, term_matches};

use super::rows::{rows, texts};
use crate::peer_graph::Table;

const PREFERRED: &str = "900000000000548007";

/// Below so many concepts their descriptions are gone through one by one.
const FEW: u64 = 2_000;

struct Description {
    id: u64,
    concept: u32,
    active: bool,
    kind: u64,
    language: String,
    term: String,
    dialects: Vec<(u64, Acceptability)>,
}

/// All descriptions, text definitions too.
pub struct Descriptions {
    list: Vec<Description>,
    of_concept: HashMap<u32, Vec<u32>>,
    words: BTreeMap<String, Vec<u32>>,
}

impl Descriptions {
    /// Reads the files of a release.
    pub fn read(folder: &Path, ordinals: &Table) -> Result<Descriptions> {
        let mut list = Vec::new();
        for start in ["sct2_Description_", "sct2_TextDefinition_"] {
            for text in texts(folder, start)? {
                for columns in rows(&text) {
                    let [id, _, active, _, concept, language, kind, term, _] = columns[..] else {
                        bail!("a description row");
                    };
                    let Some(concept) = ordinals.get(&concept.parse()?) else { continue };
                    list.push(Description {
                        id: id.parse()?,
                        concept: Ordinal::index(*concept),
                        active: active == "1",
                        kind: kind.parse()?,
                        language: language.to_owned(),
                        term: term.to_owned(),
                        dialects: Vec::new(),
                    });
                }
            }
        }
        let places: HashMap<u64, usize> =
            list.iter().zip(0..).map(|(one, at)| (one.id, at)).collect();
        for text in texts(folder, "der2_cRefset_Language")? {
            for columns in rows(&text) {
                let [_, _, active, _, refset, component, acceptability] = columns[..] else {
                    bail!("a row of a language reference set");
                };
                if let (true, Some(at)) = (active == "1", places.get(&component.parse()?)) {
                    let taken = match acceptability {
                        PREFERRED => Acceptability::Preferred,
                        _ => Acceptability::Acceptable,
                    };
                    list[*at].dialects.push((refset.parse()?, taken));
                }
            }
        }
        let mut of_concept: HashMap<u32, Vec<u32>> = HashMap::new();
        let mut words: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (description, at) in list.iter().zip(0..) {
            of_concept.entry(description.concept).or_default().push(at);
            for word in words_of(&description.term) {
                let found = words.entry(word).or_default();
                if found.last() != Some(&at) {
                    found.push(at);
                }
            }
        }
        Ok(Descriptions { list, of_concept, words })
    }

    /// The concepts that have one description for which all of it holds.
    pub fn filter(
        &self,
        within: &RoaringBitmap,
        predicates: &[DescriptionPredicate],
    ) -> RoaringBitmap {
        let any = predicates.iter().all(|one| !matches!(one, DescriptionPredicate::Active(_)));
        let holds = |at: u32| {
            let description = &self.list[at as usize];
            (description.active || !any)
                && predicates.iter().all(|predicate| description.satisfies(predicate))
        };
        if let Some(candidates) = self.candidates(predicates).filter(|_| within.len() > FEW) {
            let concept = |at: u32| self.list[at as usize].concept;
            let found = candidates.iter().filter(|at| within.contains(concept(*at)) && holds(*at));
            return found.map(concept).collect();
        }
        let has = |concept: &u32| {
            let own = self.of_concept.get(concept).map_or(&[][..], Vec::as_slice);
            own.iter().any(|at| holds(*at))
        };
        within.iter().filter(has).collect()
    }

    /// Descriptions that have all the words of a criterion, if there is one with words.
    fn candidates(&self, predicates: &[DescriptionPredicate]) -> Option<RoaringBitmap> {
        predicates.iter().find_map(|predicate| match predicate {
            DescriptionPredicate::Term { operator: Equality::Equal, terms } => match &terms[..] {
                [TypedSearchTerm::Match(words)] => {
                    let begins = words.iter().map(|word| self.beginning(&word.to_lowercase()));
                    begins.reduce(|all, one| all & one)
                }
                _ => None,
            },
            _ => None,
        })
    }

    fn beginning(&self, prefix: &str) -> RoaringBitmap {
        let mut found = RoaringBitmap::new();
        let from = self.words.range(prefix.to_owned()..);
        for (_, list) in from.take_while(|(word, _)| word.starts_with(prefix)) {
            found.extend(list);
        }
        found
    }
}

impl Description {
    fn satisfies(&self, predicate: &DescriptionPredicate) -> bool {
        match predicate {
            DescriptionPredicate::Term { operator, terms } => {
                let matches = terms.iter().any(|term| term_matches(term, &self.term));
                matches == (*operator == Equality::Equal)
            }
            DescriptionPredicate::Language { operator, codes } => {
                codes.contains(&self.language) == (*operator == Equality::Equal)
            }
            DescriptionPredicate::Type { operator, types } => {
                types.contains(&self.kind) == (*operator == Equality::Equal)
            }
            DescriptionPredicate::Dialect { operator, dialects } => {
                let taken = dialects.iter().any(|(refset, allowed)| {
                    self.dialects.iter().any(|(own, acceptability)| {
                        own == refset && (allowed.is_empty() || allowed.contains(acceptability))
                    })
                });
                taken == (*operator == Equality::Equal)
            }
            DescriptionPredicate::Active(active) => self.active == *active,
            DescriptionPredicate::Id { operator, ids } => {
                ids.contains(&self.id) == (*operator == Equality::Equal)
            }
        }
    }
}

/// Cut as the peer cuts.
fn words_of(term: &str) -> Vec<String> {
    let lower = term.to_lowercase();
    let words = lower.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
