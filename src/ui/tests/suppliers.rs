//! Suppliers: the tracker, what is known of one, what was decided, asked and sampled.

use landfall_workspace::record::{Key, Kind, Record, Stamp};
use landfall_workspace::rows::{Row, Sku, Supplier, SupplierStatus};

use super::*;
use crate::app::sheet;
use crate::say::say;
use crate::suppliers::suppliers_page;
use landfall_words::Locale;

fn record(kind: Kind, id: &str, data: &str) -> String {
    let stamp = Stamp::new("d9", "2026-11-01T00:00:00Z");
    Record::new(Key::new(kind, id).unwrap(), data, stamp).write()
}

/// The page after these records came from the store.
fn with(model: &Model, records: Vec<String>) -> Model {
    sent(model, Msg::Store(StoreEvent::Changed(records)))
}

fn at(model: &Model, place: &str) -> Model {
    sent(model, Msg::Went(format!("#/suppliers{place}")))
}

fn page(model: &Rc<Model>) -> Html {
    suppliers_page(model)
}

fn printed(model: &Rc<Model>) -> Html {
    sheet(model)
}

/// The rest of the page's texts, without its tags.
fn text(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        let (_, after) = part.split_once('>').unwrap_or(("", part));
        text.extend([after, " "]);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shown(model: &Model) -> String {
    text(&drawn(model, page))
}

/// The page after typing paused.
fn settled(model: &Model) -> Model {
    sent(model, Msg::Settled(model.change))
}

fn supplier(model: &Model, id: &str) -> Supplier {
    let key = Key::new(Kind::Supplier, id).unwrap();
    match model.workspace.get(&key).unwrap().row().unwrap() {
        Row::Supplier(supplier) => (**supplier).clone(),
        row => panic!("{row:?}"),
    }
}

fn sku(model: &Model, id: &str) -> Sku {
    let key = Key::new(Kind::Sku, id).unwrap();
    match model.workspace.get(&key).unwrap().row().unwrap() {
        Row::Sku(sku) => (**sku).clone(),
        row => panic!("{row:?}"),
    }
}

fn copied(effects: &[Effect]) -> &str {
    let copied = effects.iter().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text.as_str()),
        _ => None,
    });
    copied.unwrap_or_else(|| panic!("{effects:?}"))
}

fn press(model: &Model, path: &str, action: &str) -> (Model, Vec<Effect>) {
    update(model, Msg::Pressed(path.to_owned(), action.to_owned()))
}

/// Staff's page: the owner's file stands beside it.
fn of_staff(model: &Model) -> Model {
    let (_, done) = press(model, "data", "shop");
    let Some(Effect::Download(_, text)) = done.first() else {
        panic!("{done:?}")
    };
    let mut staff = model.clone();
    staff.meet_shop(text);
    assert!(!staff.is_owner());
    staff
}

const KNOWN: &str = r#"{"name":"Bright Lamps","checklist":{"verified":true,"transactions":200,"years":"2","warehousePhotos":true,"responseHours":"8"}}"#;

