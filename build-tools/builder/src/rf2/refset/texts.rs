//! Texts of refset columns, taken apart: a template, and the ids of concepts in it.

use farr::id::verhoeff;
use rustc_hash::FxHashMap;

use crate::rf2::row::digits;

/// The byte of a template that stands for an id: a column cannot hold one, for it ends there.
pub(crate) const PLACE: char = '\t';

/// Distinct texts, numbered as they come.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    numbers: FxHashMap<Box<str>, u32>,
}

impl Texts {
    pub(crate) fn number(&mut self, text: &str) -> u32 {
        match self.numbers.get(text) {
            Some(number) => *number,
            None => {
                let number = self.numbers.len() as u32;
                self.numbers.insert(text.into(), number);
                number
            }
        }
    }

    /// The texts, by number.
    pub(crate) fn into_texts(self) -> Vec<Box<str>> {
        let mut texts: Vec<(Box<str>, u32)> = self.numbers.into_iter().collect();
        texts.sort_unstable_by_key(|(_, number)| *number);
        texts.into_iter().map(|(text, _)| text).collect()
    }
}

/// Whether a run of digits is the id of a concept, as far as the digits say.
fn concept_id(run: &[u8]) -> Option<u64> {
    if run.len() < 6 {
        return None;
    }
    let id = digits(run)?;
    // Partitions 00 and 10 are those of concepts.
    (matches!(id / 10 % 100, 0 | 10) && verhoeff::is_valid(id)).then_some(id)
}

/// Takes a text apart: its template goes to `template`, its ids to `ids`.
pub(crate) fn take_apart(text: &str, template: &mut String, ids: &mut Vec<u64>) {
    template.clear();
    let bytes = text.as_bytes();
    let (mut copied, mut at) = (0, 0);
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && bytes[at].is_ascii_digit() {
            at += 1;
        }
        if let Some(id) = concept_id(&bytes[start..at]) {
            template.push_str(&text[copied..start]);
            template.push(PLACE);
            ids.push(id);
            copied = at;
        }
    }
    template.push_str(&text[copied..]);
}

/// Puts a text together again; `keep` says which ids stay places, given in order.
pub(crate) fn put_together(
    template: &str,
    ids: &[u64],
    text: &mut String,
    mut keep: impl FnMut(u64) -> bool,
) {
    text.clear();
    let mut ids = ids.iter();
    for (number, piece) in template.split(PLACE).enumerate() {
        if number > 0 {
            let id = ids.next().copied().unwrap_or_default();
            match keep(id) {
                true => text.push(PLACE),
                false => text.push_str(&id.to_string()),
            }
        }
        text.push_str(piece);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_concepts_become_places_and_come_back() {
        let text = "SubClassOf(:24700007 :138875005) 20260801 24700008 1 #500 999000011000000103";
        let (mut template, mut ids, mut again) = (String::new(), Vec::new(), String::new());
        take_apart(text, &mut template, &mut ids);
        assert_eq!(template, "SubClassOf(:\t :\t) 20260801 24700008 1 #500 \t");
        assert_eq!(ids, [24_700_007, 138_875_005, 999_000_011_000_000_103]);
        put_together(&template, &ids, &mut again, |_| false);
        assert_eq!(again, text);
        put_together(&template, &ids, &mut again, |id| id == 138_875_005);
        assert_eq!(again, "SubClassOf(:24700007 :\t) 20260801 24700008 1 #500 999000011000000103");
    }

    #[test]
    fn equal_texts_have_one_number() {
        let mut texts = Texts::default();
        assert_eq!(["b", "a", "a", "b"].map(|text| texts.number(text)), [0, 1, 1, 0]);
        assert_eq!(texts.into_texts(), [Box::from("b"), Box::from("a")]);
    }
}
