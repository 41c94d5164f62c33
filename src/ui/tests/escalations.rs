//! What is put to the owner: stops, disputes and questions, their answers, and rules that become of them.

use landfall::order::Verdict;
use landfall_workspace::record::{Key, Kind, Record, Stamp};
use landfall_workspace::rows::{Decision, DecisionOutcome, Escalation, Policy, RowKind, Sku};

use super::*;
use crate::week::week_page;

fn record(kind: Kind, id: &str, data: &str) -> Record {
    let key = Key::new(kind, id).unwrap();
    Record::new(key, data, Stamp::new("d1", "2026-11-01T00:00:00Z"))
}

/// The page after records came from elsewhere.
fn with(model: &Model, records: &[Record]) -> Model {
    let texts = records.iter().map(Record::write).collect();
    sent(model, Msg::Store(StoreEvent::Changed(texts)))
}

fn all<T: RowKind + Clone>(model: &Model, kind: Kind) -> Vec<T> {
    let entries = model.workspace.list(kind);
    entries
        .filter_map(|entry| entry.as_row::<T>().cloned())
        .collect()
}

fn escalations(model: &Model) -> Vec<Escalation> {
    all(model, Kind::Escalation)
}

fn policies(model: &Model) -> Vec<Policy> {
    all(model, Kind::Policy)
}

