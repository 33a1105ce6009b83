//! What a survey says and when it is open: read from the form, made and changed.

use chrono::{DateTime, Utc};

use crate::clock;
use crate::db::{self, Tx};
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::store as questionnaires;
use crate::random::Random;
use crate::surveys::kind::SurveyKind;
use crate::surveys::store;
use crate::surveys::survey::{Access, Survey};
use crate::thread::id::SurveyId;
use crate::web::Form;
use crate::web::slug::slug;

const HOMES_WRONG: &str = "Enter how many homes could answer, from 1 to 1,000,000, or leave it empty";

/// What the form says of a survey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// Its title.
    pub title: String,
    /// What it is for.
    pub introduction: String,
    /// What happens next, on the receipt.
    pub next_steps: String,
    /// How many minutes it takes.
    pub minutes: i64,
    /// Who may answer.
    pub access: Access,
    /// Whether all questions stand on one page.
    pub one_page: bool,
    /// How many homes could answer it, where that is known.
    pub homes: Option<i64>,
    /// When it opens.
    pub opens_at: DateTime<Utc>,
    /// When it closes.
    pub closes_at: DateTime<Utc>,
}

/// Reads the form; none when something is wrong, which the form then says.
pub fn read(form: &mut Form) -> Option<Description> {
    let title = form.required("title", "The title", 120, "Enter a title");
    let introduction = form.required("introduction", "The introduction", 2000, "Say what the survey is for");
    let next_steps = form.required("next_steps", "What happens next", 1000, "Say what happens next");
    let minutes = form.whole("minutes", 1..=120, "Enter how many minutes it takes, from 1 to 120");
    let access = form.choice::<Access>("access", "Choose who may answer");
    let homes = form.optional_whole("homes", 1..=1_000_000, HOMES_WRONG);
    let opens_at = read_moment(form, "opens", "The opening day");
    let closes_at = read_moment(form, "closes", "The closing day");
    if slug(&title).is_empty() && !title.is_empty() {
        form.error("title", "Use letters or figures in the title");
    }
    if opens_at.zip(closes_at).is_some_and(|(opens, closes)| opens >= closes) {
        form.error("closes", "The survey must close after it opens");
    }
    if !form.is_valid() {
        return None;
    }
    Some(Description {
        title,
        introduction,
        next_steps,
        minutes: minutes?,
        access: access?,
        one_page: form.has("one_page", "yes"),
        homes,
        opens_at: opens_at?,
        closes_at: closes_at?,
    })
}

/// A day and a time of day in London. A time that the clocks skip is refused; one that comes twice
/// means the later.
fn read_moment(form: &mut Form, name: &str, what: &str) -> Option<DateTime<Utc>> {
    let day = form.day(name, what);
    let field = format!("{name}_time");
    let Some(time) = clock::read_time(form.value(&field)) else {
        form.error(&field, "Enter a time like 23:59 or 11:59 pm");
        return None;
    };
    let local = day?.and_time(time);
    if let Ok(instant) = clock::london_instant(local) {
        return Some(instant);
    }
    let words = format!(
        "{} on {} does not exist, because the clocks go forward. Choose another time",
        time.format("%H:%M"),
        clock::day(local.date()),
    );
    form.error(&field, words);
    None
}

/// Fills the form with what a survey says.
#[must_use]
pub fn fill(survey: &Survey) -> Form {
    let minutes = survey.minutes.to_string();
    let homes = survey.homes.map(|homes| homes.to_string()).unwrap_or_default();
    let one_page = if survey.one_page { "yes" } else { "" };
    let mut form = Form::filled(&[
        ("title", &survey.title),
        ("introduction", &survey.introduction),
        ("next_steps", &survey.next_steps),
        ("minutes", &minutes),
        ("access", survey.access.code()),
        ("one_page", one_page),
        ("homes", &homes),
    ]);
    for (name, at) in [("opens", survey.opens_at), ("closes", survey.closes_at)] {
        let local = at.with_timezone(&chrono_tz::Europe::London);
        form.set_day(name, Some(local.date_naive()));
        form.set(&format!("{name}_time"), &local.format("%H:%M").to_string());
    }
    form
}

/// A slug that no survey has yet.
///
/// # Errors
/// When the database refuses.
pub async fn free_slug(tx: &mut Tx, title: &str) -> Result<String, db::Error> {
    let wanted = slug(title);
    let mut slug = wanted.clone();
    let mut next = 2;
    // "new" would be taken for the page that makes one.
    while slug == "new" || store::find_by_slug(tx, &slug).await?.is_some() {
        slug = format!("{wanted}-{next}");
        next += 1;
    }
    Ok(slug)
}

