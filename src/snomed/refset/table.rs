//! Tables: the columns that refsets have beyond those of every refset.

use super::field::{FieldType, FieldValue};
use super::text::MemberText;
use crate::index::format::{COLUMN_ORDERED, COLUMN_PARAMETERS, REFSET_COLUMN_LENGTH};
use crate::snomed::edition::Snomed;

/// One table: rows of one distinct combination of columns.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table<'t> {
    snomed: Snomed<'t>,
    /// Its first member row, and the first behind it.
    pub(crate) rows: (u32, u32),
    columns: (u32, u32),
}

/// One column of a table, decoded once and read often.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column<'t> {
    snomed: Snomed<'t>,
    pub(crate) field_type: FieldType,
    rows: (u32, u32),
    width: u8,
    flags: u16,
    name: u32,
    values_start: u32,
    dictionary_start: u32,
    order_start: u32,
    parameter_starts: u32,
}

impl<'t> Snomed<'t> {
    /// A table by its number.
    pub(crate) fn refset_table(self, number: u16) -> Option<Table<'t>> {
        let tables = self.layout.refsets.tables;
        let number = usize::from(number);
        if number >= tables.items {
            return None;
        }
        let at = number.checked_mul(8)?;
        let [a, b, c, d] = *self.view(tables).array::<16>(at)?.as_chunks::<4>().0 else {
            return None;
        };
        let [first, columns, end, columns_end] = [a, b, c, d].map(u32::from_le_bytes);
        let rows = self.layout.refsets.member_ids.items;
        if first > end || end as usize > rows || columns > columns_end {
            self.view(tables).report(at, "a table outside the member rows");
            return None;
        }
        Some(Table { snomed: self, rows: (first, end), columns: (columns, columns_end) })
    }
}

impl<'t> Table<'t> {
    /// How many columns it has.
    pub(crate) fn column_count(self) -> usize {
        self.columns.1.saturating_sub(self.columns.0) as usize
    }

    /// Column `number`, counted from 0, of those beyond the six of every refset.
    pub(crate) fn column(self, number: usize) -> Option<Column<'t>> {
        if number >= self.column_count() {
            return None;
        }
        let section = self.snomed.view(self.snomed.layout.refsets.columns);
        let at = (self.columns.0 as usize).checked_add(number)?;
        let record = section.record::<REFSET_COLUMN_LENGTH>(at)?;
        let word = |at: usize| {
            let bytes = record.get(at..).and_then(<[u8]>::first_chunk);
            bytes.map_or(0, |bytes| u32::from_le_bytes(*bytes))
        };
        let [letter, width, low, high] = *record.first_chunk::<4>()?;
        let field_type = FieldType::of_letter(letter)?;
        Some(Column {
            snomed: self.snomed,
            field_type,
            rows: self.rows,
            width,
            flags: u16::from_le_bytes([low, high]),
            name: word(4),
            values_start: word(8),
            dictionary_start: word(12),
            order_start: word(20),
            parameter_starts: word(24),
        })
    }

    /// Its columns.
    pub(crate) fn columns(self) -> impl Iterator<Item = Column<'t>> {
        (0..self.column_count()).map_while(move |number| self.column(number))
    }

    /// The first column of this name.
    pub(crate) fn column_named(self, name: &str) -> Option<Column<'t>> {
        self.columns().find(|column| column.name() == name)
    }
}

