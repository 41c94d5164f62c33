//! What was put to the owner, and what became of it: stops, disputes, and questions of the staff. An answer can
//! become a rule.

use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::NaiveDate;
use landfall::check::parse_instant;
use landfall::control::IsoWeek;
use landfall::finding::{Finding as Found, Outcome};
use landfall::policy::Policy;
use landfall_words::{self as words, Locale, Question};
use landfall_workspace::decisions::Decisions;
use landfall_workspace::record::{Key, Kind};
use landfall_workspace::rows::{
    Agreed, Amount, Decision, DecisionOutcome, Dispute, Escalation, Finding, Instant, Order, Row,
    Sku,
};
use rust_decimal::Decimal;
use yew::prelude::*;

use super::desk::DATA;
use crate::desk::Desk;
use crate::form::{Form, Given, button};
use crate::model::{Effect, Model};
use crate::orders::{decided, finding_name, outcome_name, stored_finding};
use crate::route::Route;
use crate::say::say;
use crate::tree::{self, text_at};

/// What the buttons of this part begin with.
const ESCALATIONS: &str = "week.escalations";

/// How many are listed before the others are folded.
const SHOWN: usize = 12;

/// Something that was put to the owner.
pub struct Asked<'m> {
    /// The id of its record.
    pub id: &'m str,
    /// What it says.
    pub escalation: &'m Escalation,
}

/// The rules that asked for it.
pub fn reasons(escalation: &Escalation) -> impl Iterator<Item = &str> {
    let rules = escalation.rule.as_deref().unwrap_or_default().split(',');
    rules.map(str::trim).filter(|rule| !rule.is_empty())
}

/// Those rules in words; a question has none.
pub fn reasons_in_words(locale: Locale, escalation: &Escalation) -> String {
    let reasons: Vec<&str> = reasons(escalation)
        .map(|name| words::reason(locale, name))
        .collect();
    match (reasons.is_empty(), escalation.loss) {
        (true, Some(_)) => say(locale, "Incident", "事故").to_owned(),
        (true, None) => say(locale, "Question", "问题").to_owned(),
        (false, _) => reasons.join(say(locale, ", ", "、")),
    }
}

/// The owner's answer in words: one that was recorded as a decision begins with its code.
pub fn answer_in_words(locale: Locale, resolution: &str) -> String {
    let (code, rest) = resolution.split_once(' ').unwrap_or((resolution, ""));
    let outcomes = [
        DecisionOutcome::Approve,
        DecisionOutcome::ApproveWithCondition,
        DecisionOutcome::Reject,
    ];
    let outcome = outcomes.into_iter().find(|outcome| outcome.name() == code);
    match (outcome, rest) {
        (None, _) => resolution.to_owned(),
        (Some(outcome), "") => outcome_name(locale, outcome).to_owned(),
        (Some(outcome), rest) => {
            let colon = say(locale, ": ", "：");
            format!("{}{colon}{rest}", outcome_name(locale, outcome))
        }
    }
}

/// A rule that an answer can change.
struct Proposal {
    /// The field of the policy; `None` is a price agreed with a supplier.
    path: Option<&'static str>,
    /// What the limit is typed in, by its name under that of the escalation.
    field: &'static str,
    /// What was observed: up to here it would pass.
    observed: Decimal,
    /// Its unit.
    unit: String,
    /// What is allowed, as the label of the field.
    label: String,
}

/// Which rule an answer to a finding can change; `None` where none with a limit would let it pass.
fn proposal(locale: Locale, policy: &Policy, found: &Found) -> Option<Proposal> {
    let up_to = |en: &str, zh: &str| match locale {
        Locale::En => format!("Always allow {en} up to"),
        Locale::Zh => format!("以后{zh}不超过此数即放行"),
    };
    let of = |path: &'static str, observed, unit: &str, label| Proposal {
        path: Some(path),
        field: path.rsplit('.').next().unwrap_or(path),
        observed,
        unit: unit.to_owned(),
        label,
    };
    Some(match found {
        Found::OrderValue { value, .. } => of(
            "orders.maximumOrderValue",
            value.0,
            policy.home_currency.code(),
            up_to("an order", "订单金额"),
        ),
        Found::PriceIncrease {
            unit_price_cny,
            previous,
            ..
        } => of(
            "orders.priceIncreasePercent",
            previous.as_ref()?.change_percent(*unit_price_cny)?.0,
            "%",
            up_to("a price rise", "涨价幅度"),
        ),
        Found::ExchangeRate { age_days, .. } if *age_days > 0 => of(
            "orders.exchangeRateMaxAgeDays",
            Decimal::from(*age_days),
            say(locale, "days", "天"),
            up_to("a rate that is old", "汇率天数"),
        ),
        Found::AgreedPriceRange {
            sku,
            unit_price_cny,
            ranges,
        } if ranges.iter().all(|range| range.maximum < *unit_price_cny) => Proposal {
            path: None,
            field: "maximumCny",
            observed: *unit_price_cny,
            unit: "CNY".to_owned(),
            label: up_to(
                &format!("{sku} from this supplier"),
                &format!("该供应商 {sku} 单价"),
            ),
        },
        Found::ExchangeRate { .. }
        | Found::AgreedPriceRange { .. }
        | Found::SupplierWhitelist { .. }
        | Found::Specification { .. }
        | Found::CostCalculated { .. }
        | Found::OrderRecord { .. } => return None,
    })
}

