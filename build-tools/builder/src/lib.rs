//! Offline builder of farr indexes: reads releases of SNOMED CT (RF2) and of dm+d (XML), checks them,
//! and publishes one verified file.
//!
//! ```no_run
//! use farr_build::{Build, Silent};
//!
//! let report = Build::new()
//!     .snomed("SnomedCT_MonolithRF2_PRODUCTION_20260801T120000Z")
//!     .run("uk-snomed.farr".as_ref(), &Silent)?;
//! println!("{report}");
//! # Ok::<(), farr_build::BuildError>(())
//! ```

mod build;
mod classification;
mod dmd;
mod error;
mod file;
mod history;
mod note_kind;
mod problem;
mod progress;
mod publish;
mod release;
mod report;
mod rf2;
pub mod section;
mod snomed;
mod xml;

pub use build::Build;
#[doc(hidden)]
pub use classification::fuzzed;
pub use error::BuildError;
pub use file::{Unfinished, remove_unfinished};
pub use problem::{MOST_NAMED, Note, NoteKind, Notes, Problem};
pub use progress::{Progress, Silent};
pub use publish::{Change, InUse, ListedSet, Publish, PublishError, Published};
pub use release::ReleaseType;
pub use report::Report;
