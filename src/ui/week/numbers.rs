//! The three numbers of the week: each with its normal range, twelve weeks of it, and the orders behind it.

use std::rc::Rc;

use landfall::control::{IsoWeek, LineName, Part, State, WeeklyReport};
use landfall_words::{self as words, Locale, WeeklyNumber};
use landfall_workspace::record::{Key, Kind};
use landfall_workspace::rows::{Order, Sku};
use rust_decimal::{Decimal, RoundingStrategy};
use yew::prelude::*;

use crate::form::button;
use crate::model::{Effect, Model};
use crate::receiving::number_of;
use crate::route::Route;
use crate::say::say;

/// How many rows of a list are shown at once; the others are folded.
const LISTED: usize = 12;

/// The id of what is opened.
const BEHIND: &str = "week-behind";

/// What is opened: the orders behind a number of a week, or behind a part of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Opened {
    number: WeeklyNumber,
    week: IsoWeek,
    part: Option<Rc<str>>,
}

/// A number of a week.
struct Reading {
    value: Option<Decimal>,
    state: State,
    limit: Decimal,
}

/// The name of a number in addresses of buttons.
const fn name(number: WeeklyNumber) -> &'static str {
    match number {
        WeeklyNumber::DefectRate => "defects",
        WeeklyNumber::LeadTime => "leadTime",
        WeeklyNumber::CostChange => "cost",
    }
}

fn reading(number: WeeklyNumber, report: &WeeklyReport) -> Reading {
    let (value, state, limit) = match number {
        WeeklyNumber::DefectRate => {
            let of = &report.defects;
            (of.percent, of.state, of.limit_percent)
        }
        WeeklyNumber::LeadTime => {
            let of = &report.lead_time;
            (of.mean_days, of.state, of.limit_days)
        }
        WeeklyNumber::CostChange => {
            let of = &report.cost;
            (of.percent, of.state, of.limit_percent)
        }
    };
    Reading {
        value: value.map(|value| value.0),
        state,
        limit: limit.0,
    }
}

/// A value of a number.
fn written(locale: Locale, number: WeeklyNumber, value: Decimal) -> String {
    match number {
        WeeklyNumber::DefectRate => words::percent(locale, value),
        WeeklyNumber::LeadTime => days(locale, value),
        WeeklyNumber::CostChange => match locale {
            Locale::En => format!("{}\u{a0}%", signed(value)),
            Locale::Zh => format!("{}%", signed(value)),
        },
    }
}

/// A number in a sentence, with its normal range.
fn sentence(locale: Locale, number: WeeklyNumber, report: &WeeklyReport) -> String {
    match number {
        WeeklyNumber::DefectRate => words::defect_rate(locale, &report.defects),
        WeeklyNumber::LeadTime => words::lead_time(locale, &report.lead_time),
        WeeklyNumber::CostChange => words::cost_change(locale, &report.home_currency, &report.cost),
    }
}

/// What would fill a number, where there is nothing to count.
const fn missing(locale: Locale, number: WeeklyNumber) -> &'static str {
    match number {
        WeeklyNumber::DefectRate => say(
            locale,
            "An inspection that is finished on Receiving fills this in.",
            "在“收货”完成验货后即有数据。",
        ),
        WeeklyNumber::LeadTime => say(
            locale,
            "It takes an expected day of delivery on the order, and a receipt.",
            "需要订单上的预计到货日和一次收货记录。",
        ),
        WeeklyNumber::CostChange => say(
            locale,
            "It takes orders with a landed cost, of articles that also arrived in the month before.",
            "需要有到岸成本的订单，且同一货品上月也有到货。",
        ),
    }
}

/// The normal range of a number, where its sentence doesn't say it.
fn range(locale: Locale, number: WeeklyNumber, limit: Decimal) -> String {
    let limit = limit.normalize();
    let percent = words::percent(locale, limit);
    let whole = words::number(limit);
    match (number, locale) {
        (WeeklyNumber::DefectRate, Locale::En) => format!("Normal is up to {percent}."),
        (WeeklyNumber::DefectRate, Locale::Zh) => format!("正常范围不超过 {percent}。"),
        (WeeklyNumber::LeadTime, Locale::En) => format!("Normal in days over plan: up to {whole}."),
        (WeeklyNumber::LeadTime, Locale::Zh) => format!("正常范围不超过晚 {whole} 天。"),
        (WeeklyNumber::CostChange, Locale::En) => {
            format!("Normal is up to {percent} up or down.")
        }
        (WeeklyNumber::CostChange, Locale::Zh) => format!("正常范围为上下不超过 {percent}。"),
    }
}

