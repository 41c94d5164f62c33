//! The owner's rules: each as a sentence, in versions, and read only where they came with the page.

mod back_test;

pub use back_test::{BackTest, SLIDE};

use std::rc::Rc;

use landfall::json::{self, Json};
use landfall::policy::{self, Policy};
use landfall_words::{self as words, Locale};
use landfall_workspace::record::{Key, Kind};
use yew::prelude::*;

use crate::archive::written;
use crate::desk::{Desk, faults_of};
use crate::draft::kind_at;
use crate::form::button;
use crate::model::{Effect, Fault, Model};
use crate::reading::Kind as Reads;
use crate::say::say;
use crate::time::shown_instant;
use crate::tree::{self, Tree};

use back_test::{back_test, slider};

/// The path of the rules on the desk.
const DATA: &str = "desk.data";

/// A version of the rules.
struct Version {
    policy: Policy,
    /// The rules as they are stored.
    data: Rc<str>,
    /// When they were made.
    at: Rc<str>,
}

/// The groups in which the rules are shown, by how their paths begin.
const GROUPS: [(&str, &str, &str); 7] = [
    ("", "The policy", "政策"),
    ("orders.", "Placing an order", "下单"),
    ("supplierChecklist.", "A new supplier", "新供应商"),
    (
        "supplierGrades.",
        "Grades of suppliers in use",
        "在用供应商评级",
    ),
    ("receiving.", "Receiving", "收货"),
    ("control.", "The week", "每周"),
    ("sop.", "The procedure itself", "流程本身"),
];

/// Whether a field is of a group.
fn is_in(group: &str, path: &str) -> bool {
    match group {
        "" => !path.contains('.') && !matches!(path, "version" | "effectiveFrom"),
        group => path.starts_with(group),
    }
}

/// The key of the draft of new rules: there is one in a workspace.
pub fn draft_key() -> Key {
    Key::derived(Kind::Draft, "policy")
}

/// All versions, the newest first.
fn versions(model: &Model) -> Vec<Version> {
    let stored = model.workspace.list(Kind::Policy);
    let mut versions: Vec<Version> = stored
        .filter_map(|entry| {
            Some(Version {
                policy: entry.as_row::<Policy>()?.clone(),
                data: entry.record().data()?.clone(),
                at: entry.record().heads().first()?.stamp.at.clone(),
            })
        })
        .collect();
    versions.sort_by_key(|version| std::cmp::Reverse((version.policy.version, version.at.clone())));
    versions
}

/// The newest version of the rules; the defaults where there is none.
fn newest(model: &Model) -> Policy {
    let newest = versions(model).into_iter().next();
    newest.map(|version| version.policy).unwrap_or_default()
}

/// The text of a field of rules; empty where it is left out.
fn value(rules: &Tree, path: &str) -> String {
    match tree::get(rules, path) {
        Some(Json::Text(text)) => text.to_string(),
        Some(Json::Integer(number)) => number.to_string(),
        Some(Json::Boolean(flag)) => flag.to_string(),
        Some(Json::Null | Json::Inexact | Json::List(_) | Json::Object(_)) | None => String::new(),
    }
}

/// Rules with all defaults filled in, as JSON.
fn filled(policy: &Policy) -> Tree {
    let text = serde_json::to_string(policy).unwrap_or_default();
    json::read(&text).map_or_else(|_| tree::empty(), Json::into_owned)
}

/// What differs between two sets of rules: the field, what it was, what it is.
fn differences(old: &Policy, new: &Policy) -> Vec<(&'static str, String, String)> {
    let (old, new) = (filled(old), filled(new));
    let fields = Policy::fields().into_iter();
    let fields = fields.filter(|field| !matches!(field.path, "version" | "effectiveFrom"));
    fields
        .map(|field| (field.path, value(&old, field.path), value(&new, field.path)))
        .filter(|(_, old, new)| old != new)
        .collect()
}

