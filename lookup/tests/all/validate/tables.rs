//! `farr validate`, end to end: what is put in, what comes out, and what the process ends with.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::Stdio;

use crate::common::*;
use assert_cmd::Command;

const ADDED: [&str; 4] = ["farr_outcome", "farr_findings", "farr_message", "farr_suggestion"];

/// Validates a column `code` of what is piped in, without a summary.
fn validated(input: &str, arguments: &[&str]) -> Printed {
    let all = ["validate", "--column", "code", "--system", "snomed", "--summary", "none"];
    pipe(input, &[&all, arguments].concat())
}

/// The same of bytes.
fn validated_bytes(input: &[u8], arguments: &[&str]) -> std::process::Output {
    let all = ["validate", "--column", "code", "--system", "snomed", "--summary", "none"];
    farr(&[&all, arguments].concat()).write_stdin(input).output().unwrap()
}

/// The records of delimited text.
fn records(text: &str, delimiter: u8) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
    rows.collect()
}

/// A damaged id: a digit of it is another.
fn damaged() -> String {
    let id = plume();
    let last = id.chars().last().unwrap().to_digit(10).unwrap();
    format!("{}{}", &id[..id.len() - 1], (last + 1) % 10)
}

#[test]
fn every_row_is_kept_and_its_verdict_stands_behind_it() {
    let input = format!(
        "\u{feff}id,\"code\",note\r\n1,{},\"a \"\"b\"\"\r\nc\"\r\n2,{},x\n\r\n3,\"{}\",\r\n4,,5\" nail\n",
        plume(),
        damaged(),
        chained()
    );
    let printed = validated(&input, &[]);
    assert_eq!((printed.err.as_str(), printed.code), ("", 1));
    let head = format!(
        "\u{feff}id,\"code\",note,{}\r\n1,{},\"a \"\"b\"\"\r\nc\",accept,,,\r\n2,{},x,reject,wrong-check-digit,",
        ADDED.join(","),
        plume(),
        damaged()
    );
    assert!(printed.out.starts_with(&head), "{}", printed.out);
    assert!(printed.out.contains("\n\r\n3,\""), "a blank line is kept: {}", printed.out);
    let rows = records(&printed.out, b',');
    let findings: Vec<(&str, &str)> =
        rows[1..].iter().map(|row| (row[3].as_str(), row[4].as_str())).collect();
    let expected = [
        ("accept", ""),
        ("reject", "wrong-check-digit"),
        ("reject", "inactive"),
        ("reject", "missing"),
    ];
    assert_eq!(findings, expected);
    assert!(rows[3][6].starts_with(&gavel()), "what to use now is suggested: {:?}", rows[3]);
    assert_eq!(rows[2][6], "", "a check digit is not made to fit");
    assert!(printed.out.contains("4,,5\" nail,reject,missing,"));
}

#[test]
fn rows_come_in_their_order_however_many() {
    let codes = [plume(), gavel(), damaged(), retired(), absent(), "x".to_owned()];
    let mut input = "at\tcode\n".to_owned();
    for at in 0..120_000_u32 {
        writeln!(input, "{at}\t{}", codes[(at * 7919 % 6) as usize]).unwrap();
    }
    let printed = validated(&input, &[]);
    assert_eq!(printed.code, 1);
    let mut lines = printed.out.lines();
    assert_eq!(lines.next().unwrap(), format!("at\tcode\t{}", ADDED.join("\t")));
    let mut verdicts = std::collections::BTreeMap::new();
    let mut count = 0;
    for (line, row) in lines.zip(input.lines().skip(1)) {
        let verdict = line.strip_prefix(row).unwrap();
        let code = row.split('\t').nth(1).unwrap();
        // One code, one verdict.
        assert_eq!(*verdicts.entry(code).or_insert(verdict), verdict);
        count += 1;
    }
    assert_eq!((count, verdicts.len()), (120_000, 6));
}

#[test]
fn a_verdict_is_that_of_one_code_alone() {
    for code in [plume(), damaged(), retired(), chained(), ambiguous(), absent(), "x".to_owned()] {
        let printed = validated(&format!("code\n{code}\n"), &[]);
        let row = &records(&printed.out, b',')[1];
        let asked = ["validate", "--code", &code, "--system", "snomed", "--format", "csv"];
        let one = ask(&asked);
        assert_eq!(records(&one.out, b',')[1], *row, "{code}");
        assert_eq!(one.code, printed.code, "{code}");
    }
}

