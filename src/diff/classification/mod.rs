//! Two editions of a classification compared.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

mod facts;
mod rubric;
mod texts;

use std::collections::BTreeMap;

use crate::classification::{Classification, CodeSystem, Rubric, RubricCode, RubricKind};
use crate::coding::System;
use crate::diff::{Change, ChangeKind};

/// Two editions of a classification, to be compared: of ICD-10, of ICD-10-CM or of OPCS-4.
///
/// Every text and every column of every rubric is compared, chapters and blocks included. A rubric is
/// the same where its code is; no edition says what a code that is gone became. `docs/diff.md` in the
/// repository says what each kind of change holds.
///
/// Where one of the editions has chapters and blocks and the other none, as the file of the NHS, what
/// categories are below is not compared: one [`ChangeKind::CannotTell`].
///
/// # Example
/// ```
/// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-classifications.farr");
/// # let (old, new) = (farr::Terminology::open([golden])?, farr::Terminology::open([golden])?);
/// use farr::diff::ClassificationComparison;
///
/// let comparison = ClassificationComparison::new(old.icd10()?, new.icd10()?);
/// let mut changes = 0;
/// comparison.changes(&mut |change| {
///     println!("{} {} {}", change.kind, change.code, change.display);
///     changes += 1;
/// });
/// // The editions are the same.
/// assert_eq!(changes, 0);
/// # Ok::<(), farr::index::OpenError>(())
/// ```
#[derive(Debug)]
pub struct ClassificationComparison<'t, C: RubricCode> {
    old: Classification<'t, C>,
    new: Classification<'t, C>,
    old_groups: Groups<'t, C>,
    new_groups: Groups<'t, C>,
    system: System,
}

/// Chapters and blocks, by code and by which of both they are.
type Groups<'t, C> = BTreeMap<(&'t str, RubricKind), Rubric<'t, C>>;

fn groups<'t, C: RubricCode>(classification: Classification<'t, C>) -> Groups<'t, C> {
    let mut groups = Groups::new();
    for group in classification.groups() {
        // Of two by one code the first is the one that is found by it.
        groups.entry((group.code_text(), group.kind())).or_insert(group);
    }
    groups
}

