//! An order that is to be placed: a draft on the desk, what the owner's rules say of it as it stands, and what
//! becomes of it.
//!
//! The draft of an order has the id that the order will have, or has already: editing a logged order is
//! a draft of it, and so is checking an imported one. Decisions and escalations name that id.

use std::collections::BTreeSet;
use std::rc::Rc;

use chrono::NaiveDate;
use landfall::check::Named;
use landfall::finding::{Finding, Outcome, Rule};
use landfall::issue::Issue;
use landfall::json::Json;
use landfall::order::{Order, OrderCheckRequest, OrderVerdict, Supplier, Verdict, check_order};
use landfall::policy::Policy;
use landfall_words as words;
use landfall_workspace::decisions::Decisions;
use landfall_workspace::record::{Key, Kind, Record};
use landfall_workspace::rows::{self, Row};

use super::past::{KnownSupplier, Past};
use crate::app::place;
use crate::desk::{Desk, faults_of, purpose};
use crate::draft::{Draft, rows as draft_rows};
use crate::fills::Fills;
use crate::model::{Effect, Fault, Model, outcome};
use crate::outcome::Outcome as Cost;
use crate::route::Route;
use crate::tree::{self, Tree, text_at};

/// What the drafts of orders are for.
pub const PURPOSE: &str = "order";

/// The fields of an order's draft stand in its data.
pub const DATA: &str = "desk.data";

/// The landed cost of the order.
#[derive(Clone, Debug)]
pub enum Costing {
    /// None was chosen to work it out with.
    None,
    /// It can't be worked out, for these reasons.
    Faulty(Vec<String>),
    /// It is in another currency than the owner's limits.
    OtherCurrency(&'static str),
    /// It is worked out.
    Done(Rc<Cost>),
}

/// What the rules say of the order as it stands.
#[derive(Clone, Debug)]
pub struct Check {
    /// The rules.
    pub policy: Rc<Policy>,
    /// The order, of what can be read of it.
    pub order: Rc<Order>,
    /// Whether it may be placed; what can't be read makes it incomplete.
    pub verdict: Verdict,
    /// What was found, the gravest first.
    pub findings: Vec<Finding>,
    /// The rules that can't be applied yet.
    pub waiting: Vec<Rule>,
    /// The whole verdict, where everything could be read.
    pub whole: Option<OrderVerdict>,
    /// Everything that is wrong with a field.
    pub faults: Vec<Fault>,
    /// The supplier, where it is a known one.
    pub supplier: Option<KnownSupplier>,
    /// The landed cost.
    pub costing: Costing,
    /// What is known beside the order.
    pub past: Rc<Past>,
    /// Whether the findings are those that the order was logged with: what the rules look at is as it was.
    pub is_kept: bool,
}

impl Check {
    /// The findings as they are stored.
    pub fn stored(&self) -> Vec<rows::Finding> {
        self.findings.iter().map(rows::Finding::of).collect()
    }

    /// What stops the order.
    pub fn stops(&self) -> impl Iterator<Item = &Finding> {
        let findings = self.findings.iter();
        findings.filter(|finding| finding.outcome() == Outcome::HardStop)
    }
}

/// What stands in the way of logging an order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Obstacle {
    /// A stop that the owner hasn't lifted.
    Stopped,
    /// Something is missing or can't be read.
    Unfinished,
    /// It has no PO number.
    NoNumber,
    /// Another order has its PO number.
    NumberTaken,
    /// Nothing can be stored here.
    ReadOnly,
}

/// Whether what the rules look at is the same: supplier, articles, prices and quantities. Otherwise a logged order is
/// checked again.
fn is_same_deal(one: &rows::Order, other: &rows::Order) -> bool {
    let mut lines = one.lines.iter().zip(&other.lines);
    one.supplier_id == other.supplier_id
        && one.supplier_name == other.supplier_name
        && one.lines.len() == other.lines.len()
        && lines.all(|(one, other)| {
            one.item_code == other.item_code
                && one.unit_price == other.unit_price
                && one.quantity == other.quantity
        })
}

impl Model {
    /// The order that is to be placed, where one lies on the desk.
    pub(crate) fn order_desk(&self) -> Option<&Desk> {
        let desk = self.desk.as_ref()?;
        let is_order = desk.key.kind == Kind::Draft && text_at(&desk.typed, "for") == PURPOSE;
        is_order.then_some(desk)
    }

    /// The draft of an order, where there is one.
    pub(crate) fn order_draft(&self, id: &str) -> Option<Record> {
        let record = self.record(&Key::new(Kind::Draft, id)?)?;
        (purpose(&record).as_deref() == Some(PURPOSE)).then_some(record)
    }

