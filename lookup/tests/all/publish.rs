//! `farr publish`, and a published folder where an index file is expected.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::common::*;
use farr::published::{OpenSet, POINTER, SetOptions};
use serde_json::Value;

fn golden(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../testdata/golden");
    folder.join(format!("1.0-{name}.farr"))
}

fn publish(folder: &Path, arguments: &[&str]) -> Printed {
    run(bare().arg("publish").arg(folder).args(arguments))
}

fn json(printed: &Printed) -> Value {
    assert_eq!(printed.code, 0, "{}", printed.err);
    serde_json::from_str(&printed.out).unwrap()
}

fn published(folder: &Path, names: &[&str]) -> Value {
    let files: Vec<PathBuf> = names.iter().map(|name| golden(name)).collect();
    let mut arguments: Vec<&str> = files.iter().map(|file| file.to_str().unwrap()).collect();
    arguments.extend(["--format", "json"]);
    json(&publish(folder, &arguments))
}

#[test]
fn a_published_folder_is_asked_as_an_index_is() {
    let folder = tempfile::tempdir().unwrap();
    let report = published(folder.path(), &["tiny", "dmd"]);
    assert_eq!((&report["change"], &report["set"]), (&"published".into(), &1.into()));
    assert_eq!(report["files"].as_array().unwrap().len(), 2);
    assert_eq!(report["releases"][0]["system"], "snomed");
    let place = folder.path().to_str().unwrap();
    let asked = run(bare().args(["lookup", "401004", "--format", "codes", "--index", place]));
    assert_eq!((asked.code, asked.out.as_str()), (0, "401004\n"));
    let asked =
        run(bare().args(["lookup", "401004", "--format", "codes"]).env("FARR_INDEX", place));
    assert_eq!(asked.out, "401004\n");
    let verified = run(bare().args(["verify", place, "--format", "jsonl"]));
    assert_eq!((verified.code, verified.out.lines().count()), (0, 2), "{}", verified.err);
    let info = json(&run(bare().args(["info", "--index", place, "--format", "json"])));
    assert_eq!(info.as_array().unwrap().len(), 2);
}

#[test]
fn sets_are_listed_gone_back_from_and_gone_to() {
    let folder = tempfile::tempdir().unwrap();
    published(folder.path(), &["tiny"]);
    let text = publish(folder.path(), &[golden("synthetic").to_str().unwrap()]);
    assert!(text.out.contains("2, before it 1"), "{}", text.out);
    let current = |expected: u64| {
        let list = json(&publish(folder.path(), &["--list", "--format", "json"]));
        let sets = list.as_array().unwrap();
        assert_eq!(sets.len(), 2);
        let current: Vec<&Value> = sets.iter().filter(|set| set["current"] == true).collect();
        assert_eq!((current.len(), &current[0]["set"]), (1, &expected.into()));
    };
    current(2);
    let back = publish(folder.path(), &["--rollback"]);
    assert!(back.out.contains("1, in the place of 2"), "{}", back.out);
    current(1);
    assert_eq!(publish(folder.path(), &["--to", "2", "--format", "json"]).code, 0);
    current(2);
    let listed = publish(folder.path(), &["--list"]);
    assert!(listed.out.contains("current") && listed.out.contains("SNOMED CT"), "{}", listed.out);
    assert_eq!(publish(folder.path(), &["--to", "9"]).code, 3);
}

