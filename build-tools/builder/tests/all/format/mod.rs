//! The index format: `docs/format.md` against the code, a reader written from that document alone
//! against farr, and what farr does with files of other versions.

mod crafted_versions;
mod document;
mod document_dmd;
mod golden;
mod independent;
mod independent_history;
mod independent_products;
mod python;
mod tables;
mod versions;

/// All golden files, by name: whatever lies in the folder, so that none is forgotten.
fn golden_files() -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for file in
        std::fs::read_dir(crate::support::testdata("golden")).expect("there are golden files")
    {
        let path = file.expect("there are golden files").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".farr") {
            found.push((name, std::fs::read(&path).expect("the golden file can be read")));
        }
    }
    found.sort();
    assert!(found.len() >= 4, "{} golden files", found.len());
    found
}