    /// All drafts of orders, in the order of their ids.
    pub(crate) fn order_drafts(&self) -> Vec<Record> {
        let drafts = self.workspace.list(Kind::Draft);
        let drafts = drafts.map(|entry| entry.record());
        let drafts = drafts.filter(|record| purpose(record).as_deref() == Some(PURPOSE));
        drafts.cloned().collect()
    }

    /// An order of the log.
    pub(crate) fn logged(&self, id: &str) -> Option<(Record, &rows::Order)> {
        let entry = self.workspace.get(&Key::new(Kind::Order, id)?)?;
        match entry.row() {
            Some(Row::Order(order)) => Some((entry.record().clone(), order)),
            Some(_) | None => None,
        }
    }

    /// Lays the order that the address names on the desk.
    pub(crate) fn lay_order(&mut self) {
        let Some(draft) = self.order_draft(&self.place.clone()) else {
            return;
        };
        if self.desk_of(draft.key()).is_none() {
            let desk = Desk::of(&draft, self);
            self.lay(desk);
        }
    }

    /// Begins an order that is to be placed, and shows it; one that was begun under this id goes on.
    pub(crate) fn begin_order(&mut self, id: &str, mut data: Tree) -> Vec<Effect> {
        let go = Effect::Go(Route::Orders.at(id));
        let Some(key) = Key::new(Kind::Draft, id) else {
            return Vec::new();
        };
        if self.desk_of(&key).is_some() || self.order_draft(id).is_some() {
            return vec![go];
        }
        let number = self.next_number();
        tree::fill(&mut data, "number", tree::text(number));
        tree::fill(&mut data, "lines", Json::List(vec![tree::empty()]));
        self.take_from_log(&mut data);
        let typed = tree::object([
            ("for", tree::text(PURPOSE)),
            ("name", tree::text(text_at(&data, "number"))),
            ("data", data),
        ]);
        // A draft that went, as each one does that is placed, is followed by this one.
        let base = self.record(&key);
        let desk = Desk::new(key, typed, self);
        self.lay(Some(Desk { base, ..desk }));
        let mut effects = self.change_desk(|_| ());
        effects.push(go);
        effects
    }

    /// What a new order begins with: the exchange rate of the owner’s shop file, else that of Landed cost.
    pub(crate) fn new_order(&self) -> Tree {
        let mut data = tree::empty();
        let shop = self.shop.as_ref().filter(|_| !self.is_owner());
        if let Some(rate) = shop.and_then(|file| file.shop.exchange_rate.as_ref()) {
            let text = rate.cny_per_unit.to_string();
            tree::set(&mut data, "exchangeRate.cnyPerUnit", Some(tree::text(text)));
            let day = rate.as_of.to_string();
            tree::set(&mut data, "exchangeRate.asOf", Some(tree::text(day)));
        } else if !self.draft.is_example {
            self.take_rate(&mut data);
        }
        data
    }

    /// What the log knows where nothing else is given: whoever placed the last order on this device, and the
    /// newest exchange rate that is still good.
    fn take_from_log(&self, data: &mut Tree) {
        let policy = self.policy();
        let mut staff: Option<(&rows::Instant, &Rc<str>)> = None;
        let mut rate: Option<&rows::ExchangeRate> = None;
        for entry in self.workspace.list(Kind::Order) {
            let Some(order) = entry.as_row::<rows::Order>() else {
                continue;
            };
            let mut heads = entry.record().heads().iter();
            let is_from_here = heads.any(|head| head.stamp.device == self.device);
            if let (true, Some(at), Some(name)) = (is_from_here, &order.created_at, &order.staff)
                && staff.is_none_or(|(newest, _)| at > newest)
            {
                staff = Some((at, name));
            }
            let is_home = order
                .landed_cost
                .as_ref()
                .is_some_and(|cost| *cost.currency == *policy.home_currency.code());
            if let Some(given) = order.exchange_rate.as_ref().filter(|_| is_home) {
                let age = self.today.signed_duration_since(given.as_of).num_days();
                let is_good = (0..=policy.orders.exchange_rate_max_age_days.into()).contains(&age);
                if is_good && rate.is_none_or(|newest| given.as_of > newest.as_of) {
                    rate = Some(given);
                }
            }
        }
        if let Some((_, name)) = staff {
            tree::fill(data, "staff", tree::text(&**name));
        }
        let has_rate = tree::get(data, "exchangeRate.cnyPerUnit").is_some();
        if let Some(rate) = rate.filter(|_| !has_rate) {
            let number = rate.cny_per_unit.normalize().to_string();
            tree::set(data, "exchangeRate.cnyPerUnit", Some(tree::text(number)));
            let day = rate.as_of.to_string();
            tree::set(data, "exchangeRate.asOf", Some(tree::text(day)));
        }
    }

