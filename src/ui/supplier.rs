//! A supplier: what is known of it against what the owner asks for, how it performs, and what was decided.

use landfall::check::Named;
use landfall::json::Json;
use landfall::policy::Policy;
use landfall::supplier::{
    Axis, AxisReading, ChecklistItem, CreditGrade, Membership, PerformanceAxis, Readiness, RedFlag,
    Risk, State, SupplierGrade, SupplierScore,
};
use landfall_words::{self as words, Locale};
use landfall_workspace::rows::{Approval, Field, Instant, Supplier, SupplierStatus};
use yew::prelude::*;

use crate::brief::brief_text;
use crate::desk::{Desk, faults_of};
use crate::form::{Form, Given, button, named, options};
use crate::inquiry::inquiries;
use crate::model::{Effect, Fault, Model, What};
use crate::samples::articles;
use crate::say::say;
use crate::standing::{Known, Quoted, answered, grade, quoted, score};
use crate::suppliers::{grade_mark, status_mark, status_name, supplier_name};
use crate::time::shown_instant;
use crate::tree::{self, Tree};
use crate::week::decided_by;

/// Under this name stands what is typed of a decision that isn't made yet: who, why, a price range.
pub const ACT: &str = "act";
const BY: &str = "act.by";

/// A supplier as it stands on the desk.
pub struct Standing<'m> {
    /// Its id.
    pub id: &'m str,
    /// Its row, as far as it can be read.
    pub supplier: Supplier,
    /// How far it is trusted.
    pub status: SupplierStatus,
    /// What is known of it, judged; `None` only where figures are too large.
    pub score: Option<SupplierScore>,
    /// What is wrong with its fields by the rules of judging.
    faults: Vec<Fault>,
    /// How it performs.
    pub grade: Option<SupplierGrade>,
    /// How many orders the log has.
    pub orders: usize,
    /// What it asks for articles, beside what others ask.
    pub quoted: Vec<Quoted>,
}

impl<'m> Standing<'m> {
    /// Of the supplier on the desk.
    pub fn of(model: &Model, desk: &'m Desk) -> Standing<'m> {
        let id = desk.key.id();
        let supplier = Supplier::make(Some(&desk.read));
        let deeds = model.tracker.deeds_of(id);
        let quoted = quoted(&model.workspace, id, &deeds.skus);
        let policy: &Policy = &model.policy();
        let prices: Vec<_> = quoted.iter().map(|quoted| quoted.price.clone()).collect();
        let (score, issues) = score(&desk.read, &supplier.inquiries, &prices, policy);
        let known = Known {
            policy,
            today: model.today,
            offset: model.offset,
            inquiries: &supplier.inquiries,
        };
        Standing {
            id,
            status: model.status_of(id, supplier.status),
            score,
            faults: faults_of(issues, |path| {
                let path = path.strip_prefix("supplier.")?;
                Some(format!("desk.{path}"))
            }),
            grade: grade(&deeds, &known),
            orders: deeds.orders(),
            quoted,
            supplier,
        }
    }

    /// What is known on an axis.
    pub fn reading(&self, axis: Axis) -> Option<&AxisReading> {
        let mut readings = self.score.as_ref()?.evidence.iter();
        readings.find(|reading| reading.axis == axis)
    }
}

/// What an act needs and isn't filled in, of the fields that were left.
pub fn act_faults(model: &Model, desk: &Desk, names: &[&str]) -> Vec<Fault> {
    let blank = names.iter().filter(|name| is_blank(desk, name));
    let paths = blank.map(|name| format!("desk.{ACT}.{name}"));
    let left = paths.filter(|path| model.left.contains(path));
    let fault = |path| Fault {
        path,
        what: What::Issue(landfall::issue::Problem::Required),
    };
    left.map(fault).collect()
}

fn is_blank(desk: &Desk, name: &str) -> bool {
    act(desk, name).trim().is_empty()
}

/// What was typed of an act.
pub fn act<'d>(desk: &'d Desk, name: &str) -> &'d str {
    let found = tree::get(&desk.typed, ACT);
    found.map_or("", |found| tree::text_at(found, name))
}

