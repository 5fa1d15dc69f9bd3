//! Everything below a product, in the order of its tree.

use farr::dmd::{Dmd, Product};
use farr::{Dialect, Snomed};
use serde::Serialize;

use super::draw::Sheet;
use super::product::ProductSummary;
use crate::output::text::shown;

/// A product in the tree of another.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Below {
    /// How many levels down: 1 for what hangs directly below.
    pub(crate) depth: usize,
    #[serde(flatten)]
    pub(crate) product: ProductSummary,
}

/// All products below one: each before those below it, and of a VMP its packs before its AMPs. An
/// AMPP stands once: below its AMP, or below its VMPP where that is the top.
pub(crate) fn below<'t>(
    dmd: Dmd<'t>,
    top: Product<'t>,
    snomed: Option<Snomed<'t>>,
    dialect: Dialect,
) -> Vec<Below> {
    let mut found = Vec::new();
    // Not recursive, though four levels are the most there are.
    let mut left: Vec<(usize, Product<'t>)> = vec![(0, top)];
    while let Some((depth, product)) = left.pop() {
        let children = match product {
            Product::Vmpp(_) if depth > 0 => Vec::new(),
            _ => children(product),
        };
        if depth > 0 {
            let product = ProductSummary::of(dmd, product, snomed, dialect);
            found.push(Below { depth, product });
        }
        left.extend(children.into_iter().rev().map(|child| (depth + 1, child)));
    }
    found
}

fn children(product: Product<'_>) -> Vec<Product<'_>> {
    match product {
        Product::Vtm(vtm) => vtm.vmps().map(Product::Vmp).collect(),
        Product::Vmp(vmp) => {
            vmp.vmpps().map(Product::Vmpp).chain(vmp.amps().map(Product::Amp)).collect()
        }
        Product::Amp(amp) => amp.ampps().map(Product::Ampp).collect(),
        Product::Vmpp(vmpp) => vmpp.ampps().map(Product::Ampp).collect(),
        Product::Ampp(_) => Vec::new(),
    }
}

/// Draws the tree.
pub(crate) fn draw(sheet: &mut Sheet, tree: &[Below]) {
    let palette = sheet.palette();
    // Of each level above the one being drawn, whether more of it follows.
    let mut follows: Vec<bool> = Vec::new();
    for (number, Below { depth, product }) in tree.iter().enumerate() {
        follows.truncate(depth - 1);
        let mut later = tree.iter().skip(number + 1).take_while(|later| later.depth >= *depth);
        follows.push(later.any(|later| later.depth == *depth));
        let mut first = String::new();
        let mut rest = String::new();
        for (level, follows) in follows.iter().enumerate() {
            let (mark, further) = if *follows { ("├─ ", "│  ") } else { ("└─ ", "   ") };
            first.push_str(if level + 1 == *depth { mark } else { further });
            rest.push_str(further);
        }
        let mut words = vec![(product.level, Paint::Quiet), (&*product.id, Paint::Id)];
        let name = shown(&product.name);
        words.extend(name.split(' ').map(|word| (word, Paint::Plain)));
        if product.invalid {
            words.push(("INVALID", Paint::Bad));
        }
        if product.discontinued == Some(true) {
            words.push(("discontinued", Paint::Warning));
        }
        let painted = words.into_iter().map(|(word, paint)| {
            let painted = match paint {
                Paint::Plain => word.to_owned(),
                Paint::Quiet => palette.quiet(word),
                Paint::Id => palette.id(word),
                Paint::Bad => palette.bad(word),
                Paint::Warning => palette.warning(word),
            };
            (word.to_owned(), painted)
        });
        sheet.hanging(&first, &rest, painted);
    }
}

/// How a word of a line looks.
#[derive(Clone, Copy, Debug)]
enum Paint {
    Plain,
    Quiet,
    Id,
    Bad,
    Warning,
}
