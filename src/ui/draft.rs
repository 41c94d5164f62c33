//! An order as it is typed: the request of the package with texts as they stand in the fields, and
//! beside it what only the page knows (the destination, what was changed of its fees, selling).
//!
//! A field of the form is named by its path in the request, and so is everything that is wrong with
//! it. What a destination fills is never copied in here: it lies under what is typed (see
//! [`crate::fills`]), so that emptying a field takes an edit back.

use std::borrow::Cow;
use std::rc::Rc;

use chrono::NaiveDate;
use landfall::check::{Checker, Need::Optional, Object, Place, parse_date};
use landfall::issue::{Issue, Kind as JsonKind, Problem};
use landfall::json::{self, Json};
use landfall::landed_cost::{Request, SellingPriceRequest};
use landfall::money::parse_decimal;
use landfall_words::Locale;

use crate::fills::Fills;
use crate::reading::{Kind, Reading, read};
use crate::tree::{self, Tree};

/// An order as it is typed. Cheap to clone: what doesn't change is shared.
#[derive(Clone, PartialEq, Debug)]
pub struct Draft {
    /// What the buyer calls it.
    pub name: String,
    /// The code of the destination, or empty.
    pub destination: String,
    /// The day of entry as typed; empty is today.
    pub entry_date: String,
    /// Whether this is the worked example.
    pub is_example: bool,
    /// The request without its lines and charges.
    pub head: Rc<Tree>,
    /// The lines.
    pub lines: Rc<[Row]>,
    /// The buyer's own charges.
    pub charges: Rc<[Row]>,
    /// What was changed of the destination's fees, by the id of the fact; `None` is switched off.
    pub fees: Rc<[(String, Option<Rc<Tree>>)]>,
    /// What selling costs: the selling-price request without currency and landed cost.
    pub selling: Rc<Tree>,
}

/// A line or charge, which keeps its number while others come and go.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its number on this page.
    pub id: u32,
    /// Its fields.
    pub json: Rc<Tree>,
}

/// The same fields in memory; two rows that merely look alike are two.
impl PartialEq for Row {
    fn eq(&self, other: &Row) -> bool {
        self.id == other.id && Rc::ptr_eq(&self.json, &other.json)
    }
}

/// Rows of trees.
pub fn rows(trees: impl IntoIterator<Item = Tree>) -> Rc<[Row]> {
    let numbered = (0..).zip(trees);
    numbered
        .map(|(id, json)| Row {
            id,
            json: Rc::new(json),
        })
        .collect()
}

/// Rows with one more at a position.
pub fn with_row(rows: &[Row], at: usize, json: Tree) -> Rc<[Row]> {
    let id = rows.iter().map(|row| row.id).max();
    let id = id.map_or(0, |id| id.saturating_add(1));
    let mut rows = rows.to_vec();
    rows.insert(
        at.min(rows.len()),
        Row {
            id,
            json: Rc::new(json),
        },
    );
    rows.into()
}

/// Rows of which one is changed.
pub fn with_change(rows: &[Row], at: usize, change: impl FnOnce(&mut Tree)) -> Rc<[Row]> {
    let mut rows = rows.to_vec();
    if let Some(row) = rows.get_mut(at) {
        change(Rc::make_mut(&mut row.json));
    }
    rows.into()
}

/// The charges of an order with those of a fee schedule, which take the place of the same kinds.
pub fn with_schedule(charges: &[Row], schedule: &[Tree]) -> Rc<[Row]> {
    let is_replaced = |charge: &Tree| {
        let component = tree::text_at(charge, "component");
        let mut new = schedule.iter();
        new.any(|new| tree::text_at(new, "component") == component)
    };
    let own = charges.iter().map(|row| (*row.json).clone());
    let own = own.filter(|charge| !is_replaced(charge));
    rows(own.chain(schedule.iter().cloned()))
}

