//! What is kept: records, drafts, several tabs over one store, refusals.

use std::collections::BTreeMap;

use landfall_workspace::record::Record;
use proptest::prelude::*;

use super::*;
use crate::archive::{Kind, draft_of, envelope};
use crate::store::Change;

/// A store as the browser has it, with tabs that it tells of changes.
#[derive(Default)]
pub struct Shelf {
    rows: BTreeMap<String, String>,
    notes: Vec<(String, String)>,
    /// What the local storage has.
    mirror: BTreeMap<String, String>,
}

impl Shelf {
    /// Stores as the port says: where another record than expected is there, both are merged.
    fn commit(&mut self, changes: &[Change], notes: &[(String, String)]) -> Vec<String> {
        self.notes.extend_from_slice(notes);
        let merged = changes.iter().filter_map(|change| {
            let ours = Record::read(&change.text).unwrap();
            let stored = self
                .rows
                .get(&change.key)
                .map(|text| Record::read(text).unwrap());
            let (record, is_merged) = match stored {
                Some(stored) if change.expected != Some(stored.token()) => {
                    (stored.merged(&ours), true)
                }
                Some(_) | None => (ours, false),
            };
            let text = record.write();
            self.rows.insert(change.key.clone(), text.clone());
            is_merged.then_some(text)
        });
        merged.collect()
    }

    /// The order that each stored draft holds.
    fn drafts(&self) -> Vec<Draft> {
        let rows = self
            .rows
            .iter()
            .filter(|(key, _)| key.starts_with("draft/"));
        let records = rows.map(|(_, text)| Record::read(text).unwrap());
        records
            .filter_map(|record| draft_of(record.data()?))
            .collect()
    }

    /// A tab that opens now.
    fn open(&self) -> (Model, Vec<Effect>) {
        let mirror: Vec<_> = self
            .mirror
            .iter()
            .map(|(key, text)| (key.as_str(), text.as_str()))
            .collect();
        let (model, mut effects) = opening_with(&mirror);
        let opened = StoreEvent::Opened(Opened {
            place: Place::Indexed,
            access: Access::Open,
            meta: self.notes.clone(),
            rows: u32::try_from(self.rows.len()).unwrap(),
        });
        let mut model = sent(&model, Msg::Store(opened));
        let texts = self.rows.values().cloned().collect();
        for event in [StoreEvent::Rows(texts), StoreEvent::Ready] {
            let (next, more) = crate::update::update(&model, moment(), Msg::Store(event));
            model = next;
            effects.extend(more);
        }
        (model, effects)
    }
}

/// Tabs over one store. What the browser is to do waits until it is done.
#[derive(Default)]
pub struct Browser {
    pub shelf: Shelf,
    tabs: Vec<(Model, Vec<Effect>, Vec<StoreEvent>)>,
}

impl Browser {
    pub fn open(&mut self) -> usize {
        let (model, effects) = self.shelf.open();
        self.tabs.push((model, Vec::new(), Vec::new()));
        let tab = self.tabs.len() - 1;
        self.perform(tab, effects);
        tab
    }

    pub fn tab(&self, tab: usize) -> &Model {
        &self.tabs[tab].0
    }

    pub fn send(&mut self, tab: usize, msg: Msg) {
        let (model, effects) = crate::update::update(&self.tabs[tab].0, moment(), msg);
        self.tabs[tab].0 = model;
        self.perform(tab, effects);
    }

