//! The lists whose codes are SNOMED CT identifiers: units, forms, routes and suppliers.

use super::forms::{FAMILIES, VARIANTS, form_name};
use super::ids::Minters;
use super::names;
use std::collections::{HashMap, HashSet};

/// Units with the identifiers that everybody knows them by.
const KNOWN_UNITS: &[(u64, &str)] = &[
    (258_684_004, "mg"),
    (258_682_000, "gram"),
    (258_685_003, "microgram"),
    (258_773_002, "ml"),
    (258_666_001, "unit"),
    (428_673_006, "tablet"),
    (428_641_000, "capsule"),
];
const UNITS: &[&str] = &[
    "dose",
    "ampoule",
    "vial",
    "sachet",
    "patch",
    "suppository",
    "pessary",
    "lozenge",
    "bag",
    "unit dose",
    "pre-filled disposable injection",
    "device",
    "dressing",
    "litre",
    "kg",
    "cm",
    "mmol",
    "nanogram",
    "bottle",
    "kit",
    "pack",
    "component",
];
const ROUTES: &[&str] = &[
    "Oral",
    "Gastroenteral",
    "Sublingual",
    "Cutaneous",
    "Nasal",
    "Dental",
    "Scalp",
    "Inhalation",
    "Ocular",
    "Intraocular",
    "Auricular",
    "Intravenous",
    "Intramuscular",
    "Subcutaneous",
    "Intravitreal",
    "Intraperitoneal",
    "Epidural",
    "Rectal",
    "Vaginal",
    "Transdermal",
    "Oromucosal",
];

const UNIT_COUNT: usize = 190;
const ROUTE_COUNT: usize = 70;

/// A code and what it means.
#[derive(Debug)]
pub(crate) struct Code {
    pub(crate) id: u64,
    pub(crate) name: String,
}

/// The four lists.
#[derive(Debug)]
pub(crate) struct Codes {
    pub(crate) units: Vec<Code>,
    pub(crate) forms: Vec<Code>,
    pub(crate) routes: Vec<Code>,
    pub(crate) suppliers: Vec<Code>,
    /// The forms of the ontology: form and route. Their codes number them from 1, leaving out one.
    pub(crate) form_routes: Vec<String>,
    unit_of: HashMap<&'static str, u64>,
    route_of: HashMap<&'static str, u64>,
    /// The first of the forms of the ontology of each family.
    first_form_route: Vec<usize>,
}

impl Codes {
    pub(crate) fn new(seed: u64, suppliers: usize, minters: &mut Minters) -> Self {
        let mut units: Vec<Code> =
            KNOWN_UNITS.iter().map(|&(id, name)| Code { id, name: name.to_owned() }).collect();
        let known: HashSet<&str> = KNOWN_UNITS.iter().map(|&(_, name)| name).collect();
        let mut unit_names: Vec<String> = UNITS.iter().map(|&name| name.to_owned()).collect();
        for numerator in ["mg", "gram", "microgram", "nanogram", "unit", "mmol"] {
            for denominator in ["ml", "gram", "dose", "hour", "litre", "tablet", "square cm"] {
                unit_names.push(format!("{numerator}/{denominator}"));
            }
        }
        let left = UNIT_COUNT - units.len() - unit_names.len();
        unit_names.extend(names::distinct(seed, "dm+d unit", left, |_, random| {
            format!("{} unit", names::word(random))
        }));
        units.extend(unit_names.into_iter().map(|name| Code { id: minters.unit.next(), name }));
        let mut route_names: Vec<String> = ROUTES.iter().map(|&name| name.to_owned()).collect();
        let left = ROUTE_COUNT - route_names.len();
        route_names.extend(names::distinct(seed, "dm+d route", left, |_, random| {
            format!("Intra{}al", names::word(random).to_lowercase())
        }));
        let routes: Vec<Code> =
            route_names.into_iter().map(|name| Code { id: minters.route.next(), name }).collect();
        let forms = (0..FAMILIES.len() * VARIANTS.len())
            .map(|at| Code {
                id: minters.form.next(),
                name: form_name(at / VARIANTS.len(), at % VARIANTS.len()),
            })
            .collect();
        let suppliers = names::suppliers(seed, suppliers)
            .into_iter()
            .map(|name| Code { id: minters.supplier.next(), name })
            .collect();
        let mut form_routes = Vec::new();
        let mut first_form_route = Vec::new();
        let joined = |text: &str| text.to_lowercase().replace(' ', "");
        for (family, of) in FAMILIES.iter().enumerate() {
            first_form_route.push(form_routes.len());
            for variant in 0..VARIANTS.len() {
                for route in of.routes {
                    let form = joined(&form_name(family, variant));
                    form_routes.push(format!("{form}.{}", joined(route)));
                }
            }
        }
        let mut codes = Self {
            units,
            forms,
            routes,
            suppliers,
            form_routes,
            unit_of: HashMap::new(),
            route_of: HashMap::new(),
            first_form_route,
        };
        for &name in known.iter().chain(UNITS) {
            let unit = codes.units.iter().find(|unit| unit.name == name);
            codes.unit_of.extend(unit.map(|unit| (name, unit.id)));
        }
        for &name in ROUTES {
            let route = codes.routes.iter().find(|route| route.name == name);
            codes.route_of.extend(route.map(|route| (name, route.id)));
        }
        codes
    }

    /// The identifier of a unit that products are measured in.
    pub(crate) fn unit(&self, name: &str) -> u64 {
        self.unit_of[name]
    }

    /// The identifier of a route of a family.
    pub(crate) fn route(&self, name: &str) -> u64 {
        self.route_of[name]
    }

    /// The identifier of a variant of the form of a family.
    pub(crate) fn form(&self, family: usize, variant: usize) -> u64 {
        self.forms[family * VARIANTS.len() + variant].id
    }

    /// The code of a form of the ontology: that of a variant, given by a route of its family.
    pub(crate) fn form_route(&self, family: usize, variant: usize, route: usize) -> u16 {
        let routes = FAMILIES[family].routes.len();
        form_route_code(self.first_form_route[family] + variant * routes + route)
    }
}

/// The code of a place in the list of the forms of the ontology.
pub(crate) fn form_route_code(at: usize) -> u16 {
    // The real list leaves a number out too.
    at as u16 + if at < 19 { 1 } else { 2 }
}
