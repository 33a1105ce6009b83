//! From counts to figures people may see: the one door out for counts is `disclosure::release`.
//!
//! Pure. Nothing here reads a database, a clock or a request, and each formula names its source.

pub mod accuracy;
pub mod agreement;
mod alike;
mod compare;
pub mod counts;
mod cross;
pub mod disclosure;
mod division;
pub mod figures;
pub mod joint;
pub mod matrix;
pub mod periods;
pub mod raking;
mod rao_scott;
#[cfg(test)]
mod reference_tests;
pub mod standing;
mod suppression;
pub mod table;
pub mod trend;
pub mod weighing;
pub mod weights;
