//! Receiving: what is due and what is lost, what an inspection covers, and what is written to a supplier
//! and to the owner in a dispute.

use landfall::receiving::{
    Aspect, AutoConfirm, Clock, ClockState, Deadline, Loss, LossKind, Variance, Wish,
};
use rust_decimal::Decimal;

use crate::Locale;
use crate::numbers::{count, money, number, plural, units};

/// An order by its number; one that says itself what it is, such as `PO-2026-117`, stands alone.
pub fn purchase_order(locale: Locale, number: &str) -> String {
    let is_said = number
        .get(..2)
        .is_some_and(|begin| begin.eq_ignore_ascii_case("PO"));
    match is_said {
        true => number.to_owned(),
        false => format!("{}\u{a0}{number}", locale.pick("PO", "采购单")),
    }
}

/// What a clock is called: what is to be done before it runs out.
pub const fn clock(locale: Locale, clock: Clock) -> &'static str {
    match clock {
        Clock::AutoConfirm => locale.pick("Confirm or dispute on 1688", "在 1688 确认或申请售后"),
        Clock::AgentReturn => locale.pick("Return through the agent", "通过代理退货"),
        Clock::Storage => locale.pick("Move goods out of storage", "提货出库"),
        Clock::LogVariance => locale.pick("Log the variance", "登记差异"),
        Clock::ContactSupplier => locale.pick("Tell the supplier", "联系供应商"),
        Clock::Dispute => locale.pick("Settle the dispute", "解决纠纷"),
    }
}

/// What is to be done, in a sentence.
pub const fn clock_task(locale: Locale, clock: Clock) -> &'static str {
    match clock {
        Clock::AutoConfirm => locale.pick(
            "Check the goods, and apply for a refund on 1688 if something is wrong.",
            "验货；有问题就在 1688 申请退款。",
        ),
        Clock::AgentReturn => locale.pick(
            "Look at the agent’s photos, and ask for a return if something is wrong.",
            "看代理的验货照片；有问题就要求退货。",
        ),
        Clock::Storage => locale.pick(
            "Have the goods sent on, or claim the parcel with its order number.",
            "安排发货；无主包裹用订单号认领。",
        ),
        Clock::LogVariance => locale.pick(
            "Count and check the goods; write down what is missing or wrong, with photos and counts.",
            "清点验货，登记缺少或不符的情况，附照片和数量。",
        ),
        Clock::ContactSupplier => locale.pick(
            "Send the supplier the counts and photos. Pay nothing out before.",
            "把数量和照片发给供应商。在此之前不付款。",
        ),
        Clock::Dispute => locale.pick(
            "Bring it to an end with the supplier, the platform or the owner. Pay nothing out before.",
            "与供应商、平台或负责人把问题解决。在此之前不付款。",
        ),
    }
}

/// What is to be done before a clock runs out, and what is lost then, in sentences.
pub fn deadline(locale: Locale, deadline: &Deadline) -> String {
    let over = match deadline.state {
        ClockState::Done => {
            return say!(locale, "Nothing is left to do here.", "这一项已完成。");
        }
        ClockState::Overdue => Some(locale.pick("The time for this is over.", "已超时。")),
        ClockState::Running => None,
    };
    let by = deadline.auto_confirm.map(|by| auto_confirm(locale, by));
    let loss = loss(locale, &deadline.loss);
    let task = clock_task(locale, deadline.clock);
    let sentences: Vec<&str> = over.into_iter().chain(by).chain([task, &loss]).collect();
    sentences.join(locale.pick(" ", ""))
}

