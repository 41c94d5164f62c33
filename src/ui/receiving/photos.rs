//! Photos as evidence: taken, shown, removed, and exported with those of the same order.

use landfall_words::Locale;
use yew::prelude::*;

use crate::desk::Desk;
use crate::form::button;
use crate::model::{Effect, Model};
use crate::pictures::{FIELD, Seen, Stage, Taken, entries, offer, photos_of, picture_key};
use crate::say::say;
use crate::time::shown_instant;
use crate::tree::{self, Tree};

/// What a photo is for.
const KINDS: [&str; 4] = ["carton", "label", "defect", "other"];

/// What the names of the buttons begin with.
const PLACE: &str = "receiving.photo.";

/// What a photo is for, as it is called.
fn kind_name(locale: Locale, kind: &str) -> &str {
    match kind {
        "carton" => say(locale, "Carton", "外箱"),
        "label" => say(locale, "Label", "标签"),
        "defect" => say(locale, "Defect", "缺陷"),
        "other" => say(locale, "Other", "其他"),
        kind => kind,
    }
}

/// When it is to be taken.
fn hint(locale: Locale, kind: &str) -> &'static str {
    match kind {
        "carton" => say(locale, "before you sign", "签收前拍"),
        "label" => say(locale, "marks, barcode", "唛头、条码"),
        "defect" => say(locale, "close up", "近拍"),
        _ => say(locale, "whatever helps", "其他凭证"),
    }
}

/// A photo as it is shown.
struct Photo<'p> {
    name: &'p str,
    entry: &'p Tree,
    seen: Option<&'p Seen>,
}

impl Photo<'_> {
    /// What it shows.
    fn title(&self, locale: Locale) -> String {
        let kind = kind_name(locale, tree::text_at(self.entry, "kind"));
        match tree::text_at(self.entry, "subject") {
            "" => kind.to_owned(),
            subject => format!("{kind} · {subject}"),
        }
    }

    fn at(&self, model: &Model) -> String {
        shown_instant(tree::text_at(self.entry, "takenAt"), model.offset)
    }

    fn image(&self, locale: Locale, alt: String) -> Html {
        match self.seen {
            Some(Seen::Here(text)) => html! { <img src={AttrValue::from(text.clone())} {alt} /> },
            Some(Seen::Missing) => html! {
                <span class="lacking">{ say(locale, "Not on this device: bring in the archive of photos under Data.",
                    "本机没有这张照片：请在“数据”页导入照片压缩包。") }</span>
            },
            Some(Seen::Asked) | None => html! { <span class="lacking">{ "…" }</span> },
        }
    }
}

/// Takes and shows the photos of the receipt on the desk; with a subject, those of an article or a carton.
pub fn photos(model: &Model, desk: &Desk, subject: Option<&str>) -> Html {
    let locale = model.locale;
    let all = entries(&desk.read).iter().map(|entry| {
        let name = tree::text_at(entry, "name");
        let seen = model.pictures.shown.get(&picture_key(&desk.key, name));
        Photo { name, entry, seen }
    });
    let shown = all.filter(|photo| {
        subject.is_none_or(|subject| tree::text_at(photo.entry, "subject") == subject)
    });
    let shown: Vec<Photo<'_>> = shown.collect();
    let prefix = format!("{}/", desk.key.id());
    let taken = model.pictures.taken.iter().filter(|taken| {
        let is_here = taken.key.starts_with(&prefix);
        is_here && subject.is_none_or(|subject| taken.subject.as_deref() == Some(subject))
    });
    let open = model.pictures.open.as_deref();
    let large = shown.iter().position(|photo| Some(photo.name) == open);
    let name = match subject {
        Some(subject) => format!("{}: {subject}", say(locale, "Photos", "照片")),
        None => say(locale, "Photos", "照片").to_owned(),
    };
    html! {
        <div class="photos" role="group" aria-label={name}>
            if model.storage.newer.is_none() { { cameras(locale, subject) } }
            <p class="quiet" role="status">
                { match shown.len() {
                    0 => say(locale, "No photos yet. They stay on this device.", "还没有照片。照片只保存在本机。").to_owned(),
                    count => photos_of(locale, count).trim().to_owned(),
                } }
            </p>
            // What stands beside the cameras stays the same in number: while one is open, its field must not be made anew.
            <div class="coming">{ for taken.map(|taken| on_its_way(locale, taken)) }</div>
            if model.pictures.removed.is_some() {
                <p class="undo">
                    { say(locale, "The photo is removed. ", "照片已删除。") }
                    { button(PLACE, "undo", say(locale, "Bring it back", "恢复")) }
                </p>
            }
            { match large {
                Some(at) => enlarged(model, &shown, at),
                None => html! {
                    <ul class="thumbs">{ for shown.iter().map(|photo| thumb(model, photo)) }</ul>
                },
            } }
            if subject.is_none() && !shown.is_empty() {
                <p class="actions">
                    if model.pictures.is_packing {
                        <span role="status">{ say(locale, "Putting the archive together …", "正在生成压缩包……") }</span>
                    } else {
                        { button(PLACE, "pack", say(locale, "All photos of this order as one archive (ZIP)", "导出该订单全部照片 (ZIP)")) }
                    }
                </p>
            }
        </div>
    }
}

