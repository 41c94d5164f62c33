//! Articles: samples of several suppliers side by side, what was approved of one, and the prices that the
//! owner agreed to. The order check goes by both.

use landfall::issue::Problem;
use landfall::json::Json;
use landfall::money::{Figure, parse_decimal};
use landfall_words::{self as words, Locale};
use landfall_workspace::record::{Key, Kind};
use landfall_workspace::rows::{
    Agreed, Amount, Field, Instant, Sample, Sku, Specification, Supplier,
};
use landfall_workspace::search::{Query, folded};
use landfall_workspace::shop::ShopSku;
use rust_decimal::Decimal;
use yew::prelude::*;

use crate::desk::Desk;
use crate::form::{Form, Given, button};
use crate::model::{Effect, Fault, Model, What};
use crate::route::Route;
use crate::say::say;
use crate::standing::suppliers_of;
use crate::supplier::{ACT, Standing, act, act_faults, push};
use crate::suppliers::{place_of, supplier_name};
use crate::time::shown_instant;
use crate::tree::{self, Tree};

/// How many articles a supplier's page lists.
const LISTED: usize = 50;

/// How many articles a search offers.
const OFFERED: usize = 8;

/// An article's code and what it is.
fn sku_name(locale: Locale, sku: &Sku) -> String {
    let title = sku.title.as_deref().unwrap_or_default();
    match (&*sku.sku, title) {
        ("", "") => say(locale, "Without a name", "未命名").to_owned(),
        ("", title) => title.to_owned(),
        (code, "") => code.to_owned(),
        (code, title) => format!("{code} · {title}"),
    }
}

impl Model {
    /// What a supplier is called, by its id.
    pub fn supplier_called(&self, id: &str) -> String {
        let key = Key::new(Kind::Supplier, id);
        let entry = key.and_then(|key| self.workspace.get(&key));
        let supplier = entry.and_then(|entry| entry.as_row::<Supplier>());
        supplier.map_or_else(
            || id.to_owned(),
            |supplier| supplier_name(self.locale, supplier).to_owned(),
        )
    }

    /// What the owner's file says of an article, where that rules.
    fn ruled(&self, id: &str) -> Option<&ShopSku> {
        let file = self.shop.as_ref().filter(|_| !self.is_owner())?;
        file.shop.skus.iter().find(|sku| *sku.id == *id)
    }

    /// The price ranges that the owner agreed to for an article.
    pub fn agreed_of<'m>(&'m self, id: &str, stored: &'m Sku) -> &'m [Agreed] {
        if self.is_owner() {
            return &stored.agreed;
        }
        self.ruled(id).map_or(&[], |ruled| &ruled.agreed)
    }

    /// What the owner approved of an article with a sample.
    pub fn specification_of<'m>(&'m self, id: &str, stored: &'m Sku) -> Option<&'m Specification> {
        if self.is_owner() {
            return stored.specification.as_ref();
        }
        self.ruled(id)?.specification.as_ref()
    }

    /// A button of an article, or of the articles of a supplier.
    pub(crate) fn pressed_article(&mut self, action: &str) -> Vec<Effect> {
        let Some(desk) = self.desk.clone() else {
            return Vec::new();
        };
        if let Some(id) = action.strip_prefix("sampleOf:") {
            let sample = sample_of(id);
            return self.decide_on_desk(|typed| push(typed, "samples", sample));
        }
        if let Some(id) = action.strip_prefix("sampleIn:") {
            return self.sample_in(id, desk.key.id());
        }
        if let Some(at) = action.strip_prefix("removeSample:") {
            return self.change_desk(|typed| tree::set(typed, &format!("samples[{at}]"), None));
        }
        if let Some(at) = action.strip_prefix("approve:") {
            return self.approve_sample(&desk, at);
        }
        if let Some(at) = action.strip_prefix("disagree:").filter(|_| self.is_owner()) {
            return self.decide_on_desk(|typed| tree::set(typed, &format!("agreed[{at}]"), None));
        }
        match action {
            "new" => {
                let samples = Json::List(vec![sample_of(desk.key.id())]);
                let data = tree::object([("sku", tree::text("")), ("samples", samples)]);
                let mut effects = self.new_on_desk(Kind::Sku, data);
                // It belongs to the supplier from now on, also if nothing more is typed.
                effects.extend(self.change_desk(|_| ()));
                self.keep_desk();
                effects
            }
            "agree" => self.agree(&desk),
            _ => Vec::new(),
        }
    }

