//! What is legal but odd: what it may do to the numbers, and what to check.

use landfall::landed_cost::{Concern, Missing, Warning};
use landfall::money::Figure;

use crate::Locale;
use crate::numbers::{count, number, percent, trimmed};

/// The sentences of a warning. Lines and charges are counted from 1, as people count.
pub fn warning(locale: Locale, warning: &Warning) -> String {
    let path = warning.path.as_str();
    match &warning.concern {
        Concern::MeasureMissing { sku, measure } => {
            let line = line(locale, path, sku);
            match measure {
                Missing::Cartons => say!(
                    locale,
                    "{line} has no carton, though other lines have. Charges by carton take it as 0, so its cost may come out too low. Enter its carton.",
                    "{line}没有外箱数据，而其他行有。按箱计算的费用把它当作 0 箱，成本可能偏低。补填外箱。",
                ),
                Missing::Weight => say!(
                    locale,
                    "{line} has no weight, though other lines have. Charges that count weight take it as 0, so its cost may come out too low. Enter the weight of a unit or of a full carton.",
                    "{line}没有重量，而其他行有。涉及重量的费用把它当作 0，成本可能偏低。补填单件重量或整箱毛重。",
                ),
                Missing::Volume => say!(
                    locale,
                    "{line} has no carton size and so no volume, though other lines have. Charges that count volume take it as 0, so its cost may come out too low. Enter the size of its carton.",
                    "{line}没有外箱尺寸，算不出体积，而其他行有。涉及体积的费用把它当作 0，成本可能偏低。补填外箱长、宽、高。",
                ),
            }
        }
        Concern::ChargeIsZero { measure } => {
            let charge = charge(locale, path);
            match measure {
                Missing::Cartons => say!(
                    locale,
                    "{charge} is billed by carton, but its lines have no cartons, so it costs nothing. Enter the cartons, or bill it differently.",
                    "{charge}按箱收，但相关各行都没有外箱，结果为 0。补填外箱，或换一种计费方式。",
                ),
                Missing::Weight => say!(
                    locale,
                    "{charge} is billed by weight, but its lines have no weight, so it costs nothing. Enter the weights, or bill it differently.",
                    "{charge}按重量收，但相关各行都没有重量，结果为 0。补填重量，或换一种计费方式。",
                ),
                Missing::Volume => say!(
                    locale,
                    "{charge} is billed by volume, but its lines have no carton sizes, so it costs nothing. Enter the sizes, or bill it differently.",
                    "{charge}按体积收，但相关各行都没有外箱尺寸，结果为 0。补填尺寸，或换一种计费方式。",
                ),
            }
        }
        Concern::DutyIgnored => say!(
            locale,
            "The freight includes duty and tax, so the rates of duty and VAT given here add nothing. Check with the forwarder that the price is really all-in (DDP); if not, switch this off.",
            "运费已包税（双清包税），所填的关税、增值税税率不再计入成本。向货代确认报价确实包税；如不包税，取消这个选项。",
        ),
        Concern::NoDuty => say!(
            locale,
            "No rate of duty is given, so import duty counts as 0 and the cost may come out too low. Enter the rate for your HS code, or 0 where the goods are free of duty.",
            "没有填关税税率，进口关税按 0 计算，成本可能偏低。按 HS 编码填税率；确实免税的填 0。",
        ),
        Concern::DensityUnlikely { sku, kg_per_cbm } => {
            let line = line(locale, path, sku);
            let density = density(locale, *kg_per_cbm);
            say!(
                locale,
                "{line}: its carton comes to {density}, where 20 to 2,000 is usual. A slip in size, weight or units per carton makes the freight wrong. Check all three, and that they are in cm and kg.",
                "{line}：外箱密度为 {density}，正常在 20 到 2,000 之间。尺寸、重量或每箱件数有误，运费就会算错。核对这三项，单位是 cm 和 kg。",
            )
        }
        Concern::PercentUnlikely { percent: found } => {
            let (place, rate) = (place(locale, path), rate(locale, path));
            let found = percent(locale, *found);
            say!(
                locale,
                "{place}{found} is unusually high for {rate}, and it counts in full. Check the decimal point.",
                "{place}{rate} {found} 高得少见，并且会全额计入。检查小数点。",
            )
        }
        Concern::SpreadUnlikely { percent: found } => {
            let found = percent(locale, *found);
            say!(
                locale,
                "An exchange spread of {found} is unusually high. Everything paid in yuan becomes dearer by it. Check the decimal point, and that this is what the bank keeps of the rate, not the rate itself.",
                "汇率点差 {found} 高得少见，所有人民币支出都会因此变贵。检查小数点，并确认填的是银行点差，不是汇率。",
            )
        }
        Concern::DivisorUnlikely { divisor } => {
            let charge = charge(locale, path);
            let divisor = number(*divisor);
            say!(
                locale,
                "{charge} divides volume by {divisor}, while carriers use 5,000 or 6,000 cm³ per kg. The weight by volume, and with it the freight, may be wrong. Check the carrier’s price list.",
                "{charge}的体积重除数是 {divisor}，承运人通常用 5,000 或 6,000（cm³/kg）。体积重和运费可能算错。核对承运人的报价单。",
            )
        }
        Concern::DuplicateSku { sku, earlier } => {
            let line = line(locale, path, sku);
            let earlier = count(earlier.saturating_add(1));
            say!(
                locale,
                "{line} has the same SKU as line {earlier}, and both are counted. Remove one if the article was entered twice.",
                "{line}与第 {earlier} 行的 SKU 相同，两行都计入了。如果是重复录入，删掉一行。",
            )
        }
    }
}

