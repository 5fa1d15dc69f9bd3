//! What was scanned.

use farr::Date;
use farr::id::gs1::{ElementStrings, Gs1Date, Gs1DateTime, Scan, Symbology};
use serde::Serialize;

use super::draw::Sheet;

/// A date of an element string.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ScannedDate {
    /// The application identifier.
    pub(crate) ai: String,
    /// Six digits, as scanned.
    pub(crate) digits: String,
    /// The day, or the last day of the month where none is named; the century is the one that the
    /// day asked about tells. `None` where the calendar has no such day.
    pub(crate) last_day: Option<String>,
    /// Whether it names a day.
    pub(crate) has_day: bool,
    /// The time of the day, local to wherever that is, where it names one.
    pub(crate) time: Option<String>,
    /// Whether it lies before the day asked about; `None` where it is a time of that very day, or
    /// where there is no such day.
    pub(crate) past: Option<bool>,
}

impl ScannedDate {
    fn of(ai: u16, date: Gs1Date, time: Option<String>, on: Date) -> ScannedDate {
        let last_day = date.last_day(on.year()).ok();
        ScannedDate {
            ai: format!("{ai:02}"),
            digits: date.to_string(),
            last_day: last_day.map(|day| day.to_string()),
            has_day: date.day().is_some(),
            past: match last_day {
                Some(day) if day == on && time.is_some() => None,
                day => day.map(|day| day < on),
            },
            time,
        }
    }

    fn of_time(ai: u16, at: Gs1DateTime, on: Date) -> ScannedDate {
        let part = |part: Option<u8>| part.map(|part| format!(":{part:02}")).unwrap_or_default();
        let minute = part(at.minute.or(Some(0)));
        let time = format!("{:02}{minute}{}", at.hour, part(at.second));
        ScannedDate::of(ai, at.date, Some(time), on)
    }

    /// It for reading.
    fn words(&self) -> String {
        let mut words = match &self.last_day {
            Some(day) => day.clone(),
            None => format!("{}, a day that the calendar does not have", self.digits),
        };
        if let Some(time) = &self.time {
            words.push_str(&format!(" {time} local time"));
        }
        if !self.has_day {
            words.push_str(" (the last day of the month that is printed)");
        }
        words
    }
}

/// An element string.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ElementCard {
    pub(crate) ai: String,
    pub(crate) title: String,
    pub(crate) value: String,
    /// The value as a date, of those application identifiers whose value is one.
    pub(crate) date: Option<ScannedDate>,
}

/// What was scanned.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ScanCard {
    /// `gtin`, `element-strings` or `digital-link`.
    pub(crate) form: &'static str,
    /// What the scanner said of the symbol, `]d2`.
    pub(crate) symbology: Option<String>,
    #[serde(skip)]
    symbology_name: Option<&'static str>,
    /// 14 digits.
    pub(crate) gtin: Option<String>,
    /// `GTIN-8`, `GTIN-12`, `GTIN-13` or `GTIN-14`.
    pub(crate) gtin_format: Option<String>,
    pub(crate) batch_or_lot: Option<String>,
    /// Of (17) and (7003) the earlier one.
    pub(crate) expiry: Option<ScannedDate>,
    pub(crate) serial_number: Option<String>,
    pub(crate) elements: Vec<ElementCard>,
    /// What does not go together by the rules of GS1.
    pub(crate) association_problems: Vec<String>,
    /// Parameters of a GS1 Digital Link that are no element strings, `name=value`.
    pub(crate) ignored: Vec<String>,
}

impl ScanCard {
    pub(crate) fn of(scan: &Scan<'_>, on: Date) -> ScanCard {
        let elements = scan.element_strings();
        let text = |text: Option<&str>| text.map(str::to_owned);
        let ignored = match scan {
            Scan::DigitalLink(link) => link.ignored(),
            _ => &[],
        };
        ScanCard {
            form: match scan {
                Scan::Gtin { .. } => "gtin",
                Scan::ElementStrings(_) => "element-strings",
                Scan::DigitalLink(_) => "digital-link",
            },
            symbology: scan.symbology().map(|symbology| symbology.to_string()),
            symbology_name: scan.symbology().and_then(name_of),
            gtin: scan.gtin().map(|gtin| gtin.to_string()),
            gtin_format: scan.gtin().map(|gtin| gtin.format().to_string()),
            batch_or_lot: elements.and_then(|all| text(all.batch_or_lot())),
            expiry: elements.and_then(|all| expiry(all, on)),
            serial_number: elements.and_then(|all| text(all.serial_number())),
            elements: elements.map(|all| cards(all, on)).unwrap_or_default(),
            association_problems: elements
                .into_iter()
                .flat_map(|all| all.association_problems())
                .map(|problem| problem.to_string())
                .collect(),
            ignored: ignored.iter().map(|(name, value)| format!("{name}={value}")).collect(),
        }
    }
}

