//! The weekly report: filled in from the log, so that staff only add notes and confirm it. What was confirmed is
//! kept with its figures; what changed since is said. It goes out as a file that merges with those of others, as a
//! table, and on one page of A4.

use std::rc::Rc;

use landfall::control::{IsoWeek, State, WeeklyReport};
use landfall::json::{self, Json};
use landfall_words::{self as words, Locale, WeeklyNumber};
use landfall_workspace::csv::{self, Cell};
use landfall_workspace::file;
use landfall_workspace::record::{Key, Kind, Record};
use landfall_workspace::rows::{self, Escalation, Instant, Order, Report, Supplier};
use rust_decimal::Decimal;
use yew::prelude::*;

use super::escalations::{answer_in_words, reasons_in_words};
use super::staff::held_in_words;
use crate::archive::APP;
use crate::form::button;
use crate::model::{Effect, Model};
use crate::route::Route;
use crate::say::say;
use crate::tree::{self, Tree, text_at};

/// What the buttons of this part begin with.
const REPORT: &str = "week.report";

/// How many reports that are kept are listed.
const KEPT: usize = 60;

/// So many of each fit on the printed page beside all else.
const FLAGS: usize = 6;
const BATCHES: usize = 4;
const ESCALATIONS: usize = 6;
const STAFF: usize = 3;
const NOTES: usize = 3;

/// So wide a text of a list may be on the printed page, each half of what was put to the owner, and a note; a letter is
/// 1 wide, a character 2.
const WIDE: usize = 180;
const HALF: usize = 90;
const NOTE: usize = 360;

