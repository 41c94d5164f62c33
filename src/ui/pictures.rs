//! Photos of goods, as small pictures. They lie beside the records, under their evidence names, and a receipt
//! lists its own.
//!
//! A picture is stored before its receipt lists it, and removed after: what is listed is there. A picture that
//! couldn't be stored stays on the page until it could, or was saved as a file.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use landfall::check::parse_instant;
use landfall::json::{self, Json};
use landfall::receiving::{EvidenceName, evidence_key, unique_evidence_name};
use landfall_words::Locale;
use landfall_workspace::record::{Key, Kind};
use landfall_workspace::rows::{Order, Picture, Receipt};
use web_sys::File;
use yew::prelude::*;

use crate::archive::written;
use crate::form::button;
use crate::model::{Effect, Model};
use crate::route::Route;
use crate::say::say;
use crate::tree::{self, Tree};

/// What the names of the fields begin with that photos come by: `photo.<kind>`, `photo.<kind>.<subject>`.
pub const FIELD: &str = "photo.";

/// What stands in an evidence name for goods as a whole.
const WHOLE: &str = "delivery";

/// What the browser is asked to do with pictures. The key of a picture is `<id of the receipt>/<evidence name>`,
/// its text a data URL.
#[derive(Clone, PartialEq, Debug)]
pub enum PictureTask {
    /// Make small pictures of photos, one after another, and store each under its key.
    Take(Vec<(Rc<str>, File)>),
    /// Store a picture that is made.
    Keep(Rc<str>, Rc<str>),
    /// Give these pictures.
    Give(Vec<Rc<str>>),
    /// Remove pictures for good.
    Remove(Vec<Rc<str>>),
    /// Offer a picture as a file of this name.
    Offer(String, Rc<str>),
    /// Offer an archive of this name.
    Pack(String, Vec<Filed>),
    /// Look into an archive.
    Open(File),
    /// Store these pictures of the archive that was opened: the name in it, and the key.
    TakeIn(Vec<(Rc<str>, Rc<str>)>),
}

/// A picture in an archive.
#[derive(Clone, PartialEq, Debug)]
pub struct Filed {
    /// Its key.
    pub key: Rc<str>,
    /// Its name there.
    pub name: Rc<str>,
    /// When it was taken, in seconds since 1970.
    pub at: i64,
}

/// What comes of it.
#[derive(Clone, PartialEq, Debug)]
pub enum PictureEvent {
    /// A picture is stored, durably: its key and text.
    Kept(Rc<str>, Rc<str>),
    /// There is another picture under the key already.
    Clashed(Rc<str>, Rc<str>),
    /// A picture couldn't be stored: its key and text, and the browser's reason.
    Refused(Rc<str>, Rc<str>, String),
    /// A file is no photo that the browser can read.
    Unreadable(Rc<str>),
    /// A photo has too many bytes to be read.
    TooLarge(Rc<str>),
    /// A picture by its key; `None` is that there is none here.
    Given(Rc<str>, Option<Rc<str>>),
    /// Pictures can't be read: the browser's reason.
    NotGiven(String),
    /// An archive was offered with so many pictures; these are not on this device.
    Packed(usize, Vec<Rc<str>>),
    /// No archive could be made: the browser's reason.
    NotPacked(String),
    /// The names in an archive, and the keys of all pictures that are here.
    Opened(Vec<Rc<str>>, Vec<Rc<str>>),
    /// A file is no archive that can be read.
    NotOpened(String),
    /// So many pictures of an archive are stored; the reason why not more are.
    TookIn(usize, Option<String>),
}

