//! What residents read never names a member of staff: names and initials of the directory are taken out.

use super::leads::{self, Lead};
use super::store::LeadEntry;

/// The words put in place of a person.
const SOMEBODY: &str = "a member of staff";

/// The same where a sentence begins.
const SOMEBODY_FIRST: &str = "A member of staff";

/// The shortest part of a name that is taken out by itself, in letters.
const SHORTEST_PART: usize = 3;

/// Names that are also ordinary words: alone where a sentence begins, or in a text of capitals, they name nobody.
const ORDINARY: &[&str] = &[
    "april", "art", "august", "baker", "banks", "bell", "best", "bill", "bishop", "black", "bridge", "brown", "case",
    "chance", "church", "close", "cook", "cross", "dawn", "day", "faith", "field", "fields", "ford", "frank", "good",
    "grace", "gray", "green", "grey", "guy", "hall", "heath", "hill", "holly", "hope", "house", "joy", "june", "king",
    "law", "laws", "level", "little", "long", "major", "mark", "marsh", "may", "moss", "noble", "page", "park", "pat",
    "pool", "porter", "power", "price", "read", "rich", "rob", "rose", "savage", "sharp", "short", "stone", "street",
    "strong", "sue", "summer", "wade", "ward", "waters", "wells", "white", "will", "winter", "wise", "wood", "woods",
    "young",
];

/// Words before a name whose full stop ends no sentence.
const TITLES: &[&str] = &["Mr", "Mrs", "Ms", "Dr", "Rev", "Prof"];

/// What matters more where a word may be a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Care {
    /// That no ordinary word goes.
    Words,
    /// That no name stays.
    Names,
}

/// Takes names and initials out of texts: a whole name in any capitals; its first or last name alone where it begins with a capital, but for ordinary words where a sentence begins; initials as they are written. Groups and posts stay, as they are nobody's name.
#[derive(Debug, Clone, Default)]
pub struct Redaction {
    /// Whole names in small letters, longest first.
    names: Vec<String>,
    /// First and last names alone, in the same way.
    parts: Vec<String>,
    initials: Vec<String>,
}

impl Redaction {
    /// A redaction of everyone in the directory.
    #[must_use]
    pub fn of(directory: &[LeadEntry]) -> Self {
        let mut redaction = Self::default();
        for lead in directory.iter().filter(|lead| !lead.is_group) {
            redaction.add(&lead.name, &lead.initials);
        }
        redaction.sorted()
    }

    /// The same with leads that the directory may not hold yet.
    #[must_use]
    pub fn with_leads<'a>(mut self, leads: impl IntoIterator<Item = &'a Lead>) -> Self {
        for lead in leads.into_iter().filter(|lead| !lead.is_group()) {
            self.add(lead.name.as_deref().unwrap_or_default(), &lead.initials);
        }
        self.sorted()
    }

    fn add(&mut self, name: &str, initials: &str) {
        self.add_name(name);
        if leads::are_initials(initials) {
            self.initials.push(initials.to_owned());
        } else if initials.contains(' ') {
            self.add_name(initials);
        }
    }

    fn add_name(&mut self, name: &str) {
        let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
        if let [first, .., last] = words.as_slice() {
            self.names.push(words.join(" "));
            self.names.push(format!("{first} {last}"));
        }
        self.parts.extend(words.into_iter().filter(|part| part.chars().count() >= SHORTEST_PART));
    }

    fn sorted(mut self) -> Self {
        for list in [&mut self.names, &mut self.parts, &mut self.initials] {
            list.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
            list.dedup();
        }
        self
    }

    /// The text as residents read it.
    #[must_use]
    pub fn apply(&self, text: &str) -> String {
        self.replaced(text, Care::Words, |begins| if begins { SOMEBODY_FIRST } else { SOMEBODY })
    }

    /// The text with nothing in a person's place, for an address, which need not read well.
    #[must_use]
    pub fn leave_out(&self, text: &str) -> String {
        self.replaced(text, Care::Names, |_| "")
    }

    /// The text with other words for each person; they may depend on whether a sentence begins there.
    fn replaced(&self, text: &str, care: Care, instead: impl Fn(bool) -> &'static str) -> String {
        // In a heading that is all capitals, a capital marks no name.
        let marks_names = text.chars().any(char::is_lowercase);
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let before = text.strip_suffix(rest).unwrap_or_default();
            let starts = !before.ends_with(char::is_alphanumeric);
            let named = if starts { self.person_at(before, rest, marks_names, care) } else { None };
            let length = match named {
                Some(length) => {
                    out.push_str(instead(begins_sentence(before)));
                    length
                }
                None => {
                    out.push(first);
                    first.len_utf8()
                }
            };
            rest = rest.split_at_checked(length).map_or("", |(_, left)| left);
        }
        out
    }

    /// How many bytes at the start of a text are a person's name or initials, standing as words of their own.
    fn person_at(&self, before: &str, text: &str, marks_names: bool, care: Care) -> Option<usize> {
        let small = |c: char| c.to_lowercase().next().unwrap_or(c);
        let whole = self.names.iter().find_map(|name| word_at(text, name, small));
        let short = || self.initials.iter().find_map(|initials| word_at(text, initials, |c| c));
        let part = || {
            let found = |part: &&String| word_at(text, part, small).is_some();
            let part = self.parts.iter().find(found)?;
            let is_named = match care {
                Care::Names => true,
                Care::Words if !text.starts_with(char::is_uppercase) => false,
                Care::Words => {
                    (marks_names && !begins_sentence(before)) || ORDINARY.binary_search(&part.as_str()).is_err()
                }
            };
            word_at(text, part, small).filter(|_| is_named)
        };
        whole.or_else(short).or_else(part)
    }
}

