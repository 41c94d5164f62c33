//! The calculations of Landfall: pure functions of checked values.
//!
//! There is no clock, no randomness, no language and no storage in here. Inputs are read from JSON
//! ([`json`]), checked once with every issue reported ([`check`], [`issue`]), and computed exactly
//! ([`money`]). What is known of the customs of destinations is data, read in [`destination`]; the owner's
//! rules are data too ([`policy`]), and what they say of an order are [`finding`]s. Results speak in codes with operands; sentences are made of them elsewhere.

pub mod check;
pub mod control;
pub mod destination;
pub mod finding;
pub mod issue;
pub mod json;
pub mod landed_cost;
pub mod money;
pub mod order;
pub mod policy;
pub mod quotes;
pub mod receiving;
pub mod sampling;
pub mod supplier;
