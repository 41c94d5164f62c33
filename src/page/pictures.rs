//! Photos: made small by the browser, and put into archives one after another, so that the memory holds one of
//! them at a time.

use std::cell::RefCell;
use std::io::{self, Read, Write};
use std::rc::Rc;

use js_sys::{Array, Reflect, Uint8Array};
use landfall_ui::pictures::{Filed, PictureEvent};
use rawzip::time::UtcDateTime;
use rawzip::{CompressionMethod, RECOMMENDED_BUFFER_SIZE, ReaderAt, ZipArchive, ZipArchiveWriter};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, File, HtmlCanvasElement, ImageBitmap,
};

use crate::browser::{reason, window};
use crate::store::Store;

/// The most bytes that a photo may have.
const LARGEST_PHOTO: f64 = 40_000_000.0;
/// The longest side of a picture, in pixels.
const SIDE: u32 = 1_280;
/// The bytes that a picture should not exceed; what is left at the last quality counts in any case.
const BYTES: usize = 120_000;
/// The qualities that are tried.
const QUALITIES: [f64; 3] = [0.7, 0.5, 0.35];
/// What the text of a picture begins with.
const JPEG: &str = "data:image/jpeg;base64,";

/// The most bytes that an archive may have: it is read as a whole.
const LARGEST_ARCHIVE: f64 = 500_000_000.0;
/// The most bytes that a picture in it may have.
const LARGEST_ENTRY: u64 = 1_000_000;

/// Why no picture was made of a photo.
pub enum Unmade {
    /// The browser can't read it.
    Unreadable,
    /// It has too many bytes.
    TooLarge,
}

/// A picture of a photo as a data URL, small and upright; of what the camera noted, such as the place, nothing is
/// left.
pub async fn made(photo: &File) -> Result<String, Unmade> {
    if photo.size() > LARGEST_PHOTO {
        return Err(Unmade::TooLarge);
    }
    let text = drawn(photo).await.ok().flatten();
    text.ok_or(Unmade::Unreadable)
}

async fn drawn(photo: &File) -> Result<Option<String>, JsValue> {
    let window = window().ok_or(JsValue::UNDEFINED)?;
    let bitmap: ImageBitmap = JsFuture::from(window.create_image_bitmap_with_blob(photo)?)
        .await?
        .unchecked_into();
    let (width, height) = fitted(bitmap.width(), bitmap.height());
    let document = window.document().ok_or(JsValue::UNDEFINED)?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.dyn_into()?;
    canvas.set_width(width);
    canvas.set_height(height);
    let context = canvas.get_context("2d")?.ok_or(JsValue::UNDEFINED)?;
    let context: CanvasRenderingContext2d = context.dyn_into()?;
    // What is transparent would be black.
    context.set_fill_style_str("white");
    let (across, down) = (f64::from(width), f64::from(height));
    context.fill_rect(0.0, 0.0, across, down);
    Reflect::set(&context, &"imageSmoothingQuality".into(), &"high".into())?;
    context.draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, across, down)?;
    bitmap.close();
    let mut picture = None;
    for quality in QUALITIES {
        let text =
            canvas.to_data_url_with_type_and_encoder_options("image/jpeg", &quality.into())?;
        let Some(packed) = text.strip_prefix(JPEG) else {
            break;
        };
        // Four characters for three bytes.
        let is_small = packed.len().div_euclid(4).saturating_mul(3) <= BYTES;
        picture = Some(text);
        if is_small {
            break;
        }
    }
    // Some browsers keep the memory of a canvas for long.
    canvas.set_width(0);
    Ok(picture)
}

/// The size of a picture of something of this size.
fn fitted(width: u32, height: u32) -> (u32, u32) {
    let longest = width.max(height);
    if longest <= SIDE {
        return (width.max(1), height.max(1));
    }
    let scaled = |side: u32| {
        let scaled = u64::from(side).saturating_mul(u64::from(SIDE));
        let scaled = scaled.checked_div(u64::from(longest)).unwrap_or_default();
        u32::try_from(scaled).unwrap_or(SIDE).max(1)
    };
    (scaled(width), scaled(height))
}

/// The bytes of a picture.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let (_, packed) = text.split_once(',')?;
    let text = window()?.atob(packed).ok()?;
    Some(text.chars().filter_map(|c| u8::try_from(c).ok()).collect())
}

/// A picture as a file.
pub fn file(text: &str) -> Option<Blob> {
    blob(&bytes(text)?).ok()
}

fn blob(bytes: &[u8]) -> Result<Blob, JsValue> {
    Blob::new_with_buffer_source_sequence(&Array::of1(&Uint8Array::from(bytes)))
}

