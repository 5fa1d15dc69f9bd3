//! The text beside a code of SNOMED CT.

use super::Judging;
use super::spelling::Spelling;
use crate::coding::binding::DisplayRule;
use crate::coding::coding::Coding;
use crate::coding::detail::Detail;
use crate::coding::finding::{Suggestion, SuggestionKind};
use crate::coding::finding_code::FindingCode;
use crate::coding::system::System;
use crate::dmd::Product;
use crate::snomed::{Concept, Description, DescriptionType, Dialect};

/// Concepts to name whose term a text is.
const OTHERS: usize = 3;
/// Results of a search among which to look for them.
const SEARCHED: usize = 200;

impl<'v> Judging<'v, '_> {
    #[inline]
    pub(super) fn display_of(&mut self, concept: Concept<'v>, coding: &Coding<'_>) {
        let binding = &self.validator.binding;
        if binding.display == DisplayRule::Nothing {
            return;
        }
        let Some(display) = coding.display else {
            if self.counts(FindingCode::DisplayMissing) {
                self.plain(FindingCode::DisplayMissing);
            }
            return;
        };
        let preferred = concept.preferred_term(binding.dialect);
        if preferred.is_some_and(|term| term.text() == display) {
            return;
        }
        self.other_than_preferred(concept, display);
    }

    /// A text that is not, letter by letter, the preferred term.
    fn other_than_preferred(&mut self, concept: Concept<'v>, display: &str) {
        let validator = self.validator;
        let dialect = validator.binding.dialect;
        if self.is_name_in_dmd(concept, display) {
            if validator.binding.display == DisplayRule::Preferred {
                self.with_term_to_show(FindingCode::DisplayNotPreferred, concept);
            }
            return;
        }
        // Of two descriptions with one text the active one speaks.
        let with_text = concept.descriptions().filter(|description| description.term() == display);
        if let Some(found) = with_text.max_by_key(|description| rank(*description, dialect)) {
            if let Some(code) = self.of_term(found, dialect) {
                self.with_term_to_show(code, concept);
            }
            return;
        }
        let spelled = Spelling::of(display);
        let alike = concept.descriptions().filter(|found| Spelling::of(found.term()) == spelled);
        let alike = alike.filter(|description| description.is_active());
        if let Some(found) = alike.max_by_key(|description| rank(*description, dialect)) {
            // What is said of the term itself weighs more than how it is spelled here.
            let code = self.of_term(found, dialect);
            let preferred = concept.preferred_term(dialect);
            let is_preferred = preferred.is_some_and(|term| term.text() == found.term());
            let code = code.filter(|_| !is_preferred).unwrap_or(FindingCode::DisplayDiffers);
            self.with_term_to_show(code, concept);
            return;
        }
        let others = self.concepts_named(display, &spelled, concept);
        match others.is_empty() {
            true => self.with_term_to_show(FindingCode::DisplayNotATerm, concept),
            false => self.add(FindingCode::DisplayOfAnother, || {
                let own = concept.preferred_term(dialect).map(|term| term.text());
                (own.map_or(Detail::Nothing, Detail::Text), others)
            }),
        }
    }

    /// What is to be said of a text that is a term of the concept.
    fn of_term(&self, found: Description<'v>, dialect: Dialect) -> Option<FindingCode> {
        if !found.is_active() {
            return Some(FindingCode::DisplayInactiveTerm);
        }
        if found.description_type() != DescriptionType::FullySpecifiedName
            && found.acceptability(dialect).is_none()
            && Dialect::STORED.iter().any(|other| found.acceptability(*other).is_some())
        {
            return Some(FindingCode::DisplayOtherDialect);
        }
        let asked = self.validator.binding.display == DisplayRule::Preferred;
        asked.then_some(FindingCode::DisplayNotPreferred)
    }

    /// A finding with the term to show.
    #[cold]
    fn with_term_to_show(&mut self, code: FindingCode, concept: Concept<'v>) {
        let dialect = self.validator.binding.dialect;
        self.add(code, || {
            let term = Suggestion::concept(SuggestionKind::PreferredTerm, concept, dialect);
            (Detail::Nothing, vec![term])
        });
    }

    /// Whether the text is what dm+d calls the concept.
    fn is_name_in_dmd(&self, concept: Concept<'v>, display: &str) -> bool {
        let product = self.validator.systems.dmd().and_then(|dmd| dmd.product(concept.id()));
        let is_name = |product: Product<'_>| {
            product.name() == display || product.abbreviated_name() == Some(display)
        };
        product.is_some_and(is_name)
    }

    /// The other concepts whose term a text is, active ones first.
    fn concepts_named(
        &self,
        display: &str,
        spelled: &Spelling,
        own: Concept<'v>,
    ) -> Vec<Suggestion<'v>> {
        let Some(snomed) = self.validator.snomed() else { return Vec::new() };
        let search = || snomed.search(display).limit(SEARCHED).typos(false);
        let mut named: Vec<Suggestion<'v>> = Vec::new();
        for results in [search().run(), search().include_inactive().run()] {
            for hit in results.hits().iter().filter(|hit| hit.concept() != own) {
                let concept = hit.concept();
                // The hit shows one of the concept's terms, which need not be the one.
                let terms =
                    concept.descriptions().filter(|one| Spelling::of(one.term()) == *spelled);
                let Some(found) = terms.max_by_key(|one| one.is_active()) else { continue };
                let term = found.term();
                let code = concept.id().to_string();
                if !named.iter().any(|known| known.code() == code) {
                    named.push(Suggestion::new(SuggestionKind::TermOf, System::Snomed, code, term));
                }
                if named.len() == OTHERS {
                    return named;
                }
            }
            if !named.is_empty() {
                break;
            }
        }
        named
    }
}

/// How much the word of a description counts, of several with one text.
fn rank(description: Description<'_>, dialect: Dialect) -> u8 {
    match (description.is_active(), description.acceptability(dialect)) {
        (true, Some(crate::snomed::Acceptability::Preferred)) => 3,
        (true, Some(_)) => 2,
        (true, None) => 1,
        (false, _) => 0,
    }
}
