//! A survey: what it says, who may answer and when.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::clock;
use crate::db::{self, Tx};
use crate::questionnaires::version::Version;
use crate::surveys::kind::SurveyKind;
use crate::surveys::store;
use crate::thread::id::SurveyId;

/// How long a form that was opened before closing may still be sent.
pub const GRACE: TimeDelta = TimeDelta::minutes(30);

/// Who may answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody with the address, and those with a personal link.
    Open,
    /// Only those who were sent a personal link.
    Personal,
}

impl Access {
    /// As it is stored and sent in forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Personal => "personal",
        }
    }
}

impl std::str::FromStr for Access {
    type Err = ();
    fn from_str(code: &str) -> Result<Self, ()> {
        [Self::Open, Self::Personal].into_iter().find(|access| access.code() == code).ok_or(())
    }
}

/// A survey without its questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    /// Its id.
    pub id: SurveyId,
    /// The version of the questionnaire it asks.
    pub version_id: i64,
    /// What it is for.
    pub kind: SurveyKind,
    /// Its name in addresses.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// What it is for, on the start page.
    pub introduction: String,
    /// What happens next, on the receipt.
    pub next_steps: String,
    /// How many minutes it takes.
    pub minutes: i64,
    /// Who may answer.
    pub access: Access,
    /// Whether all questions stand on one page unless the person chooses otherwise.
    pub one_page: bool,
    /// How many homes could answer it, where staff have said so: 1 to 1,000,000.
    pub homes: Option<i64>,
    /// How many homes each group of the dividing question has, in the order of the groups; empty where
    /// nobody has said so.
    pub group_homes: Vec<(String, u32)>,
    /// When it opens.
    pub opens_at: DateTime<Utc>,
    /// When it closes: answers begun before may be sent for `GRACE` longer.
    pub closes_at: DateTime<Utc>,
    /// Signs the moment at which a form was opened.
    pub seal_key: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was published; until then only staff see it.
    pub published_at: Option<DateTime<Utc>>,
    /// When its results were published.
    pub results_published_at: Option<DateTime<Utc>>,
}

/// A survey with its questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The survey.
    pub survey: Survey,
    /// Its questions.
    pub version: Version,
}

impl Asked {
    /// Whether its questions stand on one page. Never with a question for a photo, which is kept with the page it came from.
    #[must_use]
    pub fn is_one_page(&self) -> bool {
        self.survey.one_page && self.version.questionnaire.photo().is_none()
    }
}

/// Where a survey stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Staff are still making it.
    Draft,
    /// Published, not open yet.
    Waiting,
    /// Taking answers.
    Open,
    /// Over.
    Closed,
}

impl State {
    /// In a word.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::Waiting => "Opens later",
            Self::Open => "Open",
            Self::Closed => "Closed",
        }
    }
}

/// Whether a form may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sending {
    /// The survey is open.
    InTime,
    /// It has closed, but the form was opened before and half an hour has not passed.
    InGrace,
    /// It is over for this form, or was never open.
    TooLate,
}

impl Survey {
    /// Where it stands at a moment. It is closed from `closes_at` on.
    #[must_use]
    pub fn state(&self, now: DateTime<Utc>) -> State {
        match self.published_at {
            None => State::Draft,
            Some(_) if now >= self.closes_at => State::Closed,
            Some(_) if now < self.opens_at => State::Waiting,
            Some(_) => State::Open,
        }
    }

    /// Whether a form opened at `opened` may be sent now.
    #[must_use]
    pub fn sending(&self, opened: DateTime<Utc>, now: DateTime<Utc>) -> Sending {
        match self.state(now) {
            State::Open => Sending::InTime,
            State::Closed if opened < self.closes_at && now < self.last_sending() => Sending::InGrace,
            State::Draft | State::Waiting | State::Closed => Sending::TooLate,
        }
    }

    /// Until when a form opened in time may be sent.
    #[must_use]
    pub fn last_sending(&self) -> DateTime<Utc> {
        self.closes_at + GRACE
    }

    /// Whether its results are final: no form can be sent any more.
    #[must_use]
    pub fn is_settled(&self, now: DateTime<Utc>) -> bool {
        self.published_at.is_some() && now >= self.last_sending()
    }

    /// The first day of which answers count, in London.
    #[must_use]
    pub fn first_day(&self) -> NaiveDate {
        clock::london_day(self.opens_at)
    }