impl Model {
    /// The day of an instant in the owner's zone.
    pub(super) fn owners_day(&self, at: &str) -> Option<NaiveDate> {
        Some(self.owner_zone().day_of(parse_instant(at)?))
    }

    /// Everything that was put to the owner, the newest first.
    pub(super) fn all_asked(&self) -> Vec<Asked<'_>> {
        let all = self.workspace.list(Kind::Escalation).filter_map(|entry| {
            let escalation = entry.as_row::<Escalation>()?;
            let id = entry.record().key().id();
            Some(Asked { id, escalation })
        });
        let mut all: Vec<Asked<'_>> = all.collect();
        all.sort_by(|one, other| {
            (&other.escalation.raised_at, other.id).cmp(&(&one.escalation.raised_at, one.id))
        });
        all
    }

    /// Whether something was put to the owner in a week.
    pub(super) fn is_asked_in(&self, week: IsoWeek, escalation: &Escalation) -> bool {
        let day = self.owners_day(&escalation.raised_at.0);
        day.is_some_and(|day| IsoWeek::of(day) == week)
    }

    fn asked(&self, id: &str) -> Option<&Escalation> {
        let entry = self.workspace.get(&Key::new(Kind::Escalation, id)?)?;
        entry.as_row()
    }

    /// What was found that it was put to the owner for: of the order as it stands while it isn't placed, else as it was
    /// placed, else as it was decided on. And whether it waits for the owner's decision: it isn't placed.
    fn found_for(&self, escalation: &Escalation) -> (Vec<Finding>, bool) {
        let Some(id) = escalation.order_id.as_deref() else {
            return (Vec::new(), false);
        };
        let names: Vec<&str> = reasons(escalation).collect();
        let is_asked =
            |finding: &Finding| names.contains(&&*finding.rule) && finding.outcome != Outcome::Pass;
        let draft = self.order_draft(id);
        let desk = draft.and_then(|record| Desk::of(&record, self));
        if let Some(check) = desk.and_then(|desk| self.check_of(&desk)) {
            // Every stop is asked for: what stops it may be another rule since.
            let mut found = check.stored();
            found.retain(|finding| finding.outcome == Outcome::HardStop || is_asked(finding));
            return (found, true);
        }
        let logged = self.logged(id).map(|(_, order)| order.findings.clone());
        let mut found = logged.unwrap_or_default();
        found.retain(&is_asked);
        if found.is_empty() {
            let decisions = Decisions::all(&self.workspace);
            let decided = decisions.on(id).iter();
            for finding in decided.filter_map(|(_, decision)| decision.finding.clone()) {
                if is_asked(&finding) && !found.contains(&finding) {
                    found.push(finding);
                }
            }
        }
        (found, false)
    }

    /// A button of what was put to the owner: `ask` with the language of the message; else what follows the id.
    pub(super) fn pressed_escalations(&mut self, id: &str, action: &str) -> Vec<Effect> {
        let (act, rest) = action.split_once(':').unwrap_or((action, ""));
        match act {
            "ask" => self.ask_owner(Locale::from_tag(rest).unwrap_or(self.locale)),
            "open" => {
                let is_open = self.week_text("answering") == id;
                let id = (!is_open).then(|| tree::text(id));
                self.change_desk(|typed| tree::set(typed, "data.answering", id))
            }
            "answer" => self.answer_question(id),
            "approve" => self.answer_stop(id, rest, DecisionOutcome::Approve, false),
            "approveAndAllow" => self.answer_stop(id, rest, DecisionOutcome::Approve, true),
            "reject" => self.answer_stop(id, rest, DecisionOutcome::Reject, false),
            "allow" => self.allow_from_now_on(id, rest),
            _ => Vec::new(),
        }
    }

    /// The order that a typed number names.
    fn order_called(&self, number: &str) -> Option<(Rc<str>, Option<&Order>)> {
        let drafts = self.order_drafts();
        let mut drafts = drafts.iter().filter_map(|record| {
            let data = landfall::json::read(record.data()?).ok()?.into_owned();
            (text_at(&data, "data.number").trim() == number).then(|| record.key().id().into())
        });
        let logged = self.workspace.list(Kind::Order).find_map(|entry| {
            let order = entry.as_row::<Order>()?;
            let is_it = order.called() == Some(number);
            is_it.then(|| (entry.record().key().id().into(), Some(order)))
        });
        logged.or_else(|| drafts.next().map(|id| (id, None)))
    }

    /// Puts the question that was typed to the owner, and copies it as a message.
    fn ask_owner(&mut self, locale: Locale) -> Vec<Effect> {
        let mut effects = Vec::new();
        if !self.is_week_ready(&["question.text", "question.by"], &mut effects) {
            return effects;
        }
        let typed = |name: &str| self.week_text(&format!("question.{name}")).to_owned();
        let (text, by, number, loss) = (typed("text"), typed("by"), typed("order"), typed("loss"));
        let amount = self.week_value("question.loss");
        let amount = amount.and_then(|read| read.parse::<Decimal>().ok());
        if !loss.is_empty() && amount.is_none() {
            return vec![Effect::Focus(format!("{DATA}.question.loss"))];
        }
        let order = self.order_called(&number).filter(|_| !number.is_empty());
        if order.is_none() && !number.is_empty() {
            let text = match self.locale {
                Locale::En => format!(
                    "There is no order {number} here. Correct the number, or leave it empty."
                ),
                Locale::Zh => format!("本机没有订单 {number}。请更正编号，或留空。"),
            };
            self.complain(&text);
            return vec![Effect::Focus(format!("{DATA}.question.order"))];
        }
        let Some(key) = Key::new(Kind::Escalation, &self.moment.id) else {
            return Vec::new();
        };
        let (order_id, order) = order.unzip();
        let supplier = order
            .flatten()
            .map(|order| (&order.supplier_id, &order.supplier_name));
        let named = match supplier {
            Some((_, name)) => format!("{number} {name}"),
            None => number,
        };
        let home = self.policy().home_currency.code();
        let loss = amount.map(|amount| words::money(home, amount));
        let message = words::question(
            locale,
            &Question {
                text: &text,
                order: named.trim(),
                loss: &loss.unwrap_or_default(),
                by: &by,
            },
        );
        let escalation = Escalation {
            subject: text.into(),
            order_id,
            supplier_id: supplier.and_then(|(id, _)| id.clone()),
            dispute_id: None,
            rule: None,
            raised_at: Instant(self.moment.at.clone()),
            raised_by: Some(by.into()),
            loss: amount.map(Amount),
            resolved_at: None,
            resolved_by: None,
            resolution: None,
        };
        self.put(&key, Some(&Row::from(escalation).text()));
        // Who asks is likely to ask again.
        let mut effects = self.clear_week(&["question.text", "question.order", "question.loss"]);
        self.tell(say(
            self.locale,
            "The message is copied: paste it into the chat with the owner.",
            "消息已复制：粘贴到与负责人的聊天中。",
        ));
        effects.push(Effect::Copy(message));
        effects
    }

    /// The owner's answer to a question or a dispute is noted.
    fn answer_question(&mut self, id: &str) -> Vec<Effect> {
        let text = format!("answers.{id}.text");
        let mut effects = Vec::new();
        if !self.is_week_ready(&["owner", &text], &mut effects) {
            return effects;
        }
        let key = Key::new(Kind::Escalation, id);
        let entry = key.and_then(|key| self.workspace.get(&key).cloned());
        let Some((entry, escalation)) = entry
            .as_ref()
            .and_then(|entry| Some((entry, entry.as_row::<Escalation>()?)))
        else {
            return effects;
        };
        let answered = Escalation {
            resolved_at: Some(Instant(self.moment.at.clone())),
            resolved_by: Some(self.week_text("owner").into()),
            resolution: Some(self.week_text(&text).into()),
            ..escalation.clone()
        };
        let data = entry.record().data().cloned().unwrap_or_default();
        self.put(
            entry.record().key(),
            Some(&Row::from(answered).patched(&data)),
        );
        self.clear_week(&[&format!("answers.{id}"), "answering"])
    }

    /// The finding that a button names, of those that something was put to the owner for.
    fn finding_for(&self, id: &str, about: &str) -> Option<(Escalation, Vec<Finding>, Finding)> {
        let escalation = self.asked(id)?.clone();
        let (findings, _) = self.found_for(&escalation);
        let finding = findings
            .iter()
            .find(|of| finding_name(of) == about)?
            .clone();
        Some((escalation, findings, finding))
    }

    /// The owner decides on a stop, and with `is_rule` on those like it from now on.
    fn answer_stop(
        &mut self,
        id: &str,
        about: &str,
        outcome: DecisionOutcome,
        is_rule: bool,
    ) -> Vec<Effect> {
        let reason = format!("answers.{id}.text");
        let mut effects = Vec::new();
        if !self.is_owner() || !self.is_week_ready(&["owner", &reason], &mut effects) {
            return effects;
        }
        let Some((escalation, findings, finding)) = self.finding_for(id, about) else {
            return effects;
        };
        let Some(order_id) = escalation.order_id.clone() else {
            return effects;
        };
        let decision = Decision {
            order_id,
            rule: finding.rule.clone(),
            finding: Some(finding.clone()),
            outcome,
            condition: None,
            by: self.week_text("owner").into(),
            reason: Some(self.week_text(&reason).into()),
            at: Instant(self.moment.at.clone()),
        };
        // Nothing is done by halves: what can't become a rule isn't approved either.
        if is_rule && let Err(focus) = self.make_rule_of(id, &escalation, &finding) {
            return focus;
        }
        self.record_decision(decision, &findings);
        let is_answered = self.asked(id).is_some_and(|of| of.resolved_at.is_some());
        match is_answered {
            true => self.clear_week(&[&format!("answers.{id}"), "answering"]),
            false => self.clear_week(&[&reason]),
        }
    }

    /// What the owner answered becomes a rule.
    fn allow_from_now_on(&mut self, id: &str, about: &str) -> Vec<Effect> {
        let Some((escalation, _, finding)) = self.finding_for(id, about) else {
            return Vec::new();
        };
        match self.make_rule_of(id, &escalation, &finding) {
            Ok(()) => self.clear_week(&[&format!("answers.{id}"), "answering"]),
            Err(focus) => focus,
        }
    }

    /// Makes a rule of what was typed beneath a finding, or else of what was observed; says what changed. An error
    /// is said already, and answers where to go.
    fn make_rule_of(
        &mut self,
        id: &str,
        escalation: &Escalation,
        finding: &Finding,
    ) -> Result<(), Vec<Effect>> {
        let found = finding.found().filter(|_| self.is_owner());
        let policy = self.policy().into_owned();
        let proposal = found
            .as_ref()
            .and_then(|of| proposal(self.locale, &policy, of));
        let (Some(found), Some(proposal)) = (found, proposal) else {
            return Err(Vec::new());
        };
        let field = format!("answers.{id}.{}", proposal.field);
        let focus = || vec![Effect::Focus(format!("{DATA}.{field}"))];
        let limit = match self.week_text(&field).is_empty() {
            true => Some(proposal.observed),
            false => self.week_value(&field).and_then(|read| read.parse().ok()),
        };
        let limit = limit.ok_or_else(focus)?.normalize();
        if limit < proposal.observed {
            let observed = words::number(proposal.observed.normalize());
            let text = match self.locale {
                Locale::En => format!(
                    "{observed} was observed: with a lower limit it would stop again. Nothing was changed."
                ),
                Locale::Zh => {
                    format!("本次实际值为 {observed}：限额更低的话仍会拦截。未作任何改动。")
                }
            };
            self.complain(&text);
            return Err(focus());
        }
        let Some(path) = proposal.path else {
            return self
                .agree_up_to(escalation, &found, limit)
                .ok_or_else(focus);
        };
        let old = filled(&policy, path);
        if old.is_some_and(|old| limit <= old) {
            self.complain(say(
                self.locale,
                "The rules in force allow this already. Nothing was changed.",
                "现行规则已允许，未作任何改动。",
            ));
            return Err(focus());
        }
        let (number, later) = match self.make_rule(path, &limit.to_string()) {
            Ok(made) => made,
            Err(reasons) => {
                self.complain(&reasons.join(" "));
                return Err(focus());
            }
        };
        let old = old
            .map(|old| words::number(old.normalize()))
            .unwrap_or_default();
        let new = words::number(limit);
        let (before, after) = words::policy_field(self.locale, path).unwrap_or_default();
        let mut text = match self.locale {
            Locale::En => format!(
                "Version {number} of the policy holds from today: {before} {old} → {new} {after} The versions are listed under Policy; there it is taken back."
            ),
            Locale::Zh => format!(
                "采购政策第 {number} 版今日生效：{before} {old} → {new} {after}各版本列在“采购政策”页，可在那里改回。"
            ),
        };
        if let Some(from) = later {
            text.push_str(&match self.locale {
                Locale::En => {
                    format!(" The version that holds from {from} doesn’t have this change.")
                }
                Locale::Zh => format!("自 {from} 起生效的版本不含这项改动。"),
            });
        }
        self.tell_when_stored(&text);
        Ok(())
    }

    /// The owner agrees to a higher price of an article with the supplier of an order; `None` where that isn't known.
    fn agree_up_to(
        &mut self,
        escalation: &Escalation,
        found: &Found,
        maximum: Decimal,
    ) -> Option<()> {
        let Found::AgreedPriceRange { sku, ranges, .. } = found else {
            return None;
        };
        let supplier_id = escalation.supplier_id.clone()?;
        let highest = ranges.iter().max_by_key(|range| range.maximum)?;
        let entry = self
            .workspace
            .list(Kind::Sku)
            .find(|entry| entry.as_row::<Sku>().is_some_and(|of| of.sku == *sku));
        let record = entry?.record().clone();
        let mut article = entry?.as_row::<Sku>()?.clone();
        let by = self.week_text("owner");
        article.agreed.push(Agreed {
            supplier_id,
            minimum: Amount(highest.minimum),
            maximum: Amount(maximum),
            by: (!by.is_empty()).then(|| by.into()),
            at: Some(Instant(self.moment.at.clone())),
        });
        let data = record.data().cloned().unwrap_or_default();
        self.put(record.key(), Some(&Row::from(article).patched(&data)));
        let range = format!(
            "{}–{}",
            words::number(highest.minimum),
            words::number(maximum)
        );
        let text = match self.locale {
            Locale::En => format!(
                "{sku}: CNY\u{a0}{range} is agreed with this supplier from now on. It is taken back at the article, under Suppliers."
            ),
            Locale::Zh => format!(
                "{sku}：与该供应商的约定价格区间现为 CNY\u{a0}{range}。可在“供应商”页的商品资料中取消。"
            ),
        };
        self.tell_when_stored(&text);
        Some(())
    }
}

