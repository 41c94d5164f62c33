//! The page after what happened, and what the browser is to do about it.

use std::rc::Rc;

use landfall::issue::Issue;
use landfall::json::Json;
use landfall_words::{self as words, Locale};

use landfall_workspace::record::{self, Key};
use landfall_workspace::rows::Order;
use landfall_workspace::{file, shop};

use crate::archive::{APP, Kind, Saved, envelope, opened, written};
use crate::draft::{Draft, rows, with_schedule};
use crate::edit;
use crate::inquiry::inquiry_path;
use crate::model::{COMPARED, Effect, Model, Moment, Msg, Notice, Theme};
use crate::orders::{PLACING, costed};
use crate::paste;
use crate::policy::SLIDE;
use crate::route::Route;
use crate::say::say;
use crate::store::{Access, StoreEvent, Task};
use crate::table;
use crate::tree::{self, Tree};

/// The page after what happened, and what the browser is to do about it.
pub fn update(model: &Model, moment: Moment, msg: Msg) -> (Model, Vec<Effect>) {
    let mut model = model.clone();
    model.moment = moment;
    let was_loaded = model.storage.is_loaded;
    let mut effects = model.take(msg);
    model.enter();
    effects.extend(model.show_touched(was_loaded != model.storage.is_loaded));
    model.suspend_by_rule();
    model.follow_suppliers();
    model.follow_arrivals();
    model.follow_clocks();
    effects.extend(model.follow_zone());
    effects.extend(model.follow_weeks());
    effects.extend(model.follow_back_test());
    effects.extend(model.watch_minutes());
    effects.extend(model.follow_pictures());
    effects.extend(model.commit());
    effects.extend(model.mirror_pending());
    effects.extend(model.update_when_stored());
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
                self.keep_draft();
                self.keep_desk();
                Vec::new()
            }
            Msg::Settled(_) => Vec::new(),
            Msg::Hidden => {
                self.storage.retry();
                self.keep_draft();
                self.keep_desk();
                Vec::new()
            }
            Msg::Printing(is_printing) => {
                self.is_printing = is_printing;
                Vec::new()
            }
            Msg::Went(fragment) => {
                let before = (self.route, self.place.clone());
                let mut effects = self.went(&fragment);
                if (self.route, self.place.clone()) != before {
                    self.keep_desk();
                    effects.push(Effect::Top);
                }
                effects
            }
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
            Msg::Chose(_) if self.is_applying() => Vec::new(),
            Msg::Chose(file) if file.name().to_lowercase().ends_with(".zip") => {
                self.open_archive(file)
            }
            Msg::Chose(file) => {
                self.begin_reading(&file.name());
                vec![Effect::Work(Task::File(file), self.locale)]
            }
            Msg::Photos(field, photos) => self.photographed(&field, photos),
            Msg::Pictures(event) => self.pictured(event),
            Msg::Work(event) => self.worked(event),
            Msg::Shop(text) => {
                self.meet_shop(&text);
                Vec::new()
            }
            Msg::Step => self.step(),
            Msg::Minute => {
                self.watch.is_waiting = false;
                Vec::new()
            }
            Msg::Zone(name, zone) => {
                self.weeks.meet_zone(&name, zone);
                Vec::new()
            }
            Msg::Store(event) => self.stored(event),
            Msg::Host(event) => {
                self.host.take(event);
                Vec::new()
            }
        }
    }

    /// Puts on the desk what the page that is shown works on.
    fn enter(&mut self) {
        if !self.storage.is_loaded {
            return;
        }
        match self.route {
            Route::Suppliers => self.lay_supplier(),
            Route::Quotes => self.lay_quotes(),
            Route::Policy => self.lay_policy(),
            Route::Receiving => self.lay_receiving(),
            Route::Week => self.lay_week(),
            Route::Orders => self.lay_order(),
            Route::Cost | Route::Saved | Route::Data => {}
        }
    }

    fn typed(&mut self, path: &str, text: &str) -> Vec<Effect> {
        if path == "pasted" {
            self.pasted = Some(text.into());
            return Vec::new();
        }
        if let Some((kind, id, "name")) = saved_path(path) {
            if let Some(saved) = self.find_saved(kind, id) {
                let name = text.into();
                self.save(kind, &Saved { name, ..saved });
            }
            return Vec::new();
        }
        if let Some(field) = path.strip_prefix(SLIDE) {
            return self.typed(field, text);
        }
        if let Some(field) = path.strip_prefix("log.") {
            self.log.narrow(field, text);
            return Vec::new();
        }
        if let Some(field) = path
            .strip_prefix("placing.")
            .or(path.strip_prefix("order."))
        {
            return self.typed_on_orders(field, text);
        }
        if let Some(field) = path.strip_prefix("desk.") {
            if self.order_desk().is_some() {
                return self.typed_in_order(field, text);
            }
            if self.route == Route::Receiving {
                return self.typed_in_receipt(field, text);
            }
            return self.typed_on_desk(field, text);
        }
        if let Some(field) = path.strip_prefix("tracker.") {
            self.tracker.narrow(field, text);
            return Vec::new();
        }
        if let Some(field) = path.strip_prefix("receiving.") {
            return self.typed_on_receiving(field, text);
        }
        if let Some(field) = path.strip_prefix("week.") {
            return self.typed_on_week(field, text);
        }
        if let Some(field) = path.strip_prefix("seeing.") {
            return self.typed_seeing(field, text);
        }
        if let Some((index, field)) = inquiry_path(path) {
            return self.typed_inquiry(index, field, text);
        }
        if path == "data.month" {
            self.pictures.month = text.into();
            return Vec::new();
        }
        if let Some(field) = path.strip_prefix("data.") {
            self.data.typed(field, text);
            return Vec::new();
        }
        if path == "theme" {
            let theme = Theme::ALL.into_iter().find(|theme| theme.name() == text);
            self.theme = theme.unwrap_or_default();
            return self.dressed();
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
            effects.push(Effect::Focus(path.to_owned()));
            return effects;
        }
        if let Some((kind, id, _)) = saved_path(path) {
            return self.pressed_saved(kind, id, action);
        }
        if let Some(id) = path.strip_prefix("draft.") {
            return self.pressed_draft(id, action);
        }
        if let Some(key) = path.strip_prefix("conflict.") {
            self.decide(key, action);
            return Vec::new();
        }
        if let Some(place) = path.strip_prefix("quotes.") {
            return self.pressed_quotes(place, action);
        }
        if let Some(id) = path.strip_prefix("order.") {
            return self.pressed_order(id, action);
        }
        if path == PLACING || path.starts_with("placing.lines[") {
            return self.pressed_placing(path, action);
        }
        if let Some(place) = path.strip_prefix("receiving.") {
            return self.pressed_receiving(place, action);
        }
        if let Some(place) = path.strip_prefix("week.") {
            return self.pressed_week(place, action);
        }
        if let Some((index, _)) = inquiry_path(path) {
            return self.pressed_inquiry(index, action);
        }
        match (path, action) {
            ("data", action) => self.pressed_data(action),
            ("policy", action) => self.pressed_policy(action),
            ("policy.backTest", list) => self.pressed_back_test(list),
            ("tracker", action) => self.pressed_tracker(action),
            ("supplier", action) => self.pressed_supplier(action),
            ("article", action) => self.pressed_article(action),
            ("more", _) => {
                self.is_more = !self.is_more;
                Vec::new()
            }
            ("log", action) => {
                self.log.turn(action);
                Vec::new()
            }
            (_, "focus") => {
                // What is wrong there is shown, and what is folded around it opens.
                Rc::make_mut(&mut self.left).insert(path.to_owned());
                vec![Effect::Focus(path.to_owned())]
            }
            (_, "reset") => {
                let mut effects = self.typed(path, "");
                effects.push(Effect::Focus(path.to_owned()));
                effects
            }
            ("language", tag) => {
                self.locale = Locale::from_tag(tag).unwrap_or(self.locale);
                self.compute();
                self.dressed()
            }
            ("storage", "retry") => {
                self.storage.retry();
                Vec::new()
            }
            ("order", "clear") => {
                self.leave_draft();
                let mut effects = self.opened(self.draft.cleared());
                effects.push(Effect::Focus("lines[0].sku".to_owned()));
                effects
            }
            ("order", "example") => {
                self.leave_draft();
                self.opened(Draft::example(self.locale))
            }
            ("order", "undo") => match self.undo.take() {
                Some(draft) => {
                    self.return_to_draft(&draft);
                    let effects = self.opened((*draft).clone());
                    self.undo = None;
                    effects
                }
                None => Vec::new(),
            },
            ("order", "keep") => {
                let own = self.own.take();
                if let Some(own) = &own {
                    let theirs = std::mem::replace(&mut self.draft, (**own).clone());
                    self.leave_draft();
                    self.draft = theirs;
                }
                self.undo = own;
                let mirror = self.mirror();
                self.keep_draft();
                mirror.into_iter().collect()
            }
            ("order", "back") => match self.own.take() {
                Some(own) => {
                    let effects = self.opened((*own).clone());
                    self.undo = None;
                    effects
                }
                None => Vec::new(),
            },
            ("order", "save") => {
                self.save_order();
                Vec::new()
            }
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
            ("order", "csv") => {
                let Some(outcome) = &self.outcome else {
                    return Vec::new();
                };
                let text = table::breakdown(self.locale, &outcome.result);
                let name = file_name(&self.title()).replace(".json", ".csv");
                vec![Effect::Download(name, text)]
            }
            ("order", "print") => {
                // The browser prints what is there when it is asked to, before any message can change it.
                self.is_printing = true;
                vec![Effect::Print]
            }
            ("removed", "undo") => {
                if let Some((kind, saved)) = self.removed.take() {
                    self.save(kind, &saved);
                }
                Vec::new()
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
            ("schedule", "save") => {
                self.save_schedule();
                Vec::new()
            }
            ("host", action) => self.pressed_host(action),
            ("pasted", "open") => {
                self.pasted = Some("".into());
                vec![Effect::Focus("pasted".to_owned())]
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
                effects.extend(pressed.focus.map(Effect::Focus));
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
        let draft = Draft {
            charges: with_schedule(&self.draft.charges, &charges),
            ..self.draft.clone()
        };
        self.replaced(draft)
    }

    fn pressed_draft(&mut self, id: &str, action: &str) -> Vec<Effect> {
        let key = Key::new(record::Kind::Draft, id);
        let record = key.and_then(|key| self.record(&key));
        match (record, action) {
            (Some(record), "open") => {
                self.own = None;
                self.leave_draft();
                self.show_draft(&record);
                let go = Effect::Go(Route::Cost.fragment().to_owned());
                vec![self.dress(), go]
            }
            (Some(record), "remove") => {
                self.put(record.key(), None);
                Vec::new()
            }
            (Some(_) | None, _) => Vec::new(),
        }
    }

    fn pressed_saved(&mut self, kind: Kind, id: &str, action: &str) -> Vec<Effect> {
        let Some(saved) = self.find_saved(kind, id) else {
            return Vec::new();
        };
        match (kind, action) {
            (Kind::Order, "open") => match Draft::from_tree(&saved.data) {
                Ok(draft) => {
                    let own = self.own.take();
                    self.leave_draft();
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
            (_, "copy") => {
                let copy = say(self.locale, "(copy)", "（副本）");
                let name = format!("{} {copy}", saved.name);
                self.save_new(kind, name, saved.data);
                Vec::new()
            }
            (_, "export") => {
                let text = envelope(kind, &saved.saved_at, &saved.name, &saved.data);
                vec![Effect::Download(file_name(&saved.name), text)]
            }
            (_, "remove") => {
                let compared = self
                    .compared
                    .iter()
                    .filter(|other| *other != id)
                    .cloned()
                    .collect();
                self.compared = compared;
                self.notice = None;
                self.removed = Some((kind, Rc::new(saved)));
                if let Some(key) = Key::new(kind.record(), id) {
                    self.put(&key, None);
                }
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// The next part of what takes long.
    fn step(&mut self) -> Vec<Effect> {
        let is_applying = self.apply_more();
        if self.log.is_behind() {
            self.log.index(&self.workspace, self.offset);
        }
        if self.weeks.is_behind() {
            self.report_more();
        }
        let is_trying = self.try_more();
        if is_applying || is_trying || self.log.is_behind() || self.weeks.is_behind() {
            return vec![Effect::Soon];
        }
        Vec::new()
    }

    /// Shows what changed in the workspace.
    fn show_touched(&mut self, is_new: bool) -> Option<Effect> {
        let was_behind = self.log.is_behind();
        for key in std::mem::take(&mut self.touched) {
            self.watch_batches(&key);
            if matches!(key.kind, record::Kind::Order | record::Kind::Sku) {
                self.past = Rc::default();
            }
            if key.kind == record::Kind::Order {
                self.log.touch(key);
            } else if let Some(record) = self.record(&key) {
                self.list_saved(&record);
            }
        }
        if !self.storage.is_loaded || !self.log.is_behind() {
            return None;
        }
        if self.log.is_short() {
            self.log.index(&self.workspace, self.offset);
        }
        (self.log.is_behind() && (!was_behind || is_new)).then_some(Effect::Soon)
    }

    /// Shows what an order of the log costs at the door.
    pub(crate) fn cost_order(&mut self, id: &str) -> Vec<Effect> {
        let key = Key::new(record::Kind::Order, id);
        let entry = key.and_then(|key| self.workspace.get(&key).cloned());
        let Some(order) = entry.as_ref().and_then(|entry| entry.as_row::<Order>()) else {
            return Vec::new();
        };
        let draft = costed(order, &self.draft, self.locale);
        self.leave_draft();
        let mut effects = self.opened(draft);
        effects.push(Effect::Go(Route::Cost.fragment().to_owned()));
        effects
    }

    /// A button on the page of the data.
    fn pressed_data(&mut self, action: &str) -> Vec<Effect> {
        match action {
            "readPasted" | "cancel" | "undo" if self.is_applying() => Vec::new(),
            "export" => self.export_all(),
            "exportPart" => {
                let parts = std::mem::take(&mut self.data.parts);
                let records = self.workspace.records();
                let records = records.filter(|record| parts.contains(&record.key().kind));
                let text = file::write(records, &self.moment.at, APP);
                vec![Effect::Download(self.dated("part", "json"), text)]
            }
            "csv" => {
                let text = table::orders(self.locale, &self.workspace);
                vec![Effect::Download(self.dated("orders", "csv"), text)]
            }
            "unreadable" => {
                let rows = self.workspace.unreadable();
                let text = rows.map(|row| format!("{}\n", row.text)).collect();
                vec![Effect::Download(self.dated("unreadable", "txt"), text)]
            }
            "photos" => self.pack_month(),
            "takeIn" => self.take_in(),
            "cancelPhotos" => {
                self.pictures.incoming = None;
                Vec::new()
            }
            "shop" => self.export_shop(),
            "persist" => vec![Effect::Persist],
            "paste" => {
                self.data.pasted = Some("".into());
                vec![Effect::Focus("data.pasted".to_owned())]
            }
            "cancelPaste" => {
                self.data.pasted = None;
                Vec::new()
            }
            "readPasted" => {
                let Some(rows) = self.data.pasted.take() else {
                    return Vec::new();
                };
                let name = say(self.locale, "Pasted rows", "粘贴的表格");
                self.begin_reading(name);
                vec![Effect::Work(Task::Rows(rows.to_string()), self.locale)]
            }
            "cancel" => {
                self.data.incoming = None;
                vec![Effect::CancelWork]
            }
            "apply" => self.apply(),
            "undo" => {
                self.take_back();
                Vec::new()
            }
            "erase" => {
                self.data.is_erasing = true;
                self.export_all()
            }
            "keepAll" => {
                self.data.is_erasing = false;
                Vec::new()
            }
            "eraseNow" if self.data.is_erasing => vec![Effect::Erase],
            _ => Vec::new(),
        }
    }

    /// Offers a file with everything, and notes that it was.
    fn export_all(&mut self) -> Vec<Effect> {
        let text = file::write(self.workspace.records(), &self.moment.at, APP);
        let at = self.moment.at.clone();
        self.note("lastExport", &at);
        vec![Effect::Download(self.dated("backup", "json"), text)]
    }

    fn dated(&self, what: &str, extension: &str) -> String {
        format!("landfall {what} {}.{extension}", self.today)
    }

    /// What the store of the records has to say.
    fn stored(&mut self, event: StoreEvent) -> Vec<Effect> {
        match event {
            StoreEvent::Opened(opened) => {
                if let Access::Newer(version) = opened.access {
                    self.storage.newer = Some(version);
                }
                self.storage.notes = opened.meta.iter().cloned().collect();
                self.storage.opened = Some(opened);
                self.meet_sent_shop();
            }
            StoreEvent::Rows(texts) => self.absorb_texts(&texts),
            StoreEvent::Ready => {
                self.storage.is_loaded = true;
                self.adopt();
                self.take_up();
                self.meet_drafts();
                return vec![Effect::Measure];
            }
            StoreEvent::Changed(texts) => {
                self.absorb_texts(&texts);
                self.follow_drafts();
                self.follow_desk();
            }
            StoreEvent::Committed(number, texts) => {
                let is_first = !self.storage.notes.contains_key("firstWrite");
                self.storage.committed(number);
                self.tell_promised();
                self.absorb_texts(&texts);
                self.follow_drafts();
                self.follow_desk();
                // From the first thing that is kept on, the browser is asked to keep it.
                let mut effects = self.leave_old();
                if is_first && self.storage.notes.contains_key("firstWrite") {
                    effects.push(Effect::Persist);
                }
                return effects;
            }
            StoreEvent::Refused(number, reason) => self.storage.refused(number, &reason),
            StoreEvent::Faulty(reason) => self.storage.fault = Some(reason.into()),
            StoreEvent::NotErased(reason) => {
                let text = say(
                    self.locale,
                    "Not everything could be erased. Close other tabs of this page and try again.",
                    "未能清除全部数据。请关闭本页面的其他标签页后重试。",
                );
                self.complain(&format!("{text} ({reason})"));
            }
            StoreEvent::Usage {
                bytes,
                quota,
                is_persisted,
            } => self.storage.usage = Some((bytes, quota, is_persisted)),
        }
        Vec::new()
    }

    fn find_saved(&mut self, kind: Kind, id: &str) -> Option<Saved> {
        let mut list = self.list(kind).iter();
        list.find(|saved| *saved.id == *id).cloned()
    }

    fn save_new(&mut self, kind: Kind, name: String, data: Rc<Tree>) {
        let saved = Saved {
            id: self.moment.id.clone(),
            saved_at: self.moment.at.clone(),
            name: name.into(),
            data,
        };
        self.save(kind, &saved);
    }

    /// Saves the order.
    fn save_order(&mut self) {
        let data = Rc::new(self.draft.handed_on().to_tree());
        self.save_new(Kind::Order, self.title(), data);
        self.tell_when_stored(say(self.locale, "Saved under “Saved”.", "已存入“已保存”。"));
    }

    /// Saves the charges of the order as a fee schedule.
    fn save_schedule(&mut self) {
        let charges = self.draft.charges.iter().map(|row| (*row.json).clone());
        let charges = Rc::new(Json::List(charges.collect()));
        let name = say(self.locale, "Fees of", "费用：");
        self.save_new(Kind::Schedule, format!("{name} {}", self.title()), charges);
        self.tell_when_stored(say(
            self.locale,
            "Saved as a fee schedule.",
            "已存为费用表。",
        ));
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
                self.keep_draft();
                let own = self.own.take();
                let own = own.unwrap_or_else(|| Rc::new(self.draft.clone()));
                self.own = Some(own.clone());
                let mut effects = self.opened(draft);
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
    pub(crate) fn imported(&mut self, name: &str, text: &str) -> Vec<Effect> {
        if is_shop(text) {
            if let Err(reasons) = self.take_shop(text) {
                self.not_imported(name, reasons);
            }
            return vec![Effect::Go(Route::Data.fragment().to_owned())];
        }
        match self.saved_in(text) {
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
                self.tell_when_stored(say(
                    self.locale,
                    "Imported: it is under “Saved”.",
                    "已导入，见“已保存”。",
                ));
                let saved_at = if saved.saved_at.is_empty() {
                    self.moment.at.clone()
                } else {
                    saved.saved_at
                };
                let data = saved.data;
                self.save(
                    kind,
                    &Saved {
                        id,
                        saved_at,
                        name,
                        data,
                    },
                );
                Vec::new()
            }
            Err(reasons) => {
                self.not_imported(name, reasons);
                Vec::new()
            }
        }
    }

    pub(crate) fn not_imported(&mut self, name: &str, reasons: Vec<String>) {
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
    }

    /// What can be saved of a file.
    fn saved_in(&self, text: &str) -> Result<(Kind, Saved), Vec<String>> {
        let (kind, saved) = opened(text).map_err(|issues| self.sentences(&issues))?;
        let tree = match kind {
            Kind::Order => (*saved.data).clone(),
            Kind::Schedule => tree::object([
                ("lines", Json::List(Vec::new())),
                ("charges", (*saved.data).clone()),
            ]),
        };
        let draft = Draft::from_tree(&tree).map_err(|issues| self.sentences(&issues))?;
        let data = match kind {
            Kind::Order => draft.to_tree(),
            Kind::Schedule => {
                let charges = draft.charges.iter().map(|row| (*row.json).clone());
                Json::List(charges.collect())
            }
        };
        let data = Rc::new(data);
        Ok((kind, Saved { data, ..saved }))
    }

    fn refuse(&mut self, name: &str, issues: &[Issue]) {
        let mut text = vec![name.to_owned()];
        text.extend(self.sentences(issues).into_iter().take(5));
        self.notice = Some(Notice { is_bad: true, text });
    }

    pub(crate) fn sentences(&self, issues: &[Issue]) -> Vec<String> {
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

/// Whether a file says that it is a shop file.
fn is_shop(text: &str) -> bool {
    let json = landfall::json::read(text.trim_start_matches('\u{feff}'));
    json.is_ok_and(|json| tree::text_at(&json.into_owned(), "format") == shop::FORMAT)
}

/// A name that every system takes for a file.
pub(crate) fn file_name(name: &str) -> String {
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
