//! The pages and their addresses, which stand in the fragment: `#/cost`, `#/cost?s=1.…`.

/// A page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Route {
    /// The order and its cost.
    Cost,
    /// Saved orders and fee schedules.
    Saved,
    /// The log of orders.
    Orders,
    /// Where the data is, and how it gets in and out.
    Data,
}

impl Route {
    /// All pages, in the order of the navigation.
    pub const ALL: [Route; 4] = [Route::Cost, Route::Saved, Route::Orders, Route::Data];

    /// The fragment of the page.
    pub const fn fragment(self) -> &'static str {
        match self {
            Route::Cost => "#/cost",
            Route::Saved => "#/saved",
            Route::Orders => "#/orders",
            Route::Data => "#/data",
        }
    }

    /// The page that a fragment names, and the packed order that it carries. What isn't known is the
    /// first page.
    pub fn read(fragment: &str) -> (Route, Option<&str>) {
        let (path, query) = fragment.split_once('?').unwrap_or((fragment, ""));
        let route = Route::ALL
            .into_iter()
            .find(|route| route.fragment() == path);
        let payload = query.split('&').find_map(|pair| pair.strip_prefix("s="));
        (route.unwrap_or(Route::Cost), payload)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fragment_names_a_page_and_may_carry_an_order() {
        for route in Route::ALL {
            assert_eq!(Route::read(route.fragment()), (route, None));
        }
        assert_eq!(Route::read("#/cost?s=1.abc"), (Route::Cost, Some("1.abc")));
        for other in ["", "#", "#/other", "#/cost?x=1", "?"] {
            assert_eq!(Route::read(other), (Route::Cost, None), "{other}");
        }
    }
}