/// The value of a rule, with its default filled in.
fn filled(policy: &Policy, path: &str) -> Option<Decimal> {
    let orders = &policy.orders;
    match path {
        "orders.maximumOrderValue" => Some(orders.maximum_order_value.0),
        "orders.priceIncreasePercent" => Some(orders.price_increase_percent.0),
        "orders.exchangeRateMaxAgeDays" => Some(orders.exchange_rate_max_age_days.into()),
        _ => None,
    }
}

/// How often each rule asked for the owner, the most frequent first.
fn by_rule<'e>(escalations: impl Iterator<Item = &'e Escalation>) -> Vec<(&'e str, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for escalation in escalations {
        for rule in reasons(escalation) {
            let count = counts.entry(rule).or_default();
            *count = count.saturating_add(1);
        }
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

/// What was put to the owner, and what became of it.
pub fn escalations(model: &Model) -> Html {
    let locale = model.locale;
    let week = model.shown_week();
    let all = model.all_asked();
    let (open, closed): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|asked| asked.escalation.resolved_at.is_none());
    let of_week = |asked: &&Asked<'_>| model.is_asked_in(week, asked.escalation);
    let answered: Vec<&Asked<'_>> = closed.iter().filter(of_week).collect();
    let asked_now = open.iter().filter(of_week).count();
    let count = asked_now.saturating_add(answered.len());
    let rules = by_rule(
        open.iter()
            .filter(of_week)
            .chain(answered.iter().copied())
            .map(|asked| asked.escalation),
    );
    let typed = model.week_typed();
    let answering = text_at(&typed, "answering").to_owned();
    let reason = format!("answers.{answering}.text");
    let faults = model.week_faults(&["question.text", "question.by", "owner", &reason]);
    let form = model.week_form(&typed, &faults);
    let listed = |asked: &Asked<'_>| listed(model, &form, asked, *asked.id == *answering);
    // What is being answered is never folded away.
    let (shown, folded): (Vec<_>, Vec<_>) = open
        .iter()
        .enumerate()
        .partition(|(index, asked)| *index < SHOWN || *asked.id == *answering);
    html! {
        <section class="part" aria-labelledby="escalations">
            <h2 id="escalations">{ say(locale, "Put to the owner", "上报负责人") }</h2>
            <p>{ counted(locale, count, open.len(), model.policy().control.escalations_per_week, &rules) }</p>
            if !shown.is_empty() {
                <ul class="due">{ for shown.iter().map(|(_, asked)| listed(asked)) }</ul>
            }
            if !folded.is_empty() {
                <details class="fold">
                    <summary>{ further(locale, folded.len()) }</summary>
                    <ul class="due">{ for folded.iter().map(|(_, asked)| listed(asked)) }</ul>
                </details>
            }
            if !answered.is_empty() {
                <details class="fold" open={answered.iter().any(|asked| *asked.id == *answering)}>
                    <summary>{ match locale {
                        Locale::En => format!("Answered: {}", answered.len()),
                        Locale::Zh => format!("已答复：{}", answered.len()),
                    } }</summary>
                    <ul class="due">{ for answered.iter().map(|asked| listed(asked)) }</ul>
                </details>
            }
            { question(model, &form) }
        </section>
    }
}

