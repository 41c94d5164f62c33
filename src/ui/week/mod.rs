//! The owner's week: three numbers, red flags with what to do about them, what was put to the owner, the weekly
//! report, and the procedure itself.

mod desk;
mod escalations;
mod flags;
mod log;
mod numbers;
mod report;
mod staff;
mod suspension;

pub use log::Weeks;
pub use report::{has_week_sheet, week_sheet};
pub use suspension::decided_by;

use landfall::control::IsoWeek;
use landfall_words::Locale;
use landfall_workspace::record::Kind;
use yew::prelude::*;

use crate::model::{Effect, Model};
use crate::route::Route;
use crate::say::say;

/// The page of the week.
pub fn week_page(model: &Model) -> Html {
    let has_orders = model.workspace.list(Kind::Order).next().is_some();
    html! {
        <>
            { head(model) }
            if has_orders { { numbers::numbers(model) }{ flags::flags(model) }{ numbers::change(model) } } else { { nothing_yet(model) } }
            { escalations::escalations(model) }
            { report::report(model) }
            { staff::staff(model) }
        </>
    }
}

/// Which week it is, by whose clock, and the weeks beside it.
fn head(model: &Model) -> Html {
    let locale = model.locale;
    let (week, current) = (model.shown_week(), model.current_week());
    let title = numbers::week_title(locale, week);
    let dates = format!("{} – {}", week.monday(), week.sunday());
    let address = |week: IsoWeek| match week == current {
        true => Route::Week.fragment().to_owned(),
        false => Route::Week.at(&week.to_string()),
    };
    let so_far = (week == current).then(|| say(locale, "so far", "截至目前"));
    let state = if model.weeks.is_too_large(week) {
        say(
            locale,
            "A figure of this week is too large to be computed: an amount of an order is probably mistyped.",
            "本周有数值过大，无法计算：可能有订单金额录入有误。",
        )
    } else if model.storage.is_loaded && model.weeks.report(week).is_some() {
        ""
    } else {
        say(locale, "The log is being read …", "正在读取记录…")
    };
    html! {
        <div class="week-head">
            <p class="lead">{ title }{ " " }<span class="quiet">{ dates }{ so_far.map(|text| format!(" · {text}")) }</span></p>
            <nav class="week-nav no-print" aria-label={say(locale, "Weeks", "周")}>
                <a href={address(week.before(1))}>{ say(locale, "← Week before", "← 上一周") }</a>
                if week < current { <a href={address(week.next())}>{ say(locale, "Week after →", "下一周 →") }</a> }
                if week != current && week.next() != current { <a href={address(current)}>{ say(locale, "This week", "本周") }</a> }
            </nav>
            <p class="quiet">{ clock(model) }</p>
            if !state.is_empty() { <p role="status">{ state }</p> }
        </div>
    }
}

/// By whose clock days and weeks count.
fn clock(model: &Model) -> Html {
    let locale = model.locale;
    if let Some(zone) = model.unknown_zone() {
        let text = match locale {
            Locale::En => format!(
                "The policy’s time zone “{zone}” isn’t known to this browser, so days count by the clock of this device. Name it as in Europe/Berlin, on "
            ),
            Locale::Zh => format!(
                "浏览器不认识政策中的时区“{zone}”，日期按本机时钟计算。请按 Asia/Shanghai 的写法修改："
            ),
        };
        return html! { <>{ text }<a href={Route::Policy.fragment()}>{ say(locale, "Policy", "采购政策") }</a></> };
    }
    match (&model.policy().time_zone, locale) {
        (Some(zone), Locale::En) => {
            html! { format!("Days and weeks count by the owner’s clock, {zone}.") }
        }
        (Some(zone), Locale::Zh) => html! { format!("日期和周按负责人时区 {zone} 计算。") },
        (None, locale) => {
            html! { say(locale, "Days and weeks count by the clock of this device.", "日期和周按本机时钟计算。") }
        }
    }
}

/// What will be here, while there is no order.
fn nothing_yet(model: &Model) -> Html {
    let locale = model.locale;
    html! {
        <section class="part" aria-labelledby="nothing-yet">
            <h2 id="nothing-yet">{ say(locale, "Three numbers will stand here", "这里将显示三个数字") }</h2>
            <p>{ say(locale,
                "The share of defective units, the days over plan and the landed cost against last month, each with its normal range and twelve weeks of it; below them whatever asks for a deed. They fill in by themselves from orders and receipts.",
                "次品率、超出计划的天数、到岸成本与上月相比，各附正常范围和 12 周走势；需要处理的事项列在下方。有了订单和收货记录即自动填入。") }</p>
            <p class="actions">
                <a href={Route::Data.fragment()}>{ say(locale, "Bring in the order export of 1688", "导入 1688 订单导出文件") }</a>
                <a href={Route::Orders.fragment()}>{ say(locale, "Enter an order", "录入订单") }</a>
            </p>
        </section>
    }
}

impl Model {
    /// The page of the week is shown.
    pub(crate) fn lay_week(&mut self) {
        self.lay_week_desk();
    }

    /// A field of the page of the week was typed in: `report.notes`.
    pub(crate) fn typed_on_week(&mut self, field: &str, text: &str) -> Vec<Effect> {
        let (place, rest) = field.split_once('.').unwrap_or((field, ""));
        match place {
            "flags" => self.typed_on_flags(rest, text),
            _ => Vec::new(),
        }
    }

    /// A button of the page of the week was pressed: the part of the page, and what follows it in the name.
    pub(crate) fn pressed_week(&mut self, place: &str, action: &str) -> Vec<Effect> {
        let (place, rest) = place.split_once('.').unwrap_or((place, ""));
        match place {
            "escalations" => self.pressed_escalations(rest, action),
            "report" => self.pressed_report(rest, action),
            "staff" => self.pressed_staff(rest, action),
            "flags" => self.pressed_flags(rest, action),
            "numbers" => self.pressed_numbers(rest, action),
            _ => Vec::new(),
        }
    }
}
