//! The syntax tree of an expression constraint: what was written, with nothing looked up yet.
//!
//! Brackets that change nothing, white space, comments and the choice between brief and long
//! syntax are not in the tree; terms in pipes are.

use crate::id::Sctid;

/// A range of bytes of the text that was parsed.
///
/// Two trees are compared by what they say, not by where it stood: all spans are equal.
#[derive(Clone, Copy, Debug, Default)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte behind the last one.
    pub end: usize,
}

impl PartialEq for Span {
    fn eq(&self, _: &Span) -> bool {
        true
    }
}

impl Eq for Span {}

/// `expressionConstraint`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    /// One operand.
    Sub(SubExpression),
    /// Two or more operands joined by `AND`.
    And(Vec<SubExpression>),
    /// Two or more operands joined by `OR`.
    Or(Vec<SubExpression>),
    /// The first operand without the second: `MINUS`.
    Minus(Box<SubExpression>, Box<SubExpression>),
    /// `focus : refinement`.
    Refined(SubExpression, Refinement),
    /// `focus . attribute . attribute`.
    Dotted(SubExpression, Vec<SubExpression>),
}

/// `subExpressionConstraint`: a focus, and what is applied to it, from the inside out: the
/// reference set operator with its member filters, the hierarchy operator, the filters, the
/// history supplement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubExpression {
    /// `<`, `>>` and the like.
    pub hierarchy: Option<HierarchyOperator>,
    /// `^`, `^ [field]` or `^R`.
    pub refset: Option<RefsetOperator>,
    /// What they are applied to.
    pub focus: Focus,
    /// `{{ M … }}`, each pair of braces one entry; only behind `^`.
    pub member_filters: Vec<Criteria<MemberFilter>>,
    /// `{{ D … }}` and `{{ C … }}`, each pair of braces one entry, in order.
    pub filters: Vec<Filter>,
    /// `{{ + HISTORY… }}`.
    pub history: Option<HistorySupplement>,
    /// Where it stands.
    pub span: Span,
}

impl SubExpression {
    /// A focus, and nothing applied to it.
    pub fn new(focus: Focus, span: Span) -> SubExpression {
        SubExpression {
            hierarchy: None,
            refset: None,
            focus,
            member_filters: Vec::new(),
            filters: Vec::new(),
            history: None,
            span,
        }
    }
}

/// `constraintOperator`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HierarchyOperator {
    /// `<`
    DescendantOf,
    /// `<<`
    DescendantOrSelfOf,
    /// `<!`
    ChildOf,
    /// `<<!`
    ChildOrSelfOf,
    /// `>`
    AncestorOf,
    /// `>>`
    AncestorOrSelfOf,
    /// `>!`
    ParentOf,
    /// `>>!`
    ParentOrSelfOf,
    /// `!!>`: those that no other member of the set is above.
    Top,
    /// `!!<`: those that no other member of the set is below.
    Bottom,
}

/// `refsetOperator`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefsetOperator {
    /// `^`: the referenced components.
    MemberOf,
    /// `^ [a, b]`: values of these fields.
    Fields(Vec<FieldName>),
    /// `^ [*]`: values of all fields.
    AllFields(Span),
    /// `^R`: the reference sets that have a member among the operand.
    ContainingAny,
}

/// The name of a refset field, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldName {
    /// Its letters.
    pub name: String,
    /// Where it stands.
    pub span: Span,
}

/// What operators are applied to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Focus {
    /// A concept.
    Concept(ConceptReference),
    /// `*`: every concept.
    Any,
    /// A concept by an identifier of another scheme: `LOINC#54486-6`.
    Alternate(AlternateIdentifier),
    /// `( … )`.
    Nested(Box<Expression>),
}

/// `eclConceptReference`: an id, and the term in pipes behind it, if any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConceptReference {
    /// The id as published: its check digit has not been looked at.
    pub id: Sctid,
    /// The term in pipes, trimmed.
    pub term: Option<String>,
    /// Where it stands, the term included.
    pub span: Span,
}

/// `altIdentifier`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlternateIdentifier {
    /// The alias of the scheme, as written.
    pub scheme: String,
    /// The code.
    pub code: String,
    /// The term in pipes, trimmed.
    pub term: Option<String>,
    /// Where it stands, the term included.
    pub span: Span,
}

/// What refines a focus; also what stands in the braces of a group, where no group can stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refinement {
    /// One attribute.
    Attribute(Attribute),
    /// `{ … }`: within one role group.
    Group(AttributeGroup),
    /// Two or more, all of them.
    And(Vec<Refinement>),
    /// Two or more, any of them.
    Or(Vec<Refinement>),
}

/// `eclAttributeGroup`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeGroup {
    /// How many groups; without it, one or more.
    pub cardinality: Option<Cardinality>,
    /// What each of them satisfies.
    pub attributes: Box<Refinement>,
    /// Where it stands.
    pub span: Span,
}

/// `cardinality`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cardinality {
    /// At least so many.
    pub least: u32,
    /// At most so many; `None` is `*`.
    pub most: Option<u32>,
}

/// `eclAttribute`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// How many; without it, one or more.
    pub cardinality: Option<Cardinality>,
    /// `R`: the focus is the value.
    pub reverse: bool,
    /// The types.
    pub name: Box<SubExpression>,
    /// What the values are compared with.
    pub comparison: Comparison,
    /// Where it stands.
    pub span: Span,
}

