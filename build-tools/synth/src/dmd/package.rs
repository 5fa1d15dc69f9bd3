//! The folders and files of the two packages.

use super::day::Day;
use super::plan::Plan;
use super::xml::Document;
use crate::archive;
use crate::snomed::WrittenFile;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The names of the packages of the release of one date.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Names {
    date: u32,
}

impl Names {
    pub(crate) fn new(date: u32) -> Self {
        Self { date }
    }

    /// The month, the week in it counted from 0, no patch; and the date with a serial number.
    fn version(self) -> String {
        let (month, day) = (self.date / 100 % 100, self.date % 100);
        format!("{month}.{}.0_{}000001", (day - 1) / 7, self.date)
    }

    /// The folder of the main package.
    pub(crate) fn main(self) -> String {
        format!("nhsbsa_dmd_{}", self.version())
    }

    /// The folder of the supplementary package.
    pub(crate) fn supplementary(self) -> String {
        format!("nhsbsa_dmdbonus_{}", self.version())
    }

    /// A file: `schema` is the last digit of the version of its schema.
    fn file(self, kind: &str, schema: u32) -> String {
        let (year, month, day) = (self.date / 10_000, self.date / 100 % 100, self.date % 100);
        format!("f_{kind}_{schema}{day:02}{month:02}{:02}.xml", year % 100)
    }

    /// A zip within a package, named by the week it is for: the one that begins after the date.
    pub(crate) fn inner(self, what: &str) -> String {
        let (year, day) = (self.date / 10_000, Day::of_release(self.date));
        let of_year = day.since(Day::new(year as i32, 1, 1));
        format!("week{:02}{year}-r2_3-{what}.zip", of_year / 7 + 2)
    }
}

/// A package being written.
struct Package<'a> {
    root: &'a Path,
    name: String,
    date: u32,
    files: Vec<WrittenFile>,
}

impl Package<'_> {
    fn path(&self, name: &str) -> PathBuf {
        self.root.join(&self.name).join(name)
    }

    fn document(&mut self, name: &str, document: &Document<'_>) -> io::Result<()> {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap_or(self.root))?;
        let rows = Some(document.write(&path)?);
        self.files.push(WrittenFile { path: Path::new(&self.name).join(name), rows });
        Ok(())
    }

    /// Puts a file into a zip of its own within the package.
    fn enclosed(&mut self, zip: &str, name: &str, document: &Document<'_>) -> io::Result<()> {
        self.document(name, document)?;
        let path = self.path(name);
        let folder = self.root.join(&self.name);
        archive::write(&self.path(zip), &folder, &[PathBuf::from(name)], self.date)?;
        fs::remove_file(path)?;
        if let Some(file) = self.files.last_mut() {
            file.path = Path::new(&self.name).join(zip);
        }
        Ok(())
    }
}

impl Plan {
    /// Writes both packages into a folder.
    pub(crate) fn write(&self, folder: &Path, date: u32) -> io::Result<Vec<WrittenFile>> {
        let names = Names::new(date);
        let mut package = Package { root: folder, name: names.main(), date, files: Vec::new() };
        package.document(&names.file("vtm2", 3), &self.vtm_file())?;
        package.document(&names.file("vmp2", 3), &self.vmp_file())?;
        package.document(&names.file("vmpp2", 3), &self.vmpp_file())?;
        package.document(&names.file("amp2", 3), &self.amp_file())?;
        package.document(&names.file("ampp2", 3), &self.ampp_file())?;
        package.document(&names.file("ingredient2", 3), &self.ingredient_file())?;
        package.document(&names.file("lookup2", 3), &self.lookup())?;
        package.enclosed(&names.inner("GTIN"), &names.file("gtin2", 0), &self.gtin_file())?;
        package.name = names.supplementary();
        package.enclosed(&names.inner("BNF"), &names.file("bnf1", 0), &self.bnf_file())?;
        for (folder, kind, document) in [
            ("HISTORIC_CODES", "history1", self.history()),
            ("VTM_INGREDIENTS", "vtm_ing1", self.vtm_ingredient_file()),
            ("TRADE_FAMILY", "tradefamily1", self.trade_family_file()),
        ] {
            package.document(&format!("{folder}/{}", names.file(kind, 0)), &document)?;
        }
        Ok(package.files)
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn packages_are_named_as_the_real_ones() {
        assert_eq!(Names::new(20_250_602).main(), "nhsbsa_dmd_6.0.0_20250602000001");
        assert_eq!(Names::new(20_250_526).main(), "nhsbsa_dmd_5.3.0_20250526000001");
        assert_eq!(Names::new(20_250_213).inner("BNF"), "week082025-r2_3-BNF.zip");
        assert_eq!(Names::new(20_250_213).file("bnf1", 0), "f_bnf1_0130225.xml");
        assert_eq!(Names::new(20_190_401).file("vtm2", 3), "f_vtm2_3010419.xml");
    }
}
