//! The steps of the demonstration: commands as a user types them, and what they print.

use std::cell::RefCell;
use std::io::{self, Write};
use std::path::Path;
use std::rc::Rc;

use clap::Parser as _;
use farr::index::Verification;
use farr_build::Report;

use super::codes::{self, Codes};
use super::examples::{Examples, choose};
use super::medicines::{self, Medicines};
use crate::cli::{Cli, Common};
use crate::failure::Failure;
use crate::open;
use crate::output::number::{bytes, grouped};
use crate::streams::{Stream, Streams};
use crate::verb;

/// Plays all steps.
pub(super) fn play(
    sources: &str,
    index: &Path,
    report: &Report,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let terminology = open::map_by_itself(&[index], Verification::FirstUse)?;
    let examples = terminology.ask(|snomed| choose(snomed, common.dialect))?;
    let mut stage = Stage { index, common, streams };

    stage.say("farr answers from an index, which it builds from a release:")?;
    stage.command(&format!("farr build -o demo.farr {sources}"))?;
    let concepts = report.meta.count("concepts").unwrap_or_default();
    let packs = match report.meta.count("AMPPs") {
        Some(packs) => format!(" and {} packs of medicines", grouped(packs)),
        None => String::new(),
    };
    writeln!(
        stage.streams.out,
        "({} concepts{packs} in an index of {}, already built)\n",
        grouped(concepts),
        bytes(report.bytes)
    )?;
    stage.command("export FARR_INDEX=demo.farr")?;
    writeln!(stage.streams.out)?;

    let Examples { query, typo, concept, above, beside, expression, inactive, nhs_number } =
        &examples;
    if let Some(query) = query {
        stage.say("Search takes the beginnings of words, in any order:")?;
        stage.run(&["search", query, "--limit", "5"])?;
    }
    if let Some(typo) = typo {
        stage.say("It finds what was mistyped, and says so:")?;
        stage.run(&["search", typo, "--limit", "3"])?;
    }
    stage.say("A code is looked up in full:")?;
    stage.run(&["lookup", concept])?;
    if let Some(above) = above {
        stage.say("Is the one concept above the other?")?;
        stage.run(&["subsumes", above, concept])?;
    }
    if let Some(beside) = beside {
        stage.say("Two concepts of which neither is above the other:")?;
        stage.run(&["subsumes", beside, concept])?;
    }
    if let Some(inactive) = inactive {
        stage.say(
            "Of an inactive concept the release no longer says what it is, so \"no\" would be a \
             guess:",
        )?;
        stage.run(&["subsumes", above.as_deref().unwrap_or(concept), inactive])?;
    }
    if let Some(expression) = expression {
        stage.say("An expression constraint selects concepts by what they are defined by:")?;
        stage.run(&["ecl", expression, "--limit", "5"])?;
    }
    let medicines = terminology
        .ask_systems(|systems| Some(medicines::choose(systems.dmd()?, systems.snomed())))?;
    if let Some(medicines) = medicines {
        play_medicines(&mut stage, &medicines)?;
    }
    let codes =
        terminology.ask_systems(|systems| codes::choose(systems.snomed(), systems.icd10()))?;
    play_codes(&mut stage, &codes)?;
    stage.say("NHS numbers need no index:")?;
    stage.run(&["nhs-number", nhs_number])?;

    stage.say("What to do next:")?;
    write!(
        stage.streams.out,
        "  farr build -o uk-snomed.farr --snomed RELEASE   an index of your own release\n  \
         export FARR_INDEX=uk-snomed.farr\n  \
         farr lookup 24700007                            and ask it\n  \
         farr --help                                     all verbs, with examples\n"
    )?;
    Ok(())
}

/// Plays the steps on dm+d.
fn play_medicines(stage: &mut Stage<'_, '_>, medicines: &Medicines) -> Result<(), Failure> {
    let Medicines { query, moiety, scan, previous } = medicines;
    if let Some(query) = query {
        stage.say("Medicines of dm+d are found by their names, and by what may be prescribed:")?;
        stage.run(&[
            "search",
            query,
            "--level",
            "vmp",
            "--prescribable",
            "primary-care",
            "--limit",
            "5",
        ])?;
    }
    if let Some(moiety) = moiety {
        stage.say("Everything that is made of a moiety, down to the packs:")?;
        stage.run(&["dmd", moiety])?;
    }
    if let Some(scan) = scan {
        stage.say("From the barcode of a pack to the medicine:")?;
        stage.run(&["scan", scan])?;
    }
    if let Some(previous) = previous {
        stage.say("A code that dm+d has replaced still leads to its product:")?;
        stage.run(&["dmd", previous])?;
    }
    Ok(())
}

/// Plays the steps on maps and classifications.
fn play_codes(stage: &mut Stage<'_, '_>, codes: &Codes) -> Result<(), Failure> {
    if let Some((concept, [option, value])) = &codes.asks {
        stage.say("A map to ICD-10 may ask about the patient before it gives a code:")?;
        stage.run(&["map", concept, "--map", "international"])?;
        stage.run(&["map", concept, "--map", "international", option, value])?;
    }
    if let Some(category) = &codes.category {
        stage.say("Codes of ICD-10 are read in every spelling, and what they lack is told:")?;
        stage.run(&["icd10", category])?;
    }
    Ok(())
}

/// Where the steps are shown.
struct Stage<'d, 's> {
    index: &'d Path,
    common: &'d Common,
    streams: &'d mut Streams<'s>,
}

impl Stage<'_, '_> {
    fn say(&mut self, text: &str) -> Result<(), Failure> {
        let palette = self.streams.palette();
        Ok(writeln!(self.streams.out, "{}", palette.heading(text))?)
    }

    fn command(&mut self, line: &str) -> Result<(), Failure> {
        let palette = self.streams.palette();
        Ok(writeln!(self.streams.out, "{} {}", palette.quiet("$"), palette.good(line))?)
    }

    /// Shows a command, runs it as its command line says, and shows what it prints.
    fn run(&mut self, arguments: &[&str]) -> Result<(), Failure> {
        let typed: Vec<String> = arguments.iter().map(|argument| quoted(argument)).collect();
        self.command(&format!("farr {}", typed.join(" ")))?;
        let cli = Cli::try_parse_from(std::iter::once(&"farr").chain(arguments));
        let mut cli = cli.map_err(|error| Failure::Usage(error.to_string()))?;
        cli.common = Common { index: vec![self.index.to_owned()], ..self.common.clone() };

        let screen = Screen::default();
        let stream = || {
            let (coloured, width) = (self.streams.is_coloured(), self.streams.width());
            Stream::into_memory(Box::new(screen.clone()), coloured, width)
        };
        let (mut out, mut err) = (stream(), stream());
        verb::run(cli, &mut Streams::new(&mut out, &mut err))?;
        self.streams.out.write_all(&screen.printed.borrow())?;
        Ok(writeln!(self.streams.out)?)
    }
}

/// Both streams of a step, as a terminal shows them: one text.
#[derive(Clone, Default)]
struct Screen {
    printed: Rc<RefCell<Vec<u8>>>,
}

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.printed.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// An argument as it is typed in a shell.
fn quoted(argument: &str) -> String {
    let plain = |character: char| character.is_alphanumeric() || "-_./".contains(character);
    match argument.chars().all(plain) {
        true => argument.to_owned(),
        false => format!("'{}'", argument.replace('\'', "'\\''")),
    }
}
