//! The layout of an index file: one description, for the reader and for the writer.
//!
//! One file, little-endian, no pointers, no alignment rule. In order:
//!
//! | bytes | what |
//! |---|---|
//! | 0 .. 64 | header: see [`super::Header`] |
//! | 64 .. 4160 | section table: [`SECTION_CAPACITY`] entries of 32 bytes, unused ones zero |
//! | 4160 .. c | sections, ascending, each on a 64-byte boundary, zero bytes between them |
//! | c .. end | checksum table: a CRC-32 (IEEE) of each block of [`BLOCK`] bytes of the file |
//!
//! Block `i` is the bytes from `i * BLOCK` to `(i + 1) * BLOCK`, without what lies before the
//! first section or behind the last one. The header carries a checksum of itself and one of both
//! tables, so every byte of the file is under exactly one checksum.
//!
//! Each section is a constant below, with its record layout. *Ordinals* number the concepts:
//! first the active concepts that is-a connects to the root, in depth-first preorder of a spanning
//! tree; then the other active concepts; then the inactive ones, by id. *Rows* number the
//! descriptions, grouped by concept. *Ranks* number the searchable terms, best first.

mod classification;

pub use classification::{
    ClassificationTags, NONE_RUBRIC, RUBRIC_LENGTH, RUBRIC_MODIFIED, RUBRIC_REFERENCE_LENGTH,
    RUBRIC_TEXT_LENGTH,
};

/// The first eight bytes of every index: a byte that is not ASCII, the name, and both line ends,
/// so that a transfer that rewrites text is caught at once.
pub const MAGIC: [u8; 8] = [0x89, b'F', b'A', b'R', b'R', b'\r', b'\n', 0x1a];

/// The major version: a reader refuses any other.
pub const MAJOR: u16 = 1;
/// The minor version: a reader accepts any, and skips the sections it does not know, save those that
/// it [must understand](MUST_UNDERSTAND).
pub const MINOR: u16 = 0;
/// Length of the header.
pub const HEADER_LENGTH: usize = 64;
/// Entries in the section table.
pub const SECTION_CAPACITY: usize = 128;
/// Length of one entry of the section table.
pub const SECTION_ENTRY_LENGTH: usize = 32;
/// The byte at which the first section may begin.
pub const DATA_START: usize = HEADER_LENGTH + SECTION_CAPACITY * SECTION_ENTRY_LENGTH;
/// Sections begin at multiples of this.
pub const ALIGNMENT: usize = 64;
/// Bytes under one checksum: verification on first use reads this much at a time.
pub const BLOCK: usize = 1 << 16;
/// The version of the layout of every section that this library knows. A section of another is as
/// one whose tag is not known.
pub const SECTION_VERSION: u16 = 1;
/// Section flag: a reader that does not know the tag, or its layout, must refuse the file.
pub const MUST_UNDERSTAND: u16 = 1;
/// "None" in a `u16` column.
pub const NONE_U16: u16 = u16::MAX;
/// "None" in a `u8` column.
pub const NONE_U8: u8 = u8::MAX;
/// In an attribute's value: the rest is the number of a concrete value, not an ordinal.
pub const CONCRETE: u32 = 1 << 31;

/// The name of a section: four ASCII letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(pub [u8; 4]);

impl std::fmt::Display for Tag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.escape_ascii())
    }
}

impl std::fmt::Debug for Tag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Tag({self})")
    }
}

/// What the index was made from: UTF-8 lines, tab-separated, the first field naming the line.
/// Read with [`super::Meta`].
pub const META: Tag = Tag(*b"META");

/// SCTID of each concept by ordinal: `u64`.
pub const CONCEPT_IDS: Tag = Tag(*b"CIDS");

/// SCTID to ordinal: buckets of 64 bytes, see [`super::bucket`]. One lookup reads one cache line.
pub const CONCEPT_BUCKETS: Tag = Tag(*b"CBKT");