    /// Asks a supplier for a sample of an article that there is.
    fn sample_in(&mut self, id: &str, supplier: &str) -> Vec<Effect> {
        let Some(key) = Key::new(Kind::Sku, id) else {
            return Vec::new();
        };
        let record = self.record(&key);
        let Some(desk) = record.and_then(|record| Desk::of(&record, self)) else {
            return Vec::new();
        };
        let sample = sample_of(supplier);
        self.lay(Some(desk));
        let mut effects = self.change_desk(|typed| push(typed, "samples", sample));
        self.keep_desk();
        effects.push(Effect::Go(Route::Suppliers.at(&place_of(&key))));
        effects
    }

    /// A sample becomes what orders of the article are compared with.
    fn approve_sample(&mut self, desk: &Desk, at: &str) -> Vec<Effect> {
        let mut effects = Vec::new();
        if !self.is_owner() || !self.is_act_ready(&["by"], &mut effects) {
            return effects;
        }
        let path = format!("samples[{at}]");
        let Some(sample) = tree::get(&desk.read, &path) else {
            return effects;
        };
        let sample = Sample::make(Some(sample));
        let names = sample.photos.as_deref().unwrap_or_default();
        let names = names.split([',', '，', '、', ';', '；']).map(str::trim);
        let like = sample.specification;
        let of = |field: fn(&Specification) -> &Option<std::rc::Rc<str>>| {
            like.as_ref().and_then(|like| field(like).clone())
        };
        let approved = Specification {
            colour: of(|like| &like.colour),
            size: of(|like| &like.size),
            quantity: of(|like| &like.quantity),
            packaging: of(|like| &like.packaging),
            photos: names
                .filter(|name| !name.is_empty())
                .map(Into::into)
                .collect(),
            approved_by: Some(act(desk, "by").trim().into()),
            approved_at: Some(Instant(self.moment.at.clone())),
        };
        let approved = approved.write().map(Json::into_owned);
        self.decide_on_desk(|typed| {
            tree::set(typed, &format!("{path}.specification"), approved.clone());
            tree::set(typed, "specification", approved);
        })
    }

    /// The owner agrees to a range of prices with a supplier.
    fn agree(&mut self, desk: &Desk) -> Vec<Effect> {
        let mut effects = Vec::new();
        if !self.is_owner() || !self.is_act_ready(needed(desk), &mut effects) {
            return effects;
        }
        let Some((minimum, maximum)) = range(desk).filter(|(minimum, maximum)| minimum <= maximum)
        else {
            effects.push(Effect::Focus(format!("desk.{ACT}.maximumCny")));
            return effects;
        };
        let agreed = Agreed {
            supplier_id: act(desk, "supplierId").into(),
            minimum: Amount(minimum),
            maximum: Amount(maximum),
            by: Some(act(desk, "by").trim().into()),
            at: Some(Instant(self.moment.at.clone())),
        };
        let agreed = agreed.write().map(Json::into_owned);
        self.decide_on_desk(|typed| push(typed, "agreed", agreed.unwrap_or(Json::Null)))
    }
}

/// A sample of a supplier with nothing more known.
fn sample_of(supplier: &str) -> Tree {
    tree::object([("supplierId", tree::text(supplier))])
}

/// The range of prices that is typed, where both ends can be read. An end that isn't typed is what the
/// supplier quoted.
fn range(desk: &Desk) -> Option<(Decimal, Decimal)> {
    let read = tree::get(&desk.read, ACT)?;
    let of = |name| match tree::text_at(read, name) {
        "" => quoted_price(desk),
        typed => parse_decimal(typed).ok(),
    };
    Some((of("minimumCny")?, of("maximumCny")?))
}

/// The price that the supplier whose range is typed quoted with its sample.
fn quoted_price(desk: &Desk) -> Option<Decimal> {
    let sku = Sku::make(Some(&desk.read));
    let supplier = act(desk, "supplierId");
    let samples = sku.samples.iter().rev();
    let mut own = samples.filter(|sample| sample.supplier_id.as_deref() == Some(supplier));
    own.find_map(|sample| Some(sample.unit_price?.0))
}