/// What a field of the form is, by its name in the request; `None` is a text or a choice.
pub fn kind(name: &str) -> Option<Kind> {
    match name {
        "quantity"
        | "units"
        | "bytes"
        | "transactions"
        | "piecesAMonth"
        | "productionLines"
        | "floorAreaM2"
        | "version"
        | "minimumTransactions"
        | "minimumPerSku"
        | "inspectionUnitsPerHour"
        | "consecutiveDefectiveBatches"
        | "escalationsPerWeek"
        | "reviewEveryOrders"
        | "cleanRunsForSolo"
        | "exchangeRateMaxAgeDays"
        | "storageDays"
        | "unclaimedStorageDays"
        | "agentReturnDays"
        | "replacedUnits"
        | "cartonsOrdered"
        | "cartonsCounted"
        | "article"
        | "received"
        | "cartons"
        | "sample"
        | "inspected" => Some(Kind::Count),
        "asOf" | "orderedOn" | "receivedOn" | "expectedDelivery" | "effectiveFrom" | "began" => {
            Some(Kind::Date)
        }
        "unitPriceCny"
        | "amount"
        | "minimum"
        | "maximum"
        | "firstAmount"
        | "nextAmount"
        | "dutyPerUnit"
        | "dutyPerKg"
        | "customsValueAbove"
        | "customsValueUpTo"
        | "dutyUpTo"
        | "vatUpTo"
        | "upTo"
        | "fixedPerOrder"
        | "returnHandling"
        | "divisor"
        | "kgPerCbm"
        | "domesticShippingCny"
        | "claimedCny"
        | "refundedCny"
        | "minimumCny"
        | "maximumCny"
        | "depositCny"
        | "sampleCostCny"
        | "maximumOrderValue"
        | "incidentLoss"
        | "loss" => Some(Kind::Money),
        "cnyPerUnit"
        | "lengthCm"
        | "widthCm"
        | "heightCm"
        | "grossKg"
        | "unitWeightKg"
        | "roundUpToKg"
        | "minimumKg"
        | "fromKg"
        | "firstKg"
        | "nextKg"
        | "minimumTons"
        | "years"
        | "responseHours"
        | "answerHours"
        | "qualityScore"
        | "serviceScore"
        | "minimumQuantity"
        | "minimumYears"
        | "maximumResponseHours"
        | "logVarianceHours"
        | "contactSupplierHours"
        | "leadTimeOverrunDays"
        | "ordered"
        | "a"
        | "b"
        | "c" => Some(Kind::Measure),
        "qualityWeight" | "deliveryWeight" | "serviceWeight" | "costWeight" => Some(Kind::Percent),
        "percent" => Some(Kind::Percent),
        name if name.ends_with("Percent") => Some(Kind::Percent),
        _ => None,
    }
}

/// What a field is, by its name and that of the object in which it stands.
fn kind_in(parent: &str, name: &str) -> Option<Kind> {
    match (parent, name) {
        // What was approved with a sample, in words.
        ("specification", _) => None,
        ("evidence", "staff") => Some(Kind::Count),
        // Of the lines of an order, in a quote.
        ("prices", _) => Some(Kind::Money),
        ("quantities", _) => Some(Kind::Count),
        // Of an article that arrived, by class of defects.
        ("found", _) => Some(Kind::Count),
        ("aql", _) => Some(Kind::Measure),
        (_, name) => kind(name),
    }
}

/// What the text of a field is, by the path of the field.
pub fn kind_at(path: &str) -> Option<Kind> {
    if path == "entryDate" {
        return Some(Kind::Date);
    }
    if path.contains("others.") {
        return Some(Kind::Measure);
    }
    let (parent, name) = path.rsplit_once('.').unwrap_or(("", path));
    kind_in(parent.rsplit('.').next().unwrap_or(parent), name)
}

/// A request that can be checked, and what stands in the way.
pub struct Effective {
    /// The request.
    pub request: Tree,
    /// The fields whose text can't be read, by their path in the form.
    pub misread: Vec<(String, Reading)>,
    /// The ids of the destination's fees, which follow the buyer's own charges.
    pub fees: Vec<String>,
}

impl Draft {
    /// An order with one empty line.
    pub fn blank() -> Draft {
        Draft {
            name: String::new(),
            destination: String::new(),
            entry_date: String::new(),
            is_example: false,
            head: Rc::new(tree::empty()),
            lines: rows([tree::empty()]),
            charges: rows([]),
            fees: [].into(),
            selling: Rc::new(tree::empty()),
        }
    }

