//! A build that is killed leaves the index that was there before.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use farr_synth::{Parameters, Release};

fn build(index: &Path, release: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_farr"));
    command.args(["build", "-o"]).arg(index).arg("--snomed").arg(release);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

#[test]
fn a_build_killed_at_any_moment_leaves_the_old_index_whole() {
    let folder = tempfile::tempdir().unwrap();
    let release = |scale, seed| {
        let release = Release::new(Parameters { scale, seed, ..Parameters::default() }).unwrap();
        let place = folder.path().join(seed.to_string());
        release.write(&place).unwrap();
        place
    };
    let (small, large) = (release(0.0002, 1), release(0.01, 2));
    let index = folder.path().join("snomed.farr");
    assert!(build(&index, &small).status().unwrap().success());
    let before = std::fs::read(&index).unwrap();
    let beside = folder.path().join("beside.farr");
    assert!(build(&beside, &large).status().unwrap().success());
    let after = std::fs::read(&beside).unwrap();

    let mut killed = 0;
    for moment in [2, 10, 25, 50, 75, 100, 150, 200, 300, 400] {
        let mut process = build(&index, &large).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(moment));
        // Still running, so that the kill meets it at work.
        if process.try_wait().unwrap().is_none() {
            process.kill().unwrap();
            killed += 1;
        }
        let finished = process.wait().unwrap().success();
        let now = std::fs::read(&index).unwrap();
        if finished || now == after {
            // The last moments may come too late, even when the process has not quite ended: the
            // new index is whole then. Put the old one back.
            assert!(now == after, "finished in {moment} ms, and the index is not the new one");
            std::fs::write(&index, &before).unwrap();
        } else {
            assert!(now == before, "killed after {moment} ms, the index is another");
        }
    }
    assert!(killed > 0, "no build was met at work");

    // What the killed builds left behind is in nobody's way.
    assert!(build(&index, &large).status().unwrap().success());
    let left: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".building"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}
