//! How an expression constraint is evaluated, and what is said where that fails.

use clap::{Args, ValueEnum};
use farr::ecl::{Ecl, Evaluation, EvaluationError, Finding, Report};
use farr::{Sctid, Snomed};

use crate::failure::Failure;
use crate::streams::Streams;

/// Options of an evaluation.
#[derive(Args, Debug)]
#[command(next_help_heading = "Evaluation")]
pub(crate) struct Settings {
    /// Identifiers that the release does not have; where they are no error, they stand for no
    /// concept
    #[arg(long, value_enum, default_value_t = Told::Error, value_name = "WHAT")]
    unknown: Told,

    /// Terms in pipes that are not terms of their concepts
    #[arg(long, value_enum, default_value_t = Told::Warn, value_name = "WHAT")]
    terms: Told,

    /// An alias of a scheme of alternate identifiers, as in LOINC#54486-6; repeat it for several
    #[arg(long, value_name = "ALIAS=ID", value_parser = scheme)]
    identifier_scheme: Vec<(String, Sctid)>,

    /// An alias of language reference sets in dialect filters; repeat it for several
    #[arg(long, value_name = "ALIAS=ID[,ID]", value_parser = dialect)]
    dialect_alias: Vec<(String, Vec<Sctid>)>,

    /// Count attributes that do not define their concepts too: additional and qualifying ones
    #[arg(long)]
    additional: bool,
}

/// As the options are where none is given.
impl Default for Settings {
    fn default() -> Settings {
        Settings {
            unknown: Told::Error,
            terms: Told::Warn,
            identifier_scheme: Vec::new(),
            dialect_alias: Vec::new(),
            additional: false,
        }
    }
}

/// What becomes of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Told {
    /// There is no answer
    Error,
    /// Said beside the answer
    Warn,
    /// Not said
    Ignore,
}

impl From<Told> for Report {
    fn from(told: Told) -> Report {
        match told {
            Told::Error => Report::Error,
            Told::Warn => Report::Warning,
            Told::Ignore => Report::Ignore,
        }
    }
}

impl Settings {
    /// An evaluation as these options say.
    pub(crate) fn evaluation<'o, 't>(&self, snomed: Snomed<'t>) -> Evaluation<'o, 't> {
        let evaluation = snomed
            .evaluation()
            .unknown_concepts(self.unknown.into())
            .other_terms(self.terms.into())
            .additional_relationships(self.additional);
        let schemes = self.identifier_scheme.iter();
        let evaluation =
            schemes.fold(evaluation, |on, (alias, scheme)| on.identifier_scheme(alias, *scheme));
        let dialects = self.dialect_alias.iter();
        dialects.fold(evaluation, |on, (alias, refsets)| on.dialect_alias(alias, refsets))
    }
}

/// Says what is told beside an answer.
pub(crate) fn warn(warnings: &[Finding], ecl: &Ecl, streams: &mut Streams<'_>) {
    warnings.iter().for_each(|finding| streams.warn(&finding.render(ecl.source())));
}

/// Why there is no answer: what the release does not have is "not found", all else wrong usage.
/// Of several findings all are told.
pub(crate) fn failure(error: &EvaluationError, ecl: &Ecl, streams: &mut Streams<'_>) -> Failure {
    let EvaluationError::Findings(findings) = error else {
        return Failure::Usage(error.render(ecl.source()));
    };
    let mut told = findings.iter().map(|finding| Failure::NotFound(finding.render(ecl.source())));
    let last = told.next_back();
    told.for_each(|failure| streams.tell(&failure));
    last.unwrap_or_else(|| Failure::NotFound(error.to_string()))
}

fn scheme(text: &str) -> Result<(String, Sctid), String> {
    let (alias, id) = aliased(text)?;
    Ok((alias, sctid(id)?))
}

fn dialect(text: &str) -> Result<(String, Vec<Sctid>), String> {
    let (alias, ids) = aliased(text)?;
    Ok((alias, ids.split(',').map(sctid).collect::<Result<_, _>>()?))
}

fn aliased(text: &str) -> Result<(String, &str), String> {
    let (alias, ids) = text.split_once('=').ok_or("expected ALIAS=ID")?;
    match alias.trim() {
        "" => Err("expected ALIAS=ID".to_owned()),
        alias => Ok((alias.to_owned(), ids)),
    }
}

fn sctid(text: &str) -> Result<Sctid, String> {
    text.trim().parse().map_err(|error: farr::id::SctidError| error.to_string())
}
