//! What `run.py` measures inside one process. Prints JSON.

mod concepts;
mod ecl;
mod hierarchy;
mod nhs_numbers;
mod opening;
mod pairs;
mod peer_graph;
mod random;
mod release;
mod rounds;
mod searching;

use std::path::Path;

use anyhow::{Result, bail};
use farr_build::{Build, Silent};
use serde_json::{Value, json};

const USAGE: &str = "farr-peers build RELEASE INDEX
farr-peers describe|verify INDEX
farr-peers lookup INDEX ID
farr-peers open INDEX ID ROUNDS
farr-peers hierarchy INDEX RELEASE WORKLOAD PAIRS ROUNDS
farr-peers concepts INDEX WORKLOAD SAMPLE ROUNDS
farr-peers search INDEX WORKLOAD ROUNDS
farr-peers ecl-farr INDEX EXPRESSIONS PASSES
farr-peers ecl-snomed-ecl-engine INDEX EXPRESSIONS PASSES
farr-peers ecl-sct-ecl RELEASE EXPRESSIONS PASSES
farr-peers write-nhs-numbers COUNT FILE
farr-peers nhs-numbers FILE SAMPLE ROUNDS
farr-peers count-nhs-numbers < FILE";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let told = match arguments[..] {
        ["build", release, index] => {
            let report = Build::new().snomed(release).run(index.as_ref(), &Silent)?;
            json!({ "bytes": report.bytes })
        }
        ["describe", index] => describe(index.as_ref())?,
        ["verify", index] => {
            let terminology = opening::map_verified(index.as_ref())?;
            json!({ "files": terminology.files().len() })
        }
        ["lookup", index, id] => {
            println!("{}", opening::lookup(index.as_ref(), id.parse()?)?);
            return Ok(());
        }
        ["open", index, id, rounds] => opening::run(index.as_ref(), id.parse()?, rounds.parse()?),
        ["hierarchy", index, release, workload, pairs, rounds] => {
            let terminology = opening::map_verified(index.as_ref())?;
            let (release, workload) = (Path::new(release), Path::new(workload));
            let snomed = terminology.snomed()?;
            hierarchy::run(snomed, release, workload, pairs.as_ref(), rounds.parse()?)?
        }
        ["concepts", index, workload, sample, rounds] => {
            let terminology = opening::map_verified(index.as_ref())?;
            let snomed = terminology.snomed()?;
            concepts::run(snomed, workload.as_ref(), sample.parse()?, rounds.parse()?)?
        }
        ["search", index, workload, rounds] => {
            let terminology = opening::map_verified(index.as_ref())?;
            searching::run(terminology.snomed()?, workload.as_ref(), rounds.parse()?)?
        }
        ["ecl-farr", index, expressions, passes] => {
            return ecl::run_farr(index.as_ref(), expressions.as_ref(), passes.parse()?);
        }
        ["ecl-snomed-ecl-engine", index, expressions, passes] => {
            return ecl::run_engine(index.as_ref(), expressions.as_ref(), passes.parse()?);
        }
        ["ecl-sct-ecl", release, expressions, passes] => {
            return ecl::run_bitmaps(release.as_ref(), expressions.as_ref(), passes.parse()?);
        }
        ["write-nhs-numbers", count, file] => {
            nhs_numbers::write(count.parse()?, file.as_ref())?;
            return Ok(());
        }
        ["nhs-numbers", file, sample, rounds] => {
            nhs_numbers::run(file.as_ref(), sample.parse()?, rounds.parse()?)?
        }
        ["count-nhs-numbers"] => {
            json!({ "valid": nhs_numbers::count_lines(&mut std::io::stdin().lock())? })
        }
        _ => bail!("usage:\n{USAGE}"),
    };
    println!("{told}");
    Ok(())
}

/// What an index holds, and which files of the release it left aside: its peers leave those too.
fn describe(index: &Path) -> Result<Value> {
    let terminology = opening::map_verified(index)?;
    let meta = terminology.snomed()?.meta();
    let aside: Vec<&str> = meta.set_aside.iter().map(|file| file.name.as_str()).collect();
    Ok(json!({ "version": meta.version, "set aside": aside, "counts": meta.counts }))
}
