//! From counts to figures people may see: the one door out for counts is `disclosure::release`.
//!
//! Pure. Nothing here reads a database, a clock or a request, and each formula names its source.

pub mod counts;
pub mod disclosure;
pub mod figures;
mod suppression;
pub mod table;