fn further(locale: Locale, count: usize) -> String {
    match locale {
        Locale::En => format!("{count} more"),
        Locale::Zh => format!("另有 {count} 项"),
    }
}

/// How much there is, and where too much of it comes from.
fn counted(
    locale: Locale,
    count: usize,
    open: usize,
    limit: u32,
    rules: &[(&str, usize)],
) -> String {
    let mut text = match (count, open, locale) {
        (0, 0, Locale::En) => "Nothing this week, and nothing is open.".to_owned(),
        (0, 0, Locale::Zh) => "本周没有上报，也没有待处理事项。".to_owned(),
        (_, _, Locale::En) => format!("In this week {count}, open {open}."),
        (_, _, Locale::Zh) => format!("本周 {count} 项，待处理 {open} 项。"),
    };
    if usize::try_from(limit).is_ok_and(|limit| count > limit) {
        let rules = rules.iter().map(|(rule, count)| {
            let rule = words::reason(locale, rule);
            match locale {
                Locale::En => format!("{rule} {count}×"),
                Locale::Zh => format!("{rule} {count} 次"),
            }
        });
        let rules: Vec<String> = rules.collect();
        let rules = rules.join(say(locale, ", ", "、"));
        text.push_str(&match locale {
            Locale::En => format!(" That is more than {limit} in a week: {rules}. Mend the rule or the procedure behind it."),
            Locale::Zh => format!("一周超过 {limit} 项：{rules}。请改进相应规则或流程。"),
        });
    }
    text
}

