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
        format!("{} {} {name}{invalid}", in_words(self.kind), self.id)
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

    /// Whether it says since when a thing has the identifier that it has now.
    fn is_own(&self) -> bool {
        self.previous == self.current
    }

    /// It in a line, on the card of an identifier.
    fn line(&self, asked: &str) -> String {
        let days = match (days(self.start.as_deref(), self.end.as_deref()), self.source) {
            (Some(days), _) => format!(" {days}"),
            (None, "record") => " by its record, which has no days".to_owned(),
            (None, _) => String::new(),
        };
        let (kind, current, previous) = (in_words(self.kind), &self.current, &self.previous);
        match (current == asked, self.is_own()) {
            (true, true) => format!("this id{days}"),
            (true, false) => format!("{previous}{days}"),
            (false, true) => format!("{kind} {current} has that id{days}"),
            (false, false) => format!("{kind} {current} had {previous}{days}"),
        }
    }

    fn is_same(&self, other: &PreviousRow) -> bool {
        (self.kind, &self.previous, &self.current) == (other.kind, &other.previous, &other.current)
    }
}

/// A kind of thing for reading: `VMP`, `unit of measure`.
fn in_words(kind: &str) -> String {
    match kind {
        "vtm" => "VTM".to_owned(),
        "vmp" => "VMP".to_owned(),
        kind => kind.replace('-', " "),
    }
}

/// The days on which something holds; `None` where neither end is known.
pub(super) fn days(start: Option<&str>, end: Option<&str>) -> Option<String> {
    Some(match (start, end) {
        (Some(start), Some(end)) => format!("from {start} to {end}"),
        (Some(start), None) => format!("since {start}"),
        (None, Some(end)) => format!("until {end}"),
        (None, None) => return None,
    })
}

/// All that an identifier leads to.
pub(crate) fn things(dmd: Dmd<'_>, current: &Current) -> Vec<Thing> {
    current.ids().iter().map(|found| Thing::of(dmd, *found)).collect()
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
        let mut rows: Vec<PreviousRow> = dmd
            .previous_rows(id)
            .chain(dmd.history_of(id).filter(|row| row.previous != id))
            .map(PreviousRow::of)
            .collect();
        // Through time; the form of a date sorts as the dates do.
        rows.sort_by(|one, other| (&one.start, &one.end).cmp(&(&other.start, &other.end)));
        CurrentCard {
            outcome: match current {
                Current::One(_) => "one",
                Current::Several(_) => "several",
                Current::None => "none",
            },
            things: things(dmd, &current),
            rows,
        }
    }

    /// Whether things are known to have had other identifiers than they have now.
    pub(crate) fn tells_of_others(&self) -> bool {
        self.rows.iter().any(|row| !row.is_own())
    }

    /// Whether it leads to what has the identifier itself now.
    pub(crate) fn leads_to(&self, id: Sctid) -> bool {
        let own = id.to_string();
        self.things.iter().any(|thing| thing.id == own)
    }
}

/// Draws what an identifier leads to, where that is several things, and which identifiers things
/// had before.
pub(crate) fn draw(sheet: &mut Sheet, card: &CurrentCard, asked: &str) {
    if card.things.len() > 1 {
        sheet.list("Leads to", card.things.iter().map(Thing::line));
    }
    // A record says no more than that; where the history file says the same it has the days too.
    let told = card.rows.iter().filter(|row| {
        let dated = |other: &PreviousRow| other.source == "history" && row.is_same(other);
        row.source != "record" || !card.rows.iter().any(dated)
    });
    sheet.list("Ids through time", told.map(|row| row.line(asked)));
}
