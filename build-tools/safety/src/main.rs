//! `farr-safety check` and `farr-safety evidence LOG`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use farr_safety::{Tree, check, evidence};

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// Whether all is well. Run from the root of the repository.
fn run() -> Result<bool> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let tree = Tree::read(Path::new(".")).context("the repository cannot be read")?;
    let (pack, problems) = check(&tree);
    for problem in &problems {
        eprintln!("{problem}");
    }
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["check"] => {}
        ["evidence", log, to] => {
            let output = fs::read_to_string(log).with_context(|| format!("cannot read {log}"))?;
            let run = evidence::read(&output, &pack.targets);
            let (text, not_passed) = evidence::evidence(&pack, &run, &version(&tree)?);
            fs::write(PathBuf::from(to), text).with_context(|| format!("cannot write {to}"))?;
            for stranger in &run.strangers {
                eprintln!("not of these sources: {stranger}");
            }
            let named: usize = pack
                .hazards
                .iter()
                .flat_map(|hazard| &hazard.controls)
                .map(|control| control.tests.len())
                .sum();
            eprintln!("{to}: {named} tests named, {not_passed} of them did not pass");
            return Ok(problems.is_empty() && not_passed == 0);
        }
        _ => bail!("usage: farr-safety check | farr-safety evidence LOG TO"),
    }
    Ok(problems.is_empty())
}

fn version(tree: &Tree) -> Result<String> {
    let manifest: toml::Table = tree.get("Cargo.toml").context("no Cargo.toml")?.parse()?;
    let version = manifest
        .get("workspace")
        .and_then(|workspace| workspace.get("package"))
        .and_then(|package| package.get("version"))
        .and_then(toml::Value::as_str);
    Ok(version.context("Cargo.toml has no version")?.to_owned())
}
