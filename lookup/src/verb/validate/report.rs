//! A report of a run: one page of HTML that needs nothing else, and runs nothing.

use std::fmt::Write as _;

use farr::coding::{Outcome, Severity};

use super::row::Part;
use super::summary::{OUTCOMES, Overview, in_order, percentage, rest};
use super::tally::Outcomes;
use crate::output::html::{self, escaped};
use crate::output::number::grouped;

/// Failing codes that it shows.
const SHOWN: usize = 500;

/// The page.
pub(super) fn page(overview: &Overview<'_>) -> String {
    let mut body = String::with_capacity(1 << 16);
    // A String takes whatever is written to it.
    let _ = write_body(&mut body, overview);
    html::page(&format!("Code validation: {}", file_name(overview.file)), &body)
}

fn write_body(page: &mut String, overview: &Overview<'_>) -> std::fmt::Result {
    let name = file_name(overview.file);
    let rows = overview.totals.outcomes.rows();
    let day = overview.today.map(|day| format!(", {day}")).unwrap_or_default();
    write!(
        page,
        "<header>\n<p class=\"quiet\">Code validation{day}</p>\n<h1>{}</h1>\n<p>{}</p>\n</header>\n",
        escaped(name),
        headline(overview.totals.outcomes)
    )?;
    write!(page, "<dl class=\"tiles\">\n<div><dt>Rows</dt><dd>{}</dd></div>\n", grouped(rows))?;
    for outcome in OUTCOMES {
        let count = overview.totals.outcomes.of(outcome);
        writeln!(
            page,
            "<div class=\"{}\"><dt>{}</dt><dd>{}</dd><dd>{}</dd></div>",
            outcome.word(),
            named(outcome),
            grouped(count),
            escaped(&percentage(count, rows))
        )?;
    }
    page.push_str("</dl>\n");
    whole(page, overview.totals.outcomes)?;
    places(page, overview)?;
    findings(page, overview)?;
    codes(page, overview)?;
    facts(page, overview)?;
    write!(
        page,
        "<footer>\n<p>Made by farr {}. Suggestions are for a person to decide on: farr changes \
         nothing.</p>\n</footer>\n",
        env!("CARGO_PKG_VERSION")
    )
}

fn file_name(file: &str) -> &str {
    file.rsplit(['/', '\\']).next().filter(|name| !name.is_empty()).unwrap_or(file)
}

fn named(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Accept => "Accepted",
        Outcome::Warn => "To be looked at",
        Outcome::Reject => "Not accepted",
    }
}

fn headline(outcomes: Outcomes) -> String {
    let rows = outcomes.rows();
    let (warn, reject) = (outcomes.of(Outcome::Warn), outcomes.of(Outcome::Reject));
    let of_rows = format!("of {} {}", grouped(rows), if rows == 1 { "row" } else { "rows" });
    let have = if reject == 1 { "has" } else { "have" };
    let are = if warn == 1 { "is" } else { "are" };
    let rejected = || format!("{} {of_rows} {have} a code that was not accepted", grouped(reject));
    match (rows, warn, reject) {
        (0, _, _) => "The table has no rows.".to_owned(),
        (_, 0, 0) => "Every code was accepted.".to_owned(),
        (_, 0, _) => format!("{}.", rejected()),
        (_, _, 0) => format!("{} {of_rows} {are} to be looked at.", grouped(warn)),
        _ => format!("{}, and {} {are} to be looked at.", rejected(), grouped(warn)),
    }
}

