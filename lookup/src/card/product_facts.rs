//! What there is to say of a product, in words and in the order of reading.

use farr::dmd::{Amp, Ampp, LookupEntry, Product, Vmp, Vmpp, Vtm};

use super::product::strength;

/// Facts under way: a label, and what stands behind it.
#[derive(Debug, Default)]
struct Facts(Vec<(&'static str, String)>);

impl Facts {
    fn add(&mut self, label: &'static str, text: impl Into<Option<String>>) {
        if let Some(text) = text.into() {
            self.0.push((label, text));
        }
    }

    fn code(&mut self, label: &'static str, entry: Option<LookupEntry<'_>>) {
        self.add(label, entry.map(words));
    }

    /// Words with the day since which they hold.
    fn since(&mut self, label: &'static str, words: Option<String>, date: Option<farr::Date>) {
        self.add(label, words.map(|words| with_date(words, date)));
    }
}

/// All facts of a product.
pub(super) fn facts(product: Product<'_>) -> Vec<(&'static str, String)> {
    let mut facts = Facts::default();
    facts.add("Abbreviated", product.abbreviated_name().map(str::to_owned));
    match product {
        Product::Vtm(vtm) => of_vtm(vtm, &mut facts),
        Product::Vmp(vmp) => of_vmp(vmp, &mut facts),
        Product::Amp(amp) => of_amp(amp, &mut facts),
        Product::Vmpp(vmpp) => of_vmpp(vmpp, &mut facts),
        Product::Ampp(ampp) => of_ampp(ampp, &mut facts),
    }
    facts.0
}

/// The words of an entry, or that the lookup file has none for its code.
fn words(entry: LookupEntry<'_>) -> String {
    match entry.description() {
        Some(words) => words.to_owned(),
        None => format!("code {} (not in the lookup file)", entry.code_text()),
    }
}

fn with_date(words: String, date: Option<farr::Date>) -> String {
    match date {
        Some(date) => format!("{words} (since {date})"),
        None => words,
    }
}

/// Pence as pounds.
fn pounds(pence: u32) -> String {
    format!("£{}.{:02}", pence / 100, pence % 100)
}

fn price(now: Option<u32>, date: Option<farr::Date>, before: Option<u32>) -> Option<String> {
    let before = before.map(|before| format!("before: {}", pounds(before)));
    match (now.map(|now| with_date(pounds(now), date)), before) {
        (Some(now), Some(before)) => Some(format!("{now}; {before}")),
        (now, before) => now.or(before),
    }
}

fn joined(words: impl Iterator<Item = &'static str>) -> Option<String> {
    let words: Vec<&str> = words.collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// The names of the flags that are set.
fn flags<const N: usize>(flags: [(bool, &'static str); N]) -> Option<String> {
    joined(flags.into_iter().filter(|(set, _)| *set).map(|(_, name)| name))
}

fn of_vtm(vtm: Vtm<'_>, facts: &mut Facts) {
    facts.add("Previous id", vtm.previous_id().map(|id| id.to_string()));
    facts.add("Id valid from", vtm.id_valid_from().map(|date| date.to_string()));
    for ingredient in vtm.ingredients() {
        let name = ingredient.ingredient().map(|found| found.name().to_owned());
        let id = ingredient.ingredient_id().map(|id| id.to_string());
        facts.add("Ingredient", name.or(id));
    }
}

fn of_vmp(vmp: Vmp<'_>, facts: &mut Facts) {
    facts.add("Previous id", vmp.previous_id().map(|id| id.to_string()));
    facts.add("Id valid from", vmp.id_valid_from().map(|date| date.to_string()));
    facts.since("Name basis", vmp.basis_of_name().map(words), vmp.name_valid_from());
    facts.add("Previous name", vmp.previous_name().map(str::to_owned));
    facts.code("Previous basis", vmp.previous_basis_of_name());
    facts.code("Name changed", vmp.name_change_reason());
    for ingredient in vmp.ingredients() {
        let id = || ingredient.ingredient_id().map(|id| id.to_string());
        let name = ingredient.ingredient().map(|found| found.name().to_owned());
        let mut text = name.or_else(id).unwrap_or_default();
        if let Some(strength) = strength(ingredient) {
            text.push_str(&format!(" {strength}"));
        }
        if let Some(base) = ingredient.base_substance() {
            text.push_str(&format!(", as {}", base.name()));
        }
        facts.add("Ingredient", text);
    }
    for form in vmp.drug_forms() {
        facts.code("Form", form.form());
    }
    for route in vmp.drug_routes() {
        facts.code("Route", route.route());
    }
    for form in vmp.ont_drug_forms() {
        facts.code("Form and route", form.form());
    }
    facts.code("Dose form", vmp.dose_form_indicator());
    if let Some(size) = vmp.unit_dose_form_size() {
        let units = vmp.unit_dose_form_units().map(words).unwrap_or_default();
        facts.add("Unit dose form", format!("{size} {units}").trim_end().to_owned());
    }
    facts.code("Unit dose", vmp.unit_dose_unit_of_measure());
    facts.code("Status", vmp.prescribing_status());
    let available = vmp.non_availability().map(words);
    facts.since("Availability", available, vmp.non_availability_from());
    for info in vmp.control_drug_info() {
        facts.since("Controlled drug", info.category().map(words), info.category_from());
        facts.code("Controlled before", info.previous_category());
    }
    facts.code("Combination", vmp.combination_product());
    facts.add(
        "Free of",
        flags([
            (vmp.is_sugar_free(), "sugar"),
            (vmp.is_gluten_free(), "gluten"),
            (vmp.is_preservative_free(), "preservatives"),
            (vmp.is_cfc_free(), "CFCs"),
        ]),
    );
    for bnf in vmp.bnf_details() {
        facts.add("BNF", bnf.bnf().map(str::to_owned));
        facts.add("ATC", bnf.atc().map(str::to_owned));
        let units = bnf.defined_daily_dose_units().map(words).unwrap_or_default();
        let dose = bnf.defined_daily_dose();
        facts.add(
            "Daily dose (DDD)",
            dose.map(|dose| format!("{dose} {units}").trim_end().to_owned()),
        );
    }
}

fn of_amp(amp: Amp<'_>, facts: &mut Facts) {
    facts.add("Supplier", amp.supplier().map(words));
    facts.since("Name alone", Some(amp.name().to_owned()), amp.name_valid_from());
    facts.add("Previous name", amp.previous_name().map(str::to_owned));
    facts.code("Licensed by", amp.licensing_authority());
    facts.code("Licensed before", amp.previous_licensing_authority());
    let reason = amp.licensing_authority_change_reason().map(words);
    facts.since("Licence changed", reason, amp.licensing_authority_changed());
    facts.code("Restriction", amp.availability_restriction());
    facts.code("Combination", amp.combination_product());
    facts.code("Flavour", amp.flavour());
    facts.add(
        "Marked as",
        flags([
            (amp.has_additional_monitoring(), "additionally monitored (EMA)"),
            (amp.is_parallel_import(), "parallel import"),
        ]),
    );
    for excipient in amp.excipients() {
        let id = || excipient.ingredient_id().map(|id| id.to_string());
        let name = excipient.ingredient().map(|found| found.name().to_owned());
        let mut text = name.or_else(id).unwrap_or_default();
        if let Some(strength) = excipient.strength() {
            let units = excipient.strength_units().map(words).unwrap_or_default();
            text.push_str(format!(" {strength} {units}").trim_end());
        }
        facts.add("Excipient", text);
    }
    for route in amp.licensed_routes() {
        facts.code("Licensed route", route.route());
    }
    for info in amp.product_information() {
        facts.add("Size or weight", info.size_or_weight().map(str::to_owned));
        facts.code("Colour", info.colour());
        facts.add("Order number", info.order_number().map(str::to_owned));
    }
    for bnf in amp.bnf_details() {
        facts.add("BNF", bnf.bnf().map(str::to_owned));
    }
    for family in amp.trade_families() {
        let name = family.trade_family().map(|family| match family.group() {
            Some(group) => format!("{} ({})", family.name(), group.name()),
            None => family.name().to_owned(),
        });
        facts.add("Trade family", name);
    }
}

fn of_vmpp(vmpp: Vmpp<'_>, facts: &mut Facts) {
    if let Some(quantity) = vmpp.quantity() {
        let units = vmpp.quantity_units().map(words).unwrap_or_default();
        facts.add("Quantity", format!("{quantity} {units}").trim_end().to_owned());
    }
    facts.code("Combination", vmpp.combination_pack());
    for info in vmpp.drug_tariff_info() {
        facts.code("Drug Tariff", info.payment_category());
        let price = price(info.price(), info.price_from(), info.previous_price());
        facts.add("Drug Tariff price", price);
    }
    for part in vmpp.components() {
        let name = part.component().map(|pack| pack.name().to_owned());
        facts.add("Component", name.or(part.component_id().map(|id| id.to_string())));
    }
    for part in vmpp.combinations() {
        let name = part.combination().map(|pack| pack.name().to_owned());
        facts.add("Component of", name.or(part.combination_id().map(|id| id.to_string())));
    }
}

fn of_ampp(ampp: Ampp<'_>, facts: &mut Facts) {
    facts.add("Subpack", ampp.subpack().map(str::to_owned));
    facts.code("Legal category", ampp.legal_category());
    facts.since("Discontinuation", ampp.discontinued().map(words), ampp.discontinued_from());
    facts.code("Combination", ampp.combination_pack());
    for info in ampp.price_info() {
        let price = price(info.price(), info.price_from(), info.previous_price());
        facts.add("Price", price);
        facts.code("Price basis", info.price_basis());
    }
    for info in ampp.reimbursement_info() {
        let number = |number: Option<u32>| number.map(|number| number.to_string());
        facts.add("Charges", number(info.prescription_charges()));
        facts.add("Dispensing fees", number(info.dispensing_fees()));
        facts.code("Container", info.special_container());
        facts.code("Discount", info.discount_not_deducted());
        facts.add(
            "Reimbursement",
            flags([
                (info.has_broken_bulk(), "broken bulk"),
                (info.has_limited_stability(), "limited stability"),
                (info.is_calendar_pack(), "calendar pack"),
                (info.is_fp34d(), "FP34D"),
            ]),
        );
    }
    for info in ampp.prescrib_info() {
        facts.add(
            "Marked as",
            flags([
                (info.is_schedule_1(), "schedule 1 (not on the NHS)"),
                (info.is_schedule_2(), "schedule 2 (stated conditions)"),
                (info.is_acbs(), "ACBS"),
                (info.is_personally_administered(), "personally administered"),
                (info.is_fp10_mda(), "FP10 MDA"),
                (info.is_hospital_pack(), "hospital pack"),
                (info.is_in_nurse_formulary(), "nurse formulary"),
                (info.is_in_extended_nurse_formulary(), "extended nurse formulary"),
                (info.is_in_dental_formulary(), "dental formulary"),
            ]),
        );
    }
    for info in ampp.appliance_pack_info() {
        let status = info.reimbursement_status().map(words);
        facts.since("Reimbursed", status, info.reimbursement_status_from());
        facts.code("Reimbursed before", info.previous_reimbursement_status());
        facts.add("Order number", info.order_number().map(str::to_owned));
    }
    for part in ampp.components() {
        let name = part.component().map(|pack| pack.name().to_owned());
        facts.add("Component", name.or(part.component_id().map(|id| id.to_string())));
    }
    for part in ampp.combinations() {
        let name = part.combination().map(|pack| pack.name().to_owned());
        facts.add("Component of", name.or(part.combination_id().map(|id| id.to_string())));
    }
    for gtin in ampp.gtins() {
        let Some(number) = gtin.gtin() else { continue };
        let (start, end) = (gtin.start(), gtin.end());
        let text = match (start, end) {
            (Some(start), Some(end)) => format!("{number} ({start} to {end})"),
            (Some(start), None) => format!("{number} (since {start})"),
            (None, Some(end)) => format!("{number} (to {end})"),
            (None, None) => number.to_string(),
        };
        facts.add("GTIN", text);
    }
}
