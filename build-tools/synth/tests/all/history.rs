//! The history of inactive concepts, and the tables that work it out beforehand.

use farr_synth::{Parameters, Release};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs;

type Row = Vec<String>;

struct Written {
    tables: HashMap<String, Vec<Row>>,
}

impl Written {
    fn new(scale: f64) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let parameters = Parameters { seed: 9, scale, ..Parameters::default() };
        let release = Release::new(parameters).expect("the parameters are good");
        let mut files = release.write(folder.path()).expect("the release can be written");
        let tables = release.write_history_tables(folder.path()).expect("they can be written");
        let folders: Vec<_> = tables.iter().map(|file| file.path.to_string_lossy()).collect();
        assert!(folders[0].contains(
            "/Resources/HistorySubstitutionTable/xres2_HistorySubstitutionTable_Concepts_GB1000000_"
        ));
        assert!(folders[1].contains("/Resources/QueryTable/xres2_SNOMEDQueryTable_CORE-UK_"));
        files.extend(tables);
        let read = files.into_iter().filter(|file| file.rows.is_some()).map(|file| {
            let text = fs::read_to_string(folder.path().join(&file.path)).expect("it is UTF-8");
            let lines = text.split_terminator("\r\n").skip(1);
            let rows = lines.map(|line| line.split('\t').map(str::to_owned).collect()).collect();
            let name = file.path.file_name().expect("a file has a name").to_string_lossy();
            (name.into_owned(), rows)
        });
        Self { tables: read.collect() }
    }

    fn of(&self, start: &str) -> &[Row] {
        let found = self.tables.iter().find(|(name, _)| name.starts_with(start));
        found.expect("it was written").1
    }

    fn active(&self) -> HashSet<&str> {
        let active = self.of("sct2_Concept_").iter().filter(|row| row[2] == "1");
        active.map(|row| &*row[0]).collect()
    }

    /// The targets of each inactive concept, but for those that are no substitutes.
    fn targets(&self) -> HashMap<&str, BTreeSet<&str>> {
        let active = self.active();
        let mut targets: HashMap<&str, BTreeSet<&str>> = HashMap::new();
        for row in self.of("der2_cRefset_Association").iter().filter(|row| row[2] == "1") {
            let history = !["900000000000524003", "900000000000525002", "734138000", "734139008"]
                .contains(&&*row[4]);
            if history && row[5].as_bytes()[row[5].len() - 2] == b'0' && !active.contains(&*row[5])
            {
                targets.entry(&row[5]).or_default().insert(&row[6]);
            }
        }
        targets
    }
}

/// The active concepts that one leads to, and whether the way goes round in a circle.
fn ends<'a>(
    targets: &HashMap<&'a str, BTreeSet<&'a str>>,
    concept: &'a str,
) -> (BTreeSet<&'a str>, usize, bool) {
    let (mut ends, mut circle, mut hops) = (BTreeSet::new(), false, 0);
    let mut seen = HashSet::from([concept]);
    let mut next: Vec<(&str, usize)> = vec![(concept, 0)];
    while let Some((at, far)) = next.pop() {
        hops = hops.max(far);
        match targets.get(at) {
            None => drop(ends.insert(at)),
            Some(further) => {
                for target in further {
                    circle |= *target == concept;
                    if seen.insert(target) {
                        next.push((target, far + 1));
                    }
                }
            }
        }
    }
    ends.remove(concept);
    (ends, hops, circle)
}

