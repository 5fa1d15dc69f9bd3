//! `farr demo`: what farr does, on a small release that comes with it.

mod codes;
mod examples;
mod medicines;
mod script;

use std::path::{Path, PathBuf};

use clap::Args;
use farr_build::{Build, Silent, Unfinished};

use crate::cli::Common;
use crate::exit;
use crate::failure::Failure;
use crate::output::format::Format;
use crate::signal;
use crate::streams::Streams;

/// The release that comes with farr, as it lies in the source tree: invented content in the form of
/// the real one.
const RELEASE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/synthetic");

/// The classification in it.
const UK_EDITION: &str = "ICD10_Edition5_20260401";

/// See what farr does, on a small release that comes with it
///
/// Builds an index of invented concepts, medicines and codes in a temporary folder, asks it, and clears it
/// away. Each step shows the command that gives it.
#[derive(Args, Debug)]
#[command(after_help = "EXAMPLES:
  farr demo
  farr demo --release uk_sct2mo_42.3.0_20260801000001Z.zip
      The same steps on a release of your own")]
pub(crate) struct Arguments {
    /// Release of SNOMED CT to show, a folder or a zip file, instead of the one that comes with farr
    #[arg(long, value_name = "PATH")]
    release: Option<PathBuf>,

    /// Release of dm+d to show beside it
    #[arg(long, value_name = "PATH", requires = "release")]
    dmd: Option<PathBuf>,

    /// ICD-10 to show beside it
    #[arg(long, value_name = "PATH", requires = "release")]
    icd10: Option<PathBuf>,
}

/// Shows.
pub(crate) fn run(
    arguments: &Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    common.format.require("demo", &[Format::Table])?;
    let own = || PathBuf::from(RELEASE);
    let snomed = arguments.release.clone().unwrap_or_else(own);
    let dmd = match &arguments.release {
        Some(_) => arguments.dmd.clone(),
        None => Some(own()),
    };
    for release in dmd.iter().chain([&snomed]) {
        if !release.exists() {
            return Err(Failure::Input(format!(
                "{}: the release to show is not there\n\
                 run farr from its source tree, or name a release: farr demo --release PATH",
                tidy(release).display()
            )));
        }
    }
    let temporary = |error| Failure::Input(format!("no temporary folder: {error}"));
    signal::watch();
    let (_unfinished, folder) = Unfinished::make(|| {
        let folder = tempfile::Builder::new().prefix("farr-demo-").tempdir();
        folder.map(|folder| (folder.path().to_owned(), folder))
    })
    .map_err(temporary)?;
    let index = folder.path().join("demo.farr");
    let (snomed, dmd) = (tidy(&snomed), dmd.as_deref().map(tidy));
    let icd10 = match &arguments.release {
        Some(_) => arguments.icd10.clone(),
        None => Some(own().join(UK_EDITION)),
    };
    let icd10 = icd10.as_deref().map(tidy);
    let build = dmd.iter().fold(Build::new().snomed(&snomed), Build::dmd);
    let build = icd10.iter().fold(build, Build::icd10);
    let report = build.run(&index, &Silent)?;
    let mut sources = format!("--snomed {}", snomed.display());
    if let Some(dmd) = &dmd {
        sources.push_str(&format!(" --dmd {}", dmd.display()));
    }
    if let Some(icd10) = &icd10 {
        sources.push_str(&format!(" --icd10 {}", icd10.display()));
    }
    script::play(&sources, &index, &report, common, streams)?;
    Ok(exit::ANSWERED)
}

/// A path without the `..` that compiled-in paths have, where the system can tell.
fn tidy(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}
