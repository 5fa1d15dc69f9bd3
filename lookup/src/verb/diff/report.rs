//! A report of what changed, for whoever answers for clinical safety.

use std::fmt::Write as _;

use farr::Date;
use farr::diff::{Change, ChangeKind};

use super::compared::{Compared, of_system};
use super::summary::dialect_name;
use super::told::{OfKind, Overview, in_words, left_out_in_words};
use crate::output::html::{self, escaped};
use crate::output::number::grouped;

/// The page.
pub(super) fn page(overview: &Overview<'_>) -> String {
    let mut body = String::with_capacity(1 << 16);
    // A String takes whatever is written to it.
    let _ = write_body(&mut body, overview);
    html::page(title(overview), &body)
}

fn title(overview: &Overview<'_>) -> &'static str {
    match overview.about.is_empty() {
        true => "What a release changes",
        false => "What a release changes for your codes",
    }
}

/// How many changes matter, how many do not, and how many questions are open.
fn totals(overview: &Overview<'_>) -> [u64; 3] {
    let count = |takes: &dyn Fn(ChangeKind) -> bool| {
        overview
            .kinds
            .iter()
            .filter(|((_, kind), _)| takes(*kind))
            .map(|(_, of_kind)| of_kind.count)
            .sum()
    };
    let open = |kind| kind == ChangeKind::CannotTell;
    [
        count(&|kind| kind.matters() && !open(kind)),
        count(&|kind| !kind.matters()),
        count(&|kind| open(kind)),
    ]
}

fn headline([matters, others, open]: [u64; 3], is_chosen: bool) -> String {
    let changes = |count: u64| match count {
        1 => "1 change".to_owned(),
        count => format!("{} changes", grouped(count)),
    };
    let mut words = match (matters, others) {
        (0, 0) if is_chosen => "Nothing changed among the kinds that were asked for".to_owned(),
        (0, 0) => "Nothing changed".to_owned(),
        (0, others) => format!("{}, none of which matters", changes(others)),
        (matters, 0) => format!("{}, any of which may matter", changes(matters)),
        (matters, others) => format!(
            "{}, of which {} may answer a question otherwise than before",
            changes(matters + others),
            grouped(matters)
        ),
    };
    if open > 0 {
        words.push_str(&format!("; {} cannot be told", grouped(open)));
    }
    words + "."
}

fn write_body(page: &mut String, overview: &Overview<'_>) -> std::fmt::Result {
    let totals = totals(overview);
    let [matters, others, open] = totals;
    write!(
        page,
        "<header>\n<p class=\"quiet\">Comparison of releases</p>\n<h1>{}</h1>\n<p>{}</p>\n</header>\n",
        title(overview),
        headline(totals, !overview.choice.is_empty())
    )?;
    cautions(page, overview)?;
    page.push_str("<dl class=\"tiles\">\n");
    for (class, label, count) in [
        ("reject", "Changes that matter", matters),
        ("accept", "Other changes", others),
        ("warn", "Cannot be told", open),
    ] {
        writeln!(page, "<div class=\"{class}\"><dt>{label}</dt><dd>{}</dd></div>", grouped(count))?;
    }
    page.push_str("</dl>\n");
    releases(page, overview)?;
    counts(page, overview)?;
    for ((system, kind), of_kind) in overview.kinds {
        changes(page, system.name(), *kind, of_kind)?;
    }
    asked(page, overview)?;
    write!(
        page,
        "<footer>\n<p>Made by farr {}. A change matters where a code that was recorded, asked for \
         or prescribed may now be answered otherwise. What to do about it is for a person to \
         decide: farr changes nothing.</p>\n</footer>\n",
        env!("CARGO_PKG_VERSION")
    )
}

/// What a reader has to know before the numbers: this is not the whole, or not what it seems.
fn cautions(page: &mut String, overview: &Overview<'_>) -> std::fmt::Result {
    let mut cautions: Vec<String> = overview.warnings.iter().map(|text| sentence(text)).collect();
    if !overview.choice.is_empty() {
        let left_out = left_out_in_words(overview.left_out);
        cautions.push(format!(
            "This page has not all kinds of change, but what {} chooses: {}",
            overview.choice.join(" "),
            left_out.unwrap_or_else(|| "there were no others".to_owned())
        ));
    }
    let cut = overview.kinds.values().filter(|of_kind| is_cut(of_kind)).count();
    if cut > 0 {
        let kinds = if cut == 1 { "1 kind".to_owned() } else { format!("{cut} kinds") };
        cautions.push(format!(
            "This page does not list every change: of {kinds} it lists only the first, and there says how \
             many more there are"
        ));
    }
    if cautions.is_empty() {
        return Ok(());
    }
    page.push_str("<section class=\"cautions\">\n<h2>Before you rely on this page</h2>\n<ul>\n");
    for caution in cautions {
        writeln!(page, "<li>{}.</li>", escaped(&caution))?;
    }
    page.push_str("</ul>\n</section>\n");
    Ok(())
}

fn is_cut(of_kind: &OfKind) -> bool {
    of_kind.count > of_kind.first.len() as u64
}

/// A release as a person calls it, and as it names itself.
fn release(compared: &Compared) -> String {
    let Compared { release, edition } = compared;
    let mut name = format!("<strong>{}</strong>", escaped(release.system().name()));
    if let Some(edition) = edition.as_deref().filter(|edition| *edition != release.system().name())
    {
        name.push_str(&format!("<br>{}", escaped(edition)));
    }
    if let Some(date) = release.date() {
        name.push_str(&format!("<br>{}", in_day_words(date)));
    }
    if let Some(version) = release.version() {
        name.push_str(&format!("<br><code class=\"quiet\">{}</code>", escaped(version)));
    }
    if release.date().is_none() && release.version().is_none() {
        name.push_str("<br>of unknown version");
    }
    name
}

/// A day as it is written in a letter: no reader takes the month for the day.
fn in_day_words(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = (date.month() as usize).checked_sub(1).and_then(|place| MONTHS.get(place));
    format!("{} {} {}", date.day(), month.copied().unwrap_or_default(), date.year())
}

fn releases(page: &mut String, overview: &Overview<'_>) -> std::fmt::Result {
    page.push_str(
        "<section>\n<h2>Releases</h2>\n<div class=\"scroll\">\n<table class=\"releases\">\n<thead><tr>\
         <th scope=\"col\">Older</th><th scope=\"col\">Newer</th></tr></thead>\n<tbody>\n",
    );
    let mut row = |then: Option<&Compared>, now: Option<&Compared>| {
        let cell = |one: Option<&Compared>| one.map_or("none".to_owned(), release);
        writeln!(
            page,
            "<tr><td data-label=\"Older\">{}</td><td data-label=\"Newer\">{}</td></tr>",
            cell(then),
            cell(now)
        )
    };
    for then in overview.old {
        row(Some(then), of_system(overview.new, then.release.system()))?;
    }
    for now in overview.new {
        if of_system(overview.old, now.release.system()).is_none() {
            row(None, Some(now))?;
        }
    }
    page.push_str("</tbody>\n</table>\n</div>\n<dl class=\"facts files\">\n");
    for (label, files) in [("Older", 0), ("Newer", 1)] {
        for file in overview.files.get(files).into_iter().flatten() {
            let sum = file.sha256.map_or("not taken".to_owned(), |sum| sum.to_string());
            writeln!(
                page,
                "<dt>{label} file</dt><dd>{} <span class=\"quiet\">{} bytes, build <code>{}</code>, SHA-256 \
                 <code>{sum}</code></span></dd>",
                escaped(&file.file),
                grouped(file.bytes),
                file.build_id
            )?;
        }
    }
    page.push_str("</dl>\n</section>\n");
    Ok(())
}

fn class_of(kind: ChangeKind) -> &'static str {
    match (kind, kind.matters()) {
        (ChangeKind::CannotTell, _) => "warn",
        (_, true) => "reject",
        (_, false) => "note",
    }
}

