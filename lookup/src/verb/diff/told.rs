//! What was found, counted and written.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;

use farr::Systems;
use farr::coding::{Binding, Release, System, Validator};
use farr::diff::{Change, ChangeKind, Comparison, Role};

use super::row::Row;
use super::{Arguments, report};
use crate::cli::Common;
use crate::failure::Failure;
use crate::output::format::Format;
use crate::output::number::grouped;
use crate::output::records::RecordWriter;
use crate::output::table::{Look, Table};
use crate::streams::Streams;
use crate::table::published::Unpublished;

/// Changes of a kind that a report shows.
const REPORTED: usize = 500;

/// Changes of one kind: how many there are, and the first of them.
#[derive(Debug, Default)]
pub(super) struct OfKind {
    pub(super) count: u64,
    pub(super) first: Vec<Change>,
}

/// What was found so far.
pub(super) struct Told<'a> {
    arguments: &'a Arguments,
    common: &'a Common,
    writer: Option<RecordWriter>,
    report: Option<Unpublished>,
    /// The releases of each set.
    releases: [Vec<Release>; 2],
    kinds: BTreeMap<(System, ChangeKind), OfKind>,
    /// The codes that are written, where nothing else is.
    codes: BTreeSet<String>,
}

/// What a report is made of.
pub(super) struct Overview<'o> {
    pub(super) old: &'o [Release],
    pub(super) new: &'o [Release],
    pub(super) kinds: &'o BTreeMap<(System, ChangeKind), OfKind>,
    /// What was asked about, in words; nothing, where everything was.
    pub(super) about: Vec<(&'static str, String)>,
    pub(super) left_out: Vec<&'static str>,
}

impl<'a> Told<'a> {
    pub(super) fn new(
        arguments: &'a Arguments,
        common: &'a Common,
        report: Option<Unpublished>,
    ) -> Told<'a> {
        let releases = [Vec::new(), Vec::new()];
        let kinds = BTreeMap::new();
        let codes = BTreeSet::new();
        Told { arguments, common, writer: None, report, releases, kinds, codes }
    }

    /// Says what is compared with what.
    pub(super) fn begin(
        &mut self,
        comparison: &Comparison<'_>,
        streams: &mut Streams<'_>,
    ) -> Result<(), Failure> {
        self.releases = [releases(comparison.old()), releases(comparison.newer())];
        let [old, new] = &self.releases;
        if comparison.compared().is_empty() {
            let names = |releases: &[Release]| match releases {
                [] => "nothing".to_owned(),
                some => some.iter().map(|one| one.system().name()).collect::<Vec<_>>().join(", "),
            };
            return Err(Failure::Usage(format!(
                "there is nothing to compare: the older set has {}, the newer {}",
                names(old),
                names(new)
            )));
        }
        for now in new {
            let Some(then) = old.iter().find(|then| then.system() == now.system()) else {
                continue;
            };
            if let (Some(before), Some(after)) = (then.date(), now.date())
                && before > after
            {
                streams.warn(&format!(
                    "the newer set has the older release of {}: {before} and then {after}; OLD \
                     comes first",
                    now.system().name()
                ));
            }
        }
        let not_compared = comparison.not_compared();
        for system in &not_compared {
            streams.warn(&format!(
                "{} is in one of the sets alone, and is not compared",
                system.name()
            ));
        }
        Ok(())
    }

    /// Begins the output, with the systems that are not compared. What was looked at is known to be sound.
    pub(super) fn start(
        &mut self,
        not_compared: &[System],
        streams: &mut Streams<'_>,
    ) -> Result<(), Failure> {
        if self.common.format != Format::Table {
            self.writer = Some(RecordWriter::begin::<Row<'_>>(self.common.format, streams.out)?);
        }
        for system in not_compared.iter().copied() {
            let reason = "only one of the sets has the system".to_owned();
            let change = Change::new(ChangeKind::CannotTell, system, "", "");
            self.take(change.from_to(None, Some(reason)), streams)?;
        }
        Ok(())
    }

    /// Counts a change and writes it, if it is asked for.
    pub(super) fn take(
        &mut self,
        change: Change,
        streams: &mut Streams<'_>,
    ) -> Result<(), Failure> {
        if !self.arguments.takes(change.kind) {
            return Ok(());
        }
        // A list of codes has each once.
        let is_new = self.common.format != Format::Codes || self.codes.insert(change.code.clone());
        if let Some(writer) = &mut self.writer
            && is_new
        {
            writer.write(streams.out, &Row::of(&change))?;
        }
        let kept = match self.report {
            Some(_) => REPORTED.max(self.arguments.show),
            None => self.arguments.show,
        };
        let of_kind = self.kinds.entry((change.system, change.kind)).or_default();
        of_kind.count += 1;
        if of_kind.first.len() < kept {
            of_kind.first.push(change);
        }
        Ok(())
    }

    /// Ends the output; gives whether anything that matters changed.
    pub(super) fn finish(mut self, streams: &mut Streams<'_>) -> Result<bool, Failure> {
        let matters = self.kinds.keys().any(|(_, kind)| kind.matters());
        match self.writer.take() {
            Some(writer) => writer.finish(streams.out)?,
            None => self.draw(streams)?,
        }
        if let Some(mut file) = self.report.take() {
            let overview = Overview {
                old: &self.releases[0],
                new: &self.releases[1],
                kinds: &self.kinds,
                about: self.arguments.about.told(),
                left_out: self.arguments.ignore.iter().map(|kind| kind.code()).collect(),
            };
            file.write_all(report::page(&overview).as_bytes())?;
            file.publish()?;
        }
        streams.out.flush()?;
        streams.note(match (self.kinds.is_empty(), matters) {
            (true, _) => "nothing changed",
            (false, true) => "something that matters changed",
            (false, false) => "nothing that matters changed",
        });
        Ok(matters)
    }

    fn draw(&self, streams: &mut Streams<'_>) -> Result<(), Failure> {
        let [old, new] = &self.releases;
        let mut compared = Table::new(&[("older", Look::Term), ("newer", Look::Term)]);
        for now in new {
            if let Some(then) = old.iter().find(|then| then.system() == now.system()) {
                compared.row([then.to_string(), now.to_string()]);
            }
        }
        let drawn = compared.draw(streams.palette(), streams.width());
        streams.out.write_all(drawn.as_bytes())?;
        if self.kinds.is_empty() {
            return Ok(());
        }
        let columns = [
            ("", Look::Short),
            ("count", Look::Number),
            ("what changed", Look::Term),
            ("kind", Look::Short),
            ("matters", Look::Short),
        ];
        let mut counts = Table::new(&columns);
        for ((system, kind), of_kind) in &self.kinds {
            counts.row([
                system.name(),
                grouped(of_kind.count).as_str(),
                kind.label(),
                kind.code(),
                if kind.matters() { "yes" } else { "no" },
            ]);
        }
        let drawn = counts.draw(streams.palette(), streams.width());
        write!(streams.out, "\n{drawn}")?;
        for ((system, kind), of_kind) in &self.kinds {
            if of_kind.first.is_empty() || self.arguments.show == 0 {
                continue;
            }
            let heading =
                streams.palette().heading(&format!("{}: {}", system.name(), kind.label()));
            writeln!(streams.out, "\n{heading}")?;
            let columns = [
                ("code", Look::Id),
                ("term", Look::Term),
                ("of", Look::Short),
                ("change", Look::Term),
            ];
            let mut table = Table::new(&columns);
            for change in of_kind.first.iter().take(self.arguments.show) {
                table.row([
                    change.code.as_str(),
                    change.display.as_str(),
                    change.component.as_deref().unwrap_or_default(),
                    in_words(change).as_str(),
                ]);
            }
            let drawn = table.draw(streams.palette(), streams.width());
            streams.out.write_all(drawn.as_bytes())?;
            let shown = of_kind.first.len().min(self.arguments.show) as u64;
            if of_kind.count > shown {
                let more = format!("and {} more", grouped(of_kind.count - shown));
                writeln!(streams.out, "{}", streams.palette().quiet(&more))?;
            }
        }
        Ok(())
    }
}

