//! Products for reading: a card, and a tree of what is below one.

use farr::dmd::{Amp, Product, Vmp};

use super::draw::Sheet;
use super::product::{ProductCard, ProductName};
use crate::output::number::grouped;
use crate::output::palette::Palette;
use crate::output::text::shown;

/// Draws a product.
pub(crate) fn product(sheet: &mut Sheet, card: &ProductCard) {
    let palette = sheet.palette();
    sheet.line(&palette.heading(&shown(&card.name)));
    sheet.labelled(card.level, &card.id, |id| palette.id(id));
    if card.invalid {
        sheet.labelled("Validity", "INVALID", |text| palette.bad(text));
    }
    for (label, above) in
        [("AMP", &card.amp), ("VMPP", &card.vmpp), ("VMP", &card.vmp), ("VTM", &card.vtm)]
    {
        if let Some(above) = above {
            sheet.labelled(label, &named(above), str::to_owned);
        }
    }
    let below = card.below.iter().map(|(level, count)| {
        format!("{} {level}{}", grouped(*count as u64), if *count == 1 { "" } else { "s" })
    });
    let below: Vec<String> = below.collect();
    if !below.is_empty() {
        sheet.plain("Below it", &below.join(", "));
    }
    for (number, answer) in card.prescribing.iter().enumerate() {
        let mut text = format!("{} ({})", answer.verdict, answer.setting);
        if !answer.phrases.is_empty() {
            text.push_str(&format!(": {}", answer.phrases.join("; ")));
        }
        let label = if number == 0 { "Prescribing" } else { "" };
        sheet.labelled(label, &text, |text| match answer.verdict {
            "prescribable" => palette.good(text),
            "not-prescribable" => palette.bad(text),
            _ => palette.warning(text),
        });
    }
    let mut last = "";
    for (label, text) in &card.facts {
        sheet.plain(if *label == last { "" } else { label }, text);
        last = label;
    }
    concept(sheet, card);
}

fn concept(sheet: &mut Sheet, card: &ProductCard) {
    let palette = sheet.palette();
    match (&card.concept.concept, card.concept.in_snomed) {
        (Some(concept), _) => {
            let term = concept.term.as_deref().unwrap_or("(no term)");
            let text = match concept.active {
                Some(false) => format!("{term} (INACTIVE)"),
                _ => term.to_owned(),
            };
            sheet.plain("SNOMED CT", &text);
            let parents = card.concept.parents.iter().map(|parent| {
                let term = parent.term.as_deref().unwrap_or("(no term)");
                format!("{} {term}", parent.id)
            });
            sheet.list("Parents", parents);
        }
        (None, Some(false)) => {
            let text = "not in the opened release: dm+d may be newer";
            sheet.labelled("SNOMED CT", text, |text| palette.warning(text));
        }
        (None, _) => {}
    }
}

/// A product in a line.
pub(crate) fn named(product: &ProductName) -> String {
    let name = product.name.as_deref().unwrap_or("(not in this release)");
    let invalid = if product.invalid == Some(true) { " INVALID" } else { "" };
    format!("{} {name}{invalid}", product.id)
}

/// Draws everything below a product as a tree, the product itself left out.
pub(crate) fn tree(sheet: &mut Sheet, product: Product<'_>) {
    let palette = sheet.palette();
    let mut tree = Tree { lines: Vec::new(), palette };
    let children = children(product);
    tree.branch("", &children);
    tree.lines.iter().for_each(|line| sheet.line(line));
}

/// What is directly below a product: of a VMP its packs and then its AMPs.
pub(crate) fn children(product: Product<'_>) -> Vec<Product<'_>> {
    match product {
        Product::Vtm(vtm) => vtm.vmps().map(Product::Vmp).collect(),
        Product::Vmp(vmp) => of_vmp(vmp),
        Product::Amp(amp) => of_amp(amp),
        Product::Vmpp(vmpp) => vmpp.ampps().map(Product::Ampp).collect(),
        Product::Ampp(_) => Vec::new(),
    }
}

fn of_vmp(vmp: Vmp<'_>) -> Vec<Product<'_>> {
    vmp.vmpps().map(Product::Vmpp).chain(vmp.amps().map(Product::Amp)).collect()
}

fn of_amp(amp: Amp<'_>) -> Vec<Product<'_>> {
    amp.ampps().map(Product::Ampp).collect()
}

/// What is below a product in the tree of another: the AMPPs of a VMP stand under its AMPs, once.
pub(crate) fn children_in_tree<'t>(product: Product<'t>, top: bool) -> Vec<Product<'t>> {
    match product {
        Product::Vmpp(_) if !top => Vec::new(),
        _ => children(product),
    }
}

struct Tree {
    lines: Vec<String>,
    palette: Palette,
}

impl Tree {
    fn branch(&mut self, indent: &str, products: &[Product<'_>]) {
        for (number, product) in products.iter().enumerate() {
            let last = number + 1 == products.len();
            let (mark, further) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            let palette = self.palette;
            let invalid = match product.is_invalid() {
                true => format!(" {}", palette.bad("INVALID")),
                false => String::new(),
            };
            let discontinued = match product {
                Product::Ampp(ampp) if ampp.is_discontinued() => {
                    format!(" {}", palette.warning("discontinued"))
                }
                _ => String::new(),
            };
            self.lines.push(format!(
                "{}{} {} {}{invalid}{discontinued}",
                palette.quiet(&format!("{indent}{mark}")),
                palette.quiet(product.level().name()),
                palette.id(&product.id().to_string()),
                shown(product.name()),
            ));
            // Four levels at the most, so this goes no deeper.
            self.branch(&format!("{indent}{further}"), &children_in_tree(*product, false));
        }
    }
}
