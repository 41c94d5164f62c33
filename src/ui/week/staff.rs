//! The procedure itself: when it is reviewed, and how far new staff are.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use chrono::{NaiveDate, NaiveDateTime};
use landfall::check::{parse_date, parse_instant};
use landfall::control::{IsoWeek, Practice, Review, Run, RunFault, Stage, practice, review};
use landfall::finding::Outcome;
use landfall_words::{self as words, Locale};
use landfall_workspace::record::{Key, Kind};
use landfall_workspace::rows::{self, Instant, Order, Row, SopReview};
use yew::prelude::*;

use super::desk::DATA;
use crate::form::{Form, Given, button};
use crate::model::{Effect, Model};
use crate::route::Route;
use crate::say::say;
use crate::tree::{self, text_at};

/// What the buttons of this part begin with.
const STAFF: &str = "week.staff";

/// How many runs of a person are listed, and how many names are offered.
const RUNS: usize = 30;
const NAMES: usize = 8;

/// A new member of staff.
pub struct Member {
    /// The name, as orders have it.
    pub name: Rc<str>,
    /// The first day.
    pub began: NaiveDate,
    /// How far the person is.
    pub practice: Practice,
    /// The person's orders since that day, in the order in which they were placed.
    pub runs: Vec<Ran>,
}

/// An order as a run of the person who placed it.
pub struct Ran {
    /// The run.
    pub run: Run,
    /// What the order is called.
    pub number: Rc<str>,
    /// Where each of its faults is seen.
    places: Vec<String>,
    /// Who reviewed it.
    pub reviewed_by: Vec<Rc<str>>,
}

/// What was noted of runs, by the order.
type Noted<'m> = BTreeMap<&'m str, Vec<&'m rows::Run>>;

impl Member {
    /// The runs that count: those of the weeks of looking on weren't the person's own.
    fn own(&self) -> &[Ran] {
        let before = self.runs.len().saturating_sub(self.practice.runs);
        self.runs.get(before..).unwrap_or_default()
    }

    /// The runs that wait for a review, the last one first: while somebody proves to be able to, each is reviewed.
    fn to_review(&self) -> Vec<&Ran> {
        let is_reviewed = match self.practice.stage {
            Stage::Placing | Stage::Proving => true,
            Stage::Shadowing | Stage::Solo => false,
        };
        let open = self.own().iter().rev().filter(|_| is_reviewed);
        open.filter(|ran| ran.reviewed_by.is_empty()).collect()
    }
}

impl Model {
    /// The orders that were placed, each with its id and when.
    pub(super) fn placed_orders(&self) -> impl Iterator<Item = (&str, &Order, NaiveDateTime)> {
        self.workspace.list(Kind::Order).filter_map(|entry| {
            let order = entry.as_row::<Order>()?;
            let at = parse_instant(&order.created_at.as_ref()?.0)?;
            (!order.is_closed()).then(|| (entry.record().key().id(), order, at))
        })
    }

    /// The reviews of the procedure that were held, the last one first.
    pub(super) fn held_reviews(&self) -> Vec<&SopReview> {
        let reports = self.workspace.list(Kind::Report);
        let held = reports.filter_map(|entry| entry.as_row::<rows::Report>()?.sop_review.as_ref());
        let mut held: Vec<&SopReview> = held.collect();
        held.sort_by(|one, other| other.at.cmp(&one.at));
        held
    }

    /// Whether the procedure is to be reviewed.
    pub(super) fn sop_review(&self) -> Review {
        let last = self
            .held_reviews()
            .first()
            .and_then(|of| parse_instant(&of.at.0));
        let asked = self.all_asked();
        let incidents = asked.iter().filter_map(|asked| {
            let at = parse_instant(&asked.escalation.raised_at.0)?;
            Some((Rc::from(asked.id), at, asked.escalation.loss?.0))
        });
        let orders = self.placed_orders().map(|(_, _, at)| at);
        review(&self.policy().sop, last, orders, incidents)
    }

