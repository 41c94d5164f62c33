//! What the browser is asked to do, and when.

use landfall::json::Json;

use super::*;
use crate::archive::{Kind, draft_data, envelope, key};
use crate::model::{COMPARED, Theme};

fn effects(model: &Model, msg: Msg) -> Vec<Effect> {
    update(model, msg).1
}

fn press(path: &str, action: &str) -> Msg {
    Msg::Pressed(path.to_owned(), action.to_owned())
}

fn type_in(path: &str, text: &str) -> Msg {
    Msg::Typed(path.to_owned(), text.to_owned())
}

/// The key of the order that is shown, and its data, as they are stored.
fn stored_order(model: &Model) -> (String, Option<String>) {
    (model.kept.key.to_string(), Some(draft_data(&model.draft)))
}

fn is_mirror(effect: &Effect) -> bool {
    matches!(effect, Effect::Mirror(name, Some(_)) if name == key::DRAFT)
}

/// The page with as many saved orders, the last one first.
fn with_saved(count: usize) -> Model {
    (1..=count).fold(example(), |model, number| {
        let model = typed(&model, "name", &format!("Order {number}"));
        pressed(&model, "order", "save")
    })
}

/// The path of a saved order.
fn saved(model: &Model, name: &str) -> String {
    let saved = model.saved.iter().find(|saved| &*saved.name == name);
    format!("saved.{}", saved.unwrap().id)
}

fn is_bad(model: &Model) -> bool {
    model.notice.as_ref().is_some_and(|notice| notice.is_bad)
}

#[test]
fn each_change_is_mirrored_at_once_and_stored_after_a_pause() {
    let model = example();
    let (first, done) = update(&model, type_in("lines[0].quantity", "4"));
    assert!(
        matches!(done.as_slice(), [Effect::Wait(1), mirror] if is_mirror(mirror)),
        "{done:?}"
    );
    let (second, done) = update(&first, type_in("lines[0].quantity", "40"));
    assert!(
        matches!(done.as_slice(), [Effect::Wait(2), mirror] if is_mirror(mirror)),
        "{done:?}"
    );
    assert!(second.kept.is_ahead);
    assert_eq!(effects(&second, Msg::Settled(1)), []);
    let (settled, done) = update(&second, Msg::Settled(2));
    assert_eq!(committed(&done), [stored_order(&second)]);
    assert!(!settled.kept.is_ahead);
    assert_eq!(effects(&settled, Msg::Settled(2)), []);
    assert_eq!(effects(&settled, Msg::Hidden), []);
}

#[test]
fn what_is_hidden_is_stored_if_it_changed() {
    let model = example();
    assert_eq!(effects(&model, Msg::Hidden), []);
    let (model, _) = update(&model, type_in("selling.feePercent", "9"));
    let (model, done) = update(&model, Msg::Hidden);
    assert_eq!(committed(&done), [stored_order(&model)]);
    assert_eq!(effects(&model, Msg::Hidden), []);
}

#[test]
fn typing_elsewhere_than_in_the_order_stores_no_order() {
    let model = with_saved(1);
    let name = format!("{}.name", saved(&model, "Order 1"));
    let (model, _) = update(&model, Msg::Hidden);
    for msg in [
        type_in("theme", "dark"),
        type_in("pasted", "A\t1"),
        type_in(&name, "B"),
        press("language", "zh-CN"),
        press("notice", "close"),
        press("order", "print"),
        Msg::Left("lines[0].sku".to_owned()),
        Msg::Printing(true),
        Msg::Went("#/saved".to_owned()),
    ] {
        let model = sent(&model, msg);
        assert!(!model.kept.is_ahead);
        assert_eq!(effects(&model, Msg::Hidden), []);
    }
}

#[test]
fn language_and_colours_are_kept() {
    let model = example();
    let (dark, done) = update(&model, type_in("theme", "dark"));
    assert_eq!(dark.theme, Theme::Dark);
    let [Effect::Dress(..), Effect::Mirror(name, Some(text)), ..] = done.as_slice() else {
        panic!("{done:?}")
    };
    assert_eq!(name, key::PREFERENCES);
    assert_eq!(
        committed(&done),
        [("preferences/d0".to_owned(), Some(text.clone()))]
    );
    let (again, _) = opened_with(&[(key::PREFERENCES, text)]);
    assert_eq!(again.theme, Theme::Dark);
    let chinese = pressed(&dark, "language", "zh-CN");
    assert_eq!(chinese.locale.tag(), "zh-CN");
    assert_eq!(pressed(&chinese, "language", "xx").locale.tag(), "zh-CN");
    assert_eq!(typed(&chinese, "theme", "pink").theme, Theme::Auto);
}