    /// The worked order of a first visit.
    pub fn example(locale: Locale) -> Draft {
        let json = json::read(include_str!("example.json")).ok();
        let draft = json.and_then(|json| Draft::from_tree(&json.into_owned()).ok());
        let mut draft = draft.unwrap_or_else(Draft::blank);
        if locale == Locale::Zh {
            "马克杯和杯盖".clone_into(&mut draft.name);
            let last = draft.charges.len().saturating_sub(1);
            let label = Some(tree::text("清关及派送"));
            draft.charges = with_change(&draft.charges, last, |charge| {
                tree::set(charge, "label", label)
            });
        }
        draft
    }

    /// The same order without goods and charges: where it goes and at which rate stays.
    #[must_use]
    pub fn cleared(&self) -> Draft {
        let mut head = (*self.head).clone();
        tree::set(&mut head, "shipment", None);
        Draft {
            destination: self.destination.clone(),
            head: Rc::new(head),
            ..Draft::blank()
        }
    }

    /// The same order, saved or given to somebody: no example any more.
    #[must_use]
    pub fn handed_on(&self) -> Draft {
        Draft {
            is_example: false,
            ..self.clone()
        }
    }

    /// The day of entry.
    pub fn entry(&self, today: NaiveDate, locale: Locale) -> NaiveDate {
        match read(&self.entry_date, Kind::Date, locale) {
            Reading::Read(date) => parse_date(&date).unwrap_or(today),
            Reading::Blank | Reading::Ambiguous(_) | Reading::Refused(_) => today,
        }
    }

    /// The request of what is typed, over what is filled.
    pub fn effective(&self, fills: &Fills<'_>, today: NaiveDate, locale: Locale) -> Effective {
        let mut misread = Vec::new();
        match read(&self.entry_date, Kind::Date, locale) {
            Reading::Blank | Reading::Read(_) => {}
            reading @ (Reading::Ambiguous(_) | Reading::Refused(_)) => {
                misread.push(("entryDate".to_owned(), reading))
            }
        }
        let mut request = (*self.head).clone();
        tree::fill(
            &mut request,
            "exchangeRate.asOf",
            tree::text(today.to_string()),
        );
        for (path, value) in fills.fields() {
            tree::fill(&mut request, path, value);
        }
        if tree::get(&request, "customs").is_some() {
            tree::fill(&mut request, "customs.basis", tree::text("fob"));
        }
        normalise(&mut request, &Place::Root, locale, &mut misread);
        let divisor = usual_divisor(tree::text_at(&request, "shipment.mode"));

        let lines = self.lines.iter().enumerate().map(|(index, row)| {
            let mut line = (*row.json).clone();
            let duty = fills.chosen_duty(&line);
            tree::set(&mut line, "layers", None);
            if let Some(duty) = duty {
                tree::fill(
                    &mut line,
                    "additionalDutyPercent",
                    tree::text(duty.to_string()),
                );
            }
            let lines = Place::Field(&Place::Root, "lines");
            normalise(&mut line, &Place::Item(&lines, index), locale, &mut misread);
            line
        });
        let lines = Json::List(lines.collect());

        let fees = self.fees(fills);
        let own = self.charges.iter().enumerate().map(|(index, row)| {
            let name = format!("charges[{index}]");
            (name, (*row.json).clone())
        });
        let of_destination = fees
            .iter()
            .map(|(id, charge)| (format!("fees.{id}"), charge.clone()));
        let charges = own.chain(of_destination).map(|(name, mut charge)| {
            if let (Some(divisor), true) = (divisor, is_by_weight(&charge)) {
                tree::fill(&mut charge, "rate.divisor", tree::text(divisor));
            }
            let place = Place::Field(&Place::Root, &name);
            normalise(&mut charge, &place, locale, &mut misread);
            charge
        });
        let charges = Json::List(charges.collect());
        tree::set(&mut request, "lines", Some(lines));
        tree::set(&mut request, "charges", Some(charges));
        Effective {
            request,
            misread,
            fees: fees.into_iter().map(|(id, _)| id).collect(),
        }
    }

