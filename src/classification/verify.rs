//! The structure of the sections of a classification, checked once in one pass.
//!
//! A checksum stops accidents; this stops a file whose sections contradict each other. After it, the
//! tree is one, every code is under its key and in order, and every text is UTF-8.

use super::code::RubricCode;
use super::edition::Classification;
use super::rubric::Rubric;
use super::text::fields;
use super::text_kind::TextKind;
use crate::index::bucket::Buckets;
use crate::index::format::{
    self, NONE_RUBRIC, RUBRIC_LENGTH, RUBRIC_MODIFIED, RUBRIC_REFERENCE_LENGTH, RUBRIC_TEXT_LENGTH,
    Tag,
};

/// What does not hold, and at which byte of which section.
type Broken = (Tag, usize, &'static str);
type Checked = Result<(), Broken>;

fn require(holds: bool, section: Tag, at: usize, what: &'static str) -> Checked {
    if holds { Ok(()) } else { Err((section, at, what)) }
}

impl<C: RubricCode> Classification<'_, C> {
    /// Checks every section against the others.
    pub(crate) fn verify(self) -> Checked {
        let meta = self.source.view(self.layout.meta);
        require(meta.text(0, meta.len()).is_some(), format::META, 0, "text that is not UTF-8")?;
        let strings = self.source.view(self.layout.strings);
        let strings = strings.text(0, strings.len());
        let strings = strings.ok_or((C::TAGS.strings, 0, "text that is not UTF-8"))?;
        let codes = self.verify_rubrics(strings)?;
        self.verify_order(codes)?;
        self.verify_texts(strings)?;
        let end = self.layout.rubric_count;
        let key = |number| Rubric::of_number(self, number).map(Rubric::key);
        Buckets::new(self.source.view(self.layout.buckets))
            .verify_some(end, codes, key)
            .map_err(|(at, what)| (C::TAGS.buckets, at, what))?;
        self.verify_search(end)
    }

    /// The tree; gives how many codes there are.
    fn verify_rubrics(self, strings: &str) -> Result<usize, Broken> {
        let tag = C::TAGS.rubrics;
        let end = self.layout.rubric_count;
        let mut codes = 0_usize;
        let mut last_text = 0;
        // The rubrics that are open: where each ends.
        let mut open: Vec<(u32, u32)> = Vec::new();
        for number in 0..end {
            let at = (number as usize).saturating_mul(RUBRIC_LENGTH);
            let rubric = Rubric::of_number(self, number).ok_or((tag, at, "a rubric is missing"))?;
            while open.last().is_some_and(|(_, end)| *end <= number) {
                open.pop();
            }
            let (above, bound) = open.last().copied().unwrap_or((NONE_RUBRIC, end));
            let nested =
                rubric.parent_number() == above && rubric.end() > number && rubric.end() <= bound;
            require(nested, tag, at, "a rubric that is not within the one above it")?;
            open.push((number, rubric.end()));
            let (start, length) = rubric.code_span();
            let code_end = (start as usize).saturating_add(usize::from(length));
            let text = strings.get(start as usize..code_end);
            let text = text.ok_or((tag, at, "a code that is not inside"))?;
            let kept = match (rubric.kind_byte(), rubric.code()) {
                (0 | 1, None) => rubric.key() == 0 && !text.is_empty(),
                (2, Some(code)) => {
                    codes = codes.saturating_add(1);
                    code.to_string() == text
                }
                _ => false,
            };
            require(kept, tag, at, "a code that is not that of its key")?;
            let flags = rubric.flags();
            let known = flags >> 1 & 3 <= 2
                && flags >> 3 & 3 <= 2
                && flags >> 5 <= 4
                && (flags & RUBRIC_MODIFIED == 0 || rubric.kind_byte() == 2);
            require(known, tag, at, "flags that mean nothing")?;
            let ascends =
                last_text <= rubric.first_text() && (number > 0 || rubric.first_text() == 0);
            require(ascends, tag, at, "texts that do not ascend")?;
            last_text = rubric.first_text();
        }
        let at = (end as usize).saturating_mul(RUBRIC_LENGTH);
        let past = self.record(end).and_then(|record| record.get(16..)?.first_chunk::<4>());
        let past = past.map(|bytes| u32::from_le_bytes(*bytes));
        let all = past == Some(self.layout.text_count) && last_text <= self.layout.text_count;
        require(all, tag, at, "the texts are not all of them")?;
        Ok(codes)
    }

    fn verify_order(self, codes: usize) -> Checked {
        let tag = C::TAGS.order;
        require(self.layout.order.items == codes, tag, 0, "not as many as there are codes")?;
        let mut last = 0;
        for place in 0..codes {
            let key = self.code_at(place).map_or(0, Rubric::key);
            let at = place.saturating_mul(4);
            require(last < key, tag, at, "codes that do not ascend")?;
            last = key;
        }
        Ok(())
    }

    fn verify_texts(self, strings: &str) -> Checked {
        let (tag, tag_of_references) = (C::TAGS.texts, C::TAGS.references);
        let view = self.source.view(self.layout.texts);
        let mut last = 0;
        let inside = |start: u32, length: usize| {
            let start = start as usize;
            strings.get(start..start.saturating_add(length)).is_some()
        };
        for number in 0..=self.layout.text_count as usize {
            let at = number.saturating_mul(RUBRIC_TEXT_LENGTH);
            let record = view.record(number).ok_or((tag, at, "a text is missing"))?;
            let (start, length, kind, first) = fields(record);
            let past = number == self.layout.text_count as usize;
            if !past {
                // A kind of a later version is passed on as another.
                let holds = inside(start, length as usize) && kind < u8::MAX;
                require(holds, tag, at, "a text that is not inside")?;
                debug_assert!(TextKind::all().count() < usize::from(u8::MAX), "kinds fit a byte");
            }
            let ascends = last <= first && (number > 0 || first == 0);
            let all = !past || first as usize == self.layout.references.items;
            require(ascends && all, tag, at, "references that do not ascend")?;
            last = first;
        }
        let view = self.source.view(self.layout.references);
        for number in 0..self.layout.references.items {
            let at = number.saturating_mul(RUBRIC_REFERENCE_LENGTH);
            let record = view.record::<RUBRIC_REFERENCE_LENGTH>(number);
            let record = record.ok_or((tag_of_references, at, "a reference is missing"))?;
            let [a, b, c, d, e, f, usage, partner] = *record;
            let length = usize::from(u16::from_le_bytes([e, f]));
            let holds =
                inside(u32::from_le_bytes([a, b, c, d]), length) && usage <= 2 && partner <= 1;
            require(holds, tag_of_references, at, "a reference that is not inside")?;
        }
        Ok(())
    }

    fn verify_search(self, rubrics: u32) -> Checked {
        let search = &self.layout.search;
        self.search_index().verify(self.layout.text_count, rubrics).map_err(|(start, what)| {
            let sections = [
                search.ranks,
                search.zones,
                search.words,
                search.word_postings,
                search.prefix_postings,
            ];
            let mut named = C::TAGS.search().into_iter().zip(sections);
            let named = named.find(|(_, section)| section.start == start);
            (named.map_or(C::TAGS.postings, |(tag, _)| tag), 0, what)
        })?;
        let ranks = self.source.view(search.ranks);
        for rank in 0..search.ranks.items {
            let at = rank.saturating_mul(8);
            let text = ranks.u32(rank.saturating_mul(2)).unwrap_or(u32::MAX);
            let rubric = ranks.u32(rank.saturating_mul(2).saturating_add(1)).unwrap_or(u32::MAX);
            let texts = Rubric::of_number(self, rubric).map(Rubric::text_numbers);
            let holds = texts.is_some_and(|texts| texts.contains(&text));
            require(holds, C::TAGS.ranks, at, "a text that its rubric does not have")?;
        }
        Ok(())
    }
}
