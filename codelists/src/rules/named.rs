//! Holding what a binding names to a release.

use farr::coding::{Activity, Binding, Coding, Facts, FindingCode, Severity, Validator};
use farr::{Snomed, Systems};

use super::pack::NamedBinding;
use super::value_set::Named;
use crate::named::of_ecl;
use crate::system::System;

/// Codes of a value set that are told one by one.
const TOLD: usize = 20;

impl NamedBinding {
    /// What the binding names that the releases opened do not have, or have inactive, or call
    /// otherwise; and whether its constraint or reference set comes to nothing. Such a binding can be
    /// joined with the release, and refuses codes that it was written to accept.
    ///
    /// A system that is not open is not asked. Costs a look-up of each concept and code, and an
    /// evaluation.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// let pack = "name = \"mine\"\nversion = \"1\"\ndescription = \"d\"\n[[binding]]\nname = \"b\"\n\
    ///     title = \"t\"\nsystems = [\"snomed\"]\nsource = { title = \"t\", sure = \"ours\" }\n\
    ///     constraint = \"<< 601008\"\n";
    /// let none = |_: &std::path::Path| Err(std::io::ErrorKind::NotFound.into());
    /// let pack = farr_codelists::rules::of_bytes("mine.toml", pack.as_bytes(), &none)?;
    /// let told = terminology.ask_systems(|systems| pack.bindings()[0].amiss_in(systems))?;
    /// assert!(told[0].starts_with("constraint: 601008: "));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn amiss_in(&self, systems: Systems<'_>) -> Vec<String> {
        let mut told = Vec::new();
        if let Some(snomed) = systems.snomed() {
            self.of_constraint(systems, snomed, &mut told);
            self.of_attributes(systems, &mut told);
            if let Some(id) = self.named.refset
                && snomed.refset(id).is_some_and(|refset| refset.concepts().next().is_none())
            {
                told.push(format!("refset: {id} has no concept in this release"));
            }
        }
        if let Some(codes) = &self.named.codes {
            of_codes(systems, codes, self.named.inactive, &mut told);
        }
        told
    }

    fn of_constraint(&self, systems: Systems<'_>, snomed: Snomed<'_>, told: &mut Vec<String>) {
        let Some(ecl) = &self.named.constraint else { return };
        if let Some(validator) = looking_up(systems, System::Snomed, false) {
            for entry in of_ecl(ecl, None) {
                let code = entry.code.text();
                let coding = Coding::new(System::Snomed, code).display(entry.display());
                told.extend(amiss(&validator, &coding).map(|what| format!("constraint: {what}")));
            }
        }
        match snomed.evaluate(ecl) {
            Ok(concepts) if concepts.is_empty() => {
                told.push("constraint: it comes to no concept of this release".to_owned());
            }
            // What it cannot be joined with is told where it is joined.
            Ok(_) | Err(_) => {}
        }
    }

    fn of_attributes(&self, systems: Systems<'_>, told: &mut Vec<String>) {
        let Some(validator) = looking_up(systems, System::Snomed, self.named.inactive) else {
            return;
        };
        for id in &self.named.attributes {
            let what = amiss(&validator, &Coding::new(System::Snomed, &id.to_string()));
            told.extend(what.map(|what| format!("expression-attributes: {what}")));
        }
    }
}

fn of_codes(systems: Systems<'_>, named: &Named, inactive: bool, told: &mut Vec<String>) {
    let Some(validator) = looking_up(systems, named.system, inactive) else { return };
    let found = named.codes.iter().filter_map(|code| {
        let what = amiss(&validator, &Coding::new(named.system, code))?;
        Some(format!("value-set: {what}"))
    });
    let mut found: Vec<String> = found.collect();
    let more = found.len().saturating_sub(TOLD);
    found.truncate(TOLD);
    told.extend(found);
    if more > 0 {
        told.push(format!("value-set: and {more} more codes"));
    }
}

/// Looks codes up, and asks nothing else of them; `inactive` ones are accepted or not.
fn looking_up<'q>(systems: Systems<'q>, system: System, inactive: bool) -> Option<Validator<'q>> {
    let activity = if inactive { Activity::Any } else { Activity::Active { grace_days: 0 } };
    let binding = Binding::new("rules")
        .system(system)
        .activity(activity)
        // A system that is not open is not asked, and a value set may name a category.
        .severity(FindingCode::NotJudged, Severity::Ignore)
        .severity(FindingCode::NeedsFurtherCharacter, Severity::Ignore)
        .severity(FindingCode::NeedsFifthCharacter, Severity::Ignore)
        .severity(FindingCode::AsteriskNeedsDagger, Severity::Ignore);
    Validator::of(systems, &binding).ok()
}

/// What is found against a code, beside notes.
fn amiss(validator: &Validator<'_>, coding: &Coding<'_>) -> Option<String> {
    let verdict = validator.check(coding, &Facts::new());
    let findings = verdict.findings().iter().filter(|found| found.severity() > Severity::Note);
    let messages: Vec<String> = findings.map(|found| found.message()).collect();
    let code = coding.code();
    (!messages.is_empty()).then(|| format!("{code}: {}", messages.join("; ")))
}
