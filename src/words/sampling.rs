//! Samples on receipt: what they can see, what their plans say, and what becomes of the goods.

use landfall::money::Figure;
use landfall::sampling::{
    ClassJudgement, ClassPlan, DefectClass, Detection, Edition, InspectionVerdict, Judgement,
    Level, Odds, RateJudgement, Severity, Switching, SwitchingReason,
};
use rust_decimal::Decimal;

use crate::Locale;
use crate::numbers::{number, percent, units};

/// How much of a lot is looked at.
pub const fn level(locale: Locale, level: Level) -> &'static str {
    match level {
        Level::S1 => locale.pick("S-1, special", "S-1（特殊）"),
        Level::S2 => locale.pick("S-2, special", "S-2（特殊）"),
        Level::S3 => locale.pick("S-3, special", "S-3（特殊）"),
        Level::S4 => locale.pick("S-4, special", "S-4（特殊）"),
        Level::I => locale.pick("I, fewer", "I（较少）"),
        Level::II => locale.pick("II, usual", "II（常用）"),
        Level::III => locale.pick("III, more", "III（较多）"),
    }
}

/// How strictly a lot is judged.
pub const fn severity(locale: Locale, severity: Severity) -> &'static str {
    match severity {
        Severity::Normal => locale.pick("normal", "正常检验"),
        Severity::Tightened => locale.pick("tightened", "加严检验"),
        Severity::Reduced => locale.pick("reduced", "放宽检验"),
    }
}

/// How bad a defect is.
pub const fn defect_class_name(locale: Locale, class: DefectClass) -> &'static str {
    match class {
        DefectClass::Critical => locale.pick("Critical", "致命缺陷"),
        DefectClass::Major => locale.pick("Major", "严重缺陷"),
        DefectClass::Minor => locale.pick("Minor", "轻微缺陷"),
    }
}

/// What a sample sees of a lot with so many percent of bad units.
pub fn detection(
    locale: Locale,
    lot: u32,
    sample: u32,
    bad_percent: Figure,
    detection: &Detection,
) -> String {
    let quality = percent(locale, bad_percent.normalize());
    let (all, bad) = (number(lot), number(detection.defective));
    let checked = units(locale, sample);
    if detection.defective == 0 {
        return say!(
            locale,
            "A lot without bad units has nothing to be seen.",
            "没有不良品的批次，无可发现。",
        );
    }
    if detection.probability.0 == Decimal::ONE {
        return say!(
            locale,
            "A lot with {quality} bad units ({bad} among {all}) never passes a check of {checked} unseen.",
            "不良率 {quality} 的批次（{all} 件中 {bad} 件不良），抽检 {checked}，一定能发现。",
        );
    }
    let unseen = often(locale, detection.unseen());
    say!(
        locale,
        "A lot with {quality} bad units ({bad} among {all}) passes a check of {checked} unseen {unseen}.",
        "不良率 {quality} 的批次（{all} 件中 {bad} 件不良），抽检 {checked}，{unseen}发现不了。",
    )
}

/// How often something happens: `58 times in 100`.
pub fn often(locale: Locale, odds: Odds) -> String {
    let (times, of) = (number(odds.times), number(odds.of));
    match odds.times {
        0 => say!(locale, "less than once in {of}", "不到 {of} 分之一的情况下"),
        1 => say!(locale, "once in {of}", "每 {of} 次有 1 次"),
        _ if odds.times >= odds.of => say!(locale, "nearly always", "几乎每次都"),
        _ => say!(locale, "{times} times in {of}", "每 {of} 次有 {times} 次"),
    }
}

/// How many units to check, to be so sure of seeing at least one bad unit of so many percent.
pub fn sample_to_see(
    locale: Locale,
    lot: u32,
    bad_percent: Figure,
    bad: u32,
    confidence_percent: Figure,
    sample: u32,
) -> String {
    let quality = percent(locale, bad_percent.normalize());
    let confidence = percent(locale, confidence_percent.normalize());
    let (lot, bad, sample) = (number(lot), number(bad), number(sample));
    say!(
        locale,
        "To be {confidence} sure of seeing {quality} bad units ({bad} among {lot}), check {sample}.",
        "要有 {confidence} 的把握发现 {quality} 的不良品（{lot} 件中 {bad} 件），需抽检 {sample} 件。",
    )
}

