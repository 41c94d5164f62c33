//! The words of the page itself.

use landfall_words::Locale;

/// A text of the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Text {
    /// The heading of the page.
    Title,
    /// What the page is for.
    Purpose,
    /// The heading over the request.
    Request,
    /// How the request is written.
    RequestHint,
    /// The heading over what is wrong with it.
    Issues,
    /// What stands under the heading while an older result is shown.
    LastGood,
    /// Names the answer for those who hear the page.
    Answer,
    /// Behind the cost of one unit.
    AGoodUnit,
    /// Over the multiple of the 1688 price.
    Price1688,
    /// Over the total.
    OrderTotal,
    /// Over the cash.
    CashToPay,
    /// Names the composition.
    Composition,
    /// Column: the component.
    Component,
    /// Column: the percentage.
    Share,
    /// Column: the amount.
    Amount,
    /// Column: for one unit.
    PerUnit,
    /// The heading over the lines.
    Lines,
    /// Column: the article.
    Sku,
    /// Column: units.
    Quantity,
    /// Column: the line's total.
    Total,
    /// The heading over the charges.
    Charges,
    /// The heading over the payees.
    Cash,
    /// The heading over what travels and what customs sees.
    Shipment,
    /// Cartons.
    Cartons,
    /// Gross weight.
    GrossWeight,
    /// Volume.
    Volume,
    /// Chargeable weight.
    ChargeableWeight,
    /// Customs value.
    CustomsValue,
    /// Base of the VAT.
    VatBase,
    /// VAT that is due.
    VatDue,
    /// The group of costs in China.
    InChina,
    /// The group of freight and insurance.
    Freight,
    /// The group of duty and VAT.
    DutyAndVat,
    /// The group of costs on arrival.
    OnArrival,
    /// The heading over the warnings.
    Warnings,
}

/// A text in a language.
pub fn text(locale: Locale, text: Text) -> &'static str {
    let (en, zh) = match text {
        Text::Title => ("Landed cost", "到岸成本"),
        Text::Purpose => (
            "What an order from 1688 costs at your door, to the cent, with the working of every amount.",
            "1688 订单到门的真实成本，精确到分，每个数字都能看到算法。",
        ),
        Text::Request => ("The order", "订单"),
        Text::RequestHint => (
            "As JSON. The result follows as you type.",
            "以 JSON 填写，边输入边计算。",
        ),
        Text::Issues => ("To be corrected", "需要更正"),
        Text::LastGood => (
            "Below stands the last complete result.",
            "下面是上一次完整的结果。",
        ),
        Text::Answer => ("Result", "结果"),
        Text::AGoodUnit => ("a good unit", "每件良品"),
        Text::Price1688 => ("1688 price", "1688 单价的"),
        Text::OrderTotal => ("Order total", "订单总成本"),
        Text::CashToPay => ("Cash to pay", "需付现金"),
        Text::Composition => ("What it is made of", "成本构成"),
        Text::Component => ("Component", "项目"),
        Text::Share => ("Share", "占比"),
        Text::Amount => ("Amount", "金额"),
        Text::PerUnit => ("Per unit", "每件"),
        Text::Lines => ("By SKU", "按 SKU"),
        Text::Sku => ("SKU", "SKU"),
        Text::Quantity => ("Quantity", "数量"),
        Text::Total => ("Total", "合计"),
        Text::Charges => ("Charges", "费用"),
        Text::Cash => ("Who is paid", "付给谁"),
        Text::Shipment => ("Shipment and customs", "货物与海关"),
        Text::Cartons => ("Cartons", "箱数"),
        Text::GrossWeight => ("Gross weight", "毛重"),
        Text::Volume => ("Volume", "体积"),
        Text::ChargeableWeight => ("Chargeable weight", "计费重"),
        Text::CustomsValue => ("Customs value", "完税价格"),
        Text::VatBase => ("VAT base", "增值税税基"),
        Text::VatDue => ("VAT due", "应缴增值税"),
        Text::InChina => ("In China", "国内费用"),
        Text::Freight => ("Freight and insurance", "运费与保险"),
        Text::DutyAndVat => ("Duty and VAT", "关税与增值税"),
        Text::OnArrival => ("On arrival", "到港费用"),
        Text::Warnings => ("Worth a second look", "值得再核对"),
    };
    match locale {
        Locale::En => en,
        Locale::Zh => zh,
    }
}
