//! The shop file: what staff need from the owner. It stands beside the page or was sent; the owner makes it
//! with one click.

use std::rc::Rc;

use landfall_workspace::rows::{Amount, ExchangeRate};
use landfall_workspace::shop;
use yew::prelude::*;

use crate::form::button;
use crate::model::{Effect, Model};
use crate::reading::{Kind, Reading, read};
use crate::rules::MADE;
use crate::say::say;
use crate::time::shown_instant;
use crate::tree;

/// Under this name a shop file that was sent is noted beside the records.
const NOTE: &str = "shop";
/// Under these names what the owner calls the shop is noted, and how many files were made.
const OWNER: &str = "shopOwner";
const NUMBER: &str = "shopNumber";

/// The shop file that rules here.
#[derive(Clone, Debug)]
pub struct ShopFile {
    /// What it says.
    pub shop: Rc<shop::Shop>,
    /// The SHA-256 of its text.
    pub hash: String,
    /// Whether it stands beside the page; otherwise it was sent.
    pub is_beside: bool,
}

impl Model {
    /// Reads the shop file that stands beside the page.
    pub(crate) fn meet_shop(&mut self, text: &str) {
        match shop::read(text) {
            Ok(Some(shop)) => {
                let is_older = |sent: &ShopFile| sent.shop.made_at >= shop.made_at;
                if self.shop.as_ref().is_some_and(is_older) {
                    return;
                }
                self.past = Rc::default();
                self.shop = Some(ShopFile {
                    shop: Rc::new(shop),
                    hash: shop::hash(text),
                    is_beside: true,
                });
            }
            Ok(None) => {}
            Err(issues) => {
                let text = say(
                    self.locale,
                    "The shop file beside this page (shop.json) can’t be read. Ask the owner to export it again.",
                    "本页面旁的店铺文件 (shop.json) 无法读取，请负责人重新导出。",
                );
                let reasons = self.sentences(&issues);
                let reason = reasons.first().map_or("", |reason| reason);
                self.complain(&format!("{text} ({reason})"));
            }
        }
    }

    /// The store is open: a shop file that was sent rules where none stands beside the page, or an older one.
    pub(crate) fn meet_sent_shop(&mut self) {
        let Some(text) = self.storage.notes.get(NOTE) else {
            return;
        };
        let Ok(Some(sent)) = shop::read(text) else {
            return;
        };
        let is_newer = self
            .shop
            .as_ref()
            .is_none_or(|known| known.shop.made_at < sent.made_at);
        if is_newer {
            self.past = Rc::default();
            self.shop = Some(ShopFile {
                hash: shop::hash(text),
                shop: Rc::new(sent),
                is_beside: false,
            });
        }
    }

    /// A shop file was chosen.
    ///
    /// # Errors
    /// What is wrong with it, in sentences.
    pub(crate) fn take_shop(&mut self, text: &str) -> Result<(), Vec<String>> {
        let taken = shop::read(text).map_err(|issues| self.sentences(&issues))?;
        let made_at = taken.map(|shop| shop.made_at);
        let is_older = |known: &ShopFile| {
            made_at
                .as_ref()
                .is_some_and(|made_at| known.shop.made_at >= *made_at)
        };
        if self.shop.as_ref().is_some_and(is_older) {
            let text = say(
                self.locale,
                "The shop file here is as new or newer; it stays.",
                "本机的店铺文件相同或更新，予以保留。",
            );
            self.tell(text);
            return Ok(());
        }
        self.note(NOTE, text);
        self.storage.notes.insert(NOTE.to_owned(), text.to_owned());
        self.meet_sent_shop();
        self.tell(say(
            self.locale,
            "The shop file counts from now on.",
            "店铺文件已生效。",
        ));
        Ok(())
    }