/// The rules on the desk, checked.
fn checked(desk: &Desk) -> Result<Policy, Vec<Fault>> {
    if !desk.faults.is_empty() {
        return Err(desk.faults.to_vec());
    }
    let empty = tree::empty();
    let data = tree::get(&desk.read, "data").unwrap_or(&empty);
    Policy::check(data).map_err(|issues| faults_of(issues, |path| Some(format!("{DATA}.{path}"))))
}

impl Model {
    /// Puts the draft of new rules on the desk: that which is there, or the newest version to begin with.
    pub(crate) fn lay_policy(&mut self) {
        let key = draft_key();
        if self.desk_of(&key).is_some() {
            return;
        }
        let stored = self.record(&key);
        let stored = stored.as_ref().and_then(|record| Desk::of(record, self));
        let desk = stored.unwrap_or_else(|| {
            let newest = versions(self).into_iter().next();
            let data =
                newest.and_then(|version| json::read(&version.data).ok().map(Json::into_owned));
            let mut data = data.unwrap_or_else(tree::empty);
            crate::draft::as_text(&mut data);
            for path in ["version", "effectiveFrom"] {
                tree::set(&mut data, path, None);
            }
            let typed = tree::object([("for", tree::text("policy")), ("data", data)]);
            let mut desk = Desk::new(key.clone(), typed, self);
            desk.base = self.record(&key);
            desk
        });
        self.lay(Some(desk));
    }

    pub(crate) fn pressed_policy(&mut self, action: &str) -> Vec<Effect> {
        match action {
            "make" => self.make_policy(),
            "drop" => {
                let key = draft_key();
                self.desk = None;
                self.storage.unsettled = None;
                if self.record(&key).is_some() {
                    self.put(&key, None);
                }
                self.lay_policy();
                Vec::new()
            }
            _ => self.export_shop(),
        }
    }

    /// Makes the rules on the desk the next version.
    fn make_policy(&mut self) -> Vec<Effect> {
        let Some(desk) = self.desk_of(&draft_key()) else {
            return Vec::new();
        };
        let policy = match checked(desk) {
            Ok(policy) => policy,
            Err(faults) => {
                self.left = Rc::new(faults.iter().map(|fault| fault.path.clone()).collect());
                let first = faults.first().map(|fault| fault.path.clone());
                return first.map(Effect::Focus).into_iter().collect();
            }
        };
        let newest = versions(self).into_iter().next();
        let number = newest.and_then(|version| version.policy.version);
        let mut data = tree::get(&desk.read, "data")
            .cloned()
            .unwrap_or_else(tree::empty);
        let number = i64::from(number.unwrap_or(0)).saturating_add(1);
        tree::set(&mut data, "version", Some(Json::Integer(number)));
        let from = policy.effective_from.unwrap_or(self.today).to_string();
        tree::set(&mut data, "effectiveFrom", Some(tree::text(from)));
        let id = self.moment.id.clone();
        if let Some(key) = Key::new(Kind::Policy, &id) {
            self.put(&key, Some(&written(&data)));
        }
        self.pressed_policy("drop");
        self.tell_when_stored(say(
            self.locale,
            "The new version is stored. Export the shop file, so that staff get it too.",
            "新版本已保存。请导出店铺文件，让员工同步使用。",
        ));
        Vec::new()
    }
}

