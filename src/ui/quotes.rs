//! What several suppliers, or several agents, want for the same goods: ranked by what the order costs at
//! the door. The lowest is proposed; a person confirms.
//!
//! A comparison is a draft: `data.order` is the order of Landed cost that all quotes are put into, each of
//! `data.quotes` has what is a quote's own, and `data.chosen` who decided for which and why.

use std::rc::Rc;

use landfall::issue::Issue;
use landfall::json::Json;
use landfall::landed_cost::Component;
use landfall::money::Currency;
use landfall::quotes::{
    Comparison, PlatformOrder, QuotesRequest, RankedQuote, compare_quotes, platform_order_amount,
};
use landfall_words::{self as words, Locale};
use landfall_workspace::record::{Key, Kind, Record};
use rust_decimal::Decimal;
use yew::prelude::*;

use crate::desk::{Desk, purpose};
use crate::draft::{self, Draft, with_change};
use crate::fills::Fills;
use crate::form::{Form, Sign, button, nothing, sign};
use crate::model::{Effect, Fault, Model};
use crate::orders::KnownSupplier;
use crate::route::Route;
use crate::say::say;
use crate::suppliers::status_mark;
use crate::time::shown_instant;
use crate::tree::{self, Tree};

/// What a draft of a comparison is for.
const PURPOSE: &str = "quotes";

/// How many quotes a comparison has: a choice between two is hardly one, and more than five nobody gets.
const FEWEST: usize = 2;
const USUAL: usize = 3;
const MOST: usize = 5;

/// What differs between the quotes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Between {
    Suppliers,
    Agents,
}

/// A comparison as it is typed.
struct Typed<'m> {
    data: &'m Tree,
    between: Between,
    order: Option<Draft>,
}

impl<'m> Typed<'m> {
    fn of(desk: &'m Desk) -> Option<Typed<'m>> {
        let data = tree::get(&desk.read, "data")?;
        let between = match tree::text_at(data, "between") {
            "agents" => Between::Agents,
            _ => Between::Suppliers,
        };
        let order = tree::get(data, "order").and_then(|order| Draft::from_tree(order).ok());
        Some(Typed {
            data,
            between,
            order,
        })
    }

    fn quotes(&self) -> &'m [Tree] {
        match tree::get(self.data, "quotes") {
            Some(Json::List(quotes)) => quotes,
            _ => &[],
        }
    }

    /// The order with what a quote has of its own; `None` where the quote says nothing yet.
    fn quoted(&self, model: &Model, quote: &Tree) -> Option<Draft> {
        let mut draft = self.order.clone()?;
        match self.between {
            Between::Suppliers => {
                let own = |path: &str| match tree::get(quote, path) {
                    Some(Json::Integer(number)) => Some(tree::text(number.to_string())),
                    other => other.cloned(),
                };
                let mut is_own = false;
                for index in 0..draft.lines.len() {
                    for (name, field) in [("prices", "unitPriceCny"), ("quantities", "quantity")] {
                        let Some(value) = own(&format!("{name}.l{index}")) else {
                            continue;
                        };
                        is_own = true;
                        draft.lines = with_change(&draft.lines, index, |line| {
                            tree::set(line, field, Some(value));
                        });
                    }
                }
                if let Some(freight) = own("domesticShippingCny") {
                    is_own = true;
                    draft.charges = with_freight(&draft, freight);
                }
                is_own.then_some(draft)
            }
            Between::Agents => {
                let id = tree::text_at(quote, "schedule");
                let schedule = model.schedules.iter().find(|saved| *saved.id == *id)?;
                let Json::List(charges) = &*schedule.data else {
                    return None;
                };
                draft.charges = draft::with_schedule(&draft.charges, charges);
                Some(draft)
            }
        }
    }

    fn name(&self, model: &Model, quote: &Tree, index: usize) -> String {
        let own = tree::text_at(quote, "label");
        let of = match self.between {
            Between::Suppliers => own.to_owned(),
            Between::Agents => {
                let id = tree::text_at(quote, "schedule");
                let schedule = model.schedules.iter().find(|saved| *saved.id == *id);
                schedule.map_or_else(String::new, |saved| saved.name.to_string())
            }
        };
        if of.is_empty() {
            numbered(model.locale, index)
        } else {
            of
        }
    }
}

