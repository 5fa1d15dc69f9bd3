//! What is read, and what a stream writes to, is not written over, end to end.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Output};

use crate::common::*;

const PACK: &str = "name = \"mine\"\nversion = \"1\"\ndescription = \"Ours\"\n\n[[binding]]\n\
    name = \"any\"\ntitle = \"Any\"\nsystems = [\"snomed\"]\nvalue-set = \"codes.csv\"\n\
    source = { title = \"Ours\", sure = \"ours\" }\n";

/// The command with standard output in a file, which what it holds already stays in.
fn into_file(folder: &Path, out: &str, arguments: &[&str]) -> Output {
    let out = File::options().create(true).append(true).open(folder.join(out)).unwrap();
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("farr"));
    command.env("FARR_INDEX", index()).env_remove("FARR_PUBLIC_KEY").current_dir(folder);
    command.args(arguments).stdout(out).output().unwrap()
}

/// A folder with a table, a rule pack, and the codes that it names.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("v.csv", &format!("code\n{}\n", plume()));
    write("codes.csv", &format!("code\n{}\n", plume()));
    write("p.toml", PACK);
    folder
}

/// Every file of a folder, with what it holds.
fn files(folder: &Path) -> Vec<(std::ffi::OsString, Vec<u8>)> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let read = |entry: fs::DirEntry| (entry.file_name(), fs::read(entry.path()).unwrap());
    let mut files: Vec<_> = entries.map(read).collect();
    files.sort();
    files
}

#[test]
fn the_files_of_a_rule_pack_are_not_written_over() {
    let folder = folder();
    let before = files(folder.path());
    let tiny = index().to_str().unwrap();
    for rules in ["p.toml", "p.toml#any"] {
        for file in ["p.toml", "./codes.csv"] {
            for asked in [
                ["validate", "v.csv", "--column", "code", "--rules", rules, "-o", file],
                ["validate", "v.csv", "--column", "code", "--rules", rules, "--report", file],
                ["diff", tiny, tiny, "--show", "1", "--rules", rules, "--report"].map(|word| word),
            ] {
                let mut command = farr(&asked);
                command.current_dir(folder.path());
                if asked[0] == "diff" {
                    command.env_remove("FARR_INDEX").arg(file);
                }
                let printed = run(&mut command);
                assert_eq!(printed.code, 2, "{asked:?} {file}: {}", printed.err);
                let told = "a file of the rules";
                let is_told = printed.err.contains(told) || printed.err.contains("that is read");
                assert!(is_told, "{asked:?} {file}: {}", printed.err);
                assert!(files(folder.path()) == before, "{asked:?} {file}");
            }
        }
    }
    let printed = run(farr(&["validate", "v.csv", "--column", "code", "--rules", "p.toml"])
        .current_dir(folder.path()));
    assert_eq!(printed.code, 0, "the pack is sound: {}", printed.err);
}

#[test]
fn a_public_key_is_not_written_over() {
    let folder = folder();
    let pair = minisign::KeyPair::generate_unencrypted_keypair().unwrap();
    let key = pair.pk.to_box().unwrap().into_string();
    fs::write(folder.path().join("farr.pub"), key).unwrap();
    let before = files(folder.path());
    let asked = ["validate", "v.csv", "--column", "code", "--system", "nhs-number"];
    for option in ["-o", "--report"] {
        let mut command = bare();
        command.current_dir(folder.path()).args(asked).args(["--public-key", "farr.pub"]);
        let printed = run(command.args([option, "./farr.pub"]));
        assert_eq!(printed.code, 2, "{}", printed.err);
        assert!(printed.err.contains("the public key"), "{}", printed.err);
        assert!(files(folder.path()) == before);
    }
}

#[cfg(unix)]
#[test]
fn a_report_is_not_put_in_the_place_of_what_standard_output_writes_to() {
    let folder = folder();
    fs::write(folder.path().join("o.csv"), "before\n").unwrap();
    let before = files(folder.path());
    let tiny = index().to_str().unwrap();
    for report in ["o.csv", "./o.csv", "/dev/stdout"] {
        let asked = ["diff", tiny, tiny, "--format", "csv", "--report", report];
        let output = into_file(folder.path(), "o.csv", &asked);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains("where the changes are to go"), "{told}");
        assert!(files(folder.path()) == before, "{report}");
    }
    // A table of standard input is a file, too.
    let table = File::open(folder.path().join("v.csv")).unwrap();
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("farr"));
    command.current_dir(folder.path()).args(["diff", tiny, tiny, "--table", "-"]);
    command.args(["--column", "code", "--report", "v.csv"]).stdin(table);
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(files(folder.path()) == before);
}

#[cfg(unix)]
#[test]
fn a_table_is_not_put_in_the_place_of_what_a_stream_writes_to() {
    let folder = folder();
    fs::write(folder.path().join("app.csv"), "before\n").unwrap();
    std::os::unix::fs::symlink("/dev/stdout", folder.path().join("link")).unwrap();
    let asked = ["validate", "v.csv", "--column", "code", "--system", "snomed"];
    let app = || fs::read_to_string(folder.path().join("app.csv")).unwrap();
    for out in ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "app.csv", "link"] {
        if !Path::new("/proc/self/fd").exists() && out.starts_with("/proc") {
            continue;
        }
        for option in ["-o", "--report"] {
            let output =
                into_file(folder.path(), "app.csv", &[&asked[..], &[option, out]].concat());
            let told = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{option} {out}: {told}");
            assert_eq!(app(), "before\n", "{option} {out}");
        }
    }
    let output = into_file(folder.path(), "app.csv", &asked);
    assert_eq!(output.status.code(), Some(0));
    assert!(app().starts_with("before\ncode,farr_outcome"), "{}", app());
    // A pipe is written through, by this name too.
    let printed = run(farr(&asked).current_dir(folder.path()).args(["-o", "/dev/stdout"]));
    assert_eq!(printed.code, 0, "{}", printed.err);
    assert!(printed.out.starts_with("code,farr_outcome"), "{}", printed.out);
}

#[test]
fn nothing_is_written_over_what_is_published() {
    let folder = folder();
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/golden/1.0-tiny.farr");
    let ask = |arguments: &[&str]| run(bare().current_dir(folder.path()).args(arguments));
    assert_eq!(ask(&["publish", "place", golden]).code, 0);
    let place = folder.path().join("place");
    let before = (files(&place.join("sets")), fs::read(place.join("current.set")).unwrap());
    for written in ["place/current.set", "place/sets/000001.set"] {
        let validate = ["validate", "v.csv", "--column", "code", "--system", "snomed"];
        let validate: Vec<&str> =
            validate.into_iter().chain(["--index", golden, "-o", written]).collect();
        for arguments in [validate.as_slice(), &["diff", "place", golden, "--report", written]] {
            let printed = ask(arguments);
            assert_eq!(printed.code, 2, "{}", printed.err);
            assert!(printed.err.contains("farr publish keeps"), "{}", printed.err);
        }
    }
    assert_eq!((files(&place.join("sets")), fs::read(place.join("current.set")).unwrap()), before);
}
