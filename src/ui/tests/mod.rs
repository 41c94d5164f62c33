//! The logic of the page without a browser: messages in, effects and drawn HTML out.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::wildcard_enum_match_arm,
    reason = "a test may fail by panicking"
)]

mod backtest;
mod clocks;
mod drafts;
mod effects;
mod escalations;
mod faults;
mod fields;
mod filled;
mod incoming;
mod injection;
mod orders;
mod photos;
mod policy;
mod practice;
mod quotes;
mod receiving;
mod reports;
mod rules;
mod seeing;
mod shown;
mod stored;
mod suppliers;
mod suspension;
mod weeks;

use std::cell::Cell;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use chrono::NaiveDate;
use landfall::issue::Problem;
use landfall_workspace::record::Record;
use yew::prelude::*;

use crate::charges::Charges;
use crate::draft::Draft;
use crate::lines::Lines;
use crate::model::{Effect, Fault, Model, Moment, Msg, Opening, What, outcome};
use crate::order::{customs, head, selling};
use crate::store::{Access, Opened, Place, StoreEvent, WorkEvent};
use crate::tree::Tree;

/// The day of the worked example.
const TODAY: &str = "2026-11-22";

pub fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The real data of all destinations, as the page loads it.
pub fn destinations() -> String {
    const FILES: [&str; 15] = [
        include_str!("../../../www/destinations/ae.json"),
        include_str!("../../../www/destinations/au.json"),
        include_str!("../../../www/destinations/ca.json"),
        include_str!("../../../www/destinations/eu.json"),
        include_str!("../../../www/destinations/gb.json"),
        include_str!("../../../www/destinations/jp.json"),
        include_str!("../../../www/destinations/kr.json"),
        include_str!("../../../www/destinations/mx.json"),
        include_str!("../../../www/destinations/no.json"),
        include_str!("../../../www/destinations/nz.json"),
        include_str!("../../../www/destinations/sa.json"),
        include_str!("../../../www/destinations/sg.json"),
        include_str!("../../../www/destinations/us.json"),
        include_str!("../../../www/destinations/vn.json"),
        include_str!("../../../www/destinations/za.json"),
    ];
    format!("[{}]", FILES.join(","))
}

pub fn today() -> NaiveDate {
    TODAY.parse().unwrap()
}

thread_local! {
    static MESSAGES: Cell<u32> = const { Cell::new(0) };
}

/// A moment after all others of the test.
pub fn moment() -> Moment {
    let number = MESSAGES.get();
    MESSAGES.set(number + 1);
    Moment {
        at: format!(
            "2026-11-22T{:02}:{:02}:{:02}Z",
            number / 3600,
            number / 60 % 60,
            number % 60
        )
        .into(),
        id: format!("id-{number}").into(),
        seed: format!("{number:032x}").into(),
    }
}

/// The page after what happened, and what the browser is to do about it; what is to be stored is.
pub fn update(model: &Model, msg: Msg) -> (Model, Vec<Effect>) {
    let (mut model, effects) = crate::update::update(model, moment(), msg);
    for effect in &effects {
        if let Effect::Commit(number, ..) = effect {
            let done = Msg::Store(StoreEvent::Committed(*number, Vec::new()));
            model = crate::update::update(&model, moment(), done).0;
        }
    }
    (model, effects)
}

/// What is stored: the key of each record, and its data where it isn't deleted.
pub fn committed(effects: &[Effect]) -> Vec<(String, Option<String>)> {
    let mut stored = Vec::new();
    for effect in effects {
        if let Effect::Commit(_, changes, _) = effect {
            stored.extend(changes.iter().map(|change| {
                let record = Record::read(&change.text).unwrap();
                (
                    change.key.clone(),
                    record.data().map(|data| data.to_string()),
                )
            }));
        }
    }
    stored
}

/// The page of a first visit with this in the local storage, before the store is open.
pub fn opening_with(stored: &[(&str, &str)]) -> (Model, Vec<Effect>) {
    let stored = stored
        .iter()
        .map(|(key, text)| ((*key).to_owned(), (*text).to_owned()));
    Model::open(Opening {
        language: "en".to_owned(),
        today: today(),
        offset: 480,
        zone: crate::time::Zone::default(),
        destinations: destinations(),
        moment: moment(),
        device: "d0".to_owned(),
        stored: stored.collect(),
        fragment: String::new(),
    })
}

/// The page of a first visit with this in the local storage, and an empty store.
pub fn opened_with(stored: &[(&str, &str)]) -> (Model, Vec<Effect>) {
    let (model, mut effects) = opening_with(stored);
    let opened = StoreEvent::Opened(Opened {
        place: Place::Indexed,
        access: Access::Open,
        meta: Vec::new(),
        rows: 0,
    });
    let (model, more) = update(&model, Msg::Store(opened));
    effects.extend(more);
    let (model, more) = update(&model, Msg::Store(StoreEvent::Ready));
    effects.extend(more);
    (model, effects)
}

