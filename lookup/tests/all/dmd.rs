//! `farr dmd`, end to end.

use crate::common::dmd::*;
use serde_json::{Value, json};

const FARROLOL: &str = "990100011000001106";
const TABLETS: &str = "990200011000001108";
const TABLETS_BY_FERNWORKS: &str = "990300011000001104";
const PACK_OF_28: &str = "990400011000001107";
const DISCONTINUED_PACK: &str = "990500021000001106";
/// Of the tablets, in the record and in the history.
const PREVIOUS: &str = "9970011009";
/// Of the dressing, and later of the cream.
const OF_TWO: &str = "9970023003";
const DRESSING: &str = "990200071000001100";
const CREAM: &str = "9973004006";
const INGREDIENT: &str = "990600011000001105";

fn ask(arguments: &[&str]) -> crate::common::Printed {
    ask_of(by_hand(), arguments)
}

fn json_of_one(arguments: &[&str]) -> Value {
    let (records, code) = json_of(by_hand(), arguments);
    assert_eq!((records.len(), code), (1, 0));
    records[0].clone()
}

fn name(level: &str, id: &str, name: &str) -> Value {
    json!({ "level": level, "id": id, "name": name, "invalid": false })
}

#[test]
fn a_pack_is_told_whole() {
    let (vtm, vmp) =
        (name("VTM", FARROLOL, "Farrolol"), name("VMP", TABLETS, "Farrolol 10mg tablets"));
    let verdict =
        |setting| json!({ "setting": setting, "verdict": "not-prescribable", "reasons": ["pack"] });
    let expected = json!({
        "code": DISCONTINUED_PACK,
        "status": "found",
        "product": {
            "level": "AMPP",
            "id": DISCONTINUED_PACK,
            "name": "Farrolol 10mg tablets (Fernworks Ltd) 56 tablet",
            "invalid": false,
            "discontinued": true,
            "vtm": vtm,
            "vmp": vmp,
            "amp": name("AMP", TABLETS_BY_FERNWORKS, "Farrolol 10mg tablets (Fernworks Ltd)"),
            "vmpp": name("VMPP", "990400021000001103", "Farrolol 10mg tablets 56 tablet"),
            "prescribing": [verdict("primary-care"), verdict("dose-based")],
            "in_snomed": null,
            "concept": null,
            "parents": [],
            "below": {},
            "record": {
                "APPID": DISCONTINUED_PACK,
                "NM": "Farrolol 10mg tablets (Fernworks Ltd) 56 tablet",
                "VPPID": "990400021000001103",
                "APID": TABLETS_BY_FERNWORKS,
                "LEGAL_CATCD": { "code": "0003", "text": "POM" },
                "DISCCD": { "code": "0001", "text": "Discontinued" },
                "DISCDT": "2025-12-31",
            },
            "parts": {
                "GTINDATA": [{
                    "AMPPID": DISCONTINUED_PACK,
                    "GTIN": "2000000000015",
                    "STARTDT": "2021-06-01",
                    "ENDDT": "2021-06-01",
                }],
                "PRESCRIB_INFO": [{ "APPID": DISCONTINUED_PACK, "HOSP": false }],
            },
        },
        "current": null,
        "tree": null,
        "message": null,
    });
    assert_eq!(json_of_one(&["dmd", DISCONTINUED_PACK]), expected);
    let card = ask(&["dmd", DISCONTINUED_PACK]);
    assert_eq!(
        card.out,
        "\
Farrolol 10mg tablets (Fernworks Ltd) 56 tablet
AMPP                990500021000001106
of AMP              990300011000001104 Farrolol 10mg tablets (Fernworks Ltd)
of VMPP             990400021000001103 Farrolol 10mg tablets 56 tablet
of VMP              990200011000001108 Farrolol 10mg tablets
of VTM              990100011000001106 Farrolol
Prescribing         in any setting: NOT to be prescribed (a pack: the product in it is prescribed)
Legal category      POM
Discontinuation     Discontinued (since 2025-12-31)
GTIN                02000000000015 (2021-06-01 to 2021-06-01)
"
    );
}

