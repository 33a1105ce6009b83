//! Sealed questions: those about a special category, whose answers lie in the database in a cipher only.
//!
//! **Kept.** All sealed answers of one response are one piece of bytes, as long for everybody, beside the codes in which
//! they have no code but [`crate::questionnaires::code_book::SEALED`]. It is bound to the version and its sealed questions
//! and to what it is (an answer, a draft, a paper form), so that it opens nowhere else; not to the response, which mixing
//! gives another place. They are opened while columns are loaded, and counted like any others.
//!
//! **Shown.** A figure of a sealed question stands for 10 people at least, for staff too: see `Policy::guarded`. It is in no
//! file of single answers. Nobody is asked anything because of it, and nothing repeats it: who was asked what is not sealed.
//!
//! **Without the key** nothing is lost and nothing is guessed: no survey with sealed questions is opened, no answer to one is
//! taken, and figures say that they cannot be made.

pub mod kept;
pub mod mark;
#[cfg(test)]
mod tests;

pub use mark::{Category, Sealed};
