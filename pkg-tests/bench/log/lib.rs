//! A log of orders kept in wasm, as the page keeps it: read once, checked as often as wanted.

use std::collections::BTreeMap;
use std::rc::Rc;

use landfall::json;
use landfall::order::{OrderCheckRequest, Supplier, Verdict, check_order, verdict};
use wasm_bindgen::prelude::wasm_bindgen;

/// Orders that share a policy, previous prices and suppliers.
#[wasm_bindgen]
#[derive(Default)]
pub struct Log {
    orders: Vec<OrderCheckRequest>,
    suppliers: BTreeMap<Rc<str>, Rc<Supplier>>,
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

    /// The whole verdict on an order as JSON.
    pub fn verdict(&self, index: usize) -> Option<String> {
        let found = check_order(self.orders.get(index)?).ok()?;
        serde_json::to_string(&found).ok()
    }
}