/// What was written and isn't taken yet.
#[derive(Clone, Default)]
struct Written(Rc<RefCell<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Written {
    /// Hands over to the browser what was written.
    fn take(&self) -> Result<Blob, String> {
        blob(&self.0.take()).map_err(|error| reason(&error))
    }
}

/// An archive of pictures, and the names of those that are missing.
pub async fn packed(store: &Store, pictures: &[Filed]) -> Result<(Blob, Vec<Rc<str>>), String> {
    let (mut parts, mut missing) = (Vec::new(), Vec::new());
    let written = Written::default();
    let mut archive = ZipArchiveWriter::new(written.clone());
    for picture in pictures {
        let text = store.picture(&picture.key).await;
        let text = text.map_err(|failure| failure.to_string())?;
        let Some(bytes) = text.as_deref().and_then(bytes) else {
            missing.push(picture.name.clone());
            continue;
        };
        put(&mut archive, picture, &bytes).map_err(|error| error.to_string())?;
        parts.push(written.take()?);
    }
    archive.finish().map_err(|error| error.to_string())?;
    parts.push(written.take()?);
    let options = BlobPropertyBag::new();
    options.set_type("application/zip");
    let parts: Array = parts.into_iter().collect();
    let archive = Blob::new_with_blob_sequence_and_options(&parts, &options);
    Ok((archive.map_err(|error| reason(&error))?, missing))
}

/// Puts a picture into an archive as it is: it is compressed already.
fn put(
    archive: &mut ZipArchiveWriter<Written>,
    picture: &Filed,
    bytes: &[u8],
) -> Result<(), rawzip::Error> {
    let (mut entry, config) = archive
        .new_file(&*picture.name)
        .compression_method(CompressionMethod::STORE)
        .last_modified(UtcDateTime::from_unix(picture.at))
        .start()?;
    let mut writer = config.wrap(&mut entry);
    writer.write_all(bytes)?;
    let (_, done) = writer.finish()?;
    entry.finish(done)?;
    Ok(())
}

/// Bytes that the browser holds.
struct Held(Uint8Array);

impl ReaderAt for Held {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let start = u32::try_from(offset)
            .unwrap_or(u32::MAX)
            .min(self.0.length());
        let length = u32::try_from(buffer.len()).unwrap_or(u32::MAX);
        let some = self
            .0
            .subarray(start, start.saturating_add(length).min(self.0.length()));
        let count = usize::try_from(some.length()).unwrap_or_default();
        if let Some(place) = buffer.get_mut(..count) {
            some.copy_to(place);
        }
        Ok(count)
    }
}

/// Reads an archive, and gives each picture in it with its name to `take` until that says that it is enough.
async fn each(
    file: &File,
    mut take: impl FnMut(
        &str,
        rawzip::ZipArchiveEntryWayfinder,
        &ZipArchive<Held>,
    ) -> Result<(), String>,
) -> Result<(), String> {
    if file.size() > LARGEST_ARCHIVE {
        return Err("> 500 MB".to_owned());
    }
    let buffer = JsFuture::from(file.array_buffer()).await;
    let held = Held(Uint8Array::new(&buffer.map_err(|error| reason(&error))?));
    let length = u64::from(held.0.length());
    let said = |error: rawzip::Error| error.to_string();
    let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
    let archive = rawzip::ZipLocator::new().locate_in_reader(held, &mut buffer, length);
    let archive = archive.map_err(|(_, error)| said(error))?;
    let mut entries = archive.entries(&mut buffer);
    while let Some(entry) = entries.next_entry().map_err(said)? {
        let name = String::from_utf8_lossy(entry.file_path().as_bytes()).into_owned();
        if entry.is_dir() {
            continue;
        }
        if entry.compression_method() != CompressionMethod::STORE
            || entry.uncompressed_size_hint() > LARGEST_ENTRY
        {
            return Err(name);
        }
        take(&name, entry.wayfinder(), &archive)?;
    }
    Ok(())
}

/// The names in an archive.
pub async fn names(file: &File) -> Result<Vec<Rc<str>>, String> {
    let mut names = Vec::new();
    each(file, |name, _, _| {
        names.push(name.into());
        Ok(())
    })
    .await?;
    Ok(names)
}

/// Stores pictures of an archive under their keys. One that is damaged ends it: what was stored before stays.
pub async fn taken_in(store: &Store, file: &File, wanted: &[(Rc<str>, Rc<str>)]) -> PictureEvent {
    let mut found = Vec::new();
    let read = each(file, |name, entry, archive| {
        let mut wanted = wanted.iter().filter(|(wanted, _)| **wanted == *name);
        if let Some((_, key)) = wanted.next() {
            found.push((
                key.clone(),
                blob(&checked(archive, entry)?).map_err(|error| reason(&error))?,
            ));
        }
        Ok(())
    });
    let mut reason = read.await.err();
    let mut count = 0_usize;
    for (key, blob) in found {
        let Some(text) = text(&blob).await else {
            continue;
        };
        match store.put_picture(&key, &text).await {
            Ok(()) => count = count.saturating_add(1),
            Err(failure) => {
                reason = Some(failure.to_string());
                break;
            }
        }
    }
    PictureEvent::TookIn(count, reason)
}

/// The bytes of a picture in an archive, which must be those that were put in.
fn checked(
    archive: &ZipArchive<Held>,
    entry: rawzip::ZipArchiveEntryWayfinder,
) -> Result<Vec<u8>, String> {
    let entry = archive
        .get_entry(entry)
        .map_err(|error| error.to_string())?;
    let reader = entry.reader();
    let mut bytes = Vec::new();
    let mut limited = entry
        .verifying_reader(reader)
        .take(LARGEST_ENTRY.saturating_add(1));
    limited
        .read_to_end(&mut bytes)
        .map_err(|error| error.to_string())?;
    if !bytes.starts_with(b"\xff\xd8\xff") {
        return Err("JPEG".to_owned());
    }
    Ok(bytes)
}

/// The text of a picture.
async fn text(picture: &Blob) -> Option<String> {
    let buffer = JsFuture::from(picture.array_buffer()).await.ok()?;
    let bytes = Uint8Array::new(&buffer).to_vec();
    let text: String = bytes.into_iter().map(char::from).collect();
    let packed = window()?.btoa(&text).ok()?;
    Some(format!("{JPEG}{packed}"))
}
