//! What is asked of each code, from the options.

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use farr::coding::{Binding, DisplayRule, Form, Severity, System};
use farr::{Ecl, Sctid};
use farr_codelists::rules::{self, CellFinding, NamedBinding};

use super::row::Found;
use crate::cli::Common;
use crate::failure::Failure;
use crate::level::LevelName;

/// What is asked of each code.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "What is asked of each code")]
pub(crate) struct AskedOfCodes {
    /// The binding of a rule pack, PACK#BINDING, or PACK where it has but one: see farr rules list. The
    /// options below ask for more, and its dialect counts
    #[arg(long, value_name = "PACK", value_parser = rules)]
    pub(super) rules: Option<NamedBinding>,

    /// The system of the codes; repeated, any of these [default: snomed with --constraint, --refset and
    /// --expressions, dmd with --level, otherwise whichever of those open knows the code]
    #[arg(long, value_name = "SYSTEM", value_parser = systems(), conflicts_with = "rules")]
    pub(super) system: Vec<System>,

    /// An expression constraint (ECL) that every concept has to satisfy
    #[arg(long, value_name = "ECL")]
    pub(super) constraint: Option<String>,

    /// A reference set that every concept has to be in
    #[arg(long, value_name = "ID")]
    pub(super) refset: Option<Sctid>,

    /// A level of dm+d; repeated, any of these
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(super) level: Vec<LevelName>,

    /// Codes and ranges of codes of a classification, 'E10-E14, O24' say
    #[arg(long, value_name = "RANGES")]
    pub(super) ranges: Option<String>,

    /// How codes of a classification are to be written: dotted, undotted, padded or data-set
    #[arg(long, value_name = "FORM", value_parser = form)]
    pub(super) form: Option<Form>,

    /// Accept codes that are inactive
    #[arg(long, conflicts_with = "grace_days")]
    pub(super) allow_inactive: bool,

    /// Days after its end for which an inactive code is only warned of
    #[arg(long, value_name = "DAYS")]
    pub(super) grace_days: Option<u32>,

    /// The text beside a code has to be its preferred term in --dialect
    #[arg(long)]
    pub(super) preferred_display: bool,

    /// Accept postcoordinated expressions, each concept of them being right
    #[arg(long)]
    pub(super) expressions: bool,

    /// A field may have several codes, any of these characters between them
    #[arg(long, value_name = "CHARACTERS")]
    pub(super) separators: Option<String>,

    /// How much a finding weighs: ignore, note, warn or reject; repeat it for several
    #[arg(long, value_name = "FINDING=SEVERITY", value_parser = severity)]
    pub(super) severity: Vec<(Found, Severity)>,
}

/// The words of systems, each with its name in the help.
fn systems() -> impl TypedValueParser<Value = System> {
    let words = System::ALL.map(|system| PossibleValue::new(system.word()).help(system.name()));
    PossibleValuesParser::new(words)
        .try_map(|word| System::named(&word).ok_or("there is no such system"))
}

fn rules(reference: &str) -> Result<NamedBinding, String> {
    rules::binding(reference).map_err(|error| error.to_string())
}

fn form(word: &str) -> Result<Form, String> {
    Form::named(word).ok_or_else(|| "expected dotted, undotted, padded or data-set".to_owned())
}

fn severity(text: &str) -> Result<(Found, Severity), String> {
    let (code, word) =
        text.split_once('=').ok_or("expected FINDING=SEVERITY, inactive=warn say")?;
    let code = Found::named(code.trim())
        .ok_or_else(|| format!("there is no finding {code:?}: docs/findings.md lists them"))?;
    let severity = Severity::named(word.trim())
        .ok_or_else(|| format!("{word:?} is none of ignore, note, warn and reject"))?;
    Ok((code, severity))
}

impl AskedOfCodes {
    /// The systems that are named, or that what is asked leaves no doubt of.
    pub(super) fn systems(&self) -> Vec<System> {
        let of_concepts = self.constraint.is_some() || self.refset.is_some() || self.expressions;
        match &self.rules {
            Some(rules) => rules.systems().to_vec(),
            None if !self.system.is_empty() => self.system.clone(),
            None if of_concepts => vec![System::Snomed],
            None if !self.level.is_empty() => vec![System::Dmd],
            None => Vec::new(),
        }
    }

