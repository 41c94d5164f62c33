//! Orders that are to be placed: what the rules say while one types, what the owner decides, what the log keeps.

use landfall::check::Named;
use landfall::finding::{Finding, Outcome, Rule};
use landfall::order::Verdict;
use landfall_workspace::record::{Key, Kind, Record, Stamp};
use landfall_workspace::rows::{Escalation, Order, Row, Stage};

use super::*;
use crate::orders::{Obstacle, order_sheet, orders_page};

fn record(kind: Kind, id: &str, data: &str) -> Record {
    let key = Key::new(kind, id).unwrap();
    Record::new(key, data, Stamp::new("d1", "2026-11-01T00:00:00Z"))
}

/// The page after records came from elsewhere.
fn with(model: &Model, records: &[Record]) -> Model {
    let texts = records.iter().map(Record::write).collect();
    sent(model, Msg::Store(StoreEvent::Changed(texts)))
}

/// A shop with suppliers, an article with an agreed price and a sample, and an order of it.
fn shop() -> Model {
    let data = r#"{"request":{"homeCurrency":"USD","exchangeRate":{"cnyPerUnit":"7","asOf":"2026-11-22"},"lines":[{"sku":"LID","description":"Lid","unitPriceCny":"7","quantity":"10"}]}}"#;
    let model = shows(&example(), Draft::from_tree(&tree(data)).unwrap());
    with(
        &model,
        &[
            record(
                Kind::Supplier,
                "s1",
                r#"{"name":"Mug House","shopName":"杯子屋","status":"whitelisted"}"#,
            ),
            record(
                Kind::Supplier,
                "s2",
                r#"{"name":"New Pots","status":"new"}"#,
            ),
            record(
                Kind::Supplier,
                "s3",
                r#"{"name":"Bad Lids","status":"suspended"}"#,
            ),
            record(
                Kind::Sku,
                "a1",
                r#"{"sku":"MUG","title":"Red mug","agreed":[{"supplierId":"s1","minimumCny":"9","maximumCny":"12"}],"specification":{"colour":"red, Pantone 186"}}"#,
            ),
            record(
                Kind::Order,
                "o1",
                r#"{"number":"PO-2026-007","supplierId":"s1","supplierName":"Mug House","createdAt":"2026-10-30T17:00:00Z","goodsCny":"100","lines":[{"skuId":"a1","itemCode":"MUG","unitPriceCny":"10","quantity":"10"}]}"#,
            ),
        ],
    )
}

/// The page after a button was pressed, and where that led.
fn gone(model: &Model, path: &str, action: &str) -> Model {
    let (mut model, effects) = update(model, Msg::Pressed(path.to_owned(), action.to_owned()));
    for effect in effects {
        if let Effect::Go(fragment) = effect {
            model = sent(&model, Msg::Went(fragment));
        }
    }
    model
}

fn fill(model: &Model, fields: &[(&str, &str)]) -> Model {
    fields.iter().fold(model.clone(), |model, (field, text)| {
        typed(&model, &format!("desk.data.{field}"), text)
    })
}

/// What must be filled in beside supplier and goods.
const REST: [(&str, &str); 10] = [
    ("exchangeRate.cnyPerUnit", "7"),
    ("specification.colour", "true"),
    ("specification.size", "true"),
    ("specification.quantity", "true"),
    ("specification.packaging", "true"),
    ("productLink", "https://detail.1688.com/offer/1.html"),
    ("priceScreenshot", "PO-8.png"),
    ("staff", "Wang"),
    ("expectedDelivery", "2026-12-10"),
    ("notes", "before Christmas"),
];

/// An order that may be placed.
fn complete(model: &Model) -> Model {
    let model = gone(model, "placing", "new");
    let model = fill(&model, &REST);
    let model = fill(
        &model,
        &[
            ("supplierName", "Mug House"),
            ("lines[0].sku", "MUG"),
            ("lines[0].unitPriceCny", "11"),
            ("lines[0].quantity", "10"),
            ("domesticShippingCny", "7"),
        ],
    );
    typed(&model, "placing.costing", "shown")
}

fn verdict(model: &Model) -> Verdict {
    model.check().unwrap().verdict
}

/// How a rule came out, the gravest.
fn outcome_of(model: &Model, rule: Rule) -> Outcome {
    let check = model.check().unwrap();
    let mut found = check.findings.iter();
    found
        .find(|finding| finding.rule() == rule)
        .unwrap()
        .outcome()
}

