//! Tables for spreadsheets.

use landfall::landed_cost::{Component, LandedCost};
use landfall_words::{self as words, Locale};
use landfall_workspace::csv::{self, Cell};
use landfall_workspace::workspace::Workspace;

use crate::form::named;
use crate::say::say;

/// A landed cost by line and component, with the sums.
pub fn breakdown(locale: Locale, result: &LandedCost) -> String {
    let heads = [say(locale, "SKU", "SKU"), say(locale, "Quantity", "数量")];
    let components = result
        .lines
        .first()
        .into_iter()
        .flat_map(|line| line.components.iter());
    let components: Vec<&str> = components
        .map(|(component, _)| words::component(locale, component))
        .collect();
    let currency = result.home_currency;
    let total = format!("{} ({currency})", say(locale, "Total", "合计"));
    let unit = format!(
        "{} ({currency})",
        say(locale, "Per good unit", "每件合格品")
    );
    let heading = heads.into_iter().chain(components).map(Cell::text);
    let heading: Vec<Cell> = heading
        .chain([Cell::text(total), Cell::text(unit)])
        .collect();
    let lines = result.lines.iter().map(|line| {
        let mut row = vec![Cell::text(&*line.sku), Cell::Number(line.quantity.into())];
        row.extend(
            line.components
                .iter()
                .map(|(_, amount)| Cell::Number(amount.0)),
        );
        row.extend([Cell::Number(line.total.0), Cell::Number(line.per_unit.0)]);
        row
    });
    let mut sums = vec![
        Cell::text(say(locale, "All", "合计")),
        Cell::Number(result.units.into()),
    ];
    sums.extend(
        result
            .components
            .iter()
            .map(|cost| Cell::Number(cost.amount.0)),
    );
    sums.extend([
        Cell::Number(result.total.0),
        Cell::Number(result.per_unit.0),
    ]);
    csv::write(heading, lines.chain([sums]))
}

/// The log of orders, a row a line.
pub fn orders(locale: Locale, workspace: &Workspace) -> String {
    csv::orders(workspace, |column| column_name(locale, column).to_owned())
}

/// What a column of the log is called.
fn column_name(locale: Locale, column: &'static str) -> &'static str {
    if let Some(component) = named::<Component>(column) {
        return words::component(locale, component);
    }
    match column {
        "number" => say(locale, "PO number", "采购单号"),
        "orderId" => say(locale, "Order number", "订单编号"),
        "supplierName" => say(locale, "Supplier", "供应商"),
        "status" => say(locale, "Status on the platform", "平台状态"),
        "stage" => say(locale, "Status", "进度"),
        "createdAt" => say(locale, "Placed (UTC)", "下单时间 (UTC)"),
        "paidAt" => say(locale, "Paid (UTC)", "付款时间 (UTC)"),
        "expectedDelivery" => say(locale, "Expected", "预计到货"),
        "trackingNumber" => say(locale, "Tracking number", "运单号"),
        "staff" => say(locale, "Staff", "经办人"),
        "productLink" => say(locale, "Product link", "商品链接"),
        "priceScreenshot" => say(locale, "Price screenshot", "价格截图"),
        "goodsCny" => say(locale, "Goods (CNY)", "货款（元）"),
        "freightCny" => say(locale, "Freight (CNY)", "运费（元）"),
        "adjustmentCny" => say(locale, "Adjustment (CNY)", "涨价或折扣（元）"),
        "paidCny" => say(locale, "Paid (CNY)", "实付款（元）"),
        "cnyPerUnit" => say(locale, "Exchange rate", "汇率"),
        "asOf" => say(locale, "Date of the rate", "汇率日期"),
        "currency" => say(locale, "Currency of the landed cost", "到岸成本币种"),
        "landedTotal" => say(locale, "Landed total", "到岸总成本"),
        "verdict" => say(locale, "Order check", "下单检查"),
        "findings" => say(locale, "Findings", "检查发现"),
        "decisions" => say(locale, "Owner’s decisions", "负责人的决定"),
        "policyVersion" => say(locale, "Policy version", "采购政策版本"),
        "notes" => say(locale, "Notes", "备注"),
        "itemCode" => say(locale, "Item code", "货号"),
        "title" => say(locale, "Item", "货品"),
        "unitPriceCny" => say(locale, "Unit price (CNY)", "单价（元）"),
        "quantity" => say(locale, "Quantity", "数量"),
        "unit" => say(locale, "Unit", "单位"),
        "offerId" => say(locale, "Offer", "Offer ID"),
        other => other,
    }
}
