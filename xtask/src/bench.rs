//! `cargo xtask bench`: the benchmarks of the package, of the page, then those of the crates.

use std::process::Command;

use anyhow::Result;

use crate::budget::PAGE_WASM;
use crate::process::{self, cargo};
use crate::wasm::{self, BENCH_LOG, Build};
use crate::workspace::{metadata, root, write};
use crate::{build, node, package};

/// Builds package and page and runs every benchmark there is; the arguments go to those in JavaScript.
pub fn run(arguments: &[&str]) -> Result<()> {
    node::install_packages()?;
    package::build()?;
    run_script("bench/run.mjs", arguments)?;
    build_log()?;
    run_script("bench/orders.mjs", arguments)?;
    build::build()?;
    let limit = PAGE_WASM.limit.to_string();
    run_script(
        "bench/page.mjs",
        &[arguments, &["--wasm-limit", &limit]].concat(),
    )?;
    run_script("bench/data.mjs", arguments)?;
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

/// Builds the log of orders into target/bench-log/, as the package is built.
fn build_log() -> Result<()> {
    let log = wasm::build(&BENCH_LOG, Build::Optimised("release", "-O3"))?;
    let folder = root().join("target/bench-log");
    write(&folder.join("log.js"), log.glue.as_bytes())?;
    write(&folder.join("log_bg.wasm"), &log.wasm)
}

/// Runs a script of pkg-tests.
fn run_script(name: &str, arguments: &[&str]) -> Result<()> {
    process::run(
        Command::new("node")
            .arg(node::folder().join(name))
            .args(arguments)
            .current_dir(node::folder()),
    )
}

/// Whether a crate of the workspace has a benchmark.
fn has_native_benchmarks() -> Result<bool> {
    let metadata = metadata()?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let mut targets =
        packages.flat_map(|package| package["targets"].as_array().into_iter().flatten());
    Ok(targets.any(|target| target["kind"][0] == "bench"))
}
