//! The page as files: www/ and the bound wasm, with fingerprinted names, integrity and policy.
//!
//! The pages in `PAGES` decide. What they name in `href="…"` or `src="…"` gets a name that changes with its
//! content and, where browsers check one, an `integrity` attribute. Anything else in www/ keeps its name.
//! The files of www/destinations/ become one, `destinations.json`. The service worker gets the list of all
//! files with their integrity, and like `boot.js` the name of the build.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256, Sha384};

use crate::destinations;
use crate::wasm::Bound;
use crate::workspace::{files, read, read_text, remove_folder, root, write};

/// What the page may do: nothing but run its own files. `{{csp}}` in index.html stands for it.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
    base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types landfall";

/// The pages: the one that everything is for, and the one that needs nothing of it.
const PAGES: [&str; 2] = ["index.html", "rescue.html"];

/// The service worker keeps its name: browsers look there for a newer one.
const SERVICE_WORKER: &str = "sw.js";

/// What an owner puts beside the page; there is none at first.
const SHOP: &str = "shop.json";

/// The policy for a header, which can also forbid framing.
pub fn header_policy() -> String {
    format!("{POLICY}; frame-ancestors 'none'")
}

/// The files of the page by their paths.
pub struct Site {
    /// The files: `index.html`, `boot-1a2b….js` and so on.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Site {
    /// Puts the page together. `later` are files with names of their own that the page loads when it needs them, the
    /// script of the reader of order exports first. `reload` is a script to be loaded besides, while the page is being developed:
    /// then nothing of it is kept in the browser, and what was kept of another build goes.
    pub fn assemble(
        bound: Bound,
        later: [(String, Vec<u8>); 2],
        reload: Option<String>,
    ) -> Result<Site> {
        let www = root().join("www");
        let mut sources = BTreeMap::new();
        for path in files(&www, &[])? {
            let name = path
                .strip_prefix(&www)?
                .to_string_lossy()
                .replace('\\', "/");
            if !name.starts_with(destinations::FOLDER) {
                sources.insert(name, read(&path)?);
            }
        }
        sources.insert(
            "destinations.json".to_owned(),
            destinations::list()?.into_bytes(),
        );
        sources.insert("landfall.wasm".to_owned(), bound.wasm);
        sources.insert(SHOP.to_owned(), b"null\n".to_vec());
        let glued = with_glue(&read_text(&www.join("boot.js"))?, &bound.glue)?;
        sources.insert("boot.js".to_owned(), glued.into_bytes());
        let later_names = later.each_ref().map(|(name, _)| name.clone());
        sources.extend(later);
        let build = build_name(&sources);
        let worker = if reload.is_some() { "" } else { SERVICE_WORKER };
        change(&mut sources, "boot.js", |boot| {
            boot.replace("{{build}}", &build)
                .replace("{{service worker}}", worker)
                .replace("{{order export}}", &later_names[0])
        })?;
        for page in PAGES {
            change(&mut sources, page, |html| html.replace("{{csp}}", POLICY))?;
        }
        if let Some(reload) = reload {
            sources.insert("reload.js".to_owned(), reload.into_bytes());
            let no_worker = include_str!("no-worker.js").to_owned();
            change(&mut sources, SERVICE_WORKER, |_| no_worker)?;
            change(&mut sources, PAGES[0], |html| {
                let script = "<script type=\"module\" src=\"reload.js\"></script>\n</head>";
                html.replace("</head>", script)
            })?;
        }
        let mut files = name_files(&PAGES, sources)?;
        let (now, later) = kept(&files, &later_names);
        change(&mut files, SERVICE_WORKER, |worker| {
            worker
                .replace("{{build}}", &build)
                .replace("\"{{files}}\"", &now)
                .replace("\"{{later}}\"", &later)
        })?;
        Ok(Site { files })
    }

