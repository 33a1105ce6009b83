//! The SQL of samples, their homes, and the calls made to them.

pub mod calls;
pub mod events;
pub mod homes;
pub mod keys;
pub mod samples;
