//! Bytes as a file of a classification, for what tries to break the readers.

use super::log::Log;
use super::{claml, uk, uk_text, uk_xml};
use crate::problem::Notes;
use crate::rf2::Problems;

/// Whether bytes, as a file of the UK edition of ICD-10, can be read, and how many rubrics they have.
/// Read as text, as XML, and the one compared with the other.
#[must_use]
pub fn icd10_uk(bytes: &[u8]) -> (bool, usize) {
    let mut log = Log::new("input");
    let mut rubrics = 0;
    let text = uk_text::read(&mut &*bytes, &mut log).unwrap_or_default();
    rubrics += uk::classes(&text, &mut log).len();
    let mut xml_log = Log::new("input");
    let xml = uk_xml::read(&mut &*bytes, &mut xml_log).unwrap_or_default();
    rubrics += uk::classes(&xml, &mut xml_log).len();
    uk::compare(("text", &text), &xml, &mut xml_log);
    let is_read = !told(log) || !told(xml_log);
    (is_read, rubrics)
}

/// Whether bytes, as a file of ClaML, can be read, and how many classes they have, those that modifiers
/// make among them.
#[must_use]
pub fn claml(bytes: &[u8]) -> (bool, usize) {
    let mut log = Log::new("input");
    let read = claml::read(&mut &*bytes, &mut log).unwrap_or_default();
    let expanded = claml::expand(read, &mut log);
    assert!(expanded.iter().all(|class| !class.title().is_empty()), "a class without a title");
    let classes = expanded.len();
    assert!(claml::convert(expanded, &mut log).len() <= classes, "more rubrics than classes");
    (!told(log), classes)
}

/// Whether a log has problems, each of which can be shown.
fn told(log: Log) -> bool {
    let (mut problems, mut notes) = (Problems::default(), Notes::default());
    log.tell(&mut problems, &mut notes);
    assert!(problems.named.iter().all(|problem| !problem.to_string().is_empty()));
    !problems.named.is_empty()
}
