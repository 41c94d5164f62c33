//! The shop file: what staff need from the owner. It is made from the owner's workspace, put beside
//! the page or sent, and read-only in what it rules.

use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::NaiveDate;
use landfall::check::{Checker, Place, quoted};
use landfall::issue::{Issue, Problem};
use landfall::json::{self, Json};
use sha2::{Digest, Sha256};

use crate::import_orders::previous_prices;
use crate::raw;
use crate::record::{Kind, push_hex};
use crate::rows::{
    Agreed, Amount, ExchangeRate, Field, Instant, Names, Policy, Row, Schedule, Specification,
    SupplierStatus, row, twice,
};
use crate::workspace::{Entry, Workspace};

/// The format that a shop file names.
pub const FORMAT: &str = "landfall/shop";
/// The version of the format.
const VERSION: u32 = 1;

row! {
    /// A shop file.
    Shop {
        /// Its format.
        format "format": Rc<str>,
        /// The version of the format.
        format_version "version": u32,
        /// Whose it is.
        owner "owner": Rc<str>,
        /// Its number, which rises with each one that the owner makes.
        number "number": u32,
        /// When it was made.
        made_at "madeAt": Instant,
        /// The rules.
        policy "policy": Policy,
        /// The suppliers with their status.
        suppliers "suppliers": Vec<ShopSupplier>,
        /// The articles with agreed prices, previous prices and specifications.
        skus "skus": Vec<ShopSku>,
        /// The exchange rate to calculate with.
        exchange_rate "exchangeRate": Option<ExchangeRate>,
        /// Lists of charges.
        schedules "schedules": Vec<Schedule>,
    }
}

row! {
    /// A supplier of a shop file.
    ShopSupplier {
        /// The id of its record.
        id "id": Rc<str>,
        /// Its name.
        name "name": Rc<str>,
        /// The name of its shop.
        shop_name "shopName": Option<Rc<str>>,
        /// The address of its shop.
        link "link": Option<Rc<str>>,
        /// How far it is trusted.
        status "status": SupplierStatus,
    }
}

row! {
    /// An article of a shop file.
    ShopSku {
        /// The id of its record.
        id "id": Rc<str>,
        /// The owner's code.
        sku "sku": Rc<str>,
        /// What it is.
        title "title": Option<Rc<str>>,
        /// Prices that the owner agreed to.
        agreed "agreed": Vec<Agreed>,
        /// What it cost on the last day that it was ordered.
        previous "previousPrices": Vec<ShopPrice>,
        /// What was approved with the sample.
        specification "specification": Option<Specification>,
    }
}

row! {
    /// What an article cost before.
    ShopPrice {
        /// The price of a unit in CNY.
        unit_price "unitPriceCny": Amount,
        /// The day.
        date "date": NaiveDate,
    }
}

/// The policy that holds on a day: of those in force the one with the latest first day, then with the
/// greatest version.
pub fn policy_on(workspace: &Workspace, day: NaiveDate) -> Option<&Rc<Entry>> {
    let policies = workspace
        .list(Kind::Policy)
        .filter_map(|entry| match entry.row() {
            Some(Row::Policy(policy)) => Some((policy.effective_from, policy.version, entry)),
            _ => None,
        });
    let in_force = policies.filter(|(from, ..)| from.is_none_or(|from| from <= day));
    let latest = in_force.max_by_key(|(from, version, _)| (*from, *version));
    latest.map(|(.., entry)| entry)
}

/// The text of the shop file of a workspace, with the policy that holds on `day` to the letter.
/// `made_at` is the instant, `number` rises with each file.
pub fn write(
    workspace: &Workspace,
    owner: &str,
    number: u32,
    made_at: &str,
    day: NaiveDate,
    exchange_rate: Option<ExchangeRate>,
) -> String {
    let policy = policy_on(workspace, day).and_then(|entry| entry.record().data());
    let policy_text: &str = policy.map_or("{}", |data| data);
    let Ok(Row::Policy(policy)) = Row::of(Kind::Policy, policy_text) else {
        return String::new();
    };
    let shop = Shop {
        format: Rc::from(FORMAT),
        format_version: VERSION,
        owner: Rc::from(owner),
        number,
        made_at: Instant(Rc::from(made_at)),
        policy: *policy,
        suppliers: suppliers(workspace),
        skus: skus(workspace),
        exchange_rate,
        schedules: schedules(workspace),
    };
    let known = Json::Object(vec![(
        "policy".into(),
        shop.policy.write().unwrap_or(Json::Null),
    )]);
    let whole = shop.write().unwrap_or(Json::Null);
    raw::patched(&format!("{{\"policy\":{policy_text}}}"), &known, &whole)
}