#[test]
fn five_thousand_suppliers_are_searched_sorted_and_paged() {
    let mut records: Vec<String> = (0..5_000)
        .map(|number| {
            let status = ["new", "whitelisted", "suspended"][number % 3];
            let data = format!(
                r#"{{"name":"Factory {number:04}","shopName":"店{number:04}","status":"{status}"}}"#
            );
            record(Kind::Supplier, &format!("s{number}"), &data)
        })
        .collect();
    // One of them delivers badly, one well.
    for (number, (id, defective)) in [("s7", 10), ("s8", 0)].into_iter().enumerate() {
        for batch in 1..=3 {
            let order = format!("o{number}{batch}");
            records.push(record(Kind::Order, &order, &format!(
                r#"{{"supplierId":"{id}","supplierName":"x","createdAt":"2026-10-0{batch}T20:00:00Z","expectedDelivery":"2026-10-20","lines":[{{"skuId":"k1","unitPriceCny":"10","quantity":"100"}}]}}"#
            )));
            records.push(record(Kind::Receipt, &format!("r{order}"), &format!(
                r#"{{"orderId":"{order}","arrivedAt":"2026-10-19T10:00:00Z","lots":[{{"sku":"K1","received":"100","inspected":100,"found":{{"defective":{defective}}}}}]}}"#
            )));
        }
    }
    let model = at(&with(&example(), records), "");
    let rows = |model: &Model| drawn(model, page).matches("<td class=\"what\">").count();
    assert_eq!(rows(&model), 50);
    let html = shown(&model);
    assert!(
        html.contains("1 to 50 of 5000") && html.contains("店0000") && html.contains("no data"),
        "{html}"
    );
    let next = pressed(&model, "tracker", "next");
    assert!(shown(&next).contains("51 to 100 of 5000"));
    assert!(shown(&pressed(&next, "tracker", "previous")).contains("1 to 50"));

    let found = typed(&model, "tracker.query", "factory 4999");
    assert_eq!(rows(&found), 1);
    assert!(shown(&typed(&found, "tracker.query", "nobody")).contains("No supplier fits."));
    let suspended = typed(&model, "tracker.status", "suspended");
    assert!(shown(&suspended).contains("1 to 50 of 1666"));

    // The worst first, and what has no rate behind those that have.
    let worst = shown(&pressed(&model, "tracker", "defects"));
    let place = |html: &str, name: &str| html.find(name).unwrap_or(usize::MAX);
    assert!(place(&worst, "店0007") < place(&worst, "店0008"), "{worst}");
    assert!(place(&worst, "店0008") < place(&worst, "店0000"));
    assert!(worst.contains("10.00 % at most "), "{worst}");
    let best = shown(&pressed(&model, "tracker", "grade"));
    assert!(place(&best, "店0008") < place(&best, "店0007"));
    assert!(!best.contains("provisional"), "three batches are enough");
    // Placed at 20:00 in Greenwich is the next day in Shanghai.
    let last = pressed(&model, "tracker", "lastOrder");
    assert!(shown(&last).contains("2026-10-04"));
    let names = pressed(&pressed(&model, "tracker", "name"), "tracker", "name");
    assert_eq!(rows(&names), 50);

    // What changes is shown, and the rest stays.
    let renamed = with(
        &model,
        vec![record(Kind::Supplier, "s9999", r#"{"name":"000 new"}"#)],
    );
    assert!(shown(&renamed).contains("000 new"));
}

#[test]
fn a_new_supplier_is_typed_kept_and_listed() {
    let model = at(&example(), "");
    assert!(shown(&model).contains("Here stand your suppliers"));
    let (model, effects) = press(&model, "tracker", "new");
    let Some(Effect::Go(address)) = effects.first() else {
        panic!("{effects:?}")
    };
    let model = sent(&model, Msg::Went(address.clone()));
    let id = address.strip_prefix("#/suppliers/").unwrap();
    // The link before the name: nothing that is typed waits for something else.
    let model = settled(&typed(&model, "desk.link", "https://x.1688.com"));
    assert_eq!(
        supplier(&model, id).link.as_deref(),
        Some("https://x.1688.com")
    );
    let model = typed(&model, "desk.name", "Bright");
    let model = settled(&typed(&model, "desk.name", ""));
    assert_eq!(&*supplier(&model, id).name, "");
    let list = at(&model, "");
    assert!(shown(&list).contains("Without a name"));
    let gone = at(&model, "/nobody");
    assert!(shown(&gone).contains("This isn’t here"));
}

#[test]
fn the_checklist_goes_by_the_rules_in_force() {
    let model = with(
        &example(),
        vec![record(Kind::Supplier, "s1", r#"{"name":"Bright Lamps"}"#)],
    );
    let model = at(&model, "/s1");
    let html = shown(&model);
    assert!(
        html.contains("Incomplete") && html.matches("Not known").count() >= 5,
        "{html}"
    );
    let fields = [
        ("verified", "true"),
        ("transactions", "200"),
        ("years", "2"),
        ("warehousePhotos", "true"),
        ("responseHours", "8"),
    ];
    let mut met = model.clone();
    for (name, value) in fields {
        met = typed(&met, &format!("desk.checklist.{name}"), value);
    }
    let html = shown(&met);
    assert!(
        html.contains("Ready for approval") && !html.contains("Approved"),
        "{html}"
    );
    assert_eq!(html.matches("Not known").count(), 0);
    let unmet = typed(&met, "desk.checklist.responseHours", "8.01");
    assert!(shown(&unmet).contains("Not ready"));
    // A half-typed field is no answer, and doesn't hide the others.
    let half = typed(&met, "desk.checklist.transactions", "many");
    assert!(shown(&half).contains("Incomplete"));
    let flagged = typed(&met, "desk.redFlags.poorPhotos", "true");
    let html = shown(&flagged);
    assert!(
        html.contains("Not ready") && html.contains("rules the supplier out"),
        "{html}"
    );
    assert!(shown(&typed(&flagged, "desk.redFlags.poorPhotos", "")).contains("Ready for approval"));
    // The owner asks for more.
    let strict = record(
        Kind::Policy,
        "p1",
        r#"{"version":2,"supplierChecklist":{"minimumTransactions":201}}"#,
    );
    assert!(shown(&with(&met, vec![strict])).contains("Not ready"));
    // Less than a year of membership, and what the platform says with its band.
    let young = typed(&met, "desk.evidence.years", "0.5");
    assert!(shown(&young).contains("Not ready"));
    let able = typed(&met, "desk.evidence.piecesAMonth", "100001");
    assert!(shown(&able).contains("Excellent"));
    let able = typed(&met, "desk.paymentTerms", "offPlatform");
    assert!(shown(&able).contains("High risk"));
    // Stored once typing pauses.
    let stored = supplier(&settled(&met), "s1").checklist.unwrap();
    assert_eq!(
        (stored.verified, stored.transactions),
        (Some(true), Some(200))
    );
}

#[test]
fn the_owner_decides_with_name_and_reason() {
    let model = with(&example(), vec![record(Kind::Supplier, "s1", KNOWN)]);
    let model = at(&model, "/s1");
    let (asked, effects) = press(&model, "supplier", "status:whitelisted");
    assert!(effects.contains(&Effect::Focus("desk.act.by".to_owned())));
    assert_eq!(supplier(&asked, "s1").status, SupplierStatus::New);
    assert!(shown(&asked).contains("Nothing was decided yet."));
    let model = typed(&model, "desk.act.by", "Lin");
    let model = typed(&model, "desk.act.reason", "three clean samples");
    let (model, effects) = press(&model, "supplier", "status:whitelisted");
    let commits = effects
        .iter()
        .filter(|effect| matches!(effect, Effect::Commit(..)));
    assert_eq!(commits.count(), 1, "one act, one transaction");
    let stored = supplier(&model, "s1");
    assert_eq!(stored.status, SupplierStatus::Whitelisted);
    let [approval] = &*stored.approvals else {
        panic!()
    };
    assert_eq!(approval.from, Some(SupplierStatus::New));
    assert_eq!(
        (&*approval.by, approval.reason.as_deref()),
        ("Lin", Some("three clean samples"))
    );
    let html = shown(&model);
    assert!(
        html.contains("New → Whitelisted") && html.contains("three clean samples"),
        "{html}"
    );
    let model = typed(
        &typed(&model, "desk.act.by", "Lin"),
        "desk.act.reason",
        "two bad batches",
    );
    let model = pressed(&model, "supplier", "status:suspended");
    assert!(shown(&model).contains("Whitelisted → Suspended"));
    assert_eq!(supplier(&model, "s1").approvals.len(), 2);
}

#[test]
fn staff_put_a_supplier_before_the_owner_and_cant_approve_it() {
    let model = with(&example(), vec![record(Kind::Supplier, "s1", KNOWN)]);
    let staff = at(&of_staff(&model), "/s1");
    let html = drawn(&staff, page);
    assert!(
        !html.contains("status:whitelisted") && html.contains("status:suspended"),
        "{html}"
    );
    assert!(html.contains("Only the owner approves"));
    let staff = typed(
        &typed(&staff, "desk.act.by", "Wei"),
        "desk.act.reason",
        "nice",
    );
    let tried = pressed(&staff, "supplier", "status:whitelisted");
    assert_eq!(supplier(&tried, "s1").status, SupplierStatus::New);
    // What staff's own records say is no approval either.
    let forged = with(
        &staff,
        vec![record(
            Kind::Supplier,
            "s2",
            r#"{"name":"Own","status":"whitelisted"}"#,
        )],
    );
    assert!(shown(&at(&forged, "")).contains("New"));
    assert_eq!(
        forged.status_of("s2", SupplierStatus::Whitelisted),
        SupplierStatus::New
    );
    for (tag, asked) in [("en", "What is asked of the owner"), ("zh", "请负责人决定")] {
        let done = press(&staff, "supplier", &format!("brief:{tag}")).1;
        let brief = copied(&done);
        assert!(
            brief.contains(asked) && brief.contains("Bright Lamps"),
            "{brief}"
        );
    }
    // The owner's suppliers are listed where staff have none of their own.
    let mut elsewhere = example();
    elsewhere.shop.clone_from(&staff.shop);
    let html = shown(&at(&elsewhere, ""));
    assert!(
        html.contains("Of the owner’s shop file Bright Lamps New"),
        "{html}"
    );
    // They can stop one.
    let stopped = pressed(&staff, "supplier", "status:suspended");
    assert_eq!(supplier(&stopped, "s1").status, SupplierStatus::Suspended);
}

#[test]
fn an_inquiry_is_sent_answered_and_measured_across_midnight() {
    let model = with(
        &example(),
        vec![record(Kind::Supplier, "s1", r#"{"name":"Bright Lamps"}"#)],
    );
    let model = pressed(&at(&model, "/s1"), "inquiry.0", "new");
    assert!(shown(&model).contains("Fill in product and pieces"));
    assert!(
        press(&model, "inquiry.0", "zh-CN")
            .1
            .contains(&Effect::Focus("desk.inquiries[0].product".to_owned()))
    );
    let model = typed(&model, "desk.inquiries[0].product", "LED台灯");
    let model = typed(&model, "desk.inquiries[0].quantity", "500");
    let (model, effects) = press(&model, "inquiry.0", "zh-CN");
    assert!(copied(&effects).contains("LED台灯") && copied(&effects).contains("500"));
    let first = supplier(&model, "s1").inquiries[0].sent_at.clone();
    assert!(first.is_some());
    let again = pressed(&model, "inquiry.0", "en");
    assert_eq!(
        supplier(&again, "s1").inquiries[0].sent_at,
        first,
        "sent once"
    );

    // By the reader's clock, eight hours ahead: half past nine in the evening to six the next morning.
    let model = typed(&model, "inquiry.0.sentAt", "2026-11-21T21:30");
    let model = typed(&model, "inquiry.0.answeredAt", "2026-11-22T06:00");
    let html = shown(&model);
    assert!(html.contains("Answered after 8.5 h."), "{html}");
    assert!(
        html.contains("It took 8.5 h to answer an inquiry"),
        "{html}"
    );
    assert!(html.contains("Not ready"), "more than 8 hours");
    let stored = settled(&model);
    let inquiry = &supplier(&stored, "s1").inquiries[0];
    assert_eq!(
        &*inquiry.sent_at.as_ref().unwrap().0,
        "2026-11-21T13:30:00Z"
    );
    // What is typed counts before what was measured.
    let typed_over = typed(&model, "desk.checklist.responseHours", "3");
    assert!(shown(&typed_over).contains("It took 3 h"));
    // The answer fills what isn't typed.
    let model = typed(&model, "desk.inquiries[0].photos", "true");
    let model = typed(&model, "desk.inquiries[0].paymentTerms", "onDelivery");
    let model = typed(&model, "desk.inquiries[0].unitPriceCny", "12.50");
    let html = shown(&model);
    assert!(
        html.contains("There are real photos of its warehouse.") && html.contains("Very low risk"),
        "{html}"
    );
    let wrong = typed(&model, "inquiry.0.answeredAt", "2026-11-20T06:00");
    assert!(shown(&wrong).contains("Answered before it was sent"));
    let just_now = typed(&model, "inquiry.0.answeredAt", "");
    assert!(
        supplier(&pressed(&just_now, "inquiry.0", "answered"), "s1").inquiries[0]
            .answered_at
            .is_some()
    );
}

#[test]
fn samples_stand_side_by_side_and_one_is_approved() {
    let records = vec![
        record(Kind::Supplier, "s1", KNOWN),
        record(Kind::Supplier, "s2", r#"{"name":"Other Lamps"}"#),
        record(Kind::Sku, "k1", r#"{"sku":"LAMP","title":"LED lamp"}"#),
    ];
    let model = at(&with(&example(), records), "/s1");
    let model = typed(&model, "desk.act.article", "lamp");
    let (model, effects) = press(&model, "article", "sampleIn:k1");
    assert!(effects.contains(&Effect::Go("#/suppliers/article/k1".to_owned())));
    let model = at(&model, "/article/k1");
    let model = typed(&model, "desk.act.supplier", "other");
    assert!(drawn(&model, page).contains("sampleOf:s2"));
    let model = pressed(&model, "article", "sampleOf:s2");
    let fields = [
        ("samples[0].orderedOn", "2026-11-01"),
        ("samples[0].receivedOn", "2026-11-08"),
        ("samples[0].sampleCostCny", "25"),
        ("samples[0].unitPriceCny", "5"),
        ("samples[1].unitPriceCny", "10"),
        ("samples[0].result", "good"),
        ("samples[0].specification.colour", "red"),
        ("samples[0].specification.quantity", "1 lamp, 1 cable"),
        ("samples[0].photoNames", "a.jpg，b.jpg"),
    ];
    let mut model = model;
    for (path, text) in fields {
        model = typed(&model, &format!("desk.{path}"), text);
    }
    let html = shown(&model);
    assert!(html.contains("Bright Lamps CNY 5 CNY 25 7 Good"), "{html}");
    let (asked, effects) = press(&model, "article", "approve:0");
    assert!(effects.contains(&Effect::Focus("desk.act.by".to_owned())));
    assert!(sku(&settled(&asked), "k1").specification.is_none());
    let model = pressed(&typed(&model, "desk.act.by", "Lin"), "article", "approve:0");
    let stored = sku(&model, "k1").specification.unwrap();
    assert_eq!(stored.colour.as_deref(), Some("red"));
    assert_eq!(stored.quantity.as_deref(), Some("1 lamp, 1 cable"));
    assert_eq!(
        stored.photos.iter().map(|name| &**name).collect::<Vec<_>>(),
        ["a.jpg", "b.jpg"]
    );
    assert_eq!(stored.approved_by.as_deref(), Some("Lin"));

    // A range of prices, from low to high.
    let mut ranged = model.clone();
    for (name, text) in [
        ("supplierId", "s1"),
        ("minimumCny", "6"),
        ("maximumCny", "5"),
        ("by", "Lin"),
    ] {
        ranged = typed(&ranged, &format!("desk.act.{name}"), text);
    }
    assert!(
        sku(&pressed(&ranged, "article", "agree"), "k1")
            .agreed
            .is_empty()
    );
    let ranged = typed(&ranged, "desk.act.maximumCny", "7");
    let model = pressed(&ranged, "article", "agree");
    let [agreed] = &*sku(&model, "k1").agreed else {
        panic!()
    };
    assert_eq!(
        (agreed.minimum.to_string(), agreed.maximum.to_string()),
        ("6".into(), "7".into())
    );
    assert!(agreed.by.is_some() && agreed.at.is_some());

    // What isn't typed is what the supplier quoted.
    let exact = typed(
        &typed(&model, "desk.act.by", "Lin"),
        "desk.act.supplierId",
        "s2",
    );
    let exact = sku(&pressed(&exact, "article", "agree"), "k1").agreed;
    assert_eq!(
        (exact[1].minimum.to_string(), exact[1].maximum.to_string()),
        ("10".into(), "10".into())
    );

    // Half of what the other asks: more than 40 % under the market.
    let one = at(&model, "/s1");
    let html = shown(&one);
    assert!(html.contains("Price far below the market: it is"), "{html}");
    assert!(html.contains("LAMP") && html.contains("Good"), "{html}");
    // Staff see what the owner's file says, and edit none of it.
    let staff = at(&of_staff(&model), "/article/k1");
    let html = drawn(&staff, page);
    assert!(
        html.contains("red") && !html.contains("value=\"agree\"") && !html.contains("approve:"),
        "{html}"
    );
    let before = sku(&staff, "k1");
    let tried = typed(&staff, "desk.act.by", "Wei");
    let tried = pressed(
        &pressed(&tried, "article", "approve:1"),
        "article",
        "disagree:0",
    );
    assert_eq!(sku(&tried, "k1").specification, before.specification);
    assert_eq!(sku(&tried, "k1").agreed, before.agreed);
    // A new article begins with this supplier.
    let (fresh, effects) = press(&at(&model, "/s1"), "article", "new");
    let Some(Effect::Go(address)) = effects
        .iter()
        .find(|effect| matches!(effect, Effect::Go(_)))
    else {
        panic!("{effects:?}")
    };
    let fresh = sent(&fresh, Msg::Went(address.clone()));
    assert!(shown(&fresh).contains("Bright Lamps"));
}

#[test]
fn everything_is_said_in_both_languages_and_prints_as_one_sheet() {
    let records = vec![
        record(Kind::Supplier, "s1", KNOWN),
        record(
            Kind::Sku,
            "k1",
            r#"{"sku":"LAMP","title":"LED lamp","samples":[{"supplierId":"s1","result":"good","unitPriceCny":"5"}]}"#,
        ),
    ];
    let model = with(&example(), records);
    for place in ["", "/s1", "/article/k1"] {
        let model = at(&model, place);
        let english = shown(&model);
        let chinese = shown(&pressed(&model, "language", "zh-CN"));
        assert!(
            !english
                .chars()
                .any(|c| ('\u{4e00}'..'\u{9fff}').contains(&c)
                    && !"普通诚信实力商家源头工厂超级".contains(c)),
            "{english}"
        );
        let names = [
            "Bright",
            "Lamps",
            "LAMP",
            "LED",
            "lamp",
            "CNY",
            "AAA",
            "SKU",
            "Integrity",
            "member",
            "Strong",
            "merchant",
            "Source",
            "factory",
            "None",
            "Grade",
        ];
        let foreign: Vec<&str> = chinese
            .split(|c: char| !c.is_ascii_alphabetic())
            .filter(|word| word.len() > 2 && !names.contains(word))
            .collect();
        assert!(foreign.is_empty(), "{place}: {foreign:?}");
    }
    for locale in Locale::ALL {
        let model = pressed(&at(&model, "/s1"), "language", locale.tag());
        let mut model = pressed(&model, "supplier", "print");
        assert!(model.is_printing);
        let html = text(&drawn(&model, printed));
        for part in [
            say(
                locale,
                "Supplier brief: Bright Lamps",
                "供应商简报：Bright Lamps",
            ),
            say(locale, "Ready for approval", "可以报批"),
            say(locale, "What is asked of the owner", "请负责人决定"),
            "LAMP",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
        // Another page prints as it always did.
        model = sent(&model, Msg::Went("#/cost".to_owned()));
        assert!(!text(&drawn(&model, printed)).contains(say(
            locale,
            "Supplier brief",
            "供应商简报"
        )));
    }
}
