//! The text beside a product of dm+d.

use super::Judging;
use super::product::suggestion;
use super::spelling::Spelling;
use crate::coding::binding::DisplayRule;
use crate::coding::detail::Detail;
use crate::coding::finding::{Suggestion, SuggestionKind};
use crate::coding::finding_code::FindingCode;
use crate::dmd::Product;
use crate::id::Sctid;

/// Results of a search among which to look for the product that a text names.
const SEARCHED: usize = 200;

/// Whether one of the names of a product is spelled so.
pub(super) fn has_name(product: Product<'_>, spelled: &Spelling) -> bool {
    let names = [Some(product.name()), product.abbreviated_name(), product.previous_name()];
    names.into_iter().flatten().any(|name| Spelling::of(name) == *spelled)
}

impl<'v> Judging<'v, '_> {
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
        let Some(dmd) = self.validator.systems.dmd() else { return Vec::new() };
        let search = dmd.search(display).limit(SEARCHED).typos(false);
        let results = search.include_previous_names().run();
        let hits = results.hits().iter().map(|hit| hit.product());
        let named = hits.filter(|found| found.id() != own && has_name(*found, spelled)).take(3);
        named.map(|found| suggestion(SuggestionKind::TermOf, found)).collect()
    }
}
