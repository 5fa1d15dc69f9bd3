//! What is planted in dm+d.

use super::dmd_survey::Products;
use super::expected::Expected;
use crate::random::keyed_hash;
use crate::sctid::{Component, UNITED_KINGDOM_DRUG, compose};
use std::collections::{BTreeMap, HashMap, HashSet};

const DMD: &str = "dmd";
/// The first item number of new products: the generator itself stays below, and SNOMED CT further
/// below.
const FIRST_ITEM: u64 = 98_500_000;
/// The settings in which a product may be prescribed or not.
const SETTINGS: [&str; 2] = ["primary-care", "dose-based"];

/// Another value for an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Is(String),
    /// The value of another element before.
    Was(&'static str),
    /// The value before, with something behind it.
    Longer(&'static str),
    /// None: the element is no more.
    None,
}

/// What becomes of a barcode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Barcode {
    Added(u64),
    Ended,
    Removed,
    /// Its pack is no more, and that says it.
    Gone,
}

/// All changes to dm+d.
#[derive(Debug, Default)]
pub(super) struct DmdPlan {
    /// By record and the identifier of the product.
    pub(super) edits: HashMap<(&'static str, u64), Vec<(&'static str, Value)>>,
    /// The identifiers of products that another is made after.
    pub(super) copies: HashMap<u64, u64>,
    /// Other identifiers of virtual products.
    pub(super) renumbered: HashMap<u64, u64>,
    /// The identifiers of packs that are no more.
    pub(super) removed: HashSet<u64>,
    /// What is to become of the barcode of a pack.
    pub(super) barcodes: BTreeMap<u64, Barcode>,
    pub(super) expected: Vec<Expected>,
    taken: HashSet<u64>,
    minted: u64,
}

impl DmdPlan {
    fn mint(&mut self) -> u64 {
        self.minted += 1;
        let item = FIRST_ITEM + self.minted;
        compose(item, Some(UNITED_KINGDOM_DRUG), Component::Concept)
    }

    fn told(&mut self, kind: &'static str, of: u64, components: &[&str]) {
        for component in components {
            self.expected.push(Expected::new(kind, DMD, of.to_string()).of(*component));
        }
    }

    fn edit(&mut self, record: &'static str, of: u64, element: &'static str, value: Value) {
        self.edits.entry((record, of)).or_default().push((element, value));
    }

    /// Draws virtual products that nothing has happened to yet, and which will do.
    fn vmps(
        &mut self,
        products: &Products,
        by: (&str, u64, usize),
        plant: impl FnMut(&mut Self, u64) -> bool,
    ) {
        self.draw(products.vmps.keys().copied(), Some, by, plant);
    }

    /// Draws actual packs, each of a virtual product of its own.
    fn packs(
        &mut self,
        products: &Products,
        by: (&str, u64, usize),
        plant: impl FnMut(&mut Self, u64) -> bool,
    ) {
        self.draw(products.ampps.keys().copied(), |pack| products.vmp_of(pack), by, plant);
    }

    fn draw(
        &mut self,
        from: impl Iterator<Item = u64>,
        vmp_of: impl Fn(u64) -> Option<u64>,
        (purpose, seed, most): (&str, u64, usize),
        mut plant: impl FnMut(&mut Self, u64) -> bool,
    ) {
        let mut drawn: Vec<u64> = from.collect();
        drawn.sort_by_cached_key(|&id| keyed_hash(seed, purpose, id));
        let mut planted = 0;
        for id in drawn {
            if planted == most {
                break;
            }
            let vmp = vmp_of(id);
            if vmp.is_some_and(|vmp| !self.taken.contains(&vmp)) && plant(self, id) {
                self.taken.extend(vmp);
                planted += 1;
            }
        }
    }
}

impl Products {
    /// The virtual product of an actual pack, where both ways lead to the same.
    fn vmp_of(&self, pack: u64) -> Option<u64> {
        let pack = self.ampps.get(&pack)?;
        let by_pack = self.vmpps.get(&pack.vmpp)?;
        self.amps.get(&pack.amp).filter(|by_amp| *by_amp == by_pack).copied()
    }
}

