//! Pages of the yearly audit: its sample and tests, findings with their answers, looks back, and the evidence bundle.

pub(super) mod act;
pub(super) mod bundle;
pub(super) mod evidence;
pub(super) mod find;
pub(super) mod finding;
pub(super) mod follow;
pub(super) mod item;
pub(super) mod list;
pub(super) mod open;
mod parts;
pub(super) mod respond;
pub(super) mod show;
#[cfg(test)]
mod tests;
