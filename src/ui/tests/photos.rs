//! Photos of what arrived: named, stored before they are listed, shown, removed, exported and brought back.

use landfall_workspace::record::{Key, Kind, Record, Stamp};
use landfall_workspace::rows::{Receipt, Row};

use super::*;
use crate::pictures::{Filed, PictureEvent, PictureTask, Seen, Stage};
use crate::receiving::photos::photos;

const PICTURE: &str = "data:image/jpeg;base64,/9j/AAAA";

fn record(kind: Kind, id: &str, data: &str) -> Record {
    let stamp = Stamp::new("d9", "2026-11-01T00:00:00Z");
    Record::new(Key::new(kind, id).unwrap(), data, stamp)
}

/// The page with two deliveries of an order and one of another, at the first of them.
fn delivered() -> Model {
    let receipt = |id, order: &str| {
        let data = format!(r#"{{"orderId":"{order}","arrivedAt":"2026-11-20T00:00:00Z"}}"#);
        record(Kind::Receipt, id, &data)
    };
    let order = r#"{"number":"7","supplierName":"Bright Lamps","lines":[]}"#;
    let records = [
        record(Kind::Order, "o1", order),
        receipt("r1", "o1"),
        receipt("r2", "o1"),
        receipt("r3", "o2"),
    ];
    let records = records.iter().map(Record::write).collect();
    let model = sent(&example(), Msg::Store(StoreEvent::Changed(records)));
    at(&model, "r1")
}

fn at(model: &Model, id: &str) -> Model {
    sent(model, Msg::Went(format!("#/receiving/{id}")))
}

/// Takes a photo by a field; it isn't stored yet.
fn take(model: &mut Model, field: &str) -> Rc<str> {
    model.moment = moment();
    let keys = model.expect_photos(field, vec!["IMG.jpg".into()]);
    assert_eq!(keys.len(), 1);
    keys[0].clone()
}

fn event(model: &Model, event: PictureEvent) -> (Model, Vec<Effect>) {
    update(model, Msg::Pictures(event))
}

fn kept(model: &Model, key: &Rc<str>) -> (Model, Vec<Effect>) {
    event(model, PictureEvent::Kept(key.clone(), PICTURE.into()))
}

/// Takes a photo that is stored.
fn taken(model: &mut Model, field: &str) -> Rc<str> {
    let key = take(model, field);
    *model = kept(model, &key).0;
    key
}

fn receipt(model: &Model, id: &str) -> Receipt {
    let key = Key::new(Kind::Receipt, id).unwrap();
    match model.workspace.get(&key).unwrap().row().unwrap() {
        Row::Receipt(receipt) => (**receipt).clone(),
        row => panic!("{row:?}"),
    }
}

fn names(model: &Model, id: &str) -> Vec<String> {
    let pictures = receipt(model, id).pictures;
    pictures
        .iter()
        .map(|picture| picture.name.to_string())
        .collect()
}

fn task(effects: &[Effect]) -> Option<&PictureTask> {
    effects.iter().find_map(|effect| match effect {
        Effect::Pictures(task) => Some(task),
        _ => None,
    })
}

fn shown(model: &Model) -> String {
    drawn(model, |model| {
        photos(model, model.desk.as_ref().unwrap(), None)
    })
}

fn notices_shown(model: &Model) -> String {
    drawn(model, |model| crate::app::notices(model))
}

fn data_shown(model: &Model) -> String {
    drawn(model, |model| crate::data::data_page(model))
}

#[test]
fn each_photo_has_a_name_that_no_other_has() {
    let mut model = delivered();
    let keys = [
        "photo.carton",
        "photo.carton",
        "photo.defect.MUG-RED.350",
        "photo.label",
    ];
    let keys = keys.map(|field| taken(&mut model, field).to_string());
    assert_eq!(
        keys,
        [
            "r1/2026-11/PO-7_delivery_carton_1.jpg",
            "r1/2026-11/PO-7_delivery_carton_2.jpg",
            "r1/2026-11/PO-7_MUG-RED.350_defect_1.jpg",
            "r1/2026-11/PO-7_delivery_label_1.jpg",
        ]
    );
    // Another delivery of the same order; one whose order isn't known goes by its id.
    let mut second = at(&model, "r2");
    assert_eq!(
        &*taken(&mut second, "photo.carton"),
        "r2/2026-11/PO-7_delivery_carton_3.jpg"
    );
    let mut third = at(&second, "r3");
    assert_eq!(
        &*taken(&mut third, "photo.carton"),
        "r3/2026-11/PO-o2_delivery_carton_1.jpg"
    );
    // Some shops write it into their numbers.
    let order = r#"{"number":"PO-8","supplierName":"Bright Lamps","lines":[]}"#;
    let order = record(Kind::Order, "o2", order).write();
    let mut third = sent(&third, Msg::Store(StoreEvent::Changed(vec![order])));
    assert!(take(&mut third, "photo.label").ends_with("/PO-8_delivery_label_1.jpg"));
    // A name is free again once nothing has it; those that wait have theirs.
    let mut model = delivered();
    let keys = model.expect_photos("photo.carton", vec!["a".into(), "b".into()]);
    assert!(keys[0].ends_with("_1.jpg") && keys[1].ends_with("_2.jpg"));
    assert!(take(&mut model, "photo.carton").ends_with("_3.jpg"));
}

#[test]
fn a_receipt_lists_what_is_stored_and_nothing_before() {
    let mut model = delivered();
    let key = take(&mut model, "photo.defect.MUG");
    assert_eq!(names(&model, "r1"), [""; 0]);
    assert!(shown(&model).contains("Saving …"));
    let (model, effects) = kept(&model, &key);
    let stored = committed(&effects);
    let (of, data) = &stored[0];
    assert_eq!((stored.len(), &**of), (1, "receipt/r1"));
    let at = &model.pictures().next().unwrap().taken_at.0;
    assert_eq!(
        data.as_deref().unwrap(),
        format!(
            r#"{{"orderId":"o1","arrivedAt":"2026-11-20T00:00:00Z","pictures":[{{"name":"2026-11/PO-7_MUG_defect_1.jpg","takenAt":"{at}","subject":"MUG","kind":"defect","bytes":6}}]}}"#
        )
    );
    assert!(model.pictures.taken.is_empty());
    let html = shown(&model);
    assert!(html.contains(PICTURE) && html.contains("1 photo") && html.contains("Defect · MUG"));
    // Twice is once.
    let (again, effects) = kept(&model, &key);
    assert_eq!(names(&again, "r1").len(), 1);
    assert_eq!(committed(&effects), []);
}

#[test]
fn a_photo_stored_after_its_delivery_was_left_is_listed_there() {
    let mut model = delivered();
    let key = take(&mut model, "photo.carton");
    for elsewhere in [
        at(&model, "r2"),
        sent(&model, Msg::Went("#/data".to_owned())),
    ] {
        let (model, _) = kept(&elsewhere, &key);
        assert_eq!(names(&model, "r1"), ["2026-11/PO-7_delivery_carton_1.jpg"]);
        assert_eq!(receipt(&model, "r1").pictures[0].bytes, Some(6));
        assert_eq!(names(&model, "r2"), [""; 0]);
        assert_eq!(names(&at(&model, "r1"), "r1").len(), 1);
    }
}

#[test]
fn what_could_not_be_stored_stays_and_is_tried_again() {
    let mut model = delivered();
    let key = take(&mut model, "photo.carton");
    let refused = PictureEvent::Refused(key.clone(), PICTURE.into(), "Quota".to_owned());
    let model = event(&model, refused).0;
    let elsewhere = sent(&model, Msg::Went("#/cost".to_owned()));
    let html = notices_shown(&elsewhere);
    assert!(
        html.contains("could not be stored") && html.contains("IMG.jpg") && html.contains("Quota")
    );
    let place = format!("receiving.photo.taken/{key}");
    let (_, effects) = update(&elsewhere, Msg::Pressed(place.clone(), "offer".to_owned()));
    let name = "PO-7_delivery_carton_1.jpg".to_owned();
    assert_eq!(
        task(&effects),
        Some(&PictureTask::Offer(name, PICTURE.into()))
    );
    let (tried, effects) = update(&elsewhere, Msg::Pressed(place.clone(), "retry".to_owned()));
    assert_eq!(
        task(&effects),
        Some(&PictureTask::Keep(key.clone(), PICTURE.into()))
    );
    assert_eq!(tried.pictures.taken[0].stage, Stage::Working);
    assert_eq!(names(&kept(&tried, &key).0, "r1").len(), 1);
    let dropped = pressed(&elsewhere, &place, "drop");
    assert!(dropped.pictures.taken.is_empty());
}

#[test]
fn a_name_that_another_tab_took_is_given_up() {
    let mut model = delivered();
    let key = take(&mut model, "photo.carton");
    let (model, effects) = event(&model, PictureEvent::Clashed(key, PICTURE.into()));
    let new: Rc<str> = "r1/2026-11/PO-7_delivery_carton_2.jpg".into();
    assert_eq!(
        task(&effects),
        Some(&PictureTask::Keep(new.clone(), PICTURE.into()))
    );
    assert_eq!(
        names(&kept(&model, &new).0, "r1"),
        ["2026-11/PO-7_delivery_carton_2.jpg"]
    );
}

#[test]
fn files_that_are_no_photos_are_said_in_both_languages() {
    let mut model = delivered();
    for (told, said) in [
        (
            PictureEvent::Unreadable as fn(Rc<str>) -> PictureEvent,
            "Most Compatible",
        ),
        (PictureEvent::TooLarge, "40 MB"),
    ] {
        let key = take(&mut model, "photo.other");
        let model = event(&model, told(key.clone())).0;
        assert!(shown(&model).contains(said));
        let chinese = pressed(&model, "language", "zh-CN");
        assert!(shown(&chinese).contains("未添加"));
        let model = pressed(&model, &format!("receiving.photo.taken/{key}"), "drop");
        assert!(!shown(&model).contains(said));
        assert_eq!(names(&model, "r1"), [""; 0]);
    }
}

#[test]
fn a_removed_photo_can_be_brought_back_until_its_delivery_is_left() {
    let mut model = delivered();
    let first = taken(&mut model, "photo.carton");
    taken(&mut model, "photo.carton");
    let before = names(&model, "r1");
    let place = format!("receiving.photo.{}", before[0]);
    let (removed, effects) = update(&model, Msg::Pressed(place.clone(), "remove".to_owned()));
    assert_eq!(names(&removed, "r1"), before[1..]);
    assert_eq!(task(&effects), None);
    let back = pressed(&removed, "receiving.photo.", "undo");
    assert_eq!(names(&back, "r1"), before, "where it stood");
    let (left, effects) = update(&removed, Msg::Went("#/data".to_owned()));
    assert_eq!(
        task(&effects),
        Some(&PictureTask::Remove(vec![first.clone()]))
    );
    assert!(
        !pressed(&at(&left, "r1"), "receiving.photo.", "undo")
            .pictures()
            .any(|of| *of.name == *before[0])
    );
    // What is brought back stays.
    let (_, effects) = update(&back, Msg::Went("#/data".to_owned()));
    assert_eq!(task(&effects), None);
}

#[test]
fn a_picture_goes_only_when_no_revision_lists_it() {
    let mut model = delivered();
    taken(&mut model, "photo.carton");
    let name = names(&model, "r1").remove(0);
    let key = Key::new(Kind::Receipt, "r1").unwrap();
    let base = model.record(&key).unwrap();
    let place = format!("receiving.photo.{name}");
    // It isn't stored yet that the receipt lists it no more.
    let remove = Msg::Pressed(place.clone(), "remove".to_owned());
    let (removed, effects) = crate::update::update(&model, moment(), remove);
    let commit = effects.iter().find_map(|effect| match effect {
        Effect::Commit(number, ..) => Some(*number),
        _ => None,
    });
    let away = Msg::Went("#/data".to_owned());
    let (waiting, effects) = crate::update::update(&removed, moment(), away);
    assert_eq!(task(&effects), None);
    let (_, effects) = update(
        &waiting,
        Msg::Store(StoreEvent::Committed(commit.unwrap(), Vec::new())),
    );
    assert!(matches!(task(&effects), Some(PictureTask::Remove(_))));
    // Another device changed the receipt at the same time: its revision still lists it.
    let removed = pressed(&model, &place, "remove");
    let data = base.data().unwrap().replace("\"o1\"", "\"o2\"");
    let theirs = base.edited(&data, Stamp::new("d8", "2026-11-22T00:00:00Z"));
    let both = sent(
        &removed,
        Msg::Store(StoreEvent::Changed(vec![theirs.write()])),
    );
    let (_, effects) = update(&both, Msg::Went("#/data".to_owned()));
    assert_eq!(task(&effects), None);
}

#[test]
fn pictures_are_asked_for_where_they_are_shown_and_forgotten_after() {
    let mut model = delivered();
    let key = taken(&mut model, "photo.carton");
    let away = at(&model, "r2");
    assert!(away.pictures.shown.is_empty());
    let (back, effects) = update(&away, Msg::Went("#/receiving/r1".to_owned()));
    assert_eq!(task(&effects), Some(&PictureTask::Give(vec![key.clone()])));
    assert!(!shown(&back).contains(PICTURE));
    let (given, effects) = event(
        &back,
        PictureEvent::Given(key.clone(), Some(PICTURE.into())),
    );
    assert_eq!(task(&effects), None, "once");
    assert!(shown(&given).contains(PICTURE));
    let missing = event(&back, PictureEvent::Given(key.clone(), None)).0;
    assert!(shown(&missing).contains("Not on this device"));
    // An answer that comes too late changes nothing.
    let late = event(
        &away,
        PictureEvent::Given(key.clone(), Some(PICTURE.into())),
    )
    .0;
    assert!(!late.pictures.shown.contains_key(&key));
    // One that another tab stored is asked for as well.
    let record = Key::new(Kind::Receipt, "r1")
        .map(|key| model.record(&key).unwrap())
        .unwrap();
    let data = record.data().unwrap().replace("carton_1", "carton_9");
    let theirs = record.edited(&data, Stamp::new("d8", "2026-11-22T00:00:00Z"));
    let (_, effects) = update(
        &given,
        Msg::Store(StoreEvent::Changed(vec![theirs.write()])),
    );
    let other = "r1/2026-11/PO-7_delivery_carton_9.jpg".into();
    assert_eq!(task(&effects), Some(&PictureTask::Give(vec![other])));
}

#[test]
fn nothing_is_taken_where_nothing_can_be_stored() {
    let mut model = delivered();
    model.storage.newer = Some(9);
    assert_eq!(model.expect_photos("photo.carton", vec!["a".into()]), []);
    assert!(!shown(&model).contains("type=\"file\""));
    let mut cost = sent(&delivered(), Msg::Went("#/cost".to_owned()));
    cost.desk = None;
    assert_eq!(cost.expect_photos("photo.carton", vec!["a".into()]), []);
}

#[test]
fn an_archive_has_the_photos_of_an_order_or_a_month_under_names_of_their_own() {
    let mut model = delivered();
    let one = taken(&mut model, "photo.carton");
    model = at(&model, "r3");
    taken(&mut model, "photo.carton");
    // Another device gave the same name, but for a capital; and there is one of another month.
    let theirs = r#"{"orderId":"o1","arrivedAt":"2026-11-20T00:00:00Z","pictures":[
        {"name":"2026-11/PO-7_delivery_CARTON_1.jpg","takenAt":"2026-11-21T08:00:00Z"},
        {"name":"2026-10/PO-7_delivery_carton_1.jpg","takenAt":"2026-10-21T08:00:00Z"}]}"#;
    let theirs = record(Kind::Receipt, "r4", theirs).write();
    model = at(
        &sent(&model, Msg::Store(StoreEvent::Changed(vec![theirs]))),
        "r1",
    );
    let packed = |(model, effects): (Model, Vec<Effect>)| match task(&effects) {
        Some(PictureTask::Pack(name, filed)) => {
            assert!(model.pictures.is_packing);
            (name.clone(), filed.clone())
        }
        task => panic!("{task:?}"),
    };
    let (name, filed) = packed(update(
        &model,
        Msg::Pressed("receiving.photo.".to_owned(), "pack".to_owned()),
    ));
    assert_eq!(name, "landfall photos PO-7.zip");
    let pairs: Vec<(&str, &str)> = filed
        .iter()
        .map(|Filed { key, name, .. }| (&**key, &**name))
        .collect();
    assert_eq!(
        pairs,
        [
            (&*one, "2026-11/PO-7_delivery_carton_1.jpg"),
            (
                "r4/2026-11/PO-7_delivery_CARTON_1.jpg",
                "2026-11/PO-7_delivery_CARTON_1 (2).jpg"
            ),
            (
                "r4/2026-10/PO-7_delivery_carton_1.jpg",
                "2026-10/PO-7_delivery_carton_1.jpg"
            ),
        ]
    );
    assert_eq!(filed[1].at, 1_795_248_000);
    let all = packed(update(
        &model,
        Msg::Pressed("data".to_owned(), "photos".to_owned()),
    ));
    assert_eq!(
        (&*all.0, all.1.len()),
        ("landfall photos 2026-11-22.zip", 4)
    );
    let october = typed(&model, "data.month", "2026-10");
    let october = packed(update(
        &october,
        Msg::Pressed("data".to_owned(), "photos".to_owned()),
    ));
    assert_eq!(
        (&*october.0, october.1.len()),
        ("landfall photos 2026-10.zip", 1)
    );
    let (done, _) = event(
        &model,
        PictureEvent::Packed(3, vec!["2026-10/x.jpg".into()]),
    );
    let html = notices_shown(&done);
    assert!(html.contains("3 photos in the archive") && html.contains("2026-10/x.jpg"));
}

