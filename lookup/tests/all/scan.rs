//! `farr scan`, end to end.

use crate::common::dmd::*;
use serde_json::{Value, json};

const PACK: &str = "990500011000001102";
const OTHER_PACK: &str = "990500031000001108";
const IMPORTED_PACK: &str = "990500041000001101";
/// Of one pack until the end of May 2021, and of another on the first of June.
const HANDED_ON: &str = "2000000000015";
/// Of [`PACK`] since June 2021.
const OF_ONE: &str = "2000000000022";
/// Of two packs at once from 2023 to 2027.
const OF_TWO: &str = "2000000000039";
const DAY: &str = "2024-01-01";

fn ask(arguments: &[&str]) -> crate::common::Printed {
    ask_of(by_hand(), arguments)
}

fn json_of_one(text: &str, on: &str) -> (Value, i32) {
    let (records, code) = json_of(by_hand(), &["scan", text, "--on", on]);
    assert_eq!(records.len(), 1);
    (records[0].clone(), code)
}

fn name(level: &str, id: &str, name: &str) -> Value {
    json!({ "level": level, "id": id, "name": name, "invalid": false })
}

#[test]
fn a_pack_is_found_with_everything_above_it() {
    let text = "(01)02000000000022(17)271130(10)A1(21)X77";
    let date = json!({ "ai": "17", "digits": "271130", "last_day": "2027-11-30", "has_day": true,
                       "time": null, "past": false });
    let element = |ai: &str, title: &str, value: &str, date: &Value| json!({ "ai": ai, "title": title, "value": value, "date": date });
    let expected = json!({
        "text": text,
        "status": "found",
        "on": DAY,
        "scan": {
            "form": "element-strings",
            "symbology": null,
            "gtin": "02000000000022",
            "gtin_format": "GTIN-13",
            "batch_or_lot": "A1",
            "expiry": date,
            "serial_number": "X77",
            "elements": [
                element("01", "GTIN", "02000000000022", &Value::Null),
                element("17", "USE BY or EXPIRY", "271130", &date),
                element("10", "BATCH/LOT", "A1", &Value::Null),
                element("21", "SERIAL", "X77", &Value::Null),
            ],
            "association_problems": [],
            "ignored": [],
        },
        "packs": [{
            "ampp": name("AMPP", PACK, "Farrolol 10mg tablets (Fernworks Ltd) 28 tablet"),
            "start": "2021-06-01",
            "end": null,
            "valid": true,
            "discontinued": false,
            "amp": name("AMP", "990300011000001104", "Farrolol 10mg tablets (Fernworks Ltd)"),
            "vmpp": name("VMPP", "990400011000001107", "Farrolol 10mg tablets 28 tablet"),
            "vmp": name("VMP", "990200011000001108", "Farrolol 10mg tablets"),
            "vtm": name("VTM", "990100011000001106", "Farrolol"),
            "in_snomed": null,
            "concept": null,
            "parents": [],
        }],
        "message": null,
        "at": null,
    });
    assert_eq!(json_of_one(text, DAY), (expected, 0));
    let card = ask(&["scan", text, "--on", DAY]);
    let expected = "\
(01)02000000000022(17)271130(10)A1(21)X77
GTIN                02000000000022 (GTIN-13)
Batch               A1
Expiry              2027-11-30
Serial number       X77
dm+d                one pack has this GTIN on 2024-01-01

Pack (AMPP)         990500011000001102 Farrolol 10mg tablets (Fernworks Ltd) 28 tablet
Has the GTIN        since 2021-06-01
Product (AMP)       990300011000001104 Farrolol 10mg tablets (Fernworks Ltd)
Generic (VMPP)      990400011000001107 Farrolol 10mg tablets 28 tablet
Generic (VMP)       990200011000001108 Farrolol 10mg tablets
Moiety (VTM)        990100011000001106 Farrolol
";
    assert_eq!((card.out.as_str(), card.err.as_str(), card.code), (expected, "", 0));
}

