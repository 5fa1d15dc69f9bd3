//! RF2 rows: text lines to numbers
//! ([release file specification](https://docs.snomed.org/snomed-ct-specifications/snomed-ct-release-file-specification)).

mod concept;
mod description;
pub(crate) mod history;
mod identifier;
mod intern;
mod language;
mod log;
mod member_id;
mod module_dependency;
mod package_information;
mod read;
pub(crate) mod refset;
mod relationship;
mod row;
mod versions;

pub(crate) use concept::{Concept, ConceptStatus, Concepts};
pub(crate) use description::{Description, DescriptionKind, Descriptions, TextArena};
pub(crate) use identifier::{Identifier, read_identifiers};
pub(crate) use intern::Interned;
pub(crate) use language::{ACCEPTABLE, LanguageRow, LanguageRows, Membership, PREFERRED};
pub(crate) use module_dependency::{ModuleDependencies, ModuleDependency};
pub(crate) use package_information::package_information;
pub(crate) use read::{FileRows, Problems, Rows, count_rows, read_file};
pub(crate) use relationship::{
    ConcreteValues, Relationship, RelationshipKind, Relationships, Target,
};
pub(crate) use row::{UNPUBLISHED, is_date};
pub(crate) use versions::{ModuleTimes, Span, Versions};
