//! A list of codes as a file states it: nothing is looked up yet.

use farr::Sctid;
use farr::dmd::Level;
use farr::ecl::Ecl;

use crate::code::Code;
use crate::finding::Finding;
use crate::format::Format;
use crate::place::Place;
use crate::system::ListSystem;

/// What a file holds; made by [`read`](crate::read()).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Codelist {
    /// The format that it was read in.
    pub format: Format,
    /// What it holds.
    pub content: Content,
    /// What is to be told of it, in the order of the file. Where one of them
    /// [is an error](crate::FindingKind::is_error), the list cannot be used whole.
    pub findings: Vec<Finding>,
}

impl Codelist {
    /// The findings that are errors.
    pub fn errors(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.kind.is_error())
    }

    /// Every code that the file names one by one, in its order: those of a value set are what it
    /// includes and excludes, and those of its expansion where it has nothing else. An expression
    /// constraint has none.
    pub fn entries(&self) -> Vec<&Entry> {
        match &self.content {
            Content::Codes(codes) => codes.entries.iter().collect(),
            Content::Definition(definition) => {
                definition.rows.iter().map(|row| &row.entry).collect()
            }
            Content::ValueSet(set) => match &set.compose {
                Some(compose) => {
                    let parts = compose.include.iter().chain(&compose.exclude);
                    parts.flat_map(|part| part.entries()).collect()
                }
                None => set.expansion.iter().flatten().collect(),
            },
            Content::Ecl(_) => Vec::new(),
        }
    }
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Codes one by one.
    Codes(Codes),
    /// Codes included and excluded with what is below them.
    Definition(Definition),
    /// A value set.
    ValueSet(ValueSet),
    /// An expression constraint.
    Ecl(Ecl),
}

/// Codes one by one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Codes {
    /// Each code once, in the order of the file.
    pub entries: Vec<Entry>,
    /// The clusters that were read, where the file has clusters.
    pub clusters: Vec<Cluster>,
}

/// A code, and what stands beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its code system.
    pub system: ListSystem,
    /// The code.
    pub code: Code,
    /// The term beside it; `None` where there is none, or only white space.
    pub term: Option<String>,
    /// Where the code stands.
    pub place: Place,
}

impl Entry {
    /// What the row says that its code is to another id, and that id as it is written; `None` where it says
    /// no such thing. Whether it is so dm+d says.
    ///
    /// ```
    /// # use farr_codelists::{OtherId, ReadOptions, read};
    /// let list = "code,term,dmd_id,dmd_type,bnf_code\n\
    ///     9970011009,VMP previous to 990200011000001108,9970011009,VMP,\n";
    /// let list = read(list.as_bytes(), &ReadOptions::default())?;
    /// let said = list.entries()[0].other_id();
    /// assert_eq!(said, Some((OtherId::Previous, "990200011000001108")));
    /// # Ok::<(), farr_codelists::ReadError>(())
    /// ```
    pub fn other_id(&self) -> Option<(OtherId, &str)> {
        let term = self.term.as_deref()?;
        let said =
            OTHER_IDS.iter().find_map(|(begin, said)| Some((*said, term.strip_prefix(begin)?)));
        said.map(|(said, id)| (said, id.trim()))
    }

    /// The term, where it is meant as a name of the code: rows that OpenCodelists adds for the other
    /// ids of a product say `VMP previous to …` in its place.
    pub fn display(&self) -> Option<&str> {
        self.term.as_deref().filter(|term| !is_other_id(term))
    }
}

/// Whether a term says that its row is another id of a product.
pub(crate) fn is_other_id(term: &str) -> bool {
    OTHER_IDS.iter().any(|(begin, _)| term.starts_with(begin))
}

/// How OpenCodelists says that a row is another id of a product.
const OTHER_IDS: [(&str, OtherId); 2] =
    [("VMP previous to ", OtherId::Previous), ("VMP subsequent to ", OtherId::Subsequent)];

/// What an id is to another one of the same product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OtherId {
    /// The product had it before the other one.
    Previous,
    /// The product has it after the other one.
    Subsequent,
}