/// The pictures that are worked on.
#[derive(Clone, Default, Debug)]
pub struct Pictures {
    /// The receipt that is shown.
    pub receipt: Option<Key>,
    /// Its pictures by key, as far as they were asked for.
    pub shown: Rc<BTreeMap<Rc<str>, Seen>>,
    /// The name of the one that is shown large.
    pub open: Option<Rc<str>>,
    /// Photos that aren't stored yet.
    pub taken: Rc<[Taken]>,
    /// What was removed last, and can be brought back.
    pub removed: Option<Removed>,
    /// What was removed before, and goes for good once that is stored.
    gone: Vec<Removed>,
    /// Whether an archive is being made.
    pub is_packing: bool,
    /// The month whose photos are exported; empty are all.
    pub month: Rc<str>,
    /// An archive that was opened.
    pub incoming: Option<Archive>,
}

/// A picture that was asked for.
#[derive(Clone, PartialEq, Debug)]
pub enum Seen {
    /// It is on its way.
    Asked,
    /// It isn't on this device.
    Missing,
    /// It is here.
    Here(Rc<str>),
}

/// A photo that isn't stored yet.
#[derive(Clone, PartialEq, Debug)]
pub struct Taken {
    /// The key of its picture.
    pub key: Rc<str>,
    /// What the file was called.
    pub file: Rc<str>,
    /// What it shows.
    pub subject: Option<Rc<str>>,
    /// What it is for.
    pub kind: Rc<str>,
    /// When it was taken.
    pub at: Rc<str>,
    /// How far it is.
    pub stage: Stage,
}

/// How far a photo is.
#[derive(Clone, PartialEq, Debug)]
pub enum Stage {
    /// It is being made small and stored.
    Working,
    /// The browser can't read it.
    Unreadable,
    /// It has too many bytes.
    TooLarge,
    /// It couldn't be stored: the picture, and the browser's reason.
    Refused(Rc<str>, Rc<str>),
}

/// A picture that a receipt lists no more.
#[derive(Clone, Debug)]
pub struct Removed {
    receipt: Key,
    entry: Tree,
    at: usize,
}

/// An archive that was opened.
#[derive(Clone, PartialEq, Debug)]
pub struct Archive {
    /// Its name.
    pub name: Rc<str>,
    /// What is in it, once it is known.
    pub found: Option<Found>,
}

/// What is in an archive.
#[derive(Clone, PartialEq, Debug)]
pub struct Found {
    /// Pictures that a receipt lists and that aren't here: the name in the archive, and the key.
    pub new: Rc<[(Rc<str>, Rc<str>)]>,
    /// How many are here already.
    pub known: usize,
    /// Names that no receipt lists.
    pub unknown: Rc<[Rc<str>]>,
    /// Whether they are being stored.
    pub is_applying: bool,
}

/// The key of a picture.
pub fn picture_key(receipt: &Key, name: &str) -> Rc<str> {
    format!("{}/{name}", receipt.id()).into()
}

/// The receipt of a picture's key, and the name.
fn parted(key: &str) -> Option<(Key, &str)> {
    let (id, name) = key.split_once('/')?;
    Some((Key::new(Kind::Receipt, id)?, name))
}

/// The bytes of a picture, by its data URL.
fn bytes(text: &str) -> usize {
    let (_, packed) = text.split_once(',').unwrap_or_default();
    let padding = packed
        .bytes()
        .rev()
        .take_while(|byte| *byte == b'=')
        .count();
    let all = packed.len().div_euclid(4).saturating_mul(3);
    all.saturating_sub(padding)
}

/// The entries of the pictures in a receipt as typed.
pub fn entries(receipt: &Tree) -> &[Tree] {
    match tree::get(receipt, "pictures") {
        Some(Json::List(items)) => items,
        _ => &[],
    }
}

/// Changes the list of a receipt's pictures.
fn change_entries(receipt: &mut Tree, change: impl FnOnce(&mut Vec<Tree>)) {
    let mut list = entries(receipt).to_vec();
    change(&mut list);
    let list = (!list.is_empty()).then_some(Json::List(list));
    tree::set(receipt, "pictures", list);
}