/// What an act on an article needs to be typed to agree to a range.
fn needed(desk: &Desk) -> &'static [&'static str] {
    match quoted_price(desk) {
        Some(_) => &["supplierId", "by"],
        None => &["supplierId", "minimumCny", "maximumCny", "by"],
    }
}

/// What came of a sample.
fn results(locale: Locale) -> [(&'static str, &'static str); 3] {
    [
        ("good", say(locale, "Good", "好")),
        ("usable", say(locale, "Usable", "可用")),
        ("bad", say(locale, "Bad", "不合格")),
    ]
}

/// What came of a sample, in a word.
pub fn result_word(locale: Locale, result: &str) -> String {
    let found = results(locale)
        .into_iter()
        .find(|(name, _)| *name == result);
    found.map_or(result, |(_, word)| word).to_owned()
}

/// The days from order to receipt.
pub fn days(sample: &Sample) -> Option<i64> {
    Some(
        sample
            .received_on?
            .signed_duration_since(sample.ordered_on?)
            .num_days(),
    )
}

fn priced(amount: Option<Amount>) -> Option<String> {
    amount.map(|amount| words::money("CNY", amount.0))
}

/// A range of prices.
pub fn range_words(agreed: &Agreed) -> String {
    let (minimum, maximum) = (
        words::money("CNY", agreed.minimum.0),
        words::number(agreed.maximum.0),
    );
    format!("{minimum} – {maximum}")
}

/// The articles of a supplier: its samples and agreed prices.
pub fn articles(model: &Model, desk: &Desk, form: &Form<'_>, standing: &Standing<'_>) -> Html {
    let locale = model.locale;
    let deeds = model.tracker.deeds_of(standing.id);
    let table = model.workspace.table(Kind::Sku);
    let known = deeds
        .skus
        .iter()
        .filter_map(|id| Some((id, table.get(id)?.as_row::<Sku>()?)));
    let known: Vec<_> = known.collect();
    let more = known.len().saturating_sub(LISTED);
    let rows = known.into_iter().take(LISTED).map(|(id, sku)| {
        let agreed = model.agreed_of(id, sku).iter();
        let agreed = agreed.filter(|agreed| *agreed.supplier_id == *standing.id);
        let agreed: Vec<String> = agreed.map(range_words).collect();
        let mut samples = sku.samples.iter();
        let sample = samples.find(|sample| sample.supplier_id.as_deref() == Some(standing.id));
        let result = sample.and_then(|sample| sample.result.as_deref());
        html! {
            <tr>
                <td><a href={Route::Suppliers.at(&format!("article/{id}"))}>{ sku_name(locale, sku) }</a></td>
                <td>{ match (sample, result) {
                    (None, _) => "–".to_owned(),
                    (Some(_), None) => say(locale, "waiting", "待评").to_owned(),
                    (Some(_), Some(result)) => result_word(locale, result),
                } }</td>
                <td class="number">{ if agreed.is_empty() { "–".to_owned() } else { agreed.join("; ") } }</td>
            </tr>
        }
    });
    let rows: Vec<Html> = rows.collect();
    let search = act(desk, "article");
    html! {
        <section class="part" aria-labelledby="articles">
            <h2 id="articles">{ say(locale, "Articles and samples", "商品与样品") }</h2>
            if rows.is_empty() {
                <p class="quiet">{ say(locale,
                    "Articles that were bought, sampled or offered here, with the prices that the owner agreed to.",
                    "在此采购、打样或报价的商品，以及负责人确认的约定价。") }</p>
            } else {
                <table class="changes">
                    <thead><tr>
                        <th scope="col">{ say(locale, "Article", "商品") }</th>
                        <th scope="col">{ say(locale, "Sample", "样品") }</th>
                        <th scope="col" class="number">{ say(locale, "Agreed price", "约定价") }</th>
                    </tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            }
            if more > 0 { <p class="quiet">{ match locale {
                Locale::En => format!("and {more} more"),
                Locale::Zh => format!("另有 {more} 种"),
            } }</p> }
            <div class="cells">
                { form.input("act.article", say(locale, "Sample of an article you have: search", "为已有商品打样：搜索"), "", "wide") }
            </div>
            <p class="actions">
                { for offered(model, search, standing.id).into_iter().map(|(id, name)| button("article", &format!("sampleIn:{id}"), &name)) }
                { button("article", "new", say(locale, "Sample of a new article", "为新商品打样")) }
            </p>
        </section>
    }
}

