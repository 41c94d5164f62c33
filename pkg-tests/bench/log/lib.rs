//! A log of orders kept in wasm, as the page keeps it: read once, checked as often as wanted.

use std::collections::BTreeMap;
use std::rc::Rc;

use landfall::control::{PastOrder, Trial, try_rules};
use landfall::json;
use landfall::order::{OrderCheckRequest, Supplier, Verdict, check_order, verdict};
use landfall::policy::Policy;
use wasm_bindgen::prelude::wasm_bindgen;

/// Orders that share a policy, previous prices and suppliers.
#[wasm_bindgen]
#[derive(Default)]
pub struct Log {
    orders: Vec<OrderCheckRequest>,
    suppliers: BTreeMap<Rc<str>, Rc<Supplier>>,
    trials: Vec<Trial>,
}

#[wasm_bindgen]
impl Log {
    /// A log without orders.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Log {
        Log::default()
    }

    /// Adds an order as `checkOrder` takes it. Policy and previous prices of the first one hold for all.
    ///
    /// # Errors
    /// The issues of the order.
    pub fn add(&mut self, text: &str) -> Result<(), String> {
        let json = json::read(text).map_err(|issue| format!("{issue:?}"))?;
        let request = OrderCheckRequest::check(&json);
        let mut request = request.map_err(|issues| format!("{issues:?}"))?;
        if let Some(first) = self.orders.first() {
            request.policy = Rc::clone(&first.policy);
            request.previous_prices = Rc::clone(&first.previous_prices);
        }
        if let Some(supplier) = &mut request.supplier {
            let known = self.suppliers.entry(Rc::clone(&supplier.id));
            *supplier = Rc::clone(known.or_insert_with(|| Rc::clone(supplier)));
        }
        self.orders.push(request);
        Ok(())
    }

    /// The verdict on each order: 0 proceed, 1 incomplete, 2 stop; 3 where it has none.
    pub fn verdicts(&self) -> Vec<u8> {
        let verdicts = self.orders.iter().map(|request| match verdict(request) {
            Ok(Verdict::Proceed) => 0,
            Ok(Verdict::Incomplete) => 1,
            Ok(Verdict::Stop) => 2,
            Err(_) => 3,
        });
        verdicts.collect()
    }

    /// Makes every order ready to be held against changed rules, named by its place.
    ///
    /// # Errors
    /// The issue of an order whose value can't be represented.
    pub fn prepare(&mut self) -> Result<(), String> {
        let trials = self.orders.iter().enumerate().map(|(index, request)| {
            let past = PastOrder {
                id: index.to_string().into(),
                day: request.today,
                order: Rc::clone(&request.order),
                supplier: request.supplier.clone(),
            };
            let home = request.policy.home_currency;
            Trial::of(&past, &request.previous_prices, home)
        });
        let trials: Result<_, _> = trials.collect();
        self.trials = trials.map_err(|issue| format!("{issue:?}"))?;
        Ok(())
    }

    /// What changed rules would have done to the orders that were made ready, as JSON.
    ///
    /// # Errors
    /// The issues of the rules.
    pub fn backtest(&self, after: &str) -> Result<String, String> {
        let json = json::read(after).map_err(|issue| format!("{issue:?}"))?;
        let after = Policy::check(&json).map_err(|issues| format!("{issues:?}"))?;
        let before = self.orders.first().map(|first| Rc::clone(&first.policy));
        let found = try_rules(&self.trials, &before.unwrap_or_default(), &after);
        let found = found.map_err(|issue| format!("{issue:?}"))?;
        serde_json::to_string(&found).map_err(|error| error.to_string())
    }

    /// The whole verdict on an order as JSON.
    pub fn verdict(&self, index: usize) -> Option<String> {
        let found = check_order(self.orders.get(index)?).ok()?;
        serde_json::to_string(&found).ok()
    }
}
