//! What a line says of what is folded away.

use super::*;
use crate::tests::{drawn, example, pressed, tree as read, typed};

#[test]
fn what_is_folded_away_is_summed_up() {
    for (line, extra, en, zh) in [
        (
            r#"{}"#,
            "0",
            "no carton: freight by weight only",
            "未填箱规：运费仅按重量",
        ),
        (
            r#"{"carton":{"units":"24","lengthCm":"52","widthCm":"36","heightCm":"28","grossKg":"11.2"}}"#,
            "37.5",
            "24 a carton, 52 × 36 × 28 cm · 11.2 kg · extra duty 37.5 %",
            "每箱 24 件，52 × 36 × 28 cm · 11.2 kg · 加征关税 37.5%",
        ),
        (
            r#"{"carton":{"units":"24","lengthCm":"52"}}"#,
            "0",
            "24 a carton, 52 × … × … cm",
            "每箱 24 件，52 × … × … cm",
        ),
        (
            r#"{"description":"Mug","order":"A","additionalDutyPercent":"3"}"#,
            "37.5",
            "Mug · A · no carton: freight by weight only · extra duty 3 %",
            "Mug · A · 未填箱规：运费仅按重量 · 加征关税 3%",
        ),
        (
            r#"{"additionalDutyPercent":"0"}"#,
            "37.5",
            "no carton: freight by weight only",
            "未填箱规：运费仅按重量",
        ),
    ] {
        let line = read(line);
        assert_eq!(summary(Locale::En, &line, extra), en);
        assert_eq!(summary(Locale::Zh, &line, extra), zh);
    }
}

#[test]
fn the_duty_that_stands_in_an_empty_field_is_the_one_that_counts() {
    let model = typed(&example(), "customs.dutyPercent", "7");
    let model = typed(&model, "lines[0].dutyPercent", "");
    let html = drawn(&model, |model| html! { <Lines model={model.clone()} /> });
    let (_, field) = html.split_once("id=\"lines[0].dutyPercent\"").unwrap();
    assert!(
        field.starts_with(" name=\"lines[0].dutyPercent\" placeholder=\"7\""),
        "{field}"
    );
    let outcome = model.outcome.as_ref().unwrap();
    let counted = outcome.request().customs.as_ref().unwrap().duty_percent;
    assert_eq!(counted.unwrap().to_string(), "7");
    // A line of another language is drawn again.
    let chinese = pressed(&model, "language", "zh-CN");
    let html = drawn(&chinese, |model| html! { <Lines model={model.clone()} /> });
    assert!(html.contains("每箱 24 件"));
}
