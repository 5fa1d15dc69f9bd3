//! Products of dm+d by the words of their names.

use farr::dmd::{Dmd, NameKind, Product, ProductHit, Setting};
use serde::Serialize;

use super::{Arguments, Hit, Refused, Results};
use crate::card::product::ProductName;
use crate::output::records::Record;
use crate::output::table::{Look, Table};

/// A product that was found.
#[derive(Debug, Serialize)]
pub(super) struct Found {
    query: String,
    #[serde(flatten)]
    product: ProductName,
    /// The name that matched.
    matched: String,
    /// `name`, `description`, `abbreviated` or `previous`.
    matched_name: &'static str,
    /// Its verdicts for prescribing, by setting.
    primary_care: &'static str,
    dose_based: &'static str,
    /// Whether words of the query were corrected to find it.
    corrected: bool,
}

impl Found {
    fn of(dmd: Dmd<'_>, query: &str, hit: &ProductHit<'_>, corrected: bool) -> Found {
        let product = hit.product();
        let verdict = |setting| dmd.prescribable(product, setting).verdict().code();
        Found {
            query: query.to_owned(),
            product: named(product),
            matched: hit.name().to_owned(),
            matched_name: match hit.name_kind() {
                NameKind::Name => "name",
                NameKind::Description => "description",
                NameKind::Abbreviated => "abbreviated",
                NameKind::Previous => "previous",
            },
            primary_care: verdict(Setting::PrimaryCare),
            dose_based: verdict(Setting::DoseBased),
            corrected,
        }
    }

    fn name(&self) -> String {
        self.product.name.clone().unwrap_or_default()
    }
}

/// A product by the name that tells it from others: that of an AMP has its supplier.
fn named(product: Product<'_>) -> ProductName {
    let mut name = ProductName::of(product);
    if let Product::Amp(amp) = product {
        name.name = Some(amp.description().to_owned());
    }
    name
}

impl Record for Found {
    const COLUMNS: &'static [&'static str] = &[
        "query",
        "level",
        "id",
        "name",
        "invalid",
        "matched",
        "matched_name",
        "primary_care",
        "dose_based",
        "corrected",
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            self.query.clone(),
            self.product.level.to_owned(),
            self.product.id.clone(),
            self.name(),
            self.product.invalid.map(|invalid| invalid.to_string()).unwrap_or_default(),
            self.matched.clone(),
            self.matched_name.to_owned(),
            self.primary_care.to_owned(),
            self.dose_based.to_owned(),
            self.corrected.to_string(),
        ]
    }

    fn code(&self) -> Option<String> {
        Some(self.product.id.clone())
    }
}

impl Hit for Found {
    // The name that matched only where it is not to be seen in the other one.
    fn table(found: &[Found]) -> Table {
        let matched = |hit: &Found| match hit.name().contains(&hit.matched) {
            true => String::new(),
            false => hit.matched.clone(),
        };
        let by_another = found.iter().any(|hit| !matched(hit).is_empty());
        let mut columns = vec![("level", Look::Short), ("id", Look::Id), ("name", Look::Term)];
        if by_another {
            columns.push(("matched name", Look::Term));
        }
        columns.push(("primary care", Look::Short));
        let is_corrected = found.iter().any(|hit| hit.corrected);
        if is_corrected {
            columns.push(super::CORRECTED);
        }
        let mut table = Table::new(&columns);
        for hit in found {
            let name = match hit.product.invalid {
                Some(true) => format!("{} INVALID", hit.name()),
                _ => hit.name(),
            };
            let mut row = vec![hit.product.level.to_owned(), hit.product.id.clone(), name];
            if by_another {
                row.push(matched(hit));
            }
            row.push(hit.primary_care.to_owned());
            if is_corrected {
                row.push(super::of_corrected_words(hit.corrected));
            }
            table.row(row);
        }
        table
    }
}

/// Searches for products.
pub(super) fn search(
    dmd: Dmd<'_>,
    query: &str,
    arguments: &Arguments,
) -> Result<Results<Found>, Refused> {
    let asked = &arguments.products;
    let mut search = dmd.search(query).limit(arguments.limit as usize).typos(arguments.typos);
    for level in &asked.level {
        search = search.level((*level).into());
    }
    if asked.invalid {
        search = search.include_invalid();
    }
    if asked.previous_names {
        search = search.include_previous_names();
    }
    if let Some(setting) = asked.prescribable {
        search = search.prescribable(setting.into());
    }
    let results = search.run();
    if results.had_no_words() {
        return Err(Refused::no_words(query));
    }
    if results.was_too_long() {
        return Err(Refused::too_long());
    }
    let corrected = results.is_corrected();
    let found: Vec<Found> =
        results.hits().iter().map(|hit| Found::of(dmd, query, hit, corrected)).collect();
    let corrected_to = corrected.then(|| results.corrections());
    let near = || search.typos(true).run().corrections().to_vec();
    let remark = arguments.remark(query, found.len(), corrected_to, near);
    Ok(Results { found, remark, has_more: results.has_more() })
}