/// One record of [`CONCEPT_RECORD_LENGTH`] bytes a concept, and one past the end whose starts are
/// the totals: where each concept's rows begin in five other sections (they end where those of
/// the next begin), then its own columns.
///
/// `u32` descriptions start, `u32` parents start, `u32` children start, `u32` ancestors start,
/// `u32` attributes start, `u16` status (an entry of [`CONCEPT_STATUSES`]), `u16` effective time
/// (an entry of [`DATES`]), `u16` semantic tag (an entry of [`SEMANTIC_TAGS`], or [`NONE_U16`]),
/// `u8` four times: which of the concept's descriptions is its preferred term in each of
/// [`Dialect::STORED`](crate::Dialect::STORED), counted from its first, or [`NONE_U8`] where no refset
/// of the dialect prefers one, or there are more than 255; 2 zero bytes. One record and not thirteen columns: a
/// concept card costs one cache line here.
pub const CONCEPTS: Tag = Tag(*b"CREC");
/// Length of a record of [`CONCEPTS`].
pub const CONCEPT_RECORD_LENGTH: usize = 32;

/// The distinct combinations of a concept's columns, 24 bytes each: `u64` module, `u64` definition
/// status, `u64` active (0 or 1).
pub const CONCEPT_STATUSES: Tag = Tag(*b"CSTA");

/// The distinct effective times, `u32` each, as the decimal number `YYYYMMDD`; 0 is a blank one.
pub const DATES: Tag = Tag(*b"DATE");

/// The distinct semantic tags, as [texts](TEXTS_LAYOUT).
pub const SEMANTIC_TAGS: Tag = Tag(*b"STAG");

/// How a section of several short texts is laid out: `items + 1` offsets (`u32`) into the bytes
/// that follow them, first 0, never descending, the last one their length; then the UTF-8 bytes.
pub const TEXTS_LAYOUT: () = ();

/// Descendants of each active concept, one record of 16 bytes, and one past the end: `u32` start
/// and `u32` end of the interval of ordinals that holds the concept itself and all descendants
/// next to it, `u32` start in [`INTERVALS`] of the other intervals (they end where those of the
/// next begin), `u32` count of descendants, the concept itself left out. The record past the end
/// has in its first number how many concepts is-a connects to the root by all their parents: those
/// are the first ordinals.
///
/// Ordinals are in preorder, so most concepts have one interval; subsumption is one comparison
/// for them and a binary search among a few for the rest.
pub const DESCENDANTS: Tag = Tag(*b"HIER");
/// Length of a record of [`DESCENDANTS`].
pub const DESCENDANTS_RECORD_LENGTH: usize = 16;

/// The further intervals of [`DESCENDANTS`]: `u32` start, `u32` end; ascending and apart within
/// one concept.
pub const INTERVALS: Tag = Tag(*b"INTV");

/// Parents of every concept, ordinals (`u32`), ascending within a concept.
pub const PARENTS: Tag = Tag(*b"PARN");

/// Children of every concept, ordinals (`u32`), ascending within a concept.
pub const CHILDREN: Tag = Tag(*b"CHLD");

/// The active concepts with an active child, one bit each: `u64` words, bit 0 of the first one for
/// ordinal 0.
pub const NON_LEAVES: Tag = Tag(*b"NLEF");

/// Proper ancestors of every concept, ordinals (`u32`), ascending within a concept. Stored, for a
/// walk up costs several times as much as reading one row.
pub const ANCESTORS: Tag = Tag(*b"ANCS");

/// Attributes of every concept, 8 bytes each, by group, type and value: `u32` value (an ordinal,
/// or with [`CONCRETE`] an entry of [`CONCRETE_VALUES`]), `u16` kind (an entry of
/// [`ATTRIBUTE_KINDS`]), `u16` role group.
pub const ATTRIBUTES: Tag = Tag(*b"ATTR");

/// The distinct kinds of attribute, 16 bytes each: `u64` type, `u64` characteristic type.
pub const ATTRIBUTE_KINDS: Tag = Tag(*b"AKND");

/// The distinct concrete values as published (`#500`, `"text"`, `true`), as
/// [texts](TEXTS_LAYOUT): numbers first, ascending by number and then by text, the others behind
/// them by text. So a range of numbers is a range of values.
pub const CONCRETE_VALUES: Tag = Tag(*b"CVAL");

