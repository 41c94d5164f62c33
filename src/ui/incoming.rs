//! What comes in by a file: read aside, looked at, then applied as a whole or not at all.

use std::collections::BTreeSet;
use std::rc::Rc;

use landfall::check::Named;
use landfall::json::{self, Json};
use landfall_words::{self as words, Locale};
use landfall_workspace::file::{MAX_BYTES, Refused};
use landfall_workspace::plan::{Changed, Plan};
use landfall_workspace::raw::Difference;
use landfall_workspace::record::{Kind, Record};
use landfall_workspace::rows::Row;
use yew::prelude::*;

use crate::data::kind_name;
use crate::form::button;
use crate::model::{Effect, Model};
use crate::orders::mismatch_sentence;
use crate::route::Route;
use crate::say::say;
use crate::store::WorkEvent;
use crate::time::shown_instant;
use crate::tree;

/// How many records are applied at a time, so that the page stays responsive.
const PIECE: usize = 2_000;

/// Among how many orders those that don't add up are looked for; the log of orders says it of each.
const LOOKED_AT: usize = 5_000;

/// How many changes and conflicts are shown.
const SHOWN: usize = 20;

/// What is being done on the page of the data.
#[derive(Clone, Default, Debug)]
pub struct DataRoom {
    /// What comes in.
    pub incoming: Option<Incoming>,
    /// The last import, which can be taken back.
    pub undo: Option<(Rc<str>, Rc<Plan>)>,
    /// What a partial export has.
    pub parts: BTreeSet<Kind>,
    /// Rows that are being pasted.
    pub pasted: Option<Rc<str>>,
    /// What the owner calls the shop, where that is being typed.
    pub owner: Option<String>,
    /// Whether it is asked if everything is to be erased.
    pub is_erasing: bool,
}

impl DataRoom {
    /// A field of the page changed.
    pub(crate) fn typed(&mut self, field: &str, text: &str) {
        if field == "pasted" {
            self.pasted = Some(text.into());
            return;
        }
        if field == "owner" {
            self.owner = Some(text.to_owned());
            return;
        }
        let named = |kind: &&Kind| field.strip_prefix("part.") == Some(kind.name());
        if let Some(kind) = Kind::ALL.iter().find(named) {
            if text.is_empty() {
                self.parts.remove(kind);
            } else {
                self.parts.insert(*kind);
            }
        }
    }
}

/// What comes in.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// The name of the file.
    pub name: Rc<str>,
    /// How far it is.
    pub stage: Stage,
}

/// How far it is.
#[derive(Clone, Debug)]
pub enum Stage {
    /// It is being read: so much of so much.
    Reading {
        /// How much is read.
        done: u32,
        /// How much there is to read.
        total: u32,
        /// What the parts that were found so far would change.
        plans: Vec<Rc<Plan>>,
    },
    /// It is refused as a whole, for these reasons.
    Refused(Rc<[String]>),
    /// It waits for a decision.
    Ready(Preview),
    /// It is being applied: so many records are.
    Applying(Rc<Plan>, usize),
}

/// What would change.
#[derive(Clone, Debug)]
pub struct Preview {
    /// What would change.
    pub plan: Rc<Plan>,
    /// What is to be known about what was read.
    pub notes: Rc<[String]>,
    /// Orders that don't add up, the first of them.
    pub flagged: Rc<[String]>,
}