/// The page of a first visit: the worked example.
pub fn example() -> Model {
    opened_with(&[]).0
}

/// The page with an order that is just begun.
pub fn blank() -> Model {
    let model = example();
    shows(&model, Draft::blank())
}

/// The page with an order.
pub fn shows(model: &Model, draft: Draft) -> Model {
    let mut model = model.clone();
    model.moment = moment();
    model.replaced(draft);
    model
}

/// The page after a file was chosen and read that is no workspace and no spreadsheet.
pub fn brought(model: &Model, name: &str, text: &str) -> (Model, Vec<Effect>) {
    worked(model, name, [WorkEvent::Text(text.to_owned())])
}

/// The page after a file was chosen and this was found in it.
pub fn worked(
    model: &Model,
    name: &str,
    events: impl IntoIterator<Item = WorkEvent>,
) -> (Model, Vec<Effect>) {
    let mut model = model.clone();
    model.begin_reading(name);
    let mut effects = Vec::new();
    for event in events {
        let (next, more) = update(&model, Msg::Work(event));
        model = next;
        effects.extend(more);
    }
    (model, effects)
}

pub fn sent(model: &Model, msg: Msg) -> Model {
    update(model, msg).0
}

pub fn typed(model: &Model, path: &str, text: &str) -> Model {
    sent(model, Msg::Typed(path.to_owned(), text.to_owned()))
}

pub fn left(model: &Model, path: &str) -> Model {
    sent(model, Msg::Left(path.to_owned()))
}

pub fn pressed(model: &Model, path: &str, action: &str) -> Model {
    sent(model, Msg::Pressed(path.to_owned(), action.to_owned()))
}

pub fn per_unit(model: &Model) -> String {
    assert!(model.faults.is_empty(), "{:?}", model.faults);
    model.outcome.as_ref().unwrap().result.per_unit.to_string()
}

pub fn tree(text: &str) -> Tree {
    landfall::json::read(text).unwrap().into_owned()
}

/// Everything of an order.
pub fn whole(draft: &Draft) -> String {
    serde_json::to_string(&draft.to_tree()).unwrap()
}

/// What an order comes to, computed anew: its request and amounts, or its faults.
pub fn computed(model: &Model) -> String {
    match outcome(&model.draft, &model.fills(), model.today, model.locale) {
        Ok(outcome) => format!("{:?} {:?}", outcome.result, outcome.selling),
        Err(faults) => format!("{faults:?}"),
    }
}

/// The paths of the faults that are shown.
pub fn shown_at(model: &Model) -> Vec<&str> {
    model
        .shown_faults()
        .map(|fault| fault.path.as_str())
        .collect()
}

/// The page with a fault in every line, charge and fee, so that all of them are drawn open.
pub fn all_open(model: &Model) -> Model {
    let mut model = model.clone();
    let fault = |path: String| Fault {
        path,
        what: What::Issue(Problem::TooLarge),
    };
    let mut faults: Vec<Fault> = model.faults.to_vec();
    faults.extend((0..model.draft.lines.len()).map(|line| fault(format!("lines[{line}].all"))));
    faults.extend((0..model.draft.charges.len()).map(|at| fault(format!("charges[{at}].all"))));
    let fees: Vec<String> = model
        .fills()
        .fees
        .iter()
        .map(|fee| fee.id.to_owned())
        .collect();
    faults.extend(fees.into_iter().map(|id| fault(format!("fees.{id}.all"))));
    model.faults = faults.into();
    model
}

/// A part of the page.
pub type Part = fn(&Rc<Model>) -> Html;

#[derive(Properties)]
struct ShownProps {
    model: Rc<Model>,
    part: Part,
}

impl PartialEq for ShownProps {
    fn eq(&self, other: &ShownProps) -> bool {
        Rc::ptr_eq(&self.model, &other.model)
    }
}

#[component]
fn Shown(props: &ShownProps) -> Html {
    (props.part)(&props.model)
}

/// The form of an order.
pub fn form(model: &Rc<Model>) -> Html {
    html! {
        <form>
            { head(model) }
            <Lines model={model.clone()} />
            <Charges model={model.clone()} />
            { customs(model) }
            { selling(model) }
        </form>
    }
}

/// A part of the page as HTML.
pub fn drawn(model: &Model, part: Part) -> String {
    let model = Rc::new(model.clone());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let local = tokio::task::LocalSet::new();
    let html = local.block_on(&runtime, async move {
        let renderer = yew::LocalServerRenderer::<Shown>::with_props(ShownProps { model, part });
        renderer.hydratable(false).render().await
    });
    let is_styled =
        html.contains("style=") && tags(&html).iter().any(|tag| tag.get("style").is_some());
    assert!(!is_styled, "the page's policy forbids it");
    html
}

