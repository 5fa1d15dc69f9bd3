//! How products and packs are named and measured.

use super::forms::{FAMILIES, Family, Free, Measure, PERCENTAGES, STRENGTHS, VARIANTS};
use super::names;
use super::plan::{Amp, Plan, VmpKind};
use super::xml::Decimal;
use crate::random::Random;

/// Appliances: what they are, the unit they are packed in, and their sizes.
const APPLIANCES: &[(&str, &str, &[&str])] = &[
    ("dressing", "dressing", &["10cm x 12cm", "5cm x 5cm", "4\" x 6\"", "15cm x 20cm"]),
    ("bandage", "device", &["7.5cm x 4.5m", "10cm x 4.5m", "3\" x 5yd", "15cm x 4m"]),
    ("catheter", "device", &["< 12Ch", "12Ch", "14Ch", "> 16Ch & < 22Ch"]),
    ("stocking", "device", &["class 1", "class 2", "men's class 1", "men's class 2"]),
    ("lancets", "device", &["28gauge", "30gauge", "33gauge", "0.2mm/33gauge"]),
    ("pouch", "device", &["small", "medium", "large", "30mm"]),
];
const APPLIANCE_PACKS: &[u64] = &[1_000, 5_000, 10_000, 20_000, 30_000, 50_000, 100_000, 200_000];
const COMBINATION_PACKS: &[u64] = &[1_000];

