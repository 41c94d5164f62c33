//! Quotes side by side, and the message with which one is asked for.

use landfall::quotes::{ComparisonNote, PlatformOrderAmount};
use rust_decimal::Decimal;

use crate::Locale;
use crate::numbers::{money, number, percent};

/// What has to be known before quotes are compared.
pub const fn comparison_note(locale: Locale, note: ComparisonNote) -> &'static str {
    match note {
        ComparisonNote::UnitsDiffer => locale.pick(
            "The quotes are for different numbers of units, so they are ranked by the cost of one good unit. A larger order also ties up more money.",
            "各报价的件数不同，所以按每件合格品的成本排名。件数多的，占用资金也多。",
        ),
        ComparisonNote::RatesDiffer => locale.pick(
            "The quotes are calculated with different exchange rates or spreads. Use one rate for all, or part of the difference is not the suppliers’.",
            "各报价的汇率或点差不同。统一汇率再比较，否则有一部分差额与供应商无关。",
        ),
    }
}

/// How the amount of a platform order came about.
pub fn platform_order(locale: Locale, amount: &PlatformOrderAmount) -> String {
    let fee = percent(locale, amount.bank_fee_percent);
    let [goods, domestic, international, subtotal, bank_fee] = [
        amount.goods,
        amount.domestic_shipping,
        amount.international_shipping,
        amount.subtotal,
        amount.bank_fee,
    ]
    .map(number);
    let total = money(amount.currency, amount.total);
    say!(
        locale,
        "{goods} goods + {domestic} domestic shipping + {international} international shipping = {subtotal}; {subtotal} × {fee} bank fee = {bank_fee}; {subtotal} + {bank_fee} = {total}",
        "货款 {goods} + 国内运费 {domestic} + 国际运费 {international} = {subtotal}；{subtotal} × 银行通道费 {fee} = {bank_fee}；{subtotal} + {bank_fee} = {total}",
    )
}

/// What an inquiry is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Inquiry<'a> {
    /// The product, as the shop calls it.
    pub product: &'a str,
    /// The address of the product, where there is one.
    pub link: Option<&'a str>,
    /// How many pieces are wanted.
    pub pieces: u64,
}

/// A first message to a supplier, ready to send: what a buyer has to know before an order. The
/// language is that of the message; shops on 1688 read Chinese.
pub fn inquiry(locale: Locale, about: &Inquiry<'_>) -> String {
    let product = about.product;
    let pieces = number(Decimal::from(about.pieces));
    let link = match about.link {
        Some(link) => format!("\n{link}"),
        None => String::new(),
    };
    say!(
        locale,
        "Hello, we would like to buy “{product}”, {pieces} pieces:{link}\n\
         Could you please tell us:\n\
         1. Is it in stock, and how many, or is it made to order?\n\
         2. Could you send a few real photos of the goods and their packing, no renders?\n\
         3. What is the price of a piece for {pieces} pieces, and the freight to our warehouse in China?\n\
         4. What is the minimum order?\n\
         5. Can we have a sample first? What do it and its freight cost, and is that refunded with an order?\n\
         6. How long until you ship, or how long is production?\n\
         7. If pieces are defective, wrong or missing, do you replace or refund them, and who pays the freight?\n\
         8. What are your terms of payment? We pay on the platform only.\n\
         Thank you, we look forward to your answer.",
        "您好，我们想采购“{product}”，数量 {pieces} 件：{link}\n\
         麻烦帮忙确认以下几点：\n\
         1、有现货吗，库存多少？还是需要定做？\n\
         2、方便发几张实物和包装的实拍图吗？不要效果图。\n\
         3、{pieces} 件的单价是多少？发到国内仓库的运费是多少？\n\
         4、最小起订量是多少？\n\
         5、可以先寄样品吗？样品费和运费多少，下大货后能退吗？\n\
         6、现货几天能发货？定做的话生产周期多久？\n\
         7、如果有次品、发错或少件，能补发或退款吗？运费由谁承担？\n\
         8、付款方式是怎样的？我们只走平台付款。\n\
         谢谢，期待您的回复。",
    )
}
