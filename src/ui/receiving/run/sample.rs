//! The second step: how many units of each article are checked, from which cartons, by which plan, and what that
//! can see.

use landfall::check::Named;
use landfall::policy::ReceivingRules;
use landfall::sampling::{
    self, Aql, DefectClass, DetectionRequest, Level, NextSeverity, Severity, Switching,
};
use landfall_words::{self as words, Locale};
use landfall_workspace::record::Kind;
use landfall_workspace::rows::{Lot, Receipt};
use yew::prelude::*;

use super::cartons::cartons_of;
use super::lots::{self, plan, units};
use super::{Shown, lot_path};
use crate::form::{Form, button};
use crate::model::{Effect, Model};
use crate::say::say;
use crate::tree;

impl Model {
    /// How strictly the next lot of a supplier is judged, by how its lots came out before this receipt.
    fn switching(&self, supplier: Option<&str>, receipt: &str) -> Switching {
        let receipts = self.workspace.table(Kind::Receipt);
        let mut lots: Vec<(&str, bool)> = Vec::new();
        for entry in receipts.iter() {
            let Some(of) = entry.as_row::<Receipt>() else {
                continue;
            };
            let order = self.logged(&of.order_id).map(|(_, order)| order);
            let is_of = order.is_some_and(|order| order.supplier_id.as_deref() == supplier);
            if supplier.is_some() && is_of && entry.record().key().id() != receipt {
                let passed = of.lots.iter().filter_map(|lot| lot.passed);
                lots.extend(passed.map(|passed| (&*of.arrived_at.0, passed)));
            }
        }
        lots.sort_by_key(|(at, _)| *at);
        let accepted: Vec<bool> = lots.into_iter().map(|(_, passed)| passed).collect();
        sampling::next_severity(&accepted)
    }

    /// The plan of an article: `rate` is the documented one, `acceptance` one of the standard.
    pub(super) fn choose_plan(&mut self, at: usize, kind: &str) -> Vec<Effect> {
        let Some((desk, receipt)) = self.receipt() else {
            return Vec::new();
        };
        let order = self.logged(&receipt.order_id).map(|(_, order)| order);
        let supplier = order.and_then(|order| order.supplier_id.as_deref());
        let severity = match self.switching(supplier, desk.key.id()).next {
            NextSeverity::Normal => Severity::Normal,
            NextSeverity::Tightened | NextSeverity::Stop => Severity::Tightened,
        };
        let text = |of: &'static str| tree::text(of);
        let aql = tree::object([
            ("critical", text("0")),
            ("major", text("2.5")),
            ("minor", text("4.0")),
        ]);
        let plan = tree::object([
            ("level", text(Level::II.name())),
            ("severity", text(severity.name())),
            ("aql", aql),
        ]);
        let plan = (kind == "acceptance").then_some(plan);
        self.tap(|typed| tree::set(typed, &lot_path(at, "plan"), plan))
    }
}

/// The step.
pub(super) fn sample(shown: &Shown<'_>, form: &Form<'_>) -> Html {
    let (locale, receipt) = (shown.locale, &shown.receipt);
    let policy = shown.model.policy();
    let rules = &policy.receiving;
    let is_counted = receipt.lots.iter().any(|lot| units(lot).is_some());
    if !is_counted {
        return html! {
            <section class="part">
                <p>{ say(locale, "How many to check follows from how many there are: count the units under Cartons first.",
                    "抽检数量由到货件数决定：请先在“点箱”中点清件数。") }</p>
                <p><button type="button" class="button" name="receiving.run.step" value="cartons">{ say(locale, "Count", "去点数") }</button></p>
            </section>
        };
    }
    let seed = receipt.seed.as_deref();
    html! {
        <>
            if seed.is_some() && lots::is_outdated(receipt, rules) {
                <div class="notice wait" role="status">
                    <p>{ say(locale, "Counts or plans have changed since this was worked out. The seed stays the same.",
                        "计算后数量或方案有改动。重新计算时种子不变。") }</p>
                    <p><button type="button" class="primary" name="receiving.run.draw" value="again">{ say(locale, "Work it out anew", "重新计算") }</button></p>
                </div>
            }
            if seed.is_none() {
                <p><button type="button" class="primary" name="receiving.run.draw" value="first">{ say(locale, "Work out the sample", "计算抽样") }</button></p>
            }
            <section class="part" aria-labelledby="sample">
                <h3 id="sample">{ say(locale, "Check", "抽检") }</h3>
                <ul class="lots">{ for receipt.lots.iter().enumerate().map(|(at, lot)| one(shown, form, rules, at, lot)) }</ul>
            </section>
            if let Some(seed) = seed {
                <p class="seed quiet">{ say(locale, "Seed of the draw: ", "抽箱种子：") }<code>{ seed.to_owned() }</code><br />
                    { say(locale, "Drawn once for this delivery. With it anybody can repeat the draw, and nobody could foresee it.",
                        "本次收货只生成一次：凭种子可复核抽箱结果，且事先无人能预知。") }</p>
            }
        </>
    }
}

