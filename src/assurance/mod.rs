//! The assurance map: what a regulator or the landlord's own policy asks for, the evidence for each, what is missing or old, and a bundle of one requirement for an inspection.

pub mod evidence;
pub mod requirement;
pub mod source;

pub mod attach;
pub mod map;

pub mod bundle;
pub mod stands;

pub mod example;
pub mod pages;
pub mod store;
