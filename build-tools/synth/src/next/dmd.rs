//! Writes the next release of dm+d: both packages, record by record.

use super::dmd_plan::{self, Barcode, DmdPlan, Value};
use super::dmd_survey::{Products, each_line};
use super::record::{get, name, number, with, without};
use super::{NextRelease, Plants};
use crate::archive;
use crate::dmd::day::Day;
use crate::dmd::package::Names;
use crate::snomed::WrittenFile;
use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// A file of a package.
#[derive(Debug)]
struct Source {
    path: PathBuf,
    /// Within the new package.
    to: PathBuf,
    /// The beginning of its name: `f_vmp2`.
    kind: String,
    supplementary: bool,
}

/// Writes the release after the packages in these folders.
pub(super) fn write(
    packages: &[PathBuf],
    folder: &Path,
    (plants, before, now): (Plants, u32, u32),
    next: &mut NextRelease,
) -> io::Result<()> {
    let sources = sources(packages, before, now)?;
    let mut products = Products::default();
    for source in sources.iter().filter(|source| !is_zip(&source.path)) {
        products.read(&source.path, &source.kind)?;
    }
    let barcodes = match sources.iter().find(|source| source.kind == "GTIN") {
        Some(source) => read_zip(&source.path)?.1,
        None => String::new(),
    };
    let kept = barcodes_in_use(&barcodes);
    let history = sources.iter().any(|source| source.kind == "f_history1");
    let today = Day::of_release(now);
    let date = today.to_string();
    let held = bnf_products(&sources)?;
    for id in held {
        // What the classifications name keeps its identifier.
        products.previous.insert(id);
    }
    let mut plan =
        dmd_plan::plan(&products, &kept, (plants.seed, plants.changes), (&date, history));
    let names = Names::new(now);
    for source in &sources {
        let package = if source.supplementary { names.supplementary() } else { names.main() };
        let path = Path::new(&package).join(&source.to);
        let to = folder.join(&path);
        fs::create_dir_all(to.parent().unwrap_or(folder))?;
        let rows = if is_zip(&source.path) {
            let (inner, text) = read_zip(&source.path)?;
            let text = match source.kind == "GTIN" {
                true => barcodes_now(&text, &mut plan, &date, today),
                false => text,
            };
            let inner = PathBuf::from(moved(&inner, before, now));
            let root = to.parent().unwrap_or(folder);
            fs::write(root.join(&inner), text)?;
            archive::write(&to, root, std::slice::from_ref(&inner), now)?;
            fs::remove_file(root.join(&inner))?;
            None
        } else {
            Some(rewrite(source, &to, &plan, today)?)
        };
        next.files.push(WrittenFile { path, rows });
    }
    next.changes.extend(plan.expected);
    Ok(())
}

fn is_zip(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "zip")
}

/// A name with another date: files have day, month and year in two digits each.
fn moved(name: &str, before: u32, now: u32) -> String {
    let day_first = |date: u32| {
        format!("{:02}{:02}{:02}.xml", date % 100, date / 100 % 100, date / 10_000 % 100)
    };
    name.replace(&day_first(before), &day_first(now))
}

fn sources(packages: &[PathBuf], before: u32, now: u32) -> io::Result<Vec<Source>> {
    let mut found = Vec::new();
    for package in packages {
        let supplementary = package.to_string_lossy().contains("nhsbsa_dmdbonus_");
        let mut folders = vec![package.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder)? {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
                let (kind, to_name) = match name.strip_suffix(".zip") {
                    Some(stem) => {
                        let kind = stem.rsplit('-').next().unwrap_or_default();
                        (kind.to_owned(), Names::new(now).inner(kind))
                    }
                    None => {
                        let kind = name.rsplit_once('_').map_or(name, |(kind, _)| kind);
                        (kind.to_owned(), moved(name, before, now))
                    }
                };
                let within = folder.strip_prefix(package).unwrap_or(&folder);
                let to = within.join(to_name);
                found.push(Source { path: path.clone(), to, kind, supplementary });
            }
        }
    }
    found.sort_by(|left, right| left.path.cmp(&right.path));
    Ok(found)
}

/// The name and the text of the only file of a zip.
fn read_zip(path: &Path) -> io::Result<(String, String)> {
    let mut zip = zip::ZipArchive::new(File::open(path)?).map_err(io::Error::other)?;
    let mut file = zip.by_index(0).map_err(io::Error::other)?;
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    let name = file.name().map_err(io::Error::other)?.into_owned();
    Ok((name, text))
}

/// The products that the file of BNF codes names.
fn bnf_products(sources: &[Source]) -> io::Result<HashSet<u64>> {
    let mut found = HashSet::new();
    for source in sources.iter().filter(|source| source.kind == "BNF") {
        let (_, text) = read_zip(&source.path)?;
        let ids = text.split("<VPID>").skip(1).filter_map(|rest| rest.split_once('<'));
        found.extend(ids.filter_map(|(id, _)| id.parse::<u64>().ok()));
    }
    Ok(found)
}

/// Packs with one barcode, which is in use and was never that of another pack: what becomes of it is of
/// no other pack's barcode.
fn barcodes_in_use(text: &str) -> HashSet<u64> {
    let mut holders: HashMap<&str, usize> = HashMap::new();
    for gtin in text.split("<GTIN>").skip(1).filter_map(|rest| rest.split_once('<')) {
        *holders.entry(gtin.0).or_default() += 1;
    }
    let mut found: HashMap<u64, bool> = HashMap::new();
    for record in text.split_inclusive("</AMPP>").filter(|record| record.contains("<AMPPID>")) {
        let used = record.matches("<GTINDATA>").count() == 1
            && get(record, "GTIN").is_some_and(|gtin| holders.get(gtin) == Some(&1))
            && get(record, "ENDDT").is_none();
        let pack = number(record, "AMPPID");
        found.entry(pack).and_modify(|only| *only = false).or_insert(used);
    }
    found.into_iter().filter(|(_, used)| *used).map(|(pack, _)| pack).collect()
}

