//! The ways in which a shopper tries the service.

use std::str::FromStr;

/// How a shop is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Channel {
    /// A phone call in opening hours.
    Phone,
    /// An e-mail.
    Email,
    /// A form on the landlord's website.
    WebForm,
    /// A letter.
    Letter,
    /// Calling in at an office.
    Visit,
    /// Looking at a home or a shared space.
    Inspection,
    /// A phone call when the office is closed.
    OutOfHours,
}

impl Channel {
    /// Every channel, in the order in which they are offered.
    pub const ALL: [Self; 7] =
        [Self::Phone, Self::Email, Self::WebForm, Self::Letter, Self::Visit, Self::Inspection, Self::OutOfHours];

    /// The word kept in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Email => "email",
            Self::WebForm => "web_form",
            Self::Letter => "letter",
            Self::Visit => "visit",
            Self::Inspection => "inspection",
            Self::OutOfHours => "out_of_hours",
        }
    }

    /// The channel as people call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Phone => "Phone call",
            Self::Email => "E-mail",
            Self::WebForm => "Form on the website",
            Self::Letter => "Letter",
            Self::Visit => "Visit to an office",
            Self::Inspection => "Look at a home or shared space",
            Self::OutOfHours => "Phone call out of hours",
        }
    }
}

impl FromStr for Channel {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|channel| channel.code() == text).ok_or(())
    }
}
