//! What the page knows, and how it changes.

use std::collections::BTreeSet;
use std::rc::Rc;

use chrono::{NaiveDate, NaiveDateTime};
use landfall::destination::Destination;
use landfall::issue::{Issue, Problem};
use landfall::json::{self, Json};
use landfall::landed_cost::{LandedCost, Request, SellingPriceRequest};
use landfall::money::Currency;
use landfall_words::{self as words, Locale};
use landfall_workspace::record::{self, Key, Record};
use landfall_workspace::workspace::Workspace;

use crate::archive::{self, Kind, Saved, key, written};
use crate::desk::Desk;
use crate::draft::{self, Draft};
use crate::fills::Fills;
use crate::host::{Host, HostEvent};
use crate::incoming::DataRoom;
use crate::keeping::Kept;
use crate::orders::{Kept as Past, Log};
use crate::outcome::Outcome;
use crate::pictures::{PictureEvent, PictureTask, Pictures};
use crate::policy::BackTest;
use crate::reading::{Reading, refusal};
use crate::receiving::{Run, Seeing, Watch};
use crate::route::{Address, Route};
use crate::say::say;
use crate::shop::ShopFile;
use crate::storage::Storage;
use crate::store::{Change, Place, StoreEvent, Task, WorkEvent};
use crate::suppliers::Tracker;
use crate::time::Zone;
use crate::tree::{self, Tree};
use crate::week::Weeks;

/// How many orders can be compared.
pub const COMPARED: usize = 4;

/// What the page knows.
#[derive(Clone, Debug)]
pub struct Model {
    /// The language of the page.
    pub locale: Locale,
    /// The colours of the page.
    pub theme: Theme,
    /// The reader's day.
    pub today: NaiveDate,
    /// The minutes that the reader's clock is ahead of UTC.
    pub offset: i32,
    /// The reader's zone, by which instants of other days are shown.
    pub zone: Rc<Zone>,
    /// The page that is shown.
    pub route: Route,
    /// What is shown on it: the id of a record; empty is the page itself.
    pub place: Rc<str>,
    /// Whether the pages behind “More” are shown.
    pub is_more: bool,
    /// All destinations that there are facts for.
    pub destinations: Rc<[Destination]>,
    /// The order that is being worked on.
    pub draft: Draft,
    /// The last result that the order had; it stays while something is half typed.
    pub outcome: Option<Rc<Outcome>>,
    /// What is wrong with the order as it stands.
    pub faults: Rc<[Fault]>,
    /// What is wrong with what selling costs; the landed cost doesn't wait for it.
    pub selling_faults: Rc<[Fault]>,
    /// The field that is being typed in: its faults are not shown yet.
    pub typing: Option<String>,
    /// The fields that were left: what is missing in them is shown.
    pub left: Rc<BTreeSet<String>>,
    /// Counts the changes, so that a late timer is told from the last one.
    pub change: u32,
    /// When the last message came, and an id that nothing else has.
    pub moment: Moment,
    /// What this browser is called in revisions.
    pub device: Rc<str>,
    /// An id of this visit.
    pub visit: Rc<str>,
    /// All records.
    pub workspace: Rc<Workspace>,
    /// The records that changed and aren't shown yet.
    pub touched: Vec<Key>,
    /// How they are stored.
    pub storage: Storage,
    /// What is being done on the page of the data.
    pub data: DataRoom,
    /// The orders as they are listed.
    pub log: Log,
    /// What is known beside an order that is to be placed.
    pub past: Past,
    /// What of receiving isn't stored.
    pub run: Run,
    /// The draft of an order that was deleted last, and can be brought back.
    pub discarded: Option<Record>,
    /// The suppliers as they are listed.
    pub tracker: Tracker,
    /// What is asked on the page of what a sample can see.
    pub seeing: Seeing,
    /// The shop file that rules here.
    pub shop: Option<ShopFile>,
    /// Which record the shown order is.
    pub kept: Kept,
    /// The record that is worked on outside of Landed cost.
    pub desk: Option<Desk>,
    /// The photos that are worked on.
    pub pictures: Pictures,
    /// What the last large change can be undone to.
    pub undo: Option<Rc<Draft>>,
    /// The reader's own order, while one from a link is shown.
    pub own: Option<Rc<Draft>>,
    /// Saved orders, the newest first.
    pub saved: Rc<[Saved]>,
    /// Saved fee schedules, the newest first.
    pub schedules: Rc<[Saved]>,
    /// The ids of the orders that are compared.
    pub compared: Rc<[String]>,
    /// What the page has to say.
    pub notice: Option<Notice>,
    /// What it has to say once everything is stored.
    pub promised: Option<Rc<str>>,
    /// The link to the order, once it was asked for.
    pub link: Option<String>,
    /// What was deleted last, and can be brought back.
    pub removed: Option<(Kind, Rc<Saved>)>,
    /// Whether the page is being printed, as a quotation.
    pub is_printing: bool,
    /// What was pasted from a spreadsheet and waits to be added.
    pub pasted: Option<Rc<str>>,
    /// What the browser around the page has to say.
    pub host: Host,
    /// What is due by when.
    pub watch: Watch,
    /// Past orders, to be held against changed rules.
    pub back_test: BackTest,
    /// What is known of weeks.
    pub weeks: Weeks,
}

