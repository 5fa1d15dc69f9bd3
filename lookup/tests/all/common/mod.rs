//! A tiny release with known ids, an index of it, and the command to ask it.
//!
//! All content is invented, apart from the concepts that the format itself is made of.

pub(crate) mod dmd;
pub(crate) mod maps;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use assert_cmd::Command;
use farr::Sctid;
use farr::id::Component;

pub(crate) const ROOT: &str = "138875005";
pub(crate) const FINDING: &str = "404684003";
pub(crate) const DISEASE: &str = "64572001";
pub(crate) const CORE: &str = "900000000000207008";
pub(crate) const MODEL: &str = "900000000000012004";
const GB: &str = "900000000000508004";
const US: &str = "900000000000509007";
const DEFINED: &str = "900000000000073002";
const PRIMITIVE: &str = "900000000000074008";
const FSN: &str = "900000000000003001";
const SYNONYM: &str = "900000000000013009";
const DEFINITION: &str = "900000000000550004";
const CASE: &str = "900000000000448009";
const INFERRED: &str = "900000000000011006";
const MODIFIER: &str = "900000000000451002";
const IS_A: &str = "116680003";
const PREFERRED: &str = "900000000000548007";
const ACCEPTABLE: &str = "900000000000549004";
const SAME_AS: &str = "900000000000527005";
const REPLACED_BY: &str = "900000000000526001";
const POSSIBLY_EQUIVALENT_TO: &str = "900000000000523009";
const MOVED_TO: &str = "900000000000524003";

/// The id of an invented concept.
pub(crate) fn concept(item: u64) -> String {
    Sctid::from_parts(item, None, Component::Concept).unwrap().to_string()
}

/// The id of an invented description.
pub(crate) fn description(item: u64) -> String {
    Sctid::from_parts(item, None, Component::Description).unwrap().to_string()
}

/// A disorder with everything a card shows.
pub(crate) fn plume() -> String {
    concept(700_001)
}

/// A disorder beside it.
pub(crate) fn gavel() -> String {
    concept(700_002)
}

/// An inactive one.
pub(crate) fn retired() -> String {
    concept(700_003)
}

/// An inactive one that a chain leads on from, to [`gavel`].
pub(crate) fn chained() -> String {
    concept(700_007)
}

/// The inactive one on the way between [`chained`] and [`gavel`].
pub(crate) fn wrongly_retired() -> String {
    concept(700_011)
}

/// An inactive one that may have been either of two.
pub(crate) fn ambiguous() -> String {
    concept(700_008)
}

/// An inactive one that was moved to a namespace.
pub(crate) fn moved() -> String {
    concept(700_009)
}

/// A namespace.
pub(crate) fn namespace() -> String {
    concept(700_010)
}

/// A body structure.
pub(crate) fn lobe() -> String {
    concept(700_004)
}

/// An attribute.
pub(crate) fn site() -> String {
    concept(700_005)
}

/// An id that was published with a wrong check digit, and the digit that would be right.
pub(crate) fn wrongly_published() -> (String, char) {
    let right = concept(700_006);
    let digit = right.chars().last().unwrap();
    let wrong = char::from_digit((digit.to_digit(10).unwrap() + 1) % 10, 10).unwrap();
    (format!("{}{wrong}", &right[..right.len() - 1]), digit)
}

/// A well-formed id that is not in the release.
pub(crate) fn absent() -> String {
    concept(799_999)
}

/// A term that tries to command the terminal.
pub(crate) const HOSTILE: &str = "Gavel \u{1b}[31mred\u{7} colic";

const HOSTILE_DESCRIPTION: u64 = 9_001;

/// The description with that term.
pub(crate) fn hostile_description() -> String {
    description(HOSTILE_DESCRIPTION)
}

struct Release {
    concepts: String,
    descriptions: String,
    definitions: String,
    relationships: String,
    concretes: String,
    language: String,
    associations: String,
    values: String,
    next: u64,
}

