//! A coding, and what a binding has to say of it.

use farr::Date;
use farr::coding::{Coding, Facts, FindingCode, Outcome, System, Validator};
use farr::map::{Age, Sex};

use super::fields::Fields;
use crate::place::Place;

/// A coding, and what the binding has to say of it: how the author of a pack shows that it asks for
/// what is meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The code, as a record has it.
    pub code: String,
    /// The system that it states.
    pub system: Option<System>,
    /// The text beside it.
    pub display: Option<String>,
    /// The day on which it was recorded.
    pub recorded: Option<Date>,
    /// The day it is.
    pub today: Option<Date>,
    /// The sex of the patient.
    pub sex: Option<Sex>,
    /// The age of the patient.
    pub age: Option<Age>,
    /// What becomes of it.
    pub outcome: Outcome,
    /// All findings; `None` where they do not matter.
    pub findings: Option<Vec<FindingCode>>,
    /// Where it stands in the pack.
    pub place: Place,
}

/// What became of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shown {
    /// The verdict is the one that it states.
    AsStated,
    /// The verdict is another one: a sentence.
    Otherwise(String),
    /// It needs a release that is not open.
    Undecided,
}

impl Example {
    /// Holds the example to a binding that is joined with the releases opened.
    ///
    /// ```
    /// use farr_codelists::rules::{self, Shown};
    ///
    /// let number = rules::binding("nhs-number")?;
    /// // An NHS number needs no release.
    /// let terminology = farr::Terminology::open(Vec::<&str>::new())?;
    /// let validator = farr::coding::Validator::new(&terminology, number.binding())?;
    /// for example in number.examples() {
    ///     assert_eq!(example.shown_by(&validator), Shown::AsStated);
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn shown_by(&self, validator: &Validator<'_>) -> Shown {
        let coding = match self.system {
            Some(system) => Coding::new(system, &self.code),
            None => Coding::unstated(&self.code),
        };
        let coding = coding.display(self.display.as_deref());
        let facts =
            Facts::new().recorded(self.recorded).today(self.today).sex(self.sex).age(self.age);
        let verdict = validator.check(&coding, &facts);
        let mut found: Vec<FindingCode> = verdict.findings().iter().map(|f| f.code()).collect();
        found.sort();
        found.dedup();
        let mut stated = self.findings.clone().unwrap_or_else(|| found.clone());
        stated.sort();
        if found.contains(&FindingCode::NotJudged) && !stated_not_judged(self) {
            return Shown::Undecided;
        }
        if verdict.outcome() == self.outcome && found == stated {
            return Shown::AsStated;
        }
        let told: Vec<&str> = found.iter().map(|code| code.code()).collect();
        let with = match told.is_empty() {
            true => "nothing found".to_owned(),
            false => told.join(", "),
        };
        Shown::Otherwise(format!("{:?} is {}: {with}", self.code, verdict.outcome().word()))
    }
}

/// Whether the example is of a system that is not open.
fn stated_not_judged(example: &Example) -> bool {
    example.findings.as_ref().is_some_and(|findings| findings.contains(&FindingCode::NotJudged))
}

/// Reads an example whose fields are as they have to be.
pub(super) fn of_fields(fields: &Fields<'_>, place: Place) -> Option<Example> {
    let day = |name| fields.text(name).and_then(|day| day.parse().ok());
    let outcomes = [Outcome::Accept, Outcome::Warn, Outcome::Reject];
    let outcome = fields.text("outcome")?;
    let findings = fields.get("findings").map(|_| {
        fields.texts("findings").filter_map(|(code, _)| FindingCode::named(code)).collect()
    });
    Some(Example {
        code: fields.text("code")?.to_owned(),
        system: fields.text("system").and_then(System::named),
        display: fields.text("display").map(str::to_owned),
        recorded: day("recorded"),
        today: day("today"),
        sex: fields.text("sex").and_then(|sex| sex.parse().ok()),
        age: fields.text("age").and_then(|age| Age::parse(age).ok()),
        outcome: outcomes.into_iter().find(|known| known.word() == outcome)?,
        findings,
        place,
    })
}
