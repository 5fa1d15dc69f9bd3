//! What was found, counted and written.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;

use farr::Dialect;
use farr::coding::System;
use farr::diff::{Change, ChangeKind, Comparison, Role};

use super::compared::{Compared, amiss, of_system, releases};
use super::compared_file::ComparedFile;
use super::row::Row;
use super::{Arguments, report, summary};
use crate::cli::Common;
use crate::failure::Failure;
use crate::output::format::Format;
use crate::output::number::grouped;
use crate::output::records::RecordWriter;
use crate::output::table::{Look, Table};
use crate::streams::Streams;
use crate::table::published::Unpublished;
use crate::verb::validate::Summary;

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
    /// The files of each set.
    files: [Vec<ComparedFile>; 2],
    /// The codes that were asked about one by one; `None` where none were.
    asked_about: Option<u64>,
    /// The releases of each set.
    releases: [Vec<Compared>; 2],
    /// What is amiss with the comparison itself.
    warnings: Vec<String>,
    kinds: BTreeMap<(System, ChangeKind), OfKind>,
    /// Changes of kinds that are not asked for, and how many of them matter.
    left_out: [u64; 2],
    /// The codes that are written, where nothing else is.
    codes: BTreeSet<String>,
}

/// What a report is made of.
pub(super) struct Overview<'o> {
    pub(super) files: &'o [Vec<ComparedFile>; 2],
    /// Whose preferred terms concepts are told by.
    pub(super) dialect: Dialect,
    /// How many codes were asked about one by one; `None` where none were.
    pub(super) codes: Option<u64>,
    pub(super) old: &'o [Compared],
    pub(super) new: &'o [Compared],
    /// What is amiss with the comparison itself.
    pub(super) warnings: &'o [String],
    pub(super) kinds: &'o BTreeMap<(System, ChangeKind), OfKind>,
    /// What was asked about, in words; nothing, where everything was.
    pub(super) about: Vec<(&'static str, String)>,
    /// The options that choose kinds of change, as they were given.
    pub(super) choice: Vec<String>,
    /// Changes that these leave out, and how many of them matter.
    pub(super) left_out: [u64; 2],
    /// The command as it was typed.
    pub(super) command: String,
}

