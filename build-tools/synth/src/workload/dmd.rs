//! What benchmarks ask of a dm+d release: products by their identifiers, and packs by their codes.

use crate::dmd::day::Day;
use crate::dmd::ids::Space;
use crate::dmd::plan::Plan;
use crate::random::Random;
use std::fmt::Write as _;

/// The lists, each with the name of its file.
pub(super) fn lists(products: &Plan) -> [(&'static str, String); 8] {
    let count = products.ampps.len().div_ceil(5).clamp(100, 20_000);
    let ids = |level| ids(products, level, count);
    [
        ("dmd_vtm.txt", ids(Space::Vtm)),
        ("dmd_vmp.txt", ids(Space::Vmp)),
        ("dmd_vmpp.txt", ids(Space::Vmpp)),
        ("dmd_amp.txt", ids(Space::Amp)),
        ("dmd_ampp.txt", ids(Space::Ampp)),
        ("dmd_previous.tsv", previous(products, count)),
        ("dmd_gtin.txt", gtins(products, count)),
        ("dmd_element_strings.txt", element_strings(products, count)),
    ]
}

/// Products of one level.
fn ids(products: &Plan, level: Space, count: usize) -> String {
    let mut random = products.random("workload of dm+d ids", level as usize);
    let mut text = String::new();
    for _ in 0..count {
        let index = random.below(products.count(level));
        let _ = writeln!(text, "{}", products.id(level, index));
    }
    text
}

/// Previous identifiers, each with one that it has led to.
fn previous(products: &Plan, count: usize) -> String {
    let pairs = products.previous_identifiers();
    let mut random = products.random("workload of previous ids", 0);
    let mut text = String::new();
    for _ in 0..count {
        let (previous, current) = pairs[random.below(pairs.len())];
        let _ = writeln!(text, "{previous}\t{current}");
    }
    text
}

/// A number that some pack has, or had.
fn gtin(products: &Plan, random: &mut Random) -> String {
    loop {
        let mut gtins = products.gtins(random.below(products.ampps.len()));
        if !gtins.is_empty() {
            return gtins.swap_remove(random.below(gtins.len())).digits;
        }
    }
}

/// Numbers as the file has them: of thirteen or fourteen digits.
fn gtins(products: &Plan, count: usize) -> String {
    let mut random = products.random("workload of GTINs", 0);
    let mut text = String::new();
    for _ in 0..count {
        let _ = writeln!(text, "{}", gtin(products, &mut random));
    }
    text
}

/// What a scanner reads off packs, with its symbology identifier: the number, the expiry date, the
/// lot and the serial number.
fn element_strings(products: &Plan, count: usize) -> String {
    let mut random = products.random("workload of element strings", 0);
    let mut text = String::new();
    for _ in 0..count {
        let gtin = gtin(products, &mut random);
        let (year, month, day) = expiry(products.today, &mut random);
        let (lot, serial) = (code(&mut random, 5, 10), code(&mut random, 12, 20));
        let date = format!("{:02}{month:02}{day:02}", year % 100);
        let _ = writeln!(text, "]d201{gtin:0>14}17{date}10{lot}\x1d21{serial}");
    }
    text
}

/// A day within three years; on some packs the day of the month is 0, which means its last.
fn expiry(today: Day, random: &mut Random) -> (i32, i32, i32) {
    let (year, month, day) = today.plus(30 + random.below(1_095) as i32).date();
    (year, month, if random.chance(300) { 0 } else { day })
}

/// Capitals and digits.
fn code(random: &mut Random, least: usize, most: usize) -> String {
    const CHARACTERS: &[u8] = b"0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    (0..random.between(least, most))
        .map(|_| char::from(CHARACTERS[random.below(CHARACTERS.len())]))
        .collect()
}