/// A number with its sign; 0 has none.
fn signed(value: Decimal) -> String {
    let number = words::number(value.abs());
    match value {
        value if value.is_zero() => number,
        value if value.is_sign_negative() => format!("−{number}"),
        _ => format!("+{number}"),
    }
}

fn days(locale: Locale, value: Decimal) -> String {
    let days = signed(value);
    match locale {
        Locale::En if value.abs() == Decimal::ONE => format!("{days}\u{a0}day"),
        Locale::En => format!("{days}\u{a0}days"),
        Locale::Zh => format!("{days}\u{a0}天"),
    }
}

/// The shape of a state, around a point.
fn shape(state: State, x: Decimal, y: Decimal) -> Html {
    let place = format!("translate({x} {y})");
    let outline = match state {
        State::Normal | State::NoData => "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0",
        State::Watch => "M0-6l6 11h-12z",
        State::OutOfRange => "M-5-5h10v10h-10z",
    };
    html! { <path class={classes!("point", state.name())} d={outline} transform={place} /> }
}

/// A state, told by word and shape.
fn state_mark(locale: Locale, state: State) -> Html {
    let (x, y) = (Decimal::from(8), Decimal::from(8));
    html! {
        <p class={classes!("state", state.name())}>
            if state != State::NoData { <svg viewBox="0 0 16 16" aria-hidden="true">{ shape(state, x, y) }</svg> }
            { words::weekly_state(locale, state) }
        </p>
    }
}

/// The number of a week: `46`.
fn week_number(week: IsoWeek) -> String {
    let text = week.to_string();
    text.rsplit_once("-W")
        .map_or(text.clone(), |(_, number)| number.to_owned())
}

impl Model {
    /// A number, a week of it or a part of it is opened: `cost`, `2026-W47:importDuty`; or closed.
    pub(super) fn pressed_numbers(&mut self, number: &str, action: &str) -> Vec<Effect> {
        let (week, part) = action.split_once(':').unwrap_or((action, ""));
        let found = WeeklyNumber::ALL
            .into_iter()
            .find(|known| name(*known) == number);
        let opened = found
            .zip(IsoWeek::parse(week))
            .map(|(number, week)| Opened {
                number,
                week,
                part: Some(part).filter(|part| !part.is_empty()).map(Rc::from),
            });
        let is_open = opened.is_some();
        self.weeks.opened = opened;
        is_open
            .then(|| Effect::Focus(BEHIND.to_owned()))
            .into_iter()
            .collect()
    }
}

/// The three numbers, each with its normal range and twelve weeks of it.
pub fn numbers(model: &Model) -> Html {
    let locale = model.locale;
    let weeks = model.shown_weeks();
    let Some(report) = model.weeks.report(model.shown_week()) else {
        return html! {};
    };
    let reports: Vec<_> = weeks
        .iter()
        .map(|week| (*week, model.weeks.report(*week).map(|report| &**report)))
        .collect();
    html! {
        <section class="part" aria-labelledby="numbers">
            <h2 id="numbers">{ say(locale, "Three numbers", "三个数字") }</h2>
            <div class="numbers">{ for WeeklyNumber::ALL.map(|number| card(locale, number, report, &reports)) }</div>
            { behind(model) }
        </section>
    }
}

/// What the change of cost comes from.
pub fn change(model: &Model) -> Html {
    let report = model.weeks.report(model.shown_week());
    report.map_or_else(Html::default, |report| cost_parts(model.locale, report))
}

/// A number with its state, its range and its twelve weeks.
fn card(
    locale: Locale,
    number: WeeklyNumber,
    report: &WeeklyReport,
    reports: &[(IsoWeek, Option<&WeeklyReport>)],
) -> Html {
    let reading = reading(number, report);
    let place = format!("week.numbers.{}", name(number));
    html! {
        <article class={classes!("number", reading.state.name())}>
            <h3>{ words::weekly_number(locale, number) }</h3>
            { match reading.value {
                Some(value) => html! {
                    <p class="figure">
                        <button type="button" name={place} value={report.week.clone()}
                            title={say(locale, "Show the orders behind it", "查看相关订单")}>{ written(locale, number, value) }</button>
                    </p>
                },
                None => html! { <p class="figure none">{ "—" }</p> },
            } }
            { state_mark(locale, reading.state) }
            <p>{ sentence(locale, number, report) }
                if reading.value.is_none() { { " " }{ missing(locale, number) }{ " " }{ range(locale, number, reading.limit) } }
            </p>
            { picture(locale, number, reports) }
            { figures(locale, number, reports) }
        </article>
    }
}