/// The charges of an order with this freight inside China, in yuan, as its only one.
fn with_freight(draft: &Draft, amount: Tree) -> Rc<[draft::Row]> {
    let others = draft.charges.iter().map(|row| (*row.json).clone());
    let others = others.filter(|charge| tree::text_at(charge, "component") != "domesticShipping");
    let rate = tree::object([("type", tree::text("flat")), ("amount", amount)]);
    let freight = tree::object([
        ("component", tree::text("domesticShipping")),
        ("currency", tree::text("CNY")),
        ("rate", rate),
    ]);
    draft::rows(std::iter::once(freight).chain(others))
}

fn numbered(locale: Locale, index: usize) -> String {
    let number = index.saturating_add(1);
    match locale {
        Locale::En => format!("Quote {number}"),
        Locale::Zh => format!("报价 {number}"),
    }
}

/// The quotes that can be compared, and how they compare.
struct Compared {
    /// The place of each compared quote among all.
    of: Vec<usize>,
    comparison: Result<Comparison, Vec<Issue>>,
}

fn compared(model: &Model, typed: &Typed<'_>) -> Compared {
    let mut of = Vec::new();
    let mut quotes = Vec::new();
    for (index, quote) in typed.quotes().iter().enumerate() {
        let Some(draft) = typed.quoted(model, quote) else {
            continue;
        };
        let fills = Fills::of(&model.destinations, &draft, model.today, model.locale);
        let effective = draft.effective(&fills, model.today, model.locale);
        let mut source = tree::object([("label", tree::text(typed.name(model, quote, index)))]);
        if typed.between == Between::Suppliers {
            let id = supplier(model, quote).map(|supplier| tree::text(&*supplier.id));
            tree::set(&mut source, "supplierId", id);
        }
        for name in ["productId", "skuId", "link"] {
            let text = tree::text_at(quote, name);
            let text = (!text.is_empty()).then(|| tree::text(text));
            tree::set(&mut source, name, text);
        }
        tree::set(&mut source, "request", Some(effective.request));
        of.push(index);
        quotes.push(source);
    }
    let request = tree::object([("quotes", Json::List(quotes))]);
    let comparison = QuotesRequest::check(&request).and_then(|request| compare_quotes(&request));
    Compared { of, comparison }
}

impl Model {
    /// Puts the comparison that is shown on the desk.
    pub(crate) fn lay_quotes(&mut self) {
        let Some(key) = Key::new(Kind::Draft, &self.place) else {
            return;
        };
        if self.desk_of(&key).is_none()
            && let Some(record) = self.record(&key)
            && purpose(&record).as_deref() == Some(PURPOSE)
        {
            let desk = Desk::of(&record, self);
            self.lay(desk);
        }
    }

    pub(crate) fn pressed_quotes(&mut self, path: &str, action: &str) -> Vec<Effect> {
        match (path, action) {
            ("", "new") => self.new_quotes(Between::Suppliers),
            ("", "agents") => self.new_quotes(Between::Agents),
            ("", "add") => self.change_desk(|typed| {
                if let Some(Json::List(quotes)) = typed
                    .get_mut("data")
                    .and_then(|data| data.get_mut("quotes"))
                {
                    quotes.push(tree::empty());
                }
            }),
            ("", "order") => {
                let order = self.draft.handed_on();
                let name = self.title();
                self.change_desk(|typed| {
                    tree::set(typed, "data.order", Some(order.to_tree()));
                    tree::set(typed, "data.orderName", Some(tree::text(name)));
                })
            }
            ("", "choose") => self.choose_quote(),
            (index, "cost") => self.cost_quote(index),
            (index, "remove") if index.parse::<usize>().is_ok() => {
                self.change_desk(|typed| tree::set(typed, &format!("data.quotes[{index}]"), None))
            }
            (id, "remove") => {
                if let Some(key) = Key::new(Kind::Draft, id) {
                    self.put(&key, None);
                }
                Vec::new()
            }
            (_, _) => Vec::new(),
        }
    }