/// The way back from a value, by kind of attribute: 12 bytes for each entry of
/// [`ATTRIBUTE_KINDS`] and one past the end: `u32` start in [`ATTRIBUTE_VALUES`], `u32` start in
/// [`KIND_SOURCES`], `u32` ordinal of the type ([`NO_ORDINAL`] where it is not in the release). The
/// record past the end has the totals, and in its last number how many role groups there are.
pub const KIND_INDEX: Tag = Tag(*b"KIDX");
/// Length of a record of [`KIND_INDEX`].
pub const KIND_INDEX_RECORD_LENGTH: usize = 12;
/// "None" in a column of ordinals.
pub const NO_ORDINAL: u32 = u32::MAX;

/// The values of the attributes of each kind, 8 bytes each, ascending within a kind, and one past
/// the end: `u32` value as in [`ATTRIBUTES`], `u32` start in [`ATTRIBUTE_POSTINGS`]. A range of
/// values is a range of postings.
pub const ATTRIBUTE_VALUES: Tag = Tag(*b"AVAL");

/// Every attribute once more, 8 bytes each, by kind, value and source: `u32` source, `u32` role
/// group. Role groups are numbered through all concepts, in the order of [`ATTRIBUTES`]; an
/// attribute that is not grouped is a role group of its own.
pub const ATTRIBUTE_POSTINGS: Tag = Tag(*b"APST");

/// The concepts that have attributes of each kind: ordinals (`u32`), ascending within a kind.
pub const KIND_SOURCES: Tag = Tag(*b"KSRC");

/// Descriptions, [`DESCRIPTION_RECORD_LENGTH`] bytes each, grouped by concept; within a concept
/// active before inactive, then fully specified names, synonyms and text definitions, then
/// preferred before acceptable, then by id.
///
/// `u64` id, `u32` start and `u16` length of the term in [`TEXT`], `u16` kind (an entry of
/// [`DESCRIPTION_KINDS`]), `u16` effective time (an entry of [`DATES`]), `u16` acceptability (an
/// entry of [`ACCEPTABILITIES`]).
pub const DESCRIPTIONS: Tag = Tag(*b"DESC");
/// Length of a record of [`DESCRIPTIONS`].
pub const DESCRIPTION_RECORD_LENGTH: usize = 20;

/// The distinct combinations of a description's columns, 40 bytes each: `u64` module, `u64` type,
/// `u64` case significance, `u64` active (0 or 1), 8 bytes language code padded with zeros.
pub const DESCRIPTION_KINDS: Tag = Tag(*b"DKND");

/// The language refsets, `u64` id each, ascending.
pub const LANGUAGE_REFSETS: Tag = Tag(*b"LREF");

/// The distinct patterns of acceptability: `items + 1` offsets (`u32`) counted in entries, then
/// entries of 4 bytes: `u16` language refset (of [`LANGUAGE_REFSETS`]), `u16` acceptability
/// (1 preferred, 0 acceptable). A description's active language rows are one pattern; a release
/// has a few hundred of them and millions of rows. Pattern 0 is empty.
pub const ACCEPTABILITIES: Tag = Tag(*b"ACPT");

/// The terms: UTF-8. A synonym that begins a fully specified name of its concept shares its bytes.
pub const TEXT: Tag = Tag(*b"TEXT");

/// Description rows by description id: `u32` each, ascending by the id they lead to.
pub const DESCRIPTION_ORDER: Tag = Tag(*b"DORD");

/// Every [`SAMPLE`]th description id in the order of [`DESCRIPTION_ORDER`], `u64` each: a small
/// array that stays in the cache and leaves six steps to search.
pub const DESCRIPTION_SAMPLE: Tag = Tag(*b"DSMP");
/// Distance of the samples of [`DESCRIPTION_SAMPLE`].
pub const SAMPLE: usize = 64;

/// The searchable terms by rank, 8 bytes each: `u32` description row, `u32` ordinal of its concept.
pub const RANKS: Tag = Tag(*b"RANK");

/// Where the zones of ranks end, 4 `u32`: active names of active concepts, active names of inactive
/// concepts, inactive names, then text definitions and whatever else is no name. A search looks
/// among names; filters of descriptions look everywhere.
pub const RANK_ZONES: Tag = Tag(*b"ZONE");

/// The words of all searchable terms, as [`crate::search::fold`] has them: an FST (format 3 of the
/// `fst` crate) from word to its number in ascending order of bytes.
pub const WORDS: Tag = Tag(*b"WRDS");

