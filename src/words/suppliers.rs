//! Suppliers: what is known of a new one, and how one in use performs.

use landfall::money::Figure;
use landfall::supplier::{
    Axis, AxisReading, Band, ChecklistEntry, ChecklistItem, FlagSource, Grade, Observed,
    PaymentTerms, PerformanceAxis, RaisedFlag, Readiness, RedFlag, Risk, State, SupplierGrade,
    SupplierScore, Tier,
};
use rust_decimal::Decimal;

use crate::Locale;
use crate::numbers::{count, money, number, percent, trimmed, units, years};

/// Whether a new supplier can be put before the owner, and what to do next.
pub const fn readiness(locale: Locale, readiness: Readiness) -> &'static str {
    match readiness {
        Readiness::ReadyForApproval => locale.pick(
            "Everything on the checklist is met. Send the brief to the owner, who alone approves a supplier.",
            "清单各项都符合。把简报发给负责人，只有负责人能批准供应商。",
        ),
        Readiness::Incomplete => locale.pick(
            "Nothing speaks against this supplier, but something is not known yet. Find it out before the owner decides.",
            "目前没有不符合的项目，但资料还不全。先补齐，再请负责人决定。",
        ),
        Readiness::NotReady => locale.pick(
            "This supplier is not ready for approval. Settle what is not met, or look for another one.",
            "这家供应商还不能报批。解决不符合的项目，或另找一家。",
        ),
    }
}

/// What is to be done with a new supplier.
pub const fn supplier_score(locale: Locale, score: &SupplierScore) -> &'static str {
    if score.is_disqualified {
        locale.pick(
            "A red flag rules this supplier out. Look for another one, or show the owner why the flag is wrong.",
            "有否决项，排除这家供应商。另找一家；如果属于误判，向负责人说明。",
        )
    } else {
        readiness(locale, score.readiness)
    }
}

/// What an item of the checklist is called.
pub const fn checklist_item(locale: Locale, item: ChecklistItem) -> &'static str {
    match item {
        ChecklistItem::Verified => locale.pick("Verified by the platform", "平台认证"),
        ChecklistItem::Transactions => locale.pick("Completed transactions", "成交笔数"),
        ChecklistItem::Years => locale.pick("Years in business", "开店年限"),
        ChecklistItem::WarehousePhotos => locale.pick("Real warehouse photos", "仓库实拍图"),
        ChecklistItem::ResponseHours => locale.pick("Answer to an inquiry", "询盘回复时长"),
    }
}

/// How an item of the checklist stands.
pub const fn state(locale: Locale, state: State) -> &'static str {
    match state {
        State::Met => locale.pick("Met", "符合"),
        State::Unmet => locale.pick("Not met", "不符合"),
        State::Unknown => locale.pick("Not known", "未知"),
    }
}

/// The sentence of an item of the checklist: what is known, what the owner asks for, and how to find
/// out what isn't known.
pub fn checklist_entry(locale: Locale, entry: &ChecklistEntry) -> String {
    let written = |figure: Option<Figure>| match (figure, entry.item) {
        (Some(figure), ChecklistItem::Years) => years(locale, figure),
        (Some(figure), ChecklistItem::Transactions | ChecklistItem::ResponseHours) => {
            trimmed(figure)
        }
        (Some(_) | None, _) => String::new(),
    };
    let (observed, limit) = (written(entry.observed), written(entry.limit));
    match (entry.item, entry.state) {
        (ChecklistItem::Verified, State::Met) => {
            say!(locale, "The platform has verified it.", "已通过平台认证。")
        }
        (ChecklistItem::Verified, State::Unmet) => say!(
            locale,
            "The platform has not verified it.",
            "没有通过平台认证。",
        ),
        (ChecklistItem::Verified, State::Unknown) => say!(
            locale,
            "It is not known whether the platform verified it. Look at the page of the shop.",
            "不清楚是否通过平台认证。查看店铺主页。",
        ),
        (ChecklistItem::Transactions, State::Met | State::Unmet) => say!(
            locale,
            "It has {observed} completed transactions, and the owner asks for at least {limit}.",
            "成交 {observed} 笔，要求至少 {limit} 笔。",
        ),
        (ChecklistItem::Transactions, State::Unknown) => say!(
            locale,
            "Its completed transactions are not known, and the owner asks for at least {limit}. Look at the page of the shop.",
            "不清楚成交笔数，要求至少 {limit} 笔。查看店铺主页。",
        ),
        (ChecklistItem::Years, State::Met | State::Unmet) => say!(
            locale,
            "The shop has been active for {observed}, and the owner asks for at least {limit}.",
            "开店 {observed}，要求至少 {limit}。",
        ),
        (ChecklistItem::Years, State::Unknown) => say!(
            locale,
            "It is not known since when the shop has been active, and the owner asks for at least {limit}. Look at the page of the shop.",
            "不清楚开店年限，要求至少 {limit}。查看店铺主页。",
        ),
        (ChecklistItem::WarehousePhotos, State::Met) => say!(
            locale,
            "There are real photos of its warehouse.",
            "有仓库实拍图。",
        ),
        (ChecklistItem::WarehousePhotos, State::Unmet) => say!(
            locale,
            "There are no real photos of its warehouse, at best renders. Ask for some.",
            "没有仓库实拍图，最多只有效果图。请对方补拍。",
        ),
        (ChecklistItem::WarehousePhotos, State::Unknown) => say!(
            locale,
            "It is not known whether there are real photos of its warehouse. Ask for some.",
            "不清楚有没有仓库实拍图。请对方拍几张。",
        ),
        (ChecklistItem::ResponseHours, State::Met | State::Unmet) => say!(
            locale,
            "It took {observed}\u{a0}h to answer an inquiry, and the owner allows {limit}\u{a0}h.",
            "询盘后 {observed} 小时回复，要求 {limit} 小时以内。",
        ),
        (ChecklistItem::ResponseHours, State::Unknown) => say!(
            locale,
            "It has not answered an inquiry yet, and the owner allows {limit}\u{a0}h. Send one and note when the answer comes.",
            "还没有询盘回复，要求 {limit} 小时以内。发一条询盘，记下回复时间。",
        ),
    }
}

