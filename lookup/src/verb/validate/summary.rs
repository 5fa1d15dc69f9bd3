//! What a run ends with: how many rows came out how, for reading or for another program.

use farr::Date;
use farr::coding::{Outcome, Release};
use serde::Serialize;
use serde_json::json;

use super::row::Part;
use super::tally::{Failing, MOST_CODES, Outcomes, Totals};
use crate::failure::Failure;
use crate::output::number::grouped;
use crate::output::palette::Palette;
use crate::output::table::{Look, Table};
use crate::output::text::shown;
use crate::table::withheld::WITHHELD;

/// Columns of the screen that the summary takes.
const WIDTH: usize = 100;
/// Columns of a bar.
const BAR: u64 = 24;
/// Failing codes that the summary shows.
const SHOWN: usize = 10;
/// Failing codes that the summary has for another program.
const SHOWN_TO_PROGRAMS: usize = 1_000;
/// The outcomes, the lightest first.
pub(super) const OUTCOMES: [Outcome; 3] = [Outcome::Accept, Outcome::Warn, Outcome::Reject];

/// A run that has ended.
#[derive(Debug)]
pub(super) struct Overview<'o> {
    pub(super) file: &'o str,
    /// What the file holds.
    pub(super) kind: &'o str,
    pub(super) columns: Vec<(Part, &'o str)>,
    pub(super) asked: Vec<(&'static str, String)>,
    pub(super) releases: &'o [Release],
    pub(super) today: Option<Date>,
    pub(super) totals: &'o Totals,
}

impl Overview<'_> {
    /// The column with the codes.
    pub(super) fn column(&self) -> Option<&str> {
        self.columns.iter().find(|(part, _)| *part == Part::Code).map(|(_, name)| *name)
    }
}

impl Failing {
    /// The code as a summary shows it.
    pub(super) fn shown_code(&self) -> String {
        match (self.judged.is_withheld, self.judged.code.as_str()) {
            (true, _) => WITHHELD.to_owned(),
            (false, "") => "(empty)".to_owned(),
            (false, code) if code.trim().is_empty() => "(only spaces)".to_owned(),
            (false, code) => shown(code).into_owned(),
        }
    }

    /// What was found, in words that do not tell whose a number is.
    pub(super) fn shown_message(&self) -> String {
        let findings = &self.judged.findings;
        match self.judged.is_withheld {
            true => findings.iter().map(|(found, _)| found.about()).collect::<Vec<_>>().join("; "),
            false => self.judged.message.clone(),
        }
    }

    /// What may be meant, if it does not tell whose a number is.
    pub(super) fn shown_suggestion(&self) -> &str {
        if self.judged.is_withheld { "" } else { &self.judged.suggestion }
    }
}

/// A part of a whole as a percentage: never "0 %" of something, nor "100 %" of less than everything.
pub(super) fn percentage(part: u64, whole: u64) -> String {
    if part == 0 || whole == 0 {
        return "0 %".to_owned();
    }
    if part == whole {
        return "100 %".to_owned();
    }
    let percentage = part as f64 * 100.0 / whole as f64;
    match percentage {
        small if small < 0.05 => "< 0.1 %".to_owned(),
        large if large >= 99.95 => "> 99.9 %".to_owned(),
        other => format!("{other:.1} %"),
    }
}

fn bar(part: u64, whole: u64) -> String {
    if part == 0 || whole == 0 {
        return String::new();
    }
    let columns = (u128::from(part) * u128::from(BAR)).div_ceil(u128::from(whole));
    "\u{2588}".repeat(columns.min(u128::from(BAR)) as usize)
}

/// The summary for reading.
pub(super) fn text(overview: &Overview<'_>) -> String {
    let (totals, rows) = (overview.totals, overview.totals.outcomes.rows());
    let mut text = format!(
        "{} {} of {}{}\n",
        grouped(rows),
        if rows == 1 { "row" } else { "rows" },
        shown(overview.file),
        overview.column().map(|name| format!(", column {}", shown(name))).unwrap_or_default(),
    );
    for release in overview.releases {
        text.push_str(&format!("judged by {release}\n"));
    }
    if overview.releases.is_empty() {
        text.push_str("judged by no release: by the codes alone\n");
    }
    let mut table = Table::new(&[
        ("outcome", Look::Short),
        ("rows", Look::Number),
        ("share", Look::Number),
        ("", Look::Short),
    ]);
    for outcome in OUTCOMES {
        let count = totals.outcomes.of(outcome);
        table.row([
            outcome.word().to_owned(),
            grouped(count),
            percentage(count, rows),
            bar(count, rows),
        ]);
    }
    text.push('\n');
    text.push_str(&table.draw(Palette::new(false), Some(WIDTH)));
    if !totals.findings.is_empty() {
        let most = totals.findings.values().copied().max().unwrap_or(0);
        let mut table = Table::new(&[
            ("finding", Look::Id),
            ("severity", Look::Short),
            ("rows", Look::Number),
            ("", Look::Short),
        ]);
        for ((found, severity), count) in in_order(totals) {
            table.row([
                found.code().to_owned(),
                severity.word().to_owned(),
                grouped(count),
                bar(count, most),
            ]);
        }
        text.push('\n');
        text.push_str(&table.draw(Palette::new(false), Some(WIDTH)));
    }
    let worst = totals.worst(SHOWN);
    if !worst.is_empty() {
        let mut table = Table::new(&[
            ("code", Look::Id),
            ("rows", Look::Number),
            ("first", Look::Number),
            ("what was found", Look::Term),
        ]);
        for failing in &worst {
            table.row([
                failing.shown_code(),
                grouped(failing.rows),
                grouped(failing.first_row),
                failing.shown_message(),
            ]);
        }
        text.push('\n');
        text.push_str(&table.draw(Palette::new(false), Some(WIDTH)));
        if let Some(rest) = rest(totals, worst.len()) {
            text.push_str(&rest);
            text.push('\n');
        }
    }
    text.truncate(text.trim_end().len());
    text
}

