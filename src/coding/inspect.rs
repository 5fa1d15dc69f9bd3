//! What a text may be.

use super::check::looks_like_a_read_code;
use super::number_damage::NumberText;
use super::system::System;
use crate::dmd::{Dmd, On};
use crate::id::{Component, Gtin, Icd10CmCode, MarkedIcd10Code, NhsNumber, Opcs4Code, Sctid};
use crate::map::constants::CTV3;
use crate::terminology::Systems;

/// One kind of code that a text may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspected {
    /// The system that it may be of.
    pub system: System,
    /// For an SCTID, what it names.
    pub component: Option<Component>,
    /// The code as the system writes it, `E11.9` say.
    pub code: String,
    /// Why it is not well formed, being nearly so; `None` where it is.
    pub fault: Option<String>,
    /// Whether the releases opened have it.
    pub known: Knowledge,
}

/// Whether a release has a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Knowledge {
    /// It has, by this term, name or title.
    Known(String),
    /// It has not.
    Unknown,
    /// No release of the system is open, or no release has such codes.
    NotAsked,
}

impl Knowledge {
    fn of(asked: bool, term: Option<String>) -> Knowledge {
        match (asked, term) {
            (false, _) => Knowledge::NotAsked,
            (true, None) => Knowledge::Unknown,
            (true, Some(term)) => Knowledge::Known(term),
        }
    }

    /// The word for it in outputs: `known`, `unknown` or `not-asked`. Words stay.
    pub const fn word(&self) -> &'static str {
        match self {
            Knowledge::Known(_) => "known",
            Knowledge::Unknown => "unknown",
            Knowledge::NotAsked => "not-asked",
        }
    }
}

/// What kinds of code a text may be, which of them are well formed, and which are known: every system
/// that has a reading of it. Nothing means that it is no code of any.
///
/// A number of ten digits may be an NHS number and an SCTID at once, `E119` ICD-10 and OPCS-4: none
/// is chosen. A wrong check digit is told only where nothing else fits.
///
/// ```
/// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
/// # let terminology = farr::Terminology::open([golden])?;
/// use farr::coding::{Knowledge, System, inspect};
///
/// let found = terminology.ask_systems(|systems| inspect(systems, "401004"))?;
/// assert_eq!(found[0].system, System::Snomed);
/// assert!(matches!(&found[0].known, Knowledge::Known(term) if term == "Squeak"));
/// assert!(terminology.ask_systems(|systems| inspect(systems, "MERGER"))?.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn inspect(systems: Systems<'_>, text: &str) -> Vec<Inspected> {
    let text = text.trim();
    let mut found = Vec::new();
    numbers(systems, text, &mut found);
    classifications(systems, text, &mut found);
    if looks_like_a_read_code(text) {
        // No index has the codes of either; some of CTV3 have a concept that is mapped to them.
        let mapped = mapped_to(systems, text).map_or(Knowledge::NotAsked, Knowledge::Known);
        for (system, known) in [(System::ReadV2, Knowledge::NotAsked), (System::Ctv3, mapped)] {
            let code = text.to_owned();
            found.push(Inspected { system, component: None, code, fault: None, known });
        }
    }
    if found.is_empty() {
        damaged(systems, text, &mut found);
    }
    found
}

fn numbers(systems: Systems<'_>, text: &str, found: &mut Vec<Inspected>) {
    if let Ok(id) = Sctid::parse(text) {
        found.extend(of_id(systems, id, None));
    }
    if let Ok(number) = NhsNumber::parse(text) {
        found.push(Inspected {
            system: System::NhsNumber,
            component: None,
            code: number.to_string(),
            fault: None,
            known: Knowledge::NotAsked,
        });
    }
    if let Ok(gtin) = Gtin::parse(text) {
        let dmd = systems.dmd();
        let name = dmd.and_then(|dmd| {
            let pack = dmd.packs_by_gtin(gtin, On::AnyDay).next()?;
            Some(pack.ampp().map_or_else(String::new, |ampp| ampp.name().to_owned()))
        });
        found.push(Inspected {
            system: System::Gtin,
            component: None,
            code: gtin.to_string(),
            fault: None,
            known: Knowledge::of(dmd.is_some(), name),
        });
    }
}

