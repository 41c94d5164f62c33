//! What older versions stored and exported, brought to the form of today step by step.

use std::borrow::Cow;

use crate::raw::Fields;
use crate::record::{Key, Kind, Record, Stamp, is_instant};

/// Keys with the texts that are stored under them.
pub type Rows = Vec<(String, String)>;

/// A step from a version to the next. It turns texts into texts, and leaves alone what it can't
/// read, so that it is kept among the unreadable rows.
pub struct Step {
    /// The version that it starts from.
    pub from: u32,
    /// Does it. The second is the device, of which there are preferences and a draft.
    pub run: fn(Rows, &str) -> Rows,
}

/// All steps, rising by one.
pub const STEPS: &[Step] = &[Step {
    from: 0,
    run: records_of_envelopes,
}];

/// Rows of a version as rows of today's. `device` is the id of this device.
pub fn migrate(version: u32, rows: Rows, device: &str) -> Rows {
    let steps = STEPS.iter().filter(|step| step.from >= version);
    steps.fold(rows, |rows, step| (step.run)(rows, device))
}

/// Version 0 kept an envelope a key in the browser's local storage, without revisions.
fn records_of_envelopes(rows: Rows, device: &str) -> Rows {
    let step = |(key, text): (String, String)| {
        let (kind, id) = match key.strip_prefix("landfall.")? {
            "draft" => (Kind::Draft, device),
            "preferences" => (Kind::Preferences, device),
            key => match key.split_once('.')? {
                ("order", id) => (Kind::Scenario, id),
                ("schedule", id) => (Kind::Schedule, id),
                _ => return None,
            },
        };
        let id = Key::new(kind, id).unwrap_or_else(|| Key::derived(kind, &key));
        Some(match record_of_envelope(id, &text) {
            Some(record) => (record.key().to_string(), record.write()),
            None => (key, text),
        })
    };
    rows.into_iter().filter_map(step).collect()
}

/// The device that revisions name which were made before there were devices.
const NO_DEVICE: &str = "0";

fn record_of_envelope(key: Key, text: &str) -> Option<Record> {
    let Fields(fields) = serde_json::from_str(text).ok()?;
    let get = |name: &str| {
        let mut fields = fields.iter();
        fields.find_map(|(field, value)| (field == name).then(|| value.get()))
    };
    let at = get("savedAt").and_then(|at| serde_json::from_str::<Cow<'_, str>>(at).ok());
    let at = at.filter(|at| is_instant(at));
    let stamp = Stamp::new(NO_DEVICE, at.as_deref().unwrap_or("1970-01-01T00:00:00Z"));
    if get("version").is_some_and(|version| version != "1") {
        return None;
    }
    let name = get("name")
        .filter(|name| name.starts_with('"'))
        .unwrap_or("\"\"");
    // A text without an envelope is the order itself.
    let data = get("data").unwrap_or(text);
    let data = match key.kind {
        Kind::Draft => format!(r#"{{"data":{data}}}"#),
        Kind::Schedule => format!(r#"{{"name":{name},"charges":{data}}}"#),
        Kind::Preferences => text.to_owned(),
        Kind::Scenario
        | Kind::Policy
        | Kind::Supplier
        | Kind::Sku
        | Kind::Order
        | Kind::Receipt
        | Kind::Dispute
        | Kind::Escalation
        | Kind::Report
        | Kind::Decision
        | Kind::Run => format!(r#"{{"name":{name},"data":{data}}}"#),
    };
    Some(Record::new(key, &data, stamp))
}