/// Where the postings of each word begin in [`POSTINGS`]: `u32`, one a word and one past the end.
pub const WORD_POSTINGS: Tag = Tag(*b"WPST");

/// Merged postings of the prefixes that begin more than
/// [`UNITED_WORDS`](crate::search::postings::UNITED_WORDS) words, or several with more than
/// [`UNITED_POSTINGS`](crate::search::postings::UNITED_POSTINGS) postings: 12 bytes each, ascending,
/// each range of words once: `u32` first word, `u32` first word after them, `u32` start in
/// [`POSTINGS`]. So any prefix is one set, or the union of a few small ones.
pub const PREFIX_POSTINGS: Tag = Tag(*b"PPST");

/// Sorted sets of ranks, those of the words and then those of the merged prefixes, one behind the
/// other: see [`crate::search::postings`].
pub const POSTINGS: Tag = Tag(*b"POST");

// Refsets. *Member rows* number the rows of all refset files in one sequence: grouped by table (a
// distinct combination of columns), within a table by refset, within a refset the active rows and
// then the inactive ones; each of these two runs ascends by the code of the referenced component,
// then by member id. *Refset numbers* number the refsets by id.

/// Component codes: which kind of component the other 30 bits number.
///
/// Kind 0: an ordinal below the count of concepts. Kind 1: a description row. Kind 2: an entry of
/// [`OTHER_COMPONENTS`]. Kind 3: an entry of [`MEMBER_TEXTS`], of a column that holds something
/// else than an SCTID; all ones is an empty column.
pub const CODE_KIND_SHIFT: u32 = 30;
/// The code of an empty column.
pub const CODE_NONE: u32 = u32::MAX;
/// The largest number that a component code holds beside its kind.
pub const CODE_NUMBER: u32 = (1 << CODE_KIND_SHIFT) - 1;

/// The refsets, [`REFSET_RECORD_LENGTH`] bytes each, ascending by id, and one past the end whose
/// starts are the totals.
///
/// `u64` id, `u32` start in [`REFSET_PARTS`], `u32` start in [`REFSET_CONCEPTS`], `u32` which kinds
/// of component its active rows reference (bit 0 concepts, 1 descriptions, 2 others), 4 zero bytes.
pub const REFSETS: Tag = Tag(*b"RSET");
/// Length of a record of [`REFSETS`].
pub const REFSET_RECORD_LENGTH: usize = 24;

/// The rows of each refset in each table that has any, 16 bytes each, by refset and table: `u32`
/// first member row, `u32` active rows, `u32` inactive rows that follow them, `u16` table, `u16`
/// refset number.
pub const REFSET_PARTS: Tag = Tag(*b"RPRT");

/// The distinct concepts of the active rows of each refset: ordinals (`u32`), ascending within a
/// refset.
pub const REFSET_CONCEPTS: Tag = Tag(*b"RCON");

/// How a section of lists of entries by concept is laid out: blocks of [`LIST_BLOCK`] concepts
/// each, then the entries of all concepts, by concept.
///
/// A block is [`LIST_BLOCK_LENGTH`] bytes: `u32` entries before it, then for each of its concepts
/// where the entries of that concept end, counted from there (`u16`). Where that is too little for
/// a block, ends are `u32` in all of them, and a block is [`LIST_WIDE_BLOCK_LENGTH`] bytes; the
/// length of the section says which. Places beyond the last concept end where it ends.
pub const LISTS_LAYOUT: () = ();
/// Concepts of a block of [lists](LISTS_LAYOUT).
pub const LIST_BLOCK: usize = 32;
/// Length of a block of [lists](LISTS_LAYOUT).
pub const LIST_BLOCK_LENGTH: usize = 4 + LIST_BLOCK * 2;
/// Length of a block of [lists](LISTS_LAYOUT) with more entries in a block than `u16` counts.
pub const LIST_WIDE_BLOCK_LENGTH: usize = 4 + LIST_BLOCK * 4;

/// The refsets that have each concept as the referenced component of an active row, as
/// [lists](LISTS_LAYOUT): refset numbers (`u16`), ascending within a concept.
pub const CONCEPT_REFSETS: Tag = Tag(*b"CRFS");

