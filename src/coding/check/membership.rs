//! Constraints, reference sets and value sets.

use std::collections::HashSet;

use super::Judging;
use crate::coding::binding::Membership;
use crate::coding::detail::Detail;
use crate::coding::finding::{Suggestion, SuggestionKind};
use crate::coding::finding_code::FindingCode;
use crate::coding::system::System;
use crate::ecl::GapEffect;
use crate::id::Sctid;
use crate::snomed::Concept;

/// Nearest concepts to name.
const NEAREST: usize = 3;
/// Concepts to look at for them.
const LOOKED_AT: usize = 2_000;

impl<'v> Judging<'v, '_> {
    #[inline]
    pub(super) fn memberships(&mut self, concept: Concept<'v>) {
        if self.validator.binding.membership == Membership::Any {
            self.any_membership(concept.id(), Some(concept), None);
            return;
        }
        self.placed(concept);
        if let Some(set) = &self.validator.binding.value_set
            && matches!(set.system(), System::Snomed | System::Dmd)
            && !set.ids.contains(&concept.id().value())
        {
            self.outside(concept, FindingCode::OutsideValueSet);
        }
    }

    /// Constraint and reference set.
    #[inline]
    pub(super) fn placed(&mut self, concept: Concept<'v>) {
        let validator = self.validator;
        if let Some(set) = &validator.constraint {
            match set.contains(concept) {
                false => self.outside(concept, FindingCode::OutsideConstraint),
                true => {
                    self.unknown_where(GapEffect::may_exceed);
                }
            }
        }
        if let Some(members) = &validator.refset
            && !members.concepts.contains(concept)
        {
            self.outside(concept, FindingCode::OutsideRefset);
        }
    }

    /// Of an id that the release does not have a list says whether it has it. What the release would say
    /// of its place is not known: of another extension that is a finding, and otherwise the id itself is
    /// one that is refused.
    #[cold]
    pub(super) fn memberships_of_unknown(&mut self, id: Sctid) {
        let validator = self.validator;
        if validator.binding.membership == Membership::Any {
            self.any_membership(id, None, None);
            return;
        }
        self.outside_value_set(id);
        if let Some(members) = &validator.refset
            && !members.has_other(id)
        {
            self.plain(FindingCode::OutsideRefset);
        }
        if validator.constraint.is_some() {
            self.add(FindingCode::MembershipUnknown, || {
                (Detail::Made("the release does not have the concept".into()), Vec::new())
            });
        }
    }

    /// A list says of every id whether it has it.
    #[cold]
    pub(super) fn outside_value_set(&mut self, id: Sctid) {
        if let Some(set) = &self.validator.binding.value_set
            && matches!(set.system(), System::Snomed | System::Dmd)
            && !set.ids.contains(&id.value())
        {
            self.add(FindingCode::OutsideValueSet, || (Detail::Text(set.name()), Vec::new()));
        }
    }

    /// Whether the concept belongs is not known where the constraint has a gap of such an effect.
    #[inline]
    fn unknown_where(&mut self, has: impl Fn(GapEffect) -> bool) -> bool {
        let Some(gap) = self.validator.gap(has) else { return false };
        self.add(FindingCode::MembershipUnknown, || {
            let text = format!("of what the constraint names, {}", gap.finding);
            (Detail::Made(text.into()), Vec::new())
        });
        true
    }

    #[cold]
    fn outside(&mut self, concept: Concept<'v>, code: FindingCode) {
        let validator = self.validator;
        // A list names its codes whatever became of them; a hierarchy has only active ones.
        if code == FindingCode::OutsideConstraint && !concept.is_active() {
            self.plain(FindingCode::MembershipUnknown);
            return;
        }
        if code == FindingCode::OutsideConstraint && self.unknown_where(GapEffect::may_miss) {
            return;
        }
        self.add(code, || {
            let binding = &validator.binding;
            let is_inside = |concept: Concept<'v>| match code {
                FindingCode::OutsideConstraint => {
                    validator.constraint.as_ref().is_some_and(|set| set.contains(concept))
                }
                FindingCode::OutsideRefset => {
                    validator.refset.as_ref().is_some_and(|set| set.concepts.contains(concept))
                }
                _ => {
                    let set = binding.value_set.as_ref();
                    set.is_some_and(|set| set.ids.contains(&concept.id().value()))
                }
            };
            let nearest = nearest(concept, is_inside).into_iter();
            let dialect = binding.dialect;
            let suggestions = nearest
                .map(|found| Suggestion::concept(SuggestionKind::Nearest, found, dialect))
                .collect();
            let asked = match code {
                FindingCode::OutsideConstraint => {
                    binding.constraint.as_ref().map(|ecl| ecl.source())
                }
                FindingCode::OutsideRefset => {
                    let refset = validator.refset.as_ref().and_then(|set| set.refset.concept());
                    refset.and_then(|refset| Some(refset.preferred_term(dialect)?.text()))
                }
                _ => binding.value_set.as_ref().map(|set| set.name()),
            };
            let id = binding.refset.filter(|_| code == FindingCode::OutsideRefset);
            let detail = match (asked, id) {
                (Some(asked), _) => Detail::Text(asked),
                (None, Some(id)) => Detail::Made(id.to_string().into()),
                (None, None) => Detail::Nothing,
            };
            (detail, suggestions)
        });
    }
}

/// The nearest ancestors that are inside; for want of any the nearest descendants.
pub(super) fn nearest<'v>(
    concept: Concept<'v>,
    is_inside: impl Fn(Concept<'v>) -> bool,
) -> Vec<Concept<'v>> {
    let above = first_inside(concept, Concept::parents, &is_inside);
    match above.is_empty() {
        false => above,
        true => first_inside(concept, Concept::children, &is_inside),
    }
}

/// Goes outwards a step at a time, until a step finds one that is inside.
fn first_inside<'v, I: Iterator<Item = Concept<'v>>>(
    concept: Concept<'v>,
    next: impl Fn(Concept<'v>) -> I,
    is_inside: impl Fn(Concept<'v>) -> bool,
) -> Vec<Concept<'v>> {
    let mut seen = HashSet::from([concept.id()]);
    let mut step = vec![concept];
    while !step.is_empty() && seen.len() < LOOKED_AT {
        let mut further = Vec::new();
        for concept in step {
            further.extend(next(concept).filter(|found| seen.insert(found.id())));
        }
        let mut found: Vec<_> = further.iter().copied().filter(|c| is_inside(*c)).collect();
        if !found.is_empty() {
            found.sort_by_key(|concept| concept.id());
            found.truncate(NEAREST);
            return found;
        }
        step = further;
    }
    Vec::new()
}
