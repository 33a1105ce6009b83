//! Who leads an action, as a plan writes it: one, many, a group, or somebody for one phase only.

/// One lead as named in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    /// Initials, or the role or group in words.
    pub initials: String,
    /// The full name, where the cell gives it beside the initials.
    pub name: Option<String>,
    /// What the lead is for, such as `phase 1`.
    pub note: Option<String>,
}

impl Lead {
    fn plain(initials: &str) -> Self {
        Self { initials: initials.to_owned(), name: None, note: None }
    }

    /// Whether this names several people or a post rather than one person.
    #[must_use]
    pub fn is_group(&self) -> bool {
        is_group(&self.initials) || self.name.as_deref().is_some_and(is_group)
    }
}

/// Words that mark a group or a post.
const GROUP: &[&str] = &[
    "heads",
    "head",
    "team",
    "teams",
    "group",
    "panel",
    "board",
    "department",
    "departments",
    "managers",
    "manager",
    "director",
    "directors",
    "officers",
    "officer",
    "all",
    "staff",
    "committee",
    "service",
    "services",
    "everyone",
];

/// Whether a name is that of a group or a post.
#[must_use]
pub fn is_group(name: &str) -> bool {
    let mut words = name.split(|c: char| !c.is_alphanumeric());
    words.any(|word| GROUP.contains(&word.to_lowercase().as_str()) || is_heads_of(word))
}

/// `HoD`, `HoS`: the heads of something.
fn is_heads_of(word: &str) -> bool {
    let rest = word.strip_prefix("Ho").unwrap_or_default().trim_end_matches('s');
    !rest.is_empty() && rest.chars().all(char::is_uppercase)
}

/// Initials as people write them: two to six letters, at least two of them capitals, no spaces.
#[must_use]
pub fn are_initials(text: &str) -> bool {
    (2..=6).contains(&text.chars().count())
        && text.chars().all(char::is_alphabetic)
        && text.starts_with(char::is_uppercase)
        && text.chars().filter(|c| c.is_uppercase()).count() >= 2
}

/// Reads a lead cell, in order, each lead once per note.
#[must_use]
pub fn read(text: &str) -> Vec<Lead> {
    let mut leads: Vec<Lead> = Vec::new();
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty()) {
        for lead in read_line(line) {
            if !leads.contains(&lead) {
                leads.push(lead);
            }
        }
    }
    leads
}

/// Writes leads as a plan would: those with the same note on one line.
#[must_use]
pub fn write(leads: &[Lead]) -> String {
    let mut lines: Vec<(Option<&str>, Vec<&str>)> = Vec::new();
    for lead in leads {
        match lines.last_mut() {
            Some((note, names)) if *note == lead.note.as_deref() => names.push(&lead.initials),
            _ => lines.push((lead.note.as_deref(), vec![&lead.initials])),
        }
    }
    let line = |(note, names): (Option<&str>, Vec<&str>)| {
        let names = names.join(", ");
        note.map_or_else(|| names.clone(), |note| format!("{names} ({note})"))
    };
    lines.into_iter().map(line).collect::<Vec<_>>().join("\n")
}

fn read_line(line: &str) -> Vec<Lead> {
    let (body, bracket) = match line.strip_suffix(')').and_then(|l| l.rsplit_once('(')) {
        Some((body, inside)) => (body.trim(), Some(inside.trim())),
        None => (line, None),
    };
    if let Some(inside) = bracket {
        // `Heads of Department (HoD)`: the short form stands in the bracket.
        if are_initials(inside) && !body.is_empty() && !are_initials(body) {
            return vec![Lead { initials: inside.to_owned(), name: Some(body.to_owned()), note: None }];
        }
        let note = (!inside.is_empty()).then(|| inside.to_owned());
        return split(body).into_iter().map(|l| Lead { note: note.clone(), ..l }).collect();
    }
    split(line)
}

fn split(body: &str) -> Vec<Lead> {
    let pieces: Vec<&str> = body
        .split([',', ';'])
        .flat_map(|piece| split_if_initials(piece, "/"))
        .flat_map(|piece| split_if_initials(piece, "&"))
        .flat_map(|piece| split_if_initials(piece, " and "))
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .collect();
    pieces.into_iter().map(Lead::plain).collect()
}

/// `KA/MF` is two people, `Repairs/Maintenance team` is one.
fn split_if_initials<'a>(text: &'a str, by: &str) -> Vec<&'a str> {
    let pieces: Vec<&str> = text.split(by).collect();
    let short = pieces.iter().all(|p| are_initials(p.trim()) || p.trim().is_empty());
    if pieces.len() > 1 && short { pieces } else { vec![text] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn initials(text: &str) -> Vec<String> {
        read(text).into_iter().map(|l| l.initials).collect()
    }

    #[test]
    fn leads_are_split_by_line_slash_and_comma() {
        assert_eq!(initials("EC, TM/MF"), ["EC", "TM", "MF"]);
        assert_eq!(initials("CMcK\nKA\nCM"), ["CMcK", "KA", "CM"]);
        assert_eq!(initials("KA & MF"), ["KA", "MF"]);
        assert_eq!(initials(""), Vec::<String>::new());
    }

    #[test]
    fn the_same_lead_on_several_lines_is_named_once() {
        assert_eq!(initials("KA\nKA\nKA"), ["KA"]);
    }

    #[test]
    fn a_phase_belongs_to_everyone_on_its_line() {
        let leads = read("KA/MF (phase 1)\nKA/KM (phase 2)");
        let told: Vec<_> = leads.iter().map(|l| (l.initials.as_str(), l.note.as_deref())).collect();
        assert_eq!(
            told,
            [("KA", Some("phase 1")), ("MF", Some("phase 1")), ("KA", Some("phase 2")), ("KM", Some("phase 2")),]
        );
    }

    #[test]
    fn leads_read_back_as_written() {
        for text in ["KA, MF (phase 1)\nKA, KM (phase 2)", "EC, TM", "Head of Repairs", ""] {
            assert_eq!(write(&read(text)), text);
        }
    }

    #[test]
    fn a_group_is_known_by_its_words_or_short_form() {
        let leads = read("Heads of Department (HoD)\nMB");
        assert_eq!(leads[0].initials, "HoD");
        assert_eq!(leads[0].name.as_deref(), Some("Heads of Department"));
        assert!(leads[0].is_group());
        assert!(!leads[1].is_group());
        assert!(read("HoD")[0].is_group() && read("HoS")[0].is_group());
        assert!(!is_group("Holly Hope"));
    }

    #[test]
    fn a_post_in_words_is_one_lead() {
        assert_eq!(initials("Repairs/Maintenance team"), ["Repairs/Maintenance team"]);
        assert!(read("Head of Repairs")[0].is_group());
    }
}
