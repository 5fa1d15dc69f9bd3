//! A product of any level.

use super::amp::Amp;
use super::ampp::Ampp;
use super::dictionary::Dmd;
use super::level::Level;
use super::record::{DmdRecord, Record};
use super::schema::TableId;
use super::vmp::Vmp;
use super::vmpp::Vmpp;
use super::vtm::Vtm;
use crate::id::Sctid;
use crate::snomed::{Concept, Snomed};

/// A product of any level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Product<'t> {
    /// A virtual therapeutic moiety.
    Vtm(Vtm<'t>),
    /// A virtual medicinal product.
    Vmp(Vmp<'t>),
    /// An actual medicinal product.
    Amp(Amp<'t>),
    /// A virtual medicinal product pack.
    Vmpp(Vmpp<'t>),
    /// An actual medicinal product pack.
    Ampp(Ampp<'t>),
}

/// The same question to whichever level it is.
macro_rules! whichever {
    ($product:expr, $each:ident => $answer:expr) => {
        match $product {
            Product::Vtm($each) => $answer,
            Product::Vmp($each) => $answer,
            Product::Amp($each) => $answer,
            Product::Vmpp($each) => $answer,
            Product::Ampp($each) => $answer,
        }
    };
}

impl<'t> Product<'t> {
    /// The product of a number, which must be below the number of products.
    #[inline]
    pub(super) fn of_number(dmd: Dmd<'t>, number: u32) -> Option<Product<'t>> {
        let [vtms, vmps, amps, vmpps, ampps, end] = dmd.layout.levels;
        let at = |table, first: u32| Record::new(dmd, table, number.saturating_sub(first));
        Some(match number {
            _ if number < vmps => Product::Vtm(Vtm::of_record(at(TableId::Vtm, vtms))),
            _ if number < amps => Product::Vmp(Vmp::of_record(at(TableId::Vmp, vmps))),
            _ if number < vmpps => Product::Amp(Amp::of_record(at(TableId::Amp, amps))),
            _ if number < ampps => Product::Vmpp(Vmpp::of_record(at(TableId::Vmpp, vmpps))),
            _ if number < end => Product::Ampp(Ampp::of_record(at(TableId::Ampp, ampps))),
            _ => return None,
        })
    }

    /// The record as such, with all its elements by name.
    pub fn record(self) -> Record<'t> {
        whichever!(self, each => each.record())
    }

    /// Its level.
    pub fn level(self) -> Level {
        match self {
            Product::Vtm(_) => Level::Vtm,
            Product::Vmp(_) => Level::Vmp,
            Product::Amp(_) => Level::Amp,
            Product::Vmpp(_) => Level::Vmpp,
            Product::Ampp(_) => Level::Ampp,
        }
    }

    /// Its identifier, an SCTID.
    #[inline]
    pub fn id(self) -> Sctid {
        whichever!(self, each => each.id())
    }

    /// Its name: with the supplier for an AMP (DESC), as it is for all others (NM).
    pub fn name(self) -> &'t str {
        match self {
            Product::Amp(amp) if !amp.description().is_empty() => amp.description(),
            _ => whichever!(self, each => each.name()),
        }
    }

    /// Its abbreviated name.
    pub fn abbreviated_name(self) -> Option<&'t str> {
        whichever!(self, each => each.abbreviated_name())
    }

    /// Its name before this one; VMPs and AMPs only.
    pub fn previous_name(self) -> Option<&'t str> {
        match self {
            Product::Vmp(vmp) => vmp.previous_name(),
            Product::Amp(amp) => amp.previous_name(),
            _ => None,
        }
    }

    /// Whether it is marked as invalid. Invalid products stay in the files, for what was recorded
    /// with them.
    pub fn is_invalid(self) -> bool {
        whichever!(self, each => each.is_invalid())
    }

    /// The VTM it is of: itself, or by way of its VMP. `None` where there is none.
    pub fn vtm(self) -> Option<Vtm<'t>> {
        match self {
            Product::Vtm(vtm) => Some(vtm),
            _ => self.vmp()?.vtm(),
        }
    }

    /// The VMP it is of, or itself; `None` for a VTM, which has many.
    ///
    /// A pack gives that of its AMP, and that of its VMPP where the release lacks the AMP.
    pub fn vmp(self) -> Option<Vmp<'t>> {
        match self {
            Product::Vtm(_) => None,
            Product::Vmp(vmp) => Some(vmp),
            Product::Amp(amp) => amp.vmp(),
            Product::Vmpp(vmpp) => vmpp.vmp(),
            Product::Ampp(ampp) => {
                let of_amp = ampp.amp().and_then(Amp::vmp);
                of_amp.or_else(|| ampp.vmpp().and_then(Vmpp::vmp))
            }
        }
    }

    /// The AMP it is of, or itself; `None` for VTMs, VMPs and VMPPs, which have many.
    pub fn amp(self) -> Option<Amp<'t>> {
        match self {
            Product::Amp(amp) => Some(amp),
            Product::Ampp(ampp) => ampp.amp(),
            _ => None,
        }
    }

    /// The concept of SNOMED CT with its identifier; `None` where that release does not have it.
    ///
    /// dm+d identifiers are those of the UK drug extension. dm+d comes weekly and the extension does
    /// not, so a new product may be here and not there yet.
    ///
    /// Costs one look-up.
    pub fn concept(self, snomed: Snomed<'t>) -> Option<Concept<'t>> {
        snomed.concept(self.id())
    }
}

impl<'t> Concept<'t> {
    /// The product of dm+d with its identifier; `None` where that release has no such product.
    ///
    /// Costs one look-up.
    pub fn product(self, dmd: Dmd<'t>) -> Option<Product<'t>> {
        dmd.product(self.id())
    }
}

macro_rules! into_product {
    ($($level:ident),*) => {
        $(impl<'t> From<$level<'t>> for Product<'t> {
            fn from(product: $level<'t>) -> Product<'t> {
                Product::$level(product)
            }
        })*
    };
}

into_product!(Vtm, Vmp, Amp, Vmpp, Ampp);
