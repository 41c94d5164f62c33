//! What holds for the whole order: where it goes, at which rate, how it travels, what customs take and
//! what selling costs.

use std::rc::Rc;

use landfall::destination::{Fact, What};
use landfall::json::Json;
use landfall::landed_cost::{Against, Basis, ChargeComponent, Mode};
use landfall_words::{self as words, Locale};
use yew::prelude::*;

use crate::draft::usual_divisor;
use crate::edit::listed;
use crate::fills::{Fills, text_of};
use crate::form::{Form, Given, button, nothing, options};
use crate::model::{Fault, Model};
use crate::say::say;
use crate::tree::{self, text_at};

/// How a part of the order is drawn.
#[derive(Clone, Copy)]
pub struct Draw(pub fn(&Model) -> Html);

/// A part of the order beside its lines and charges.
#[derive(Properties)]
pub struct PartProps {
    /// The page.
    pub model: Rc<Model>,
    /// Always the same function in one place.
    pub draw: Draw,
}

/// Whether the parts look the same, as they do while a line is typed into.
impl PartialEq for PartProps {
    fn eq(&self, other: &PartProps) -> bool {
        let (one, two) = (&*self.model, &*other.model);
        one.locale == two.locale
            && Rc::ptr_eq(&one.destinations, &two.destinations)
            && Rc::ptr_eq(&one.draft.head, &two.draft.head)
            && Rc::ptr_eq(&one.draft.selling, &two.draft.selling)
            && one.draft.destination == two.draft.destination
            && one.draft.entry_date == two.draft.entry_date
            && one.shown_faults().eq(two.shown_faults())
            && one.today == two.today
    }
}

/// A part of the order, drawn again only where it looks different.
#[component]
pub fn Part(props: &PartProps) -> Html {
    let Draw(draw) = props.draw;
    draw(&props.model)
}

/// Where it goes, at which rate, and how.
pub fn head(model: &Model) -> Html {
    let locale = model.locale;
    let fills = model.fills();
    let faults: Vec<Fault> = model.shown_faults().cloned().collect();
    let given = |path: &str| given(&fills, locale, path);
    let form = Form {
        locale,
        at: "",
        tree: &model.draft.head,
        faults: &faults,
        given: &given,
    };
    let own = tree::object([
        ("destination", tree::text(model.draft.destination.clone())),
        ("entryDate", tree::text(model.draft.entry_date.clone())),
    ]);
    let today = |name: &str| {
        (name == "entryDate").then(|| Given {
            value: model.today.to_string(),
            from: None,
        })
    };
    let page = Form {
        tree: &own,
        given: &today,
        ..form
    };
    let places: Vec<(&str, &str)> = model
        .destinations
        .iter()
        .map(|place| (place.code.as_str(), text_of(&place.name, locale)))
        .collect();
    let home = model.home(&fills);
    let mode = text_at(&model.draft.head, "shipment.mode");
    let divisor = usual_divisor(mode).filter(|_| !mode.is_empty() && mode != "sea");
    let unit = if home.is_empty() {
        "CNY".to_owned()
    } else {
        format!("CNY/{home}")
    };
    let is_included = tree::is_set(&model.draft.head, "shipment.dutiesIncluded");
    // Those that charges are usually in, and those that the order has.
    let mut codes = vec!["USD", "EUR"];
    if let Some(Json::Object(others)) = tree::get(&model.draft.head, "exchangeRate.others") {
        let others = others.iter().map(|(code, _)| &**code);
        codes.extend(others.filter(|code| !matches!(*code, "USD" | "EUR")));
    }
    html! {
        <section class="part head-fields" aria-label={say(locale, "Order", "订单")}>
            <div class="cells">
                { page.choice("destination", say(locale, "Destination", "目的地"), &places, Some(say(locale, "choose, or fill in yourself", "请选择，或自行填写"))) }
                { form.text("homeCurrency", say(locale, "Currency", "本位币"), "") }
                { form.text("exchangeRate.cnyPerUnit", say(locale, "Exchange rate", "汇率"), &unit) }
                { form.text("exchangeRate.spreadPercent", say(locale, "Spread", "换汇点差"), "%") }
                { form.choice("shipment.mode", say(locale, "Mode", "运输方式"), &options::<Mode>(locale, words::mode), Some(say(locale, "not decided", "未定"))) }
            </div>
            <p class="quiet">
                if let Some(divisor) = divisor {
                    { match locale {
                        Locale::En => format!("Volume counts ÷ {divisor} unless a charge says otherwise. "),
                        Locale::Zh => format!("体积重默认 ÷ {divisor}，可在费用中修改。"),
                    } }
                }
                { rate_age(model) }
            </p>
            <details class="fold">
                <summary>{ say(locale, "Dates, other currencies, duties in the freight", "日期、其他币种、双清包税") }
                    if is_included { <span class="quiet">{ say(locale, " · duties and tax included", " · 双清包税") }</span> }
                </summary>
                <div class="cells">
                    { page.text("entryDate", say(locale, "Day of entry", "入境日期"), "") }
                    { form.text("exchangeRate.asOf", say(locale, "Date of the rate", "汇率日期"), "") }
                    { for codes.into_iter().filter(|code| *code != home && !home.is_empty()).map(|code| {
                        let label = match locale {
                            Locale::En => format!("1 {home} buys"),
                            Locale::Zh => format!("1 {home} 兑"),
                        };
                        form.text(&format!("exchangeRate.others.{code}"), &label, code)
                    }) }
                </div>
                { form.tick("shipment.dutiesIncluded", say(locale, "The freight contains duty and tax (DDP)", "运费已含关税和税费（双清包税）"), is_included) }
            </details>
        </section>
    }
}

