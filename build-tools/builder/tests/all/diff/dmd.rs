//! Two releases of dm+d compared: each kind of change planted once, every element of every record
//! changed once, and a real release whose one change is known.

use std::collections::BTreeSet;
use std::path::Path;

use crate::support::build_dmd;
use crate::support::change::line;
use crate::support::dmd::{dmd_terminology, table_of};
use crate::support::edited_dmd::Edited;
use crate::support::naive_dmd::{NaiveRecord, records};
use crate::support::shared::shared;
use farr::Terminology;
use farr::coding::System;
use farr::diff::{Change, ChangeKind, Comparison, DmdComparison};
use farr::dmd::schema::{Kind, Table, TableId};

fn changes(old: &Terminology, new: &Terminology) -> Vec<Change> {
    let (old, new) = (old.dmd().expect("dm+d"), new.dmd().expect("dm+d"));
    let mut changes = Vec::new();
    DmdComparison::new(old, new).changes(&mut |change| changes.push(change));
    changes
}

/// What is told of the release of `testdata` and an edited copy.
fn told(edited: &Edited) -> Vec<String> {
    let built = edited.build().unwrap_or_else(|error| panic!("{error}"));
    changes(&dmd_terminology(), &built.terminology()).iter().map(line).collect()
}

fn planted(begins: &str, from: &str, to: &str) -> Vec<String> {
    told(&Edited::new().change(begins, from, to))
}

#[test]
fn the_same_release_twice_has_no_change() {
    assert_eq!(changes(&dmd_terminology(), &dmd_terminology()), []);
}

#[test]
fn names_are_told_with_what_they_were() {
    assert_eq!(
        planted("f_vtm2", "<NM>Brackenamol</NM>", "<NM>Brackenamole</NM>"),
        ["product-renamed 990100021000001102 NM: Brackenamol -> Brackenamole"]
    );
    // The name before says nothing that is not told already; its day is a day.
    assert_eq!(
        planted(
            "f_vmp2",
            "<NM>Farrolol 10mg tablets</NM><ABBREVNM>Farrol 10mg tabs</ABBREVNM><BASISCD>0001</BASISCD><NMDT>2020-03-02</NMDT><NMPREV>Farrolol hydrochloride 10mg tablets</NMPREV>",
            "<NM>Farrolol 10mg tabs</NM><BASISCD>0001</BASISCD><NMDT>2026-08-01</NMDT><NMPREV>Farrolol 10mg tablets</NMPREV>",
        ),
        [
            "product-renamed 990200011000001108 NM: Farrolol 10mg tablets -> Farrolol 10mg tabs",
            "product-renamed 990200011000001108 ABBREVNM: Farrol 10mg tabs -> -",
            "republished 990200011000001108 NMDT: 2020-03-02 -> 2026-08-01",
        ]
    );
}

#[test]
fn a_mark_as_invalid_is_told_with_the_verdict_that_follows() {
    assert_eq!(
        planted("f_vtm2", "<NM>Brackenamol</NM>", "<INVALID>1</INVALID><NM>Brackenamol</NM>"),
        [
            "product-invalidated 990100021000001102 INVALID: - -> 1",
            "prescribing-status-changed 990100021000001102 dose-based: prescribable: needs-dose -> not-prescribable: invalid, needs-dose",
        ]
    );
    assert_eq!(
        planted("f_vmpp2", "<INVALID>1</INVALID>", ""),
        ["product-revalidated 990400061000001109 INVALID: 1 -> -"]
    );
    // Clear and absent say the same.
    assert_eq!(
        planted("f_vtm2", "<NM>Brackenamol</NM>", "<INVALID>0</INVALID><NM>Brackenamol</NM>"),
        ["republished 990100021000001102 INVALID: - -> 0"]
    );
}

