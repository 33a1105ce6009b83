//! The SQL of focus groups: the sessions, and the places in them.

pub mod groups;
pub mod places;
