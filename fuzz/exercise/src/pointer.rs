//! Bytes as the description of a set: the pointer file of a published folder.

use std::path::{Component, Path};

use farr::published::SetDescription;

/// Reads bytes as a description as they are, and as its lines, with first line and checksum put right.
///
/// # Panics
///
/// Where a description names a file outside its folder, or is not read again as it was.
pub fn pointer(input: &[u8]) {
    read(input);
    let mut body = b"farr-set\t1\n".to_vec();
    body.extend_from_slice(input);
    if !body.ends_with(b"\n") {
        body.push(b'\n');
    }
    let sum = crc32fast::hash(&body);
    body.extend_from_slice(format!("checksum\t{sum:08x}\n").as_bytes());
    read(&body);
}

fn read(bytes: &[u8]) {
    let set = match SetDescription::parse(bytes) {
        Ok(set) => set,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return;
        }
    };
    assert_eq!(set.text().as_bytes(), bytes);
    assert!(set.text().starts_with(set.signed_part()));
    assert!(set.number() > 0 && set.before() < Some(set.number()));
    assert!(!set.files().is_empty());
    for file in set.files() {
        let mut components = Path::new(&file.name).components();
        assert!(matches!(components.next(), Some(Component::Normal(_))), "{}", file.name);
        assert!(components.next().is_none(), "{}", file.name);
        assert!(!file.name.contains(['/', '\\', ':']), "{}", file.name);
    }
    for release in set.releases() {
        assert!(set.files().iter().any(|file| file.name == release.file));
    }
    let (files, releases) = (set.files().to_vec(), set.releases().to_vec());
    let anew = SetDescription::new(set.number(), set.before(), files, releases);
    // Written anew it may be longer than one may be, and then only: lines may be shorter than their
    // kind has fields.
    if let Ok(anew) = anew {
        assert_eq!((anew.number(), anew.before()), (set.number(), set.before()));
        assert_eq!(anew.files(), set.files());
        assert_eq!(anew.releases().len(), set.releases().len());
    }
    if let Some(signature) = set.signature()
        && let Ok(again) = set.with_signature(signature)
    {
        assert_eq!(again.signed_part(), set.signed_part());
        assert_eq!(again.files(), set.files());
    }
}