    /// Makes the shop file of this workspace.
    pub(crate) fn export_shop(&mut self) -> Vec<Effect> {
        let notes = &self.storage.notes;
        let number = notes
            .get(NUMBER)
            .and_then(|number| number.parse::<u32>().ok());
        let number = number.unwrap_or(0).saturating_add(1);
        let owner = self
            .data
            .owner
            .clone()
            .or_else(|| notes.get(OWNER).cloned());
        let owner = owner.unwrap_or_default();
        let at = self.moment.at.clone();
        let rate = self.typed_rate();
        let text = shop::write(&self.workspace, &owner, number, &at, self.today, rate);
        let made = format!("{MADE}{}", shop::hash(&text));
        for (name, text) in [
            (NUMBER, number.to_string()),
            (OWNER, owner),
            (&made, at.to_string()),
        ] {
            self.note(name, &text);
            self.storage.notes.insert(name.to_owned(), text);
        }
        vec![Effect::Download("shop.json".to_owned(), text)]
    }

    /// The exchange rate of the order that is shown.
    fn typed_rate(&self) -> Option<ExchangeRate> {
        let fills = self.fills();
        let effective = self.draft.effective(&fills, self.today, self.locale);
        let text = |path: &str| tree::text_at(&effective.request, path).to_owned();
        let of = |path: &str, kind| match read(&text(path), kind, self.locale) {
            Reading::Read(read) => Some(read),
            Reading::Blank | Reading::Ambiguous(_) | Reading::Refused(_) => None,
        };
        let rate = of("exchangeRate.cnyPerUnit", Kind::Measure)?;
        let as_of = of("exchangeRate.asOf", Kind::Date)?;
        Some(ExchangeRate {
            cny_per_unit: Amount(landfall::money::parse_decimal(&rate).ok()?),
            as_of: landfall::check::parse_date(&as_of)?,
        })
    }
}

/// The shop file on the page of the data.
pub fn shop_part(model: &Model) -> Html {
    let locale = model.locale;
    let noted = model.storage.notes.get(OWNER).cloned();
    let owner = model.data.owner.clone().or(noted).unwrap_or_default();
    html! {
        <section class="part" aria-labelledby="shop">
            <h2 id="shop">{ say(locale, "Shop file", "店铺文件") }</h2>
            { ruling(model) }
            <p>{ say(locale,
                "What staff need from the owner: policy, suppliers, agreed and previous prices, rates, approved specifications. The owner exports it and puts it beside this page as shop.json, or sends it.",
                "员工所需的负责人资料：采购政策、供应商、约定价与历史价、汇率、已确认的规格。由负责人导出后以 shop.json 放在本页面旁，或直接发送。") }</p>
            <div class="filters">
                <div class="field">
                    <label for="data.owner">{ say(locale, "Name of the shop or owner", "店铺或负责人名称") }</label>
                    <div class="box"><input id="data.owner" name="data.owner" type="text" value={owner} autocomplete="off" /></div>
                </div>
                { button("data", "shop", say(locale, "Export the shop file", "导出店铺文件")) }
            </div>
        </section>
    }
}

/// Whose shop file rules here.
fn ruling(model: &Model) -> Html {
    let locale = model.locale;
    let Some(ShopFile {
        shop,
        hash,
        is_beside,
    }) = &model.shop
    else {
        return html! {
            <p class="quiet">{ say(locale,
                "There is none here: nothing counts as approved by an owner.",
                "本机没有店铺文件：没有任何内容被视为已获负责人批准。") }</p>
        };
    };
    let fact = |name: &str, value: String| html! { <div><dt>{ name.to_owned() }</dt><dd>{ value }</dd></div> };
    let place = if *is_beside {
        say(locale, "beside this page", "页面旁的文件")
    } else {
        say(locale, "sent and brought in", "他人发送并导入")
    };
    html! {
        <dl class="facts">
            { fact(say(locale, "Whose", "所属"), shop.owner.to_string()) }
            { fact(say(locale, "Number", "编号"), shop.number.to_string()) }
            { fact(say(locale, "Made", "生成时间"), shown_instant(&shop.made_at.0, model.offset)) }
            { fact(say(locale, "From", "来源"), place.to_owned()) }
            { fact(say(locale, "Suppliers", "供应商"), shop.suppliers.len().to_string()) }
            { fact(say(locale, "Articles", "商品"), shop.skus.len().to_string()) }
            { fact(say(locale, "Fingerprint (SHA-256)", "指纹 (SHA-256)"), hash.clone()) }
        </dl>
    }
}
