//! The sections of dm+d: read by `farr::dmd`.

mod names;
mod previous;
mod rows;
mod texts;

use farr::dmd::schema::{TABLES, TableId};
use farr::index::Meta;
use farr::index::bucket::Filling;
use farr::index::format::{DMD_BUCKETS, DMD_MISSING, DMD_TEXT, GTIN_BUCKETS};

use super::Section;
use super::buckets::buckets;
use super::bytes::u64s;
use crate::dmd::{DmdNumbering, DmdRelease};
use crate::error::BuildError;
use names::LEVELS;
use texts::Texts;

/// Makes the sections, counts what is in them into `meta`, and lets go of the release on the way.
pub(crate) fn sections(
    release: DmdRelease,
    numbering: DmdNumbering,
    meta: &mut Meta,
    mut send: impl FnMut(Section),
) -> Result<(), BuildError> {
    let texts = Texts::new(&release, &numbering)?;
    let made = rows::rows(&release, &numbering, &texts);
    made.sections.into_iter().for_each(&mut send);
    count(&made.counts, &made.gtins, meta);
    send(buckets(GTIN_BUCKETS, made.gtins, Filling::Dense));
    let products = LEVELS.into_iter().flat_map(|level| {
        let rows = &numbering.tables[level.number()].order;
        let cells = release.table(level).map(|(_, cells)| cells);
        let column = level.table().id_column().unwrap_or_default();
        rows.iter().filter_map(move |row| Some(cells?.row(*row as usize)[column]))
    });
    let mut products: Vec<(u64, u32)> = products.zip(0..).collect();
    // An id at two levels is found at the first.
    products.sort_unstable();
    products.dedup_by_key(|(id, _)| *id);
    send(buckets(DMD_BUCKETS, products, Filling::Dense));
    send(Section::new(
        DMD_MISSING,
        numbering.missing.len(),
        u64s(numbering.missing.iter().copied()),
    ));
    previous::sections(&release, &numbering).into_iter().for_each(&mut send);
    let names = names::names(&release, &numbering, &texts);
    let text = texts.bytes;
    drop((release, numbering));
    names::sections(&names, &text)?.into_iter().for_each(&mut send);
    send(Section::new(DMD_TEXT, 1, text));
    Ok(())
}

/// What there is of each table, where there is any.
fn count(counts: &[u64], gtins: &[(u64, u32)], meta: &mut Meta) {
    let named = [
        (TableId::Vtm, "VTMs"),
        (TableId::Vmp, "VMPs"),
        (TableId::Amp, "AMPs"),
        (TableId::Vmpp, "VMPPs"),
        (TableId::Ampp, "AMPPs"),
        (TableId::Ingredient, "ingredients"),
        (TableId::Lookup, "lookup entries"),
        (TableId::Gtin, "GTINs of packs"),
    ];
    let history = |table: &&&farr::dmd::schema::Table| table.file == "f_history1";
    let of = |table: TableId| counts.get(table.number()).copied().unwrap_or_default();
    for (table, name) in named {
        meta.counts.push((name.to_owned(), of(table)));
    }
    meta.counts.push(("distinct GTINs".to_owned(), gtins.len() as u64));
    let rows = TABLES.iter().filter(history).map(|table| of(table.id)).sum();
    let further = [
        ("history rows of dm+d", rows),
        ("BNF and ATC rows", of(TableId::VmpBnf) + of(TableId::AmpBnf)),
        ("ingredients of VTMs", of(TableId::VtmIngredient)),
        ("trade families", of(TableId::TradeFamily)),
    ];
    for (name, count) in further.into_iter().filter(|(_, count)| *count > 0) {
        meta.counts.push((name.to_owned(), count));
    }
}
