//! A person's place in a group or on its waiting list, and the support they asked for.

use chrono::{DateTime, Utc};

use crate::key;
use crate::random::sha256;
use crate::thread::id::FocusGroupId;

key!(/// A place, or a wait for one.
    PlaceId);

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $code:literal, $label:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$of])* $variant,)+ }

        impl $name {
            /// Every one, in the order in which it is shown.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The word kept in the database.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The words people read.
            #[must_use]
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = ();
            fn from_str(text: &str) -> Result<Self, ()> {
                Self::ALL.iter().copied().find(|one| one.code() == text).ok_or(())
            }
        }
    };
    // The same with a word or two more for each, where the words people read are long.
    ($(#[$meta:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $code:literal, $label:literal, $short:literal;)+ }) => {
        words! { $(#[$meta])* $name { $($(#[$of])* $variant = $code, $label;)+ } }

        impl $name {
            /// The same in a word or two, for tables and letters.
            #[must_use]
            pub fn short(self) -> &'static str {
                match self { $(Self::$variant => $short,)+ }
            }
        }
    };
}

words! {
    /// Where a person stands.
    State {
        /// Has a place.
        Booked = "booked", "Has a place";
        /// Is offered a place and has not answered.
        Offered = "offered", "Offered a place";
        /// Waits for a place.
        Waiting = "waiting", "On the waiting list";
        /// Said that they will not come.
        Withdrawn = "withdrawn", "Withdrew";
        /// Did not answer an offer in time.
        Lapsed = "lapsed", "Offer ran out";
    }
}

words! {
    /// How a person reached us.
    CameBy {
        /// On this site.
        Web = "web", "On the website";
        /// By phone.
        Phone = "phone", "By phone";
        /// By letter or e-mail.
        Letter = "letter", "By letter or e-mail";
        /// Face to face.
        Visit = "visit", "In person";
    }
}

words! {
    /// A kind of support to take part.
    NeedKind {
        /// A taxi or lift there and back.
        Transport = "transport", "Transport there and back", "Transport";
        /// A talk at home instead.
        HomeVisit = "home_visit", "A visit at home instead of coming to the group", "Home visit";
        /// Care for children, or for an adult, meanwhile.
        Childcare = "childcare", "Childcare, or care for somebody you look after", "Childcare or care";
        /// Another language, or sign language.
        Interpreter = "interpreter", "An interpreter, including British Sign Language", "Interpreter";
        /// Papers in another form.
        Papers = "format", "Papers in large print, easy read, audio or another language", "Papers in another format";
        /// Getting into and about the room, hearing, quiet.
        Access = "access", "Step-free access, a hearing loop or a quiet space", "Access";
    }
}

words! {
    /// How far a need has been met.
    NeedState {
        /// Asked for.
        Requested = "requested", "Asked for";
        /// Arranged.
        Arranged = "arranged", "Arranged";
        /// Cannot be done, with the reason.
        NotPossible = "not_possible", "Not possible";
    }
}

/// A need and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    pub place_id: PlaceId,
    pub kind: NeedKind,
    pub state: NeedState,
    /// What was arranged, or why it is not possible, in words for the person.
    pub answer: String,
}

/// A person's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub id: PlaceId,
    pub group_id: FocusGroupId,
    /// The order in which sign-ups were accepted.
    pub number: i64,
    pub reference: String,
    /// Empty once erased.
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    /// What they wrote about what they need.
    pub wishes: String,
    pub came_by: CameBy,
    pub state: State,
    pub state_since: DateTime<Utc>,
    /// Until when an offered place is held.
    pub offer_until: Option<DateTime<Utc>>,
    /// Whether they came; none while nobody has said.
    pub attended: Option<bool>,
    pub signed_up_at: DateTime<Utc>,
    pub erased_at: Option<DateTime<Utc>>,
}

impl Place {
    /// The name, or what stands for one that was erased.
    #[must_use]
    pub fn shown_name(&self) -> String {
        if self.erased_at.is_some() { "(details erased)".into() } else { self.name.clone() }
    }

    /// True while the person has, is offered or waits for a place.
    #[must_use]
    pub fn is_live(&self) -> bool {
        matches!(self.state, State::Booked | State::Offered | State::Waiting)
    }

    /// True while the place counts towards the group's capacity.
    #[must_use]
    pub fn holds_a_place(&self) -> bool {
        matches!(self.state, State::Booked | State::Offered)
    }
}

/// A digest by which the same person is recognised within a group: name, and e-mail address or phone number.
#[must_use]
pub fn person_key(name: &str, email: Option<&str>, phone: Option<&str>) -> String {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let contact = email.map_or_else(
        || phone.unwrap_or_default().chars().filter(char::is_ascii_digit).collect::<String>(),
        str::to_lowercase,
    );
    sha256(&format!("{name}\n{contact}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_person_is_recognised_however_they_type_it() {
        let first = person_key("Pat  Lane", Some("Pat@Example.org"), None);
        assert_eq!(first, person_key(" pat lane ", Some("pat@example.org"), Some("01632 960 001")));
        assert_ne!(first, person_key("Sam Lane", Some("pat@example.org"), None));
        assert_eq!(person_key("Pat", None, Some("01632 960001")), person_key("Pat", None, Some("01632960 001")));
    }
}
