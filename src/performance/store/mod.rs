//! The SQL of performance, by noun.

pub mod figures;
pub mod narratives;
pub mod values;

#[cfg(test)]
pub mod testing;