/// Whether what follows these words begins a sentence: back to the end of another, or to the start of the line, nothing but numbers and marks stands before it.
fn begins_sentence(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let words = line.trim_end_matches(|c: char| !c.is_alphabetic());
    if words.is_empty() {
        return true;
    }
    let after = line.strip_prefix(words).unwrap_or_default();
    let Some((marks, space)) = after.rfind(['.', '!', '?']).and_then(|at| after.split_at_checked(at)) else {
        return false;
    };
    let word = words.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let is_short = marks.is_empty() && (word.chars().count() == 1 || TITLES.contains(&word));
    let goes_on = space.starts_with('.') && is_short;
    space.contains(char::is_whitespace) && !space.contains(char::is_alphanumeric) && !goes_on
}

/// The bytes that `what` takes at the start of a text, when it ends there as a word; a plural s may follow it. Any white space stands for a space.
fn word_at(text: &str, what: &str, same: impl Fn(char) -> char) -> Option<usize> {
    let mut rest = text;
    for wanted in what.chars() {
        let found = rest.chars().next()?;
        rest = if wanted == ' ' && found.is_whitespace() {
            rest.trim_start()
        } else if same(found) == wanted {
            rest.split_at_checked(found.len_utf8())?.1
        } else {
            return None;
        };
    }
    let ends = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    let after = rest.strip_prefix('s').filter(|after| ends(after)).or_else(|| ends(rest).then_some(rest))?;
    text.strip_suffix(after).map(str::len)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plans::store::LeadId;

    fn lead(initials: &str, name: &str, is_group: bool) -> LeadEntry {
        LeadEntry {
            lead_id: LeadId(1),
            initials: initials.to_owned(),
            name: name.to_owned(),
            is_group,
            account_id: None,
        }
    }

    #[test]
    fn names_and_initials_are_taken_out_and_groups_stay() {
        let redaction = Redaction::of(&[
            lead("PQ", "Petra Quill", false),
            lead("RMcK", "", false),
            lead("HoS", "Heads of Service", true),
        ]);
        assert_eq!(
            redaction.apply("Passed by PQ/RMcK to HoS; Petra Quill\u{2019}s list"),
            "Passed by a member of staff/a member of staff to HoS; a member of staff\u{2019}s list"
        );
        assert_eq!(redaction.apply("PQR and SPQ stay"), "PQR and SPQ stay");
        assert_eq!(redaction.apply("PQPQ"), "PQPQ");
        assert_eq!(
            redaction.apply("The PQs met Petra, QUILL and Ms. Quill; petra  quill agreed."),
            "The a member of staff met a member of staff, a member of staff and Ms. a member of staff; a member of staff agreed."
        );
        assert_eq!(Redaction::default().apply("Ünïcode – as it is"), "Ünïcode – as it is");
    }

    #[test]
    fn an_ordinary_word_that_is_also_a_name_stays() {
        let redaction = Redaction::of(&[
            lead("ML", "Mark Little", false),
            lead("EL", "Esi Level", false),
            lead("WO", "Wilma Jane Otter", false),
        ]);
        for text in [
            "know what level of service to expect",
            "Little is known. Mark every room\nLevel access",
            "1.4 Little use of halls",
            "LITTLE LEVEL OF SERVICE",
            "a quillwort is a plant",
        ] {
            assert_eq!(redaction.apply(text), text);
        }
        for (text, shown) in [
            ("Mark Little marks the little level", "A member of staff marks the little level"),
            ("1.9 Wilma Otter trains WO team", "1.9 A member of staff trains a member of staff team"),
            ("Done. ML told Wilma", "Done. A member of staff told a member of staff"),
            ("Asked e.g. Wilma, or J. Otter", "Asked e.g. a member of staff, or J. a member of staff"),
            ("LED BY WILMA OTTER", "LED BY a member of staff"),
            ("Wilma to train the team", "A member of staff to train the team"),
            ("Booked. Wilma wrote.\nWilma", "Booked. A member of staff wrote.\nA member of staff"),
            ("WILMA TO TRAIN THE TEAM", "A member of staff TO TRAIN THE TEAM"),
            ("as of 1.2 Wilma leads", "as of 1.2 a member of staff leads"),
        ] {
            assert_eq!(redaction.apply(text), shown);
        }
        assert_eq!(redaction.leave_out("Wilma Otter trains WO team"), " trains  team");
        assert_eq!(redaction.leave_out("Wilma to train the little"), " to train the ");
        assert!(ORDINARY.is_sorted(), "it is searched by halves");
    }

    #[test]
    fn a_lead_goes_before_the_directory_knows_them() {
        let leads = leads::read("ZZ\nHeads of Department (HoD)");
        let redaction = Redaction::default().with_leads(&leads);
        assert_eq!(redaction.apply("Agreed by ZZ and HoD"), "Agreed by a member of staff and HoD");
    }
}