#[test]
fn the_card_of_a_moiety_has_its_tree() {
    let printed = ask(&["dmd", FARROLOL]);
    assert_eq!((printed.code, printed.err.as_str()), (0, ""));
    let expected = "\
Farrolol
VTM                 990100011000001106
Below it            3 VMPs, 5 AMPs, 5 VMPPs, 9 AMPPs
";
    assert!(printed.out.starts_with(expected), "{}", printed.out);
    let tree = "\
├─ VMP 990200011000001108 Farrolol 10mg tablets
│  ├─ VMPP 990400011000001107 Farrolol 10mg tablets 28 tablet
│  ├─ VMPP 990400021000001103 Farrolol 10mg tablets 56 tablet
│  ├─ VMPP 990400091000001100 Farrolol 10mg tablets 7 tablet
│  ├─ AMP 990300011000001104 Farrolol 10mg tablets (Fernworks Ltd)
│  │  ├─ AMPP 990500011000001102 Farrolol 10mg tablets (Fernworks Ltd) 28 tablet
│  │  ├─ AMPP 990500021000001106 Farrolol 10mg tablets (Fernworks Ltd) 56 tablet discontinued
│  │  └─ AMPP 990500131000001107 Farrolol 10mg tablets (Fernworks Ltd) 7 tablet
│  ├─ AMP 990300021000001108 Farrolol 10mg tablets (Gorse & Heather)
│  │  ├─ AMPP 990500031000001108 Farrolol 10mg tablets (Gorse & Heather) 28 tablet
│  │  └─ AMPP 990500141000001100 Farrolol 10mg tablets (Gorse & Heather) 56 tablet
│  └─ AMP 990300031000001105 Farrex 10mg tablets (Quarry Imports)
│     ├─ AMPP 990500041000001101 Farrex 10mg tablets (Quarry Imports) 28 tablet
│     └─ AMPP 990500051000001103 Farrex 10mg tablets (Quarry Imports) 56 tablet
├─ VMP 990200021000001104 Farrolol 50micrograms/5ml oral solution sugar free
│  ├─ VMPP 990400031000001101 Farrolol 50micrograms/5ml oral solution sugar free 150 ml
│  └─ AMP 990300041000001103 Farrolol 50micrograms/5ml oral solution sugar free (Fernworks Ltd)
│     └─ AMPP 990500061000001100 Farrolol 50micrograms/5ml oral solution sugar free (Fernworks Ltd) 150 ml
└─ VMP 990200081000001103 Farrolol 10mg tablets and Farrolol 50micrograms/5ml oral solution
   ├─ VMPP 990400081000001102 Farrolol 10mg tablets and oral solution 1 pack
   └─ AMP 990300091000001106 Farrolol starter (Fernworks Ltd)
      └─ AMPP 990500121000001105 Farrolol starter (Fernworks Ltd) 1 pack
";
    assert!(printed.out.ends_with(tree), "{}", printed.out);
    let alone = ask(&["dmd", FARROLOL, "--no-tree"]);
    assert_eq!(format!("{}{tree}", alone.out), printed.out);
    assert_eq!(ask(&["dmd", FARROLOL, "--tree"]).out, printed.out);
    assert_eq!(ask(&["dmd", FARROLOL, "--tree", "--no-tree"]).code, 2);
    // Of the other levels only where it is asked for.
    assert!(!ask(&["dmd", TABLETS]).out.contains("─ "));
    let packs = ask(&["dmd", PACK_OF_28, "--tree"]).out;
    assert_eq!(packs.matches("─ AMPP ").count(), 3, "{packs}");
}