#[test]
fn wrong_usage_ends_with_2_and_bad_data_with_3() {
    let folder = tempfile::tempdir().unwrap();
    let tiny = golden("tiny");
    let tiny = tiny.to_str().unwrap();
    for arguments in [
        &[][..],
        &[tiny, "--list"],
        &[tiny, "--rollback"],
        &[tiny, "--to", "1"],
        &["--list", "--keep", "3"],
        &[tiny, "--keep", "-1"],
        &[tiny, "--format", "csv"],
        &[tiny, "--public-key", "no key"],
    ] {
        let printed = publish(folder.path(), arguments);
        assert_eq!(printed.code, 2, "{arguments:?}: {}", printed.err);
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    let absent = folder.path().join("absent");
    for place in [folder.path(), &absent] {
        for arguments in [&["--list"][..], &["--rollback"], &["--to", "1"]] {
            let printed = publish(place, arguments);
            assert_eq!(printed.code, 3, "{arguments:?}");
            assert!(!printed.err.contains("panicked"), "{}", printed.err);
            assert!(!printed.err.contains("nothing was published"), "{}", printed.err);
        }
        // A name that was mistyped is not made a folder.
        assert!(!absent.exists() && std::fs::read_dir(folder.path()).unwrap().next().is_none());
    }
    let printed = publish(folder.path(), &["/no/such.farr"]);
    assert_eq!(printed.code, 3);
    assert!(printed.err.contains("nothing was published"), "{}", printed.err);
    let place = folder.path().to_str().unwrap();
    let unpublished = run(bare().args(["lookup", "401004", "--index", place]));
    assert_eq!(unpublished.code, 3);
    assert!(unpublished.err.contains("farr publish"), "{}", unpublished.err);
}

#[cfg(unix)]
#[test]
fn a_program_signs_and_what_it_does_not_sign_is_not_published() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("farr");
    let program = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        path.to_str().unwrap().to_owned()
    };
    // No key: the four lines are what matters here, and the library's tests hold signatures to keys.
    let lines = "printf 'untrusted comment: a\\nb\\ntrusted comment: c\\nd\\n' > \"$1.minisig\"";
    let (signs, fails) = (program("signs", lines), program("fails", "exit 1"));
    let tiny = golden("tiny");
    let tiny = tiny.to_str().unwrap();
    let report = json(&publish(&place, &[tiny, "--sign-with", &signs, "--format", "json"]));
    assert_eq!(report["signed"], true);
    let synthetic = golden("synthetic");
    let failed = publish(&place, &[synthetic.to_str().unwrap(), "--sign-with", &fails]);
    assert_eq!(failed.code, 3);
    assert!(failed.err.contains("it ended with"), "{}", failed.err);
    let key = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
    let wrong =
        publish(&place, &[synthetic.to_str().unwrap(), "--sign-with", &signs, "--public-key", key]);
    assert_eq!(wrong.code, 3);
    assert!(wrong.err.contains("signature"), "{}", wrong.err);
    let list = json(&publish(&place, &["--list", "--format", "json"]));
    assert_eq!(list.as_array().unwrap().len(), 1);
}

#[test]
fn a_damaged_pointer_is_told_as_what_it_is_and_the_sets_are_listed() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path();
    published(place, &["tiny"]);
    published(place, &["synthetic"]);
    std::fs::write(place.join(POINTER), "farr-set\t1\n").unwrap();
    let list = publish(place, &["--list", "--format", "json"]);
    assert_eq!(list.code, 0, "{}", list.err);
    assert!(list.err.contains("no set is current") && list.err.contains("damaged"), "{}", list.err);
    let list: Value = serde_json::from_str(&list.out).unwrap();
    let sets: Vec<_> =
        list.as_array().unwrap().iter().map(|set| (&set["set"], &set["current"])).collect();
    assert_eq!(sets, [(&1.into(), &false.into()), (&2.into(), &false.into())]);
    // Neither of these advises to publish over it.
    let asked = run(bare().args(["lookup", "401004", "--index", place.to_str().unwrap()]));
    for refused in [publish(place, &["--rollback"]), asked] {
        assert_eq!(refused.code, 3);
        assert!(
            refused.err.contains("checksum") && refused.err.contains("--list"),
            "{}",
            refused.err
        );
        assert!(!refused.err.contains("INDEX.farr"), "{}", refused.err);
    }
    assert_eq!(publish(place, &["--to", "2"]).code, 0);
    std::fs::remove_file(place.join(POINTER)).unwrap();
    let list = publish(place, &["--list"]);
    assert_eq!(list.code, 0);
    assert!(list.err.contains("there is no pointer"), "{}", list.err);
}

#[test]
fn a_set_without_a_system_of_the_one_before_is_refused_where_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    published(folder.path(), &["tiny", "dmd"]);
    let tiny = golden("tiny");
    let refused = publish(folder.path(), &[tiny.to_str().unwrap(), "--no-older"]);
    assert_eq!(refused.code, 3);
    assert!(refused.err.contains("the set before holds dm+d"), "{}", refused.err);
    let told = publish(folder.path(), &[tiny.to_str().unwrap()]);
    assert_eq!(told.code, 0);
    assert!(told.err.contains("the set before holds dm+d"), "{}", told.err);
}

#[cfg(unix)]
#[test]
fn a_signer_that_takes_long_is_said_to_be_waited_for() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("slow");
    std::fs::write(&program, "#!/bin/sh\nsleep 4\nexit 1\n").unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let tiny = golden("tiny");
    let place = folder.path().join("farr");
    let arguments = [tiny.to_str().unwrap(), "--sign-with", program.to_str().unwrap()];
    let printed = publish(&place, &arguments);
    assert_eq!(printed.code, 3);
    assert_eq!(printed.err.matches("waiting for").count(), 1, "{}", printed.err);
}

