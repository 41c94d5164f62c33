//! Performs the effects of the interface.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use js_sys::Reflect;
use landfall_ui::pictures::{PictureEvent, PictureTask};
use landfall_ui::store::{Access, Opened, StoreEvent};
use landfall_ui::{Effect, HostEvent, Moment, Msg, Ports};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{EventTarget, File};
use yew::Callback;
use yew::platform::{spawn_local, time::sleep};

use crate::host::Host;
use crate::pictures::{self, Unmade};
use crate::store::{Failure, Found, Store, local::Local};
use crate::work::Reader;
use crate::{browser, share};

/// After so long without a change a field counts as typed.
const SETTLED: Duration = Duration::from_secs(1);
/// After so long what is left of a deadline is another one.
const MINUTE: Duration = Duration::from_secs(60);
/// Until what was just drawn can have the focus.
const DRAWN: Duration = Duration::from_millis(20);

/// The browser.
pub struct Browser {
    host: Host,
    store: Rc<Store>,
    opened: Opened,
    fault: Option<String>,
    reader: Reader,
    /// The archive of photos that was opened last.
    archive: RefCell<Option<File>>,
}

impl Browser {
    /// The browser, with what takes JavaScript and with what was found of the records.
    pub fn new(host: Host, found: Found) -> Browser {
        Browser {
            host,
            store: Rc::new(found.store),
            opened: found.opened,
            fault: found.fault,
            reader: Reader::default(),
            archive: RefCell::default(),
        }
    }

    /// Does what is asked of photos.
    fn picture(&self, task: PictureTask, report: Callback<PictureEvent>) {
        let store = Rc::clone(&self.store);
        match task {
            PictureTask::Take(photos) => spawn_local(async move {
                for (key, photo) in photos {
                    let event = match pictures::made(&photo).await {
                        Ok(text) => kept(&store, key, text.into()).await,
                        Err(Unmade::Unreadable) => PictureEvent::Unreadable(key),
                        Err(Unmade::TooLarge) => PictureEvent::TooLarge(key),
                    };
                    report.emit(event);
                }
            }),
            PictureTask::Keep(key, text) => spawn_local(async move {
                report.emit(kept(&store, key, text).await);
            }),
            PictureTask::Give(keys) => spawn_local(async move {
                for key in keys {
                    let (text, failure) = match store.picture(&key).await {
                        Ok(text) => (text, None),
                        Err(failure) => (None, Some(failure)),
                    };
                    report.emit(PictureEvent::Given(key, text.map(Rc::from)));
                    if let Some(failure) = failure {
                        report.emit(PictureEvent::NotGiven(failure.to_string()));
                    }
                }
            }),
            PictureTask::Remove(keys) => spawn_local(async move {
                for key in keys {
                    // What stays takes room, and no receipt lists it.
                    let _ = store.remove_picture(&key).await;
                }
            }),
            PictureTask::Offer(name, text) => spawn_local(async move {
                if let Some(picture) = pictures::file(&text) {
                    browser::offer_blob(&name, &picture).await;
                }
            }),
            PictureTask::Pack(name, pictures) => spawn_local(async move {
                let event = match pictures::packed(&store, &pictures).await {
                    Ok((archive, missing)) if browser::offer_blob(&name, &archive).await => {
                        let count = pictures.len().saturating_sub(missing.len());
                        PictureEvent::Packed(count, missing)
                    }
                    Ok(_) => PictureEvent::NotPacked("download".to_owned()),
                    Err(reason) => PictureEvent::NotPacked(reason),
                };
                report.emit(event);
            }),
            PictureTask::Open(file) => {
                self.archive.replace(Some(file.clone()));
                spawn_local(async move {
                    let event = match (pictures::names(&file).await, store.picture_keys().await) {
                        (Ok(names), Ok(here)) => {
                            let here = here.into_iter().map(Rc::from).collect();
                            PictureEvent::Opened(names, here)
                        }
                        (Err(reason), _) => PictureEvent::NotOpened(reason),
                        (_, Err(failure)) => PictureEvent::NotOpened(failure.to_string()),
                    };
                    report.emit(event);
                });
            }
            PictureTask::TakeIn(wanted) => {
                let archive = self.archive.take();
                spawn_local(async move {
                    let Some(archive) = archive else { return };
                    report.emit(pictures::taken_in(&store, &archive, &wanted).await);
                });
            }
        }
    }

    /// Reports all records.
    fn load(&self, report: &Callback<Msg>) {
        let (store, report) = (Rc::clone(&self.store), report.clone());
        spawn_local(async move {
            let rows = |some| report.emit(Msg::Store(StoreEvent::Rows(some)));
            report.emit(Msg::Store(match store.load(rows).await {
                Ok(()) => StoreEvent::Ready,
                Err(failure) => StoreEvent::Faulty(failure.to_string()),
            }));
        });
    }

