//! What is printed of an order: one page, black and white.

use std::rc::Rc;

use landfall::landed_cost::{LandedCost, Request};
use landfall_words::{self as words, Locale};
use rust_decimal::Decimal;
use yew::prelude::*;

use crate::answer::{
    at_margin, break_even, charge_name, goods_multiple_label, kg, multiple, payees, plus,
};
use crate::outcome::{Amount, Outcome};
use crate::say::say;

/// So many lines fit on the page beside all else.
const MOST_LINES: usize = 14;
/// So many rows fit on the page in all.
const ROWS: usize = 40;
/// Columns of half-width characters that fit beside the amount of a charge: its name, its basis.
const COLUMNS: (usize, usize) = (34, 78);

/// A quotation.
#[derive(Properties, PartialEq)]
pub struct QuotationProps {
    /// The language.
    pub locale: Locale,
    /// The result. Its workings are computed: mount this when the page is about to be printed.
    pub outcome: Rc<Outcome>,
    /// What the order is called.
    pub name: String,
    /// Further facts of the order, such as its destination; each a few words.
    pub notes: Vec<String>,
    /// The day of printing, written.
    pub today: String,
    /// The margin aimed at, in percent.
    #[prop_or_default]
    pub margin: Option<Decimal>,
}

/// The printed page; nothing of it is on the screen.
#[component]
pub fn Quotation(props: &QuotationProps) -> Html {
    let locale = props.locale;
    let outcome = &*props.outcome;
    let result = &outcome.result;
    let title = if props.name.is_empty() {
        say(locale, "Order from 1688", "1688 订单")
    } else {
        &props.name
    };
    html! {
        <article class="quotation print-only">
            <header>
                <h2>{ title }</h2>
                <p>{ say(locale, "Landed-cost quotation", "到岸成本报价单") }<br />{ &props.today }</p>
            </header>
            <p class="facts">{ facts(locale, outcome.request(), &props.notes) }</p>
            { figures(locale, result) }
            { lines(locale, result) }
            <div class="halves">
                { components(locale, result) }
                <div>
                    { cash(locale, result) }
                    { selling(locale, outcome, props.margin) }
                </div>
            </div>
            { basis(locale, outcome) }
            <footer>{ small_print(locale, outcome) }</footer>
        </article>
    }
}

/// Under what this was computed: rate, transport, customs; and what the order adds.
fn facts(locale: Locale, request: &Request, notes: &[String]) -> String {
    let mut facts = Vec::new();
    let (home, rates) = (request.home.code(), &request.rates);
    if home != "CNY" {
        let rate = words::number(rates.cny_per_unit);
        let day = day(locale, &rates.as_of.to_string());
        let spread = rates.spread_percent;
        let mut fact = match locale {
            Locale::En => format!("Rate of {day}: {rate} CNY per {home}"),
            Locale::Zh => format!("{day} 汇率：{rate} CNY/{home}"),
        };
        if !spread.is_zero() {
            fact.push_str(say(locale, ", bank’s spread ", "，银行点差 "));
            fact.push_str(&words::percent(locale, spread));
        }
        facts.push(fact);
    }
    if let Some(mode) = request.mode {
        facts.push(words::mode(locale, mode).to_owned());
    }
    if request.duties_included {
        let ddp = say(
            locale,
            "Duty and tax inside the freight price (DDP)",
            "运费双清包税",
        );
        facts.push(ddp.to_owned());
    } else if let Some(customs) = &request.customs {
        let basis = words::basis(locale, customs.basis);
        facts.push(match locale {
            Locale::En => format!("Customs value {basis}"),
            Locale::Zh => format!("完税价格 {basis}"),
        });
    }
    facts.extend_from_slice(notes);
    facts.join(" · ")
}

/// A calendar date for reading: `20 Nov 2026`, `2026年11月20日`.
fn day(locale: Locale, iso: &str) -> String {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let mut parts = iso.splitn(3, '-').map(|part| part.trim_start_matches('0'));
    let (Some(year), Some(month), Some(day)) = (parts.next(), parts.next(), parts.next()) else {
        return iso.to_owned();
    };
    let index = month.parse::<usize>().unwrap_or_default();
    match (locale, MONTHS.get(index.wrapping_sub(1))) {
        (Locale::En, Some(month)) => format!("{day} {month} {year}"),
        (Locale::En, None) => iso.to_owned(),
        (Locale::Zh, _) => format!("{year}年{month}月{day}日"),
    }
}

/// The figures that a reader looks for first.
fn figures(locale: Locale, result: &LandedCost) -> Html {
    let money = |amount| words::money(result.home_currency, amount);
    let head = [
        say(locale, "Cost of a good unit", "每件合格品成本"),
        say(locale, "Order total", "订单总成本"),
        say(locale, "Cash to pay", "需付现金"),
        goods_multiple_label(locale),
    ];
    let row = vec![
        money(result.per_unit),
        money(result.total),
        money(result.cash.total),
        multiple(locale, result).unwrap_or_else(|| "–".to_owned()),
    ];
    table("sums", &head, vec![row])
}