/// Articles that a search finds and that this supplier has no sample of.
fn offered(model: &Model, search: &str, supplier: &str) -> Vec<(String, String)> {
    if search.trim().is_empty() {
        return Vec::new();
    }
    let query = Query::new(search);
    let found = model.workspace.list(Kind::Sku).filter_map(|entry| {
        let sku = entry.as_row::<Sku>()?;
        let name = sku_name(model.locale, sku);
        let mut samples = sku.samples.iter();
        let has = samples.any(|sample| sample.supplier_id.as_deref() == Some(supplier));
        (query.finds(&folded(&name)) && !has).then(|| (entry.record().key().id().to_owned(), name))
    });
    found.take(OFFERED).collect()
}

/// The page of an article.
pub fn article_page(model: &Model, desk: &Desk) -> Html {
    let locale = model.locale;
    let sku = Sku::make(Some(&desk.read));
    let id = desk.key.id();
    let mut faults = model.desk_faults();
    faults.extend(act_faults(model, desk, needed(desk)));
    if let Some((minimum, maximum)) = range(desk).filter(|(minimum, maximum)| minimum > maximum) {
        let (minimum, maximum) = (Figure(minimum), Figure(maximum));
        faults.push(Fault {
            path: format!("desk.{ACT}.maximumCny"),
            what: What::Issue(Problem::MinimumAboveMaximum { minimum, maximum }),
        });
    }
    let quoted = quoted_price(desk);
    let given = |name: &str| {
        let is_end = matches!(name, "act.minimumCny" | "act.maximumCny");
        let value = quoted.filter(|_| is_end)?.to_string();
        Some(Given { value, from: None })
    };
    let form = Form {
        locale,
        at: "desk",
        tree: &desk.typed,
        faults: &faults,
        given: &given,
    };
    html! {
        <>
            <section class="part" aria-labelledby="article">
                <h2 id="article" class="record-name">{ sku_name(locale, &sku) }</h2>
                <div class="cells">
                    { form.text("sku", say(locale, "Your code", "自编编码"), "") }
                    { form.input("title", say(locale, "What it is", "品名"), "", "wide") }
                    { form.text("unit", say(locale, "Counted in", "单位"), "") }
                    { form.input("notes", say(locale, "Notes", "备注"), "", "wide") }
                </div>
            </section>
            { round(model, desk, &form, &sku) }
            { deciding(model, &form) }
            { approved(model, id, &sku) }
            { ranges(model, id, &form, &sku) }
        </>
    }
}

/// The samples side by side.
fn round(model: &Model, desk: &Desk, form: &Form<'_>, sku: &Sku) -> Html {
    let locale = model.locale;
    let search = act(desk, "supplier");
    let found = if search.trim().is_empty() {
        Vec::new()
    } else {
        model.tracker.matches(search)
    };
    html! {
        <section class="part" aria-labelledby="samples">
            <h2 id="samples">{ say(locale, "Samples", "样品对比") }</h2>
            <p class="quiet">{ say(locale, "Three to five suppliers side by side.", "三到五家并排比较。") }</p>
            if sku.samples.len() > 1 { { compared(model, sku) } }
            <div class="samples">
                { for sku.samples.iter().enumerate().map(|(at, sample)| one(model, form, sku, at, sample)) }
            </div>
            <div class="cells">
                { form.input("act.supplier", say(locale, "Add a supplier: search", "添加供应商：搜索"), "", "wide") }
            </div>
            <p class="actions">
                { for found.into_iter().map(|(id, name)| button("article", &format!("sampleOf:{id}"), &name)) }
            </p>
        </section>
    }
}

/// Whether the approved specification is of this sample.
fn is_approved(sku: &Sku, sample: &Sample) -> bool {
    let at = |of: &Option<Specification>| of.as_ref().and_then(|of| of.approved_at.clone());
    at(&sample.specification).is_some() && at(&sample.specification) == at(&sku.specification)
}

