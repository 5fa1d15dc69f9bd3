//! The command line.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand};
use farr::Dialect;
use farr::published::PublicKey;

use crate::failure::Failure;
use crate::output::format::Format;
use crate::verb::{
    build, classification, codelist, completions, demo, diff, dmd, ecl, history, info, lookup, man,
    map, nhs_number, publish, refset, rules, scan, search, subsumes, validate, verify,
};

/// What `farr --help` ends with.
const EXAMPLES: &str = "\
EXAMPLES:
  farr demo
      See what farr does, on a small release that comes with it
  farr build -o uk-snomed.farr --snomed uk_sct2mo_42.3.0_20260801000001Z.zip
      Build an index from a release
  export FARR_INDEX=uk-snomed.farr
  farr lookup 24700007
      Everything the release says of a concept
  farr search mult scl
      Find concepts by the beginnings of words
  farr subsumes 64572001 24700007
      Is one concept above another?
  farr history 199317008
      What to use now for an inactive concept
  farr ecl '<< 64572001 : 363698007 = *' --count
      How many concepts satisfy an expression constraint?
  farr build -o dmd.farr --dmd nhsbsa_dmd_8.0.0.zip --dmd nhsbsa_dmdbonus_8.0.0.zip
      Build an index of dm+d, which may stand beside the other
  farr publish /srv/farr uk-snomed.farr dmd.farr
      Put indexes where running programs switch to them without a stop
  farr dmd 90332006 --index dmd.farr
      A medicine, and every product and pack of it
  farr map 24700007 --sex female --age-at-onset 41y
      The codes of ICD-10 for this patient, or what has to be known
  farr icd10 G35X --index icd10.farr
      A code of ICD-10, in any spelling
  farr scan '(01)08712400360258(17)271130(10)A1(21)X77' --index dmd.farr
      From a barcode to pack, product and generic
  farr codelist expand asthma.csv --system snomed
      The codes of a list or value set; see also compress, check, diff, repair
  farr validate problems.csv --column snomed -o checked.csv
      Which rows have a code that is wrong, why, and what may be meant
  farr diff uk-2026-06.farr uk-2026-08.farr --codelist asthma.csv --system snomed
      What a newer release changes for a list, or for everything
  farr rules list
      Rule packs: what is required of codes, and who says so; see also check, show
  cut -f2 problems.tsv | farr lookup --format csv > problems.csv
      Look up a column of codes

EXIT CODES:
  0  found, valid or answered (not-classified is an answer)
  1  not found, or not valid
  2  wrong usage or syntax
  3  data or an index that cannot be read

SHELL:
  farr completions bash|zsh|fish|elvish|powershell, and farr man DIR for the manual pages";

/// Clinical terminology for the NHS at the shell: look up, search and check codes.
///
/// farr answers from index files, which it builds from releases of SNOMED CT, dm+d,
/// ICD-10 and OPCS-4. Data goes to standard output and all else to standard error; the options that all verbs share stand before or after
/// the verb.
#[derive(Debug, Parser)]
#[command(
    name = "farr",
    version,
    after_help = EXAMPLES,
    max_term_width = 100,
    arg_required_else_help = true,
    disable_help_subcommand = true
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

/// Options that stand before or after the verb.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Common options")]
pub(crate) struct Common {
    /// Index file or published folder to ask; repeat it to ask several together [env: FARR_INDEX]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) index: Vec<PathBuf>,

    /// Open only published folders whose signature holds against this key of minisign, and publish no
    /// others: a .pub file, or the key itself
    #[arg(long, global = true, env = "FARR_PUBLIC_KEY", value_name = "KEY", value_parser = public_key)]
    pub(crate) public_key: Option<GivenKey>,

    /// How to write the answer
    #[arg(long, global = true, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: Format,

