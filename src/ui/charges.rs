//! What it costs to get the goods here: the buyer's charges and the destination's fees, as sentences
//! that open to their fields.

use std::rc::Rc;

use landfall::json::Json;
use landfall::landed_cost::{Base, Charge as Requested, ChargeComponent, Key, Mode};
use landfall_words::{self as words, Locale};
use yew::prelude::*;

use crate::draft::{is_by_weight, usual_divisor};
use crate::fills::Fills;
use crate::form::{Form, Given, Sign, button, named, nothing, options, sign, signs};
use crate::model::{Fault, Model};
use crate::outcome::Outcome;
use crate::say::say;
use crate::tree::{self, Tree, text_at};

/// The types of a rate in the form: those of the request, with the chargeable weight in two forms.
const RATES: [(&str, &str, &str); 11] = [
    ("flat", "one amount", "固定金额"),
    ("percentOf", "a percentage", "百分比"),
    ("tieredPercentOf", "a percentage in tiers", "阶梯百分比"),
    ("perUnit", "per unit", "按件"),
    ("perCarton", "per carton", "按箱"),
    ("perKg", "per kg of gross weight", "按毛重（每公斤）"),
    ("perCbm", "per cubic metre", "按体积（每立方米）"),
    ("perChargeableKg", "per chargeable kg", "按计费重（每公斤）"),
    (
        "breaks",
        "per chargeable kg, with weight breaks",
        "按计费重，分段单价",
    ),
    ("firstAndNextKg", "first and next kg", "首重加续重"),
    ("perRevenueTon", "per revenue ton (W/M)", "按计费吨（W/M）"),
];

/// All charges, and what adds to them.
#[derive(Properties)]
pub struct ChargesProps {
    /// The page.
    pub model: Rc<Model>,
}

impl PartialEq for ChargesProps {
    fn eq(&self, other: &ChargesProps) -> bool {
        Rc::ptr_eq(&self.model, &other.model)
    }
}

/// The charges.
#[component]
pub fn Charges(props: &ChargesProps) -> Html {
    let model = &props.model;
    let locale = model.locale;
    let fills = model.fills();
    let common = use_memo(Common::of(model, &fills), |common| common.clone());
    let faults_at = |at: &str| {
        let faults = model.shown_faults().filter(|fault| {
            fault
                .path
                .strip_prefix(at)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        });
        faults.cloned().collect::<Vec<_>>()
    };
    let amounts = amounts(model, &fills);
    let amount = |position: usize| amounts.get(position).cloned().flatten();
    let own = model.draft.charges.iter().enumerate().map(|(index, row)| {
        let at = format!("charges[{index}]");
        let faults = faults_at(&at);
        html! {
            <Charge key={row.id} {at} tree={row.json.clone()} {faults} amount={amount(index)}
                state={State::Own} from={None::<From>} common={common.clone()} />
        }
    });
    let mut position = model.draft.charges.len();
    let fees = fills.fees.iter().map(|fee| {
        let at = format!("fees.{}", fee.id);
        let changed = model.draft.fees.iter().find(|(id, _)| id == fee.id);
        let (state, tree) = match changed {
            None => (State::Given, Rc::new(fee.charge.clone())),
            Some((_, None)) => (State::Off, Rc::new(fee.charge.clone())),
            Some((_, Some(charge))) => (State::Changed, Rc::new(fee.changed(charge))),
        };
        let amount = if state == State::Off {
            None
        } else {
            let amount = amount(position);
            position = position.saturating_add(1);
            amount
        };
        let from = From {
            place: fills.place(locale),
            since: fee.fact.from.map(|from| from.to_string()),
            as_of: fee.fact.as_of.to_string(),
            source: fee.fact.source.clone(),
            note: fee.fact.note.as_ref().map(|note| crate::fills::text_of(note, locale).to_owned()),
        };
        let faults = faults_at(&at);
        html! {
            <Charge key={fee.id} {at} {tree} {faults} {amount} {state} from={Some(from)} common={common.clone()} />
        }
    });
    let fees: Vec<Html> = fees.collect();
    let schedules: Vec<(&str, &str)> = model
        .schedules
        .iter()
        .map(|saved| (&*saved.id, &*saved.name))
        .collect();
    html! {
        <section class="part" aria-labelledby="charges">
            <h2 id="charges">{ say(locale, "What it costs to get here", "到门费用") }</h2>
            <ul class="charges">{ for own }{ for fees }</ul>
            if fills.is_foreign {
                <p class="quiet">{ say(locale,
                    "Fees and limits of the destination are in its own currency and are left out while you count in another: add those you pay.",
                    "目的地的费用和限额以当地货币计，您改用其他货币时不会自动带入，请自行添加。") }</p>
            }
            <p class="actions" role="group" aria-label={say(locale, "Add a charge", "添加费用")}>
                <span class="quiet">{ say(locale, "Add:", "添加：") }</span>
                { for options(locale, words::charge_component).into_iter().map(|(key, name)| button("charges", &format!("add:{key}"), name)) }
            </p>
            <p class="actions">
                if !schedules.is_empty() {
                    <label for="schedule">{ say(locale, "Use an agent’s fees", "套用代理费用表") }</label>
                    <select id="schedule" name="schedule">
                        <option value="" selected=true>{ "—" }</option>
                        { for schedules.iter().map(|(id, name)| html! { <option value={(*id).to_owned()}>{ (*name).to_owned() }</option> }) }
                    </select>
                }
                if !model.draft.charges.is_empty() {
                    { button("schedule", "save", say(locale, "Keep these charges as a fee schedule", "把这些费用存为费用表")) }
                }
            </p>
        </section>
    }
}

