//! The workspace: what is stored, how edits of several people merge, and how it leaves and enters.
//!
//! There is no clock, no randomness, no storage and no browser in here: devices and instants are
//! passed in, texts and bytes come out. A [`record`] is one thing that is stored, merged and
//! exported; everything else is made of records.

pub mod csv;
pub mod decisions;
pub mod file;
mod findings;
pub mod import_orders;
pub mod migrate;
pub mod plan;
pub mod raw;
pub mod record;
pub mod rows;
pub mod search;
pub mod shop;
pub mod workspace;
