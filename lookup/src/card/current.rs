//! What an identifier of dm+d leads to now, and things of dm+d that are no products.

use farr::Sctid;
use farr::dmd::{Current, CurrentId, Dmd, IdKind, IdSource, PreviousId};
use serde::Serialize;

use super::draw::Sheet;

/// Something that has an identifier: a product, an ingredient, an entry of a lookup list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Thing {
    /// `vtm`, `vmp`, `ingredient`, `supplier`, `form`, `route`, `unit-of-measure`, `trade-family`,
    /// `trade-family-group`.
    pub(crate) kind: &'static str,
    pub(crate) id: String,
    /// `None` where the release knows the identifier only from its history.
    pub(crate) name: Option<String>,
    pub(crate) invalid: Option<bool>,
}

impl Thing {
    pub(crate) fn of(dmd: Dmd<'_>, found: CurrentId) -> Thing {
        let CurrentId { kind, id } = found;
        let (name, invalid) = match kind {
            IdKind::Vtm | IdKind::Vmp => {
                let product = dmd.product(id);
                (product.map(|product| product.name()), product.map(|product| product.is_invalid()))
            }
            IdKind::Ingredient => {
                let found = dmd.ingredient(id);
                (found.map(|found| found.name()), found.map(|found| found.is_invalid()))
            }
            IdKind::TradeFamily => {
                let found = dmd.trade_family(id);
                (found.map(|found| found.name()), found.map(|found| found.is_invalid()))
            }
            IdKind::TradeFamilyGroup => {
                let found = dmd.trade_family_group(id);
                (found.map(|found| found.name()), found.map(|found| found.is_invalid()))
            }
            _ => {
                let entry = kind.list().and_then(|list| dmd.lookup(list, id.value()));
                (entry.and_then(|entry| entry.description()), entry.map(|entry| entry.is_invalid()))
            }
        };
        Thing { kind: kind.code(), id: id.to_string(), name: name.map(str::to_owned), invalid }
    }

    /// It in a line.
    pub(crate) fn line(&self) -> String {
        let name = self.name.as_deref().unwrap_or("(known from the history only)");
        let invalid = if self.invalid == Some(true) { " INVALID" } else { "" };
        format!("{} {} {name}{invalid}", self.kind, self.id)
    }
}

/// A row that says that a thing has, or had, an identifier.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct PreviousRow {
    pub(crate) kind: &'static str,
    pub(crate) previous: String,
    pub(crate) current: String,
    /// `record` or `history`.
    pub(crate) source: &'static str,
    pub(crate) start: Option<String>,
    pub(crate) end: Option<String>,
}

impl PreviousRow {
    fn of(row: PreviousId) -> PreviousRow {
        PreviousRow {
            kind: row.kind.code(),
            previous: row.previous.to_string(),
            current: row.current.to_string(),
            source: match row.source {
                IdSource::Record => "record",
                IdSource::History => "history",
            },
            start: row.start.map(|date| date.to_string()),
            end: row.end.map(|date| date.to_string()),
        }
    }

    fn line(&self) -> String {
        let days = match (&self.start, &self.end) {
            (Some(start), Some(end)) => format!(" from {start} to {end}"),
            (Some(start), None) => format!(" since {start}"),
            (None, Some(end)) => format!(" to {end}"),
            (None, None) => String::new(),
        };
        format!("{} was {}{days} ({})", self.current, self.previous, self.source)
    }
}

/// What an identifier leads to.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct CurrentCard {
    /// `one`, `several` or `none`.
    pub(crate) outcome: &'static str,
    pub(crate) things: Vec<Thing>,
    pub(crate) rows: Vec<PreviousRow>,
}

impl CurrentCard {
    pub(crate) fn of(dmd: Dmd<'_>, id: Sctid, on: Option<farr::Date>) -> CurrentCard {
        let current = match on {
            Some(date) => dmd.current_on(id, date),
            None => dmd.current(id),
        };
        CurrentCard {
            outcome: match current {
                Current::One(_) => "one",
                Current::Several(_) => "several",
                Current::None => "none",
            },
            things: current.ids().iter().map(|found| Thing::of(dmd, *found)).collect(),
            rows: dmd
                .previous_rows(id)
                .filter(|row| row.current != id)
                .chain(dmd.history_of(id).filter(|row| row.previous != id))
                .map(PreviousRow::of)
                .collect(),
        }
    }

    /// Whether it leads to anything else than the identifier itself.
    pub(crate) fn leads_elsewhere(&self, id: Sctid) -> bool {
        let own = id.to_string();
        self.things.iter().any(|thing| thing.id != own)
    }
}

/// Draws what an identifier leads to.
pub(crate) fn draw(sheet: &mut Sheet, card: &CurrentCard) {
    let palette = sheet.palette();
    match card.things.as_slice() {
        [] => {}
        [one] => sheet.labelled("Now", &one.line(), |text| palette.good(text)),
        several => {
            let text = "several: which was meant is not known";
            sheet.labelled("Now", text, |text| palette.warning(text));
            sheet.list("", several.iter().map(Thing::line));
        }
    }
    sheet.list("Ids through time", card.rows.iter().map(PreviousRow::line));
}
