//! The third step: the sample is inspected, unit by unit or by count, and the judgement follows each tap.

use landfall::check::Named;
use landfall::json::Json;
use landfall::sampling::{DefectClass, InspectionVerdict, Judgement};
use landfall_words::{self as words, Locale};
use landfall_workspace::rows::{Defect, Lot};
use yew::prelude::*;

use super::lots::{self, Undo};
use super::sample::answer;
use super::{Shown, class_in, count, counter, lot_path};
use crate::form::Form;
use crate::model::{Effect, Model};
use crate::say::say;
use crate::supplier::push;
use crate::tree;

/// What is wrong with units again and again, by the names that are stored.
const KINDS: [&str; 8] = [
    "scratched",
    "broken",
    "wrongColour",
    "wrongSize",
    "missingPart",
    "notWorking",
    "dirty",
    "packaging",
];

/// What a kind of defects is called; one in somebody's own words is called so.
pub(super) fn kind_name(locale: Locale, kind: &str) -> &str {
    match kind {
        "scratched" => say(locale, "Scratched", "划伤"),
        "broken" => say(locale, "Broken", "破损"),
        "wrongColour" => say(locale, "Wrong colour", "颜色不符"),
        "wrongSize" => say(locale, "Wrong size", "尺寸不符"),
        "missingPart" => say(locale, "Part missing", "缺配件"),
        "notWorking" => say(locale, "Doesn’t work", "无法使用"),
        "dirty" => say(locale, "Dirty", "脏污"),
        "packaging" => say(locale, "Packaging", "包装不良"),
        "other" => say(locale, "Something else", "其他"),
        own => own,
    }
}

/// Whether defects are the same but for the unit.
fn is_kind(defect: &Defect, class: DefectClass, kind: &str) -> bool {
    *defect.class == *class.name() && defect.kind.as_deref() == Some(kind)
}