    /// The destination's fees as they count: changed ones as changed, without those switched off.
    pub fn fees(&self, fills: &Fills<'_>) -> Vec<(String, Tree)> {
        let fees = fills.fees.iter().filter_map(|fee| {
            let changed = self.fees.iter().find(|(id, _)| *id == fee.id);
            let charge = match changed {
                None => fee.charge.clone(),
                Some((_, charge)) => fee.changed(charge.as_ref()?),
            };
            Some((fee.id.to_owned(), charge))
        });
        fees.collect()
    }

    /// The order as it is stored, exported and shared.
    pub fn to_tree(&self) -> Tree {
        let list = |rows: &[Row]| Json::List(rows.iter().map(|row| (*row.json).clone()).collect());
        let mut request = (*self.head).clone();
        tree::set(&mut request, "lines", Some(list(&self.lines)));
        tree::set(&mut request, "charges", Some(list(&self.charges)));
        let mut order = tree::object([("request", request)]);
        let texts = [
            ("name", &self.name),
            ("destination", &self.destination),
            ("entryDate", &self.entry_date),
        ];
        for (name, value) in texts {
            if !value.is_empty() {
                tree::set(&mut order, name, Some(tree::text(value.clone())));
            }
        }
        if self.is_example {
            tree::set(&mut order, "example", Some(Json::Boolean(true)));
        }
        if !self.fees.is_empty() {
            let fees = self.fees.iter().map(|(id, charge)| {
                let charge = charge
                    .as_ref()
                    .map_or(Json::Null, |charge| (**charge).clone());
                (Cow::Owned(id.clone()), charge)
            });
            tree::set(&mut order, "fees", Some(Json::Object(fees.collect())));
        }
        if *self.selling != tree::empty() {
            tree::set(&mut order, "selling", Some((*self.selling).clone()));
        }
        order
    }

    /// An order as it was stored, exported or shared, or a bare request of the package.
    ///
    /// # Errors
    /// What no field of the form could show: unknown fields, other kinds of values, inexact numbers.
    /// What is only unfinished is no error.
    pub fn from_tree(json: &Tree) -> Result<Draft, Vec<Issue>> {
        if tree::get(json, "lines").is_some() {
            return Draft::from_tree(&tree::object([("request", json.clone())]));
        }
        let mut checker = Checker::new();
        let draft = draft(&mut checker, json);
        let draft = checker.finish(draft)?;
        let hopeless = draft.hopeless();
        if hopeless.is_empty() {
            Ok(draft)
        } else {
            Err(hopeless)
        }
    }

    /// What no field of the form could show.
    fn hopeless(&self) -> Vec<Issue> {
        // No text that is typed depends on the day; whether it can be read doesn't count here.
        let effective = self.effective(&Fills::none(), NaiveDate::default(), Locale::En);
        let mut misread = effective.misread;
        let mut issues = Request::check(&effective.request).err().unwrap_or_default();

        let mut checker = Checker::new();
        let lines = Place::Field(&Place::Root, "lines");
        for (index, row) in self.lines.iter().enumerate() {
            let line = Place::Item(&lines, index);
            layers(&mut checker, &row.json, &Place::Field(&line, "layers"));
        }
        issues.extend(checker.finish::<()>(None).err().unwrap_or_default());

        // Fees are charges.
        let fees = self.fees.iter();
        let fees = fees.filter_map(|(id, fee)| Some((id, fee.as_deref()?.clone())));
        let (ids, mut fees): (Vec<_>, Vec<_>) = fees.unzip();
        for (id, fee) in ids.iter().zip(&mut fees) {
            let place = Place::Field(&Place::Root, "fees");
            normalise(fee, &Place::Field(&place, id), Locale::En, &mut misread);
        }
        let of_fees = Request::check(&tree::object([("charges", Json::List(fees))])).err();
        issues.extend(of_fees.unwrap_or_default().into_iter().filter_map(|issue| {
            let (index, rest) = tree::item(&issue.path, "charges")?;
            let path = format!("fees.{}.{rest}", ids.get(index)?);
            let path = path.trim_end_matches('.').to_owned();
            Some(Issue { path, ..issue })
        }));

        let (selling, misread_selling) = normalised(&self.selling, "selling", Locale::En);
        misread.extend(misread_selling);
        let of_selling = SellingPriceRequest::check(&selling).err();
        let of_selling = of_selling.unwrap_or_default().into_iter();
        issues.extend(of_selling.map(|issue| Issue {
            path: format!("selling.{}", issue.path),
            ..issue
        }));

        issues.retain(|issue| {
            matches!(
                issue.problem,
                Problem::UnknownField { .. }
                    | Problem::WrongType { .. }
                    | Problem::NotExact
                    | Problem::NotInteger { .. }
            ) && !misread.iter().any(|(path, _)| *path == issue.path)
        });
        issues
    }
}