    /// The last day of which answers count, in London: the day before where it closes as a day begins.
    #[must_use]
    pub fn last_day(&self) -> NaiveDate {
        clock::london_day(self.closes_at - TimeDelta::microseconds(1))
    }

    /// How many homes could answer it, where staff have said so.
    #[must_use]
    pub fn homes(&self) -> Option<u32> {
        self.homes.and_then(|homes| u32::try_from(homes).ok())
    }

    /// Its address for residents.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/surveys/{}", self.slug)
    }
}

/// The surveys that anybody can answer now, the one that closes first leading.
///
/// # Errors
/// When the database refuses.
pub async fn open_now(tx: &mut Tx, now: DateTime<Utc>) -> Result<Vec<Survey>, db::Error> {
    let surveys = store::list_published(tx).await?;
    let is_open = |survey: &Survey| survey.state(now) == State::Open && survey.access == Access::Open;
    let mut open: Vec<Survey> = surveys.into_iter().filter(is_open).collect();
    open.sort_by_key(|survey| survey.closes_at);
    Ok(open)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A published survey that is open from the first to the last day of November 2026.
    pub fn november() -> Survey {
        Survey {
            id: SurveyId(1),
            version_id: 1,
            kind: SurveyKind::Consultation,
            slug: "repairs".to_owned(),
            title: "Repairs and you".to_owned(),
            introduction: "Tell us.".to_owned(),
            next_steps: "We read every answer.".to_owned(),
            minutes: 5,
            access: Access::Open,
            one_page: false,
            homes: Some(4_200),
            group_homes: Vec::new(),
            opens_at: at("2026-11-01T00:00:00Z"),
            closes_at: at("2026-11-30T23:59:00Z"),
            seal_key: "key".to_owned(),
            created_at: at("2026-10-01T00:00:00Z"),
            published_at: Some(at("2026-10-02T00:00:00Z")),
            results_published_at: None,
        }
    }

    fn at(words: &str) -> DateTime<Utc> {
        words.parse().unwrap()
    }

    fn closing(local: &str) -> Survey {
        let local = chrono::NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").unwrap();
        Survey { closes_at: clock::london_instant(local).unwrap(), ..november() }
    }

    #[test]
    fn r09_one_second_before_closing_is_in_time_and_closing_itself_is_not() {
        let survey = closing("2026-11-30 23:59");
        let late = at("2026-11-30T23:59:00Z");
        assert_eq!(survey.sending(late, late - TimeDelta::seconds(1)), Sending::InTime);
        assert_eq!(survey.sending(late, late), Sending::TooLate);
    }

    #[test]
    fn r09_a_form_opened_in_time_may_be_sent_for_half_an_hour() {
        let survey = closing("2026-11-30 23:59");
        let opened = at("2026-11-30T23:58:59Z");
        assert_eq!(survey.sending(opened, at("2026-12-01T00:28:59Z")), Sending::InGrace);
        assert_eq!(survey.sending(opened, at("2026-12-01T00:29:00Z")), Sending::TooLate);
    }

    #[test]
    fn r09_where_the_clock_strikes_twice_the_survey_closes_the_second_time() {
        let forms = [
            ("2026-10-25 01:30", "2026-10-25T01:29:59Z", "2026-10-25T00:30:00Z"),
            ("2027-10-31 01:30", "2027-10-31T01:29:59Z", "2027-10-31T00:30:00Z"),
        ];
        for (local, before, first_strike) in forms {
            let survey = Survey { opens_at: at("2026-10-01T00:00:00Z"), ..closing(local) };
            assert_eq!(survey.state(at(first_strike)), State::Open);
            assert_eq!(survey.state(at(before)), State::Open);
            assert_eq!(survey.state(at(before) + TimeDelta::seconds(1)), State::Closed);
        }
    }

    #[test]
    fn a_survey_that_closes_at_midnight_has_the_day_before_as_its_last() {
        let last = |local: &str| closing(local).last_day().to_string();
        assert_eq!([last("2026-11-30 23:59"), last("2026-12-01 00:00")], ["2026-11-30", "2026-11-30"]);
        assert_eq!(last("2026-12-01 00:01"), "2026-12-01");
        assert_eq!(november().first_day().to_string(), "2026-11-01");
    }

    #[test]
    fn a_draft_takes_no_answers() {
        let survey = Survey { published_at: None, ..november() };
        let now = at("2026-11-05T12:00:00Z");
        assert_eq!((survey.state(now), survey.sending(now, now)), (State::Draft, Sending::TooLate));
    }
}
