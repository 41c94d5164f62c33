//! The last step: what differs, what the agent's own inspection didn't cover, and what becomes of the goods.

use landfall::check::Named;
use landfall::json::Json;
use landfall::receiving::{AGENT_PHOTOS, Aspect, uncovered};
use landfall_words::{self as words, Locale};
use landfall_workspace::record::Kind;
use landfall_workspace::rows::{Instant, Order, Receipt, ReceivingResult, Row, Stage};
use rust_decimal::Decimal;
use yew::prelude::*;

use super::Shown;
use super::inspect::numbers;
use super::lots;
use super::variance::{Variance, proposed, sentence, undecided, variances};
use crate::form::{Form, button, named};
use crate::model::{Effect, Model};
use crate::say::say;
use crate::tree;

/// What a result is called.
pub(super) fn result_name(locale: Locale, result: ReceivingResult) -> &'static str {
    match result {
        ReceivingResult::Accept => say(locale, "Accept", "接收"),
        ReceivingResult::Reject => say(locale, "Reject", "拒收"),
        ReceivingResult::Hold => say(locale, "Hold", "待定"),
    }
}

fn result_meaning(locale: Locale, result: ReceivingResult) -> &'static str {
    match result {
        ReceivingResult::Accept => say(locale, "into stock", "入库"),
        ReceivingResult::Reject => say(locale, "back, or not paid", "退货或不付款"),
        ReceivingResult::Hold => say(locale, "until it is decided", "等待决定"),
    }
}

/// How far an order is once all of it was accepted: at the forwarder's while it lies there, else with the buyer.
fn stage_after(receipt: &Receipt) -> Stage {
    let is_at_forwarder = receipt.in_warehouse_at.is_some() && receipt.left_warehouse_at.is_none();
    match is_at_forwarder {
        true => Stage::InWarehouse,
        false => Stage::Delivered,
    }
}

/// What the agent's inspection covers, as far as it is known; `None` where there was none.
pub(super) fn covered(receipt: &Receipt) -> Option<Vec<Aspect>> {
    let names = receipt.agent_covered.as_ref()?.iter();
    Some(names.filter_map(|name| named(name)).collect())
}

impl Model {
    /// Whether the agent's own inspection covered something is ticked, or that there was one.
    pub(super) fn cover(&mut self, aspect: &str, is_ticked: bool) -> Vec<Effect> {
        let Some((_, receipt)) = self.receipt() else {
            return Vec::new();
        };
        let mut now = covered(&receipt).unwrap_or_default();
        match (aspect, named::<Aspect>(aspect)) {
            ("", _) => {
                now = match is_ticked {
                    true => AGENT_PHOTOS.to_vec(),
                    false => Vec::new(),
                };
            }
            (_, Some(aspect)) => {
                now.retain(|other| *other != aspect);
                if is_ticked {
                    now.push(aspect);
                }
            }
            (_, None) => return Vec::new(),
        }
        let names: Vec<tree::Tree> = now.iter().map(|of| tree::text(of.name())).collect();
        let names = (!names.is_empty()).then_some(Json::List(names));
        self.tap(|typed| tree::set(typed, "agentCovered", names))
    }

    /// A button of the last step was pressed.
    pub(super) fn pressed_result(&mut self, action: &str) -> Vec<Effect> {
        let Some((desk, receipt)) = self.receipt() else {
            return Vec::new();
        };
        let id = desk.key.id().to_owned();
        let now = Some(tree::text(&*self.moment.at));
        if let Some(result) = named::<ReceivingResult>(action) {
            let name = tree::text(result.name());
            return self.tap(|typed| tree::set(typed, "result", Some(name)));
        }
        match action {
            "log" => self.tap(|typed| tree::set(typed, "varianceLoggedAt", now)),
            "unlog" => self.tap(|typed| tree::set(typed, "varianceLoggedAt", None)),
            "told" => self.tap(|typed| tree::set(typed, "supplierContactedAt", now)),
            "untold" => self.tap(|typed| tree::set(typed, "supplierContactedAt", None)),
            "finish" => self.finish(&id, &receipt),
            "reopen" => self.tap(|typed| tree::set(typed, "finishedAt", None)),
            "again" => self.receive(&receipt.order_id),
            _ => Vec::new(),
        }
    }

