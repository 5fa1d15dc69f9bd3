//! The structure of the SNOMED CT sections, checked once in one pass.
//!
//! A checksum stops accidents; this stops a file whose sections contradict each other. After it,
//! every start leads to rows, every ordinal to a concept, every text to UTF-8.

use super::edition::Snomed;
use super::layout::Layout;
use crate::id::Sctid;
use crate::index::bucket::Buckets;
use crate::index::format::{self, CONCEPT_RECORD_LENGTH, NONE_U16, Tag};
use crate::index::parts::{AtOnce, in_parts};
use crate::index::{Section, View};
use crate::search::SearchIndex;

/// What does not hold, and where in its section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Broken {
    pub(crate) section: Tag,
    pub(crate) at: usize,
    pub(crate) what: &'static str,
}

pub(super) type Checked = Result<(), Broken>;

pub(super) fn broken(section: Tag, at: usize, what: &'static str) -> Broken {
    Broken { section, at, what }
}

/// The bytes of a section as records; the lengths were held against the items already.
pub(super) fn records<const N: usize>(view: View<'_>) -> &[[u8; N]] {
    view.all().unwrap_or_default().as_chunks().0
}

#[inline]
pub(super) fn u32_at(record: &[u8], at: usize) -> u32 {
    let bytes = record.get(at..).and_then(<[u8]>::first_chunk);
    bytes.map_or(0, |bytes| u32::from_le_bytes(*bytes))
}

#[inline]
pub(super) fn u16_at(record: &[u8], at: usize) -> usize {
    let bytes = record.get(at..).and_then(<[u8]>::first_chunk);
    bytes.map_or(0, |bytes| usize::from(u16::from_le_bytes(*bytes)))
}

