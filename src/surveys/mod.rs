//! Asking residents: surveys with an open link or personal ones, answers that are kept once and never
//! lost, and results that name nobody.

pub mod attention;
pub mod batches;
pub mod build;
pub mod came_by;
pub mod describe;
pub mod discard;
pub mod draft;
pub mod enter;
pub mod example;
pub mod export;
pub mod homes;
pub mod invite;
pub mod jobs;
pub mod kind;
pub mod logic;
pub mod mail;
pub mod measure;
pub mod measured;
pub mod pages;
pub mod publish;
pub mod regulator;
pub mod results;
pub mod seal;
pub mod still_open;
pub mod store;
pub mod submit;
pub mod survey;

pub use attention::needs_attention;
pub use measure::{satisfaction_for_standard, verbatims_for_standard};
pub use still_open::measures_while_open;
pub use store::{find, list_published};
pub use survey::open_now;
