//! The page: navigation, the order at the left, its cost at the right.

use std::cell::Cell;
use std::rc::Rc;

use landfall::money::parse_decimal;
use landfall_words::Locale;
use landfall_workspace::record;
use rust_decimal::Decimal;
use wasm_bindgen::JsCast;
use web_sys::{Element, File, HtmlInputElement};
use yew::prelude::*;

use crate::answer::{Answer, Headline, announcement};
use crate::brief::brief;
use crate::charges::Charges;
use crate::data::{data_page, is_backup_due};
use crate::form::button;
use crate::host::host_notices;
use crate::keys::on_key;
use crate::lines::Lines;
use crate::model::{Effect, Model, Moment, Msg, Notice, Opening, Theme};
use crate::order::{Draw, Part, customs, head, selling};
use crate::orders::{has_order_sheet, order_sheet, orders_page};
use crate::pictures::{FIELD, refused_notice};
use crate::policy::policy_page;
use crate::quotation::Quotation;
use crate::quotes::quotes_page;
use crate::reading::{Kind, Reading, read};
use crate::receiving::{has_receiving_sheet, receiving_page, receiving_sheet};
use crate::route::Route;
use crate::saved::saved_page;
use crate::say::say;
use crate::store::{Place, StoreEvent, WorkEvent};
use crate::suppliers::suppliers_page;
use crate::tree;
use crate::update::update;
use crate::week::{has_week_sheet, week_page, week_sheet};

/// What the browser does for the page, and reports.
pub trait Ports {
    /// Starts to report what happens by itself.
    fn listen(&self, report: Callback<Msg>);
    /// The time, and an id that was never given before.
    fn moment(&self) -> Moment;
    /// Does what is asked; what comes of it is reported.
    fn perform(&self, effect: Effect, report: &Callback<Msg>);
}

/// What the page opens with.
#[derive(Properties, Clone)]
pub struct AppProps {
    /// What is known at the start.
    pub opening: Opening,
    /// What the browser does for the page.
    pub ports: Rc<dyn Ports>,
}

impl PartialEq for AppProps {
    fn eq(&self, other: &AppProps) -> bool {
        Rc::ptr_eq(&self.ports, &other.ports)
    }
}

/// The whole interface. It holds the model: messages change it, and the ports perform what follows.
pub struct App {
    model: Rc<Model>,
    report: Callback<Msg>,
    /// How many acts of the reader wait to be taken up. Messages wait where the scheduler lets the browser
    /// have its turn, and what was typed then is typed into what is shown.
    acts: Rc<Cell<usize>>,
}

/// Whether it brings records from elsewhere.
const fn is_foreign(msg: &Msg) -> bool {
    matches!(
        msg,
        Msg::Step | Msg::Store(StoreEvent::Changed(_) | StoreEvent::Committed(..))
    )
}

impl App {
    /// What becomes of an event by an act of the reader.
    fn act<E: 'static>(&self, ctx: &Context<App>, read: fn(E) -> Option<Msg>) -> Callback<E> {
        let acts = Rc::clone(&self.acts);
        ctx.link().batch_callback(move |event| {
            let msg = read(event);
            if msg.is_some() {
                acts.set(acts.get().saturating_add(1));
            }
            msg.map(Arrival::Act)
        })
    }
}

/// A message on its way.
pub enum Arrival {
    /// The reader did something with what is shown.
    Act(Msg),
    /// The browser reports something.
    Report(Msg),
}

impl Component for App {
    type Message = Arrival;
    type Properties = AppProps;

    fn create(ctx: &Context<App>) -> App {
        let AppProps { opening, ports } = ctx.props();
        let (model, effects) = Model::open(opening.clone());
        let report = ctx.link().callback(Arrival::Report);
        ports.listen(report.clone());
        for effect in effects {
            ports.perform(effect, &report);
        }
        App {
            model: Rc::new(model),
            report,
            acts: Rc::default(),
        }
    }

