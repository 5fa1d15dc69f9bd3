//! The fields of a pack: what the reader takes, and what the schema says.

use farr::coding::{ExpressionForm, Form, Outcome, Severity, System};
use farr::dmd::{Level, Setting};

use super::cell_finding::CellFinding;
use super::source::Sure;

/// The word for ingredients among the levels of dm+d, as FHIR value sets of the NHS have it.
pub(super) const INGREDIENT: &str = "INGREDIENT";

/// A table, and its fields.
#[derive(Debug)]
pub(super) struct Shape {
    /// What it is called in messages: `the binding`.
    pub(super) what: &'static str,
    pub(super) fields: &'static [Field],
}

/// A field of a table.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) required: bool,
    /// What it says, for the schema and the manual.
    pub(super) about: &'static str,
}

/// What a field may be.
#[derive(Debug)]
pub(super) enum Kind {
    /// Text that is not blank.
    Text,
    /// Any text, nothing and spaces included: a code that a record may have.
    AnyText,
    /// A name, for references.
    Name,
    /// A URL.
    Url,
    /// An expression constraint.
    Ecl,
    /// The id of a reference set.
    Refset,
    /// A list of ids of concepts, each once.
    Concepts,
    /// `true` or `false`.
    Truth,
    /// `true`, `false`, or the word `any`.
    TruthOrAny,
    /// A number of days.
    Days,
    /// A number of characters.
    Characters,
    /// One of some words.
    Word(fn() -> Vec<&'static str>),
    /// A list of some words, each once.
    Words(fn() -> Vec<&'static str>),
    /// A list of codes or names, each once.
    Texts,
    /// A dialect by its name, or the id of a language reference set.
    Dialect,
    /// Codes and ranges of codes.
    Ranges,
    /// Characters that cannot be a part of a code.
    Separators,
    /// A day.
    Day,
    /// An age.
    Age,
    /// Severities by the codes of findings.
    Severities,
    /// A path, or a table.
    PathOr(&'static Shape),
    /// A table.
    Table(&'static Shape),
    /// Tables, at least one.
    Tables(&'static Shape),
}

const fn required(name: &'static str, kind: Kind, about: &'static str) -> Field {
    Field { name, kind, required: true, about }
}

const fn optional(name: &'static str, kind: Kind, about: &'static str) -> Field {
    Field { name, kind, required: false, about }
}

/// The pack.
pub(super) static PACK: Shape = Shape {
    what: "the pack",
    fields: &[
        required("name", Kind::Name, "The name of the pack: lower case letters, digits, hyphens"),
        required("version", Kind::Text, "The version of the pack, as its owner counts"),
        required("description", Kind::Text, "What the pack is for"),
        required("binding", Kind::Tables(&BINDING), "What is asked at one place of a record"),
    ],
};

/// A binding.
pub(super) static BINDING: Shape = Shape {
    what: "the binding",
    fields: &[
        required("name", Kind::Name, "Its name within the pack; PACK#NAME refers to it"),
        required("title", Kind::Text, "Its name for people"),
        optional("description", Kind::Text, "What is asked, and what is left out"),
        required("source", Kind::Table(&SOURCE), "Where the rule comes from"),
        required(
            "systems",
            Kind::Words(systems),
            "The systems that a code may be of; the first is \
            that of a code of which nothing says what it is of",
        ),
        optional(
            "active",
            Kind::TruthOrAny,
            "Whether the code has to be active: true, which it is \
            unless said; false or any where it need not be",
        ),
        optional(
            "grace-days",
            Kind::Days,
            "Days after its end for which an inactive code is only \
            warned of: the end is fewer days ago than this",
        ),
        optional(
            "constraint",
            Kind::Ecl,
            "An expression constraint (ECL) that the concept satisfies",
        ),
        optional("refset", Kind::Refset, "The id of a reference set that the concept is in"),
        optional(
            "value-set",
            Kind::PathOr(&VALUE_SET),
            "Codes of which the code is one: the path \
            of a file of codes, relative to the pack, or a table",
        ),
        optional(
            "levels",
            Kind::Words(levels),
            "Levels of dm+d that the product may be of; INGREDIENT for its ingredients",
        ),
        optional(
            "membership",
            Kind::Word(memberships),
            "Whether the code satisfies all of constraint, refset, value-set and levels, which is so \
            unless said, or any one of them",
        ),
        optional(
            "prescribable",
            Kind::Word(settings),
            "The setting in which the product may be \
            prescribed",
        ),
        optional(
            "ranges",
            Kind::Ranges,
            "Codes and ranges of codes of a classification, E10-E14 say",
        ),
        optional("form", Kind::Word(forms), "How codes of a classification are written"),
        optional(
            "display",
            Kind::Word(displays),
            "What is asked of the text beside the code; \
            any-term unless said",
        ),
        optional(
            "dialect",
            Kind::Dialect,
            "Whose preferred terms count: nhs-clinical (unless said), \
            nhs-pharmacy, en-gb, en-us, or the id of a language reference set",
        ),
        optional("expressions", Kind::Truth, "Whether postcoordinated expressions are accepted"),
        optional(
            "expression-form",
            Kind::Word(expression_forms),
            "How expressions are written; \
            one-attribute is CONCEPT:ATTRIBUTE=VALUE without spaces and terms",
        ),
        optional(
            "expression-attributes",
            Kind::Concepts,
            "The ids of the attributes that an expression may have; any unless said",
        ),
        optional(
            "most-characters",
            Kind::Characters,
            "A code has at most so many characters, as it was sent",
        ),
        optional(
            "separators",
            Kind::Separators,
            "A field may have several codes, any of these \
            characters between them",
        ),
        optional("most-age-days", Kind::Days, "The release is at most so many days old"),
        optional("severity", Kind::Severities, "How much a finding weighs here, by its code"),
        optional("example", Kind::Tables(&EXAMPLE), "A coding, and what is to be said of it"),
    ],
};

/// Where a rule comes from.
pub(super) static SOURCE: Shape = Shape {
    what: "the source",
    fields: &[
        required("title", Kind::Text, "The document, and the place in it"),
        optional(
            "url",
            Kind::Url,
            "Where it is published; only where sure is ours there need be none",
        ),
        required(
            "sure",
            Kind::Word(sure),
            "How sure the source is: published (its owner says it), \
            second-hand (somebody else says that it is so, open code say), ours (nobody says it)",
        ),
        optional(
            "ours",
            Kind::Texts,
            "The fields that the source does not say and the author of the \
            pack chose, severity.CODE for one severity",
        ),
    ],
};

/// Codes of which the code is one.
pub(super) static VALUE_SET: Shape = Shape {
    what: "the value set",
    fields: &[
        optional("file", Kind::Text, "The path of a file of codes, relative to the pack"),
        optional("codes", Kind::Texts, "The codes themselves"),
        optional(
            "system",
            Kind::Word(systems),
            "Their system; the first of the binding unless said",
        ),
        optional("column", Kind::Text, "The column of codes of the file"),
        optional("clusters", Kind::Texts, "The clusters to read of the file"),
    ],
};

/// A coding, and what is to be said of it.
pub(super) static EXAMPLE: Shape = Shape {
    what: "the example",
    fields: &[
        required("code", Kind::AnyText, "The code, as a record has it"),
        optional("system", Kind::Word(systems), "The system that it states; none unless said"),
        optional("display", Kind::AnyText, "The text beside it"),
        optional("recorded", Kind::Day, "The day on which it was recorded"),
        optional("today", Kind::Day, "The day it is"),
        optional("sex", Kind::Word(sexes), "The sex of the patient"),
        optional("age", Kind::Age, "The age of the patient, 41y or 6m say"),
        required("outcome", Kind::Word(outcomes), "What becomes of it"),
        optional(
            "findings",
            Kind::Words(findings),
            "The codes of all findings, in any order; not \
            looked at unless said",
        ),
        optional("about", Kind::Text, "Why"),
    ],
};

pub(super) fn systems() -> Vec<&'static str> {
    System::ALL.iter().map(|system| system.word()).collect()
}

fn levels() -> Vec<&'static str> {
    Level::ALL.iter().map(|level| level.name()).chain([INGREDIENT]).collect()
}

fn memberships() -> Vec<&'static str> {
    vec!["all", "any"]
}

fn settings() -> Vec<&'static str> {
    Setting::ALL.iter().map(|setting| setting.code()).collect()
}

fn forms() -> Vec<&'static str> {
    let all = [Form::Dotted, Form::Undotted, Form::Padded, Form::DataSet];
    all.iter().map(|form| form.word()).collect()
}

fn expression_forms() -> Vec<&'static str> {
    ExpressionForm::ALL.iter().map(|form| form.word()).collect()
}

fn displays() -> Vec<&'static str> {
    vec!["nothing", "any-term", "preferred"]
}

fn sure() -> Vec<&'static str> {
    Sure::ALL.iter().map(|sure| sure.word()).collect()
}

fn sexes() -> Vec<&'static str> {
    vec!["female", "male"]
}

fn outcomes() -> Vec<&'static str> {
    [Outcome::Accept, Outcome::Warn, Outcome::Reject].iter().map(|one| one.word()).collect()
}

pub(super) fn severities() -> Vec<&'static str> {
    let all = [Severity::Ignore, Severity::Note, Severity::Warn, Severity::Reject];
    all.iter().map(|severity| severity.word()).collect()
}

/// The findings of codings.
pub(super) fn findings() -> Vec<&'static str> {
    farr::coding::FindingCode::ALL.iter().map(|finding| finding.code()).collect()
}

/// All findings that have a severity: those of the cells of a row too, which no example can have.
pub(super) fn weighed() -> Vec<&'static str> {
    let of_cells = CellFinding::ALL.into_iter().map(CellFinding::code);
    findings().into_iter().chain(of_cells).collect()
}
