//! Intersection, union and difference, each in the way that suits the forms of its operands.

use super::bits::Bits;
use super::ordinals::{Listed, OrdinalSet, RunCollector};
use super::runs::Cursor;

/// Ordinals of a union of lists, or runs with a list among them, beyond which it is made of bits.
const MERGED: usize = 1 << 14;

/// Where the two forms of a list are treated alike.
macro_rules! listed {
    ($set:expr, $list:ident => $with:expr, else $otherwise:expr) => {
        match $set {
            OrdinalSet::List(list) => {
                let $list = list.as_slice();
                $with
            }
            OrdinalSet::StoredList { list, .. } => {
                let $list = *list;
                $with
            }
            _ => $otherwise,
        }
    };
}

impl<'t> OrdinalSet<'t> {
    fn is_list(&self) -> bool {
        matches!(self, OrdinalSet::List(_) | OrdinalSet::StoredList { .. })
    }

    /// What is in both.
    pub(crate) fn intersection(&self, other: &OrdinalSet<'t>) -> OrdinalSet<'t> {
        use OrdinalSet::{Bits as AsBits, StoredList};
        match (self, other) {
            _ if self.is_empty() || other.is_empty() => OrdinalSet::EMPTY,
            // A stored list within one run is a part of it: nothing is copied.
            (StoredList { list, bound }, OrdinalSet::Stored(runs))
            | (OrdinalSet::Stored(runs), StoredList { list, bound })
                if runs.single().is_some() =>
            {
                let (start, end) = runs.single().unwrap_or_default();
                let from = Listed::from(list, 0, start);
                let to = Listed::from(list, from, end);
                StoredList { list: list.get(from..to).unwrap_or_default(), bound: *bound }
            }
            (AsBits(one), AsBits(two)) => OrdinalSet::from_bits(one.and(two)),
            (AsBits(_), _) if other.is_list() => other.filtered(|at| self.contains(at)),
            (_, AsBits(_)) if self.is_list() => self.filtered(|at| other.contains(at)),
            (AsBits(bits), runs) | (runs, AsBits(bits)) => masked(bits, runs),
            _ if self.is_list() && other.is_list() => match self.len() <= other.len() {
                true => common(self, other),
                false => common(other, self),
            },
            _ if self.is_list() => pieces(self, other, true),
            _ if other.is_list() => pieces(other, self, true),
            _ => common_runs(self, other),
        }
    }

    /// What is in this one and not in the other.
    pub(crate) fn difference(&self, other: &OrdinalSet<'t>) -> OrdinalSet<'t> {
        use OrdinalSet::Bits as AsBits;
        match (self, other) {
            _ if self.is_empty() => OrdinalSet::EMPTY,
            _ if other.is_empty() => self.clone(),
            (AsBits(one), AsBits(two)) => OrdinalSet::from_bits(one.and_not(two)),
            (AsBits(bits), _) => {
                let mut left = bits.clone();
                match other.is_list() {
                    true => other.each(|at| left.clear(at)),
                    false => other.each_run(|start, end| left.clear_range(start, end)),
                }
                OrdinalSet::from_bits(left.count())
            }
            (_, AsBits(_)) if self.is_list() => self.filtered(|at| !other.contains(at)),
            _ if self.is_list() && other.is_list() => {
                let mut cursor = Cursor::over(other);
                self.filtered(|at| cursor.seek(at).is_none_or(|(start, _)| start != at))
            }
            _ if self.is_list() => pieces(self, other, false),
            _ if matches!(other, AsBits(_)) || (other.is_list() && other.len() > MERGED) => {
                let Some((start, end)) = self.bounds() else { return OrdinalSet::EMPTY };
                let mut left = self.to_bits(start, end);
                match other {
                    AsBits(bits) => return OrdinalSet::from_bits(left.and_not(bits)),
                    _ => other.each(|at| left.clear(at)),
                }
                OrdinalSet::from_bits(left.count())
            }
            _ => runs_without(self, other),
        }
    }

    /// What is in either.
    pub(crate) fn union(&self, other: &OrdinalSet<'t>) -> OrdinalSet<'t> {
        use OrdinalSet::Bits as AsBits;
        match (self, other) {
            _ if self.is_empty() => other.clone(),
            _ if other.is_empty() => self.clone(),
            (AsBits(one), AsBits(two)) => OrdinalSet::from_bits(one.or(two)),
            (AsBits(_), _) => with_bits(self, other),
            (_, AsBits(_)) => with_bits(other, self),
            _ if (self.is_list() || other.is_list())
                && self.list_length().saturating_add(other.list_length()) > MERGED =>
            {
                with_bits(self, other)
            }
            _ => either_runs(self, other),
        }
    }

    /// How many ordinals stand one by one.
    fn list_length(&self) -> usize {
        if self.is_list() { self.len() } else { 0 }
    }

    /// Those of a list that are wanted.
    fn filtered(&self, mut wanted: impl FnMut(u32) -> bool) -> OrdinalSet<'t> {
        let mut list = Vec::new();
        self.each(|at| {
            if wanted(at) {
                list.push(at);
            }
        });
        OrdinalSet::List(list)
    }

    /// Those that are wanted, of any form.
    pub(crate) fn retained(&self, mut wanted: impl FnMut(u32) -> bool) -> OrdinalSet<'t> {
        let mut runs = RunCollector::default();
        self.each(|at| {
            if wanted(at) {
                runs.push(at, at.saturating_add(1));
            }
        });
        runs.into_set()
    }
}

/// The ordinals of a short list that a longer one has as well.
fn common<'t>(short: &OrdinalSet<'t>, long: &OrdinalSet<'t>) -> OrdinalSet<'t> {
    fn of<'t>(short: impl Listed, long: impl Listed) -> OrdinalSet<'t> {
        let mut found = Vec::with_capacity(short.length().min(1024));
        let (mut one, mut two) = (0, 0);
        while one < short.length() && two < long.length() {
            let wanted = short.at(one);
            two = long.from(two, wanted);
            if two < long.length() && long.at(two) == wanted {
                found.push(wanted);
            }
            one += 1;
        }
        OrdinalSet::List(found)
    }
    listed!(short, short => listed!(long, long => of(short, long), else OrdinalSet::EMPTY), else OrdinalSet::EMPTY)
}

/// The pieces of a list that lie within runs, or those that lie outside.
fn pieces<'t>(list: &OrdinalSet<'t>, runs: &OrdinalSet<'t>, within: bool) -> OrdinalSet<'t> {
    fn of<'t>(list: impl Listed, runs: &OrdinalSet<'t>, within: bool) -> OrdinalSet<'t> {
        let mut found = Vec::new();
        let mut cursor = Cursor::over(runs);
        let mut at = 0;
        while at < list.length() {
            let run = cursor.seek(list.at(at));
            let (start, end) = run.unwrap_or((u32::MAX, u32::MAX));
            let from = list.from(at, start);
            let to = list.from(from, end);
            let piece = if within { from..to } else { at..from };
            found.extend(piece.map(|at| list.at(at)));
            at = to;
            if run.is_none() {
                break;
            }
        }
        OrdinalSet::List(found)
    }
    listed!(list, list => of(list, runs, within), else OrdinalSet::EMPTY)
}

