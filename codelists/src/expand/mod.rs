//! What a list comes to in the releases opened.

mod definition;
mod known;
mod value_set;

use std::fmt;

use farr::ecl::syntax::Span;
use farr::ecl::{
    Ecl, EvaluationError, Finding as EclFinding, FindingKind as EclFindingKind, Report,
};
use farr::{Dialect, Sctid, Systems};

use crate::code::Flaw;
use crate::finding::{Finding, FindingKind, sentences};
use crate::list::{Codelist, Content, Entry};
use crate::place::{Lines, Place};
use crate::system::{ListSystem, System};

pub use definition::definition_of;
use known::Known;
pub use known::Standing;

/// How a list is expanded.
#[derive(Clone, Copy, Debug)]
pub struct ExpandOptions {
    /// Whose preferred terms to give.
    pub dialect: Dialect,
    /// Whether codes that the release does not have are given as the file has them. They are an
    /// error otherwise. What a definition, a filter or an expression names has to be known always.
    pub keep_unknown: bool,
}

impl Default for ExpandOptions {
    fn default() -> ExpandOptions {
        ExpandOptions { dialect: Dialect::NHS_CLINICAL, keep_unknown: false }
    }
}

/// The codes of a list: all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expansion {
    /// Each code once: those that are named one by one in the order of the file, others by id.
    pub members: Vec<Member>,
    /// What is to be told beside them.
    pub notes: Vec<Finding>,
}

/// A code of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its system.
    pub system: ListSystem,
    /// The code, in the one spelling of its system.
    pub code: String,
    /// Its preferred term, name or title in the release; `None` where the release has none.
    pub term: Option<String>,
    /// What the file has beside it.
    pub stated: Option<String>,
    /// How it stands in the release.
    pub standing: Standing,
    /// Where it stands in the file, if it does.
    pub place: Option<Place>,
}

/// Why a list has no expansion: never a part of one is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpandError {
    /// What kind of thing is wrong.
    pub kind: ExpandErrorKind,
    /// What is wrong, and where: at least one.
    pub problems: Vec<(Option<Place>, String)>,
}

/// What kind of thing keeps a list from being expanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ExpandErrorKind {
    /// Codes of the file are damaged.
    Damaged,
    /// A definition leaves open whether codes are included: it says so itself.
    Undecided,
    /// The hierarchy of the release has codes below one that a definition includes and one that it
    /// excludes, neither above the other.
    Conflict,
    /// A code system is not among the indexes opened.
    Absent,
    /// The release does not have codes that are named one by one.
    Unknown,
    /// The release does not have what an expression, a filter or a definition names.
    Named,
    /// An expression constraint cannot be evaluated.
    Expression,
    /// It asks for what is not known here.
    Unsupported,
}

impl ExpandError {
    fn one(
        kind: ExpandErrorKind,
        place: impl Into<Option<Place>>,
        message: impl Into<String>,
    ) -> ExpandError {
        ExpandError { kind, problems: vec![(place.into(), message.into())] }
    }

    /// The problems, each on one line: without the drawing of a place in an expression, as
    /// [`Finding::sentence`].
    pub fn sentences(&self) -> impl Iterator<Item = (Option<Place>, String)> {
        self.problems.iter().map(|(place, message)| (*place, sentences(message)))
    }
}

/// All problems, one a line.
impl fmt::Display for ExpandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, (place, message)) in self.problems.iter().enumerate() {
            if number > 0 {
                f.write_str("\n")?;
            }
            match place {
                Some(place) => write!(f, "{place}: {message}")?,
                None => f.write_str(message)?,
            }
        }
        Ok(())
    }
}

impl std::error::Error for ExpandError {}

/// Expands a list in the releases opened.
///
/// - Codes that are named one by one are themselves.
/// - Of a definition, a code takes part by the included or excluded codes nearest above it.
/// - Of a value set, what is included without what is excluded; its stored expansion only where
///   it has nothing else.
/// - An expression constraint is evaluated.
///
/// # Errors
/// [`ExpandError`]: the answer would not be whole, or would be a guess.
///
/// ```
/// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/golden/1.0-tiny.farr");
/// # let terminology = farr::Terminology::open([golden])?;
/// use farr_codelists::{Codelist, ExpandOptions, expand};
///
/// let list = Codelist::of_ecl(farr::Ecl::parse("<< 301000 MINUS 401004")?);
/// let options = ExpandOptions::default();
/// let answer = terminology.ask_systems(|systems| expand(&list, systems, &options))??;
/// assert!(answer.members.iter().any(|member| member.code == "301000"));
/// assert!(answer.members.iter().all(|member| member.code != "401004"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn expand(
    list: &Codelist,
    systems: Systems<'_>,
    options: &ExpandOptions,
) -> Result<Expansion, ExpandError> {
    let known = Known { systems, dialect: options.dialect };
    damaged(list, known)?;
    let mut notes = Vec::new();
    let chosen = match &list.content {
        Content::Codes(codes) => codes.entries.iter().map(Chosen::of).collect(),
        Content::Definition(rows) => definition::expand(rows, known, &mut notes)?,
        Content::ValueSet(set) => value_set::expand(set, known, &mut notes)?,
        Content::Ecl(ecl) => {
            let ids = known.evaluate(ecl, None, &mut notes)?;
            ids.into_iter().map(|id| Chosen::id(System::Snomed.into(), id)).collect()
        }
    };
    let members: Vec<Member> =
        chosen.into_iter().map(|one| known.member(one)).collect::<Result<_, _>>()?;
    let unknown = members.iter().filter(|member| member.standing == Standing::Unknown);
    let told = |member: &Member| {
        let message = format!("{} is not in this release of {}", member.code, member.system);
        (member.place, message)
    };
    let unknown: Vec<(Option<Place>, String)> = unknown.map(told).collect();
    if !unknown.is_empty() && !options.keep_unknown {
        return Err(ExpandError { kind: ExpandErrorKind::Unknown, problems: unknown });
    }
    if members.is_empty() {
        let message = match &list.content {
            Content::Ecl(_) => "the expression comes to no concept of this release",
            _ => "the list comes to no code",
        };
        let place = Place { line: 1, column: 1 };
        notes.push(Finding { kind: FindingKind::Empty, place, message: message.to_owned() });
    }
    not_asked(&members, &mut notes);
    Ok(Expansion { members, notes })
}

