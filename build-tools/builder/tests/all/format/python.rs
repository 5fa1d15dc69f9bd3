//! Running the reader in Python.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;

/// Whether there is a Python to run the reader with; where not, that is said.
pub(crate) fn has_python() -> bool {
    let found =
        Command::new("python3").arg("--version").output().is_ok_and(|run| run.status.success());
    if !found {
        eprintln!("SKIPPED: there is no python3 to run the reader of docs/format.md with");
    }
    found
}

/// Runs the reader on a file.
pub(crate) fn reader(index: &[u8], verb: &str, rest: &[&str]) -> Output {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file can be made");
    file.write_all(index).expect("the index can be written");
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/all/format/reader.py");
    let mut command = Command::new("python3");
    // Neither the environment nor what a user has installed is looked at.
    command.args(["-E", "-s", "-B"]).arg(script).arg(verb).arg(file.path()).args(rest);
    command.output().expect("python3 can be run")
}

/// What the reader says of a file.
pub(crate) fn answer(index: &[u8], verb: &str, rest: &[&str]) -> Value {
    let run = reader(index, verb, rest);
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{verb}: {said}");
    serde_json::from_slice(&run.stdout).expect("the reader prints JSON")
}