#[test]
fn without_a_system_a_code_is_judged_by_the_one_that_knows_it() {
    let golden =
        |name: &str| format!("{}/../testdata/golden/1.0-{name}.farr", env!("CARGO_MANIFEST_DIR"));
    let [tiny, dmd, classes] = ["tiny", "dmd", "classifications"].map(golden);
    let judged = |indexes: &[&str], codes: &[&str]| {
        let mut command = bare();
        command.args(["validate", "--column", "code", "--summary", "none"]);
        for index in indexes {
            command.args(["--index", index]);
        }
        let printed = run(command.write_stdin(format!("code,x\n{},\n", codes.join(",\n"))));
        let rows = records(&printed.out, b',');
        rows[1..].iter().map(|row| format!("{} {}", row[2], row[3])).collect::<Vec<_>>()
    };
    let product = "990200031000001102";
    let codes = ["401004", "401005", product, "A01.1", "MERGER", "9.00000000000207E+17"];
    assert_eq!(
        judged(&[&tiny, &dmd, &classes], &codes),
        [
            "accept ",
            "reject wrong-check-digit",
            "accept ",
            "reject system-unstated",
            "reject system-unstated",
            "reject rounded-by-spreadsheet",
        ]
    );
    assert_eq!(
        judged(&[&tiny], &["401004", "24700007", "MERGER", "9434765919"]),
        ["accept ", "reject not-in-release", "reject malformed", "reject wrong-check-digit"]
    );
    assert_eq!(judged(&[&dmd], &[product, "9970011009"]), ["accept ", "warn previous-id"]);
    assert_eq!(judged(&[&classes], &["A01.0", "MERGER"]), ["accept ", "reject system-unstated"]);
    // As the help has it.
    let printed = ask(&["validate", "--code", &plume(), "--display", "Multiple plumosis"]);
    assert_eq!((printed.code, printed.err.as_str()), (0, ""));
    let constrained = ["validate", "--column", "code", "--constraint", &format!("<< {DISEASE}")];
    assert_eq!(pipe(&format!("code\n{}\n", plume()), &constrained).code, 0);
    assert_eq!(pipe(&format!("code\n{}\n", lobe()), &constrained).code, 1);
}

#[test]
fn codes_of_one_episode_are_seen_together() {
    let classes =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/golden/1.0-classifications.farr");
    let judged = |more: &[&str]| {
        let mut command = bare();
        command.args(["validate", "--column", "code", "--system", "icd10", "--summary", "none"]);
        let input = "code,second,third\nG01,A17.0,\nG01,,A01.0\nG01,,\n";
        let printed = run(command.args(["--index", classes]).args(more).write_stdin(input));
        let rows = records(&printed.out, b',');
        rows[1..].iter().map(|row| row[4].clone()).collect::<Vec<_>>()
    };
    assert_eq!(judged(&[]), ["asterisk-needs-dagger"; 3]);
    let both = ["--alongside-column", "second", "--alongside-column", "third"];
    assert_eq!(judged(&both), ["", "asterisk-alone", "asterisk-alone"]);
    let first = [&both[..], &["--position", "primary"]].concat();
    let alone = "asterisk-first;asterisk-alone";
    assert_eq!(judged(&first), ["asterisk-first", alone, alone]);
    assert_eq!(judged(&["--position", "secondary"]), ["asterisk-needs-dagger"; 3]);
}

