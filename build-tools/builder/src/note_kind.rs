//! What is told of a release and read on with.

/// Something that real releases have, that is told and read on, and refused under `--strict`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum NoteKind {
    /// The package has no Snapshot (or not the release type that was asked for): the newest row of
    /// each component of another release type is taken. Told, not refused.
    OtherReleaseType,
    /// A column is spelled otherwise (`refSetId`).
    HeaderSpelling,
    /// Lines end in LF, not CR LF.
    LineEnds,
    /// The last line has no line end.
    NoFinalLineEnd,
    /// A line is empty.
    EmptyLine,
    /// A line has empty columns too many.
    TrailingColumns,
    /// An effective time is blank: the row counts as newer than every dated one.
    BlankEffectiveTime,
    /// An effective time is blank, and the state on a day is asked for: the row is left out.
    Undated,
    /// The check digit of the id of a component is wrong, or that of a refset that has no concept.
    CheckDigit,
    /// An id's partition says it is another kind of component.
    Partition,
    /// A refset member's id is not a UUID.
    MemberId,
    /// Two rows of one component with the same effective time say different things; the first
    /// stays.
    Conflict,
    /// Two rows of one component stand in one Snapshot; the newest stays.
    Repeated,
    /// An active concept other than the root has no active is-a row.
    Parentless,
    /// An active concept has parents, but not all ways up end at the root.
    Unplaced,
    /// An active is-a row names a parent that is not in the release.
    MissingParent,
    /// An active is-a row names a parent that is inactive.
    InactiveParent,
    /// An active relationship row starts at a concept that is inactive or not in the release.
    MissingSource,
    /// An attribute's type or value is not in the release.
    MissingTarget,
    /// A description's concept is not in the release.
    MissingConcept,
    /// A language row's description is not in the release; the row says nothing of any term.
    MissingDescription,
    /// What a refset descriptor says of the columns of a refset is not what its file has.
    RefsetDescriptor,
    /// An is-a row is not inferred; it is set aside.
    NotInferred,
    /// An active concept has no active fully specified name.
    NoFullySpecifiedName,
    /// A substitution stands twice in the history substitution table; one stays. Told, not refused.
    SubstitutionRepeated,
    /// A row of the history substitution table names no new concept; it is left out. Told, not
    /// refused.
    SubstitutionWithoutConcept,
    /// The history substitution table has an old concept that is not inactive in the release, or a
    /// new one that is not active. Told, not refused.
    SubstitutionEnds,
    /// The history substitution table has substitutes, and associations lead to none. Told, not
    /// refused.
    SubstitutionWithoutAssociation,
    /// Associations lead to active concepts, and the history substitution table has no row. Told,
    /// not refused.
    AssociationWithoutSubstitution,
    /// The history substitution table and the associations lead to different concepts. Told, not
    /// refused.
    SubstitutionDiffers,
    /// The history substitution table and the associations lead to the same concepts, and differ in
    /// whether that is ambiguous. Told, not refused.
    SubstitutionAmbiguity,
    /// A row of the query table names a concept that is not in the release; it is left out. Told,
    /// not refused.
    QueryTableUnknownConcept,
    /// A row of the query table with provenance 0 is no pair of the hierarchy. Told, not refused.
    QueryTableBeyondHierarchy,
    /// A pair of the hierarchy is not in the query table: all are looked at. Told, not refused.
    HierarchyBeyondQueryTable,
    /// `release_package_information.json` cannot be read. Told, not refused.
    PackageInformation,
    /// The release does not say which module is its own: the index has no edition.
    NoEdition,
    /// A module needs another one, of which there is no row.
    MissingDependency,
    /// A module needs another one as of a date, and that one is here as of another date.
    DependencyDate,
    /// A Delta does not say which release it starts from: whether changes are missing before it is
    /// unknown.
    DeltaStart,
    /// A Delta has nothing that is newer than the release below it.
    OldDelta,
    /// An element or attribute of a dm+d file that its schema does not have; it is passed over.
    UnknownElement,
    /// A record of dm+d lacks an element that its schema demands.
    MissingElement,
    /// A record of dm+d refers to one that the release does not have.
    DanglingId,
    /// A record of dm+d has a code that its lookup list does not have.
    UnknownCode,
    /// The check digit of a GTIN is wrong.
    GtinCheckDigit,
    /// A pack has an empty GTIN. Told, not refused.
    EmptyGtin,
    /// A record of dm+d stands twice; one is kept.
    RecordRepeated,
    /// Two different records of dm+d have one id; the first is kept.
    RecordConflict,
    /// Products of two levels have one id; the first level is found by it.
    IdAtTwoLevels,
    /// The VMPP and the AMP of an AMPP are of different VMPs.
    PackDisagrees,
    /// The main files of dm+d are not of one day.
    DifferentDays,
    /// Rows of the supplementary release of dm+d refer to a file that is not here. Told, not refused.
    SupplementaryAlone,
    /// A rubric of a classification is below one that its source does not have, or below itself.
    MissingRubric,
    /// GENDER_MASK has values whose meaning the file does not show. Told, not refused.
    GenderMask,
    /// An id has zeros before it, which no SCTID has; they are left off.
    LeadingZeros,
    /// The release has no active root concept: nothing of its hierarchy is certain. Refused unless it
    /// is asked for by [`crate::Build::rootless`].
    NoRoot,
    /// A map has a target that the classification of the same build does not have. Told, not refused:
    /// editions of both are seldom of one day.
    MapTarget,
    /// A row of a map has a mapCategoryId that is no category of maps. Told, not refused: a release may
    /// have categories of its own.
    MapCategory,
    /// An active row of a map is about what is no concept of the release: nobody finds it by a concept.
    MapComponent,
    /// A column or element of a classification file that is not known; it is passed over.
    UnknownColumn,
    /// A classification file is not UTF-8, and is read as Windows-1252. Told, not refused.
    OtherEncoding,
    /// ALT_CODE of a rubric is not its CODE in another spelling; CODE is kept.
    AlternativeCode,
    /// A code of a classification stands twice; the first rubric is kept.
    ClassRepeated,
    /// The usage of a rubric is neither default, dagger nor asterisk, or is not that of its mark; what is not read counts as unsaid.
    UnknownUsage,
    /// A limit of sex or age is no number that fits; it counts as unsaid.
    UnreadLimit,
    /// A reference of a rubric is no code; it is kept as published.
    UnreadReference,
    /// A rubric has several parents; the first is kept.
    SeveralParents,
    /// A rubric names one above or below it that the classification does not have.
    MissingClass,
    /// The text file and the XML file of one release differ; the text file is kept.
    TwinDiffers,
    /// A code stands in one of the files of a classification and not in the other.
    CodeInOneFile,
    /// A modifier that a rubric names has no classes, or a rule of one is not read; it is not applied.
    UnknownModifier,
    /// A modifier would make a code for which ICD-10 has no place; that is not made. Told, not refused.
    ModifierWithoutPlace,
    /// A category refers to a modifier in its text and is not said to be modified by it; it is applied.
    ModifierByLink,
}

