//! A home, whom to ask for there, and by which way to reach them.

use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};

use crate::residents::ways::Ways;
use crate::thread::id::HouseholdId;

/// A way of reaching somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// An e-mail.
    Email,
    /// A text message.
    Text,
    /// A letter.
    Post,
    /// A telephone call.
    Telephone,
}

impl Way {
    /// All of them, in the order in which they are tried where nobody said what they prefer: the cheapest first.
    pub const ALL: [Self; 4] = [Self::Email, Self::Text, Self::Post, Self::Telephone];

    /// As it is stored and sent in forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Text => "text",
            Self::Post => "post",
            Self::Telephone => "telephone",
        }
    }

    /// Its name in lists.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Email => "E-mail",
            Self::Text => "Text message",
            Self::Post => "Letter",
            Self::Telephone => "Telephone",
        }
    }

    /// The way that somebody wrote in a list: "E-mail", "SMS", "by phone".
    #[must_use]
    pub fn read(words: &str) -> Option<Self> {
        let words = words.to_lowercase();
        let has = |parts: &[&str]| parts.iter().any(|part| words.contains(part));
        if has(&["e-mail", "email"]) {
            Some(Self::Email)
        } else if has(&["text", "sms"]) {
            Some(Self::Text)
        } else if has(&["letter", "post", "mail"]) {
            Some(Self::Post)
        } else if has(&["phone", "call", "tel"]) {
            Some(Self::Telephone)
        } else {
            None
        }
    }
}

impl FromStr for Way {
    type Err = ();
    fn from_str(code: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|way| way.code() == code).ok_or(())
    }
}

/// A home. An empty text stands for what is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Household {
    /// Its key.
    pub id: HouseholdId,
    /// The landlord's own name for it.
    pub reference: String,
    /// Whom to ask for.
    pub name: String,
    pub email: String,
    /// In figures, with a leading 0 or +.
    pub mobile: String,
    /// As `mobile`.
    pub telephone: String,
    /// The postal address, a line a line.
    pub address: String,
    /// How they would rather be reached, where they said so.
    pub preferred: Option<Way>,
    pub area: String,
    pub tenure: String,
    pub language: String,
    /// Why nobody there may be contacted; empty where they may be.
    pub no_contact: String,
    /// Since when the landlord no longer lists it.
    pub ended_on: Option<NaiveDate>,
    /// When the contact details were erased because somebody asked.
    pub erased_at: Option<DateTime<Utc>>,
}

impl Household {
    /// A home of which nothing is known but its reference.
    #[must_use]
    pub fn of_reference(reference: &str) -> Self {
        Self {
            id: HouseholdId(0),
            reference: reference.to_owned(),
            name: String::new(),
            email: String::new(),
            mobile: String::new(),
            telephone: String::new(),
            address: String::new(),
            preferred: None,
            area: String::new(),
            tenure: String::new(),
            language: String::new(),
            no_contact: String::new(),
            ended_on: None,
            erased_at: None,
        }
    }

    /// True where what the way needs is known.
    #[must_use]
    pub fn has(&self, way: Way) -> bool {
        match way {
            Way::Email => !self.email.is_empty(),
            Way::Text => !self.mobile.is_empty(),
            Way::Post => !self.address.is_empty(),
            Way::Telephone => self.number().is_some(),
        }
    }

    /// The way to reach them: the one they prefer if it can be used, else the first that can; none where nothing is known.
    #[must_use]
    pub fn way(&self) -> Option<Way> {
        Ways::ALL.to(self)
    }

    /// The number to ring: the telephone at home before the mobile.
    #[must_use]
    pub fn number(&self) -> Option<&str> {
        [&self.telephone, &self.mobile].into_iter().find(|number| !number.is_empty()).map(String::as_str)
    }

    /// True while somebody there may be written to or rung.
    #[must_use]
    pub fn may_be_contacted(&self) -> bool {
        self.no_contact.is_empty() && self.ended_on.is_none()
    }

    /// Their name, or what stands for it.
    #[must_use]
    pub fn shown_name(&self) -> String {
        if !self.name.is_empty() {
            self.name.clone()
        } else if self.erased_at.is_some() {
            "(details erased)".to_owned()
        } else {
            "(no name known)".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_reached_as_they_prefer_where_that_can_be_done() {
        let mut home = Household::of_reference("H1");
        assert_eq!((home.way(), home.number()), (None, None));
        home.mobile = "07700900001".to_owned();
        assert_eq!((home.way(), home.number()), (Some(Way::Text), Some("07700900001")));
        home.preferred = Some(Way::Email);
        assert_eq!(home.way(), Some(Way::Text), "no address is known");
        home.email = "ann@home.example".to_owned();
        home.preferred = Some(Way::Telephone);
        assert_eq!(home.way(), Some(Way::Telephone));
        home.preferred = None;
        assert_eq!(home.way(), Some(Way::Email));
    }

    #[test]
    fn ways_are_read_as_people_write_them() {
        for (words, way) in [
            ("E-mail", Some(Way::Email)),
            ("by email", Some(Way::Email)),
            ("SMS", Some(Way::Text)),
            ("Text message", Some(Way::Text)),
            ("Post", Some(Way::Post)),
            ("Mail", Some(Way::Post)),
            ("Phone call", Some(Way::Telephone)),
            ("pigeon", None),
        ] {
            assert_eq!(Way::read(words), way, "{words}");
        }
        for way in Way::ALL {
            assert_eq!(way.code().parse(), Ok(way));
        }
    }
}