/// An id, in SNOMED CT and in dm+d.
fn of_id(systems: Systems<'_>, id: Sctid, fault: Option<String>) -> Vec<Inspected> {
    let component = id.component();
    let term = systems.snomed().and_then(|snomed| match component {
        Some(Component::Description) => Some(snomed.description(id)?.term().to_owned()),
        Some(Component::Relationship) => None,
        _ => {
            let concept = snomed.concept(id)?;
            let term = concept.preferred_term(crate::snomed::Dialect::NHS_CLINICAL);
            Some(term.map_or_else(String::new, |term| term.text().to_owned()))
        }
    });
    // An index has no relationship ids, so that none is known or unknown.
    let asked = systems.snomed().is_some() && component != Some(Component::Relationship);
    let mut found = vec![Inspected {
        system: System::Snomed,
        component,
        code: id.to_string(),
        fault: fault.clone(),
        known: Knowledge::of(asked, term),
    }];
    for name in systems.dmd().map(|dmd| names_in(dmd, id)).unwrap_or_default() {
        let (system, known) = (System::Dmd, Knowledge::Known(name.to_owned()));
        let fault = fault.clone();
        found.push(Inspected { system, component, code: id.to_string(), fault, known });
    }
    found
}

/// What dm+d has by an id: the product or the ingredient, or for want of one the products that had it.
fn names_in(dmd: Dmd<'_>, id: Sctid) -> Vec<&str> {
    let ingredient = || dmd.ingredient(id).map(|found| found.name());
    match dmd.product(id).map(|found| found.name()).or_else(ingredient) {
        Some(name) => vec![name],
        None => {
            let now = dmd.current(id);
            let products = now.ids().iter().filter_map(|now| dmd.product(now.id));
            products.map(|found| found.name()).collect()
        }
    }
}

/// The term of a concept that the release maps to a code of CTV3.
fn mapped_to(systems: Systems<'_>, text: &str) -> Option<String> {
    let map = systems.snomed()?.simple_map(CTV3)?;
    let concept = map.concepts_with_target(text.get(..5)?).into_iter().next()?;
    let term = concept.preferred_term(crate::snomed::Dialect::NHS_CLINICAL);
    Some(term.map_or_else(String::new, |term| term.text().to_owned()))
}

fn classifications(systems: Systems<'_>, text: &str, found: &mut Vec<Inspected>) {
    let mut add = |system, code, asked, title: Option<&str>| {
        let known = Knowledge::of(asked, title.map(str::to_owned));
        found.push(Inspected { system, component: None, code, fault: None, known });
    };
    if let Ok(marked) = MarkedIcd10Code::parse(text) {
        let icd10 = systems.icd10();
        let title = icd10.and_then(|icd10| Some(icd10.rubric(marked.code())?.title()));
        add(System::Icd10, marked.dotted().to_string(), icd10.is_some(), title);
    }
    if let Ok(code) = Icd10CmCode::parse(text) {
        let icd10_cm = systems.icd10_cm();
        let title = icd10_cm.and_then(|icd10_cm| Some(icd10_cm.rubric(code)?.title()));
        add(System::Icd10Cm, code.dotted().to_string(), icd10_cm.is_some(), title);
    }
    if let Ok(code) = Opcs4Code::parse(text) {
        let opcs4 = systems.opcs4();
        let title = opcs4.and_then(|opcs4| Some(opcs4.rubric(code)?.title()));
        add(System::Opcs4, code.dotted().to_string(), opcs4.is_some(), title);
    }
}

/// A text that is nearly a code.
fn damaged(systems: Systems<'_>, text: &str, found: &mut Vec<Inspected>) {
    let value = match NumberText::read(text) {
        Some(NumberText::Exact(value)) => Some((value, "it is written as a number".to_owned())),
        Some(NumberText::Rounded { .. }) => {
            found.push(Inspected {
                system: System::Snomed,
                component: None,
                code: text.to_owned(),
                fault: Some("a spreadsheet or a program rounded it: digits are lost".to_owned()),
                known: Knowledge::NotAsked,
            });
            None
        }
        None => {
            let value = text.parse().ok().filter(|_| text.bytes().all(|b| b.is_ascii_digit()));
            let fault = Sctid::parse(text).err().map(|error| error.to_string());
            value.zip(fault)
        }
    };
    if let Some((value, fault)) = value
        && let Some(id) = Sctid::as_published(value)
        && id.partition().is_some()
    {
        found.extend(of_id(systems, id, Some(fault)));
    }
    if let Err(error @ crate::id::NhsNumberError::CheckDigit) = NhsNumber::parse(text) {
        found.push(Inspected {
            system: System::NhsNumber,
            component: None,
            code: text.to_owned(),
            fault: Some(error.to_string()),
            known: Knowledge::NotAsked,
        });
    }
    if let Err(error @ crate::id::GtinError::CheckDigit { .. }) = Gtin::parse(text) {
        found.push(Inspected {
            system: System::Gtin,
            component: None,
            code: text.to_owned(),
            fault: Some(error.to_string()),
            known: Knowledge::NotAsked,
        });
    }
}
