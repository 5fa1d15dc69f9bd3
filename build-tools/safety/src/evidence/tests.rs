use super::*;
use crate::hazard::{Control, Hazard};
use crate::risk::Rating;
use crate::source::targets;
use crate::{Pack, Tree};

/// Two packages with a test binary of one name each, and one with the unit tests of a library.
fn pack(named: &[&str]) -> Pack {
    let mut tree = Tree::default();
    tree.set("Cargo.toml", "[workspace]\nmembers = [\"a\", \"b\"]\n");
    tree.set("a/Cargo.toml", "[package]\nname = \"the-a\"\n");
    tree.set("a/src/lib.rs", "mod m { #[test] fn unit() {} }");
    tree.set("a/tests/same.rs", "#[test] fn one() {} #[test] #[ignore] fn slow() {}");
    tree.set("b/Cargo.toml", "[package]\nname = \"b\"\n");
    tree.set("b/tests/same.rs", "#[test] #[should_panic] fn two() {} #[test] fn three() {}");
    let (targets, problems) = targets(&tree);
    assert_eq!(problems, []);
    let rating = Rating { likelihood: 1, severity: 1, risk: 1 };
    let control = Control {
        id: "C1".to_owned(),
        kind: "design".to_owned(),
        what: "It holds.".to_owned(),
        tests: named.iter().map(|name| (*name).to_owned()).collect(),
    };
    let hazard = Hazard {
        file: "H01-h.md".to_owned(),
        id: "H01".to_owned(),
        name: "H".to_owned(),
        initial: rating,
        residual: rating,
        status: "open".to_owned(),
        assumptions: Vec::new(),
        controls: vec![control],
    };
    Pack { hazards: vec![hazard], assumptions: Vec::new(), targets }
}

const OUTPUT: &str = "\
   Compiling the-a v0.1.0
     Running unittests src/lib.rs (target/debug/deps/the_a-0123456789abcdef)

running 1 test
test m::unit ... ok

     Running tests/same.rs (target/debug/deps/same-1111111111111111)
test three ... FAILED
SKIPPED: ../shared is not there: not tested
test two - should panic ... ok
     Running tests/same.rs (target/debug/deps/same-0000000000000000)
test slow ... ignored, takes long
test one ... ok
   Doc-tests the_a
test src/lib.rs - m (line 3) ... ok
";

const ALL: [&str; 5] = [
    "a/src/lib.rs::unit",
    "a/tests/same.rs::one",
    "a/tests/same.rs::slow",
    "b/tests/same.rs::two",
    "b/tests/same.rs::three",
];

#[test]
fn results_go_to_the_package_that_has_the_tests() {
    let pack = pack(&ALL);
    let run = read(OUTPUT, &pack.targets);
    assert_eq!((run.counts(), run.skipped), ([3, 1, 1], 1));
    assert_eq!(run.strangers, Vec::<String>::new());
    let (text, not_passed) = evidence(&pack, &run, "1.2.3");
    assert_eq!(not_passed, 2);
    for row in [
        "| H01 | C1 It holds. | `a/src/lib.rs::unit` | passed |\n",
        "| `a/tests/same.rs::one` | passed |\n",
        "| `a/tests/same.rs::slow` | not run |\n",
        "| `b/tests/same.rs::two` | passed |\n",
        "| `b/tests/same.rs::three` | FAILED |\n",
    ] {
        assert!(text.contains(row), "{row}{text}");
    }
    assert!(text.starts_with("# Evidence of the controls of farr 1.2.3\n"), "{text}");
}

#[test]
fn output_of_other_sources_is_no_evidence() {
    let pack = pack(&ALL);
    let other = OUTPUT.replace("test one ... ok\n", "test one ... ok\ntest newer ... ok\n");
    let run = read(&other, &pack.targets);
    assert_eq!(run.strangers, ["tests/same.rs (same): its tests are not those of the sources"]);
    let (text, not_passed) = evidence(&pack, &run, "1.2.3");
    assert_eq!(not_passed, 3);
    assert!(text.contains("| `a/tests/same.rs::one` | not run |\n"), "{text}");
    let cut: String = OUTPUT.split("     Running tests").next().unwrap().to_owned();
    let (_, not_passed) = evidence(&pack, &read(&cut, &pack.targets), "1.2.3");
    assert_eq!(not_passed, 4);
    let (_, not_passed) = evidence(&pack, &read("", &pack.targets), "1.2.3");
    assert_eq!(not_passed, 5);
}

#[test]
fn of_two_runs_of_a_binary_the_last_counts() {
    let pack = pack(&["b/tests/same.rs::three"]);
    let again = format!("{OUTPUT}{}", OUTPUT.replace("FAILED", "ok"));
    assert_eq!(evidence(&pack, &read(&again, &pack.targets), "1").1, 0);
    let back = format!("{}{OUTPUT}", OUTPUT.replace("FAILED", "ok"));
    assert_eq!(evidence(&pack, &read(&back, &pack.targets), "1").1, 1);
}

#[test]
fn the_evidence_says_of_which_run_it_is() {
    let pack = pack(&ALL);
    let (text, _) = evidence(&pack, &read(OUTPUT, &pack.targets), "1");
    assert!(text.contains("- commit of the sources: not said in the output\n"), "{text}");
    let said = "run of: commit: 0123abc\nrun of: begun: 2026-11-28T12:00:00Z\n";
    let (text, _) = evidence(&pack, &read(&format!("{said}{OUTPUT}"), &pack.targets), "1");
    assert!(text.contains("- commit of the sources: 0123abc\n"), "{text}");
    assert!(text.contains("- begun: 2026-11-28T12:00:00Z\n"), "{text}");
    assert!(text.contains("- host: not said in the output\n"), "{text}");
    let again = format!("{said}{OUTPUT}run of: commit: 4567def\n{OUTPUT}");
    let (text, _) = evidence(&pack, &read(&again, &pack.targets), "1");
    assert!(text.contains("4567def") && !text.contains("0123abc"), "{text}");
}