impl Taken {
    /// What the receipt lists.
    fn entry(&self, bytes: Tree) -> Tree {
        let name = self.key.split_once('/').map_or("", |(_, name)| name);
        let mut entry = tree::object([
            ("name", tree::text(name)),
            ("takenAt", tree::text(&*self.at)),
            ("kind", tree::text(&*self.kind)),
            ("bytes", bytes),
        ]);
        let subject = self.subject.as_deref().map(tree::text);
        tree::set(&mut entry, "subject", subject);
        entry
    }
}

impl Pictures {
    /// Whether a photo is on its way to the store.
    pub fn is_working(&self) -> bool {
        self.taken.iter().any(|taken| taken.stage == Stage::Working)
    }

    /// The photos that couldn't be stored.
    pub fn refused(&self) -> impl Iterator<Item = &Taken> {
        self.taken
            .iter()
            .filter(|taken| matches!(taken.stage, Stage::Refused(..)))
    }

    fn change_taken(&mut self, key: &str, change: impl FnOnce(&mut Taken)) {
        let mut taken = self.taken.to_vec();
        if let Some(taken) = taken.iter_mut().find(|taken| *taken.key == *key) {
            change(taken);
        }
        self.taken = taken.into();
    }

    fn drop_taken(&mut self, key: &str) -> Option<Taken> {
        let mut taken = self.taken.to_vec();
        let at = taken.iter().position(|taken| *taken.key == *key)?;
        let dropped = taken.remove(at);
        self.taken = taken.into();
        Some(dropped)
    }

    fn see(&mut self, key: &Rc<str>, seen: Seen) {
        Rc::make_mut(&mut self.shown).insert(key.clone(), seen);
    }
}

impl Model {
    /// All receipts with what they list.
    fn receipts(&self) -> impl Iterator<Item = (&Key, &Receipt)> {
        self.workspace
            .list(Kind::Receipt)
            .filter_map(|entry| Some((entry.record().key(), entry.as_row::<Receipt>()?)))
    }

    /// All pictures that receipts list.
    pub fn pictures(&self) -> impl Iterator<Item = &Picture> {
        self.receipts()
            .flat_map(|(_, receipt)| receipt.pictures.iter())
    }

    /// The pictures of receipts, as they stand in an archive.
    fn filed(&self, is_in: impl Fn(&Receipt, &Picture) -> bool) -> Vec<Filed> {
        let filed = self.receipts().flat_map(|(key, receipt)| {
            let pictures = receipt.pictures.iter();
            let pictures = pictures.filter(|picture| is_in(receipt, picture));
            let filed = pictures.map(|picture| Filed {
                key: picture_key(key, &picture.name),
                name: picture.name.clone(),
                at: parse_instant(&picture.taken_at.0)
                    .map(|at| at.and_utc().timestamp())
                    .unwrap_or_default(),
            });
            filed.collect::<Vec<Filed>>()
        });
        distinct(filed.collect())
    }

    /// The number of an order, or what stands for it.
    fn po_number(&self, order: &str) -> Rc<str> {
        let entry = Key::new(Kind::Order, order).and_then(|key| self.workspace.get(&key));
        let number = entry.and_then(|entry| entry.as_row::<Order>()?.called());
        let number = number.unwrap_or(order);
        // Names put it before the number by themselves.
        number.strip_prefix("PO-").unwrap_or(number).into()
    }

    /// Names no photo may have any more.
    fn evidence_names(&self) -> BTreeSet<String> {
        let listed = self.receipts().flat_map(|(_, receipt)| {
            let pictures = receipt.pictures.iter().map(|picture| &picture.name);
            pictures.chain(&receipt.photos)
        });
        let typed = self.desk.iter().flat_map(|desk| entries(&desk.read));
        let typed = typed.map(|entry| tree::text_at(entry, "name"));
        let taken = self.pictures.taken.iter();
        let taken = taken.filter_map(|taken| Some(taken.key.split_once('/')?.1));
        let listed = listed.map(|name| &**name);
        listed.chain(typed).chain(taken).map(evidence_key).collect()
    }

