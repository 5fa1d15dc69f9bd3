//! Asking dm+d everything.

use farr::dmd::schema::{List, TableId};
use farr::dmd::{Dmd, DmdRecord, Level, On, PackGtin, Product, Record, Setting};
use farr::{Date, Sctid};

use crate::answers::Limits;
use crate::digest::Digest;
use crate::products;

/// The digest of all answers of dm+d.
pub fn dmd_answers(dmd: Dmd<'_>, limits: Limits) -> u64 {
    let mut digest = Digest::default();
    digest.add(dmd.meta().to_text());
    digest.add(dmd.release_date().map(Date::number));
    for level in Level::ALL {
        digest.add(dmd.count(level));
    }
    tables(dmd, limits, &mut digest);
    products::ask(dmd, limits, &mut digest);
    substances_and_families(dmd, limits, &mut digest);
    lists(dmd, limits, &mut digest);
    ids(dmd, limits, &mut digest);
    packs(dmd, limits, &mut digest);
    searches(dmd, limits, &mut digest);
    digest.finish()
}

/// Every which row is asked, so that those asked are of all parts of a table.
pub(crate) fn step(rows: usize, most: usize) -> usize {
    rows.div_ceil(most.max(1)).max(1)
}

/// All elements of a record.
pub(crate) fn elements(record: Record<'_>, digest: &mut Digest) {
    for element in record.elements() {
        digest.add((element.name, element.value.to_string()));
    }
}

/// What belongs to something: how much there is, and the first and last of it.
pub(crate) fn list<'t, R: DmdRecord<'t>>(
    list: impl ExactSizeIterator<Item = R> + DoubleEndedIterator + Clone,
    limits: Limits,
    digest: &mut Digest,
) {
    digest.add(list.len());
    // Collecting makes room for as many as the iterator says there are.
    let all: Vec<R> = list.clone().collect();
    digest.add(all.len());
    all.into_iter().take(limits.rows).for_each(|found| elements(found.record(), digest));
    list.rev().take(1).for_each(|found| elements(found.record(), digest));
}

fn tables(dmd: Dmd<'_>, limits: Limits, digest: &mut Digest) {
    for table in TableId::ALL {
        let rows = dmd.table(table).len();
        digest.add(rows);
        for record in dmd.table(table).step_by(step(rows, limits.rows)).take(limits.rows) {
            elements(record, digest);
            digest.add(format!("{record:?}"));
        }
    }
}

fn substances_and_families(dmd: Dmd<'_>, limits: Limits, digest: &mut Digest) {
    let all = dmd.ingredients();
    for found in all.step_by(step(all.len(), limits.concepts)).take(limits.concepts) {
        digest.add((found.id(), found.name(), dmd.ingredient(found.id()) == Some(found)));
        list(found.in_vmps(), limits, digest);
        list(found.in_amps(), limits, digest);
        list(found.in_vtms(), limits, digest);
        let vmp = found.in_vmps().next().and_then(|strength| strength.vmp());
        digest.add(vmp.map(|vmp| vmp.id()));
        let amp = found.in_amps().next().and_then(|excipient| excipient.amp());
        digest.add(amp.map(|amp| amp.id()));
        let vtm = found.in_vtms().next().and_then(|ingredient| ingredient.vtm());
        digest.add(vtm.map(|vtm| vtm.id()));
    }
    for family in dmd.trade_families().take(limits.rows) {
        digest.add((family.id(), dmd.trade_family(family.id()) == Some(family)));
        digest.add(family.group().map(|group| group.id()));
        list(family.amps(), limits, digest);
    }
    for group in dmd.trade_family_groups().take(limits.rows) {
        digest.add((group.id(), dmd.trade_family_group(group.id()) == Some(group)));
        list(group.families(), limits, digest);
    }
}

fn lists(dmd: Dmd<'_>, limits: Limits, digest: &mut Digest) {
    for named in List::ALL {
        let entries = dmd.list(named);
        list(entries, limits, digest);
        for entry in entries.step_by(step(entries.len(), limits.rows)).take(limits.rows) {
            digest.add((entry.code_text(), entry.to_string(), entry.is_known()));
            digest.add(entry.list() == Some(named));
            digest.add(dmd.lookup(named, entry.code()) == Some(entry));
        }
        digest.add(dmd.lookup(named, u64::MAX).is_some());
    }
}

/// Days that a file may have something to say of.
const DAYS: [u32; 4] = [19_480_101, 20_081_231, 20_200_302, 20_260_801];

