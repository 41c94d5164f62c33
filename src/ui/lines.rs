//! The goods of an order.

use std::rc::Rc;

use landfall_words::Locale;
use yew::prelude::*;

use crate::draft::Row;
use crate::fills::Fills;
use crate::form::{Form, Given, button, signs};
use crate::model::{Fault, Model};
use crate::paste::{column_name, pasted};
use crate::say::say;
use crate::tree::{self, Tree};

/// The fields of a line that are always there; the others are folded away.
const OPEN: [&str; 6] = [
    "sku",
    "unitPriceCny",
    "quantity",
    "unitWeightKg",
    "dutyPercent",
    "defectPercent",
];

/// What all lines have in common. `Eq`, because then one in the same place is equal at a glance.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Common {
    locale: Locale,
    /// Currency of specific duties.
    home: String,
    duty: String,
    vat: String,
    /// Layers of additional duty: the group, and its layers by id and name.
    groups: Vec<(String, Vec<(String, String)>)>,
}

impl Common {
    fn of(model: &Model, fills: &Fills<'_>) -> Common {
        let filled = |path: &str| {
            let filled = fills.at(path);
            let value = tree::get(&model.draft.head, path).or(filled.as_ref());
            value
                .map(|value| tree::text_at(value, "").to_owned())
                .unwrap_or_default()
        };
        let groups = fills.groups().into_iter().map(|(group, facts)| {
            let layers = facts
                .iter()
                .map(|fact| (fact.id.clone(), fills.layer_name(fact, model.locale)));
            (group.to_owned(), layers.collect())
        });
        Common {
            locale: model.locale,
            home: filled("homeCurrency"),
            duty: filled("customs.dutyPercent"),
            vat: filled("customs.vatPercent"),
            groups: groups.collect(),
        }
    }
}

/// All lines, and what adds to them.
#[derive(Properties)]
pub struct LinesProps {
    /// The page.
    pub model: Rc<Model>,
}

impl PartialEq for LinesProps {
    fn eq(&self, other: &LinesProps) -> bool {
        Rc::ptr_eq(&self.model, &other.model)
    }
}

/// The lines.
#[component]
pub fn Lines(props: &LinesProps) -> Html {
    let model = &props.model;
    let locale = model.locale;
    let fills = model.fills();
    // The same for all lines, so that a line is drawn again only where it differs.
    let common = use_memo(Common::of(model, &fills), |common| common.clone());
    let mut faults: Vec<Vec<Fault>> = vec![Vec::new(); model.draft.lines.len()];
    for fault in model.shown_faults() {
        let of = tree::item(&fault.path, "lines").and_then(|(index, _)| faults.get_mut(index));
        if let Some(of) = of {
            of.push(fault.clone());
        }
    }
    let count = model.draft.lines.len();
    let typed = tree::text_at(&model.draft.head, "customs.additionalDutyPercent");
    let shipment = if typed.is_empty() {
        fills.additional_duty(&tree::empty()).to_string()
    } else {
        typed.to_owned()
    };
    let rows = model.draft.lines.iter().zip(faults).enumerate();
    let rows = rows.map(|(index, (row, faults))| {
        let chosen = fills.chosen_duty(&row.json);
        let extra = chosen.map_or_else(|| shipment.clone(), |duty| duty.to_string());
        html! { <Line key={row.id} {index} {count} row={row.clone()} {faults} {extra} common={common.clone()} /> }
    });
    html! {
        <section class="part" aria-labelledby="goods">
            <h2 id="goods">{ say(locale, "What you buy", "采购明细") }</h2>
            <ol class="lines">{ for rows }</ol>
            <p class="actions">
                { button("lines", "add", say(locale, "Add a line", "添加一行")) }
                { button("pasted", "open", say(locale, "Paste from a spreadsheet", "从表格粘贴")) }
            </p>
            if let Some(text) = &model.pasted { { paste_box(locale, text) } }
        </section>
    }
}

