//! Where things are, and what Cargo.lock and Cargo.toml say.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use anyhow::{Context, Result, bail};

use crate::process::{cargo, output};

/// The version of the workspace: that of the page and of the npm package.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The root of the workspace: of the one that Cargo runs this in, as several may share a target folder.
pub fn root() -> &'static Path {
    static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
        let xtask = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let xtask = xtask.unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        xtask.parent().map(Path::to_path_buf).unwrap_or(xtask)
    });
    &ROOT
}

/// What Cargo knows of the workspace: `cargo metadata`.
pub fn metadata() -> Result<serde_json::Value> {
    let text = output(
        cargo()
            .args(["metadata", "--no-deps", "--format-version", "1"])
            .current_dir(root()),
    )?;
    Ok(serde_json::from_str(&text)?)
}

/// The folder that Cargo builds into.
pub fn target() -> Result<PathBuf> {
    let metadata = metadata()?;
    let target = metadata["target_directory"]
        .as_str()
        .context("`cargo metadata` names no target folder")?;
    Ok(target.into())
}

/// The bytes of a file, or an error that names it.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", shown(path)))
}

/// The text of a file, or an error that names it.
pub fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", shown(path)))
}

/// Writes a file and the folders above it.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", shown(folder)))?;
    }
    fs::write(path, bytes).with_context(|| format!("cannot write {}", shown(path)))
}

/// Removes a folder with everything in it, if it is there.
pub fn remove_folder(path: &Path) -> Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", shown(path)))
        }
        _ => Ok(()),
    }
}

/// All files below a folder, sorted, without the folders named in `skip`; none if the folder isn't there.
pub fn files(folder: &Path, skip: &[&str]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        if !folder.is_dir() {
            continue;
        }
        for entry in
            fs::read_dir(&folder).with_context(|| format!("cannot read {}", shown(&folder)))?
        {
            let entry = entry?;
            if !entry.path().is_dir() {
                found.push(entry.path());
            } else if !skip.iter().any(|name| entry.file_name() == *name) {
                folders.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// A path as a reader wants it: from the root of the workspace.
pub fn shown(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .display()
        .to_string()
}

/// Refuses to go on if Cargo.lock has another version of wasm-bindgen than of the library that binds its output.
pub fn check_wasm_bindgen_versions() -> Result<()> {
    let lock = read_text(&root().join("Cargo.lock"))?;
    let crates = locked_version(&lock, "wasm-bindgen");
    let library = locked_version(&lock, "wasm-bindgen-cli-support");
    if crates != library {
        bail!(
            "Cargo.lock has wasm-bindgen {} and wasm-bindgen-cli-support {}: give both the same version in Cargo.toml and xtask/Cargo.toml",
            crates.unwrap_or("nowhere"),
            library.unwrap_or("nowhere"),
        );
    }
    Ok(())
}

/// The version of a package in the text of a Cargo.lock.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines
        .nth(1)?
        .strip_prefix("version = \"")?
        .strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    #[test]
    fn finds_a_locked_version() {
        let lock = "[[package]]\nname = \"ab\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"a\"\nversion = \"0.2.1\"\n";
        assert_eq!(locked_version(lock, "a"), Some("0.2.1"));
        assert_eq!(locked_version(lock, "b"), None);
    }
}