impl Model {
    /// Whether everything that an act needs is filled in; otherwise what is missing is shown.
    pub(crate) fn is_act_ready(&mut self, names: &[&str], effects: &mut Vec<Effect>) -> bool {
        let Some(desk) = &self.desk else { return false };
        let missing = names.iter().find(|name| is_blank(desk, name));
        let Some(missing) = missing else { return true };
        let left = std::rc::Rc::make_mut(&mut self.left);
        left.extend(names.iter().map(|name| format!("desk.{ACT}.{name}")));
        effects.push(Effect::Focus(format!("desk.{ACT}.{missing}")));
        false
    }

    /// What was decided is stored at once, and what was typed for it goes.
    pub(crate) fn decide_on_desk(&mut self, change: impl FnOnce(&mut Tree)) -> Vec<Effect> {
        let effects = self.change_desk(|typed| {
            change(typed);
            // Who decides is likely to decide again.
            let by = tree::get(typed, BY).cloned();
            tree::set(typed, ACT, None);
            tree::set(typed, BY, by);
        });
        self.left = std::rc::Rc::default();
        self.typing = None;
        self.keep_desk();
        effects
    }

    /// A button of a supplier.
    pub(crate) fn pressed_supplier(&mut self, action: &str) -> Vec<Effect> {
        let Some(desk) = self.desk.clone() else {
            return Vec::new();
        };
        if let Some(to) = action.strip_prefix("status:").and_then(named) {
            return self.decide_status(&desk, to);
        }
        if let Some(tag) = action.strip_prefix("brief:") {
            let locale = Locale::from_tag(tag).unwrap_or(self.locale);
            let standing = Standing::of(self, &desk);
            return vec![Effect::Copy(brief_text(self, &standing, locale))];
        }
        match action {
            "print" => {
                self.is_printing = true;
                vec![Effect::Print]
            }
            _ => Vec::new(),
        }
    }

    fn decide_status(&mut self, desk: &Desk, to: SupplierStatus) -> Vec<Effect> {
        let mut effects = Vec::new();
        if !may_decide(self, to) || !self.is_act_ready(&["by", "reason"], &mut effects) {
            return effects;
        }
        let supplier = Supplier::make(Some(&desk.read));
        let approval = Approval {
            from: Some(supplier.status),
            status: to,
            by: act(desk, "by").trim().into(),
            at: Instant(self.moment.at.clone()),
            reason: Some(act(desk, "reason").trim().into()),
        };
        let approval = approval.write().map(Json::into_owned);
        self.decide_on_desk(|typed| {
            push(typed, "approvals", approval.unwrap_or(Json::Null));
            tree::set(typed, "status", Some(tree::text(to.name())));
        })
    }
}

/// Appends to a list, which is made where there is none.
pub fn push(tree: &mut Tree, list: &str, item: Tree) {
    let mut items = match tree::get(tree, list) {
        Some(Json::List(items)) => items.clone(),
        Some(_) | None => Vec::new(),
    };
    items.push(item);
    tree::set(tree, list, Some(Json::List(items)));
}

/// Whether who works here may give a supplier this status: anybody may stop one, the owner decides the rest.
fn may_decide(model: &Model, to: SupplierStatus) -> bool {
    to == SupplierStatus::Suspended || model.is_owner()
}

/// The page of a supplier.
pub fn supplier_page(model: &Model, desk: &Desk) -> Html {
    let standing = Standing::of(model, desk);
    let mut faults = model.desk_faults();
    faults.extend(act_faults(model, desk, &["by", "reason"]));
    for fault in &standing.faults {
        let is_shown = model.typing.as_deref() != Some(&fault.path);
        if is_shown && !faults.iter().any(|other| other.path == fault.path) {
            faults.push(fault.clone());
        }
    }
    let filled = answered(&standing.supplier.inquiries);
    let given = |name: &str| given(model.locale, &filled, name);
    let form = Form {
        locale: model.locale,
        at: "desk",
        tree: &desk.typed,
        faults: &faults,
        given: &given,
    };
    html! {
        <>
            { verdict(model, &standing) }
            { who(model, &form) }
            { checklist(model, &form, &standing) }
            { red_flags(model, &form, &standing) }
            { inquiries(model, &form, &standing.supplier.inquiries) }
            { evidence(model, &form, &standing) }
            { payment(model, &form, &standing) }
            { articles(model, desk, &form, &standing) }
            { performance(model, &standing) }
            { decisions(model, &form, &standing) }
        </>
    }
}