fn suppliers(workspace: &Workspace) -> Vec<ShopSupplier> {
    let entries = workspace.list(Kind::Supplier);
    let suppliers = entries.filter_map(|entry| {
        let Some(Row::Supplier(supplier)) = entry.row() else {
            return None;
        };
        Some(ShopSupplier {
            id: Rc::from(entry.record().key().id()),
            name: Rc::clone(&supplier.name),
            shop_name: supplier.shop_name.clone(),
            link: supplier.link.clone(),
            status: supplier.status,
        })
    });
    suppliers.collect()
}

fn skus(workspace: &Workspace) -> Vec<ShopSku> {
    // Newest first, so the first price of an article is of its last day.
    let mut prices = BTreeMap::<Rc<str>, Vec<ShopPrice>>::new();
    for price in previous_prices(workspace) {
        let Some(date) = price.date() else { continue };
        let of_sku = prices.entry(price.sku_id).or_default();
        let unit_price = price.unit_price;
        let price = ShopPrice { unit_price, date };
        if of_sku.first().is_none_or(|last| last.date == date) && !of_sku.contains(&price) {
            of_sku.push(price);
        }
    }
    let entries = workspace.list(Kind::Sku);
    let skus = entries.filter_map(|entry| {
        let Some(Row::Sku(sku)) = entry.row() else {
            return None;
        };
        let id = entry.record().key().id();
        Some(ShopSku {
            id: Rc::from(id),
            sku: Rc::clone(&sku.sku),
            title: sku.title.clone(),
            agreed: sku.agreed.clone(),
            previous: prices.remove(id).unwrap_or_default(),
            specification: sku.specification.clone(),
        })
    });
    skus.collect()
}

fn schedules(workspace: &Workspace) -> Vec<Schedule> {
    let entries = workspace.list(Kind::Schedule);
    let schedules = entries.filter_map(|entry| {
        let Some(Row::Schedule(schedule)) = entry.row() else {
            return None;
        };
        Some(Schedule::clone(schedule))
    });
    schedules.collect()
}

/// Reads a shop file; `None` is that the owner put none there (`null`).
///
/// # Errors
/// All issues.
pub fn read(text: &str) -> Result<Option<Shop>, Vec<Issue>> {
    let json = json::read(text.trim_start_matches('\u{feff}')).map_err(|issue| vec![issue])?;
    if json == Json::Null {
        return Ok(None);
    }
    let mut checker = Checker::new();
    twice(&mut checker, &json, &Place::Root);
    Shop::check(&mut checker, &json, &Place::Root);
    let shop = Shop::make(Some(&json));
    if !shop.format.is_empty() && &*shop.format != FORMAT {
        let (found, allowed) = (quoted(&shop.format), &[FORMAT]);
        let place = Place::Field(&Place::Root, "format");
        checker.report::<()>(&place, Problem::UnknownValue { found, allowed });
    }
    if let Some(Json::Integer(version)) = Names::of(Some(&json)).get("version")
        && *version != i64::from(VERSION)
    {
        let (found, allowed) = (version.to_string(), &["1"]);
        let place = Place::Field(&Place::Root, "version");
        checker.report::<()>(&place, Problem::UnknownValue { found, allowed });
    }
    checker.finish(Some(Some(shop)))
}

/// The SHA-256 of the text of a shop file, as 64 hexadecimal digits.
pub fn hash(text: &str) -> String {
    let mut hex = String::with_capacity(64);
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().for_each(|byte| push_hex(&mut hex, *byte));
    hex
}