    fn update(&mut self, ctx: &Context<App>, arrival: Arrival) -> bool {
        let msg = match arrival {
            Arrival::Act(msg) => {
                self.acts.set(self.acts.get().saturating_sub(1));
                msg
            }
            // What was typed into a record belongs to the record as it is shown: what is new of it comes after.
            Arrival::Report(msg) if is_foreign(&msg) && self.acts.get() > 0 => {
                self.report.emit(msg);
                return false;
            }
            Arrival::Report(msg) => msg,
        };
        // Each keystroke has its timer; only that of the last one changes anything.
        if matches!(msg, Msg::Settled(change) if change != self.model.change) {
            return false;
        }
        // Parts of what is loaded or read: shown once all of it is there.
        let is_part = matches!(
            msg,
            Msg::Store(StoreEvent::Rows(_)) | Msg::Work(WorkEvent::Records(_))
        );
        let moment = ctx.props().ports.moment();
        let (model, effects) = update(&self.model, moment, msg);
        self.model = Rc::new(model);
        for effect in effects {
            ctx.props().ports.perform(effect, &self.report);
        }
        // What is typed meanwhile would be written over by what is drawn now: the last act draws.
        !is_part && self.acts.get() == 0
    }

    fn view(&self, ctx: &Context<App>) -> Html {
        let model = &self.model;
        let has_sheet = has_sheet(model);
        html! {
            <div class="shell"
                oninput={self.act(ctx, on_input)}
                onchange={self.act(ctx, on_file)}
                onfocusout={self.act(ctx, on_leave)}
                onclick={self.act(ctx, on_press)}
                onkeydown={self.act(ctx, on_key)}>
                { navigation(model) }
                <main class={classes!("page", has_sheet.then_some("no-print"))} id="main">
                    { notices(model) }
                    { match model.route {
                        Route::Cost => cost(model),
                        Route::Saved => titled(model, saved_page(model)),
                        Route::Orders => titled(model, orders_page(model)),
                        Route::Suppliers => titled(model, suppliers_page(model)),
                        Route::Receiving => titled(model, receiving_page(model)),
                        Route::Week => titled(model, week_page(model)),
                        Route::Quotes => titled(model, quotes_page(model)),
                        Route::Policy => titled(model, policy_page(model)),
                        Route::Data => titled(model, data_page(model)),
                    } }
                </main>
                if model.is_printing && has_sheet { { sheet(model) } }
            </div>
        }
    }
}

/// The field of an event.
fn field(event: &Event) -> Option<HtmlInputElement> {
    // Text areas and lists have the same properties.
    let field = event.target()?.unchecked_into::<HtmlInputElement>();
    let is_field = matches!(field.tag_name().as_str(), "INPUT" | "SELECT" | "TEXTAREA");
    (is_field && !field.name().is_empty()).then_some(field)
}

fn on_input(event: InputEvent) -> Option<Msg> {
    let field = field(&event)?;
    let name = field.name();
    match field.type_().as_str() {
        "file" => None,
        "checkbox" => match name.strip_suffix(".compare") {
            Some(saved) => Some(Msg::Pressed(saved.to_owned(), "compare".to_owned())),
            None => {
                let text = if field.checked() { "true" } else { "" };
                Some(Msg::Typed(name, text.to_owned()))
            }
        },
        _ => Some(Msg::Typed(name, field.value())),
    }
}

fn on_file(event: Event) -> Option<Msg> {
    let field = field(&event).filter(|field| field.type_() == "file")?;
    let files = field.files()?;
    let files: Vec<File> = (0..files.length()).filter_map(|at| files.get(at)).collect();
    let first = files.first()?.clone();
    let name = field.name();
    // So that the same file can be chosen again.
    field.set_value("");
    Some(match name.starts_with(FIELD) {
        true => Msg::Photos(name, files),
        false => Msg::Chose(first),
    })
}

fn on_leave(event: FocusEvent) -> Option<Msg> {
    field(&event).map(|field| Msg::Left(field.name()))
}

fn on_press(event: MouseEvent) -> Option<Msg> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let button = target.closest("button[name]").ok()??;
    let attribute = |name| button.get_attribute(name).unwrap_or_default();
    Some(Msg::Pressed(attribute("name"), attribute("value")))
}

/// A page under its name.
fn titled(model: &Model, page: Html) -> Html {
    html! { <><h1>{ page_name(model.locale, model.route) }</h1>{ page }</> }
}