/// The layers of additional duty that a line has chosen: texts by group.
fn layers(c: &mut Checker, line: &Tree, place: &Place<'_>) {
    let wrong = |c: &mut Checker, place: &Place<'_>, expected| {
        c.report::<()>(place, Problem::WrongType { expected });
    };
    match tree::get(line, "layers") {
        None => {}
        Some(Json::Object(groups)) => {
            for (group, layer) in groups {
                if !matches!(layer, Json::Text(_)) {
                    wrong(c, &Place::Field(place, group), JsonKind::Text);
                }
            }
        }
        Some(_) => wrong(c, place, JsonKind::Object),
    }
}

fn draft(c: &mut Checker, json: &Tree) -> Option<Draft> {
    let known = &[
        "name",
        "destination",
        "entryDate",
        "example",
        "request",
        "fees",
        "selling",
    ];
    let object = Object::open(c, json, &Place::Root, known)?;
    let mut text = |name| {
        let text = object.field(c, name, Optional, landfall::check::any_text);
        text.unwrap_or_default()
    };
    let (name, destination, entry_date) = (text("name"), text("destination"), text("entryDate"));
    let is_example = object.field(c, "example", Optional, landfall::check::flag);
    let part = |c: &mut Checker, name| match object.get(name) {
        None => Some(tree::empty()),
        Some(tree @ Json::Object(_)) => {
            let mut tree = tree.clone().into_owned();
            as_text(&mut tree);
            Some(tree)
        }
        Some(_) => {
            let expected = JsonKind::Object;
            c.report(
                &Place::Field(&Place::Root, name),
                Problem::WrongType { expected },
            )
        }
    };
    let (request, fees, selling) = (part(c, "request"), part(c, "fees"), part(c, "selling"));
    let mut head = request?;
    let mut list = |name: &'static str| {
        let list = tree::get(&head, name).cloned();
        tree::set(&mut head, name, None);
        let place = Place::Field(&Place::Root, name);
        match list {
            None => Some(rows([])),
            Some(Json::List(items)) => {
                for (index, item) in items.iter().enumerate() {
                    if !matches!(item, Json::Object(_)) {
                        let expected = JsonKind::Object;
                        c.report::<()>(
                            &Place::Item(&place, index),
                            Problem::WrongType { expected },
                        );
                    }
                }
                Some(rows(items))
            }
            Some(_) => {
                let expected = JsonKind::List;
                c.report(&place, Problem::WrongType { expected })
            }
        }
    };
    let (lines, charges) = (list("lines"), list("charges"));
    let Json::Object(fees) = fees? else {
        return None;
    };
    let fees = fees.into_iter().map(|(id, charge)| {
        let charge = (charge != Json::Null).then(|| Rc::new(charge));
        (id.into_owned(), charge)
    });
    Some(Draft {
        name,
        destination,
        entry_date,
        is_example: is_example.unwrap_or_default(),
        head: Rc::new(head),
        lines: lines?,
        charges: charges?,
        fees: fees.collect(),
        selling: Rc::new(selling?),
    })
}

