//! What a sample can see: the documented rate, an acceptance plan and a plan that accepts no bad unit side by
//! side, with what each of them lets through.

use std::rc::Rc;

use landfall::check::Named;
use landfall::issue::{Problem, Range};
use landfall::money::{Figure, parse_decimal};
use landfall::policy::ReceivingRules;
use landfall::sampling::{
    AcceptancePlan, AcceptanceRequest, Aql, DefectClass, DetectionRequest, Edition, Level, Odds,
    OperatingPoint, PerClass, Plan, Severity, acceptance_plan, accepted_by_rate, bad_units,
    detection, documented_sample, inspection_minutes, operating_curve, passes, zero_defect_plan,
};
use landfall_words::{self as words, Locale};
use rust_decimal::{Decimal, RoundingStrategy};
use yew::prelude::*;

use super::SAMPLING;
use crate::draft::kind_at;
use crate::form::{Form, Given, named, options};
use crate::model::{Effect, Fault, Model, What};
use crate::reading::{Reading, read};
use crate::route::Route;
use crate::say::say;
use crate::tree::{self, Tree};

/// What stands in front of the names of the fields.
const PREFIX: &str = "seeing";

/// The largest lot: up to it, nine digits of a chance are right.
const LARGEST: u32 = 10_000_000;

/// What is asked while nothing is typed.
const UNITS: u32 = 1_500;
const BAD_PERCENT: Decimal = Decimal::TWO;
const CONFIDENCE_PERCENT: &str = "95";
const MAJOR: &str = "2.5";
const MINOR: &str = "4.0";

/// What is typed on the page. It isn't stored.
#[derive(Clone, Debug)]
pub struct Seeing {
    typed: Rc<Tree>,
    /// What was asked last with nothing wrong in it.
    asked: Asked,
}

impl Default for Seeing {
    fn default() -> Seeing {
        Seeing {
            typed: Rc::new(tree::empty()),
            asked: Asked {
                units: UNITS,
                bad_percent: BAD_PERCENT,
                confidence_percent: parse_decimal(CONFIDENCE_PERCENT).unwrap_or_default(),
                level: Level::II,
                severity: Severity::Normal,
                edition: Edition::Z14,
                aql: AcceptanceRequest::usual_aql(),
            },
        }
    }
}

/// What is asked.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Asked {
    units: u32,
    bad_percent: Decimal,
    confidence_percent: Decimal,
    level: Level,
    severity: Severity,
    edition: Edition,
    aql: PerClass<Option<Aql>>,
}

/// The three plans for a lot.
struct Plans {
    documented: Plan,
    acceptance: AcceptancePlan,
    zero_defect: Plan,
}

impl Plans {
    fn of(asked: &Asked, rules: &ReceivingRules) -> Plans {
        let lot = asked.units;
        let sample = documented_sample(lot, rules.spot_check_percent.0, rules.minimum_per_sku);
        let seeing = zero_defect_plan(lot, asked.bad_percent, asked.confidence_percent);
        Plans {
            documented: Plan {
                lot,
                sample,
                accept: accepted_by_rate(sample, rules.defective_batch_percent.0),
            },
            acceptance: acceptance_plan(&AcceptanceRequest {
                lot_size: lot,
                level: asked.level,
                severity: asked.severity,
                aql: asked.aql,
                edition: asked.edition,
            }),
            // What is asked has at least one bad unit.
            zero_defect: seeing.unwrap_or(Plan {
                lot,
                sample: lot,
                accept: 0,
            }),
        }
    }

    /// The acceptance plan for major defects, which its curve is drawn of.
    fn major(&self) -> Plan {
        let Plan { lot, .. } = self.documented;
        let major = self.acceptance.major;
        Plan {
            lot,
            sample: major.map_or(lot, |plan| plan.sample_size),
            accept: major.map_or(0, |plan| plan.accept),
        }
    }

    /// The units that the acceptance plan checks: the largest of its samples.
    fn checked(&self) -> u32 {
        let sizes = self.acceptance.iter().map(|(_, plan)| plan.sample_size);
        sizes.max().unwrap_or(0)
    }

    fn all(&self) -> [Plan; 3] {
        [self.documented, self.major(), self.zero_defect]
    }
}

impl Seeing {
    fn text(&self, name: &str) -> &str {
        tree::text_at(&self.typed, name)
    }

    /// The value of a choice, or what is usual.
    fn chosen<T: Named>(&self, name: &str, usual: T) -> T {
        named(self.text(name)).unwrap_or(usual)
    }

