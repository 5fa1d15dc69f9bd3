//! The columns of refset tables: values, dictionaries, templates of texts.

use farr::index::format::{self, CODE_KIND_SHIFT, CODE_NONE, COLUMN_ORDERED, COLUMN_PARAMETERS};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::codes::Codes;
use super::parts::Part;
use crate::error::BuildError;
use crate::rf2::refset::{EMPTY, NO_ID, TextColumn, Texts, put_together};
use crate::section::Section;
use crate::section::bytes::{texts, u32s};

/// The columns whose rows are stored by value too.
const ORDERED: [(u8, &str); 3] =
    [(b'c', "targetComponentId"), (b's', "mapTarget"), (b's', "mapSource")];
/// Entries of a dictionary at most.
const LARGEST_DICTIONARY: usize = 1 << 16;

/// A column in the order of the member rows; texts are numbers of the pool.
pub(super) struct Column {
    pub(super) letter: u8,
    pub(super) name: String,
    /// Its table's first member row.
    pub(super) first: u32,
    pub(super) values: Vec<u32>,
    /// Where the parameters of each row start, and the parameters, where texts are templates.
    parameters: Option<(Vec<u32>, Vec<u32>)>,
}

/// Whether a column has its rows by value.
fn is_ordered(letter: u8, name: &str) -> bool {
    // Releases differ in the capitals of headers, and readers take any.
    ORDERED.iter().any(|(kind, known)| *kind == letter && known.eq_ignore_ascii_case(name))
}

impl Column {
    pub(super) fn new(letter: u8, name: &str, first: u32, values: Vec<u32>) -> Column {
        Column { letter, name: name.to_owned(), first, values, parameters: None }
    }

    /// A column of components: codes, and texts of those that are no ids.
    pub(super) fn components(
        name: &str,
        first: u32,
        ids: impl Iterator<Item = u64>,
        codes: &Codes,
        all_texts: &[Box<str>],
        pool: &mut Texts,
    ) -> Column {
        let values = ids.map(|id| match id {
            EMPTY => CODE_NONE,
            text if text & NO_ID != 0 => {
                let text = &all_texts[(text & !NO_ID) as usize];
                3 << CODE_KIND_SHIFT | pool.number(text)
            }
            id => codes.code(id),
        });
        Column::new(b'c', name, first, values.collect())
    }

    /// A column of texts, as a whole or as templates, whichever is smaller by a plain rule: at
    /// least half of the rows have ids of concepts, and a template serves four rows on average.
    pub(super) fn texts(
        name: &str,
        first: u32,
        column: &TextColumn,
        order: &[u32],
        codes: &Codes,
        all_texts: &[Box<str>],
        pool: &mut Texts,
    ) -> Column {
        let rows = || order.iter().map(|row| column.row(*row as usize));
        let with_ids = rows().filter(|(_, ids)| !ids.is_empty()).count();
        let mut templates = FxHashSet::default();
        templates.extend(rows().map(|(template, _)| template));
        let as_templates = with_ids * 2 > order.len()
            && templates.len() * 4 <= order.len()
            && !is_ordered(b's', name);
        let known: Vec<Option<u32>> = match as_templates {
            true => column.ids.par_iter().map(|id| codes.concept(*id)).collect(),
            false => Vec::new(),
        };
        // The number in the pool of texts that have no ids, or whose ids are all places.
        let mut numbers = vec![None; all_texts.len()];
        let mut values = Vec::with_capacity(order.len());
        let (mut starts, mut parameters) = (Vec::new(), Vec::new());
        let mut text = String::new();
        for row in order {
            let (template, ids) = column.row(*row as usize);
            let source = &all_texts[template as usize];
            let ordinals = match as_templates {
                true => {
                    let start = column.rows[*row as usize].1 as usize;
                    starts.push(parameters.len() as u32);
                    let ordinals = &known[start..start + ids.len()];
                    parameters.extend(ordinals.iter().flatten());
                    ordinals
                }
                false => &[],
            };
            let whole = match as_templates {
                true => ordinals.iter().all(Option::is_some),
                false => ids.is_empty(),
            };
            if whole {
                let number = &mut numbers[template as usize];
                values.push(*number.get_or_insert_with(|| pool.number(source)));
                continue;
            }
            let mut ordinals = ordinals.iter();
            put_together(source, ids, &mut text, |_| ordinals.next().is_some_and(Option::is_some));
            values.push(pool.number(&text));
        }
        starts.push(parameters.len() as u32);
        let parameters = as_templates.then_some((starts, parameters));
        Column { letter: b's', name: name.to_owned(), first, values, parameters }
    }
}