#[test]
fn an_order_by_link_is_not_stored_until_it_is_kept() {
    let mine = typed(&example(), "name", "Mine");
    let theirs = |name: &str| {
        let draft = Draft {
            name: name.to_owned(),
            ..Draft::blank()
        };
        Msg::Arrived(Ok(whole(&draft)))
    };
    let (looking, done) = update(&mine, theirs("Theirs"));
    // What was not stored yet of the own order is, before the other one is shown.
    assert_eq!(committed(&done), [stored_order(&mine)]);
    assert!(done.contains(&Effect::Go("#/cost".to_owned())));
    assert_eq!(looking.draft.name, "Theirs");
    let edited = typed(&looking, "lines[0].sku", "X");
    assert_eq!(effects(&edited, Msg::Settled(edited.change)), []);
    assert_eq!(effects(&edited, Msg::Hidden), []);

    // Another link: the own order is still the own one.
    let (second, done) = update(&edited, theirs("Others"));
    let is_write = |effect: &Effect| matches!(effect, Effect::Mirror(..) | Effect::Commit(..));
    assert!(!done.iter().any(is_write), "{done:?}");
    let back = pressed(&second, "order", "back");
    assert_eq!(back.draft.name, "Mine");
    assert!(back.own.is_none());
    assert_eq!(back.kept.key, mine.kept.key);

    let (kept, done) = update(&second, press("order", "keep"));
    assert_eq!(committed(&done), [stored_order(&kept)]);
    assert_ne!(kept.kept.key, mine.kept.key, "the own order stays a draft");
    assert!(kept.own.is_none());
    let undone = pressed(&kept, "order", "undo");
    assert_eq!(undone.draft.name, "Mine");
    assert_eq!(undone.kept.key, mine.kept.key);
}

#[test]
fn an_address_names_a_page_and_may_bring_an_order() {
    use crate::route::Route;

    let model = example();
    let (saved, done) = update(&model, Msg::Went("#/saved".to_owned()));
    assert_eq!((saved.route, done), (Route::Saved, vec![Effect::Top]));
    assert_eq!(effects(&saved, Msg::Went("#/saved".to_owned())), []);
    let (cost, done) = update(&saved, Msg::Went("#/cost?s=1.abc".to_owned()));
    assert_eq!(cost.route, Route::Cost);
    assert_eq!(done, [Effect::Unpack("1.abc".to_owned()), Effect::Top]);
    assert!(sent(&model, Msg::Printing(true)).is_printing);
    assert!(!sent(&sent(&model, Msg::Printing(true)), Msg::Printing(false)).is_printing);
}

#[test]
fn a_link_without_an_order_changes_nothing() {
    let model = example();
    for bad in [
        Err("cut off".to_owned()),
        Ok(String::new()),
        Ok("{\"x\":1}".to_owned()),
        Ok("{\"selling\":{\"x\":1}}".to_owned()),
    ] {
        let (after, done) = update(&model, Msg::Arrived(bad));
        assert!(is_bad(&after));
        assert!(after.own.is_none());
        assert_eq!(whole(&after.draft), whole(&model.draft));
        assert_eq!(done, [Effect::Go("#/cost".to_owned())]);
    }
}

#[test]
fn another_order_in_place_of_the_links_leaves_the_link() {
    let model = with_saved(1);
    let model = sent(&model, Msg::Arrived(Ok(whole(&Draft::blank()))));
    assert!(model.own.is_some());
    let opened = pressed(&model, &saved(&model, "Order 1"), "open");
    assert!(opened.own.is_none());
    assert_eq!(opened.draft.name, "Order 1");
    let undone = pressed(&opened, "order", "undo");
    assert_eq!(undone.draft.lines.len(), 2, "the own order");
}

#[test]
fn a_link_is_made_copied_and_forgotten_when_the_order_changes() {
    let model = example();
    let done = effects(&model, press("order", "share"));
    assert_eq!(done, [Effect::Link(whole(&model.draft.handed_on()))]);
    let (linked, done) = update(&model, Msg::Linked(Ok("http://x/#/cost?s=1".to_owned())));
    let copy = Effect::Copy("http://x/#/cost?s=1".to_owned());
    assert_eq!(done, std::slice::from_ref(&copy));
    assert_eq!(effects(&linked, press("link", "copy")), [copy]);
    assert_eq!(pressed(&linked, "link", "close").link, None);
    assert_eq!(typed(&linked, "lines[0].sku", "B").link, None);
    assert!(is_bad(&sent(&model, Msg::Linked(Err("no".to_owned())))));
    assert_eq!(effects(&model, press("link", "copy")), []);
}