/// The amount of each charge, the buyer's own and then the destination's; `None` where its condition
/// doesn't hold. Nothing where there is no result of these charges.
fn amounts(model: &Model, fills: &Fills<'_>) -> Vec<Option<String>> {
    let Some(outcome) = &model.outcome else {
        return Vec::new();
    };
    let requested = &outcome.request().charges;
    let fees = model.draft.fees(fills);
    let own = model.draft.charges.iter().map(|row| &*row.json);
    let shown: Vec<&Tree> = own.chain(fees.iter().map(|(_, fee)| fee)).collect();
    // The last result may be older than what is shown.
    let is_same = |shown: &Tree, requested: &Requested| {
        named(text_at(shown, "component")) == Some(requested.component)
            && text_at(shown, "label") == requested.label.as_deref().unwrap_or_default()
    };
    let mut pairs = shown.iter().zip(requested);
    if shown.len() != requested.len() || !pairs.all(|(shown, requested)| is_same(shown, requested))
    {
        return Vec::new();
    }
    // The result has the charges that exist in the order in which they are computed: by component,
    // then as requested.
    let result = &outcome.result;
    let mut taken = vec![false; result.charges.len()];
    let amounts = requested.iter().map(|charge| {
        if !exists(charge, outcome) {
            return None;
        }
        let mut costs = result.charges.iter().zip(taken.iter_mut());
        let (cost, taken) = costs.find(|(cost, taken)| {
            !**taken && cost.component == charge.component && cost.label == charge.label
        })?;
        *taken = true;
        Some(words::number(cost.amount))
    });
    amounts.collect()
}

/// Whether the condition of a charge holds.
fn exists(charge: &Requested, outcome: &Outcome) -> bool {
    let value = *outcome.result.customs.value;
    charge.when.as_ref().is_none_or(|when| {
        let is_above = when.customs_value_above.is_none_or(|limit| value > limit);
        let is_up_to = when.customs_value_up_to.is_none_or(|limit| value <= limit);
        let mode = outcome.request().mode;
        let is_by = |modes: &Vec<Mode>| mode.is_some_and(|mode| modes.contains(&mode));
        is_above && is_up_to && when.modes.as_ref().is_none_or(is_by)
    })
}

/// What all charges have in common.
#[derive(Clone, PartialEq, Debug)]
struct Common {
    locale: Locale,
    home: String,
    mode: String,
    currencies: Vec<String>,
    orders: Vec<String>,
}