#[test]
fn availability_is_told_in_words_with_the_verdict_that_follows() {
    let found = planted(
        "f_amp2",
        "<SUPPCD>990820011000001107</SUPPCD><LIC_AUTHCD>0001</LIC_AUTHCD><AVAIL_RESTRICTCD>0001",
        "<SUPPCD>990820011000001107</SUPPCD><LIC_AUTHCD>0001</LIC_AUTHCD><AVAIL_RESTRICTCD>0009",
    );
    assert_eq!(found.len(), 3, "{found:#?}");
    assert!(
        found[0].starts_with("availability-changed 990300011000001104 AVAIL_RESTRICTCD: 0001 "),
        "{found:#?}"
    );
    assert!(found[0].contains(" -> 0009 "), "{found:#?}");
    assert_eq!(
        found[1..],
        [
            "prescribing-status-changed 990300011000001104 primary-care: with-caution: schedule-2 -> not-recommended: not-available, schedule-2",
            "prescribing-status-changed 990300011000001104 dose-based: with-caution: schedule-2 -> not-recommended: not-available, schedule-2",
        ]
    );
    // The only pack of the product is discontinued.
    let found = planted(
        "f_ampp2",
        "<APID>990300051000001100</APID><LEGAL_CATCD>0003</LEGAL_CATCD>",
        "<APID>990300051000001100</APID><LEGAL_CATCD>0003</LEGAL_CATCD><DISCCD>0001</DISCCD><DISCDT>2026-07-31</DISCDT>",
    );
    assert_eq!(found.len(), 4, "{found:#?}");
    assert_eq!(
        found[0],
        "prescribing-status-changed 990300051000001100 primary-care: prescribable -> with-caution: discontinued"
    );
    assert!(
        found[2].starts_with("availability-changed 990500071000001105 DISCCD: - -> 0001 "),
        "{found:#?}"
    );
    assert_eq!(found[3], "availability-changed 990500071000001105 DISCDT: - -> 2026-07-31");
}

#[test]
fn prices_are_told_and_the_price_before_only_where_it_is_another() {
    assert_eq!(
        planted(
            "f_ampp2",
            "<PRICE>85</PRICE><PRICEDT>2026-07-01</PRICEDT><PRICE_PREV>123456789</PRICE_PREV>",
            "<PRICE>99</PRICE><PRICEDT>2026-08-01</PRICEDT><PRICE_PREV>85</PRICE_PREV>",
        ),
        [
            "price-changed 990500011000001102 PRICE_INFO/PRICE: 85 -> 99",
            "republished 990500011000001102 PRICE_INFO/PRICEDT: 2026-07-01 -> 2026-08-01",
        ]
    );
    assert_eq!(
        planted("f_vmpp2", "<PREVPRICE>91</PREVPRICE>", "<PREVPRICE>92</PREVPRICE>"),
        ["price-changed 990400011000001107 DTINFO/PREVPRICE: 91 -> 92"]
    );
}

#[test]
fn barcodes_are_told_by_their_number() {
    assert_eq!(
        planted("f_gtin2", "2000000000046", "2000000000084"),
        [
            "gtin-removed 990500071000001105 2000000000046: GTIN 2000000000046; STARTDT 1948-01-01 -> -",
            "gtin-added 990500071000001105 2000000000084: - -> GTIN 2000000000084; STARTDT 1948-01-01",
        ]
    );
    assert_eq!(
        planted(
            "f_gtin2",
            "<STARTDT>1948-01-01</STARTDT>",
            "<STARTDT>1948-01-01</STARTDT><ENDDT>2026-07-01</ENDDT>"
        ),
        [
            "gtin-removed 990500071000001105 2000000000046: GTIN 2000000000046; STARTDT 1948-01-01 -> GTIN 2000000000046; STARTDT 1948-01-01; ENDDT 2026-07-01"
        ]
    );
    assert_eq!(
        planted("f_gtin2", "<STARTDT>1948-01-01</STARTDT>", "<STARTDT>1948-01-02</STARTDT>"),
        [
            "product-changed 990500071000001105 2000000000046: GTIN 2000000000046; STARTDT 1948-01-01 -> GTIN 2000000000046; STARTDT 1948-01-02"
        ]
    );
}