/// How old the exchange rate is.
fn rate_age(model: &Model) -> String {
    let date = text_at(&model.draft.head, "exchangeRate.asOf");
    let Some(date) = landfall::check::parse_date(date) else {
        return String::new();
    };
    let days = model.today.signed_duration_since(date).num_days();
    match (model.locale, days) {
        (Locale::En, ..=7) => format!("Rate of {date}."),
        (Locale::Zh, ..=7) => format!("汇率日期 {date}。"),
        (Locale::En, _) => format!("The rate is {days} days old ({date}): look it up again."),
        (Locale::Zh, _) => format!("汇率已是 {days} 天前的（{date}），请重新查询。"),
    }
}

/// What a destination gives for a field, and where that is from.
fn given(fills: &Fills<'_>, locale: Locale, path: &str) -> Option<Given> {
    let value = fills.at(path)?;
    let facts = fills.behind(path);
    let from = facts
        .last()
        .map(|fact| html! { <p class="note">{ origin(fills, fact, locale) }</p> });
    Some(Given {
        value: text_at(&value, "").to_owned(),
        from: Some(from.unwrap_or_default()),
    })
}

/// Where a fact is from, since when it is in force, and how old it is.
fn origin(fills: &Fills<'_>, fact: &Fact, locale: Locale) -> Html {
    let place = fills.place(locale);
    let since = fact.from.unwrap_or(fact.as_of);
    let text = match (locale, fact.from) {
        (Locale::En, Some(_)) => format!("{place}, since {since}"),
        (Locale::Zh, Some(_)) => format!("{place}，自 {since} 起"),
        (Locale::En, None) => format!("{place}, as of {since}"),
        (Locale::Zh, None) => format!("{place}，核对于 {since}"),
    };
    html! {
        <>
            { text }
            if let Some(source) = &fact.source {
                { " · " }<a href={source.clone()} target="_blank" rel="noopener noreferrer">{ say(locale, "source", "来源") }</a>
            }
        </>
    }
}

