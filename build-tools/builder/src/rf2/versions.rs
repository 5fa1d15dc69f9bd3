//! Which versions of a component are read, by effective time, and which times the modules' rows
//! have.

use std::collections::BTreeMap;

use super::row::{date, digits};

/// Which rows of a file are read. Of those that are, the newest of each component stays: what is
/// left is the state on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Versions {
    /// The day whose state is wanted; `None` for the newest.
    pub(crate) as_of: Option<u32>,
    /// Whether the file holds one version of each component, as a Snapshot does: a later row is
    /// then in the place of an earlier one that is not there.
    pub(crate) one_of_each: bool,
}

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Admission {
    Read,
    /// It is of a later day.
    Later,
    /// It has no effective time, so no state on a day has it.
    Undated,
    /// It is of a later day or of none, and what it replaced is not in the file.
    Irreversible,
}

impl Versions {
    /// What becomes of a row of this effective time. One that is no date is read, and found there.
    pub(crate) fn admission(self, effective_time: &[u8]) -> Admission {
        let Some(as_of) = self.as_of else { return Admission::Read };
        let undated = effective_time.is_empty();
        match date(effective_time) {
            Some(time) if time <= as_of => Admission::Read,
            None if !undated => Admission::Read,
            _ if self.one_of_each => Admission::Irreversible,
            Some(_) => Admission::Later,
            None => Admission::Undated,
        }
    }
}

/// The first and the last effective time of rows; none where all are blank.
pub(crate) type Span = Option<(u32, u32)>;

/// The modules that rows are of, and the effective times those rows have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ModuleTimes {
    /// As the rows spell them; a file has few.
    spans: Vec<(Vec<u8>, Span)>,
    /// The one last seen, which is most often the next one too.
    last: usize,
}

impl ModuleTimes {
    /// Takes in a row, by its effective time and module as they stand in the file.
    pub(crate) fn see(&mut self, effective_time: &[u8], module: &[u8]) {
        if self.spans.get(self.last).is_none_or(|(seen, _)| seen != module) {
            let at = self.spans.iter().position(|(seen, _)| seen == module);
            self.last = at.unwrap_or(self.spans.len());
            if at.is_none() {
                self.spans.push((module.to_vec(), None));
            }
        }
        if let Some(time) = date(effective_time) {
            let span = &mut self.spans[self.last].1;
            *span = joined(*span, Some((time, time)));
        }
    }

    /// By module, several of them joined; what is no id is left out.
    pub(crate) fn join<'a>(all: impl Iterator<Item = &'a ModuleTimes>) -> BTreeMap<u64, Span> {
        let mut spans = BTreeMap::new();
        for (module, span) in all.flat_map(|times| &times.spans) {
            if let Some(module) = digits(module) {
                let kept = spans.entry(module).or_default();
                *kept = joined(*kept, *span);
            }
        }
        spans
    }
}

fn joined(one: Span, other: Span) -> Span {
    match (one, other) {
        (Some((first, last)), Some((from, to))) => Some((first.min(from), last.max(to))),
        _ => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_after_the_day_and_without_a_day_are_no_part_of_its_state() {
        let full = Versions { as_of: Some(20_250_101), one_of_each: false };
        assert_eq!(full.admission(b"20250101"), Admission::Read);
        assert_eq!(full.admission(b"20250101T235959Z"), Admission::Read);
        assert_eq!(full.admission(b"20250102"), Admission::Later);
        assert_eq!(full.admission(b""), Admission::Undated);
        assert_eq!(full.admission(b"yesterday"), Admission::Read);
        let snapshot = Versions { one_of_each: true, ..full };
        assert_eq!(snapshot.admission(b"20250101"), Admission::Read);
        assert_eq!(snapshot.admission(b"20250102"), Admission::Irreversible);
        assert_eq!(snapshot.admission(b""), Admission::Irreversible);
        assert_eq!(Versions::default().admission(b"99991231"), Admission::Read);
    }

    #[test]
    fn the_times_of_each_module_are_its_first_and_last() {
        let mut one = ModuleTimes::default();
        for (time, module) in [("20250101", "17"), ("20240101", "17"), ("", "19"), ("x", "y")] {
            one.see(time.as_bytes(), module.as_bytes());
        }
        let mut other = ModuleTimes::default();
        other.see(b"20260101", b"17");
        let joined = ModuleTimes::join([&one, &other].into_iter());
        let expected = [(17, Some((20_240_101, 20_260_101))), (19, None)];
        assert_eq!(joined.into_iter().collect::<Vec<_>>(), expected);
    }
}
