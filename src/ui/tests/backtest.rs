//! Changed rules over the log, on the page of the rules.

use landfall_words::Locale;
use landfall_workspace::record::{Key, Kind, Record, Stamp};
use serde_json::{Value, json};

use super::*;
use crate::policy::policy_page;
use crate::time::Zone;

fn record(kind: Kind, id: &str, data: &Value) -> String {
    let stamp = Stamp::new("d9", "2026-11-01T00:00:00Z");
    Record::new(Key::new(kind, id).unwrap(), &data.to_string(), stamp).write()
}

/// An order that lacks nothing, with changes to its fields; `null` takes one away.
fn order(id: &str, at: &str, total: &str, changes: &Value) -> String {
    let mut order = json!({
        "number": format!("PO-{id}"), "supplierId": "s1", "supplierName": "Mug House", "stage": "paid",
        "createdAt": at, "expectedDelivery": "2026-12-01", "staff": "Li", "productLink": "https://x", "priceScreenshot": "x.png",
        "exchangeRate": { "cnyPerUnit": "7", "asOf": &at[..10] },
        "specification": { "colour": true, "size": true, "quantity": true, "packaging": true },
        "landedCost": { "currency": "USD", "total": total },
        "lines": [{ "skuId": "mug", "itemCode": "MUG", "unitPriceCny": "10", "quantity": "70" }],
    });
    for (name, value) in changes.as_object().unwrap() {
        order[name] = value.clone();
        if value.is_null() {
            order.as_object_mut().unwrap().remove(name);
        }
    }
    record(Kind::Order, id, &order)
}

fn shop(orders: Vec<String>) -> Model {
    let supplier = json!({
        "name": "Mug House", "status": "whitelisted",
        "approvals": [{ "from": "new", "status": "whitelisted", "by": "Owner", "at": "2026-10-01T00:00:00Z" }],
    });
    let article = json!({ "sku": "MUG" });
    let mut records = vec![
        record(Kind::Supplier, "s1", &supplier),
        record(Kind::Sku, "mug", &article),
    ];
    records.extend(orders);
    let model = sent(&example(), Msg::Store(StoreEvent::Changed(records)));
    sent(&model, Msg::Went("#/policy".to_owned()))
}