#[test]
fn what_cannot_be_read_beside_an_asterisk_code_is_no_proof_that_its_dagger_is_not_there() {
    let classes =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/golden/1.0-classifications.farr");
    let asked = ["validate", "--column", "code", "--system", "icd10", "--summary", "none"];
    let judged = |input: &str, more: &[&str]| {
        let mut command = bare();
        let command = command.args(asked).args(["--alongside-column", "o", "--index", classes]);
        let printed = run(command.args(more).write_stdin(input));
        assert!(printed.code < 2, "{}", printed.err);
        printed.out
    };
    for (cell, outcome, findings) in [
        ("A17.0;A01.0", "accept", ""),
        ("A01.0 | A17.0", "accept", ""),
        ("A01.0;A01.1", "reject", "asterisk-alone"),
        ("", "reject", "asterisk-alone"),
        ("zzz", "warn", "asterisk-needs-dagger;unreadable-alongside"),
        ("A17.0;zzz", "warn", "asterisk-needs-dagger;unreadable-alongside"),
    ] {
        let rows = records(&judged(&format!("code,o\nG01,{cell}\n"), &[]), b',');
        assert_eq!((rows[1][2].as_str(), rows[1][3].as_str()), (outcome, findings), "{cell}");
    }
    let ignored = ["--severity", "unreadable-alongside=ignore"];
    let rows = records(&judged("code,o\nG01,zzz\n", &ignored), b',');
    assert_eq!((rows[1][2].as_str(), rows[1][3].as_str()), ("accept", "asterisk-needs-dagger"));
    // One cell says it, whatever stands in another.
    let both = ["--alongside-column", "p"];
    let rows = records(&judged("code,o,p\nG01,zzz,A17.0\n", &both), b',');
    assert_eq!((rows[1][3].as_str(), rows[1][4].as_str()), ("warn", "unreadable-alongside"));
    for value in ["[\"A17.0\"]", "{\"a\":\"A17.0\"}", "[\"x A17.0 y\"]", "true"] {
        let line = judged(&format!("{{\"code\":\"G01\",\"o\":{value}}}\n"), &[]);
        assert!(line.contains("asterisk-needs-dagger;unreadable-alongside"), "{line}");
    }
    let line = judged("{\"code\":\"G01\",\"o\":\"A17.0, A01.0\"}\n", &[]);
    assert!(line.contains("\"farr_outcome\":\"accept\""), "{line}");
}

#[test]
fn what_is_asked_of_a_table_is_not_passed_over_for_one_code() {
    let classes =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/golden/1.0-classifications.farr");
    let one = |more: &[&str]| {
        let asked = ["validate", "--code", "G01", "--system", "icd10", "--index", classes];
        run(bare().args(asked).args(more))
    };
    let first = one(&["--position", "primary"]);
    assert_eq!(first.code, 1, "{}", first.out);
    assert!(first.out.contains("asterisk-first"), "{}", first.out);
    assert_eq!(one(&["--position", "secondary"]).code, 0);
    for option in [
        "--alongside-column",
        "--display-column",
        "--date-column",
        "--sex-column",
        "--age-column",
        "--prefix",
    ] {
        assert_eq!(one(&[option, "x"]).code, 2, "{option}");
    }
    let of_other = ["validate", "--code", "24700007", "--system", "snomed"];
    assert_eq!(ask(&[&of_other[..], &["--position", "primary"]].concat()).code, 2);
}

#[test]
fn facts_of_a_row_come_from_its_columns() {
    let (plume, retired) = (plume(), retired());
    let input = format!(
        "code,term,day,sex,age\n\
         {plume},Multiple plumosis,2026-02-01,F,41y\n\
         {plume},Gavel colic,,,\n\
         {retired},,2001-01-01,,\n\
         {plume},,31/01/2026,?,old\n"
    );
    let columns = [
        "--display-column",
        "term",
        "--date-column",
        "day",
        "--sex-column",
        "sex",
        "--age-column",
        "age",
    ];
    let printed = validated(&input, &columns);
    let rows = records(&printed.out, b',');
    assert_eq!((rows[1][5].as_str(), rows[1][6].as_str()), ("accept", ""));
    assert_eq!(rows[2][6], "display-of-another");
    assert_ne!(rows[3][6], "inactive", "the day counts: {:?}", rows[3]);
    let unreadable = "unreadable-date;unreadable-sex;unreadable-age";
    assert_eq!((rows[4][5].as_str(), rows[4][6].as_str()), ("warn", unreadable));
    assert!(rows[4][7].contains("\"31/01/2026\""), "{}", rows[4][7]);
    let weighed = ["--severity", "unreadable-sex=ignore", "--severity", "unreadable-age=reject"];
    let printed = validated(&input, &[&columns[..], &weighed].concat());
    let row = &records(&printed.out, b',')[4];
    assert_eq!((row[5].as_str(), row[6].as_str()), ("reject", "unreadable-date;unreadable-age"));
    // A rule pack weighs them too, and what is asked beside it goes before it.
    let pack = folder("weighing").join("pack.toml");
    let text = "name = \"p\"\nversion = \"1\"\ndescription = \"d\"\n[[binding]]\nname = \"b\"\n\
                title = \"t\"\nsystems = [\"snomed\"]\nsource = { title = \"t\", sure = \"ours\" }\n\
                severity = { unreadable-date = \"ignore\", unreadable-sex = \"reject\" }\n";
    std::fs::write(&pack, text).unwrap();
    let rules = ["validate", "--column", "code", "--summary", "none", "--rules"];
    let rules = [&rules[..], &[pack.to_str().unwrap()], &columns].concat();
    let printed = pipe(&input, &rules);
    let row = &records(&printed.out, b',')[4];
    assert_eq!((row[5].as_str(), row[6].as_str()), ("reject", "unreadable-sex;unreadable-age"));
    let printed = pipe(&input, &[&rules[..], &weighed[..2]].concat());
    let row = &records(&printed.out, b',')[4];
    assert_eq!((row[5].as_str(), row[6].as_str()), ("warn", "unreadable-age"));
}