/// The colours of the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Theme {
    /// As the reader's system.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// All of them.
    pub const ALL: [Theme; 3] = [Theme::Auto, Theme::Light, Theme::Dark];

    /// As it is stored.
    pub const fn name(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

/// Something that is wrong with a field.
#[derive(Clone, PartialEq, Debug)]
pub struct Fault {
    /// The field, by its path in the form.
    pub path: String,
    /// What is wrong.
    pub what: What,
}

/// What is wrong with a field.
#[derive(Clone, PartialEq, Debug)]
pub enum What {
    /// Its text can't be read, or in two ways.
    Misread(Reading),
    /// Its value doesn't fit.
    Issue(Problem),
}

impl Fault {
    /// What is wrong, and the way out.
    pub fn sentence(&self, locale: Locale) -> String {
        match &self.what {
            What::Misread(Reading::Refused(refused)) => refusal(locale, refused),
            What::Misread(Reading::Ambiguous(_)) => say(
                locale,
                "This can be read in two ways. Which one?",
                "有两种读法，请选择：",
            )
            .to_owned(),
            What::Misread(Reading::Blank | Reading::Read(_)) => {
                say(locale, "Not filled in.", "未填写。").to_owned()
            }
            What::Issue(problem) => {
                let (path, problem) = (self.path.clone(), problem.clone());
                words::issue(locale, &Issue { path, problem })
            }
        }
    }

    /// Whether it is merely not filled in yet.
    pub fn is_missing(&self) -> bool {
        matches!(
            self.what,
            What::Issue(Problem::Required) | What::Misread(Reading::Blank)
        )
    }
}

/// What the page has to say.
#[derive(Clone, PartialEq, Debug)]
pub struct Notice {
    /// Whether something went wrong.
    pub is_bad: bool,
    /// The sentences.
    pub text: Vec<String>,
}

/// When something happened.
#[derive(Clone, Default, Debug)]
pub struct Moment {
    /// The time in UTC.
    pub at: Rc<str>,
    /// An id that was never given before.
    pub id: Rc<str>,
    /// A seed that nobody can foresee: 32 hexadecimal digits; empty where the browser gives none.
    pub seed: Rc<str>,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum Msg {
    /// A field changed; a tick box has the text `true` or none.
    Typed(String, String),
    /// A field was left.
    Left(String),
    /// A button of the form was pressed: the place it belongs to, and what it does.
    Pressed(String, String),
    /// Time went by since a change.
    Settled(u32),
    /// The page is about to be hidden or closed.
    Hidden,
    /// Printing begins or has ended.
    Printing(bool),
    /// The address names another page, or an order.
    Went(String),
    /// An order came by the link.
    Arrived(Result<String, String>),
    /// The link to the order.
    Linked(Result<String, String>),
    /// A file was chosen.
    Chose(web_sys::File),
    /// Photos were taken or chosen: the field that they came by.
    Photos(String, Vec<web_sys::File>),
    /// What came of photos.
    Pictures(PictureEvent),
    /// The store of the records has something to say.
    Store(StoreEvent),
    /// What was found in a file or in pasted rows.
    Work(WorkEvent),
    /// The shop file that stands beside the page; `null` where the owner put none there.
    Shop(String),
    /// Time for the next part of what takes long.
    Step,
    /// A minute went by.
    Minute,
    /// A zone by its IANA name; `None` where the browser doesn't know it.
    Zone(Rc<str>, Option<Zone>),
    /// The browser around the page has something to say.
    Host(HostEvent),
}

/// What the browser is asked to do.
#[derive(Clone, PartialEq, Debug)]
pub enum Effect {
    /// Come back after a second.
    Wait(u32),
    /// Write a small text to the local storage at once, or remove it: it is there at the next first paint.
    Mirror(String, Option<String>),
    /// Store records in one durable transaction, with notes beside them; the number comes back.
    Commit(u32, Vec<Change>, Vec<(String, String)>),
    /// Offer a file: its name and text.
    Download(String, String),
    /// Take, store, give, remove or export photos.
    Pictures(PictureTask),
    /// Read a file, or the rows of a text, aside from the page; the language is that of what is wrong with it.
    Work(Task, Locale),
    /// Stop reading.
    CancelWork,
    /// Come back at once, after what waits.
    Soon,
    /// Come back after a minute.
    Minute,
    /// Look up a zone by its IANA name.
    Zone(Rc<str>),
    /// Ask the browser not to clear the records away by itself.
    Persist,
    /// Say how much space is used.
    Measure,
    /// Remove everything that this page stored, and open it anew.
    Erase,
    /// Pack an order into a link.
    Link(String),
    /// Unpack the order of a link.
    Unpack(String),
    /// Copy a text.
    Copy(String),
    /// Print the page.
    Print,
    /// Tell the document its language, colours and title.
    Dress(Locale, Theme, String),
    /// Move to a field.
    Focus(String),
    /// Show another address.
    Go(String),
    /// Show the page from its top.
    Top,
    /// Let the newer version of the page take over.
    Update,
}

/// What the page opens with.
#[derive(Clone, Default, Debug)]
pub struct Opening {
    /// The language of the browser.
    pub language: String,
    /// The reader's day.
    pub today: NaiveDate,
    /// The minutes that the reader's clock is ahead of UTC.
    pub offset: i32,
    /// The reader's zone.
    pub zone: Zone,
    /// The data of the destinations, as JSON; empty where it couldn't be loaded.
    pub destinations: String,
    /// When it opens.
    pub moment: Moment,
    /// What this browser is called in revisions.
    pub device: String,
    /// What the local storage has, by key.
    pub stored: Vec<(String, String)>,
    /// The fragment of the address.
    pub fragment: String,
}

impl Model {
    /// The page as it opens, and what is to be done first.
    pub fn open(opening: Opening) -> (Model, Vec<Effect>) {
        let destinations = json::read(&opening.destinations).map_err(|issue| vec![issue]);
        let destinations = destinations.and_then(|json| landfall::destination::read_all(&json));
        let stored = &opening.stored;
        let find = |key: &str| {
            stored
                .iter()
                .find(|(name, _)| name == key)
                .map(|(_, text)| text.as_str())
        };
        let preferences = find(key::PREFERENCES).and_then(|text| json::read(text).ok());
        let preferences = preferences.map_or_else(tree::empty, Json::into_owned);
        let language = [tree::text_at(&preferences, "language"), &opening.language];
        let locale = language.into_iter().find_map(Locale::from_tag);
        let locale = locale.unwrap_or(Locale::En);
        let theme = tree::text_at(&preferences, "theme");
        let theme = Theme::ALL.into_iter().find(|known| known.name() == theme);
        let is_old =
            |(name, _): &&(String, String)| key::OLD.iter().any(|old| name.starts_with(old));
        let old = stored.iter().filter(is_old).cloned().collect();
        let left = stored
            .iter()
            .filter(|(name, _)| name.starts_with(key::PENDING));
        let left = left.cloned().collect();
        let visit = opening.moment.id.clone();
        let mirror = find(key::DRAFT).map(|text| archive::mirrored(text, &opening.moment.id));
        let (kept, draft, is_broken) = match mirror {
            None => (None, None, false),
            Some(Ok((kept, draft))) => (Some(kept), Some(draft), false),
            Some(Err(_)) => (None, None, true),
        };
        let kept = kept.unwrap_or_else(|| Kept::new(&opening.moment.id));
        let mut model = Model {
            locale,
            theme: theme.unwrap_or_default(),
            today: opening.today,
            offset: opening.offset,
            zone: Rc::new(opening.zone),
            route: Route::Cost,
            place: "".into(),
            is_more: false,
            destinations: destinations.unwrap_or_default().into(),
            draft: draft.unwrap_or_else(|| Draft::example(locale)),
            outcome: None,
            faults: [].into(),
            selling_faults: [].into(),
            typing: None,
            left: Rc::default(),
            change: 0,
            moment: opening.moment,
            device: opening.device.into(),
            workspace: Rc::default(),
            touched: Vec::new(),
            storage: Storage::before(old, left),
            visit,
            data: DataRoom::default(),
            log: Log::default(),
            past: Past::default(),
            run: Run::default(),
            discarded: None,
            tracker: Tracker::default(),
            seeing: Seeing::default(),
            shop: None,
            kept,
            desk: None,
            pictures: Pictures::default(),
            undo: None,
            own: None,
            saved: [].into(),
            schedules: [].into(),
            compared: [].into(),
            notice: None,
            promised: None,
            link: None,
            removed: None,
            is_printing: false,
            pasted: None,
            host: Host::default(),
            watch: Watch::default(),
            back_test: BackTest::default(),
            weeks: Weeks::default(),
        };
        let mut effects = Vec::new();
        if is_broken {
            // What can't be read is kept under another key, for somebody who can.
            if let Some(text) = find(key::DRAFT) {
                let broken = format!("{}.broken", key::DRAFT);
                effects.push(Effect::Mirror(broken, Some(text.to_owned())));
            }
            model.complain(say(
                locale,
                "The order stored here could not be read; its text is kept. Shown is the worked example.",
                "本机保存的订单无法读取，原文已保留；现在显示的是示例。",
            ));
        }
        model.compute();
        effects.push(model.dress());
        effects.extend(model.went(&opening.fragment));
        (model, effects)
    }

    /// The minutes that the reader's clock is ahead of UTC at an instant.
    pub fn offset_at(&self, at: NaiveDateTime) -> i32 {
        self.zone.offset_at(at).unwrap_or(self.offset)
    }

    /// What the destination of the order fills.
    pub fn fills(&self) -> Fills<'_> {
        Fills::of(&self.destinations, &self.draft, self.today, self.locale)
    }

    /// The currency that the order counts in; empty where none is known.
    pub fn home(&self, fills: &Fills<'_>) -> String {
        let typed = tree::text_at(&self.draft.head, "homeCurrency");
        match fills.destination {
            Some(place) if typed.is_empty() => place.currency.to_string(),
            _ => typed.to_owned(),
        }
    }

    /// The faults that are shown: not those of the field being typed in, nor of fields not reached yet.
    pub fn shown_faults(&self) -> impl Iterator<Item = &Fault> {
        let faults = self.faults.iter().chain(self.selling_faults.iter());
        faults.filter(|fault| {
            let is_typed = self.typing.as_deref() == Some(&fault.path);
            !is_typed && (!fault.is_missing() || self.left.contains(&fault.path))
        })
    }

    pub(crate) fn complain(&mut self, text: &str) {
        self.notice = Some(Notice {
            is_bad: true,
            text: vec![text.to_owned()],
        });
    }

    pub(crate) fn tell(&mut self, text: &str) {
        self.notice = Some(Notice {
            is_bad: false,
            text: vec![text.to_owned()],
        });
    }

    /// Says it once everything is stored: that something is saved is never said before.
    pub(crate) fn tell_when_stored(&mut self, text: &str) {
        self.notice = None;
        self.promised = Some(text.into());
    }

    /// Everything is stored, or another part of it.
    pub(crate) fn tell_promised(&mut self) {
        if !self.storage.is_settled() {
            return;
        }
        let Some(text) = self.promised.take() else {
            return;
        };
        self.tell(&text);
        if let (Some(Place::Memory), Some(notice)) = (self.storage.place(), &mut self.notice) {
            let until = say(
                self.locale,
                "It is there until this page is closed.",
                "仅在本页面关闭前有效。",
            );
            notice.text.push(until.to_owned());
        }
    }

    pub(crate) fn dress(&self) -> Effect {
        Effect::Dress(self.locale, self.theme, self.title())
    }

    /// The name of the order, or what stands for it.
    pub fn title(&self) -> String {
        if self.draft.name.is_empty() {
            say(self.locale, "New order", "新订单").to_owned()
        } else {
            self.draft.name.clone()
        }
    }

    /// Computes the order as it stands.
    pub(crate) fn compute(&mut self) {
        self.selling_faults = match selling_request(&self.draft.selling, self.locale) {
            Ok(_) => [].into(),
            Err(faults) => faults.into(),
        };
        match outcome(&self.draft, &self.fills(), self.today, self.locale) {
            Ok(outcome) => {
                self.outcome = Some(Rc::new(outcome));
                self.faults = [].into();
            }
            Err(faults) => self.faults = faults.into(),
        }
    }

    /// After a change of the order: computes, and asks to be reminded to store it.
    pub(crate) fn changed(&mut self) -> Vec<Effect> {
        self.compute();
        self.change = self.change.wrapping_add(1);
        self.link = None;
        let mirror = self.mirror();
        [Effect::Wait(self.change)]
            .into_iter()
            .chain(mirror)
            .collect()
    }

    /// A large change that can be undone.
    pub(crate) fn replaced(&mut self, draft: Draft) -> Vec<Effect> {
        self.undo = Some(Rc::new(std::mem::replace(&mut self.draft, draft)));
        self.left = Rc::default();
        self.typing = None;
        self.notice = None;
        let mut effects = self.changed();
        effects.push(self.dress());
        effects
    }

    /// Another order: the result of the one before says nothing of it.
    pub(crate) fn opened(&mut self, draft: Draft) -> Vec<Effect> {
        self.outcome = None;
        self.replaced(draft)
    }

    pub(crate) fn went(&mut self, fragment: &str) -> Vec<Effect> {
        let Address {
            route,
            place,
            payload,
        } = Route::read(fragment);
        self.route = route;
        self.place = place.into();
        self.is_more = false;
        payload
            .map(|payload| Effect::Unpack(payload.to_owned()))
            .into_iter()
            .collect()
    }

    /// Shows and keeps language and colours: for the next first paint, and as this device's record.
    pub(crate) fn dressed(&mut self) -> Vec<Effect> {
        let preferences = tree::object([
            ("language", tree::text(self.locale.tag())),
            ("theme", tree::text(self.theme.name())),
        ]);
        let text = written(&preferences);
        if let Some(key) = Key::new(record::Kind::Preferences, &self.device) {
            self.put(&key, Some(&text));
        }
        let mirror = Effect::Mirror(key::PREFERENCES.to_owned(), Some(text));
        let mirror = self.storage.newer.is_none().then_some(mirror);
        [self.dress()].into_iter().chain(mirror).collect()
    }

    pub(crate) fn list(&mut self, kind: Kind) -> &mut Rc<[Saved]> {
        match kind {
            Kind::Order => &mut self.saved,
            Kind::Schedule => &mut self.schedules,
        }
    }

    /// Shows a record in the list of what is saved, where it belongs into one.
    pub(crate) fn list_saved(&mut self, record: &Record) {
        let Some(kind) = Kind::of(record.key().kind) else {
            return;
        };
        let id = record.key().id();
        let mut saved = record.data().and_then(|data| Saved::of(kind, id, data));
        if let (Some(saved), Some(head)) = (&mut saved, record.heads().first())
            && saved.saved_at.is_empty()
        {
            saved.saved_at = head.stamp.at.clone();
        }
        let list = self.list(kind);
        let mut all = list.to_vec();
        let known = all.iter().position(|other| *other.id == *id);
        match (known.and_then(|at| all.get_mut(at)), saved) {
            // What is renamed stays where it is: its field would lose the focus by moving.
            (Some(old), Some(saved)) => *old = saved,
            (Some(_), None) => all.retain(|other| *other.id != *id),
            (None, Some(saved)) => {
                let at = all.partition_point(|other| other.saved_at > saved.saved_at);
                all.insert(at, saved);
            }
            (None, None) => {}
        }
        *list = all.into();
    }

    /// Stores an order or a fee schedule in the list of what is saved.
    pub(crate) fn save(&mut self, kind: Kind, saved: &Saved) {
        if let Some(key) = Key::new(kind.record(), &saved.id) {
            let data = saved.record_data(kind);
            let known = self.record(&key);
            let known = known.as_ref().and_then(|record| Some(&**record.data()?));
            let old =
                known.and_then(|text| Some(Saved::of(kind, &saved.id, text)?.record_data(kind)));
            self.put(&key, Some(&archive::patched(known, old, data)));
        }
    }
}

/// The outcome of an order, or everything that is wrong with it by field.
///
/// # Errors
/// All faults.
pub fn outcome(
    draft: &Draft,
    fills: &Fills<'_>,
    today: NaiveDate,
    locale: Locale,
) -> Result<Outcome, Vec<Fault>> {
    let effective = draft.effective(fills, today, locale);
    let own = draft.charges.len();
    let mut faults: Vec<Fault> = effective
        .misread
        .into_iter()
        .map(|(path, reading)| Fault {
            path,
            what: What::Misread(reading),
        })
        .collect();
    let issues = match Request::check(&effective.request) {
        Err(issues) => issues,
        // The day of entry is no field of the request.
        Ok(_) if !faults.is_empty() => Vec::new(),
        Ok(request) => {
            let selling = |cost: &LandedCost| selling_of(&draft.selling, cost, locale);
            match Outcome::of(request, selling) {
                Ok(outcome) => return Ok(outcome),
                Err(issue) => vec![issue],
            }
        }
    };
    for issue in issues {
        // The destination's fees follow the buyer's own charges.
        let fee = tree::item(&issue.path, "charges").and_then(|(index, rest)| {
            let id = effective.fees.get(index.checked_sub(own)?)?;
            let path = format!("fees.{id}.{rest}");
            Some(path.trim_end_matches('.').to_owned())
        });
        let path = fee.unwrap_or(issue.path);
        if !faults.iter().any(|fault| fault.path == path) {
            let what = What::Issue(issue.problem);
            faults.push(Fault { path, what });
        }
    }
    Err(faults)
}

/// What selling costs, without the landed cost; or everything that is wrong with it by field.
fn selling_request(typed: &Tree, locale: Locale) -> Result<SellingPriceRequest, Vec<Fault>> {
    let (mut request, misread) = draft::normalised(typed, "selling", locale);
    // These two are the result's.
    tree::set(&mut request, "currency", Some(tree::text("USD")));
    tree::set(&mut request, "landedCostPerUnit", Some(tree::text("0")));
    let checked = SellingPriceRequest::check(&request);
    let mut faults: Vec<Fault> = misread
        .into_iter()
        .map(|(path, reading)| Fault {
            path,
            what: What::Misread(reading),
        })
        .collect();
    match checked {
        Ok(request) if faults.is_empty() => return Ok(request),
        Ok(_) => {}
        Err(issues) => {
            for issue in issues {
                let path = format!("selling.{}", issue.path);
                if !faults.iter().any(|fault| fault.path == path) {
                    let what = What::Issue(issue.problem);
                    faults.push(Fault { path, what });
                }
            }
        }
    }
    Err(faults)
}

/// What selling a result costs; what is wrong with a field is said there.
fn selling_of(
    typed: &Tree,
    cost: &LandedCost,
    locale: Locale,
) -> Result<SellingPriceRequest, Vec<Issue>> {
    let request = selling_request(typed, locale).map_err(|_| Vec::new())?;
    let currency = Currency::from_code(cost.home_currency).ok_or_else(Vec::new)?;
    Ok(SellingPriceRequest {
        currency,
        landed_cost_per_unit: *cost.per_unit,
        ..request
    })
}
