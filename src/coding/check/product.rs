//! Products of dm+d.

use super::Judging;
use crate::coding::binding::{Activity, Binding, DisplayRule, Membership};
use crate::coding::coding::Coding;
use crate::coding::detail::Detail;
use crate::coding::finding::{Suggestion, SuggestionKind};
use crate::coding::finding_code::FindingCode;
use crate::coding::system::System;
use crate::date::Date;
use crate::dmd::{Current, Dmd, Level, Product, Verdict};
use crate::id::Sctid;
use crate::snomed::Concept;

impl<'v> Judging<'v, '_> {
    #[inline]
    pub(super) fn dmd_code(&mut self, code: &str, coding: &Coding<'_>) {
        match Sctid::from_bytes(code.as_bytes()) {
            Ok(id) => self.dmd_id(id, coding),
            Err(error) => self.not_an_sctid(System::Dmd, code, error, coding),
        }
    }

    #[inline]
    pub(super) fn dmd_id(&mut self, id: Sctid, coding: &Coding<'_>) {
        let Some(dmd) = self.validator.systems.dmd() else {
            self.not_judged(System::Dmd);
            return;
        };
        self.judge = Some(System::Dmd);
        match dmd.product(id) {
            Some(product) => self.dmd_product(dmd, product, coding),
            None => match dmd.ingredient(id).filter(|_| self.judges_ingredient()) {
                Some(ingredient) => self.dmd_ingredient(ingredient, coding),
                None => self.no_product(dmd, id, Some(coding)),
            },
        }
    }

    /// A product, judged by dm+d.
    #[inline]
    pub(super) fn dmd_product(&mut self, dmd: Dmd<'v>, product: Product<'v>, coding: &Coding<'_>) {
        if let Activity::Active { .. } = self.validator.binding.activity {
            let since = match product {
                Product::Vtm(vtm) => vtm.id_valid_from(),
                Product::Vmp(vmp) => vmp.id_valid_from(),
                Product::Amp(_) | Product::Vmpp(_) | Product::Ampp(_) => None,
            };
            self.activity_in_dmd(product.id(), product.is_invalid(), since);
        }
        self.product(dmd, product);
        self.memberships_of_product(product, None);
        if let Some(display) = self.text_beside(coding) {
            self.name_of(product, display);
        }
    }

    /// The text beside what dm+d has, where it is looked at.
    #[inline]
    pub(super) fn text_beside<'c>(&mut self, coding: &Coding<'c>) -> Option<&'c str> {
        if self.validator.binding.display == DisplayRule::Nothing {
            return None;
        }
        if coding.display.is_none() && self.counts(FindingCode::DisplayMissing) {
            self.plain(FindingCode::DisplayMissing);
        }
        coding.display
    }

    #[inline]
    fn memberships_of_product(&mut self, product: Product<'v>, before: Option<Sctid>) {
        let snomed = self.validator.snomed();
        let concept = snomed.and_then(|snomed| product.concept(snomed));
        self.memberships_in_dmd(product.id(), concept, before);
    }

    /// A concept of SNOMED CT that is to be a product.
    pub(super) fn product_of(&mut self, concept: Concept<'v>) {
        let Some(dmd) = self.validator.systems.dmd() else {
            self.not_judged(System::Dmd);
            return;
        };
        match dmd.product(concept.id()) {
            Some(product) => self.product(dmd, product),
            None if self.judges_ingredient() && dmd.ingredient(concept.id()).is_some() => {}
            None => self.no_product(dmd, concept.id(), None),
        }
    }

    /// The level, and whether it may be prescribed.
    #[inline]
    fn product(&mut self, dmd: Dmd<'v>, product: Product<'v>) {
        let binding = &self.validator.binding;
        let is_asked = binding.asks_level() && binding.membership == Membership::All;
        if is_asked && !binding.levels.contains(&product.level()) {
            self.wrong_level(product);
        }
        if let Some(setting) = binding.setting {
            let answer = dmd.prescribable(product, setting);
            let code = match answer.verdict() {
                Verdict::Prescribable => return,
                Verdict::WithCaution => FindingCode::PrescribeWithCaution,
                Verdict::Unknown => FindingCode::PrescribabilityUnknown,
                Verdict::NotRecommended => FindingCode::NotRecommended,
                Verdict::NotPrescribable => FindingCode::NotPrescribable,
            };
            self.add(code, || (Detail::Prescribability(answer), Vec::new()));
        }
    }

    /// A product of another level: the products that belong to it at the levels asked for are the
    /// nearest that would do.
    #[cold]
    fn wrong_level(&mut self, product: Product<'v>) {
        let binding = &self.validator.binding;
        self.add(FindingCode::WrongLevel, || {
            (level_of(product, binding), related(product, &binding.levels))
        });
    }

    /// Whether dm+d has it as valid, and had it on the day.
    pub(super) fn activity_in_dmd(&mut self, id: Sctid, is_invalid: bool, since: Option<Date>) {
        if is_invalid {
            // Since when is not said, so neither is what it was on an earlier day.
            match self.facts.recorded {
                None => self.add(FindingCode::Inactive, || {
                    (Detail::Made("dm+d marks it as invalid".into()), Vec::new())
                }),
                Some(_) => self.plain(FindingCode::InvalidSinceUnknown),
            }
        }
        if let (Some(day), Some(since)) = (self.facts.recorded, since)
            && day < since
        {
            self.before(id, day, since);
        }
    }

    /// A product on a day before that since which it has its id: it may have had it earlier, lost it and
    /// taken it again, or the id may have been another's.
    #[cold]
    fn before(&mut self, id: Sctid, day: Date, since: Date) {
        let Some(dmd) = self.validator.systems.dmd() else { return };
        let (own, others) = dmd.previous_rows(id).partition::<Vec<_>, _>(|row| row.current == id);
        let others = others.iter().filter(|row| row.may_hold_on(day));
        let mut of_others: Vec<_> = others
            .filter_map(|row| dmd.product(row.current))
            .map(|found| suggestion(SuggestionKind::Current, found))
            .collect();
        of_others.dedup_by(|one, other| one.code() == other.code());
        if !of_others.is_empty() {
            self.add(FindingCode::ActivityUnknown, || {
                let text = "dm+d has it as the id of another product on that day";
                (Detail::Text(text), of_others)
            });
            return;
        }
        let mut code = FindingCode::NotYetActive;
        for row in own.iter().filter(|row| row.start.is_none_or(|start| start < since)) {
            if row.start.is_some_and(|start| start <= day) && row.end.is_some_and(|end| day <= end)
            {
                return;
            }
            if row.start.is_none_or(|start| start <= day) {
                code = FindingCode::ActivityUnknown;
            }
        }
        let text = format!("dm+d has the id since {since}");
        self.add(code, || (Detail::Made(text.into()), Vec::new()));
    }

    /// Memberships of what dm+d has, and its concept where SNOMED CT has it too. `before` is an id that it
    /// had, which a list may have in its place.
    pub(super) fn memberships_in_dmd(
        &mut self,
        id: Sctid,
        concept: Option<Concept<'v>>,
        before: Option<Sctid>,
    ) {
        let validator = self.validator;
        if validator.binding.membership == Membership::Any {
            self.any_membership(id, concept, before);
            return;
        }
        let set = validator.binding.value_set.as_ref();
        if !before.is_some_and(|id| set.is_some_and(|set| set.ids.contains(&id.value()))) {
            self.outside_value_set(id);
        }
        match concept {
            Some(concept) => self.placed(concept),
            // dm+d is newer every week: what SNOMED CT will say of it is not known.
            None if validator.constraint.is_some() || validator.refset.is_some() => {
                self.plain(FindingCode::MembershipUnknown);
            }
            None => {}
        }
    }

    /// The products that have an id now that was theirs: on the day of recording, or ever.
    pub(super) fn current_products(&self, dmd: Dmd<'v>, id: Sctid) -> Vec<Product<'v>> {
        let on_day = self.facts.recorded.map_or(Current::None, |day| dmd.current_on(id, day));
        // An old id lives on in records after its end.
        let current = match on_day {
            Current::None => dmd.current(id),
            found => found,
        };
        current.ids().iter().filter_map(|now| dmd.product(now.id)).collect()
    }

    /// An id that is of no product.
    #[cold]
    fn no_product(&mut self, dmd: Dmd<'v>, id: Sctid, coding: Option<&Coding<'_>>) {
        let now = self.current_products(dmd, id);
        if let Some(first) = now.first() {
            let named = now.iter().map(|found| suggestion(SuggestionKind::Current, *found));
            let named: Vec<_> = named.collect();
            self.add(FindingCode::PreviousId, || (Detail::Nothing, named));
            match (now.as_slice(), coding) {
                // What is asked of a code is asked of what it stands for.
                ([only], Some(coding)) => self.product_by_previous_id(dmd, *only, id, coding),
                // The concept was asked the rest.
                ([only], None) => self.product(dmd, *only),
                _ => self.several_by_previous_id(*first, id),
            }
            return;
        }
        let current = dmd.current(id);
        let concept = self.validator.snomed().and_then(|snomed| snomed.concept(id));
        let ingredient = dmd.ingredient(id).map(|found| found.name());
        let dialect = self.validator.binding.dialect;
        match (ingredient, concept, current) {
            (Some(name), _, _) => self.add(FindingCode::NotAProduct, || {
                (Detail::Made(format!("it is the ingredient {name}").into()), Vec::new())
            }),
            (None, _, Current::One(_) | Current::Several(_)) => {
                self.plain(FindingCode::NotAProduct);
            }
            (None, Some(concept), Current::None) => self.add(FindingCode::NotAProduct, || {
                let term = concept.preferred_term(dialect).map(|term| term.text());
                (term.map_or(Detail::Nothing, Detail::Text), Vec::new())
            }),
            (None, None, Current::None) => self.unknown(System::Dmd, id),
        }
    }

    #[cold]
    fn product_by_previous_id(
        &mut self,
        dmd: Dmd<'v>,
        product: Product<'v>,
        id: Sctid,
        coding: &Coding<'_>,
    ) {
        self.product(dmd, product);
        self.memberships_of_product(product, Some(id));
        if let Some(display) = self.text_beside(coding) {
            self.name_of(product, display);
        }
    }

    /// Of several products none is chosen, so that nothing is known of what is asked of one.
    #[cold]
    fn several_by_previous_id(&mut self, first: Product<'v>, id: Sctid) {
        let binding = &self.validator.binding;
        if binding.setting.is_some() {
            self.plain(FindingCode::PrescribabilityUnknown);
        }
        let levels = binding.levels.as_slice();
        // They are of one kind, for ids are.
        if !levels.is_empty() && !levels.contains(&first.level()) {
            self.wrong_level(first);
        }
        let asks_of_list = binding.value_set.as_ref().is_some_and(|set| {
            matches!(set.system(), System::Snomed | System::Dmd) && !set.ids.contains(&id.value())
        });
        let validator = self.validator;
        if asks_of_list || validator.constraint.is_some() || validator.refset.is_some() {
            self.plain(FindingCode::MembershipUnknown);
        }
    }
}

/// The level of a product, and those asked for.
pub(super) fn level_of<'v>(product: Product<'v>, binding: &'v Binding) -> Detail<'v> {
    let (allowed, ingredients) = (binding.levels.as_slice(), binding.ingredients);
    Detail::Level { found: product.level(), allowed, ingredients }
}

/// The products at some levels that a product belongs to.
pub(super) fn related<'v>(product: Product<'v>, levels: &[Level]) -> Vec<Suggestion<'v>> {
    let related = [
        product.vtm().map(Product::from),
        product.vmp().map(Product::from),
        product.amp().map(Product::from),
    ];
    let related = related.into_iter().flatten();
    let nearest = related.filter(|found| levels.contains(&found.level()));
    nearest.map(|found| suggestion(SuggestionKind::Nearest, found)).collect()
}

pub(super) fn suggestion<'v>(kind: SuggestionKind, product: Product<'v>) -> Suggestion<'v> {
    Suggestion::new(kind, System::Dmd, product.id().to_string(), product.name())
}
