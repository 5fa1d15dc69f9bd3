//! Asking a product of dm+d how it hangs together with others.

use farr::dmd::{Amp, Ampp, Dmd, Product, Setting, Vmp, Vmpp, Vtm};

use crate::answers::Limits;
use crate::digest::Digest;
use crate::dmd::{each, list};

/// Asks products of all levels for what they are of, and for what is of them.
pub(crate) fn ask(dmd: Dmd<'_>, limits: Limits, digest: &mut Digest) {
    for product in each(dmd, limits) {
        digest.add((product.id(), product.name(), product.level(), product.is_invalid()));
        digest.add((product.abbreviated_name(), product.previous_name()));
        digest.add(dmd.product(product.id()) == Some(product));
        digest.add(product.vtm().map(Vtm::id));
        digest.add((product.vmp().map(Vmp::id), product.amp().map(Amp::id)));
        digest.add(format!("{:?}", dmd.prescribable(product, Setting::PrimaryCare)));
        match product {
            Product::Vtm(vtm) => ask_vtm(vtm, limits, digest),
            Product::Vmp(vmp) => ask_vmp(vmp, limits, digest),
            Product::Amp(amp) => ask_amp(amp, limits, digest),
            Product::Vmpp(vmpp) => ask_vmpp(vmpp, limits, digest),
            Product::Ampp(ampp) => ask_ampp(ampp, limits, digest),
        }
    }
    for number in [1, 100_005, 999_999_999_999_999_999] {
        let id = farr::Sctid::as_published(number);
        digest.add(id.and_then(|id| dmd.product(id)).map(Product::id));
    }
}

fn ask_vtm(vtm: Vtm<'_>, limits: Limits, digest: &mut Digest) {
    digest.add((vtm.previous_id(), vtm.id_valid_from().map(|date| date.number())));
    list(vtm.vmps(), limits, digest);
    list(vtm.ingredients(), limits, digest);
}

fn ask_vmp(vmp: Vmp<'_>, limits: Limits, digest: &mut Digest) {
    digest.add((vmp.vtm_id(), vmp.vtm().map(Vtm::id), vmp.previous_id()));
    digest.add(vmp.prescribing_status().map(|status| status.to_string()));
    digest.add(vmp.unit_dose_form_size().map(|size| size.to_string()));
    list(vmp.amps(), limits, digest);
    list(vmp.vmpps(), limits, digest);
    list(vmp.ingredients(), limits, digest);
    for strength in vmp.ingredients().take(limits.rows) {
        digest.add((strength.ingredient_id(), strength.base_substance_id()));
        digest.add(strength.ingredient().map(|ingredient| ingredient.name()));
        digest.add(strength.base_substance().map(|ingredient| ingredient.name()));
        digest.add(strength.strength_numerator().map(|number| number.to_string()));
    }
    list(vmp.ont_drug_forms(), limits, digest);
    list(vmp.drug_forms(), limits, digest);
    list(vmp.drug_routes(), limits, digest);
    list(vmp.control_drug_info(), limits, digest);
    list(vmp.bnf_details(), limits, digest);
}

fn ask_amp(amp: Amp<'_>, limits: Limits, digest: &mut Digest) {
    digest.add((amp.vmp_id(), amp.vmp().map(Vmp::id), amp.description()));
    digest.add(amp.supplier().map(|supplier| supplier.to_string()));
    list(amp.ampps(), limits, digest);
    list(amp.excipients(), limits, digest);
    list(amp.licensed_routes(), limits, digest);
    list(amp.product_information(), limits, digest);
    list(amp.bnf_details(), limits, digest);
    list(amp.trade_families(), limits, digest);
    for family in amp.trade_families().take(limits.rows) {
        digest.add((family.amp_id(), family.trade_family().map(|family| family.name())));
    }
}

fn ask_vmpp(vmpp: Vmpp<'_>, limits: Limits, digest: &mut Digest) {
    digest.add((vmpp.vmp_id(), vmpp.vmp().map(Vmp::id)));
    digest.add(vmpp.quantity().map(|quantity| quantity.to_string()));
    list(vmpp.ampps(), limits, digest);
    list(vmpp.drug_tariff_info(), limits, digest);
    list(vmpp.components(), limits, digest);
    list(vmpp.combinations(), limits, digest);
    for part in vmpp.components().chain(vmpp.combinations()).take(limits.rows) {
        digest.add((part.component_id(), part.combination_id()));
        digest.add((part.component().map(Vmpp::id), part.combination().map(Vmpp::id)));
    }
}

fn ask_ampp(ampp: Ampp<'_>, limits: Limits, digest: &mut Digest) {
    digest.add((ampp.vmpp_id(), ampp.amp_id(), ampp.is_discontinued()));
    digest.add((ampp.vmpp().map(Vmpp::id), ampp.amp().map(Amp::id)));
    list(ampp.appliance_pack_info(), limits, digest);
    list(ampp.prescrib_info(), limits, digest);
    list(ampp.price_info(), limits, digest);
    list(ampp.reimbursement_info(), limits, digest);
    list(ampp.components(), limits, digest);
    list(ampp.combinations(), limits, digest);
    list(ampp.gtins(), limits, digest);
    for part in ampp.components().chain(ampp.combinations()).take(limits.rows) {
        digest.add((part.component_id(), part.combination_id()));
        digest.add((part.component().map(Ampp::id), part.combination().map(Ampp::id)));
    }
}