/// The page of the rules.
pub fn policy_page(model: &Model) -> Html {
    let locale = model.locale;
    if let Some(file) = model.shop.as_ref().filter(|_| !model.is_owner()) {
        let rules = filled(&file.shop.policy);
        let text = match locale {
            Locale::En => format!(
                "These rules came in the shop file of {}. Only the owner can change them.",
                file.shop.owner
            ),
            Locale::Zh => format!(
                "这些规则来自“{}”的店铺文件，只有负责人可以修改。",
                file.shop.owner
            ),
        };
        return html! {
            <>
                <p class="notice go">{ text }</p>
                { in_force(locale, Some(&file.shop.policy)) }
                { for GROUPS.map(|group| read_only(locale, group, &rules)) }
            </>
        };
    }
    let versions = versions(model);
    let Some(desk) = model.desk_of(&draft_key()) else {
        return html! {};
    };
    let holds = versions.iter().filter(|version| {
        version
            .policy
            .effective_from
            .is_none_or(|from| from <= model.today)
    });
    let holds = holds.max_by_key(|version| (version.policy.effective_from, version.policy.version));
    let checked = checked(desk);
    let before = versions
        .first()
        .map(|version| version.policy.clone())
        .unwrap_or_default();
    let changes = checked
        .as_ref()
        .map(|policy| differences(&before, policy))
        .unwrap_or_default();
    let found = checked
        .as_ref()
        .ok()
        .and_then(|after| model.tried(&before, after));
    let faults: Vec<Fault> = match &checked {
        Ok(_) => Vec::new(),
        Err(faults) => faults
            .iter()
            .filter(|fault| model.typing.as_deref() != Some(&fault.path))
            .cloned()
            .collect(),
    };
    let empty = tree::empty();
    let rules = tree::get(&desk.typed, "data").unwrap_or(&empty);
    html! {
        <>
            { in_force(locale, holds.map(|version| &version.policy)) }
            <form autocomplete="off" aria-label={say(locale, "The rules", "规则")} onsubmit={|event: SubmitEvent| event.prevent_default()}>
                { for GROUPS.map(|group| html! {
                    <>
                        { editable(model, group, rules, &faults) }
                        // These rules alone decide on past orders.
                        if group.0 == "orders." { { back_test(model, &before, found.as_ref()) } }
                    </>
                }) }
            </form>
            <section class="part" aria-labelledby="change">
                <h2 id="change">{ say(locale, "Put into force", "生效") }</h2>
                if changes.is_empty() && faults.is_empty() {
                    <p class="quiet">{ say(locale, "Nothing is changed. Change a figure above, and it stands here before it takes effect.", "尚无改动。修改上面的数值后，改动会先列在这里，再由您确认生效。") }</p>
                } else {
                    { diff(locale, &changes) }
                    { for found.as_ref().map(|found| html! { <p>{ words::backtest(locale, before.home_currency, found) }</p> }) }
                    <div class="filters">
                        { dated(locale, rules, &faults, model.today.to_string()) }
                        <button type="button" class="primary" name="policy" value="make">{ say(locale, "Make this the new version", "设为新版本") }</button>
                        { button("policy", "drop", say(locale, "Drop the changes", "放弃改动")) }
                    </div>
                }
                <p class="quiet">{ say(locale,
                    "Orders that were checked before keep the version they were checked with.",
                    "此前已检查的订单保留当时的政策版本。") }</p>
                <p>{ button("policy", "shop", say(locale, "Export the shop file for staff", "导出给员工的店铺文件")) }</p>
            </section>
            if !versions.is_empty() {
                <section class="part" aria-labelledby="versions">
                    <h2 id="versions">{ say(locale, "Versions", "历史版本") }</h2>
                    { for versions.iter().enumerate().map(|(index, version)| {
                        let older = versions.get(index.saturating_add(1)).map(|older| older.policy.clone());
                        listed(model, version, &older.unwrap_or_default())
                    }) }
                </section>
            }
        </>
    }
}

/// Which rules hold.
fn in_force(locale: Locale, policy: Option<&Policy>) -> Html {
    let text = match (policy, locale) {
        (None, Locale::En) => "The defaults hold: no version was put into force yet.".to_owned(),
        (None, Locale::Zh) => "当前使用默认规则：尚未发布任何版本。".to_owned(),
        (Some(policy), locale) => {
            let number = policy.version.unwrap_or(0);
            match (policy.effective_from, locale) {
                (Some(from), Locale::En) => format!("Version {number} holds, since {from}."),
                (Some(from), Locale::Zh) => format!("当前为第 {number} 版，自 {from} 起生效。"),
                (None, Locale::En) => format!("Version {number} holds."),
                (None, Locale::Zh) => format!("当前为第 {number} 版。"),
            }
        }
    };
    html! { <p class="lead">{ text }</p> }
}