/// What a page is called.
fn page_name(locale: Locale, route: Route) -> &'static str {
    match route {
        Route::Cost => say(locale, "Landed cost", "到岸成本"),
        Route::Saved => say(locale, "Saved", "已保存"),
        Route::Orders => say(locale, "Orders", "订单"),
        Route::Suppliers => say(locale, "Suppliers", "供应商"),
        Route::Receiving => say(locale, "Receiving", "收货"),
        Route::Week => say(locale, "This week", "本周"),
        Route::Quotes => say(locale, "Quotes", "比价"),
        Route::Policy => say(locale, "Policy", "采购政策"),
        Route::Data => say(locale, "Data", "数据"),
    }
}

/// The pages, and how they look.
pub fn navigation(model: &Model) -> Html {
    let locale = model.locale;
    let pages = Route::ALL.into_iter().enumerate().map(|(index, route)| {
        let name = page_name(locale, route);
        let current = (route == model.route).then_some("page");
        let further = (index >= Route::IN_BAR).then_some("further");
        html! { <a href={route.fragment()} aria-current={current} class={classes!(further)}>{ name }</a> }
    });
    let is_further = Route::ALL
        .iter()
        .skip(Route::IN_BAR)
        .any(|route| *route == model.route);
    let themes = Theme::ALL.map(|theme| {
        let name = match theme {
            Theme::Auto => say(locale, "Auto", "自动"),
            Theme::Light => say(locale, "Light", "浅色"),
            Theme::Dark => say(locale, "Dark", "深色"),
        };
        (theme.name(), name, theme == model.theme)
    });
    html! {
        <header class="side no-print">
            <p class="brand">{ "Landfall" }</p>
            <nav aria-label={say(locale, "Pages", "页面")} class={classes!(model.is_more.then_some("open"))}>
                { for pages }
                <button type="button" class={classes!("all", is_further.then_some("current"))} name="more" value="toggle" aria-expanded={model.is_more.to_string()}>
                    { say(locale, "More", "更多") }
                </button>
            </nav>
            <div class="settings">
                <p class="quiet kept">{ kept(model) }</p>
                <select name="theme" aria-label={say(locale, "Colours", "配色")}>
                    { for themes.map(|(key, name, is_chosen)| html! { <option value={key} selected={is_chosen}>{ name }</option> }) }
                </select>
                <span class="languages">
                    { for Locale::ALL.map(|other| {
                        let name = say(other, "English", "简体中文");
                        html! { <button type="button" name="language" value={other.tag()} lang={other.tag()}
                            aria-pressed={(other == locale).to_string()}>{ name }</button> }
                    }) }
                </span>
            </div>
        </header>
    }
}

/// Whether what is shown is stored.
fn kept(model: &Model) -> &'static str {
    let locale = model.locale;
    let storage = &model.storage;
    match storage.place() {
        Some(_) if model.own.is_some() => say(locale, "From a link, not saved", "来自链接，未保存"),
        Some(_) if storage.newer.is_some() => say(locale, "Read only", "只读"),
        Some(Place::Memory) => say(locale, "Not stored on this device", "未保存在本机"),
        Some(_) if storage.refused.is_some() || (storage.fault.is_some() && !storage.is_loaded) => {
            say(locale, "Not saved", "未保存")
        }
        Some(_) if model.pictures.refused().next().is_some() => say(locale, "Not saved", "未保存"),
        Some(_) if storage.is_settled() && !model.kept.is_ahead && !model.pictures.is_working() => {
            say(locale, "Saved on this device", "已保存在本机")
        }
        Some(Place::Indexed | Place::Local) | None => say(locale, "Saving …", "正在保存…"),
    }
}

