//! The release as its users see it.

use crate::dmd::package::Names;
use crate::dmd::plan::Plan;
use crate::parameters::Parameters;
use crate::snomed::content::Content;
use crate::snomed::{ReleaseType, WrittenFile};
use crate::{archive, workload};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// A synthetic release, ready to be written.
#[derive(Debug)]
pub struct Release {
    content: Content,
    /// The products of dm+d, planned when first asked for.
    products: OnceLock<Plan>,
}

impl Release {
    /// Lays out the concepts of a release and names them. At scale 1.0 this takes seconds and
    /// some hundred megabytes of memory; the rows are made as they are written.
    ///
    /// # Errors
    ///
    /// The scale is not between 0.0001 and 2.0, or the date is not one.
    pub fn new(parameters: Parameters) -> io::Result<Self> {
        let invalid = |what: &str| Err(io::Error::new(io::ErrorKind::InvalidInput, what));
        if !(0.000_1..=2.0).contains(&parameters.scale) {
            return invalid("the scale must be between 0.0001 and 2.0");
        }
        let (month, day) = (parameters.date / 100 % 100, parameters.date % 100);
        let year = parameters.date / 10_000;
        if !(2022..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day)
        {
            return invalid("the date must be written as in 20260801, and not be before 2022");
        }
        Ok(Self { content: Content::new(parameters), products: OnceLock::new() })
    }

    /// The name of the folder that [`Release::write`] makes.
    pub fn name(&self) -> String {
        self.content.package_name()
    }

    /// Writes the release folder into `folder`, which is made if need be.
    ///
    /// # Errors
    ///
    /// A file cannot be written.
    pub fn write(&self, folder: &Path) -> io::Result<Vec<WrittenFile>> {
        self.write_release_types(folder, &[ReleaseType::Snapshot])
    }

    /// Writes the release folder into `folder` with a folder for each of these release types.
    ///
    /// The Snapshot holds the newest row of each component of the Full, and the Delta those rows of
    /// the Full that are newer than the release before, as `release_package_information.json`
    /// dates it. The rows of the Full up to any day are a release in themselves.
    ///
    /// # Errors
    ///
    /// A file cannot be written.
    pub fn write_release_types(
        &self,
        folder: &Path,
        release_types: &[ReleaseType],
    ) -> io::Result<Vec<WrittenFile>> {
        self.content.write_package(folder, release_types)
    }

    /// Writes the UK history substitution table and query table to `Resources/` in the release
    /// folder in `folder`. At large scales the query table has a sample of the supertypes, each
    /// with all its subtypes. A few rows say otherwise than the associations do.
    ///
    /// # Errors
    ///
    /// A file cannot be written.
    pub fn write_history_tables(&self, folder: &Path) -> io::Result<Vec<WrittenFile>> {
        self.content.write_history_tables(folder)
    }

    /// Writes the release that [`Release::write`] wrote into `folder` as a zip beside it, and
    /// gives its path. The bytes are the same whenever it is written.
    ///
    /// # Errors
    ///
    /// A file cannot be read or written.
    pub fn write_zip(&self, folder: &Path, files: &[WrittenFile]) -> io::Result<PathBuf> {
        let zip = folder.join(format!("{}.zip", self.name()));
        let paths: Vec<PathBuf> = files.iter().map(|file| file.path.clone()).collect();
        archive::write(&zip, folder, &paths, self.content.parameters.date)?;
        Ok(zip)
    }

    /// Writes what benchmarks ask of the release to `workload/` in `folder`.
    ///
    /// # Errors
    ///
    /// A file cannot be written.
    pub fn write_workload(&self, folder: &Path) -> io::Result<Vec<WrittenFile>> {
        workload::write(&self.content, folder)
    }

    /// Writes so many rows of codes to validate, three in a hundred of them wrong in one of seventeen
    /// ways, to `workload/codings.csv` in `folder`, and how often each finding was planted to
    /// `workload/codings-planted.tsv`.
    ///
    /// # Errors
    ///
    /// A file cannot be written.
    pub fn write_codings(&self, folder: &Path, rows: u64) -> io::Result<Vec<WrittenFile>> {
        workload::write_codings(&self.content, folder, rows)
    }

    fn products(&self) -> &Plan {
        self.products.get_or_init(|| Plan::new(&self.content))
    }

    /// Writes the dm+d release of the same date into `folder`: the folders of the main and of the
    /// supplementary package, laid out as in their zips. Most products are concepts of the SNOMED
    /// CT release; about two in a hundred of those that could be are newer than it.
    ///
    /// # Errors
    ///
    /// A file cannot be written.
    pub fn write_dmd(&self, folder: &Path) -> io::Result<Vec<WrittenFile>> {
        self.products().write(folder, self.content.parameters.date)
    }

    /// Writes the packages that [`Release::write_dmd`] wrote into `folder` as a zip each beside
    /// them, and gives their paths. The bytes are the same whenever they are written.
    ///
    /// # Errors
    ///
    /// A file cannot be read or written.
    pub fn write_dmd_zips(&self, folder: &Path, files: &[WrittenFile]) -> io::Result<Vec<PathBuf>> {
        let date = self.content.parameters.date;
        let names = Names::new(date);
        [names.main(), names.supplementary()]
            .into_iter()
            .map(|name| {
                let paths: Vec<PathBuf> = files
                    .iter()
                    .filter_map(|file| file.path.strip_prefix(&name).ok())
                    .map(Path::to_owned)
                    .collect();
                let zip = folder.join(format!("{name}.zip"));
                archive::write(&zip, &folder.join(name), &paths, date)?;
                Ok(zip)
            })
            .collect()
    }

    /// Writes the classifications that the maps lead to into `folder`: the United Kingdom edition of
    /// ICD-10 as text and as XML, the same as ClaML, OPCS-4, and a small ICD-10-CM. The editions are
    /// those of the April before the date of the release.
    ///
    /// # Errors
    ///
    /// A file cannot be written.
    pub fn write_icd10(&self, folder: &Path) -> io::Result<Vec<WrittenFile>> {
        self.content.write_icd10(folder)
    }

    /// Writes what benchmarks ask of the dm+d release to `workload/` in `folder`.
    ///
    /// # Errors
    ///
    /// A file cannot be written.
    pub fn write_dmd_workload(&self, folder: &Path) -> io::Result<Vec<WrittenFile>> {
        workload::write_dmd(self.products(), folder)
    }
}