/// Numbers one after the other: `3, 7, 12`.
pub(super) fn listed(locale: Locale, numbers: &[u32]) -> String {
    let numbers: Vec<String> = numbers.iter().map(u32::to_string).collect();
    numbers.join(say(locale, ", ", "、"))
}

/// How many units to check, from which cartons: the answer of the step.
pub(super) fn answer(locale: Locale, lot: &Lot) -> Html {
    let Some(sample) = lot.sample else {
        return html! { <p class="quiet">{ say(locale, "Not counted, or not worked out yet.", "尚未点数或计算。") }</p> };
    };
    let of = units(lot).unwrap_or(sample);
    let cartons = match (lot.opened.len(), locale) {
        (0, Locale::En) => "from any carton: how many there are isn’t known".to_owned(),
        (0, Locale::Zh) => "箱数未知，任选箱".to_owned(),
        (1, Locale::En) => format!("from carton {}", listed(locale, &lot.opened)),
        (_, Locale::En) => format!("from cartons {}", listed(locale, &lot.opened)),
        (_, Locale::Zh) => format!("开第 {} 箱", listed(locale, &lot.opened)),
    };
    html! {
        <p class="draw">
            <b>{ sample }</b>
            <span>{ match locale {
                Locale::En => format!("of {of}"),
                Locale::Zh => format!("件（共 {of} 件）"),
            } }</span>
            <strong>{ cartons }</strong>
        </p>
    }
}

fn one(shown: &Shown<'_>, form: &Form<'_>, rules: &ReceivingRules, at: usize, lot: &Lot) -> Html {
    let locale = shown.locale;
    let is_current = (shown.article() == at).then_some("true");
    let own = format!("receiving.run.{}", lot_path(at, "plan"));
    let percent = words::percent(locale, rules.spot_check_percent);
    let by_rate = match locale {
        Locale::En => format!(
            "The shop’s rate: {percent}, at least {}",
            rules.minimum_per_sku
        ),
        Locale::Zh => format!("店铺比例：{percent}，至少 {} 件", rules.minimum_per_sku),
    };
    let has_plan = lot.plan.is_some();
    html! {
        <li key={at} aria-current={is_current}>
            <p class="lot-name"><b>{ &*lot.sku }</b>
                if let Some(goods) = shown.goods(&lot.sku) { <span class="quiet">{ goods.to_owned() }</span> }
            </p>
            { answer(locale, lot) }
            { numbered(locale, shown, lot) }
            { seen(locale, rules, lot) }
            <details class="fold">
                <summary>{ say(locale, "How it is checked", "检验方案") }</summary>
                <div class="field">
                    <label for={own.clone()}>{ say(locale, "Plan", "方案") }</label>
                    <select id={own.clone()} name={own}>
                        <option value="rate" selected={!has_plan}>{ by_rate }</option>
                        <option value="acceptance" selected={has_plan}>{ say(locale, "Acceptance plan (ISO 2859-1)", "计数抽样方案（GB/T 2828.1）") }</option>
                    </select>
                </div>
                if has_plan { { acceptance(shown, form, at, lot) } }
            </details>
        </li>
    }
}