/// What the log fills in, in words.
struct Filled {
    /// The three numbers: the name, how it stands, the sentence.
    numbers: Vec<(&'static str, State, String)>,
    /// Orders placed, and what they cost.
    placed: String,
    /// Red flags.
    flags: Vec<String>,
    /// Batches that were defective.
    batches: Vec<String>,
    /// What was put to the owner: about what and by which rule, and the answer.
    escalations: Vec<(String, String)>,
    /// Whether the procedure is to be reviewed, or that it was in this week.
    review: Vec<String>,
    /// How far new staff are.
    staff: Vec<String>,
}

fn filled(model: &Model, report: &WeeklyReport, reports: &[&Report]) -> Filled {
    let locale = model.locale;
    let home = &*report.home_currency;
    let colon = say(locale, ": ", "：");
    let number = |of| words::weekly_number(locale, of);
    let flags = report.red_flags.iter().map(|flag| {
        use landfall::control::Flag;
        let name = match flag {
            Flag::ConsecutiveDefectiveBatches { supplier_id, .. }
            | Flag::TwoOfFiveDefective { supplier_id, .. } => supplier_named(model, supplier_id),
            Flag::CostIncrease { order_id, .. } => order_named(model, order_id),
            Flag::TooManyEscalations { .. } => String::new(),
        };
        words::weekly_flag(locale, flag, &name)
    });
    let limit = model.policy().receiving.defective_batch_percent;
    let batches = report.problem_batches.iter().map(|problem| {
        let order = order_named(model, &problem.batch.order_id);
        let supplier = problem.batch.supplier_id.as_deref();
        let supplier = supplier
            .map(|id| supplier_named(model, id))
            .unwrap_or_default();
        let why = words::problem_batch(locale, problem, limit);
        format!("{}{colon}{why}", format!("{order} {supplier}").trim())
    });
    let escalations = report.escalations.iter().filter_map(|id| {
        let entry = model.workspace.get(&Key::new(Kind::Escalation, id)?)?;
        let escalation = entry.as_row::<Escalation>()?;
        let rules = reasons_in_words(locale, escalation);
        let loss = escalation.loss.map(|loss| words::money(home, loss.0));
        let why: Vec<String> = [Some(rules), loss].into_iter().flatten().collect();
        let (subject, why) = (&escalation.subject, why.join(say(locale, ", ", "，")));
        let about = match locale {
            Locale::En => format!("{subject} ({why})"),
            Locale::Zh => format!("{subject}（{why}）"),
        };
        let answer = match (&escalation.resolved_at, &escalation.resolution) {
            (None, _) => say(locale, "open", "待处理").to_owned(),
            (Some(_), None) => say(locale, "no longer asked", "已无须答复").to_owned(),
            (Some(_), Some(text)) => {
                let by = escalation.resolved_by.as_deref().unwrap_or_default();
                let text = answer_in_words(locale, text);
                match by.is_empty() {
                    true => text,
                    false => format!("{by}{colon}{text}"),
                }
            }
        };
        Some((about, answer))
    });
    let held = reports
        .iter()
        .filter_map(|report| report.sop_review.as_ref());
    let held: Vec<String> = held.map(|held| held_in_words(model, held)).collect();
    let members = model.members();
    let staff = members.iter().map(|member| {
        let sentence = words::practice(locale, &member.practice);
        let stage = words::stage(locale, member.practice.stage);
        format!(
            "{}{colon}{stage}{}{sentence}",
            member.name,
            say(locale, ". ", "。")
        )
    });
    Filled {
        numbers: vec![
            (
                number(WeeklyNumber::DefectRate),
                report.defects.state,
                words::defect_rate(locale, &report.defects),
            ),
            (
                number(WeeklyNumber::LeadTime),
                report.lead_time.state,
                words::lead_time(locale, &report.lead_time),
            ),
            (
                number(WeeklyNumber::CostChange),
                report.cost.state,
                words::cost_change(locale, home, &report.cost),
            ),
        ],
        placed: placed(locale, report),
        flags: flags.collect(),
        batches: batches.collect(),
        escalations: escalations.collect(),
        review: match held.is_empty() {
            true => vec![words::review(locale, &model.sop_review())],
            false => held,
        },
        staff: staff.collect(),
    }
}

/// Orders placed, and what they cost.
fn placed(locale: Locale, report: &WeeklyReport) -> String {
    let placed = &report.placed;
    let count = placed.orders.len();
    let total = words::money(&report.home_currency, placed.total);
    let mut text = match (count, locale) {
        (0, Locale::En) => return "No order was placed.".to_owned(),
        (0, Locale::Zh) => return "本周没有下单。".to_owned(),
        (1, Locale::En) => format!("1 order, {total} at the door."),
        (_, Locale::En) => format!("{count} orders, {total} at the door."),
        (_, Locale::Zh) => format!("{count} 单，到岸共 {total}。"),
    };
    if placed.without_total > 0 {
        text.push_str(&match locale {
            Locale::En => format!(" Of {} the landed cost isn’t known.", placed.without_total),
            Locale::Zh => format!("其中 {} 单没有到岸成本。", placed.without_total),
        });
    }
    text
}

fn order_named(model: &Model, id: &str) -> String {
    let order = model.logged(id);
    let order: Option<&Order> = order.as_ref().map(|(_, order)| *order);
    let number = order.and_then(Order::called).unwrap_or(id);
    words::purchase_order(model.locale, number)
}

fn supplier_named(model: &Model, id: &str) -> String {
    let entry = Key::new(Kind::Supplier, id).and_then(|key| model.workspace.get(&key));
    let supplier = entry.and_then(|entry| entry.as_row::<Supplier>());
    supplier.map_or_else(|| id.to_owned(), |supplier| supplier.name.to_string())
}

/// The figures that are compared with what was confirmed: their names, and where they stand.
fn headlines(locale: Locale) -> [(&'static str, &'static str); 8] {
    [
        (say(locale, "Orders placed", "下单数"), "placed.orders"),
        (
            say(locale, "Their landed cost", "下单到岸成本"),
            "placed.total",
        ),
        (
            words::weekly_number(locale, WeeklyNumber::DefectRate),
            "defects.percent",
        ),
        (
            words::weekly_number(locale, WeeklyNumber::LeadTime),
            "leadTime.meanDays",
        ),
        (
            words::weekly_number(locale, WeeklyNumber::CostChange),
            "cost.percent",
        ),
        (say(locale, "Red flags", "红色警示"), "redFlags"),
        (say(locale, "Problem batches", "问题批次"), "problemBatches"),
        (say(locale, "Put to the owner", "上报"), "escalations"),
    ]
}

/// A figure of a report as JSON, for reading: of a list how many there are.
fn figure(locale: Locale, figures: &Tree, path: &str) -> String {
    let none = say(locale, "no data", "无数据");
    match tree::get(figures, path) {
        Some(Json::List(items)) => items.len().to_string(),
        Some(Json::Integer(number)) => number.to_string(),
        Some(Json::Text(text)) => match text.parse::<Decimal>() {
            Ok(number) => words::number(number.normalize()),
            Err(_) => text.to_string(),
        },
        Some(Json::Null | Json::Boolean(_) | Json::Inexact | Json::Object(_)) | None => {
            none.to_owned()
        }
    }
}

/// A report as it is stored.
fn stored(report: &WeeklyReport) -> Option<Tree> {
    let text = serde_json::to_string(report).ok()?;
    json::read(&text).ok().map(Json::into_owned)
}

/// What changed since a report was confirmed; nothing where its figures stand.
fn since(locale: Locale, then: &Tree, now: &Tree) -> Option<String> {
    if then == now {
        return None;
    }
    let colon = say(locale, " ", "：");
    let changed = headlines(locale).into_iter().filter_map(|(name, path)| {
        let [then, now] = [then, now].map(|figures| figure(locale, figures, path));
        (then != now).then(|| format!("{name}{colon}{then} → {now}"))
    });
    let changed: Vec<String> = changed.collect();
    Some(match (changed.is_empty(), locale) {
        (true, Locale::En) => "Since then details changed; the figures are the same.".to_owned(),
        (true, Locale::Zh) => "此后细节有变，主要数字不变。".to_owned(),
        (false, Locale::En) => format!("Since then: {}.", changed.join(", ")),
        (false, Locale::Zh) => format!("此后有变：{}。", changed.join("，")),
    })
}

impl Model {
    /// What people said of a week: notes, confirmations, reviews; the first confirmed first.
    fn reports_of(&self, week: IsoWeek) -> Vec<&Report> {
        let name = week.to_string();
        let reports = self.workspace.list(Kind::Report);
        let reports = reports.filter_map(|entry| entry.as_row::<Report>());
        let mut reports: Vec<&Report> = reports.filter(|report| *report.week == *name).collect();
        reports.sort_by(|one, other| {
            (&one.confirmed_at, &one.confirmed_by).cmp(&(&other.confirmed_at, &other.confirmed_by))
        });
        reports
    }

