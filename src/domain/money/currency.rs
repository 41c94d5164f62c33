//! Currencies of ISO 4217.

use std::fmt;

use serde::{Serialize, Serializer};

/// A currency of ISO 4217 that has a minor unit, such as USD with its cent.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Currency {
    code: &'static str,
    decimals: u32,
}

impl Currency {
    /// The yuan, in which 1688 prices are given.
    pub const CNY: Currency = Currency {
        code: "CNY",
        decimals: 2,
    };

    /// The dollar of the United States, in which a policy counts unless it says otherwise.
    pub const USD: Currency = Currency {
        code: "USD",
        decimals: 2,
    };

    /// The currency with this three-letter code in capitals.
    pub fn from_code(code: &str) -> Option<Currency> {
        TABLE.iter().find_map(|(decimals, codes)| {
            codes
                .iter()
                .find(|known| **known == code)
                .map(|code| Currency {
                    code,
                    decimals: *decimals,
                })
        })
    }

    /// The three-letter code.
    pub fn code(self) -> &'static str {
        self.code
    }

    /// Digits after the point of an amount: 2 for USD, 0 for JPY, 3 for KWD.
    pub fn decimals(self) -> u32 {
        self.decimals
    }

    /// All currencies, by code.
    pub fn all() -> Vec<Currency> {
        let mut all: Vec<Currency> = TABLE
            .iter()
            .flat_map(|(decimals, codes)| {
                codes.iter().map(|code| Currency {
                    code,
                    decimals: *decimals,
                })
            })
            .collect();
        all.sort();
        all
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code)
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code)
    }
}

/// ISO 4217, list one (2026): digits after the point, then the codes. The most used stand first.
/// Codes without a minor unit (gold, SDR, test codes) can't be rounded to and are left out; BGN and
/// ANG, replaced in 2026 and 2025, stay readable.
static TABLE: &[(u32, &[&str])] = &[
    (
        2,
        &[
            "USD", "EUR", "GBP", "CNY", "AUD", "CAD", "NZD", "SGD", "HKD", "AED", "SAR", "NOK",
            "ZAR", "MXN", "CHF", "SEK", "DKK", "PLN", "CZK", "AFN", "ALL", "AMD", "ANG", "AOA",
            "ARS", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BMD", "BND", "BOB", "BOV", "BRL",
            "BSD", "BTN", "BWP", "BYN", "BZD", "CDF", "CHE", "CHW", "COP", "COU", "CRC", "CUP",
            "CVE", "DOP", "DZD", "EGP", "ERN", "ETB", "FJD", "FKP", "GEL", "GHS", "GIP", "GMD",
            "GTQ", "GYD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IRR", "JMD", "KES", "KGS",
            "KHR", "KPW", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "MAD", "MDL", "MGA",
            "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXV", "MYR", "MZN", "NAD",
            "NGN", "NIO", "NPR", "PAB", "PEN", "PGK", "PHP", "PKR", "QAR", "RON", "RSD", "RUB",
            "SBD", "SCR", "SDG", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL",
            "THB", "TJS", "TMT", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "USN", "UYU", "UZS",
            "VED", "VES", "WST", "XAD", "XCD", "XCG", "YER", "ZMW", "ZWG",
        ],
    ),
    (
        0,
        &[
            "JPY", "KRW", "VND", "BIF", "CLP", "DJF", "GNF", "ISK", "KMF", "PYG", "RWF", "UGX",
            "UYI", "VUV", "XAF", "XOF", "XPF",
        ],
    ),
    (3, &["KWD", "BHD", "IQD", "JOD", "LYD", "OMR", "TND"]),
    (4, &["CLF", "UYW"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minor_units_follow_the_iso_table() {
        let decimals = |code| Currency::from_code(code).map(Currency::decimals);
        assert_eq!(decimals("USD"), Some(2));
        assert_eq!(decimals("JPY"), Some(0));
        assert_eq!(decimals("KWD"), Some(3));
        assert_eq!(decimals("CLF"), Some(4));
        assert_eq!(decimals("XAU"), None);
        assert_eq!(decimals("usd"), None);
        assert_eq!(decimals(""), None);
    }

    #[test]
    fn no_code_stands_twice() {
        let all = Currency::all();
        let mut codes: Vec<_> = all.iter().map(|currency| currency.code()).collect();
        codes.dedup();
        assert_eq!(codes.len(), all.len());
        assert!(all.iter().all(|currency| currency.code().len() == 3));
        assert!(all.contains(&Currency::CNY));
    }
}