#[test]
fn a_tree_is_a_row_for_each_product_below() {
    let printed = ask(&["dmd", TABLETS, "--tree", "--format", "csv"]);
    let names = ["code", "depth", "level", "id", "discontinued", "vtm_id", "vmp_id", "amp_id"];
    let rows = columns(&rows_of(&printed.out, b','), &names);
    let row = |depth: &str, level: &str, id: &str, discontinued: &str, vmp: &str, amp: &str| {
        [TABLETS, depth, level, id, discontinued, FARROLOL, vmp, amp].map(str::to_owned).to_vec()
    };
    let amp = TABLETS_BY_FERNWORKS;
    let expected = [
        row("0", "VMP", TABLETS, "", "", ""),
        row("1", "VMPP", PACK_OF_28, "", TABLETS, ""),
        row("1", "VMPP", "990400021000001103", "", TABLETS, ""),
        row("1", "VMPP", "990400091000001100", "", TABLETS, ""),
        row("1", "AMP", amp, "", TABLETS, ""),
        row("2", "AMPP", "990500011000001102", "false", TABLETS, amp),
        row("2", "AMPP", DISCONTINUED_PACK, "true", TABLETS, amp),
        row("2", "AMPP", "990500131000001107", "false", TABLETS, amp),
    ];
    assert_eq!(rows[..expected.len()], expected);
    assert_eq!(rows.len(), 14, "{}", printed.out);
    let tree = json_of_one(&["dmd", TABLETS, "--tree"])["tree"].clone();
    let ids = |row: &Value| {
        let text = |key: &str| row[key].as_str().unwrap().to_owned();
        (row["depth"].to_string(), text("level"), text("id"))
    };
    let of_json: Vec<_> = tree.as_array().unwrap().iter().map(ids).collect();
    let of_rows: Vec<_> =
        rows[1..].iter().map(|row| (row[1].clone(), row[2].clone(), row[3].clone())).collect();
    assert_eq!(of_json, of_rows);
    let codes = ask(&["dmd", TABLETS, "--tree", "--format", "codes"]).out;
    let expected: String = rows.iter().map(|row| format!("{}\n", row[3])).collect();
    assert_eq!(codes, expected);
    // One row a code unless more is asked for, of a moiety too.
    let alone = ask(&["dmd", FARROLOL, "--format", "csv"]).out;
    assert_eq!(alone.lines().count(), 2, "{alone}");
    assert_eq!(json_of_one(&["dmd", FARROLOL])["tree"], Value::Null);
}

#[test]
fn a_previous_id_leads_to_what_has_another_one_now() {
    let record = json_of_one(&["dmd", PREVIOUS]);
    assert_eq!(record["status"], "previous-id");
    assert_eq!(record["product"]["id"], TABLETS);
    let row = |source: &str, start: Value, end: Value| {
        json!({ "kind": "vmp", "previous": PREVIOUS, "current": TABLETS, "source": source,
                "start": start, "end": end })
    };
    let expected = json!({
        "outcome": "one",
        "things": [
            { "kind": "vmp", "id": TABLETS, "name": "Farrolol 10mg tablets", "invalid": false },
        ],
        "rows": [
            row("record", Value::Null, Value::Null),
            row("history", json!("2009-01-01"), json!("2020-03-01")),
        ],
    });
    assert_eq!(record["current"], expected);
    let card = ask(&["dmd", PREVIOUS]);
    let expected = format!(
        "\
{PREVIOUS}
Code                a previous id of VMP {TABLETS} Farrolol 10mg tablets
Ids through time    VMP {TABLETS} had {PREVIOUS} from 2009-01-01 to 2020-03-01

Farrolol 10mg tablets
VMP                 {TABLETS}
"
    );
    assert!(card.out.starts_with(&expected), "{}", card.out);
    assert_eq!(ask(&["dmd", PREVIOUS, "--format", "codes"]).out, format!("{TABLETS}\n"));
    // The product itself says which ids it had.
    let own = ask(&["dmd", TABLETS]).out;
    let expected = "\
Ids through time    9970021001 from 1948-01-01 to 2008-12-31
                    9970011009 from 2009-01-01 to 2020-03-01
                    this id since 2020-03-02
";
    assert!(own.ends_with(expected), "{own}");
}

#[test]
fn a_previous_id_of_two_products_leads_to_neither() {
    let record = json_of_one(&["dmd", OF_TWO]);
    assert_eq!((&record["status"], &record["product"]), (&json!("previous-id"), &Value::Null));
    assert_eq!(record["current"]["outcome"], "several");
    let card = ask(&["dmd", OF_TWO]);
    let expected = format!(
        "\
{OF_TWO}
Code                a previous id that leads to 2 things: which one was meant is not known
Leads to            VMP {CREAM} Lichenide 1% / Sphagnum <0.5% & \"bog\" cream
                    VMP {DRESSING} Wound gel dressing 10cm x 10cm
Ids through time    VMP {DRESSING} had {OF_TWO} from 2005-01-01 to 2014-12-31
                    VMP {CREAM} had {OF_TWO} from 2015-01-01 to 2017-12-31
"
    );
    assert_eq!((card.out, card.code), (expected, 0));
    let csv = rows_of(&ask(&["dmd", OF_TWO, "--format", "csv"]).out, b',');
    let told = columns(&csv, &["status", "id", "current_kinds", "current_ids"]);
    assert_eq!(told, [["previous-id", "", "vmp vmp", &format!("{CREAM} {DRESSING}")]]);
    for format in ["codes", "sql-in"] {
        assert_eq!(ask(&["dmd", OF_TWO, "--format", format]).out, "", "{format}");
    }
}

