//! RF2 file names: what a file holds, told by its name.

/// Which versions of components the files of a package hold
/// ([release types](https://docs.snomed.org/snomed-ct-specifications/snomed-ct-release-file-specification)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReleaseType {
    /// The newest version of each component.
    Snapshot,
    /// Every version of each component.
    Full,
    /// The versions that are new since an earlier release: changes, and no release by themselves.
    Delta,
}

impl ReleaseType {
    /// Its name, as file names spell it.
    pub fn name(self) -> &'static str {
        match self {
            ReleaseType::Snapshot => "Snapshot",
            ReleaseType::Full => "Full",
            ReleaseType::Delta => "Delta",
        }
    }
}

/// What the rows of a file are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    Concept,
    Description,
    TextDefinition,
    Relationship,
    ConcreteValues,
    LanguageRefset,
    ModuleDependency,
    /// A refset: the letters of its columns beyond those of every refset.
    Refset(String),
    /// Alternate identifiers.
    Identifier,
    /// Read by its name and counted, not held by this index.
    Other,
}

/// The parts of `sct2_Description_MONOSnapshot-en_GB_20260801.txt`
/// ([file naming](https://docs.snomed.org/snomed-ct-specifications/snomed-ct-release-file-specification)).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FileName {
    pub(crate) content: Content,
    pub(crate) release_type: ReleaseType,
}

impl FileName {
    /// Reads a file name; `None` where it is not an RF2 file's.
    pub(crate) fn parse(name: &str) -> Option<FileName> {
        let stem = name.strip_suffix(".txt")?;
        let mut parts = stem.split('_');
        let file_type = parts.next()?;
        let content_type = parts.next()?;
        let subtype = parts.next()?;
        // Some derivative files leave out the summary and have only four parts.
        let rest: Vec<&str> = parts.collect();
        let date = rest.last()?;
        if rest.len() > 2 || date.len() != 8 || !date.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let bare = file_type.strip_prefix(['x', 'z']).unwrap_or(file_type);
        if !matches!(bare, "sct2" | "der2") {
            return None;
        }
        let (summary, release_type) = split_release_type(subtype)
            .or_else(|| split_release_type(content_type).map(|(_, kind)| ("", kind)))?;
        let content = match (bare, content_type) {
            ("sct2", "Concept") => Content::Concept,
            ("sct2", "Description") => Content::Description,
            ("sct2", "TextDefinition") => Content::TextDefinition,
            ("sct2", "Relationship") => Content::Relationship,
            ("sct2", "RelationshipConcreteValues") => Content::ConcreteValues,
            ("der2", "cRefset") if summary.starts_with("Language") => Content::LanguageRefset,
            ("der2", "ssRefset") if summary.starts_with("ModuleDependency") => {
                Content::ModuleDependency
            }
            ("sct2", "Identifier") => Content::Identifier,
            _ => match content_type.strip_suffix("Refset") {
                Some(pattern) if pattern.bytes().all(|b| b"cis".contains(&b)) => {
                    Content::Refset(pattern.to_owned())
                }
                _ => Content::Other,
            },
        };
        Some(FileName { content, release_type })
    }
}

/// Splits `LanguageMONOSnapshot-en` into `LanguageMONO` and the release type.
fn split_release_type(subtype: &str) -> Option<(&str, ReleaseType)> {
    let before_language = subtype.split('-').next()?;
    [ReleaseType::Snapshot, ReleaseType::Full, ReleaseType::Delta]
        .into_iter()
        .find_map(|kind| Some((before_language.strip_suffix(kind.name())?, kind)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_real_releases_are_read() {
        let content = |name| FileName::parse(name).map(|name| name.content);
        let refset = |pattern: &str| Content::Refset(pattern.to_owned());
        for (name, expected) in [
            ("sct2_Concept_Snapshot_GB1000001_20200415.txt", Content::Concept),
            ("sct2_Description_UKCLSnapshot-en_GB1000000_20220928.txt", Content::Description),
            ("sct2_TextDefinition_Snapshot-en_INT_20250909.txt", Content::TextDefinition),
            ("xsct2_Relationship_Snapshot_INT_20250909.txt", Content::Relationship),
            (
                "sct2_RelationshipConcreteValues_MONOSnapshot_GB_20260801.txt",
                Content::ConcreteValues,
            ),
            ("der2_cRefset_LanguageMONOSnapshot-en_GB_20260801.txt", Content::LanguageRefset),
            (
                "der2_ssRefset_ModuleDependencySnapshot-en_INT_20250909.txt",
                Content::ModuleDependency,
            ),
            ("sct2_StatedRelationship_Snapshot_INT_20200731.txt", Content::Other),
            ("sct2_Identifier_Snapshot_INT_20210131.txt", Content::Identifier),
            ("sct2_sRefset_OWLExpressionSnapshot_INT_20250909.txt", refset("s")),
            (
                "der2_iisssciRefset_ExtendedMapUKCLSnapshot_GB1000000_20230215.txt",
                refset("iisssci"),
            ),
            ("der2_cRefset_AssociationSnapshot_INT_20250909.txt", refset("c")),
            ("der2_Refset_SimpleSnapshot_INT_20250909.txt", refset("")),
            ("der2_xRefset_NoneSuchSnapshot_INT_20250909.txt", Content::Other),
        ] {
            assert_eq!(content(name), Some(expected), "{name}");
        }
    }

    #[test]
    fn release_types_are_told_apart_and_strangers_refused() {
        let kind = |name| FileName::parse(name).map(|name| name.release_type);
        assert_eq!(kind("sct2_Concept_Full_INT_20170131.txt"), Some(ReleaseType::Full));
        assert_eq!(kind("sct2_Concept_Delta_INT_20170131.txt"), Some(ReleaseType::Delta));
        for name in [
            "Readme_en_20250909.txt",
            "sct2_Concept_Snapshot_INT_2025.txt",
            "sct2_Concept_INT_20250909.txt",
            "doc_Guide_Current-en_INT_20250909.txt",
            "",
        ] {
            assert_eq!(kind(name), None, "{name}");
        }
    }
}