    /// What this device has of the report of a week, where it was confirmed here.
    fn own_report(&self, week: IsoWeek) -> Option<&Report> {
        let key = Key::derived(Kind::Report, &format!("{week}/{}", self.device));
        let report = self.workspace.get(&key)?.as_row::<Report>()?;
        report.confirmed_at.is_some().then_some(report)
    }

    /// A button of the report: `confirm`, `change`, `keep`, `export`, `csv`, `print`.
    pub(super) fn pressed_report(&mut self, _: &str, action: &str) -> Vec<Effect> {
        let week = self.shown_week();
        match action {
            "confirm" => self.confirm_report(week),
            "change" => {
                let own = self.own_report(week);
                let notes = own.and_then(|own| own.notes.as_deref().map(tree::text));
                let by = own.and_then(|own| own.confirmed_by.as_deref().map(tree::text));
                let mut effects = self.change_desk(|typed| {
                    tree::set(typed, "data.report.notes", notes);
                    tree::set(typed, "data.report.by", by);
                    tree::set(typed, "data.report.changing", Some(tree::text("true")));
                });
                effects.push(Effect::Focus(format!("{}.report.notes", super::desk::DATA)));
                effects
            }
            "keep" => self.clear_week(&["report"]),
            "export" => {
                let text = file::write(&self.records_of(week), &self.moment.at, APP);
                vec![Effect::Download(
                    format!("landfall report {week}.json"),
                    text,
                )]
            }
            "csv" => match self.weeks.report(week).cloned() {
                Some(report) => {
                    let text = table(self, &report);
                    vec![Effect::Download(
                        format!("landfall report {week}.csv"),
                        text,
                    )]
                }
                None => Vec::new(),
            },
            "print" => {
                // The browser prints what is there when it is asked to, before any message can change it.
                self.is_printing = true;
                vec![Effect::Print]
            }
            _ => Vec::new(),
        }
    }

