//! The landlord's own settings, kept in the database and changed on a page by an administrator.

pub mod colour;
pub mod landlord;
pub mod pages;
pub mod small_numbers;
pub mod store;

pub use landlord::Landlord;