    /// The exchange rate of Landed cost, where it is to the currency of the owner's limits.
    fn take_rate(&self, data: &mut Tree) {
        if self.home(&self.fills()) != self.policy().home_currency.code() {
            return;
        }
        for path in ["exchangeRate.cnyPerUnit", "exchangeRate.asOf"] {
            tree::set(data, path, tree::get(&self.draft.head, path).cloned());
        }
    }

    /// The order on Landed cost as one that is to be placed; all of it is what it costs.
    pub(crate) fn order_of_cost(&self) -> Tree {
        let lines = self.draft.lines.iter().map(|row| {
            let mut line = tree::empty();
            for (from, to) in [
                ("sku", "sku"),
                ("description", "title"),
                ("unitPriceCny", "unitPriceCny"),
                ("quantity", "quantity"),
            ] {
                tree::set(&mut line, to, tree::get(&row.json, from).cloned());
            }
            line
        });
        let lines = Json::List(lines.collect());
        let mut data = tree::object([("lines", lines)]);
        self.take_rate(&mut data);
        tree::set(&mut data, "domesticShippingCny", self.freight_typed());
        self.cost_with(&mut data, &self.title(), &self.draft);
        data
    }

    /// The freight inside China of the order on Landed cost, where it is one plain amount in yuan.
    fn freight_typed(&self) -> Option<Tree> {
        let is_domestic = |charge: &&Tree| text_at(charge, "component") == "domesticShipping";
        let charges = self.draft.charges.iter().map(|row| &*row.json);
        let mut charges = charges.filter(is_domestic);
        let (only, None) = (charges.next()?, charges.next()) else {
            return None;
        };
        let is_plain = text_at(only, "rate.type") == "flat"
            && text_at(only, "currency") == "CNY"
            && ["minimum", "maximum", "when", "order"]
                .iter()
                .all(|name| tree::get(only, name).is_none());
        let amount = tree::get(only, "rate.amount").cloned();
        amount.filter(|_| is_plain)
    }

    /// From now on the order is costed with this one.
    fn cost_with(&self, data: &mut Tree, name: &str, draft: &Draft) {
        let costing = draft.handed_on().to_tree();
        tree::set(data, "costing", Some(costing));
        tree::set(data, "costingName", Some(tree::text(name)));
    }

    /// What the order is costed with was chosen: the order on Landed cost, or a saved one.
    pub(crate) fn choose_costing(&mut self, chosen: &str) -> Vec<Effect> {
        let (name, draft) = if chosen == "shown" {
            (self.title(), Some(self.draft.clone()))
        } else {
            let saved = self.saved.iter().find(|saved| *saved.id == *chosen);
            let name = saved.map(|saved| saved.name.to_string());
            let draft = saved.and_then(|saved| Draft::from_tree(&saved.data).ok());
            (name.unwrap_or_default(), draft)
        };
        let Some(draft) = draft else {
            return Vec::new();
        };
        let mut data = tree::empty();
        self.cost_with(&mut data, &name, &draft);
        self.change_desk(|typed| {
            for path in ["costing", "costingName"] {
                let value = tree::get(&data, path).cloned();
                tree::set(typed, &format!("data.{path}"), value);
            }
        })
    }

    /// An order of the log as it is typed: to be checked, or edited.
    pub(crate) fn order_as_typed(&self, order: &rows::Order) -> Tree {
        let text = |of: &Option<Rc<str>>| of.as_deref().map(tree::text);
        let past = self.past("");
        let codes: Vec<(&Rc<str>, &Rc<str>)> = past
            .articles
            .iter()
            .map(|(code, article)| (&article.id, code))
            .collect();
        let lines = order.lines.iter().enumerate().map(|(index, line)| {
            let article = line.sku_id.as_ref();
            let code = article.and_then(|id| codes.iter().find(|(known, _)| *known == id));
            let code = code.map(|(_, code)| code.to_string());
            let own = line.item_code.as_deref().filter(|own| !own.is_empty());
            // What the log calls it, where it was logged here; else what the article is called.
            let code = match &order.stage {
                Some(_) => own.map(str::to_owned).or(code),
                None => code.or(own.map(str::to_owned)),
            };
            let code = code.or(line.source_sku_id.as_deref().map(str::to_owned));
            let code = code.unwrap_or_else(|| index.saturating_add(1).to_string());
            let mut tree = tree::object([
                ("sku", tree::text(code)),
                (
                    "unitPriceCny",
                    tree::text(line.unit_price.normalize().to_string()),
                ),
                (
                    "quantity",
                    tree::text(line.quantity.normalize().to_string()),
                ),
            ]);
            tree::set(&mut tree, "title", text(&line.title));
            tree::set(&mut tree, "skuId", text(&line.sku_id));
            tree::set(&mut tree, "unit", text(&line.unit));
            tree::set(&mut tree, "offerId", text(&line.offer_id));
            tree::set(&mut tree, "sourceSkuId", text(&line.source_sku_id));
            tree
        });
        let mut data = tree::object([("lines", Json::List(lines.collect()))]);
        let freight = order
            .freight
            .map(|of| tree::text(of.normalize().to_string()));
        let expected = order
            .expected_delivery
            .map(|day| tree::text(day.to_string()));
        let known = [
            ("number", text(&order.number)),
            ("supplierId", text(&order.supplier_id)),
            ("supplierName", Some(tree::text(&*order.supplier_name))),
            ("domesticShippingCny", freight),
            ("productLink", text(&order.product_link)),
            ("priceScreenshot", text(&order.price_screenshot)),
            ("staff", text(&order.staff)),
            ("expectedDelivery", expected),
            ("notes", text(&order.notes)),
            ("costing", order.costing.as_deref().cloned()),
        ];
        for (name, value) in known {
            tree::set(
                &mut data,
                name,
                value.filter(|value| *value != tree::text("")),
            );
        }
        if let Some(rate) = &order.exchange_rate {
            let text = rate.cny_per_unit.normalize().to_string();
            tree::set(&mut data, "exchangeRate.cnyPerUnit", Some(tree::text(text)));
            let day = rate.as_of.to_string();
            tree::set(&mut data, "exchangeRate.asOf", Some(tree::text(day)));
        }
        if let Some(confirmed) = &order.specification {
            let ticks = [
                ("colour", confirmed.colour),
                ("size", confirmed.size),
                ("quantity", confirmed.quantity),
                ("packaging", confirmed.packaging),
            ];
            for (name, _) in ticks.into_iter().filter(|(_, is_ticked)| *is_ticked) {
                let path = format!("specification.{name}");
                tree::set(&mut data, &path, Some(Json::Boolean(true)));
            }
        }
        data
    }