#[test]
fn the_process_says_whether_anything_is_wrong() {
    let (good, warned, bad) = (plume(), format!(" {}", plume()), damaged());
    for (code, arguments, expected) in [
        (&good, &[][..], 0),
        (&warned, &[], 0),
        (&warned, &["--deny-warnings"], 1),
        (&bad, &[], 1),
        (&bad, &["--severity", "wrong-check-digit=note"], 0),
        (&retired(), &[], 1),
        (&retired(), &["--allow-inactive"], 0),
        (&good, &["--constraint", &format!("<< {}", lobe())], 1),
        (&good, &["--constraint", &format!("<< {DISEASE}")], 0),
        (&good, &["--refset", &site()], 0),
        (&lobe(), &["--refset", &site()], 1),
    ] {
        let printed = validated(&format!("code\n{code}\n"), arguments);
        assert_eq!(printed.code, expected, "{code:?} {arguments:?}: {}", printed.err);
    }
    for (arguments, told) in [
        (&["--constraint", "<<"][..], "--constraint"),
        (&["--constraint", &format!("<< {}", absent())], "not a concept of this release"),
        (&["--refset", &gavel()], "reference set"),
        (&["--level", "vmp"], "dm+d"),
        (&["--form", "padded"], "--form asks something of codes of icd10"),
        (&["--severity", "wrong=note"], "no finding"),
        (&["--format", "jsonl"], "does not write jsonl"),
        (&["--today", "yesterday"], "yesterday"),
    ] {
        let printed = validated("code\n1\n", arguments);
        assert_eq!((printed.code, printed.out.as_str()), (2, ""), "{arguments:?}");
        assert!(printed.err.contains(told), "{arguments:?}: {}", printed.err);
    }
}

#[test]
fn what_cannot_be_read_is_told_with_its_line() {
    let good = plume();
    for (rows, told) in [
        ("A,b,c\n", "line 3 has 3 fields where the header has 2"),
        ("\"x\ny\",1\nA\n", "line 5 has 1 fields where the header has 2"),
        ("\"A\"b,c\n", "line 3: something stands behind a closing quotation mark"),
        ("x,\"y\n\n", "line 3 opens a quotation mark that is not closed"),
    ] {
        let printed = validated(&format!("code,x\n{good},1\n{rows}"), &[]);
        assert_eq!(printed.code, 3, "{rows:?}");
        assert!(printed.err.contains(told), "{rows:?}: {}", printed.err);
    }
    for (input, told) in [
        ("id,x\n1,2\n", "no column \"code\"; it has id, x"),
        ("code,code\n1,2\n", "several columns \"code\""),
        ("code,farr_message\n1,2\n", "--prefix"),
    ] {
        let printed = validated(input, &[]);
        assert_eq!((printed.code, printed.out.as_str()), (2, ""), "{input:?}");
        assert!(printed.err.contains(told), "{input:?}: {}", printed.err);
    }
    assert_eq!(validated("", &[]).code, 3);
    let returns = format!("code,t\r{},a\r{},b\r", plume(), damaged());
    let printed = validated(&returns, &[]);
    assert_eq!((printed.code, printed.out.as_str()), (3, ""), "no row is passed over");
    assert!(printed.err.contains("carriage return"), "{}", printed.err);
    let absent = ask(&["validate", "--column", "code", "/no/such.csv"]);
    assert_eq!(absent.code, 3);
    assert!(absent.err.contains("/no/such.csv"), "{}", absent.err);
}

