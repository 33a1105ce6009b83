//! What residents read never names a member of staff: names and initials of the directory are taken out.

use super::store::LeadEntry;

/// The words put in place of a person.
const SOMEBODY: &str = "a member of staff";

/// Takes names and initials out of texts. Groups and posts stay, as they are nobody's name.
#[derive(Debug, Clone, Default)]
pub struct Redaction {
    names: Vec<String>,
    initials: Vec<String>,
}

impl Redaction {
    /// A redaction of everyone in the directory.
    #[must_use]
    pub fn of(directory: &[LeadEntry]) -> Self {
        let people = directory.iter().filter(|d| !d.is_group);
        let mut redaction = Self::default();
        for lead in people {
            if lead.name.chars().count() > 2 {
                redaction.names.push(lead.name.clone());
            }
            if super::leads::are_initials(&lead.initials) {
                redaction.initials.push(lead.initials.clone());
            } else if lead.initials.contains(' ') {
                redaction.names.push(lead.initials.clone());
            }
        }
        redaction.names.sort_by_key(|n| std::cmp::Reverse(n.len()));
        redaction
    }

    /// The text as residents read it.
    #[must_use]
    pub fn apply(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for name in &self.names {
            text = replace_words(&text, name);
        }
        for initials in &self.initials {
            text = replace_words(&text, initials);
        }
        text
    }
}

/// Replaces `what` where it stands as words of its own; capitals matter for initials and names alike.
fn replace_words(text: &str, what: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut before: Option<char> = None;
    while let Some((head, tail)) = rest.split_once(what) {
        out.push_str(head);
        let left = head.chars().last().or(before);
        let right = tail.chars().next();
        let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        out.push_str(if inside(left) || inside(right) { what } else { SOMEBODY });
        before = what.chars().last();
        rest = tail;
    }
    out.push_str(rest);
    out
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
    }
}