fn counts(page: &mut String, overview: &Overview<'_>) -> std::fmt::Result {
    if overview.kinds.is_empty() {
        return Ok(());
    }
    let most = overview.kinds.values().map(|of_kind| of_kind.count).max().unwrap_or(1);
    page.push_str(
        "<section>\n<h2>What changed</h2>\n<div class=\"scroll\">\n<table class=\"counts\">\n<thead><tr>\
         <th scope=\"col\">Change</th><th scope=\"col\">System</th><th scope=\"col\">Matters</th>\
         <th scope=\"col\" class=\"number\">Count</th><th class=\"chart\"></th></tr></thead>\n\
         <tbody>\n",
    );
    for ((system, kind), of_kind) in overview.kinds {
        let class = class_of(*kind);
        let anchor = anchor(system.name(), *kind);
        let width = of_kind.count as f64 / most as f64 * 100.0;
        writeln!(
            page,
            "<tr><th scope=\"row\"><a href=\"#{anchor}\">{}</a><br><code class=\"quiet\">{}</code>\
             </th><td data-label=\"System\">{}</td><td class=\"word {class}\" data-label=\"Matters\">{}</td>\
             <td class=\"number\" data-label=\"Count\">{}</td>\
             <td class=\"chart\"><svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" \
             aria-hidden=\"true\"><rect class=\"track\" width=\"100\" height=\"10\"/>\
             <rect class=\"{class}\" width=\"{width:.2}\" height=\"10\"/></svg></td></tr>",
            sentence(kind.label()),
            kind.code(),
            escaped(system.name()),
            if kind.matters() { "yes" } else { "no" },
            grouped(of_kind.count)
        )?;
    }
    page.push_str("</tbody>\n</table>\n</div>\n</section>\n");
    Ok(())
}

