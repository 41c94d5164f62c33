//! From a crate to wasm and its JavaScript glue: Cargo, wasm-bindgen, wasm-opt.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::node;
use crate::process::{cargo, output, run};
use crate::workspace::{
    check_wasm_bindgen_versions, read, read_text, remove_folder, root, shown, target,
};

const TARGET: &str = "wasm32-unknown-unknown";

/// What the compiler may have used and every browser of ours has (Safari from 16.4).
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Wasm is downloaded before it is run: what the compiler would inline by default makes it a quarter
/// larger.
const INLINING: &str = "-Cllvm-args=-inline-threshold=10";

/// A crate of the workspace that becomes wasm.
pub struct Artifact {
    /// The name of the crate.
    pub package: &'static str,
    /// The file that Cargo makes of it, without its extension.
    pub file: &'static str,
    /// The name of the glue, without its extension; the wasm beside it is called this and `_bg`.
    pub glue: &'static str,
    /// Whether the glue exports `__wbg_reset_state`, which starts a fresh instance.
    pub reset_state: bool,
}

/// The page.
pub const PAGE: Artifact = Artifact {
    package: "landfall-page",
    file: "landfall-page",
    glue: "landfall",
    reset_state: false,
};

/// The npm package.
pub const PACKAGE: Artifact = Artifact {
    package: "landfall-package",
    file: "landfall_package",
    glue: "landfall_glue",
    reset_state: true,
};

/// The reader of 1688's order export.
pub const ORDER_EXPORT: Artifact = Artifact {
    package: "landfall-order-export",
    file: "landfall_order_export",
    glue: "order_export",
    reset_state: true,
};

/// A log of orders, for the benchmark of the order check alone.
pub const BENCH_LOG: Artifact = Artifact {
    package: "landfall-bench-log",
    file: "landfall_bench_log",
    glue: "log",
    reset_state: false,
};

/// How an artifact is built.
#[derive(Clone, Copy)]
pub enum Build {
    /// For `serve`: compiled quickly, not optimised.
    Quick,
    /// For users: optimised by a profile of Cargo, and at last by wasm-opt at this level.
    Optimised(&'static str, &'static str),
}

/// Wasm and the JavaScript module that loads it.
pub struct Bound {
    /// The text of the JavaScript module.
    pub glue: String,
    /// The bytes of the wasm module.
    pub wasm: Vec<u8>,
}

/// Builds an artifact.
pub fn build(artifact: &Artifact, build: Build) -> Result<Bound> {
    check_wasm_bindgen_versions()?;
    add_target()?;
    let target = target()?;
    let profile = match build {
        Build::Quick => "serve",
        Build::Optimised(profile, _) => profile,
    };
    let compiled = compile(artifact, profile, &target)?;
    let folder = target.join("bound").join(profile).join(artifact.package);
    bind(artifact, &compiled, &folder)?;
    let wasm = folder.join(format!("{}_bg.wasm", artifact.glue));
    if let Build::Optimised(_, level) = build {
        optimise(artifact, &wasm, level)?;
    }
    Ok(Bound {
        glue: read_text(&folder.join(format!("{}.js", artifact.glue)))?,
        wasm: read(&wasm)?,
    })
}

/// Adds the wasm target to the toolchain: rustup doesn't where the toolchain was there already.
fn add_target() -> Result<()> {
    let folder = output(
        Command::new("rustc")
            .args(["--print", "target-libdir", "--target", TARGET])
            .current_dir(root()),
    )?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    run(Command::new("rustup").args(["target", "add", TARGET]).current_dir(root())).with_context(|| {
        format!("the Rust toolchain lacks the target {TARGET}, and rustup could not add it; `rustup target add {TARGET}` says why")
    })
}

/// Compiles the crate and gives the path of its wasm.
fn compile(artifact: &Artifact, profile: &str, target: &Path) -> Result<PathBuf> {
    run(cargo()
        .args([
            "build",
            "--package",
            artifact.package,
            "--target",
            TARGET,
            "--profile",
            profile,
        ])
        .env("CARGO_ENCODED_RUSTFLAGS", flags()?.join("\u{1f}"))
        .current_dir(root()))?;
    Ok(target
        .join(TARGET)
        .join(profile)
        .join(format!("{}.wasm", artifact.file)))
}

/// Compiler flags of everything that becomes wasm.
fn flags() -> Result<Vec<String>> {
    let mut flags = remapped_paths()?;
    flags.push(INLINING.to_owned());
    Ok(flags)
}

/// Compiler flags that keep this machine's paths out of the wasm, so that it is the same wherever it is built.
fn remapped_paths() -> Result<Vec<String>> {
    let sysroot = output(
        Command::new("rustc")
            .args(["--print", "sysroot"])
            .current_dir(root()),
    )?;
    let mut remapped = vec![
        format!("--remap-path-prefix={}=", root().display()),
        format!(
            "--remap-path-prefix={}/lib/rustlib/src/rust=/rust",
            sysroot.trim()
        ),
    ];
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    if let Some(sources) = home.map(|home| home.join("registry/src")) {
        // A folder for each registry, named after it.
        for registry in fs::read_dir(sources).into_iter().flatten() {
            remapped.push(format!(
                "--remap-path-prefix={}=/crates",
                registry?.path().display()
            ));
        }
    }
    Ok(remapped)
}

/// Writes the glue and the wasm that belongs to it into a folder.
fn bind(artifact: &Artifact, compiled: &Path, folder: &Path) -> Result<()> {
    remove_folder(folder)?;
    Bindgen::new()
        .input_path(compiled)
        .web(true)?
        .omit_default_module_path(false)
        .typescript(false)
        .reset_state_function(artifact.reset_state)
        .out_name(artifact.glue)
        .generate(folder)
        .with_context(|| format!("wasm-bindgen could not bind {}", shown(compiled)))?;
    if folder.join("snippets").exists() {
        bail!(
            "{} has JavaScript of its own by `#[wasm_bindgen(module = …)]` or `inline_js`: this build has no place for it; put it into www/",
            artifact.package
        );
    }
    Ok(())
}

/// Optimises a wasm file in place. One with the names of its functions, for reading crash reports,
/// is left in `target/names/`.
fn optimise(artifact: &Artifact, wasm: &Path, level: &str) -> Result<()> {
    if !node::is_there() {
        println!(
            "{} is not optimised by wasm-opt, because there is no Node; it works, but it is larger and slower.",
            artifact.package
        );
        return Ok(());
    }
    node::install_packages()?;
    let wasm_opt = node::folder().join("node_modules/binaryen/bin/wasm-opt");
    let named = root()
        .join("target/names")
        .join(format!("{}.wasm", artifact.package));
    if let Some(folder) = named.parent() {
        fs::create_dir_all(folder)?;
    }
    let command = || {
        let mut command = Command::new("node");
        command.arg(&wasm_opt).args(FEATURES);
        command
    };
    run(command()
        .args([level, "--debuginfo"])
        .arg(wasm)
        .arg("--output")
        .arg(&named))?;
    run(command()
        .args(["--strip-debug", "--strip-producers"])
        .arg(&named)
        .arg("--output")
        .arg(wasm))
}
