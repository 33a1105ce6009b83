//! How far the work on one question's words is: what was coded, checked and read. Pure.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};

use crate::questionnaires::response::Word;
use crate::random::sha256;
use crate::statistics::agreement::Agreement;
use crate::surveys::verbatims::mark::Mark;
use crate::surveys::verbatims::theme::Theme;
use crate::thread::id::{AccountId, ThemeId};

/// What is kept for a question as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Frame {
    /// Draws the answers that a second person codes; empty until they are drawn.
    pub seed: String,
    /// The share of them that was asked for, in per cent.
    pub share: i64,
    /// When themes and words were shown to the public: they stay as they are from then on.
    pub published_at: Option<DateTime<Utc>>,
    /// How many answers the public reads at most.
    pub most_shown: i64,
}

/// Whose look at an answer a coding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// The first person's.
    First,
    /// Somebody else's, who did not see the first.
    Second,
    /// The one that settles what the two saw differently.
    Third,
}

impl Turn {
    /// As it is stored.
    #[must_use]
    pub const fn number(self) -> i64 {
        match self {
            Self::First => 1,
            Self::Second => 2,
            Self::Third => 3,
        }
    }

    /// The turn of a stored number.
    #[must_use]
    pub fn of(number: i64) -> Option<Self> {
        [Self::First, Self::Second, Self::Third].into_iter().find(|turn| turn.number() == number)
    }
}

/// What one person found in one answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coding {
    pub id: i64,
    pub turn: Turn,
    pub account: AccountId,
    /// What they noted beside it, or nothing.
    pub note: String,
    pub revision: i64,
    /// The themes, those that were merged as what they became; none of them where no theme fits.
    pub themes: BTreeSet<ThemeId>,
}

/// What was decided about showing an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Nothing yet; passages may be marked.
    Open,
    /// It may be shown, without what is marked.
    Show,
    /// It is not shown.
    Withhold,
}

impl Decision {
    const ALL: [Self; 3] = [Self::Open, Self::Show, Self::Withhold];

    /// As it is stored and sent in forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Show => "show",
            Self::Withhold => "withhold",
        }
    }
}

impl std::str::FromStr for Decision {
    type Err = ();
    fn from_str(code: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|decision| decision.code() == code).ok_or(())
    }
}

/// What was decided about showing an answer, and what is taken out of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    pub decision: Decision,
    pub account: AccountId,
    pub revision: i64,
    /// In the order of the text.
    pub marks: Vec<Mark>,
}

/// Everything about one question's words.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    pub frame: Frame,
    /// In an order of chance that stays.
    pub words: Vec<Word>,
    /// In their order, with those that were merged.
    pub themes: Vec<Theme>,
    /// The codings of each answer by its key, in the order of their turns.
    pub codings: HashMap<String, Vec<Coding>>,
    /// The answers that a second person codes.
    pub sampled: HashSet<String>,
    /// What was decided about each answer by its key.
    pub reviews: HashMap<String, Review>,
}

impl Standing {
    /// The themes that answers can be put under, in their order.
    pub fn live(&self) -> impl Iterator<Item = &Theme> {
        self.themes.iter().filter(|theme| theme.is_live())
    }

    /// An answer by its key.
    #[must_use]
    pub fn word(&self, key: &str) -> Option<&Word> {
        self.words.iter().find(|word| word.word_key == key)
    }

    /// What somebody found in an answer at a turn.
    #[must_use]
    pub fn coding(&self, word: &str, turn: Turn) -> Option<&Coding> {
        self.codings.get(word)?.iter().find(|coding| coding.turn == turn)
    }

    /// What counts of an answer: what was settled, else what the first person found.
    #[must_use]
    pub fn counting(&self, word: &str) -> Option<&Coding> {
        self.coding(word, Turn::Third).or_else(|| self.coding(word, Turn::First))
    }

    /// Whether somebody is still to code an answer without seeing what the first person found.
    #[must_use]
    pub fn is_blind(&self, word: &str) -> bool {
        self.sampled.contains(word) && self.coding(word, Turn::Second).is_none()
    }

