//! The pages: what is shown, and how it changes. Nothing in here touches the browser beyond events.

mod answer;
mod app;
mod archive;
mod charges;
mod compare;
mod data;
mod draft;
mod edit;
mod fills;
mod form;
mod host;
mod incoming;
mod keeping;
mod lines;
mod model;
mod order;
mod orders;
mod outcome;
mod paste;
mod quotation;
mod reading;
mod route;
mod saved;
mod say;
mod shop;
mod storage;
pub mod store;
mod table;
mod time;
mod tree;
mod update;

pub use app::{App, AppProps, Ports};
pub use archive::key;
pub use host::{Host, HostEvent};
pub use incoming::refused;
pub use model::{Effect, Model, Moment, Msg, Opening, Theme};
pub use outcome::{Amount, Outcome};
pub use update::update;

#[cfg(test)]
mod tests;
