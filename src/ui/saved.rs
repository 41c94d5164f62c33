//! Saved orders, side by side where wanted, and saved fee schedules.

use std::rc::Rc;

use landfall_words::Locale;
use yew::prelude::*;

use crate::archive::{Saved, draft_of};
use crate::compare::Compare;
use crate::draft::Draft;
use crate::fills::Fills;
use crate::form::button;
use crate::model::{COMPARED, Model, outcome};
use crate::outcome::Outcome;
use crate::say::say;

/// The page of what is saved.
pub fn saved_page(model: &Model) -> Html {
    let locale = model.locale;
    let compared: Vec<&Saved> = model
        .compared
        .iter()
        .filter_map(|id| model.saved.iter().find(|saved| *saved.id == **id))
        .collect();
    // Two orders may have the same name.
    let mut outcomes: Vec<(String, Rc<Outcome>)> = Vec::new();
    let mut unfinished: Vec<&str> = Vec::new();
    for saved in compared {
        match computed(model, saved) {
            Some(outcome) => outcomes.push((saved.name.to_string(), Rc::new(outcome))),
            None => unfinished.push(&saved.name),
        }
    }
    html! {
        <>
            <section class="part" aria-labelledby="orders">
                <h2 id="orders">{ say(locale, "Orders", "订单") }</h2>
                if model.saved.is_empty() {
                    <p class="quiet">{ say(locale,
                        "Here stand the orders you save, to open again, to compare side by side and to hand on as files.",
                        "这里显示您保存的订单：可再次打开、并排比较、导出文件。") }</p>
                } else {
                    <p class="quiet">{ match locale {
                        Locale::En => format!("Tick two to {COMPARED} to compare them."),
                        Locale::Zh => format!("勾选 2 至 {COMPARED} 个进行比较。"),
                    } }</p>
                    <ul class="saved">{ for model.saved.iter().map(|saved| order(model, saved)) }</ul>
                }
                <p class="actions">
                    <label class="file">
                        { say(locale, "Import a file", "导入文件") }
                        <input type="file" class="hidden" name="import" accept=".json,application/json" />
                    </label>
                </p>
            </section>
            { drafts(model) }
            if !unfinished.is_empty() {
                <p class="notice wait">{ match locale {
                    Locale::En => format!("Not finished, and so not compared: {}.", unfinished.join(", ")),
                    Locale::Zh => format!("尚未填完，无法比较：{}。", unfinished.join("、")),
                } }</p>
            }
            if outcomes.len() > 1 {
                <Compare {locale} items={outcomes} />
            }
            <section class="part" aria-labelledby="schedules">
                <h2 id="schedules">{ say(locale, "Fee schedules", "费用表") }</h2>
                if model.schedules.is_empty() {
                    <p class="quiet">{ say(locale,
                        "An agent’s fees, kept once and used for every order: enter them as charges of an order and keep them from there.",
                        "把代理的收费标准存一次，以后每单套用：先在订单里填好费用，再存为费用表。") }</p>
                }
                <ul class="saved">
                    { for model.schedules.iter().map(|saved| {
                        let path = format!("schedule.{}", saved.id);
                        html! {
                            <li key={&*saved.id}>
                                { name(locale, &path, saved) }
                                <span class="actions">
                                    { button(&path, "open", say(locale, "Use for the order", "用于当前订单")) }
                                    { button(&path, "export", say(locale, "Export", "导出")) }
                                    { button(&path, "remove", say(locale, "Delete", "删除")) }
                                </span>
                            </li>
                        }
                    }) }
                </ul>
            </section>
        </>
    }
}

/// Orders that were typed and not saved: from other tabs, or left for another order.
fn drafts(model: &Model) -> Html {
    let locale = model.locale;
    let others = model
        .drafts()
        .filter(|record| *record.key() != model.kept.key);
    let others: Vec<(String, String)> = others
        .filter_map(|record| {
            let draft = draft_of(record.data()?)?;
            let name = if draft.name.is_empty() {
                say(locale, "Without a name", "未命名").to_owned()
            } else {
                draft.name
            };
            Some((format!("draft.{}", record.key().id()), name))
        })
        .collect();
    if others.is_empty() {
        return html! {};
    }
    html! {
        <section class="part" aria-labelledby="drafts">
            <h2 id="drafts">{ say(locale, "Typed and not saved", "未保存的草稿") }</h2>
            <ul class="saved">
                { for others.into_iter().map(|(path, name)| html! {
                    <li key={path.clone()}>
                        <span>{ name }</span>
                        <span class="actions">
                            { button(&path, "open", say(locale, "Go on with it", "继续填写")) }
                            { button(&path, "remove", say(locale, "Delete", "删除")) }
                        </span>
                    </li>
                }) }
            </ul>
        </section>
    }
}

fn name(locale: Locale, path: &str, saved: &Saved) -> Html {
    html! {
        <input class="title" name={format!("{path}.name")} value={saved.name.to_string()}
            aria-label={say(locale, "Name", "名称")} autocomplete="off" />
    }
}

fn order(model: &Model, saved: &Saved) -> Html {
    let locale = model.locale;
    let path = format!("saved.{}", saved.id);
    let is_compared = model.compared.iter().any(|id| **id == *saved.id);
    let day = saved.saved_at.get(..10).unwrap_or_default().to_owned();
    let tick = match locale {
        Locale::En => format!("Compare {}", saved.name),
        Locale::Zh => format!("比较 {}", saved.name),
    };
    html! {
        <li key={&*saved.id}>
            <label class="tick">
                <input type="checkbox" name={format!("{path}.compare")} checked={is_compared} aria-label={tick} />
            </label>
            { name(locale, &path, saved) }
            <span class="quiet">{ day }</span>
            <span class="actions">
                { button(&path, "open", say(locale, "Open", "打开")) }
                { button(&path, "copy", say(locale, "Duplicate", "复制")) }
                { button(&path, "export", say(locale, "Export", "导出")) }
                { button(&path, "remove", say(locale, "Delete", "删除")) }
            </span>
        </li>
    }
}

/// What a saved order costs; `None` where it isn't finished.
fn computed(model: &Model, saved: &Saved) -> Option<Outcome> {
    let draft = Draft::from_tree(&saved.data).ok()?;
    let fills = Fills::of(&model.destinations, &draft, model.today, model.locale);
    outcome(&draft, &fills, model.today, model.locale).ok()
}
