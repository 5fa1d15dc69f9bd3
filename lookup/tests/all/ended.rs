//! A command that a signal asks to end takes with it what it has not finished.
#![cfg(unix)]

use std::io::Write as _;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::common::*;
use farr_synth::{Parameters, Release};

/// The names in a folder, and in the folders of it.
fn names(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        names.push(entry.file_name().into_string().unwrap());
        if entry.file_type().unwrap().is_dir() {
            names.extend(self::names(&entry.path()));
        }
    }
    names.sort();
    names
}

/// Waits until something unfinished lies in the folder; whether it came before the process ended.
fn is_met(process: &mut Child, folder: &Path, suffix: &str) -> bool {
    let begun = Instant::now();
    while process.try_wait().unwrap().is_none() {
        if names(folder).iter().any(|name| name.ends_with(suffix)) {
            return true;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "nothing that ends with {suffix}");
    }
    false
}

fn send(signal: &str, process: &Child) {
    let id = process.id().to_string();
    assert!(Command::new("kill").args(["-s", signal, &id]).status().unwrap().success());
}

/// Whether whoever runs the tests has them ignore a signal, as a shell has what it runs in the background
/// ignore INT: then so does what they start.
fn is_ignored(signal: &str) -> bool {
    let number = match signal {
        "HUP" => 1,
        "INT" => 2,
        _ => 15,
    };
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    let is_so = ignored.is_some_and(|mask| mask >> (number - 1) & 1 == 1);
    if is_so {
        eprintln!("not tried: SIG{signal} is ignored where the tests run");
    }
    is_so
}

/// What a shell tells.
fn code(status: ExitStatus) -> i32 {
    status.code().unwrap_or_else(|| 128 + status.signal().unwrap())
}

/// `farr validate` of a table that does not end, with a file and a report under way.
fn validating(folder: &Path) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_farr"));
    command.args(["validate", "--column", "code", "--system", "nhs-number", "-o"]);
    command.arg(folder.join("out.csv")).arg("--report").arg(folder.join("report.html"));
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().unwrap()
}

#[test]
fn a_validation_that_is_ended_leaves_what_stood_there_and_nothing_else() {
    for (signal, expected) in [("HUP", 129), ("INT", 130), ("TERM", 143)] {
        if is_ignored(signal) {
            continue;
        }
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out.csv");
        std::fs::write(&out, "before").unwrap();
        let mut process = validating(folder.path());
        let mut table = process.stdin.take().unwrap();
        table.write_all(b"code\n").unwrap();
        table.write_all("9990000018\n".repeat(1 << 20).as_bytes()).unwrap();
        assert!(is_met(&mut process, folder.path(), ".unfinished"));
        send(signal, &process);
        assert_eq!(code(process.wait().unwrap()), expected, "{signal}");
        assert_eq!(names(folder.path()), ["out.csv"], "{signal}");
        assert_eq!(std::fs::read_to_string(&out).unwrap(), "before");
    }
}

#[test]
fn a_signal_that_the_command_was_started_to_ignore_does_not_end_it() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out.csv");
    let mut process = Command::new("sh")
        .args(["-c", "trap '' HUP; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_farr")])
        .args(["validate", "--column", "code", "--system", "nhs-number", "-o"])
        .arg(&out)
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut table = process.stdin.take().unwrap();
    table.write_all(b"code\n").unwrap();
    table.write_all("9990000018\n".repeat(1 << 20).as_bytes()).unwrap();
    assert!(is_met(&mut process, folder.path(), ".unfinished"));
    send("HUP", &process);
    table.write_all(b"9990000026\n").unwrap();
    drop(table);
    assert_eq!(code(process.wait().unwrap()), 0);
    assert!(std::fs::read_to_string(&out).unwrap().contains("\n9990000026,warn,"));
}

#[test]
fn a_build_that_is_ended_leaves_the_old_index_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let release = folder.path().join("release");
    let parameters = Parameters { scale: 0.01, seed: 2, ..Parameters::default() };
    Release::new(parameters).unwrap().write(&release).unwrap();
    let place = folder.path().join("place");
    std::fs::create_dir(&place).unwrap();
    std::fs::write(place.join("snomed.farr"), "before").unwrap();
    let mut process = Command::new(env!("CARGO_BIN_EXE_farr"))
        .args(["build", "--quiet", "-o"])
        .arg(place.join("snomed.farr"))
        .arg("--snomed")
        .arg(&release)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    assert!(is_met(&mut process, &place, ".building"));
    let (signal, expected) = if is_ignored("INT") { ("TERM", 143) } else { ("INT", 130) };
    send(signal, &process);
    assert_eq!(code(process.wait().unwrap()), expected);
    assert_eq!(names(&place), ["snomed.farr"]);
    assert_eq!(std::fs::read_to_string(place.join("snomed.farr")).unwrap(), "before");
}

#[test]
fn a_publication_that_is_ended_leaves_no_copy() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("farr");
    let golden = |name: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../testdata/golden");
        folder.join(format!("1.0-{name}.farr"))
    };
    let publish = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_farr"));
        command.arg("publish").arg(&place).arg(golden("dmd")).arg(index());
        command.stdout(Stdio::null()).spawn().unwrap()
    };
    assert!(publish().wait().unwrap().success());
    // What has its name when the signal comes is not unfinished: the copies are what is to be met.
    let is_met_at_work = || {
        let before = names(&place);
        let mut process = publish();
        if is_met(&mut process, &place, ".publishing") {
            send("TERM", &process);
        }
        let code = code(process.wait().unwrap());
        assert!([0, 143].contains(&code), "{code}");
        assert_eq!(names(&place), before);
        code == 143
    };
    assert!((0..200).any(|_| is_met_at_work()), "no publication was met while it copied");
}
