//! The brief of a supplier for the owner: one page, printed or as a text to send.

use landfall::supplier::{Readiness, State};
use landfall_words::{self as words, Locale};
use landfall_workspace::record::Kind;
use landfall_workspace::rows::{Sku, SupplierStatus};
use yew::prelude::*;

use crate::inquiry::{answer_line, hours_written};
use crate::model::Model;
use crate::samples::{days, range_words, result_word};
use crate::say::say;
use crate::standing::hours;
use crate::supplier::{Standing, axis_word, history, readiness_word};
use crate::suppliers::{status_name, supplier_name};

/// How many lines a part of the brief has at most, so that it fits on its page.
const LINES: usize = 8;

/// A part of the brief.
struct Section {
    title: &'static str,
    lines: Vec<String>,
}

/// What is said of a supplier, part by part.
fn sections(model: &Model, standing: &Standing<'_>, locale: Locale) -> Vec<Section> {
    let of = |title, lines: Vec<String>| Section { title, lines };
    let mut sections = vec![
        of(
            say(locale, "What it is", "基本情况"),
            about(standing, locale),
        ),
        of(
            say(locale, "Checklist", "准入清单"),
            checklist(standing, locale),
        ),
        of(
            say(locale, "Red flags", "否决项"),
            red_flags(standing, locale),
        ),
        of(
            say(locale, "What the platform says", "平台数据"),
            evidence(standing, locale),
        ),
        of(
            say(locale, "Payment terms", "付款条件"),
            terms(standing, locale),
        ),
        of(say(locale, "Prices", "价格"), prices(standing, locale)),
        of(
            say(locale, "Samples", "样品"),
            samples(model, standing, locale),
        ),
    ];
    if let Some(grade) = standing.grade.as_ref().filter(|of| of.grade.is_some()) {
        let letter = grade.grade.map_or("", |letter| letter.name());
        let score = grade
            .score
            .map(|score| words::number(*score))
            .unwrap_or_default();
        let line = format!(
            "{letter} ({score}): {}",
            words::supplier_grade(locale, grade)
        );
        sections.push(of(say(locale, "How it performs", "实际表现"), vec![line]));
    }
    let decided = history(model, locale, &standing.supplier);
    let decided = decided.into_iter().rev().map(|row| row.join(" · "));
    sections.push(of(
        say(locale, "Decided so far", "已有决定"),
        decided.collect(),
    ));
    sections.retain(|section| !section.lines.is_empty());
    for section in &mut sections {
        let more = section.lines.len().saturating_sub(LINES);
        if more > 1 {
            section.lines.truncate(LINES.saturating_sub(1));
            let more = more.saturating_add(1);
            section.lines.push(match locale {
                Locale::En => format!("and {more} more"),
                Locale::Zh => format!("另有 {more} 项"),
            });
        }
    }
    sections.push(of(
        say(locale, "What is asked of the owner", "请负责人决定"),
        vec![asked(standing, locale)],
    ));
    sections
}

fn about(standing: &Standing<'_>, locale: Locale) -> Vec<String> {
    let supplier = &standing.supplier;
    let texts = [
        Some(&supplier.name),
        supplier.link.as_ref(),
        supplier.notes.as_ref(),
    ];
    let texts = texts.into_iter().flatten().filter(|text| !text.is_empty());
    let shown = supplier_name(locale, supplier);
    let texts = texts
        .filter(|text| ***text != *shown)
        .map(|text| text.to_string());
    let status = say(locale, "Status: ", "状态：");
    texts
        .chain([format!("{status}{}", status_name(locale, standing.status))])
        .collect()
}

fn checklist(standing: &Standing<'_>, locale: Locale) -> Vec<String> {
    let entries = standing.score.iter().flat_map(|score| &score.checklist);
    let lines = entries.map(|entry| {
        // A shape that prints in black and white and survives a chat.
        let mark = match entry.state {
            State::Met => "✓",
            State::Unmet => "✗",
            State::Unknown => "?",
        };
        let state = words::state(locale, entry.state);
        let sentence = words::checklist_entry(locale, entry);
        format!("{mark} {state} · {sentence}")
    });
    lines.collect()
}