// The picture, in its own units.
const WIDTH: i64 = 240;
const HEIGHT: i64 = 72;
const STEP: i64 = 20;
const MARGIN: i64 = 8;

/// Where things stand in a picture.
struct Scale {
    low: Decimal,
    high: Decimal,
}

impl Scale {
    /// With room for all values and the whole normal range.
    fn of(number: WeeklyNumber, limit: Decimal, values: &[Decimal]) -> Scale {
        let least = match number {
            WeeklyNumber::DefectRate => Decimal::ZERO,
            WeeklyNumber::LeadTime => limit.saturating_mul(Decimal::NEGATIVE_ONE),
            WeeklyNumber::CostChange => limit.saturating_mul(Decimal::new(-15, 1)),
        };
        let most = limit.saturating_mul(Decimal::new(15, 1));
        Scale {
            low: values.iter().copied().fold(least, Decimal::min),
            high: values.iter().copied().fold(most, Decimal::max),
        }
    }

    fn y(&self, value: Decimal) -> Decimal {
        let room = Decimal::from(HEIGHT.saturating_sub(2 * MARGIN));
        let span = self.high.saturating_sub(self.low);
        let above = self.high.saturating_sub(value);
        // Nothing but zeros lies at the bottom.
        let share = above.checked_div(span).unwrap_or(Decimal::ONE);
        let y = share
            .saturating_mul(room)
            .saturating_add(Decimal::from(MARGIN));
        y.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero)
    }
}

fn at_x(index: usize) -> Decimal {
    let index = i64::try_from(index).unwrap_or(0);
    Decimal::from(index.saturating_mul(STEP).saturating_add(STEP / 2))
}

/// Twelve weeks of a number, with its normal range; weeks without data are gaps.
fn picture(
    locale: Locale,
    number: WeeklyNumber,
    reports: &[(IsoWeek, Option<&WeeklyReport>)],
) -> Html {
    let readings: Vec<Option<Reading>> = reports
        .iter()
        .map(|(_, report)| report.map(|report| reading(number, report)))
        .collect();
    let Some(limit) = readings
        .last()
        .and_then(|reading| Some(reading.as_ref()?.limit))
    else {
        return html! {};
    };
    let values = readings.iter().flatten();
    let values: Vec<Decimal> = values.filter_map(|reading| reading.value).collect();
    let scale = Scale::of(number, limit, &values);
    let points: Vec<(usize, State, Decimal)> = readings
        .iter()
        .enumerate()
        .filter_map(|(index, reading)| {
            let reading = reading.as_ref()?;
            Some((index, reading.state, scale.y(reading.value?)))
        })
        .collect();
    let lines = points.windows(2).filter_map(|pair| match pair {
        [(from, _, low), (to, _, high)] if from.saturating_add(1) == *to => {
            let [x1, x2] = [*from, *to].map(|index| at_x(index).to_string());
            Some(html! { <line class="trend" {x1} {x2} y1={low.to_string()} y2={high.to_string()} /> })
        }
        _ => None,
    });
    let bottom = match number {
        WeeklyNumber::DefectRate => scale.y(Decimal::ZERO),
        WeeklyNumber::LeadTime => Decimal::from(HEIGHT),
        WeeklyNumber::CostChange => scale.y(limit.saturating_mul(Decimal::NEGATIVE_ONE)),
    };
    let top = scale.y(limit);
    let band = bottom.saturating_sub(top).max(Decimal::ONE);
    let zero = scale.y(Decimal::ZERO).to_string();
    let now = at_x(reports.len().saturating_sub(1)).to_string();
    let marks = points
        .iter()
        .map(|(index, state, y)| shape(*state, at_x(*index), *y));
    let place = format!("week.numbers.{}", name(number));
    let opens = reports.iter().zip(&readings).map(|((week, _), reading)| {
        let value = reading.as_ref().and_then(|reading| reading.value);
        let title = match value {
            Some(value) => format!("{}: {}", week_title(locale, *week), written(locale, number, value)),
            None => format!("{}: {}", week_title(locale, *week), words::weekly_state(locale, State::NoData)),
        };
        // The table behind has the same buttons for the keyboard.
        html! { <button type="button" tabindex="-1" name={place.clone()} value={week.to_string()} {title} disabled={value.is_none()}></button> }
    });
    let first = reports.first().map(|(week, _)| week_number(*week));
    let last = reports.last().map(|(week, _)| week_number(*week));
    html! {
        <div class="weeks" aria-hidden="true">
            <svg viewBox={format!("0 0 {WIDTH} {HEIGHT}")} preserveAspectRatio="none">
                <rect class="band" x="0" width={WIDTH.to_string()} y={top.to_string()} height={band.to_string()} />
                <line class="zero" x1="0" x2={WIDTH.to_string()} y1={zero.clone()} y2={zero} />
                <line class="now" x1={now.clone()} x2={now} y1="0" y2={HEIGHT.to_string()} />
                { for lines }
                { for marks }
            </svg>
            <div class="opens">{ for opens }</div>
            <p class="ends"><span>{ week_short(locale, first.as_deref()) }</span><span>{ week_short(locale, last.as_deref()) }</span></p>
        </div>
    }
}

