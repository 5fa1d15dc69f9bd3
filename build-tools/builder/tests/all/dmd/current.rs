//! Where the previous ids of dm+d lead: real ones, and random histories against a walk over the rows.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use crate::support::naive_dmd::{self, NaiveRecord};
use crate::support::shared::shared;
use crate::support::{Built, build_dmd};
use farr::dmd::schema::TableId;
use farr::dmd::{Current, Dmd, IdKind};
use farr::id::Component;
use farr::{Date, Sctid, Terminology};
use farr_build::Report;
use proptest::prelude::*;

fn opened(paths: &[&Path]) -> (Terminology, Report) {
    let Built { bytes, report } = build_dmd(paths);
    (Terminology::from_bytes(bytes).expect("the builder verified it"), report)
}

fn sctid(number: u64) -> Sctid {
    Sctid::as_published(number).expect("an id")
}

#[test]
fn the_sample_of_april_2019_has_what_its_files_have() {
    let Some(sample) = shared("dmd/2019-04-sample") else { return };
    let (terminology, report) = opened(&[&sample]);
    let dmd = terminology.dmd().expect("it holds dm+d");
    let counts = [
        ("VTMs", 2_859),
        ("ingredients", 3_482),
        ("VMPs", 7),
        ("VMPPs", 14),
        ("AMPs", 15),
        ("AMPPs", 26),
        ("GTINs of packs", 16),
    ];
    for (name, count) in counts {
        assert_eq!(report.meta.count(name), Some(count), "{name}");
    }
    let tables = [
        (TableId::Vtm, 2_859),
        (TableId::Ingredient, 3_482),
        (TableId::Vmp, 7),
        (TableId::Vmpp, 14),
        (TableId::Amp, 15),
        (TableId::Ampp, 26),
        (TableId::Gtin, 16),
    ];
    for (table, rows) in tables {
        assert_eq!(dmd.table(table).len(), rows, "{table:?}");
    }
    assert_eq!(dmd.release_date(), Date::from_number(20_190_401));
}

#[test]
fn the_changed_id_of_the_sample_leads_to_the_one_that_it_is_now() {
    let Some(sample) = shared("dmd/2019-04-sample-changed-vpid") else { return };
    let (terminology, report) = opened(&[&sample]);
    let dmd = terminology.dmd().expect("it holds dm+d");
    let changed: Vec<_> = dmd.vmps().filter(|vmp| vmp.id().value() == 12_345).collect();
    let [vmp] = changed[..] else { panic!("{} VMPs with the changed id", changed.len()) };
    let previous = vmp.previous_id().expect("it has a previous id");
    let Current::One(now) = dmd.current(previous) else { panic!("{:?}", dmd.current(previous)) };
    assert_eq!((now.kind, now.id), (IdKind::Vmp, vmp.id()));
    assert!(dmd.product(previous).is_none());
    // No id has so few digits: it is told, and read all the same.
    let told = report.notes.of(farr_build::NoteKind::CheckDigit).expect("it is told");
    assert!(told.examples.iter().any(|told| told.ends_with("VPID 12345")), "{told:?}");
}

#[test]
fn the_history_of_february_2025_leads_to_one_current_id_but_for_three_of_them() {
    let Some(folder) = shared("dmd/2025-02-bonus") else { return };
    let (terminology, report) = opened(&[&folder.join("nhsbsa_dmdbonus.zip")]);
    let dmd = terminology.dmd().expect("it holds dm+d");
    assert!(!report.notes.refused_when_strict(), "{report}");
    let rows: Vec<(u64, u64)> = dmd
        .table(TableId::VmpHistory)
        .map(|record| {
            let (_, _, said) = crate::support::dmd::said_by_index(record);
            let get = |element: &str| {
                let found = said.iter().find(|(name, _)| name == element).expect("it has one");
                found.1.parse().expect("a number")
            };
            (get("IDPREVIOUS"), get("IDCURRENT"))
        })
        .collect();
    assert_eq!(rows.len(), 29_207);
    assert_eq!(rows.iter().filter(|(previous, current)| previous != current).count(), 5_048);

    let (mut ambiguous, mut of_several_kinds) = (Vec::new(), BTreeSet::new());
    let mut asked = 0;
    for (table, kind) in [
        (TableId::VtmHistory, IdKind::Vtm),
        (TableId::VmpHistory, IdKind::Vmp),
        (TableId::IngredientHistory, IdKind::Ingredient),
        (TableId::SupplierHistory, IdKind::Supplier),
        (TableId::FormHistory, IdKind::Form),
        (TableId::RouteHistory, IdKind::Route),
        (TableId::UnitOfMeasureHistory, IdKind::UnitOfMeasure),
    ] {
        let mut previous = BTreeSet::new();
        for record in dmd.table(table) {
            let (_, _, said) = crate::support::dmd::said_by_index(record);
            let found = said.iter().find(|(name, _)| name == "IDPREVIOUS").expect("it has one");
            previous.insert(found.1.parse::<u64>().expect("a number"));
        }
        for previous in previous {
            asked += 1;
            let current = dmd.current(sctid(previous));
            assert_eq!(current.ids().is_empty(), current == Current::None);
            let of_kind = current.ids().iter().filter(|now| now.kind == kind).count();
            match of_kind {
                0 => panic!("{previous} leads to nothing"),
                1 => {}
                _ => ambiguous.push(kind),
            }
            // An id may be one of several kinds, here and in the file.
            if of_kind == 1 && current.ids().len() > 1 {
                of_several_kinds.insert(previous);
            }
        }
    }
    // Once the id of a VTM, and of a VMP.
    assert_eq!(of_several_kinds.into_iter().collect::<Vec<_>>(), [111_141_006]);
    assert!(asked > 38_000, "{asked} ids");
    assert_eq!(ambiguous, [IdKind::Vtm, IdKind::Vmp, IdKind::Vmp]);
}