#[test]
fn a_known_barcode_of_another_pack_is_told_of_each_pack_that_has_it() {
    // Another pack has it too: a scan that had one answer has two.
    let row = "<GTINDATA><GTIN>12000000000012</GTIN>";
    let edited = Edited::new().change(
        "f_gtin2",
        row,
        &format!(
            "<GTINDATA><GTIN>2000000000022</GTIN><STARTDT>2026-08-01</STARTDT></GTINDATA>{row}"
        ),
    );
    let both = "990500011000001102 -> 990500011000001102, 990500051000001103";
    assert_eq!(
        told(&edited),
        [
            format!("gtin-packs-changed 990500011000001102 2000000000022: {both}"),
            "gtin-added 990500051000001103 2000000000022: - -> GTIN 2000000000022; STARTDT 2026-08-01".to_owned(),
            format!("gtin-packs-changed 990500051000001103 2000000000022: {both}"),
        ]
    );
    // One of two packs that had it has it no more: the row tells it of that, this of the other.
    assert_eq!(
        planted("f_gtin2", "<GTIN>2000000000015</GTIN>", "<GTIN>2000000000084</GTIN>")[2..],
        [
            "gtin-packs-changed 990500021000001106 2000000000015: 990500011000001102 up to a day, 990500021000001106 up to a day -> 990500021000001106 up to a day"
        ]
    );
    // It is that of another pack now.
    let moved = planted("f_gtin2", "<GTIN>12000000000012</GTIN>", "<GTIN>2000000000046</GTIN>");
    assert_eq!(moved.len(), 4, "{moved:#?}");
    // One that no pack had is an addition, and no more.
    let found = planted("f_gtin2", "<GTIN>12000000000012</GTIN>", "<GTIN>2000000000084</GTIN>");
    assert!(!found.iter().any(|line| line.starts_with("gtin-packs-changed")), "{found:#?}");
}

#[test]
fn the_order_of_rows_and_files_says_nothing() {
    let (one, other) = (
        "    <DROUTE><VPID>990200061000001105</VPID><ROUTECD>990810041000001102</ROUTECD></DROUTE>\n",
        "    <DROUTE><VPID>990200061000001105</VPID><ROUTECD>990810031000001109</ROUTECD></DROUTE>\n",
    );
    let edited = Edited::new();
    let text = edited.text("f_vmp2");
    let (both, reversed) = ([one, other].concat(), [other, one].concat());
    let line_ends = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let (both, reversed) = (both.replace('\n', line_ends), reversed.replace('\n', line_ends));
    assert_eq!(told(&edited.change("f_vmp2", &both, &reversed)), Vec::<String>::new());
    // One of them is another.
    let found = planted(
        "f_vmp2",
        "<ROUTECD>990810041000001102</ROUTECD>",
        "<ROUTECD>990810021000001107</ROUTECD>",
    );
    assert_eq!(found.len(), 2, "{found:#?}");
    let lost = "product-changed 990200061000001105 DROUTE/ROUTECD: 990810041000001102 ";
    assert!(found[0].starts_with(lost), "{found:#?}");
    assert_eq!(
        found[1],
        "product-changed 990200061000001105 DROUTE/ROUTECD: - -> 990810021000001107 Transdermal"
    );
}

#[test]
fn a_strength_is_told_with_its_ingredient() {
    let found = planted(
        "f_vmp2",
        "<STRNT_NMRTR_VAL>.5</STRNT_NMRTR_VAL>",
        "<STRNT_NMRTR_VAL>0.6</STRNT_NMRTR_VAL>",
    );
    assert_eq!(found.len(), 1, "{found:#?}");
    let before = "product-changed 9973004006 VPI: ISID 990600051000001109 Sphagnum \"bog\" extract; STRNT_NMRTR_VAL .5; ";
    assert!(found[0].starts_with(before), "{found:#?}");
    assert!(found[0].contains("; STRNT_NMRTR_VAL 0.6; "), "{found:#?}");
    // The same number written otherwise.
    let found = planted(
        "f_vmp2",
        "<STRNT_NMRTR_VAL>.5</STRNT_NMRTR_VAL>",
        "<STRNT_NMRTR_VAL>0.50</STRNT_NMRTR_VAL>",
    );
    assert!(found.len() == 1 && found[0].starts_with("republished 9973004006 VPI: "), "{found:#?}");
}

