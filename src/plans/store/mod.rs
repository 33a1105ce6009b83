//! The SQL of plans, by noun.

mod actions;
mod evidence;
mod history;
mod imports;
mod leads;
mod plans;

pub use actions::*;
pub use evidence::*;
pub use history::*;
pub use imports::*;
pub use leads::*;
pub use plans::*;
