//! A year of the example landlord's figures, all invented: mostly kept, some missed, most misses explained.

use chrono::{Datelike as _, Days, NaiveTime, TimeDelta};

use super::figure::NewFigure;
use super::narrative::NewNarrative;
use super::period::Month;
use super::recalculate::recalculate;
use super::store::{figures, narratives};
use crate::app::App;
use crate::db::{self, Tx};
use crate::people;
use crate::random::Random;
use crate::standards;

/// How many months have figures, up to the last whole one.
const MONTHS: u32 = 12;

/// A year of one standard.
struct Year {
    slug: &'static str,
    /// Cases in a usual month.
    cases: u64,
    /// How many of a thousand are kept, a number a quarter, oldest first.
    kept: [u64; 4],
}

const fn year(slug: &'static str, cases: u64, kept: [u64; 4]) -> Year {
    Year { slug, cases, kept }
}

const YEARS: &[Year] = &[
    year("calls-answered", 2600, [768, 792, 831, 868]),
    year("emails-answered", 940, [902, 871, 915, 931]),
    year("call-backs-kept", 210, [921, 934, 909, 886]),
    year("seen-in-ten-minutes", 180, [928, 941, 936, 939]),
    year("emergency-repairs", 230, [1000, 1000, 1000, 991]),
    year("routine-repairs", 1150, [921, 914, 893, 838]),
    year("appointments-kept", 1320, [958, 962, 955, 961]),
    year("fixed-first-visit", 1400, [842, 851, 866, 874]),
    year("damp-inspected", 26, [1000, 1000, 1000, 1000]),
    year("minor-adaptations", 34, [912, 941, 962, 971]),
    year("adaptation-decisions", 14, [880, 905, 920, 930]),
    year("applications-decided", 72, [812, 851, 889, 923]),
    year("relet-standard", 31, [931, 948, 955, 968]),
    year("new-tenant-contact", 29, [940, 955, 962, 970]),
    year("threats-same-day", 9, [1000, 1000, 1000, 1000]),
    year("asb-contact", 58, [948, 952, 961, 956]),
    year("cleaning-grade", 64, [905, 888, 861, 812]),
    year("windows-on-schedule", 86, [965, 953, 972, 968]),
    year("grass-cut", 64, [0, 955, 962, 958]),
    year("feedback-in-twelve-weeks", 2, [1000, 1000, 1000, 1000]),
    year("support-needs-met", 11, [930, 950, 970, 960]),
];

/// What was said of a miss: the standard, why, what is done, and in how many days it will be kept again.
const EXPLAINED: &[(&str, &str, &str, u64)] = &[
    (
        "routine-repairs",
        "Two of our joiners left in the summer, and wet weather brought more calls about roofs and gutters than in any autumn of the last five years.",
        "A second firm has taken on roofs and gutters, and two new joiners start next month. Anybody who has waited longer than 20 working days has been phoned and given a day.",
        75,
    ),
    (
        "cleaning-grade",
        "The contractor changed its rounds without telling us, and eleven blocks in Millbeck East were cleaned once a month instead of once a week.",
        "The old rounds are back. Residents inspect with us every fortnight until three inspections in a row are graded A or B, and the contractor pays back the weeks that were missed.",
        60,
    ),
    (
        "emergency-repairs",
        "An emergency in the storm week was made safe after 24 hours, because the van could not cross the river.",
        "One van now stays on each side of the river when a flood warning is given. The household has had an apology and compensation.",
        30,
    ),
];

/// Adds figures and explanations, then works out every value.
///
/// # Errors
/// When the database refuses.
pub async fn load(app: &App, tx: &mut Tx, chance: &Random) -> Result<(), db::Error> {
    let (today, now) = (app.clock.today(), app.clock.now());
    let analyst = people::store::find_by_email(tx, "analyst@larkfield.example").await?;
    let analyst = analyst.map(|(account, _)| account.id);
    for year in YEARS {
        let Some(standard) = standards::find_published_by_slug(tx, year.slug).await? else { continue };
        for back in (1..=MONTHS).rev() {
            let month = Month::of(today).earlier(back);
            // Grass is cut from March to October.
            if year.slug == "grass-cut" && !(3..=10).contains(&month.first_day().month()) {
                continue;
            }
            let place = usize::try_from((MONTHS - back) / 3).unwrap_or(0);
            let usual = year.kept.get(place).copied().filter(|kept| *kept > 0).unwrap_or(950);
            let entered = month.last_day().checked_add_days(Days::new(4)).unwrap_or(today);
            let entered = (entered.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(10)).min(now);
            let (kept, cases) = draw(chance, year.cases, usual);
            let figure = NewFigure { standard_id: standard.id, month, numerator: real(kept), denominator: cases };
            figures::insert(tx, &figure, analyst, entered).await?;
        }
    }
    for (slug, why, doing, days) in EXPLAINED {
        let Some(standard) = standards::find_published_by_slug(tx, slug).await? else { continue };
        let owner = people::store::find_by_email(tx, &format!("{}@larkfield.example", standard.owner_role)).await?;
        let new = NewNarrative {
            standard_id: standard.id,
            ends_month: Month::of(today).earlier(1),
            why: (*why).into(),
            doing: (*doing).into(),
            back_on: today.checked_add_days(Days::new(*days)).unwrap_or(today),
        };
        narratives::insert(tx, &new, owner.map(|(account, _)| account.id), now - TimeDelta::days(6)).await?;
    }
    for standard in standards::list_published(tx).await? {
        recalculate(tx, standard.id, today, now).await?;
    }
    Ok(())
}

/// A month's cases and how many were kept, near the usual ones.
fn draw(chance: &Random, cases: u64, kept_of_thousand: u64) -> (i64, i64) {
    let swing = cases / 6;
    let cases = cases - swing + chance.below(2 * swing + 1);
    let certain = kept_of_thousand >= 1000;
    let of_thousand = if certain { 1000 } else { (kept_of_thousand + chance.below(17)).saturating_sub(8).min(1000) };
    let kept = (cases * of_thousand + 500) / 1000;
    let whole = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    (whole(kept), whole(cases))
}

fn real(number: i64) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}
