//! What a code is, in every way that it reads.

use farr::id::gs1::Scan;
use farr::id::{Icd10CmCode, MarkedIcd10Code};
use farr::{Date, Dialect, Icd10Code, Opcs4Code, Systems};
use serde::Serialize;

use crate::card::concept::ConceptCard;
use crate::card::dictionary::DmdCard;
use crate::card::expression::ExpressionCard;
use crate::card::gtin::GtinCard;
use crate::card::nhs::NhsNumberCard;
use crate::card::product::ProductName;
use crate::card::sctid::{Detail, SctidCard, Status};
use crate::output::records::Record;
use crate::verb::classification::{Answer as Classified, Spelled};

/// What to gather.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    pub(super) dialect: Dialect,
    pub(super) detail: Detail,
    /// The day for which the packs of a GTIN are asked.
    pub(super) on: Date,
}

/// A code, and every way to read it.
#[derive(Debug, Serialize)]
pub(super) struct Answer {
    pub(super) code: String,
    /// The best that any reading gave.
    status: Status,
    /// It read as a SNOMED CT identifier.
    pub(super) sctid: Option<SctidCard>,
    /// The same identifier in dm+d, where that is open.
    pub(super) dmd: Option<DmdCard>,
    /// It read as a GTIN.
    pub(super) gtin: Option<GtinCard>,
    /// It read as an NHS number.
    pub(super) nhs_number: Option<NhsNumberCard>,
    /// It read as a code of these classifications: of those that are open the ones that have it, or
    /// where none does those of which it has the form.
    pub(super) classifications: Vec<Classified>,
    /// It read as a SNOMED CT expression, and so as nothing else.
    pub(super) expression: Option<ExpressionCard>,
    /// It has the form of a code of ICD-10 or OPCS-4, and neither is open.
    #[serde(skip)]
    pub(super) unasked: bool,
}

/// The classifications in which a text is a code.
fn classified(systems: Systems<'_>, text: &str) -> Vec<Classified> {
    fn of<C: Spelled>(systems: Systems<'_>, text: &str) -> Option<Classified> {
        let answer = Classified::of(C::of_systems(systems)?, text, false);
        answer.has_form().then_some(answer)
    }
    let all = [
        of::<Icd10Code>(systems, text),
        of::<Icd10CmCode>(systems, text),
        of::<Opcs4Code>(systems, text),
    ];
    let mut all: Vec<Classified> = all.into_iter().flatten().collect();
    if all.iter().any(Classified::is_found) {
        all.retain(Classified::is_found);
    }
    all
}

