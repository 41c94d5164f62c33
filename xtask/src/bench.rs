//! `cargo xtask bench`: the benchmarks of the package, then those of the crates.

use std::process::Command;

use anyhow::Result;

use crate::process::{self, cargo};
use crate::workspace::{metadata, root, shown};
use crate::{node, package};

/// Builds the package and runs every benchmark there is; the arguments go to the one in JavaScript.
pub fn run(arguments: &[&str]) -> Result<()> {
    node::install_packages()?;
    package::build()?;
    let script = node::folder().join("bench/run.mjs");
    if script.is_file() {
        process::run(
            Command::new("node")
                .arg(&script)
                .args(arguments)
                .current_dir(node::folder()),
        )?;
    } else {
        println!(
            "There is no benchmark of the package: {} is missing.",
            shown(&script)
        );
    }
    if has_native_benchmarks()? {
        process::run(
            cargo()
                .args(["bench", "--workspace", "--bench", "*"])
                .current_dir(root()),
        )?;
    } else {
        println!("There is no benchmark in Rust.");
    }
    Ok(())
}

/// Whether a crate of the workspace has a benchmark.
fn has_native_benchmarks() -> Result<bool> {
    let metadata = metadata()?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let mut targets =
        packages.flat_map(|package| package["targets"].as_array().into_iter().flatten());
    Ok(targets.any(|target| target["kind"][0] == "bench"))
}