/// The tables, 8 bytes each, and one past the end: `u32` first member row, `u32` first column in
/// [`REFSET_COLUMNS`].
pub const REFSET_TABLES: Tag = Tag(*b"RTAB");

/// The columns of the tables behind the six that every refset has, in the order of the files,
/// [`REFSET_COLUMN_LENGTH`] bytes each.
///
/// `u8` type (`c`, `i` or `s`, as in the file name), `u8` bytes a value (1, 2 or 4), `u16` flags
/// ([`COLUMN_PARAMETERS`], [`COLUMN_ORDERED`]), `u32` name in [`COLUMN_NAMES`], `u32` where its
/// values start in [`COLUMN_VALUES`] (bytes), `u32` start and `u32` count of its dictionary in
/// [`COLUMN_DICTIONARIES`], `u32` start in [`VALUE_ORDER`], `u32` start in [`PARAMETER_STARTS`],
/// 4 zero bytes.
///
/// A value of 1 or 2 bytes is an entry of the dictionary, one of 4 bytes the value itself: for `c`
/// a component code, for `i` an `i32`, for `s` an entry of [`MEMBER_TEXTS`].
pub const REFSET_COLUMNS: Tag = Tag(*b"RCOL");
/// Length of a record of [`REFSET_COLUMNS`].
pub const REFSET_COLUMN_LENGTH: usize = 32;
/// Column flag: its texts are templates, and each tab of one stands for the id of a concept. The
/// ordinals are in [`PARAMETERS`].
pub const COLUMN_PARAMETERS: u16 = 1;
/// Column flag: [`VALUE_ORDER`] has its rows by value.
pub const COLUMN_ORDERED: u16 = 2;

/// The names of [`REFSET_COLUMNS`] as published, distinct, as [texts](TEXTS_LAYOUT).
pub const COLUMN_NAMES: Tag = Tag(*b"RNAM");

/// The values of all columns, each column in one piece.
pub const COLUMN_VALUES: Tag = Tag(*b"RVAL");

/// The dictionaries of the columns: distinct values (`u32`), ascending within a column (as `i32`
/// where that is its type).
pub const COLUMN_DICTIONARIES: Tag = Tag(*b"RDIC");

/// Member rows (`u32`) by value, for each column with [`COLUMN_ORDERED`] as many as its table has
/// rows: those of the active run of each part at the places of that run, ascending by value and
/// row; inactive rows at their own places.
pub const VALUE_ORDER: Tag = Tag(*b"RORD");

/// Where the parameters of each text start in [`PARAMETERS`] (`u32`): for each column with
/// [`COLUMN_PARAMETERS`] one a row and one past the end.
pub const PARAMETER_STARTS: Tag = Tag(*b"RPST");

/// The concepts that the tabs of templates stand for: ordinals (`u32`).
pub const PARAMETERS: Tag = Tag(*b"RPAR");

/// The distinct texts of refset columns and alternate identifiers, ascending by their bytes, as
/// [texts](TEXTS_LAYOUT).
pub const MEMBER_TEXTS: Tag = Tag(*b"RTXT");

/// The id of each member row: a UUID, 16 bytes, the first digits first. For an id that is not a UUID
/// a number made from it; see [`UNUSUAL_MEMBERS`].
pub const MEMBER_IDS: Tag = Tag(*b"RMID");

/// The member rows (`u32`, ascending) whose id is not a UUID.
pub const UNUSUAL_MEMBERS: Tag = Tag(*b"RMUN");

/// The ids of [`UNUSUAL_MEMBERS`] as published, in the same order, as [texts](TEXTS_LAYOUT).
pub const UNUSUAL_MEMBER_IDS: Tag = Tag(*b"RMUT");

/// The code of the referenced component of each member row: `u32`, see [`CODE_KIND_SHIFT`].
pub const REFERENCED_COMPONENTS: Tag = Tag(*b"RCMP");

/// The module and effective time of each member row: `u16`, an entry of [`MEMBER_STATUSES`].
pub const MEMBER_STATUS: Tag = Tag(*b"RSTA");

/// The distinct modules and effective times of member rows and alternate identifiers, 12 bytes
/// each: `u64` module, `u32` date as in [`DATES`].
pub const MEMBER_STATUSES: Tag = Tag(*b"RSTD");

