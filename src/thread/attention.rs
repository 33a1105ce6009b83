//! Something that waits for a person.

/// Something that waits for a person, for their start page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attention {
    /// What is waiting, in one sentence.
    pub sentence: String,
    /// The page to do it on.
    pub href: String,
}

impl Attention {
    /// Something to do, and where.
    pub fn new(sentence: impl Into<String>, href: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), href: href.into() }
    }
}