/// What of a set of bits lies within runs.
fn masked<'t>(bits: &Bits, runs: &OrdinalSet<'t>) -> OrdinalSet<'t> {
    let Some((start, end)) = runs.bounds() else { return OrdinalSet::EMPTY };
    let (start, end) = (start.max(bits.start()), end.min(bits.end()));
    if start >= end {
        return OrdinalSet::EMPTY;
    }
    let mut part = bits.within(start, end);
    let mut done = start;
    runs.each_run(|start, end| {
        part.clear_range(done, start);
        done = end;
    });
    part.clear_range(done, end);
    OrdinalSet::from_bits(part.count())
}

fn common_runs<'t>(one: &OrdinalSet<'t>, two: &OrdinalSet<'t>) -> OrdinalSet<'t> {
    let (mut first, mut second) = (Cursor::over(one), Cursor::over(two));
    let mut found = RunCollector::default();
    let mut at = 0;
    while let Some((start, end)) = first.seek(at) {
        let Some((other_start, other_end)) = second.seek(start) else { break };
        let (start, end) = (start.max(other_start), end.min(other_end));
        found.push(start, end);
        at = end.max(start);
    }
    found.into_set()
}

fn runs_without<'t>(set: &OrdinalSet<'t>, without: &OrdinalSet<'t>) -> OrdinalSet<'t> {
    let (mut first, mut second) = (Cursor::over(set), Cursor::over(without));
    let mut found = RunCollector::default();
    let mut at = 0;
    while let Some((start, end)) = first.seek(at) {
        at = match second.seek(start) {
            Some((other_start, other_end)) if other_start < end => {
                found.push(start, other_start);
                other_end
            }
            _ => {
                found.push(start, end);
                end
            }
        };
    }
    found.into_set()
}

fn either_runs<'t>(one: &OrdinalSet<'t>, two: &OrdinalSet<'t>) -> OrdinalSet<'t> {
    let (mut first, mut second) = (Cursor::over(one), Cursor::over(two));
    let mut found = RunCollector::default();
    let (mut next, mut other) = (first.seek(0), second.seek(0));
    loop {
        let (start, end) = match (next, other) {
            (Some(run), Some(beyond)) if run <= beyond => {
                next = first.seek(run.1);
                run
            }
            (Some(run), None) => {
                next = first.seek(run.1);
                run
            }
            (_, Some(run)) => {
                other = second.seek(run.1);
                run
            }
            (None, None) => return found.into_set(),
        };
        found.push(start, end);
    }
}

fn with_bits<'t>(bits: &OrdinalSet<'t>, other: &OrdinalSet<'t>) -> OrdinalSet<'t> {
    let (start, end) = other.bounds().unwrap_or_default();
    let mut joined = bits.to_bits(start, end);
    other.mark(&mut joined);
    OrdinalSet::from_bits(joined.count())
}