/// Why a file of the workspace is refused, in sentences.
pub fn refused(locale: Locale, refused: &Refused) -> Vec<String> {
    let megabytes = MAX_BYTES.div_euclid(1_000_000);
    let text = match (refused, locale) {
        (Refused::Issues(issues), _) => {
            let sentences = issues.iter().take(SHOWN).map(|issue| {
                let sentence = words::issue(locale, issue);
                if issue.path.is_empty() { sentence } else { format!("{}: {sentence}", issue.path) }
            });
            return sentences.collect();
        }
        (Refused::TooLarge { .. }, Locale::En) => format!("It has more than {megabytes} MB. Export it in parts and bring these in one after another."),
        (Refused::TooLarge { .. }, Locale::Zh) => format!("文件超过 {megabytes} MB。请分几部分导出后逐一导入。"),
        (Refused::NotUtf8 { .. }, Locale::En) => "It isn’t a text in UTF-8. Choose the file as it was exported, not one that another program saved.".to_owned(),
        (Refused::NotUtf8 { .. }, Locale::Zh) => "文件不是 UTF-8 文本。请选择原始导出文件，而不是其他程序另存的文件。".to_owned(),
        (Refused::TooDeep, Locale::En) => "It is nested too deep for a file of this page. Choose the file as it was exported.".to_owned(),
        (Refused::TooDeep, Locale::Zh) => "文件嵌套层级过深，不是本页面导出的文件。请选择原始导出文件。".to_owned(),
        (Refused::TooMany, Locale::En) => "It has more than 200,000 records. Export it in parts and bring these in one after another.".to_owned(),
        (Refused::TooMany, Locale::Zh) => "文件超过 200,000 条记录。请分几部分导出后逐一导入。".to_owned(),
        (Refused::OtherFormat { found }, Locale::En) => format!("It is {found}, and no file of this page. Choose a backup, a shop file, or the order export of 1688."),
        (Refused::OtherFormat { found }, Locale::Zh) => format!("文件格式为 {found}，不是本页面的文件。请选择备份、店铺文件或 1688 订单导出文件。"),
        (Refused::TooNew { version }, Locale::En) => format!("A newer Landfall wrote it (version {version}). Reload this page to get the current one, then bring it in again."),
        (Refused::TooNew { version }, Locale::Zh) => format!("该文件由更新版本的 Landfall 生成（版本 {version}）。请刷新页面获取新版本后再导入。"),
    };
    vec![text]
}

impl Model {
    /// Whether something that was looked at is being applied: that is not given up halfway.
    pub(crate) fn is_applying(&self) -> bool {
        let stage = self.data.incoming.as_ref().map(|incoming| &incoming.stage);
        matches!(stage, Some(Stage::Applying(..)))
    }

    /// Something is to be read; what was being read is given up.
    pub(crate) fn begin_reading(&mut self, name: &str) {
        self.data.undo = None;
        self.data.incoming = Some(Incoming {
            name: name.into(),
            stage: Stage::Reading {
                done: 0,
                total: 0,
                plans: Vec::new(),
            },
        });
    }

    /// Something was found in what is read.
    pub(crate) fn worked(&mut self, event: WorkEvent) -> Vec<Effect> {
        let Some(Incoming {
            name,
            stage: Stage::Reading { done, total, plans },
        }) = &mut self.data.incoming
        else {
            // Cancelled.
            return Vec::new();
        };
        let name = name.clone();
        match event {
            WorkEvent::Progress(read, all) => {
                (*done, *total) = (read, all);
                return Vec::new();
            }
            WorkEvent::Records(texts) => {
                let records = texts.iter().map(|text| Record::read(text));
                match records.collect::<Result<Vec<Record>, _>>() {
                    Ok(records) => {
                        plans.push(Rc::new(Plan::of(records, &self.workspace)));
                    }
                    Err(issues) => {
                        let reasons = self.sentences(&issues);
                        self.refuse_incoming(reasons);
                    }
                }
                return Vec::new();
            }
            WorkEvent::End => {
                let mut plan = Plan::default();
                for part in std::mem::take(plans) {
                    plan.join(Rc::unwrap_or_clone(part));
                }
                self.preview(plan, Vec::new());
            }
            WorkEvent::Orders(text) => self.orders_found(&text),
            WorkEvent::Text(text) => {
                self.data.incoming = None;
                return self.imported(&name, &text);
            }
            WorkEvent::Refused(reasons) if self.route == Route::Saved => {
                self.data.incoming = None;
                self.not_imported(&name, reasons);
                return Vec::new();
            }
            WorkEvent::Refused(reasons) => self.refuse_incoming(reasons),
        }
        vec![Effect::Go(Route::Data.fragment().to_owned())]
    }

    fn refuse_incoming(&mut self, reasons: Vec<String>) {
        if let Some(incoming) = &mut self.data.incoming {
            incoming.stage = Stage::Refused(reasons.into());
        }
    }

    fn preview(&mut self, plan: Plan, notes: Vec<String>) {
        if let Some(incoming) = &mut self.data.incoming {
            let flagged = flagged(self.locale, &plan);
            let (plan, notes) = (Rc::new(plan), notes.into());
            incoming.stage = Stage::Ready(Preview {
                plan,
                notes,
                flagged,
            });
        }
    }