/// A code before it is looked up.
#[derive(Clone, Debug)]
struct Chosen {
    system: ListSystem,
    code: String,
    sctid: Option<Sctid>,
    stated: Option<String>,
    place: Option<Place>,
}

impl Chosen {
    fn of(entry: &Entry) -> Chosen {
        Chosen {
            system: entry.system.clone(),
            code: entry.code.text().to_owned(),
            sctid: entry.code.sctid(),
            stated: entry.display().map(str::to_owned),
            place: Some(entry.place),
        }
    }

    fn id(system: ListSystem, id: Sctid) -> Chosen {
        Chosen { system, code: id.to_string(), sctid: Some(id), stated: None, place: None }
    }
}

/// Refuses a list with damaged codes. A wrong check digit that the release has published so is none.
fn damaged(list: &Codelist, known: Known<'_>) -> Result<(), ExpandError> {
    let entries = list.entries();
    let published: Vec<Place> = entries
        .iter()
        .filter(|entry| matches!(entry.code.flaw(), Some(Flaw::WrongCheckDigit { .. })))
        .filter(|entry| known.is_known(entry))
        .map(|entry| entry.place)
        .collect();
    let is_published = |finding: &Finding| {
        finding.kind == FindingKind::WrongCheckDigit && published.contains(&finding.place)
    };
    let errors = list.errors().filter(|finding| !is_published(finding));
    let problems: Vec<(Option<Place>, String)> =
        errors.map(|finding| (Some(finding.place), finding.message.clone())).collect();
    match problems.is_empty() {
        true => Ok(()),
        false => Err(ExpandError { kind: ExpandErrorKind::Damaged, problems }),
    }
}

/// Which terms in pipes are not terms of their concepts, of an expression that can be evaluated.
pub(crate) fn other_terms(ecl: &Ecl, systems: Systems<'_>, dialect: Dialect) -> Vec<Finding> {
    let mut notes = Vec::new();
    // Why it cannot be is told where it is asked.
    let _ = Known { systems, dialect }.evaluate(ecl, None, &mut notes);
    notes.retain(|note| note.kind == FindingKind::OtherTerm);
    notes
}

/// Tells which systems nobody was asked for.
fn not_asked(members: &[Member], notes: &mut Vec<Finding>) {
    let mut told: Vec<&ListSystem> = Vec::new();
    for member in members.iter().filter(|member| member.standing == Standing::NotAsked) {
        if told.contains(&&member.system) {
            continue;
        }
        told.push(&member.system);
        notes.push(Finding {
            kind: FindingKind::NotAsked,
            place: member.place.unwrap_or(Place { line: 1, column: 1 }),
            message: format!(
                "the codes of {} are given as they stand: farr does not have the system",
                member.system
            ),
        });
    }
}

impl Known<'_> {
    /// The concepts of an expression constraint by their ids; `place` is that of a filter.
    fn evaluate(
        self,
        ecl: &Ecl,
        place: Option<Place>,
        notes: &mut Vec<Finding>,
    ) -> Result<Vec<Sctid>, ExpandError> {
        let snomed = self.snomed()?;
        let source = ecl.source();
        let lines = Lines::of(source);
        let place_of = |span: Span| place.unwrap_or_else(|| lines.place(span.start));
        let run = snomed.evaluation().other_terms(Report::Warning).run(ecl);
        let evaluated = run.map_err(|error| match &error {
            EvaluationError::Findings(findings) => {
                let problem =
                    |found: &EclFinding| (Some(place_of(found.span)), found.render(source));
                let problems = findings.iter().map(problem).collect();
                ExpandError { kind: ExpandErrorKind::Named, problems }
            }
            error => {
                let place = error.span().map(place_of).or(place);
                ExpandError::one(ExpandErrorKind::Expression, place, error.render(source))
            }
        })?;
        notes.extend(evaluated.warnings.iter().map(|warning| Finding {
            kind: match warning.kind {
                EclFindingKind::OtherTerm { .. } => FindingKind::OtherTerm,
                _ => FindingKind::Expression,
            },
            place: place_of(warning.span),
            message: warning.render(source),
        }));
        // It was evaluated, so that this can be.
        let named = ecl.identifiers();
        for gap in snomed.evaluation().gaps(ecl).into_iter().flatten() {
            let EclFindingKind::InactiveOperand { id } = gap.finding.kind else { continue };
            // One that the text does not name is of a set that it describes.
            let kind = match named.iter().any(|one| one.id == id) {
                true => FindingKind::Inactive,
                false => FindingKind::Expression,
            };
            let place = place_of(gap.finding.span);
            notes.push(Finding { kind, place, message: gap.finding.render(source) });
        }
        Ok(evaluated.concepts.sorted_ids())
    }
}