/// What customs take.
pub fn customs(model: &Model) -> Html {
    let locale = model.locale;
    let fills = model.fills();
    let faults: Vec<Fault> = model.shown_faults().cloned().collect();
    let given = |path: &str| given(&fills, locale, path);
    let form = Form {
        locale,
        at: "",
        tree: &model.draft.head,
        faults: &faults,
        given: &given,
    };
    let home = model.home(&fills);
    let value = |path: &str| {
        let typed = text_at(&model.draft.head, path);
        if typed.is_empty() {
            fills
                .at(path)
                .map(|value| text_at(&value, "").to_owned())
                .unwrap_or_default()
        } else {
            typed.to_owned()
        }
    };
    let zero = |path: &str| {
        let value = value(path);
        if value.is_empty() {
            "0".to_owned()
        } else {
            value
        }
    };
    let basis = match value("customs.basis") {
        basis if basis.is_empty() => "fob".to_owned(),
        basis => basis,
    };
    let basis = basis.to_ascii_uppercase();
    let (duty, extra, vat) = (
        zero("customs.dutyPercent"),
        zero("customs.additionalDutyPercent"),
        zero("customs.vatPercent"),
    );
    let is_recoverable = tree::is_set(&model.draft.head, "customs.vatRecoverable");
    let is_known = fills.destination.is_some() || tree::get(&model.draft.head, "customs").is_some();
    let sentence = match locale {
        _ if !is_known => say(
            locale,
            "Nothing known, so neither duty nor VAT is counted",
            "未填清关信息，不计关税和增值税",
        )
        .to_owned(),
        Locale::En => format!(
            "{basis} value, duty {duty} % and extra {extra} % unless a line says otherwise, VAT {vat} %{}",
            if is_recoverable { ", recoverable" } else { "" }
        ),
        Locale::Zh => format!(
            "{basis} 价，关税 {duty}%、加征 {extra}%（明细另填除外），增值税 {vat}%{}",
            if is_recoverable { "，可抵扣" } else { "" }
        ),
    };
    let ticks = |path: &'static str, legend: &'static str| {
        let ticked = listed(&model.draft, &fills, path);
        let is_edited = tree::get(&model.draft.head, path).is_some();
        html! {
            <fieldset class="ticks">
                <legend>{ legend }</legend>
                { for options(locale, words::charge_component).into_iter()
                    .filter(|(key, _)| path != "customs.dutiableComponents" || *key != "destination")
                    .map(|(key, name)| form.tick(&format!("{path}.{key}"), name, ticked.iter().any(|other| other == key))) }
                if is_edited { { button(path, "reset", say(locale, "Take back", "撤回")) } }
                { for fills.behind(path).last().map(|fact| html! { <p class="note">{ origin(&fills, fact, locale) }</p> }) }
            </fieldset>
        }
    };
    let against: Vec<(&str, &str)> = options::<Against>(locale, |locale, against| match against {
        Against::Goods => say(locale, "the goods’ value", "货值"),
        Against::CustomsValue => say(locale, "the whole customs value", "全部完税价格"),
    });
    html! {
        <section class="part" aria-labelledby="customs">
            <h2 id="customs">{ say(locale, "Customs", "海关") }</h2>
            <details class="fold">
                <summary>{ sentence }</summary>
                <div class="cells">
                    { form.choice("customs.basis", say(locale, "Customs value", "完税价格口径"), &options::<Basis>(locale, words::basis), Some(words::basis(locale, Basis::Fob))) }
                    { form.text("customs.dutyPercent", say(locale, "Duty", "关税"), "%") }
                    { form.text("customs.additionalDutyPercent", say(locale, "Extra duty", "加征关税"), "%") }
                    { form.text("customs.vatPercent", say(locale, "VAT or GST", "增值税（VAT/GST）"), "%") }
                </div>
                { form.tick("customs.vatRecoverable", say(locale, "I recover this VAT: it is cash, not cost", "我可抵扣该税：占用现金，但不计成本"), is_recoverable) }
                <div class="cells">
                    { form.text("customs.cnyPerUnit", say(locale, "Rate customs uses", "海关汇率"), &format!("CNY/{home}")) }
                    { form.text("customs.vatUpliftPercent", say(locale, "Uplift of the VAT base", "增值税税基上浮"), "%") }
                    { form.text("customs.deMinimis.dutyUpTo", say(locale, "No duty up to", "免关税限额"), &home) }
                    { form.text("customs.deMinimis.vatUpTo", say(locale, "No VAT up to", "免增值税限额"), &home) }
                    { form.choice("customs.deMinimis.against", say(locale, "measured by", "限额对照"), &against, Some(say(locale, "the goods’ value", "货值"))) }
                </div>
                { ticks("customs.dutiableComponents", say(locale, "In the customs value, beside the goods", "除货款外计入完税价格的费用")) }
                { ticks("customs.taxableComponents", say(locale, "In the VAT base, beside customs value and duty", "除完税价格和关税外计入增值税税基的费用")) }
            </details>
            { knowledge(model, &fills) }
        </section>
    }
}

/// What is known of the destination, and what is left to the buyer.
fn knowledge(model: &Model, fills: &Fills<'_>) -> Html {
    let locale = model.locale;
    let Some(destination) = fills.destination else {
        return html! {
            <p class="quiet">{ say(locale,
                "Choose a destination, and its customs rules, fees and taxes are filled in, each with its source.",
                "选择目的地后，海关规则、费用和税率会自动带入，并注明来源。") }</p>
        };
    };
    let facts: Vec<&Fact> = fills.in_force().collect();
    let old = facts.iter().filter(|fact| fact.is_old(model.today)).count();
    let (open, known): (Vec<_>, Vec<_>) =
        facts.into_iter().partition(|fact| fact.what == What::Open);
    let place = text_of(&destination.name, locale);
    let title = match locale {
        Locale::En => format!(
            "What is known of {place}: {} facts, {} left to you",
            known.len(),
            open.len()
        ),
        Locale::Zh => format!(
            "关于{place}：已知 {} 项，{} 项需您自行判断",
            known.len(),
            open.len()
        ),
    };
    let item = |fact: &Fact| {
        html! {
            <li>
                { fact.name.as_ref().map(|name| format!("{}{}", text_of(name, locale), say(locale, ": ", "："))).unwrap_or_default() }
                { fact_value(fact, locale) }{ " " }
                { fact.note.as_ref().map(|note| text_of(note, locale).to_owned()).unwrap_or_default() }
                <span class="note">
                    { " " }{ origin(fills, fact, locale) }
                    if let Some(until) = fact.until { { match locale {
                        Locale::En => format!(" · until {until}"),
                        Locale::Zh => format!(" · 至 {until}"),
                    } } }
                    if let Some(confidence) = fact.confidence { { match locale {
                        Locale::En => format!(" · confidence {}", confidence.name()),
                        Locale::Zh => format!(" · 可信度 {}", confidence.name()),
                    } } }
                </span>
            </li>
        }
    };
    html! {
        <>
            if old > 0 {
                <p class="notice wait">{ match locale {
                    Locale::En if old == 1 => format!("1 fact about {place} is older than 180 days: check it before you rely on it."),
                    Locale::En => format!("{old} facts about {place} are older than 180 days: check them before you rely on them."),
                    Locale::Zh => format!("关于{place}的 {old} 项资料已超过 180 天，使用前请核对。"),
                } }</p>
            }
            <details class="fold">
                <summary>{ title }</summary>
                if !open.is_empty() {
                    <h3>{ say(locale, "Left to you", "需您自行判断") }</h3>
                    <ul class="known">{ for open.iter().map(|fact| item(fact)) }</ul>
                }
                <h3>{ say(locale, "In force on the day of entry", "入境日有效") }</h3>
                <ul class="known">{ for known.iter().map(|fact| item(fact)) }</ul>
            </details>
        </>
    }
}