    /// A new comparison, of the order on Landed cost.
    fn new_quotes(&mut self, between: Between) -> Vec<Effect> {
        let quotes = Json::List(vec![tree::empty(); USUAL]);
        let between = match between {
            Between::Suppliers => "suppliers",
            Between::Agents => "agents",
        };
        let data = tree::object([
            ("between", tree::text(between)),
            ("orderName", tree::text(self.title())),
            ("order", self.draft.handed_on().to_tree()),
            ("quotes", quotes),
        ]);
        let typed = tree::object([
            ("for", tree::text(PURPOSE)),
            ("name", tree::text(self.title())),
            ("data", data),
        ]);
        let id = self.moment.id.clone();
        let Some(key) = Key::new(Kind::Draft, &id) else {
            return Vec::new();
        };
        let mut desk = Desk::new(key, typed, self);
        desk.is_ahead = true;
        self.lay(Some(desk));
        self.keep_desk();
        vec![Effect::Go(Route::Quotes.at(&id))]
    }

    /// Confirms a quote: who, and why.
    fn choose_quote(&mut self) -> Vec<Effect> {
        let chosen = self.desk.as_ref().and_then(choice);
        let Some((index, by, reason)) = chosen else {
            return Vec::new();
        };
        let name = self.desk.as_ref().and_then(|desk| {
            let typed = Typed::of(desk)?;
            Some(typed.name(self, typed.quotes().get(index)?, index))
        });
        let at = self.moment.at.to_string();
        let chosen = tree::object([
            ("quote", tree::text(index.to_string())),
            ("name", tree::text(name.unwrap_or_default())),
            ("by", tree::text(by)),
            ("reason", tree::text(reason)),
            ("at", tree::text(at)),
        ]);
        let effects = self.change_desk(|typed| {
            tree::set(typed, "data.chosen", Some(chosen));
            tree::set(typed, "data.choice", None);
        });
        self.keep_desk();
        effects
    }

    /// Opens the order of a quote on Landed cost.
    fn cost_quote(&mut self, index: &str) -> Vec<Effect> {
        let draft = self.desk.as_ref().and_then(|desk| {
            let typed = Typed::of(desk)?;
            let index: usize = index.parse().ok()?;
            let quote = typed.quotes().get(index)?;
            let name = format!(
                "{}: {}",
                tree::text_at(typed.data, "orderName"),
                typed.name(self, quote, index)
            );
            Some(Draft {
                name,
                ..typed.quoted(self, quote)?
            })
        });
        let Some(draft) = draft else {
            return Vec::new();
        };
        self.leave_draft();
        let mut effects = self.opened(draft);
        effects.push(Effect::Go(Route::Cost.fragment().to_owned()));
        effects
    }
}

/// The quote that is about to be chosen, by whom and why; `None` while something of it is missing.
fn choice(desk: &Desk) -> Option<(usize, String, String)> {
    let at = |name: &str| {
        tree::text_at(&desk.typed, &format!("data.choice.{name}"))
            .trim()
            .to_owned()
    };
    let typed = Typed::of(desk)?;
    let index: usize = at("quote").parse().ok()?;
    typed.quotes().get(index)?;
    let (by, reason) = (at("by"), at("reason"));
    (!by.is_empty() && !reason.is_empty()).then_some((index, by, reason))
}

/// The stored comparisons, the newest first.
fn comparisons(model: &Model) -> Vec<Record> {
    let drafts = model
        .workspace
        .list(Kind::Draft)
        .map(|entry| entry.record());
    let drafts = drafts.filter(|record| purpose(record).as_deref() == Some(PURPOSE));
    let mut drafts: Vec<Record> = drafts.cloned().collect();
    drafts.sort_by_key(|record| {
        std::cmp::Reverse(record.heads().first().map(|head| head.stamp.at.clone()))
    });
    drafts
}

/// The page of the quotes.
pub fn quotes_page(model: &Model) -> Html {
    let key = Key::new(Kind::Draft, &model.place);
    match key.and_then(|key| model.desk_of(&key)) {
        Some(desk) => one(model, desk),
        None => all(model),
    }
}