/// What an answer to an inquiry says of a field, under what is typed.
fn given(locale: Locale, filled: &[(&'static str, Tree)], name: &str) -> Option<Given> {
    let (_, value) = filled.iter().find(|(path, _)| *path == name)?;
    let value = match value {
        Json::Text(text) => text.to_string(),
        Json::Boolean(flag) => flag.to_string(),
        Json::Null | Json::Integer(_) | Json::Inexact | Json::List(_) | Json::Object(_) => {
            return None;
        }
    };
    let from = say(locale, "from the answer to the inquiry", "来自询盘回复");
    Some(Given {
        value,
        from: Some(html! { <p class="note">{ from }</p> }),
    })
}

/// The name and how it stands: the first thing to be seen.
fn verdict(model: &Model, standing: &Standing<'_>) -> Html {
    let locale = model.locale;
    let supplier = &standing.supplier;
    let (class, word, sentence) = match standing.status {
        SupplierStatus::New => match standing.score.as_ref().map(|score| score.readiness) {
            Some(readiness) => (
                readiness_class(readiness),
                readiness_word(locale, readiness),
                words::readiness(locale, readiness).to_owned(),
            ),
            None => (
                "wait",
                readiness_word(locale, Readiness::Incomplete),
                String::new(),
            ),
        },
        SupplierStatus::Whitelisted => (
            "go",
            status_name(locale, SupplierStatus::Whitelisted),
            say(
                locale,
                "Staff may reorder inside the agreed price ranges.",
                "员工可在约定价范围内补货。",
            )
            .to_owned(),
        ),
        SupplierStatus::Suspended => (
            "stop",
            status_name(locale, SupplierStatus::Suspended),
            say(
                locale,
                "Nothing is ordered here until the owner decides otherwise.",
                "在负责人另行决定前，不得在此下单。",
            )
            .to_owned(),
        ),
    };
    html! {
        <section class="part" aria-labelledby="supplier-name">
            <h2 id="supplier-name" class="record-name">{ supplier_name(locale, supplier).to_owned() }
                if standing.status == SupplierStatus::New { { " " }{ status_mark(locale, standing.status) } }
                { " " }<span class="grade">{ say(locale, "Grade ", "评级 ") }{ grade_mark(locale, standing.grade.as_ref()) }</span>
            </h2>
            <div class={classes!("readiness", class)} role="status">
                <p class="word">{ word }</p>
                <p>{ sentence }</p>
            </div>
            <p class="actions">
                <button type="button" class="primary" name="supplier" value="print">{ say(locale, "Print the brief", "打印简报") }</button>
                { button("supplier", "brief:zh", say(locale, "Copy the brief in Chinese", "复制中文简报")) }
                { button("supplier", "brief:en", say(locale, "Copy the brief in English", "复制英文简报")) }
            </p>
            if !model.is_owner() {
                <p class="quiet">{ say(locale,
                    "Only the owner approves a supplier: send the brief.",
                    "只有负责人能批准供应商：请把简报发给负责人。") }</p>
            }
        </section>
    }
}

/// The verdict's colour.
const fn readiness_class(readiness: Readiness) -> &'static str {
    match readiness {
        Readiness::ReadyForApproval => "go",
        Readiness::Incomplete => "wait",
        Readiness::NotReady => "stop",
    }
}

/// The verdict in a word or two. It never says approved.
pub const fn readiness_word(locale: Locale, readiness: Readiness) -> &'static str {
    match readiness {
        Readiness::ReadyForApproval => say(locale, "Ready for approval", "可以报批"),
        Readiness::Incomplete => say(locale, "Incomplete", "资料不全"),
        Readiness::NotReady => say(locale, "Not ready", "不能报批"),
    }
}

