//! An order that is to be placed, drawn: the form at the left, what the rules say of it at the right.

use landfall::check::Named;
use landfall::finding::SpecificationPart;
use landfall::json::Json;
use landfall::money::parse_decimal;
use landfall::order::{SupplierStatus, Verdict};
use landfall_words::{self as words, Locale};
use landfall_workspace::decisions::Decisions;
use landfall_workspace::rows::{DecisionOutcome, Finding, Specification};
use landfall_workspace::search::{Query, folded};
use yew::prelude::*;

use super::decide::named;
use super::past::KnownSupplier;
use super::placing::{Check, Costing, DATA, Obstacle};
use super::verdict::{Mark, findings, mark};
use crate::answer::warnings;
use crate::app::place;
use crate::desk::Desk;
use crate::form::{Form, Given, button, nothing, signs};
use crate::model::{Fault, Model};
use crate::route::Route;
use crate::say::say;
use crate::suppliers::status_name;
use crate::tree::{self, Tree, text_at};

/// How many suppliers are offered at a time.
const OFFERED: usize = 6;

/// The page of an order that is to be placed.
pub fn order_form(model: &Model, desk: &Desk) -> Html {
    let locale = model.locale;
    let Some(check) = model.check() else {
        return html! {};
    };
    let faults = model.shown_order_faults(&check);
    let empty = tree::empty();
    let data = tree::get(&desk.typed, "data").unwrap_or(&empty);
    let form = Form {
        locale,
        at: DATA,
        tree: data,
        faults: &faults,
        given: &nothing,
    };
    let decisions = Decisions::all(&model.workspace);
    let is_lifted = check.whole.is_some() && decisions.lift(desk.key.id(), &check.stored());
    let said = Mark::of(check.verdict, is_lifted);
    let is_edit = model.logged(desk.key.id()).is_some();
    html! {
        <>
            <p class="actions">
                <a href={Route::Orders.fragment()}>{ say(locale, "All orders", "全部订单") }</a>
                { button("placing", "print", say(locale, "Print", "打印")) }
                { button("placing", "discard", if is_edit {
                    say(locale, "Discard these changes", "放弃修改")
                } else {
                    say(locale, "Delete this draft", "删除草稿")
                }) }
            </p>
            <div class="columns">
                <form class="order" autocomplete="off" aria-label={say(locale, "The order", "订单")}
                    onsubmit={|event: SubmitEvent| event.prevent_default()}>
                    { to_fill(model, &check) }
                    { head(model, &form, &check) }
                    { lines(model, &form, desk, &check) }
                    { amounts(&form, &check) }
                    { costing(model, data, &check) }
                    { specification(&form, &check) }
                    { record(&form) }
                    if model.is_owner() && check.stops().next().is_some() { { owner(&form) } }
                </form>
                <section class="result" tabindex="0" aria-label={say(locale, "What the rules say", "检查结果")}>
                    <div class="headline verdict">{ mark(locale, said) }<span class="quiet">{ value(&check) }</span></div>
                    <div class="answer verdict">
                        <p class="hidden" role="status">{ if model.typing.is_none() { said.word(locale) } else { "" } }</p>
                        <div class="said">{ mark(locale, said) }
                            <p class="quiet">{ reason(locale, &check, said) }</p>
                        </div>
                        { placing(model, &check, is_edit) }
                        { findings(model, &check, desk.key.id(), true) }
                        { message(model, &check, said) }
                        if model.is_owner() && !decisions.on(desk.key.id()).is_empty() {
                            <p class="actions">{ button("placing", "exportDecisions", say(locale, "Export the decision", "导出决定")) }</p>
                        }
                        { findings(model, &check, desk.key.id(), false) }
                        <p class="quiet">{ ruled(model, &check) }</p>
                    </div>
                </section>
            </div>
        </>
    }
}

/// The value of the order, in short.
fn value(check: &Check) -> String {
    let home = check.policy.home_currency.code();
    let value = check
        .whole
        .as_ref()
        .map(|whole| words::money(home, whole.order_value));
    value.unwrap_or_default()
}

