//! The landlord's homes and how the people in them are reached: taken from its own list, and looked at by few.

pub mod example;
pub mod forget;
pub mod household;
pub mod import;
pub mod pages;
pub mod store;
pub mod ways;

pub use forget::forget_old_lists;
pub use household::{Household, Way};
pub use store::households::{count, find, list_current, search};
pub use ways::Ways;
