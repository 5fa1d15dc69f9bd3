//! Global trade item numbers of actual packs.

use super::day::Day;
use super::plan::Plan;
use super::xml::{Document, Layout, Records};

/// The GS1 prefix kept for examples, under which no real company has numbers.
const PREFIX: u64 = 952;
/// Numbers kept for one pack.
const ROWS: usize = 4;
/// Items that one company number can have, and the companies there can be of one supplier's place.
const ITEMS: usize = 100_000;
const SUPPLIERS: usize = 2_500;

/// A number that a pack has had, or has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Gtin {
    /// Thirteen or fourteen digits.
    pub(crate) digits: String,
    pub(crate) start: Day,
    pub(crate) end: Option<Day>,
}

impl Plan {
    fn gtin_count(&self, ampp: usize) -> usize {
        if self.is_component(ampp) {
            return 0;
        }
        let drawn = self.random("gtin count", ampp).weighted(&[390, 415, 140, 55]);
        match ampp {
            1 | 4 => drawn.max(1),
            2 | 5 | 6 => drawn.max(2),
            _ => drawn,
        }
    }

    /// The twelve digits before the check digit: prefix, company and item.
    fn gtin_body(&self, ampp: usize, row: usize) -> u64 {
        let pack = &self.ampps[ampp];
        let item = pack.ordinal * ROWS + row;
        let company = self.amps[pack.amp].supplier + 1 + SUPPLIERS * (item / ITEMS);
        (PREFIX * 10_000 + company as u64) * ITEMS as u64 + (item % ITEMS) as u64
    }

    fn first_digits(&self, ampp: usize) -> String {
        checked(self.gtin_body(ampp, 0))
    }

    /// Whether the last number of a pack is also that of the pack before it.
    fn shares_gtin(&self, ampp: usize) -> bool {
        ampp > 0
            && self.seldom("gtin shared", ampp, 10, 5)
            && self.gtin_count(ampp) > 0
            && self.gtin_count(ampp - 1) > 0
    }

    /// The numbers a pack has had, the earliest first.
    pub(crate) fn gtins(&self, ampp: usize) -> Vec<Gtin> {
        let count = self.gtin_count(ampp);
        if count == 0 {
            return Vec::new();
        }
        let mut random = self.random("gtin", ampp);
        let step = self.days() / (count + 1);
        let mut gtins: Vec<Gtin> = (0..count)
            .map(|row| {
                let body = self.gtin_body(ampp, row);
                let digits = match (row, random.below(100)) {
                    (0, _) => checked(body),
                    // The same number in fourteen digits, as real files have come to write it.
                    (1, 0..=24) => format!("0{}", checked(self.gtin_body(ampp, 0))),
                    // An outer pack: its level comes first.
                    (_, 25..=44) => checked(random.between(1, 8) as u64 * 1_000_000_000_000 + body),
                    _ => checked(body),
                };
                let start = self.first_day.plus((row * step + random.below(step)) as i32);
                Gtin { digits, start, end: None }
            })
            .collect();
        for at in 1..count {
            gtins[at - 1].end = Some(gtins[at].start.plus(-1));
        }
        if self.shares_gtin(ampp) {
            gtins[count - 1].digits = self.first_digits(ampp - 1);
        }
        // The first pack's only fourteen-digit number, so that every release has one.
        if ampp == 6 {
            gtins[1].digits = format!("0{}", gtins[0].digits);
        }
        if self.is_discontinued(ampp) && random.chance(500) {
            let last = &mut gtins[count - 1];
            let left = self.today.since(last.start).max(1) as usize;
            last.end = Some(last.start.plus(random.below(left) as i32));
        }
        gtins
    }

    /// `f_gtin2`.
    pub(crate) fn gtin_file(&self) -> Document<'_> {
        let render = |ampp: usize, records: &mut Records| {
            let gtins = self.gtins(ampp);
            // Some packs have a record for each number, the rest one for all.
            let apart = self.seldom("gtins apart", ampp, 200, 2);
            let chunk = if apart { 1 } else { ROWS };
            for chunk in gtins.chunks(chunk) {
                records.start("AMPP").number("AMPPID", self.ampp_id(ampp));
                for Gtin { digits, start, end } in chunk {
                    records.nested("GTINDATA", |inner| {
                        inner.text("GTIN", digits.as_str()).date("STARTDT", *start);
                        inner.date("ENDDT", *end);
                    });
                }
                records.end();
            }
        };
        Document {
            root: "GTIN_DETAILS",
            schema: "gtin_v2_0.xsd",
            layout: Layout::OneLine,
            collections: vec![(Some("AMPPS"), self.ampps.len(), Box::new(render))],
        }
    }
}

/// The digits of a number with its check digit.
fn checked(body: u64) -> String {
    let digits = body.to_string();
    let sum: u64 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, digit)| u64::from(digit - b'0') * if at % 2 == 0 { 3 } else { 1 })
        .sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

#[cfg(test)]
mod tests {
    use super::checked;

    #[test]
    fn check_digits_are_those_of_gs1() {
        assert_eq!(checked(541_001_311_100), "5410013111009");
        assert_eq!(checked(768_066_933_001), "7680669330019");
        assert_eq!(checked(1_541_001_311_100), "15410013111006");
    }
}
