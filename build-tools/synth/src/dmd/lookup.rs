//! `f_lookup2`: the lists of codes.

use super::codes::{Code, form_route_code};
use super::history::SECTIONS;
use super::ids::Space;
use super::names;
use super::plan::Plan;
use super::xml::{Collection, Document, Layout, Records};

/// The codes of a short list, and what they mean.
type Short = &'static [(u16, &'static str)];

const COMBINATION_PACK: Short = &[(1, "Combination pack"), (2, "Component only pack")];
const COMBINATION_PRODUCT: Short = &[(1, "Combination product"), (2, "Component only product")];
const BASIS_OF_NAME: Short =
    &[(1, "rINN"), (2, "BAN"), (3, "BANM"), (4, "INNM"), (5, "pINN"), (6, "USAN"), (7, "Other")];
const NAME_CHANGE: Short = &[
    (0, " "),
    (1, "Replacement of temporary name"),
    (2, "New approved generic name"),
    (3, "Basis changed"),
    (4, "Other"),
];
const PRESCRIBING_STATUS: Short = &[
    (1, "Valid"),
    (2, "Invalid to prescribe in NHS primary care"),
    (3, "Not prescribable as VMP but AMP is"),
    (4, "Never valid as VMP"),
    (5, "Not recommended as VMP"),
    (6, "Not recommended as VMP: brands not bioequivalent"),
    (7, "Not recommended as VMP: patient training required"),
    (8, "Not recommended as VMP: no published specification"),
    (9, "Caution, AMP level advised"),
];
const CONTROLLED: Short = &[
    (0, "None"),
    (1, "Schedule 1"),
    (2, "Schedule 2"),
    (3, "Schedule 2 exempt safe custody"),
    (4, "Schedule 3 no register"),
    (5, "Schedule 3 no register exempt safe custody"),
    (6, "Schedule 3 no register phenobarbital"),
    (7, "Schedule 3 no register temazepam"),
    (8, "Schedule 4 anabolic"),
    (9, "Schedule 4 benzodiazepine"),
    (10, "Schedule 5"),
];
const LICENSING_AUTHORITY: Short = &[
    (0, "None"),
    (1, "Medicines MHRA/EMA"),
    (2, "Devices"),
    (3, "Unknown"),
    (4, "Traditional herbal"),
];
const PAYMENT_CATEGORY: Short = &[
    (1, "Part VIIIA Category A"),
    (3, "Part VIIIA Category C"),
    (5, "Part IXa"),
    (6, "Part IXb"),
    (7, "Part IXc"),
    (8, "Part IXr"),
    (9, "Part X"),
    (10, "Parts IXb and IXc"),
    (11, "Part VIIIA Category M"),
    (12, "Part VIIIB"),
];
const BASIS_OF_STRENGTH: Short = &[(1, "Ingredient substance"), (2, "Base substance")];
const REIMBURSEMENT: Short = &[(0, "Not allowed"), (1, "Allowed (in Drug Tariff)")];
const SPECIAL_CONTAINER: Short = &[(1, "Special container"), (2, "Sub-pack is special container")];
const DISCOUNT: Short =
    &[(1, "Discount not deducted: automatic"), (2, "Discount not deducted: endorsement required")];
const NOT_AVAILABLE: Short =
    &[(0, "Actual products available"), (1, "Actual products not available")];
const DISCONTINUED: Short = &[(0, "Reinstated"), (1, "Discontinued")];
const DOSE_FORM: Short = &[(1, "Discrete"), (2, "Continuous"), (3, "Not applicable")];
const PRICE_BASIS: Short = &[
    (1, "NHS indicative price"),
    (2, "No price available"),
    (3, "Centrally funded"),
    (4, "Priced when manufactured"),
];
const LEGAL_CATEGORY: Short = &[(1, "GSL"), (2, "P"), (3, "POM"), (4, "Not applicable")];
const AVAILABILITY: Short = &[
    (1, "None"),
    (2, "Restricted"),
    (3, "Individual patient supply"),
    (4, "Imported"),
    (5, "Clinical trial"),
    (6, "Special"),
    (7, "Extemp"),
    (9, "Not available"),
];
const LICENCE_CHANGE: Short = &[
    (1, "Granted"),
    (2, "Transferred"),
    (3, "Withdrawn manufacturer"),
    (4, "Withdrawn CHM"),
    (5, "Suspended CHM"),
    (6, "Discontinued/expired/lapsed"),
    (7, "Reintroduced"),
    (8, "No reason"),
];

pub(crate) const FLAVOURS: usize = 235;
pub(crate) const COLOURS: usize = 140;