/// The sections of all columns; `pool` has their texts, `columns` those of each table.
pub(super) fn sections(
    tables: &mut [Vec<Column>],
    parts: &[Part],
    renumbered: &[u32],
) -> Result<Vec<Section>, BuildError> {
    let mut names: Vec<&str> = tables.iter().flatten().map(|column| column.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let name_section = texts(format::COLUMN_NAMES, names.iter().copied());
    let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
    let mut records: Vec<u8> = Vec::new();
    let mut values: Vec<u8> = Vec::new();
    let (mut dictionaries, mut orders) = (Vec::new(), Vec::new());
    let (mut starts, mut parameters) = (Vec::new(), Vec::new());
    for (table, columns) in tables.iter_mut().enumerate() {
        for column in columns {
            renumber(column, renumbered);
            let start = place(values.len(), "values of refset columns")?;
            let dictionary = dictionary(column);
            let dictionary_start = place(dictionaries.len(), "values of refset columns")?;
            let entries = dictionary.as_ref().map_or(0, Vec::len);
            let width = encode(column, dictionary, &mut values, &mut dictionaries);
            let mut flags = 0;
            let order_start = place(orders.len(), "refset rows")?;
            if is_ordered(column.letter, &column.name) {
                flags |= COLUMN_ORDERED;
                by_value(
                    column,
                    parts.iter().filter(|part| part.table as usize == table),
                    &mut orders,
                );
            }
            let parameter_starts = place(starts.len(), "refset rows")?;
            if let Some((own_starts, own)) = column.parameters.take() {
                flags |= COLUMN_PARAMETERS;
                let base = place(parameters.len() + own.len(), "ids in texts")? - own.len() as u32;
                starts.extend(own_starts.into_iter().map(|start| base + start));
                parameters.extend(own);
            }
            let name = names.partition_point(|name| *name < column.name) as u32;
            records.extend_from_slice(&[column.letter, width]);
            records.extend_from_slice(&u16::to_le_bytes(flags));
            records.extend_from_slice(&u32s(&[
                name,
                start,
                dictionary_start,
                entries as u32,
                order_start,
                parameter_starts,
                0,
            ]));
        }
    }
    let count = records.len() / format::REFSET_COLUMN_LENGTH;
    let (value_bytes, parameter_count) = (values.len(), parameters.len());
    Ok(vec![
        Section::new(format::REFSET_COLUMNS, count, records),
        name_section,
        Section::new(format::COLUMN_VALUES, value_bytes, values),
        Section::new(format::COLUMN_DICTIONARIES, dictionaries.len(), u32s(&dictionaries)),
        Section::new(format::VALUE_ORDER, orders.len(), u32s(&orders)),
        Section::new(format::PARAMETER_STARTS, starts.len(), u32s(&starts)),
        Section::new(format::PARAMETERS, parameter_count, u32s(&parameters)),
    ])
}

/// A place in a section that is counted in 30 bits, as its reader bounds it.
fn place(place: usize, what: &'static str) -> Result<u32, BuildError> {
    match place < 1 << 30 {
        true => Ok(place as u32),
        false => Err(BuildError::TooLarge { what }),
    }
}

/// Gives texts their numbers in the order of their bytes.
fn renumber(column: &mut Column, renumbered: &[u32]) {
    match column.letter {
        b's' => column.values.iter_mut().for_each(|value| *value = renumbered[*value as usize]),
        b'c' => column
            .values
            .iter_mut()
            .filter(|code| **code != CODE_NONE && **code >> CODE_KIND_SHIFT == 3)
            .for_each(|code| {
                let number = *code & format::CODE_NUMBER;
                *code = 3 << CODE_KIND_SHIFT | renumbered[number as usize];
            }),
        _ => {}
    }
}

/// Values in the order of a column.
fn key(letter: u8, value: u32) -> i64 {
    match letter {
        b'i' => i64::from(i32::from_le_bytes(value.to_le_bytes())),
        _ => i64::from(value),
    }
}

/// The distinct values of a column, ascending, where a dictionary of them pays.
fn dictionary(column: &Column) -> Option<Vec<u32>> {
    let mut distinct = FxHashSet::default();
    let mut last = None;
    for value in &column.values {
        if last != Some(*value) && distinct.insert(*value) && distinct.len() > LARGEST_DICTIONARY {
            return None;
        }
        last = Some(*value);
    }
    let width = if distinct.len() <= 1 << 8 { 1 } else { 2 };
    if distinct.len() * 4 + column.values.len() * width > column.values.len() * 4 {
        return None;
    }
    let mut dictionary: Vec<u32> = distinct.into_iter().collect();
    dictionary.sort_unstable_by_key(|value| key(column.letter, *value));
    Some(dictionary)
}

/// Writes the values of a column; gives how many bytes each has.
fn encode(
    column: &Column,
    dictionary: Option<Vec<u32>>,
    values: &mut Vec<u8>,
    dictionaries: &mut Vec<u32>,
) -> u8 {
    let Some(dictionary) = dictionary else {
        values.extend_from_slice(&u32s(&column.values));
        return 4;
    };
    let entry = |value: &u32| {
        let key_of_value = key(column.letter, *value);
        dictionary.partition_point(|other| key(column.letter, *other) < key_of_value)
    };
    let width = if dictionary.len() <= 1 << 8 { 1 } else { 2 };
    let (mut last, mut last_entry) = (None, 0);
    for value in &column.values {
        if last != Some(*value) {
            (last, last_entry) = (Some(*value), entry(value));
        }
        values.extend_from_slice(&(last_entry as u16).to_le_bytes()[..width]);
    }
    dictionaries.extend(dictionary);
    width as u8
}

/// Appends the rows of a column's table: those of each active run by value.
fn by_value<'p>(column: &Column, parts: impl Iterator<Item = &'p Part>, orders: &mut Vec<u32>) {
    let start = orders.len();
    orders.extend(column.first..column.first + column.values.len() as u32);
    for part in parts {
        let from = start + (part.first - column.first) as usize;
        let run = &mut orders[from..from + part.active as usize];
        run.par_sort_by_key(|row| column.values[(*row - column.first) as usize]);
    }
}