/// What a red flag is called.
pub const fn red_flag(locale: Locale, flag: RedFlag) -> &'static str {
    match flag {
        RedFlag::NoMembership => locale.pick(
            "No membership badge, or less than a year of it",
            "没有会员标识，或不满一年",
        ),
        RedFlag::PriceFarBelowMarket => locale.pick("Price far below the market", "价格远低于行情"),
        RedFlag::PoorPhotos => locale.pick("Stolen or poor photos", "盗图或图片质量差"),
        RedFlag::FalseCompanyData => locale.pick("False data about the company", "公司资料不实"),
        RedFlag::RefusesSamples => {
            locale.pick("Refuses samples or more photos", "拒绝寄样或补拍照片")
        }
        RedFlag::PressesForPrepayment => locale.pick(
            "Presses for full prepayment or payment off the platform",
            "催促全款预付或脱离平台付款",
        ),
        RedFlag::NoBusinessLicence => locale.pick("No business licence", "没有营业执照"),
        RedFlag::ManyDisputes => locale.pick("Many disputes", "纠纷多"),
    }
}

/// The sentence of a red flag that came up.
pub fn raised_flag(locale: Locale, raised: &RaisedFlag) -> String {
    let name = red_flag(locale, raised.flag);
    match (raised.source, raised.observed, raised.limit) {
        (FlagSource::Computed, Some(observed), Some(limit)) => match raised.median_cny {
            Some(median) => {
                let (observed, limit) = (percent(locale, observed), percent(locale, limit));
                let median = money("CNY", median);
                say!(
                    locale,
                    "{name}: it is {observed} under the median of the other quotes, {median}, and more than {limit} rules a supplier out. Ask what is different about the goods.",
                    "{name}：比其他报价的中位数 {median} 低 {observed}，超过 {limit} 即排除。问清货品有什么不同。",
                )
            }
            None => {
                let (observed, limit) = (years(locale, observed), years(locale, limit));
                say!(
                    locale,
                    "{name}: it has been a member for {observed}, and less than {limit} rules a supplier out.",
                    "{name}：会员 {observed}，不满 {limit} 即排除。",
                )
            }
        },
        (FlagSource::Computed, None | Some(_), None | Some(_)) => say!(
            locale,
            "{name}: the badge that was noted stands for no membership, which rules a supplier out.",
            "{name}：记录的标识表示没有会员身份，即排除。",
        ),
        (FlagSource::Said, _, _) => say!(
            locale,
            "{name}: noted by whoever looked at the supplier, and it rules the supplier out.",
            "{name}：考察时记录，即排除。",
        ),
    }
}

