//! The page as files: www/ and the bound wasm, with fingerprinted names, integrity and policy.
//!
//! `www/index.html` decides. What it names in `href="…"` or `src="…"` gets a name that changes with its
//! content and, where browsers check one, an `integrity` attribute. Anything else in www/ keeps its name.
//! The files of www/destinations/ become one, `destinations.json`.

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
    base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

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
    /// Puts the page together. `extra` are scripts to be loaded besides, by their names.
    pub fn assemble(bound: Bound, extra: &[(&str, String)]) -> Result<Site> {
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
        sources.remove("index.html");
        let boot = with_glue(&read_text(&www.join("boot.js"))?, &bound.glue)?;
        sources.insert("boot.js".to_owned(), boot.into_bytes());
        sources.insert("landfall.wasm".to_owned(), bound.wasm);
        let mut html = read_text(&www.join("index.html"))?.replace("{{csp}}", POLICY);
        for (name, script) in extra {
            html = html.replace(
                "</head>",
                &format!("<script type=\"module\" src=\"{name}\"></script>\n</head>"),
            );
            sources.insert((*name).to_owned(), script.clone().into_bytes());
        }
        let files = name_files(&html, sources)?;
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

/// The boot script with the glue in the place of its import. What a module imports is not covered by the
/// integrity of the `<script>` that names the module.
fn with_glue(boot: &str, glue: &str) -> Result<String> {
    const IMPORT: &str = "import init from \"./landfall.js\";\n";
    const EXPORT: &str = "export { initSync, __wbg_init as default };";
    if !boot.contains(IMPORT) {
        bail!("www/boot.js has no line `{}`", IMPORT.trim_end());
    }
    if !glue.contains(EXPORT) {
        bail!(
            "the glue of wasm-bindgen has no line `{EXPORT}`; a new version of it has to be looked at"
        );
    }
    Ok(boot.replace(IMPORT, &glue.replace(EXPORT, "const init = __wbg_init;")))
}

/// Gives the files that the page names their fingerprinted names, in the page as well.
fn name_files(
    html: &str,
    mut sources: BTreeMap<String, Vec<u8>>,
) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let mut page = String::new();
    for tag in html.split_inclusive('>') {
        let Some((attribute, name)) = local_reference(tag) else {
            page.push_str(tag);
            continue;
        };
        let Some(bytes) = sources.remove(name) else {
            bail!("www/index.html names {name}, which is not in www/ or is named twice");
        };
        let fingerprinted = fingerprinted(name, &bytes);
        let integrity = match integrity_attribute(tag) {
            Some(attribute) => format!(" {attribute}=\"{}\"", integrity(&bytes)),
            None => String::new(),
        };
        let old = format!("{attribute}=\"{name}\"");
        page.push_str(&tag.replace(&old, &format!("{attribute}=\"{fingerprinted}\"{integrity}")));
        files.insert(fingerprinted, bytes);
    }
    files.append(&mut sources);
    files.insert("index.html".to_owned(), page.into_bytes());
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
fn fingerprinted(name: &str, bytes: &[u8]) -> String {
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
        let sources = BTreeMap::from([("d.json".to_owned(), b"[]".to_vec())]);
        let files = name_files(html, sources)?;
        let page = String::from_utf8_lossy(&files["index.html"]);
        assert!(page.contains(" href=\"d-"), "{page}");
        let expected = format!(" data-integrity=\"{}\"", integrity(b"[]"));
        assert!(page.contains(&expected), "{page}");
        Ok(())
    }

    #[test]
    fn the_page_has_its_destinations_in_one_file() -> anyhow::Result<()> {
        let glue = "export { initSync, __wbg_init as default };".to_owned();
        let wasm = b"\0asm".to_vec();
        let site = Site::assemble(Bound { glue, wasm }, &[])?;
        let names: Vec<&String> = site.files.keys().collect();
        let lists: Vec<_> = names
            .iter()
            .filter(|name| name.ends_with(".json"))
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
    fn names_the_files_that_the_page_names() -> anyhow::Result<()> {
        let html = "<link rel=\"icon\" href=\"a.svg\">\n<link rel=\"stylesheet\" href=\"b.css\"><p>text</p>";
        let sources = ["a.svg", "b.css", "c.json"].map(|name| (name.to_owned(), name.into()));
        let files = name_files(html, BTreeMap::from(sources))?;
        let page = String::from_utf8_lossy(&files["index.html"]);
        assert!(page.starts_with("<link rel=\"icon\" href=\"a-"), "{page}");
        assert!(
            page.contains("<link rel=\"stylesheet\" href=\"b-"),
            "{page}"
        );
        assert_eq!(page.matches("integrity=\"sha384-").count(), 1, "{page}");
        assert!(page.ends_with("<p>text</p>"), "{page}");
        assert!(files.contains_key("c.json"));
        assert_eq!(files.len(), 4);
        assert!(name_files("<script src=\"d.js\"></script>", BTreeMap::new()).is_err());
        Ok(())
    }
}
