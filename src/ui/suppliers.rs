//! The tracker: all suppliers with what the log says of them; searched, sorted, a page at a time.

use std::cell::OnceCell;
use std::cmp::Ordering;
use std::rc::Rc;

use chrono::NaiveDate;
use landfall::check::Named;
use landfall::policy::Policy;
use landfall::supplier::{Grade, SupplierGrade};
use landfall_words::{self as words, Locale};
use landfall_workspace::record::{Key, Kind};
use landfall_workspace::rows::{Supplier, SupplierStatus};
use landfall_workspace::search::{Query, folded};
use landfall_workspace::workspace::{self, Table};
use rust_decimal::Decimal;
use yew::prelude::*;

use crate::desk::Desk;
use crate::form::button;
use crate::model::{Effect, Model};
use crate::route::Route;
use crate::say::say;
use crate::standing::{AllDeeds, Deeds, Known, all_deeds, grade};
use crate::time::shown_instant;
use crate::tree;

/// How many suppliers are shown at a time.
const PAGE: usize = 50;

/// A column that suppliers can be sorted by.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
enum Column {
    /// The name.
    #[default]
    Name,
    /// How many articles.
    Skus,
    /// The day of the last order.
    LastOrder,
    /// The rate of defects.
    Defects,
    /// How far it is trusted.
    Status,
    /// The grade.
    Grade,
}

impl Column {
    const ALL: [Column; 6] = [
        Column::Name,
        Column::Skus,
        Column::LastOrder,
        Column::Defects,
        Column::Status,
        Column::Grade,
    ];

    const fn name(self) -> &'static str {
        match self {
            Column::Name => "name",
            Column::Skus => "skus",
            Column::LastOrder => "lastOrder",
            Column::Defects => "defects",
            Column::Status => "status",
            Column::Grade => "grade",
        }
    }

    const fn title(self, locale: Locale) -> &'static str {
        match self {
            Column::Name => say(locale, "Supplier", "供应商"),
            Column::Skus => say(locale, "SKUs", "商品数"),
            Column::LastOrder => say(locale, "Last order", "最近下单"),
            Column::Defects => say(locale, "Defects", "次品率"),
            Column::Status => say(locale, "Status", "状态"),
            Column::Grade => say(locale, "Grade", "评级"),
        }
    }
}

/// A supplier as the tracker shows it.
#[derive(Debug)]
struct Entry {
    stored: Rc<workspace::Entry>,
    deeds: Rc<Deeds>,
    status: SupplierStatus,
    /// What it is called, in lower case.
    name: String,
    /// What is searched, in lower case.
    text: String,
    /// Worked out when it is shown or sorted by.
    grade: OnceCell<Option<SupplierGrade>>,
    /// By what it is graded.
    rules: Rc<Rules>,
}

/// By what suppliers are judged.
#[derive(PartialEq, Debug)]
struct Rules {
    policy: Policy,
    today: NaiveDate,
    offset: i32,
    /// Whose statuses count: those of this shop file, or of the records.
    shop: Option<String>,
}

/// The suppliers. Cheap to clone.
#[derive(Clone, Default, Debug)]
pub struct Tracker {
    entries: Rc<[Rc<Entry>]>,
    /// Those that the search and the filter leave, in their order.
    found: Rc<[Rc<Entry>]>,
    /// What the log says of each.
    deeds: Rc<AllDeeds>,
    /// The tables that this was made of: suppliers; orders, receipts and articles.
    suppliers: Rc<Table>,
    log: [Rc<Table>; 3],
    rules: Option<Rc<Rules>>,
    /// What is searched for.
    query: String,
    /// The status that is shown; empty is every one.
    status: String,
    sorted_by: Column,
    is_falling: bool,
    page: usize,
}

impl Entry {
    fn supplier(&self) -> Option<&Supplier> {
        self.stored.as_row::<Supplier>()
    }

    fn id(&self) -> &str {
        self.stored.record().key().id()
    }