#[test]
fn the_day_on_which_a_code_was_used_decides() {
    for (code, on, status, product) in [
        (OF_TWO, "2010-06-01", "previous-id", Some(DRESSING)),
        (OF_TWO, "2016-06-01", "previous-id", Some(CREAM)),
        (OF_TWO, "2019-06-01", "other-day", None),
        (TABLETS, "2021-01-01", "found", Some(TABLETS)),
        (TABLETS, "2019-01-01", "other-day", None),
        // It was the patches' id, then another one was, and it is again.
        ("990200031000001102", "2005-01-01", "found", Some("990200031000001102")),
        ("990200031000001102", "2008-01-01", "other-day", None),
        // AMPs and packs keep their ids.
        (TABLETS_BY_FERNWORKS, "1999-01-01", "found", Some(TABLETS_BY_FERNWORKS)),
        (INGREDIENT, "2020-01-01", "not-a-product", None),
        (INGREDIENT, "2010-01-01", "other-day", None),
    ] {
        let (records, exit) = json_of(by_hand(), &["dmd", code, "--on", on]);
        let case = format!("{code} on {on}");
        assert_eq!(records[0]["status"], status, "{case}");
        assert_eq!(records[0]["product"]["id"].as_str(), product, "{case}");
        assert_eq!(exit, i32::from(status == "other-day"), "{case}");
    }
    let printed = ask(&["dmd", TABLETS, "--on", "2019-01-01"]).out;
    let expected = format!(
        "\
{TABLETS}
Code                nothing in dm+d is known to have had it on 2019-01-01; used on another day it leads to VMP {TABLETS} Farrolol 10mg tablets
Ids through time    9970021001 from 1948-01-01 to 2008-12-31
                    9970011009 from 2009-01-01 to 2020-03-01
                    this id since 2020-03-02
"
    );
    assert_eq!(printed, expected);
    assert_eq!(ask(&["dmd", TABLETS, "--on", "2019-02-29"]).code, 2);
}

#[test]
fn ids_of_other_things_are_told_for_what_they_are() {
    for (code, status, message) in [
        (
            INGREDIENT,
            "not-a-product",
            "not a product: ingredient 990600011000001105 Farrolol hydrochloride",
        ),
        (
            "990820011000001107",
            "not-a-product",
            "not a product: supplier 990820011000001107 Fernworks Ltd",
        ),
        ("9970006007", "previous-id", "a previous id of supplier 990820011000001107 Fernworks Ltd"),
        (
            "990700021000001107",
            "not-a-product",
            "not a product: unit of measure 990700021000001107 ml",
        ),
    ] {
        let record = json_of_one(&["dmd", code]);
        assert_eq!((&record["status"], &record["message"]), (&json!(status), &json!(message)));
        assert_eq!(record["product"], Value::Null);
        let card = ask(&["dmd", code]).out;
        assert!(card.starts_with(&format!("{code}\nCode                {message}\n")), "{card}");
    }
}

