//! Answers as JSON text, with sentences in the reader's language.

use std::borrow::Cow;

use landfall::check::Named;
use landfall::control::{BacktestRequest, Flag, WeeklyLog, WeeklyReportRequest, backtest};
use landfall::issue::Issue;
use landfall::json::{self, Json};
use landfall::landed_cost::{self, LandedCost, LineCost, Working};
use landfall::order::{OrderCheckRequest, check_order};
use landfall::quotes;
use landfall::receiving::deadlines_of;
use landfall::sampling::{self, DetectionRequest, Seed, acceptance_plan_of, judge_inspection_of};
use landfall::supplier::{self, PerformanceAxis};
use landfall_words::{self as words, Locale};
use serde::Serialize;

/// An answer as it is written: one object, or a list of objects.
pub struct Answer {
    text: Vec<u8>,
    locale: Locale,
    is_list: bool,
}

impl Answer {
    /// An answer with one object.
    pub fn new(locale: &str) -> Answer {
        Answer {
            text: Vec::new(),
            locale: Locale::from_tag(locale).unwrap_or(Locale::En),
            is_list: false,
        }
    }

    /// An answer with a list of objects, to a request of so many bytes. Results are longer than
    /// requests; a text of megabytes isn't moved as it grows.
    pub fn list(locale: &str, request: usize) -> Answer {
        let mut text = Vec::with_capacity(request.saturating_mul(2));
        text.push(b'[');
        Answer {
            text,
            is_list: true,
            ..Answer::new(locale)
        }
    }

    /// Adds the landed cost of a raw request. Sentences join warnings and, where the request asks
    /// for it, working.
    pub fn landed_cost(&mut self, request: &Json<'_>) {
        let locale = self.locale;
        match landed_cost::landed_cost_of(request) {
            Ok(result) => {
                let result = result.map_warnings(|warning| {
                    spoken(&warning, "message", words::warning(locale, &warning))
                });
                self.object("result", |text| {
                    if result.working.is_none() {
                        write(text, &result);
                    } else {
                        speak(locale, &result, text);
                    }
                });
            }
            Err(issues) => self.issues(&issues),
        }
    }

    /// Adds the verdict on a raw order, with a sentence in each finding.
    pub fn order_check(&mut self, request: &Json<'_>) {
        let locale = self.locale;
        let verdict = OrderCheckRequest::check(request).and_then(|request| {
            let verdict = check_order(&request).map_err(|issue| vec![issue])?;
            Ok((verdict, request.policy.home_currency))
        });
        self.outcome(verdict.map(|(verdict, home)| {
            let mut tree = tree(&verdict);
            for (slot, finding) in items_of(&mut tree, "findings").zip(&verdict.findings) {
                add(slot, "message", words::finding(locale, home, finding));
            }
            tree
        }));
    }

    /// Adds what is known of a new supplier, with a sentence in the whole and in each of its items and
    /// red flags.
    pub fn supplier_score(&mut self, request: &Json<'_>) {
        let locale = self.locale;
        let outcome = supplier::score_supplier_of(request).map(|score| {
            let mut tree = tree(&score);
            for (slot, entry) in items_of(&mut tree, "checklist").zip(&score.checklist) {
                add(slot, "message", words::checklist_entry(locale, entry));
            }
            for (slot, flag) in items_of(&mut tree, "redFlags").zip(&score.red_flags) {
                add(slot, "message", words::raised_flag(locale, flag));
            }
            let message = words::supplier_score(locale, &score);
            add(&mut tree, "message", message.to_owned());
            tree
        });
        self.outcome(outcome);
    }

    /// Adds the grade of a supplier, with what it means and how the score of each axis came about.
    pub fn supplier_grade(&mut self, request: &Json<'_>) {
        let locale = self.locale;
        let outcome = supplier::grade_supplier_of(request).map(|grade| {
            let mut tree = tree(&grade);
            if let Some(axes) = tree.get_mut("axes") {
                for axis in PerformanceAxis::ALL {
                    if let Some(slot) = axes.get_mut(axis.name()) {
                        let sentence = words::performance(locale, &grade, *axis);
                        add(slot, "sentence", sentence);
                    }
                }
            }
            add(&mut tree, "message", words::supplier_grade(locale, &grade));
            tree
        });
        self.outcome(outcome);
    }