    /// The new members of staff, by name, with how far they are.
    pub(super) fn members(&self) -> Vec<Member> {
        let mut began: BTreeMap<&str, NaiveDate> = BTreeMap::new();
        let mut noted: Noted<'_> = BTreeMap::new();
        for entry in self.workspace.list(Kind::Run) {
            let Some(run) = entry.as_row::<rows::Run>() else {
                continue;
            };
            match &run.order_id {
                Some(order) => noted.entry(order).or_default().push(run),
                None => {
                    if let Some(day) = self.owners_day(&run.started_at.0) {
                        began.insert(run.staff.trim(), day);
                    }
                }
            }
        }
        if began.is_empty() {
            return Vec::new();
        }
        let zone = self.owner_zone();
        let orders = self.placed_orders().filter_map(|(id, order, at)| {
            let name = order.staff.as_deref()?.trim();
            let day = zone.day_of(at);
            (*began.get(name)? <= day).then_some((name, at, id, order, day))
        });
        let mut orders: Vec<_> = orders.collect();
        orders.sort_by_key(|(name, at, id, ..)| (*name, *at, *id));
        let ids: BTreeSet<Rc<str>> = orders.iter().map(|(_, _, id, ..)| Rc::from(*id)).collect();
        let late = self.late_findings(&ids);
        let today = zone.day_of(parse_instant(&self.moment.at).unwrap_or_default());
        let members = began.iter().map(|(name, began)| {
            let own = orders.iter().filter(|(of, ..)| of == name);
            let runs = own.map(|(_, _, id, order, day)| {
                let mut faults: Vec<(RunFault, String)> = Vec::new();
                let missing = order.findings.iter();
                let missing = missing.filter(|finding| finding.outcome == Outcome::Missing);
                for finding in missing {
                    let rule = finding.rule.clone();
                    faults.push((RunFault::Missing { rule }, Route::Orders.at(id)));
                }
                for late in late.iter().filter(|late| *late.order == **id) {
                    let fault = RunFault::Late {
                        clock: late.clock.name().into(),
                        seconds: Some(late.seconds),
                    };
                    faults.push((fault, Route::Receiving.at(&late.receipt)));
                }
                let notes = noted.get(id).map(Vec::as_slice).unwrap_or_default();
                for fault in notes.iter().flat_map(|of| noted_faults(of)) {
                    faults.push((fault, Route::Orders.at(id)));
                }
                let (faults, places) = faults.into_iter().unzip();
                let reviewed = notes.iter().filter_map(|of| of.reviewed_by.clone());
                Ran {
                    run: Run {
                        order_id: Rc::from(*id),
                        day: *day,
                        faults,
                    },
                    number: order.called().unwrap_or(id).into(),
                    places,
                    reviewed_by: reviewed.collect(),
                }
            });
            let runs: Vec<Ran> = runs.collect();
            let plain: Vec<Run> = runs.iter().map(|ran| ran.run.clone()).collect();
            Member {
                name: Rc::from(*name),
                began: *began,
                practice: practice(&self.policy().sop, *began, today, &plain),
                runs,
            }
        });
        members.collect()
    }

    /// A button of this part: `add`, `name:<a name>`, `held`; `remove` with a name; of an order `note`, `noted`,
    /// `reviewed`.
    pub(super) fn pressed_staff(&mut self, order: &str, action: &str) -> Vec<Effect> {
        let (act, rest) = action.split_once(':').unwrap_or((action, ""));
        match act {
            "held" => self.hold_review(),
            "add" => self.add_member(),
            "name" => {
                let name = tree::text(rest);
                let mut effects =
                    self.change_desk(|typed| tree::set(typed, "data.staff.name", Some(name)));
                effects.push(Effect::Focus(format!("{DATA}.staff.began")));
                effects
            }
            "remove" => {
                self.put(&member_key(rest), None);
                Vec::new()
            }
            "note" => {
                let is_open = self.week_text("staff.noting") == order;
                let id = (!is_open).then(|| tree::text(order));
                let mut effects =
                    self.change_desk(|typed| tree::set(typed, "data.staff.noting", id));
                if !is_open {
                    effects.push(Effect::Focus(format!("{DATA}.staff.note")));
                }
                effects
            }
            "noted" => {
                let mut effects = Vec::new();
                if !self.is_week_ready(&["staff.note"], &mut effects) {
                    return effects;
                }
                let note = self.week_text("staff.note").to_owned();
                self.note_run(order, |run| {
                    let before = run.notes.as_deref().filter(|notes| !notes.is_empty());
                    let notes = before.map_or_else(|| note.clone(), |of| format!("{of}\n{note}"));
                    run.notes = Some(notes.into());
                });
                self.clear_week(&["staff.note", "staff.noting"])
            }
            "reviewed" => {
                let mut effects = Vec::new();
                if !self.is_week_ready(&["staff.reviewer"], &mut effects) {
                    return effects;
                }
                let by: Rc<str> = self.week_text("staff.reviewer").into();
                self.note_run(order, |run| run.reviewed_by = Some(by));
                effects
            }
            _ => Vec::new(),
        }
    }

