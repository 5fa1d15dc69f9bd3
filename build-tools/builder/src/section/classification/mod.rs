//! The sections of a classification: read by `farr::classification`.

mod strings;

#[cfg(test)]
mod tests;

use farr::classification::{RubricCode, TextKind};
use farr::id::DaggerAsterisk;
use farr::index::Meta;
use farr::index::MetaClassification;
use farr::index::bucket::Filling;
use farr::index::format::{NONE_RUBRIC, NONE_U16, RUBRIC_LENGTH, RUBRIC_MODIFIED};

use super::Section;
use super::buckets::buckets;
use super::bytes::u32s;
use crate::classification::{Class, ClassKind, Edition, Meanings, Ordered, OrderedRubric, order};
use crate::error::BuildError;
use crate::problem::{NoteKind, Notes};
use crate::section::search::{SearchSections, SearchTerm, search_sections};
use strings::Strings;

/// Longest text of a rubric: its length has 24 bits.
const LONGEST: usize = (1 << 24) - 1;

/// Makes the sections of an edition, and says in `meta` what they hold.
pub(crate) fn sections<C: RubricCode>(
    edition: Edition,
    meta: &mut Meta,
    notes: &mut Notes,
    mut send: impl FnMut(Section),
) -> Result<(), BuildError> {
    let ordered: Ordered<C> = order(&edition, notes);
    let meanings = Meanings::of(&edition.classes);
    if meanings.leave_open(&edition.classes) {
        notes.add(NoteKind::GenderMask, || C::SYSTEM.name().to_owned());
    }
    let mut strings = Strings::default();
    let mut made = Made::default();
    for rubric in &ordered.rubrics {
        made.rubric(&edition.classes[rubric.class], rubric, &meanings, &mut strings)?;
    }
    let Made { mut rubrics, texts, references, terms, text_count, reference_count } = made;
    let mut past = [0; RUBRIC_LENGTH];
    past[16..20].copy_from_slice(&text_count.to_le_bytes());
    rubrics.extend_from_slice(&past);
    let mut texts = texts;
    texts.extend_from_slice(&[0; 8]);
    texts.extend_from_slice(&reference_count.to_le_bytes());

    let mut keys: Vec<(u64, u32)> = ordered
        .rubrics
        .iter()
        .zip(0..)
        .filter_map(|(rubric, number)| Some((rubric.code?.key(), number)))
        .collect();
    keys.sort_unstable();
    let places: Vec<u32> = keys.iter().map(|(_, number)| *number).collect();
    describe::<C>(edition, &ordered, meta, text_count);
    let tags = C::TAGS;
    let rubric_items = ordered.rubrics.len() + 1;
    send(Section::new(tags.rubrics, rubric_items, rubrics));
    send(buckets(tags.buckets, keys, Filling::Light));
    send(Section::new(tags.order, places.len(), u32s(&places)));
    send(Section::new(tags.texts, text_count as usize + 1, texts));
    send(Section::new(tags.references, reference_count as usize, references));
    search::<C>(&terms, &strings)?.into_iter().for_each(&mut send);
    send(Section::new(tags.strings, 1, strings.into_bytes()));
    Ok(())
}

/// What the index says of the edition.
fn describe<C: RubricCode>(
    edition: Edition,
    ordered: &Ordered<C>,
    meta: &mut Meta,
    text_count: u32,
) {
    let of = |kind: ClassKind| {
        let kinds = edition.classes.iter().filter(|class| class.kind == kind);
        kinds.count() as u64
    };
    let name = C::SYSTEM.name();
    let modified = edition.classes.iter().filter(|class| class.is_modified).count() as u64;
    let counts = [
        ("codes", of(ClassKind::Code)),
        ("blocks", of(ClassKind::Block)),
        ("chapters", of(ClassKind::Chapter)),
        ("codes made by modifiers", modified),
        ("texts", u64::from(text_count)),
    ];
    for (what, count) in counts.into_iter().filter(|(what, count)| *count > 0 || *what == "codes") {
        meta.counts.push((format!("{name} {what}"), count));
    }
    debug_assert_eq!(ordered.rubrics.len(), edition.classes.len(), "all are in order");
    let Edition { title, version, date, mut sources, mut set_aside, .. } = edition;
    let system = C::SYSTEM.word().to_owned();
    meta.classifications.push(MetaClassification { system, version, date, title });
    meta.sources.append(&mut sources);
    meta.set_aside.append(&mut set_aside);
}

/// A text that is searched.
#[derive(Clone, Copy, Debug)]
struct Term {
    text: u32,
    rubric: u32,
    class: u8,
    start: u32,
    length: u32,
}