/// What was found and how often, the most frequent first.
pub(super) fn in_order(totals: &Totals) -> Vec<((super::row::Found, farr::coding::Severity), u64)> {
    let mut findings: Vec<_> =
        totals.findings.iter().map(|(found, rows)| (*found, *rows)).collect();
    findings.sort_by_key(|(found, rows)| (std::cmp::Reverse(*rows), *found));
    findings
}

/// What is said of failing codes that are not shown.
pub(super) fn rest(totals: &Totals, shown: usize) -> Option<String> {
    let more = totals.failing_codes().saturating_sub(shown) as u64;
    let told = match more {
        0 => String::new(),
        more => format!("and {} more different codes", grouped(more)),
    };
    match totals.uncounted {
        0 => (more > 0).then_some(told),
        rows => Some(format!(
            "{told}{}{} rows of codes beyond the first {} different ones, which were not counted \
             code by code",
            if told.is_empty() { "" } else { "; and " },
            grouped(rows),
            grouped(MOST_CODES as u64),
        )),
    }
}

#[derive(Serialize)]
struct OutcomesRecord {
    accept: u64,
    warn: u64,
    reject: u64,
}

impl From<Outcomes> for OutcomesRecord {
    fn from(outcomes: Outcomes) -> OutcomesRecord {
        let Outcomes { accept, warn, reject } = outcomes;
        OutcomesRecord { accept, warn, reject }
    }
}

/// The summary for another program, on one line. Its keys are an interface.
pub(super) fn json(overview: &Overview<'_>) -> Result<String, Failure> {
    let totals = overview.totals;
    let findings: Vec<_> = in_order(totals)
        .into_iter()
        .map(|((found, severity), rows)| {
            json!({
                "finding": found.code(),
                "severity": severity.word(),
                "rows": rows,
                "about": found.about(),
            })
        })
        .collect();
    let worst: Vec<_> = totals
        .worst(SHOWN_TO_PROGRAMS)
        .into_iter()
        .map(|failing| {
            let judged = &failing.judged;
            let codes: Vec<&str> = judged.findings.iter().map(|(found, _)| found.code()).collect();
            json!({
                "code": (!judged.is_withheld).then_some(&judged.code),
                "rows": failing.rows,
                "first_row": failing.first_row,
                "outcome": judged.outcome.word(),
                "findings": codes,
                "message": failing.shown_message(),
                "suggestion": failing.shown_suggestion(),
            })
        })
        .collect();
    let stretches: Vec<OutcomesRecord> =
        totals.stretches.iter().map(|stretch| (*stretch).into()).collect();
    let releases: Vec<String> = overview.releases.iter().map(ToString::to_string).collect();
    let asked: serde_json::Map<String, serde_json::Value> = overview
        .asked
        .iter()
        .map(|(label, text)| (label.to_lowercase().replace(' ', "_"), text.as_str().into()))
        .collect();
    let summary = json!({
        "file": overview.file,
        "column": overview.column(),
        "rows": totals.outcomes.rows(),
        "outcomes": OutcomesRecord::from(totals.outcomes),
        "findings": findings,
        "failing_codes": totals.failing_codes(),
        "rows_of_uncounted_codes": totals.uncounted,
        "worst": worst,
        "rows_a_stretch": totals.rows_a_stretch,
        "stretches": stretches,
        "asked": asked,
        "releases": releases,
        "today": overview.today.map(|day| day.to_string()),
    });
    serde_json::to_string(&summary).map_err(|error| Failure::Output(error.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_hides_nothing() {
        assert_eq!(percentage(0, 10), "0 %");
        assert_eq!(percentage(10, 10), "100 %");
        assert_eq!(percentage(1, 1_000_000), "< 0.1 %");
        assert_eq!(percentage(999_999, 1_000_000), "> 99.9 %");
        assert_eq!(percentage(1, 3), "33.3 %");
        assert_eq!(percentage(0, 0), "0 %");
    }

    #[test]
    fn a_bar_is_there_for_any_row() {
        assert_eq!(bar(0, 5), "");
        assert_eq!(bar(1, 1_000_000).chars().count(), 1);
        assert_eq!(bar(7, 7).chars().count(), BAR as usize);
    }
}
