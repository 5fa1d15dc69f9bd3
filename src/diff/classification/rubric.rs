//! All that is told of one rubric.

use super::ClassificationComparison;
use super::facts::{FACTS, Fact};
use super::texts;
use crate::classification::{Rubric, RubricCode};
use crate::diff::{Change, ChangeKind, Related, Role};

impl<'t, C: RubricCode> ClassificationComparison<'t, C> {
    pub(super) fn rubric(
        &self,
        old: Option<Rubric<'t, C>>,
        new: Option<Rubric<'t, C>>,
        emit: &mut impl FnMut(Change),
    ) {
        let told = |rubric: Option<Rubric<'t, C>>| rubric.map(|rubric| rubric.title().to_owned());
        match (old, new) {
            (None, None) => {}
            (Some(rubric), None) | (None, Some(rubric)) => {
                let kind = match old {
                    Some(_) => ChangeKind::RubricRemoved,
                    None => ChangeKind::RubricAdded,
                };
                let change = self.change(kind, rubric).of(rubric.kind().word());
                emit(change.from_to(told(old), told(new)));
            }
            (Some(old), Some(new)) => self.compared(old, new, emit),
        }
    }

    fn change(&self, kind: ChangeKind, rubric: Rubric<'t, C>) -> Change {
        Change::new(kind, self.system, rubric.code_text(), rubric.title())
    }

    fn compared(&self, old: Rubric<'t, C>, new: Rubric<'t, C>, emit: &mut impl FnMut(Change)) {
        self.moved(old, new, emit);
        let mut tell = |kind, component: String, before, after| {
            emit(self.change(kind, new).of(component).from_to(before, after));
        };
        let mut differ = Vec::new();
        for fact in FACTS {
            let (before, after) = (fact.of(old), fact.of(new));
            if before != after {
                tell(fact.kind(), fact.component().to_owned(), before, after);
                differ.push(fact);
            }
        }
        texts::compared(old, new, &mut |found| {
            // A column says no more than what was made of it, where that is told already.
            let told = |fact: &Fact| fact.is_made_of(found.kind);
            if !differ.iter().any(told) {
                tell(texts::kind_of(found.kind), found.component, found.before, found.after);
            }
        });
    }

    fn moved(&self, old: Rubric<'t, C>, new: Rubric<'t, C>, emit: &mut impl FnMut(Change)) {
        let code = |rubric: Option<Rubric<'t, C>>| {
            rubric.map(|rubric| (rubric.code().map(C::key), rubric.kind(), rubric.code_text()))
        };
        let (from, to) = (old.parent(), new.parent());
        let same = match (code(from), code(to)) {
            // One code may be written in two ways, a block in one.
            (Some((Some(from), ..)), Some((Some(to), ..))) => from == to,
            (from, to) => from == to,
        };
        // Without chapters and blocks a category is below nothing that is known.
        if same || self.is_of_unknown_group(Some(old), Some(new)) {
            return;
        }
        let mut change = self.change(ChangeKind::RubricMoved, new);
        change.before = from.map(|rubric| rubric.code_text().to_owned());
        change.after = to.map(|rubric| rubric.code_text().to_owned());
        for (role, parent) in [(Role::ParentLost, from), (Role::ParentGained, to)] {
            change.related.extend(parent.map(|parent| Related {
                role,
                code: parent.code_text().to_owned(),
                display: parent.title().to_owned(),
            }));
        }
        emit(change);
    }
}