    /// Adds a comparison of quotes. Sentences join its notes and warnings.
    pub fn comparison(&mut self, request: &Json<'_>) {
        let locale = self.locale;
        let outcome = quotes::compare_quotes_of(request).map(|comparison| {
            comparison.map(
                |note| {
                    let sentence = words::comparison_note(locale, note);
                    spoken(&note, "message", sentence.to_owned())
                },
                |warning| spoken(&warning, "message", words::warning(locale, &warning)),
            )
        });
        self.outcome(outcome);
    }

    /// Adds what a change of the rules would have done to raw past orders, with a sentence for the whole and
    /// for each order.
    pub fn backtest(&mut self, request: &Json<'_>) {
        let locale = self.locale;
        let found = BacktestRequest::check(request).and_then(|request| {
            let found = backtest(&request).map_err(|issue| vec![issue])?;
            Ok((found, request.before.home_currency))
        });
        self.outcome(found.map(|(found, home)| {
            let mut tree = tree(&found);
            for (list, all) in [
                ("wouldStop", &found.would_stop),
                ("wouldPass", &found.would_pass),
                ("wouldChange", &found.would_change),
            ] {
                for (slot, tried) in items_of(&mut tree, list).zip(all) {
                    add(slot, "message", words::tried(locale, home, tried));
                }
            }
            add(&mut tree, "message", words::backtest(locale, home, &found));
            tree
        }));
    }

    /// Adds the spot check of raw lots, with a sentence on what it sees of each.
    pub fn spot_check(&mut self, request: &Json<'_>, drawn: Seed) {
        let locale = self.locale;
        let outcome = sampling::spot_check_plan_of(request, drawn).map(|plan| {
            let mut tree = tree(&plan);
            for (slot, lot) in items_of(&mut tree, "lots").zip(&plan.lots) {
                let limit = lot.defective_batch_percent;
                if let Some(slot) = slot.get_mut("detection") {
                    let sentence =
                        words::detection(locale, lot.units, lot.sample, limit, &lot.detection);
                    add(slot, "sentence", sentence);
                }
            }
            tree
        });
        self.outcome(outcome);
    }

    /// Adds the acceptance plan of a raw lot, with a sentence where a class has something to be known.
    pub fn acceptance(&mut self, request: &Json<'_>) {
        let locale = self.locale;
        let outcome = acceptance_plan_of(request).map(|plan| {
            let mut tree = tree(&plan);
            for (class, plan) in plan.iter() {
                if let Some((slot, note)) = tree
                    .get_mut(class.name())
                    .zip(words::plan_note(locale, plan))
                {
                    add(slot, "sentence", note);
                }
            }
            tree
        });
        self.outcome(outcome);
    }

    /// Adds the judgement on a raw inspection, with a sentence for the whole and for each part.
    pub fn judgement(&mut self, request: &Json<'_>) {
        let locale = self.locale;
        let outcome = judge_inspection_of(request).map(|judgement| {
            let mut tree = tree(&judgement);
            for (class, of) in judgement.classes.iter() {
                if let Some(slot) = tree.get_mut(class.name()) {
                    add(slot, "sentence", words::class_judgement(locale, class, of));
                }
            }
            if let Some((slot, of)) = tree.get_mut("rate").zip(judgement.rate) {
                add(slot, "sentence", words::rate_judgement(locale, &of));
            }
            add(
                &mut tree,
                "message",
                words::judgement(locale, &judgement).to_owned(),
            );
            tree
        });
        self.outcome(outcome);
    }

    /// Adds what a sample can see, with a sentence.
    pub fn detection(&mut self, request: &Json<'_>) {
        let locale = self.locale;
        let outcome = DetectionRequest::check(request).map(|request| {
            let seen = sampling::detection(&request);
            let DetectionRequest {
                lot,
                sample,
                percent,
            } = request;
            spoken(
                &seen,
                "sentence",
                words::detection(locale, lot, sample, percent, &seen),
            )
        });
        self.outcome(outcome);
    }

    /// Adds the clocks of raw shipments, with what to do about each.
    pub fn deadlines(&mut self, request: &Json<'_>) {
        let locale = self.locale;
        let outcome = deadlines_of(request).map(|deadlines| {
            let mut tree = tree(&deadlines);
            for (slot, clock) in items_of(&mut tree, "clocks").zip(&deadlines.clocks) {
                add(slot, "message", words::deadline(locale, clock));
            }
            tree
        });
        self.outcome(outcome);
    }

