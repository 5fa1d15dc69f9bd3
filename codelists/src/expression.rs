//! From concepts to an expression constraint that comes to them.

use std::collections::BTreeSet;

use farr::ecl::{Ecl, EclError, Report};
use farr::{Dialect, Sctid, Snomed};

use crate::compress::{Block, BlockKind, Hierarchy, Shape, compress};
use crate::write::with_term;

/// The is-a hierarchy of a release, to be compressed over.
#[derive(Clone, Copy, Debug)]
pub struct IsA<'t>(pub Snomed<'t>);

impl Hierarchy for IsA<'_> {
    type Node = Sctid;

    fn parents(&self, node: Sctid) -> Vec<Sctid> {
        let concept = self.0.concept(node);
        concept.into_iter().flat_map(|concept| concept.parents().ids()).collect()
    }

    fn children(&self, node: Sctid) -> Vec<Sctid> {
        let concept = self.0.concept(node);
        concept.into_iter().flat_map(|concept| concept.children().ids()).collect()
    }
}

/// What a set of concepts was compressed to.
#[derive(Clone, Debug)]
pub struct Compressed {
    /// The expression; evaluated in the same release, it is the set again.
    pub ecl: Ecl,
    /// Its blocks.
    pub shape: Shape<Sctid>,
    /// The inactive concepts of the set: each stands alone in the expression, as no hierarchy has
    /// them.
    pub inactive: Vec<Sctid>,
}

/// Why there is no expression for a set of concepts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CompressError {
    /// There are no concepts, and no expression stands for none.
    #[error("there are no concepts, and no expression stands for none")]
    Empty,
    /// The release does not have these.
    #[error("{} is not in this release", .0.first().map(ToString::to_string).unwrap_or_default())]
    Unknown(Vec<Sctid>),
    /// The expression cannot be read: it is too long.
    #[error("the expression cannot be read back: {0}")]
    Unreadable(EclError),
    /// The expression does not come to the set again; it is not given.
    #[error("the expression found does not come to the list again, and is not given")]
    Inexact,
}

/// The smallest expression constraint found that comes to exactly these concepts in this release.
/// It is evaluated and compared before it is given.
///
/// `dialect` says whose terms stand in pipes behind the ids; without it none do.
///
/// # Errors
/// [`CompressError`].
///
/// ```
/// # let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/golden/1.0-tiny.farr");
/// # let terminology = farr::Terminology::open([golden])?;
/// # let snomed = terminology.snomed()?;
/// use farr_codelists::compress_concepts;
/// let ids = snomed.evaluate(&farr::Ecl::parse("<< 301000 MINUS << 401004")?)?.sorted_ids();
/// assert!(ids.len() > 2);
/// let compressed = compress_concepts(snomed, &ids, None)?;
/// assert_eq!(snomed.evaluate(&compressed.ecl)?.sorted_ids(), ids);
/// assert!(compressed.shape.len() <= 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn compress_concepts(
    snomed: Snomed<'_>,
    ids: &[Sctid],
    dialect: Option<Dialect>,
) -> Result<Compressed, CompressError> {
    let wanted: BTreeSet<Sctid> = ids.iter().copied().collect();
    let unknown: Vec<Sctid> =
        wanted.iter().copied().filter(|id| snomed.concept(*id).is_none()).collect();
    if !unknown.is_empty() {
        return Err(CompressError::Unknown(unknown));
    }
    let is_active = |id: &Sctid| snomed.concept(*id).is_some_and(|concept| concept.is_active());
    let (active, inactive): (Vec<Sctid>, Vec<Sctid>) = wanted.iter().copied().partition(is_active);
    let mut shape = compress(&IsA(snomed), &active);
    // No hierarchy has the inactive ones, so adding them last changes nothing else.
    if !inactive.is_empty() {
        if shape.layers.len() % 2 == 0 {
            shape.layers.push(Vec::new());
        }
        let alone = inactive.iter().map(|id| Block { kind: BlockKind::Alone, node: *id });
        if let Some(last) = shape.layers.last_mut() {
            last.extend(alone);
        }
    }
    let named = |id: Sctid| {
        let concept = dialect.and_then(|dialect| Some((dialect, snomed.concept(id)?)));
        let term = concept.and_then(|(dialect, concept)| concept.preferred_term(dialect));
        with_term(&id.to_string(), term.map(|term| term.text()))
    };
    let text = shape.expression(named).ok_or(CompressError::Empty)?;
    let ecl = Ecl::parse(&text).map_err(CompressError::Unreadable)?;
    let evaluated = snomed.evaluation().other_terms(Report::Ignore).run(&ecl);
    let exact = evaluated.is_ok_and(|answer| {
        answer.concepts.len() == wanted.len()
            && answer.concepts.ids().all(|id| wanted.contains(&id))
    });
    match exact {
        true => Ok(Compressed { ecl, shape, inactive }),
        false => Err(CompressError::Inexact),
    }
}