/// A cluster of the primary care domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// `Cluster_ID`: `AST_COD`, say.
    pub id: String,
    /// `Cluster_Desc`.
    pub description: String,
    /// The id of its reference set; empty where the file does not say.
    pub refset: String,
}

/// An OpenCodelists definition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Definition {
    /// Each code once, in the order of the file.
    pub rows: Vec<DefinitionRow>,
}

/// A row of a definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefinitionRow {
    /// The code.
    pub entry: Entry,
    /// Whether it is included.
    pub status: Status,
}

/// `is_included`: whether a code is in a list, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// `+`: included, with all below it.
    Included,
    /// `-`: excluded, with all below it.
    Excluded,
    /// `(+)`: included, as it is below a code that is.
    IncludedByAncestor,
    /// `(-)`: excluded, as it is below a code that is.
    ExcludedByAncestor,
    /// `!`: below a code that is included and another that is excluded.
    Conflict,
    /// `?`: not decided.
    Undecided,
}

impl Status {
    /// All of them.
    pub const ALL: [Status; 6] = [
        Status::Included,
        Status::Excluded,
        Status::IncludedByAncestor,
        Status::ExcludedByAncestor,
        Status::Conflict,
        Status::Undecided,
    ];

    /// Its symbol.
    pub const fn symbol(self) -> &'static str {
        match self {
            Status::Included => "+",
            Status::Excluded => "-",
            Status::IncludedByAncestor => "(+)",
            Status::ExcludedByAncestor => "(-)",
            Status::Conflict => "!",
            Status::Undecided => "?",
        }
    }

    /// The status of a symbol. A spreadsheet may have put a quotation mark before it.
    pub fn of_symbol(symbol: &str) -> Option<Status> {
        let symbol = symbol.trim().trim_start_matches('\'');
        Status::ALL.into_iter().find(|status| status.symbol() == symbol)
    }
}

/// A ValueSet of FHIR ([R4](https://hl7.org/fhir/R4/valueset.html)).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ValueSet {
    /// Its canonical URL.
    pub url: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// Its name for programs.
    pub name: Option<String>,
    /// Its name for people.
    pub title: Option<String>,
    /// `draft`, `active`, `retired` or `unknown`.
    pub status: Option<String>,
    /// What defines it.
    pub compose: Option<Compose>,
    /// Its stored expansion: each code once. Read only where nothing else defines the set.
    pub expansion: Option<Vec<Entry>>,
}

/// `ValueSet.compose`: what is in the set, whether or not it was expanded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compose {
    /// `false` where inactive codes are to be left out.
    pub inactive: Option<bool>,
    /// What is in it: any of these.
    pub include: Vec<Part>,
    /// What is taken out again.
    pub exclude: Vec<Part>,
}

/// An include or an exclude.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Of which code system.
    pub system: ListSystem,
    /// Of which version of it.
    pub version: Option<String>,
    /// Which codes.
    pub selection: Selection,
    /// Where it stands.
    pub place: Place,
}

impl Part {
    pub(crate) fn entries(&self) -> impl Iterator<Item = &Entry> {
        let entries = match &self.selection {
            Selection::Codes(entries) => entries.as_slice(),
            Selection::All | Selection::Filters(_) => &[],
        };
        entries.iter()
    }
}

/// Which codes of a system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// Every code.
    All,
    /// These.
    Codes(Vec<Entry>),
    /// Those that satisfy all of these.
    Filters(Vec<Filter>),
}

/// A filter of an include or an exclude. One that is none of these is an error when it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// `concept is-a`: the concept and all below it.
    IsA(Sctid),
    /// `concept descendent-of`: all below the concept.
    DescendentOf(Sctid),
    /// `concept in`: the members of the reference set.
    In(Sctid),
    /// `constraint =`: an expression constraint.
    Constraint(Box<Ecl>),
    /// `parent =` of dm+d: every product of a level.
    Products(Level),
    /// `parent = INGREDIENT` of dm+d: every ingredient.
    Ingredients,
}