fn bites(model: &Model) -> Vec<Rule> {
    let check = model.check().unwrap();
    let found = check.findings.iter();
    let found =
        found.filter(|finding| matches!(finding.outcome(), Outcome::HardStop | Outcome::Missing));
    found.map(Finding::rule).collect()
}

fn orders(model: &Rc<Model>) -> Html {
    orders_page(model)
}

fn order_of<'m>(model: &'m Model, id: &str) -> &'m Order {
    let key = Key::new(Kind::Order, id).unwrap();
    match model.workspace.get(&key).unwrap().row() {
        Some(Row::Order(order)) => order,
        other => panic!("{other:?}"),
    }
}

fn place_of(model: &Model) -> String {
    model.place.to_string()
}

#[test]
fn a_complete_order_proceeds_and_shows_every_rule() {
    let model = complete(&shop());
    let check = model.check().unwrap();
    assert_eq!(check.faults, []);
    assert_eq!(check.verdict, Verdict::Proceed, "{:?}", check.findings);
    for rule in Rule::ALL {
        assert!(
            check.findings.iter().any(|of| of.rule() == *rule),
            "{rule:?}"
        );
    }
    assert_eq!(model.obstacle(&check), None);
    let html = drawn(&model, orders);
    assert!(
        html.contains("PROCEED") && html.contains("Log as placed"),
        "{html}"
    );
    assert!(html.contains("red, Pantone 186"));
    // 110 of goods and 7 of freight, at 7.
    assert!(html.contains("USD\u{a0}16.71"), "{html}");
    let html = drawn(&pressed(&model, "language", "zh-CN"), orders);
    assert!(html.contains("可以下单") && html.contains("记为已下单"));
}

/// Each rule bites while typing, and stops biting when that is taken back.
#[test]
fn every_rule_is_reached_by_typing() {
    let model = complete(&shop());
    for (rule, outcome, field, text, back) in [
        (
            Rule::OrderValue,
            Outcome::HardStop,
            "lines[0].quantity",
            "5000",
            "10",
        ),
        (
            Rule::SupplierWhitelist,
            Outcome::HardStop,
            "supplierName",
            "New Pots",
            "Mug House",
        ),
        (
            Rule::SupplierWhitelist,
            Outcome::HardStop,
            "supplierName",
            "Bad Lids",
            "Mug House",
        ),
        (
            Rule::SupplierWhitelist,
            Outcome::HardStop,
            "supplierName",
            "Somebody",
            "杯子屋",
        ),
        (
            Rule::PriceIncrease,
            Outcome::HardStop,
            "lines[0].unitPriceCny",
            "11.51",
            "11",
        ),
        (
            Rule::AgreedPriceRange,
            Outcome::HardStop,
            "lines[0].unitPriceCny",
            "8.99",
            "11",
        ),
        (
            Rule::Specification,
            Outcome::Missing,
            "specification.size",
            "",
            "true",
        ),
        (
            Rule::ExchangeRate,
            Outcome::Missing,
            "exchangeRate.asOf",
            "2026-11-18",
            "2026-11-22",
        ),
        (
            Rule::ExchangeRate,
            Outcome::Missing,
            "exchangeRate.asOf",
            "2026-11-23",
            "2026-11-22",
        ),
        (
            Rule::OrderRecord,
            Outcome::Missing,
            "staff",
            "\u{3000}",
            "Wang",
        ),
    ] {
        let bitten = fill(&model, &[(field, text)]);
        assert_eq!(bites(&bitten), [rule], "{field} {text}");
        assert_eq!(outcome_of(&bitten, rule), outcome, "{field} {text}");
        let check = bitten.check().unwrap();
        let obstacle = match outcome {
            Outcome::HardStop => Obstacle::Stopped,
            Outcome::Missing | Outcome::Notice | Outcome::Pass => Obstacle::Unfinished,
        };
        assert_eq!(bitten.obstacle(&check), Some(obstacle));
        let html = drawn(&bitten, orders);
        assert!(!html.contains("Log as placed"));
        assert_eq!(
            bites(&fill(&bitten, &[(field, back)])),
            [],
            "{field} {back}"
        );
    }
    // Nothing to work the landed cost out with.
    let model = gone(&shop(), "placing", "new");
    let model = fill(&model, &REST);
    let goods = [
        ("supplierName", "Mug House"),
        ("lines[0].sku", "MUG"),
        ("lines[0].unitPriceCny", "11"),
        ("lines[0].quantity", "10"),
    ];
    let model = fill(&model, &goods);
    assert_eq!(bites(&model), [Rule::CostCalculated]);
    assert!(drawn(&model, orders).contains("name=\"placing.costing\" value=\"focus\""));
}

