//! Judging one coding: findings are gathered, each with the severity of the binding.

mod activity;
mod any_membership;
mod classification;
mod description;
mod display;
mod expression;
mod ingredient;
mod malformed;
mod membership;
mod namespace;
mod numbers;
mod product;
mod product_name;
mod read_code;
mod release;
mod snomed;
mod spelling;

pub(super) use classification::written;
pub(super) use namespace::Namespaces;
pub(super) use read_code::looks_like_one as looks_like_a_read_code;

use super::coding::{Coding, Stated};
use super::detail::Detail;
use super::facts::Facts;
use super::finding::{Finding, Suggestion};
use super::finding_code::FindingCode;
use super::system::System;
use super::validator::Validator;
use super::verdict::{Severity, Verdict};
use crate::snomed::Concept;

/// What one of several systems says of a code.
struct Tried<'v> {
    system: System,
    judge: Option<System>,
    findings: Vec<Finding<'v>>,
}

impl Tried<'_> {
    /// How much it has against the code. Of equals, one that could not look it up, the code having its form,
    /// before one that says that it has not.
    fn weight(&self) -> (Severity, bool) {
        let severity = self.findings.iter().map(Finding::severity).max();
        let was_judged = self.findings.iter().all(|found| found.code() != FindingCode::NotJudged);
        (severity.unwrap_or(Severity::Ignore), was_judged)
    }
}

/// The judging of one coding.
pub(super) struct Judging<'v, 'a> {
    validator: &'v Validator<'v>,
    facts: &'a Facts<'a>,
    findings: Vec<Finding<'v>>,
    /// Which of several codes is looked at.
    part: Option<u32>,
    /// The system whose release said what there is to say, where that is another than the code's.
    judge: Option<System>,
    /// Only the codes of findings are wanted: nothing is looked up for what they would say.
    only_codes: bool,
}

impl<'v, 'a> Judging<'v, 'a> {
    pub(super) fn new(validator: &'v Validator<'v>, facts: &'a Facts<'a>) -> Judging<'v, 'a> {
        Judging {
            validator,
            facts,
            findings: Vec::new(),
            part: None,
            judge: None,
            only_codes: false,
        }
    }

