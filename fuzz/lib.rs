//! What holds for every text that reaches the calculation: no panic; issues with places, or a result
//! whose parts sum to the whole; and words for all of it in every language.

use std::borrow::Cow;

use landfall::control::{Part, weekly_report_of};
use landfall::issue::{Issue, Problem};
use landfall::json::{self, Json};
use landfall::landed_cost::{Component, LandedCost, landed_cost_of, selling_price_of};
use landfall::money::{Currency, Figure};
use landfall_words::{
    Locale, charge_working, chargeable, cost_change, defect_rate, issue, lead_time, warning,
    weekly_flag, working,
};
use rust_decimal::Decimal;

/// Any text as the request of a landed cost, as it is and with every amount explained.
pub fn request(text: &str) {
    let mut json = match json::read(text) {
        Ok(json) => json,
        Err(issue) => return check_issues(&[issue]),
    };
    let plain = landed_cost_of(&json);
    match &plain {
        Ok(result) => check_result(result),
        Err(issues) => check_issues(issues),
    }
    if !ask_to_explain(&mut json) {
        return;
    }
    match (plain, landed_cost_of(&json)) {
        (Ok(plain), Ok(explained)) => {
            check_result(&explained);
            assert_eq!(
                digits(&plain),
                digits(&explained),
                "an explanation changes no number"
            );
            check_workings(&explained);
        }
        // What was wrong may have been the field that is replaced here.
        (Err(_), Ok(explained)) => check_workings(&explained),
        (Err(_), Err(issues)) => check_issues(&issues),
        (Ok(_), Err(issues)) => panic!("only the explanation fails: {issues:?}"),
    }
}

/// Any text as the request of a selling price.
pub fn selling_price(text: &str) {
    let json = match json::read(text) {
        Ok(json) => json,
        Err(issue) => return check_issues(&[issue]),
    };
    match selling_price_of(&json) {
        Ok(price) => {
            assert!(price.break_even <= price.target);
            assert!(price.net_at_target <= price.target);
            assert!(price.profit_per_unit_at_target <= price.net_at_target);
            let scale = price.target.scale();
            for figure in [
                price.break_even,
                price.net_at_target,
                price.profit_per_unit_at_target,
            ] {
                assert_eq!(figure.scale(), scale);
            }
            assert!(serde_json::to_string(&price).is_ok());
        }
        Err(issues) => check_issues(&issues),
    }
}

/// Any text as the request of the report of a week.
pub fn weekly_report(text: &str) {
    let json = match json::read(text) {
        Ok(json) => json,
        Err(issue) => return check_issues(&[issue]),
    };
    let report = match weekly_report_of(&json) {
        Ok(report) => report,
        Err(issues) => return check_issues(&issues),
    };
    assert!(report.defects.defective <= report.defects.inspected);
    let cost = &report.cost;
    let check_parts = |amount: Figure, baseline: Figure, change: Figure, parts: &[Part]| {
        let difference = amount.mantissa() - baseline.mantissa();
        assert_eq!(
            difference,
            change.mantissa(),
            "the change is the difference"
        );
        let sum: i128 = parts.iter().map(|part| part.change.mantissa()).sum();
        assert_eq!(sum, change.mantissa(), "parts sum to the change");
    };
    check_parts(cost.amount, cost.baseline_amount, cost.change, &cost.parts);
    for line in &cost.lines {
        check_parts(line.amount, line.baseline_amount, line.change, &line.parts);
    }
    for locale in Locale::ALL {
        check_words(&defect_rate(locale, &report.defects));
        check_words(&lead_time(locale, &report.lead_time));
        check_words(&cost_change(locale, &report.home_currency, cost));
        for flag in &report.red_flags {
            check_words(&weekly_flag(locale, flag, "name"));
        }
    }
    assert!(serde_json::to_string(&report).is_ok());
}

/// Sets `explain` to true; false where there is no object to set it in.
fn ask_to_explain(json: &mut Json<'_>) -> bool {
    if let Some(explain) = json.get_mut("explain") {
        *explain = Json::Boolean(true);
        return true;
    }
    let Json::Object(fields) = json else {
        return false;
    };
    fields.push((Cow::Borrowed("explain"), Json::Boolean(true)));
    true
}

fn check_issues(issues: &[Issue]) {
    assert!(!issues.is_empty(), "an error without an issue");
    for found in issues {
        let of_the_whole = matches!(
            found.problem,
            Problem::NotJson { .. } | Problem::WrongType { .. } | Problem::TooLarge
        );
        let field_without_name = matches!(found.problem, Problem::UnknownField { .. });
        assert!(
            !found.path.is_empty() || of_the_whole || field_without_name,
            "no place: {found:?}"
        );
        for locale in Locale::ALL {
            check_words(&issue(locale, found));
        }
        assert!(serde_json::to_string(found).is_ok());
    }
}

