//! The page after what happened, and what the browser is to do about it.

use std::rc::Rc;

use landfall::issue::Issue;
use landfall::json::Json;
use landfall_words::{self as words, Locale};

use crate::archive::{Kind, Saved, envelope, opened, written};
use crate::draft::{Draft, rows};
use crate::edit;
use crate::model::{COMPARED, Effect, Model, Msg, Notice, Theme};
use crate::paste;
use crate::route::Route;
use crate::say::say;
use crate::tree;

/// The page after what happened, and what the browser is to do about it.
pub fn update(model: &Model, msg: Msg) -> (Model, Vec<Effect>) {
    let mut model = model.clone();
    let effects = model.take(msg);
    (model, effects)
}

impl Model {
    fn take(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Typed(path, text) => self.typed(&path, &text),
            Msg::Left(path) => {
                self.typing = None;
                Rc::make_mut(&mut self.left).insert(path);
                Vec::new()
            }
            Msg::Pressed(path, action) => self.pressed(&path, &action),
            Msg::Settled(change) if change == self.change => {
                if let Some(path) = self.typing.take() {
                    Rc::make_mut(&mut self.left).insert(path);
                }
                self.store()
            }
            Msg::Settled(_) => Vec::new(),
            Msg::Hidden => self.store(),
            Msg::Printing(is_printing) => {
                self.is_printing = is_printing;
                Vec::new()
            }
            Msg::Went(fragment) => self.went(&fragment),
            Msg::Arrived(order) => self.arrived(order),
            Msg::Linked(Ok(link)) => {
                self.link = Some(link.clone());
                vec![Effect::Copy(link)]
            }
            Msg::Linked(Err(reason)) => {
                let locale = self.locale;
                let text = say(
                    locale,
                    "No link could be made. Export the order as a file instead.",
                    "无法生成链接，请改用文件导出。",
                );
                self.complain(&format!("{text} ({reason})"));
                Vec::new()
            }
            Msg::Chose(file) => vec![Effect::Read(file)],
            Msg::FileRead(name, text) => self.imported(&name, text),
            Msg::Stamped(kind, of, id, saved_at) => self.stamped(kind, of, id, saved_at),
            Msg::Wrote(Ok(())) => {
                self.is_kept = true;
                Vec::new()
            }
            // Said once: it stays said above the order. But nothing is called saved that isn't.
            Msg::Wrote(Err(_))
                if !self.is_kept && self.notice.as_ref().is_none_or(|of| of.is_bad) =>
            {
                Vec::new()
            }
            Msg::Wrote(Err(reason)) => {
                self.is_kept = false;
                // Tried again when the page is hidden.
                self.is_unsaved = true;
                let locale = self.locale;
                let text = say(
                    locale,
                    "This could not be stored on this device. It is still here: export it before you close the page.",
                    "未能保存到本机。内容还在页面上，请先导出再关闭页面。",
                );
                self.complain(&format!("{text} ({reason})"));
                Vec::new()
            }
        }
    }

    fn typed(&mut self, path: &str, text: &str) -> Vec<Effect> {
        if path == "pasted" {
            self.pasted = Some(text.into());
            return Vec::new();
        }
        if let Some((kind, id, "name")) = saved_path(path) {
            let renamed = self
                .list(kind)
                .iter()
                .find(|saved| *saved.id == *id)
                .cloned();
            return renamed
                .map(|saved| {
                    self.keep(
                        kind,
                        Saved {
                            name: text.into(),
                            ..saved
                        },
                    )
                })
                .into_iter()
                .collect();
        }
        if path == "theme" {
            let theme = Theme::ALL.into_iter().find(|theme| theme.name() == text);
            self.theme = theme.unwrap_or_default();
            return vec![self.dress(), self.keep_preferences()];
        }
        if path == "schedule" {
            return self.apply_schedule(text);
        }
        let home = self.home(&self.fills());
        self.draft = edit::typed(&self.draft, &self.fills(), path, text, self.today);
        let new_home = self.home(&self.fills());
        if path == "destination"
            && ![home.as_str(), ""].contains(&new_home.as_str())
            && !home.is_empty()
        {
            // Rates to another currency say nothing of this one.
            self.draft.head = edit::without_rates(&self.draft.head);
        }
        // What was typed since the last large change would be undone with it.
        self.undo = None;
        self.typing = Some(path.to_owned());
        let mut effects = self.changed();
        if path == "name" {
            effects.push(self.dress());
        }
        effects
    }

    fn pressed(&mut self, path: &str, action: &str) -> Vec<Effect> {
        if let Some(reading) = action.strip_prefix("read:") {
            let mut effects = self.typed(path, reading);
            self.typing = None;
            effects.push(Effect::Focus(path.to_owned(), true));
            return effects;
        }
        if let Some((kind, id, _)) = saved_path(path) {
            return self.pressed_saved(kind, id, action);
        }
        match (path, action) {
            (_, "focus") => {
                // What is wrong there is shown, and what is folded around it opens.
                Rc::make_mut(&mut self.left).insert(path.to_owned());
                vec![Effect::Focus(path.to_owned(), true)]
            }
            (_, "next") => vec![Effect::Focus(path.to_owned(), false)],
            (_, "reset") => {
                let mut effects = self.typed(path, "");
                effects.push(Effect::Focus(path.to_owned(), true));
                effects
            }
            ("language", tag) => {
                self.locale = Locale::from_tag(tag).unwrap_or(self.locale);
                self.compute();
                vec![self.dress(), self.keep_preferences()]
            }
            ("order", "clear") => {
                let mut effects = self.opened(self.draft.cleared());
                effects.push(Effect::Focus("lines[0].sku".to_owned(), true));
                effects
            }
            ("order", "example") => self.opened(Draft::example(self.locale)),
            ("order", "undo") => match self.undo.take() {
                Some(draft) => {
                    let effects = self.opened((*draft).clone());
                    self.undo = None;
                    effects
                }
                None => Vec::new(),
            },
            ("order", "keep") => {
                let own = self.own.take();
                let effects = self.store();
                self.undo = own;
                effects
            }
            ("order", "back") => match self.own.take() {
                Some(own) => {
                    let effects = self.opened((*own).clone());
                    self.undo = None;
                    effects
                }
                None => Vec::new(),
            },
            ("order", "save") => vec![Effect::Stamp(Kind::Order, None)],
            ("order", "share") => {
                vec![Effect::Link(written(&self.draft.handed_on().to_tree()))]
            }
            ("order", "export") => {
                let name = self.title();
                let text = envelope(
                    Kind::Order,
                    "",
                    &self.draft.name,
                    &self.draft.handed_on().to_tree(),
                );
                vec![Effect::Download(file_name(&name), text)]
            }
            ("order", "request") => {
                let effective = self.draft.effective(&self.fills(), self.today, self.locale);
                let name = format!("{} request", self.title());
                vec![Effect::Download(
                    file_name(&name),
                    written(&effective.request),
                )]
            }
            ("order", "print") => {
                // The browser prints what is there when it is asked to, before any message can change it.
                self.is_printing = true;
                vec![Effect::Print]
            }
            ("removed", "undo") => {
                let removed = self.removed.take();
                let back = removed.map(|(kind, saved)| self.keep(kind, (*saved).clone()));
                back.into_iter().collect()
            }
            ("removed", _) => {
                self.removed = None;
                Vec::new()
            }
            ("link", "copy") => self
                .link
                .iter()
                .map(|link| Effect::Copy(link.clone()))
                .collect(),
            ("link", _) => {
                self.link = None;
                Vec::new()
            }
            ("notice", _) => {
                self.notice = None;
                Vec::new()
            }
            ("schedule", "save") => vec![Effect::Stamp(Kind::Schedule, None)],
            ("pasted", "open") => {
                self.pasted = Some("".into());
                vec![Effect::Focus("pasted".to_owned(), true)]
            }
            ("pasted", "add") => self.add_pasted(),
            ("pasted", _) => {
                self.pasted = None;
                Vec::new()
            }
            _ => {
                let pressed = edit::pressed(&self.draft, &self.fills(), path, action);
                let Some(pressed) = pressed else {
                    return Vec::new();
                };
                let mut effects = self.replaced(pressed.draft);
                effects.extend(pressed.focus.map(|field| Effect::Focus(field, true)));
                effects
            }
        }
    }

    fn add_pasted(&mut self) -> Vec<Effect> {
        let Some(text) = self.pasted.take() else {
            return Vec::new();
        };
        let pasted = paste::pasted(&text, self.locale);
        // An empty line that waits to be filled makes room for what is pasted.
        let lines = self.draft.lines.iter().map(|row| (*row.json).clone());
        let lines = lines.filter(|line| *line != tree::empty());
        let draft = Draft {
            lines: rows(lines.chain(pasted.lines.into_iter().map(|line| line.line))),
            ..self.draft.clone()
        };
        self.replaced(draft)
    }

    /// Adds the charges of a fee schedule; those that the order has of the same kinds give way.
    fn apply_schedule(&mut self, id: &str) -> Vec<Effect> {
        let schedule = self.schedules.iter().find(|saved| *saved.id == *id);
        let Some(Json::List(charges)) = schedule.map(|saved| (*saved.data).clone()) else {
            return Vec::new();
        };
        let is_replaced = |charge: &tree::Tree| {
            let component = tree::text_at(charge, "component");
            charges
                .iter()
                .any(|new| tree::text_at(new, "component") == component)
        };
        let own = self.draft.charges.iter().map(|row| (*row.json).clone());
        let own: Vec<_> = own.filter(|charge| !is_replaced(charge)).collect();
        let draft = Draft {
            charges: rows(own.into_iter().chain(charges.clone())),
            ..self.draft.clone()
        };
        self.replaced(draft)
    }

    fn pressed_saved(&mut self, kind: Kind, id: &str, action: &str) -> Vec<Effect> {
        let Some(saved) = self
            .list(kind)
            .iter()
            .find(|saved| *saved.id == *id)
            .cloned()
        else {
            return Vec::new();
        };
        match (kind, action) {
            (Kind::Order, "open") => match Draft::from_tree(&saved.data) {
                Ok(draft) => {
                    let own = self.own.take();
                    let mut effects = self.opened(Draft {
                        name: saved.name.to_string(),
                        ..draft
                    });
                    // What is undone is the own order, not the link's.
                    self.undo = own.or(self.undo.take());
                    effects.push(Effect::Go(Route::Cost.fragment().to_owned()));
                    effects
                }
                Err(issues) => {
                    self.refuse(&saved.name, &issues);
                    Vec::new()
                }
            },
            (Kind::Schedule, "open") => {
                let mut effects = self.apply_schedule(id);
                effects.push(Effect::Go(Route::Cost.fragment().to_owned()));
                effects
            }
            (Kind::Order, "compare") => {
                let mut compared = self.compared.to_vec();
                if compared.iter().any(|other| other == id) {
                    compared.retain(|other| other != id);
                } else if compared.len() < COMPARED {
                    compared.push(id.to_owned());
                }
                self.compared = compared.into();
                Vec::new()
            }
            (_, "copy") => vec![Effect::Stamp(kind, Some(id.to_owned()))],
            (_, "export") => {
                let text = envelope(kind, &saved.saved_at, &saved.name, &saved.data);
                vec![Effect::Download(file_name(&saved.name), text)]
            }
            (_, "remove") => {
                let others = self
                    .list(kind)
                    .iter()
                    .filter(|other| *other.id != *id)
                    .cloned()
                    .collect();
                *self.list(kind) = others;
                let compared = self
                    .compared
                    .iter()
                    .filter(|other| *other != id)
                    .cloned()
                    .collect();
                self.compared = compared;
                self.notice = None;
                self.removed = Some((kind, Rc::new(saved)));
                vec![Effect::Write(format!("{}{id}", kind.key()), None)]
            }
            _ => Vec::new(),
        }
    }

    /// Saves what an id was asked for: the order, its charges, or a copy of what is saved.
    fn stamped(
        &mut self,
        kind: Kind,
        of: Option<String>,
        id: String,
        saved_at: String,
    ) -> Vec<Effect> {
        let (id, saved_at) = (id.into(), saved_at.into());
        if let Some(of) = of {
            let original = self
                .list(kind)
                .iter()
                .find(|saved| *saved.id == *of)
                .cloned();
            return original
                .map(|saved| {
                    let name =
                        format!("{} {}", saved.name, say(self.locale, "(copy)", "（副本）")).into();
                    self.keep(
                        kind,
                        Saved {
                            id,
                            saved_at,
                            name,
                            data: saved.data,
                        },
                    )
                })
                .into_iter()
                .collect();
        }
        let (name, data) = match kind {
            Kind::Order => (self.title(), self.draft.handed_on().to_tree()),
            Kind::Schedule => {
                let charges = self.draft.charges.iter().map(|row| (*row.json).clone());
                let name = say(self.locale, "Fees of", "费用：");
                (
                    format!("{name} {}", self.title()),
                    Json::List(charges.collect()),
                )
            }
        };
        self.tell(match kind {
            Kind::Order => say(self.locale, "Saved under “Saved”.", "已存入“已保存”。"),
            Kind::Schedule => say(self.locale, "Saved as a fee schedule.", "已存为费用表。"),
        });
        let saved = Saved {
            id,
            saved_at,
            name: name.into(),
            data: Rc::new(data),
        };
        vec![self.keep(kind, saved)]
    }

    /// An order from a link is shown, and the reader's own kept.
    fn arrived(&mut self, order: Result<String, String>) -> Vec<Effect> {
        let locale = self.locale;
        let address = Effect::Go(Route::Cost.fragment().to_owned());
        let opened = order.and_then(|text| {
            let (_, saved) = opened(&text).map_err(|issues| self.sentences(&issues).join(" "))?;
            Draft::from_tree(&saved.data).map_err(|issues| self.sentences(&issues).join(" "))
        });
        match opened {
            Ok(draft) => {
                // Stores the own order, but never one that an earlier link brought.
                let mut effects = self.store();
                let own = self.own.take();
                let own = own.unwrap_or_else(|| Rc::new(self.draft.clone()));
                effects.extend(self.opened(draft));
                self.own = Some(own);
                self.undo = None;
                effects.push(address);
                effects
            }
            Err(reason) => {
                let text = say(
                    locale,
                    "The link holds no order that can be opened; yours is unchanged. Ask for the link again, or for a file.",
                    "链接中没有可打开的订单，您的订单未改动。请让对方重新发送链接或文件。",
                );
                self.complain(&format!("{text} ({reason})"));
                vec![address]
            }
        }
    }

    /// Adds what is in a file to what is saved; all of it, or nothing.
    fn imported(&mut self, name: &str, text: Result<String, String>) -> Vec<Effect> {
        let opened = text.map_err(|reason| vec![reason]).and_then(|text| {
            let (kind, saved) = opened(&text).map_err(|issues| self.sentences(&issues))?;
            if kind == Kind::Order {
                let draft =
                    Draft::from_tree(&saved.data).map_err(|issues| self.sentences(&issues))?;
                let data = Rc::new(draft.to_tree());
                return Ok((kind, Saved { data, ..saved }));
            }
            let charges = tree::object([
                ("lines", Json::List(Vec::new())),
                ("charges", (*saved.data).clone()),
            ]);
            let draft = Draft::from_tree(&charges).map_err(|issues| self.sentences(&issues))?;
            let charges = draft
                .charges
                .iter()
                .map(|row| (*row.json).clone())
                .collect();
            Ok((
                kind,
                Saved {
                    data: Rc::new(Json::List(charges)),
                    ..saved
                },
            ))
        });
        match opened {
            Ok((kind, saved)) => {
                let stem = name.strip_suffix(".json").unwrap_or(name);
                let name = if saved.name.is_empty() {
                    stem.into()
                } else {
                    saved.name
                };
                // A file can be imported again: its name and content decide, not a new id each time.
                let same = self
                    .list(kind)
                    .iter()
                    .find(|other| other.name == name && other.data == saved.data);
                if same.is_some() {
                    self.tell(already_here(self.locale));
                    return Vec::new();
                }
                let id = fingerprint(&name, &written(&saved.data));
                if self.list(kind).iter().any(|other| other.id == id) {
                    self.tell(already_here(self.locale));
                    return Vec::new();
                }
                self.tell(say(
                    self.locale,
                    "Imported. You find it below.",
                    "已导入，见下方列表。",
                ));
                vec![self.keep(kind, Saved { id, name, ..saved })]
            }
            Err(reasons) => {
                let text = say(
                    self.locale,
                    "could not be imported; nothing was changed.",
                    "无法导入，未作任何改动。",
                );
                let mut sentences = vec![format!("{name} {text}")];
                sentences.extend(reasons.into_iter().take(5));
                self.notice = Some(Notice {
                    is_bad: true,
                    text: sentences,
                });
                Vec::new()
            }
        }
    }

    fn refuse(&mut self, name: &str, issues: &[Issue]) {
        let mut text = vec![name.to_owned()];
        text.extend(self.sentences(issues).into_iter().take(5));
        self.notice = Some(Notice { is_bad: true, text });
    }

    fn sentences(&self, issues: &[Issue]) -> Vec<String> {
        let sentences = issues.iter().map(|issue| {
            let sentence = words::issue(self.locale, issue);
            if issue.path.is_empty() {
                sentence
            } else {
                format!("{}: {sentence}", issue.path)
            }
        });
        sentences.collect()
    }
}

/// `saved.<id>.name` and `schedule.<id>`: what is saved, and which part of it.
fn saved_path(path: &str) -> Option<(Kind, &str, &str)> {
    let orders = path.strip_prefix("saved.").map(|rest| (Kind::Order, rest));
    let (kind, rest) =
        orders.or_else(|| Some((Kind::Schedule, path.strip_prefix("schedule.")?)))?;
    let (id, part) = rest.split_once('.').unwrap_or((rest, ""));
    Some((kind, id, part))
}

const fn already_here(locale: Locale) -> &'static str {
    say(
        locale,
        "This file is already here.",
        "这个文件已经导入过了。",
    )
}

/// A name that every system takes for a file.
fn file_name(name: &str) -> String {
    let safe = |c: char| {
        if !c.is_ascii() || c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ' ') {
            c
        } else {
            '-'
        }
    };
    let name: String = name.chars().map(safe).take(60).collect();
    format!("landfall {}.json", name.trim())
}

/// An id that the same content always has (FNV-1a).
fn fingerprint(name: &str, data: &str) -> Rc<str> {
    let bytes = name.bytes().chain([0]).chain(data.bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("file-{hash:016x}").into()
}