    /// Adds the report of a raw week, with a sentence in each number and problem batch, and with what to do in
    /// each red flag.
    pub fn weekly_report(&mut self, request: &Json<'_>) {
        let locale = self.locale;
        let outcome = WeeklyReportRequest::check(request).and_then(|request| {
            let report = request.report().map_err(|issue| vec![issue])?;
            let mut tree = tree(&report);
            let home = &report.home_currency;
            for (number, sentence) in [
                ("defects", words::defect_rate(locale, &report.defects)),
                ("leadTime", words::lead_time(locale, &report.lead_time)),
                ("cost", words::cost_change(locale, home, &report.cost)),
            ] {
                if let Some(slot) = tree.get_mut(number) {
                    add(slot, "sentence", sentence);
                }
            }
            let flags = items_of(&mut tree, "redFlags").zip(&report.red_flags);
            for (slot, flag) in flags {
                let name = subject(flag, &request.log);
                add(slot, "action", flag.action().name().to_owned());
                add(slot, "message", words::weekly_flag(locale, flag, name));
            }
            let limit = request.policy.receiving.defective_batch_percent;
            let problems = items_of(&mut tree, "problemBatches").zip(&report.problem_batches);
            for (slot, problem) in problems {
                let sentence = words::problem_batch(locale, problem, limit);
                add(slot, "sentence", sentence);
            }
            Ok(tree)
        });
        self.outcome(outcome);
    }

    /// Adds a result, or what is wrong with the request.
    pub fn outcome<T: Serialize>(&mut self, outcome: Result<T, Vec<Issue>>) {
        match outcome {
            Ok(result) => self.object("result", |text| write(text, &result)),
            Err(issues) => self.issues(&issues),
        }
    }

    /// Adds what is wrong with a request.
    pub fn issues(&mut self, issues: &[Issue]) {
        let spoken: Vec<Spoken> = issues
            .iter()
            .map(|issue| spoken(issue, "message", words::issue(self.locale, issue)))
            .collect();
        self.object("issues", |text| write(text, &spoken));
    }

    fn object(&mut self, name: &str, value: impl FnOnce(&mut Vec<u8>)) {
        if self.is_list && self.text.len() > 1 {
            self.text.push(b',');
        }
        self.text.extend_from_slice(b"{\"");
        self.text.extend_from_slice(name.as_bytes());
        self.text.extend_from_slice(b"\":");
        value(&mut self.text);
        self.text.push(b'}');
    }

    /// The answer's text.
    pub fn into_text(mut self) -> String {
        if self.is_list {
            self.text.push(b']');
        }
        String::from_utf8(self.text).unwrap_or_default()
    }
}

/// Writes a value as JSON. A Vec takes every byte, and our types have text keys only, so that
/// nothing can fail.
fn write<T: Serialize + ?Sized>(text: &mut Vec<u8>, value: &T) {
    let start = text.len();
    if serde_json::to_writer(&mut *text, value).is_err() {
        text.truncate(start);
        text.extend_from_slice(b"null");
    }
}

/// An issue or a warning with its sentence.
type Spoken = Json<'static>;

fn spoken<T: Serialize>(of: &T, name: &'static str, sentence: String) -> Spoken {
    let mut tree = tree(of);
    add(&mut tree, name, sentence);
    tree
}

/// A value as a tree that can be added to.
fn tree<T: Serialize + ?Sized>(value: &T) -> Json<'static> {
    let mut text = Vec::new();
    write(&mut text, value);
    read_again(text)
}

/// The tree of a text that was just written.
#[inline(never)]
fn read_again(text: Vec<u8>) -> Json<'static> {
    let text = String::from_utf8(text).unwrap_or_default();
    json::read(&text).map_or(Json::Null, Json::into_owned)
}