#[test]
fn a_file_comes_in_once() {
    let model = example();
    let file = envelope(Kind::Order, "2026-11-01", "A", &model.draft.to_tree());
    let (once, done) = brought(&model, "a.json", &file);
    assert_eq!(once.saved.len(), 1);
    assert!(
        matches!(committed(&done).as_slice(), [(key, Some(_))] if key.starts_with("scenario/"))
    );
    let (twice, done) = brought(&once, "a.json", &file);
    assert_eq!(twice.saved, once.saved);
    assert_eq!(committed(&done), []);
    // A bare request has the name of its file.
    let bare = include_str!("../../../tests/data/worked-order.json");
    let (named, _) = brought(&twice, "mugs.json", bare);
    assert_eq!(&*named.saved[0].name, "mugs");
    assert_eq!(named.saved.len(), 2);
    let opened = pressed(&named, &format!("saved.{}", named.saved[0].id), "open");
    assert_eq!(per_unit(&opened), "2.9049");
}

#[test]
fn a_renamed_import_stays_when_its_file_comes_again() {
    let model = example();
    let file = envelope(Kind::Order, "", "A", &model.draft.to_tree());
    let (model, _) = brought(&model, "a.json", &file);
    let path = format!("saved.{}.name", model.saved[0].id);
    let renamed = typed(&model, &path, "B");
    let (again, _) = brought(&renamed, "a.json", &file);
    let names: Vec<&str> = again.saved.iter().map(|saved| &*saved.name).collect();
    assert_eq!(names, ["B"]);
}

#[test]
fn a_bad_file_changes_nothing() {
    let model = with_saved(1);
    for bad in [
        "",
        "[]",
        "{\"x\": 1}",
        "{\"format\":\"landfall/scenario\",\"version\":9,\"data\":{}}",
        "{\"format\":\"other\",\"version\":1,\"data\":{}}",
        "{\"format\":\"landfall/fee-schedule\",\"version\":1,\"data\":{}}",
        "{\"format\":\"landfall/fee-schedule\",\"version\":1,\"data\":[5]}",
        "{\"format\":\"landfall/scenario\",\"version\":1,\"data\":{\"request\":{\"lines\":[{\"quantity\":0.5}]}}}",
    ] {
        let (after, done) = brought(&model, "bad.json", bad);
        assert!(is_bad(&after), "{bad}");
        assert_eq!(done, [], "{bad}");
        assert_eq!(after.saved, model.saved);
        assert_eq!(after.schedules, model.schedules);
        assert_eq!(whole(&after.draft), whole(&model.draft));
    }
}

#[test]
fn orders_are_saved_copied_renamed_and_removed() {
    let model = example();
    let (one, done) = update(&model, press("order", "save"));
    assert_eq!(committed(&done).len(), 1);
    assert_eq!(*one.saved[0].data, model.draft.handed_on().to_tree());
    assert!(model.draft.is_example && !model.draft.handed_on().is_example);
    let copied = pressed(&one, &saved(&one, "Mugs and lids"), "copy");
    assert_eq!(&*copied.saved[0].name, "Mugs and lids (copy)");
    let copy = saved(&copied, "Mugs and lids (copy)");
    let key = copy.replace("saved.", "scenario/");
    let (renamed, done) = update(&copied, type_in(&format!("{copy}.name"), "Other"));
    assert!(matches!(committed(&done).as_slice(), [(of, Some(_))] if *of == key));
    let names: Vec<&str> = renamed.saved.iter().map(|saved| &*saved.name).collect();
    assert_eq!(names, ["Other", "Mugs and lids"]);
    let opened = pressed(&renamed, &copy, "open");
    assert_eq!(opened.draft.name, "Other");
    let (removed, done) = update(&renamed, press(&copy, "remove"));
    assert_eq!(committed(&done), [(key, None)]);
    assert_eq!(removed.saved.len(), 1);
    assert_eq!(effects(&removed, press(&copy, "remove")), []);
    assert_eq!(effects(&removed, press(&copy, "copy")), []);
}