    /// The supplier of the order on the desk, where it is a known one: as it was chosen, or by its name.
    fn supplier_of(&self, data: &Tree) -> Option<KnownSupplier> {
        let id = text_at(data, "supplierId");
        let name = text_at(data, "supplierName").trim();
        let known = self.known_suppliers();
        if !id.is_empty() {
            return known.into_iter().find(|supplier| *supplier.id == *id);
        }
        let is_named = |supplier: &KnownSupplier| {
            !name.is_empty()
                && (*supplier.name == *name || supplier.shop_name.as_deref() == Some(name))
        };
        let mut named = known.into_iter().filter(is_named);
        named.next().filter(|_| named.next().is_none())
    }

    /// What the rules say of the order on the desk.
    pub(crate) fn check(&self) -> Option<Check> {
        self.check_of(self.order_desk()?)
    }

    /// What the rules say of an order that is to be placed.
    pub(crate) fn check_of(&self, desk: &Desk) -> Option<Check> {
        let policy = Rc::new(self.policy().into_owned());
        let past = self.past(desk.key.id());
        let supplier = self.supplier_of(tree::get(&desk.typed, "data")?);
        let costing = self.costing(desk, &policy);
        let request = request_of(desk, supplier.as_ref(), &costing);
        let mut faults = desk.faults.to_vec();
        faults.retain(|fault| !fault.path.starts_with("desk.data.costing."));
        let mut broken = Broken::default();
        let asked = match asked(&request, &policy, self.today) {
            Ok(asked) => Some(asked),
            Err(issues) => {
                broken.take(&issues);
                let further = faults_of(issues, field_of);
                let is_new = |fault: &Fault| !faults.iter().any(|of| of.path == fault.path);
                let further: Vec<Fault> = further.into_iter().filter(is_new).collect();
                faults.extend(further);
                None
            }
        };
        let is_whole = asked.is_some() && faults.is_empty();
        let asked = asked.or_else(|| {
            let request = broken.mended(request, self.today);
            self::asked(&request, &policy, self.today).ok()
        })?;
        let id = supplier.as_ref().map(|supplier| supplier.id.clone());
        let asked = OrderCheckRequest {
            supplier: supplier.as_ref().map(|supplier| {
                Rc::new(Supplier {
                    id: supplier.id.clone(),
                    status: supplier.status,
                    agreed_prices: past.agreed_with(&id.unwrap_or_default()),
                })
            }),
            previous_prices: past.prices.clone(),
            policy: policy.clone(),
            ..asked
        };
        let order = asked.order.clone();
        let (mut findings, whole) = match check_order(&asked) {
            Ok(verdict) => (verdict.findings.clone(), is_whole.then_some(verdict)),
            Err(issue) => {
                faults.extend(faults_of(vec![issue], field_of));
                broken.all = true;
                (Vec::new(), None)
            }
        };
        findings.retain(|finding| broken.leaves(finding));
        let is_there = |rule: &Rule| findings.iter().any(|finding| finding.rule() == *rule);
        let mut waiting = Rule::ALL.to_vec();
        // Without an agreed range there is nothing to find.
        waiting.retain(|rule| *rule != Rule::AgreedPriceRange && !is_there(rule));
        let mut verdict = match findings.first().map(Finding::outcome) {
            Some(Outcome::HardStop) => Verdict::Stop,
            Some(Outcome::Missing) => Verdict::Incomplete,
            Some(Outcome::Notice | Outcome::Pass) | None if whole.is_none() => Verdict::Incomplete,
            Some(Outcome::Notice | Outcome::Pass) | None => Verdict::Proceed,
        };
        let mut is_kept = false;
        if whole.is_some()
            && let Some((_, logged)) = self.logged(desk.key.id())
            && let Some(was) = logged.verdict()
        {
            let now = self.placed(desk, &order, supplier.as_ref(), &past);
            let found: Option<Vec<Finding>> =
                logged.findings.iter().map(rows::Finding::found).collect();
            if let (true, Some(found)) = (is_same_deal(logged, &now), found) {
                (findings, verdict, is_kept) = (found, was, true);
            }
        }
        Some(Check {
            policy,
            order,
            verdict,
            findings,
            waiting,
            whole,
            faults,
            supplier,
            costing,
            past,
            is_kept,
        })
    }