/// What a fact fills, in a few words.
fn fact_value(fact: &Fact, locale: Locale) -> String {
    match &fact.what {
        What::Field { path, value } => {
            let value = if let Json::List(items) = value {
                let names = items
                    .iter()
                    .filter_map(|item| crate::form::named::<ChargeComponent>(text_at(item, "")));
                let names: Vec<&str> = names
                    .map(|of| words::charge_component(locale, of))
                    .collect();
                if names.is_empty() {
                    say(locale, "nothing", "无").to_owned()
                } else {
                    names.join(say(locale, ", ", "、"))
                }
            } else {
                text_at(value, "").to_ascii_uppercase()
            };
            format!("{} {value}", path_name(path, locale))
        }
        What::Duty(layer) => format!("+{} %", layer.percent),
        What::Charge(_) | What::Open => String::new(),
    }
}

/// What a field that a destination fills is called.
fn path_name(path: &str, locale: Locale) -> &'static str {
    match path {
        "customs.basis" => say(locale, "customs value", "完税价格"),
        "customs.dutyPercent" => say(locale, "duty %", "关税 %"),
        "customs.vatPercent" => say(locale, "VAT or GST %", "增值税 %"),
        "customs.taxableComponents" => say(locale, "joins the VAT base:", "计入增值税税基："),
        "customs.dutiableComponents" => say(locale, "joins the customs value:", "计入完税价格："),
        "customs.vatUpliftPercent" => say(locale, "uplift of the VAT base %", "增值税税基上浮 %"),
        "customs.deMinimis.dutyUpTo" => say(locale, "no duty up to", "免关税限额"),
        "customs.deMinimis.vatUpTo" => say(locale, "no VAT up to", "免增值税限额"),
        "customs.deMinimis.against" => say(locale, "measured by", "限额对照"),
        _ => "",
    }
}

/// What selling costs.
pub fn selling(model: &Model) -> Html {
    let locale = model.locale;
    let home = model.home(&model.fills());
    let faults: Vec<Fault> = model.shown_faults().cloned().collect();
    let form = Form {
        locale,
        at: "selling",
        tree: &model.draft.selling,
        faults: &faults,
        given: &nothing,
    };
    html! {
        <section class="part" aria-labelledby="selling">
            <h2 id="selling">{ say(locale, "What selling it costs", "销售费用") }</h2>
            <div class="cells">
                { form.text("feePercent", say(locale, "Platform fees", "平台及支付费率"), "%") }
                { form.text("fixedPerOrder", say(locale, "Fixed cost an order", "每单固定成本"), &home) }
                { form.text("targetMarginPercent", say(locale, "Target margin", "目标利润率"), "%") }
            </div>
            <details class="fold">
                <summary>{ say(locale, "Advertising, returns, tax in the price: nothing unless filled in", "广告、退货、价内税：不填则为 0") }</summary>
                <div class="cells">
                    { form.text("advertisingPercent", say(locale, "Advertising", "广告占比"), "%") }
                    { form.text("taxInPricePercent", say(locale, "Sales tax in the price", "价内销售税"), "%") }
                    { form.text("returnPercent", say(locale, "Returns", "退货率"), "%") }
                    { form.text("resaleablePercent", say(locale, "of which can be sold again", "其中可再售"), "%") }
                    { form.text("returnHandling", say(locale, "Handling a return", "每件退货处理费"), &home) }
                    { form.text("feeKeptOnRefundPercent", say(locale, "Fees kept on a refund", "退款时平台扣留费用"), "%") }
                </div>
            </details>
        </section>
    }
}
