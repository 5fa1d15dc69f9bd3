//! `farr validate --code`, one code of each failure: the words that a person reads.

use crate::common::*;

/// The card of one code, on one line, and how the process ended.
fn card(arguments: &[&str]) -> (String, i32) {
    let mut all = vec!["validate"];
    all.extend(arguments);
    let printed = ask(&all);
    let text = format!("{} {}", printed.out, printed.err);
    (text.split_whitespace().collect::<Vec<_>>().join(" "), printed.code)
}

#[test]
fn one_code_of_each_failure_is_explained() {
    let (plume, gavel, retired, absent) = (plume(), gavel(), retired(), absent());
    let wrong =
        format!("{}{}", &plume[..plume.len() - 1], if plume.ends_with('9') { '8' } else { '9' });
    let several = format!("{plume};{gavel}");
    let number = format!("{plume}.0");
    let spaced = format!("{plume} ");
    let (published, _) = wrongly_published();
    let description = description(100);
    let expression = format!("{plume} : 363698007 = {gavel}");
    let cases: [(&[&str], i32, &[&str]); 15] = [
        (&[&plume], 0, &["accept"]),
        (&["MERGER"], 1, &["malformed", "the text is no code of the system"]),
        (&[&wrong], 1, &["wrong-check-digit", "at least one digit is wrong"]),
        (
            &["900000000000207000"],
            1,
            &["rounded-by-spreadsheet", "900000000000207008", "Core part"],
        ),
        (&["90000000000020700"], 1, &["truncated", "digits are missing", "Core part"]),
        (&["9.00000E+17"], 1, &["rounded-by-spreadsheet", "digits are lost"]),
        (&[&number], 1, &["written-as-number", &plume]),
        (&[&spaced], 0, &["surrounding-space", "white space"]),
        (&[&description], 1, &["description-id", "where a concept is asked for"]),
        (&[&several], 1, &["several-codes", "2 codes"]),
        (&["G20.."], 1, &["read-code", "Read code"]),
        (&[&absent], 1, &["not-in-release", "the release does not have it"]),
        (&[&retired], 1, &["inactive", "inactive since"]),
        (&[&published], 0, &["published-with-wrong-check-digit", "the release itself"]),
        (&[&expression], 1, &["expression", "postcoordinated"]),
    ];
    for (code, status, expected) in cases {
        let (text, ended) = card(&["--system", "snomed", "--code", code[0]]);
        assert_eq!(ended, status, "{code:?}: {text}");
        for expected in expected {
            assert!(text.contains(expected), "{code:?}: no {expected:?} in {text}");
        }
    }
}

#[test]
fn a_text_beside_a_code_is_compared() {
    let (plume, gavel) = (plume(), gavel());
    let beside =
        |code: &str, text: &str| card(&["--system", "snomed", "--code", code, "--display", text]).0;
    assert!(beside(&plume, "multiple PLUMOSIS").contains("display-differs"));
    assert!(beside(&plume, "Multiple plumossis").contains("display-not-a-term"));
    let other = beside(&plume, "Gavel colic");
    assert!(other.contains("display-of-another") && other.contains(&gavel), "{other}");
}

#[test]
fn a_rule_pack_says_what_is_asked() {
    let (text, status) = card(&["--rules", "nhs-number", "--code", "1234567890"]);
    assert_eq!(status, 1, "{text}");
    assert!(text.contains("wrong-check-digit"), "{text}");
    let (_, status) = card(&["--rules", "nhs-number", "--code", "4010232137"]);
    assert_eq!(status, 0);
    let (text, status) = card(&["--rules", "nhs-nothing", "--code", "1234567890"]);
    assert_eq!(status, 2, "{text}");
    assert!(text.contains("nhs-number"), "the packs are named: {text}");
}