impl Release {
    fn concept(&mut self, id: &str, active: bool, status: &str) {
        let active = u8::from(active);
        let _ = write!(self.concepts, "{id}\t20020131\t{active}\t{CORE}\t{status}\r\n");
    }

    fn description(&mut self, concept: &str, kind: &str, term: &str, refsets: &[(&str, &str)]) {
        self.next += 1;
        let id = description(self.next);
        let rows = match kind {
            DEFINITION => &mut self.definitions,
            _ => &mut self.descriptions,
        };
        let _ =
            write!(rows, "{id}\t20020131\t1\t{CORE}\t{concept}\ten\t{kind}\t{term}\t{CASE}\r\n");
        for (number, (refset, acceptability)) in refsets.iter().enumerate() {
            let _ = write!(
                self.language,
                "00000000-0000-4000-8000-{:08x}{number:04x}\t20020131\t1\t{CORE}\t{refset}\t{id}\t\
                 {acceptability}\r\n",
                self.next
            );
        }
    }

    fn relationship(&mut self, source: &str, group: u8, kind: &str, value: &str) {
        self.next += 1;
        let id = Sctid::from_parts(self.next, None, Component::Relationship).unwrap();
        let rows = match value.starts_with('#') {
            true => &mut self.concretes,
            false => &mut self.relationships,
        };
        let _ = write!(
            rows,
            "{id}\t20020131\t1\t{CORE}\t{source}\t{value}\t{group}\t{kind}\t{INFERRED}\t\
             {MODIFIER}\r\n"
        );
    }

    fn association(&mut self, refset: &str, component: &str, target: &str) {
        self.next += 1;
        let _ = write!(
            self.associations,
            "00000000-0000-4000-8000-{:012x}\t20020131\t1\t{CORE}\t{refset}\t{component}\t{target}\r\n",
            self.next
        );
    }

    fn value(&mut self, refset: &str, component: &str, value: &str) {
        self.next += 1;
        let _ = write!(
            self.values,
            "00000000-0000-4000-8000-{:012x}\t20020131\t1\t{CORE}\t{refset}\t{component}\t{value}\r\n",
            self.next
        );
    }

    /// A concept with a fully specified name, a preferred term and a parent.
    fn add(&mut self, id: &str, name: &str, tag: &str, parent: Option<&str>) {
        self.concept(id, true, PRIMITIVE);
        let both = [(GB, PREFERRED), (US, PREFERRED)];
        self.description(id, FSN, &format!("{name} ({tag})"), &both);
        self.description(id, SYNONYM, name, &both);
        if let Some(parent) = parent {
            self.relationship(id, 0, IS_A, parent);
        }
    }
}

