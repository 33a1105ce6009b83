//! Paper forms in batches, with a share keyed a second time by somebody else.
//!
//! A form that is keyed is on disk, and waits in its batch. When every form is keyed, the share is keyed again and every
//! difference is settled, the batch is closed: in one transaction each of its forms becomes a response, unless nothing is
//! written on it, in random order, and what was keyed is deleted, so that neither the number on a form nor who keyed it
//! leads to an answer. A batch is closed once, and each form has a key of its own, so that none counts twice. While a
//! batch is open, the results of its survey cannot be published: nothing that was keyed is left behind.

pub mod batch;
pub mod close;
pub mod key;
pub mod make;
pub mod settle;
pub mod store;

pub use batch::{Batch, Stage, Standing};