    /// Refuses what would be asked of no code at all.
    fn check(&self) -> Result<(), Failure> {
        use System::{Dmd, Icd10, Icd10Cm, Opcs4, Snomed};
        let systems = self.systems();
        let needs: [(&str, bool, &[System]); 7] = [
            ("--constraint", self.constraint.is_some(), &[Snomed, Dmd]),
            ("--refset", self.refset.is_some(), &[Snomed, Dmd]),
            ("--level", !self.level.is_empty(), &[Dmd, Snomed]),
            ("--ranges", self.ranges.is_some(), &[Icd10, Opcs4]),
            ("--form", self.form.is_some(), &[Icd10, Icd10Cm, Opcs4]),
            ("--expressions", self.expressions, &[Snomed]),
            // Any system will do, so long as one is named: a part by itself may be of another.
            ("--separators", self.separators.is_some(), &System::ALL),
        ];
        let of_none = |(_, is_asked, any): &(_, bool, &[System])| {
            *is_asked && !any.iter().any(|system| systems.contains(system))
        };
        let Some((option, _, any)) = needs.into_iter().find(of_none) else { return Ok(()) };
        let words: Vec<&str> = any.iter().map(|system| system.word()).collect();
        let words = words.join(" or ");
        let has = match self.rules.is_some() {
            true => "the rules name none of these",
            false => "say which with --system",
        };
        Err(Failure::Usage(format!("{option} asks something of codes of {words}: {has}")))
    }

    /// The binding that asks it.
    pub(super) fn binding(&self, common: &Common) -> Result<Binding, Failure> {
        self.check()?;
        let mut binding = match &self.rules {
            Some(rules) => rules.binding().clone(),
            None => {
                let own = Binding::new("command line").dialect(common.dialect);
                self.systems().into_iter().fold(own, Binding::system)
            }
        };
        if self.expressions {
            binding = binding.expressions(true);
        }
        for level in &self.level {
            binding = binding.level((*level).into());
        }
        if let Some(text) = &self.constraint {
            let ecl = Ecl::parse(text)
                .map_err(|error| Failure::Usage(format!("--constraint: {error}")))?;
            binding = binding.constraint(ecl);
        }
        if let Some(refset) = self.refset {
            binding = binding.refset(refset);
        }
        if let Some(ranges) = &self.ranges {
            binding = binding.ranges(ranges);
        }
        if let Some(form) = self.form {
            binding = binding.form(form);
        }
        if let Some(days) = self.grace_days {
            binding = binding.grace_days(days);
        }
        if self.allow_inactive {
            binding = binding.activity(farr::coding::Activity::Any);
        }
        if self.preferred_display {
            binding = binding.display(DisplayRule::Preferred);
        }
        if let Some(separators) = &self.separators {
            binding = binding.separators(separators);
        }
        for (found, severity) in &self.severity {
            if let Found::Coding(code) = found {
                binding = binding.severity(*code, *severity);
            }
        }
        Ok(binding)
    }

    /// How much findings weigh that no binding has: as the rules say, and as the options say instead.
    pub(super) fn severities(&self) -> Vec<(Found, Severity)> {
        let of_rules = self.rules.iter().flat_map(|rules| {
            CellFinding::ALL.map(|found| (Found::Cell(found), rules.cell_severity(found)))
        });
        of_rules.chain(self.severity.iter().copied()).collect()
    }

