//! Money: decimals as they are written, currencies, exact quotients, rounding, allocation.

mod allocate;
mod currency;
mod decimal;
mod nat;
mod ratio;
mod wide;

pub use allocate::allocate;
pub use currency::Currency;
pub use decimal::{
    DecimalError, Figure, MAX_FRACTION_DIGITS, MAX_MANTISSA, parse_decimal, write_decimal,
};
pub use nat::Nat;
pub use ratio::Ratio;
