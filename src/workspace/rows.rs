//! What the data of records says, typed. A row is read from the data with every issue reported;
//! fields that aren't known here are allowed and stay in the data.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Deref;
use std::rc::Rc;

use chrono::NaiveDate;
use landfall::check::{self, Checker, Named, Need, Place, parse_date};
use landfall::finding::Outcome;
use landfall::issue::{self, Because, Issue, Problem};
use landfall::json::{self, Json};
use landfall::money::{Figure, parse_decimal, write_decimal};
pub use landfall::order::SupplierStatus;
pub use landfall::policy::Policy;
use rust_decimal::Decimal;

use crate::raw;
use crate::record::{Kind, Record};

/// What can stand in a field of a row: it is checked with every issue reported, and made of what was
/// checked.
pub trait Field: Sized {
    /// Whether the field must be there.
    const NEED: Need = Need::Required;

    /// Whether it can be made; reports at least one issue if not.
    fn check(checker: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> bool;

    /// Makes it of what was checked; `None` is that it is missing. Of anything else it makes something
    /// empty.
    fn make(json: Option<&Json<'_>>) -> Self;

    /// The JSON; `None` is to be left out.
    fn write(&self) -> Option<Json<'_>>;
}

/// The text of a JSON text; empty otherwise.
fn text<'j>(json: Option<&'j Json<'_>>) -> &'j str {
    if let Some(Json::Text(text)) = json {
        return text;
    }
    ""
}

impl Field for Rc<str> {
    fn check(checker: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> bool {
        matches!(json, Json::Text(_)) || check::any_text(checker, json, place).is_some()
    }

    fn make(json: Option<&Json<'_>>) -> Self {
        Rc::from(text(json))
    }

    fn write(&self) -> Option<Json<'_>> {
        Some(Json::Text(Cow::Borrowed(self)))
    }
}

impl Field for bool {
    fn check(checker: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> bool {
        check::flag(checker, json, place).is_some()
    }

    fn make(json: Option<&Json<'_>>) -> Self {
        json == Some(&Json::Boolean(true))
    }

    fn write(&self) -> Option<Json<'_>> {
        Some(Json::Boolean(*self))
    }
}

/// A whole number from 0 to 1,000,000,000.
impl Field for u32 {
    fn check(checker: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> bool {
        *json == Json::Integer(0) || check::count(checker, json, place).is_some()
    }

    fn make(json: Option<&Json<'_>>) -> Self {
        if let Some(Json::Integer(number)) = json {
            return u32::try_from(*number).unwrap_or(0);
        }
        0
    }

    fn write(&self) -> Option<Json<'_>> {
        Some(Json::Integer(i64::from(*self)))
    }
}

/// A calendar date.
impl Field for NaiveDate {
    fn check(checker: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> bool {
        check::date(checker, json, place).is_some()
    }

    fn make(json: Option<&Json<'_>>) -> Self {
        parse_date(text(json)).unwrap_or_default()
    }

    fn write(&self) -> Option<Json<'_>> {
        Some(Json::Text(Cow::Owned(self.to_string())))
    }
}

/// A decimal that isn't negative.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Amount(pub Decimal);

/// A decimal of either sign.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Signed(pub Decimal);

impl Deref for Amount {
    type Target = Decimal;

    fn deref(&self) -> &Decimal {
        &self.0
    }
}

impl Deref for Signed {
    type Target = Decimal;

    fn deref(&self) -> &Decimal {
        &self.0
    }
}

impl Field for Amount {
    fn check(checker: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> bool {
        check::amount(checker, json, place).is_some()
    }

    fn make(json: Option<&Json<'_>>) -> Self {
        if let Some(Json::Integer(number)) = json {
            return Amount(Decimal::from(*number));
        }
        Amount(parse_decimal(text(json)).unwrap_or_default())
    }

    fn write(&self) -> Option<Json<'_>> {
        Some(decimal(self.0))
    }
}

impl Field for Signed {
    fn check(checker: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> bool {
        let negative = text(Some(json)).strip_prefix('-');
        negative.is_some_and(|text| parse_decimal(text).is_ok())
            || check::amount(checker, json, place).is_some()
    }

    fn make(json: Option<&Json<'_>>) -> Self {
        let negative = text(json).strip_prefix('-').map(parse_decimal);
        match negative.and_then(Result::ok) {
            Some(mut value) => {
                value.set_sign_negative(true);
                Signed(value)
            }
            None => Signed(Amount::make(json).0),
        }
    }

    fn write(&self) -> Option<Json<'_>> {
        Some(decimal(self.0))
    }
}

fn decimal(value: Decimal) -> Json<'static> {
    Json::Text(Cow::Owned(write_decimal(value, str::to_owned)))
}

/// An instant in UTC: `2026-11-22T10:00:00Z`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Instant(pub Rc<str>);

impl Field for Instant {
    fn check(checker: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> bool {
        check::instant(checker, json, place).is_some()
    }

    fn make(json: Option<&Json<'_>>) -> Self {
        Instant(<Rc<str>>::make(json))
    }

    fn write(&self) -> Option<Json<'_>> {
        self.0.write()
    }
}

/// JSON that another part of the program reads, such as the request of a landed cost.
impl Field for Rc<Json<'static>> {
    fn check(_: &mut Checker, _: &Json<'_>, _: &Place<'_>) -> bool {
        true
    }

    fn make(json: Option<&Json<'_>>) -> Self {
        Rc::new(json.map_or(Json::Null, |json| json.clone().into_owned()))
    }

    fn write(&self) -> Option<Json<'_>> {
        Some(Json::clone(self))
    }
}

impl<T: Field> Field for Option<T> {
    const NEED: Need = Need::Optional;

    fn check(checker: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> bool {
        T::check(checker, json, place)
    }

    fn make(json: Option<&Json<'_>>) -> Self {
        json.map(|json| T::make(Some(json)))
    }

    fn write(&self) -> Option<Json<'_>> {
        self.as_ref()?.write()
    }
}