/// What is read on the page of the week.
fn shown(model: &Model) -> String {
    let html = drawn(model, |model| week_page(model));
    check_ids(&html);
    let mut text = String::new();
    for part in html.split('<') {
        let (_, after) = part.split_once('>').unwrap_or(("", part));
        text.extend([after, " "]);
    }
    let text = text.replace('\u{a0}', " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn at_week(model: &Model) -> Model {
    sent(model, Msg::Went("#/week".to_owned()))
}

/// An order of mugs at this price, that is to be placed; they cost 10 before, and up to 12 are agreed.
fn order(price: &str, quantity: &str) -> Model {
    let records = [
        record(
            Kind::Supplier,
            "s1",
            r#"{"name":"Mug House","status":"whitelisted"}"#,
        ),
        record(
            Kind::Sku,
            "a1",
            r#"{"sku":"MUG","agreed":[{"supplierId":"s1","minimumCny":"9","maximumCny":"12"}]}"#,
        ),
        record(
            Kind::Order,
            "o1",
            r#"{"number":"PO-2026-007","supplierId":"s1","supplierName":"Mug House","createdAt":"2026-10-30T17:00:00Z","lines":[{"skuId":"a1","itemCode":"MUG","unitPriceCny":"10","quantity":"10"}]}"#,
        ),
        record(
            Kind::Draft,
            "o2",
            &format!(
                r#"{{"for":"order","data":{{"number":"PO-2026-008","supplierId":"s1","supplierName":"Mug House","staff":"Wang","exchangeRate":{{"cnyPerUnit":"7","asOf":"2026-11-22"}},"domesticShippingCny":"7","lines":[{{"sku":"MUG","unitPriceCny":"{price}","quantity":"{quantity}"}}]}}}}"#
            ),
        ),
    ];
    let model = with(&example(), &records);
    sent(&model, Msg::Went("#/orders/o2".to_owned()))
}

/// The order was put to the owner, and the page of the week shows how it is answered.
fn asked(price: &str, quantity: &str) -> (Model, String) {
    let model = pressed(&order(price, quantity), "placing", "copy:en");
    let [entry] = &model.workspace.list(Kind::Escalation).collect::<Vec<_>>()[..] else {
        panic!("one is asked");
    };
    let id = entry.record().key().id().to_owned();
    let model = pressed(&at_week(&model), &format!("week.escalations.{id}"), "open");
    (model, id)
}

fn answer(model: &Model, id: &str, action: &str) -> Model {
    let model = typed(model, "desk.data.owner", "Anna");
    let model = typed(&model, &format!("desk.data.answers.{id}.text"), "Festival");
    pressed(&model, &format!("week.escalations.{id}"), action)
}

#[test]
fn a_stop_is_approved_and_becomes_a_rule_in_one_step() {
    let (model, id) = asked("11.70", "10");
    let text = shown(&model);
    assert!(text.contains("In this week 1, open 1."), "{text}");
    assert!(
        text.contains("PO-2026-008 Mug House Price increase by Wang"),
        "{text}"
    );
    assert!(text.contains("Always allow a price rise up to"), "{text}");
    let path = format!("week.escalations.{id}");
    let unnamed = pressed(&model, &path, "approveAndAllow:price-increase:MUG");
    assert!(policies(&unnamed).is_empty(), "who decides, and why?");

    let done = answer(&model, &id, "approveAndAllow:price-increase:MUG");
    let [policy] = &policies(&done)[..] else {
        panic!("one version");
    };
    assert_eq!(policy.version, Some(1));
    assert_eq!(policy.effective_from, Some(today()));
    assert_eq!(policy.orders.price_increase_percent.to_string(), "17");
    let decisions: Vec<Decision> = all(&done, Kind::Decision);
    assert_eq!(decisions.len(), 1);
    assert_eq!(&*decisions[0].by, "Anna");
    assert_eq!(decisions[0].outcome, DecisionOutcome::Approve);
    assert_eq!(escalations(&done)[0].resolved_by.as_deref(), Some("Anna"));
    let notice = done.notice.clone().unwrap().text.join(" ");
    assert!(
        notice.contains("Version 1") && notice.contains("15 → 17"),
        "{notice}"
    );
    let text = shown(&done);
    assert!(text.contains("In this week 1, open 0."), "{text}");
    assert!(
        text.contains("Approved by Anna") && text.contains("Festival"),
        "{text}"
    );
    let there = sent(&done, Msg::Went("#/orders/o2".to_owned()));
    assert_ne!(there.check().unwrap().verdict, Verdict::Stop);
}

#[test]
fn a_rule_is_made_of_what_is_typed_and_never_below_what_was_observed() {
    let (model, id) = asked("11.70", "10");
    let field = format!("desk.data.answers.{id}.priceIncreasePercent");
    let low = answer(
        &typed(&model, &field, "16"),
        &id,
        "approveAndAllow:price-increase:MUG",
    );
    assert!(policies(&low).is_empty());
    assert!(
        all::<Decision>(&low, Kind::Decision).is_empty(),
        "nothing by halves"
    );
    assert!(low.notice.clone().unwrap().text[0].contains("17 was observed"));
    let strange = answer(
        &typed(&model, &field, "much"),
        &id,
        "approveAndAllow:price-increase:MUG",
    );
    assert!(policies(&strange).is_empty());
    let high = answer(
        &typed(&model, &field, "２５%"),
        &id,
        "approveAndAllow:price-increase:MUG",
    );
    assert_eq!(
        policies(&high)[0].orders.price_increase_percent.to_string(),
        "25"
    );
}

#[test]
fn approving_alone_leaves_the_rules_and_a_rule_can_follow_later() {
    let (model, id) = asked("11.70", "10");
    let model = answer(&model, &id, "approve:price-increase:MUG");
    assert!(policies(&model).is_empty());
    assert!(escalations(&model)[0].resolved_at.is_some());
    let model = pressed(&model, &format!("week.escalations.{id}"), "open");
    let model = pressed(
        &model,
        &format!("week.escalations.{id}"),
        "allow:price-increase:MUG",
    );
    assert_eq!(
        policies(&model)[0]
            .orders
            .price_increase_percent
            .to_string(),
        "17"
    );
    assert_eq!(
        all::<Decision>(&model, Kind::Decision).len(),
        1,
        "it is not decided again"
    );
}

#[test]
fn a_refusal_is_recorded_and_allows_nothing() {
    let (model, id) = asked("11.70", "10");
    let model = answer(&model, &id, "reject:price-increase:MUG");
    assert!(policies(&model).is_empty());
    assert_eq!(
        all::<Decision>(&model, Kind::Decision)[0].outcome,
        DecisionOutcome::Reject
    );
    let text = shown(&pressed(&model, "language", "zh-CN"));
    assert!(text.contains("不批准，Anna"), "{text}");
}

#[test]
fn an_order_above_the_limit_raises_the_limit_of_the_version_in_force() {
    let (model, id) = asked("10", "700");
    let later =
        r#"{"version":5,"effectiveFrom":"2026-12-01","orders":{"maximumOrderValue":"900"}}"#;
    let now =
        r#"{"version":4,"effectiveFrom":"2026-11-01","orders":{"priceIncreasePercent":"30"}}"#;
    let model = with(
        &model,
        &[
            record(Kind::Policy, "p5", later),
            record(Kind::Policy, "p4", now),
        ],
    );
    let model = answer(&model, &id, "approveAndAllow:order-value:");
    let made = policies(&model);
    let made = made.iter().find(|of| of.version == Some(6)).unwrap();
    assert_eq!(made.effective_from, Some(today()));
    assert_eq!(made.orders.maximum_order_value.to_string(), "1001");
    assert_eq!(
        made.orders.price_increase_percent.to_string(),
        "30",
        "the rest stays"
    );
    let notice = model.notice.clone().unwrap().text.join(" ");
    assert!(
        notice.contains("The version that holds from 2026-12-01"),
        "{notice}"
    );
}

#[test]
fn a_draft_of_new_rules_goes_on_from_the_rule_that_was_made() {
    let (model, id) = asked("11.70", "10");
    let drafted = sent(&model, Msg::Went("#/policy".to_owned()));
    let drafted = typed(&drafted, "desk.data.orders.maximumOrderValue", "950");
    let model = answer(
        &at_week(&drafted),
        &id,
        "approveAndAllow:price-increase:MUG",
    );
    let model = sent(&model, Msg::Went("#/policy".to_owned()));
    let model = pressed(&model, "policy", "make");
    let made = policies(&model);
    let made = made.iter().find(|of| of.version == Some(2)).unwrap();
    assert_eq!(made.orders.maximum_order_value.to_string(), "950");
    assert_eq!(made.orders.price_increase_percent.to_string(), "17");
}

#[test]
fn a_price_above_the_agreed_range_becomes_an_agreed_one() {
    let (model, id) = asked("13", "10");
    let model = typed(
        &model,
        &format!("desk.data.answers.{id}.maximumCny"),
        "13.50",
    );
    let model = answer(&model, &id, "approveAndAllow:agreed-price-range:MUG");
    let [article] = &all::<Sku>(&model, Kind::Sku)[..] else {
        panic!("one article");
    };
    let [_, new] = &article.agreed[..] else {
        panic!("{:?}", article.agreed);
    };
    assert_eq!(
        (new.minimum.to_string(), new.maximum.to_string()),
        ("9".to_owned(), "13.5".to_owned())
    );
    assert_eq!(new.by.as_deref(), Some("Anna"));
    assert!(policies(&model).is_empty(), "it is no rule of the policy");
    assert!(
        escalations(&model)[0].resolved_at.is_none(),
        "the price increase isn't decided"
    );
}

#[test]
fn staff_neither_decide_nor_make_rules() {
    let (model, id) = asked("11.70", "10");
    let (_, done) = update(
        &example(),
        Msg::Pressed("data".to_owned(), "shop".to_owned()),
    );
    let Some(Effect::Download(_, text)) = done.first() else {
        panic!("{done:?}")
    };
    let mut staff = model.clone();
    staff.meet_shop(text);
    for action in ["approve", "reject", "approveAndAllow", "allow"] {
        let tried = answer(&staff, &id, &format!("{action}:price-increase:MUG"));
        assert!(policies(&tried).is_empty() && all::<Decision>(&tried, Kind::Decision).is_empty());
        assert!(escalations(&tried)[0].resolved_at.is_none(), "{action}");
    }
}

fn ask(model: &Model, fields: &[(&str, &str)]) -> (Model, Vec<Effect>) {
    let model = fields.iter().fold(at_week(model), |model, (field, text)| {
        typed(&model, &format!("desk.data.question.{field}"), text)
    });
    update(
        &model,
        Msg::Pressed("week.escalations".to_owned(), "ask:en".to_owned()),
    )
}

#[test]
fn a_question_is_copied_kept_and_answered() {
    let shop = order("10", "10");
    let asked = [
        ("text", "The forwarder lost a carton. Claim it?"),
        ("by", "Wang"),
        ("order", "PO-2026-007"),
        ("loss", "$1,200"),
    ];
    let (model, effects) = ask(&shop, &asked);
    let copied = effects.iter().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text.replace('\u{a0}', " ")),
        _ => None,
    });
    assert_eq!(
        copied.unwrap(),
        "A question for you from Wang:\nThe forwarder lost a carton. Claim it?\nOrder: PO-2026-007 Mug House\nLoss so far: USD 1,200"
    );
    let [question] = &escalations(&model)[..] else {
        panic!("one question");
    };
    assert_eq!(question.order_id.as_deref(), Some("o1"));
    assert_eq!(question.loss.unwrap().to_string(), "1200");
    assert_eq!(question.rule, None);
    let text = shown(&model);
    assert!(text.contains("Incident by Wang"), "{text}");
    let id = model
        .workspace
        .list(Kind::Escalation)
        .next()
        .unwrap()
        .record()
        .key()
        .id()
        .to_owned();
    let model = pressed(&model, &format!("week.escalations.{id}"), "open");
    let model = answer(&model, &id, "answer");
    let answered = &escalations(&model)[0];
    assert_eq!(answered.resolved_by.as_deref(), Some("Anna"));
    assert_eq!(answered.resolution.as_deref(), Some("Festival"));
    assert!(
        shown(&model).contains("Anna, 2026-11-22"),
        "{}",
        shown(&model)
    );
}