#[test]
fn the_limits_themselves_pass() {
    let model = complete(&shop());
    let lid = fill(
        &model,
        &[("lines[0].sku", "LID"), ("domesticShippingCny", "")],
    );
    for (price, outcome) in [("56", Outcome::Pass), ("56.0007", Outcome::HardStop)] {
        let model = fill(
            &lid,
            &[
                ("lines[0].unitPriceCny", price),
                ("lines[0].quantity", "100"),
            ],
        );
        let value = model
            .check()
            .unwrap()
            .whole
            .unwrap()
            .order_value
            .to_string();
        assert_eq!(
            value,
            if outcome == Outcome::Pass {
                "800.00"
            } else {
                "800.01"
            }
        );
        assert_eq!(outcome_of(&model, Rule::OrderValue), outcome);
    }
    for (price, outcome) in [("11.5", Outcome::Pass), ("11.50000001", Outcome::HardStop)] {
        let model = fill(&model, &[("lines[0].unitPriceCny", price)]);
        assert_eq!(outcome_of(&model, Rule::PriceIncrease), outcome, "{price}");
    }
    // By the clock of this device, 8 hours ahead, it was placed on the 31st.
    assert!(drawn(&model, orders).contains("Before: CNY\u{a0}10 on 2026-10-31. +10\u{a0}%"));
}

#[test]
fn an_order_that_is_begun_is_incomplete_and_says_what_is_missing() {
    let model = gone(&shop(), "placing", "new");
    assert_eq!(verdict(&model), Verdict::Incomplete);
    let html = drawn(&model, orders);
    assert!(html.contains("INCOMPLETE") && html.contains("Still to be filled in"));
    assert!(html.contains("Waits for what is still to be filled in."));
    assert!(html.contains("PO-2026-008"), "the next free number");
    // A stop shows as soon as it is known, whatever else is missing.
    assert_eq!(
        verdict(&fill(&model, &[("supplierName", "Bad Lids")])),
        Verdict::Stop
    );
    let model = fill(
        &model,
        &[
            ("exchangeRate.cnyPerUnit", "7"),
            ("lines[0].sku", "LID"),
            ("lines[0].unitPriceCny", "57"),
            ("lines[0].quantity", "100"),
        ],
    );
    let model = pressed(&model, "placing", "addLine");
    assert_eq!(outcome_of(&model, Rule::OrderValue), Outcome::HardStop);
    // What can't be read is said at its field.
    let model = fill(&model, &[("lines[1].quantity", "a few")]);
    let model = left(&model, "desk.data.lines[1].quantity");
    let html = drawn(&model, orders);
    check_ids(&html);
    let tags = tags(&html);
    let mut inputs = tags.iter().filter(|tag| tag.name == "input");
    let field = inputs.find(|tag| tag.get("name") == Some("desk.data.lines[1].quantity"));
    assert_eq!(field.unwrap().get("aria-invalid"), Some("true"));
}