    /// A name that no other photo has.
    fn evidence_name(
        &self,
        receipt: &Key,
        subject: Option<&str>,
        kind: &str,
        names: &mut BTreeSet<String>,
    ) -> Option<Rc<str>> {
        let order = match self.desk_of(receipt) {
            Some(desk) => tree::text_at(&desk.read, "orderId").to_owned(),
            None => {
                let receipts = &mut self.receipts();
                let (_, receipt) = receipts.find(|(key, _)| *key == receipt)?;
                receipt.order_id.to_string()
            }
        };
        let name = EvidenceName {
            at: parse_instant(&self.moment.at)?,
            offset_minutes: self.offset,
            order: &self.po_number(&order),
            subject: subject.unwrap_or(WHOLE),
            kind,
            number: 1,
            extension: "jpg",
        };
        let name = unique_evidence_name(&name, names);
        names.insert(evidence_key(&name));
        Some(picture_key(receipt, &name))
    }

    /// Photos were taken or chosen, in a field of this name.
    pub(crate) fn photographed(&mut self, field: &str, photos: Vec<File>) -> Vec<Effect> {
        let files = photos.iter().map(|photo| photo.name().into()).collect();
        let keys = self.expect_photos(field, files);
        if keys.is_empty() {
            return Vec::new();
        }
        let photos = keys.into_iter().zip(photos).collect();
        vec![Effect::Pictures(PictureTask::Take(photos))]
    }

    /// Gives each photo of the receipt on the desk its key; nothing where none can be stored.
    pub(crate) fn expect_photos(&mut self, field: &str, files: Vec<Rc<str>>) -> Vec<Rc<str>> {
        let desk = self.desk.as_ref().map(|desk| desk.key.clone());
        let receipt = desk.filter(|key| key.kind == Kind::Receipt && self.storage.newer.is_none());
        let (Some(receipt), Some(what)) = (receipt, field.strip_prefix(FIELD)) else {
            return Vec::new();
        };
        let (kind, subject) = match what.split_once('.') {
            Some((kind, subject)) => (kind, Some(subject)),
            None => (what, None),
        };
        let mut names = self.evidence_names();
        let mut taken = self.pictures.taken.to_vec();
        let before = taken.len();
        for file in files {
            if let Some(key) = self.evidence_name(&receipt, subject, kind, &mut names) {
                taken.push(Taken {
                    key,
                    file,
                    subject: subject.map(Rc::from),
                    kind: kind.into(),
                    at: self.moment.at.clone(),
                    stage: Stage::Working,
                });
            }
        }
        let keys = taken.iter().skip(before).map(|taken| taken.key.clone());
        let keys = keys.collect();
        self.pictures.taken = taken.into();
        keys
    }