    /// Notes something of a run: each device has a row of its own for it, so that two are never in conflict.
    fn note_run(&mut self, order_id: &str, change: impl FnOnce(&mut rows::Run)) {
        let key = Key::derived(Kind::Run, &format!("{order_id}/{}", self.device));
        let entry = self.workspace.get(&key).cloned();
        let stored = entry.as_ref().and_then(|entry| entry.as_row::<rows::Run>());
        let order = self.logged(order_id).map(|(_, order)| order);
        let Some(order) = order else { return };
        let mut run = stored.cloned().unwrap_or_else(|| rows::Run {
            staff: order.staff.clone().unwrap_or_default(),
            order_id: Some(order_id.into()),
            started_at: order
                .created_at
                .clone()
                .unwrap_or_else(|| Instant(self.moment.at.clone())),
            ended_at: None,
            missing: Vec::new(),
            late: Vec::new(),
            reviewed_by: None,
            notes: None,
        });
        change(&mut run);
        let data = entry.as_ref().and_then(|entry| entry.record().data());
        let row = Row::from(run);
        let text = data.map_or_else(|| row.text(), |data| row.patched(data));
        self.put(&key, Some(&text));
    }

    /// Somebody new begins: the day that was typed, or today.
    fn add_member(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        if !self.is_week_ready(&["staff.name"], &mut effects) {
            return effects;
        }
        let day = match self.week_text("staff.began").is_empty() {
            true => Some(self.today),
            false => self
                .week_value("staff.began")
                .and_then(|read| parse_date(&read)),
        };
        let Some(day) = day else {
            return vec![Effect::Focus(format!("{DATA}.staff.began"))];
        };
        let name: Rc<str> = self.week_text("staff.name").into();
        let began = self.owner_zone().first_instant(day);
        let run = rows::Run {
            staff: name.clone(),
            order_id: None,
            started_at: Instant(format!("{began:?}Z").into()),
            ended_at: None,
            missing: Vec::new(),
            late: Vec::new(),
            reviewed_by: None,
            notes: None,
        };
        self.put(&member_key(&name), Some(&Row::from(run).text()));
        self.clear_week(&["staff.name", "staff.began"])
    }

    /// A review of the procedure was held: it stands with this device's report of the week that it is now.
    fn hold_review(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        if !self.is_week_ready(&["sop.by"], &mut effects) {
            return effects;
        }
        let by: Rc<str> = self.week_text("sop.by").into();
        let notes = self.week_text("sop.notes").to_owned();
        let at = Instant(self.moment.at.clone());
        let week = self.current_week();
        self.change_report(week, |report| {
            let before = report
                .sop_review
                .as_ref()
                .and_then(|held| held.notes.as_deref());
            let notes = match (before.unwrap_or_default(), notes.as_str()) {
                ("", notes) => notes.to_owned(),
                (before, "") => before.to_owned(),
                (before, notes) => format!("{before}\n{notes}"),
            };
            report.sop_review = Some(SopReview {
                at,
                by,
                notes: (!notes.is_empty()).then(|| notes.into()),
            });
        });
        self.clear_week(&["sop.notes"])
    }

