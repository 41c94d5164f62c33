//! The receiving run: every step, resumed after each message; scanned codes; several receipts; the sheet.

use landfall_workspace::record::{Key, Kind, Record, Stamp};
use landfall_workspace::rows::{Order, Receipt, ReceivingResult, ReceivingStep, Row, Stage};

use super::*;
use crate::app::sheet;
use crate::keys::SCAN;
use crate::receiving::{has_receiving_sheet, receiving_page, receiving_sheet};
use crate::route::Route;

fn record(kind: Kind, id: &str, data: &str) -> Record {
    let key = Key::new(kind, id).unwrap();
    Record::new(key, data, Stamp::new("d1", "2026-11-01T00:00:00Z"))
}

/// The page after records came from elsewhere.
fn with(model: &Model, records: &[Record]) -> Model {
    let texts = records.iter().map(Record::write).collect();
    sent(model, Msg::Store(StoreEvent::Changed(texts)))
}

const MUGS: &str = r#"{"number":"PO-31","supplierId":"s1","supplierName":"Mug House","trackingNumber":"SF123","stage":"dispatched","createdAt":"2026-11-02T03:00:00Z","expectedDelivery":"2026-11-23","lines":[{"skuId":"a1","itemCode":"1688-RED","title":"Red mug","unitPriceCny":"10","quantity":"300","offerId":"900","sourceSkuId":"901"},{"itemCode":"LID","title":"Lid","unitPriceCny":"2","quantity":"40","offerId":"900"},{"skuId":"a1","itemCode":"1688-RED","unitPriceCny":"10","quantity":"200"}]}"#;
const LAMPS: &str = r#"{"number":"PO-30","supplierName":"Bright Lamps","stage":"paid","createdAt":"2026-10-28T03:00:00Z","expectedDelivery":"2026-11-20","lines":[{"itemCode":"LAMP","unitPriceCny":"10","quantity":"12"}]}"#;

