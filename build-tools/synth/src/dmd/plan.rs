//! The products of a release: how many there are at each level, and which belongs to which.

use super::codes::Codes;
use super::day::Day;
use super::forms::{FAMILIES, STRENGTHS};
use super::ids::{Minters, Space, Wanted, fresh};
use super::names;
use crate::random::Random;
use crate::snomed::content::Content;
use std::collections::HashSet;
use std::ops::Range;

/// A substance.
#[derive(Debug)]
pub(crate) struct Ingredient {
    pub(crate) id: u64,
    pub(crate) name: String,
}

/// A virtual therapeutic moiety.
#[derive(Debug)]
pub(crate) struct Vtm {
    pub(crate) id: u64,
    pub(crate) ingredients: Vec<usize>,
    /// The trade families its products are sold under.
    pub(crate) brands: Range<usize>,
    /// How many families of dosage forms it comes in.
    pub(crate) families: usize,
}

/// What a virtual medicinal product is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum VmpKind {
    /// A medicine; the ordinal numbers those of its moiety.
    Medicine { vtm: usize, ordinal: usize },
    /// An appliance, which has no moiety.
    Appliance { number: usize },
    /// Two medicines, which are the virtual products that follow.
    Combination,
}

/// The part a product has in a combination, as the codes of the lists have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Alone,
    Whole,
    Component,
}

impl Role {
    pub(crate) fn code(self) -> Option<u16> {
        match self {
            Self::Alone => None,
            Self::Whole => Some(1),
            Self::Component => Some(2),
        }
    }
}

/// A virtual medicinal product.
#[derive(Debug)]
pub(crate) struct Vmp {
    pub(crate) id: u64,
    pub(crate) kind: VmpKind,
    pub(crate) role: Role,
    pub(crate) packs: Range<usize>,
}

/// A virtual medicinal product pack; the ordinal numbers those of its product.
#[derive(Debug)]
pub(crate) struct Vmpp {
    pub(crate) id: u64,
    pub(crate) vmp: usize,
    pub(crate) ordinal: usize,
}

/// An actual medicinal product.
#[derive(Debug)]
pub(crate) struct Amp {
    pub(crate) id: u64,
    pub(crate) vmp: usize,
    pub(crate) supplier: usize,
    /// The trade family it is sold under; it has the generic name where there is none.
    pub(crate) brand: Option<usize>,
    pub(crate) parallel_import: bool,
}

/// An actual medicinal product pack.
#[derive(Debug)]
pub(crate) struct Ampp {
    pub(crate) id: u64,
    pub(crate) amp: usize,
    pub(crate) vmpp: usize,
    /// Which of the packs that differ only in what is within.
    pub(crate) sub_pack: usize,
    /// The place among the packs of its supplier.
    pub(crate) ordinal: usize,
}

/// A trade family.
#[derive(Debug)]
pub(crate) struct Brand {
    pub(crate) id: u64,
    pub(crate) name: String,
    /// The group it belongs to.
    pub(crate) group: Option<usize>,
}

/// Inactive concepts of the SNOMED CT release, to be previous identifiers.
#[derive(Debug)]
pub(crate) struct Retired {
    pub(crate) vtms: Vec<u64>,
    pub(crate) vmps: Vec<u64>,
    pub(crate) ingredients: Vec<u64>,
}

/// All products of a release. What else is said of them is a function of their place here.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    /// The day of the release.
    pub(crate) today: Day,
    /// The first day that anything is said to have happened.
    pub(crate) first_day: Day,
    pub(crate) ingredients: Vec<Ingredient>,
    pub(crate) vtms: Vec<Vtm>,
    pub(crate) vmps: Vec<Vmp>,
    pub(crate) vmpps: Vec<Vmpp>,
    pub(crate) amps: Vec<Amp>,
    pub(crate) ampps: Vec<Ampp>,
    pub(crate) brands: Vec<Brand>,
    pub(crate) groups: Vec<String>,
    /// Combination packs and what they hold.
    pub(crate) combined_vmpps: Vec<(usize, usize)>,
    pub(crate) combined_ampps: Vec<(usize, usize)>,
    pub(crate) codes: Codes,
    pub(crate) retired: Retired,
}