    fn grade(&self) -> Option<&SupplierGrade> {
        let rules = &self.rules;
        let graded = || {
            let known = Known {
                policy: &rules.policy,
                today: rules.today,
                offset: rules.offset,
                inquiries: &self.supplier()?.inquiries,
            };
            grade(&self.deeds, &known)
        };
        self.grade.get_or_init(graded).as_ref()
    }

    fn defects(&self) -> Option<Decimal> {
        Some(self.grade()?.defect_rate?.percent.0)
    }

    /// By a column; what isn't known stands behind whatever is, in either direction.
    fn order(&self, other: &Entry, column: Column, is_falling: bool) -> Ordering {
        fn known<T: Ord>(one: Option<T>, other: Option<T>, is_falling: bool) -> Ordering {
            match (one, other) {
                (Some(one), Some(other)) if is_falling => other.cmp(&one),
                (Some(one), Some(other)) => one.cmp(&other),
                (one, other) => other.is_some().cmp(&one.is_some()),
            }
        }
        let by = |of: &dyn Fn(&Entry) -> Option<Decimal>| known(of(self), of(other), is_falling);
        let count = |count: usize| (count > 0).then(|| Decimal::from(count));
        let place = match column {
            Column::Name => known(Some(&self.name), Some(&other.name), is_falling),
            Column::Skus => by(&|entry| count(entry.deeds.skus.len())),
            Column::LastOrder => {
                let last = (self.deeds.last_order(), other.deeds.last_order());
                known(last.0, last.1, is_falling)
            }
            Column::Defects => by(&Entry::defects),
            Column::Status => known(
                Some(status_place(self.status)),
                Some(status_place(other.status)),
                is_falling,
            ),
            Column::Grade => {
                // A stands above D, and of two alike the one with the higher score.
                let grade = |entry: &Entry| {
                    let of = entry.grade()?;
                    Some((of.grade?, std::cmp::Reverse(of.score?.0)))
                };
                known(grade(self), grade(other), is_falling)
            }
        };
        place
            .then_with(|| self.name.cmp(&other.name))
            .then_with(|| self.id().cmp(other.id()))
    }
}

const fn status_place(status: SupplierStatus) -> u8 {
    match status {
        SupplierStatus::Whitelisted => 0,
        SupplierStatus::New => 1,
        SupplierStatus::Suspended => 2,
    }
}

/// What a status is called.
pub const fn status_name(locale: Locale, status: SupplierStatus) -> &'static str {
    match status {
        SupplierStatus::New => say(locale, "New", "新供应商"),
        SupplierStatus::Whitelisted => say(locale, "Whitelisted", "白名单"),
        SupplierStatus::Suspended => say(locale, "Suspended", "已暂停"),
    }
}

/// What a supplier is called: by its shop, its company, or that it has no name yet.
pub fn supplier_name(locale: Locale, supplier: &Supplier) -> &str {
    let shop = supplier
        .shop_name
        .as_deref()
        .filter(|name| !name.is_empty());
    let name = shop.unwrap_or(&supplier.name);
    if name.is_empty() {
        say(locale, "Without a name", "未命名")
    } else {
        name
    }
}

impl Tracker {
    /// Searches, filters and sorts.
    fn find(&mut self) {
        let query = Query::new(&self.query);
        let found = self.entries.iter().filter(|entry| {
            query.finds(&entry.text)
                && (self.status.is_empty() || self.status == entry.status.name())
        });
        let mut found: Vec<Rc<Entry>> = found.cloned().collect();
        let (column, is_falling) = (self.sorted_by, self.is_falling);
        found.sort_by(|one, other| one.order(other, column, is_falling));
        self.found = found.into();
    }