fn who(model: &Model, form: &Form<'_>) -> Html {
    let locale = model.locale;
    html! {
        <section class="part" aria-labelledby="who">
            <h2 id="who">{ say(locale, "Who it is", "基本信息") }</h2>
            <div class="cells">
                { form.text("shopName", say(locale, "Shop", "店铺名"), "") }
                { form.input("name", say(locale, "Company", "公司名"), "", "wide") }
                { form.input("link", say(locale, "Link", "链接"), "", "wide") }
                { form.input("notes", say(locale, "Notes", "备注"), "", "wide") }
            </div>
        </section>
    }
}

/// A state, told by shape and word.
fn state_mark(locale: Locale, state: State) -> Html {
    let class = match state {
        State::Met => "standing go",
        State::Unmet => "standing stop",
        State::Unknown => "standing wait",
    };
    html! { <span {class}>{ words::state(locale, state) }</span> }
}

fn checklist(model: &Model, form: &Form<'_>, standing: &Standing<'_>) -> Html {
    let locale = model.locale;
    let judged = standing.score.as_ref().map(|score| &*score.checklist);
    let judged = judged.unwrap_or_default();
    let yes_no = [
        ("true", say(locale, "Yes", "是")),
        ("false", say(locale, "No", "否")),
    ];
    let items = ChecklistItem::ALL.iter().map(|item| {
        let name = format!("checklist.{}", item.name());
        let label = words::checklist_item(locale, *item);
        let field = match item {
            ChecklistItem::Verified | ChecklistItem::WarehousePhotos => {
                form.choice(&name, label, &yes_no, None)
            }
            ChecklistItem::Transactions => form.text(&name, label, ""),
            ChecklistItem::Years => form.text(&name, label, say(locale, "years", "年")),
            ChecklistItem::ResponseHours => form.text(&name, label, say(locale, "h", "小时")),
        };
        let entry = judged.iter().find(|entry| entry.item == *item);
        html! {
            <li>
                { field }
                <div>
                    { match entry {
                        Some(entry) => html! { <>{ state_mark(locale, entry.state) }<p>{ words::checklist_entry(locale, entry) }</p></> },
                        None => html! { <p class="quiet">{ say(locale, "The owner doesn’t ask for this.", "负责人不要求此项。") }</p> },
                    } }
                </div>
            </li>
        }
    });
    html! {
        <section class="part" aria-labelledby="checklist">
            <h2 id="checklist">{ say(locale, "Checklist", "准入清单") }</h2>
            <ul class="judged">{ for items }</ul>
        </section>
    }
}

fn red_flags(model: &Model, form: &Form<'_>, standing: &Standing<'_>) -> Html {
    let locale = model.locale;
    let flags = standing.score.as_ref().map(|score| &*score.red_flags);
    let flags = flags.unwrap_or_default();
    let said = match tree::get(form.tree, "redFlags") {
        Some(Json::List(items)) => items.as_slice(),
        Some(_) | None => &[],
    };
    let ticks = RedFlag::ALL.iter().map(|flag| {
        let is_ticked = said.contains(&tree::text(flag.name()));
        let name = format!("redFlags.{}", flag.name());
        form.tick(&name, words::red_flag(locale, *flag), is_ticked)
    });
    html! {
        <section class="part" aria-labelledby="red-flags">
            <h2 id="red-flags">{ say(locale, "Red flags", "否决项") }</h2>
            if !flags.is_empty() {
                <div class="notice stop">
                    <ul>{ for flags.iter().map(|flag| html! { <li>{ words::raised_flag(locale, flag) }</li> }) }</ul>
                </div>
            }
            <fieldset class="ticks">
                <legend>{ say(locale, "Any one of them rules the supplier out. Tick what you saw.", "有任何一项即排除。勾选您看到的情况。") }</legend>
                { for ticks }
            </fieldset>
        </section>
    }
}

