//! Products of dm+d.

use super::Judging;
use super::spelling::Spelling;
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
        match dmd.product(id) {
            Some(product) => self.dmd_product(dmd, product, coding),
            None => match dmd.ingredient(id).filter(|_| self.judges_ingredient()) {
                Some(ingredient) => self.dmd_ingredient(ingredient, coding),
                None => self.no_product(dmd, id),
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
        let snomed = self.validator.snomed();
        let concept = snomed.and_then(|snomed| product.concept(snomed));
        self.memberships_in_dmd(product.id(), concept);
        if let Some(display) = coding.display
            && self.validator.binding.display != DisplayRule::Nothing
        {
            self.name_of(product, display);
        } else if self.counts(FindingCode::DisplayMissing)
            && self.validator.binding.display != DisplayRule::Nothing
        {
            self.plain(FindingCode::DisplayMissing);
        }
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
            None => self.no_product(dmd, concept.id()),
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
    /// taken it again.
    #[cold]
    fn before(&mut self, id: Sctid, day: Date, since: Date) {
        let rows = self.validator.systems.dmd().into_iter().flat_map(|dmd| dmd.previous_rows(id));
        let mut code = FindingCode::NotYetActive;
        for row in rows.filter(|row| row.start.is_none_or(|start| start < since)) {
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

    /// Memberships of what dm+d has, and its concept where SNOMED CT has it too.
    pub(super) fn memberships_in_dmd(&mut self, id: Sctid, concept: Option<Concept<'v>>) {
        let validator = self.validator;
        if validator.binding.membership == Membership::Any {
            self.any_membership(id, concept);
            return;
        }
        if let Some(set) = &validator.binding.value_set
            && matches!(set.system(), System::Snomed | System::Dmd)
            && !set.ids.contains(&id.value())
        {
            self.add(FindingCode::OutsideValueSet, || (Detail::Text(set.name()), Vec::new()));
        }
        if validator.constraint.is_none() && validator.refset.is_none() {
            return;
        }
        let Some(concept) = concept else {
            // dm+d is newer every week: what SNOMED CT will say of it is not known.
            self.plain(FindingCode::MembershipUnknown);
            return;
        };
        if validator.constraint.as_ref().is_some_and(|set| !set.contains(concept)) {
            let code = match concept.is_active() {
                true => FindingCode::OutsideConstraint,
                false => FindingCode::MembershipUnknown,
            };
            let ecl = validator.binding.constraint.as_ref();
            self.add(code, || {
                (ecl.map_or(Detail::Nothing, |ecl| Detail::Text(ecl.source())), Vec::new())
            });
        }
        if validator.refset.as_ref().is_some_and(|set| !set.concepts.contains(concept)) {
            self.plain(FindingCode::OutsideRefset);
        }
    }

    /// An id that is of no product.
    #[cold]
    fn no_product(&mut self, dmd: Dmd<'v>, id: Sctid) {
        let on_day = self.facts.recorded.map_or(Current::None, |day| dmd.current_on(id, day));
        // An old id lives on in records after its end.
        let current = match on_day {
            Current::None => dmd.current(id),
            found => found,
        };
        let now = current.ids().iter().filter_map(|now| dmd.product(now.id));
        let now: Vec<_> = now.map(|found| suggestion(SuggestionKind::Current, found)).collect();
        if !now.is_empty() {
            self.add(FindingCode::PreviousId, || (Detail::Nothing, now));
            return;
        }
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

    fn name_of(&mut self, product: Product<'v>, display: &str) {
        if product.name() == display {
            return;
        }
        let spelled = Spelling::of(display);
        let code = if product.abbreviated_name() == Some(display) {
            match self.validator.binding.display {
                DisplayRule::Preferred => FindingCode::DisplayNotPreferred,
                _ => return,
            }
        } else if Spelling::of(product.name()) == spelled {
            FindingCode::DisplayDiffers
        } else if product.previous_name().is_some_and(|name| Spelling::of(name) == spelled) {
            FindingCode::DisplayInactiveTerm
        } else {
            let named = self.products_named(display, &spelled, product.id());
            if !named.is_empty() {
                self.add(FindingCode::DisplayOfAnother, || (Detail::Text(product.name()), named));
                return;
            }
            FindingCode::DisplayNotATerm
        };
        self.add(code, || {
            (Detail::Nothing, vec![suggestion(SuggestionKind::PreferredTerm, product)])
        });
    }

    /// Other products of this name.
    pub(super) fn products_named(
        &self,
        display: &str,
        spelled: &Spelling,
        own: Sctid,
    ) -> Vec<Suggestion<'v>> {
        let dmd = self.validator.systems.dmd();
        let others = dmd.map(|dmd| dmd.search(display).limit(50).typos(false).run());
        let hits = others.iter().flat_map(|results| results.hits());
        let named = hits.map(|hit| hit.product()).filter(|found| found.id() != own);
        let named = named.filter(|found| Spelling::of(found.name()) == *spelled).take(3);
        named.map(|found| suggestion(SuggestionKind::TermOf, found)).collect()
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

fn suggestion<'v>(kind: SuggestionKind, product: Product<'v>) -> Suggestion<'v> {
    Suggestion::new(kind, System::Dmd, product.id().to_string(), product.name())
}
