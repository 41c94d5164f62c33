//! The pages and their addresses, which stand in the fragment: `#/cost`, `#/cost?s=1.…`, `#/orders/<id>`.

/// A page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Route {
    /// The order and its cost.
    Cost,
    /// The log of orders, and the check of one before it is placed.
    Orders,
    /// The suppliers, and one of them.
    Suppliers,
    /// Goods that arrive, what is due by when, and disputes.
    Receiving,
    /// What the owner reads of a week.
    Week,
    /// What several suppliers or agents want for the same goods.
    Quotes,
    /// Saved orders and fee schedules.
    Saved,
    /// The owner's rules.
    Policy,
    /// Where the data is, and how it gets in and out.
    Data,
}

/// What a fragment names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Address<'f> {
    /// The page.
    pub route: Route,
    /// What is shown on it: the id of a record; empty is the page itself.
    pub place: &'f str,
    /// The packed order that it carries.
    pub payload: Option<&'f str>,
}

impl Route {
    /// All pages, in the order of the navigation.
    pub const ALL: [Route; 9] = [
        Route::Cost,
        Route::Orders,
        Route::Suppliers,
        Route::Receiving,
        Route::Week,
        Route::Quotes,
        Route::Saved,
        Route::Policy,
        Route::Data,
    ];

    /// How many of them stand in the bar of a phone; the others are behind “More”.
    pub const IN_BAR: usize = 4;

    /// The fragment of the page.
    pub const fn fragment(self) -> &'static str {
        match self {
            Route::Cost => "#/cost",
            Route::Orders => "#/orders",
            Route::Suppliers => "#/suppliers",
            Route::Receiving => "#/receiving",
            Route::Week => "#/week",
            Route::Quotes => "#/quotes",
            Route::Saved => "#/saved",
            Route::Policy => "#/policy",
            Route::Data => "#/data",
        }
    }

    /// The fragment of a place on the page.
    pub fn at(self, place: &str) -> String {
        format!("{}/{place}", self.fragment())
    }

    /// What a fragment names. What isn't known is the first page.
    pub fn read(fragment: &str) -> Address<'_> {
        let (path, query) = fragment.split_once('?').unwrap_or((fragment, ""));
        let payload = query.split('&').find_map(|pair| pair.strip_prefix("s="));
        let of = |route: Route| {
            let place = path.strip_prefix(route.fragment())?;
            let place = match place {
                "" => "",
                place => place.strip_prefix('/')?,
            };
            Some(Address {
                route,
                place,
                payload,
            })
        };
        Route::ALL.into_iter().find_map(of).unwrap_or(Address {
            route: Route::Cost,
            place: "",
            payload,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fragment_names_a_page_and_may_carry_an_order() {
        let address = |route, place, payload| Address {
            route,
            place,
            payload,
        };
        for route in Route::ALL {
            assert_eq!(Route::read(route.fragment()), address(route, "", None));
            assert_eq!(Route::read(&route.at("a-1")), address(route, "a-1", None));
        }
        assert_eq!(
            Route::read("#/cost?s=1.abc"),
            address(Route::Cost, "", Some("1.abc"))
        );
        for other in [
            "",
            "#",
            "#/other",
            "#/cost?x=1",
            "?",
            "#/costs",
            "#/ordersx/1",
        ] {
            assert_eq!(
                Route::read(other),
                address(Route::Cost, "", None),
                "{other}"
            );
        }
    }
}