/// Writes the release into a folder.
pub(crate) fn write_release(folder: &Path) {
    let mut release = Release {
        concepts: "id\teffectiveTime\tactive\tmoduleId\tdefinitionStatusId\r\n".into(),
        descriptions:
            "id\teffectiveTime\tactive\tmoduleId\tconceptId\tlanguageCode\ttypeId\tterm\t\
                       caseSignificanceId\r\n"
                .into(),
        definitions: "id\teffectiveTime\tactive\tmoduleId\tconceptId\tlanguageCode\ttypeId\tterm\t\
                      caseSignificanceId\r\n"
            .into(),
        relationships: "id\teffectiveTime\tactive\tmoduleId\tsourceId\tdestinationId\t\
                        relationshipGroup\ttypeId\tcharacteristicTypeId\tmodifierId\r\n"
            .into(),
        concretes:
            "id\teffectiveTime\tactive\tmoduleId\tsourceId\tvalue\trelationshipGroup\ttypeId\t\
                    characteristicTypeId\tmodifierId\r\n"
                .into(),
        language: "id\teffectiveTime\tactive\tmoduleId\trefsetId\treferencedComponentId\t\
                   acceptabilityId\r\n"
            .into(),
        associations: "id\teffectiveTime\tactive\tmoduleId\trefsetId\treferencedComponentId\t\
                       targetComponentId\r\n"
            .into(),
        values: "id\teffectiveTime\tactive\tmoduleId\trefsetId\treferencedComponentId\tvalueId\r\n"
            .into(),
        next: 5_000,
    };
    release.add(ROOT, "Everything", "root", None);
    release.add(FINDING, "Observed thing", "finding", Some(ROOT));
    release.add(DISEASE, "Ailment", "disorder", Some(FINDING));
    release.add(CORE, "Core part", "core metadata concept", Some(ROOT));
    release.add(GB, "British word list", "foundation metadata concept", Some(ROOT));
    release.add(US, "American word list", "foundation metadata concept", Some(ROOT));
    release.add(&lobe(), "Plumed lobe", "body structure", Some(ROOT));
    release.add(&site(), "Place of it", "attribute", Some(ROOT));
    release.add(&wrongly_published().0, "Dummy ailment", "disorder", Some(DISEASE));

    let plume = plume();
    release.concept(&plume, true, DEFINED);
    let both = [(GB, PREFERRED), (US, PREFERRED)];
    release.description(&plume, FSN, "Multiple plumosis (disorder)", &both);
    release.description(&plume, SYNONYM, "Multiple plumosis", &[(GB, PREFERRED), (US, ACCEPTABLE)]);
    release.description(&plume, SYNONYM, "Featherism", &[(GB, ACCEPTABLE), (US, PREFERRED)]);
    release.description(&plume, DEFINITION, "An ailment of the plumed lobe.", &both);
    release.relationship(&plume, 0, IS_A, DISEASE);
    release.relationship(&plume, 1, &site(), &lobe());
    release.relationship(&plume, 1, &site(), "#2.50");

    release.add(&gavel(), "Gavel colic", "disorder", Some(DISEASE));
    release.next = HOSTILE_DESCRIPTION - 1;
    release.description(&gavel(), SYNONYM, HOSTILE, &[(GB, ACCEPTABLE)]);

    release.concept(&retired(), false, PRIMITIVE);
    release.description(&retired(), FSN, "Vapours (disorder)", &both);
    release.description(&retired(), SYNONYM, "Vapours", &both);

    release.add(&namespace(), "Extension Namespace 1999999", "namespace concept", Some(ROOT));
    for (id, name) in [
        (chained(), "Gavel gripe (disorder)"),
        (ambiguous(), "Colic of court (disorder)"),
        (moved(), "Travelling colic (disorder)"),
    ] {
        release.concept(&id, false, PRIMITIVE);
        release.description(&id, FSN, name, &both);
    }
    release.association(REPLACED_BY, &chained(), &wrongly_retired());
    release.concept(&wrongly_retired(), false, PRIMITIVE);
    release.association(SAME_AS, &wrongly_retired(), &gavel());
    release.association(POSSIBLY_EQUIVALENT_TO, &ambiguous(), &gavel());
    release.association(POSSIBLY_EQUIVALENT_TO, &ambiguous(), &plume);
    release.association(MOVED_TO, &moved(), &namespace());
    release.value("900000000000489007", &chained(), "900000000000483008");
    release.value("900000000000489007", &ambiguous(), "900000000000484002");
    // The description of Gavel colic that tries to command the terminal.
    release.association("900000000000531004", &hostile_description(), &plume);
    release.value("900000000000490003", &hostile_description(), "900000000000494007");

    let terminology = folder.join("Snapshot/Terminology");
    let language = folder.join("Snapshot/Refset/Language");
    let metadata = folder.join("Snapshot/Refset/Metadata");
    let content = folder.join("Snapshot/Refset/Content");
    for folder in [&terminology, &language, &metadata, &content] {
        std::fs::create_dir_all(folder).unwrap();
    }
    let write = |folder: &Path, name: &str, text: &str| {
        std::fs::write(folder.join(name), text).unwrap();
    };
    write(&terminology, "sct2_Concept_Snapshot_INT_20260101.txt", &release.concepts);
    write(&terminology, "sct2_Description_Snapshot-en_INT_20260101.txt", &release.descriptions);
    write(&terminology, "sct2_TextDefinition_Snapshot-en_INT_20260101.txt", &release.definitions);
    write(&terminology, "sct2_Relationship_Snapshot_INT_20260101.txt", &release.relationships);
    write(
        &terminology,
        "sct2_RelationshipConcreteValues_Snapshot_INT_20260101.txt",
        &release.concretes,
    );
    let base = "id\teffectiveTime\tactive\tmoduleId\trefsetId\treferencedComponentId";
    let mut map = format!("{base}\tmapGroup\tmapTarget\tcorrelationId\r\n");
    let rows = [
        (1, 1, &*plume, "1\tP70.1", ROOT.to_owned()),
        (2, 1, &*plume, "2\tP70.2", String::new()),
        (3, 1, &gavel(), "1\tG01", absent()),
        (4, 0, &retired(), "1\tV99", ROOT.to_owned()),
    ];
    for (number, active, component, columns, correlation) in rows {
        let _ = write!(
            map,
            "00000000-0000-4000-8000-0000000000b{number}\t20260101\t{active}\t{CORE}\t{}\t\
             {component}\t{columns}\t{correlation}\r\n",
            site()
        );
    }
    write(&metadata, "der2_iscRefset_InventedMapSnapshot_INT_20260101.txt", &map);
    write(&language, "der2_cRefset_LanguageSnapshot-en_INT_20260101.txt", &release.language);
    write(&content, "der2_cRefset_AssociationSnapshot_INT_20260101.txt", &release.associations);
    write(&content, "der2_cRefset_AttributeValueSnapshot_INT_20260101.txt", &release.values);
    let dependency = format!(
        "id\teffectiveTime\tactive\tmoduleId\trefsetId\treferencedComponentId\tsourceEffectiveTime\t\
         targetEffectiveTime\r\n00000000-0000-4000-8000-0000000000aa\t20260101\t1\t{CORE}\t\
         900000000000534007\t{MODEL}\t20260101\t20260101\r\n"
    );
    write(&metadata, "der2_ssRefset_ModuleDependencySnapshot_INT_20260101.txt", &dependency);
}

