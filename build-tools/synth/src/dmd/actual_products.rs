//! The actual levels: the products of suppliers, and their packs.

use super::ids::Space;
use super::plan::{Amp, Plan};
use super::product::{abbreviated, price};
use super::virtual_products::formerly;
use super::xml::{Collection, Document, Layout, Records};

impl Plan {
    /// `f_amp2`.
    pub(crate) fn amp_file(&self) -> Document<'_> {
        let count = self.amps.len();
        let collection = |name, render: fn(&Self, usize, &mut Records)| -> Collection<'_> {
            (Some(name), count, Box::new(move |amp, records| render(self, amp, records)))
        };
        Document {
            root: "ACTUAL_MEDICINAL_PRODUCTS",
            schema: "amp_v2_3.xsd",
            layout: Layout::LineOfRecord,
            collections: vec![
                collection("AMPS", Self::amp_record),
                collection("AP_INGREDIENT", Self::excipient_records),
                collection("LICENSED_ROUTE", Self::licensed_route_records),
                collection("AP_INFORMATION", Self::information_record),
            ],
        }
    }

    /// The authority that licenses an actual product.
    fn authority(&self, amp: usize) -> u16 {
        let mut random = self.random("authority", amp);
        match self.medicine(self.amps[amp].vmp) {
            Some(_) => [1, 0, 3, 4][random.weighted(&[850, 110, 30, 10])],
            None => [2, 0][random.weighted(&[900, 100])],
        }
    }

    fn amp_record(&self, amp: usize, records: &mut Records) {
        let Amp { id, vmp, supplier, parallel_import, .. } = self.amps[amp];
        let name = self.amp_name(amp);
        let supplier = &self.codes.suppliers[supplier];
        let description = format!("{name} ({})", supplier.name);
        let mut random = self.random("amp record", amp);
        let short = abbreviated(&description).filter(|_| self.seldom("amp short", amp, 100, 11));
        let renamed = self.seldom("amp renamed", amp, 50, 3);
        let authority = self.authority(amp);
        let relicensed = self.seldom("relicensed", amp, 25, 4);
        let before = [0, 3, 1][random.below(3)];
        let reason = random.between(1, 8) as u16;
        let flavoured =
            self.family(vmp).is_some_and(|family| family.routes[0] == "Oral") && random.chance(80);
        let flavour = random.between(1, super::lookup::FLAVOURS) as u16;
        let availability =
            [1, 2, 3, 4, 5, 6, 7, 9][random.weighted(&[740, 40, 10, 40, 5, 60, 5, 100])];
        records
            .start("AMP")
            .number("APID", id)
            .number("INVALID", self.is_amp_invalid(amp).then_some(1))
            .number("VPID", self.vmps[vmp].id)
            .text("NM", &*name)
            .text("ABBREVNM", short.as_deref())
            .text("DESC", &*description)
            .date("NMDT", renamed.then(|| self.day(&mut random)))
            .text("NM_PREV", renamed.then(|| formerly(&name)).as_deref())
            .number("SUPPCD", supplier.id)
            .code("LIC_AUTHCD", authority)
            .code("LIC_AUTH_PREVCD", relicensed.then_some(before))
            .code("LIC_AUTHCHANGECD", relicensed.then_some(reason))
            .date("LIC_AUTHCHANGEDT", relicensed.then(|| self.day(&mut random)))
            .code("COMBPRODCD", self.vmps[vmp].role.code())
            .code("FLAVOURCD", flavoured.then_some(flavour))
            .flag("EMA", self.seldom("additional monitoring", amp, 20, 6))
            .flag("PARALLEL_IMPORT", parallel_import)
            .code("AVAIL_RESTRICTCD", availability)
            .end_turned(self.turn(amp));
    }

    fn excipient_records(&self, amp: usize, records: &mut Records) {
        let mut random = self.random("excipients", amp);
        if self.medicine(self.amps[amp].vmp).is_none() || !random.chance(300) {
            return;
        }
        let first = random.below(self.ingredients.len());
        for number in 0..random.between(1, 3) {
            let at = (first + number * 7) % self.ingredients.len();
            let strength = random.chance(250).then(|| random.between(1, 200) as u64 * 125);
            records
                .start("AP_ING")
                .number("APID", self.amps[amp].id)
                .number("ISID", self.ingredients[at].id)
                .decimal("STRNTH", strength)
                .number("UOMCD", strength.map(|_| self.codes.unit("mg")))
                .end_turned(self.turn(amp));
        }
    }

    fn licensed_route_records(&self, amp: usize, records: &mut Records) {
        let Amp { id, vmp, .. } = self.amps[amp];
        let Some(family) = self.family(vmp).filter(|_| self.authority(amp) == 1) else { return };
        for route in self.routes(vmp) {
            let route = self.codes.route(family.routes[route]);
            records
                .start("LIC_ROUTE")
                .number("APID", id)
                .number("ROUTECD", route)
                .end_turned(self.turn(amp));
        }
    }

    fn information_record(&self, amp: usize, records: &mut Records) {
        let mut random = self.random("information", amp);
        let appliance = self.medicine(self.amps[amp].vmp).is_none();
        if !random.chance(if appliance { 900 } else { 40 }) {
            return;
        }
        let sized = random.chance(700).then(|| {
            let (width, length) = (random.between(2, 30), random.between(2, 30));
            format!("{width}cm x {length}cm")
        });
        let coloured = sized.is_none() || random.chance(200);
        let colour = random.between(1, super::lookup::COLOURS) as u16;
        let order = random.chance(600).then(|| format!("{}-{amp}", random.below(1000)));
        records
            .start("AP_INFO")
            .number("APID", self.amps[amp].id)
            .text("SZ_WEIGHT", sized.as_deref())
            .code("COLOURCD", coloured.then_some(colour))
            .text("PROD_ORDER_NO", order.as_deref())
            .end_turned(self.turn(amp));
    }

    /// `f_ampp2`.
    pub(crate) fn ampp_file(&self) -> Document<'_> {
        let count = self.ampps.len();
        let collection = |name, render: fn(&Self, usize, &mut Records)| -> Collection<'_> {
            (Some(name), count, Box::new(move |ampp, records| render(self, ampp, records)))
        };
        let content = |at: usize, records: &mut Records| {
            let (whole, part) = self.combined_ampps[at];
            records
                .start("CCONTENT")
                .number("PRNTAPPID", self.ampps[whole].id)
                .number("CHLDAPPID", self.ampps[part].id)
                .end();
        };
        Document {
            root: "ACTUAL_MEDICINAL_PROD_PACKS",
            schema: "ampp_v2_3.xsd",
            layout: Layout::LineOfRecord,
            collections: vec![
                collection("AMPPS", Self::ampp_record),
                collection("APPLIANCE_PACK_INFO", Self::pack_information_record),
                collection("DRUG_PRODUCT_PRESCRIB_INFO", Self::prescribing_record),
                collection("MEDICINAL_PRODUCT_PRICE", Self::price_record),
                collection("REIMBURSEMENT_INFO", Self::reimbursement_record),
                (Some("COMB_CONTENT"), self.combined_ampps.len(), Box::new(content)),
            ],
        }
    }

    /// Whether a pack is no longer made.
    pub(crate) fn is_discontinued(&self, ampp: usize) -> bool {
        self.random("discontinued", ampp).chance(220)
    }

    fn ampp_record(&self, ampp: usize, records: &mut Records) {
        let pack = &self.ampps[ampp];
        let name = self.ampp_name(ampp);
        let mut random = self.random("ampp", ampp);
        let vmp = self.amps[pack.amp].vmp;
        let short = abbreviated(&name).filter(|_| self.seldom("ampp short", ampp, 50, 10));
        let legal = match self.medicine(vmp) {
            Some(_) => [3, 2, 1][random.weighted(&[800, 130, 70])],
            None => 4,
        };
        let reinstated = !self.is_discontinued(ampp) && self.seldom("reinstated", ampp, 10, 12);
        let discontinued = match (self.is_discontinued(ampp), reinstated) {
            (true, _) => Some(1),
            (false, reinstated) => reinstated.then_some(0),
        };
        records
            .start("AMPP")
            .number("APPID", pack.id)
            .number("INVALID", self.is_ampp_invalid(ampp).then_some(1))
            .text("NM", &*name)
            .text("ABBREVNM", short.as_deref())
            .number("VPPID", self.vmpps[pack.vmpp].id)
            .number("APID", self.amps[pack.amp].id)
            .code("COMBPACKCD", self.vmps[vmp].role.code())
            .code("LEGAL_CATCD", legal)
            .text("SUBP", self.sub_pack(ampp).as_deref())
            .code("DISCCD", discontinued)
            .date("DISCDT", discontinued.map(|_| self.day(&mut random)))
            .end_turned(self.turn(ampp));
    }

    fn pack_information_record(&self, ampp: usize, records: &mut Records) {
        let mut random = self.random("pack information", ampp);
        let appliance = self.medicine(self.amps[self.ampps[ampp].amp].vmp).is_none();
        if !random.chance(if appliance { 950 } else { 250 }) {
            return;
        }
        let status = u16::from(random.chance(700));
        let changed = self.seldom("reimbursement changed", ampp, 60, 5) || random.chance(30);
        let order = random.chance(400).then(|| format!("{}/{ampp}", random.below(100)));
        records
            .start("PACK_INFO")
            .number("APPID", self.ampps[ampp].id)
            .code("REIMB_STATCD", status)
            .date("REIMB_STATDT", changed.then(|| self.day(&mut random)))
            .code("REIMB_STATPREVCD", changed.then_some(1 - status))
            .text("PACK_ORDER_NO", order.as_deref())
            .end_turned(self.turn(ampp));
    }

    fn prescribing_record(&self, ampp: usize, records: &mut Records) {
        const FLAGS: [(&str, usize); 9] = [
            ("SCHED_2", 60),
            ("ACBS", 100),
            ("PADM", 150),
            ("FP10_MDA", 40),
            ("SCHED_1", 60),
            ("HOSP", 250),
            ("NURSE_F", 300),
            ("ENURSE_F", 30),
            ("DENT_F", 250),
        ];
        let mut random = self.random("prescribing", ampp);
        if !random.chance(300) && ampp >= FLAGS.len() {
            return;
        }
        records.start("PRESCRIB_INFO").number("APPID", self.ampps[ampp].id);
        for (at, (flag, per_thousand)) in FLAGS.into_iter().enumerate() {
            // Each of the first packs has one of the flags, so that every release has them all.
            records.flag(flag, at == ampp || random.chance(per_thousand));
        }
        records.end_turned(self.turn(ampp));
    }

    fn price_record(&self, ampp: usize, records: &mut Records) {
        let mut random = self.random("price", ampp);
        let basis = [1, 2, 3, 4][random.weighted(&[850, 110, 10, 30])];
        let (now, then) = (price(&mut random), price(&mut random));
        let priced = basis == 1;
        let before = priced && random.chance(550);
        records
            .start("PRICE_INFO")
            .number("APPID", self.ampps[ampp].id)
            .number("PRICE", priced.then_some(now))
            .date("PRICEDT", random.chance(900).then(|| self.day(&mut random)))
            .number("PRICE_PREV", before.then_some(then))
            .code("PRICE_BASISCD", basis)
            .end_turned(self.turn(ampp));
    }

    fn reimbursement_record(&self, ampp: usize, records: &mut Records) {
        let mut random = self.random("reimbursement", ampp);
        let charges = [1, 2, 0][random.weighted(&[940, 40, 20])];
        let fees = [1, 2, 3][random.weighted(&[930, 50, 20])];
        let special = [1, 2][random.below(2)];
        let discount = [1, 2][random.weighted(&[850, 150])];
        records
            .start("REIMB_INFO")
            .number("APPID", self.ampps[ampp].id)
            .number("PX_CHRGS", random.chance(980).then_some(charges))
            .number("DISP_FEES", random.chance(980).then_some(fees))
            .flag("BB", random.chance(60))
            .flag("LTD_STAB", self.seldom("limited stability", ampp, 3, 2))
            .flag("CAL_PACK", self.seldom("calendar pack", ampp, 30, 3))
            .code("SPEC_CONTCD", random.chance(180).then_some(special))
            .code("DND", random.chance(120).then_some(discount))
            .flag("FP34D", self.seldom("FP34D", ampp, 20, 4))
            .end_turned(self.turn(ampp));
    }

    /// Whether a pack is only sold within another.
    pub(crate) fn is_component(&self, ampp: usize) -> bool {
        self.vmps[self.amps[self.ampps[ampp].amp].vmp].role == super::plan::Role::Component
    }

    /// The identifier of an actual pack.
    pub(crate) fn ampp_id(&self, ampp: usize) -> u64 {
        self.id(Space::Ampp, ampp)
    }
}
