//! The page of the data: where it is, how it gets out and in, what needs a decision.

use std::collections::BTreeSet;

use landfall_words::Locale;
use landfall_workspace::record::{Kind, Record};
use yew::prelude::*;

use crate::form::button;
use crate::incoming::{Incoming, Stage, conflict};
use crate::model::Model;
use crate::pictures::Archive;
use crate::say::say;
use crate::shop::shop_part;
use crate::store::Place;
use crate::time::{days_between, shown_instant};

/// After so many days without a backup the page asks for one: Safari clears what a page stored after
/// seven days without a visit.
pub const BACKUP_DAYS: i64 = 6;

/// The kinds, as they are listed.
pub const KINDS: [Kind; 14] = [
    Kind::Scenario,
    Kind::Schedule,
    Kind::Order,
    Kind::Supplier,
    Kind::Sku,
    Kind::Policy,
    Kind::Decision,
    Kind::Receipt,
    Kind::Dispute,
    Kind::Escalation,
    Kind::Report,
    Kind::Run,
    Kind::Draft,
    Kind::Preferences,
];

/// What records of a kind are called.
pub fn kind_name(locale: Locale, kind: Kind) -> &'static str {
    match kind {
        Kind::Policy => say(locale, "Policies", "采购政策"),
        Kind::Supplier => say(locale, "Suppliers", "供应商"),
        Kind::Sku => say(locale, "Articles", "商品"),
        Kind::Order => say(locale, "Orders", "订单"),
        Kind::Receipt => say(locale, "Receipts", "收货记录"),
        Kind::Dispute => say(locale, "Disputes", "纠纷"),
        Kind::Escalation => say(locale, "Escalations", "上报事项"),
        Kind::Report => say(locale, "Weekly reports", "周报"),
        Kind::Scenario => say(locale, "Saved landed costs", "已保存的到岸成本"),
        Kind::Schedule => say(locale, "Fee schedules", "费用表"),
        Kind::Draft => say(locale, "Drafts", "草稿"),
        Kind::Decision => say(locale, "Decisions", "审批决定"),
        Kind::Run => say(locale, "Staff runs", "员工操作记录"),
        Kind::Preferences => say(locale, "Preferences", "偏好设置"),
    }
}

/// The page of the data.
pub fn data_page(model: &Model) -> Html {
    html! {
        <>
            { conflicts(model) }
            { whereabouts(model) }
            { backup(model) }
            { photos(model) }
            { bring_in(model) }
            { shop_part(model) }
            { erase(model) }
        </>
    }
}

/// Bytes as people read them.
fn size(bytes: u64) -> String {
    let (unit, divisor) = match bytes {
        0..1_000 => return format!("{bytes} B"),
        1_000..1_000_000 => ("KB", 1_000),
        1_000_000..1_000_000_000 => ("MB", 1_000_000),
        1_000_000_000.. => ("GB", 1_000_000_000),
    };
    let tenths = bytes.saturating_mul(10).div_euclid(divisor);
    format!("{}.{} {unit}", tenths.div_euclid(10), tenths.rem_euclid(10))
}

/// How many records there are of a kind.
fn count(model: &Model, kind: Kind) -> usize {
    model.workspace.list(kind).count()
}