    /// Orders of an export: those that aren't known, and what is new about those that are.
    fn orders_found(&mut self, text: &str) {
        let notes = match json::read(text) {
            Ok(json) => notes_of(&json),
            Err(issue) => {
                let reasons = self.sentences(&[issue]);
                return self.refuse_incoming(reasons);
            }
        };
        match landfall_workspace::import_orders::records(text, &self.workspace, &self.stamp()) {
            Ok(records) => {
                let plan = Plan::of(records, &self.workspace);
                self.preview(plan, notes);
            }
            Err(issues) => {
                let reasons = self.sentences(&issues);
                self.refuse_incoming(reasons);
            }
        }
    }

    /// Applies what was looked at.
    pub(crate) fn apply(&mut self) -> Vec<Effect> {
        let Some(incoming) = &mut self.data.incoming else {
            return Vec::new();
        };
        let Stage::Ready(Preview { plan, .. }) = &incoming.stage else {
            return Vec::new();
        };
        incoming.stage = Stage::Applying(plan.clone(), 0);
        self.storage.is_gathering = true;
        vec![Effect::Soon]
    }

    /// Applies the next part of what comes in; nothing is stored before all of it is there.
    pub(crate) fn apply_more(&mut self) -> bool {
        let Some(Incoming { name, stage }) = &self.data.incoming else {
            return false;
        };
        let Stage::Applying(plan, next) = stage else {
            return false;
        };
        let (name, plan, next) = (name.clone(), plan.clone(), *next);
        let mut count = 0_usize;
        for record in plan.records().skip(next).take(PIECE) {
            let base = self.record(record.key());
            self.put_record(base, record.clone());
            count = count.saturating_add(1);
        }
        if count == PIECE {
            let next = next.saturating_add(count);
            let stage = Stage::Applying(plan, next);
            self.data.incoming = Some(Incoming { name, stage });
            return true;
        }
        self.data.incoming = None;
        self.data.undo = Some((name, plan));
        self.storage.is_gathering = false;
        false
    }

    /// Takes the last import back.
    pub(crate) fn take_back(&mut self) {
        let Some((_, plan)) = self.data.undo.take() else {
            return;
        };
        let (records, left) = plan.undone(&self.workspace, &self.stamp());
        for record in records {
            let base = self.record(record.key());
            self.put_record(base, record);
        }
        if !left.is_empty() {
            let text = match self.locale {
                Locale::En => format!(
                    "Taken back, but for {} that were changed since.",
                    left.len()
                ),
                Locale::Zh => format!("已撤销；其中 {} 项在导入后又有修改，予以保留。", left.len()),
            };
            self.tell(&text);
        }
    }

    /// One of the revisions of a conflict counts: it is a revision that follows all of them.
    pub(crate) fn decide(&mut self, path: &str, action: &str) {
        let Some(record) = path.parse().ok().and_then(|key| self.record(&key)) else {
            return;
        };
        let Some(head) = action
            .parse()
            .ok()
            .and_then(|at: usize| record.heads().get(at))
        else {
            return;
        };
        let stamp = self.stamp();
        let decided = match head.data() {
            Some(data) => record.resolved(data, stamp),
            None => record.removed(stamp),
        };
        self.put_record(Some(record), decided);
    }
}

/// The messages of the issues that an export came with.
fn notes_of(json: &Json<'_>) -> Vec<String> {
    let json = json.clone().into_owned();
    let Some(Json::List(issues)) = tree::get(&json, "issues") else {
        return Vec::new();
    };
    let notes = issues.iter().map(|issue| {
        let (path, message) = (
            tree::text_at(issue, "path"),
            tree::text_at(issue, "message"),
        );
        if path.is_empty() {
            message.to_owned()
        } else {
            format!("{path}: {message}")
        }
    });
    notes.collect()
}