#[test]
fn an_archive_is_looked_at_before_anything_of_it_is_stored() {
    let mut model = delivered();
    let keys = [
        taken(&mut model, "photo.carton"),
        taken(&mut model, "photo.label"),
    ];
    let names = names(&model, "r1");
    model.expect_archive("photos.zip");
    let found = vec![
        names[0].as_str().into(),
        names[1].as_str().into(),
        "2026-11/else.jpg".into(),
    ];
    let (looked, effects) = event(&model, PictureEvent::Opened(found, vec![keys[1].clone()]));
    assert!(effects.contains(&Effect::Go("#/data".to_owned())));
    assert_eq!(task(&effects), None);
    let html = data_shown(&looked);
    assert!(html.contains("“photos.zip” would bring") && html.contains("2026-11/else.jpg"));
    let (applying, effects) = update(
        &looked,
        Msg::Pressed("data".to_owned(), "takeIn".to_owned()),
    );
    let wanted = vec![(Rc::from(names[0].as_str()), keys[0].clone())];
    assert_eq!(task(&effects), Some(&PictureTask::TakeIn(wanted)));
    let (_, effects) = update(
        &applying,
        Msg::Pressed("data".to_owned(), "takeIn".to_owned()),
    );
    assert_eq!(task(&effects), None, "once");
    let (done, effects) = event(&applying, PictureEvent::TookIn(1, None));
    assert!(notices_shown(&done).contains("1 photo brought in."));
    // Those of the delivery that is shown are asked for again.
    assert_eq!(task(&effects), Some(&PictureTask::Give(keys.to_vec())));
    let failed = event(&applying, PictureEvent::TookIn(0, Some("Quota".to_owned()))).0;
    assert!(notices_shown(&failed).contains("could not be stored"));
    let refused = event(&looked, PictureEvent::NotOpened("reason".to_owned())).0;
    assert!(notices_shown(&refused).contains("no archive of photos"));
    let left = pressed(&looked, "data", "cancelPhotos");
    assert!(!data_shown(&left).contains("photos.zip"));
}