/// All comparisons.
fn all(model: &Model) -> Html {
    let locale = model.locale;
    let stored = comparisons(model);
    html! {
        <section class="part" aria-label={say(locale, "Comparisons", "比价列表")}>
            <p class="quiet">{ say(locale,
                "The cheapest price is not always the cheapest order. Put three to five quotes for the same goods side by side, each with its own price, freight and quantity, and see what they cost at the door.",
                "单价最低不等于到手最便宜。把同一货品的 3～5 个报价并排填入（各自的单价、运费、数量），直接比较到岸成本。") }</p>
            <p>{ match locale {
                Locale::En => format!("They are put into the order that is on Landed cost: “{}”.", model.title()),
                Locale::Zh => format!("以“到岸成本”页当前的订单为基础：“{}”。", model.title()),
            } }</p>
            <p class="actions">
                <button type="button" class="primary" name="quotes." value="new">{ say(locale, "Compare suppliers", "比较供应商报价") }</button>
                { button("quotes.", "agents", say(locale, "Compare agents’ fees", "比较代理收费")) }
            </p>
            <ul class="saved">
                { for stored.iter().map(|record| {
                    let name = record.data().map(|data| named(data)).unwrap_or_default();
                    let id = record.key().id();
                    let at = record.heads().first().map(|head| shown_instant(&head.stamp.at, model.offset));
                    html! {
                        <li key={id}>
                            <a href={Route::Quotes.at(id)}>{ name }</a>
                            <span class="quiet">{ at.unwrap_or_default() }</span>
                            <span class="actions">{ button(&format!("quotes.{id}"), "remove", say(locale, "Delete", "删除")) }</span>
                        </li>
                    }
                }) }
            </ul>
        </section>
    }
}

/// What a comparison is called.
fn named(data: &str) -> String {
    let json = landfall::json::read(data).map(Json::into_owned);
    json.map(|json| tree::text_at(&json, "name").to_owned())
        .unwrap_or_default()
}

/// A comparison.
fn one(model: &Model, desk: &Desk) -> Html {
    let locale = model.locale;
    let Some(typed) = Typed::of(desk) else {
        return html! {};
    };
    let faults = model.desk_faults();
    let compared = compared(model, &typed);
    let empty = tree::empty();
    let data = tree::get(&desk.typed, "data").unwrap_or(&empty);
    let quotes = typed.quotes().len();
    html! {
        <>
            <p><a class="back" href={Route::Quotes.fragment()}>{ say(locale, "All comparisons", "全部比价") }</a></p>
            <input class="title" name="desk.name" value={tree::text_at(&desk.typed, "name").to_owned()}
                aria-label={say(locale, "Name of the comparison", "比价名称")} autocomplete="off" />
            <p class="quiet">
                { match locale {
                    Locale::En => format!("Of the order “{}”. ", tree::text_at(data, "orderName")),
                    Locale::Zh => format!("基础订单：“{}”。", tree::text_at(data, "orderName")),
                } }
                { button("quotes.", "order", say(locale, "Take the order on Landed cost instead", "改用“到岸成本”页当前的订单")) }
            </p>
            <form autocomplete="off" aria-label={say(locale, "The quotes", "报价")} onsubmit={|event: SubmitEvent| event.prevent_default()}>
                <div class="quotes">{ for (0..quotes).map(|index| quote(model, &typed, data, index, &faults)) }</div>
                if quotes < MOST {
                    <p>{ button("quotes.", "add", say(locale, "Add a quote", "添加报价")) }</p>
                }
            </form>
            { result(model, &typed, &compared) }
            if let Ok(comparison) = &compared.comparison {
                { decision(model, &typed, data, &compared.of, comparison) }
                { platform(model, &typed, data, comparison, &faults) }
            }
        </>
    }
}

