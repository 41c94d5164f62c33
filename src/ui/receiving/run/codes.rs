//! Codes that are scanned or typed in a run: an article, a carton of the article that is worked on, or an order.

use landfall_words::Locale;
use landfall_workspace::record::{Key, Kind};
use landfall_workspace::rows::{Order, Receipt, Sku};
use landfall_workspace::search::folded;

use super::{Shown, article_of, count, lot_path};
use crate::model::{Effect, Model};
use crate::tree;

/// What came of a code.
#[derive(Clone, PartialEq, Debug)]
pub enum Scanned {
    /// It is this article of the receipt.
    Article(usize),
    /// It is a carton of this article, which counts as opened now.
    Carton(usize, u32),
    /// It is a carton that the article hasn't.
    NoSuchCarton(usize, u32),
    /// It is nothing of this delivery.
    Unknown(String),
}

/// The number of a carton in a code: `C3`, `carton 3`, `3/12`, `第3箱`, `箱3`.
fn carton(code: &str) -> Option<u32> {
    let code = folded(code);
    let number = |text: &str| -> Option<u32> {
        let text = text.trim().trim_start_matches(['#', '-', ':', '.', '：']);
        let text = text.trim();
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number
            .then(|| text.parse().ok())
            .flatten()
            .filter(|number| *number > 0)
    };
    if let Some((of, all)) = code.split_once(['/', '／']) {
        let both = number(of).zip(number(all));
        if let Some((of, all)) = both {
            return (of <= all).then_some(of);
        }
    }
    if let Some(rest) = code.strip_suffix('箱') {
        return number(rest.trim_start_matches('第'));
    }
    let labels = ["carton", "ctn", "c/no", "箱号", "箱", "c"];
    labels
        .iter()
        .find_map(|label| number(code.strip_prefix(label)?))
}

/// The article of a receipt that a code is: by the buyer's own code, or by what the order calls it.
fn article(model: &Model, receipt: &Receipt, order: Option<&Order>, code: &str) -> Option<usize> {
    let code = folded(code);
    let is = |text: &str| folded(text.trim()) == code;
    let is_some = |text: &Option<std::rc::Rc<str>>| text.as_deref().is_some_and(is);
    let mut lots = receipt.lots.iter();
    if let Some(at) = lots.position(|lot| is(&lot.sku)) {
        return Some(at);
    }
    let lines = order.map(|order| &*order.lines).unwrap_or_default();
    let named = lines
        .iter()
        .find(|line| is_some(&line.item_code) || is_some(&line.source_sku_id));
    // An offer may have several articles; then its number names none of them.
    let mut offered = lines.iter().filter(|line| is_some(&line.offer_id));
    let offered = match (offered.next(), offered.next()) {
        (Some(line), None) => Some(line),
        _ => None,
    };
    if let Some(line) = named.or(offered) {
        let is_of = |lot: &landfall_workspace::rows::Lot| {
            let is_same = line.sku_id.is_some() && lot.sku_id == line.sku_id;
            is_same || line.item_code.as_deref() == Some(&*lot.sku)
        };
        if let Some(at) = receipt.lots.iter().position(is_of) {
            return Some(at);
        }
    }
    receipt.lots.iter().position(|lot| {
        let id = lot.sku_id.as_deref().unwrap_or_default();
        let key = Key::new(Kind::Sku, id);
        let entry = key.and_then(|key| model.workspace.get(&key));
        let Some(sku) = entry.and_then(|entry| entry.as_row::<Sku>()) else {
            return false;
        };
        let mut sources = sku.sources.iter();
        is(&sku.sku) || sources.any(|source| is_some(&source.sku_id))
    })
}