#[test]
fn the_page_of_the_data_counts_them_and_says_that_the_backup_has_none() {
    let mut model = delivered();
    assert!(!data_shown(&model).contains("Photos aren’t in the backup"));
    taken(&mut model, "photo.carton");
    let html = data_shown(&model);
    assert!(html.contains("Photos aren’t in the backup") && html.contains("1 (6 B)"));
    let erasing = pressed(&model, "data", "erase");
    assert!(data_shown(&erasing).contains("The photos are not in that file"));
}

#[test]
fn a_photo_is_shown_large_and_closed() {
    let mut model = delivered();
    taken(&mut model, "photo.carton");
    taken(&mut model, "photo.label");
    let names = names(&model, "r1");
    let (large, effects) = update(
        &model,
        Msg::Pressed(format!("receiving.photo.{}", names[0]), "open".to_owned()),
    );
    assert!(effects.contains(&Effect::Focus("photo.close".to_owned())));
    let html = shown(&large);
    assert!(html.contains("<figure") && html.contains("Next") && !html.contains("Previous"));
    let (closed, effects) = update(
        &large,
        Msg::Pressed("receiving.photo.".to_owned(), "close".to_owned()),
    );
    assert!(effects.contains(&Effect::Focus(format!("photo.{}", names[0]))));
    assert!(!shown(&closed).contains("<figure"));
    let key: Rc<str> = format!("r1/{}", names[0]).into();
    assert_eq!(
        large.pictures.shown.get(&key),
        Some(&Seen::Here(PICTURE.into()))
    );
    let (_, effects) = update(
        &large,
        Msg::Pressed(format!("receiving.photo.{}", names[0]), "offer".to_owned()),
    );
    assert!(matches!(task(&effects), Some(PictureTask::Offer(..))));
}

#[test]
fn with_a_subject_only_its_photos_are_shown_and_taken() {
    let mut model = delivered();
    taken(&mut model, "photo.defect.MUG");
    taken(&mut model, "photo.carton.carton 3");
    let html = drawn(&model, |model| {
        photos(model, model.desk.as_ref().unwrap(), Some("carton 3"))
    });
    assert!(
        html.contains("1 photo")
            && html.contains("name=\"photo.carton.carton 3\"")
            && !html.contains("MUG")
    );
}