#[test]
fn a_stop_is_lifted_by_the_owner_for_what_it_is() {
    let model = complete(&shop());
    let stopped = fill(
        &model,
        &[
            ("lines[0].unitPriceCny", "11.51"),
            ("lines[0].quantity", "1000"),
        ],
    );
    assert_eq!(bites(&stopped), [Rule::OrderValue, Rule::PriceIncrease]);
    // Name and reason are asked for.
    let refused = pressed(&stopped, "placing", "decide:approve:order-value:");
    assert!(refused.notice.as_ref().unwrap().is_bad);
    let reasons = [("decision.by", "Li"), ("decision.reason", "season")];
    let stopped = fill(&stopped, &reasons);
    let half = pressed(&stopped, "placing", "decide:approve:order-value:");
    let check = half.check().unwrap();
    assert_eq!(
        half.obstacle(&check),
        Some(Obstacle::Stopped),
        "the price isn't approved"
    );
    assert!(drawn(&half, orders).contains("Approved by Li"));
    let half = fill(&half, &[("decision.reason", "steel is up")]);
    let lifted = pressed(&half, "placing", "decide:approve:price-increase:MUG");
    let check = lifted.check().unwrap();
    assert_eq!(lifted.obstacle(&check), None);
    assert!(drawn(&lifted, orders).contains("STOP LIFTED"));
    // With another price the owner is asked again.
    let other = fill(&lifted, &[("lines[0].unitPriceCny", "11.52")]);
    let check = other.check().unwrap();
    assert_eq!(other.obstacle(&check), Some(Obstacle::Stopped));
    // A later refusal counts.
    let again = fill(&lifted, &[("decision.reason", "no money")]);
    let again = pressed(&again, "placing", "decide:reject:order-value:");
    let check = again.check().unwrap();
    assert_eq!(again.obstacle(&check), Some(Obstacle::Stopped));
    // A condition is needed where it is approved on one.
    let on_condition = fill(&again, &[("decision.reason", "well")]);
    let on_condition = pressed(
        &on_condition,
        "placing",
        "decide:approveWithCondition:order-value:",
    );
    assert!(on_condition.notice.as_ref().unwrap().is_bad);
    let on_condition = fill(&on_condition, &[("decision.condition", "pay half")]);
    let on_condition = pressed(
        &on_condition,
        "placing",
        "decide:approveWithCondition:order-value:",
    );
    let check = on_condition.check().unwrap();
    assert_eq!(on_condition.obstacle(&check), None);
    assert!(drawn(&on_condition, orders).contains("Condition: pay half"));
}

#[test]
fn the_message_is_put_to_the_owner_once_and_answered_by_the_decision() {
    let model = fill(&complete(&shop()), &[("lines[0].quantity", "1000")]);
    let (model, effects) = update(
        &model,
        Msg::Pressed("placing".to_owned(), "copy:zh-CN".to_owned()),
    );
    let copied = effects.iter().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text.clone()),
        _ => None,
    });
    let copied = copied.unwrap();
    assert!(
        copied.contains("PO-2026-008")
            && copied.contains("Mug House")
            && copied.contains("订单金额")
    );
    let model = pressed(&model, "placing", "copy:en");
    let raised = |model: &Model| -> Vec<Escalation> {
        let all = model.workspace.list(Kind::Escalation);
        let all = all.map(|entry| match entry.row() {
            Some(Row::Escalation(escalation)) => (**escalation).clone(),
            other => panic!("{other:?}"),
        });
        all.collect()
    };
    let all = raised(&model);
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].rule.as_deref(), Some("order-value"));
    assert_eq!(all[0].raised_by.as_deref(), Some("Wang"));
    assert_eq!(all[0].order_id.as_deref(), Some(&*place_of(&model)));
    assert_eq!(all[0].resolved_at, None);
    let model = fill(
        &model,
        &[("decision.by", "Li"), ("decision.reason", "season")],
    );
    let model = pressed(&model, "placing", "decide:approve:order-value:");
    let all = raised(&model);
    assert_eq!(all[0].resolved_by.as_deref(), Some("Li"));
    assert_eq!(all[0].resolution.as_deref(), Some("approve season"));
}