#[test]
fn an_encoding_is_kept() {
    let (good, bad) = (plume(), damaged());
    let text = |end: &str| format!("term,code{end}\r\nM\u{e9}ni\u{e8}re \u{20ac},{good}{end}\r\n");
    let windows = |text: &str| {
        let bytes = text.chars().map(|c| if c == '\u{20ac}' { 0x80 } else { c as u32 as u8 });
        bytes.collect::<Vec<u8>>()
    };
    let added = format!(",{}", ADDED.join(","));
    let expected = text("#").replacen('#', &added, 1).replacen('#', ",accept,,,", 1);
    let output = validated_bytes(&windows(&text("")), &[]);
    assert_eq!(output.stdout, windows(&expected));
    for is_big in [false, true] {
        let utf16 = |text: &str| {
            let units = "\u{feff}".encode_utf16().chain(text.encode_utf16());
            let bytes = units.flat_map(|unit| match is_big {
                true => unit.swap_bytes().to_le_bytes(),
                false => unit.to_le_bytes(),
            });
            bytes.collect::<Vec<u8>>()
        };
        let output = validated_bytes(&utf16(&text("")), &[]);
        assert_eq!(output.stdout, utf16(&expected), "{}", String::from_utf8_lossy(&output.stderr));
        let cut = utf16(&text("")).split_last().unwrap().1.to_vec();
        assert_eq!(validated_bytes(&cut, &[]).status.code(), Some(3));
    }
    // What the beginning does not tell is not guessed.
    let mut late = b"term,code\n".to_vec();
    for _ in 0..60_000 {
        writeln!(late, "plain,{good}").unwrap();
    }
    late.extend_from_slice(b"caf\xe9,");
    writeln!(late, "{bad}").unwrap();
    let output = validated_bytes(&late, &[]);
    assert_eq!(output.status.code(), Some(3));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("line 60002 is not UTF-8"), "{told}");
    let output = validated_bytes(&late, &["--encoding", "windows-1252"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.windows(5).any(|window| window == b"caf\xe9,"));
}

#[test]
fn json_lines_keep_every_byte_of_an_object() {
    let (good, bad) = (plume(), damaged());
    let input = format!(
        "{{ \"id\": 1.00, \"code\" : \"{good}\", \"x\":{{\"code\":[]}} }}\r\n\n{{\"code\":{bad}}}\n\
         {{\"code\":null}}\n{{}}"
    );
    let printed = validated(&input, &[]);
    assert_eq!((printed.err.as_str(), printed.code), ("", 1));
    let accepted = r#","farr_outcome":"accept","farr_findings":null,"farr_message":null,"farr_suggestion":null"#;
    let first =
        format!("{{ \"id\": 1.00, \"code\" : \"{good}\", \"x\":{{\"code\":[]}} {accepted}}}\r\n\n");
    assert!(printed.out.starts_with(&first), "{}", printed.out);
    let lines: Vec<serde_json::Value> = printed
        .out
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let findings: Vec<&str> =
        lines.iter().map(|line| line["farr_findings"].as_str().unwrap_or("")).collect();
    assert_eq!(findings, ["", "wrong-check-digit", "missing", "missing"]);
    assert!(printed.out.contains(&format!("\n{{\"code\":{bad},\"farr_outcome\":\"reject\"")));
    for (line, told) in [
        ("[1]", "line 2: "),
        ("{\"code\":1", "line 2: EOF"),
        ("{\"code\":1,\"farr_outcome\":1}", "line 2: there is a key \"farr_outcome\" already"),
    ] {
        let printed = validated(&format!("{{\"code\":\"{good}\"}}\n{line}\n"), &[]);
        assert_eq!(printed.code, 3, "{line}");
        assert!(printed.err.contains(told), "{line}: {}", printed.err);
    }
    // Of a value that is no code the row is told, and the others are judged.
    let input = format!(
        "{{\"code\":{{\"code\":\"{good}\"}}}}\n{{\"code\":[\"9434765919\"]}}\n\
         {{\"code\":\"\\ud800\"}}\n{{\"code\":\"{good}\",\"day\":{{}}}}\n{{\"code\":\"{good}\"}}\n"
    );
    let asked = ["validate", "--column", "code", "--system", "snomed", "--date-column", "day"];
    let printed = pipe(&input, &asked);
    assert!(!printed.err.contains("943476"), "{}", printed.err);
    let found = |line: &str| {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        format!("{} {}", row["farr_outcome"].as_str().unwrap(), row["farr_findings"])
    };
    let rows: Vec<&str> = printed.out.lines().collect();
    assert_eq!(found(rows[0]), "reject \"unreadable-code\"");
    assert_eq!(found(rows[1]), "reject \"unreadable-code\"");
    assert!(rows[2].contains("\"farr_findings\":\"unreadable-code\""), "{}", rows[2]);
    assert_eq!(found(rows[3]), "warn \"unreadable-date\"");
    assert_eq!(found(rows[4]), "accept null");
    let printed = validated("{\"id\":1}\n", &[]);
    assert_eq!(printed.code, 2);
    assert!(printed.err.contains("has a key \"code\""), "{}", printed.err);
}

