//! The pages: what is shown, and how it changes. Nothing in here touches the browser beyond events.

mod answer;
mod app;
mod archive;
mod brief;
mod charges;
mod compare;
mod data;
mod desk;
mod draft;
mod edit;
mod fills;
mod form;
mod host;
mod incoming;
mod inquiry;
mod keeping;
mod keys;
mod lines;
mod model;
mod order;
mod orders;
mod outcome;
mod paste;
pub mod pictures;
mod policy;
mod quotation;
mod quotes;
mod reading;
mod receiving;
mod route;
mod rules;
mod samples;
mod saved;
mod say;
mod shop;
mod standing;
mod storage;
pub mod store;
mod supplier;
mod suppliers;
mod table;
mod time;
mod tree;
mod update;
mod week;

pub use app::{App, AppProps, Ports};
pub use archive::key;
pub use host::{Host, HostEvent};
pub use incoming::refused;
pub use model::{Effect, Model, Moment, Msg, Opening, Theme};
pub use outcome::{Amount, Outcome};
pub use time::Zone;
pub use update::update;

#[cfg(test)]
mod tests;