/// What an axis of evidence is called.
pub const fn evidence_axis(locale: Locale, axis: Axis) -> &'static str {
    match axis {
        Axis::Membership => locale.pick("Membership", "会员等级"),
        Axis::Years => locale.pick("Years of membership", "会员年限"),
        Axis::RepeatPurchase => locale.pick("Buyers who came back", "回头率"),
        Axis::OnTime => locale.pick("Dispatched on time", "按时发货率"),
        Axis::Response => locale.pick("Inquiries answered", "响应率"),
        Axis::Quality => locale.pick("Quality score", "品质评分"),
        Axis::Service => locale.pick("Service score", "服务评分"),
        Axis::Pieces => locale.pick("Pieces a month", "月产量"),
        Axis::Lines => locale.pick("Production lines", "生产线"),
        Axis::Staff => locale.pick("Staff", "员工人数"),
        Axis::FloorArea => locale.pick("Floor area", "厂房面积"),
        Axis::AnswerHours => locale.pick("Time to answer", "回复时长"),
        Axis::CreditGrade => locale.pick("Credit grade", "信用等级"),
        Axis::Deposit => locale.pick("Deposit in escrow", "保证金"),
    }
}

/// How good something is.
pub const fn band(locale: Locale, band: Band) -> &'static str {
    match band {
        Band::Excellent => locale.pick("Excellent", "优秀"),
        Band::Good => locale.pick("Good", "良好"),
        Band::Average => locale.pick("Average", "一般"),
        Band::BelowAverage => locale.pick("Below average", "偏低"),
        Band::Slow => locale.pick("Slow", "慢"),
    }
}

/// A risk.
pub const fn risk(locale: Locale, risk: Risk) -> &'static str {
    match risk {
        Risk::VeryLow => locale.pick("Very low risk", "风险很低"),
        Risk::Low => locale.pick("Low risk", "风险低"),
        Risk::Medium => locale.pick("Medium risk", "风险中等"),
        Risk::High => locale.pick("High risk", "风险高"),
    }
}

/// What a badge stands for.
pub const fn tier(locale: Locale, tier: Tier) -> &'static str {
    match tier {
        Tier::None => locale.pick("No membership", "没有会员身份"),
        Tier::IntegrityMember => locale.pick("Integrity member", "诚信通会员"),
        Tier::StrongMerchant => locale.pick("Strong merchant", "实力商家"),
        Tier::SourceFactory => locale.pick("Source factory", "源头工厂"),
    }
}

/// What is known on an axis, with its unit.
pub fn observed(locale: Locale, reading: &AxisReading) -> String {
    let value = match &reading.observed {
        Observed::Name(name) => return name.clone(),
        Observed::Number(value) => *value,
    };
    match reading.axis {
        Axis::RepeatPurchase | Axis::OnTime | Axis::Response => percent(locale, value),
        Axis::Deposit => money("CNY", value),
        Axis::FloorArea => format!("{}\u{a0}m²", trimmed(value)),
        Axis::AnswerHours => {
            let hours = trimmed(value);
            say!(locale, "{hours}\u{a0}h", "{hours}\u{a0}小时")
        }
        Axis::Membership
        | Axis::Years
        | Axis::Quality
        | Axis::Service
        | Axis::Pieces
        | Axis::Lines
        | Axis::Staff
        | Axis::CreditGrade => trimmed(value),
    }
}

/// What the supplier asks to be paid, and when.
pub const fn payment_terms(locale: Locale, terms: PaymentTerms) -> &'static str {
    match terms {
        PaymentTerms::Deposit30 => locale.pick(
            "30 % with the order, 70 % before shipment",
            "下单付 30%，发货前付 70%",
        ),
        PaymentTerms::Deposit50 => locale.pick(
            "50 % with the order, 50 % before shipment",
            "下单付 50%，发货前付 50%",
        ),
        PaymentTerms::OnDelivery => locale.pick("100 % on delivery", "货到付全款"),
        PaymentTerms::Prepayment => locale.pick("100 % with the order", "下单付全款"),
        PaymentTerms::OffPlatform => locale.pick("Off the platform", "脱离平台付款"),
    }
}

/// What an axis of performance is called.
pub const fn performance_axis(locale: Locale, axis: PerformanceAxis) -> &'static str {
    match axis {
        PerformanceAxis::Quality => locale.pick("Quality", "质量"),
        PerformanceAxis::Delivery => locale.pick("Delivery", "交货"),
        PerformanceAxis::Service => locale.pick("Service", "服务"),
        PerformanceAxis::Cost => locale.pick("Cost", "成本"),
    }
}