#[test]
fn all_forms_of_a_scan_lead_to_the_same_pack() {
    for (text, form, symbology) in [
        ("(01)02000000000022(17)271130(10)A1(21)X77", "element-strings", Value::Null),
        ("010200000000002217271130\u{1d}10A1\u{1d}21X77", "element-strings", Value::Null),
        ("]d2010200000000002217271130\u{1d}10A1\u{1d}21X77", "element-strings", json!("]d2")),
        ("]C1010200000000002217271130{GS}10A1[FNC1]21X77", "element-strings", json!("]C1")),
        (
            "https://example.org/01/02000000000022/10/A1/21/X77?17=271130",
            "digital-link",
            Value::Null,
        ),
    ] {
        let (record, code) = json_of_one(text, DAY);
        assert_eq!((&record["status"], code), (&json!("found"), 0), "{text:?}");
        let scan = &record["scan"];
        assert_eq!((&scan["form"], &scan["symbology"]), (&json!(form), &symbology), "{text:?}");
        assert_eq!((&scan["batch_or_lot"], &scan["serial_number"]), (&json!("A1"), &json!("X77")));
        assert_eq!(scan["expiry"]["last_day"], "2027-11-30");
        assert_eq!(record["packs"][0]["ampp"]["id"], PACK);
    }
    for text in [OF_ONE, "02000000000022", "]E02000000000022"] {
        let (record, code) = json_of_one(text, DAY);
        assert_eq!((&record["status"], code), (&json!("found"), 0), "{text}");
        assert_eq!(record["scan"]["form"], "gtin");
        assert_eq!(record["packs"][0]["ampp"]["id"], PACK);
    }
    let card = ask(&["scan", "]d20102000000000022\u{1d}10A1", "--on", DAY]).out;
    assert!(
        card.starts_with(
            "]d20102000000000022\\u{1d}10A1\nBarcode             ]d2 (GS1 DataMatrix)\n"
        )
    );
    let link =
        ask(&["scan", "https://example.org/01/02000000000022?linkType=all", "--on", DAY]).out;
    assert!(link.contains("Not read            linkType=all\n"), "{link}");
}

#[test]
fn options_say_what_a_scanner_sends_for_a_separator() {
    let text = "010200000000002210A1<GS>21X77";
    let (refused, code) = json_of_one(text, DAY);
    assert_eq!((&refused["status"], &refused["at"], code), (&json!("malformed"), &json!(20), 1));
    let with = |arguments: &[&str]| {
        let (records, _) = json_of(by_hand(), &[&["scan", "--on", DAY], arguments].concat());
        records[0]["scan"]["batch_or_lot"].clone()
    };
    assert_eq!(with(&[text, "--angle-brackets", "separator"]), "A1");
    assert_eq!(with(&[text, "--angle-brackets", "data"]), "A1<GS>21X77");
    assert_eq!(with(&["010200000000002210A1%21X77", "--separator", "%"]), "A1");
    assert_eq!(with(&["010200000000002210A1%21X77"]), "A1%21X77");
}

#[test]
fn of_several_packs_none_is_chosen() {
    let (record, code) = json_of_one(OF_TWO, DAY);
    assert_eq!((&record["status"], code), (&json!("several"), 0));
    let told = "2 packs have this GTIN on 2024-01-01: which one was scanned is not known";
    assert_eq!(record["message"], told);
    let ids: Vec<&Value> =
        record["packs"].as_array().unwrap().iter().map(|pack| &pack["ampp"]["id"]).collect();
    assert_eq!(ids, [OTHER_PACK, IMPORTED_PACK]);
    let card = ask(&["scan", OF_TWO, "--on", DAY]).out;
    assert!(card.contains(&format!("\ndm+d                {told}\n")), "{card}");
    let codes = ask(&["scan", OF_TWO, "--on", DAY, "--format", "codes"]).out;
    assert_eq!(codes, format!("{OTHER_PACK}\n{IMPORTED_PACK}\n"));
    // On other days one of them had it alone, and the other is told all the same.
    let (record, code) = json_of_one(OF_TWO, "2022-12-31");
    assert_eq!((&record["status"], code), (&json!("found"), 0));
    let valid = |at: usize| record["packs"][at]["valid"].as_bool();
    assert_eq!((valid(0), valid(1)), (Some(true), Some(false)));
    let before = ask(&["scan", OF_TWO, "--on", "2022-12-31", "--format", "sql-in"]).out;
    assert_eq!(before, format!("'{OTHER_PACK}'\n"));
}

