//! A column in which a question is counted. Most questions have one; one that asks the same of several things has one
//! for each of them.

/// One column of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// The thing it is about; empty where it is the question as a whole.
    pub about: String,
    /// Which of the question's bytes in the code book is counted: nought is the state byte, one the first after it.
    pub byte: usize,
}

impl Facet {
    /// The question as a whole.
    #[must_use]
    pub fn whole() -> Self {
        Self { about: String::new(), byte: 0 }
    }

    /// One for each thing, whose bytes follow the state byte in the same order.
    pub(super) fn each(things: &[String]) -> Vec<Self> {
        things.iter().zip(1..).map(|(about, byte)| Self { about: about.clone(), byte }).collect()
    }
}
