//! What the tests share.
#![allow(dead_code, reason = "each test uses a part")]

use std::fs;
use std::path::PathBuf;

use landfall_workspace::record::{Key, Kind, Record, Stamp};
use landfall_workspace::workspace::Workspace;

/// The folder of the fixtures.
pub fn data() -> PathBuf {
    PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/data/workspace"
    ))
}

/// The files of a folder of fixtures, with their names, in order.
pub fn fixtures(folder: &str) -> Vec<(String, String)> {
    let entries = fs::read_dir(data().join(folder)).unwrap();
    let mut files: Vec<(String, String)> = entries
        .map(|entry| {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            (name, fs::read_to_string(entry.path()).unwrap())
        })
        .collect();
    files.sort();
    files
}

/// A stamp of a device, so many seconds after the others.
pub fn stamp(device: &str, second: usize) -> Stamp {
    Stamp::new(
        device,
        &format!("2026-11-22T10:{:02}:{:02}Z", second / 60 % 60, second % 60),
    )
}

pub fn key(text: &str) -> Key {
    text.parse().unwrap()
}

pub fn order(id: &str, data: &str) -> Record {
    Record::new(Key::new(Kind::Order, id).unwrap(), data, stamp("d1", 0))
}

pub fn workspace(records: &[Record]) -> Workspace {
    let mut workspace = Workspace::new();
    for record in records {
        workspace.insert(record.clone());
    }
    workspace
}

/// Everything that a workspace has, as text.
pub fn written(workspace: &Workspace) -> Vec<String> {
    workspace.records().map(Record::write).collect()
}

/// A small generator of numbers (SplitMix64), so that a case is known by its seed.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap()
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}