/// What follows from the verdict.
fn reason(locale: Locale, check: &Check, said: Mark) -> &'static str {
    match said {
        Mark::Proceed if check.is_kept => say(
            locale,
            "Checked when it was logged; nothing that the rules look at has changed.",
            "记入台账时已检查；检查所依据的内容未变。",
        ),
        Mark::Proceed => say(locale, "You may place this order.", "可以下单。"),
        Mark::Incomplete => say(
            locale,
            "Supply what is missing; you can do that yourself.",
            "请补齐缺少的内容，您可以自行完成。",
        ),
        Mark::Stop => say(
            locale,
            "Don’t order. The owner decides: send the message.",
            "请勿下单。由负责人决定：请发送下面的消息。",
        ),
        Mark::Lifted => say(
            locale,
            "The owner approved every stop of this order as it stands.",
            "负责人已批准本订单目前的每一项拦截。",
        ),
    }
}

/// By whose rules, and by whose clock.
fn ruled(model: &Model, check: &Check) -> String {
    let locale = model.locale;
    let version = check.policy.version;
    let mut text = match (version, locale) {
        (Some(version), Locale::En) => format!("Checked by version {version} of the policy."),
        (Some(version), Locale::Zh) => format!("按采购政策第 {version} 版检查。"),
        (None, _) => say(
            locale,
            "Checked by the default policy.",
            "按默认采购政策检查。",
        )
        .to_owned(),
    };
    if let Some(zone) = &check.policy.time_zone {
        text.push_str(&match locale {
            Locale::En => {
                format!(" Days count by the clock of this device; the owner’s zone is {zone}.")
            }
            Locale::Zh => format!("日期按本机时钟计算；负责人的时区为 {zone}。"),
        });
    }
    text
}

/// What a field is called in a sentence.
fn field_name(locale: Locale, path: &str) -> String {
    let path = path
        .strip_prefix(DATA)
        .unwrap_or(path)
        .trim_start_matches('.');
    let name = match path {
        "supplierName" => say(locale, "supplier", "供应商"),
        "domesticShippingCny" => say(locale, "freight inside China", "国内运费"),
        "expectedDelivery" => say(locale, "expected delivery", "预计到货日期"),
        path => return place(locale, path),
    };
    name.to_owned()
}

/// What is wrong, each with a way to its field; what is merely missing is said apart.
fn to_fill(model: &Model, check: &Check) -> Html {
    let locale = model.locale;
    let typing = model.typing.as_deref();
    let faults = check
        .faults
        .iter()
        .filter(|fault| typing != Some(&fault.path));
    let faults: Vec<&Fault> = faults.collect();
    if faults.is_empty() {
        return html! {};
    }
    let is_wrong = faults.iter().any(|fault| !fault.is_missing());
    let items = faults.iter().take(8).map(|fault| {
        let name = field_name(locale, &fault.path);
        let sentence = format!("{name}: {}", fault.sentence(locale));
        html! { <li>{ button(&fault.path, "focus", &sentence) }</li> }
    });
    html! {
        <div class={classes!("notice", if is_wrong { "stop" } else { "wait" })}>
            <h2>{ if is_wrong { say(locale, "To be corrected", "需要更正") } else { say(locale, "Still to be filled in", "还需填写") } }</h2>
            <ul>{ for items }</ul>
        </div>
    }
}

fn head(model: &Model, form: &Form<'_>, check: &Check) -> Html {
    let locale = model.locale;
    let known = check.supplier.as_ref();
    html! {
        <section class="part" aria-label={say(locale, "Number and supplier", "单号与供应商")}>
            <div class="cells">
                { form.text("number", say(locale, "PO number", "采购单号"), "") }
                { form.input("supplierName", say(locale, "Supplier", "供应商"), "", "wide") }
            </div>
            if let Some(known) = known {
                <p class="quiet">{ match locale {
                    Locale::En => format!("{}: {}.", known.name, status_name(locale, known.status)),
                    Locale::Zh => format!("{}：{}。", known.name, status_name(locale, known.status)),
                } }</p>
            } else {
                { offered(model, text_at(form.tree, "supplierName")) }
            }
        </section>
    }
}

