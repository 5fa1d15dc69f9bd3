//! The part of a build that is dm+d.

use farr::index::Meta;

use super::{Build, Sections};
use crate::dmd::{DmdNumbering, DmdRelease};
use crate::error::BuildError;
use crate::problem::Notes;
use crate::progress::Progress;
use crate::section::dmd::sections as dmd_sections;

/// Makes the sections of dm+d.
pub(super) fn make(
    mut release: DmdRelease,
    build: &Build,
    sections: Sections<'_>,
    progress: &dyn Progress,
    meta: &mut Meta,
    notes: &mut Notes,
) -> Result<(), BuildError> {
    progress.phase("numbering dm+d", None);
    meta.dmd_date = release.date;
    meta.dmd_version = release.version.take();
    meta.sources.append(&mut release.sources);
    meta.set_aside.append(&mut release.set_aside);
    let numbering = DmdNumbering::new(&release, notes)?;
    if build.strict && notes.refused_when_strict() {
        return Err(BuildError::Strict { notes: std::mem::take(notes) });
    }
    progress.phase("writing dm+d", None);
    dmd_sections(release, numbering, meta, |section| drop(sections.send(section)))
}
