//! The checks that the dictionary names.

use std::fmt;

/// A check of the content of a component, by its name in the [GS1 Barcode Syntax
/// Dictionary][dictionary].
///
/// # Example
/// ```
/// use farr::id::gs1::{Check, Coverage};
///
/// assert_eq!(Check::Yymmd0.to_string(), "a date YYMMDD, 00 for no day in particular");
/// assert_eq!(Check::Yymmd0.name(), "yymmd0");
/// assert_eq!(Check::GcpPos1.coverage(), Coverage::NotChecked);
/// ```
///
/// [dictionary]: https://ref.gs1.org/tools/gs1-barcode-syntax-resource/syntax-dictionary/
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Check {
    /// `csum`: a check digit by modulus 10.
    Csum,
    /// `csumalpha`: a pair of check characters by modulus 1021.
    CsumAlpha,
    /// `gcppos1`: a GS1 Company Prefix at the start.
    GcpPos1,
    /// `gcppos2`: a GS1 Company Prefix after one digit.
    GcpPos2,
    /// `yymmd0`: a date YYMMDD, 00 for no day in particular.
    Yymmd0,
    /// `yymmdd`: a date YYMMDD.
    Yymmdd,
    /// `yyyymmdd`: a date YYYYMMDD.
    Yyyymmdd,
    /// `hhmi`: a time of the day HHMM.
    Hhmi,
    /// `hh`: an hour 00 to 23.
    Hh,
    /// `mi`: a minute 00 to 59.
    Mi,
    /// `ss`: a second 00 to 59.
    Ss,
    /// `iso3166`: a numeric country code of ISO 3166.
    Iso3166,
    /// `iso3166999`: a numeric country code of ISO 3166, or 999.
    Iso3166999,
    /// `iso3166alpha2`: a country code of two letters of ISO 3166.
    Iso3166Alpha2,
    /// `iso4217`: a numeric currency code of ISO 4217.
    Iso4217,
    /// `iso5218`: a sex code of ISO 5218: 0, 1, 2 or 9.
    Iso5218,
    /// `iban`: an IBAN with its check digits.
    Iban,
    /// `pcenc`: two hexadecimal digits after each %.
    PcEnc,
    /// `yesno`: 0 for no or 1 for yes.
    YesNo,
    /// `zero`: zeros.
    Zero,
    /// `nonzero`: a number other than zero.
    NonZero,
    /// `nozeroprefix`: a number that does not begin with zero.
    NoZeroPrefix,
    /// `winding`: a winding direction: 0, 1 or 9.
    Winding,
    /// `pieceoftotal`: a piece from 01 to the total after it.
    PieceOfTotal,
    /// `hasnondigit`: a character that is not a digit.
    HasNonDigit,
    /// `hyphen`: a hyphen.
    Hyphen,
    /// `posinseqslash`: a position and a total, such as 1/2.
    PosInSeqSlash,
    /// `importeridx`: a letter, a digit, - or _.
    ImporterIdx,
    /// `latitude`: a latitude, at most 1800000000.
    Latitude,
    /// `longitude`: a longitude, at most 3600000000.
    Longitude,
    /// `mediatype`: an AIDC media type, 01 to 10 or 80 to 99.
    MediaType,
    /// `packagetype`: a package type of UNECE.
    PackageType,
    /// `couponcode`: a coupon of North America.
    CouponCode,
    /// `couponposoffer`: a coupon of North America.
    CouponPosOffer,
}

/// How far a [`Check`] is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Coverage {
    /// As the standard has it.
    Full,
    /// The form of a code only, not whether the list of codes has it: the list changes.
    FormOnly,
    /// Not at all: it needs a list that is not here, or a grammar of its own.
    NotChecked,
}

impl Check {
    /// The name in the dictionary.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.facts().0
    }

    /// How far the check is made here.
    ///
    /// Not made are `gcppos1` and `gcppos2` (the list of company prefixes), `packagetype` (the list
    /// of UNECE), `couponcode` and `couponposoffer` (North American coupons). Of `iso3166`,
    /// `iso3166999`, `iso3166alpha2` and `iso4217` only the form is checked.
    #[must_use]
    pub const fn coverage(self) -> Coverage {
        self.facts().1
    }

    const fn facts(self) -> (&'static str, Coverage, &'static str) {
        use Coverage::{FormOnly, Full, NotChecked};
        match self {
            Check::Csum => ("csum", Full, "a check digit by modulus 10"),
            Check::CsumAlpha => ("csumalpha", Full, "a pair of check characters by modulus 1021"),
            Check::GcpPos1 => ("gcppos1", NotChecked, "a GS1 Company Prefix at the start"),
            Check::GcpPos2 => ("gcppos2", NotChecked, "a GS1 Company Prefix after one digit"),
            Check::Yymmd0 => ("yymmd0", Full, "a date YYMMDD, 00 for no day in particular"),
            Check::Yymmdd => ("yymmdd", Full, "a date YYMMDD"),
            Check::Yyyymmdd => ("yyyymmdd", Full, "a date YYYYMMDD"),
            Check::Hhmi => ("hhmi", Full, "a time of the day HHMM"),
            Check::Hh => ("hh", Full, "an hour 00 to 23"),
            Check::Mi => ("mi", Full, "a minute 00 to 59"),
            Check::Ss => ("ss", Full, "a second 00 to 59"),
            Check::Iso3166 => ("iso3166", FormOnly, "a numeric country code of ISO 3166"),
            Check::Iso3166999 => {
                ("iso3166999", FormOnly, "a numeric country code of ISO 3166, or 999")
            }
            Check::Iso3166Alpha2 => {
                ("iso3166alpha2", FormOnly, "a country code of two letters of ISO 3166")
            }
            Check::Iso4217 => ("iso4217", FormOnly, "a numeric currency code of ISO 4217"),
            Check::Iso5218 => ("iso5218", Full, "a sex code of ISO 5218: 0, 1, 2 or 9"),
            Check::Iban => ("iban", Full, "an IBAN with its check digits"),
            Check::PcEnc => ("pcenc", Full, "two hexadecimal digits after each %"),
            Check::YesNo => ("yesno", Full, "0 for no or 1 for yes"),
            Check::Zero => ("zero", Full, "zeros"),
            Check::NonZero => ("nonzero", Full, "a number other than zero"),
            Check::NoZeroPrefix => ("nozeroprefix", Full, "a number that does not begin with zero"),
            Check::Winding => ("winding", Full, "a winding direction: 0, 1 or 9"),
            Check::PieceOfTotal => ("pieceoftotal", Full, "a piece from 01 to the total after it"),
            Check::HasNonDigit => ("hasnondigit", Full, "a character that is not a digit"),
            Check::Hyphen => ("hyphen", Full, "a hyphen"),
            Check::PosInSeqSlash => ("posinseqslash", Full, "a position and a total, such as 1/2"),
            Check::ImporterIdx => ("importeridx", Full, "a letter, a digit, - or _"),
            Check::Latitude => ("latitude", Full, "a latitude, at most 1800000000"),
            Check::Longitude => ("longitude", Full, "a longitude, at most 3600000000"),
            Check::MediaType => ("mediatype", Full, "an AIDC media type, 01 to 10 or 80 to 99"),
            Check::PackageType => ("packagetype", NotChecked, "a package type of UNECE"),
            Check::CouponCode => ("couponcode", NotChecked, "a coupon of North America"),
            Check::CouponPosOffer => ("couponposoffer", NotChecked, "a coupon of North America"),
        }
    }
}

/// What the check expects, for a message.
impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.facts().2)
    }
}
