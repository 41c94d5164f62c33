//! The exports in tests/data/order-export with what they have.

use std::fs;
use std::path::Path;

use super::answer_to;

#[test]
fn the_examples_read_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/order-export");
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension == "json") {
            continue;
        }
        let expected = fs::read_to_string(path.with_extension("expected.json")).unwrap();
        let expected: serde_json::Value = serde_json::from_str(&expected).unwrap();
        let answer = answer_to(&fs::read(&path).unwrap());
        assert_eq!(answer["result"], expected, "{}", path.display());
        count += 1;
    }
    assert!(count >= 5, "{count}");
}
