//! The part of a build that is classifications.

use farr::classification::CodeSystem;
use farr::id::Icd10CmCode;
use farr::index::Meta;
use farr::{Icd10Code, Opcs4Code};

use super::{Build, Sections};
use crate::classification::Edition;
use crate::error::BuildError;
use crate::problem::Notes;
use crate::progress::Progress;
use crate::section::classification::sections as classification_sections;

/// Makes the sections of an edition.
pub(super) fn make(
    edition: Edition,
    build: &Build,
    sections: Sections<'_>,
    progress: &dyn Progress,
    meta: &mut Meta,
    notes: &mut Notes,
) -> Result<(), BuildError> {
    progress.phase(&format!("writing {}", edition.system), None);
    // The receiver goes away early only where writing failed, and that error is told instead.
    let send = |section| drop(sections.send(section));
    match edition.system {
        CodeSystem::Icd10 => classification_sections::<Icd10Code>(edition, meta, notes, send),
        CodeSystem::Icd10Cm => classification_sections::<Icd10CmCode>(edition, meta, notes, send),
        CodeSystem::Opcs4 => classification_sections::<Opcs4Code>(edition, meta, notes, send),
    }?;
    if build.strict && notes.refused_when_strict() {
        return Err(BuildError::Strict { notes: std::mem::take(notes) });
    }
    Ok(())
}
