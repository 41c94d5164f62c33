//! What typing into a field and pressing a button of the form does to an order.

use std::rc::Rc;

use chrono::NaiveDate;
use landfall::json::Json;

use crate::draft::{Draft, Row, usual_divisor, with_change, with_row};
use crate::fills::Fills;
use crate::tree::{self, Tree, get, object, set, text};

/// The order after a field was changed. A tick box has the text `true`, or none.
pub fn typed(draft: &Draft, fills: &Fills<'_>, path: &str, value: &str, today: NaiveDate) -> Draft {
    let mut draft = draft.clone();
    if let Some((index, rest)) = tree::item(path, "lines") {
        draft.lines = with_change(&draft.lines, index, |line| put(line, rest, value));
    } else if let Some((index, rest)) = tree::item(path, "charges") {
        draft.charges = with_change(&draft.charges, index, |charge| put(charge, rest, value));
    } else if let Some((id, rest)) = fee(path) {
        draft.fees = with_fee(&draft, fills, id, |charge| put(charge, rest, value));
    } else if let Some(rest) = path.strip_prefix("selling.") {
        put(Rc::make_mut(&mut draft.selling), rest, value);
    } else {
        match path {
            "name" => value.clone_into(&mut draft.name),
            "entryDate" => value.clone_into(&mut draft.entry_date),
            "destination" => {
                value.clone_into(&mut draft.destination);
                draft.fees = [].into();
            }
            _ => {
                let defaults = |name: &str| listed(&draft, fills, name);
                let head = put_with(Rc::make_mut(&mut draft.head.clone()), path, value, defaults);
                draft.head = Rc::new(head);
                if path == "exchangeRate.cnyPerUnit" {
                    // The rate that is typed today is today's, until its date is typed as well; no rate
                    // has no date.
                    let date = (!value.is_empty()).then(|| text(today.to_string()));
                    set(Rc::make_mut(&mut draft.head), "exchangeRate.asOf", date);
                }
            }
        }
    }
    draft
}

/// `fees.us-mpf.rate.amount` is the rate's amount of that fee.
fn fee(path: &str) -> Option<(&str, &str)> {
    let path = path.strip_prefix("fees.")?;
    Some(path.split_once('.').unwrap_or((path, "")))
}

type Fees = Rc<[(String, Option<Rc<Tree>>)]>;

/// The changes of the destination's fees with one more.
fn with_fee(draft: &Draft, fills: &Fills<'_>, id: &str, change: impl FnOnce(&mut Tree)) -> Fees {
    let fees = draft.fees(fills);
    let Some((_, charge)) = fees.into_iter().find(|(other, _)| other == id) else {
        return draft.fees.clone();
    };
    let mut charge = charge;
    change(&mut charge);
    with_fee_as(draft, id, Some(Some(Rc::new(charge))))
}

/// The changes of the destination's fees, with this one changed, switched off, or as the destination
/// has it.
fn with_fee_as(draft: &Draft, id: &str, fee: Option<Option<Rc<Tree>>>) -> Fees {
    let others = draft.fees.iter().filter(|(other, _)| other != id).cloned();
    others.chain(fee.map(|fee| (id.to_owned(), fee))).collect()
}

fn put(tree: &mut Tree, path: &str, value: &str) {
    *tree = put_with(tree, path, value, |_| Vec::new());
}

/// A tree with a field changed. `listed` has what a list of ticked boxes holds while nothing is typed.
fn put_with(
    tree: &mut Tree,
    path: &str,
    value: &str,
    listed: impl FnOnce(&str) -> Vec<String>,
) -> Tree {
    let (parent, name) = path.rsplit_once('.').unwrap_or(("", path));
    let list = parent.rsplit('.').next().unwrap_or("");
    let mut tree = std::mem::replace(tree, Json::Null);
    let is_whole = matches!(get(&tree, path), Some(Json::Object(_) | Json::List(_)));
    if path.is_empty() || (is_whole && !value.is_empty()) {
        // A field is a part of an order, never one that has parts itself.
        return tree;
    }
    if matches!(list, "dutiableComponents" | "taxableComponents" | "modes") {
        let mut ticked = match get(&tree, parent) {
            Some(Json::List(items)) => items
                .iter()
                .map(|item| tree::text_at(item, "").to_owned())
                .collect(),
            _ => listed(parent),
        };
        ticked.retain(|other| other != name);
        if value == "true" {
            ticked.push(name.to_owned());
        }
        let is_none = ticked.is_empty() && list == "modes";
        let ticked = Json::List(ticked.into_iter().map(text).collect());
        set(&mut tree, parent, (!is_none).then_some(ticked));
    } else if path == "rate.type" {
        let rate = get(&tree, "rate").cloned().unwrap_or_else(tree::empty);
        set(&mut tree, "rate", Some(rate_of(value, &rate)));
    } else {
        let value = match (name, value) {
            (_, "") => None,
            ("dutiesIncluded" | "vatRecoverable" | "taxable", value) => {
                Some(Json::Boolean(value == "true"))
            }
            (_, value) => Some(text(value)),
        };
        set(&mut tree, path, value);
        if path == "component" {
            // What the form of this kind has no field for can't stay: nobody could take it away.
            let is_destination = get(&tree, path) == Some(&text("destination"));
            let strange = if is_destination {
                "dutiablePercent"
            } else {
                "when"
            };
            set(&mut tree, strange, None);
        }
    }
    tree
}