/// A row of a random history: which section, current and previous id by number, and days.
type Row = (usize, u8, u8, u8, Option<u8>);

/// The sections that rows stand in.
const SECTIONS: [(&str, &str, IdKind); 2] =
    [("VTMS", "VTM", IdKind::Vtm), ("INGS", "ING", IdKind::Ingredient)];

/// An invented id.
fn invented(number: u8) -> u64 {
    let id = Sctid::from_parts(800_000 + u64::from(number), None, Component::Concept);
    id.expect("an id").value()
}

/// An invented day, in order.
fn day(number: u8) -> Date {
    Date::new(2000 + u32::from(number), 6, 15).expect("a date")
}

fn file(rows: &[Row]) -> String {
    let mut text = "<HISTORY>".to_owned();
    for (number, (section, record, _)) in SECTIONS.into_iter().enumerate() {
        let _ = write!(text, "<{section}>");
        for (_, current, previous, start, end) in rows.iter().filter(|row| row.0 == number) {
            let _ = write!(
                text,
                "<{record}><IDCURRENT>{}</IDCURRENT><IDPREVIOUS>{}</IDPREVIOUS>\
                 <STARTDT>{}</STARTDT>",
                invented(*current),
                invented(*previous),
                day(*start),
            );
            if let Some(end) = end {
                let _ = write!(text, "<ENDDT>{}</ENDDT>", day(*end));
            }
            let _ = writeln!(text, "</{record}>");
        }
        let _ = write!(text, "</{section}>");
    }
    text + "</HISTORY>"
}

/// VTMs that the release has, by number, with their previous ids.
fn vtm_file(vtms: &[(u8, Option<u8>)]) -> String {
    let mut text = "<VIRTUAL_THERAPEUTIC_MOIETIES>".to_owned();
    for (vtm, previous) in vtms {
        let _ = write!(text, "<VTM><VTMID>{}</VTMID><NM>Invented</NM>", invented(*vtm));
        if let Some(previous) = previous {
            let _ = write!(text, "<VTMIDPREV>{}</VTMIDPREV>", invented(*previous));
        }
        text.push_str("</VTM>");
    }
    text + "</VIRTUAL_THERAPEUTIC_MOIETIES>"
}

/// A row, as the walk reads it.
#[derive(Debug)]
struct Step {
    kind: IdKind,
    current: u64,
    previous: u64,
    start: Option<String>,
    end: Option<String>,
}

impl Step {
    fn holds_on(&self, day: Option<&str>) -> bool {
        let Some(day) = day else { return true };
        self.start.as_deref().is_none_or(|start| start <= day)
            && self.end.as_deref().is_none_or(|end| day <= end)
    }
}

fn steps(records: &[NaiveRecord]) -> (Vec<Step>, BTreeSet<u64>) {
    let (mut steps, mut vtms) = (Vec::new(), BTreeSet::new());
    let number = |text: &str| text.parse::<u64>().expect("a number");
    for record in records {
        let get = |element: &str| record.get(element).map(ToOwned::to_owned);
        if let Some(id) = record.get("VTMID") {
            vtms.insert(number(id));
            if let Some(previous) = record.get("VTMIDPREV") {
                let (current, previous) = (number(id), number(previous));
                let kind = IdKind::Vtm;
                steps.push(Step { kind, current, previous, start: None, end: None });
            }
            continue;
        }
        let (_, _, kind) = SECTIONS
            .into_iter()
            .find(|(section, ..)| record.path[1] == *section)
            .expect("a section");
        let current = number(record.get("IDCURRENT").expect("it has one"));
        let previous = number(record.get("IDPREVIOUS").expect("it has one"));
        steps.push(Step { kind, current, previous, start: get("STARTDT"), end: get("ENDDT") });
    }
    (steps, vtms)
}