/// What has to be known of a plan; `None` where nothing has.
pub fn plan_note(locale: Locale, plan: &ClassPlan) -> Option<String> {
    let Some(letter) = plan.code_letter else {
        return Some(say!(
            locale,
            "One unit is outside the tables: look at it.",
            "只有 1 件，不在抽样表范围内，直接检验。",
        ));
    };
    let letter = letter.letter();
    let (accept, reject) = (number(plan.accept), number(plan.reject));
    let sample = number(plan.sample_size);
    let arrow = plan.arrow.then(|| {
        say!(
            locale,
            "The sample isn’t that of the code letter {letter}: the table has an arrow here, and the plan of the row that it leads to counts.",
            "样本量不是字码 {letter} 的：表中此处是箭头，按箭头所指那一行的方案执行。",
        )
    });
    let all = plan.inspects_all.then(|| {
        say!(
            locale,
            "The sample is the whole lot: check all {sample}.",
            "样本量不小于批量：{sample} 件全检。",
        )
    });
    let disagreement = plan.sources_disagree.then(|| {
        say!(
            locale,
            "Sources disagree on this plan: some accept none here, in another sample. This one follows the arrows of the table.",
            "各资料对这一格的说法不一：有的在此按另一样本量、不允许有缺陷。这里按表中箭头取值。",
        )
    });
    let has_gap = plan.reject > plan.accept.saturating_add(1);
    let edition = match plan.edition {
        Some(Edition::Z14) if has_gap => Some(say!(
            locale,
            "Reduced by ANSI/ASQ Z1.4: with more than {accept} and fewer than {reject} the lot is accepted, and the next one is inspected normally.",
            "按 ANSI/ASQ Z1.4 放宽检验：缺陷多于 {accept}、少于 {reject} 时接收本批，下一批恢复正常检验。",
        )),
        Some(Edition::Iso1999) => Some(say!(
            locale,
            "Reduced by ISO 2859-1:1999, which rejects from {reject} on; ANSI/ASQ Z1.4 may leave a gap between acceptance and rejection.",
            "按 ISO 2859-1:1999 放宽检验，从 {reject} 个起拒收；ANSI/ASQ Z1.4 的接收数与拒收数之间可能有间隔。",
        )),
        Some(Edition::Z14) | None => None,
    };
    let notes: Vec<String> = [arrow, all, disagreement, edition]
        .into_iter()
        .flatten()
        .collect();
    (!notes.is_empty()).then(|| notes.join(locale.pick(" ", "")))
}

/// What plans of this kind are not made for.
pub const fn isolated_lots(locale: Locale) -> &'static str {
    locale.pick(
        "Acceptance plans are made for series of lots from one supplier. For a single lot, or the first ten, ISO 2859-2 is the standard: go by what the plan lets through, not by its name.",
        "AQL 抽样方案适用于同一供应商的连续批。单独一批或前十批适用 ISO 2859-2：看方案会放过多少不良，不要只看 AQL 数值。",
    )
}

/// What becomes of a lot, and why that is still open.
pub const fn judgement(locale: Locale, judgement: &Judgement) -> &'static str {
    match judgement.verdict {
        InspectionVerdict::Accept => locale.pick("Accept the lot.", "接收本批。"),
        InspectionVerdict::Hold => locale.pick(
            "Hold the lot until the whole sample is checked.",
            "样本尚未检完，本批暂缓处理。",
        ),
        InspectionVerdict::Reject => locale.pick("Reject the lot.", "拒收本批。"),
    }
}

