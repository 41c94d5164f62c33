//! What a sample can see: what is typed is answered at once, wrongly typed texts leave the last answer, and the
//! notes stand where they matter.

use super::*;
use crate::receiving::receiving_page;
use landfall_words::Locale;

fn page(model: &Rc<Model>) -> Html {
    receiving_page(model)
}

/// The page's texts, without its tags.
fn shown(model: &Model) -> String {
    let html = drawn(model, page);
    let mut text = String::new();
    for part in html.split('<') {
        let (_, after) = part.split_once('>').unwrap_or(("", part));
        text.extend([after, " "]);
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.replace('\u{a0}', " ")
}

fn opened() -> Model {
    sent(&blank(), Msg::Went("#/receiving/sampling".to_owned()))
}

#[track_caller]
fn says(model: &Model, sentence: &str) {
    let text = shown(model);
    assert!(text.contains(sentence), "no {sentence} in: {text}");
}

#[test]
fn the_three_plans_stand_side_by_side_before_anything_is_typed() {
    let model = opened();
    says(
        &model,
        "To be 95 % sure of seeing 2 % bad units (30 among 1,500), check 142.",
    );
    says(
        &model,
        "Documented rate 10 %, at least 3; bad above 5 % 150 units",
    );
    says(&model, "2 h 30 min");
    says(&model, "code letter K 125 units");
    says(&model, "up to 7 bad units");
    says(&model, "Zero-defect plan 95 % sure of seeing 2 % 142 units");
    check_ids(&drawn(&model, page));
}

#[test]
fn results_follow_what_is_typed() {
    let model = typed(&opened(), "seeing.units", "30");
    says(&model, "(1 among 30)");
    let model = typed(&model, "seeing.badPercent", "10");
    says(
        &model,
        "To be 95 % sure of seeing 10 % bad units (3 among 30), check 19.",
    );
    says(
        &model,
        "A lot with 10 % bad units (3 among 30) passes a check of 3 units unseen 72 times in 100.",
    );
    let model = typed(&model, "seeing.confidencePercent", "100");
    says(&model, "check 28.");
    let model = typed(&model, "seeing.units", "1");
    says(&model, "outside the tables");
    says(&model, "One unit is outside the tables: look at it.");
    let model = typed(&model, "seeing.units", "");
    says(&model, "(150 among 1,500)");
}

#[test]
fn levels_severities_and_limits_change_the_plan() {
    let model = typed(&opened(), "seeing.units", "3000");
    says(&model, "Major 125 7 8");
    let tightened = typed(&model, "seeing.severity", "tightened");
    says(&tightened, "Major 125 5 6");
    let special = typed(&tightened, "seeing.level", "S-4");
    says(&special, "code letter G");
    let strict = typed(&model, "seeing.major", "0.65");
    says(&strict, "Major 125 2 3");
}

#[test]
fn notes_stand_where_they_matter() {
    let usual = shown(&opened());
    for note in ["has an arrow", "Sources disagree", "Reduced by"] {
        assert!(!usual.contains(note), "{usual}");
    }
    let arrow = typed(&opened(), "seeing.units", "10");
    says(
        &arrow,
        "Major: The sample isn’t that of the code letter B: the table has an arrow here",
    );
    let tightened = typed(
        &typed(&opened(), "seeing.severity", "tightened"),
        "seeing.units",
        "100",
    );
    says(
        &typed(&tightened, "seeing.major", "1.5"),
        "Sources disagree on this plan",
    );
    let reduced = typed(&opened(), "seeing.severity", "reduced");
    says(
        &reduced,
        "with more than 3 and fewer than 6 the lot is accepted",
    );
    let iso = typed(&reduced, "seeing.edition", "ISO 2859-1:1999");
    says(&iso, "which rejects from 4 on");
    says(&opened(), "ISO 2859-2 is the standard");
}

#[test]
fn what_cannot_be_read_leaves_the_last_answer_and_says_why() {
    let model = typed(&opened(), "seeing.units", "3000");
    let wrong = typed(&model, "seeing.units", "3000.5");
    // While it is typed nothing is said of it.
    assert!(!drawn(&wrong, page).contains("fault-text"));
    says(&wrong, "Last complete result");
    says(&wrong, "(60 among 3,000)");
    let gone = left(&wrong, "seeing.units");
    assert!(drawn(&gone, page).contains("fault-text"));
    for (field, text, reason) in [
        ("units", "0", "from 1 to 10,000,000"),
        ("units", "10,000,001", "from 1 to 10,000,000"),
        ("badPercent", "0", "more than 0 and at most 100"),
        ("badPercent", "101", "more than 0 and at most 100"),
        ("confidencePercent", "101", "more than 0 and at most 100"),
    ] {
        let path = format!("seeing.{field}");
        says(&left(&typed(&model, &path, text), &path), reason);
    }
    // The reduced table has no column of 0.040.
    let low = typed(&opened(), "seeing.major", "0.040");
    let reduced = left(
        &typed(&low, "seeing.severity", "reduced"),
        "seeing.severity",
    );
    says(&reduced, "Use one of: 0.065.");
}

#[test]
fn the_picture_has_its_table() {
    let model = typed(
        &typed(&opened(), "seeing.units", "3200"),
        "seeing.badPercent",
        "4",
    );
    says(&model, "4 % 128 ");
    says(&model, "87.5 %");
    let html = drawn(&model, page);
    assert_eq!(html.matches("<polyline").count(), 3);
    assert!(!html.contains("NaN") && !html.contains("style="));
    // The curve begins where every good lot passes, and ends within the picture.
    for polyline in html.split("points=\"").skip(1) {
        let (points, _) = polyline.split_once('"').unwrap();
        let points: Vec<&str> = points.split(' ').collect();
        assert_eq!(points.len(), 41);
        assert_eq!(points[0], "84,16");
        assert!(points[40].starts_with("616,"));
    }
}

#[test]
fn a_lot_of_a_delivery_can_be_looked_at() {
    let button = Msg::Pressed("receiving.seeing".to_owned(), "lot:480".to_owned());
    let (model, effects) = update(&blank(), button);
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Go(to) if to == "#/receiving/sampling"))
    );
    let model = sent(&model, Msg::Went("#/receiving/sampling".to_owned()));
    says(&model, "among 480");
}

#[test]
fn it_speaks_chinese() {
    let mut model = opened();
    model.locale = Locale::Zh;
    says(
        &model,
        "要有 95% 的把握发现 2% 的不良品（1,500 件中 30 件），需抽检 142 件。",
    );
    says(&model, "按制度抽查");
    let text = shown(&typed(&model, "seeing.severity", "reduced"));
    let foreign = ["units", "bad", "check", "accept", "lot"];
    assert!(foreign.iter().all(|word| !text.contains(word)), "{text}");
}