    /// Writes the files into a folder, which then has nothing else in it.
    pub fn write(&self, folder: &Path) -> Result<()> {
        remove_folder(folder)?;
        self.files
            .iter()
            .try_for_each(|(name, bytes)| write(&folder.join(name), bytes))
    }

    /// The bytes of the page's wasm.
    pub fn wasm(&self) -> Result<&[u8]> {
        let wasm = self
            .files
            .iter()
            .find(|(name, _)| name.starts_with("landfall-") && name.ends_with(".wasm"));
        Ok(wasm
            .context("www/index.html does not name landfall.wasm")?
            .1)
    }
}

/// Changes the text of a file.
fn change(
    files: &mut BTreeMap<String, Vec<u8>>,
    name: &str,
    with: impl FnOnce(String) -> String,
) -> Result<()> {
    let bytes = files
        .get_mut(name)
        .with_context(|| format!("there is no www/{name}"))?;
    *bytes = with(String::from_utf8(std::mem::take(bytes))?).into_bytes();
    Ok(())
}

/// The name of a build: it changes with any byte of its sources, and with the policy.
fn build_name(sources: &BTreeMap<String, Vec<u8>>) -> String {
    let mut hash = Sha256::new_with_prefix(POLICY);
    for (name, bytes) in sources {
        hash.update(name);
        hash.update(Sha256::digest(bytes));
    }
    hexadecimal(&hash.finalize())[..10].to_owned()
}

/// What the service worker keeps at once, and what later: JSON objects of names and integrity values.
fn kept(files: &BTreeMap<String, Vec<u8>>, later: &[String]) -> (String, String) {
    let names = files
        .iter()
        .filter(|(name, _)| *name != SERVICE_WORKER && *name != SHOP);
    let (later, now): (Vec<_>, Vec<_>) = names.partition(|(name, _)| later.contains(name));
    let object = |files: Vec<(&String, &Vec<u8>)>| {
        let pairs = files
            .iter()
            .map(|(name, bytes)| format!("  \"{name}\": \"{}\",\n", integrity(bytes)));
        format!("{{\n{}}}", pairs.collect::<String>())
    };
    (object(now), object(later))
}

/// The boot script with the glue in the place of its import. What a module imports is not covered by the
/// integrity of the `<script>` that names the module.
fn with_glue(boot: &str, glue: &str) -> Result<String> {
    const EXPORT: &str = "export { initSync, __wbg_init as default };";
    let import = boot.lines().find(|line| {
        line.starts_with("import init, {") && line.ends_with(" from \"./landfall.js\";")
    });
    let import = import.context("www/boot.js does not import ./landfall.js")?;
    if !glue.contains(EXPORT) {
        bail!(
            "the glue of wasm-bindgen has no line `{EXPORT}`; a new version of it has to be looked at"
        );
    }
    Ok(boot.replace(import, &glue.replace(EXPORT, "const init = __wbg_init;")))
}

/// Gives the files that the pages name their fingerprinted names, in the pages as well.
fn name_files(
    pages: &[&str],
    mut sources: BTreeMap<String, Vec<u8>>,
) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let mut named = BTreeMap::new();
    for page in pages {
        let html = sources
            .remove(*page)
            .with_context(|| format!("there is no www/{page}"))?;
        let mut text = String::new();
        for tag in String::from_utf8(html)?.split_inclusive('>') {
            let Some((attribute, name)) = local_reference(tag) else {
                text.push_str(tag);
                continue;
            };
            if let Some(bytes) = sources.remove(name) {
                named.insert(
                    name.to_owned(),
                    (fingerprinted(name, &bytes), integrity(&bytes)),
                );
                files.insert(fingerprinted(name, &bytes), bytes);
            }
            let Some((fingerprinted, integrity)) = named.get(name) else {
                bail!("www/{page} names {name}, which is not in www/");
            };
            let integrity = match integrity_attribute(tag) {
                Some(attribute) => format!(" {attribute}=\"{integrity}\""),
                None => String::new(),
            };
            let old = format!("{attribute}=\"{name}\"");
            text.push_str(
                &tag.replace(&old, &format!("{attribute}=\"{fingerprinted}\"{integrity}")),
            );
        }
        files.insert((*page).to_owned(), text.into_bytes());
    }
    files.append(&mut sources);
    Ok(files)
}