    /// What is asked by the texts as they stand.
    fn read(&self, locale: Locale) -> Result<Asked, Vec<Fault>> {
        let usual = Seeing::default().asked;
        let mut faults = Vec::new();
        let mut number = |name: &str, usual: Decimal, range: Range| {
            let path = format!("{PREFIX}.{name}");
            let Some(kind) = kind_at(&path) else {
                return usual;
            };
            let what = match read(self.text(name), kind, locale) {
                Reading::Blank => return usual,
                Reading::Read(text) => match parse_decimal(&text) {
                    Ok(value) if range.contains(value) => return value,
                    Ok(_) | Err(_) => What::Issue(Problem::OutOfRange(range)),
                },
                misread @ (Reading::Ambiguous(_) | Reading::Refused(_)) => What::Misread(misread),
            };
            faults.push(Fault { path, what });
            usual
        };
        let share = Range {
            at_most: Some(Figure(Decimal::ONE_HUNDRED)),
            ..Range::POSITIVE
        };
        let units = Range {
            at_least: Some(Figure(Decimal::ONE)),
            at_most: Some(Figure(Decimal::from(LARGEST))),
            ..Range::default()
        };
        let units = number("units", Decimal::from(usual.units), units);
        let bad_percent = number("badPercent", usual.bad_percent, share);
        let confidence_percent = number("confidencePercent", usual.confidence_percent, share);
        let severity = self.chosen("severity", usual.severity);
        let mut aql = |name: &str, usual: &str| {
            let text = self.text(name);
            let text = if text.is_empty() { usual } else { text };
            match Aql::of(parse_decimal(text).unwrap_or_default(), severity) {
                Ok(aql) => Some(Some(aql)),
                Err(allowed) => {
                    let (path, found) = (format!("{PREFIX}.{name}"), text.to_owned());
                    let what = What::Issue(Problem::UnknownValue { found, allowed });
                    faults.push(Fault { path, what });
                    None
                }
            }
        };
        let aql = PerClass {
            critical: Some(None),
            major: aql("major", MAJOR),
            minor: aql("minor", MINOR),
        };
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Asked {
            units: u32::try_from(units).unwrap_or(usual.units),
            bad_percent,
            confidence_percent,
            level: self.chosen("level", usual.level),
            severity,
            edition: self.chosen("edition", usual.edition),
            aql,
        })
    }
}

impl Model {
    /// A field was typed into.
    pub(crate) fn typed_seeing(&mut self, field: &str, text: &str) -> Vec<Effect> {
        let value = (!text.is_empty()).then(|| tree::text(text));
        tree::set(Rc::make_mut(&mut self.seeing.typed), field, value);
        if let Ok(asked) = self.seeing.read(self.locale) {
            self.seeing.asked = asked;
        }
        self.typing = Some(format!("{PREFIX}.{field}"));
        self.change = self.change.wrapping_add(1);
        vec![Effect::Wait(self.change)]
    }

    /// A button was pressed; `lot:` with a number of units shows what a sample of that lot can see.
    pub(crate) fn pressed_seeing(&mut self, action: &str) -> Vec<Effect> {
        let Some(units) = action.strip_prefix("lot:") else {
            return Vec::new();
        };
        let mut effects = self.typed_seeing("units", units);
        self.typing = None;
        effects.push(Effect::Go(Route::Receiving.at(SAMPLING)));
        effects
    }
}

/// The page.
pub fn seeing(model: &Model) -> Html {
    let locale = model.locale;
    let policy = model.policy();
    let rules = &policy.receiving;
    let read = model.seeing.read(locale);
    let is_old = read.is_err();
    let asked = read.clone().unwrap_or(model.seeing.asked);
    let faults = read.err().unwrap_or_default();
    let plans = Plans::of(&asked, rules);
    let sure = words::sample_to_see(
        locale,
        asked.units,
        Figure(asked.bad_percent),
        bad_units(asked.units, asked.bad_percent),
        Figure(asked.confidence_percent),
        plans.zero_defect.sample,
    );
    html! {
        <section class="seeing">
            <h2>{ say(locale, "What a sample can see", "抽样能发现什么") }</h2>
            { form(model, &asked, &faults) }
            if is_old {
                <p class="stale">{ say(locale, "Last complete result", "上一次完整的结果") }</p>
            }
            <p class="sure">{ &sure }</p>
            <p class="hidden" role="status">{ if model.typing.is_none() { &sure } else { "" } }</p>
            { side_by_side(locale, &asked, &plans, rules) }
            { curves(locale, &asked, &plans) }
            { notes(locale, &plans) }
        </section>
    }
}

