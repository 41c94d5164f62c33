//! The destinations of www/destinations as one list, for the page and for the npm package.

use anyhow::{Context, Result, ensure};

use crate::workspace::{files, read_text, root, shown};

/// The folder below www/ that has a file for each destination or union.
pub const FOLDER: &str = "destinations/";

/// The files' objects, sorted by the files' names, as one JSON list without white space.
pub fn list() -> Result<String> {
    let mut objects = Vec::new();
    for path in files(&root().join("www").join(FOLDER), &[])? {
        let text = read_text(&path)?;
        let object = minified(&text).with_context(|| format!("{} is not JSON", shown(&path)))?;
        objects.push(object);
    }
    ensure!(!objects.is_empty(), "www/{FOLDER} has no files");
    Ok(format!("[{}]", objects.join(",")))
}

/// A JSON text without the white space between its parts; its names keep their order.
fn minified(json: &str) -> Result<String> {
    serde_json::from_str::<serde_json::Value>(json)?;
    let mut text = String::with_capacity(json.len());
    let (mut in_text, mut escaped) = (false, false);
    for character in json.chars() {
        if !in_text && character.is_ascii_whitespace() {
            continue;
        }
        text.push(character);
        if character == '"' && !escaped {
            in_text = !in_text;
        }
        escaped = in_text && character == '\\' && !escaped;
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::{list, minified};

    #[test]
    fn leaves_white_space_out_but_not_that_of_texts() -> anyhow::Result<()> {
        let json = "{\n  \"b c\": [1, \"a \\\" b\\\\\", \"\\\\\\\" \"],\n  \"a\": \"税 率\"\n}\n";
        assert_eq!(
            minified(json)?,
            "{\"b c\":[1,\"a \\\" b\\\\\",\"\\\\\\\" \"],\"a\":\"税 率\"}"
        );
        assert!(minified("{ broken").is_err());
        Ok(())
    }

    #[test]
    fn lists_the_files_by_name() -> anyhow::Result<()> {
        let list: serde_json::Value = serde_json::from_str(&list()?)?;
        let codes: Vec<&str> = list
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|file| file["code"].as_str())
            .collect();
        assert!(codes.is_sorted(), "{codes:?}");
        assert!(codes.contains(&"US") && codes.contains(&"EU"), "{codes:?}");
        Ok(())
    }
}
