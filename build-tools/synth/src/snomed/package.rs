//! The folders and files of a release package.

use super::content::Content;
use super::versions::{ReleaseType, Selection, Since, Version};
use super::{descriptions, maps, owl, refsets, relationships};
use crate::random::Random;
use crate::rows::write_file;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// One file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenFile {
    /// Where the file is, within the folder that was written to.
    pub path: PathBuf,
    /// Rows, without the header; nothing for files that are not tables.
    pub rows: Option<u64>,
}

/// A package being written.
struct Package<'a> {
    content: &'a Content,
    root: PathBuf,
    name: String,
    release_type: ReleaseType,
    files: Vec<WrittenFile>,
}

impl Content {
    /// The name of the release folder.
    pub(crate) fn package_name(&self) -> String {
        format!("SnomedCT_MonolithRF2_PRODUCTION_{}T120000Z", self.parameters.date)
    }

    pub(crate) fn write_package(
        &self,
        folder: &Path,
        release_types: &[ReleaseType],
    ) -> io::Result<Vec<WrittenFile>> {
        let name = self.package_name();
        let root = folder.to_owned();
        let release_type = ReleaseType::Snapshot;
        let mut package = Package { content: self, root, name, release_type, files: Vec::new() };
        for &release_type in release_types {
            package.release_type = release_type;
            package.terminology()?;
            package.refsets()?;
        }
        package.information()?;
        Ok(package.files)
    }
}

impl Package<'_> {
    /// Which versions the release type at work holds.
    fn selection(&self) -> Selection {
        match self.release_type {
            ReleaseType::Snapshot => Selection::Newest,
            ReleaseType::Full => Selection::All,
            ReleaseType::Delta => Selection::After(self.content.dates.before_latest()),
        }
    }

    /// The path of a file of the release type at work, whose folder is made.
    fn table(
        &self,
        folder: &str,
        kind: &str,
        summary: &str,
        language: &str,
    ) -> io::Result<PathBuf> {
        let release_type = self.release_type.name();
        let folder = self.root.join(&self.name).join(release_type).join(folder);
        fs::create_dir_all(&folder)?;
        let date = self.content.parameters.date;
        Ok(folder.join(format!("{kind}_{summary}MONO{release_type}{language}_GB_{date}.txt")))
    }

    fn written(&mut self, path: &Path, rows: Option<u64>) {
        let path = path.strip_prefix(&self.root).unwrap_or(path).to_owned();
        self.files.push(WrittenFile { path, rows });
    }

    fn concepts(
        &mut self,
        path: &Path,
        header: &str,
        render: impl Fn(&Content, u32, &mut crate::rows::Rows) + Sync,
    ) -> io::Result<()> {
        let content = self.content;
        let rows = content.write_concepts(path, header, self.selection(), |concept, rows| {
            render(content, concept, rows);
        })?;
        self.written(path, Some(rows));
        Ok(())
    }

    fn terminology(&mut self) -> io::Result<()> {
        let folder = "Terminology";
        let path = self.table(folder, "sct2_Concept", "", "")?;
        self.concepts(
            &path,
            "id effectiveTime active moduleId definitionStatusId",
            Content::concept_row,
        )?;
        let path = self.table(folder, "sct2_Description", "", "-en")?;
        self.concepts(&path, descriptions::HEADER, Content::description_rows)?;
        let path = self.table(folder, "sct2_TextDefinition", "", "-en")?;
        self.concepts(&path, descriptions::HEADER, Content::definition_rows)?;
        let path = self.table(folder, "sct2_Relationship", "", "")?;
        self.concepts(&path, relationships::HEADER, Content::relationship_rows)?;
        let path = self.table(folder, "sct2_RelationshipConcreteValues", "", "")?;
        self.concepts(&path, relationships::CONCRETE_HEADER, Content::concrete_rows)?;
        let path = self.table(folder, "sct2_sRefset", "OWLExpression", "")?;
        self.concepts(&path, owl::HEADER, Content::owl_rows)?;
        let path = self.table(folder, "sct2_Identifier", "", "")?;
        self.concepts(
            &path,
            "alternateIdentifier effectiveTime active moduleId identifierSchemeId referencedComponentId",
            Content::identifier_rows,
        )
    }

    fn refsets(&mut self) -> io::Result<()> {
        let content = self.content;
        let path = self.table("Refset/Content", "der2_Refset", "Simple", "")?;
        let count = content.concepts.simple_refsets.len();
        let rows = write_file(&path, refsets::SIMPLE, self.selection(), count, |number, rows| {
            content.simple_rows(number, rows);
        })?;
        self.written(&path, Some(rows));
        let path = self.table("Refset/Content", "der2_cRefset", "AttributeValue", "")?;
        self.concepts(&path, refsets::ATTRIBUTE_VALUE, Content::inactivation_rows)?;
        let path = self.table("Refset/Content", "der2_cRefset", "Association", "")?;
        self.concepts(&path, refsets::ASSOCIATION, Content::association_rows)?;
        let path = self.table("Refset/Language", "der2_cRefset", "Language", "-en")?;
        self.concepts(&path, refsets::LANGUAGE, Content::language_rows)?;
        let path = self.table("Refset/Map", "der2_iisssccRefset", "ExtendedMap", "")?;
        self.concepts(&path, maps::INTERNATIONAL, Content::international_map_rows)?;
        let path = self.table("Refset/Map", "der2_iisssciRefset", "ExtendedMap", "")?;
        self.concepts(&path, maps::UNITED_KINGDOM, Content::united_kingdom_map_rows)?;
        for pattern in &refsets::PATTERNS {
            let refsets::Pattern { folder, kind, summary, language, .. } = pattern;
            let path = self.table(folder, kind, summary, language)?;
            self.concepts(&path, &refsets::pattern_header(pattern), pattern.rows)?;
        }
        let path = self.table("Refset/Metadata", "der2_ssRefset", "ModuleDependency", "")?;
        let rows =
            write_file(&path, refsets::MODULE_DEPENDENCY, self.selection(), 1, |_, rows| {
                content.module_dependency_rows(rows);
            })?;
        self.written(&path, Some(rows));
        let path = self.table("Refset/Metadata", "der2_cciRefset", "RefsetDescriptor", "")?;
        let rows = write_file(&path, refsets::DESCRIPTOR, self.selection(), 1, |_, rows| {
            content.descriptor_rows(rows);
        })?;
        self.written(&path, Some(rows));
        Ok(())
    }

    fn information(&mut self) -> io::Result<()> {
        let folder = self.root.join(&self.name);
        let path = folder.join("release_package_information.json");
        fs::write(&path, self.content.package_information())?;
        self.written(&path, None);
        let path = folder.join(format!("Readme_en_{}.txt", self.content.parameters.date));
        let Parameters { seed, scale, .. } = &self.content.parameters;
        fs::write(
            &path,
            format!(
                "A synthetic release in the form of SNOMED CT RF2, generated by farr-synth from \
                 seed {seed} at scale {scale}.\r\nIts concepts and terms are invented. It holds \
                 no SNOMED CT content and must not be used in care.\r\n"
            ),
        )?;
        self.written(&path, None);
        Ok(())
    }
}