impl Common {
    fn of(model: &Model, fills: &Fills<'_>) -> Common {
        let home = model.home(fills);
        let mut currencies = vec!["CNY".to_owned()];
        if let Some(Json::Object(others)) = tree::get(&model.draft.head, "exchangeRate.others") {
            currencies.extend(others.iter().map(|(code, _)| code.to_string()));
        }
        currencies.retain(|code| *code != home);
        let mut orders: Vec<String> = Vec::new();
        for row in model.draft.lines.iter() {
            let order = text_at(&row.json, "order");
            if !order.is_empty() && !orders.iter().any(|other| other == order) {
                orders.push(order.to_owned());
            }
        }
        Common {
            locale: model.locale,
            home,
            mode: text_at(&model.draft.head, "shipment.mode").to_owned(),
            currencies,
            orders,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// The buyer's own.
    Own,
    /// As the destination has it.
    Given,
    /// The destination's, changed by the buyer.
    Changed,
    /// The destination's, switched off.
    Off,
}

/// Where a fee is from.
#[derive(Clone, PartialEq)]
struct From {
    place: String,
    since: Option<String>,
    as_of: String,
    source: Option<String>,
    note: Option<String>,
}

#[derive(Properties, PartialEq)]
struct ChargeProps {
    at: String,
    tree: Rc<Tree>,
    faults: Vec<Fault>,
    amount: Option<String>,
    state: State,
    from: Option<From>,
    common: Rc<Common>,
}

/// A charge as a sentence with its amount; it opens to its fields.
#[component]
fn Charge(props: &ChargeProps) -> Html {
    let common = &*props.common;
    let locale = common.locale;
    let (at, charge) = (props.at.as_str(), &*props.tree);
    // A charge without a figure has just been added.
    let is_open = use_state(|| !has_figure(charge));
    if !*is_open && !props.faults.is_empty() {
        is_open.set(true);
    }
    let toggle = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| is_open.set(!*is_open))
    };
    let component = named::<ChargeComponent>(text_at(charge, "component"));
    let component = component.map_or("", |of| words::charge_component(locale, of));
    let label = text_at(charge, "label");
    let name = if label.is_empty() { component } else { label };
    let is_off = props.state == State::Off;
    let amount = match (&props.amount, is_off) {
        (Some(amount), _) => amount.clone(),
        (None, true) => say(locale, "off", "已停用").to_owned(),
        (None, false) => "—".to_owned(),
    };
    html! {
        <li class={classes!("charge", is_off.then_some("off"))}>
            <button type="button" class="charge-row" aria-expanded={is_open.to_string()} onclick={toggle}>
                <span class="charge-name">{ name }</span>
                <span class="quiet sentence">{ sentence(locale, charge, common) }</span>
                <span class="charge-sum">{ amount }</span>
            </button>
            if *is_open {
                <div class="details">
                    if let Some(from) = &props.from { { origin(locale, at, from, props.state) } }
                    if !is_off {
                        { fields(&Form { locale, at, tree: charge, faults: &props.faults, given: &nothing }, common) }
                    }
                    if props.state == State::Own {
                        { signs(locale, at) }
                    }
                </div>
            }
        </li>
    }
}

fn origin(locale: Locale, at: &str, from: &From, state: State) -> Html {
    let since = from.since.as_ref().map(|since| match locale {
        Locale::En => format!(", in force since {since}"),
        Locale::Zh => format!("，自 {since} 起生效"),
    });
    let as_of = match locale {
        Locale::En => format!("{}, as of {}", from.place, from.as_of),
        Locale::Zh => format!("{}，核对于 {}", from.place, from.as_of),
    };
    html! {
        <>
            <p class="note">
                { as_of }{ since.unwrap_or_default() }{ " " }
                if let Some(source) = &from.source {
                    <a href={source.clone()} target="_blank" rel="noopener noreferrer">{ say(locale, "Source", "来源") }</a>
                }
            </p>
            if let Some(note) = &from.note { <p class="note">{ note.clone() }</p> }
            <p class="actions">
                if state != State::Off { { button(at, "off", say(locale, "Switch off", "停用")) } }
                if state == State::Off { { button(at, "restore", say(locale, "Switch on", "启用")) } }
                if state == State::Changed { { button(at, "restore", say(locale, "Take my changes back", "撤回我的修改")) } }
            </p>
        </>
    }
}

/// Whether a rate has its figure.
fn has_figure(charge: &Tree) -> bool {
    let figures = ["amount", "percent", "firstAmount", "breaks", "tiers"];
    figures
        .iter()
        .any(|figure| tree::get(charge, &format!("rate.{figure}")).is_some())
}

/// The type of the rate as the form has it.
fn rate_type(charge: &Tree) -> &str {
    if tree::get(charge, "rate.breaks").is_some() {
        "breaks"
    } else {
        text_at(charge, "rate.type")
    }
}