fn whereabouts(model: &Model) -> Html {
    let locale = model.locale;
    let storage = &model.storage;
    let place = match storage.place() {
        None => say(locale, "Opening …", "正在打开…"),
        Some(Place::Indexed) => say(
            locale,
            "In this browser, on this device, and nowhere else. Nothing is sent anywhere.",
            "仅保存在本机的这个浏览器中，不会发送到任何地方。",
        ),
        Some(Place::Local) => say(
            locale,
            "In the small local storage of this browser, as its database is not available. Export a backup often.",
            "保存在浏览器的小型本地存储中（数据库不可用）。请经常导出备份。",
        ),
        Some(Place::Memory) => say(
            locale,
            "Only in this open page: the browser refuses to store anything. Export before you close it.",
            "仅在当前打开的页面中：浏览器拒绝存储。关闭前请先导出。",
        ),
    };
    let counts = KINDS.map(|kind| (kind, count(model, kind)));
    let counts = counts.iter().filter(|(_, count)| *count > 0);
    let pictures = model.pictures().count();
    let picture_bytes = model.pictures().filter_map(|picture| picture.bytes);
    let picture_bytes = picture_bytes.map(u64::from).fold(0, u64::saturating_add);
    let instant = |name: &str| {
        let at = storage.notes.get(name);
        at.map(|at| shown_instant(at, model.offset))
    };
    let is_promised = storage.usage.and_then(|(_, _, is_persisted)| is_persisted);
    html! {
        <section class="part" aria-labelledby="where">
            <h2 id="where">{ say(locale, "Where your data is", "数据在哪里") }</h2>
            <p>{ place }</p>
            <dl class="facts">
                { for counts.map(|(kind, count)| fact(kind_name(locale, *kind), count.to_string())) }
                if pictures > 0 {
                    { fact(say(locale, "Photos", "照片"), format!("{pictures} ({})", size(picture_bytes))) }
                }
                if let Some((bytes, quota, _)) = storage.usage {
                    { fact(say(locale, "Space used", "占用空间"), match (quota, locale) {
                        (None, _) => size(bytes),
                        (Some(quota), Locale::En) => format!("{} of {}", size(bytes), size(quota)),
                        (Some(quota), Locale::Zh) => format!("{}，上限 {}", size(bytes), size(quota)),
                    }) }
                }
                { fact(say(locale, "Last stored", "上次保存"), instant("lastWrite").unwrap_or_else(|| "—".to_owned())) }
                { fact(say(locale, "Last backup", "上次备份"), instant("lastExport").unwrap_or_else(|| say(locale, "never", "从未").to_owned())) }
                if storage.place() == Some(Place::Indexed) {
                    { fact(say(locale, "Kept when space runs short", "空间不足时是否保留"), match is_promised {
                        Some(true) => say(locale, "yes, the browser promised", "是，浏览器已承诺保留").to_owned(),
                        Some(false) | None => say(locale, "not promised: keep backups", "浏览器未承诺，请保留备份").to_owned(),
                    }) }
                }
            </dl>
            if is_promised == Some(false) {
                <p>{ button("data", "persist", say(locale, "Ask the browser to keep it", "请求浏览器保留数据")) }</p>
            }
            { unreadable(model) }
        </section>
    }
}

fn fact(name: &str, value: String) -> Html {
    html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> }
}

fn unreadable(model: &Model) -> Html {
    let locale = model.locale;
    let count = model.workspace.unreadable().len();
    if count == 0 {
        return html! {};
    }
    let text = match locale {
        Locale::En => format!(
            "{count} stored records can’t be read. They stay as they are; export their text and send it to somebody who can mend it."
        ),
        Locale::Zh => format!("有 {count} 条记录无法读取，原样保留。可导出原文，请人修复。"),
    };
    html! {
        <div class="notice wait">
            <p>{ text }</p>
            { button("data", "unreadable", say(locale, "Export their text", "导出原文")) }
        </div>
    }
}

/// Whether it is time for a backup; a browser without data needs none.
pub fn is_backup_due(model: &Model) -> bool {
    let notes = &model.storage.notes;
    let Some(first) = notes.get("firstWrite") else {
        return false;
    };
    let export = notes.get("lastExport");
    let has_news =
        export.is_none_or(|export| notes.get("lastWrite").is_some_and(|write| write > export));
    let last = export.unwrap_or(first);
    let days = days_between(last, &model.moment.at);
    has_news && days.is_some_and(|days| days >= BACKUP_DAYS)
}

fn backup(model: &Model) -> Html {
    let locale = model.locale;
    let kinds = KINDS.into_iter();
    let kinds: Vec<Kind> = kinds.filter(|kind| count(model, *kind) > 0).collect();
    html! {
        <section class="part" aria-labelledby="backup">
            <h2 id="backup">{ say(locale, "Back up and hand on", "备份与转交") }</h2>
            <p>{ say(locale,
                "A backup is one file with all records. Bring it in on another device, or here after something went wrong: nothing is doubled.",
                "备份是包含全部记录的一个文件。可在另一台设备导入，或在出问题后导入本机，不会产生重复。") }</p>
            <p class="actions">
                <button type="button" class="primary" name="data" value="export">{ say(locale, "Export everything", "导出全部数据") }</button>
                if count(model, Kind::Order) > 0 {
                    { button("data", "csv", say(locale, "Orders as a table (CSV)", "订单表格 (CSV)")) }
                }
            </p>
            if !kinds.is_empty() {
                <fieldset class="ticks">
                    <legend>{ say(locale, "Or only a part:", "或仅导出部分：") }</legend>
                    { for kinds.into_iter().map(|kind| {
                        let is_chosen = model.data.parts.contains(&kind);
                        html! {
                            <label class="tick">
                                <input type="checkbox" name={format!("data.part.{}", kind.name())} checked={is_chosen} />
                                { kind_name(locale, kind) }
                            </label>
                        }
                    }) }
                    if !model.data.parts.is_empty() {
                        { button("data", "exportPart", say(locale, "Export these", "导出所选")) }
                    }
                </fieldset>
            }
        </section>
    }
}