/// Where rows of a spreadsheet are pasted, and how they are understood.
fn paste_box(locale: Locale, text: &str) -> Html {
    let pasted = pasted(text, locale);
    let columns = pasted.columns.iter().map(|column| match column {
        Some(column) => column_name(locale, *column).to_owned(),
        None => say(locale, "(left out)", "（忽略）").to_owned(),
    });
    let columns: Vec<String> = columns.collect();
    let count = pasted.lines.len();
    let skus = pasted
        .lines
        .iter()
        .take(3)
        .map(|line| tree::text_at(&line.line, "sku").to_owned());
    let skus: Vec<String> = skus.collect();
    html! {
        <div class="paste">
            <label for="pasted">{ say(locale,
                "Copy the rows in your spreadsheet, with or without the header, and paste them here.",
                "在表格中复制若干行（有无表头均可），粘贴到这里。") }</label>
            <textarea id="pasted" name="pasted" rows="5" value={text.to_owned()} spellcheck="false" />
            if !text.trim().is_empty() {
                <p role="status">
                    { match locale {
                        Locale::En if count == 1 => format!("1 line: {}. Columns: {}.", skus.join(", "), columns.join(", ")),
                        Locale::En => format!("{count} lines: {}. Columns: {}.", skus.join(", "), columns.join(", ")),
                        Locale::Zh => format!("{count} 行：{}。列：{}。", skus.join("、"), columns.join("、")),
                    } }
                </p>
                <ul class="quiet">
                    { for pasted.skipped.iter().take(5).map(|skipped| html! { <li>{ crate::paste::skipped(locale, skipped) }</li> }) }
                </ul>
            }
            <p class="actions">
                if count > 0 {
                    <button type="button" class="primary" name="pasted" value="add">
                        { match locale {
                            Locale::En if count == 1 => "Add 1 line".to_owned(),
                            Locale::En => format!("Add {count} lines"),
                            Locale::Zh => format!("添加 {count} 行"),
                        } }
                    </button>
                }
                { button("pasted", "cancel", say(locale, "Cancel", "取消")) }
            </p>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct LineProps {
    index: usize,
    count: usize,
    row: Row,
    faults: Vec<Fault>,
    extra: String,
    common: Rc<Common>,
}

/// One line; what it seldom needs opens below.
#[component]
fn Line(props: &LineProps) -> Html {
    let common = &*props.common;
    let locale = common.locale;
    let line = &*props.row.json;
    let is_open = use_state(|| false);
    let is_hidden = |fault: &Fault| {
        let (_, name) = tree::item(&fault.path, "lines").unwrap_or_default();
        !name.is_empty() && !OPEN.contains(&name)
    };
    if !*is_open && props.faults.iter().any(is_hidden) {
        is_open.set(true);
    }
    let toggle = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| is_open.set(!*is_open))
    };
    let at = format!("lines[{}]", props.index);
    let given = |name: &str| {
        let value = match name {
            "dutyPercent" => common.duty.clone(),
            "vatPercent" => common.vat.clone(),
            "additionalDutyPercent" => props.extra.clone(),
            "defectPercent" => "0".to_owned(),
            _ => return None,
        };
        let value = if value.is_empty() {
            "0".to_owned()
        } else {
            value
        };
        Some(Given { value, from: None })
    };
    let form = Form {
        locale,
        at: &at,
        tree: line,
        faults: &props.faults,
        given: &given,
    };
    let more = summary(locale, line, &props.extra);
    let number = props.index.saturating_add(1);
    let sku = tree::text_at(line, "sku");
    let name = match locale {
        Locale::En => format!("Line {number}: {sku}"),
        Locale::Zh => format!("第 {number} 行：{sku}"),
    };
    html! {
        <li class="line" aria-label={name}>
            <div class="cells">
                { form.input("sku", "SKU", "", "wide") }
                { form.text("unitPriceCny", say(locale, "1688 price", "1688 单价"), "¥") }
                { form.text("quantity", say(locale, "Quantity", "数量"), "") }
                { form.text("unitWeightKg", say(locale, "Weight each", "单重"), "kg") }
                { form.text("dutyPercent", say(locale, "Duty", "关税"), "%") }
                { form.text("defectPercent", say(locale, "Defects", "次品率"), "%") }
            </div>
            <div class="below">
                <button type="button" class="more" aria-expanded={is_open.to_string()} onclick={toggle}>{ more }</button>
                { signs(locale, &at) }
            </div>
            if *is_open { { details(&form, common) } }
        </li>
    }
}