fn week_short(locale: Locale, number: Option<&str>) -> String {
    let number = number.unwrap_or_default();
    match locale {
        Locale::En => format!("week {number}"),
        Locale::Zh => format!("第 {number} 周"),
    }
}

/// A week by its number and year.
pub(super) fn week_title(locale: Locale, week: IsoWeek) -> String {
    let text = week.to_string();
    let (year, number) = text.split_once("-W").unwrap_or((&text, ""));
    let number = number.trim_start_matches('0');
    match locale {
        Locale::En => format!("Week {number} of {year}"),
        Locale::Zh => format!("{year} 年第 {number} 周"),
    }
}

/// The table behind a picture.
fn figures(
    locale: Locale,
    number: WeeklyNumber,
    reports: &[(IsoWeek, Option<&WeeklyReport>)],
) -> Html {
    let place = format!("week.numbers.{}", name(number));
    let rows = reports.iter().rev().map(|(week, report)| {
        let reading = report.map(|report| reading(number, report));
        let state = reading
            .as_ref()
            .map_or(State::NoData, |reading| reading.state);
        let value = reading.and_then(|reading| reading.value);
        let value =
            value.map(|value| button(&place, &week.to_string(), &written(locale, number, value)));
        html! {
            <tr>
                <th scope="row">{ week.to_string() }</th>
                <td class="number">{ value.unwrap_or_else(|| html! { "—" }) }</td>
                <td>{ words::weekly_state(locale, state) }</td>
            </tr>
        }
    });
    html! {
        <details>
            <summary>{ say(locale, "12 weeks as a table", "12 周数据表") }</summary>
            <table class="changes">
                <thead><tr>
                    <th scope="col">{ say(locale, "Week", "周") }</th>
                    <th scope="col" class="number">{ words::weekly_number(locale, number) }</th>
                    <th scope="col">{ say(locale, "State", "状态") }</th>
                </tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
        </details>
    }
}