    /// Changes this device's report of a week; it is made where there is none.
    pub(super) fn change_report(&mut self, week: IsoWeek, change: impl FnOnce(&mut rows::Report)) {
        let key = Key::derived(Kind::Report, &format!("{week}/{}", self.device));
        let entry = self.workspace.get(&key).cloned();
        let stored = entry
            .as_ref()
            .and_then(|entry| entry.as_row::<rows::Report>());
        let (bounds, _) = self.bounds_of(week);
        let instant = |at: NaiveDateTime| Instant(format!("{at:?}Z").into());
        let mut report = stored.cloned().unwrap_or_else(|| rows::Report {
            week: week.to_string().into(),
            from: instant(bounds.from),
            to: instant(bounds.to),
            figures: None,
            policy_version: None,
            notes: None,
            confirmed_by: None,
            confirmed_at: None,
            sop_review: None,
        });
        change(&mut report);
        let data = entry.as_ref().and_then(|entry| entry.record().data());
        let row = Row::from(report);
        let text = data.map_or_else(|| row.text(), |data| row.patched(data));
        self.put(&key, Some(&text));
    }
}

/// The key of the day on which somebody began.
fn member_key(name: &str) -> Key {
    Key::derived(Kind::Run, &format!("began/{name}"))
}

/// What somebody noted of a run.
fn noted_faults(run: &rows::Run) -> Vec<RunFault> {
    let missing = run.missing.iter().cloned();
    let missing = missing.map(|rule| RunFault::Missing { rule });
    let late = run.late.iter().cloned().map(|clock| RunFault::Late {
        clock,
        seconds: None,
    });
    let notes = run.notes.as_deref().unwrap_or_default().lines();
    let notes = notes.map(str::trim).filter(|line| !line.is_empty());
    let notes = notes.map(|what| RunFault::Noted { what: what.into() });
    missing.chain(late).chain(notes).collect()
}

/// The procedure itself, and how far new staff are.
pub fn staff(model: &Model) -> Html {
    let locale = model.locale;
    if !model.storage.is_loaded || model.log.is_behind() {
        return html! {};
    }
    let typed = model.week_typed();
    let faults = model.week_faults(&["sop.by", "staff.name", "staff.note", "staff.reviewer"]);
    let form = model.week_form(&typed, &faults);
    let members = model.members();
    html! {
        <>
            <section class="part" aria-labelledby="sop">
                <h2 id="sop">{ say(locale, "Review of the procedure", "流程复盘") }</h2>
                { reviewed(model, &form) }
            </section>
            <section class="part" aria-labelledby="staff">
                <h2 id="staff">{ say(locale, "New staff", "新员工") }</h2>
                if members.is_empty() {
                    <p class="quiet">{ say(locale,
                        "Nobody is new. Who is added here looks on for two weeks, places orders for one with a review each day, and then works alone after enough clean runs in a row.",
                        "目前没有新员工。添加后：跟岗两周，下单一周并每日复核，再连续若干单无差错后独立上岗。") }</p>
                }
                if members.iter().any(|member| !member.to_review().is_empty()) {
                    <div class="cells">{ form.text("staff.reviewer", say(locale, "Who reviews orders today", "今日复核人"), "") }</div>
                }
                if !members.is_empty() {
                    <ul class="due">{ for members.iter().map(|member| listed(model, &form, member)) }</ul>
                }
                { adding(model, &form, &members) }
            </section>
        </>
    }
}

/// Whether the procedure is to be reviewed, and when it was last.
fn reviewed(model: &Model, form: &Form<'_>) -> Html {
    let locale = model.locale;
    let review = model.sop_review();
    let held = model.held_reviews();
    let incidents = review.incidents.iter().filter_map(|id| {
        let key = Key::new(Kind::Escalation, id)?;
        let escalation = model.workspace.get(&key)?.as_row::<rows::Escalation>()?;
        let loss = words::money(model.policy().home_currency.code(), escalation.loss?.0);
        Some(html! { <li>{ &*escalation.subject }{ " " }<span class="quiet">{ loss }</span></li> })
    });
    let fields = html! {
        <>
            <div class="cells">{ form.text("sop.by", say(locale, "Held by", "主持人"), "") }</div>
            { form.area("sop.notes", say(locale, "What was changed or agreed", "改了什么，定了什么")) }
            <p class="actions">{ button(STAFF, "held", say(locale, "The review was held", "已完成复盘")) }</p>
        </>
    };
    html! {
        <>
            <p class={classes!("standing", if review.is_due { "wait" } else { "go" })}>{ words::review(locale, &review) }</p>
            <ul>{ for incidents }</ul>
            { for held.first().map(|held| html! { <p class="quiet">{ held_in_words(model, held) }</p> }) }
            if review.is_due {
                { fields }
            } else {
                <details class="fold" open={tree::get(form.tree, "sop.notes").is_some()}>
                    <summary>{ say(locale, "Hold one anyway", "提前复盘") }</summary>
                    { fields }
                </details>
            }
        </>
    }
}