#[test]
fn a_list_of_codes_needs_no_column() {
    let list = format!("{}\n\n{}\n", plume(), damaged());
    let printed = pipe(&list, &["validate", "--system", "snomed", "--summary", "none"]);
    let rows = records(&printed.out, b',');
    assert_eq!(rows[0][..2], ["code", "farr_outcome"].map(str::to_owned));
    assert_eq!((rows[1][1].as_str(), rows[2][1].as_str()), ("accept", "reject"));
    let printed = pipe("1,2\n", &["validate", "--summary", "none"]);
    assert_eq!(printed.code, 3);
    assert!(printed.err.contains("line 1 has 2 fields"), "{}", printed.err);
    assert!(printed.err.contains("--column"), "{}", printed.err);
}

#[test]
fn cells_are_made_safe_for_spreadsheets_where_it_is_asked_for() {
    let long = "999000051000001108";
    let input = format!("code,note\n{},=1+1\n{long},\"-a, b\"\n", plume());
    let printed = validated(&input, &["--spreadsheet-safe"]);
    let rows = records(&printed.out, b',');
    assert_eq!(rows[1][..2], [plume(), "'=1+1".to_owned()]);
    assert_eq!(rows[2][..2], [format!("'{long}"), "'-a, b".to_owned()]);
    assert!(validated(&input, &[]).out.contains(",=1+1,accept"));
}

#[test]
fn another_form_is_written_where_it_is_asked_for() {
    let input = format!("note\tcode\na, \"b\"\t{}", plume());
    let printed = validated(&input, &["--format", "csv", "--prefix", "x_"]);
    let rows = records(&printed.out, b',');
    assert_eq!(rows[0][2], "x_outcome");
    assert_eq!(rows[1][..3], ["a, \"b\"".to_owned(), plume(), "accept".to_owned()]);
    assert!(!printed.out.ends_with('\n'), "as the input ends");
}

#[test]
fn an_output_is_there_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let [input, out, report] =
        ["in.csv", "out.csv", "report.html"].map(|name| folder.path().join(name));
    let asked = |input: &std::path::Path, out: &std::path::Path| {
        let path = |path: &std::path::Path| path.to_str().unwrap().to_owned();
        let arguments = [
            "validate".to_owned(),
            path(input),
            "--column=code".to_owned(),
            "--system=snomed".to_owned(),
            format!("--out={}", path(out)),
            format!("--report={}", path(&report)),
        ];
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        ask(&arguments)
    };
    std::fs::write(&input, format!("code,x\n{},1\n1,2,3\n", plume())).unwrap();
    let printed = asked(&input, &out);
    assert_eq!(printed.code, 3, "{}", printed.err);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left");
    std::fs::write(&input, format!("code,x\n{},1\n", plume())).unwrap();
    let printed = asked(&input, &out);
    assert_eq!((printed.code, printed.out.as_str()), (0, ""));
    let expected = format!("code,x,{}\n{},1,accept,,,\n", ADDED.join(","), plume());
    assert_eq!(std::fs::read_to_string(&out).unwrap(), expected);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3);
    let printed = asked(&input, &input);
    assert_eq!(printed.code, 2);
    assert!(printed.err.contains("is the table that is read"), "{}", printed.err);
}

