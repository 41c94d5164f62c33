//! How long it takes natively to bring in 50,000 orders, and to change one of them.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a bench may fail by panicking, and looks at the clock"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use landfall_workspace::file;
use landfall_workspace::import_orders::previous_prices;
use landfall_workspace::plan::Plan;
use landfall_workspace::record::{Key, Kind, Record, Stamp};
use landfall_workspace::workspace::Workspace;

/// Rounds of which the median is shown.
const ROUNDS: usize = 7;
/// How many orders there are.
const ORDERS: u64 = 50_000;

fn main() {
    let records: Vec<Record> = (0..ORDERS).map(order).collect();
    let text = file::write(&records, "2026-11-22T10:00:00Z", "landfall");
    let texts: Vec<String> = records.iter().map(Record::write).collect();
    let mut kept = Workspace::new();
    records
        .iter()
        .for_each(|record| kept.insert(record.clone()));
    println!("{ORDERS} orders, {:.1} MB", text.len() as f64 / 1e6);
    println!("| step | median |");
    println!("|---|---:|");
    row("file to checked records", || {
        file::read(text.as_bytes(), "d1", |_, _| ()).unwrap()
    });
    row("stored rows to workspace", || {
        let mut loaded = Workspace::new();
        loaded.load(texts.iter().map(|text| &**text));
        loaded
    });
    row("dry run over an empty workspace", || {
        Plan::of(records.iter().cloned(), &Workspace::new())
    });
    row("dry run over the same workspace", || {
        Plan::of(records.iter().cloned(), &kept)
    });
    row("texts and tokens to commit", || {
        let records = file::read(text.as_bytes(), "d1", |_, _| ()).unwrap();
        Plan::of(records, &Workspace::new()).commits().count()
    });
    row("every row typed", || {
        let mut fresh = Workspace::new();
        records
            .iter()
            .for_each(|record| fresh.insert(record.clone()));
        previous_prices(&fresh).len()
    });
    let edited = records[25_000].edited(r#"{"supplierName":"edited"}"#, stamp());
    row("one order changed, the old workspace kept", || {
        let mut changed = kept.clone();
        changed.insert(edited.clone());
        changed
    });
    row("workspace to file", || {
        file::write(kept.records(), "2026-11-22T10:00:00Z", "landfall")
    });
}

fn row<T>(step: &str, run: impl Fn() -> T) {
    let mut rounds: Vec<Duration> = (0..ROUNDS).map(|_| time(&run)).collect();
    rounds.sort();
    println!("| {step} | {:?} |", rounds[ROUNDS / 2]);
}

/// How long a run takes, without giving back its memory.
fn time<T>(run: &impl Fn() -> T) -> Duration {
    let start = Instant::now();
    let result = black_box(run());
    let time = start.elapsed();
    drop(result);
    time
}

fn stamp() -> Stamp {
    Stamp::new("d3f1a0b2", "2026-11-22T10:00:00Z")
}

fn order(number: u64) -> Record {
    let id = 2_291_220_293_718_641_770 + number;
    let key = Key::derived(Kind::Order, &format!("1688/order/{id}"));
    let (cents, quantity) = (number * 13 % 100, 20 + number % 300);
    let data = format!(
        r#"{{"source":{{"platform":"1688","orderId":"{id}"}},"supplierName":"温州市鹿城区步步高鞋厂","status":"交易成功","createdAt":"2026-10-01T01:17:11Z","paidAt":"2026-10-01T02:53:42Z","goodsCny":"2400.80","freightCny":"8.00","adjustmentCny":"-5.00","paidCny":"2403.80","lines":[{{"itemCode":"CASE-16-T","title":"磁吸手机壳 iPhone 16 透明","unitPriceCny":"61.{cents:02}","quantity":"{quantity}","unit":"个","offerId":"662929902605"}}]}}"#
    );
    Record::new(key, &data, stamp())
}
