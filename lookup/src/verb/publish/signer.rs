//! Signing by a program: keys stay where they are, and passwords with who asks for them.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// Has a program sign a text: gives the text of the `.minisig` file that it wrote.
pub(super) fn sign(program: &Path, text: &str) -> io::Result<String> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("farr.set");
    std::fs::write(&file, text)?;
    let told = |what: String| io::Error::other(format!("{}: {what}", program.display()));
    // It may ask for a password. What it prints is not passed on: standard output is for data.
    let output = Command::new(program)
        .arg(&file)
        .stdin(Stdio::inherit())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| told(error.to_string()))?;
    if !output.status.success() {
        return Err(told(format!("it ended with {}", output.status)));
    }
    std::fs::read_to_string(folder.path().join("farr.set.minisig"))
        .map_err(|error| told(format!("it wrote no FILE.minisig: {error}")))
}