/// The fields of a quote.
fn quote(model: &Model, typed: &Typed<'_>, data: &Tree, index: usize, faults: &[Fault]) -> Html {
    let locale = model.locale;
    let at = format!("desk.data.quotes[{index}]");
    let empty = tree::empty();
    let own = tree::get(data, &format!("quotes[{index}]")).unwrap_or(&empty);
    let form = Form {
        locale,
        at: &at,
        tree: own,
        faults,
        given: &nothing,
    };
    let name = typed
        .quotes()
        .get(index)
        .map(|quote| typed.name(model, quote, index))
        .unwrap_or_default();
    let fields = match typed.between {
        Between::Suppliers => {
            let lines = typed.order.as_ref().map(|order| order.lines.clone());
            let lines: Vec<Rc<Tree>> = lines
                .iter()
                .flat_map(|lines| lines.iter())
                .map(|row| row.json.clone())
                .collect();
            let is_several = lines.len() > 1;
            html! {
                <>
                    <div class="cells">
                        { form.text("label", say(locale, "Supplier", "供应商"), "") }
                    </div>
                    if let Some(supplier) = supplier(model, own) {
                        <p class="note">{ status_mark(locale, supplier.status) }</p>
                    }
                    { for lines.iter().enumerate().map(|(line, of)| {
                        let sku = tree::text_at(of, "sku");
                        let label = |text: &str| if is_several { format!("{text} {sku}") } else { text.to_owned() };
                        let usual = |field: &str| tree::text_at(of, field).to_owned();
                        let given = |name: &str| {
                            let field = if name.starts_with("prices") { "unitPriceCny" } else { "quantity" };
                            Some(crate::form::Given { value: usual(field), from: None })
                        };
                        let form = Form { locale, at: &at, tree: own, faults, given: &given };
                        html! {
                            <div class="cells">
                                { form.text(&format!("prices.l{line}"), &label(say(locale, "Price each", "单价")), "CNY") }
                                { form.text(&format!("quantities.l{line}"), &label(say(locale, "Quantity", "数量")), "") }
                            </div>
                        }
                    }) }
                    <div class="cells">
                        { form.text("domesticShippingCny", say(locale, "Freight inside China", "国内运费"), "CNY") }
                    </div>
                    <details>
                        <summary>{ say(locale, "Where it is offered", "货源信息") }</summary>
                        <div class="cells">
                            { form.text("link", say(locale, "Link", "链接"), "") }
                            { form.text("productId", say(locale, "Offer ID", "Offer ID"), "") }
                            { form.text("skuId", say(locale, "SKU ID", "SKU ID"), "") }
                        </div>
                    </details>
                </>
            }
        }
        Between::Agents => {
            let options: Vec<(&str, &str)> = model
                .schedules
                .iter()
                .map(|saved| (&*saved.id, &*saved.name))
                .collect();
            html! {
                if options.is_empty() {
                    <p class="quiet">{ say(locale,
                        "There is no fee schedule yet. On Landed cost, enter an agent’s fees as charges and save them as a fee schedule.",
                        "还没有费用表。请先在“到岸成本”页填写代理的各项收费，并存为费用表。") }</p>
                } else {
                    { form.choice("schedule", say(locale, "Fee schedule", "费用表"), &options, Some("—")) }
                }
            }
        }
    };
    html! {
        <fieldset class="quote" key={index}>
            <legend>{ name }</legend>
            { fields }
            if typed.quotes().len() > FEWEST {
                { sign(locale, &format!("quotes.{index}"), Sign::Remove) }
            }
        </fieldset>
    }
}

/// The known supplier that a quote names by its shop or company.
fn supplier(model: &Model, quote: &Tree) -> Option<KnownSupplier> {
    let name = tree::text_at(quote, "label").trim();
    let mut known = model.known_suppliers().into_iter();
    known.find(|supplier| {
        !name.is_empty() && (*supplier.name == *name || supplier.shop_name.as_deref() == Some(name))
    })
}