    /// How many answers were coded once.
    #[must_use]
    pub fn coded(&self) -> usize {
        self.words.iter().filter(|word| self.counting(&word.word_key).is_some()).count()
    }

    /// How many of the answers that were drawn a second person has coded, and how many were drawn.
    #[must_use]
    pub fn checked(&self) -> (usize, usize) {
        let drawn = || self.words.iter().filter(|word| self.sampled.contains(&word.word_key));
        (drawn().filter(|word| !self.is_blind(&word.word_key)).count(), drawn().count())
    }

    /// How many answers were read and decided about.
    #[must_use]
    pub fn reviewed(&self) -> usize {
        self.words.iter().filter(|word| self.decision(&word.word_key) != Decision::Open).count()
    }

    /// What was decided about an answer.
    #[must_use]
    pub fn decision(&self, word: &str) -> Decision {
        self.reviews.get(word).map_or(Decision::Open, |review| review.decision)
    }

    /// The answer that a person codes next, after another in their own order; it begins anew at the end. Each person has
    /// an order of their own, so that two who code at once seldom meet.
    #[must_use]
    pub fn next_first(&self, by: AccountId, after: Option<&str>) -> Option<&Word> {
        self.next(by, after, |word| self.coding(word, Turn::First).is_none())
    }

    /// The answer that a person codes next as the second, which somebody else has coded as the first.
    #[must_use]
    pub fn next_second(&self, by: AccountId, after: Option<&str>) -> Option<&Word> {
        self.next(by, after, |word| self.is_due_second(word, by))
    }

    /// Whether a person may code an answer as the second.
    #[must_use]
    pub fn is_due_second(&self, word: &str, by: AccountId) -> bool {
        self.is_blind(word) && self.coding(word, Turn::First).is_some_and(|first| first.account != by)
    }

    /// The answer that a person reads next to decide about it.
    #[must_use]
    pub fn next_review(&self, by: AccountId, after: Option<&str>) -> Option<&Word> {
        self.next(by, after, |word| self.decision(word) == Decision::Open)
    }

    fn next(&self, by: AccountId, after: Option<&str>, is_due: impl Fn(&str) -> bool) -> Option<&Word> {
        let place = |word: &str| sha256(&format!("{by} {word}"));
        let behind = after.map(place);
        let due = self.words.iter().filter(|word| is_due(&word.word_key) && Some(word.word_key.as_str()) != after);
        due.min_by_key(|word| {
            let at = place(&word.word_key);
            // Those that were passed come last.
            (behind.as_ref().is_some_and(|behind| at < *behind), at)
        })
    }

    /// The answers in which two people found different themes, and that nobody has settled.
    #[must_use]
    pub fn differing(&self) -> Vec<&Word> {
        self.words.iter().filter(|word| self.differs(&word.word_key)).collect()
    }

    /// Whether two people found different themes in an answer and nobody has settled it.
    #[must_use]
    pub fn differs(&self, word: &str) -> bool {
        let both = self.coding(word, Turn::First).zip(self.coding(word, Turn::Second));
        both.is_some_and(|(first, second)| first.themes != second.themes) && self.coding(word, Turn::Third).is_none()
    }

    /// How far the two agree on each theme, over the answers that both have coded.
    #[must_use]
    pub fn agreement(&self) -> Vec<(&Theme, Agreement)> {
        let both = |word: &Word| {
            let key = &word.word_key;
            self.coding(key, Turn::First).zip(self.coding(key, Turn::Second))
        };
        let pairs: Vec<(&Coding, &Coding)> = self.words.iter().filter_map(both).collect();
        let of = |theme: &Theme| {
            Agreement::of(
                pairs
                    .iter()
                    .map(|(first, second)| (first.themes.contains(&theme.id), second.themes.contains(&theme.id))),
            )
        };
        self.live().map(|theme| (theme, of(theme))).collect()
    }

    /// The names of themes, in the order of the frame.
    #[must_use]
    pub fn names(&self, themes: &BTreeSet<ThemeId>) -> Vec<&str> {
        self.live().filter(|theme| themes.contains(&theme.id)).map(|theme| theme.name.as_str()).collect()
    }
}
