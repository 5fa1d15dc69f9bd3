//! Writes a synthetic release and the workload that goes with it.

use anyhow::Context;
use clap::{Parser, ValueEnum};
use farr_synth::{Parameters, Plants, Release, ReleaseType, WrittenFile, write_next};
use std::path::PathBuf;

/// Write a synthetic SNOMED CT release in RF2, a dm+d release and classifications to go with it, and
/// workloads to ask of them
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// The size: 1.0 is about the UK Monolith
    #[arg(long, default_value_t = 0.001)]
    scale: f64,
    /// The seed: the same seed gives the same bytes
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The release date: 20260801 unless it is said, or a month after the release before
    #[arg(long)]
    date: Option<u32>,
    /// The folder to write to
    #[arg(long)]
    out: PathBuf,
    /// The release types to write: Delta is what is new since the release before
    #[arg(long, value_enum, value_delimiter = ',', default_value = "snapshot")]
    release_types: Vec<Type>,
    /// Write the UK history substitution table and query table too
    #[arg(long)]
    history_tables: bool,
    /// Write the dm+d release of the same date too, and what to ask of it
    #[arg(long)]
    dmd: bool,
    /// Write the classifications that the maps lead to: ICD-10, OPCS-4 and a small ICD-10-CM
    #[arg(long)]
    icd10: bool,
    /// Write so many rows of codes to validate too, three in a hundred of them wrong
    #[arg(long, value_name = "ROWS")]
    codings: Option<u64>,
    /// Write each package as a zip too
    #[arg(long)]
    zip: bool,
    /// Write, instead of a release, the one after that in this folder: with changes that are listed
    /// in planted.csv
    #[arg(long, value_name = "OLD", conflicts_with_all = ["scale", "release_types", "history_tables",
        "dmd", "icd10", "codings", "zip"])]
    next: Option<PathBuf>,
    /// How many changes of each kind the next release has
    #[arg(long, value_name = "N", default_value_t = 100)]
    changes: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
enum Type {
    Snapshot,
    Full,
    Delta,
}

impl From<Type> for ReleaseType {
    fn from(of: Type) -> Self {
        match of {
            Type::Snapshot => Self::Snapshot,
            Type::Full => Self::Full,
            Type::Delta => Self::Delta,
        }
    }
}

fn main() -> anyhow::Result<()> {
    let Arguments {
        scale,
        seed,
        date,
        out,
        mut release_types,
        history_tables,
        dmd,
        icd10,
        codings,
        zip,
        next,
        changes,
    } = Arguments::parse();
    if let Some(old) = next {
        let plants = Plants { date, changes, seed };
        let context = || format!("cannot write the release after {}", old.display());
        let next = write_next(&old, &out, plants).with_context(context)?;
        print(&next.files);
        println!("{:>9} changes expected", next.changes.len());
        return Ok(());
    }
    let date = date.unwrap_or(20_260_801);
    release_types.sort_unstable();
    release_types.dedup();
    let release_types: Vec<ReleaseType> = release_types.into_iter().map(Type::into).collect();
    let release = Release::new(Parameters { seed, scale, date })?;
    let context = || format!("cannot write to {}", out.display());
    let mut files = release.write_release_types(&out, &release_types).with_context(context)?;
    if history_tables {
        files.extend(release.write_history_tables(&out).with_context(context)?);
    }
    if zip {
        let path = release.write_zip(&out, &files).with_context(context)?;
        println!("{}", path.display());
    }
    files.extend(release.write_workload(&out).with_context(context)?);
    if dmd {
        let packages = release.write_dmd(&out).with_context(context)?;
        if zip {
            for path in release.write_dmd_zips(&out, &packages).with_context(context)? {
                println!("{}", path.display());
            }
        }
        files.extend(packages);
        files.extend(release.write_dmd_workload(&out).with_context(context)?);
    }
    if icd10 {
        files.extend(release.write_icd10(&out).with_context(context)?);
    }
    if let Some(rows) = codings {
        files.extend(release.write_codings(&out, rows).with_context(context)?);
    }
    print(&files);
    Ok(())
}

fn print(files: &[WrittenFile]) {
    for file in files {
        match file.rows {
            Some(rows) => println!("{rows:>9} {}", file.path.display()),
            None => println!("{:>9} {}", "", file.path.display()),
        }
    }
}
