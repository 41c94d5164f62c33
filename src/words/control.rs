//! The week: its three numbers, its red flags, and the batches that were defective.

use landfall::check::by_name;
use landfall::control::{
    Action, CostChange, CostPart, DefectRate, Flag, LeadTimes, ProblemBatch, RuleCount, State,
};
use landfall::money::Figure;
use landfall::order::SupplierStatus;
use rust_decimal::Decimal;

use crate::numbers::{count, money, number, percent, plural, units};
use crate::{Locale, component, rule};

/// The three numbers of a week.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WeeklyNumber {
    /// Defective units of those inspected.
    DefectRate,
    /// Days over the planned lead time.
    LeadTime,
    /// Landed cost against the month before.
    CostChange,
}

impl WeeklyNumber {
    /// All of them, in their order.
    pub const ALL: [WeeklyNumber; 3] = [
        WeeklyNumber::DefectRate,
        WeeklyNumber::LeadTime,
        WeeklyNumber::CostChange,
    ];
}

/// What a number of the week is called.
pub const fn weekly_number(locale: Locale, number: WeeklyNumber) -> &'static str {
    match number {
        WeeklyNumber::DefectRate => locale.pick("Defect rate", "不良率"),
        WeeklyNumber::LeadTime => locale.pick("Lead time against plan", "交期偏差"),
        WeeklyNumber::CostChange => {
            locale.pick("Landed cost against last month", "到岸成本（较上月）")
        }
    }
}

/// How a number stands.
pub const fn weekly_state(locale: Locale, state: State) -> &'static str {
    match state {
        State::Normal => locale.pick("Normal", "正常"),
        State::Watch => locale.pick("Watch", "关注"),
        State::OutOfRange => locale.pick("Out of range", "超出范围"),
        State::NoData => locale.pick("No data", "无数据"),
    }
}

/// What a change of cost comes from.
pub const fn cost_part(locale: Locale, part: CostPart) -> &'static str {
    match part {
        CostPart::Price => locale.pick("Goods: price", "货款：单价"),
        CostPart::Rate => locale.pick("Goods: exchange rate", "货款：汇率"),
        CostPart::Component(of) => component(locale, of),
    }
}

/// A percentage without the zeros that its decimals add.
fn plain_percent(locale: Locale, value: Figure) -> String {
    percent(locale, value.normalize())
}

/// The first number in a sentence.
pub fn defect_rate(locale: Locale, rate: &DefectRate) -> String {
    let Some(found) = rate.percent else {
        return say!(
            locale,
            "Nothing that arrived in this week was inspected.",
            "本周到货均未检验。",
        );
    };
    let found = plain_percent(locale, found);
    let limit = plain_percent(locale, rate.limit_percent);
    let inspected = units(locale, rate.inspected);
    let defective = number(rate.defective);
    say!(
        locale,
        "{found} of {inspected} inspected were defective ({defective}); normal is up to {limit}.",
        "检验 {inspected}，不良 {defective} 件，不良率 {found}；正常范围不超过 {limit}。",
    )
}

/// Days: `1 day`, `2.7 days`.
fn days(locale: Locale, value: impl Into<Decimal>) -> String {
    match locale {
        Locale::En => plural(value, "day", "days"),
        Locale::Zh => format!("{}\u{a0}天", number(value.into().normalize())),
    }
}

/// The second number in a sentence.
pub fn lead_time(locale: Locale, times: &LeadTimes) -> String {
    let (Some(mean), Some(worst)) = (times.mean_days, times.worst_days) else {
        return say!(
            locale,
            "No order with a planned day arrived in this week.",
            "本周没有写明交期的订单到货。",
        );
    };
    let limit = days(locale, times.limit_days);
    let late = days(locale, mean.abs());
    let mean = match mean.0 {
        mean if mean.is_zero() => say!(
            locale,
            "Orders arrived on their day on average",
            "到货平均准时"
        ),
        mean if mean.is_sign_negative() => say!(
            locale,
            "Orders arrived {late} early on average",
            "到货平均提前 {late}"
        ),
        _ => say!(
            locale,
            "Orders arrived {late} late on average",
            "到货平均晚 {late}"
        ),
    };
    let worst = if worst > 0 {
        let worst = days(locale, worst);
        say!(locale, "the worst {worst} late", "最晚的晚 {worst}")
    } else {
        say!(locale, "none was late", "没有晚到的")
    };
    say!(
        locale,
        "{mean}, {worst}; normal is up to {limit} late.",
        "{mean}，{worst}；正常范围不超过晚 {limit}。",
    )
}