/// A folder of this name for what a file of tests writes. All of them run in one process and at
/// once, so each has its own.
pub(crate) fn folder(name: &str) -> PathBuf {
    let run = format!("{}", std::process::id());
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(run).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Where the release is written, for the index of it.
pub(crate) fn release() -> PathBuf {
    folder("tiny").join("release")
}

/// The index of the release, made once.
pub(crate) fn index() -> &'static Path {
    static INDEX: OnceLock<PathBuf> = OnceLock::new();
    INDEX.get_or_init(|| {
        let release = release();
        write_release(&release);
        let index = folder("tiny").join("tiny.farr");
        farr_build::Build::new().snomed(release).run(&index, &farr_build::Silent).unwrap();
        index
    })
}

/// The command, asked of nothing.
pub(crate) fn bare() -> Command {
    let mut command = Command::cargo_bin("farr").unwrap();
    command.env_remove("FARR_INDEX").env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

/// The command, asked of the index.
pub(crate) fn farr(arguments: &[&str]) -> Command {
    let mut command = bare();
    command.env("FARR_INDEX", index()).args(arguments);
    command
}

/// What a command printed, and what it ended with.
pub(crate) struct Printed {
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) code: i32,
}

/// Runs a command.
pub(crate) fn run(command: &mut Command) -> Printed {
    let output = command.output().unwrap();
    Printed {
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code().unwrap(),
    }
}

/// Runs a command of the index.
pub(crate) fn ask(arguments: &[&str]) -> Printed {
    run(&mut farr(arguments))
}

/// Runs a command of the index with something piped in.
pub(crate) fn pipe(input: &str, arguments: &[&str]) -> Printed {
    run(farr(arguments).write_stdin(input))
}
