//! Running other programs, with a sentence when one fails.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context, Result, bail};

/// A command for Cargo itself, of the toolchain that runs this program.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs a command to its end, its output going where ours goes.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| cannot_start(command))?;
    must_succeed(command, status)
}

/// Runs a command and gives what it printed.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| cannot_start(command))?;
    must_succeed(command, output.status)?;
    Ok(String::from_utf8(output.stdout)?)
}

/// Runs a command and passes on its output, save the lines that `hold` chooses, which are put into `held`.
pub fn run_holding(
    command: &mut Command,
    hold: fn(&str) -> bool,
    held: &mut Vec<String>,
) -> Result<()> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| cannot_start(command))?;
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n') {
            let line = line?;
            let line = String::from_utf8_lossy(&line);
            if hold(&line) {
                held.push(line.into_owned());
            } else {
                println!("{line}");
            }
        }
    }
    let status = child.wait()?;
    must_succeed(command, status)
}

fn must_succeed(command: &Command, status: ExitStatus) -> Result<()> {
    if status.success() {
        return Ok(());
    }
    bail!("`{}` failed; what it said is above", written(command))
}

fn cannot_start(command: &Command) -> String {
    format!("cannot start `{}`", written(command))
}

/// The command as one would type it.
fn written(command: &Command) -> String {
    let program = Path::new(command.get_program())
        .file_name()
        .unwrap_or(command.get_program());
    std::iter::once(program)
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}
