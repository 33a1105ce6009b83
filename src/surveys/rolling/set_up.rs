//! Setting a series up, once: read from the form, and kept with all its months.

use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};

use crate::clock;
use crate::db::{self, Tx};
use crate::random::Random;
use crate::residents::{Way, Ways};
use crate::surveys::rolling::plan::{Calendar, LAST_DAY, LONGEST, MOST_MONTHS, Series, Size, USUAL_MONTHS};
use crate::surveys::rolling::store;
use crate::surveys::rolling::wave::LONGEST_TITLE;
use crate::surveys::sample::plan::{Strata, USUAL_CALLS, USUAL_MONTHS as USUAL_MONTHS_APART, USUAL_REMINDERS};
use crate::surveys::survey::Survey;
use crate::thread::id::SurveyId;
use crate::web::Form;
use crate::web::slug::slug;

/// How many months ahead the first one may lie.
const AHEAD: u32 = 12;

/// Homes are drawn, as the form says it.
pub const BY_DRAW: &str = "draw";
/// Homes are asked as things happen there.
pub const BY_EVENTS: &str = "events";

/// The form as it is first shown; the first month is the next one.
#[must_use]
pub fn empty(today: NaiveDate) -> Form {
    let first = code(months_ahead(today).into_iter().nth(1).unwrap_or(today));
    let [months, apart, reminders, calls] =
        [USUAL_MONTHS, USUAL_MONTHS_APART, USUAL_REMINDERS, USUAL_CALLS].map(|number| number.to_string());
    let usual = [
        ("by", BY_DRAW),
        ("strata", Strata::Area.code()),
        ("first", first.as_str()),
        ("months", months.as_str()),
        ("day", "1"),
        ("time", "09:00"),
        ("days", "21"),
        ("months_apart", apart.as_str()),
        ("reminders", reminders.as_str()),
        ("remind_after", "7"),
        ("calls", calls.as_str()),
    ];
    let ways = Way::ALL.map(|way| ("ways", way.code()));
    Form::filled(&[usual.as_slice(), &ways].concat())
}

/// The months that can be the first, each by its first day: this one and those of the year to come.
#[must_use]
pub fn months_ahead(today: NaiveDate) -> Vec<NaiveDate> {
    let this = today.with_day(1).unwrap_or(today);
    (0..=AHEAD).filter_map(|ahead| this.checked_add_months(Months::new(ahead))).collect()
}

/// A month in the form.
#[must_use]
pub fn code(month: NaiveDate) -> String {
    month.format("%Y-%m").to_string()
}

/// Reads the form; none when something is wrong, which the form then says. `patterns` are the surveys that can be repeated.
pub fn read(form: &mut Form, patterns: &[Survey], random: &Random, now: DateTime<Utc>) -> Option<(Series, Calendar)> {
    let pattern = form.value("pattern").parse::<SurveyId>().ok();
    let pattern = pattern.and_then(|id| patterns.iter().find(|survey| survey.id == id));
    if pattern.is_none() {
        form.error("pattern", "Choose the survey whose questions are asked every month");
    }
    let title = form.required("title", "The title", LONGEST_TITLE, "Enter what the surveys are called");
    if slug(&title).is_empty() && !title.is_empty() {
        form.error("title", "Use letters or figures in the title");
    }
    let size = read_size(form);
    let strata = form.choice::<Strata>("strata", "Choose how homes are drawn");
    let ways: Vec<Way> = form.values("ways").into_iter().filter_map(|way| way.parse().ok()).collect();
    if ways.is_empty() {
        form.error("ways", "Choose at least one way by which homes are asked");
    }
    let calendar = read_calendar(form, now);
    let apart = form.whole("months_apart", 12..=36, "Enter a number of months from 12 to 36");
    let reminders = form.whole("reminders", 0..=5, "Enter how many reminders there may be, from 0 to 5");
    let remind_after = form.whole("remind_after", 1..=LONGEST, "Enter a number of days from 1 to 27");
    let calls = form.whole("calls", 1..=12, "Enter how many times a home is rung at most, from 1 to 12");
    let seed = form.text("seed", "The seed", 50);
    let series = Series {
        id: 0,
        pattern: pattern?.id,
        title,
        seed: if seed.is_empty() { random.reference() } else { seed },
        strata: strata?,
        size: size?,
        ways: Ways::of(&ways),
        months_apart: apart?,
        most_reminders: reminders?,
        remind_after: remind_after?,
        most_calls: calls?,
    };
    let calendar = calendar?;
    form.is_valid().then_some((series, calendar))
}

/// A number of homes or a part of the list, of which one is entered; or days after an event.
fn read_size(form: &mut Form) -> Option<Size> {
    let is_empty = |form: &Form, name: &str| form.value(name).trim().is_empty();
    if form.value("by") == BY_EVENTS {
        return form.whole("days_after", 0..=90, "Enter a number of days from 0 to 90").map(Size::Events);
    }
    match (is_empty(form, "wanted"), is_empty(form, "share")) {
        (false, true) => {
            let words = "Enter how many homes are asked each month, from 1 to 100,000";
            form.whole("wanted", 1..=100_000, words).map(Size::Homes)
        }
        (true, false) => {
            let share = form.decimal("share", 0.1..=100.0, "Enter a per cent from 0.1 to 100, with one decimal");
            // At most 1,000, so that it is a whole number without loss.
            share.and_then(|share| format!("{:.0}", share * 10.0).parse().ok()).map(Size::Share)
        }
        _ => {
            form.error("wanted", "Enter either how many homes are asked each month or which part of the list they are");
            None
        }
    }
}