#[test]
fn what_was_not_saved_stays_a_draft_when_another_order_is_opened() {
    let model = with_saved(1);
    let path = saved(&model, "Order 1");
    // Saved: it may go.
    assert_eq!(pressed(&model, &path, "open").kept.key, model.kept.key);
    let mine = sent(&typed(&model, "lines[0].sku", "MINE"), Msg::Hidden);
    let opened = pressed(&mine, &path, "open");
    let kept: Vec<_> = opened.drafts().map(|record| record.key().clone()).collect();
    assert!(kept.contains(&mine.kept.key));
    assert_ne!(opened.kept.key, mine.kept.key);
    let back = pressed(&opened, "order", "undo");
    assert_eq!(whole(&back.draft), whole(&mine.draft));
    assert_eq!(back.kept.key, mine.kept.key);
}

#[test]
fn at_most_four_orders_are_compared_and_removed_ones_are_not() {
    let model = with_saved(5);
    let paths: Vec<String> = (1..=5)
        .map(|number| saved(&model, &format!("Order {number}")))
        .collect();
    let ids = |numbers: &[usize]| -> Vec<String> {
        numbers
            .iter()
            .map(|number| paths[number - 1].replace("saved.", ""))
            .collect()
    };
    let all = paths
        .iter()
        .fold(model, |model, path| pressed(&model, path, "compare"));
    assert_eq!(all.compared.len(), COMPARED);
    assert_eq!(all.compared.to_vec(), ids(&[1, 2, 3, 4]));
    let less = pressed(&all, &paths[1], "compare");
    assert_eq!(less.compared.to_vec(), ids(&[1, 3, 4]));
    let gone = pressed(&less, &paths[2], "remove");
    assert_eq!(gone.compared.to_vec(), ids(&[1, 4]));
    let unknown = pressed(&gone, "saved.9", "compare");
    assert_eq!(unknown.compared.to_vec(), ids(&[1, 4]));
}

#[test]
fn a_fee_schedule_takes_the_place_of_charges_of_its_kinds() {
    let model = example();
    let other = pressed(&blank(), "charges", "add:agentFee");
    let other = typed(&other, "charges[0].rate.percent", "9");
    let other = pressed(&other, "schedule", "save");
    assert_eq!(other.schedules.len(), 1);
    let model = Model {
        schedules: other.schedules,
        ..model
    };
    let id = model.schedules[0].id.to_string();
    let path = format!("schedule.{id}");
    let applied = typed(&model, "schedule", &id);
    assert_eq!(applied.draft.charges.len(), 8);
    let last = &applied.draft.charges[7];
    assert_eq!(crate::tree::text_at(&last.json, "rate.percent"), "9");
    assert_eq!(
        whole(&pressed(&applied, "order", "undo").draft),
        whole(&model.draft)
    );
    let (by_button, done) = update(&model, press(&path, "open"));
    assert_eq!(whole(&by_button.draft), whole(&applied.draft));
    // From the page of what is saved one gets to the order.
    assert!(done.contains(&Effect::Go("#/cost".to_owned())), "{done:?}");
    assert_eq!(effects(&model, type_in("schedule", "")), []);
    let file = effects(&model, press(&path, "export"));
    let [Effect::Download(name, text)] = file.as_slice() else {
        panic!("{file:?}")
    };
    assert!(name.ends_with(".json"));
    assert_eq!(brought(&model, name, text).0.schedules.len(), 1);
    let (elsewhere, _) = brought(&blank(), name, text);
    assert_eq!(elsewhere.schedules[0].data, model.schedules[0].data);
    let path = format!("schedule.{}", elsewhere.schedules[0].id);
    let removed = pressed(&elsewhere, &path, "remove");
    assert_eq!(removed.schedules.len(), 0);
}

#[test]
fn an_exported_order_comes_back_and_its_request_is_the_packages() {
    let model = example();
    let done = effects(&model, press("order", "export"));
    let [Effect::Download(name, text)] = done.as_slice() else {
        panic!("{done:?}")
    };
    assert_eq!(name, "landfall Mugs and lids.json");
    let (saved, _) = brought(&model, name, text);
    assert_eq!(*saved.saved[0].data, model.draft.handed_on().to_tree());
    let done = effects(&model, press("order", "request"));
    let [Effect::Download(_, text)] = done.as_slice() else {
        panic!("{done:?}")
    };
    let result = landfall::landed_cost::landed_cost_of(&tree(text)).unwrap();
    assert_eq!(result.total.to_string(), "2323.93");
}

