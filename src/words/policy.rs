//! The owner's rules as sentences, each with a gap for its value.

use crate::Locale;

/// What stands before and after the value of a rule; `None` where no rule has this path. What a unit
/// of the home currency is called stands in the value's place, not here.
pub fn policy_field(locale: Locale, path: &str) -> Option<(&'static str, &'static str)> {
    let (en, zh) = both(path)?;
    Some(match locale {
        Locale::En => en,
        Locale::Zh => zh,
    })
}

/// The sentences of a rule in both languages, each parted at its gap.
type Both = ((&'static str, &'static str), (&'static str, &'static str));

#[rustfmt::skip]
fn both(path: &str) -> Option<Both> {
    Some(match path {
        "name" => (("The owner calls these rules", ""), ("政策名称", "")),
        "version" => (("This is version", ""), ("第", "版")),
        "effectiveFrom" => (("They hold from", ""), ("自", "起生效")),
        "homeCurrency" => (("Amounts are in", ""), ("金额以", "计")),
        "timeZone" => (("Days and weeks are those of", "(a name such as Europe/Berlin; left empty, the device’s own)"), ("日期与周以", "时区为准（如 Europe/Berlin；留空则按本机时区）")),
        "orders.maximumOrderValue" => (("An order of more than", "in the home currency goes to the owner."), ("订单超过", "（本位币）须由负责人决定。")),
        "orders.orderValueBasis" => (("The value of an order is", "."), ("订单金额按", "计算。")),
        "orders.priceIncreasePercent" => (("A price more than", "% above the last one stops the order."), ("单价比上次高出超过", "% 即拦截。")),
        "orders.exchangeRateMaxAgeDays" => (("The exchange rate may be", "days old."), ("汇率最多可用", "天。")),
        "supplierChecklist.minimumTransactions" => (("It has completed at least", "transactions."), ("已完成交易至少", "笔。")),
        "supplierChecklist.minimumYears" => (("Its shop has been open for at least", "years."), ("店铺经营至少", "年。")),
        "supplierChecklist.maximumResponseHours" => (("It answers an inquiry within", "hours."), ("询盘在", "小时内回复。")),
        "supplierChecklist.requireVerified" => (("The platform must have verified it:", "."), ("必须通过平台认证：", "。")),
        "supplierChecklist.requireWarehousePhotos" => (("There must be real photos of its warehouse:", "."), ("必须有仓库实拍照片：", "。")),
        "supplierGrades.qualityWeight" => (("Quality counts for", "%."), ("质量占", "%。")),
        "supplierGrades.deliveryWeight" => (("Delivery counts for", "%."), ("交付占", "%。")),
        "supplierGrades.serviceWeight" => (("Service counts for", "%."), ("服务占", "%。")),
        "supplierGrades.costWeight" => (("Cost counts for", "%."), ("成本占", "%。")),
        "supplierGrades.a" => (("Grade A needs at least", "points."), ("A 级至少", "分。")),
        "supplierGrades.b" => (("Grade B needs at least", "points."), ("B 级至少", "分。")),
        "supplierGrades.c" => (("Grade C needs at least", "points; below that it is D."), ("C 级至少", "分，低于此为 D 级。")),
        "supplierGrades.belowMarketPercent" => (("A price more than", "% under the median of the other quotes is a red flag."), ("报价比其他报价的中位数低超过", "% 即为否决项。")),
        "receiving.spotCheckPercent" => (("Of each article", "% is checked,"), ("每个 SKU 抽查", "%，")),
        "receiving.minimumPerSku" => (("and at least", "units of it."), ("且不少于", "件。")),
        "receiving.defectiveBatchPercent" => (("A batch with more than", "% defective units is defective."), ("不良率超过", "% 的批次为不合格批次。")),
        "receiving.logVarianceHours" => (("A variance is logged within", "hours of arrival."), ("到货后", "小时内登记差异。")),
        "receiving.contactSupplierHours" => (("The supplier is told within", "hours of arrival."), ("到货后", "小时内联系供应商。")),
        "receiving.storageDays" => (("A forwarder stores goods for", "days."), ("货代仓储期为", "天。")),
        "receiving.unclaimedStorageDays" => (("Parcels without order information are destroyed after", "days."), ("无订单信息的包裹", "天后销毁。")),
        "receiving.agentReturnDays" => (("The agent takes goods back for", "days."), ("代理受理退货的期限为", "天。")),
        "receiving.inspectionUnitsPerHour" => (("One person inspects", "units an hour."), ("每人每小时检验", "件。")),
        "control.consecutiveDefectiveBatches" => (("A supplier is suspended after", "defective batches in a row."), ("连续", "个不合格批次后暂停供应商。")),
        "control.costIncreasePercent" => (("A landed cost more than", "% above last month’s is a red flag."), ("到岸成本比上月高出超过", "% 即为红色警示。")),
        "control.escalationsPerWeek" => (("More than", "escalations in a week are a red flag."), ("一周上报超过", "次即为红色警示。")),
        "control.normal.defectRatePercent" => (("Normal is a defect rate of up to", "%."), ("正常不良率不超过", "%。")),
        "control.normal.leadTimeOverrunDays" => (("Normal is a delay of up to", "days."), ("正常延误不超过", "天。")),
        "control.normal.costChangePercent" => (("Normal is a change of landed cost of up to", "%."), ("正常到岸成本变动不超过", "%。")),
        "sop.reviewEveryOrders" => (("The procedure is reviewed after every", "orders,"), ("每", "单复盘一次流程，")),
        "sop.incidentLoss" => (("and at once after a loss of more than", "in the home currency."), ("单次损失超过", "（本位币）时立即复盘。")),
        "sop.cleanRunsForSolo" => (("New staff work alone after", "clean runs in a row."), ("新员工连续", "次无差错后可独立操作。")),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_its_sentence_in_every_language() {
        for field in landfall::policy::Policy::fields() {
            for locale in Locale::ALL {
                let (before, _) = policy_field(locale, field.path).unwrap_or_default();
                assert!(!before.is_empty(), "{}", field.path);
            }
        }
        assert_eq!(policy_field(Locale::En, "orders.other"), None);
    }
}
