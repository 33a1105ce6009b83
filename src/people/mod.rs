//! Who people are: accounts for staff, shoppers and residents who want one, their roles, passwords, sessions and one-time links.

pub mod account;
pub mod device;
pub mod erase;
pub mod example;
pub mod hand_over;
pub mod invite;
mod letter;
pub mod names;
pub mod pages;
pub mod password;
pub mod phone;
pub mod register;
pub mod reset;
pub mod role;
pub mod set_up;
pub mod sign_in;
pub mod store;
pub mod words;

pub use account::Account;
pub use names::Names;
pub use role::Role;