/// What a record is called by people.
fn title(record: &Record) -> String {
    let data = record.heads().iter().find_map(|head| head.data());
    let row = data.and_then(|data| Row::of(record.key().kind, data).ok());
    let id = || record.key().id().to_owned();
    match row {
        Some(Row::Order(order)) => {
            let number = order.source.as_ref().map(|source| &source.order_id);
            let number = number.or(order.number.as_ref()).map_or("", |number| number);
            format!("{} {number}", order.supplier_name)
        }
        Some(Row::Supplier(supplier)) => supplier.name.to_string(),
        Some(Row::Scenario(scenario)) => scenario.name.to_string(),
        Some(Row::Schedule(schedule)) => schedule.name.to_string(),
        Some(Row::Sku(sku)) => sku.title.as_deref().unwrap_or(&sku.sku).to_owned(),
        Some(
            Row::Policy(_)
            | Row::Receipt(_)
            | Row::Dispute(_)
            | Row::Escalation(_)
            | Row::Report(_)
            | Row::Draft(_)
            | Row::Decision(_)
            | Row::Run(_)
            | Row::Preferences(_),
        )
        | None => id(),
    }
}

impl Preview {
    /// What would change, and what can be done about it.
    pub fn view(&self, model: &Model, name: &str) -> Html {
        let locale = model.locale;
        let plan = &*self.plan;
        let kinds: Vec<Html> = crate::data::KINDS
            .into_iter()
            .filter_map(|kind| {
                let of = |keys: &mut dyn Iterator<Item = Kind>| keys.filter(|of| *of == kind).count();
                let added = of(&mut plan.added.iter().map(|key| key.kind));
                let changed = of(&mut plan.changed.iter().map(|change| change.key.kind));
                let removed = of(&mut plan.removed.iter().map(|key| key.kind));
                let conflicting = of(&mut plan.conflicting.iter().map(|change| change.key.kind));
                let counts = [added, changed, removed, conflicting];
                counts.iter().any(|count| *count > 0).then(|| html! {
                    <tr>
                        <th scope="row">{ kind_name(locale, kind) }</th>
                        { for counts.iter().map(|count| html! { <td class="number">{ *count }</td> }) }
                    </tr>
                })
            })
            .collect();
        let unchanged = match locale {
            Locale::En => format!("{} stay as they are.", plan.unchanged),
            Locale::Zh => format!("{} 项保持不变。", plan.unchanged),
        };
        html! {
            <div class="notice go preview">
                <h3>{ match locale {
                    Locale::En => format!("“{name}” would change this:"),
                    Locale::Zh => format!("导入“{name}”将带来以下变化："),
                } }</h3>
                if plan.is_empty() {
                    <p>{ say(locale, "Nothing: everything in it is here already.", "没有变化：其中内容均已存在。") }</p>
                } else {
                    <table class="changes">
                        <thead><tr>
                            <td></td>
                            <th scope="col" class="number">{ say(locale, "new", "新增") }</th>
                            <th scope="col" class="number">{ say(locale, "changed", "更改") }</th>
                            <th scope="col" class="number">{ say(locale, "deleted", "删除") }</th>
                            <th scope="col" class="number">{ say(locale, "to decide", "冲突") }</th>
                        </tr></thead>
                        <tbody>{ for kinds }</tbody>
                    </table>
                    if plan.unchanged > 0 { <p class="quiet">{ unchanged }</p> }
                    { differing(model, say(locale, "Changed", "更改内容"), &plan.changed) }
                    { differing(model, say(locale, "Changed on both sides: you decide after the import which counts", "两边都有修改：导入后由您决定以哪个为准"), &plan.conflicting) }
                }
                if !plan.blocked.is_empty() {
                    <p>{ match locale {
                        Locale::En => format!("{} can’t come in: what is stored under their names can’t be read and stays as it is.", plan.blocked.len()),
                        Locale::Zh => format!("{} 项无法导入：本机同名记录无法读取，将原样保留。", plan.blocked.len()),
                    } }</p>
                }
                if !self.flagged.is_empty() {
                    <details open=true>
                        <summary>{ say(locale, "Orders that don’t add up; they come in as they are", "金额不符的订单（照常导入）") }</summary>
                        <ul>{ for self.flagged.iter().map(|text| html! { <li>{ text }</li> }) }</ul>
                    </details>
                }
                if !self.notes.is_empty() {
                    <details>
                        <summary>{ match locale {
                            Locale::En => format!("Found in the file: {}", self.notes.len()),
                            Locale::Zh => format!("文件中的提示：{} 条", self.notes.len()),
                        } }</summary>
                        <ul>{ for self.notes.iter().take(200).map(|note| html! { <li>{ note }</li> }) }</ul>
                    </details>
                }
                <p class="actions">
                    if plan.is_empty() {
                        { button("data", "cancel", say(locale, "Close", "知道了")) }
                    } else {
                        <button type="button" class="primary" name="data" value="apply">{ say(locale, "Bring it in", "确认导入") }</button>
                        { button("data", "cancel", say(locale, "Leave everything as it is", "不导入")) }
                    }
                </p>
            </div>
        }
    }
}

