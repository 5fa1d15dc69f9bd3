//! The ways that maps publish a code.

use std::borrow::Cow;

use super::table::MapTable;
use crate::classification::{CodeSystem, RubricCode};
use crate::id::{
    ClassificationCodeError, CodeText, DaggerAsterisk, Icd10CmCode, MarkedIcd10Code, Opcs4Code,
};
use crate::snomed::TargetsByKey;

/// What is sought, where a code is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sought<'c> {
    /// A code of ICD-10. Without a mark it is sought with either mark and with none.
    Icd10(MarkedIcd10Code),
    /// A code of ICD-10-CM.
    Icd10Cm(Icd10CmCode),
    /// A code of OPCS-4.
    Opcs4(Opcs4Code),
    /// A text, where it is not known what codes are of.
    Text(Cow<'c, str>),
}

impl<'c> Sought<'c> {
    pub(super) fn parse(
        system: Option<CodeSystem>,
        code: &'c str,
    ) -> Result<Sought<'c>, ClassificationCodeError> {
        Ok(match system {
            Some(CodeSystem::Icd10) => Sought::Icd10(MarkedIcd10Code::parse(code)?),
            Some(CodeSystem::Icd10Cm) => Sought::Icd10Cm(Icd10CmCode::parse(code)?),
            Some(CodeSystem::Opcs4) => Sought::Opcs4(Opcs4Code::parse(code)?),
            None => Sought::Text(Cow::Borrowed(code.trim())),
        })
    }

    /// The same code with each mark that it is sought with; of codes that have none, itself.
    fn with_marks(&self) -> impl Iterator<Item = Sought<'c>> {
        let marks: &[_] = match self {
            Sought::Icd10(code) if code.mark().is_none() => &MARKS,
            _ => &[None],
        };
        marks.iter().map(move |mark| match self {
            Sought::Icd10(code) if code.mark().is_none() => {
                Sought::Icd10(MarkedIcd10Code::new(code.code(), *mark))
            }
            other => other.clone(),
        })
    }

    /// The texts that maps may publish for it, with its mark.
    fn published(&self) -> [Option<CodeText>; 3] {
        match self {
            Sought::Icd10(code) => {
                let unmarked = code.mark().is_none().then(|| code.code().undotted());
                [Some(code.padded()), Some(code.dotted()), unmarked]
            }
            Sought::Icd10Cm(code) => [Some(code.dotted()), Some(code.undotted()), None],
            Sought::Opcs4(code) => [Some(code.dotted()), Some(code.undotted()), None],
            Sought::Text(_) => [None; 3],
        }
    }

    /// Every text that maps may publish for what is sought, each once and by their bytes.
    pub(super) fn spellings(&self) -> Vec<String> {
        if let Sought::Text(text) = self {
            return vec![text.clone().into_owned()];
        }
        let texts = self.with_marks().flat_map(|code| code.published()).flatten();
        let mut spelled: Vec<String> = texts.map(|text| text.to_string()).collect();
        spelled.sort_unstable();
        spelled.dedup();
        spelled
    }

    /// The least and the greatest of the keys of what is sought; `None` for a text.
    fn keys(&self) -> Option<(u64, u64)> {
        let marked = |code: MarkedIcd10Code, mark: u64| code.code().key() << 2 | mark;
        Some(match self {
            Sought::Icd10(code) => match code.mark() {
                None => (marked(*code, 0), marked(*code, 3)),
                Some(DaggerAsterisk::Dagger) => (marked(*code, 1), marked(*code, 1)),
                Some(DaggerAsterisk::Asterisk) => (marked(*code, 2), marked(*code, 2)),
            },
            Sought::Icd10Cm(code) => (code.key(), code.key()),
            Sought::Opcs4(code) => (code.key(), code.key()),
            Sought::Text(_) => return None,
        })
    }

    /// The key of a target, where it is a code as maps publish it.
    fn key_of(system: Option<CodeSystem>, target: &str) -> Option<u64> {
        let code = Sought::parse(system, target).ok()?;
        let (key, _) = code.keys()?;
        code.published().iter().flatten().any(|text| **text == *target).then_some(key)
    }
}

/// A code without a mark is sought in all of these ways.
const MARKS: [Option<DaggerAsterisk>; 3] =
    [None, Some(DaggerAsterisk::Dagger), Some(DaggerAsterisk::Asterisk)];

