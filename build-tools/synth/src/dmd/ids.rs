//! Identifiers: those of concepts of the SNOMED CT release where there are enough, else new ones.
//!
//! Moieties are medicinal products there, virtual products and packs are clinical drugs, actual
//! products and packs any product, ingredients substances, and forms, routes, units and suppliers
//! qualifier values. The levels of dm+d do not follow the is-a of the release, and the names are
//! others than the terms: only the identifiers are shared.

use crate::random::Random;
use crate::sctid::{Component, UNITED_KINGDOM_DRUG, compose};
use crate::snomed::concepts::Concept;
use crate::snomed::content::Content;
use crate::snomed::kind::KindIndex;
use std::vec::IntoIter;

/// What an identifier is of. Each has a space of new identifiers to itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Space {
    Vtm = 0,
    Vmp,
    Vmpp,
    Amp,
    Ampp,
    Ingredient,
    Supplier,
    Form,
    Route,
    Unit,
    TradeFamily,
    TradeFamilyGroup,
    /// The previous identifiers of the things that have any: that many spaces follow.
    Previous,
}

/// Identifiers of one space.
const SPACE: u64 = 2_000_000;
/// All new identifiers. Their item numbers start beyond those of the SNOMED CT release.
const NEW: u64 = 60_000_000;
const FIRST_ITEM: u64 = 30_000_000;

/// An identifier that the SNOMED CT release does not have.
pub(crate) fn fresh(space: Space, number: u64) -> u64 {
    fresh_in(space as u64, number)
}

/// A previous identifier of a thing of a space.
pub(crate) fn fresh_previous(space: Space, number: u64) -> u64 {
    fresh_in(Space::Previous as u64 + space as u64, number)
}

fn fresh_in(space: u64, number: u64) -> u64 {
    // The factor has no divisor in common with the whole, so no two numbers meet.
    let item = FIRST_ITEM + (space * SPACE + number) * 7_654_321 % NEW;
    compose(item, Some(UNITED_KINGDOM_DRUG), Component::Concept)
}

/// Concepts of some kinds, active and inactive, in an order of their own.
#[derive(Debug)]
struct Pool {
    active: Vec<u64>,
    inactive: Vec<u64>,
}

impl Pool {
    fn of(content: &Content, purpose: &str, kinds: &[KindIndex]) -> Self {
        let concepts = &content.concepts;
        let shuffled = |ranges: Vec<std::ops::Range<Concept>>| {
            let mut ids: Vec<u64> =
                ranges.into_iter().flatten().map(|concept| concepts.id(concept)).collect();
            let mut random = Random::keyed(content.parameters.seed, purpose, ids.len() as u64);
            for at in (1..ids.len()).rev() {
                ids.swap(at, random.below(at + 1));
            }
            ids
        };
        let active = kinds.iter().map(|&kind| concepts.range(kind).active()).collect();
        let inactive = kinds
            .iter()
            .map(|&kind| concepts.range(kind))
            .map(|range| range.inactive..range.end)
            .collect();
        Self { active: shuffled(active), inactive: shuffled(inactive) }
    }

    /// Takes so many in a thousand of the pool away as a pool of its own.
    fn share(&mut self, per_thousand: usize) -> Self {
        let take =
            |from: &mut Vec<u64>| from.split_off(from.len() - from.len() * per_thousand / 1000);
        Self { active: take(&mut self.active), inactive: take(&mut self.inactive) }
    }
}

/// Hands out the identifiers of one level.
#[derive(Debug)]
pub(crate) struct Minter {
    seed: u64,
    space: Space,
    active: IntoIter<u64>,
    inactive: IntoIter<u64>,
    /// How many in a thousand are concepts of the release.
    known: usize,
    number: u64,
}

impl Minter {
    fn new(seed: u64, space: Space, pool: Pool, wanted: usize) -> Self {
        // Two in a hundred are newer than the drug extension.
        let known = (pool.active.len() * 1000 / wanted.max(1)).min(980);
        let (active, inactive) = (pool.active.into_iter(), pool.inactive.into_iter());
        Self { seed, space, active, inactive, known, number: 0 }
    }