/// What is lost when a clock runs out, in a sentence.
pub fn loss(locale: Locale, loss: &Loss) -> String {
    let at_stake = |en: &str, zh: &str| match loss.amount_cny {
        Some(amount) => {
            let amount = money("CNY", amount);
            say!(locale, "{en} {amount} were paid.", "{zh}已付 {amount}。")
        }
        None => say!(locale, "{en}", "{zh}"),
    };
    match loss.kind {
        LossKind::Evidence => at_stake(
            "A variance that is logged late counts for less.",
            "登记晚了，证据效力变弱。",
        ),
        LossKind::Claim => at_stake(
            "The claim against the supplier gets weaker from day to day.",
            "对供应商的索赔一天比一天难。",
        ),
        LossKind::Payment => match loss.amount_cny {
            Some(amount) => {
                let amount = money("CNY", amount);
                say!(
                    locale,
                    "1688 pays {amount} to the supplier.",
                    "1688 会把 {amount} 打给供应商。"
                )
            }
            None => say!(
                locale,
                "1688 pays the money to the supplier.",
                "1688 会把货款打给供应商。"
            ),
        },
        LossKind::Return => at_stake(
            "The agent takes nothing back any more.",
            "代理不再受理退货。",
        ),
        LossKind::Storage => say!(
            locale,
            "Storage is free no longer, or the warehouse disposes of the goods by its own terms.",
            "免费仓储到期，仓库会收费，或按其规定处理货物。"
        ),
        LossKind::Goods => at_stake("The parcel is destroyed.", "包裹会被销毁。"),
    }
}

/// How a clock stands.
pub const fn clock_state(locale: Locale, state: ClockState) -> &'static str {
    match state {
        ClockState::Running => locale.pick("Running", "进行中"),
        ClockState::Overdue => locale.pick("Overdue", "已超时"),
        ClockState::Done => locale.pick("Done", "已完成"),
    }
}

/// By which part of its rule the platform confirms.
pub const fn auto_confirm(locale: Locale, by: AutoConfirm) -> &'static str {
    match by {
        AutoConfirm::SignedInTime => locale.pick(
            "Signed for within 8 days of dispatch: 1688 confirms 10 days after dispatch.",
            "发货后 8 天内签收：1688 在发货 10 天后自动确认。",
        ),
        AutoConfirm::SignedLate => locale.pick(
            "Signed for more than 8 days after dispatch: 1688 confirms 48 hours after the signature.",
            "发货 8 天后才签收：1688 在签收 48 小时后自动确认。",
        ),
        AutoConfirm::AtLatest => locale.pick(
            "Signed for so late that 1688 confirms at the latest possible time, 30 days after dispatch.",
            "签收太晚：1688 最迟在发货 30 天后自动确认。",
        ),
        AutoConfirm::NotSigned => locale.pick(
            "Not signed for yet: 1688 confirms 30 days after dispatch, and earlier once it is signed for.",
            "尚未签收：1688 在发货 30 天后自动确认，签收后会提前。",
        ),
        AutoConfirm::DispatchUnknown => locale.pick(
            "The day of dispatch is not known: 1688 confirms 48 hours after the signature at the earliest. Enter the dispatch.",
            "发货时间未知：1688 最早在签收 48 小时后自动确认。请补填发货时间。",
        ),
    }
}

/// When the platform would confirm if a parcel were signed for now.
pub fn confirmed_if_signed(locale: Locale, when: &str) -> String {
    say!(
        locale,
        "If it is signed for now, 1688 confirms on {when}.",
        "如果现在签收，1688 会在 {when} 自动确认。"
    )
}

/// That nothing may be paid out.
pub const fn payment_held(locale: Locale) -> &'static str {
    locale.pick("Pay nothing out yet", "暂不付款")
}

/// How much time is left, or how long ago it was up, to the minute: `in 3 h 20 min`.
pub fn time_left(locale: Locale, seconds: i64) -> String {
    let length = length(locale, seconds.unsigned_abs());
    if seconds < 0 {
        // What begins with a figure stands apart from the characters before it.
        let gap = if length.starts_with(|letter: char| letter.is_ascii_digit()) {
            "\u{a0}"
        } else {
            ""
        };
        say!(locale, "{length} ago", "已过{gap}{length}")
    } else {
        say!(locale, "in {length}", "{length}后")
    }
}