/// What the kind of barcode is called.
fn name_of(symbology: Symbology) -> Option<&'static str> {
    Some(match symbology {
        Symbology::Gs1128 => "GS1-128",
        Symbology::Gs1DataMatrix => "GS1 DataMatrix",
        Symbology::Gs1QrCode => "GS1 QR Code",
        Symbology::Gs1DotCode => "GS1 DotCode",
        Symbology::Gs1DataBar => "GS1 DataBar",
        Symbology::Ean13 => "EAN-13",
        Symbology::Ean13WithAddOn => "EAN-13 with an add-on",
        Symbology::Ean8 => "EAN-8",
        Symbology::DataMatrix => "Data Matrix",
        Symbology::QrCode => "QR Code",
        _ => return None,
    })
}

/// The expiry: a barcode may have it as a day, as a time, or as both.
fn expiry(elements: &ElementStrings<'_>, on: Date) -> Option<ScannedDate> {
    let time = elements.expiry_time().map(|at| ScannedDate::of_time(7003, at, on));
    let day = elements.expiry().map(|date| ScannedDate::of(17, date, None, on));
    // Of two that differ, the earlier one is the safe one to go by.
    time.into_iter().chain(day).min_by(|one, other| one.last_day.cmp(&other.last_day))
}

fn cards(elements: &ElementStrings<'_>, on: Date) -> Vec<ElementCard> {
    let dates = [
        (11, elements.production_date()),
        (13, elements.packaging_date()),
        (15, elements.best_before()),
        (16, elements.sell_by()),
        (17, elements.expiry()),
    ];
    let times = [(7003, elements.expiry_time()), (8008, elements.production_time())];
    let dates: Vec<ScannedDate> = dates
        .into_iter()
        .filter_map(|(ai, date)| Some(ScannedDate::of(ai, date?, None, on)))
        .chain(times.into_iter().filter_map(|(ai, at)| Some(ScannedDate::of_time(ai, at?, on))))
        .collect();
    let card = |element: &farr::id::gs1::Element<'_>| {
        let ai = element.application_identifier().to_string();
        ElementCard {
            title: element.definition().title().to_owned(),
            value: element.value().to_owned(),
            date: dates.iter().find(|date| date.ai == ai).cloned(),
            ai,
        }
    };
    elements.iter().map(card).collect()
}

/// Draws what was scanned.
pub(crate) fn draw(sheet: &mut Sheet, card: &ScanCard, on: Date) {
    let palette = sheet.palette();
    if let Some(symbology) = &card.symbology {
        let name = card.symbology_name.map(|name| format!(" ({name})"));
        sheet.plain("Barcode", &format!("{symbology}{}", name.unwrap_or_default()));
    }
    if let Some(gtin) = &card.gtin {
        let format = card.gtin_format.as_deref().unwrap_or_default();
        sheet.labelled("GTIN", &format!("{gtin} ({format})"), |text| palette.id(text));
    }
    if let Some(batch) = &card.batch_or_lot {
        sheet.plain("Batch", batch);
    }
    if let Some(expiry) = &card.expiry {
        let words = expiry.words();
        match expiry.past {
            Some(true) => {
                sheet.labelled("Expiry", &format!("{words}: EXPIRED by {on}"), |t| palette.bad(t));
            }
            Some(false) => sheet.plain("Expiry", &words),
            None => {
                let text = format!("{words}: whether it is past on {on} is for a clock to say");
                sheet.labelled("Expiry", &text, |text| palette.warning(text));
            }
        }
    }
    if let Some(serial) = &card.serial_number {
        sheet.plain("Serial number", serial);
    }
    for element in &card.elements {
        let ai = element.ai.as_str();
        let told = matches!(ai, "01" | "10" | "21")
            || card.expiry.as_ref().is_some_and(|expiry| expiry.ai == ai);
        if !told {
            let value = match &element.date {
                Some(date) => date.words(),
                None => element.value.clone(),
            };
            sheet.plain(format!("({ai}) {}", element.title).trim_end(), &value);
        }
    }
    for problem in &card.association_problems {
        sheet.labelled("Remark", problem, |text| palette.warning(text));
    }
    sheet.list("Not read", card.ignored.iter().cloned());
}
