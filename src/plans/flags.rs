//! What a reader should look at in an action: late, due soon, slipped, without news, waiting for another.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};

use super::action::ActionId;
use super::link::{Link, blocked};
use super::whole::{Whole, WholeAction};
use crate::ui;

/// Within how many days a deadline is soon, and after how many an unfinished action of which nothing was said is stale.
pub const A_MONTH: u64 = 31;

/// What there is to look at in an action.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flags {
    /// Unfinished with its deadline past.
    pub late: bool,
    /// Unfinished and in time, with its deadline within 31 days.
    pub soon: bool,
    /// By how many months its deadline was moved back.
    pub slipped: Option<i32>,
    /// Unfinished, and nothing was said of it for 31 days.
    pub stale: bool,
    /// The actions that it waits for.
    pub blocked_by: Vec<ActionId>,
}

/// The codes of the flags, as in the filter, with their words.
pub const CODES: [(&str, &str); 5] = [
    ("late", "Late"),
    ("soon", "Due soon"),
    ("slipped", "Deadline moved back"),
    ("stale", "No news for a month"),
    ("blocked", "Waits for another"),
];

impl Flags {
    /// Whether it has the flag of that code.
    #[must_use]
    pub fn has(&self, code: &str) -> bool {
        match code {
            "late" => self.late,
            "soon" => self.soon,
            "slipped" => self.slipped.is_some(),
            "stale" => self.stale,
            "blocked" => !self.blocked_by.is_empty(),
            _ => false,
        }
    }

    /// In words, without "late", which its status says already.
    #[must_use]
    pub fn words(&self, name: impl Fn(ActionId) -> String) -> Vec<String> {
        let soon = self.soon.then(|| "due soon".to_owned());
        let months = self.slipped.and_then(|months| usize::try_from(months).ok());
        let slipped = months.map(|months| format!("moved back {}", ui::counted(months, "month", "months")));
        let stale = self.stale.then(|| "no news for a month".to_owned());
        let names: Vec<String> = self.blocked_by.iter().map(|id| name(*id)).collect();
        let waits = (!names.is_empty()).then(|| format!("waits for {}", names.join(", ")));
        [soon, slipped, stale, waits].into_iter().flatten().collect()
    }
}

/// The flags of every action and part of a plan, on the day it is shown for.
#[must_use]
pub fn of_plan(whole: &Whole, links: &[Link]) -> HashMap<ActionId, Flags> {
    let mut blocked = blocked(whole, links);
    let flags = |row: &WholeAction| {
        let id = row.action().id;
        (id, Flags { blocked_by: blocked.remove(&id).unwrap_or_default(), ..of_row(row, whole.day) })
    };
    whole.rows().map(flags).collect()
}

fn of_row(of: &WholeAction, day: NaiveDate) -> Flags {
    let standing = &of.as_of.standing;
    let open = !standing.status.is_over();
    let soon = day.checked_add_days(Days::new(A_MONTH)).unwrap_or(day);
    let since = day.checked_sub_days(Days::new(A_MONTH)).unwrap_or(day);
    Flags {
        late: of.as_of.late,
        soon: open && !of.as_of.late && standing.due().is_some_and(|due| due.last_day() <= soon),
        slipped: standing.slipped(),
        stale: open && of.as_of.updated.is_none_or(|on| on < since),
        blocked_by: vec![],
    }
}

/// How many actions and parts have each flag, of the flags that any has.
#[must_use]
pub fn counted(flags: &HashMap<ActionId, Flags>) -> Vec<(&'static str, &'static str, usize)> {
    let of = |code: &str| flags.values().filter(|f| f.has(code)).count();
    CODES.into_iter().map(|(code, words)| (code, words, of(code))).filter(|(.., number)| *number > 0).collect()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::db_test;
    use crate::plans::deadline::Span;
    use crate::plans::month::Month;
    use crate::plans::record_progress::record_progress;
    use crate::plans::revise_deadline::revise_deadline;
    use crate::plans::status::Status;
    use crate::plans::testing::{said, small, written};
    use crate::plans::whole::load_open;
    use crate::testing::app_on;

    db_test!(an_unfinished_action_is_late_soon_slipped_or_without_news_by_the_day, db => {
        let app = app_on(db);
        let plan = small(&app).await;
        let flags = async |ago: i64| {
            let mut tx = app.db.read().await.unwrap();
            let whole = load_open(&mut tx, app.clock.today() + TimeDelta::days(ago)).await.unwrap().unwrap();
            of_plan(&whole, &[])
        };
        // On 16 November 1.1 was due in October, and 1.2 is due at the end of December.
        let now = flags(0).await;
        assert!(now[&plan.first].late && !now[&plan.first].soon && !now[&plan.first].stale);
        assert!(!now[&plan.second].late && !now[&plan.second].soon);
        assert!(flags(14).await[&plan.second].soon, "from 30 November on");
        assert!(!flags(31).await[&plan.second].stale && flags(32).await[&plan.second].stale);
        let mut tx = app.db.write().await.unwrap();
        let span = Span::month(Month::read("2027-02").unwrap());
        revise_deadline(&mut tx, plan.second, span, "The hall is closed", app.clock.today(), written(&app)).await.unwrap();
        record_progress(&mut tx, &said(plan.first, app.clock.today(), Status::Stopped), written(&app)).await.unwrap();
        tx.commit().await.unwrap();
        let later = flags(60).await;
        assert_eq!((later[&plan.second].slipped, later[&plan.first].stale), (Some(2), false));
        assert_eq!(later[&plan.second].words(|_| String::new()), ["moved back 2 months", "no news for a month"]);
        assert_eq!(counted(&later).iter().map(|(code, _, n)| (*code, *n)).collect::<Vec<_>>(), [("slipped", 1), ("stale", 1)]);
    });
}
