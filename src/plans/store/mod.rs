//! The SQL of plans, by noun.

mod actions;
mod evidence;
mod history;
mod imports;
mod known;
mod leads;
mod ledger;
mod links;
mod plans;
mod snapshots;

pub use actions::*;
pub use evidence::*;
pub use history::*;
pub use imports::*;
pub use known::*;
pub use leads::*;
pub use ledger::*;
pub use links::*;
pub use plans::*;
pub use snapshots::*;