#[test]
fn nothing_is_written_over_what_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let [input, copy, out] =
        ["in.csv", "copy.farr", "out.csv"].map(|name| folder.path().join(name));
    std::fs::write(&input, format!("code\n{}\n", plume())).unwrap();
    std::fs::copy(index(), &copy).unwrap();
    let path = |path: &std::path::Path| path.to_str().unwrap().to_owned();
    for (options, told) in [
        (vec!["--report", &path(&input)], "in.csv is the table that is read"),
        (vec!["--out", &path(&copy)], "copy.farr is an index that is asked"),
        (vec!["--report", &path(&copy)], "copy.farr is an index that is asked"),
        (vec!["--out", &path(&out), "--report", &path(&out)], "is where the table is to go"),
    ] {
        let before = [std::fs::read(&input).unwrap(), std::fs::read(&copy).unwrap()];
        let mut command = bare();
        command.args(["validate", "--column=code", "--system=snomed"]).arg(&input);
        let printed = run(command.arg("--index").arg(&copy).args(&options));
        assert_eq!((printed.code, printed.out.as_str()), (2, ""), "{options:?}: {}", printed.err);
        assert!(printed.err.contains(told), "{options:?}: {}", printed.err);
        assert_eq!([std::fs::read(&input).unwrap(), std::fs::read(&copy).unwrap()], before);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "nothing else is left");
    }
}

#[test]
fn a_damaged_index_judges_no_table() {
    let folder = tempfile::tempdir().unwrap();
    let [damaged, input, out, report] =
        ["flipped.farr", "in.csv", "out.csv", "report.html"].map(|name| folder.path().join(name));
    let mut bytes = std::fs::read(index()).unwrap();
    // Most blocks, but not the tables of sections and checksums: it is to be found in use.
    for at in (8_192..bytes.len() - 4_096).step_by(512) {
        bytes[at] ^= 1;
    }
    std::fs::write(&damaged, bytes).unwrap();
    std::fs::write(&input, format!("code\n{}\n", plume())).unwrap();
    std::fs::write(&out, "before").unwrap();
    let mut command = bare();
    command.args(["validate", "--column=code", "--system=snomed"]).arg(&input);
    command.arg("--index").arg(&damaged);
    let printed = run(&mut command);
    assert_eq!((printed.code, printed.out.as_str()), (3, ""), "{}", printed.err);
    let printed = run(command.arg("--out").arg(&out).arg("--report").arg(&report));
    assert_eq!((printed.code, printed.out.as_str()), (3, ""), "{}", printed.err);
    assert!(printed.err.contains("damaged: section"), "{}", printed.err);
    assert_eq!(std::fs::read_to_string(&out).unwrap(), "before");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3, "nothing else is left");
}