/// How a value is checked.
type Check = fn(&mut Checker, &Json<'_>, &Place<'_>) -> bool;

/// A list; a missing one is empty.
impl<T: Field> Field for Vec<T> {
    const NEED: Need = Need::Optional;

    fn check(checker: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> bool {
        check_items(T::check, checker, json, place)
    }

    fn make(json: Option<&Json<'_>>) -> Self {
        if let Some(Json::List(items)) = json {
            return items.iter().map(|item| T::make(Some(item))).collect();
        }
        Vec::new()
    }

    fn write(&self) -> Option<Json<'_>> {
        (!self.is_empty()).then(|| Json::List(self.iter().filter_map(Field::write).collect()))
    }
}

fn check_items(check: Check, checker: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> bool {
    let items = check::list(checker, json, place, |checker, json, place| {
        check(checker, json, place).then_some(())
    });
    items.is_some()
}

/// Values by name, in their order; a missing object is empty.
#[derive(Clone, PartialEq, Debug)]
pub struct ByName<T>(pub Vec<(Rc<str>, T)>);

impl<T: Field> Field for ByName<T> {
    const NEED: Need = Need::Optional;

    fn check(checker: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> bool {
        let Some(fields) = object(checker, json, place) else {
            return false;
        };
        let mut is_read = true;
        for (name, json) in fields {
            is_read &= T::check(checker, json, &Place::Field(place, name));
        }
        is_read
    }

    fn make(json: Option<&Json<'_>>) -> Self {
        if let Some(Json::Object(fields)) = json {
            let fields = fields.iter();
            return ByName(
                fields
                    .map(|(name, json)| (Rc::from(&**name), T::make(Some(json))))
                    .collect(),
            );
        }
        ByName(Vec::new())
    }

    fn write(&self) -> Option<Json<'_>> {
        let fields = self.0.iter();
        let fields = fields.filter_map(|(name, it)| Some((Cow::Borrowed(&**name), it.write()?)));
        (!self.0.is_empty()).then(|| Json::Object(fields.collect()))
    }
}

/// The names and values of an object.
type Members<'j> = [(Cow<'j, str>, Json<'j>)];

fn object<'a, 'j>(
    checker: &mut Checker,
    json: &'a Json<'j>,
    place: &Place<'_>,
) -> Option<&'a Members<'j>> {
    if let Json::Object(fields) = json {
        return Some(fields);
    }
    let expected = issue::Kind::Object;
    checker.report(place, Problem::WrongType { expected })
}

/// The fields of an object, asked for by name. Most objects have them in the order in which they
/// are asked for.
pub(crate) struct Names<'a, 'j> {
    fields: &'a Members<'j>,
    next: usize,
}

impl<'a, 'j> Names<'a, 'j> {
    /// The fields of an object; none of anything else.
    pub(crate) fn of(json: Option<&'a Json<'j>>) -> Names<'a, 'j> {
        let fields: &Members<'j> = match json {
            Some(Json::Object(fields)) => fields,
            Some(_) | None => &[],
        };
        Names { fields, next: 0 }
    }

    #[inline(never)]
    pub(crate) fn get(&mut self, name: &str) -> Option<&'a Json<'j>> {
        if let Some((field, json)) = self.fields.get(self.next)
            && field == name
        {
            self.next = self.next.saturating_add(1);
            return Some(json);
        }
        let at = self.fields.iter().position(|(field, _)| field == name)?;
        self.next = at.saturating_add(1);
        self.fields.get(at).map(|(_, json)| json)
    }
}

/// A field of a row, as it is checked.
pub(crate) struct FieldCheck {
    /// Its name in JSON.
    pub(crate) name: &'static str,
    /// Whether it must be there.
    pub(crate) need: Need,
    /// How it is checked.
    pub(crate) check: Check,
}

/// Checks the fields of a row. Others may be there too.
pub(crate) fn check_fields(
    known: &'static [FieldCheck],
    checker: &mut Checker,
    json: &Json<'_>,
    place: &Place<'_>,
) -> bool {
    let mut is_read = object(checker, json, place).is_some();
    if !is_read {
        return false;
    }
    let mut names = Names::of(Some(json));
    for field in known {
        let here = Place::Field(place, field.name);
        is_read &= match (names.get(field.name), field.need) {
            (Some(json), _) => (field.check)(checker, json, &here),
            (None, Need::Optional) => true,
            (None, Need::Required) => checker.report::<()>(&here, Problem::Required).is_some(),
        };
    }
    is_read
}

/// Adds a field to an object that is written.
#[inline(never)]
pub(crate) fn put<'r>(
    fields: &mut Vec<(Cow<'r, str>, Json<'r>)>,
    name: &'static str,
    json: Option<Json<'r>>,
) {
    fields.extend(json.map(|json| (Cow::Borrowed(name), json)));
}