/// What the page has to say of where the records are.
fn storage_notice(model: &Model) -> Html {
    let locale = model.locale;
    if let Some(version) = model.storage.newer {
        let text = match locale {
            Locale::En => format!(
                "The data in this browser is of version {version}, newer than this page. It can be looked at and exported; nothing is changed. Reload the page to get the current one."
            ),
            Locale::Zh => format!(
                "本机数据的版本（{version}）比本页面新：可以查看和导出，不会作任何改动。请刷新页面以获取新版本。"
            ),
        };
        return html! { <p class="notice wait">{ text }</p> };
    }
    if model.storage.place() == Some(Place::Memory) {
        return html! {
            <p class="notice wait">{ say(locale,
                "This browser doesn’t let the page store anything: what you type is gone when you close it. Export what you want to keep.",
                "浏览器不允许本页面存储数据：关闭页面后内容会丢失。请导出需要保留的内容。") }</p>
        };
    }
    if let Some(fault) = &model.storage.fault {
        let text = say(
            locale,
            "The database of this browser can’t be opened, so your records aren’t shown; they are not touched. Reload the page; if that doesn’t help, open the rescue page.",
            "浏览器数据库无法打开，因此未显示您的记录；记录未被改动。请刷新页面；如仍无效，请打开救援页面。",
        );
        return html! {
            <div class="notice stop">
                <p>{ text }<span class="quiet">{ format!(" ({fault})") }</span></p>
                <p><a href="rescue.html">{ say(locale, "Rescue page", "救援页面") }</a></p>
            </div>
        };
    }
    match &model.storage.refused {
        None => html! {},
        Some(reason) => html! {
            <div class="notice stop">
                <p>{ say(locale,
                    "The last change could not be stored. It is still here: free some space and try again, or export everything before you close the page.",
                    "最近的改动未能保存，内容还在页面上：请腾出空间后重试，或先导出全部数据再关闭页面。") }
                    <span class="quiet">{ format!(" ({reason})") }</span></p>
                { button("storage", "retry", say(locale, "Try again", "重试")) }{ " " }
                { button("data", "export", say(locale, "Export everything", "导出全部数据")) }
            </div>
        },
    }
}

/// What the page has to say.
pub fn notices(model: &Model) -> Html {
    let locale = model.locale;
    html! {
        <div role="status">
            if let Some(Notice { is_bad, text }) = &model.notice {
                <div class={classes!("notice", if *is_bad { "stop" } else { "go" })}>
                    { for text.iter().map(|text| html! { <p>{ text }</p> }) }
                    { button("notice", "close", say(locale, "Close", "知道了")) }
                </div>
            }
            if let Some((_, saved)) = &model.removed {
                <p class="undo">
                    { match locale {
                        Locale::En => format!("“{}” is deleted. ", saved.name),
                        Locale::Zh => format!("已删除“{}”。", saved.name),
                    } }
                    { button("removed", "undo", say(locale, "Bring it back", "恢复")) }{ " " }
                    { button("removed", "close", say(locale, "Close", "知道了")) }
                </p>
            }
            { storage_notice(model) }
            { refused_notice(model) }
            if is_backup_due(model) {
                <div class="notice wait">
                    <p>{ say(locale,
                        "Your last backup is six days old or more. Some browsers clear what a page stored after a week without a visit.",
                        "距上次备份已有六天以上。部分浏览器在一周未访问后会清除网页数据。") }</p>
                    { button("data", "export", say(locale, "Back up now", "立即备份")) }
                </div>
            }
            { host_notices(locale, &model.host) }
            if model.destinations.is_empty() {
                <p class="notice wait">{ say(locale,
                    "The data of the destinations could not be loaded. Everything can be filled in by hand; reload to try again.",
                    "目的地数据未能加载。您仍可手工填写，或刷新页面重试。") }</p>
            }
            if model.own.is_some() {
                <div class="notice go">
                    <p>{ say(locale, "This order came by a link. Your own is kept.", "这是通过链接打开的订单，您自己的订单仍保留。") }</p>
                    { button("order", "keep", say(locale, "Go on with this one", "继续用这个")) }
                    { " " }
                    { button("order", "back", say(locale, "Back to mine", "回到我的订单")) }
                </div>
            }
            if let (true, None) = (model.undo.is_some(), &model.own) {
                <p class="undo">{ button("order", "undo", say(locale, "Undo the last change", "撤销上一步")) }</p>
            }
        </div>
    }
}

/// The margin aimed at.
fn margin(model: &Model) -> Option<Decimal> {
    let typed = tree::text_at(&model.draft.selling, "targetMarginPercent");
    match read(typed, Kind::Percent, model.locale) {
        Reading::Read(margin) => parse_decimal(&margin).ok(),
        Reading::Blank | Reading::Ambiguous(_) | Reading::Refused(_) => None,
    }
}

