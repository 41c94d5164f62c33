//! `cargo xtask serve`: the page for development, rebuilt and reloaded when a source changes. Needs no Node.

use std::io::{self, Write};
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Result, bail};
use tiny_http::{Request, Server};

use crate::order_export;
use crate::site::{Site, header_policy};
use crate::wasm::{self, Build, PAGE};
use crate::workspace::{files, root};

/// The port that is tried first.
pub const DEFAULT_PORT: u16 = 8088;

/// How many ports are tried.
const PORTS: u16 = 20;

/// How often the sources are looked at.
const LOOK: Duration = Duration::from_millis(500);

/// How long a request for news of a rebuild waits at most.
const NEWS: Duration = Duration::from_secs(25);

/// Builds and serves the page until Ctrl-C ends it.
pub fn run(port: u16) -> Result<()> {
    let (server, port) = listen(port)?;
    let mut sources = stamps()?;
    let current = Arc::new(Current {
        site: Mutex::new(build()?),
        changed: Condvar::new(),
    });
    println!(
        "Landfall is at http://127.0.0.1:{port}/ and follows changes in src/ and www/; Ctrl-C ends it."
    );
    let answering = Arc::clone(&current);
    thread::spawn(move || {
        for request in server.incoming_requests() {
            let current = Arc::clone(&answering);
            thread::spawn(move || answer(request, &current));
        }
    });
    loop {
        thread::sleep(LOOK);
        let now = stamps()?;
        if now == sources {
            continue;
        }
        sources = now;
        match build() {
            Ok(built) => {
                *current.site() = built;
                current.changed.notify_all();
            }
            Err(error) => eprintln!("The page stays as it was: {error:#}"),
        }
    }
}

/// Takes the port, or one of those after it.
fn listen(port: u16) -> Result<(Server, u16)> {
    for port in port..=port.saturating_add(PORTS - 1) {
        match Server::http((Ipv4Addr::LOCALHOST, port)) {
            Ok(server) => return Ok((server, port)),
            Err(error) => println!("Port {port} is not to be had ({error})."),
        }
    }
    bail!("no port from {port} on is free; name another with --port")
}

/// The page as it is served, and a name for this build of it.
struct Built {
    site: Site,
    name: String,
}

/// What all requests share.
struct Current {
    site: Mutex<Built>,
    changed: Condvar,
}

impl Current {
    fn site(&self) -> MutexGuard<'_, Built> {
        self.site.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Builds the page and says how long it took.
fn build() -> Result<Built> {
    let start = Instant::now();
    let name = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)?
        .as_millis()
        .to_string();
    let reload = include_str!("reload.js").replace("{{build}}", &name);
    let page = wasm::build(&PAGE, Build::Quick)?;
    let later = order_export::files(Build::Quick)?;
    let site = Site::assemble(page, later, Some(reload))?;
    println!("Built in {:.1} s.", start.elapsed().as_secs_f64());
    Ok(Built { site, name })
}

/// When each source was changed last.
fn stamps() -> Result<Vec<(PathBuf, Option<SystemTime>)>> {
    let folders = [
        files(&root().join("src"), &[])?,
        files(&root().join("www"), &[])?,
    ]
    .concat();
    let stamp = |path: PathBuf| {
        let changed = path.metadata().and_then(|data| data.modified()).ok();
        (path, changed)
    };
    Ok(folders
        .into_iter()
        .chain([root().join("Cargo.toml"), root().join("Cargo.lock")])
        .map(stamp)
        .collect())
}

/// Answers a request: a file of the page, or the news that it was built anew.
fn answer(request: Request, current: &Current) {
    let url = request.url().to_owned();
    let path = url
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .trim_start_matches('/');
    let reply = if path == "reload" {
        news(&url, current)
    } else {
        let name = if path.is_empty() { "index.html" } else { path };
        match current.site().site.files.get(name) {
            Some(bytes) => Reply {
                status: "200 OK",
                mime_type: mime_type(name),
                body: bytes.clone(),
            },
            None => Reply {
                status: "404 Not Found",
                mime_type: TEXT,
                body: b"There is no such file.".to_vec(),
            },
        }
    };
    // A reader who has gone away doesn't matter.
    let _ = send(request, &reply);
}

/// The type of plain text.
const TEXT: &str = "text/plain; charset=utf-8";

/// What a request gets.
struct Reply {
    status: &'static str,
    mime_type: &'static str,
    body: Vec<u8>,
}

/// The name of the present build, as soon as it differs from the one in the URL.
fn news(url: &str, current: &Current) -> Reply {
    let seen = url.rsplit('=').next().unwrap_or_default();
    let waited = current
        .changed
        .wait_timeout_while(current.site(), NEWS, |built| built.name == seen);
    let (built, _) = waited.unwrap_or_else(PoisonError::into_inner);
    Reply {
        status: "200 OK",
        mime_type: TEXT,
        body: built.name.clone().into_bytes(),
    }
}

/// Sends a reply and has the connection closed. Each that stays open holds a thread of the server, and one request
/// more than it has threads may then wait for ever.
fn send(request: Request, reply: &Reply) -> io::Result<()> {
    let mut to = request.into_writer();
    let (policy, length) = (header_policy(), reply.body.len());
    write!(
        to,
        "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {length}\r\nConnection: close\r\n\
         Cache-Control: no-store\r\nContent-Security-Policy: {policy}\r\nReferrer-Policy: no-referrer\r\n\
         X-Content-Type-Options: nosniff\r\n\r\n",
        reply.status, reply.mime_type
    )?;
    to.write_all(&reply.body)?;
    to.flush()
}

/// The type of a file by its name.
fn mime_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}