impl Plan {
    pub(crate) fn new(content: &Content) -> Self {
        let parameters = &content.parameters;
        let seed = parameters.seed;
        let wanted = Wanted {
            vtms: parameters.scaled(3_300, 24),
            vmps: parameters.scaled(25_000, 60),
            vmpps: parameters.scaled(40_000, 100),
            amps: parameters.scaled(170_000, 400),
            ampps: parameters.scaled(220_000, 520),
            ingredients: parameters.scaled(5_000, 120),
        };
        let mut minters = Minters::new(content, wanted);
        let codes = Codes::new(seed, parameters.rooted(2_150, 60), &mut minters);
        let ingredients: Vec<Ingredient> = names::ingredients(seed, wanted.ingredients)
            .into_iter()
            .map(|name| Ingredient { id: minters.ingredient.next(), name })
            .collect();
        let mut plan = Self {
            seed,
            today: Day::of_release(parameters.date),
            first_day: Day::new(2004, 11, 1),
            ingredients,
            vtms: Vec::with_capacity(wanted.vtms),
            vmps: Vec::with_capacity(wanted.vmps),
            vmpps: Vec::with_capacity(wanted.vmpps),
            amps: Vec::with_capacity(wanted.amps),
            ampps: Vec::with_capacity(wanted.ampps),
            brands: Vec::new(),
            groups: Vec::new(),
            combined_vmpps: Vec::new(),
            combined_ampps: Vec::new(),
            codes,
            retired: Retired { vtms: Vec::new(), vmps: Vec::new(), ingredients: Vec::new() },
        };
        let combinations = parameters.scaled(150, 2);
        plan.moieties(wanted.vtms, &mut minters);
        plan.virtual_products(wanted.vmps, combinations, &mut minters);
        plan.virtual_packs(wanted.vmpps, &mut minters);
        plan.actual_products(wanted.amps, &mut minters);
        plan.actual_packs(wanted.ampps, &mut minters);
        plan.combine();
        plan.retired = Retired {
            vtms: minters.vtm.retired(),
            vmps: minters.vmp.retired(),
            ingredients: minters.ingredient.retired(),
        };
        plan
    }

    fn moieties(&mut self, count: usize, minters: &mut Minters) {
        // The base substances; every fourth ingredient is a salt of one.
        let bases: Vec<usize> = (0..self.ingredients.len()).filter(|at| at % 4 != 3).collect();
        let mut combined: HashSet<Vec<usize>> = HashSet::new();
        let mut single = 0;
        let mut brands = 0;
        for index in 0..count {
            let mut random = self.random("vtm", index);
            let many = match index {
                4..=6 => index - 2,
                _ => 1 + random.weighted(&[840, 120, 25, 15]),
            };
            let mut ingredients = Vec::new();
            if many == 1 {
                ingredients.push(bases[single % bases.len()]);
                single += 1;
            }
            while ingredients.len() < many {
                let at = bases[random.below(bases.len())];
                if !ingredients.contains(&at) {
                    ingredients.push(at);
                }
                if ingredients.len() == many && !combined.insert(ingredients.clone()) {
                    ingredients.clear();
                }
            }
            let sold = if index == 0 { 2 } else { random.weighted(&[250, 420, 220, 110]) };
            let families = 1 + random.weighted(&[450, 250, 150, 80, 50, 20]);
            let brands_of = brands..brands + sold;
            brands += sold;
            let id = minters.vtm.next();
            self.vtms.push(Vtm { id, ingredients, brands: brands_of, families });
        }
        let groups = brands / 8 + 2;
        self.groups = names::distinct(self.seed, "dm+d trade family group", groups, |_, random| {
            format!("{} range", names::word(random))
        });
        let words = names::distinct(self.seed, "dm+d trade family", brands, |number, random| {
            let word = names::word(random);
            match (number, random.below(12)) {
                (1, _) | (_, 0) => format!("{word}-D\"or"),
                (_, 1) => format!("{word} & Go"),
                (_, 2) => format!("{word} XL"),
                _ => word,
            }
        });
        for (number, name) in words.into_iter().enumerate() {
            let group = self.random("trade family group", number).below(groups * 2);
            let group = (group < groups).then_some(group);
            let id = fresh(Space::TradeFamily, number as u64);
            self.brands.push(Brand { id, name, group });
        }
    }

    fn virtual_products(&mut self, count: usize, combinations: usize, minters: &mut Minters) {
        let appliances = count * 8 / 100;
        let vtms = self.vtms.len();
        let medicines = count - appliances - 3 * combinations;
        let weights: Vec<usize> = (0..vtms)
            .map(|vtm| 1 << self.random("vmps of vtm", vtm).weighted(&[300, 250, 200, 130, 80, 40]))
            .collect();
        let mut counts = shares(medicines - vtms, &weights);
        counts.iter_mut().for_each(|count| *count += 1);
        let mut kinds = Vec::with_capacity(count);
        for (vtm, &of) in counts.iter().enumerate() {
            kinds.extend((0..of).map(|ordinal| (VmpKind::Medicine { vtm, ordinal }, Role::Alone)));
        }
        kinds.extend((0..appliances).map(|number| (VmpKind::Appliance { number }, Role::Alone)));
        for number in 0..combinations {
            kinds.push((VmpKind::Combination, Role::Whole));
            for half in 0..2 {
                let vtm = (number * 2 + half) % vtms;
                let ordinal = counts[vtm];
                counts[vtm] += 1;
                kinds.push((VmpKind::Medicine { vtm, ordinal }, Role::Component));
            }
        }
        for (vtm, &of) in self.vtms.iter_mut().zip(&counts) {
            // Each family has so many strengths.
            vtm.families = vtm.families.max(of.div_ceil(STRENGTHS.len())).min(FAMILIES.len());
        }
        self.vmps = kinds
            .into_iter()
            .map(|(kind, role)| Vmp { id: minters.vmp.next(), kind, role, packs: 0..0 })
            .collect();
    }

