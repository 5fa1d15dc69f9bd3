//! How an expression is to be evaluated.

use std::sync::atomic::AtomicBool;

use crate::ecl::Ecl;
use crate::ecl::syntax::Expression;
use crate::id::Sctid;
use crate::snomed::{Concept, ConceptSet, Snomed};

use super::budget::{Budget, Limits};
use super::compile::Compiler;
use super::compiled::CompiledEcl;
use super::error::{EvaluationError, Finding, Report};
use super::select::{Selection, select_expression};

/// An evaluation and its options; made by [`Snomed::evaluation`].
///
/// Unless said otherwise, ids that the release does not have are errors, a refset without rows is a
/// warning, and terms in pipes are not looked at.
///
/// ```
/// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
/// # let terminology = farr::Terminology::open([golden])?;
/// # let snomed = terminology.snomed()?;
/// use farr::ecl::{Ecl, Report};
/// let ecl = Ecl::parse("<< 301000 MINUS 24700007")?;
/// assert!(snomed.evaluate(&ecl).is_err(), "this release does not have 24700007");
/// let answer = snomed.evaluation().unknown_concepts(Report::Warning).run(&ecl)?;
/// assert_eq!(answer.warnings.len(), 1);
/// assert!(answer.concepts.len() > 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "an evaluation does nothing until it is run"]
pub struct Evaluation<'o, 't> {
    pub(super) snomed: Snomed<'t>,
    pub(super) unknown: Report,
    pub(super) terms: Report,
    pub(super) refsets: Report,
    pub(super) additional: bool,
    limits: Limits,
    cancel: Option<&'o AtomicBool>,
    schemes: Vec<(String, Sctid)>,
    dialects: Vec<(String, Vec<Sctid>)>,
}

/// An answer, and what is told beside it.
#[derive(Clone, Debug)]
pub struct Evaluated<T> {
    /// The whole answer.
    pub concepts: T,
    /// What was asked to be reported as a warning.
    pub warnings: Vec<Finding>,
}

/// Findings as they are made.
#[derive(Clone, Debug, Default)]
pub(super) struct Findings {
    errors: Vec<Finding>,
    warnings: Vec<Finding>,
}

/// Findings that are kept at most: enough to mend an expression by.
const MOST: usize = 100;

impl Findings {
    pub(super) fn add(&mut self, finding: Finding, report: Report) {
        let list = match report {
            Report::Error => &mut self.errors,
            Report::Warning => &mut self.warnings,
            Report::Ignore => return,
        };
        if list.len() < MOST && !list.contains(&finding) {
            list.push(finding);
        }
    }

    pub(super) fn into_warnings(self) -> Result<Vec<Finding>, EvaluationError> {
        match self.errors.is_empty() {
            true => Ok(self.warnings),
            false => Err(EvaluationError::Findings(self.errors)),
        }
    }
}

/// The aliases of language refsets that the specification names for the United Kingdom and the
/// International Edition (ECL, appendix C), older spellings included.
const DIALECTS: [(&str, u64); 13] = [
    ("en-gb", 900_000_000_000_508_004),
    ("en-us", 900_000_000_000_509_007),
    ("en-x-nhs-clinical", 999_001_261_000_000_100),
    ("en-x-nhs-pharmacy", 999_000_691_000_001_104),
    ("en-x-nhs-dmd", 999_000_671_000_001_103),
    ("en-nhs-clinical", 999_001_261_000_000_100),
    ("en-nhs-pharmacy", 999_000_691_000_001_104),
    ("en-nhs-dmd", 999_000_671_000_001_103),
    ("en-gb-x-drug", 999_000_681_000_001_101),
    ("en-gb-x-ext", 999_001_251_000_000_103),
    ("en-gb-drug", 999_000_681_000_001_101),
    ("en-gb-ext", 999_001_251_000_000_103),
    ("en-int-gmdn", 608_771_002),
];

impl<'t> Snomed<'t> {
    /// An evaluation of expression constraints, to set options of.
    pub fn evaluation<'o>(self) -> Evaluation<'o, 't> {
        let known = |(alias, id): (&str, u64)| Some((alias.to_owned(), Sctid::as_published(id)?));
        Evaluation {
            snomed: self,
            unknown: Report::Error,
            terms: Report::Ignore,
            refsets: Report::Warning,
            additional: false,
            limits: Limits::default(),
            cancel: None,
            schemes: [("LOINC", 30_051_010_000_102)].into_iter().filter_map(known).collect(),
            dialects: Vec::new(),
        }
    }

    /// The concepts that satisfy an expression constraint: all of them, or an error.
    ///
    /// Costs well under a microsecond for `<< X`, some microseconds for refinements.
    ///
    /// ```
    /// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([golden])?;
    /// # let snomed = terminology.snomed()?;
    /// use farr::ecl::Ecl;
    /// let below = snomed.evaluate(&Ecl::parse("< 301000 |Quibble|")?)?;
    /// let squeak = snomed.concept("401004".parse()?).ok_or("not in this release")?;
    /// assert!(below.contains(squeak));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`EvaluationError`]: an id that the release does not have, among others.
    pub fn evaluate(self, ecl: &Ecl) -> Result<ConceptSet<'t>, EvaluationError> {
        self.evaluation().run(ecl).map(|answer| answer.concepts)
    }

    /// Whether a concept satisfies an expression constraint, without the rest of the answer.
    ///
    /// For many concepts against one expression, [`Evaluation::compile`] it once.
    ///
    /// # Errors
    ///
    /// As [`Snomed::evaluate`].
    pub fn matches(self, ecl: &Ecl, concept: Concept<'t>) -> Result<bool, EvaluationError> {
        self.evaluation().compile(ecl)?.concepts.matches(concept)
    }
}

