//! What an index says of itself: the [`META`](super::format::META) section.

use std::fmt::Write as _;

/// What an index was made from, and by what.
///
/// One line a fact, tab-separated, the first field naming it: `builder`, `edition`, `version`,
/// `as-of` (date), `dmd-version`, `dmd-date`, `classification` (system, version, date, title), `release-type` (name, packages), `module` (id, effective time), `source` (name,
/// bytes, SHA-256), `set-aside` (name, rows), `count` (name, number), `licence`. A reader passes
/// over lines it does not know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// Name and version of the builder.
    pub builder: String,
    /// URI of the edition, `http://snomed.info/sct/{module}`; `None` where the release does not
    /// say which module is its own ([URI standard](https://docs.snomed.org/snomed-ct-specifications/snomed-ct-uri-standard)).
    pub edition: Option<String>,
    /// URI of the version, `http://snomed.info/sct/{module}/version/{YYYYMMDD}`.
    pub version: Option<String>,
    /// The day whose state it holds, `YYYYMMDD`; `None` where it holds the newest.
    pub as_of: Option<u32>,
    /// The version of the dm+d release, `8.0.0` say; `None` where the names of its files do not say.
    pub dmd_version: Option<String>,
    /// The day of the dm+d release, `YYYYMMDD`, from the names of its main files.
    pub dmd_date: Option<u32>,
    /// The classifications it holds.
    pub classifications: Vec<MetaClassification>,
    /// The release types that were read, `Snapshot`, `Full` or `Delta`, and of how many packages.
    pub release_types: Vec<(String, u64)>,
    /// The modules of the release and the effective time of each, `YYYYMMDD`.
    pub modules: Vec<(u64, u32)>,
    /// The files it was built from.
    pub sources: Vec<SourceFile>,
    /// Files of the release that this index does not hold.
    pub set_aside: Vec<SetAside>,
    /// Counts of what it holds, by name.
    pub counts: Vec<(String, u64)>,
    /// The licence statement of the release, where it has one.
    pub licence: Option<String>,
}

/// An edition of a classification, as its source or the names of its files say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MetaClassification {
    /// Which it is: [`CodeSystem::word`](crate::classification::CodeSystem::word).
    pub system: String,
    /// Its version.
    pub version: Option<String>,
    /// The day from which it is valid, `YYYYMMDD`.
    pub date: Option<u32>,
    /// Its title.
    pub title: Option<String>,
}

/// A file that an index was built from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Its name in the release.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
}

/// A file of a release whose rows are not in the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// Its name in the release.
    pub name: String,
    /// Rows, the header left out.
    pub rows: u64,
}

/// A field may hold neither tabs nor line ends, so they become spaces.
fn field(text: &str) -> String {
    text.replace(['\t', '\r', '\n'], " ")
}