fn differing(model: &Model, heading: &str, changes: &[Changed]) -> Html {
    if changes.is_empty() {
        return html! {};
    }
    let locale = model.locale;
    let more = changes.len().saturating_sub(SHOWN);
    html! {
        <details>
            <summary>{ format!("{heading} ({})", changes.len()) }</summary>
            { for changes.iter().take(SHOWN).map(|change| {
                let name = model.record(&change.key).map(|record| title(&record));
                html! {
                    <>
                        <p>{ kind_name(locale, change.key.kind) }{ ": " }<strong>{ name.unwrap_or_default() }</strong></p>
                        { differences(locale, say(locale, "here", "本机"), say(locale, "in the file", "文件中"), &change.differences) }
                    </>
                }
            }) }
            if more > 0 { <p class="quiet">{ format!("… +{more}") }</p> }
        </details>
    }
}

fn differences(locale: Locale, one: &str, other: &str, differences: &[Difference]) -> Html {
    let shown = |text: &Option<String>| text.clone().unwrap_or_else(|| "—".to_owned());
    html! {
        <table class="changes">
            <thead><tr>
                <th scope="col">{ say(locale, "Field", "字段") }</th>
                <th scope="col">{ one.to_owned() }</th>
                <th scope="col">{ other.to_owned() }</th>
            </tr></thead>
            <tbody>{ for differences.iter().take(SHOWN).map(|difference| html! {
                <tr>
                    <th scope="row">{ &difference.path }</th>
                    <td>{ shown(&difference.old) }</td>
                    <td>{ shown(&difference.new) }</td>
                </tr>
            }) }</tbody>
        </table>
    }
}

/// Orders that don't add up are brought in, and said.
fn flagged(locale: Locale, plan: &Plan) -> Rc<[String]> {
    let orders = plan
        .records()
        .filter(|record| record.key().kind == Kind::Order);
    let flagged = orders.take(LOOKED_AT).filter_map(|record| {
        let Ok(Row::Order(order)) = Row::of(Kind::Order, record.data()?) else {
            return None;
        };
        let mismatches = order.mismatches();
        let sentences = mismatches.iter().map(|of| mismatch_sentence(locale, of));
        let text = sentences.collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then(|| format!("{} {text}", title(record)))
    });
    flagged.take(SHOWN).collect()
}

/// A record whose revisions say different things, with a button for each.
pub fn conflict(model: &Model, record: &Record) -> Html {
    let locale = model.locale;
    let path = format!("conflict.{}", record.key());
    let heads = record.heads();
    let first = heads.first().and_then(|head| head.data());
    let choices = heads.iter().enumerate().map(|(at, head)| {
        let when = shown_instant(&head.stamp.at, model.offset);
        let text = match (head.data(), locale) {
            (Some(_), Locale::En) => format!("Keep the one of {when}"),
            (Some(_), Locale::Zh) => format!("采用 {when} 的版本"),
            (None, Locale::En) => format!("Delete it, as on {when}"),
            (None, Locale::Zh) => format!("按 {when} 的操作删除"),
        };
        let differing = match (first, head.data()) {
            (Some(first), Some(data)) if at > 0 => {
                let found = landfall_workspace::raw::differences(first, data);
                let first_at = heads
                    .first()
                    .map(|head| shown_instant(&head.stamp.at, model.offset));
                differences(locale, &first_at.unwrap_or_default(), &when, &found)
            }
            (Some(_) | None, Some(_) | None) => html! {},
        };
        html! { <>{ differing }{ button(&path, &at.to_string(), &text) }{ " " }</> }
    });
    html! {
        <li key={path.clone()}>
            <p>{ kind_name(locale, record.key().kind) }{ ": " }<strong>{ title(record) }</strong></p>
            { for choices }
        </li>
    }
}