    /// Staff confirm what the log says of a week, with their notes: its figures are kept as they are now.
    fn confirm_report(&mut self, week: IsoWeek) -> Vec<Effect> {
        let mut effects = Vec::new();
        if !self.is_week_ready(&["report.by"], &mut effects) {
            return effects;
        }
        let Some(computed) = self.weeks.report(week).cloned() else {
            return effects;
        };
        let by: Rc<str> = self.week_text("report.by").into();
        let notes = self.week_text("report.notes").to_owned();
        let at = Instant(self.moment.at.clone());
        self.change_report(week, |report| {
            report.figures = stored(&computed).map(Rc::new);
            report.policy_version = computed.policy_version;
            report.notes = (!notes.is_empty()).then(|| notes.into());
            report.confirmed_by = Some(by);
            report.confirmed_at = Some(at);
        });
        self.tell_when_stored(say(
            self.locale,
            "The report is confirmed and kept. Print it for the owner, or export it.",
            "周报已确认并保存。可打印给负责人，或导出。",
        ));
        self.clear_week(&["report"])
    }

    /// Everything that belongs to the report of a week: what people said of it, what was put to the owner, what was
    /// decided on that, and how the runs of new staff were reviewed.
    fn records_of(&self, week: IsoWeek) -> Vec<Record> {
        let name = week.to_string();
        let (bounds, _) = self.bounds_of(week);
        let is_within = |at: &Instant| {
            let at = landfall::check::parse_instant(&at.0);
            at.is_some_and(|at| bounds.from <= at && at < bounds.to)
        };
        let of = |kind| self.workspace.list(kind);
        let reports = of(Kind::Report).filter(|entry| {
            let report = entry.as_row::<Report>();
            report.is_some_and(|report| *report.week == *name)
        });
        let asked: Vec<&Escalation> = of(Kind::Escalation)
            .filter_map(|entry| entry.as_row::<Escalation>())
            .filter(|escalation| is_within(&escalation.raised_at))
            .collect();
        let escalations = of(Kind::Escalation).filter(|entry| {
            let escalation = entry.as_row::<Escalation>();
            escalation.is_some_and(|escalation| is_within(&escalation.raised_at))
        });
        let decisions = of(Kind::Decision).filter(|entry| {
            let decision = entry.as_row::<rows::Decision>();
            decision.is_some_and(|decision| {
                let about = Some(&decision.order_id);
                asked.iter().any(|of| of.order_id.as_ref() == about)
            })
        });
        let runs = of(Kind::Run).filter(|entry| {
            let run = entry.as_row::<rows::Run>();
            run.is_some_and(|run| run.order_id.is_none() || is_within(&run.started_at))
        });
        let all = reports.chain(escalations).chain(decisions).chain(runs);
        all.map(|entry| entry.record().clone()).collect()
    }
}

/// The report as a table: part, what, figure, and in words.
fn table(model: &Model, report: &WeeklyReport) -> String {
    let locale = model.locale;
    let reports = model.reports_of(model.shown_week());
    let filled = filled(model, report, &reports);
    let heading = [
        say(locale, "Part", "部分"),
        say(locale, "What", "事项"),
        say(locale, "Figure", "数值"),
        say(locale, "In words", "说明"),
    ];
    let number = |value: Option<Decimal>| value.map_or(Cell::Empty, Cell::Number);
    let figures = [
        report.defects.percent,
        report.lead_time.mean_days,
        report.cost.percent,
    ];
    let mut rows: Vec<Vec<Cell<'_>>> = Vec::new();
    let week = say(locale, "Week", "周");
    rows.push(vec![
        Cell::text(week),
        Cell::text(&*report.week),
        Cell::Empty,
        Cell::text(format!("{} – {}", report.first_day, report.last_day)),
    ]);
    let three = say(locale, "Three numbers", "三个数字");
    for ((name, state, sentence), figure) in filled.numbers.iter().zip(figures) {
        rows.push(vec![
            Cell::text(three),
            Cell::text(*name),
            number(figure.map(|figure| figure.0)),
            Cell::text(format!(
                "{}. {sentence}",
                words::weekly_state(locale, *state)
            )),
        ]);
    }
    let placed = say(locale, "Orders placed", "下单");
    rows.push(vec![
        Cell::text(placed),
        Cell::text(say(locale, "Orders", "单数")),
        Cell::Number(report.placed.orders.len().into()),
        Cell::text(&*filled.placed),
    ]);
    rows.push(vec![
        Cell::text(placed),
        Cell::text(format!(
            "{} ({})",
            say(locale, "Landed cost", "到岸成本"),
            report.home_currency
        )),
        Cell::Number(report.placed.total.0),
        Cell::Empty,
    ]);
    let lists = [
        (say(locale, "Red flags", "红色警示"), &filled.flags),
        (say(locale, "Problem batches", "问题批次"), &filled.batches),
        (
            say(locale, "Review of the procedure", "流程复盘"),
            &filled.review,
        ),
        (say(locale, "New staff", "新员工"), &filled.staff),
    ];
    for (part, texts) in lists {
        for text in texts {
            rows.push(vec![
                Cell::text(part),
                Cell::Empty,
                Cell::Empty,
                Cell::text(&**text),
            ]);
        }
    }
    let asked = say(locale, "Put to the owner", "上报负责人");
    for (about, answer) in &filled.escalations {
        rows.push(vec![
            Cell::text(asked),
            Cell::text(&**about),
            Cell::Empty,
            Cell::text(&**answer),
        ]);
    }
    for said in reports.iter().filter(|said| said.confirmed_at.is_some()) {
        rows.push(vec![
            Cell::text(say(locale, "Confirmed", "确认")),
            Cell::text(confirmed(model, said)),
            Cell::Empty,
            Cell::text(said.notes.as_deref().unwrap_or_default()),
        ]);
    }
    csv::write(heading.map(Cell::text), rows)
}

/// Who confirmed a report, and when.
fn confirmed(model: &Model, report: &Report) -> String {
    let at = report.confirmed_at.as_ref();
    let at = at.map(|at| model.shown_instant(&at.0)).unwrap_or_default();
    let by = report.confirmed_by.as_deref().unwrap_or_default();
    match model.locale {
        Locale::En => format!("Confirmed by {by}, {at}"),
        Locale::Zh => format!("{by} 已确认，{at}"),
    }
}

/// The weekly report.
pub fn report(model: &Model) -> Html {
    let week = model.shown_week();
    let Some(report) = model.weeks.report(week).cloned() else {
        return html! {};
    };
    let locale = model.locale;
    let now = stored(&report).unwrap_or_else(tree::empty);
    let reports = model.reports_of(week);
    let filled = filled(model, &report, &reports);
    let said = reports.iter().filter(|said| said.confirmed_at.is_some());
    let said = said.map(|said| {
        let since = said.figures.as_ref().and_then(|then| since(locale, then, &now));
        html! {
            <li>
                <p class="decided">{ confirmed(model, said) }</p>
                { for said.notes.as_deref().map(|notes| html! { <p class="said-text">{ notes.to_owned() }</p> }) }
                { for since.map(|text| html! { <p class="since">{ text }</p> }) }
            </li>
        }
    });
    let said: Vec<Html> = said.collect();
    let typed = model.week_typed();
    let is_own = model.own_report(week).is_some();
    let is_changing = text_at(&typed, "report.changing") == "true";
    html! {
        <section class="part" aria-labelledby="report">
            <h2 id="report">{ say(locale, "Weekly report", "周报") }</h2>
            <dl class="facts">
                { fact(say(locale, "Orders placed", "下单"), filled.placed) }
                { fact(say(locale, "Red flags", "红色警示"), counted(locale, filled.flags.len())) }
                { fact(say(locale, "Problem batches", "问题批次"), counted_batches(locale, filled.batches.len())) }
                { fact(say(locale, "Put to the owner", "上报负责人"), answered(locale, &report)) }
            </dl>
            if !filled.batches.is_empty() {
                <details class="fold">
                    <summary>{ say(locale, "The problem batches", "问题批次明细") }</summary>
                    <ul>{ for filled.batches.iter().map(|text| html! { <li>{ text.clone() }</li> }) }</ul>
                </details>
            }
            if !said.is_empty() { <ul class="plain-list reports">{ said }</ul> }
            if is_own && !is_changing {
                <p class="actions">{ button(REPORT, "change", say(locale, "Change my notes", "修改我的备注")) }</p>
            } else {
                { confirming(model, &typed, is_changing) }
            }
            <p class="actions">
                <button type="button" class="link" name={REPORT} value="print">{ say(locale, "Print one page", "打印一页") }</button>
                { button(REPORT, "export", say(locale, "Export the report", "导出周报")) }
                { button(REPORT, "csv", say(locale, "Export as a table (CSV)", "导出表格 (CSV)")) }
            </p>
            { kept(model, week) }
        </section>
    }
}

fn fact(name: &str, text: String) -> Html {
    html! { <div><dt>{ name.to_owned() }</dt><dd>{ text }</dd></div> }
}

fn none(locale: Locale) -> String {
    say(locale, "None.", "无。").to_owned()
}

fn counted_batches(locale: Locale, count: usize) -> String {
    match count {
        0 => none(locale),
        count => count.to_string(),
    }
}

fn counted(locale: Locale, count: usize) -> String {
    match (count, locale) {
        (0, _) => none(locale),
        (_, Locale::En) => format!("{count}, as above."),
        (_, Locale::Zh) => format!("{count} 项，见上。"),
    }
}

fn answered(locale: Locale, report: &WeeklyReport) -> String {
    let (count, open) = (report.escalations.len(), report.open_escalations);
    match (count, locale) {
        (0, _) => none(locale),
        (_, Locale::En) => format!("{count}, of them open {open}."),
        (_, Locale::Zh) => format!("{count} 项，其中待处理 {open} 项。"),
    }
}

/// Notes and the name of who confirms.
fn confirming(model: &Model, typed: &Tree, is_changing: bool) -> Html {
    let locale = model.locale;
    let faults = model.week_faults(&["report.by"]);
    let form = model.week_form(typed, &faults);
    html! {
        <div class="report-form">
            <p class="quiet">{ say(locale,
                "The log filled this in. Add what it can’t know, and confirm.",
                "以上由记录自动填写。补充记录之外的情况，然后确认。") }</p>
            { form.area("report.notes", say(locale, "Notes", "备注")) }
            <div class="cells">{ form.text("report.by", say(locale, "Your name", "您的姓名"), "") }</div>
            <p class="actions">
                <button type="button" class="primary" name={REPORT} value="confirm">{ say(locale, "Confirm the report", "确认周报") }</button>
                if is_changing { { button(REPORT, "keep", say(locale, "Leave it as it was", "不修改")) } }
            </p>
        </div>
    }
}

/// The weeks whose reports were confirmed, the last one first.
fn kept(model: &Model, shown: IsoWeek) -> Html {
    let locale = model.locale;
    let reports = model.workspace.list(Kind::Report);
    let reports = reports.filter_map(|entry| entry.as_row::<Report>());
    let confirmed = reports.filter(|report| report.confirmed_at.is_some());
    let weeks = confirmed.filter_map(|report| IsoWeek::parse(&report.week));
    let mut weeks: Vec<IsoWeek> = weeks.filter(|week| *week != shown).collect();
    weeks.sort_unstable_by(|one, other| other.cmp(one));
    weeks.dedup();
    if weeks.is_empty() {
        return html! {};
    }
    html! {
        <details class="fold">
            <summary>{ match locale {
                Locale::En => format!("Reports of other weeks: {}", weeks.len()),
                Locale::Zh => format!("其他周的周报：{}", weeks.len()),
            } }</summary>
            <ul class="kept-weeks">{ for weeks.iter().take(KEPT).map(|week| html! {
                <li><a href={Route::Week.at(&week.to_string())}>{ week.to_string() }</a></li>
            }) }</ul>
        </details>
    }
}

/// Whether the page shows a week that can be printed.
pub fn has_week_sheet(model: &Model) -> bool {
    model.route == Route::Week && model.weeks.report(model.shown_week()).is_some()
}

/// The report of the week that the page shows, on one page of A4.
pub fn week_sheet(model: &Model) -> Option<Html> {
    let locale = model.locale;
    let week = model.shown_week();
    let report = model.weeks.report(week).cloned()?;
    let reports = model.reports_of(week);
    let filled = filled(model, &report, &reports);
    let said: Vec<&&Report> = reports
        .iter()
        .filter(|said| said.confirmed_at.is_some())
        .collect();
    let rows = filled.numbers.iter().map(|(name, state, sentence)| {
        html! {
            <tr>
                <th scope="row">{ *name }</th>
                <td><b>{ words::weekly_state(locale, *state) }</b></td>
                <td>{ sentence.clone() }</td>
            </tr>
        }
    });
    let asked = filled.escalations.iter();
    let asked: Vec<String> = asked
        .map(|(about, answer)| format!("{} — {}", clipped(about, HALF), clipped(answer, HALF)))
        .collect();
    Some(html! {
        <article class="quotation week-sheet print-only">
            <header>
                <h2>{ say(locale, "Weekly report", "周报") }{ " " }{ week.to_string() }</h2>
                <p>{ format!("{} – {}", report.first_day, report.last_day) }<br />{ version(locale, report.policy_version) }</p>
            </header>
            <table class="three">
                <tbody>{ for rows }</tbody>
            </table>
            <p><b>{ say(locale, "Orders placed: ", "下单：") }</b>{ filled.placed.clone() }</p>
            { listed(locale, say(locale, "Red flags", "红色警示"), &filled.flags, FLAGS) }
            { listed(locale, say(locale, "Problem batches", "问题批次"), &filled.batches, BATCHES) }
            { listed(locale, say(locale, "Put to the owner", "上报负责人"), &asked, ESCALATIONS) }
            <section>
                <h3>{ say(locale, "Review of the procedure", "流程复盘") }</h3>
                { for filled.review.iter().take(1).map(|text| html! { <p>{ clipped(text, NOTE) }</p> }) }
            </section>
            if !filled.staff.is_empty() { { listed(locale, say(locale, "New staff", "新员工"), &filled.staff, STAFF) } }
            <section>
                <h3>{ say(locale, "Notes of the staff", "员工备注") }</h3>
                if said.is_empty() {
                    <p class="lines">{ "________________________________________________________________" }<br />{ "________________________________________________________________" }</p>
                }
                { for said.iter().take(NOTES).map(|said| html! {
                    <p>{ clipped(said.notes.as_deref().unwrap_or_default(), NOTE) }{ " " }<i>{ confirmed(model, said) }</i></p>
                }) }
                { more(locale, said.len(), NOTES) }
            </section>
            <footer>
                <p>{ say(locale, "Confirmed by: ____________________    Owner: ____________________    Date: ______________",
                    "确认人：____________________    负责人：____________________    日期：______________") }</p>
            </footer>
        </article>
    })
}

fn version(locale: Locale, version: Option<u32>) -> String {
    match (version, locale) {
        (None, _) => say(locale, "Policy: the defaults", "采购政策：默认规则").to_owned(),
        (Some(number), Locale::En) => format!("Policy: version {number}"),
        (Some(number), Locale::Zh) => format!("采购政策：第 {number} 版"),
    }
}

/// A list on the page, as far as it fits.
fn listed(locale: Locale, name: &str, texts: &[String], most: usize) -> Html {
    html! {
        <section>
            <h3>{ name.to_owned() }</h3>
            if texts.is_empty() {
                <p>{ none(locale) }</p>
            } else {
                <ul>{ for texts.iter().take(most).map(|text| html! { <li>{ clipped(text, WIDE) }</li> }) }</ul>
            }
            { more(locale, texts.len(), most) }
        </section>
    }
}

/// How many are left out.
fn more(locale: Locale, count: usize, most: usize) -> Html {
    match (count.saturating_sub(most), locale) {
        (0, _) => html! {},
        (more, Locale::En) => html! { <p>{ format!("and {more} more") }</p> },
        (more, Locale::Zh) => html! { <p>{ format!("另有 {more} 项") }</p> },
    }
}

/// A text as far as it fits.
fn clipped(text: &str, most: usize) -> String {
    let mut width = 0_usize;
    let fits = |(_, letter): &(usize, char)| {
        width = width.saturating_add(if *letter < '\u{2e80}' { 1 } else { 2 });
        width > most
    };
    match text.char_indices().find(fits) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