/// Something that was put to the owner; with `is_in_hand` the answer can be given.
fn listed(model: &Model, form: &Form<'_>, asked: &Asked<'_>, is_in_hand: bool) -> Html {
    let locale = model.locale;
    let Asked { id, escalation } = asked;
    let is_open = escalation.resolved_at.is_none();
    let path = format!("{ESCALATIONS}.{id}");
    let home = model.policy().home_currency.code();
    let loss = escalation.loss.map(|loss| words::money(home, loss.0));
    let raised = model.shown_instant(&escalation.raised_at.0);
    let raised = match (escalation.raised_by.as_deref(), locale) {
        (Some(by), Locale::En) => format!("by {by}, {raised}"),
        (Some(by), Locale::Zh) => format!("{by}，{raised}"),
        (None, _) => raised,
    };
    let decisions = Decisions::all(&model.workspace);
    let decisions = escalation
        .order_id
        .as_deref()
        .map(|order| decisions.on(order));
    let decisions = decisions.unwrap_or_default();
    let open = match (is_open, is_in_hand) {
        (_, true) => Some(say(locale, "Close", "收起")),
        (true, false) => Some(say(locale, "Answer", "答复")),
        (false, false) => (model.is_owner() && may_be_a_rule(escalation)).then_some(say(
            locale,
            "Make it a rule",
            "设为规则",
        )),
    };
    let class = if is_open { "stop" } else { "go" };
    html! {
        <li class={classes!("clock", class)} key={(*id).to_owned()}>
            <p class={classes!("standing", class)}>{ if is_open { say(locale, "Open", "待处理") } else { say(locale, "Answered", "已答复") } }</p>
            <h3>{ subject(model, escalation) }{ " " }<span class="quiet">{ reasons_in_words(locale, escalation) }</span></h3>
            <p class="quiet">{ raised }
                { for loss.map(|loss| html! { <>{ " · " }{ say(locale, "loss ", "损失 ") }{ loss }</> }) }
            </p>
            { for decisions.iter().map(|(_, decision)| decided(locale, decision, model.offset)) }
            if !is_open && decisions.is_empty() { <p class="decided">{ answer(model, escalation) }</p> }
            if is_in_hand { { answering(model, form, id, escalation, is_open) } }
            { for open.map(|text| html! {
                <p class="actions"><button type="button" class="link" name={path.clone()} value="open" aria-expanded={is_in_hand.to_string()}>{ text }</button></p>
            }) }
        </li>
    }
}

