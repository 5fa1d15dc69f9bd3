//! Kinds of record, and how their rows lie to each other.
// Descriptions that the compiler works out, of no outside input.
#![allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use super::column::{Column, Kind};

macro_rules! tables {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// A kind of record; its number is its place in
        /// [`DMD_TABLES`](crate::index::format::DMD_TABLES).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum TableId {
            $($(#[$doc])* $name,)*
        }

        impl TableId {
            /// All of them, by number.
            pub const ALL: [TableId; [$(TableId::$name),*].len()] = [$(TableId::$name),*];
        }
    };
}

tables! {
    /// Virtual therapeutic moieties.
    Vtm,
    /// Virtual medicinal products.
    Vmp,
    /// Actual medicinal products.
    Amp,
    /// Virtual medicinal product packs.
    Vmpp,
    /// Actual medicinal product packs.
    Ampp,
    /// Ingredient substances.
    Ingredient,
    /// Entries of the lookup lists.
    Lookup,
    /// Ingredients of VMPs.
    VirtualProductIngredient,
    /// Pairs of form and route of VMPs.
    OntDrugForm,
    /// Forms of VMPs.
    DrugForm,
    /// Routes of VMPs.
    DrugRoute,
    /// Controlled drug information of VMPs.
    ControlDrugInfo,
    /// Excipients of AMPs.
    ActualProductIngredient,
    /// Licensed routes of AMPs.
    LicensedRoute,
    /// Appliance information of AMPs.
    ActualProductInformation,
    /// Drug Tariff information of VMPPs.
    DrugTariffInfo,
    /// Components of combination VMPPs.
    VmppContent,
    /// Appliance pack information of AMPPs.
    AppliancePackInfo,
    /// Prescribing information of AMPPs.
    PrescribInfo,
    /// Prices of AMPPs.
    PriceInfo,
    /// Reimbursement information of AMPPs.
    ReimbursementInfo,
    /// Components of combination AMPPs.
    AmppContent,
    /// GTINs of AMPPs.
    Gtin,
    /// BNF and ATC codes of VMPs.
    VmpBnf,
    /// BNF codes of AMPs.
    AmpBnf,
    /// Ids of VTMs through time.
    VtmHistory,
    /// Ids of VMPs through time.
    VmpHistory,
    /// Ids of ingredients through time.
    IngredientHistory,
    /// Ids of suppliers through time.
    SupplierHistory,
    /// Ids of forms through time.
    FormHistory,
    /// Ids of routes through time.
    RouteHistory,
    /// Ids of units of measure through time.
    UnitOfMeasureHistory,
    /// Ingredients of VTMs.
    VtmIngredient,
    /// Trade families.
    TradeFamily,
    /// Trade family groups.
    TradeFamilyGroup,
    /// AMPs of trade families.
    TradeFamilyAmp,
}

impl TableId {
    /// Its number.
    pub const fn number(self) -> usize {
        self as usize
    }

    /// What it holds.
    pub fn table(self) -> &'static Table {
        super::tables::of(self)
    }
}

/// Rows of one table in the order of a column, `u32` each: the way back from what the column refers
/// to. They follow the tables in [`DMD_TABLES`](crate::index::format::DMD_TABLES).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Order {
    /// AMPPs by VMPP.
    AmppByVmpp,
    /// Components of combination VMPPs by component.
    VmppContentByChild,
    /// Components of combination AMPPs by component.
    AmppContentByChild,
    /// Ingredients of VMPs by ingredient.
    VirtualProductIngredientByIngredient,
    /// Excipients of AMPs by ingredient.
    ActualProductIngredientByIngredient,
    /// Ingredients of VTMs by ingredient.
    VtmIngredientByIngredient,
    /// AMPs of trade families by AMP.
    TradeFamilyAmpByAmp,
    /// Trade families by their group.
    TradeFamilyByGroup,
    /// GTINs by number, those that are empty left out.
    GtinByNumber,
}

impl Order {
    /// All of them, by number.
    pub const ALL: [Order; 9] = [
        Order::AmppByVmpp,
        Order::VmppContentByChild,
        Order::AmppContentByChild,
        Order::VirtualProductIngredientByIngredient,
        Order::ActualProductIngredientByIngredient,
        Order::VtmIngredientByIngredient,
        Order::TradeFamilyAmpByAmp,
        Order::TradeFamilyByGroup,
        Order::GtinByNumber,
    ];