#[test]
fn a_product_comes_and_goes() {
    let last = "  </VMPPS>";
    let new = "<VMPP><VPPID>990400111000001108</VPPID><NM>New</NM><VPID>990200011000001108</VPID><QTYVAL>1</QTYVAL><QTY_UOMCD>990700011000001103</QTY_UOMCD></VMPP>";
    let edited = Edited::new().change("f_vmpp2", last, &format!("{new}{last}"));
    assert_eq!(told(&edited), ["product-added 990400111000001108 VMPP: - -> New"]);
    let new = edited.build().unwrap_or_else(|error| panic!("{error}")).terminology();
    let back: Vec<String> = changes(&new, &dmd_terminology()).iter().map(line).collect();
    assert_eq!(back, ["product-removed 990400111000001108 VMPP: New -> -"]);
}

/// The release with an id of a VMP replaced wherever it stands, but in the history file.
fn with_id(edited: Edited, old: &str, new: &str) -> Edited {
    ["f_vmp2", "f_amp2", "f_vmpp2", "f_bnf1"].into_iter().fold(edited, |edited, begins| {
        let text = edited.text(begins).replace(old, new);
        edited.write(begins, text)
    })
}

#[test]
fn an_id_that_changed_is_one_change_and_no_reference_to_it_is_another() {
    let (old, new) = ("990200031000001102", "9974004008");
    let edited = with_id(Edited::new(), old, new);
    // Nothing says what became of it.
    let found = told(&edited);
    assert!(
        found.contains(&format!(
            "product-removed {old} VMP: Brackenamol 25µg/hour transdermal patches -> -"
        )),
        "{found:#?}"
    );
    assert!(
        found.contains(&format!(
            "product-added {new} VMP: - -> Brackenamol 25µg/hour transdermal patches"
        )),
        "{found:#?}"
    );
    let changed = edited.change(
        "f_vmp2",
        &format!("<VPID>{new}</VPID><VTMID>"),
        &format!("<VPID>{new}</VPID><VPIDPREV>{old}</VPIDPREV><VTMID>"),
    );
    // The history file has the old id as its own.
    let text = changed.text("f_history1").replace(
        &format!("<IDCURRENT>{old}</IDCURRENT>"),
        &format!("<IDCURRENT>{new}</IDCURRENT>"),
    );
    let changed = changed.write("f_history1", text);
    let found: Vec<String> =
        told(&changed).into_iter().filter(|line| !line.starts_with("record-")).collect();
    assert_eq!(
        found,
        [format!(
            "product-id-changed {old} VMP: {old} -> {new} [successor {new} Brackenamol 25µg/hour transdermal patches]"
        )]
    );
    // The name may change with it: that is told of the id that records hold.
    let renamed =
        changed.change("f_vmp2", "<NM>Brackenamol 25µg/hour", "<NM>Brackenamol 25mcg/hour");
    let found = told(&renamed);
    // A list that has the id of now already is told the same, under that.
    let of_list: Vec<String> =
        told_of(&renamed, new).into_iter().filter(|line| !line.contains("-status-")).collect();
    assert_eq!(
        of_list,
        [
            format!("product-id-changed {new} VMP: {old} -> {new}"),
            format!(
                "product-renamed {new} NM: Brackenamol 25µg/hour transdermal patches -> Brackenamol 25mcg/hour transdermal patches"
            ),
        ]
    );
    assert!(found.contains(&format!("product-renamed {old} NM: Brackenamol 25µg/hour transdermal patches -> Brackenamol 25mcg/hour transdermal patches")), "{found:#?}");
}

