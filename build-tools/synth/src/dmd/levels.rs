//! The steps that plan the products: level by level, each from those before.

use super::forms::{FAMILIES, STRENGTHS};
use super::ids::{Minters, Space, fresh};
use super::names;
use super::plan::{Amp, Ampp, Brand, Plan, Role, Vmp, VmpKind, Vmpp, Vtm};
use std::collections::HashSet;

impl Plan {
    pub(super) fn moieties(&mut self, count: usize, minters: &mut Minters) {
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

    pub(super) fn virtual_products(
        &mut self,
        count: usize,
        combinations: usize,
        minters: &mut Minters,
    ) {
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

    pub(super) fn virtual_packs(&mut self, count: usize, minters: &mut Minters) {
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

    pub(super) fn actual_products(&mut self, count: usize, minters: &mut Minters) {
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

    pub(super) fn actual_packs(&mut self, count: usize, minters: &mut Minters) {
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
    pub(super) fn combine(&mut self) {
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
