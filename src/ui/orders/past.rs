//! What earlier orders and the owner's articles say of an order that is to be placed: prices that were paid, PO
//! numbers that are taken, prices that were agreed, samples that were approved.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use chrono::{Datelike, NaiveDate};
use landfall::check::parse_date;
use landfall::finding::PriceRange;
use landfall::order::{BySku, PriceHistory, SupplierStatus};
use landfall_workspace::record::{Key, Kind};
use landfall_workspace::rows::{Agreed, Order, Row, Sku, Specification, Supplier};

use crate::model::Model;
use crate::time::shown_instant;

/// What is known of an article, by the code that orders name it by.
#[derive(Clone, Debug)]
pub struct Article {
    /// The id of its record.
    pub id: Rc<str>,
    /// What it is.
    pub title: Option<Rc<str>>,
    /// What was approved with the sample.
    pub specification: Option<Specification>,
}

/// Ranges of agreed prices by article.
type Ranges = BySku<Rc<Vec<PriceRange>>>;

/// What is known beside the order itself.
#[derive(Debug, Default)]
pub struct Past {
    /// What was paid for articles.
    pub prices: Rc<PriceHistory>,
    /// The PO numbers that are taken.
    pub numbers: BTreeSet<Rc<str>>,
    /// The articles by code.
    pub articles: BTreeMap<Rc<str>, Article>,
    /// The prices that the owner agreed to, by the id of the supplier.
    agreed: BTreeMap<Rc<str>, Ranges>,
}

/// What is known for the order of this id, once it was asked for.
pub type Kept = Rc<RefCell<Option<(Rc<str>, Rc<Past>)>>>;

/// A supplier that an order can be placed with.
#[derive(Clone, PartialEq, Debug)]
pub struct KnownSupplier {
    /// The id of its record.
    pub id: Rc<str>,
    /// Its name.
    pub name: Rc<str>,
    /// The name of its shop.
    pub shop_name: Option<Rc<str>>,
    /// How far it is trusted.
    pub status: SupplierStatus,
}

impl Past {
    fn take_article(&mut self, code: &Rc<str>, article: Article, agreed: &[Agreed]) {
        for Agreed {
            supplier_id,
            minimum,
            maximum,
            ..
        } in agreed
        {
            let of_supplier = self.agreed.entry(supplier_id.clone()).or_default();
            let ranges = of_supplier.entry(code.clone()).or_default();
            Rc::make_mut(ranges).push(PriceRange {
                minimum: minimum.0,
                maximum: maximum.0,
            });
        }
        // Of several articles of one code, one with an approved sample says more.
        let known = self.articles.get(code);
        if known.is_none_or(|known| known.specification.is_none()) {
            self.articles.insert(code.clone(), article);
        }
    }

    /// The ranges of prices that the owner agreed to with a supplier.
    pub fn agreed_with(&self, supplier: &str) -> Ranges {
        self.agreed.get(supplier).cloned().unwrap_or_default()
    }

    /// The next PO number of a year that is free.
    pub fn next_number(&self, year: i32) -> String {
        let prefix = format!("PO-{year}-");
        let taken = self.numbers.iter().filter_map(|number| {
            let digits = number.strip_prefix(&*prefix)?;
            digits.parse::<u32>().ok()
        });
        let next = taken.max().unwrap_or(0).saturating_add(1);
        format!("{prefix}{next:03}")
    }
}

impl Model {
    /// The day of an instant, by the clock of this device.
    pub(crate) fn day_of(&self, at: &str) -> Option<NaiveDate> {
        parse_date(shown_instant(at, self.offset).get(..10)?)
    }

    /// What is known beside the order of this id; what it says itself is no past of it.
    pub(crate) fn past(&self, id: &str) -> Rc<Past> {
        if let Some((of, past)) = &*self.past.borrow()
            && **of == *id
        {
            return past.clone();
        }
        let past = Rc::new(self.look_back(id));
        *self.past.borrow_mut() = Some((id.into(), past.clone()));
        past
    }

