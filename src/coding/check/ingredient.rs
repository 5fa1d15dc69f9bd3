//! Ingredients of dm+d, where a binding takes them as it takes products.

use super::Judging;
use super::spelling::Spelling;
use crate::coding::binding::{Activity, Membership};
use crate::coding::coding::Coding;
use crate::coding::detail::Detail;
use crate::coding::finding::{Suggestion, SuggestionKind};
use crate::coding::finding_code::FindingCode;
use crate::coding::system::System;
use crate::dmd::Ingredient;

impl<'v> Judging<'v, '_> {
    /// Whether an ingredient is judged as a product is: where one may stand in its place, and where its
    /// level is but one of the things that are asked. What may be prescribed is a product.
    #[inline]
    pub(super) fn judges_ingredient(&self) -> bool {
        let binding = &self.validator.binding;
        let any = binding.membership == Membership::Any && binding.asks_level();
        (binding.ingredients || any) && binding.setting.is_none()
    }

    /// An ingredient, judged by dm+d.
    pub(super) fn dmd_ingredient(&mut self, ingredient: Ingredient<'v>, coding: &Coding<'_>) {
        let binding = &self.validator.binding;
        if let Activity::Active { .. } = binding.activity {
            let since = ingredient.id_valid_from();
            self.activity_in_dmd(ingredient.id(), ingredient.is_invalid(), since);
        }
        let snomed = self.validator.snomed();
        let concept = snomed.and_then(|snomed| snomed.concept(ingredient.id()));
        self.memberships_in_dmd(ingredient.id(), concept, None);
        if let Some(display) = self.text_beside(coding) {
            self.name_of_ingredient(ingredient, display);
        }
    }

    fn name_of_ingredient(&mut self, ingredient: Ingredient<'v>, display: &str) {
        if ingredient.name() == display {
            return;
        }
        let spelled = Spelling::of(display);
        let code = match Spelling::of(ingredient.name()) == spelled {
            true => FindingCode::DisplayDiffers,
            false => {
                let named = self.products_named(display, &spelled, ingredient.id());
                if !named.is_empty() {
                    self.add(FindingCode::DisplayOfAnother, || {
                        (Detail::Text(ingredient.name()), named)
                    });
                    return;
                }
                FindingCode::DisplayNotATerm
            }
        };
        self.add(code, || {
            let (kind, id) = (SuggestionKind::PreferredTerm, ingredient.id().to_string());
            (Detail::Nothing, vec![Suggestion::new(kind, System::Dmd, id, ingredient.name())])
        });
    }
}
