//! What the demonstration shows of dm+d, chosen from the index.

use farr::Snomed;
use farr::dmd::{Current, Dmd, Level, Product, Setting, Vtm};

/// What to show.
#[derive(Debug)]
pub(super) struct Medicines {
    /// The beginning of the name of a moiety.
    pub(super) query: Option<String>,
    /// A moiety with something, and not too much, below it.
    pub(super) moiety: Option<String>,
    /// What a scanner reads of a pack of it.
    pub(super) scan: Option<String>,
    /// A previous id of a product.
    pub(super) previous: Option<String>,
}

/// Lines of the tree below a moiety that are good to read.
const BEST: usize = 12;

/// Chooses.
pub(super) fn choose<'t>(dmd: Dmd<'t>, snomed: Option<Snomed<'t>>) -> Medicines {
    let is_concept =
        |vtm: &Vtm<'t>| snomed.is_some_and(|snomed| Product::Vtm(*vtm).concept(snomed).is_some());
    let moiety =
        dmd.vtms().filter(|vtm| !vtm.is_invalid() && gtin_of(*vtm).is_some()).min_by_key(|vtm| {
            (!is_concept(vtm), query_for(dmd, *vtm).is_none(), lines(*vtm).abs_diff(BEST))
        });
    Medicines {
        query: moiety.and_then(|vtm| query_for(dmd, vtm)),
        moiety: moiety.map(|vtm| vtm.id().to_string()),
        scan: moiety.and_then(gtin_of).map(|gtin| format!("(01){gtin}(17)301130(10)A1(21)X77")),
        previous: previous(dmd),
    }
}

/// The beginning of a moiety's name, where that finds a product which may be prescribed.
fn query_for(dmd: Dmd<'_>, vtm: Vtm<'_>) -> Option<String> {
    let query: String = vtm.name().chars().take(5).collect::<String>().to_lowercase();
    let search = dmd.search(&query).level(Level::Vmp).prescribable(Setting::PrimaryCare);
    let results = search.typos(false).run();
    let is_word = query.chars().all(char::is_alphabetic);
    (is_word && !results.hits().is_empty()).then_some(query)
}

/// How many lines the tree below a moiety has.
fn lines(vtm: Vtm<'_>) -> usize {
    let of_vmp = |vmp: farr::dmd::Vmp<'_>| {
        let amps = vmp.amps().map(|amp| 1 + amp.ampps().len());
        1 + vmp.vmpps().len() + amps.sum::<usize>()
    };
    vtm.vmps().map(of_vmp).sum()
}

/// The GTIN of a pack that still has it.
fn gtin_of(vtm: Vtm<'_>) -> Option<farr::id::Gtin> {
    let packs = vtm.vmps().flat_map(|vmp| vmp.amps()).flat_map(|amp| amp.ampps());
    let mut gtins = packs.flat_map(|ampp| ampp.gtins()).filter(|gtin| gtin.end().is_none());
    gtins.find_map(|found| found.gtin().filter(|gtin| gtin.has_valid_check_digit()))
}

/// A previous id that leads to one product, and is that of none.
fn previous(dmd: Dmd<'_>) -> Option<String> {
    let mut ids = dmd.vmps().filter(|vmp| !vmp.is_invalid()).filter_map(|vmp| vmp.previous_id());
    let id = ids.find(|id| {
        matches!(dmd.current(*id), Current::One(now) if now.id != *id) && dmd.product(*id).is_none()
    })?;
    Some(id.to_string())
}