/// What a grade means for the next orders.
pub const fn grade_meaning(locale: Locale, grade: Grade) -> &'static str {
    match grade {
        Grade::A => locale.pick(
            "Give this supplier a larger share of the orders.",
            "增加这家供应商的订单份额。",
        ),
        Grade::B => locale.pick(
            "Keep this supplier, and agree on what to improve.",
            "继续合作，约定需要改进的地方。",
        ),
        Grade::C => locale.pick(
            "Place fewer orders with this supplier, and demand correction.",
            "减少这家供应商的订单，要求整改。",
        ),
        Grade::D => locale.pick(
            "End the business with this supplier.",
            "停止与这家供应商合作。",
        ),
    }
}

/// What the grade of a supplier means, and how far it can be trusted.
pub fn supplier_grade(locale: Locale, of: &SupplierGrade) -> String {
    let Some(grade) = of.grade else {
        return say!(
            locale,
            "The log says nothing of this supplier, so there is no grade yet.",
            "日志里没有这家供应商的数据，还不能评级。",
        );
    };
    let meaning = grade_meaning(locale, grade);
    if of.is_provisional {
        let provisional = provisional(locale, of.batches);
        say!(locale, "{meaning} {provisional}", "{meaning}{provisional}")
    } else {
        meaning.to_owned()
    }
}

/// That a grade comes of few batches.
pub fn provisional(locale: Locale, batches: usize) -> String {
    let found = count(batches);
    match locale {
        Locale::En if batches == 1 => {
            "The grade is provisional: only 1 batch was inspected, and 3 make it firm.".to_owned()
        }
        Locale::En => format!(
            "The grade is provisional: only {found} batches were inspected, and 3 make it firm."
        ),
        Locale::Zh => format!("这是暂定评级：只验过 {found} 批，满 3 批才算正式。"),
    }
}

/// How the score of an axis came about, or that the log says nothing of it.
pub fn performance(locale: Locale, of: &SupplierGrade, axis: PerformanceAxis) -> String {
    let working = match axis {
        PerformanceAxis::Quality => of.defect_rate.map(|rate| {
            let share = percent(locale, rate.percent);
            let upper = percent(locale, rate.upper_percent);
            let (defective, inspected) = (
                number(Decimal::from(rate.defective)),
                units(locale, Decimal::from(rate.inspected)),
            );
            say!(
                locale,
                "100 − 10 × {share} ({defective} defective of {inspected}; with 95\u{a0}% certainty at most about {upper}), at least 0",
                "100 − 10 × {share}（{inspected}中有 {defective} 件次品；95% 置信上限约 {upper}），最低 0",
            )
        }),
        PerformanceAxis::Delivery => of.deliveries.map(|deliveries| {
            let share = |percentage: Option<Figure>, part: usize, whole: usize| {
                let percentage = percent(locale, percentage?);
                let (part, whole) = (count(part), count(whole));
                Some(say!(
                    locale,
                    "{percentage} ({part} of {whole} orders)",
                    "{percentage}（{whole} 单中的 {part} 单）",
                ))
            };
            let timely = share(
                deliveries.on_time_percent,
                deliveries.on_time,
                deliveries.dated,
            );
            let complete = share(
                deliveries.complete_percent,
                deliveries.complete,
                deliveries.counted,
            );
            match (timely, complete) {
                (Some(timely), Some(complete)) => say!(
                    locale,
                    "(on time {timely} + complete {complete}) ÷ 2",
                    "（准时 {timely} + 数量齐全 {complete}）÷ 2",
                ),
                (Some(timely), None) => say!(locale, "On time {timely}", "准时 {timely}"),
                (None, complete) => {
                    let complete = complete.unwrap_or_default();
                    say!(locale, "Complete {complete}", "数量齐全 {complete}")
                }
            }
        }),
        PerformanceAxis::Service => of.answers.map(|answers| {
            let (hours, asked) = (trimmed(answers.median_hours), count(answers.count));
            say!(
                locale,
                "Median of {asked} answers: {hours}\u{a0}h. Within 1\u{a0}h 100, 4\u{a0}h 80, 8\u{a0}h 60, 24\u{a0}h 30, later 0",
                "{asked} 次回复的中位数：{hours} 小时。1 小时内 100，4 小时内 80，8 小时内 60，24 小时内 30，更晚 0",
            )
        }),
        PerformanceAxis::Cost => of.price_rise.map(|rise| {
            let (mean, compared) = (percent(locale, rise.mean_percent), count(rise.compared));
            say!(
                locale,
                "100 − 5 × {mean} (mean rise over the previous order, {compared} compared), at least 0",
                "100 − 5 × {mean}（较上一单的平均涨幅，共比较 {compared} 次），最低 0",
            )
        }),
    };
    working.unwrap_or_else(|| {
        say!(
            locale,
            "The log says nothing of this, so its weight is shared among the others",
            "日志里没有数据，权重分给其他项",
        )
    })
}