/// The samples as a table: what a reader compares.
fn compared(model: &Model, sku: &Sku) -> Html {
    let locale = model.locale;
    let dash = || "–".to_owned();
    let rows = sku.samples.iter().map(|sample| {
        let name = sample.supplier_id.as_deref().map(|id| model.supplier_called(id));
        let result = sample.result.as_deref().map(|result| result_word(locale, result));
        let days = days(sample).map(|days| days.to_string());
        html! {
            <tr>
                <th scope="row">{ name.unwrap_or_else(dash) }</th>
                <td class="number">{ priced(sample.unit_price).unwrap_or_else(dash) }</td>
                <td class="number">{ priced(sample.cost).unwrap_or_else(dash) }</td>
                <td class="number">{ days.unwrap_or_else(dash) }</td>
                <td>{ result.unwrap_or_else(dash) }
                    if is_approved(sku, sample) { { " " }<span class="standing go">{ say(locale, "Approved", "已确认") }</span> }
                </td>
                <td>{ sample.notes.as_deref().unwrap_or_default().to_owned() }</td>
            </tr>
        }
    });
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label={say(locale, "Comparison", "对比表")}>
            <table class="changes">
                <thead><tr>
                    <th scope="col">{ say(locale, "Supplier", "供应商") }</th>
                    <th scope="col" class="number">{ say(locale, "Unit price", "单价") }</th>
                    <th scope="col" class="number">{ say(locale, "Sample", "样品费") }</th>
                    <th scope="col" class="number">{ say(locale, "Days", "天数") }</th>
                    <th scope="col">{ say(locale, "Result", "结果") }</th>
                    <th scope="col">{ say(locale, "Notes", "备注") }</th>
                </tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
        </div>
    }
}

fn one(model: &Model, form: &Form<'_>, sku: &Sku, at: usize, sample: &Sample) -> Html {
    let locale = model.locale;
    let path = |name: &str| format!("samples[{at}].{name}");
    let like = |name: &str| format!("samples[{at}].specification.{name}");
    let id = sample.supplier_id.as_deref().unwrap_or_default();
    let is_empty = *sample == Sample::make(Some(&sample_of(id)));
    html! {
        <fieldset class="sample" key={at}>
            <legend><a href={Route::Suppliers.at(id)}>{ model.supplier_called(id) }</a></legend>
            { form.text(&path("orderedOn"), say(locale, "Ordered on", "下单日期"), "") }
            { form.text(&path("receivedOn"), say(locale, "Received on", "收到日期"), "") }
            { form.text(&path("sampleCostCny"), say(locale, "Cost with freight", "样品费含运费"), "CNY") }
            { form.text(&path("unitPriceCny"), say(locale, "Unit price quoted", "报价单价"), "CNY") }
            { form.choice(&path("result"), say(locale, "Result", "结果"), &results(locale), None) }
            { form.text(&like("colour"), say(locale, "Colour", "颜色"), "") }
            { form.text(&like("size"), say(locale, "Size", "尺寸"), "") }
            { form.text(&like("quantity"), say(locale, "What a unit contains", "每件内容"), "") }
            { form.text(&like("packaging"), say(locale, "Packaging", "包装"), "") }
            { form.text(&path("photoNames"), say(locale, "Names of photos, with commas", "照片文件名，逗号分隔"), "") }
            { form.text(&path("notes"), say(locale, "Notes", "备注"), "") }
            <p class="actions">
                if is_approved(sku, sample) {
                    <span class="standing go">{ say(locale, "Approved", "已确认") }</span>
                } else if model.is_owner() {
                    { button("article", &format!("approve:{at}"), say(locale, "Approve this sample", "确认此样品")) }
                }
                if is_empty { { button("article", &format!("removeSample:{at}"), say(locale, "Remove", "删除")) } }
            </p>
        </fieldset>
    }
}

/// Who approves a sample or agrees to a price.
fn deciding(model: &Model, form: &Form<'_>) -> Html {
    let locale = model.locale;
    if !model.is_owner() {
        return html! {
            <p class="quiet">{ say(locale, "Only the owner approves samples and agrees to prices.", "只有负责人能确认样品和价格。") }</p>
        };
    }
    html! {
        <div class="cells deciding">
            { form.text("act.by", say(locale, "Who decides", "决定人"), "") }
            <p class="note">{ say(locale, "For samples and prices on this page.", "用于本页的样品和价格确认。") }</p>
        </div>
    }
}

