//! Decimals as they are written in requests and results.

use std::ops::Deref;

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

/// The largest mantissa of a [`Decimal`]: 2⁹⁶ − 1. A result above it can't be represented.
pub const MAX_MANTISSA: u128 = (1 << 96) - 1;

/// Digits that may stand before the point of an input.
const MAX_WHOLE_DIGITS: u32 = 10;
/// Digits that may stand after the point of an input.
pub const MAX_FRACTION_DIGITS: u32 = 8;

/// Why a text isn't a decimal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DecimalError {
    /// Not of the form `digits[.digits]`: a sign, an exponent, a separator, a space, other characters.
    Malformed,
    /// More than 10 digits before or 8 after the point.
    TooLong,
}

/// Reads `digits[.digits]`, at most 10 digits before and 8 after the point: no sign, exponent,
/// separator or space. What people type into fields is forgiven elsewhere; this grammar is behind it.
///
/// # Errors
/// [`DecimalError::Malformed`] or [`DecimalError::TooLong`].
pub fn parse_decimal(text: &str) -> Result<Decimal, DecimalError> {
    let mut mantissa: i64 = 0;
    let mut whole: u32 = 0;
    let mut fraction: Option<u32> = None;
    for byte in text.bytes() {
        match (byte, &mut fraction) {
            (b'0'..=b'9', digits) => {
                let digit = i64::from(byte.wrapping_sub(b'0'));
                let count = digits.as_mut().unwrap_or(&mut whole);
                *count = count.saturating_add(1);
                // Saturates for too many digits, which are refused below.
                mantissa = mantissa.saturating_mul(10).saturating_add(digit);
            }
            (b'.', None) if whole > 0 => fraction = Some(0),
            _ => return Err(DecimalError::Malformed),
        }
    }
    if whole == 0 || fraction == Some(0) {
        return Err(DecimalError::Malformed);
    }
    let scale = fraction.unwrap_or(0);
    if whole > MAX_WHOLE_DIGITS || scale > MAX_FRACTION_DIGITS {
        return Err(DecimalError::TooLong);
    }
    Decimal::try_new(mantissa, scale).map_err(|_| DecimalError::TooLong)
}

/// Calls `take` with the decimal as text: all its digits, in full, `.` for the point. The text is
/// made on the stack, because a result has hundreds of them.
pub fn write_decimal<T>(value: Decimal, take: impl FnOnce(&str) -> T) -> T {
    // 29 digits, a point and a sign stand in 40 bytes.
    let mut bytes = [b'0'; 40];
    let end = bytes.len();
    let mut start = end;
    // 128-bit division is slow: digits are taken from pieces of 64 bits, of which most amounts are one.
    let mut rest = value.mantissa().unsigned_abs();
    while rest > 0 {
        let (mut piece, digits) = match u64::try_from(rest) {
            Ok(last) => (last, end),
            Err(_) => (
                u64::try_from(rest.wrapping_rem(PIECE)).unwrap_or(0),
                PIECE_DIGITS,
            ),
        };
        rest = rest
            .checked_div(PIECE)
            .filter(|_| digits != end)
            .unwrap_or(0);
        for _ in 0..digits {
            if piece == 0 && rest == 0 {
                break;
            }
            let digit = u8::try_from(piece.wrapping_rem(10)).unwrap_or(0);
            piece = piece.wrapping_div(10);
            put(&mut bytes, &mut start, b'0'.saturating_add(digit));
        }
    }
    let scale = usize::try_from(value.scale()).unwrap_or(0);
    let point = end.saturating_sub(scale);
    // At least one digit before the point; the bytes are zeros already.
    start = start.min(point.saturating_sub(1));
    if scale > 0 {
        bytes.copy_within(start..point, start.saturating_sub(1));
        start = start.saturating_sub(1);
        if let Some(slot) = bytes.get_mut(point.saturating_sub(1)) {
            *slot = b'.';
        }
    }
    if value.is_sign_negative() && !value.is_zero() {
        put(&mut bytes, &mut start, b'-');
    }
    let text = bytes.get(start..);
    let text = text.and_then(|bytes| std::str::from_utf8(bytes).ok());
    take(text.unwrap_or("0"))
}

/// What a piece of a mantissa is below, so that it fits into 64 bits, and its digits.
const PIECE: u128 = 10_u128.pow(18);
const PIECE_DIGITS: usize = 18;

fn put(bytes: &mut [u8], start: &mut usize, byte: u8) {
    *start = start.saturating_sub(1);
    if let Some(slot) = bytes.get_mut(*start) {
        *slot = byte;
    }
}

/// A decimal of a result or an issue: written as text, so that the boundary never sees a
/// floating-point number, whatever features of `rust_decimal` a build turns on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Figure(pub Decimal);

impl Deref for Figure {
    type Target = Decimal;

    fn deref(&self) -> &Decimal {
        &self.0
    }
}

impl From<Decimal> for Figure {
    fn from(value: Decimal) -> Figure {
        Figure(value)
    }
}

impl From<Figure> for Decimal {
    fn from(figure: Figure) -> Decimal {
        figure.0
    }
}

impl Serialize for Figure {
    #[inline(never)]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write_decimal(self.0, |text| serializer.serialize_str(text))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_plain_digits_are_read() {
        for good in ["0", "7.10", "0010", "9999999999.99999999", "0.00000001"] {
            let value = parse_decimal(good).map(|value| value.to_string());
            let expected = if good == "0010" { "10" } else { good };
            assert_eq!(value.as_deref(), Ok(expected), "{good}");
        }
        for malformed in [
            "", ".", "1.", ".5", "-1", "+1", "1e3", "1_000", "1,000", "0x10", " 1", "1 ", "1.2.3",
            "１", "NaN", "Infinity", "1\u{0}",
        ] {
            assert_eq!(
                parse_decimal(malformed),
                Err(DecimalError::Malformed),
                "{malformed}"
            );
        }
        for long in [
            "12345678901",
            "0.123456789",
            "99999999999999999999999999999999999999",
        ] {
            assert_eq!(parse_decimal(long), Err(DecimalError::TooLong), "{long}");
        }
    }

    proptest! {
        #[test]
        fn a_decimal_is_written_as_rust_decimal_writes_it(
            low in any::<u32>(), mid in any::<u32>(), high in any::<u32>(), sign in any::<bool>(), scale in 0_u32..=28,
            keep in 0_usize..3,
        ) {
            let value = match keep {
                0 => Decimal::from_parts(low, 0, 0, sign, scale),
                1 => Decimal::from_parts(low, mid, 0, sign, scale),
                _ => Decimal::from_parts(low, mid, high, sign, scale),
            };
            let expected = if value.is_zero() { value.abs().to_string() } else { value.to_string() };
            prop_assert_eq!(write_decimal(value, str::to_owned), expected);
        }

        #[test]
        fn what_is_read_is_written_again(whole in 0_u64..10_000_000_000, fraction in "[0-9]{1,8}") {
            let text = format!("{whole}.{fraction}");
            let value = parse_decimal(&text);
            prop_assert_eq!(value.map(|value| write_decimal(value, str::to_owned)), Ok(text));
        }

        #[test]
        fn no_text_reaches_a_panic(text in any::<String>()) {
            let _ = parse_decimal(&text);
        }
    }
}