impl Plan {
    /// The lists, in the order of the schema.
    pub(crate) fn lookup(&self) -> Document<'_> {
        Document {
            root: "LOOKUP",
            schema: "lookup_v2_3.xsd",
            layout: Layout::OneLine,
            collections: vec![
                short("COMBINATION_PACK_IND", COMBINATION_PACK),
                short("COMBINATION_PROD_IND", COMBINATION_PRODUCT),
                short("BASIS_OF_NAME", BASIS_OF_NAME),
                short("NAMECHANGE_REASON", NAME_CHANGE),
                short("VIRTUAL_PRODUCT_PRES_STATUS", PRESCRIBING_STATUS),
                short("CONTROL_DRUG_CATEGORY", CONTROLLED),
                short("LICENSING_AUTHORITY", LICENSING_AUTHORITY),
                self.coded("UNIT_OF_MEASURE", Space::Unit, &self.codes.units),
                self.coded("FORM", Space::Form, &self.codes.forms),
                self.form_routes(),
                self.coded("ROUTE", Space::Route, &self.codes.routes),
                short("DT_PAYMENT_CATEGORY", PAYMENT_CATEGORY),
                self.coded("SUPPLIER", Space::Supplier, &self.codes.suppliers),
                self.invented("FLAVOUR", FLAVOURS),
                self.invented("COLOUR", COLOURS),
                short("BASIS_OF_STRNTH", BASIS_OF_STRENGTH),
                short("REIMBURSEMENT_STATUS", REIMBURSEMENT),
                short("SPEC_CONT", SPECIAL_CONTAINER),
                short("DND", DISCOUNT),
                short("VIRTUAL_PRODUCT_NON_AVAIL", NOT_AVAILABLE),
                short("DISCONTINUED_IND", DISCONTINUED),
                short("DF_INDICATOR", DOSE_FORM),
                short("PRICE_BASIS", PRICE_BASIS),
                short("LEGAL_CATEGORY", LEGAL_CATEGORY),
                short("AVAILABILITY_RESTRICTION", AVAILABILITY),
                short("LICENSING_AUTHORITY_CHANGE_REASON", LICENCE_CHANGE),
            ],
        }
    }

    fn coded<'a>(&'a self, list: &'static str, space: Space, codes: &'a [Code]) -> Collection<'a> {
        let render = move |at: usize, records: &mut Records| {
            let Code { id, name } = &codes[at];
            let previous = self.previous(space, at);
            let invalid = space == Space::Supplier && self.seldom("supplier invalid", at, 60, 4);
            records
                .start("INFO")
                .number("CD", *id)
                .date("CDDT", previous.map(|previous| previous.day))
                .number("CDPREV", previous.map(|previous| previous.id))
                .number("INVALID", invalid.then_some(1))
                .text("DESC", name.as_str())
                .end_turned(self.turn(at));
        };
        (Some(list), codes.len(), Box::new(render))
    }

    fn form_routes(&self) -> Collection<'_> {
        let render = |at: usize, records: &mut Records| {
            let code = form_route_code(at);
            records.start("INFO").code("CD", code).text("DESC", &*self.codes.form_routes[at]).end();
        };
        (Some("ONT_FORM_ROUTE"), self.codes.form_routes.len(), Box::new(render))
    }

    fn invented(&self, list: &'static str, count: usize) -> Collection<'_> {
        let words = names::distinct(self.seed, list, count, |number, random| {
            let (first, second) = (names::word(random), names::word(random).to_lowercase());
            match (number, random.below(4)) {
                (1, _) | (_, 0) => format!("{first} & {second}"),
                (_, 1) => format!("{first} {second}"),
                _ => first,
            }
        });
        let render = move |at: usize, records: &mut Records| {
            records.start("INFO").code("CD", at as u16 + 1).text("DESC", &*words[at]).end();
        };
        (Some(list), count, Box::new(render))
    }

    /// The history of all identifiers.
    pub(crate) fn history(&self) -> Document<'_> {
        let collections = SECTIONS
            .iter()
            .map(|section| -> Collection<'_> {
                let render = move |index: usize, records: &mut Records| {
                    let current = self.id(section.space, index);
                    for span in self.spans(section, index) {
                        records
                            .start(section.record)
                            .number("IDCURRENT", current)
                            .number("IDPREVIOUS", span.id)
                            .date("STARTDT", span.start)
                            .date("ENDDT", span.end)
                            .end_turned(self.turn(index));
                    }
                };
                (Some(section.list), self.count(section.space), Box::new(render))
            })
            .collect();
        Document {
            root: "HISTORY",
            schema: "history_v1_0.xsd",
            layout: Layout::LineOfRecord,
            collections,
        }
    }
}

fn short(list: &'static str, codes: Short) -> Collection<'static> {
    let render = move |at: usize, records: &mut Records| {
        let (code, meaning) = codes[at];
        records.start("INFO");
        // This list alone has codes of one digit.
        if list == "DF_INDICATOR" {
            records.number("CD", u64::from(code));
        } else {
            records.code("CD", code);
        }
        records.text("DESC", meaning).end();
    };
    (Some(list), codes.len(), Box::new(render))
}