/// The file of barcodes with what becomes of some.
fn barcodes_now(text: &str, plan: &mut DmdPlan, date: &str, today: Day) -> String {
    let mut now = String::with_capacity(text.len());
    let last = today.plus(-1).to_string();
    let barcodes = plan.barcodes.clone();
    let mut added: String = String::new();
    for (pack, barcode) in &barcodes {
        if let Barcode::Added(gtin) = barcode {
            added.push_str(&format!(
                "<AMPP><AMPPID>{pack}</AMPPID><GTINDATA><GTIN>{gtin}</GTIN><STARTDT>{date}</STARTDT></GTINDATA></AMPP>"
            ));
        }
    }
    for record in text.split_inclusive("</AMPP>") {
        match barcodes.get(&number(record, "AMPPID")) {
            Some(end @ (Barcode::Ended | Barcode::Removed | Barcode::Gone)) => {
                let pack = number(record, "AMPPID");
                if *end != Barcode::Gone {
                    plan.barcode_gone(pack, get(record, "GTIN").unwrap_or_default());
                }
                // What comes before the first record stands with it.
                let (before, _) = record.split_once("<AMPP>").unwrap_or_default();
                now.push_str(before);
                if *end == Barcode::Ended {
                    let record = record.strip_prefix(before).unwrap_or(record);
                    let end = format!("<ENDDT>{last}</ENDDT></GTINDATA>");
                    now.push_str(&record.replacen("</GTINDATA>", &end, 1));
                }
            }
            _ => match record.split_once("</AMPPS>") {
                Some((before, behind)) => {
                    now.push_str(&format!("{before}{added}</AMPPS>{behind}"));
                }
                None => now.push_str(record),
            },
        }
    }
    now
}

/// Copies a file of records but for what is planted, and gives the number of records.
fn rewrite(source: &Source, to: &Path, plan: &DmdPlan, today: Day) -> io::Result<u64> {
    let mut to = BufWriter::with_capacity(1 << 20, File::create(to)?);
    let of_file = ["VPID", "VPPID", "APID", "APPID"];
    let key = match source.kind.as_str() {
        "f_vmp2" => Some(of_file[0]),
        "f_vmpp2" => Some(of_file[1]),
        "f_amp2" => Some(of_file[2]),
        "f_ampp2" => Some(of_file[3]),
        "f_ingredient2" => Some("ISID"),
        _ => None,
    };
    let mut records = 0;
    each_line(&source.path, |line| {
        let Some(record) = name(line) else { return to.write_all(line.as_bytes()) };
        records += 1;
        if source.kind == "f_history1" && record == "VMP" {
            return to.write_all(history(line, plan, today).as_bytes());
        }
        let Some(key) = key else { return to.write_all(line.as_bytes()) };
        let id = number(line, key);
        if source.kind == "f_ampp2" && plan.removed.contains(&id) {
            records -= 1;
            return Ok(());
        }
        let mut now = line.to_owned();
        for (element, value) in edits_of(plan, record, id) {
            let value = match value {
                Value::Is(value) => value.clone(),
                Value::Was(other) => get(&now, other).unwrap_or_default().to_owned(),
                Value::Longer(more) => {
                    format!("{}{more}", get(&now, element).unwrap_or_default())
                }
                Value::None => {
                    now = without(&now, element);
                    continue;
                }
            };
            now = with(&now, element, &value);
        }
        let vmp = number(&now, "VPID");
        if let Some(new) = plan.renumbered.get(&vmp) {
            now = with(&now, "VPID", &new.to_string());
        }
        to.write_all(now.as_bytes())?;
        if plan.copies.contains_key(&id) && record != "CCONTENT" {
            records += 1;
            to.write_all(copy(line, &of_file, plan).as_bytes())?;
        }
        Ok(())
    })?;
    to.flush()?;
    Ok(records)
}

fn edits_of<'a>(
    plan: &'a DmdPlan,
    record: &str,
    id: u64,
) -> impl Iterator<Item = &'a (&'static str, Value)> {
    let known =
        ["VMP", "VMPP", "AMPP", "PRICE_INFO", "ING"].into_iter().find(|known| *known == record);
    known.and_then(|record| plan.edits.get(&(record, id))).into_iter().flatten()
}

/// The record of a product that is made after another.
fn copy(line: &str, ids: &[&str], plan: &DmdPlan) -> String {
    let mut now = line.to_owned();
    for element in ids {
        if let Some(new) = plan.copies.get(&number(line, element)) {
            now = with(&now, element, &new.to_string());
        }
    }
    for element in ["VPIDPREV", "VPIDDT", "ABBREVNM"] {
        now = without(&now, element);
    }
    for element in ["NM", "DESC"] {
        if let Some(name) = get(line, element) {
            now = with(&now, element, &format!("{name} of another make"));
        }
    }
    now
}

/// The history of a virtual product that has another identifier now: it had the old one until
/// yesterday.
fn history(line: &str, plan: &DmdPlan, today: Day) -> String {
    let current = number(line, "IDCURRENT");
    let Some(new) = plan.renumbered.get(&current).map(u64::to_string) else {
        return line.to_owned();
    };
    let old = with(line, "IDCURRENT", &new);
    let old = with(&old, "ENDDT", &today.plus(-1).to_string());
    let now = with(line, "IDCURRENT", &new);
    let now = with(&now, "IDPREVIOUS", &new);
    format!("{old}{}", with(&now, "STARTDT", &today.to_string()))
}
