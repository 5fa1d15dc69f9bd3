//! The structure of the attributes and of the way back from their values.

use super::concrete::ConcreteValue;
use super::edition::Snomed;
use super::layout::Layout;
use super::verify::{Checked, broken, records, u16_at, u32_at};
use crate::index::format::{self, CONCRETE, KIND_INDEX_RECORD_LENGTH, NO_ORDINAL};

impl Snomed<'_> {
    pub(super) fn verify_attributes(self, layout: &Layout) -> Checked {
        self.verify_texts(format::CONCRETE_VALUES, layout.concrete_values)?;
        let mut last = None;
        for item in 0..layout.concrete_values.items {
            let Some(value) = self.concrete_value(item as u32) else {
                let what = "a text that is no concrete value";
                return Err(broken(format::CONCRETE_VALUES, item * 4, what));
            };
            let ascends = match (last, value) {
                (Some(ConcreteValue::Decimal(one)), ConcreteValue::Decimal(next)) => one <= next,
                (Some(_), ConcreteValue::Decimal(_)) => false,
                _ => true,
            };
            if !ascends {
                let what = "numbers that do not come first and ascend";
                return Err(broken(format::CONCRETE_VALUES, item * 4, what));
            }
            last = Some(value);
        }
        self.verify_ids(format::ATTRIBUTE_KINDS, layout.attribute_kinds, 16, &[0, 8])?;
        for (row, record) in records::<8>(self.view(layout.attributes)).iter().enumerate() {
            let value = u32_at(record, 0);
            let known = match value & CONCRETE != 0 {
                true => ((value & !CONCRETE) as usize) < layout.concrete_values.items,
                false => value < layout.total,
            };
            if !known || u16_at(record, 4) >= layout.attribute_kinds.items {
                return Err(broken(
                    format::ATTRIBUTES,
                    row * 8,
                    "a value or kind not in its table",
                ));
            }
        }
        self.verify_attribute_index(layout)
    }

    fn verify_attribute_index(self, layout: &Layout) -> Checked {
        let index = records::<KIND_INDEX_RECORD_LENGTH>(self.view(layout.kind_index));
        let values = records::<8>(self.view(layout.attribute_values));
        let postings = records::<8>(self.view(layout.attribute_postings));
        let sources = records::<4>(self.view(layout.kind_sources));
        let totals = (layout.attribute_values.items, sources.len());
        let tag = format::KIND_INDEX;
        if layout.kind_index.items != layout.attribute_kinds.items
            || postings.len() != layout.attributes.items
        {
            return Err(broken(tag, 0, "not as many as the attributes and their kinds"));
        }
        let groups = index.last().map_or(0, |record| u32_at(record, 8));
        let mut last = (0, 0);
        for (kind, pair) in index.windows(2).enumerate() {
            let [this, next] = pair else { continue };
            let at = kind * KIND_INDEX_RECORD_LENGTH;
            let starts = (u32_at(this, 0) as usize, u32_at(this, 4) as usize);
            let ends = (u32_at(next, 0) as usize, u32_at(next, 4) as usize);
            let type_ordinal = u32_at(this, 8);
            let known = type_ordinal == NO_ORDINAL || type_ordinal < layout.concept_count;
            if starts != last || ends.0 < starts.0 || ends.1 < starts.1 || !known {
                return Err(broken(tag, at, "starts that do not ascend, or an unknown type"));
            }
            last = ends;
            let of_kind = values.get(starts.0..ends.0).unwrap_or_default();
            let ascend = of_kind.windows(2).all(|pair| match pair {
                [one, next] => u32_at(one, 0) < u32_at(next, 0),
                _ => true,
            });
            if !ascend {
                let what = "values that do not ascend within a kind";
                return Err(broken(format::ATTRIBUTE_VALUES, starts.0 * 8, what));
            }
            let own = sources.get(starts.1..ends.1).unwrap_or_default();
            let ascend = own.windows(2).all(|pair| match pair {
                [one, next] => u32_at(one, 0) < u32_at(next, 0),
                _ => true,
            });
            if !ascend || own.last().is_some_and(|last| u32_at(last, 0) >= layout.total) {
                let what = "sources that do not ascend within a kind";
                return Err(broken(format::KIND_SOURCES, starts.1 * 4, what));
            }
        }
        if last != totals {
            return Err(broken(tag, 0, "totals that are not the numbers of rows"));
        }
        let mut last = 0;
        for (entry, value) in values.iter().enumerate() {
            let start = u32_at(value, 4) as usize;
            if start < last || start > postings.len() || (entry == 0 && start != 0) {
                let what = "starts that do not ascend from 0";
                return Err(broken(format::ATTRIBUTE_VALUES, entry * 8 + 4, what));
            }
            last = start;
        }
        if last != postings.len() {
            return Err(broken(format::ATTRIBUTE_VALUES, 0, "postings of no value"));
        }
        let (mut most_source, mut most_group) = (0, 0);
        for posting in postings {
            most_source = most_source.max(u32_at(posting, 0));
            most_group = most_group.max(u32_at(posting, 4));
        }
        let some = !postings.is_empty();
        if some && (most_source >= layout.total || most_group >= groups) {
            let what = "a source or role group beyond the last";
            return Err(broken(format::ATTRIBUTE_POSTINGS, 0, what));
        }
        Ok(())
    }
}
