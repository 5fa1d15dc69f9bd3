//! The structure of the history tables, checked once.

use crate::index::format::{self, QUERY_TABLE_LENGTH, SUBSTITUTION_LENGTH};
use crate::snomed::edition::Snomed;
use crate::snomed::verify::{Checked, broken, records, u32_at};

impl Snomed<'_> {
    pub(in crate::snomed) fn verify_history(self) -> Checked {
        self.verify_substitutions()?;
        self.verify_query_table()
    }

    fn verify_substitutions(self) -> Checked {
        let Some((rows, paths)) = self.layout.history.substitutions else { return Ok(()) };
        self.verify_texts(format::SUBSTITUTION_PATHS, paths)?;
        self.verify_ids(format::SUBSTITUTIONS, rows, SUBSTITUTION_LENGTH, &[0, 8])?;
        let mut last = (0, 0);
        let rows = records::<SUBSTITUTION_LENGTH>(self.view(rows));
        for (row, record) in rows.iter().enumerate() {
            let at = row * SUBSTITUTION_LENGTH;
            let (words, _) = record.as_chunks::<8>();
            let word = |at: usize| words.get(at).map_or(0, |word| u64::from_le_bytes(*word));
            let pair = (word(0), word(1));
            if pair <= last {
                return Err(broken(format::SUBSTITUTIONS, at, "ids that do not ascend"));
            }
            last = pair;
            let flags = u32_at(record, 20) >> 16;
            if u32_at(record, 16) as usize >= paths.items || flags > 15 {
                let what = "a path or flag that is not there";
                return Err(broken(format::SUBSTITUTIONS, at + 16, what));
            }
        }
        Ok(())
    }

    fn verify_query_table(self) -> Checked {
        let Some(section) = self.layout.history.query_table else { return Ok(()) };
        let tag = format::QUERY_TABLE;
        let view = self.view(section);
        let count = self.layout.concept_count;
        let entries_at = (count as usize + 1) * 4;
        let starts = view.slice(0, entries_at).unwrap_or_default().as_chunks::<4>().0;
        let entries = view.slice(entries_at, view.len()).unwrap_or_default();
        let entries = entries.as_chunks::<QUERY_TABLE_LENGTH>().0;
        let value = |bytes: &[u8; 4]| u32::from_le_bytes(*bytes);
        let ascending = starts.is_sorted_by_key(value)
            && starts.first().is_some_and(|first| value(first) == 0)
            && starts.last().is_some_and(|last| value(last) as usize == entries.len());
        if !ascending {
            return Err(broken(tag, 0, "starts that do not ascend to the number of entries"));
        }
        let key = |entry: &[u8; QUERY_TABLE_LENGTH]| {
            let [a, b, c, d, provenance] = *entry;
            (u32::from_le_bytes([a, b, c, d]), provenance)
        };
        for pair in starts.windows(2) {
            let [start, end] = pair else { continue };
            let (start, end) = (value(start) as usize, value(end) as usize);
            let own = entries.get(start..end).unwrap_or_default();
            let at = entries_at + start * QUERY_TABLE_LENGTH;
            let known = own.iter().map(key).all(|(above, from)| above < count && from > 0);
            if !known || !own.is_sorted_by(|one, other| key(one) < key(other)) {
                return Err(broken(tag, at, "supertypes that do not ascend, or are not there"));
            }
        }
        Ok(())
    }
}