impl NoteKind {
    /// Whether `--strict` refuses a release for it.
    pub fn refused_when_strict(self) -> bool {
        !matches!(
            self,
            NoteKind::OtherReleaseType
                | NoteKind::PackageInformation
                | NoteKind::SubstitutionRepeated
                | NoteKind::SubstitutionWithoutConcept
                | NoteKind::SubstitutionEnds
                | NoteKind::SubstitutionWithoutAssociation
                | NoteKind::AssociationWithoutSubstitution
                | NoteKind::SubstitutionDiffers
                | NoteKind::SubstitutionAmbiguity
                | NoteKind::QueryTableUnknownConcept
                | NoteKind::QueryTableBeyondHierarchy
                | NoteKind::HierarchyBeyondQueryTable
                | NoteKind::EmptyGtin
                | NoteKind::SupplementaryAlone
                | NoteKind::GenderMask
                | NoteKind::MapTarget
                | NoteKind::MapCategory
                | NoteKind::NoRoot
                | NoteKind::OtherEncoding
                | NoteKind::ModifierWithoutPlace
        )
    }

    /// A word for it that stays: what a program may compare, `check-digit` say.
    pub fn code(self) -> &'static str {
        match self {
            NoteKind::OtherReleaseType => "other-release-type",
            NoteKind::HeaderSpelling => "header-spelling",
            NoteKind::LineEnds => "line-ends",
            NoteKind::NoFinalLineEnd => "no-final-line-end",
            NoteKind::EmptyLine => "empty-line",
            NoteKind::TrailingColumns => "trailing-columns",
            NoteKind::BlankEffectiveTime => "blank-effective-time",
            NoteKind::Undated => "undated",
            NoteKind::CheckDigit => "check-digit",
            NoteKind::Partition => "partition",
            NoteKind::MemberId => "member-id",
            NoteKind::Conflict => "conflict",
            NoteKind::Repeated => "repeated",
            NoteKind::Parentless => "parentless",
            NoteKind::Unplaced => "unplaced",
            NoteKind::MissingParent => "missing-parent",
            NoteKind::InactiveParent => "inactive-parent",
            NoteKind::MissingSource => "missing-source",
            NoteKind::MissingTarget => "missing-target",
            NoteKind::MissingConcept => "missing-concept",
            NoteKind::MissingDescription => "missing-description",
            NoteKind::RefsetDescriptor => "refset-descriptor",
            NoteKind::NotInferred => "not-inferred",
            NoteKind::NoFullySpecifiedName => "no-fully-specified-name",
            NoteKind::SubstitutionRepeated => "substitution-repeated",
            NoteKind::SubstitutionWithoutConcept => "substitution-without-concept",
            NoteKind::SubstitutionEnds => "substitution-ends",
            NoteKind::SubstitutionWithoutAssociation => "substitution-without-association",
            NoteKind::AssociationWithoutSubstitution => "association-without-substitution",
            NoteKind::SubstitutionDiffers => "substitution-differs",
            NoteKind::SubstitutionAmbiguity => "substitution-ambiguity",
            NoteKind::QueryTableUnknownConcept => "query-table-unknown-concept",
            NoteKind::QueryTableBeyondHierarchy => "query-table-beyond-hierarchy",
            NoteKind::HierarchyBeyondQueryTable => "hierarchy-beyond-query-table",
            NoteKind::PackageInformation => "package-information",
            NoteKind::NoEdition => "no-edition",
            NoteKind::MissingDependency => "missing-dependency",
            NoteKind::DependencyDate => "dependency-date",
            NoteKind::DeltaStart => "delta-start",
            NoteKind::OldDelta => "old-delta",
            NoteKind::UnknownElement => "unknown-element",
            NoteKind::MissingElement => "missing-element",
            NoteKind::DanglingId => "dangling-id",
            NoteKind::UnknownCode => "unknown-code",
            NoteKind::GtinCheckDigit => "gtin-check-digit",
            NoteKind::EmptyGtin => "empty-gtin",
            NoteKind::RecordRepeated => "record-repeated",
            NoteKind::RecordConflict => "record-conflict",
            NoteKind::IdAtTwoLevels => "id-at-two-levels",
            NoteKind::PackDisagrees => "pack-disagrees",
            NoteKind::DifferentDays => "different-days",
            NoteKind::SupplementaryAlone => "supplementary-alone",
            NoteKind::MissingRubric => "missing-rubric",
            NoteKind::GenderMask => "gender-mask",
            NoteKind::LeadingZeros => "leading-zeros",
            NoteKind::NoRoot => "no-root",
            NoteKind::MapTarget => "map-target",
            NoteKind::MapCategory => "map-category",
            NoteKind::MapComponent => "map-component",
            NoteKind::UnknownColumn => "unknown-column",
            NoteKind::OtherEncoding => "other-encoding",
            NoteKind::AlternativeCode => "alternative-code",
            NoteKind::ClassRepeated => "class-repeated",
            NoteKind::UnknownUsage => "unknown-usage",
            NoteKind::UnreadLimit => "unread-limit",
            NoteKind::UnreadReference => "unread-reference",
            NoteKind::SeveralParents => "several-parents",
            NoteKind::MissingClass => "missing-class",
            NoteKind::TwinDiffers => "twin-differs",
            NoteKind::CodeInOneFile => "code-in-one-file",
            NoteKind::UnknownModifier => "unknown-modifier",
            NoteKind::ModifierWithoutPlace => "modifier-without-place",
            NoteKind::ModifierByLink => "modifier-by-link",
        }
    }

    /// What it means, as a phrase that follows a count.
    pub fn phrase(self) -> &'static str {
        match self {
            NoteKind::OtherReleaseType => {
                "package without this release type: newest rows of another"
            }
            NoteKind::HeaderSpelling => "column spelled otherwise",
            NoteKind::LineEnds => "file whose lines end in LF, not CR LF",
            NoteKind::NoFinalLineEnd => "file without a last line end",
            NoteKind::EmptyLine => "empty line",
            NoteKind::TrailingColumns => "line with empty columns too many",
            NoteKind::BlankEffectiveTime => "blank effective time: counts as the newest",
            NoteKind::Undated => "blank effective time: left out of the state on a day",
            NoteKind::CheckDigit => "id with a wrong check digit",
            NoteKind::Partition => "id with the partition of another kind of component",
            NoteKind::MemberId => "refset member id that is not a UUID",
            NoteKind::Conflict => "two different rows of one date for one component: first kept",
            NoteKind::Repeated => "component that stands twice in a Snapshot: newest kept",
            NoteKind::Parentless => "active concept without a parent",
            NoteKind::Unplaced => "active concept not connected to the root by all its parents",
            NoteKind::MissingParent => "is-a to a concept not in the release",
            NoteKind::InactiveParent => "is-a to an inactive concept",
            NoteKind::MissingSource => "active relationship of a concept that is not active here",
            NoteKind::MissingTarget => "attribute whose type or value is not in the release",
            NoteKind::MissingConcept => "description of a concept not in the release",
            NoteKind::MissingDescription => "language row of a description not in the release",
            NoteKind::RefsetDescriptor => "refset whose columns are not those of its descriptor",
            NoteKind::NotInferred => "is-a row that is not inferred: set aside",
            NoteKind::NoFullySpecifiedName => "active concept without a fully specified name",
            NoteKind::SubstitutionRepeated => "substitution that stands twice: one kept",
            NoteKind::SubstitutionWithoutConcept => "substitution that names no new concept",
            NoteKind::SubstitutionEnds => {
                "end of a substitution that does not stand so in the release"
            }
            NoteKind::SubstitutionWithoutAssociation => {
                "concept with substitutes, to which no association leads"
            }
            NoteKind::AssociationWithoutSubstitution => {
                "concept with successors by association, and without a substitution"
            }
            NoteKind::SubstitutionDiffers => {
                "concept whose substitutes are not its successors by association"
            }
            NoteKind::SubstitutionAmbiguity => {
                "concept that is ambiguous in the substitution table or by associations, not in both"
            }
            NoteKind::QueryTableUnknownConcept => {
                "row of the query table with a concept not in the release"
            }
            NoteKind::QueryTableBeyondHierarchy => {
                "row of the query table with provenance 0 that is no pair of the hierarchy"
            }
            NoteKind::HierarchyBeyondQueryTable => "pair of the hierarchy not in the query table",
            NoteKind::PackageInformation => "release_package_information.json that cannot be read",
            NoteKind::NoEdition => "release that does not say which module is its own",
            NoteKind::MissingDependency => "module that another needs and that is not here",
            NoteKind::DependencyDate => "module that is here as of another date than is needed",
            NoteKind::DeltaStart => "Delta that does not say where it starts: gap not ruled out",
            NoteKind::OldDelta => "Delta with nothing newer than the release below it",
            NoteKind::UnknownElement => "element of dm+d that is not known: passed over",
            NoteKind::MissingElement => "record of dm+d without an element that is demanded",
            NoteKind::DanglingId => "reference of dm+d to what is not in the release",
            NoteKind::UnknownCode => "code that is not in its lookup list",
            NoteKind::GtinCheckDigit => "GTIN with a wrong check digit",
            NoteKind::EmptyGtin => "pack with an empty GTIN",
            NoteKind::RecordRepeated => "record of dm+d that stands twice: one kept",
            NoteKind::RecordConflict => "two different records of dm+d with one id: first kept",
            NoteKind::IdAtTwoLevels => "id of products at two levels: found at the first",
            NoteKind::PackDisagrees => "AMPP whose VMPP and AMP are of different VMPs",
            NoteKind::DifferentDays => "main file of dm+d of another day than the newest",
            NoteKind::SupplementaryAlone => {
                "element of the supplementary release that refers to a file that is not here"
            }
            NoteKind::MissingRubric => "rubric below one that is not in the classification",
            NoteKind::GenderMask => "classification whose limits of sex cannot all be understood",
            NoteKind::LeadingZeros => "id with zeros before it: left off",
            NoteKind::NoRoot => "release without an active root concept",
            NoteKind::MapTarget => "target of a map that is not in the classification",
            NoteKind::MapCategory => "category of a row of a map that is none",
            NoteKind::MapComponent => "row of a map about what is no concept of the release",
            NoteKind::UnknownColumn => {
                "column or element of a classification that is not known: passed over"
            }
            NoteKind::OtherEncoding => "classification file in Windows-1252, not UTF-8",
            NoteKind::AlternativeCode => "ALT_CODE that is another code than CODE: CODE kept",
            NoteKind::ClassRepeated => "code that stands twice in a classification: first kept",
            NoteKind::UnknownUsage => "usage of a rubric that is not read: counts as unsaid",
            NoteKind::UnreadLimit => "limit of sex or age that is not read: counts as unsaid",
            NoteKind::UnreadReference => {
                "reference of a classification that is no code: kept as published"
            }
            NoteKind::SeveralParents => "rubric with several parents: first kept",
            NoteKind::MissingClass => "rubric that names one that is not in the classification",
            NoteKind::TwinDiffers => {
                "difference between the text and the XML of one release: text kept"
            }
            NoteKind::CodeInOneFile => "code that only one file of its classification has",
            NoteKind::UnknownModifier => "modifier that is not known or not read: not applied",
            NoteKind::ModifierWithoutPlace => {
                "modifier that would make what is no code: not applied there"
            }
            NoteKind::ModifierByLink => "modifier that only the text of a category names: applied",
        }
    }
}