/// Ids of components that are neither concepts nor descriptions of this index, relationships say:
/// `u64`, ascending.
pub const OTHER_COMPONENTS: Tag = Tag(*b"ROTH");

/// The active historical associations of each concept, as [lists](LISTS_LAYOUT) with entries of 6
/// bytes: `u32` code of the target, `u16` refset number.
pub const ASSOCIATIONS: Tag = Tag(*b"ASSO");

/// The active historical associations that have each concept as their target: laid out as
/// [`ASSOCIATIONS`], with the ordinal of the concept they start from.
pub const INVERSE_ASSOCIATIONS: Tag = Tag(*b"ASIN");
/// Length of an entry of [`ASSOCIATIONS`] and [`INVERSE_ASSOCIATIONS`].
pub const ASSOCIATION_LENGTH: usize = 6;

/// The alternate identifiers, 16 bytes each, ascending by scheme, text and component: `u32` code of
/// the scheme, `u32` identifier (an entry of [`MEMBER_TEXTS`]), `u32` code of the component, `u16`
/// status (an entry of [`MEMBER_STATUSES`]), `u16` active (0 or 1).
pub const ALTERNATE_IDENTIFIERS: Tag = Tag(*b"ALID");

/// Entries of [`ALTERNATE_IDENTIFIERS`] (`u32`), ascending by the code of their component.
pub const ALTERNATE_IDENTIFIER_ORDER: Tag = Tag(*b"ALOR");

// The history tables of the UK. Their sections are there only where the build was given the tables.

/// The rows of the history substitution table, [`SUBSTITUTION_LENGTH`] bytes each, ascending by
/// their first two numbers, none twice: `u64` id of the old concept, `u64` id of the new one, `u32`
/// path (an entry of [`SUBSTITUTION_PATHS`]), `u16` iterations, `u16` flags.
///
/// Flags: [`SUBSTITUTION_AMBIGUOUS`], [`SUBSTITUTION_SAME_TOP_LEVEL`],
/// [`SUBSTITUTION_SAME_NAME_WITHOUT_TAG`], [`SUBSTITUTION_SAME_TAG`]. Ids, not ordinals: the table
/// may name concepts that the release does not have.
pub const SUBSTITUTIONS: Tag = Tag(*b"HSUB");
/// Length of a record of [`SUBSTITUTIONS`].
pub const SUBSTITUTION_LENGTH: usize = 24;
/// Substitution flag: the old concept has more than one substitute.
pub const SUBSTITUTION_AMBIGUOUS: u16 = 1;
/// Substitution flag: both concepts are of one top-level hierarchy.
pub const SUBSTITUTION_SAME_TOP_LEVEL: u16 = 2;
/// Substitution flag: the fully specified names are equal but for their semantic tags.
pub const SUBSTITUTION_SAME_NAME_WITHOUT_TAG: u16 = 4;
/// Substitution flag: the semantic tags are equal.
pub const SUBSTITUTION_SAME_TAG: u16 = 8;

/// The distinct paths of [`SUBSTITUTIONS`] as published, ascending by their bytes, as
/// [texts](TEXTS_LAYOUT).
pub const SUBSTITUTION_PATHS: Tag = Tag(*b"HSTX");

/// The pairs of the query table that exist by substitution (provenance above 0), by subtype:
/// `concepts + 1` starts (`u32`), counted in entries, then entries of [`QUERY_TABLE_LENGTH`] bytes,
/// ascending within a concept: `u32` ordinal of the supertype, `u8` provenance. The pairs of
/// provenance 0 are those of [`ANCESTORS`], and are not stored.
pub const QUERY_TABLE: Tag = Tag(*b"QTAB");
/// Length of an entry of [`QUERY_TABLE`].
pub const QUERY_TABLE_LENGTH: usize = 5;

// dm+d. Its tables, their columns and how a row lies in bytes are described, once, in
// [`crate::dmd::schema`]. *Product numbers* number the products of all levels in one sequence: VTMs,
// VMPs, AMPs, VMPPs, AMPPs, each in the order of their table.