#[test]
fn an_id_that_leads_to_several_is_told_with_all_of_them() {
    // The product is no more, and two others say that they had its id.
    let old = "990200061000001105";
    let edited = Edited::new();
    let text = edited.text("f_vmp2");
    let without: Vec<&str> = text
        .split_inclusive('\n')
        .filter(|line| !line.contains(&format!("<VMP><VPID>{old}")))
        .collect();
    let edited = edited.write("f_vmp2", without.concat());
    let history = [("990200011000001108", "<VMPS>"), ("990200021000001104", "<VMPS>")];
    let edited = history.into_iter().fold(edited, |edited, (new, at)| {
        let row = format!("{at}<VMP><IDCURRENT>{new}</IDCURRENT><IDPREVIOUS>{old}</IDPREVIOUS><STARTDT>2001-01-01</STARTDT><ENDDT>2026-07-31</ENDDT></VMP>");
        edited.change("f_history1", at, &row)
    });
    let found = told(&edited);
    let wanted = format!(
        "product-id-changed {old} VMP: {old} -> - [possible-successor 990200011000001108 Farrolol 10mg tablets] [possible-successor 990200021000001104 Farrolol 50micrograms/5ml oral solution sugar free]"
    );
    assert!(found.contains(&wanted), "{found:#?}");
}

#[test]
fn records_that_are_of_no_product_are_told() {
    assert_eq!(
        planted("f_ingredient2", "<NM>Lactose</NM>", "<NM>Milk sugar</NM>"),
        ["record-changed 990600071000001102 ING/NM: Lactose -> Milk sugar"]
    );
    assert_eq!(
        planted("f_lookup2", "<INFO><CD>0001</CD><DESC>Bilberry</DESC></INFO>", ""),
        ["record-removed 0001 FLAVOUR: Bilberry -> -"]
    );
    assert_eq!(
        planted("f_lookup2", "<DESC>Bilberry</DESC>", "<DESC>Blueberry</DESC>"),
        ["record-changed 0001 FLAVOUR/DESC: Bilberry -> Blueberry"]
    );
    assert_eq!(
        planted(
            "f_lookup2",
            "  </FLAVOUR>",
            "<INFO><CD>0300</CD><DESC>Mint</DESC></INFO></FLAVOUR>"
        ),
        ["record-added 0300 FLAVOUR: - -> Mint"]
    );
    assert_eq!(
        planted("f_tradefamily1", "<NM>Wundaweb</NM>", "<NM>Wundaweb</NM><NMDT>2026-01-01</NMDT>"),
        ["republished 990900021000001100 TF/NMDT: - -> 2026-01-01"]
    );
    // An ingredient with another id: what refers to it is not told.
    let edited = Edited::new();
    let files = ["f_ingredient2", "f_amp2"];
    let edited = files.into_iter().fold(edited, |edited, begins| {
        let text = edited.text(begins).replace("990600081000001100", "9975005009");
        edited.write(begins, text)
    });
    let edited = edited.change(
        "f_ingredient2",
        "<ISID>9975005009</ISID>",
        "<ISID>9975005009</ISID><ISIDPREV>990600081000001100</ISIDPREV>",
    );
    assert_eq!(
        told(&edited),
        [
            "record-changed 990600081000001100 ING/ISID: 990600081000001100 -> 9975005009 [successor 9975005009 Fern green]"
        ]
    );
}

#[test]
fn rows_of_the_history_and_of_products_that_are_not_there_are_told() {
    assert_eq!(
        planted("f_history1", "<ENDDT>2008-12-31</ENDDT>", "<ENDDT>2008-12-30</ENDDT>"),
        [
            "record-changed 9970021001 HISTORY/VMP: IDCURRENT 990200011000001108; STARTDT 1948-01-01; ENDDT 2008-12-31 -> IDCURRENT 990200011000001108; STARTDT 1948-01-01; ENDDT 2008-12-30 [successor 990200011000001108 Farrolol 10mg tablets]"
        ]
    );
    let row = "<AMP><APID>990300999000001104</APID><BNF>01010101</BNF></AMP>";
    assert_eq!(
        planted("f_bnf1", "  </AMPS>", &format!("{row}</AMPS>")),
        ["product-changed 990300999000001104 BNF_DETAILS/BNF: - -> 01010101"]
    );
}