/// How the quotes compare.
fn result(model: &Model, typed: &Typed<'_>, compared: &Compared) -> Html {
    let locale = model.locale;
    if compared.of.len() < FEWEST {
        return html! {
            <p class="quiet waiting">{ match typed.between {
                Between::Suppliers => say(locale, "Fill in the price of two quotes, and they are ranked here.", "填入两个报价的单价后，这里显示排名。"),
                Between::Agents => say(locale, "Choose two fee schedules, and they are ranked here.", "选择两个费用表后，这里显示排名。"),
            } }</p>
        };
    }
    let comparison = match &compared.comparison {
        Ok(comparison) => comparison,
        Err(issues) => {
            return html! {
                <div class="notice stop">
                    <p>{ say(locale, "The quotes can’t be compared yet:", "暂时无法比较：") }</p>
                    <ul>{ for issues.iter().take(5).map(|issue| html! { <li>{ format!("{}: {}", place(typed, model, compared, issue), words::issue(locale, issue)) }</li> }) }</ul>
                </div>
            };
        }
    };
    let currency = comparison.home_currency;
    let quotes = &comparison.quotes;
    let head = quotes.iter().enumerate().map(|(index, quote)| {
        html! {
            <th scope="col">
                { label(quote) }
                if index == comparison.proposed {
                    <span class="lowest">
                        <svg viewBox="0 0 10 8" aria-hidden="true"><path d="M0 1h10L5 8z" /></svg>
                        { say(locale, "Proposed", "建议") }
                    </span>
                }
            </th>
        }
    });
    let row = |label: &str, of: &dyn Fn(&RankedQuote) -> String| {
        html! { <tr><th scope="row">{ label.to_owned() }</th>{ for quotes.iter().map(|quote| html! { <td>{ of(quote) }</td> }) }</tr> }
    };
    let money = |amount: Decimal| words::number(amount);
    let components: Vec<Component> = quotes
        .first()
        .map(|quote| quote.components.iter().map(|of| of.component).collect())
        .unwrap_or_default();
    let components = components.iter().enumerate().filter(|(at, _)| {
        quotes.iter().any(|quote| {
            quote
                .components
                .get(*at)
                .is_some_and(|of| !of.amount.0.is_zero())
        })
    });
    html! {
        <div class="compare">
            { for comparison.notes.iter().map(|of| html! { <p class="notice">{ words::comparison_note(locale, *of) }</p> }) }
            <div class="scroll" tabindex="0" role="region" aria-label={say(locale, "Ranking", "排名")}>
                <table>
                    <thead><tr><th scope="col">{ currency }</th>{ for head }</tr></thead>
                    <tbody>
                        { row(say(locale, "Rank by landed cost", "到岸成本排名"), &|quote| quote.rank.to_string()) }
                        { row(say(locale, "Landed total", "到岸总成本"), &|quote| money(quote.total.0)) }
                        { row(say(locale, "Per good unit", "每件合格品"), &|quote| money(quote.per_unit.0)) }
                        { row(say(locale, "More than the lowest", "比最低多"), &|quote| signed(quote.difference.0)) }
                        { row(say(locale, "Rank by list price", "单价排名"), &|quote| format!("{} (¥{})", quote.list_price_rank, words::number(quote.list_price_cny.0))) }
                    </tbody>
                    <tbody>
                        { for components.map(|(at, component)| html! {
                            <tr>
                                <th scope="row">{ words::component(locale, *component) }</th>
                                { for quotes.iter().map(|quote| {
                                    let of = quote.components.get(at);
                                    let (amount, more) = of.map_or((Decimal::ZERO, Decimal::ZERO), |of| (of.amount.0, of.difference.0));
                                    html! {
                                        <td>
                                            { money(amount) }
                                            if !more.is_zero() { <span class="delta">{ signed(more) }</span> }
                                        </td>
                                    }
                                }) }
                            </tr>
                        }) }
                    </tbody>
                </table>
            </div>
            { lesson(locale, comparison) }
        </div>
    }
}

/// Where the cheapest price isn't the cheapest order.
fn lesson(locale: Locale, comparison: &Comparison) -> Html {
    let cheapest = comparison
        .quotes
        .iter()
        .find(|quote| quote.list_price_rank == 1 && quote.rank > 1);
    let proposed = comparison.quotes.get(comparison.proposed);
    let (Some(cheapest), Some(proposed)) = (cheapest, proposed) else {
        return html! {};
    };
    let (name, lowest) = (label(cheapest), label(proposed));
    let more = format!(
        "{} {}",
        comparison.home_currency,
        words::number(cheapest.difference.0)
    );
    html! {
        <p class="notice">{ match locale {
            Locale::En => format!("{name} has the lowest list price, but its order costs {more} more than that of {lowest}."),
            Locale::Zh => format!("{name}单价最低，但整单比{lowest}贵 {more}。"),
        } }</p>
    }
}

fn label(quote: &RankedQuote) -> String {
    quote.source.label.clone().unwrap_or_default()
}

fn signed(amount: Decimal) -> String {
    let sign = match amount {
        zero if zero.is_zero() => return "—".to_owned(),
        less if less.is_sign_negative() => "−",
        _ => "+",
    };
    format!("{sign}{}", words::number(amount.abs()))
}

/// Which quote an issue is of.
fn place(typed: &Typed<'_>, model: &Model, compared: &Compared, issue: &Issue) -> String {
    let at = tree::item(&issue.path, "quotes");
    let of = at.and_then(|(index, rest)| {
        let of = *compared.of.get(index)?;
        let name = typed.name(model, typed.quotes().get(of)?, of);
        Some(format!("{name}, {}", rest.trim_start_matches("request.")))
    });
    of.unwrap_or_else(|| issue.path.clone())
}