/// Whether a text is a month, `2026-11`: names from elsewhere may begin otherwise.
fn is_month(text: &str) -> bool {
    let shape = text
        .bytes()
        .map(|byte| if byte.is_ascii_digit() { b'0' } else { byte });
    shape.eq(*b"0000-00")
}

/// The photos go out as an archive of their own: they would make the backup too large to be read.
fn photos(model: &Model) -> Html {
    let locale = model.locale;
    if model.pictures().next().is_none() {
        return html! {};
    }
    let months = model
        .pictures()
        .filter_map(|picture| picture.name.split_once('/'));
    let months = months
        .map(|(month, _)| month)
        .filter(|month| is_month(month));
    let months: BTreeSet<&str> = months.collect();
    let chosen = &*model.pictures.month;
    html! {
        <section class="part" aria-labelledby="photos">
            <h2 id="photos">{ say(locale, "Photos", "照片") }</h2>
            <p>{ say(locale,
                "Photos aren’t in the backup: it lists them, and they go out as an archive beside it. To move to another device, bring in both, the backup first.",
                "备份文件不含照片，只列出照片名称；照片另存为压缩包。更换设备时请两者都导入，先导入备份。") }</p>
            <p class="actions">
                <label class="months">
                    { say(locale, "Month", "月份") }{ " " }
                    <select name="data.month">
                        <option value="" selected={chosen.is_empty()}>{ say(locale, "All", "全部") }</option>
                        { for months.into_iter().rev().map(|month| html! {
                            <option value={month.to_owned()} selected={month == chosen}>{ month }</option>
                        }) }
                    </select>
                </label>
                if model.pictures.is_packing {
                    <span role="status">{ say(locale, "Putting the archive together …", "正在生成压缩包……") }</span>
                } else {
                    { button("data", "photos", say(locale, "Export photos (ZIP)", "导出照片 (ZIP)")) }
                }
            </p>
        </section>
    }
}

/// An archive of photos that comes in: what it would bring.
fn archive(model: &Model, archive: &Archive) -> Html {
    let locale = model.locale;
    let name = &archive.name;
    let Some(found) = &archive.found else {
        return html! {
            <p class="notice" role="status">{ match locale {
                Locale::En => format!("Reading “{name}” …"),
                Locale::Zh => format!("正在读取“{name}”…"),
            } }</p>
        };
    };
    if found.is_applying {
        return html! {
            <p class="notice" role="status">{ match locale {
                Locale::En => format!("Bringing in “{name}” …"),
                Locale::Zh => format!("正在导入“{name}”…"),
            } }</p>
        };
    }
    let unknown = found.unknown.len();
    html! {
        <div class="notice">
            <p>{ match locale {
                Locale::En => format!("“{name}” would bring:"),
                Locale::Zh => format!("“{name}”将带来："),
            } }</p>
            <dl class="facts">
                { fact(say(locale, "New photos", "新照片"), found.new.len().to_string()) }
                { fact(say(locale, "Already here", "本机已有"), found.known.to_string()) }
                { fact(say(locale, "Listed by no receipt", "收货记录中没有"), unknown.to_string()) }
            </dl>
            if let Some(first) = found.unknown.first() {
                <p>{ match locale {
                    Locale::En => format!("What no receipt lists is left out, such as {first}. Bring in the backup of the same device first."),
                    Locale::Zh => format!("收货记录中没有的照片不会导入，例如 {first}。请先导入同一设备的备份。"),
                } }</p>
            }
            if !found.new.is_empty() {
                <button type="button" class="primary" name="data" value="takeIn">{ say(locale, "Bring in", "导入") }</button>
            }
            { " " }{ button("data", "cancelPhotos", say(locale, "Cancel", "取消")) }
        </div>
    }
}