/// A review that was held, in a sentence.
pub fn held_in_words(model: &Model, held: &SopReview) -> String {
    let (at, by) = (model.shown_instant(&held.at.0), &held.by);
    let text = match model.locale {
        Locale::En => format!("Last held {at} by {by}"),
        Locale::Zh => format!("上次复盘：{at}，{by}"),
    };
    match held.notes.as_deref() {
        Some(notes) => format!("{text}{}{notes}", say(model.locale, ": ", "：")),
        None => format!("{text}{}", say(model.locale, ".", "。")),
    }
}

/// A new member of staff.
fn listed(model: &Model, form: &Form<'_>, member: &Member) -> Html {
    let locale = model.locale;
    let stage = member.practice.stage;
    let class = match stage {
        Stage::Solo => "go",
        Stage::Shadowing | Stage::Placing | Stage::Proving => "wait",
    };
    let since = match locale {
        Locale::En => format!("since {}", member.began),
        Locale::Zh => format!("{} 入职", member.began),
    };
    let last = member.practice.last_fault.as_deref();
    let last = last.and_then(|id| member.runs.iter().find(|ran| *ran.run.order_id == *id));
    let open = member.to_review();
    // Today's are reviewed at the end of the day; what was left over is folded away.
    let today = model.owner_day();
    let (now, earlier): (Vec<&Ran>, Vec<&Ran>) = open.iter().partition(|ran| ran.run.day == today);
    let is_open = |ran: &&Ran| open.iter().any(|of| of.run.order_id == ran.run.order_id);
    let noting = text_at(form.tree, "staff.noting");
    let is_noting = |ran: &&Ran| *ran.run.order_id == *noting;
    let rest: Vec<&Ran> = member
        .runs
        .iter()
        .rev()
        .filter(|ran| !is_open(ran))
        .collect();
    let looked_on = member
        .runs
        .iter()
        .rev()
        .filter(|_| stage == Stage::Shadowing);
    let looked_on: Vec<&Ran> = looked_on.take(NAMES).collect();
    html! {
        <li class={classes!("clock", class)} key={member.name.to_string()}>
            <p class={classes!("standing", class)}>{ words::stage(locale, stage) }</p>
            <h3>{ &*member.name }{ " " }<span class="quiet">{ since }</span></h3>
            <p>{ words::practice(locale, &member.practice) }</p>
            if !looked_on.is_empty() {
                <p class="quiet">{ say(locale, "Named on orders while looking on: ", "观摩期间已有署名订单：") }
                    { for looked_on.iter().map(|ran| html! { <>{ link(ran) }{ " " }</> }) }
                </p>
            }
            if let Some(ran) = last.filter(|_| stage != Stage::Solo) {
                <p>{ say(locale, "The last run that wasn’t clean: ", "最近一次有差错：") }{ link(ran) }{ ", " }{ ran.run.day.to_string() }</p>
                <ul>{ faults(locale, ran) }</ul>
            }
            if !now.is_empty() {
                <p>{ say(locale, "To review today:", "今日待复核：") }</p>
                <ul class="plain-list">{ for now.iter().take(RUNS).map(|ran| run(locale, form, ran, true)) }</ul>
            }
            { folded(locale, form, earlier.iter().any(is_noting), &earlier, true, &match locale {
                Locale::En => format!("Of earlier days, not reviewed: {}", earlier.len()),
                Locale::Zh => format!("往日未复核：{}", earlier.len()),
            }) }
            { folded(locale, form, rest.iter().any(is_noting), &rest, false, &match locale {
                Locale::En => format!("Other orders since the first day: {}", rest.len()),
                Locale::Zh => format!("入职以来其他订单：{}", rest.len()),
            }) }
            <p class="actions">{ button(STAFF, &format!("remove:{}", member.name), say(locale, "Take off this list", "移出名单")) }</p>
        </li>
    }
}