/// What a quotation says of the order beside its figures.
fn quoted(model: &Model) -> Vec<String> {
    let fills = model.fills();
    let place = fills.place(model.locale);
    let mut notes = Vec::new();
    if !place.is_empty() {
        notes.push(place);
    }
    notes
}

/// Whether the page prints as a sheet of its own. What is wrong or missing prints as the form, and never as a
/// quotation.
fn has_sheet(model: &Model) -> bool {
    match model.supplier_key() {
        _ if has_order_sheet(model) || has_receiving_sheet(model) || has_week_sheet(model) => true,
        // What else there is of receiving and of weeks prints as it stands.
        _ if matches!(model.route, Route::Receiving | Route::Week) => false,
        Some(key) => key.kind == record::Kind::Supplier && model.desk_of(&key).is_some(),
        None => model.outcome.is_some() && model.faults.is_empty(),
    }
}

/// What the page prints as.
pub fn sheet(model: &Model) -> Html {
    let order = has_order_sheet(model).then(|| order_sheet(model)).flatten();
    let receipt = || {
        has_receiving_sheet(model)
            .then(|| receiving_sheet(model))
            .flatten()
    };
    let week = || has_week_sheet(model).then(|| week_sheet(model)).flatten();
    let sheet = order.or_else(receipt).or_else(week);
    let sheet = sheet.or_else(|| brief(model));
    sheet.unwrap_or_else(|| quotation(model))
}

/// The order as it prints.
pub fn quotation(model: &Model) -> Html {
    let Some(outcome) = &model.outcome else {
        return html! {};
    };
    html! {
        <Quotation locale={model.locale} outcome={outcome.clone()} name={model.title()}
            notes={quoted(model)} today={model.today.to_string()} margin={margin(model)} />
    }
}

/// The order and its cost.
pub fn cost(model: &Rc<Model>) -> Html {
    let locale = model.locale;
    let is_old = !model.faults.is_empty();
    html! {
        <>
            <div class="head">
                <h1 class="hidden">{ say(locale, "Landed cost", "到岸成本") }</h1>
                <input class="title" name="name" value={model.draft.name.clone()} placeholder={model.title()}
                    aria-label={say(locale, "Name of the order", "订单名称")} autocomplete="off" />
                <div class="actions">
                    { button("order", "save", say(locale, "Save", "保存")) }
                    { button("placing", "fromCost", say(locale, "Check this order", "检查此订单")) }
                    { button("order", "share", say(locale, "Share", "分享")) }
                    { button("order", "export", say(locale, "Export", "导出")) }
                    { button("order", "csv", say(locale, "Table", "表格")) }
                    { button("order", "print", say(locale, "Print", "打印")) }
                    { button("order", "clear", say(locale, "New order", "新订单")) }
                </div>
            </div>
            if let Some(link) = &model.link {
                <div class="notice go">
                    <label for="link">{ say(locale, "The order is in this link; nothing is sent to a server.", "订单内容就在链接里，不会发送到任何服务器。") }</label>
                    <input id="link" class="link-text" readonly=true value={link.clone()} />
                    { button("link", "copy", say(locale, "Copy", "复制")) }{ " " }
                    { button("link", "close", say(locale, "Close", "关闭")) }
                </div>
            }
            if model.draft.is_example {
                <div class="notice go">
                    <p>{ say(locale, "This is a worked example: change anything and watch the answer.", "这是一个示例订单：随意修改，结果立即更新。") }</p>
                    { button("order", "clear", say(locale, "Start with your own order", "开始填写自己的订单")) }
                </div>
            }
            <div class="columns">
                <form class="order" autocomplete="off" aria-label={say(locale, "The order", "订单")}
                    onsubmit={|event: SubmitEvent| event.prevent_default()}>
                    { summary(model) }
                    <Part model={model.clone()} draw={Draw(head)} />
                    <Lines model={model.clone()} />
                    <Charges model={model.clone()} />
                    <Part model={model.clone()} draw={Draw(customs)} />
                    <Part model={model.clone()} draw={Draw(selling)} />
                    <p class="quiet">
                        { say(locale, "For your own program: ", "供您自己的程序使用：") }
                        { button("order", "request", say(locale, "the request as JSON, with everything filled in", "导出完整的 JSON 请求")) }
                    </p>
                </form>
                <section class="result" aria-label={say(locale, "Result", "结果")}>
                    if let Some(outcome) = &model.outcome {
                        <Headline {locale} outcome={outcome.clone()} {is_old} />
                        <Answer {locale} outcome={outcome.clone()} {is_old} margin={margin(model)}
                            announce={announced(model)} />
                    } else {
                        <p class="quiet waiting">{ say(locale,
                            "The cost stands here as soon as price, quantity and exchange rate are known.",
                            "填好单价、数量和汇率后，这里立即显示成本。") }</p>
                    }
                </section>
            </div>
        </>
    }
}