#[test]
fn a_pipe_that_is_closed_ends_quietly() {
    let mut input = "code\n".to_owned();
    for _ in 0..300_000 {
        input.push_str(&plume());
        input.push('\n');
    }
    let mut process = std::process::Command::new(assert_cmd::cargo::cargo_bin("farr"))
        .env("FARR_INDEX", index())
        .args(["validate", "--column", "code", "--system", "snomed"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(process.stdout.take());
    let mut pipe = process.stdin.take().unwrap();
    let feeder = std::thread::spawn(move || {
        // It fails once nobody reads any more.
        let _ = pipe.write_all(input.as_bytes());
    });
    let output = process.wait_with_output().unwrap();
    feeder.join().unwrap();
    assert_eq!(
        (output.status.code(), String::from_utf8(output.stderr).unwrap()),
        (Some(0), "".into())
    );
}

#[test]
fn a_summary_counts_what_was_found() {
    let mut input = "code\n".to_owned();
    for _ in 0..30 {
        writeln!(input, "{}", plume()).unwrap();
    }
    for _ in 0..3 {
        writeln!(input, "{}", damaged()).unwrap();
    }
    writeln!(input, "{}\n{HOSTILE}", retired()).unwrap();
    let asked = ["validate", "--column", "code", "--system", "snomed", "--today", "2026-02-03"];
    let printed = pipe(&input, &asked);
    for told in ["35 rows of standard input, column code", "wrong-check-digit", "85.7 %"] {
        assert!(printed.err.contains(told), "{told}: {}", printed.err);
    }
    assert!(!printed.err.contains('\u{1b}'), "nothing commands the terminal");
    let printed = pipe(&input, &[&asked[..], &["--summary", "json"]].concat());
    let summary: serde_json::Value = serde_json::from_str(&printed.err).unwrap();
    assert_eq!(summary["rows"], 35);
    let outcomes = serde_json::json!({"accept": 30, "warn": 0, "reject": 5});
    assert_eq!(summary["outcomes"], outcomes);
    assert_eq!(summary["worst"][0]["code"], damaged());
    assert_eq!(
        (&summary["worst"][0]["rows"], &summary["worst"][0]["first_row"]),
        (&3.into(), &31.into())
    );
    assert_eq!(summary["findings"][0]["finding"], "wrong-check-digit");
    assert_eq!(summary["today"], "2026-02-03");
    assert_eq!(summary["asked"]["system"], "SNOMED CT");
    let release = summary["releases"][0].as_str().unwrap();
    assert!(release.starts_with("SNOMED CT"), "{release}");
}

#[test]
fn nhs_numbers_need_no_index_and_are_withheld() {
    let input = "code\n9990000018\n9434765919\n9434765918\n";
    let asked = ["validate", "--column", "code", "--system", "nhs-number"];
    let run_bare = |more: &[&str]| {
        let mut command: Command = bare();
        run(command.args(asked).args(more).write_stdin(input))
    };
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report.html");
    let printed = run_bare(&["--report", report.to_str().unwrap()]);
    assert_eq!(printed.code, 1, "{}", printed.err);
    assert!(printed.out.contains("9434765918,reject,"), "{}", printed.out);
    let page = std::fs::read_to_string(&report).unwrap();
    let summary = run_bare(&["--summary", "json"]).err;
    for text in [&printed.err, &page, &summary] {
        assert!(text.contains("withheld") || text.contains("\"code\":null"), "{text}");
        for number in ["943476591", "943 476 591", "9990000018"] {
            assert!(!text.contains(number), "{number}: {text}");
        }
    }
    // In the column of another system, too, a number that no release knows may be of a patient.
    let column = "code\n9434765919\n943 476 5919\n";
    for systems in
        [&["--system", "snomed"][..], &["--system", "snomed", "--system", "nhs-number"], &[]]
    {
        let asked = ["validate", "--column", "code", "--report", report.to_str().unwrap()];
        let printed = pipe(column, &[&asked[..], systems].concat());
        let page = std::fs::read_to_string(&report).unwrap();
        for text in [&printed.err, &page] {
            assert!(!text.contains("943476") && !text.contains("943 476"), "{systems:?}: {text}");
        }
    }
    let printed = run(bare().args(["validate", "--code", "24700007"]));
    assert_eq!(printed.code, 2, "codes of SNOMED CT do need one");
}

#[test]
fn a_report_needs_nothing_else_and_runs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report.html");
    let script = "<script>alert(1)</script>";
    let mut input = format!("\"code\"\n{}\n{}\n\"{script}\"\n", plume(), retired());
    for _ in 0..100 {
        writeln!(input, "{}", plume()).unwrap();
    }
    let constraint = format!("<< {DISEASE} |\"Ailment\"|");
    let asked = ["--report", report.to_str().unwrap(), "--today", "2026-02-03"];
    let printed = validated(&input, &[&asked[..], &["--constraint", &constraint]].concat());
    assert_eq!(printed.code, 1, "{}", printed.err);
    let page = std::fs::read_to_string(&report).unwrap();
    assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"));
    for told in [
        "2026-02-03",
        &retired(),
        "inactive",
        "SNOMED CT",
        "&lt;script&gt;alert",
        "&lt;&lt; 64572001",
    ] {
        assert!(page.contains(told), "{told}");
    }
    for outside in ["<script", "url(", "@import", "src=", "href=", "style=\""] {
        assert!(!page.contains(outside), "{outside}");
    }
    for outside in ["<link", "<img", "<iframe", "<object", "<form"] {
        assert!(!page.contains(outside), "{outside}");
    }
    // What is opened is closed.
    for element in ["section", "table", "tr", "td", "th", "dl", "dt", "dd", "svg", "p", "main"] {
        let opened = page.matches(&format!("<{element}>")).count()
            + page.matches(&format!("<{element} ")).count();
        assert_eq!(opened, page.matches(&format!("</{element}>")).count(), "{element}");
    }
}
