//! What language reference sets say of the descriptions of a concept.

use super::about::About;
use super::descriptions::Pair;
use crate::diff::{Change, ChangeKind};
use crate::id::Sctid;
use crate::snomed::{Acceptability, Description, DescriptionType};

/// Tells of each language reference set whose preferred term is another, and returns those.
pub(super) fn tell_preferred(
    about: &About<'_, '_>,
    pairs: &[Pair<'_>],
    emit: &mut dyn FnMut(Change),
) -> Vec<Sctid> {
    let all = |new: bool| pairs.iter().filter_map(move |pair| if new { pair.1 } else { pair.0 });
    let said = all(false).chain(all(true)).flat_map(Description::acceptabilities);
    let mut refsets: Vec<Sctid> = said.map(|(refset, _)| refset).collect();
    refsets.sort_unstable();
    refsets.dedup();
    let mut changed = Vec::new();
    for refset in refsets {
        let (before, after) = (preferred(all(false), refset), preferred(all(true), refset));
        if before != after {
            let change = about.change(ChangeKind::PreferredTermChanged).of(refset.to_string());
            emit(change.from_to(before, after));
            changed.push(refset);
        }
    }
    changed
}

/// The term that a reference set prefers among the active synonyms; several, which a sound release
/// has not, with a bar between them.
fn preferred<'t>(
    descriptions: impl Iterator<Item = Description<'t>>,
    refset: Sctid,
) -> Option<String> {
    let preferred = descriptions.filter(|one| {
        one.is_active()
            && one.description_type() == DescriptionType::Synonym
            && said(*one, refset) == Some(Acceptability::Preferred)
    });
    let mut terms: Vec<&str> = preferred.map(Description::term).collect();
    terms.sort_unstable();
    Some(terms.join(" | ")).filter(|_| !terms.is_empty())
}

/// What a reference set says of a description.
pub(super) fn said(description: Description<'_>, refset: Sctid) -> Option<Acceptability> {
    let mut said = description.acceptabilities();
    said.find(|(found, _)| *found == refset).map(|(_, said)| said)
}

/// Before and after of each reference set that says otherwise of a description now, those left out
/// whose preferred term is told of where the description is or was that term.
pub(super) fn acceptabilities(
    old: Description<'_>,
    new: Description<'_>,
    told: &[Sctid],
) -> Vec<(Option<String>, Option<String>)> {
    let mut refsets: Vec<Sctid> =
        old.acceptabilities().chain(new.acceptabilities()).map(|(refset, _)| refset).collect();
    refsets.sort_unstable();
    refsets.dedup();
    let is_synonym = old.is_active()
        && [old, new].iter().all(|one| one.description_type() == DescriptionType::Synonym);
    let text = |refset: Sctid, said| {
        let word = match said? {
            Acceptability::Preferred => "preferred",
            Acceptability::Acceptable => "acceptable",
        };
        Some(format!("{refset}={word}"))
    };
    refsets
        .into_iter()
        .map(|refset| (refset, said(old, refset), said(new, refset)))
        .filter(|(_, before, after)| before != after)
        .filter(|(refset, before, after)| {
            let was_or_is = [before, after].contains(&&Some(Acceptability::Preferred));
            !(was_or_is && is_synonym && told.contains(refset))
        })
        .map(|(refset, before, after)| (text(refset, before), text(refset, after)))
        .collect()
}
