//! Which column of a list holds what: guessed by the words of its heading, corrected by whoever sends the list.

use serde::{Deserialize, Serialize};

use crate::exchange::sheet::Row;

/// Something that a list says of a home.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Reference,
    Name,
    Email,
    Mobile,
    Telephone,
    Address,
    Preferred,
    Area,
    Tenure,
    Language,
    NoContact,
    NoContactReason,
}

impl Field {
    /// All of them, as they are asked for.
    pub const ALL: [Self; 12] = [
        Self::Reference,
        Self::Name,
        Self::Email,
        Self::Mobile,
        Self::Telephone,
        Self::Address,
        Self::Preferred,
        Self::Area,
        Self::Tenure,
        Self::Language,
        Self::NoContact,
        Self::NoContactReason,
    ];

    /// Its name in forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Reference => "reference",
            Self::Name => "name",
            Self::Email => "email",
            Self::Mobile => "mobile",
            Self::Telephone => "telephone",
            Self::Address => "address",
            Self::Preferred => "preferred",
            Self::Area => "area",
            Self::Tenure => "tenure",
            Self::Language => "language",
            Self::NoContact => "no-contact",
            Self::NoContactReason => "no-contact-reason",
        }
    }

    /// Its name for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Reference => "Reference of the home",
            Self::Name => "Name",
            Self::Email => "E-mail address",
            Self::Mobile => "Mobile number",
            Self::Telephone => "Telephone number",
            Self::Address => "Postal address",
            Self::Preferred => "How they prefer to be reached",
            Self::Area => "Area",
            Self::Tenure => "Tenure",
            Self::Language => "Language",
            Self::NoContact => "Do not contact",
            Self::NoContactReason => "Why not to contact",
        }
    }

    /// The most characters of a cell.
    #[must_use]
    pub const fn longest(self) -> usize {
        match self {
            Self::Reference | Self::Mobile | Self::Telephone | Self::Preferred | Self::Language => 40,
            Self::Area | Self::Tenure => 60,
            Self::Name => 120,
            Self::NoContact | Self::NoContactReason => 200,
            Self::Email => 254,
            Self::Address => 400,
        }
    }
}

/// The words of a heading by which a field is known, the field that is hardest to mistake first.
const KNOWN_BY: [(Field, &[&str]); 12] = [
    (Field::NoContactReason, &["reason", "why"]),
    (Field::NoContact, &["do not contact", "no contact", "dnc", "opt out", "opted out"]),
    (Field::Email, &["email", "e mail"]),
    (Field::Mobile, &["mobile", "cell", "sms"]),
    (Field::Telephone, &["telephone", "phone", "landline", "tel"]),
    (Field::Language, &["language"]),
    (Field::Preferred, &["preferred", "prefers", "channel", "contact by", "contact method"]),
    (Field::Tenure, &["tenure"]),
    (Field::Reference, &["reference", "ref", "uprn", "id", "household"]),
    (Field::Area, &["area", "estate", "neighbourhood", "scheme", "patch"]),
    (Field::Address, &["address"]),
    (Field::Name, &["name", "tenant", "resident"]),
];

/// The column of each field that has one, counted from nought.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Columns(Vec<(Field, usize)>);

impl Columns {
    /// What the headings say: each field takes the first heading that fits and is free.
    #[must_use]
    pub fn guess(heading: &Row) -> Self {
        let mut found = Self::default();
        for (at, cell) in heading.cells.iter().enumerate() {
            let words: String =
                cell.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
            let words = format!(" {} ", words.split_whitespace().collect::<Vec<_>>().join(" "));
            let fits = |known: &[&str]| known.iter().any(|word| words.contains(&format!(" {word} ")));
            let field = KNOWN_BY.iter().find(|(field, known)| found.of(*field).is_none() && fits(known));
            if let Some((field, _)) = field {
                found.0.push((*field, at));
            }
        }
        found
    }

    /// The columns that somebody chose, each field with its place.
    #[must_use]
    pub fn chosen(pairs: Vec<(Field, usize)>) -> Self {
        Self(pairs)
    }

    /// The column of a field, if it has one.
    #[must_use]
    pub fn of(&self, field: Field) -> Option<usize> {
        self.0.iter().find(|(known, _)| *known == field).map(|(_, at)| *at)
    }

    /// How many fields have a column.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Two fields that were given the same column.
    #[must_use]
    pub fn clash(&self) -> Option<(Field, Field)> {
        self.0.iter().enumerate().find_map(|(place, (field, at))| {
            let earlier = self.0.iter().take(place).find(|(_, other)| other == at);
            earlier.map(|(other, _)| (*other, *field))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(heading: &[&str]) -> Vec<(Field, usize)> {
        let cells = heading.iter().map(|cell| (*cell).to_owned()).collect();
        Columns::guess(&Row { number: 1, cells }).0
    }

    #[test]
    fn columns_are_known_by_the_words_of_their_headings() {
        let heading = [
            "Tenancy ref.",
            "Lead tenant name",
            "E-Mail address",
            "Mobile telephone",
            "Home phone",
            "Postal address",
            "Preferred channel",
            "Estate",
            "Tenure type",
            "Preferred language",
            "Do not contact?",
            "Reason for no contact",
        ];
        let all = Field::ALL.into_iter().enumerate().map(|(at, field)| (field, at));
        assert_eq!(guessed(&heading), all.collect::<Vec<_>>());
    }

    #[test]
    fn a_heading_that_says_nothing_has_no_field_and_a_field_has_one_column() {
        assert_eq!(guessed(&["Colour", "Ref", "Ref 2", "Identity"]), [(Field::Reference, 1)]);
        let twice = Columns::chosen(vec![(Field::Reference, 0), (Field::Name, 0)]);
        assert_eq!(twice.clash(), Some((Field::Reference, Field::Name)));
        assert_eq!(Columns::chosen(vec![(Field::Reference, 0), (Field::Name, 1)]).clash(), None);
    }
}