/// A file size limit stands for a full disk: the write that goes beyond it fails.
#[cfg(unix)]
#[test]
fn a_write_that_the_system_refuses_leaves_the_old_set() {
    let folder = tempfile::tempdir().unwrap();
    published(folder.path(), &["tiny"]);
    let before = std::fs::read(folder.path().join(POINTER)).unwrap();
    let script = "trap '' XFSZ; ulimit -f 100; exec \"$0\" publish \"$1\" \"$2\"";
    let output = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_farr")])
        .arg(folder.path())
        .arg(golden("synthetic"))
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("File too large"), "{said}");
    assert_eq!(std::fs::read(folder.path().join(POINTER)).unwrap(), before);
    let left = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(left.into_iter().all(|name| !name.to_str().unwrap().ends_with(".publishing")));
    published(folder.path(), &["synthetic"]);
}

/// Fifty kills; as many as this variable says where it is set.
const KILLS: &str = "FARR_TEST_KILLS";

#[test]
fn a_publisher_killed_at_any_moment_leaves_a_whole_set() {
    let kills: u32 = std::env::var(KILLS).map_or(50, |kills| kills.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    published(folder.path(), &["tiny", "dmd"]);
    let (a, b) = (["tiny", "dmd"], ["synthetic", "classifications"]);
    let start = |names: [&str; 2]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_farr"));
        command.arg("publish").arg(folder.path()).args(names.map(golden));
        command.args(["--keep", "1"]).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().unwrap()
    };
    // How long one takes here, so that the kills are spread over it.
    let clock = std::time::Instant::now();
    assert!(start(b).wait().unwrap().success());
    let whole = clock.elapsed().max(Duration::from_millis(4)).as_micros() as u64;
    let (mut killed, mut random) = (0, 0x2545_f491_4f6c_dd1d_u64);
    for number in 0..kills {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let mut process = start(if number % 2 == 0 { a } else { b });
        std::thread::sleep(Duration::from_micros(random % whole));
        if process.try_wait().unwrap().is_none() {
            process.kill().unwrap();
            killed += 1;
        }
        process.wait().unwrap();
        // Opened and verified in full.
        let set = OpenSet::open(folder.path(), &SetOptions::new());
        let set = set.unwrap_or_else(|error| panic!("after kill {number}: {error}"));
        let has_dmd = set.terminology().dmd().is_ok();
        assert_eq!(has_dmd, set.terminology().icd10().is_err(), "a set of two");
    }
    assert!(killed > kills / 10, "of {kills} publishers only {killed} were met at work");
    println!("{killed} of {kills} publishers were killed at work");
    published(folder.path(), &["tiny", "dmd"]);
    let names = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    let names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
    assert!(names.iter().all(|name| !name.ends_with(".publishing")), "{names:?}");
    assert!(names.iter().filter(|name| name.ends_with(".farr")).count() <= 4, "{names:?}");
}