    fn virtual_packs(&mut self, count: usize, minters: &mut Minters) {
        let single = |plan: &Self, vmp: usize| plan.vmps[vmp].role != Role::Alone;
        let weights: Vec<usize> = (0..self.vmps.len())
            .map(|vmp| match single(self, vmp) || self.is_unavailable(vmp) {
                true => 0,
                false => self.random("vmpps of vmp", vmp).weighted(&[400, 300, 150, 100, 50]),
            })
            .collect();
        let counts = shares(count.saturating_sub(self.vmps.len()), &weights);
        for (vmp, &more) in counts.iter().enumerate() {
            let first = self.vmpps.len();
            let most = self.pack_sizes(vmp).len();
            for ordinal in 0..(1 + more).min(most) {
                self.vmpps.push(Vmpp { id: minters.vmpp.next(), vmp, ordinal });
            }
            self.vmps[vmp].packs = first..self.vmpps.len();
        }
    }

    fn actual_products(&mut self, count: usize, minters: &mut Minters) {
        let fixed = |role| if role == Role::Alone { 1 } else { 2 };
        let least: Vec<usize> = (0..self.vmps.len())
            .map(|vmp| if self.is_unavailable(vmp) { 0 } else { fixed(self.vmps[vmp].role) })
            .collect();
        let weights: Vec<usize> = (0..self.vmps.len())
            .map(|vmp| match (least[vmp], self.vmps[vmp].role) {
                (0, _) | (_, Role::Whole | Role::Component) => 0,
                _ => 1 << self.random("amps of vmp", vmp).weighted(&[300, 250, 200, 130, 80, 40]),
            })
            .collect();
        let more = shares(count.saturating_sub(least.iter().sum()), &weights);
        let suppliers = self.codes.suppliers.len();
        let mut whole = 0;
        for vmp in 0..self.vmps.len() {
            let Vmp { kind, role, .. } = self.vmps[vmp];
            whole += usize::from(role == Role::Whole);
            let brands = match kind {
                VmpKind::Medicine { vtm, .. } if role == Role::Alone => {
                    self.vtms[vtm].brands.clone()
                }
                _ => 0..0,
            };
            let mut taken = HashSet::new();
            for ordinal in 0..least[vmp] + more[vmp] {
                let mut random = self.random("amp", self.amps.len());
                let mut supplier = match role {
                    Role::Alone => random.zipf(suppliers),
                    // The parts of a combination are sold by one.
                    _ => (whole * 2 + ordinal) % suppliers,
                };
                while taken.len() < suppliers && !taken.insert(supplier) {
                    supplier = (supplier + 1) % suppliers;
                }
                let parallel_import = role == Role::Alone && ordinal > 0 && random.chance(60);
                let brand = match parallel_import {
                    true => brands.clone().next(),
                    false => brands.clone().nth(ordinal),
                };
                let id = minters.amp.next();
                self.amps.push(Amp { id, vmp, supplier, brand, parallel_import });
            }
        }
    }

    fn actual_packs(&mut self, count: usize, minters: &mut Minters) {
        let weights: Vec<usize> = (0..self.amps.len())
            .map(|amp| match self.vmps[self.amps[amp].vmp].role {
                Role::Alone => self.random("ampps of amp", amp).weighted(&[700, 180, 80, 40]),
                _ => 0,
            })
            .collect();
        let more = shares(count.saturating_sub(self.amps.len()), &weights);
        let mut ordinals = vec![0; self.codes.suppliers.len()];
        for (amp, &more) in more.iter().enumerate() {
            let Amp { vmp, supplier, .. } = self.amps[amp];
            let packs = self.vmps[vmp].packs.clone();
            let start = self.random("packs of amp", amp).below(packs.len());
            for number in 0..=more {
                let vmpp = packs.start + (start + number) % packs.len();
                let sub_pack = number / packs.len();
                let ordinal = ordinals[supplier];
                ordinals[supplier] += 1;
                self.ampps.push(Ampp { id: minters.ampp.next(), amp, vmpp, sub_pack, ordinal });
            }
        }
    }