/// What one class of defects says, with its numbers.
pub fn class_judgement(locale: Locale, class: DefectClass, of: &ClassJudgement) -> String {
    let class = defect_class_name(locale, class);
    let (found, inspected) = (number(of.found), number(of.inspected));
    let (accept, reject) = (number(of.accept), number(of.reject));
    let sample = number(of.sample_size);
    match of.verdict {
        InspectionVerdict::Reject => say!(
            locale,
            "{class}: {found} found in {inspected}; from {reject} on the lot is rejected.",
            "{class}：检 {inspected} 件发现 {found} 个，达到拒收数 {reject}，拒收。",
        ),
        InspectionVerdict::Hold => say!(
            locale,
            "{class}: {found} found in {inspected} of {sample}; finish the sample.",
            "{class}：{sample} 件样本已检 {inspected} 件，发现 {found} 个，继续检完。",
        ),
        InspectionVerdict::Accept if of.back_to_normal => say!(
            locale,
            "{class}: {found} found in {inspected}, more than {accept} and fewer than {reject}: the lot is accepted, and the next one is inspected normally.",
            "{class}：检 {inspected} 件发现 {found} 个，多于 {accept}、少于 {reject}：接收本批，下一批恢复正常检验。",
        ),
        InspectionVerdict::Accept => say!(
            locale,
            "{class}: {found} found in {inspected}; up to {accept} are accepted.",
            "{class}：检 {inspected} 件发现 {found} 个，不超过接收数 {accept}，接收。",
        ),
    }
}

/// What the documented rate says, with its numbers.
pub fn rate_judgement(locale: Locale, of: &RateJudgement) -> String {
    let limit = percent(locale, of.defective_batch_percent.normalize());
    let (bad, inspected, sample) = (
        number(of.defective),
        number(of.inspected),
        number(of.sample),
    );
    let Some(rate) = of.percent else {
        return say!(
            locale,
            "Nothing is checked yet: the sample is {sample}.",
            "尚未检验：样本 {sample} 件。",
        );
    };
    let rate = percent(locale, rate);
    match of.verdict {
        InspectionVerdict::Reject if of.inspected < of.sample => say!(
            locale,
            "{bad} bad units among the first {inspected}: even with the rest of the {sample} good, more than {limit} are bad.",
            "前 {inspected} 件中已有 {bad} 件不良：即使 {sample} 件样本中其余都合格，不良率也超过 {limit}。",
        ),
        InspectionVerdict::Reject => say!(
            locale,
            "{bad} bad among {inspected}, {rate}: more than {limit}.",
            "{inspected} 件中 {bad} 件不良，不良率 {rate}，超过 {limit}。",
        ),
        InspectionVerdict::Hold => say!(
            locale,
            "{bad} bad among {inspected} of {sample}; finish the sample.",
            "{sample} 件样本已检 {inspected} 件，{bad} 件不良，继续检完。",
        ),
        InspectionVerdict::Accept => say!(
            locale,
            "{bad} bad among {inspected}, {rate}: not more than {limit}.",
            "{inspected} 件中 {bad} 件不良，不良率 {rate}，未超过 {limit}。",
        ),
    }
}

/// What holds for the next lot, and why.
pub fn switching(locale: Locale, switching: &Switching) -> String {
    match switching.because {
        SwitchingReason::NormalHolds { lots: 0, .. } => say!(
            locale,
            "No lot came before: inspect normally.",
            "之前没有批次：按正常检验。",
        ),
        SwitchingReason::NormalHolds { failed, lots } => {
            let (failed, lots) = (number(failed), number(lots));
            say!(
                locale,
                "Failed of the last lots: {failed} of {lots}. Inspection stays normal.",
                "最近 {lots} 批中有 {failed} 批不合格，继续正常检验。",
            )
        }
        SwitchingReason::TwoOfFiveFailed => say!(
            locale,
            "Two of the last five lots failed: tighten inspection.",
            "最近五批中有两批不合格：转为加严检验。",
        ),
        SwitchingReason::TightenedHolds { accepted, failed } => {
            let (accepted, failed) = (number(accepted), number(failed));
            say!(
                locale,
                "Inspection stays tightened: since it is, {accepted} accepted in a row and {failed} failed in all. Five accepted in a row ease it, five failed stop it.",
                "继续加严检验：加严以来连续合格 {accepted} 批，累计不合格 {failed} 批；连续五批合格恢复正常，累计五批不合格停止接收。",
            )
        }
        SwitchingReason::FiveAccepted => say!(
            locale,
            "Five lots in a row were accepted: go back to normal inspection.",
            "连续五批合格：恢复正常检验。",
        ),
        SwitchingReason::FiveFailed => say!(
            locale,
            "Five lots failed under tightened inspection: accept nothing more until the supplier has mended the cause.",
            "加严检验下累计五批不合格：停止接收，直到供应商整改。",
        ),
    }
}