fn read_only(
    locale: Locale,
    (group, en, zh): (&'static str, &'static str, &'static str),
    rules: &Tree,
) -> Html {
    let fields = Policy::fields()
        .into_iter()
        .filter(|field| is_in(group, field.path));
    let sentences = fields.filter_map(|field| {
        let text = shown_value(locale, &field, &value(rules, field.path));
        let (before, after) = words::policy_field(locale, field.path)?;
        (!text.is_empty())
            .then(|| html! { <li>{ before }{ " " }<b>{ text }</b>{ " " }{ after }</li> })
    });
    html! {
        <section class="part rules" aria-label={say(locale, en, zh)}>
            <h2>{ say(locale, en, zh) }</h2>
            <ul>{ for sentences }</ul>
        </section>
    }
}

/// A value as it stands in a sentence.
fn shown_value(locale: Locale, field: &policy::Field, value: &str) -> String {
    match (&field.kind, value) {
        (policy::Kind::Flag, "true") => say(locale, "yes", "是").to_owned(),
        (policy::Kind::Flag, "false") => say(locale, "no", "否").to_owned(),
        (policy::Kind::Choice(_), value) => basis_name(locale, value).to_owned(),
        (_, value) => value.to_owned(),
    }
}

/// What the value of an order is, by its name in the policy.
fn basis_name(locale: Locale, basis: &str) -> &'static str {
    match basis {
        "landedCost" => say(locale, "the landed total", "到岸总成本"),
        "goodsAndDomesticShipping" => {
            say(locale, "goods and freight inside China", "货款加国内运费")
        }
        "goods" => say(locale, "goods", "货款"),
        _ => "—",
    }
}

/// A rule that can be changed: its sentence, with the value in its gap.
fn rule(model: &Model, field: &policy::Field, rules: &Tree, faults: &[Fault]) -> Html {
    let locale = model.locale;
    let Some((before, after)) = words::policy_field(locale, field.path) else {
        return html! {};
    };
    let path = format!("{DATA}.{}", field.path);
    let typed = value(rules, field.path);
    let default = field.default.unwrap_or_default();
    let fault = faults.iter().find(|fault| fault.path == path);
    let described = fault.map(|_| format!("{path}-fault"));
    let label = format!("{before} … {after}");
    let options: Vec<(&str, &str)> = match &field.kind {
        policy::Kind::Flag => vec![
            ("true", say(locale, "yes", "是")),
            ("false", say(locale, "no", "否")),
        ],
        policy::Kind::Choice(names) => names
            .iter()
            .map(|name| (*name, basis_name(locale, name)))
            .collect(),
        policy::Kind::Text
        | policy::Kind::Date
        | policy::Kind::Currency
        | policy::Kind::Decimal(_)
        | policy::Kind::Whole(_) => Vec::new(),
    };
    let control = if options.is_empty() {
        let kind = kind_at(&path);
        let is_text = matches!(field.kind, policy::Kind::Text);
        html! {
            <input id={path.clone()} name={path.clone()} value={typed.clone()} placeholder={default} aria-label={label}
                class={classes!(is_text.then_some("wide"))}
                inputmode={match kind {
                    None | Some(Reads::Date) => None,
                    Some(Reads::Count) => Some("numeric"),
                    Some(Reads::Money | Reads::Measure | Reads::Percent) => Some("decimal"),
                }}
                aria-invalid={fault.map(|_| "true")} aria-describedby={described} autocomplete="off" spellcheck="false" enterkeyhint="next" />
        }
    } else {
        html! {
            <select id={path.clone()} name={path.clone()} aria-label={label}>
                { for options.iter().map(|(key, name)| {
                    let key = *key;
                    // The default need not be chosen: it is what an empty field means.
                    let given = if key == default { "" } else { key };
                    let is_chosen = typed == key || (typed.is_empty() && key == default);
                    html! { <option value={given} selected={is_chosen}>{ *name }</option> }
                }) }
            </select>
        }
    };
    let is_own = !typed.is_empty() && typed != default && !default.is_empty();
    html! {
        <div class="rule">
            <p>{ before }{ " " }{ control }{ " " }{ after }</p>
            { slider(model, field.path, &path, &typed, default) }
            if is_own {
                <p class="note">
                    { say(locale, "Default: ", "默认：") }{ shown_value(locale, field, default) }{ " " }
                    { button(&path, "reset", say(locale, "Take back", "撤回")) }
                </p>
            }
            if let Some(fault) = fault {
                <p class="fault-text" id={format!("{path}-fault")}>{ fault.sentence(locale) }</p>
            }
        </div>
    }
}

