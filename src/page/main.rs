//! Mounts the interface into the page, and does in the browser what the interface asks for.

mod browser;
mod ports;
mod share;
mod storage;

use std::rc::Rc;

use landfall_ui::{App, AppProps, Opening};
use yew::platform::spawn_local;

use crate::ports::Browser;
use crate::storage::Local;

fn main() {
    spawn_local(async {
        let opening = Opening {
            language: browser::language(),
            today: browser::today(),
            destinations: browser::destinations().await.unwrap_or_default(),
            stored: Local::open(),
            fragment: browser::fragment(),
        };
        let ports = Rc::new(Browser);
        yew::Renderer::<App>::with_props(AppProps { opening, ports }).render();
    });
}