/// The line of a path with its article, or the article alone where the path is not of a line.
fn line(locale: Locale, path: &str, sku: &str) -> String {
    match counted(path, "lines[") {
        Some(line) => say!(locale, "Line {line} ({sku})", "第 {line} 行（{sku}）"),
        None => sku.to_owned(),
    }
}

/// The charge of a path.
fn charge(locale: Locale, path: &str) -> String {
    match counted(path, "charges[") {
        Some(charge) => say!(locale, "Charge {charge}", "第 {charge} 项费用"),
        None => say!(locale, "A charge", "有一项费用"),
    }
}

/// The number, counted from 1, of the item of a list that a path leads through.
fn counted(path: &str, list: &str) -> Option<String> {
    let mut steps = path.split('.');
    let rest = steps.find_map(|step| step.strip_prefix(list))?;
    let (index, _) = rest.split_once(']')?;
    let index: usize = index.parse().ok()?;
    index.checked_add(1).map(count)
}

/// The line or charge of a path, to begin a sentence with; nothing where the path is of neither.
fn place(locale: Locale, path: &str) -> String {
    if let Some(line) = counted(path, "lines[") {
        say!(locale, "Line {line}: ", "第 {line} 行：")
    } else if let Some(charge) = counted(path, "charges[") {
        say!(locale, "Charge {charge}: ", "第 {charge} 项费用：")
    } else {
        String::new()
    }
}

/// What a percentage is the rate of. The field at the end of the path tells.
fn rate(locale: Locale, path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("dutyPercent") => locale.pick("duty", "关税税率"),
        Some("additionalDutyPercent") => locale.pick("additional duty", "附加关税税率"),
        Some("vatPercent") => locale.pick("VAT", "增值税税率"),
        _ => locale.pick("a fee", "费率"),
    }
}

/// A density. One that rounds to nothing, or that no decimal holds, is told in words.
fn density(locale: Locale, kg_per_cbm: Option<Figure>) -> String {
    match kg_per_cbm {
        Some(density) if density.is_zero() => {
            say!(locale, "less than 0.1\u{a0}kg/m³", "不到 0.1\u{a0}kg/m³")
        }
        Some(density) => format!("{}\u{a0}kg/m³", trimmed(density)),
        None => say!(
            locale,
            "an impossible number of kg/m³",
            "大到不可能的 kg/m³"
        ),
    }
}