#[test]
fn the_day_decides_which_pack_has_a_gtin() {
    for (on, status, first, valid) in [
        ("2015-12-31", "other-day", PACK, false),
        ("2016-01-01", "found", PACK, true),
        ("2021-05-31", "found", PACK, true),
        ("2021-06-01", "found", "990500021000001106", true),
        ("2021-06-02", "other-day", PACK, false),
    ] {
        let (record, code) = json_of_one(HANDED_ON, on);
        assert_eq!((&record["status"], &record["on"]), (&json!(status), &json!(on)));
        assert_eq!(code, i32::from(status == "other-day"), "{on}");
        let pack = &record["packs"][0];
        assert_eq!((&pack["ampp"]["id"], &pack["valid"]), (&json!(first), &json!(valid)), "{on}");
        assert_eq!(record["packs"].as_array().unwrap().len(), 2, "{on}");
        let codes = ask(&["scan", HANDED_ON, "--on", on, "--format", "codes"]).out;
        assert_eq!(codes, if valid { format!("{first}\n") } else { String::new() }, "{on}");
    }
    let card = ask(&["scan", HANDED_ON, "--on", DAY]);
    assert_eq!(card.code, 1);
    let told = "no pack has this GTIN on 2024-01-01; packs have it on other days";
    assert!(card.out.contains(&format!("\ndm+d                {told}\n")), "{}", card.out);
    let days = "\nHas the GTIN        from 2016-01-01 to 2021-05-31, NOT on 2024-01-01\n";
    assert!(card.out.contains(days), "{}", card.out);
    assert!(card.out.contains("\nDiscontinued        yes\n"), "{}", card.out);
}

#[test]
fn a_gtin_that_dmd_lacks_is_not_said_to_be_wrong() {
    for (text, why) in [
        ("5012617019844", "dm+d does not list all, so it need not be wrong"),
        ("15012617019841", "it is of a case or other outer packaging, and dm+d lists packs"),
        ("2000000000008", "it is of a range for use within a shop or a company"),
    ] {
        let (record, code) = json_of_one(text, DAY);
        assert_eq!((&record["status"], code), (&json!("not-in-dmd"), 1));
        let message = format!("this release of dm+d has no pack of this GTIN: {why}");
        assert_eq!((&record["message"], &record["at"]), (&json!(message), &Value::Null));
        assert_eq!(record["packs"], json!([]));
        let card = ask(&["scan", text, "--on", DAY]).out;
        assert!(card.ends_with(&format!("\ndm+d                {message}\n")), "{card}");
        assert!(!card.contains("Not valid"), "{card}");
    }
}

