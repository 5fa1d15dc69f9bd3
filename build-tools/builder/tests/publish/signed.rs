//! Signed sets: what a reader that requires a signature accepts, and what it refuses.

use std::io;
use std::path::Path;

use farr::published::{Handle, POINTER, PublicKey, Reload, SetDescription, SetError, SetOptions};
use farr_build::{Change, Publish, PublishError, Silent};
use minisign::KeyPair;

use crate::published::*;

fn key_pair() -> (KeyPair, PublicKey) {
    let pair = KeyPair::generate_unencrypted_keypair().unwrap();
    let key = pair.pk.to_box().unwrap().into_string().parse().unwrap();
    (pair, key)
}

fn signature(pair: &KeyPair, text: &str) -> String {
    let signed = minisign::sign(Some(&pair.pk), &pair.sk, text.as_bytes(), None, None);
    signed.unwrap().into_string()
}

/// Publishing, signed with this key.
fn signed(set: Which, folder: &Path, pair: &KeyPair) -> Publish {
    let secret = pair.sk.to_bytes();
    set.publish(folder).sign(move |text| {
        let secret = minisign::SecretKey::from_bytes(&secret).map_err(io::Error::other)?;
        let signature = minisign::sign(None, &secret, text.as_bytes(), None, None);
        Ok(signature.map_err(io::Error::other)?.into_string())
    })
}

fn open(folder: &Path, key: &PublicKey) -> Result<Handle, SetError> {
    Handle::open(folder, SetOptions::new().signed_by(key.clone()))
}

#[test]
fn a_set_with_a_good_signature_is_answered_from_and_switched_to() {
    let folder = tempfile::tempdir().unwrap();
    let (pair, key) = key_pair();
    let report =
        signed(Which::A, folder.path(), &pair).public_key(key.clone()).run(&Silent).unwrap();
    assert!(report.set.signature().is_some());
    let handle = open(folder.path(), &key).unwrap();
    assert_eq!(which(&handle.current()), Which::A);
    signed(Which::B, folder.path(), &pair).run(&Silent).unwrap();
    assert_eq!(handle.reload().unwrap(), Reload::Switched { from: 1, to: 2 });
    // The signature goes with the set, wherever the pointer is moved.
    Publish::new(folder.path()).public_key(key).rollback().unwrap();
    assert_eq!(handle.reload().unwrap(), Reload::Switched { from: 2, to: 1 });
    // Who requires none opens a signed set too.
    assert_eq!(current(folder.path()), Which::A);
}

#[test]
fn another_key_and_no_signature_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let ((pair, key), (_, other)) = (key_pair(), key_pair());
    signed(Which::A, folder.path(), &pair).run(&Silent).unwrap();
    let error = open(folder.path(), &other).unwrap_err();
    assert!(
        matches!(error, SetError::Signature { what: "it was made with another key", .. }),
        "{error}"
    );
    let handle = open(folder.path(), &key).unwrap();
    let unsigned = Which::B.published(folder.path());
    let told =
        unsigned.notes.iter().any(|note| note == "the set before is signed, and this one is not");
    assert!(told, "{:?}", unsigned.notes);
    let error = handle.reload().unwrap_err();
    assert!(matches!(error, SetError::Unsigned { .. }), "{error}");
    assert_eq!(which(&handle.current()), Which::A);
    // The same files, signed: that is another set.
    let report = signed(Which::B, folder.path(), &pair).run(&Silent).unwrap();
    assert_eq!((report.change, report.set.number()), (Change::Published, 3));
    assert_eq!(handle.reload().unwrap(), Reload::Switched { from: 1, to: 3 });
}

