//! A number read as a GTIN, and the packs of dm+d that have it.

use farr::dmd::Dmd;
use farr::id::{Gtin, GtinError};
use farr::{Date, Dialect, Snomed};
use serde::Serialize;

use super::pack::{self, PackCard};

/// A number read as a GTIN.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct GtinCard {
    /// `found`, `other-day`, `not-in-dmd`, `dmd-not-open` or `malformed`.
    pub(crate) status: &'static str,
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
        let valid = packs.first().map(|pack| pack.valid);
        let (status, mut message) = match (valid, wrong, dmd) {
            (Some(true), ..) => ("found", None),
            (Some(false), ..) => {
                ("other-day", Some(format!("no pack has this GTIN on {on}: see the days below")))
            }
            (None, Some(error), _) => ("malformed", Some(error.to_string())),
            (None, None, Some(_)) => {
                ("not-in-dmd", Some("this release of dm+d has no pack of this GTIN".to_owned()))
            }
            (None, None, None) => {
                ("dmd-not-open", Some("well-formed; no index with dm+d is open".to_owned()))
            }
        };
        if let (Some(_), Some(error)) = (valid, wrong) {
            let published = format!("{error}; dm+d has published it so");
            message = Some(match message {
                Some(message) => format!("{message}; {published}"),
                None => published,
            });
        }
        Some(GtinCard { status, gtin: Some(gtin.to_string()), packs, on, message })
    }

    /// Whether it is well-formed, or published as it stands.
    pub(crate) fn is_right(&self) -> bool {
        self.status != "malformed"
    }

    /// Whether dm+d has a pack of it, on whatever day.
    pub(crate) fn has_packs(&self) -> bool {
        !self.packs.is_empty()
    }
}
