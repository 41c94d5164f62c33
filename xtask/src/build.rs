//! `cargo xtask build`: the page as it is published.

use anyhow::Result;

use crate::order_export;
use crate::site::Site;
use crate::wasm::{self, Build, PAGE};
use crate::workspace::root;

/// Builds the page into dist/.
pub fn run() -> Result<()> {
    let site = build()?;
    println!("The page is in dist/:");
    for (name, bytes) in &site.files {
        println!("  {name}  {:.1} KB", bytes.len() as f64 / 1000.0);
    }
    Ok(())
}

/// Builds the page into dist/ and gives its files.
pub fn build() -> Result<Site> {
    let how = Build::Optimised("page", "-Oz");
    let site = Site::assemble(wasm::build(&PAGE, how)?, order_export::files(how)?, None)?;
    site.write(&root().join("dist"))?;
    Ok(site)
}