fn red_flags(standing: &Standing<'_>, locale: Locale) -> Vec<String> {
    let flags = standing.score.iter().flat_map(|score| &score.red_flags);
    let flags: Vec<String> = flags.map(|flag| words::raised_flag(locale, flag)).collect();
    if flags.is_empty() {
        return vec![say(locale, "None seen.", "未发现。").to_owned()];
    }
    flags
}

fn evidence(standing: &Standing<'_>, locale: Locale) -> Vec<String> {
    let readings = standing.score.iter().flat_map(|score| &score.evidence);
    let readings: Vec<String> = readings
        .map(|reading| {
            let axis = words::evidence_axis(locale, reading.axis);
            let observed = words::observed(locale, reading);
            let word = axis_word(locale, reading);
            match (locale, word.as_str()) {
                (_, "") => format!("{axis} {observed}"),
                (Locale::En, word) => format!("{axis} {observed} ({word})"),
                (Locale::Zh, word) => format!("{axis} {observed}（{word}）"),
            }
        })
        .collect();
    if readings.is_empty() {
        return Vec::new();
    }
    vec![readings.join(say(locale, "; ", "；"))]
}

fn terms(standing: &Standing<'_>, locale: Locale) -> Vec<String> {
    let judged = standing
        .score
        .as_ref()
        .and_then(|score| score.payment_terms);
    let line = judged.map(|judged| {
        let (terms, risk) = (
            words::payment_terms(locale, judged.terms),
            words::risk(locale, judged.risk),
        );
        match locale {
            Locale::En => format!("{terms}: {risk}"),
            Locale::Zh => format!("{terms}：{risk}"),
        }
    });
    line.into_iter().collect()
}

fn prices(standing: &Standing<'_>, locale: Locale) -> Vec<String> {
    let money = |amount| words::money("CNY", amount);
    let quoted = standing.quoted.iter().map(|quoted| {
        let title = quoted.title.as_deref().unwrap_or_default();
        let name = format!("{} {title}", quoted.sku);
        let (name, price) = (name.trim(), money(quoted.price.quoted));
        let others: Vec<String> = quoted
            .price
            .others
            .iter()
            .map(|other| words::number(*other))
            .collect();
        match (locale, others.is_empty()) {
            (Locale::En, true) => format!("{name}: {price}"),
            (Locale::Zh, true) => format!("{name}：{price}"),
            (Locale::En, false) => format!("{name}: {price}; others ask {}", others.join(", ")),
            (Locale::Zh, false) => format!("{name}：{price}；其他家 {}", others.join("、")),
        }
    });
    let inquiries = standing.supplier.inquiries.iter();
    let answers = inquiries.filter_map(|inquiry| {
        let line = answer_line(locale, inquiry);
        let product = inquiry.product.as_deref().unwrap_or_default();
        let after = hours(inquiry).map(|hours| {
            let hours = hours_written(hours);
            match locale {
                Locale::En => format!(" (answered after {hours} h)"),
                Locale::Zh => format!("（{hours} 小时后回复）"),
            }
        });
        let after = after.unwrap_or_default();
        let colon = say(locale, ": ", "：");
        (!line.is_empty()).then(|| format!("{product}{after}{colon}{line}"))
    });
    quoted.chain(answers).collect()
}

fn samples(model: &Model, standing: &Standing<'_>, locale: Locale) -> Vec<String> {
    let table = model.workspace.table(Kind::Sku);
    let deeds = model.tracker.deeds_of(standing.id);
    let mut lines = Vec::new();
    for id in &deeds.skus {
        let Some(sku) = table.get(id).and_then(|entry| entry.as_row::<Sku>()) else {
            continue;
        };
        for sample in &sku.samples {
            if sample.supplier_id.as_deref() != Some(standing.id) {
                continue;
            }
            let result = sample
                .result
                .as_deref()
                .map(|result| result_word(locale, result));
            let days = days(sample).map(|days| match locale {
                Locale::En => format!("{days} days"),
                Locale::Zh => format!("{days} 天"),
            });
            let cost = sample.cost.map(|cost| words::money("CNY", cost.0));
            let notes = sample.notes.as_ref().map(|notes| notes.to_string());
            let parts: Vec<String> = [result, days, cost, notes].into_iter().flatten().collect();
            let colon = say(locale, ": ", "：");
            lines.push(format!(
                "{}{colon}{}",
                sku.sku,
                parts.join(say(locale, ", ", "，"))
            ));
        }
        let agreed = model.agreed_of(id, sku).iter();
        for agreed in agreed.filter(|agreed| *agreed.supplier_id == *standing.id) {
            let range = range_words(agreed);
            lines.push(match locale {
                Locale::En => format!("{}: agreed price {range}", sku.sku),
                Locale::Zh => format!("{}：约定价 {range}", sku.sku),
            });
        }
    }
    lines
}