/// The unit of an axis.
const fn axis_unit(locale: Locale, axis: Axis) -> &'static str {
    match axis {
        Axis::RepeatPurchase | Axis::OnTime | Axis::Response => "%",
        Axis::FloorArea => "m²",
        Axis::AnswerHours => say(locale, "h", "小时"),
        Axis::Deposit => "CNY",
        Axis::Years => say(locale, "years", "年"),
        Axis::Membership
        | Axis::Quality
        | Axis::Service
        | Axis::Pieces
        | Axis::Lines
        | Axis::Staff
        | Axis::CreditGrade => "",
    }
}

/// How good what is known on an axis is, where there is a scale for it.
pub fn axis_word(locale: Locale, reading: &AxisReading) -> String {
    let tier = reading.tier.map(|tier| words::tier(locale, tier));
    let risk = reading.risk.map(|risk| words::risk(locale, risk));
    let band = reading.band.map(|band| words::band(locale, band));
    let words: Vec<&str> = [tier, risk, band].into_iter().flatten().collect();
    words.join(say(locale, ", ", "，"))
}

fn evidence(model: &Model, form: &Form<'_>, standing: &Standing<'_>) -> Html {
    let locale = model.locale;
    let grades: Vec<(&str, &str)> = CreditGrade::NAMES
        .iter()
        .map(|name| (*name, *name))
        .collect();
    let axes = Axis::ALL.iter().map(|axis| {
        let name = format!("evidence.{}", axis.name());
        let label = words::evidence_axis(locale, *axis);
        let field = if *axis == Axis::CreditGrade {
            form.choice(&name, label, &grades, None)
        } else {
            form.text(&name, label, axis_unit(locale, *axis))
        };
        let word = standing.reading(*axis).map(|reading| axis_word(locale, reading));
        let word = word.filter(|word| !word.is_empty());
        let is_unheard = *axis == Axis::Membership && word.is_none();
        let labels = Membership::known().into_iter().map(|known| known.label);
        html! {
            <div class="axis">
                { field }
                if let Some(word) = word { <p class="note"><b>{ word }</b></p> }
                if is_unheard {
                    <p class="note">{ say(locale, "As the shop’s badge says: ", "照店铺标识填写：") }{ labels.collect::<Vec<_>>().join(say(locale, ", ", "、")) }</p>
                }
            </div>
        }
    });
    html! {
        <section class="part" aria-labelledby="evidence">
            <h2 id="evidence">{ say(locale, "What the platform says", "平台数据") }</h2>
            <p class="quiet">{ say(locale, "Side by side, never one number.", "各项并列，不合成一个分数。") }</p>
            <div class="axes">{ for axes }</div>
        </section>
    }
}

fn payment(model: &Model, form: &Form<'_>, standing: &Standing<'_>) -> Html {
    let locale = model.locale;
    let judged = standing
        .score
        .as_ref()
        .and_then(|score| score.payment_terms);
    let class = |risk: Risk| match risk {
        Risk::VeryLow | Risk::Low => "standing go",
        Risk::Medium => "standing wait",
        Risk::High => "standing stop",
    };
    html! {
        <section class="part" aria-labelledby="terms">
            <h2 id="terms">{ say(locale, "Payment terms", "付款条件") }</h2>
            <div class="cells">
                { form.choice("paymentTerms", say(locale, "What it asks for", "对方要求"), &options(locale, words::payment_terms), None) }
                if let Some(judged) = judged {
                    <p><span class={class(judged.risk)}>{ words::risk(locale, judged.risk) }</span></p>
                }
            </div>
        </section>
    }
}

