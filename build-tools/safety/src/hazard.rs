//! A hazard, as a file of `docs/safety/hazard-log` has it.
//!
//! The form is fixed, for people and for [`check`](crate::check::check) alike: a title, a table of
//! fields, `## Causes` as a list, `## Controls` as a table, and `## What is left` as prose.

use crate::Problem;
use crate::risk::Rating;

/// The words of a status.
pub const STATUSES: [&str; 3] = ["open", "transferred to integrator", "closed"];

/// The words of a kind of control; those in the second place need no test.
pub const KINDS: [(&str, bool); 5] = [
    ("design", true),
    ("test", true),
    ("training", false),
    ("business", false),
    ("information for use", false),
];

/// What keeps a hazard from harm, and what proves that it is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Control {
    /// `C1`, `C2`, …
    pub id: String,
    /// One of [`KINDS`].
    pub kind: String,
    /// What it is.
    pub what: String,
    /// The tests that prove it, as `path/of/file.rs::function`.
    pub tests: Vec<String>,
}

/// A hazard with its controls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hazard {
    /// The file, from the root of the repository.
    pub file: String,
    /// `H01`, `H02`, …
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Before the controls.
    pub initial: Rating,
    /// With the controls.
    pub residual: Rating,
    /// One of [`STATUSES`].
    pub status: String,
    /// The assumptions that it rests on, as `A01`.
    pub assumptions: Vec<String>,
    /// The controls, in their order.
    pub controls: Vec<Control>,
}

/// The fields of a hazard, in their order.
const FIELDS: [&str; 10] = [
    "Description",
    "Effect",
    "Hazard",
    "Harm",
    "Initial likelihood, severity",
    "Initial risk",
    "Residual likelihood, severity",
    "Residual risk",
    "Status",
    "Rests on",
];

impl Hazard {
    /// Reads a hazard; what is missing or not in its form is a problem, and then there is no hazard.
    pub fn read(file: &str, text: &str, problems: &mut Vec<Problem>) -> Option<Hazard> {
        let before = problems.len();
        let mut tell = |what: String| problems.push(Problem::new(file, what));

        let title = text.lines().next().unwrap_or_default();
        let heading = title.strip_prefix("# ").and_then(|title| title.split_once(": "));
        let (id, name) = heading.unwrap_or_default();
        if id.is_empty() || name.trim().is_empty() {
            tell("the first line is not \"# H00: name\"".to_owned());
        }
        let head = section(text, None);
        let mut values = Vec::new();
        let rows: Vec<Vec<&str>> = head.lines().filter_map(cells).skip(2).collect();
        for (at, field) in FIELDS.iter().enumerate() {
            let value = match rows.get(at).map(Vec::as_slice) {
                Some([name, value]) if name == field => value.trim(),
                _ => "",
            };
            if value.is_empty() {
                tell(format!("the field \"{field}\" is missing, empty or out of its place"));
            }
            values.push(value);
        }
        if rows.len() > FIELDS.len() {
            tell("the table of fields has rows behind the last field".to_owned());
        }
        let value = |at: usize| values.get(at).copied().unwrap_or_default();
        let initial = rating(value(4), value(5));
        let residual = rating(value(6), value(7));
        if initial.is_none() || residual.is_none() {
            tell("likelihood and severity are not \"3, 4\", or the risk is no number".to_owned());
        }
        let status = value(8).to_owned();
        if !STATUSES.contains(&&*status) {
            tell(format!("the status {status:?} is none of {STATUSES:?}"));
        }
        let mut assumptions: Vec<String> = Vec::new();
        if value(9) != "none" {
            assumptions.extend(value(9).split(", ").map(|link| link_text(link).to_owned()));
        }
        let causes = section(text, Some("Causes"));
        if !causes.lines().any(|line| line.starts_with("- ")) {
            tell("there is no cause: \"## Causes\" has no list".to_owned());
        }
        if section(text, Some("What is left")).trim().is_empty() {
            tell("\"## What is left\" is missing or empty".to_owned());
        }
        let mut controls = Vec::new();
        let table = section(text, Some("Controls"));
        for (at, row) in table.lines().filter_map(cells).skip(2).enumerate() {
            let [id, kind, what, tests] = row.as_slice() else {
                tell(format!("a control has {} cells, not 4", row.len()));
                continue;
            };
            if *id != format!("C{}", at.saturating_add(1)) {
                tell(format!("the control {id:?} stands where C{} should", at.saturating_add(1)));
            }
            if !KINDS.iter().any(|(known, _)| known == kind) {
                tell(format!("{id}: the kind {kind:?} is none of the known ones"));
            }
            if what.is_empty() {
                tell(format!("{id}: what the control is, is not said"));
            }
            controls.push(Control {
                id: (*id).to_owned(),
                kind: (*kind).to_owned(),
                what: (*what).to_owned(),
                tests: tests.split('`').skip(1).step_by(2).map(str::to_owned).collect(),
            });
        }
        if controls.is_empty() {
            tell("there is no control".to_owned());
        }
        if problems.len() > before {
            return None;
        }
        let (id, name) = (id.to_owned(), name.trim().to_owned());
        let (initial, residual) = (initial?, residual?);
        let file = file.to_owned();
        Some(Hazard { file, id, name, initial, residual, status, assumptions, controls })
    }
}

impl Control {
    /// Whether its kind is one that a test has to prove.
    pub fn needs_test(&self) -> bool {
        KINDS.iter().any(|(kind, needs)| *kind == self.kind && *needs)
    }
}

/// The lines below a heading of the second level, or below the title where none is named.
pub(crate) fn section<'t>(text: &'t str, heading: Option<&str>) -> &'t str {
    let rest = match heading {
        None => Some(text),
        Some(heading) => {
            let mark = format!("\n## {heading}\n");
            text.find(&mark).and_then(|at| text.get(at.saturating_add(mark.len())..))
        }
    };
    let Some(rest) = rest else { return "" };
    let end = if rest.starts_with("## ") { Some(0) } else { rest.find("\n## ") };
    rest.get(..end.unwrap_or(rest.len())).unwrap_or(rest)
}

/// The cells of a row of a table, or `None` where the line is none.
fn cells(line: &str) -> Option<Vec<&str>> {
    let inner = line.strip_prefix('|')?.trim_end().strip_suffix('|')?;
    Some(inner.split('|').map(str::trim).collect())
}

/// What a link shows; text that is no link is itself.
fn link_text(link: &str) -> &str {
    let shown = link.trim().strip_prefix('[').and_then(|rest| rest.split_once(']'));
    shown.map_or(link.trim(), |(text, _)| text)
}

fn rating(levels: &str, risk: &str) -> Option<Rating> {
    let (likelihood, severity) = levels.split_once(", ")?;
    Some(Rating {
        likelihood: likelihood.parse().ok()?,
        severity: severity.parse().ok()?,
        risk: risk.parse().ok()?,
    })
}