/// A table of names and figures.
fn table(class: &'static str, head: &[&'static str], rows: Vec<Vec<String>>) -> Html {
    let head = head
        .iter()
        .map(|name| html! { <th scope="col">{ *name }</th> });
    let rows = rows.into_iter().map(|row| {
        let mut cells = row.into_iter();
        let name = cells.next();
        html! {
            <tr>
                <th scope="row">{ name }</th>
                { for cells.map(|cell| html! { <td>{ cell }</td> }) }
            </tr>
        }
    });
    html! {
        <table {class}>
            <thead><tr>{ for head }</tr></thead>
            <tbody>{ for rows }</tbody>
        </table>
    }
}

fn lines(locale: Locale, result: &LandedCost) -> Html {
    let count = |value: u64| words::number(Decimal::from(value));
    let row = |name: String, units: u64, per_unit: String, total: Decimal| {
        vec![name, count(units), per_unit, words::number(total)]
    };
    let mut rows: Vec<_> = result
        .lines
        .iter()
        .take(MOST_LINES)
        .map(|line| {
            let per_unit = words::number(line.per_unit);
            row(line.sku.clone(), line.quantity, per_unit, *line.total)
        })
        .collect();
    let rest = result.lines.get(MOST_LINES..).unwrap_or_default();
    if !rest.is_empty() {
        let units = rest
            .iter()
            .fold(0, |sum: u64, line| sum.saturating_add(line.quantity));
        let total = rest
            .iter()
            .fold(Decimal::ZERO, |sum, line| sum.saturating_add(*line.total));
        rows.push(row(
            and_more(locale, rest.len()),
            units,
            String::new(),
            total,
        ));
    }
    let name = say(locale, "Total", "合计").to_owned();
    let per_unit = words::number(result.per_unit);
    rows.push(row(name, result.units, per_unit, *result.total));
    let head = [
        "SKU",
        say(locale, "Quantity", "数量"),
        say(locale, "Per unit", "每件"),
        say(locale, "Total", "合计"),
    ];
    table("totalled articles", &head, rows)
}

/// What stands for those that have no room.
fn and_more(locale: Locale, count: usize) -> String {
    let count = words::number(Decimal::from(count));
    match locale {
        Locale::En => format!("and {count} more"),
        Locale::Zh => format!("另有 {count} 项"),
    }
}

fn components(locale: Locale, result: &LandedCost) -> Html {
    let parts = result.components.iter();
    let parts = parts.filter(|part| !part.amount.is_zero());
    let mut rows: Vec<_> = parts
        .map(|part| {
            vec![
                words::component(locale, part.component).to_owned(),
                words::percent(locale, part.percent_of_total),
                words::number(part.per_unit),
                words::number(part.amount),
            ]
        })
        .collect();
    rows.push(vec![
        say(locale, "Total", "合计").to_owned(),
        String::new(),
        words::number(result.per_unit),
        words::number(result.total),
    ]);
    let head = [
        say(locale, "What it is made of", "成本构成"),
        say(locale, "Share", "占比"),
        say(locale, "Per unit", "每件"),
        say(locale, "Amount", "金额"),
    ];
    table("totalled", &head, rows)
}

fn cash(locale: Locale, result: &LandedCost) -> Html {
    let pair = |name: &str, amount: Decimal| vec![name.to_owned(), words::number(amount)];
    let mut rows: Vec<_> = payees(result)
        .map(|(payee, paid)| pair(words::payee(locale, payee), paid))
        .collect();
    rows.push(pair(say(locale, "Total", "合计"), *result.cash.total));
    let head = [
        say(locale, "Who is paid", "付给谁"),
        say(locale, "Amount", "金额"),
    ];
    table("totalled", &head, rows)
}

fn selling(locale: Locale, outcome: &Outcome, margin: Option<Decimal>) -> Html {
    let Ok(price) = &outcome.selling else {
        return html! {};
    };
    let pair = |name: &str, amount: Decimal| vec![name.to_owned(), words::number(amount)];
    let rows = vec![
        pair(break_even(locale), *price.break_even),
        pair(&at_margin(locale, margin), *price.target),
        pair(
            say(locale, "Profit a unit", "每件利润"),
            *price.profit_per_unit_at_target,
        ),
    ];
    let head = [
        say(locale, "Selling price", "售价"),
        outcome.result.home_currency,
    ];
    table("", &head, rows)
}