/// The fields: a lot, what is feared, and what its inspection goes by.
fn form(model: &Model, asked: &Asked, faults: &[Fault]) -> Html {
    let locale = model.locale;
    let usual = Seeing::default().asked;
    let shown = faults
        .iter()
        .filter(|fault| model.typing.as_deref() != Some(&fault.path));
    let shown: Vec<Fault> = shown.cloned().collect();
    let given = |name: &str| {
        let value = match name {
            "units" => words::number(usual.units),
            "badPercent" => usual.bad_percent.to_string(),
            _ => usual.confidence_percent.to_string(),
        };
        Some(Given { value, from: None })
    };
    let typed = &model.seeing.typed;
    let form = Form {
        locale,
        at: PREFIX,
        tree: typed,
        faults: &shown,
        given: &given,
    };
    let aqls = Aql::all(asked.severity).map(|aql| (aql.name(), aql.name()));
    // Above 10, AQLs count defects and not bad units.
    let aqls: Vec<_> = aqls.take_while(|(name, _)| *name != "15").collect();
    let editions = [
        (Edition::Z14.name(), "ANSI/ASQ Z1.4"),
        (Edition::Iso1999.name(), "ISO 2859-1:1999"),
    ];
    html! {
        <form class="cells" autocomplete="off" onsubmit={|event: SubmitEvent| event.prevent_default()}
            aria-label={say(locale, "The lot", "批次")}>
            { form.text("units", say(locale, "Lot", "批量"), say(locale, "units", "件")) }
            { form.text("badPercent", say(locale, "Bad units, assumed", "假定不良率"), "%") }
            { form.text("confidencePercent", say(locale, "How sure to see one", "发现的把握"), "%") }
            { form.choice("level", say(locale, "Inspection level", "检验水平"), &options(locale, words::level), Some(words::level(locale, usual.level))) }
            { form.choice("severity", say(locale, "Severity", "检验严格度"), &options(locale, words::severity), Some(words::severity(locale, usual.severity))) }
            if asked.severity == Severity::Reduced {
                { form.choice("edition", say(locale, "Standard", "标准"), &editions, Some("ANSI/ASQ Z1.4")) }
            }
            { form.choice("major", say(locale, "AQL, major defects", "严重缺陷 AQL"), &aqls, Some(MAJOR)) }
            { form.choice("minor", say(locale, "AQL, minor defects", "轻微缺陷 AQL"), &aqls, Some(MINOR)) }
        </form>
    }
}

/// The plans: units, time, and what each lets through.
fn side_by_side(locale: Locale, asked: &Asked, plans: &Plans, rules: &ReceivingRules) -> Html {
    let per_hour = rules.inspection_units_per_hour;
    let bad = bad_units(asked.units, asked.bad_percent);
    let quality = words::percent(locale, asked.bad_percent.normalize());
    let bad_lot = match locale {
        Locale::En => format!("Accepts a lot with {quality} bad"),
        Locale::Zh => format!("不良率 {quality} 的批次"),
    };
    let card = |index: usize, plan: Plan, checked: u32, basis: String, further: Html| {
        let (class, name) = series(locale, index);
        html! {
            <section class="plan">
                <h3>{ line_mark(class) }{ name }</h3>
                <p class="quiet">{ basis }</p>
                <p class="checked"><b>{ words::number(checked) }</b>{ " " }{ say(locale, "units", "件") }</p>
                <dl>
                    { fact(say(locale, "Time", "用时"), time(locale, inspection_minutes(checked.into(), per_hour))) }
                    { fact(say(locale, "Accepts", "接收"), up_to(locale, plan.accept)) }
                    { fact(&bad_lot, passing(locale, plan, bad)) }
                </dl>
                { further }
            </section>
        }
    };
    let seen = DetectionRequest {
        lot: asked.units,
        sample: plans.documented.sample,
        percent: Figure(asked.bad_percent),
    };
    let seen_of_it = detection(&seen);
    let unseen = words::detection(locale, seen.lot, seen.sample, seen.percent, &seen_of_it);
    let (rate, least) = (
        words::percent(locale, rules.spot_check_percent.normalize()),
        words::number(rules.minimum_per_sku),
    );
    let limit = words::percent(locale, rules.defective_batch_percent.normalize());
    let documented = match locale {
        Locale::En => format!("{rate}, at least {least}; bad above {limit}"),
        Locale::Zh => format!("{rate}，至少 {least} 件；不良率超过 {limit} 为不合格"),
    };
    let sure = words::percent(locale, asked.confidence_percent.normalize());
    let zero = match locale {
        Locale::En => format!("{sure} sure of seeing {quality}"),
        Locale::Zh => format!("{sure} 的把握发现 {quality} 不良"),
    };
    let letter = plans.acceptance.major.and_then(|plan| plan.code_letter);
    let letter = letter.map(|letter| letter.letter().to_string());
    let acceptance = match (locale, letter) {
        (Locale::En, Some(letter)) => format!("ISO 2859-1, Z1.4: code letter {letter}"),
        (Locale::Zh, Some(letter)) => format!("ISO 2859-1、Z1.4：字码 {letter}"),
        (_, None) => say(locale, "outside the tables", "不在抽样表内").to_owned(),
    };
    html! {
        <>
        <div class="three-plans">
            { card(0, plans.documented, plans.documented.sample, documented, html! { <p>{ unseen }</p> }) }
            { card(1, plans.major(), plans.checked(), acceptance, by_class(locale, &plans.acceptance)) }
            { card(2, plans.zero_defect, plans.zero_defect.sample, zero, html! {}) }
        </div>
        <p class="quiet">{ match locale {
                Locale::En => format!("Time of one person at {} units an hour.", words::number(per_hour)),
                Locale::Zh => format!("用时按每人每小时 {} 件计算。", words::number(per_hour)),
            } }</p>
        </>
    }
}