    /// The suppliers that a search finds, the first few: their ids and names.
    pub fn matches(&self, text: &str) -> Vec<(String, String)> {
        let query = Query::new(text);
        let found = self.entries.iter().filter(|entry| query.finds(&entry.text));
        let named = found.filter_map(|entry| {
            let name = supplier_name(Locale::En, entry.supplier()?);
            Some((entry.id().to_owned(), name.to_owned()))
        });
        named.take(8).collect()
    }

    /// What the log says of a supplier.
    pub fn deeds_of(&self, id: &str) -> Rc<Deeds> {
        self.deeds.get(id).cloned().unwrap_or_default()
    }

    /// What is searched for, or which status.
    pub fn narrow(&mut self, field: &str, text: &str) {
        match field {
            "query" => text.clone_into(&mut self.query),
            _ => text.clone_into(&mut self.status),
        }
        self.page = 0;
        self.find();
    }
}

impl Model {
    /// While suppliers are shown, the tracker follows the records.
    pub(crate) fn follow_suppliers(&mut self) {
        if self.route != Route::Suppliers || !self.storage.is_loaded {
            return;
        }
        let rules = Rules {
            policy: self.policy().into_owned(),
            today: self.today,
            offset: self.offset,
            shop: (!self.is_owner())
                .then(|| self.shop.as_ref().map(|file| file.hash.clone()))
                .flatten(),
        };
        let suppliers = self.workspace.table(Kind::Supplier);
        let log = [Kind::Order, Kind::Receipt, Kind::Sku].map(|kind| self.workspace.table(kind));
        let is_same_log = log == self.tracker.log;
        let is_same_rules = self.tracker.rules.as_deref() == Some(&rules);
        if is_same_log && is_same_rules && suppliers == self.tracker.suppliers {
            return;
        }
        if !is_same_log {
            let [orders, receipts, skus] = &log;
            self.tracker.deeds = Rc::new(all_deeds(orders, receipts, skus));
            self.tracker.log = log;
        }
        let rules = match &self.tracker.rules {
            Some(known) if is_same_rules => known.clone(),
            Some(_) | None => Rc::new(rules),
        };
        let mut known = self.tracker.entries.iter().peekable();
        let nothing = Rc::<Deeds>::default();
        // Both stand in the order of ids.
        let entries = suppliers.iter().filter_map(|stored| {
            let id = stored.record().key().id();
            while known.next_if(|entry| entry.id() < id).is_some() {}
            let kept = known.next_if(|entry| Rc::ptr_eq(&entry.stored, stored));
            let is_kept = |entry: &&Rc<Entry>| is_same_log && Rc::ptr_eq(&entry.rules, &rules);
            if let Some(entry) = kept.filter(is_kept) {
                return Some(entry.clone());
            }
            let supplier = stored.as_row::<Supplier>()?;
            let name = supplier_name(Locale::En, supplier);
            let texts = [&supplier.shop_name, &supplier.link, &supplier.notes];
            let texts = texts.into_iter().filter_map(|text| text.as_deref());
            let texts: Vec<&str> = [&*supplier.name].into_iter().chain(texts).collect();
            Some(Rc::new(Entry {
                deeds: self.tracker.deeds.get(id).unwrap_or(&nothing).clone(),
                status: self.status_of(id, supplier.status),
                name: folded(name),
                text: folded(&texts.join(" ")),
                stored: stored.clone(),
                grade: OnceCell::new(),
                rules: rules.clone(),
            }))
        });
        let entries = entries.collect();
        self.tracker.entries = entries;
        self.tracker.suppliers = suppliers;
        self.tracker.rules = Some(rules);
        self.tracker.find();
    }

