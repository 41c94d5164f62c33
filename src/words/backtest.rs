//! What a change of the rules would have done to past orders.

use landfall::control::{Backtest, Tried};
use landfall::finding::Rule;
use landfall::money::{Currency, Figure};
use landfall::order::Verdict;

use crate::Locale;
use crate::findings::rule;
use crate::numbers::{count, money, plural};

/// What the whole comes to, with what the orders had cost.
pub fn backtest(locale: Locale, home: Currency, found: &Backtest) -> String {
    if found.other_home_currency > 0 {
        return locale
            .pick(
                "No order can be tried: the new rules have another home currency, in which past orders have no value.",
                "无法回测：新规则换了本位币，以往订单没有该币种的金额。",
            )
            .to_owned();
    }
    if found.orders == 0 {
        return locale
            .pick(
                "There is no past order to try the rules on.",
                "没有可供回测的以往订单。",
            )
            .to_owned();
    }
    let of = |orders: usize, value: Figure, en: &str, zh: &str| {
        let (orders, value) = (count(orders), money(home.code(), value));
        let clause = say!(
            locale,
            "{orders} {en} ({value})",
            "{orders} 个{zh}（{value}）"
        );
        (orders != "0").then_some(clause)
    };
    let clauses = [
        of(
            found.would_stop.len(),
            found.would_stop_value,
            "would now stop",
            "将被拦截",
        ),
        of(
            found.would_pass.len(),
            found.would_pass_value,
            "would no longer stop",
            "不再被拦截",
        ),
        of(
            found.would_change.len(),
            found.would_change_value,
            "would change otherwise",
            "有其他变化",
        ),
    ];
    let clauses: Vec<String> = clauses.into_iter().flatten().collect();
    let clauses = clauses.join(locale.pick(", ", "，"));
    let orders = match locale {
        Locale::En => plural(found.orders, "past order", "past orders"),
        Locale::Zh => count(found.orders),
    };
    if clauses.is_empty() {
        return say!(
            locale,
            "Of {orders}, none would come out otherwise.",
            "以往 {orders} 个订单的结论都不变。",
        );
    }
    say!(
        locale,
        "Of {orders}, {clauses}.",
        "以往 {orders} 个订单中：{clauses}。",
    )
}

/// What would become of a past order, and by which rules.
pub fn tried(locale: Locale, home: Currency, tried: &Tried) -> String {
    let value = money(home.code(), tried.value);
    let rules = rules(locale, &tried.rules);
    match (tried.before, tried.after) {
        (Verdict::Proceed | Verdict::Incomplete, Verdict::Stop) => say!(
            locale,
            "Would now stop: {rules}. It cost {value}.",
            "将被拦截：{rules}。成本 {value}。",
        ),
        (Verdict::Stop, Verdict::Proceed) => say!(
            locale,
            "Would no longer stop: {rules}. It cost {value}.",
            "不再被拦截：{rules}。成本 {value}。",
        ),
        (Verdict::Stop, Verdict::Incomplete) => say!(
            locale,
            "Would no longer stop: {rules}; staff would have to complete it. It cost {value}.",
            "不再被拦截：{rules}；但资料需员工补齐。成本 {value}。",
        ),
        (Verdict::Proceed, Verdict::Incomplete) => say!(
            locale,
            "Staff would have to complete it: {rules}. It cost {value}.",
            "需员工补齐：{rules}。成本 {value}。",
        ),
        (Verdict::Incomplete, Verdict::Proceed) => say!(
            locale,
            "Nothing would be missing any more: {rules}. It cost {value}.",
            "无需再补齐：{rules}。成本 {value}。",
        ),
        (Verdict::Proceed, Verdict::Proceed)
        | (Verdict::Incomplete, Verdict::Incomplete)
        | (Verdict::Stop, Verdict::Stop) => say!(
            locale,
            "Comes out as before. It cost {value}.",
            "结论不变。成本 {value}。",
        ),
    }
}

/// The names of rules in a row.
fn rules(locale: Locale, rules: &[Rule]) -> String {
    let names: Vec<&str> = rules.iter().map(|of| rule(locale, *of)).collect();
    names.join(locale.pick(", ", "、"))
}
