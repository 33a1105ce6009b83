//! What residents read never names a member of staff: names and initials of the directory are taken out.

use super::store::LeadEntry;

/// The words put in place of a person.
const SOMEBODY: &str = "a member of staff";

/// The shortest part of a name that is taken out by itself, in letters.
const SHORTEST_PART: usize = 3;

/// Takes names and initials out of texts: a whole name, or its first or last name alone, in any capitals; initials as they are written. Groups and posts stay, as they are nobody's name. A word that is also somebody's name goes too: better one word too many than a name.
#[derive(Debug, Clone, Default)]
pub struct Redaction {
    /// Longest first.
    names: Vec<String>,
    initials: Vec<String>,
}

impl Redaction {
    /// A redaction of everyone in the directory.
    #[must_use]
    pub fn of(directory: &[LeadEntry]) -> Self {
        let mut redaction = Self::default();
        for lead in directory.iter().filter(|lead| !lead.is_group) {
            redaction.add_name(&lead.name);
            if super::leads::are_initials(&lead.initials) {
                redaction.initials.push(lead.initials.clone());
            } else if lead.initials.contains(' ') {
                redaction.add_name(&lead.initials);
            }
        }
        redaction.names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        redaction.names.dedup();
        redaction
    }

    fn add_name(&mut self, name: &str) {
        let parts = name.split_whitespace().filter(|part| part.chars().count() >= SHORTEST_PART);
        let whole = (name.chars().count() >= SHORTEST_PART).then_some(name);
        self.names.extend(parts.chain(whole).map(str::to_lowercase));
    }

    /// The text as residents read it.
    #[must_use]
    pub fn apply(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        let mut before: Option<char> = None;
        while let Some(first) = rest.chars().next() {
            let starts = !before.is_some_and(char::is_alphanumeric);
            let named = if starts { self.person_at(rest) } else { None };
            let length = match named {
                Some(length) => {
                    out.push_str(SOMEBODY);
                    length
                }
                None => {
                    out.push(first);
                    first.len_utf8()
                }
            };
            let (done, left) = rest.split_at_checked(length).unwrap_or((rest, ""));
            before = done.chars().last();
            rest = left;
        }
        out
    }

    /// How many bytes at the start of a text are a person's name or initials, standing as words of their own.
    fn person_at(&self, text: &str) -> Option<usize> {
        let name = self.names.iter().find_map(|name| word_at(text, name, |c| c.to_lowercase().next().unwrap_or(c)));
        name.or_else(|| self.initials.iter().find_map(|initials| word_at(text, initials, |c| c)))
    }
}

/// The bytes that `what` takes at the start of a text, when it ends there as a word; a plural s may follow it.
fn word_at(text: &str, what: &str, same: impl Fn(char) -> char) -> Option<usize> {
    let mut letters = text.chars();
    let mut length = 0;
    for wanted in what.chars() {
        let found = letters.next()?;
        if same(found) != wanted {
            return None;
        }
        length += found.len_utf8();
    }
    let mut after = letters;
    let ends = |next: Option<char>| !next.is_some_and(char::is_alphanumeric);
    match after.next() {
        Some('s') if ends(after.clone().next()) => Some(length + 1),
        next if ends(next) => Some(length),
        _ => None,
    }
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
            redaction.apply("The PQs met petra, QUILL and Ms Quill."),
            "The a member of staff met a member of staff, a member of staff and Ms a member of staff."
        );
        assert_eq!(
            redaction.apply("Quills are pens; a quillwort is a plant"),
            "a member of staff are pens; a quillwort is a plant"
        );
        assert_eq!(Redaction::default().apply("Ünïcode – as it is"), "Ünïcode – as it is");
    }
}
