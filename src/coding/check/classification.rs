//! Codes of ICD-10, ICD-10-CM and OPCS-4.

use super::Judging;
use super::spelling::Spelling;
use crate::classification::{
    Classification, FurtherCharacter, Rubric, RubricCode, SexLimit, TextKind,
};
use crate::coding::binding::DisplayRule;
use crate::coding::coding::Coding;
use crate::coding::detail::Detail;
use crate::coding::facts::Position;
use crate::coding::finding::{Suggestion, SuggestionKind};
use crate::coding::finding_code::FindingCode;
use crate::coding::form::Form;
use crate::coding::number_damage::NumberText;
use crate::coding::system::System;
use crate::id::{
    ClassificationCode, ClassificationCodeError, CodeRange, DaggerAsterisk, Icd10CmCode, Icd10Code,
    MarkedIcd10Code, Opcs4Code,
};
use crate::map::{AgeLimit, Operator, Truth, Unit};

/// Subdivisions to name.
const SUBDIVISIONS: usize = 10;

/// The ways in which a code may be written in a form, the first the whole one.
fn forms_of_icd10(form: Form, marked: MarkedIcd10Code) -> Vec<String> {
    match form {
        Form::Dotted => vec![marked.dotted().to_string()],
        Form::Undotted => vec![marked.code().undotted().to_string()],
        Form::Padded => vec![marked.padded().to_string()],
        // The filler of the fifth character may be left out where nothing follows.
        Form::DataSet => {
            let whole = marked.data_set().as_str().trim_end().to_owned();
            let bare = whole.trim_end_matches('-').to_owned();
            vec![whole, bare, marked.padded().to_string()]
        }
    }
}

fn forms_of_icd10_cm(form: Form, code: Icd10CmCode) -> Vec<String> {
    match form {
        Form::Dotted => vec![code.dotted().to_string()],
        Form::Undotted | Form::Padded | Form::DataSet => vec![code.undotted().to_string()],
    }
}

fn forms_of_opcs4(form: Form, code: Opcs4Code) -> Vec<String> {
    match form {
        Form::Dotted => vec![code.dotted().to_string()],
        Form::Undotted | Form::Padded | Form::DataSet => vec![code.undotted().to_string()],
    }
}

/// A code of a classification in a form, without a mark; `None` where it is none.
pub(in crate::coding) fn written(form: Form, system: System, code: &str) -> Option<String> {
    let forms = match system {
        System::Icd10 => forms_of_icd10(form, MarkedIcd10Code::parse(code).ok()?.code().into()),
        System::Icd10Cm => forms_of_icd10_cm(form, Icd10CmCode::parse(code).ok()?),
        System::Opcs4 => forms_of_opcs4(form, Opcs4Code::parse(code).ok()?),
        _ => return None,
    };
    forms.into_iter().next()
}