    /// The procedure is gone through: the order is as far as what arrived of it.
    fn finish(&mut self, id: &str, receipt: &Receipt) -> Vec<Effect> {
        let locale = self.locale;
        let missing = if receipt.result.is_none() {
            say(
                locale,
                "Accept, reject or hold? Choose first.",
                "接收、拒收还是待定？请先选择。",
            )
        } else if !variances(receipt).is_empty() && receipt.variance_logged_at.is_none() {
            say(
                locale,
                "Something differs: log it first, so that its time is kept.",
                "有差异：请先登记，以便留下登记时间。",
            )
        } else {
            ""
        };
        if !missing.is_empty() {
            self.complain(missing);
            return vec![Effect::Top];
        }
        self.notice = None;
        let now = Some(tree::text(&*self.moment.at));
        let effects = self.tap(|typed| tree::set(typed, "finishedAt", now));
        if receipt.result == Some(ReceivingResult::Accept) {
            self.advance_order(id, receipt);
        }
        let mut effects = effects;
        effects.push(Effect::Top);
        effects
    }

    /// An order of which everything was accepted is done with travelling; its stage never goes back.
    fn advance_order(&mut self, id: &str, receipt: &Receipt) {
        let Some((record, order)) = self.logged(&receipt.order_id) else {
            return;
        };
        let stage = stage_after(receipt);
        let place = |stage: Stage| Stage::ALL.iter().position(|of| *of == stage);
        let is_further = order.stage.is_none_or(|now| place(now) < place(stage));
        if !is_further || !self.is_all_there(id, receipt, order) {
            return;
        }
        let order = Order {
            stage: Some(stage),
            ..order.clone()
        };
        let data = record.data().cloned().unwrap_or_default();
        self.put(record.key(), Some(&Row::from(order).patched(&data)));
    }

    /// Whether this receipt and the accepted ones before it have all units that were ordered.
    fn is_all_there(&self, id: &str, receipt: &Receipt, order: &Order) -> bool {
        let receipts = self.workspace.table(Kind::Receipt);
        let others = receipts.iter().filter_map(|entry| match entry.row() {
            Some(Row::Receipt(other))
                if *other.order_id == *receipt.order_id
                    && other.result == Some(ReceivingResult::Accept)
                    && entry.record().key().id() != id =>
            {
                Some(&**other)
            }
            Some(_) | None => None,
        });
        let all = others.chain([receipt]).flat_map(|of| &of.lots);
        let sum = |units: Decimal, more: Decimal| units.checked_add(more).unwrap_or(units);
        let received = all.filter_map(|lot| Some(lot.received?.0));
        let received = received.fold(Decimal::ZERO, sum);
        let ordered = order.lines.iter().map(|line| line.quantity.0);
        received >= ordered.fold(Decimal::ZERO, sum)
    }
}

/// The step.
pub(super) fn result(shown: &Shown<'_>, form: &Form<'_>) -> Html {
    html! { <>{ differs(shown) }{ agent(shown) }{ decided(shown, form) }</> }
}

/// A time that was noted, and how it is taken back.
fn noted(shown: &Shown<'_>, at: Option<&Instant>, act: [&str; 2], names: [&str; 2]) -> Html {
    let locale = shown.locale;
    let [act, unact] = act;
    let [name, done] = names;
    match at {
        None => {
            html! { <button type="button" class="button" name="receiving.run.result" value={act.to_owned()}>{ name.to_owned() }</button> }
        }
        Some(at) => html! {
            <span class="noted"><span class="standing go">{ done.to_owned() }{ " " }{ shown.model.shown_in(&shown.receipt, at) }</span>
                { button("receiving.run.result", unact, say(locale, "Take back", "撤回")) }</span>
        },
    }
}