#[test]
fn where_a_key_is_given_only_what_it_signed_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let [signed, unsigned] = ["signed", "unsigned"].map(|name| folder.path().join(name));
    let pair = minisign::KeyPair::generate_unencrypted_keypair().unwrap();
    let other = minisign::KeyPair::generate_unencrypted_keypair().unwrap();
    let [key, other] = [("farr.pub", &pair), ("other.pub", &other)].map(|(name, pair)| {
        let path = folder.path().join(name);
        std::fs::write(&path, pair.pk.to_box().unwrap().into_string()).unwrap();
        path.to_str().unwrap().to_owned()
    });
    let secret = pair.sk.to_bytes();
    let sign = move |text: &str| {
        let secret = minisign::SecretKey::from_bytes(&secret).map_err(std::io::Error::other)?;
        let signature = minisign::sign(None, &secret, text.as_bytes(), None, None);
        Ok(signature.map_err(std::io::Error::other)?.into_string())
    };
    let publish = farr_build::Publish::new(&signed).index(golden("tiny")).sign(sign);
    publish.run(&farr_build::Silent).unwrap();
    published(&unsigned, &["tiny"]);
    let [signed, unsigned] = [signed, unsigned].map(|path| path.to_str().unwrap().to_owned());
    let asked = |index: &str, key: &str| {
        let question = ["lookup", "401004", "--format", "codes", "--index", index];
        run(bare().args(question).args(["--public-key", key]))
    };
    let answer = asked(&signed, &key);
    assert_eq!((answer.code, answer.out.as_str()), (0, "401004\n"), "{}", answer.err);
    // The key may stand in the environment, and as the text of its file.
    let line = std::fs::read_to_string(&key).unwrap().lines().nth(1).unwrap().to_owned();
    for key in [&key, &line] {
        let question = ["lookup", "401004", "--format", "codes", "--index", &signed];
        let answer = run(bare().args(question).env("FARR_PUBLIC_KEY", key));
        assert_eq!(answer.out, "401004\n", "{}", answer.err);
        let question = ["lookup", "401004", "--index", &unsigned];
        assert_eq!(run(bare().args(question).env("FARR_PUBLIC_KEY", key)).code, 3);
    }
    let tiny = golden("tiny").to_str().unwrap().to_owned();
    for (index, key, told) in [
        (&signed, &other, "another key"),
        (&unsigned, &key, "not signed"),
        (&tiny, &key, "only in a published folder"),
    ] {
        let refused = asked(index, key);
        assert_eq!((refused.code, refused.out.as_str()), (3, ""));
        assert!(refused.err.contains(told), "{}", refused.err);
    }
    assert_eq!(asked(&signed, "no key").code, 2);
    assert_eq!(asked(&signed, "").code, 2);
    // A pure read says whether the signature holds, of the current set in full and of all by their text.
    let verify = |key: &str| run(bare().args(["verify", &signed, "--public-key", key]));
    let sound = verify(&key);
    assert_eq!(sound.code, 0, "{}", sound.err);
    assert!(sound.out.contains("set 1, signed with the key"), "{}", sound.out);
    let wrong = verify(&other);
    assert_eq!((wrong.code, wrong.out.as_str()), (3, ""));
    assert!(wrong.err.contains("another key"), "{}", wrong.err);
    let list = |folder: &str, key: &str| {
        let list = ["--list", "--public-key", key, "--format", "json"];
        json(&self::publish(Path::new(folder), &list))[0]["signature_holds"].clone()
    };
    assert_eq!((list(&signed, &key), list(&signed, &other)), (true.into(), false.into()));
    assert_eq!(list(&unsigned, &key), Value::from(false));
    let listed = self::publish(Path::new(&signed), &["--list", "--public-key", &other]);
    assert!(listed.out.contains("does not hold"), "{}", listed.out);
    // A file that another took the place of, with the length and the build id that were signed.
    let file = std::fs::read_dir(&signed).unwrap().map(|entry| entry.unwrap().path());
    let file =
        file.into_iter().find(|path| path.extension().is_some_and(|end| end == "farr")).unwrap();
    damage_unseen(&file);
    let unasked = run(bare().args(["lookup", "401004", "--format", "codes", "--index", &signed]));
    assert_eq!(unasked.out, "401004\n", "{}", unasked.err);
    let refused = asked(&signed, &key);
    assert_eq!((refused.code, refused.out.as_str()), (3, ""));
    assert!(refused.err.contains("SHA-256"), "{}", refused.err);
    let damaged = verify(&key);
    assert_eq!(damaged.code, 3);
    assert!(
        damaged.out.contains("NOT OK") && !damaged.out.contains("signed with"),
        "{}",
        damaged.out
    );
    // What nobody signed is not what is asked for, however whole it is.
    let looked = run(bare().args(["verify", &tiny, "--public-key", &key]));
    assert_eq!(looked.code, 3);
    assert!(
        looked.out.contains("NOT OK") && looked.out.contains("name the folder"),
        "{}",
        looked.out
    );
    assert_eq!(run(bare().args(["verify", &tiny])).code, 0);
    let record = run(bare().args(["verify", &tiny, "--public-key", &key, "--format", "jsonl"]));
    assert!(record.out.contains("\"ok\":false"), "{}", record.out);
}