/// Something of a plan, with its name.
fn fact(name: &str, value: String) -> Html {
    html! { <div><dt>{ name.to_owned() }</dt><dd>{ value }</dd></div> }
}

/// How often a plan accepts a lot with so many bad units.
fn passing(locale: Locale, plan: Plan, bad: u32) -> String {
    let accepted = passes(plan, bad).0;
    if accepted.is_zero() {
        return say(locale, "never", "不会接收").to_owned();
    }
    if accepted == Decimal::ONE {
        return say(locale, "always", "一定接收").to_owned();
    }
    let often = words::often(locale, Odds::of(accepted));
    match locale {
        Locale::En => often,
        Locale::Zh => format!("{often}接收"),
    }
}

/// How many bad units are accepted.
fn up_to(locale: Locale, accept: u32) -> String {
    let number = words::number(accept);
    match (locale, accept) {
        (_, 0) => say(locale, "no bad unit", "不允许有不良").to_owned(),
        (Locale::En, 1) => "up to 1 bad unit".to_owned(),
        (Locale::En, _) => format!("up to {number} bad units"),
        (Locale::Zh, _) => format!("最多 {number} 件不良"),
    }
}

/// Hours and minutes.
fn time(locale: Locale, minutes: u64) -> String {
    let (hours, rest) = (minutes.div_euclid(60), minutes.rem_euclid(60));
    let hours = words::number(hours);
    match (locale, minutes >= 60, rest > 0) {
        (Locale::En, true, true) => format!("{hours}\u{a0}h {rest}\u{a0}min"),
        (Locale::En, true, false) => format!("{hours}\u{a0}h"),
        (Locale::En, false, _) => format!("{rest}\u{a0}min"),
        (Locale::Zh, true, true) => format!("{hours}\u{a0}小时 {rest}\u{a0}分钟"),
        (Locale::Zh, true, false) => format!("{hours}\u{a0}小时"),
        (Locale::Zh, false, _) => format!("{rest}\u{a0}分钟"),
    }
}

/// The acceptance plan by classes of defects.
fn by_class(locale: Locale, plan: &AcceptancePlan) -> Html {
    let rows = plan.iter().map(|(class, plan)| {
        html! {
            <tr>
                <th scope="row">{ words::defect_class_name(locale, class) }</th>
                <td>{ words::number(plan.sample_size) }</td>
                <td>{ words::number(plan.accept) }</td>
                <td>{ words::number(plan.reject) }</td>
            </tr>
        }
    });
    html! {
        <table>
            <thead>
                <tr>
                    <th scope="col">{ say(locale, "Defects", "缺陷") }</th>
                    <th scope="col">{ say(locale, "Check", "抽检") }</th>
                    <th scope="col"><abbr title={say(locale, "Accept up to", "接收数")}>{ "Ac" }</abbr></th>
                    <th scope="col"><abbr title={say(locale, "Reject from", "拒收数")}>{ "Re" }</abbr></th>
                </tr>
            </thead>
            <tbody>{ for rows }</tbody>
        </table>
    }
}