/// What came of the code, in words.
pub(super) fn sentence(shown: &Shown<'_>, scanned: &Scanned) -> String {
    let lot = |at: &usize| shown.receipt.lots.get(*at);
    let sku = |at: &usize| lot(at).map_or("", |lot| &*lot.sku);
    match (scanned, shown.locale) {
        (Scanned::Article(at), _) => sku(at).to_owned(),
        (Scanned::Carton(at, number), locale) => {
            let is_drawn = lot(at).is_some_and(|lot| lot.opened.contains(number));
            let has_draw = lot(at).is_some_and(|lot| !lot.opened.is_empty());
            let sku = sku(at);
            match (locale, is_drawn || !has_draw) {
                (Locale::En, true) => format!("{sku}: carton {number} is opened."),
                (Locale::Zh, true) => format!("{sku}：第 {number} 箱已开箱。"),
                (Locale::En, false) => format!(
                    "{sku}: carton {number} is noted as opened, but it wasn’t drawn. Check the units of the cartons that were."
                ),
                (Locale::Zh, false) => {
                    format!("{sku}：第 {number} 箱已记为开箱，但不在抽中的箱内。请检验抽中的箱。")
                }
            }
        }
        (Scanned::NoSuchCarton(at, number), Locale::En) => {
            let cartons = lot(at).and_then(|lot| lot.cartons).unwrap_or(0);
            format!(
                "{} has {cartons} cartons, so carton {number} isn’t one of them. Check the label, or the count of cartons.",
                sku(at)
            )
        }
        (Scanned::NoSuchCarton(at, number), Locale::Zh) => {
            let cartons = lot(at).and_then(|lot| lot.cartons).unwrap_or(0);
            format!(
                "{} 共 {cartons} 箱，没有第 {number} 箱。请核对箱唛或箱数。",
                sku(at)
            )
        }
        (Scanned::Unknown(code), Locale::En) => {
            format!(
                "“{code}” is no article or carton of this delivery. Add it under Cartons if it did arrive."
            )
        }
        (Scanned::Unknown(code), Locale::Zh) => {
            format!("“{code}”不是本次收货的商品或箱号。如确实到货，请在“点箱”中添加。")
        }
    }
}

impl Model {
    /// A code was scanned, or typed and ended with Enter.
    pub(super) fn scan(&mut self, place: &str, code: &str) -> Vec<Effect> {
        if code.is_empty() {
            return Vec::new();
        }
        match place {
            "query" => self.receive_scanned(code),
            "add" => self.add_article(code),
            _ => self.scan_in_run(code),
        }
    }

    fn scan_in_run(&mut self, code: &str) -> Vec<Effect> {
        let Some((_, receipt)) = self.receipt() else {
            return Vec::new();
        };
        let order = self.logged(&receipt.order_id).map(|(_, order)| order);
        let found = article(self, &receipt, order, code);
        if let Some(at) = found {
            self.run.scanned = Some(Scanned::Article(at));
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            return self.tap(|typed| tree::set(typed, "article", Some(count(at))));
        }
        if receipt.order_id.is_empty()
            && let Some(id) = self.order_named(code)
        {
            return self.claim(&id);
        }
        let at = article_of(&receipt);
        let Some((number, lot)) = carton(code).zip(receipt.lots.get(at)) else {
            self.run.scanned = Some(Scanned::Unknown(code.to_owned()));
            return Vec::new();
        };
        if lot.cartons.is_some_and(|cartons| number > cartons) {
            self.run.scanned = Some(Scanned::NoSuchCarton(at, number));
            return Vec::new();
        }
        self.run.scanned = Some(Scanned::Carton(at, number));
        self.open_carton(at, number, true)
    }

    /// Notes that a carton was opened, or that it wasn't.
    pub(super) fn open_carton(&mut self, at: usize, number: u32, is_open: bool) -> Vec<Effect> {
        let Some((_, receipt)) = self.receipt() else {
            return Vec::new();
        };
        let Some(lot) = receipt.lots.get(at) else {
            return Vec::new();
        };
        let mut unpacked = lot.unpacked.clone();
        unpacked.retain(|other| *other != number);
        if is_open {
            unpacked.push(number);
        }
        unpacked.sort_unstable();
        let items: Vec<tree::Tree> = unpacked.into_iter().map(count).collect();
        let list = (!items.is_empty()).then_some(landfall::json::Json::List(items));
        self.tap(|typed| tree::set(typed, &lot_path(at, "unpacked"), list))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cartons_are_told_by_their_labels() {
        for code in [
            "C3",
            "c3",
            "carton 3",
            "CARTON-3",
            "ctn#3",
            "C/No. 3",
            "3/12",
            "3 / 12",
            "箱3",
            "第3箱",
            "箱号：3",
            "03/12",
        ] {
            assert_eq!(carton(code), Some(3), "{code}");
        }
        for code in [
            "",
            "3",
            "C",
            "C0",
            "13/12",
            "C3X",
            "CUP-3",
            "3/",
            "/12",
            "a/b",
            "99999999999/999999999999",
            "C99999999999",
            "c-",
            "箱",
        ] {
            assert_eq!(carton(code), None, "{code}");
        }
    }
}