    /// A button of the tracker.
    pub(crate) fn pressed_tracker(&mut self, action: &str) -> Vec<Effect> {
        match action {
            "new" => {
                return self.new_on_desk(Kind::Supplier, tree::object([("name", tree::text(""))]));
            }
            "next" => self.tracker.page = self.tracker.page.saturating_add(1),
            "previous" => self.tracker.page = self.tracker.page.saturating_sub(1),
            action => {
                let mut columns = Column::ALL.into_iter();
                let column = columns.find(|column| column.name() == action);
                let Some(column) = column else {
                    return Vec::new();
                };
                let tracker = &mut self.tracker;
                // The newest and the worst are looked for first.
                let begins_falling =
                    matches!(column, Column::LastOrder | Column::Defects | Column::Skus);
                tracker.is_falling = if tracker.sorted_by == column {
                    !tracker.is_falling
                } else {
                    begins_falling
                };
                tracker.sorted_by = column;
                tracker.page = 0;
                tracker.find();
            }
        }
        Vec::new()
    }

    /// Puts a record that isn't stored yet on the desk, and goes there.
    pub(crate) fn new_on_desk(&mut self, kind: Kind, data: tree::Tree) -> Vec<Effect> {
        let Some(key) = Key::new(kind, &self.moment.id) else {
            return Vec::new();
        };
        let place = place_of(&key);
        let desk = Desk::new(key, data, self);
        self.lay(Some(desk));
        vec![Effect::Go(Route::Suppliers.at(&place))]
    }

    /// The record that the place on the page of the suppliers names.
    pub fn supplier_key(&self) -> Option<Key> {
        if self.route != Route::Suppliers || self.place.is_empty() {
            return None;
        }
        match self.place.strip_prefix(ARTICLE) {
            Some(id) => Key::new(Kind::Sku, id),
            None => Key::new(Kind::Supplier, &self.place),
        }
    }

    /// Puts the record that the place names on the desk, unless it lies there.
    pub(crate) fn lay_supplier(&mut self) {
        let Some(key) = self.supplier_key() else {
            return;
        };
        if self.desk_of(&key).is_some() {
            return;
        }
        let record = self.record(&key);
        let desk = record.and_then(|record| Desk::of(&record, self));
        if desk.is_some() {
            self.lay(desk);
        }
    }
}

/// Before the id of an article in a place.
const ARTICLE: &str = "article/";

/// The place where a supplier or an article is shown.
pub fn place_of(key: &Key) -> String {
    if key.kind == Kind::Sku {
        format!("{ARTICLE}{}", key.id())
    } else {
        key.id().to_owned()
    }
}

/// The page of the suppliers, or of one, or of an article.
pub fn suppliers_page(model: &Model) -> Html {
    let locale = model.locale;
    let Some(key) = model.supplier_key() else {
        return tracker(model);
    };
    let back = html! {
        <p class="no-print"><a href={Route::Suppliers.fragment()}>{ say(locale, "All suppliers", "全部供应商") }</a></p>
    };
    let Some(desk) = model.desk_of(&key) else {
        if !model.storage.is_loaded {
            return back;
        }
        return html! {
            <>
                { back }
                <p class="notice wait">{ say(locale,
                    "This isn’t here: it was never typed on this device, or deleted.",
                    "本机没有这条记录：未在本机录入，或已删除。") }</p>
            </>
        };
    };
    html! {
        <>
            { back }
            { if key.kind == Kind::Sku {
                crate::samples::article_page(model, desk)
            } else {
                crate::supplier::supplier_page(model, desk)
            } }
        </>
    }
}