/// A length of time by its two largest units; what is left over is dropped.
pub(crate) fn length(locale: Locale, seconds: u64) -> String {
    let minutes = seconds.wrapping_div(60);
    let (hours, minutes) = (minutes.wrapping_div(60), minutes.wrapping_rem(60));
    let (days, hours) = (hours.wrapping_div(24), hours.wrapping_rem(24));
    let day = match locale {
        Locale::En => plural(Decimal::from(days), "day", "days"),
        Locale::Zh => format!("{days}\u{a0}天"),
    };
    let hour = say!(locale, "{hours}\u{a0}h", "{hours}\u{a0}小时");
    let minute = say!(locale, "{minutes}\u{a0}min", "{minutes}\u{a0}分钟");
    match (days, hours, minutes) {
        (0, 0, 0) => say!(locale, "less than a minute", "不到 1\u{a0}分钟"),
        (0, 0, _) => minute,
        (0, _, 0) => hour,
        (0, _, _) => format!("{hour} {minute}"),
        (_, 0, _) => day,
        (_, _, _) => format!("{day} {hour}"),
    }
}

/// How goods differ from what was ordered.
pub const fn variance(locale: Locale, variance: Variance) -> &'static str {
    match variance {
        Variance::ShortShipment => locale.pick("Short shipment", "少货"),
        Variance::WrongSpecification => locale.pick("Wrong specification", "规格不符"),
        Variance::Defects => locale.pick("Defects", "次品"),
    }
}

/// What an inspection can look at.
pub const fn aspect(locale: Locale, aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Function => locale.pick("whether it works (power-on)", "通电和功能"),
        Aspect::Materials => locale.pick("materials", "材质"),
        Aspect::HiddenDefects => locale.pick("hidden defects", "内在缺陷"),
        Aspect::Size => locale.pick("size", "尺寸"),
        Aspect::Colour => locale.pick("colour", "颜色"),
        Aspect::Packaging => locale.pick("packaging", "包装"),
        Aspect::Quantity => locale.pick("quantity", "数量"),
        Aspect::Appearance => locale.pick("appearance", "外观"),
    }
}

/// What the agent's inspection didn't look at, in a sentence.
pub fn not_covered(locale: Locale, uncovered: &[Aspect]) -> String {
    if uncovered.is_empty() {
        return say!(
            locale,
            "The agent’s inspection covered everything on the list.",
            "代理验货覆盖了清单上的所有项目。"
        );
    }
    let names = uncovered.iter().map(|of| aspect(locale, *of));
    let names: Vec<&str> = names.collect();
    let names = names.join(locale.pick(", ", "、"));
    say!(
        locale,
        "The agent’s inspection did not cover: {names}. Check these yourself.",
        "代理验货不包括：{names}。请自行检查。"
    )
}

/// How bad a defect is, by its code; another one as it is written.
pub fn defect_class(locale: Locale, class: &str) -> &str {
    match class {
        "critical" => locale.pick("critical", "致命"),
        "major" => locale.pick("major", "严重"),
        "minor" => locale.pick("minor", "轻微"),
        "" | "defective" => locale.pick("defective", "不良"),
        _ => class,
    }
}

/// What is asked of a supplier.
pub const fn wish(locale: Locale, wish: Wish) -> &'static str {
    match wish {
        Wish::Refund => locale.pick("Refund", "退款"),
        Wish::Replacement => locale.pick("Replacement", "补发"),
        Wish::Return => locale.pick("Return", "退货退款"),
        Wish::Discount => locale.pick("Discount", "折价"),
    }
}

/// Bad units of one kind.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DefectCount<'a> {
    /// How bad, by its code.
    pub class: &'a str,
    /// What is wrong with them; empty where that isn't said.
    pub kind: &'a str,
    /// How many.
    pub units: u32,
}

/// What was counted of an article.
#[derive(Clone, PartialEq, Debug)]
pub struct Counted<'a> {
    /// The article.
    pub sku: &'a str,
    /// Units ordered.
    pub ordered: Option<Decimal>,
    /// Units received.
    pub received: Option<Decimal>,
    /// Units inspected.
    pub inspected: Option<u32>,
    /// The bad ones.
    pub defects: Vec<DefectCount<'a>>,
    /// What else is wrong.
    pub notes: &'a str,
}

