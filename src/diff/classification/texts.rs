//! The texts and columns of a rubric, compared kind by kind as sets.

use crate::classification::{Rubric, RubricCode, RubricText, TextKind};
use crate::diff::ChangeKind;
use crate::id::DaggerAsterisk;

/// The kind of change it is when a text of a kind is another.
pub(super) fn kind_of(kind: TextKind) -> ChangeKind {
    use TextKind as T;
    match kind {
        T::Title
        | T::LongTitle
        | T::ShortTitle
        | T::TreeDescription
        | T::Description
        | T::Modifier4
        | T::Modifier5
        | T::CategoryName
        | T::CodeName => ChangeKind::RubricRetitled,
        T::Usage | T::UsageUk | T::Qualifiers => ChangeKind::RubricUsageChanged,
        T::GenderMask | T::MinimumAge | T::MaximumAge | T::SexAbsolute | T::SexScrutiny => {
            ChangeKind::RubricLimitsChanged
        }
        T::Status => ChangeKind::RubricValidityChanged,
        T::Inclusion
        | T::Includes
        | T::Exclusion
        | T::Excludes1
        | T::Excludes2
        | T::Note
        | T::Text
        | T::CodingHint
        | T::Definition
        | T::Introduction
        | T::Footnote
        | T::ModifierLink
        | T::CodeFirst
        | T::UseAdditionalCode
        | T::CodeAlso
        | T::SeventhCharacterNote
        | T::SeventhCharacter
        | T::Other
        | T::Code
        | T::AltCode
        | T::Selection
        | T::MethodOfDelivery => ChangeKind::RubricTextsChanged,
    }
}

/// A text that is another.
#[derive(Debug)]
pub(super) struct Differing {
    pub(super) kind: TextKind,
    pub(super) component: String,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
}

/// The codes that a text refers to, its partners apart: these are told on their own.
fn references<C: RubricCode>(text: RubricText<'_, C>) -> impl Iterator<Item = String> {
    let others = text.references().filter(|reference| !reference.is_partner());
    others.map(|reference| match reference.usage() {
        Some(DaggerAsterisk::Dagger) => format!("{}†", reference.text()),
        Some(DaggerAsterisk::Asterisk) => format!("{}*", reference.text()),
        None => reference.text().to_owned(),
    })
}

fn is_same<C: RubricCode>(old: RubricText<'_, C>, new: RubricText<'_, C>) -> bool {
    old.kind() == new.kind() && old.text() == new.text() && references(old).eq(references(new))
}

/// The texts that are others, kind by kind. The order of texts says nothing.
pub(super) fn compared<'t, C: RubricCode>(
    old: Rubric<'t, C>,
    new: Rubric<'t, C>,
    emit: &mut impl FnMut(Differing),
) {
    // Nearly always nothing changed.
    let (mut olds, mut news) = (old.texts(), new.texts());
    loop {
        match (olds.next(), news.next()) {
            (None, None) => return,
            (Some(old), Some(new)) if is_same(old, new) => {}
            _ => break,
        }
    }
    for kind in TextKind::all() {
        let mut added: Vec<_> = new.texts_of(kind).collect();
        let mut removed = Vec::new();
        for text in old.texts_of(kind) {
            match added.iter().position(|new| is_same(text, *new)) {
                Some(same) => drop(added.remove(same)),
                None => removed.push(text),
            }
        }
        // The same text may refer to other codes.
        removed.retain(|text| {
            let Some(same) = added.iter().position(|new| new.text() == text.text()) else {
                return true;
            };
            let list = |text| {
                let all: Vec<String> = references(text).collect();
                (!all.is_empty()).then(|| all.join(", "))
            };
            let after = list(added.remove(same));
            let component = format!("{}/references", kind.name());
            emit(Differing { kind, component, before: list(*text), after });
            false
        });
        let text = |text: &RubricText<'_, C>| Some(text.text().to_owned());
        let component = || kind.name().to_owned();
        if let ([before], [after]) = (removed.as_slice(), added.as_slice()) {
            let (before, after) = (text(before), text(after));
            emit(Differing { kind, component: component(), before, after });
            continue;
        }
        for before in &removed {
            emit(Differing { kind, component: component(), before: text(before), after: None });
        }
        for after in &added {
            emit(Differing { kind, component: component(), before: None, after: text(after) });
        }
    }
}
