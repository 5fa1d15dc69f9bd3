//! `farr info`: what an index holds.

use std::io::Write as _;
use std::path::PathBuf;

use clap::Args;
use farr::index::{IndexFile, Verification};
use farr::{Dialect, Sctid, Terminology};
use serde::{Serialize, Serializer};

use crate::card::draw::Sheet;
use crate::card::release::{dmd_words, edition_of_meta};
use crate::cli::Common;
use crate::exit;
use crate::failure::Failure;
use crate::open;
use crate::output::format::Format;
use crate::output::number::{bytes, counted, date, grouped};
use crate::output::records::json_value;
use crate::output::table::{Look, Table};
use crate::streams::Streams;

/// Show what an index holds: edition, modules, counts, sources, sections, licence
#[derive(Args, Debug)]
#[command(after_help = "EXAMPLES:
  farr info
      The index of FARR_INDEX
  farr info uk-snomed.farr
  farr info uk-snomed.farr --format json | jq -r '.[0].version'")]
pub(crate) struct Arguments {
    /// Index files or published folders; those of --index or FARR_INDEX unless named here
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// A module of the release.
#[derive(Debug, Serialize)]
struct Module {
    id: String,
    name: Option<String>,
    effective_time: Option<String>,
}

/// An edition of a classification.
#[derive(Debug, Serialize)]
struct Edition {
    /// `icd10`, `icd10-cm` or `opcs4`.
    system: String,
    version: Option<String>,
    date: Option<String>,
    title: Option<String>,
    #[serde(skip)]
    line: String,
}

/// A file the index was built from.
#[derive(Debug, Serialize)]
struct Source {
    name: String,
    bytes: u64,
    sha256: String,
}

/// A file of the release that the index does not hold.
#[derive(Debug, Serialize)]
struct SetAside {
    name: String,
    rows: u64,
}

/// A section of the index.
#[derive(Debug, Serialize)]
struct Section {
    tag: String,
    items: u64,
    bytes: u64,
}

/// What one index holds.
#[derive(Debug, Serialize)]
struct Info {
    file: String,
    bytes: u64,
    format_version: String,
    /// Sixteen hexadecimal digits; equal sources give equal ids.
    build_id: String,
    builder: String,
    edition: Option<String>,
    version: Option<String>,
    /// The day whose state it holds, where that is not the newest.
    as_of: Option<String>,
    /// Version and day of the dm+d release.
    dmd_version: Option<String>,
    dmd_date: Option<String>,
    classifications: Vec<Edition>,
    /// Packages by the release type that was read of them; an object in JSON.
    #[serde(serialize_with = "as_object")]
    release_types: Vec<(String, u64)>,
    licence: Option<String>,
    modules: Vec<Module>,
    /// By name, in the order of the index; an object in JSON.
    #[serde(serialize_with = "as_object")]
    counts: Vec<(String, u64)>,
    sources: Vec<Source>,
    set_aside: Vec<SetAside>,
    sections: Vec<Section>,
}

fn as_object<S: Serializer>(counts: &[(String, u64)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(counts.iter().map(|(name, count)| (name, count)))
}

/// The release types an index was read from: `Snapshot of 3 packages, Delta of 1 package`.
pub(super) fn release_types(release_types: &[(String, u64)]) -> String {
    let told: Vec<String> = release_types
        .iter()
        .map(|(name, packages)| {
            format!("{name} of {}", counted(*packages as usize, "package", "packages"))
        })
        .collect();
    told.join(", ")
}

/// Shows.
pub(crate) fn run(
    arguments: Arguments,
    common: &Common,
    streams: &mut Streams<'_>,
) -> Result<u8, Failure> {
    common.format.require("info", &[Format::Table, Format::Json, Format::Jsonl])?;
    let files = match arguments.files.is_empty() {
        true => open::index_files(common)?,
        false => open::files_of(&arguments.files)?,
    };
    let mut infos = Vec::new();
    for file in files {
        // One by one: two indexes of one code system can be compared, though not asked together.
        let terminology = open::map_by_itself(&[file], Verification::FirstUse)?;
        for file in terminology.files() {
            infos.push(gather(&terminology, file, common.dialect)?);
        }
    }
    match common.format {
        Format::Json => json_value(streams.out, Format::Json, &infos)?,
        Format::Jsonl => {
            infos.iter().try_for_each(|info| json_value(streams.out, Format::Jsonl, info))?;
        }
        _ => {
            for (number, info) in infos.iter().enumerate() {
                if number > 0 {
                    writeln!(streams.out)?;
                }
                show(info, streams)?;
            }
        }
    }
    Ok(exit::ANSWERED)
}

fn gather(terminology: &Terminology, file: &IndexFile, dialect: Dialect) -> Result<Info, Failure> {
    let meta = file.meta()?;
    let header = file.header();
    let ids: Vec<u64> = meta.modules.iter().map(|(module, _)| *module).collect();
    // An index without SNOMED CT has nobody to ask for the names of modules.
    let has_snomed = file.sections().any(|section| section.tag == farr::index::format::CONCEPTS);
    let names = match has_snomed {
        false => vec![None; ids.len()],
        true => terminology.ask(|snomed| {
            let name = |id: &u64| {
                let module = snomed.concept(Sctid::as_published(*id)?)?;
                Some(module.preferred_term(dialect)?.text().to_owned())
            };
            ids.iter().map(name).collect()
        })?,
    };
    let modules = meta.modules.iter().zip(names).map(|((id, time), name)| Module {
        id: id.to_string(),
        name,
        effective_time: Some(*time).filter(|time| *time != 0).map(date),
    });
    Ok(Info {
        file: file.path().display().to_string(),
        bytes: header.file_length,
        format_version: format!("{}.{}", header.version.0, header.version.1),
        build_id: format!("{:016x}", header.build_id),
        modules: modules.collect(),
        builder: meta.builder,
        edition: meta.edition,
        version: meta.version,
        as_of: meta.as_of.map(date),
        dmd_version: meta.dmd_version,
        dmd_date: meta.dmd_date.map(date),
        classifications: meta
            .classifications
            .into_iter()
            .map(|edition| Edition {
                line: edition_of_meta(&edition),
                system: edition.system,
                version: edition.version,
                date: edition.date.map(date),
                title: edition.title,
            })
            .collect(),
        release_types: meta.release_types,
        licence: meta.licence,
        counts: meta.counts,
        sources: meta
            .sources
            .into_iter()
            .map(|source| Source { name: source.name, bytes: source.bytes, sha256: source.sha256 })
            .collect(),
        set_aside: meta
            .set_aside
            .into_iter()
            .map(|file| SetAside { name: file.name, rows: file.rows })
            .collect(),
        sections: file
            .sections()
            .map(|section| Section {
                tag: section.tag.to_string(),
                items: section.items,
                bytes: section.bytes,
            })
            .collect(),
    })
}

fn show(info: &Info, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let (palette, width) = (streams.palette(), streams.width());
    let mut sheet = Sheet::new(palette, width);
    let plain = str::to_owned;
    sheet.line(&palette.heading(&info.file));
    if !info.release_types.is_empty() || info.version.is_some() {
        let unnamed = "the release does not name its edition";
        sheet.labelled("Version", info.version.as_deref().unwrap_or(unnamed), plain);
    }
    if info.counts.iter().any(|(name, _)| name == "VTMs") {
        let release = dmd_words(info.dmd_version.as_deref(), info.dmd_date.as_deref());
        sheet.labelled("dm+d", &release, plain);
    }
    for edition in &info.classifications {
        sheet.labelled("Edition", &edition.line, plain);
    }
    if let Some(as_of) = &info.as_of {
        sheet.labelled("As of", as_of, plain);
    }
    if !info.release_types.is_empty() {
        sheet.labelled("Read from", &release_types(&info.release_types), plain);
    }
    sheet.labelled(
        "Size",
        &format!("{} ({} bytes)", bytes(info.bytes), grouped(info.bytes)),
        plain,
    );
    sheet.labelled("Format", &info.format_version, plain);
    sheet.labelled("Build id", &info.build_id, plain);
    sheet.labelled("Built by", &info.builder, plain);
    if let Some(licence) = &info.licence {
        sheet.labelled("Licence", licence, plain);
    }
    let mut text = sheet.into_text();
    let mut part = |title: &str, table: &Table| {
        if !table.is_empty() {
            text.push('\n');
            text.push_str(&palette.heading(title));
            text.push('\n');
            text.push_str(&table.draw(palette, width));
        }
    };

    let mut modules =
        Table::new(&[("id", Look::Id), ("name", Look::Term), ("effective", Look::Short)]);
    for module in &info.modules {
        let name = module.name.as_deref().unwrap_or("(not in this release)");
        let time = module.effective_time.as_deref().unwrap_or("no date");
        modules.row([module.id.as_str(), name, time]);
    }
    part("Modules", &modules);

    let mut counts = Table::new(&[("rows", Look::Number), ("of", Look::Term)]);
    for (name, count) in &info.counts {
        counts.row([grouped(*count), name.clone()]);
    }
    part("Counts", &counts);

    let mut sources =
        Table::new(&[("bytes", Look::Number), ("SHA-256", Look::Short), ("file", Look::Term)]);
    for source in &info.sources {
        sources.row([grouped(source.bytes), source.sha256.clone(), source.name.clone()]);
    }
    part("Sources", &sources);

    let mut set_aside = Table::new(&[("rows", Look::Number), ("file", Look::Term)]);
    for file in &info.set_aside {
        set_aside.row([grouped(file.rows), file.name.clone()]);
    }
    part("Files of the release that this index does not hold", &set_aside);

    let mut sections =
        Table::new(&[("section", Look::Short), ("items", Look::Number), ("bytes", Look::Number)]);
    for section in &info.sections {
        sections.row([section.tag.clone(), grouped(section.items), grouped(section.bytes)]);
    }
    part("Sections", &sections);
    Ok(streams.out.write_all(text.as_bytes())?)
}