/// What has to be known of the acceptance plan: arrows, editions, where sources disagree, and what such
/// plans aren't made for.
fn notes(locale: Locale, plans: &Plans) -> Html {
    let [major, minor] = [DefectClass::Major, DefectClass::Minor].map(|class| {
        let plan = plans.acceptance.get(class)?;
        let name = words::defect_class_name(locale, class);
        let note = words::plan_note(locale, plan)?;
        let colon = say(locale, ": ", "：");
        Some(format!("{name}{colon}{note}"))
    });
    let notes = [major, minor].into_iter().flatten();
    html! {
        <section class="notice">
            <h3>{ say(locale, "About the acceptance plan", "关于 AQL 抽样方案") }</h3>
            <ul>
                { for notes.map(|note| html! { <li>{ note }</li> }) }
                <li>{ say(locale,
                    "Its curve is that for major defects; none of the critical ones may be found.",
                    "曲线按严重缺陷绘制；致命缺陷一个也不允许。") }</li>
                <li>{ words::isolated_lots(locale) }</li>
            </ul>
        </section>
    }
}

/// The class and the name of a curve.
fn series(locale: Locale, index: usize) -> (&'static str, &'static str) {
    match index {
        0 => ("documented", say(locale, "Documented rate", "按制度抽查")),
        1 => ("by-aql", say(locale, "Acceptance plan", "AQL 抽样方案")),
        _ => ("zero-defect", say(locale, "Zero-defect plan", "零缺陷方案")),
    }
}

/// A piece of the line of a curve.
fn line_mark(class: &'static str) -> Html {
    html! {
        <svg class="mark" viewBox="0 0 32 10" aria-hidden="true">
            <line class={classes!("curve", class)} x1="0" y1="5" x2="32" y2="5" />
        </svg>
    }
}

// The picture, in its own units.
const LEFT: i64 = 84;
const TOP: i64 = 16;
const WIDTH: i64 = 532;
const HEIGHT: i64 = 280;
/// The parts of a curve, and every how many of them stand in the table.
const STEPS: i64 = 40;
const IN_TABLE: usize = 4;

/// How many bad units the picture has room for at least.
const ROOM: u32 = 5;

/// The worst quality of the picture, in percent: the assumed one isn't at its edge, and a small lot has
/// room for a few bad units.
fn worst(asked: &Asked) -> i64 {
    let few = quality(ROOM, asked.units);
    let needed = asked.bad_percent.saturating_mul(Decimal::TWO).max(few);
    let mut all = [5, 10, 20, 50].into_iter();
    all.find(|limit| needed <= Decimal::from(*limit))
        .unwrap_or(100)
}

/// Bad units in percent of a lot.
fn quality(bad: u32, lot: u32) -> Decimal {
    let percent = Decimal::from(bad).saturating_mul(Decimal::ONE_HUNDRED);
    percent.checked_div(Decimal::from(lot)).unwrap_or_default()
}

/// So much of a length, to a tenth.
fn part(share: Decimal, length: i64) -> Decimal {
    let part = share.saturating_mul(Decimal::from(length));
    part.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero)
}

fn at_x(percent: Decimal, worst: i64) -> Decimal {
    let share = percent.checked_div(Decimal::from(worst));
    part(share.unwrap_or_default(), WIDTH).saturating_add(Decimal::from(LEFT))
}

fn at_y(accepted: Decimal) -> Decimal {
    let below = Decimal::ONE.saturating_sub(accepted);
    part(below, HEIGHT).saturating_add(Decimal::from(TOP))
}