impl Model {
    /// A button of an article was pressed.
    pub(super) fn pressed_lot(&mut self, at: usize, action: &str) -> Vec<Effect> {
        let Some((_, receipt)) = self.receipt() else {
            return Vec::new();
        };
        let Some(lot) = receipt.lots.get(at) else {
            return Vec::new();
        };
        let path = |field: &str| lot_path(at, field);
        let done = lot.inspected.unwrap_or(0);
        if let Some(kind) = action.strip_prefix("defect:") {
            return self.note_defect(at, class_in(&receipt), lot, kind);
        }
        if let Some(kind) = action.strip_prefix("undefect:") {
            return self.take_defect(at, class_in(&receipt), lot, kind);
        }
        if let Some(number) = action.strip_prefix("carton:") {
            let Ok(number) = number.parse() else {
                return Vec::new();
            };
            let is_open = !lot.unpacked.contains(&number);
            return self.open_carton(at, number, is_open);
        }
        match action {
            "select" => {
                let at = u32::try_from(at).unwrap_or(u32::MAX);
                self.tap(|typed| tree::set(typed, "article", Some(count(at))))
            }
            "all" => self.count_all(at),
            "remove" => self.tap(|typed| tree::set(typed, &path(""), None)),
            "redraw" => self.draw(),
            "byUnit" => self.tap(|typed| tree::set(typed, &path("byCount"), None)),
            "byCount" => {
                let is_set = Some(Json::Boolean(true));
                self.tap(|typed| tree::set(typed, &path("byCount"), is_set))
            }
            "next" => {
                let next = count(done.saturating_add(1));
                self.tap(|typed| tree::set(typed, &path("inspected"), Some(next)))
            }
            "whole" => {
                let sample = lot.sample.map(count);
                self.tap(|typed| tree::set(typed, &path("inspected"), sample))
            }
            "undo" => match lots::last(lot) {
                Some(Undo::Unit(unit)) => {
                    let before = count(unit.saturating_sub(1));
                    self.tap(|typed| tree::set(typed, &path("inspected"), Some(before)))
                }
                Some(Undo::Defect(last)) => self.drop_defect(at, lot, last),
                None => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// A defect is noted: of the unit in hand, or one more of its kind.
    fn note_defect(&mut self, at: usize, class: DefectClass, lot: &Lot, kind: &str) -> Vec<Effect> {
        let other = self.run.other.trim().to_owned();
        let kind = match kind {
            "other" if !other.is_empty() => {
                self.run.other = "".into();
                other
            }
            kind => kind.to_owned(),
        };
        let path = lot_path(at, "defects");
        let mut defect = tree::object([
            ("class", tree::text(class.name())),
            ("kind", tree::text(&*kind)),
        ]);
        if !lot.is_by_count {
            let unit = lot.inspected.unwrap_or(0).saturating_add(1);
            tree::set(&mut defect, "unit", Some(count(unit)));
            return self.tap(|typed| push(typed, &path, defect));
        }
        let known = lot
            .defects
            .iter()
            .position(|defect| defect.unit.is_none() && is_kind(defect, class, &kind));
        let before = known.and_then(|at| lot.defects.get(at)?.count);
        tree::set(
            &mut defect,
            "count",
            Some(count(before.unwrap_or(0).saturating_add(1))),
        );
        // What was noted last stands last, so that it can be taken back.
        self.tap(|typed| {
            if let Some(known) = known {
                tree::set(typed, &format!("{path}[{known}]"), None);
            }
            push(typed, &path, defect);
        })
    }

    /// One defect less of a kind.
    fn take_defect(&mut self, at: usize, class: DefectClass, lot: &Lot, kind: &str) -> Vec<Effect> {
        let mut defects = lot.defects.iter();
        let known =
            defects.position(|defect| defect.unit.is_none() && is_kind(defect, class, kind));
        known.map_or_else(Vec::new, |known| self.drop_defect(at, lot, known))
    }

    /// A defect is taken back, or one of several.
    fn drop_defect(&mut self, at: usize, lot: &Lot, index: usize) -> Vec<Effect> {
        let counted = lot.defects.get(index).and_then(|defect| defect.count);
        let path = format!("{}[{index}]", lot_path(at, "defects"));
        let is_last = lot.defects.len() == 1;
        self.tap(|typed| match counted {
            Some(counted) if counted > 1 => {
                let fewer = count(counted.saturating_sub(1));
                tree::set(typed, &format!("{path}.count"), Some(fewer));
            }
            Some(_) | None if is_last => tree::set(typed, &lot_path(at, "defects"), None),
            Some(_) | None => tree::set(typed, &path, None),
        })
    }
}

/// The step.
pub(super) fn inspect(shown: &Shown<'_>, form: &Form<'_>) -> Html {
    let locale = shown.locale;
    let at = shown.article();
    let Some(lot) = shown.receipt.lots.get(at) else {
        return html! {
            <section class="part"><p>{ say(locale, "There is no article to inspect yet: add it under Cartons.",
                "还没有可检验的商品：请先在“点箱”中添加。") }</p></section>
        };
    };
    let policy = shown.model.policy();
    let judged = lots::judged(lot, &policy.receiving);
    html! {
        <>
            if shown.receipt.lots.len() > 1 { { articles(shown, at) } }
            <section class="part" aria-labelledby="inspect">
                <h3 id="inspect" class="lot-name"><b>{ &*lot.sku }</b>
                    if let Some(goods) = shown.goods(&lot.sku) { <span class="quiet">{ goods.to_owned() }</span> }
                </h3>
                { answer(locale, lot) }
                if let Some(judged) = &judged { { judgement(locale, judged) } }
                { opened(shown, at, lot) }
                { if lot.sample.is_some() { tally(shown, form, at, lot) } else { html! {} } }
            </section>
            <section class="part">
                <div class="cells">{ form.input(&lot_path(at, "notes"), say(locale, "What differs from the approved sample: colour, size, contents, packaging", "与确认样不符之处：颜色、尺寸、内容、包装"), "", "wide") }</div>
                { super::super::photos::photos(shown.model, shown.desk, Some(&lot.sku)) }
            </section>
        </>
    }
}

/// The articles of the delivery, each with how far its inspection is.
fn articles(shown: &Shown<'_>, current: usize) -> Html {
    let locale = shown.locale;
    let items = shown.receipt.lots.iter().enumerate().map(|(at, lot)| {
        let state = match (lot.passed, lot.sample) {
            (Some(true), _) => say(locale, "passed", "合格").to_owned(),
            (Some(false), _) => say(locale, "failed", "不合格").to_owned(),
            (None, Some(sample)) => format!("{}/{sample}", lots::inspected(lot)),
            (None, None) => say(locale, "not counted", "未点数").to_owned(),
        };
        html! {
            <li key={at}><button type="button" name={format!("receiving.run.{}", lot_path(at, ""))} value="select"
                aria-pressed={(at == current).to_string()}><b>{ &*lot.sku }</b><span>{ state }</span></button></li>
        }
    });
    html! { <ul class="tabs" aria-label={say(locale, "Articles", "商品")}>{ for items }</ul> }
}

/// What becomes of the article by what was found so far: the word, and the numbers.
pub(super) fn judgement(locale: Locale, judged: &Judgement) -> Html {
    let (class, word) = match judged.verdict {
        InspectionVerdict::Accept => ("readiness go", say(locale, "Accept", "接收")),
        InspectionVerdict::Reject => ("readiness stop", say(locale, "Reject", "拒收")),
        InspectionVerdict::Hold => ("readiness wait", say(locale, "Keep going", "继续检验")),
    };
    html! {
        <div {class} role="status">
            <p class="word">{ word }</p>
            <ul class="plain-list">{ for numbers(locale, judged).into_iter().map(|line| html! { <li>{ line }</li> }) }</ul>
        </div>
    }
}

/// The numbers behind a judgement.
pub(super) fn numbers(locale: Locale, judged: &Judgement) -> Vec<String> {
    let classes = judged.classes.iter();
    let classes = classes.map(|(class, of)| words::class_judgement(locale, class, of));
    let rate = judged
        .rate
        .iter()
        .map(|of| words::rate_judgement(locale, of));
    classes.chain(rate).collect()
}

/// The cartons that were drawn, each ticked off as it is opened.
fn opened(shown: &Shown<'_>, at: usize, lot: &Lot) -> Html {
    let locale = shown.locale;
    let others = lot
        .unpacked
        .iter()
        .filter(|number| !lot.opened.contains(number));
    let all: Vec<u32> = lot.opened.iter().chain(others).copied().collect();
    if all.is_empty() {
        return html! {};
    }
    let path = format!("receiving.run.{}", lot_path(at, ""));
    let items = all.into_iter().map(|number| {
        let is_open = lot.unpacked.contains(&number);
        let name = match locale {
            Locale::En => format!("Carton {number} opened"),
            Locale::Zh => format!("第 {number} 箱已开"),
        };
        html! {
            <li key={number}><button type="button" class="carton" name={path.clone()} value={format!("carton:{number}")}
                aria-pressed={is_open.to_string()} aria-label={name}>{ number }</button></li>
        }
    });
    html! {
        <div>
            <p class="quiet" id="opened">{ say(locale, "Cartons: tap or scan each as you open it", "开箱：每开一箱点一下或扫码") }</p>
            <ul class="cartons" aria-labelledby="opened">{ for items }</ul>
        </div>
    }
}

fn tally(shown: &Shown<'_>, form: &Form<'_>, at: usize, lot: &Lot) -> Html {
    let locale = shown.locale;
    let path = format!("receiving.run.{}", lot_path(at, ""));
    let mode = |action: &'static str, name: &'static str, is_on: bool| {
        html! { <button type="button" name={path.clone()} value={action} aria-pressed={is_on.to_string()}>{ name }</button> }
    };
    let classes = DefectClass::ALL.iter().map(|class| {
        let is_on = class_in(&shown.receipt) == *class;
        html! {
            <button type="button" name="receiving.run.class" value={class.name()} aria-pressed={is_on.to_string()}>
                { words::defect_class_name(locale, *class) }
            </button>
        }
    });
    html! {
        <>
            <div class="segments" role="group" aria-label={say(locale, "How it is noted", "记录方式")}>
                { mode("byUnit", say(locale, "Unit by unit", "逐件"), !lot.is_by_count) }
                { mode("byCount", say(locale, "By count", "按数量"), lot.is_by_count) }
            </div>
            { if lot.is_by_count { whole(form, &path, at, lot) } else { unit(locale, &path, lot) } }
            <div class="segments classes" role="group" aria-label={say(locale, "Class of the defect", "缺陷类别")}>{ for classes }</div>
            { kinds(shown, &path, lot) }
            { noted(locale, lot) }
        </>
    }
}

/// What is noted last, and how it is taken back.
fn take_back(locale: Locale, path: &str, lot: &Lot) -> Html {
    let what = match lots::last(lot) {
        None => {
            return html! { <button type="button" class="button" name={path.to_owned()} value="undo" disabled=true>{ say(locale, "Undo", "撤销") }</button> };
        }
        Some(Undo::Unit(unit)) => match locale {
            Locale::En => format!("Undo: unit {unit}"),
            Locale::Zh => format!("撤销：第 {unit} 件"),
        },
        Some(Undo::Defect(at)) => {
            let kind = lot
                .defects
                .get(at)
                .and_then(|defect| defect.kind.as_deref());
            let kind = kind_name(locale, kind.unwrap_or("other"));
            match locale {
                Locale::En => format!("Undo: {kind}"),
                Locale::Zh => format!("撤销：{kind}"),
            }
        }
    };
    html! { <button type="button" class="button" name={path.to_owned()} value="undo">{ what }</button> }
}

/// The unit in hand.
fn unit(locale: Locale, path: &str, lot: &Lot) -> Html {
    let done = lot.inspected.unwrap_or(0);
    let sample = lot.sample.unwrap_or(0);
    let current = done.saturating_add(1);
    let wrong = lot
        .defects
        .iter()
        .filter(|defect| defect.unit == Some(current));
    let wrong: Vec<String> = wrong
        .map(|defect| {
            let kind = kind_name(locale, defect.kind.as_deref().unwrap_or("other"));
            let class = words::defect_class_name(locale, lots::class_of(defect));
            match locale {
                Locale::En => format!("{kind} ({class})"),
                Locale::Zh => format!("{kind}（{class}）"),
            }
        })
        .collect();
    let is_over = done >= sample && wrong.is_empty();
    let said = match locale {
        _ if is_over => match locale {
            Locale::En => format!("All {sample} are checked"),
            Locale::Zh => format!("{sample} 件已全部检完"),
        },
        Locale::En => format!("Unit {current} of {sample}"),
        Locale::Zh => format!("第 {current} 件（共 {sample} 件）"),
    };
    html! {
        <div class="unit-in-hand">
            <p class="count" role="status">{ said }
                if !wrong.is_empty() { <span class="flag">{ wrong.join(say(locale, ", ", "、")) }</span> }
            </p>
            <div class="taps">
                <button type="button" class="primary tap" name={path.to_owned()} value="next">
                    { match (is_over, wrong.is_empty()) {
                        (true, _) => say(locale, "One more is good", "再检一件，合格"),
                        (false, true) => say(locale, "Good, next", "合格，下一件"),
                        (false, false) => say(locale, "Next unit", "下一件"),
                    } }
                </button>
                { take_back(locale, path, lot) }
            </div>
        </div>
    }
}

/// All of the sample at once.
fn whole(form: &Form<'_>, path: &str, at: usize, lot: &Lot) -> Html {
    let locale = form.locale;
    html! {
        <div class="unit-in-hand">
            { counter(form, &lot_path(at, "inspected"), &match (locale, lot.sample) {
                (Locale::En, Some(sample)) => format!("Units checked, {sample} to check"),
                (Locale::Zh, Some(sample)) => format!("已检件数（应检 {sample}）"),
                (Locale::En, None) => "Units checked".to_owned(),
                (Locale::Zh, None) => "已检件数".to_owned(),
            }) }
            <div class="taps">
                <button type="button" class="button" name={path.to_owned()} value="whole">{ say(locale, "The whole sample is checked", "样本全部检完") }</button>
                { take_back(locale, path, lot) }
            </div>
        </div>
    }
}

fn kinds(shown: &Shown<'_>, path: &str, lot: &Lot) -> Html {
    let locale = shown.locale;
    let class = class_in(&shown.receipt);
    let own = lot
        .defects
        .iter()
        .filter_map(|defect| defect.kind.as_deref());
    let own = own.filter(|kind| !KINDS.contains(kind));
    let mut all: Vec<&str> = KINDS.iter().copied().chain(own).collect();
    // What was written once is tapped the next time.
    let mut known = std::collections::BTreeSet::new();
    all.retain(|kind| known.insert(*kind));
    let items = all.into_iter().map(|kind| {
        let counted = lot.defects.iter().filter(|defect| is_kind(defect, class, kind));
        let counted = counted.map(|defect| defect.count.unwrap_or(1)).fold(0, u32::saturating_add);
        let has_counted = lot
            .defects
            .iter()
            .any(|defect| defect.unit.is_none() && is_kind(defect, class, kind));
        let name = kind_name(locale, kind);
        let less = match locale {
            Locale::En => format!("One less: {name}"),
            Locale::Zh => format!("减一：{name}"),
        };
        html! {
            <li key={kind.to_owned()}>
                <button type="button" class="kind" name={path.to_owned()} value={format!("defect:{kind}")}>
                    <span>{ name.to_owned() }</span>
                    if counted > 0 { <b>{ counted }</b> }
                </button>
                if lot.is_by_count && has_counted {
                    <button type="button" class="tap" name={path.to_owned()} value={format!("undefect:{kind}")} aria-label={less}>{ "−" }</button>
                }
            </li>
        }
    });
    html! {
        <>
            <ul class="kinds" aria-label={say(locale, "What is wrong", "缺陷类型")}>{ for items }</ul>
            <div class="other">
                <div class="field">
                    <label for="receiving.run.other">{ say(locale, "Something else", "其他问题") }</label>
                    <div class="box"><input id="receiving.run.other" name="receiving.run.other" value={shown.model.run.other.to_string()}
                        autocomplete="off" enterkeyhint="done" /></div>
                </div>
                <button type="button" class="button" name={path.to_owned()} value="defect:other">{ say(locale, "Note it", "记录") }</button>
            </div>
        </>
    }
}

/// The defects so far, by unit.
fn noted(locale: Locale, lot: &Lot) -> Html {
    let units = lot.defects.iter().filter(|defect| defect.unit.is_some());
    let mut items: Vec<String> = units
        .map(|defect| {
            let unit = defect.unit.unwrap_or(0);
            let kind = kind_name(locale, defect.kind.as_deref().unwrap_or("other"));
            let class = words::defect_class_name(locale, lots::class_of(defect));
            match locale {
                Locale::En => format!("unit {unit}: {kind} ({class})"),
                Locale::Zh => format!("第 {unit} 件：{kind}（{class}）"),
            }
        })
        .collect();
    items.reverse();
    if items.is_empty() {
        return html! {};
    }
    html! {
        <details class="fold">
            <summary>{ match locale {
                Locale::En => format!("Noted: {}", items.len()),
                Locale::Zh => format!("已记录 {} 项", items.len()),
            } }</summary>
            <ul>{ for items.into_iter().map(|item| html! { <li>{ item }</li> }) }</ul>
        </details>
    }
}