#[test]
fn what_is_not_in_dmd_is_told_with_the_reason() {
    let absent = crate::common::absent();
    let wrong = format!("{}7", &FARROLOL[..FARROLOL.len() - 1]);
    for (code, status, said) in [
        (&*absent, "not-in-release", "not in this release of dm+d, now or formerly"),
        (&wrong, "wrong-check-digit", "the check digit is 7 where the other digits require 6"),
        ("12345", "malformed", "an SCTID has 6 to 18 digits"),
        ("aspirin", "malformed", "not one of the digits 0 to 9"),
        ("", "malformed", "this has 0 characters"),
        (
            "5012617019844",
            "wrong-check-digit",
            "can be read as the GTIN of a barcode: see farr scan",
        ),
    ] {
        let (records, exit) = json_of(by_hand(), &["dmd", code]);
        assert_eq!((&records[0]["status"], exit), (&json!(status), 1), "{code}");
        let message = records[0]["message"].as_str().unwrap();
        assert!(message.contains(said), "{message}");
        assert_eq!((&records[0]["product"], &records[0]["tree"]), (&Value::Null, &Value::Null));
        let card = ask(&["dmd", code]);
        assert_eq!(card.code, 1);
        let heading = if code.is_empty() { "(empty)" } else { code };
        assert_eq!(card.out, format!("{heading}\nCode                {message}\n"));
    }
    assert!(ask(&["dmd", "a\u{1b}[31mb"]).out.starts_with("a\\u{1b}[31mb\n"));
}

#[test]
fn a_column_of_codes_keeps_its_order_in_every_format() {
    let input = format!("{TABLETS}\r\n\n{OF_TWO}\naspirin\n {PREVIOUS} \n{DISCONTINUED_PACK}");
    for (format, delimiter) in [("csv", b','), ("tsv", b'\t')] {
        let printed = pipe_to(by_hand(), &input, &["dmd", "--format", format]);
        assert_eq!((printed.code, printed.err.as_str()), (1, ""));
        let rows = rows_of(&printed.out, delimiter);
        let told = columns(&rows, &["code", "status", "level", "id", "name", "primary_care"]);
        let tablets = ["VMP", TABLETS, "Farrolol 10mg tablets", "prescribable"];
        let pack = "Farrolol 10mg tablets (Fernworks Ltd) 56 tablet";
        let expected = [
            [&[TABLETS, "found"], &tablets[..]].concat(),
            vec![OF_TWO, "previous-id", "", "", "", ""],
            vec!["aspirin", "malformed", "", "", "", ""],
            [&[PREVIOUS, "previous-id"], &tablets[..]].concat(),
            vec![DISCONTINUED_PACK, "found", "AMPP", DISCONTINUED_PACK, pack, "not-prescribable"],
        ];
        assert_eq!(told, expected, "{format}");
    }
    let codes = pipe_to(by_hand(), &input, &["dmd", "-", "--format", "codes"]);
    assert_eq!(codes.out, format!("{TABLETS}\n{TABLETS}\n{DISCONTINUED_PACK}\n"));
    let sql = pipe_to(by_hand(), &input, &["dmd", "--format", "sql-in"]);
    assert_eq!(sql.out, format!("'{TABLETS}','{TABLETS}','{DISCONTINUED_PACK}'\n"));
    let markdown = pipe_to(by_hand(), &input, &["dmd", "--format", "markdown"]).out;
    assert!(markdown.starts_with("| code | status | depth | level |"), "{markdown}");
    assert_eq!(markdown.lines().count(), 7);
    let lines = pipe_to(by_hand(), &input, &["dmd", "--format", "jsonl"]).out;
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let whole = pipe_to(by_hand(), &input, &["dmd", "--format", "json"]).out;
    assert_eq!(Value::Array(lines), serde_json::from_str::<Value>(&whole).unwrap());
    let nothing = pipe_to(by_hand(), "\n", &["dmd", "--format", "json"]);
    assert_eq!((nothing.code, nothing.out.as_str()), (0, "[]\n"));
    assert_eq!(nothing.err, "warning: standard input holds no codes\n");
}

#[test]
fn products_are_concepts_where_snomed_ct_is_beside() {
    let terminology = farr::Terminology::open([with_snomed()]).unwrap();
    let snomed = terminology.snomed().unwrap();
    let mut seen = [0; 2];
    for level in ["vtm", "vmp", "amp", "vmpp", "ampp"] {
        let input = workload(&format!("dmd_{level}.txt")).join("\n");
        let printed = pipe_to(with_snomed(), &input, &["dmd", "--format", "csv"]);
        assert_eq!((printed.code, printed.err.as_str()), (0, ""));
        let rows = columns(&rows_of(&printed.out, b','), &["code", "status", "level", "in_snomed"]);
        for (row, code) in rows.iter().zip(input.lines()) {
            assert_eq!(row[..3], [code, "found", &*level.to_uppercase()]);
            let held = snomed.concept(code.parse().unwrap()).is_some();
            assert_eq!(row[3], held.to_string(), "{code}");
            seen[usize::from(held)] += 1;
            let card = ask_of(with_snomed(), &["dmd", code, "--no-tree"]).out;
            assert_eq!(card.contains("not in the opened release"), !held, "{card}");
        }
    }
    assert!(seen[0] > 0 && seen[1] > 0, "{seen:?}");
}