impl<'a> Told<'a> {
    pub(super) fn new(
        arguments: &'a Arguments,
        common: &'a Common,
        report: Option<Unpublished>,
        files: [Vec<ComparedFile>; 2],
    ) -> Told<'a> {
        Told {
            arguments,
            common,
            writer: None,
            report,
            files,
            asked_about: None,
            releases: [Vec::new(), Vec::new()],
            warnings: Vec::new(),
            kinds: BTreeMap::new(),
            left_out: [0, 0],
            codes: BTreeSet::new(),
        }
    }

    /// Says what is compared with what.
    pub(super) fn begin(
        &mut self,
        comparison: &Comparison<'_>,
        streams: &mut Streams<'_>,
    ) -> Result<(), Failure> {
        self.releases = [comparison.old(), comparison.newer()]
            .map(|systems| releases(systems, self.common.dialect));
        let [old, new] = &self.releases;
        if comparison.compared().is_empty() {
            let names = |releases: &[Compared]| match releases {
                [] => "nothing".to_owned(),
                some => some
                    .iter()
                    .map(|one| one.release.system().name())
                    .collect::<Vec<_>>()
                    .join(", "),
            };
            return Err(Failure::Usage(format!(
                "there is nothing to compare: the older set has {}, the newer {}",
                names(old),
                names(new)
            )));
        }
        let mut warnings = Vec::new();
        for now in new {
            if let Some(then) = of_system(old, now.release.system()) {
                warnings.extend(amiss(then, now));
            }
        }
        let not_compared = comparison.not_compared();
        for system in &not_compared {
            let name = system.name();
            warnings.push(format!("{name} is in one of the sets alone, and is not compared"));
        }
        warnings.iter().for_each(|warning| streams.warn(warning));
        self.warnings = warnings;
        Ok(())
    }

    /// What readers of the report have to know first.
    pub(super) fn caution(&mut self, text: String) {
        self.warnings.push(text);
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

    /// Says how many codes were asked about one by one.
    pub(super) fn asked_about(&mut self, codes: u64, streams: &mut Streams<'_>) {
        self.asked_about = Some(codes);
        if self.arguments.summary == Summary::Text {
            let were = if codes == 1 { "code was" } else { "codes were" };
            streams.note(&format!("{} {were} asked about", grouped(codes)));
        }
    }

    /// Counts a change and writes it, if it is asked for.
    pub(super) fn take(
        &mut self,
        change: Change,
        streams: &mut Streams<'_>,
    ) -> Result<(), Failure> {
        if !self.arguments.takes(change.kind) {
            let [all, that_matter] = &mut self.left_out;
            *all += 1;
            *that_matter += u64::from(change.kind.matters());
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
        let report = self.report.take();
        let overview = Overview {
            files: &self.files,
            dialect: self.common.dialect,
            codes: self.asked_about,
            old: &self.releases[0],
            new: &self.releases[1],
            warnings: &self.warnings,
            kinds: &self.kinds,
            about: self.arguments.about.told(),
            choice: self.arguments.choice(),
            left_out: self.left_out,
            command: command(),
        };
        if let Some(mut file) = report {
            file.write_all(report::page(&overview).as_bytes())?;
            file.publish()?;
        }
        streams.out.flush()?;
        match self.arguments.summary {
            Summary::Text => streams.note(&self.in_a_sentence(matters)),
            Summary::Json => streams.note(&summary::json(&overview)?),
            Summary::None => {}
        }
        Ok(matters)
    }

    fn in_a_sentence(&self, matters: bool) -> String {
        let told = match (self.kinds.is_empty(), matters, self.left_out) {
            (true, _, [0, _]) => "nothing changed",
            (true, ..) => "nothing is told",
            (false, true, _) => "something that matters changed",
            (false, false, [_, 0]) => "nothing that matters changed",
            (false, false, _) => "nothing that matters is told",
        };
        match left_out_in_words(self.left_out) {
            Some(left_out) => format!("{told}; {left_out}"),
            None => told.to_owned(),
        }
    }

    fn draw(&self, streams: &mut Streams<'_>) -> Result<(), Failure> {
        let [old, new] = &self.releases;
        let mut compared = Table::new(&[("older", Look::Term), ("newer", Look::Term)]);
        for now in new {
            if let Some(then) = of_system(old, now.release.system()) {
                compared.row([then.release.to_string(), now.release.to_string()]);
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
        // A release names them; that they are what was meant is for a person to say.
        Role::Successor => "the release names instead:",
        Role::PossibleSuccessor => "the release names, to choose among:",
        other => other.code(),
    }
}

/// How many changes are of kinds that were not asked for.
pub(super) fn left_out_in_words([all, that_matter]: [u64; 2]) -> Option<String> {
    let changes = match all {
        0 => return None,
        1 => "1 change is".to_owned(),
        all => format!("{} changes are", grouped(all)),
    };
    let matter = match that_matter {
        0 => "none of which matters".to_owned(),
        some => format!("of which {} may matter", grouped(some)),
    };
    Some(format!("{changes} left out by --only, --ignore or --matters, {matter}"))
}

/// The command as it was typed, to be typed again.
fn command() -> String {
    let plain =
        |character: char| character.is_ascii_alphanumeric() || "-_./,:=+@%".contains(character);
    let quoted = |argument: std::ffi::OsString| {
        let argument = argument.to_string_lossy().into_owned();
        match !argument.is_empty() && argument.chars().all(plain) {
            true => argument,
            false => format!("'{}'", argument.replace('\'', "'\\''")),
        }
    };
    let arguments = std::env::args_os().skip(1).map(quoted);
    std::iter::once("farr".to_owned()).chain(arguments).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_counted_and_weighed() {
        assert_eq!(left_out_in_words([0, 0]), None);
        let told = left_out_in_words([1, 0]).unwrap();
        assert!(
            told.starts_with("1 change is left out") && told.ends_with("none of which matters")
        );
        let told = left_out_in_words([1224, 172]).unwrap();
        assert!(told.starts_with("1,224 changes are") && told.ends_with("of which 172 may matter"));
    }
}
