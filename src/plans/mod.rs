//! The landlord's improvement plan: what will be done, by whom, by when, how it stands on any day, and what shows it.

pub mod action;
pub mod attach_evidence;
pub mod between;
pub mod change_many;
pub mod dates;
pub mod deadline;
pub mod example;
pub mod flags;
pub mod freeze;
pub mod hand_over;
pub mod history;
pub mod import;
pub mod leads;
pub mod led;
pub mod link;
pub mod money;
pub mod month;
pub mod needs;
pub mod object;
pub mod pack;
pub mod pages;
pub mod plan;
pub mod progress;
pub mod prose;
pub mod record_progress;
pub mod redact;
pub mod resources;
pub mod revise_deadline;
pub mod rewind;
pub mod sentence;
pub mod start;
pub mod status;
pub mod store;
pub mod structure;
pub mod then;
pub mod whole;
pub mod withdraw_evidence;
pub mod word_action;

#[cfg(test)]
mod history_tests;
#[cfg(test)]
pub mod testing;
#[cfg(test)]
mod tests;

pub use needs::{Shown, actions_for_standard, find_action, list_choices, needs_attention, summary};
pub use store::{Written, list_evidence};
