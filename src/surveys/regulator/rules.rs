//! What must be so before a survey of the measures is made, published, and its results published.

use crate::db::{self, Tx};
use crate::questionnaires::bank;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::settings::{self, Landlord, small_numbers};
use crate::surveys::kind::SurveyKind;
use crate::surveys::regulator::{accuracy, measures, store};
use crate::surveys::results;
use crate::surveys::survey::Asked;

/// Why a survey of that kind cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoQuestions {
    /// The questions name the landlord, whose name is not in the settings.
    NoName,
    /// The program holds no sound bank.
    NoBank,
}

impl NoQuestions {
    /// What to tell the person.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::NoName => {
                "The regulator’s questions name the landlord. Enter its name on the settings page, then make the survey"
            }
            Self::NoBank => "The regulator’s questions are not part of this program",
        }
    }
}

/// The questions that a new survey of a kind begins with: those of the bank for the measures, none else.
///
/// # Errors
/// See [`NoQuestions`].
pub fn questions(kind: SurveyKind, landlord: &Landlord) -> Result<Questionnaire, NoQuestions> {
    if !kind.feeds_measures() {
        return Ok(Questionnaire::default());
    }
    if landlord.name.trim().is_empty() || landlord.name == Landlord::default().name {
        return Err(NoQuestions::NoName);
    }
    bank::current().and_then(|bank| bank.questionnaire(&landlord.name).ok()).ok_or(NoQuestions::NoBank)
}

/// Why a survey of the measures, or its results, cannot be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotReady {
    /// The introduction leaves out what the regulator wants said.
    Introduction,
    /// The questions are not the bank's, or name another landlord.
    OtherQuestions,
    /// How many homes there are is not known.
    NoHomes,
    /// The summary of approach is not filled in.
    NoApproach,
    /// Fewer answered than the regulator asks for, and nobody says why.
    Shortfall,
}

impl NotReady {
    /// What to tell the person.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Introduction => {
                "Say in the introduction how many minutes it takes, and that the answers are used for tenant satisfaction measures, which are published every year"
            }
            Self::OtherQuestions => {
                "The regulator’s questions are not all there as it words them, with the landlord’s name as it stands in the settings. Make the survey again"
            }
            Self::NoHomes => "Enter how many homes you have under “Measures and margins” first",
            Self::NoApproach => "Write the summary of approach first. It is published with the results",
            Self::Shortfall => {
                "Fewer people answered than the regulator asks for. Say why in the summary of approach first"
            }
        }
    }
}

/// What still stands against publishing the survey: what it says and asks. Surveys of other kinds are ready.
///
/// # Errors
/// When the database refuses.
pub async fn check_survey(tx: &mut Tx, asked: &Asked) -> Result<Option<NotReady>, db::Error> {
    if !asked.survey.kind.feeds_measures() {
        return Ok(None);
    }
    let landlord = settings::store::find(tx).await?;
    let questionnaire = &asked.version.questionnaire;
    let bank = questionnaire.bank().and_then(bank::find);
    if !bank.is_some_and(|bank| bank.is_asked_by(questionnaire, &landlord.name)) {
        return Ok(Some(NotReady::OtherQuestions));
    }
    Ok((!says_what_it_must(&asked.survey.introduction)).then_some(NotReady::Introduction))
}

/// Whether an introduction says roughly how long the survey takes, and that its answers are used for measures that are
/// published each year.
fn says_what_it_must(introduction: &str) -> bool {
    let words = introduction.to_lowercase();
    let says_one_of = |all: &[&str]| all.iter().any(|word| words.contains(word));
    says_one_of(&["minute"])
        && says_one_of(&["satisfaction measure", "tsm"])
        && says_one_of(&["publish"])
        && says_one_of(&["year", "annual"])
}

/// What still stands against publishing the results: what goes with them. Surveys of other kinds are ready.
///
/// # Errors
/// When the database refuses.
pub async fn check_results(tx: &mut Tx, asked: &Asked) -> Result<Option<NotReady>, db::Error> {
    if !asked.survey.kind.feeds_measures() {
        return Ok(None);
    }
    let Some(stock) = store::find_stock(tx, asked.survey.id).await? else { return Ok(Some(NotReady::NoHomes)) };
    let Some(approach) = store::find_approach(tx, asked.survey.id).await? else {
        return Ok(Some(NotReady::NoApproach));
    };
    let landlord = settings::store::find(tx).await?;
    let gathered = results::gather(tx, asked).await?;
    let policy = small_numbers::measures(&landlord);
    let Ok(found) = measures::measure(asked, &gathered, Some(&stock), &policy) else {
        return Ok(Some(NotReady::OtherQuestions));
    };
    let short = accuracy::is_short(&accuracy::of(&found, &stock));
    Ok((short && approach.shortfall.is_empty()).then_some(NotReady::Shortfall))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_introduction_says_how_long_and_what_for() {
        let whole = "It takes about 5 minutes. Your answers are used for our tenant satisfaction measures, which are published every year.";
        assert!(says_what_it_must(whole));
        assert!(says_what_it_must("10 MINUTES. We publish our annual TSMs from it."));
        for left_out in ["It takes about 5 minutes. ", "tenant satisfaction measures", "published", "every year"] {
            assert!(!says_what_it_must(&whole.replace(left_out, "")), "{left_out}");
        }
    }

    #[test]
    fn a_landlord_without_a_name_has_no_questions_for_the_regulator() {
        let unnamed = Landlord::default();
        assert_eq!(questions(SurveyKind::TsmPerception, &unnamed), Err(NoQuestions::NoName));
        assert_eq!(questions(SurveyKind::Pulse, &unnamed), Ok(Questionnaire::default()));
        let named = Landlord { name: "Mill Lane Homes".to_owned(), ..unnamed };
        assert_eq!(questions(SurveyKind::TsmPerception, &named).map(|all| all.questions().len()), Ok(16));
    }
}