    /// Something came of what was asked for pictures.
    pub(crate) fn pictured(&mut self, event: PictureEvent) -> Vec<Effect> {
        match event {
            PictureEvent::Kept(key, text) => return self.list_picture(&key, &text),
            PictureEvent::Clashed(key, text) => return self.rename_taken(&key, &text),
            PictureEvent::Refused(key, text, reason) => {
                let stage = Stage::Refused(text, reason.into());
                self.pictures
                    .change_taken(&key, |taken| taken.stage = stage);
            }
            PictureEvent::Unreadable(key) => {
                let stage = Stage::Unreadable;
                self.pictures
                    .change_taken(&key, |taken| taken.stage = stage);
            }
            PictureEvent::TooLarge(key) => {
                let stage = Stage::TooLarge;
                self.pictures
                    .change_taken(&key, |taken| taken.stage = stage);
            }
            PictureEvent::Given(key, text) => {
                // What was left since isn't shown any more.
                if self.pictures.shown.contains_key(&key) {
                    let seen = text.map_or(Seen::Missing, Seen::Here);
                    self.pictures.see(&key, seen);
                }
            }
            PictureEvent::NotGiven(reason) => {
                let text = say(
                    self.locale,
                    "The photos could not be read; they are not touched. Reload the page.",
                    "照片无法读取，但未被改动。请刷新页面。",
                );
                self.complain(&format!("{text} ({reason})"));
            }
            PictureEvent::Packed(count, missing) => self.tell_packed(count, &missing),
            PictureEvent::NotPacked(reason) => {
                self.pictures.is_packing = false;
                let text = say(
                    self.locale,
                    "The archive of the photos could not be made.",
                    "无法生成照片压缩包。",
                );
                self.complain(&format!("{text} ({reason})"));
            }
            PictureEvent::Opened(names, here) => {
                self.look_through(&names, here);
                return vec![Effect::Go(Route::Data.fragment().to_owned())];
            }
            PictureEvent::NotOpened(reason) => {
                let archive = self.pictures.incoming.take();
                let name = archive.map(|archive| archive.name).unwrap_or_default();
                let text = say(
                    self.locale,
                    "It is no archive of photos that can be read. Choose the .zip file as this page has exported it.",
                    "不是可读取的照片压缩包。请选择本页面导出的 .zip 原文件。",
                );
                let reason = (!reason.is_empty()).then(|| format!(" ({reason})"));
                let reason = format!("{text}{}", reason.unwrap_or_default());
                self.not_imported(&name, vec![reason]);
            }
            PictureEvent::TookIn(count, reason) => self.tell_taken_in(count, reason),
        }
        Vec::new()
    }

    /// A picture is stored: its receipt lists it from now on.
    fn list_picture(&mut self, key: &Rc<str>, text: &Rc<str>) -> Vec<Effect> {
        let Some((receipt, _)) = parted(key) else {
            return Vec::new();
        };
        let Some(taken) = self.pictures.drop_taken(key) else {
            return Vec::new();
        };
        let size = i64::try_from(bytes(text)).unwrap_or_default();
        if self.desk_of(&receipt).is_some() {
            self.pictures.see(key, Seen::Here(text.clone()));
            let entry = taken.entry(tree::text(size.to_string()));
            let effects = self.change_desk(|typed| change_entries(typed, |list| list.push(entry)));
            self.keep_desk();
            return effects;
        }
        let record = self.record(&receipt);
        let data = record
            .as_ref()
            .and_then(|record| json::read(record.data()?).ok());
        let Some(data) = data else {
            return Vec::new();
        };
        let mut data = data.into_owned();
        change_entries(&mut data, |list| {
            list.push(taken.entry(Json::Integer(size)))
        });
        self.put(&receipt, Some(&written(&data)));
        Vec::new()
    }

    /// Another tab has stored a photo under the same name.
    fn rename_taken(&mut self, key: &str, text: &Rc<str>) -> Vec<Effect> {
        let taken = self.pictures.taken.iter().find(|taken| *taken.key == *key);
        let (Some(taken), Some((receipt, _))) = (taken.cloned(), parted(key)) else {
            return Vec::new();
        };
        let mut names = self.evidence_names();
        let subject = taken.subject.as_deref();
        let Some(new) = self.evidence_name(&receipt, subject, &taken.kind, &mut names) else {
            return Vec::new();
        };
        self.pictures
            .change_taken(key, |taken| taken.key = new.clone());
        vec![Effect::Pictures(PictureTask::Keep(new, text.clone()))]
    }