    /// The landed cost of the order on the desk: prices, quantities, rate and freight are its own, the rest
    /// is that of the order it is costed with.
    fn costing(&self, desk: &Desk, policy: &Policy) -> Costing {
        let Some(draft) = composed(desk) else {
            return Costing::None;
        };
        let fills = Fills::of(&self.destinations, &draft, self.today, self.locale);
        match outcome(&draft, &fills, self.today, self.locale) {
            Ok(cost) if cost.result.home_currency != policy.home_currency.code() => {
                Costing::OtherCurrency(cost.result.home_currency)
            }
            Ok(cost) => Costing::Done(Rc::new(cost)),
            Err(faults) => {
                let sentences = faults.iter().map(|fault| {
                    let sentence = fault.sentence(self.locale);
                    match place(self.locale, &fault.path) {
                        whole if whole.is_empty() => sentence,
                        place => format!("{place}: {sentence}"),
                    }
                });
                Costing::Faulty(sentences.take(5).collect())
            }
        }
    }

    /// The faults of the order that are shown, as those of the desk.
    pub(crate) fn shown_order_faults(&self, check: &Check) -> Vec<Fault> {
        let shown = check.faults.iter().filter(|fault| {
            let is_typed = self.typing.as_deref() == Some(&fault.path);
            !is_typed && (!fault.is_missing() || self.left.contains(&fault.path))
        });
        shown.cloned().collect()
    }

    /// What stands in the way of logging the order on the desk as placed.
    pub(crate) fn obstacle(&self, check: &Check) -> Option<Obstacle> {
        let desk = self.order_desk()?;
        let decisions = Decisions::all(&self.workspace);
        let number = text_at(&desk.typed, "data.number").trim();
        match check.verdict {
            _ if self.storage.newer.is_some() => Some(Obstacle::ReadOnly),
            _ if check.whole.is_none() => match check.verdict {
                Verdict::Stop => Some(Obstacle::Stopped),
                Verdict::Incomplete | Verdict::Proceed => Some(Obstacle::Unfinished),
            },
            Verdict::Stop if !decisions.lift(desk.key.id(), &check.stored()) => {
                Some(Obstacle::Stopped)
            }
            Verdict::Incomplete if !check.is_kept => Some(Obstacle::Unfinished),
            Verdict::Stop if !check.is_kept && is_missing(check) => Some(Obstacle::Unfinished),
            _ if number.is_empty() => Some(Obstacle::NoNumber),
            _ if check.past.numbers.contains(number) => Some(Obstacle::NumberTaken),
            Verdict::Stop | Verdict::Incomplete | Verdict::Proceed => None,
        }
    }