/// Whether one of its rules has a limit that an answer can change.
fn may_be_a_rule(escalation: &Escalation) -> bool {
    reasons(escalation).any(|rule| {
        matches!(
            rule,
            "order-value" | "price-increase" | "exchange-rate" | "agreed-price-range"
        )
    })
}

/// What it is about, as the way there.
fn subject(model: &Model, escalation: &Escalation) -> Html {
    let text = escalation.subject.to_string();
    let has = |kind, id: &str| {
        let key = Key::new(kind, id);
        key.is_some_and(|key| model.workspace.get(&key).is_some())
    };
    let dispute = escalation.dispute_id.as_deref();
    let dispute = dispute.filter(|id| has(Kind::Dispute, id));
    let order = escalation.order_id.as_deref();
    let order = order.filter(|id| has(Kind::Order, id) || model.order_draft(id).is_some());
    let place = dispute
        .map(|id| Route::Receiving.at(id))
        .or_else(|| order.map(|id| Route::Orders.at(id)));
    match place {
        Some(place) => html! { <a href={place}>{ text }</a> },
        None => html! { <span>{ text }</span> },
    }
}

/// The answer with who and when.
fn answer(model: &Model, escalation: &Escalation) -> String {
    let locale = model.locale;
    let at = escalation.resolved_at.as_ref();
    let at = at.map(|at| model.shown_instant(&at.0)).unwrap_or_default();
    let by = escalation.resolved_by.as_deref();
    match escalation.resolution.as_deref() {
        Some(text) => {
            let (text, comma) = (answer_in_words(locale, text), say(locale, ", ", "，"));
            let by = by.map(|by| format!("{by}{comma}")).unwrap_or_default();
            format!("{by}{at}{}{text}", say(locale, ": ", "："))
        }
        None => match locale {
            Locale::En => format!("{at}: no longer asked, as the order was changed."),
            Locale::Zh => format!("{at}：订单已修改，无须再答复。"),
        },
    }
}

