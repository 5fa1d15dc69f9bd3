//! Whether a Delta fits the release it is applied to.

use std::collections::BTreeMap;

use crate::error::BuildError;
use crate::problem::{NoteKind, Notes};
use crate::rf2::Span;

/// A package of changes.
#[derive(Clone, Debug)]
pub(crate) struct DeltaPackage {
    pub(crate) name: String,
    /// The release it starts from, where it says so.
    pub(crate) from: Option<u32>,
    /// The modules of its rows, and their effective times.
    pub(crate) times: BTreeMap<u64, Span>,
}

impl DeltaPackage {
    /// The first or the last of its effective times; `None` where none of its rows has one.
    fn time(&self, of: fn((u32, u32)) -> u32) -> impl Iterator<Item = u32> {
        self.times.values().flatten().map(move |span| of(*span))
    }
}

/// Holds Deltas against the modules of the release below them, the earliest first: one may carry
/// the release to where the next begins.
///
/// A Delta that starts after the end of what is below it is refused: what changed in between would
/// be missing, and the index would not know it.
pub(crate) fn check(
    base: &BTreeMap<u64, Span>,
    mut deltas: Vec<DeltaPackage>,
    notes: &mut Notes,
) -> Result<(), BuildError> {
    let mut ends: BTreeMap<u64, u32> =
        base.iter().filter_map(|(module, span)| Some((*module, span.as_ref()?.1))).collect();
    deltas.sort_by_key(|delta| delta.from.or(delta.time(|span| span.0).min()));
    for delta in deltas {
        // Each module has releases of its own, so only those that the Delta changes are looked at.
        let below = delta.times.keys().filter_map(|module| ends.get(module)).max().copied();
        let last = delta.time(|span| span.1).max();
        match delta.from {
            Some(from) if last.is_some() && below.is_none_or(|end| end < from) => {
                return Err(BuildError::DeltaGap { package: delta.name, from, base: below });
            }
            Some(_) => {}
            None => notes.add(NoteKind::DeltaStart, || delta.name.clone()),
        }
        if let (Some(last), Some(end)) = (last, below)
            && last <= end
        {
            let what = format!("{}: its newest row is of {last}, below it of {end}", delta.name);
            notes.add(NoteKind::OldDelta, || what);
        }
        for (module, span) in &delta.times {
            if let Some((_, last)) = span {
                let end = ends.entry(*module).or_default();
                *end = (*end).max(*last);
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(end: u32) -> BTreeMap<u64, Span> {
        // The other module is released more often, and the Delta does not touch it.
        BTreeMap::from([(7, Some((20_200_101, end))), (8, Some((20_200_101, 20_260_801)))])
    }

    fn delta(from: Option<u32>, first: u32, last: u32) -> DeltaPackage {
        let times = BTreeMap::from([(7, Some((first, last)))]);
        DeltaPackage { name: format!("to {last}"), from, times }
    }

    #[test]
    fn a_delta_that_starts_where_its_base_ends_is_nothing_to_tell_of() {
        let mut notes = Notes::default();
        let fits = delta(Some(20_250_401), 20_250_501, 20_251_001);
        assert!(check(&base(20_250_401), vec![fits.clone()], &mut notes).is_ok());
        assert!(check(&base(20_250_601), vec![fits], &mut notes).is_ok());
        assert_eq!(notes, Notes::default());
    }

    #[test]
    fn a_gap_is_refused_unless_another_delta_fills_it() {
        let mut notes = Notes::default();
        let second = delta(Some(20_251_001), 20_260_401, 20_260_401);
        let refused = check(&base(20_250_401), vec![second.clone()], &mut notes);
        let error = refused.expect_err("a release between is missing");
        assert!(matches!(error, BuildError::DeltaGap { base: Some(20_250_401), .. }), "{error}");
        let first = delta(Some(20_250_401), 20_251_001, 20_251_001);
        assert!(check(&base(20_250_401), vec![second.clone(), first], &mut notes).is_ok());
        let stranger = check(&BTreeMap::new(), vec![second], &mut notes);
        let error = stranger.expect_err("nothing of it is below it");
        assert!(matches!(error, BuildError::DeltaGap { base: None, .. }), "{error}");
        assert_eq!(notes, Notes::default());
    }

    #[test]
    fn an_old_delta_and_one_that_does_not_say_where_it_starts_are_told() {
        let mut notes = Notes::default();
        let old = delta(None, 20_240_401, 20_241_001);
        assert!(check(&base(20_250_401), vec![old], &mut notes).is_ok());
        assert_eq!(notes.of(NoteKind::DeltaStart).map(|note| note.count), Some(1));
        assert_eq!(notes.of(NoteKind::OldDelta).map(|note| note.count), Some(1));
    }
}