impl<'o, 't> Evaluation<'o, 't> {
    /// What becomes of ids and alternate identifiers that the release does not have; an error
    /// unless said. Where it is none, they stand for no concept.
    pub fn unknown_concepts(mut self, report: Report) -> Evaluation<'o, 't> {
        self.unknown = report;
        self
    }

    /// What becomes of terms in pipes that are not terms of their concept; ignored unless said.
    pub fn other_terms(mut self, report: Report) -> Evaluation<'o, 't> {
        self.terms = report;
        self
    }

    /// What becomes of `^` before a concept that has no rows as a refset; a warning unless said.
    pub fn not_refsets(mut self, report: Report) -> Evaluation<'o, 't> {
        self.refsets = report;
        self
    }

    /// Whether attributes count that do not define their concepts: additional and qualifying
    /// relationships. They do not unless said: a refinement is about defining attributes
    /// (specification, 6.2).
    pub fn additional_relationships(mut self, count: bool) -> Evaluation<'o, 't> {
        self.additional = count;
        self
    }

    /// What it may cost.
    pub fn limits(mut self, limits: Limits) -> Evaluation<'o, 't> {
        self.limits = limits;
        self
    }

    /// A flag that calls it off, from another thread say, once it is set.
    pub fn cancel(mut self, cancel: &'o AtomicBool) -> Evaluation<'o, 't> {
        self.cancel = Some(cancel);
        self
    }

    /// An alias of a scheme of alternate identifiers; `LOINC` is known. Case does not matter.
    pub fn identifier_scheme(mut self, alias: &str, scheme: Sctid) -> Evaluation<'o, 't> {
        self.schemes.retain(|(known, _)| !known.eq_ignore_ascii_case(alias));
        self.schemes.push((alias.to_owned(), scheme));
        self
    }

    /// An alias of one language refset or several; those of the specification's appendix C for the
    /// United Kingdom and the International Edition are known. Case does not matter.
    pub fn dialect_alias(mut self, alias: &str, refsets: &[Sctid]) -> Evaluation<'o, 't> {
        self.dialects.retain(|(known, _)| !known.eq_ignore_ascii_case(alias));
        self.dialects.push((alias.to_owned(), refsets.to_vec()));
        self
    }

    pub(super) fn scheme(&self, alias: &str) -> Option<Sctid> {
        let found = self.schemes.iter().find(|(known, _)| known.eq_ignore_ascii_case(alias));
        found.map(|(_, scheme)| *scheme)
    }

    pub(super) fn dialect(&self, alias: &str) -> Vec<Sctid> {
        let own = self.dialects.iter().find(|(known, _)| known.eq_ignore_ascii_case(alias));
        match own {
            Some((_, refsets)) => refsets.clone(),
            None => DIALECTS
                .iter()
                .filter(|(known, _)| known.eq_ignore_ascii_case(alias))
                .filter_map(|(_, id)| Sctid::as_published(*id))
                .collect(),
        }
    }

    pub(super) fn compiler(&self) -> Compiler<'_, 't> {
        Compiler {
            snomed: self.snomed,
            options: self,
            findings: Findings::default(),
            budget: self.budget(),
        }
    }

    pub(super) fn budget(&self) -> Budget<'o> {
        Budget::new(self.limits, self.cancel)
    }

    /// Evaluates an expression.
    ///
    /// # Errors
    ///
    /// [`EvaluationError`].
    pub fn run(&self, ecl: &Ecl) -> Result<Evaluated<ConceptSet<'t>>, EvaluationError> {
        self.run_expression(ecl.expression())
    }

    pub(super) fn run_expression(
        &self,
        expression: &Expression,
    ) -> Result<Evaluated<ConceptSet<'t>>, EvaluationError> {
        let mut compiler = self.compiler();
        let node = compiler.expression(expression)?;
        let Compiler { findings, mut budget, .. } = compiler;
        let warnings = findings.into_warnings()?;
        let ordinals = match node {
            super::plan::Node::Known(set) => set,
            node => super::run::run(self.snomed, &node, &mut budget)?,
        };
        Ok(Evaluated { concepts: ConceptSet::new(self.snomed, ordinals), warnings })
    }

    /// Looks up what an expression names, to match many concepts against it.
    ///
    /// # Errors
    ///
    /// [`EvaluationError`].
    pub fn compile(&self, ecl: &Ecl) -> Result<Evaluated<CompiledEcl<'t>>, EvaluationError> {
        let mut compiler = self.compiler();
        let node = compiler.expression(ecl.expression())?;
        let Compiler { findings, .. } = compiler;
        let warnings = findings.into_warnings()?;
        let compiled = CompiledEcl::new(self.snomed, node, self.limits);
        Ok(Evaluated { concepts: compiled, warnings })
    }

    /// Evaluates an expression that may end in a selection of refset fields: concepts, or rows.
    ///
    /// # Errors
    ///
    /// [`EvaluationError`].
    pub fn select(&self, ecl: &Ecl) -> Result<Evaluated<Selection<'t>>, EvaluationError> {
        select_expression(self, ecl.expression())
    }
}