    /// Says which packs are within which. The products of a combination follow one another, have
    /// one pack each, and are sold by the same suppliers in the same order.
    fn combine(&mut self) {
        let wholes: Vec<usize> =
            (0..self.vmps.len()).filter(|&vmp| self.vmps[vmp].role == Role::Whole).collect();
        let packs = |plan: &Self, vmp: usize| -> Vec<usize> {
            let at = plan.ampps.partition_point(|ampp| plan.amps[ampp.amp].vmp < vmp);
            (at..plan.ampps.len())
                .take_while(|&ampp| plan.amps[plan.ampps[ampp].amp].vmp == vmp)
                .collect()
        };
        for (number, &whole) in wholes.iter().enumerate() {
            let mut parts = vec![whole + 1, whole + 2];
            if number == 1 {
                // A combination pack within another.
                parts.push(wholes[0]);
            }
            for part in parts {
                let pair = (self.vmps[whole].packs.start, self.vmps[part].packs.start);
                self.combined_vmpps.push(pair);
                let pairs: Vec<_> = packs(self, whole).into_iter().zip(packs(self, part)).collect();
                self.combined_ampps.extend(pairs);
            }
        }
    }

    pub(crate) fn random(&self, purpose: &str, index: usize) -> Random {
        Random::keyed(self.seed, purpose, index as u64)
    }

    /// True so many times in a thousand, and for the thing of one place, so that a small release
    /// has it too.
    pub(crate) fn seldom(
        &self,
        purpose: &str,
        index: usize,
        thousandths: usize,
        at: usize,
    ) -> bool {
        index == at || self.random(purpose, index).chance(thousandths)
    }

    /// How far the elements of a record are turned: for most, not at all.
    pub(crate) fn turn(&self, index: usize) -> usize {
        if index % 37 == 5 { 1 + index % 4 } else { 0 }
    }

    /// Days there have been.
    pub(crate) fn days(&self) -> usize {
        self.today.since(self.first_day) as usize
    }

    /// Some day there has been.
    pub(crate) fn day(&self, random: &mut Random) -> Day {
        self.first_day.plus(random.below(self.days()) as i32)
    }

    /// Whether a virtual product has no actual ones.
    pub(crate) fn is_unavailable(&self, vmp: usize) -> bool {
        self.vmps[vmp].role == Role::Alone && self.seldom("not available", vmp, 40, 1)
    }

    /// How many things of a space there are.
    pub(crate) fn count(&self, space: Space) -> usize {
        match space {
            Space::Vtm => self.vtms.len(),
            Space::Vmp => self.vmps.len(),
            Space::Vmpp => self.vmpps.len(),
            Space::Amp => self.amps.len(),
            Space::Ampp => self.ampps.len(),
            Space::Ingredient => self.ingredients.len(),
            Space::Supplier => self.codes.suppliers.len(),
            Space::Form => self.codes.forms.len(),
            Space::Route => self.codes.routes.len(),
            Space::Unit => self.codes.units.len(),
            Space::TradeFamily => self.brands.len(),
            Space::TradeFamilyGroup => self.groups.len(),
            Space::Previous => 0,
        }
    }

    /// The identifier of a thing.
    pub(crate) fn id(&self, space: Space, index: usize) -> u64 {
        match space {
            Space::Vtm => self.vtms[index].id,
            Space::Vmp => self.vmps[index].id,
            Space::Vmpp => self.vmpps[index].id,
            Space::Amp => self.amps[index].id,
            Space::Ampp => self.ampps[index].id,
            Space::Ingredient => self.ingredients[index].id,
            Space::Supplier => self.codes.suppliers[index].id,
            Space::Form => self.codes.forms[index].id,
            Space::Route => self.codes.routes[index].id,
            Space::Unit => self.codes.units[index].id,
            Space::TradeFamily => self.brands[index].id,
            Space::TradeFamilyGroup | Space::Previous => fresh(space, index as u64),
        }
    }
}

/// Shares a total out by weight, exactly.
fn shares(total: usize, weights: &[usize]) -> Vec<usize> {
    let sum: usize = weights.iter().sum::<usize>().max(1);
    let mut before = 0;
    weights
        .iter()
        .map(|weight| {
            let from = total * before / sum;
            before += weight;
            total * before / sum - from
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::shares;

    #[test]
    fn shares_are_exact() {
        let parts = shares(1000, &[1, 0, 2, 4, 0, 9]);
        assert_eq!(parts.iter().sum::<usize>(), 1000);
        assert_eq!((parts[1], parts[4]), (0, 0));
        assert!(shares(5, &[0, 0]).iter().all(|&part| part == 0));
    }
}
