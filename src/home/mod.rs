//! The two front doors: the home page for residents, and "what needs me" for staff. They only read what other contexts offer.

pub mod pages;
pub mod turn;
