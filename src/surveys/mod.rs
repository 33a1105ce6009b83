//! Asking residents: surveys with an open link or personal ones, answers that are kept once and never
//! lost, and results that name nobody.

pub mod answers_file;
pub mod approve;
#[cfg(test)]
pub mod attacker_tests;
pub mod attention;
pub mod batches;
pub mod build;
pub mod came_by;
pub mod cross_tab;
pub mod describe;
pub mod discard;
pub mod draft;
pub mod enter;
pub mod erase;
pub mod example;
pub mod export;
pub mod files;
pub mod homes;
pub mod in_words;
pub mod invite;
pub mod jobs;
pub mod kind;
#[cfg(test)]
mod linkage_tests;
pub mod links;
pub mod logic;
pub mod mail;
pub mod measure;
pub mod measured;
pub mod mix;
pub mod page_words;
pub mod pages;
pub mod photos;
pub mod publish;
pub mod regulator;
pub mod reseal;
pub mod results;
pub mod rolling;
pub mod sample;
pub mod seal;
#[cfg(test)]
mod sealed_tests;
pub mod snapshot;
pub mod spoken;
pub mod still_open;
pub mod store;
pub mod submit;
pub mod survey;
#[cfg(test)]
pub mod testing;
pub mod verbatims;
pub mod waves;
pub mod weighting;

pub use attention::{calls_promised, needs_attention, results_to_approve};
pub use measure::{satisfaction_for_standard, verbatims_for_standard};
pub use still_open::measures_while_open;
pub use store::snapshots::find_public as find_published_results;
pub use store::{find, list_published};
pub use survey::open_now;
pub use verbatims::publish::published_theme;