use crate::parameters::Parameters;

impl Content {
    fn concept_row(&self, concept: u32, rows: &mut crate::rows::Rows) {
        let id = self.concepts.id(concept);
        let module = self.concepts.module(concept);
        let effective = self.concepts.effective[concept as usize];
        let newest = Version::newest(effective, self.concepts.is_active(concept));
        let since = Since::Always(self.birth(concept));
        let earlier = || self.earlier("concept", id, module, since, newest);
        for version in rows.selection.of(newest, earlier) {
            let status = match self.is_defined(concept) != version.former {
                true => 900_000_000_000_073_002,
                false => 900_000_000_000_074_008,
            };
            rows.number(id)
                .number(version.effective.into())
                .flag(version.active)
                .number(module.id())
                .number(status)
                .end();
        }
    }

    fn identifier_rows(&self, concept: u32, rows: &mut crate::rows::Rows) {
        let mut random: Random = self.random("identifier", concept);
        if self.concepts.is_fixed(concept) || !random.chance(10) {
            return;
        }
        let module = self.concepts.module(concept);
        let (prefix, number) = (random.below(100_000), random.below(10));
        let effective = self.concepts.effective[concept as usize];
        let newest = Version::newest(effective, !random.chance(100));
        for version in rows.selection.of(newest, || [None; 2]) {
            rows.text(&format!("SY{prefix}-{number}-{concept}"))
                .number(version.effective.into())
                .flag(version.active)
                .number(module.id())
                .number(900_000_000_000_002_006)
                .number(self.concepts.id(concept))
                .end();
        }
    }

    fn package_information(&self) -> String {
        let date = self.parameters.date;
        let modules: Vec<String> = super::module::Module::ALL
            .iter()
            .map(|module| format!("    {{ \"{}\": \"{:?}\" }}", module.id(), module))
            .collect();
        let lines = [
            "{".to_owned(),
            format!("  \"effectiveTime\": \"{date}\","),
            format!("  \"deltaFromDate\": \"{}\",", self.dates.before_latest()),
            format!("  \"deltaToDate\": \"{date}\","),
            "  \"includedModules\": [".to_owned(),
            modules.join(",\r\n"),
            "  ],".to_owned(),
            "  \"languageRefsets\": [".to_owned(),
            "    { \"900000000000508004\": \"Great Britain English\" },".to_owned(),
            "    { \"900000000000509007\": \"United States English\" },".to_owned(),
            "    { \"999001261000000100\": \"National Health Service realm (clinical part)\" },"
                .to_owned(),
            "    { \"999000691000001104\": \"National Health Service realm (pharmacy part)\" }"
                .to_owned(),
            "  ],".to_owned(),
            "  \"licenceStatement\": \"Synthetic content, free to use under Apache-2.0\""
                .to_owned(),
            "}".to_owned(),
            String::new(),
        ];
        lines.join("\r\n")
    }
}
