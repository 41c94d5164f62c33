//! Performs the effects of the interface.

use std::time::Duration;

use landfall_ui::{Effect, Msg, Ports};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::EventTarget;
use yew::Callback;
use yew::platform::{spawn_local, time::sleep};

use crate::storage::Local;
use crate::{browser, share};

/// After so long without a change a field counts as typed.
const SETTLED: Duration = Duration::from_secs(1);
/// Until what was just drawn can have the focus.
const DRAWN: Duration = Duration::from_millis(20);

/// The browser.
pub struct Browser;

impl Ports for Browser {
    fn listen(&self, report: Callback<Msg>) {
        let Some(window) = browser::window() else {
            return;
        };
        let document = window.document();
        let on = |target: &EventTarget, event: &str, message: fn() -> Msg| {
            let report = report.clone();
            let listener = Closure::<dyn Fn()>::new(move || report.emit(message()));
            let function = listener.as_ref().unchecked_ref();
            let _ = target.add_event_listener_with_callback(event, function);
            // As long as the page.
            listener.forget();
        };
        on(&window, "hashchange", || Msg::Went(browser::fragment()));
        on(&window, "pagehide", || Msg::Hidden);
        on(&window, "beforeprint", || Msg::Printing(true));
        on(&window, "afterprint", || Msg::Printing(false));
        if let Some(document) = document {
            on(&document, "visibilitychange", || Msg::Hidden);
        }
    }

    fn perform(&self, effect: Effect, report: &Callback<Msg>) {
        let report = report.clone();
        match effect {
            Effect::Wait(change) => spawn_local(async move {
                sleep(SETTLED).await;
                report.emit(Msg::Settled(change));
            }),
            Effect::Write(key, text) => {
                report.emit(Msg::Wrote(Local::write(&key, text.as_deref())))
            }
            Effect::Stamp(kind, of) => {
                let id = uuid::Uuid::new_v4().to_string();
                report.emit(Msg::Stamped(kind, of, id, browser::now()));
            }
            Effect::Download(name, text) => {
                browser::download(&name, &text);
            }
            Effect::Read(file) => spawn_local(async move {
                let name = file.name();
                let text = browser::read(file).await;
                report.emit(Msg::FileRead(name, text));
            }),
            Effect::Link(order) => spawn_local(async move {
                let packed = share::pack(&order).await;
                report.emit(Msg::Linked(packed.map(|packed| browser::link(&packed))));
            }),
            Effect::Unpack(packed) => spawn_local(async move {
                report.emit(Msg::Arrived(share::unpack(&packed).await));
            }),
            Effect::Copy(text) => browser::copy(&text),
            Effect::Print => spawn_local(async move {
                sleep(DRAWN).await;
                if let Some(window) = browser::window() {
                    let _ = window.print();
                }
            }),
            Effect::Dress(locale, theme, title) => {
                browser::dress(locale.tag(), theme.name(), &title)
            }
            Effect::Focus(path, true) => spawn_local(async move {
                sleep(DRAWN).await;
                browser::focus(&path);
            }),
            Effect::Focus(path, false) => {
                browser::focus_next(&path);
            }
            Effect::Go(fragment) => browser::go(&fragment),
        }
    }
}