    fn look_back(&self, id: &str) -> Past {
        let mut past = Past::default();
        let mut prices = PriceHistory::default();
        let mut codes = BTreeMap::<Rc<str>, Rc<str>>::new();
        let rules = self.shop.as_ref().map(|file| &file.shop);
        let rules = rules.filter(|_| !self.is_owner());
        for entry in self.workspace.list(Kind::Sku) {
            let Some(sku) = entry.as_row::<Sku>() else {
                continue;
            };
            let id: Rc<str> = entry.record().key().id().into();
            codes.insert(id.clone(), sku.sku.clone());
            let article = Article {
                id,
                title: sku.title.clone(),
                // What the owner's shop file says counts where one rules.
                specification: sku.specification.clone().filter(|_| rules.is_none()),
            };
            let agreed = if rules.is_none() { &*sku.agreed } else { &[] };
            past.take_article(&sku.sku, article, agreed);
        }
        if let Some(shop) = rules {
            for sku in &shop.skus {
                codes.insert(sku.id.clone(), sku.sku.clone());
                let article = Article {
                    id: sku.id.clone(),
                    title: sku.title.clone(),
                    specification: sku.specification.clone(),
                };
                past.take_article(&sku.sku, article, &sku.agreed);
                for price in &sku.previous {
                    prices.add(sku.sku.clone(), price.date, price.unit_price.0);
                }
            }
        }
        for entry in self.workspace.list(Kind::Order) {
            let Some(order) = entry.as_row::<Order>() else {
                continue;
            };
            if entry.record().key().id() == id {
                continue;
            }
            past.numbers.extend(order.number.clone());
            let at = order.created_at.as_ref().filter(|_| !order.is_closed());
            let Some(day) = at.and_then(|at| self.day_of(&at.0)) else {
                continue;
            };
            for line in &order.lines {
                let code = line.sku_id.as_ref().and_then(|id| codes.get(id));
                let own = line.item_code.as_ref().filter(|own| Some(*own) != code);
                for code in code.into_iter().chain(own) {
                    prices.add(code.clone(), day, line.unit_price.0);
                }
            }
        }
        past.prices = Rc::new(prices);
        past
    }

    /// The PO number that the next order gets.
    pub(crate) fn next_number(&self) -> String {
        self.past("").next_number(self.today.year())
    }

    /// The suppliers that an order can be placed with: those of the owner's shop file where one rules, and those
    /// that are stored here.
    pub(crate) fn known_suppliers(&self) -> Vec<KnownSupplier> {
        let rules = self.shop.as_ref().map(|file| &file.shop);
        let rules = rules.filter(|_| !self.is_owner());
        let ruled = rules.into_iter().flat_map(|shop| &shop.suppliers);
        let mut known: Vec<KnownSupplier> = ruled
            .map(|supplier| {
                let key = Key::new(Kind::Supplier, &supplier.id);
                let own = key.and_then(|key| self.workspace.get(&key));
                let own = match own.and_then(|entry| entry.row()) {
                    Some(Row::Supplier(own)) => own.status,
                    Some(_) | None => SupplierStatus::New,
                };
                KnownSupplier {
                    id: supplier.id.clone(),
                    name: supplier.name.clone(),
                    shop_name: supplier.shop_name.clone(),
                    status: self.status_of(&supplier.id, own),
                }
            })
            .collect();
        let of_shop: BTreeSet<Rc<str>> = known.iter().map(|supplier| supplier.id.clone()).collect();
        for entry in self.workspace.list(Kind::Supplier) {
            let id = entry.record().key().id();
            let Some(supplier) = entry.as_row::<Supplier>() else {
                continue;
            };
            if of_shop.contains(id) {
                continue;
            }
            known.push(KnownSupplier {
                id: id.into(),
                name: supplier.name.clone(),
                shop_name: supplier.shop_name.clone(),
                status: self.status_of(id, supplier.status),
            });
        }
        known
    }
}
