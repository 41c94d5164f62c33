//! Scoring and grading suppliers, and comparing quotes: the rules at their limits, what is refused, and
//! what holds for every request.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test may fail by panicking"
)]

mod support;

use landfall::issue::Issue;
use landfall::json::read;
use landfall::quotes::{PlatformOrder, compare_quotes_of, platform_order_amount};
use landfall::supplier::{grade_supplier_of, score_supplier_of};
use proptest::prelude::*;
use serde_json::{Value, json};
use support::{answer_by, config, examples};

fn score(request: &Value) -> Value {
    answer_by(score_supplier_of, request).unwrap()
}

fn grade(request: &Value) -> Value {
    answer_by(grade_supplier_of, request).unwrap()
}

fn compare(request: &Value) -> Value {
    answer_by(compare_quotes_of, request).unwrap()
}

/// A supplier that meets the checklist, with something changed.
fn supplier(changed: &Value) -> Value {
    let mut supplier = json!({
        "checklist": { "verified": true, "transactions": 200, "years": "2", "warehousePhotos": true, "responseHours": "8" },
    });
    for (name, value) in changed.as_object().unwrap() {
        supplier[name] = value.clone();
    }
    supplier
}

fn flags(result: &Value) -> Vec<&str> {
    let flags = result["redFlags"].as_array().unwrap();
    flags
        .iter()
        .map(|flag| flag["flag"].as_str().unwrap())
        .collect()
}

#[test]
fn each_item_is_met_at_its_limit_and_unmet_beyond() {
    let of = |item: &str, value: Value| {
        let mut supplier = supplier(&json!({}));
        supplier["checklist"][item] = value;
        let result = score(&json!({ "supplier": supplier }));
        let items = result["checklist"].as_array().unwrap();
        let entry = items.iter().find(|entry| entry["item"] == item).unwrap();
        (
            entry["state"].as_str().unwrap().to_owned(),
            result["readiness"].as_str().unwrap().to_owned(),
        )
    };
    let met = ("met".to_owned(), "readyForApproval".to_owned());
    let unmet = ("unmet".to_owned(), "notReady".to_owned());
    assert_eq!(of("transactions", json!(200)), met);
    assert_eq!(of("transactions", json!(199)), unmet);
    assert_eq!(of("years", json!("2.0")), met);
    assert_eq!(of("years", json!("1.99999999")), unmet);
    assert_eq!(of("responseHours", json!("8.00")), met);
    assert_eq!(of("responseHours", json!("8.00000001")), unmet);
    assert_eq!(of("verified", json!(false)), unmet);
    assert_eq!(of("warehousePhotos", json!(false)), unmet);
}

#[test]
fn what_is_unknown_leaves_it_incomplete_and_a_red_flag_outweighs_it() {
    let unknown = score(&json!({ "supplier": {} }));
    assert_eq!(unknown["readiness"], "incomplete");
    let states = unknown["checklist"].as_array().unwrap();
    assert_eq!(states.len(), 5);
    assert!(states.iter().all(|entry| entry["state"] == "unknown"));
    let flagged = score(&json!({ "supplier": { "redFlags": ["manyDisputes"] } }));
    assert_eq!(flagged["readiness"], "notReady");
    assert_eq!(flagged["isDisqualified"], true);
    let flagged = score(&json!({ "supplier": supplier(&json!({ "redFlags": ["manyDisputes"] })) }));
    assert_eq!(flagged["readiness"], "notReady");
}

#[test]
fn an_inquiry_measures_the_answer_to_the_second() {
    let of = |answered: &str| {
        let inquiry = json!({ "sentAt": "2026-11-20T23:30:00Z", "answeredAt": answered });
        let result = score(&json!({ "supplier": {}, "inquiry": inquiry }));
        let entry = &result["checklist"][4];
        let band = &result["evidence"][0]["band"];
        [&entry["observed"], &entry["state"], band].map(|text| text.as_str().unwrap().to_owned())
    };
    assert_eq!(of("2026-11-21T07:30:00Z"), ["8", "met", "slow"]);
    assert_eq!(of("2026-11-21T07:30:01Z"), ["8.0003", "unmet", "slow"]);
    assert_eq!(of("2026-11-21T03:30:00.999Z"), ["4", "met", "good"]);
    assert_eq!(of("2026-11-21T00:30:00Z"), ["1", "met", "good"]);
    assert_eq!(of("2026-11-21T00:29:59Z"), ["0.9997", "met", "excellent"]);
    assert_eq!(of("2026-11-20T23:30:00Z"), ["0", "met", "excellent"]);
    let unanswered = json!({ "supplier": {}, "inquiry": { "sentAt": "2026-11-20T23:30:00Z" } });
    assert_eq!(score(&unanswered)["checklist"][4]["state"], "unknown");
}