/// The divisor that most carriers of a mode use, in cm³/kg; none where lines differ.
pub fn usual_divisor(mode: &str) -> Option<&'static str> {
    match mode {
        "express" => Some("5000"),
        "rail" | "road" => None,
        _ => Some("6000"),
    }
}

/// Whether a charge is by chargeable weight, and so needs a divisor.
pub fn is_by_weight(charge: &Tree) -> bool {
    matches!(
        tree::text_at(charge, "rate.type"),
        "perChargeableKg" | "firstAndNextKg"
    )
}

/// Puts the canonical text of each number and date in the place of what was typed. What can't be read
/// stays and is listed.
fn normalise(
    tree: &mut Tree,
    place: &Place<'_>,
    locale: Locale,
    misread: &mut Vec<(String, Reading)>,
) {
    let kind = match place {
        Place::Field(Place::Field(_, "others"), _) => kind("cnyPerUnit"),
        // The cartons of an article, and where its defects were found, by their numbers.
        Place::Item(Place::Field(_, "opened" | "unpacked"), _)
        | Place::Field(Place::Item(Place::Field(_, "defects"), _), "count" | "unit" | "carton") => {
            Some(Kind::Count)
        }
        Place::Field(Place::Field(_, parent), name) => kind_in(parent, name),
        Place::Field(_, name) => kind(name),
        Place::Root | Place::Item(..) => None,
    };
    match tree {
        Json::Text(text) => {
            let Some(kind) = kind else { return };
            let is_whole = matches!(kind, Kind::Count);
            if !is_whole && parse_decimal(text).is_ok() {
                return;
            }
            if is_whole && let Some(count) = plain_count(text) {
                *tree = Json::Integer(count);
                return;
            }
            match read(text, kind, locale) {
                Reading::Read(read) if is_whole => {
                    // What is beyond 64 bits is beyond every limit as well.
                    *tree = Json::Integer(read.parse().unwrap_or(i64::MAX));
                }
                Reading::Read(read) => *tree = tree::text(read),
                reading @ (Reading::Blank | Reading::Ambiguous(_) | Reading::Refused(_)) => {
                    misread.push((place.to_string(), reading));
                }
            }
        }
        Json::List(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                normalise(item, &Place::Item(place, index), locale, misread);
            }
        }
        Json::Object(fields) => {
            for (name, value) in fields {
                normalise(value, &Place::Field(place, name), locale, misread);
            }
        }
        Json::Null | Json::Boolean(_) | Json::Integer(_) | Json::Inexact => {}
    }
}

/// A count in a few digits alone, as nearly all are: read without the many forms that [`read`] knows.
fn plain_count(text: &str) -> Option<i64> {
    let is_plain = text.len() < 10 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_plain.then(|| text.parse().ok()).flatten()
}

/// The canonical text of a tree of numbers, as [`normalise`].
pub fn normalised(tree: &Tree, prefix: &str, locale: Locale) -> (Tree, Vec<(String, Reading)>) {
    let (mut tree, mut misread) = (tree.clone(), Vec::new());
    normalise(
        &mut tree,
        &Place::Field(&Place::Root, prefix),
        locale,
        &mut misread,
    );
    (tree, misread)
}

/// Whole numbers as the texts of fields.
pub fn as_text(tree: &mut Tree) {
    match tree {
        Json::Integer(number) => *tree = tree::text(number.to_string()),
        Json::List(items) => items.iter_mut().for_each(as_text),
        Json::Object(fields) => fields.iter_mut().for_each(|(_, value)| as_text(value)),
        Json::Null | Json::Boolean(_) | Json::Inexact | Json::Text(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_in_digits_is_read_as_any_other() {
        for text in ["0", "7", "007", "24", "1000", "20261122", "999999999"] {
            let count = plain_count(text).unwrap().to_string();
            let reading = read(text, Kind::Count, Locale::En);
            let Reading::Read(read) = &reading else {
                panic!("{text}: {reading:?}");
            };
            assert_eq!(read.trim_start_matches('0'), count.trim_start_matches('0'));
        }
        for text in ["", "+5", "-5", "1 000", "2.4", "1000000000"] {
            assert_eq!(plain_count(text), None, "{text}");
        }
    }
}