#[test]
fn a_question_without_text_about_no_order_or_with_a_strange_loss_is_not_asked() {
    let shop = order("10", "10");
    let good = [("text", "May we?"), ("by", "Wang")];
    let focus = |fields: &[(&str, &str)]| {
        let (model, effects) = ask(&shop, fields);
        assert!(escalations(&model).is_empty(), "{fields:?}");
        let Some(Effect::Focus(field)) = effects.first() else {
            panic!("{effects:?}")
        };
        field.clone()
    };
    assert_eq!(focus(&[]), "desk.data.question.text");
    assert_eq!(focus(&good[..1]), "desk.data.question.by");
    let with = |field: (&'static str, &'static str)| [&good[..], &[field]].concat();
    assert_eq!(focus(&with(("order", "PO-1"))), "desk.data.question.order");
    assert_eq!(focus(&with(("loss", "a lot"))), "desk.data.question.loss");
    assert_eq!(escalations(&ask(&shop, &good).0).len(), 1);
}

#[test]
fn what_is_typed_is_there_again_after_another_page() {
    let model = typed(&at_week(&example()), "desk.data.question.text", "May we?");
    let model = sent(&model, Msg::Went("#/policy".to_owned()));
    let html = drawn(&at_week(&model), |model| week_page(model));
    assert!(html.contains("May we?"), "{html}");
}