fn fields(form: &Form<'_>, common: &Common) -> Html {
    let locale = form.locale;
    let charge = form.tree;
    let component = text_at(charge, "component");
    let rates: Vec<_> = RATES
        .iter()
        .map(|(key, en, zh)| (*key, say(locale, en, zh)))
        .collect();
    let mut currencies: Vec<(&str, &str)> = common
        .currencies
        .iter()
        .map(|code| (code.as_str(), code.as_str()))
        .collect();
    let currency = text_at(charge, "currency");
    if !currency.is_empty() && !currencies.iter().any(|(code, _)| *code == currency) {
        currencies.push((currency, currency));
    }
    let unit = if currency.is_empty() {
        common.home.as_str()
    } else {
        currency
    };
    let orders: Vec<(&str, &str)> = common
        .orders
        .iter()
        .map(|order| (order.as_str(), order.as_str()))
        .collect();
    let typed = Tree::clone(charge);
    // The list of rates has the breaks as a type of their own.
    let mut shown = typed;
    tree::set(
        &mut shown,
        "rate.type",
        Some(tree::text(rate_type(charge).to_owned())),
    );
    let chooser = Form {
        tree: &shown,
        ..*form
    };
    let keys = options(locale, words::key);
    let modes = options(locale, words::mode);
    let is_destination = component == "destination";
    let condition = |name: &str| matches!(tree::get(charge, "when.modes"), Some(Json::List(modes)) if modes.iter().any(|mode| text_at(mode, "") == name));
    html! {
        <>
            <div class="cells">
                { chooser.choice("component", say(locale, "Kind", "类别"), &options(locale, words::charge_component), None) }
                { form.input("label", say(locale, "Name", "名称"), "", "wide") }
            </div>
            <div class="cells">
                { chooser.choice("rate.type", say(locale, "Charged", "计费方式"), &rates, None) }
                { figures(form, common, unit) }
                { form.choice("currency", say(locale, "Currency", "币种"), &currencies, Some(&common.home)) }
            </div>
            { steps(form, unit) }
            <div class="cells">
                { form.text("minimum", say(locale, "At least", "最低"), unit) }
                { form.text("maximum", say(locale, "At most", "最高"), unit) }
                { form.choice("allocateBy", say(locale, "Shared among SKUs by", "SKU 分摊依据"), &keys, Some(usual_key(locale, component))) }
                if !orders.is_empty() || !text_at(charge, "order").is_empty() {
                    { form.choice("order", say(locale, "Only for order", "仅适用于订单"), &orders, Some(say(locale, "all orders", "全部订单"))) }
                }
            </div>
            if is_destination {
                <div class="cells">
                    { form.text("when.customsValueAbove", say(locale, "Only above a customs value of", "完税价格高于"), &common.home) }
                    { form.text("when.customsValueUpTo", say(locale, "Only up to a customs value of", "完税价格不超过"), &common.home) }
                </div>
                <fieldset class="ticks">
                    <legend>{ say(locale, "Only for these modes (none: all)", "仅限以下运输方式（不选为全部）") }</legend>
                    { for modes.iter().map(|(key, name)| form.tick(&format!("when.modes.{key}"), name, condition(key))) }
                </fieldset>
            }
            <div class="cells">
                if !is_destination {
                    { form.text("dutiablePercent", say(locale, "Share in the customs value", "计入完税价格的比例"), "%") }
                }
                { form.choice("taxable", say(locale, "In the VAT base", "计入增值税税基"), &[("true", say(locale, "yes", "是")), ("false", say(locale, "no", "否"))],
                    Some(say(locale, "as the destination has it", "按目的地规则"))) }
            </div>
        </>
    }
}

fn usual_key(locale: Locale, component: &str) -> &'static str {
    let key = match component {
        "domesticShipping" => Key::Weight,
        "packaging" | "inspection" => Key::Units,
        "internationalShipping" => Key::Chargeable,
        _ => Key::Value,
    };
    words::key(locale, key)
}

