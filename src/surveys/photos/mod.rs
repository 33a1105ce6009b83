//! Photos that people send with their answers: kept with the draft from the moment they arrive, handed over when the
//! answers are sent, seen by staff alone, and erased down to the file.
//!
//! **What ties a photo to anything.** A draft holds it by its token until the answers are sent. From then on the answer
//! holds the photo's name, which is by chance, beside the person's own words; mixing carries the two along together, and
//! neither the row nor the file says whose they are or when they came. Whatever holds a photo no longer leaves it to the
//! sweep, so that no way of forgetting a draft can forget its photo's file.

pub mod erase;
pub mod hand_over;
pub mod kept;
pub mod sent;
pub mod store;
pub mod sweep;
pub mod take;
#[cfg(test)]
pub mod tests;