/// The suppliers that fit what was typed, to choose from; approved ones first.
fn offered(model: &Model, typed: &str) -> Html {
    let locale = model.locale;
    let query = Query::new(typed);
    let mut known = model.known_suppliers();
    known.retain(|supplier| {
        let shop = supplier.shop_name.as_deref().unwrap_or_default();
        query.finds(&folded(&format!("{} {shop}", supplier.name)))
    });
    known.sort_by_key(|supplier| {
        (
            supplier.status != SupplierStatus::Whitelisted,
            supplier.name.clone(),
        )
    });
    if known.is_empty() {
        return html! {
            if !typed.trim().is_empty() {
                <p class="quiet">{ say(locale,
                    "No supplier here has this name. Enter it under Suppliers first, or leave the owner to decide.",
                    "本机没有这家供应商。请先在“供应商”页录入，或交由负责人决定。") }</p>
            }
        };
    }
    let choose = |supplier: &KnownSupplier| {
        let text = format!(
            "{} ({})",
            supplier.name,
            status_name(locale, supplier.status)
        );
        button("placing", &format!("supplier:{}", supplier.id), &text)
    };
    html! {
        <p class="ways">{ say(locale, "Choose: ", "选择：") }
            { for known.iter().take(OFFERED).map(|supplier| html! { <>{ choose(supplier) }{ " " }</> }) }
        </p>
    }
}

fn lines(model: &Model, form: &Form<'_>, desk: &Desk, check: &Check) -> Html {
    let locale = model.locale;
    let lines = match tree::get(form.tree, "lines") {
        Some(Json::List(lines)) => lines.as_slice(),
        _ => &[],
    };
    let empty = tree::empty();
    let lines = lines.iter().enumerate().map(|(index, line)| {
        let at = format!("{DATA}.lines[{index}]");
        let code = text_at(line, "sku").trim();
        let title = check
            .past
            .articles
            .get(code)
            .and_then(|article| article.title.clone());
        let given = |name: &str| {
            let title = title.as_deref().filter(|_| name == "title")?;
            Some(Given {
                value: title.to_owned(),
                from: None,
            })
        };
        let read = tree::get(&desk.read, &format!("data.lines[{index}]")).unwrap_or(&empty);
        let of = Form {
            at: &at,
            tree: line,
            given: &given,
            ..*form
        };
        let name = match locale {
            Locale::En => format!("Line {}", index.saturating_add(1)),
            Locale::Zh => format!("第 {} 行", index.saturating_add(1)),
        };
        html! {
            <li class="line" aria-label={name}>
                <div class="cells">
                    { of.text("sku", say(locale, "SKU", "SKU"), "") }
                    { of.text("title", say(locale, "What it is", "品名"), "") }
                    { of.text("unitPriceCny", say(locale, "Unit price", "单价"), "CNY") }
                    { of.text("quantity", say(locale, "Quantity", "数量"), "") }
                </div>
                <div class="below">
                    <span class="quiet">{ previous(locale, check, code, read, model) }</span>
                    { signs(locale, &format!("placing.lines[{index}]")) }
                </div>
            </li>
        }
    });
    html! {
        <section class="part" aria-labelledby="goods">
            <h2 id="goods">{ say(locale, "What you buy", "采购明细") }</h2>
            <ol class="lines buys">{ for lines }</ol>
            <p class="actions">{ button("placing", "addLine", say(locale, "Add a line", "添加一行")) }</p>
        </section>
    }
}

