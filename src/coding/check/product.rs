//! Products of dm+d.

use super::Judging;
use super::spelling::Spelling;
use crate::coding::binding::{Activity, DisplayRule};
use crate::coding::coding::Coding;
use crate::coding::detail::Detail;
use crate::coding::finding::{Suggestion, SuggestionKind};
use crate::coding::finding_code::FindingCode;
use crate::coding::system::System;
use crate::date::Date;
use crate::dmd::{Current, Dmd, Product, Verdict};
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
            None => self.no_product(dmd, id, coding),
        }
    }

    /// A product, judged by dm+d.
    #[inline]
    pub(super) fn dmd_product(&mut self, dmd: Dmd<'v>, product: Product<'v>, coding: &Coding<'_>) {
        if let Activity::Active { .. } = self.validator.binding.activity {
            self.activity_of_product(product);
        }
        self.product(dmd, product);
        self.placed_product(product);
        self.outside_value_set(product.id());
        self.text_beside(product, coding);
    }

    /// The text beside a product.
    #[inline]
    fn text_beside(&mut self, product: Product<'v>, coding: &Coding<'_>) {
        if self.validator.binding.display == DisplayRule::Nothing {
            return;
        }
        match coding.display {
            Some(display) => self.name_of(product, display),
            None if self.counts(FindingCode::DisplayMissing) => {
                self.plain(FindingCode::DisplayMissing);
            }
            None => {}
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
            None => self.no_product(dmd, concept.id(), &Coding::unstated("")),
        }
    }

    /// The level, and whether it may be prescribed.
    #[inline]
    fn product(&mut self, dmd: Dmd<'v>, product: Product<'v>) {
        let binding = &self.validator.binding;
        let allowed = binding.levels.as_slice();
        let found = product.level();
        if !allowed.is_empty() && !allowed.contains(&found) {
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
        let allowed = self.validator.binding.levels.as_slice();
        self.add(FindingCode::WrongLevel, || {
            let related = [
                product.vtm().map(Product::from),
                product.vmp().map(Product::from),
                product.amp().map(Product::from),
            ];
            let related = related.into_iter().flatten();
            let nearest = related.filter(|found| allowed.contains(&found.level()));
            let suggestions = nearest.map(|found| suggestion(SuggestionKind::Nearest, found));
            (Detail::Level { found: product.level(), allowed }, suggestions.collect())
        });
    }

    fn activity_of_product(&mut self, product: Product<'v>) {
        if product.is_invalid() {
            // Since when is not said, so neither is what it was on an earlier day.
            match self.facts.recorded {
                None => self.add(FindingCode::Inactive, || {
                    (Detail::Made("dm+d marks it as invalid".into()), Vec::new())
                }),
                Some(_) => self.plain(FindingCode::InvalidSinceUnknown),
            }
        }
        let since = match product {
            Product::Vtm(vtm) => vtm.id_valid_from(),
            Product::Vmp(vmp) => vmp.id_valid_from(),
            Product::Amp(_) | Product::Vmpp(_) | Product::Ampp(_) => None,
        };
        if let (Some(day), Some(since)) = (self.facts.recorded, since)
            && day < since
        {
            self.before(product.id(), day, since);
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

    /// Constraint and reference set. dm+d is newer every week: what SNOMED CT will say of a product that it
    /// does not have is not known.
    #[inline]
    fn placed_product(&mut self, product: Product<'v>) {
        let validator = self.validator;
        if validator.constraint.is_none() && validator.refset.is_none() {
            return;
        }
        match validator.snomed().and_then(|snomed| product.concept(snomed)) {
            Some(concept) => self.placed(concept),
            None => self.plain(FindingCode::MembershipUnknown),
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
    fn no_product(&mut self, dmd: Dmd<'v>, id: Sctid, coding: &Coding<'_>) {
        let now = self.current_products(dmd, id);
        if let Some(first) = now.first() {
            let named = now.iter().map(|found| suggestion(SuggestionKind::Current, *found));
            let named: Vec<_> = named.collect();
            self.add(FindingCode::PreviousId, || (Detail::Nothing, named));
            match now.as_slice() {
                // What is asked of a code is asked of what it stands for.
                [only] => self.product_by_previous_id(dmd, *only, id, coding),
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
        self.placed_product(product);
        // A list may have either.
        let set = self.validator.binding.value_set.as_ref();
        if !set.is_some_and(|set| set.ids.contains(&id.value())) {
            self.outside_value_set(product.id());
        }
        self.text_beside(product, coding);
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

    pub(super) fn name_of(&mut self, product: Product<'v>, display: &str) {
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
            let dmd = self.validator.systems.dmd();
            let search = || dmd.map(|dmd| dmd.search(display).limit(SEARCHED).typos(false));
            let others = search().map(|search| search.include_previous_names().run());
            let hits = others.iter().flat_map(|results| results.hits());
            let named = hits.map(|hit| hit.product()).filter(|found| found.id() != product.id());
            let named = named.filter(|found| has_name(*found, &spelled)).take(3);
            let named: Vec<_> =
                named.map(|found| suggestion(SuggestionKind::TermOf, found)).collect();
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
}

/// Results of a search among which to look for the product that a text names.
const SEARCHED: usize = 200;

/// Whether one of the names of a product is spelled so.
pub(super) fn has_name(product: Product<'_>, spelled: &Spelling) -> bool {
    let names = [Some(product.name()), product.abbreviated_name(), product.previous_name()];
    names.into_iter().flatten().any(|name| Spelling::of(name) == *spelled)
}

pub(super) fn suggestion<'v>(kind: SuggestionKind, product: Product<'v>) -> Suggestion<'v> {
    Suggestion::new(kind, System::Dmd, product.id().to_string(), product.name())
}