    fn perform(&mut self, tab: usize, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Mirror(key, Some(text)) => {
                    self.shelf.mirror.insert(key, text);
                }
                Effect::Mirror(key, None) => {
                    self.shelf.mirror.remove(&key);
                }
                other => self.tabs[tab].1.push(other),
            }
        }
    }

    /// Does the next thing that the store has to do for a tab; the others hear of it later.
    pub fn store(&mut self, tab: usize) {
        let is_commit = |effect: &Effect| matches!(effect, Effect::Commit(..));
        let Some(at) = self.tabs[tab].1.iter().position(is_commit) else {
            return;
        };
        let Effect::Commit(number, changes, notes) = self.tabs[tab].1.remove(at) else {
            return;
        };
        let texts = self.shelf.commit(&changes, &notes);
        let keys = changes.iter().map(|change| &change.key);
        let news: Vec<String> = keys.map(|key| self.shelf.rows[key].clone()).collect();
        for (other, (_, _, heard)) in self.tabs.iter_mut().enumerate() {
            if other != tab {
                heard.push(StoreEvent::Changed(news.clone()));
            }
        }
        self.send(tab, Msg::Store(StoreEvent::Committed(number, texts)));
    }

    /// A tab hears the oldest thing that others did. What they stored since is told as it stands.
    pub fn hear(&mut self, tab: usize) {
        let news = &mut self.tabs[tab].2;
        if !news.is_empty() {
            let event = news.remove(0);
            self.send(tab, Msg::Store(event));
        }
    }

    /// Everything that is to be done is done.
    pub fn settle(&mut self) {
        for _ in 0..100 {
            for tab in 0..self.tabs.len() {
                self.store(tab);
                self.hear(tab);
            }
        }
        for (_, effects, news) in &self.tabs {
            assert!(
                news.is_empty()
                    && !effects
                        .iter()
                        .any(|effect| matches!(effect, Effect::Commit(..))),
                "comes to rest"
            );
        }
    }

    fn type_in(&mut self, tab: usize, path: &str, text: &str) {
        self.send(tab, Msg::Typed(path.to_owned(), text.to_owned()));
    }

    fn pause(&mut self, tab: usize) {
        let change = self.tab(tab).change;
        self.send(tab, Msg::Settled(change));
    }
}

/// The codes of the first line in all orders that are stored.
fn stored_codes(shelf: &Shelf) -> Vec<String> {
    let code = |draft: &Draft| crate::tree::text_at(&draft.lines[0].json, "sku").to_owned();
    shelf.drafts().iter().map(code).collect()
}

const CODE: &str = "lines[0].sku";

#[test]
fn what_is_typed_is_mirrored_at_once_and_committed_after_a_pause() {
    let mut browser = Browser::default();
    let tab = browser.open();
    browser.type_in(tab, CODE, "A");
    assert!(browser.shelf.mirror.contains_key("landfall.draft"));
    assert!(browser.shelf.rows.is_empty());
    assert!(browser.tab(tab).kept.is_ahead);
    browser.pause(tab);
    assert!(!browser.tab(tab).storage.is_settled());
    browser.store(tab);
    assert!(browser.tab(tab).storage.is_settled() && !browser.tab(tab).kept.is_ahead);
    assert_eq!(stored_codes(&browser.shelf), ["A"]);
    let again = browser.open();
    assert_eq!(
        whole(&browser.tab(again).draft),
        whole(&browser.tab(tab).draft)
    );
}

#[test]
fn a_reload_before_the_pause_finds_the_mirror_and_stores_it() {
    let mut browser = Browser::default();
    let tab = browser.open();
    browser.type_in(tab, CODE, "A");
    browser.pause(tab);
    browser.settle();
    browser.type_in(tab, CODE, "B");
    let again = browser.open();
    assert_eq!(
        crate::tree::text_at(&browser.tab(again).draft.lines[0].json, "sku"),
        "B"
    );
    browser.settle();
    assert_eq!(stored_codes(&browser.shelf), ["B"]);
}

#[test]
fn a_browser_that_lost_its_mirror_shows_the_record() {
    let mut browser = Browser::default();
    let tab = browser.open();
    browser.type_in(tab, CODE, "A");
    let stale = browser.shelf.mirror.clone();
    browser.type_in(tab, CODE, "B");
    browser.pause(tab);
    browser.settle();
    for mirror in [BTreeMap::new(), stale] {
        browser.shelf.mirror = mirror;
        let again = browser.open();
        assert_eq!(
            crate::tree::text_at(&browser.tab(again).draft.lines[0].json, "sku"),
            "B"
        );
    }
    browser.settle();
    assert_eq!(stored_codes(&browser.shelf), ["B"]);
}

#[test]
fn a_tab_that_types_nothing_follows_the_other() {
    let mut browser = Browser::default();
    let one = browser.open();
    browser.type_in(one, CODE, "A");
    browser.pause(one);
    browser.settle();
    let two = browser.open();
    browser.type_in(two, CODE, "B");
    browser.pause(two);
    browser.settle();
    assert_eq!(
        crate::tree::text_at(&browser.tab(one).draft.lines[0].json, "sku"),
        "B"
    );
    browser.type_in(one, CODE, "C");
    browser.pause(one);
    browser.settle();
    assert_eq!(stored_codes(&browser.shelf), ["C"]);
}