/// What an article cost before, when, and how far the price is from that.
fn previous(locale: Locale, check: &Check, code: &str, line: &Tree, model: &Model) -> String {
    let Some(previous) = check.past.prices.newest(code, model.today) else {
        return match code.is_empty() {
            true => String::new(),
            false => say(locale, "No earlier price.", "没有历史价。").to_owned(),
        };
    };
    let (before, date) = (words::money("CNY", previous.unit_price_cny), previous.date);
    let change = parse_decimal(text_at(line, "unitPriceCny")).ok();
    let change = change.and_then(|price| previous.change_percent(price));
    let change = change.map(|change| {
        let sign = if change.is_sign_negative() || change.is_zero() {
            ""
        } else {
            "+"
        };
        format!("{sign}{}", words::percent(locale, change.normalize()))
    });
    let change = change.unwrap_or_default();
    match locale {
        Locale::En => format!("Before: {before} on {date}. {change}"),
        Locale::Zh => format!("上次：{before}（{date}）{change}"),
    }
}

fn amounts(form: &Form<'_>, check: &Check) -> Html {
    let locale = form.locale;
    let home = check.policy.home_currency.code();
    html! {
        <section class="part" aria-label={say(locale, "Freight and exchange rate", "运费与汇率")}>
            <div class="cells">
                { form.text("domesticShippingCny", say(locale, "Freight inside China", "国内运费"), "CNY") }
                { form.text("exchangeRate.cnyPerUnit", say(locale, "Exchange rate", "汇率"), &format!("CNY/{home}")) }
                { form.text("exchangeRate.asOf", say(locale, "Date of the rate", "汇率日期"), "") }
            </div>
        </section>
    }
}

/// What the landed cost of the order is worked out with, and what it comes to.
fn costing(model: &Model, data: &Tree, check: &Check) -> Html {
    let locale = model.locale;
    let name = text_at(data, "costingName");
    let chosen = match (&check.costing, name.is_empty()) {
        (Costing::None, _) => say(locale, "choose", "请选择").to_owned(),
        (_, true) => say(locale, "as it was logged", "沿用台账").to_owned(),
        (_, false) => name.to_owned(),
    };
    let shown = match locale {
        Locale::En => format!("Landed cost: {}", model.title()),
        Locale::Zh => format!("到岸成本页：{}", model.title()),
    };
    html! {
        <section class="part" aria-labelledby="costing">
            <h2 id="costing">{ say(locale, "Landed cost", "到岸成本") }</h2>
            <p class="quiet">{ say(locale,
                "Prices, quantities, rate and freight are this order’s; the international freight, duties and fees are those of the order that you choose.",
                "单价、数量、汇率和国内运费取自本订单；国际运费、税费等取自所选订单。") }</p>
            <div class="cells">
                <div class="field wide">
                    <label for="placing.costing">{ say(locale, "Costed with", "成本依据") }</label>
                    <select id="placing.costing" name="placing.costing">
                        <option value="" selected=true>{ chosen }</option>
                        <option value="shown">{ shown }</option>
                        { for model.saved.iter().map(|saved| html! { <option value={saved.id.to_string()}>{ &*saved.name }</option> }) }
                    </select>
                </div>
            </div>
            { match &check.costing {
                Costing::None => html! {},
                Costing::Faulty(sentences) => html! {
                    <div class="notice wait">
                        <p>{ say(locale, "It can’t be worked out yet:", "尚无法计算：") }</p>
                        <ul>{ for sentences.iter().map(|sentence| html! { <li>{ sentence }</li> }) }</ul>
                        { button("placing", "openCost", say(locale, "Complete it on Landed cost", "到“到岸成本”页补齐")) }
                    </div>
                },
                Costing::OtherCurrency(currency) => html! {
                    <p class="notice wait">{ match locale {
                        Locale::En => format!("It counts in {currency}, but the owner’s limits are in {}. Choose one in that currency.", check.policy.home_currency.code()),
                        Locale::Zh => format!("它以 {currency} 计算，而采购政策的限额以 {} 计。请选择该币种的订单。", check.policy.home_currency.code()),
                    } }</p>
                },
                Costing::Done(cost) => {
                    let result = &cost.result;
                    let parts = result.components.iter().filter(|part| !part.amount.is_zero());
                    html! {
                        <>
                            <dl class="facts parts">
                                <div><dt>{ say(locale, "Landed total", "到岸总成本") }</dt><dd>{ words::money(result.home_currency, result.total) }</dd></div>
                                { for parts.map(|part| html! {
                                    <div><dt>{ words::component(locale, part.component) }</dt><dd>{ words::number(part.amount) }</dd></div>
                                }) }
                            </dl>
                            { warnings(locale, result) }
                            <p>{ button("placing", "openCost", say(locale, "Open on Landed cost", "在“到岸成本”页打开")) }</p>
                        </>
                    }
                }
            } }
        </section>
    }
}