fn bring_in(model: &Model) -> Html {
    let locale = model.locale;
    let data = &model.data;
    html! {
        <section class="part" aria-labelledby="bring-in">
            <h2 id="bring-in">{ say(locale, "Bring in", "导入") }</h2>
            <p>{ say(locale,
                "The order export of 1688 (.xlsx or .csv), a backup, an archive of photos, a shop file, or decisions of the owner. You see first what would change.",
                "1688 订单导出文件（.xlsx 或 .csv）、备份、照片压缩包、店铺文件或负责人的决定。导入前先显示会有哪些变化。") }</p>
            <p class="actions">
                <label class="file">
                    { say(locale, "Choose a file", "选择文件") }
                    <input type="file" class="hidden" name="import"
                        accept=".json,.xlsx,.csv,.txt,.zip,application/zip,application/json,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" />
                </label>
                if data.pasted.is_none() {
                    { button("data", "paste", say(locale, "Paste rows", "粘贴表格")) }
                }
            </p>
            if let Some(pasted) = &data.pasted {
                <div class="field">
                    <label for="data.pasted">{ say(locale, "Rows of the 1688 order export, with their headings", "1688 订单导出的行（含表头）") }</label>
                    <textarea id="data.pasted" name="data.pasted" rows="5" value={pasted.to_string()} />
                    <span class="actions">
                        { button("data", "readPasted", say(locale, "Read them", "读取")) }
                        { button("data", "cancelPaste", say(locale, "Cancel", "取消")) }
                    </span>
                </div>
            }
            if let Some(incoming) = &data.incoming { { incoming_view(model, incoming) } }
            if let Some(incoming) = &model.pictures.incoming { { archive(model, incoming) } }
            if let (None, Some((name, _))) = (&data.incoming, &data.undo) {
                <p class="undo">
                    { match locale {
                        Locale::En => format!("“{name}” is in. "),
                        Locale::Zh => format!("已导入“{name}”。"),
                    } }
                    { button("data", "undo", say(locale, "Take it back", "撤销导入")) }
                </p>
            }
        </section>
    }
}

fn incoming_view(model: &Model, incoming: &Incoming) -> Html {
    let locale = model.locale;
    let name = &incoming.name;
    match &incoming.stage {
        Stage::Reading { done, total, .. } => html! {
            <div class="notice">
                <p>{ match locale {
                    Locale::En => format!("Reading “{name}” …"),
                    Locale::Zh => format!("正在读取“{name}”…"),
                } }</p>
                <progress aria-label={say(locale, "Progress", "进度")} value={done.to_string()} max={(*total).max(1).to_string()} />
                { " " }{ button("data", "cancel", say(locale, "Cancel", "取消")) }
            </div>
        },
        Stage::Refused(reasons) => html! {
            <div class="notice stop" role="alert">
                <p>{ match locale {
                    Locale::En => format!("“{name}” could not be brought in; nothing was changed."),
                    Locale::Zh => format!("“{name}”无法导入，未作任何改动。"),
                } }</p>
                <ul>{ for reasons.iter().map(|reason| html! { <li>{ reason }</li> }) }</ul>
                { button("data", "cancel", say(locale, "Close", "知道了")) }
            </div>
        },
        Stage::Ready(preview) => preview.view(model, name),
        Stage::Applying(plan, done) => html! {
            <div class="notice">
                <p>{ match locale {
                    Locale::En => format!("Bringing in “{name}” …"),
                    Locale::Zh => format!("正在导入“{name}”…"),
                } }</p>
                <progress aria-label={say(locale, "Progress", "进度")} value={done.to_string()} max={plan.records().count().to_string()} />
            </div>
        },
    }
}

fn conflicts(model: &Model) -> Html {
    let locale = model.locale;
    let conflicting = model.workspace.conflicts();
    let conflicting: Vec<Record> = conflicting.filter_map(|key| model.record(key)).collect();
    if conflicting.is_empty() {
        return html! {};
    }
    html! {
        <section class="part" aria-labelledby="conflicts">
            <h2 id="conflicts">{ say(locale, "To decide", "待处理的冲突") }</h2>
            <p>{ say(locale,
                "These were changed in two places at once. Nothing is lost: choose which one counts.",
                "以下内容在两处同时被修改。没有丢失任何内容，请选择以哪个为准。") }</p>
            <ul class="conflicts">{ for conflicting.iter().map(|record| conflict(model, record)) }</ul>
        </section>
    }
}

fn erase(model: &Model) -> Html {
    let locale = model.locale;
    html! {
        <section class="part" aria-labelledby="erase">
            <h2 id="erase">{ say(locale, "Erase everything", "清除全部数据") }</h2>
            if model.data.is_erasing {
                <div class="notice stop">
                    <p>{ say(locale,
                        "A backup was offered just now. Everything in this browser will be gone for good. Do you have the file?",
                        "刚才已提供备份文件。此浏览器中的全部数据将被永久清除。备份文件已保存好了吗？") }</p>
                    if model.pictures().next().is_some() {
                        <p>{ say(locale, "The photos are not in that file. Export them too:", "该文件不含照片，请另行导出：") }{ " " }
                            { button("data", "photos", say(locale, "Export photos (ZIP)", "导出照片 (ZIP)")) }</p>
                    }
                    { button("data", "eraseNow", say(locale, "Yes, erase everything", "是，清除全部数据")) }{ " " }
                    { button("data", "keepAll", say(locale, "No, keep it", "否，保留数据")) }
                </div>
            } else {
                <p>{ button("data", "erase", say(locale, "Export a backup, then erase", "先导出备份，再清除")) }</p>
            }
        </section>
    }
}
