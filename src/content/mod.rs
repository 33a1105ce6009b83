//! The site's own pages: privacy, accessibility, cookies and contact, shipped with the program and changed by the landlord.

pub mod fill;
pub mod page;
pub mod pages;
pub mod store;

pub use store::find;