/// An operator and what stands behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `= …` or `!= …` with concepts.
    Concepts(Equality, Box<SubExpression>),
    /// A number.
    Number(Order, Number),
    /// Strings: equal to one of these.
    Strings(Equality, Vec<String>),
    /// `true` or `false`.
    Boolean(Equality, bool),
}

/// `=` or `!=`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Equality {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
}

/// `=`, `!=`, `<`, `<=`, `>` or `>=`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// A number as written behind `#`: always one that [`Decimal`](crate::snomed::Decimal) reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number(pub String);

/// The criteria of one pair of braces: all of them hold for one and the same row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criteria<T> {
    /// At least one.
    pub criteria: Vec<T>,
    /// Where the braces stand.
    pub span: Span,
}

/// A filter of concepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// `{{ D … }}` or `{{ … }}`: one description satisfies all criteria.
    Description(Criteria<DescriptionFilter>),
    /// `{{ C … }}`: the concept satisfies all criteria.
    Concept(Criteria<ConceptFilter>),
}

/// `descriptionFilter`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DescriptionFilter {
    /// `term = "…"`
    Term(Equality, Vec<SearchTerm>),
    /// `language = en`, lower case.
    Language(Equality, Vec<String>),
    /// `type = syn`
    Type(Equality, Vec<TypeToken>),
    /// `typeId = …`
    TypeId(Equality, ConceptOperand),
    /// `dialect = en-gb (prefer)`
    Dialect(Equality, Vec<DialectAlias>),
    /// `dialectId = …` of an expression.
    DialectExpression(Equality, Box<SubExpression>, Vec<Acceptability>),
    /// `dialectId = ( … … )` of references, each with its acceptability.
    DialectId(Equality, Vec<DialectId>),
    /// `moduleId = …`
    Module(Equality, ConceptOperand),
    /// `effectiveTime >= "…"`
    EffectiveTime(Order, Vec<Time>),
    /// `active = true`
    Active(Equality, Activity),
    /// `id = …`
    Id(Equality, Vec<Sctid>),
}

/// `conceptFilter`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConceptFilter {
    /// `definitionStatus = primitive`
    DefinitionStatus(Equality, Vec<DefinitionStatusToken>),
    /// `definitionStatusId = …`
    DefinitionStatusId(Equality, ConceptOperand),
    /// `moduleId = …`
    Module(Equality, ConceptOperand),
    /// `effectiveTime >= "…"`
    EffectiveTime(Order, Vec<Time>),
    /// `active = true`
    Active(Equality, Activity),
}

/// `memberFilter`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MemberFilter {
    /// `moduleId = …`
    Module(Equality, ConceptOperand),
    /// `effectiveTime >= "…"`
    EffectiveTime(Order, Vec<Time>),
    /// `active = true`
    Active(Equality, Activity),
    /// A field of the refset.
    Field(FieldName, FieldComparison),
}

/// An operator behind a refset field, and what stands behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldComparison {
    /// Components.
    Concepts(Equality, Box<SubExpression>),
    /// A number.
    Number(Order, Number),
    /// Text: one of these.
    Terms(Equality, Vec<SearchTerm>),
    /// `true` or `false`.
    Boolean(Equality, bool),
    /// Times; with `=` and `!=`, what was written is a term as well as a time, and
    /// [`FieldComparison::Terms`] is what the tree has.
    Time(Order, Vec<Time>),
}

/// `subExpressionConstraint` or a set of references.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConceptOperand {
    /// An expression.
    Expression(Box<SubExpression>),
    /// `( a b … )`: two or more.
    References(Vec<ConceptReference>),
}

/// `typedSearchTerm`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SearchTerm {
    /// Each word begins a word of the term; the words, unescaped.
    Match(Vec<String>),
    /// The whole term; `*` stands for anything. The text between the quotes: escapes stay.
    Wild(String),
}

/// `typeToken`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TypeToken {
    /// `fsn`
    FullySpecifiedName,
    /// `syn`
    Synonym,
    /// `def`
    Definition,
}

/// `dialectAlias`, with the acceptability behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DialectAlias {
    /// As written, `en-gb` say.
    pub alias: String,
    /// Empty where any acceptability will do.
    pub acceptability: Vec<Acceptability>,
    /// Where it stands.
    pub span: Span,
}

/// A language refset of a set, with the acceptability behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DialectId {
    /// The language refset.
    pub refset: ConceptReference,
    /// Empty where any acceptability will do.
    pub acceptability: Vec<Acceptability>,
}

/// One entry of `acceptabilitySet`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Acceptability {
    /// `prefer`
    Preferred,
    /// `accept`
    Acceptable,
    /// A concept.
    Reference(ConceptReference),
}

/// `definitionStatusToken`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DefinitionStatusToken {
    /// `primitive`
    Primitive,
    /// `defined`
    Defined,
}

/// `activeValue`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Activity {
    /// `true` or `1`
    Active,
    /// `false` or `0`
    Inactive,
    /// `*`
    Any,
}

/// `timeValue`: `YYYYMMDD` as a number, or `None` for `""`, a row that is not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub Option<u32>);

/// `historySupplement`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HistorySupplement {
    /// `HISTORY-MIN`
    Minimum,
    /// `HISTORY-MOD`
    Moderate,
    /// `HISTORY-MAX`, and plain `HISTORY`
    Maximum,
    /// `HISTORY ( … )`: these association refsets.
    Subset(Box<Expression>),
}
