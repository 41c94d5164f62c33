//! `cargo xtask test`: everything that CI checks, in steps; the first one that fails ends it.

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::budget::{ORDER_EXPORT_WASM, PACKAGE_WASM, PAGE_WASM};
use crate::process::{cargo, run as run_command, run_holding};
use crate::workspace::root;
use crate::{browser, budget, build, node, package};

/// How much is tested.
#[derive(Clone, Copy)]
pub enum Extent {
    /// Format, clippy and the tests on the host: for every commit.
    Quick,
    /// What CI runs.
    Normal,
    /// What CI runs, with more cases in every test that has a number of them (`LANDFALL_LONG=1`).
    Long,
}

/// Runs the tests.
pub fn run(extent: Extent) -> Result<()> {
    let chromium = match extent {
        Extent::Quick => None,
        // What is missing is said at once, not after minutes.
        Extent::Normal | Extent::Long => Some(node::require().and_then(|()| browser::find())?),
    };
    let mut report = Report::default();
    let result = steps(extent, chromium, &mut report);
    report.print();
    result
}

/// The steps; those in JavaScript only if there is a Chromium.
fn steps(extent: Extent, chromium: Option<PathBuf>, report: &mut Report) -> Result<()> {
    report.step("format", |_| {
        run_command(
            cargo()
                .args(["fmt", "--all", "--check"])
                .current_dir(root()),
        )
    })?;
    report.step("clippy", |_| clippy(&["--workspace", "--all-targets"]))?;
    report.step("clippy for wasm", |_| {
        clippy(&[
            "--package",
            "landfall-page",
            "--package",
            "landfall-package",
            "--package",
            "landfall-order-export",
            "--target",
            "wasm32-unknown-unknown",
        ])
    })?;
    report.step("tests on the host", |summary| {
        // xtask by itself: together with the others it would be compiled anew, with their features of its crates.
        for what in [
            ["--workspace", "--exclude=xtask"].as_slice(),
            &["--package=xtask"],
        ] {
            let mut command = cargo();
            command
                .args(["test", "--no-fail-fast"])
                .args(what)
                .current_dir(root());
            run_holding(long_if(extent, &mut command), is_summary, summary)?;
        }
        Ok(())
    })?;
    let Some(chromium) = chromium else {
        return Ok(());
    };
    report.step("npm packages", |_| node::install_packages())?;
    let page = report.step("build of the page", |_| build::build())?;
    let package = report.step("build of the package", |_| package::build())?;
    report.step("size budgets", |_| {
        budget::check(&[
            (PACKAGE_WASM, &package.landfall.wasm),
            (ORDER_EXPORT_WASM, &package.order_export.wasm),
            (PAGE_WASM, page.wasm()?),
        ])
    })?;
    report.step("tests of the package", |summary| {
        let files = node::test_files(&node::folder(), &["browser"])?;
        run_holding(
            long_if(extent, &mut node::test_command(&files)),
            is_summary,
            summary,
        )
    })?;
    report.step("tests in the browser", |summary| {
        let files = node::test_files(&node::folder().join("browser"), &[])?;
        let mut command = node::test_command(&files);
        run_holding(
            long_if(extent, &mut command).env("CHROMIUM", chromium),
            is_summary,
            summary,
        )
    })
}

fn clippy(what: &[&str]) -> Result<()> {
    run_command(
        cargo()
            .arg("clippy")
            .args(what)
            .args(["--", "--deny", "warnings"])
            .current_dir(root()),
    )
}

fn long_if(extent: Extent, command: &mut Command) -> &mut Command {
    match extent {
        Extent::Long => command.env("LANDFALL_LONG", "1"),
        Extent::Quick | Extent::Normal => command,
    }
}

/// Whether a line counts tests: such a line of `cargo test` or `node --test` is kept for the end.
fn is_summary(line: &str) -> bool {
    const COUNTED: [&str; 8] = [
        "tests",
        "suites",
        "pass",
        "fail",
        "cancelled",
        "skipped",
        "todo",
        "duration_ms",
    ];
    let of_node = |rest: &str| {
        rest.split_once(' ')
            .is_some_and(|(what, number)| COUNTED.contains(&what) && number.parse::<f64>().is_ok())
    };
    line.starts_with("test result: ") || line.strip_prefix("ℹ ").is_some_and(of_node)
}

/// What the steps took and counted.
#[derive(Default)]
struct Report {
    steps: Vec<Step>,
}

struct Step {
    name: &'static str,
    seconds: f64,
    summary: Vec<String>,
}

impl Report {
    /// Runs a step; what it puts into its list of lines is printed at the end.
    fn step<T>(
        &mut self,
        name: &'static str,
        run: impl FnOnce(&mut Vec<String>) -> Result<T>,
    ) -> Result<T> {
        println!("\n== {name}");
        let start = Instant::now();
        let mut summary = Vec::new();
        let result = run(&mut summary);
        self.steps.push(Step {
            name,
            seconds: start.elapsed().as_secs_f64(),
            summary,
        });
        result.with_context(|| format!("the step “{name}” failed, and nothing after it was run"))
    }

    /// Prints each step with its seconds, and what the test runners counted.
    fn print(&self) {
        println!();
        for step in &self.steps {
            println!("{:>7.1} s  {}", step.seconds, step.name);
        }
        println!(
            "{:>7.1} s  in all",
            self.steps.iter().map(|step| step.seconds).sum::<f64>()
        );
        for step in self.steps.iter().filter(|step| !step.summary.is_empty()) {
            println!("\n{}", step.name);
            step.summary.iter().for_each(|line| println!("{line}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_summary;

    #[test]
    fn knows_the_lines_that_count_tests() {
        assert!(is_summary(
            "test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s"
        ));
        assert!(is_summary("ℹ tests 12"));
        assert!(is_summary("ℹ duration_ms 61.5"));
        assert!(!is_summary("ℹ tests are good"));
        assert!(!is_summary("test tests::knows ... ok"));
    }
}