impl<'t> Column<'t> {
    /// Its name, as published.
    pub(crate) fn name(self) -> &'t str {
        let names = self.snomed.layout.refsets.column_names;
        self.snomed.view(names).short_text(names.items, self.name as usize).unwrap_or_default()
    }

    fn place(self, row: u32) -> Option<usize> {
        (row >= self.rows.0 && row < self.rows.1).then(|| (row - self.rows.0) as usize)
    }

    /// The bytes of `count` values from a member row on, and the bytes of each.
    pub(crate) fn stretch(self, first: u32, count: u32) -> Option<(&'t [u8], usize)> {
        let width = usize::from(self.width);
        let bytes = width.checked_mul(count as usize)?;
        let at = self.place(first)?.checked_mul(width)?.checked_add(self.values_start as usize)?;
        let values = self.snomed.view(self.snomed.layout.refsets.column_values);
        Some((values.slice(at, at.checked_add(bytes)?)?, width))
    }

    /// The value that an entry of the dictionary stands for; of a column without one, itself.
    pub(crate) fn of_entry(self, entry: u32) -> Option<u32> {
        if self.width > 2 {
            return Some(entry);
        }
        let dictionary = self.snomed.view(self.snomed.layout.refsets.dictionaries);
        dictionary.u32((self.dictionary_start as usize).checked_add(entry as usize)?)
    }

    /// The value of a member row: of a component its code, of an integer its bits, of a text its
    /// number. `None` for rows of other tables.
    #[inline]
    pub(crate) fn raw(self, row: u32) -> Option<u32> {
        let place = self.place(row)?;
        let layout = &self.snomed.layout.refsets;
        let values = self.snomed.view(layout.column_values);
        let start = self.values_start as usize;
        let at = start.checked_add(place.checked_mul(usize::from(self.width))?)?;
        let entry = match self.width {
            1 => u32::from(u8::from_le_bytes(*values.array(at)?)),
            2 => u32::from(u16::from_le_bytes(*values.array(at)?)),
            _ => return Some(u32::from_le_bytes(*values.array(at)?)),
        };
        let dictionary = self.snomed.view(layout.dictionaries);
        dictionary.u32((self.dictionary_start as usize).checked_add(entry as usize)?)
    }

    /// The value of a member row.
    pub(crate) fn value(self, row: u32) -> Option<FieldValue<'t>> {
        let raw = self.raw(row)?;
        Some(match self.field_type {
            FieldType::Integer => FieldValue::Integer(i32::from_le_bytes(raw.to_le_bytes())),
            FieldType::String => FieldValue::Text(self.text(row, raw)?),
            FieldType::Component => match super::Code::of(raw) {
                super::Code::Text(number) => {
                    let text = self.snomed.member_text(number)?;
                    FieldValue::Text(MemberText::new(self.snomed, text, &[]))
                }
                _ => FieldValue::Component(self.snomed.component_of_code(raw)?),
            },
        })
    }

    /// The text of a member row whose number is known.
    pub(crate) fn text(self, row: u32, number: u32) -> Option<MemberText<'t>> {
        let template = self.snomed.member_text(number)?;
        if self.flags & COLUMN_PARAMETERS == 0 {
            return Some(MemberText::new(self.snomed, template, &[]));
        }
        let layout = &self.snomed.layout.refsets;
        let starts = self.snomed.view(layout.parameter_starts);
        let at = (self.parameter_starts as usize).checked_add(self.place(row)?)?;
        let (start, end) = (starts.u32(at)? as usize, starts.u32(at.checked_add(1)?)? as usize);
        let parameters = self.snomed.view(layout.parameters).records::<4>(start, end)?;
        Some(MemberText::new(self.snomed, template, parameters))
    }

    /// Member rows of an active run by value, where they are stored so.
    pub(crate) fn by_value(self, first: u32, count: u32) -> Option<&'t [[u8; 4]]> {
        if self.flags & COLUMN_ORDERED == 0 {
            return None;
        }
        let start = (self.order_start as usize).checked_add(self.place(first)?)?;
        let end = start.checked_add(count as usize)?;
        self.snomed.view(self.snomed.layout.refsets.value_order).records(start, end)
    }

    /// Whether its texts are templates, which a row fills in.
    pub(crate) fn has_parameters(self) -> bool {
        self.flags & COLUMN_PARAMETERS != 0
    }

    /// Whether its rows are stored by value too.
    pub(crate) fn is_ordered(self) -> bool {
        self.flags & COLUMN_ORDERED != 0
    }
}

impl<'t> Snomed<'t> {
    /// A text of a refset column by its number: a template, where its column has parameters.
    pub(crate) fn member_text(self, number: u32) -> Option<&'t str> {
        let texts = self.layout.refsets.texts;
        self.view(texts).short_text(texts.items, number as usize)
    }

    /// The number of a text of a refset column.
    pub(crate) fn number_of_member_text(self, text: &str) -> Option<u32> {
        let count = self.layout.refsets.texts.items;
        let at = super::partition_point(0, count, |at| {
            u32::try_from(at)
                .ok()
                .and_then(|at| self.member_text(at))
                .is_some_and(|found| found.as_bytes() < text.as_bytes())
        });
        let number = u32::try_from(at).ok()?;
        (at < count && self.member_text(number) == Some(text)).then_some(number)
    }
}