#[test]
fn a_wrong_scan_is_refused_and_marked_where_it_is_wrong() {
    for (text, at, said) in [
        ("(01)02000000000023(17)271130", 17, "the check digit of (01)"),
        ("(01)02000000000022(18)271130", 19, "is not an application identifier"),
        ("(01)02000000000022(17)271330", 22, "a date YYMMDD"),
        ("(01)02000000000022(10)A1(10)A2", 28, "two barcodes may have run together"),
        ("2000000000023", 0, "do not replace the check digit"),
        ("rubbish", 0, "an application identifier is expected"),
        ("]X9123", 0, "not one that carries GS1 data"),
        ("https://example.org/about", 19, "no GS1 key"),
    ] {
        let (record, code) = json_of_one(text, DAY);
        assert_eq!((&record["status"], code), (&json!("malformed"), 1), "{text}");
        assert_eq!((&record["at"], &record["scan"]), (&json!(at), &Value::Null), "{text}");
        let message = record["message"].as_str().unwrap();
        assert!(message.contains(said), "{message}");
        let card = ask(&["scan", text, "--on", DAY]);
        let mark = " ".repeat(at);
        assert_eq!(card.out, format!("{text}\n{mark}^\nNot valid           {message}\n"));
        assert_eq!(card.code, 1);
    }
    let nothing = ask(&["scan", ""]);
    assert_eq!(nothing.out, "(empty)\nNot valid           there is no data here: scan again\n");
    // The mark stands below what is shown, in which a control character takes more room.
    let card = ask(&["scan", "0102000000000022\u{1d}18271130"]).out;
    let mut lines = card.lines();
    let (text, mark) = (lines.next().unwrap(), lines.next().unwrap());
    assert_eq!(text.find("18271130").unwrap(), mark.len() - 1, "{card}");
}

#[test]
fn an_id_of_dmd_is_said_to_be_one() {
    // The first reads as an internal number of a company, the other as nothing.
    let vtm = &workload("dmd_vtm.txt")[0];
    for (index, id, status) in
        [(by_hand(), "990200011000001108", "no-gtin"), (with_snomed(), vtm, "malformed")]
    {
        let (records, code) = json_of(index, &["scan", id]);
        assert_eq!((&records[0]["status"], code), (&json!(status), 1));
        let message = records[0]["message"].as_str().unwrap();
        assert!(message.ends_with("it is an id of dm+d: see farr dmd"), "{message}");
    }
}

#[test]
fn an_expiry_in_the_past_is_told_and_the_pack_found() {
    for (expiry, day, past, card) in [
        ("(17)231231", "2023-12-31", json!(true), "2023-12-31: EXPIRED by 2024-01-01"),
        ("(17)240101", "2024-01-01", json!(false), "2024-01-01"),
        (
            "(17)231200",
            "2023-12-31",
            json!(true),
            "2023-12-31 (the last day of the month that is printed): EXPIRED by 2024-01-01",
        ),
        (
            "(17)240100",
            "2024-01-31",
            json!(false),
            "2024-01-31 (the last day of the month that is printed)",
        ),
        (
            "(7003)2312311430",
            "2023-12-31",
            json!(true),
            "2023-12-31 14:30 local time: EXPIRED by 2024-01-01",
        ),
        (
            "(7003)2401011430",
            "2024-01-01",
            Value::Null,
            "2024-01-01 14:30 local time: whether it is past on 2024-01-01 is for a clock to say",
        ),
        // Of two that differ, the one that comes first.
        (
            "(17)250101(7003)2312311430",
            "2023-12-31",
            json!(true),
            "2023-12-31 14:30 local time: EXPIRED by 2024-01-01",
        ),
    ] {
        let text = format!("(01)0{OF_ONE}{expiry}");
        let (record, code) = json_of_one(&text, DAY);
        assert_eq!((&record["status"], code), (&json!("found"), 0), "{text}");
        let found = &record["scan"]["expiry"];
        assert_eq!((&found["last_day"], &found["past"]), (&json!(day), &past), "{text}");
        let printed = ask(&["scan", &text, "--on", DAY]).out;
        assert!(printed.contains(&format!("\nExpiry              {card}\n")), "{printed}");
        let csv = rows_of(&ask(&["scan", &text, "--on", DAY, "--format", "csv"]).out, b',');
        let cell = past.as_bool().map(|past| past.to_string()).unwrap_or_default();
        assert_eq!(columns(&csv, &["expiry", "expiry_past"]), [[day, &cell]]);
    }
    // The day asked about tells the century too.
    let (then, _) = json_of_one(&format!("(01)0{OF_ONE}(17)750101"), "1999-01-01");
    assert_eq!(then["scan"]["expiry"]["last_day"], "1975-01-01");
}