/// What was and what is, in one line.
pub(super) fn in_words(change: &Change) -> String {
    let mut words = match (&change.before, &change.after) {
        // Reasons, and not what was and is.
        (Some(old), Some(new)) if change.kind == ChangeKind::CannotTell && old == new => {
            new.clone()
        }
        (Some(old), Some(new)) if change.kind == ChangeKind::CannotTell => {
            format!("older set: {old}; newer set: {new}")
        }
        (Some(old), None) if change.kind == ChangeKind::CannotTell => format!("older set: {old}"),
        (Some(before), Some(after)) => format!("{before} → {after}"),
        (Some(before), None) => format!("was {before}"),
        (None, Some(after)) => after.clone(),
        (None, None) => String::new(),
    };
    let mut last = None;
    for related in &change.related {
        if last != Some(related.role) {
            let separator = if words.is_empty() { "" } else { "; " };
            words.push_str(separator);
            words.push_str(in_a_word(related.role));
            last = Some(related.role);
        } else {
            words.push(',');
        }
        words.push(' ');
        words.push_str(&related.code);
        if !related.display.is_empty() {
            words.push_str(&format!(" {}", related.display));
        }
    }
    words
}

fn in_a_word(role: Role) -> &'static str {
    match role {
        Role::ParentGained => "parent gained:",
        Role::ParentLost => "parent lost:",
        Role::AncestorGained => "ancestor gained:",
        Role::AncestorLost => "ancestor lost:",
        Role::Successor => "use",
        Role::PossibleSuccessor => "choose among",
        other => other.code(),
    }
}

fn releases(systems: Systems<'_>) -> Vec<Release> {
    // A binding that asks for nothing can be joined with whatever is open.
    let validator = Validator::of(systems, &Binding::new("releases"));
    validator.map(|validator| validator.releases().to_vec()).unwrap_or_default()
}
