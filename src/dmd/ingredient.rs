//! Ingredient substances, and where they are.

use super::amp::Amp;
use super::record::{links, record};
use super::schema::{Link, List, Order, TableId};
use super::vmp::Vmp;
use super::vtm::Vtm;

record! {
    /// An ingredient substance.
    Ingredient: INGREDIENT, Ingredient;
    /// Its identifier (ISID), an SCTID.
    id = id "ISID";
    /// Its name (NM).
    name = name "NM";
    /// Whether it is marked as invalid (INVALID).
    is_invalid = flag "INVALID";
    /// The identifier before this one (ISIDPREV).
    previous_id = sctid "ISIDPREV";
    /// The day since which the identifier is valid (ISIDDT).
    id_valid_from = date "ISIDDT";
}

links! {
    Ingredient: INGREDIENT;
    /// Where it is an ingredient of a VMP.
    in_vmps = Link::Order(Order::VirtualProductIngredientByIngredient) => VirtualProductIngredient;
    /// Where it is an excipient of an AMP.
    in_amps = Link::Order(Order::ActualProductIngredientByIngredient) => Excipient;
    /// Where it is an ingredient of a VTM.
    in_vtms = Link::Order(Order::VtmIngredientByIngredient) => VtmIngredient;
}

record! {
    /// An ingredient of a VMP, with its strength (VPI).
    VirtualProductIngredient: VIRTUAL_PRODUCT_INGREDIENT, VirtualProductIngredient;
    /// The VMP (VPID).
    vmp = to(Vmp) "VPID";
    /// The ingredient (ISID); `None` where the release lacks it.
    ingredient = to(Ingredient) "ISID";
    /// The identifier of the ingredient, also where the release lacks that.
    ingredient_id = id_of(TableId::Ingredient) "ISID";
    /// Whether the strength is that of the ingredient or of its base (BASIS_STRNTCD).
    basis_of_strength = code(List::BasisOfStrength) "BASIS_STRNTCD";
    /// The base that the strength is of (BS_SUBID).
    base_substance = to(Ingredient) "BS_SUBID";
    /// The identifier of the base, also where the release lacks that.
    base_substance_id = id_of(TableId::Ingredient) "BS_SUBID";
    /// The numerator of the strength (STRNT_NMRTR_VAL).
    strength_numerator = decimal "STRNT_NMRTR_VAL";
    /// The units of the numerator (STRNT_NMRTR_UOMCD).
    strength_numerator_units = code(List::UnitOfMeasure) "STRNT_NMRTR_UOMCD";
    /// The denominator of the strength (STRNT_DNMTR_VAL); none where the strength is that of a unit
    /// dose.
    strength_denominator = decimal "STRNT_DNMTR_VAL";
    /// The units of the denominator (STRNT_DNMTR_UOMCD).
    strength_denominator_units = code(List::UnitOfMeasure) "STRNT_DNMTR_UOMCD";
}

record! {
    /// An excipient of an AMP (AP_ING). What is active in it stands at its VMP.
    Excipient: ACTUAL_PRODUCT_INGREDIENT, ActualProductIngredient;
    /// The AMP (APID).
    amp = to(Amp) "APID";
    /// The excipient (ISID); `None` where the release lacks it.
    ingredient = to(Ingredient) "ISID";
    /// The identifier of the excipient, also where the release lacks that.
    ingredient_id = id_of(TableId::Ingredient) "ISID";
    /// How much of it there is (STRNTH), in [`Excipient::strength_units`].
    strength = decimal "STRNTH";
    /// The units of the strength (UOMCD).
    strength_units = code(List::UnitOfMeasure) "UOMCD";
}

record! {
    /// An ingredient of a VTM (VTM_ING).
    VtmIngredient: VTM_INGREDIENT, VtmIngredient;
    /// The VTM (VTMID); `None` where the release lacks it.
    vtm = to(Vtm) "VTMID";
    /// The identifier of the VTM, also where the release lacks that.
    vtm_id = id_of(TableId::Vtm) "VTMID";
    /// The ingredient (ISID); `None` where the release lacks it.
    ingredient = to(Ingredient) "ISID";
    /// The identifier of the ingredient, also where the release lacks that.
    ingredient_id = id_of(TableId::Ingredient) "ISID";
}