/// One bar: all rows by outcome.
fn whole(page: &mut String, outcomes: Outcomes) -> std::fmt::Result {
    const WIDTH: f64 = 1000.0;
    let rows = outcomes.rows().max(1);
    let label: Vec<String> = OUTCOMES
        .iter()
        .map(|one| {
            format!("{} {}", percentage(outcomes.of(*one), rows), named(*one).to_lowercase())
        })
        .collect();
    write!(
        page,
        "<svg class=\"whole\" viewBox=\"0 0 {WIDTH} 10\" preserveAspectRatio=\"none\" role=\"img\" \
         aria-label=\"{}\"><rect class=\"track\" width=\"{WIDTH}\" height=\"10\"/>",
        escaped(&label.join(", "))
    )?;
    let mut start = 0.0;
    for outcome in OUTCOMES {
        let width = share(outcomes.of(outcome), rows) * WIDTH;
        if width > 0.0 {
            let word = outcome.word();
            write!(
                page,
                "<rect class=\"{word}\" x=\"{start:.2}\" width=\"{width:.2}\" height=\"10\"/>"
            )?;
        }
        start += width;
    }
    page.push_str("</svg>\n");
    Ok(())
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Where in the table the rows stand that were not accepted.
fn places(page: &mut String, overview: &Overview<'_>) -> std::fmt::Result {
    const WIDTH: f64 = 960.0;
    const HEIGHT: f64 = 160.0;
    let totals = overview.totals;
    let failing = |one: &Outcomes| one.of(Outcome::Warn) + one.of(Outcome::Reject);
    if totals.stretches.len() < 2 || totals.stretches.iter().all(|one| failing(one) == 0) {
        return Ok(());
    }
    let most =
        totals.stretches.iter().map(|one| share(failing(one), one.rows())).fold(0.0_f64, f64::max);
    // A round number above the highest bar.
    let top = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5]
        .into_iter()
        .find(|top| *top >= most)
        .unwrap_or(1.0);
    write!(
        page,
        "<section>\n<h2>Where in the table</h2>\n<p class=\"legend\">Share of rows that were \
         <span class=\"word reject\">not accepted</span> or are \
         <span class=\"word warn\">to be looked at</span>, for each {} rows in their order.</p>\n\
         <p class=\"scale\"><span>{} of the rows</span></p>\n<svg class=\"places\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" preserveAspectRatio=\"none\" \
         role=\"img\" aria-label=\"Share of rows that were not accepted, along the table; at most \
         {}\">",
        grouped(totals.rows_a_stretch),
        percent_of(top),
        percent_of(most)
    )?;
    for quarter in 0..=4_u8 {
        let y = HEIGHT * f64::from(quarter) / 4.0;
        write!(
            page,
            "<line class=\"axis\" x1=\"0\" x2=\"{WIDTH}\" y1=\"{y}\" y2=\"{y}\" \
             vector-effect=\"non-scaling-stroke\"/>"
        )?;
    }
    let slot = WIDTH / totals.stretches.len() as f64;
    for (place, stretch) in totals.stretches.iter().enumerate() {
        let first = place as u64 * totals.rows_a_stretch + 1;
        let last = first + stretch.rows().saturating_sub(1);
        write!(
            page,
            "<g><title>rows {} to {}: {} not accepted, {} to be looked at</title>",
            grouped(first),
            grouped(last),
            grouped(stretch.of(Outcome::Reject)),
            grouped(stretch.of(Outcome::Warn))
        )?;
        let mut base = HEIGHT;
        for outcome in [Outcome::Reject, Outcome::Warn] {
            let height = share(stretch.of(outcome), stretch.rows()) / top * HEIGHT;
            base -= height;
            if height > 0.0 {
                write!(
                    page,
                    "<rect class=\"{}\" x=\"{:.2}\" y=\"{base:.2}\" width=\"{:.2}\" \
                     height=\"{height:.2}\"/>",
                    outcome.word(),
                    place as f64 * slot + slot * 0.1,
                    slot * 0.8
                )?;
            }
        }
        page.push_str("</g>");
    }
    write!(
        page,
        "</svg>\n<p class=\"scale\"><span>row 1</span><span>row {}</span></p>\n</section>\n",
        grouped(totals.outcomes.rows())
    )
}

fn percent_of(share: f64) -> String {
    let percent = share * 100.0;
    match percent {
        whole if whole >= 10.0 => format!("{whole:.0} %"),
        part => format!("{part:.1} %"),
    }
}

fn findings(page: &mut String, overview: &Overview<'_>) -> std::fmt::Result {
    let (totals, found) = (overview.totals, in_order(overview.totals));
    if found.is_empty() {
        return Ok(());
    }
    let most = found.iter().map(|(_, rows)| *rows).max().unwrap_or(0);
    page.push_str(
        "<section>\n<h2>What was found</h2>\n\
         <p class=\"legend\"><span class=\"word reject\">reject</span>: the code is not accepted. \
         <span class=\"word warn\">warn</span>: it is to be looked at. \
         <span class=\"word note\">note</span>: it is accepted, and this is told of it. \
         A row may have several findings.</p>\n\
         <div class=\"scroll\">\n<table class=\"findings\">\n<thead><tr>\
         <th scope=\"col\">Finding</th><th scope=\"col\">Severity</th>\
         <th scope=\"col\" class=\"number\">Rows</th>\
         <th scope=\"col\" class=\"number\">Share</th><th class=\"chart\"></th></tr></thead>\n\
         <tbody>\n",
    );
    for ((found, severity), rows) in found {
        writeln!(
            page,
            "<tr><th scope=\"row\"><code>{}</code><br><span class=\"quiet\">{}</span></th>\
             <td class=\"word {}\">{}</td><td class=\"number rows\">{}</td>\
             <td class=\"number\">{}</td><td class=\"chart\">\
             <svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
             <rect class=\"track\" width=\"100\" height=\"10\"/>\
             <rect class=\"{}\" width=\"{:.2}\" height=\"10\"/></svg></td></tr>",
            found.code(),
            escaped(found.about()),
            class_of(severity),
            severity.word(),
            grouped(rows),
            escaped(&percentage(rows, totals.outcomes.rows())),
            class_of(severity),
            share(rows, most) * 100.0
        )?;
    }
    page.push_str("</tbody>\n</table>\n</div>\n</section>\n");
    Ok(())
}