#[test]
fn what_snomed_ct_has_and_dmd_does_not_is_said_to_be_there() {
    // The root is in every release.
    let printed = ask_of(with_snomed(), &["dmd", crate::common::ROOT]);
    assert_eq!(printed.code, 1);
    assert!(printed.out.contains("SNOMED CT has it: see farr lookup"), "{}", printed.out);
    assert!(!ask(&["dmd", crate::common::ROOT]).out.contains("farr lookup"));
}

#[test]
fn previous_ids_of_the_synthetic_release_lead_where_it_says() {
    let pairs = workload("dmd_previous.tsv");
    let (before, now): (Vec<&str>, Vec<&str>) =
        pairs.iter().map(|pair| pair.split_once('\t').unwrap()).unzip();
    let printed = pipe_to(with_snomed(), &before.join("\n"), &["dmd", "--format", "csv"]);
    let rows = columns(&rows_of(&printed.out, b','), &["code", "status", "id", "current_ids"]);
    let mut counts = [0; 3];
    for ((row, before), now) in rows.iter().zip(before).zip(now) {
        assert_eq!(row[..2], [before, "previous-id"]);
        let leads_to: Vec<&str> = row[3].split(' ').collect();
        assert!(leads_to.contains(&now), "{row:?}");
        // A product stands there where it is the only thing.
        assert!(row[2].is_empty() || leads_to == [row[2].as_str()], "{row:?}");
        counts[if row[2].is_empty() { leads_to.len().min(2) } else { 0 }] += 1;
    }
    assert_eq!(counts.iter().sum::<usize>(), 104);
    assert!(counts.iter().all(|count| *count > 0), "{counts:?}");
}

#[test]
fn the_real_sample_is_shown() {
    let Some(index) = real("2019-04-sample") else { return };
    let vtm = ask_of(&index, &["dmd", "90332006"]);
    let expected = "\
Paracetamol
VTM                 90332006
Prescribing         in primary care: NOT to be prescribed (a moiety is prescribed only with a dose; whether it has several ingredients is not known)
                    by dose, as in hospitals: not known: dm+d does not say (a moiety is prescribed only with a dose; whether it has several ingredients is not known)
";
    assert_eq!((vtm.code, vtm.out.as_str(), vtm.err.as_str()), (0, expected, ""));
    let (records, code) = json_of(&index, &["dmd", "347209005"]);
    assert_eq!(code, 0);
    assert_eq!(records[0]["status"], "previous-id");
    assert_eq!(records[0]["product"]["id"], "36016311000001102");
    assert_eq!(records[0]["product"]["below"], json!({ "AMP": 1, "VMPP": 2, "AMPP": 2 }));
}

#[test]
fn no_answer_is_given_without_good_data() {
    gives_nothing_without_good_data("dmd", TABLETS);
}

#[test]
fn a_closed_pipe_ends_quietly() {
    ends_quietly_where_the_pipe_is_closed("dmd", TABLETS);
}

#[test]
fn answers_are_as_documented() {
    let codes =
        [TABLETS, DISCONTINUED_PACK, OF_TWO, PREVIOUS, INGREDIENT, "9970006007", "12", "799999003"];
    let arguments = [&["dmd", "--tree"], &codes[..]].concat();
    let (mut records, _) = json_of(by_hand(), &arguments);
    records.extend(json_of(by_hand(), &["dmd", TABLETS, "--on", "2019-01-01"]).0);
    let amp = &workload("dmd_amp.txt");
    let amps: Vec<&str> = amp.iter().map(String::as_str).collect();
    records.extend(json_of(with_snomed(), &[&["dmd"], &amps[..]].concat()).0);
    let csv = rows_of(&ask(&["dmd", TABLETS, "--format", "csv"]).out, b',');
    is_as_documented("dmd", &csv[0], &records, &["record", "parts", "below"]);
}
