//! Finding Chromium for the browser tests.

use std::path::PathBuf;

use anyhow::{Result, bail};

/// The names under which Chromium is looked for on the PATH.
const NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// The Chromium named by `$CHROMIUM`, or else the first one on the PATH.
pub fn find() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM").filter(|named| !named.is_empty()) {
        let named = PathBuf::from(named);
        if named.is_file() {
            return Ok(named);
        }
        bail!("$CHROMIUM names {}, which is not a file", named.display());
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = NAMES.iter().find_map(|name| {
        std::env::split_paths(&path)
            .map(|folder| folder.join(name))
            .find(|program| program.is_file())
    });
    match found {
        Some(program) => Ok(program),
        None => bail!(
            "the browser tests need Chromium: install it (Debian: `apt-get install chromium fonts-noto-cjk`) or name it in $CHROMIUM"
        ),
    }
}
