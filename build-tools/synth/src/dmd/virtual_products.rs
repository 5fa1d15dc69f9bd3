//! The virtual levels: moieties, ingredients, virtual products and their packs.

use super::ids::Space;
use super::plan::{Plan, Vmp, VmpKind};
use super::product::{Strength, abbreviated, price};
use super::xml::{Collection, Document, Layout, Records};

impl Plan {
    /// `f_vtm2`.
    pub(crate) fn vtm_file(&self) -> Document<'_> {
        let render = |vtm: usize, records: &mut Records| {
            let name = self.vtm_name(vtm);
            let previous = self.previous(Space::Vtm, vtm);
            let short = abbreviated(&name).or_else(|| {
                self.seldom("vtm short", vtm, 2, 6).then(|| name.chars().take(12).collect())
            });
            records
                .start("VTM")
                .number("VTMID", self.vtms[vtm].id)
                .number("INVALID", self.is_vtm_invalid(vtm).then_some(1))
                .text("NM", &*name)
                .text("ABBREVNM", short.as_deref())
                .number("VTMIDPREV", previous.map(|previous| previous.id))
                .date("VTMIDDT", previous.map(|previous| previous.day))
                .end();
        };
        Document {
            root: "VIRTUAL_THERAPEUTIC_MOIETIES",
            schema: "vtm_v2_3.xsd",
            layout: Layout::Indented,
            collections: vec![(None, self.vtms.len(), Box::new(render))],
        }
    }

    /// `f_ingredient2`.
    pub(crate) fn ingredient_file(&self) -> Document<'_> {
        let render = |at: usize, records: &mut Records| {
            let ingredient = &self.ingredients[at];
            let previous = self.previous(Space::Ingredient, at);
            let invalid = self.seldom("ingredient invalid", at, 20, 7);
            records
                .start("ING")
                .number("ISID", ingredient.id)
                .date("ISIDDT", previous.map(|previous| previous.day))
                .number("ISIDPREV", previous.map(|previous| previous.id))
                .number("INVALID", invalid.then_some(1))
                .text("NM", ingredient.name.as_str())
                .end();
        };
        Document {
            root: "INGREDIENT_SUBSTANCES",
            schema: "ingredient_v2_3.xsd",
            layout: Layout::OneLine,
            collections: vec![(None, self.ingredients.len(), Box::new(render))],
        }
    }

    /// `f_vmp2`.
    pub(crate) fn vmp_file(&self) -> Document<'_> {
        let count = self.vmps.len();
        let collection = |name, render: fn(&Self, usize, &mut Records)| -> Collection<'_> {
            (Some(name), count, Box::new(move |vmp, records| render(self, vmp, records)))
        };
        Document {
            root: "VIRTUAL_MED_PRODUCTS",
            schema: "vmp_v2_3.xsd",
            layout: Layout::LineOfRecord,
            collections: vec![
                collection("VMPS", Self::vmp_record),
                collection("VIRTUAL_PRODUCT_INGREDIENT", Self::vpi_records),
                collection("ONT_DRUG_FORM", Self::ont_records),
                collection("DRUG_FORM", Self::form_record),
                collection("DRUG_ROUTE", Self::route_records),
                collection("CONTROL_DRUG_INFO", Self::control_record),
            ],
        }
    }

    fn vmp_record(&self, vmp: usize, records: &mut Records) {
        let Vmp { id, kind, role, .. } = self.vmps[vmp];
        let name = self.vmp_name(vmp);
        let mut random = self.random("vmp", vmp);
        let previous = self.previous(Space::Vmp, vmp);
        let vtm = match kind {
            // A few medicines have no moiety in dm+d.
            VmpKind::Medicine { vtm, .. } if !self.seldom("no moiety", vmp, 15, 10) => {
                Some(self.vtms[vtm].id)
            }
            _ => None,
        };
        let basis = [1, 2, 3, 4, 5, 6, 7][random.weighted(&[750, 60, 20, 10, 10, 10, 140])];
        let renamed = self.seldom("vmp renamed", vmp, 60, 2);
        let changed = random.weighted(&[100, 350, 200, 350]) as u16 + 1;
        let status = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        let status = match self.family(vmp) {
            // The first few have each of them, so that every release has.
            _ if (30..39).contains(&vmp) => status[vmp - 30],
            _ => status[random.weighted(&[780, 60, 15, 10, 60, 20, 20, 5, 30])],
        };
        let family = self.family(vmp);
        let free = if self.is_free(vmp) { family.map(|family| family.free) } else { None };
        use super::forms::Free;
        let unavailable = self.is_unavailable(vmp);
        let available_again = !unavailable && self.seldom("available again", vmp, 20, 12);
        let availability = unavailable.then_some(1).or(available_again.then_some(0));
        let dated = availability.map(|_| self.day(&mut random));
        let discrete = family.map(|family| family.is_discrete());
        let form = match discrete {
            Some(true) => 1,
            Some(false) => 2,
            None => 3,
        };
        // A single dose of the family: one of its units, or what its container holds.
        let dose =
            family.filter(|family| family.is_discrete()).map(|family| match family.measure {
                super::forms::Measure::Container(volume) => (volume, "ml", family.unit),
                _ => (1_000, family.unit, family.unit),
            });
        let short = abbreviated(&name).filter(|_| random.chance(400) || vmp < 24);
        records
            .start("VMP")
            .number("VPID", id)
            .date("VPIDDT", previous.map(|previous| previous.day))
            .number("VPIDPREV", previous.map(|previous| previous.id))
            .number("VTMID", vtm)
            .number("INVALID", self.is_vmp_invalid(vmp).then_some(1))
            .text("NM", &*name)
            .text("ABBREVNM", short.as_deref())
            .code("BASISCD", basis)
            .date("NMDT", renamed.then(|| self.day(&mut random)))
            .text("NMPREV", renamed.then(|| formerly(&name)).as_deref())
            .code("BASIS_PREVCD", renamed.then_some(basis))
            .code("NMCHANGECD", renamed.then_some(changed))
            .code("COMBPRODCD", role.code())
            .code("PRES_STATCD", status)
            .flag("SUG_F", free == Some(Free::Sugar))
            .flag("GLU_F", free == Some(Free::Gluten))
            .flag("PRES_F", free == Some(Free::Preservative))
            .flag("CFC_F", free == Some(Free::Cfc))
            .code("NON_AVAILCD", availability)
            .date("NON_AVAILDT", dated)
            .number("DF_INDCD", form)
            .decimal("UDFS", dose.map(|(size, _, _)| size))
            .number("UDFS_UOMCD", dose.map(|(_, unit, _)| self.codes.unit(unit)))
            .number("UNIT_DOSE_UOMCD", dose.map(|(_, _, unit)| self.codes.unit(unit)))
            .end_turned(self.turn(vmp));
    }

    fn vpi_records(&self, vmp: usize, records: &mut Records) {
        let Some((vtm, _)) = self.medicine(vmp) else { return };
        for (at, &ingredient) in self.vtms[vtm].ingredients.iter().enumerate() {
            // The ingredient after every third is its salt, whose strength is stated as the base.
            let salt = ingredient + 1;
            let based = ingredient % 4 == 2 && salt < self.ingredients.len();
            let substance = if based { salt } else { ingredient };
            let strength =
                self.strength(vmp, at).filter(|_| !self.seldom("no strength", vmp, 15, 20));
            let numerator = strength.map(|Strength { numerator, .. }| numerator);
            let denominator = strength.and_then(|Strength { denominator, .. }| denominator);
            records
                .start("VPI")
                .number("VPID", self.vmps[vmp].id)
                .number("ISID", self.ingredients[substance].id)
                .code("BASIS_STRNTCD", strength.map(|_| if based { 2 } else { 1 }))
                .number("BS_SUBID", based.then(|| self.ingredients[ingredient].id))
                .decimal("STRNT_NMRTR_VAL", numerator.map(|(value, _)| value))
                .number("STRNT_NMRTR_UOMCD", numerator.map(|(_, unit)| self.codes.unit(unit)))
                .decimal("STRNT_DNMTR_VAL", denominator.map(|(value, _)| value))
                .number("STRNT_DNMTR_UOMCD", denominator.map(|(_, unit)| self.codes.unit(unit)))
                .end_turned(self.turn(vmp));
        }
    }

    /// The routes a medicine is given by, as places in the routes of its family.
    pub(crate) fn routes(&self, vmp: usize) -> std::ops::Range<usize> {
        let routes = self.family(vmp).map_or(0, |family| family.routes.len());
        let all = self.random("routes", vmp).chance(400);
        0..if all { routes } else { routes.min(1) }
    }

    fn ont_records(&self, vmp: usize, records: &mut Records) {
        let Some(family) = self.family_index(vmp) else { return };
        for route in self.routes(vmp) {
            let code = self.codes.form_route(family, self.variant(vmp), route);
            records
                .start("ONT")
                .number("VPID", self.vmps[vmp].id)
                .code("FORMCD", code)
                .end_turned(self.turn(vmp));
        }
    }

    fn form_record(&self, vmp: usize, records: &mut Records) {
        let Some(family) = self.family_index(vmp) else { return };
        records
            .start("DFORM")
            .number("VPID", self.vmps[vmp].id)
            .number("FORMCD", self.codes.form(family, self.variant(vmp)))
            .end_turned(self.turn(vmp));
    }

    fn route_records(&self, vmp: usize, records: &mut Records) {
        let Some(family) = self.family(vmp) else { return };
        for route in self.routes(vmp) {
            records
                .start("DROUTE")
                .number("VPID", self.vmps[vmp].id)
                .number("ROUTECD", self.codes.route(family.routes[route]))
                .end_turned(self.turn(vmp));
        }
    }

    fn control_record(&self, vmp: usize, records: &mut Records) {
        let Some((vtm, _)) = self.medicine(vmp) else { return };
        let mut random = self.random("controlled", vtm);
        let controlled = self.seldom("is controlled", vtm, 50, 2);
        let category = if controlled { random.between(1, 10) as u16 } else { 0 };
        let changed = controlled && (vtm == 2 || random.chance(300));
        records
            .start("CONTROL_INFO")
            .number("VPID", self.vmps[vmp].id)
            .code("CATCD", category)
            .date("CATDT", changed.then(|| self.day(&mut random)))
            .code("CAT_PREVCD", changed.then(|| (category + 3) % 11))
            .end_turned(self.turn(vmp));
    }

    /// `f_vmpp2`.
    pub(crate) fn vmpp_file(&self) -> Document<'_> {
        let content = |at: usize, records: &mut Records| {
            let (whole, part) = self.combined_vmpps[at];
            records
                .start("CCONTENT")
                .number("PRNTVPPID", self.vmpps[whole].id)
                .number("CHLDVPPID", self.vmpps[part].id)
                .end();
        };
        Document {
            root: "VIRTUAL_MED_PRODUCT_PACK",
            schema: "vmpp_v2_3.xsd",
            layout: Layout::LineOfRecord,
            collections: vec![
                (Some("VMPPS"), self.vmpps.len(), Box::new(|at, to| self.vmpp_record(at, to))),
                (
                    Some("DRUG_TARIFF_INFO"),
                    self.vmpps.len(),
                    Box::new(|at, to| self.tariff_record(at, to)),
                ),
                (Some("COMB_CONTENT"), self.combined_vmpps.len(), Box::new(content)),
            ],
        }
    }

    fn vmpp_record(&self, vmpp: usize, records: &mut Records) {
        let vmp = self.vmpps[vmpp].vmp;
        let name = self.vmpp_name(vmpp);
        let short = abbreviated(&name).filter(|_| self.seldom("vmpp short", vmpp, 80, 9));
        records
            .start("VMPP")
            .number("VPPID", self.vmpps[vmpp].id)
            .number("INVALID", self.is_vmpp_invalid(vmpp).then_some(1))
            .text("NM", &*name)
            .text("ABBREVNM", short.as_deref())
            .number("VPID", self.vmps[vmp].id)
            .decimal("QTYVAL", self.quantity(vmpp))
            .number("QTY_UOMCD", self.codes.unit(self.pack_unit(vmp)))
            .code("COMBPACKCD", self.vmps[vmp].role.code())
            .end_turned(self.turn(vmpp));
    }

    fn tariff_record(&self, vmpp: usize, records: &mut Records) {
        let mut random = self.random("tariff", vmpp);
        if !random.chance(450) {
            return;
        }
        let appliance = self.medicine(self.vmpps[vmpp].vmp).is_none();
        let category = match appliance {
            true => [5, 6, 7, 8, 9, 10][random.weighted(&[600, 100, 100, 150, 20, 30])],
            false => [1, 3, 11, 12][random.weighted(&[400, 300, 250, 50])],
        };
        let priced = !random.chance(30);
        let before = priced && random.chance(800);
        let (now, then) = (price(&mut random), price(&mut random));
        records
            .start("DTINFO")
            .number("VPPID", self.vmpps[vmpp].id)
            .code("PAY_CATCD", category)
            .number("PRICE", priced.then_some(now))
            .date("DT", priced.then(|| self.day(&mut random)))
            .number("PREVPRICE", before.then_some(then))
            .end_turned(self.turn(vmpp));
    }
}

/// A name as it was before it was changed.
pub(crate) fn formerly(name: &str) -> String {
    match name.split_once(' ') {
        Some((first, rest)) => format!("{first} (old name) {rest}"),
        None => format!("{name} (old name)"),
    }
}
