use proc_macro2::TokenStream;

use super::*;
use crate::Tree;

fn tree(files: &[(&str, &str)]) -> Tree {
    let mut tree = Tree::default();
    for (path, text) in files {
        tree.set(*path, *text);
    }
    tree
}

/// The printed names of the one target of a package whose files these are, with what is wrong with
/// each.
fn found(files: &[(&str, &str)]) -> Vec<String> {
    let mut tree = tree(files);
    tree.set("Cargo.toml", "[workspace]\nmembers = [\".\"]\n[package]\nname = \"a-b\"\n");
    let (targets, problems) = targets(&tree);
    assert_eq!(problems, []);
    targets
        .iter()
        .flat_map(|target| &target.tests)
        .map(|test| {
            let mut line = test.printed.clone();
            for (is_so, word) in [
                (test.is_ignored, " ignored"),
                (test.is_left_out, " left out"),
                (test.may_skip, " may skip"),
            ] {
                if is_so {
                    line.push_str(word);
                }
            }
            line
        })
        .collect()
}

#[test]
fn tests_are_reached_through_modules_and_not_by_their_text() {
    let files = [
        ("src/lib.rs", "mod one;\n#[cfg(test)] mod tests { #[test] fn here() {} }\n// mod no;\n"),
        ("src/one/mod.rs", "mod two; #[cfg(test)] #[path = \"../far.rs\"] mod elsewhere;"),
        ("src/one/two.rs", "#[test]\n#[should_panic]\nfn deep() {}\nfn no_test() {}"),
        ("src/far.rs", "#[test] fn far() { let _ = \"#[test] fn quoted() {}\"; }"),
        ("src/stray.rs", "#[test] fn in_no_binary() {}"),
        ("tests/whole.rs", "mod support;\n/* #[test] fn gone() {} */ #[test] fn outside() {}"),
        ("tests/support/mod.rs", "#[test] fn shared() {}"),
    ];
    assert_eq!(
        found(&files),
        ["one::two::deep", "one::elsewhere::far", "tests::here", "support::shared", "outside"]
    );
}

#[test]
fn tests_that_do_not_run_are_marked() {
    let text = "
        #[test] #[ignore = \"slow\"] fn slow() {}
        #[test] #[cfg_attr(miri, ignore)] fn under_miri() {}
        #[test] #[cfg_attr(unix, ignore)] fn here() {}
        #[test] #[cfg(feature = \"extra\")] fn extra() {}
        #[cfg(windows)] mod other { #[test] fn system() {} }
        #[test] #[cfg(strange)] fn who_knows() {}
        #[test] #[cfg(not(strange))] fn who_knows_either() {}
        #[cfg(all(test, not(miri)))] mod usual { #[test] fn runs() {} }
        proptest! {
            #![proptest_config(Config::with_cases(8))]
            #[test] fn property(x in any::<u8>()) { let _ = x; }
            #[test] #[ignore] fn slow_property(x in 0..1u8) {}
        }";
    assert_eq!(
        found(&[("src/lib.rs", text)]),
        [
            "slow ignored",
            "under_miri",
            "here ignored",
            "extra left out",
            "other::system left out",
            "who_knows left out",
            "who_knows_either left out",
            "usual::runs",
            "property",
            "slow_property ignored"
        ]
    );
    let whole = [("src/lib.rs", "mod a;"), ("src/a.rs", "#![cfg(windows)] #[test] fn b() {}")];
    assert_eq!(found(&whole), ["a::b left out"]);
}

