//! What things are called. Names of rows and choices begin with a capital letter in English; names
//! that stand inside a sentence ([`base`], [`key`]) don't.

use landfall::landed_cost::{Base, Basis, ChargeComponent, Component, Key, Mode, PartName, Payee};

use crate::Locale;

/// A part of the landed cost.
pub const fn component(locale: Locale, component: Component) -> &'static str {
    match component {
        Component::Goods => locale.pick("Goods", "货款"),
        Component::DomesticShipping => locale.pick("Domestic shipping", "国内运费"),
        Component::Packaging => locale.pick("Packaging", "包装费"),
        Component::Inspection => locale.pick("Inspection", "验货费"),
        Component::AgentFee => locale.pick("Agent fee", "代理服务费"),
        Component::PaymentFee => locale.pick("Payment fee", "付款手续费"),
        Component::InternationalShipping => locale.pick("International shipping", "国际运费"),
        Component::Insurance => locale.pick("Insurance", "保险费"),
        Component::ImportDuty => locale.pick("Import duty", "进口关税"),
        Component::Vat => locale.pick("VAT", "增值税"),
        Component::Destination => locale.pick("Destination charges", "目的地费用"),
        Component::Defects => locale.pick("Defects", "次品损耗"),
    }
}

/// A part of the landed cost that charges can have. It is called as it is in the result.
pub fn charge_component(locale: Locale, charge: ChargeComponent) -> &'static str {
    component(locale, charge.component())
}

/// Who is paid.
pub const fn payee(locale: Locale, payee: Payee) -> &'static str {
    match payee {
        Payee::Supplier => locale.pick("Supplier", "供应商"),
        Payee::Agent => locale.pick("Agent", "采购代理"),
        Payee::Forwarder => locale.pick("Forwarder", "货代"),
        Payee::Customs => locale.pick("Customs", "海关"),
        Payee::Arrival => locale.pick("On arrival", "到货后支付"),
    }
}

/// What a percentage is taken of; fits into "5 % of …" and "…的 5%".
pub const fn base(locale: Locale, base: Base) -> &'static str {
    match base {
        Base::Goods => locale.pick("goods", "货款"),
        Base::GoodsAndDomesticShipping => {
            locale.pick("goods and domestic shipping", "货款加国内运费")
        }
        Base::OriginCosts => locale.pick(
            "goods, domestic shipping, packaging, inspection and agent fee",
            "货款、国内运费、包装费、验货费、代理服务费合计",
        ),
        Base::GoodsAndFreight => locale.pick("goods and international shipping", "货款加国际运费"),
        Base::InsuredValue => locale.pick("the insured value", "保险金额"),
        Base::CustomsValue => locale.pick("the customs value", "完税价格"),
        Base::DutyAndVat => locale.pick("duty and VAT", "关税加增值税"),
    }
}

/// By what a charge is shared; fits into "shared by …" and "按…分摊".
pub const fn key(locale: Locale, key: Key) -> &'static str {
    match key {
        Key::Value => locale.pick("value", "货值"),
        Key::Weight => locale.pick("weight", "毛重"),
        Key::Volume => locale.pick("volume", "体积"),
        Key::Chargeable => locale.pick("chargeable weight", "计费重"),
        Key::Units => locale.pick("units", "件数"),
    }
}

/// How the goods travel.
pub const fn mode(locale: Locale, mode: Mode) -> &'static str {
    match mode {
        Mode::Express => locale.pick("Express", "国际快递"),
        Mode::Air => locale.pick("Air", "空运"),
        Mode::Sea => locale.pick("Sea", "海运"),
        Mode::Rail => locale.pick("Rail", "铁路"),
        Mode::Road => locale.pick("Road", "陆运"),
    }
}

/// What the customs value contains.
pub const fn basis(locale: Locale, basis: Basis) -> &'static str {
    match basis {
        Basis::Fob => locale.pick("FOB, without freight", "FOB，不含国际运费"),
        Basis::Cif => locale.pick("CIF, with freight and insurance", "CIF，含国际运费和保险费"),
    }
}

/// A part of a sum.
pub(crate) const fn part_name(locale: Locale, name: PartName) -> &'static str {
    match name {
        PartName::Component(name) => component(locale, name),
        PartName::Payee(name) => payee(locale, name),
    }
}