/// The figures of a rate.
fn figures(form: &Form<'_>, common: &Common, unit: &str) -> Html {
    let locale = form.locale;
    let charge = form.tree;
    let per_kg = format!("{unit}/kg");
    let divisor = |_: &str| {
        let value = usual_divisor(&common.mode)?.to_owned();
        Some(Given { value, from: None })
    };
    let weight = Form {
        given: &divisor,
        ..*form
    };
    let weight = |more: Html| {
        html! {
            <>
                { more }
                { weight.text("rate.divisor", say(locale, "Volume divisor", "体积重除数"), "cm³/kg") }
                { form.text("rate.roundUpToKg", say(locale, "Rounded up to", "进位到"), "kg") }
                { form.text("rate.minimumKg", say(locale, "At least", "最低"), "kg") }
                { form.choice("rate.per", say(locale, "Weighed", "计重单位"), &[("carton", say(locale, "each carton", "逐箱"))], Some(say(locale, "the whole shipment", "整票"))) }
            </>
        }
    };
    let bases = options(locale, words::base);
    let amount = |unit: &str| form.text("rate.amount", say(locale, "Amount", "金额"), unit);
    match rate_type(charge) {
        "percentOf" => html! {
            <>
                { form.text("rate.percent", say(locale, "Percent", "百分比"), "%") }
                { form.choice("rate.base", say(locale, "of", "基数"), &bases, None) }
            </>
        },
        "tieredPercentOf" => form.choice("rate.base", say(locale, "of", "基数"), &bases, None),
        "perChargeableKg" => weight(amount(&per_kg)),
        "breaks" => weight(html! {}),
        "firstAndNextKg" => weight(html! {
            <>
                { form.text("rate.firstKg", say(locale, "First", "首重"), "kg") }
                { form.text("rate.firstAmount", say(locale, "costs", "首重价"), unit) }
                { form.text("rate.nextKg", say(locale, "Each further", "续重"), "kg") }
                { form.text("rate.nextAmount", say(locale, "costs", "续重价"), unit) }
            </>
        }),
        "perRevenueTon" => {
            let thousand = |name: &str| {
                (name == "rate.kgPerCbm").then(|| Given {
                    value: "1000".to_owned(),
                    from: None,
                })
            };
            let ton = Form {
                given: &thousand,
                ..*form
            };
            html! {
                <>
                    { amount(unit) }
                    { ton.text("rate.kgPerCbm", say(locale, "1 m³ counts as", "1 立方米折合"), "kg") }
                    { form.text("rate.minimumTons", say(locale, "At least", "最低"), "t") }
                </>
            }
        }
        "perKg" => amount(&per_kg),
        "perCbm" => amount(&format!("{unit}/m³")),
        _ => amount(unit),
    }
}

/// The weight breaks or the tiers of a rate.
fn steps(form: &Form<'_>, unit: &str) -> Html {
    let locale = form.locale;
    let is_breaks = tree::get(form.tree, "rate.breaks").is_some();
    let list = if is_breaks {
        "rate.breaks"
    } else {
        "rate.tiers"
    };
    let Some(Json::List(steps)) = tree::get(form.tree, list) else {
        return html! {};
    };
    let last = steps.len().saturating_sub(1);
    let steps = (0..steps.len()).map(|index| {
        let at = format!("{list}[{index}]");
        let remove = sign(locale, &form.path(&at), Sign::Remove);
        if is_breaks {
            html! {
                <div class="cells">
                    { form.text(&format!("{at}.fromKg"), say(locale, "From", "从"), "kg") }
                    { form.text(&format!("{at}.amount"), say(locale, "Amount", "单价"), &format!("{unit}/kg")) }
                    { remove }
                </div>
            }
        } else {
            html! {
                <div class="cells">
                    if index == last {
                        <p class="field">{ say(locale, "on what is above", "超出部分") }</p>
                    } else {
                        { form.text(&format!("{at}.upTo"), say(locale, "Up to", "不超过"), unit) }
                    }
                    { form.text(&format!("{at}.percent"), say(locale, "Percent", "百分比"), "%") }
                    if index != last { { remove } }
                </div>
            }
        }
    });
    html! {
        <>
            { for steps }
            <p>{ button(&form.path(list), "add", if is_breaks { say(locale, "Add a weight break", "添加分段") } else { say(locale, "Add a tier", "添加一档") }) }</p>
        </>
    }
}