/// A start tag of HTML.
#[derive(Debug)]
pub struct Tag {
    pub name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// The names of its attributes.
    pub fn names(&self) -> Vec<&str> {
        self.attributes
            .iter()
            .map(|(name, _)| name.as_str())
            .collect()
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        attributes.find_map(|(key, value)| (key == name).then_some(value.as_str()))
    }
}

/// The start tags of HTML, in their order.
pub fn tags(html: &str) -> Vec<Tag> {
    let unescaped = |text: &str| {
        text.replace("&quot;", "\"")
            .replace("&#x27;", "'")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
    };
    let starts = html.split('<').skip(1).filter(|tag| !tag.starts_with('/'));
    starts
        .map(|tag| {
            let end = tag.find([' ', '>', '/']).unwrap();
            let (name, mut rest) = tag.split_at(end);
            let mut attributes = Vec::new();
            loop {
                rest = rest.trim_start();
                if rest.is_empty() || rest.starts_with(['>', '/']) {
                    break;
                }
                let end = rest.find(['=', ' ', '>']).unwrap();
                let (key, after) = rest.split_at(end);
                let value = match after.strip_prefix("=\"") {
                    Some(quoted) => {
                        let (value, after) = quoted.split_once('"').unwrap();
                        rest = after;
                        value
                    }
                    None => {
                        rest = after;
                        ""
                    }
                };
                attributes.push((key.to_owned(), unescaped(value)));
            }
            Tag {
                name: name.to_owned(),
                attributes,
            }
        })
        .collect()
}

/// A field of the drawn form, with the texts that it can be given.
#[derive(Debug)]
pub struct Field {
    pub path: String,
    pub kind: FieldKind,
}

#[derive(PartialEq, Debug)]
pub enum FieldKind {
    Text,
    Tick,
    Choice(Vec<String>),
}

/// The fields of a drawn form.
pub fn fields(html: &str) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for tag in tags(html) {
        match (tag.name.as_str(), tag.get("name")) {
            ("input", Some(path)) => {
                let kind = match tag.get("type") {
                    Some("checkbox") => FieldKind::Tick,
                    _ => FieldKind::Text,
                };
                let path = path.to_owned();
                fields.push(Field { path, kind });
            }
            ("select", Some(path)) => {
                let kind = FieldKind::Choice(Vec::new());
                let path = path.to_owned();
                fields.push(Field { path, kind });
            }
            ("option", _) => {
                if let Some(FieldKind::Choice(options)) =
                    fields.last_mut().map(|field| &mut field.kind)
                {
                    options.push(tag.get("value").unwrap_or_default().to_owned());
                }
            }
            _ => {}
        }
    }
    fields
}

/// The buttons of the drawn page: what they belong to, and what they do.
pub fn buttons(html: &str) -> Vec<(String, String)> {
    let tags = tags(html)
        .into_iter()
        .filter(|tag| tag.name == "button" && tag.get("name").is_some());
    tags.map(|tag| {
        let of = |name| tag.get(name).unwrap_or_default().to_owned();
        (of("name"), of("value"))
    })
    .collect()
}

/// HTML must be as it is stored in `snapshots`; `UPDATE_SNAPSHOTS=1` stores it anew.
#[track_caller]
pub fn check_snapshot(name: &str, html: &str) {
    check_ids(html);
    let mut text = String::new();
    for part in html.split_inclusive('<') {
        let (before, open) = match part.strip_suffix('<') {
            Some(before) => (before, "\n<"),
            None => (part, ""),
        };
        write!(text, "{before}{open}").unwrap();
    }
    let text = format!("{}\n", text.trim_start_matches('\n'));
    let file = root("tests/snapshots").join(format!("{name}.html"));
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(&file, &text).unwrap();
        return;
    }
    let stored = fs::read_to_string(&file).unwrap_or_default();
    let mut lines = stored.lines().zip(text.lines()).zip(1..);
    let differing = lines.find(|((stored, text), _)| stored != text);
    assert!(
        differing.is_none() && stored == text,
        "{} differs, first in {differing:?}; UPDATE_SNAPSHOTS=1 stores it anew",
        file.display()
    );
}

/// Ids are unique, and what names one has it.
#[track_caller]
pub fn check_ids(html: &str) {
    let tags = tags(html);
    let ids: Vec<&str> = tags.iter().filter_map(|tag| tag.get("id")).collect();
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), ids.len(), "an id stands twice: {ids:?}");
    for tag in &tags {
        for name in ["for", "aria-labelledby", "aria-describedby"] {
            if let Some(id) = tag.get(name) {
                assert!(ids.contains(&id), "{name}={id:?} has no element");
            }
        }
    }
}