/// How it is answered, or becomes a rule.
fn answering(
    model: &Model,
    form: &Form<'_>,
    id: &str,
    escalation: &Escalation,
    is_open: bool,
) -> Html {
    let locale = model.locale;
    let (findings, is_waiting) = model.found_for(escalation);
    let text = format!("answers.{id}.text");
    let owner = || form.text("owner", say(locale, "The owner’s name", "负责人姓名"), "");
    if !is_waiting && is_open {
        return html! {
            <>
                { for disputed(model, escalation) }
                { owner() }
                { form.area(&text, say(locale, "The owner’s answer", "负责人的答复")) }
                <p class="actions"><button type="button" class="primary" name={format!("{ESCALATIONS}.{id}")} value="answer">{ say(locale, "Record the answer", "记录答复") }</button></p>
                if model.is_owner() { { found(model, form, id, escalation, &findings, false) } }
            </>
        };
    }
    if !model.is_owner() {
        return html! {
            <p class="quiet">{ say(locale,
                "Only the owner decides on a stop. The decision comes as a file: bring it in under Data.",
                "拦截只能由负责人决定。决定以文件形式返回：请在“数据”页导入。") }</p>
        };
    }
    if !is_waiting {
        return html! { <>{ found(model, form, id, escalation, &findings, false) }</> };
    }
    html! {
        <>
            <div class="cells">
                { owner() }
                { form.input(&text, say(locale, "Reason", "理由"), "", "wide") }
            </div>
            { found(model, form, id, escalation, &findings, true) }
        </>
    }
}