/// Where an id leads, by walking from row to row.
fn walk(
    steps: &[Step],
    vtms: &BTreeSet<u64>,
    id: u64,
    day: Option<&str>,
) -> BTreeSet<(IdKind, u64)> {
    let mut found = BTreeSet::new();
    for (_, _, kind) in SECTIONS {
        let of_kind = || steps.iter().filter(move |step| step.kind == kind);
        let itself =
            |id: u64| of_kind().filter(move |step| step.previous == id && step.current == id);
        let is_now = |id: u64| kind == IdKind::Vtm && vtms.contains(&id) || itself(id).count() > 0;
        // Where one row has days, what another says of the same without any says no more.
        let yields = |step: &Step| {
            let undated = |step: &Step| step.start.is_none() && step.end.is_none();
            let same =
                |other: &&Step| (other.previous, other.current) == (step.previous, step.current);
            undated(step) && of_kind().filter(same).any(|other| !undated(other))
        };
        let in_time = |step: &Step| day.is_none() || step.holds_on(day) && !yields(step);
        // The id itself: where rows say when it was in use, one of them says that it was then.
        if is_now(id) && (itself(id).count() == 0 || itself(id).any(in_time)) {
            found.insert((kind, id));
        }
        let leading = |id: u64, day: Option<String>| {
            let leads = move |step: &&Step| {
                step.previous == id
                    && step.current != id
                    && (day.is_none() || step.holds_on(day.as_deref()) && !yields(step))
            };
            of_kind().filter(leads).map(|step| step.current).collect::<BTreeSet<u64>>()
        };
        // Everything that can be reached without going through what is something's id now.
        let mut reached = leading(id, day.map(ToOwned::to_owned));
        loop {
            let further: BTreeSet<u64> = reached
                .iter()
                .filter(|id| !is_now(**id))
                .flat_map(|id| leading(*id, None))
                .collect();
            let before = reached.len();
            reached.extend(further);
            if reached.len() == before {
                break;
            }
        }
        let ends = reached.into_iter().filter(|id| is_now(*id) || leading(*id, None).is_empty());
        found.extend(ends.map(|id| (kind, id)));
    }
    found
}

fn found(current: &Current) -> BTreeSet<(IdKind, u64)> {
    match current {
        Current::None => assert!(current.ids().is_empty()),
        Current::One(_) => assert_eq!(current.ids().len(), 1),
        Current::Several(several) => assert!(several.is_sorted_by(|one, next| one < next)),
    }
    current.ids().iter().map(|now| (now.kind, now.id.value())).collect()
}

fn compare(dmd: Dmd<'_>, records: &[NaiveRecord]) {
    let (steps, vtms) = steps(records);
    for number in 0..10 {
        let id = invented(number);
        let expected = walk(&steps, &vtms, id, None);
        assert_eq!(found(&dmd.current(sctid(id))), expected, "{number}: {steps:#?}");
        // Days of the rows, and those before and after all of them.
        for on in 0..10 {
            let date = day(on);
            let expected = walk(&steps, &vtms, id, Some(&date.to_string()));
            let current = dmd.current_on(sctid(id), date);
            assert_eq!(found(&current), expected, "{number} on {date}: {steps:#?}");
        }
        let rows = dmd.previous_rows(sctid(id)).count();
        assert!(rows <= steps.iter().filter(|step| step.previous == id).count());
        let history = dmd.history_of(sctid(id)).map(|row| row.previous.value());
        let history: BTreeSet<u64> = history.collect();
        let expected = steps.iter().filter(|step| step.current == id).map(|step| step.previous);
        assert_eq!(history, expected.collect());
    }
}

fn compare_files(rows: &[Row], vtms: &[(u8, Option<u8>)]) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let write = |name: &str, text: String| {
        std::fs::write(folder.path().join(name), text).expect("the file can be written");
    };
    write("f_history1_0010826.xml", file(rows));
    write("f_vtm2_3010826.xml", vtm_file(vtms));
    let (terminology, _) = opened(&[folder.path()]);
    let dmd = terminology.dmd().expect("it holds dm+d");
    compare(dmd, &naive_dmd::read(&[folder.path()]));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..Default::default() })]

    #[test]
    fn random_histories_lead_where_a_walk_over_their_rows_does(
        rows in prop::collection::vec(
            (0..2_usize, 0..8_u8, 0..8_u8, 1..8_u8, prop::option::of(1..8_u8)), 0..14,
        ),
        vtms in prop::collection::btree_map(0..8_u8, prop::option::of(0..8_u8), 0..4),
    ) {
        let vtms: Vec<(u8, Option<u8>)> = vtms.into_iter().collect();
        compare_files(&rows, &vtms);
    }
}

#[test]
fn ways_that_part_and_meet_again_lead_to_their_end_alone() {
    // 0 to 1 and 2, and both of those to 3.
    let row = |current, previous| (0, current, previous, 1, Some(2));
    compare_files(&[row(1, 0), row(2, 0), row(3, 1), row(3, 2)], &[]);
}

#[test]
fn circles_end_and_lead_to_nothing_that_is_not_there() {
    let row = |current, previous| (0, current, previous, 1, Some(2));
    compare_files(&[row(1, 0), row(0, 1)], &[]);
    compare_files(&[row(1, 0), row(2, 1), row(1, 2)], &[]);
    compare_files(&[row(1, 0), row(2, 1), row(1, 2)], &[(2, None)]);
}
