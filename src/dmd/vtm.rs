//! Virtual therapeutic moieties.

use super::ingredient::VtmIngredient;
use super::record::{links, record};
use super::schema::{Link, TableId};
use super::vmp::Vmp;

record! {
    /// A virtual therapeutic moiety (VTM): what a medicine is, whatever its strength and form.
    Vtm: VTM, Vtm;
    /// Its identifier (VTMID), an SCTID.
    id = id "VTMID";
    /// Its name (NM).
    name = name "NM";
    /// Its abbreviated name (ABBREVNM).
    abbreviated_name = text "ABBREVNM";
    /// Whether it is marked as invalid (INVALID). Invalid products stay in the files.
    is_invalid = flag "INVALID";
    /// The identifier before this one (VTMIDPREV). [`Dmd::current`](super::Dmd::current) knows all
    /// of them.
    previous_id = sctid "VTMIDPREV";
    /// The day since which the identifier is valid (VTMIDDT).
    id_valid_from = date "VTMIDDT";
}

links! {
    Vtm: VTM;
    /// The VMPs of this moiety, by id.
    vmps = Link::Rows(TableId::Vmp) => Vmp;
    /// Its ingredients, from the supplementary release (`f_vtm_ing1`).
    ingredients = Link::Rows(TableId::VtmIngredient) => VtmIngredient;
}