fn differs(shown: &Shown<'_>) -> Html {
    let (locale, receipt) = (shown.locale, &shown.receipt);
    let found = variances(receipt);
    let id = shown.desk.key.id();
    let policy = shown.model.policy();
    let rules = &policy.receiving;
    html! {
        <section class="part" aria-labelledby="differs">
            <h3 id="differs">{ say(locale, "What differs", "差异") }</h3>
            if found.is_empty() {
                <p><span class="standing go">{ say(locale, "Nothing, as far as it was counted", "已清点部分无差异") }</span></p>
            } else {
                <ul class="differs">{ for found.iter().map(|of| html! { <li>{ sentence(locale, of) }</li> }) }</ul>
                <p class="quiet">{ match locale {
                    Locale::En => format!("Log it within {} h of the arrival, tell the supplier with photo and count within {} h. Nothing is paid before.",
                        words::number(*rules.log_variance_hours), words::number(*rules.contact_supplier_hours)),
                    Locale::Zh => format!("到货后 {} 小时内登记差异，{} 小时内附照片和数量通知供应商；在此之前不放款。",
                        words::number(*rules.log_variance_hours), words::number(*rules.contact_supplier_hours)),
                } }</p>
                <div class="taps">
                    { noted(shown, receipt.variance_logged_at.as_ref(), ["log", "unlog"],
                        [say(locale, "Log the variance now", "立即登记差异"), say(locale, "Logged", "已登记")]) }
                    { noted(shown, receipt.supplier_contacted_at.as_ref(), ["told", "untold"],
                        [say(locale, "The supplier was told", "已通知供应商"), say(locale, "Supplier told", "已通知供应商")]) }
                    <button type="button" class="button" name={format!("receiving.dispute.{id}")} value="open">{ say(locale, "Open a dispute", "发起纠纷") }</button>
                </div>
            }
        </section>
    }
}

fn agent(shown: &Shown<'_>) -> Html {
    let (locale, receipt) = (shown.locale, &shown.receipt);
    let covered = covered(receipt);
    let tick = |name: &str, label: &str, is_on: bool| {
        html! {
            <label class="tick"><input type="checkbox" name={format!("receiving.run.covered.{name}")} checked={is_on} /><span>{ label.to_owned() }</span></label>
        }
    };
    html! {
        <section class="part" aria-labelledby="agent">
            <h3 id="agent">{ say(locale, "The agent’s own inspection", "代理验货") }</h3>
            { tick("", say(locale, "The agent inspected before sending on", "代理在转运前做过验货"), covered.is_some()) }
            if let Some(covered) = &covered {
                <fieldset class="ticks">
                    <legend>{ say(locale, "What its report covers", "验货报告覆盖的项目") }</legend>
                    { for Aspect::ALL.iter().map(|aspect| tick(aspect.name(), words::aspect(locale, *aspect), covered.contains(aspect))) }
                </fieldset>
                <p class="notice wait">{ words::not_covered(locale, &uncovered(covered)) }</p>
            }
        </section>
    }
}

/// Why a result is proposed.
fn reasons(shown: &Shown<'_>) -> Vec<String> {
    let (locale, receipt) = (shown.locale, &shown.receipt);
    let policy = shown.model.policy();
    let mut reasons = Vec::new();
    for lot in &receipt.lots {
        if let Some(judged) = lots::judged(lot, &policy.receiving) {
            let numbers = numbers(locale, &judged);
            let sku = &lot.sku;
            reasons.extend(numbers.into_iter().map(|line| match locale {
                Locale::En => format!("{sku}: {line}"),
                Locale::Zh => format!("{sku}：{line}"),
            }));
        }
    }
    let open = undecided(receipt);
    if !open.is_empty() {
        let open = open.join(say(locale, ", ", "、"));
        reasons.push(match locale {
            Locale::En => format!("Not inspected to the end: {open}"),
            Locale::Zh => format!("尚未检完：{open}"),
        });
    }
    reasons
}

/// What differs beside what the judgements say.
fn differences(shown: &Shown<'_>) -> Vec<String> {
    let found = variances(&shown.receipt);
    let differing = found.iter().filter(|variance| match variance {
        Variance::Defects { .. } => false,
        Variance::Cartons { .. }
        | Variance::Short { .. }
        | Variance::Over { .. }
        | Variance::NotOrdered { .. }
        | Variance::Specification { .. } => true,
    });
    differing
        .map(|variance| sentence(shown.locale, variance))
        .collect()
}

