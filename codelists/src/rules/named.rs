//! Holding what a binding names to a release.

use std::fmt;

use farr::coding::{Activity, Binding, Coding, Facts, FindingCode, Severity, Validator};
use farr::ecl::{FindingKind, Report};
use farr::{Snomed, Systems};

use super::pack::NamedBinding;
use super::value_set::Named;
use crate::named::of_ecl;
use crate::place::{Lines, Place};
use crate::system::System;

/// Something that a binding names, and a release does not have, has inactive or calls otherwise; or what
/// it names comes to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Amiss {
    /// The field of the binding: `constraint`, `refset`, `value-set` or `expression-attributes`.
    pub field: &'static str,
    /// The concept or the code, where it is of one.
    pub code: Option<String>,
    /// The file of codes that it stands in, by its path relative to the pack; `None` is the pack.
    pub file: Option<String>,
    /// Where it stands in that file: of what is written with escapes, where its text begins.
    pub place: Place,
    /// The whole sentence, without field and code.
    pub message: String,
}

/// `field: code: message`.
impl fmt::Display for Amiss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.field)?;
        if let Some(code) = &self.code {
            write!(f, "{code}: ")?;
        }
        f.write_str(&self.message)
    }
}

impl NamedBinding {
    /// What the binding names that the releases opened do not have, or have inactive, or call
    /// otherwise; and whether its constraint, a part of that, or its reference set comes to nothing. Such a
    /// binding can be joined with the release, and refuses codes that it was written to accept, or the
    /// reverse.
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
    /// assert_eq!((told[0].field, told[0].code.as_deref()), ("constraint", Some("601008")));
    /// assert_eq!(told[0].place.to_string(), "9:18");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn amiss_in(&self, systems: Systems<'_>) -> Vec<Amiss> {
        let mut told = Vec::new();
        if let Some(snomed) = systems.snomed() {
            self.of_constraint(systems, snomed, &mut told);
            self.of_attributes(systems, &mut told);
            if let Some((id, place)) = self.named.refset
                && snomed.refset(id).is_some_and(|refset| refset.concepts().next().is_none())
            {
                let message = "it has no concept in this release".to_owned();
                let code = Some(id.to_string());
                told.push(Amiss { field: "refset", code, file: None, place, message });
            }
        }
        if let Some(codes) = &self.named.codes {
            of_codes(systems, codes, self.named.inactive, &mut told);
        }
        told
    }

    fn of_constraint(&self, systems: Systems<'_>, snomed: Snomed<'_>, told: &mut Vec<Amiss>) {
        let Some((ecl, written)) = &self.named.constraint else { return };
        let lines = Lines::of(ecl.source());
        let amiss_at = |code: Option<&str>, place: Place, message: String| Amiss {
            field: "constraint",
            code: code.map(str::to_owned),
            file: None,
            place: written.place_of(place),
            message,
        };
        if let Some(validator) = looking_up(systems, System::Snomed, false) {
            for entry in of_ecl(ecl, None) {
                let code = entry.code.text();
                let coding = Coding::new(System::Snomed, code).display(entry.display());
                let what = amiss(&validator, &coding);
                told.extend(what.map(|what| amiss_at(Some(code), entry.place, what)));
            }
        }
        // What it cannot be joined with is told where it is joined, and terms are held above.
        let Ok(found) = snomed.evaluation().other_terms(Report::Ignore).run(ecl) else { return };
        // A part that comes to nothing takes nothing out, so that what was to be refused is accepted.
        told.extend(
            found.warnings.iter().map(|warning| {
                amiss_at(None, lines.place(warning.span.start), warning.to_string())
            }),
        );
        // An inactive concept that the text names is told as one.
        let named = ecl.identifiers();
        let is_named = |id| named.iter().any(|one| one.id == id);
        for gap in snomed.evaluation().gaps(ecl).into_iter().flatten() {
            if let FindingKind::InactiveOperand { id } = gap.finding.kind
                && !is_named(id)
            {
                let place = lines.place(gap.finding.span.start);
                told.push(amiss_at(Some(&id.to_string()), place, gap.finding.to_string()));
            }
        }
        if found.concepts.is_empty() {
            let message = "it comes to no concept of this release".to_owned();
            told.push(amiss_at(None, lines.place(0), message));
        }
    }

    fn of_attributes(&self, systems: Systems<'_>, told: &mut Vec<Amiss>) {
        let Some(validator) = looking_up(systems, System::Snomed, self.named.inactive) else {
            return;
        };
        for (id, place) in &self.named.attributes {
            let id = id.to_string();
            if let Some(message) = amiss(&validator, &Coding::new(System::Snomed, &id)) {
                let (field, code, place) = ("expression-attributes", Some(id), *place);
                told.push(Amiss { field, code, file: None, place, message });
            }
        }
    }
}

fn of_codes(systems: Systems<'_>, named: &Named, inactive: bool, told: &mut Vec<Amiss>) {
    let Some(validator) = looking_up(systems, named.system, inactive) else { return };
    told.extend(named.codes.iter().filter_map(|(code, place)| {
        let message = amiss(&validator, &Coding::new(named.system, code))?;
        let (code, file) = (Some(code.clone()), named.file.clone());
        Some(Amiss { field: "value-set", code, file, place: *place, message })
    }));
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
    (!messages.is_empty()).then(|| messages.join("; "))
}
