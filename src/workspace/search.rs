//! Searching texts by terms.

/// A text as it is searched: in lower case.
pub fn folded(text: &str) -> String {
    text.to_lowercase()
}

/// The terms of a query.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Query(Vec<String>);

impl Query {
    /// A query: its terms stand between blanks.
    pub fn new(text: &str) -> Query {
        Query(text.split_whitespace().map(folded).collect())
    }

    /// Whether a folded text has every term.
    pub fn finds(&self, text: &str) -> bool {
        self.0.iter().all(|term| text.contains(term.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_is_needed_in_any_order_and_case() {
        let text = folded("深圳恒电 LED SF12");
        for query in ["", " led ", "sf12 恒电", "LED\t深圳"] {
            assert!(Query::new(query).finds(&text), "{query}");
        }
        assert!(!Query::new("led sf13").finds(&text));
    }
}