/// What is told of one id, as a list has it.
fn told_of(edited: &Edited, code: &str) -> Vec<String> {
    let (old, new) = (dmd_terminology(), edited.build().expect("it can be built").terminology());
    let systems = [&old, &new].map(|opened| opened.systems().expect("it is sound"));
    let mut found = Vec::new();
    Comparison::new(systems[0], systems[1])
        .changes_of(System::Dmd, code, &mut |change| found.push(line(&change)));
    found
}

#[test]
fn a_previous_id_that_leads_to_several_is_told_and_none_is_chosen() {
    let previous = "9970011009";
    let row = |new: &str| {
        format!(
            "<VMP><IDCURRENT>{new}</IDCURRENT><IDPREVIOUS>{previous}</IDPREVIOUS><STARTDT>2001-01-01</STARTDT></VMP>"
        )
    };
    let edited = Edited::new().change(
        "f_history1",
        "<VMPS>",
        &format!("<VMPS>{}", row("990200051000001107")),
    );
    let (one, other) = ("990200011000001108", "990200051000001107");
    let choice = format!(
        "[possible-successor {one} Farrolol 10mg tablets] [possible-successor {other} Brackenamol 5mg capsules]"
    );
    let answer = format!("id-answer-changed {previous}: {one} -> {one}, {other} {choice}");
    assert_eq!(
        told(&edited),
        [
            format!(
                "record-added {previous} HISTORY/VMP: - -> IDCURRENT {other}; STARTDT 2001-01-01 {choice}"
            ),
            answer.clone(),
        ]
    );
    assert_eq!(told_of(&edited, previous), [answer]);
    // One that leads where it led is known, and nothing changed about it.
    assert_eq!(told_of(&edited, "9970021001"), Vec::<String>::new());
}

#[test]
fn of_a_product_that_a_list_has_what_cannot_be_told_is_told() {
    let edited = Edited::new().without("f_amp2");
    let found = told_of(&edited, "990300011000001104");
    let begins = "cannot-tell 990300011000001104 f_amp2: ";
    assert!(found.len() == 1 && found[0].starts_with(begins), "{found:#?}");
    // Neither is what belongs to a product, and that is told without a code.
    let edited = Edited::new().without("f_gtin2").without("f_history1");
    let gtins = "cannot-tell  f_gtin2: 8 records -> -";
    assert_eq!(told_of(&edited, "990500011000001102"), [gtins]);
    let found = told_of(&edited, "9970011009");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].starts_with("cannot-tell  f_history1: "), "{found:#?}");
    assert_eq!(told_of(&edited, "990100021000001102"), Vec::<String>::new());
    // Records are told of whole releases. One of an ingredient that is the same in both is no question.
    assert_eq!(told_of(&Edited::new(), "990600071000001102"), Vec::<String>::new());
    let edited = Edited::new().change("f_ingredient2", "<NM>Lactose</NM>", "<NM>Milk sugar</NM>");
    let found = told_of(&edited, "990600071000001102");
    assert!(found.len() == 1 && found[0].contains("of whole releases alone"), "{found:#?}");
}

#[test]
fn of_a_file_that_one_release_lacks_nothing_is_told() {
    assert_eq!(told(&Edited::new().without("f_gtin2")), ["cannot-tell  f_gtin2: 8 records -> -"]);
    // What may be prescribed follows from the packs, and cannot be told either.
    assert_eq!(
        told(&Edited::new().without("f_ampp2").without("f_gtin2")),
        ["cannot-tell  f_ampp2: 34 records -> -", "cannot-tell  f_gtin2: 8 records -> -"]
    );
}

#[test]
fn a_product_is_told_of_by_itself_as_in_the_whole() {
    let edited = Edited::new()
        .change("f_vtm2", "<NM>Brackenamol</NM>", "<NM>Brackenamole</NM>")
        .change("f_ampp2", "<PRICE>85</PRICE>", "<PRICE>86</PRICE>")
        .change("f_ingredient2", "<NM>Lactose</NM>", "<NM>Milk sugar</NM>");
    let (old, new) = (dmd_terminology(), edited.build().expect("it is good").terminology());
    let comparison = DmdComparison::new(old.dmd().expect("dm+d"), new.dmd().expect("dm+d"));
    let mut whole = Vec::new();
    comparison.changes(&mut |change| whole.push(change));
    assert_eq!(whole.len(), 3);
    let mut parts = Vec::new();
    let ids = comparison.product_ids();
    assert!(ids.is_sorted());
    assert_eq!(ids.len(), old.dmd().expect("dm+d").products().count());
    ids.iter().for_each(|id| comparison.changes_of(*id, &mut |change| parts.push(change)));
    comparison.other_changes(&mut |change| parts.push(change));
    assert_eq!(parts, whole);
}

