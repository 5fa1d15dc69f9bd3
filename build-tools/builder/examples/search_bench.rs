//! Builds the search sections of a release and asks them a workload: what they cost, and what
//! they find.
//!
//! ```text
//! cargo run --release -p farr-build --example search_bench -- <release folder> <search.tsv>
//! ```
//!
//! Each line of the workload is a kind, a query, the id of the concept to be found, and the
//! term that it was made from.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Instant;

use farr::search::raw::RawSearch;
use farr_build::section::search::{SearchSections, SearchTerm, search_sections};

const FULLY_SPECIFIED_NAME: &str = "900000000000003001";
const PREFERRED: &str = "900000000000548007";
/// Times each query is asked; the fastest counts, as the machine is not ours alone.
const ROUNDS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [release, workload] = arguments.as_slice() else {
        return Err("usage: search_bench <release folder> <search.tsv>".into());
    };
    let release = Path::new(release).join("Snapshot");
    let descriptions = text(&release.join("Terminology"), "sct2_Description_")?;
    let concepts = text(&release.join("Terminology"), "sct2_Concept_")?;
    let languages = text(&release.join("Refset/Language"), "der2_cRefset_Language")?;
    let (terms, ordinals) = read(&descriptions, &concepts, &languages);

    let start = Instant::now();
    let before = processor_seconds();
    let sections = search_sections(&terms)?;
    let wall = start.elapsed().as_secs_f64();
    println!("build: {wall:.2} s, {:.2} s of processor time", processor_seconds() - before);
    print_sections(&sections);
    let search = RawSearch::new(sections.sections());
    let rows = terms.last().map_or(0, |term| term.row + 1);
    let concepts = terms.iter().map(|term| term.ordinal + 1).max().unwrap_or(0);
    for _ in 0..2 {
        let start = Instant::now();
        search.verify(rows, concepts).map_err(|(at, what)| format!("byte {at}: {what}"))?;
        println!("verify: {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    }
    ask(&search, &std::fs::read_to_string(workload)?, &ordinals);
    Ok(())
}

fn text(folder: &Path, name: &str) -> Result<String, Box<dyn Error>> {
    let entries = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let paths: Vec<PathBuf> = entries.iter().map(|entry| entry.path()).collect();
    let named = |path: &&PathBuf| {
        path.file_name().is_some_and(|file| file.to_string_lossy().starts_with(name))
    };
    let path = paths.iter().find(named).ok_or(format!("no {name} in {}", folder.display()))?;
    Ok(std::fs::read_to_string(path)?)
}

/// The terms, and the ordinal of each concept.
fn read<'a>(
    descriptions: &'a str,
    concepts: &str,
    languages: &str,
) -> (Vec<SearchTerm<'a>>, HashMap<&'a str, u32>) {
    let fields = |line: &str, place: usize| line.split('\t').nth(place).map(str::to_owned);
    let inactive: HashSet<String> = concepts
        .lines()
        .filter(|line| line.split('\t').nth(2) == Some("0"))
        .filter_map(|line| fields(line, 0))
        .collect();
    let preferred: HashSet<&str> = languages
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .filter(|row| row.get(2) == Some(&"1") && row.get(6) == Some(&PREFERRED))
        .filter_map(|row| row.get(5).copied())
        .collect();
    let mut ordinals: HashMap<&str, u32> = HashMap::new();
    let mut terms = Vec::new();
    for (row, line) in (0_u32..).zip(descriptions.lines().skip(1)) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, _, active, _, concept, _, kind, text, ..] = columns[..] else {
            continue;
        };
        let next = ordinals.len() as u32;
        let ordinal = *ordinals.entry(concept).or_insert(next);
        let zone = match (active, inactive.contains(concept)) {
            ("1", false) => 0,
            ("1", true) => 1,
            _ => 2,
        };
        let class = match kind {
            FULLY_SPECIFIED_NAME => 2,
            _ if preferred.contains(id) => 0,
            _ => 1,
        };
        terms.push(SearchTerm { row, ordinal, zone, class, text });
    }
    (terms, ordinals)
}

fn print_sections(sections: &SearchSections) {
    println!(
        "{} terms, {} words, {} pairs, {} merged prefixes",
        sections.term_count, sections.word_count, sections.pair_count, sections.prefix_count
    );
    let names = ["ranks", "zones", "words", "word postings", "prefix postings", "postings"];
    let mut total = 0;
    for (name, (bytes, _)) in names.iter().zip(sections.sections()) {
        println!("  {name}: {:.2} MiB", bytes.len() as f64 / (1 << 20) as f64);
        total += bytes.len();
    }
    println!("  together: {:.1} MiB", total as f64 / (1 << 20) as f64);
}

#[derive(Default)]
struct Kind {
    micros: Vec<f64>,
    top_ten: usize,
    anywhere: usize,
    slowest: Option<String>,
}

fn ask(search: &RawSearch, workload: &str, ordinals: &HashMap<&str, u32>) {
    let mut kinds: BTreeMap<&str, Kind> = BTreeMap::new();
    let missed = std::env::var_os("SHOW_MISSED").is_some();
    for line in workload.lines() {
        let mut fields = line.split('\t');
        let (Some(kind), Some(query), Some(id)) = (fields.next(), fields.next(), fields.next())
        else {
            continue;
        };
        let Some(wanted) = ordinals.get(id) else {
            continue;
        };
        let record = kinds.entry(kind).or_default();
        let mut best = f64::MAX;
        let mut found = None;
        for _ in 0..ROUNDS {
            let start = Instant::now();
            let answer = search.search(query, 0, 10, true, |_, _| true);
            best = best.min(start.elapsed().as_secs_f64() * 1e6);
            found = Some(answer);
        }
        if record.micros.iter().all(|other| *other < best) {
            record.slowest = Some(query.to_owned());
        }
        record.micros.push(best);
        let Some(found) = found else { continue };
        record.top_ten += usize::from(found.hits.iter().any(|hit| hit.1 == *wanted));
        let all = search.search(query, 0, usize::MAX, true, |_, ordinal| ordinal == *wanted);
        record.anywhere += usize::from(!all.hits.is_empty());
        if missed && all.hits.is_empty() {
            println!("missed: {line}\n    {:?} {}", found.corrections, !all.hits.is_empty());
        }
    }
    println!("kind: queries; median, 99th percentile, longest in µs; found in ten, at all");
    for (kind, mut record) in kinds {
        record.micros.sort_by(f64::total_cmp);
        let count = record.micros.len();
        let at = |share: f64| record.micros[((count - 1) as f64 * share).round() as usize];
        println!(
            "{kind}: {count}; {:.1}, {:.1}, {:.1} ({}); {}, {}",
            at(0.5),
            at(0.99),
            at(1.0),
            record.slowest.unwrap_or_default(),
            record.top_ten,
            record.anywhere,
        );
    }
}

/// User and system time of this process, where the system tells; 0 elsewhere.
fn processor_seconds() -> f64 {
    let status = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = status.rsplit(')').next().unwrap_or_default();
    let ticks = after.split_whitespace().skip(11).take(2);
    ticks.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}