    /// What is asked, for a report: what it is called, and what is given.
    pub(super) fn told(&self) -> Vec<(&'static str, String)> {
        let mut told = Vec::new();
        if let Some(rules) = &self.rules {
            told.push(("Rules", format!("{}: {}", rules.reference(), rules.title())));
            let source = rules.source();
            told.push(("Source", format!("{} ({})", source.title, source.sure.word())));
        }
        let names = |names: Vec<&'static str>| names.join(" or ");
        match self.systems() {
            systems if systems.is_empty() => {
                told.push(("System", "whichever of those open knows the code".to_owned()));
            }
            systems => {
                told.push(("System", names(systems.iter().map(|system| system.name()).collect())));
            }
        }
        told.extend(self.constraint.iter().map(|ecl| ("Constraint", ecl.clone())));
        told.extend(self.refset.iter().map(|id| ("Reference set", id.to_string())));
        if !self.level.is_empty() {
            let levels = self.level.iter().map(|level| farr::dmd::Level::from(*level).name());
            told.push(("Level", names(levels.collect())));
        }
        told.extend(self.ranges.iter().map(|ranges| ("Ranges", ranges.clone())));
        told.extend(self.form.iter().map(|form| ("Form", form.word().to_owned())));
        let inactive = match (self.allow_inactive, self.grace_days) {
            (true, _) => "accepted".to_owned(),
            (false, Some(days)) => format!("warned of for {days} days after their end"),
            (false, None) if self.rules.is_some() => "as the rules say".to_owned(),
            (false, None) => "not accepted".to_owned(),
        };
        told.push(("Inactive codes", inactive));
        if let Some(separators) = &self.separators {
            told.push(("Several codes in a field", format!("separated by {separators:?}")));
        }
        if self.preferred_display {
            told.push(("Text beside the code", "the preferred term".to_owned()));
        }
        if self.expressions {
            told.push(("Expressions", "accepted".to_owned()));
        }
        if !self.severity.is_empty() {
            let changed = self
                .severity
                .iter()
                .map(|(code, severity)| format!("{}: {}", code.code(), severity.word()));
            told.push(("Severities changed", changed.collect::<Vec<_>>().join(", ")));
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use farr::coding::FindingCode;

    use super::*;

    #[test]
    fn every_system_can_be_asked_for_by_its_word() {
        #[derive(Parser)]
        struct Command {
            #[command(flatten)]
            asked: AskedOfCodes,
        }
        let system =
            |word| Some(Command::try_parse_from(["x", "--system", word]).ok()?.asked.system);
        for known in System::ALL {
            assert_eq!(system(known.word()), Some(vec![known]));
        }
        assert_eq!(system("snomed-ct"), None);
    }

    #[test]
    fn a_severity_names_its_finding() {
        let (code, weight) = severity("inactive=warn").unwrap();
        assert_eq!((code, weight), (Found::Coding(FindingCode::Inactive), Severity::Warn));
        let of_row = severity("unreadable-date=ignore").unwrap();
        assert_eq!(of_row, (Found::Cell(CellFinding::UnreadableDate), Severity::Ignore));
        assert!(severity("inactive").is_err());
        assert!(severity("inactiv=warn").unwrap_err().contains("no finding"));
        assert!(severity("inactive=maybe").unwrap_err().contains("none of"));
    }

    #[test]
    fn what_would_be_asked_of_no_code_is_refused() {
        #[derive(Parser)]
        struct Command {
            #[command(flatten)]
            asked: AskedOfCodes,
        }
        let asked = |line: &str| {
            let words = std::iter::once("x").chain(line.split(' ').filter(|word| !word.is_empty()));
            Command::try_parse_from(words).unwrap().asked
        };
        for (line, systems) in [
            ("", &[][..]),
            ("--constraint *", &[System::Snomed]),
            ("--expressions --level vmp", &[System::Snomed]),
            ("--level vmp", &[System::Dmd]),
            ("--system dmd --constraint *", &[System::Dmd]),
            (
                "--system icd10 --system snomed --constraint * --form padded",
                &[System::Icd10, System::Snomed],
            ),
        ] {
            assert_eq!(asked(line).systems(), systems, "{line}");
            assert!(asked(line).check().is_ok(), "{line}");
        }
        for (line, told) in [
            (
                "--system icd10 --constraint *",
                "--constraint asks something of codes of snomed or dmd",
            ),
            ("--system icd10 --refset 723264001", "--refset"),
            ("--system icd10 --level vmp", "--level"),
            ("--system snomed --form padded", "--form"),
            ("--system icd10-cm --ranges A00", "--ranges"),
            ("--system dmd --expressions", "--expressions"),
            ("--form padded", "say which with --system"),
            ("--separators ;", "say which with --system"),
        ] {
            let refused = asked(line).check().unwrap_err();
            assert!(
                matches!(&refused, Failure::Usage(text) if text.contains(told)),
                "{line}: {refused}"
            );
        }
    }
}
