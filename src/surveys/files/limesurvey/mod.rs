//! A survey of LimeSurvey, as its `.lss` file holds it, taken over into questions of ours, with a list of all that could
//! not be.
//!
//! The file comes from elsewhere: it may hold no document type and no entities of its own, and is read within fixed
//! limits. What is shown of it is plain text.

mod carry;
mod html;
mod kinds;
mod names;
mod relevance;
mod source;
mod tables;

use crate::questionnaires::questionnaire::Questionnaire;

pub use tables::Refused;

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// The survey's title, in the file's first language.
    pub title: String,
    /// What stands before the first question.
    pub introduction: String,
    /// What is said after the last one.
    pub next_steps: String,
    /// The questions that could be taken over.
    pub questionnaire: Questionnaire,
    /// What could not, or not as it was, in the order of the file.
    pub left: Vec<Left>,
}

/// Something that was not taken over as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Where it stands: "Question REP1".
    pub place: String,
    /// What happened to it and why, as a sentence.
    pub why: String,
}

impl Left {
    fn new(place: impl Into<String>, why: impl Into<String>) -> Self {
        Self { place: place.into(), why: why.into() }
    }
}

/// Takes a file over as far as it can be.
///
/// # Errors
/// When it is no survey of LimeSurvey, or breaks a limit.
pub fn read(bytes: &[u8]) -> Result<Carried, Refused> {
    let source = source::Source::of(&tables::read(bytes)?)?;
    Ok(carry::carry(&source))
}

#[cfg(test)]
mod tests;
