//! Mystery shopping: trained residents test whether the landlord keeps its promises, and moderated returns count towards the standards they cite.

pub mod assign;
pub mod assignment;
pub mod channel;
pub mod cited;
pub mod draft;
pub mod example;
pub mod file_return;
pub mod key;
mod letter;
pub mod moderate;
pub mod names;
pub mod outcome;
pub mod pages;
pub mod photo;
pub mod programme;
pub mod remind;
pub mod respond;
pub mod scenario;
pub mod score;
pub mod shop_return;
pub mod shopper;
pub mod store;
pub mod train;
pub mod write_scenario;

pub use remind::remind_due;
pub use score::score_for_standard;
pub use store::results::{Facts, facts as facts_for_standard};
pub use store::returns::{count_waiting as returns_waiting, find as find_return};
pub use store::shoppers::list as list_shoppers;