    /// Judges a coding for the codes of its findings alone.
    pub(super) fn codes_of(mut self, coding: &Coding<'_>) -> Verdict<'v> {
        self.only_codes = true;
        self.judge(coding)
    }

    /// As [`Judging::codes_of`] for the id of a concept, with nothing beside it.
    pub(super) fn codes_of_concept(mut self, concept: Concept<'v>) -> Verdict<'v> {
        self.only_codes = true;
        let coding = Coding::unstated("");
        if concept.id().check().is_err() {
            self.plain(FindingCode::PublishedWithWrongCheckDigit);
        }
        // An id has a digit more than its logarithm has wholes.
        let digits = concept.id().value().checked_ilog10().unwrap_or(0).saturating_add(1);
        self.length(digits as usize);
        self.concept(concept, &coding);
        self.release_of(System::Snomed, &coding);
        let release = self.validator.release(System::Snomed);
        Verdict { system: Some(System::Snomed), release, findings: self.findings }
    }

    /// Judges a coding.
    #[inline]
    pub(super) fn judge(mut self, coding: &Coding<'_>) -> Verdict<'v> {
        let allowed = self.validator.binding.systems.as_slice();
        let system = match (&coding.stated, allowed) {
            (Stated::Nothing, [_, _, ..]) => Some(self.any_of(allowed, coding)),
            _ => {
                let system = self.system(coding);
                if let Some(system) = system {
                    self.code_or_codes(system, coding);
                }
                system
            }
        };
        let judge = self.judge.or(system);
        if let Some(system) = judge {
            self.release_of(system, coding);
        }
        let release = judge.and_then(|judge| self.validator.release(judge));
        Verdict { system, release, findings: self.findings }
    }

    /// Judges a code of which nothing says what system it is of: by the system that has least against it,
    /// of equal ones the first. Gives that system.
    fn any_of(&mut self, allowed: &'v [System], coding: &Coding<'_>) -> System {
        let mut best: Option<Tried<'v>> = None;
        for system in allowed {
            self.code_or_codes(*system, coding);
            let tried = Tried {
                system: *system,
                judge: self.judge.take(),
                findings: std::mem::take(&mut self.findings),
            };
            if best.as_ref().is_none_or(|best| tried.weight() < best.weight()) {
                best = Some(tried);
            }
            if best.as_ref().is_some_and(|best| best.findings.is_empty()) {
                break;
            }
        }
        let Some(best) = best else { return System::Snomed };
        (self.judge, self.findings) = (best.judge, best.findings);
        best.system
    }

    #[inline]
    fn code_or_codes(&mut self, system: System, coding: &Coding<'_>) {
        let separators = self.validator.binding.separators.as_str();
        match !separators.is_empty() && coding.code.contains(|c| separators.contains(c)) {
            false => self.code(system, coding.code, coding),
            true => self.codes(system, coding, separators),
        }
    }

    /// The system to judge a coding by.
    #[inline]
    fn system(&mut self, coding: &Coding<'_>) -> Option<System> {
        let allowed = self.validator.binding.systems.as_slice();
        match coding.stated {
            Stated::System(system) if allowed.is_empty() || allowed.contains(&system) => {
                Some(system)
            }
            Stated::System(found) => {
                self.add(FindingCode::SystemNotAllowed, || {
                    (Detail::NotAllowed { found, allowed }, Vec::new())
                });
                None
            }
            Stated::UnknownUri(uri) => {
                self.add(FindingCode::UnknownSystem, || (Detail::Made(uri.into()), Vec::new()));
                None
            }
            Stated::Nothing => {
                if allowed.is_empty() {
                    let is_blank = coding.code.trim().is_empty();
                    let nothing = FindingCode::Missing;
                    self.plain(if is_blank { nothing } else { FindingCode::SystemUnstated });
                }
                allowed.first().copied()
            }
        }
    }

    /// A field of several codes.
    #[cold]
    fn codes(&mut self, system: System, coding: &Coding<'_>, separators: &str) {
        let parts = coding.code.split(|c| separators.contains(c));
        // A separator behind the last code ends it, and begins no other.
        let count = parts.clone().count();
        let parts = parts.enumerate();
        let last = count.saturating_sub(1);
        let parts = parts.filter(|(place, part)| *place < last || !part.trim().is_empty());
        if let (1, Some((_, only))) = (parts.clone().count(), parts.clone().next()) {
            self.code(system, only.trim(), &coding.with_code(only));
            return;
        }
        for (place, part) in parts {
            self.part = u32::try_from(place).ok();
            // The text beside belongs to none of them alone.
            let part = Coding { display: None, description_id: None, ..*coding }.with_code(part);
            // White space on either side of a separator belongs to it.
            self.code(system, part.code.trim(), &part);
        }
        self.part = None;
    }

    #[inline]
    fn code(&mut self, system: System, code: &str, coding: &Coding<'_>) {
        let code = self.trimmed(code);
        if code.is_empty() {
            self.plain(FindingCode::Missing);
            return;
        }
        if self.validator.binding.most_characters.is_some() {
            self.length(code.chars().count());
        }
        match system {
            System::Snomed => self.snomed_code(code, coding),
            System::Dmd => self.dmd_code(code, coding),
            System::Icd10 => self.icd10_code(code, coding),
            System::Icd10Cm => self.icd10_cm_code(code, coding),
            System::Opcs4 => self.opcs4_code(code, coding),
            System::NhsNumber => self.nhs_number(code),
            System::Gtin => self.gtin(code, coding),
            System::ReadV2 | System::Ctv3 => self.read_code_asked_for(system, code),
        }
    }

    /// How many characters a code has.
    #[inline]
    fn length(&mut self, found: usize) {
        if let Some(most) = self.validator.binding.most_characters
            && u32::try_from(found).is_ok_and(|found| found > most)
        {
            self.add(FindingCode::TooLong, || (Detail::Length { found, most }, Vec::new()));
        }
    }

    /// The code without what stands around it.
    #[inline]
    fn trimmed<'c>(&mut self, code: &'c str) -> &'c str {
        let plain = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_graphic);
        let bytes = code.as_bytes();
        if plain(bytes.first()) && plain(bytes.last()) {
            return code;
        }
        let invisible = |c: char| {
            c.is_whitespace()
                || c.is_control()
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
        };
        let trimmed = code.trim_matches(invisible);
        if trimmed.len() < code.len() && !trimmed.is_empty() {
            self.plain(FindingCode::SurroundingSpace);
        }
        trimmed
    }

    /// Whether a finding counts here.
    #[inline]
    fn counts(&self, code: FindingCode) -> bool {
        self.validator.binding.severity_of(code) != Severity::Ignore
    }

    /// Adds a finding, unless it is of no weight here: then nothing is made.
    #[cold]
    fn add(&mut self, code: FindingCode, make: impl FnOnce() -> (Detail<'v>, Vec<Suggestion<'v>>)) {
        let severity = self.validator.binding.severity_of(code);
        if severity == Severity::Ignore {
            return;
        }
        let (detail, suggestions) = match self.only_codes {
            true => (Detail::Nothing, Vec::new()),
            false => make(),
        };
        self.findings.push(Finding { code, severity, part: self.part, detail, suggestions });
    }

    /// Adds a finding of which there is nothing more to say.
    #[cold]
    fn plain(&mut self, code: FindingCode) {
        self.add(code, || (Detail::Nothing, Vec::new()));
    }

    /// A code that was not looked up, its system not being open.
    #[cold]
    fn not_judged(&mut self, system: System) {
        self.add(FindingCode::NotJudged, || (Detail::System(system), Vec::new()));
    }
}
