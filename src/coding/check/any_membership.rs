//! Memberships of which any one is enough: a constraint, a reference set, a value set, a level of dm+d.

use super::Judging;
use super::membership::nearest;
use super::product::{level_of, related};
use crate::coding::detail::Detail;
use crate::coding::finding::{Suggestion, SuggestionKind};
use crate::coding::finding_code::FindingCode;
use crate::coding::system::System;
use crate::dmd::Current;
use crate::ecl::GapEffect;
use crate::id::Sctid;
use crate::snomed::Concept;

/// What is asked of the membership of a code, each thing by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    Constraint,
    Refset,
    ValueSet,
    Level,
}

impl Asked {
    const ALL: [Asked; 4] = [Asked::Constraint, Asked::Refset, Asked::ValueSet, Asked::Level];
}

/// Whether a code satisfies what is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Truth {
    Yes,
    No,
    /// The release does not say, or no longer does.
    Unknown,
}

impl<'v> Judging<'v, '_> {
    /// Judges an id by all that is asked, of which one thing is enough. Of several truths that are not
    /// "yes" the unknown ones count: what may be so is not refused.
    ///
    /// `before` is an id that it had in dm+d, which a list may have in its place.
    pub(super) fn any_membership(
        &mut self,
        id: Sctid,
        concept: Option<Concept<'v>>,
        before: Option<Sctid>,
    ) {
        let set = self.validator.binding.value_set.as_ref();
        if before.is_some_and(|id| set.is_some_and(|set| set.ids.contains(&id.value()))) {
            return;
        }
        let mut unknown = false;
        let mut no = false;
        for asked in Asked::ALL {
            match self.satisfies(asked, id, concept) {
                Some(Truth::Yes) => return,
                Some(Truth::Unknown) => unknown = true,
                Some(Truth::No) => no = true,
                None => {}
            }
        }
        let code = match (unknown, no) {
            (true, _) => FindingCode::MembershipUnknown,
            (false, true) => FindingCode::OutsideAll,
            // Nothing is asked.
            (false, false) => return,
        };
        let validator = self.validator;
        let told = (!self.only_codes).then(|| self.reasons(id, concept));
        let product = validator.systems.dmd().and_then(|dmd| dmd.product(id));
        self.add(code, || {
            let detail = told.map_or(Detail::Nothing, |text| Detail::Made(text.into()));
            let binding = &validator.binding;
            let mut suggestions: Vec<Suggestion<'v>> = Vec::new();
            if code == FindingCode::OutsideAll {
                suggestions.extend(concept.into_iter().flat_map(|concept| {
                    let found = nearest(concept, |near| {
                        let constraint = validator.constraint.as_ref();
                        let refset = validator.refset.as_ref();
                        let set = binding.value_set.as_ref();
                        constraint.is_some_and(|set| set.contains(near))
                            || refset.is_some_and(|set| set.concepts.contains(near))
                            || set.is_some_and(|set| set.ids.contains(&near.id().value()))
                    });
                    let dialect = binding.dialect;
                    let kind = SuggestionKind::Nearest;
                    found.into_iter().map(move |near| Suggestion::concept(kind, near, dialect))
                }));
                let products = product.map(|product| related(product, &binding.levels));
                suggestions.extend(products.into_iter().flatten());
            }
            (detail, suggestions)
        });
    }

    /// Whether an id satisfies one thing; `None` where that is not asked for.
    fn satisfies(&self, asked: Asked, id: Sctid, concept: Option<Concept<'v>>) -> Option<Truth> {
        let validator = self.validator;
        let binding = &validator.binding;
        let yes_or_no = |is_so| if is_so { Truth::Yes } else { Truth::No };
        match asked {
            Asked::Constraint => {
                let set = validator.constraint.as_ref()?;
                let Some(concept) = concept else { return Some(Truth::Unknown) };
                Some(match set.contains(concept) {
                    true if validator.gap(GapEffect::may_exceed).is_some() => Truth::Unknown,
                    true => Truth::Yes,
                    false if !concept.is_active() => Truth::Unknown,
                    false if validator.gap(GapEffect::may_miss).is_some() => Truth::Unknown,
                    false => Truth::No,
                })
            }
            Asked::Refset => {
                let set = validator.refset.as_ref()?;
                Some(match concept {
                    Some(concept) => yes_or_no(set.concepts.contains(concept)),
                    // dm+d is newer every week: what SNOMED CT will say of it is not known.
                    None if self.is_in_dmd(id) => Truth::Unknown,
                    None => yes_or_no(set.has_other(id)),
                })
            }
            Asked::ValueSet => {
                let set = binding.value_set.as_ref()?;
                matches!(set.system(), System::Snomed | System::Dmd)
                    .then(|| yes_or_no(set.ids.contains(&id.value())))
            }
            Asked::Level => {
                if !binding.asks_level() {
                    return None;
                }
                let Some(dmd) = validator.systems.dmd() else { return Some(Truth::Unknown) };
                Some(match dmd.product(id) {
                    Some(product) => yes_or_no(binding.levels.contains(&product.level())),
                    None if dmd.ingredient(id).is_some() => yes_or_no(binding.ingredients),
                    None => match dmd.current(id) {
                        Current::None => Truth::No,
                        // What it was before it had another identifier, dm+d does not say.
                        _ => Truth::Unknown,
                    },
                })
            }
        }
    }

    fn is_in_dmd(&self, id: Sctid) -> bool {
        let dmd = self.validator.systems.dmd();
        dmd.is_some_and(|dmd| dmd.product(id).is_some() || dmd.ingredient(id).is_some())
    }

    /// What there is to say of each thing that is asked: of what is not known first.
    fn reasons(&self, id: Sctid, concept: Option<Concept<'v>>) -> String {
        let mut reasons: Vec<(bool, String)> = Vec::new();
        for asked in Asked::ALL {
            if let Some(truth) = self.satisfies(asked, id, concept) {
                reasons.push((truth != Truth::Unknown, self.reason(asked, truth, id, concept)));
            }
        }
        reasons.sort_by_key(|(is_known, _)| *is_known);
        let texts: Vec<String> = reasons.into_iter().map(|(_, text)| text).collect();
        texts.join("; ")
    }

    fn reason(
        &self,
        asked: Asked,
        truth: Truth,
        id: Sctid,
        concept: Option<Concept<'v>>,
    ) -> String {
        let validator = self.validator;
        let binding = &validator.binding;
        let what = match asked {
            Asked::Constraint => {
                let source = binding.constraint.as_ref().map_or("", |ecl| ecl.source());
                format!("satisfy {source}")
            }
            Asked::Refset => {
                let refset = validator.refset.as_ref();
                let named = refset.and_then(|set| set.refset.concept());
                let term = named.and_then(|found| found.preferred_term(binding.dialect));
                let id = binding.refset.map(|id| id.to_string()).unwrap_or_default();
                format!("belong to the reference set {}", term.map_or(&*id, |term| term.text()))
            }
            Asked::ValueSet => {
                let name = binding.value_set.as_ref().map_or("", |set| set.name());
                format!("belong to the value set {name}")
            }
            Asked::Level => {
                let product = validator.systems.dmd().and_then(|dmd| dmd.product(id));
                if let Some(product) = product {
                    return level_of(product, binding).text(FindingCode::WrongLevel);
                }
                return match truth {
                    Truth::Unknown => "dm+d has another identifier for it now".to_owned(),
                    _ if self.is_in_dmd(id) => "dm+d has it as an ingredient".to_owned(),
                    _ => "dm+d does not have it as a product".to_owned(),
                };
            }
        };
        match (truth, asked, concept) {
            (Truth::Unknown, Asked::Constraint, Some(concept)) if concept.is_active() => {
                let gap = validator.gap(|_| true).map(|gap| gap.finding.to_string());
                let gap = gap.unwrap_or_default();
                format!("whether it does {what} is not known: {gap}")
            }
            (Truth::Unknown, _, Some(_)) => {
                format!("whether it does {what} is not known, for it is inactive")
            }
            (Truth::Unknown, _, None) => {
                format!("whether it does {what} is not known, for SNOMED CT does not have it")
            }
            _ => format!("it does not {what}"),
        }
    }
}