    /// Reports all records again when the page is shown as it was left, without having heard of changes.
    fn load_when_back(&self, report: &Callback<Msg>) {
        let (store, report) = (Rc::clone(&self.store), report.clone());
        let back = Closure::<dyn Fn(JsValue)>::new(move |event: JsValue| {
            let is_kept = Reflect::get(&event, &"persisted".into()).is_ok_and(|is| is.is_truthy());
            if is_kept {
                let (store, report) = (Rc::clone(&store), report.clone());
                spawn_local(async move {
                    let rows = |some| report.emit(Msg::Store(StoreEvent::Changed(some)));
                    // What can't be read now is merged with when something is stored.
                    let _ = store.load(rows).await;
                });
            }
        });
        if let Some(window) = browser::window() {
            let function = back.as_ref().unchecked_ref();
            let _ = window.add_event_listener_with_callback("pageshow", function);
        }
        // As long as the page.
        back.forget();
    }
}

/// What comes of storing a picture.
async fn kept(store: &Store, key: Rc<str>, text: Rc<str>) -> PictureEvent {
    match store.put_picture(&key, &text).await {
        Ok(()) => PictureEvent::Kept(key, text),
        Err(failure) if failure.is_taken() => PictureEvent::Clashed(key, text),
        Err(failure) => PictureEvent::Refused(key, text, failure.to_string()),
    }
}

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
        if let Some(what) = self.host.recovered() {
            report.emit(Msg::Host(HostEvent::Recovered(what)));
        }
        if let Some(fault) = &self.fault {
            report.emit(Msg::Store(StoreEvent::Faulty(fault.clone())));
        }
        report.emit(Msg::Store(StoreEvent::Opened(self.opened.clone())));
        self.store.subscribe(&report.reform(Msg::Store));
        let shop = report.clone();
        spawn_local(async move {
            if let Some(text) = browser::shop().await {
                shop.emit(Msg::Shop(text));
            }
        });
        self.load(&report);
        self.load_when_back(&report);
        let update =
            Closure::<dyn Fn()>::new(move || report.emit(Msg::Host(HostEvent::UpdateReady)));
        self.host.keep(update.as_ref().unchecked_ref());
        update.forget();
    }

    fn moment(&self) -> Moment {
        browser::moment()
    }

    fn perform(&self, effect: Effect, report: &Callback<Msg>) {
        let report = report.clone();
        match effect {
            Effect::Wait(change) => spawn_local(async move {
                sleep(SETTLED).await;
                report.emit(Msg::Settled(change));
            }),
            Effect::Download(name, text) => spawn_local(async move {
                if !browser::offer(&name, &text).await {
                    report.emit(Msg::Host(HostEvent::CantDownload(name, text)));
                }
            }),
            Effect::Pictures(task) => self.picture(task, report.reform(Msg::Pictures)),
            Effect::Soon => spawn_local(async move {
                sleep(Duration::ZERO).await;
                report.emit(Msg::Step);
            }),
            Effect::Minute => spawn_local(async move {
                sleep(MINUTE).await;
                report.emit(Msg::Minute);
            }),
            Effect::Zone(name) => {
                let zone = browser::named_zone(&name);
                report.emit(Msg::Zone(name, zone));
            }
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
            Effect::Focus(path) => spawn_local(async move {
                sleep(DRAWN).await;
                browser::focus(&path);
            }),
            Effect::Go(fragment) => browser::go(&fragment),
            Effect::Top => {
                if let Some(window) = browser::window() {
                    window.scroll_to_with_x_and_y(0.0, 0.0);
                }
            }
            Effect::Update => self.host.update(),
            // Only for the next first paint: what lasts is committed.
            Effect::Mirror(key, text) => {
                let _ = Local::write(&key, text.as_deref());
            }
            Effect::Commit(number, changes, notes) => {
                let (store, mut opened) = (Rc::clone(&self.store), self.opened.clone());
                spawn_local(async move {
                    let event = match store.commit(&changes, &notes).await {
                        Ok(texts) => {
                            let sent = changes.iter().map(|change| &change.text);
                            let pairs = texts.iter().zip(sent);
                            let merged = pairs.filter(|(text, sent)| text != sent);
                            let merged = merged.map(|(text, _)| text.clone()).collect();
                            StoreEvent::Committed(number, merged)
                        }
                        Err(failure) => {
                            if let Failure::Newer(version) = failure {
                                Local::seal();
                                opened.access = Access::Newer(version);
                                report.emit(Msg::Store(StoreEvent::Opened(opened)));
                            }
                            StoreEvent::Refused(number, failure.to_string())
                        }
                    };
                    report.emit(Msg::Store(event));
                });
            }
            Effect::Work(task, locale) => {
                let report = report.reform(Msg::Work);
                let device = Local::device();
                self.reader.start(&self.host, task, locale, &device, report);
            }
            Effect::CancelWork => self.reader.cancel(),
            Effect::Persist => {
                let store = Rc::clone(&self.store);
                spawn_local(async move {
                    store.persist().await;
                    report.emit(Msg::Store(store.usage().await));
                });
            }
            Effect::Measure => {
                let store = Rc::clone(&self.store);
                spawn_local(async move { report.emit(Msg::Store(store.usage().await)) });
            }
            Effect::Erase => {
                let (store, host) = (Rc::clone(&self.store), self.host.clone());
                spawn_local(async move {
                    match store.erase().await {
                        Ok(()) => host.leave(),
                        Err(failure) => {
                            report.emit(Msg::Store(StoreEvent::NotErased(failure.to_string())));
                        }
                    }
                });
            }
        }
    }
}
