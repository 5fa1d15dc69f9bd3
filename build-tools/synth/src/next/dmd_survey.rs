//! What has to be known of the products of dm+d before any can be chosen.

use super::record::{get, name, number};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

/// A virtual product.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Vmp {
    /// It may be prescribed in any setting, and nothing is said that would have to be weighed.
    pub(super) plain: bool,
    /// It has a previous identifier.
    pub(super) renumbered: bool,
    /// It has an abbreviated name.
    pub(super) abbreviated: bool,
    pub(super) packs: u32,
}

/// An actual pack.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Ampp {
    pub(super) amp: u64,
    pub(super) vmpp: u64,
    pub(super) invalid: bool,
    pub(super) discontinued: bool,
    /// Its price, where it has one.
    pub(super) price: Option<u64>,
    /// The code of its legal category, 0 where there is none.
    pub(super) legal_category: u64,
    /// Something is said of how it is prescribed, which a verdict on its product may rest on.
    pub(super) prescribed: bool,
}

/// The products of a release.
#[derive(Debug, Default)]
pub(super) struct Products {
    pub(super) vmps: BTreeMap<u64, Vmp>,
    /// The virtual product of each virtual pack.
    pub(super) vmpps: HashMap<u64, u64>,
    /// Virtual packs that are marked as invalid, each with its virtual product.
    pub(super) invalid_vmpps: BTreeMap<u64, u64>,
    pub(super) ingredients: BTreeSet<u64>,
    /// The virtual product of each actual product.
    pub(super) amps: HashMap<u64, u64>,
    pub(super) ampps: BTreeMap<u64, Ampp>,
    /// Packs that hold packs, and those held.
    pub(super) combined: HashSet<u64>,
    /// Every previous identifier of a product that the main files name.
    pub(super) previous: HashSet<u64>,
    /// The first day of the only row of history of a virtual product, which says that it never
    /// changed; an empty text where there are other rows.
    pub(super) since: HashMap<u64, String>,
}

/// Gives each line of a file.
pub(super) fn each_line(
    path: &Path,
    mut each: impl FnMut(&str) -> io::Result<()>,
) -> io::Result<()> {
    let mut from = BufReader::with_capacity(1 << 20, File::open(path)?);
    let mut line = String::new();
    while from.read_line(&mut line)? > 0 {
        each(&line)?;
        line.clear();
    }
    Ok(())
}

impl Products {
    /// Reads a file, told by the beginning of its name.
    pub(super) fn read(&mut self, path: &Path, kind: &str) -> io::Result<()> {
        each_line(path, |line| {
            if let Some(record) = name(line) {
                match (kind, record) {
                    ("f_vmp2", "VMP") => self.vmp(line),
                    ("f_vmpp2", "VMPP") => {
                        let vmp = number(line, "VPID");
                        let vmpp = number(line, "VPPID");
                        self.vmpps.insert(vmpp, vmp);
                        if get(line, "INVALID").is_some() {
                            self.invalid_vmpps.insert(vmpp, vmp);
                        }
                        self.vmps.entry(vmp).or_default().packs += 1;
                    }
                    ("f_amp2", "AMP") => {
                        self.amps.insert(number(line, "APID"), number(line, "VPID"));
                    }
                    ("f_ampp2", "AMPP") => self.ampp(line),
                    ("f_ampp2", "PRICE_INFO") => {
                        let price = get(line, "PRICE").and_then(|price| price.parse().ok());
                        self.ampps.entry(number(line, "APPID")).or_default().price = price;
                    }
                    ("f_ampp2", "PRESCRIB_INFO") => {
                        self.ampps.entry(number(line, "APPID")).or_default().prescribed = true;
                    }
                    ("f_ingredient2", "ING") => {
                        self.ingredients.insert(number(line, "ISID"));
                    }
                    (_, "CCONTENT") => {
                        let ends = ["PRNTVPPID", "CHLDVPPID", "PRNTAPPID", "CHLDAPPID"];
                        self.combined.extend(ends.map(|element| number(line, element)));
                    }
                    ("f_history1", "VMP") => self.history(line),
                    _ => {}
                }
            }
            Ok(())
        })
    }

    fn vmp(&mut self, line: &str) {
        let vmp = self.vmps.entry(number(line, "VPID")).or_default();
        vmp.plain = number(line, "PRES_STATCD") == 1
            && number(line, "NON_AVAILCD") == 0
            && ["INVALID", "COMBPRODCD"].iter().all(|element| get(line, element).is_none());
        vmp.renumbered = ["VPIDPREV", "VPIDDT"].iter().any(|element| get(line, element).is_some());
        vmp.abbreviated = get(line, "ABBREVNM").is_some();
        self.previous.insert(number(line, "VPIDPREV"));
    }

    fn ampp(&mut self, line: &str) {
        let ampp = self.ampps.entry(number(line, "APPID")).or_default();
        ampp.amp = number(line, "APID");
        ampp.vmpp = number(line, "VPPID");
        ampp.invalid = get(line, "INVALID").is_some();
        ampp.discontinued = get(line, "DISCCD").is_some();
        ampp.legal_category = number(line, "LEGAL_CATCD");
    }

    fn history(&mut self, line: &str) {
        let (previous, current) = (number(line, "IDPREVIOUS"), number(line, "IDCURRENT"));
        let only = previous == current && get(line, "ENDDT").is_none();
        let day = get(line, "STARTDT").filter(|_| only).unwrap_or_default().to_owned();
        let since = self.since.entry(current).or_insert_with(|| "new".to_owned());
        *since = if since == "new" { day } else { String::new() };
        if previous != current {
            self.previous.insert(previous);
        }
    }
}