fn editable(
    model: &Model,
    (group, en, zh): (&'static str, &'static str, &'static str),
    rules: &Tree,
    faults: &[Fault],
) -> Html {
    let locale = model.locale;
    let fields = Policy::fields()
        .into_iter()
        .filter(|field| is_in(group, field.path));
    let own = format!("{DATA}.{}", group.trim_end_matches('.'));
    html! {
        <section class="part rules" aria-label={say(locale, en, zh)}>
            <h2>{ say(locale, en, zh) }</h2>
            { for fields.map(|field| rule(model, &field, rules, faults)) }
            { for faults.iter().filter(|fault| fault.path == own).map(|fault| html! { <p class="fault-text">{ fault.sentence(locale) }</p> }) }
        </section>
    }
}

/// What changes, each as it was and as it is.
fn diff(locale: Locale, changes: &[(&'static str, String, String)]) -> Html {
    let fields = Policy::fields();
    let rows = changes.iter().filter_map(|(path, old, new)| {
        let field = fields.iter().find(|field| field.path == *path)?;
        let (before, after) = words::policy_field(locale, path)?;
        let none = say(locale, "nothing", "无");
        let text = |value: &str| match shown_value(locale, field, value) {
            empty if empty.is_empty() => none.to_owned(),
            text => text,
        };
        Some(html! { <li>{ before }{ " " }<del>{ text(old) }</del>{ " → " }<ins>{ text(new) }</ins>{ " " }{ after }</li> })
    });
    html! { <ul class="diff">{ for rows }</ul> }
}

/// The day from which the new version holds.
fn dated(locale: Locale, rules: &Tree, faults: &[Fault], today: String) -> Html {
    let path = format!("{DATA}.effectiveFrom");
    let fault = faults.iter().find(|fault| fault.path == path);
    html! {
        <div class="field">
            <label for={path.clone()}>{ say(locale, "Holds from", "生效日期") }</label>
            <div class="box">
                <input id={path.clone()} name={path.clone()} value={value(rules, "effectiveFrom")} placeholder={today}
                    aria-invalid={fault.map(|_| "true")} autocomplete="off" />
            </div>
            if let Some(fault) = fault { <p class="fault-text">{ fault.sentence(locale) }</p> }
        </div>
    }
}

/// A version in the list, with what it changed.
fn listed(model: &Model, version: &Version, older: &Policy) -> Html {
    let locale = model.locale;
    let number = version.policy.version.unwrap_or(0);
    let from = version
        .policy
        .effective_from
        .map(|from| from.to_string())
        .unwrap_or_default();
    let name = match locale {
        Locale::En => format!("Version {number}, holds from {from}"),
        Locale::Zh => format!("第 {number} 版，自 {from} 起"),
    };
    let changes = differences(older, &version.policy);
    html! {
        <details class="version">
            <summary>{ name }{ " " }<span class="quiet">{ shown_instant(&version.at, model.offset) }</span></summary>
            if changes.is_empty() {
                <p class="quiet">{ say(locale, "As the version before it.", "与上一版相同。") }</p>
            } else {
                { diff(locale, &changes) }
            }
        </details>
    }
}
