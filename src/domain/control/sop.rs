//! The procedure itself: when it is reviewed, and how far new staff are.

use std::rc::Rc;

use chrono::{Days, NaiveDate, NaiveDateTime};
use rust_decimal::Decimal;

use crate::check::named;
use crate::policy::SopRules;

/// Whether the procedure is to be reviewed, and why.
#[derive(Clone, PartialEq, Debug)]
pub struct Review {
    /// Whether it is due.
    pub is_due: bool,
    /// Orders placed since the last review, or ever.
    pub orders: usize,
    /// After how many it is due.
    pub every: u32,
    /// Incidents since the last review whose loss is above the limit, by their ids, oldest first.
    pub incidents: Vec<Rc<str>>,
}

/// Whether the procedure is to be reviewed: after so many orders since the last time, and at once after an
/// incident whose loss is above the limit.
pub fn review(
    rules: &SopRules,
    last: Option<NaiveDateTime>,
    orders: impl Iterator<Item = NaiveDateTime>,
    incidents: impl Iterator<Item = (Rc<str>, NaiveDateTime, Decimal)>,
) -> Review {
    let is_since = |at: NaiveDateTime| last.is_none_or(|last| at > last);
    let orders = orders.filter(|at| is_since(*at)).count();
    let mut incidents: Vec<_> = incidents
        .filter(|(_, at, loss)| is_since(*at) && *loss > rules.incident_loss.0)
        .collect();
    incidents.sort_by(|one, other| (one.1, &one.0).cmp(&(other.1, &other.0)));
    let is_enough = usize::try_from(rules.review_every_orders).is_ok_and(|every| orders >= every);
    Review {
        is_due: is_enough || !incidents.is_empty(),
        orders,
        every: rules.review_every_orders,
        incidents: incidents.into_iter().map(|(id, _, _)| id).collect(),
    }
}

named! {
    /// How far a new member of staff is.
    Stage {
        /// Looks on, for two weeks.
        Shadowing = "shadowing",
        /// Places orders for a week, with a review at the end of each day.
        Placing = "placing",
        /// Places orders, with a review of each until enough in a row were clean.
        Proving = "proving",
        /// Works alone.
        Solo = "solo",
    }
}

/// A run through the procedure by a member of staff: an order.
#[derive(Clone, PartialEq, Debug)]
pub struct Run {
    /// The order.
    pub order_id: Rc<str>,
    /// The day, in the owner's zone.
    pub day: NaiveDate,
    /// What made it not clean; a run is clean when nothing was missing and no finding came late.
    pub faults: Vec<RunFault>,
}

/// What made a run not clean.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RunFault {
    /// A rule found that something was missing when the order was placed.
    Missing {
        /// The rule, or what somebody called it.
        rule: Rc<str>,
    },
    /// A finding came late: its clock had run out.
    Late {
        /// The clock, or what somebody called it.
        clock: Rc<str>,
        /// By how many seconds, so far where it still isn't done; `None` where that isn't known.
        seconds: Option<u64>,
    },
    /// Somebody noted it.
    Noted {
        /// What.
        what: Rc<str>,
    },
}

impl Run {
    /// Whether nothing was missing and no finding came late.
    pub fn is_clean(&self) -> bool {
        self.faults.is_empty()
    }
}

/// How far a member of staff is.
#[derive(Clone, PartialEq, Debug)]
pub struct Practice {
    /// How far.
    pub stage: Stage,
    /// The last day of the stage, where it ends by the calendar.
    pub until: Option<NaiveDate>,
    /// Clean runs in a row, up to the last one.
    pub clean_in_a_row: usize,
    /// How many are needed.
    pub needed: u32,
    /// Runs in all; those of the weeks of looking on aren't counted, as they weren't the person's own.
    pub runs: usize,
    /// The order of the last run that wasn't clean.
    pub last_fault: Option<Rc<str>>,
}

/// How long new staff look on.
const SHADOWING: Days = Days::new(14);

/// How long they look on and then place orders with a review each day.
const PLACING: Days = Days::new(21);

/// How far a member of staff is who began on `began`, by runs in the order in which they were. Who was clean often
/// enough in a row when the week of placing orders was over, or later, works alone from then on.
pub fn practice(rules: &SopRules, began: NaiveDate, today: NaiveDate, runs: &[Run]) -> Practice {
    let [places, proves] = [SHADOWING, PLACING].map(|days| began.checked_add_days(days));
    let is_from =
        |day: NaiveDate, start: Option<NaiveDate>| start.is_some_and(|start| day >= start);
    let needed = usize::try_from(rules.clean_runs_for_solo).unwrap_or(usize::MAX);
    let runs = runs.iter().filter(|run| is_from(run.day, places));
    let (mut count, mut clean, mut last_fault) = (0_usize, 0_usize, None);
    let mut is_proven = false;
    for run in runs {
        // What was in a row when the week ended counts, whatever comes after.
        is_proven |= is_from(run.day, proves) && clean >= needed;
        count = count.saturating_add(1);
        if run.is_clean() {
            clean = clean.saturating_add(1);
        } else {
            clean = 0;
            last_fault = Some(run.order_id.clone());
        }
        is_proven |= is_from(run.day, proves) && clean >= needed;
    }
    let stage = match () {
        () if !is_from(today, places) => Stage::Shadowing,
        () if !is_from(today, proves) => Stage::Placing,
        () if is_proven || clean >= needed => Stage::Solo,
        () => Stage::Proving,
    };
    let until = match stage {
        Stage::Shadowing => places,
        Stage::Placing => proves,
        Stage::Proving | Stage::Solo => None,
    };
    Practice {
        stage,
        until: until.and_then(|next| next.pred_opt()),
        clean_in_a_row: clean,
        needed: rules.clean_runs_for_solo,
        runs: count,
        last_fault,
    }
}
