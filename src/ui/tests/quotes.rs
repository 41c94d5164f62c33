//! Quotes side by side: put into the order on Landed cost, ranked, and confirmed by a person.

use landfall_words::Locale;
use landfall_workspace::record::Kind;

use super::*;
use crate::quotes::quotes_page;

/// A new comparison of the example's order.
fn new(between: &str) -> Model {
    let model = opened_with(&[]).0;
    let (model, effects) = update(&model, Msg::Pressed("quotes.".into(), between.into()));
    let address = effects.iter().find_map(|effect| match effect {
        Effect::Go(address) => Some(address.clone()),
        _ => None,
    });
    update(&model, Msg::Went(address.unwrap())).0
}

fn shown(model: &Model) -> String {
    drawn(model, |model| quotes_page(model))
}

fn quoted(model: &Model, index: usize, name: &str, price: &str, freight: &str) -> Model {
    let at = format!("desk.data.quotes[{index}]");
    let model = typed(model, &format!("{at}.label"), name);
    let model = typed(&model, &format!("{at}.prices.l0"), price);
    typed(&model, &format!("{at}.domesticShippingCny"), freight)
}

/// The cells of the row with this name.
fn cells(html: &str, name: &str) -> Vec<String> {
    let row = html
        .split("<tr>")
        .find(|row| row.contains(&format!(">{name}<")));
    let row = row.unwrap_or_else(|| panic!("{name}: {html}"));
    let cells = row.split("<td>").skip(1);
    cells
        .map(|cell| cell.split('<').next().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn the_lowest_price_need_not_be_the_cheapest_order() {
    let model = new("new");
    assert!(shown(&model).contains("Fill in the price of two quotes"));
    let model = quoted(&model, 0, "Near", "18", "20");
    let model = quoted(&model, 1, "Far", "17.9", "900");
    let html = shown(&model);
    assert_eq!(cells(&html, "Rank by landed cost"), ["1", "2"]);
    let prices = cells(&html, "Rank by list price");
    assert!(
        prices[0].starts_with("2 (") && prices[1].starts_with("1 ("),
        "{prices:?}"
    );
    assert!(html.contains("Far has the lowest list price, but its order costs USD"));
    // The differences of the components are that of the total.
    let total = cells(&html, "More than the lowest");
    assert_eq!(total[0], "—");
    assert!(total[1].starts_with('+'));
}

#[test]
fn only_a_person_chooses_and_says_why() {
    let model = quoted(&new("new"), 0, "Near", "18", "20");
    let model = quoted(&model, 2, "Far", "17.9", "900");
    let model = typed(&model, "desk.data.choice.quote", "2");
    let model = typed(&model, "desk.data.choice.by", "Mei");
    let model = pressed(&model, "quotes.", "choose");
    assert!(
        !shown(&model).contains("was chosen"),
        "not without a reason"
    );
    let model = typed(&model, "desk.data.choice.reason", "Better boxes");
    let (model, effects) = update(&model, Msg::Pressed("quotes.".into(), "choose".into()));
    assert_eq!(committed(&effects).len(), 1, "stored at once");
    assert!(shown(&model).contains("Far was chosen by Mei on 2026-11-22"));
    assert!(shown(&model).contains("Better boxes"));
}

#[test]
fn a_quote_opens_on_landed_cost_with_its_own_figures() {
    let model = quoted(&new("new"), 1, "Far", "17.9", "900");
    let (model, effects) = update(&model, Msg::Pressed("quotes.1".into(), "cost".into()));
    assert!(effects.contains(&Effect::Go("#/cost".to_owned())));
    assert_eq!(
        crate::tree::text_at(&model.draft.lines[0].json, "unitPriceCny"),
        "17.9"
    );
    assert!(model.draft.name.ends_with(": Far"));
}

#[test]
fn what_is_typed_stays_as_it_was_typed() {
    let model = quoted(&new("new"), 0, "Near", "about 18", "20");
    let change = model.change;
    let model = update(&model, Msg::Settled(change)).0;
    let place = format!("#/quotes/{}", model.place);
    let model = update(&model, Msg::Went("#/data".to_owned())).0;
    let model = update(&model, Msg::Went("#/quotes".to_owned())).0;
    assert!(shown(&model).contains(&place), "it is listed");
    assert_eq!(model.drafts().count(), 0, "it is no order of Landed cost");
    let model = update(&model, Msg::Went(place)).0;
    assert!(shown(&model).contains("value=\"about 18\""));
    let id = model.place.to_string();
    let model = pressed(&model, &format!("quotes.{id}"), "remove");
    assert_eq!(model.workspace.list(Kind::Draft).count(), 0);
}

#[test]
fn agents_are_compared_by_their_fee_schedules_on_one_order() {
    let model = opened_with(&[]).0;
    let model = pressed(&model, "schedule", "save");
    let model = typed(&model, "charges[0].rate.amount", "999");
    let model = pressed(&model, "schedule", "save");
    let ids: Vec<String> = model
        .schedules
        .iter()
        .map(|saved| saved.id.to_string())
        .collect();
    let (model, effects) = update(&model, Msg::Pressed("quotes.".into(), "agents".into()));
    let Some(Effect::Go(address)) = effects
        .iter()
        .find(|effect| matches!(effect, Effect::Go(_)))
    else {
        panic!("{effects:?}");
    };
    let mut model = update(&model, Msg::Went(address.clone())).0;
    for (index, id) in ids.iter().enumerate() {
        model = typed(&model, &format!("desk.data.quotes[{index}].schedule"), id);
    }
    let ranks = cells(&shown(&model), "Rank by landed cost");
    assert_eq!(ranks.len(), 2);
    assert!(ranks.contains(&"1".to_owned()), "{ranks:?}");
}

#[test]
fn the_page_of_the_quotes() {
    let model = quoted(&new("new"), 0, "Near", "18", "20");
    let model = quoted(&model, 1, "Far", "17.9", "900");
    for locale in Locale::ALL {
        let model = pressed(&model, "language", locale.tag());
        check_snapshot(&format!("quotes.{}", locale.tag()), &shown(&model));
    }
}