    /// After each message: the pictures of the receipt that is shown are asked for, and those of one that
    /// was left are forgotten.
    pub(crate) fn follow_pictures(&mut self) -> Vec<Effect> {
        let desk = self.desk.as_ref().filter(|desk| {
            self.route == Route::Receiving
                && desk.key.kind == Kind::Receipt
                && *self.place == *desk.key.id()
        });
        let receipt = desk.map(|desk| desk.key.clone());
        if receipt != self.pictures.receipt {
            self.pictures.gone.extend(self.pictures.removed.take());
            self.pictures.receipt = receipt;
            self.pictures.shown = Rc::default();
            self.pictures.open = None;
        }
        let mut effects: Vec<Effect> = self.clear_gone().into_iter().collect();
        let Some(desk) = &self.desk else {
            return effects;
        };
        let Some(receipt) = &self.pictures.receipt else {
            return effects;
        };
        let names = entries(&desk.read).iter();
        let keys = names.map(|entry| picture_key(receipt, tree::text_at(entry, "name")));
        let shown = &self.pictures.shown;
        let keys: Vec<Rc<str>> = keys.filter(|key| !shown.contains_key(key)).collect();
        for key in &keys {
            self.pictures.see(key, Seen::Asked);
        }
        if !keys.is_empty() {
            effects.push(Effect::Pictures(PictureTask::Give(keys)));
        }
        effects
    }

    /// The pictures that go for good, once it is stored that no receipt lists them; but those that a revision
    /// still lists stay.
    fn clear_gone(&mut self) -> Option<Effect> {
        if self.pictures.gone.is_empty() || !self.storage.is_settled() {
            return None;
        }
        let gone = std::mem::take(&mut self.pictures.gone).into_iter();
        let gone = gone.filter_map(|gone| {
            let name = tree::text_at(&gone.entry, "name");
            let record = self.record(&gone.receipt)?;
            let mut listing = record.heads().iter().filter_map(|head| head.data());
            let is_listed = listing.any(|data| data.contains(name));
            (!is_listed).then(|| picture_key(&gone.receipt, name))
        });
        let gone: Vec<Rc<str>> = gone.collect();
        (!gone.is_empty()).then_some(Effect::Pictures(PictureTask::Remove(gone)))
    }

    /// Takes a photo off the list of the receipt on the desk.
    pub(crate) fn remove_picture(&mut self, name: &str) -> Vec<Effect> {
        let Some(desk) = &self.desk else {
            return Vec::new();
        };
        let mut list = entries(&desk.typed).iter().enumerate();
        let found = list.find(|(_, entry)| tree::text_at(entry, "name") == name);
        let Some((at, entry)) = found.map(|(at, entry)| (at, entry.clone())) else {
            return Vec::new();
        };
        let receipt = desk.key.clone();
        self.pictures.open = None;
        let removed = Removed { receipt, entry, at };
        let before = self.pictures.removed.replace(removed);
        self.pictures.gone.extend(before);
        let effects = self.change_desk(|typed| {
            change_entries(typed, |list| {
                list.remove(at);
            });
        });
        self.keep_desk();
        effects
    }

    /// Brings back the photo that was removed last.
    pub(crate) fn bring_picture_back(&mut self) -> Vec<Effect> {
        let Some(Removed { receipt, entry, at }) = self.pictures.removed.take() else {
            return Vec::new();
        };
        if self.desk_of(&receipt).is_none() {
            return Vec::new();
        }
        let effects = self.change_desk(|typed| {
            change_entries(typed, |list| list.insert(at.min(list.len()), entry));
        });
        self.keep_desk();
        effects
    }

    /// Something is done with a photo that isn't stored: `retry`, `offer`, `drop`.
    pub(crate) fn pressed_taken(&mut self, key: &str, action: &str) -> Vec<Effect> {
        let taken = self.pictures.taken.iter().find(|taken| *taken.key == *key);
        let Some(taken) = taken.cloned() else {
            return Vec::new();
        };
        match (action, taken.stage) {
            ("retry", Stage::Refused(text, _)) => {
                self.pictures
                    .change_taken(key, |taken| taken.stage = Stage::Working);
                vec![Effect::Pictures(PictureTask::Keep(taken.key, text))]
            }
            ("offer", Stage::Refused(text, _)) => {
                let name = parted(key).map_or("", |(_, name)| name);
                vec![offer(name, &text)]
            }
            ("drop", Stage::Unreadable | Stage::TooLarge | Stage::Refused(..)) => {
                self.pictures.drop_taken(key);
                Vec::new()
            }
            (_, Stage::Working | Stage::Unreadable | Stage::TooLarge | Stage::Refused(..)) => {
                Vec::new()
            }
        }
    }