#[test]
fn every_release_tells_every_story() {
    let written = Written::new(0.0001);
    let targets = written.targets();
    let stories: Vec<_> = targets.keys().map(|concept| ends(&targets, concept)).collect();
    assert!(stories.iter().filter(|(_, _, circle)| *circle).count() >= 2, "no circle");
    assert!(stories.iter().any(|(ends, hops, _)| *hops > 2 && !ends.is_empty()), "no long way");
    assert!(stories.iter().any(|(ends, _, _)| ends.len() > 1), "nothing ambiguous");
    let large = Written::new(0.005);
    let said = |start: &str, column: usize| -> HashSet<String> {
        large.of(start).iter().filter(|row| row[2] == "1").map(|row| row[column].clone()).collect()
    };
    let refsets = said("der2_cRefset_Association", 4);
    for refset in ["523009", "524003", "525002", "526001", "527005", "528000", "529008", "530003"] {
        assert!(refsets.contains(&format!("900000000000{refset}")), "{refset}");
    }
    for refset in ["900000000000531004", "1186921001", "1186924009", "734138000", "734139008"] {
        assert!(refsets.contains(refset), "{refset}");
    }
    let reasons = said("der2_cRefset_AttributeValue", 6);
    for reason in ["482003", "483008", "484002", "485001", "486000", "487009", "492006", "494007"] {
        assert!(reasons.contains(&format!("900000000000{reason}")), "{reason}");
    }
    for reason in ["723277005", "723278000", "1186917008", "1186919006", "1217318005"] {
        assert!(reasons.contains(reason), "{reason}");
    }
}

#[test]
fn the_substitution_table_follows_the_associations_but_for_a_few_rows() {
    let written = Written::new(0.005);
    let (active, targets) = (written.active(), written.targets());
    let mut said: HashMap<&str, BTreeSet<&str>> = HashMap::new();
    for row in written.of("xres2_HistorySubstitutionTable") {
        assert_eq!(row.len(), 14, "{row:?}");
        assert!(!active.contains(&*row[0]) && active.contains(&*row[2]), "{row:?}");
        assert!(row[6] == (row[4].matches(" > ").count() + 1).to_string(), "{row:?}");
        said.entry(&row[0]).or_default().insert(&row[2]);
    }
    for row in written.of("xres2_HistorySubstitutionTable") {
        assert!((row[5] == "1") == (said[&*row[0]].len() > 1), "{row:?}");
    }
    let empty = BTreeSet::new();
    let others = targets.keys().filter(|concept| {
        let (ends, _, _) = ends(&targets, concept);
        &ends != said.get(*concept).unwrap_or(&empty)
    });
    let others = others.count();
    assert!(others > 0 && others * 10 < targets.len(), "{others} of {}", targets.len());
}

#[test]
fn the_query_table_has_the_hierarchy_and_what_history_adds() {
    let written = Written::new(0.001);
    let (active, targets) = (written.active(), written.targets());
    let mut parents: HashMap<&str, Vec<&str>> = HashMap::new();
    for row in written.of("sct2_Relationship_") {
        if row[2] == "1" && row[7] == "116680003" {
            parents.entry(&row[4]).or_default().push(&row[5]);
        }
    }
    let above = |concept: &str| {
        let mut found: BTreeSet<&str> = BTreeSet::new();
        let mut next: Vec<&str> = parents.get(concept).cloned().unwrap_or_default();
        while let Some(at) = next.pop() {
            if found.insert(at) {
                next.extend(parents.get(at).into_iter().flatten());
            }
        }
        found
    };
    let mut said: HashMap<&str, BTreeSet<&str>> = HashMap::new();
    for row in written.of("xres2_SNOMEDQueryTable") {
        assert!((row[2] == "0") == active.contains(&*row[1]), "{row:?}");
        assert!(said.entry(&row[1]).or_default().insert(&row[0]), "{row:?}");
    }
    for concept in &active {
        assert_eq!(said.get(concept).cloned().unwrap_or_default(), above(concept), "{concept}");
    }
    let mut held = 0;
    for concept in targets.keys().filter(|concept| said.contains_key(*concept)) {
        let (ends, _, _) = ends(&targets, concept);
        let mut expected: BTreeSet<&str> = ends.iter().flat_map(|end| above(end)).collect();
        expected.extend(ends);
        assert_eq!(said[concept], expected, "{concept}");
        held += 1;
    }
    assert!(held * 10 > targets.len() * 8, "{held} of {}", targets.len());
}