/// How often each plan accepts a lot, by how bad the lot is: as a picture, and the table behind it.
fn curves(locale: Locale, asked: &Asked, plans: &Plans) -> Html {
    let worst = worst(asked);
    let qualities = || {
        let step = Decimal::from(worst).checked_div(Decimal::from(STEPS));
        let step = step.unwrap_or_default();
        (0..=STEPS).map(move |at| step.saturating_mul(Decimal::from(at)).normalize())
    };
    let curves = plans.all().map(|plan| operating_curve(plan, qualities()));
    let lines = curves.iter().enumerate().map(|(index, curve)| {
        let points = curve.iter().map(|point| {
            // Units are whole, so the quality is that of the units that are bad.
            let quality = quality(point.bad, asked.units);
            format!("{},{}", at_x(quality, worst), at_y(point.accepted.0))
        });
        let points = points.collect::<Vec<_>>().join(" ");
        let (class, _) = series(locale, index);
        html! { <polyline class={classes!("curve", class)} {points} /> }
    });
    let bottom = TOP.saturating_add(HEIGHT);
    let right = LEFT.saturating_add(WIDTH);
    let fifths = (0..=5_i64).map(|fifth| {
        let percent = Decimal::from(worst.saturating_mul(fifth)).checked_div(Decimal::from(5));
        let percent = percent.unwrap_or_default();
        let x = at_x(percent, worst).to_string();
        let y = bottom.saturating_add(34).to_string();
        html! { <text {x} {y} text-anchor="middle">{ words::percent(locale, percent.normalize()) }</text> }
    });
    let quarters = (0..=4_i64).map(|quarter| {
        let percent = quarter.saturating_mul(25);
        let y = at_y(Decimal::new(percent, 2));
        let text = y.saturating_add(Decimal::from(5)).to_string();
        let y = y.to_string();
        html! {
            <>
                <line class="grid" x1={LEFT.to_string()} x2={right.to_string()} y1={y.clone()} y2={y} />
                <text x={LEFT.saturating_sub(8).to_string()} y={text} text-anchor="end">{ words::percent(locale, Decimal::from(percent)) }</text>
            </>
        }
    });
    let bad = bad_units(asked.units, asked.bad_percent);
    let assumed = at_x(quality(bad, asked.units), worst).to_string();
    let title = say(
        locale,
        "How often each plan accepts a lot, by how many of its units are bad",
        "各方案接收批次的概率，按批次不良率",
    );
    let entries = (0..3).map(|index| {
        let (class, name) = series(locale, index);
        html! { <li>{ line_mark(class) }{ name }</li> }
    });
    html! {
        <figure class="curves">
            <figcaption><h3>{ title }</h3></figcaption>
            <ul class="legend" aria-hidden="true">{ for entries }</ul>
            <p class="quiet axis" aria-hidden="true">{ say(locale, "accepted", "接收概率") }</p>
            <svg viewBox="0 0 640 340" role="img" aria-label={title}>
                { for quarters }
                <line class="grid assumed" x1={assumed.clone()} x2={assumed} y1={TOP.to_string()} y2={bottom.to_string()} />
                { for fifths }
                // What lies beyond the edge isn't drawn.
                <svg width={right.to_string()} height="340">{ for lines }</svg>
            </svg>
            <p class="quiet axis across" aria-hidden="true">{ say(locale, "bad units in the lot; the upright line is what is assumed", "批次不良率；竖线为假定值") }</p>
            { figures(locale, title, &curves) }
        </figure>
    }
}

/// The table behind the picture.
fn figures(locale: Locale, title: &str, curves: &[Vec<OperatingPoint>; 3]) -> Html {
    let [documented, by_aql, zero_defect] = curves;
    let points = documented.iter().zip(by_aql).zip(zero_defect);
    let rows = points
        .step_by(IN_TABLE)
        .map(|((documented, by_aql), zero_defect)| {
            let accepted = [documented, by_aql, zero_defect].map(|point| point.accepted.0);
            let cells = accepted.map(|accepted| html! { <td>{ chance(locale, accepted) }</td> });
            html! {
                <tr>
                    <th scope="row">{ words::percent(locale, documented.percent.0) }</th>
                    <td>{ words::number(documented.bad) }</td>
                    { for cells }
                </tr>
            }
        });
    let heads = (0..3).map(|index| {
        let (_, name) = series(locale, index);
        html! { <th scope="col">{ name }</th> }
    });
    html! {
        <details>
            <summary>{ say(locale, "The figures of the picture", "图中数据") }</summary>
            <div class="scroll" tabindex="0" role="region" aria-label={title.to_owned()}>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{ say(locale, "Bad", "不良率") }</th>
                            <th scope="col">{ say(locale, "Units", "件数") }</th>
                            { for heads }
                        </tr>
                    </thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
        </details>
    }
}

/// A chance in percent, to a tenth. What is neither never nor always doesn't look so.
fn chance(locale: Locale, chance: Decimal) -> String {
    let percent = part(chance, 100);
    let (least, most) = (Decimal::new(1, 1), Decimal::new(999, 1));
    if chance > Decimal::ZERO && percent < least {
        return format!("< {}", words::percent(locale, least));
    }
    if chance < Decimal::ONE && percent > most {
        return format!("> {}", words::percent(locale, most));
    }
    words::percent(locale, percent.normalize())
}