    /// The order on the desk as the log keeps it, without what the rules found.
    fn placed(
        &self,
        desk: &Desk,
        order: &Order,
        supplier: Option<&KnownSupplier>,
        past: &Past,
    ) -> rows::Order {
        let data = tree::get(&desk.read, "data");
        let text = |path: &str| {
            let text = data.map_or("", |data| text_at(data, path)).trim();
            (!text.is_empty()).then(|| Rc::<str>::from(text))
        };
        let lines = order.lines.iter().enumerate().map(|(index, line)| {
            let of = |name: &str| text(&format!("lines[{index}].{name}"));
            // An article goes with its code; typed over, it is another one.
            let article = past.articles.get(&line.sku);
            let title = article.and_then(|article| article.title.clone());
            let article = article.map(|article| article.id.clone());
            rows::Line {
                sku_id: article.or_else(|| Some(article_key(&line.sku).id().into())),
                item_code: Some(line.sku.clone()),
                title: of("title").or(title),
                unit_price: rows::Amount(line.unit_price_cny),
                quantity: rows::Amount(line.quantity.into()),
                unit: of("unit"),
                offer_id: of("offerId"),
                source_sku_id: of("sourceSkuId"),
                landed: rows::ByName(Vec::new()),
            }
        });
        let goods = order
            .lines
            .iter()
            .try_fold(rust_decimal::Decimal::ZERO, |sum, line| {
                sum.checked_add(line.unit_price_cny.checked_mul(line.quantity.into())?)
            });
        let typed_name = text("supplierName").unwrap_or_default();
        rows::Order {
            number: text("number"),
            source: None,
            supplier_id: supplier.map(|supplier| supplier.id.clone()),
            supplier_name: supplier.map_or(typed_name, |supplier| supplier.name.clone()),
            status: None,
            stage: Some(rows::Stage::Placed),
            created_at: Some(rows::Instant(self.moment.at.clone())),
            paid_at: None,
            expected_delivery: order.expected_delivery,
            tracking_number: None,
            dispatched_at: None,
            signed_at: None,
            in_warehouse_at: None,
            goods: goods.map(rows::Amount),
            freight: order.domestic_shipping_cny.map(rows::Amount),
            adjustment: None,
            paid: None,
            lines: lines.collect(),
            exchange_rate: Some(rows::ExchangeRate {
                cny_per_unit: rows::Amount(order.cny_per_unit),
                as_of: order.as_of,
            }),
            staff: text("staff"),
            product_link: text("productLink"),
            price_screenshot: text("priceScreenshot"),
            specification: Some(rows::Confirmed {
                colour: order.specification.colour,
                size: order.specification.size,
                quantity: order.specification.quantity,
                packaging: order.specification.packaging,
            }),
            landed_cost: None,
            costing: None,
            findings: Vec::new(),
            policy_version: None,
            notes: text("notes"),
            earlier: Vec::new(),
        }
    }

    /// The order on the desk as the log will keep it.
    pub(crate) fn order_to_log(&self, desk: &Desk, check: &Check) -> rows::Order {
        let mut order = self.placed(desk, &check.order, check.supplier.as_ref(), &check.past);
        order.findings = check.stored();
        order.policy_version = check.policy.version;
        if let Costing::Done(cost) = &check.costing {
            let components = cost.result.components.iter().map(|part| {
                let name = Rc::from(part.component.name());
                (name, rows::Amount(part.amount.0))
            });
            order.landed_cost = Some(rows::LandedCost {
                currency: cost.result.home_currency.into(),
                total: rows::Amount(cost.result.total.0),
                components: rows::ByName(components.collect()),
            });
            for (line, cost) in order.lines.iter_mut().zip(&cost.result.lines) {
                let parts = cost.components.iter();
                let parts = parts.map(|(part, of)| (Rc::from(part.name()), rows::Amount(of.0)));
                line.landed = rows::ByName(parts.collect());
            }
        }
        order.costing = tree::get(&desk.typed, "data.costing").map(|of| Rc::new(of.clone()));
        order
    }

    /// Logs the order on the desk as placed, or as edited: the order, articles that are new, and the end of
    /// the draft and of what was put to the owner, all at once.
    pub(crate) fn place_order(&mut self) -> Vec<Effect> {
        self.keep_desk();
        let Some(check) = self.check().filter(|check| self.obstacle(check).is_none()) else {
            return Vec::new();
        };
        let Some(desk) = self.order_desk().cloned() else {
            return Vec::new();
        };
        let id = desk.key.id().to_owned();
        let Some(key) = Key::new(Kind::Order, &id) else {
            return Vec::new();
        };
        let order = self.order_to_log(&desk, &check);
        for line in &order.lines {
            let (Some(code), Some(id)) = (&line.item_code, &line.sku_id) else {
                continue;
            };
            if *article_key(code).id() == **id && self.record(&article_key(code)).is_none() {
                let sku = rows::Sku {
                    sku: code.clone(),
                    title: line.title.clone(),
                    unit: line.unit.clone(),
                    ..no_article()
                };
                self.put(&article_key(code), Some(&Row::from(sku).text()));
            }
        }
        let data = match self.logged(&id) {
            None => Row::from(order).text(),
            Some((record, logged)) => {
                let stored = record.data().cloned().unwrap_or_default();
                let mut order = rows::Order {
                    source: logged.source.clone(),
                    status: logged.status.clone(),
                    stage: logged.stage.or(order.stage),
                    created_at: logged.created_at.clone().or(order.created_at.clone()),
                    paid_at: logged.paid_at.clone(),
                    tracking_number: logged.tracking_number.clone(),
                    dispatched_at: logged.dispatched_at.clone(),
                    signed_at: logged.signed_at.clone(),
                    in_warehouse_at: logged.in_warehouse_at.clone(),
                    adjustment: logged.adjustment,
                    paid: logged.paid,
                    goods: logged
                        .goods
                        .filter(|_| is_same_deal(logged, &order))
                        .or(order.goods),
                    earlier: logged.earlier.clone(),
                    ..order
                };
                if check.is_kept {
                    order.findings = logged.findings.clone();
                    order.policy_version = logged.policy_version;
                    if order.landed_cost.is_none() {
                        order.landed_cost = logged.landed_cost.clone();
                        for (line, was) in order.lines.iter_mut().zip(&logged.lines) {
                            line.landed = was.landed.clone();
                        }
                    }
                }
                let before = landfall::json::read(&stored).ok();
                let mut before = before.map_or_else(tree::empty, Json::into_owned);
                tree::set(&mut before, "earlier", None);
                order.earlier.push(rows::Earlier {
                    order: Rc::new(before),
                    until: rows::Instant(self.moment.at.clone()),
                    by: order.staff.clone(),
                });
                Row::from(order).patched(&stored)
            }
        };
        self.put(&key, Some(&data));
        self.put(&desk.key, None);
        self.desk = None;
        self.close_escalations(&id);
        let number = text_at(&desk.typed, "data.number").trim().to_owned();
        self.tell_when_stored(&match self.locale {
            words::Locale::En => format!("{number} is logged."),
            words::Locale::Zh => format!("{number} 已记入订单台账。"),
        });
        vec![Effect::Top]
    }
}