impl Snomed<'_> {
    /// Checks every section against the others. The concepts come first, for whatever else is looked at
    /// goes by where their rows begin; the parts behind them say nothing of each other.
    pub(crate) fn verify(self, at_once: AtOnce<'_>) -> Checked {
        let layout = self.layout;
        let meta = self.view(layout.meta);
        if meta.text(0, meta.len()).is_none() {
            return Err(broken(format::META, 0, "text that is not UTF-8"));
        }
        self.verify_concepts(layout)?;
        let parts: [&(dyn Fn() -> Checked + Sync); 7] = [
            &|| self.verify_buckets(layout),
            &|| self.verify_hierarchy(layout),
            &|| self.verify_attributes(layout),
            &|| self.verify_descriptions(layout),
            &|| self.verify_refsets(),
            &|| self.verify_history(),
            &|| self.verify_search(layout),
        ];
        in_parts(parts.len(), at_once, |number| parts.get(number).map_or(Ok(()), |part| part()))
    }

    fn verify_search(self, layout: &Layout) -> Checked {
        let rows = layout.descriptions.items as u32;
        SearchIndex::new(self.source, &layout.search).verify(rows, layout.concept_count).map_err(
            |(start, what)| {
                let search = &layout.search;
                let sections = [
                    (search.ranks, format::RANKS),
                    (search.zones, format::RANK_ZONES),
                    (search.words, format::WORDS),
                    (search.word_postings, format::WORD_POSTINGS),
                    (search.prefix_postings, format::PREFIX_POSTINGS),
                ];
                let named = sections.iter().find(|(section, _)| section.start == start);
                broken(named.map_or(format::POSTINGS, |(_, tag)| *tag), 0, what)
            },
        )
    }

    fn verify_concepts(self, layout: &Layout) -> Checked {
        self.verify_texts(format::SEMANTIC_TAGS, layout.semantic_tags)?;
        let concepts = records::<CONCEPT_RECORD_LENGTH>(self.view(layout.concepts));
        let lists = [
            layout.descriptions.items,
            layout.parents.items,
            layout.children.items,
            layout.ancestors.items,
            layout.attributes.items,
        ];
        let (statuses, dates) = (layout.concept_statuses.items, layout.dates.items);
        let tags = layout.semantic_tags.items;
        let mut last = [0; 5];
        for (ordinal, record) in concepts.iter().enumerate() {
            let at = ordinal * CONCEPT_RECORD_LENGTH;
            let starts = [0, 4, 8, 12, 16].map(|place| u32_at(record, place));
            let ascending = starts.iter().zip(&last).all(|(start, last)| start >= last);
            if !ascending || (ordinal == 0 && starts != [0; 5]) {
                return Err(broken(format::CONCEPTS, at, "starts that do not ascend from 0"));
            }
            last = starts;
            let is_concept = ordinal < layout.concept_count as usize;
            if is_concept && (u16_at(record, 20) >= statuses || u16_at(record, 22) >= dates) {
                return Err(broken(format::CONCEPTS, at + 20, "a status or date not in its table"));
            }
            let tag = u16_at(record, 24);
            if tag != usize::from(NONE_U16) && tag >= tags {
                return Err(broken(format::CONCEPTS, at + 24, "a semantic tag not in its table"));
            }
        }
        if last.map(|total| total as usize) != lists {
            let at = concepts.len().saturating_sub(1) * CONCEPT_RECORD_LENGTH;
            return Err(broken(format::CONCEPTS, at, "a total that is not the number of rows"));
        }
        let ids = records::<8>(self.view(layout.concept_ids));
        match ids.iter().position(|id| Sctid::as_published(u64::from_le_bytes(*id)).is_none()) {
            None => Ok(()),
            Some(at) => Err(broken(format::CONCEPT_IDS, at * 8, "a number that is no SCTID")),
        }
    }

    pub(super) fn verify_texts(self, tag: Tag, section: Section) -> Checked {
        let view = self.view(section);
        let offsets = section.items.checked_add(1).and_then(|n| n.checked_mul(4));
        let Some(offsets) = offsets.filter(|length| *length <= view.len()) else {
            return Err(broken(tag, 0, "the section is not as long as its items"));
        };
        if view.u32(0) != Some(0) || view.u32(section.items) != Some((view.len() - offsets) as u32)
        {
            return Err(broken(tag, 0, "starts that do not reach over all texts"));
        }
        for item in 0..section.items {
            if view.short_text(section.items, item).is_none() {
                return Err(broken(tag, item * 4, "a text that is not inside, or not UTF-8"));
            }
        }
        Ok(())
    }

    fn verify_buckets(self, layout: &Layout) -> Checked {
        let ids = records::<8>(self.view(layout.concept_ids));
        let id_of = |ordinal: u32| ids.get(ordinal as usize).map(|id| u64::from_le_bytes(*id));
        Buckets::new(self.view(layout.concept_buckets))
            .verify(layout.concept_count, id_of)
            .map_err(|(at, what)| broken(format::CONCEPT_BUCKETS, at, what))
    }

    /// Rows of ordinals, ascending within a concept.
    ///
    /// Two loops without an early exit, which are compiled to vector instructions: all values where
    /// the next one is not greater are counted, and then those of them that end a row.
    fn verify_lists(self, tag: Tag, section: Section, place: usize, bound: u32) -> Checked {
        let concepts = records::<CONCEPT_RECORD_LENGTH>(self.view(self.layout.concepts));
        let values = records::<4>(self.view(section));
        let value = |bytes: &[u8; 4]| u32::from_le_bytes(*bytes);
        let most = values.iter().map(value).fold(0, u32::max);
        if most >= bound && !values.is_empty() {
            return Err(broken(tag, 0, "an ordinal beyond the count"));
        }
        let turns = |one: &[u8; 4], next: &[u8; 4]| u32::from(value(one) >= value(next));
        let after = values.get(1..).unwrap_or_default();
        let all: u32 = values.iter().zip(after).map(|(one, next)| turns(one, next)).sum();
        let mut at_ends = 0;
        let mut last = 0;
        for record in concepts {
            let start = u32_at(record, place) as usize;
            if start != last
                && let Some([one, next]) = values.get(start - 1..start + 1)
            {
                at_ends += turns(one, next);
            }
            last = start;
        }
        match all == at_ends {
            true => Ok(()),
            false => Err(broken(tag, 0, "ordinals that do not ascend within a concept")),
        }
    }

    fn verify_hierarchy(self, layout: &Layout) -> Checked {
        let words = (layout.active as usize).div_ceil(64);
        if layout.non_leaves.items != words {
            return Err(broken(format::NON_LEAVES, 0, "not a bit for each active concept"));
        }
        self.verify_lists(format::PARENTS, layout.parents, 4, layout.total)?;
        self.verify_lists(format::CHILDREN, layout.children, 8, layout.total)?;
        self.verify_lists(format::ANCESTORS, layout.ancestors, 12, layout.active)?;
        let descendants = records::<16>(self.view(layout.descendants));
        let intervals = records::<8>(self.view(layout.intervals));
        let tag = format::DESCENDANTS;
        let mut last = 0;
        for (ordinal, pair) in descendants.windows(2).enumerate() {
            let [this, next] = pair else { continue };
            let (start, end) = (u32_at(this, 0), u32_at(this, 4));
            let (others, others_end) = (u32_at(this, 8) as usize, u32_at(next, 8) as usize);
            let own = start as usize <= ordinal && ordinal < end as usize && end <= layout.active;
            if !own || others != last || others_end < others || others_end > intervals.len() {
                return Err(broken(tag, ordinal * 16, "intervals that are not the concept's own"));
            }
            last = others_end;
            let mut count = u64::from(end.saturating_sub(start));
            let mut free = 0;
            for interval in intervals.get(others..others_end).unwrap_or_default() {
                let (from, to) = (u32_at(interval, 0), u32_at(interval, 4));
                let beside = to < start || from > end;
                if from < free || from >= to || to > layout.active || !beside {
                    let what = "intervals that do not ascend and stand apart";
                    return Err(broken(format::INTERVALS, others * 8, what));
                }
                free = to.saturating_add(1);
                count = count.saturating_add(u64::from(to - from));
            }
            if count != u64::from(u32_at(this, 12)) + 1 {
                return Err(broken(tag, ordinal * 16 + 12, "a count that is not its intervals'"));
            }
        }
        match last == intervals.len() {
            true => Ok(()),
            false => Err(broken(tag, 0, "intervals that belong to no concept")),
        }
    }

    /// Ids at places of records.
    pub(super) fn verify_ids(
        self,
        tag: Tag,
        section: Section,
        length: usize,
        places: &[usize],
    ) -> Checked {
        let bytes = self.view(section).all().unwrap_or_default();
        for (row, record) in bytes.chunks_exact(length).enumerate() {
            for place in places {
                let id = record.get(*place..).and_then(<[u8]>::first_chunk);
                let id = id.and_then(|id| Sctid::as_published(u64::from_le_bytes(*id)));
                if id.is_none() {
                    return Err(broken(tag, row * length + place, "a number that is no SCTID"));
                }
            }
        }
        Ok(())
    }

    fn verify_descriptions(self, layout: &Layout) -> Checked {
        self.verify_ids(format::CONCEPT_STATUSES, layout.concept_statuses, 24, &[0, 8])?;
        self.verify_ids(format::DESCRIPTION_KINDS, layout.description_kinds, 40, &[0, 8, 16])?;
        self.verify_ids(format::LANGUAGE_REFSETS, layout.language_refsets, 8, &[0])?;
        for (row, kind) in records::<40>(self.view(layout.description_kinds)).iter().enumerate() {
            let language = kind.get(32..).unwrap_or_default();
            if !language.is_ascii() || u32_at(kind, 24) > 1 || u32_at(kind, 28) != 0 {
                let what = "a kind of description that cannot be";
                return Err(broken(format::DESCRIPTION_KINDS, row * 40 + 24, what));
            }
        }
        self.verify_acceptabilities(layout)?;
        let text = self.view(layout.text).all().unwrap_or_default();
        let Ok(text) = std::str::from_utf8(text) else {
            return Err(broken(format::TEXT, 0, "text that is not UTF-8"));
        };
        let rows = records::<{ format::DESCRIPTION_RECORD_LENGTH }>(self.view(layout.descriptions));
        for (row, record) in rows.iter().enumerate() {
            let start = u32_at(record, 8) as usize;
            let end = start.saturating_add(u16_at(record, 12));
            let id = record.first_chunk().map(|id| u64::from_le_bytes(*id));
            let sound = text.is_char_boundary(start)
                && text.is_char_boundary(end)
                && u16_at(record, 14) < layout.description_kinds.items
                && u16_at(record, 16) < layout.dates.items
                && u16_at(record, 18) < layout.acceptabilities.items
                && id.and_then(Sctid::as_published).is_some();
            if !sound {
                let at = row * format::DESCRIPTION_RECORD_LENGTH;
                return Err(broken(format::DESCRIPTIONS, at, "a column not in its table or text"));
            }
        }
        self.verify_description_order(layout, rows)
    }

    fn verify_acceptabilities(self, layout: &Layout) -> Checked {
        let view = self.view(layout.acceptabilities);
        let starts = layout.acceptabilities.items + 1;
        let total = (view.len() / 4).saturating_sub(starts);
        let mut last = 0;
        for item in 0..starts {
            match view.u32(item) {
                Some(start) if start >= last && start as usize <= total => last = start,
                _ => {
                    let what = "starts that do not ascend below the total";
                    return Err(broken(format::ACCEPTABILITIES, item * 4, what));
                }
            }
        }
        let whole = view.len() == (starts + total) * 4 && last as usize == total;
        let known = (starts..starts + total).all(|at| {
            view.record::<4>(at).is_some_and(|entry| {
                u16_at(entry, 0) < layout.language_refsets.items && u16_at(entry, 2) <= 1
            })
        });
        match whole && known && view.u32(0) == Some(0) {
            true => Ok(()),
            false => Err(broken(format::ACCEPTABILITIES, 0, "entries that cannot be")),
        }
    }

    fn verify_description_order(
        self,
        layout: &Layout,
        rows: &[[u8; format::DESCRIPTION_RECORD_LENGTH]],
    ) -> Checked {
        let order = records::<4>(self.view(layout.description_order));
        let sample = records::<8>(self.view(layout.description_sample));
        let samples = rows.len().div_ceil(format::SAMPLE);
        if order.len() != rows.len() || sample.len() != samples {
            return Err(broken(format::DESCRIPTION_ORDER, 0, "not as many as descriptions"));
        }
        // Every row, once: they are below the count and their sum is that of all rows. Whether they
        // ascend by id is looked at in every sample, for to look at each would cost a cache miss a
        // description; a row out of order is not found, and never taken for another.
        let mut sum = 0_u64;
        let mut most = 0;
        for row in order {
            let row = u32::from_le_bytes(*row);
            sum += u64::from(row);
            most = most.max(row);
        }
        let count = rows.len() as u64;
        if u64::from(most) >= count.max(1) || sum != count * count.saturating_sub(1) / 2 {
            let what = "rows that are not all descriptions, each once";
            return Err(broken(format::DESCRIPTION_ORDER, 0, what));
        }
        let mut last = 0;
        for (number, sampled) in sample.iter().enumerate() {
            let at = number * format::SAMPLE;
            let row = order.get(at).and_then(|row| rows.get(u32::from_le_bytes(*row) as usize));
            let id = row.and_then(|row| row.first_chunk::<8>());
            let value = u64::from_le_bytes(*sampled);
            if id != Some(sampled) || value <= last {
                return Err(broken(format::DESCRIPTION_ORDER, at * 4, "ids that do not ascend"));
            }
            last = value;
        }
        Ok(())
    }
}
