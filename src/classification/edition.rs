//! A classification as opened: the entry to everything else.

use std::marker::PhantomData;

use super::code::RubricCode;
use super::layout::ClassificationLayout;
use super::rubric::Rubric;
use super::rubrics::{CodeRubrics, Rubrics};
use super::system::CodeSystem;
use crate::id::{ClassificationCode, CodeRange, Icd10CmCode, Icd10Code, Opcs4Code};
use crate::index::bucket::Buckets;
use crate::index::format::RUBRIC_LENGTH;
use crate::index::{Meta, MetaClassification, Source};

/// One edition of a classification, as one index holds it: [`Icd10`], [`Icd10Cm`] or [`Opcs4`].
///
/// A handle: `Copy`, and free to pass around. Given by
/// [`Terminology::icd10`](crate::Terminology::icd10) and its like.
///
/// ```no_run
/// use farr::Terminology;
///
/// let terminology = Terminology::open(["icd10.farr"])?;
/// let icd10 = terminology.icd10()?;
/// // G35, G35X and G35.X are one code, and so lead to one rubric.
/// let rubric = icd10.rubric("G35X".parse()?).ok_or("not in this edition")?;
/// println!("{} {}", rubric.code_text(), rubric.title());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Classification<'t, C> {
    pub(super) source: Source<'t>,
    pub(super) layout: &'t ClassificationLayout,
    code: PhantomData<C>,
}

/// ICD-10, of the WHO or in the edition of the NHS.
pub type Icd10<'t> = Classification<'t, Icd10Code>;

/// ICD-10-CM.
pub type Icd10Cm<'t> = Classification<'t, Icd10CmCode>;

/// OPCS-4.
pub type Opcs4<'t> = Classification<'t, Opcs4Code>;

impl<C> Clone for Classification<'_, C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for Classification<'_, C> {}

impl<'t, C: RubricCode> Classification<'t, C> {
    pub(crate) const NAME: &'static str = C::SYSTEM.name();

    pub(crate) fn new(
        source: Source<'t>,
        layout: &'t ClassificationLayout,
    ) -> Classification<'t, C> {
        Classification { source, layout, code: PhantomData }
    }

    /// Which classification it is.
    pub fn system(self) -> CodeSystem {
        C::SYSTEM
    }

    /// What the index says of itself. Allocates.
    pub fn meta(self) -> Meta {
        let view = self.source.view(self.layout.meta);
        view.text(0, view.len()).map(Meta::from_text).unwrap_or_default()
    }

    /// The edition as its source names it: title, version, and the day from which it is valid, as far
    /// as each is said. Allocates.
    pub fn edition(self) -> MetaClassification {
        let all = self.meta().classifications;
        let own = all.into_iter().find(|found| found.system == C::SYSTEM.word());
        own.unwrap_or_default()
    }

    /// The rubric of a code; `None` where this edition does not have the code. Reads two cache lines.
    ///
    /// An edition that does not have it may have the code above it: see
    /// [`Classification::nearest`].
    #[inline]
    pub fn rubric(self, code: C) -> Option<Rubric<'t, C>> {
        let buckets = Buckets::new(self.source.view(self.layout.buckets));
        let number = buckets.find(code.key(), self.layout.rubric_count)?;
        Rubric::of_number(self, number)
    }

    /// The rubric of the code itself or, where this edition does not have it, of the longest code it
    /// is a subdivision of; `None` where it has not even the category.
    ///
    /// For showing where an unknown code would stand. It is not that code.
    pub fn nearest(self, code: C) -> Option<Rubric<'t, C>> {
        self.rubric(code).or_else(|| {
            let before = self.code_position(|key| key < code.key());
            let rubric = self.code_at(before.checked_sub(1)?)?;
            // What stands just before may be beside it; what both are below is above.
            rubric.and_above().find(|found| found.code().is_some_and(|above| code.is_within(above)))
        })
    }

    /// The chapter or block of this code as published, `IX` or `A00-A09`, spelled exactly so but for
    /// capitals. Costs a walk over the chapters and blocks.
    pub fn group(self, code: &str) -> Option<Rubric<'t, C>> {
        self.groups().find(|group| group.code_text().eq_ignore_ascii_case(code))
    }

    /// All chapters and blocks, each before what is below it; none where the source has none, as the
    /// file of the NHS.
    pub fn groups(self) -> impl Iterator<Item = Rubric<'t, C>> {
        // Below a code there are only codes, so its end is the next that may be a group.
        let mut next = 0;
        std::iter::from_fn(move || {
            while let Some(rubric) = Rubric::of_number(self, next) {
                let code = rubric.code().is_some();
                // A damaged end would lead back.
                let after = next.checked_add(1)?;
                next = if code { rubric.end().max(after) } else { after };
                if !code {
                    return Some(rubric);
                }
            }
            None
        })
    }

    /// The rubrics that have nothing above them: chapters, or where the source has none categories.
    pub fn roots(self) -> Rubrics<'t, C> {
        Rubrics::siblings(self, 0, self.layout.rubric_count)
    }

    /// All rubrics, each before what is below it.
    pub fn rubrics(self) -> Rubrics<'t, C> {
        Rubrics::all(self, 0, self.layout.rubric_count)
    }

    /// The rubrics of codes, in the order of their codes.
    pub fn codes(self) -> CodeRubrics<'t, C> {
        CodeRubrics::new(self, 0, self.layout.order.items, None)
    }

    /// How many rubrics it has, chapters and blocks included.
    pub fn len(self) -> usize {
        self.layout.rubric_count as usize
    }

    /// Whether it has none.
    pub fn is_empty(self) -> bool {
        self.layout.rubric_count == 0
    }

    /// The record of a rubric, or the one past the end.
    #[inline]
    pub(super) fn record(self, number: u32) -> Option<&'t [u8; RUBRIC_LENGTH]> {
        self.source.view(self.layout.rubrics).record(number as usize)
    }

    /// A text of the pool.
    pub(super) fn string(self, start: u32, length: usize) -> &'t str {
        self.source.view(self.layout.strings).text(start as usize, length).unwrap_or_default()
    }

    /// The first place of the codes whose key `before` is false of.
    pub(super) fn code_position(self, before: impl Fn(u64) -> bool) -> usize {
        crate::snomed::partition_point(0, self.layout.order.items, |place| {
            self.code_at(place).is_some_and(|rubric| before(rubric.key()))
        })
    }

    /// The rubric of the code at a place in the order of codes.
    pub(super) fn code_at(self, place: usize) -> Option<Rubric<'t, C>> {
        Rubric::of_number(self, self.source.view(self.layout.order).u32(place)?)
    }
}

impl<'t, C: RubricCode + ClassificationCode> Classification<'t, C> {
    /// The rubrics of the codes that a range [contains](CodeRange::contains), in the order of their
    /// codes. Costs two searches.
    ///
    /// ```no_run
    /// # let terminology = farr::Terminology::open(["icd10.farr"])?;
    /// let icd10 = terminology.icd10()?;
    /// for rubric in icd10.in_range("E10-E14".parse()?) {
    ///     println!("{} {}", rubric.code_text(), rubric.title());
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn in_range(self, range: CodeRange<C>) -> CodeRubrics<'t, C> {
        let start = self.code_position(|key| key < RubricCode::key(range.first()));
        let last = range.last();
        let end = self.code_position(|key| {
            key <= RubricCode::key(last)
                || C::from_key(key).is_some_and(|code| code.is_within(last))
        });
        CodeRubrics::new(self, start, end.max(start), Some(last))
    }
}
