//! Where a classification lies in a file, checked against each other once.

use super::code::RubricCode;
use crate::index::bucket::BUCKET_LENGTH;
use crate::index::format::{self, RUBRIC_LENGTH, RUBRIC_REFERENCE_LENGTH, RUBRIC_TEXT_LENGTH};
use crate::index::{IndexFile, OpenError, Section};
use crate::search::SearchLayout;

/// The sections of a classification.
#[derive(Debug)]
pub(crate) struct ClassificationLayout {
    pub(super) meta: Section,
    pub(super) rubrics: Section,
    pub(super) buckets: Section,
    pub(super) order: Section,
    pub(super) texts: Section,
    pub(super) references: Section,
    pub(super) strings: Section,
    pub(super) search: SearchLayout,
    /// How many rubrics and texts there are, without the one past the end.
    pub(super) rubric_count: u32,
    pub(super) text_count: u32,
}

impl ClassificationLayout {
    /// The layout of a classification in a file, or `None` where it has none.
    pub(crate) fn of<C: RubricCode>(
        file: &IndexFile,
    ) -> Result<Option<ClassificationLayout>, OpenError> {
        let tags = C::TAGS;
        if file.section(tags.rubrics).is_none() {
            return Ok(None);
        }
        let corrupt = |tag, what| file.corrupt_section(tag, what);
        let any = |tag| file.needed(tag);
        let records = |tag, length| file.records(tag, length, 0);
        // The last record of either is one past the end.
        let counted = |tag, length: usize| {
            let section: Section = records(tag, length)?;
            let count = section.items.checked_sub(1).and_then(|count| u32::try_from(count).ok());
            let count = count.filter(|count| *count < format::NONE_RUBRIC);
            Ok((section, count.ok_or_else(|| corrupt(tag, "there are none, or more than fit"))?))
        };
        let (rubrics, rubric_count) = counted(tags.rubrics, RUBRIC_LENGTH)?;
        let (texts, text_count) = counted(tags.texts, RUBRIC_TEXT_LENGTH)?;
        let buckets = any(tags.buckets)?;
        if buckets.length == 0 || buckets.length.checked_rem(BUCKET_LENGTH) != Some(0) {
            return Err(corrupt(tags.buckets, "a table that is not whole buckets"));
        }
        Ok(Some(ClassificationLayout {
            meta: any(format::META)?,
            rubrics,
            buckets,
            order: records(tags.order, 4)?,
            texts,
            references: records(tags.references, RUBRIC_REFERENCE_LENGTH)?,
            strings: any(tags.strings)?,
            search: SearchLayout {
                ranks: any(tags.ranks)?,
                zones: any(tags.zones)?,
                words: any(tags.words)?,
                word_postings: any(tags.word_postings)?,
                prefix_postings: any(tags.prefix_postings)?,
                postings: any(tags.postings)?,
            },
            rubric_count,
            text_count,
        }))
    }
}