/// What is said of an answer to a dispute.
fn disputed(model: &Model, escalation: &Escalation) -> Option<Html> {
    let id = escalation.dispute_id.as_deref()?;
    let entry = model.workspace.get(&Key::new(Kind::Dispute, id)?)?;
    entry.as_row::<Dispute>()?;
    Some(html! {
        <p class="quiet">{ say(model.locale,
            "The dispute stays open until it is closed itself.",
            "答复后纠纷仍未结案，需在纠纷中另行结案。") }</p>
    })
}

/// What was found, each with what the owner can do about it: decide, where it waits for that, and make it a rule.
fn found(
    model: &Model,
    form: &Form<'_>,
    id: &str,
    escalation: &Escalation,
    findings: &[Finding],
    is_waiting: bool,
) -> Html {
    let locale = model.locale;
    let policy = model.policy();
    let home = policy.home_currency;
    let decisions = Decisions::all(&model.workspace);
    let order = escalation.order_id.as_deref().unwrap_or_default();
    let path = format!("{ESCALATIONS}.{id}");
    let rows = findings.iter().map(|finding| {
        let about = finding_name(finding);
        let is_stop = finding.outcome == Outcome::HardStop;
        let decision = decisions.about(order, finding);
        let to_decide = is_waiting && is_stop && decision.is_none();
        let of = finding.found();
        let proposal = of.as_ref().and_then(|of| proposal(locale, &policy, of));
        let beneath = html! {
            <>
                if to_decide {
                    <p class="ways">
                        { button(&path, &format!("approve:{about}"), say(locale, "Approve this time", "批准本次")) }{ " " }
                        { button(&path, &format!("reject:{about}"), say(locale, "Refuse", "不批准")) }
                    </p>
                }
                { for proposal.map(|proposal| limited(locale, form, &path, id, &about, &proposal, to_decide)) }
            </>
        };
        stored_finding(locale, home, finding, beneath)
    });
    html! { <ul class="findings">{ for rows }</ul> }
}

/// The limit that would let a finding pass from now on.
fn limited(
    locale: Locale,
    form: &Form<'_>,
    path: &str,
    id: &str,
    about: &str,
    proposal: &Proposal,
    to_decide: bool,
) -> Html {
    let observed = proposal.observed.normalize().to_string();
    let given = |_: &str| {
        Some(Given {
            value: observed.clone(),
            from: None,
        })
    };
    let form = Form {
        locale,
        at: form.at,
        tree: form.tree,
        faults: form.faults,
        given: &given,
    };
    let (action, text) = match to_decide {
        true => (
            "approveAndAllow",
            say(locale, "Approve, and always allow it", "批准，并以后都放行"),
        ),
        false => ("allow", say(locale, "Always allow it", "以后都放行")),
    };
    html! {
        <div class="cells">
            { form.text(&format!("answers.{id}.{}", proposal.field), &proposal.label, &proposal.unit) }
            <p class="actions">{ button(path, &format!("{action}:{about}"), text) }</p>
        </div>
    }
}

/// A question to the owner.
fn question(model: &Model, form: &Form<'_>) -> Html {
    let locale = model.locale;
    let home = model.policy().home_currency.code();
    let other = match locale {
        Locale::En => Locale::Zh,
        Locale::Zh => Locale::En,
    };
    let copy = |of: Locale| {
        let text = match of {
            Locale::En => say(
                locale,
                "Ask, and copy the message (English)",
                "提问并复制消息（英文）",
            ),
            Locale::Zh => say(
                locale,
                "Ask, and copy the message (Chinese)",
                "提问并复制消息（中文）",
            ),
        };
        let class = if of == locale { "primary" } else { "link" };
        html! { <button type="button" {class} name={ESCALATIONS} value={format!("ask:{}", of.tag())}>{ text }</button> }
    };
    let is_begun = tree::get(form.tree, "question.text").is_some();
    html! {
        <details class="fold" open={is_begun}>
            <summary>{ say(locale, "Ask the owner something, or report an incident", "向负责人提问或报告事故") }</summary>
            { form.area("question.text", say(locale, "What is to be decided, or what happened", "需要决定的事，或发生了什么")) }
            <div class="cells">
                { form.text("question.by", say(locale, "Your name", "您的姓名"), "") }
                { form.text("question.order", say(locale, "PO number, if it is about an order", "采购单号（如涉及订单）"), "") }
                { form.text("question.loss", say(locale, "Loss, if money was lost", "损失金额（如有）"), home) }
            </div>
            <p class="actions">{ copy(locale) }{ " " }{ copy(other) }</p>
        </details>
    }
}
