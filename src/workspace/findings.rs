//! Findings as they are stored with an order, and as the calculation has them, of which sentences are made.

use landfall::finding::Finding as Found;
use landfall::json;

use crate::rows::{Field, Finding};

impl Finding {
    /// A finding as it is stored.
    pub fn of(found: &Found) -> Finding {
        let text = serde_json::to_string(found).unwrap_or_default();
        Finding::make(json::read(&text).ok().as_ref())
    }

    /// What a stored finding says; `None` where this version doesn't know the rule, or operands are missing.
    pub fn found(&self) -> Option<Found> {
        Found::read(&self.write()?)
    }
}