impl<'t> MapTable<'t> {
    /// The active rows whose target is what is sought, by target and in the order of the texts.
    pub(super) fn rows_with_code(&self, sought: &Sought<'_>) -> Vec<u32> {
        let mut found = Vec::new();
        let mut add = |rows: super::table::TargetRows<'t>| {
            found.reserve(rows.len());
            found.extend(rows.iter());
        };
        match sought.keys().and_then(|keys| Some((self.codes()?, keys))) {
            Some((codes, (first, last))) => match codes.between(first, last) {
                [only] => add(self.rows_of_target(*only)),
                several => {
                    let mut several = several.to_vec();
                    several.sort_unstable();
                    several.iter().for_each(|target| add(self.rows_of_target(*target)));
                }
            },
            None => sought.spellings().iter().for_each(|text| add(self.rows_with_target(text))),
        }
        found
    }

    /// The codes that its targets spell, in memory.
    fn codes(&self) -> Option<&'t TargetsByKey> {
        let (memory, targets) = (self.memory()?, self.targets()?);
        Some(memory.codes.get_or_init(|| {
            let key = |(number, text)| Some((Sought::key_of(self.system, text)?, number));
            TargetsByKey::of((0..).zip(targets.texts()).filter_map(key).collect())
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spellings(system: Option<CodeSystem>, code: &str) -> Vec<String> {
        Sought::parse(system, code).unwrap().spellings()
    }

    #[test]
    fn a_code_is_spelled_in_every_way_that_maps_have() {
        let icd_10 = |code| spellings(Some(CodeSystem::Icd10), code).join(" ");
        for spelled in ["G35", "g35x", "G35.X", " G35 "] {
            assert_eq!(icd_10(spelled), "G35 G35* G35X G35XA G35XD G35†", "{spelled}");
        }
        for spelled in ["J31.2", "J312"] {
            assert_eq!(icd_10(spelled), "J31.2 J31.2* J31.2† J312 J312A J312D", "{spelled}");
        }
        assert_eq!(icd_10("G01XA"), "G01* G01XA");
        let opcs_4 = |code| spellings(Some(CodeSystem::Opcs4), code).join(" ");
        assert_eq!(opcs_4("x384"), "X38.4 X384");
        assert!(Sought::parse(Some(CodeSystem::Opcs4), "G35XA").is_err());
        let cm = spellings(Some(CodeSystem::Icd10Cm), "s52521a");
        assert_eq!(cm, ["S52.521A", "S52521A"]);
        assert_eq!(spellings(None, " .72. "), [".72."]);
    }

    /// Texts as maps may publish them, and some that they do not, of a few codes.
    fn texts() -> Vec<String> {
        let mut texts = Vec::new();
        for category in ["A00", "G01", "G35", "X38", "Z99"] {
            for fourth in ["", ".0", "0", ".9", "9", "X", ".X", "X0", ".X0", ".90", "90", "A", "52"]
            {
                for mark in ["", "A", "D", "*", "†", "-", "?", " ", "-D", "X", "+"] {
                    texts.push(format!("{category}{fourth}{mark}"));
                    texts.push(format!("{category}{fourth}{mark}").to_lowercase());
                    texts.push(format!(" {category}{fourth}{mark}"));
                }
            }
        }
        texts.extend(["", "#NC", "#", "MERGER", "é"].map(str::to_owned));
        texts
    }

    #[test]
    fn keys_find_the_texts_that_are_spellings_and_no_others() {
        let texts = texts();
        let mut found = 0;
        for system in [CodeSystem::Icd10, CodeSystem::Icd10Cm, CodeSystem::Opcs4] {
            for asked in &texts {
                let Ok(sought) = Sought::parse(Some(system), asked) else { continue };
                let spellings = sought.spellings();
                let (first, last) = sought.keys().unwrap();
                for text in &texts {
                    let key = Sought::key_of(Some(system), text);
                    let by_key = key.is_some_and(|key| first <= key && key <= last);
                    assert_eq!(by_key, spellings.contains(text), "{system:?} {asked} {text}");
                    found += usize::from(by_key);
                }
            }
        }
        assert!(found > 5_000, "{found}");
    }
}