/// The third number in a sentence.
pub fn cost_change(locale: Locale, home: &str, cost: &CostChange) -> String {
    if cost.lines.is_empty() {
        return say!(
            locale,
            "Nothing that arrived in this week can be compared with the month before.",
            "本周到货没有可与上月比较的商品。",
        );
    }
    let amount = money(home, cost.amount);
    let Some(percent) = cost.percent else {
        return say!(
            locale,
            "What cost {amount} in this week cost nothing in the month before.",
            "本周成本为 {amount} 的商品，上月没有成本。",
        );
    };
    let before = money(home, cost.baseline_amount);
    let limit = plain_percent(locale, cost.limit_percent);
    let by = plain_percent(locale, Figure(percent.abs()));
    let change = money(home, cost.change.abs());
    match cost.change.0 {
        change if change.is_zero() => say!(
            locale,
            "Like for like, landed cost is as in the month before, {before}; normal is up to {limit} up or down.",
            "同类商品到岸成本与上月持平，为 {before}；正常范围为上下不超过 {limit}。",
        ),
        fall if fall.is_sign_negative() => say!(
            locale,
            "Like for like, landed cost fell by {by} against the month before: {amount} instead of {before}, {change} less; normal is up to {limit} up or down.",
            "同类商品到岸成本较上月下降 {by}：由 {before} 变为 {amount}，少 {change}；正常范围为上下不超过 {limit}。",
        ),
        _ => say!(
            locale,
            "Like for like, landed cost rose by {by} against the month before: {amount} instead of {before}, {change} more; normal is up to {limit} up or down.",
            "同类商品到岸成本较上月上升 {by}：由 {before} 变为 {amount}，多 {change}；正常范围为上下不超过 {limit}。",
        ),
    }
}

/// What a red flag is called.
pub const fn weekly_flag_name(locale: Locale, flag: &Flag) -> &'static str {
    match flag {
        Flag::ConsecutiveDefectiveBatches { .. } => {
            locale.pick("Defective batches in a row", "连续不良批次")
        }
        Flag::TwoOfFiveDefective { .. } => {
            locale.pick("Two of five batches defective", "五批中两批不良")
        }
        Flag::CostIncrease { .. } => {
            locale.pick("Landed cost rose without approval", "到岸成本上涨未经批准")
        }
        Flag::TooManyEscalations { .. } => locale.pick("Too many escalations", "上报过多"),
    }
}

/// What a red flag asks for.
pub const fn action(locale: Locale, action: Action) -> &'static str {
    match action {
        Action::Suspend => locale.pick("Suspend the supplier", "暂停供应商"),
        Action::TightenInspection => locale.pick("Tighten inspection", "加严检验"),
        Action::FindCause => locale.pick("Find the cause", "查明原因"),
        Action::MendSop => locale.pick("Mend the procedure", "完善流程"),
    }
}