#[test]
fn a_file_of_a_published_folder_is_held_to_the_set_that_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let [signed, unsigned] = ["signed", "unsigned"].map(|name| folder.path().join(name));
    let pair = minisign::KeyPair::generate_unencrypted_keypair().unwrap();
    let key = folder.path().join("farr.pub");
    std::fs::write(&key, pair.pk.to_box().unwrap().into_string()).unwrap();
    let secret = pair.sk.to_bytes();
    let sign = move |text: &str| {
        let secret = minisign::SecretKey::from_bytes(&secret).map_err(std::io::Error::other)?;
        let signature = minisign::sign(None, &secret, text.as_bytes(), None, None);
        Ok(signature.map_err(std::io::Error::other)?.into_string())
    };
    let publish = farr_build::Publish::new(&signed).index(golden("tiny")).sign(sign.clone());
    publish.run(&farr_build::Silent).unwrap();
    // The first set is not current any more, and its file is of it all the same.
    let second = farr_build::Publish::new(&signed).index(golden("synthetic")).sign(sign);
    second.run(&farr_build::Silent).unwrap();
    published(&unsigned, &["tiny"]);
    let index = |folder: &Path| {
        let mut files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
        let name = |entry: &std::fs::DirEntry| entry.file_name().into_string().unwrap();
        let is_tiny = |entry: &std::fs::DirEntry| {
            let length = std::fs::metadata(golden("tiny")).unwrap().len();
            name(entry).ends_with(".farr") && entry.metadata().unwrap().len() == length
        };
        files.find(is_tiny).unwrap().path()
    };
    let verify = |at: &Path, file: &Path| {
        let mut command = bare();
        run(command.current_dir(at).arg("verify").arg(file).arg("--public-key").arg(&key))
    };
    let (file, of_unsigned) = (index(&signed), index(&unsigned));
    let name = Path::new(file.file_name().unwrap());
    for (at, file) in [(folder.path(), file.as_path()), (&signed, name)] {
        let sound = verify(at, file);
        assert_eq!(sound.code, 0, "{} {}", sound.out, sound.err);
        assert!(sound.out.contains("set 1, signed with the key"), "{}", sound.out);
    }
    assert_eq!(verify(folder.path(), &of_unsigned).code, 3);
    // A file beside the others that no set names.
    let beside = signed.join("beside.farr");
    std::fs::copy(golden("tiny"), &beside).unwrap();
    assert_eq!(verify(folder.path(), &beside).code, 3);
    damage_unseen(&file);
    let changed = verify(folder.path(), &file);
    assert_eq!(changed.code, 3);
    assert!(changed.out.contains("SHA-256"), "{} {}", changed.out, changed.err);
}

/// Puts another file in the place of an index: version 1.1 for 1.0 and the header's checksum put right, so
/// that it verifies in itself, with the same length and build id.
fn damage_unseen(file: &Path) {
    let mut bytes = std::fs::read(file).unwrap();
    bytes[10] = 1;
    let sum = crc32fast::hash(&bytes[..60]);
    bytes[60..64].copy_from_slice(&sum.to_le_bytes());
    std::fs::remove_file(file).unwrap();
    std::fs::write(file, bytes).unwrap();
}

#[test]
fn a_changed_file_of_a_folder_does_not_verify_without_a_key_either() {
    let folder = tempfile::tempdir().unwrap();
    published(folder.path(), &["tiny"]);
    let verify = || run(bare().arg("verify").arg(folder.path()));
    assert_eq!(verify().code, 0);
    let file = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    let mut files = file.into_iter();
    let file = files.find(|path| path.extension().is_some_and(|end| end == "farr")).unwrap();
    damage_unseen(&file);
    assert_eq!(run(bare().arg("verify").arg(&file)).code, 0, "it is whole in itself");
    let changed = verify();
    assert_eq!(changed.code, 3);
    assert!(changed.out.contains("SHA-256"), "{} {}", changed.out, changed.err);
}

#[test]
fn a_publishing_that_fails_leaves_no_folder_that_it_made() {
    let folder = tempfile::tempdir().unwrap();
    let damaged = folder.path().join("damaged.farr");
    std::fs::write(&damaged, "no index").unwrap();
    let place = folder.path().join("a/mistyped/name");
    let publish = |index: &Path| run(bare().arg("publish").arg(&place).arg(index));
    assert_eq!(publish(&damaged).code, 3);
    assert!(!folder.path().join("a").exists());
    // What was there stays, and so does what somebody else put in.
    std::fs::create_dir_all(&place).unwrap();
    assert_eq!(publish(&damaged).code, 3);
    assert_eq!(std::fs::read_dir(&place).unwrap().count(), 0);
    std::fs::write(place.join("note.txt"), "mine").unwrap();
    assert_eq!(publish(&damaged).code, 3);
    assert_eq!(std::fs::read_dir(&place).unwrap().count(), 1);
    assert_eq!(publish(&golden("tiny")).code, 0);
    assert_eq!(publish(&damaged).code, 3);
    assert_eq!(run(bare().arg("verify").arg(&place)).code, 0, "what is published stays");
}