/// Another value of this kind.
fn another(kind: Kind, text: &str) -> String {
    match kind {
        Kind::Text => format!("{} x", text.replace('&', "&amp;").replace('<', "&lt;")),
        Kind::Decimal => "7.25".to_owned(),
        Kind::Date => "1999-12-31".to_owned(),
        Kind::Flag => u8::from(!text.ends_with('1')).to_string(),
        Kind::Gtin => "2000000000091".to_owned(),
        Kind::Integer => (text.parse::<u32>().expect("a number") + 1).to_string(),
        Kind::Id | Kind::Sctid | Kind::Reference(_) => "9976006005".to_owned(),
        Kind::Code(list) if list.has_sctids() => "9976006005".to_owned(),
        Kind::Code(_) | Kind::Number => "0777".to_owned(),
    }
}

/// The file with the element of one record changed: the record is the one of so many of its name.
fn with_another(
    text: &str,
    record: &NaiveRecord,
    place: usize,
    element: &str,
    value: &str,
) -> String {
    let tag = format!("<{}>", record.path.last().expect("it has a name"));
    let start = text.match_indices(&tag).nth(place).expect("it stands in the file").0;
    let open = format!("<{element}>");
    let at = start + text[start..].find(&open).expect("the record has it") + open.len();
    let end = at + text[at..].find('<').expect("it is closed");
    format!("{}{value}{}", &text[..at], &text[end..])
}

/// What a record is told of: its product, or itself.
fn code_of(table: &Table, record: &NaiveRecord) -> String {
    let element = match table.id {
        TableId::TradeFamilyAmp => "APID",
        TableId::Lookup => "CD",
        _ if table.file == "f_history1" => "IDPREVIOUS",
        _ => {
            table.owner.filter(|_| table.id_column().is_none()).unwrap_or(table.columns[0].element)
        }
    };
    let element = match table.id_column() {
        Some(place) => table.columns[place].element,
        None => element,
    };
    record.get(element).expect("every record has it").to_owned()
}

#[test]
fn no_element_of_any_record_changes_unseen_and_nothing_else_is_told() {
    let files = [
        "f_vtm2",
        "f_vmp2",
        "f_amp2",
        "f_vmpp2",
        "f_ampp2",
        "f_ingredient2",
        "f_lookup2",
        "f_gtin2",
        "f_bnf1",
        "f_history1",
        "f_vtm_ing1",
        "f_tradefamily1",
    ];
    let old = dmd_terminology();
    let mut seen: BTreeSet<(TableId, String)> = BTreeSet::new();
    for begins in files {
        let text = Edited::new().text(begins);
        let all = records(&text);
        for (number, record) in all.iter().enumerate() {
            let table = table_of(record);
            let place = all[..number].iter().filter(|one| one.path.last() == record.path.last());
            let place = place.count();
            for (element, value) in &record.elements {
                // The id of the pack stands around its GTINs.
                let around = table.id == TableId::Gtin && element == "AMPPID";
                if around || !seen.insert((table.id, element.clone())) {
                    continue;
                }
                let column = &table.columns[table.column(element)];
                let edited =
                    with_another(&text, record, place, element, &another(column.kind, value));
                let built = Edited::new().write(begins, edited).build();
                let built = built.unwrap_or_else(|error| panic!("{begins} {element}: {error}"));
                let found = changes(&old, &built.terminology());
                let lines: Vec<String> = found.iter().map(line).collect();
                let told = |change: &Change| {
                    let code = change.code.trim_start_matches('0');
                    code == code_of(table, record).trim_start_matches('0')
                };
                let of_it: Vec<&Change> = found.iter().filter(|change| told(change)).collect();
                assert!(!of_it.is_empty(), "{begins} {element}: {lines:#?}");
                let is_id = matches!(column.kind, Kind::Id | Kind::Number)
                    || *element == table.columns[0].element && table.id_column().is_none()
                    || matches!(element.as_str(), "IDPREVIOUS" | "APID" | "IDCURRENT");
                if is_id || element.ends_with("PREV") {
                    // A row of another thing, or what a thing was before: told of both.
                    continue;
                }
                for change in &found {
                    let follows = matches!(
                        change.kind,
                        ChangeKind::PrescribingStatusChanged | ChangeKind::GtinPacksChanged
                    );
                    assert!(follows || told(change), "{begins} {element}: {lines:#?}");
                }
                let of_it = of_it.iter().filter(|change| {
                    change
                        .component
                        .as_deref()
                        .is_none_or(|found| !found.contains("-care") && !found.contains("-based"))
                });
                assert!((1..=2).contains(&of_it.count()), "{begins} {element}: {lines:#?}");
            }
        }
    }
    let all: usize = TableId::ALL.iter().map(|table| table.table().columns.len()).sum();
    assert_eq!(seen.len(), all - 1, "every element of the schema was another once");
}