/// The attribute of a tag that names a file of ours, and the name.
fn local_reference(tag: &str) -> Option<(&'static str, &str)> {
    let tag = &tag[tag.rfind('<')?..];
    if !tag.starts_with("<link") && !tag.starts_with("<script") {
        return None;
    }
    ["href", "src"].into_iter().find_map(|attribute| {
        let (_, rest) = tag.split_once(&format!(" {attribute}=\""))?;
        Some((attribute, rest.split_once('"')?.0))
    })
}

/// The attribute for the integrity of what a tag names. No browser checks a preloaded wasm: boot.js has it checked.
fn integrity_attribute(tag: &str) -> Option<&'static str> {
    if tag.contains("<script") || tag.contains("rel=\"stylesheet\"") {
        Some("integrity")
    } else if tag.contains("rel=\"preload\"") {
        Some("data-integrity")
    } else {
        None
    }
}

/// `style.css` as `style-1a2b3c4d5e.css`.
pub fn fingerprinted(name: &str, bytes: &[u8]) -> String {
    let hash = &hexadecimal(&Sha256::digest(bytes))[..10];
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}-{hash}.{extension}"),
        None => format!("{name}-{hash}"),
    }
}

/// The value of an `integrity` attribute.
fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", base64(&Sha384::digest(bytes)))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Base64 of bytes whose number is a multiple of three, as that of a SHA-384 is.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = bytes.chunks(3).flat_map(|three| {
        let number = three
            .iter()
            .fold(0, |number, byte| number << 8 | usize::from(*byte));
        [18, 12, 6, 0].map(|shift| char::from(DIGITS[number >> shift & 63]))
    });
    digits.collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Site, base64, integrity, name_files};
    use crate::wasm::Bound;

    const GLUE: &str = "export { initSync, __wbg_init as default };";

    fn later() -> [(String, Vec<u8>); 2] {
        ["order-export-1.js", "order_export-1.wasm"].map(|name| (name.to_owned(), Vec::new()))
    }

    fn site(reload: Option<String>) -> anyhow::Result<Site> {
        let glue = GLUE.to_owned();
        let wasm = b"\0asm".to_vec();
        Site::assemble(Bound { glue, wasm }, later(), reload)
    }

    fn of(sources: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
        let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), text.as_bytes().to_vec());
        sources.iter().map(owned).collect()
    }

    #[test]
    fn writes_base64() {
        assert_eq!(base64(b"Landed"), "TGFuZGVk");
        assert_eq!(base64(&[0xfb, 0xff, 0xfe]), "+//+");
    }

    #[test]
    fn writes_an_integrity() {
        let of_nothing = "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb";
        assert_eq!(integrity(b""), of_nothing);
    }

    #[test]
    fn names_and_vouches_for_what_is_preloaded() -> anyhow::Result<()> {
        let html = "<link rel=\"preload\" href=\"d.json\" as=\"fetch\" crossorigin>";
        let sources = [("a.html", html), ("d.json", "[]")];
        let files = name_files(&["a.html"], of(&sources))?;
        let page = String::from_utf8_lossy(&files["a.html"]);
        assert!(page.contains(" href=\"d-"), "{page}");
        let expected = format!(" data-integrity=\"{}\"", integrity(b"[]"));
        assert!(page.contains(&expected), "{page}");
        Ok(())
    }

    #[test]
    fn the_page_has_its_destinations_in_one_file() -> anyhow::Result<()> {
        let site = site(None)?;
        let names: Vec<&String> = site.files.keys().collect();
        let lists: Vec<_> = names
            .iter()
            .filter(|name| name.ends_with(".json") && name.as_str() != "shop.json")
            .collect();
        assert!(
            matches!(lists.as_slice(), [name] if name.starts_with("destinations-")),
            "{names:?}"
        );
        let page = String::from_utf8_lossy(&site.files["index.html"]);
        assert!(page.contains(lists[0].as_str()), "{page}");
        assert_eq!(page.matches("data-integrity=").count(), 2, "{page}");
        // boot.js takes the first one for the wasm.
        assert!(
            page.find("landfall-") < page.find("destinations-"),
            "{page}"
        );
        Ok(())
    }

    #[test]
    fn names_the_files_that_the_pages_name() -> anyhow::Result<()> {
        let html = "<link rel=\"icon\" href=\"a.svg\">\n<link rel=\"stylesheet\" href=\"b.css\"><p>text</p>";
        let sources = [
            ("1.html", html),
            ("2.html", "<link rel=\"stylesheet\" href=\"b.css\">"),
            ("a.svg", "a"),
            ("b.css", "b"),
            ("c.json", "c"),
        ];
        let files = name_files(&["1.html", "2.html"], of(&sources))?;
        let page = String::from_utf8_lossy(&files["1.html"]);
        assert!(page.starts_with("<link rel=\"icon\" href=\"a-"), "{page}");
        let style = page.split('\n').nth(1).unwrap_or_default();
        assert!(
            style.starts_with("<link rel=\"stylesheet\" href=\"b-"),
            "{page}"
        );
        assert_eq!(page.matches("integrity=\"sha384-").count(), 1, "{page}");
        assert!(page.ends_with("<p>text</p>"), "{page}");
        let other = String::from_utf8_lossy(&files["2.html"]);
        assert!(style.starts_with(other.as_ref()), "{other}");
        assert!(files.contains_key("c.json"));
        assert_eq!(files.len(), 5);
        let sources = of(&[("1.html", "<script src=\"d.js\"></script>")]);
        assert!(name_files(&["1.html"], sources).is_err());
        Ok(())
    }

    #[test]
    fn the_service_worker_keeps_every_file_but_itself_and_the_shop() -> anyhow::Result<()> {
        let site = site(None)?;
        let worker = String::from_utf8_lossy(&site.files["sw.js"]);
        assert!(!worker.contains("{{"), "{worker}");
        for (name, bytes) in &site.files {
            let entry = format!("\"{name}\": \"{}\"", integrity(bytes));
            let is_kept = name != "sw.js" && name != "shop.json";
            assert_eq!(worker.contains(&entry), is_kept, "{name}");
        }
        Ok(())
    }

    #[test]
    fn a_build_is_named_by_what_is_in_it() -> anyhow::Result<()> {
        let boot = |site: &Site| {
            let boot = site
                .files
                .iter()
                .find(|(name, _)| name.starts_with("boot-"));
            boot.map(|(name, bytes)| (name.clone(), String::from_utf8_lossy(bytes).into_owned()))
        };
        assert_eq!(boot(&site(None)?), boot(&site(None)?));
        let wasm = b"\0asm other".to_vec();
        let glue = GLUE.to_owned();
        let other = Site::assemble(Bound { glue, wasm }, later(), None)?;
        assert_ne!(boot(&site(None)?), boot(&other));
        Ok(())
    }

    #[test]
    fn a_page_in_development_keeps_nothing() -> anyhow::Result<()> {
        let site = site(Some("reload()".to_owned()))?;
        let worker = String::from_utf8_lossy(&site.files["sw.js"]);
        assert!(worker.contains("unregister()"), "{worker}");
        assert!(!worker.contains("\"fetch\""), "{worker}");
        let boot = site
            .files
            .iter()
            .find(|(name, _)| name.starts_with("boot-"));
        let boot = boot.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned());
        assert!(boot.is_some_and(|boot| boot.contains("const SERVICE_WORKER = \"\";")));
        Ok(())
    }
}