/// What is said to those who hear the page: only when typing has ended.
fn announced(model: &Model) -> String {
    match (&model.outcome, &model.typing) {
        (Some(outcome), None) => announcement(model.locale, outcome),
        _ => String::new(),
    }
}

/// What is wrong, each with a way to its field; what is merely missing is said apart.
fn summary(model: &Model) -> Html {
    let locale = model.locale;
    let typing = model.typing.as_deref();
    let faults: Vec<_> = model
        .faults
        .iter()
        .chain(model.selling_faults.iter())
        .filter(|fault| typing != Some(fault.path.as_str()))
        .collect();
    if faults.is_empty() {
        return html! {};
    }
    let is_wrong = faults.iter().any(|fault| !fault.is_missing());
    let items = faults.iter().take(8).map(|fault| {
        let sentence = match place(locale, &fault.path) {
            whole if whole.is_empty() => fault.sentence(locale),
            place => format!("{place}: {}", fault.sentence(locale)),
        };
        html! { <li>{ button(&fault.path, "focus", &sentence) }</li> }
    });
    let more = faults.len().saturating_sub(8);
    html! {
        <div class={classes!("notice", if is_wrong { "stop" } else { "wait" })} role="status">
            <h2>{ if is_wrong { say(locale, "To be corrected", "需要更正") } else { say(locale, "Still to be filled in", "还需填写") } }</h2>
            <ul>{ for items }</ul>
            if more > 0 { <p class="quiet">{ match locale {
                Locale::En => format!("and {more} more"),
                Locale::Zh => format!("另有 {more} 处"),
            } }</p> }
        </div>
    }
}

