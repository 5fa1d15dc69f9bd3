//! The test binaries of the workspace, as its manifests give them.

use std::collections::{BTreeMap, BTreeSet};

use toml::{Table, Value};

use super::condition::Conditions;
use super::walk::{FoundTest, Read, tests_from};
use crate::{Problem, Tree};

/// What a test binary is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The unit tests of a library.
    Library,
    /// The unit tests of a program.
    Program,
    /// A file of `tests`.
    Integration,
}

/// A binary that `cargo test --workspace` runs, and the tests in it.
#[derive(Debug, Clone)]
pub struct Target {
    /// The name of the package.
    pub package: String,
    /// What it is made of.
    pub kind: Kind,
    /// The name that cargo gives the binary, without the hash behind it.
    pub binary: String,
    /// Its root file, from the folder of the package, as cargo prints it.
    pub root: String,
    /// Its tests, in the order of the sources.
    pub tests: Vec<FoundTest>,
}

/// The test binaries of all members of the workspace, and what could not be read.
///
/// Benches and examples are none: cargo does not run their tests unless a manifest asks for it.
pub fn targets(tree: &Tree) -> (Vec<Target>, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut targets = Vec::new();
    let mut read = Read::new();
    let Some(root) = manifest(tree, "Cargo.toml", &mut problems) else {
        return (targets, problems);
    };
    let members = strings(root.get("workspace").and_then(|workspace| workspace.get("members")));
    let mut manifests = Vec::new();
    for member in members {
        let folder = if member == "." { String::new() } else { format!("{member}/") };
        let path = format!("{folder}Cargo.toml");
        if let Some(manifest) = manifest(tree, &path, &mut problems) {
            manifests.push((folder, manifest));
        }
    }
    let asked = asked_features(manifests.iter().map(|(_, manifest)| manifest));
    for (folder, manifest) in &manifests {
        let conditions = Conditions { features: features(manifest, &asked) };
        targets.extend(targets_of(tree, manifest, folder, &conditions, &mut read, &mut problems));
    }
    (targets, problems)
}

/// The features of each package that any member asks for: built together, all members have them.
fn asked_features<'m>(
    manifests: impl Iterator<Item = &'m Table>,
) -> BTreeMap<String, BTreeSet<String>> {
    let mut asked: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for manifest in manifests {
        for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let table = manifest.get(kind).and_then(Value::as_table);
            for (name, dependency) in table.into_iter().flatten() {
                asked.entry(name.clone()).or_default().extend(strings(dependency.get("features")));
            }
        }
    }
    asked
}

fn manifest(tree: &Tree, path: &str, problems: &mut Vec<Problem>) -> Option<Table> {
    let Some(text) = tree.get(path) else {
        problems.push(Problem::new(path, "the manifest is not there"));
        return None;
    };
    match text.parse::<Table>() {
        Ok(table) => Some(table),
        Err(error) => {
            problems.push(Problem::new(path, format!("not TOML: {error}")));
            None
        }
    }
}

fn targets_of(
    tree: &Tree,
    manifest: &Table,
    folder: &str,
    conditions: &Conditions,
    read: &mut Read,
    problems: &mut Vec<Problem>,
) -> Vec<Target> {
    let package = package_of(manifest);
    let mut roots: Vec<(Kind, String, String)> = Vec::new();

    let library = manifest.get("lib").and_then(Value::as_table);
    let path = text(library, "path").unwrap_or("src/lib.rs");
    if is_run(library, conditions) {
        let name = text(library, "name").unwrap_or(package).replace('-', "_");
        roots.push((Kind::Library, name, path.to_owned()));
    }
    let stated = |of: &str| {
        let tables = manifest.get(of).and_then(Value::as_array).into_iter().flatten();
        tables.filter_map(Value::as_table).collect::<Vec<_>>()
    };
    for (of, kind, main, below, looks) in [
        ("bin", Kind::Program, Some("src/main.rs"), "src/bin/", "autobins"),
        ("test", Kind::Integration, None, "tests/", "autotests"),
    ] {
        let mut taken = BTreeSet::new();
        for table in stated(of) {
            let name = text(Some(table), "name").unwrap_or_default();
            let path = text(Some(table), "path")
                .map_or_else(|| format!("{below}{name}.rs"), str::to_owned);
            taken.insert(path.clone());
            if is_run(Some(table), conditions) {
                roots.push((kind, name.replace('-', "_"), path));
            }
        }
        let package_table = manifest.get("package").and_then(Value::as_table);
        if !is_on(package_table, looks) {
            continue;
        }
        let main = main.map(|path| (package.replace('-', "_"), path.to_owned()));
        for (name, path) in main.into_iter().chain(found_below(tree, folder, below)) {
            if !taken.contains(&path) {
                roots.push((kind, name, path));
            }
        }
    }
    roots.retain(|(_, _, path)| tree.get(&format!("{folder}{path}")).is_some());
    roots
        .into_iter()
        .map(|(kind, binary, root)| {
            let tests = tests_from(tree, &format!("{folder}{root}"), conditions, read, problems);
            Target { package: package.to_owned(), kind, binary, root, tests }
        })
        .collect()
}

/// Files right in a folder, and `main.rs` of the folders in it: the roots that cargo finds itself.
fn found_below(tree: &Tree, folder: &str, below: &str) -> Vec<(String, String)> {
    let within = format!("{folder}{below}");
    tree.below(&within)
        .filter_map(|path| {
            let rest = path.strip_prefix(&within)?;
            let name = match rest.split_once('/') {
                None => rest.strip_suffix(".rs")?,
                Some((name, "main.rs")) => name,
                Some(_) => return None,
            };
            Some((name.replace('-', "_"), format!("{below}{rest}")))
        })
        .collect()
}

fn is_run(table: Option<&Table>, conditions: &Conditions) -> bool {
    let required = strings(table.and_then(|table| table.get("required-features")));
    is_on(table, "test")
        && is_on(table, "harness")
        && required.iter().all(|feature| conditions.features.contains(feature))
}

/// Whether a switch is on, as it is unless a manifest says otherwise.
fn is_on(table: Option<&Table>, key: &str) -> bool {
    table.and_then(|table| table.get(key)).and_then(Value::as_bool).unwrap_or(true)
}

fn package_of(manifest: &Table) -> &str {
    let package = manifest.get("package").and_then(|package| package.get("name"));
    package.and_then(Value::as_str).unwrap_or_default()
}

/// The default features, those that a member asks for, and those that they turn on in turn.
fn features(manifest: &Table, asked: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<String> {
    let features = manifest.get("features").and_then(Value::as_table);
    let mut on = BTreeSet::new();
    let mut next = vec!["default".to_owned()];
    next.extend(asked.get(package_of(manifest)).into_iter().flatten().cloned());
    while let Some(name) = next.pop() {
        if on.insert(name.clone()) {
            next.extend(strings(features.and_then(|features| features.get(&name))));
        }
    }
    on
}

fn text<'t>(table: Option<&'t Table>, key: &str) -> Option<&'t str> {
    table?.get(key)?.as_str()
}

fn strings(value: Option<&Value>) -> Vec<String> {
    let values = value.and_then(Value::as_array).into_iter().flatten();
    values.filter_map(Value::as_str).map(str::to_owned).collect()
}
