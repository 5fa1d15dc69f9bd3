//! Generator of format-exact synthetic clinical terminology releases of any size, for tests and
//! benchmarks.
//!
//! A release is named by its [`Parameters`]: the same ones give the same bytes, on every machine
//! and with any number of threads. Concepts, terms and relations are invented; the identifiers of
//! the metadata and of the top of the hierarchy are the real ones, so that software made for real
//! releases takes these too.
//!
//! [`Release::write_dmd`] writes the [dm+d] release of the same date: the main package and the
//! supplementary one, which has trade families too. All its elements occur at any scale. Products,
//! forms, units and the like are named by concepts of the SNOMED CT release where it has enough,
//! some of them inactive; the names are others. GTINs are under the prefix that GS1 keeps for
//! examples.
//!
//! [dm+d]: https://www.nhsbsa.nhs.uk/pharmacies-gp-practices-and-appliance-contractors/dictionary-medicines-and-devices-dmd
//!
//! [`Release::write_icd10`] writes the classifications that the maps lead to, of one plan of invented
//! titles: the United Kingdom edition of ICD-10 as text and as XML, the same as ClaML, OPCS-4, and a
//! small ICD-10-CM. The targets of the maps are codes of these files, but for two in a thousand.
//!
//! [`write_next`] writes the release that comes after another one, with changes that are planted and
//! listed, so that a comparison of both can be held against every difference that there is.
//!
//! ```
//! use farr_synth::{Parameters, Release};
//!
//! let folder = std::env::temp_dir().join("farr-synth-example");
//! let release = Release::new(Parameters { seed: 7, scale: 0.0001, ..Parameters::default() })?;
//! let files = release.write(&folder)?;
//! assert!(files.iter().any(|file| file.path.to_string_lossy().contains("sct2_Concept_")));
//! # std::fs::remove_dir_all(folder)?;
//! # Ok::<(), std::io::Error>(())
//! ```

mod archive;
mod dmd;
mod icd10;
mod next;
mod parameters;
mod random;
mod release;
mod rows;
mod sctid;
mod snomed;
mod workload;
mod xml;

pub use next::{Expected, NextRelease, Plants, write_next};
pub use parameters::Parameters;
pub use release::Release;
pub use snomed::{ReleaseType, WrittenFile};