impl<'v> Judging<'v, '_> {
    pub(super) fn icd10_code(&mut self, text: &str, coding: &Coding<'_>) {
        let marked = match MarkedIcd10Code::parse(text) {
            Ok(marked) => marked,
            Err(error) => return self.no_classification_code(System::Icd10, text, error),
        };
        let code = marked.code();
        if let Some(form) = self.validator.binding.form {
            self.form(form, text, |form| forms_of_icd10(form, marked));
        }
        let icd10 = self.validator.systems.icd10();
        self.range(self.validator.ranges.icd10.as_slice(), code);
        let Some(rubric) = self.rubric(System::Icd10, icd10, code, coding) else { return };
        self.marks(rubric, marked.mark());
    }

    pub(super) fn icd10_cm_code(&mut self, text: &str, coding: &Coding<'_>) {
        let code = match Icd10CmCode::parse(text) {
            Ok(code) => code,
            Err(error) => return self.no_classification_code(System::Icd10Cm, text, error),
        };
        if let Some(form) = self.validator.binding.form {
            self.form(form, text, |form| forms_of_icd10_cm(form, code));
        }
        let icd10_cm = self.validator.systems.icd10_cm();
        self.rubric(System::Icd10Cm, icd10_cm, code, coding);
    }

    pub(super) fn opcs4_code(&mut self, text: &str, coding: &Coding<'_>) {
        let code = match Opcs4Code::parse(text) {
            Ok(code) => code,
            Err(error) => return self.no_classification_code(System::Opcs4, text, error),
        };
        if let Some(form) = self.validator.binding.form {
            self.form(form, text, |form| forms_of_opcs4(form, code));
        }
        let opcs4 = self.validator.systems.opcs4();
        self.range(self.validator.ranges.opcs4.as_slice(), code);
        self.rubric(System::Opcs4, opcs4, code, coding);
    }

    #[cold]
    fn no_classification_code(
        &mut self,
        system: System,
        text: &str,
        error: ClassificationCodeError,
    ) {
        let separated = |c: char| matches!(c, ';' | ',' | '|' | '/') || c.is_whitespace();
        let parts = text.split(separated).filter(|part| !part.is_empty());
        let are_codes = parts.clone().all(|part| match system {
            System::Icd10 => MarkedIcd10Code::parse(part).is_ok(),
            System::Icd10Cm => Icd10CmCode::parse(part).is_ok(),
            _ => Opcs4Code::parse(part).is_ok(),
        });
        let count = parts.count();
        if are_codes && count > 1 {
            self.add(FindingCode::SeveralCodes, || (Detail::Count(count), Vec::new()));
            return;
        }
        // E11 and E110 become 1E+11 where somebody typed 1E11, and nothing tells which.
        let code = match NumberText::read(text) {
            Some(_) => FindingCode::RoundedBySpreadsheet,
            None => FindingCode::Malformed,
        };
        self.add(code, || (Detail::Classification(error), Vec::new()));
    }

    fn form(&mut self, form: Form, text: &str, forms: impl Fn(Form) -> Vec<String>) {
        let accepted = forms(form);
        if accepted.iter().any(|accepted| accepted == text) {
            return;
        }
        let system = self.validator.binding.systems.first().copied().unwrap_or(System::Icd10);
        self.add(FindingCode::WrongForm, || {
            let wanted = accepted.into_iter().next();
            let wanted =
                wanted.map(|code| Suggestion::new(SuggestionKind::Form, system, code, None));
            (Detail::Form(form), wanted.into_iter().collect())
        });
    }

    fn range<C: ClassificationCode>(&mut self, ranges: &[CodeRange<C>], code: C) {
        if !ranges.is_empty() && !ranges.iter().any(|range| range.contains(code)) {
            let text = self.validator.binding.ranges.as_deref().unwrap_or_default();
            self.add(FindingCode::OutsideRange, || (Detail::Text(text), Vec::new()));
        }
    }

    /// What is common to the classifications.
    fn rubric<C: RubricCode>(
        &mut self,
        system: System,
        classification: Option<Classification<'v, C>>,
        code: C,
        coding: &Coding<'_>,
    ) -> Option<Rubric<'v, C>> {
        let binding = &self.validator.binding;
        if let Some(set) = &binding.value_set
            && set.system() == system
            && !set.ids.contains(&RubricCode::key(code))
        {
            self.add(FindingCode::OutsideValueSet, || (Detail::Text(set.name()), Vec::new()));
        }
        let Some(classification) = classification else {
            self.not_judged(system);
            return None;
        };
        let Some(rubric) = classification.rubric(code) else {
            self.no_rubric(system, classification, code);
            return None;
        };
        self.further_character(system, rubric);
        self.sex_of(rubric);
        self.age_of(rubric);
        if binding.display != DisplayRule::Nothing {
            match coding.display {
                Some(display) => self.title(system, rubric, display),
                None => self.plain(FindingCode::DisplayMissing),
            }
        }
        Some(rubric)
    }

    #[cold]
    fn no_rubric<C: RubricCode>(
        &mut self,
        system: System,
        classification: Classification<'v, C>,
        code: C,
    ) {
        self.add(FindingCode::NotInRelease, || {
            let nearest = classification.nearest(code);
            let nearest = nearest.map(|found| suggestion(SuggestionKind::Nearest, system, found));
            (Detail::Nothing, nearest.into_iter().collect())
        });
    }

    fn further_character<C: RubricCode>(&mut self, system: System, rubric: Rubric<'v, C>) {
        let code = match rubric.further_character() {
            FurtherCharacter::None => return,
            FurtherCharacter::Fourth | FurtherCharacter::Further => {
                FindingCode::NeedsFurtherCharacter
            }
            FurtherCharacter::Fifth => FindingCode::NeedsFifthCharacter,
        };
        self.add(code, || {
            let children = rubric.children().take(SUBDIVISIONS);
            let children = children.map(|c| suggestion(SuggestionKind::Subdivision, system, c));
            (Detail::Nothing, children.collect())
        });
    }

    fn sex_of<C: RubricCode>(&mut self, rubric: Rubric<'v, C>) {
        match (rubric.sex(), self.facts.sex) {
            (SexLimit::Any | SexLimit::NotStated, _) => {}
            (SexLimit::NotUnderstood, _) => {
                self.add(FindingCode::SexUndecided, || (Detail::Sex(None), Vec::new()));
            }
            (SexLimit::Only(limit), None) => {
                self.add(FindingCode::SexUndecided, || (Detail::Sex(Some(limit)), Vec::new()));
            }
            (SexLimit::Only(limit), Some(sex)) if limit != sex => {
                self.add(FindingCode::SexMismatch, || (Detail::Sex(Some(limit)), Vec::new()));
            }
            (SexLimit::Only(_), Some(_)) => {}
        }
    }

    fn age_of<C: RubricCode>(&mut self, rubric: Rubric<'v, C>) {
        let ages = rubric.ages();
        if ages.minimum.is_none() && ages.maximum.is_none() {
            return;
        }
        let truth = match self.facts.age {
            None => Truth::Unknown,
            Some(age) => {
                let years = |years: u16| AgeLimit::of(u32::from(years), Unit::Years);
                let low =
                    ages.minimum.map(|least| years(least).compare(age, Operator::GreaterOrEqual));
                // The last of the completed years ends as the next is completed.
                let high = ages
                    .maximum
                    .map(|most| years(most.saturating_add(1)).compare(age, Operator::Less));
                low.unwrap_or(Truth::True).and(high.unwrap_or(Truth::True))
            }
        };
        let code = match truth {
            Truth::True => return,
            Truth::False => FindingCode::AgeMismatch,
            Truth::Unknown => FindingCode::AgeUndecided,
        };
        self.add(code, || (Detail::Ages(ages), Vec::new()));
    }

    fn title<C: RubricCode>(&mut self, system: System, rubric: Rubric<'v, C>, display: &str) {
        if rubric.title() == display {
            return;
        }
        let spelled = Spelling::of(display);
        let mut included = rubric.texts_of(TextKind::Inclusion);
        let code = if Spelling::of(rubric.title()) == spelled {
            FindingCode::DisplayDiffers
        } else if included.any(|text| Spelling::of(text.text()) == spelled) {
            match self.validator.binding.display {
                DisplayRule::Preferred => FindingCode::DisplayNotPreferred,
                _ => return,
            }
        } else {
            let classification = rubric.classification();
            let found = classification.search(display).limit(50).typos(false).run();
            let named = found.hits().iter().map(|hit| hit.rubric());
            let named =
                named.filter(|other| *other != rubric && Spelling::of(other.title()) == spelled);
            let named: Vec<_> =
                named.take(3).map(|c| suggestion(SuggestionKind::TermOf, system, c)).collect();
            if !named.is_empty() {
                self.add(FindingCode::DisplayOfAnother, || (Detail::Text(rubric.title()), named));
                return;
            }
            FindingCode::DisplayNotATerm
        };
        self.add(code, || {
            (Detail::Nothing, vec![suggestion(SuggestionKind::PreferredTerm, system, rubric)])
        });
    }

    /// Daggers and asterisks.
    fn marks(&mut self, rubric: Rubric<'v, Icd10Code>, mark: Option<DaggerAsterisk>) {
        let usage = rubric.usage();
        // A dagger may be put to any code; an asterisk is the code's own.
        let contradicts = match mark {
            None => false,
            Some(DaggerAsterisk::Asterisk) => usage != Some(DaggerAsterisk::Asterisk),
            Some(DaggerAsterisk::Dagger) => usage == Some(DaggerAsterisk::Asterisk),
        };
        if contradicts {
            self.add(FindingCode::MarkDiffers, || (Detail::Mark(usage), Vec::new()));
        }
        if usage != Some(DaggerAsterisk::Asterisk) {
            return;
        }
        if self.facts.position == Some(Position::Primary) {
            self.add(FindingCode::AsteriskFirst, || (Detail::Nothing, partners(rubric)));
        }
        match self.facts.alongside {
            None => {
                self.add(FindingCode::AsteriskNeedsDagger, || (Detail::Nothing, partners(rubric)))
            }
            Some(others) if others.iter().any(|other| self.goes_with(rubric, other)) => {}
            Some(_) => self.add(FindingCode::AsteriskAlone, || (Detail::Nothing, partners(rubric))),
        }
    }

    /// Whether a code may be the dagger code of an asterisk code.
    fn goes_with(&self, asterisk: Rubric<'v, Icd10Code>, other: &str) -> bool {
        let Ok(other) = MarkedIcd10Code::parse(other.trim()) else { return false };
        let code = other.code();
        let named = asterisk.partners().any(|partner| {
            let range = CodeRange::<Icd10Code>::parse(partner.text().trim_end_matches(".-"));
            range.is_ok_and(|range| range.contains(code))
        });
        let icd10 = self.validator.systems.icd10();
        let rubric = icd10.and_then(|icd10| icd10.rubric(code));
        let is_dagger = rubric.and_then(Rubric::usage) == Some(DaggerAsterisk::Dagger);
        named || is_dagger || other.mark() == Some(DaggerAsterisk::Dagger)
    }
}

fn partners<'v>(rubric: Rubric<'v, Icd10Code>) -> Vec<Suggestion<'v>> {
    let partners = rubric.partners();
    partners
        .map(|partner| {
            let code = partner.code();
            let found = code.and_then(|code| rubric.classification().rubric(code));
            let title = found.map(Rubric::title);
            Suggestion::new(SuggestionKind::Partner, System::Icd10, partner.text(), title)
        })
        .collect()
}

fn suggestion<'v, C: RubricCode>(
    kind: SuggestionKind,
    system: System,
    rubric: Rubric<'v, C>,
) -> Suggestion<'v> {
    Suggestion::new(kind, system, rubric.code_text(), rubric.title())
}
