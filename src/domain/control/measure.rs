//! How a number stands to its normal range, and how it becomes a figure.

use rust_decimal::Decimal;

use super::State;
use crate::issue::{Issue, Problem};
use crate::landed_cost::decimal;
use crate::money::{Figure, MAX_MANTISSA, Nat, Ratio};

/// Decimals of a percentage.
const PERCENT_DECIMALS: u32 = 2;

/// How a value stands to the end of its normal range. Compared exactly: the limit itself is normal, and 1.5
/// times the limit is to be watched.
pub(super) fn state(value: &Ratio, limit: Figure) -> State {
    let limit = Ratio::from(limit.0);
    if *value <= limit {
        State::Normal
    } else if *value <= limit.times_nat(&Nat::from(3)).over(&Nat::from(2)) {
        State::Watch
    } else {
        State::OutOfRange
    }
}

/// A part of a whole in percent, without its sign; `None` of nothing.
pub(super) fn percentage(part: u128, whole: u128) -> Option<Ratio> {
    let hundredfold = Nat::from(part).times(&Nat::from(100));
    (whole > 0).then(|| Ratio::new(hundredfold, Nat::from(whole)))
}

/// A percentage, rounded half away from zero.
pub(super) fn percent(value: &Ratio, is_negative: bool) -> Result<Figure, Issue> {
    rounded(value, is_negative, PERCENT_DECIMALS)
}

/// A number with so many decimals, rounded half away from zero.
pub(super) fn rounded(value: &Ratio, is_negative: bool, decimals: u32) -> Result<Figure, Issue> {
    let mut figure = decimal(&value.rounded(decimals), decimals)?;
    figure
        .0
        .set_sign_negative(is_negative && !figure.0.is_zero());
    Ok(figure)
}

/// An amount in minor units; what is finer is rounded half up.
pub(super) fn minor_units(amount: Decimal, decimals: u32) -> Result<u128, Issue> {
    whole(&Ratio::from(amount).rounded(decimals))
}

/// A number of minor units that a figure can hold.
pub(super) fn whole(units: &Nat) -> Result<u128, Issue> {
    let units = units.to_u128().filter(|units| *units <= MAX_MANTISSA);
    units.ok_or_else(too_large)
}

/// The sum of two numbers of minor units.
pub(super) fn plus(one: u128, other: u128) -> Result<u128, Issue> {
    let sum = one.checked_add(other);
    sum.filter(|sum| *sum <= MAX_MANTISSA).ok_or_else(too_large)
}

/// What one number of minor units is above another; negative below it.
pub(super) fn difference(one: u128, other: u128) -> Result<i128, Issue> {
    let signed = |units: u128| i128::try_from(units).ok();
    let difference = signed(one).zip(signed(other));
    let difference = difference.and_then(|(one, other)| one.checked_sub(other));
    difference.ok_or_else(too_large)
}

/// An amount of so many minor units.
pub(super) fn amount(units: u128, decimals: u32) -> Result<Figure, Issue> {
    decimal(&Nat::from(units), decimals)
}

/// A change of so many minor units.
pub(super) fn change(units: i128, decimals: u32) -> Result<Figure, Issue> {
    let mut figure = amount(units.unsigned_abs(), decimals)?;
    figure.0.set_sign_negative(units < 0);
    Ok(figure)
}

pub(super) fn too_large() -> Issue {
    Issue::at_root(Problem::TooLarge)
}