/// A charge in words, from what is typed: "5 % of goods, at least 8 USD".
fn sentence(locale: Locale, charge: &Tree, common: &Common) -> String {
    let at = |name: &str| {
        let text = text_at(charge, name);
        if text.is_empty() { "…" } else { text }
    };
    let currency = text_at(charge, "currency");
    let currency = if currency.is_empty() {
        common.home.as_str()
    } else {
        currency
    };
    let money = |name: &str| {
        let amount = at(name);
        if currency == "CNY" {
            format!("¥{amount}")
        } else {
            format!("{amount} {currency}")
        }
    };
    let base =
        named::<Base>(text_at(charge, "rate.base")).map_or("…", |base| words::base(locale, base));
    let amount = money("rate.amount");
    let per = |en: &str, zh: &str| match locale {
        Locale::En => format!("{amount} {en}"),
        Locale::Zh => format!("{zh} {amount}"),
    };
    let list = |name: &str| match tree::get(charge, name) {
        Some(Json::List(items)) => items.len(),
        _ => 0,
    };
    let mut text = match rate_type(charge) {
        "flat" => per("flat", "固定"),
        "perUnit" => per("a unit", "每件"),
        "perCarton" => per("a carton", "每箱"),
        "perKg" => per("a kg", "每公斤"),
        "perCbm" => per("a m³", "每立方米"),
        "perRevenueTon" => per("a revenue ton", "每计费吨"),
        "perChargeableKg" => per("a chargeable kg", "每公斤计费重"),
        "breaks" => match (locale, list("rate.breaks")) {
            (Locale::En, count) => format!("a chargeable kg, by {count} weight breaks"),
            (Locale::Zh, count) => format!("按计费重，{count} 段单价"),
        },
        "firstAndNextKg" => {
            let (first, next) = (money("rate.firstAmount"), money("rate.nextAmount"));
            let (first_kg, next_kg) = (at("rate.firstKg"), at("rate.nextKg"));
            match locale {
                Locale::En => format!(
                    "{first} for the first {first_kg} kg, {next} for each further {next_kg} kg"
                ),
                Locale::Zh => format!("首重 {first_kg} kg {first}，续重每 {next_kg} kg {next}"),
            }
        }
        "percentOf" => {
            let percent = at("rate.percent");
            match locale {
                Locale::En => format!("{percent} % of {base}"),
                Locale::Zh => format!("{base}的 {percent}%"),
            }
        }
        "tieredPercentOf" => match (locale, list("rate.tiers")) {
            (Locale::En, count) => format!("a percentage of {base} in {count} tiers"),
            (Locale::Zh, count) => format!("{base}的百分比，分 {count} 档"),
        },
        _ => String::new(),
    };
    if is_by_weight(charge) {
        let divisor = text_at(charge, "rate.divisor");
        let divisor = if divisor.is_empty() {
            usual_divisor(&common.mode).unwrap_or("…")
        } else {
            divisor
        };
        text.push_str(&format!(" (÷ {divisor})"));
    }
    let mut add = |en: &str, zh: &str, value: String| {
        text.push_str(&match locale {
            Locale::En => format!(", {en} {value}"),
            Locale::Zh => format!("，{zh} {value}"),
        });
    };
    if !text_at(charge, "minimum").is_empty() {
        add("at least", "最低", money("minimum"));
    }
    if !text_at(charge, "maximum").is_empty() {
        add("at most", "最高", money("maximum"));
    }
    let limit = |name: &str| format!("{} {}", at(name), common.home);
    if !text_at(charge, "when.customsValueAbove").is_empty() {
        add(
            "for a customs value above",
            "完税价格高于",
            limit("when.customsValueAbove"),
        );
    }
    if !text_at(charge, "when.customsValueUpTo").is_empty() {
        add(
            "for a customs value up to",
            "完税价格不超过",
            limit("when.customsValueUpTo"),
        );
    }
    if let Some(Json::List(modes)) = tree::get(charge, "when.modes") {
        let modes = modes
            .iter()
            .filter_map(|mode| named::<Mode>(text_at(mode, "")));
        let modes = modes.map(|mode| words::mode(locale, mode).to_lowercase());
        let modes: Vec<String> = modes.collect();
        add("only by", "仅限", modes.join(say(locale, ", ", "、")));
    }
    if !text_at(charge, "order").is_empty() {
        add("only for order", "仅订单", at("order").to_owned());
    }
    text
}

#[cfg(test)]
#[path = "tests/charges.rs"]
mod tests;
