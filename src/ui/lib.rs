//! The pages: what is shown, and how it changes. Nothing in here touches the browser beyond events.

mod answer;
mod app;
mod archive;
mod charges;
mod compare;
mod draft;
mod edit;
mod fills;
mod form;
mod lines;
mod model;
mod order;
mod outcome;
mod paste;
mod quotation;
mod reading;
mod route;
mod saved;
mod say;
mod tree;
mod update;

pub use app::{App, AppProps, Ports};
pub use archive::{Kind, key};
pub use model::{Effect, Model, Msg, Opening, Theme};
pub use outcome::{Amount, Outcome};
pub use update::update;

#[cfg(test)]
mod tests;
