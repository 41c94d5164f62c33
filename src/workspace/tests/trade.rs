//! What comes from the platform, and what goes from the owner to the staff.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail by panicking"
)]

mod support;

use std::rc::Rc;

use landfall::check::parse_date;
use landfall::issue::{Issue, Problem};
use landfall_workspace::import_orders::{self, previous_prices};
use landfall_workspace::plan::Plan;
use landfall_workspace::record::{Key, Kind, Record};
use landfall_workspace::rows::{ExchangeRate, Row};
use landfall_workspace::shop;
use landfall_workspace::workspace::Workspace;
use serde_json::{Value, json};
use support::{Random, data, key, stamp, workspace, written};

fn export(name: &str) -> Value {
    let path = data()
        .join("../order-export")
        .join(format!("{name}.expected.json"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

const EXPORTS: [&str; 3] = [
    "fresh-inline-strings",
    "amounts-as-text-full-width-brackets",
    "saved-again-shared-strings",
];

/// Imports an export, and gives what it changed.
fn import(export: &Value, kept: &mut Workspace, second: usize) -> Plan {
    let records = import_orders::records(&export.to_string(), kept, &stamp("d1", second)).unwrap();
    let plan = Plan::of(records, kept);
    plan.records()
        .for_each(|record| kept.insert(record.clone()));
    plan
}

fn order_key(order: &Value) -> Key {
    Key::derived(
        Kind::Order,
        &format!("1688/order/{}", order["orderId"].as_str().unwrap()),
    )
}

#[test]
fn an_export_becomes_suppliers_articles_and_orders() {
    for name in EXPORTS {
        let export = export(name);
        let orders = export["orders"].as_array().unwrap();
        let mut kept = Workspace::new();
        let plan = import(&export, &mut kept, 0);
        assert!(plan.changed.is_empty() && plan.conflicting.is_empty());
        assert_eq!(kept.list(Kind::Order).count(), orders.len());
        let mut suppliers: Vec<&str> = orders
            .iter()
            .map(|order| order["supplier"].as_str().unwrap())
            .collect();
        suppliers.sort();
        suppliers.dedup();
        assert_eq!(kept.list(Kind::Supplier).count(), suppliers.len());
        for order in orders {
            let Some(Row::Order(row)) = kept.get(&order_key(order)).unwrap().row() else {
                panic!()
            };
            assert_eq!(
                row.source.as_ref().unwrap().order_id.to_string(),
                order["orderId"]
            );
            assert_eq!(*row.supplier_name, *order["supplier"].as_str().unwrap());
            assert_eq!(row.paid.unwrap().to_string(), order["paidCny"]);
            assert_eq!(row.adjustment.unwrap().to_string(), order["adjustmentCny"]);
            assert_eq!(row.paid_at.is_none(), order["paidAt"].is_null());
            assert_eq!(row.lines.len(), order["lines"].as_array().unwrap().len());
            for (line, exported) in row.lines.iter().zip(order["lines"].as_array().unwrap()) {
                let sku = format!("sku/{}", line.sku_id.as_deref().unwrap());
                let Some(Row::Sku(sku)) = kept.get(&key(&sku)).unwrap().row() else {
                    panic!()
                };
                assert_eq!(
                    *sku.sources[0].offer_id.clone().unwrap(),
                    *exported["offerId"].as_str().unwrap()
                );
                assert_eq!(
                    *sku.sources[0].sku_id.clone().unwrap(),
                    *exported["skuId"].as_str().unwrap()
                );
                assert_eq!(sku.sources[0].supplier_id, row.supplier_id);
                assert_eq!(line.unit_price.to_string(), exported["unitPriceCny"]);
            }
            let Some(Row::Supplier(supplier)) = kept
                .get(&key(&format!(
                    "supplier/{}",
                    row.supplier_id.as_deref().unwrap()
                )))
                .unwrap()
                .row()
            else {
                panic!()
            };
            assert_eq!(supplier.name, row.supplier_name);
        }
    }
}

#[test]
fn the_clock_of_china_becomes_utc() {
    let at = |text: &str| -> Result<String, Issue> {
        let export = json!({ "orders": [{ "orderId": "1", "createdAt": text, "lines": [] }] });
        let records =
            import_orders::records(&export.to_string(), &Workspace::new(), &stamp("d1", 0));
        let records = records.map_err(|issues| issues[0].clone())?;
        let Ok(Row::Order(order)) = Row::of(Kind::Order, records[0].data().unwrap()) else {
            panic!()
        };
        Ok(order.created_at.unwrap().0.to_string())
    };
    assert_eq!(
        at("2026-10-01 09:17:11"),
        Ok("2026-10-01T01:17:11Z".to_owned())
    );
    assert_eq!(
        at("2026-01-01 07:59"),
        Ok("2025-12-31T23:59:00Z".to_owned())
    );
    assert_eq!(at("2028-03-01"), Ok("2028-02-29T16:00:00Z".to_owned()));
    for bad in [
        "2026-02-29 01:00:00",
        "2026-10-01 24:00:00",
        "2026-10-01 9:7:1:2",
        "yesterday",
        "2026-10-01 +1:00",
        "",
    ] {
        let issue = at(bad).unwrap_err();
        assert_eq!(
            (
                &*issue.path,
                matches!(issue.problem, Problem::BadDate { .. })
            ),
            ("orders[0].createdAt", true),
            "{bad}"
        );
    }
}

#[test]
fn the_same_file_again_changes_nothing_in_whatever_order_its_orders_stand() {
    let mut random = Random(7);
    for name in EXPORTS {
        let mut export = export(name);
        let mut kept = Workspace::new();
        import(&export, &mut kept, 0);
        let before = written(&kept);
        for second in 1..6 {
            assert!(import(&export, &mut kept, second).is_empty());
            let orders = export["orders"].as_array_mut().unwrap();
            for at in (1..orders.len()).rev() {
                orders.swap(at, random.below(at + 1));
            }
        }
        assert_eq!(written(&kept), before);
        // On another device it makes the same records.
        let records =
            import_orders::records(&export.to_string(), &Workspace::new(), &stamp("d2", 9))
                .unwrap();
        assert!(Plan::of(records, &kept).conflicting.is_empty());
    }
}

#[test]
fn a_later_export_edits_an_order_and_keeps_what_was_added_by_hand() {
    let mut export = export(EXPORTS[0]);
    let mut kept = Workspace::new();
    import(&export, &mut kept, 0);
    let id = order_key(&export["orders"][0]);
    let entry = Rc::clone(kept.get(&id).unwrap());
    let Some(Row::Order(row)) = entry.row() else {
        panic!()
    };
    let mut row = row.clone();
    row.number = Some(Rc::from("d1-1"));
    row.staff = Some(Rc::from("Li"));
    row.lines[0].sku_id = Some(Rc::from("mine"));
    let data = Row::Order(row).patched(entry.record().data().unwrap());
    let data = data.replacen('{', r#"{"later":1.50,"#, 1);
    kept.insert(entry.record().edited(&data, stamp("d1", 1)));

    assert!(import(&export, &mut kept, 2).is_empty());
    export["orders"][0]["status"] = json!("交易关闭");
    export["orders"][0]["trackingNumber"] = Value::Null;
    let plan = import(&export, &mut kept, 3);
    assert_eq!(plan.changed.len(), 1);
    assert_eq!(
        plan.changed[0].differences.len(),
        1,
        "{:?}",
        plan.changed[0].differences
    );
    assert_eq!(plan.changed[0].differences[0].path, "status");
    let entry = kept.get(&id).unwrap();
    let Some(Row::Order(row)) = entry.row() else {
        panic!()
    };
    assert_eq!(
        (
            row.number.as_deref(),
            row.staff.as_deref(),
            row.status.as_deref()
        ),
        (Some("d1-1"), Some("Li"), Some("交易关闭"))
    );
    assert_eq!(row.lines[0].sku_id.as_deref(), Some("mine"));
    assert!(row.tracking_number.is_some());
    assert!(entry.record().data().unwrap().contains(r#""later":1.50"#));

    // Undo takes the later export back, and nothing else.
    let (records, left) = plan.undone(&kept, &stamp("d1", 4));
    assert!(left.is_empty());
    records.into_iter().for_each(|record| kept.insert(record));
    assert_eq!(
        kept.get(&id).unwrap().record().data().map(|data| &**data),
        Some(&*data)
    );
}

#[test]
fn what_was_deleted_stays_deleted_and_what_is_known_is_used() {
    let export = export(EXPORTS[0]);
    let mut kept = Workspace::new();
    import(&export, &mut kept, 0);
    let id = order_key(&export["orders"][1]);
    let deleted = kept.get(&id).unwrap().record().removed(stamp("d1", 1));
    kept.insert(deleted);
    assert!(import(&export, &mut kept, 2).is_empty());
    assert!(kept.get(&id).unwrap().record().is_deleted());

    let order = &export["orders"][0];
    let supplier = json!({ "name": "x", "shopName": order["supplier"], "status": "whitelisted" });
    let source = &order["lines"][0];
    let sku = json!({ "sku": "OWN", "sources": [{ "offerId": source["offerId"], "skuId": source["skuId"] }] });
    let mut kept = workspace(&[
        Record::new(key("supplier/own"), &supplier.to_string(), stamp("d1", 0)),
        Record::new(key("sku/own"), &sku.to_string(), stamp("d1", 0)),
    ]);
    import(&export, &mut kept, 1);
    let Some(Row::Order(row)) = kept.get(&order_key(order)).unwrap().row() else {
        panic!()
    };
    assert_eq!(row.supplier_id.as_deref(), Some("own"));
    assert_eq!(row.lines[0].sku_id.as_deref(), Some("own"));
}

#[test]
fn an_order_that_stands_twice_counts_once_and_the_last_counts() {
    let order =
        |status: &str| json!({ "orderId": "1", "supplier": "a", "status": status, "lines": [] });
    let export = json!({ "orders": [order("one"), order("two")] });
    let mut kept = Workspace::new();
    import(&export, &mut kept, 0);
    let Some(Row::Order(row)) = kept.list(Kind::Order).next().unwrap().row() else {
        panic!()
    };
    assert_eq!(row.status.as_deref(), Some("two"));
    assert!(import(&export, &mut kept, 1).is_empty());
}

#[test]
fn what_is_wrong_with_an_export_has_its_place_and_nothing_is_imported() {
    let issues = |export: Value| {
        let issues =
            import_orders::records(&export.to_string(), &Workspace::new(), &stamp("d1", 0))
                .unwrap_err();
        issues
            .into_iter()
            .map(|issue| issue.path)
            .collect::<Vec<_>>()
    };
    assert_eq!(issues(json!({})), ["orders"]);
    assert_eq!(issues(json!([])), ["orders"]);
    let line = json!({ "unitPriceCny": "1", "quantity": 2 });
    let orders = json!([
        { "orderId": 5, "lines": [line] },
        { "orderId": "6", "goodsCny": "-1", "lines": [line, { "unitPriceCny": 1.5, "quantity": "1e3" }] },
        { "lines": {} },
    ]);
    assert_eq!(
        issues(json!({ "orders": orders })),
        [
            "orders[0].orderId",
            "orders[1].goodsCny",
            "orders[1].lines[1].unitPriceCny",
            "orders[1].lines[1].quantity",
            "orders[2].orderId",
            "orders[2].lines"
        ]
    );
}

#[test]
fn previous_prices_come_from_orders_that_werent_closed() {
    let order = |id: &str, at: &str, status: &str, price: &str| {
        json!({
            "orderId": id, "supplier": "a", "status": status, "createdAt": at,
            "lines": [{ "unitPriceCny": price, "quantity": 1, "offerId": "7", "skuId": "8", "itemCode": "MUG" }, { "unitPriceCny": "3", "quantity": 1 }],
        })
    };
    let export = json!({ "orders": [
        order("1", "2026-10-01 09:00:00", "交易成功", "10"), order("2", "2026-10-03 09:00:00", "交易关闭", "1"),
        order("3", "2026-10-02 20:00:00", "等待买家收货", "12.50"), order("4", "2026-10-02 09:00:00", "交易成功", "12"),
    ] });
    let mut kept = Workspace::new();
    import(&export, &mut kept, 0);
    let prices = previous_prices(&kept);
    let shown: Vec<(String, String)> = prices
        .iter()
        .map(|price| {
            (
                price.unit_price.to_string(),
                price.date().unwrap().to_string(),
            )
        })
        .collect();
    let expected = [
        ("12.50", "2026-10-02"),
        ("12", "2026-10-02"),
        ("10", "2026-10-01"),
    ];
    assert_eq!(
        shown,
        expected.map(|(price, date)| (price.to_owned(), date.to_owned()))
    );
    let text = shop::write(
        &kept,
        "Owner",
        1,
        "2026-11-22T10:00:00Z",
        parse_date("2026-11-22").unwrap(),
        None,
    );
    let shop: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        shop["skus"][0]["previousPrices"],
        json!([{ "unitPriceCny": "12.50", "date": "2026-10-02" }, { "unitPriceCny": "12", "date": "2026-10-02" }])
    );
}

fn policy(id: &str, text: &str) -> Record {
    Record::new(Key::new(Kind::Policy, id).unwrap(), text, stamp("d1", 0))
}

#[test]
fn a_shop_file_has_what_staff_need_and_the_policy_to_the_letter() {
    let in_force = r#"{"version":3,"effectiveFrom":"2026-11-01","orders":{"maximumOrderValue":"900"},"house":{"x":1.50}}"#;
    let mut kept = workspace(&[
        policy("a", r#"{"version":2}"#),
        policy("b", in_force),
        policy("c", r#"{"version":9,"effectiveFrom":"2027-01-01"}"#),
        Record::new(
            key("supplier/s1"),
            r#"{"name":"步步高","status":"whitelisted","notes":"secret"}"#,
            stamp("d1", 0),
        ),
        Record::new(
            key("sku/k1"),
            r#"{"sku":"MUG","agreed":[{"supplierId":"s1","minimumCny":"9","maximumCny":"11"}],"specification":{"colour":"red"}}"#,
            stamp("d1", 0),
        ),
        Record::new(
            key("schedule/f1"),
            r#"{"name":"Sea","charges":[{"component":"packaging"}]}"#,
            stamp("d1", 0),
        ),
    ]);
    let gone = Record::new(
        key("supplier/s2"),
        r#"{"name":"gone","status":"new"}"#,
        stamp("d1", 0),
    )
    .removed(stamp("d1", 1));
    kept.insert(gone);
    let rate = ExchangeRate {
        cny_per_unit: landfall_workspace::rows::Amount("7.10".parse().unwrap()),
        as_of: parse_date("2026-11-20").unwrap(),
    };
    let text = shop::write(
        &kept,
        "Owner \"A\"",
        4,
        "2026-11-22T10:00:00Z",
        parse_date("2026-11-22").unwrap(),
        Some(rate),
    );
    assert!(text.contains(&format!("\"policy\":{in_force}")), "{text}");
    assert!(!text.contains("secret") && !text.contains("gone"));
    let shop = shop::read(&format!("\u{feff}{text}")).unwrap().unwrap();
    assert_eq!((&*shop.owner, shop.number), ("Owner \"A\"", 4));
    assert_eq!(shop.policy.orders.maximum_order_value.to_string(), "900");
    assert_eq!(shop.suppliers[0].status.name(), "whitelisted");
    assert_eq!(shop.skus[0].agreed[0].maximum.to_string(), "11");
    assert_eq!(
        shop.skus[0]
            .specification
            .as_ref()
            .unwrap()
            .colour
            .as_deref(),
        Some("red")
    );
    assert_eq!(&*shop.schedules[0].name, "Sea");
    assert_eq!(shop.exchange_rate.unwrap().cny_per_unit.to_string(), "7.10");
}

#[test]
fn a_workspace_without_policy_gives_the_defaults() {
    let text = shop::write(
        &Workspace::new(),
        "Owner",
        1,
        "2026-11-22T10:00:00Z",
        parse_date("2026-11-22").unwrap(),
        None,
    );
    let shop = shop::read(&text).unwrap().unwrap();
    assert_eq!(shop.policy.orders.maximum_order_value.to_string(), "800");
    assert!(shop.suppliers.is_empty());
}

#[test]
fn a_shop_file_is_read_with_all_that_is_wrong() {
    assert_eq!(shop::read("null\n"), Ok(None));
    let paths = |text: &str| {
        shop::read(text)
            .unwrap_err()
            .into_iter()
            .map(|issue| issue.path)
            .collect::<Vec<_>>()
    };
    assert_eq!(paths("[]"), [""]);
    assert_eq!(paths("{"), [""]);
    let good = json!({
        "format": "landfall/shop", "version": 1, "owner": "O", "number": 1, "madeAt": "2026-11-22T10:00:00Z", "policy": {},
        "suppliers": [{ "id": "s1", "name": "a", "status": "new" }], "skus": [{ "id": "k", "sku": "MUG" }], "later": 1,
    });
    assert!(shop::read(&good.to_string()).is_ok());
    let mut bad = good.clone();
    bad["version"] = json!(2);
    bad["format"] = json!("landfall/workspace");
    assert_eq!(paths(&bad.to_string()), ["format", "version"]);
    let mut bad = good.clone();
    bad["version"] = json!(0);
    assert_eq!(paths(&bad.to_string()), ["version"]);
    let mut bad = good.clone();
    bad["suppliers"][0]["status"] = json!("trusted");
    bad["skus"][0]["agreed"] =
        json!([{ "supplierId": "s1", "minimumCny": "12", "maximumCny": "11" }]);
    bad["policy"]["orders"] = json!({ "maximumOrderValue": "lots", "exchangeRateMaxAgeDays": -1 });
    bad["madeAt"] = json!("today");
    assert_eq!(
        paths(&bad.to_string()),
        [
            "madeAt",
            "policy.orders.maximumOrderValue",
            "policy.orders.exchangeRateMaxAgeDays",
            "suppliers[0].status",
            "skus[0].agreed[0]"
        ]
    );
    let twice = good
        .to_string()
        .replacen("\"owner\":", "\"owner\":\"P\",\"owner\":", 1);
    assert_eq!(paths(&twice), ["owner"]);
    assert_eq!(
        shop::hash("abc"),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
}