/// What fields are called in a sentence.
const FIELDS: [(&str, &str, &str); 75] = [
    ("additionalDutyPercent", "extra duty", "加征关税"),
    ("advertisingPercent", "advertising", "广告占比"),
    ("against", "limits measured by", "限额对照"),
    ("allocateBy", "shared by", "分摊依据"),
    ("amount", "amount", "金额"),
    ("asOf", "date of the rate", "汇率日期"),
    ("base", "base of the percentage", "基数"),
    ("basis", "customs value", "完税价格口径"),
    ("charges", "charges", "费用"),
    ("cnyPerUnit", "exchange rate", "汇率"),
    ("component", "kind", "类别"),
    ("currency", "currency", "币种"),
    ("customsValueAbove", "customs value above", "完税价格高于"),
    ("customsValueUpTo", "customs value up to", "完税价格不超过"),
    ("defectPercent", "defects", "次品率"),
    ("description", "description", "品名"),
    ("destination", "destination", "目的地"),
    ("divisor", "volume divisor", "体积重除数"),
    (
        "dutiableComponents",
        "parts of the customs value",
        "计入完税价格的费用",
    ),
    (
        "dutiablePercent",
        "share in the customs value",
        "计入完税价格的比例",
    ),
    ("dutyPercent", "duty", "关税"),
    ("dutyPerKg", "duty per kg", "从量税（每公斤）"),
    ("dutyPerUnit", "duty per unit", "从量税（每件）"),
    ("dutyUpTo", "no duty up to", "免关税限额"),
    ("entryDate", "day of entry", "入境日期"),
    (
        "feeKeptOnRefundPercent",
        "fees kept on a refund",
        "退款时平台扣留费用",
    ),
    ("feePercent", "platform and payment fees", "平台及支付费率"),
    ("firstAmount", "amount of the first kg", "首重价"),
    ("firstKg", "first kg", "首重"),
    ("fixedPerOrder", "fixed cost an order", "每单固定成本"),
    ("fromKg", "from kg", "分段起始重量"),
    ("grossKg", "carton gross weight", "整箱毛重"),
    ("heightCm", "height", "高"),
    ("homeCurrency", "your currency", "本位币"),
    ("kgPerCbm", "kg of a cubic metre", "每立方米折合公斤"),
    ("label", "name", "名称"),
    ("lengthCm", "length", "长"),
    ("lines", "lines", "明细"),
    ("maximum", "at most", "最高"),
    ("minimum", "at least", "最低"),
    ("minimumKg", "least weight", "最低计重"),
    ("minimumTons", "least tons", "最低计费吨"),
    ("mode", "mode", "运输方式"),
    ("nextAmount", "amount of each further kg", "续重价"),
    ("nextKg", "each further kg", "续重"),
    ("order", "order", "所属订单"),
    ("percent", "percent", "百分比"),
    ("quantity", "quantity", "数量"),
    ("resaleablePercent", "returns sold again", "退货可再售"),
    ("returnHandling", "handling a return", "每件退货处理费"),
    ("returnPercent", "returns", "退货率"),
    ("roundUpToKg", "rounded up to", "进位"),
    ("sku", "SKU", "SKU"),
    ("spreadPercent", "bank’s spread", "换汇点差"),
    ("targetMarginPercent", "target margin", "目标利润率"),
    ("taxInPricePercent", "sales tax in the price", "价内销售税"),
    ("unitPriceCny", "1688 price", "1688 单价"),
    ("units", "units a carton", "每箱件数"),
    ("unitWeightKg", "weight each", "单重"),
    ("upTo", "up to", "不超过"),
    ("rate", "rate", "费率"),
    ("breaks", "weight breaks", "分段"),
    ("tiers", "tiers", "档"),
    ("type", "way of charging", "计费方式"),
    ("per", "weighed", "计重单位"),
    ("taxable", "in the VAT base", "计入增值税税基"),
    (
        "taxableComponents",
        "parts of the VAT base",
        "计入增值税税基的费用",
    ),
    ("vatPercent", "VAT", "增值税"),
    (
        "vatUpliftPercent",
        "uplift of the VAT base",
        "增值税税基上浮",
    ),
    ("vatUpTo", "no VAT up to", "免增值税限额"),
    ("when", "condition", "条件"),
    ("widthCm", "width", "宽"),
    ("carton", "carton", "箱规"),
    ("exchangeRate", "exchange rate", "汇率"),
    ("modes", "modes", "运输方式"),
];

/// Where a field is, in words.
pub fn place(locale: Locale, path: &str) -> String {
    let number = |index: usize| index.saturating_add(1);
    let (group, rest) = if let Some((index, rest)) = tree::item(path, "lines") {
        let group = match locale {
            Locale::En => format!("Line {}, ", number(index)),
            Locale::Zh => format!("第 {} 行，", number(index)),
        };
        (group, rest)
    } else if let Some((index, rest)) = tree::item(path, "charges") {
        let group = match locale {
            Locale::En => format!("Charge {}, ", number(index)),
            Locale::Zh => format!("费用 {}，", number(index)),
        };
        (group, rest)
    } else if path.starts_with("fees.") {
        (
            say(locale, "Destination fee, ", "目的地费用，").to_owned(),
            path,
        )
    } else {
        (String::new(), path)
    };
    let name = match rest.strip_prefix("exchangeRate.others.") {
        Some(code) => code,
        None => {
            let last = rest.rsplit('.').next().unwrap_or(rest);
            let known = FIELDS.iter().find(|(field, _, _)| *field == last);
            known.map_or(last, |(_, en, zh)| say(locale, en, zh))
        }
    };
    let place = format!("{group}{name}");
    // What is wrong with a whole line or charge names no field.
    place.trim_end_matches([',', ' ', '，']).to_owned()
}