/// Decides on all changes. `date` is as XML writes it, and `barcodes` the packs with one that has
/// not ended.
pub(super) fn plan(
    products: &Products,
    barcodes: &HashSet<u64>,
    (seed, changes): (u64, usize),
    (date, history): (&str, bool),
) -> DmdPlan {
    let mut plan = DmdPlan::default();
    let day = || Value::Is(date.to_owned());
    let code = |code: &str| Value::Is(code.to_owned());
    let mut of_amp: HashMap<u64, u32> = HashMap::new();
    for pack in products.ampps.values().filter(|pack| !pack.invalid && !pack.discontinued) {
        *of_amp.entry(pack.amp).or_default() += 1;
    }
    // Packs in the order of the first: the pack that a new product is made after.
    let mut first_pack: BTreeMap<u64, u64> = BTreeMap::new();
    for &pack in products.ampps.keys() {
        if let Some(vmp) = products.vmp_of(pack).filter(|_| !products.combined.contains(&pack)) {
            first_pack.entry(vmp).or_insert(pack);
        }
    }
    plan.vmps(products, ("new products", seed, changes), |plan, vmp| {
        let Some(pack) = first_pack.get(&vmp) else { return false };
        let (pack, of) = (*pack, products.ampps[pack]);
        if !products.vmps[&vmp].plain || products.combined.contains(&of.vmpp) {
            return false;
        }
        for (level, id) in [("VMP", vmp), ("VMPP", of.vmpp), ("AMP", of.amp), ("AMPP", pack)] {
            let new = plan.mint();
            plan.copies.insert(id, new);
            plan.told("product-added", new, &[level]);
        }
        true
    });
    plan.vmps(products, ("other ids", seed, changes), |plan, vmp| {
        let since = products.since.get(&vmp).map_or("", String::as_str);
        let of = products.vmps[&vmp];
        let unsuited = of.renumbered || products.previous.contains(&vmp) || !of.plain;
        if unsuited || (history && since.is_empty()) {
            return false;
        }
        let new = plan.mint();
        plan.renumbered.insert(vmp, new);
        plan.edit("VMP", vmp, "VPIDPREV", Value::Is(vmp.to_string()));
        plan.edit("VMP", vmp, "VPIDDT", day());
        let of =
            |kind, code: u64, component| Expected::new(kind, DMD, code.to_string()).of(component);
        plan.expected.push(of("product-id-changed", vmp, "VMP").with("successor", new));
        plan.told("republished", vmp, &["VPIDDT"]);
        if history {
            let component = "HISTORY/VMP";
            plan.expected.push(of("record-removed", vmp, component));
            plan.expected.push(of("record-added", vmp, component).with("successor", new));
            plan.expected.push(of("record-added", new, component));
        }
        true
    });
    plan.vmps(products, ("invalid", seed, changes), |plan, vmp| {
        let plain = products.vmps[&vmp].plain;
        if plain {
            plan.edit("VMP", vmp, "INVALID", code("1"));
            plan.told("product-invalidated", vmp, &["INVALID"]);
            plan.told("prescribing-status-changed", vmp, &SETTINGS);
        }
        plain
    });
    plan.vmps(products, ("prescribing", seed, changes), |plan, vmp| {
        let plain = products.vmps[&vmp].plain;
        if plain {
            plan.edit("VMP", vmp, "PRES_STATCD", code("0005"));
            plan.told("prescribing-status-changed", vmp, &["PRES_STATCD"]);
            plan.told("prescribing-status-changed", vmp, &SETTINGS);
        }
        plain
    });
    plan.vmps(products, ("names", seed, changes), |plan, vmp| {
        let abbreviated = products.vmps[&vmp].abbreviated;
        if !abbreviated {
            plan.edit("VMP", vmp, "NMPREV", Value::Was("NM"));
            plan.edit("VMP", vmp, "NM", Value::Longer(" by its new name"));
            plan.edit("VMP", vmp, "NMDT", day());
            plan.told("product-renamed", vmp, &["NM"]);
            plan.told("republished", vmp, &["NMDT"]);
        }
        !abbreviated
    });
    plan.packs(products, ("discontinued", seed, changes), |plan, pack| {
        let of = products.ampps[&pack];
        let others = of_amp.get(&of.amp).is_some_and(|&packs| packs > 1);
        let suited = others && !of.invalid && !of.discontinued;
        if suited {
            plan.edit("AMPP", pack, "DISCCD", code("0001"));
            plan.edit("AMPP", pack, "DISCDT", day());
            plan.told("availability-changed", pack, &["DISCCD", "DISCDT"]);
        }
        suited
    });
    plan.packs(products, ("prices", seed, changes), |plan, pack| {
        let Some(price) = products.ampps[&pack].price else { return false };
        plan.edit("PRICE_INFO", pack, "PRICE_PREV", Value::Was("PRICE"));
        plan.edit("PRICE_INFO", pack, "PRICE", Value::Is((price + 25).to_string()));
        plan.edit("PRICE_INFO", pack, "PRICEDT", day());
        plan.told("price-changed", pack, &["PRICE_INFO/PRICE"]);
        plan.told("republished", pack, &["PRICE_INFO/PRICEDT"]);
        true
    });
    plan.packs(products, ("legal categories", seed, changes), |plan, pack| {
        let now = match products.ampps[&pack].legal_category {
            0 => return false,
            3 => "0002",
            _ => "0003",
        };
        plan.edit("AMPP", pack, "LEGAL_CATCD", code(now));
        plan.told("product-changed", pack, &["LEGAL_CATCD"]);
        true
    });
    plan.kinds_of_few_places(products, barcodes, &of_amp, (seed, changes));
    if !barcodes.is_empty() {
        plan.packs(products, ("new barcodes", seed, changes), |plan, pack| {
            // Under the prefix that is kept for examples, where the generator's end with 0 to 8.
            let digits = format!("952{:09}", 990_000_000 + plan.barcodes.len());
            let gtin = format!("{digits}{}", check_digit(&digits));
            plan.barcodes.insert(pack, Barcode::Added(gtin.parse().unwrap_or(0)));
            plan.told("gtin-added", pack, &[&gtin]);
            true
        });
        plan.packs(products, ("barcodes no more", seed, changes), |plan, pack| {
            let has = barcodes.contains(&pack);
            if has {
                let end = if pack / 10 % 2 == 0 { Barcode::Ended } else { Barcode::Removed };
                plan.barcodes.insert(pack, end);
            }
            has
        });
    }
    plan
}

