//! On which days a product had its id, where it lost it and took it again.

use crate::support::build_dmd;
use crate::support::edited_dmd::Edited;
use farr::Date;
use farr::coding::{Binding, Coding, Facts, System, Validator};

#[test]
fn an_id_that_was_taken_again_was_in_use_before() {
    let edited = Edited::new().change(
        "f_vmp2",
        "<VPID>990200031000001102</VPID>",
        "<VPID>990200031000001102</VPID><VPIDDT>2012-01-01</VPIDDT>",
    );
    let built = build_dmd(&[edited.path()]);
    let terminology = built.terminology();
    let binding = Binding::new("medicine").system(System::Dmd);
    let validator = Validator::new(&terminology, &binding).expect("dm+d is open");
    let said = |day: u32| {
        let facts = Facts::new().recorded(Date::from_number(day));
        let verdict = validator.check(&Coding::unstated("990200031000001102"), &facts);
        let codes: Vec<&str> =
            verdict.findings().iter().map(|finding| finding.code().code()).collect();
        codes.join(", ")
    };
    // The history file has it from 2004 to 2006, and from 2012 on.
    assert_eq!(said(20_031_231), "not-yet-active");
    assert_eq!(said(20_040_101), "");
    assert_eq!(said(20_061_231), "");
    assert_eq!(said(20_080_601), "activity-unknown", "the product had another id then");
    assert_eq!(said(20_120_101), "");
    assert_eq!(said(20_260_801), "");
}