/// Runs that are folded away, as far as they are listed.
fn folded(
    locale: Locale,
    form: &Form<'_>,
    is_unfolded: bool,
    runs: &[&Ran],
    is_open: bool,
    name: &str,
) -> Html {
    if runs.is_empty() {
        return html! {};
    }
    html! {
        <details class="fold" open={is_unfolded}>
            <summary>{ name.to_owned() }</summary>
            <ul class="plain-list">{ for runs.iter().take(RUNS).map(|ran| run(locale, form, ran, is_open)) }</ul>
        </details>
    }
}

/// The way to an order.
fn link(ran: &Ran) -> Html {
    html! { <a href={Route::Orders.at(&ran.run.order_id)}>{ ran.number.to_string() }</a> }
}

/// What made a run not clean, each with the way there.
fn faults(locale: Locale, ran: &Ran) -> Html {
    let faults = ran.run.faults.iter().zip(&ran.places);
    faults
        .map(|(fault, place)| html! { <li><a href={place.clone()}>{ words::run_fault(locale, fault) }</a></li> })
        .collect()
}

/// A run, with what can be noted of it.
fn run(locale: Locale, form: &Form<'_>, ran: &Ran, is_open: bool) -> Html {
    let id = &*ran.run.order_id;
    let path = format!("{STAFF}.{id}");
    let is_noting = text_at(form.tree, "staff.noting") == id;
    let by = ran.reviewed_by.iter().map(|by| &**by).collect::<Vec<_>>();
    let by = by.join(say(locale, ", ", "、"));
    html! {
        <li class="ran" key={id.to_owned()}>
            <span>{ link(ran) }{ " " }<span class="quiet">{ ran.run.day.to_string() }</span>{ " " }
                if ran.run.is_clean() { { say(locale, "clean", "无差错") } }
                if !by.is_empty() { <span class="quiet">{ " · " }{ say(locale, "reviewed by ", "复核：") }{ by }</span> }
            </span>
            if !is_noting {
                if is_open { { button(&path, "reviewed", say(locale, "Reviewed", "已复核")) } }
                { button(&path, "note", say(locale, "Note a fault", "记录差错")) }
            }
            if !ran.run.is_clean() { <ul>{ faults(locale, ran) }</ul> }
            if is_noting {
                { form.area("staff.note", say(locale, "What went wrong", "哪里出了错")) }
                { button(&path, "noted", say(locale, "Note it", "记录")) }
                { button(&path, "note", say(locale, "Cancel", "取消")) }
            }
        </li>
    }
}

/// Somebody new is added; names of the log are offered.
fn adding(model: &Model, form: &Form<'_>, members: &[Member]) -> Html {
    let locale = model.locale;
    let mut names: BTreeMap<&str, NaiveDateTime> = BTreeMap::new();
    for (_, order, at) in model.placed_orders() {
        let name = order.staff.as_deref().unwrap_or_default().trim();
        if !name.is_empty() && !members.iter().any(|member| *member.name == *name) {
            let last = names.entry(name).or_insert(at);
            *last = at.max(*last);
        }
    }
    let mut names: Vec<(&str, NaiveDateTime)> = names.into_iter().collect();
    names.sort_by_key(|(name, last)| (std::cmp::Reverse(*last), *name));
    let today = model.today.to_string();
    let given = |name: &str| {
        (name == "staff.began").then(|| Given {
            value: today.clone(),
            from: None,
        })
    };
    let form = Form {
        locale,
        at: form.at,
        tree: form.tree,
        faults: form.faults,
        given: &given,
    };
    html! {
        <details class="fold" open={tree::get(form.tree, "staff.name").is_some()}>
            <summary>{ say(locale, "Add a new member of staff", "添加新员工") }</summary>
            <div class="cells">
                { form.text("staff.name", say(locale, "Name, as it stands on orders", "姓名（与订单经办人一致）"), "") }
                { form.text("staff.began", say(locale, "First day", "入职日期"), "") }
            </div>
            if !names.is_empty() {
                <p class="ways">{ say(locale, "From the log: ", "订单中的姓名：") }
                    { for names.iter().take(NAMES).map(|(name, _)| html! { <>{ button(STAFF, &format!("name:{name}"), name) }{ " " }</> }) }
                </p>
            }
            <p class="actions"><button type="button" class="primary" name={STAFF} value="add">{ say(locale, "Add", "添加") }</button></p>
        </details>
    }
}
