//! How a code of a classification is to be written.

/// How a code of a classification is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// With the point: `E11.9`, `I10`.
    Dotted,
    /// Without: `E119`, `I10`.
    Undotted,
    /// Without, filled to four characters: `I10X`.
    Padded,
    /// The six characters of the [NHS data sets](https://www.datadictionary.nhs.uk): `I10X-`, with
    /// fillers and the mark; the filler of the fifth may be left out.
    DataSet,
}

impl Form {
    /// The word for it in rule packs: `dotted`, `undotted`, `padded` or `data-set`.
    pub const fn word(self) -> &'static str {
        match self {
            Form::Dotted => "dotted",
            Form::Undotted => "undotted",
            Form::Padded => "padded",
            Form::DataSet => "data-set",
        }
    }

    /// The form of this word.
    pub fn named(word: &str) -> Option<Form> {
        let all = [Form::Dotted, Form::Undotted, Form::Padded, Form::DataSet];
        all.into_iter().find(|form| form.word() == word)
    }
}