#[test]
fn of_other_weeks_only_what_is_open_is_listed_and_too_many_are_said() {
    let asked = |id: &str, raised: &str, rule: &str, rest: &str| {
        let data =
            format!(r#"{{"subject":"About {id}","rule":"{rule}","raisedAt":"{raised}"{rest}}}"#);
        record(Kind::Escalation, id, &data)
    };
    let resolved =
        r#","resolvedAt":"2026-11-18T09:00:00Z","resolution":"approve go on","resolvedBy":"Anna""#;
    let mut records = vec![
        asked("old-open", "2026-11-15T15:59:59Z", "order-value", ""),
        asked("old-done", "2026-11-15T15:59:59Z", "order-value", resolved),
        // Monday in China.
        asked(
            "first",
            "2026-11-15T16:00:00Z",
            "order-value, price-increase",
            resolved,
        ),
    ];
    for index in 0..4 {
        records.push(asked(
            &format!("n{index}"),
            "2026-11-18T08:00:00Z",
            "order-value",
            resolved,
        ));
    }
    let model = at_week(&with(&example(), &records));
    let text = shown(&model);
    assert!(text.contains("In this week 5, open 1."), "{text}");
    assert!(!text.contains("more than 5"), "{text}");
    assert!(
        text.contains("About old-open") && !text.contains("About old-done"),
        "{text}"
    );
    assert!(text.contains("Approved: go on"), "{text}");
    let more = asked("sixth", "2026-11-22T15:59:59Z", "price-increase", resolved);
    let model = with(&model, &[more]);
    let text = shown(&model);
    assert!(
        text.contains("In this week 6, open 1. That is more than 5 in a week: Order value 5×, Price increase 2×."),
        "{text}"
    );
    let before = sent(&model, Msg::Went("#/week/2026-W46".to_owned()));
    let text = shown(&before);
    assert!(
        text.contains("About old-done") && !text.contains("About first"),
        "{text}"
    );
}