#[test]
fn a_scan_without_a_gtin_of_its_own_has_no_pack() {
    let (case, code) = json_of_one("(00)087124003602580000(02)02000000000022(37)12", DAY);
    assert_eq!((&case["status"], code), (&json!("no-gtin"), 1));
    assert!(case["message"].as_str().unwrap().contains("of the items in it, 02000000000022"));
    assert_eq!((&case["scan"]["gtin"], &case["packs"]), (&Value::Null, &json!([])));
    let card = ask(&["scan", "(8018)012345678901234560", "--on", DAY]);
    assert_eq!(card.code, 1);
    let told =
        "GTIN                the scan is valid and names no GTIN, so there is no pack to look for";
    assert!(card.out.contains(told), "{}", card.out);
    assert!(card.out.contains("(8018) "), "{}", card.out);
}

#[test]
fn scans_from_a_scanner_keep_their_order_in_every_format() {
    let input = format!("{OF_TWO}\r\n\n(01)02000000000022(10)A,1\nx\n{HANDED_ON}\n5012617019844");
    let ask = |format: &str| pipe_to(by_hand(), &input, &["scan", "--on", DAY, "--format", format]);
    for (format, delimiter) in [("csv", b','), ("tsv", b'\t')] {
        let printed = ask(format);
        assert_eq!((printed.code, printed.err.as_str()), (1, ""));
        let names =
            ["text", "status", "on", "gtin", "batch_or_lot", "valid", "ampp_id", "vtm_name"];
        let told = columns(&rows_of(&printed.out, delimiter), &names);
        let (two, one, old) = ("02000000000039", "02000000000022", "02000000000015");
        let expected = [
            [OF_TWO, "several", DAY, two, "", "true", OTHER_PACK, "Farrolol"],
            [OF_TWO, "several", DAY, two, "", "true", IMPORTED_PACK, "Farrolol"],
            ["(01)02000000000022(10)A,1", "found", DAY, one, "A,1", "true", PACK, "Farrolol"],
            ["x", "malformed", DAY, "", "", "", "", ""],
            [HANDED_ON, "other-day", DAY, old, "", "false", PACK, "Farrolol"],
            [HANDED_ON, "other-day", DAY, old, "", "false", "990500021000001106", "Farrolol"],
            ["5012617019844", "not-in-dmd", DAY, "05012617019844", "", "", "", ""],
        ];
        assert_eq!(told, expected, "{format}");
    }
    assert_eq!(ask("codes").out, format!("{OTHER_PACK}\n{IMPORTED_PACK}\n{PACK}\n"));
    assert_eq!(ask("sql-in").out, format!("'{OTHER_PACK}','{IMPORTED_PACK}','{PACK}'\n"));
    let markdown = ask("markdown").out;
    assert!(markdown.starts_with("| text | status | on |"), "{markdown}");
    assert_eq!(markdown.lines().count(), 9);
    let lines: Vec<Value> =
        ask("jsonl").out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 5);
    assert_eq!(Value::Array(lines), serde_json::from_str::<Value>(&ask("json").out).unwrap());
    let nothing = pipe_to(by_hand(), "", &["scan", "--format", "csv"]);
    assert_eq!(nothing.out.lines().count(), 1);
    assert_eq!((nothing.code, &*nothing.err), (0, "warning: standard input holds no scans\n"));
}

#[test]
fn without_a_day_it_is_today() {
    let (records, _) = json_of(by_hand(), &["scan", OF_ONE]);
    let on: farr::Date = records[0]["on"].as_str().unwrap().parse().unwrap();
    assert!(on > farr::Date::new(2026, 1, 1).unwrap());
    assert_eq!(ask(&["scan", OF_ONE, "--on", "yesterday"]).code, 2);
}