/// What is folded away, in a sentence.
fn summary(locale: Locale, line: &Tree, extra: &str) -> String {
    let at = |name: &str| tree::text_at(line, name);
    let mut parts = Vec::new();
    for name in ["description", "order"] {
        if !at(name).is_empty() {
            parts.push(at(name).to_owned());
        }
    }
    if tree::get(line, "carton").is_some() {
        let open = |name: &str| match tree::text_at(line, name) {
            "" => "…",
            typed => typed,
        };
        let (units, gross) = (open("carton.units"), at("carton.grossKg"));
        let size = ["carton.lengthCm", "carton.widthCm", "carton.heightCm"]
            .map(open)
            .join(" × ");
        parts.push(match locale {
            Locale::En => format!("{units} a carton, {size} cm"),
            Locale::Zh => format!("每箱 {units} 件，{size} cm"),
        });
        if !gross.is_empty() {
            parts.push(format!("{gross} kg"));
        }
    } else {
        parts.push(
            say(
                locale,
                "no carton: freight by weight only",
                "未填箱规：运费仅按重量",
            )
            .to_owned(),
        );
    }
    let own = at("additionalDutyPercent");
    let extra = if own.is_empty() { extra } else { own };
    if extra != "0" {
        parts.push(match locale {
            Locale::En => format!("extra duty {extra} %"),
            Locale::Zh => format!("加征关税 {extra}%"),
        });
    }
    parts.join(" · ")
}

fn details(form: &Form<'_>, common: &Common) -> Html {
    let locale = common.locale;
    let home = common.home.as_str();
    let groups = common.groups.iter().map(|(group, layers)| {
        let options: Vec<(&str, &str)> = layers
            .iter()
            .map(|(id, name)| (id.as_str(), name.as_str()))
            .collect();
        let label = match (group.as_str(), locale) {
            ("section301", Locale::En) => "Section 301 list".to_owned(),
            ("section301", Locale::Zh) => "301 清单".to_owned(),
            ("section232", Locale::En) => "Section 232".to_owned(),
            ("section232", Locale::Zh) => "232 条款".to_owned(),
            (_, Locale::En) => "Extra duty on listed goods".to_owned(),
            (_, Locale::Zh) => "清单商品加征".to_owned(),
        };
        form.choice(
            &format!("layers.{group}"),
            &label,
            &options,
            Some(say(locale, "none", "无")),
        )
    });
    html! {
        <div class="details">
            <div class="cells">
                { form.input("description", say(locale, "Description", "品名"), "", "wide") }
                { form.text("order", say(locale, "Order (where several ship together)", "所属订单（多单合并发货时）"), "") }
            </div>
            <div class="cells">
                { form.text("carton.units", say(locale, "Units a carton", "每箱件数"), "") }
                { form.text("carton.lengthCm", say(locale, "Length", "长"), "cm") }
                { form.text("carton.widthCm", say(locale, "Width", "宽"), "cm") }
                { form.text("carton.heightCm", say(locale, "Height", "高"), "cm") }
                { form.text("carton.grossKg", say(locale, "Carton gross", "整箱毛重"), "kg") }
            </div>
            <div class="cells">
                { for groups }
                { form.text("additionalDutyPercent", say(locale, "Extra duty", "加征关税"), "%") }
                { form.text("vatPercent", say(locale, "VAT", "增值税"), "%") }
                { form.text("dutyPerUnit", say(locale, "Duty per unit", "从量税（每件）"), home) }
                { form.text("dutyPerKg", say(locale, "Duty per kg", "从量税（每公斤）"), home) }
            </div>
        </div>
    }
}

#[cfg(test)]
#[path = "tests/lines.rs"]
mod tests;
