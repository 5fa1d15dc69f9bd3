//! What a text of a rubric is.

use std::fmt;

/// What a text of a rubric is: one of the rubric kinds of ClaML, an element of the tabular list of
/// ICD-10-CM, or a column of a file of the NHS.
///
/// The numbers are those of the index.
///
/// ```
/// use farr::classification::TextKind;
///
/// assert_eq!(TextKind::Inclusion.name(), "inclusion");
/// assert_eq!(TextKind::from_number(TextKind::GenderMask.number()), Some(TextKind::GenderMask));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum TextKind {
    /// The title: `preferred` of ClaML; of the UK file its description with the texts of both
    /// modifiers; the long description of the order file of ICD-10-CM.
    Title,
    /// A longer title: `preferredLong` of ClaML.
    LongTitle,
    /// The short description of the order file of ICD-10-CM.
    ShortTitle,
    /// A term that the rubric includes: `inclusion` of ClaML, `inclusionTerm` of ICD-10-CM.
    Inclusion,
    /// What the rubric covers, said of a whole group: `includes` of ICD-10-CM.
    Includes,
    /// What the rubric does not include: `exclusion` of ClaML.
    Exclusion,
    /// What can never be coded with it: `excludes1` of ICD-10-CM.
    Excludes1,
    /// What is not part of it, and may be coded with it: `excludes2` of ICD-10-CM.
    Excludes2,
    /// `note` of ClaML, `notes` of ICD-10-CM.
    Note,
    /// `text` of ClaML.
    Text,
    /// `coding-hint` of ClaML.
    CodingHint,
    /// `definition` of ClaML.
    Definition,
    /// `introduction` of ClaML.
    Introduction,
    /// `footnote` of ClaML.
    Footnote,
    /// `modifierlink` of ClaML: where the characters that follow are described.
    ModifierLink,
    /// What is to be coded before it: `codeFirst` of ICD-10-CM.
    CodeFirst,
    /// What is to be coded besides, if it applies: `useAdditionalCode` of ICD-10-CM.
    UseAdditionalCode,
    /// What is to be coded too: `codeAlso` of ICD-10-CM.
    CodeAlso,
    /// What the seventh character is of: `sevenChrNote` of ICD-10-CM.
    SeventhCharacterNote,
    /// A seventh character, a space, and what it means: `sevenChrDef` of ICD-10-CM.
    SeventhCharacter,
    /// A rubric of ClaML of another kind: the name of that, a colon, a space and its text.
    Other,
    /// CODE of the UK file, as published.
    Code,
    /// ALT_CODE of the UK file, as published.
    AltCode,
    /// USAGE of the UK file, as published.
    Usage,
    /// USAGE_UK of the UK file, whose values no public source explains.
    UsageUk,
    /// DESCRIPTION of the UK file: the title without what modifiers add to it.
    Description,
    /// MODIFIER_4 of the UK file: what the fourth character adds to the title.
    Modifier4,
    /// MODIFIER_5 of the UK file: what the fifth character adds to the title.
    Modifier5,
    /// QUALIFIERS of the UK file: codes of the other half of a dual classification, with `^` between
    /// them.
    Qualifiers,
    /// GENDER_MASK of the UK file, as published.
    GenderMask,
    /// MIN_AGE of the UK file, as published.
    MinimumAge,
    /// MAX_AGE of the UK file, as published.
    MaximumAge,
    /// TREE_DESCRIPTION of the UK file: a short title.
    TreeDescription,
    /// The selection of the OPCS-4 metadata file.
    Selection,
    /// The name of the category in the OPCS-4 metadata file.
    CategoryName,
    /// The name of the code in the OPCS-4 metadata file.
    CodeName,
    /// The sex that a code is restricted to, in the OPCS-4 metadata file, as published.
    SexAbsolute,
    /// The sex at which a code is to be looked at twice, in the OPCS-4 metadata file, as published.
    SexScrutiny,
    /// The status of a code in the OPCS-4 metadata file, as published.
    Status,
    /// The method of delivery in the OPCS-4 metadata file, as published.
    MethodOfDelivery,
}

/// The kinds by number, and their names.
const KINDS: [(TextKind, &str); 40] = {
    use TextKind::*;
    [
        (Title, "title"),
        (LongTitle, "long-title"),
        (ShortTitle, "short-title"),
        (Inclusion, "inclusion"),
        (Includes, "includes"),
        (Exclusion, "exclusion"),
        (Excludes1, "excludes1"),
        (Excludes2, "excludes2"),
        (Note, "note"),
        (Text, "text"),
        (CodingHint, "coding-hint"),
        (Definition, "definition"),
        (Introduction, "introduction"),
        (Footnote, "footnote"),
        (ModifierLink, "modifier-link"),
        (CodeFirst, "code-first"),
        (UseAdditionalCode, "use-additional-code"),
        (CodeAlso, "code-also"),
        (SeventhCharacterNote, "seventh-character-note"),
        (SeventhCharacter, "seventh-character"),
        (Other, "other"),
        (Code, "code"),
        (AltCode, "alt-code"),
        (Usage, "usage"),
        (UsageUk, "usage-uk"),
        (Description, "description"),
        (Modifier4, "modifier-4"),
        (Modifier5, "modifier-5"),
        (Qualifiers, "qualifiers"),
        (GenderMask, "gender-mask"),
        (MinimumAge, "min-age"),
        (MaximumAge, "max-age"),
        (TreeDescription, "tree-description"),
        (Selection, "selection"),
        (CategoryName, "category-name"),
        (CodeName, "code-name"),
        (SexAbsolute, "sex-absolute"),
        (SexScrutiny, "sex-scrutiny"),
        (Status, "status"),
        (MethodOfDelivery, "method-of-delivery"),
    ]
};

impl TextKind {
    /// All kinds, by number.
    pub fn all() -> impl Iterator<Item = TextKind> {
        KINDS.into_iter().map(|(kind, _)| kind)
    }

    /// Its name in outputs, `coding-hint` say. Names stay.
    pub fn name(self) -> &'static str {
        KINDS.get(usize::from(self.number())).map_or("", |(_, name)| name)
    }

    /// Its number in an index.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The kind of this number; `None` where this version knows none.
    pub fn from_number(number: u8) -> Option<TextKind> {
        KINDS.get(usize::from(number)).map(|(kind, _)| *kind)
    }

    /// Whether it is a column of a file of the NHS, kept as published; the others are texts for
    /// reading.
    pub const fn is_column(self) -> bool {
        self as u8 >= TextKind::Code as u8
    }

    /// Whether a search looks in it: titles, and terms that are included.
    pub const fn is_searched(self) -> bool {
        matches!(
            self,
            TextKind::Title | TextKind::LongTitle | TextKind::Inclusion | TextKind::CategoryName
        )
    }
}

impl fmt::Display for TextKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_stands_at_its_number_and_names_differ() {
        let mut names = std::collections::BTreeSet::new();
        for (number, kind) in TextKind::all().enumerate() {
            assert_eq!(usize::from(kind.number()), number);
            assert_eq!(TextKind::from_number(kind.number()), Some(kind));
            assert!(names.insert(kind.name()));
        }
        assert_eq!(names.len(), KINDS.len());
        assert_eq!(TextKind::from_number(40), None);
        assert!(TextKind::Code.is_column() && !TextKind::Other.is_column());
    }
}
