//! `farr codelist diff`: two lists, or one list in two releases.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;
use farr::index::Verification;
use farr::{Sctid, Terminology};
use farr_codelists::{Expansion, Member, Standing, System};
use serde::Serialize;

use super::source::Reading;
use crate::cli::Common;
use crate::exit;
use crate::failure::Failure;
use crate::open;
use crate::output::format::Format;
use crate::output::number::counted;
use crate::output::records::{Record, RecordWriter};
use crate::output::table::{Look, Table};
use crate::streams::Streams;

/// What differs between two lists, or between what one list comes to in two releases
///
/// One row a change of a code: added, removed, inactivated with the reason and what stands in its
/// place, reactivated, unknown in one of the releases, moved to other parents, renamed. Codes that the
/// release does not have are compared as they stand.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// The list, or the older of two; - is standard input
    #[arg(value_name = "OLD")]
    first: String,

    /// The newer list
    #[arg(value_name = "NEW", required_unless_present = "old")]
    second: Option<String>,

    /// The index of the older release, for the older list; repeat it for several files
    #[arg(long, value_name = "FILE")]
    old: Vec<PathBuf>,

    #[command(flatten)]
    reading: Reading,
}

/// A change.
#[derive(Debug, Serialize)]
struct Row {
    change: &'static str,
    code: String,
    term: Option<String>,
    system: String,
    /// What was, where the change is from one thing to another.
    before: Option<String>,
    after: Option<String>,
    reason: Option<String>,
    successors: Vec<String>,
}

impl Record for Row {
    const COLUMNS: &'static [&'static str] =
        &["change", "code", "term", "system", "before", "after", "reason", "successors"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.change.to_owned(),
            self.code.clone(),
            self.term.clone().unwrap_or_default(),
            self.system.clone(),
            self.before.clone().unwrap_or_default(),
            self.after.clone().unwrap_or_default(),
            self.reason.clone().unwrap_or_default(),
            self.successors.join(" "),
        ]
    }

    fn code(&self) -> Option<String> {
        Some(self.code.clone())
    }
}

/// Compares and writes.
pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    let first = arguments.reading.read(&arguments.first)?;
    let second = match &arguments.second {
        Some(file) if file == "-" && arguments.first == "-" => {
            return Err(Failure::Usage("standard input cannot be both lists".to_owned()));
        }
        Some(file) => Some(arguments.reading.read(file)?),
        None => None,
    };
    let new = open::for_one_question(common)?;
    let old = match arguments.old.is_empty() {
        true => None,
        false => Some(open::map(&arguments.old, Verification::FirstUse)?),
    };
    let before = first.expand(old.as_ref().unwrap_or(&new), common, true, streams)?;
    let after = second.as_ref().unwrap_or(&first).expand(&new, common, true, streams)?;
    let rows = changes(&before, &after, old.as_ref(), &new)?;
    if common.format == Format::Table {
        let columns = [
            ("change", Look::Short),
            ("code", Look::Id),
            ("term", Look::Term),
            ("from", Look::Term),
            ("to", Look::Term),
            ("reason", Look::Short),
        ];
        let mut table = Table::new(&columns);
        for row in &rows {
            let to = row.after.clone().unwrap_or_else(|| row.successors.join(" "));
            table.row([
                row.change,
                row.code.as_str(),
                row.term.as_deref().unwrap_or_default(),
                row.before.as_deref().unwrap_or_default(),
                to.as_str(),
                row.reason.as_deref().unwrap_or_default(),
            ]);
        }
        streams.table(&table)?;
        streams.note(&match rows.is_empty() {
            true => "nothing differs".to_owned(),
            false => counted(rows.len(), "change", "changes"),
        });
    } else {
        let mut records = RecordWriter::begin::<Row>(common.format, streams.out)?;
        for row in &rows {
            records.write(streams.out, row)?;
        }
        records.finish(streams.out)?;
    }
    Ok(if rows.is_empty() { exit::ANSWERED } else { exit::NOT_FOUND })
}