/// What the change of cost comes from: a bar for each part, to the right where it rose.
fn cost_parts(locale: Locale, report: &WeeklyReport) -> Html {
    let cost = &report.cost;
    let currency = &report.home_currency;
    let money = |amount: Decimal| words::money(currency, amount);
    let most = cost.parts.iter().map(|part| part.change.0.abs()).max();
    let most = most.unwrap_or_default();
    let rows = cost
        .parts
        .iter()
        .map(|part| bar(locale, report, part, most));
    let change = cost.change.0;
    let means = match (cost.mean_per_order, cost.baseline_mean_per_order) {
        (Some(now), Some(then)) => Some(match locale {
            Locale::En => format!(
                "The mean landed cost of an order is {}; in {} it was {}.",
                money(now.0),
                report.baseline_month,
                money(then.0)
            ),
            Locale::Zh => format!(
                "每单平均到岸成本 {}；{} 为 {}。",
                money(now.0),
                report.baseline_month,
                money(then.0)
            ),
        }),
        (Some(now), None) => Some(match locale {
            Locale::En => format!("The mean landed cost of an order is {}.", money(now.0)),
            Locale::Zh => format!("每单平均到岸成本 {}。", money(now.0)),
        }),
        (None, _) => None,
    };
    html! {
        <section class="part" aria-labelledby="change">
            <h2 id="change">{ say(locale, "Where the change of cost comes from", "成本变化来自哪里") }</h2>
            if cost.parts.is_empty() {
                <p class="quiet">{ say(locale, "Nothing changed that can be compared.", "没有可比较的变化。") }</p>
            } else {
                <ul class="cost-parts">
                    { for rows }
                    <li class="sum">
                        <span>{ format!("{} {currency}", say(locale, "All parts,", "合计")) }</span>
                        <span></span>
                        <span class="amount">{ signed(change) }</span>
                    </li>
                </ul>
            }
            if let Some(means) = means { <p>{ means }</p> }
            { not_compared(locale, &cost.without_baseline, report, say(locale,
                "Lines without a baseline: the article didn’t arrive in the month before, or without a cost",
                "无可比基准的明细：上月没有到货，或当时没有成本")) }
            { not_compared(locale, &cost.without_cost, report, say(locale,
                "Lines whose landed cost isn’t known: cost the order before it is placed, and the line is compared",
                "没有到岸成本的明细：下单前先核算到岸成本，即可比较")) }
        </section>
    }
}

/// A part of the change: its name opens the lines behind it.
fn bar(locale: Locale, report: &WeeklyReport, part: &Part, most: Decimal) -> Html {
    let change = part.change.0;
    let share = change.abs().checked_div(most).unwrap_or_default();
    let length = share.saturating_mul(Decimal::from(100));
    let length = length.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
    let hundred = Decimal::from(100);
    let (x, class) = match change.is_sign_negative() {
        true => (hundred.saturating_sub(length), "fell"),
        false => (hundred, "rose"),
    };
    let action = format!("{}:{}", report.week, part.part.name());
    html! {
        <li>
            { button("week.numbers.cost", &action, words::cost_part(locale, part.part)) }
            <svg viewBox="0 0 200 12" preserveAspectRatio="none" aria-hidden="true">
                <line class="zero" x1="100" x2="100" y1="0" y2="12" />
                <rect {class} x={x.to_string()} width={length.to_string()} y="2" height="8" />
            </svg>
            <span class="amount">{ signed(change) }</span>
        </li>
    }
}

fn not_compared(locale: Locale, lines: &[LineName], report: &WeeklyReport, title: &str) -> Html {
    if lines.is_empty() {
        return html! {};
    }
    let action = format!("{}:{}", report.week, NOT_COMPARED);
    let count = words::number(Decimal::from(lines.len()));
    html! {
        <p class="quiet">{ title }{ say(locale, ": ", "：") }{ button("week.numbers.cost", &action, &count) }</p>
    }
}

/// Stands for a part where lines that weren't compared are opened.
const NOT_COMPARED: &str = "notCompared";

/// An order as it is listed: its number with the way to it, and its supplier.
struct Listed<'m> {
    model: &'m Model,
}

impl Listed<'_> {
    fn order(&self, id: &str) -> Html {
        let locale = self.model.locale;
        let key = Key::new(Kind::Order, id);
        let entry = key.and_then(|key| self.model.workspace.get(&key));
        let order = entry.and_then(|entry| entry.as_row::<Order>());
        let number = match number_of(order) {
            "" => say(locale, "Without a number", "无编号"),
            number => number,
        };
        let supplier = order.map(|order| order.supplier_name.to_string());
        html! {
            <th scope="row">
                <a href={Route::Orders.at(id)}>{ number.to_owned() }</a>
                <span class="quiet">{ supplier.unwrap_or_default() }</span>
            </th>
        }
    }

    /// What an article is called.
    fn article(&self, sku: &str) -> String {
        let key = Key::new(Kind::Sku, sku);
        let entry = key.and_then(|key| self.model.workspace.get(&key));
        let known = entry.and_then(|entry| entry.as_row::<Sku>());
        known.map_or_else(|| sku.to_owned(), |known| known.sku.to_string())
    }
}