fn class_of(severity: Severity) -> &'static str {
    match severity {
        Severity::Ignore | Severity::Note => "note",
        Severity::Warn => "warn",
        Severity::Reject => "reject",
    }
}

fn codes(page: &mut String, overview: &Overview<'_>) -> std::fmt::Result {
    let worst = overview.totals.worst(SHOWN);
    if worst.is_empty() {
        return Ok(());
    }
    page.push_str("<section>\n<h2>Codes to look at, the most frequent first</h2>\n");
    if worst.iter().any(|failing| failing.judged.is_withheld) {
        page.push_str(
            "<p class=\"quiet\">What is, or may be, an NHS number is withheld: it tells whose the row is.</p>\n",
        );
    }
    page.push_str(
        "<div class=\"scroll\">\n<table class=\"codes\">\n<thead><tr><th scope=\"col\">Code</th>\
         <th scope=\"col\" class=\"number\">Rows</th>\
         <th scope=\"col\" class=\"number\">First row</th><th scope=\"col\">Outcome</th>\
         <th scope=\"col\">What was found</th></tr></thead>\n<tbody>\n",
    );
    for failing in &worst {
        let judged = &failing.judged;
        let word = judged.outcome.word();
        write!(
            page,
            "<tr><th scope=\"row\"><code>{}</code></th><td class=\"number rows\">{}</td>\
             <td class=\"number first\">{}</td><td class=\"word {word}\">{word}</td><td>{}",
            escaped(&shortened(&failing.shown_code())),
            grouped(failing.rows),
            grouped(failing.first_row),
            escaped(&failing.shown_message())
        )?;
        // The message has the first of them already.
        let message = failing.shown_message();
        let mut suggestions = failing.shown_suggestion().split("; ");
        if !suggestions.all(|suggestion| message.contains(suggestion)) {
            write!(
                page,
                "<div class=\"suggestion\"><span class=\"quiet\">Suggested:</span> {}</div>",
                escaped(failing.shown_suggestion())
            )?;
        }
        page.push_str("</td></tr>\n");
    }
    page.push_str("</tbody>\n</table>\n</div>\n");
    if let Some(rest) = rest(overview.totals, worst.len()) {
        writeln!(page, "<p class=\"quiet\">{}.</p>", escaped(&rest))?;
    }
    page.push_str("</section>\n");
    Ok(())
}

/// A code of a length that a table can show.
fn shortened(code: &str) -> String {
    const LONGEST: usize = 60;
    match code.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}\u{2026}", code.get(..end).unwrap_or_default()),
        None => code.to_owned(),
    }
}

fn facts(page: &mut String, overview: &Overview<'_>) -> std::fmt::Result {
    page.push_str("<section>\n<h2>What was asked</h2>\n<dl class=\"facts\">\n");
    let mut fact = |label: &str, text: &str| {
        let (label, text) = (escaped(label), escaped(text));
        writeln!(page, "<dt>{label}</dt><dd>{text}</dd>")
    };
    fact("Table", overview.file)?;
    fact("Read as", overview.kind)?;
    for (part, name) in &overview.columns {
        let label = match part {
            Part::Code => "Column of codes",
            Part::Display => "Column of texts",
            Part::Date => "Column of dates",
            Part::Sex => "Column of sexes",
            Part::Age => "Column of ages",
            Part::Alongside => "Column of codes alongside",
        };
        fact(label, name)?;
    }
    for (label, text) in &overview.asked {
        fact(label, text)?;
    }
    match overview.releases {
        [] => fact("Judged by", "no release: by the codes alone")?,
        releases => {
            for release in releases {
                fact("Judged by", &release.to_string())?;
            }
        }
    }
    if let Some(day) = overview.today {
        fact("Date", &day.to_string())?;
    }
    page.push_str("</dl>\n</section>\n");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_codes_and_paths_are_shortened() {
        assert_eq!(shortened(&"x".repeat(70)).chars().count(), 61);
        assert_eq!(file_name("/data/\u{fc}x.csv"), "\u{fc}x.csv");
        assert_eq!(file_name("standard input"), "standard input");
    }

    #[test]
    fn the_first_sentence_counts_rows() {
        let said = |accept, warn, reject| {
            let mut outcomes = Outcomes::default();
            for (outcome, rows) in
                [(Outcome::Accept, accept), (Outcome::Warn, warn), (Outcome::Reject, reject)]
            {
                outcomes.add(outcome, rows);
            }
            headline(outcomes)
        };
        assert_eq!(said(0, 0, 0), "The table has no rows.");
        assert_eq!(said(9, 0, 0), "Every code was accepted.");
        assert_eq!(said(8, 1, 0), "1 of 9 rows is to be looked at.");
        assert_eq!(said(8, 0, 1), "1 of 9 rows has a code that was not accepted.");
        assert_eq!(
            said(5, 2, 2),
            "2 of 9 rows have a code that was not accepted, and 2 are to be looked at."
        );
    }
}
