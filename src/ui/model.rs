//! What the page knows, and how it changes.

use std::rc::Rc;

use landfall::issue::Issue;
use landfall::json;
use landfall::landed_cost::{LandedCost, Request, landed_cost};
use landfall_words::Locale;

/// The order of a first visit: a worked example to play with.
const EXAMPLE: &str = include_str!("example.json");

/// What the page knows.
#[derive(Clone, PartialEq, Debug)]
pub struct Model {
    /// The language of the page.
    pub locale: Locale,
    /// The request as it is typed.
    pub text: Rc<str>,
    /// The last result that the request had; it stays while something is half typed.
    pub result: Option<Rc<LandedCost>>,
    /// What is wrong with the request as it stands.
    pub issues: Rc<[Issue]>,
}

/// What the reader did.
#[derive(Clone, PartialEq, Debug)]
pub enum Msg {
    /// Typed a request.
    Typed(String),
    /// Chose a language.
    Chose(Locale),
}

impl Model {
    /// The page as it opens.
    pub fn new(locale: Locale) -> Model {
        let empty = Model {
            locale,
            text: "".into(),
            result: None,
            issues: [].into(),
        };
        update(&empty, Msg::Typed(EXAMPLE.to_owned()))
    }
}

/// The page after what the reader did.
pub fn update(model: &Model, msg: Msg) -> Model {
    match msg {
        Msg::Typed(text) => {
            let (result, issues) = match compute(&text) {
                Ok(result) => (Some(Rc::new(result)), Vec::new()),
                Err(issues) => (model.result.clone(), issues),
            };
            Model {
                text: text.into(),
                result,
                issues: issues.into(),
                locale: model.locale,
            }
        }
        Msg::Chose(locale) => Model {
            locale,
            ..model.clone()
        },
    }
}

/// The result with its working, which the page shows where an amount is opened.
fn compute(text: &str) -> Result<LandedCost, Vec<Issue>> {
    let json = json::read(text).map_err(|issue| vec![issue])?;
    let mut request = Request::check(&json)?;
    request.explain = true;
    landed_cost(&request).map_err(|issue| vec![issue])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_visit_shows_the_worked_example() {
        let model = Model::new(Locale::En);
        let result = model.result.unwrap();
        assert_eq!(result.total.to_string(), "2323.93");
        assert_eq!(result.per_unit.to_string(), "2.9049");
        assert!(model.issues.is_empty());
    }

    #[test]
    fn a_half_typed_request_keeps_the_last_result() {
        let before = Model::new(Locale::En);
        let half = update(&before, Msg::Typed("{ \"homeCurrency\":".to_owned()));
        assert_eq!(half.result, before.result);
        assert_eq!(half.issues.len(), 1);
        let text = EXAMPLE.replace("\"12.5\"", "\"13\"");
        let after = update(&half, Msg::Typed(text));
        assert!(after.issues.is_empty());
        assert_ne!(after.result, before.result);
    }

    #[test]
    fn another_language_changes_nothing_else() {
        let model = Model::new(Locale::En);
        let chinese = update(&model, Msg::Chose(Locale::Zh));
        assert_eq!(chinese.locale, Locale::Zh);
        assert_eq!(update(&chinese, Msg::Chose(Locale::En)), model);
    }
}
