//! What the browser around the page has to say, beside what it stores: updates, faults, refused downloads.

use std::rc::Rc;

use landfall_words::Locale;
use yew::prelude::*;

use crate::form::button;
use crate::model::{Effect, Model};
use crate::say::say;

/// What the browser reports.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum HostEvent {
    /// The page failed and was loaded anew: what happened, for a report.
    Recovered(String),
    /// A newer version of the page could take over, or has where another tab agreed to it.
    UpdateReady,
    /// This browser offers no files: the name and text of the one it should have.
    CantDownload(String, String),
}

/// What the browser has reported and is still to be seen.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Host {
    /// What happened before the page was loaded anew.
    pub recovered: Option<Rc<str>>,
    /// Whether a newer version of the page could take over.
    pub is_update_ready: bool,
    /// Whether the reader agreed to that; it happens once everything is stored.
    pub is_agreed: bool,
    /// The name and text of a file that could not be offered.
    pub refused_file: Option<Rc<(String, String)>>,
}

impl Host {
    /// Takes what was reported.
    pub fn take(&mut self, event: HostEvent) {
        match event {
            HostEvent::Recovered(what) => self.recovered = Some(what.into()),
            HostEvent::UpdateReady => self.is_update_ready = true,
            HostEvent::CantDownload(name, text) => self.refused_file = Some(Rc::new((name, text))),
        }
    }
}

impl Model {
    /// Lets the newer version take over, once the reader agreed and everything is stored.
    pub(crate) fn update_when_stored(&mut self) -> Option<Effect> {
        // A photo that couldn't be stored is only on this page.
        let is_refused = self.pictures.refused().next().is_some();
        self.host.is_agreed &= self.storage.refused.is_none() && !is_refused;
        let is_stored =
            self.storage.newer.is_some() || (self.storage.is_settled() && !self.kept.is_ahead);
        let is_time = self.host.is_agreed && is_stored && !self.pictures.is_working();
        self.host.is_agreed &= !is_time;
        is_time.then_some(Effect::Update)
    }

    /// A button of these notices was pressed.
    pub(crate) fn pressed_host(&mut self, action: &str) -> Vec<Effect> {
        match action {
            // What was typed is stored before the page goes.
            "update" => {
                self.keep_draft();
                self.host.is_agreed = true;
                Vec::new()
            }
            "copy" => {
                let file = self.host.refused_file.iter();
                file.map(|file| Effect::Copy(file.1.clone())).collect()
            }
            "later" => {
                self.host.is_update_ready = false;
                Vec::new()
            }
            _ => {
                self.host.recovered = None;
                self.host.refused_file = None;
                Vec::new()
            }
        }
    }
}

/// What the browser has to say.
pub fn host_notices(locale: Locale, host: &Host) -> Html {
    html! {
        <>
            if let Some(what) = &host.recovered {
                <div class="notice stop">
                    <p>{ say(locale,
                        "The page failed and was loaded anew. What was saved is here; check what you typed last.",
                        "页面出错后已重新载入。已保存的内容都在；请检查最后输入的内容。") }{ format!(" ({what})") }</p>
                    { button("host", "close", say(locale, "Close", "知道了")) }
                </div>
            }
            if host.is_update_ready {
                <div class="notice go">
                    <p>{ say(locale, "A newer version of Landfall is ready.", "Landfall 有新版本可用。") }</p>
                    { button("host", "update", say(locale, "Use it now", "立即更新")) }{ " " }
                    { button("host", "later", say(locale, "Later", "稍后")) }
                </div>
            }
            if let Some(file) = &host.refused_file {
                <div class="notice wait">
                    <label for="refused-file">{ match locale {
                        Locale::En => format!("This browser offers no files. Open the page in another browser (menu, “Open in browser”), or copy the text of “{}”.", file.0),
                        Locale::Zh => format!("当前浏览器无法下载文件。请点右上角菜单选择“在浏览器打开”，或复制“{}”的文本内容。", file.0),
                    } }</label>
                    <textarea id="refused-file" class="link-text" readonly=true value={file.1.clone()} />
                    { button("host", "copy", say(locale, "Copy", "复制")) }{ " " }
                    { button("host", "close", say(locale, "Close", "关闭")) }
                </div>
            }
        </>
    }
}