/// The parts sum to the whole, by component, line, charge and payee; every figure has its decimals.
fn check_result(result: &LandedCost) {
    let decimals = Currency::from_code(result.home_currency)
        .expect("the result's currency is known")
        .decimals();
    let minor = |figure: Figure| {
        assert_eq!(figure.scale(), decimals, "decimals of an amount");
        assert!(!figure.is_sign_negative());
        figure.mantissa()
    };
    let scaled = |figure: Figure, scale: u32| assert_eq!(figure.scale(), scale, "decimals");
    let total = minor(result.total);
    scaled(result.per_unit, 4);
    assert_eq!(result.components.len(), 12);
    let of_components: i128 = result
        .components
        .iter()
        .map(|part| minor(part.amount))
        .sum();
    assert_eq!(of_components, total, "components sum to the total");
    let of_lines: i128 = result.lines.iter().map(|line| minor(line.total)).sum();
    assert_eq!(of_lines, total, "lines sum to the total");
    for line in &result.lines {
        let parts = line.components.values().iter();
        let sum: i128 = parts.map(|part| minor(*part)).sum();
        assert_eq!(
            sum,
            minor(line.total),
            "a line is the sum of its components"
        );
        scaled(line.per_unit, 4);
    }
    for (index, part) in result.components.iter().enumerate() {
        let amount = minor(part.amount);
        scaled(part.per_unit, 4);
        scaled(part.percent_of_total, 2);
        let lines = result.lines.iter();
        let of_lines: i128 = lines
            .map(|line| minor(line.components.values()[index]))
            .sum();
        assert_eq!(of_lines, amount, "a component is the sum over the lines");
        let of_charges: i128 = result
            .charges
            .iter()
            .filter(|charge| charge.component.component() == part.component)
            .map(|charge| minor(charge.amount))
            .sum();
        let computed = matches!(
            part.component,
            Component::Goods | Component::ImportDuty | Component::Vat | Component::Defects
        );
        assert_eq!(
            of_charges,
            if computed { 0 } else { amount },
            "a component is the sum of its charges"
        );
    }
    let cash = &result.cash;
    let payees = [
        cash.supplier,
        cash.agent,
        cash.forwarder,
        cash.customs,
        cash.arrival,
    ];
    let paid: i128 = payees.into_iter().map(minor).sum();
    assert_eq!(paid, minor(cash.total), "payees sum to the cash");
    let of = |component: Component| minor(result.components[component as usize].amount);
    let recovered = minor(result.customs.vat) - of(Component::Vat);
    assert!(recovered == 0 || result.customs.vat_recoverable);
    assert_eq!(
        paid + of(Component::Defects),
        total + recovered,
        "cash is the cost without the provision, with the VAT that comes back"
    );
    assert_eq!(minor(result.customs.duty), of(Component::ImportDuty));
    minor(result.customs.value);
    minor(result.customs.vat_base);
    scaled(result.shipment.gross_kg, 3);
    scaled(result.shipment.volume_cbm, 6);
    if let Some(kg) = result.shipment.chargeable_kg {
        scaled(kg, 3);
    }
    for found in &result.warnings {
        assert!(!found.path.is_empty());
        for locale in Locale::ALL {
            check_words(&warning(locale, found));
        }
    }
    assert!(serde_json::to_string(result).is_ok());
}

/// Every figure of a result that an explanation might disturb.
fn digits(result: &LandedCost) -> Vec<Decimal> {
    let cash = &result.cash;
    let customs = &result.customs;
    let mut figures = vec![
        result.total,
        result.per_unit,
        cash.supplier,
        cash.agent,
        cash.forwarder,
        cash.customs,
        cash.arrival,
        cash.total,
        customs.value,
        customs.duty,
        customs.vat_base,
        customs.vat,
        result.shipment.gross_kg,
        result.shipment.volume_cbm,
    ];
    figures.extend(result.shipment.chargeable_kg);
    for part in &result.components {
        figures.extend([part.amount, part.percent_of_total, part.per_unit]);
    }
    figures.extend(result.charges.iter().map(|charge| charge.amount));
    for line in &result.lines {
        figures.extend([line.total, line.per_unit]);
        figures.extend(line.components.values());
    }
    figures.into_iter().map(Decimal::from).collect()
}

/// Every amount of an explained result has a working, and every working has words.
fn check_workings(result: &LandedCost) {
    let home = result.home_currency;
    let total = result.working.as_ref().expect("working of the total");
    let cash = result.cash.working.as_ref().expect("working of the cash");
    let customs = result.customs.working.as_ref().expect("working of customs");
    let mut workings = vec![
        &total.total,
        &total.per_unit,
        &cash.supplier,
        &cash.agent,
        &cash.forwarder,
        &cash.customs,
        &cash.arrival,
        &cash.total,
        &customs.value,
        &customs.duty,
        &customs.vat_base,
        &customs.vat,
    ];
    for part in &result.components {
        let how = part.working.as_ref().expect("working of a component");
        workings.extend([&how.amount, &how.percent_of_total, &how.per_unit]);
    }
    for line in &result.lines {
        let how = line.working.as_ref().expect("working of a line");
        workings.extend([&how.total, &how.per_unit]);
        workings.extend(how.components.values());
    }
    for locale in Locale::ALL {
        for how in &workings {
            check_words(&working(locale, home, how));
        }
        for charge in &result.charges {
            let how = charge.working.as_ref().expect("working of a charge");
            check_words(&charge_working(locale, home, &how.amount));
        }
        if result.shipment.chargeable_kg.is_some() {
            let how = result.shipment.working.as_ref();
            let how = how.expect("working of the chargeable weight");
            check_words(&chargeable(locale, &how.chargeable_kg));
        }
    }
}

fn check_words(words: &str) {
    assert!(!words.is_empty(), "a code without words");
}
