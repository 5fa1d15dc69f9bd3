//! How the codes of each classification are typed.

use farr::classification::{Classification, Rubric, RubricCode};
use farr::id::{
    ClassificationCode, CodeRange, CodeText, DaggerAsterisk, Icd10Chapter, Icd10CmCode,
    MarkedIcd10Code,
};
use farr::{Icd10Code, Opcs4Code, Systems};
use serde::Serialize;

/// A code in the ways it is written.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Forms {
    pub(crate) dotted: String,
    pub(crate) undotted: String,
    /// At least four characters, as in UK maps.
    pub(crate) padded: Option<String>,
    /// Six characters, as in the data sets of the NHS.
    pub(crate) data_set: Option<String>,
    /// The chapter that the characters say, where the source has none.
    pub(crate) chapter: Option<String>,
}

/// A code that can be typed.
pub(crate) trait Spelled: RubricCode {
    /// The classification, where it is open.
    fn of_systems(systems: Systems<'_>) -> Option<Classification<'_, Self>>;

    /// Reads a code, and the mark that was typed with it.
    fn read_marked(text: &str) -> Result<(Self, Option<DaggerAsterisk>), String>;

    fn forms(self) -> Forms;

    /// The codes of a range that is no block.
    fn range<'t>(
        classification: Classification<'t, Self>,
        text: &str,
    ) -> Option<Vec<Rubric<'t, Self>>>;

    /// The range of the chapter whose number this is, where numbers have ranges that are known.
    fn chapter_range(_text: &str) -> Option<String> {
        None
    }
}

/// The forms of a code that is written with its point or without, and in no other way.
fn plain(dotted: CodeText, undotted: CodeText) -> Forms {
    Forms {
        dotted: dotted.to_string(),
        undotted: undotted.to_string(),
        padded: None,
        data_set: None,
        chapter: None,
    }
}

fn in_range<'t, C: RubricCode + ClassificationCode>(
    classification: Classification<'t, C>,
    text: &str,
) -> Option<Vec<Rubric<'t, C>>> {
    let range = CodeRange::<C>::parse(text).ok()?;
    Some(classification.in_range(range).collect())
}

impl Spelled for Icd10Code {
    fn of_systems(systems: Systems<'_>) -> Option<Classification<'_, Icd10Code>> {
        systems.icd10()
    }

    fn read_marked(text: &str) -> Result<(Icd10Code, Option<DaggerAsterisk>), String> {
        let marked = MarkedIcd10Code::parse(text).map_err(|error| error.to_string())?;
        Ok((marked.code(), marked.mark()))
    }

    fn forms(self) -> Forms {
        Forms {
            dotted: self.dotted().to_string(),
            undotted: self.undotted().to_string(),
            padded: Some(self.padded().to_string()),
            data_set: Some(self.data_set().to_string()),
            chapter: self.chapter().map(|chapter| chapter.to_string()),
        }
    }

    fn range<'t>(
        classification: Classification<'t, Icd10Code>,
        text: &str,
    ) -> Option<Vec<Rubric<'t, Icd10Code>>> {
        in_range(classification, text)
    }

    fn chapter_range(text: &str) -> Option<String> {
        let mut chapters = (1..=22).filter_map(Icd10Chapter::from_number);
        let chapter = chapters.find(|chapter| chapter.to_string().eq_ignore_ascii_case(text))?;
        Some(chapter.range().to_string())
    }
}

impl Spelled for Opcs4Code {
    fn of_systems(systems: Systems<'_>) -> Option<Classification<'_, Opcs4Code>> {
        systems.opcs4()
    }

    fn read_marked(text: &str) -> Result<(Opcs4Code, Option<DaggerAsterisk>), String> {
        let code = Opcs4Code::parse(text).map_err(|error| error.to_string())?;
        Ok((code, None))
    }

    fn forms(self) -> Forms {
        plain(self.dotted(), self.undotted())
    }

    fn range<'t>(
        classification: Classification<'t, Opcs4Code>,
        text: &str,
    ) -> Option<Vec<Rubric<'t, Opcs4Code>>> {
        in_range(classification, text)
    }
}

impl Spelled for Icd10CmCode {
    fn of_systems(systems: Systems<'_>) -> Option<Classification<'_, Icd10CmCode>> {
        systems.icd10_cm()
    }

    fn read_marked(text: &str) -> Result<(Icd10CmCode, Option<DaggerAsterisk>), String> {
        let code = Icd10CmCode::parse(text).map_err(|error| error.to_string())?;
        Ok((code, None))
    }

    fn forms(self) -> Forms {
        plain(self.dotted(), self.undotted())
    }

    /// Ranges of ICD-10-CM are not read but where they are blocks.
    fn range<'t>(
        _classification: Classification<'t, Icd10CmCode>,
        _text: &str,
    ) -> Option<Vec<Rubric<'t, Icd10CmCode>>> {
        None
    }
}