/// A button for each kind of photo that opens the camera, and one for photos that are there.
fn cameras(locale: Locale, subject: Option<&str>) -> Html {
    let field = |kind: &str| match subject {
        Some(subject) => format!("{FIELD}{kind}.{subject}"),
        None => format!("{FIELD}{kind}"),
    };
    html! {
        <div class="cameras">
            { for KINDS.map(|kind| html! {
                <label class="camera">
                    <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4 7h3l2-2h6l2 2h3v12H4zM12 9.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z" /></svg>
                    <span>{ kind_name(locale, kind) }<span class="quiet">{ hint(locale, kind) }</span></span>
                    <input type="file" class="hidden" accept="image/*" capture="environment" multiple=true name={field(kind)} />
                </label>
            }) }
            <label class="file">
                { say(locale, "Choose photos", "选择已有照片") }
                <input type="file" class="hidden" accept="image/*" multiple=true name={field("other")} />
            </label>
        </div>
    }
}

/// A photo that isn't stored yet. Those that couldn't be are among the notices of the page.
fn on_its_way(locale: Locale, taken: &Taken) -> Html {
    let file = &taken.file;
    let key = taken.key.to_string();
    let text = match (&taken.stage, locale) {
        (Stage::Refused(..), _) => return html! {},
        (Stage::Working, _) => {
            let text = say(locale, "Saving …", "正在保存……");
            return html! { <p {key} class="quiet">{ format!("{file} · {text}") }</p> };
        }
        (Stage::Unreadable, Locale::En) => format!(
            "This browser can’t read “{file}”, so it wasn’t added. Take the photo here with the camera, or have the phone save JPEG (iPhone: Settings, Camera, Formats, Most Compatible) and choose it again."
        ),
        (Stage::Unreadable, Locale::Zh) => format!(
            "本浏览器无法读取“{file}”，未添加。请在此直接拍照，或让手机保存为 JPEG（iPhone：设置 › 相机 › 格式 › 兼容性最佳）后重新选择。"
        ),
        (Stage::TooLarge, Locale::En) => format!(
            "“{file}” has more than 40 MB, so it wasn’t added. Take it again with a lower resolution."
        ),
        (Stage::TooLarge, Locale::Zh) => {
            format!("“{file}”超过 40 MB，未添加。请降低分辨率后重新拍摄。")
        }
    };
    let place = format!("{PLACE}taken/{}", taken.key);
    html! {
        <div {key} class="notice stop" role="alert">
            <p>{ text }</p>
            { button(&place, "drop", say(locale, "Close", "知道了")) }
        </div>
    }
}

fn thumb(model: &Model, photo: &Photo<'_>) -> Html {
    let locale = model.locale;
    let place = format!("{PLACE}{}", photo.name);
    let title = photo.title(locale);
    let alt = format!("{title}, {}", photo.at(model));
    let remove = format!("{} {alt}", say(locale, "Remove", "删除"));
    html! {
        <li key={photo.name.to_owned()}>
            <button type="button" class="thumb" id={format!("photo.{}", photo.name)} name={place.clone()} value="open">
                { photo.image(locale, alt) }
            </button>
            <span class="what">{ title }</span>
            <span class="quiet">{ photo.at(model) }</span>
            <span class="quiet name">{ photo.name.rsplit('/').next().unwrap_or_default() }</span>
            <button type="button" class="link" name={place} value="remove" aria-label={remove}>
                { say(locale, "Remove", "删除") }
            </button>
        </li>
    }
}

/// The photo at a place of the list, large.
fn enlarged(model: &Model, shown: &[Photo<'_>], at: usize) -> Html {
    let locale = model.locale;
    let Some(photo) = shown.get(at) else {
        return html! {};
    };
    let place = format!("{PLACE}{}", photo.name);
    let title = photo.title(locale);
    let step = |to: Option<usize>, text: &str| {
        let to = to.and_then(|to| shown.get(to));
        html! { if let Some(to) = to { { button(&format!("{PLACE}{}", to.name), "open", text) } } }
    };
    html! {
        <figure class="large" data-closes={PLACE}>
            <p class="actions">
                <button type="button" class="primary" id="photo.close" name={PLACE} value="close">{ say(locale, "Back to all photos", "返回全部照片") }</button>
                { step(at.checked_sub(1), say(locale, "Previous", "上一张")) }
                { step(at.checked_add(1), say(locale, "Next", "下一张")) }
            </p>
            { photo.image(locale, format!("{title}, {}", photo.at(model))) }
            <figcaption>
                <span class="what">{ title }</span>
                <span class="quiet">{ photo.at(model) }</span>
                <span class="quiet name">{ photo.name }</span>
            </figcaption>
            <p class="actions">
                if let Some(Seen::Here(_)) = photo.seen {
                    { button(&place, "offer", say(locale, "Save as a file", "另存为文件")) }
                }
                { button(&place, "remove", say(locale, "Remove", "删除")) }
            </p>
        </figure>
    }
}

impl Model {
    /// A button of the photos was pressed: of all of them, of one by its name, or of one that isn't stored.
    pub(crate) fn pressed_photo(&mut self, place: &str, action: &str) -> Vec<Effect> {
        if let Some(key) = place.strip_prefix("taken/") {
            return self.pressed_taken(key, action);
        }
        match (place, action) {
            ("", "close") => {
                let open = self.pictures.open.take();
                let thumb = open.map(|name| Effect::Focus(format!("photo.{name}")));
                thumb.into_iter().collect()
            }
            ("", "undo") => self.bring_picture_back(),
            ("", "pack") => self.pack_order(),
            (name, "open") => {
                self.pictures.open = Some(name.into());
                vec![Effect::Focus("photo.close".to_owned())]
            }
            (name, "remove") => self.remove_picture(name),
            (name, "offer") => {
                let receipt = self.pictures.receipt.as_ref();
                let key = receipt.map(|receipt| picture_key(receipt, name));
                match key.and_then(|key| self.pictures.shown.get(&key)) {
                    Some(Seen::Here(text)) => vec![offer(name, text)],
                    Some(Seen::Asked | Seen::Missing) | None => Vec::new(),
                }
            }
            _ => Vec::new(),
        }
    }
}