/// The order's head without exchange rates, which are to one currency only.
pub fn without_rates(head: &Tree) -> Rc<Tree> {
    let mut head = head.clone();
    for path in [
        "exchangeRate.cnyPerUnit",
        "exchangeRate.asOf",
        "exchangeRate.others",
        "customs.cnyPerUnit",
    ] {
        set(&mut head, path, None);
    }
    Rc::new(head)
}

/// The components that join a base, as they count now.
pub fn listed(draft: &Draft, fills: &Fills<'_>, path: &str) -> Vec<String> {
    let filled = fills.at(path);
    if let Some(Json::List(items)) = get(&draft.head, path).or(filled.as_ref()) {
        return items
            .iter()
            .map(|item| tree::text_at(item, "").to_owned())
            .collect();
    }
    let basis = fills.at("customs.basis");
    let basis = get(&draft.head, "customs.basis").or(basis.as_ref());
    let is_cif = basis.is_some_and(|basis| tree::text_at(basis, "") == "cif");
    let listed: &[&str] = match path {
        "customs.taxableComponents" => &["internationalShipping", "insurance"],
        "customs.dutiableComponents" if is_cif => &[
            "domesticShipping",
            "packaging",
            "internationalShipping",
            "insurance",
        ],
        "customs.dutiableComponents" => &["domesticShipping", "packaging"],
        _ => &[],
    };
    listed.iter().map(|&name| name.to_owned()).collect()
}

/// A rate of another type, which keeps what both have. `breaks` is the chargeable weight with breaks.
fn rate_of(kind: &str, old: &Tree) -> Tree {
    let mut rate = object([(
        "type",
        text(if kind == "breaks" {
            "perChargeableKg"
        } else {
            kind
        }),
    )]);
    let names: &[&str] = match kind {
        "percentOf" => &["percent", "base"],
        "tieredPercentOf" => &["base"],
        "perChargeableKg" => &["amount", "divisor", "per", "roundUpToKg", "minimumKg"],
        "breaks" | "firstAndNextKg" => &["divisor", "per", "roundUpToKg", "minimumKg"],
        _ => &["amount"],
    };
    for name in names {
        set(&mut rate, name, get(old, name).cloned());
    }
    let step = |from: &'static str| object([("fromKg", text(from))]);
    match kind {
        "percentOf" => tree::fill(&mut rate, "base", text("goods")),
        "tieredPercentOf" => {
            tree::fill(&mut rate, "base", text("goods"));
            let open = get(old, "percent")
                .cloned()
                .map_or_else(tree::empty, |percent| object([("percent", percent)]));
            set(
                &mut rate,
                "tiers",
                Some(Json::List(vec![tree::empty(), open])),
            );
        }
        "breaks" => set(
            &mut rate,
            "breaks",
            Some(Json::List(vec![step("21"), step("45"), step("100")])),
        ),
        "firstAndNextKg" => {
            let first = get(old, "amount").cloned();
            set(&mut rate, "firstKg", Some(text("0.5")));
            set(&mut rate, "firstAmount", first);
            set(&mut rate, "nextKg", Some(text("0.5")));
        }
        _ => {}
    }
    rate
}