/// The decision travels as a file; where the owner's file rules, only that counts.
#[test]
fn staff_cannot_decide_and_take_the_decision_from_a_file() {
    let owner = shop();
    let (_, effects) = update(&owner, Msg::Pressed("data".to_owned(), "shop".to_owned()));
    let shop_file = effects.iter().find_map(|effect| match effect {
        Effect::Download(_, text) => Some(text.clone()),
        _ => None,
    });
    let shop_file = shop_file.unwrap();
    let cost = r#"{"request":{"homeCurrency":"USD","exchangeRate":{"cnyPerUnit":"7","asOf":"2026-11-22"},"lines":[{"sku":"LID","unitPriceCny":"7","quantity":"10"}]}}"#;
    let staff = shows(&example(), Draft::from_tree(&tree(cost)).unwrap());
    let staff = sent(&staff, Msg::Shop(shop_file));
    assert!(!staff.is_owner());
    let staff = fill(&complete(&staff), &[("lines[0].quantity", "1000")]);
    assert_eq!(
        bites(&staff),
        [Rule::OrderValue],
        "supplier, price and range come from the file"
    );
    let html = drawn(&staff, orders);
    assert!(!html.contains("decide:") && html.contains("Copy the message"));
    let staff = fill(
        &staff,
        &[("decision.by", "me"), ("decision.reason", "I want to")],
    );
    let tried = pressed(&staff, "placing", "decide:approve:order-value:");
    assert_eq!(tried.workspace.list(Kind::Decision).count(), 0);
    // A supplier that staff approved themselves isn't.
    let own = record(
        Kind::Supplier,
        "s9",
        r#"{"name":"Friend","status":"whitelisted"}"#,
    );
    let friend = fill(&with(&staff, &[own]), &[("supplierName", "Friend")]);
    assert!(bites(&friend).contains(&Rule::SupplierWhitelist));
    // The owner gets the order as a file, decides, and sends the decision back.
    let (staff, effects) = update(
        &staff,
        Msg::Pressed("placing".to_owned(), "exportOrder".to_owned()),
    );
    let records = |effects: &[Effect]| -> Vec<Record> {
        let text = effects.iter().find_map(|effect| match effect {
            Effect::Download(_, text) => Some(text.clone()),
            _ => None,
        });
        landfall_workspace::file::read(text.unwrap().as_bytes(), "d2", |_, _| ()).unwrap()
    };
    let owner = with(&owner, &records(&effects));
    let owner = sent(&owner, Msg::Went(format!("#/orders/{}", staff.place)));
    let owner = fill(
        &owner,
        &[("decision.by", "Li"), ("decision.reason", "season")],
    );
    let owner = pressed(&owner, "placing", "decide:approve:order-value:");
    let (_, effects) = update(
        &owner,
        Msg::Pressed("placing".to_owned(), "exportDecisions".to_owned()),
    );
    let decided = records(&effects);
    assert_eq!(decided.len(), 1);
    let staff = with(&staff, &decided);
    assert!(drawn(&staff, orders).contains("STOP LIFTED"));
    let id = place_of(&staff);
    let logged = pressed(&staff, "placing", "place");
    assert_eq!(order_of(&logged, &id).verdict(), Some(Verdict::Stop));
    assert!(drawn(&logged, orders).contains("STOP LIFTED"));
}