/// What is confirmed against the approved sample, with what was approved beside it.
fn specification(form: &Form<'_>, check: &Check) -> Html {
    let locale = form.locale;
    let codes = check.order.lines.iter().map(|line| &line.sku);
    let mut approved: Vec<(&str, &Specification)> = Vec::new();
    for code in codes {
        let article = check.past.articles.get(code);
        let is_new = !approved.iter().any(|(known, _)| *known == &**code);
        if let (true, Some(approved_as)) =
            (is_new, article.and_then(|of| of.specification.as_ref()))
        {
            approved.push((code, approved_as));
        }
    }
    let ticks = SpecificationPart::ALL.iter().map(|part| {
        let name = format!("specification.{}", part.name());
        let is_ticked = tree::get(form.tree, &name) == Some(&Json::Boolean(true));
        let beside: Vec<String> = approved
            .iter()
            .filter_map(|(code, approved)| {
                let text = match part {
                    SpecificationPart::Colour => &approved.colour,
                    SpecificationPart::Size => &approved.size,
                    SpecificationPart::Quantity => &approved.quantity,
                    SpecificationPart::Packaging => &approved.packaging,
                };
                Some(format!("{code}: {}", text.as_deref()?))
            })
            .collect();
        html! {
            <div class="confirm">
                { form.tick(&name, words::specification_part(locale, *part), is_ticked) }
                if !beside.is_empty() { <span class="quiet">{ beside.join(" · ") }</span> }
            </div>
        }
    });
    html! {
        <fieldset class="part confirms">
            <legend><h2>{ say(locale, "Confirmed against the approved sample", "已对照批准的样品确认") }</h2></legend>
            { for ticks }
            if approved.is_empty() {
                <p class="quiet">{ say(locale,
                    "No sample of these articles is approved here: compare with the one in your hands.",
                    "本机没有这些商品的已批准样品：请与手中的样品核对。") }</p>
            }
        </fieldset>
    }
}

fn record(form: &Form<'_>) -> Html {
    let locale = form.locale;
    html! {
        <section class="part" aria-labelledby="record">
            <h2 id="record">{ say(locale, "Record", "订单资料") }</h2>
            <div class="cells">
                { form.input("productLink", say(locale, "Product link", "商品链接"), "", "wide") }
                { form.input("priceScreenshot", say(locale, "Price screenshot (file name)", "价格截图（文件名）"), "", "wide") }
                { form.text("staff", say(locale, "Staff", "经办人"), "") }
                { form.text("expectedDelivery", say(locale, "Expected delivery", "预计到货日期"), "") }
                { form.input("notes", say(locale, "Notes", "备注"), "", "wide") }
            </div>
        </section>
    }
}

/// Who decides and why: the buttons stand beneath each stop.
fn owner(form: &Form<'_>) -> Html {
    let locale = form.locale;
    html! {
        <section class="part" aria-labelledby="decision">
            <h2 id="decision">{ say(locale, "The owner’s decision", "负责人的决定") }</h2>
            <p class="quiet">{ say(locale,
                "Enter name and reason, then decide beneath each stop. A decision is about that stop as it stands: with another price, value or supplier it is asked again.",
                "填写姓名和理由后，在每项拦截下作出决定。决定只针对该项拦截目前的内容：价格、金额或供应商变更后须重新决定。") }</p>
            <div class="cells">
                { form.text("decision.by", say(locale, "Name", "姓名"), "") }
                { form.input("decision.reason", say(locale, "Reason", "理由"), "", "wide") }
                { form.input("decision.condition", say(locale, "Condition, if any", "条件（如有）"), "", "wide") }
            </div>
        </section>
    }
}

