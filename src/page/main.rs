//! Mounts the interface into the page, and does in the browser what the interface asks for.

mod browser;
mod host;
mod pictures;
mod ports;
mod share;
mod store;
mod work;

use std::rc::Rc;

use landfall_ui::{App, AppProps, Opening};
use yew::platform::pinned::oneshot;
use yew::platform::spawn_local;

use crate::host::Host;
use crate::ports::Browser;
use crate::store::{Store, local::Local};

/// Nothing happens by itself: `boot.js` starts the page, and in a worker there is none.
fn main() {}

/// Opens the page. The first thing to know is whether it may write.
fn open(host: Host) {
    spawn_local(async {
        let (send, found) = oneshot::channel();
        spawn_local(async {
            Local::find();
            // There is a receiver: it waits.
            let _ = send.send(Store::open().await);
        });
        let destinations = browser::destinations().await.unwrap_or_default();
        let Ok(found) = found.await else { return };
        let stored = Local::open(found.opened.access);
        let opening = Opening {
            language: browser::language(),
            today: browser::today(),
            offset: browser::offset(),
            zone: browser::zone(),
            moment: browser::moment(),
            device: Local::device(),
            destinations,
            stored,
            fragment: browser::fragment(),
        };
        let ports = Rc::new(Browser::new(host, found));
        yew::Renderer::<App>::with_props(AppProps { opening, ports }).render();
    });
}