/// A charge as it is usually agreed, without its figure.
fn usual(component: &str, mode: &str) -> Tree {
    let flat = object([("type", text("flat"))]);
    let percent = |base: &'static str| object([("type", text("percentOf")), ("base", text(base))]);
    let (currency, rate) = match component {
        "domesticShipping" => ("CNY", flat),
        "packaging" => ("CNY", object([("type", text("perCarton"))])),
        "agentFee" => ("", percent("goods")),
        "paymentFee" => ("", percent("originCosts")),
        "insurance" => ("", percent("insuredValue")),
        "internationalShipping" if mode == "sea" => ("", object([("type", text("perRevenueTon"))])),
        "internationalShipping" if usual_divisor(mode).is_some() => (
            "",
            object([
                ("type", text("perChargeableKg")),
                (
                    "roundUpToKg",
                    text(if mode == "express" { "0.5" } else { "1" }),
                ),
            ]),
        ),
        "internationalShipping" => ("", object([("type", text("perKg"))])),
        _ => ("", flat),
    };
    let mut charge = object([("component", text(component))]);
    if !currency.is_empty() {
        set(&mut charge, "currency", Some(text(currency)));
    }
    set(&mut charge, "rate", Some(rate));
    charge
}

/// What a button of the form made of an order.
pub struct Pressed {
    /// The order.
    pub draft: Draft,
    /// The field to go on with.
    pub focus: Option<String>,
}

/// The order after a button of the form was pressed; `None` where the button is none of the form's.
pub fn pressed(draft: &Draft, fills: &Fills<'_>, path: &str, action: &str) -> Option<Pressed> {
    let mut draft = draft.clone();
    let mut focus = None;
    if let Some(component) = action.strip_prefix("add:") {
        let mode = tree::text_at(&draft.head, "shipment.mode");
        let at = draft.charges.len();
        draft.charges = with_row(&draft.charges, at, usual(component, mode));
        let rate = draft
            .charges
            .last()
            .map(|row| tree::text_at(&row.json, "rate.type").to_owned());
        let figure = if rate.as_deref() == Some("percentOf") {
            "percent"
        } else {
            "amount"
        };
        focus = Some(format!("charges[{at}].rate.{figure}"));
    } else if path == "lines" && action == "add" {
        let at = draft.lines.len();
        draft.lines = with_row(&draft.lines, at, tree::empty());
        focus = Some(format!("lines[{at}].sku"));
    } else if let Some((id, rest)) = fee(path) {
        draft.fees = match action {
            "off" => with_fee_as(&draft, id, Some(None)),
            "restore" => with_fee_as(&draft, id, None),
            _ => with_fee(&draft, fills, id, |charge| press_in(charge, rest, action)),
        };
    } else if let Some((index, rest)) = tree::item(path, "lines") {
        if rest.is_empty() {
            draft.lines = moved(&draft.lines, index, action)?;
            if action == "remove" && !draft.lines.is_empty() {
                // The button that had the focus is gone.
                let next = index.min(draft.lines.len().saturating_sub(1));
                focus = Some(format!("lines[{next}].sku"));
            }
        } else {
            draft.lines = with_change(&draft.lines, index, |line| press_in(line, rest, action));
        }
    } else if let Some((index, rest)) = tree::item(path, "charges") {
        if rest.is_empty() {
            draft.charges = moved(&draft.charges, index, action)?;
        } else {
            draft.charges = with_change(&draft.charges, index, |charge| {
                press_in(charge, rest, action)
            });
        }
    } else {
        return None;
    }
    Some(Pressed { draft, focus })
}

/// Rows of which one is moved, doubled or taken away.
pub(crate) fn moved(rows: &[Row], at: usize, action: &str) -> Option<Rc<[Row]>> {
    let row = rows.get(at)?;
    let mut changed = rows.to_vec();
    match action {
        "remove" => {
            changed.remove(at);
        }
        "copy" => return Some(with_row(rows, at.saturating_add(1), (*row.json).clone())),
        "up" => changed.swap(at, at.checked_sub(1)?),
        "down" if at.saturating_add(1) < rows.len() => changed.swap(at, at.saturating_add(1)),
        _ => return None,
    }
    Some(changed.into())
}

/// Adds an item to a list of a rate (weight breaks, tiers), or takes one away.
fn press_in(tree: &mut Tree, path: &str, action: &str) {
    match action {
        "remove" => set(tree, path, None),
        "add" => {
            let Some(Json::List(mut items)) = get(tree, path).cloned() else {
                return;
            };
            // The last tier stays the open one.
            let at = if path.ends_with("tiers") {
                items.len().saturating_sub(1)
            } else {
                items.len()
            };
            items.insert(at, tree::empty());
            set(tree, path, Some(Json::List(items)));
        }
        _ => {}
    }
}