/// The record of an article that has no other one, by its code.
fn article_key(code: &str) -> Key {
    Key::derived(Kind::Sku, &format!("article/{code}"))
}

/// Whether something is missing beside what stops it.
fn is_missing(check: &Check) -> bool {
    let mut findings = check.findings.iter();
    findings.any(|finding| finding.outcome() == Outcome::Missing)
}

/// An article of which nothing is known.
fn no_article() -> rows::Sku {
    use rows::Field;
    rows::Sku::make(None)
}

/// The order that the order on the desk is costed with, with its own lines, rate and freight.
pub fn composed(desk: &Desk) -> Option<Draft> {
    let data = tree::get(&desk.typed, "data")?;
    let costing = Draft::from_tree(tree::get(data, "costing")?).ok()?;
    let mut rest: Vec<&Tree> = costing.lines.iter().map(|row| &*row.json).collect();
    let own = match tree::get(data, "lines") {
        Some(Json::List(lines)) => lines.as_slice(),
        _ => &[],
    };
    let lines = own.iter().map(|line| {
        let sku = text_at(line, "sku");
        let same = rest.iter().position(|other| text_at(other, "sku") == sku);
        let mut costed = match same {
            Some(at) => rest.remove(at).clone(),
            None => tree::empty(),
        };
        for (from, to) in [
            ("sku", "sku"),
            ("title", "description"),
            ("unitPriceCny", "unitPriceCny"),
            ("quantity", "quantity"),
        ] {
            tree::set(&mut costed, to, tree::get(line, from).cloned());
        }
        costed
    });
    let lines: Vec<Tree> = lines.collect();
    let mut charges: Vec<Tree> = costing
        .charges
        .iter()
        .map(|row| (*row.json).clone())
        .collect();
    if let Some(freight) = tree::get(data, "domesticShippingCny") {
        charges.retain(|charge| text_at(charge, "component") != "domesticShipping");
        let rate = tree::object([("type", tree::text("flat")), ("amount", freight.clone())]);
        charges.push(tree::object([
            ("component", tree::text("domesticShipping")),
            ("currency", tree::text("CNY")),
            ("rate", rate),
        ]));
    }
    let mut head = (*costing.head).clone();
    for path in ["exchangeRate.cnyPerUnit", "exchangeRate.asOf"] {
        if let Some(value) = tree::get(data, path) {
            tree::set(&mut head, path, Some(value.clone()));
        }
    }
    Some(Draft {
        name: text_at(data, "number").to_owned(),
        head: Rc::new(head),
        lines: draft_rows(lines),
        charges: draft_rows(charges),
        ..costing
    })
}