/// The place of a kind of change within the page.
fn anchor(system: &str, kind: ChangeKind) -> String {
    let system: String = system.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("{}-{}", system.to_lowercase(), kind.code())
}

fn sentence(label: &str) -> String {
    let mut characters = label.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}

fn changes(
    page: &mut String,
    system: &str,
    kind: ChangeKind,
    of_kind: &OfKind,
) -> std::fmt::Result {
    // All are open: what is closed is not on paper.
    write!(
        page,
        "<section id=\"{}\">\n<details open>\n<summary><h2>{}: {} <span class=\"quiet\">{}</span>\
         </h2></summary>\n<div class=\"scroll\">\n<table class=\"codes\">\n<thead><tr>\
         <th scope=\"col\">Code</th><th scope=\"col\">Term</th>",
        anchor(system, kind),
        escaped(system),
        kind.label(),
        grouped(of_kind.count)
    )?;
    // A column that is empty throughout says nothing.
    let has_part = of_kind.first.iter().any(|change| change.component.is_some());
    let has_words = of_kind.first.iter().any(|change| !in_words(change).is_empty());
    for (is_there, title) in [(has_part, "Of"), (has_words, "Change")] {
        if is_there {
            write!(page, "<th scope=\"col\">{title}</th>")?;
        }
    }
    page.push_str("</tr></thead>\n<tbody>\n");
    for change in &of_kind.first {
        row(page, change, has_part, has_words)?;
    }
    page.push_str("</tbody>\n</table>\n</div>\n");
    if is_cut(of_kind) {
        writeln!(
            page,
            "<p>And {} more that this page does not list. The command at its end lists all, with \
             <code>--only {} --format csv</code> in the place of what it chooses and of the \
             report.</p>",
            grouped(of_kind.count.saturating_sub(of_kind.first.len() as u64)),
            kind.code()
        )?;
    }
    page.push_str("</details>\n</section>\n");
    Ok(())
}

fn row(page: &mut String, change: &Change, has_part: bool, has_words: bool) -> std::fmt::Result {
    write!(
        page,
        "<tr><th scope=\"row\"><code>{}</code></th><td>{}</td>",
        escaped(&change.code),
        escaped(&change.display)
    )?;
    if has_part {
        let part = change.component.as_deref().unwrap_or_default();
        write!(page, "<td>{}</td>", escaped(part))?;
    }
    if has_words {
        write!(page, "<td>{}</td>", escaped(&in_words(change)))?;
    }
    page.push_str("</tr>\n");
    Ok(())
}

fn asked(page: &mut String, overview: &Overview<'_>) -> std::fmt::Result {
    page.push_str("<section>\n<h2>What was asked</h2>\n<dl class=\"facts\">\n");
    if overview.about.is_empty() {
        page.push_str("<dt>About</dt><dd>everything that both sets of releases have</dd>\n");
    }
    for (label, text) in &overview.about {
        writeln!(page, "<dt>{}</dt><dd>{}</dd>", escaped(label), escaped(text))?;
    }
    if let Some(codes) = overview.codes {
        writeln!(page, "<dt>Codes looked at</dt><dd>{}</dd>", grouped(codes))?;
    }
    let refsets: Vec<String> = overview.dialect.refsets().map(|id| id.to_string()).collect();
    writeln!(
        page,
        "<dt>Preferred terms</dt><dd>{} <span class=\"quiet\">of the language reference sets <code>{}</code>\
         </span></dd>",
        dialect_name(overview.dialect),
        refsets.join("</code>, <code>")
    )?;
    if !overview.choice.is_empty() {
        writeln!(page, "<dt>Kinds</dt><dd>{}</dd>", escaped(&overview.choice.join(" ")))?;
    }
    writeln!(page, "<dt>Command</dt><dd><code>{}</code></dd>", escaped(&overview.command))?;
    page.push_str("</dl>\n</section>\n");
    Ok(())
}