#[test]
fn two_tabs_that_type_at_once_have_two_orders() {
    let mut browser = Browser::default();
    let one = browser.open();
    browser.type_in(one, CODE, "A");
    browser.pause(one);
    browser.settle();
    let two = browser.open();
    browser.type_in(one, CODE, "B");
    browser.type_in(two, CODE, "C");
    browser.pause(one);
    browser.pause(two);
    browser.settle();
    let mut codes = stored_codes(&browser.shelf);
    codes.sort();
    assert_eq!(codes, ["B", "C"]);
    // Each goes on with its own.
    for (tab, code) in [(one, "B1"), (two, "C1")] {
        browser.type_in(tab, CODE, code);
        browser.pause(tab);
        browser.settle();
    }
    let mut codes = stored_codes(&browser.shelf);
    codes.sort();
    assert_eq!(codes, ["B1", "C1"]);
}

#[test]
fn what_is_refused_stays_and_is_tried_again() {
    let mut browser = Browser::default();
    let tab = browser.open();
    browser.type_in(tab, CODE, "A");
    browser.pause(tab);
    browser.tabs[tab].1.clear();
    browser.send(tab, Msg::Store(StoreEvent::Refused(1, "quota".to_owned())));
    assert_eq!(browser.tab(tab).storage.refused.as_deref(), Some("quota"));
    assert!(!browser.tab(tab).storage.is_settled());
    // Not over and over.
    browser.send(tab, Msg::Left(CODE.to_owned()));
    browser.settle();
    assert!(browser.shelf.rows.is_empty());
    // But when something changes, the page is hidden, or the reader says so.
    for (text, again) in [
        ("B", Msg::Hidden),
        ("C", Msg::Pressed("storage".to_owned(), "retry".to_owned())),
    ] {
        browser.type_in(tab, CODE, text);
        browser.pause(tab);
        browser.tabs[tab].1.clear();
        let number = 2 + u32::from(text == "C") * 2;
        browser.send(
            tab,
            Msg::Store(StoreEvent::Refused(number, "quota".to_owned())),
        );
        browser.send(tab, again);
        browser.settle();
        assert_eq!(stored_codes(&browser.shelf), [text]);
        assert_eq!(browser.tab(tab).storage.refused, None);
    }
}

#[test]
fn newer_records_are_not_written_to() {
    let (model, _) = opening_with(&[]);
    let opened = Opened {
        place: Place::Indexed,
        access: Access::Newer(2),
        meta: Vec::new(),
        rows: 0,
    };
    let mut model = sent(&model, Msg::Store(StoreEvent::Opened(opened)));
    let mut done = Vec::new();
    for msg in [
        Msg::Store(StoreEvent::Ready),
        Msg::Typed(CODE.to_owned(), "A".to_owned()),
        Msg::Pressed("order".to_owned(), "save".to_owned()),
        Msg::Pressed("language".to_owned(), "zh-CN".to_owned()),
        Msg::Hidden,
    ] {
        let (next, effects) = update(&model, msg);
        model = next;
        done.extend(effects);
    }
    let is_write = |effect: &Effect| matches!(effect, Effect::Mirror(..) | Effect::Commit(..));
    assert!(!done.iter().any(is_write), "{done:?}");
}

