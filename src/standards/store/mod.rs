//! The SQL of standards, one file a noun.

pub mod approvals;
pub mod areas;
pub mod comments;
pub mod moderation;
pub mod retirements;
pub mod versions;

#[cfg(test)]
pub mod tests;