/// The request of what was typed.
fn request_of(desk: &Desk, supplier: Option<&KnownSupplier>, costing: &Costing) -> Tree {
    let empty = tree::empty();
    let data = tree::get(&desk.read, "data").unwrap_or(&empty);
    let mut order = tree::empty();
    for path in [
        "exchangeRate.cnyPerUnit",
        "exchangeRate.asOf",
        "domesticShippingCny",
        "productLink",
        "priceScreenshot",
        "staff",
        "expectedDelivery",
    ] {
        tree::set(&mut order, path, tree::get(data, path).cloned());
    }
    tree::fill(&mut order, "exchangeRate", tree::empty());
    let ticked = tree::get(data, "specification").cloned();
    tree::set(
        &mut order,
        "specification",
        Some(ticked.unwrap_or_else(tree::empty)),
    );
    let lines = match tree::get(data, "lines") {
        Some(Json::List(lines)) => lines.as_slice(),
        _ => &[],
    };
    let lines = lines.iter().map(|line| {
        let mut of = tree::empty();
        for name in ["sku", "unitPriceCny", "quantity"] {
            tree::set(&mut of, name, tree::get(line, name).cloned());
        }
        of
    });
    tree::set(&mut order, "lines", Some(Json::List(lines.collect())));
    let typed = text_at(data, "supplierName").trim();
    let id = supplier.map_or(typed, |supplier| &*supplier.id);
    let id = (!id.is_empty()).then(|| tree::text(id));
    tree::set(&mut order, "supplierId", id);
    if let Costing::Done(cost) = costing {
        let total = tree::text(cost.result.total.to_string());
        tree::set(&mut order, "landedTotal", Some(total));
    }
    order
}

/// The order as a checked request; rules, supplier and prices take their place after.
fn asked(order: &Tree, policy: &Policy, today: NaiveDate) -> Result<OrderCheckRequest, Vec<Issue>> {
    let home = tree::text(policy.home_currency.code());
    let request = tree::object([
        ("policy", tree::object([("homeCurrency", home)])),
        ("today", tree::text(today.to_string())),
        ("order", order.clone()),
        ("supplier", Json::Null),
        ("previousPrices", Json::List(Vec::new())),
    ]);
    OrderCheckRequest::check(&request)
}

/// The field that a part of the request was made of.
fn field_of(path: &str) -> Option<String> {
    let path = path.strip_prefix("order.")?;
    match path {
        "supplierId" => Some(format!("{DATA}.supplierName")),
        "landedTotal" => None,
        path => Some(format!("{DATA}.{path}")),
    }
}

/// What of the order can't be used yet.
#[derive(Default)]
struct Broken {
    rate: bool,
    supplier: bool,
    lines: BTreeSet<usize>,
    /// Fields that are left out.
    fields: BTreeSet<String>,
    /// Whether no line is left.
    no_lines: bool,
    /// Whether nothing can be said.
    all: bool,
}

/// What stands for a line where none is complete.
const NO_LINE: &str = "—";

impl Broken {
    fn take(&mut self, issues: &[Issue]) {
        for issue in issues {
            let Some(path) = issue.path.strip_prefix("order.") else {
                continue;
            };
            if let Some((index, _)) = tree::item(path, "lines") {
                self.lines.insert(index);
            } else if path.starts_with("exchangeRate") {
                self.rate = true;
            } else if path == "supplierId" {
                self.supplier = true;
            } else {
                let end = path.find(['.', '[']).unwrap_or(path.len());
                self.fields.extend(path.get(..end).map(str::to_owned));
            }
        }
    }

    /// The request without what can't be used.
    fn mended(&mut self, mut order: Tree, today: NaiveDate) -> Tree {
        for field in self.fields.iter().filter(|field| *field != "lines") {
            tree::set(&mut order, field, None);
        }
        tree::fill(&mut order, "specification", tree::empty());
        if self.rate {
            let rate = tree::object([
                ("cnyPerUnit", tree::text("1")),
                ("asOf", tree::text(today.to_string())),
            ]);
            tree::set(&mut order, "exchangeRate", Some(rate));
        }
        if self.supplier {
            tree::set(&mut order, "supplierId", Some(tree::text(NO_LINE)));
        }
        let mut lines = match tree::get(&order, "lines") {
            Some(Json::List(lines)) => lines.clone(),
            _ => Vec::new(),
        };
        let mut index = 0_usize;
        lines.retain(|_| {
            let is_whole = !self.lines.contains(&index);
            index = index.saturating_add(1);
            is_whole
        });
        self.no_lines = lines.is_empty() || self.fields.contains("lines");
        if self.no_lines {
            lines.clear();
            lines.push(tree::object([
                ("sku", tree::text(NO_LINE)),
                ("unitPriceCny", tree::text("0")),
                ("quantity", Json::Integer(1)),
            ]));
        }
        tree::set(&mut order, "lines", Some(Json::List(lines)));
        order
    }

    /// Whether a finding holds without what can't be used.
    fn leaves(&self, finding: &Finding) -> bool {
        let is_part = self.rate || self.no_lines || !self.lines.is_empty();
        let is_stop = finding.outcome() == Outcome::HardStop;
        match finding.rule() {
            _ if self.all => false,
            // Further lines only add to the value.
            Rule::OrderValue => !is_part || (is_stop && !self.rate),
            Rule::SupplierWhitelist => !self.supplier,
            Rule::PriceIncrease | Rule::AgreedPriceRange => !self.no_lines,
            Rule::CostCalculated => !is_part,
            Rule::ExchangeRate => !self.rate,
            Rule::Specification | Rule::OrderRecord => true,
        }
    }
}