fn tracker(model: &Model) -> Html {
    let locale = model.locale;
    let tracker = &model.tracker;
    let new = html! {
        <p class="actions"><button type="button" class="primary" name="tracker" value="new">{ say(locale, "New supplier", "新建供应商") }</button></p>
    };
    if tracker.entries.is_empty() {
        return html! {
            <section class="part">
                <p class="quiet">{ say(locale,
                    "Here stand your suppliers: what is known of a new one against what the owner asks for, and how those in use perform. They also come in with the order export of 1688.",
                    "这里显示您的供应商：新供应商对照负责人的要求，在用供应商的实际表现。导入 1688 订单时会自动建立。") }</p>
                { new }
                <p><a href={Route::Data.fragment()}>{ say(locale, "Bring in orders", "导入订单") }</a></p>
                { of_owner(model) }
            </section>
        };
    }
    let found = &tracker.found;
    let first = tracker.page.saturating_mul(PAGE);
    let first = if first < found.len() { first } else { 0 };
    let shown: Vec<&Rc<Entry>> = found.iter().skip(first).take(PAGE).collect();
    let last = first.saturating_add(shown.len());
    let from = first.saturating_add(1);
    let range = match locale {
        _ if found.is_empty() => {
            say(locale, "No supplier fits.", "没有符合条件的供应商。").to_owned()
        }
        Locale::En => format!("{from} to {last} of {}", found.len()),
        Locale::Zh => format!("第 {from} 至 {last} 家，共 {} 家", found.len()),
    };
    let columns = Column::ALL.into_iter().map(|column| {
        let sort = (tracker.sorted_by == column).then_some(if tracker.is_falling {
            "descending"
        } else {
            "ascending"
        });
        let class = matches!(column, Column::Skus | Column::Defects).then_some("number");
        html! {
            <th scope="col" aria-sort={sort} class={classes!(class)}>
                <button type="button" class="link" name="tracker" value={column.name()}>{ column.title(locale) }</button>
            </th>
        }
    });
    let options = SupplierStatus::ALL.iter().map(|status| {
        let is_chosen = tracker.status == status.name();
        html! { <option value={status.name()} selected={is_chosen}>{ status_name(locale, *status) }</option> }
    });
    // On a phone the heads of the columns have no room.
    let sorts = Column::ALL.into_iter().map(|column| {
        let is_pressed = tracker.sorted_by == column;
        html! { <button type="button" class="link" name="tracker" value={column.name()} aria-pressed={is_pressed.to_string()}>{ column.title(locale) }</button> }
    });
    html! {
        <section class="part" aria-label={say(locale, "Suppliers", "供应商")}>
            { new }
            <div class="filters">
                <div class="field">
                    <label for="tracker.query">{ say(locale, "Search", "搜索") }</label>
                    <div class="box"><input id="tracker.query" name="tracker.query" type="text" value={tracker.query.clone()} autocomplete="off"
                        placeholder={say(locale, "Name, shop, link, notes", "名称、店铺、链接、备注")} /></div>
                </div>
                <div class="field">
                    <label for="tracker.status">{ say(locale, "Status", "状态") }</label>
                    <select id="tracker.status" name="tracker.status">
                        <option value="" selected={tracker.status.is_empty()}>{ say(locale, "All", "全部") }</option>
                        { for options }
                    </select>
                </div>
                <p class="quiet" role="status">{ range }</p>
            </div>
            if !shown.is_empty() {
                <p class="sorts actions"><span class="quiet">{ say(locale, "Sort by", "排序") }</span>{ for sorts }</p>
                <table class="log tracker">
                    <thead><tr>{ for columns }</tr></thead>
                    <tbody>{ for shown.iter().map(|entry| row(model, entry)) }</tbody>
                </table>
                <p class="actions">
                    if first > 0 { { button("tracker", "previous", say(locale, "Back", "上一页")) } }
                    if last < found.len() { { button("tracker", "next", say(locale, "Next", "下一页")) } }
                </p>
            }
            { of_owner(model) }
        </section>
    }
}

/// The suppliers of the owner's file that have no record here, with their status.
fn of_owner(model: &Model) -> Html {
    let locale = model.locale;
    let listed = model.shop.iter().flat_map(|file| &file.shop.suppliers);
    let others = listed.filter(|supplier| {
        let key = Key::new(Kind::Supplier, &supplier.id);
        key.is_none_or(|key| model.workspace.get(&key).is_none())
    });
    let others: Vec<Html> = others
        .take(PAGE)
        .map(|supplier| {
            let shop = supplier.shop_name.as_deref().unwrap_or(&supplier.name);
            html! {
                <li>
                    <span>{ shop.to_owned() }</span>
                    { supplier.link.as_deref().map(outside) }
                    { status_mark(locale, supplier.status) }
                </li>
            }
        })
        .collect();
    if others.is_empty() {
        return html! {};
    }
    html! {
        <>
            <h2>{ say(locale, "Of the owner’s shop file", "负责人店铺文件中的供应商") }</h2>
            <ul class="saved">{ for others }</ul>
        </>
    }
}