/// The owner's buttons beneath a stop.
pub fn deciding(locale: Locale, finding: &Finding) -> Html {
    let about = named(finding);
    let act = |outcome: DecisionOutcome| {
        let text = match outcome {
            DecisionOutcome::Approve => say(locale, "Approve", "批准"),
            DecisionOutcome::ApproveWithCondition => {
                say(locale, "Approve on condition", "附条件批准")
            }
            DecisionOutcome::Reject => say(locale, "Refuse", "不批准"),
        };
        button(
            "placing",
            &format!("decide:{}:{about}", outcome.name()),
            text,
        )
    };
    html! { <p class="ways">{ for super::decide::OUTCOMES.map(|outcome| html! { <>{ act(outcome) }{ " " }</> }) }</p> }
}

/// What is to be done: log it as placed, or why that can't be.
fn placing(model: &Model, check: &Check, is_edit: bool) -> Html {
    let locale = model.locale;
    let why = match model.obstacle(check) {
        None => {
            let text = match is_edit {
                true => say(locale, "Save the order", "保存订单"),
                false => say(locale, "Log as placed", "记为已下单"),
            };
            return html! { <p><button type="button" class="primary" name="placing" value="place">{ text }</button></p> };
        }
        Some(Obstacle::Stopped) => say(
            locale,
            "It can be logged once the owner has approved every stop.",
            "负责人批准每一项拦截后才能记入台账。",
        ),
        Some(Obstacle::Unfinished) => say(
            locale,
            "It can be logged once nothing is missing.",
            "补齐资料后才能记入台账。",
        ),
        Some(Obstacle::NoNumber) => say(
            locale,
            "Give it a PO number, then log it.",
            "请先填写采购单号。",
        ),
        Some(Obstacle::NumberTaken) => say(
            locale,
            "Another order has this PO number. Give it another one, then log it.",
            "该采购单号已被其他订单使用，请更换。",
        ),
        Some(Obstacle::ReadOnly) => say(
            locale,
            "Nothing can be stored here: reload the page first.",
            "当前无法保存：请先刷新页面。",
        ),
    };
    html! { <p class="obstacle">{ why }</p> }
}

/// The message to the owner, in both languages, and how the decision comes back.
fn message(model: &Model, check: &Check, said: Mark) -> Html {
    let locale = model.locale;
    let is_open = check.verdict == Verdict::Stop && said != Mark::Lifted;
    let Some(own) = model.owner_message(locale, check).filter(|_| is_open) else {
        return html! {};
    };
    let other = match locale {
        Locale::En => Locale::Zh,
        Locale::Zh => Locale::En,
    };
    let copy = |of: Locale| {
        let text = match of {
            Locale::En => say(locale, "Copy the message (English)", "复制消息（英文）"),
            Locale::Zh => say(locale, "Copy the message (Chinese)", "复制消息（中文）"),
        };
        let class = if of == locale { "primary" } else { "link" };
        html! { <button type="button" {class} name="placing" value={format!("copy:{}", of.tag())}>{ text }</button> }
    };
    html! {
        <section class="to-owner" aria-labelledby="message">
            <h2 id="message">{ say(locale, "Message to the owner", "发给负责人的消息") }</h2>
            <pre tabindex="0" lang={locale.tag()}>{ own }</pre>
            <p class="actions">{ copy(locale) }{ copy(other) }</p>
            <p class="quiet">{ say(locale,
                "Send the order’s file along if the owner wants to look into it. The decision comes back as a file: bring it in under Data.",
                "如负责人需要查看，可一并发送订单文件。决定以文件形式返回：请在“数据”页导入。") }</p>
            <p class="actions">{ button("placing", "exportOrder", say(locale, "Export the order for the owner", "导出订单给负责人")) }</p>
        </section>
    }
}
