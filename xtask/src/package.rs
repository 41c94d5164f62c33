//! `cargo xtask package`: the npm package.

use anyhow::{Context, Result, bail};

use crate::destinations;
use crate::order_export;
use crate::wasm::{self, Bound, Build, PACKAGE};
use crate::workspace::{VERSION, files, read, read_text, remove_folder, root, write};

/// Builds the npm package into target/package/.
pub fn run() -> Result<()> {
    build()?;
    println!("The package is in target/package/, ready for `npm pack`.");
    Ok(())
}

/// The modules of the npm package, each with its glue.
pub struct Package {
    /// The calculation.
    pub landfall: Bound,
    /// The reader of order exports.
    pub order_export: Bound,
}

/// Builds the npm package into target/package/ and gives its modules.
pub fn build() -> Result<Package> {
    // The reader runs once for a file: built for size, as for the page.
    let how = Build::Optimised("page", "-Oz");
    let order_export = order_export::build(how, |_| order_export::WASM.to_owned())?;
    let mut bound = wasm::build(&PACKAGE, Build::Optimised("release", "-O3"))?;
    let default_name = format!("{}_bg.wasm", PACKAGE.glue);
    if !bound.glue.contains(&default_name) {
        bail!(
            "the glue of wasm-bindgen does not name {default_name}; a new version of it has to be looked at"
        );
    }
    bound.glue = bound.glue.replace(&default_name, "landfall.wasm");

    let package = root().join("target/package");
    remove_folder(&package)?;
    let by_hand = root().join("src/package/npm");
    for path in files(&by_hand, &[])? {
        let name = path.strip_prefix(&by_hand)?;
        let bytes = match name.to_str() {
            Some("package.json") => with_version(&read_text(&path)?, VERSION)?.into_bytes(),
            _ => read(&path)?,
        };
        write(&package.join(name), &bytes)?;
    }
    for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
        let path = root().join(licence);
        if path.is_file() {
            write(&package.join(licence), &read(&path)?)?;
        }
    }
    write(&package.join("landfall.wasm"), &bound.wasm)?;
    write(&package.join("glue.js"), bound.glue.as_bytes())?;
    write(&package.join(order_export::WASM), &order_export.wasm)?;
    let glue = order_export.glue.as_bytes();
    write(&package.join("order-export-glue.js"), glue)?;
    let data = destinations_module(&destinations::list()?);
    write(&package.join("destinations-data.js"), data.as_bytes())?;
    Ok(Package {
        landfall: bound,
        order_export,
    })
}

/// The module with the destinations. A function has them, so that importing it makes nothing, and every call
/// makes them anew.
fn destinations_module(list: &str) -> String {
    format!(
        "// The files of www/destinations/, sorted by name.\nexport const files = () => {list};\n"
    )
}

/// The text of a package.json with the value of its one `"version"` replaced.
fn with_version(json: &str, version: &str) -> Result<String> {
    let parts: Vec<&str> = json.split("\"version\": \"").collect();
    let [before, after] = parts.as_slice() else {
        bail!(
            "src/package/npm/package.json needs one \"version\": \"…\", which is filled in from Cargo.toml"
        );
    };
    let (_, after) = after
        .split_once('"')
        .context("the version in src/package/npm/package.json has no end")?;
    Ok(format!("{before}\"version\": \"{version}\"{after}"))
}

#[cfg(test)]
mod tests {
    use super::with_version;

    #[test]
    fn fills_in_the_version() -> anyhow::Result<()> {
        let filled = with_version("{ \"version\": \"0.0.0\", \"type\": \"module\" }", "1.2.3")?;
        assert_eq!(filled, "{ \"version\": \"1.2.3\", \"type\": \"module\" }");
        assert!(with_version("{}", "1.2.3").is_err());
        Ok(())
    }
}
