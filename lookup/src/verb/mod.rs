//! The verbs, one file each.

pub(crate) mod build;
pub(crate) mod classification;
pub(crate) mod codelist;
pub(crate) mod completions;
pub(crate) mod demo;
pub(crate) mod diff;
pub(crate) mod dmd;
pub(crate) mod ecl;
pub(crate) mod history;
pub(crate) mod info;
pub(crate) mod lookup;
pub(crate) mod man;
pub(crate) mod map;
pub(crate) mod nhs_number;
pub(crate) mod publish;
pub(crate) mod refset;
pub(crate) mod rules;
pub(crate) mod scan;
pub(crate) mod search;
pub(crate) mod subsumes;
pub(crate) mod validate;
pub(crate) mod verify;

use crate::cli::{Cli, Verb};
use crate::failure::Failure;
use crate::streams::Streams;

/// Runs one command; gives what the process ends with.
pub(crate) fn run(cli: Cli, streams: &mut Streams<'_>) -> Result<u8, Failure> {
    let Cli { common, verb } = cli;
    match verb {
        Verb::Lookup(arguments) => lookup::run(arguments, &common, streams),
        Verb::Search(arguments) => search::run(arguments, &common, streams),
        Verb::Subsumes(arguments) => subsumes::run(arguments, &common, streams),
        Verb::History(arguments) => history::run(arguments, &common, streams),
        Verb::Refset(arguments) => refset::run(arguments, &common, streams),
        Verb::Diff(arguments) => diff::run(&arguments, &common, streams),
        Verb::Dmd(arguments) => dmd::run(arguments, &common, streams),
        Verb::Icd10(arguments) => classification::icd10(arguments, &common, streams),
        Verb::Opcs4(arguments) => classification::opcs4(arguments, &common, streams),
        Verb::Scan(arguments) => scan::run(arguments, &common, streams),
        Verb::Validate(arguments) => validate::run(&arguments, &common, streams),
        Verb::NhsNumber(arguments) => nhs_number::run(&arguments, &common, streams),
        Verb::Build(arguments) => build::run(arguments, &common, streams),
        Verb::Publish(arguments) => publish::run(arguments, &common, streams),
        Verb::Info(arguments) => info::run(arguments, &common, streams),
        Verb::Verify(arguments) => verify::run(arguments, &common, streams),
        Verb::Demo(arguments) => demo::run(&arguments, &common, streams),
        Verb::Map(arguments) => map::run(arguments, &common, streams),
        Verb::Codelist(arguments) => codelist::run(arguments, &common, streams),
        Verb::Rules(arguments) => rules::run(arguments, &common, streams),
        Verb::Ecl(arguments) => ecl::run(&arguments, &common, streams),
        Verb::Completions(arguments) => completions::run(&arguments, streams),
        Verb::Man(arguments) => man::run(&arguments, streams),
    }
}
