//! Asking about refsets.

use farr::snomed::{Component, Member, Refset};
use farr::{Concept, Snomed};

use crate::answers::Limits;
use crate::digest::Digest;

/// Asks for the refsets, associations and alternate identifiers of a concept.
pub(crate) fn ask_concept(concept: Concept<'_>, limits: Limits, digest: &mut Digest) {
    digest.add(concept.refsets().len());
    for refset in concept.refsets().take(limits.rows) {
        digest.add((refset.id(), refset.contains(concept)));
        digest.add(refset.members_of(concept.into()).len());
    }
    for association in concept.associations().take(limits.rows) {
        digest.add((association.refset.id(), association.target.id()));
    }
    for association in concept.inverse_associations().take(limits.rows) {
        digest.add((association.refset.id(), association.target.id()));
    }
    for found in concept.alternate_identifiers().take(limits.rows) {
        digest.add((found.identifier(), found.scheme().id(), found.is_active()));
    }
}

/// Asks every refset for its rows, from both ends and by their values.
pub(crate) fn ask(snomed: Snomed<'_>, limits: Limits, digest: &mut Digest) {
    digest.add(snomed.refsets().len());
    for refset in snomed.refsets().take(limits.concepts) {
        digest.add(snomed.refset(refset.id()) == Some(refset));
        digest.add((refset.id(), refset.len(), refset.inactive_len()));
        digest.add((refset.concept().map(Concept::id), format!("{:?}", refset.component_kinds())));
        digest.add(refset.concepts().len());
        digest.add(refset.concepts().ids().take(limits.rows).map(|id| id.value()).max());
        for field in refset.fields().take(limits.rows) {
            digest.add((field.name(), field.field_type().letter(), field.position()));
            digest.add(format!("{:?}", field.descriptor()));
        }
        let members = refset.members();
        digest.add(members.len());
        members.take(limits.rows).for_each(|member| row(refset, member, digest));
        members.rev().take(limits.rows).for_each(|member| row(refset, member, digest));
        let middle = members.len() / 2;
        digest.add(refset.members().nth(middle).map(|member| member.id().to_string()));
        let inactive = refset.inactive_members();
        inactive.take(limits.rows).for_each(|member| row(refset, member, digest));
    }
    for found in snomed.alternate_identifiers().take(limits.rows) {
        digest.add((found.identifier(), found.module(), found.effective_time()));
        let Some(scheme) = found.scheme().id() else { continue };
        let component = snomed.alternate_identifier(scheme, found.identifier());
        digest.add(component.map(Component::id));
    }
}

fn row(refset: Refset<'_>, member: Member<'_>, digest: &mut Digest) {
    digest.add((member.id().to_string(), member.is_active(), member.refset() == refset));
    digest.add((member.module(), member.effective_time()));
    let component = member.referenced_component();
    digest.add((component.id(), refset.members_of(component).len()));
    for (name, value) in member.fields() {
        let text = value.to_string();
        digest.add((name, text.as_str()));
        digest.add(value.text().map(|found| (found == *text, found.pieces().count())));
        digest.add(refset.members_with_text(name, &text).map(|members| members.len()));
        let target = value.component().and_then(|target| refset.members_with_target(target));
        digest.add(target.map(|members| members.len()));
    }
}
