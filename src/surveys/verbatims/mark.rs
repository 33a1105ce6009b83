//! Passages of an answer that are taken out where it is shown. The answer itself stays as it was written. Pure.

/// What a passage would give away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Somebody's name.
    Name,
    /// Where somebody lives.
    Address,
    /// A phone number or an e-mail address.
    Contact,
    /// Somebody's health.
    Health,
    /// Which member of staff it was.
    Staff,
    /// Anything else by which somebody could be recognised.
    Other,
}

impl Kind {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] = [Self::Name, Self::Address, Self::Contact, Self::Health, Self::Staff, Self::Other];

    /// As it is stored and sent in forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Address => "address",
            Self::Contact => "contact",
            Self::Health => "health",
            Self::Staff => "staff",
            Self::Other => "other",
        }
    }

    /// What stands in its place: "[removed: name]".
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Address => "address",
            Self::Contact => "contact details",
            Self::Health => "health",
            Self::Staff => "member of staff",
            Self::Other => "identifying detail",
        }
    }
}

impl std::str::FromStr for Kind {
    type Err = ();
    fn from_str(code: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|kind| kind.code() == code).ok_or(())
    }
}

/// A passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where it begins, in characters from the beginning.
    pub begins: usize,
    /// How many characters it has, from one.
    pub letters: usize,
    /// What it would give away.
    pub kind: Kind,
}

impl Mark {
    /// As it is sent in forms: "12:7:name".
    #[must_use]
    pub fn code(self) -> String {
        format!("{}:{}:{}", self.begins, self.letters, self.kind.code())
    }

    fn ends(self) -> usize {
        self.begins.saturating_add(self.letters)
    }
}

impl std::str::FromStr for Mark {
    type Err = ();
    fn from_str(code: &str) -> Result<Self, ()> {
        let mut parts = code.splitn(3, ':');
        let mut number = || parts.next().and_then(|part| part.parse().ok()).ok_or(());
        let (begins, letters) = (number()?, number()?);
        Ok(Self { begins, letters, kind: parts.next().ok_or(())?.parse()? })
    }
}

/// The passages that lie in a text, in its order; those that meet become one, of the kind of the first.
#[must_use]
pub fn tidy(text: &str, mut marks: Vec<Mark>) -> Vec<Mark> {
    let all = text.chars().count();
    marks.retain(|mark| mark.letters > 0 && mark.begins < all && mark.letters <= all - mark.begins);
    marks.sort_by_key(|mark| (mark.begins, std::cmp::Reverse(mark.letters)));
    let mut tidied: Vec<Mark> = Vec::new();
    for mark in marks {
        match tidied.last_mut().filter(|last| mark.begins < last.ends()) {
            Some(last) => last.letters = last.ends().max(mark.ends()) - last.begins,
            None => tidied.push(mark),
        }
    }
    tidied
}

/// A text in parts: as it is, or marked. Together they are the text. The marks must be tidy.
#[must_use]
pub fn parts<'a>(text: &'a str, marks: &[Mark]) -> Vec<(&'a str, Option<Mark>)> {
    let place = |at: usize| text.char_indices().nth(at).map_or(text.len(), |(place, _)| place);
    let (mut parts, mut from) = (Vec::new(), 0);
    for mark in marks {
        let (begin, end) = (place(mark.begins), place(mark.ends()));
        parts.extend(text.get(from..begin).filter(|plain| !plain.is_empty()).map(|plain| (plain, None)));
        parts.extend(text.get(begin..end).map(|passage| (passage, Some(*mark))));
        from = end;
    }
    parts.extend(text.get(from..).filter(|plain| !plain.is_empty()).map(|plain| (plain, None)));
    parts
}

/// The text as it may be shown.
#[must_use]
pub fn redacted(text: &str, marks: &[Mark]) -> String {
    let part = |(words, mark): (&str, Option<Mark>)| match mark {
        Some(mark) => format!("[removed: {}]", mark.kind.label()),
        None => words.to_owned(),
    };
    parts(text, marks).into_iter().map(part).collect()
}

/// Everywhere that some words stand in a text, in any capitals, but not inside of longer words.
#[must_use]
pub fn find(text: &str, words: &str, kind: Kind) -> Vec<Mark> {
    let small = |text: &str| -> Vec<char> { text.chars().map(|c| c.to_lowercase().next().unwrap_or(c)).collect() };
    let (text, words) = (small(text), small(words.trim()));
    let letters = words.len();
    if letters == 0 {
        return Vec::new();
    }
    let joins = |one: Option<&char>, other: Option<&char>| {
        one.zip(other).is_some_and(|(one, other)| one.is_alphanumeric() && other.is_alphanumeric())
    };
    let stands = |begins: &usize| {
        let before = begins.checked_sub(1).and_then(|at| text.get(at));
        text.get(*begins..begins + letters).is_some_and(|there| *there == *words)
            && !joins(before, words.first())
            && !joins(words.last(), text.get(begins + letters))
    };
    (0..text.len()).filter(stands).map(|begins| Mark { begins, letters, kind }).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mark(begins: usize, letters: usize) -> Mark {
        Mark { begins, letters, kind: Kind::Name }
    }

    #[test]
    fn a_passage_is_replaced_by_what_it_was_and_the_rest_stays() {
        let text = "Mr Ångström of 12 High Street was kind.\nThank Ann!";
        let marks = [find(text, "mr ångström", Kind::Staff), find(text, "12 High Street", Kind::Address)].concat();
        let marks = tidy(text, [marks, find(text, "ann", Kind::Name)].concat());
        let shown = redacted(text, &marks);
        assert_eq!(shown, "[removed: member of staff] of [removed: address] was kind.\nThank [removed: name]!");
        assert!(find("Planning in Annfield", "ann", Kind::Name).is_empty());
        assert!(find("anything", "  ", Kind::Name).is_empty());
    }

    #[test]
    fn passages_that_meet_become_one_and_those_outside_are_left_out() {
        let marks = vec![mark(4, 3), mark(0, 5), mark(9, 2), mark(3, 0), mark(usize::MAX, 1), mark(1, usize::MAX)];
        assert_eq!(tidy("0123456789", marks), [mark(0, 7)]);
        assert_eq!(tidy("0123456789", vec![mark(8, 2), mark(2, 2)]), [mark(2, 2), mark(8, 2)]);
    }

    #[test]
    fn a_passage_comes_back_from_its_form() {
        let mark = Mark { begins: 12, letters: 7, kind: Kind::Contact };
        assert_eq!(mark.code().parse(), Ok(mark));
        for wrong in ["", "1:2", "1:2:who", "-1:2:name", "1:2:name:3"] {
            assert!(wrong.parse::<Mark>().is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn the_parts_are_the_text_and_nothing_marked_is_shown(text in "[ -~é\n]{0,60}", places in prop::collection::vec((0_usize..70, 0_usize..12), 0..6)) {
            let marks = tidy(&text, places.into_iter().map(|(begins, letters)| mark(begins, letters)).collect());
            let parts = parts(&text, &marks);
            prop_assert_eq!(parts.iter().map(|(words, _)| *words).collect::<String>(), text.clone());
            let marked: usize = parts.iter().filter(|(_, mark)| mark.is_some()).map(|(words, _)| words.chars().count()).sum();
            prop_assert_eq!(marked, marks.iter().map(|mark| mark.letters).sum::<usize>());
            let kept: String = parts.iter().filter(|(_, mark)| mark.is_none()).map(|(words, _)| *words).collect();
            prop_assert_eq!(redacted(&text, &marks).replace("[removed: name]", ""), kept.replace("[removed: name]", ""));
        }
    }
}