/// What was approved: what orders are compared with.
fn approved(model: &Model, id: &str, sku: &Sku) -> Html {
    let locale = model.locale;
    let Some(of) = model.specification_of(id, sku) else {
        return html! {
            <section class="part" aria-labelledby="approved">
                <h2 id="approved">{ say(locale, "Approved specification", "已确认规格") }</h2>
                <p class="quiet">{ say(locale,
                    "None yet. Orders are compared with the sample that the owner approves.",
                    "尚无。订单以负责人确认的样品为准。") }</p>
            </section>
        };
    };
    let fact = |name: &str, value: Option<&str>| {
        let value = value.filter(|value| !value.is_empty()).unwrap_or("–");
        html! { <div><dt>{ name.to_owned() }</dt><dd>{ value.to_owned() }</dd></div> }
    };
    let at = of
        .approved_at
        .as_ref()
        .map(|at| shown_instant(&at.0, model.offset));
    let photos = of.photos.join(say(locale, ", ", "、"));
    html! {
        <section class="part" aria-labelledby="approved">
            <h2 id="approved">{ say(locale, "Approved specification", "已确认规格") }</h2>
            <dl class="facts">
                { fact(say(locale, "Colour", "颜色"), of.colour.as_deref()) }
                { fact(say(locale, "Size", "尺寸"), of.size.as_deref()) }
                { fact(say(locale, "What a unit contains", "每件内容"), of.quantity.as_deref()) }
                { fact(say(locale, "Packaging", "包装"), of.packaging.as_deref()) }
                { fact(say(locale, "Photos", "照片"), Some(&photos)) }
                { fact(say(locale, "Approved by", "确认人"), of.approved_by.as_deref()) }
                { fact(say(locale, "When", "时间"), at.as_deref()) }
            </dl>
        </section>
    }
}

/// The prices that the owner agreed to.
fn ranges(model: &Model, id: &str, form: &Form<'_>, sku: &Sku) -> Html {
    let locale = model.locale;
    let agreed = model.agreed_of(id, sku);
    let is_owner = model.is_owner();
    let suppliers: Vec<(String, String)> = suppliers_of(sku)
        .into_iter()
        .map(|id| (id.to_string(), model.supplier_called(id)))
        .collect();
    let options: Vec<(&str, &str)> = suppliers
        .iter()
        .map(|(id, name)| (&**id, &**name))
        .collect();
    html! {
        <section class="part" aria-labelledby="agreed">
            <h2 id="agreed">{ say(locale, "Agreed prices", "约定价") }</h2>
            if agreed.is_empty() {
                <p class="quiet">{ say(locale,
                    "None yet. Staff reorder inside the range that the owner agreed to.",
                    "尚无。员工在负责人确认的价格范围内补货。") }</p>
            } else {
                <table class="changes">
                    <thead><tr>
                        <th scope="col">{ say(locale, "Supplier", "供应商") }</th>
                        <th scope="col" class="number">{ say(locale, "Range", "价格范围") }</th>
                        <th scope="col">{ say(locale, "Who and when", "确认人与时间") }</th>
                        <td></td>
                    </tr></thead>
                    <tbody>{ for agreed.iter().enumerate().map(|(at, agreed)| {
                        let when = agreed.at.as_ref().map(|at| shown_instant(&at.0, model.offset));
                        let who = agreed.by.as_deref().unwrap_or_default();
                        html! {
                            <tr>
                                <td>{ model.supplier_called(&agreed.supplier_id) }</td>
                                <td class="number">{ range_words(agreed) }</td>
                                <td>{ format!("{who} {}", when.unwrap_or_default()) }</td>
                                <td>if is_owner { { button("article", &format!("disagree:{at}"), say(locale, "End it", "取消")) } }</td>
                            </tr>
                        }
                    }) }</tbody>
                </table>
            }
            if is_owner {
                <div class="cells">
                    { form.choice("act.supplierId", say(locale, "Supplier", "供应商"), &options, None) }
                    { form.text("act.minimumCny", say(locale, "From", "最低"), "CNY") }
                    { form.text("act.maximumCny", say(locale, "To", "最高"), "CNY") }
                </div>
                <p class="actions">{ button("article", "agree", say(locale, "Agree to this range", "确认价格范围")) }</p>
            }
        </section>
    }
}