/// How the cartons are numbered, so that everybody opens the same.
fn numbered(locale: Locale, shown: &Shown<'_>, lot: &Lot) -> Html {
    let Some(cartons) = cartons_of(&shown.receipt, lot) else {
        return html! {};
    };
    html! {
        <p class="note">{ match locale {
            Locale::En => format!("Cartons are counted 1 to {cartons} as they stand. Number them before you look which were drawn."),
            Locale::Zh => format!("箱子按摆放顺序编为 1 至 {cartons} 号，请在看抽箱结果之前编好。"),
        } }</p>
    }
}

/// What the sample can see, in one sentence.
fn seen(locale: Locale, rules: &ReceivingRules, lot: &Lot) -> Html {
    let (Some(units), Some(sample)) = (units(lot), lot.sample) else {
        return html! {};
    };
    let seen = sampling::detection(&DetectionRequest {
        lot: units,
        sample: sample.min(units),
        percent: rules.defective_batch_percent,
    });
    html! {
        <>
            <p>{ words::detection(locale, units, sample, rules.defective_batch_percent, &seen) }</p>
            <p>{ button("receiving.seeing", &format!("lot:{units}"), say(locale, "What a sample of this lot can see", "这批货抽样能发现什么")) }</p>
        </>
    }
}

fn acceptance(shown: &Shown<'_>, form: &Form<'_>, at: usize, lot: &Lot) -> Html {
    let locale = shown.locale;
    let field = |name: &str| lot_path(at, &format!("plan.{name}"));
    let levels: Vec<(&str, &str)> = Level::NAMES.iter().map(|name| (*name, *name)).collect();
    let severities = Severity::ALL
        .iter()
        .map(|of| (of.name(), words::severity(locale, *of)));
    let severities: Vec<(&str, &str)> = severities.collect();
    let chosen = lot.plan.as_ref().map(|plan| &*plan.severity);
    let chosen = chosen
        .and_then(crate::form::named)
        .unwrap_or(Severity::Normal);
    let none = [("0", say(locale, "none", "不允许"))];
    let limits = Aql::all(chosen).map(|aql| (aql.name(), aql.name()));
    let limits: Vec<(&str, &str)> = none.into_iter().chain(limits).collect();
    let supplier = shown.order.and_then(|order| order.supplier_id.as_deref());
    let switching = shown.model.switching(supplier, shown.desk.key.id());
    let made = plan(lot);
    html! {
        <>
            <div class="cells">
                { form.choice(&field("level"), say(locale, "Level", "检验水平"), &levels, None) }
                { form.choice(&field("severity"), say(locale, "Severity", "严格度"), &severities, None) }
                { for DefectClass::ALL.iter().map(|class| {
                    let name = field(&format!("aql.{}", class.name()));
                    let label = format!("AQL{}{}", say(locale, ", ", "，"), words::defect_class_name(locale, *class));
                    form.choice(&name, &label, &limits, None)
                }) }
            </div>
            <p class="note">{ words::switching(locale, &switching) }</p>
            if let Some(made) = made {
                <ul class="plans">{ for made.iter().map(|(class, of)| html! {
                    <li>{ words::defect_class_name(locale, class) }{ say(locale, ": ", "：") }
                        { match locale {
                            Locale::En => format!("check {}, accept up to {}, reject from {}", of.sample_size, of.accept, of.reject),
                            Locale::Zh => format!("抽 {} 件，不多于 {} 件接收，达到 {} 件拒收", of.sample_size, of.accept, of.reject),
                        } }
                        if let Some(note) = words::plan_note(locale, of) { <span class="note">{ " " }{ note }</span> }
                    </li>
                }) }</ul>
            } else if units(lot).is_some() {
                <p class="fault-text">{ say(locale, "The tables have no such limit at this severity: choose another one.", "该严格度下没有此限值，请另选。") }</p>
            }
            { button(&format!("receiving.run.{}", lot_path(at, "")), "redraw", say(locale, "Work out the sample by this plan", "按此方案计算抽样")) }
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_listed_in_either_language() {
        assert_eq!(listed(Locale::En, &[3, 7, 12]), "3, 7, 12");
        assert_eq!(listed(Locale::Zh, &[3, 7]), "3、7");
        assert_eq!(listed(Locale::En, &[]), "");
    }
}