/// Who decides for which quote, and why.
fn decision(
    model: &Model,
    typed: &Typed<'_>,
    data: &Tree,
    of: &[usize],
    comparison: &Comparison,
) -> Html {
    let locale = model.locale;
    let empty = tree::empty();
    let own = tree::get(data, "choice").unwrap_or(&empty);
    let form = Form {
        locale,
        at: "desk.data.choice",
        tree: own,
        faults: &[],
        given: &nothing,
    };
    let options: Vec<(String, String)> = of
        .iter()
        .zip(&comparison.quotes)
        .map(|(index, quote)| (index.to_string(), label(quote)))
        .collect();
    let options: Vec<(&str, &str)> = options
        .iter()
        .map(|(index, name)| (&**index, &**name))
        .collect();
    let is_ready = model.desk.as_ref().and_then(choice).is_some();
    let chosen = tree::get(data, "chosen");
    html! {
        <section class="part" aria-labelledby="decision">
            <h2 id="decision">{ say(locale, "Decision", "决定") }</h2>
            if let Some(chosen) = chosen {
                <p class="notice go">{ match locale {
                    Locale::En => format!("{} was chosen by {} on {}: {}", tree::text_at(chosen, "name"), tree::text_at(chosen, "by"),
                        shown_instant(tree::text_at(chosen, "at"), model.offset), tree::text_at(chosen, "reason")),
                    Locale::Zh => format!("{}于 {} 选定{}：{}", tree::text_at(chosen, "by"),
                        shown_instant(tree::text_at(chosen, "at"), model.offset), tree::text_at(chosen, "name"), tree::text_at(chosen, "reason")),
                } }</p>
            }
            <p class="quiet">{ say(locale, "The lowest is only proposed: a person decides.", "系统只作建议，由人来决定。") }</p>
            <div class="cells">
                { form.choice("quote", say(locale, "Quote", "报价"), &options, None) }
                { form.text("by", say(locale, "Your name", "您的姓名"), "") }
                { form.text("reason", say(locale, "Why", "理由"), "") }
            </div>
            <p class="actions">
                <button type="button" class="primary" name="quotes." value="choose" disabled={!is_ready}>{ say(locale, "Confirm this quote", "确认选用") }</button>
                { for of.iter().filter_map(|index| typed.quotes().get(*index).map(|quote| (index, quote))).map(|(index, quote)| {
                    let name = typed.name(model, quote, *index);
                    button(&format!("quotes.{index}"), "cost", &match locale {
                        Locale::En => format!("{name} on Landed cost"),
                        Locale::Zh => format!("打开{name}的到岸成本"),
                    })
                }) }
            </p>
        </section>
    }
}

/// What a purchasing platform asks for each quote.
fn platform(
    model: &Model,
    typed: &Typed<'_>,
    data: &Tree,
    comparison: &Comparison,
    faults: &[Fault],
) -> Html {
    let locale = model.locale;
    let form = Form {
        locale,
        at: "desk.data",
        tree: data,
        faults,
        given: &nothing,
    };
    let fee = tree::text_at(typed.data, "bankChannelPercent");
    let fee = landfall::money::parse_decimal(fee).unwrap_or_default();
    let amounts = comparison.quotes.iter().filter_map(|quote| {
        let of = |component: Component| {
            let found = quote.components.iter().find(|of| of.component == component);
            found.map_or(Decimal::ZERO, |of| of.amount.0)
        };
        let order = PlatformOrder {
            currency: Currency::from_code(comparison.home_currency)?,
            goods: of(Component::Goods),
            domestic_shipping: of(Component::DomesticShipping),
            international_shipping: of(Component::InternationalShipping),
            bank_fee_percent: fee,
        };
        let amount = platform_order_amount(&order).ok()?;
        Some((label(quote), amount))
    });
    let amounts: Vec<_> = amounts.collect();
    html! {
        <details class="part">
            <summary>{ say(locale, "Through a purchasing platform", "通过代购平台下单") }</summary>
            <p class="quiet">{ say(locale,
                "What the platform asks for: goods, freight inside China and to you, and the bank’s channel fee on all of it.",
                "平台应付金额：货款、国内运费、国际运费，加上按其总额收取的银行通道费。") }</p>
            { form.text("bankChannelPercent", say(locale, "Bank’s channel fee", "银行通道费"), "%") }
            <dl class="facts">
                { for amounts.iter().map(|(name, amount)| html! {
                    <div>
                        <dt>{ name }</dt>
                        <dd>{ words::platform_order(locale, amount) }</dd>
                    </div>
                }) }
            </dl>
        </details>
    }
}
