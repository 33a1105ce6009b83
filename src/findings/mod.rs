//! What was learnt from residents and what changed because of it: asked, said, did, with the decision, its reason, the voices and the evidence.

pub mod finding;

pub mod publish;
pub mod write;

pub mod around;
pub mod attention;
pub mod example;
pub mod pages;
pub mod store;

pub use around::{for_group, for_standard, public_page};
pub use attention::needs_attention;
pub use finding::Finding;
pub use store::{find, list_latest as latest_published};