impl DmdPlan {
    /// What only some packs are suited for: to be gone with nothing left that refers to them or is judged by
    /// them, and to be valid again. Of an ingredient, which no product names in words, its name.
    fn kinds_of_few_places(
        &mut self,
        products: &Products,
        barcodes: &HashSet<u64>,
        of_amp: &HashMap<u64, u32>,
        (seed, changes): (u64, usize),
    ) {
        let judged: HashSet<u64> =
            products.ampps.values().filter(|pack| pack.prescribed).map(|pack| pack.amp).collect();
        self.packs(products, ("packs no more", seed, changes), |plan, pack| {
            let of = products.ampps[&pack];
            let counts = u32::from(!of.invalid && !of.discontinued);
            let others = of_amp.get(&of.amp).is_some_and(|&packs| packs > counts);
            // Of all its barcodes it has one, which no other pack ever had.
            let is_alone = barcodes.is_empty() || barcodes.contains(&pack);
            let held = products.combined.contains(&pack);
            if !others || !is_alone || held || judged.contains(&of.amp) {
                return false;
            }
            plan.removed.insert(pack);
            plan.barcodes.insert(pack, Barcode::Gone);
            plan.told("product-removed", pack, &["AMPP"]);
            true
        });
        let mut drawn: Vec<(u64, u64)> =
            products.invalid_vmpps.iter().map(|(vmpp, vmp)| (*vmpp, *vmp)).collect();
        drawn.retain(|(_, vmp)| !self.taken.contains(vmp));
        drawn.sort_by_cached_key(|&(vmpp, _)| keyed_hash(seed, "valid again", vmpp));
        for (vmpp, vmp) in drawn.into_iter().take(changes) {
            self.edit("VMPP", vmpp, "INVALID", Value::None);
            self.told("product-revalidated", vmpp, &["INVALID"]);
            self.taken.insert(vmp);
        }
        let mut drawn: Vec<u64> = products.ingredients.iter().copied().collect();
        drawn.sort_by_cached_key(|&ingredient| keyed_hash(seed, "ingredients", ingredient));
        for ingredient in drawn.into_iter().take(changes) {
            self.edit("ING", ingredient, "NM", Value::Longer(" by its new name"));
            self.told("record-changed", ingredient, &["ING/NM"]);
        }
    }

    /// A barcode leads to a pack no longer.
    pub(super) fn barcode_gone(&mut self, pack: u64, gtin: &str) {
        self.told("gtin-removed", pack, &[gtin]);
    }
}

/// The check digit of a GTIN.
fn check_digit(digits: &str) -> u32 {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, digit)| u32::from(digit - b'0') * if place % 2 == 0 { 3 } else { 1 })
        .sum();
    (10 - sum % 10) % 10
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_known_barcode_has_its_check_digit() {
        assert_eq!(super::check_digit("952002900000"), 9);
        assert_eq!(super::check_digit("952000100000"), 3);
    }
}
