//! Weekly control: what the owner reads of a week, what staff confirm, and what a change of the rules would
//! have done to past orders.
//!
//! Source of the rules: part 4 of the owner's rules. Its limits are the policy's. Weeks are ISO weeks in the
//! owner's zone; whoever asks passes their bounds as instants.

mod backtest;
mod batches;
mod cost;
mod flags;
mod index;
mod lead_time;
mod measure;
mod reading;
mod report;
mod sop;
mod week;

pub use backtest::{
    Backtest, BacktestRequest, PastOrder, Trial, Tried, backtest, backtest_of, try_rules,
};
pub use flags::suspensions;
pub use index::IndexedLog;
pub use report::{
    Action, Baseline, BatchFigures, CostChange, CostPart, DefectRate, Escalated, Flag, LeadTime,
    LeadTimes, LineChange, LineCost, LineName, Lot, OrderedLine, Overdue, Part, Placed,
    PlacedOrder, ProblemBatch, Received, RuleCount, State, Supplied, Suspension, Week, WeeklyLog,
    WeeklyReport, WeeklyReportRequest, weekly_report, weekly_report_of,
};
pub use sop::{Practice, Review, Run, RunFault, Stage, practice, review};
pub use week::IsoWeek;