fn read_calendar(form: &mut Form, now: DateTime<Utc>) -> Option<Calendar> {
    let chosen = form.value("first").to_owned();
    let first = months_ahead(clock::london_day(now)).into_iter().find(|month| code(*month) == chosen);
    if first.is_none() {
        form.error("first", "Choose the first month");
    }
    let months = form.whole("months", 1..=MOST_MONTHS, "Enter for how many months, from 1 to 36");
    let day = form.whole("day", 1..=LAST_DAY, "Enter a day of the month from 1 to 28");
    let days = form.whole("days", 1..=LONGEST, "Enter for how many days, from 1 to 27");
    let time = clock::read_time(form.value("time"));
    if time.is_none() {
        form.error("time", "Enter a time like 09:00 or 9am");
    }
    let calendar = Calendar { first: first?, months: months?, day: day?, time: time?, days: days? };
    if calendar.times().first().is_some_and(|(opens_at, _)| *opens_at <= now) {
        form.error("first", "The first month would have opened already. Choose a later month or a later day");
        return None;
    }
    Some(calendar)
}

/// Keeps a series with its months and gives its id.
///
/// # Errors
/// When the database refuses.
pub async fn create(tx: &mut Tx, series: &Series, calendar: &Calendar, now: DateTime<Utc>) -> Result<i64, db::Error> {
    let id = store::insert(tx, series, now).await?;
    for (number, times) in (1_i64..).zip(calendar.times()) {
        store::insert_month(tx, id, number, times).await?;
    }
    Ok(id)
}

/// Whether the list is large enough, in words for staff: how many months it lasts by the rule that no home is asked twice.
#[must_use]
pub fn lasts(series: &Series, may_be_asked: i64, months: i64) -> Option<String> {
    let each = series.size.of(may_be_asked)?;
    let within = months.min(series.months_apart);
    let full = may_be_asked / each.max(1);
    (full < within).then(|| {
        format!(
            "{may_be_asked} homes on the list may be asked, {each} a month are wanted, and no home is asked twice within {} months. The list is enough for {full} of the first {within} months",
            series.months_apart
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surveys::survey::tests::november;
    use crate::testing::noon;

    fn form() -> Form {
        let mut form = empty(clock::london_day(noon()));
        form.set("pattern", "1");
        form.set("title", "Your home, month by month");
        form.set("wanted", "30");
        form
    }

    fn read_one(form: &mut Form) -> Option<(Series, Calendar)> {
        read(form, &[november()], &Random::seeded(1), noon())
    }

    #[test]
    fn the_form_as_it_is_first_shown_lacks_a_survey_a_title_and_a_size() {
        let mut form = empty(clock::london_day(noon()));
        assert!(read_one(&mut form).is_none());
        let wrong: Vec<&str> = form.errors().iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(wrong, ["pattern", "title", "wanted"]);
    }

    #[test]
    fn a_series_is_read_with_a_number_or_a_part() {
        let (series, calendar) = read_one(&mut form()).unwrap();
        assert_eq!((series.size, series.ways, series.seed.len()), (Size::Homes(30), Ways::ALL, 8));
        assert_eq!((code(calendar.first), calendar.months), ("2026-12".to_owned(), 12));
        let mut part = form();
        part.set("wanted", "");
        part.set("share", "8.3");
        part.set("seed", "last Saturday’s numbers");
        let (series, _) = read_one(&mut part).unwrap();
        assert_eq!((series.size, series.seed.as_str()), (Size::Share(83), "last Saturday’s numbers"));
        let mut events = form();
        events.set("by", BY_EVENTS);
        assert!(read_one(&mut events).is_none() && events.error_of("days_after").is_some());
        events.set("days_after", "3");
        let (series, _) = read_one(&mut Form::new(events.fields().to_vec())).unwrap();
        assert_eq!((series.size, lasts(&series, 1, 12)), (Size::Events(3), None));
        let mut both = form();
        both.set("share", "8");
        assert!(read_one(&mut both).is_none() && both.error_of("wanted").is_some());
    }

    #[test]
    fn a_month_that_has_begun_is_no_first_month() {
        let mut late = form();
        late.set("first", "2026-11");
        assert!(read_one(&mut late).is_none());
        assert!(late.error_of("first").unwrap().starts_with("The first month would have opened already"));
        late.set("day", "17");
        let mut later = Form::new(late.fields().to_vec());
        assert!(read_one(&mut later).is_some());
        for (name, value) in [
            ("first", "2028-01"),
            ("months", "37"),
            ("day", "29"),
            ("days", "28"),
            ("time", "soon"),
            ("months_apart", "11"),
        ] {
            let mut wrong = form();
            wrong.set(name, value);
            assert!(read_one(&mut wrong).is_none() && wrong.error_of(name).is_some(), "{name}");
        }
    }

    #[test]
    fn a_list_that_is_too_small_is_told_before_the_months_begin() {
        let (series, _) = read_one(&mut form()).unwrap();
        assert_eq!(lasts(&series, 360, 12), None);
        assert_eq!(lasts(&series, 359, 24), lasts(&series, 359, 12));
        assert!(lasts(&series, 240, 12).unwrap().ends_with("enough for 8 of the first 12 months"));
    }
}
