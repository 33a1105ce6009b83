//! Erasing one person everywhere, by their e-mail address: each context erases what is its own, all in one transaction.

pub mod erase;
pub mod pages;
#[cfg(test)]
mod tests;