fn ids(dmd: Dmd<'_>, limits: Limits, digest: &mut Digest) {
    let ended = [
        TableId::VtmHistory,
        TableId::VmpHistory,
        TableId::IngredientHistory,
        TableId::SupplierHistory,
        TableId::FormHistory,
        TableId::RouteHistory,
        TableId::UnitOfMeasureHistory,
        TableId::Vtm,
        TableId::Vmp,
        TableId::Lookup,
        TableId::TradeFamily,
    ];
    for table in ended {
        let rows = dmd.table(table).len();
        for record in dmd.table(table).step_by(step(rows, limits.rows)).take(limits.rows) {
            let ids = record.elements().filter_map(|element| match element.value {
                farr::dmd::ElementValue::Id(id) => Some(id),
                farr::dmd::ElementValue::Number(number) => Sctid::as_published(number),
                _ => None,
            });
            ids.for_each(|id| followed(dmd, id, limits, digest));
        }
    }
    for number in [1, 100_005, 999_999_999_999_999_999] {
        Sctid::as_published(number).into_iter().for_each(|id| followed(dmd, id, limits, digest));
    }
}

/// Where an id leads, on some days and on any, and what is known of it.
fn followed(dmd: Dmd<'_>, id: Sctid, limits: Limits, digest: &mut Digest) {
    digest.add(format!("{:?}", dmd.current(id)));
    for date in DAYS.into_iter().filter_map(Date::from_number) {
        digest.add(format!("{:?}", dmd.current_on(id, date)));
    }
    for rows in [dmd.previous_rows(id), dmd.history_of(id)] {
        digest.add(rows.size_hint().0);
        let all: Vec<_> = rows.collect();
        digest.add(all.len());
        all.iter().take(limits.rows).for_each(|row| digest.add(format!("{row:?}")));
    }
}

fn packs(dmd: Dmd<'_>, limits: Limits, digest: &mut Digest) {
    let all = dmd.records::<PackGtin<'_>>();
    for pack in all.step_by(step(all.len(), limits.concepts)).take(limits.concepts) {
        digest.add((pack.gtin().map(|gtin| gtin.value()), pack.ampp_id()));
        digest.add(pack.ampp().map(|ampp| ampp.id()));
        let Some(gtin) = pack.gtin() else { continue };
        let days = DAYS.into_iter().filter_map(Date::from_number).map(On::Date);
        for on in days.chain([On::AnyDay]) {
            let found = dmd.packs_by_gtin(gtin, on);
            digest.add(found.count());
            found.take(limits.rows).for_each(|pack| elements(pack.record(), digest));
        }
    }
}

/// What is searched for in every index, beside the names it holds itself.
const QUERIES: [&str; 10] = [
    "",
    "!?",
    "a",
    "farrolol 10",
    "tabs farrolol",
    "farolol",
    "µg",
    "10mg tab",
    "cream bog",
    "zzz",
];

fn searches(dmd: Dmd<'_>, limits: Limits, digest: &mut Digest) {
    let mut search = |query: &str| {
        let plain = dmd.search(query).limit(limits.rows);
        let all = plain.include_invalid().include_previous_names();
        let vmps = plain.level(Level::Vmp).typos(false);
        let prescribable = plain.prescribable(Setting::PrimaryCare).limit(5);
        for search in [plain, all, vmps, prescribable] {
            let results = search.run();
            for hit in results.hits() {
                digest.add((hit.product().id(), hit.name(), hit.name_kind()));
            }
            digest.add((results.has_more(), results.is_corrected()));
            digest.add((results.had_no_words(), results.was_too_long()));
            for correction in results.corrections() {
                digest.add((&correction.typed, &correction.found));
            }
        }
    };
    QUERIES.into_iter().for_each(&mut search);
    let products = Level::ALL.into_iter().map(|level| dmd.count(level)).sum();
    let every = step(products, limits.searches);
    for product in dmd.products().step_by(every).take(limits.searches) {
        search(product.name());
        let beginning: String = product.name().chars().take(3).collect();
        search(&beginning);
    }
}

/// Products as a list of their own: for what is asked of each.
pub(crate) fn each<'t>(dmd: Dmd<'t>, limits: Limits) -> impl Iterator<Item = Product<'t>> {
    let products = Level::ALL.into_iter().map(|level| dmd.count(level)).sum();
    dmd.products().step_by(step(products, limits.concepts)).take(limits.concepts)
}