/// Rows under way.
#[derive(Debug, Default)]
struct Made {
    rubrics: Vec<u8>,
    texts: Vec<u8>,
    references: Vec<u8>,
    terms: Vec<Term>,
    text_count: u32,
    reference_count: u32,
}

impl Made {
    fn rubric<C: RubricCode>(
        &mut self,
        class: &Class,
        rubric: &OrderedRubric<C>,
        meanings: &Meanings,
        strings: &mut Strings,
    ) -> Result<(), BuildError> {
        let number = (self.rubrics.len() / RUBRIC_LENGTH) as u32;
        let code = strings.add(&class.code)?;
        let code_length =
            u8::try_from(class.code.len()).map_err(|_| BuildError::TooLarge { what: "a code" })?;
        let valid = class.is_valid.map_or(0, |valid| if valid { 1 } else { 2 });
        let flags = if class.is_modified { RUBRIC_MODIFIED } else { 0 }
            | mark(class.usage) << 1
            | valid << 3
            | meanings.limit(class).number() << 5;
        let kind = match class.kind {
            ClassKind::Chapter => 0,
            ClassKind::Block => 1,
            ClassKind::Code => 2,
        };
        let row = &mut self.rubrics;
        row.extend_from_slice(&rubric.code.map_or(0, C::key).to_le_bytes());
        row.extend_from_slice(&rubric.parent.unwrap_or(NONE_RUBRIC).to_le_bytes());
        row.extend_from_slice(&rubric.end.to_le_bytes());
        row.extend_from_slice(&self.text_count.to_le_bytes());
        row.extend_from_slice(&code.to_le_bytes());
        row.extend_from_slice(&[code_length, kind, flags, 0]);
        row.extend_from_slice(&class.minimum_age.unwrap_or(NONE_U16).to_le_bytes());
        row.extend_from_slice(&class.maximum_age.unwrap_or(NONE_U16).to_le_bytes());
        for text in &class.texts {
            let length = text.text.len();
            if length > LONGEST {
                return Err(BuildError::TooLarge { what: "a text of a classification" });
            }
            let start = strings.add(&text.text)?;
            let length = length as u32;
            self.texts.extend_from_slice(&start.to_le_bytes());
            let kind = u32::from(text.kind.number()) << 24;
            self.texts.extend_from_slice(&(length | kind).to_le_bytes());
            self.texts.extend_from_slice(&self.reference_count.to_le_bytes());
            if text.kind.is_searched() && !text.text.is_empty() {
                let class = match text.kind {
                    TextKind::Title => 0,
                    TextKind::Inclusion => 1,
                    _ => 2,
                };
                let text = self.text_count;
                self.terms.push(Term { text, rubric: number, class, start, length });
            }
            for reference in &text.references {
                let length = u16::try_from(reference.code.len());
                let length = length.map_err(|_| BuildError::TooLarge { what: "a reference" })?;
                let start = strings.add(&reference.code)?;
                self.references.extend_from_slice(&start.to_le_bytes());
                self.references.extend_from_slice(&length.to_le_bytes());
                let partner = u8::from(reference.is_partner);
                self.references.extend_from_slice(&[mark(reference.usage), partner]);
                self.reference_count += 1;
            }
            self.text_count += 1;
        }
        Ok(())
    }
}

fn mark(usage: Option<DaggerAsterisk>) -> u8 {
    match usage {
        None => 0,
        Some(DaggerAsterisk::Dagger) => 1,
        Some(DaggerAsterisk::Asterisk) => 2,
    }
}

/// The sections of search.
fn search<C: RubricCode>(terms: &[Term], strings: &Strings) -> Result<Vec<Section>, BuildError> {
    let terms: Vec<SearchTerm<'_>> = terms
        .iter()
        .map(|term| SearchTerm {
            row: term.text,
            ordinal: term.rubric,
            zone: 0,
            class: term.class,
            text: strings.text(term.start, term.length),
        })
        .collect();
    let searched = search_sections(&terms)
        .map_err(|_| BuildError::TooLarge { what: "words of a classification" })?;
    let items = searched.sections().map(|(_, items)| items);
    let SearchSections { ranks, zones, words, word_postings, prefix_postings, postings, .. } =
        searched;
    let bytes = [ranks, zones, words, word_postings, prefix_postings, postings];
    let sections = C::TAGS.search().into_iter().zip(items).zip(bytes);
    Ok(sections.map(|((tag, items), bytes)| Section::new(tag, items as usize, bytes)).collect())
}