impl Meta {
    /// The text of the section.
    pub fn to_text(&self) -> String {
        let mut text = format!("builder\t{}\n", field(&self.builder));
        // Writing to a String cannot fail.
        let mut line = |line: std::fmt::Arguments<'_>| {
            let _ = text.write_fmt(line);
        };
        if let Some(edition) = &self.edition {
            line(format_args!("edition\t{}\n", field(edition)));
        }
        if let Some(version) = &self.version {
            line(format_args!("version\t{}\n", field(version)));
        }
        if let Some(as_of) = self.as_of {
            line(format_args!("as-of\t{as_of}\n"));
        }
        if let Some(version) = &self.dmd_version {
            line(format_args!("dmd-version\t{}\n", field(version)));
        }
        if let Some(date) = self.dmd_date {
            line(format_args!("dmd-date\t{date}\n"));
        }
        for MetaClassification { system, version, date, title } in &self.classifications {
            let stated = |text: &Option<String>| text.as_deref().map(field).unwrap_or_default();
            let date = date.map(|date| date.to_string()).unwrap_or_default();
            let (version, title) = (stated(version), stated(title));
            line(format_args!("classification\t{}\t{version}\t{date}\t{title}\n", field(system)));
        }
        for (release_type, packages) in &self.release_types {
            line(format_args!("release-type\t{}\t{packages}\n", field(release_type)));
        }
        for (module, time) in &self.modules {
            line(format_args!("module\t{module}\t{time}\n"));
        }
        for source in &self.sources {
            let SourceFile { name, bytes, sha256 } = source;
            line(format_args!("source\t{}\t{bytes}\t{sha256}\n", field(name)));
        }
        for SetAside { name, rows } in &self.set_aside {
            line(format_args!("set-aside\t{}\t{rows}\n", field(name)));
        }
        for (name, count) in &self.counts {
            line(format_args!("count\t{}\t{count}\n", field(name)));
        }
        if let Some(licence) = &self.licence {
            line(format_args!("licence\t{}\n", field(licence)));
        }
        text
    }

    /// Reads the text of the section; what is not a known line is passed over.
    pub fn from_text(text: &str) -> Meta {
        let mut meta = Meta::default();
        for line in text.lines() {
            let mut fields = line.split('\t');
            let name = fields.next().unwrap_or_default();
            let first = fields.next().unwrap_or_default();
            let second = fields.next().unwrap_or_default();
            let third = fields.next().unwrap_or_default();
            match name {
                "builder" => meta.builder = first.to_owned(),
                "edition" => meta.edition = Some(first.to_owned()),
                "version" => meta.version = Some(first.to_owned()),
                "licence" => meta.licence = Some(first.to_owned()),
                "as-of" => meta.as_of = first.parse().ok(),
                "dmd-version" => meta.dmd_version = Some(first.to_owned()),
                "dmd-date" => meta.dmd_date = first.parse().ok(),
                "classification" => {
                    let stated = |text: &str| (!text.is_empty()).then(|| text.to_owned());
                    meta.classifications.push(MetaClassification {
                        system: first.to_owned(),
                        version: stated(second),
                        date: third.parse().ok(),
                        title: stated(fields.next().unwrap_or_default()),
                    });
                }
                "release-type" => {
                    if let Ok(packages) = second.parse() {
                        meta.release_types.push((first.to_owned(), packages));
                    }
                }
                "module" => {
                    if let (Ok(module), Ok(time)) = (first.parse(), second.parse()) {
                        meta.modules.push((module, time));
                    }
                }
                "source" => {
                    if let Ok(bytes) = second.parse() {
                        let (name, sha256) = (first.to_owned(), third.to_owned());
                        meta.sources.push(SourceFile { name, bytes, sha256 });
                    }
                }
                "set-aside" => {
                    if let Ok(rows) = second.parse() {
                        meta.set_aside.push(SetAside { name: first.to_owned(), rows });
                    }
                }
                "count" => {
                    if let Ok(count) = second.parse() {
                        meta.counts.push((first.to_owned(), count));
                    }
                }
                _ => {}
            }
        }
        meta
    }

    /// The count of this name.
    pub fn count(&self, name: &str) -> Option<u64> {
        self.counts.iter().find(|(counted, _)| counted == name).map(|(_, count)| *count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let meta = Meta {
            builder: "farr 0.1.0".into(),
            edition: Some("http://snomed.info/sct/83821000000107".into()),
            version: Some("http://snomed.info/sct/83821000000107/version/20260801".into()),
            as_of: Some(20_260_601),
            dmd_version: Some("8.0.0".into()),
            dmd_date: Some(20_260_803),
            classifications: vec![MetaClassification {
                system: "icd10".into(),
                version: Some("5".into()),
                date: Some(20_260_401),
                title: None,
            }],
            release_types: vec![("Full".into(), 2), ("Delta".into(), 1)],
            modules: vec![(900_000_000_000_207_008, 20_260_701)],
            sources: vec![SourceFile { name: "a.txt".into(), bytes: 3, sha256: "ab".into() }],
            set_aside: vec![SetAside { name: "b.txt".into(), rows: 7 }],
            counts: vec![("concepts".into(), 5)],
            licence: Some("free of\ttabs".into()),
        };
        let mut expected = meta.clone();
        expected.licence = Some("free of tabs".into());
        assert_eq!(Meta::from_text(&meta.to_text()), expected);
    }

    #[test]
    fn an_unknown_line_is_passed_over() {
        let meta = Meta::from_text("builder\tx\nweather\tfine\nmodule\tnot a number\t1\n");
        assert_eq!(meta.builder, "x");
        assert!(meta.modules.is_empty());
    }
}