impl Answer {
    pub(super) fn of(systems: Systems<'_>, code: &str, asked: Asked) -> Answer {
        let Asked { dialect, detail, on } = asked;
        let (snomed, dmd) = (systems.snomed(), systems.dmd());
        if let Some(card) = ExpressionCard::of(snomed, code, dialect) {
            return Answer::of_expression(code, card);
        }
        let bare = without_term(code);
        let mut sctid = SctidCard::of(snomed, bare, dialect, detail);
        let well_formed = sctid.as_ref().is_some_and(|card| card.reason.is_none());
        let in_dmd = dmd
            .map(|dmd| DmdCard::of(dmd, bare, None, snomed, dialect, detail))
            // Of what is no SCTID at all there is nothing to say.
            .filter(|card| card.status.is_known() || well_formed);
        let is_held = sctid.as_ref().is_some_and(|card| card.status == Status::Found)
            || in_dmd.as_ref().is_some_and(|card| card.status.is_known());

        // Digits that are one thing for certain are not shown as another by chance: one number in
        // ten has a check digit that is right as a GTIN's.
        let gtin = GtinCard::of(bare, dmd, on, snomed, dialect).filter(|card| {
            card.has_packs() || !well_formed && !is_held && (card.is_right() || bare.len() >= 12)
        });
        let is_gtin = gtin.as_ref().is_some_and(GtinCard::is_right);
        sctid = sctid.filter(|_| well_formed || is_held || !is_gtin);

        let nhs = NhsNumberCard::of(bare);
        // Ten digits may be either, so a wrong NHS number is told unless it is a right SCTID.
        let ten = bare.bytes().filter(u8::is_ascii_digit).count() == 10
            && bare.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b' ' | b'-'));
        let nhs_number = (nhs.valid || ten && !well_formed).then_some(nhs);

        let classifications = classified(systems, bare);
        let open =
            systems.icd10().is_some() || systems.icd10_cm().is_some() || systems.opcs4().is_some();
        let has_form = MarkedIcd10Code::parse(bare).is_ok() || Opcs4Code::parse(bare).is_ok();
        let unasked = has_form && !open;
        let in_classification = match classifications.iter().any(Classified::is_found) {
            true => Some(Status::Found),
            false if !classifications.is_empty() => Some(Status::NotInRelease),
            false => unasked.then_some(Status::NotAsked),
        };

        let readings = [
            in_classification,
            sctid.as_ref().map(|card| card.status),
            in_dmd.as_ref().map(|card| match card.status.is_known() {
                true => Status::Found,
                false => Status::NotInRelease,
            }),
            gtin.as_ref().map(|card| match card.has_packs() {
                true => Status::Found,
                false if !card.is_right() => Status::WrongCheckDigit,
                false if dmd.is_none() => Status::NotAsked,
                false => Status::NotInRelease,
            }),
            nhs_number.as_ref().map(|card| match card.valid {
                true => Status::Valid,
                false => Status::Malformed,
            }),
        ];
        Answer {
            code: code.to_owned(),
            status: readings.into_iter().flatten().max().unwrap_or(Status::Malformed),
            sctid,
            dmd: in_dmd,
            gtin,
            nhs_number,
            classifications,
            expression: None,
            unasked,
        }
    }

    fn of_expression(code: &str, card: ExpressionCard) -> Answer {
        Answer {
            code: code.to_owned(),
            status: card.status,
            sctid: None,
            dmd: None,
            gtin: None,
            nhs_number: None,
            classifications: Vec::new(),
            expression: Some(card),
            unasked: false,
        }
    }

    fn concept(&self) -> Option<&ConceptCard> {
        self.sctid.as_ref()?.concept.as_deref()
    }

    /// The id of the product, or of what an id leads to.
    fn dmd_ids(&self) -> String {
        match &self.dmd {
            Some(DmdCard { name: Some(name), .. }) => name.id.clone(),
            Some(card) => card.things(|thing| &thing.id).join(" "),
            None => String::new(),
        }
    }

    pub(super) fn is_found(&self) -> bool {
        self.status >= Status::Valid
    }

    /// The ways it reads, joined by `+`.
    fn kind(&self) -> String {
        let mut kinds = Vec::new();
        kinds.extend(self.sctid.as_ref().map(|card| card.component.unwrap_or("sctid").to_owned()));
        let in_dmd = self.dmd.as_ref().filter(|card| card.status.is_known());
        kinds.extend(in_dmd.map(|card| match &card.name {
            Some(name) => name.level.to_lowercase(),
            None => {
                let mut things = card.things(|thing| thing.kind);
                things.dedup();
                things.join("+")
            }
        }));
        kinds.extend(self.gtin.as_ref().map(|_| "gtin".to_owned()));
        kinds.extend(self.nhs_number.as_ref().map(|_| "nhs-number".to_owned()));
        kinds.extend(self.classifications.iter().map(|answer| answer.system().to_owned()));
        // There are identifiers of the kind "expression".
        kinds.extend(self.expression.as_ref().map(|_| "postcoordinated-expression".to_owned()));
        kinds.join("+")
    }

    /// Whether it reads as anything.
    pub(super) fn is_read(&self) -> bool {
        self.sctid.is_some()
            || self.gtin.is_some()
            || self.nhs_number.is_some()
            || !self.classifications.is_empty()
            || self.expression.is_some()
            || self.unasked
    }

    /// Whether dm+d has it, or had it.
    pub(super) fn is_in_dmd(&self) -> bool {
        self.dmd.as_ref().is_some_and(|card| card.status.is_known())
    }

    /// What is to be said of it in a line.
    fn note(&self) -> String {
        let mut notes = Vec::new();
        if let Some(card) = &self.sctid {
            notes.extend(match (card.status, &card.reason) {
                (_, Some(reason)) => Some(reason.clone()),
                _ if self.is_in_dmd() => None,
                (Status::NotAsked, None) => {
                    Some("well-formed; no index with SNOMED CT is open".to_owned())
                }
                (Status::NotInRelease, None) => Some(match &card.namespace {
                    Some(namespace) => {
                        format!("well-formed, not in this release (namespace {namespace})")
                    }
                    None => "well-formed, not in this release".to_owned(),
                }),
                (Status::NotHeld, None) => {
                    Some("well-formed; an index does not hold ids of this kind".to_owned())
                }
                _ => None,
            });
        }
        if let Some(card) = &self.dmd {
            // Of a concept that is no product there is nothing to say.
            let told = card.status.is_known() || self.concept().is_none();
            let message = card.message.as_ref().filter(|_| told);
            notes.extend(message.map(|message| format!("as an id of dm+d: {message}")));
        }
        if let Some(card) = &self.gtin {
            notes.extend(card.message.as_ref().map(|message| format!("as a GTIN: {message}")));
        }
        if let Some(card) = &self.nhs_number {
            notes.extend(match (&card.message, &card.display) {
                (Some(message), _) => Some(format!("as an NHS number: {message}")),
                (None, Some(_)) if card.doubts.is_empty() => Some("a valid NHS number".to_owned()),
                (None, Some(_)) => Some(format!("a valid NHS number: {}", card.doubts.join("; "))),
                (None, None) => None,
            });
        }
        for answer in &self.classifications {
            let message = answer.message();
            notes.extend(message.map(|message| format!("as {}: {message}", answer.system())));
        }
        notes.extend(
            self.expression.as_ref().map(ExpressionCard::note).filter(|note| !note.is_empty()),
        );
        if self.unasked {
            notes.push(UNASKED.to_owned());
        }
        if !self.is_read() {
            notes.push(unreadable(&self.code).to_owned());
        }
        notes.join("; ")
    }
}