/// What a dispute is about, for the messages. Times stand as China's clocks show them.
#[derive(Clone, PartialEq, Debug)]
pub struct DisputeMessage<'a> {
    /// The buyer's number of the order.
    pub order: &'a str,
    /// The platform's number, where it is known.
    pub platform_order: &'a str,
    /// When the goods arrived.
    pub arrived: &'a str,
    /// What is wrong.
    pub variances: &'a [Variance],
    /// What was counted.
    pub counts: &'a [Counted<'a>],
    /// How many photos there are.
    pub photos: usize,
    /// What is asked for.
    pub wish: Option<Wish>,
    /// How much is claimed, in CNY.
    pub claimed_cny: Option<Decimal>,
    /// By when an answer is expected.
    pub answer_by: &'a str,
}

/// What is wrong with each article, a line each.
fn problems(locale: Locale, counts: &[Counted<'_>]) -> Vec<String> {
    let mut lines = Vec::new();
    for of in counts {
        let sku = of.sku;
        if let (Some(ordered), Some(received)) = (of.ordered, of.received)
            && let Some(short) = ordered.checked_sub(received)
            && short > Decimal::ZERO
        {
            let [ordered, received, short] = [ordered, received, short].map(|of| units(locale, of));
            lines.push(say!(
                locale,
                "{sku}: ordered {ordered}, received {received}, {short} short.",
                "{sku}：订 {ordered}，实收 {received}，少 {short}。"
            ));
        }
        if !of.defects.is_empty() {
            lines.push(defects(locale, of));
        }
        let notes = of.notes.trim();
        if !notes.is_empty() {
            lines.push(say!(locale, "{sku}: {notes}", "{sku}：{notes}"));
        }
    }
    lines
}

/// Bad units by kind, in a line: `5 × rim cracked (major), 2 minor`.
pub fn defect_counts(locale: Locale, defects: &[DefectCount<'_>]) -> String {
    let kinds = defects.iter().map(|defect| {
        let (class, found) = (
            defect_class(locale, defect.class),
            number(Decimal::from(defect.units)),
        );
        match defect.kind.trim() {
            "" => say!(locale, "{found} {class}", "{class} {found}\u{a0}件"),
            kind => say!(
                locale,
                "{found} × {kind} ({class})",
                "{kind}（{class}）{found}\u{a0}件"
            ),
        }
    });
    let kinds: Vec<String> = kinds.collect();
    kinds.join(locale.pick(", ", "、"))
}

fn defects(locale: Locale, of: &Counted<'_>) -> String {
    let sku = of.sku;
    let bad = of.defects.iter().map(|defect| defect.units);
    let bad = units(locale, Decimal::from(bad.fold(0, u32::saturating_add)));
    let kinds = defect_counts(locale, &of.defects);
    match of.inspected {
        Some(inspected) => {
            let inspected = units(locale, Decimal::from(inspected));
            say!(
                locale,
                "{sku}: inspected {inspected}, {bad} defective: {kinds}.",
                "{sku}：抽检 {inspected}，不良 {bad}：{kinds}。"
            )
        }
        None => say!(
            locale,
            "{sku}: {bad} defective: {kinds}.",
            "{sku}：不良 {bad}：{kinds}。"
        ),
    }
}

/// Lines with their numbers.
fn numbered(locale: Locale, lines: Vec<String>) -> impl Iterator<Item = String> {
    (1_usize..).zip(lines).map(move |(index, line)| {
        let index = count(index);
        say!(locale, "{index}. {line}", "{index}、{line}")
    })
}

fn names(locale: Locale, variances: &[Variance]) -> String {
    let names = variances.iter().map(|of| match locale {
        Locale::En => variance(locale, *of).to_lowercase(),
        Locale::Zh => variance(locale, *of).to_owned(),
    });
    let names: Vec<String> = names.collect();
    names.join(locale.pick(", ", "、"))
}

/// What is asked for, with the amount where one is claimed.
fn asked(locale: Locale, about: &DisputeMessage<'_>) -> Option<String> {
    let name = wish(locale, about.wish?);
    let name = match locale {
        Locale::En => name.to_lowercase(),
        Locale::Zh => name.to_owned(),
    };
    Some(match about.claimed_cny {
        Some(claimed) => {
            let claimed = money("CNY", claimed);
            say!(locale, "{name}, {claimed}", "{name} {claimed}")
        }
        None => name,
    })
}

/// The message to the supplier, ready to send: what is wrong, with the counts, what is asked for, and by
/// when. The language is that of the message; shops on 1688 read Chinese.
pub fn supplier_message(locale: Locale, about: &DisputeMessage<'_>) -> String {
    let (order, platform) = (about.order, about.platform_order);
    let order = match platform {
        "" => say!(locale, "{order}", " {order} "),
        _ => say!(
            locale,
            "{order} (1688 order {platform})",
            " {order}（1688 订单号 {platform}）"
        ),
    };
    let wrong = names(locale, about.variances);
    let arrived = about.arrived;
    let mut lines = vec![match (arrived, wrong.as_str()) {
        ("", "") => say!(
            locale,
            "Hello, something is wrong with our order {order}:",
            "您好，我们的订单{order}有问题："
        ),
        ("", _) => say!(
            locale,
            "Hello, we found this wrong with our order {order}: {wrong}.",
            "您好，我们的订单{order}验收有问题：{wrong}。"
        ),
        (_, "") => say!(
            locale,
            "Hello, our order {order} arrived on {arrived} (Beijing time), and something is wrong:",
            "您好，我们的订单{order}已于 {arrived} 到货，验收有问题："
        ),
        (_, _) => say!(
            locale,
            "Hello, our order {order} arrived on {arrived} (Beijing time), and we found: {wrong}.",
            "您好，我们的订单{order}已于 {arrived} 到货，验收发现：{wrong}。"
        ),
    }];
    lines.extend(numbered(locale, problems(locale, about.counts)));
    if about.photos > 0 {
        let photos = match locale {
            Locale::En => plural(Decimal::from(about.photos), "photo", "photos"),
            Locale::Zh => format!("{}\u{a0}张", count(about.photos)),
        };
        lines.push(say!(
            locale,
            "As proof we send {photos}.",
            "附照片 {photos}作为凭证。"
        ));
    }
    if let Some(asked) = asked(locale, about) {
        lines.push(say!(
            locale,
            "We ask for: {asked}.",
            "我们的要求：{asked}。"
        ));
    }
    let by = about.answer_by;
    if !by.is_empty() {
        lines.push(say!(
            locale,
            "Please answer by {by} (Beijing time).",
            "请在 {by} 之前答复。"
        ));
    }
    lines.push(say!(
        locale,
        "Until this is settled we do not confirm the receipt. Thank you.",
        "在解决之前，我们暂不确认收货。谢谢。"
    ));
    lines.join("\n")
}

/// The message to the owner about a dispute that the supplier doesn't resolve. Beside what the dispute is
/// about: the supplier, since when it is open, and what the supplier said last.
pub fn dispute_owner_message(
    locale: Locale,
    about: &DisputeMessage<'_>,
    supplier: &str,
    opened: &str,
    last_answer: &str,
) -> String {
    let order = purchase_order(locale, about.order);
    let mut lines = vec![say!(
        locale,
        "A dispute needs your decision: {order}.",
        "有一笔纠纷需要您决定：{order}。"
    )];
    if !supplier.is_empty() {
        lines.push(say!(locale, "Supplier: {supplier}", "供应商：{supplier}"));
    }
    let wrong = names(locale, about.variances);
    if !wrong.is_empty() {
        lines.push(say!(locale, "What is wrong: {wrong}", "问题：{wrong}"));
    }
    lines.extend(numbered(locale, problems(locale, about.counts)));
    if let Some(asked) = asked(locale, about) {
        lines.push(say!(locale, "We asked for: {asked}", "我们的要求：{asked}"));
    }
    if !opened.is_empty() {
        lines.push(say!(locale, "Open since: {opened}", "开始时间：{opened}"));
    }
    lines.push(match last_answer.trim() {
        "" => say!(locale, "The supplier has not answered.", "供应商没有答复。"),
        answer => say!(
            locale,
            "The supplier said last: {answer}",
            "供应商最后的答复：{answer}"
        ),
    });
    lines.push(say!(
        locale,
        "You can accept the offer, take it to the platform, or give the claim up. Please answer with the reason; your answer is kept with the dispute.",
        "您可以接受对方方案、申请平台介入，或放弃索赔。请答复并说明理由，您的决定会随纠纷保存。"
    ));
    lines.join("\n")
}
