//! Which map is asked.

use farr::map::{PublishedMap, constants};
use farr::{Sctid, Snomed, Terminology};

use crate::card::map::AnyMap;
use crate::failure::Failure;

/// A map as it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AskedMap {
    Refset(Sctid),
    UkOpcs4,
}

/// Reads what stands behind `--map`.
pub(super) fn asked_map(text: &str) -> Result<AskedMap, String> {
    Ok(match text {
        "uk-icd10" => AskedMap::Refset(constants::UK_ICD_10),
        "international" => AskedMap::Refset(constants::INTERNATIONAL_ICD_10),
        "icd10-cm" => AskedMap::Refset(constants::ICD_10_CM),
        "uk-opcs4" => AskedMap::UkOpcs4,
        "ctv3" => AskedMap::Refset(constants::CTV3),
        "icd-o" => AskedMap::Refset(constants::ICD_O),
        // Releases have refsets with ids whose check digit is wrong.
        id => AskedMap::Refset(Sctid::parse_as_published(id).map_err(|error| {
            format!(
                "expected uk-icd10, international, icd10-cm, uk-opcs4, ctv3, icd-o or an id: {error}"
            )
        })?),
    })
}

/// The map that is asked for, where the release has it.
pub(super) fn find<'t>(snomed: Snomed<'t>, asked: Option<AskedMap>) -> Option<AnyMap<'t>> {
    match asked {
        Some(AskedMap::UkOpcs4) => {
            snomed.uk_opcs_4_map().map(PublishedMap::Blocks).map(AnyMap::Published)
        }
        Some(AskedMap::Refset(id)) => {
            let published = snomed.published_map(id).map(AnyMap::Published);
            published.or_else(|| snomed.simple_map(id).map(AnyMap::Simple))
        }
        None => [constants::UK_ICD_10, constants::INTERNATIONAL_ICD_10]
            .into_iter()
            .filter_map(|id| snomed.published_map(id))
            .find(|map| !map.refset().is_empty())
            .map(AnyMap::Published),
    }
}

/// The form of the map that is asked for.
///
/// # Errors
/// The release does not have it: which it has is told.
pub(super) fn form_of(
    terminology: &Terminology,
    asked: Option<AskedMap>,
) -> Result<&'static str, Failure> {
    if let Some(form) = terminology.ask(|snomed| Some(find(snomed, asked)?.form()))? {
        return Ok(form);
    }
    let ids = terminology.ask(|snomed| {
        let extended = snomed.published_maps().map(|map| map.refset().id());
        let simple = snomed.simple_maps().map(|map| map.refset().id());
        let ids: Vec<String> = extended.chain(simple).map(|id| id.to_string()).collect();
        ids.join(" ")
    })?;
    Err(Failure::NotFound(match ids.as_str() {
        "" => "this release has no map".to_owned(),
        ids => format!("this release does not have that map; it has {ids}"),
    }))
}
