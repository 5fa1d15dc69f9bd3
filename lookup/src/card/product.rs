//! The card of a product of dm+d.

use farr::dmd::schema::{Link, TableId};
use farr::dmd::{
    Amp, Dmd, ElementValue, Level, Prescribability, Product, Record, Setting, Verdict,
    VirtualProductIngredient, Vmpp,
};
use farr::{Dialect, Snomed};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::concept::Named;

/// A product by level, id and name.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ProductName {
    pub(crate) level: &'static str,
    pub(crate) id: String,
    /// `None` where the release lacks the product.
    pub(crate) name: Option<String>,
    /// `None` where the release lacks the product.
    pub(crate) invalid: Option<bool>,
}

impl ProductName {
    pub(crate) fn of<'t>(product: impl Into<Product<'t>>) -> ProductName {
        let product = product.into();
        ProductName {
            level: product.level().name(),
            id: product.id().to_string(),
            name: Some(product.name().to_owned()),
            invalid: Some(product.is_invalid()),
        }
    }

    /// A product that is named, and that the release may lack.
    pub(super) fn known_or<'t>(
        product: Option<impl Into<Product<'t>>>,
        level: Level,
        id: Option<farr::Sctid>,
    ) -> Option<ProductName> {
        match (product, id) {
            (Some(product), _) => Some(ProductName::of(product)),
            (None, Some(id)) => Some(ProductName {
                level: level.name(),
                id: id.to_string(),
                name: None,
                invalid: None,
            }),
            (None, None) => None,
        }
    }
}

/// Whether it may be prescribed in a setting.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct PrescribingCard {
    pub(crate) setting: &'static str,
    pub(crate) verdict: &'static str,
    pub(crate) reasons: Vec<&'static str>,
    /// The verdict and all reasons, for reading.
    #[serde(skip)]
    pub(crate) words: String,
}

impl PrescribingCard {
    fn of(answer: Prescribability) -> PrescribingCard {
        PrescribingCard {
            setting: answer.setting().code(),
            verdict: answer.verdict().code(),
            reasons: answer.reasons().map(|reason| reason.code()).collect(),
            words: in_words(answer),
        }
    }
}

fn in_words(answer: Prescribability) -> String {
    let verdict = match answer.verdict() {
        Verdict::Prescribable => "may be prescribed",
        Verdict::WithCaution => "with caution",
        Verdict::NotRecommended => "not recommended",
        Verdict::Unknown => "not known: dm+d does not say",
        Verdict::NotPrescribable => "NOT to be prescribed",
    };
    let reasons: Vec<&str> = answer.reasons().map(|reason| reason.phrase()).collect();
    match reasons.as_slice() {
        [] => verdict.to_owned(),
        reasons => format!("{verdict} ({})", reasons.join("; ")),
    }
}

/// A product as a concept of SNOMED CT.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ProductConcept {
    /// Whether the opened release of SNOMED CT has it; `None` where none is open.
    pub(crate) in_snomed: Option<bool>,
    pub(crate) concept: Option<Named>,
    pub(crate) parents: Vec<Named>,
}

impl ProductConcept {
    /// Of a product that there is none of.
    pub(crate) fn unknown() -> ProductConcept {
        ProductConcept { in_snomed: None, concept: None, parents: Vec::new() }
    }

    pub(crate) fn of<'t>(
        product: Product<'t>,
        snomed: Option<Snomed<'t>>,
        dialect: Dialect,
    ) -> ProductConcept {
        let concept = snomed.and_then(|snomed| product.concept(snomed));
        let parents = concept.into_iter().flat_map(|concept| concept.parents());
        ProductConcept {
            in_snomed: snomed.map(|_| concept.is_some()),
            parents: parents.map(|parent| Named::of(parent, dialect)).collect(),
            concept: concept.map(|concept| Named::of(concept, dialect)),
        }
    }
}