/// What is read of the back-test.
fn shown(model: &Model) -> String {
    let html = drawn(&Rc::new(model.clone()), |model| policy_page(model));
    let (_, html) = html.split_once("id=\"back-test\">").unwrap();
    let (html, _) = html.split_once("</section>").unwrap();
    let parts = html
        .split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    let text = parts.collect::<Vec<_>>().join(" ").replace('\u{a0}', " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

const LIMIT: &str = "desk.data.orders.maximumOrderValue";

#[test]
fn each_key_shows_which_past_orders_would_stop_and_what_they_cost() {
    let none = json!({});
    let model = shop(vec![
        order("1", "2026-10-05T03:00:00Z", "400.00", &none),
        order("2", "2026-10-06T03:00:00Z", "650.25", &none),
        order("3", "2026-10-07T03:00:00Z", "900.00", &none),
    ]);
    assert!(
        shown(&model)
            .contains("Of 3 past orders, none would come out otherwise. 1 stop, then as now.")
    );
    assert!(shown(&model).contains("Half of the orders cost up to USD 650.25"));
    let model = typed(&model, LIMIT, "500");
    let text = shown(&model);
    assert!(
        text.contains("Of 3 past orders, 1 would now stop (USD 650.25)."),
        "{text}"
    );
    assert!(
        text.contains(
            "Would now stop · 1 · USD 650.25 PO-2 2026-10-06 · Mug House USD 650.25 Order value"
        ),
        "{text}"
    );
    let model = typed(&model, LIMIT, "900");
    let text = shown(&model);
    assert!(
        text.contains("Of 3 past orders, 1 would no longer stop (USD 900.00)."),
        "{text}"
    );
    // What can't be read has no answer, and the next key has one again.
    let model = typed(&model, LIMIT, "9o0");
    assert!(!shown(&model).contains("past orders,"));
    let model = typed(&model, LIMIT, "650.25");
    assert!(shown(&model).contains("none would come out otherwise"));
    let chinese = pressed(
        &typed(&model, LIMIT, "650.24"),
        "language",
        Locale::Zh.tag(),
    );
    assert!(shown(&chinese).contains("以往 3 个订单中：1 个将被拦截（USD 650.25）。"));
}

#[test]
fn a_supplier_counts_as_it_stood_and_a_price_from_the_day_after() {
    let price = |price: &str| json!({ "lines": [{ "skuId": "mug", "itemCode": "MUG", "unitPriceCny": price, "quantity": "70" }] });
    let model = shop(vec![
        // Before the supplier was approved: it stops either way.
        order("1", "2026-09-05T03:00:00Z", "400.00", &price("10")),
        order("2", "2026-10-06T03:00:00Z", "410.00", &price("11")),
        order("3", "2026-10-06T09:00:00Z", "420.00", &price("12")),
        order("4", "2026-10-07T03:00:00Z", "430.00", &price("12.5")),
    ]);
    assert!(
        shown(&model).contains("2 stop, then as now"),
        "{}",
        shown(&model)
    );
    let model = typed(&model, "desk.data.orders.priceIncreasePercent", "9");
    let text = shown(&model);
    // Order 3 stops already, 20 % above the price of a day before; order 4 is held against the lower price of that day.
    assert!(text.contains("Would now stop · 2 · USD 840.00"), "{text}");
    assert!(
        text.contains("PO-2 ")
            && text.contains("PO-4 ")
            && !text.contains("PO-1 ")
            && !text.contains("PO-3 "),
        "{text}"
    );
    assert!(text.contains("Price increase"));
}

#[test]
fn a_day_is_that_of_the_owners_zone() {
    // 16:30 in UTC is the next day in China: the price of the first order is of a day before the second one.
    let price = |price: &str| json!({ "lines": [{ "skuId": "mug", "itemCode": "MUG", "unitPriceCny": price, "quantity": "70" }] });
    let log = || {
        vec![
            order("1", "2026-10-06T15:00:00Z", "400.00", &price("10")),
            order("2", "2026-10-06T16:30:00Z", "410.00", &price("11")),
        ]
    };
    let changed = |model: &Model| {
        let model = typed(model, "desk.data.orders.priceIncreasePercent", "9");
        shown(&model).contains("Would now stop · 1")
    };
    let mut model = shop(log());
    assert!(changed(&model), "two days in China");
    model.zone = Rc::new(Zone(vec![(chrono::NaiveDateTime::MIN, 0)]));
    let model = sent(&model, Msg::Went("#/policy".to_owned()));
    assert!(!changed(&model), "one day in UTC");
}

#[test]
fn orders_that_cannot_be_tried_are_counted() {
    let none = json!({});
    let model = shop(vec![
        order("1", "2026-10-05T03:00:00Z", "400.00", &none),
        order(
            "2",
            "2026-10-05T03:00:00Z",
            "400.00",
            &json!({ "exchangeRate": null }),
        ),
        order(
            "3",
            "2026-10-05T03:00:00Z",
            "400.00",
            &json!({ "exchangeRate": null }),
        ),
        order(
            "4",
            "2026-10-05T03:00:00Z",
            "400.00",
            &json!({ "landedCost": { "currency": "EUR", "total": "400" } }),
        ),
        order(
            "5",
            "2026-10-05T03:00:00Z",
            "400.00",
            &json!({ "lines": [] }),
        ),
        // Never placed.
        order(
            "6",
            "2026-10-05T03:00:00Z",
            "400.00",
            &json!({ "status": "交易关闭" }),
        ),
    ]);
    let text = shown(&typed(&model, LIMIT, "300"));
    assert!(text.contains("Of 1 past order, 1 would now stop"), "{text}");
    assert!(text.contains("2 orders have no exchange rate"), "{text}");
    assert!(text.contains("1 order wasn’t calculated in USD"), "{text}");
    assert!(text.contains("1 order has no lines"), "{text}");
    let text = shown(&typed(&model, "desk.data.homeCurrency", "EUR"));
    assert!(text.contains("No order can be tried"), "{text}");
}

#[test]
fn the_first_orders_are_shown_and_the_others_on_demand() {
    let none = json!({});
    let orders = (10..60).map(|id| order(&id.to_string(), "2026-10-05T03:00:00Z", "400.00", &none));
    let model = typed(&shop(orders.collect()), LIMIT, "100");
    let count = |model: &Model| shown(model).matches(" PO-").count();
    assert_eq!(count(&model), 20);
    assert!(shown(&model).contains("Show 30 more"));
    let model = pressed(&model, "policy.backTest", "wouldStop");
    assert_eq!(count(&model), 50);
    assert!(!shown(&model).contains("Show"));
}

#[test]
fn a_long_log_is_made_ready_in_pieces_and_follows_its_records() {
    let none = json!({});
    let orders =
        (0..4_500).map(|id| order(&id.to_string(), "2026-10-05T03:00:00Z", "400.00", &none));
    let mut model = shop(orders.collect());
    let mut steps = 0;
    while shown(&model).contains("is being read") {
        assert!(steps < 20);
        model = sent(&model, Msg::Step);
        steps += 1;
    }
    assert!(steps > 4, "{steps} steps");
    assert!(shown(&model).contains("Of 4,500 past orders"));
    let more = order("new", "2026-10-05T03:00:00Z", "400.00", &none);
    let mut model = sent(&model, Msg::Store(StoreEvent::Changed(vec![more])));
    for _ in 0..8 {
        model = sent(&model, Msg::Step);
    }
    assert!(shown(&model).contains("Of 4,501 past orders"));
}

#[test]
fn the_slider_and_its_field_stay_in_step() {
    let none = json!({});
    let model = shop(vec![order("1", "2026-10-05T03:00:00Z", "400.00", &none)]);
    let slider = |model: &Model| {
        let html = drawn(&Rc::new(model.clone()), |model| policy_page(model));
        let mut tags = html.split('<');
        let tag =
            tags.find(|tag| tag.contains("name=\"slide.desk.data.orders.maximumOrderValue\""));
        tag.unwrap().to_owned()
    };
    let begun = slider(&model);
    assert!(
        begun.contains("value=\"800\"")
            && begun.contains("max=\"1600\"")
            && begun.contains("step=\"20\""),
        "{begun}"
    );
    assert!(slider(&typed(&model, LIMIT, "640")).contains("value=\"640\""));
    let slid = typed(&model, &format!("slide.{LIMIT}"), "380");
    let html = drawn(&Rc::new(slid.clone()), |model| policy_page(model));
    assert_eq!(html.matches("value=\"380\"").count(), 2, "slider and field");
    assert!(shown(&slid).contains("1 would now stop"));
}
