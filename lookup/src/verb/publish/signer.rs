//! Signing by a program: keys stay where they are, and passwords with who asks for them.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use farr_build::Unfinished;

/// How long a program may take before it is said that it is waited for.
const PATIENCE: Duration = Duration::from_secs(3);

/// Has a program sign a text: gives the text of the `.minisig` file that it wrote.
pub(super) fn sign(program: &Path, text: &str) -> io::Result<String> {
    let (_unfinished, folder) =
        Unfinished::make(|| tempfile::tempdir().map(|folder| (folder.path().to_owned(), folder)))?;
    let file = folder.path().join("farr.set");
    std::fs::write(&file, text)?;
    let told = |what: String| io::Error::other(format!("{}: {what}", program.display()));
    // It may ask for a password. What it prints is not passed on: standard output is for data.
    let child = Command::new(program)
        .arg(&file)
        .stdin(Stdio::inherit())
        .stdout(Stdio::null())
        .stderr(Stdio::inherit())
        .spawn()
        .map_err(|error| told(error.to_string()))?;
    let status = ended(child, program).map_err(|error| told(error.to_string()))?;
    if !status.success() {
        return Err(told(format!("it ended with {status}")));
    }
    std::fs::read_to_string(folder.path().join("farr.set.minisig"))
        .map_err(|error| told(format!("it wrote no FILE.minisig: {error}")))
}

/// Waits for a program for as long as it takes, for somebody may be looking for a password; but not
/// without a word, because nobody else can publish meanwhile.
fn ended(mut child: Child, program: &Path) -> io::Result<ExitStatus> {
    let begun = Instant::now();
    let mut is_told = false;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if !is_told && begun.elapsed() >= PATIENCE {
            is_told = true;
            let _ = writeln!(
                io::stderr(),
                "waiting for {} to sign; nobody else can publish in the folder meanwhile",
                program.display()
            );
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}