impl Record for Answer {
    const COLUMNS: &'static [&'static str] = &[
        "code",
        "status",
        "kind",
        "concept_id",
        "active",
        "preferred_term",
        "fully_specified_name",
        "semantic_tag",
        "effective_time",
        "definition_status",
        "module_id",
        "dmd_status",
        "dmd_level",
        "dmd_id",
        "dmd_name",
        "dmd_invalid",
        "ampp_ids",
        "rubric",
        "title",
        "note",
        "normal_form",
    ];

    fn cells(&self) -> Vec<String> {
        let concept = self.concept();
        let of =
            |field: fn(&ConceptCard) -> Option<String>| concept.and_then(field).unwrap_or_default();
        let product = |field: fn(&ProductName) -> Option<String>| {
            let name = self.dmd.as_ref().and_then(|card| card.name.as_ref());
            name.and_then(field).unwrap_or_default()
        };
        let packs = self.gtin.iter().flat_map(|card| &card.packs);
        let packs: Vec<&str> = packs
            .filter(|pack| pack.valid)
            .filter_map(|pack| Some(pack.ampp.as_ref()?.id.as_str()))
            .collect();
        // Of several classifications that have it none is chosen.
        let rubric = match self.classifications.as_slice() {
            [only] => only.name(),
            _ => None,
        };
        vec![
            self.code.clone(),
            self.status.word().to_owned(),
            self.kind(),
            of(|card| Some(card.id.clone())),
            of(|card| Some(card.active.to_string())),
            of(|card| Some(card.preferred_term.as_ref()?.term.clone())),
            of(|card| card.fully_specified_name.clone()),
            of(|card| card.semantic_tag.clone()),
            of(|card| card.effective_time.clone()),
            of(|card| card.definition_status.clone()),
            of(|card| Some(card.module.as_ref()?.id.clone())),
            self.dmd.as_ref().map(|card| card.status.word().to_owned()).unwrap_or_default(),
            product(|name| Some(name.level.to_owned())),
            self.dmd_ids(),
            product(|name| name.name.clone()),
            product(|name| Some(name.invalid?.to_string())),
            packs.join(" "),
            rubric.map(|name| name.code.clone()).unwrap_or_default(),
            rubric.map(|name| name.title.clone()).unwrap_or_default(),
            self.note(),
            self.expression.as_ref().and_then(|card| card.normal_form.clone()).unwrap_or_default(),
        ]
    }

    fn code(&self) -> Option<String> {
        let product = || self.dmd.as_ref()?.name.as_ref().map(|name| name.id.clone());
        let rubric = || match self.classifications.as_slice() {
            [only] => only.name().map(|name| name.code.clone()),
            _ => None,
        };
        let whole = || self.expression.as_ref()?.precoordinated.clone().filter(|_| self.is_found());
        let concept = self.concept().map(|card| card.id.clone());
        concept.or_else(product).or_else(rubric).or_else(whole)
    }
}

/// What to say of a code of a classification that nobody can look up.
pub(super) const UNASKED: &str =
    "it has the form of a code of ICD-10 or OPCS-4; no index with either is open";

/// A code without the term that SNOMED CT expressions put between bars behind it.
pub(super) fn without_term(code: &str) -> &str {
    match code.split_once('|') {
        Some((id, rest)) if rest.trim_end().ends_with('|') => id.trim_end(),
        _ => code,
    }
}

/// What to say of a text that is no code of any kind.
pub(super) fn unreadable(code: &str) -> &'static str {
    let exponent = code.split_once(['E', 'e']).is_some_and(|(digits, power)| {
        let number = |text: &str| {
            !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        };
        number(digits) && number(power.trim_start_matches('+'))
    });
    if matches!(Scan::parse(code), Ok(Scan::ElementStrings(_) | Scan::DigitalLink(_))) {
        return "a scanned barcode: ask farr scan";
    }
    match exponent {
        true => {
            "a number as a spreadsheet shows it: its last digits are lost, so take the code \
                 from its source again"
        }
        false => "neither a SNOMED CT id, a GTIN, an NHS number, nor a code of ICD-10 or OPCS-4",
    }
}
