//! `cargo xtask`: the build, the tests and everything else there is to run, one file a command.

mod bench;
mod browser;
mod budget;
mod build;
mod destinations;
mod node;
mod order_export;
mod package;
mod process;
mod serve;
mod site;
mod test;
mod wasm;
mod workspace;

use anyhow::{Result, bail};

const HELP: &str = "\
cargo xtask serve [--port N]          build the page for development, serve it, rebuild on changes
cargo xtask test [--quick | --long]   what CI runs; --quick: format, clippy, host tests; --long: slow loops too
cargo xtask build                     the page as it is published, in dist/
cargo xtask package                   the npm package, in target/package/
cargo xtask bench [arguments]         the benchmarks; --rounds N repeats them other than 7 times
cargo xtask help                      this list

Needed: rustup; Node 20 or newer for tests, benchmarks and optimised builds; Chromium for browser tests.
";

fn main() {
    if let Err(error) = dispatch() {
        eprintln!("\nerror: {error:#}");
        std::process::exit(1);
    }
}

/// Runs the command named by the first argument.
fn dispatch() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["serve"] => serve::run(serve::DEFAULT_PORT),
        ["serve", "--port", port] => match port.parse() {
            Ok(port) => serve::run(port),
            Err(_) => bail!("`{port}` is not a port; give a number from 1 to 65535"),
        },
        ["test"] => test::run(test::Extent::Normal),
        ["test", "--quick"] => test::run(test::Extent::Quick),
        ["test", "--long"] => test::run(test::Extent::Long),
        ["build"] => build::run(),
        ["package"] => package::run(),
        ["bench", rest @ ..] => bench::run(rest),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        other => bail!(
            "there is no `cargo xtask {}`; there is:\n\n{HELP}",
            other.join(" ")
        ),
    }
}
