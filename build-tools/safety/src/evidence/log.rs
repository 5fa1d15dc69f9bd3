//! The output of `cargo test`, standard error included.

use std::collections::BTreeMap;

use crate::source::{Kind, Target};

/// How a test ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It passed.
    Passed,
    /// It failed.
    Failed,
    /// It is ignored.
    Ignored,
}

/// The outcomes of a run, by the place of their target among the targets and their printed names.
#[derive(Debug, Default)]
pub struct Run {
    outcomes: BTreeMap<(usize, String), Outcome>,
    /// Blocks of the output that belong to no test binary of these sources, and why.
    pub strangers: Vec<String>,
    /// What the output says of its run, in its order: names and values of lines `run of: name: value`.
    pub origin: Vec<(String, String)>,
    /// How many tests said that they had nothing to test.
    pub skipped: usize,
}

impl Run {
    /// How a test of a target ended, or `None` where the output does not have it.
    pub fn outcome(&self, target: usize, printed: &str) -> Option<Outcome> {
        self.outcomes.get(&(target, printed.to_owned())).copied()
    }

    /// How many tests passed, failed and were ignored.
    pub fn counts(&self) -> [usize; 3] {
        [Outcome::Passed, Outcome::Failed, Outcome::Ignored]
            .map(|wanted| self.outcomes.values().filter(|outcome| **outcome == wanted).count())
    }
}

/// A test binary as the output shows it.
struct Block {
    root: String,
    kind: Kind,
    binary: String,
    outcomes: BTreeMap<String, Outcome>,
}

/// Reads the output of one run or several; of several runs of one binary the last counts.
///
/// Two packages may have a binary of one name: cargo does not print the package. A block is of the
/// package whose sources have exactly the tests that the block has, so that the output of other
/// sources is not taken for one of these.
pub fn read(output: &str, targets: &[Target]) -> Run {
    let mut run = Run::default();
    let mut block: Option<Block> = None;
    for line in output.lines() {
        let line = line.trim_end();
        if let Some((name, value)) =
            line.strip_prefix("run of: ").and_then(|said| said.split_once(": "))
        {
            // Of several runs in one output the last counts, as it does of their tests.
            run.origin.retain(|(said, _)| said != name);
            run.origin.push((name.to_owned(), value.to_owned()));
        }
        if line.contains("SKIPPED:") {
            run.skipped = run.skipped.saturating_add(1);
        }
        let begins = line.trim_start();
        if let Some(header) = begins.strip_prefix("Running ") {
            if let Some(next) = Block::of_header(header) {
                run.close(block.replace(next), targets);
            }
        } else if begins.starts_with("Doc-tests ") {
            run.close(block.take(), targets);
        } else if let (Some(block), Some((name, outcome))) = (&mut block, outcome(line)) {
            block.outcomes.insert(name.to_owned(), outcome);
        }
    }
    run.close(block, targets);
    run
}

impl Run {
    fn close(&mut self, block: Option<Block>, targets: &[Target]) {
        let Some(block) = block.filter(|block| !block.outcomes.is_empty()) else { return };
        let mut of_name = 0_usize;
        let mut matching = Vec::new();
        for (at, target) in targets.iter().enumerate() {
            let is_named = target.kind == block.kind
                && target.root == block.root
                && target.binary == block.binary;
            if is_named {
                of_name = of_name.saturating_add(1);
                let compiled = target.tests.iter().filter(|test| !test.is_left_out);
                let mut names: Vec<&str> = compiled.map(|test| &*test.printed).collect();
                names.sort_unstable();
                if names.iter().copied().eq(block.outcomes.keys().map(String::as_str)) {
                    matching.push(at);
                }
            }
        }
        let stranger = format!("{} ({})", block.root, block.binary);
        match matching.as_slice() {
            [at] => {
                for (name, outcome) in block.outcomes {
                    self.outcomes.insert((*at, name), outcome);
                }
            }
            [] if of_name == 0 => self.strangers.push(format!("{stranger}: no such test binary")),
            [] => {
                self.strangers.push(format!("{stranger}: its tests are not those of the sources"))
            }
            _ => self.strangers.push(format!("{stranger}: it may be of several packages")),
        }
    }
}

impl Block {
    /// Reads `unittests src/lib.rs (target/debug/deps/farr-0123456789abcdef)`.
    fn of_header(header: &str) -> Option<Block> {
        let (root, binary) = header.strip_suffix(')')?.split_once(" (")?;
        let binary = binary.rsplit(['/', '\\']).next()?;
        let (binary, _) = binary.rsplit_once('-')?;
        let (root, kind) = match root.strip_prefix("unittests ") {
            Some(root) if root.ends_with("lib.rs") => (root, Kind::Library),
            Some(root) => (root, Kind::Program),
            None => (root, Kind::Integration),
        };
        Some(Block {
            root: root.replace('\\', "/"),
            kind,
            binary: binary.replace('-', "_"),
            outcomes: BTreeMap::new(),
        })
    }
}

/// Reads `test module::name ... ok`.
fn outcome(line: &str) -> Option<(&str, Outcome)> {
    let (name, result) = line.strip_prefix("test ")?.split_once(" ... ")?;
    let outcome = match result {
        "ok" => Outcome::Passed,
        "FAILED" => Outcome::Failed,
        _ if result.starts_with("ignored") => Outcome::Ignored,
        _ => return None,
    };
    Some((name.strip_suffix(" - should panic").unwrap_or(name), outcome))
}
