//! A series of surveys that ask other homes month after month: set up once. The program opens each month's survey, draws its
//! homes by a seed of the month's own, invites, reminds and closes; what comes of it is told month by month and of twelve
//! months together, never so that one view taken from another gives a few people away.

pub mod example;
pub mod plan;
pub mod results;
pub mod set_up;
pub mod stop;
pub mod store;
#[cfg(test)]
mod tests;
pub mod turn;
pub mod wave;