    /// Offers the photos of all receipts of an order as one archive.
    pub(crate) fn pack_order(&mut self) -> Vec<Effect> {
        let desk = self.desk.as_ref();
        let order = desk.map_or("", |desk| tree::text_at(&desk.read, "orderId"));
        let number = self.po_number(order);
        let pictures = self.filed(|receipt, _| *receipt.order_id == *order);
        self.pack(&format!("photos PO-{number}"), pictures)
    }

    /// Offers the photos of a month, or all of them, as one archive.
    pub(crate) fn pack_month(&mut self) -> Vec<Effect> {
        let month = self.pictures.month.clone();
        let pictures = self.filed(|_, picture| picture.name.starts_with(&*month));
        let when = if month.is_empty() {
            self.today.to_string()
        } else {
            month.to_string()
        };
        self.pack(&format!("photos {when}"), pictures)
    }

    fn pack(&mut self, name: &str, pictures: Vec<Filed>) -> Vec<Effect> {
        if pictures.is_empty() || self.pictures.is_packing {
            return Vec::new();
        }
        self.pictures.is_packing = true;
        let name = crate::update::file_name(name).replace(".json", ".zip");
        let task = PictureTask::Pack(name, pictures);
        vec![Effect::Pictures(task)]
    }

    fn tell_packed(&mut self, count: usize, missing: &[Rc<str>]) {
        self.pictures.is_packing = false;
        let locale = self.locale;
        let mut text = vec![match locale {
            Locale::En => format!("{} in the archive.", photos_of(locale, count)),
            Locale::Zh => format!("压缩包内有{}。", photos_of(locale, count)),
        }];
        if let Some(first) = missing.first() {
            let count = missing.len();
            text.push(match locale {
                Locale::En => format!("Not in it, as they aren’t on this device: {count}, such as {first}. Bring in the archive of the device that took them."),
                Locale::Zh => format!("有 {count} 张不在本机，未包含在内，例如 {first}。请导入拍摄设备导出的压缩包。"),
            });
        }
        self.notice = Some(crate::model::Notice {
            is_bad: !missing.is_empty(),
            text,
        });
    }

    /// An archive is to be looked into.
    pub(crate) fn open_archive(&mut self, file: File) -> Vec<Effect> {
        self.expect_archive(&file.name());
        vec![Effect::Pictures(PictureTask::Open(file))]
    }

    pub(crate) fn expect_archive(&mut self, name: &str) {
        self.notice = None;
        self.pictures.incoming = Some(Archive {
            name: name.into(),
            found: None,
        });
    }

    /// What an archive would bring.
    fn look_through(&mut self, names: &[Rc<str>], here: Vec<Rc<str>>) {
        let here: BTreeSet<Rc<str>> = here.into_iter().collect();
        let mut listed: BTreeMap<Rc<str>, Rc<str>> = BTreeMap::new();
        for Filed { key, name, .. } in self.filed(|_, _| true) {
            listed.insert(name, key);
        }
        let (mut new, mut known, mut unknown) = (Vec::new(), 0_usize, Vec::new());
        for name in names {
            match listed.get(name) {
                Some(key) if here.contains(key) => known = known.saturating_add(1),
                Some(key) => new.push((name.clone(), key.clone())),
                None => unknown.push(name.clone()),
            }
        }
        if let Some(archive) = &mut self.pictures.incoming {
            archive.found = Some(Found {
                new: new.into(),
                known,
                unknown: unknown.into(),
                is_applying: false,
            });
        }
    }