fn performance(model: &Model, standing: &Standing<'_>) -> Html {
    let locale = model.locale;
    let Some(grade) = &standing.grade else {
        return html! {
            <section class="part" aria-labelledby="performance">
                <h2 id="performance">{ say(locale, "How it performs", "实际表现") }</h2>
                <p class="quiet">{ say(locale,
                    "No data: nothing was ordered here yet.",
                    "无数据：尚未在此下单。") }</p>
            </section>
        };
    };
    let rows = PerformanceAxis::ALL.iter().map(|axis| {
        let of = grade.axes.get(*axis);
        html! {
            <tr>
                <th scope="row">{ words::performance_axis(locale, *axis) }</th>
                <td class="number">{ of.score.map_or_else(|| say(locale, "no data", "无数据").to_owned(), |score| words::number(*score)) }</td>
                <td class="number">{ words::percent(locale, of.shared_weight) }</td>
                <td>{ words::performance(locale, grade, *axis) }</td>
            </tr>
        }
    });
    html! {
        <section class="part" aria-labelledby="performance">
            <h2 id="performance">{ say(locale, "How it performs", "实际表现") }</h2>
            <p>{ grade_mark(locale, Some(grade)) }{ " " }{ words::supplier_grade(locale, grade) }</p>
            <p class="quiet">{ match locale {
                Locale::En => format!("From the log: orders {}, inspected batches {}.", standing.orders, grade.batches),
                Locale::Zh => format!("依据订单日志：{} 单，验货 {} 批。", standing.orders, grade.batches),
            } }</p>
            <div class="scroll" tabindex="0" role="region" aria-label={say(locale, "Points", "得分")}>
                <table class="changes">
                    <thead><tr>
                        <th scope="col">{ say(locale, "By", "项目") }</th>
                        <th scope="col" class="number">{ say(locale, "Points of 100", "得分（满分 100）") }</th>
                        <th scope="col" class="number">{ say(locale, "Weight", "权重") }</th>
                        <th scope="col">{ say(locale, "Why", "依据") }</th>
                    </tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
        </section>
    }
}

/// What was decided, oldest first: when, by whom, from what to what, and why.
pub fn history(model: &Model, locale: Locale, supplier: &Supplier) -> Vec<[String; 4]> {
    let mut before = SupplierStatus::New;
    let rows = supplier.approvals.iter().map(|approval| {
        let from = approval.from.unwrap_or(before);
        before = approval.status;
        let (from, to) = (
            status_name(locale, from),
            status_name(locale, approval.status),
        );
        [
            shown_instant(&approval.at.0, model.offset),
            decided_by(locale, &approval.by),
            format!("{from} → {to}"),
            model.reason_in_words(approval.reason.as_deref().unwrap_or_default()),
        ]
    });
    rows.collect()
}

fn decisions(model: &Model, form: &Form<'_>, standing: &Standing<'_>) -> Html {
    let locale = model.locale;
    let history = history(model, locale, &standing.supplier);
    let may: Vec<SupplierStatus> = [
        SupplierStatus::Whitelisted,
        SupplierStatus::Suspended,
        SupplierStatus::New,
    ]
    .into_iter()
    .filter(|to| *to != standing.supplier.status && may_decide(model, *to))
    .collect();
    let act = |to: SupplierStatus| match to {
        SupplierStatus::Whitelisted => say(locale, "Put on the whitelist", "列入白名单"),
        SupplierStatus::Suspended => say(locale, "Suspend", "暂停合作"),
        SupplierStatus::New => say(locale, "Back to new", "恢复为新供应商"),
    };
    html! {
        <section class="part" aria-labelledby="decisions">
            <h2 id="decisions">{ say(locale, "Decisions", "决定") }</h2>
            if history.is_empty() {
                <p class="quiet">{ say(locale, "Nothing was decided yet.", "尚无决定。") }</p>
            } else {
                <table class="changes">
                    <thead><tr>
                        <th scope="col">{ say(locale, "When", "时间") }</th>
                        <th scope="col">{ say(locale, "Who", "决定人") }</th>
                        <th scope="col">{ say(locale, "What", "内容") }</th>
                        <th scope="col">{ say(locale, "Why", "理由") }</th>
                    </tr></thead>
                    <tbody>{ for history.into_iter().map(|row| html! { <tr>{ for row.into_iter().map(|cell| html! { <td>{ cell }</td> }) }</tr> }) }</tbody>
                </table>
            }
            if !may.is_empty() {
                <div class="cells">
                    { form.text("act.by", say(locale, "Who decides", "决定人"), "") }
                    { form.input("act.reason", say(locale, "Why", "理由"), "", "wide") }
                </div>
                <p class="actions">
                    { for may.into_iter().map(|to| button("supplier", &format!("status:{}", to.name()), act(to))) }
                </p>
            }
        </section>
    }
}