#[test]
fn tests_that_may_have_nothing_to_test_are_marked() {
    let text = "
        fn folder() -> Option<()> { say(\"SKIPPED: {} is not there\"); None }
        impl Data { fn open() -> Option<()> { folder() } }
        #[test] fn direct() { let Some(_) = folder() else { return }; }
        #[test] fn through_another() { Data::open(); }
        #[test] fn always() { elsewhere(); }";
    assert_eq!(
        found(&[("src/lib.rs", text)]),
        ["direct may skip", "through_another may skip", "always"]
    );
    let apart = [
        ("src/lib.rs", "mod a; mod b; mod c;"),
        ("src/a.rs", "fn own() { say(\"SKIPPED:\"); } pub(crate) fn shared() { own() }"),
        ("src/b.rs", "fn own() {} #[test] fn another_own() { own() }"),
        ("src/c.rs", "use crate::a::shared; #[test] fn elsewhere() { shared() }"),
    ];
    assert_eq!(found(&apart), ["b::another_own", "c::elsewhere may skip"]);
    let of_one_name = "
        mod shared { pub(crate) fn folder() { say(\"SKIPPED:\"); } }
        #[test] fn variable() { let folder = 1; assert_eq!(folder, 1); }
        #[test] fn method() { place.folder(); }
        #[test] fn by_path() { let open = shared::folder; open(); }
        #[test] fn in_a_macro() { assert!(folder()); }";
    assert_eq!(
        found(&[("src/lib.rs", of_one_name)]),
        ["variable", "method", "by_path may skip", "in_a_macro may skip"]
    );
}

#[test]
fn targets_that_are_switched_off_have_no_tests() {
    let mut tree = tree(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"in\", \"beside\"]\n"),
        (
            "beside/Cargo.toml",
            "[package]\nname = \"beside\"\n[dev-dependencies]\n\
             in = { workspace = true, features = [\"asked\"] }\n",
        ),
        (
            "in/Cargo.toml",
            "[package]\nname = \"in\"\n[features]\ndefault = [\"a\"]\na = [\"b\"]\nb = []\n\
             asked = []\n[[test]]\nname = \"beside\"\nrequired-features = [\"asked\"]\n\
             [[bin]]\nname = \"quiet\"\npath = \"src/main.rs\"\ntest = false\n\
             [[test]]\nname = \"loop\"\nharness = false\n\
             [[test]]\nname = \"needs\"\nrequired-features = [\"c\"]\n\
             [[test]]\nname = \"has\"\nrequired-features = [\"b\"]\n",
        ),
        ("in/src/main.rs", "#[test] fn off() {}"),
        ("in/tests/loop.rs", "#[test] fn off() {}"),
        ("in/tests/needs.rs", "#[test] fn off() {}"),
        ("in/tests/has.rs", "#[test] fn on() {}"),
        ("in/tests/beside.rs", "#[test] fn on_by_another() {}"),
        ("in/benches/fast.rs", "#[test] fn off() {}"),
        ("out/Cargo.toml", "[package]\nname = \"out\"\n"),
        ("out/src/lib.rs", "#[test] fn off() {}"),
    ]);
    let names = |tree: &Tree| -> Vec<String> {
        let (targets, _) = targets(tree);
        let tests = targets.iter().flat_map(|target| &target.tests);
        tests.map(|test| test.printed.clone()).collect()
    };
    assert_eq!(names(&tree), ["on_by_another", "on"]);
    tree.remove("in/tests/has.rs");
    assert_eq!(names(&tree), ["on_by_another"]);
}

#[test]
fn conditions_are_true_false_or_not_known() {
    let conditions = Conditions { features: ["a".to_owned()].into() };
    for (text, answer) in [
        ("test", Some(true)),
        ("miri", Some(false)),
        ("strange", None),
        ("feature = \"a\"", Some(true)),
        ("feature = \"b\"", Some(false)),
        ("target_os = \"linux\"", Some(true)),
        ("target_os = \"macos\"", Some(false)),
        ("not(strange)", None),
        ("all(test, strange)", None),
        ("all(miri, strange)", Some(false)),
        ("any(strange, test)", Some(true)),
        ("any(strange, miri)", None),
        ("all()", Some(true)),
        ("any()", Some(false)),
        ("version(\"1.2\")", None),
    ] {
        let stream: TokenStream = text.parse().unwrap();
        assert_eq!(conditions.holds(stream), answer, "{text}");
    }
}
