//! The structure of the refset sections, checked once in one pass.

use super::Code;
use crate::index::Section;
use crate::index::format::{
    self, ASSOCIATION_LENGTH, COLUMN_ORDERED, COLUMN_PARAMETERS, REFSET_COLUMN_LENGTH,
    REFSET_RECORD_LENGTH, Tag,
};
use crate::snomed::edition::Snomed;
use crate::snomed::lists::Lists;
use crate::snomed::verify::{Broken, Checked, broken, records, u16_at, u32_at};

impl Snomed<'_> {
    /// Checks the refset sections against each other and those of concepts and descriptions.
    pub(in crate::snomed) fn verify_refsets(self) -> Checked {
        let layout = &self.layout.refsets;
        self.verify_texts(format::MEMBER_TEXTS, layout.texts)?;
        self.verify_texts(format::COLUMN_NAMES, layout.column_names)?;
        self.verify_texts(format::UNUSUAL_MEMBER_IDS, layout.unusual_member_ids)?;
        self.verify_text_order()?;
        self.verify_ids(format::MEMBER_STATUSES, layout.member_statuses, 12, &[0])?;
        self.verify_ids(format::OTHER_COMPONENTS, layout.other_components, 8, &[0])?;
        let others = records::<8>(self.view(layout.other_components));
        let id = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes);
        if !others.is_sorted_by(|one, next| id(one) < id(next)) {
            return Err(broken(format::OTHER_COMPONENTS, 0, "ids that do not ascend"));
        }
        self.verify_unusual_members()?;
        let statuses = layout.member_statuses.items;
        let status = records::<2>(self.view(layout.member_status));
        if let Some(row) = status.iter().position(|number| u16_at(number, 0) >= statuses) {
            return Err(broken(format::MEMBER_STATUS, row * 2, "a status not in its table"));
        }
        self.verify_refset_tables()?;
        self.verify_parts()?;
        self.verify_value_order()?;
        self.verify_refset_concepts()?;
        let lists = [
            (format::ASSOCIATIONS, layout.associations),
            (format::INVERSE_ASSOCIATIONS, layout.inverse_associations),
        ];
        for (tag, section) in lists {
            self.verify_associations(tag, section)?;
        }
        self.verify_alternate_identifiers()
    }

    /// Whether a code leads to a component; a text is none.
    fn is_component(self, raw: u32) -> bool {
        match Code::of(raw) {
            Code::Concept(ordinal) => ordinal < self.layout.concept_count,
            Code::Description(row) => (row as usize) < self.layout.descriptions.items,
            Code::Other(number) => (number as usize) < self.layout.refsets.other_components.items,
            Code::Text(_) | Code::None => false,
        }
    }

    /// Texts are searched by their bytes.
    fn verify_text_order(self) -> Checked {
        let section = self.layout.refsets.texts;
        let view = self.view(section);
        let mut last = "";
        for item in 0..section.items {
            let text = view.short_text(section.items, item).unwrap_or_default();
            if item > 0 && text.as_bytes() <= last.as_bytes() {
                return Err(broken(format::MEMBER_TEXTS, item * 4, "texts that do not ascend"));
            }
            last = text;
        }
        Ok(())
    }

    fn verify_unusual_members(self) -> Checked {
        let layout = &self.layout.refsets;
        let rows = records::<4>(self.view(layout.unusual_members));
        let row = |bytes: &[u8; 4]| u32::from_le_bytes(*bytes);
        let ascending = rows.is_sorted_by(|one, next| row(one) < row(next));
        let inside = rows.last().is_none_or(|last| (row(last) as usize) < layout.member_ids.items);
        match ascending && inside {
            true => Ok(()),
            false => Err(broken(format::UNUSUAL_MEMBERS, 0, "rows that do not ascend")),
        }
    }

    fn verify_refset_tables(self) -> Checked {
        let layout = &self.layout.refsets;
        let tables = records::<8>(self.view(layout.tables));
        let tag = format::REFSET_TABLES;
        let mut last = [0, 0];
        for (number, record) in tables.iter().enumerate() {
            let starts = [u32_at(record, 0), u32_at(record, 4)];
            let ascending = starts.iter().zip(&last).all(|(start, last)| start >= last);
            if !ascending || (number == 0 && starts != [0, 0]) {
                return Err(broken(tag, number * 8, "starts that do not ascend from 0"));
            }
            last = starts;
        }
        if last.map(|total| total as usize) != [layout.member_ids.items, layout.columns.items] {
            return Err(broken(tag, layout.tables.items * 8, "totals that are not those of rows"));
        }
        for pair in tables.windows(2) {
            let [this, next] = pair else { continue };
            let rows = (u32_at(this, 0), u32_at(next, 0));
            for column in u32_at(this, 4)..u32_at(next, 4) {
                self.verify_column(column as usize, rows)?;
            }
        }
        Ok(())
    }

    /// A column: its values are in its dictionary, and what they name is there.
    fn verify_column(self, number: usize, (first, end): (u32, u32)) -> Checked {
        let layout = &self.layout.refsets;
        let at = number * REFSET_COLUMN_LENGTH;
        let tag = format::REFSET_COLUMNS;
        let columns = records::<REFSET_COLUMN_LENGTH>(self.view(layout.columns));
        let Some(record) = columns.get(number) else {
            return Err(broken(tag, at, "a column outside the section"));
        };
        let [letter, width, ..] = *record;
        let flags = u16_at(record, 2) as u16;
        let known = matches!(letter, b'c' | b'i' | b's') && matches!(width, 1 | 2 | 4);
        if !known || flags & !(COLUMN_PARAMETERS | COLUMN_ORDERED) != 0 {
            return Err(broken(tag, at, "a column of no known kind"));
        }
        if u32_at(record, 4) as usize >= layout.column_names.items {
            return Err(broken(tag, at, "a name not in its table"));
        }
        let rows = (end - first) as usize;
        let values = u32_at(record, 8) as usize;
        let length = rows.saturating_mul(usize::from(width));
        let values = self.view(layout.column_values).slice(values, values.saturating_add(length));
        let dictionary = u32_at(record, 12) as usize;
        let entries = u32_at(record, 16) as usize;
        let dictionary = self
            .view(layout.dictionaries)
            .records::<4>(dictionary, dictionary.saturating_add(entries));
        let (Some(values), Some(dictionary)) = (values, dictionary) else {
            return Err(broken(tag, at, "values or a dictionary outside their section"));
        };
        let inside = match width {
            1 => values.iter().all(|entry| usize::from(*entry) < entries),
            2 => values.as_chunks::<2>().0.iter().all(|entry| u16_at(entry, 0) < entries),
            _ => entries == 0,
        };
        if !inside {
            return Err(broken(tag, at, "a value not in its dictionary"));
        }
        // Every value stands in the dictionary, or is one.
        let distinct = if width == 4 { values.as_chunks::<4>().0 } else { dictionary };
        let sound = |raw: u32| match letter {
            b'c' => match Code::of(raw) {
                Code::Text(number) => (number as usize) < layout.texts.items,
                Code::None => true,
                _ => self.is_component(raw),
            },
            b's' => (raw as usize) < layout.texts.items,
            _ => true,
        };
        if !distinct.iter().all(|value| sound(u32::from_le_bytes(*value))) {
            return Err(broken(tag, at, "a value that leads nowhere"));
        }
        let number = |value: &[u8; 4]| match letter {
            b'i' => i64::from(i32::from_le_bytes(*value)),
            _ => i64::from(u32::from_le_bytes(*value)),
        };
        if width != 4 && !dictionary.is_sorted_by(|one, next| number(one) < number(next)) {
            return Err(broken(tag, at, "a dictionary that does not ascend"));
        }
        if flags & COLUMN_PARAMETERS != 0 {
            let column = (letter, u32_at(record, 24) as usize, at);
            let value = |row: usize| match width {
                1 => dictionary.get(usize::from(*values.get(row)?)),
                2 => dictionary.get(u16_at(values, row * 2)),
                _ => values.as_chunks::<4>().0.get(row),
            };
            let value = |row| value(row).map(|value| u32::from_le_bytes(*value));
            self.verify_parameters(column, rows, value)?;
        }
        if flags & COLUMN_ORDERED == 0 {
            return Ok(());
        }
        let start = u32_at(record, 20) as usize;
        let order = self.view(layout.value_order).records::<4>(start, start.saturating_add(rows));
        match order {
            Some(_) => Ok(()),
            None => Err(broken(tag, at, "an order outside its section")),
        }
    }

    /// The rows of each active run by value: all of them, each once.
    fn verify_value_order(self) -> Checked {
        let parts = 0..self.layout.refsets.parts.items;
        for part in parts.filter_map(|number| self.refset_part(number)) {
            let Some(table) = self.refset_table(part.table) else { continue };
            for column in table.columns().filter(|column| column.is_ordered()) {
                let rows = column.by_value(part.first, part.active).unwrap_or_default();
                let row = |bytes: &[u8; 4]| u32::from_le_bytes(*bytes);
                let run = part.first..part.first.saturating_add(part.active);
                let key = |bytes: &[u8; 4]| (column.raw(row(bytes)), row(bytes));
                // Ascending and inside, and as many as the run has rows: they are its rows.
                let sound = rows.len() == run.len()
                    && rows.iter().all(|bytes| run.contains(&row(bytes)))
                    && rows.is_sorted_by(|one, next| key(one) < key(next));
                if !sound {
                    let what = "rows that are not those of a refset by value";
                    return Err(broken(format::VALUE_ORDER, 0, what));
                }
            }
        }
        Ok(())
    }

    /// The parameters of a column: starts that ascend inside the section, as many for each row as
    /// its template has places, ordinals of concepts.
    fn verify_parameters(
        self,
        (letter, start, at): (u8, usize, usize),
        rows: usize,
        template: impl Fn(usize) -> Option<u32>,
    ) -> Checked {
        let layout = &self.layout.refsets;
        let starts = self.view(layout.parameter_starts);
        let starts = starts.records::<4>(start, start.saturating_add(rows).saturating_add(1));
        let value = |bytes: &[u8; 4]| u32::from_le_bytes(*bytes);
        let (Some(starts), b's') = (starts, letter) else {
            return Err(broken(format::REFSET_COLUMNS, at, "parameters that are not there"));
        };
        let ascending = starts.is_sorted_by(|one, next| value(one) <= value(next));
        let (Some(first), Some(last), true) = (starts.first(), starts.last(), ascending) else {
            let at = start.saturating_mul(4);
            return Err(broken(format::PARAMETER_STARTS, at, "starts that do not ascend"));
        };
        let mut places = vec![u32::MAX; layout.texts.items];
        for (row, pair) in starts.windows(2).enumerate() {
            let [this, next] = pair else { continue };
            let number = template(row).unwrap_or(u32::MAX);
            let Some(known) = places.get_mut(number as usize) else { continue };
            if *known == u32::MAX {
                let text = self.member_text(number).unwrap_or_default();
                *known = text.bytes().filter(|byte| *byte == b'\t').count() as u32;
            }
            if value(next) - value(this) != *known {
                let at = start.saturating_add(row).saturating_mul(4);
                let what = "not as many parameters as the template has places";
                return Err(broken(format::PARAMETER_STARTS, at, what));
            }
        }
        let parameters = self.view(layout.parameters);
        let own = parameters.records::<4>(value(first) as usize, value(last) as usize);
        let concepts = self.layout.concept_count;
        match own.is_some_and(|own| own.iter().all(|ordinal| value(ordinal) < concepts)) {
            true => Ok(()),
            false => Err(broken(format::PARAMETERS, 0, "an ordinal beyond the count")),
        }
    }

    /// Refsets and their parts: the rows of each part ascend by component, and all parts together
    /// are all member rows.
    fn verify_parts(self) -> Checked {
        let layout = &self.layout.refsets;
        self.verify_ids(format::REFSETS, whole(layout.refsets), REFSET_RECORD_LENGTH, &[0])?;
        let refsets = records::<REFSET_RECORD_LENGTH>(self.view(layout.refsets));
        let parts = records::<16>(self.view(layout.parts));
        let tables = records::<8>(self.view(layout.tables));
        let codes = records::<4>(self.view(layout.referenced_components));
        let code = |bytes: &[u8; 4]| u32::from_le_bytes(*bytes);
        if let Some(row) = codes.iter().position(|raw| !self.is_component(code(raw))) {
            let what = "a component that is not there";
            return Err(broken(format::REFERENCED_COMPONENTS, row * 4, what));
        }
        let mut last_id = 0;
        let mut covered = 0_u64;
        for (number, pair) in refsets.windows(2).enumerate() {
            let [this, next] = pair else { continue };
            let at = number * REFSET_RECORD_LENGTH;
            let id = this.first_chunk().map_or(0, |id| u64::from_le_bytes(*id));
            let (start, end) = (u32_at(this, 8) as usize, u32_at(next, 8) as usize);
            let own = parts.get(start..end).filter(|own| !own.is_empty());
            let (Some(own), true) = (own, id > last_id && (number > 0 || start == 0)) else {
                return Err(broken(format::REFSETS, at, "ids or starts that do not ascend"));
            };
            last_id = id;
            let mut last_table = None;
            let mut kinds = 0;
            for part in own {
                let table = u16_at(part, 12);
                let fits = u16_at(part, 14) == number && last_table.is_none_or(|last| last < table);
                last_table = Some(table);
                let rows = tables.get(table..).and_then(<[_]>::first_chunk::<2>);
                let (first, active) = (u32_at(part, 0) as usize, u32_at(part, 4) as usize);
                let active_end = first.saturating_add(active);
                let end = active_end.saturating_add(u32_at(part, 8) as usize);
                let inside = rows.is_some_and(|[this, next]| {
                    u32_at(this, 0) as usize <= first && end <= u32_at(next, 0) as usize
                });
                let runs = codes.get(first..active_end).zip(codes.get(active_end..end));
                let sorted = runs.is_some_and(|(active, inactive)| {
                    let ascends = |run: &[[u8; 4]]| run.is_sorted_by_key(code);
                    ascends(active) && ascends(inactive)
                });
                if !fits || !inside || !sorted || first == end {
                    let what = "rows that are not the refset's own, in their order";
                    return Err(broken(format::REFSET_PARTS, start * 16, what));
                }
                covered = covered.saturating_add((end - first) as u64);
                for raw in runs.map_or(&[][..], |(active, _)| active) {
                    kinds |= 1 << (code(raw) >> format::CODE_KIND_SHIFT).min(2);
                }
            }
            if u32_at(this, 16) != kinds {
                return Err(broken(format::REFSETS, at + 16, "kinds that are not its rows'"));
            }
        }
        let total = refsets.last().map_or(0, |past| u32_at(past, 8) as usize);
        // Parts that lie apart and have as many rows as there are have all rows.
        let mut places: Vec<(u32, u32)> = parts
            .iter()
            .map(|part| (u32_at(part, 0), u32_at(part, 4).saturating_add(u32_at(part, 8))))
            .collect();
        places.sort_unstable();
        let apart = places.is_sorted_by(|one, next| one.0.saturating_add(one.1) <= next.0);
        match total == parts.len() && apart && covered == layout.member_ids.items as u64 {
            true => Ok(()),
            false => Err(broken(format::REFSET_PARTS, 0, "parts that are not all rows, each once")),
        }
    }

    /// The concepts of each refset, and the refsets of each concept: the same pairs, ascending.
    fn verify_refset_concepts(self) -> Checked {
        let layout = &self.layout.refsets;
        let tag = format::REFSET_CONCEPTS;
        let refsets = records::<REFSET_RECORD_LENGTH>(self.view(layout.refsets));
        let concepts = records::<4>(self.view(layout.concepts));
        let codes = records::<4>(self.view(layout.referenced_components));
        let parts = records::<16>(self.view(layout.parts));
        let value = |bytes: &[u8; 4]| u32::from_le_bytes(*bytes);
        let count = self.layout.concept_count as usize;
        let (starts, numbers) =
            self.verify_list_starts(format::CONCEPT_REFSETS, layout.concept_refsets)?;
        let numbers: &[[u8; 2]] = numbers;
        if numbers.len() != concepts.len() {
            let what = "not as many entries as refsets have concepts";
            return Err(broken(format::CONCEPT_REFSETS, 0, what));
        }
        // Refset by refset, each concept's next entry must be this refset: so all entries are met,
        // and ascend.
        let mut next = starts.clone();
        let mut last_end = 0;
        for (number, pair) in refsets.windows(2).enumerate() {
            let [this, beyond] = pair else { continue };
            let (start, end) = (u32_at(this, 12) as usize, u32_at(beyond, 12) as usize);
            let own = concepts.get(start..end);
            let (Some(own), true) = (own, start == last_end) else {
                return Err(broken(tag, start.saturating_mul(4), "starts that do not ascend"));
            };
            last_end = end;
            if !own.is_sorted_by(|one, next| value(one) < value(next)) {
                return Err(broken(tag, start * 4, "ordinals that do not ascend"));
            }
            for ordinal in own {
                let ordinal = value(ordinal) as usize;
                let place = next.get_mut(ordinal);
                let limit = starts.get(ordinal + 1).copied();
                let (Some(place), Some(limit)) = (place, limit) else {
                    return Err(broken(tag, start * 4, "an ordinal beyond the count"));
                };
                let entry = numbers.get(*place as usize).map(|entry| u16_at(entry, 0));
                if *place >= limit || entry != Some(number) {
                    let what = "refsets of a concept that are not those that have it";
                    return Err(broken(format::CONCEPT_REFSETS, *place as usize * 2, what));
                }
                *place += 1;
            }
            // They are the concepts of its active rows: as many as these have, each of them.
            let (from, to) = (u32_at(this, 8) as usize, u32_at(beyond, 8) as usize);
            let mut distinct = 0;
            for part in parts.get(from..to).unwrap_or_default() {
                let first = u32_at(part, 0) as usize;
                let active = codes.get(first..first.saturating_add(u32_at(part, 4) as usize));
                let mut at = 0;
                let mut last = None;
                for raw in active.unwrap_or_default() {
                    let raw = value(raw);
                    if raw as usize >= count {
                        break;
                    }
                    if last.replace(raw) == Some(raw) {
                        continue;
                    }
                    while own.get(at).is_some_and(|other| value(other) < raw) {
                        at += 1;
                    }
                    if own.get(at).map(value) != Some(raw) {
                        return Err(broken(tag, start * 4, "a concept of a row is missing"));
                    }
                    distinct += 1;
                }
            }
            if distinct < own.len() {
                return Err(broken(tag, start * 4, "a concept that no row has"));
            }
        }
        match last_end == concepts.len() {
            true => Ok(()),
            false => Err(broken(tag, last_end * 4, "concepts of no refset")),
        }
    }

    /// Where the entries of each concept start, and the entries.
    fn verify_list_starts<const N: usize>(
        &self,
        tag: Tag,
        lists: Lists,
    ) -> Result<(Vec<u32>, &[[u8; N]]), Broken> {
        let view = self.view(lists.section());
        let Some(starts) = lists.starts(view) else {
            return Err(broken(tag, 0, "ends that do not ascend to the number of entries"));
        };
        let entries = view.slice(lists.entries_at(), view.len()).unwrap_or_default();
        Ok((starts, entries.as_chunks().0))
    }

    fn verify_associations(self, tag: Tag, lists: Lists) -> Checked {
        let count = self.layout.concept_count as usize;
        let (_, entries) = self.verify_list_starts::<ASSOCIATION_LENGTH>(tag, lists)?;
        let refsets = self.layout.refsets.refsets.items;
        let inverse = tag == format::INVERSE_ASSOCIATIONS;
        let sound = |entry: &[u8; ASSOCIATION_LENGTH]| {
            let code = u32_at(entry, 0);
            let known = if inverse { (code as usize) < count } else { self.is_component(code) };
            known && u16_at(entry, 4) < refsets
        };
        match entries.iter().position(|entry| !sound(entry)) {
            None => Ok(()),
            Some(at) => {
                let at = lists.entries_at() + at * ASSOCIATION_LENGTH;
                Err(broken(tag, at, "a component or refset that is not there"))
            }
        }
    }

    fn verify_alternate_identifiers(self) -> Checked {
        let layout = &self.layout.refsets;
        let tag = format::ALTERNATE_IDENTIFIERS;
        let rows = records::<16>(self.view(layout.alternate_identifiers));
        let order = records::<4>(self.view(layout.alternate_identifier_order));
        let key = |row: &[u8; 16]| [u32_at(row, 0), u32_at(row, 4), u32_at(row, 8)];
        if !rows.is_sorted_by_key(key) {
            return Err(broken(tag, 0, "identifiers that do not ascend"));
        }
        for (number, row) in rows.iter().enumerate() {
            let known = self.is_component(u32_at(row, 0))
                && (u32_at(row, 4) as usize) < layout.texts.items
                && self.is_component(u32_at(row, 8))
                && u16_at(row, 12) < layout.member_statuses.items
                && u16_at(row, 14) <= 1;
            if !known {
                return Err(broken(tag, number * 16, "a column not in its table"));
            }
        }
        // Ascending by component and row: every row stands once.
        let at = |place: &[u8; 4]| {
            let row = u32::from_le_bytes(*place);
            Some((u32_at(rows.get(row as usize)?, 8), row))
        };
        let inside = order.iter().all(|place| at(place).is_some());
        match inside && order.is_sorted_by(|one, next| at(one) < at(next)) {
            true => Ok(()),
            false => {
                let tag = format::ALTERNATE_IDENTIFIER_ORDER;
                Err(broken(tag, 0, "rows that do not ascend by component"))
            }
        }
    }
}

/// A section of records and one past the end, as one of its records alone.
fn whole(section: Section) -> Section {
    let length = section.items.saturating_mul(REFSET_RECORD_LENGTH).min(section.length);
    Section { length, ..section }
}