/// A strength: a numerator, and where there is one a denominator.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Strength {
    /// In thousandths of its unit.
    pub(crate) numerator: (u64, &'static str),
    pub(crate) denominator: Option<(u64, &'static str)>,
}

impl Plan {
    /// The name of a moiety: those of its ingredients.
    pub(crate) fn vtm_name(&self, vtm: usize) -> String {
        let names: Vec<&str> = self.vtms[vtm]
            .ingredients
            .iter()
            .map(|&at| self.ingredients[at].name.as_str())
            .collect();
        names.join(" + ")
    }

    /// The moiety whose substances a virtual product holds, if it is a medicine.
    pub(crate) fn medicine(&self, vmp: usize) -> Option<(usize, usize)> {
        match self.vmps[vmp].kind {
            VmpKind::Medicine { vtm, ordinal } => Some((vtm, ordinal)),
            _ => None,
        }
    }

    /// The place of the family of dosage forms of a medicine.
    pub(crate) fn family_index(&self, vmp: usize) -> Option<usize> {
        let (vtm, ordinal) = self.medicine(vmp)?;
        // Both factors have no divisor in common with the number of families.
        Some((vtm * 7 + ordinal % self.vtms[vtm].families * 5) % FAMILIES.len())
    }

    pub(crate) fn family(&self, vmp: usize) -> Option<&'static Family> {
        Some(&FAMILIES[self.family_index(vmp)?])
    }

    /// The variant of the form of a medicine.
    pub(crate) fn variant(&self, vmp: usize) -> usize {
        let mut random = self.random("variant", vmp);
        if random.chance(150) { random.below(VARIANTS.len()) } else { 0 }
    }

    /// Whether a virtual product is said to be free of what its family usually has.
    pub(crate) fn is_free(&self, vmp: usize) -> bool {
        let Some((vtm, ordinal)) = self.medicine(vmp) else { return false };
        let first = vtm < FAMILIES.len() && ordinal == 0;
        self.family(vmp).is_some_and(|family| family.free != Free::Nothing)
            && (first || self.random("free", vmp).chance(350))
    }

    /// The place in the list of strengths that an ingredient of a medicine has.
    fn strength_index(&self, vtm: usize, ordinal: usize, ingredient: usize) -> usize {
        let start = self.random("strength", vtm).below(8);
        (start + ordinal / self.vtms[vtm].families + ingredient * 3) % STRENGTHS.len()
    }

    /// The strength of an ingredient of a medicine.
    pub(crate) fn strength(&self, vmp: usize, ingredient: usize) -> Option<Strength> {
        let (vtm, ordinal) = self.medicine(vmp)?;
        let family = self.family(vmp)?;
        let index = self.strength_index(vtm, ordinal, ingredient);
        let amount = in_unit(STRENGTHS[index]);
        Some(match family.measure {
            Measure::Each => Strength { numerator: amount, denominator: None },
            Measure::Spoonful => Strength { numerator: amount, denominator: Some((5_000, "ml")) },
            Measure::Percent => Strength {
                numerator: (PERCENTAGES[index] * 10, "mg"),
                denominator: Some((1_000, family.unit)),
            },
            Measure::Dose => Strength {
                numerator: (STRENGTHS[index], "microgram"),
                denominator: Some((1_000, "dose")),
            },
            Measure::Container(volume) => {
                Strength { numerator: amount, denominator: Some((volume, "ml")) }
            }
        })
    }

    /// The strength of an ingredient as names have it.
    fn strength_text(&self, vmp: usize, ingredient: usize) -> String {
        let Some(strength) = self.strength(vmp, ingredient) else { return String::new() };
        let Strength { numerator: (value, unit), denominator } = strength;
        let unit = match unit {
            "microgram" => "micrograms",
            "gram" => "g",
            unit => unit,
        };
        let amount = format!("{}{unit}", Decimal(value));
        match (self.family(vmp).map(|family| family.measure), denominator) {
            (Some(Measure::Percent), _) => format!("{}%", Decimal(value / 10)),
            (Some(Measure::Dose), _) => format!("{amount}/dose"),
            (_, Some((volume, _))) => format!("{amount}/{}ml", Decimal(volume)),
            _ => amount,
        }
    }

    /// The name of a virtual product.
    pub(crate) fn vmp_name(&self, vmp: usize) -> String {
        match self.vmps[vmp].kind {
            VmpKind::Medicine { vtm, .. } => {
                let ingredients = &self.vtms[vtm].ingredients;
                if ingredients.len() > 2 {
                    let word = names::word(&mut self.random("generic name", vtm));
                    return self.medicine_name(vmp, &format!("Generic {word} {vtm}"));
                }
                let parts: Vec<String> = ingredients
                    .iter()
                    .enumerate()
                    .map(|(at, &ingredient)| {
                        let name = &self.ingredients[ingredient].name;
                        format!("{name} {}", self.strength_text(vmp, at))
                    })
                    .collect();
                self.with_form(vmp, &parts.join(" / "))
            }
            VmpKind::Appliance { number } => {
                let (what, _, sizes) = self.appliance(number);
                let mut random = self.random("appliance", number / sizes.len());
                let word = names::word(&mut random);
                format!(
                    "{word} {} {what} {}",
                    number / sizes.len() + 1,
                    sizes[number % sizes.len()]
                )
            }
            VmpKind::Combination => {
                format!("{} and {}", self.vmp_name(vmp + 1), self.vmp_name(vmp + 2))
            }
        }
    }

    /// The name of a medicine under a name of its own, as that of a brand.
    fn medicine_name(&self, vmp: usize, head: &str) -> String {
        self.with_form(vmp, &format!("{head} {}", self.strength_text(vmp, 0)))
    }

    fn with_form(&self, vmp: usize, head: &str) -> String {
        let Some(family) = self.family(vmp) else { return head.to_owned() };
        let free = if self.is_free(vmp) { family.free.suffix() } else { "" };
        match VARIANTS[self.variant(vmp)] {
            "" => format!("{head} {}{free}", family.name),
            variant => format!("{head} {} {}{free}", variant.to_lowercase(), family.name),
        }
    }

    fn appliance(&self, number: usize) -> (&'static str, &'static str, &'static [&'static str]) {
        APPLIANCES[number / 4 % APPLIANCES.len()]
    }

    /// The sizes of pack that a virtual product comes in, in thousandths of its unit.
    pub(crate) fn pack_sizes(&self, vmp: usize) -> &'static [u64] {
        match (self.vmps[vmp].kind, self.family(vmp)) {
            (VmpKind::Appliance { .. }, _) => APPLIANCE_PACKS,
            (_, Some(family)) => family.packs,
            _ => COMBINATION_PACKS,
        }
    }

    /// The unit that the packs of a virtual product are counted in.
    pub(crate) fn pack_unit(&self, vmp: usize) -> &'static str {
        match (self.vmps[vmp].kind, self.family(vmp)) {
            (VmpKind::Appliance { number }, _) => self.appliance(number).1,
            (_, Some(family)) => family.unit,
            _ => "pack",
        }
    }

    /// How much a virtual pack holds, in thousandths of its unit.
    pub(crate) fn quantity(&self, vmpp: usize) -> u64 {
        let pack = &self.vmpps[vmpp];
        let sizes = self.pack_sizes(pack.vmp);
        let start = self.random("pack size", pack.vmp).below(sizes.len().min(3));
        sizes[(start + pack.ordinal) % sizes.len()]
    }

    fn quantity_text(&self, vmpp: usize) -> String {
        let unit = self.pack_unit(self.vmpps[vmpp].vmp);
        format!("{} {unit}", Decimal(self.quantity(vmpp)))
    }

    pub(crate) fn vmpp_name(&self, vmpp: usize) -> String {
        format!("{} {}", self.vmp_name(self.vmpps[vmpp].vmp), self.quantity_text(vmpp))
    }

    pub(crate) fn amp_name(&self, amp: usize) -> String {
        let Amp { vmp, brand, .. } = self.amps[amp];
        match brand {
            Some(brand) => self.medicine_name(vmp, &self.brands[brand].name),
            None => self.vmp_name(vmp),
        }
    }

    /// The description of an actual product: its name and its supplier.
    pub(crate) fn amp_description(&self, amp: usize) -> String {
        let supplier = &self.codes.suppliers[self.amps[amp].supplier].name;
        format!("{} ({supplier})", self.amp_name(amp))
    }

    /// What is within an actual pack, where that tells packs apart.
    pub(crate) fn sub_pack(&self, ampp: usize) -> Option<String> {
        let pack = &self.ampps[ampp];
        let stated = pack.sub_pack > 0 || self.seldom("sub-pack", ampp, 60, 7);
        if !stated {
            return None;
        }
        let unit = self.pack_unit(self.vmpps[pack.vmpp].vmp);
        let quantity = self.quantity(pack.vmpp);
        let parts = 1 + pack.sub_pack as u64;
        let each = if quantity.is_multiple_of(parts) { quantity / parts } else { quantity };
        let more = if each == quantity && parts > 1 { " in a carton" } else { "" };
        let number = if each == quantity { 1 } else { parts };
        let packs = match more {
            "" => String::new(),
            more => format!("{more} of {parts}"),
        };
        Some(format!("{number} x {} {unit}{packs}", Decimal(each)))
    }

    pub(crate) fn ampp_name(&self, ampp: usize) -> String {
        let pack = &self.ampps[ampp];
        let name = format!("{} {}", self.amp_description(pack.amp), self.quantity_text(pack.vmpp));
        match self.sub_pack(ampp) {
            Some(within) => format!("{name} {within}"),
            None => name,
        }
    }

    pub(crate) fn is_vtm_invalid(&self, vtm: usize) -> bool {
        self.seldom("vtm invalid", vtm, 20, 8)
    }

    /// Whether a virtual product is invalid, itself or with its moiety.
    pub(crate) fn is_vmp_invalid(&self, vmp: usize) -> bool {
        self.medicine(vmp).is_some_and(|(vtm, _)| self.is_vtm_invalid(vtm))
            || self.random("vmp invalid", vmp).chance(10)
    }

    pub(crate) fn is_vmpp_invalid(&self, vmpp: usize) -> bool {
        self.is_vmp_invalid(self.vmpps[vmpp].vmp) || self.random("vmpp invalid", vmpp).chance(5)
    }

    pub(crate) fn is_amp_invalid(&self, amp: usize) -> bool {
        self.is_vmp_invalid(self.amps[amp].vmp) || self.random("amp invalid", amp).chance(5)
    }

    pub(crate) fn is_ampp_invalid(&self, ampp: usize) -> bool {
        let pack = &self.ampps[ampp];
        self.is_amp_invalid(pack.amp)
            || self.is_vmpp_invalid(pack.vmpp)
            || self.random("ampp invalid", ampp).chance(5)
    }
}

/// An amount of thousandths of a milligram in the unit that suits it.
fn in_unit(amount: u64) -> (u64, &'static str) {
    match amount {
        ..1_000 => (amount * 1000, "microgram"),
        1_000_000.. => (amount / 1000, "gram"),
        _ => (amount, "mg"),
    }
}

/// A name cut to the sixty characters that an abbreviated one may have; nothing where it fits.
pub(crate) fn abbreviated(name: &str) -> Option<String> {
    let (end, _) = name.char_indices().nth(60)?;
    Some(name[..end].trim_end().to_owned())
}

/// A price in pence, small ones more often.
pub(crate) fn price(random: &mut Random) -> u64 {
    let magnitude = [100, 1_000, 10_000, 200_000][random.weighted(&[200, 550, 200, 50])];
    random.between(magnitude / 10, magnitude) as u64
}