impl<'t, C: RubricCode> ClassificationComparison<'t, C> {
    /// A comparison of an older edition with a newer one. Costs a walk over the chapters and blocks.
    pub fn new(
        old: Classification<'t, C>,
        new: Classification<'t, C>,
    ) -> ClassificationComparison<'t, C> {
        let system = match C::SYSTEM {
            CodeSystem::Icd10 => System::Icd10,
            CodeSystem::Icd10Cm => System::Icd10Cm,
            CodeSystem::Opcs4 => System::Opcs4,
        };
        let (old_groups, new_groups) = (groups(old), groups(new));
        ClassificationComparison { old, new, old_groups, new_groups, system }
    }

    /// The codes of the rubrics of either edition, chapters and blocks first, each once: as
    /// published, in the newer edition where that has them. Allocates.
    pub fn codes(&self) -> Vec<&'t str> {
        let mut codes: Vec<&'t str> = Vec::new();
        self.pairs(&mut |old, new| {
            if let Some(rubric) = new.or(old) {
                codes.push(rubric.code_text());
            }
        });
        // A block of one category is written as the category.
        let mut seen = std::collections::BTreeSet::new();
        codes.retain(|code| seen.insert(*code));
        codes
    }

    /// Everything that is told of the rubrics with a code, in any spelling; of a chapter or block in
    /// that of the edition. Costs microseconds.
    ///
    /// Where one of the editions has chapters and blocks and the other none, a chapter or block gives
    /// [`ChangeKind::CannotTell`] with its code, and a category the one without a code that
    /// [`ClassificationComparison::changes`] begins with: the same for each, to be told once.
    pub fn changes_of(&self, code: &str, emit: &mut impl FnMut(Change)) {
        for kind in [RubricKind::Chapter, RubricKind::Block] {
            let old = self.old_groups.get(&(code, kind)).copied();
            let new = self.new_groups.get(&(code, kind)).copied();
            match old.or(new).filter(|_| !self.can_tell_groups()) {
                Some(group) => emit(self.cannot_tell(group.code_text(), group.title())),
                None => self.rubric(old, new, emit),
            }
        }
        if let Ok(code) = C::read(code) {
            let (old, new) = (self.old.rubric(code), self.new.rubric(code));
            self.rubric(old, new, emit);
            if self.is_of_unknown_group(old, new) {
                emit(self.cannot_tell("", ""));
            }
        }
    }

    /// Whether either edition has the code, in any spelling, or a chapter or block by it; `None` where
    /// it is no code of the classification.
    pub fn has(&self, code: &str) -> Option<bool> {
        let is_group = [RubricKind::Chapter, RubricKind::Block].into_iter().any(|kind| {
            [&self.old_groups, &self.new_groups]
                .into_iter()
                .any(|groups| groups.contains_key(&(code, kind)))
        });
        match C::read(code) {
            _ if is_group => Some(true),
            Ok(code) => Some(self.old.rubric(code).or(self.new.rubric(code)).is_some()),
            Err(_) => None,
        }
    }

    /// Every change, each once: what cannot be compared, then chapters and blocks by their codes,
    /// and then codes in their order.
    pub fn changes(&self, emit: &mut impl FnMut(Change)) {
        if !self.can_tell_groups() {
            emit(self.cannot_tell("", ""));
        }
        self.pairs(&mut |old, new| self.rubric(old, new, emit));
    }

    /// That one edition has chapters and blocks and the other none: of one of them, or of all.
    fn cannot_tell(&self, code: &str, title: &str) -> Change {
        let told = |groups: &Groups<'t, C>| {
            (!groups.is_empty()).then(|| format!("{} chapters and blocks", groups.len()))
        };
        let change = Change::new(ChangeKind::CannotTell, self.system, code, title);
        let change = change.of("chapters and blocks");
        change.from_to(told(&self.old_groups), told(&self.new_groups))
    }

    /// Whether a rubric is below a chapter or block, or may be, and which is not known.
    fn is_of_unknown_group(&self, old: Option<Rubric<'t, C>>, new: Option<Rubric<'t, C>>) -> bool {
        let is_code =
            |rubric: Rubric<'t, C>| rubric.parent().is_some_and(|parent| parent.code().is_some());
        !self.can_tell_groups()
            && old.zip(new).is_some_and(|(old, new)| !is_code(old) && !is_code(new))
    }

    /// Whether both editions have chapters and blocks, or neither.
    fn can_tell_groups(&self) -> bool {
        self.old_groups.is_empty() == self.new_groups.is_empty()
    }

    /// The rubrics of both editions, those with the same code together.
    fn pairs(&self, each: &mut impl FnMut(Option<Rubric<'t, C>>, Option<Rubric<'t, C>>)) {
        if self.can_tell_groups() {
            merged(
                self.old_groups.iter().map(|(key, rubric)| (*key, *rubric)),
                self.new_groups.iter().map(|(key, rubric)| (*key, *rubric)),
                each,
            );
        }
        let of = |classification: Classification<'t, C>| {
            classification.codes().filter_map(|rubric| Some((rubric.code()?.key(), rubric)))
        };
        merged(of(self.old), of(self.new), each);
    }
}

/// Two lists that ascend by their keys as one.
fn merged<K: Ord + Copy, R>(
    old: impl Iterator<Item = (K, R)>,
    new: impl Iterator<Item = (K, R)>,
    each: &mut impl FnMut(Option<R>, Option<R>),
) {
    let (mut olds, mut news) = (old.peekable(), new.peekable());
    loop {
        let key = match (olds.peek(), news.peek()) {
            (Some((old, _)), Some((new, _))) => *old.min(new),
            (Some((key, _)), None) | (None, Some((key, _))) => *key,
            (None, None) => return,
        };
        let old = olds.next_if(|(found, _)| *found == key).map(|(_, rubric)| rubric);
        let new = news.next_if(|(found, _)| *found == key).map(|(_, rubric)| rubric);
        each(old, new);
    }
}