#[test]
fn what_is_pasted_becomes_lines() {
    let model = blank();
    let (model, done) = update(&model, press("pasted", "open"));
    assert_eq!(done, [Effect::Focus("pasted".to_owned())]);
    let model = typed(&model, "pasted", "SKU\t单价\t数量\nA\t1.5\t20\nB\t2\t30");
    let added = pressed(&model, "pasted", "add");
    assert_eq!(added.draft.lines.len(), 2);
    assert_eq!(added.pasted, None);
    let Json::Object(_) = &*added.draft.lines[0].json else {
        panic!()
    };
    assert_eq!(pressed(&model, "pasted", "cancel").pasted, None);
    assert_eq!(effects(&added, press("pasted", "add")), []);
}

#[test]
fn the_order_can_be_cleared_and_that_undone() {
    let model = example();
    let (clear, done) = update(&model, press("order", "clear"));
    assert!(done.contains(&Effect::Focus("lines[0].sku".to_owned())));
    assert_eq!(clear.draft.destination, "US");
    assert_eq!((clear.draft.lines.len(), clear.draft.charges.len()), (1, 0));
    assert_eq!(
        whole(&pressed(&clear, "order", "undo").draft),
        whole(&model.draft)
    );
    let example = pressed(&clear, "order", "example");
    assert_eq!(
        whole(&example.draft),
        whole(&Draft::example(landfall_words::Locale::En))
    );
    assert_eq!(effects(&model, press("order", "undo")), []);
    assert_eq!(effects(&model, press("order", "back")), []);
    assert_eq!(effects(&model, press("nowhere", "nothing")), []);
    assert_eq!(effects(&model, press("order", "print")), [Effect::Print]);
}

#[test]
fn the_page_asks_the_browser_for_what_it_opens_with() {
    use std::cell::RefCell;

    use crate::app::{App, AppProps, Ports};

    #[derive(Default)]
    struct Asked(RefCell<Vec<Effect>>);

    impl Ports for Asked {
        fn listen(&self, _report: Callback<Msg>) {}

        fn moment(&self) -> Moment {
            moment()
        }

        fn perform(&self, effect: Effect, _report: &Callback<Msg>) {
            self.0.borrow_mut().push(effect);
        }
    }

    let asked = Rc::new(Asked::default());
    let opening = Opening {
        language: "zh-Hans-CN".to_owned(),
        today: today(),
        offset: 0,
        zone: crate::time::Zone::default(),
        destinations: destinations(),
        moment: moment(),
        device: "d0".to_owned(),
        stored: Vec::new(),
        fragment: "#/saved?s=1.a".to_owned(),
    };
    let ports: Rc<dyn Ports> = asked.clone();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let html = tokio::task::LocalSet::new().block_on(&runtime, async move {
        let renderer = yew::LocalServerRenderer::<App>::with_props(AppProps { opening, ports });
        renderer.hydratable(false).render().await
    });
    check_ids(&html);
    assert!(html.contains("class=\"shell\"") && html.contains("导入文件"));
    let asked = asked.0.borrow();
    assert!(
        matches!(asked.as_slice(), [Effect::Dress(..), Effect::Unpack(packed)] if packed == "1.a"),
        "{asked:?}"
    );
}

#[test]
fn what_was_deleted_can_be_brought_back() {
    let model = with_saved(1);
    let path = saved(&model, "Order 1");
    let (removed, done) = update(&model, press(&path, "remove"));
    assert!(matches!(committed(&done).as_slice(), [(_, None)]));
    assert!(removed.saved.is_empty());
    let (back, done) = update(&removed, press("removed", "undo"));
    assert_eq!(back.saved, model.saved);
    assert!(matches!(committed(&done).as_slice(), [(_, Some(_))]));
}

#[test]
fn undoing_never_takes_what_was_typed_since() {
    let added = sent(&example(), press("lines", "add"));
    assert!(added.undo.is_some());
    let typed = sent(&added, type_in("lines[0].quantity", "7"));
    assert!(typed.undo.is_none());
}

#[test]
fn a_line_that_goes_hands_the_focus_to_its_neighbour() {
    let model = example();
    let done = effects(&model, press("lines[1]", "remove"));
    let focus = Effect::Focus("lines[0].sku".to_owned());
    assert!(done.contains(&focus), "{done:?}");
    let one = sent(&model, press("lines[1]", "remove"));
    let done = effects(&one, press("lines[0]", "remove"));
    assert!(!done.iter().any(|effect| matches!(effect, Effect::Focus(_))));
}