fn row(model: &Model, entry: &Entry) -> Html {
    let locale = model.locale;
    let Some(supplier) = entry.supplier() else {
        return html! {};
    };
    let graded = entry.grade();
    let last = entry.deeds.last_order();
    let last = last.map(|at| {
        shown_instant(at, model.offset)
            .chars()
            .take(10)
            .collect::<String>()
    });
    let link = supplier.link.as_deref().unwrap_or_default();
    let company = supplier.shop_name.as_ref().filter(|name| !name.is_empty());
    let company = company.and(Some(supplier.name.to_string()));
    let defects = graded.and_then(|graded| graded.defect_rate);
    let named =
        |name: &str| html! { <span class="wide-hidden quiet">{ format!("{name} ") }</span> };
    html! {
        <tr key={entry.id().to_owned()}>
            <td class="what">
                <a href={Route::Suppliers.at(entry.id())}>{ supplier_name(locale, supplier).to_owned() }</a>
                if let Some(company) = company { <br /><span class="quiet">{ company }</span> }
                if !link.is_empty() { <br />{ outside(link) } }
            </td>
            <td class="number">{ named(Column::Skus.title(locale)) }{ entry.deeds.skus.len() }</td>
            <td class="when">{ named(Column::LastOrder.title(locale)) }{ last.unwrap_or_else(|| "–".to_owned()) }</td>
            <td class="number defects">{ named(Column::Defects.title(locale)) }{ match defects {
                Some(rate) => html! {
                    <>
                        { words::percent(locale, rate.percent) }
                        // What few units hide.
                        <br /><span class="quiet">{ say(locale, "at most ", "上限 ") }{ words::percent(locale, rate.upper_percent) }</span>
                    </>
                },
                None => html! { "–" },
            } }</td>
            <td class="status">{ status_mark(locale, entry.status) }</td>
            <td class="grade">{ grade_mark(locale, graded) }</td>
        </tr>
    }
}

/// The address of a shop, as a link where it is one of the web.
pub fn outside(link: &str) -> Html {
    let is_web = link.starts_with("https://") || link.starts_with("http://");
    if !is_web {
        return html! { <span class="quiet">{ link.to_owned() }</span> };
    }
    let shown = link.split_once("//").map_or(link, |(_, rest)| rest);
    html! { <a href={link.to_owned()} rel="noreferrer noopener" target="_blank" class="quiet">{ shown.to_owned() }</a> }
}

/// A status, told by shape and word.
pub fn status_mark(locale: Locale, status: SupplierStatus) -> Html {
    let class = match status {
        SupplierStatus::New => "standing wait",
        SupplierStatus::Whitelisted => "standing go",
        SupplierStatus::Suspended => "standing stop",
    };
    html! { <span {class}>{ status_name(locale, status) }</span> }
}

/// A grade, and whether it is provisional.
pub fn grade_mark(locale: Locale, graded: Option<&SupplierGrade>) -> Html {
    let Some((graded, letter)) = graded.and_then(|of| Some((of, of.grade?))) else {
        return html! { <span class="quiet">{ say(locale, "no data", "无数据") }</span> };
    };
    let class = match letter {
        Grade::A | Grade::B => "grade-letter go",
        Grade::C => "grade-letter wait",
        Grade::D => "grade-letter stop",
    };
    html! {
        <>
            <b {class}>{ letter.name() }</b>
            if graded.is_provisional { <span class="quiet">{ say(locale, " provisional", "（暂定）") }</span> }
        </>
    }
}