#[test]
fn placing_logs_everything_in_one_transaction() {
    let model = complete(&shop());
    let model = pressed(&model, "placing", "addLine");
    let more = [
        ("lines[1].sku", "LID"),
        ("lines[1].title", "Lid"),
        ("lines[1].unitPriceCny", "2"),
        ("lines[1].quantity", "5"),
    ];
    let model = fill(&model, &more);
    let id = place_of(&model);
    let (model, effects) = update(
        &model,
        Msg::Pressed("placing".to_owned(), "place".to_owned()),
    );
    let stored = committed(&effects);
    let keys: Vec<&str> = stored.iter().map(|(key, _)| key.as_str()).collect();
    assert!(keys.contains(&&*format!("order/{id}")), "{keys:?}");
    assert!(stored.contains(&(format!("draft/{id}"), None)), "{keys:?}");
    let order = order_of(&model, &id);
    assert_eq!(order.number.as_deref(), Some("PO-2026-008"));
    assert_eq!(order.supplier_id.as_deref(), Some("s1"));
    assert_eq!(order.staff.as_deref(), Some("Wang"));
    assert_eq!(order.stage, Some(Stage::Placed));
    assert_eq!(order.goods.unwrap().to_string(), "120");
    assert_eq!(order.lines[0].sku_id.as_deref(), Some("a1"));
    let cost = order.landed_cost.as_ref().unwrap();
    assert_eq!(
        (&*cost.currency, cost.total.to_string().as_str()),
        ("USD", "18.14")
    );
    assert_eq!(order.verdict(), Some(Verdict::Proceed));
    assert!(order.mismatches().is_empty());
    let html = drawn(&model, orders);
    for part in [
        "PO-2026-008",
        "Mug House",
        "before Christmas",
        "PROCEED",
        "The owner approved this supplier.",
        "USD\u{a0}18.14",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    // The new article has a price from now on, and the next order the next number.
    let next = gone(&model, "placing", "new");
    let next = fill(
        &next,
        &[("lines[0].sku", "LID"), ("lines[0].unitPriceCny", "3")],
    );
    let html = drawn(&next, orders);
    assert!(
        html.contains("PO-2026-009") && html.contains("Before: CNY\u{a0}2"),
        "{html}"
    );
    // A number that is taken is none.
    let taken = fill(&complete(&model), &[("number", "PO-2026-008")]);
    let check = taken.check().unwrap();
    assert_eq!(taken.obstacle(&check), Some(Obstacle::NumberTaken));
}

#[test]
fn an_edit_keeps_what_was_and_checks_again_only_where_the_deal_changed() {
    let model = complete(&shop());
    let id = place_of(&model);
    let model = pressed(&model, "placing", "place");
    // The owner's policy becomes stricter.
    let strict = record(
        Kind::Policy,
        "p2",
        r#"{"version":2,"orders":{"maximumOrderValue":"10"}}"#,
    );
    let model = with(&model, &[strict]);
    assert_eq!(
        order_of(&model, &id).verdict(),
        Some(Verdict::Proceed),
        "what is logged stays"
    );
    let path = format!("order.{id}");
    let edited = gone(&model, &path, "check");
    let edited = fill(&edited, &[("notes", "after Christmas"), ("staff", "Zhao")]);
    let check = edited.check().unwrap();
    assert!(check.is_kept);
    assert_eq!(edited.obstacle(&check), None);
    let edited = pressed(&edited, "placing", "place");
    let order = order_of(&edited, &id);
    assert_eq!(order.policy_version, None, "as it was checked");
    assert_eq!(order.notes.as_deref(), Some("after Christmas"));
    assert_eq!(order.earlier.len(), 1);
    assert_eq!(order.earlier[0].by.as_deref(), Some("Zhao"));
    let html = drawn(&edited, orders);
    assert!(
        html.contains("before Christmas") && html.contains("Earlier versions"),
        "{html}"
    );
    // Another quantity is another deal.
    let again = gone(&edited, &path, "check");
    let again = fill(&again, &[("lines[0].quantity", "20")]);
    let check = again.check().unwrap();
    assert!(!check.is_kept);
    assert_eq!(bites(&again), [Rule::OrderValue]);
    let again = fill(
        &again,
        &[("decision.by", "Li"), ("decision.reason", "once")],
    );
    let again = pressed(&again, "placing", "decide:approve:order-value:");
    let again = pressed(&again, "placing", "place");
    let order = order_of(&again, &id);
    assert_eq!((order.policy_version, order.earlier.len()), (Some(2), 2));
    assert_eq!(order.created_at, order_of(&edited, &id).created_at);
    // A laxer policy afterwards lifts nothing: the order keeps what it was checked by.
    let lax = record(
        Kind::Policy,
        "p3",
        r#"{"version":3,"orders":{"maximumOrderValue":"9999"}}"#,
    );
    let lax = with(&again, &[lax]);
    assert_eq!(order_of(&lax, &id).verdict(), Some(Verdict::Stop));
    assert_eq!(order_of(&lax, &id).policy_version, Some(2));
}

#[test]
fn an_imported_order_is_checked_and_stays_the_platforms() {
    let model = shop();
    let imported = record(
        Kind::Order,
        "o2",
        r#"{"source":{"platform":"1688","orderId":"229"},"supplierId":"s1","supplierName":"Mug House","status":"等待买家付款","createdAt":"2026-11-20T01:00:00Z","goodsCny":"110","freightCny":"7","paidCny":"117","lines":[{"skuId":"a1","title":"杯","unitPriceCny":"11","quantity":"10","offerId":"55"}],"house":"kept"}"#,
    );
    let model = with(&model, &[imported]);
    let model = gone(&model, "order.o2", "check");
    assert_eq!(place_of(&model), "o2");
    let model = typed(&fill(&model, &REST), "placing.costing", "shown");
    assert_eq!(
        verdict(&model),
        Verdict::Proceed,
        "{:?}",
        model.check().unwrap()
    );
    let model = pressed(&model, "placing", "place");
    let order = order_of(&model, "o2");
    assert_eq!(order.source.as_ref().map(|of| &*of.order_id), Some("229"));
    assert_eq!(order.status.as_deref(), Some("等待买家付款"));
    assert_eq!(
        order.created_at.as_ref().map(|at| &*at.0),
        Some("2026-11-20T01:00:00Z")
    );
    assert_eq!(order.lines[0].offer_id.as_deref(), Some("55"));
    assert_eq!(order.paid.unwrap().to_string(), "117");
    let key = Key::new(Kind::Order, "o2").unwrap();
    let data = model
        .workspace
        .get(&key)
        .unwrap()
        .record()
        .data()
        .cloned()
        .unwrap();
    assert!(data.contains(r#""house":"kept""#), "{data}");
}

#[test]
fn the_order_on_landed_cost_is_checked_with_all_that_it_costs() {
    let data = r#"{"request":{"homeCurrency":"USD","exchangeRate":{"cnyPerUnit":"7","asOf":"2026-11-21"},"lines":[{"sku":"MUG","description":"Red mug","unitPriceCny":"11","quantity":"10","unitWeightKg":"0.4"}],"charges":[{"component":"domesticShipping","currency":"CNY","rate":{"type":"flat","amount":"14"}},{"component":"internationalShipping","rate":{"type":"perKg","amount":"5"}}]}}"#;
    let model = shows(&shop(), Draft::from_tree(&tree(data)).unwrap());
    let total = model.outcome.as_ref().unwrap().result.total;
    let model = gone(&model, "placing", "fromCost");
    let check = model.check().unwrap();
    let found = check
        .findings
        .iter()
        .find(|of| of.rule() == Rule::CostCalculated);
    match found {
        Some(Finding::CostCalculated { landed_total, .. }) => {
            assert_eq!(*landed_total, Some(total))
        }
        other => panic!("{other:?}: {:?}", check.faults),
    }
    assert_eq!(check.order.domestic_shipping_cny.unwrap().to_string(), "14");
    // Ten more mugs weigh as much again; a new article has no weight yet, which is said.
    let more = fill(
        &model,
        &[("lines[0].quantity", "20"), ("supplierName", "Mug House")],
    );
    let value = more.check().unwrap().whole.unwrap().order_value.to_string();
    assert_eq!(
        value, "73.43",
        "31.43 of goods, 2.00 of freight, 40.00 of 8 kg"
    );
    let other = fill(&more, &[("lines[0].sku", "LID")]);
    let html = drawn(&other, orders);
    assert!(html.contains("its lines have no weight"), "{html}");
    let back = gone(&other, "placing", "openCost");
    assert_eq!(back.route, crate::route::Route::Cost);
    assert_eq!(
        crate::tree::text_at(&back.draft.lines[0].json, "sku"),
        "LID"
    );
    assert_eq!(
        back.desk.as_ref().unwrap().key.kind,
        Kind::Draft,
        "the order stays"
    );
}

#[test]
fn what_is_typed_survives_a_reload_in_the_middle() {
    let model = fill(
        &gone(&shop(), "placing", "new"),
        &[("supplierName", "Mug Ho"), ("lines[0].unitPriceCny", "1,5")],
    );
    let id = place_of(&model);
    // Before typing pauses, it is mirrored.
    let (typed, effects) = update(
        &model,
        Msg::Typed("desk.data.notes".to_owned(), "half".to_owned()),
    );
    let mirrored = effects.iter().find_map(|effect| match effect {
        Effect::Mirror(key, Some(text)) if key.starts_with("landfall.pending.") => {
            Some((key.clone(), text.clone()))
        }
        _ => None,
    });
    let (key, text) = mirrored.unwrap();
    for field in ["Mug Ho", "1,5", "half"] {
        assert!(text.contains(field), "{field}");
    }
    let (again, _) = opened_with(&[(&key, &text)]);
    let again = sent(&again, Msg::Went(format!("#/orders/{id}")));
    let shown = again.desk.as_ref().unwrap();
    assert_eq!(shown.typed, typed.desk.as_ref().unwrap().typed);
    assert!(drawn(&again, orders).contains("Mug Ho"));
}

#[test]
fn the_log_adds_up_each_currency_by_itself_and_filters() {
    let order = |number: u32, status: &str, staff: &str, at: &str, currency: &str, total: &str| {
        let data = format!(
            r#"{{"number":"PO-{number}","supplierName":"Shop {number}","status":"{status}","stage":"paid","staff":"{staff}","createdAt":"{at}","goodsCny":"100","freightCny":"7","landedCost":{{"currency":"{currency}","total":"{total}"}}}}"#
        );
        record(Kind::Order, &format!("x{number}"), &data)
    };
    let model = with(
        &example(),
        &[
            order(1, "等待", "Wang", "2026-10-31T17:00:00Z", "USD", "20.50"),
            order(2, "成功", "Zhao", "2026-11-01T00:00:00Z", "USD", "21.50"),
            order(3, "成功", "Zhao", "2026-10-01T00:00:00Z", "EUR", "30"),
        ],
    );
    let totals = |model: &Model| {
        let totals = &model.log.totals;
        let landed = totals.landed.iter();
        let landed = landed.map(|(currency, total)| format!("{currency} {total}"));
        (totals.cny.to_string(), landed.collect::<Vec<_>>())
    };
    let landed = |parts: &[&str]| {
        parts
            .iter()
            .map(|part| (*part).to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        totals(&model),
        ("321".to_owned(), landed(&["EUR 30", "USD 42.00"]))
    );
    for (field, text, cny, sums) in [
        ("status", "成功", "214", vec!["EUR 30", "USD 21.50"]),
        ("status", "stage:paid", "321", vec!["EUR 30", "USD 42.00"]),
        ("status", "stage:closed", "0", vec![]),
        ("by", "Wang", "107", vec!["USD 20.50"]),
        ("supplier", "shop 3", "107", vec!["EUR 30"]),
        // The last hours of October in London are November here.
        ("month", "2026-11", "214", vec!["USD 42.00"]),
    ] {
        let narrowed = typed(&model, &format!("log.{field}"), text);
        assert_eq!(
            totals(&narrowed),
            (cny.to_owned(), landed(&sums)),
            "{field} {text}"
        );
    }
    let html = drawn(&sent(&model, Msg::Went("#/orders".to_owned())), orders);
    assert!(
        html.contains("CNY\u{a0}321")
            && html.contains("EUR\u{a0}30")
            && html.contains("USD\u{a0}42.00")
    );
    // How far it is, is one choice.
    let model = typed(&model, "order.x1.stage", "dispatched");
    assert_eq!(order_of(&model, "x1").stage, Some(Stage::Dispatched));
    assert!(order_of(&model, "x1").earlier.is_empty());
}

#[test]
fn the_check_prints_on_a_sheet() {
    fn printed(model: &Rc<Model>) -> Html {
        order_sheet(model).unwrap_or_default()
    }
    let model = fill(&complete(&shop()), &[("lines[0].quantity", "1000")]);
    for (locale, word) in [("en", "STOP"), ("zh-CN", "停止下单")] {
        let html = drawn(&pressed(&model, "language", locale), printed);
        check_ids(&html);
        for part in [word, "PO-2026-008", "Mug House", "MUG", "1,572.43"] {
            assert!(html.contains(part), "{part}: {html}");
        }
    }
}

#[test]
fn a_draft_that_was_deleted_comes_back() {
    let model = fill(&gone(&shop(), "placing", "new"), &[("notes", "half")]);
    let id = place_of(&model);
    let gone_for_now = gone(&model, "placing", "discard");
    assert_eq!(place_of(&gone_for_now), "");
    let html = drawn(&gone_for_now, orders);
    assert!(html.contains("Bring it back") && !html.contains("PO-2026-008"));
    let back = gone(&gone_for_now, "placing", "restore");
    assert_eq!(place_of(&back), id);
    let desk = back.desk.as_ref().unwrap();
    assert_eq!(desk.typed, model.desk.as_ref().unwrap().typed);
}

#[test]
fn the_next_order_takes_over_who_places_it_and_a_rate_that_is_still_good() {
    let begun = gone(&shop(), "placing", "new");
    let field = |model: &Model, path: &str| {
        let desk = model.order_desk().unwrap();
        crate::tree::text_at(&desk.typed, &format!("data.{path}")).to_owned()
    };
    assert_eq!(field(&begun, "staff"), "", "nobody placed an order here");
    let mut logged = pressed(&complete(&shop()), "placing", "place");
    // Landed cost shows an example again: its rate is nobody's.
    logged.draft = Draft::example(landfall_words::Locale::En);
    let next = gone(&logged, "placing", "new");
    assert_eq!(field(&next, "staff"), "Wang");
    assert_eq!(field(&next, "exchangeRate.cnyPerUnit"), "7");
    assert_eq!(field(&next, "exchangeRate.asOf"), "2026-11-22");
    logged.today = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap();
    let later = gone(&logged, "placing", "new");
    assert_eq!(
        field(&later, "exchangeRate.cnyPerUnit"),
        "",
        "it is too old"
    );
    assert_eq!(field(&later, "staff"), "Wang");
}
