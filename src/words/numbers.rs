//! Numbers for reading. They are made of the decimal's own digits and never of a floating-point number.

use landfall::money::write_decimal;
use rust_decimal::Decimal;

use crate::Locale;

/// A number with its thousands grouped by commas and all its decimals: `1,234.50`. Both languages
/// write it so.
pub fn number(value: impl Into<Decimal>) -> String {
    write_decimal(value.into(), grouped)
}

/// An amount: `USD 1,234.50`, with a space that doesn't break.
pub fn money(code: &str, amount: impl Into<Decimal>) -> String {
    format!("{code}\u{a0}{}", number(amount))
}

/// A percentage: `5 %` in English, with a space that doesn't break, `5%` in Chinese.
pub fn percent(locale: Locale, percent: impl Into<Decimal>) -> String {
    let percent = number(percent);
    say!(locale, "{percent}\u{a0}%", "{percent}%")
}

/// A count.
pub(crate) fn count(value: usize) -> String {
    number(Decimal::from(value))
}

/// A number without the zeros that its precision adds: `90`, where a measure is `90.000`.
pub(crate) fn trimmed(value: impl Into<Decimal>) -> String {
    number(value.into().normalize())
}

/// A weight: `90 kg`.
pub(crate) fn kg(value: impl Into<Decimal>) -> String {
    format!("{}\u{a0}kg", trimmed(value))
}

/// A volume: `0.68 m³`.
pub(crate) fn cbm(value: impl Into<Decimal>) -> String {
    format!("{}\u{a0}m³", trimmed(value))
}

/// Pieces of goods: `1 unit`, `333 units`.
pub(crate) fn units(locale: Locale, value: impl Into<Decimal>) -> String {
    match locale {
        Locale::En => plural(value, "unit", "units"),
        Locale::Zh => format!("{}\u{a0}件", trimmed(value)),
    }
}

/// Pieces of goods that can be sold: `800 good units`.
pub(crate) fn good_units(locale: Locale, value: impl Into<Decimal>) -> String {
    match locale {
        Locale::En => plural(value, "good unit", "good units"),
        Locale::Zh => format!("{}\u{a0}件合格品", trimmed(value)),
    }
}

/// Lines of an order: `1 line`, `12 lines`.
pub(crate) fn lines(locale: Locale, value: usize) -> String {
    match locale {
        Locale::En => plural(Decimal::from(value), "line", "lines"),
        Locale::Zh => format!("{}\u{a0}行", count(value)),
    }
}

/// Cartons: `1 carton`, `13 cartons`.
pub(crate) fn cartons(locale: Locale, value: impl Into<Decimal>) -> String {
    match locale {
        Locale::En => plural(value, "carton", "cartons"),
        Locale::Zh => format!("{}\u{a0}箱", trimmed(value)),
    }
}

/// Revenue tons: `1 ton`, `1.5 tons`.
pub(crate) fn tons(locale: Locale, value: impl Into<Decimal>) -> String {
    match locale {
        Locale::En => plural(value, "ton", "tons"),
        Locale::Zh => format!("{}\u{a0}吨", trimmed(value)),
    }
}

/// Years: `1 year`, `0.5 years`.
pub(crate) fn years(locale: Locale, value: impl Into<Decimal>) -> String {
    match locale {
        Locale::En => plural(value, "year", "years"),
        Locale::Zh => format!("{}\u{a0}年", trimmed(value)),
    }
}

pub(crate) fn plural(value: impl Into<Decimal>, one: &str, many: &str) -> String {
    let value = value.into();
    let word = if value == Decimal::ONE { one } else { many };
    format!("{}\u{a0}{word}", trimmed(value))
}

/// Groups the whole digits of a plain decimal by threes.
fn grouped(plain: &str) -> String {
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", plain),
    };
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let mut text = String::with_capacity(plain.len().saturating_mul(2));
    text.push_str(sign);
    for (index, digit) in whole.chars().enumerate() {
        let left = whole.len().saturating_sub(index);
        if index > 0 && left.is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use proptest::prelude::*;

    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::from_str(text).unwrap()
    }

    #[test]
    fn thousands_are_grouped_and_decimals_are_kept() {
        for (plain, written) in [
            ("0", "0"),
            ("0.00", "0.00"),
            ("7.10", "7.10"),
            ("999", "999"),
            ("1000", "1,000"),
            ("12345.6789", "12,345.6789"),
            ("100000", "100,000"),
            ("1234567.00000001", "1,234,567.00000001"),
            ("-1234.5", "-1,234.5"),
            ("-100", "-100"),
        ] {
            assert_eq!(number(decimal(plain)), written);
        }
        let largest = "79,228,162,514,264,337,593,543,950,335";
        assert_eq!(number(Decimal::MAX), largest);
    }

    #[test]
    fn units_of_measure_do_not_break_from_their_number() {
        assert_eq!(money("USD", decimal("1234.50")), "USD\u{a0}1,234.50");
        assert_eq!(percent(Locale::En, decimal("37.5")), "37.5\u{a0}%");
        assert_eq!(percent(Locale::Zh, decimal("37.5")), "37.5%");
        assert_eq!(kg(decimal("90.000")), "90\u{a0}kg");
        assert_eq!(cbm(decimal("0.680000")), "0.68\u{a0}m³");
        assert_eq!(units(Locale::En, Decimal::ONE), "1\u{a0}unit");
        assert_eq!(cartons(Locale::En, Decimal::TEN), "10\u{a0}cartons");
        assert_eq!(tons(Locale::En, decimal("1.00")), "1\u{a0}ton");
        assert_eq!(tons(Locale::Zh, decimal("1.50")), "1.5\u{a0}吨");
    }

    proptest! {
        #[test]
        fn grouping_adds_commas_and_nothing_else(
            low in any::<u32>(), mid in any::<u32>(), high in any::<u32>(), sign in any::<bool>(),
            scale in 0_u32..=28,
        ) {
            let value = Decimal::from_parts(low, mid, high, sign, scale);
            let written = number(value);
            let plain = write_decimal(value, str::to_owned);
            prop_assert_eq!(written.replace(',', ""), plain);
            let whole = written.trim_start_matches('-').split('.').next().unwrap_or_default();
            let mut groups = whole.split(',');
            prop_assert!(matches!(groups.next().map(str::len), Some(1..=3)));
            prop_assert!(groups.all(|group| group.len() == 3));
        }
    }
}