/// Where each table of [`crate::dmd::schema::TABLES`] lies in [`DMD_ROWS`], and behind them each
/// [`crate::dmd::schema::Order`], [`DMD_TABLE_LENGTH`] bytes each: `u64` start, `u32` rows, `u32`
/// bytes a row. They lie one behind the other in this order, and a table with links has one row more
/// than is said here, whose links are the totals.
///
/// VTMs, ingredients, trade families and their groups ascend by id; VMPs by the row of their VTM and
/// then by id; AMPs and VMPPs so by VMP, AMPPs by AMP. Lookup entries ascend by list and code. Rows
/// that belong to a record lie in the order of those, and among themselves as in their file; those of
/// a record that the release does not have lie behind all others, and those without one last.
/// Rows of history ascend by current id, previous id and start.
pub const DMD_TABLES: Tag = Tag(*b"DTAB");
/// Length of a record of [`DMD_TABLES`].
pub const DMD_TABLE_LENGTH: usize = 16;

/// The rows of all tables and orders, as [`DMD_TABLES`] says.
pub const DMD_ROWS: Tag = Tag(*b"DROW");

/// The texts and decimal numbers of [`DMD_ROWS`]: UTF-8. One text may lie within another.
pub const DMD_TEXT: Tag = Tag(*b"DTXT");

/// The ids that rows of dm+d refer to and its tables lack: `u64`, ascending.
pub const DMD_MISSING: Tag = Tag(*b"DMIS");

/// The row of the lookup table at which each of [`crate::dmd::schema::List::ALL`] begins, `u32`, and
/// one past the end. An entry without a description is a code that rows have and the lookup file
/// lacks.
pub const DMD_LISTS: Tag = Tag(*b"DLST");

/// Product id to product number: [buckets](super::bucket).
pub const DMD_BUCKETS: Tag = Tag(*b"DBKT");

/// GTIN to its first entry in [`crate::dmd::schema::Order::GtinByNumber`]: [buckets](super::bucket)
/// with the GTIN as a number for its id.
pub const GTIN_BUCKETS: Tag = Tag(*b"GBKT");

/// What is known of ids through time, [`DMD_PREVIOUS_LENGTH`] bytes each, ascending by their
/// numbers in this order, none twice: `u64` previous id, `u64` current id, `u32` kind (the number of
/// the history table of [`crate::dmd::schema::TableId`] for its kind of thing, or of the table of
/// trade families or their groups), `u32` source (0 the element of the thing itself, `VPIDPREV` say,
/// 1 the history file), `u32` start and `u32` end as dates, 0 where unknown. From an element there is
/// no start and no end.
pub const DMD_PREVIOUS: Tag = Tag(*b"DPRV");
/// Length of a record of [`DMD_PREVIOUS`].
pub const DMD_PREVIOUS_LENGTH: usize = 32;

/// Rows of [`DMD_PREVIOUS`] (`u32`), ascending by current id, and then by row.
pub const DMD_CURRENT: Tag = Tag(*b"DCUR");

/// The names of products by rank, as [`RANKS`]: `u32` name, `u32` product number. A name is the
/// product number times [`DMD_NAMES`] and which of its names it is: 0 the name (NM), 1 the
/// description of an AMP (DESC), 2 the abbreviated name (ABBREVNM), 3 the previous name.
pub const DMD_RANKS: Tag = Tag(*b"DRNK");
/// Names of a product.
pub const DMD_NAMES: u32 = 4;

/// Where the zones of [`DMD_RANKS`] end, as [`RANK_ZONES`]: names of products that are valid, names
/// of invalid ones, previous names, nothing more.
pub const DMD_RANK_ZONES: Tag = Tag(*b"DZON");

/// The words of [`DMD_RANKS`], as [`WORDS`].
pub const DMD_WORDS: Tag = Tag(*b"DWRD");

/// As [`WORD_POSTINGS`], of [`DMD_WORDS`].
pub const DMD_WORD_POSTINGS: Tag = Tag(*b"DWPS");

/// As [`PREFIX_POSTINGS`], of [`DMD_WORDS`].
pub const DMD_PREFIX_POSTINGS: Tag = Tag(*b"DPPS");

/// As [`POSTINGS`], of [`DMD_WORDS`].
pub const DMD_POSTINGS: Tag = Tag(*b"DPST");