#[test]
fn a_price_is_far_below_the_market_only_beyond_the_limit() {
    let raised = |price: &str, others: Value| {
        let request = json!({ "supplier": {}, "quotedPriceCny": price, "otherQuotesCny": others });
        !flags(&score(&request)).is_empty()
    };
    assert!(!raised("6", json!(["10"])), "exactly 40 % isn't");
    assert!(raised("5.99999999", json!(["10"])));
    assert!(
        raised("5.99", json!(["11", "1", "9", "1000"])),
        "an even count takes the mean of the middle"
    );
    assert!(!raised("6.00", json!(["11", "1", "9", "1000"])));
    assert!(!raised("0", json!([])), "nothing to compare with");
    assert!(!raised("0", json!(["0", "0"])));
}

#[test]
fn a_badge_counts_from_a_year_on() {
    let of = |evidence: Value| {
        let result = score(&json!({ "supplier": { "evidence": evidence } }));
        !flags(&result).is_empty()
    };
    assert!(of(json!({ "membership": "普通" })));
    assert!(of(json!({ "membership": "诚信通", "years": "0.99" })));
    assert!(!of(json!({ "membership": "诚信通", "years": "1" })));
    assert!(!of(json!({ "membership": "诚信通" })));
    assert!(!of(
        json!({ "membership": "a badge that nobody knows", "years": "3" })
    ));
}

#[test]
fn capacity_is_judged_by_its_scale() {
    let bands = |pieces: u32, lines: u32, staff: u32, area: u32| {
        let evidence = json!({
            "piecesAMonth": pieces, "productionLines": lines, "staff": staff, "floorAreaM2": area,
        });
        let result = score(&json!({ "supplier": { "evidence": evidence } }));
        let axes = result["evidence"].as_array().unwrap();
        let bands: Vec<String> = axes
            .iter()
            .map(|axis| axis["band"].as_str().unwrap().to_owned())
            .collect();
        bands
    };
    assert_eq!(bands(100_001, 6, 101, 5_001), ["excellent"; 4]);
    assert_eq!(bands(100_000, 5, 100, 5_000), ["good"; 4]);
    assert_eq!(bands(50_000, 3, 50, 2_000), ["good"; 4]);
    assert_eq!(bands(49_999, 2, 49, 1_999), ["average"; 4]);
    assert_eq!(bands(10_000, 1, 20, 500), ["average"; 4]);
    assert_eq!(bands(9_999, 0, 19, 499), ["belowAverage"; 4]);
}

#[test]
fn terms_of_payment_have_their_risk() {
    for (terms, risk) in [
        ("onDelivery", "veryLow"),
        ("deposit50", "low"),
        ("deposit30", "medium"),
        ("prepayment", "high"),
        ("offPlatform", "high"),
    ] {
        let result = score(&json!({ "supplier": { "paymentTerms": terms } }));
        assert_eq!(
            result["paymentTerms"],
            json!({ "terms": terms, "risk": risk })
        );
    }
}

#[test]
fn the_median_answer_is_paid_by_steps() {
    let of = |hours: Value| grade(&json!({ "answersHours": hours }))["score"].clone();
    assert_eq!(of(json!(["1"])), "100.00");
    assert_eq!(of(json!(["1.00000001"])), "80.00");
    assert_eq!(of(json!(["4"])), "80.00");
    assert_eq!(of(json!(["4", "4.00000001"])), "60.00");
    assert_eq!(of(json!(["100", "8", "0"])), "60.00");
    assert_eq!(of(json!(["24", "8", "1000"])), "30.00");
    assert_eq!(of(json!(["24.00000001"])), "0.00");
}

#[test]
fn a_small_sample_is_not_flattered() {
    let of = |inspected: u32, defective: u32| {
        let batch = json!({ "inspected": inspected, "defective": defective });
        let rate = grade(&json!({ "batches": [batch] }))["defectRate"].clone();
        ["percent", "upperPercent"].map(|field| rate[field].as_str().unwrap().to_owned())
    };
    assert_eq!(of(1, 0), ["0.00", "79.35"]);
    assert_eq!(of(10, 0), ["0.00", "27.76"]);
    assert_eq!(of(1_000_000_000, 0), ["0.00", "0.01"]);
    assert_eq!(of(80, 1), ["1.25", "6.75"]);
    assert_eq!(of(3, 3), ["100.00", "100.00"]);
}

