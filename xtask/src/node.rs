//! Node and the npm packages of pkg-tests: the test tools, and the optimiser of wasm.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::process::run;
use crate::workspace::{files, root, shown};

/// The oldest Node that will do.
const OLDEST: u32 = 20;

/// What to say when there is no Node.
const MISSING: &str = "Node 20 or newer is not on the PATH; install it from nodejs.org or by your system's packages (Debian: `apt-get install nodejs npm`)";

/// The folder of the JavaScript tests and their packages.
pub fn folder() -> PathBuf {
    root().join("pkg-tests")
}

/// Whether Node is there, new enough.
pub fn is_there() -> bool {
    let Ok(output) = Command::new("node")
        .arg("--version")
        .stderr(Stdio::null())
        .output()
    else {
        return false;
    };
    let version = String::from_utf8_lossy(&output.stdout);
    let major = version
        .trim()
        .strip_prefix('v')
        .and_then(|version| version.split('.').next());
    major
        .and_then(|major| major.parse().ok())
        .is_some_and(|major: u32| major >= OLDEST)
}

/// Refuses to go on without Node.
pub fn require() -> Result<()> {
    if is_there() {
        Ok(())
    } else {
        bail!("{MISSING}")
    }
}

/// Installs the npm packages by the lock file, unless that has been done since it changed.
pub fn install_packages() -> Result<()> {
    require()?;
    let lock = folder().join("package-lock.json");
    let wanted = lock
        .metadata()
        .and_then(|data| data.modified())
        .with_context(|| format!("cannot read {}", shown(&lock)))?;
    let installed = folder()
        .join("node_modules/.package-lock.json")
        .metadata()
        .and_then(|data| data.modified());
    if installed.is_ok_and(|installed| installed >= wanted) {
        return Ok(());
    }
    println!("Installing the npm packages of pkg-tests");
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    run(Command::new(npm).args(arguments).current_dir(folder())).context(
        "the npm packages of pkg-tests could not be installed; is npm there, and the network?",
    )
}

/// The test files below a folder of pkg-tests, without those in the folders named in `skip`.
pub fn test_files(folder: &Path, skip: &[&str]) -> Result<Vec<PathBuf>> {
    let mut found = files(folder, &[&["node_modules"], skip].concat())?;
    found.retain(|path| path.to_string_lossy().ends_with(".test.mjs"));
    if found.is_empty() {
        bail!("there is no test in {}", shown(folder));
    }
    Ok(found)
}

/// A command that runs test files; its report is the same on a terminal and in a log.
pub fn test_command(files: &[PathBuf]) -> Command {
    let mut command = Command::new("node");
    command
        .args(["--test", "--test-reporter=spec"])
        .args(files)
        .current_dir(folder());
    command
}