/// The sample with the product files of the one whose id is changed in place of its own.
fn overlaid(sample: &Path, changed: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    for from in [sample, changed] {
        for entry in std::fs::read_dir(from).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            let name = path.file_name().expect("it has a name").to_owned();
            std::fs::copy(&path, folder.path().join(name)).expect("the file can be copied");
        }
    }
    folder
}

#[test]
fn the_sample_whose_id_is_changed_differs_in_that_alone() {
    let Some(sample) = shared("dmd/2019-04-sample") else { return };
    let Some(changed) = shared("dmd/2019-04-sample-changed-vpid") else { return };
    let old = build_dmd(&[&sample]).terminology();
    let folder = overlaid(&sample, &changed);
    let new = build_dmd(&[folder.path()]).terminology();
    let found = changes(&old, &new);
    let id = "22480211000001104";
    let name = new.dmd().expect("dm+d").vmps().find(|vmp| vmp.id().value() == 12_345);
    let name = name.expect("the VMP is there").name();
    let change = format!("product-id-changed {id} VMP: {id} -> 12345 [successor 12345 {name}]");
    assert_eq!(found.iter().map(line).collect::<Vec<_>>(), std::slice::from_ref(&change));
    assert_eq!(found[0].display, name);
    // As the folders are: the second has no VTMs, ingredients and lookups, so what these are now
    // cannot be told.
    let new = build_dmd(&[&changed]).terminology();
    assert_eq!(
        changes(&old, &new).iter().map(line).collect::<Vec<_>>(),
        [
            change,
            "cannot-tell  f_ingredient2: 3482 records -> -".to_owned(),
            "cannot-tell  f_lookup2: 3000 records -> -".to_owned(),
            "cannot-tell  f_vtm2: 2859 records -> -".to_owned(),
        ]
    );
}

#[test]
fn without_packs_nothing_is_said_of_there_being_none() {
    let edited = Edited::new().without("f_ampp2").without("f_gtin2");
    let without = edited.build().expect("it is good").terminology();
    let (with, without) = (dmd_terminology(), without.dmd().expect("dm+d"));
    let with = with.dmd().expect("dm+d");
    let has = |dmd: farr::dmd::Dmd<'_>, amp: farr::dmd::Amp<'_>, reason| {
        let answer = dmd.prescribable(amp.into(), farr::dmd::Setting::PrimaryCare);
        answer.reasons().any(|found| found == reason)
    };
    use farr::dmd::PrescribingReason::{NoPacks, UnknownPacks};
    assert!(with.amps().any(|amp| has(with, amp, NoPacks)));
    assert!(!with.amps().any(|amp| has(with, amp, UnknownPacks)));
    assert!(without.amps().all(|amp| has(without, amp, UnknownPacks)));
    assert!(!without.amps().any(|amp| has(without, amp, NoPacks)));
}