/// What tells a product from others: where it stands, and whether it may be prescribed.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ProductSummary {
    pub(crate) level: &'static str,
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) invalid: bool,
    /// `None` for what is no AMPP.
    pub(crate) discontinued: Option<bool>,
    pub(crate) vtm: Option<ProductName>,
    pub(crate) vmp: Option<ProductName>,
    pub(crate) amp: Option<ProductName>,
    pub(crate) vmpp: Option<ProductName>,
    pub(crate) prescribing: Vec<PrescribingCard>,
    /// Of SNOMED CT.
    #[serde(flatten)]
    pub(crate) concept: ProductConcept,
}

impl ProductSummary {
    pub(crate) fn of<'t>(
        dmd: Dmd<'t>,
        product: Product<'t>,
        snomed: Option<Snomed<'t>>,
        dialect: Dialect,
    ) -> ProductSummary {
        let ampp = match product {
            Product::Ampp(ampp) => Some(ampp),
            _ => None,
        };
        ProductSummary {
            level: product.level().name(),
            id: product.id().to_string(),
            name: product.name().to_owned(),
            invalid: product.is_invalid(),
            discontinued: ampp.map(|ampp| ampp.is_discontinued()),
            vtm: vtm_of(product).filter(|_| product.level() != Level::Vtm),
            vmp: vmp_of(product).filter(|_| product.level() != Level::Vmp),
            amp: ampp.and_then(|ampp| ProductName::known_or(ampp.amp(), Level::Amp, ampp.amp_id())),
            vmpp: ampp
                .and_then(|ampp| ProductName::known_or(ampp.vmpp(), Level::Vmpp, ampp.vmpp_id())),
            prescribing: Setting::ALL
                .iter()
                .map(|setting| PrescribingCard::of(dmd.prescribable(product, *setting)))
                .collect(),
            concept: ProductConcept::of(product, snomed, dialect),
        }
    }
}

/// The VMP that a product is of, or itself, also where the release lacks it.
pub(super) fn vmp_of(product: Product<'_>) -> Option<ProductName> {
    let of_vmpp = |vmpp: Option<Vmpp<'_>>| vmpp.and_then(Vmpp::vmp_id);
    let id = match product {
        Product::Amp(amp) => amp.vmp_id(),
        Product::Vmpp(vmpp) => vmpp.vmp_id(),
        Product::Ampp(ampp) => ampp.amp().and_then(Amp::vmp_id).or_else(|| of_vmpp(ampp.vmpp())),
        Product::Vtm(_) | Product::Vmp(_) => None,
    };
    ProductName::known_or(product.vmp(), Level::Vmp, id)
}

/// The VTM that a product is of, or itself, also where the release lacks it.
pub(super) fn vtm_of(product: Product<'_>) -> Option<ProductName> {
    let id = product.vmp().and_then(|vmp| vmp.vtm_id());
    ProductName::known_or(product.vtm(), Level::Vtm, id)
}

/// Everything that is known of a product.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ProductCard {
    #[serde(flatten)]
    pub(crate) summary: ProductSummary,
    /// How many products of each level are below it; an object in JSON.
    #[serde(serialize_with = "as_object")]
    pub(crate) below: Vec<(&'static str, usize)>,
    /// All elements of its record, by the names that the files have; codes with their words.
    pub(crate) record: Value,
    /// The records that belong to it, by the names that the files have.
    pub(crate) parts: Value,
    /// What there is to say of it, for reading.
    #[serde(skip)]
    pub(crate) facts: Vec<(&'static str, String)>,
}

impl ProductCard {
    pub(crate) fn of<'t>(
        dmd: Dmd<'t>,
        product: Product<'t>,
        snomed: Option<Snomed<'t>>,
        dialect: Dialect,
    ) -> ProductCard {
        ProductCard {
            summary: ProductSummary::of(dmd, product, snomed, dialect),
            below: below(product),
            record: record(product.record()),
            parts: parts(dmd, product),
            facts: super::product_facts::facts(product),
        }
    }
}

