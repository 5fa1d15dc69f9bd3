//! The products of a release: how many there are at each level, and which belongs to which.

use super::codes::Codes;
use super::day::Day;
use super::ids::{Minters, Space, Wanted, fresh};
use super::names;
use crate::random::Random;
use crate::snomed::content::Content;
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