/// What the owner is to do.
fn asked(standing: &Standing<'_>, locale: Locale) -> String {
    let readiness = standing.score.as_ref().map(|score| score.readiness);
    match (standing.status, readiness) {
        (SupplierStatus::New, Some(Readiness::ReadyForApproval)) => say(
            locale,
            "Put it on the whitelist, with price ranges for its articles, or say no, with the reason.",
            "请决定是否列入白名单并约定各商品的价格范围；如不同意，请说明理由。",
        ),
        (SupplierStatus::New, Some(Readiness::Incomplete) | None) => say(
            locale,
            "Nothing yet: staff find out what isn’t known first.",
            "暂不需要决定：先由员工补齐资料。",
        ),
        (SupplierStatus::New, Some(Readiness::NotReady)) => say(
            locale,
            "Say whether to go on with this supplier or to look for another one.",
            "请决定继续跟进，还是另找供应商。",
        ),
        (SupplierStatus::Whitelisted, _) => say(
            locale,
            "Confirm that it stays on the whitelist, and its price ranges.",
            "请确认是否保留在白名单，以及各商品的约定价。",
        ),
        (SupplierStatus::Suspended, _) => say(
            locale,
            "Say whether it may be ordered from again, and under which condition.",
            "请决定是否恢复下单，以及附带什么条件。",
        ),
    }
    .to_owned()
}

/// The head of the brief: what it is of, and how it stands.
fn head(standing: &Standing<'_>, locale: Locale) -> (String, String) {
    let name = supplier_name(locale, &standing.supplier);
    let title = match locale {
        Locale::En => format!("Supplier brief: {name}"),
        Locale::Zh => format!("供应商简报：{name}"),
    };
    let readiness = standing.score.as_ref().map(|score| score.readiness);
    let word = match standing.status {
        SupplierStatus::New => readiness_word(locale, readiness.unwrap_or(Readiness::Incomplete)),
        SupplierStatus::Whitelisted | SupplierStatus::Suspended => {
            status_name(locale, standing.status)
        }
    };
    (title, word.to_owned())
}

/// The brief as a text.
pub fn brief_text(model: &Model, standing: &Standing<'_>, locale: Locale) -> String {
    let (title, word) = head(standing, locale);
    let mut text = format!("{title}\n{word} · {}\n", model.today);
    for section in sections(model, standing, locale) {
        text.extend(["\n", section.title, "\n"]);
        for line in section.lines {
            text.extend(["- ", &line, "\n"]);
        }
    }
    text
}

/// The brief as it prints.
pub fn brief(model: &Model) -> Option<Html> {
    let key = model.supplier_key()?;
    let desk = model.desk_of(&key).filter(|_| key.kind == Kind::Supplier)?;
    let locale = model.locale;
    let standing = Standing::of(model, desk);
    let (title, word) = head(&standing, locale);
    Some(html! {
        <article class="quotation brief print-only">
            <header>
                <h2>{ title }</h2>
                <p>{ model.today.to_string() }</p>
            </header>
            <p class="word">{ word }</p>
            { for sections(model, &standing, locale).into_iter().map(|section| html! {
                <section>
                    <h3>{ section.title }</h3>
                    <ul>{ for section.lines.into_iter().map(|line| html! { <li>{ line }</li> }) }</ul>
                </section>
            }) }
            <footer>{ say(locale, "Decision, name, date:", "决定、签名、日期：") }</footer>
        </article>
    })
}
