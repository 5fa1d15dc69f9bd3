//! Bytes as a rule pack.

use std::io::ErrorKind;
use std::path::Path;

use farr_codelists::rules;

/// A list that a pack may name; any other file is absent.
const LIST: &[u8] = b"code\n401004\n402006\n";

/// Reads bytes as a rule pack, TOML or JSON; each problem stands at a place of the file, and what is
/// read is read again the same, its text being kept.
///
/// # Panics
///
/// Where a problem stands at no place of the file, there is an error without a problem, or a pack of
/// two bindings of one name.
pub fn rule_pack(input: &[u8]) {
    let files = |path: &Path| match path == Path::new("list.csv") {
        true => Ok(LIST.to_vec()),
        false => Err(ErrorKind::NotFound.into()),
    };
    let lines = input.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() as u64 + 1;
    match rules::of_bytes("fuzzed", input, &files) {
        Err(error) => {
            assert!(!error.problems.is_empty());
            for problem in &error.problems {
                let place = problem.place.expect("a problem of a text has a place");
                assert!((1..=lines).contains(&place.line), "{error}");
                assert!((1..=input.len() as u64 + 1).contains(&place.column), "{error}");
                assert!(!problem.message.is_empty());
            }
        }
        Ok(pack) => {
            assert!(!pack.bindings().is_empty());
            for binding in pack.bindings() {
                assert!((1..=lines).contains(&binding.place().line));
                let found = pack.binding(binding.name()).expect("it is found by its name");
                assert_eq!(found.place(), binding.place(), "two of one name");
                assert_eq!(binding.binding().name(), binding.reference());
            }
            let again = rules::of_bytes("again", pack.text().as_bytes(), &files);
            let again = again.expect("a text that was read is read again");
            assert_eq!(pack.bindings().len(), again.bindings().len());
        }
    }
}