impl Description {
    /// Whether it leaves the survey's opening and closing as they are.
    #[must_use]
    pub fn keeps_times(&self, survey: &Survey) -> bool {
        self.opens_at == survey.opens_at && self.closes_at == survey.closes_at
    }
}

/// Makes a survey of a kind as a draft with these questions.
///
/// # Errors
/// When the database refuses.
pub async fn create(
    tx: &mut Tx,
    random: &Random,
    kind: SurveyKind,
    description: &Description,
    questionnaire: &Questionnaire,
    now: DateTime<Utc>,
) -> Result<SurveyId, db::Error> {
    let version_id = questionnaires::insert_version(tx, questionnaire, now).await?;
    let survey = Survey {
        id: SurveyId(0),
        version_id,
        kind,
        slug: free_slug(tx, &description.title).await?,
        title: description.title.clone(),
        introduction: description.introduction.clone(),
        next_steps: description.next_steps.clone(),
        minutes: description.minutes,
        access: description.access,
        one_page: description.one_page,
        homes: description.homes,
        group_homes: Vec::new(),
        opens_at: description.opens_at,
        closes_at: description.closes_at,
        seal_key: random.token(),
        created_at: now,
        published_at: None,
        results_published_at: None,
    };
    store::insert(tx, &survey).await
}

/// Changes what a survey says. Its address stays once it is published, so that links keep working.
///
/// # Errors
/// When the database refuses.
pub async fn change(tx: &mut Tx, survey: &Survey, description: &Description) -> Result<(), db::Error> {
    let renamed = survey.published_at.is_none() && slug(&description.title) != slug(&survey.title);
    let slug = if renamed { free_slug(tx, &description.title).await? } else { survey.slug.clone() };
    let changed = Survey {
        slug,
        title: description.title.clone(),
        introduction: description.introduction.clone(),
        next_steps: description.next_steps.clone(),
        minutes: description.minutes,
        access: description.access,
        one_page: description.one_page,
        homes: description.homes,
        opens_at: description.opens_at,
        closes_at: description.closes_at,
        ..survey.clone()
    };
    store::update(tx, &changed).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surveys::survey::tests::november;

    fn with_closing(day: [&str; 3], time: &str) -> Form {
        let mut form = fill(&Survey { closes_at: november().closes_at, ..november() });
        for (part, value) in ["day", "month", "year"].iter().zip(day) {
            form.set(&format!("closes-{part}"), value);
        }
        form.set("closes_time", time);
        form
    }

    #[test]
    fn a_survey_comes_back_from_its_own_form() {
        let description = read(&mut fill(&november())).unwrap();
        assert_eq!(description.closes_at, november().closes_at);
        assert_eq!(description.title, november().title);
    }

    #[test]
    fn the_number_of_homes_may_be_left_out_and_is_kept_when_it_is_wrong() {
        let mut form = fill(&november());
        assert_eq!(read(&mut form).unwrap().homes, Some(4_200));
        for (typed, homes) in [("", None), ("12,545", Some(12_545)), ("1", Some(1))] {
            form.set("homes", typed);
            assert_eq!(read(&mut form).unwrap().homes, homes);
        }
        for typed in ["0", "-3", "1,000,001", "7.5", "about 900"] {
            let mut form = fill(&november());
            form.set("homes", typed);
            assert!(read(&mut form).is_none(), "{typed}");
            assert_eq!((form.error_of("homes"), form.value("homes")), (Some(HOMES_WRONG), typed));
        }
    }

    #[test]
    fn r09_a_time_that_never_comes_is_refused_at_entry() {
        let mut form = with_closing(["28", "3", "2027"], "01:30");
        assert!(read(&mut form).is_none());
        let words = form.error_of("closes_time").unwrap();
        assert!(words.starts_with("01:30 on 28 March 2027 does not exist"), "{words}");
    }

    #[test]
    fn r09_a_time_that_comes_twice_is_the_later() {
        let mut form = with_closing(["31", "10", "2027"], "1.30");
        assert_eq!(read(&mut form).unwrap().closes_at, "2027-10-31T01:30:00Z".parse::<DateTime<Utc>>().unwrap());
        let mut form = with_closing(["31", "10", "2027"], "half past one");
        assert!(read(&mut form).is_none());
    }

    #[test]
    fn a_survey_closes_after_it_opens() {
        let mut form = with_closing(["30", "10", "2026"], "12:00");
        assert!(read(&mut form).is_none());
        assert!(form.error_of("closes").is_some());
    }
}