    /// Stores what an archive brings.
    pub(crate) fn take_in(&mut self) -> Vec<Effect> {
        let found = self.pictures.incoming.as_mut();
        let found = found.and_then(|archive| archive.found.as_mut());
        let Some(found) = found.filter(|found| !found.is_applying) else {
            return Vec::new();
        };
        found.is_applying = true;
        vec![Effect::Pictures(PictureTask::TakeIn(found.new.to_vec()))]
    }

    fn tell_taken_in(&mut self, count: usize, reason: Option<String>) {
        self.pictures.incoming = None;
        // They are asked for again.
        self.pictures.receipt = None;
        let locale = self.locale;
        let done = match locale {
            Locale::En => format!("{} brought in.", photos_of(locale, count)),
            Locale::Zh => format!("已导入{}。", photos_of(locale, count)),
        };
        match reason {
            None => self.tell(&done),
            Some(reason) => {
                let text = say(
                    locale,
                    "The others could not be stored: free some space and bring the archive in again.",
                    "其余照片未能保存：请腾出空间后重新导入该压缩包。",
                );
                self.complain(&format!("{done} {text} ({reason})"));
            }
        }
    }
}

/// A picture as a file of its own; the folder of the month is none of its name.
pub fn offer(name: &str, text: &Rc<str>) -> Effect {
    let file = name.rsplit('/').next().unwrap_or(name);
    Effect::Pictures(PictureTask::Offer(file.to_owned(), text.clone()))
}

/// So many photos.
pub fn photos_of(locale: Locale, count: usize) -> String {
    match (locale, count) {
        (Locale::En, 1) => "1 photo".to_owned(),
        (Locale::En, count) => format!("{count} photos"),
        (Locale::Zh, count) => format!(" {count} 张照片"),
    }
}

/// Pictures with names that are different also where capitals don't count: two devices may have given one
/// name twice, and the later one gets a number.
fn distinct(pictures: Vec<Filed>) -> Vec<Filed> {
    let mut names = BTreeSet::new();
    let distinct = pictures.into_iter().map(|picture| {
        let (stem, ending) = picture
            .name
            .rsplit_once('.')
            .unwrap_or((&picture.name, "jpg"));
        let numbered = (2_u32..).map(|number| Rc::from(format!("{stem} ({number}).{ending}")));
        let mut free = std::iter::once(picture.name.clone()).chain(numbered);
        let free = free.find(|name: &Rc<str>| names.insert(evidence_key(name)));
        let name = free.unwrap_or_else(|| picture.name.clone());
        Filed { name, ..picture }
    });
    distinct.collect()
}

/// What the page has to say of photos that couldn't be stored.
pub fn refused_notice(model: &Model) -> Html {
    let locale = model.locale;
    let refused: Vec<&Taken> = model.pictures.refused().collect();
    if refused.is_empty() {
        return html! {};
    }
    html! {
        <div class="notice stop">
            <p>{ say(locale,
                "These photos could not be stored and are only on this page: free some space and try again, or save them as files, before you close it.",
                "以下照片未能保存，只在当前页面中：请腾出空间后重试，或另存为文件，然后再关闭页面。") }</p>
            <ul class="unkept">
                { for refused.into_iter().map(|taken| {
                    let Stage::Refused(_, reason) = &taken.stage else { return html! {} };
                    let place = format!("receiving.photo.taken/{}", taken.key);
                    html! {
                        <li key={taken.key.to_string()}>
                            <span>{ &taken.file }<span class="quiet">{ format!(" ({reason})") }</span></span>{ " " }
                            { button(&place, "retry", say(locale, "Try again", "重试")) }
                            { button(&place, "offer", say(locale, "Save as a file", "另存为文件")) }
                            { button(&place, "drop", say(locale, "Leave it out", "放弃")) }
                        </li>
                    }
                }) }
            </ul>
        </div>
    }
}