    /// The table whose rows it holds, and the column they are ordered by.
    pub const fn of(self) -> (TableId, &'static str) {
        match self {
            Order::AmppByVmpp => (TableId::Ampp, "VPPID"),
            Order::VmppContentByChild => (TableId::VmppContent, "CHLDVPPID"),
            Order::AmppContentByChild => (TableId::AmppContent, "CHLDAPPID"),
            Order::VirtualProductIngredientByIngredient => {
                (TableId::VirtualProductIngredient, "ISID")
            }
            Order::ActualProductIngredientByIngredient => {
                (TableId::ActualProductIngredient, "ISID")
            }
            Order::VtmIngredientByIngredient => (TableId::VtmIngredient, "ISID"),
            Order::TradeFamilyAmpByAmp => (TableId::TradeFamilyAmp, "APID"),
            Order::TradeFamilyByGroup => (TableId::TradeFamily, "TFGID"),
            Order::GtinByNumber => (TableId::Gtin, "GTIN"),
        }
    }
}

/// Where the rows that belong to a record begin, `u32`; they end where those of the next begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// Rows of a table, which lie in the order of what they belong to.
    Rows(TableId),
    /// Entries of an order.
    Order(Order),
}

/// A kind of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// Which one it is.
    pub id: TableId,
    /// The file it stands in, `f_vmp2` say.
    pub file: &'static str,
    /// The elements around its own, from the root of the file, and its own last. `*` stands for the
    /// element of each lookup list.
    pub path: &'static [&'static str],
    /// Its elements.
    pub columns: &'static [Column],
    /// The column by whose record its rows are ordered, where it belongs to one.
    pub owner: Option<&'static str>,
    /// What belongs to it.
    pub links: &'static [Link],
}

impl Table {
    /// Bytes a row.
    pub const fn row_length(&self) -> usize {
        let mut length = self.links.len() * 4;
        let mut at = 0;
        while at < self.columns.len() {
            length += self.columns[at].kind.width();
            at += 1;
        }
        length
    }

    /// Rows beyond those of the records: one where it has links.
    pub const fn further_rows(&self) -> usize {
        if self.links.is_empty() { 0 } else { 1 }
    }

    /// The place of an element among its columns.
    ///
    /// # Panics
    ///
    /// Where it has no such element: for constants.
    pub const fn column(&self, element: &str) -> usize {
        let mut at = 0;
        while at < self.columns.len() {
            if same(self.columns[at].element, element) {
                return at;
            }
            at += 1;
        }
        panic!("the table has no such element")
    }

    /// The byte of a row at which a column begins; that of the column behind the last is where the
    /// links begin.
    pub const fn offset(&self, column: usize) -> usize {
        let (mut offset, mut at) = (0, 0);
        while at < column {
            offset += self.columns[at].kind.width();
            at += 1;
        }
        offset
    }

    /// The byte of a row at which a link begins; that of the first link where it has no such link.
    pub fn link_offset(&self, link: Link) -> usize {
        let place = self.links.iter().position(|found| *found == link).unwrap_or_default();
        self.offset(self.columns.len()) + place * 4
    }

    /// The byte of a row at which a link begins.
    ///
    /// # Panics
    ///
    /// Where it has no such link: for constants.
    pub const fn link(&self, link: Link) -> usize {
        let mut at = 0;
        while at < self.links.len() {
            let found = match (self.links[at], link) {
                (Link::Rows(one), Link::Rows(other)) => one as u8 == other as u8,
                (Link::Order(one), Link::Order(other)) => one as u8 == other as u8,
                _ => false,
            };
            if found {
                return self.offset(self.columns.len()) + at * 4;
            }
            at += 1;
        }
        panic!("the table has no such link")
    }

    /// The column that its records are found by, where they have an identifier of their own.
    pub fn id_column(&self) -> Option<usize> {
        self.columns.iter().position(|column| column.kind == Kind::Id)
    }
}

/// Equality of texts in constants.
const fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() != other.len() {
        return false;
    }
    let mut at = 0;
    while at < one.len() {
        if one[at] != other[at] {
            return false;
        }
        at += 1;
    }
    true
}
