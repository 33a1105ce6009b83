//! Working out the values of a standard: every month of the last fourteen and the three months that end with it, with the shops of a year, again and again with the same result.

use chrono::{DateTime, NaiveDate, Utc};
use futures::future::BoxFuture;

use super::period::{Month, Period, Span};
use super::shops;
use super::steps;
use super::store::figures::Figure;
use super::store::{figures, values};
use super::value::{Figures, Inputs, Shops, Survey, Value, leading_source};
use crate::app::App;
use crate::db::{self, Tx};
use crate::jobs::JobError;
use crate::mystery_shopping;
use crate::random::sha256;
use crate::standards::{self, Published};
use crate::statistics::disclosure::Policy;
use crate::surveys;
use crate::thread::id::StandardId;

/// How many months back values are worked out: a year to look at, the current month, and one to compare with.
pub const MONTHS: u32 = 14;

/// The kind of job that follows the fact `ResultsChanged`.
pub const JOB: &str = "results_changed";

/// The job: nothing is written, and nobody is kept waiting, unless something changed.
pub fn run(app: App, payload: String) -> BoxFuture<'static, Result<(), JobError>> {
    Box::pin(async move {
        let standard: StandardId = payload.parse().map_err(|_| JobError::Fail("no standard is named".into()))?;
        let mut tx = app.db.read().await?;
        let changed = !work_out(&mut tx, standard, app.clock.today(), app.clock.now()).await?.is_empty();
        drop(tx);
        if changed {
            let mut tx = app.db.write().await?;
            recalculate(&mut tx, standard, app.clock.today(), app.clock.now()).await?;
            tx.commit().await?;
        }
        Ok(())
    })
}