/// A red flag in sentences, with what to do. `name` is that of its supplier or order; too many escalations
/// have none.
pub fn weekly_flag(locale: Locale, flag: &Flag, name: &str) -> String {
    match flag {
        Flag::ConsecutiveDefectiveBatches {
            status,
            receipts,
            limit,
            ..
        } => {
            let (found, limit) = (count(receipts.len()), number(*limit));
            match status {
                Some(SupplierStatus::Suspended) => say!(
                    locale,
                    "{name}: {found} defective batches in a row. The supplier is suspended, which happens by itself from {limit} on. Order nothing from it; only the owner takes this back, with a reason.",
                    "{name}：连续 {found} 批不良。供应商已暂停（连续 {limit} 批即自动暂停）。不再向其下单；只有负责人可以说明理由后恢复。",
                ),
                Some(SupplierStatus::New | SupplierStatus::Whitelisted) | None => say!(
                    locale,
                    "{name}: {found} defective batches in a row; from {limit} on a supplier is suspended. Suspend it and order nothing from it.",
                    "{name}：连续 {found} 批不良，连续 {limit} 批即应暂停。暂停这家供应商，不再向其下单。",
                ),
            }
        }
        Flag::TwoOfFiveDefective { receipts, of, .. } => {
            let (found, of) = (count(receipts.len()), count(*of));
            say!(
                locale,
                "{name}: {found} of the last {of} batches were defective. Inspect its next lots tightened until five in a row pass. This is a rule of inspection and suspends nobody.",
                "{name}：最近 {of} 批中有 {found} 批不良。后续批次加严检验，连续五批合格后再恢复。这是检验规则，不涉及暂停。",
            )
        }
        Flag::CostIncrease {
            percent,
            limit_percent,
            part,
            ..
        } => {
            let rise = plain_percent(locale, *percent);
            let limit = plain_percent(locale, *limit_percent);
            let most = part.map(|part| {
                let part = cost_part(locale, part);
                say!(locale, " Most of it: {part}.", "主要来自：{part}。")
            });
            let most = most.unwrap_or_default();
            say!(
                locale,
                "{name}: landed cost is {rise} above the month before, like for like; more than {limit} needs approval.{most} Find the cause, or have the owner approve the change.",
                "{name}：同类商品到岸成本比上月高 {rise}；超过 {limit} 须经批准。{most}查明原因，或请负责人批准。",
            )
        }
        Flag::TooManyEscalations {
            count: found,
            limit,
            rules,
        } => {
            let (found, limit) = (count(*found), number(*limit));
            let asked = asked_by(locale, rules);
            say!(
                locale,
                "{found} cases reached the owner in this week; more than {limit} are too many. {asked} Mend the procedure where it leaves the case open.",
                "本周上报 {found} 次，超过 {limit} 次即为过多。{asked}完善流程中没有写清的地方。",
            )
        }
    }
}

/// Which rules asked for the owner.
fn asked_by(locale: Locale, rules: &[RuleCount]) -> String {
    let named = |of: &RuleCount| {
        let name = by_name(&of.rule).map_or(&*of.rule, |known| rule(locale, known));
        let times = count(of.count);
        say!(locale, "{name} ({times})", "{name}（{times} 次）")
    };
    let rules: Vec<String> = rules.iter().map(named).collect();
    if rules.is_empty() {
        return say!(
            locale,
            "No rule asked for them: they are disputes and questions.",
            "都不是规则触发的，而是纠纷和提问。",
        );
    }
    let rules = rules.join(locale.pick(", ", "、"));
    say!(
        locale,
        "Rules that asked: {rules}.",
        "触发的规则：{rules}。"
    )
}

/// Why a batch is defective. `limit` is the policy's for a batch, in percent.
pub fn problem_batch(locale: Locale, problem: &ProblemBatch, limit: Figure) -> String {
    let batch = &problem.batch;
    let limit = plain_percent(locale, limit);
    let (defective, inspected) = (number(batch.defective), units(locale, batch.inspected));
    match (problem.has_failed, batch.percent) {
        (true, None) => say!(
            locale,
            "Did not pass, without a count of units.",
            "未通过，没有件数记录。"
        ),
        (true, Some(rate)) => {
            let rate = plain_percent(locale, rate);
            say!(
                locale,
                "Did not pass: {defective} of {inspected} inspected were defective ({rate}).",
                "未通过：检验 {inspected}，不良 {defective} 件（{rate}）。",
            )
        }
        (false, rate) => {
            let rate = plain_percent(locale, rate.unwrap_or_default());
            say!(
                locale,
                "{defective} of {inspected} inspected were defective ({rate}), more than {limit}.",
                "检验 {inspected}，不良 {defective} 件（{rate}），超过 {limit}。",
            )
        }
    }
}
