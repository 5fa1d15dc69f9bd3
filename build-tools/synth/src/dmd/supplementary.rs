//! The supplementary files: BNF and ATC codes, the ingredients of moieties, and trade families.

use super::ids::{Space, fresh_previous};
use super::plan::Plan;
use super::virtual_products::formerly;
use super::xml::{Document, Layout, Records};
use crate::random::Random;

impl Plan {
    /// `f_bnf1`.
    pub(crate) fn bnf_file(&self) -> Document<'_> {
        let of_amp = |amp: usize, records: &mut Records| {
            if self.seldom("bnf of amp", amp, 2, 3) {
                let bnf = bnf(&mut self.random("bnf", self.amps[amp].vmp));
                records
                    .start("AMP")
                    .number("APID", self.amps[amp].id)
                    .text("BNF", &*bnf)
                    .end_turned(self.turn(amp));
            }
        };
        Document {
            root: "BNF_DETAILS",
            schema: "bnf_v1_0.xsd",
            layout: Layout::OneLine,
            collections: vec![
                (Some("VMPS"), self.vmps.len(), Box::new(|at, to| self.bnf_record(at, to))),
                (Some("AMPS"), self.amps.len(), Box::new(of_amp)),
            ],
        }
    }

    fn bnf_record(&self, vmp: usize, records: &mut Records) {
        let Some((vtm, _)) = self.medicine(vmp) else { return };
        let mut random = self.random("bnf of vmp", vmp);
        if !random.chance(930) {
            return;
        }
        // The products of a moiety are classified alike.
        let mut shared = self.random("classification", vtm);
        let bnf = random.chance(830).then(|| bnf(&mut shared.clone()));
        let atc = random.chance(975).then(|| match random.below(100) {
            0 => "n/a".to_owned(),
            1 => "V10X".to_owned(),
            _ => atc(&mut shared),
        });
        let dose = random.chance(450).then(|| {
            let value = [1_000, 10_000, 2_500, 400, 30_000, 125, 1_500_000][random.below(7)];
            (value, ["mg", "gram", "microgram", "unit"][random.weighted(&[600, 250, 100, 50])])
        });
        records
            .start("VMP")
            .number("VPID", self.vmps[vmp].id)
            .text("BNF", bnf.as_deref())
            .text("ATC", atc.as_deref())
            .decimal("DDD", dose.map(|(value, _)| value))
            .number("DDD_UOMCD", dose.map(|(_, unit)| self.codes.unit(unit)))
            .end_turned(self.turn(vmp));
    }

    /// `f_vtm_ing1`.
    pub(crate) fn vtm_ingredient_file(&self) -> Document<'_> {
        let render = |vtm: usize, records: &mut Records| {
            for &ingredient in &self.vtms[vtm].ingredients {
                records
                    .start("VTM_ING")
                    .number("VTMID", self.vtms[vtm].id)
                    .number("ISID", self.ingredients[ingredient].id)
                    .end();
            }
        };
        Document {
            root: "VTM_INGREDIENTS",
            schema: "vtm_ing_v1_0.xsd",
            layout: Layout::LineOfRecord,
            collections: vec![(None, self.vtms.len(), Box::new(render))],
        }
    }

    /// `f_tradefamily1`.
    pub(crate) fn trade_family_file(&self) -> Document<'_> {
        let family = |at: usize, records: &mut Records| {
            let brand = &self.brands[at];
            let group = brand.group.map(|group| self.id(Space::TradeFamilyGroup, group));
            records.start("TF").number("TFID", brand.id);
            self.changes(records, Space::TradeFamily, at, "TFIDDT", "TFIDPREV");
            records.number("TFGID", group);
            self.family_names(records, Space::TradeFamily, at, &brand.name);
        };
        let group = |at: usize, records: &mut Records| {
            records.start("TFG").number("TFGID", self.id(Space::TradeFamilyGroup, at));
            self.changes(records, Space::TradeFamilyGroup, at, "TFGIDDT", "TFGIDPREV");
            self.family_names(records, Space::TradeFamilyGroup, at, &self.groups[at]);
        };
        let product = |at: usize, records: &mut Records| {
            if let Some(brand) = self.amps[at].brand {
                records
                    .start("TF_AMP")
                    .number("TFID", self.brands[brand].id)
                    .number("APID", self.amps[at].id)
                    .end();
            }
        };
        Document {
            root: "TRADE_FAMILY",
            schema: "tradeFamily_v1_0.xsd",
            layout: Layout::LineOfRecord,
            collections: vec![
                (Some("TFS"), self.brands.len(), Box::new(family)),
                (Some("TFGS"), self.groups.len(), Box::new(group)),
                (Some("TF_AMPS"), self.amps.len(), Box::new(product)),
            ],
        }
    }

    fn changes(&self, records: &mut Records, space: Space, at: usize, date: &str, before: &str) {
        let mut random = self.random(date, at);
        let changed = self.seldom(before, at, 60, 1);
        records.date(date, changed.then(|| self.day(&mut random)));
        records.number(before, changed.then(|| fresh_previous(space, at as u64)));
    }

    fn family_names(&self, records: &mut Records, space: Space, at: usize, name: &str) {
        let mut random = self.random("trade family", at + space as usize * 1_000_000);
        let renamed = at == 2 || random.chance(40);
        let invalid = at == 3 || random.chance(20);
        records
            .number("INVALID", invalid.then_some(1))
            .text("NM", name)
            .date("NMDT", renamed.then(|| self.day(&mut random)))
            .text("NMPREV", renamed.then(|| formerly(name)).as_deref())
            .end();
    }
}

/// A place in the chapters of the BNF, of eight digits.
fn bnf(random: &mut Random) -> String {
    let (chapter, section) = (random.between(1, 15), random.between(1, 14));
    let (paragraph, rest) = (random.below(10), random.weighted(&[700, 100, 100, 100]));
    format!("{chapter:02}{section:02}{paragraph:02}{rest:02}")
}

/// A code in the form of the ATC classification, of any of its levels but the first.
fn atc(random: &mut Random) -> String {
    let mut letter = |from: &[u8]| char::from(from[random.below(from.len())]);
    let (anatomic, therapeutic, chemical) =
        (letter(b"ABCDGHJLMNPRSV"), letter(b"ABCDEX"), letter(b"ABCDEFGX"));
    let (group, substance) = (random.between(1, 16), random.between(1, 60));
    let code = format!("{anatomic}{group:02}{therapeutic}{chemical}{substance:02}");
    code[..[7, 5, 4, 3][random.weighted(&[900, 60, 25, 15])]].to_owned()
}