/// Works out every value of a standard and keeps those that changed. Returns how many.
///
/// # Errors
/// When the database refuses.
pub async fn recalculate(
    tx: &mut Tx,
    standard: StandardId,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Result<usize, db::Error> {
    values::take_turn(tx, standard).await?;
    let changed = work_out(tx, standard, today, now).await?;
    for (value, fingerprint) in &changed {
        values::save(tx, value, fingerprint, now).await?;
    }
    // Months that are not over are for staff alone.
    if changed.iter().any(|(value, _)| value.period.is_over(today)) {
        tx.public_changed();
    }
    Ok(changed.len())
}

/// The values that differ from the stored ones, each with its fingerprint. While residents can still answer, those of
/// surveys move in steps only.
async fn work_out(
    tx: &mut Tx,
    standard: StandardId,
    today: NaiveDate,
    at: DateTime<Utc>,
) -> Result<Vec<(Value, String)>, db::Error> {
    let entered = figures::list(tx, standard).await?;
    let stored = values::list_with_fingerprints(tx, standard).await?;
    let now = Month::of(today);
    let oldest = entered.first().map_or(now, |figure| figure.month).min(now.earlier(MONTHS));
    let mut counted: Vec<(Period, Inputs, Option<Published>)> = Vec::new();
    let mut ends = oldest;
    while ends <= now {
        let version = version_for(tx, standard, ends).await?;
        for span in [Span::Month, Span::Quarter] {
            let period = Period { ends, span };
            counted.push((period, count(tx, standard, period, &entered).await?, version.clone()));
        }
        ends = ends.later(1);
    }
    if surveys::measures_while_open(tx, standard, at).await? {
        let shown = |period: Period| {
            let before = stored.iter().find(|(stored, _)| stored.period == period);
            before.map_or(Survey::default(), |(stored, _)| stored.inputs.survey)
        };
        for together in counted.chunk_by_mut(|(one, ..), (other, ..)| one.ends == other.ends) {
            let together = together.iter_mut().map(|(period, inputs, _)| (shown(*period), &mut inputs.survey));
            steps::hold(&mut together.collect::<Vec<_>>());
        }
    }
    let all: Vec<Inputs> = counted.iter().map(|(_, inputs, _)| *inputs).collect();
    let changed = counted.into_iter().filter_map(|(period, inputs, version)| {
        let leading = version.as_ref().and_then(|version| leading_source(version, &all));
        let value = Value::of(standard, period, inputs, version.as_ref(), leading);
        let before = stored.iter().find(|(stored, _)| stored.period == period);
        let fingerprint = sha256(&format!("{value:?}"));
        let is_news = before.map_or(!inputs.is_empty(), |(_, known)| *known != fingerprint);
        is_news.then_some((value, fingerprint))
    });
    Ok(changed.collect())
}

/// The version that judges a month: the one in force on its first day, or else the first that came into force in it.
async fn version_for(tx: &mut Tx, standard: StandardId, month: Month) -> Result<Option<Published>, db::Error> {
    match standards::version_on(tx, standard, month.first_day()).await? {
        Some(version) => Ok(Some(version)),
        None => standards::version_on(tx, standard, month.last_day()).await,
    }
}

/// Residents' answers of a period, as they are now.
async fn answers(tx: &mut Tx, standard: StandardId, period: Period) -> Result<Survey, db::Error> {
    let (from, to) = period.days();
    let asked = surveys::satisfaction_for_standard(tx, standard, from, to, &Policy::staff()).await?;
    Ok(asked.map_or(Survey::default(), |asked| Survey {
        percent: asked.table.share.map(|share| i64::from(share.percent)),
        base: asked.table.base().map_or(0, i64::from),
        on: Some(asked.last_on),
    }))
}

/// How many answers have come since the value that is shown was worked out; 0 where none is shown.
///
/// # Errors
/// When the database refuses.
pub async fn answers_since(tx: &mut Tx, shown: &Value) -> Result<i64, db::Error> {
    let counted = answers(tx, shown.standard_id, shown.period).await?;
    let shown = shown.inputs.survey;
    Ok(if shown.percent.is_some() { (counted.base - shown.base).max(0) } else { 0 })
}

/// Everything that counts towards a standard in a period; of shops, the twelve months that end with it.
async fn count(tx: &mut Tx, standard: StandardId, period: Period, entered: &[Figure]) -> Result<Inputs, db::Error> {
    let survey = answers(tx, standard, period).await?;
    let (since, until) = shops::days(period);
    let shopped = mystery_shopping::score_for_standard(tx, standard, since, until).await?;
    let shops = Shops { met: shopped.met, not_met: shopped.not_met, shops: shopped.shops, on: shopped.latest_on };
    let mine = entered.iter().filter(|figure| figure.month >= period.begins() && figure.month <= period.ends);
    let figures = mine.fold(Figures::default(), |sum, figure| Figures {
        numerator: sum.numerator + figure.numerator,
        denominator: sum.denominator + figure.denominator,
        on: sum.on.max(Some(figure.month.last_day())),
    });
    Ok(Inputs { survey, shops, figures })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Actor;
    use crate::db_test;
    use crate::performance::enter::enter;
    use crate::performance::figure::NewFigure;
    use crate::performance::store::testing::standard;
    use crate::performance::{Limits, Rating};
    use crate::settings::Landlord;
    use crate::testing::{app_on, noon, run_jobs};

    fn figure(standard_id: StandardId, month: &str, numerator: f64, denominator: i64) -> NewFigure {
        NewFigure { standard_id, month: month.parse().unwrap(), numerator, denominator }
    }

    db_test!(figures_become_values_of_each_month_and_of_three_and_a_second_run_changes_nothing, db => {
        let app = app_on(db);
        let mut tx = app.db.write().await.unwrap();
        let id = standard(&app, &mut tx, "Calls answered").await;
        let typed = [figure(id, "2026-08", 70.0, 100), figure(id, "2026-09", 80.0, 100), figure(id, "2026-10", 95.0, 100)];
        enter(&mut tx, &Actor::system(), &typed, noon()).await.unwrap();
        tx.commit().await.unwrap();
        let before = app.db.publication();
        run_jobs(&app).await;
        assert!(app.db.publication() > before);
        let mut tx = app.db.write().await.unwrap();
        let found = values::list(&mut tx, id).await.unwrap();
        let limits = Limits::staff(&Landlord::default());
        let read = |ends: &str, span: Span| {
            let period = Period { ends: ends.parse().unwrap(), span };
            found.iter().find(|value| value.period == period).map(|value| (value.shown(&limits).number(), value.rating))
        };
        assert_eq!(read("2026-08", Span::Month), Some((Some(70.0), Some(Rating::Missing))));
        assert_eq!(read("2026-09", Span::Month), Some((Some(80.0), Some(Rating::Meeting))));
        assert_eq!(read("2026-09", Span::Quarter), Some((Some(75.0), Some(Rating::Missing))));
        let (number, rating) = read("2026-10", Span::Quarter).unwrap();
        assert!((number.unwrap() - 81.666).abs() < 0.001 && rating == Some(Rating::Meeting));
        assert_eq!(read("2026-11", Span::Month), None);
        assert_eq!(recalculate(&mut tx, id, app.clock.today(), noon()).await.unwrap(), 0);
        let corrected = figure(id, "2026-10", 40.0, 100);
        enter(&mut tx, &Actor::system(), &[corrected], noon()).await.unwrap();
        // October's own value, and the three months that end with October, November and December count it: December has not come.
        assert_eq!(recalculate(&mut tx, id, app.clock.today(), noon()).await.unwrap(), 3);
    });

    db_test!(answers_to_an_open_survey_are_counted_in_steps_of_five_and_the_rest_when_it_has_ended, db => {
        let app = app_on(db);
        let mut tx = app.db.write().await.unwrap();
        let id = standard(&app, &mut tx, "Calls answered").await;
        tx.commit().await.unwrap();
        let asked = crate::surveys::submit::tests::measuring(&app, id).await;
        let counts = async |people: usize| {
            for _ in 0..people {
                crate::surveys::submit::tests::answer(&app, &asked).await;
                run_jobs(&app).await;
            }
            let mut tx = app.db.read().await.unwrap();
            let found = values::list(&mut tx, id).await.unwrap();
            let newest = found.iter().rfind(|value| value.period.span == Span::Quarter).unwrap();
            (newest.inputs.survey.base, answers_since(&mut tx, newest).await.unwrap())
        };
        assert_eq!(counts(5).await, (5, 0));
        assert_eq!(counts(4).await, (5, 4));
        assert_eq!(counts(1).await, (10, 0));
        assert_eq!(counts(2).await, (10, 2));
        app.clock.advance(asked.survey.last_sending() - app.clock.now());
        run_jobs(&app).await;
        let mut tx = app.db.read().await.unwrap();
        let found = values::list(&mut tx, id).await.unwrap();
        assert!(found.iter().any(|value| value.inputs.survey.base == 12), "{found:?}");
    });

    db_test!(f34_a_target_changed_later_does_not_alter_an_earlier_rating, db => {
        let app = app_on(db);
        let mut tx = app.db.write().await.unwrap();
        let id = standard(&app, &mut tx, "Calls answered").await;
        enter(&mut tx, &Actor::system(), &[figure(id, "2026-10", 85.0, 100)], noon()).await.unwrap();
        recalculate(&mut tx, id, app.clock.today(), noon()).await.unwrap();
        let author = crate::standards::store::tests::person(&mut tx, crate::people::Role::Manager).await;
        standards::draft::begin_version(&app, &mut tx, &author, id).await.unwrap();
        let area = standards::areas(&mut tx).await.unwrap()[0].id;
        let mut wording = crate::standards::store::tests::sound("Calls answered");
        (wording.target, wording.what_changed) = (95.0, "We promise more.".into());
        standards::draft::edit(&app, &mut tx, &author, id, area, "manager", &wording).await.unwrap();
        standards::approve::waive(&app, &mut tx, &author, id, "a test").await.unwrap();
        standards::publish::publish(&app, &mut tx, &author, id, app.clock.today()).await.unwrap();
        app.clock.advance(chrono::TimeDelta::days(30));
        enter(&mut tx, &Actor::system(), &[figure(id, "2026-12", 85.0, 100)], noon()).await.unwrap();
        recalculate(&mut tx, id, app.clock.today(), app.clock.now()).await.unwrap();
        let found = values::list(&mut tx, id).await.unwrap();
        let months: Vec<_> = found.iter().filter(|value| value.period.span == Span::Month && value.has_value()).collect();
        assert_eq!(months.iter().map(|value| value.target).collect::<Vec<_>>(), [Some(80.0), Some(95.0)]);
        assert_eq!(months.iter().map(|value| value.rating).collect::<Vec<_>>(), [Some(Rating::Meeting), Some(Rating::Missing)]);
    });
}