/// What a red flag is about, by the name that it has in the log.
fn subject<'n>(flag: &'n Flag, log: &'n WeeklyLog) -> &'n str {
    match flag {
        Flag::ConsecutiveDefectiveBatches { supplier_id, .. }
        | Flag::TwoOfFiveDefective { supplier_id, .. } => {
            let mut suppliers = log.suppliers.iter();
            let supplier = suppliers.find(|supplier| supplier.id == *supplier_id);
            supplier
                .and_then(|supplier| supplier.name.as_deref())
                .unwrap_or(supplier_id)
        }
        Flag::CostIncrease { order_id, .. } => order_id,
        Flag::TooManyEscalations { .. } => "",
    }
}

/// Writes a result with a sentence in every working.
fn speak(locale: Locale, result: &LandedCost<Spoken>, text: &mut Vec<u8>) {
    let home = result.home_currency;
    let working = |of: &Working| words::working(locale, home, of);
    let mut tree = tree(result);
    if let Some(of) = &result.working {
        let all = [("total", &of.total), ("perUnit", &of.per_unit)];
        say(Some(&mut tree), &all, working);
    }
    if let Some(of) = &result.cash.working {
        let all = [
            ("supplier", &of.supplier),
            ("agent", &of.agent),
            ("forwarder", &of.forwarder),
            ("customs", &of.customs),
            ("arrival", &of.arrival),
            ("total", &of.total),
        ];
        say(tree.get_mut("cash"), &all, working);
    }
    for (slot, component) in items_of(&mut tree, "components").zip(&result.components) {
        if let Some(of) = &component.working {
            let all = [
                ("amount", &of.amount),
                ("percentOfTotal", &of.percent_of_total),
                ("perUnit", &of.per_unit),
            ];
            say(Some(slot), &all, working);
        }
    }
    for (slot, charge) in items_of(&mut tree, "charges").zip(&result.charges) {
        if let Some(of) = &charge.working {
            let all = [("amount", &of.amount)];
            say(Some(slot), &all, |of| {
                words::charge_working(locale, home, of)
            });
        }
    }
    for (slot, line) in items_of(&mut tree, "lines").zip(&result.lines) {
        say_line(slot, line, working);
    }
    if let Some(of) = &result.shipment.working {
        let all = [("chargeableKg", &of.chargeable_kg)];
        say(tree.get_mut("shipment"), &all, |of| {
            words::chargeable(locale, of)
        });
    }
    if let Some(of) = &result.customs.working {
        let all = [
            ("value", &of.value),
            ("duty", &of.duty),
            ("vatBase", &of.vat_base),
            ("vat", &of.vat),
        ];
        say(tree.get_mut("customs"), &all, working);
    }
    write(text, &tree);
}

fn say_line(slot: &mut Json<'_>, line: &LineCost, working: impl Fn(&Working) -> String) {
    let Some(of) = &line.working else {
        return;
    };
    let all = [("total", &of.total), ("perUnit", &of.per_unit)];
    say(Some(&mut *slot), &all, &working);
    let slots = slot.get_mut("working");
    if let Some(slots) = slots.and_then(|all| all.get_mut("components")) {
        for (component, of) in of.components.iter() {
            if let Some(slot) = slots.get_mut(component.name()) {
                add(slot, "sentence", working(of));
            }
        }
    }
}

/// Puts a sentence into the working of each of these amounts of an object.
fn say<W>(object: Option<&mut Json<'_>>, all: &[(&str, &W)], sentence: impl Fn(&W) -> String) {
    let Some(workings) = object.and_then(|object| object.get_mut("working")) else {
        return;
    };
    for (amount, working) in all {
        if let Some(slot) = workings.get_mut(amount) {
            add(slot, "sentence", sentence(working));
        }
    }
}

fn items<'t, 'j>(tree: &'t mut Json<'j>) -> impl Iterator<Item = &'t mut Json<'j>> {
    let items = match tree {
        Json::List(items) => Some(items),
        Json::Null
        | Json::Boolean(_)
        | Json::Integer(_)
        | Json::Inexact
        | Json::Text(_)
        | Json::Object(_) => None,
    };
    items.into_iter().flatten()
}

fn items_of<'t, 'j>(tree: &'t mut Json<'j>, name: &str) -> impl Iterator<Item = &'t mut Json<'j>> {
    tree.get_mut(name).into_iter().flat_map(items)
}

fn add(slot: &mut Json<'_>, name: &'static str, sentence: String) {
    if let Json::Object(fields) = slot {
        fields.push((Cow::Borrowed(name), Json::Text(Cow::Owned(sentence))));
    }
}