/// What is done in a browser with several tabs.
#[derive(Clone, Debug)]
enum Act {
    Type(usize),
    Pause(usize),
    Store(usize),
    Hear(usize),
    Reload(usize),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = (0_usize..3, 0_u8..16).prop_map(|(tab, what)| match what {
        0..5 => Act::Type(tab),
        5..9 => Act::Pause(tab),
        9..12 => Act::Store(tab),
        12..15 => Act::Hear(tab),
        _ => Act::Reload(tab),
    });
    prop::collection::vec(act, 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever tabs do in whatever order: in the end each last text of a tab that paused is stored in
    /// some draft, unless that draft was shown and typed over afterwards.
    #[test]
    fn no_tab_loses_what_it_paused_after(acts in acts()) {
        let mut browser = Browser::default();
        for _ in 0..3 {
            browser.open();
        }
        let mut typed: Vec<Option<String>> = vec![None; 3];
        let mut count = 0;
        for act in acts {
            match act {
                Act::Type(tab) => {
                    count += 1;
                    let text = format!("T{tab}-{count}");
                    // What stood there was seen, and is typed over.
                    let seen = crate::tree::text_at(&browser.tab(tab).draft.lines[0].json, "sku").to_owned();
                    for other in &mut typed {
                        if other.as_deref() == Some(&seen) && browser.tab(tab).kept.base.is_some() {
                            *other = None;
                        }
                    }
                    browser.type_in(tab, CODE, &text);
                    typed[tab] = Some(text);
                }
                Act::Pause(tab) => browser.pause(tab),
                Act::Store(tab) => browser.store(tab),
                Act::Hear(tab) => browser.hear(tab),
                Act::Reload(tab) => browser.send(tab, Msg::Hidden),
            }
        }
        for tab in 0..3 {
            browser.pause(tab);
        }
        browser.settle();
        let stored = stored_codes(&browser.shelf);
        for text in typed.into_iter().flatten() {
            prop_assert!(stored.contains(&text), "{text} is not in {stored:?}");
        }
        // All tabs know the same, and none has a conflict.
        for tab in 1..3 {
            let drafts = |tab: usize| browser.tab(tab).drafts().map(|record| record.write()).collect::<Vec<_>>();
            prop_assert_eq!(drafts(tab), drafts(0));
        }
    }
}

#[test]
fn what_an_earlier_version_stored_is_taken_over_once() {
    let order = envelope(
        Kind::Order,
        "2026-11-01T00:00:00Z",
        "Old order",
        &Draft::blank().to_tree(),
    );
    let fees = envelope(
        Kind::Schedule,
        "2026-11-02T00:00:00Z",
        "Old fees",
        &landfall::json::Json::List(Vec::new()),
    );
    let mut browser = Browser::default();
    for (key, text) in [
        ("landfall.order.a1", order.as_str()),
        ("landfall.schedule.f1", fees.as_str()),
        ("landfall.order.bad", "{"),
    ] {
        browser.shelf.mirror.insert(key.to_owned(), text.to_owned());
    }
    let tab = browser.open();
    browser.settle();
    let names = |model: &Model| {
        (
            model
                .saved
                .iter()
                .map(|saved| saved.name.to_string())
                .collect::<Vec<_>>(),
            model.schedules.len(),
        )
    };
    assert_eq!(names(browser.tab(tab)), (vec!["Old order".to_owned()], 1));
    assert_eq!(&*browser.tab(tab).saved[0].saved_at, "2026-11-01T00:00:00Z");
    assert!(
        browser
            .shelf
            .notes
            .iter()
            .any(|(name, text)| name == "before/0" && text.contains(&order))
    );
    let left: Vec<&String> = browser.shelf.mirror.keys().collect();
    assert_eq!(
        left,
        ["landfall.order.bad"],
        "what can’t be read stays where it is"
    );
    let again = browser.open();
    browser.settle();
    assert_eq!(names(browser.tab(again)), (vec!["Old order".to_owned()], 1));
}

#[test]
fn what_was_on_its_way_when_the_page_went_is_stored_by_the_next() {
    let mut browser = Browser::default();
    let tab = browser.open();
    browser.send(tab, Msg::Pressed("order".to_owned(), "save".to_owned()));
    browser.settle();
    let path = format!("saved.{}.name", browser.tab(tab).saved[0].id);
    // A commit on its way, and two changes that wait for it.
    for name in ["A", "AB", "ABC"] {
        browser.type_in(tab, &path, name);
    }
    for has_landed in [false, true] {
        let mut later = Browser::default();
        later.shelf.rows = browser.shelf.rows.clone();
        later.shelf.mirror = browser.shelf.mirror.clone();
        if has_landed {
            let mut waits = browser.tabs[tab].1.iter();
            let changes = waits.find_map(|effect| match effect {
                Effect::Commit(_, changes, _) => Some(changes),
                _ => None,
            });
            later.shelf.commit(changes.unwrap(), &[]);
        }
        let again = later.open();
        later.settle();
        assert_eq!(&*later.tab(again).saved[0].name, "ABC");
        assert!(
            later
                .shelf
                .rows
                .values()
                .any(|text| text.contains("\"ABC\""))
        );
        let is_left = |key: &String| key.starts_with("landfall.pending.");
        assert!(
            !later.shelf.mirror.keys().any(is_left),
            "{:?}",
            later.shelf.mirror
        );
        assert_eq!(later.tab(again).workspace.conflicts().count(), 0);
    }
    browser.settle();
    assert!(
        !browser
            .shelf
            .mirror
            .keys()
            .any(|key| key.starts_with("landfall.pending."))
    );
}
