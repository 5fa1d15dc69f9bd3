//! Days, Deltas and release types, end to end.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::common::*;
use farr_synth::{Parameters, Release, ReleaseType};
use serde_json::Value;

/// A generated package of every release type.
fn package() -> &'static Path {
    static PACKAGE: OnceLock<PathBuf> = OnceLock::new();
    PACKAGE.get_or_init(|| {
        let folder = folder("release-types");
        let parameters = Parameters { seed: 4, scale: 0.0004, date: 20_260_801 };
        let release = Release::new(parameters).unwrap();
        let types = [ReleaseType::Snapshot, ReleaseType::Full, ReleaseType::Delta];
        release.write_release_types(&folder, &types).unwrap();
        folder.join(release.name())
    })
}

fn out(name: &str) -> PathBuf {
    package().parent().unwrap().join(name)
}

fn build(output: &Path, packages: &[&str], options: &[&str]) -> Printed {
    let mut command = bare();
    command.args(["build", "-o"]).arg(output);
    for option in packages {
        command.arg(option).arg(package());
    }
    run(command.args(options).arg("--quiet"))
}

fn info(index: &Path) -> Value {
    let printed = run(bare().args(["info", "--format", "json"]).arg(index));
    serde_json::from_str::<Value>(&printed.out).unwrap()[0].take()
}

#[test]
fn the_state_on_a_day_says_which_day() {
    let output = out("day.farr");
    let printed = build(&output, &["--snomed"], &["--as-of", "20220401", "--format", "json"]);
    assert_eq!(printed.code, 0, "{}", printed.err);
    let report: Value = serde_json::from_str(&printed.out).unwrap();
    assert_eq!(report["as_of"], "2022-04-01");
    assert_eq!(report["release_types"]["Full"], 1);
    let day = info(&output);
    assert_eq!((&day["as_of"], &day["release_types"]["Full"]), (&"2022-04-01".into(), &1.into()));
    let version = day["version"].as_str().unwrap();
    assert!(version.ends_with("/version/20220401"), "{version}");
    let shown = run(bare().arg("info").arg(&output));
    assert!(shown.out.contains("As of") && shown.out.contains("2022-04-01"), "{}", shown.out);
    assert!(shown.out.contains("Full of 1 package"), "{}", shown.out);

    let newest = out("newest.farr");
    assert_eq!(build(&newest, &["--snomed"], &[]).code, 0);
    let newest = info(&newest);
    assert_eq!((&newest["as_of"], &newest["release_types"]["Snapshot"]), (&Value::Null, &1.into()));
    let concepts = |info: &Value| info["counts"]["concepts"].as_u64().unwrap();
    assert!(concepts(&day) < concepts(&newest));
}

#[test]
fn a_release_type_and_a_delta_are_chosen() {
    let full = out("full.farr");
    assert_eq!(build(&full, &["--snomed"], &["--release-type", "full"]).code, 0);
    assert_eq!(info(&full)["release_types"]["Full"], 1);
    let delta = out("delta.farr");
    let printed = build(&delta, &["--snomed", "--delta"], &["--format", "json"]);
    assert_eq!(printed.code, 0, "{}", printed.err);
    assert!(printed.out.contains("\"old-delta\""), "{}", printed.out);
    let types = &info(&delta)["release_types"];
    assert_eq!((&types["Snapshot"], &types["Delta"]), (&1.into(), &1.into()));
    assert_eq!(info(&full)["counts"], info(&delta)["counts"]);
}

#[test]
fn what_would_be_a_part_given_as_a_whole_is_refused() {
    let refused = out("refused.farr");
    let mut alone = bare();
    alone.args(["build", "-o"]).arg(&refused).arg("--snomed").arg(package().join("Delta"));
    let printed = run(&mut alone);
    assert_eq!(printed.code, 3);
    assert!(printed.err.contains("a Delta alone is no release"), "{}", printed.err);
    let mut snapshot = bare();
    snapshot.args(["build", "--as-of", "20220401", "-o"]).arg(&refused);
    let printed = run(snapshot.arg("--snomed").arg(package().join("Snapshot")));
    assert_eq!(printed.code, 3);
    let expected = "cannot be taken back in time";
    assert!(printed.err.contains(expected) && printed.err.contains(", line "), "{}", printed.err);
    assert!(!refused.exists());
    for bad in ["2022", "20221301", "2022-04-01", "today"] {
        assert_eq!(build(&refused, &["--snomed"], &["--as-of", bad]).code, 2, "{bad}");
    }
    assert_eq!(build(&refused, &["--snomed"], &["--release-type", "delta"]).code, 2);
}