/// The orders behind what is opened.
fn behind(model: &Model) -> Html {
    let locale = model.locale;
    let Some(opened) = &model.weeks.opened else {
        return html! {};
    };
    let Some(report) = model.weeks.report(opened.week) else {
        return html! {};
    };
    let listed = Listed { model };
    let (heads, rows) = match (opened.number, opened.part.as_deref()) {
        (WeeklyNumber::DefectRate, _) => batches(&listed, report),
        (WeeklyNumber::LeadTime, _) => arrivals(&listed, report),
        (WeeklyNumber::CostChange, Some(NOT_COMPARED)) => strangers(&listed, report),
        (WeeklyNumber::CostChange, part) => lines(&listed, report, part),
    };
    let part = report
        .cost
        .parts
        .iter()
        .find(|part| Some(part.part.name()) == opened.part.as_deref());
    let title = words::weekly_number(locale, opened.number);
    let title = match part {
        Some(part) => format!("{title} · {}", words::cost_part(locale, part.part)),
        None => title.to_owned(),
    };
    let week = week_title(locale, opened.week);
    html! {
        <div class="behind" id={BEHIND} tabindex="-1" role="region" aria-labelledby="week-behind-title">
            <h3 id="week-behind-title">{ title }{ " " }<span class="quiet">{ week }</span></h3>
            { overdue(&listed, opened, report) }
            if rows.is_empty() {
                <p class="quiet">{ say(locale, "There is no order behind it.", "没有相关订单。") }</p>
            } else {
                { table(locale, &heads, rows) }
            }
            <p>{ button("week.numbers.close", "close", say(locale, "Close", "关闭")) }</p>
        </div>
    }
}