fn as_object<S: Serializer>(
    counts: &[(&'static str, usize)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(counts.iter().copied())
}

/// How many products of each level are below one.
fn below(product: Product<'_>) -> Vec<(&'static str, usize)> {
    let mut counts = [0_usize; 5];
    let mut count = |level: Level, number: usize| {
        if let Some(count) = counts.get_mut(level as usize) {
            *count += number;
        }
    };
    let vmps: Vec<farr::dmd::Vmp<'_>> = match product {
        Product::Vtm(vtm) => {
            count(Level::Vmp, vtm.vmps().len());
            vtm.vmps().collect()
        }
        Product::Vmp(vmp) => vec![vmp],
        _ => Vec::new(),
    };
    for vmp in vmps {
        count(Level::Amp, vmp.amps().len());
        count(Level::Vmpp, vmp.vmpps().len());
        count(Level::Ampp, vmp.amps().map(|amp| amp.ampps().len()).sum());
    }
    match product {
        Product::Amp(amp) => count(Level::Ampp, amp.ampps().len()),
        Product::Vmpp(vmpp) => count(Level::Ampp, vmpp.ampps().len()),
        _ => {}
    }
    let named = Level::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0);
    named.map(|(level, count)| (level.name(), count)).collect()
}

/// A record by the names of its elements.
pub(crate) fn record(record: Record<'_>) -> Value {
    let elements = record.elements().map(|element| {
        let value = match element.value {
            ElementValue::Code(entry) => {
                json!({ "code": entry.code_text(), "text": entry.description() })
            }
            ElementValue::Flag(flag) => json!(flag),
            ElementValue::Integer(number) => json!(number),
            // Identifiers and numbers as published are strings: no digit is lost.
            other => json!(other.to_string()),
        };
        (element.name.to_owned(), value)
    });
    Value::Object(elements.collect())
}

/// The records that belong to a product, those of other products left out.
fn parts(dmd: Dmd<'_>, product: Product<'_>) -> Value {
    let mut parts = Map::new();
    for link in product.record().table().links {
        let Link::Rows(table) = *link else { continue };
        let is_product =
            matches!(table, TableId::Vmp | TableId::Amp | TableId::Vmpp | TableId::Ampp);
        let rows: Vec<Value> = match is_product {
            true => continue,
            false => product.record().linked(*link).map(record).collect(),
        };
        if !rows.is_empty() {
            let name = table.table().path.last().copied().unwrap_or_default();
            parts.insert(name.to_owned(), Value::Array(rows));
        }
    }
    let history: Vec<Value> = dmd
        .history_of(product.id())
        .map(|row| {
            json!({
                "IDPREVIOUS": row.previous.to_string(),
                "STARTDT": row.start.map(|date| date.to_string()),
                "ENDDT": row.end.map(|date| date.to_string()),
                "source": match row.source {
                    farr::dmd::IdSource::Record => "record",
                    farr::dmd::IdSource::History => "history",
                },
            })
        })
        .collect();
    if !history.is_empty() {
        parts.insert("HISTORY".to_owned(), Value::Array(history));
    }
    Value::Object(parts)
}

/// The strength of an ingredient, `6 mg / 2 ml`; `None` where it has none.
pub(crate) fn strength(ingredient: VirtualProductIngredient<'_>) -> Option<String> {
    let amount = |value: Option<farr::snomed::Decimal<'_>>,
                  units: Option<farr::dmd::LookupEntry<'_>>| {
        let value = value?.to_string();
        Some(match units {
            Some(units) => format!("{value} {units}"),
            None => value,
        })
    };
    let numerator = amount(ingredient.strength_numerator(), ingredient.strength_numerator_units())?;
    let denominator =
        amount(ingredient.strength_denominator(), ingredient.strength_denominator_units());
    Some(match denominator {
        Some(denominator) => format!("{numerator} / {denominator}"),
        None => numerator,
    })
}