/// A shop with two orders on their way, one that was delivered, and the page of receiving.
fn shop() -> Model {
    let done = r#"{"number":"PO-12","supplierName":"Old House","stage":"delivered","lines":[]}"#;
    let closed = r#"{"number":"PO-11","supplierName":"Never","status":"交易关闭","lines":[]}"#;
    let model = with(
        &example(),
        &[
            record(Kind::Sku, "a1", r#"{"sku":"MUG"}"#),
            record(Kind::Order, "o1", MUGS),
            record(Kind::Order, "o2", LAMPS),
            record(Kind::Order, "o3", done),
            record(Kind::Order, "o4", closed),
        ],
    );
    sent(&model, Msg::Went("#/receiving".to_owned()))
}

fn page(model: &Rc<Model>) -> Html {
    receiving_page(model)
}

fn html(model: &Model) -> String {
    let html = drawn(model, page);
    check_ids(&html);
    html
}

/// The page after a message, and after the effects that lead elsewhere.
fn did(model: &Model, msg: Msg) -> Model {
    let (mut model, effects) = update(model, msg);
    for effect in effects {
        if let Effect::Go(place) = effect {
            model = sent(&model, Msg::Went(place));
        }
    }
    model
}

fn press(model: &Model, place: &str, action: &str) -> Model {
    let path = format!("receiving.run.{place}");
    did(model, Msg::Pressed(path, action.to_owned()))
}

fn scan(model: &Model, place: &str, code: &str) -> Model {
    press(model, place, &format!("{SCAN}{code}"))
}

fn run_of(id: &str) -> Model {
    press(&shop(), id, "receive")
}

/// The receipt as it is stored.
fn stored(model: &Model) -> Receipt {
    let key = Key::new(Kind::Receipt, &model.place).unwrap();
    match model.workspace.get(&key).unwrap().row().unwrap() {
        Row::Receipt(receipt) => (**receipt).clone(),
        row => panic!("{row:?}"),
    }
}

fn order(model: &Model, id: &str) -> Order {
    let key = Key::new(Kind::Order, id).unwrap();
    match model.workspace.get(&key).unwrap().row().unwrap() {
        Row::Order(order) => (**order).clone(),
        row => panic!("{row:?}"),
    }
}

/// A page that opens anew on what is stored, at the same place.
fn reopened(model: &Model) -> Model {
    let records: Vec<Record> = model.workspace.records().cloned().collect();
    let model_place = Route::Receiving.at(&model.place);
    sent(&with(&example(), &records), Msg::Went(model_place))
}

/// What a run shows beside what isn't stored.
fn told(model: &Model) -> Vec<String> {
    let html = html(model);
    let tags = tags(&html).into_iter();
    let told = tags.map(|tag| {
        let of = |name| tag.get(name).unwrap_or_default().to_owned();
        format!(
            "{} {} {} {} {}",
            tag.name,
            of("name"),
            of("value"),
            of("aria-current"),
            of("aria-pressed")
        )
    });
    told.collect()
}

/// Presses and types, and each time looks whether the page opens again as it stands.
fn walk(mut model: Model, acts: &[(&str, &str)]) -> Model {
    for (place, action) in acts {
        model = match place.strip_prefix("desk.") {
            Some(_) => sent(
                &typed(&model, place, action),
                Msg::Settled(typed(&model, place, action).change),
            ),
            None => press(&model, place, action),
        };
        assert!(
            model.storage.is_settled(),
            "{place} {action} is stored at once"
        );
        assert_eq!(told(&reopened(&model)), told(&model), "{place} {action}");
    }
    model
}

#[test]
fn orders_on_their_way_are_listed_the_last_expected_first() {
    let model = shop();
    let html = html(&model);
    let place = |text: &str| html.find(text).unwrap_or(usize::MAX);
    assert!(
        place("PO-31") < place("PO-30") && place("PO-30") < usize::MAX,
        "{html}"
    );
    assert!(!html.contains("PO-12") && !html.contains("PO-11"));
    // What was delivered can be found, what was never bought can't.
    let found = typed(&model, "receiving.run.query", "po-1");
    let html = drawn(&found, page);
    assert!(html.contains("PO-12") && !html.contains("PO-11"), "{html}");
    assert!(!html.contains("PO-31"));
    let none = drawn(&typed(&model, "receiving.run.query", "nothing"), page);
    assert!(
        none.contains("No order fits") && none.contains("#/data"),
        "{none}"
    );
}

#[test]
fn fifty_thousand_orders_are_shown_a_page_at_a_time() {
    let orders: Vec<Record> = (0..50_000)
        .map(|number| {
            let data = format!(
                r#"{{"number":"PO-{number:05}","supplierName":"S","stage":"paid","createdAt":"2026-10-01T00:00:00Z","lines":[]}}"#
            );
            record(Kind::Order, &format!("o{number}"), &data)
        })
        .collect();
    let mut model = sent(
        &with(&example(), &orders),
        Msg::Went("#/receiving".to_owned()),
    );
    while model.log.is_behind() {
        model = sent(&model, Msg::Step);
    }
    let rows = |model: &Model| drawn(model, page).matches("value=\"receive\"").count() - 1;
    assert_eq!(rows(&model), 20);
    assert!(drawn(&model, page).contains("1 to 20 of 50000"));
    let next = press(&model, "page", "next");
    assert!(drawn(&next, page).contains("21 to 40 of 50000"));
    let found = typed(&next, "receiving.run.query", "PO-04999");
    assert_eq!(rows(&found), 1);
    let begun = scan(&model, "query", "po-04999");
    assert_eq!(&*stored(&begun).order_id, "o4999");
}

#[test]
fn a_scanned_number_begins_the_order_that_it_names() {
    for code in ["PO-31", "po-31", "SF123", "mug house"] {
        let begun = scan(&shop(), "query", code);
        assert_eq!(&*stored(&begun).order_id, "o1", "{code}");
        // Once begun, the same code goes on with it.
        let back = sent(&begun, Msg::Went("#/receiving".to_owned()));
        let again = scan(&back, "query", code);
        assert_eq!(again.place, begun.place, "{code}");
    }
    for code in ["PO-3", "PO-11", "nothing", ""] {
        let model = scan(&shop(), "query", code);
        assert!(model.desk.is_none(), "{code} names no single order");
    }
}

#[test]
fn a_receipt_begins_with_what_is_due_and_is_stored_at_once() {
    let model = run_of("o1");
    let receipt = stored(&model);
    let due: Vec<(&str, String)> = receipt
        .lots
        .iter()
        .map(|lot| (&*lot.sku, lot.ordered.unwrap().0.to_string()))
        .collect();
    assert_eq!(due, [("MUG", "500".to_owned()), ("LID", "40".to_owned())]);
    assert_eq!(receipt.zone.as_deref(), Some("+08:00"));
    assert_eq!(receipt.step, Some(ReceivingStep::Cartons));
    assert!(receipt.seed.is_none());
    let back = sent(&model, Msg::Went("#/receiving".to_owned()));
    let html = html(&back);
    assert!(
        html.contains("Begun") && html.contains("Go on with: "),
        "{html}"
    );
}

#[test]
fn the_whole_run_can_be_left_and_resumed_after_every_tap() {
    let model = walk(
        run_of("o1"),
        &[
            ("cartonsCounted", "more"),
            ("cartonsCounted", "more"),
            ("cartonsCounted", "less"),
            ("desk.cartonsCounted", "12"),
            ("cartonsCounted", "more"),
            ("desk.cartonsOrdered", "13"),
            ("lots[0]", "all"),
            ("desk.lots[0].cartons", "10"),
            ("desk.lots[1].received", "38"),
            ("desk.lots[1].cartons", "3"),
            ("step", "sample"),
        ],
    );
    let drawn_at = stored(&model);
    assert_eq!(drawn_at.cartons_counted, Some(13));
    assert_eq!(drawn_at.seed.as_deref().map(str::len), Some(32));
    assert_eq!(drawn_at.lots[0].sample, Some(50));
    assert_eq!(drawn_at.lots[0].opened.len(), 4);
    assert_eq!(
        (drawn_at.lots[1].sample, drawn_at.lots[1].opened.len()),
        (Some(4), 2)
    );
    let model = walk(
        model,
        &[
            ("step", "inspect"),
            ("lots[0]", "next"),
            ("lots[0]", "defect:scratched"),
            ("lots[0]", "next"),
            ("lots[0]", "next"),
            ("lots[0]", "undo"),
            ("scan", &format!("{SCAN}LID")),
            ("scan", &format!("{SCAN}C2")),
            ("lots[1]", "byCount"),
            ("lots[1].inspected", "more"),
            ("lots[1]", "whole"),
            ("class", "critical"),
            ("lots[1]", "defect:broken"),
            ("desk.lots[1].notes", "darker than the sample"),
            ("step", "photos"),
            ("step", "variance"),
            ("result", "log"),
            ("result", "told"),
            ("result", "reject"),
            ("desk.staff", "Wang"),
            ("result", "finish"),
            ("result", "reopen"),
            ("result", "hold"),
            ("result", "finish"),
        ],
    );
    let receipt = stored(&model);
    assert_eq!(receipt.seed, drawn_at.seed, "drawn once");
    assert_eq!(receipt.lots[0].inspected, Some(2));
    assert_eq!(receipt.lots[0].passed, None, "50 are to be checked");
    assert_eq!(receipt.lots[1].unpacked, [2]);
    assert_eq!(receipt.lots[1].passed, Some(false), "1 of 4 is bad");
    assert_eq!(receipt.result, Some(ReceivingResult::Hold));
    assert!(receipt.finished_at.is_some() && receipt.variance_logged_at.is_some());
    assert_eq!(order(&model, "o1").stage, Some(Stage::Dispatched), "held");
}

#[test]
fn the_draw_stays_until_the_reader_asks_for_another() {
    let model = walk(
        run_of("o2"),
        &[
            ("lots[0]", "all"),
            ("desk.cartonsCounted", "9"),
            ("step", "sample"),
        ],
    );
    let first = stored(&model);
    assert_eq!(first.lots[0].opened.len(), 3);
    let model = walk(
        model,
        &[
            ("step", "cartons"),
            ("desk.cartonsCounted", "16"),
            ("step", "sample"),
        ],
    );
    assert_eq!(stored(&model).lots[0].opened, first.lots[0].opened);
    assert!(html(&model).contains("have changed since"));
    let model = press(&model, "draw", "again");
    let again = stored(&model);
    assert_eq!(
        (again.seed.clone(), again.lots[0].opened.len()),
        (first.seed, 4)
    );
    assert!(!html(&model).contains("have changed since"));
}

#[test]
fn without_random_numbers_or_counts_nothing_is_drawn() {
    let model = press(&run_of("o2"), "step", "sample");
    assert!(stored(&model).seed.is_none());
    assert!(html(&model).contains("count the units under Cartons first"));
    let counted = press(&model, "lots[0]", "all");
    let blank = Moment {
        seed: "".into(),
        ..moment()
    };
    let msg = Msg::Pressed("receiving.run.draw".to_owned(), "first".to_owned());
    let (refused, _) = crate::update::update(&counted, blank, msg);
    assert!(refused.notice.is_some() && stored(&refused).seed.is_none());
}

#[test]
fn the_judgement_follows_each_tap() {
    let model = walk(
        run_of("o1"),
        &[
            ("desk.lots[1].received", "40"),
            ("step", "sample"),
            ("step", "inspect"),
            ("lots[1]", "select"),
        ],
    );
    let says = |model: &Model, word: &str| {
        let html = html(model);
        assert!(
            html.contains(&format!("<p class=\"word\">{word}</p>")),
            "{word}: {html}"
        );
    };
    says(&model, "Keep going");
    let good = (0..4).fold(model.clone(), |model, _| press(&model, "lots[1]", "next"));
    says(&good, "Accept");
    assert_eq!(stored(&good).lots[1].passed, Some(true));
    // What was noted last is taken back, as often as there is something.
    let mut back = good;
    for _ in 0..6 {
        back = press(&back, "lots[1]", "undo");
    }
    assert_eq!(stored(&back).lots[1].inspected, Some(0));
    says(&back, "Keep going");
    // A unit with two defects is one bad unit.
    let two = press(
        &press(&back, "lots[1]", "defect:dirty"),
        "lots[1]",
        "defect:broken",
    );
    says(&two, "Reject");
    let found = |model: &Model| stored(model).lots[1].found.0.clone();
    assert_eq!(found(&two), [("defective".into(), 1)]);
    let one = press(&two, "lots[1]", "undo");
    assert_eq!(stored(&one).lots[1].defects.len(), 1);
    let none = press(&one, "lots[1]", "undo");
    assert!(stored(&none).lots[1].defects.is_empty());
    says(&none, "Keep going");
}

#[test]
fn an_acceptance_plan_counts_by_class() {
    let model = walk(
        run_of("o1"),
        &[
            ("lots[0]", "all"),
            ("desk.lots[0].cartons", "10"),
            ("step", "sample"),
        ],
    );
    let model = typed(&model, "receiving.run.lots[0].plan", "acceptance");
    let model = typed(&model, "desk.lots[0].plan.level", "III");
    assert!(html(&model).contains("have changed since"));
    let model = press(&model, "lots[0]", "redraw");
    let plan = stored(&model).lots[0].clone();
    assert_eq!(plan.sample, Some(80), "letter J");
    assert_eq!(&*plan.plan.unwrap().severity, "normal");
    let model = walk(
        model,
        &[
            ("step", "inspect"),
            ("lots[0]", "byCount"),
            ("lots[0]", "whole"),
            ("class", "minor"),
            ("lots[0]", "defect:scratched"),
            ("lots[0]", "defect:scratched"),
            ("lots[0]", "undefect:scratched"),
            ("class", "critical"),
        ],
    );
    assert_eq!(stored(&model).lots[0].passed, Some(true));
    let model = press(&model, "lots[0]", "defect:notWorking");
    let lot = stored(&model).lots[0].clone();
    assert_eq!(lot.passed, Some(false));
    assert_eq!(
        lot.found.0,
        [
            ("critical".into(), 1),
            ("major".into(), 0),
            ("minor".into(), 1)
        ]
    );
    assert!(html(&model).contains("Reject"));
}

#[test]
fn a_supplier_with_failed_lots_is_inspected_tightened() {
    let failed = |id: &str, day: u32| {
        let data = format!(
            r#"{{"orderId":"o1","arrivedAt":"2026-10-{day:02}T00:00:00Z","finishedAt":"2026-10-{day:02}T01:00:00Z","lots":[{{"sku":"MUG","received":"1","passed":false}}]}}"#
        );
        record(Kind::Receipt, id, &data)
    };
    let model = with(&shop(), &[failed("r1", 1), failed("r2", 2)]);
    let model = press(&model, "o1", "receive");
    let model = walk(model, &[("lots[0]", "all"), ("step", "sample")]);
    let model = typed(&model, "receiving.run.lots[0].plan", "acceptance");
    let plan = stored(&model).lots[0].plan.clone().unwrap();
    assert_eq!(&*plan.severity, "tightened");
}

#[test]
fn codes_choose_articles_and_open_cartons() {
    let model = walk(
        run_of("o1"),
        &[
            ("lots[0]", "all"),
            ("desk.lots[0].cartons", "12"),
            ("lots[1]", "all"),
        ],
    );
    let at = |code: &str, article: Option<u32>| {
        let model = scan(&model, "scan", code);
        assert_eq!(stored(&model).article, article, "{code}");
    };
    // The buyer's code, the platform's, in any case; the offer has two articles and names neither.
    at("mug", Some(0));
    at("LID", Some(1));
    at("1688-red", Some(0));
    at("901", Some(0));
    at("900", None);
    at("C3", None);
    let opened = scan(&scan(&model, "scan", "C3"), "scan", "12/12");
    assert_eq!(stored(&opened).lots[0].unpacked, [3, 12]);
    let twice = scan(&opened, "scan", "carton 3");
    assert_eq!(stored(&twice).lots[0].unpacked, [3, 12]);
    let closed = press(&twice, "lots[0]", "carton:3");
    assert_eq!(stored(&closed).lots[0].unpacked, [12]);
    let beyond = scan(&model, "scan", "C13");
    assert!(stored(&beyond).lots[0].unpacked.is_empty());
    assert!(html(&beyond).contains("has 12 cartons"));
    let unknown = scan(&model, "scan", "WHAT-1");
    assert!(html(&unknown).contains("“WHAT-1” is no article"));
}

#[test]
fn several_receipts_take_what_is_left() {
    let model = walk(
        run_of("o1"),
        &[
            ("desk.lots[0].received", "450"),
            ("lots[1]", "all"),
            ("step", "variance"),
            ("result", "accept"),
            ("result", "log"),
            ("result", "finish"),
        ],
    );
    assert_eq!(
        order(&model, "o1").stage,
        Some(Stage::Dispatched),
        "50 are missing"
    );
    let model = press(&model, "result", "again");
    let rest = stored(&model);
    let due: Vec<String> = rest
        .lots
        .iter()
        .map(|lot| lot.ordered.unwrap().0.to_string())
        .collect();
    assert_eq!(due, ["50", "0"]);
    let model = walk(
        model,
        &[
            ("lots[0]", "all"),
            ("step", "variance"),
            ("result", "accept"),
            ("result", "finish"),
        ],
    );
    assert_eq!(order(&model, "o1").stage, Some(Stage::Delivered));
    let receipts = model.workspace.list(Kind::Receipt).count();
    assert_eq!(receipts, 2);
    let list = typed(
        &sent(&model, Msg::Went("#/receiving".to_owned())),
        "receiving.run.query",
        "PO-31",
    );
    assert!(html(&list).contains("received 2 ×"), "{}", html(&list));
}

#[test]
fn finishing_asks_for_a_result_and_for_the_log_of_what_differs() {
    let model = walk(
        run_of("o2"),
        &[("desk.lots[0].received", "11"), ("step", "variance")],
    );
    let refused = press(&model, "result", "finish");
    assert!(refused.notice.is_some() && stored(&refused).finished_at.is_none());
    let chosen = press(&model, "result", "accept");
    let refused = press(&chosen, "result", "finish");
    assert!(refused.notice.is_some() && stored(&refused).finished_at.is_none());
    let done = press(&press(&chosen, "result", "log"), "result", "finish");
    assert!(done.notice.is_none() && stored(&done).finished_at.is_some());
    assert!(html(&done).contains("Reopen"));
    // What is in the forwarder's warehouse isn't with the buyer yet.
    let there = typed(
        &run_of("o2"),
        "receiving.run.inWarehouseAt",
        "2026-11-22T10:00",
    );
    let there = walk(
        there,
        &[
            ("lots[0]", "all"),
            ("result", "accept"),
            ("result", "finish"),
        ],
    );
    assert_eq!(order(&there, "o2").stage, Some(Stage::InWarehouse));
}

#[test]
fn a_parcel_without_an_order_is_named_later() {
    let model = press(&shop(), "", "receive");
    assert!(stored(&model).is_unclaimed && stored(&model).lots.is_empty());
    let model = scan(&model, "add", "MUG");
    let model = typed(&model, "desk.lots[0].received", "7");
    let model = sent(&model, Msg::Settled(model.change));
    let named = scan(&model, "scan", "PO-31");
    let receipt = stored(&named);
    assert_eq!((&*receipt.order_id, receipt.is_unclaimed), ("o1", false));
    let lots: Vec<(&str, Option<String>)> = receipt
        .lots
        .iter()
        .map(|lot| (&*lot.sku, lot.received.map(|of| of.0.to_string())))
        .collect();
    assert_eq!(lots, [("MUG", Some("7".to_owned())), ("LID", None)]);
    assert!(html(&named).contains("PO-31"));
}

#[test]
fn times_are_typed_by_the_clock_of_the_receipt() {
    let model = run_of("o1");
    let model = typed(&model, "receiving.run.arrivedAt", "2026-11-22T18:30");
    assert_eq!(&*stored(&model).arrived_at.0, "2026-11-22T10:30:00Z");
    let model = typed(&model, "receiving.run.zone", "-05:00");
    assert_eq!(
        &*stored(&model).arrived_at.0,
        "2026-11-22T10:30:00Z",
        "the same instant"
    );
    assert!(html(&model).contains("2026-11-22T05:30"));
    let model = typed(&model, "receiving.run.dispatchedAt", "2026-11-20T00:00");
    let at = stored(&model).dispatched_at.unwrap();
    assert_eq!(&*at.0, "2026-11-20T05:00:00Z");
    let gone = typed(&model, "receiving.run.dispatchedAt", "");
    assert!(stored(&gone).dispatched_at.is_none());
    // An arrival is always there.
    let same = typed(&gone, "receiving.run.arrivedAt", "");
    assert_eq!(&*stored(&same).arrived_at.0, "2026-11-22T10:30:00Z");
}

#[test]
fn what_an_agent_did_not_cover_is_listed() {
    let model = press(&run_of("o1"), "step", "variance");
    let model = typed(&model, "receiving.run.covered.", "true");
    let covered = stored(&model).agent_covered.unwrap();
    assert!(covered.iter().any(|name| &**name == "packaging"));
    let text = html(&model);
    assert!(text.contains("hidden defects"), "{text}");
    let model = typed(&model, "receiving.run.covered.hiddenDefects", "true");
    assert_ne!(html(&model), text);
    let none = typed(&model, "receiving.run.covered.", "");
    assert!(stored(&none).agent_covered.is_none());
}

#[test]
fn a_count_that_cannot_be_read_is_left_for_the_reader() {
    let model = typed(&run_of("o1"), "desk.cartonsCounted", "a dozen");
    let tapped = press(&model, "cartonsCounted", "more");
    assert!(html(&tapped).contains("a dozen"));
    assert_eq!(stored(&tapped).cartons_counted, None);
    let zero = press(&run_of("o1"), "cartonsCounted", "less");
    assert_eq!(stored(&zero).cartons_counted, Some(0));
}

#[test]
fn the_sheet_is_there_before_and_after() {
    fn printed(model: &Rc<Model>) -> Html {
        sheet(model)
    }
    assert!(!has_receiving_sheet(&shop()));
    let model = run_of("o1");
    assert!(has_receiving_sheet(&model) && receiving_sheet(&model).is_some());
    let before = drawn(&model, printed);
    assert!(
        before.contains("PO-31") && before.contains("____") && before.contains("MUG"),
        "{before}"
    );
    let model = walk(
        model,
        &[
            ("lots[0]", "all"),
            ("desk.lots[0].cartons", "10"),
            ("step", "sample"),
        ],
    );
    let after = drawn(&model, printed);
    let seed = stored(&model).seed.unwrap();
    assert!(after.contains(&*seed) && after.contains(">50<"), "{after}");
    let asked = update(
        &model,
        Msg::Pressed("receiving.run".to_owned(), "print".to_owned()),
    );
    assert!(asked.0.is_printing && asked.1.contains(&Effect::Print));
}

#[test]
fn hostile_places_and_codes_do_nothing() {
    let model = run_of("o1");
    let before = stored(&model);
    for (place, action) in [
        ("lots[9]", "next"),
        ("lots[9]", "defect:broken"),
        ("lots[0]", "undo"),
        ("lots[0]", "carton:x9"),
        ("lots[0].plan", "what"),
        ("result", "nothing"),
        ("nowhere", "nothing"),
        ("o9", "receive"),
        ("scan", SCAN),
        ("", ""),
    ] {
        let after = press(&model, place, action);
        assert_eq!(stored(&after).lots, before.lots, "{place} {action}");
        html(&after);
    }
}