/// The rows of a list; those after the first are folded.
fn table(locale: Locale, heads: &[(&'static str, bool)], mut rows: Vec<Html>) -> Html {
    let rest = rows.split_off(rows.len().min(LISTED));
    let more = rest.len();
    let part = |rows: Vec<Html>| {
        let heads = heads.iter().map(|(name, is_number)| {
            html! { <th scope="col" class={classes!(is_number.then_some("number"))}>{ *name }</th> }
        });
        html! {
            <div class="scroll" tabindex="0" role="region" aria-label={say(locale, "The orders behind it", "相关订单")}>
                <table class="changes">
                    <thead><tr>
                        <th scope="col">{ say(locale, "Order", "订单") }</th>
                        { for heads }
                    </tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
        }
    };
    html! {
        <>
            { part(rows) }
            if more > 0 {
                <details>
                    <summary>{ match locale {
                        Locale::En => format!("and {more} more"),
                        Locale::Zh => format!("另有 {more} 行"),
                    } }</summary>
                    { part(rest) }
                </details>
            }
        </>
    }
}

/// The heads of a table, each with whether it stands over numbers, and its rows.
type Rows = (Vec<(&'static str, bool)>, Vec<Html>);

fn batches(listed: &Listed<'_>, report: &WeeklyReport) -> Rows {
    let locale = listed.model.locale;
    let rows = report.defects.batches.iter().map(|batch| {
        let state = match batch.is_defective {
            Some(true) => say(locale, "defective", "不合格"),
            Some(false) => say(locale, "fine", "合格"),
            None => say(locale, "not inspected", "未验货"),
        };
        let percent = batch
            .percent
            .map(|percent| words::percent(locale, percent.0));
        html! {
            <tr>
                { listed.order(&batch.order_id) }
                <td class="number">{ percent.unwrap_or_else(|| "—".to_owned()) }</td>
                <td class="number">{ words::number(batch.defective) }</td>
                <td class="number">{ words::number(batch.inspected) }</td>
                <td><a href={Route::Receiving.at(&batch.receipt_id)}>{ state }</a></td>
            </tr>
        }
    });
    let heads = vec![
        (say(locale, "Rate", "次品率"), true),
        (say(locale, "Defective", "次品"), true),
        (say(locale, "Inspected", "验货件数"), true),
        (say(locale, "Batch", "批次"), false),
    ];
    (heads, rows.collect())
}

fn arrivals(listed: &Listed<'_>, report: &WeeklyReport) -> Rows {
    let locale = listed.model.locale;
    let whole = |days: Option<i64>| {
        days.map_or_else(|| "—".to_owned(), |days| words::number(Decimal::from(days)))
    };
    let rows = report.lead_time.orders.iter().map(|order| {
        let over = order.over_days.map(|over| days(locale, Decimal::from(over)));
        html! {
            <tr>
                { listed.order(&order.order_id) }
                <td class="number">{ over.unwrap_or_else(|| say(locale, "no plan", "无计划").to_owned()) }</td>
                <td class="number">{ whole(order.planned_days) }</td>
                <td class="number">{ whole(order.actual_days) }</td>
            </tr>
        }
    });
    let heads = vec![
        (say(locale, "Over plan", "与计划差"), true),
        (say(locale, "Planned days", "计划天数"), true),
        (say(locale, "Actual days", "实际天数"), true),
    ];
    (heads, rows.collect())
}

fn lines(listed: &Listed<'_>, report: &WeeklyReport, part: Option<&str>) -> Rows {
    let locale = listed.model.locale;
    let mut changed: Vec<_> = report
        .cost
        .lines
        .iter()
        .filter_map(|line| {
            let of_part = |name: &str| {
                let found = line.parts.iter().find(|of| of.part.name() == name);
                found.map(|of| of.change.0)
            };
            let change = match part {
                Some(name) => of_part(name)?,
                None => line.change.0,
            };
            Some((change, line))
        })
        .collect();
    changed.sort_by_key(|(change, line)| {
        let size = std::cmp::Reverse(change.abs());
        (size, line.order_id.clone(), line.sku.clone())
    });
    let rows = changed.into_iter().map(|(change, line)| {
        let percent = line.percent.filter(|_| part.is_none());
        let percent = percent.map(|percent| written(locale, WeeklyNumber::CostChange, percent.0));
        html! {
            <tr>
                { listed.order(&line.order_id) }
                <td class="number">{ signed(change) }{ percent.map(|percent| html! { <span class="quiet">{ format!(" ({percent})") }</span> }) }</td>
                <td class="number">{ words::number(line.amount.0) }</td>
                <td class="number">{ words::number(line.baseline_amount.0) }</td>
                <td>{ listed.article(&line.sku) }</td>
                <td class="number">{ words::number(Decimal::from(line.quantity)) }</td>
            </tr>
        }
    });
    let change = match part {
        Some(_) => say(locale, "Of this part", "其中此项"),
        None => say(locale, "Change", "变化"),
    };
    let heads = vec![
        (change, true),
        (say(locale, "Now", "本周"), true),
        (say(locale, "Last month", "按上月均价"), true),
        (say(locale, "Article", "货品"), false),
        (say(locale, "Units", "件数"), true),
    ];
    (heads, rows.collect())
}

/// The lines that weren't compared.
fn strangers(listed: &Listed<'_>, report: &WeeklyReport) -> Rows {
    let locale = listed.model.locale;
    let why = [
        say(locale, "no baseline", "无可比基准"),
        say(locale, "no landed cost", "无到岸成本"),
    ];
    let lists = [&report.cost.without_baseline, &report.cost.without_cost];
    let rows = lists.into_iter().zip(why).flat_map(|(lines, why)| {
        lines.iter().map(move |line| {
            html! {
                <tr>
                    { listed.order(&line.order_id) }
                    <td>{ listed.article(&line.sku) }</td>
                    <td>{ why }</td>
                </tr>
            }
        })
    });
    let heads = vec![
        (say(locale, "Article", "货品"), false),
        (say(locale, "Why", "原因"), false),
    ];
    (heads, rows.collect())
}

/// Orders that are due and haven't arrived, beside lead times.
fn overdue(listed: &Listed<'_>, opened: &Opened, report: &WeeklyReport) -> Html {
    if opened.number != WeeklyNumber::LeadTime {
        return html! {};
    }
    let model = listed.model;
    let locale = model.locale;
    let today = model.owner_day();
    let late = report.lead_time.overdue.iter();
    let late: Vec<_> = late
        .filter(|order| order.expected_delivery < today)
        .collect();
    if late.is_empty() {
        return html! {};
    }
    let rows = late.iter().map(|order| {
        html! {
            <tr>
                { listed.order(&order.order_id) }
                <td>{ order.expected_delivery.to_string() }</td>
            </tr>
        }
    });
    let heads = [(say(locale, "Expected", "预计到货"), false)];
    let count = late.len();
    html! {
        <details>
            <summary>{ match locale {
                Locale::En => format!("Overdue, not arrived by the end of the week: {count}"),
                Locale::Zh => format!("逾期未到货：{count} 单"),
            } }</summary>
            { table(locale, &heads, rows.collect()) }
        </details>
    }
}