fn decided(shown: &Shown<'_>, form: &Form<'_>) -> Html {
    let (locale, receipt) = (shown.locale, &shown.receipt);
    let proposed = proposed(receipt);
    let chosen = receipt.result;
    let differ = match (differences(shown).len(), locale) {
        (0, _) => None,
        (1, Locale::En) => Some("One thing differs from the order, see above".to_owned()),
        (more, Locale::En) => Some(format!("{more} things differ from the order, see above")),
        (more, Locale::Zh) => Some(format!("与订单有 {more} 处差异，见上文")),
    };
    let choices = ReceivingResult::ALL.iter().map(|result| {
        let is_on = chosen == Some(*result);
        html! {
            <button type="button" name="receiving.run.result" value={result.name()} aria-pressed={is_on.to_string()}>
                <b>{ result_name(locale, *result) }</b><span>{ result_meaning(locale, *result) }</span>
            </button>
        }
    });
    html! {
        <section class="part" aria-labelledby="result">
            <h3 id="result">{ say(locale, "Result", "结果") }</h3>
            <p>{ say(locale, "By the counts: ", "按清点结果：") }<b>{ result_name(locale, proposed) }</b></p>
            <ul class="reasons">
                { for reasons(shown).into_iter().map(|reason| html! { <li>{ reason }</li> }) }
                if let Some(differ) = differ { <li>{ differ }</li> }
            </ul>
            <div class="segments results" role="group" aria-label={say(locale, "Result", "结果")}>{ for choices }</div>
            <div class="cells">
                { form.text("staff", say(locale, "Received by", "收货人"), "") }
                { form.input("notes", say(locale, "Why, and what else is to be known", "理由及备注"), "", "wide") }
            </div>
            <p class="onward"><button type="button" class="primary" name="receiving.run.result" value="finish">{ say(locale, "Finish", "完成收货") }</button></p>
        </section>
    }
}

/// A delivery that was gone through.
pub(super) fn kept(shown: &Shown<'_>) -> Html {
    let (locale, receipt) = (shown.locale, &shown.receipt);
    let when = |at: &Option<Instant>| {
        at.as_ref()
            .map(|at| shown.model.shown_in(&shown.receipt, at))
    };
    let result = receipt.result.unwrap_or(ReceivingResult::Hold);
    let class = match result {
        ReceivingResult::Accept => "readiness go",
        ReceivingResult::Reject => "readiness stop",
        ReceivingResult::Hold => "readiness wait",
    };
    let cartons = receipt
        .cartons_counted
        .map(|counted| match receipt.cartons_ordered {
            Some(ordered) => format!("{counted} / {ordered}"),
            None => counted.to_string(),
        });
    let facts = [
        (
            say(locale, "Arrived", "到货"),
            Some(shown.model.shown_in(receipt, &receipt.arrived_at)),
        ),
        (say(locale, "Finished", "完成"), when(&receipt.finished_at)),
        (say(locale, "Cartons", "箱数"), cartons),
        (
            say(locale, "Received by", "收货人"),
            receipt.staff.as_deref().map(str::to_owned),
        ),
        (
            say(locale, "Variance logged", "差异登记"),
            when(&receipt.variance_logged_at),
        ),
        (
            say(locale, "Supplier told", "通知供应商"),
            when(&receipt.supplier_contacted_at),
        ),
        (
            say(locale, "Notes", "备注"),
            receipt.notes.as_deref().map(str::to_owned),
        ),
    ];
    let facts = facts
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)));
    let id = shown.desk.key.id();
    let found = variances(receipt);
    html! {
        <>
            <div {class}>
                <p class="word">{ result_name(locale, result) }</p>
                <ul class="plain-list">{ for reasons(shown).into_iter().chain(differences(shown)).map(|reason| html! { <li>{ reason }</li> }) }</ul>
            </div>
            <dl class="facts">{ for facts.map(|(name, value)| html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> }) }</dl>
            if let Some(covered) = covered(receipt) {
                <p>{ words::not_covered(locale, &uncovered(&covered)) }</p>
            }
            <div class="taps">
                if !found.is_empty() {
                    <button type="button" class="button" name={format!("receiving.dispute.{id}")} value="open">{ say(locale, "Open a dispute", "发起纠纷") }</button>
                }
                if shown.order.is_some() {
                    <button type="button" class="button" name="receiving.run.result" value="again">{ say(locale, "Receive the rest", "再收剩余部分") }</button>
                }
                <button type="button" class="button" name="receiving.run.result" value="reopen">{ say(locale, "Reopen", "重新打开") }</button>
            </div>
            { super::super::photos::photos(shown.model, shown.desk, None) }
        </>
    }
}