#[test]
fn a_pointer_that_was_changed_is_refused_whatever_its_checksum_says() {
    let folder = tempfile::tempdir().unwrap();
    let (pair, key) = key_pair();
    let first = signed(Which::A, folder.path(), &pair).run(&Silent).unwrap().set;
    let second = signed(Which::B, folder.path(), &pair).run(&Silent).unwrap().set;
    let pointer = folder.path().join(POINTER);
    // Each forgery is a description in itself, with the checksum put right.
    let forged = |body: String| {
        let sum = crc32fast::hash(body.as_bytes());
        SetDescription::parse(format!("{body}checksum\t{sum:08x}\n").as_bytes()).unwrap()
    };
    let signature_lines = |set: &SetDescription| -> String {
        let lines = set.signature().unwrap().lines().map(|line| format!("signature\t{line}\n"));
        lines.collect()
    };
    let first_of_all = second.signed_part().replace("before\t1\n", "");
    assert_ne!(first_of_all, second.signed_part());
    let line = second.signed_part().to_owned() + "weather\tfine\n";
    let comment = signature_lines(&second).replace("timestamp:", "timestamp:9");
    for body in [
        first_of_all + &signature_lines(&second),
        line + &signature_lines(&second),
        second.signed_part().to_owned() + &signature_lines(&first),
        second.signed_part().to_owned() + &comment,
    ] {
        std::fs::write(&pointer, forged(body).text()).unwrap();
        let error = open(folder.path(), &key).unwrap_err();
        assert!(matches!(error, SetError::Signature { .. }), "{error}");
    }
    std::fs::write(&pointer, second.text()).unwrap();
    open(folder.path(), &key).unwrap();
}

#[test]
fn a_file_that_was_changed_is_refused_though_it_verifies_in_itself() {
    let folder = tempfile::tempdir().unwrap();
    let (pair, key) = key_pair();
    let set = signed(Which::A, folder.path(), &pair).run(&Silent).unwrap().set;
    let path = folder.path().join(&set.files()[1].name);
    // Version 1.1 for 1.0, the header's checksum put right: the index verifies, and its length and
    // build id are those that were signed.
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[10] = 1;
    let sum = crc32fast::hash(&bytes[..60]);
    bytes[60..64].copy_from_slice(&sum.to_le_bytes());
    std::fs::remove_file(&path).unwrap();
    std::fs::write(&path, &bytes).unwrap();
    Handle::open(folder.path(), SetOptions::new()).unwrap();
    let error = open(folder.path(), &key).unwrap_err();
    assert!(matches!(error, SetError::Differs { what: "another SHA-256", .. }), "{error}");
    // Nor does the pointer go back to it.
    signed(Which::B, folder.path(), &pair).run(&Silent).unwrap();
    let error = Publish::new(folder.path()).rollback().unwrap_err();
    assert!(matches!(error, PublishError::Set(SetError::Differs { .. })), "{error}");
}

#[test]
fn what_the_signer_cannot_sign_is_not_published() {
    let folder = tempfile::tempdir().unwrap();
    let ((pair, key), (_, other)) = (key_pair(), key_pair());
    signed(Which::A, folder.path(), &pair).run(&Silent).unwrap();
    let before = names(folder.path());
    let b = |folder: &Path| signed(Which::B, folder, &pair);
    let wrong = b(folder.path()).public_key(other).run(&Silent).unwrap_err();
    assert!(matches!(wrong, PublishError::Signature { .. }), "{wrong}");
    let none = Which::B.publish(folder.path()).public_key(key).run(&Silent).unwrap_err();
    assert!(matches!(none, PublishError::Signature { what: "there is none" }), "{none}");
    let failing = Which::B.publish(folder.path()).sign(|_| Err(io::Error::other("no key here")));
    assert!(failing.run(&Silent).unwrap_err().to_string().contains("no key here"));
    let odd = Which::B.publish(folder.path()).sign(|_| Ok("one line".to_owned()));
    assert!(matches!(odd.run(&Silent), Err(PublishError::Description(_))));
    assert_eq!(names(folder.path()), before);
    assert_eq!(current(folder.path()), Which::A);
    // What was signed by other means: the text of a `.minisig` file.
    let set = b(folder.path()).run(&Silent).unwrap().set;
    let again = set.with_signature(&signature(&pair, set.signed_part())).unwrap();
    assert_eq!(again.signed_part(), set.signed_part());
}
