//! The pages: what is shown, and how it changes. Nothing in here touches the browser beyond events.

mod answer;
mod app;
mod model;
mod text;

pub use app::{App, AppProps};
pub use model::{Model, Msg, update};