#[test]
fn products_are_concepts_where_snomed_ct_is_beside() {
    let input = workload("dmd_element_strings.txt").join("\n");
    let printed = pipe_to(with_snomed(), &input, &["scan", "--on", DAY, "--format", "csv"]);
    let names = ["status", "valid", "amp_id", "vmp_id", "in_snomed", "parent_ids"];
    let rows = columns(&rows_of(&printed.out, b','), &names);
    assert!(rows.len() >= 104, "{}", printed.out);
    let mut seen = [0; 2];
    for row in &rows {
        assert!(!row[2].is_empty() && !row[3].is_empty(), "{row:?}");
        let (records, _) = json_of(with_snomed(), &["lookup", &row[2]]);
        let held = records[0]["sctid"]["status"] == "found";
        assert_eq!(row[4], held.to_string(), "{row:?}");
        seen[usize::from(held)] += 1;
        let parents: Vec<&str> = records[0]["sctid"]["concept"]["parents"]
            .as_array()
            .map(|parents| parents.iter().map(|parent| parent["id"].as_str().unwrap()).collect())
            .unwrap_or_default();
        assert_eq!(row[5], parents.join(" "));
    }
    assert!(seen[0] > 0 && seen[1] > 0, "{seen:?}");
}

#[test]
fn the_real_sample_is_scanned() {
    let Some(index) = real("2019-04-sample") else { return };
    let on = ["--on", "2019-04-01"];
    let text = "(01)08712400360258(17)271130(10)A1(21)X77";
    let printed = ask_of(&index, &[&["scan", text], &on[..]].concat());
    let expected = "\
(01)08712400360258(17)271130(10)A1(21)X77
GTIN                08712400360258 (GTIN-13)
Batch               A1
Expiry              2027-11-30
Serial number       X77
dm+d                one pack has this GTIN on 2019-04-01

Pack (AMPP)         1714711000001106 Nutrison liquid (Nutricia Ltd) 500 ml 1 x 500ml bottle
Has the GTIN        since 2013-07-22
Product (AMP)       442611000001109 Nutrison liquid (Nutricia Ltd)
Generic (VMPP)      1051411000001107 Generic Nutrison liquid 500 ml
Generic (VMP)       3549611000001100 Generic Nutrison liquid
Moiety (VTM)        none
";
    assert_eq!((printed.out.as_str(), printed.code), (expected, 0));
    // One pack had the GTIN twice, one time after the other: it is one pack.
    let twice = ask_of(&index, &[&["scan", "5060064792018"], &on[..]].concat());
    assert_eq!(twice.code, 0);
    assert_eq!(twice.out.matches("Pack (AMPP)").count(), 1, "{}", twice.out);
    let days = "\
Has the GTIN        since 2019-03-07
                    from 2013-01-24 to 2019-03-06, NOT on 2019-04-01
";
    assert!(twice.out.contains(days), "{}", twice.out);
}

#[test]
fn no_answer_is_given_without_good_data() {
    gives_nothing_without_good_data("scan", OF_ONE);
}

#[test]
fn a_closed_pipe_ends_quietly() {
    ends_quietly_where_the_pipe_is_closed("scan", OF_ONE);
}

#[test]
fn answers_are_as_documented() {
    let link = format!("https://example.org/01/0{OF_ONE}?17=271130&linkType=all");
    let scans = [OF_ONE, OF_TWO, HANDED_ON, "x", "(02)02000000000022(37)1", "5012617019844", &link];
    let arguments = [&["scan", "--on", DAY], &scans[..]].concat();
    let (mut records, _) = json_of(by_hand(), &arguments);
    let with_concepts = workload("dmd_gtin.txt");
    let gtins: Vec<&str> = with_concepts.iter().map(String::as_str).collect();
    records.extend(json_of(with_snomed(), &[&["scan"], &gtins[..]].concat()).0);
    let csv = rows_of(&ask(&["scan", OF_ONE, "--format", "csv"]).out, b',');
    is_as_documented("scan", &csv[0], &records, &[]);
}
