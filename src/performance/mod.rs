//! How the landlord stands against its promises: surveys, shops and its own figures side by side, each with how many stand behind it, judged by the promise of their time.

pub mod attention;
pub mod enter;
pub mod example;
pub mod figure;
pub mod import;
pub mod latest;
pub mod narrate;
pub mod narrative;
pub mod pages;
pub mod period;
pub mod quarters;
pub mod rating;
pub mod recalculate;
pub mod sentence;
pub mod shops;
pub mod since;
pub mod standing;
pub mod steps;
pub mod store;
pub mod trend;
pub mod value;

pub use attention::needs_attention;
pub use latest::{Latest, latest_for, latest_of_all};
pub use quarters::{Quarter, quarters_for};
pub use rating::Rating;
pub use store::narratives::list as narratives_for_standard;
pub use value::Limits;