/// Each charge with the sentence it was computed by, as many as fit.
fn basis(locale: Locale, outcome: &Outcome) -> Html {
    let charges = &outcome.result.charges;
    if charges.is_empty() {
        return html! {};
    }
    let lines = outcome.result.lines.len().min(MOST_LINES.saturating_add(1));
    let parts = outcome.result.components.iter();
    let parts = parts.filter(|part| !part.amount.is_zero()).count();
    // Those on the right of the components: six of cash, six of selling with their heads.
    let mut room = ROWS.saturating_sub(lines).saturating_sub(parts.max(11));
    let mut rows = Vec::new();
    for (index, charge) in charges.iter().enumerate() {
        let sentence = outcome.working(locale, Amount::Charge(index));
        let sentence = sentence.unwrap_or_default();
        let name = charge_name(locale, charge).to_owned();
        let needed = height(&name, COLUMNS.0).max(height(&sentence, COLUMNS.1));
        if needed > room {
            break;
        }
        room = room.saturating_sub(needed);
        rows.push(vec![name, sentence, words::number(charge.amount)]);
    }
    let rest = charges.get(rows.len()..).unwrap_or_default();
    if !rest.is_empty() {
        let amounts = rest.iter().map(|charge| *charge.amount);
        let sum = amounts.fold(Decimal::ZERO, plus);
        rows.push(vec![
            and_more(locale, rest.len()),
            String::new(),
            words::number(sum),
        ]);
    }
    let head = [
        say(locale, "Charges", "各项费用"),
        say(locale, "Basis", "计算依据"),
        say(locale, "Amount", "金额"),
    ];
    table("basis", &head, rows)
}

/// How many lines a text takes in a column of so many half-width characters.
fn height(text: &str, width: usize) -> usize {
    let units = text.chars().map(|c| if c < '\u{2e80}' { 1 } else { 2 });
    units.sum::<usize>().div_ceil(width).max(1)
}

/// What is counted, and what kind of figure it is.
fn small_print(locale: Locale, outcome: &Outcome) -> Html {
    let result = &outcome.result;
    let home = result.home_currency;
    let mut text = match locale {
        Locale::En => format!(
            "All amounts in {home}. Included are the components listed above, and nothing else; a unit is a good unit, with the cost of defects spread over those that can be sold. An estimate by the rates stated here: what carriers, banks and customs charge in the end decides."
        ),
        Locale::Zh => format!(
            "所有金额以 {home} 计。成本只包括上面列出的项目；每件指每件合格品，次品损耗已摊入可售数量。本页按所列费率和汇率估算，以承运人、银行和海关最终收取的金额为准。"
        ),
    };
    if result.customs.vat_recoverable && !result.customs.vat.is_zero() {
        text.push_str(say(
            locale,
            " Recoverable VAT is cash to pay, not cost.",
            "可抵扣的增值税计入现金，不计入成本。",
        ));
    }
    if let Some(billed) = result.shipment.chargeable_kg {
        let (billed, gross) = (kg(*billed), kg(*result.shipment.gross_kg));
        text.push_str(&match locale {
            Locale::En => format!(" Chargeable weight {billed}, gross weight {gross}."),
            Locale::Zh => format!("计费重 {billed}，毛重 {gross}。"),
        });
    }
    html! { text }
}

#[cfg(test)]
mod tests {
    use yew::ServerRenderer;

    use super::*;
    use crate::answer::tests::{many_lines, worked};

    async fn shown(locale: Locale, outcome: fn() -> Outcome) -> String {
        let props = move || QuotationProps {
            locale,
            outcome: Rc::new(outcome()),
            name: "Mugs and lids".to_owned(),
            notes: vec!["United States".to_owned()],
            today: "2026-11-21".to_owned(),
            margin: Some(Decimal::from(20)),
        };
        let renderer = ServerRenderer::<Quotation>::with_props(props);
        renderer.hydratable(false).render().await
    }

    #[tokio::test]
    async fn the_page_states_the_order_its_rate_and_its_charges() {
        for locale in Locale::ALL {
            let html = shown(locale, worked).await;
            for text in [
                "Mugs and lids",
                "United States",
                "7.10",
                "2.9049",
                "2,323.93",
                "2,285.19",
                "MUG-RED",
                "Brokerage and delivery",
                "1,029.20",
                "165.6\u{a0}kg",
            ] {
                assert!(html.contains(text), "{text} is missing");
            }
            assert!(!html.contains("style="), "the page's policy forbids it");
        }
    }

    #[test]
    fn dates_are_written_for_reading() {
        assert_eq!(day(Locale::En, "2026-11-05"), "5 Nov 2026");
        assert_eq!(day(Locale::Zh, "2026-11-05"), "2026年11月5日");
        assert_eq!(day(Locale::En, "soon"), "soon");
    }

    #[tokio::test]
    async fn what_has_no_room_is_summed_up() {
        let html = shown(Locale::En, || many_lines(40)).await;
        assert!(html.contains("and 26 more"), "{html}");
        let html = shown(Locale::Zh, || many_lines(40)).await;
        assert!(html.contains("另有 26 项"));
        assert_eq!(html.matches("SKU-").count(), MOST_LINES);
    }
}