fn changes(
    before: &Expansion,
    after: &Expansion,
    old: Option<&Terminology>,
    new: &Terminology,
) -> Result<Vec<Row>, Failure> {
    let key = |member: &Member| (member.system.clone(), member.code.clone());
    let of_old: std::collections::HashMap<_, &Member> =
        before.members.iter().map(|member| (key(member), member)).collect();
    let of_new: std::collections::HashMap<_, &Member> =
        after.members.iter().map(|member| (key(member), member)).collect();
    let mut rows = Vec::new();
    for member in &before.members {
        match of_new.get(&key(member)) {
            None => {
                let standing = standing_in(new, member)?;
                rows.push(with_history(row("removed", member), &standing));
            }
            Some(now) => of_both(member, now, old, new, &mut rows)?,
        }
    }
    for member in &after.members {
        if !of_old.contains_key(&key(member)) {
            rows.push(row("added", member));
        }
    }
    Ok(rows)
}

fn row(change: &'static str, member: &Member) -> Row {
    Row {
        change,
        code: member.code.clone(),
        term: member.term.clone().or_else(|| member.stated.clone()),
        system: member.system.word().to_owned(),
        before: None,
        after: None,
        reason: None,
        successors: Vec::new(),
    }
}

fn with_history(row: Row, standing: &InRelease) -> Row {
    Row { reason: standing.reason.clone(), successors: standing.successors.clone(), ..row }
}

/// What is changed about a code that both have.
fn of_both(
    was: &Member,
    now: &Member,
    old: Option<&Terminology>,
    new: &Terminology,
    rows: &mut Vec<Row>,
) -> Result<(), Failure> {
    // Of two lists in one release, only the codes can differ.
    let Some(old) = old else { return Ok(()) };
    let change = match (was.standing, now.standing) {
        (Standing::Active, Standing::Inactive) => Some("inactivated"),
        (Standing::Inactive, Standing::Active) => Some("reactivated"),
        (Standing::Unknown, Standing::Active | Standing::Inactive) => Some("new-in-release"),
        (Standing::Active | Standing::Inactive, Standing::Unknown) => Some("gone-from-release"),
        _ => None,
    };
    let placed = standing_in(new, now)?;
    if let Some(change) = change {
        rows.push(with_history(row(change, now), &placed));
    }
    let placed_before = standing_in(old, was)?;
    let both = was.standing == Standing::Active && now.standing == Standing::Active;
    if both && placed_before.parents != placed.parents {
        let ids = |parents: &BTreeSet<Sctid>| {
            parents.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
        };
        rows.push(Row {
            before: Some(ids(&placed_before.parents)),
            after: Some(ids(&placed.parents)),
            ..row("moved", now)
        });
    }
    if let (Some(before), Some(after)) = (&was.term, &now.term)
        && before != after
    {
        rows.push(Row {
            before: Some(before.clone()),
            after: Some(after.clone()),
            ..row("renamed", now)
        });
    }
    Ok(())
}

/// What a release says of a concept beside its term.
#[derive(Debug, Default)]
struct InRelease {
    parents: BTreeSet<Sctid>,
    reason: Option<String>,
    successors: Vec<String>,
}

fn standing_in(terminology: &Terminology, member: &Member) -> Result<InRelease, Failure> {
    if member.system != System::Snomed {
        return Ok(InRelease::default());
    }
    let Ok(id) = Sctid::parse_as_published(&member.code) else { return Ok(InRelease::default()) };
    Ok(terminology.ask(|snomed| {
        let Some(concept) = snomed.concept(id) else { return InRelease::default() };
        let inactive = !concept.is_active();
        InRelease {
            parents: concept.parents().ids().collect(),
            reason: concept
                .inactivation_reason()
                .filter(|_| inactive)
                .map(|reason| reason.code().to_owned()),
            successors: concept
                .successors()
                .all()
                .iter()
                .map(|successor| successor.concept().id().to_string())
                .collect(),
        }
    })?)
}