#[test]
fn an_order_that_never_came_is_late_once_its_day_is_over() {
    let of = |today: &str| {
        let request = json!({ "today": today, "orders": [{ "expected": "2026-11-20" }] });
        grade(&request)["deliveries"].clone()
    };
    assert_eq!(of("2026-11-20"), Value::Null);
    assert_eq!(of("2026-11-21")["onTimePercent"], "0.00");
}

#[test]
fn a_grade_is_reached_at_its_limit() {
    // 100 points of quality and 0, 50, … of delivery, by weights that make the score a round one.
    let of = |complete: [bool; 4], a: &str| {
        let orders = complete.map(|is_complete| json!({ "isComplete": is_complete }));
        grade(&json!({
            "policy": { "supplierGrades": { "a": a, "b": "75", "c": "60" } },
            "orders": orders,
        }))["grade"]
            .clone()
    };
    assert_eq!(of([true, true, true, true], "100"), "A");
    assert_eq!(of([true, true, true, false], "75"), "A");
    assert_eq!(of([true, true, true, false], "75.00000001"), "B");
    assert_eq!(of([true, true, false, false], "90"), "D");
}

#[track_caller]
fn refused(outcome: Result<Value, Vec<Issue>>, expected: &[(&str, &str)]) {
    let issues = serde_json::to_value(outcome.unwrap_err()).unwrap();
    let found: Vec<(&str, &str)> = issues
        .as_array()
        .unwrap()
        .iter()
        .map(|issue| {
            (
                issue["path"].as_str().unwrap(),
                issue["code"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn everything_that_is_wrong_is_reported_at_once() {
    let request = json!({
        "supplier": {
            "checklist": { "transactions": -1, "years": "two", "inquiry": {} },
            "evidence": { "onTimePercent": "101", "creditGrade": "AAAA", "membership": "" },
            "redFlags": ["manyDisputes", "tooCheap"],
            "paymentTerms": "cash",
        },
        "inquiry": { "sentAt": "2026-11-20 09:00", "answeredAt": "2026-11-20T25:00:00Z" },
        "memberships": [{ "label": "X" }],
        "policy": { "supplierChecklist": { "minimumYears": "-1" } },
    });
    refused(
        answer_by(score_supplier_of, &request),
        &[
            ("policy.supplierChecklist.minimumYears", "notDecimal"),
            ("supplier.checklist.inquiry", "unknownField"),
            ("supplier.checklist.transactions", "outOfRange"),
            ("supplier.checklist.years", "notDecimal"),
            ("supplier.evidence.membership", "empty"),
            ("supplier.evidence.onTimePercent", "outOfRange"),
            ("supplier.evidence.creditGrade", "unknownValue"),
            ("supplier.redFlags[1]", "unknownValue"),
            ("supplier.paymentTerms", "unknownValue"),
            ("inquiry.sentAt", "badInstant"),
            ("inquiry.answeredAt", "badInstant"),
            ("memberships[0].tier", "required"),
        ],
    );
    let request = json!({
        "batches": [{ "inspected": 0, "defective": 0 }, { "inspected": 5, "defective": 6 }, { "inspected": 5 }],
        "orders": [{ "expected": "2026-02-30" }],
        "answersHours": ["-1"],
        "prices": [{ "sku": "", "date": "2026-01-01", "unitPriceCny": 1.5 }],
    });
    refused(
        answer_by(grade_supplier_of, &request),
        &[
            ("batches[0].inspected", "outOfRange"),
            ("batches[1].defective", "outOfRange"),
            ("batches[2].defective", "required"),
            ("orders[0].expected", "badDate"),
            ("answersHours[0]", "notDecimal"),
            ("prices[0].sku", "empty"),
            ("prices[0].unitPriceCny", "notExact"),
        ],
    );
}

#[test]
fn an_answer_is_measured_or_given_and_follows_its_inquiry() {
    let inquiry = json!({ "sentAt": "2026-11-20T09:00:00Z", "answeredAt": "2026-11-20T08:59:59Z" });
    refused(
        answer_by(
            score_supplier_of,
            &json!({ "supplier": {}, "inquiry": inquiry }),
        ),
        &[("inquiry.answeredAt", "notAllowedHere")],
    );
    let inquiry = json!({ "sentAt": "2026-11-20T09:00:00Z" });
    let request = json!({ "supplier": supplier(&json!({})), "inquiry": inquiry });
    refused(
        answer_by(score_supplier_of, &request),
        &[("inquiry", "notAllowedHere")],
    );
}

fn quote(price: &str, quantity: u64) -> Value {
    json!({ "request": {
        "homeCurrency": "USD",
        "exchangeRate": { "cnyPerUnit": "7", "asOf": "2026-11-20" },
        "lines": [{ "sku": "MUG", "unitPriceCny": price, "quantity": quantity }],
    } })
}

#[test]
fn issues_and_warnings_of_a_quote_name_the_quote() {
    let mut quotes = [quote("7", 1), quote("8", 1), quote("9", 1), quote("10", 1)];
    quotes[1]["request"]["lines"][0]["quantity"] = json!(0);
    quotes[2]["request"]["homeCurrency"] = json!("EUR");
    quotes[3]["color"] = json!("blue");
    refused(
        answer_by(compare_quotes_of, &json!({ "quotes": quotes })),
        &[
            ("quotes[1].request.lines[0].quantity", "outOfRange"),
            ("quotes[2].request.homeCurrency", "notAllowedHere"),
            ("quotes[3].color", "unknownField"),
        ],
    );
    let mut huge = quote("9999999999", 1_000_000_000);
    huge["request"]["exchangeRate"]["cnyPerUnit"] = json!("0.00000001");
    huge["request"]["homeCurrency"] = json!("KWD");
    refused(
        answer_by(compare_quotes_of, &json!({ "quotes": [huge, huge] })),
        &[
            ("quotes[0].request.lines[0]", "tooLarge"),
            ("quotes[1].request.lines[0]", "tooLarge"),
        ],
    );
    let mut dear = quote("7", 1);
    dear["request"]["exchangeRate"]["spreadPercent"] = json!("11");
    let result = compare(&json!({ "quotes": [quote("7", 1), dear] }));
    assert_eq!(
        result["quotes"][1]["warnings"][0]["path"],
        "quotes[1].request.exchangeRate.spreadPercent"
    );
    assert_eq!(result["notes"], json!([{ "code": "ratesDiffer" }]));
}

#[test]
fn two_to_twenty_quotes_are_compared() {
    let of = |count: usize| {
        let quotes: Vec<Value> = (0..count).map(|_| quote("7", 1)).collect();
        answer_by(compare_quotes_of, &json!({ "quotes": quotes }))
    };
    refused(of(0), &[("quotes", "tooFew")]);
    refused(of(1), &[("quotes", "tooFew")]);
    assert!(of(2).is_ok());
    assert!(of(20).is_ok());
    refused(of(21), &[("quotes", "tooMany")]);
}

#[test]
fn a_difference_below_the_shown_cost_of_a_unit_still_decides() {
    let quotes = [
        quote("7.0000024", 30_000),
        quote("7", 29_999),
        quote("7", 29_999),
    ];
    let result = compare(&json!({ "quotes": quotes }));
    assert_eq!(result["quotes"][0]["perUnit"], "1.0000");
    assert_eq!(result["quotes"][1]["perUnit"], "1.0000");
    let ranks: Vec<u64> = result["quotes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|quote| quote["rank"].as_u64().unwrap())
        .collect();
    assert_eq!(ranks, [3, 1, 1]);
    assert_eq!(result["proposed"], 1);
}

#[test]
fn a_platform_order_is_goods_freight_and_the_fee_on_both() {
    let of = |request: Value| {
        let text = request.to_string();
        let order = PlatformOrder::check(&read(&text).unwrap())?;
        let amount = platform_order_amount(&order).map_err(|issue| vec![issue])?;
        Ok(serde_json::to_value(amount).unwrap())
    };
    let order = json!({
        "currency": "CNY", "goods": "1250", "domesticShipping": "80", "internationalShipping": "640.499", "bankFeePercent": "3",
    });
    assert_eq!(
        of(order).unwrap(),
        json!({
            "currency": "CNY", "goods": "1250.00", "domesticShipping": "80.00", "internationalShipping": "640.50",
            "subtotal": "1970.50", "bankFeePercent": "3", "bankFee": "59.12", "total": "2029.62",
        })
    );
    let bare = of(json!({ "currency": "JPY", "goods": "1250.5" })).unwrap();
    assert_eq!([&bare["bankFee"], &bare["total"]], ["0", "1251"]);
    refused(
        of(json!({ "goods": "-1", "bankFee": "3" })),
        &[
            ("bankFee", "unknownField"),
            ("currency", "required"),
            ("goods", "notDecimal"),
        ],
    );
}

fn decimal(whole: u64) -> impl Strategy<Value = Value> {
    (0..whole, 0_u32..10_000).prop_map(|(whole, rest)| json!(format!("{whole}.{rest:04}")))
}

fn day() -> impl Strategy<Value = String> {
    (1_u32..=12, 1_u32..=28).prop_map(|(month, day)| format!("2026-{month:02}-{day:02}"))
}

/// What a log says, of few articles and days, so that they meet.
fn log() -> impl Strategy<Value = Value> {
    let batch = (1_u32..500).prop_flat_map(|inspected| {
        (0..=inspected)
            .prop_map(move |defective| json!({ "inspected": inspected, "defective": defective }))
    });
    let order = (
        proptest::option::of(day()),
        proptest::option::of(day()),
        proptest::option::of(any::<bool>()),
    )
        .prop_map(|(expected, delivered, complete)| {
            let mut order = json!({});
            for (name, day) in [("expected", expected), ("delivered", delivered)] {
                if let Some(day) = day {
                    order[name] = json!(day);
                }
            }
            if let Some(complete) = complete {
                order["isComplete"] = json!(complete);
            }
            order
        });
    let price = (
        prop::sample::select(&["A", "B", "C"][..]),
        day(),
        decimal(40),
    )
        .prop_map(|(sku, date, price)| json!({ "sku": sku, "date": date, "unitPriceCny": price }));
    (
        prop::collection::vec(batch, 0..5),
        prop::collection::vec(order, 0..6),
        prop::collection::vec(decimal(30), 0..6),
        prop::collection::vec(price, 0..12),
        day(),
    )
        .prop_map(|(batches, orders, answers, prices, today)| {
            json!({
                "today": today, "batches": batches, "orders": orders, "answersHours": answers, "prices": prices,
            })
        })
}

/// A figure in units of its last decimal.
fn units(figure: &Value) -> i128 {
    figure.as_str().unwrap().replace('.', "").parse().unwrap()
}

/// Turns every list of a request's first level.
fn turned(request: &Value, by: usize) -> Value {
    let mut turned = request.clone();
    for value in turned.as_object_mut().unwrap().values_mut() {
        if let Some(list) = value.as_array_mut()
            && !list.is_empty()
        {
            let by = by % list.len();
            list.rotate_left(by);
        }
    }
    turned
}

fn rank_of(grade: &Value) -> usize {
    ["A", "B", "C", "D"]
        .iter()
        .position(|known| grade == known)
        .unwrap()
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn the_order_of_a_log_does_not_matter(log in log(), by in 1_usize..9) {
        prop_assert_eq!(grade(&log), grade(&turned(&log, by)));
    }

    #[test]
    fn scores_and_shared_weights_stay_within_a_hundred(log in log()) {
        let result = grade(&log);
        let axes = result["axes"].as_object().unwrap();
        let known: Vec<&Value> = axes.values().filter(|axis| !axis["score"].is_null()).collect();
        let score = &result["score"];
        prop_assert_eq!(score.is_null(), known.is_empty());
        prop_assert_eq!(score.is_null(), result["grade"].is_null());
        for score in known.iter().map(|axis| &axis["score"]).chain([score].into_iter().filter(|score| !score.is_null())) {
            prop_assert!((0..=10_000).contains(&units(score)), "{}", score);
        }
        let shared: i128 = axes.values().map(|axis| units(&axis["sharedWeight"])).sum();
        prop_assert_eq!(shared, if known.is_empty() { 0 } else { 10_000 });
    }

    #[test]
    fn more_defects_never_raise_the_grade(log in log(), sound in 1_u64..500, defective in 0_u64..20) {
        let with = |defective: u64| {
            let mut log = log.clone();
            let batch = json!({ "inspected": sound + 20, "defective": defective });
            log["batches"].as_array_mut().unwrap().push(batch);
            grade(&log)
        };
        let (before, after) = (with(defective), with(defective + 1));
        prop_assert!(units(&after["score"]) <= units(&before["score"]));
        prop_assert!(rank_of(&after["grade"]) >= rank_of(&before["grade"]));
        let upper = |result: &Value| units(&result["defectRate"]["upperPercent"]);
        prop_assert!(upper(&after) >= upper(&before));
    }

    #[test]
    fn the_upper_end_lies_above_the_rate_and_draws_near_with_more_units(
        defective in 0_u64..200, more in 0_u64..2_000, times in 2_u64..50,
    ) {
        let of = |times: u64| {
            let batch = json!({ "inspected": (defective + more + 1) * times, "defective": defective * times });
            let rate = grade(&json!({ "batches": [batch] }))["defectRate"].clone();
            (units(&rate["percent"]), units(&rate["upperPercent"]))
        };
        let ((rate, upper), (same_rate, nearer)) = (of(1), of(times));
        prop_assert_eq!(rate, same_rate);
        prop_assert!(upper > rate && upper <= 10_000);
        prop_assert!(nearer <= upper && nearer >= rate);
    }

    #[test]
    fn quotes_rank_alike_in_any_order(
        prices in prop::collection::vec((decimal(20), 1_u64..4, decimal(300)), 2..8), by in 1_usize..8,
    ) {
        let quotes: Vec<Value> = prices.iter().enumerate().map(|(index, (price, quantity, freight))| {
            let mut quote = quote(price.as_str().unwrap(), quantity * 100);
            quote["label"] = json!(index.to_string());
            let rate = json!({ "type": "flat", "amount": freight });
            quote["request"]["charges"] = json!([{ "component": "domesticShipping", "currency": "CNY", "rate": rate }]);
            quote
        }).collect();
        let request = json!({ "quotes": quotes });
        let (result, other) = (compare(&request), compare(&turned(&request, by)));
        let ranked = result["quotes"].as_array().unwrap();
        for quote in ranked {
            let mut others = other["quotes"].as_array().unwrap().iter();
            let same = others.find(|other| other["label"] == quote["label"]).unwrap();
            for field in ["rank", "total", "perUnit", "listPriceCny", "listPriceRank"] {
                prop_assert_eq!(&quote[field], &same[field]);
            }
            let components = quote["components"].as_array().unwrap();
            let sum = |field: &str| components.iter().map(|component| units(&component[field])).sum::<i128>();
            prop_assert_eq!(sum("difference"), units(&quote["difference"]));
            prop_assert_eq!(sum("amount"), units(&quote["total"]));
        }
        let proposed = &ranked[usize::try_from(result["proposed"].as_u64().unwrap()).unwrap()];
        prop_assert_eq!(&proposed["rank"], 1);
        prop_assert_eq!(units(&proposed["difference"]), 0);
    }

    /// Any place of an example replaced by anything: an answer or issues, each with its place.
    #[test]
    fn a_broken_request_is_answered(
        example in any::<prop::sample::Index>(), place in any::<prop::sample::Index>(),
        other in prop::sample::select(&[
            "null", "true", "1.5", "-1", "0", "1000000000", "\"\"", "\"9999999999.99999999\"", "\"0.00000001\"",
            "\"text\"", "[]", "{}", "[[]]", "\"2026-11-20\"", "\"2026-11-20T10:00:00Z\"", "\"手\"",
        ][..]),
    ) {
        type Answer = fn(&Value) -> Result<Value, Vec<Issue>>;
        let all: [(&str, Answer); 3] = [
            ("score-supplier", |request| answer_by(score_supplier_of, request)),
            ("grade-supplier", |request| answer_by(grade_supplier_of, request)),
            ("compare-quotes", |request| answer_by(compare_quotes_of, request)),
        ];
        for (folder, answer) in all {
            let examples = examples(folder);
            let mut request = examples[example.index(examples.len())].1["request"].clone();
            let mut places = Vec::new();
            each_place(&request, String::new(), &mut places);
            let pointer = &places[place.index(places.len())];
            *request.pointer_mut(pointer).unwrap() = serde_json::from_str(other).unwrap();
            if let Err(issues) = answer(&request) {
                prop_assert!(!issues.is_empty());
                prop_assert!(issues.iter().all(|issue| !issue.path.is_empty()), "{:?}", issues);
            }
        }
    }
}

fn each_place(value: &Value, pointer: String, out: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                each_place(value, format!("{pointer}/{name}"), out);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                each_place(value, format!("{pointer}/{index}"), out);
            }
        }
        _ => {}
    }
    if !pointer.is_empty() {
        out.push(pointer);
    }
}
