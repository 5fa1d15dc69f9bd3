//! The names of products, to be found by: read by `farr::dmd::search`.

use farr::dmd::schema::{Kind, TableId};
use farr::index::format::{
    DMD_NAMES, DMD_POSTINGS, DMD_PREFIX_POSTINGS, DMD_RANK_ZONES, DMD_RANKS, DMD_WORD_POSTINGS,
    DMD_WORDS,
};

use super::texts::Texts;
use crate::dmd::{DmdNumbering, DmdRelease};
use crate::error::BuildError;
use crate::section::Section;
use crate::section::search::{SearchSections, SearchTerm, search_sections};

/// The levels in the order of product numbers.
pub(super) const LEVELS: [TableId; 5] =
    [TableId::Vtm, TableId::Vmp, TableId::Amp, TableId::Vmpp, TableId::Ampp];

/// A name: its number, zone and class, and where it lies among all texts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name {
    number: u32,
    zone: u8,
    start: u32,
    length: u16,
}

/// All names of all products, by number.
pub(super) fn names(
    release: &DmdRelease,
    numbering: &DmdNumbering,
    texts: &Texts<'_>,
) -> Vec<Name> {
    let mut names = Vec::new();
    let mut product = 0;
    for level in LEVELS {
        let Some((file, cells)) = release.table(level) else { continue };
        let table = level.table();
        let column =
            |element: &str| table.columns.iter().position(|found| found.element == element);
        let invalid = column("INVALID");
        let kinds = [
            column("NM"),
            column("DESC"),
            column("ABBREVNM"),
            column("NMPREV").or(column("NM_PREV")),
        ];
        for row in &numbering.tables[level.number()].order {
            let record = cells.row(*row as usize);
            let is_invalid = invalid.is_some_and(|column| record[column] == 1);
            for (kind, column) in (0..).zip(kinds) {
                let Some(column) = column else { continue };
                let text = release.files[file].cells.text(record[column]);
                let (start, length) = texts.span(text);
                if start == Kind::NONE_U32 {
                    continue;
                }
                let zone = match (kind, is_invalid) {
                    (3, _) => 2,
                    (_, true) => 1,
                    (_, false) => 0,
                };
                names.push(Name { number: product * DMD_NAMES + kind, zone, start, length });
            }
            product += 1;
        }
    }
    names
}

/// The sections of search.
pub(super) fn sections(names: &[Name], text: &[u8]) -> Result<Vec<Section>, BuildError> {
    let terms: Vec<SearchTerm<'_>> = names
        .iter()
        .map(|name| {
            let start = name.start as usize;
            let text = &text[start..start + usize::from(name.length)];
            SearchTerm {
                row: name.number,
                ordinal: name.number / DMD_NAMES,
                zone: name.zone,
                class: (name.number % DMD_NAMES) as u8,
                // The texts were read from UTF-8.
                text: std::str::from_utf8(text).unwrap_or_default(),
            }
        })
        .collect();
    let searched =
        search_sections(&terms).map_err(|_| BuildError::TooLarge { what: "names of products" })?;
    let tags = [
        DMD_RANKS,
        DMD_RANK_ZONES,
        DMD_WORDS,
        DMD_WORD_POSTINGS,
        DMD_PREFIX_POSTINGS,
        DMD_POSTINGS,
    ];
    let items = searched.sections().map(|(_, items)| items);
    let SearchSections { ranks, zones, words, word_postings, prefix_postings, postings, .. } =
        searched;
    let bytes = [ranks, zones, words, word_postings, prefix_postings, postings];
    let sections = tags.into_iter().zip(items).zip(bytes);
    Ok(sections.map(|((tag, items), bytes)| Section::new(tag, items as usize, bytes)).collect())
}
