//! What the demonstration shows of maps and classifications, chosen from the index.

use farr::classification::FurtherCharacter;
use farr::map::{Age, Missing, Patient, PublishedMap, Selection, Sex, constants};
use farr::{Icd10, Snomed};

/// What to show.
#[derive(Debug)]
pub(super) struct Codes {
    /// A concept whose code depends on the patient, and what settles it.
    pub(super) asks: Option<(String, [&'static str; 2])>,
    /// A category with subdivisions, padded as it stands in hospital data.
    pub(super) category: Option<String>,
}

/// Chooses.
pub(super) fn choose(snomed: Option<Snomed<'_>>, icd10: Option<Icd10<'_>>) -> Codes {
    Codes { asks: snomed.and_then(asks), category: icd10.and_then(category) }
}

fn asks(snomed: Snomed<'_>) -> Option<(String, [&'static str; 2])> {
    let map = snomed.published_map(constants::INTERNATIONAL_ICD_10)?;
    let PublishedMap::Rules(map) = map else { return None };
    let settled = [
        (
            Missing::AgeAtOnset,
            ["--age-at-onset", "41y"],
            Patient::new().age_at_onset(Age::years(41)),
        ),
        (Missing::Sex, ["--sex", "female"], Patient::new().sex(Sex::Female)),
    ];
    snomed.concepts().find_map(|concept| {
        let asked = map.select(concept, &Patient::new()).ok()?;
        let Selection::NeedsContext { missing, .. } = asked else { return None };
        let (_, option, patient) =
            settled.iter().find(|(fact, ..)| missing.as_slice() == [*fact])?;
        let answered = map.select(concept, patient).ok()?;
        let is_settled = matches!(answered, Selection::Targets(_));
        is_settled.then(|| (concept.id().to_string(), *option))
    })
}

fn category(icd10: Icd10<'_>) -> Option<String> {
    let rubric = icd10.codes().find(|rubric| {
        rubric.further_character() == FurtherCharacter::Fourth
            && (2..=6).contains(&rubric.children().count())
    })?;
    Some(rubric.code()?.padded().to_string())
}