    /// Whose preferred terms to show: nhs-clinical, nhs-pharmacy, en-gb, en-us, or the id of a
    /// language reference set
    #[arg(
        long,
        global = true,
        default_value = "nhs-clinical",
        value_name = "DIALECT",
        value_parser = dialect
    )]
    pub(crate) dialect: Dialect,

    /// When to use colours; auto also heeds NO_COLOR
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub(crate) color: clap::ColorChoice,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    Lookup(lookup::Arguments),
    Search(search::Arguments),
    Subsumes(subsumes::Arguments),
    History(history::Arguments),
    Ecl(ecl::Arguments),
    Map(map::Arguments),
    Validate(Box<validate::Arguments>),
    Refset(refset::Arguments),
    Dmd(dmd::Arguments),
    Icd10(classification::Icd10Arguments),
    Opcs4(classification::Opcs4Arguments),
    Scan(scan::Arguments),
    Codelist(codelist::Arguments),
    Rules(rules::Arguments),
    Diff(Box<diff::Arguments>),
    NhsNumber(nhs_number::Arguments),
    Build(build::Arguments),
    Publish(publish::Arguments),
    Info(info::Arguments),
    Verify(verify::Arguments),
    Demo(demo::Arguments),
    #[command(hide = true)]
    Completions(completions::Arguments),
    #[command(hide = true)]
    Man(man::Arguments),
}

/// A public key, and the file that it was read from.
#[derive(Clone, Debug)]
pub(crate) struct GivenKey {
    pub(crate) key: PublicKey,
    pub(crate) file: Option<PathBuf>,
}

impl Common {
    /// The key that sets have to be signed with, where one is given.
    pub(crate) fn key(&self) -> Option<&PublicKey> {
        self.public_key.as_ref().map(|given| &given.key)
    }

    /// The file that the key was read from.
    pub(crate) fn key_file(&self) -> Option<&Path> {
        self.public_key.as_ref()?.file.as_deref()
    }
}

/// A public key: the text of a file of this name, or the text itself.
fn public_key(named: &str) -> Result<GivenKey, String> {
    let is_file = Path::new(named).is_file();
    let text = match is_file {
        true => std::fs::read_to_string(named).map_err(|error| error.to_string())?,
        false => named.to_owned(),
    };
    let key = text.parse::<PublicKey>().map_err(|error| match is_file {
        true => error.to_string(),
        false => format!("{error}; and no file has this name"),
    })?;
    Ok(GivenKey { key, file: is_file.then(|| PathBuf::from(named)) })
}

fn dialect(name: &str) -> Result<Dialect, String> {
    Dialect::named(name).ok_or_else(|| {
        "expected nhs-clinical, nhs-pharmacy, en-gb, en-us, or the id of a language reference set"
            .to_owned()
    })
}

/// Refuses `--index` on both sides of the verb: the parser keeps those of one side only, and an
/// index must not drop out of a question unnoticed.
pub(crate) fn check_index_options(
    arguments: impl Iterator<Item = OsString>,
    common: &Common,
) -> Result<(), Failure> {
    let given = arguments
        .take_while(|argument| argument != "--")
        .filter(|argument| {
            let argument = argument.to_string_lossy();
            argument == "--index" || argument.starts_with("--index=")
        })
        .count();
    if given > common.index.len() {
        return Err(Failure::Usage(
            "--index stands on both sides of the verb: put all of them on one side".to_owned(),
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory as _;
        Cli::command().debug_assert();
    }

    #[test]
    fn no_index_drops_out_unnoticed() {
        let check = |arguments: &[&str]| {
            let cli = Cli::try_parse_from(arguments).unwrap();
            check_index_options(arguments.iter().map(OsString::from), &cli.common)
        };
        assert!(check(&["farr", "--index", "a", "--index=b", "lookup", "1"]).is_ok());
        assert!(check(&["farr", "lookup", "1", "--index", "a"]).is_ok());
        assert!(check(&["farr", "--index", "a", "lookup", "1", "--index", "b"]).is_err());
    }
}
