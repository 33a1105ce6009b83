//! Which fact starts which job, and what is done again and again: the only wiring between contexts.

use crate::focus_groups;
use crate::jobs::{Handlers, Sweep};
use crate::{home, mystery_shopping, people, performance, residents, standards, surveys};

/// The work of each kind of job.
#[must_use]
pub fn handlers() -> Handlers {
    let mut handlers = Handlers::new();
    handlers.insert(surveys::jobs::COUNTS_CHANGED, surveys::jobs::announce);
    handlers.insert(surveys::sample::mailing::JOB, surveys::sample::mailing::write_batch);
    handlers.insert(performance::recalculate::JOB, performance::recalculate::run);
    handlers.insert(people::reset::JOB, people::reset::send_asked);
    handlers
}

/// Work done every ten seconds whether or not anything happened.
pub const SWEEPS: &[(&str, Sweep)] = &[
    ("forget old sign-in failures", people::sign_in::forget_old_failures),
    ("put standards in force", standards::publish::take_effect_today),
    ("forget where comments came from", standards::send_comment::forget_senders),
    ("forget who wrote old comments", standards::erase::forget_old),
    ("forget answers that were never sent", surveys::jobs::forget_old_drafts),
    ("erase photos that nothing holds", surveys::photos::sweep::forget_orphans),
    ("mix answers", surveys::mix::mix_due),
    ("freeze published results", surveys::approve::freeze_published),
    ("open the months of rolling surveys", surveys::rolling::turn::turn),
    ("ask homes about what happened", surveys::sample::events::ask_due),
    ("remind homes of what happened", surveys::sample::events::remind_due),
    ("forget how homes were asked", surveys::sample::forget::forget_old),
    ("let go of lists of homes", residents::forget_old_lists),
    ("forget files of answers that nobody brought in", surveys::files::intake::forget::forget_waiting),
    ("let offered places lapse", focus_groups::let_offers_lapse),
    ("forget who signed up for old focus groups", focus_groups::forget_old_sign_ups),
    ("remind shoppers", mystery_shopping::remind_due),
    ("draw public pages anew as the clock changes them", home::turn::notice),
];
