//! Expressions held against releases: the cases of `testdata/expression/checked.tsv`.

use crate::support::{build, testdata};
use farr::expression::ExpressionFindingKind;
use farr::snomed::Unclassified;
use farr::{Expression, Terminology};

fn index(release: &str) -> Terminology {
    build(&[&testdata(release)]).terminology()
}

#[test]
fn a_release_finds_in_an_expression_what_the_file_says() {
    let releases = ["synthetic", "tiny"].map(|name| (name, index(name)));
    let path = testdata("expression").join("checked.tsv");
    let mut cases = 0;
    for line in std::fs::read_to_string(path).expect("there are cases").lines() {
        let [release, text, expected] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let (_, terminology) =
            releases.iter().find(|(name, _)| *name == release).expect("it is one of the two");
        let snomed = terminology.snomed().expect("it holds SNOMED CT");
        let read = Expression::parse(text).expect(text);
        let findings: Vec<String> = snomed
            .check_expression(&read)
            .iter()
            .map(|finding| format!("{}@{}", finding.kind.code(), finding.span.start))
            .collect();
        assert_eq!(findings.join(" "), expected, "{text}");
        cases += 1;
    }
    assert!(cases > 12, "{cases}");
}

#[test]
fn what_cannot_be_known_of_an_attribute_is_told_with_its_reason() {
    let why = |terminology: &Terminology, text: &str| {
        let snomed = terminology.snomed().expect("it holds SNOMED CT");
        let read = Expression::parse(text).expect(text);
        let findings = snomed.check_expression(&read);
        findings.into_iter().find_map(|finding| match finding.kind {
            ExpressionFindingKind::AttributeUnclear { why } => Some(why),
            _ => None,
        })
    };
    let tiny = index("tiny");
    let inactive = Some(Unclassified::Inactive);
    assert_eq!(why(&tiny, "401004 : 601008 = 401004"), Some(inactive));
    assert_eq!(why(&tiny, "401004 : 301000 = 401004"), Some(None));
    let synthetic = index("synthetic");
    assert_eq!(why(&synthetic, "64572001 : 133853005 = 64572001"), Some(inactive));
    assert_eq!(why(&synthetic, "64572001 : 64572001 = 64572001"), None);
}

#[test]
fn a_finding_shows_its_place() {
    let tiny = index("tiny");
    let snomed = tiny.snomed().expect("it holds SNOMED CT");
    let text = "401004 |Squawk|";
    let findings = snomed.check_expression(&Expression::parse(text).expect(text));
    let expected = "\
\"Squawk\" is not a term of 401004
 --> line 1, column 1
  |
1 | 401004 |Squawk|
  | ^^^^^^^^^^^^^^^";
    assert_eq!(findings[0].render(text), expected);
}
