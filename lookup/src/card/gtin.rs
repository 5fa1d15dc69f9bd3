//! A number read as a GTIN, and the packs of dm+d that have it.

use farr::dmd::Dmd;
use farr::id::{Gtin, GtinError};
use farr::{Date, Dialect, Snomed};
use serde::Serialize;

use super::pack::{self, PackCard};

/// How a GTIN stands, or the scan that it is looked for in. The words are an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum GtinStatus {
    /// One pack has the GTIN on the day.
    Found,
    /// Several packs have it on the day.
    Several,
    /// Packs have it, on other days.
    OtherDay,
    /// No pack of the release has it.
    NotInDmd,
    /// It is well-formed, and no index with dm+d is open.
    DmdNotOpen,
    /// The scan is right, and names no GTIN of an item.
    NoGtin,
    /// The number or the scan is wrong.
    Malformed,
}

impl GtinStatus {
    /// Its word in the output.
    pub(crate) fn word(self) -> &'static str {
        match self {
            GtinStatus::Found => "found",
            GtinStatus::Several => "several",
            GtinStatus::OtherDay => "other-day",
            GtinStatus::NotInDmd => "not-in-dmd",
            GtinStatus::DmdNotOpen => "dmd-not-open",
            GtinStatus::NoGtin => "no-gtin",
            GtinStatus::Malformed => "malformed",
        }
    }
}

/// What the packs of a GTIN come to.
pub(crate) fn of_packs(gtin: Gtin, packs: &[PackCard], on: Date) -> (GtinStatus, Option<String>) {
    let mut valid: Vec<Option<&str>> = packs
        .iter()
        .filter(|pack| pack.valid)
        .map(|pack| pack.ampp.as_ref().map(|ampp| ampp.id.as_str()))
        .collect();
    valid.sort_unstable();
    valid.dedup();
    match (valid.len(), packs) {
        (0, []) => {
            let why = match gtin.indicator() {
                _ if gtin.is_restricted_circulation() => {
                    "it is of a range for use within a shop or a company"
                }
                1..=8 => "it is of a case or other outer packaging, and dm+d lists packs",
                _ => "dm+d does not list all, so it need not be wrong",
            };
            let message = format!("this release of dm+d has no pack of this GTIN: {why}");
            (GtinStatus::NotInDmd, Some(message))
        }
        (0, _) => {
            let message = format!("no pack has this GTIN on {on}; packs have it on other days");
            (GtinStatus::OtherDay, Some(message))
        }
        (1, _) => (GtinStatus::Found, None),
        (count, _) => {
            let message =
                format!("{count} packs have this GTIN on {on}: which one was scanned is not known");
            (GtinStatus::Several, Some(message))
        }
    }
}

/// A number read as a GTIN.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct GtinCard {
    pub(crate) status: GtinStatus,
    /// 14 digits.
    pub(crate) gtin: Option<String>,
    /// All packs of it, those that have it on the day first.
    pub(crate) packs: Vec<PackCard>,
    /// The day for which packs are asked.
    #[serde(serialize_with = "crate::output::number::as_text")]
    pub(crate) on: Date,
    /// What is to be said of it, where it is not that a pack has it.
    pub(crate) message: Option<String>,
}

impl GtinCard {
    /// Reads and looks up a number; `None` where it has not the form of a GTIN.
    pub(crate) fn of<'t>(
        text: &str,
        dmd: Option<Dmd<'t>>,
        on: Date,
        snomed: Option<Snomed<'t>>,
        dialect: Dialect,
    ) -> Option<GtinCard> {
        // dm+d has GTINs with wrong check digits: it is asked about those too.
        let (gtin, wrong) = match Gtin::parse(text) {
            Ok(gtin) => (gtin, None),
            Err(error @ GtinError::CheckDigit { .. }) => {
                (Gtin::as_published(text.parse().ok()?)?, Some(error))
            }
            Err(_) => return None,
        };
        let packs = match dmd {
            Some(dmd) => pack::packs(dmd, gtin, on, snomed, dialect),
            None => Vec::new(),
        };
        let (status, message) = match (wrong, dmd) {
            (Some(error), _) if packs.is_empty() => {
                (GtinStatus::Malformed, Some(error.to_string()))
            }
            (_, None) => {
                let message = "well-formed; no index with dm+d is open".to_owned();
                (GtinStatus::DmdNotOpen, Some(message))
            }
            (None, Some(_)) => of_packs(gtin, &packs, on),
            (Some(error), Some(_)) => {
                let (status, message) = of_packs(gtin, &packs, on);
                let published = format!("{error}; dm+d has published it so");
                let message = message.into_iter().chain([published]).collect::<Vec<_>>();
                (status, Some(message.join("; ")))
            }
        };
        Some(GtinCard { status, gtin: Some(gtin.to_string()), packs, on, message })
    }

    /// Whether it is well-formed, or published as it stands.
    pub(crate) fn is_right(&self) -> bool {
        self.status != GtinStatus::Malformed
    }

    /// Whether dm+d has a pack of it, on whatever day.
    pub(crate) fn has_packs(&self) -> bool {
        !self.packs.is_empty()
    }
}