    /// The identifier of the next.
    pub(crate) fn next(&mut self) -> u64 {
        let number = self.number;
        self.number += 1;
        let mut random = Random::keyed(self.seed, "dm+d identifier", fresh(self.space, number));
        let choice = match number {
            2 => None,
            3 => self.inactive.next(),
            _ if random.chance(4) => self.inactive.next(),
            _ if random.chance(self.known) => self.active.next(),
            _ => None,
        };
        choice.unwrap_or_else(|| fresh(self.space, number))
    }

    /// The inactive concepts that were not handed out, for previous identifiers.
    pub(crate) fn retired(self) -> Vec<u64> {
        self.inactive.collect()
    }
}

/// The identifiers of every level.
#[derive(Debug)]
pub(crate) struct Minters {
    pub(crate) vtm: Minter,
    pub(crate) vmp: Minter,
    pub(crate) vmpp: Minter,
    pub(crate) amp: Minter,
    pub(crate) ampp: Minter,
    pub(crate) ingredient: Minter,
    pub(crate) supplier: Minter,
    pub(crate) form: Minter,
    pub(crate) route: Minter,
    pub(crate) unit: Minter,
}

/// How many identifiers each level needs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    pub(crate) vtms: usize,
    pub(crate) vmps: usize,
    pub(crate) vmpps: usize,
    pub(crate) amps: usize,
    pub(crate) ampps: usize,
    pub(crate) ingredients: usize,
}

impl Minters {
    pub(crate) fn new(content: &Content, wanted: Wanted) -> Self {
        let seed = content.parameters.seed;
        let pool = |purpose, kinds: &[KindIndex]| Pool::of(content, purpose, kinds);
        let mut medicinal = pool("dm+d moieties", &[KindIndex::MEDICINAL_PRODUCT]);
        let mut clinical = pool("dm+d virtual", &[KindIndex::CLINICAL_DRUG]);
        let mut virtual_packs = clinical.share(500);
        let mut actual = pool(
            "dm+d actual",
            &[KindIndex::TRADE_PRODUCT, KindIndex::PRODUCT, KindIndex::PHYSICAL_OBJECT],
        );
        // What the virtual levels leave over are actual products.
        for (level, needed) in [
            (&mut medicinal, wanted.vtms),
            (&mut clinical, wanted.vmps),
            (&mut virtual_packs, wanted.vmpps),
        ] {
            if needed < level.active.len() {
                actual.active.extend(level.active.split_off(needed));
            }
        }
        let actual_packs = actual.share(350);
        let mut qualifiers = pool("dm+d codes", &[KindIndex::QUALIFIER]);
        let forms = qualifiers.share(250);
        let routes = qualifiers.share(200);
        let units = qualifiers.share(400);
        let substances = pool("dm+d ingredients", &[KindIndex::SUBSTANCE]);
        let minter = |space, pool, wanted| Minter::new(seed, space, pool, wanted);
        Self {
            vtm: minter(Space::Vtm, medicinal, wanted.vtms),
            vmp: minter(Space::Vmp, clinical, wanted.vmps),
            vmpp: minter(Space::Vmpp, virtual_packs, wanted.vmpps),
            amp: minter(Space::Amp, actual, wanted.amps),
            ampp: minter(Space::Ampp, actual_packs, wanted.ampps),
            ingredient: minter(Space::Ingredient, substances, wanted.ingredients),
            supplier: minter(Space::Supplier, qualifiers, 2_150),
            form: minter(Space::Form, forms, 192),
            route: minter(Space::Route, routes, 70),
            unit: minter(Space::Unit, units, 190),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_new_identifier_is_given_twice() {
        let spaces = 2 * Space::Previous as u64;
        assert!(spaces * SPACE <= NEW);
        let mut seen = HashSet::new();
        for space in 0..spaces {
            for number in (0..SPACE).step_by(997) {
                assert!(seen.insert(fresh_in(space, number)));
            }
        }
    }
}
