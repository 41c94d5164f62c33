//! What is typed on the page of the week: it lies on the desk as a draft, of each week and device one, until it is
//! said, asked or confirmed.

use std::rc::Rc;

use landfall::issue::Problem;
use landfall::json::Json;
use landfall_workspace::record::{Key, Kind};

use crate::desk::Desk;
use crate::form::{Form, nothing};
use crate::model::{Effect, Fault, Model, What};
use crate::route::Route;
use crate::tree::{self, Tree, text_at};

/// What the draft is for.
const PURPOSE: &str = "week";

/// Its fields stand in its data.
pub const DATA: &str = "desk.data";

impl Model {
    fn week_desk_key(&self) -> Key {
        let from = format!("week/{}/{}", self.shown_week(), self.device);
        Key::derived(Kind::Draft, &from)
    }

    /// Puts what was typed on the page of the week on the desk.
    pub(super) fn lay_week_desk(&mut self) {
        let key = self.week_desk_key();
        if self.desk_of(&key).is_some() {
            return;
        }
        let stored = self.record(&key);
        let desk = stored.as_ref().and_then(|record| Desk::of(record, self));
        let desk = desk.unwrap_or_else(|| {
            let typed = tree::object([("for", tree::text(PURPOSE)), ("data", tree::empty())]);
            Desk {
                base: stored,
                ..Desk::new(key, typed, self)
            }
        });
        self.lay(Some(desk));
    }

    /// What was typed on the page of the week; nothing where it isn't shown.
    pub(super) fn week_desk(&self) -> Option<&Desk> {
        let desk = self.desk.as_ref().filter(|_| self.route == Route::Week)?;
        (text_at(&desk.typed, "for") == PURPOSE).then_some(desk)
    }

    /// A text that was typed, without the spaces around it.
    pub(super) fn week_text(&self, path: &str) -> &str {
        let data = self
            .week_desk()
            .and_then(|desk| tree::get(&desk.typed, "data"));
        data.map_or("", |data| text_at(data, path)).trim()
    }

    /// A text as it was read: a number as a decimal. `None` where nothing is typed, or it can't be read.
    pub(super) fn week_value(&self, path: &str) -> Option<String> {
        let desk = self.week_desk()?;
        let is_misread = |fault: &Fault| fault.path == format!("{DATA}.{path}");
        if desk.faults.iter().any(is_misread) {
            return None;
        }
        match tree::get(&desk.read, &format!("data.{path}"))? {
            Json::Text(text) => Some(text.to_string()),
            Json::Integer(number) => Some(number.to_string()),
            Json::Null | Json::Boolean(_) | Json::Inexact | Json::List(_) | Json::Object(_) => None,
        }
    }

    /// Whether all of these are filled in; otherwise what is missing is shown and gets the focus.
    pub(super) fn is_week_ready(&mut self, names: &[&str], effects: &mut Vec<Effect>) -> bool {
        let missing = names.iter().find(|name| self.week_text(name).is_empty());
        let Some(missing) = missing.map(|name| format!("{DATA}.{name}")) else {
            return true;
        };
        let left = Rc::make_mut(&mut self.left);
        left.extend(names.iter().map(|name| format!("{DATA}.{name}")));
        effects.push(Effect::Focus(missing));
        false
    }

    /// What was typed there is done with.
    pub(super) fn clear_week(&mut self, paths: &[&str]) -> Vec<Effect> {
        let effects = self.change_desk(|typed| {
            for path in paths {
                tree::set(typed, &format!("data.{path}"), None);
            }
        });
        self.left = Rc::default();
        self.typing = None;
        self.keep_desk();
        effects
    }

    /// The faults of what was typed that are shown: texts that can't be read, and of these fields what is missing
    /// where they were left.
    pub(super) fn week_faults(&self, needed: &[&str]) -> Vec<Fault> {
        let mut faults = self.desk_faults();
        let blank = needed.iter().filter(|name| self.week_text(name).is_empty());
        let paths = blank.map(|name| format!("{DATA}.{name}"));
        let left = paths.filter(|path| self.left.contains(path));
        faults.extend(left.map(|path| Fault {
            path,
            what: What::Issue(Problem::Required),
        }));
        faults
    }

    /// The form of what is typed.
    pub(super) fn week_form<'a>(&self, typed: &'a Tree, faults: &'a [Fault]) -> Form<'a> {
        Form {
            locale: self.locale,
            at: DATA,
            tree: typed,
            faults,
            given: &nothing,
        }
    }

    /// What is typed on the page, as a tree.
    pub(super) fn week_typed(&self) -> Tree {
        let data = self
            .week_desk()
            .and_then(|desk| tree::get(&desk.typed, "data"));
        data.cloned().unwrap_or_else(tree::empty)
    }
}