/// A struct that is read from an object and written as one. Each field: its name in Rust, its name in
/// JSON, its type, and what it is where it is missing, unless the type says so. `where` names a
/// check of what the fields say together.
macro_rules! row {
    (
        $(#[$doc:meta])* $row:ident $(where $verify:path)? {
            $($(#[$field_doc:meta])* $field:ident $name:literal: $type:ty $(= $default:expr)?,)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Debug)]
        pub struct $row {
            $($(#[$field_doc])* pub $field: $type,)*
        }

        impl $crate::rows::Field for $row {
            fn check(
                checker: &mut landfall::check::Checker,
                json: &landfall::json::Json<'_>,
                place: &landfall::check::Place<'_>,
            ) -> bool {
                const FIELDS: &[$crate::rows::FieldCheck] = &[$($crate::rows::FieldCheck {
                    name: $name,
                    need: row!(@need $type $(, $default)?),
                    check: <$type as $crate::rows::Field>::check,
                },)*];
                $crate::rows::check_fields(FIELDS, checker, json, place)
                    $(&& $verify(&Self::make(Some(json)), checker, place))?
            }

            fn make(json: Option<&landfall::json::Json<'_>>) -> Self {
                let mut names = $crate::rows::Names::of(json);
                $row {
                    $($field: row!(@make names.get($name), $type $(, $default)?),)*
                }
            }

            fn write(&self) -> Option<landfall::json::Json<'_>> {
                let mut fields = Vec::new();
                $($crate::rows::put(&mut fields, $name, $crate::rows::Field::write(&self.$field));)*
                Some(landfall::json::Json::Object(fields))
            }
        }
    };
    (@need $type:ty) => {
        <$type as $crate::rows::Field>::NEED
    };
    (@need $type:ty, $default:expr) => {
        landfall::check::Need::Optional
    };
    (@make $json:expr, $type:ty) => {
        <$type as $crate::rows::Field>::make($json)
    };
    (@make $json:expr, $type:ty, $default:expr) => {
        match $json {
            Some(json) => <$type as $crate::rows::Field>::make(Some(json)),
            None => $default,
        }
    };
}

pub(crate) use row;

/// An enumeration by its names in JSON.
macro_rules! choice {
    ($(#[$doc:meta])* $choice:ident { $($(#[$value_doc:meta])* $value:ident $name:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum $choice {
            $($(#[$value_doc])* $value,)*
        }

        impl Named for $choice {
            const ALL: &'static [$choice] = &[$($choice::$value,)*];
            const NAMES: &'static [&'static str] = &[$($name,)*];
        }

        impl $choice {
            const FIRST: $choice = [$($choice::$value,)*][0];

            /// Its name in JSON.
            pub fn name(self) -> &'static str {
                match self {
                    $($choice::$value => $name,)*
                }
            }
        }

        named_field! { $choice or $choice::FIRST }
    };
}

/// An enumeration as a field, and what stands for a name that isn't known.
macro_rules! named_field {
    ($choice:ident or $first:expr) => {
        impl Field for $choice {
            fn check(checker: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> bool {
                check::choice::<$choice>(checker, json, place).is_some()
            }

            fn make(json: Option<&Json<'_>>) -> Self {
                check::by_name(text(json)).unwrap_or($first)
            }

            fn write(&self) -> Option<Json<'_>> {
                Some(Json::Text(Cow::Borrowed(self.name())))
            }
        }
    };
}

named_field! { SupplierStatus or SupplierStatus::New }
named_field! { Outcome or Outcome::Notice }

row! {
    /// A saved landed-cost order.
    Scenario {
        /// What the buyer calls it.
        name "name": Rc<str>,
        /// The order as typed.
        data "data": Rc<Json<'static>>,
    }
}

row! {
    /// A saved list of charges.
    Schedule {
        /// What the buyer calls it.
        name "name": Rc<str>,
        /// The charges.
        charges "charges": Rc<Json<'static>>,
    }
}

row! {
    /// The landed-cost order that is being typed.
    Draft {
        /// The order as typed.
        data "data": Rc<Json<'static>>,
    }
}

row! {
    /// Language and colours of a device.
    Preferences {
        /// The language: `en`, `zh-CN`.
        language "language": Option<Rc<str>>,
        /// The colours.
        theme "theme": Option<Rc<str>>,
    }
}

row! {
    /// A supplier.
    Supplier {
        /// Its name, of the company.
        name "name": Rc<str>,
        /// The name of its shop.
        shop_name "shopName": Option<Rc<str>>,
        /// The address of its shop.
        link "link": Option<Rc<str>>,
        /// How far it is trusted.
        status "status": SupplierStatus = SupplierStatus::New,
        /// How that came about, oldest first.
        approvals "approvals": Vec<Approval>,
        /// What the checklist asks for, as far as it is known.
        checklist "checklist": Option<Checklist>,
        /// What the platform says of it, as far as it is known.
        evidence "evidence": Option<Evidence>,
        /// Red flags, by name.
        red_flags "redFlags": Vec<Rc<str>>,
        /// The terms of payment.
        payment_terms "paymentTerms": Option<Rc<str>>,
        /// What it was asked, oldest first.
        inquiries "inquiries": Vec<Inquiry>,
        /// Notes.
        notes "notes": Option<Rc<str>>,
    }
}

row! {
    /// What a supplier was asked about a product, and what it answered, as far as it did.
    Inquiry {
        /// The product.
        product "product": Option<Rc<str>>,
        /// The address of its offer.
        link "link": Option<Rc<str>>,
        /// For how many units a price was asked.
        quantity "quantity": Option<Amount>,
        /// When it was sent.
        sent_at "sentAt": Option<Instant>,
        /// When it was answered.
        answered_at "answeredAt": Option<Instant>,
        /// In stock or made to order: `inStock`, `madeToOrder`.
        supply "supply": Option<Rc<str>>,
        /// Whether real photos came.
        photos "photos": Option<bool>,
        /// The price of a unit in CNY.
        unit_price "unitPriceCny": Option<Amount>,
        /// The smallest quantity.
        minimum_quantity "minimumQuantity": Option<Amount>,
        /// What a sample costs, in CNY.
        sample_cost "sampleCostCny": Option<Amount>,
        /// How many days it takes to make the goods.
        production_days "productionDays": Option<u32>,
        /// What is done about defects.
        defects "defects": Option<Rc<str>>,
        /// The terms of payment, by their name.
        payment_terms "paymentTerms": Option<Rc<str>>,
    }
}

row! {
    /// A change of a supplier's status.
    Approval {
        /// The status until then.
        from "from": Option<SupplierStatus>,
        /// The status from then on.
        status "status": SupplierStatus,
        /// Who decided.
        by "by": Rc<str>,
        /// When.
        at "at": Instant,
        /// Why.
        reason "reason": Option<Rc<str>>,
    }
}

row! {
    /// What the checklist for a new supplier asks for; what is missing is unknown.
    Checklist {
        /// Whether the platform verified it.
        verified "verified": Option<bool>,
        /// Completed transactions.
        transactions "transactions": Option<u32>,
        /// How long the shop has been active, in years.
        years "years": Option<Amount>,
        /// Whether there are real photos of its warehouse.
        warehouse_photos "warehousePhotos": Option<bool>,
        /// How long it takes to answer an inquiry, in hours.
        response_hours "responseHours": Option<Amount>,
    }
}

row! {
    /// What the platform says of a supplier; what is missing is unknown.
    Evidence {
        /// Its membership, as the platform calls it.
        membership "membership": Option<Rc<str>>,
        /// Years of membership.
        years "years": Option<Amount>,
        /// Buyers who came back, in percent.
        repeat_purchase_percent "repeatPurchasePercent": Option<Amount>,
        /// Orders dispatched on time, in percent.
        on_time_percent "onTimePercent": Option<Amount>,
        /// Inquiries answered, in percent.
        response_percent "responsePercent": Option<Amount>,
        /// The score for quality.
        quality_score "qualityScore": Option<Amount>,
        /// The score for service.
        service_score "serviceScore": Option<Amount>,
        /// Capacity: pieces a month.
        pieces_a_month "piecesAMonth": Option<u32>,
        /// Capacity: production lines.
        production_lines "productionLines": Option<u32>,
        /// Capacity: staff.
        staff "staff": Option<u32>,
        /// Capacity: floor area in m².
        floor_area "floorAreaM2": Option<u32>,
        /// How long it takes to answer, in hours.
        answer_hours "answerHours": Option<Amount>,
        /// The credit grade: `AAA`, `AA`, `A`, `B`, `C`.
        credit_grade "creditGrade": Option<Rc<str>>,
        /// The deposit in escrow, in CNY.
        deposit "depositCny": Option<Amount>,
    }
}

row! {
    /// An article with its sources.
    Sku {
        /// The buyer's own code.
        sku "sku": Rc<str>,
        /// What it is.
        title "title": Option<Rc<str>>,
        /// The unit it is counted in.
        unit "unit": Option<Rc<str>>,
        /// Where it can be bought.
        sources "sources": Vec<Source>,
        /// Prices that the owner agreed to.
        agreed "agreed": Vec<Agreed>,
        /// Samples, side by side.
        samples "samples": Vec<Sample>,
        /// What was approved with the sample.
        specification "specification": Option<Specification>,
        /// Notes.
        notes "notes": Option<Rc<str>>,
    }
}

row! {
    /// A sample that was asked of a supplier.
    Sample {
        /// The id of the supplier's record.
        supplier_id "supplierId": Option<Rc<str>>,
        /// The day on which it was ordered.
        ordered_on "orderedOn": Option<NaiveDate>,
        /// The day on which it arrived.
        received_on "receivedOn": Option<NaiveDate>,
        /// What it cost with its freight, in CNY.
        cost "sampleCostCny": Option<Amount>,
        /// The price of a unit that the supplier quotes, in CNY.
        unit_price "unitPriceCny": Option<Amount>,
        /// What came of it: `good`, `usable`, `bad`.
        result "result": Option<Rc<str>>,
        /// What it is like; who approved it and when, where that was done.
        specification "specification": Option<Specification>,
        /// The file names of its photos, with commas between them.
        photos "photoNames": Option<Rc<str>>,
        /// Notes.
        notes "notes": Option<Rc<str>>,
    }
}

row! {
    /// Where an article can be bought.
    Source {
        /// The id of the supplier's record.
        supplier_id "supplierId": Option<Rc<str>>,
        /// The offer on the platform.
        offer_id "offerId": Option<Rc<str>>,
        /// The variant of the offer.
        sku_id "skuId": Option<Rc<str>>,
        /// The address of the offer.
        link "link": Option<Rc<str>>,
        /// The price of a unit in CNY.
        unit_price "unitPriceCny": Option<Amount>,
        /// The smallest quantity.
        minimum_quantity "minimumQuantity": Option<Amount>,
    }
}

row! {
    /// A range of prices that the owner agreed to with a supplier.
    Agreed where Agreed::rises {
        /// The id of the supplier's record.
        supplier_id "supplierId": Rc<str>,
        /// The lowest price of a unit in CNY.
        minimum "minimumCny": Amount,
        /// The highest price of a unit in CNY.
        maximum "maximumCny": Amount,
        /// Who agreed.
        by "by": Option<Rc<str>>,
        /// When.
        at "at": Option<Instant>,
    }
}

impl Agreed {
    fn rises(&self, checker: &mut Checker, place: &Place<'_>) -> bool {
        if self.minimum <= self.maximum {
            return true;
        }
        let (minimum, maximum) = (Figure(self.minimum.0), Figure(self.maximum.0));
        checker.report::<()>(place, Problem::MinimumAboveMaximum { minimum, maximum });
        false
    }
}

row! {
    /// What was approved with a sample.
    Specification {
        /// The colour.
        colour "colour": Option<Rc<str>>,
        /// The size.
        size "size": Option<Rc<str>>,
        /// What a unit contains.
        quantity "quantity": Option<Rc<str>>,
        /// How it is packed.
        packaging "packaging": Option<Rc<str>>,
        /// The file names of photos of the sample.
        photos "photos": Vec<Rc<str>>,
        /// Who approved it.
        approved_by "approvedBy": Option<Rc<str>>,
        /// When.
        approved_at "approvedAt": Option<Instant>,
    }
}

row! {
    /// An order of the PO log.
    Order {
        /// The PO number.
        number "number": Option<Rc<str>>,
        /// The order on the platform that it was imported from.
        source "source": Option<OrderSource>,
        /// The id of the supplier's record.
        supplier_id "supplierId": Option<Rc<str>>,
        /// The name of the supplier.
        supplier_name "supplierName": Rc<str>,
        /// The status, as the platform calls it.
        status "status": Option<Rc<str>>,
        /// How far it is, as the buyer follows it.
        stage "stage": Option<Stage>,
        /// When it was placed.
        created_at "createdAt": Option<Instant>,
        /// When it was paid.
        paid_at "paidAt": Option<Instant>,
        /// The day on which it is expected.
        expected_delivery "expectedDelivery": Option<NaiveDate>,
        /// The number of the parcel.
        tracking_number "trackingNumber": Option<Rc<str>>,
        /// When the supplier dispatched it.
        dispatched_at "dispatchedAt": Option<Instant>,
        /// When its parcel was signed for.
        signed_at "signedAt": Option<Instant>,
        /// When the forwarder or agent had it in the warehouse.
        in_warehouse_at "inWarehouseAt": Option<Instant>,
        /// The goods in CNY.
        goods "goodsCny": Option<Amount>,
        /// The freight inside China in CNY.
        freight "freightCny": Option<Amount>,
        /// What was added or, negative, taken off, in CNY.
        adjustment "adjustmentCny": Option<Signed>,
        /// What was paid in CNY.
        paid "paidCny": Option<Amount>,
        /// What was ordered.
        lines "lines": Vec<Line>,
        /// The exchange rate that it was calculated with.
        exchange_rate "exchangeRate": Option<ExchangeRate>,
        /// Who placed it.
        staff "staff": Option<Rc<str>>,
        /// The address of the product.
        product_link "productLink": Option<Rc<str>>,
        /// The file name of the screenshot of the price.
        price_screenshot "priceScreenshot": Option<Rc<str>>,
        /// What was confirmed against the approved sample.
        specification "specification": Option<Confirmed>,
        /// What it was calculated to cost at the door.
        landed_cost "landedCost": Option<LandedCost>,
        /// The landed-cost order that this was worked out with, as typed.
        costing "costing": Option<Rc<Json<'static>>>,
        /// What the order check found.
        findings "findings": Vec<Finding>,
        /// The version of the policy that it was checked with.
        policy_version "policyVersion": Option<u32>,
        /// Notes.
        notes "notes": Option<Rc<str>>,
        /// What it was before it was changed, oldest first.
        earlier "earlier": Vec<Earlier>,
    }
}

choice! {
    /// How far an order is.
    Stage {
        /// Placed with the supplier.
        Placed "placed",
        /// Paid.
        Paid "paid",
        /// The supplier sent it.
        Dispatched "dispatched",
        /// At the forwarder's or agent's warehouse in China.
        InWarehouse "inWarehouse",
        /// On its way out of China.
        Shipped "shipped",
        /// With the buyer.
        Delivered "delivered",
        /// Done with.
        Closed "closed",
    }
}

row! {
    /// What was confirmed against the approved sample.
    Confirmed {
        /// The colour.
        colour "colour": bool = false,
        /// The size.
        size "size": bool = false,
        /// What a unit contains.
        quantity "quantity": bool = false,
        /// How it is packed.
        packaging "packaging": bool = false,
    }
}

row! {
    /// What an order was before it was changed.
    Earlier {
        /// The order, without its own earlier versions.
        order "order": Rc<Json<'static>>,
        /// Until when it was so.
        until "until": Instant,
        /// Who changed it.
        by "by": Option<Rc<str>>,
    }
}

row! {
    /// An order on a platform.
    OrderSource {
        /// The platform: `1688`.
        platform "platform": Rc<str>,
        /// Its number there.
        order_id "orderId": Rc<str>,
    }
}

row! {
    /// A line of an order.
    Line {
        /// The id of the article's record.
        sku_id "skuId": Option<Rc<str>>,
        /// The item code, as the supplier or the buyer writes it.
        item_code "itemCode": Option<Rc<str>>,
        /// What it is.
        title "title": Option<Rc<str>>,
        /// The price of a unit in CNY.
        unit_price "unitPriceCny": Amount,
        /// How many units.
        quantity "quantity": Amount,
        /// The unit.
        unit "unit": Option<Rc<str>>,
        /// The offer on the platform.
        offer_id "offerId": Option<Rc<str>>,
        /// The variant of the offer.
        source_sku_id "sourceSkuId": Option<Rc<str>>,
        /// What the line was calculated to cost at the door, by component, in the home currency.
        landed "landed": ByName<Amount>,
    }
}

row! {
    /// An exchange rate.
    ExchangeRate {
        /// CNY for a unit of the home currency.
        cny_per_unit "cnyPerUnit": Amount,
        /// Its day.
        as_of "asOf": NaiveDate,
    }
}

row! {
    /// What an order was calculated to cost at the door.
    LandedCost {
        /// The home currency, by its code.
        currency "currency": Rc<str>,
        /// The total.
        total "total": Amount,
        /// By component.
        components "components": ByName<Amount>,
    }
}

row! {
    /// What a rule found.
    Finding {
        /// The rule.
        rule "rule": Rc<str>,
        /// How it came out.
        outcome "outcome": Outcome,
        /// An article, a supplier, a PO number.
        subject "subject": Option<Rc<str>>,
        /// What was observed.
        observed "observed": Option<Rc<str>>,
        /// The limit.
        limit "limit": Option<Rc<str>>,
        /// What else the sentence needs.
        because "because": ByName<Rc<str>>,
    }
}

choice! {
    /// What the owner decided.
    DecisionOutcome {
        /// It may go on.
        Approve "approve",
        /// It may not.
        Reject "reject",
        /// It may go on if the condition is met.
        ApproveWithCondition "approveWithCondition",
    }
}

row! {
    /// The owner's decision on a finding of an order.
    Decision {
        /// The id of the order's record.
        order_id "orderId": Rc<str>,
        /// The rule whose finding it is about.
        rule "rule": Rc<str>,
        /// That finding: with any other one, the owner is asked again.
        finding "finding": Option<Finding>,
        /// What was decided.
        outcome "outcome": DecisionOutcome,
        /// The condition.
        condition "condition": Option<Rc<str>>,
        /// Who decided.
        by "by": Rc<str>,
        /// Why.
        reason "reason": Option<Rc<str>>,
        /// When.
        at "at": Instant,
    }
}

row! {
    /// What arrived.
    Receipt {
        /// The id of the order's record.
        order_id "orderId": Rc<str>,
        /// When it arrived.
        arrived_at "arrivedAt": Instant,
        /// When the supplier dispatched it.
        dispatched_at "dispatchedAt": Option<Instant>,
        /// When the parcel was signed for.
        signed_at "signedAt": Option<Instant>,
        /// When the forwarder or agent had it in the warehouse.
        in_warehouse_at "inWarehouseAt": Option<Instant>,
        /// Cartons of the order.
        cartons_ordered "cartonsOrdered": Option<u32>,
        /// Cartons counted.
        cartons_counted "cartonsCounted": Option<u32>,
        /// The seed that the cartons to open were drawn from: 32 hexadecimal digits.
        seed "seed": Option<Rc<str>>,
        /// What was inspected.
        lots "lots": Vec<Lot>,
        /// The file names of photos.
        photos "photos": Vec<Rc<str>>,
        /// When a variance was logged.
        variance_logged_at "varianceLoggedAt": Option<Instant>,
        /// When the supplier was told.
        supplier_contacted_at "supplierContactedAt": Option<Instant>,
        /// When the payment was released.
        payment_released_at "paymentReleasedAt": Option<Instant>,
        /// Who received it.
        staff "staff": Option<Rc<str>>,
        /// What the clock showed ahead of UTC where its times were typed: `+08:00`.
        zone "zone": Option<Rc<str>>,
        /// Whether the forwarder got it without knowing whose it is.
        is_unclaimed "unclaimed": bool = false,
        /// When it left the forwarder's or agent's warehouse.
        left_warehouse_at "leftWarehouseAt": Option<Instant>,
        /// When it was sent back.
        returned_at "returnedAt": Option<Instant>,
        /// What the agent's own inspection covered; `None` where there was none.
        agent_covered "agentCovered": Option<Vec<Rc<str>>>,
        /// Photos that were taken here; the pictures lie beside the records, by these names.
        pictures "pictures": Vec<Picture>,
        /// The step of the procedure that was reached.
        step "step": Option<ReceivingStep>,
        /// The article that is worked on, counted from 0.
        article "article": Option<u32>,
        /// The class of the defects that are noted next.
        class "class": Option<Rc<str>>,
        /// What came of it.
        result "result": Option<ReceivingResult>,
        /// When the procedure was gone through.
        finished_at "finishedAt": Option<Instant>,
        /// Notes.
        notes "notes": Option<Rc<str>>,
    }
}

choice! {
    /// A step of receiving goods.
    ReceivingStep {
        /// Cartons are counted against the order.
        Cartons "cartons",
        /// The sample of each article, and the cartons to open.
        Sample "sample",
        /// The sample is inspected.
        Inspect "inspect",
        /// Photos are taken.
        Photos "photos",
        /// What differs is logged, and the whole is judged.
        Variance "variance",
    }
}

choice! {
    /// What came of receiving goods.
    ReceivingResult {
        /// They are taken into stock.
        Accept "accept",
        /// They go back, or aren't paid.
        Reject "reject",
        /// They wait until somebody decides.
        Hold "hold",
    }
}

row! {
    /// A photo that was taken as evidence.
    Picture {
        /// Its evidence name, which no other picture has.
        name "name": Rc<str>,
        /// When it was taken.
        taken_at "takenAt": Instant,
        /// What it shows: the code of an article, or `carton 3`.
        subject "subject": Option<Rc<str>>,
        /// What it is for: `carton`, `label`, `defect`, `other`.
        kind "kind": Option<Rc<str>>,
        /// Its size in bytes.
        bytes "bytes": Option<u32>,
    }
}

row! {
    /// An article of a receipt.
    Lot {
        /// The id of the article's record.
        sku_id "skuId": Option<Rc<str>>,
        /// The buyer's own code.
        sku "sku": Rc<str>,
        /// Units ordered, without those that arrived before.
        ordered "ordered": Option<Amount>,
        /// Units received.
        received "received": Option<Amount>,
        /// Cartons.
        cartons "cartons": Option<u32>,
        /// Units to check, as they were worked out when the cartons were drawn.
        sample "sample": Option<u32>,
        /// Cartons to open, counted from 1, as they were drawn.
        opened "opened": Vec<u32>,
        /// Cartons that were opened.
        unpacked "unpacked": Vec<u32>,
        /// The acceptance plan; without one the documented rate applies.
        plan "plan": Option<Plan>,
        /// Units inspected.
        inspected "inspected": Option<u32>,
        /// Whether defects are noted by count instead of unit by unit.
        is_by_count "byCount": bool = false,
        /// Defective units found, by class: `critical`, `major`, `minor`; of the documented rate `defective`.
        found "found": ByName<u32>,
        /// The defects by kind, each unit by itself or by count.
        defects "defects": Vec<Defect>,
        /// Whether the inspection was passed.
        passed "passed": Option<bool>,
        /// What was wrong.
        notes "notes": Option<Rc<str>>,
    }
}

row! {
    /// Defects of one kind.
    Defect {
        /// The class: `critical`, `major`, `minor`.
        class "class": Rc<str>,
        /// What is wrong.
        kind "kind": Option<Rc<str>>,
        /// How many units have it.
        count "count": Option<u32>,
        /// The unit of the sample, counted from 1, where units are noted one by one.
        unit "unit": Option<u32>,
        /// The carton that it was found in.
        carton "carton": Option<u32>,
    }
}

row! {
    /// An acceptance plan (ISO 2859-1).
    Plan {
        /// The inspection level.
        level "level": Rc<str>,
        /// The severity: `normal`, `tightened`, `reduced`.
        severity "severity": Rc<str>,
        /// Acceptance quality limits by class.
        aql "aql": ByName<Amount>,
    }
}

row! {
    /// A dispute with a supplier.
    Dispute {
        /// The id of the order's record.
        order_id "orderId": Rc<str>,
        /// The id of the receipt's record.
        receipt_id "receiptId": Option<Rc<str>>,
        /// The id of the supplier's record.
        supplier_id "supplierId": Option<Rc<str>>,
        /// What it is about.
        reason "reason": Rc<str>,
        /// When it was opened.
        opened_at "openedAt": Instant,
        /// When it was closed; open until then.
        closed_at "closedAt": Option<Instant>,
        /// What is claimed, in CNY.
        claimed "claimedCny": Option<Amount>,
        /// What was refunded, in CNY.
        refunded "refundedCny": Option<Amount>,
        /// The file names of evidence.
        evidence "evidence": Vec<Rc<str>>,
        /// How far it is.
        state "state": Option<DisputeState>,
        /// What was counted.
        counts "counts": Vec<Count>,
        /// What is asked for: `refund`, `replacement`, `return`, `discount`.
        wish "wish": Option<Rc<str>>,
        /// What was said, oldest first.
        messages "messages": Vec<Message>,
        /// Units that were replaced.
        replaced_units "replacedUnits": Option<u32>,
        /// How it ended.
        resolution "resolution": Option<Rc<str>>,
        /// Who handles it.
        staff "staff": Option<Rc<str>>,
        /// Notes.
        notes "notes": Option<Rc<str>>,
    }
}

choice! {
    /// How far a dispute is.
    DisputeState {
        /// The supplier wasn't told yet.
        Open "open",
        /// The supplier was told.
        Told "told",
        /// The supplier answered.
        Answered "answered",
        /// The platform decides.
        Platform "platform",
        /// Both agreed; what was agreed is awaited.
        Agreed "agreed",
        /// It is closed.
        Closed "closed",
    }
}

row! {
    /// What was counted of an article in dispute.
    Count {
        /// The buyer's own code.
        sku "sku": Rc<str>,
        /// Units ordered.
        ordered "ordered": Option<Amount>,
        /// Units received.
        received "received": Option<Amount>,
        /// Units inspected.
        inspected "inspected": Option<u32>,
        /// Defects by kind.
        defects "defects": Vec<Defect>,
        /// What else is wrong.
        notes "notes": Option<Rc<str>>,
    }
}

row! {
    /// Something that was said in a dispute.
    Message {
        /// When.
        at "at": Instant,
        /// By whom: `buyer`, `supplier`, `platform`, `owner`.
        by "by": Rc<str>,
        /// What.
        text "text": Rc<str>,
    }
}

row! {
    /// What was put to the owner.
    Escalation {
        /// What it is about.
        subject "subject": Rc<str>,
        /// The id of the order's record.
        order_id "orderId": Option<Rc<str>>,
        /// The id of the supplier's record.
        supplier_id "supplierId": Option<Rc<str>>,
        /// The id of the dispute's record.
        dispute_id "disputeId": Option<Rc<str>>,
        /// The rule that asked for it.
        rule "rule": Option<Rc<str>>,
        /// When.
        raised_at "raisedAt": Instant,
        /// By whom.
        raised_by "raisedBy": Option<Rc<str>>,
        /// The loss of an incident, in the home currency.
        loss "loss": Option<Amount>,
        /// When it was resolved; open until then.
        resolved_at "resolvedAt": Option<Instant>,
        /// By whom.
        resolved_by "resolvedBy": Option<Rc<str>>,
        /// How.
        resolution "resolution": Option<Rc<str>>,
    }
}

row! {
    /// A weekly report as one person confirmed it: each has one of a week, so that two are never in conflict.
    Report {
        /// The ISO week: `2026-W47`.
        week "week": Rc<str>,
        /// Its first instant.
        from "from": Instant,
        /// The first instant after it.
        to "to": Instant,
        /// What was computed.
        figures "figures": Option<Rc<Json<'static>>>,
        /// The version of the policy.
        policy_version "policyVersion": Option<u32>,
        /// The staff's own notes.
        notes "notes": Option<Rc<str>>,
        /// Who confirmed it.
        confirmed_by "confirmedBy": Option<Rc<str>>,
        /// When.
        confirmed_at "confirmedAt": Option<Instant>,
        /// The review of the procedure that was held.
        sop_review "sopReview": Option<SopReview>,
    }
}

row! {
    /// A review of the procedure.
    SopReview {
        /// When it was held.
        at "at": Instant,
        /// By whom.
        by "by": Rc<str>,
        /// What was changed or agreed.
        notes "notes": Option<Rc<str>>,
    }
}

row! {
    /// A member of staff's run through the procedure; without an order, the day on which the person began.
    Run {
        /// Who.
        staff "staff": Rc<str>,
        /// The id of the order's record.
        order_id "orderId": Option<Rc<str>>,
        /// When it began.
        started_at "startedAt": Instant,
        /// When it ended.
        ended_at "endedAt": Option<Instant>,
        /// What was missing.
        missing "missing": Vec<Rc<str>>,
        /// Findings that came late.
        late "late": Vec<Rc<str>>,
        /// Who reviewed it.
        reviewed_by "reviewedBy": Option<Rc<str>>,
        /// Notes.
        notes "notes": Option<Rc<str>>,
    }
}

/// The owner's rules; the calculation reads them. Other fields may be there too.
impl Field for Policy {
    fn check(checker: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> bool {
        let policy = checker.passing_names(|checker| Policy::read(checker, json, place));
        policy.is_some()
    }

    fn make(json: Option<&Json<'_>>) -> Self {
        let policy = json.and_then(|json| {
            Checker::new().passing_names(|checker| Policy::read(checker, json, &Place::Root))
        });
        policy.unwrap_or_default()
    }

    fn write(&self) -> Option<Json<'_>> {
        let text = serde_json::to_string(self).ok()?;
        json::read(&text).ok().map(Json::into_owned)
    }
}

/// What a row can be.
pub trait RowKind: Sized {
    /// What a row is, if it is of this kind.
    fn of(row: &Row) -> Option<&Self>;
}

/// The rows by kind.
macro_rules! rows {
    ($($kind:ident,)*) => {
        /// What the data of a record says.
        #[derive(Clone, PartialEq, Debug)]
        #[expect(missing_docs, reason = "each is the struct of its name")]
        pub enum Row {
            $($kind(Box<$kind>),)*
        }

        impl Row {
            /// What it is about.
            pub fn kind(&self) -> Kind {
                match self {
                    $(Row::$kind(_) => Kind::$kind,)*
                }
            }

            fn check(kind: Kind, checker: &mut Checker, json: &Json<'_>, place: &Place<'_>) {
                let check: Check = match kind {
                    $(Kind::$kind => <$kind as Field>::check,)*
                };
                check(checker, json, place);
            }

            fn make(kind: Kind, json: &Json<'_>) -> Row {
                match kind {
                    $(Kind::$kind => Row::from($kind::make(Some(json))),)*
                }
            }

            fn json(&self) -> Option<Json<'_>> {
                match self {
                    $(Row::$kind(row) => row.write(),)*
                }
            }
        }

        $(impl RowKind for $kind {
            fn of(row: &Row) -> Option<&$kind> {
                let Row::$kind(row) = row else {
                    return None;
                };
                Some(row)
            }
        })*

        $(impl From<$kind> for Row {
            fn from(row: $kind) -> Row {
                Row::$kind(Box::new(row))
            }
        })*
    };
}

rows! {
    Policy, Supplier, Sku, Order, Receipt, Dispute, Escalation, Report, Scenario, Schedule, Draft, Decision, Run,
    Preferences,
}

impl Row {
    /// Reads the data of a record.
    ///
    /// # Errors
    /// All issues, with paths in the data.
    pub fn of(kind: Kind, data: &str) -> Result<Row, Vec<Issue>> {
        let mut checker = Checker::new();
        let json = json::read(data).map_err(|issue| vec![issue])?;
        twice(&mut checker, &json, &Place::Root);
        Row::check(kind, &mut checker, &json, &Place::Root);
        checker.finish(Some(()))?;
        Ok(Row::make(kind, &json))
    }

    /// The row as the data of a record.
    pub fn text(&self) -> String {
        serde_json::to_string(&self.json()).unwrap_or_default()
    }

    /// The data after an edit that made this row of it: what the row doesn't know stays.
    pub fn patched(&self, data: &str) -> String {
        let old = Row::of(self.kind(), data).ok();
        match (old.as_ref().and_then(Row::json), self.json()) {
            (Some(old), Some(new)) => raw::patched(data, &old, &new),
            _ => self.text(),
        }
    }
}

/// Reads the data of every head of a record.
///
/// # Errors
/// All issues, with paths in the record.
pub fn check(record: &Record) -> Result<(), Vec<Issue>> {
    let mut checker = Checker::new();
    let heads = Place::Field(&Place::Root, "heads");
    for (index, head) in record.heads().iter().enumerate() {
        let Some(data) = head.data() else { continue };
        let head = Place::Item(&heads, index);
        let place = Place::Field(&head, "data");
        match json::read(data) {
            Ok(json) => {
                twice(&mut checker, &json, &place);
                Row::check(record.key().kind, &mut checker, &json, &place);
            }
            Err(issue) => checker.report(&place, issue.problem).unwrap_or_default(),
        }
    }
    checker.finish(Some(()))
}

/// How many names are compared each with each; more are remembered.
const FEW: usize = 24;

/// Reports names that stand twice in an object, at any depth: readers of JSON disagree on which of
/// the two counts.
pub(crate) fn twice(checker: &mut Checker, json: &Json<'_>, place: &Place<'_>) {
    match json {
        Json::Null | Json::Boolean(_) | Json::Integer(_) | Json::Inexact | Json::Text(_) => {}
        Json::List(items) => {
            for (index, item) in items.iter().enumerate() {
                twice(checker, item, &Place::Item(place, index));
            }
        }
        Json::Object(fields) => {
            let mut seen = HashSet::new();
            for (index, (name, json)) in fields.iter().enumerate() {
                let here = Place::Field(place, name);
                let is_again = match fields.len() <= FEW {
                    true => fields.iter().take(index).any(|(before, _)| before == name),
                    false => !seen.insert(name),
                };
                if is_again {
                    let because = Because::Twice;
                    checker.report::<()>(&here, Problem::NotAllowedHere { because });
                }
                twice(checker, json, &here);
            }
        }
    }
}

/// A way in which an order doesn't add up.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Mismatch {
    /// Goods, freight and adjustment aren't what was paid.
    Paid {
        /// What they add up to.
        sum: Decimal,
        /// What was paid.
        paid: Decimal,
    },
    /// The lines aren't the goods.
    Goods {
        /// What the lines add up to.
        sum: Decimal,
        /// The goods.
        goods: Decimal,
    },
}

impl Order {
    /// How the order doesn't add up, as far as its amounts are known. It is shown, never refused.
    pub fn mismatches(&self) -> Vec<Mismatch> {
        let mut found = Vec::new();
        let paid = || {
            let goods_and_freight = self.goods?.checked_add(self.freight?.0)?;
            let sum = goods_and_freight.checked_add(self.adjustment?.0)?;
            let paid = self.paid?.0;
            (sum != paid).then_some(Mismatch::Paid { sum, paid })
        };
        let goods = || {
            let lines = self.lines.iter();
            let amounts = lines.map(|line| line.unit_price.checked_mul(line.quantity.0));
            let mut sum = Decimal::ZERO;
            for amount in amounts {
                sum = sum.checked_add(amount?)?;
            }
            let goods = self.goods?.0;
            (sum != goods && !self.lines.is_empty()).then_some(Mismatch::Goods { sum, goods })
        };
        found.extend(paid());
        found.extend(goods());
        found
    }

    /// What it is called: by its own number, else by the platform's.
    pub fn called(&self) -> Option<&str> {
        let own = self.number.as_deref().filter(|number| !number.is_empty());
        own.or_else(|| Some(&*self.source.as_ref()?.order_id))
    }

    /// Whether the order was closed without a purchase: its prices were never paid.
    pub fn is_closed(&self) -> bool {
        let status = self.status.as_deref().unwrap_or_default();
        status.contains("关闭") || status.contains("取消")
    }
}
